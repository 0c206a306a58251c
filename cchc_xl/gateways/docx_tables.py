"""A Word report (.docx) as sheets: each of its tables, with the words that stand above it.

A cell of it is named by table, row and column, for that is how people find it in Word.
Source: ECMA-376, part 1, chapter 17 (WordprocessingML).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cchc_xl.core.cells import Content
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.legacy_text import decoded, encoding_of_font
from cchc_xl.gateways.xlsx_package import open_package, parse_part, plain_errors
from cchc_xl.gateways.xlsx_parts import Attributes, Part, local_name, too_large

_MOST_CELLS = 500_000
_MOST_COLUMNS = 1024
_LONGEST_PARAGRAPH = 200_000
# The words that name a table's unit and period stand close above it; the letterhead and the title
# of a report stand at its beginning.
_WORDS_ABOVE = 15
_OPENING_WORDS = 40


@dataclass(slots=True)
class _Block:
    """A paragraph (one row of one text) or a table of the document."""

    rows: list[list[str]] = field(default_factory=list)
    is_table: bool = False
    number: int = 0
    # The cells that go on with the one above them.
    continued: set[Place] = field(default_factory=set[Place])

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
            document = _DocumentPart(styles.font)
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
        for table in tables:
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
    paragraphs: list[str] = field(default_factory=list)
    span: int = 1
    is_continued: bool = False


class _StylesPart(Part):
    """The font of text that names none: of the default paragraph style, else of the document."""

    def __init__(self) -> None:
        self.font = ""
        self._is_default = False

    def start(self, name: str, attributes: Attributes) -> None:
        given = {local_name(key): value for key, value in attributes.items()}
        match local_name(name):
            case "rPrDefault":
                self._is_default = True
            case "style":
                is_default = given.get("default") in ("1", "true", "on")
                self._is_default = is_default and given.get("type") == "paragraph"
            case "rFonts" if self._is_default and "ascii" in given:
                self.font = given["ascii"]


class _DocumentPart(Part):
    """Walks paragraphs and tables; deleted text, field codes and second copies are left out."""

    most_tags = 800_000
    _LEFT_OUT = frozenset({"Fallback", "del", "moveFrom", "txbxContent", "instrText", "delText"})

    def __init__(self, default_font: str) -> None:
        self.blocks: list[_Block] = []
        self.legacy = ""
        self._default_font = self._font = default_font
        self._tables: list[_OpenTable] = []
        self._numbers = 0
        self._cells = 0
        self._left_out = 0
        self._in_text = False
        self._capitals = False
        self._paragraph = ""

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
                table.paragraphs, table.span, table.is_continued = [], 1, False
            case "gridSpan" if self._tables:
                text = given.get("val", "1")
                self._tables[-1].span = min(int(text), _MOST_COLUMNS) if text.isdecimal() else 1
            case "vMerge" if self._tables:
                self._tables[-1].is_continued = given.get("val", "continue") == "continue"
            case "p":
                self._paragraph = ""
            case "r":
                self._capitals, self._font = False, self._default_font
            case "rFonts":
                self._font = given.get("ascii") or given.get("hAnsi") or self._font
            case "caps" if given.get("val", "true") not in ("false", "0"):
                self._capitals = True
            case "t":
                self._in_text = True
            case "tab" | "br" | "cr":
                self._paragraph += " "
            case "noBreakHyphen":
                self._paragraph += "-"

    def text(self, text: str) -> None:
        if not self._in_text or self._left_out:
            return
        encoding = encoding_of_font(self._font)
        if encoding is not None and not text.isascii():
            self.legacy = encoding.name
        plain = decoded(text, encoding, self._font)
        self._paragraph += plain.upper() if self._capitals else plain
        if len(self._paragraph) > _LONGEST_PARAGRAPH:
            raise too_large()

    def end(self, name: str) -> None:
        name = local_name(name)
        if name in self._LEFT_OUT:
            self._left_out -= 1
            return
        if self._left_out:
            return
        if name == "t":
            self._in_text = False
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
            self._tables[-1].paragraphs.append(self._paragraph)
        else:
            self.blocks.append(_Block([[self._paragraph]]))
        self._paragraph = ""

    def _close_cell(self) -> None:
        table = self._tables[-1]
        text = "" if table.is_continued else "\n".join(table.paragraphs).strip()
        if table.is_continued:
            table.block.continued.add((len(table.block.rows), len(table.row)))
        table.row += [text] + [""] * (table.span - 1)
        self._cells += table.span
        if len(table.row) > _MOST_COLUMNS or self._cells > _MOST_CELLS:
            raise too_large()
