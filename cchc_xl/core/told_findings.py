"""A finding as a unit is told it: every figure that its rule compares, and the unit's own reason.

Programs get the finding itself; people are helped by what stands in each of the cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cchc_xl.core import wording
from cchc_xl.core.evaluation import evaluate
from cchc_xl.core.expressions import (
    Arithmetic,
    Cell,
    Comparison,
    Condition,
    Every,
    Implication,
    Largest,
    Number,
    Present,
    Quantity,
    cells_of,
)
from cchc_xl.core.findings import Finding
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.submission import Submission, Table, lookup

_SIGNS = {"+": " + ", "-": " - ", "*": " × ", "/": " / "}  # fmt: skip
_TIGHT = frozenset("*/")


def as_told(findings: Iterable[Finding], submission: Submission | None) -> tuple[Finding, ...]:
    """Return the findings with the figures and the notes of their cells, in the same order."""
    tables = submission.tables if submission else ()
    return tuple(_told(finding, tables) for finding in findings)


def _told(finding: Finding, tables: Iterable[Table]) -> Finding:
    for table in tables:
        if finding.indicator in table.form.by_code:
            behind = table.form.rules_behind(finding.rule, finding.indicator or "")
            condition = behind[0].condition if behind else None
            cells = cells_of(condition) if condition is not None else ()
            codes = list(dict.fromkeys(cell.code for cell in cells)) or [finding.indicator or ""]
            # What the period before says does not stand in this file.
            if len(codes) > 1 and condition and not any(cell.previous for cell in cells):
                finding = replace(
                    finding,
                    found="; ".join(f"{code} = {_standing(table, code)}" for code in codes),
                    expected=_wanted(finding, condition, table),
                )
            return replace(finding, message=finding.message + _reasons(table, codes))
    return finding


def _standing(table: Table, code: str) -> str:
    entry = table.entries.get(code)
    typed = wording.shown(wording.as_typed(entry.raw)) if entry else ""
    return typed or "trống"


def _reasons(table: Table, codes: Iterable[str]) -> str:
    """Return what the unit wrote beside its figures."""
    noted = [
        (code, " ".join(entry.note.split()))
        for code in codes
        if (entry := table.entries.get(code)) is not None and entry.note.strip()
    ]
    return "".join(f" Ghi chú của đơn vị ở {code}: «{note}»." for code, note in noted)


def _wanted(finding: Finding, condition: Condition, table: Table) -> str:
    """Return the relation that has to hold, with the amount that it comes to."""
    relation, is_amount_shown = _relation(condition, table)
    amount = wording.shown(finding.expected).lstrip("≤≥<>=≠ ")
    return f"{relation} ({amount})" if amount and is_amount_shown else relation


def _relation(condition: Condition, table: Table) -> tuple[str, bool]:
    """Return the words of the part of a rule that decides; whether its amount says more."""
    match condition:
        case Implication(_, then):
            return _relation(then, table)
        case Every(parts):
            values = lookup(table)
            return _relation(min(parts, key=lambda part: evaluate(part, values).verdict), table)
        case Present(cell, expected):
            return f"{cell.code} {'có số liệu' if expected else wording.HAS_TO_BE_EMPTY}", False
        case Comparison(operator, left, right):
            sign = wording.relation_sign(operator)
            return f"{_written(left)} {sign} {_written(right)}", not isinstance(right, Number)
        case _:
            return " hoặc ".join(_relation(part, table)[0] for part in condition.parts), False


def _written(node: Quantity, *, is_factor: bool = False) -> str:
    match node:
        case Number(amount):
            return vietnamese(amount, 6)
        case Cell(code, previous):
            return f"{code} kỳ trước" if previous else code
        case Largest(terms):
            return f"số lớn nhất trong ({'; '.join(_written(term) for term in terms)})"
        case Arithmetic(operator, left, right):
            tight = operator in _TIGHT
            words = (
                f"{_written(left, is_factor=tight)}{_SIGNS[operator]}"
                f"{_written(right, is_factor=tight or operator == '-')}"
            )
            return f"({words})" if is_factor else words
