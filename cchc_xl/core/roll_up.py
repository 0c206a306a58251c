"""The roll-up: the values of the units as figures of the parent unit, each still traceable.

Nothing here is averaged but weighted means, and those only over units that have both parts; a
blank is never zero, KAD is out of sums and out of completeness, an invalid value is in no figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from cchc_xl.core.evaluation import quantity
from cchc_xl.core.expressions import Cell, Quantity, cells_of
from cchc_xl.core.form import Aggregation, Form, Indicator, Ratio
from cchc_xl.core.ratios import UNDEFINED, RatioValue, ratio
from cchc_xl.core.submission import Table, lookup
from cchc_xl.core.units import ReportingUnit, type_of
from cchc_xl.core.values import BLANK, State, Value, number

Detail: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The table of an expected unit; None where the unit's report is not counted."""

    unit: ReportingUnit
    table: Table | None

    def value(self, code: str) -> Value:
        return self.table.value(code) if self.table else BLANK


@dataclass(frozen=True, slots=True)
class RolledIndicator:
    """One figure of the parent unit.

    `reporting` units gave the value, of `expected` to whom it applies; `stands_on` units are in
    the figure.
    """

    indicator: Indicator
    value: Decimal | None
    reporting: int
    expected: int
    stands_on: int
    by_unit: Mapping[str, Value]
    detail: Detail = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class RolledRatio:
    """A ratio of the parent unit: parts summed over the units that have every part."""

    ratio: Ratio
    value: RatioValue
    stands_on: int
    by_unit: Mapping[str, RatioValue]


@dataclass(frozen=True, slots=True)
class RollUp:
    """Every figure and ratio of the parent unit for one form."""

    form: Form
    units: tuple[ReportingUnit, ...]
    indicators: Mapping[str, RolledIndicator]
    ratios: Mapping[str, RolledRatio]


def roll_up(form: Form, tables: Sequence[UnitTable]) -> RollUp:
    """Return the figures of the parent unit over `tables`, one for each expected unit, in order."""
    indicators = {row.code: _indicator(row, tables) for row in form.indicators}
    return RollUp(
        form=form,
        units=tuple(entry.unit for entry in tables),
        indicators=indicators,
        ratios={row.id: _ratio(form, row, tables, indicators) for row in form.ratios},
    )


def from_modes(form: Form, definition: Ratio) -> bool:
    """Whether a ratio rests on values that all units share, so that summing them means nothing."""
    return all(
        form.by_code[cell.code].aggregation is Aggregation.MUST_AGREE for cell in definition.cells
    )


def mode(values: Iterable[Decimal]) -> Decimal | None:
    """Return the most frequent value, the first met on a tie; None of no values."""
    counted = Counter(values)
    return max(counted, key=lambda value: counted[value]) if counted else None


def unit_type(unit: ReportingUnit) -> str:
    """Return the type within which shared values must agree."""
    return (unit.type or type_of(unit.name)).strip().capitalize()


def weight(indicator: Indicator, table: Table) -> Decimal | None:
    """Return the weight of a unit's percent; None where a part is missing: none is guessed.

    Where the form says what stands in for one blank part, that is taken.
    """
    for code, stand_in in indicator.weight_if_blank.items():
        if table.value(code).is_blank:
            return _all_numeric(stand_in, table)
    return _all_numeric(indicator.weight, table) if indicator.weight else None


def _all_numeric(node: Quantity, table: Table) -> Decimal | None:
    values = lookup(table)
    if not all(values(cell).is_numeric for cell in cells_of(node)):
        return None
    return quantity(node, values)


def _indicator(indicator: Indicator, tables: Sequence[UnitTable]) -> RolledIndicator:
    by_unit = {entry.unit.key: entry.value(indicator.code) for entry in tables}
    given = [entry for entry in tables if entry.value(indicator.code).is_numeric]
    outside = sum(value.state is State.NOT_APPLICABLE for value in by_unit.values())
    value, stands_on, detail = _AGGREGATIONS[indicator.aggregation](indicator, given)
    return RolledIndicator(
        indicator, value, len(given), len(tables) - outside, stands_on, by_unit, detail
    )


_Figure: TypeAlias = tuple[Decimal | None, int, Detail]


def _no_figure(_: Indicator, given: Sequence[UnitTable]) -> _Figure:
    return None, len(given), {}


def _sum(indicator: Indicator, given: Sequence[UnitTable]) -> _Figure:
    numbers = [entry.value(indicator.code).number for entry in given]
    return (sum(numbers, Decimal(0)) if numbers else None), len(given), {}


def _must_agree(indicator: Indicator, given: Sequence[UnitTable]) -> _Figure:
    shared = mode(entry.value(indicator.code).number for entry in given)
    modes = modes_by_type(indicator, given)
    differing = {
        entry.unit.key: entry.value(indicator.code).number
        for entry in given
        if entry.value(indicator.code).number != modes[unit_type(entry.unit)]
    }
    return shared, len(given), {"modes": modes, "differ": differing}


def modes_by_type(indicator: Indicator, given: Sequence[UnitTable]) -> dict[str, Decimal]:
    """Return the most frequent value among the units of each type."""
    modes: dict[str, Decimal] = {}
    for kind in dict.fromkeys(unit_type(entry.unit) for entry in given):
        shared = mode(
            entry.value(indicator.code).number for entry in given if unit_type(entry.unit) == kind
        )
        if shared is not None:
            modes[kind] = shared
    return modes


def _weighted_mean(indicator: Indicator, given: Sequence[UnitTable]) -> _Figure:
    weighed: list[tuple[Decimal, Decimal]] = []
    without: list[str] = []
    for entry in given:
        share = weight(indicator, entry.table) if entry.table else None
        if share is None:
            without.append(entry.unit.key)
        else:
            weighed.append((entry.value(indicator.code).number, share))
    total = sum((share for _, share in weighed), Decimal(0))
    mean = sum((p * w for p, w in weighed), Decimal(0)) / total if total else None
    return mean, len(weighed), {"stands_on": len(weighed), "without_weight": without}


def _share_yes(indicator: Indicator, given: Sequence[UnitTable]) -> _Figure:
    answers = [(entry.unit.key, entry.value(indicator.code).number) for entry in given]
    yes = sum(answer == 1 for _, answer in answers)
    detail = {
        "yes": yes,
        "no": len(answers) - yes,
        "share": Decimal(100 * yes) / len(answers) if answers else None,
        "no_units": [key for key, answer in answers if answer != 1],
    }
    return (Decimal(yes) if answers else None), len(given), detail


def _distribution(indicator: Indicator, given: Sequence[UnitTable]) -> _Figure:
    counts = {
        str(code): sum(entry.value(indicator.code).number == code for entry in given)
        for code in sorted(indicator.choices)
    }
    return None, len(given), {"counts": counts}


_AGGREGATIONS = {
    Aggregation.NONE: _no_figure,
    Aggregation.SUM: _sum,
    Aggregation.MUST_AGREE: _must_agree,
    Aggregation.WEIGHTED_MEAN: _weighted_mean,
    Aggregation.SHARE_YES: _share_yes,
    Aggregation.DISTRIBUTION: _distribution,
    Aggregation.RECOMPUTE: _no_figure,
    Aggregation.NOT_AGGREGATABLE: _no_figure,
}


def _ratio(
    form: Form,
    definition: Ratio,
    tables: Sequence[UnitTable],
    indicators: Mapping[str, RolledIndicator],
) -> RolledRatio:
    by_unit = {
        entry.unit.key: ratio(definition, entry.table) if entry.table else UNDEFINED
        for entry in tables
    }
    whole = [
        (value.numerator, value.denominator)
        for value in by_unit.values()
        if value.numerator is not None and value.denominator is not None
    ]
    if from_modes(form, definition):
        value = _ratio_of_modes(definition, indicators)
    elif whole:
        value = RatioValue(
            sum((numerator for numerator, _ in whole), Decimal(0)),
            sum((denominator for _, denominator in whole), Decimal(0)),
        )
    else:
        value = UNDEFINED
    return RolledRatio(definition, value, len(whole), by_unit)


def _ratio_of_modes(definition: Ratio, indicators: Mapping[str, RolledIndicator]) -> RatioValue:
    def shared(cell: Cell) -> Value:
        value = indicators[cell.code].value
        return BLANK if value is None else number(value)

    if any(shared(cell).is_blank for cell in definition.cells):
        return UNDEFINED
    return RatioValue(
        quantity(definition.numerator, shared), quantity(definition.denominator, shared)
    )
