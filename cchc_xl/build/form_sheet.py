"""Writes the form's sheet of a reporting unit: the printed table, the block below, the checks.

What stands beside the printed columns is not printed; the part above it is written by
`form_panel`.
"""

from __future__ import annotations

import math
import re

from cchc_xl.build import palette
from cchc_xl.build.commune_book import (
    CODE,
    FIRST_YEAR,
    LABEL,
    LAST_YEAR,
    NOTE,
    NUMBER,
    PERIOD_ROWS,
    UNIT,
    VALUE,
    WEIGHT,
    CommuneBook,
    capitalised,
    letter,
    window,
)
from cchc_xl.build.form_panel import write_panel
from cchc_xl.build.input_rules import input_rule
from cchc_xl.core.cells import Kind
from cchc_xl.core.form import Indicator
from cchc_xl.core.formulas import text
from cchc_xl.core.period import PeriodKind
from cchc_xl.core.workbook_names import SETTINGS_SHEET

_WIDTHS = (17, 2, 8, 47, 19, 11, 17, 22, 46)
_LAST_WIDTH = 12
_PRINTED = ("number", "label", "unit", "value", "note")
# "Trực tuyến = 0 Phát phiếu = 1" reads better with a line for each choice.
_CHOICE_END = re.compile(r"(= \d) (?=\S)")


def write_form(book: CommuneBook) -> None:
    """Write the whole sheet of the form."""
    sheet = book.sheet
    widths = list(_WIDTHS)
    if book.last_column is not None:
        widths.insert(book.last_column, _LAST_WIDTH)
    for column, width in enumerate(widths):
        options = {"hidden": True} if column == WEIGHT else {}
        sheet.set_column(column, column, width, book.formats.text(11), options)
    _write_title(book)
    write_panel(book)
    _write_header(book)
    for indicator in book.form.printed:
        _write_row(book, indicator)
    if book.form.supplementary:
        _write_supplementary_title(book)
    for indicator in book.form.supplementary:
        _write_row(book, indicator)
    _colour_rows(book)
    _set_up_page(book)
    sheet.protect("", {"format_rows": True, "format_columns": True})


def _write_title(book: CommuneBook) -> None:
    unit = f"${letter(book.panel_column)}$1"
    stamp = book.content.stamp
    name = f"{book.form.name} - {stamp}" if stamp else book.form.name
    colour = palette.ALARM if stamp else palette.INK
    _merge(book, 0, name, {**palette.style(13, bold=True, align="center"), "font_color": colour})
    for place, line in enumerate(book.form.title, start=1):
        before, mark, after = line.partition("{UNIT}")
        title = palette.style(12, bold=True, align="center")
        if not mark:
            _merge(book, place, line, title)
            continue
        shown = book.content.unit.upper() or "…………………"
        _merge(book, place, "", title)
        book.sheet.write_formula(
            place,
            NUMBER,
            f'={text(before)}&IF({unit}="","…………………",UPPER({unit}))&{text(after)}',
            book.formats(**title),
            f"{before}{shown}{after}",
        )
    row = book.header_row - 1
    quiet = palette.style(12, italic=True, align="center")
    _merge(book, row, "", quiet)
    period = f"${letter(book.panel_column)}$3"
    known = f"{SETTINGS_SHEET}!$D$2:$D${PERIOD_ROWS + 1}"
    window = f"{SETTINGS_SHEET}!$E$2:$E${PERIOD_ROWS + 1}"
    book.sheet.write_formula(
        row,
        NUMBER,
        f'=IF({period}="","Kỳ báo cáo: …………",{period}'
        f'&IFERROR(" ("&INDEX({window},MATCH({period},{known},0))&")",""))',
        book.formats(**quiet),
        _period_line(book),
    )


def _merge(book: CommuneBook, row: int, text: str, style: palette.Format) -> None:
    book.sheet.merge_range(row, NUMBER, row, NOTE, text, book.formats(**style))


def _period_line(book: CommuneBook) -> str:
    period = book.content.period
    if period is None:
        return "Kỳ báo cáo: …………"
    if period.kind is PeriodKind.FREE or not FIRST_YEAR <= period.year <= LAST_YEAR:
        return capitalised(period.name)
    return f"{capitalised(period.name)} ({window(period)})"


def _write_header(book: CommuneBook) -> None:
    sheet, top = book.sheet, book.header_row
    head = book.formats.cell(bold=True, align="center", bg_color=palette.HEADER, font_size=11)
    quiet = book.formats.text(9, align="center", font_color=palette.QUIET, text_wrap=True)
    sheet.merge_range(top, CODE, top + 1, CODE, "Mã chỉ tiêu", quiet)
    groups: dict[str, list[int]] = {}
    for column, column_id in enumerate(_PRINTED, start=NUMBER):
        known = next((c for c in book.form.columns if c.id == column_id), None)
        if known is None:
            continue
        if known.group is None:
            sheet.merge_range(top, column, top + 1, column, known.header, head)
            continue
        groups.setdefault(known.group, []).append(column)
        sheet.write_string(top + 1, column, known.header, head)
    for group, columns in groups.items():
        if len(columns) > 1:
            sheet.merge_range(top, columns[0], top, columns[-1], group, head)
        else:
            sheet.write_string(top, columns[0], group, head)
    sheet.merge_range(
        top, book.message_column, top + 1, book.panel_column,
        "Kiểm tra: đỏ là lỗi phải sửa, vàng là cảnh báo cần xem lại.\n"
        "Nhập vào ô nền vàng nhạt. KPS: không phát sinh; KAD: không áp dụng; "
        "để trống: chưa báo cáo.",
        book.formats.text(10, text_wrap=True, font_color=palette.QUIET),
    )  # fmt: skip
    if book.last_column is not None and book.content.last is not None:
        # "Kỳ trước" alone would be read as a column of figures.
        header = f"Đã báo cáo {book.content.last.period.name}"
        sheet.merge_range(top, book.last_column, top + 1, book.last_column, header, quiet)
    sheet.set_row(top, 20)
    sheet.set_row(top + 1, 32)
    sheet.freeze_panes(top + 2, 0)
    sheet.repeat_rows(top, top + 1)


def _write_row(book: CommuneBook, indicator: Indicator) -> None:
    sheet, row = book.sheet, book.rows[indicator.code]
    is_header = indicator.kind is Kind.HEADER
    tint = {"bg_color": palette.HEADING} if is_header else {}
    sheet.write_string(
        row, CODE, indicator.code,
        book.formats.text(9, font_color=palette.QUIET, align="left"),
    )  # fmt: skip
    sheet.write_formula(
        row, WEIGHT, f"={book.unless_silent(book.checks.row_weight(indicator.code), '0')}", None,
        book.cached[book.checks.row_weight(indicator.code)],
    )  # fmt: skip
    number = book.formats.cell(align="center", bold=is_header, **tint)
    italic = indicator.number in ("", "Trong đó") and not indicator.supplementary
    label = book.formats.cell(bold=is_header, italic=italic, **tint)
    centred = book.formats.cell(align="center", font_size=11, **tint)
    sheet.write_string(row, NUMBER, indicator.number, number)
    sheet.write_string(row, LABEL, indicator.label, label)
    unit = _CHOICE_END.sub(r"\1\n", indicator.unit)
    sheet.write_string(row, UNIT, unit, centred)
    _write_input(book, indicator, row)
    note = (book.content.notes or {}).get(indicator.code, "")
    open_note = book.formats.cell(font_size=11, locked=False, **tint)
    sheet.write_string(row, NOTE, note, open_note) if note else sheet.write_blank(
        row, NOTE, None, open_note
    )
    _write_last(book, indicator, row)
    message = book.checks.row_message(indicator.code)
    said = book.unless_silent(message, '""')
    sheet.write_formula(
        row, book.message_column, f"={said}", book.formats.text(11), book.cached[message]
    )
    lines = max(
        math.ceil(len(indicator.label) / 48),
        sum(math.ceil(len(line) / 21) for line in unit.split("\n")),
        math.ceil(len(note) / 16),
        1,
    )
    sheet.set_row(row, 4 + 15.5 * lines)


def _write_input(book: CommuneBook, indicator: Indicator, row: int) -> None:
    is_header = indicator.kind is Kind.HEADER
    style = palette.cell(
        align="center",
        bg_color=palette.HEADING if is_header else palette.INPUT,
        locked=is_header,
    )
    typed = (book.content.values or {}).get(indicator.code)
    place, shown = (row, VALUE), book.formats(**style)
    if typed is None:
        book.sheet.write_blank(*place, None, shown)
    elif isinstance(typed, str):
        book.sheet.write_string(*place, typed, shown)
    else:
        book.sheet.write_number(*place, typed, shown)
    if not is_header:
        book.sheet.data_validation(
            row, VALUE, row, VALUE,
            input_rule(indicator, f"{letter(VALUE)}{row + 1}"),
        )  # fmt: skip


def _write_last(book: CommuneBook, indicator: Indicator, row: int) -> None:
    """Write what the unit reported before, beside the printed columns."""
    last, column = book.content.last, book.last_column
    if last is None or column is None:
        return
    shown = last.shown(indicator.code)
    style = book.formats.text(
        10, align="center", font_color=palette.QUIET,
        num_format="General" if indicator.kind is Kind.PERCENT else "#,##0",
    )  # fmt: skip
    if isinstance(shown, str):
        book.sheet.write_string(row, column, shown, style)
    elif shown is not None:
        book.sheet.write_number(row, column, shown, style)


def _write_supplementary_title(book: CommuneBook) -> None:
    row = book.first_row + len(book.form.printed) + 1
    _merge(book, row, book.form.supplementary_title, palette.style(12, bold=True))
    book.sheet.set_row(row, 22)
    book.sheet.set_h_pagebreaks([row])


def _colour_rows(book: CommuneBook) -> None:
    first, last = book.first_row, book.last_row
    for weight, colour in ((2, palette.ERROR), (1, palette.WARNING)):
        book.sheet.conditional_format(
            first, VALUE, last, VALUE,
            {"type": "formula", "criteria": f"=${letter(WEIGHT)}{first + 1}={weight}",
             "format": book.formats(bg_color=colour)},
        )  # fmt: skip


def _set_up_page(book: CommuneBook) -> None:
    sheet = book.sheet
    sheet.set_paper(9)
    sheet.set_portrait()
    # Top and bottom 2 cm, left 3 cm, right 1.5 cm (Decree 30/2020/NĐ-CP), in inches.
    sheet.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.79)
    sheet.set_footer(f'&C&"{palette.FONT}"&11Trang &P/&N')
    sheet.print_area(0, NUMBER, book.last_row, NOTE)
    sheet.fit_to_pages(1, 0)
    sheet.print_black_and_white()
    sheet.set_selection(0, book.panel_column, 0, book.panel_column)
