"""An .xls (Excel 97-2003) as sheets, through xlrd: it tells error cells, calamine does not."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from cchc_xl.core.cells import Content, RawCell
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.legacy_text import is_legacy_font
from cchc_xl.core.marked_text import Mark, Marked, Run, has_marks, words_of
from cchc_xl.core.workbook_names import FORM_NAME
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.xlsx_parts import shows_percent, too_large

# A commune's .xls has some 100 KB and a few thousand cells; xlrd walks half a million a second.
_LARGEST_FILE = 10 * 1024 * 1024
_MOST_CELLS = 300_000
_RAISED = frozenset({1, 2})  # xlrd's numbers of superscript and subscript


class XlsWorkbook:
    """A workbook of the old binary kind; UnreadableFile where it is broken, locked or harmful."""

    has_external_links = False  # not told by this kind of file

    def __init__(self, path: Path) -> None:
        import xlrd

        if path.stat().st_size > _LARGEST_FILE:
            raise too_large()
        with _plain_errors():
            self._book: Any = xlrd.open_workbook(
                str(path), logfile=io.StringIO(), on_demand=True, formatting_info=True
            )
        self._read: dict[str, Grid] = {}
        self._cells = 0

    @property
    def is_ours(self) -> bool:
        return FORM_NAME.lower() in self._book.name_map

    def sheet(self, name: str) -> Grid | None:
        names = self._book.sheet_names()
        return self._grid(names.index(name)) if name in names else None

    def grids(self) -> Iterable[Grid]:
        with _plain_errors():
            grids = [self._grid(place) for place in range(self._book.nsheets)]
        visible = [grid for grid in grids if grid.visible]
        hidden = [grid for grid in grids if not grid.visible]
        return visible if self.is_ours and visible else visible + hidden

    def _grid(self, place: int) -> Grid:
        name = self._book.sheet_names()[place]
        if name not in self._read:
            with _plain_errors():
                sheet = self._book.sheet_by_index(place)
                self._cells += sheet.nrows * max(sheet.ncols, 1)
                if self._cells > _MOST_CELLS:
                    raise too_large()
                self._read[name] = self._grid_of(name, sheet)
                self._book.unload_sheet(place)
        return self._read[name]

    def _grid_of(self, name: str, sheet: Any) -> Grid:
        rows: list[list[Content]] = []
        special: dict[Place, RawCell] = {}
        fonts: dict[Place, str] = {}
        marked: dict[Place, Marked] = {}
        for row in range(sheet.nrows):
            contents: list[Content] = []
            for column, cell in enumerate(sheet.row(row)):
                content, raw = self._content(cell)
                changes = sheet.rich_text_runlist_map.get((row, column))
                marks = None if content is None else self._marks(cell, changes)
                if marks is not None:
                    marked[row, column] = marks
                contents.append(words_of(marks) if isinstance(marks, tuple) else content)
                if raw is not None:
                    special[row, column] = raw
                font = self._font(cell) if isinstance(content, str) else ""
                if is_legacy_font(font):
                    fonts[row, column] = font
            rows.append(contents)
        merged = [
            ((top, left), (bottom - 1, right - 1))
            for top, bottom, left, right in sheet.merged_cells
        ]
        return Grid(
            name,
            rows,
            special,
            sheet.visibility == 0,
            legacy_fonts=fonts,
            merged=merged,
            marked=marked,
        )

    def _content(self, cell: Any) -> tuple[Content, RawCell | None]:
        import xlrd

        match cell.ctype:
            case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
                return None, None
            case xlrd.XL_CELL_BOOLEAN:
                return bool(cell.value), None
            case xlrd.XL_CELL_ERROR:
                return None, RawCell(error=xlrd.error_text_from_code.get(cell.value, "#N/A"))
            case xlrd.XL_CELL_DATE:
                return self._date(cell.value), None
            case xlrd.XL_CELL_NUMBER if self._is_percent(cell):
                return cell.value, RawCell(cell.value, percent_format=True)
            case _:
                content: Content = cell.value
                return content, None

    def _date(self, value: float) -> Content:
        import xlrd

        try:
            moment: Content = xlrd.xldate_as_datetime(value, self._book.datemode)
        except (ValueError, OverflowError):
            return value
        return moment

    def _is_percent(self, cell: Any) -> bool:
        style = self._book.xf_list[cell.xf_index]
        number_format = self._book.format_map.get(style.format_key)
        return number_format is not None and shows_percent(number_format.format_str)

    def _font(self, cell: Any) -> str:
        font: str = self._book.font_list[self._book.xf_list[cell.xf_index].font_index].name
        return font

    def _marks(self, cell: Any, changes: list[tuple[int, int]] | None) -> Marked | None:
        """Return how a cell is set off; `changes` are the places in its text of other fonts."""
        font = self._book.xf_list[cell.xf_index].font_index
        if not changes or not isinstance(cell.value, str):
            return self._mark(font)
        text, runs = cell.value, list[Run]()
        places = [(0, font), *sorted(changes), (len(text), font)]
        for (first, shown_in), (last, _) in pairwise(places):
            runs.append(Run(text[first:last], self._mark(shown_in)))
        return tuple(runs) if has_marks(runs) else None

    def _mark(self, font_index: int) -> Mark | None:
        if font_index >= len(self._book.font_list):
            return None
        font = self._book.font_list[font_index]
        if font.struck_out:
            return Mark.STRUCK
        return Mark.RAISED if font.escapement in _RAISED else None


@contextmanager
def _plain_errors() -> Iterator[None]:
    import xlrd

    try:
        yield
    except UnreadableFile:
        raise
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise UnreadableFile(
                "Tệp có mật khẩu nên không đọc được.",
                "Đề nghị mở tệp bằng Excel, bỏ mật khẩu, lưu lại dưới dạng .xlsx rồi gửi lại.",
            ) from error
        raise _broken() from error
    except Exception as error:
        # On damaged records xlrd lets pass whatever struct, its lists and its assertions raise
        # (python-excel/xlrd#132, #303).
        raise _broken() from error


def _broken() -> UnreadableFile:
    return UnreadableFile(
        "Tệp .xls bị hỏng nên không đọc được.",
        "Đề nghị mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi gửi lại.",
    )
