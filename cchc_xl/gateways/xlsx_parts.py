"""The parts of a workbook as the XML parser walks them; `xlsx_package` opens and limits them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from cchc_xl.core.cells import RawCell
from cchc_xl.core.grid import Place
from cchc_xl.core.marked_text import Mark, Marked, has_marks
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.xlsx_rich_text import RichText

_MOST_CELLS = 2_000_000
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384  # Excel's own limits
_MOST_SPECIAL_CELLS = 200_000
LONGEST_TEXT = 512 * 1024  # characters; a cell holds 32,767
_TEXT_TYPES = frozenset({"s", "str", "inlineStr"})
_NOT_A_SIGN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Attributes = dict[str, str]


class Part:
    """What the parser calls; names come as they are written, with a prefix if there is one.

    `most_tags` is how many beginnings and ends of elements no report has: old workbooks carry a
    hundred thousand broken names, and the 64,000 formats that Excel admits.
    """

    most_tags = 600_000

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text inside an element."""


class RelationshipsPart(Part):
    def __init__(self) -> None:
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if local_name(name) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes["Type"].rpartition("/")[2]
            self.targets[attributes["Id"]] = (kind, attributes["Target"])


class WorkbookPart(Part):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.names: dict[str, str] = {}
        self.calculates_on_load = False
        self._name: str | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if local_name(name) == "sheet":
            relationship = next((v for k, v in attributes.items() if local_name(k) == "id"), "")
            state = attributes.get("state", "visible")
            self.sheets.append((attributes["name"], state, relationship))
        elif local_name(name) == "calcPr":
            self.calculates_on_load = attributes.get("fullCalcOnLoad") in ("1", "true")
        elif local_name(name) == "definedName":
            self._name = attributes["name"]
            self.names[self._name] = ""

    def text(self, text: str) -> None:
        if self._name is not None:
            self.names[self._name] += text
            if len(self.names[self._name]) > LONGEST_TEXT:
                raise too_large()

    def end(self, name: str) -> None:
        if local_name(name) == "definedName":
            self._name = None


class SheetPart(Part):
    """Walks the cells of a sheet; `special` collects those that calamine would misreport.

    This runs for every element of every file, so names are compared before they are cut.
    `placeholders` says that the program that wrote the file left the calculating to Excel and put
    a 0 beside every formula (XlsxWriter does): such a 0 is no result.
    """

    most_tags = 2_000_000

    def __init__(
        self,
        percent_styles: frozenset[str],
        legacy_styles: Mapping[str, str],
        *,
        placeholders: bool,
        marked_styles: Mapping[str, Mark],
        rich: Mapping[int, RichText],
    ) -> None:
        self.marked: dict[Place, Marked] = {}
        self._marked_styles = marked_styles
        self._rich = rich
        self._inline: RichText | None = None
        self.special: dict[Place, RawCell] = {}
        self.legacy_fonts: dict[Place, str] = {}
        self._legacy_styles = legacy_styles
        self.merged: list[tuple[Place, Place]] = []
        self._placeholders = placeholders
        self._percent_styles = percent_styles
        self._row = self._column = -1
        self._last_row = self._last_column = 0
        self._cells_of = -1
        self._columns: set[int] = set()
        self._rows_with_cells = bytearray(_MOST_ROWS)
        self._type = "n"
        self._style = "0"
        self._has_formula = self._has_value = self._has_content = self._in_value = False
        self._value = ""
        self._length = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if ":" in name:
            name = local_name(name)
        if name == "c":
            self._open_cell(attributes)
        elif name == "v":
            self._in_value = self._has_value = self._has_content = True
        elif name == "f":
            self._has_formula = self._has_content = True
        elif name == "is":
            self._has_content = True
            self._inline = RichText()
        elif self._inline is not None:
            self._inline.start(name, attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1

    def text(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            raise too_large()
        if self._in_value:
            self._value += text
        elif self._inline is not None:
            self._inline.text(text)

    def end(self, name: str) -> None:
        if ":" in name:
            name = local_name(name)
        if name == "v":
            self._in_value = False
        elif name == "c" and self._has_content:
            self._close_cell()
        elif self._inline is not None:
            self._inline.end(name)
        elif name == "row":
            self._length = 0

    def _merge(self, reference: str) -> None:
        first, last = map(_PLACE.fullmatch, (reference + ":").split(":")[:2])
        if first and last:
            start = int(first[2]) - 1, column_number(first[1])
            self.merged.append((start, (int(last[2]) - 1, column_number(last[1]))))

    def _open_cell(self, attributes: Attributes) -> None:
        self._column += 1
        if "r" in attributes:
            place = _PLACE.fullmatch(attributes["r"])
            if place is None:
                raise broken()
            self._row = int(place[2]) - 1
            self._column = column_number(place[1])
        if not (0 <= self._row < _MOST_ROWS and self._column < _MOST_COLUMNS):
            raise broken()
        self._refuse_second()
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._has_formula = self._has_value = self._has_content = False
        self._value = ""
        self._length = 0
        self._inline = None

    def _refuse_second(self) -> None:
        """Refuse a cell that stands there twice; nobody can say which of the two counts."""
        if self._row != self._cells_of:
            if self._rows_with_cells[self._row]:
                raise broken()
            self._rows_with_cells[self._row] = True
            self._cells_of = self._row
            self._columns.clear()
        if self._column in self._columns:
            raise broken()
        self._columns.add(self._column)

    def _reserve(self) -> None:
        """Refuse a cell so far away that calamine's rectangle from A1 to it takes all memory."""
        if self._row > self._last_row or self._column > self._last_column:
            self._last_row = max(self._last_row, self._row)
            self._last_column = max(self._last_column, self._column)
            if (self._last_row + 1) * (self._last_column + 1) > _MOST_CELLS:
                raise too_large()

    def _lacks_result(self) -> bool:
        if self._type == "str":  # an empty text is a result
            return not self._has_value
        return not self._value or (self._placeholders and self._value == "0")

    def _close_cell(self) -> None:
        self._reserve()
        if max(len(self.special), len(self.marked)) > _MOST_SPECIAL_CELLS:
            raise too_large()
        if self._marked_styles or self._rich or self._inline is not None:
            self._mark_cell()
        if self._type == "e":
            self.special[self._row, self._column] = RawCell(error=self._value or "#N/A")
        elif self._has_formula and self._lacks_result():
            self.special[self._row, self._column] = RawCell(no_cached_value=True)
        elif self._style in self._percent_styles and self._type == "n" and self._value:
            number = float(self._value)
            self.special[self._row, self._column] = RawCell(number, percent_format=True)
        elif self._style in self._legacy_styles and self._type in _TEXT_TYPES:
            self.legacy_fonts[self._row, self._column] = self._legacy_styles[self._style]

    def _mark_cell(self) -> None:
        of_cell = self._marked_styles.get(self._style)
        text, self._inline = self._inline, None
        if self._type == "s" and self._value.isdecimal():
            text = self._rich.get(int(self._value))
        marked: Marked | None = of_cell
        if text is not None and self._type in _TEXT_TYPES:
            runs = text.runs_in(of_cell)
            marked = runs if has_marks(runs) else None
        if marked is not None:
            self.marked[self._row, self._column] = marked


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return the place of a column by its letters, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def shows_percent(number_format: str) -> bool:
    """Whether a number format shows a percent; a sign in quotes or behind a backslash does not."""
    return "%" in _NOT_A_SIGN.sub("", number_format)


def local_name(name: str) -> str:
    """Return a name without its namespace prefix; few programs write one."""
    return name.rpartition(":")[2]


def broken() -> UnreadableFile:
    return UnreadableFile(
        "Tệp bị hỏng hoặc không phải tệp Excel (.xlsx).",
        "Đề nghị mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi gửi lại.",
    )


def too_large() -> UnreadableFile:
    return UnreadableFile(
        "Tệp lớn bất thường so với một báo cáo nên không được mở.",
        "Đề nghị xóa các trang, dòng, cột và định dạng thừa, hoặc chép bảng sang tệp mới.",
    )
