"""Functions of VBA in formulas: pyOpenVBA's calculator asks the macros of a workbook for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyopenvba._a1 import Area
from pyopenvba.apps.excel._engine_book import ERROR_NUMBERS, scalar
from pyopenvba.apps.excel._model import Range, Workbook
from pyopenvba.formula._calc import registry
from pyopenvba.formula._calc.cells import CellError
from pyopenvba.formula._calc.values import EMPTY as BLANK
from pyopenvba.formula._calc.values import Array, Empty, Reference
from pyopenvba.interpreter._values import EMPTY, VBAArray, VBAErrorValue

Answer = Callable[[list[object], Range], object]


def register_function(name: str, most: int, answer: Answer) -> None:
    """Let formulas call a function with up to `most` arguments.

    `answer` gets the arguments as VBA has them, blocks of cells as ranges, and the calling cell.
    It stays until `cell_formats` puts the calculator's own functions back.
    """

    def implementation(context: Any, *args: Any) -> Any:
        book = context.book.book
        sheet = book.sheet_named(context.sheet)
        area = Area(context.row, context.column, context.row, context.column, sheet.name)
        return _value(answer([_given(book, one) for one in args], Range(sheet, [area])))

    registry.function(name.upper(), registry.Kind.RANGE, minimum=0, maximum=most)(implementation)


def _given(book: Workbook, value: Any) -> object:
    match value:
        case Reference():
            area = value.areas[0]
            sheet = book.sheet_named(area.sheet)
            cells = Area(area.top, area.left, area.bottom, area.right, sheet.name)
            return Range(sheet, [cells])
        case Array():
            rows = value.rows
            items = [_given(book, row[column]) for column in range(len(rows[0])) for row in rows]
            return VBAArray([(1, len(rows)), (1, len(rows[0]))], items=items)
        case CellError():
            return VBAErrorValue(ERROR_NUMBERS[value.code])
        case Empty():
            return EMPTY
        case _:
            return value


def _value(found: object) -> Any:
    if not isinstance(found, VBAArray):
        return BLANK if found is EMPTY else scalar(found)
    if found.dimensions == 1:
        return Array([[scalar(item) for item in found.items]])
    (top, bottom), (left, right) = found.bounds
    return Array(
        [
            [scalar(found.get([row, column])) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]
    )
