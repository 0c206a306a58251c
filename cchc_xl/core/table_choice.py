"""Which of several tables of a form in one file is the one that the unit reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from cchc_xl.core.found_table import FoundTable
from cchc_xl.core.period import Period
from cchc_xl.core.table_title import is_official
from cchc_xl.core.text import match_key


class Verdict(Enum):
    """How the choice came about."""

    ONLY = "only"  # no other table has a figure
    SAME = "same"  # the others state just the same
    NAMED = "named"  # names decided, or the others state a part of it
    UNDECIDED = "undecided"  # they differ, and nothing tells which counts
    SEVERAL_UNITS = "several units"


@dataclass(frozen=True, slots=True)
class Choice:
    """The table that is read and the others with figures that are not.

    Where the verdict says that none may be read, `table` is only the first of them.
    """

    table: FoundTable
    others: tuple[FoundTable, ...]
    verdict: Verdict


def choose(tables: Sequence[FoundTable], asked: Period | None) -> Choice:
    """Return which of the tables (at least one) counts for the period `asked`.

    Hidden and empty tables step back; so do those of another period, then drafts and copies.
    """
    in_view = [table for table in tables if table.is_visible] or list(tables)
    found = [table for table in in_view if table.filled]
    filled = [table for table in tables if table.filled]
    if not found:
        return _chosen(max(in_view, key=_size), filled)
    current = _those(found, _is_current)
    if len({match_key(table.unit) for table in current if table.unit}) > 1:
        return Choice(current[0], tuple(current[1:]), Verdict.SEVERAL_UNITS)
    left = _left(found, asked)
    best = max(left, key=_size)
    if not all(table.figures.items() <= best.figures.items() for table in left):
        return Choice(left[0], tuple(left[1:]), Verdict.UNDECIDED)
    return _chosen(best, filled)


def _left(found: list[FoundTable], asked: Period | None) -> list[FoundTable]:
    """Return the tables that names leave; a name that would leave none decides nothing."""

    def is_asked(table: FoundTable) -> bool:
        return asked is not None and any(p.is_same_window(asked) for p in table.periods)

    def is_asked_only(table: FoundTable) -> bool:
        return is_asked(table) and len(table.periods) == 1

    left = found
    if any(map(is_asked, found)):
        left = [table for table in left if is_asked(table) or not table.periods]
    for wanted in (_is_current, is_asked, is_asked_only, _is_official):
        left = _those(left, wanted)
    return left


def _those(tables: list[FoundTable], wanted: Callable[[FoundTable], bool]) -> list[FoundTable]:
    return [table for table in tables if wanted(table)] or tables


def _is_current(table: FoundTable) -> bool:
    return not table.is_laid_aside


def _is_official(table: FoundTable) -> bool:
    return is_official(table.title, table.sheet)


def _chosen(best: FoundTable, filled: list[FoundTable]) -> Choice:
    others = tuple(table for table in filled if table is not best)
    if not others:
        return Choice(best, (), Verdict.ONLY)
    is_same = all(
        table.figures == best.figures and table.may_be_of_one_report_with(best) for table in others
    )
    return Choice(best, others, Verdict.SAME if is_same else Verdict.NAMED)


def _size(table: FoundTable) -> tuple[int, int]:
    return table.filled, len(table.codes)
