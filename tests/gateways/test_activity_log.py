"""The log of runs: one line each, nothing in it that tells of a person, a unit or a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_xl.cli import main
from cchc_xl.gateways import activity_log
from cchc_xl.gateways.activity_log import log_place
from tests.support.handmade import report, save


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "state" / "nhat-ky.jsonl"
    monkeypatch.setenv("CCHC_LOG", str(path))
    return path


def _lines(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


class DescribeALineOfTheLog:
    def it_says_what_ran_and_how_it_ended(self, log: Path, tmp_path: Path) -> None:
        main(["check", str(save(tmp_path / "bao-cao.xlsx", report()))])

        (line,) = _lines(log)
        assert {key: line[key] for key in ("command", "exit", "error")} == {
            "command": "check", "exit": 0, "error": None,
        }  # fmt: skip
        assert {key: line["counts"][key] for key in ("files", "error", "warning")} == {
            "files": 1, "error": 0, "warning": 4,
        }  # fmt: skip

    def it_names_the_kind_of_failure(self, log: Path, tmp_path: Path) -> None:
        main(["draft", str(tmp_path / "khong-co.xlsx"), "-o", str(tmp_path / "a.docx")])

        (line,) = _lines(log)
        assert (line["exit"], line["error"]) == (2, "khong_doc_duoc")

    def it_stands_behind_the_earlier_ones(self, log: Path) -> None:
        for _ in range(3):
            main(["check", "khong-co.xlsx"])

        assert len(_lines(log)) == 3

    def it_holds_no_name_and_no_figure(self, log: Path, tmp_path: Path) -> None:
        main(["check", str(save(tmp_path / "Nguyen-Van-A.xlsx", report({"1.1.1": 987654})))])

        text = log.read_text(encoding="utf-8")
        secrets = ("Nguyen", "Bút Sơn", "987654", tmp_path.name)
        assert [secret for secret in secrets if secret in text] == []


class DescribeADefect:
    @pytest.fixture
    def defect(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
        """Let checking fail as no one foresaw, with a message that names a file."""

        def put(message: str) -> None:
            def broken(*_: object, **__: object) -> None:
                raise ZeroDivisionError(message)

            monkeypatch.setattr("cchc_xl.usecases.check.check_file", broken)

        return put

    def it_has_a_code_in_the_sentence_and_in_the_log(
        self, log: Path, defect: Callable[[str], None], capsys: pytest.CaptureFixture[str]
    ) -> None:
        defect("Xã A.xlsx")

        main(["check", "Xã A.xlsx"])

        (line,) = _lines(log)
        assert line["error"] in capsys.readouterr().err
        assert (line["error"][:2], line["exception"]) == ("L-", "ZeroDivisionError")

    def it_has_the_same_code_every_time(self, log: Path, defect: Callable[[str], None]) -> None:
        for message in ("one file", "another file"):
            defect(message)
            main(["check", "a.xlsx"])

        assert len({line["error"] for line in _lines(log)}) == 1

    def it_tells_the_place_in_the_program_and_no_message(
        self, log: Path, defect: Callable[[str], None]
    ) -> None:
        defect("Xã A.xlsx")

        main(["check", "Xã A.xlsx"])

        (line,) = _lines(log)
        assert line["frames"][0].startswith("cchc_xl.cli:")
        assert "Xã A" not in log.read_text(encoding="utf-8")


class DescribeTheLogItself:
    def it_begins_anew_when_it_is_large(self, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(activity_log, "_SIZE_OF_A_VOLUME", 1)
        main(["check", "khong-co.xlsx"])
        first = log.read_bytes()

        main(["check", "khong-co.xlsx"])

        assert log.with_name("nhat-ky.jsonl.1").read_bytes() == first
        assert len(_lines(log)) == 1

    def it_stops_nobody_where_it_cannot_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CCHC_LOG", str(tmp_path))

        assert main(["check", str(save(tmp_path / "bao-cao.xlsx", report()))]) == 0

    @pytest.mark.parametrize("word", ["off", "OFF"])
    def it_can_be_switched_off(self, word: str) -> None:
        assert log_place({"CCHC_LOG": word}) is None

    @pytest.mark.skipif("os.name == 'nt'", reason="Windows has a folder of its own for this")
    def it_lies_in_the_state_folder_of_the_user(self, tmp_path: Path) -> None:
        place = log_place({"XDG_STATE_HOME": str(tmp_path)})

        assert place == tmp_path / "cchc-xl" / "nhat-ky.jsonl"

    @pytest.mark.skipif("os.name == 'nt'", reason="Windows has a folder of its own for this")
    def but_a_state_folder_that_is_no_whole_path_does_not_count(self) -> None:
        place = log_place({"XDG_STATE_HOME": "state"})

        assert place == Path.home() / ".local" / "state" / "cchc-xl" / "nhat-ky.jsonl"
