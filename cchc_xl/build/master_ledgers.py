"""Writes the lists of the master that a click fills: units, findings, narrative, log.

Their rows are formatted by rules, because nobody knows beforehand how many there will be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.master_book import (
    EXPECTED,
    MOST_FILES,
    MOST_FINDINGS,
    MOST_LOG_LINES,
    MOST_SENTENCES,
    MOST_UNITS,
    MasterBook,
)
from cchc_xl.build.narrative_sheet import offer_choices
from cchc_xl.build.parent_book import FINDINGS, FIRST_ROW, LOG, NARRATIVE, UNITS
from cchc_xl.core.findings import Severity
from cchc_xl.core.ledger import (
    FINDING_HEADERS,
    LOG_HEADERS,
    UNIT_HEADERS,
)
from cchc_xl.core.narrative_rows import (
    ADDED,
    NARRATIVE_HEADERS,
    OWN,
    STALE,
    TO_CHOOSE,
    UPDATED,
    WANTING,
)
from cchc_xl.core.submission import Status
from cchc_xl.core.wording import SEVERITY_WORDS, STATUS_WORDS

EXPECTED_HEADERS = ("Mã", "Tên đơn vị", "Loại", "Từ ngày", "Đến ngày", "Đơn vị kế thừa")


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column of a list; `text` cells hold what is written to the letter."""

    width: float
    centred: bool = False
    text: bool = False
    is_open: bool = False
    hidden: bool = False
    quiet: bool = False
    link: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """A list of the master: its columns, its colours by a word in a column, its capacity."""

    sheet: str
    title: str
    hint: str
    headers: Sequence[str]
    columns: Sequence[LedgerColumn]
    capacity: int
    size: int = 11
    # Column, then the colour for each word that a cell there may begin with.
    colours: tuple[int, Mapping[str, str]] = field(default_factory=lambda: (0, {}))


_C = LedgerColumn
LEDGERS = (
    Ledger(
        FINDINGS, "KẾT QUẢ KIỂM TRA", "Bấm vào mã chỉ tiêu để tới ô cần xem.", FINDING_HEADERS,
        (
            _C(5, centred=True), _C(10, centred=True), _C(8, centred=True, text=True),
            _C(18, text=True), _C(14, centred=True, link=True), _C(46),
            _C(13, centred=True, text=True), _C(16, centred=True, text=True), _C(44),
            _C(20, text=True), _C(13, text=True), _C(6, centred=True, text=True),
        ),
        MOST_FINDINGS,
        colours=(1, {
            SEVERITY_WORDS[Severity.ERROR]: palette.ERROR,
            SEVERITY_WORDS[Severity.WARNING]: palette.WARNING,
            SEVERITY_WORDS[Severity.INFO]: palette.HEADING,
        }),
    ),
    Ledger(
        UNITS, "ĐƠN VỊ VÀ TỆP ĐÃ NHẬN",
        "Đơn vị gửi nhiều tệp: đánh dấu x vào cột Chọn ở tệp đúng rồi bấm Tổng hợp lại.",
        UNIT_HEADERS,
        (
            _C(5, centred=True), _C(8, centred=True, text=True), _C(22, text=True),
            _C(10, text=True), _C(28, text=True), _C(19, centred=True), _C(6, centred=True),
            _C(9, centred=True), _C(7, centred=True), _C(16, centred=True, text=True),
            _C(7, centred=True, text=True, is_open=True), _C(52),
        ),
        MOST_FILES,
        colours=(5, {
            STATUS_WORDS[Status.ACCEPTED_WITH_ERRORS]: palette.ERROR,
            STATUS_WORDS[Status.ACCEPTED]: palette.GOOD,
            STATUS_WORDS[Status.MISSING]: palette.WARNING,
            STATUS_WORDS[Status.DUPLICATE]: palette.WARNING,
            STATUS_WORDS[Status.IGNORED]: palette.HEADING,
            # Every other status says that a file is not counted.
            "": palette.ERROR,
        }),
    ),
    Ledger(
        NARRATIVE, "BÁO CÁO (PHẦN LỜI)",
        "Muốn dùng câu khác, ghi vào cột Câu của đơn vị; lần soạn sau câu đó được giữ nguyên.",
        NARRATIVE_HEADERS,
        (
            _C(10, text=True, quiet=True), _C(34), _C(84), _C(60, is_open=True), _C(24),
            *[_C(10, hidden=True)] * 4, _C(18, is_open=True),
        ),
        MOST_SENTENCES,
        size=12,
        colours=(4, {
            WANTING: palette.WARNING, STALE: palette.WARNING, TO_CHOOSE: palette.ERROR,
            OWN: palette.GOOD, ADDED: palette.GOOD, UPDATED: palette.HEADING,
        }),
    ),
    Ledger(
        LOG, "NHẬT KÝ", "", LOG_HEADERS,
        (
            _C(6, centred=True), _C(40, text=True), _C(26, text=True), _C(20, text=True),
            _C(66, text=True), _C(17, text=True), _C(34, text=True),
        ),
        MOST_LOG_LINES,
        size=10,
    ),
)  # fmt: skip


def ledger(sheet: str) -> Ledger:
    """Return the list that stands on a sheet."""
    return next(entry for entry in LEDGERS if entry.sheet == sheet)


def write_ledger(book: MasterBook, plan: Ledger) -> Worksheet:
    """Write an empty list: its head, and the rules that dress its rows as they come."""
    sheet = book.sheet(plan.sheet, plan.title)
    for place, column in enumerate(plan.columns):
        style = book.formats.text(
            plan.size,
            text_wrap=True,
            valign="top" if plan.size > 11 else "vcenter",
            align="center" if column.centred else "left",
            num_format="@" if column.text else "General",
            locked=not column.is_open,
            font_color=_ink(column),
        )
        options = {"hidden": True} if column.hidden else {}
        sheet.set_column(place, place, column.width, style, options)
    if plan.hint:
        quiet = book.formats.text(10, font_color=palette.QUIET)
        sheet.write_string(3, 0, plan.hint, quiet)
    top = FIRST_ROW - 1
    for place, title in enumerate(plan.headers):
        sheet.write_string(top, place, title, book.formats.head(font_size=11))
    sheet.set_row(top, 22)
    _dress(book, sheet, plan)
    if plan.sheet == NARRATIVE:
        offer_choices(sheet, FIRST_ROW, FIRST_ROW + plan.capacity - 1)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
    if plan.sheet in (FINDINGS, UNITS):
        sheet.autofilter(top, 0, top + plan.capacity, len(plan.headers) - 1)
    return sheet


def _ink(column: LedgerColumn) -> str:
    if column.link:
        return palette.BAND
    return palette.QUIET if column.quiet else palette.INK


def _dress(book: MasterBook, sheet: Worksheet, plan: Ledger) -> None:
    first, last = FIRST_ROW, FIRST_ROW + plan.capacity - 1
    keyed, colours = plan.colours
    cell = f"${'ABCDEFGHIJKL'[keyed]}{first + 1}"
    for word, colour in colours.items():
        criteria = f'=LEFT({cell},{len(word)})="{word}"' if word else f'={cell}<>""'
        sheet.conditional_format(
            first, keyed, last, keyed,
            {"type": "formula", "criteria": criteria, "stop_if_true": False,
             "format": book.formats(bg_color=colour)},
        )  # fmt: skip
    for place, column in enumerate(plan.columns):
        if column.is_open:
            sheet.conditional_format(
                first, place, last, place,
                {"type": "formula", "criteria": f'=$A{first + 1}<>""',
                 "format": book.formats(bg_color=palette.INPUT)},
            )  # fmt: skip
    sheet.conditional_format(
        first, 0, last, len(plan.columns) - 1,
        {"type": "formula", "criteria": f'=$A{first + 1}<>""',
         "format": book.formats(border=1, border_color=palette.LINE)},
    )  # fmt: skip


def write_expected(book: MasterBook) -> None:
    """Write the open list of the units that are expected to report."""
    sheet = book.sheet(EXPECTED, "DANH SÁCH ĐƠN VỊ PHẢI BÁO CÁO")
    sheet.write_string(
        3, 0,
        "Chỉ cột Tên đơn vị là bắt buộc; có thể dán cả danh sách. Để trống danh sách thì tính theo "
        "các tệp có trong thư mục, không biết được đơn vị nào chưa nộp.",
        book.formats.text(10, font_color=palette.QUIET),
    )  # fmt: skip
    top = FIRST_ROW - 1
    open_cell = book.formats.cell(
        font_size=11, locked=False, bg_color=palette.INPUT, num_format="@"
    )
    for column, (title, width) in enumerate(
        zip(EXPECTED_HEADERS, (12, 40, 16, 14, 14, 24), strict=True)
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, title, book.formats.head(font_size=11))
    for row in range(FIRST_ROW, FIRST_ROW + MOST_UNITS):
        for column in range(len(EXPECTED_HEADERS)):
            sheet.write_blank(row, column, None, open_cell)
    sheet.data_validation(
        FIRST_ROW, 2, FIRST_ROW + MOST_UNITS - 1, 2,
        {"validate": "list", "source": ["Xã", "Phường", "Thị trấn", "Đặc khu"],
         "error_type": "information", "input_title": "Loại",
         "input_message": "Để trống nếu tên đã ghi đủ loại."},
    )  # fmt: skip
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
