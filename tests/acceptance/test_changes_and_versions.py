"""What a second run changed, two runs at once, and how an earlier result is brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cchc_xl.gateways.one_writer import only_writer
from tests.support.handmade import hash_of, report, save
from tests.support.parents import (
    NAME,
    PERIOD,
    SOUND,
    commune,
    consolidate,
    lines_of,
    run,
    sheet_of,
)


@pytest.fixture
def made(folder: Path, output: Path) -> Path:
    """Three communes, merged once."""
    for name in "ABC":
        commune(folder / f"{name}.xlsx", f"Xã {name}", {**SOUND, "1.1.3": 4})
    consolidate(folder, output)
    return folder


def _listed(output: Path) -> list[dict[str, Any]]:
    return [line for line in lines_of(sheet_of(output, "Thay đổi")) if line["Lần"] is not None]


class DescribeTheChangesOfARun:
    def it_has_none_the_first_time(self, folder: Path, output: Path) -> None:
        commune(folder / "A.xlsx", "Xã A")

        said = consolidate(folder, output)

        assert (said.json["changes"], _listed(output)) == ([], [])

    def it_tells_a_corrected_figure_to_programs(self, made: Path, output: Path) -> None:
        commune(made / "A.xlsx", "Xã A", {**SOUND, "1.1.3": 9})

        said = consolidate(made, output)

        (change,) = said.json["changes"]
        assert {**change, "cell": ""} == {
            "unit": "Xã A", "indicator": "1.1.3", "was": 4, "now": 9, "file": "A.xlsx", "cell": "",
        }  # fmt: skip
        source = sheet_of(made / "A.xlsx", "Phụ lục 01b")
        assert source[change["cell"]].value == 9

    @pytest.mark.parametrize(("typed", "told"), [("KAD", "KAD"), ("KPS", "KPS"), (None, None)])
    def it_tells_what_is_no_number(
        self, made: Path, output: Path, typed: str | None, told: str | None
    ) -> None:
        commune(made / "A.xlsx", "Xã A", {**SOUND, "1.1.3": typed})

        said = consolidate(made, output)

        assert [(c["was"], c["now"]) for c in said.json["changes"]] == [(4, told)]

    def it_tells_it_to_people(self, made: Path, output: Path) -> None:
        commune(made / "A.xlsx", "Xã A", {**SOUND, "1.1.3": 9})

        said = run("consolidate", made, "-o", output, "--name", NAME, "--period", PERIOD)

        assert "1 thay đổi" in said.out
        assert "Xã A, chỉ tiêu 1.1.3" in said.out
        assert "4 → 9" in said.out

    def it_lists_it_on_its_sheet(self, made: Path, output: Path) -> None:
        commune(made / "A.xlsx", "Xã A", {**SOUND, "1.1.3": 9})

        consolidate(made, output)

        (line,) = _listed(output)
        told = [line[title] for title in ("Lần", "Đơn vị", "Chỉ tiêu", "Trước", "Nay", "Tệp")]
        assert told == [2, "Xã A", "1.1.3", 4, 9, "A.xlsx"]

    def it_leaves_the_sheet_alone_where_nothing_changes(self, made: Path, output: Path) -> None:
        commune(made / "A.xlsx", "Xã A", {**SOUND, "1.1.3": 9, "1.2.1": "một hai", "7.4.1": None})
        consolidate(made, output)
        before = hash_of(output)

        said = consolidate(made, output)

        assert (said.json["changes"], hash_of(output)) == ([], before)

    def it_tells_of_units_that_come_and_go(self, made: Path, output: Path) -> None:
        (made / "B.xlsx").unlink()
        commune(made / "D.xlsx", "Xã D")

        said = consolidate(made, output)

        told = {(c["unit"], c["indicator"], c["was"], c["now"]) for c in said.json["changes"]}
        assert told == {("Xã D", None, None, "accepted"), ("Xã B", None, "accepted", None)}

    def it_tells_that_a_report_is_refused_now(self, made: Path, output: Path) -> None:
        commune(made / "A.xlsx", "Xã A", period="2022-Q2")

        said = consolidate(made, output)

        assert [(c["was"], c["now"]) for c in said.json["changes"]] == [
            ("accepted", "wrong_period")
        ]


class DescribeTwoRunsAtOnce:
    def it_refuses_the_second_and_leaves_the_result(self, made: Path, output: Path) -> None:
        before = hash_of(output)
        commune(made / "A.xlsx", "Xã A", {**SOUND, "1.1.3": 9})

        with only_writer(output):
            said = consolidate(made, output)

        assert (said.code, hash_of(output)) == (2, before)
        assert "đang được một lần chạy khác ghi" in said.json["error"]["message"]

    def it_refuses_a_second_draft(self, tmp_path: Path) -> None:
        source, output = save(tmp_path / "xa.xlsx", report()), tmp_path / "bao-cao.docx"

        with only_writer(output):
            said = run("draft", source, "-o", output)

        assert (said.code, output.exists()) == (2, False)

    def it_refuses_a_second_build(self, tmp_path: Path) -> None:
        with only_writer(tmp_path / "cchc.xlam"):
            said = run("build", "--out", tmp_path)

        assert (said.code, list(tmp_path.glob("*.xl*"))) == (2, [])


class DescribeRestore:
    @pytest.fixture
    def twice(self, made: Path, output: Path) -> bytes:
        """What the result was before the second run."""
        before = output.read_bytes()
        commune(made / "A.xlsx", "Xã A", {**SOUND, "1.1.3": 9})
        consolidate(made, output)
        return before

    def it_brings_back_the_version_before(self, twice: bytes, output: Path) -> None:
        said = run("restore", output)

        assert (said.code, output.read_bytes()) == (0, twice)

    def it_keeps_the_one_that_it_replaces(self, twice: bytes, output: Path) -> None:
        present = output.read_bytes()
        run("restore", output)

        run("restore", output, "--version", "1")

        assert (output.read_bytes() == present, present != twice) == (True, True)

    def it_only_lists_where_that_is_wanted(self, twice: bytes, output: Path) -> None:
        before = output.read_bytes()

        said = run("restore", output, "--list")

        assert (said.code, output.read_bytes(), before != twice) == (0, before, True)
        assert "  1  lưu lúc" in said.out

    @pytest.mark.parametrize("number", [0, -1, 9])
    def it_refuses_a_version_that_there_is_not(
        self, twice: bytes, output: Path, number: int
    ) -> None:
        before = output.read_bytes()

        said = run("restore", output, "--version", str(number))

        assert (said.code, output.read_bytes(), before != twice) == (2, before, True)

    def it_says_that_a_file_has_no_versions(self, made: Path, output: Path) -> None:
        assert made.is_dir()

        said = run("restore", output)

        assert (said.code, "chưa có bản lưu" in said.err) == (2, True)
