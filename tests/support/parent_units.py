"""Tables and consolidations of the core, made without any file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from hypothesis import strategies as st

from cchc_xl.core.cells import Kind, RawCell, Reading
from cchc_xl.core.consolidation import Consolidation, Received
from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.period import Period, PeriodKind, standard_period
from cchc_xl.core.roll_up import UnitTable, roll_up
from cchc_xl.core.roll_up_checks import check_units
from cchc_xl.core.submission import Entry, Status, Table
from cchc_xl.core.units import ReportingUnit
from cchc_xl.core.values import BLANK, INVALID, NOT_APPLICABLE, NOT_ARISEN, Value, number
from cchc_xl.gateways.schemas import load_form

FORM: Form = load_form("phu-luc-01b")
QUARTER: Period = standard_period(2022, PeriodKind.Q1)
WORDS = {"KPS": NOT_ARISEN, "KAD": NOT_APPLICABLE, "?": INVALID}

Shown = int | float | str | None


def value_of(shown: Shown) -> Value:
    """Return the value that a test writes down: a number, KPS, KAD, "?" for an invalid one."""
    if shown is None:
        return BLANK
    return WORDS[shown] if isinstance(shown, str) else number(Decimal(str(shown)))


def table(values: Mapping[str, Shown]) -> Table:
    """Return the table of a unit; codes that are not named are blank."""
    entries = {
        code: Entry(Reading(value_of(shown)), RawCell(), "Phụ lục 01b", f"F{place}")
        for place, (code, shown) in enumerate(values.items(), start=8)
    }
    return Table(FORM, "Phụ lục 01b", entries)


def unit_tables(*units: tuple[str, Mapping[str, Shown] | None]) -> tuple[UnitTable, ...]:
    return tuple(
        UnitTable(ReportingUnit(name), None if values is None else table(values))
        for name, values in units
    )


def consolidation(tables: Sequence[UnitTable], name: str = "Huyện Mẫu") -> Consolidation:
    """Return the outcome of merging the tables; a unit without a table has sent nothing."""
    received = tuple(
        Received(
            Status.ACCEPTED if entry.table else Status.MISSING,
            entry.unit,
            f"{entry.unit.name}.xlsx" if entry.table else None,
        )
        for entry in tables
    )
    return Consolidation(
        name=name,
        period=QUARTER,
        form=FORM,
        received=received,
        tables=tuple(tables),
        rolled=roll_up(FORM, tables),
        unit_findings=check_units(FORM, tables, QUARTER),
    )


def _shown(indicator: Indicator) -> st.SearchStrategy[Shown]:
    numbers: st.SearchStrategy[Shown]
    match indicator.kind:
        case Kind.PERCENT:
            numbers = st.integers(0, 10000).map(lambda hundredths: hundredths / 100)
        case Kind.FLAG | Kind.CODE:
            numbers = st.sampled_from(sorted(indicator.choices))
        case _:
            numbers = st.one_of(st.integers(0, 5), st.integers(0, 5000))
    odd = st.sampled_from([None, None, None, "KPS", "KAD", "?"])
    return st.one_of(numbers, numbers, numbers, odd)


def figures() -> st.SearchStrategy[dict[str, Shown]]:
    """Draw what a unit reports: numbers, blanks, KPS, KAD and invalid cells."""
    return st.fixed_dictionaries(
        {row.code: _shown(row) for row in FORM.indicators if row.kind is not Kind.HEADER}
    )
