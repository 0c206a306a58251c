"""What the sheets of a parent unit's workbook share: the book, formats, data, places."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter.format import Format as BookFormat
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.formats import Formats
from cchc_xl.build.roll_up_formulas import Columns, helper_codes
from cchc_xl.core.consolidation import Consolidation, Kept
from cchc_xl.core.form import Form, Ratio
from cchc_xl.core.period import short_date
from cchc_xl.core.workbook_names import SETTINGS_SHEET

TOTALS = "Tổng hợp"
RATIOS = "Tỷ lệ"
OWN_FIGURES = "Số liệu của đơn vị"
UNITS = "Đơn vị"
FINDINGS = "Kiểm tra"
NARRATIVE = "Báo cáo"
CHANGES = "Thay đổi"
COMPARISON = "So sánh"
LOG = "Nhật ký"
HELPERS = "_phu_tro"
SOURCES = "_nguon"
SETTINGS = SETTINGS_SHEET

# Between the file, sheet, cell and state of a source.
SEPARATOR = "|"

FIRST_ROW = 5  # the first row below the header of `Tổng hợp`, counted from 0
CODE, NUMBER, LABEL, UNIT, HOW, TOTAL, REPORTING, FIRST_UNIT = range(8)
# As Excel writes them; letters stay as they are.
_IN_LINKS = {ord(character): f"%{ord(character):02x}" for character in '%# "<>[]^`{}'}


@dataclass(frozen=True, slots=True)
class ParentBook:
    """A parent unit's workbook while it is written."""

    book: Workbook
    formats: Formats
    data: Consolidation
    columns: Columns
    # Where the submissions lie as seen from the workbook, for the links; "" for no links.
    folder: str = ""
    kept: Kept = field(default_factory=Kept)
    # Printed on every sheet and page, such as "SỐ LIỆU GIẢ ĐỊNH".
    stamp: str = ""

    def sheet(self, name: str, title: str, *, landscape: bool = True) -> Worksheet:
        """Add a sheet with our page set-up, its title, the period and the stamp."""
        sheet = self.book.add_worksheet(name)
        # Without a password: totals are not overtyped by accident; what is open says so itself.
        sheet.protect("", {"format_rows": True, "format_columns": True, "autofilter": True})
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)
        sheet.set_footer(f'&C&"{palette.FONT}"&11Trang &P/&N')
        if self.stamp:
            sheet.set_header(palette.stamp_header(self.stamp))
        if title:
            sheet.write_string(0, 0, title, self.formats.text(14, bold=True))
            quiet = self.formats.text(11, italic=True, font_color=palette.QUIET)
            self.write_about(sheet, 1, quiet)
            if self.stamp:
                sheet.write_string(
                    2, 0, self.stamp, self.formats.text(13, bold=True, font_color=palette.ALARM)
                )
        return sheet

    def write_about(self, sheet: Worksheet, row: int, style: BookFormat) -> None:
        """Write the line that says of whom and of when the sheet speaks."""
        sheet.write_string(row, 0, self.about, style)

    def of_own_table(self, ratio: Ratio, part: str, formula: str) -> str:
        """Return the formula of a ratio's part; a master may speak of its own table instead."""
        del ratio, part
        return formula

    def link(self, file: str) -> str:
        """Return the link to a submission; a # in its name is no place inside it.

        XlsxWriter leaves a link alone that has any %23, so every other character is written here.
        """
        return f"external:{f'{self.folder}{file}'.translate(_IN_LINKS)}"

    @property
    def about(self) -> str:
        """One line: the unit, the period, its window, how many units are in."""
        data = self.data
        counted = len(data.tables) - len(data.missing)
        window = (
            f"số liệu từ ngày {short_date(data.period.first_day)} "
            f"đến ngày {short_date(data.period.last_day)}"
        )
        return (
            f"{data.name}, {data.period.name} ({window}); "
            f"tổng hợp từ {counted}/{len(data.tables)} đơn vị"
        )


def places(form: Form, units: int, unit_count: str = "") -> Columns:
    """Return where the rows and columns of `Tổng hợp` and its helpers stand.

    `unit_count` is the cell that says how many of the `units` columns are in use; "" for all.
    """
    rows = {row.code: FIRST_ROW + 1 + place for place, row in enumerate(form.indicators)}
    helper_rows: dict[str, int] = {}
    row = 1
    for code, lines in helper_codes(form):
        helper_rows[code] = row
        row += lines
    return Columns(
        sheet=TOTALS,
        helper_sheet=HELPERS,
        total=xl_col_to_name(TOTAL),
        units=[xl_col_to_name(FIRST_UNIT + place) for place in range(units)],
        rows=rows,
        helper_rows=helper_rows,
        unit_count=unit_count,
    )


def shown(number: Decimal | None) -> float | str:
    """Return a figure as the cached value of its formula, "" where there is none."""
    return "" if number is None else float(number)
