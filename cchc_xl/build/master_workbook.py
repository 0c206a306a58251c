"""Puts the master workbook together: all sheets, in the order that officials read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cchc_xl import __version__
from cchc_xl.build import palette
from cchc_xl.build.annexes import write_annexes
from cchc_xl.build.chart_sheets import write_chart_data, write_charts
from cchc_xl.build.commune_book import CHECK_SHEET, PERIOD_ROWS, CommuneBook, CommuneWorkbook
from cchc_xl.build.commune_side_sheets import write_checks, write_periods
from cchc_xl.build.form_sheet import write_form
from cchc_xl.build.formats import PlainWorkbook
from cchc_xl.build.machine_sheet import MACHINE, write_machine
from cchc_xl.build.master_book import (
    CHART_DATA,
    CHARTS,
    ERROR,
    EXPECTED,
    FORMAT_COLUMN,
    IS_PARENT,
    KAD,
    KPS,
    MOST_UNITS,
    SETTING_ROWS,
    SHOWN_UNITS,
    START,
    STATE_OFFSET,
    UNDO,
    UNUSED,
    WARNING,
    MasterBook,
    last_unit,
    master_places,
    no_units,
)
from cchc_xl.build.master_ledgers import ledger, write_expected, write_ledger
from cchc_xl.build.own_figures_sheet import write_own_figures
from cchc_xl.build.parent_book import (
    FINDINGS,
    FIRST_ROW,
    FIRST_UNIT,
    HELPERS,
    LOG,
    NARRATIVE,
    OWN_FIGURES,
    RATIOS,
    SOURCES,
    TOTALS,
    UNITS,
)
from cchc_xl.build.ratio_sheet import RATIO_FIRST_ROW, RATIO_FIRST_UNIT, RATIO_ROWS, write_ratios
from cchc_xl.build.start_sheet import input_cells, write_start
from cchc_xl.build.texts_sheet import write_texts
from cchc_xl.build.totals_sheet import write_totals
from cchc_xl.build.vba_project import vba_project
from cchc_xl.core.form import Form
from cchc_xl.core.function_spec import FunctionSpec
from cchc_xl.core.workbook_names import (
    FORM_NAME,
    PARENT_NAME,
    PERIOD_NAME,
    ROLE_NAME,
    SETTINGS_SHEET,
    SOURCES_NAME,
    TOTALS_NAME,
    UNIT_NAME,
)

_CREATED = datetime(2022, 1, 1)  # a fixed date keeps two builds identical
# The texts for VBA stand below the settings and the periods.
_FIRST_TEXT = PERIOD_ROWS + 10

CODE_NAMES = {
    START: "shStart", OWN_FIGURES: "shOwn", FINDINGS: "shFindings", RATIOS: "shRatios",
    EXPECTED: "shExpected", UNITS: "shUnits", TOTALS: "shTotals", CHARTS: "shCharts",
    NARRATIVE: "shNarrative", LOG: "shLog", MACHINE: "shMachine", HELPERS: "shHelpers",
    SOURCES: "shSources", CHECK_SHEET: "shChecks", CHART_DATA: "shChartData", UNDO: "shUndo",
    SETTINGS_SHEET: "shSettings",
}  # fmt: skip
_FORM_CODE_NAME, _ANNEX_CODE_NAME = "shForm", "shAnnex"


def master_workbook(
    form: Form, functions: Sequence[FunctionSpec], modules: Mapping[str, str], this_workbook: str
) -> bytes:
    """Return the bytes of an empty master for `form`, with our own VBA modules only.

    The same sources give the same bytes. `functions` are described to Excel when the workbook
    opens; `modules` maps module names to VBA source.
    """
    buffer = BytesIO()
    book = PlainWorkbook(buffer)
    book.set_properties(
        {
            "title": f"{form.name}: nhập, kiểm tra, tổng hợp, soạn báo cáo",
            "author": f"cchc-xl {__version__}",
            "created": _CREATED,
        }
    )
    start = book.add_worksheet(START)
    commune = CommuneBook(book, CommuneWorkbook(form, inputs=input_cells(), silent_where=IS_PARENT))
    master = MasterBook(
        book, commune.formats, no_units(form), master_places(form), checks=commune.checks
    )
    write_form(commune)
    write_annexes(commune)
    write_own_figures(master)
    write_ledger(master, ledger(FINDINGS))
    _write_ratios(master)
    write_expected(master)
    write_ledger(master, ledger(UNITS))
    _write_totals(master)
    write_charts(master)
    write_ledger(master, ledger(NARRATIVE))
    write_ledger(master, ledger(LOG))
    write_machine(book, master.formats)
    book.add_worksheet(HELPERS).very_hidden()
    _write_sources(master)
    write_checks(commune)
    _write_formats(commune)
    write_chart_data(master)
    book.add_worksheet(UNDO).very_hidden()
    _write_settings(master, functions)
    write_start(master, start)
    start.activate()
    start.set_first_sheet()
    _add_project(book, form, modules, this_workbook)
    book.close()
    return buffer.getvalue()


def _add_project(
    book: Workbook, form: Form, modules: Mapping[str, str], this_workbook: str
) -> None:
    names = [code_name(str(sheet.name), form) for sheet in book.worksheets()]
    project = vba_project(names, modules, this_workbook)
    # A stream serves as well as a file name; XlsxWriter's own types know of the latter only.
    book.add_vba_project(BytesIO(project), is_stream=True)  # type: ignore[arg-type]
    book.set_vba_name("ThisWorkbook")
    for sheet, name in zip(book.worksheets(), names, strict=True):
        sheet.set_vba_name(name)


def code_name(sheet: str, form: Form) -> str:
    """Return the name by which VBA knows a sheet, whatever people call it."""
    annexes = [annex.name for annex in form.annexes]
    if sheet in annexes:
        return f"{_ANNEX_CODE_NAME}{annexes.index(sheet) + 1}"
    return _FORM_CODE_NAME if sheet == form.name else CODE_NAMES[sheet]


def _write_totals(book: MasterBook) -> None:
    sheet = write_totals(book)
    first, last = FIRST_UNIT, last_unit()
    bottom = FIRST_ROW + len(book.data.form.indicators) - 1
    sheet.set_column(first, first + SHOWN_UNITS - 1, 11)
    sheet.set_column(first + SHOWN_UNITS, last + STATE_OFFSET, 11, None, {"hidden": True})
    state = f"{xl_col_to_name(first + STATE_OFFSET)}{FIRST_ROW + 1}"
    _dress_units(book, sheet, FIRST_ROW, bottom, first)
    plans = (
        (f'=ISNUMBER(SEARCH("{ERROR}",{state}))', {"bg_color": palette.ERROR}),
        (f'=ISNUMBER(SEARCH("{WARNING}",{state}))', {"bg_color": palette.WARNING}),
        (f'=ISNUMBER(SEARCH("{UNUSED}",{state}))', {"font_color": palette.ALARM}),
        (f'=ISNUMBER(SEARCH("{KAD}",{state}))', {"font_color": palette.QUIET}),
        # The number 0 that reads KPS: it counts, and it says why.
        (f'=ISNUMBER(SEARCH("{KPS}",{state}))', {"num_format": '"KPS"'}),
    )
    for criteria, style in plans:
        sheet.conditional_format(
            FIRST_ROW, first, bottom, last,
            {"type": "formula", "criteria": criteria, "format": book.formats(**style)},
        )  # fmt: skip
    book.book.define_name(
        TOTALS_NAME, f"='{TOTALS}'!$A${FIRST_ROW}:${xl_col_to_name(last)}${bottom + 1}"
    )


def _write_ratios(book: MasterBook) -> None:
    sheet = write_ratios(book)
    first = RATIO_FIRST_UNIT
    last = first + MOST_UNITS - 1
    bottom = RATIO_FIRST_ROW + RATIO_ROWS * len(book.data.form.ratios) - 1
    later = book.formats.text(11, align="center", num_format="General")
    sheet.set_column(first, first + SHOWN_UNITS - 1, 11, later)
    sheet.set_column(first + SHOWN_UNITS, last, 11, later, {"hidden": True})
    _dress_units(book, sheet, RATIO_FIRST_ROW, bottom, first)


def _dress_units(book: MasterBook, sheet: Worksheet, top: int, bottom: int, first: int) -> None:
    """Give a column its head and its lines as soon as a unit stands in it."""
    last = first + MOST_UNITS - 1
    head = book.formats.text(10, bold=True, align="center", text_wrap=True, font_color=palette.BAND)
    for column in range(first, last + 1):
        sheet.write_blank(top - 1, column, None, head)
    sheet.conditional_format(
        top - 1, first, bottom, last,
        {"type": "formula", "criteria": f'={xl_col_to_name(first)}${top}<>""',
         "format": book.formats(border=1, border_color=palette.LINE)},
    )  # fmt: skip
    sheet.conditional_format(
        top - 1, first, top - 1, last,
        {"type": "formula", "criteria": f'={xl_col_to_name(first)}${top}<>""',
         "format": book.formats(bg_color=palette.HEADER)},
    )  # fmt: skip


def _write_sources(book: MasterBook) -> None:
    book.book.add_worksheet(SOURCES).very_hidden()
    bottom = FIRST_ROW + len(book.data.form.indicators)
    book.book.define_name(
        SOURCES_NAME, f"='{SOURCES}'!$A${FIRST_ROW}:${xl_col_to_name(last_unit())}${bottom}"
    )


def _write_formats(book: CommuneBook) -> None:
    """Write beside the checks in what format each input cell is, for whoever reads the values."""
    sheet = book.book.get_worksheet_by_name(CHECK_SHEET)
    if sheet is None:
        raise LookupError(CHECK_SHEET)
    for place, indicator in enumerate(book.form.indicators, start=2):
        formula = f'=CELL("format",{book.checks.source(indicator.code)})'
        sheet.write_formula(f"{FORMAT_COLUMN}{place}", formula, None, "G")


def _write_settings(book: MasterBook, functions: Sequence[FunctionSpec]) -> None:
    sheet = book.book.add_worksheet(SETTINGS_SHEET)
    form = book.data.form
    known = {"form": form.load_id, "form_version": form.version, "tool": __version__, "stamp": ""}
    formulas = {
        "parent": f'=IF({IS_PARENT},{UNIT_NAME}&"","")',
        "period": f'={PERIOD_NAME}&""',
        "role": f'={ROLE_NAME}&""',
        # An empty head is a column that is not in use.
        "units": f"=COUNTIF('{SOURCES}'!${xl_col_to_name(FIRST_UNIT)}${FIRST_ROW}:"
        f'${xl_col_to_name(last_unit())}${FIRST_ROW},"?*")',
    }
    for row, key in enumerate(SETTING_ROWS):
        sheet.write_string(row, 0, key)
        if key in formulas:
            sheet.write_formula(row, 1, formulas[key], None, 0 if key == "units" else "")
        else:
            sheet.write_string(row, 1, known[key])
    book.book.define_name(FORM_NAME, f"={SETTINGS_SHEET}!$B$1")
    parent = SETTING_ROWS.index("parent") + 1
    book.book.define_name(PARENT_NAME, f"={SETTINGS_SHEET}!$B${parent}")
    write_periods(book.book, sheet)
    write_texts(book.book, sheet, _FIRST_TEXT, functions)
    sheet.very_hidden()
