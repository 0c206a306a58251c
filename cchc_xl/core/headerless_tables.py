"""Tables that lost their header: the columns are known by the labels, codes and units in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cchc_xl.core.columns_beside import number_at, numbers_the_rows
from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.grid import Grid
from cchc_xl.core.labels import with_label
from cchc_xl.core.row_words import words_of
from cchc_xl.core.table_layout import HEADER_ROWS, Layout, heads_label
from cchc_xl.core.text import match_key

_Labels = dict[int, Indicator]


def headerless_layout(grid: Grid, form: Form) -> Layout | None:
    """Return where a table without a header stands, None where its labels or figures do not.

    Half of the printed labels have to stand in one column. Several columns of numbers are rivals.
    """
    by_column: dict[int, _Labels] = {}
    for row, column, indicator in _labels_on(grid, form):
        by_column.setdefault(column, {})[row] = indicator
    if not by_column:
        return None
    label, labels = max(by_column.items(), key=lambda item: len(item[1]))
    if len(labels) * 2 < len(form.printed):
        return None
    columns = {"label": label}
    rows = [(row, indicator.code) for row, indicator in labels.items()]
    figures: list[int] = []
    for column in range(max(len(grid.rows[row]) for row in labels)):
        if column == label:
            continue
        if numbers_the_rows(grid, rows, column):
            columns.setdefault("number", column)
        elif _holds_units(grid, labels, column):
            columns.setdefault("unit", column)
        elif any(number_at(grid, (row, column)) is not None for row in labels):
            figures.append(column)
    first = min(labels)
    if not figures or _has_header(grid, form, first, figures):
        return None
    places = [
        next((row, column) for row in labels if number_at(grid, (row, column)) is not None)
        for column in figures
    ]
    columns["value"] = figures[0]
    rivals = tuple(places) if len(places) > 1 else ()
    return Layout(first, first, columns, None, places[0], rivals, headerless=True)


def _has_header(grid: Grid, form: Form, first: int, figures: list[int]) -> bool:
    """Whether words above the table say what its columns are, even words that are not known."""
    above = range(max(first - HEADER_ROWS, 0), first)
    return any(
        heads_label(form, grid, row, column)
        for row in range(first)
        for column in range(len(grid.rows[row]))
    ) or any(grid.text(row, column) for row in above for column in figures)


def _labels_on(grid: Grid, form: Form) -> Iterator[tuple[int, int, Indicator]]:
    for row, cells in enumerate(grid.rows):
        for column, content in enumerate(cells):
            if isinstance(content, str) and content:
                keys = words_of(grid.text(row, column)).keys
                found = next((i for key in keys if (i := with_label(form, key, None))), None)
                if found is not None:
                    yield row, column, found


def _holds_units(grid: Grid, labels: _Labels, column: int) -> bool:
    same = Counter(
        match_key(grid.text(row, column)) == match_key(indicator.unit)
        for row, indicator in labels.items()
        if grid.text(row, column)
    )
    return same[True] > same[False]
