"""Columns of figures that are named by a period: "Quý I | Quý II", "Lũy kế", "Kỳ trước"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.text import bare_letters, clean, match_key

# How far below its first line a header may name the columns.
_LINES = 3
_CUMULATED = "l(?:ũy|uỹ) kế|cộng dồn"
_PERIOD = re.compile(
    r"(?:(?:số liệu|số lượng|kết quả|thực hiện|giá trị|ước)\b.*?)?\b"
    r"(?:quý (?:i{1,3}|iv|0?\d)|(?:0?[369]|12|sáu|chín) tháng|tháng \d{1,2}|năm \d{4}"
    rf"|(?:kỳ|năm|quý) (?:này|trước)|cùng kỳ|trong kỳ|kế hoạch|so (?:với|sánh)|{_CUMULATED})\b"
)
# Figures of these columns are surely not those of the period that is reported.
_OTHER_PERIOD = re.compile(rf"(?:kỳ|năm|quý) trước|cùng kỳ|kế hoạch|so (?:với|sánh)|{_CUMULATED}")
_DONE = match_key("Thực hiện")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class PeriodColumns:
    """Where to look for such columns: a header's first row, its label, the columns in use.

    `value_keys` are the names of the column of figures as match keys.
    """

    grid: Grid
    row: int
    label: int
    taken: frozenset[int]
    value_keys: tuple[str, ...]

    def cells(self) -> Iterator[tuple[Place, str]]:
        """Yield the texts of the header's lines; a line with a label is a row of the table."""
        for row in range(self.row, min(self.row + _LINES, len(self.grid.rows))):
            if row > self.row and self.grid.text(row, self.label):
                return
            for column in range(len(self.grid.rows[row])):
                text = self.grid.text(row, column)
                if column not in self.taken and text:
                    yield (row, column), text


def period_columns(header: PeriodColumns) -> tuple[Place, ...]:
    """Return the headers of columns of figures where none has just the name of the form.

    One such column may be the figures of the period; two or more are not told apart here. A
    single column of another period is none.
    """
    found: dict[int, Place] = {}
    for place, text in header.cells():
        key = match_key(text)
        if names_period(text) or names_figures(key, header.value_keys):
            found[place[1]] = place
    places = tuple(found.values())
    if len(places) == 1 and names_other_period(header.grid.text(*places[0])):
        return ()
    return places


def other_period_columns(header: PeriodColumns, value: Place) -> tuple[Place, ...]:
    """Return the headers of other periods' figures that stand beside the header `value`."""
    found = {
        place[1]: place
        for place, text in header.cells()
        if place[1] != value[1] and names_period(text)
    }
    return tuple(found.values())


def parts_of_header(
    grid: Grid, header: Place, label: int, taken: AbstractSet[int]
) -> tuple[Place, ...]:
    """Return the cells below a header that stands above several columns, () where it does not."""
    row, column = header
    below = row + 1
    years_count = not grid.text(below, label)
    parts: list[Place] = []
    for beside in range(column, len(grid.rows[below]) if below < len(grid.rows) else 0):
        if beside in taken or (beside > column and grid.text(row, beside)):
            break
        text = grid.text(below, beside)
        if not any(map(str.isalpha, text)) and not (years_count and _YEAR.fullmatch(text)):
            break
        parts.append((below, beside))
    return tuple(parts) if len(parts) > 1 else ()


def is_header_line(grid: Grid, row: int, lines: range) -> bool:
    """Whether a row says just what one of the header's lines says."""
    texts = _texts(grid, row)
    return len(texts) > 1 and any(texts == _texts(grid, line) for line in lines)


def _texts(grid: Grid, row: int) -> dict[int, str]:
    return {c: text for c in range(len(grid.rows[row])) if (text := grid.text(row, c))}


def names_figures(key: str, value_keys: tuple[str, ...]) -> bool:
    """Whether a header is a name of the figures, or begins with one: "Kết quả thực hiện"."""
    bare = bare_letters(key)
    names = map(bare_letters, (*value_keys, _DONE))
    return any(bare == name or bare.startswith(f"{name} ") for name in names)


def names_period(text: str) -> bool:
    """Whether a header begins with a period, or with figures of one."""
    return _PERIOD.match(clean(text).lower()) is not None


def names_other_period(text: str) -> bool:
    """Whether a header surely names other figures than those of the reported period."""
    return _OTHER_PERIOD.search(clean(text).lower()) is not None
