"""Finds where a form's table stands on a sheet: its header, and the column of each part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from operator import eq

from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.period_columns import (
    PeriodColumns,
    is_header_line,
    other_period_columns,
    parts_of_header,
    period_columns,
)
from cchc_xl.core.row_words import differs_by_slips
from cchc_xl.core.text import bare_letters, match_key

# How many rows a header may span: the printed form has two, hand-made ones a row of numbers more.
HEADER_ROWS = 4
_SEARCHED_ROWS = 5000
_CODE_COLUMN = match_key("Mã chỉ tiêu")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands: the first row below its header, and its columns by id.

    `code` is the column "Mã chỉ tiêu" that only our own workbooks have. `rivals` are the headers
    that claim the figures where more than one does ("Quý I | Quý II"): none of them is read, and
    the column "value" is only the first of them. `beside` are headers of other figures beside the
    one that is read, `unnamed` the first numbers of columns without a header. A `headerless`
    table has first numbers in place of headers.
    """

    first_row: int
    header_row: int
    columns: Mapping[str, int]
    code: int | None = None
    value_header: Place = (0, 0)
    rivals: tuple[Place, ...] = ()
    beside: tuple[Place, ...] = ()
    unnamed: tuple[Place, ...] = ()
    headerless: bool = False


def layouts(grid: Grid, form: Form) -> Iterator[Layout]:
    """Yield every place where a header of `form` may stand: a title may use its words too."""
    for row in range(min(len(grid.rows), _SEARCHED_ROWS)):
        layout = _layout_at(grid, form, row)
        if layout is not None:
            yield layout


def _layout_at(grid: Grid, form: Form, row: int) -> Layout | None:
    label = next((c for c in range(len(grid.rows[row])) if heads_label(form, grid, row, c)), None)
    if label is None:
        return None
    columns = {"label": label}
    last_row = row
    # The value comes last: the header above it also stands above the unit.
    for wanted in ("number", "unit", "note"):
        found = _find_header(grid, form, wanted, row, set(columns.values()))
        if found is not None:
            columns[wanted] = found[1]
            last_row = max(last_row, found[0])
    taken = frozenset(columns.values())
    claims = _value_headers(grid, form, row, label, taken)
    if not claims:
        return None
    value_header = claims[0]
    columns["value"] = value_header[1]
    last_row = max(last_row, *(place[0] for place in claims))
    keys = [match_key(grid.text(row, column)) for column in range(len(grid.rows[row]))]
    code = keys.index(_CODE_COLUMN) if _CODE_COLUMN in keys else None
    rivals = claims if len(claims) > 1 else ()
    header = PeriodColumns(grid, row, label, taken, header_keys(form, "value"))
    beside = () if rivals else other_period_columns(header, value_header)
    return Layout(last_row + 1, row, columns, code, value_header, rivals, beside)


def _find_header(grid: Grid, form: Form, column_id: str, row: int, taken: set[int]) -> Place | None:
    """Return the header cell of a column; its printed name wins over the other names of it.

    A name that stands above two columns says nothing.
    """
    places = _named(grid, form, column_id, row, taken)
    return places[-1] if len({column for _, column in places}) == 1 else None


def _named(
    grid: Grid, form: Form, column_id: str, row: int, taken: AbstractSet[int]
) -> tuple[Place, ...]:
    """Return the cells that carry the first name of a column that is met at all.

    A name without its marks, or with a slip, counts where none stands as it is printed.
    """
    cells = [
        ((r, c), match_key(grid.text(r, c)))
        for r in range(row, min(row + HEADER_ROWS, len(grid.rows)))
        for c in range(len(grid.rows[r]))
        if c not in taken and grid.text(r, c)
    ]
    for is_name in (eq, _is_name_with_slips):
        for key in header_keys(form, column_id):
            places = tuple(place for place, typed in cells if is_name(key, typed))
            if places:
                return places
    return ()


def _is_name_with_slips(name: str, typed: str) -> bool:
    return bare_letters(name) == bare_letters(typed) or differs_by_slips(name, typed)


def _value_headers(
    grid: Grid, form: Form, row: int, label: int, taken: frozenset[int]
) -> tuple[Place, ...]:
    """Return the header of the figures, or all of them where several columns claim to be it."""
    places = _named(grid, form, "value", row, taken)
    by_column = {column: (r, column) for r, column in places}
    if not places:
        header = PeriodColumns(grid, row, label, taken, header_keys(form, "value"))
        return period_columns(header)
    if len(by_column) > 1:
        return tuple(by_column.values())
    return parts_of_header(grid, places[-1], label, taken) or (places[-1],)


@lru_cache(maxsize=256)
def header_keys(form: Form, column_id: str) -> tuple[str, ...]:
    """Return the names of a column as match keys, the printed one first."""
    return tuple(
        match_key(name)
        for column in form.columns
        if column.id == column_id
        for name in (column.header, *column.aliases)
    )


def heads_label(form: Form, grid: Grid, row: int, column: int) -> bool:
    """Whether a cell is the header of the labels, its words cut short or continued."""
    key = bare_letters(match_key(grid.text(row, column)))
    return bool(key) and any(
        key == name or (len(name) > 8 and key.startswith(name + " "))
        for name in map(bare_letters, header_keys(form, "label"))
    )


def repeats_header(grid: Grid, form: Form, layout: Layout, row: int) -> bool:
    """Whether a row is the header again, as printed on each page, or numbers the columns."""
    if is_header_line(grid, row, range(layout.header_row, layout.first_row)):
        return True
    value_key = match_key(grid.text(row, layout.columns["value"]))
    if heads_label(form, grid, row, layout.columns["label"]):
        # A row of the unit's own may begin with such words too; a header has no figure.
        return not value_key or value_key in (
            *header_keys(form, "value"),
            *(match_key(c.group) for c in form.columns if c.group),
        )
    if not grid.text(row, layout.columns["label"]):
        return value_key in header_keys(form, "value")
    texts = [grid.text(row, column).strip("()") for column in sorted(layout.columns.values())]
    return _numbers_columns([text for text in texts if text])


def _numbers_columns(texts: list[str]) -> bool:
    """Whether the texts count columns: `1 2 3 4`, `(1) (2) (3)`, `A B C 1 2`.

    A column may have been taken away or moved since; none is counted twice.
    """
    if len(texts) < 3 or len(set(texts)) < len(texts):
        return False
    letters = [text for text in texts if text in "ABCDEFGH"]
    numbers = [text for text in texts if text.isdecimal() and len(text) <= 2]
    return len(letters) + len(numbers) == len(texts)
