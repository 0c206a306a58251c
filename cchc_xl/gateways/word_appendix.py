"""Writes the appendices of a Word report as real tables: merged headers, repeated on each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table as WordTable

from cchc_xl.core.report_items import bookmark_of
from cchc_xl.core.text import printable
from cchc_xl.gateways.word_controls import mark

# What is left of A4 between margins of 30 and 15 mm, across and upright.
_ACROSS, _UPRIGHT = 252, 165
_SMALL = 10


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of a header, from its first to its last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


@dataclass(frozen=True, slots=True)
class AppendixRow:
    """A row of an appendix as it is printed."""

    cells: tuple[str, ...]
    is_header: bool


@dataclass(frozen=True, slots=True)
class Appendix:
    """A table behind the report; `weights` share out the width of the page among its columns.

    The words of a row stand in the column `words`; all others are centred.
    """

    name: str
    title: tuple[str, ...]
    about: str
    header: tuple[HeaderCell, ...]
    rows: tuple[AppendixRow, ...]
    weights: tuple[float, ...]
    is_wide: bool = True
    is_small: bool = False
    words: int = 1

    @property
    def header_rows(self) -> int:
        return 1 + max(cell.bottom for cell in self.header)

    @property
    def lines(self) -> list[list[str]]:
        """The rows below the header as they are printed."""
        return [[printable(cell) for cell in row.cells] for row in self.rows]


def write_appendix(document: WordDocument, appendix: Appendix) -> None:
    """Write an appendix on pages of its own."""
    turn(document, WD_ORIENT.LANDSCAPE if appendix.is_wide else WD_ORIENT.PORTRAIT)
    document.add_paragraph(printable(appendix.name), style="Title")
    for line in appendix.title:
        document.add_paragraph(printable(line), style="Title")
    about = document.add_paragraph(style="Table Cell")
    about.alignment = WD_ALIGN_PARAGRAPH.CENTER
    about.paragraph_format.space_after = Pt(6)
    about.add_run(printable(f"({appendix.about})")).italic = True
    table = document.add_table(rows=appendix.header_rows, cols=len(appendix.weights))
    table.style = "Table Grid"
    for row in appendix.rows:
        line = table.add_row()
        _fill(line.cells, row.cells, appendix, bold=row.is_header)
        _mark(line, "w:cantSplit")
    _set_widths(table, appendix)
    _write_header(table, appendix)
    # The table is known by it when the report comes back.
    mark(table.cell(0, 0).paragraphs[0]._p, bookmark_of(appendix_id(appendix.name)))  # noqa: SLF001


def appendix_id(name: str) -> str:
    """Return the id of an appendix among the items of a report."""
    return f"pl:{name}"


def turn(document: WordDocument, orientation: WD_ORIENT) -> None:
    """Begin a section on a new page that lies or stands; the page numbers go on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that holds the break would fill a page of its own behind a full one.
    ending = document.paragraphs[-1].paragraph_format
    ending.space_before = ending.space_after = Pt(0)
    ending.line_spacing = Pt(1)
    section.orientation = orientation
    long, short = Mm(297), Mm(210)
    lies = orientation is WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (long, short) if lies else (short, long)
    section.different_first_page_header_footer = False


def _write_header(table: WordTable, appendix: Appendix) -> None:
    for cell in appendix.header:
        first = table.cell(cell.top, cell.left)
        if (cell.top, cell.left) != (cell.bottom, cell.right):
            first = first.merge(table.cell(cell.bottom, cell.right))
        paragraph = first.paragraphs[0]
        paragraph.style = "Table Cell"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(printable(cell.text))
        run.bold = True
        if appendix.is_small:
            run.font.size = Pt(_SMALL)
    for row in table.rows[: appendix.header_rows]:
        _mark(row, "w:tblHeader")


def _fill(cells: Sequence[Any], texts: Sequence[str], appendix: Appendix, *, bold: bool) -> None:
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table Cell"
        if place != appendix.words:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(printable(text))
        run.bold = bold
        if appendix.is_small:
            run.font.size = Pt(_SMALL)


def _mark(row: Any, mark: str) -> None:
    """Let a header row stand on each page, or a row never break over two: no API has it."""
    row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001


def _set_widths(table: WordTable, appendix: Appendix) -> None:
    whole = _ACROSS if appendix.is_wide else _UPRIGHT
    share = whole / sum(appendix.weights)
    table.autofit = False
    for column, weight in zip(table.columns, appendix.weights, strict=True):
        column.width = Mm(weight * share)
    for row in table.rows:
        for cell, weight in zip(row.cells, appendix.weights, strict=True):
            cell.width = Mm(weight * share)
