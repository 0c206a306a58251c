"""A report while it is mutated: its lines, what is true of them, and how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.core.cells import Kind
from cchc_xl.core.grid import address
from tests.support.handmade import ALL_FIGURES, Content, report, row_places
from tests.support.random_figures import random_figures
from tests.support.tables import phu_luc_01b

COLUMNS = ("number", "label", "unit", "value", "note")
FORM = phu_luc_01b()


@dataclass(eq=False)
class Line:
    """One row of the sheet; `code` is the indicator that it truly speaks of.

    `truth` is the figure that its value cell stands for. `must_read`: nothing less than the true
    figure will do; otherwise a finding at its cell is as good. `loud`: a finding must name its
    cell. `unread`: what stands in the cell is no figure, so that none may come of it. `told_at`:
    the line whose cell is named instead.
    """

    cells: dict[str, Content]
    code: str | None = None
    truth: Decimal | None = None
    must_read: bool = True
    loud: bool = False
    touched: bool = False
    hidden: bool = False
    unread: bool = False
    told_at: Line | None = None


@dataclass(eq=False)
class Draft:
    """A report while it is mutated; columns are known by names, lines by themselves."""

    random: Random
    lines: list[Line]
    header: list[Line]
    columns: list[str] = field(default_factory=lambda: list(COLUMNS))
    sheet: str = "Sheet1"
    before: list[str] = field(default_factory=list[str])
    hidden_sheets: list[str] = field(default_factory=list[str])
    filtered: bool = False
    merged: list[tuple[Line, str, str]] = field(default_factory=list[tuple[Line, str, str]])
    merged_rows: list[tuple[Line, Line]] = field(default_factory=list[tuple[Line, Line]])
    formats: dict[tuple[int, str], str] = field(default_factory=dict[tuple[int, str], str])
    deleted: set[str] = field(default_factory=set[str])
    loud_headers: list[tuple[Line, str]] = field(default_factory=list[tuple[Line, str]])
    nothing_read: bool = False
    done: list[str] = field(default_factory=list[str])

    def rows(self) -> list[Line]:
        """The lines of indicators."""
        return [line for line in self.lines if line.code is not None]

    def has_done(self, *names: str) -> bool:
        return any(name in self.done for name in names)

    def fresh(self, *, kind: Kind | None = Kind.COUNT, filled: bool = True) -> Line | None:
        """Draw a line that no mutation has touched yet, and mark it."""
        met = [
            line
            for line in self.rows()
            if not line.touched
            and (line.truth is not None or not filled)
            and (kind is None or FORM.by_code[line.code or ""].kind is kind)
        ]
        if not met:
            return None
        line = self.random.choice(met)
        line.touched = True
        return line

    def place(self, line: Line) -> int:
        return next(place for place, other in enumerate(self.lines) if other is line)

    def cell(self, line: Line, column: str = "value") -> str:
        return address(self.place(line), self.columns.index(column))

    def body(self) -> int:
        """Where the first line below the header stands."""
        return self.place(self.header[-1]) + 1

    def save(self, path: Path) -> Path:
        book = Workbook()
        book.remove(book.worksheets[0])
        for name in self.before:
            book.create_sheet(name).append(["Trang khác", 12, "Số liệu khác"])
        for name in self.hidden_sheets:
            other = book.create_sheet(name)
            self._write(other, offset=1)
            other.sheet_state = "hidden"
        self._write(book.create_sheet(self.sheet))
        book.save(path)
        return path

    def _write(self, sheet: Worksheet, offset: int = 0) -> None:
        for row, column, name, line in self._places():
            content = line.cells.get(name)
            if offset and isinstance(content, int) and name == "value":
                content += offset
            if content is not None:
                cell = sheet.cell(row, column, content)
                cell.number_format = self.formats.get((id(line), name), cell.number_format)
        for line in self.lines:
            if line.hidden:
                sheet.row_dimensions[self.place(line) + 1].hidden = True
        for line, first, last in self.merged:
            if line in self.lines and first in self.columns and last in self.columns:
                start, end = self.columns.index(first), self.columns.index(last)
                # Merging wipes whatever stands in the other cells.
                others = [line.cells.get(name) for name in self.columns[start + 1 : end + 1]]
                if others and all(other is None for other in others):
                    sheet.merge_cells(f"{self.cell(line, first)}:{self.cell(line, last)}")
        for line, other in self.merged_rows:
            if self.place(other) == self.place(line) + 1:
                sheet.merge_cells(f"{self.cell(line)}:{self.cell(other)}")
            else:
                line.loud = False
        if self.filtered:
            sheet.auto_filter.ref = f"A{self.body()}:E{len(self.lines)}"

    def _places(self) -> Iterator[tuple[int, int, str, Line]]:
        for row, line in enumerate(self.lines, start=1):
            for column, name in enumerate(self.columns, start=1):
                yield row, column, name, line


def drafted(random: Random) -> Draft:
    """Return Bút Sơn's report, or the same table with random figures."""
    figures = dict(ALL_FIGURES) if random.random() < 0.5 else _random_counts(random)
    rows = report(dict.fromkeys(ALL_FIGURES))
    codes = {place: code for code, place in row_places(rows).items()}
    lines: list[Line] = []
    for place, row in enumerate(rows):
        line = Line(dict(zip(COLUMNS, row, strict=True)), codes.get(place))
        if line.code in figures:
            line.cells["value"] = figures[line.code]
            line.truth = Decimal(figures[line.code])
        lines.append(line)
    header = next(place for place, line in enumerate(lines) if line.cells["number"] == "STT")
    return Draft(random, lines, lines[header : header + 2])


def _random_counts(random: Random) -> dict[str, int]:
    """Return the figures of a random unit that are plain whole numbers of their kind."""
    figures: dict[str, int] = {}
    for code, raw in random_figures(FORM, random).items():
        indicator, content = FORM.by_code[code], raw.content
        if isinstance(content, bool) or not isinstance(content, int) or raw.percent_format:
            continue
        is_fit = {
            Kind.COUNT: 0 <= content < 10**9,
            Kind.PERCENT: content == 0 or 1 < content <= 100,
            Kind.FLAG: content in indicator.choices,
            Kind.CODE: content in indicator.choices,
            Kind.HEADER: False,
        }[indicator.kind]
        if is_fit:
            figures[code] = content
    return figures
