"""A Word report (.docx) as sheets: each of its tables, with the words that stand above it.

A cell of it is named by table, row and column, for that is how people find it in Word.
Source: ECMA-376, part 1, chapter 17 (WordprocessingML).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cchc_xl.core.cells import Content
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.legacy_text import decoded, encoding_of_font
from cchc_xl.core.marked_text import Mark, Marked, Run, has_marks, words_of
from cchc_xl.gateways.xlsx_package import open_package, parse_part, plain_errors
from cchc_xl.gateways.xlsx_parts import Attributes, Part, local_name, too_large

_MOST_CELLS = 500_000
_MOST_COLUMNS = 1024
_LONGEST_PARAGRAPH = 200_000
# The words that name a table's unit and period stand close above it; the letterhead and the title
# of a report stand at its beginning.
_WORDS_ABOVE = 15
_OPENING_WORDS = 40
_DELETED = frozenset({"del", "moveFrom"})
# The properties of characters that set text off; where several hold, the first says most.
_MARKS = {
    "strike": Mark.STRUCK,
    "dstrike": Mark.STRUCK,
    "vanish": Mark.HIDDEN,
    "vertAlign": Mark.RAISED,
}
_OFF = frozenset({"false", "0", "off", "baseline"})


@dataclass(slots=True)
class _Block:
    """A paragraph (one row of one text) or a table of the document."""

    rows: list[list[str]] = field(default_factory=list)
    is_table: bool = False
    number: int = 0
    # The cells that go on with the one above them.
    continued: set[Place] = field(default_factory=set[Place])
    marked: dict[Place, Marked] = field(default_factory=dict[Place, Marked])

    @property
    def is_blank(self) -> bool:
        return not any(text.strip() for row in self.rows for text in row)


class DocxTables:
    """The tables of a Word file; UnreadableFile where it is broken or harmful."""

    is_ours = False
    has_external_links = False

    def __init__(self, path: Path) -> None:
        styles = _StylesPart()
        with plain_errors(), open_package(path) as package:
            if "word/styles.xml" in package.namelist():
                parse_part(package, "word/styles.xml", styles)
            document = _DocumentPart(styles.font, styles.marks)
            parse_part(package, "word/document.xml", document)
        self._blocks = document.blocks
        self._legacy = document.legacy

    def sheet(self, name: str) -> Grid | None:
        return next((grid for grid in self.grids() if grid.sheet == name), None)

    def grids(self) -> Iterable[Grid]:
        context = self._opening()
        above: list[str] = []
        joined: list[_Block] = []
        for block in self._blocks:
            if block.is_table:
                joined.append(block)
            elif not block.is_blank:
                if joined:
                    yield self._grid(above, joined, context)
                    above, joined = [], []
                above.append(block.rows[0][0])
        if joined:
            yield self._grid(above, joined, context)
        if not any(block.is_table for block in self._blocks):
            yield Grid("văn bản", (), context=context)

    def _opening(self) -> tuple[str, ...]:
        return tuple(_first_texts(self._blocks, _OPENING_WORDS))

    def _grid(self, above: list[str], tables: list[_Block], context: tuple[str, ...]) -> Grid:
        """Return tables that a page break cut in two as one sheet, the words above on top."""
        words = above[-_WORDS_ABOVE:]
        rows: list[list[Content]] = [[word] for word in words]
        names = [f"đoạn trên bảng {tables[0].number}"] * len(words)
        continued: set[Place] = set()
        marked: dict[Place, Marked] = {}
        for table in tables:
            marked |= {(len(rows) + row, column): m for (row, column), m in table.marked.items()}
            continued |= {(len(rows) + row, column) for row, column in table.continued}
            for place, row in enumerate(table.rows, start=1):
                rows.append([text or None for text in row])
                names.append(f"bảng {table.number}, dòng {place}")
        return Grid(
            f"Bảng {tables[0].number}",
            rows,
            legacy=self._legacy,
            row_names=names,
            context=context,
            merged=list(_merged(continued)),
            marked=marked,
        )


def _first_texts(blocks: Iterable[_Block], most: int) -> Iterator[str]:
    texts = (text for block in blocks for row in block.rows for text in row if text.strip())
    for _, text in zip(range(most), texts, strict=False):
        yield text


def _merged(continued: set[Place]) -> Iterator[tuple[Place, Place]]:
    """Yield the first and the last place of each cell that others go on with."""
    for row, column in sorted(continued):
        if (row - 1, column) in continued:
            continue
        last = row
        while (last + 1, column) in continued:
            last += 1
        yield (row - 1, column), (last, column)


@dataclass(slots=True)
class _OpenTable:
    block: _Block
    row: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list[Run])
    span: int = 1
    is_continued: bool = False


class _StylesPart(Part):
    """The font of text that names none: of the default paragraph style, else of the document.

    `marks` says which properties set the text of the styles of characters off, by their ids.
    """

    def __init__(self) -> None:
        self.font = ""
        self.marks: dict[str, dict[str, bool]] = {}
        self._is_default = False
        self._of_characters = ""

    def start(self, name: str, attributes: Attributes) -> None:
        given = {local_name(key): value for key, value in attributes.items()}
        match local_name(name):
            case "rPrDefault":
                self._is_default = True
            case "style":
                is_default = given.get("default") in ("1", "true", "on")
                self._is_default = is_default and given.get("type") == "paragraph"
                is_of_characters = given.get("type") == "character"
                self._of_characters = given.get("styleId", "") if is_of_characters else ""
            case kind if self._of_characters and kind in _MARKS:
                is_on = given.get("val") not in _OFF
                self.marks.setdefault(self._of_characters, {})[kind] = is_on
            case "rFonts" if self._is_default and "ascii" in given:
                self.font = given["ascii"]


class _DocumentPart(Part):
    """Walks paragraphs and tables; field codes, second copies and former formats are left out."""

    most_tags = 800_000
    _LEFT_OUT = frozenset(
        {"Fallback", "txbxContent", "instrText", "delInstrText", "rPrChange", "pPrChange"}
    )

    def __init__(self, default_font: str, style_marks: Mapping[str, Mapping[str, bool]]) -> None:
        self.blocks: list[_Block] = []
        self.legacy = ""
        self._default_font = self._font = default_font
        self._tables: list[_OpenTable] = []
        self._numbers = 0
        self._cells = 0
        self._left_out = 0
        self._in_text = False
        self._capitals = False
        self._style_marks = style_marks
        self._marks: dict[str, bool] = {}
        self._deleted = 0
        self._runs: list[Run] = []
        self._length = 0

    def start(self, name: str, attributes: Attributes) -> None:
        name = local_name(name)
        if name in self._LEFT_OUT:
            self._left_out += 1
        if self._left_out:
            return
        given = {local_name(key): value for key, value in attributes.items()}
        match name:
            case "tbl":
                self._open_table()
            case "tr" if self._tables:
                self._tables[-1].row = []
            case "tc" if self._tables:
                table = self._tables[-1]
                table.runs, table.span, table.is_continued = [], 1, False
            case "gridSpan" if self._tables:
                text = given.get("val", "1")
                self._tables[-1].span = min(int(text), _MOST_COLUMNS) if text.isdecimal() else 1
            case "vMerge" if self._tables:
                self._tables[-1].is_continued = given.get("val", "continue") == "continue"
            case "p":
                self._runs, self._length = [], 0
            case "r":
                self._capitals, self._font = False, self._default_font
                self._marks = {}
            case "rStyle":
                self._marks = {**self._style_marks.get(given.get("val", ""), {}), **self._marks}
            case "del" | "moveFrom":
                self._deleted += 1
            case "rFonts":
                self._font = given.get("ascii") or given.get("hAnsi") or self._font
            case "caps" if given.get("val", "true") not in ("false", "0"):
                self._capitals = True
            case "t" | "delText":
                self._in_text = True
            case "tab" | "br" | "cr":
                self._add(" ")
            case "noBreakHyphen":
                self._add("-")
            case _ if name in _MARKS:
                self._marks[name] = given.get("val") not in _OFF

    def text(self, text: str) -> None:
        if not self._in_text or self._left_out:
            return
        encoding = encoding_of_font(self._font)
        if encoding is not None and not text.isascii():
            self.legacy = encoding.name
        plain = decoded(text, encoding, self._font)
        self._add(plain.upper() if self._capitals else plain)

    def _add(self, text: str) -> None:
        mark = Mark.DELETED if self._deleted else None
        if mark is None and self._marks:
            mark = next((_MARKS[name] for name in _MARKS if self._marks.get(name)), None)
        self._runs.append(Run(text, mark))
        self._length += len(text)
        if self._length > _LONGEST_PARAGRAPH:
            raise too_large()

    def end(self, name: str) -> None:
        name = local_name(name)
        if name in self._LEFT_OUT:
            self._left_out -= 1
            return
        if self._left_out:
            return
        if name in ("t", "delText"):
            self._in_text = False
        elif name in _DELETED:
            self._deleted -= 1
        elif name == "p":
            self._close_paragraph()
        elif name == "tc" and self._tables:
            self._close_cell()
        elif name == "tr" and self._tables:
            self._tables[-1].block.rows.append(self._tables[-1].row)
        elif name == "tbl" and self._tables:
            self._tables.pop()

    def _open_table(self) -> None:
        self._numbers += 1
        block = _Block(is_table=True, number=self._numbers)
        self.blocks.append(block)
        self._tables.append(_OpenTable(block))

    def _close_paragraph(self) -> None:
        if self._tables:
            runs = self._tables[-1].runs
            runs += [Run("\n"), *self._runs] if runs else self._runs
        else:
            text = "".join(run.text for run in self._runs if run.mark is None)
            self.blocks.append(_Block([[text]]))
        self._runs, self._length = [], 0

    def _close_cell(self) -> None:
        table = self._tables[-1]
        place = len(table.block.rows), len(table.row)
        text = "" if table.is_continued else words_of(table.runs).strip()
        if table.is_continued:
            table.block.continued.add(place)
        elif has_marks(table.runs):
            table.block.marked[place] = tuple(table.runs)
        table.row += [text] + [""] * (table.span - 1)
        self._cells += table.span
        if len(table.row) > _MOST_COLUMNS or self._cells > _MOST_CELLS:
            raise too_large()
