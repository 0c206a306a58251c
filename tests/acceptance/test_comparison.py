"""`--previous` with a period of the same kind: what rose and what fell, in sheet, JSON and text."""

from __future__ import annotations

from math import isclose
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.acceptance.conftest import Command
from tests.support.libreoffice import recalculated
from tests.support.parents import (
    NAME,
    SOUND,
    Json,
    Said,
    commune,
    consolidate,
    drafted_sentences,
    run,
    sheet_of,
    units_csv,
)
from tests.support.validator import problems
from tests.support.word_texts import read_word
from tests.support.workbook_parts import shown_cells, spoiled

NOW = {**SOUND, "1.1.3": 6}
BEFORE = {**SOUND, "1.1.3": 4, "3.3.1": 90, "3.3.1.a": 50}


def last(tmp_path: Path, *, period: str = "2021-Q1", units: str = "ABC", name: str = NAME) -> Path:
    """The result of an earlier period of communes A, B and C."""
    folder, output = tmp_path / f"truoc-{period}", tmp_path / f"truoc-{period}.xlsx"
    for letter in units:
        commune(folder / f"{letter}.xlsx", f"Xã {letter}", BEFORE, period=period)
    listed = units_csv(tmp_path / "units.csv", ["Xã A", "Xã B", "Xã C"], header="name")
    run(
        "consolidate", folder, "-o", output, "--name", name, "--period", period,
        "--units", listed,
    )  # fmt: skip
    return output


@pytest.fixture
def folder(folder: Path) -> Path:
    for letter in "ABC":
        commune(folder / f"{letter}.xlsx", f"Xã {letter}", NOW)
    return folder


def compared(said: Said) -> Json:
    comparison: Json = said.json["comparison"]
    return comparison


class DescribeTheComparisonOfAParentUnit:
    def it_gives_both_figures_with_their_units(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        previous = last(tmp_path, units="AB")

        figure = compared(consolidate(folder, output, "--previous", previous))["figures"]["3.3.1"]

        assert figure == {
            "previous": 180, "now": 300, "difference": 120, "percent": 66.67,
            "previous_stands_on": 2, "previous_expected": 3, "stands_on": 3, "expected": 3,
        }  # fmt: skip

    def it_gives_ratios_in_points(self, folder: Path, output: Path, tmp_path: Path) -> None:
        figures = compared(consolidate(folder, output, "--previous", last(tmp_path)))["figures"]

        assert (figures["T05"]["difference"], figures["T05"]["percent"]) == (-4.44, None)

    def it_is_null_without_an_earlier_period(self, folder: Path, output: Path) -> None:
        assert consolidate(folder, output).json["comparison"] is None
        assert "So sánh" not in load_workbook(output).sheetnames

    def it_compares_no_two_kinds_of_period_and_says_so(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        said = consolidate(folder, output, "--previous", last(tmp_path, period="2021-N"))

        assert compared(said)["figures"] == {}
        assert "năm 2021" in compared(said)["reason"]
        assert compared(said)["reason"] == sheet_of(output, "So sánh")["A4"].value

    def it_compares_no_two_parent_units_and_says_so(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        said = consolidate(folder, output, "--previous", last(tmp_path, name="Huyện Khác"))

        assert compared(said)["figures"] == {}
        assert "Huyện Khác" in compared(said)["reason"]


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, abs_tol=1e-9)
    return one == other


class DescribeTheSheet:
    def it_shows_what_the_json_says(self, folder: Path, output: Path, tmp_path: Path) -> None:
        previous = last(tmp_path, units="AB")
        figures = compared(consolidate(folder, output, "--previous", previous))["figures"]

        rows = {
            str(row[0]): row[4:]
            for row in sheet_of(output, "So sánh").iter_rows(min_row=6, values_only=True)
        }

        assert set(rows) == set(figures)
        assert rows["3.3.1"] == (180, "2/3", 300, "3/3", 120, 66.67)

    def it_says_the_same_when_it_is_calculated_anew(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        consolidate(folder, output, "--previous", last(tmp_path, units="AB"))

        wrong = tmp_path / "sai.xlsx"
        wrong.write_bytes(spoiled(output.read_bytes()))

        (copy,) = recalculated([wrong], tmp_path / "neu")

        wanted, found = (shown_cells(file, "So sánh")["So sánh"] for file in (output, copy))
        differing = {
            cell: (value, found.get(cell))
            for cell, value in wanted.items()
            if not _is_same(value, found.get(cell))
        }
        assert differing == {}

    def it_is_valid(self, folder: Path, output: Path, tmp_path: Path) -> None:
        consolidate(folder, output, "--previous", last(tmp_path))

        assert problems(output) == []

    def it_is_an_earlier_period_for_the_next_one(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        consolidate(folder, output, "--previous", last(tmp_path))
        for letter in "ABC":
            commune(tmp_path / "sau" / f"{letter}.xlsx", f"Xã {letter}", NOW, period="2023-Q1")

        said = run(
            "consolidate", tmp_path / "sau", "-o", tmp_path / "sau.xlsx", "--name", NAME,
            "--period", "2023-Q1", "--previous", output, "--format", "json",
        )  # fmt: skip

        assert compared(said)["figures"]["3.3.1"]["previous"] == 300


SENTENCE = "T-2a"
CHANGE = "(tăng 30 hồ sơ, tương đương 11,11% so với quý I năm 2021)"


class DescribeTheSentencesOfAParentUnit:
    def it_says_by_how_much_a_figure_rose(self, folder: Path, output: Path, tmp_path: Path) -> None:
        consolidate(folder, output, "--previous", last(tmp_path))

        assert CHANGE in drafted_sentences(output)[SENTENCE]

    def but_a_unit_that_is_missing_is_no_fall(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        consolidate(folder, output, "--previous", last(tmp_path, units="AB"))

        assert "so với" not in drafted_sentences(output)[SENTENCE]

    def it_says_it_in_word_too(self, folder: Path, output: Path, tmp_path: Path) -> None:
        consolidate(folder, output, "--previous", last(tmp_path))
        run("draft", output, "-o", tmp_path / "bao-cao.docx")

        assert CHANGE in words(tmp_path / "bao-cao.docx")

    def it_takes_the_earlier_period_when_drafting(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        consolidate(folder, output)
        run("draft", output, "-o", tmp_path / "bao-cao.docx", "--previous", last(tmp_path))

        assert CHANGE in words(tmp_path / "bao-cao.docx")

    def it_refuses_one_communes_report_as_the_earlier_period(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        consolidate(folder, output)
        before = commune(tmp_path / "A-2021.xlsx", "Xã A", BEFORE, period="2021-Q1")

        said = run("draft", output, "-o", tmp_path / "bao-cao.docx", "--previous", before)

        assert (said.code, (tmp_path / "bao-cao.docx").exists()) == (2, False)


def words(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in read_word(path).paragraphs)


class DescribeTheComparisonOfOneUnit:
    @pytest.fixture
    def before(self, tmp_path: Path) -> Path:
        return commune(tmp_path / "A-2021.xlsx", "Xã A", BEFORE, period="2021-Q1")

    @pytest.fixture
    def now(self, tmp_path: Path) -> Path:
        return commune(tmp_path / "A-2022.xlsx", "Xã A", NOW)

    def it_lists_what_rose_and_what_fell(self, cchc: Command, now: Path, before: Path) -> None:
        said = cchc("check", now, "--previous", before).out

        assert "So với quý I năm 2021:" in said
        assert "3.3.1 Số lượng hồ sơ đã tiếp nhận: 90 → 100 (tăng 10 hồ sơ" in said
        assert "(giảm 4,44 điểm phần trăm)" in said

    def it_stands_in_the_json(self, check: Command, now: Path, before: Path) -> None:
        (file,) = check(now, "--previous", before).json["files"]

        assert file["comparison"]["figures"]["1.1.3"]["difference"] == 2

    def it_takes_the_parents_workbook_of_that_period(
        self, check: Command, now: Path, tmp_path: Path
    ) -> None:
        (file,) = check(now, "--previous", last(tmp_path)).json["files"]

        assert file["comparison"]["figures"]["3.3.1"]["previous"] == 90

    def it_is_said_in_the_report_in_words(self, now: Path, before: Path, tmp_path: Path) -> None:
        run("draft", now, "-o", tmp_path / "a.docx", "--previous", before)

        assert "100 hồ sơ (tăng 10 hồ sơ, tương đương 11,11% so với" in words(tmp_path / "a.docx")

    def but_without_an_earlier_period_nothing_is_compared(self, now: Path, tmp_path: Path) -> None:
        run("draft", now, "-o", tmp_path / "a.docx")

        assert "so với quý" not in words(tmp_path / "a.docx")

    def it_says_in_the_report_that_another_units_figures_are_no_earlier_ones(
        self, now: Path, tmp_path: Path
    ) -> None:
        other = commune(tmp_path / "B-2021.xlsx", "Xã B", BEFORE, period="2021-Q1")

        run("draft", now, "-o", tmp_path / "a.docx", "--previous", other)

        assert "Tệp kỳ trước là của «Xã B»" in words(tmp_path / "a.docx")
        assert "so với quý" not in words(tmp_path / "a.docx")
