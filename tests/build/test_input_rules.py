"""What an official may type into an input cell, and what the cell says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter.workbook import Workbook

from cchc_xl.build.input_rules import input_rule
from cchc_xl.core.cells import Kind
from cchc_xl.core.form import Indicator
from cchc_xl.gateways.schemas import load_form
from tests.support.libreoffice import recalculated
from tests.support.once import once_per_run
from tests.support.workbook_parts import shown_cells

FORM = load_form("phu-luc-01b")
INPUTS = [row for row in FORM.indicators if row.kind is not Kind.HEADER]

_ADMITTED: dict[Kind, tuple[str | float, ...]] = {
    Kind.COUNT: (0, 1, 28, 3278, 999999999, "KPS", "kps", " KPS ", "KAD", "kad"),
    Kind.PERCENT: (0, 0.913, 50, 98.87, 100, "KAD", "kad "),
}
_REFUSED: dict[Kind, tuple[str | float, ...]] = {
    Kind.COUNT: (-1, 3.278, 12.5, "nt", "07/28", "3.278", "không rõ"),
    Kind.PERCENT: (-1, -0.01, 100.5, 150, "nt", "91,3 phần trăm"),
}
_CASES = [
    (kind, content, admitted)
    for cases, admitted in ((_ADMITTED, True), (_REFUSED, False))
    for kind, contents in cases.items()
    for content in contents
]


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[bool]:
    """What the rules of Excel say of each case, LibreOffice calculating them."""
    return once_per_run(
        tmp_path_factory, "input-rules", lambda: _answers(tmp_path_factory.mktemp("input-rules"))
    )


class DescribeInputRule:
    @pytest.mark.parametrize("indicator", INPUTS, ids=lambda indicator: indicator.code)
    def it_has_a_prompt_that_excel_shows_whole(self, indicator: Indicator) -> None:
        rule = input_rule(indicator, "F9")

        assert len(rule["input_title"]) <= 32
        assert len(rule["input_message"]) <= 255
        # A prompt cut short would end anywhere.
        assert rule["input_message"].endswith(".")

    @pytest.mark.parametrize("indicator", INPUTS, ids=lambda indicator: indicator.code)
    def it_says_what_it_takes_when_it_refuses(self, indicator: Indicator) -> None:
        rule = input_rule(indicator, "F9")

        assert len(rule["error_title"]) <= 32
        assert 0 < len(rule["error_message"]) <= 255
        assert rule["error_message"].endswith(".")

    @pytest.mark.parametrize(
        "indicator",
        [row for row in INPUTS if row.kind in (Kind.FLAG, Kind.CODE)],
        ids=lambda indicator: indicator.code,
    )
    def it_offers_the_codes_of_a_flag_and_kad(self, indicator: Indicator) -> None:
        rule = input_rule(indicator, "F9")

        assert rule["source"] == [*map(str, sorted(indicator.choices)), "KAD"]

    @pytest.mark.parametrize(
        "case",
        range(len(_CASES)),
        ids=[
            f"{kind.value}-{content}-{'in' if admitted else 'out'}"
            for kind, content, admitted in _CASES
        ],
    )
    def it_lets_in_what_the_form_takes_and_nothing_else(
        self, answers: list[bool], case: int
    ) -> None:
        _, _, admitted = _CASES[case]

        assert answers[case] is admitted


def _answers(folder: Path) -> list[bool]:
    """Return what the rule of each case says, written as a formula beside the content."""
    file = folder / "rules.xlsx"
    book = Workbook(str(file))
    sheet = book.add_worksheet("Nhập")
    for row, (kind, content, _) in enumerate(_CASES):
        indicator = next(indicator for indicator in INPUTS if indicator.kind is kind)
        if isinstance(content, str):
            sheet.write_string(row, 0, content)
        else:
            sheet.write_number(row, 0, content)
        # The cached result is wrong in each row, so that only a calculated one can be right.
        rule = input_rule(indicator, f"A{row + 1}")["value"]
        sheet.write_formula(row, 1, f'=IF({rule[1:]},"in","out")', None, "spoiled")
    book.close()
    (folder / "calculated").mkdir()
    (calculated,) = recalculated([file], folder / "calculated")
    shown = shown_cells(calculated, "Nhập")["Nhập"]
    return [{"in": True, "out": False}[str(shown[f"B{row + 1}"])] for row in range(len(_CASES))]
