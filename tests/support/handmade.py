"""Workbooks as officials make them by hand: Bút Sơn's annex as rows that a test bends and saves.

The annex stands in `but-son-annex.txt` exactly as the commune printed it, page by page. What a
reader should find in it is written here by hand, from the same report.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Content: TypeAlias = str | int | float | bool | date | datetime | time | None
Rows: TypeAlias = list[list[Content]]

NUMBER, LABEL, UNIT, VALUE, NOTE = range(5)

# What the annex of Bút Sơn states, by code; every other row of it is blank.
FIGURES: Mapping[str, int] = {
    "1.1.1": 28, "1.1.3": 12, "1.3.1": 7, "2.3": 6, "3.1.3": 193, "3.2.1": 111, "3.2.3": 82,
    "3.2.4": 100, "3.3.1": 770, "3.3.1.a": 590, "3.3.1.c": 91, "3.3.1.d": 85, "3.3.2": 770,
    "3.3.2.a": 594, "3.3.2.c": 91, "3.3.2.d": 85, "3.4.2": 770, "4.1": 23, "4.1.2": 33,
    "4.1.3": 1, "5.2": 1, "6.1": 1, "6.2": 1, "7.1": 2, "7.2.1": 1, "7.2.2.a": 100, "7.3": 1,
    "7.3.1": 1, "7.4.1": 8, "7.4.2": 31, "7.5": 1,
}  # fmt: skip

# What its narrative states (II.2.2 and II.4), by code and by the words of the supplementary block.
SUPPLEMENT: tuple[tuple[str, str, int], ...] = (
    ("S.KY_TRUOC", "Số hồ sơ kỳ trước chuyển qua", 4),
    ("S.DA_GQ", "Số hồ sơ đã giải quyết trả kết quả", 770),
    ("S.TRUOC_HAN", "Số hồ sơ đã giải quyết trả trước hạn", 751),
    ("S.DUNG_HAN", "Số hồ sơ đã giải quyết trả đúng hạn", 19),
    ("S.QH_GQ", "Số hồ sơ đã giải quyết trả quá hạn", 0),
    ("S.DANG_GQ", "Số hồ sơ đang giải quyết", 0),
    ("S.DANG_TRONG_HAN", "Số hồ sơ đang giải quyết chưa đến hạn", 0),
    ("S.DANG_QUA_HAN", "Số hồ sơ đang giải quyết quá hạn", 0),
    ("S.CAN_BO", "Số cán bộ hiện có", 10),
    ("S.CONG_CHUC", "Số công chức hiện có", 23),
)
ALL_FIGURES: Mapping[str, int] = {**FIGURES, **{code: value for code, _, value in SUPPLEMENT}}

_LINES = (Path(__file__).with_name("but-son-annex.txt")).read_text(encoding="utf-8").splitlines()
# The rows that the form prints without a number of their own.
_CHILDREN = {"3.3.1": "abcd", "3.3.2": "abcd", "7.2.2": "ab"}
_PLAIN_NUMBER = re.compile(r"[1-9]\d*|0")


def annex() -> Rows:
    """The annex as printed: title, five pages, the header again on top of each."""
    return [_cells(line) for line in _LINES]


def table() -> Rows:
    """The annex typed on one page: the two-line header, then the 81 rows of the form."""
    printed = annex()
    header = next(place for place, row in enumerate(printed) if row[0] == "STT")
    rows = printed[header : header + 2]
    skip = 0
    for row in printed[header + 2 :]:
        if skip:
            skip -= 1
        elif row[0] == "STT":
            skip = 1
        elif row[LABEL] == "điện tử và song song với văn bản giấy":
            rows[-1][LABEL] = f"{rows[-1][LABEL]} {row[LABEL]}"
        elif row[LABEL] is not None:
            rows.append(row)
    heading = next(row for row in rows if row[NUMBER] == "5.1")
    heading[LABEL] = f"{heading[LABEL]} và chính quyền)."
    return rows


def titled(rows: Rows, *lines: str) -> Rows:
    """`rows` below lines of words, with an empty line between."""
    title: Rows = [[line, None, None, None, None] for line in lines]
    return [*title, [None] * 5, *deepcopy(rows)]


BUT_SON_TITLE = (
    "Phụ lục 01b",
    "THỐNG KÊ SỐ LIỆU VỀ KẾT QUẢ THỰC HIỆN CÔNG TÁC",
    "CẢI CÁCH HÀNH CHÍNH CỦA UBND THỊ TRẤN BÚT SƠN",
    "Quý I năm 2022",
)


def report(values: Mapping[str, Content] | None = None, *, supplement: bool = True) -> Rows:
    """Bút Sơn's whole report typed by hand, with other `values` where a test wants them."""
    rows = titled(table(), *BUT_SON_TITLE)
    if supplement:
        rows = [*rows, *supplementary_rows()]
    return with_values(rows, values or {})


def supplementary_rows() -> Rows:
    """The supplementary figures as lines below a table, known by their words only."""
    rows: Rows = [[None] * 5, [None, "SỐ LIỆU BỔ SUNG", None, None, None]]
    rows += [[None, label, "Người" if "hiện có" in label else "Hồ sơ", value, None]
             for _, label, value in SUPPLEMENT]  # fmt: skip
    return rows


def with_values(rows: Rows, values: Mapping[str, Content]) -> Rows:
    """A copy of `rows` with other contents in the value cells of the given codes."""
    changed = deepcopy(rows)
    places = row_places(rows)
    for code, value in values.items():
        changed[places[code]][VALUE] = value
    return changed


def without_values(rows: Rows) -> Rows:
    """A copy of `rows` with every value cell of an indicator blank."""
    return with_values(rows, dict.fromkeys(row_places(rows)))


def row_places(rows: Rows) -> dict[str, int]:
    """Where each code stands in `rows`, counted from 0; rows without a number have letters."""
    places: dict[str, int] = {}
    supplementary = {label: code for code, label, _ in SUPPLEMENT}
    parent, letter = "", 0
    for place, row in enumerate(rows):
        number, label = str(row[NUMBER] or "").rstrip("."), str(row[LABEL] or "")
        if re.fullmatch(r"\d(\.\d){0,2}", number):
            parent, letter = number, 0
            places[number] = place
        elif label in supplementary:
            places[supplementary[label]] = place
        elif label and number in {"", "Trong đó"} and letter < len(_CHILDREN.get(parent, "")):
            places[f"{parent}.{_CHILDREN[parent][letter]}"] = place
            letter += 1
    return places


def cell_of(rows: Rows, code: str) -> str:
    """The address of the value cell of a code, where nothing was moved."""
    return f"D{row_places(rows)[code] + 1}"


def save(
    path: Path,
    rows: Rows | Mapping[str, Rows],
    *,
    formats: Mapping[str, str] | None = None,
    bend: Callable[[Worksheet], object] | None = None,
) -> Path:
    """Write `rows` (or several sheets of them) with openpyxl, as typed.

    `formats` gives number formats by address, `bend` does to the first sheet with rows whatever
    else an official does to a sheet.
    """
    sheets = rows if isinstance(rows, Mapping) else {"Sheet1": rows}
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for place, row in enumerate(content, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(place, column, value)
    filled = book[next(name for name in sheets if sheets[name])] if any(sheets.values()) else None
    if filled is not None:
        for address, number_format in (formats or {}).items():
            filled[address].number_format = number_format
        if bend is not None:
            bend(filled)
    book.save(path)
    return path


def insert_column(rows: Rows, before: int, contents: Sequence[Content] = ()) -> Rows:
    """A copy of `rows` with a column more."""
    return [
        [*row[:before], contents[place] if place < len(contents) else None, *row[before:]]
        for place, row in enumerate(rows)
    ]


def in_column_order(rows: Rows, order: Iterable[int]) -> Rows:
    """A copy of `rows` with the columns moved."""
    wanted = tuple(order)
    return [[row[column] for column in wanted] for row in rows]


def map_labels(rows: Rows, change: Callable[[str], str]) -> Rows:
    """A copy of `rows` with every text changed by `change`."""
    return [[change(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def rewrite_part(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """Change the XML of one part of a saved workbook."""
    with zipfile.ZipFile(path) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    parts[part] = change(parts[part].decode("utf-8")).encode("utf-8")
    return write_parts(path, parts)


def replace_cell(path: Path, address: str, xml: str) -> Path:
    """Put other XML in place of one cell of the first sheet; the cell has to be there."""

    def change(sheet: str) -> str:
        changed, times = re.subn(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', lambda _: xml, sheet)
        if times != 1:
            raise ValueError(f"{address} stands {times} times in the sheet")
        return changed

    return rewrite_part(path, "xl/worksheets/sheet1.xml", change)


def write_parts(path: Path, parts: Mapping[str, bytes | str]) -> Path:
    """Write a zip package from its parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def raw_parts(sheet_data: str, **others: str) -> dict[str, bytes | str]:
    """The parts of the smallest workbook around the XML of `sheetData`; `others` may replace them.

    The keywords are `sheet`, `workbook` and `shared`.
    """
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": others.get("workbook")
        or (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>"
        ),
        "xl/sharedStrings.xml": others.get("shared") or f'<sst xmlns="{_MAIN}"/>',
        "xl/worksheets/sheet1.xml": others.get("sheet")
        or f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet_data}</sheetData></worksheet>',
    }
    return parts


def hash_of(path: Path) -> str:
    """The fingerprint of a file, to show that reading left it alone."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _cells(line: str) -> list[Content]:
    """A printed line as it would be typed: figures as numbers, but `07` and all codes as text."""
    texts = [cell.strip() or None for cell in f"{line} ".split(" | ")]
    row: list[Content] = [*texts, *[None] * (5 - len(texts))]
    value = row[VALUE]
    if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value):
        row[VALUE] = int(value)
    return row
