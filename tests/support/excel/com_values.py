"""Values on their way through COM, both ways, as pywin32 turns them over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from pyopenvba.interpreter._objects import VBAObject
from pyopenvba.interpreter._values import (
    EMPTY,
    MISSING,
    NOTHING,
    NULL,
    VBAArray,
    VBACurrency,
    VBADate,
    VBAErrorValue,
    VBAInt,
)

# An error value `CVErr(n)` is a number of this size, as is the code of a run-time error.
ERROR_BASE = -2146828288
# What an argument that nobody gave looks like to a COM server (DISP_E_PARAMNOTFOUND).
MISSING_ARGUMENT = -2147352572
_LONGEST_LONG = 2**31 - 1
_ERROR_TEXTS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2050: "#CALC!",
}

Wrap: TypeAlias = Callable[[VBAObject], object]


@dataclass(frozen=True, slots=True)
class CellError:
    """A true Excel error value, never to be taken for its text."""

    text: str


def to_python(value: object, wrap: Wrap, *, cells: bool = False) -> Any:
    """Return what Python gets for a value of VBA; `cells`: numbers of cells are always floats.

    Blanks are None, dates are aware, an error is an int such as -2146826246, blocks are tuples.
    """
    if value is None or value is EMPTY or value is NULL or value is NOTHING:
        return None
    if value is MISSING:
        return MISSING_ARGUMENT
    if isinstance(value, VBAObject):
        return wrap(value)
    if isinstance(value, VBAArray):
        return _rows(value, lambda item: to_python(item, wrap, cells=cells))
    if isinstance(value, VBAErrorValue):
        return ERROR_BASE + value.number
    return _scalar(value, cells=cells)


def shown(value: object) -> Any:
    """Return a value of VBA as a test sees it: blank None, an error a `CellError`, no time zone."""
    if value is EMPTY or value is NULL or value is NOTHING or value is MISSING:
        return None
    if isinstance(value, VBAArray):
        return [list(row) if isinstance(row, tuple) else row for row in _rows(value, shown)]
    if isinstance(value, VBAErrorValue):
        return CellError(_ERROR_TEXTS[value.number])
    if isinstance(value, VBADate):
        return value.to_datetime()
    return _scalar(value, cells=False)


def _scalar(value: object, *, cells: bool) -> object:
    match value:
        case bool() | str():
            return value
        case VBADate():
            return value.to_datetime().replace(tzinfo=dt.UTC)
        case Decimal():
            return Decimal(value)
        case int() if not cells:
            return int(value)
        case int() | float():
            return float(value)
        case _:
            raise TypeError(f"no COM value for {type(value).__name__}")


def _rows(array: VBAArray, convert: Callable[[object], object]) -> tuple[Any, ...]:
    if array.dimensions == 1:
        return tuple(convert(item) for item in array.items)
    (top, bottom), (left, right) = array.bounds
    # VBA lays a block out column by column.
    height = bottom - top + 1
    return tuple(
        tuple(convert(array.items[row + column * height]) for column in range(right - left + 1))
        for row in range(height)
    )


def to_vba(value: object) -> object:
    """Return what VBA gets for a value of Python.

    TypeError: for what pywin32 does not take, and for a naive datetime, which pywin32 would shift
    by the time zone of the machine.
    """
    inner = getattr(value, "_oleobj_", None)
    if inner is not None:
        return inner.target
    match value:
        case VBAObject() | VBAArray() | VBAErrorValue() | VBADate():
            return value
        case None:
            return EMPTY
        case bool() | float() | str():
            return value
        case int():
            kind = "Long" if -_LONGEST_LONG - 1 <= value <= _LONGEST_LONG else "LongLong"
            return VBAInt(value, kind)
        case Decimal():
            return VBACurrency(value)
        case dt.datetime():
            if value.tzinfo is None:
                raise TypeError("a datetime without time zone is shifted by pywin32: give it UTC")
            return VBADate.from_datetime(value.astimezone(dt.UTC).replace(tzinfo=None))
        case list() | tuple():
            return _array(value)
        case _:
            raise TypeError(f"COM takes no {type(value).__name__}")


def _array(values: Sequence[object]) -> VBAArray:
    if not any(isinstance(row, list | tuple) for row in values):
        return VBAArray([(0, len(values) - 1)], items=[to_vba(value) for value in values])
    rows = [row for row in values if isinstance(row, list | tuple)]
    width = len(rows[0])
    if len(rows) < len(values) or any(len(row) != width for row in rows):
        raise TypeError("COM takes no block whose rows differ in length")
    items = [to_vba(row[column]) for column in range(width) for row in rows]
    return VBAArray([(0, len(rows) - 1), (0, width - 1)], items=items)
