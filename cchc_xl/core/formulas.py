"""Rules and ratios as native Excel formulas (the second back end; `evaluation` is the first).

Functions of Excel 2010 only, and no text, KPS or KAD ever meets an operator: every reference
made here points at a helper cell that holds a number. A verdict is the number of
`evaluation.Verdict`, so that `or` is MAX and `and` is MIN.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from cchc_xl.core.evaluation import PLACES, Verdict
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
from cchc_xl.core.numerals import plain
from cchc_xl.core.wording import hint_parts

# What the helper cell of an indicator says of its state.
STATE_BLANK, STATE_NUMBER, STATE_NOT_APPLICABLE, STATE_INVALID = range(4)
# Stands for "any amount" where a blank raises a bound; far above what a sheet can hold exactly.
UNBOUNDED = "1E+99"


class Amounts(Protocol):
    """Where the number of an indicator stands, with a blank as 0."""

    def at_zero(self, code: str) -> str: ...


class References(Amounts, Protocol):
    """Where the helper cells of an indicator stand."""

    def state(self, code: str) -> str: ...

    def upper(self, code: str) -> str:
        """The number, with a blank unbounded."""
        ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """A quantity as three formulas: blanks at zero, and its bounds over every filling."""

    at_zero: str
    low: str
    high: str


def text(words: str) -> str:
    """Return `words` as a formula literal; longer ones in pieces, Excel allows 255 characters."""
    pieces = [words[start : start + 250] for start in range(0, len(words), 250)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def amount(quantity: Quantity, amounts: Amounts) -> str:
    """Return the formula of a quantity with the blanks at zero."""
    return _bounds(quantity, _WithoutBlanks(amounts)).at_zero


def any_state(codes: tuple[str, ...], states: tuple[int, ...], references: References) -> str:
    """Return the formula that is TRUE where one of the cells is in one of the states."""
    tests = [f"{references.state(code)}={state}" for code in codes for state in states]
    return f"OR({','.join(tests)})"


def differences(comparison: Comparison, references: References) -> Bounds:
    """Return left minus right as formulas."""
    left = _bounds(comparison.left, references)
    right = _bounds(comparison.right, references)
    return Bounds(
        f"({left.at_zero})-({right.at_zero})",
        f"({left.low})-({right.high})",
        f"({left.high})-({right.low})",
    )


def comparison_verdict(
    comparison: Comparison, at_zero: str, low: str, high: str, references: References
) -> str:
    """Return the formula of a comparison's verdict over the cells that hold its differences."""
    unseen = [_all_blank(side, references) for side in (comparison.left, comparison.right)]
    guards = [guard for guard in unseen if guard]
    not_evaluated = f"OR({','.join([*guards, f'ISERROR({at_zero})'])})"
    zero, low, high = (f"ROUND({cell},{PLACES})" for cell in (at_zero, low, high))
    holds = f"{zero}{_EXCEL[comparison.operator]}0"
    can_hold = {
        "<=": f"{low}<=0",
        "<": f"{low}<0",
        ">=": f"{high}>=0",
        ">": f"{high}>0",
        "==": f"AND({low}<=0,{high}>=0)",
        "!=": f"{low}<{high}",
    }[comparison.operator]
    return (
        f"IF({not_evaluated},{Verdict.NOT_EVALUATED:d},IF({holds},{Verdict.PASSES:d},"
        f"IF({can_hold},{Verdict.NEEDS_BLANKS:d},{Verdict.FAILS:d})))"
    )


_EXCEL = {"<=": "<=", "<": "<", ">=": ">=", ">": ">", "==": "=", "!=": "<>"}


def hint(comparison: Comparison, at_zero: str, references: References) -> str:
    """Return the formula of the sentence that says what the blanks would have to make up."""
    raising, lowering = raising_and_lowering(comparison)
    if comparison.operator in (">", ">="):
        return _hint_sentence(comparison, raising, lowering, at_zero, references)
    if comparison.operator in ("<", "<="):
        return _hint_sentence(comparison, lowering, raising, at_zero, references)
    if comparison.operator == "!=":
        return _hint_sentence(comparison, raising + lowering, (), at_zero, references)
    return (
        f"IF({at_zero}<0,{_hint_sentence(comparison, raising, lowering, at_zero, references)},"
        f"{_hint_sentence(comparison, lowering, raising, at_zero, references)})"
    )


def verdict(
    condition: Condition, comparison_cells: Mapping[Comparison, str], references: References
) -> str:
    """Return the formula of a rule's verdict over the cells that hold its comparisons'."""
    codes = tuple(cell.code for cell in cells_of(condition))
    closed = any_state(codes, (STATE_NOT_APPLICABLE, STATE_INVALID), references)
    inner = _condition(condition, comparison_cells, references)
    return f"IF({closed},{Verdict.NOT_EVALUATED:d},{inner})"


@dataclass(frozen=True, slots=True)
class _WithoutBlanks:
    """Amounts as references: nothing is unknown, so the bounds are the numbers themselves."""

    amounts: Amounts

    def state(self, code: str) -> str:
        return f"IF(ISNUMBER({self.at_zero(code)}),{STATE_NUMBER},{STATE_INVALID})"

    def at_zero(self, code: str) -> str:
        return self.amounts.at_zero(code)

    def upper(self, code: str) -> str:
        return self.amounts.at_zero(code)


def _condition(
    condition: Condition, comparison_cells: Mapping[Comparison, str], references: References
) -> str:
    match condition:
        case Comparison():
            return comparison_cells[condition]
        case Present(cell, expected):
            sign = "=" if expected else "<>"
            state = references.state(cell.code)
            return f"IF({state}{sign}{STATE_NUMBER},{Verdict.PASSES:d},{Verdict.FAILS:d})"
        case Every(parts):
            inner = (_condition(part, comparison_cells, references) for part in parts)
            return f"MIN({','.join(inner)})"
        case Either(parts):
            inner = (_condition(part, comparison_cells, references) for part in parts)
            return f"MAX({','.join(inner)})"
        case Implication(given, then):
            premise = _condition(given, comparison_cells, references)
            conclusion = _condition(then, comparison_cells, references)
            return f"IF({premise}={Verdict.PASSES:d},{conclusion},{Verdict.NOT_EVALUATED:d})"


def _all_blank(side: Quantity, references: References) -> str | None:
    codes = [cell.code for cell in cells_of(side)]
    if not codes:
        return None
    return f"AND({','.join(f'{references.state(code)}={STATE_BLANK}' for code in codes)})"


def _hint_sentence(
    comparison: Comparison,
    helping: tuple[Cell, ...],
    hindering: tuple[Cell, ...],
    at_zero: str,
    references: References,
) -> str:
    if not helping:
        return '""'
    listed = "&".join(
        f'IF({references.state(cell.code)}={STATE_BLANK},", {cell.code}","")' for cell in helping
    )
    before, _, exactly = hint_parts("", "==")
    opening = f'{text(before + " (")}&MID({listed},3,200)&") "'
    if not (is_plain_sum(comparison.left) and is_plain_sum(comparison.right)):
        return f'{opening}&{text(hint_parts("", "enough")[2])}&"; đề nghị nhập."'
    at_least, more = hint_parts("", ">=")[2], hint_parts("", ">")[2]
    if comparison.operator in ("<", ">", "!="):
        relation = text(more)
    elif comparison.operator == "==" and hindering:
        against = any_state(tuple(c.code for c in hindering), (STATE_BLANK,), references)
        relation = f"IF({against},{text(at_least)},{text(exactly)})"
    else:
        relation = text(exactly if comparison.operator == "==" else at_least)
    gap = f"ROUND(ABS({at_zero}),{PLACES})"
    return f'{opening}&{relation}&" "&{gap}&"; đề nghị nhập."'


def _bounds(quantity: Quantity, references: References) -> Bounds:
    match quantity:
        case Number(number):
            return Bounds(plain(number), plain(number), plain(number))
        case Cell(code):
            known = references.at_zero(code)
            return Bounds(known, known, references.upper(code))
        case Largest(terms):
            parts = [_bounds(term, references) for term in terms]
            return Bounds(
                f"MAX({','.join(part.at_zero for part in parts)})",
                f"MAX({','.join(part.low for part in parts)})",
                f"MAX({','.join(part.high for part in parts)})",
            )
        case Arithmetic(operator, left, right):
            one, other = _bounds(left, references), _bounds(right, references)
            if operator in "-/":
                # What is subtracted or divided by pulls the other way.
                other = Bounds(other.at_zero, other.high, other.low)
            if operator == "+":
                return Bounds(*(f"{a}+{b}" for a, b in _pairs(one, other)))
            return Bounds(*(f"({a}){operator}({b})" for a, b in _pairs(one, other)))


def _pairs(one: Bounds, other: Bounds) -> list[tuple[str, str]]:
    return [(one.at_zero, other.at_zero), (one.low, other.low), (one.high, other.high)]
