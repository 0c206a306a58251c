"""Characters in a cell that are set off from the rest: raised, struck out, hidden, deleted.

A footnote sign behind a figure (88 with a raised 1) or a figure crossed out is no part of the
value, and nobody but the official can say what is: such a figure is not used. In words the
characters are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple, TypeAlias


class Mark(Enum):
    """How characters are set off."""

    RAISED = "raised"  # superscript or subscript
    STRUCK = "struck"
    HIDDEN = "hidden"
    DELETED = "deleted"  # by a tracked change that nobody has accepted yet


class Run(NamedTuple):
    """A stretch of a cell's text in one look."""

    text: str
    mark: Mark | None = None


# The whole cell, or the runs of its text.
Marked: TypeAlias = Mark | tuple[Run, ...]


def has_marks(runs: Iterable[Run]) -> bool:
    """Whether any character that can be seen is set off."""
    return any(run.mark is not None and run.text.strip() for run in runs)


def words_of(runs: Sequence[Run]) -> str:
    """Return the words of a label without what is set off.

    A label that is set off as a whole, as in a row crossed out, stays, unless it is deleted.
    """
    plain = "".join(run.text for run in runs if run.mark is None)
    if plain.strip():
        return plain
    return "".join(run.text for run in runs if run.mark is not Mark.DELETED)


def figure_of(runs: Sequence[Run]) -> str:
    """Return the text of a value cell in which `doubts` finds nothing: what is not crossed out."""
    return "".join(run.text for run in runs if run.mark in (None, Mark.RAISED))


def whole_text(runs: Iterable[Run]) -> str:
    """Return all characters of the cell."""
    return "".join(run.text for run in runs)


def doubts(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs for which a value cell cannot be read; none where they do not matter.

    Raised letters ("m" and "%" are raised too) are read as they stand; words crossed out beside a
    figure are left out.
    """
    marked = [run for run in runs if run.mark is not None and run.text.strip()]
    rest = figure_of(runs).strip()
    return tuple(run for run in marked if _is_doubtful(run, rest))


def _is_doubtful(run: Run, rest: str) -> bool:
    if run.mark is Mark.RAISED:
        return any(map(str.isdigit, run.text))
    return not rest or not all(c.isalpha() or c.isspace() for c in run.text)
