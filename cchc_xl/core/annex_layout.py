"""Finds where an annex stands on a sheet: its rows by their words, its columns by their headers.

In a workbook of ours the codes of the rows and the numbers of the columns say it; in any other
the words above each column do, with the headers of the groups above them. Nothing goes by
position.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cchc_xl.core.annex import YEAR_WORDS, Annex, AnnexColumn, AnnexRow
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.numerals import read_decimal, read_whole
from cchc_xl.core.text import match_key

_SEARCHED_ROWS, _SEARCHED_COLUMNS = 3000, 12
# Headers span few rows, and a few names of rows must be met: one or two may stand anywhere.
_HEADER_ROWS, _FEWEST_ROWS = 6, 3
_NUMBER = re.compile(r"\(?\s*(\d{1,2}[a-z]?)\s*\)?(\s*=.*)?")
_YEAR = re.compile(rf"{match_key('Năm')} (\d{{4}})")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_FIELD = match_key("Lĩnh vực")
# A row of the unit itself is called after the unit.
UNIT_MARK = "{UNIT}"
_UNIT_TYPES = tuple(match_key(word) for word in ("Xã", "Phường", "Thị trấn", "Đặc khu", "UBND"))


@dataclass(frozen=True, slots=True)
class AnnexLayout:
    """The rows of a sheet that are rows of the annex, and its columns, both by id.

    `strange` are headers of filled columns that are none of the annex's, `disputed` those that
    more than one column claims. `unmatched` are the rows between them that are no row of it.
    """

    header_row: int
    rows: tuple[tuple[int, AnnexRow], ...]
    columns: Mapping[str, int]
    label_column: int
    strange: tuple[Place, ...] = ()
    disputed: tuple[Place, ...] = ()
    unmatched: tuple[int, ...] = ()


@dataclass(frozen=True)
class SheetWords:
    """What stands at the left of a sheet, found by its words: once for all annexes."""

    grid: Grid

    @cached_property
    def texts(self) -> Mapping[str, list[Place]]:
        """The places of each text, row by row."""
        found: dict[str, list[Place]] = {}
        for row in range(min(len(self.grid.rows), _SEARCHED_ROWS)):
            for column in range(min(len(self.grid.rows[row]), _SEARCHED_COLUMNS)):
                text = self.grid.text(row, column)
                if text:
                    found.setdefault(text, []).append((row, column))
        return found

    @cached_property
    def keys(self) -> Mapping[str, list[Place]]:
        """The places of each text by its match key."""
        found: dict[str, list[Place]] = {}
        for text, places in self.texts.items():
            found.setdefault(match_key(text), []).extend(places)
        return found


def find_annex(words: SheetWords, annex: Annex, others: Collection[str] = ()) -> AnnexLayout | None:
    """Return where `annex` stands on a sheet, None where it does not.

    A sheet that names its rows by the codes of one of the `others` (prefixes) is that annex's,
    however alike the words of both are.
    """
    found = _by_codes(words, annex)
    if found is None and not has_codes_of(words, others):
        found = _by_words(words, annex)
    return found


def has_codes_of(words: SheetWords, prefixes: Collection[str]) -> bool:
    """Whether the first column holds codes of rows, as in a table of ours."""
    return any(
        dot and before in prefixes and any(column == 0 for _, column in places)
        for text, places in words.texts.items()
        for before, dot, _ in (text.partition("."),)
    )


def _by_codes(words: SheetWords, annex: Annex) -> AnnexLayout | None:
    """Return the place of a table of ours, which names its rows by code."""
    grid = words.grid
    by_code = {f"{annex.prefix}.{row.id}": row for row in annex.rows}
    met = sorted(
        (
            (column, row, by_code[code])
            for code in by_code
            for row, column in words.texts.get(code, ())
        ),
        key=lambda place: place[:2],
    )
    for column in dict.fromkeys(column for column, _, _ in met):
        rows = tuple((row, named) for c, row, named in met if c == column)
        first = rows[0][0]
        header = next((r for r in range(first - 1, -1, -1) if _numbers_of(grid, r, annex)), None)
        if header is None:
            return None
        columns = _numbers_of(grid, header, annex)
        label = column + 2
        taken = {column, column + 1, label, *columns.values()}
        strange = tuple(
            (header, c) for c in _filled_columns(grid, [row for row, _ in rows]) if c not in taken
        )
        last = max(columns.values())
        inside = tuple(place for place in strange if label < place[1] <= last)
        known = {row for row, _ in rows}
        # A row of another version of the annex has a code too.
        unmatched = tuple(
            row
            for row in range(header + 1, len(grid.rows))
            if row not in known and grid.text(row, column).startswith(f"{annex.prefix}.")
        )
        strange = _without_units(grid, inside, header)
        return AnnexLayout(header, rows, columns, label, strange, unmatched=unmatched)
    return None


def _without_units(grid: Grid, places: Sequence[Place], header: int) -> tuple[Place, ...]:
    above = range(max(0, header - _HEADER_ROWS), header + 1)
    unit = match_key("Đơn vị tính")
    return tuple(
        (row, column)
        for row, column in places
        if all(match_key(grid.text(r, column)) != unit for r in above)
    )


def _numbers_of(grid: Grid, row: int, annex: Annex) -> dict[str, int]:
    """Return the columns by the printed numbers in a row; empty unless most of them stand there."""
    numbers = {column.number: column.id for column in annex.columns if column.number}
    found: dict[str, int] = {}
    for column in range(len(grid.rows[row])):
        column_id = numbers.get(grid.text(row, column))
        if column_id is not None and column_id not in found:
            found[column_id] = column
    return found if 2 * len(found) > len(annex.columns) else {}


def _by_words(words: SheetWords, annex: Annex) -> AnnexLayout | None:
    headers = {match_key(name) for name in (annex.row_header, *annex.row_header_aliases)}
    for row, column in sorted(place for key in headers for place in words.keys.get(key, ())):
        layout = _below(words.grid, annex, row, column)
        if layout is not None:
            return layout
    return None


def _below(grid: Grid, annex: Annex, header_row: int, label_column: int) -> AnnexLayout | None:
    """Return the table whose header of rows stands at a place, None where none follows."""
    rows: list[tuple[int, AnnexRow]] = []
    others: list[int] = []
    names = _names(annex)
    for row in range(header_row + 1, min(len(grid.rows), header_row + _SEARCHED_ROWS)):
        label = grid.text(row, label_column)
        found = _row_named(label, names)
        if found is not None:
            rows.append((row, found))
        elif label:
            others.append(row)
    fewest = min(_FEWEST_ROWS, len([row for row in annex.rows if row.label]))
    if len({row.id for _, row in rows}) < fewest:
        return None
    first, last = rows[0][0], rows[-1][0]
    if first - header_row > _HEADER_ROWS:
        return None
    columns, disputed = _columns(grid, annex, range(header_row, first), label_column)
    needed = {column.id for column in annex.columns if not column.is_optional}
    if 2 * len(needed & columns.keys()) <= len(needed):
        return None
    filled = _filled_columns(grid, [row for row, _ in rows])
    claimed = {column for _, column in disputed}
    strange = tuple(
        (header_row, column)
        for column in filled
        if column > label_column and column not in columns.values() and column not in claimed
    )
    unmatched = tuple(row for row in others if first < row < last)
    return AnnexLayout(header_row, tuple(rows), columns, label_column, strange, disputed, unmatched)


def _names(annex: Annex) -> Mapping[str, AnnexRow]:
    return {
        match_key(name): row
        for row in reversed(annex.rows)
        for name in (row.label, *row.aliases)
        if name
    }


def _row_named(label: str, names: Mapping[str, AnnexRow]) -> AnnexRow | None:
    """Return the row that a label names: what stands in brackets behind it says whose it is."""
    for words in (label, _IN_BRACKETS.sub(" ", label)):
        key = match_key(words)
        for candidate in (key, key.removeprefix(f"{_FIELD} ")):
            if candidate in names:
                return names[candidate]
    own = names.get(match_key(UNIT_MARK))
    key = match_key(label)
    return own if own is not None and key.startswith(_UNIT_TYPES) else None


def _columns(
    grid: Grid, annex: Annex, header: range, label_column: int
) -> tuple[dict[str, int], tuple[Place, ...]]:
    """Return the columns by id, and the headers that several columns claim."""
    width = max(len(grid.rows[row]) for row in header)
    claims: dict[str, list[int]] = {}
    unnamed: list[int] = []
    paths = {column: _path(grid, header, column) for column in range(label_column + 1, width)}
    by_year = _columns_of_years(annex, paths.values())
    for column, path in paths.items():
        found = _column_named(path, annex) or (by_year.get(path[-1]) if path else None)
        if found is not None:
            claims.setdefault(found.id, []).append(column)
        elif path:
            unnamed.append(column)
    columns = {column_id: places[0] for column_id, places in claims.items() if len(places) == 1}
    disputed = tuple(
        (header.start, place) for places in claims.values() if len(places) > 1 for place in places
    )
    # The printed number tells columns apart whose words do not; it never overrules words.
    columns |= {
        column_id: column
        for column_id, column in _numbered(grid, annex, header).items()
        if column_id not in claims and column in unnamed
    }
    return columns, disputed


def _columns_of_years(annex: Annex, paths: Iterable[Sequence[str]]) -> Mapping[str, AnnexColumn]:
    """Return the columns that stand for years by headers such as "Năm 2021", in their order."""
    of_years = [c for word in YEAR_WORDS for c in annex.columns if word in c.header]
    years = sorted({path[-1] for path in paths if path and _YEAR.fullmatch(path[-1])})
    return dict(zip(years, of_years, strict=False)) if len(years) <= len(of_years) else {}


def _numbered(grid: Grid, annex: Annex, header: range) -> dict[str, int]:
    by_number = {c.number.strip("()"): c.id for c in annex.columns if c.number}
    for row in reversed(header):
        texts = [grid.text(row, column) for column in range(len(grid.rows[row]))]
        matches = [_NUMBER.fullmatch(text) for text in texts]
        found = {
            by_number[match.group(1)]: column
            for column, match in enumerate(matches)
            if match is not None and match.group(1) in by_number
        }
        if 2 * len(found) > len(annex.columns):
            return found
    return {}


def _path(grid: Grid, header: range, column: int) -> tuple[str, ...]:
    """Return the words above a column from the top: of merged or empty cells those they belong to.

    Below the last words of a column, and in the last row, an empty cell is spanned from above.
    """
    words: list[str] = []
    own = [row for row in header if _is_worded(grid.text(row, column))]
    lowest = own[-1] if own else header.stop - 1
    for row in header:
        text = grid.text(row, column)
        if not text and row < lowest:
            text = _words_left_of(grid, row, column)
        key = match_key(text)
        if key and not _NUMBER.fullmatch(text) and key not in words:
            words.append(key)
    return tuple(words)


def _is_worded(text: str) -> bool:
    return bool(text) and not _NUMBER.fullmatch(text)


def _words_left_of(grid: Grid, row: int, column: int) -> str:
    for left in range(column - 1, -1, -1):
        if grid.text(row, left):
            return grid.text(row, left)
    return ""


def _column_named(path: Sequence[str], annex: Annex) -> AnnexColumn | None:
    """Return the one column of the annex that the words above a column name."""
    if not path:
        return None
    named = [
        column
        for column in annex.columns
        if any(match_key(name) == path[-1] for name in (column.header, *column.aliases))
    ]
    if len(named) > 1:
        named = [column for column in named if _stands_under(column, path)]
    return named[0] if len(named) == 1 else None


def _stands_under(column: AnnexColumn, path: Sequence[str]) -> bool:
    groups = [match_key(group) for group in column.groups]
    return bool(groups) and any(
        groups[0] == words or groups[0].endswith(words) or words.endswith(groups[0])
        for words in path[:-1]
    )


def _filled_columns(grid: Grid, rows: Sequence[int]) -> Iterator[int]:
    """Yield the columns that hold a number in one of the rows."""
    width = max((len(grid.rows[row]) for row in rows), default=0)
    for column in range(width):
        if any(_is_number(grid.text(row, column)) for row in rows):
            yield column


def _is_number(text: str) -> bool:
    return bool(text) and (read_whole(text) or read_decimal(text)) is not None
