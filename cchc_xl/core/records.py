"""The records of a register, which of them are one document, and how many there are of each kind.

Nothing here depends on the order of the records: what a document is counted as follows from what
makes it this document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from cchc_xl.core.findings import Finding
from cchc_xl.core.period import Period, PeriodKind
from cchc_xl.core.register import Count, Part, Register, symbol_key

# Number, symbol, type, date or year; without a number the subject stands for number and symbol.
Identity: TypeAlias = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a register, with the addresses of its cells.

    `type` is a type of the register, or empty. `unread` holds what stands in a cell that could
    not be read; a number that is none is kept as it was typed.
    """

    sheet: str
    cell: str
    type: str = ""
    number: str = ""
    symbol: str = ""
    day: date | None = None
    subject: str = ""
    year: int | None = None
    unread: Mapping[Part, str] = field(default_factory=dict[Part, str])
    cells: Mapping[Part, str] = field(default_factory=dict[Part, str])

    def at(self, part: Part) -> str:
        """Return the address of a part of the record, or that of the record."""
        return self.cells.get(part, self.cell)


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """What a sheet or a list gives: its records, and what there is to say about other rows."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...] = ()


def type_of(record: Record, register: Register) -> str:
    """Return the type that a record is counted as: that of its symbol, else the one it names."""
    return register.type_of_symbol(record.symbol) or record.type or register.other_type


def identity(record: Record, register: Register) -> Identity | None:
    """Return what is equal for two records of one document; None where nothing tells which."""
    when = record.day.isoformat() if record.day else str(record.year or "")
    of_type = type_of(record, register)
    if record.number:
        return record.number, symbol_key(record.symbol), of_type, when
    subject = " ".join(record.subject.lower().split())
    return ("", subject, of_type, when) if subject else None


def different(records: Iterable[Record], register: Register) -> dict[Identity, Record]:
    """Return the different documents, each by the first record that speaks of it."""
    found: dict[Identity, Record] = {}
    for record in records:
        key = identity(record, register)
        if key is not None:
            found.setdefault(key, record)
    return found


def year_in(record: Record, period: Period | None) -> int | None:
    """Return the year in which a record counts; None where it tells none.

    The date decides, else the year that was typed. The year of a standard period begins on
    15 December of the year before.
    """
    if record.day is None:
        return record.year
    if period is not None and period.kind is not PeriodKind.FREE:
        first_day = date(period.year - 1, 12, 15)
        if first_day <= record.day < date(period.year, 1, 1):
            return period.year
    return record.day.year


def counted(records: Iterable[Record], register: Register, period: Period | None) -> dict[str, int]:
    """Return the number of different documents for each code.

    Nothing stands for a year that the period does not have, nor for anything where there is no
    document at all: an empty list has not been filled in.
    """
    documents = list(different(records, register).values())
    if not documents:
        return {}
    years = period.years if period else ()
    return {
        code: sum(_counts(count, record, register, period) for record in documents)
        for code, count in register.cells.items()
        if count.year is None or count.year <= len(years)
    }


def _counts(count: Count, record: Record, register: Register, period: Period | None) -> bool:
    if count.type is not None and type_of(record, register) != count.type:
        return False
    if count.year is None:
        return True
    return period is not None and year_in(record, period) == period.years[count.year - 1]


def documents_of(
    records: Iterable[Record], register: Register, period: Period | None, code: str
) -> tuple[Record, ...]:
    """Return the different documents behind a count, in the order of the list."""
    count = register.cells[code]
    documents = different(records, register).values()
    if count.year is not None and (period is None or count.year > len(period.years)):
        return ()
    return tuple(record for record in documents if _counts(count, record, register, period))
