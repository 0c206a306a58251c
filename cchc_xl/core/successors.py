"""Units that merged into another one: whose figures are whose, before and after the reform.

Only what is summable is summed over the predecessors; a value that the units share, a flag or a
percent of the new unit does not follow from theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cchc_xl.core.cells import Kind, RawCell, Reading
from cchc_xl.core.form import Aggregation, Indicator
from cchc_xl.core.period import Period, short_date
from cchc_xl.core.submission import Entry, Table
from cchc_xl.core.text import match_key
from cchc_xl.core.units import ReportingUnit
from cchc_xl.core.values import BLANK, NOT_APPLICABLE, NOT_ARISEN, State, Value, number


def heir(unit: ReportingUnit, units: Sequence[ReportingUnit], day: date) -> ReportingUnit | None:
    """Return what `unit` is, or has become part of, on `day`; None where the list does not say."""
    met: list[ReportingUnit] = []
    here: ReportingUnit | None = unit
    while here is not None and not here.is_valid_on(day):
        met.append(here)
        here = _successor(here, [other for other in units if other not in met], day)
    return here


def _successor(
    unit: ReportingUnit, others: Sequence[ReportingUnit], day: date
) -> ReportingUnit | None:
    if unit.successor is None:
        return None
    named = [other for other in others if other.code == unit.successor] or [
        other for other in others if match_key(other.name) == match_key(unit.successor)
    ]
    valid = [other for other in named if other.is_valid_on(day)]
    return next(iter(valid or named), None)


@dataclass(frozen=True, slots=True)
class Merged:
    """A unit that existed in a part of a period only, and the one that it became."""

    unit: ReportingUnit
    into: ReportingUnit


def merged_within(
    units: Sequence[ReportingUnit], listed: Sequence[ReportingUnit], period: Period
) -> tuple[Merged, ...]:
    """Return the units that merged within a period into one of `listed`.

    `listed` are those of `units`, in their order, that are valid on its last day. A unit whose
    name another one bears now is told apart by its last day.
    """
    last = period.last_day
    now = dict(zip((id(u) for u in units if u.is_valid_on(last)), listed, strict=True))
    names = {match_key(unit.name) for unit in listed}
    found: list[Merged] = []
    for unit in units:
        if unit.valid_to is None or not period.first_day <= unit.valid_to < last:
            continue
        into = heir(unit, units, last)
        if into is None:
            continue
        name = unit.name
        if match_key(name) in names:
            name = f"{name} (đến {short_date(unit.valid_to)})"
        found.append(Merged(replace(unit, name=name, is_listed=False), now[id(into)]))
    return tuple(found)


def summed(tables: Sequence[Table]) -> Table:
    """Return the figures of several units as those of one.

    A figure is there only where every one of them has it; what cannot be summed does not apply.
    """
    form = tables[0].form
    entries: dict[str, Entry] = {}
    for indicator in form.indicators:
        value = sum_of(indicator, [table.value(indicator.code) for table in tables])
        if not value.is_blank:
            entries[indicator.code] = Entry(Reading(value), RawCell(), tables[0].sheet, "")
    return Table(form, tables[0].sheet, entries)


def sum_of(indicator: Indicator, values: Iterable[Value]) -> Value:
    """Return the sum of what several units have of an indicator; blank where one is missing."""
    if indicator.kind is Kind.HEADER:
        return BLANK
    if indicator.aggregation is not Aggregation.SUM:
        return NOT_APPLICABLE
    applying = [value for value in values if value.state is not State.NOT_APPLICABLE]
    if not applying:
        return NOT_APPLICABLE
    if not all(value.is_numeric for value in applying):
        return BLANK
    if all(value.state is State.NOT_ARISEN for value in applying):
        return NOT_ARISEN
    return number(sum((value.number for value in applying), start=number(0).number))
