"""A folder as it really comes: everything in it is told, and the rest of the batch goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from cchc_xl.core.form import Form
from cchc_xl.core.period import Period
from cchc_xl.core.submission import Submission
from cchc_xl.gateways.submissions import read_submission
from tests.support.handmade import hash_of, report, save, table, titled
from tests.support.other_formats import save_docx, save_ods, save_xls, with_password
from tests.support.parents import (
    NAME,
    PERIOD,
    SOUND,
    commune,
    consolidate,
    log_of,
    run,
    units_csv,
)

LETTER = ("UBND HUYỆN MẪU", "UBND XÃ A", "BÁO CÁO kết quả cải cách hành chính quý I năm 2022")


def _sound(folder: Path, *letters: str) -> None:
    for letter in letters:
        commune(folder / f"{letter}.xlsx", f"Xã {letter}", SOUND)


def _mess(folder: Path) -> dict[str, str]:
    """Put one of every kind into `folder`; return the status that each must have."""
    folder.mkdir(parents=True, exist_ok=True)
    _sound(folder, "A")
    save_xls(folder / "but-son.xls", report())
    with_password(save(folder / "mat-khau.xlsx", report()))
    whole = save(folder / "dut.xlsx", report()).read_bytes()
    (folder / "dut.xlsx").write_bytes(whole[: len(whole) // 2])
    (folder / "rong.xlsx").write_bytes(b"")
    (folder / "trang.xls").write_bytes(b"<html><table></table></html>")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    (folder / "nen.rar").write_bytes(b"Rar!\x1a\x07\x00")
    (folder / "~$A.xlsx").write_bytes(bytes(165))
    (folder / "anh.jpg").write_bytes(b"\xff\xd8\xff")
    save(folder / "ky-khac.xlsx", titled(table(), "CỦA UBND XÃ B", "Quý II năm 2022"))
    save(folder / "bieu-khac.xlsx", [["Biểu số 06/VPCP/KSTT"], ["TT", "Lĩnh vực"], [1, "Hộ tịch"]])
    return {
        "A.xlsx": "accepted",
        "but-son.xls": "accepted",
        "mat-khau.xlsx": "unreadable",
        "dut.xlsx": "unreadable",
        "rong.xlsx": "unreadable",
        "trang.xls": "unreadable",
        "scan.pdf": "unreadable",
        "nen.rar": "unreadable",
        "~$A.xlsx": "ignored",
        "anh.jpg": "ignored",
        "ky-khac.xlsx": "wrong_period",
        "bieu-khac.xlsx": "wrong_form",
    }


class DescribeAMessyFolder:
    def it_gives_every_file_its_status(self, folder: Path, output: Path) -> None:
        expected = _mess(folder)

        said = consolidate(folder, output)

        assert {file: status for file, status in said.statuses().items() if file in expected} == (
            expected
        )

    def it_counts_what_can_be_counted(self, folder: Path, output: Path) -> None:
        _mess(folder)

        said = consolidate(folder, output)

        assert said.value("1.1.1") == SOUND["1.1.1"] + 28  # type: ignore[operator]

    def it_writes_every_file_into_the_log_with_its_fingerprint(
        self, folder: Path, output: Path
    ) -> None:
        expected = _mess(folder)

        consolidate(folder, output)

        logged = {str(line[1]): str(line[4]) for line in log_of(output)}
        assert logged == {file: hash_of(folder / file) for file in expected}

    def it_changes_no_file(self, folder: Path, output: Path) -> None:
        _mess(folder)
        before = {path: hash_of(path) for path in folder.rglob("*")}

        consolidate(folder, output)

        assert {path: hash_of(path) for path in folder.rglob("*")} == before

    def it_says_of_each_refused_file_what_to_do(self, folder: Path, output: Path) -> None:
        expected = _mess(folder)

        said = consolidate(folder, output)

        refused = {
            file for file, status in expected.items() if status not in ("accepted", "ignored")
        }
        advised = {f["file"] for f in said.json["findings"] if f["advice"]}
        assert refused <= advised

    def it_gives_the_same_workbook_again(self, folder: Path, output: Path) -> None:
        _mess(folder)
        consolidate(folder, output)
        before = output.read_bytes()

        consolidate(folder, output)

        assert output.read_bytes() == before


class DescribeTheSameFiles:
    @pytest.mark.parametrize(
        "world",
        [
            {"TZ": "Asia/Ho_Chi_Minh"},
            {"TZ": "America/Los_Angeles"},
            {"LC_ALL": "C"},
            {"LC_ALL": "C.UTF-8", "LANG": "vi_VN"},
            {"PYTHONHASHSEED": "1"},
            {"PYTHONHASHSEED": "77"},
        ],
        ids=str,
    )
    def it_gives_the_same_workbook_wherever_it_runs(
        self, folder: Path, tmp_path: Path, world: dict[str, str]
    ) -> None:
        _sound(folder, "A", "B", "C")
        here = tmp_path / "here" / "out.xlsx"
        there = tmp_path / "there" / "out.xlsx"
        consolidate(folder, here)

        words = [str(folder), "-o", str(there), "--name", NAME, "--period", PERIOD]
        subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-m", "cchc_xl", "consolidate", *words],
            env={**os.environ, **world},
            check=True,
            capture_output=True,
        )

        assert there.read_bytes() == here.read_bytes()

    def it_gives_the_same_workbook_whatever_their_order_on_the_disk(
        self, tmp_path: Path, folder: Path
    ) -> None:
        _sound(folder, "A", "B", "C")
        turned = tmp_path / "turned" / folder.name
        turned.mkdir(parents=True)
        for path in sorted(folder.iterdir(), reverse=True):
            shutil.copy2(path, turned / path.name)
        one, other = tmp_path / "out.xlsx", tmp_path / "turned" / "out.xlsx"

        consolidate(folder, one)
        consolidate(turned, other)

        assert one.read_bytes() == other.read_bytes()


class DescribeFileNames:
    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def it_knows_a_unit_by_them_in_any_unicode_form(
        self, folder: Path, output: Path, tmp_path: Path, form: str
    ) -> None:
        folder.mkdir()
        name = unicodedata.normalize(form, "Xã Hoằng Đạo quý I.xlsx")  # type: ignore[arg-type]
        save(folder / name, titled(table(), "Quý I năm 2022"))
        listed = units_csv(tmp_path / "units.csv", [",Xã Hoằng Đạo,Xã"])

        said = consolidate(folder, output, "--units", listed)

        assert [line["unit"] for line in said.json["units"]] == ["Xã Hoằng Đạo"]


class DescribeAUnitWithTwoKindsOfFiles:
    def it_may_send_its_report_in_words_beside_its_table(self, folder: Path, output: Path) -> None:
        _sound(folder, "A")
        save_docx(folder / "bao-cao-A.docx", LETTER)

        said = consolidate(folder, output)

        assert said.statuses() == {"A.xlsx": "accepted", "bao-cao-A.docx": "ignored"}
        assert said.code == 0

    def but_alone_the_report_in_words_is_no_table(self, folder: Path, output: Path) -> None:
        _sound(folder, "B")
        save_docx(folder / "bao-cao-A.docx", LETTER)

        said = consolidate(folder, output)

        assert said.statuses()["bao-cao-A.docx"] == "wrong_form"
        assert said.code == 1

    def it_is_asked_which_of_two_tables_counts(self, folder: Path, output: Path) -> None:
        folder.mkdir()
        save(folder / "a.xlsx", report())
        save_xls(folder / "b.xls", report())

        said = consolidate(folder, output)

        assert set(said.statuses().values()) == {"duplicate"}
        assert said.value("1.1.1") is None

    def and_the_choice_is_kept(self, folder: Path, output: Path) -> None:
        folder.mkdir()
        save(folder / "a.xlsx", report())
        save_xls(folder / "b.xls", report())

        said = consolidate(folder, output, "--prefer", "b.xls")

        assert said.statuses() == {"a.xlsx": "duplicate", "b.xls": "accepted"}


class DescribeAFileThatMakesTheReaderFail:
    def it_does_not_stop_the_others(
        self, folder: Path, output: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _sound(folder, "A", "B")

        def failing(path: Path, forms: list[Form], asked: Period | None) -> Submission:
            if path.name == "A.xlsx":
                raise RuntimeError("a defect of ours")
            return read_submission(path, forms, asked)

        monkeypatch.setattr("cchc_xl.usecases.reading.read_submission", failing)

        said = consolidate(folder, output)

        assert said.statuses() == {"A.xlsx": "unreadable", "B.xlsx": "accepted"}

    def it_has_a_code_that_the_log_knows_too(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _sound(folder, "A")
        monkeypatch.setenv("CCHC_LOG", str(tmp_path / "log.jsonl"))

        def failing(path: Path, forms: list[Form], asked: Period | None) -> Submission:
            raise RuntimeError(f"a defect of ours in {path} with {len(forms)} forms, {asked}")

        monkeypatch.setattr("cchc_xl.usecases.reading.read_submission", failing)

        said = run("check", folder / "A.xlsx", "--format", "json")

        lines = (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()
        (code,) = {line["error"] for text in lines if "frames" in (line := json.loads(text))}
        assert code in said.json["files"][0]["findings"][0]["message"]
        assert "A.xlsx" not in "".join(lines)


class DescribeAnOpenDocumentInAFolder:
    def it_is_counted(self, folder: Path, output: Path) -> None:
        folder.mkdir()
        save_ods(folder / "trong.ods", {"Sheet1": ""})
        _sound(folder, "A")

        assert consolidate(folder, output).statuses()["trong.ods"] == "wrong_form"


class DescribeAFolderWithoutReports:
    @pytest.mark.parametrize("files", [(), ("anh.jpg", "ghi-chu.txt", "~$a.xlsx")])
    def it_is_refused_in_one_sentence(
        self, folder: Path, output: Path, files: tuple[str, ...]
    ) -> None:
        folder.mkdir()
        for name in files:
            (folder / name).write_bytes(b"x")

        said = run("consolidate", folder, "-o", output, "--name", NAME, "--period", PERIOD)

        assert said.code == 2
        assert "không có tệp báo cáo nào" in said.err
        assert not output.exists()

    def it_is_said_where_it_is_missing(self, folder: Path, output: Path) -> None:
        said = run("consolidate", folder, "-o", output, "--name", NAME, "--period", PERIOD)

        assert said.code == 2
        assert "Không tìm thấy thư mục" in said.err
