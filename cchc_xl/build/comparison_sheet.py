"""Writes `So sánh`: every figure of the parent unit beside that of the previous period."""

from __future__ import annotations

import math

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.parent_book import (
    COMPARISON,
    FIRST_ROW,
    RATIOS,
    REPORTING,
    TOTAL,
    TOTALS,
    ParentBook,
    shown,
)
from cchc_xl.build.ratio_sheet import RATIO_FIRST_ROW, RATIO_ROWS, RATIO_TOTAL
from cchc_xl.core.comparison import Compared, Comparison
from cchc_xl.core.ledger import COMPARISON_HEADERS
from cchc_xl.core.numerals import round_half_up

_BEFORE, _BEFORE_ON, _NOW, _NOW_ON, _DIFFERENCE, _PERCENT = range(4, 10)
_WIDTHS = (13, 8, 52, 17, 14, 11, 14, 11, 14, 13)


def write_comparison(book: ParentBook, comparison: Comparison) -> None:
    """Write a row for each figure that both periods have; what is derived is a native formula."""
    sheet = book.sheet(COMPARISON, "SO SÁNH VỚI KỲ TRƯỚC")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    previous = comparison.previous
    about = comparison.reason or (
        f"Kỳ trước: {previous.period.name}. Tính trên: số đơn vị có số liệu trên số đơn vị phải "
        "báo cáo; hai kỳ khác nhau ở đây thì tăng, giảm có thể chỉ do thiếu đơn vị."
    )
    sheet.write_string(3, 0, about, book.formats.text(10, font_color=palette.QUIET))
    head = book.formats.head(font_size=11)
    for column, title in enumerate(COMPARISON_HEADERS):
        sheet.write_string(FIRST_ROW - 1, column, title, head)
    sheet.set_row(FIRST_ROW - 1, 36)
    row = FIRST_ROW
    form = book.data.form
    for place, indicator in enumerate(form.indicators):
        compared = comparison.get(indicator.code)
        if compared is not None:
            words = (indicator.code, indicator.number, indicator.label, indicator.unit)
            line = FIRST_ROW + place + 1
            at = (_at(TOTALS, TOTAL, line), _at(TOTALS, REPORTING, line))
            _write_row(book, sheet, row, words, compared, at)
            row += 1
    for place, ratio in enumerate(form.ratios):
        compared = comparison.get(ratio.id)
        if compared is not None:
            line = RATIO_FIRST_ROW + RATIO_ROWS * place + RATIO_ROWS
            at = (_at(RATIOS, RATIO_TOTAL, line), "")
            _write_row(book, sheet, row, (ratio.id, "", ratio.label, "%"), compared, at)
            row += 1
    sheet.freeze_panes(FIRST_ROW, _BEFORE)
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.fit_to_pages(1, 0)


def _at(sheet: str, column: int, line: int) -> str:
    return f"'{sheet}'!${xl_col_to_name(column)}${line}"


def _write_row(
    book: ParentBook,
    sheet: Worksheet,
    row: int,
    words: tuple[str, str, str, str],
    compared: Compared,
    at: tuple[str, str],
) -> None:
    """Write a row; `at` are the cells of this period's figure and of its number of units."""
    cell = book.formats.cell(font_size=11)
    centred = book.formats.cell(font_size=11, align="center")
    quiet = book.formats.cell(font_size=10, align="center", font_color=palette.QUIET)
    # No sign of plus: a rise and a fall read the same way in every column.
    style = "0.0#;-0.0#;0" if compared.is_points else "#,##0;-#,##0;0"
    figure = book.formats.cell(font_size=11, align="center", num_format=style)
    bold = book.formats.cell(font_size=11, align="center", bold=True, num_format=style)
    percent = book.formats.cell(font_size=11, align="center", num_format="0.0#;-0.0#;0")
    for column, text in enumerate(words):
        sheet.write_string(row, column, text, cell if column == 2 else centred)
    before, now = compared.before, compared.now
    sheet.write_number(row, _BEFORE, float(before.value or 0), figure)
    sheet.write_string(row, _BEFORE_ON, f"{before.stands_on}/{before.expected}", quiet)
    figure_at, stands_at = at
    value = now.value
    if value is not None and not stands_at:
        value = round_half_up(value, 2)  # as `Tỷ lệ` gives it
    sheet.write_formula(row, _NOW, f"={figure_at}", figure, shown(value))
    stands_on = f"{now.stands_on}/{now.expected}"
    if stands_at:
        sheet.write_formula(row, _NOW_ON, f"={stands_at}", quiet, stands_on)
    else:
        sheet.write_string(row, _NOW_ON, stands_on, quiet)
    difference, share = comparison_formulas(row, is_points=compared.is_points)
    sheet.write_formula(row, _DIFFERENCE, f"={difference}", bold, shown(compared.difference))
    if share:
        sheet.write_formula(row, _PERCENT, f"={share}", percent, shown(compared.percent))
    else:
        sheet.write_string(row, _PERCENT, "điểm %", quiet)
    sheet.set_row(
        row, 4 + 15 * max(1, math.ceil(len(words[2]) / 52), math.ceil(len(words[3]) / 17))
    )


def comparison_formulas(row: int, *, is_points: bool) -> tuple[str, str]:
    """Return the formulas of difference and percent of a row counted from 0; no percent of points.

    Percents differ by what is printed of them, so that the three figures agree.
    """
    before, now = (f"{xl_col_to_name(column)}{row + 1}" for column in (_BEFORE, _NOW))
    known = f'OR({before}="",{now}="")'
    if is_points:
        return f'IF({known},"",ROUND(ROUND({now},2)-ROUND({before},2),2))', ""
    share = f'IF({known},"",IF(N({before})=0,"",ROUND(100*({now}-{before})/{before},2)))'
    return f'IF({known},"",{now}-{before})', share
