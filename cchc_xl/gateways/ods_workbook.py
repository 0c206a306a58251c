"""An .ods (OpenDocument) as sheets, by one pass over its content: calamine hides errors there too.

Source: OpenDocument 1.3, part 3, chapters 9 (tables) and 19 (attributes).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from cchc_xl.core.cells import Content, RawCell
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.marked_text import Mark, Marked, has_marks, words_of
from cchc_xl.core.workbook_names import FORM_NAME
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.ods_looks import NO_LOOK, ColumnStyles, Look, look_of, mark_in, runs_in
from cchc_xl.gateways.xlsx_package import open_package, parse_part, plain_errors
from cchc_xl.gateways.xlsx_parts import Attributes, Part, local_name, too_large

# A whole column may repeat one cell; what a report holds is far below this.
_MOST_CELLS = 1_000_000
_MOST_COLUMNS = 16_384
_LONGEST_TEXT = 100_000  # Excel itself keeps 32,767 characters in a cell
_BESIDE_THE_CELL = frozenset({"annotation", "frame", "custom-shape", "control"})
_ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"}
)


class OdsWorkbook:
    """A workbook of LibreOffice; UnreadableFile where it is broken, locked or harmful."""

    has_external_links = False  # not told by this kind of file

    def __init__(self, path: Path) -> None:
        content = _ContentPart()
        with plain_errors(), open_package(path) as package:
            if _is_encrypted(package):
                raise UnreadableFile(
                    "Tệp có mật khẩu nên không đọc được.",
                    "Đề nghị mở tệp, bỏ mật khẩu, lưu lại dưới dạng .xlsx rồi gửi lại.",
                )
            parse_part(package, "content.xml", content)
        self._grids = content.grids
        self.is_ours = FORM_NAME in content.names

    def sheet(self, name: str) -> Grid | None:
        return next((grid for grid in self._grids if grid.sheet == name), None)

    def grids(self) -> Iterable[Grid]:
        visible = [grid for grid in self._grids if grid.visible]
        hidden = [grid for grid in self._grids if not grid.visible]
        return visible if self.is_ours and visible else visible + hidden


def _is_encrypted(package: zipfile.ZipFile) -> bool:
    if "META-INF/manifest.xml" not in package.namelist():
        return False
    found = _ManifestPart()
    parse_part(package, "META-INF/manifest.xml", found)
    return found.is_encrypted


class _ManifestPart(Part):
    def __init__(self) -> None:
        self.is_encrypted = False

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002
        self.is_encrypted |= local_name(name) == "encryption-data"


class _ContentPart(Part):
    """Walks the tables; empty rows and cells at the ends are counted, not built."""

    most_tags = 700_000

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.names: set[str] = set()
        self._hidden_styles: set[str] = set()
        self._style = self._family = ""
        self._looks: dict[tuple[str, str], Look] = {}
        self._spans: list[Look] = []
        self._table: _Table | None = None
        self._cell: _Cell | None = None
        self._open: list[str] = []
        self._cells_built = 0

    def start(self, name: str, attributes: Attributes) -> None:
        given = {local_name(key): value for key, value in attributes.items()}
        name = local_name(name)
        self._open.append(name)
        match name:
            case "style":
                self._style, self._family = given.get("name", ""), given.get("family", "")
            case "text-properties" if self._style and (look := look_of(given)):
                self._looks[self._family, self._style] = look
            case "table-properties" if given.get("display") == "false":
                self._hidden_styles.add(self._style)
            case "named-range" | "named-expression":
                self.names.add(given.get("name", ""))
            case "table" if self._table is None:
                visible = given.get("style-name", "") not in self._hidden_styles
                self._table = _Table(given.get("name", ""), visible)
            case "table-row" if self._table is not None:
                style = given.get("default-cell-style-name", "")
                self._table.open_row(_times(given, "number-rows-repeated"), style)
            case "table-column" if self._table is not None:
                style = given.get("default-cell-style-name", "")
                self._table.columns.add(_times(given, "number-columns-repeated"), style)
            case "table-cell" | "covered-table-cell" if self._table is not None:
                style = given.get("style-name") or self._table.style_of_next_cell()
                look = self._looks.get(("table-cell", style), NO_LOOK)
                self._cell = _Cell(given, _times(given, "number-columns-repeated"), look)
                self._spans = []
            case "p" if self._cell is not None and self._is_own_text():
                self._cell.open_paragraph()
            case "span" if self._cell is not None:
                own = self._looks.get(("text", given.get("style-name", "")), NO_LOOK)
                self._spans.append({**(self._spans[-1] if self._spans else NO_LOOK), **own})
            case "s" if self._cell is not None and self._is_own_text():
                self._cell.add(" " * min(_times(given, "c"), 1000))
            case "tab" | "line-break" if self._cell is not None and self._is_own_text():
                self._cell.add(" ")

    def text(self, text: str) -> None:
        if self._cell is not None and self._is_own_text():
            self._cell.add(text, self._spans[-1] if self._spans else NO_LOOK)

    def end(self, name: str) -> None:
        name = local_name(name)
        self._open.pop()
        if name == "style":
            self._style = ""
        elif name == "span" and self._spans:
            self._spans.pop()
        if self._table is None:
            return
        if name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._cells_built += self._table.add(self._cell)
            self._cell = None
        elif name == "table-row":
            self._cells_built += self._table.close_row()
        elif name == "table" and "table" not in self._open:
            self.grids.append(self._table.grid())
            self._table = None
        if self._cells_built > _MOST_CELLS:
            raise too_large()

    def _is_own_text(self) -> bool:
        """Whether a text belongs to the cell, not to a note or a drawing on it."""
        for name in reversed(self._open):
            if name.endswith("table-cell"):
                return True
            if name in _BESIDE_THE_CELL:
                return False
        return False


def _times(given: Attributes, key: str) -> int:
    text = given.get(key, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


class _Cell:
    """One cell, or one that stands several times beside itself."""

    def __init__(self, given: Attributes, times: int, look: Look) -> None:
        self._given = given
        self.times = times
        self.rows = _times(given, "number-rows-spanned")
        self._look = look
        self._texts: list[tuple[str, Look]] = []
        self._has_paragraph = False
        self._length = 0

    def open_paragraph(self) -> None:
        if self._has_paragraph:
            self._texts.append(("\n", NO_LOOK))
        self._has_paragraph = True

    def add(self, text: str, look: Look = NO_LOOK) -> None:
        self._length += len(text)
        if self._length > _LONGEST_TEXT:
            raise too_large()
        if self._has_paragraph:
            self._texts.append((text, look))

    def marked(self, content: Content) -> Marked | None:
        """Return how the cell is set off; only a text has runs."""
        if not isinstance(content, str) or "string-value" in self._given:
            return mark_in(self._look)
        runs = runs_in(self._texts, self._look)
        return runs if has_marks(runs) else None

    def content(self) -> tuple[Content, RawCell | None]:
        """Return the content, and the whole truth where the content alone does not tell it."""
        kind = self._given.get("value-type", "")
        text = "".join(text for text, _ in self._texts)
        is_formula = "formula" in self._given
        if text.strip() in _ERRORS and (is_formula or kind == "error"):
            return None, RawCell(error=text.strip())
        match kind:
            case "float" | "currency":
                return float(self._given["value"]), None
            case "percentage":
                number = float(self._given["value"])
                return number, RawCell(number, percent_format=True)
            case "boolean":
                return self._given.get("boolean-value") == "true", None
            case "date":
                return _moment(self._given.get("date-value", "")) or text, None
            case "string" | "time":
                return self._given.get("string-value", text), None
        if is_formula and not text:
            return None, RawCell(no_cached_value=True)
        return text or None, None


def _moment(text: str) -> date | datetime | None:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None


class _Table:
    def __init__(self, name: str, visible: bool) -> None:
        self._name = name
        self._visible = visible
        self._rows: list[list[Content]] = []
        self._special: dict[Place, RawCell] = {}
        self._merged: list[tuple[Place, Place]] = []
        self._row: list[Content] = []
        self._row_special: dict[int, RawCell] = {}
        self._marked: dict[Place, Marked] = {}
        self._row_marked: dict[int, Marked] = {}
        self._row_style = ""
        self.columns = ColumnStyles()
        self._row_times = 1
        self._blank_cells = self._blank_rows = 0

    def open_row(self, times: int, style: str) -> None:
        self._row, self._row_special, self._row_times = [], {}, times
        self._row_marked, self._row_style = {}, style
        self._blank_cells = 0

    def style_of_next_cell(self) -> str:
        """Return the style of a cell that names none."""
        return self._row_style or self.columns.of(len(self._row) + self._blank_cells)

    def add(self, cell: _Cell) -> int:
        """Add a cell to the row; return how many were built."""
        content, raw = cell.content()
        if content is None and raw is None:
            self._blank_cells += cell.times
            return 0
        first = len(self._row) + self._blank_cells
        if cell.rows > 1:
            top = len(self._rows) + self._blank_rows
            self._merged.append(((top, first), (top + cell.rows - 1, first)))
        if first + cell.times > _MOST_COLUMNS:
            raise too_large()
        if raw is not None:
            self._row_special |= dict.fromkeys(range(first, first + cell.times), raw)
        marked = cell.marked(content)
        if marked is not None:
            self._row_marked |= dict.fromkeys(range(first, first + cell.times), marked)
            content = content if isinstance(marked, Mark) else words_of(marked)
        self._row += [None] * self._blank_cells + [content] * cell.times
        self._blank_cells = 0
        return len(self._row)

    def close_row(self) -> int:
        """Add the row to the table; return how many cells were built."""
        if not self._row:
            self._blank_rows += self._row_times
            return 0
        first = len(self._rows) + self._blank_rows
        if self._row_times * len(self._row) + first > _MOST_CELLS:
            raise too_large()
        self._rows += [[] for _ in range(self._blank_rows)]
        self._rows += [self._row] * self._row_times
        for row in range(first, first + self._row_times):
            for column, raw in self._row_special.items():
                self._special[row, column] = raw
            for column, marked in self._row_marked.items():
                self._marked[row, column] = marked
        self._blank_rows = 0
        return self._row_times * len(self._row)

    def grid(self) -> Grid:
        return Grid(
            self._name,
            self._rows,
            self._special,
            self._visible,
            merged=self._merged,
            marked=self._marked,
        )
