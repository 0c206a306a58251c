"""Writes `Tổng hợp`, its hidden helper rows, and the hidden map to the source cells."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

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
    REPORTING,
    SEPARATOR,
    SOURCES,
    TOTAL,
    TOTALS,
    UNIT,
    ParentBook,
)
from cchc_xl.build.roll_up_columns import (
    CHOICE_END,
    counted_files,
    lines_of,
    total_value,
    write_unit_heads,
)
from cchc_xl.core.cells import Kind
from cchc_xl.core.consolidation import Consolidation, Received
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Aggregation, Indicator
from cchc_xl.core.roll_up import RolledIndicator, UnitTable, weight
from cchc_xl.core.submission import Entry
from cchc_xl.core.values import State
from cchc_xl.core.wording import as_typed
from cchc_xl.core.wording import shown as as_text

TOTAL_HEADERS = ("Mã", "STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Cách tổng hợp",
                 "Toàn đơn vị", "Số đơn vị có số liệu")  # fmt: skip
MARK_COLOURS = {Severity.WARNING: palette.WARNING, Severity.ERROR: palette.ERROR}
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


def write_totals(book: ParentBook) -> Worksheet:
    """Write `Tổng hợp`: indicators by units, the total first, all totals as native formulas."""
    sheet = book.sheet(TOTALS, "TỔNG HỢP SỐ LIỆU CỦA CÁC ĐƠN VỊ")
    widths = (13, 8, 52, 17, 15, 14, 10)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_column(FIRST_UNIT, FIRST_UNIT + len(book.columns.units) - 1, 11)
    sheet.write_string(
        3, 0,
        "Chữ đỏ: số liệu không đọc được nên không được tính. Nền đỏ: có lỗi; nền vàng: có cảnh "
        "báo (xem trang Kiểm tra). KPS: không phát sinh (tính là 0); KAD: không áp dụng.",
        book.formats.text(10, font_color=palette.QUIET),
    )  # fmt: skip
    head = book.formats.head(font_size=11)
    for column, title in enumerate(TOTAL_HEADERS):
        sheet.write_string(FIRST_ROW - 1, column, title, head)
    sheet.set_row(FIRST_ROW - 1, 60)
    write_unit_heads(book, sheet, FIRST_ROW - 1, FIRST_UNIT)
    marked = marks(book.data)
    for row, indicator in enumerate(book.data.form.indicators, start=FIRST_ROW):
        rolled = book.data.rolled.indicators[indicator.code]
        _write_indicator(book, sheet, row, rolled, marked)
    sheet.freeze_panes(FIRST_ROW, TOTAL)
    sheet.repeat_rows(FIRST_ROW - 1)
    # The totals of annexes are printed on their own sheets.
    sheet.print_area(0, 0, FIRST_ROW + len(book.data.form.main.indicators) - 1, REPORTING)
    sheet.fit_to_pages(1, 0)
    return sheet


def marks(data: Consolidation) -> Mapping[tuple[str, str], Severity]:
    """Return how grave the worst finding on each unit's cell is, where one speaks of it."""
    keys = {entry.unit.name: entry.unit.key for entry in data.tables}
    marked: dict[tuple[str, str], Severity] = {}
    for severity in (Severity.WARNING, Severity.ERROR):
        for finding in data.findings:
            if finding.severity is severity and finding.indicator and finding.unit in keys:
                marked[keys[finding.unit], finding.indicator] = severity
    return marked


def _write_indicator(
    book: ParentBook,
    sheet: Worksheet,
    row: int,
    rolled: RolledIndicator,
    marked: Mapping[tuple[str, str], Severity],
) -> None:
    indicator = rolled.indicator
    is_header = indicator.kind is Kind.HEADER
    tint = {"bg_color": palette.HEADING} if is_header else {}
    plain = book.formats.cell(bold=is_header, font_size=11, **tint)
    centred = book.formats.cell(bold=is_header, font_size=11, align="center", **tint)
    sheet.write_string(row, CODE, indicator.code, book.formats.text(9, font_color=palette.QUIET))
    sheet.write_string(row, NUMBER, indicator.number, centred)
    sheet.write_string(row, LABEL, indicator.label, plain)
    unit = CHOICE_END.sub(r"\1\n", indicator.unit)
    sheet.write_string(row, UNIT, unit, centred)
    sheet.write_string(row, HOW, _HOW[indicator.aggregation], centred)
    _write_total(book, sheet, row, rolled)
    for place, entry in enumerate(book.data.tables):
        column = FIRST_UNIT + place
        severity = marked.get((entry.unit.key, indicator.code))
        mark = MARK_COLOURS[severity] if severity else None
        _write_unit_value(
            book, sheet, (row, column), indicator, entry, mark or tint.get("bg_color")
        )
    how = math.ceil(len(_HOW[indicator.aggregation]) / 16)
    # The format of the row serves the cells of units that come later.
    later = book.formats.text(11, align="center", num_format=number_format(indicator))
    lines = max(math.ceil(len(indicator.label) / 56), lines_of(unit), how)
    sheet.set_row(row, 4 + 15 * lines, later)


def _write_total(book: ParentBook, sheet: Worksheet, row: int, rolled: RolledIndicator) -> None:
    indicator = rolled.indicator
    tint = {"bg_color": palette.HEADING} if indicator.kind is Kind.HEADER else {}
    percent = indicator.aggregation is Aggregation.WEIGHTED_MEAN
    figure = book.formats.cell(
        bold=True, align="center", num_format="[=100]0;[=0]0;0.0#" if percent else "#,##0", **tint
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
        f"{rolled.stands_on}/{rolled.expected}",
    )  # fmt: skip


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
    shown_value = unit_value(entry, indicator)
    match value.state:
        case State.NUMBER:
            cell = book.formats.cell(num_format=number_format(indicator), **style)
            sheet.write_number(*place, float(value.number), cell)
        case State.NOT_ARISEN:
            # The number 0 that reads KPS: it counts, and it says why.
            sheet.write_number(*place, 0, book.formats.cell(num_format='"KPS"', **style))
        case State.NOT_APPLICABLE:
            grey = book.formats.cell(font_color=palette.QUIET, **style)
            sheet.write_string(*place, str(shown_value), grey)
        case State.BLANK:
            sheet.write_blank(*place, None, book.formats.cell(**style))
        case State.INVALID | State.TEXT:
            red = book.formats.cell(font_color=palette.ALARM, **style)
            sheet.write_string(*place, str(shown_value), red)


def number_format(indicator: Indicator) -> str:
    """Return how the figures of an indicator are shown."""
    return "General" if indicator.kind is Kind.PERCENT else "#,##0"


def unit_value(entry: UnitTable, indicator: Indicator) -> float | str | None:
    """Return what stands in the cell of a unit: its figure, KAD, or in words what is not used."""
    value = entry.value(indicator.code)
    match value.state:
        case State.NUMBER | State.NOT_ARISEN:
            return float(value.number)
        case State.NOT_APPLICABLE:
            return "KAD"
        case State.BLANK:
            return None
        case State.INVALID | State.TEXT:
            return _unused(entry, indicator)


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
    files = counted_files(book)
    for place, entry in enumerate(book.data.tables):
        received = files.get(entry.unit.key)
        sources.write_string(FIRST_ROW - 1, FIRST_UNIT + place, entry.unit.name)
        for row, indicator in enumerate(book.data.form.indicators, start=FIRST_ROW):
            cell = entry.table.entries.get(indicator.code) if entry.table else None
            if cell is not None and received is not None:
                sources.write_string(row, FIRST_UNIT + place, source(received, cell))
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


def source(received: Received, cell: Entry) -> str:
    """Return where a figure comes from: file, sheet, cell, and how it was read."""
    return SEPARATOR.join((received.file or "", cell.sheet, cell.cell, cell.value.state.value))
