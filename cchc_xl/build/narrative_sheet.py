"""Writes `Báo cáo`: section, drafted sentence, the official's own text, and its state."""

from __future__ import annotations

import math

from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.parent_book import FIRST_ROW, NARRATIVE, ParentBook
from cchc_xl.core.narrative import Narrative, Sentence

# The last two columns are hidden: what the official's sentence answers, and how it stood.
NARRATIVE_HEADERS = (
    "Mã câu", "Mục", "Câu soạn từ số liệu", "Câu của đơn vị", "Trạng thái",
    "Câu soạn lúc đơn vị sửa", "Câu của đơn vị lần trước",
)  # fmt: skip

DRAFTED = "theo số liệu"
WANTING = "còn chỗ trống"
OWN = "đơn vị sửa"
NOT_USED = "câu không còn dùng, giữ lại"
OWN_BUT_CHANGED = "đơn vị sửa; số liệu đã đổi, cần soát"


def write_narrative(book: ParentBook, narrative: Narrative) -> None:
    """Write every drafted sentence beside what the official wrote in its place."""
    sheet = book.sheet(NARRATIVE, "BÁO CÁO (PHẦN LỜI)")
    for column, width in enumerate((10, 34, 84, 60, 24)):
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
    row = top + 1
    for section, sentence in narrative.sentences():
        _write_sentence(book, sheet, row, section.heading, sentence)
        row += 1
    drafted = {sentence.id for _, sentence in narrative.sentences()}
    for sentence_id in book.kept.sentences:
        if sentence_id not in drafted:
            # The data call for this sentence no more; the official's words are kept all the same.
            _write_sentence(book, sheet, row, "", Sentence(sentence_id, ()))
            row += 1
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)


def _write_sentence(
    book: ParentBook, sheet: Worksheet, row: int, heading: str, sentence: Sentence
) -> None:
    kept = book.kept.sentences.get(sentence.id)
    own_text = kept.own_text if kept else ""
    cell = book.formats.cell(font_size=12, valign="top")
    wanting = book.formats.cell(font_size=12, valign="top", font_color=palette.ALARM)
    open_cell = book.formats.cell(font_size=12, valign="top", bg_color=palette.INPUT, locked=False)
    sheet.write_string(row, 0, sentence.id, book.formats.text(9, font_color=palette.QUIET))
    sheet.write_string(row, 1, heading, cell)
    sheet.write_string(row, 2, sentence.text, wanting if sentence.gaps else cell)
    sheet.write_string(row, 3, own_text, open_cell)
    state = WANTING if sentence.gaps else DRAFTED
    if kept and own_text:
        state = OWN if kept.answers == sentence.text else OWN_BUT_CHANGED
        state = state if sentence.fragments else NOT_USED
        sheet.write_string(row, 5, kept.answers, cell)
        sheet.write_string(row, 6, own_text, cell)
    sheet.write_string(row, 4, state, cell)
    lines = max(math.ceil(len(sentence.text) / 84), math.ceil(len(own_text) / 58), 1)
    sheet.set_row(row, 6 + 16 * lines)
