"""Cells as Excel's COM gives them (`Range.Value`, `Range.Formula`), made into those of the core."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from cchc_xl.core.blocks import Block, BlockCell, Formula
from cchc_xl.core.cells import Content, RawCell
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.sheet_values import ERROR_NAMES


def rows_of(value: Any) -> Sequence[Sequence[Any]]:
    """Return rows of cells; Excel gives a single cell bare."""
    return value if isinstance(value, tuple | list) else ((value,),)


def grid_of(sheet: str, values: Any) -> Grid:
    """Return the values of a block of cells as a grid, its first cell at (0, 0)."""
    special: dict[Place, RawCell] = {}
    cleaned: list[list[Content]] = []
    for y, line in enumerate(rows_of(values)):
        cleaned.append([])
        for x, value in enumerate(line):
            error = _error(value)
            if error is not None:
                special[y, x] = RawCell(error=error)
            cleaned[-1].append(None if error is not None else _content(value))
    return Grid(sheet, cleaned, special)


def as_it_stands(block: Block, formulas: Any, values: Any) -> Block:
    """Return the formulas and constants of a block's cells, from both as Excel gives them."""
    kept = tuple(
        tuple(map(_standing, formula_row, value_row))
        for formula_row, value_row in zip(rows_of(formulas), rows_of(values), strict=True)
    )
    return Block(block.sheet, block.row, block.column, kept, block.literal)


def _error(value: Any) -> str | None:
    """Return the error that a cell shows: true numbers come as floats, only errors as ints."""
    if isinstance(value, int) and not isinstance(value, bool):
        return ERROR_NAMES.get(value, "#ERROR!")
    return None


def _content(value: Any) -> Content:
    if isinstance(value, Decimal):
        # A currency format of the system; xlwings issues 640 and 2634.
        return float(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return value if isinstance(value, str | float | bool) else None


def _standing(formula: Any, value: Any) -> BlockCell:
    if isinstance(formula, str) and formula.startswith("=") and value != formula:
        return Formula(formula[1:])
    if isinstance(value, str | float | bool) or value is None:
        return value
    # A date or an amount of money: its formula is the number behind it. An error: its name.
    try:
        return float(formula)
    except (TypeError, ValueError):
        return Formula(str(formula))
