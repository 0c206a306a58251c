"""Writes the sheet of an annex in a reporting unit's workbook: rows by columns, with the checks."""

from __future__ import annotations

import math

from xlsxwriter.format import Format as BookFormat
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.annex_header import write_header
from cchc_xl.build.annex_places import (
    CODE,
    LABEL,
    NUMBER,
    AnnexPlaces,
    column_width,
    computed_formula,
    is_wide,
)
from cchc_xl.build.commune_book import CommuneBook, letter
from cchc_xl.build.input_rules import input_rule
from cchc_xl.core.annex import Annex, AnnexRow
from cchc_xl.core.cells import Kind
from cchc_xl.core.form import Indicator
from cchc_xl.core.formulas import text
from cchc_xl.core.numerals import from_cell, vietnamese

_LABEL_WIDTH, _UNIT_WIDTH, _MESSAGE_WIDTH = 38, 13, 60
_LONGEST_MESSAGE = 2000
_LEGEND = "Kiểm tra: đỏ là lỗi phải sửa, vàng là cảnh báo cần xem lại."
_LAST = "\nTrỏ chuột vào ô có dấu đỏ ở góc để xem số đã báo cáo {}."


def write_annex(book: CommuneBook, annex: Annex) -> None:
    """Write the whole sheet of an annex."""
    places = book.annex_places[annex.id]
    sheet = book.book.add_worksheet(annex.name)
    _set_widths(book, sheet, places)
    _write_title(book, sheet, places)
    headers = {column.id: book.column_header(column) for column in annex.columns}
    last = book.content.last
    legend = _LEGEND + (_LAST.format(last.period.name) if last else "")
    write_header(book.formats, sheet, places, headers, legend)
    for row in annex.rows:
        _write_row(book, sheet, places, row)
    _colour_cells(book, sheet, places)
    set_up_annex_page(sheet, places)
    sheet.protect("", {"format_rows": True, "format_columns": True})


def _set_widths(book: CommuneBook, sheet: Worksheet, places: AnnexPlaces) -> None:
    plain = book.formats.text(11)
    sheet.set_column(CODE, CODE, 13, plain)
    sheet.set_column(NUMBER, NUMBER, 5, plain)
    sheet.set_column(LABEL, LABEL, _LABEL_WIDTH, plain)
    if places.has_units:
        sheet.set_column(places.unit_column, places.unit_column, _UNIT_WIDTH, plain)
    sheet.set_column(places.first_column, places.last_column, column_width(places.annex), plain)
    sheet.set_column(places.message_column, places.message_column, _MESSAGE_WIDTH, plain)
    last = places.first_weight + len(places.annex.columns) - 1
    sheet.set_column(places.first_weight, last, 2, None, {"hidden": True})


def _write_title(book: CommuneBook, sheet: Worksheet, places: AnnexPlaces) -> None:
    annex, stamp = places.annex, book.content.stamp
    colour = palette.ALARM if stamp else palette.INK
    name = f"{annex.name} - {stamp}" if stamp else annex.name
    style = book.formats(**{**palette.style(13, bold=True, align="center"), "font_color": colour})
    _merge(sheet, places, 0, name, style)
    title = book.formats.text(12, bold=True, align="center")
    panel = f"'{book.form.name}'!${letter(book.panel_column)}$"
    for row, line in enumerate(annex.title, start=1):
        before, mark, after = line.partition("{UNIT}")
        _merge(sheet, places, row, line if not mark else "", title)
        if mark:
            shown = book.content.unit.upper() or "…………………"
            sheet.write_formula(
                row, NUMBER,
                f'={text(before)}&IF({panel}1="","…………………",UPPER({panel}1))&{text(after)}',
                title, f"{before}{shown}{after}",
            )  # fmt: skip
    quiet = book.formats.text(12, italic=True, align="center")
    row = 1 + len(annex.title)
    _merge(sheet, places, row, "", quiet)
    period = book.period_shown
    sheet.write_formula(
        row, NUMBER, f'=IF({panel}3="","Kỳ báo cáo: …………",{panel}3&"")', quiet,
        period or "Kỳ báo cáo: …………",
    )  # fmt: skip
    if annex.guide:
        note = book.formats.text(
            10, italic=True, font_color=palette.QUIET, text_wrap=True, valign="top"
        )
        _merge(sheet, places, row + 1, annex.guide, note)
        wide = _LABEL_WIDTH + column_width(annex) * len(annex.columns)
        sheet.set_row(row + 1, 4 + 13 * math.ceil(len(annex.guide) / wide))


def _merge(sheet: Worksheet, places: AnnexPlaces, row: int, words: str, style: BookFormat) -> None:
    sheet.merge_range(row, NUMBER, row, places.last_column, words, style)


def _write_row(book: CommuneBook, sheet: Worksheet, places: AnnexPlaces, row: AnnexRow) -> None:
    annex, line = places.annex, places.rows[row.id]
    is_bold = row.is_heading or bool(annex.parts(row.id))
    tint = {"bg_color": palette.HEADING} if is_bold else {}
    sheet.write_string(
        line, CODE, f"{annex.prefix}.{row.id}",
        book.formats.text(9, font_color=palette.QUIET, align="left"),
    )  # fmt: skip
    number = book.formats.cell(align="center", bold=is_bold, font_size=11, **tint)
    label = book.formats.cell(bold=is_bold, font_size=11, **tint)
    sheet.write_string(line, NUMBER, row.number, number)
    words = _label(book, sheet, places, row, label)
    for column in annex.columns:
        code = annex.code(row.id, column.id)
        if row.has(column.id):
            _write_cell(book, sheet, places, book.form.by_code[code])
        else:
            blank = book.formats.cell(bg_color=palette.HEADING)
            sheet.write_blank(line, places.columns[column.id], None, blank)
    _write_messages(book, sheet, places, row)
    lines = math.ceil(len(words) / (_LABEL_WIDTH + 4)) or 1
    sheet.set_row(line, 4 + 15 * lines)


def _label(
    book: CommuneBook, sheet: Worksheet, places: AnnexPlaces, row: AnnexRow, style: BookFormat
) -> str:
    """Write the words of a row; those of an open row are typed by the unit."""
    line, annex = places.rows[row.id], places.annex
    typed = str(book.labels.get(f"{annex.prefix}.{row.id}", ""))
    entry = book.formats.cell(font_size=11, locked=False, bg_color=palette.INPUT)
    if places.has_units:
        unit = book.formats.cell(font_size=10, align="center", locked=not row.is_open)
        sheet.write_string(line, places.unit_column, row.unit, unit)
    if not row.is_open:
        sheet.write_string(line, LABEL, row.label, style)
        return row.label
    if typed:
        sheet.write_string(line, LABEL, typed, entry)
    else:
        sheet.write_blank(line, LABEL, None, entry)
    return typed


def _write_cell(
    book: CommuneBook, sheet: Worksheet, places: AnnexPlaces, indicator: Indicator
) -> None:
    place = places.cells[indicator.code]
    is_rate = indicator.is_printed_rate
    is_computed = indicator.computed is not None
    style = palette.cell(
        align="center",
        bg_color=palette.HEADING if is_computed else palette.INPUT,
        locked=is_rate,
        bold=is_computed and not is_rate,
    )
    if indicator.kind is Kind.COUNT:
        style["num_format"] = "#,##0"
    shown = book.formats(**style)
    typed = (book.content.values or {}).get(indicator.code)
    if isinstance(typed, str):
        sheet.write_string(*place, typed, shown)
    elif typed is not None:
        sheet.write_number(*place, typed, shown)
    elif is_computed:
        value = book.table.value(indicator.code)
        cached = float(value.number) if value.is_numeric else ""
        sheet.write_formula(
            *place, f"={computed_formula(indicator, book.references)}", shown, cached
        )
    else:
        sheet.write_blank(*place, None, shown)
    last = book.content.last
    before = last.shown(indicator.code) if last else None
    if last is not None and before is not None:
        words = before if isinstance(before, str) else vietnamese(from_cell(before))
        note = f"Đã báo cáo {last.period.name}: {words}"
        sheet.write_comment(*place, note, {"author": "cchc-xl", "x_scale": 1.5, "y_scale": 0.5})
    cell = xl_rowcol_to_cell(*place)
    sheet.data_validation(*place, *place, input_rule(indicator, cell))


def _write_messages(
    book: CommuneBook, sheet: Worksheet, places: AnnexPlaces, row: AnnexRow
) -> None:
    """Write what there is to say of a row beside it, and hidden the weight of each figure."""
    line, annex = places.rows[row.id], places.annex
    codes = [annex.code(row.id, column.id) for column in annex.columns if row.has(column.id)]
    for code in codes:
        weight = book.checks.row_weight(code)
        column = places.first_weight + places.cells[code][1] - places.first_column
        formula = f"={book.unless_silent(weight, '0')}"
        sheet.write_formula(line, column, formula, None, book.cached[weight])
    if not codes:
        return
    messages = [book.checks.row_message(code) for code in codes]
    joined = "&".join(f'IF({cell}="",""," • "&{cell})' for cell in messages)
    said = [str(book.cached[cell]) for cell in messages]
    formula = book.unless_silent(f"MID({joined},4,{_LONGEST_MESSAGE})", '""')
    cached = " • ".join(words for words in said if words)
    sheet.write_formula(
        line, places.message_column, f"={formula}", book.formats.text(11),
        cached[:_LONGEST_MESSAGE],
    )  # fmt: skip


def _colour_cells(book: CommuneBook, sheet: Worksheet, places: AnnexPlaces) -> None:
    weight = xl_col_to_name(places.first_weight)
    for value, colour in ((2, palette.ERROR), (1, palette.WARNING)):
        sheet.conditional_format(
            places.first_row, places.first_column, places.last_row, places.last_column,
            {"type": "formula", "criteria": f"={weight}{places.first_row + 1}={value}",
             "format": book.formats(bg_color=colour)},
        )  # fmt: skip


def set_up_annex_page(sheet: Worksheet, places: AnnexPlaces) -> None:
    """Set an annex up for A4: across where it is wide."""
    sheet.set_paper(9)
    if is_wide(places.annex):
        sheet.set_landscape()
    sheet.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.79)
    sheet.set_footer(f'&C&"{palette.FONT}"&11Trang &P/&N')
    sheet.print_area(0, NUMBER, places.last_row, places.last_column)
    sheet.fit_to_pages(1, 0)
    sheet.print_black_and_white()
