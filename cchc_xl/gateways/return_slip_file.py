"""Makes a return slip: a copy of the unit's own file, its wrong cells coloured and explained.

openpyxl edits the copy; the file itself is only read. openpyxl keeps either the formulas or their
results (its documentation of `data_only`); the results are put back, so that the slip can be read
and previewed before Excel has saved it. It also drops what it does not know: form controls, some
extended conditional formats and validations, macros.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date, time, timedelta
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from cchc_xl.build.palette import ERROR, WARNING
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.return_slip import NOTE_MARK, SlipPage, note_text
from cchc_xl.core.slip_memory import MEMORY_SHEET, SLIP_SHEET
from cchc_xl.core.slip_rows import rows_of
from cchc_xl.gateways.return_slip_page import write_page, write_text
from cchc_xl.gateways.xlsx_package import XlsxPackage

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

EDITABLE = frozenset({".xlsx", ".xlsm"})
# A commune's workbook unpacks to some 200 KB; openpyxl needs fifty times as much memory.
_LARGEST = 16 * 1024 * 1024
_COLOURS = {Severity.ERROR: ERROR, Severity.WARNING: WARNING}
_AUTHOR = "cchc-xl"
_STYLE = "style"  # rows of the memory whose last cell keeps the colour that a cell had before
_DAY = b"2022-01-01T00:00:00Z"  # a fixed day keeps two runs identical
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_DATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
# openpyxl writes the parts of a font in another order than Microsoft's schema asks for
# (dotnet/Open-XML-SDK#737).
_FONT = re.compile(rb"(<font>)(.*?)(</font>)", re.DOTALL)
_FONT_PART = re.compile(rb"<(\w+)[^>]*/>|<(\w+)[^>]*></\w+>")
_FONT_ORDER = (
    b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign",
    b"sz", b"color", b"name", b"family", b"charset", b"scheme",
)  # fmt: skip
_FONT_PARTS = frozenset(_FONT_ORDER)
_BARE_FORMULA = re.compile(
    r'<c r="([A-Z]+[0-9]+)"( s="\d+")?>(<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)<v(?: ?/>|></v>)</c>'
)

Results = Mapping[str, Mapping[str, str]]
Former = tuple[str, str, Any]  # a coloured cell: sheet, address, the fill that it had


def make_slip(path: Path, page: SlipPage) -> bytes | None:
    """Return the slip of a file that was read before; None where openpyxl cannot edit it.

    The same file and page give the same bytes.
    """
    if path.suffix.lower() not in EDITABLE:
        return None
    try:
        content = path.read_bytes()
        if not _is_harmless(content):
            return None
        with warnings.catch_warnings():
            # openpyxl tells programmers what it drops; the documentation tells officials.
            warnings.simplefilter("ignore")
            return _slip(path, content, page)
    except Exception:  # noqa: BLE001  # openpyxl raises whatever a strange file makes it stumble on
        return None


def _is_harmless(content: bytes) -> bool:
    """Whether no part of a package is large or declares entities; the reader saw only some."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        if sum(info.file_size for info in package.infolist()) > _LARGEST:
            return False
        for info in package.infolist():
            part = package.read(info)
            if b"<!" in part and b"<!DOCTYPE" in part.upper():
                return False
            if part[:2] in (b"\xff\xfe", b"\xfe\xff"):
                return False
    return True


def _slip(path: Path, content: bytes, page: SlipPage) -> bytes:
    from openpyxl import load_workbook

    # Not keep_vba: openpyxl drops the controls of a sheet and would keep their macros ("this does
    # NOT mean you can use it", says its documentation). The slip is an .xlsx without macros.
    book = load_workbook(BytesIO(content))
    results = _results(path, content)
    _take_old_slip_away(book)
    former = _mark(book, page.findings)
    front = book.create_sheet(SLIP_SHEET, 0)
    write_page(front, page, frozenset(book.sheetnames))
    _write_memory(book.create_sheet(MEMORY_SHEET), page, former)
    # Two selected tabs would be edited together.
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is front
    book.active = 0
    made = BytesIO()
    book.save(made)
    by_part = {sheet.path.lstrip("/"): results.get(sheet.title, {}) for sheet in book.worksheets}
    return _settled(made.getvalue(), by_part)


def _results(path: Path, content: bytes) -> Results:
    """Return the result of every formula as the XML of its cell, by sheet and address."""
    from openpyxl import load_workbook

    package = XlsxPackage(path)
    uncalculated = {
        entry.name: {
            place for place, raw in package.facts_of(entry).special.items() if raw.no_cached_value
        }
        for entry in package.sheets
    }
    book = load_workbook(BytesIO(content), data_only=True)
    return {
        sheet.title: {
            cell.coordinate: _result(cell, book.epoch)
            for (row, column), cell in sheet._cells.items()  # noqa: SLF001  # no empty cells
            if cell.value is not None
            or (row - 1, column - 1) not in uncalculated.get(sheet.title, set())
        }
        for sheet in book.worksheets
    }


def _result(cell: Any, epoch: Any) -> str:
    """Return the type and the value of a calculated cell as XML."""
    from openpyxl.utils.datetime import to_excel

    serial: Callable[..., float] = to_excel
    value = cell.value
    match value:
        case bool():
            return f' t="b"|<v>{int(value)}</v>'
        case int() | float():
            return f"|<v>{value!r}</v>"
        case date() | time() | timedelta():
            return f"|<v>{serial(value, epoch)!r}</v>"
        case _:
            kind = "e" if cell.data_type == "e" else "str"
            return f' t="{kind}"|<v>{escape(str(value or ""))}</v>'


def _take_old_slip_away(book: Workbook) -> None:
    """Take the pages, notes and colours of an earlier slip out of a file that came back."""
    if MEMORY_SHEET not in book.sheetnames:
        return
    for row in book[MEMORY_SHEET].iter_rows():
        if row[0].value != _STYLE or row[1].value not in book.sheetnames:
            continue
        cell = _cell(book[str(row[1].value)], str(row[2].value))
        cell.fill = copy(row[3].fill)  # type: ignore[assignment]
    for name in (MEMORY_SHEET, SLIP_SHEET):
        if name in book.sheetnames:
            del book[name]
    for sheet in book.worksheets:
        for noted in sheet._cells.values():  # noqa: SLF001  # iter_rows would make empty cells
            if noted.comment is not None and NOTE_MARK in noted.comment.text:
                kept = noted.comment.text.partition(NOTE_MARK)[0].rstrip()
                noted.comment = _note(kept, noted.comment.author) if kept else None


def _mark(book: Workbook, findings: Iterable[Finding]) -> list[Former]:
    """Colour and explain the cells of the findings; return them with the old colours."""
    from openpyxl.styles import PatternFill

    placed = [f for f in findings if f.cell and f.sheet in book.sheetnames]
    former: list[Former] = []

    def where(finding: Finding) -> tuple[str, str]:
        return finding.sheet or "", finding.cell or ""

    # The findings come worst first, and sorting keeps their order.
    for (name, address), group in groupby(sorted(placed, key=where), key=where):
        together = list(group)
        cell = _cell(book[name], address)
        kept = cell.comment
        text = "\n\n".join([*([kept.text] if kept else []), note_text(together)])
        cell.comment = _note(text, kept.author if kept and kept.author else _AUTHOR)
        colour = _COLOURS.get(together[0].severity)
        if colour is not None:
            former.append((name, cell.coordinate, copy(cell.fill)))
            cell.fill = PatternFill("solid", fgColor=colour.lstrip("#"))
    return former


def _cell(sheet: Worksheet, address: str) -> Cell:
    """Return a cell; of merged cells the one that is seen."""
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            return sheet.cell(merged.min_row, merged.min_col)  # type: ignore[return-value]
    return sheet[address]  # type: ignore[no-any-return]


def _note(text: str, author: str) -> Any:
    from openpyxl.comments import Comment

    lines = sum(1 + len(line) // 50 for line in text.splitlines())
    return Comment(text, author, height=20 + 17 * lines, width=360)


def _write_memory(sheet: Worksheet, page: SlipPage, former: Sequence[Former]) -> None:
    sheet.sheet_state = "veryHidden"
    for row, texts in enumerate(rows_of(page.memory), start=1):
        for column, text in enumerate(texts, start=1):
            write_text(sheet, row, column, text)
    for row, (name, address, fill) in enumerate(former, start=sheet.max_row + 1):
        for column, text in enumerate((_STYLE, name, address), start=1):
            write_text(sheet, row, column, text)
        sheet.cell(row, 4).fill = fill


def _settled(workbook: bytes, results: Results) -> bytes:
    """Return what openpyxl saved with fixed dates and with the results of the formulas."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            part = source.read(info)
            if info.filename == "docProps/core.xml":
                part = _DATED.sub(rb"\g<1>" + _DAY + rb"\g<2>", part)
            elif info.filename == "xl/styles.xml":
                part = _FONT.sub(_in_order, part)
            elif info.filename in results:
                part = _with_results(part.decode(), results[info.filename]).encode()
            entry = zipfile.ZipInfo(info.filename, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, part)
    return made.getvalue()


def _in_order(font: re.Match[bytes]) -> bytes:
    parts = [(match[1] or match[2], match[0]) for match in _FONT_PART.finditer(font[2])]
    if b"".join(text for _, text in parts) != font[2] or not {n for n, _ in parts} <= _FONT_PARTS:
        return font[0]
    parts.sort(key=lambda part: _FONT_ORDER.index(part[0]))
    return font[1] + b"".join(text for _, text in parts) + font[3]


def _with_results(sheet: str, results: Mapping[str, str]) -> str:
    def calculated(bare: re.Match[str]) -> str:
        result = results.get(bare.group(1))
        if result is None:
            return bare.group()
        kind, _, value = result.partition("|")
        return f'<c r="{bare.group(1)}"{bare.group(2) or ""}{kind}>{bare.group(3)}{value}</c>'

    return _BARE_FORMULA.sub(calculated, sheet)
