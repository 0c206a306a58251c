"""Writes the other sheets of a reporting unit's workbook: ratios, advice, settings, checks."""

from __future__ import annotations

import math

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cchc_xl import __version__
from cchc_xl.build import palette
from cchc_xl.build.check_sheet import ratio_values
from cchc_xl.build.commune_book import (
    CHECK_SHEET,
    FIRST_YEAR,
    GUIDE_SHEET,
    LAST_YEAR,
    PERIOD_ROWS,
    PERIODS,
    RATIO_SHEET,
    CommuneBook,
    capitalised,
    window,
)
from cchc_xl.core.period import PeriodKind, standard_period
from cchc_xl.core.workbook_names import FORM_NAME, SETTINGS_SHEET

_GUIDE = (
    "Ở góc phải phía trên trang biểu, ghi đơn vị báo cáo và chọn kỳ báo cáo.",
    "Nhập số liệu vào các ô nền vàng nhạt ở cột Số liệu; ghi chú (nếu có) vào cột Ghi chú. Các ô "
    "khác được khóa để giữ đúng biểu mẫu; khóa không có mật khẩu.",
    "Nhập số nguyên, không dùng dấu ngăn cách hàng nghìn: gõ 3278, không gõ 3.278 hay 3,278.",
    "Tỷ lệ nhập theo phần trăm: gõ 98,87 hoặc 98,87%.",
    "Không phát sinh: gõ KPS (được tính là 0). Không áp dụng tại đơn vị: gõ KAD (không tính vào "
    "tổng hợp). Để trống nghĩa là chưa báo cáo, không phải là 0.",
    "Ô chọn (0, 1, 2): chọn trong danh sách; ý nghĩa của từng mã ghi ở cột Đơn vị tính.",
    "Khối số liệu bổ sung ở cuối biểu cần cho một số tỷ lệ và phần lời; nên nhập đủ.",
    "Có gì chưa khớp, ô số liệu đổi màu (đỏ: lỗi; vàng: cảnh báo), bên phải dòng đó có lời giải "
    "thích và cách sửa; phía trên có số lỗi, số cảnh báo.",
    "Xong, bấm lưu rồi gửi tệp này cho đơn vị tổng hợp. Không đổi tên trang, không xóa dòng.",
)


def write_ratios(book: CommuneBook) -> None:
    sheet = book.book.add_worksheet(RATIO_SHEET)
    head = book.formats.cell(bold=True, align="center", bg_color=palette.HEADER)
    cell = book.formats.cell()
    number = book.formats.cell(align="center", num_format="#,##0")
    percent = book.formats.cell(align="center", bold=True, num_format="General")
    title = book.formats.text(13, bold=True)
    quiet = book.formats.text(11, italic=True, font_color=palette.QUIET)
    for column, width in enumerate((12, 58, 12, 12, 12)):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, f"Tỷ lệ tính từ {book.form.name}", title)
    sheet.write_string(
        1, 0, "Tính từ số đếm; ô trống nghĩa là chưa đủ số liệu hoặc mẫu số bằng 0.", quiet
    )
    for column, text in enumerate(("Mã", "Tỷ lệ", "Tử số", "Mẫu số", "Tỷ lệ (%)")):
        sheet.write_string(3, column, text, head)
    for row, ratio in enumerate(book.form.ratios, start=4):
        numerator, denominator, rate = ratio_values(ratio, book.table)
        sheet.write_string(row, 0, ratio.id, cell)
        sheet.write_string(row, 1, ratio.label, cell)
        sheet.set_row(row, 4 + 15.5 * math.ceil(len(ratio.label) / 56))
        for column, part, value in (
            (2, "numerator", numerator),
            (3, "denominator", denominator),
        ):
            formula = f"={book.checks.ratio_part(ratio, part)}"
            sheet.write_formula(row, column, formula, number, value)
        a, b = f"C{row + 1}", f"D{row + 1}"
        formula = f'=IF(OR({a}="",{b}="",N({b})=0),"",ROUND(100*{a}/{b},2))'
        sheet.write_formula(row, 4, formula, percent, rate)
    sheet.freeze_panes(4, 0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f'&C&"{palette.FONT}"&11Trang &P/&N')
    sheet.protect("", {"format_rows": True, "format_columns": True})


def write_guide(book: CommuneBook) -> None:
    sheet = book.book.add_worksheet(GUIDE_SHEET)
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 100)
    title = book.formats.text(14, bold=True)
    line = book.formats.text(12, text_wrap=True, valign="top")
    sheet.write_string(0, 1, f"Cách điền {book.form.name}", title)
    for row, text in enumerate(_GUIDE, start=2):
        sheet.write_number(row, 0, row - 1, line)
        sheet.write_string(row, 1, text, line)
        sheet.set_row(row, 4 + 16 * math.ceil(len(text) / 95))
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_rows": True, "format_columns": True})


def write_settings(book: CommuneBook) -> None:
    sheet = book.book.add_worksheet(SETTINGS_SHEET)
    for row, (key, text) in enumerate(
        (("form", book.form.load_id), ("form_version", book.form.version), ("tool", __version__))
    ):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, text)
    book.book.define_name(FORM_NAME, f"={SETTINGS_SHEET}!$B$1")
    write_periods(book.book, sheet)
    sheet.very_hidden()


def write_periods(book: Workbook, sheet: Worksheet) -> None:
    """Write the periods that the drop-down offers beside the settings, with their windows."""
    last = PERIOD_ROWS + 1
    book.define_name(PERIODS, f"={SETTINGS_SHEET}!$D$2:$D${last}")
    sheet.write_string(0, 3, "period")
    sheet.write_string(0, 4, "window")
    row = 1
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for kind in PeriodKind:
            if kind is PeriodKind.FREE:
                continue
            period = standard_period(year, kind)
            sheet.write_string(row, 3, capitalised(period.name))
            sheet.write_string(row, 4, window(period))
            row += 1


def write_checks(book: CommuneBook) -> None:
    sheet = book.book.add_worksheet(CHECK_SHEET)
    for address, text in book.checks.labels():
        sheet.write_string(address, text)
    for cell in book.check_cells:
        sheet.write_formula(cell.address, f"={cell.formula}", None, cell.value)
    sheet.very_hidden()


def stamp_sheets(book: CommuneBook) -> None:
    if not book.content.stamp:
        return
    alarm = book.formats.text(13, bold=True, font_color=palette.ALARM)
    for sheet in book.book.worksheets():
        sheet.set_header(palette.stamp_header(book.content.stamp))
        if sheet.name == RATIO_SHEET:
            sheet.write_string(2, 0, book.content.stamp, alarm)
        elif sheet.name == GUIDE_SHEET:
            sheet.write_string(1, 1, book.content.stamp, alarm)
