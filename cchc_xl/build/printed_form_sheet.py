"""Writes the printed form of the parent unit; its figures come from `Tổng hợp`."""

from __future__ import annotations

import math

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build import roll_up_formulas as formulas
from cchc_xl.build.parent_book import (
    REPORTING,
    TOTALS,
    ParentBook,
)
from cchc_xl.build.roll_up_columns import (
    CHOICE_END,
    labelled_counts,
    lines_of,
    total_value,
)
from cchc_xl.core.cells import Kind
from cchc_xl.core.form import Aggregation, Indicator
from cchc_xl.core.formulas import text
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.roll_up import RolledIndicator


def write_printed_form(book: ParentBook) -> None:
    """Write the printed form of the parent unit; its figures come from `Tổng hợp`."""
    form = book.data.form
    sheet = book.sheet(form.name, "", landscape=False)
    for column, width in enumerate((8, 47, 19, 13, 17)):
        sheet.set_column(column, column, width)
    sheet.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.79)
    title = book.formats.text(12, bold=True, align="center")
    sheet.merge_range(0, 0, 0, 4, form.name, book.formats.text(13, bold=True, align="center"))
    for row, line in enumerate(form.title, start=1):
        words = line.replace("{UNIT}", book.data.name.upper())
        sheet.merge_range(row, 0, row, 4, words, title)
    row = 1 + len(form.title)
    italic = book.formats.text(11, italic=True, align="center")
    sheet.merge_range(row, 0, row, 4, book.about, italic)
    if book.stamp:
        row += 1
        alarm = book.formats.text(13, bold=True, align="center", font_color=palette.ALARM)
        sheet.merge_range(row, 0, row, 4, book.stamp, alarm)
    top = row + 1
    head = book.formats.head(font_size=11)
    headers = {column.id: column for column in form.columns}
    sheet.merge_range(top, 0, top + 1, 0, headers["number"].header, head)
    sheet.merge_range(top, 1, top + 1, 1, headers["label"].header, head)
    sheet.merge_range(top, 2, top, 3, headers["value"].group or "", head)
    sheet.write_string(top + 1, 2, headers["unit"].header, head)
    sheet.write_string(top + 1, 3, headers["value"].header, head)
    sheet.merge_range(top, 4, top + 1, 4, headers["note"].header, head)
    sheet.set_row(top + 1, 32)
    for place, indicator in enumerate(form.printed, start=top + 2):
        _write_printed_row(book, sheet, place, indicator)
    sheet.freeze_panes(top + 2, 0)
    sheet.repeat_rows(top, top + 1)
    sheet.print_area(0, 0, top + 1 + len(form.printed), 4)
    sheet.fit_to_pages(1, 0)


def _write_printed_row(book: ParentBook, sheet: Worksheet, row: int, indicator: Indicator) -> None:
    rolled = book.data.rolled.indicators[indicator.code]
    is_header = indicator.kind is Kind.HEADER
    tint = {"bg_color": palette.HEADING} if is_header else {}
    centred = book.formats.cell(align="center", bold=is_header, font_size=11, **tint)
    sheet.write_string(row, 0, indicator.number, centred)
    sheet.write_string(row, 1, indicator.label, book.formats.cell(bold=is_header, **tint))
    unit = CHOICE_END.sub(r"\1\n", indicator.unit)
    sheet.write_string(row, 2, unit, book.formats.cell(align="center", font_size=11, **tint))
    figure_style = book.formats.cell(align="center", num_format=_number_format(rolled), **tint)
    note_style = book.formats.cell(align="center", font_size=10, **tint)
    figure, note = printed_figure(indicator, book.columns), printed_note(indicator, book.columns)
    if figure is None or note is None:
        sheet.write_blank(row, 3, None, figure_style)
        sheet.write_blank(row, 4, None, note_style)
    else:
        sheet.write_formula(row, 3, f"={figure}", figure_style, _printed_value(rolled))
        stands_on = f"{rolled.stands_on}/{rolled.expected} đơn vị"
        sheet.write_formula(row, 4, f"={note}", note_style, stands_on)
    sheet.set_row(row, 4 + 15.5 * max(math.ceil(len(indicator.label) / 48), lines_of(unit)))


def _number_format(rolled: RolledIndicator) -> str:
    match rolled.indicator.aggregation:
        case Aggregation.WEIGHTED_MEAN:
            return "General"
        case Aggregation.SHARE_YES:
            # The number of units that have it, printed with how many answered.
            return f'0"/{rolled.reporting} có"'
        case _:
            return "#,##0"


def _printed_value(rolled: RolledIndicator) -> float | str:
    """Return what the formula of `printed_figure` gives."""
    match rolled.indicator.aggregation:
        case Aggregation.WEIGHTED_MEAN if rolled.value is not None:
            return float(round_half_up(rolled.value, 2))
        case Aggregation.DISTRIBUTION:
            return labelled_counts(rolled)
        case _:
            return total_value(rolled)


def _labelled(indicator: Indicator, units: str) -> str:
    return '&"; "&'.join(
        f"{text(f'{label}: ')}&COUNTIF({units},{code})"
        for code, label in sorted(indicator.choices.items())
    )


def printed_figure(
    indicator: Indicator, columns: formulas.Columns, *, is_open: bool = False
) -> str | None:
    """Return the formula that prints a total in the form, None where there is none.

    `is_open`: the figures change while the number format stays, as in an open master.
    """
    if formulas.total(indicator, columns) is None:
        return None
    total = columns.total_cell(indicator.code)
    units = columns.unit_range(indicator.code)
    match indicator.aggregation:
        case Aggregation.WEIGHTED_MEAN:
            return f'IF(ISNUMBER({total}),ROUND({total},2),"")'
        case Aggregation.SHARE_YES if is_open:
            return f'IF({total}="","",{total}&"/"&COUNT({units})&" có")'
        case Aggregation.DISTRIBUTION:
            return f'IF({total}="","",{_labelled(indicator, units)})'
        case _:
            return f'IF({total}="","",{total})'


def printed_note(indicator: Indicator, columns: formulas.Columns) -> str | None:
    """Return the formula of the note beside a total: on how many units it stands."""
    if formulas.total(indicator, columns) is None:
        return None
    reporting = f"'{TOTALS}'!${xl_col_to_name(REPORTING)}${columns.rows[indicator.code]}"
    return f'{reporting}&" đơn vị"'
