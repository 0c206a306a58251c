"""Excel in memory (pyOpenVBA), whose functions were measured in the real one.

It trusts every result that a file holds, so the file has to come without any. `CELL("format", …)`
is not there and is added here, after Excel's documentation: `P…` for percents, `D…` for dates and
times, else `G`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cchc_xl.core.grid import address
from tests.support.workbook_parts import Shown

# Date and time codes of number formats; `#,##0 "đ"` has none outside its quotes.
_DATE_LETTERS = frozenset("dmyhs")


def calculated_in_memory(file: Path, *sheets: str) -> dict[str, dict[str, Shown]]:
    """Return what the cells of a workbook without results come to, by sheet and address.

    Skips the test where pyOpenVBA is missing.
    """
    excel = pytest.importorskip("pyopenvba.apps.excel", reason="pyOpenVBA is missing")
    application = excel.ExcelApplication.open(file, with_vba=False)
    with _cell_function(application):
        application.application.vba_get("Calculate")
        return {sheet: _shown(application.sheet(sheet)) for sheet in sheets}


def _shown(sheet: Any) -> dict[str, Shown]:
    top, left, _, _ = sheet.sheet.used_bounds()
    return {
        address(top - 1 + row, left - 1 + column): value
        for row, values in enumerate(sheet.rows())
        for column, value in enumerate(values)
        if value not in (None, "")
    }


@contextmanager
def _cell_function(application: Any) -> Iterator[None]:
    registry = pytest.importorskip("pyopenvba.formula._calc.registry")
    without_formats = registry.FUNCTIONS["CELL"]

    def cell(_context: Any, information: str, reference: Any) -> str:
        if information != "format":
            raise NotImplementedError(f"CELL({information!r})")
        area = reference.areas[0]
        sheet = application.sheet(area.sheet).sheet
        return _format_code(sheet.style_at(area.top, area.left).number_format)

    registry.function("CELL", registry.Kind.VALUE, registry.Kind.REFERENCE)(cell)
    try:
        yield
    finally:
        registry.FUNCTIONS["CELL"] = without_formats


def _format_code(number_format: str) -> str:
    if number_format.endswith("%"):
        return "P2"
    if number_format != "General" and _DATE_LETTERS & set(number_format.lower()):
        return "D1"
    return "G"
