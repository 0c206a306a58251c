"""What Excel would have written: typed cells and spoiled results, put into a workbook of ours.

Works on the XML as XlsxWriter writes it, so nothing else in the file changes. Cells are what the
reader says of a cell (`RawCell`), hence also dates, booleans, errors and percent formats, which
no function of ours writes but every official can type.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook

from cchc_xl.core.cells import RawCell
from cchc_xl.core.grid import address

# Results that no formula of ours can have.
SPOILED_NUMBER = 77777.5
SPOILED_TEXT = "kết quả cũ, sai"

_FORMULA_CELL = re.compile(r'<c r="(\w+)"( s="\d+")?(?: t="\w+")?><f>(.*?)</f><v>.*?</v></c>')
_CELL = re.compile(r'<c r="(\w+)" s="(\d+)"(?:/>|(?: t="\w+")?><v>[^<]*</v></c>)')
_ERROR_CELL = re.compile(r'<c r="(\w+)"[^>]* t="e"[^>]*>(?:<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
_CELL_FORMATS = re.compile(r'<cellXfs count="(\d+)">(.*?)</cellXfs>', re.DOTALL)
_FORMAT = re.compile(r"<xf [^>]*/>|<xf [^>]*>.*?</xf>")
_PERCENT, _SHORT_DATE = 10, 14  # the numbers of Excel's built-in formats 0.00% and d/m/yyyy
_DAY_ZERO = datetime(1899, 12, 30)

Shown = str | int | float | bool | date | datetime | time | timedelta


def spoiled(workbook: bytes) -> bytes:
    """Return the workbook with a wrong result behind every formula, numbers and texts in turn."""
    place = 0

    def wrong(match: re.Match[str]) -> str:
        nonlocal place
        place += 1
        name, style, formula = match.group(1), match.group(2) or "", match.group(3)
        kind, value = ("", str(SPOILED_NUMBER)) if place % 2 else (' t="str"', SPOILED_TEXT)
        return f'<c r="{name}"{style}{kind}><f>{formula}</f><v>{value}</v></c>'

    return _with_formula_cells(workbook, wrong)


def without_results(workbook: bytes) -> bytes:
    """Return the workbook as if no formula had ever been calculated."""

    def bare(match: re.Match[str]) -> str:
        return f'<c r="{match.group(1)}"{match.group(2) or ""}><f>{match.group(3)}</f></c>'

    return _with_formula_cells(workbook, bare)


def filled(workbook: bytes, cells: Mapping[str, RawCell]) -> bytes:
    """Return the workbook with `cells` typed into its first sheet, by address."""
    parts = _parts(workbook)
    styles = _Styles(parts["xl/styles.xml"].decode())
    missing = set(cells)

    def typed(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in cells:
            return match.group(0)
        missing.discard(name)
        return _cell(name, int(match.group(2)), cells[name], styles)

    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = _CELL.sub(typed, parts[sheet].decode()).encode()
    if missing:
        raise AssertionError(f"the sheet has no cells {', '.join(sorted(missing))}")
    parts["xl/styles.xml"] = styles.text.encode()
    return _packed(parts)


def shown_cells(file: Path, *sheets: str) -> dict[str, dict[str, Shown]]:
    """Return what the cells of the sheets show, by address, formulas by their result; no blanks.

    calamine reads an error as an empty text, so errors come from the XML. In workbooks of
    XlsxWriter and of LibreOffice the parts are numbered in the order of the sheets.
    """
    book = CalamineWorkbook.from_path(str(file))
    with zipfile.ZipFile(file) as package:
        return {sheet: _shown(book, package, sheet) for sheet in sheets}


def _shown(book: CalamineWorkbook, package: zipfile.ZipFile, sheet: str) -> dict[str, Shown]:
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    shown: dict[str, Shown] = {
        address(row, column): value
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value != ""
    }
    part = f"xl/worksheets/sheet{book.sheet_names.index(sheet) + 1}.xml"
    shown.update(_ERROR_CELL.findall(package.read(part).decode()))
    return shown


class _Styles:
    """The cell formats of a workbook; those with another number format are added on demand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._added: dict[tuple[int, int], int] = {}

    def with_number_format(self, style: int, number_format: int) -> int:
        """Return the number of the format that differs from `style` in the number format only."""
        key = (style, number_format)
        if key not in self._added:
            match = _CELL_FORMATS.search(self.text)
            if match is None:
                raise AssertionError("the workbook has no cell formats")
            count = int(match.group(1))
            like = _FORMAT.findall(match.group(2))[style]
            new = re.sub(r'numFmtId="\d+"', f'numFmtId="{number_format}"', like, count=1)
            if "applyNumberFormat" not in new:
                new = new.replace("<xf ", '<xf applyNumberFormat="1" ', 1)
            block = f'<cellXfs count="{count + 1}">{match.group(2)}{new}</cellXfs>'
            self.text = self.text.replace(match.group(0), block)
            self._added[key] = count
        return self._added[key]


def _with_formula_cells(workbook: bytes, change: Callable[[re.Match[str]], str]) -> bytes:
    parts = _parts(workbook)
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
        parts[name] = _FORMULA_CELL.sub(change, parts[name].decode()).encode()
    return _packed(parts)


def _cell(name: str, style: int, raw: RawCell, styles: _Styles) -> str:
    if raw.percent_format:
        style = styles.with_number_format(style, _PERCENT)
    if isinstance(raw.content, date):
        style = styles.with_number_format(style, _SHORT_DATE)
    start = f'<c r="{name}" s="{style}"'
    match raw:
        case RawCell(error=str(error)):
            return f'{start} t="e"><v>{error}</v></c>'
        case RawCell(content=None):
            return f"{start}/>"
        case RawCell(content=str(text)):
            return f'{start} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        case RawCell(content=bool(truth)):
            return f'{start} t="b"><v>{truth:d}</v></c>'
        case RawCell(content=int() | float() as amount):
            return f"{start}><v>{amount!r}</v></c>"
        case RawCell(content=datetime() as moment):
            return f"{start}><v>{(moment - _DAY_ZERO).days}</v></c>"
        case RawCell(content=date() as day):
            return f"{start}><v>{(day - _DAY_ZERO.date()).days}</v></c>"
        case _:
            raise AssertionError(f"nobody can type {raw}")


def _parts(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(workbook)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()
