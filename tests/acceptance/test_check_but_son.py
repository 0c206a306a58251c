"""The story that the project is judged by: Bút Sơn's report of the first quarter of 2022."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.conftest import Answer, Command
from tests.support.handmade import (
    ALL_FIGURES,
    BUT_SON_TITLE,
    annex,
    cell_of,
    hash_of,
    report,
    save,
    table,
    titled,
)

# What the commune left out or typed into a heading; its arithmetic is sound.
FOUR_WARNINGS = ["R03", "R07", "R34", "R39"]


class DescribeTheWorkbookOfButSon:
    @pytest.fixture
    def path(self, cchc: Command, tmp_path: Path) -> Path:
        path, values = tmp_path / "but-son.xlsx", tmp_path / "so-lieu.json"
        values.write_text(json.dumps(dict(ALL_FIGURES)), encoding="utf-8")
        cchc("new", path, "--unit", "Thị trấn Bút Sơn", "--period", "2022-Q1", "--values", values)
        return path

    @pytest.fixture
    def answer(self, check: Command, path: Path) -> Answer:
        return check(path)

    def it_holds_no_error(self, answer: Answer) -> None:
        assert answer.rules("error") == []

    def it_holds_exactly_the_four_warnings(self, answer: Answer) -> None:
        assert answer.rules("warning", "error") == FOUR_WARNINGS

    def it_has_nothing_else_to_tell(self, answer: Answer) -> None:
        assert answer.rules("info") == []

    def it_is_accepted(self, answer: Answer) -> None:
        assert (answer.code, answer.json["files"][0]["status"]) == (0, "accepted")

    def it_is_that_of_the_commune_for_the_quarter(self, answer: Answer) -> None:
        (file,) = answer.json["files"]

        assert (file["unit"], file["period"], file["form"]) == (
            "Thị trấn Bút Sơn",
            "2022-Q1",
            "phu-luc-01b",
        )

    def it_counts_them(self, answer: Answer) -> None:
        assert answer.json["counts"] == {"error": 0, "warning": 4, "info": 0}

    def it_says_the_same_to_people(self, cchc: Command, path: Path) -> None:
        told = cchc("check", path).out

        assert all(rule in told for rule in FOUR_WARNINGS)
        assert "0 lỗi" in told
        assert "4 cảnh báo" in told

    def it_says_to_people_in_which_cell(self, cchc: Command, check: Command, path: Path) -> None:
        told = cchc("check", path).out

        assert all(finding["cell"] in told for finding in check(path).findings)

    def it_is_left_alone(self, check: Command, path: Path) -> None:
        before = hash_of(path)

        check(path)

        assert hash_of(path) == before


class DescribeTheReportTypedByHand:
    @pytest.fixture
    def answer(self, check: Command, tmp_path: Path) -> Answer:
        return check(save(tmp_path / "bao-cao.xlsx", report()))

    def it_gives_the_same_four_warnings(self, answer: Answer) -> None:
        assert answer.rules("warning", "error") == FOUR_WARNINGS

    def it_is_accepted(self, answer: Answer) -> None:
        assert answer.code == 0

    @pytest.mark.parametrize(
        ("rule", "code"), [("R03", "1.1.1"), ("R07", "1.3.1"), ("R34", "4.1"), ("R39", "7.2.2.a")]
    )
    def it_points_at_the_first_code_of_the_rule(self, answer: Answer, rule: str, code: str) -> None:
        (finding,) = [finding for finding in answer.findings if finding["rule"] == rule]

        assert (finding["indicator"], finding["sheet"], finding["cell"]) == (
            code,
            "Sheet1",
            cell_of(report(), code),
        )

    def it_shows_the_number_on_the_heading(self, answer: Answer) -> None:
        (finding,) = [finding for finding in answer.findings if finding["rule"] == "R34"]

        assert finding["found"] == 23


class DescribeItsAnnexAlone:
    """The printed annex has no supplementary block, so 770 received cannot be explained yet."""

    @pytest.fixture(params=["as printed", "on one page"])
    def path(self, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
        rows = annex() if request.param == "as printed" else titled(table(), *BUT_SON_TITLE)
        return save(tmp_path / "phu-luc.xlsx", rows)

    def it_gives_no_error(self, check: Command, path: Path) -> None:
        answer = check(path)

        assert answer.rules("error") == []
        assert answer.code == 0

    def it_asks_for_the_four_dossiers_that_it_cannot_see(self, check: Command, path: Path) -> None:
        """770 received are 766 by kind and 4 carried over; those stand in the narrative only."""
        (finding,) = [finding for finding in check(path).findings if finding["rule"] == "R19"]

        assert finding["severity"] == "warning"
        assert " 4" in finding["message"]

    def it_gives_no_other_finding_of_a_rule(self, check: Command, path: Path) -> None:
        rules = [rule for rule in check(path).rules("warning", "error") if rule[1:].isdecimal()]

        assert rules == ["R03", "R07", "R19", "R34", "R39"]

    def it_names_the_commune(self, check: Command, path: Path) -> None:
        assert check(path).json["files"][0]["unit"] == "Thị trấn Bút Sơn"
