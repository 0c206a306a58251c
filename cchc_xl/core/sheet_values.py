"""What a worksheet function is given, made into what the core reads.

A block of cells comes as rows of floats, texts, None, dates, booleans and `Decimal` (a cell in a
currency format); an error cell comes as its text, or as its number where xlwings does not know it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from cchc_xl.core.cells import EMPTY, RawCell
from cchc_xl.core.numerals import from_cell, plain
from cchc_xl.core.text import clean

Block: TypeAlias = Sequence[Sequence[object]]
# What a worksheet function gives back; None is an empty cell.
Answer: TypeAlias = float | str | None
Answers: TypeAlias = list[list[Answer]]

# The number of an error value in a cell, as COM gives it: `CVErr(n)` is this and n.
_ERROR_BASE = -2146828288
_ERRORS = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?",
    2036: "#NUM!", 2042: "#N/A", 2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!",
    2047: "#BLOCKED!", 2048: "#UNKNOWN!", 2049: "#FIELD!", 2050: "#CALC!",
}  # fmt: skip
ERROR_NAMES = {_ERROR_BASE + number: name for number, name in _ERRORS.items()}
_ERROR_TEXTS = frozenset(_ERRORS.values())


def raw_cell(value: object) -> RawCell:
    """Return what stands in a cell that a worksheet function was given.

    Number formats do not come along: a cell that shows 98% holds 0.98 here. ValueError for what
    no cell can hold.
    """
    match value:
        case None:
            return EMPTY
        case str():
            return RawCell(error=value) if value in _ERROR_TEXTS else RawCell(value)
        case int() if not isinstance(value, bool) and 0 <= value - _ERROR_BASE < 2**16:
            return RawCell(error=ERROR_NAMES.get(value, "#UNKNOWN!"))
        case bool() | int() | float() | datetime():
            return RawCell(value)
        case Decimal():
            return RawCell(float(value))
        case _:
            raise ValueError(f"Giá trị kiểu {type(value).__name__} không có trong ô nào.")


def text_of(value: object) -> str:
    """Return a text or a code as clean text: "" for a blank, `7.1` for the number 7.1.

    ValueError where the cell holds an error, a date or a truth value: none of them is a text.
    """
    raw = raw_cell(value)
    match raw.content:
        case None if raw.error is None:
            return ""
        case str():
            return clean(raw.content)
        case int() | float() if not isinstance(raw.content, bool):
            return plain(from_cell(raw.content))
        case _:
            raise ValueError(f"«{raw.error or raw.content}» không phải là chữ.")


def single(block: Block) -> object:
    """Return the one cell of a block, None where there is none; ValueError where it has more."""
    cells = [cell for row in block for cell in row]
    if len(cells) > 1:
        raise ValueError("Chỗ này chỉ nhận một ô.")
    return cells[0] if cells else None


def paired(first: Block, second: Block) -> list[list[tuple[object, object]]]:
    """Return the cells of two blocks place by place; a single cell stands beside every other.

    ValueError where the blocks differ in shape.
    """
    if _is_single(first):
        return [[(first[0][0], cell) for cell in row] for row in second]
    if _is_single(second):
        return [[(cell, second[0][0]) for cell in row] for row in first]
    if [len(row) for row in first] != [len(row) for row in second]:
        raise ValueError("Hai vùng phải có cùng số dòng và số cột.")
    return [list(zip(*rows, strict=True)) for rows in zip(first, second, strict=True)]


def _is_single(block: Block) -> bool:
    return [len(row) for row in block] == [1]
