"""Matches the rows of a form's table by code, then by label; never by position.

What does not match is listed, not dropped. How a cell is read stands in `cells`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import lru_cache
from itertools import islice, zip_longest

from cchc_xl.core.columns_beside import with_columns_beside
from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.headerless_tables import headerless_layout
from cchc_xl.core.labels import alike, labels_of, with_end_of_label, with_label, with_slip
from cchc_xl.core.row_numbers import codes_of, codes_of_cell, normal_code
from cchc_xl.core.row_words import words_of
from cchc_xl.core.signature_lines import signature_rows
from cchc_xl.core.table_layout import Layout, layouts, repeats_header
from cchc_xl.core.text import match_key

# Titles that look like headers are few; each candidate costs a pass over the rows.
_MOST_HEADERS = 8
# A label may be cut off; less than this of it says nothing.
_SHORTEST_CUT = 6


class Doubt(IntEnum):
    """What speaks against a row being that of its indicator."""

    NONE = 0
    # The words are exactly those of the indicator, the number is another one's.
    OTHER_NUMBER = 1
    # The number is that of the indicator, its words are like it.
    LIKE_WORDS = 2
    # Number and words speak of two things, and neither says exactly which.
    OTHER_WORDS = 3


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row of the sheet that speaks of an indicator.

    `label_differs`: the words are not quite those of the form, which is said. `number` is what
    its cell of numbers says where that is the code of another indicator. A row of more `doubt`
    steps back before one of less.
    """

    indicator: Indicator
    row: int
    label: str
    label_differs: bool
    number: str = ""
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, slots=True)
class UndecidedRow:
    """A row whose number may be that of several indicators, and nothing tells which."""

    row: int
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchedTable:
    """A form's table on a sheet: the rows that matched, and the rows that did not.

    `outdone` are those of the unmatched rows whose indicator another row has more surely.
    """

    form: Form
    grid: Grid
    layout: Layout
    rows: tuple[MatchedRow, ...]
    unmatched: tuple[int, ...]
    undecided: tuple[UndecidedRow, ...] = ()
    outdone: tuple[MatchedRow, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(matched.indicator.code for matched in self.rows)

    def value_place(self, row: int) -> Place:
        return row, self.layout.columns["value"]

    def label(self, row: int) -> str:
        """Return the words of a row, wherever they stand."""
        columns = self.layout.columns
        words = self.grid.text(row, columns["label"])
        return words or ("number" in columns and self.grid.text(row, columns["number"])) or ""

    def value_places(self, row: int) -> tuple[Place, ...]:
        """Return every place that claims the figure of a row; one, but for rival columns."""
        columns = [column for _, column in self.layout.rivals]
        return tuple((row, column) for column in columns) or (self.value_place(row),)

    @property
    def filled(self) -> int:
        """How many matched rows hold something in the value column."""
        return sum(
            any(not self.grid.cell(*place).is_empty for place in self.value_places(row.row))
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the sheet below the header, as text; `codes` are those that its number may be."""

    row: int
    code: str
    codes: tuple[str, ...]
    label: str
    has_value: bool


@dataclass(slots=True)
class _Matches:
    matched: list[MatchedRow] = field(default_factory=list[MatchedRow])
    unmatched: list[int] = field(default_factory=list[int])
    undecided: list[UndecidedRow] = field(default_factory=list[UndecidedRow])


def match_table(grid: Grid, form: Form, fewest: int | None = None) -> MatchedTable | None:
    """Return the table of `form` on `grid`, or None where the sheet carries none.

    `fewest` is how many of the form's rows make a table; a part of one may have less.
    """
    fewest, enough = fewest or fewest_rows(form), len(form.printed) // 2
    best: MatchedTable | None = None
    for layout in islice(layouts(grid, form), _MOST_HEADERS):
        table = match_rows(grid, form, layout)
        if len(table.codes) >= fewest and (best is None or _weight(table) > _weight(best)):
            best = table
        is_whole = len(layout.columns) == len(form.columns)
        if best is not None and is_whole and len(best.codes) > enough:
            break
    return best


def fewest_rows(form: Form) -> int:
    """Return how many of the form's rows a table must have to be told from another."""
    return min(5, -(-len(form.printed) // 2))


def match_headerless_table(grid: Grid, form: Form) -> MatchedTable | None:
    """Return the table of `form` on a sheet that has no header of it, or None."""
    layout = headerless_layout(grid, form)
    return None if layout is None else match_rows(grid, form, layout)


def match_rows(
    grid: Grid, form: Form, layout: Layout, after: Indicator | None = None
) -> MatchedTable:
    """Return the rows of `form` below a header; they go on behind the row `after`, if given."""
    rows = list(_rows(grid, form, layout))
    found = _match_rows(form, rows, after)
    matched, strangers = _without_strangers(found.matched)
    signed = signature_rows(grid, [row.row for row in rows], {row.row for row in matched})
    others = {*found.unmatched, *(row.row for row in strangers)}
    settled = with_columns_beside(
        grid, form, layout, [(row.row, row.indicator.code) for row in matched]
    )
    return MatchedTable(
        form,
        grid,
        settled,
        tuple(matched),
        tuple(sorted(others - signed)),
        tuple(found.undecided),
        tuple(strangers),
    )


def _weight(table: MatchedTable) -> tuple[int, bool, int]:
    """How well a table fits: by its rows, then by the columns that its header names."""
    return len(table.codes), not table.layout.rivals, len(table.layout.columns)


def _rows(grid: Grid, form: Form, layout: Layout) -> Iterator[_Row]:
    columns = [column for _, column in layout.rivals] or [layout.columns["value"]]
    for row in range(layout.first_row, len(grid.rows)):
        if repeats_header(grid, form, layout, row):
            continue
        has_value = any(not grid.cell(row, column).is_empty for column in columns)
        label = grid.text(row, layout.columns["label"])
        place = _code_place(grid, layout, row)
        code = grid.text(*place) if place is not None else ""
        if code and not label and _is_label(form, code, has_value=has_value):
            # Number and label stand in one cell, merged over both columns.
            code, label, place = "", code, None
        content = grid.content(*place) if place is not None else None
        yield _Row(row, code, codes_of_cell(form, content), label, has_value)


def _is_label(form: Form, text: str, *, has_value: bool) -> bool:
    """Whether the text of a number cell is a label: known, numbered, or with a figure beside it."""
    if codes_of(form, text, None) or match_key(text) in _printed_numbers(form):
        return False
    words = words_of(text)
    return any(key in labels_of(form) for key in words.keys) or (
        any(map(str.isalpha, text)) and (has_value or bool(codes_of(form, words.code, None)))
    )


@lru_cache(maxsize=64)
def _printed_numbers(form: Form) -> frozenset[str]:
    return frozenset(match_key(indicator.number) for indicator in form.indicators)


def _code_place(grid: Grid, layout: Layout, row: int) -> Place | None:
    if layout.code is not None and grid.text(row, layout.code):
        return row, layout.code
    number = layout.columns.get("number")
    return None if number is None else (row, number)


def _match_rows(form: Form, every_row: list[_Row], after: Indicator | None) -> _Matches:
    rows = [row for row in every_row if row.label or row.code or row.has_value]
    found = _Matches()
    parent: str | None = None
    last: str | None = None
    if after is not None:
        last = after.code
        parent = last if _has_children(form, last) else after.parent
    skip = False
    for row, following in zip_longest(rows, rows[1:]):
        if skip:
            skip = False
            continue
        match = _match_row(form, row, parent, last)
        rest = following if following is not None and _is_rest_of_label(following) else None
        if match is None and rest is not None and row.label:
            # A page break cut the label in two: join it with the row below.
            joined = replace(row, label=f"{row.label} {rest.label}")
            match = _match_row(form, joined, parent, last)
            skip = match is not None
        elif isinstance(match, MatchedRow) and rest is not None:
            whole = match_key(f"{row.label} {rest.label}")
            skip = whole == match_key(match.indicator.label)
            if skip:
                match = replace(match, label_differs=False, doubt=Doubt.NONE)
        last = None
        if isinstance(match, UndecidedRow):
            found.undecided.append(match)
        elif match is not None:
            found.matched.append(match)
            last = match.indicator.code
            keeps_parent = match.indicator.parent == parent and not _has_children(form, last)
            parent = parent if keeps_parent else last
            continue
        elif row.has_value or len(row.label) > 3:
            found.unmatched.append(row.row)
        if normal_code(row.code):
            # Rows below a numbered row that was not known may be its own.
            parent = None
    return found


def _without_strangers(
    matched: list[MatchedRow],
) -> tuple[list[MatchedRow], list[MatchedRow]]:
    """Part off rows in doubt where another row of their indicator is surer."""
    least: dict[str, Doubt] = {}
    for row in matched:
        code = row.indicator.code
        least[code] = min(row.doubt, least.get(code, row.doubt))
    strangers = [row for row in matched if row.doubt > least[row.indicator.code]]
    return [row for row in matched if row not in strangers], strangers


def _is_rest_of_label(row: _Row) -> bool:
    return bool(row.label) and not normal_code(row.code) and not row.has_value


@lru_cache(maxsize=256)
def _has_children(form: Form, code: str) -> bool:
    return any(indicator.parent == code for indicator in form.indicators)


def _match_row(
    form: Form, row: _Row, parent: str | None, last: str | None
) -> MatchedRow | UndecidedRow | None:
    words = words_of(row.label)
    label = match_key(row.label)
    by_label = next((found for key in words.keys if (found := with_label(form, key, parent))), None)
    if by_label is None and parent is not None and not any(map(str.isdecimal, row.code)):
        by_end = with_end_of_label(form, words.keys, parent)
        if by_end is not None:
            return MatchedRow(by_end, row.row, row.label, label_differs=True)
    # A number inside the label counts where the row has none beside it.
    codes = row.codes or codes_of(form, row.code or words.code, parent)
    by_code = [form.by_code[code] for code in codes]
    if len(by_code) > 1:
        meant = _one_of_codes(form, by_code, by_label, words.keys, last)
        if meant is None:
            return UndecidedRow(row.row, row.label, codes)
        by_code = [meant]
    if by_code:
        # A plain 1, 2, 3 or a, b, c only counts the rows of a block.
        counts_rows = normal_code(row.code or words.code).isalnum()
        met = _by_code_and_words(form, row, by_code[0], by_label, words.keys)
        if counts_rows and met.indicator is not by_code[0]:
            differs = by_label is None
            return replace(met, label_differs=differs, number="", doubt=Doubt.NONE)
        return met
    if by_label is not None:
        return MatchedRow(by_label, row.row, row.label, label_differs=False)
    by_slip = with_slip(form, words.keys) if label else None
    return MatchedRow(by_slip, row.row, row.label, label_differs=True) if by_slip else None


def _by_code_and_words(
    form: Form, row: _Row, by_code: Indicator, by_label: Indicator | None, keys: tuple[str, ...]
) -> MatchedRow:
    """Return what a numbered row speaks of: where number and words differ, the words say it.

    The words are what the official read when typing the figure.
    """
    own_label = match_key(by_code.label)
    number = row.code or words_of(row.label).code
    if not keys or by_label is by_code:
        return MatchedRow(by_code, row.row, row.label, label_differs=False)
    if any(own_label.startswith(key) for key in keys if len(key) >= _SHORTEST_CUT):
        return MatchedRow(by_code, row.row, row.label, label_differs=by_label is not None)
    if by_label is not None:
        return MatchedRow(by_label, row.row, row.label, True, number, Doubt.OTHER_NUMBER)
    by_slip = with_slip(form, keys)
    if by_slip is by_code:
        return MatchedRow(by_code, row.row, row.label, label_differs=True)
    if by_slip is not None:
        return MatchedRow(by_slip, row.row, row.label, True, number, Doubt.OTHER_WORDS)
    is_like = any(alike(own_label, key) for key in keys)
    doubt = Doubt.LIKE_WORDS if is_like else Doubt.OTHER_WORDS
    return MatchedRow(by_code, row.row, row.label, label_differs=True, doubt=doubt)


def _one_of_codes(
    form: Form,
    by_code: list[Indicator],
    by_label: Indicator | None,
    keys: tuple[str, ...],
    last: str | None,
) -> Indicator | None:
    """Return which of several indicators a number means: 1.1 may have been 1.10. None: unknown."""
    if by_label is not None:
        return by_label if by_label in by_code else by_code[0]
    by_slip = with_slip(form, keys) if keys else None
    if by_slip in by_code:
        return by_slip
    cut = [i for i in by_code if any(match_key(i.label).startswith(key) for key in keys)]
    if keys:
        return cut[0] if len(cut) == 1 else None
    following = [i for i in by_code if last is not None and _follows(form, i, last)]
    return following[0] if len(following) == 1 else None


def _follows(form: Form, indicator: Indicator, last: str) -> bool:
    return form.order[indicator.code] == form.order[last] + 1
