"""What a report may say: the figures of a unit or of a parent unit under one set of names.

Besides the codes of the form and the ids of the ratios (`T05` the percent, `T05.N` and `T05.D`
its parts), the facts of a parent unit have names of their own: `UNITS.EXPECTED`,
`UNITS.REPORTED`, `UNITS.MISSING`, `UNITS.UNCOUNTED`; and for a code such as 5.2 `YES.5.2`,
`NO.5.2`, `BLANK.5.2`, `GIVEN.5.2`, `EXPECTED.5.2`, `HAVE.S.QH_GQ`, `STANDS.7.2.2.a`,
`SHARE.5.2`, `COUNT.1.4.2.0`, `OTHER.3.1.3` (not the parent's value), `DIFFER.3.1.3` (not the
value of the units of its type). `names` gives the units behind such a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from cchc_xl.core.cells import Kind
from cchc_xl.core.consolidation import Consolidation
from cchc_xl.core.form import Form
from cchc_xl.core.numerals import vietnamese, vietnamese_percent
from cchc_xl.core.period import Period, PeriodKind, short_date
from cchc_xl.core.ratios import RatioValue, ratio
from cchc_xl.core.roll_up import RolledIndicator
from cchc_xl.core.submission import Status, Table
from cchc_xl.core.units import in_a_sentence
from cchc_xl.core.values import BLANK, State, Value, number

_RENAMED_FROM = date(2022, 12, 15)


class Facts(Protocol):
    """What the narrative asks."""

    @property
    def words(self) -> Mapping[str, str]:
        """The names of unit and period, and the days of the window."""
        ...

    def value(self, code: str) -> Value: ...

    def shown(self, code: str) -> str:
        """The figure as it is printed in a sentence."""
        ...

    def names(self, fact: str) -> tuple[str, ...]:
        """The units behind a fact, with their figure where it has one."""
        ...

    def is_known(self, code: str) -> bool:
        """Whether there is a fact of this name at all."""
        ...

    def basis(self, code: str) -> str:
        """On how many units a figure stands, "" where it stands on all of them."""
        ...


def two_digits(amount: Decimal) -> str:
    """Return a count in prose: `07`, `28`, `6.015` (the habit of the offices' reports)."""
    if amount == amount.to_integral_value() and 0 <= amount < 10:
        return f"{int(amount):02d}"
    return vietnamese(amount)


def period_words(period: Period, unit: str) -> dict[str, str]:
    """Return the words that every report takes from one place."""
    # Decree 42/2022/NĐ-CP renamed the online services; reports of 2022 still print the levels.
    renamed = period.last_day >= _RENAMED_FROM
    return {
        "unit": unit,
        "period": period.name,
        "In_period": _in_period(period),
        "next_period": period.next_name,
        "NEXT_PERIOD": period.next_name.upper(),
        "level3": "một phần (mức độ 3)" if renamed else "mức độ 3",
        "level4": "toàn trình (mức độ 4)" if renamed else "mức độ 4",
        "from": short_date(period.first_day),
        "to": short_date(period.last_day),
        "year": str(period.year),
    }


def _in_period(period: Period) -> str:
    if period.kind is PeriodKind.FREE:
        return period.name[:1].upper() + period.name[1:]
    return f"Trong {period.name}"


def _ratio_fact(code: str, ratios: Mapping[str, RatioValue]) -> Decimal | None:
    ratio_id, _, part = code.partition(".")
    value = ratios[ratio_id]
    return {"": value.percent, "N": value.numerator, "D": value.denominator}[part]


def _is_ratio(code: str, ratios: Mapping[str, RatioValue]) -> bool:
    ratio_id, _, part = code.partition(".")
    return ratio_id in ratios and part in ("", "N", "D")


def _shown(form: Form, code: str, value: Value, *, is_percent: bool, counted: bool = False) -> str:
    if value.state is State.NOT_ARISEN:
        return "không phát sinh"
    indicator = form.by_code.get(code)
    if is_percent or (indicator is not None and indicator.kind is Kind.PERCENT):
        return vietnamese_percent(value.number)
    if indicator is not None and indicator.kind in (Kind.CODE, Kind.FLAG) and not counted:
        label = indicator.choices.get(int(value.number), "")
        return label[:1].lower() + label[1:]
    return two_digits(value.number)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """The facts of a reporting unit."""

    table: Table
    words: Mapping[str, str]
    ratios: Mapping[str, RatioValue]

    def value(self, code: str) -> Value:
        if _is_ratio(code, self.ratios):
            amount = _ratio_fact(code, self.ratios)
            return BLANK if amount is None else number(amount)
        return self.table.value(code)

    def shown(self, code: str) -> str:
        return _shown(self.table.form, code, self.value(code), is_percent=code in self.ratios)

    def names(self, fact: str) -> tuple[str, ...]:  # noqa: ARG002  # a unit has none below it
        return ()

    def is_known(self, code: str) -> bool:
        return code in self.table.form.by_code or _is_ratio(code, self.ratios)

    def basis(self, code: str) -> str:  # noqa: ARG002  # a unit stands on itself
        return ""


def unit_facts(table: Table, unit: str, period: Period) -> UnitFacts:
    """Return the facts of a reporting unit for a period."""
    values = {definition.id: ratio(definition, table) for definition in table.form.ratios}
    return UnitFacts(table, period_words(period, f"UBND {in_a_sentence(unit)}"), values)


@dataclass(frozen=True, slots=True)
class ParentFacts:
    """The facts of a parent unit."""

    data: Consolidation
    words: Mapping[str, str]
    ratios: Mapping[str, RatioValue]

    def value(self, code: str) -> Value:
        amount = self._amount(code)
        return BLANK if amount is None else number(amount)

    def shown(self, code: str) -> str:
        value = self.value(code)
        is_percent = code in self.ratios or code.startswith("SHARE.")
        is_figure = code in self.data.form.by_code or _is_ratio(code, self.ratios)
        if not is_figure and not is_percent:
            # How many units: "7/9 đơn vị", as on the sheets.
            return vietnamese(value.number)
        # Of a flag, the parent has the number of units.
        return _shown(self.data.form, code, value, is_percent=is_percent, counted=True)

    def is_known(self, code: str) -> bool:
        kind, _, rest = code.partition(".")
        if code in self.data.form.by_code or _is_ratio(code, self.ratios):
            return True
        if kind == "UNITS":
            return rest in ("EXPECTED", "REPORTED", "MISSING", "UNCOUNTED")
        if kind == "COUNT":
            rest = rest.rpartition(".")[0]
        return kind in {*_FACTS, "SHARE", "COUNT"} and rest in self.data.form.by_code

    def basis(self, code: str) -> str:
        if code in self.ratios:
            stands_on, all_units = self.data.rolled.ratios[code].stands_on, len(self.data.tables)
        else:
            rolled = self.data.rolled.indicators[code]
            stands_on, all_units = rolled.stands_on, rolled.expected
        return "" if stands_on == all_units else f" (số liệu của {stands_on}/{all_units} đơn vị)"

    def names(self, fact: str) -> tuple[str, ...]:
        kind, _, code = fact.partition(".")
        names = {entry.unit.key: entry.unit.name for entry in self.data.tables}
        if kind == "UNITS":
            statuses = _UNIT_STATUSES[code]
            return tuple(
                dict.fromkeys(
                    entry.unit.name
                    for entry in self.data.received
                    if entry.unit is not None
                    and entry.unit.key in names
                    and entry.status in statuses
                    and (code == "REPORTED" or entry.unit in self.data.missing)
                )
            )
        rolled = self.data.rolled.indicators[code]
        return tuple(
            f"{names[key]} ({two_digits(value.number)})"
            if kind in ("DIFFER", "OTHER", "HAVE")
            else names[key]
            for key, value in rolled.by_unit.items()
            if _belongs(kind, key, value, rolled)
        )

    def _amount(self, code: str) -> Decimal | None:
        if _is_ratio(code, self.ratios):
            return _ratio_fact(code, self.ratios)
        if code in self.data.form.by_code:
            return self.data.rolled.indicators[code].value
        kind, _, rest = code.partition(".")
        if kind == "UNITS":
            missing = len(self.data.missing)
            return Decimal(
                {
                    "EXPECTED": len(self.data.tables),
                    "REPORTED": len(self.data.tables) - missing,
                    "MISSING": len(self.names("UNITS.MISSING")),
                    "UNCOUNTED": len(self.names("UNITS.UNCOUNTED")),
                }[rest]
            )
        if kind == "COUNT":
            rest, _, choice = rest.rpartition(".")
            counts = self.data.rolled.indicators[rest].detail.get("counts")
            return Decimal(counts[choice]) if isinstance(counts, Mapping) else None
        if kind == "SHARE":
            share = self.data.rolled.indicators[rest].detail.get("share")
            return share if isinstance(share, Decimal) else None
        return Decimal(_FACTS[kind](self.data.rolled.indicators[rest]))


_COUNTED = frozenset({Status.ACCEPTED, Status.ACCEPTED_WITH_ERRORS})
_UNIT_STATUSES = {
    "REPORTED": _COUNTED,
    "MISSING": frozenset({Status.MISSING}),
    "UNCOUNTED": frozenset(Status) - _COUNTED - {Status.MISSING, Status.IGNORED},
}


def _belongs(kind: str, key: str, value: Value, rolled: RolledIndicator) -> bool:
    match kind:
        case "YES":
            return value.is_numeric and value.number == 1
        case "NO":
            return value.is_numeric and value.number == 0
        case "HAVE":
            return value.is_numeric and value.number > 0
        case "OTHER":
            return value.is_numeric and value.number != rolled.value
        case "DIFFER":
            differing = rolled.detail.get("differ")
            return isinstance(differing, Mapping) and key in differing
        case _:  # BLANK
            return not value.is_numeric and value.state is not State.NOT_APPLICABLE


def _how_many(kind: str) -> Callable[[RolledIndicator], int]:
    return lambda rolled: sum(_belongs(kind, k, v, rolled) for k, v in rolled.by_unit.items())


_FACTS: dict[str, Callable[[RolledIndicator], int]] = {
    **{kind: _how_many(kind) for kind in ("YES", "NO", "HAVE", "DIFFER", "OTHER", "BLANK")},
    "GIVEN": lambda rolled: rolled.reporting,
    "EXPECTED": lambda rolled: rolled.expected,
    "STANDS": lambda rolled: rolled.stands_on,
}

# What stands before the code in a fact of a parent unit.
FACT_KINDS = frozenset({*_FACTS, "UNITS", "SHARE", "COUNT"})


def parent_facts(data: Consolidation) -> ParentFacts:
    """Return the facts of a parent unit."""
    ratios = {ratio_id: rolled.value for ratio_id, rolled in data.rolled.ratios.items()}
    return ParentFacts(data, period_words(data.period, in_a_sentence(data.name)), ratios)
