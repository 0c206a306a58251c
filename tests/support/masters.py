"""A built master, opened in an Excel in memory, its start page filled as an official would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cchc_xl.build.master_workbook import master_workbook
from cchc_xl.core.cells import Kind
from cchc_xl.excel.declared import declared_functions
from cchc_xl.gateways.macros import macro_modules, this_workbook_source
from cchc_xl.gateways.schemas import load_form
from tests.support.excel.memory_book import MemoryBook, MemoryExcel
from tests.support.parents import SOUND, commune

FORM = load_form("phu-luc-01b")
SHEET = FORM.name
START = "Bắt đầu"
_MACRO = re.compile(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>")


@cache
def master() -> bytes:
    """The master as `cchc-xl build` makes it."""
    return master_workbook(FORM, declared_functions(), macro_modules(), this_workbook_source())


def open_master(excel: MemoryExcel, folder: Path, name: str = "cchc-master.xlsm") -> MemoryBook:
    """Open a fresh master that lies in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(master())
    return excel.open(path)


def be_unit(
    book: MemoryBook, figures: Mapping[str, Any] | None = None, unit: str = "Xã Tùng Châu"
) -> None:
    """Fill the start page for a reporting unit, and its form."""
    book.set(START, "C6", unit)
    book.set(START, "C8", "Quý I năm 2022")
    for code, value in (figures or {}).items():
        book.set(SHEET, value_cell(book, code), value)


def be_parent(book: MemoryBook, folder: Path, name: str = "Huyện Mẫu") -> None:
    """Fill the start page for a parent unit."""
    book.set(START, "C5", "Đơn vị tổng hợp")
    book.set(START, "C6", name)
    book.set(START, "C8", "Quý I năm 2022")
    book.set(START, "C9", str(folder))


def value_cell(book: MemoryBook, code: str) -> str:
    """Return the address of the figure of an indicator on the form's own sheet."""
    codes = [row[0] for row in book.block(SHEET, "A1:A120")]
    return f"F{codes.index(code) + 1}"


def rows_of(book: MemoryBook, sheet: str, width: str, height: int = 400) -> list[list[Any]]:
    """Return the filled rows of a list, without its head."""
    rows = book.block(sheet, f"A6:{width}{5 + height}")
    return [row for row in rows if any(cell not in (None, "") for cell in row)]


def by_code(book: MemoryBook, sheet: str, column: str, rows: int = 91) -> dict[str, Any]:
    """Return what stands in a column, by the code in column A."""
    codes = [row[0] for row in book.block(sheet, f"A6:A{5 + rows}")]
    values = [row[0] for row in book.block(sheet, f"{column}6:{column}{5 + rows}")]
    values += [None] * (len(codes) - len(values))
    return {code: value for code, value in zip(codes, values, strict=True) if code}


def everything(book: MemoryBook) -> dict[str, list[list[Any]]]:
    """Return the formulas and constants of all sheets but the one of the undo."""
    return {
        sheet: [[str(cell) for cell in row] for row in _used(book, sheet)]
        for sheet in book.xlwings.sheet_names
        if sheet != "_hoan_tac"
    }


def _used(book: MemoryBook, sheet: str) -> list[list[Any]]:
    used = book.xlwings.sheets[sheet].api.UsedRange
    found = used.Formula
    return [list(row) for row in found] if isinstance(found, tuple | list) else [[found]]


def macros_of_buttons(workbook: bytes, folder: Path) -> list[str]:
    """Return the macro of every button of a workbook, as its drawings say."""
    path = folder / "buttons.xlsm"
    path.write_bytes(workbook)
    with zipfile.ZipFile(path) as package:
        drawings = [name for name in package.namelist() if name.endswith(".vml")]
        return [m for name in drawings for m in _MACRO.findall(package.read(name).decode())]


def counts() -> list[str]:
    """Return the codes that take a number."""
    return [row.code for row in FORM.indicators if row.kind is Kind.COUNT]


NAMES = ("Xã An", "Xã Bình", "Xã Cát", "Thị trấn Đông")


def a_folder(place: Path) -> Path:
    """Four units, one with an error, KPS and KAD; one unit twice; one file that is none."""
    for number, name in enumerate(NAMES):
        figures: dict[str, Any] = {**SOUND, "1.1.1": 20 + number, "2.1": number, "5.2": number % 2}
        if name == "Xã Bình":
            figures |= {"1.1.2": 99, "2.2": "KPS", "2.3": "KAD", "2.4": "abc"}
        commune(place / f"{number}.xlsx", name, figures)
    commune(place / "twice.xlsx", "Xã Đôi", SOUND)
    commune(place / "twice-2.xlsx", "Xã Đôi", {**SOUND, "1.1.3": 1})
    (place / "broken.xlsx").write_bytes(b"no workbook")
    return place
