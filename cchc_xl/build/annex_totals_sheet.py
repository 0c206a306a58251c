"""Writes an annex of the parent unit: the printed table, its figures from `Tổng hợp`."""

from __future__ import annotations

import math

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build import roll_up_formulas as formulas
from cchc_xl.build.annex_header import write_header
from cchc_xl.build.annex_places import LABEL, NUMBER, AnnexPlaces, column_width, is_wide
from cchc_xl.build.parent_book import REPORTING, TOTALS, ParentBook
from cchc_xl.build.printed_form_sheet import printed_figure
from cchc_xl.build.roll_up_columns import total_value
from cchc_xl.core.annex import Annex, AnnexRow
from cchc_xl.core.cells import Kind
from cchc_xl.core.expressions import cells_of
from cchc_xl.core.form import Indicator
from cchc_xl.core.formulas import amount
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.ratios import percent_of

_LABEL_WIDTH = 38


def write_annex_totals(book: ParentBook, annex: Annex) -> None:
    """Write the annex with the totals of the units, and on how many units each row stands."""
    places = AnnexPlaces(annex)
    sheet = book.sheet(annex.name, "", landscape=is_wide(annex))
    sheet.set_column(0, 0, 13)
    sheet.set_column(NUMBER, NUMBER, 5)
    sheet.set_column(LABEL, LABEL, _LABEL_WIDTH)
    sheet.set_column(LABEL + 1, places.last_column, column_width(annex))
    sheet.set_column(places.message_column, places.message_column, 17)
    _write_title(book, sheet, places)
    headers = {column.id: column.header for column in annex.columns}
    write_header(book.formats, sheet, places, headers, "Tính trên")
    for row in annex.rows:
        _write_row(book, sheet, places, row)
    sheet.print_area(0, NUMBER, places.last_row, places.message_column)
    sheet.fit_to_pages(1, 0)


def _write_title(book: ParentBook, sheet: Worksheet, places: AnnexPlaces) -> None:
    annex, last = places.annex, places.message_column
    title = book.formats.text(12, bold=True, align="center")
    name = f"{annex.name} - {book.stamp}" if book.stamp else annex.name
    colour = palette.ALARM if book.stamp else palette.INK
    style = book.formats(**{**palette.style(13, bold=True, align="center"), "font_color": colour})
    sheet.merge_range(0, NUMBER, 0, last, name, style)
    for row, line in enumerate(annex.title, start=1):
        words = line.replace("UBND {UNIT}", book.data.name.upper())
        words = words.replace("{UNIT}", book.data.name.upper())
        sheet.merge_range(row, NUMBER, row, last, words, title)
    row = 1 + len(annex.title)
    italic = book.formats.text(11, italic=True, align="center")
    sheet.merge_range(row, NUMBER, row, last, book.about, italic)


def _write_row(book: ParentBook, sheet: Worksheet, places: AnnexPlaces, row: AnnexRow) -> None:
    annex, line = places.annex, places.rows[row.id]
    is_bold = row.is_heading or bool(annex.parts(row.id))
    tint = {"bg_color": palette.HEADING} if is_bold else {}
    quiet = book.formats.text(9, font_color=palette.QUIET)
    sheet.write_string(line, 0, f"{annex.prefix}.{row.id}", quiet)
    centred = book.formats.cell(align="center", bold=is_bold, font_size=11, **tint)
    words = row.label or "(nội dung riêng của từng đơn vị)"
    sheet.write_string(line, NUMBER, row.number, centred)
    sheet.write_string(line, LABEL, words, book.formats.cell(bold=is_bold, font_size=11, **tint))
    if places.has_units:
        sheet.write_string(line, places.unit_column, row.unit, centred)
    for column in annex.columns:
        indicator = book.data.form.by_code.get(annex.code(row.id, column.id))
        place = places.columns[column.id]
        formula = _figure(book, indicator) if indicator is not None and not row.is_open else None
        if indicator is None or formula is None:
            sheet.write_blank(line, place, None, book.formats.cell(bg_color=palette.HEADING))
            continue
        number = "#,##0" if indicator.kind is Kind.COUNT else "General"
        shown = book.formats.cell(align="center", bold=is_bold, num_format=number)
        sheet.write_formula(line, place, f"={formula}", shown, _cached(book, indicator))
    _write_basis(book, sheet, places, row)
    sheet.set_row(line, 4 + 15 * (math.ceil(len(words) / (_LABEL_WIDTH + 4)) or 1))


def _write_basis(book: ParentBook, sheet: Worksheet, places: AnnexPlaces, row: AnnexRow) -> None:
    """Write on how many units the figures of a row stand, where they all stand on as many."""
    annex = places.annex
    codes = [
        annex.code(row.id, column.id)
        for column in annex.columns
        if row.has(column.id) and not column.is_optional
    ]
    summed = [c for c in codes if _figure(book, book.data.form.by_code[c]) is not None]
    counted = [c for c in summed if not book.data.form.by_code[c].is_printed_rate]
    style = book.formats.cell(align="center", font_size=10, font_color=palette.QUIET)
    if not counted or row.is_open:
        sheet.write_blank(places.rows[row.id], places.message_column, None, style)
        return
    letter = xl_col_to_name(REPORTING)
    cells = [f"'{TOTALS}'!${letter}${book.columns.rows[code]}" for code in counted]
    same = ",".join(f"{cell}={cells[0]}" for cell in cells)
    rolled = [book.data.rolled.indicators[code] for code in counted]
    said = {f"{one.stands_on}/{one.expected}" for one in rolled}
    differs = "xem Tổng hợp"
    sheet.write_formula(
        places.rows[row.id], places.message_column,
        f'=IF(AND({same}),{cells[0]}&" đơn vị","{differs}")', style,
        f"{said.pop()} đơn vị" if len(said) == 1 else differs,
    )  # fmt: skip


def _figure(book: ParentBook, indicator: Indicator) -> str | None:
    return annex_figure(indicator, book.columns)


def annex_figure(indicator: Indicator, columns: formulas.Columns) -> str | None:
    """Return the formula of a cell of a parent's annex: the total, or the rate of the totals."""
    if not indicator.is_printed_rate or indicator.computed is None:
        return printed_figure(indicator, columns, is_open=True)
    cells = [columns.total_cell(cell.code) for cell in cells_of(indicator.computed)]
    figure = amount(indicator.computed, formulas.TotalCells(columns))
    known = f"COUNT({','.join(cells)})<{len(cells)}"
    return f'IF({known},"",IFERROR(ROUND({figure},2),""))'


def _cached(book: ParentBook, indicator: Indicator) -> float | str:
    rolled = book.data.rolled.indicators[indicator.code]
    if not indicator.is_printed_rate or indicator.computed is None:
        return total_value(rolled)
    totals = {
        cell.code: book.data.rolled.indicators[cell.code].value
        for cell in cells_of(indicator.computed)
    }
    rate = percent_of(indicator.computed, totals)
    return "" if rate is None else float(round_half_up(rate, 2))
