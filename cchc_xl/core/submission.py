"""A submission: what one unit reported for one period, each value with its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from cchc_xl.core.cells import RawCell, Reading
from cchc_xl.core.expressions import Cell
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.period import Period
from cchc_xl.core.slip_memory import SlipMemory
from cchc_xl.core.values import BLANK, Value

if TYPE_CHECKING:
    from cchc_xl.core.records import Record


class Status(Enum):
    """What became of a file; the same words in `check` and `consolidate`."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_ERRORS = "accepted_with_errors"
    MISSING = "missing"
    DUPLICATE = "duplicate"
    UNKNOWN_UNIT = "unknown_unit"
    WRONG_PERIOD = "wrong_period"
    WRONG_FORM = "wrong_form"
    UNREADABLE = "unreadable"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Entry:
    """One value with what stood in its cell and where that cell is."""

    reading: Reading
    raw: RawCell
    sheet: str
    cell: str
    note: str = ""

    @property
    def value(self) -> Value:
        return self.reading.value


@dataclass(frozen=True, slots=True)
class Table:
    """The entries that a file gives for one form, by code; a row it lacks has no entry.

    `labels` are the words of the open rows of annexes, by `PREFIX.ROW`; `records` the lines of
    registers, by the id of the register.
    """

    form: Form
    sheet: str
    entries: Mapping[str, Entry]
    own_template: bool = False
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    records: Mapping[str, tuple[Record, ...]] = field(
        default_factory=dict[str, tuple["Record", ...]]
    )

    def value(self, code: str) -> Value:
        entry = self.entries.get(code)
        return entry.value if entry else BLANK


@dataclass(frozen=True, slots=True)
class Submission:
    """One unit's tables for one period, with what reading the file had to say."""

    file: str
    unit: str
    unit_code: str | None
    period: Period | None
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...] = field(default=())
    # What the file remembers where it is a return slip of ours.
    returned: SlipMemory | None = None

    def table(self, form_id: str) -> Table | None:
        return next((table for table in self.tables if table.form.id == form_id), None)


def lookup(table: Table, previous: Table | None = None) -> _Lookup:
    """Return the function that gives the value of a cell of an expression."""
    return _Lookup(table, previous)


@dataclass(frozen=True, slots=True)
class _Lookup:
    table: Table
    previous: Table | None

    def __call__(self, cell: Cell) -> Value:
        source = self.previous if cell.previous else self.table
        return source.value(cell.code) if source else BLANK
