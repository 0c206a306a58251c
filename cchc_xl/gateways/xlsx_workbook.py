"""An .xlsx or .xlsm as sheets: calamine reads the values, our own pass what it does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.marked_text import Mark, Marked, words_of
from cchc_xl.core.workbook_names import FORM_NAME
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.xlsx_package import SheetEntry, XlsxPackage

_OWN_ENDINGS = frozenset({".xlsx", ".xlsm"})
_CALAMINE_ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"}
)


class XlsxWorkbook:
    """A workbook read sheet by sheet, each only after its XML was found harmless."""

    def __init__(self, path: Path) -> None:
        self._package = XlsxPackage(path)
        self._path = path
        self._read: dict[str, Grid] = {}

    @cached_property
    def _calamine(self) -> Any:
        # Imported here: a command that reads nothing does not wait for it.
        from python_calamine import CalamineWorkbook

        if self._path.suffix.lower() in _OWN_ENDINGS:
            return CalamineWorkbook.from_path(str(self._path))
        # calamine believes the name of a file (dimastbk/python-calamine: from_path).
        return CalamineWorkbook.from_filelike(BytesIO(self._path.read_bytes()))

    @property
    def is_ours(self) -> bool:
        return FORM_NAME in self._package.names

    @property
    def has_external_links(self) -> bool:
        return self._package.has_external_links

    def sheet(self, name: str) -> Grid | None:
        entry = next((e for e in self._package.sheets if e.name == name), None)
        return self._grid(entry) if entry is not None else None

    def grids(self) -> Iterable[Grid]:
        visible = [entry for entry in self._package.sheets if entry.visible]
        hidden = [entry for entry in self._package.sheets if not entry.visible]
        for entry in visible if self.is_ours and visible else visible + hidden:
            yield self._grid(entry)

    def _grid(self, entry: SheetEntry) -> Grid:
        if entry.name not in self._read:
            facts = self._package.facts_of(entry)
            unknown = {cell.error for cell in facts.special.values() if cell.error}
            rows = self._rows(entry, unknown_errors=unknown - _CALAMINE_ERRORS)
            self._read[entry.name] = Grid(
                entry.name,
                _in_words(rows, facts.marked),
                facts.special,
                entry.visible,
                legacy_fonts=facts.legacy_fonts,
                merged=facts.merged,
                marked=facts.marked,
            )
        return self._read[entry.name]

    def _rows(self, entry: SheetEntry, *, unknown_errors: set[str]) -> Any:
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            calamine = self._calamine
            if unknown_errors:
                # calamine gives up a whole sheet over an error that it does not know (#SPILL!).
                package = self._package.with_known_errors(entry, unknown_errors)
                calamine = CalamineWorkbook.from_filelike(package)
            return calamine.get_sheet_by_name(entry.name).to_python(skip_empty_area=False)
        except (CalamineError, OSError, ValueError) as error:
            raise UnreadableFile(
                "Tệp bị hỏng nên không đọc được.",
                "Đề nghị mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi gửi lại.",
            ) from error


def _in_words(rows: Any, marked: Mapping[Place, Marked]) -> Any:
    """Return the rows, the texts in them without the characters that are set off."""
    for (row, column), of_cell in marked.items():
        if not isinstance(of_cell, Mark) and row < len(rows) and column < len(rows[row]):
            rows[row][column] = words_of(of_cell)
    return rows
