"""What the sheets of a reporting unit's workbook share: the book, formats, places, checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build.annex_places import AnnexPlaces
from cchc_xl.build.check_sheet import Cached, CheckCell, CheckSheet
from cchc_xl.build.formats import Formats
from cchc_xl.build.register_columns import count_reference
from cchc_xl.core.annex import AnnexColumn, matrices
from cchc_xl.core.cells import RawCell, Reading, Typed, read_cell
from cchc_xl.core.computed import computed_value
from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.period import Period, PeriodKind, short_date
from cchc_xl.core.records import Record, counted
from cchc_xl.core.register import registers
from cchc_xl.core.submission import Entry, Table
from cchc_xl.core.values import State, number

RATIO_SHEET = "Tỷ lệ"
GUIDE_SHEET = "Hướng dẫn"
CHECK_SHEET = "_kiem_tra"

# Columns: code, weight (hidden), then the five of the form, then what is said beside a row.
CODE, WEIGHT, NUMBER, LABEL, UNIT, VALUE, NOTE, MESSAGE, PANEL = range(9)
# The periods that the drop-down offers.
PERIODS = "CCHC_PERIODS"
FIRST_YEAR, LAST_YEAR = 2021, 2035
PERIOD_ROWS = (LAST_YEAR - FIRST_YEAR + 1) * (len(PeriodKind) - 1)


@dataclass(frozen=True, slots=True)
class LastPeriod:
    """The unit's table of an earlier period."""

    period: Period
    table: Table

    def shown(self, code: str) -> float | str | None:
        """Return what stood under a code: a number, KPS or KAD; None where there was none."""
        value = self.table.value(code)
        if value.state is State.NUMBER:
            return float(value.number)
        if value.state in (State.NOT_ARISEN, State.NOT_APPLICABLE):
            return str(value.state.value)
        return None


@dataclass(frozen=True, slots=True)
class CommuneWorkbook:
    """What is to stand in a new workbook; `values` are written as given, valid or not."""

    form: Form
    unit: str = ""
    unit_code: str = ""
    period: Period | None = None
    values: Mapping[str, Typed] | None = None
    notes: Mapping[str, str] | None = None
    # The documents of registers, by the id of the register.
    records: Mapping[str, tuple[Record, ...]] = field(default_factory=dict[str, tuple[Record, ...]])
    # Printed on every sheet and page, such as "SỐ LIỆU GIẢ ĐỊNH".
    stamp: str = ""
    # What the unit reported before, shown beside the inputs; not printed.
    last: LastPeriod | None = None
    # In the master, unit and period are typed on the start page, and the checks are silent in the
    # role of a parent unit: the cells of the inputs by name, and the formula of that role.
    inputs: Mapping[str, str] = field(default_factory=dict[str, str])
    silent_where: str = ""


class CommuneBook:
    """A reporting unit's workbook while it is written."""

    def __init__(self, book: Workbook, content: CommuneWorkbook) -> None:
        self.book = book
        self.formats = Formats(book)
        self.content = content
        self.form = content.form
        self.annex_places = {annex.id: AnnexPlaces(annex) for annex in matrices(self.form)}
        self.header_row = 2 + len(self.form.title)
        self.first_row = self.header_row + 2
        self.rows = self._row_places()
        self.sheet: Worksheet = book.add_worksheet(self.form.name)
        self.references = {
            code: f"'{self.form.name}'!${letter(VALUE)}${row + 1}"
            for code, row in self.rows.items()
        }
        for places in self.annex_places.values():
            self.references |= {code: places.reference(code) for code in places.cells}
        for register in registers(self.form):
            self.references |= {code: count_reference(register, code) for code in register.cells}
        self.checks = CheckSheet(self.form, CHECK_SHEET, self.references)
        self.table = self._table()

    @property
    def last_column(self) -> int | None:
        """The column of the last period's figures, None where there are none to show."""
        return NOTE + 1 if self.content.last else None

    @property
    def message_column(self) -> int:
        return MESSAGE + 1 if self.content.last else MESSAGE

    @property
    def panel_column(self) -> int:
        return PANEL + 1 if self.content.last else PANEL

    @property
    def last_row(self) -> int:
        return max(self.rows.values())

    @cached_property
    def check_cells(self) -> tuple[CheckCell, ...]:
        """Every formula of the hidden check sheet with its value."""
        return tuple(self.checks.cells(self.table))

    @cached_property
    def cached(self) -> Mapping[str, Cached]:
        """The value of each formula of the hidden check sheet, by its address in formulas."""
        return {
            f"'{CHECK_SHEET}'!${cell.address[0]}${cell.address[1:]}": cell.value
            for cell in self.check_cells
        }

    @property
    def labels(self) -> Mapping[str, Typed]:
        """The words that the unit gave to the open rows of annexes, by `PREFIX.ROW`."""
        return {code: words for code, words in (self.content.values or {}).items() if words}

    @property
    def period_shown(self) -> str:
        return capitalised(self.content.period.name) if self.content.period else ""

    def column_header(self, column: AnnexColumn) -> str:
        """Return the header of a column, with the year where it stands for one of the period."""
        period = self.content.period
        return column.header_for(period.years if period is not None else ())

    def unless_silent(self, formula: str, otherwise: str) -> str:
        """Return `formula`, or `otherwise` where the checks of this sheet are silent."""
        where = self.content.silent_where
        return f"IF({where},{otherwise},{formula})" if where else formula

    def _row_places(self) -> dict[str, int]:
        rows = {row.code: self.first_row + place for place, row in enumerate(self.form.printed)}
        # One empty row and the title of the block stand between the two tables.
        first = self.first_row + len(rows) + 2
        rows.update({row.code: first + place for place, row in enumerate(self.form.supplementary)})
        return rows

    def _table(self) -> Table:
        """Return the values as our own reader will read them, for the cached results."""
        values = self.content.values or {}
        entries: dict[str, Entry] = {}
        for code, typed in values.items():
            indicator = self.form.by_code.get(code)
            if indicator is None:
                continue  # the words of an open row
            raw = RawCell(typed)
            reading = read_cell(indicator.kind, raw, choices=indicator.choices, own_template=True)
            entries[code] = Entry(reading, raw, self.form.name, "")
        for register in registers(self.form):
            records = self.content.records.get(register.id, ())
            for code, amount in counted(records, register, self.content.period).items():
                entries[code] = Entry(Reading(number(amount)), RawCell(amount), register.name, "")
        table = Table(self.form, self.form.name, entries, own_template=True)
        for indicator in self.form.indicators:
            if indicator.computed is not None and indicator.code not in entries:
                entries[indicator.code] = _computed(indicator, table)
        return table


def _computed(indicator: Indicator, table: Table) -> Entry:
    """Return what the formula of a computed cell gives."""
    values = computed_value(indicator, table)
    raw = RawCell(float(values.number)) if values.is_numeric else RawCell("")
    return Entry(Reading(values), raw, indicator.annex, "")


def letter(column: int) -> str:
    """Return the letter of a column of the form's sheet."""
    return "ABCDEFGHIJ"[column]


def window(period: Period) -> str:
    """Return the days of a period as the sheets print them."""
    return f"số liệu từ ngày {short_date(period.first_day)} đến ngày {short_date(period.last_day)}"


def capitalised(name: str) -> str:
    """Return a name with a capital, as it stands at the beginning of a cell."""
    return name[:1].upper() + name[1:]
