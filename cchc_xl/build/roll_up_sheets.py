"""Writes `Tổng hợp`, `Tỷ lệ`, the printed form of the parent unit, and their hidden helpers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build import roll_up_formulas as formulas
from cchc_xl.build.parent_book import (
    CODE,
    FIRST_ROW,
    FIRST_UNIT,
    HELPERS,
    HOW,
    LABEL,
    NUMBER,
    RATIOS,
    REPORTING,
    SOURCES,
    TOTAL,
    TOTALS,
    UNIT,
    ParentBook,
    shown,
)
from cchc_xl.core.cells import Kind
from cchc_xl.core.consolidation import Received
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Aggregation, Indicator
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.rollup import RolledIndicator, RolledRatio, UnitTable, from_modes, weight
from cchc_xl.core.submission import Entry
from cchc_xl.core.values import State
from cchc_xl.core.wording import as_typed
from cchc_xl.core.wording import shown as as_text

_HOW = {
    Aggregation.NONE: "",
    Aggregation.SUM: "Cộng",
    Aggregation.MUST_AGREE: "Giá trị chung",
    Aggregation.WEIGHTED_MEAN: "Bình quân có trọng số",
    Aggregation.SHARE_YES: "Số đơn vị có",
    Aggregation.DISTRIBUTION: "Số đơn vị theo mã",
    Aggregation.RECOMPUTE: "Không cộng được",
    Aggregation.NOT_AGGREGATABLE: "Không cộng được",
}
_CHOICE_END = re.compile(r"(= \d) (?=\S)")
_RATIO_FIRST_ROW = 5
_RATIO_TOTAL, _RATIO_STANDS_ON, _RATIO_FIRST_UNIT = 3, 4, 5


def write_totals(book: ParentBook) -> Worksheet:
    """Write `Tổng hợp`: indicators by units, the total first, all totals as native formulas."""
    sheet = book.sheet(TOTALS, "TỔNG HỢP SỐ LIỆU CỦA CÁC ĐƠN VỊ")
    widths = (13, 8, 52, 17, 15, 14, 10)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_column(FIRST_UNIT, FIRST_UNIT + len(book.data.tables) - 1, 11)
    sheet.write_string(
        3, 0,
        "Chữ đỏ: số liệu không đọc được nên không được tính. Nền đỏ: có lỗi; nền vàng: có cảnh "
        "báo (xem trang Kiểm tra). KPS: không phát sinh (tính là 0); KAD: không áp dụng.",
        book.formats.text(10, font_color=palette.QUIET),
    )  # fmt: skip
    head = book.formats.head(font_size=11)
    titles = ("Mã", "STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Cách tổng hợp",
              "Toàn đơn vị", "Số đơn vị có số liệu")  # fmt: skip
    for column, title in enumerate(titles):
        sheet.write_string(FIRST_ROW - 1, column, title, head)
    sheet.set_row(FIRST_ROW - 1, 60)
    _write_unit_heads(book, sheet, FIRST_ROW - 1, FIRST_UNIT)
    marks = _marks(book)
    for row, indicator in enumerate(book.data.form.indicators, start=FIRST_ROW):
        rolled = book.data.rolled.indicators[indicator.code]
        _write_indicator(book, sheet, row, rolled, marks)
    sheet.freeze_panes(FIRST_ROW, TOTAL)
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.print_area(0, 0, FIRST_ROW + len(book.data.form.indicators) - 1, REPORTING)
    sheet.fit_to_pages(1, 0)
    return sheet


def _write_unit_heads(book: ParentBook, sheet: Worksheet, row: int, first: int) -> None:
    head = book.formats.head(font_size=10)
    link = book.formats.head(font_size=10, underline=1, font_color="#1F4E79")
    missing = book.formats.cell(
        bold=True, align="center", bg_color=palette.HEADING, font_size=10,
        font_color=palette.QUIET,
    )  # fmt: skip
    files = _files(book)
    for place, entry in enumerate(book.data.tables):
        column, name = first + place, entry.unit.name
        file = files.get(entry.unit.key)
        if entry.table is None:
            sheet.write_string(row, column, f"{name}\n(chưa có)", missing)
        elif file is not None and file.file and book.folder:
            sheet.write_url(row, column, book.link(file.file), link, name)
        else:
            sheet.write_string(row, column, name, head)


def _files(book: ParentBook) -> Mapping[str, Received]:
    return {
        entry.unit.key: entry
        for entry in book.data.received
        if entry.unit is not None and entry.is_counted
    }


def _marks(book: ParentBook) -> Mapping[tuple[str, str], str]:
    """Return the colour of each unit's cell that a finding speaks of: errors win."""
    keys = {entry.unit.name: entry.unit.key for entry in book.data.tables}
    colours = {Severity.WARNING: palette.WARNING, Severity.ERROR: palette.ERROR}
    marks: dict[tuple[str, str], str] = {}
    for severity, colour in colours.items():
        for finding in book.data.findings:
            if finding.severity is severity and finding.indicator and finding.unit in keys:
                marks[keys[finding.unit], finding.indicator] = colour
    return marks


def _write_indicator(
    book: ParentBook,
    sheet: Worksheet,
    row: int,
    rolled: RolledIndicator,
    marks: Mapping[tuple[str, str], str],
) -> None:
    indicator = rolled.indicator
    is_header = indicator.kind is Kind.HEADER
    tint = {"bg_color": palette.HEADING} if is_header else {}
    plain = book.formats.cell(bold=is_header, font_size=11, **tint)
    centred = book.formats.cell(bold=is_header, font_size=11, align="center", **tint)
    sheet.write_string(row, CODE, indicator.code, book.formats.text(9, font_color=palette.QUIET))
    sheet.write_string(row, NUMBER, indicator.number, centred)
    sheet.write_string(row, LABEL, indicator.label, plain)
    unit = _CHOICE_END.sub(r"\1\n", indicator.unit)
    sheet.write_string(row, UNIT, unit, centred)
    sheet.write_string(row, HOW, _HOW[indicator.aggregation], centred)
    _write_total(book, sheet, row, rolled)
    for place, entry in enumerate(book.data.tables):
        column = FIRST_UNIT + place
        mark = marks.get((entry.unit.key, indicator.code))
        _write_unit_value(
            book, sheet, (row, column), indicator, entry, mark or tint.get("bg_color")
        )
    how = math.ceil(len(_HOW[indicator.aggregation]) / 16)
    sheet.set_row(row, 4 + 15 * max(math.ceil(len(indicator.label) / 56), _lines(unit), how))


def _write_total(book: ParentBook, sheet: Worksheet, row: int, rolled: RolledIndicator) -> None:
    indicator = rolled.indicator
    tint = {"bg_color": palette.HEADING} if indicator.kind is Kind.HEADER else {}
    percent = indicator.aggregation is Aggregation.WEIGHTED_MEAN
    figure = book.formats.cell(
        bold=True, align="center", num_format="0.00" if percent else "#,##0", **tint
    )
    quiet = book.formats.cell(align="center", font_size=10, font_color=palette.QUIET, **tint)
    formula = formulas.total(indicator, book.columns)
    if formula is None:
        sheet.write_blank(row, TOTAL, None, figure)
    else:
        sheet.write_formula(row, TOTAL, f"={formula}", figure, total_value(rolled))
    if indicator.kind is Kind.HEADER:
        sheet.write_blank(row, REPORTING, None, quiet)
        return
    sheet.write_formula(
        row, REPORTING, f"={formulas.reporting(indicator, book.columns)}", quiet,
        f"{rolled.reporting}/{rolled.expected}",
    )  # fmt: skip


def total_value(rolled: RolledIndicator) -> float | str:
    """Return the cached value of a total: the figure, or the counts of a distribution."""
    counts = rolled.detail.get("counts")
    if isinstance(counts, Mapping) and rolled.reporting:
        return "; ".join(f"{code}: {number}" for code, number in counts.items())
    return shown(rolled.value)


def _write_unit_value(
    book: ParentBook,
    sheet: Worksheet,
    place: tuple[int, int],
    indicator: Indicator,
    entry: UnitTable,
    colour: str | None,
) -> None:
    tint: dict[str, Any] = {"bg_color": colour} if colour else {}
    value = entry.value(indicator.code)
    style = {"align": "center", "font_size": 11, **tint}
    match value.state:
        case State.NUMBER:
            form = "General" if indicator.kind is Kind.PERCENT else "#,##0"
            cell = book.formats.cell(num_format=form, **style)
            sheet.write_number(*place, float(value.number), cell)
        case State.NOT_ARISEN:
            # The number 0 that reads KPS: it counts, and it says why.
            sheet.write_number(*place, 0, book.formats.cell(num_format='"KPS"', **style))
        case State.NOT_APPLICABLE:
            grey = book.formats.cell(font_color=palette.QUIET, **style)
            sheet.write_string(*place, "KAD", grey)
        case State.BLANK:
            sheet.write_blank(*place, None, book.formats.cell(**style))
        case State.INVALID | State.TEXT:
            red = book.formats.cell(font_color=palette.ALARM, **style)
            sheet.write_string(*place, _unused(entry, indicator), red)


def _unused(entry: UnitTable, indicator: Indicator) -> str:
    """Return what stood in a cell that is not used; never a text that reads as a number."""
    cell = entry.table.entries.get(indicator.code) if entry.table else None
    return f"«{as_text(as_typed(cell.raw))}»" if cell else ""


def write_helpers(book: ParentBook) -> None:
    """Write the hidden helper rows, and the hidden map from each figure to its source cell."""
    helpers = book.book.add_worksheet(HELPERS)
    for code, first in book.columns.helper_rows.items():
        rolled = book.data.rolled.indicators[code]
        for place, entry in enumerate(book.data.tables):
            lines = formulas.helper_lines(rolled.indicator, book.columns, place)
            values = _helper_values(rolled, entry)
            helpers.write_string(first - 1, 0, code)
            for line, (formula, value) in enumerate(zip(lines, values, strict=True)):
                column = FIRST_UNIT + place
                helpers.write_formula(first - 1 + line, column, f"={formula}", None, value)
    helpers.very_hidden()
    sources = book.book.add_worksheet(SOURCES)
    files = _files(book)
    for place, entry in enumerate(book.data.tables):
        received = files.get(entry.unit.key)
        sources.write_string(FIRST_ROW - 1, FIRST_UNIT + place, entry.unit.name)
        for row, indicator in enumerate(book.data.form.indicators, start=FIRST_ROW):
            cell = entry.table.entries.get(indicator.code) if entry.table else None
            if cell is not None and received is not None:
                sources.write_string(row, FIRST_UNIT + place, _source(received, cell))
    sources.very_hidden()


def _helper_values(rolled: RolledIndicator, entry: UnitTable) -> list[float | str]:
    value = entry.value(rolled.indicator.code)
    if rolled.indicator.aggregation is Aggregation.MUST_AGREE:
        same = [other for other in rolled.by_unit.values() if other.is_numeric]
        if not value.is_numeric:
            return [0]
        return [sum(other.number == value.number for other in same)]
    share = weight(rolled.indicator, entry.table) if entry.table and value.is_numeric else None
    return ["", ""] if share is None else [float(share), float(share * value.number)]


def _source(received: Received, cell: Entry) -> str:
    return f"{received.file}|{cell.sheet}|{cell.cell}|{cell.value.state.value}"


def write_ratios(book: ParentBook) -> None:
    """Write `Tỷ lệ`: each ratio with its parts, of the parent and of every unit."""
    sheet = book.sheet(RATIOS, "TỶ LỆ TÍNH TỪ SỐ ĐẾM")
    for column, width in enumerate((7, 48, 12, 13, 12)):
        sheet.set_column(column, column, width)
    sheet.set_column(_RATIO_FIRST_UNIT, _RATIO_FIRST_UNIT + len(book.data.tables) - 1, 11)
    sheet.write_string(
        3, 0,
        "Tử số, mẫu số được cộng từ các đơn vị có đủ hai phần rồi mới tính tỷ lệ; không lấy bình "
        "quân các tỷ lệ.", book.formats.text(10, font_color=palette.QUIET),
    )  # fmt: skip
    top = _RATIO_FIRST_ROW - 1
    head = book.formats.head(font_size=11)
    for column, title in enumerate(("Mã", "Tỷ lệ", "", "Toàn đơn vị", "Tính trên")):
        sheet.write_string(top, column, title, head)
    sheet.set_row(top, 60)
    _write_unit_heads(book, sheet, top, _RATIO_FIRST_UNIT)
    for place, rolled in enumerate(book.data.rolled.ratios.values()):
        _write_ratio(book, sheet, _RATIO_FIRST_ROW + 3 * place, rolled)
    sheet.freeze_panes(_RATIO_FIRST_ROW, _RATIO_TOTAL)
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, _RATIO_FIRST_ROW + 3 * len(book.data.rolled.ratios) - 1, 4)
    sheet.fit_to_pages(1, 0)


def _write_ratio(book: ParentBook, sheet: Worksheet, row: int, rolled: RolledRatio) -> None:
    cell = book.formats.cell(font_size=11)
    number = book.formats.cell(align="center", font_size=11, num_format="#,##0")
    percent = book.formats.cell(align="center", bold=True, num_format="General")
    sheet.merge_range(row, 0, row + 2, 0, rolled.ratio.id, cell)
    sheet.merge_range(row, 1, row + 2, 1, rolled.ratio.label, cell)
    for line, name in enumerate(("Tử số", "Mẫu số", "Tỷ lệ (%)")):
        sheet.write_string(row + line, 2, name, cell)
    modes = from_modes(book.data.form, rolled.ratio)
    first, last = _RATIO_FIRST_UNIT, _RATIO_FIRST_UNIT + len(book.data.tables) - 1
    parts = (
        (rolled.ratio.numerator, rolled.value.numerator),
        (rolled.ratio.denominator, rolled.value.denominator),
    )
    for line, (node, value) in enumerate(parts):
        units = f"{xl_col_to_name(first)}{row + line + 1}:{xl_col_to_name(last)}{row + line + 1}"
        formula = (
            formulas.ratio_part_of_modes(rolled.ratio, node, book.columns)
            if modes
            else f'IF(COUNT({units})=0,"",SUM({units}))'
        )
        sheet.write_formula(row + line, _RATIO_TOTAL, f"={formula}", number, shown(value))
    _write_percent(sheet, row, _RATIO_TOTAL, percent, rolled.value.percent)
    units = f"{xl_col_to_name(first)}{row + 1}:{xl_col_to_name(last)}{row + 1}"
    sheet.merge_range(row, _RATIO_STANDS_ON, row + 2, _RATIO_STANDS_ON, "", number)
    sheet.write_formula(
        row, _RATIO_STANDS_ON, f'=COUNT({units})&"/"&COLUMNS({units})&" đơn vị"', number,
        f"{rolled.stands_on}/{len(book.data.tables)} đơn vị",
    )  # fmt: skip
    for place, entry in enumerate(book.data.tables):
        own = rolled.by_unit[entry.unit.key]
        column = first + place
        # What Python found proved is written down: the blanks of such a unit count as zero.
        proved = own.numerator is not None and any(
            entry.value(c.code).is_blank for c in rolled.ratio.cells
        )
        for line, (node, amount) in enumerate(
            ((rolled.ratio.numerator, own.numerator),
             (rolled.ratio.denominator, own.denominator))
        ):  # fmt: skip
            formula = formulas.ratio_part(
                rolled.ratio, node, book.columns, place, blanks_are_zero=proved
            )
            sheet.write_formula(row + line, column, f"={formula}", number, shown(amount))
        _write_percent(sheet, row, column, percent, own.percent)


def _write_percent(sheet: Worksheet, row: int, column: int, style: Any, percent: Any) -> None:
    above, below = f"{xl_col_to_name(column)}{row + 1}", f"{xl_col_to_name(column)}{row + 2}"
    sheet.write_formula(
        row + 2, column,
        f'=IF(OR({above}="",{below}="",N({below})=0),"",ROUND(100*{above}/{below},2))', style,
        "" if percent is None else float(round_half_up(percent, 2)),
    )  # fmt: skip


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
    unit = _CHOICE_END.sub(r"\1\n", indicator.unit)
    sheet.write_string(row, 2, unit, book.formats.cell(align="center", font_size=11, **tint))
    percent = indicator.aggregation is Aggregation.WEIGHTED_MEAN
    figure = book.formats.cell(align="center", num_format="General" if percent else "#,##0", **tint)
    note = book.formats.cell(align="center", font_size=10, **tint)
    total = book.columns.total_cell(indicator.code)
    reporting = f"'{TOTALS}'!$G${book.columns.rows[indicator.code]}"
    value = total_value(rolled)
    if formulas.total(indicator, book.columns) is None:
        sheet.write_blank(row, 3, None, figure)
        sheet.write_blank(row, 4, None, note)
    else:
        if percent:
            formula = f'=IF(ISNUMBER({total}),ROUND({total},2),"")'
            if rolled.value is not None:
                value = float(round_half_up(rolled.value, 2))
        else:
            formula = f'=IF({total}="","",{total})'
        sheet.write_formula(row, 3, formula, figure, value)
        sheet.write_formula(
            row, 4, f'={reporting}&" đơn vị"', note,
            f"{rolled.reporting}/{rolled.expected} đơn vị",
        )  # fmt: skip
    sheet.set_row(row, 4 + 15.5 * max(math.ceil(len(indicator.label) / 48), _lines(unit)))


def _lines(unit: str) -> int:
    """Return how many lines the unit takes in its column."""
    return sum(math.ceil(len(line) / 19) or 1 for line in unit.split("\n"))
