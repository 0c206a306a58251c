"""Reads the master workbook: whose it is, what is typed into it, what stands in it already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from cchc_xl.build.annex_places import AnnexPlaces
from cchc_xl.build.commune_book import CHECK_SHEET, PANEL, VALUE
from cchc_xl.build.master_book import (
    EXPECTED,
    FORMAT_COLUMN,
    MOST_UNITS,
    SETTING_ROWS,
    START,
)
from cchc_xl.build.master_ledgers import EXPECTED_HEADERS
from cchc_xl.build.own_figures_sheet import OWN_HEADERS
from cchc_xl.build.parent_book import (
    FINDINGS,
    FIRST_ROW,
    FIRST_UNIT,
    LOG,
    NARRATIVE,
    OWN_FIGURES,
    SOURCES,
    TOTALS,
    UNITS,
)
from cchc_xl.build.start_sheet import FIRST_INPUT, INPUTS
from cchc_xl.core.annex import Annex, matrices
from cchc_xl.core.cells import RawCell
from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.identity import unit_name
from cchc_xl.core.ledger import (
    FINDING_HEADERS,
    LOG_HEADERS,
    UNIT_HEADERS,
)
from cchc_xl.core.narrative_rows import NARRATIVE_HEADERS
from cchc_xl.core.period import Period, parse_period_id, period_in_words
from cchc_xl.core.register import registers
from cchc_xl.core.submission import Submission
from cchc_xl.core.text import clean
from cchc_xl.core.units import ReportingUnit
from cchc_xl.core.workbook_names import (
    FOLDER_NAME,
    PARENT_ROLE,
    PERIOD_NAME,
    ROLE_NAME,
    SETTINGS_SHEET,
    UNIT_CODE_NAME,
    UNIT_NAME,
)
from cchc_xl.errors import UsageError
from cchc_xl.gateways.parent_files import ParentFile, parent_file_of
from cchc_xl.gateways.schemas import load_form
from cchc_xl.gateways.submissions import submission_of
from cchc_xl.gateways.units_file import units_of_sheet


class SheetReader(Protocol):
    """What is asked of an open workbook; `OpenWorkbook` is one."""

    @property
    def name(self) -> str: ...

    def path(self) -> Path: ...

    def grid(self, sheet: str, columns: int, rows: int | None = None) -> Grid: ...

    def area(self, sheet: str, row: int, column: int, rows: int, columns: int) -> Grid: ...

    def used_rows(self, sheet: str) -> int: ...

    def formula_cells(
        self, sheet: str, row: int, column: int, rows: int, columns: int
    ) -> frozenset[Place]: ...


@dataclass(frozen=True, slots=True)
class Master:
    """What the start page and the settings say; `units_shown` columns hold units now."""

    form: Form
    is_parent: bool
    unit: str
    unit_code: str
    period: Period | None
    period_text: str
    folder: str
    units_shown: int

    @property
    def known_period(self) -> Period:
        """The period; UsageError where none is chosen."""
        if self.period is None:
            said = f" «{self.period_text}»" if self.period_text else ""
            raise UsageError(
                f"Trang {START} chưa có kỳ báo cáo hợp lệ{said}.",
                "Đề nghị chọn kỳ báo cáo trong danh sách rồi bấm lại.",
            )
        return self.period

    @property
    def known_unit(self) -> str:
        """The unit; UsageError where none is named."""
        if not self.unit:
            raise UsageError(
                f"Trang {START} chưa ghi tên đơn vị.", "Đề nghị ghi đủ loại và tên đơn vị."
            )
        return unit_name(self.unit)


def read_master(book: SheetReader) -> Master:
    """Return what the start page and the settings of a master say."""
    typed = book.area(START, FIRST_INPUT, 2, len(INPUTS), 1)
    said = {field.name: clean(typed.text(row, 0)) for row, field in enumerate(INPUTS)}
    settings = book.area(SETTINGS_SHEET, 0, 0, len(SETTING_ROWS), 2)
    known = {settings.text(row, 0): settings.text(row, 1) for row in range(len(SETTING_ROWS))}
    period = said[PERIOD_NAME]
    return Master(
        form=load_form(known.get("form", "")),
        is_parent=said[ROLE_NAME] == PARENT_ROLE,
        unit=said[UNIT_NAME],
        unit_code=said[UNIT_CODE_NAME],
        period=parse_period_id(period) or period_in_words(period),
        period_text=period,
        folder=said[FOLDER_NAME].strip('"'),
        units_shown=int(known.get("units") or 0),
    )


def form_rows(form: Form) -> int:
    """Return how many rows the sheet of a form takes: titles, head, two tables, a gap."""
    return 4 + len(form.title) + len(form.indicators) + 2


def own_submission(book: SheetReader, master: Master) -> Submission:
    """Return what is typed into the form's own sheet, read as from a file of ours."""
    form = master.form
    sheet = book.grid(form.name, PANEL + 1, form_rows(form))
    grid = replace(sheet, special={**sheet.special, **_percents(book, master, sheet)})
    annexes = [_annex_grid(book, annex) for annex in matrices(form)]
    annexes += [book.grid(register.name, len(register.printed) + 1) for register in registers(form)]
    submission = submission_of([grid, *annexes], [form], Path(book.name), own=True)
    if submission.tables:
        return submission
    raise UsageError(
        f"Không tìm thấy bảng số liệu trên trang {form.name}.",
        "Đề nghị mở một bản cchc-master.xlsm mới; không xóa dòng, không đổi tiêu đề bảng.",
    )


def _annex_grid(book: SheetReader, annex: Annex) -> Grid:
    places = AnnexPlaces(annex)
    return book.grid(annex.name, places.message_column, places.last_row + 1)


def _percents(book: SheetReader, master: Master, sheet: Grid) -> dict[Place, RawCell]:
    """Return the input cells that Excel shows as percents: it turns 98% into 0.98 by itself."""
    column = ord(FORMAT_COLUMN) - ord("A")
    formats = book.area(CHECK_SHEET, 1, column, len(master.form.indicators), 1)
    codes = {sheet.text(row, 0): row for row in range(len(sheet.rows))}
    found: dict[Place, RawCell] = {}
    for place, indicator in enumerate(master.form.indicators):
        row = codes.get(indicator.code)
        if row is None or not formats.text(place, 0).startswith("P"):
            continue
        content = sheet.content(row, VALUE)
        if isinstance(content, float):
            found[row, VALUE] = RawCell(content, percent_format=True)
    return found


def expected_units(book: SheetReader) -> tuple[ReportingUnit, ...] | None:
    """Return the units that are expected to report, None where none are listed."""
    grid = book.area(EXPECTED, FIRST_ROW - 1, 0, MOST_UNITS + 1, len(EXPECTED_HEADERS))
    filled = any(grid.text(row, 1) for row in range(1, len(grid.rows)))
    others = any(grid.text(row, 0) or grid.text(row, 2) for row in range(1, len(grid.rows)))
    return units_of_sheet(grid) if filled or others else None


def parent_sheets(book: SheetReader, master: Master, *, with_figures: bool) -> ParentFile:
    """Return what the sheets of a parent unit say; of the figures only `with_figures`."""
    units = max(master.units_shown, 1) if with_figures else 1
    rows = FIRST_ROW + len(master.form.indicators)
    sheets = [
        book.grid(FINDINGS, len(FINDING_HEADERS)) if with_figures else Grid(FINDINGS, ()),
        book.grid(UNITS, len(UNIT_HEADERS)),
        book.grid(NARRATIVE, len(NARRATIVE_HEADERS)) if with_figures else Grid(NARRATIVE, ()),
        book.grid(LOG, len(LOG_HEADERS)),
        book.grid(SETTINGS_SHEET, 2, len(SETTING_ROWS)),
    ]
    for sheet in (TOTALS, SOURCES):
        # One column more than there are units: an empty head ends them.
        grid = book.grid(sheet, FIRST_UNIT + units + 1, rows) if with_figures else Grid(sheet, ())
        sheets.append(grid)
    if with_figures:
        sheets.append(book.grid(OWN_FIGURES, len(OWN_HEADERS), rows))
    found = {grid.sheet: grid for grid in sheets}
    return parent_file_of(found, [master.form], book.name)
