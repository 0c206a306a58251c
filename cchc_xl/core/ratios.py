"""Ratios from two counts of one unit; a ratio is recomputed, never averaged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.core.evaluation import Verdict, evaluate, quantity
from cchc_xl.core.expressions import Cell, Quantity, cells_of
from cchc_xl.core.form import Ratio
from cchc_xl.core.submission import Table, lookup
from cchc_xl.core.values import BLANK, State, Value, number


@dataclass(frozen=True, slots=True)
class RatioValue:
    """The parts of a ratio and its percent, unrounded; each None where it is undefined."""

    numerator: Decimal | None
    denominator: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        if self.numerator is None or self.denominator is None or self.denominator == 0:
            return None
        return 100 * self.numerator / self.denominator


UNDEFINED = RatioValue(None, None)


def ratio(definition: Ratio, table: Table) -> RatioValue:
    """Return the ratio of one unit; undefined where a part is missing, KAD or invalid.

    A blank part counts as zero only where the unit's own total proves it: the rule
    `blank_is_zero_where` holds exactly with the blanks at zero.
    """
    values = lookup(table)
    states = {values(cell).state for cell in definition.cells}
    if states & {State.NOT_APPLICABLE, State.INVALID, State.TEXT}:
        return UNDEFINED
    if State.BLANK in states and not _proves_blanks_zero(definition, table):
        return UNDEFINED
    return RatioValue(
        quantity(definition.numerator, values), quantity(definition.denominator, values)
    )


def ratios(table: Table) -> Mapping[str, RatioValue]:
    """Return every ratio of the form for one unit, by id."""
    return {definition.id: ratio(definition, table) for definition in table.form.ratios}


def _proves_blanks_zero(definition: Ratio, table: Table) -> bool:
    if definition.blank_is_zero_where is None:
        return False
    proof = table.form.rule(definition.blank_is_zero_where).condition
    return proof is not None and evaluate(proof, lookup(table)).verdict is Verdict.PASSES


def percent_of(node: Quantity, totals: Mapping[str, Decimal | None]) -> Decimal | None:
    """Return what a computed rate is worth over totals, None where one of them is missing."""

    def total(cell: Cell) -> Value:
        amount = totals.get(cell.code)
        return BLANK if amount is None else number(amount)

    if any(total(cell).is_blank for cell in cells_of(node)):
        return None
    return quantity(node, total)
