"""Figures of annexes in a few lines, and relations between them, worked out without the engine."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from tests.support.tables import Given, findings_of

COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "==": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
}


def figures(prefix: str, columns: str, rows: str) -> dict[str, Given]:
    """The figures of a table: a line for each row, its id before its figures, "." for a blank."""
    found: dict[str, Given] = {}
    for line in rows.strip().splitlines():
        row, *cells = line.split()
        for column, cell in zip(columns.split(), cells, strict=True):
            if cell != ".":
                found[f"{prefix}.{row}.{column}"] = int(cell)
    return found


@dataclass(frozen=True)
class Relation:
    """What a rule says of some cells: the sum of some stands so to the sum of others."""

    rule: str
    left: tuple[str, ...]
    sign: str
    right: tuple[str, ...]

    def holds(self, given: Mapping[str, Given]) -> bool:
        return COMPARED[self.sign](_sum(self.left, given), _sum(self.right, given))

    def told(self, given: Mapping[str, Given]) -> tuple[str, str, Decimal, Decimal | None]:
        """The rule, the cell that is named, and what stands against what should stand."""
        wanted = _sum(self.right, given) if self.sign == "==" else None
        return self.rule, self.left[0], _sum(self.left, given), wanted


def relations(prefix: str, places: Iterable[str], *said: str) -> tuple[Relation, ...]:
    """Each of `said`, such as `B1: @.2 == @.3 + @.4`, for every place in the stead of `@`."""
    return tuple(_relation(prefix, one.replace("@", place)) for one in said for place in places)


def _relation(prefix: str, said: str) -> Relation:
    rule, _, text = said.partition(": ")
    left, sign, right = next(text.partition(f" {op} ") for op in COMPARED if f" {op} " in text)
    return Relation(rule, _codes(prefix, left), sign.strip(), _codes(prefix, right))


def _codes(prefix: str, text: str) -> tuple[str, ...]:
    return tuple(f"{prefix}.{cell.strip()}" for cell in text.split("+"))


def _sum(codes: Iterable[str], given: Mapping[str, Given]) -> Decimal:
    return sum((Decimal(str(given[code])) for code in codes), Decimal(0))


def broken_of(known: Iterable[Relation], given: Mapping[str, Given]) -> set[tuple[object, ...]]:
    """What is to be told of `given` by the relations that do not hold."""
    return {relation.told(given) for relation in known if not relation.holds(given)}


def annex_findings_of(form: Form, given: Mapping[str, Given]) -> tuple[Finding, ...]:
    """The findings by the rules of the annexes and between the forms."""
    of_main = {rule.id for rule in form.main.rules}
    return tuple(found for found in findings_of(form, given) if found.rule not in of_main)


def told_of(form: Form, given: Mapping[str, Given]) -> set[tuple[object, ...]]:
    """What the engine tells of `given`, as `broken_of` does; a bound is no figure to compare."""
    return {
        (
            found.rule,
            found.indicator,
            found.found,
            found.expected if isinstance(found.expected, Decimal) else None,
        )
        for found in annex_findings_of(form, given)
    }


def rules_fired(form: Form, given: Mapping[str, Given]) -> list[str]:
    """The ids of the rules of annexes and between forms that fire, in order of the form."""
    return [found.rule for found in annex_findings_of(form, given)]
