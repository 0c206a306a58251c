"""Writes `Báo cáo`: section, drafted sentence, the official's own text, and its state."""

from __future__ import annotations

import math
from functools import partial

from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.parent_book import FIRST_ROW, NARRATIVE, ParentBook
from cchc_xl.core.bound_text import BoundText, bound_as_drafted
from cchc_xl.core.figure_words import unit_of
from cchc_xl.core.narrative import Narrative, Sentence
from cchc_xl.core.narrative_rows import (
    CHOICE,
    HIDDEN_COLUMNS,
    KEEP_OWN,
    NARRATIVE_HEADERS,
    TAKE_NEW,
    NarrativeRow,
    narrative_rows,
)

_WIDTHS = (8, 26, 64, 44, 16)  # characters; wider columns would print too small on A4


def write_narrative(book: ParentBook, narrative: Narrative) -> None:
    """Write every drafted sentence beside what the official wrote in its place."""
    sheet = book.sheet(NARRATIVE, "BÁO CÁO (PHẦN LỜI)")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    # The official may add sentences below the last one.
    sheet.set_column(
        3, 3, _WIDTHS[3], book.formats.text(12, text_wrap=True, valign="top", locked=False)
    )
    sheet.set_column(*HIDDEN_COLUMNS, 10, None, {"hidden": True})
    sheet.set_column(CHOICE, CHOICE, 18)
    sheet.write_string(
        3, 0,
        "Muốn dùng câu khác, ghi vào cột Câu của đơn vị; lần tổng hợp sau câu đó được giữ nguyên.",
        book.formats.text(10, font_color=palette.QUIET),
    )  # fmt: skip
    top = FIRST_ROW - 1
    for column, title in enumerate(NARRATIVE_HEADERS):
        sheet.write_string(top, column, title, book.formats.head(font_size=11))
    sheet.set_row(top, 22)
    units = partial(unit_of, book.data.form)

    def bind(sentence: Sentence) -> BoundText:
        return bound_as_drafted(sentence, units, book.data.period.id)

    rows = narrative_rows(narrative, book.kept.sentences, bind, book.kept.drafts)
    row = top
    for row, line in enumerate(rows, start=top + 1):
        _write_sentence(book, sheet, row, line)
    if row > top:
        offer_choices(sheet, top + 1, row)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)


def offer_choices(sheet: Worksheet, first: int, last: int) -> None:
    """Let the official choose between two sentences, in the rows from `first` to `last`."""
    sheet.data_validation(
        first, CHOICE, last, CHOICE,
        {"validate": "list", "source": [KEEP_OWN, TAKE_NEW], "ignore_blank": True,
         "error_title": "Chọn", "error_message": "Đề nghị chọn trong danh sách."},
    )  # fmt: skip


def _write_sentence(book: ParentBook, sheet: Worksheet, row: int, line: NarrativeRow) -> None:
    cell = book.formats.cell(font_size=12, valign="top")
    wanting = book.formats.cell(font_size=12, valign="top", font_color=palette.ALARM)
    open_cell = book.formats.cell(font_size=12, valign="top", bg_color=palette.INPUT, locked=False)
    sentence_id, heading, drafted, own_text, state, *hidden, choice = line.cells
    sheet.write_string(row, 0, sentence_id, book.formats.text(9, font_color=palette.QUIET))
    sheet.write_string(row, 1, heading, cell)
    sheet.write_string(row, 2, drafted, wanting if line.has_gaps else cell)
    sheet.write_string(row, 3, own_text, open_cell)
    sheet.write_string(row, 4, state, cell)
    for column, text in enumerate(hidden, start=HIDDEN_COLUMNS[0]):
        if text:
            sheet.write_string(row, column, text, cell)
    sheet.write_string(row, CHOICE, choice, open_cell)
    wrapped = zip((heading, drafted, own_text), _WIDTHS[1:4], strict=True)
    lines = max(1, *(math.ceil(len(text) / (width - 3)) for text, width in wrapped))
    sheet.set_row(row, 6 + 16 * lines)
