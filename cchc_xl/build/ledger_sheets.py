"""Writes who sent what (`Đơn vị`), what was found (`Kiểm tra`), what changed, and the log."""

from __future__ import annotations

import math

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.parent_book import (
    CHANGES,
    FINDINGS,
    FIRST_ROW,
    FIRST_UNIT,
    LOG,
    TOTAL,
    TOTALS,
    UNITS,
    ParentBook,
)
from cchc_xl.core.consolidation import ChangeRow, LogLine, Received
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.ledger import (
    CHANGE_HEADERS,
    FINDING_HEADERS,
    LOG_HEADERS,
    NO_CHANGE,
    NO_FINDING,
    UNIT_HEADERS,
    finding_row,
    log_row,
    received_row,
)
from cchc_xl.core.submission import Status

_COLOURS = {
    Status.ACCEPTED: palette.GOOD,
    Status.ACCEPTED_WITH_ERRORS: palette.ERROR,
    Status.MISSING: palette.WARNING,
    Status.DUPLICATE: palette.WARNING,
    Status.IGNORED: palette.HEADING,
}
_WEIGHTS = {
    Severity.ERROR: palette.ERROR,
    Severity.WARNING: palette.WARNING,
    Severity.INFO: palette.HEADING,
}
# Characters; wider columns would print too small on A4.
_FINDING_WIDTHS = (5, 10, 8, 15, 10, 42, 12, 13, 38, 16, 10, 6)
# A sheet holds 65,530 links at most.
_MOST_LINKS = 60_000


def write_units(book: ParentBook) -> None:
    """Write a row for every file and every unit without one."""
    sheet = book.sheet(UNITS, "ĐƠN VỊ VÀ TỆP ĐÃ NHẬN")
    _set_widths(sheet, (5, 8, 22, 10, 26, 19, 6, 9, 7, 16, 7, 52))
    sheet.write_string(
        3, 0,
        "Đơn vị gửi nhiều tệp: đánh dấu x vào cột Chọn ở tệp đúng rồi chạy lại.",
        book.formats.text(10, font_color=palette.QUIET),
    )  # fmt: skip
    top = _write_head(book, sheet, UNIT_HEADERS)
    for place, entry in enumerate(book.data.received):
        _write_received(book, sheet, top + 1 + place, place + 1, entry)
    sheet.autofilter(top, 0, top + len(book.data.received), len(UNIT_HEADERS) - 1)


def _write_received(
    book: ParentBook, sheet: Worksheet, row: int, number: int, entry: Received
) -> None:
    cell, centred = book.formats.cell(font_size=11), book.formats.cell(font_size=11, align="center")
    status = book.formats.cell(
        font_size=11, bg_color=_COLOURS.get(entry.status, palette.ERROR), align="center"
    )
    values = received_row(number, entry, is_chosen=entry.file in book.data.chosen)
    texts = [str(value) for value in values]
    sheet.write_number(row, 0, number, centred)
    sheet.write_string(row, 1, texts[1], centred)
    sheet.write_string(row, 2, texts[2], cell)
    sheet.write_string(row, 3, texts[3], cell)
    if entry.file and book.folder:
        link = book.formats.cell(font_size=11, underline=1, font_color="#1F4E79")
        sheet.write_url(row, 4, book.link(entry.file), link, entry.file)
    else:
        sheet.write_string(row, 4, texts[4], cell)
    sheet.write_string(row, 5, texts[5], status)
    for column in (6, 7, 8):
        sheet.write_number(row, column, int(values[column]), centred)
    sheet.write_string(row, 9, texts[9], centred)
    choice = book.formats.cell(font_size=11, align="center", locked=False, bg_color=palette.INPUT)
    sheet.write_string(row, 10, texts[10], choice)
    sheet.write_string(row, 11, texts[11], cell)
    sheet.set_row(row, 4 + 15 * max(1, math.ceil(len(texts[11]) / 52)))


def write_findings(book: ParentBook) -> None:
    """Write every finding with a link to its cell in `Tổng hợp`, its file, sheet and cell."""
    sheet = book.sheet(FINDINGS, "KẾT QUẢ KIỂM TRA")
    _set_widths(sheet, _FINDING_WIDTHS)
    top = _write_head(book, sheet, FINDING_HEADERS)
    rows = {row.code: FIRST_ROW + 1 + n for n, row in enumerate(book.data.form.indicators)}
    columns = {entry.unit.name: FIRST_UNIT + n for n, entry in enumerate(book.data.tables)}
    findings = book.data.findings
    for place, finding in enumerate(findings):
        target = None
        if place < _MOST_LINKS and finding.indicator in rows:
            column = xl_col_to_name(columns.get(finding.unit or "", TOTAL))
            target = f"internal:'{TOTALS}'!{column}{rows[finding.indicator]}"
        _write_finding(book, sheet, top + 1 + place, place + 1, finding, target)
    if not findings:
        sheet.write_string(top + 1, 5, NO_FINDING, book.formats.cell())
    sheet.autofilter(top, 0, top + max(len(findings), 1), len(FINDING_HEADERS) - 1)


def _write_finding(
    book: ParentBook,
    sheet: Worksheet,
    row: int,
    number: int,
    finding: Finding,
    target: str | None,
) -> None:
    cell, centred = book.formats.cell(font_size=11), book.formats.cell(font_size=11, align="center")
    weight = book.formats.cell(font_size=11, align="center", bg_color=_WEIGHTS[finding.severity])
    link = book.formats.cell(font_size=11, align="center", underline=1, font_color="#1F4E79")
    texts = [str(value) for value in finding_row(number, finding)]
    sheet.write_number(row, 0, number, centred)
    sheet.write_string(row, 1, texts[1], weight)
    for column in (2, 6, 7, 11):
        sheet.write_string(row, column, texts[column], centred)
    for column in (3, 5, 8, 9, 10):
        sheet.write_string(row, column, texts[column], cell)
    if target is not None:
        sheet.write_url(row, 4, target, link, finding.indicator)
    else:
        sheet.write_string(row, 4, texts[4], centred)
    longest = max(
        len(texts[column]) / (_FINDING_WIDTHS[column] - 2) for column in (3, 5, 6, 7, 8, 9, 10)
    )
    sheet.set_row(row, 4 + 15 * max(1, math.ceil(longest)))


def write_log(book: ParentBook, lines: tuple[LogLine, ...]) -> None:
    """Write the append-only log: every file of every run that differed from the one before."""
    sheet = book.sheet(LOG, "NHẬT KÝ")
    # The fingerprint is for programs: shown in full it would make all the rest print too small.
    _set_widths(sheet, (6, 34, 24, 18, 18, 17, 26))
    top = _write_head(book, sheet, LOG_HEADERS)
    cell, centred = book.formats.cell(font_size=10), book.formats.cell(font_size=10, align="center")
    fingerprint = book.formats(**{**palette.cell(font_size=10), "text_wrap": False})
    for row, line in enumerate(lines, start=top + 1):
        run, *texts = log_row(line)
        sheet.write_number(row, 0, int(run), centred)
        for column, text in enumerate(texts, start=1):
            sheet.write_string(row, column, str(text), fingerprint if column == 4 else cell)


def write_changes(book: ParentBook, rows: tuple[ChangeRow, ...]) -> None:
    """Write what the last run that changed anything changed."""
    sheet = book.sheet(CHANGES, "THAY ĐỔI SO VỚI LẦN TỔNG HỢP TRƯỚC")
    _set_widths(sheet, (6, 26, 10, 52, 19, 19, 30, 20, 7))
    top = _write_head(book, sheet, CHANGE_HEADERS)
    cell, centred = book.formats.cell(font_size=11), book.formats.cell(font_size=11, align="center")
    for row, values in enumerate(rows, start=top + 1):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value, cell)
            else:
                sheet.write_number(row, column, value, centred)
    if not rows:
        sheet.write_string(top + 1, 3, NO_CHANGE, cell)
    sheet.autofilter(top, 0, top + max(len(rows), 1), len(CHANGE_HEADERS) - 1)


def _set_widths(sheet: Worksheet, widths: tuple[int, ...]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _write_head(book: ParentBook, sheet: Worksheet, titles: tuple[str, ...]) -> int:
    top = FIRST_ROW - 1
    for column, title in enumerate(titles):
        sheet.write_string(top, column, title, book.formats.head(font_size=11))
    sheet.set_row(top, 22)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
    return top
