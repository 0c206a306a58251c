"""What a rule or a ratio is worth over the values of one submission (the Python back end).

A blank is an unknown number >= 0. Each comparison is worked out over intervals: with the blanks
at zero, and over every filling of them. `formulas` says the same in Excel; a test calculates both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import reduce

from cchc_xl.core.expressions import (
    Arithmetic,
    Cell,
    Comparison,
    Condition,
    Either,
    Every,
    Implication,
    Largest,
    Number,
    Present,
    Quantity,
    cells_of,
    is_plain_sum,
    raising_and_lowering,
)
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.values import Value

# Comparisons look at six decimals, as the native formulas do: a binary fraction never decides.
PLACES = 6

Lookup = Callable[[Cell], Value]


class Verdict(IntEnum):
    """How a rule stands; `or` takes the largest, `and` the smallest."""

    FAILS = 0  # no filling of the blanks makes it true
    NOT_EVALUATED = 1
    NEEDS_BLANKS = 2  # false with the blanks at zero, true for some filling
    PASSES = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """What the blanks would have to make up: together exactly, at least or more than `gap`.

    Where the comparison is not a plain sum, no gap can be told: they would have to be large enough.
    """

    blanks: tuple[Cell, ...]
    relation: str  # "==", ">=", ">" or "enough"
    gap: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    verdict: Verdict
    hint: Hint | None = None


_NOT_EVALUATED = Outcome(Verdict.NOT_EVALUATED)
_INFINITY = Decimal("Infinity")
_ZERO = Decimal(0)


class _Undefined(ArithmeticError):
    """A division by zero: the comparison is not evaluated."""


@dataclass(frozen=True, slots=True)
class _Interval:
    """A quantity with the blanks at zero, and its bounds over every filling of them."""

    at_zero: Decimal
    low: Decimal
    high: Decimal


def evaluate(condition: Condition, lookup: Lookup) -> Outcome:
    """Return how `condition` stands over the values that `lookup` gives."""
    if any(lookup(cell).closes_rules for cell in cells_of(condition)):
        return _NOT_EVALUATED
    return _condition(condition, lookup)


def quantity(node: Quantity, lookup: Lookup) -> Decimal | None:
    """Return the amount with the blanks at zero; None after a division by zero.

    The caller decides whether a blank may stand for zero.
    """
    try:
        return _quantity(node, lookup).at_zero
    except _Undefined:
        return None


def _condition(condition: Condition, lookup: Lookup) -> Outcome:
    match condition:
        case Comparison():
            return _comparison(condition, lookup)
        case Present(cell, expected):
            stands = lookup(cell).is_present is expected
            return Outcome(Verdict.PASSES if stands else Verdict.FAILS)
        case Every(parts):
            return min((_condition(part, lookup) for part in parts), key=_by_verdict)
        case Either(parts):
            return max((_condition(part, lookup) for part in parts), key=_by_verdict)
        case Implication(given, then):
            if _condition(given, lookup).verdict is not Verdict.PASSES:
                return _NOT_EVALUATED
            return _condition(then, lookup)


def _by_verdict(outcome: Outcome) -> int:
    return outcome.verdict


def _comparison(comparison: Comparison, lookup: Lookup) -> Outcome:
    for side in (comparison.left, comparison.right):
        cells = cells_of(side)
        if cells and all(lookup(cell).is_blank for cell in cells):
            return _NOT_EVALUATED
    try:
        left = _quantity(comparison.left, lookup)
        right = _quantity(comparison.right, lookup)
    except _Undefined:
        return _NOT_EVALUATED
    at_zero = _rounded(left.at_zero - right.at_zero)
    low, high = _rounded(left.low - right.high), _rounded(left.high - right.low)
    if _holds(comparison.operator, at_zero):
        return Outcome(Verdict.PASSES)
    if not _can_hold(comparison.operator, low, high):
        return Outcome(Verdict.FAILS)
    return Outcome(Verdict.NEEDS_BLANKS, _hint(comparison, at_zero, lookup))


def _rounded(number: Decimal) -> Decimal:
    return round_half_up(number, PLACES) if number.is_finite() else number


def _holds(operator: str, difference: Decimal) -> bool:
    return {
        "<=": difference <= 0,
        "<": difference < 0,
        ">=": difference >= 0,
        ">": difference > 0,
        "==": difference == 0,
        "!=": difference != 0,
    }[operator]


def _can_hold(operator: str, low: Decimal, high: Decimal) -> bool:
    return {
        "<=": low <= 0,
        "<": low < 0,
        ">=": high >= 0,
        ">": high > 0,
        "==": low <= 0 <= high,
        "!=": low < high,
    }[operator]


def _hint(comparison: Comparison, at_zero: Decimal, lookup: Lookup) -> Hint:
    raising, lowering = raising_and_lowering(comparison)
    helping, hindering = (raising, lowering) if at_zero < 0 else (lowering, raising)
    if comparison.operator in (">", ">="):
        helping, hindering = raising, lowering
    if comparison.operator == "!=":
        helping, hindering = raising + lowering, ()
    blanks = tuple(cell for cell in helping if lookup(cell).is_blank)
    if not (is_plain_sum(comparison.left) and is_plain_sum(comparison.right)):
        return Hint(blanks, "enough", abs(at_zero))
    if comparison.operator in ("<", ">", "!="):
        return Hint(blanks, ">", abs(at_zero))
    unopposed = not any(lookup(cell).is_blank for cell in hindering)
    exact = comparison.operator == "==" and unopposed
    return Hint(blanks, "==" if exact else ">=", abs(at_zero))


def _quantity(node: Quantity, lookup: Lookup) -> _Interval:
    match node:
        case Number(amount):
            return _Interval(amount, amount, amount)
        case Cell():
            value = lookup(node)
            if value.is_blank:
                return _Interval(_ZERO, _ZERO, _INFINITY)
            return _Interval(value.number, value.number, value.number)
        case Largest(terms):
            return reduce(_larger, (_quantity(term, lookup) for term in terms))
        case Arithmetic(operator, left, right):
            return _OPERATIONS[operator](_quantity(left, lookup), _quantity(right, lookup))


def _larger(a: _Interval, b: _Interval) -> _Interval:
    return _Interval(max(a.at_zero, b.at_zero), max(a.low, b.low), max(a.high, b.high))


def _add(a: _Interval, b: _Interval) -> _Interval:
    return _Interval(a.at_zero + b.at_zero, a.low + b.low, a.high + b.high)


def _subtract(a: _Interval, b: _Interval) -> _Interval:
    return _Interval(a.at_zero - b.at_zero, a.low - b.high, a.high - b.low)


def _multiply(a: _Interval, b: _Interval) -> _Interval:
    return _Interval(a.at_zero * b.at_zero, _times(a.low, b.low), _times(a.high, b.high))


def _times(a: Decimal, b: Decimal) -> Decimal:
    return _ZERO if 0 in (a, b) else a * b


def _divide(a: _Interval, b: _Interval) -> _Interval:
    if b.at_zero == 0:
        raise _Undefined
    low = _ZERO if b.high.is_infinite() else a.low / b.high
    return _Interval(a.at_zero / b.at_zero, low, a.high / b.low)


_OPERATIONS: dict[str, Callable[[_Interval, _Interval], _Interval]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
}
