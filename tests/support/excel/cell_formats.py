"""`CELL("format", …)`, which pyOpenVBA's calculator leaves out, after Excel's documentation.

`P…` for percents, `D…` for dates and times, else `G`: as much as our formulas ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from pyopenvba.formula._calc import (
    evaluator,  # noqa: F401 - it fills the registry
    registry,
)

# Date and time codes of number formats; `#,##0 "đ"` has none outside its quotes.
_DATE_LETTERS = frozenset("dmyhs")


@contextmanager
def cell_formats() -> Iterator[None]:
    """Let formulas ask for the format of a cell, for as long as the `with` lasts."""
    without_formats = registry.FUNCTIONS["CELL"]

    def cell(context: Any, information: Any, reference: Any = None) -> Any:
        if information != "format":
            return without_formats.implementation(context, information, reference)
        area = reference.areas[0]
        sheet = context.book.book.sheet_named(area.sheet)
        return _format_code(sheet.style_at(area.top, area.left).number_format)

    with patch.dict(registry.FUNCTIONS):
        kinds = (registry.Kind.VALUE, registry.Kind.REFERENCE)
        registry.function("CELL", *kinds, minimum=1)(cell)
        yield


def _format_code(number_format: str) -> str:
    if number_format.endswith("%"):
        return "P2"
    if number_format != "General" and _DATE_LETTERS & set(number_format.lower()):
        return "D1"
    return "G"
