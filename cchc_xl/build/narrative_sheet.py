"""Writes `Báo cáo`: section, drafted sentence, the official's own text, and its state."""

from __future__ import annotations

import math

from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.parent_book import FIRST_ROW, NARRATIVE, ParentBook
from cchc_xl.core.ledger import NARRATIVE_HEADERS, NarrativeRow, narrative_rows
from cchc_xl.core.narrative import Narrative

_WIDTHS = (8, 26, 64, 44, 16)  # characters; wider columns would print too small on A4


def write_narrative(book: ParentBook, narrative: Narrative) -> None:
    """Write every drafted sentence beside what the official wrote in its place."""
    sheet = book.sheet(NARRATIVE, "BÁO CÁO (PHẦN LỜI)")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(5, 6, 10, None, {"hidden": True})
    sheet.write_string(
        3, 0,
        "Muốn dùng câu khác, ghi vào cột Câu của đơn vị; lần tổng hợp sau câu đó được giữ nguyên.",
        book.formats.text(10, font_color=palette.QUIET),
    )  # fmt: skip
    top = FIRST_ROW - 1
    for column, title in enumerate(NARRATIVE_HEADERS):
        sheet.write_string(top, column, title, book.formats.head(font_size=11))
    sheet.set_row(top, 22)
    rows = narrative_rows(narrative, book.kept.sentences)
    for row, line in enumerate(rows, start=top + 1):
        _write_sentence(book, sheet, row, line)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)


def _write_sentence(book: ParentBook, sheet: Worksheet, row: int, line: NarrativeRow) -> None:
    cell = book.formats.cell(font_size=12, valign="top")
    wanting = book.formats.cell(font_size=12, valign="top", font_color=palette.ALARM)
    open_cell = book.formats.cell(font_size=12, valign="top", bg_color=palette.INPUT, locked=False)
    sentence_id, heading, drafted, own_text, state, answers, own_before = line.cells
    sheet.write_string(row, 0, sentence_id, book.formats.text(9, font_color=palette.QUIET))
    sheet.write_string(row, 1, heading, cell)
    sheet.write_string(row, 2, drafted, wanting if line.has_gaps else cell)
    sheet.write_string(row, 3, own_text, open_cell)
    sheet.write_string(row, 4, state, cell)
    if own_text:
        sheet.write_string(row, 5, answers, cell)
        sheet.write_string(row, 6, own_before, cell)
    wrapped = zip((heading, drafted, own_text), _WIDTHS[1:4], strict=True)
    lines = max(1, *(math.ceil(len(text) / (width - 3)) for text, width in wrapped))
    sheet.set_row(row, 6 + 16 * lines)
