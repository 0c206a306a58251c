"""The formulas in a commune's workbook say what Python says, with LibreOffice calculating.

The submissions are random but the same in every run; CCHC_SEED draws others.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_xl.build.commune_book import CHECK_SHEET, RATIO_SHEET
from cchc_xl.core.evaluation import Verdict
from cchc_xl.gateways.schemas import load_form
from tests.support.agreement import (
    Case,
    Pair,
    blank_workbook,
    compared,
    disagreements,
    native_rules,
    written_and_calculated,
)
from tests.support.language_form import language_form
from tests.support.libreoffice import recalculated
from tests.support.once import once_per_run
from tests.support.workbook_parts import SPOILED_NUMBER, SPOILED_TEXT, shown_cells, spoiled

FORM = load_form("phu-luc-01b")
LANGUAGE = language_form()
RULES = [rule.id for rule in native_rules(FORM)]
RATIOS = [ratio.id for ratio in FORM.ratios]
LANGUAGE_RULES = [rule.id for rule in native_rules(LANGUAGE)]
LANGUAGE_RATIOS = [ratio.id for ratio in LANGUAGE.ratios]


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, ...]:
    """300 submissions of Phụ lục 01b."""
    return once_per_run(
        tmp_path_factory,
        "native-agreement",
        lambda: compared(FORM, 300, tmp_path_factory.mktemp("agreement")),
    )


@pytest.fixture(scope="session")
def language_cases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, ...]:
    """60 submissions of the form that uses every word of the rule language."""
    return once_per_run(
        tmp_path_factory,
        "native-language",
        lambda: compared(LANGUAGE, 60, tmp_path_factory.mktemp("language")),
    )


@pytest.fixture(scope="session")
def cached_pairs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pair, ...]:
    """The results in 12 workbooks with figures, as written and as calculated."""
    return once_per_run(
        tmp_path_factory,
        "native-cached",
        lambda: written_and_calculated(FORM, 12, tmp_path_factory.mktemp("cached")),
    )


class DescribeRecalculation:
    """Without this proof all the others would compare Python with itself."""

    def it_replaces_every_spoiled_result(self, tmp_path: Path) -> None:
        wrong = tmp_path / "spoiled.xlsx"
        wrong.write_bytes(spoiled(blank_workbook(FORM)))
        (tmp_path / "calculated").mkdir()

        (right,) = recalculated([wrong], tmp_path / "calculated")

        assert _spoiled_cells(wrong) > 1000
        assert _spoiled_cells(right) == 0


class DescribeRandomSubmissions:
    @pytest.mark.parametrize("rule", RULES)
    def it_meets_a_rule_kept_and_broken(self, cases: tuple[Case, ...], rule: str) -> None:
        met = {pair.python for case in cases for pair in case.pairs if pair.name == rule}

        assert {int(Verdict.FAILS), int(Verdict.NOT_EVALUATED), int(Verdict.PASSES)} <= met

    def it_meets_rules_that_hold_only_if_the_blanks_make_up_the_rest(
        self, cases: tuple[Case, ...]
    ) -> None:
        waiting = [
            pair
            for case in cases
            for pair in case.pairs
            if pair.kind == "verdict" and pair.python == int(Verdict.NEEDS_BLANKS)
        ]

        assert len({pair.name for pair in waiting}) >= 10


class DescribeNativeRule:
    @pytest.mark.parametrize("rule", RULES)
    def it_gives_the_verdict_of_python(self, cases: tuple[Case, ...], rule: str) -> None:
        assert disagreements(cases, "verdict", rule) == ""

    @pytest.mark.parametrize("rule", LANGUAGE_RULES)
    def it_gives_the_verdict_of_python_for_every_word_of_the_language(
        self, language_cases: tuple[Case, ...], rule: str
    ) -> None:
        assert disagreements(language_cases, "verdict", rule) == ""


class DescribeNativeRow:
    def it_reads_every_cell_as_python_does(self, cases: tuple[Case, ...]) -> None:
        assert disagreements(cases, "state") == ""

    def it_weighs_what_python_finds(self, cases: tuple[Case, ...]) -> None:
        assert disagreements(cases, "weight") == ""

    def it_says_beside_a_row_what_python_says(self, cases: tuple[Case, ...]) -> None:
        assert disagreements(cases, "message") == ""

    def it_says_so_for_every_word_of_the_language(self, language_cases: tuple[Case, ...]) -> None:
        assert disagreements(language_cases, "message") == ""


class DescribeNativeRatio:
    @pytest.mark.parametrize("ratio", RATIOS)
    def it_has_the_numerator_of_python(self, cases: tuple[Case, ...], ratio: str) -> None:
        assert disagreements(cases, "numerator", ratio) == ""

    @pytest.mark.parametrize("ratio", RATIOS)
    def it_has_the_denominator_of_python(self, cases: tuple[Case, ...], ratio: str) -> None:
        assert disagreements(cases, "denominator", ratio) == ""

    @pytest.mark.parametrize("ratio", RATIOS)
    def it_has_the_percent_of_python(self, cases: tuple[Case, ...], ratio: str) -> None:
        assert disagreements(cases, "percent", ratio) == ""

    @pytest.mark.parametrize("ratio", LANGUAGE_RATIOS)
    def it_has_the_percent_of_python_for_every_word_of_the_language(
        self, language_cases: tuple[Case, ...], ratio: str
    ) -> None:
        assert disagreements(language_cases, "percent", ratio) == ""


class DescribeVisibleCount:
    def it_counts_the_errors_and_warnings_that_check_finds(self, cases: tuple[Case, ...]) -> None:
        assert disagreements(cases, "counts") == ""

    def it_counts_them_for_every_word_of_the_language(
        self, language_cases: tuple[Case, ...]
    ) -> None:
        assert disagreements(language_cases, "counts") == ""


class DescribeCachedResult:
    """What a reader that does not calculate sees."""

    def it_is_what_the_formula_gives(self, cached_pairs: tuple[Pair, ...]) -> None:
        assert [pair for pair in cached_pairs if not pair.agrees] == []

    def and_there_are_results_on_every_sheet(self, cached_pairs: tuple[Pair, ...]) -> None:
        assert {pair.kind for pair in cached_pairs} == {FORM.name, RATIO_SHEET, CHECK_SHEET}


def _spoiled_cells(file: Path) -> int:
    sheets = shown_cells(file, CHECK_SHEET, RATIO_SHEET, FORM.name)
    return sum(
        value in (SPOILED_NUMBER, SPOILED_TEXT)
        for cells in sheets.values()
        for value in cells.values()
    )
