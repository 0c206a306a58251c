"""Reads the records of a register from a sheet: our own, or a list that somebody made by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from cchc_xl.core.document_numbers import date_of, plain_number
from cchc_xl.core.findings import Finding
from cchc_xl.core.grid import Grid
from cchc_xl.core.records import Record, RegisterReading
from cchc_xl.core.register import Part, Register
from cchc_xl.core.register_lines import (
    YearHeading,
    completed,
    more_documents,
    not_a_record,
    read_line,
    read_number_cell,
    stated_counts,
    year_heading,
)
from cchc_xl.core.text import clean, match_key

_SEARCHED_ROWS = 5000
_ORDINAL_HEADERS = frozenset(match_key(name) for name in ("STT", "TT", "Số TT", "Số thứ tự"))
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
# What people put into a cell that has nothing to say.
_DASHES = frozenset({"-", "–", "—"})


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    columns: Mapping[Part, int]
    ordinal: int | None


def read_register(grid: Grid, register: Register, *, own_template: bool) -> RegisterReading | None:
    """Return the records of a sheet; None where it has no header of the register.

    In a sheet of ours (`own_template`) only what the native formulas understand is understood; in
    a list made by hand also number, symbol and date in one cell, or all of it in words.
    """
    header = _header(grid, register)
    if header is None:
        return None
    if own_template:
        records = (
            _own_record(grid, register, header, row)
            for row in range(header.row + 1, len(grid.rows))
        )
        return RegisterReading(tuple(record for record in records if record is not None))
    return _ForeignReading(grid, register, header).read()


def _header(grid: Grid, register: Register) -> _Header | None:
    for row in range(min(len(grid.rows), _SEARCHED_ROWS)):
        columns, ordinal = _headed(grid, register, row)
        if not _is_register(columns):
            continue
        # Under a header such as "Văn bản" the others stand one row higher.
        above, ordinal_above = _headed(grid, register, row - 1)
        taken = set(columns.values())
        higher = {part: column for part, column in above.items() if column not in taken}
        return _Header(row, {**higher, **columns}, ordinal_above if ordinal is None else ordinal)
    return None


def _headed(grid: Grid, register: Register, row: int) -> tuple[dict[Part, int], int | None]:
    """Return the columns that a row heads, and that of the ordinal numbers."""
    columns: dict[Part, int] = {}
    ordinal: int | None = None
    for column in range(len(grid.rows[row]) if row >= 0 else 0):
        key = match_key(grid.text(row, column))
        part = register.headers.get(key)
        if part is not None:
            columns.setdefault(part, column)
        elif key in _ORDINAL_HEADERS:
            ordinal = column
    return columns, ordinal


def _is_register(columns: Mapping[Part, int]) -> bool:
    known = set(columns)
    is_numbered = (
        Part.REFERENCE in known
        or {Part.NUMBER, Part.SYMBOL} <= known
        or {Part.NUMBER, Part.DATE} <= known
    )
    return is_numbered and bool(known & {Part.DATE, Part.SUBJECT, Part.TYPE})


def _own_record(grid: Grid, register: Register, header: _Header, row: int) -> Record | None:
    record = _plain_record(grid, register, header, row, frozenset())
    number = grid.text(row, header.columns[Part.NUMBER]) if Part.NUMBER in header.columns else ""
    if number and not _is_number(number):
        unread = {**record.unread, Part.NUMBER: number}
        record = replace(record, number=number.lower(), unread=unread)
    elif number:
        record = replace(record, number=plain_number(number))
    return record if record.cells else None


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= 6


def _plain_record(
    grid: Grid, register: Register, header: _Header, row: int, blanks: AbstractSet[str]
) -> Record:
    """Return all of a record but its number, part by part; `blanks` are words for nothing."""
    filled = {
        part: (row, header.columns[part])
        for part in Part
        if part in header.columns
        and not grid.cell(row, header.columns[part]).is_empty
        and grid.text(row, header.columns[part]) not in blanks
    }
    texts = {part: grid.text(*place) for part, place in filled.items()}
    unread: dict[Part, str] = {}
    named = register.type_named(texts.get(Part.TYPE, ""))
    if Part.TYPE in texts and named is None:
        unread[Part.TYPE] = texts[Part.TYPE]
    day, words = date_of(grid.cell(*filled[Part.DATE])) if Part.DATE in filled else (None, "")
    if words:
        unread[Part.DATE] = words
    year = _year(texts.get(Part.YEAR, ""))
    if Part.YEAR in texts and year is None:
        unread[Part.YEAR] = texts[Part.YEAR]
    cells = {part: grid.address(*place) for part, place in filled.items()}
    naming = (Part.NUMBER, Part.REFERENCE, Part.SUBJECT, *Part)
    return Record(
        sheet=grid.sheet,
        cell=next((cells[part] for part in naming if part in cells), ""),
        type=named or "",
        symbol=texts.get(Part.SYMBOL, ""),
        day=day,
        subject=texts.get(Part.SUBJECT, ""),
        year=year,
        unread=unread,
        cells=cells,
    )


def _year(text: str) -> int | None:
    if text.isdecimal() and len(text) == 4 and _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        return int(text)
    return None


class _ForeignReading:
    """A list made by hand while it is read: the headings above a row speak for it too."""

    def __init__(self, grid: Grid, register: Register, header: _Header) -> None:
        self._grid = grid
        self._register = register
        self._header = header
        self._findings: list[Finding] = []
        self._under: dict[YearHeading, list[Record]] = {}
        self._heading: YearHeading | None = None
        self._type = ""

    def read(self) -> RegisterReading:
        records = tuple(self._records())
        stated = stated_counts(self._register, self._under, self._grid.sheet)
        return RegisterReading(records, (*self._findings, *stated))

    def _records(self) -> Iterator[Record]:
        for row in range(self._header.row + 1, len(self._grid.rows)):
            words = self._words(row)
            if not words or self._repeats_header(row):
                continue
            text, cell = words[0]
            if len(words) == 1 and self._takes_heading(text, cell):
                continue
            record = self._record(row)
            if record is not None:
                if self._heading is not None:
                    self._under[self._heading].append(record)
                yield record
                continue
            line = " ".join(text for text, _ in words)
            self._findings += not_a_record(self._register, self._grid.sheet, cell, line)

    def _words(self, row: int) -> list[tuple[str, str]]:
        """Return what stands in a row beside its ordinal number, with the addresses."""
        return [
            (self._grid.text(row, column), self._grid.address(row, column))
            for column in range(len(self._grid.rows[row]))
            if column != self._header.ordinal and self._grid.text(row, column)
        ] or [
            (self._grid.text(row, column), self._grid.address(row, column))
            for column in range(len(self._grid.rows[row]))
            if re.search(r"[^\W\d_]{2}", self._grid.text(row, column))
        ]

    def _repeats_header(self, row: int) -> bool:
        columns = self._header.columns.values()
        texts = [text for c in columns if (text := self._grid.text(row, c))]
        above = [self._grid.text(self._header.row, c) for c in columns]
        if texts == above:
            return True
        numbered = [text.strip("()") for text in texts]
        return (
            row == self._header.row + 1
            and len(numbered) >= 3
            and all(text in "123456789ABCDEFGH" for text in numbered)
        )

    def _takes_heading(self, text: str, cell: str) -> bool:
        """Whether the only words of a row are the heading of a year or of a type."""
        heading = year_heading(text, cell)
        if heading is not None:
            self._heading, self._type = heading, ""
            self._under[heading] = []
            return True
        named = self._register.type_named(re.sub(r"^(?:[IVX]+|\d+)[.)]?\s+", "", clean(text)))
        if named is not None:
            self._type = named
        return named is not None

    def _record(self, row: int) -> Record | None:
        record = _plain_record(self._grid, self._register, self._header, row, _DASHES)
        has_type = Part.TYPE in record.cells
        record = self._with_number(row, record)
        is_numbered = bool(record.number) or record.day is not None or Part.DATE in record.unread
        ordinal = self._header.ordinal
        has_ordinal = ordinal is not None and _is_number(self._grid.text(row, ordinal))
        if not is_numbered and not (record.subject and (has_type or has_ordinal)):
            return None
        if not record.type and Part.TYPE not in record.unread:
            record = replace(record, type=self._type or self._leading_type(record))
        if self._heading is not None and record.year is None and Part.YEAR not in record.unread:
            record = replace(record, year=self._heading.year)
        return record

    def _with_number(self, row: int, record: Record) -> Record:
        """Return the record with what stands in its cell of numbers, or in its words."""
        part = next((p for p in (Part.NUMBER, Part.REFERENCE) if p in record.cells), None)
        if part is None:
            line = read_line(record.subject, self._register)
            # Beside a symbol or a date of its own the words may well name another document.
            if line is None or {Part.SYMBOL, Part.DATE} & set(record.cells):
                return record
            self._findings += more_documents(self._register, record, line)
            return completed(replace(record, subject=""), line)
        text = self._grid.text(row, self._header.columns[part])
        line = read_number_cell(text, self._register)
        if line is not None:
            return completed(record, line)
        return replace(record, number=text.lower(), unread={**record.unread, Part.NUMBER: text})

    def _leading_type(self, record: Record) -> str:
        """Return the type that the words begin with ("Kế hoạch …"), where no symbol tells it."""
        if self._register.type_of_symbol(record.symbol):
            return ""
        key = f"{match_key(record.subject)} "
        return next(
            (
                known.name
                for known in self._register.types
                if known.name != self._register.other_type
                and key.startswith(f"{match_key(known.name)} ")
            ),
            "",
        )
