"""What a report may say: the figures of a unit or of a parent unit under one set of names.

They are called by the codes of the form and by the ids of the ratios (`T05` the percent, `T05.N`
and `T05.D` its parts); those of a parent unit have names besides, see `parent_facts`.

Where a period of the same kind before is known, `PREV.3.3.1` is what the figure was, `DIFF.3.3.1`
by how much it rose (a fall is negative), `UP.3.3.1` and `DOWN.3.3.1` by how much it rose or fell,
0 where it did not; also of ratios. `compared` is the same in words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from cchc_xl.core.cells import Kind
from cchc_xl.core.compared_facts import change_in_a_sentence, compared_value, of_comparison
from cchc_xl.core.comparison import Comparison
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Form
from cchc_xl.core.numerals import vietnamese, vietnamese_percent
from cchc_xl.core.period import Period, PeriodKind, short_date
from cchc_xl.core.ratios import RatioValue, ratio
from cchc_xl.core.records import documents_of
from cchc_xl.core.register import Register, registers
from cchc_xl.core.register_checks import name_of
from cchc_xl.core.submission import Table
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


def ratio_fact(code: str, ratios: Mapping[str, RatioValue]) -> Decimal | None:
    """Return the percent of a ratio, or one of its parts."""
    ratio_id, _, part = code.partition(".")
    value = ratios[ratio_id]
    return {"": value.percent, "N": value.numerator, "D": value.denominator}[part]


def is_ratio(code: str, ratios: Mapping[str, RatioValue]) -> bool:
    """Whether a code is that of a ratio or of one of its parts."""
    ratio_id, _, part = code.partition(".")
    return ratio_id in ratios and part in ("", "N", "D")


def shown_figure(
    form: Form, code: str, value: Value, *, is_percent: bool, counted: bool = False
) -> str:
    """Return a figure as it is printed in a sentence."""
    indicator = form.by_code.get(code)
    if value.state is State.NOT_ARISEN and (indicator is None or not indicator.annex):
        return "không phát sinh"
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
        if is_ratio(code, self.ratios):
            amount = ratio_fact(code, self.ratios)
            return BLANK if amount is None else number(amount)
        return self.table.value(code)

    def shown(self, code: str) -> str:
        _, of = of_comparison(code)
        return shown_figure(self.table.form, of, self.value(code), is_percent=of in self.ratios)

    def names(self, fact: str) -> tuple[str, ...]:  # noqa: ARG002  # a unit has none below it
        return ()

    def is_known(self, code: str) -> bool:
        _, of = of_comparison(code)
        return of in self.table.form.by_code or is_ratio(of, self.ratios)

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
        if how_many := sum(is_of(finding, rules) for finding in self.findings):
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


def is_of(finding: Finding, rules: Collection[str]) -> bool:
    """Whether a finding is of one of the rules; "error" stands for every error."""
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
