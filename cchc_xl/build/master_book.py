"""What the sheets of the master workbook share: their names, their places, the open columns."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.format import Format as BookFormat
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build.check_sheet import CheckSheet
from cchc_xl.build.parent_book import FIRST_UNIT, UNITS, ParentBook, places
from cchc_xl.build.roll_up_formulas import Columns
from cchc_xl.core.consolidation import Consolidation
from cchc_xl.core.form import Form, Ratio
from cchc_xl.core.period import PeriodKind, standard_period
from cchc_xl.core.roll_up import roll_up
from cchc_xl.core.workbook_names import (
    PARENT_ROLE,
    PERIOD_NAME,
    ROLE_NAME,
    SETTINGS_SHEET,
    UNIT_NAME,
)

START = "Bắt đầu"
EXPECTED = "Danh sách"
CHARTS = "Biểu đồ"
CHART_DATA = "_bieu_do"
UNDO = "_hoan_tac"

# The largest province has fewer than 200 communes, the largest before 2025 fewer than 600.
MOST_UNITS = 600
# How many units the empty master shows.
SHOWN_UNITS = 12
# Rows that a list may take: files with their findings, sentences, lines of the log.
MOST_FILES = 2_000
MOST_FINDINGS = 20_000
MOST_SENTENCES = 400
MOST_LOG_LINES = 20_000

# The settings, a row each from the first: key, value.
SETTING_ROWS = ("form", "form_version", "tool", "parent", "period", "stamp", "role", "units")
UNIT_COUNT = f"'{SETTINGS_SHEET}'!$B${SETTING_ROWS.index('units') + 1}"
IS_PARENT = f'{ROLE_NAME}="{PARENT_ROLE}"'

# Where each unit's cell says how it is to be shown: beside the last column that a unit may take.
STATE_OFFSET = MOST_UNITS
# Letters in such a cell.
KPS, KAD, UNUSED, ERROR, WARNING = "K", "A", "X", "E", "W"
# Where `_kiem_tra` says in what format each input cell is: Excel turns 98% into 0.98 by itself.
FORMAT_COLUMN = "N"


def last_unit() -> int:
    """Return the last column that a unit may take in `Tổng hợp`, counted from 0."""
    return FIRST_UNIT + MOST_UNITS - 1


def master_places(form: Form) -> Columns:
    """Return where the rows and columns of `Tổng hợp` and its helpers stand in the master."""
    return places(form, MOST_UNITS, UNIT_COUNT)


def no_units(form: Form) -> Consolidation:
    """Return the figures of no unit at all, of which an empty master is made."""
    return Consolidation(
        name="",
        # Shown nowhere: the sheets of a master take the period from its start page.
        period=standard_period(2022, PeriodKind.Q1),
        form=form,
        received=(),
        tables=(),
        rolled=roll_up(form, ()),
        unit_findings=(),
    )


@dataclass(frozen=True)
class MasterBook(ParentBook):
    """A master workbook while it is written; `checks` is its own form's hidden sheet."""

    checks: CheckSheet | None = None

    def write_about(self, sheet: Worksheet, row: int, style: BookFormat) -> None:
        """Write whose and of when the sheet is, as the start page says."""
        counted = f"COUNTIF('{UNITS}'!$F$6:$F${MOST_FILES + 5},\"đã nhận*\")"
        of_units = f'"; tổng hợp từ "&{counted}&"/"&{UNIT_COUNT}&" đơn vị"'
        words = f'{UNIT_NAME}&", "&{PERIOD_NAME}&IF({IS_PARENT},{of_units},"")'
        sheet.write_formula(
            row, 0, f'=IF({UNIT_NAME}="","Ghi đơn vị và kỳ báo cáo ở trang {START}.",{words})',
            style, f"Ghi đơn vị và kỳ báo cáo ở trang {START}.",
        )  # fmt: skip

    def of_own_table(self, ratio: Ratio, part: str, formula: str) -> str:
        """Return the part from the units, or in the other role from the typed form."""
        if self.checks is None:
            return formula
        return f"IF({IS_PARENT},{formula},{self.checks.ratio_part(ratio, part)})"
