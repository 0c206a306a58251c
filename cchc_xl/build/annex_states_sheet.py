"""Writes `Biểu đã nộp`: what each unit did with each form; a blank table is not one of zeros."""

from __future__ import annotations

from cchc_xl.build import palette
from cchc_xl.build.parent_book import FIRST_ROW, ParentBook
from cchc_xl.core.annex_states import AnnexState, form_states
from cchc_xl.core.wording import STATE_WORDS

SHEET = "Biểu đã nộp"
_COLOURS = {
    AnnexState.FILLED: palette.GOOD,
    AnnexState.ZERO: palette.HEADING,
    AnnexState.BLANK: palette.WARNING,
    AnnexState.LEFT_OUT: palette.INPUT,
}


def write_states(book: ParentBook) -> None:
    """Write a row for each expected unit and a column for each form, with counts below."""
    form = book.data.form
    names = [form.main.name, *(annex.name for annex in form.annexes)]
    sheet = book.sheet(SHEET, "BIỂU ĐÃ NỘP CỦA TỪNG ĐƠN VỊ")
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 28)
    sheet.set_column(2, 1 + len(names), 13)
    sheet.write_string(
        3, 0,
        "Không có biểu: tệp không có bảng này. Để trống: có bảng nhưng chưa nhập số nào. "
        "Toàn số 0: đã báo cáo là không phát sinh.",
        book.formats.text(10, font_color=palette.QUIET),
    )  # fmt: skip
    top = FIRST_ROW - 1
    for column, title in enumerate(("STT", "Đơn vị", *names)):
        sheet.write_string(top, column, title, book.formats.head(font_size=11))
    sheet.set_row(top, 48)
    plain = book.formats.cell(font_size=11)
    for place, entry in enumerate(book.data.tables):
        row = FIRST_ROW + place
        sheet.write_number(row, 0, place + 1, book.formats.cell(font_size=11, align="center"))
        sheet.write_string(row, 1, entry.unit.name, plain)
        states = form_states(form, entry.table) if entry.table else {}
        for column, state in enumerate(states.values(), start=2):
            style = book.formats.cell(font_size=11, align="center", bg_color=_COLOURS[state])
            sheet.write_string(row, column, STATE_WORDS[state], style)
        if not states:
            quiet = book.formats.cell(font_size=11, align="center", font_color=palette.ALARM)
            for column in range(2, 2 + len(names)):
                sheet.write_string(row, column, "chưa nộp", quiet)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
