"""What a click writes into an open workbook, as data: blocks of cells, and what is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

# What Excel would take for a formula, a number, a date, a truth value or an error.
_TYPED = re.compile(
    r"\s*[=+\-@'#＝＋－＠].*|[\d\s.,:/%()-]+|[\d.,]+e[+-]?\d+|TRUE|FALSE",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A native formula without its equals sign, with English names and commas."""

    text: str


BlockCell: TypeAlias = str | float | int | Formula | None


@dataclass(frozen=True, slots=True)
class Block:
    """Cells to write, from `row` and `column` on (counted from 0); None clears a cell.

    `literal` names the columns of the block that are formatted as text, where Excel changes
    nothing of what is written.
    """

    sheet: str
    row: int
    column: int
    rows: tuple[tuple[BlockCell, ...], ...]
    literal: frozenset[int] = field(default_factory=frozenset[int])

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @property
    def has_formulas(self) -> bool:
        return any(isinstance(cell, Formula) for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Shown:
    """How many columns (or rows) of a range that stands ready are shown; the rest is hidden."""

    sheet: str
    first: int
    capacity: int
    count: int
    is_rows: bool = False


def padded(
    sheet: str,
    row: int,
    column: int,
    rows: list[tuple[BlockCell, ...]],
    *,
    height: int = 0,
    width: int = 0,
    literal: frozenset[int] = frozenset(),
) -> Block:
    """Return a block of at least `height` rows and `width` columns; what is beyond is cleared."""
    widest = max([width, *map(len, rows)])
    filled = [(*cells, *([None] * (widest - len(cells)))) for cells in rows]
    filled += [(None,) * widest] * (height - len(filled))
    return Block(sheet, row, column, tuple(filled), literal)


def as_typed_in(cell: BlockCell, *, literal: bool) -> str | float | int | None:
    """Return what must be handed to Excel so that the cell holds `cell` and nothing else."""
    if isinstance(cell, Formula):
        return f"={cell.text}"
    if cell == "":
        return None
    if isinstance(cell, str) and not literal and _TYPED.fullmatch(cell):
        # An apostrophe says that a text follows; Excel does not show it.
        return f"'{cell}"
    return cell


def link(target: str, shown: str) -> BlockCell:
    """Return the formula of a link, or the bare text where a link would be too long for Excel."""
    if len(target) > 250 or len(shown) > 250:
        return shown
    quoted = (f'"{text.replace(chr(34), chr(34) * 2)}"' for text in (target, shown))
    return Formula(f"HYPERLINK({','.join(quoted)})")
