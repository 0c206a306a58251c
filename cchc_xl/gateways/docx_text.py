"""A Word report (.docx) as passages, and a copy of it with comments at the places found.

Paragraphs and cells stand in the order of the document; deleted, moved away, struck out and hidden
text is left out, and so is what Word writes itself (numbers of lists, fields' codes).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.text.run import Run

from cchc_xl.core.claims import Passage
from cchc_xl.core.legacy_text import decoded, encoding_of_font
from cchc_xl.core.proof_numbering import NUMBERED_BY_WORD
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.docx_runs import (
    LEFT_OUT,
    Piece,
    Place,
    cells_of,
    is_in_body,
    is_on,
    runs_between,
    runs_of,
    span_of,
    text_of,
)
from cchc_xl.gateways.docx_tables import DocxTables
from cchc_xl.gateways.xlsx_package import open_package, plain_errors
from cchc_xl.gateways.xlsx_parts import broken

AUTHOR, INITIALS = "cchc-xl", "CCHC"
# Whoever edits the copy writes his own name there.
_COPIED_BY = "cchc-xl proofread"
_LONGEST_PROPERTIES = 100_000
HEADER = "đầu trang"
_HIDING = tuple(qn(f"w:{name}") for name in ("strike", "dstrike", "vanish"))


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said at a place of a passage."""

    passage: Passage
    start: int
    end: int
    text: str


def is_own_copy(path: Path) -> bool:
    """Whether a Word file is a copy with comments of ours that nobody has edited since."""
    try:
        with (
            plain_errors(),
            open_package(path) as package,
            package.open("docProps/core.xml") as part,
        ):
            return _COPIED_BY.encode() in part.read(_LONGEST_PROPERTIES)
    except UnreadableFile:
        return False


class DocxText:
    """The passages of a Word file; UnreadableFile where it is broken or harmful."""

    def __init__(self, path: Path) -> None:
        # Its own pass over the XML holds the limits: size, elements, length of a paragraph.
        DocxTables(path)
        try:
            self._document = Document(BytesIO(path.read_bytes()))
            self._numbering = _numbered_levels(self._document)
            self._styles = {style.style_id: style for style in self._document.styles}
            self._places: dict[int, Place] = {}
            self._paragraphs = 0
            self._tables = 0
            self.passages = tuple(self._all())
        except UnreadableFile:
            raise
        except Exception as error:
            # python-docx lets KeyError, lxml's and its own errors pass on a damaged package.
            raise broken() from error

    def with_comments(self, notes: Iterable[Note]) -> bytes:
        """Return the document with a comment at each place; those of headers at the beginning."""
        for note in notes:
            place = self._places.get(id(note.passage))
            runs = runs_between(place, note.start, note.end) if place else []
            if note.passage.where == HEADER or not runs:
                runs = self._first_run()
            if runs:
                self._document.add_comment(
                    [Run(run, self._document) for run in runs],
                    text=note.text,
                    author=AUTHOR,
                    initials=INITIALS,
                )
        self._document.core_properties.last_modified_by = _COPIED_BY
        made = BytesIO()
        self._document.save(made)
        return made.getvalue()

    def _first_run(self) -> list[Any]:
        for place in self._places.values():
            for piece in place.pieces:
                if piece.text.strip() and is_in_body(piece.run):
                    return [piece.run]
        return []

    def _all(self) -> Iterator[Passage]:
        for section in self._document.sections:
            if not section.header.is_linked_to_previous:
                for element in section.header._element.iter(qn("w:p")):  # noqa: SLF001
                    yield from self._paragraph(element, HEADER)
        yield from self._blocks(self._document.element.body)

    def _blocks(self, parent: Any) -> Iterator[Passage]:
        for element in parent:
            if element.tag == qn("w:p"):
                self._paragraphs += 1
                yield from self._paragraph(element, f"đoạn {self._paragraphs}")
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag not in LEFT_OUT and element.tag != qn("w:sectPr"):
                yield from self._blocks(element)

    def _paragraph(self, element: Any, where: str) -> Iterator[Passage]:
        place = Place()
        self._add(place, element)
        yield from self._passage(place, where, self._style(element), None)

    def _table(self, table: Any) -> Iterator[Passage]:
        number = self._tables
        self._tables += 1
        for row, line in enumerate(table.findall(qn("w:tr"))):
            column = 0
            for cell in cells_of(line):
                properties = cell.find(qn("w:tcPr"))
                span, goes_on = span_of(properties)
                if not goes_on:
                    yield from self._cell(cell, (number, row, column))
                column += span

    def _cell(self, cell: Any, at: tuple[int, int, int]) -> Iterator[Passage]:
        place = Place()
        inner: list[Any] = []
        for element in cell:
            if element.tag == qn("w:p"):
                if place.pieces:
                    place.pieces.append(Piece(None, "\n"))
                self._add(place, element)
            elif element.tag == qn("w:tbl"):
                inner.append(element)
        table, row, column = at
        where = f"bảng {table + 1}, dòng {row + 1}, cột {column + 1}"
        yield from self._passage(place, where, "", at)
        for element in inner:
            yield from self._table(element)

    def _passage(
        self, place: Place, where: str, style: str, at: tuple[int, int, int] | None
    ) -> Iterator[Passage]:
        text = unicodedata.normalize("NFC", "".join(piece.text for piece in place.pieces))
        if text.strip():
            passage = Passage(where, text, style=style, cell=at)
            self._places[id(passage)] = place
            yield passage

    def _add(self, place: Place, paragraph: Any) -> None:
        for run in runs_of(paragraph):
            text = self._text(run)
            if text:
                place.pieces.append(Piece(run, text))

    def _text(self, run: Any) -> str:
        properties = run.find(qn("w:rPr"))
        if properties is not None and any(is_on(properties.find(tag)) for tag in _HIDING):
            return ""
        text = "".join(text_of(child) for child in run)
        if text.isascii():
            return text
        return decoded(text, encoding_of_font(self._font(run)), self._font(run))

    def _font(self, run: Any) -> str:
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        name = fonts.get(qn("w:ascii")) if fonts is not None else None
        if name is None:
            style = self._styles.get("Normal")
            name = style.font.name if style is not None else None
        return str(name or "")

    def _style(self, paragraph: Any) -> str:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return ""
        named = properties.find(qn("w:pStyle"))
        style = self._styles.get(named.get(qn("w:val"), "")) if named is not None else None
        name = str(style.name) if style is not None else ""
        if self._is_numbered(properties) or self._is_numbered_style(style):
            return f"{name} ({NUMBERED_BY_WORD})".strip()
        return name

    def _is_numbered_style(self, style: Any) -> bool:
        for _ in range(10):
            if style is None:
                return False
            properties = style.element.find(qn("w:pPr"))
            if properties is not None and properties.find(qn("w:numPr")) is not None:
                return self._is_numbered(properties)
            style = style.base_style
        return False

    def _is_numbered(self, properties: Any) -> bool:
        """Whether Word writes a number, not a bullet, before a paragraph."""
        number = properties.find(f"{qn('w:numPr')}/{qn('w:numId')}")
        if number is None:
            return False
        level = properties.find(f"{qn('w:numPr')}/{qn('w:ilvl')}")
        at = level.get(qn("w:val"), "0") if level is not None else "0"
        return (number.get(qn("w:val"), ""), at) in self._numbering


def _numbered_levels(document: Any) -> set[tuple[str, str]]:
    """Return the levels of lists that Word numbers, as pairs of numId and ilvl."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return set()
    of_abstract: dict[str, set[str]] = {}
    for abstract in numbering.findall(qn("w:abstractNum")):
        of_abstract[abstract.get(qn("w:abstractNumId"), "")] = {
            level.get(qn("w:ilvl"), "0")
            for level in abstract.findall(qn("w:lvl"))
            if (kind := level.find(qn("w:numFmt"))) is None
            or kind.get(qn("w:val")) not in ("bullet", "none")
        }
    found: set[tuple[str, str]] = set()
    for number in numbering.findall(qn("w:num")):
        named = number.find(qn("w:abstractNumId"))
        levels = of_abstract.get(named.get(qn("w:val"), "") if named is not None else "", set())
        found |= {(number.get(qn("w:numId"), ""), level) for level in levels}
    return found
