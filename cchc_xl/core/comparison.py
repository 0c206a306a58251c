"""Figures held against those of an earlier period of the same kind: by how much, up or down.

Nothing is compared that is not of one series (`Period.is_like`), that one of the two periods does
not have, or that begins anew each year while the two are quarters of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cchc_xl.core.cells import Kind
from cchc_xl.core.form import Aggregation, Form
from cchc_xl.core.identity import unit_name
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.period import Period
from cchc_xl.core.ratios import ratios
from cchc_xl.core.roll_up import RollUp
from cchc_xl.core.submission import Table
from cchc_xl.core.text import match_key

# What grows from quarter to quarter of a year, or is set for the year: quarters are no series.
_OF_THE_YEAR = frozenset({"ytd", "plan_year"})
_ONE_FIGURE = (
    Aggregation.SUM,
    Aggregation.MUST_AGREE,
    Aggregation.WEIGHTED_MEAN,
    Aggregation.SHARE_YES,
)
_PLACES = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure and on how many units of how many it stands; of a unit, on itself."""

    value: Decimal | None
    stands_on: int = 1
    expected: int = 1

    @property
    def is_whole(self) -> bool:
        return self.value is not None and self.stands_on == self.expected


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """What a unit or a parent unit had in a period: indicators by code, percents by ratio id."""

    unit: str
    period: Period
    figures: Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure and what it was; `is_points` where both are percents."""

    before: Standing
    now: Standing
    is_points: bool = False

    @property
    def difference(self) -> Decimal | None:
        """By how much it rose; of percents in points, between the figures as they are printed."""
        before, now = self.before.value, self.now.value
        if before is None or now is None:
            return None
        if self.is_points:
            return round_half_up(now, _PLACES) - round_half_up(before, _PLACES)
        return now - before

    @property
    def percent(self) -> Decimal | None:
        """The rise in percent of what it was, rounded; None of percents and of nothing."""
        if self.is_points or self.difference is None or not self.before.value:
            return None
        return round_half_up(100 * self.difference / self.before.value, _PLACES)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures of a period against those of `previous`; `reason` says why there are none."""

    previous: PeriodFigures
    rows: Mapping[str, Compared] = field(default_factory=dict[str, Compared])
    reason: str = ""

    def get(self, code: str) -> Compared | None:
        """Return what is compared under a code or a ratio id, None where nothing is."""
        return self.rows.get(code)


def figures_of_table(table: Table) -> dict[str, Standing]:
    """Return the counts and percents of a unit, and its ratios."""
    counted = (row for row in table.form.indicators if row.kind in (Kind.COUNT, Kind.PERCENT))
    values = {row.code: table.value(row.code) for row in counted}
    return {
        **{code: Standing(value.number) for code, value in values.items() if value.is_numeric},
        **{key: Standing(value.percent) for key, value in ratios(table).items()},
    }


def figures_of_roll_up(rolled: RollUp) -> dict[str, Standing]:
    """Return the figures of a parent unit that are one number, and its ratios."""
    return {
        **{
            code: Standing(row.value, row.stands_on, row.expected)
            for code, row in rolled.indicators.items()
            if row.indicator.aggregation in _ONE_FIGURE
        },
        **{
            key: Standing(row.value.percent, row.stands_on, len(rolled.units))
            for key, row in rolled.ratios.items()
        },
    }


def compare(form: Form, now: PeriodFigures, previous: PeriodFigures) -> Comparison:
    """Return `now` against `previous`, or why the two are not compared."""
    if match_key(unit_name(now.unit)) != match_key(unit_name(previous.unit)):
        reason = (
            f"Số liệu kỳ trước là của {previous.unit}, không phải của {now.unit}; không so sánh."
        )
        return Comparison(previous, reason=reason)
    if not now.period.is_like(previous.period):
        reason = (
            f"Kỳ trước ({previous.period.name}) không cùng loại với kỳ này ({now.period.name}); "
            "không so sánh tăng, giảm."
        )
        return Comparison(previous, reason=reason)
    rows = {
        code: Compared(before, now.figures[code], is_points)
        for code, is_points in _of_one_series(form, now.period, previous.period)
        if code in now.figures and (before := previous.figures.get(code)) is not None
    }
    known = {code: row for code, row in rows.items() if row.difference is not None}
    return Comparison(previous, known)


def _of_one_series(form: Form, period: Period, previous: Period) -> Iterator[tuple[str, bool]]:
    """Yield the codes and ratio ids that two periods can be compared in; True for percents."""
    yearly = period.recurs(previous)
    one_series = {
        row.code for row in form.indicators if yearly or row.behaviour not in _OF_THE_YEAR
    }
    for row in form.indicators:
        if row.code in one_series:
            yield row.code, row.kind is Kind.PERCENT
    for definition in form.ratios:
        if one_series.issuperset(cell.code for cell in definition.cells):
            yield definition.id, True
