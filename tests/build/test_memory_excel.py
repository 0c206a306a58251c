"""A second calculator agrees: pyOpenVBA's Excel in memory, which follows the real one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from cchc_xl.build.commune_book import CHECK_SHEET, RATIO_SHEET
from cchc_xl.core.cells import RawCell
from cchc_xl.gateways.schemas import load_form
from cchc_xl.gateways.submissions import read_submission
from tests.support.agreement import (
    Pair,
    blank_workbook,
    input_cells,
    pairs,
    seed,
)
from tests.support.memory_excel import calculated_in_memory
from tests.support.random_figures import random_figures
from tests.support.workbook_parts import filled, without_results

FORM = load_form("phu-luc-01b")


class DescribeExcelInMemory:
    @pytest.mark.parametrize("number", range(10))
    def it_agrees_with_python(self, number: int, tmp_path: Path) -> None:
        random = Random(f"{seed()}/memory/{number}")  # noqa: S311

        found = _pairs(random_figures(FORM, random), tmp_path)

        assert [pair for pair in found if not pair.agrees] == []

    @pytest.mark.parametrize("content", [date(2022, 7, 28), date(1900, 3, 3)])
    def it_does_not_count_a_date(self, content: date, tmp_path: Path) -> None:
        # LibreOffice cannot show this: its CELL("format") does not tell dates.
        found = _pairs({"1.1.1": RawCell(content), "7.2.2.a": RawCell(content)}, tmp_path)

        assert [pair for pair in found if not pair.agrees] == []


def _pairs(figures: dict[str, RawCell], folder: Path) -> tuple[Pair, ...]:
    places = input_cells(FORM, folder)
    typed = {places[code]: raw for code, raw in figures.items()}
    file = folder / "typed.xlsx"
    file.write_bytes(filled(blank_workbook(FORM), typed))
    bare = folder / "bare.xlsx"
    bare.write_bytes(without_results(file.read_bytes()))
    native = calculated_in_memory(bare, FORM.name, RATIO_SHEET, CHECK_SHEET)
    return tuple(pairs(FORM, read_submission(file, [FORM]), native, places))
