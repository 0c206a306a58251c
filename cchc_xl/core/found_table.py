"""The tables of a form in a file: two below each other told apart, parts of one put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from cchc_xl.core.cells import Kind
from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid
from cchc_xl.core.identity import unit_in_words, words_above
from cchc_xl.core.period import Period
from cchc_xl.core.submission import Entry
from cchc_xl.core.table_layout import Layout, repeats_header
from cchc_xl.core.table_matching import (
    MatchedRow,
    MatchedTable,
    fewest_rows,
    match_rows,
    match_table,
)
from cchc_xl.core.table_reading import read_table
from cchc_xl.core.table_title import is_laid_aside, periods_named, unit_named_below
from cchc_xl.core.text import match_key
from cchc_xl.core.values import INVALID
from cchc_xl.core.wording import as_typed

# A part may say again the heading that it goes on with.
_REPEATED_ROWS = 2


@dataclass(frozen=True)
class FoundTable:
    """A form's table of a file, in one part or in several, each with its own places.

    `title` are the words above the first part; `is_below`: they stand below another table.
    """

    parts: tuple[MatchedTable, ...]
    title: tuple[str, ...]
    is_below: bool = False

    @property
    def first(self) -> MatchedTable:
        return self.parts[0]

    @property
    def sheet(self) -> str:
        return self.first.grid.sheet

    @property
    def form(self) -> Form:
        return self.first.form

    @property
    def is_visible(self) -> bool:
        return self.first.grid.visible

    @property
    def place(self) -> str:
        """How people find the table: its sheet and the cell of its first figure."""
        return f"«{self.sheet}» (từ {'' if self.first.grid.row_names else 'ô '}{self.cell})"

    @property
    def cell(self) -> str:
        """The place of its first figure."""
        return self.first.grid.address(*self.first.value_place(self.first.rows[0].row))

    @property
    def further_places(self) -> list[str]:
        """Where the parts behind the first one begin."""
        return [FoundTable((part,), ()).place for part in self.parts[1:]]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset().union(*(part.codes for part in self.parts))

    @property
    def filled(self) -> int:
        return sum(part.filled for part in self.parts)

    @cached_property
    def figures(self) -> dict[str, object]:
        """What the table states, by code: the value, or what stands there where it is none."""
        entries: dict[str, Entry] = {}
        for part in self.parts:
            entries.update(read_table(part, own_template=False)[0].entries)
        return {
            code: as_typed(entry.raw) if entry.value == INVALID else entry.value
            for code, entry in entries.items()
            if not entry.raw.is_empty
        }

    @cached_property
    def unit(self) -> str | None:
        """The unit that the words above the table name, else the name of its sheet."""
        named = unit_named_below(self.title) if self.is_below else unit_in_words(self.title)
        return named or unit_in_words((self.sheet,))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods that the title and the name of the sheet give the table."""
        return periods_named(self.title, self.sheet)

    @cached_property
    def is_laid_aside(self) -> bool:
        """Whether its sheet or title calls it a draft, a copy, or that of an earlier period."""
        return is_laid_aside(self.title, self.sheet)

    def may_be_of_one_report_with(self, other: FoundTable) -> bool:
        """Whether titles and sheets name neither two units nor two periods."""
        units = {match_key(unit) for unit in (self.unit, other.unit) if unit}
        return len(units) < 2 and (
            not self.periods
            or not other.periods
            or any(p.is_same_window(q) for p in self.periods for q in other.periods)
        )


def tables_found(grids: Iterable[Grid], form: Form) -> list[FoundTable]:
    """Return the tables of `form` in a file, parts put together, in the order of the file."""
    tables: list[FoundTable] = []
    for grid in grids:
        matched = match_table(grid, form)
        if matched is not None and not _is_numbered_list(matched):
            for found in _tables_of_sheet(matched):
                _add(tables, found)
        elif tables:
            rest = _rest_on(grid, tables[-1])
            if rest is not None:
                tables[-1] = replace(tables[-1], parts=(*tables[-1].parts, rest))
    return tables


def _is_numbered_list(matched: MatchedTable) -> bool:
    """Whether only headings of the form are met, and by their numbers: any list counts 1, 2, 3."""
    return all(
        row.indicator.kind is Kind.HEADER
        and match_key(matched.label(row.row)) != match_key(row.indicator.label)
        for row in matched.rows
    )


def _add(tables: list[FoundTable], found: FoundTable) -> None:
    """Add a table to those found, as a part of the last one that lacks just its rows."""
    for place in reversed(range(len(tables))):
        if _goes_on_with(tables[place], found):
            tables[place] = replace(tables[place], parts=(*tables[place].parts, *found.parts))
            return
    tables.append(found)


def _goes_on_with(table: FoundTable, rest: FoundTable) -> bool:
    """Whether `rest` has only rows that `table` lacks, and nothing says that it is another's."""
    common = table.codes & rest.codes
    return (
        len(common) <= _REPEATED_ROWS
        and len(common) < len(rest.codes)
        and not common & table.figures.keys() & rest.figures.keys()
        and table.is_visible == rest.is_visible
        and table.is_laid_aside == rest.is_laid_aside
        and table.may_be_of_one_report_with(rest)
    )


def _rest_on(grid: Grid, table: FoundTable) -> MatchedTable | None:
    """Return the rows with which `table` goes on where its header does not stand again, or None.

    Most of them have to be rows of the form beyond doubt: a report has other tables too.
    """
    last = table.parts[-1]
    again = match_table(grid, table.form, fewest=1)
    if again is not None and not again.layout.rivals:
        rest = again
    elif last.layout.rivals:
        return None
    else:
        layout = Layout(0, 0, last.layout.columns, value_header=last.layout.value_header)
        rest = match_rows(grid, table.form, layout, after=last.rows[-1].indicator)
    sure = [row for row in rest.rows if row.label and not row.label_differs]
    if not sure:
        return None
    start = sure[0].row
    rest = replace(
        rest,
        rows=tuple(row for row in rest.rows if row.row >= start),
        unmatched=tuple(row for row in rest.unmatched if row >= start),
        undecided=tuple(row for row in rest.undecided if row.row >= start),
    )
    every = len(rest.rows) + len(rest.unmatched) + len(rest.undecided)
    words = words_above(grid, start)
    goes_on = _goes_on_with(table, FoundTable((rest,), words, is_below=True))
    return rest if len(sure) * 3 >= every * 2 and goes_on else None


def _tables_of_sheet(matched: MatchedTable) -> Iterator[FoundTable]:
    """Yield the tables that stand below each other on a sheet; rows that stand twice are none."""
    title = words_above(matched.grid, matched.layout.header_row)
    parts = _apart(matched)
    for place, part in enumerate(parts):
        if place:
            title = _words_between(parts[place - 1], part)
        is_below = bool(place) or _is_below_another(matched.grid)
        yield FoundTable((part,), title, is_below)


def _is_below_another(grid: Grid) -> bool:
    """Whether a table of a Word file is not its first: the words above it are those between."""
    return bool(grid.row_names) and grid.sheet != "Bảng 1"


def _words_between(above: MatchedTable, below: MatchedTable) -> tuple[str, ...]:
    """Return the words between two tables of a sheet without those of the header."""
    grid, form, layout = above.grid, above.form, above.layout
    between = range(above.rows[-1].row + 1, below.rows[0].row)
    rows = [row for row in between if not repeats_header(grid, form, layout, row)]
    cells = ((row, column) for row in rows for column in range(len(grid.rows[row])))
    return tuple(text for place in cells if (text := grid.text(*place)))


def _apart(matched: MatchedTable) -> list[MatchedTable]:
    """Return the tables that a match over a whole sheet holds, from the top."""
    boundary = _boundary(matched)
    if boundary is None:
        return [matched]
    last_above, first_below = matched.rows[boundary - 1].row, matched.rows[boundary].row
    above = replace(
        matched,
        rows=matched.rows[:boundary],
        unmatched=tuple(
            row
            for row in matched.unmatched
            if row < last_above or (row < first_below and _has_figure(matched, row))
        ),
        undecided=tuple(row for row in matched.undecided if row.row < first_below),
    )
    below = replace(
        matched,
        rows=matched.rows[boundary:],
        unmatched=tuple(row for row in matched.unmatched if row > first_below),
        undecided=tuple(row for row in matched.undecided if row.row > first_below),
    )
    return [*_apart(above), *_apart(below)]


def _has_figure(matched: MatchedTable, row: int) -> bool:
    content = matched.grid.content(*matched.value_place(row))
    return any(map(str.isdecimal, str(content or "")))


def _boundary(matched: MatchedTable) -> int | None:
    """Return which row begins a second table: the one that parts most rows from their doubles.

    Of several such rows it is the one below a header, or below the widest gap.
    """
    rows = matched.rows
    met = _first_and_last(rows)
    if len(met) == len(rows):
        return None
    change = [0] * (len(rows) + 1)
    for first, last in met.values():
        change[first + 1] += 1
        change[last + 1] -= 1
    doubles: list[int] = []
    for step in change[:-1]:
        doubles.append(step + (doubles[-1] if doubles else 0))
    most = max(doubles)
    best = max(
        (place for place in range(1, len(rows)) if doubles[place] == most),
        key=lambda place: _gap(matched, rows[place - 1].row, rows[place].row),
    )
    smaller = min(len({row.indicator.code for row in side}) for side in (rows[:best], rows[best:]))
    return best if most >= fewest_rows(matched.form) and most * 2 >= smaller else None


def _first_and_last(rows: tuple[MatchedRow, ...]) -> dict[str, tuple[int, int]]:
    met: dict[str, tuple[int, int]] = {}
    for place, row in enumerate(rows):
        code = row.indicator.code
        met[code] = (met.get(code, (place, place))[0], place)
    return met


def _gap(matched: MatchedTable, above: int, below: int) -> tuple[bool, int]:
    between = range(above + 1, below)
    has_header = any(
        repeats_header(matched.grid, matched.form, matched.layout, row) for row in between
    )
    return has_header, len(between)
