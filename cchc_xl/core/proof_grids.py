"""The tables of a text as grids: from the cells of a Word table, or from lines with tabs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.core.claims import Passage
from cchc_xl.core.proof_lines import Line
from cchc_xl.core.proof_numbers import read_number

_FEWEST_NUMBERED = 3
_NUMBER = re.compile(r"[\d.,]*\d")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its text without marks, and where it stands in its passage."""

    passage: Passage
    start: int
    end: int
    text: str

    @property
    def number(self) -> Decimal | None:
        """The number that the cell holds and nothing else, percent signs apart."""
        bare = self.text.rstrip("%").rstrip()
        read = read_number(bare, is_decimal=self.is_rate) if _NUMBER.fullmatch(bare) else None
        return read[0] if read else None

    @property
    def decimals(self) -> int:
        read = read_number(self.text.rstrip("%").rstrip(), is_decimal=self.is_rate)
        return read[1] if read else 0

    @property
    def is_rate(self) -> bool:
        return self.text.endswith("%")


Row = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table in order; rows may be of different length."""

    rows: tuple[Row, ...]


def read_grids(lines: Sequence[Line]) -> Iterator[Grid]:
    """Yield the tables of a text; a table that is broken by its own head over pages is one."""
    yield from _word_tables(lines)
    yield from _tab_tables(lines)


def is_numbering(row: Row) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 …."""
    numbers = [cell.number for cell in row if cell.number is not None]
    return len(numbers) >= _FEWEST_NUMBERED and all(
        second == first + 1 for first, second in itertools.pairwise(numbers)
    )


def _word_tables(lines: Sequence[Line]) -> Iterator[Grid]:
    tables: dict[int, dict[int, list[tuple[int, GridCell]]]] = {}
    for line in lines:
        if line.passage.cell is not None:
            table, row, column = line.passage.cell
            cell = _cell(line.passage, 0, len(line.text))
            tables.setdefault(table, {}).setdefault(row, []).append((column, cell))
    for rows in tables.values():
        yield Grid(tuple(_row(rows[row]) for row in sorted(rows)))


def _row(cells: list[tuple[int, GridCell]]) -> Row:
    """The cells of a row in their columns; what a column holds first counts, gaps are empty."""
    by_column: dict[int, GridCell] = {}
    for column, cell in cells:
        if column not in by_column or not by_column[column].text:
            by_column[column] = cell
    passage = cells[0][1].passage
    empty = GridCell(passage, 0, 0, "")
    return tuple(by_column.get(column, empty) for column in range(max(by_column) + 1))


def _tab_tables(lines: Sequence[Line]) -> Iterator[Grid]:
    rows: list[Row] = []
    head: tuple[str, ...] = ()
    is_broken = False
    for line in lines:
        if line.passage.cell is None and "\t" in line.text:
            row = _tab_row(line.passage)
            words = tuple(cell.text for cell in row[:2])
            if is_broken and words != head:
                yield Grid(tuple(rows))
                rows = []
            if not rows:
                head = words
            rows.append(row)
            is_broken = False
        elif rows and line.is_empty:
            is_broken = True
        elif rows:
            yield Grid(tuple(rows))
            rows, is_broken = [], False
    if rows:
        yield Grid(tuple(rows))


def _tab_row(passage: Passage) -> Row:
    cells: list[GridCell] = []
    start = 0
    for text in passage.text.split("\t"):
        cells.append(_cell(passage, start, start + len(text)))
        start += len(text) + 1
    return tuple(cells)


def _cell(passage: Passage, start: int, end: int) -> GridCell:
    text = re.sub(r"</?\w+>|[*_]", "", passage.text[start:end])
    return GridCell(passage, start, end, " ".join(text.split()))
