"""Matches the rows of a form's table by code, then by label; never by position.

What does not match is listed, not dropped. How a cell is read stands in `cells`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice, zip_longest

from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.table_layout import Layout, layouts, repeats_header
from cchc_xl.core.text import match_key

# Titles that look like headers are few; each candidate costs a pass over the rows.
_MOST_HEADERS = 8
# Below this likeness the words beside a known code speak of something else.
_ALIKE = 0.6
# A label without a code must be the label of the form but for a slip or two inside longer words.
_MOST_SLIPS = 2
_SHORTEST_SLIPPING = 4
_SLIP = 0.7


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row of the sheet that speaks of an indicator."""

    indicator: Indicator
    row: int
    label: str
    label_differs: bool


@dataclass(frozen=True, slots=True)
class MatchedTable:
    """A form's table on a sheet: the rows that matched, and the rows that did not."""

    form: Form
    grid: Grid
    layout: Layout
    rows: tuple[MatchedRow, ...]
    unmatched: tuple[int, ...]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(matched.indicator.code for matched in self.rows)

    def value_place(self, row: int) -> Place:
        return row, self.layout.columns["value"]

    @property
    def filled(self) -> int:
        """How many matched rows hold something in the value column."""
        return sum(not self.grid.cell(*self.value_place(r.row)).is_empty for r in self.rows)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the sheet below the header, as text."""

    row: int
    code: str
    label: str
    has_value: bool


def match_table(grid: Grid, form: Form) -> MatchedTable | None:
    """Return the table of `form` on `grid`, or None where the sheet carries none."""
    fewest, enough = min(5, -(-len(form.printed) // 2)), len(form.printed) // 2
    best: MatchedTable | None = None
    for layout in islice(layouts(grid, form), _MOST_HEADERS):
        matched, unmatched = _match_rows(form, list(_rows(grid, form, layout)))
        matched, strangers = _without_strangers(matched)
        unlisted = tuple(sorted({*unmatched, *strangers}))
        table = MatchedTable(form, grid, layout, tuple(matched), unlisted)
        if len(table.codes) >= fewest and (best is None or _weight(table) > _weight(best)):
            best = table
        is_whole = len(layout.columns) == len(form.columns)
        if best is not None and is_whole and len(best.codes) > enough:
            break
    return best


def _weight(table: MatchedTable) -> tuple[int, int]:
    """How well a table fits: by its rows, then by the columns that its header names."""
    return len(table.codes), len(table.layout.columns)


def _rows(grid: Grid, form: Form, layout: Layout) -> Iterator[_Row]:
    for row in range(layout.first_row, len(grid.rows)):
        if repeats_header(grid, form, layout, row):
            continue
        yield _Row(
            row,
            _code_text(grid, layout, row),
            grid.text(row, layout.columns["label"]),
            not grid.cell(row, layout.columns["value"]).is_empty,
        )


def _code_text(grid: Grid, layout: Layout, row: int) -> str:
    if layout.code is not None and grid.text(row, layout.code):
        return grid.text(row, layout.code)
    number = layout.columns.get("number")
    return grid.text(row, number) if number is not None else ""


_TRAILING = re.compile(r"[.\s)]+$")


def normal_code(text: str) -> str:
    """Return a typed row number without spaces and trailing dots: `2.3.` is `2.3`."""
    return _TRAILING.sub("", text.replace(" ", "")).replace(",", ".")


def _match_rows(form: Form, every_row: list[_Row]) -> tuple[list[MatchedRow], list[int]]:
    rows = [row for row in every_row if row.label or row.code or row.has_value]
    matched: list[MatchedRow] = []
    unmatched: list[int] = []
    parent: str | None = None
    skip = False
    for row, following in zip_longest(rows, rows[1:]):
        if skip:
            skip = False
            continue
        found = _match_row(form, row, parent)
        rest = following if following is not None and _is_rest_of_label(following) else None
        if found is None and rest is not None:
            # A page break cut the label in two: join it with the row below.
            joined = _Row(row.row, row.code, f"{row.label} {rest.label}", row.has_value)
            found = _match_row(form, joined, parent)
            skip = found is not None
        elif found is not None and rest is not None:
            whole = match_key(f"{row.label} {rest.label}")
            skip = whole == match_key(found.indicator.label)
        if found is None:
            if row.has_value or len(row.label) > 3:
                unmatched.append(row.row)
            continue
        matched.append(found)
        code = found.indicator.code
        parent = code if found.indicator.parent != parent or _has_children(form, code) else parent
    return matched, unmatched


def _without_strangers(matched: list[MatchedRow]) -> tuple[list[MatchedRow], list[int]]:
    """Part off rows whose words differ where another row has both the code and the words."""
    sure = {row.indicator.code for row in matched if not row.label_differs}
    strangers = [row for row in matched if row.label_differs and row.indicator.code in sure]
    return [row for row in matched if row not in strangers], [row.row for row in strangers]


def _is_rest_of_label(row: _Row) -> bool:
    return bool(row.label) and not normal_code(row.code) and not row.has_value


@lru_cache(maxsize=256)
def _has_children(form: Form, code: str) -> bool:
    return any(indicator.parent == code for indicator in form.indicators)


def _match_row(form: Form, row: _Row, parent: str | None) -> MatchedRow | None:
    label = match_key(row.label)
    by_code = form.by_code.get(normal_code(row.code)) if row.code else None
    by_label = _by_label(form, label, parent) if label else None
    if by_code is not None:
        own_label = match_key(by_code.label)
        if not label or by_label is by_code or own_label.startswith(label):
            return MatchedRow(by_code, row.row, row.label, False)
        if by_label is not None:
            # The words are what the official read when typing the figure; a plain 1, 2, 3 only
            # counts the rows of a block.
            counts_rows = normal_code(row.code).isdecimal()
            return MatchedRow(by_label, row.row, row.label, not counts_rows)
        return MatchedRow(by_code, row.row, row.label, not _alike(by_code.label, row.label))
    if by_label is not None:
        return MatchedRow(by_label, row.row, row.label, False)
    by_slip = _by_nearly_equal_label(form, label)
    return MatchedRow(by_slip, row.row, row.label, True) if by_slip else None


def _by_label(form: Form, label: str, parent: str | None) -> Indicator | None:
    candidates = _labels(form).get(label, ())
    if len(candidates) == 1:
        return candidates[0]
    below = [indicator for indicator in candidates if indicator.parent == parent]
    return below[0] if len(below) == 1 else None


def _by_nearly_equal_label(form: Form, label: str) -> Indicator | None:
    """Return the indicator whose label `label` writes with a slip or two, if it is the only one.

    A slip is inside a word. "không đúng hạn" is no slip for "đúng hạn", nor is "quá hạn", nor
    "mức độ 3" for "mức độ 4": a word more, or another word, says another thing.
    """
    words = label.split()
    found = [
        indicator
        for key, indicators in _labels(form).items()
        if _differs_by_slips(key.split(), words)
        for indicator in indicators
    ]
    return found[0] if len(found) == 1 else None


def _differs_by_slips(printed: list[str], typed: list[str]) -> bool:
    if len(printed) != len(typed):
        return False
    pairs = [(one, other) for one, other in zip(printed, typed, strict=True) if one != other]
    return len(pairs) <= _MOST_SLIPS and all(
        len(one) >= _SHORTEST_SLIPPING and SequenceMatcher(None, one, other).ratio() >= _SLIP
        for one, other in pairs
    )


@lru_cache(maxsize=64)
def _labels(form: Form) -> dict[str, tuple[Indicator, ...]]:
    labels: dict[str, tuple[Indicator, ...]] = {}
    for indicator in form.indicators:
        key = match_key(indicator.label)
        labels[key] = (*labels.get(key, ()), indicator)
    return labels


def _alike(printed: str, typed: str) -> bool:
    one, other = match_key(printed), match_key(typed)
    if one.startswith(other) or other.startswith(one):
        return True
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE
