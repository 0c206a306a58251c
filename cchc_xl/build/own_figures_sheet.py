"""Writes `Số liệu của đơn vị`: the parent unit's own figures beside the totals of its units.

They are typed, or taken from a workbook of the parent's own office; no total contains them.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build import roll_up_formulas as formulas
from cchc_xl.build.parent_book import FIRST_ROW, OWN_FIGURES, ParentBook
from cchc_xl.build.roll_up_columns import CHOICE_END, lines_of, total_value
from cchc_xl.core.cells import Kind

OWN_HEADERS = ("Mã", "Chỉ tiêu thống kê", "Đơn vị tính", "Tổng của các đơn vị",
               "Số liệu của đơn vị", "Ghi chú")  # fmt: skip


def _write_of_annexes(book: ParentBook, sheet: Worksheet, row: int) -> None:
    """Write below them the own figures that stand in annexes, and the words of their open rows.

    An annex has hundreds of cells: only those that the own workbook filled in are written.
    """
    form, own = book.data.form, book.kept.own_figures
    text, cell = book.formats.text(9, font_color=palette.QUIET), book.formats.cell(font_size=11)
    entry = book.formats.cell(font_size=11, align="center", locked=False, bg_color=palette.INPUT)
    named = [code for code in sorted(form.open_rows) if code in own]
    for code in (*named, *(i.code for i in form.indicators if i.annex and i.code in own)):
        indicator = form.by_code.get(code)
        sheet.write_string(row, 0, code, text)
        sheet.write_string(row, 1, indicator.label if indicator else "Tên dòng", cell)
        sheet.write_string(row, 2, indicator.unit if indicator else "", cell)
        sheet.write_blank(row, 3, None, cell)
        figure, note = own[code]
        if isinstance(figure, str):
            sheet.write_string(row, 4, figure, entry)
        else:
            sheet.write_number(row, 4, figure, entry)
        sheet.write_string(row, 5, note, cell)
        row += 1


def write_own_figures(book: ParentBook) -> None:
    """Write a row for each printed indicator, with an open cell for the parent's own figure."""
    sheet = book.sheet(OWN_FIGURES, "SỐ LIỆU CỦA ĐƠN VỊ TỔNG HỢP")
    for column, width in enumerate((13, 52, 19, 15, 15, 30)):
        sheet.set_column(column, column, width)
    sheet.write_string(
        3, 0,
        "Số liệu của chính đơn vị tổng hợp, nhập vào ô nền vàng nhạt; không cộng vào tổng của các "
        "đơn vị và được giữ lại ở lần tổng hợp sau.",
        book.formats.text(10, font_color=palette.QUIET),
    )  # fmt: skip
    top = FIRST_ROW - 1
    for column, title in enumerate(OWN_HEADERS):
        sheet.write_string(top, column, title, book.formats.head(font_size=11))
    sheet.set_row(top, 34)
    for row, indicator in enumerate(book.data.form.printed, start=FIRST_ROW):
        is_header = indicator.kind is Kind.HEADER
        tint = {"bg_color": palette.HEADING} if is_header else {}
        cell = book.formats.cell(font_size=11, bold=is_header, **tint)
        centred = book.formats.cell(font_size=11, align="center", **tint)
        entry = book.formats.cell(
            font_size=11, align="center", locked=False, bg_color=palette.INPUT
        )
        note = book.formats.cell(font_size=11, locked=False, **tint)
        unit = CHOICE_END.sub(r"\1\n", indicator.unit)
        own = book.kept.own_figures.get(indicator.code, ("", ""))
        sheet.write_string(row, 0, indicator.code, book.formats.text(9, font_color=palette.QUIET))
        sheet.write_string(row, 1, indicator.label, cell)
        sheet.write_string(row, 2, unit, centred)
        if formulas.total(indicator, book.columns) is None:
            sheet.write_blank(row, 3, None, centred)
        else:
            total = book.columns.total_cell(indicator.code)
            value = total_value(book.data.rolled.indicators[indicator.code])
            sheet.write_formula(row, 3, f'=IF({total}="","",{total})', centred, value)
        if is_header:
            sheet.write_blank(row, 4, None, centred)
        elif isinstance(own[0], str):
            sheet.write_string(row, 4, own[0], entry)
        else:
            sheet.write_number(row, 4, own[0], entry)
        sheet.write_string(row, 5, own[1], note)
        sheet.set_row(row, 4 + 15 * max(lines_of(unit), -(-len(indicator.label) // 52)))
    _write_of_annexes(book, sheet, FIRST_ROW + len(book.data.form.printed))
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
