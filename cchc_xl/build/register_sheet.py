"""Writes the sheet of a register: open rows for the documents, checks beside them, counts above."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.format import Format as BookFormat
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.commune_book import CommuneBook, capitalised, letter
from cchc_xl.build.register_columns import (
    NATIVE_CHECKS,
    Hidden,
    RegisterColumns,
    count_places,
    first_count_row,
)
from cchc_xl.build.register_inputs import restrict_inputs, write_input
from cchc_xl.build.register_values import first_day_that_counts, message_value, native_values
from cchc_xl.core.document_numbers import DAY_ZERO
from cchc_xl.core.findings import Severity
from cchc_xl.core.formulas import text
from cchc_xl.core.grid import address
from cchc_xl.core.records import Record, counted
from cchc_xl.core.register import Count, Part, Register

_OPEN_ROWS, _SPARE_ROWS = 120, 30
_WIDTHS = {
    Part.TYPE: 15, Part.NUMBER: 9, Part.SYMBOL: 16, Part.DATE: 14, Part.SUBJECT: 52, Part.YEAR: 9,
}  # fmt: skip
_MESSAGE_WIDTH = 34
# What one line of the subject holds.
_LINE = 54
_CHECK_HEADER = "Kiểm tra"


def write_register(book: CommuneBook, register: Register, records: Sequence[Record] = ()) -> None:
    """Write the sheet of `register`.

    `records` are written as they were read, what could not be read as it was typed.
    """
    _RegisterSheet(book, register, records).write()


class _RegisterSheet:
    """A register's sheet while it is written."""

    def __init__(self, book: CommuneBook, register: Register, records: Sequence[Record]) -> None:
        self._book = book
        self._formats = book.formats
        self._register = register
        self._records = records
        self._period = book.content.period
        self._sheet: Worksheet = book.book.add_worksheet(register.name)
        parts = {column.part: place for place, column in enumerate(register.printed, start=1)}
        self._message = len(parts) + 1
        per_line = len(parts)
        lines = -(-len(register.counts) // per_line)
        # Title, period and guide, two rows for each line of counts, an empty row, the header.
        self._counts_row = first_count_row(register)
        self._header = self._counts_row + 2 * lines + 1
        rows = max(_OPEN_ROWS, len(records) + _SPARE_ROWS)
        self._columns = RegisterColumns(
            register, parts, self._message, self._header + 1, self._header + rows
        )
        self._values = native_values(self._columns, records, self._period)

    def write(self) -> None:
        sheet = self._sheet
        sheet.set_column(0, 0, 6)
        for part, column in self._columns.parts.items():
            sheet.set_column(column, column, _WIDTHS[part])
        sheet.set_column(self._message, self._message, _MESSAGE_WIDTH)
        sheet.set_column(self._message + 1, self._columns.last_column, 12, None, {"hidden": True})
        self._write_title()
        self._write_years()
        self._write_tables()
        self._write_counts()
        self._write_header()
        for place in range(self._columns.last_row - self._columns.first_row + 1):
            self._write_row(place)
        restrict_inputs(sheet, self._columns)
        self._colour_rows()
        self._set_up_page()
        sheet.protect("", {"format_rows": True, "format_columns": True})

    @property
    def _period_cell(self) -> str:
        return f"'{self._book.form.main.name}'!${letter(self._book.panel_column)}$3"

    @property
    def _plain_number(self) -> BookFormat:
        # Without a format LibreOffice takes what DATE gives for a date.
        return self._formats(num_format="0")

    def _write_title(self) -> None:
        unit_cell = f"'{self._book.form.main.name}'!${letter(self._book.panel_column)}$1"
        content = self._book.content
        dots = "…………………"
        for row, line in enumerate(self._register.title):
            before, mark, after = line.partition("{UNIT}")
            style = palette.style(12, bold=True, align="center")
            self._merge(row, "" if mark else line, style)
            if mark:
                unit = content.unit.upper() or dots
                self._sheet.write_formula(
                    row, 0,
                    f'={text(before)}&IF({unit_cell}="","{dots}",UPPER({unit_cell}))&{text(after)}',
                    self._formats(**style), f"{before}{unit}{after}",
                )  # fmt: skip
        row = len(self._register.title)
        quiet = palette.style(12, italic=True, align="center")
        self._merge(row, "", quiet)
        period = content.period
        self._sheet.write_formula(
            row, 0,
            f'=IF({self._period_cell}="","Kỳ báo cáo: …………",{self._period_cell})',
            self._formats(**quiet),
            capitalised(period.name) if period else "Kỳ báo cáo: …………",
        )  # fmt: skip
        guide = self._register.guide
        words = f"{content.stamp}. {guide}" if content.stamp else guide
        colour = palette.ALARM if content.stamp else palette.QUIET
        style = {**palette.style(10, text_wrap=True), "font_color": colour}
        self._merge(row + 1, words, style)
        self._sheet.set_row(row + 1, 30)
        if content.stamp:
            self._sheet.set_header(palette.stamp_header(content.stamp))

    def _merge(self, row: int, words: str, style: palette.Format) -> None:
        last = max(self._columns.parts.values())
        self._sheet.merge_range(row, 0, row, last, words, self._formats(**style))

    def _write_years(self) -> None:
        first, last, day = self._columns.years(self._period_cell)
        period = self._period
        values: tuple[str | int, ...] = ("", "", "")
        if period is not None:
            years = period.years
            values = (years[0], years[-1], (first_day_that_counts(period) - DAY_ZERO).days)
        for row, (formula, value) in enumerate(zip((first, last, day), values, strict=True)):
            self._sheet.write_formula(
                row, self._message + 1, f"={formula}", self._plain_number, value
            )

    def _write_tables(self) -> None:
        for at, table in enumerate((self._columns.names(), self._columns.symbols())):
            for row, pair in enumerate(table, start=self._columns.first_row):
                for place, words in enumerate(pair):
                    self._sheet.write_string(
                        row, self._columns.names_column + 2 * at + place, words
                    )

    def _write_counts(self) -> None:
        values = counted(self._records, self._register, self._period)
        places = count_places(self._register)
        label = self._formats.head(font_size=10)
        shown = self._formats.cell(align="center", bold=True, locked=True)
        for code, count in self._register.cells.items():
            row, column = places[code][0] - 1, places[code][1]
            words, formula = self._count_label(count), self._count(count)
            if count.year is None:
                self._sheet.write_string(row, column, words, label)
            else:
                year = self._year(count.year)
                known = "" if code not in values and not self._has_year(count.year) else words
                self._sheet.write_formula(
                    row, column, f'=IF({year}="","","Năm "&{year})', label, known
                )
            value = values.get(code, "")
            self._sheet.write_formula(row + 1, column, f"={formula}", shown, value)
            self._sheet.set_row(row, 30)

    def _count_label(self, count: Count) -> str:
        if count.year is not None:
            years = self._period.years if self._period else ()
            return f"Năm {years[count.year - 1]}" if count.year <= len(years) else ""
        return count.type or count.label

    def _has_year(self, year: int) -> bool:
        return self._period is not None and year <= len(self._period.years)

    def _year(self, place: int) -> str:
        """Return the formula of a year of the period, empty where the period does not have it."""
        first, last = self._columns.first_year, self._columns.last_year
        return f'IF({first}="","",IF({first}+{place - 1}>{last},"",{first}+{place - 1}))'

    def _count(self, count: Count) -> str:
        first = self._columns.all_of(Hidden.FIRST)
        factors = [first]
        if count.type is not None:
            factors.append(f"EXACT({self._columns.all_of(Hidden.TYPE)},{text(count.type)})")
        if count.year is not None:
            factors.append(f"({self._columns.all_of(Hidden.YEAR)}={self._year(count.year)})")
        number = f"SUMPRODUCT({'*'.join(factors)})"
        if count.year is not None:
            number = f'IF({self._year(count.year)}="","",{number})'
        return f'IF(SUM({first})=0,"",{number})'

    def _write_header(self) -> None:
        sheet, head = self._sheet, self._formats.head(font_size=11)
        sheet.write_string(self._header, 0, "STT", head)
        for column in self._register.printed:
            sheet.write_string(self._header, self._columns.parts[column.part], column.header, head)
        sheet.write_string(
            self._header, self._message, _CHECK_HEADER,
            self._formats.text(10, font_color=palette.QUIET),
        )  # fmt: skip
        sheet.set_row(self._header, 32)
        sheet.freeze_panes(self._header + 1, 0)
        sheet.repeat_rows(self._header)

    def _write_row(self, place: int) -> None:
        row = self._columns.first_row + place
        record = self._records[place] if place < len(self._records) else None
        values = self._values[place] if record else self._empty_values()
        centred = self._formats.cell(align="center", font_size=11)
        self._sheet.write_number(row, 0, place + 1, centred)
        for part, column in self._columns.parts.items():
            write_input(self._sheet, self._formats, (row, column), part, record)
        lines = math.ceil(len(record.subject) / _LINE) if record else 1
        if lines > 1:
            self._sheet.set_row(row, 4 + 15 * lines)
        for hidden, formula in self._columns.formulas(row).items():
            self._sheet.write_formula(
                row, self._columns.column(hidden), f"={formula}", self._plain_number, values[hidden]
            )
        message = self._book.unless_silent(self._columns.message_formula(row), '""')
        self._sheet.write_formula(
            row, self._message, f"={message}", self._formats.text(11),
            message_value(self._columns, values),
        )  # fmt: skip

    def _empty_values(self) -> dict[Hidden, str | int]:
        numbers = (Hidden.FIRST, Hidden.SAME, Hidden.OTHER_DATE, Hidden.VERDICT)
        return {
            **{hidden: 0 if hidden in numbers else "" for hidden in Hidden},
            Hidden.TYPE: self._register.other_type,
        }

    def _colour_rows(self) -> None:
        verdict = f"${address(self._columns.first_row, self._columns.column(Hidden.VERDICT))}"
        for severity, colour in (
            (Severity.ERROR, palette.ERROR),
            (Severity.WARNING, palette.WARNING),
        ):
            places = [
                f"{verdict}={place}"
                for place, check in enumerate(NATIVE_CHECKS, start=1)
                if (rule := self._register.rule(check)) and rule.severity is severity
            ]
            if not places:
                continue
            met = self._book.unless_silent(f"OR({','.join(places)})", "FALSE")
            self._sheet.conditional_format(
                self._columns.first_row, 1, self._columns.last_row, self._message - 1,
                {"type": "formula",
                 "criteria": f"={met}",
                 "format": self._formats(bg_color=colour)},
            )  # fmt: skip

    def _set_up_page(self) -> None:
        sheet = self._sheet
        sheet.set_paper(9)
        sheet.set_landscape()
        # Top and bottom 2 cm, left 3 cm, right 1.5 cm (Decree 30/2020/NĐ-CP), in inches.
        sheet.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.79)
        sheet.set_footer(f'&C&"{palette.FONT}"&11Trang &P/&N')
        sheet.print_area(0, 0, self._columns.last_row, max(self._columns.parts.values()))
        sheet.fit_to_pages(1, 0)
        sheet.print_black_and_white()
        sheet.protect("", {"format_rows": True, "format_columns": True, "sort": True})
        sheet.set_selection(self._columns.first_row, 1, self._columns.first_row, 1)
