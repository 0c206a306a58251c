"""Writes `Tỷ lệ`: each ratio with its parts, of the parent unit and of every unit."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build import roll_up_formulas as formulas
from cchc_xl.build.parent_book import (
    RATIOS,
    ParentBook,
    shown,
)
from cchc_xl.build.roll_up_columns import (
    write_unit_heads,
)
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.roll_up import RolledRatio, UnitTable, from_modes

RATIO_FIRST_ROW = 5
RATIO_TOTAL, _RATIO_STANDS_ON, RATIO_FIRST_UNIT = 3, 4, 5
# A ratio takes three rows: its parts, and what they come to.
RATIO_ROWS = 3
# How many ratios a printed page takes: the first one has the title too.
_ON_FIRST_PAGE, _ON_A_PAGE = 6, 8


def write_ratios(book: ParentBook) -> Worksheet:
    """Write `Tỷ lệ`: each ratio with its parts, of the parent and of every unit."""
    sheet = book.sheet(RATIOS, "TỶ LỆ TÍNH TỪ SỐ ĐẾM")
    for column, width in enumerate((12, 48, 12, 13, 12)):
        sheet.set_column(column, column, width)
    sheet.set_column(RATIO_FIRST_UNIT, RATIO_FIRST_UNIT + len(book.columns.units) - 1, 11)
    sheet.write_string(
        3, 0,
        "Tử số, mẫu số được cộng từ các đơn vị có đủ hai phần rồi mới tính tỷ lệ; không lấy bình "
        "quân các tỷ lệ.", book.formats.text(10, font_color=palette.QUIET),
    )  # fmt: skip
    top = RATIO_FIRST_ROW - 1
    head = book.formats.head(font_size=11)
    for column, title in enumerate(("Mã", "Tỷ lệ", "", "Toàn đơn vị", "Tính trên")):
        sheet.write_string(top, column, title, head)
    sheet.set_row(top, 60)
    write_unit_heads(book, sheet, top, RATIO_FIRST_UNIT)
    for place, rolled in enumerate(book.data.rolled.ratios.values()):
        _write_ratio(book, sheet, RATIO_FIRST_ROW + RATIO_ROWS * place, rolled)
    sheet.freeze_panes(RATIO_FIRST_ROW, RATIO_TOTAL)
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, RATIO_FIRST_ROW + RATIO_ROWS * len(book.data.form.main.ratios) - 1, 4)
    # Its printed columns fit on A4 as they are; fitted to a width, Excel would ignore the breaks
    # that keep the three rows of a ratio together.
    sheet.set_h_pagebreaks(
        [
            RATIO_FIRST_ROW + RATIO_ROWS * place
            for place in range(_ON_FIRST_PAGE, len(book.data.rolled.ratios), _ON_A_PAGE)
        ]
    )
    return sheet


def _write_ratio(book: ParentBook, sheet: Worksheet, row: int, rolled: RolledRatio) -> None:
    cell = book.formats.cell(font_size=11)
    number = book.formats.cell(align="center", font_size=11, num_format="#,##0")
    percent = book.formats.cell(align="center", bold=True, num_format="General")
    sheet.merge_range(row, 0, row + 2, 0, rolled.ratio.id, cell)
    sheet.merge_range(row, 1, row + 2, 1, rolled.ratio.label, cell)
    for line, name in enumerate(("Tử số", "Mẫu số", "Tỷ lệ (%)")):
        sheet.write_string(row + line, 2, name, cell)
    modes = from_modes(book.data.form, rolled.ratio)
    first, last = RATIO_FIRST_UNIT, RATIO_FIRST_UNIT + len(book.columns.units) - 1
    parts = (
        ("numerator", rolled.ratio.numerator, rolled.value.numerator),
        ("denominator", rolled.ratio.denominator, rolled.value.denominator),
    )
    for line, (part, node, value) in enumerate(parts):
        units = f"{xl_col_to_name(first)}{row + line + 1}:{xl_col_to_name(last)}{row + line + 1}"
        formula = (
            formulas.ratio_part_of_modes(rolled.ratio, node, book.columns)
            if modes
            else f'IF(COUNT({units})=0,"",SUM({units}))'
        )
        formula = book.of_own_table(rolled.ratio, part, formula)
        sheet.write_formula(row + line, RATIO_TOTAL, f"={formula}", number, shown(value))
    _write_percent(sheet, row, RATIO_TOTAL, percent, rolled.value.percent)
    units = f"{xl_col_to_name(first)}{row + 1}:{xl_col_to_name(last)}{row + 1}"
    sheet.merge_range(row, _RATIO_STANDS_ON, row + 2, _RATIO_STANDS_ON, "", number)
    sheet.write_formula(
        row, _RATIO_STANDS_ON, f'=COUNT({units})&"/"&{book.columns.used(units)}&" đơn vị"', number,
        f"{rolled.stands_on}/{len(book.data.tables)} đơn vị",
    )  # fmt: skip
    for place, entry in enumerate(book.data.tables):
        own = rolled.by_unit[entry.unit.key]
        column = first + place
        made = unit_ratio_formulas(book.columns, rolled, entry, place)
        for line, amount in enumerate((own.numerator, own.denominator)):
            sheet.write_formula(row + line, column, f"={made[line]}", number, shown(amount))
        _write_percent(sheet, row, column, percent, own.percent)


def unit_ratio_formulas(
    columns: formulas.Columns, rolled: RolledRatio, entry: UnitTable, place: int
) -> tuple[str, str]:
    """Return the formulas of numerator and denominator of the unit at `place`."""
    own = rolled.by_unit[entry.unit.key]
    # What Python found proved is written down: the blanks of such a unit count as zero.
    proved = own.numerator is not None and any(
        entry.value(c.code).is_blank for c in rolled.ratio.cells
    )
    numerator, denominator = (
        formulas.ratio_part(rolled.ratio, node, columns, place, blanks_are_zero=proved)
        for node in (rolled.ratio.numerator, rolled.ratio.denominator)
    )
    return numerator, denominator


def percent_formula(column: int, row: int) -> str:
    """Return the formula of a percent from the parts in `row` and the row below it."""
    above, below = f"{xl_col_to_name(column)}{row + 1}", f"{xl_col_to_name(column)}{row + 2}"
    return f'IF(OR({above}="",{below}="",N({below})=0),"",ROUND(100*{above}/{below},2))'


def _write_percent(sheet: Worksheet, row: int, column: int, style: Any, percent: Any) -> None:
    shown_percent = "" if percent is None else float(round_half_up(percent, 2))
    sheet.write_formula(row + 2, column, f"={percent_formula(column, row)}", style, shown_percent)
