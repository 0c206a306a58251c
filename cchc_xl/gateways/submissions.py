"""Reads a submission from a file: our own workbook, or any workbook that carries the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cchc_xl.core import wording
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid
from cchc_xl.core.identity import period_above, unit_in_words, unit_name, words_above
from cchc_xl.core.period import Period, period_in_words
from cchc_xl.core.submission import Submission
from cchc_xl.core.table_matching import MatchedTable, match_table
from cchc_xl.core.table_reading import read_table
from cchc_xl.core.text import clean
from cchc_xl.core.workbook_names import FORM_NAME, PERIOD_NAME, UNIT_CODE_NAME, UNIT_NAME
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.xlsx_package import SheetEntry, XlsxPackage

_OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP_SIGNATURE = b"PK"
_WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm"})
_CELL_NAME = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)(?::.*)?")


@dataclass(frozen=True, slots=True)
class _OwnCells:
    """What the named cells of our own workbooks say; None where a file is not ours."""

    unit: str
    unit_code: str
    period: str


def read_submission(path: Path, forms: Sequence[Form]) -> Submission:
    """Return what `path` reports, read with the one of `forms` whose table it carries.

    A submission without tables carries none of them; UnreadableFile where the file cannot be
    opened at all. The file is never changed.
    """
    _check_signature(path)
    workbook = _Workbook(path)
    own = workbook.own_cells()
    matched, others = _best_table(workbook.grids(own is not None), forms)
    if matched is None:
        unit = clean(own.unit) if own else ""
        names = [form.name for form in forms]
        return Submission(
            path.name, unit or file_stem(path), None, None, (), (wording.no_table(names),)
        )
    table, findings = read_table(matched, own_template=own is not None)
    notes = list(findings)
    if others:
        notes.append(wording.more_than_one_table(matched.grid.sheet, others))
    above = words_above(matched.grid, matched.layout.header_row)
    unit = _unit(path, own, above, notes)
    period = _period(own, above, notes)
    code = clean(own.unit_code) if own and own.unit_code else None
    return Submission(path.name, unit, code, period, (table,), tuple(notes))


def first_sheet(path: Path) -> Grid:
    """Return the first sheet that people see; UnreadableFile where there is none."""
    _check_signature(path)
    for grid in _Workbook(path).grids(own=False):
        return grid
    raise UnreadableFile(f"Tệp {path.name} không có trang nào.", "Đề nghị kiểm tra lại tệp.")


def read_sheets(path: Path) -> tuple[Grid, ...]:
    """Return every sheet of a workbook; UnreadableFile where it cannot be opened."""
    _check_signature(path)
    return tuple(_Workbook(path).grids(own=False))


def _check_signature(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except FileNotFoundError:
        raise UnreadableFile(
            f"Không tìm thấy tệp {path.name}.", "Đề nghị kiểm tra lại tên tệp và thư mục."
        ) from None
    except IsADirectoryError:
        raise UnreadableFile(
            f"{path.name} là một thư mục, không phải tệp.", "Đề nghị chọn một tệp Excel."
        ) from None
    except OSError as error:
        raise UnreadableFile(
            f"Không mở được tệp {path.name} ({error.strerror}).",
            "Đề nghị đóng tệp nếu đang mở trong Excel và kiểm tra quyền đọc tệp.",
        ) from None
    if start.startswith(_ZIP_SIGNATURE) and path.suffix.lower() in _WORKBOOK_ENDINGS:
        return
    if start == _OLE_SIGNATURE and path.suffix.lower() in _WORKBOOK_ENDINGS:
        raise UnreadableFile(
            "Tệp có mật khẩu hoặc là tệp Excel kiểu cũ mang đuôi mới.",
            "Đề nghị mở tệp bằng Excel, bỏ mật khẩu, lưu lại dưới dạng .xlsx rồi gửi lại.",
        )
    raise UnreadableFile(
        "Tệp không phải tệp Excel dạng .xlsx hoặc .xlsm.",
        "Đề nghị mở tệp bằng chương trình đã tạo ra nó, lưu lại dưới dạng .xlsx rồi gửi lại.",
    )


class _Workbook:
    """An .xlsx read sheet by sheet, each only after its XML was found harmless."""

    def __init__(self, path: Path) -> None:
        self._package = XlsxPackage(path)
        # Imported here: a command that reads nothing does not wait for it.
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            self._calamine: Any = CalamineWorkbook.from_path(str(path))
        except (CalamineError, OSError, ValueError) as error:
            raise UnreadableFile(
                "Tệp bị hỏng nên không đọc được.",
                "Đề nghị mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi gửi lại.",
            ) from error
        self._read: dict[str, Grid] = {}

    def grids(self, own: bool) -> Iterable[Grid]:
        """Yield the sheets, those that people see first; of our own workbooks only those."""
        visible = [entry for entry in self._package.sheets if entry.visible]
        hidden = [entry for entry in self._package.sheets if not entry.visible]
        for entry in visible if own and visible else visible + hidden:
            yield self._grid(entry)

    def own_cells(self) -> _OwnCells | None:
        """Return what our named cells say, or None where the workbook is not one of ours."""
        if FORM_NAME not in self._package.names:
            return None
        return _OwnCells(*(self._named(name) for name in (UNIT_NAME, UNIT_CODE_NAME, PERIOD_NAME)))

    def _named(self, name: str) -> str:
        match = _CELL_NAME.fullmatch(self._package.names.get(name, ""))
        if match is None:
            return ""
        sheet = (match.group(1) or match.group(2)).replace("''", "'")
        entry = next((entry for entry in self._package.sheets if entry.name == sheet), None)
        if entry is None:
            return ""
        column = 0
        for letter in match.group(3):
            column = column * 26 + ord(letter) - 64
        return self._grid(entry).text(int(match.group(4)) - 1, column - 1)

    def _grid(self, entry: SheetEntry) -> Grid:
        if entry.name not in self._read:
            special = self._package.special_cells(entry)
            sheet = self._calamine.get_sheet_by_name(entry.name)
            rows = sheet.to_python(skip_empty_area=False)
            self._read[entry.name] = Grid(entry.name, rows, special, entry.visible)
        return self._read[entry.name]


def _best_table(
    grids: Iterable[Grid], forms: Sequence[Form]
) -> tuple[MatchedTable | None, list[str]]:
    """Return the table with the most rows, and the other sheets that carry one with figures."""
    found = [
        table for grid in grids for form in forms if (table := match_table(grid, form)) is not None
    ]
    if not found:
        return None, []
    best = max(found, key=lambda table: (table.grid.visible, len(table.codes), table.filled))
    others = [table.grid.sheet for table in found if table.grid is not best.grid and table.filled]
    return best, list(dict.fromkeys(others))


def _unit(path: Path, own: _OwnCells | None, above: Sequence[str], notes: list[Finding]) -> str:
    if own is not None and own.unit:
        return own.unit
    named = unit_in_words(above)
    if named is not None:
        return named
    notes.append(wording.unit_from_file_name(file_stem(path)))
    return file_stem(path)


def file_stem(path: Path) -> str:
    """Return the file's name as a unit's name: the last thing to go by."""
    return unit_name(clean(path.stem.replace("_", " ")))


def _period(own: _OwnCells | None, above: Sequence[str], notes: list[Finding]) -> Period | None:
    period = period_in_words(own.period) if own is not None else None
    period = period or period_above(above)
    if period is None:
        notes.append(wording.period_unknown())
    return period
