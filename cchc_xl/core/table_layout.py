"""Finds where a form's table stands on a sheet: its header, and the column of each part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.text import match_key

# How many rows a header may span: the printed form has two, hand-made ones a row of numbers more.
_HEADER_ROWS = 4
_SEARCHED_ROWS = 5000
_CODE_COLUMN = match_key("Mã chỉ tiêu")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands: the first row below its header, and its columns by id.

    `code` is the column "Mã chỉ tiêu" that only our own workbooks have.
    """

    first_row: int
    header_row: int
    columns: Mapping[str, int]
    code: int | None = None


def layouts(grid: Grid, form: Form) -> Iterator[Layout]:
    """Yield every place where a header of `form` may stand: a title may use its words too."""
    for row in range(min(len(grid.rows), _SEARCHED_ROWS)):
        layout = _layout_at(grid, form, row)
        if layout is not None:
            yield layout


def _layout_at(grid: Grid, form: Form, row: int) -> Layout | None:
    label = next((c for c in range(len(grid.rows[row])) if _heads_label(form, grid, row, c)), None)
    if label is None:
        return None
    columns = {"label": label}
    last_row = row
    # The value comes last: the header above it also stands above the unit.
    for wanted in ("number", "unit", "note", "value"):
        found = _find_header(grid, form, wanted, row, set(columns.values()))
        if found is not None:
            columns[wanted] = found[1]
            last_row = max(last_row, found[0])
    if "value" not in columns:
        return None
    keys = [match_key(grid.text(row, column)) for column in range(len(grid.rows[row]))]
    code = keys.index(_CODE_COLUMN) if _CODE_COLUMN in keys else None
    return Layout(last_row + 1, row, columns, code)


def _find_header(grid: Grid, form: Form, column_id: str, row: int, taken: set[int]) -> Place | None:
    """Return the header cell of a column; its printed name wins over the other names of it.

    A name that stands above two columns says nothing.
    """
    for key in _header_keys(form, column_id):
        places = [
            (r, c)
            for r in range(row, min(row + _HEADER_ROWS, len(grid.rows)))
            for c in range(len(grid.rows[r]))
            if c not in taken and match_key(grid.text(r, c)) == key
        ]
        if places:
            one_column = len({column for _, column in places}) == 1
            return places[-1] if one_column and not _is_split(grid, places[-1], taken) else None
    return None


def _is_split(grid: Grid, header: Place, taken: set[int]) -> bool:
    """Whether a header stands above two columns, such as "Quý I | Quý II"."""
    row, column = header
    beside = column + 1
    if beside in taken or grid.text(row, beside):
        return False
    below = (grid.text(row + 1, column), grid.text(row + 1, beside))
    return all(text and not isinstance(grid.content(row + 1, c), float)
               for text, c in zip(below, (column, beside), strict=True))  # fmt: skip


@lru_cache(maxsize=256)
def _header_keys(form: Form, column_id: str) -> tuple[str, ...]:
    return tuple(
        match_key(name)
        for column in form.columns
        if column.id == column_id
        for name in (column.header, *column.aliases)
    )


def _heads_label(form: Form, grid: Grid, row: int, column: int) -> bool:
    """Whether a cell is the header of the labels, its words cut short or continued."""
    key = match_key(grid.text(row, column))
    return bool(key) and any(
        key == name or (len(name) > 8 and key.startswith(name + " "))
        for name in _header_keys(form, "label")
    )


def repeats_header(grid: Grid, form: Form, layout: Layout, row: int) -> bool:
    """Whether a row is the header again, as printed on each page, or numbers the columns."""
    value_key = match_key(grid.text(row, layout.columns["value"]))
    if _heads_label(form, grid, row, layout.columns["label"]):
        # A row of the unit's own may begin with such words too; a header has no figure.
        return not value_key or value_key in (
            *_header_keys(form, "value"),
            *(match_key(c.group) for c in form.columns if c.group),
        )
    if not grid.text(row, layout.columns["label"]):
        return value_key in _header_keys(form, "value")
    texts = [grid.text(row, column).strip("()") for column in sorted(layout.columns.values())]
    return _numbers_columns([text for text in texts if text])


def _numbers_columns(texts: list[str]) -> bool:
    """Whether the texts count columns: `1 2 3 4`, `(1) (2) (3)`, `A B C 1 2`."""
    if len(texts) < 3:
        return False
    letters = [text for text in texts if text.isalpha()]
    numbers = [text for text in texts if text.isdecimal()]
    return (
        texts == letters + numbers
        and letters == list("ABCDEFGH")[: len(letters)]
        and numbers == [str(place) for place in range(1, len(numbers) + 1)]
    )
