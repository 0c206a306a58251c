"""What the hidden columns of a register's sheet show: the cached results of their formulas.

They are worked out from the records alone, so that a test can hold the formulas against them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cchc_xl.build.register_columns import (
    NATIVE_CHECKS,
    NOT_A_DAY,
    Hidden,
    Native,
    RegisterColumns,
)
from cchc_xl.core.document_numbers import DAY_ZERO
from cchc_xl.core.period import Period, PeriodKind
from cchc_xl.core.records import Record, type_of, year_in
from cchc_xl.core.register import Part, Register, RegisterCheck, symbol_key
from cchc_xl.core.register_checks import missing_parts, symbol_is_of_other_type


def native_values(
    columns: RegisterColumns, records: Sequence[Record], period: Period | None
) -> list[dict[Hidden, Native]]:
    """Return what the formulas give for `records`, the first of them in the first row."""
    made = [_own_values(columns.register, record, period) for record in records]
    for place, values in enumerate(made):
        rows = [(columns.first_row + at + 1, other) for at, other in enumerate(made)]
        key, dated = values[Hidden.KEY], values[Hidden.DATED_KEY]
        before = [other[Hidden.KEY] for other in made[:place]]
        values[Hidden.FIRST] = int(bool(key) and key not in before)
        values[Hidden.SAME] = max(
            (at for at, other in rows if key and other is not values
             and other[Hidden.KEY] == key),
            default=0,
        )  # fmt: skip
        values[Hidden.OTHER_DATE] = max(
            (at for at, other in rows if dated and other[Hidden.DATED_KEY] == dated
             and other[Hidden.DAY] != values[Hidden.DAY]),
            default=0,
        )  # fmt: skip
    for record, values in zip(records, made, strict=True):
        failing = set(_failing(columns.register, record, values, period))
        values[Hidden.VERDICT] = next(
            (at for at, check in enumerate(NATIVE_CHECKS, start=1)
             if check in failing and columns.words(check)),
            0,
        )  # fmt: skip
    return made


def _own_values(register: Register, record: Record, period: Period | None) -> dict[Hidden, Native]:
    symbol, day = symbol_key(record.symbol), record.day
    of_type = type_of(record, register)
    serial = (day - DAY_ZERO).days if day else ""
    year = year_in(record, period)
    when = f"d{serial}" if day else str(record.year or "")
    subject = " ".join(record.subject.upper().split())
    named = f"{record.number}|{symbol}" if record.number else f"||{subject}"
    is_named = bool(record.number or subject)
    return {
        Hidden.NUMBER: record.number,
        Hidden.SYMBOL: symbol,
        Hidden.NAMED: record.type,
        Hidden.OF_SYMBOL: register.type_of_symbol(record.symbol) or "",
        Hidden.TYPE: of_type,
        Hidden.DAY: NOT_A_DAY if Part.DATE in record.unread else serial,
        Hidden.TYPED_YEAR: record.year or "",
        Hidden.YEAR: year or "",
        Hidden.KEY: f"{named}|{of_type}|{when}" if is_named else "",
        Hidden.DATED_KEY: f"{record.number}|{symbol}|{of_type}|{day.year}"
        if record.number and day
        else "",
    }


def _failing(
    register: Register, record: Record, values: dict[Hidden, Native], period: Period | None
) -> Iterator[RegisterCheck]:
    unread = record.unread
    if values[Hidden.SAME]:
        yield RegisterCheck.DUPLICATE
    is_numbered = not record.number or (record.number.isdecimal() and len(record.number) <= 6)
    if Part.NUMBER in unread or Part.YEAR in unread or not is_numbered:
        yield RegisterCheck.UNREADABLE_NUMBER
    if Part.DATE in unread:
        yield RegisterCheck.IMPOSSIBLE_DATE
    if record.day and record.year not in (None, record.day.year, values[Hidden.YEAR]):
        yield RegisterCheck.YEAR_DIFFERS
    if symbol_is_of_other_type(record, register):
        yield RegisterCheck.SYMBOL_OF_OTHER_TYPE
    if values[Hidden.OTHER_DATE]:
        yield RegisterCheck.TWO_DATES
    if period is not None and _is_outside_years(record, period):
        yield RegisterCheck.OUTSIDE_PERIOD
    if missing_parts(record):
        yield RegisterCheck.INCOMPLETE


def message_value(columns: RegisterColumns, values: dict[Hidden, Native]) -> str:
    """Return the words that the formula of the message gives."""
    verdict = int(values[Hidden.VERDICT])
    if not verdict:
        return ""
    check = NATIVE_CHECKS[verdict - 1]
    other = Hidden.SAME if check is RegisterCheck.DUPLICATE else Hidden.OTHER_DATE
    words = columns.words(check).replace("{other}", str(values[other]))
    return words.replace("{expected}", str(values[Hidden.OF_SYMBOL]))


def first_day_that_counts(period: Period) -> date:
    """Return the first day of the first year of a period, 15 December before a standard one."""
    first_year = period.years[0]
    if period.kind is PeriodKind.FREE:
        return date(first_year, 1, 1)
    return date(first_year - 1, 12, 15)


def _is_outside_years(record: Record, period: Period) -> bool:
    years = period.years
    if record.day is not None:
        return not first_day_that_counts(period) <= record.day <= date(years[-1], 12, 31)
    return record.year is not None and record.year not in years
