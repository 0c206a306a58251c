"""What a report may say: the figures of a unit or of a parent unit under one set of names.

Besides the codes of the form and the ids of the ratios (`T05` the percent, `T05.N` and `T05.D`
its parts), the facts of a parent unit have names of their own: `UNITS.EXPECTED`,
`UNITS.REPORTED`, `UNITS.MISSING`, `UNITS.UNCOUNTED`; and for a code such as 5.2 `YES.5.2`,
`NO.5.2`, `BLANK.5.2`, `GIVEN.5.2`, `EXPECTED.5.2`, `HAVE.S.QH_GQ`, `STANDS.7.2.2.a`,
`SHARE.5.2`, `COUNT.1.4.2.0`, `OTHER.3.1.3` (not the parent's value), `DIFFER.3.1.3` (not the
value of the units of its type). `names` gives the units behind such a fact.

Where a period of the same kind before is known, `PREV.3.3.1` is what the figure was, `DIFF.3.3.1`
by how much it rose (a fall is negative), `UP.3.3.1` and `DOWN.3.3.1` by how much it rose or fell,
0 where it did not; also of ratios. `compared` is the same in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from cchc_xl.core.cells import Kind
from cchc_xl.core.compared_facts import change_in_a_sentence, compared_value, of_comparison
from cchc_xl.core.comparison import Comparison
from cchc_xl.core.consolidation import Consolidation
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Form
from cchc_xl.core.numerals import vietnamese, vietnamese_percent
from cchc_xl.core.period import Period, PeriodKind, short_date
from cchc_xl.core.ratios import RatioValue, ratio
from cchc_xl.core.records import documents_of
from cchc_xl.core.register import Register, registers
from cchc_xl.core.register_checks import name_of
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

    def compared(self, code: str) -> str:
        """By how much a figure rose or fell, in brackets; "" where nothing is compared."""
        ...

    def units(self) -> Iterable[tuple[str, Facts]]:
        """The name and the facts of each unit that reported."""
        ...

    def rows(self, prefix: str) -> Iterable[tuple[str, Facts]]:
        """The words and the facts of each open row of an annex."""
        ...

    def found(self, rules: Collection[str]) -> Iterable[tuple[str, int]]:
        """The name of each unit of which one of the rules, or "error", finds something."""
        ...

    def records(self, code: str) -> tuple[str, ...]:
        """The lines of a register behind a count."""
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
        **{f"year{place}": str(period.years[0] + place - 1) for place in (1, 2, 3)},
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
    comparison: Comparison | None = None
    name: str = ""
    findings: tuple[Finding, ...] = ()
    period: Period | None = None

    def value(self, code: str) -> Value:
        kind, of = of_comparison(code)
        if kind:
            return compared_value(self.comparison, kind, of)
        if _is_ratio(code, self.ratios):
            amount = _ratio_fact(code, self.ratios)
            return BLANK if amount is None else number(amount)
        return self.table.value(code)

    def shown(self, code: str) -> str:
        _, of = of_comparison(code)
        return _shown(self.table.form, of, self.value(code), is_percent=of in self.ratios)

    def names(self, fact: str) -> tuple[str, ...]:  # noqa: ARG002  # a unit has none below it
        return ()

    def is_known(self, code: str) -> bool:
        _, of = of_comparison(code)
        return of in self.table.form.by_code or _is_ratio(of, self.ratios)

    def basis(self, code: str) -> str:  # noqa: ARG002  # a unit stands on itself
        return ""

    def compared(self, code: str) -> str:
        return change_in_a_sentence(self.comparison, self.table.form, code)

    def units(self) -> Iterator[tuple[str, Facts]]:
        yield self.name, self

    def rows(self, prefix: str) -> Iterator[tuple[str, Facts]]:
        for annex in self.table.form.annexes:
            if annex.prefix != prefix or isinstance(annex, Register):
                continue
            for row in annex.rows:
                label = self.table.labels.get(f"{prefix}.{row.id}", "")
                if row.is_open and label:
                    yield label, PartFacts(self, prefix, row.id)

    def found(self, rules: Collection[str]) -> Iterator[tuple[str, int]]:
        if how_many := sum(_is_of(finding, rules) for finding in self.findings):
            yield self.name, how_many

    def records(self, code: str) -> tuple[str, ...]:
        return tuple(
            name_of(record) + (f" {record.subject}" if record.subject else "")
            for register in registers(self.table.form)
            if code in register.cells
            for record in documents_of(
                self.table.records.get(register.id, ()), register, self.period, code
            )
        )


def unit_facts(
    table: Table,
    unit: str,
    period: Period,
    comparison: Comparison | None = None,
    findings: tuple[Finding, ...] = (),
) -> UnitFacts:
    """Return the facts of a reporting unit for a period."""
    values = {definition.id: ratio(definition, table) for definition in table.form.ratios}
    words = period_words(period, f"UBND {in_a_sentence(unit)}")
    return UnitFacts(table, words, values, comparison, unit, findings, period)


def _is_of(finding: Finding, rules: Collection[str]) -> bool:
    return finding.rule in rules or ("error" in rules and finding.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class PartFacts:
    """The facts of a unit seen from a row of one of its annexes: `TU` is `K.M01.TU` there.

    A ratio goes by its id without the row: `KT1` is `KT1_M01`.
    """

    base: UnitFacts
    prefix: str
    row: str

    @property
    def words(self) -> Mapping[str, str]:
        return self.base.words

    def value(self, code: str) -> Value:
        return self.base.value(self._of_row(code))

    def shown(self, code: str) -> str:
        return self.base.shown(self._of_row(code))

    def names(self, fact: str) -> tuple[str, ...]:
        return self.base.names(fact)

    def is_known(self, code: str) -> bool:
        return self.base.is_known(self._of_row(code))

    def basis(self, code: str) -> str:
        return self.base.basis(code)

    def compared(self, code: str) -> str:
        return self.base.compared(self._of_row(code))

    def units(self) -> Iterator[tuple[str, Facts]]:
        return self.base.units()

    def rows(self, prefix: str) -> Iterator[tuple[str, Facts]]:
        return self.base.rows(prefix)

    def found(self, rules: Collection[str]) -> Iterator[tuple[str, int]]:
        return self.base.found(rules)

    def records(self, code: str) -> tuple[str, ...]:
        return self.base.records(code)

    def _of_row(self, code: str) -> str:
        cell = f"{self.prefix}.{self.row}.{code}"
        ratio_id, dot, part = code.partition(".")
        of_row = f"{ratio_id}_{self.row}{dot}{part}"
        return next((name for name in (cell, of_row) if self.base.is_known(name)), code)


@dataclass(frozen=True, slots=True)
class ParentFacts:
    """The facts of a parent unit."""

    data: Consolidation
    words: Mapping[str, str]
    ratios: Mapping[str, RatioValue]
    findings: tuple[Finding, ...] = ()
    _parts: dict[str, Facts] = field(default_factory=dict[str, "Facts"], compare=False)

    def value(self, code: str) -> Value:
        kind, of = of_comparison(code)
        if kind:
            return compared_value(self.data.comparison, kind, of)
        amount = self._amount(code)
        return BLANK if amount is None else number(amount)

    def shown(self, code: str) -> str:
        value = self.value(code)
        _, code = of_comparison(code)
        is_percent = code in self.ratios or code.startswith("SHARE.")
        is_figure = code in self.data.form.by_code or _is_ratio(code, self.ratios)
        if not is_figure and not is_percent:
            # How many units: "7/9 đơn vị", as on the sheets.
            return vietnamese(value.number)
        # Of a flag, the parent has the number of units.
        return _shown(self.data.form, code, value, is_percent=is_percent, counted=True)

    def is_known(self, code: str) -> bool:
        _, code = of_comparison(code)
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
            rolled = self.data.rolled.indicators.get(code)
            if rolled is None:
                return ""
            stands_on, all_units = rolled.stands_on, rolled.expected
        return "" if stands_on == all_units else f" (số liệu của {stands_on}/{all_units} đơn vị)"

    def compared(self, code: str) -> str:
        return change_in_a_sentence(self.data.comparison, self.data.form, code)

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
        if not self.is_known(fact):
            return ()
        rolled = self.data.rolled.indicators[code]
        return tuple(
            f"{names[key]} ({two_digits(value.number)})"
            if kind in ("DIFFER", "OTHER", "HAVE")
            else names[key]
            for key, value in rolled.by_unit.items()
            if _belongs(kind, key, value, rolled)
        )

    def units(self) -> Iterator[tuple[str, Facts]]:
        for entry in self.data.tables:
            if entry.table is not None:
                name = entry.unit.name
                if name not in self._parts:
                    self._parts[name] = unit_facts(entry.table, name, self.data.period)
                yield name, self._parts[name]

    def rows(self, prefix: str) -> Iterator[tuple[str, Facts]]:
        """Yield the open rows of every unit, the unit's name before its words."""
        for name, facts in self.units():
            yield from ((f"{name}: {label}", row) for label, row in facts.rows(prefix))

    def found(self, rules: Collection[str]) -> Iterator[tuple[str, int]]:
        counted = Counter(finding.unit for finding in self.findings if _is_of(finding, rules))
        for entry in self.data.tables:
            if counted[entry.unit.name]:
                yield entry.unit.name, counted[entry.unit.name]

    def records(self, code: str) -> tuple[str, ...]:
        lines = (facts.records(code) for _, facts in self.units())
        return tuple(line for of_unit in lines for line in of_unit)

    def _amount(self, code: str) -> Decimal | None:
        if not self.is_known(code):
            return None
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


def parent_facts(data: Consolidation, findings: tuple[Finding, ...] = ()) -> ParentFacts:
    """Return the facts of a parent unit; `findings` are those on the reports of its units."""
    ratios = {ratio_id: rolled.value for ratio_id, rolled in data.rolled.ratios.items()}
    words = period_words(data.period, in_a_sentence(data.name))
    return ParentFacts(data, words, ratios, findings)
