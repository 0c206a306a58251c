"""Writes `Biểu đồ` and the hidden sheet behind it: native charts that follow the figures.

The hidden sheet has a row for each unit; `Biểu đồ` takes from it the units to look at first, as
formulas, so that the charts follow the figures with macros off.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.master_book import (
    CHART_DATA,
    CHARTS,
    IS_PARENT,
    MOST_FILES,
    MOST_UNITS,
    MasterBook,
)
from cchc_xl.build.parent_book import FIRST_ROW, FIRST_UNIT, RATIOS, SOURCES, TOTALS, UNITS
from cchc_xl.build.ratio_sheet import RATIO_FIRST_ROW, RATIO_FIRST_UNIT, RATIO_ROWS, RATIO_TOTAL
from cchc_xl.core.cells import Kind
from cchc_xl.core.form import Charts
from cchc_xl.core.submission import Status
from cchc_xl.core.wording import STATUS_WORDS
from cchc_xl.core.workbook_names import UNIT_NAME

SHOWN = 20
_CHART_ROWS = 21  # the rows that a chart takes
FIRST_SHOWN = 5  # the first row of the tables of `Biểu đồ`, counted from 0
_STATUSES = (
    Status.ACCEPTED, Status.ACCEPTED_WITH_ERRORS, Status.MISSING, Status.DUPLICATE,
    Status.UNKNOWN_UNIT, Status.WRONG_PERIOD, Status.WRONG_FORM, Status.UNREADABLE,
)  # fmt: skip
# A tenth of a thousandth is far below what is shown; it keeps equal figures apart.
_APART = "ROW()/10000000"


def write_chart_data(book: MasterBook) -> None:
    """Write a hidden row for each unit: name, ways, rate on time, completeness, sorting keys."""
    sheet = book.book.add_worksheet(CHART_DATA)
    charted = book.data.form.charts
    for column, title in enumerate(
        ("unit", "way 1", "way 2", "way 3", "all ways", "rate", "complete",
         "by dossiers", "by rate", "by completeness", "", "missing")
    ):  # fmt: skip
        sheet.write_string(0, column, title)
    for place in range(MOST_UNITS):
        row = place + 1
        for column, formula in enumerate(_unit_formulas(book, charted, place)):
            sheet.write_formula(row, column, f"={formula}", None, "")
    missing = STATUS_WORDS[Status.MISSING]
    for place in range(MOST_FILES):
        row = place + 1
        here = f"'{UNITS}'!$F${FIRST_ROW + place + 1}"
        sheet.write_formula(row, 11, f'=IF({here}="{missing}",{row},"")', None, "")
    sheet.very_hidden()


def _unit_formulas(book: MasterBook, charted: Charts | None, place: int) -> list[str]:
    row = place + 2
    own = f'IF({UNIT_NAME}="","Đơn vị",{UNIT_NAME})' if place == 0 else '""'
    column = xl_col_to_name(FIRST_UNIT + place)
    name = f"IF({IS_PARENT},'{SOURCES}'!{column}${FIRST_ROW}&\"\",{own})"
    unused = f'$A{row}=""'
    ways = charted.parts if charted else ()
    parts = [_dossiers(book, codes, column, is_first=place == 0) for _, codes in ways]
    parts += ['""'] * (3 - len(parts))
    asked = [row.code for row in book.data.form.main.indicators if row.kind is not Kind.HEADER]
    return [
        name,
        *(f'IF({unused},"",{part})' for part in parts),
        f'IF({unused},"",SUM($B{row}:$D{row}))',
        f'IF({unused},"",{_rate(book, charted, place)})',
        f'IF({unused},"",{_complete(book, column, len(asked), is_first=place == 0)})',
        f'IF({unused},"",$E{row}+{_APART})',
        f'IF(ISNUMBER($F{row}),$F{row}+{_APART},"")',
        f'IF(ISNUMBER($G{row}),$G{row}+{_APART},"")',
    ]


def _dossiers(book: MasterBook, codes: tuple[str, ...], column: str, *, is_first: bool) -> str:
    units = "+".join(f"N('{TOTALS}'!{column}${book.columns.rows[code]})" for code in codes)
    if not is_first or book.checks is None:
        return units
    own = "+".join(book.checks.at_zero(code) for code in codes)
    return f"IF({IS_PARENT},{units},{own})"


def _rate(book: MasterBook, charted: Charts | None, place: int) -> str:
    if charted is None:
        return '""'
    ids = [ratio.id for ratio in book.data.form.ratios]
    row = RATIO_FIRST_ROW + RATIO_ROWS * ids.index(charted.rate) + RATIO_ROWS
    units = f"'{RATIOS}'!{xl_col_to_name(RATIO_FIRST_UNIT + place)}${row}"
    if place:
        return f'IF(ISNUMBER({units}),{units},"")'
    own = f"'{RATIOS}'!{xl_col_to_name(RATIO_TOTAL)}${row}"
    return f'IF({IS_PARENT},IF(ISNUMBER({units}),{units},""),{own})'


def _complete(book: MasterBook, column: str, asked: int, *, is_first: bool) -> str:
    rows = [book.columns.rows[row.code] for row in book.data.form.main.indicators]
    area = f"'{TOTALS}'!{column}${min(rows)}:{column}${max(rows)}"
    units = f'ROUND(100*(COUNT({area})+COUNTIF({area},"KAD"))/{asked},1)'
    if not is_first or book.checks is None:
        return units
    filled = book.checks.filled_count()
    return f"IF({IS_PARENT},{units},ROUND(100*({filled})/{asked},1))"


def write_charts(book: MasterBook) -> Worksheet:
    """Write the tables of the units to look at first, and a chart over each."""
    sheet = book.sheet(CHARTS, "BIỂU ĐỒ")
    charted = book.data.form.charts
    ways = [name for name, _ in charted.parts] if charted else []
    ways += [""] * (3 - len(ways))
    quiet = book.formats.text(10, font_color=palette.QUIET)
    sheet.write_string(
        3, 0,
        f"Mỗi bảng nêu tối đa {SHOWN} đơn vị cần xem trước; biểu đồ tự thay đổi theo số liệu.",
        quiet,
    )  # fmt: skip
    for column, width in enumerate((26, 10, 11, 11, 3, 26, 11, 3, 26, 11, 3, 24, 9)):
        sheet.set_column(column, column, width)
    head = book.formats.head(font_size=11)
    for column, title in (
        (0, "Nhiều hồ sơ nhất"), (1, ways[0]), (2, ways[1]), (3, ways[2]),
        (5, "Đúng hạn thấp nhất"), (6, "Tỷ lệ (%)"),
        (8, "Thiếu số liệu nhất"), (9, "Đã điền (%)"),
        (11, "Tình trạng nộp"), (12, "Số tệp, đơn vị"),
    ):  # fmt: skip
        sheet.write_string(FIRST_SHOWN - 1, column, title, head)
    sheet.set_row(FIRST_SHOWN - 1, 34)
    for place in range(SHOWN):
        _write_shown(book, sheet, place)
    _write_statuses(book, sheet)
    _insert_charts(book, sheet, ways)
    sheet.print_area(0, 0, FIRST_SHOWN + SHOWN + 2 * _CHART_ROWS, 14)
    sheet.freeze_panes(FIRST_SHOWN, 0)
    sheet.fit_to_pages(1, 1)
    return sheet


def _write_shown(book: MasterBook, sheet: Worksheet, place: int) -> None:
    row = FIRST_SHOWN + place
    cell = book.formats.cell(font_size=11)
    number = book.formats.cell(font_size=11, align="center", num_format="#,##0")
    percent = book.formats.cell(font_size=11, align="center", num_format="General")
    last = MOST_UNITS + 1
    plans = (
        (0, f"LARGE('{CHART_DATA}'!$H$2:$H${last},{place + 1})", "H", "A", cell),
        (1, "", "H", "B", number), (2, "", "H", "C", number), (3, "", "H", "D", number),
        (5, f"SMALL('{CHART_DATA}'!$I$2:$I${last},{place + 1})", "I", "A", cell),
        (6, "", "I", "F", percent),
        (8, f"SMALL('{CHART_DATA}'!$J$2:$J${last},{place + 1})", "J", "A", cell),
        (9, "", "J", "G", percent),
    )  # fmt: skip
    found = ""
    for column, sought, keys, taken, style in plans:
        if sought:
            found = f"MATCH({sought},'{CHART_DATA}'!${keys}$2:${keys}${last},0)"
        formula = f"=IFERROR(INDEX('{CHART_DATA}'!${taken}$2:${taken}${last},{found}),\"\")"
        sheet.write_formula(row, column, formula, style, "")


def _write_statuses(book: MasterBook, sheet: Worksheet) -> None:
    cell = book.formats.cell(font_size=11)
    number = book.formats.cell(font_size=11, align="center", num_format="#,##0")
    for place, status in enumerate(_STATUSES):
        words = STATUS_WORDS[status]
        sheet.write_string(FIRST_SHOWN + place, 11, words.capitalize(), cell)
        sheet.write_formula(
            FIRST_SHOWN + place, 12, f"=COUNTIF('{UNITS}'!$F:$F,\"{words}\")", number, 0
        )


def _insert_charts(book: MasterBook, sheet: Worksheet, ways: list[str]) -> None:
    charted = book.data.form.charts
    last = FIRST_SHOWN + SHOWN - 1
    font = {"name": palette.FONT, "size": 10, "color": palette.INK}
    plans = (
        (
            0,
            charted.title if charted else "",
            [(n, way) for n, way in enumerate(ways, start=1) if way],
            last,
        ),
        (5, charted.rate_title if charted else "", [(6, "Tỷ lệ (%)")], last),
        (8, "Mức độ đầy đủ của số liệu (%)", [(9, "Đã điền (%)")], last),
        (11, "Tình trạng nộp báo cáo", [(12, "Số tệp, đơn vị")], FIRST_SHOWN + len(_STATUSES) - 1),
    )
    whole = {"max": 100, "major_unit": 20}
    charts = [plan for plan in plans if plan[1]]
    for place, (names, title, series, end) in enumerate(charts):
        kind = {"type": "bar", "subtype": "stacked"} if len(series) > 1 else {"type": "bar"}
        chart = book.book.add_chart(kind)
        if chart is None:
            raise LookupError(title)
        for number, (column, name) in enumerate(series):
            chart.add_series(
                {
                    "name": name,
                    "categories": [CHARTS, FIRST_SHOWN, names, end, names],
                    "values": [CHARTS, FIRST_SHOWN, column, end, column],
                    "fill": {"color": palette.SERIES[number]},
                    "gap": 60,
                }
            )
        chart.set_title(
            {"name": title, "overlay": False, "name_font": {**font, "size": 13, "bold": True}}
        )
        chart.set_y_axis({"reverse": True, "num_font": font, "line": {"color": palette.LINE}})
        chart.set_x_axis(
            {"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#E4E7EB"}},
             "min": 0, "label_position": "low", **(whole if "(%)" in title else {})}
        )  # fmt: skip
        chart.set_legend(
            {"position": "bottom", "font": font} if len(series) > 1 else {"none": True}
        )
        chart.set_size({"width": 620, "height": 400})
        chart.show_blanks_as("gap")
        sheet.insert_chart(
            last + 2 + _CHART_ROWS * (place // 2), 0 if place % 2 == 0 else 7,
            chart, {"object_position": 2, "description": title, "x_offset": 4},
        )  # fmt: skip
