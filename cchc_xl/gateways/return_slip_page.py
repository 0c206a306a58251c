"""Writes the page of a return slip: what is asked of the unit, each with a link to its cell."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING, Any

from cchc_xl.build.palette import BAND, ERROR, FONT, HEADER, INK, LINE, QUIET, WARNING
from cchc_xl.core.findings import Finding, Severity, Shown
from cchc_xl.core.return_slip import SLIP_HEADS, SlipPage
from cchc_xl.core.wording import SEVERITY_WORDS, shown

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (10, 10, 40, 22, 24, 36, 14, 7)
_COLOURS = {Severity.ERROR: ERROR, Severity.WARNING: WARNING}
_LINE_HEIGHT = 15.75  # points, of the typeface at size 12
_FORMULA_STARTS = ("=", "+", "-", "@")
_A4 = 9


def write_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write text that stays text, whatever it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text) or None
    if cell.value is not None:
        cell.data_type = "s"
        # Excel takes a text with this mark for text even when somebody edits it.
        cell.quotePrefix = text.startswith(_FORMULA_STARTS)
    return cell  # type: ignore[return-value]


def write_page(sheet: Worksheet, page: SlipPage, sheets: Container[str]) -> None:
    """Write the page; a finding on one of `sheets` gets a link."""
    row = 1
    _across(sheet, row, page.title, size=14, bold=True, colour=BAND)
    for line in page.above:
        row += 1
        _across(sheet, row, line)
    row += 2
    for column, head in enumerate(SLIP_HEADS, start=1):
        _table_cell(sheet, row, column, head, bold=True, fill=HEADER, centred=True)
    header = row
    sheet.row_dimensions[header].height = _LINE_HEIGHT + 8
    for finding in page.findings:
        row += 1
        _write_finding(sheet, row, finding, sheets)
    row += 1
    for line in page.below:
        row += 1
        _across(sheet, row, line, size=11, italic=True, colour=QUIET)
    _set_up(sheet, header, row)


def _write_finding(sheet: Worksheet, row: int, finding: Finding, sheets: Container[str]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import quote_sheetname
    from openpyxl.worksheet.hyperlink import Hyperlink

    texts = (
        SEVERITY_WORDS[finding.severity],
        finding.indicator or "",
        finding.message,
        finding.found,
        finding.expected,
        finding.advice,
        finding.sheet or "",
        finding.cell or "",
    )
    for column, text in enumerate(texts, start=1):
        fill = _COLOURS.get(finding.severity) if column == 1 else None
        _table_cell(sheet, row, column, text, fill=fill, centred=column in (1, 2, 8))
    if finding.cell and finding.sheet in sheets:
        link = sheet.cell(row, len(texts))
        link.hyperlink = Hyperlink(
            ref=link.coordinate,
            location=f"{quote_sheetname(finding.sheet or '')}!{finding.cell}",
        )
        link.font = Font(name=FONT, size=12, color=BAND[1:], underline="single")
    _set_height(sheet, row, [shown(text) for text in texts])


def _table_cell(
    sheet: Worksheet, row: int, column: int, content: Shown, *, bold: bool = False,
    fill: str | None = None, centred: bool = False,
) -> None:  # fmt: skip
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    # As text: the sentences beside it write numbers the Vietnamese way in every Excel too.
    cell = write_text(sheet, row, column, shown(content))
    cell.font = Font(name=FONT, size=12, bold=bold, color=INK[1:])
    cell.alignment = Alignment(
        wrap_text=True,
        vertical="center",
        horizontal="center" if centred else "left",
        indent=0 if centred else 1,
    )
    side = Side(style="thin", color=LINE[1:])
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    if fill is not None:
        cell.fill = PatternFill("solid", fgColor=fill[1:])


def _across(
    sheet: Worksheet, row: int, text: str, *, size: int = 12, bold: bool = False,
    italic: bool = False, colour: str = INK,
) -> None:  # fmt: skip
    from openpyxl.styles import Alignment, Font

    cell = write_text(sheet, row, 1, text)
    cell.font = Font(name=FONT, size=size, bold=bold, italic=italic, color=colour[1:])
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(SLIP_HEADS))
    sheet.row_dimensions[row].height = _LINE_HEIGHT * (1 + len(text) // sum(_WIDTHS)) + size - 8


def _set_height(sheet: Worksheet, row: int, texts: list[str]) -> None:
    """Excel does not fit the height of a row that no person has touched."""
    lines = max(
        sum(1 + int(len(line) * 1.1) // (width - 2) for line in text.split("\n"))
        for text, width in zip(texts, _WIDTHS, strict=True)
    )
    sheet.row_dimensions[row].height = min(_LINE_HEIGHT * lines + 6, 409)


def _set_up(sheet: Worksheet, header: int, last: int) -> None:
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{header + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = _fit_to_page()
    sheet.print_title_rows = f"{header}:{header}"
    sheet.print_area = f"A1:{get_column_letter(len(_WIDTHS))}{last}"
    footer: Any = sheet.oddFooter
    footer.center.text = "&P/&N"


def _fit_to_page() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)
