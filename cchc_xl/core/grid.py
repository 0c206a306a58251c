"""A sheet as values with addresses, whatever kind of file it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cchc_xl.core.cells import EMPTY, Content, RawCell
from cchc_xl.core.marked_text import Mark, Marked, Run, doubts, figure_of, whole_text
from cchc_xl.core.text import clean

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet; rows and columns count from 0.

    `rows` holds the contents from A1 on, rows of any length. `merged` are the first and the last
    place of merged cells; the content stands in the first. `special` holds the cells of which
    the content alone would not tell the truth: errors, percent formats, formulas never calculated.
    `legacy_fonts` names the fonts of before Unicode by place, `legacy` the encoding that the text
    was converted from. A table of a Word file has no addresses like A1: `row_names` say where each
    row stands, and `context` holds the opening words of the file. `marked` are the cells in which
    characters are struck out, raised, hidden or deleted; in `rows` such a text stands without them.
    """

    sheet: str
    rows: Sequence[Sequence[Content]]
    special: Mapping[Place, RawCell] = field(default_factory=dict[Place, RawCell])
    visible: bool = True
    legacy_fonts: Mapping[Place, str] = field(default_factory=dict[Place, str])
    legacy: str = ""
    row_names: Sequence[str] = ()
    context: Sequence[str] = ()
    merged: Sequence[tuple[Place, Place]] = ()
    marked: Mapping[Place, Marked] = field(default_factory=dict[Place, Marked])

    def cell(self, row: int, column: int) -> RawCell:
        raw = self.special.get((row, column))
        if raw is None:
            content = self.content(row, column)
            raw = EMPTY if content is None or content == "" else RawCell(content)
        marked = self.marked.get((row, column)) if self.marked else None
        return raw if marked is None else _with_marks(raw, marked)

    def content(self, row: int, column: int) -> Content:
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def text(self, row: int, column: int) -> str:
        """Return the content as clean text: "" for a blank, `7.1` for the number 7.1."""
        content = self.content(row, column)
        if content is None or content == "":
            return ""
        if isinstance(content, float) and content.is_integer():
            return str(int(content))
        return clean(str(content))

    def address(self, row: int, column: int) -> str:
        """Return how people find a cell: `D44`, or `bảng 2, dòng 5, cột 4` in a Word file."""
        if row < len(self.row_names):
            return f"{self.row_names[row]}, cột {column + 1}"
        return address(row, column)


def _with_marks(raw: RawCell, marked: Marked) -> RawCell:
    """Return a cell with its whole text and what of it is doubtful, or with its figure."""
    if isinstance(marked, Mark):
        return replace(raw, set_off=() if raw.is_empty else doubts((Run(_typed(raw), marked),)))
    doubtful = doubts(marked)
    return replace(
        raw, content=whole_text(marked) if doubtful else figure_of(marked), set_off=doubtful
    )


def _typed(raw: RawCell) -> str:
    content = raw.content
    is_whole = isinstance(content, float) and content.is_integer()
    return str(int(content)) if isinstance(content, float) and is_whole else str(content)


def address(row: int, column: int) -> str:
    """Return the A1 address of a place: (0, 0) is `A1`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
