"""How the styles of an OpenDocument set text off: struck out, raised, hidden.

Source: OpenDocument 1.3, part 3, chapter 20 (formatting attributes).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from cchc_xl.core.marked_text import Mark, Run

# Which marks a style sets and which it takes away; of the others it says nothing.
Look: TypeAlias = Mapping[Mark, bool]

NO_LOOK: Look = {}
_BASELINE = frozenset({"0%", "0", "-0%"})


def look_of(properties: Mapping[str, str]) -> Look:
    """Return the look that the properties of a text give, by their local names."""
    look: dict[Mark, bool] = {}
    lines = [properties.get(f"text-line-through-{key}") for key in ("type", "style")]
    if any(lines):
        look[Mark.STRUCK] = "none" not in lines
    if "display" in properties:
        look[Mark.HIDDEN] = properties["display"] == "none"
    position = properties.get("text-position", "").split()
    if position:
        look[Mark.RAISED] = position[0] not in _BASELINE
    return look


def mark_in(look: Look) -> Mark | None:
    """Return the mark of a look that says most."""
    return next((m for m in (Mark.STRUCK, Mark.HIDDEN, Mark.RAISED) if look.get(m)), None)


def runs_in(texts: Sequence[tuple[str, Look]], cell: Look) -> tuple[Run, ...]:
    """Return texts as they look in a cell: what their own looks leave open is that of the cell."""
    return tuple(Run(text, mark_in({**cell, **look})) for text, look in texts)


class ColumnStyles:
    """The styles of the cells of a table that name none, by column."""

    def __init__(self) -> None:
        self._ends: list[int] = []
        self._styles: list[str] = []

    def add(self, columns: int, style: str) -> None:
        """Add columns to the right of those that are there."""
        self._ends.append((self._ends[-1] if self._ends else 0) + columns)
        self._styles.append(style)

    def of(self, column: int) -> str:
        place = bisect_right(self._ends, column)
        return self._styles[place] if place < len(self._styles) else ""
