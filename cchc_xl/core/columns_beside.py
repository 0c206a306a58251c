"""Columns that stand beside the figures: which of them claim to be the figures too.

Whatever holds numbers beside the indicators and is not read is said; see `table_reading`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from cchc_xl.core import numerals
from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.identity import period_above, words_above
from cchc_xl.core.period import Period, period_in_words
from cchc_xl.core.period_columns import names_figures, names_other_period, names_period
from cchc_xl.core.row_numbers import normal_code
from cchc_xl.core.table_layout import Layout, header_keys
from cchc_xl.core.text import clean, match_key

# Columns that are known to be no figures: they number the rows, or say a share of another figure.
_NUMBERS_ROWS = frozenset(map(match_key, ("Số thứ tự", "Mã", "Mã chỉ tiêu")))
_SHARE = re.compile(r"t[ỷỉ] (?:lệ|trọng)|phần trăm|%")
_CORRECTION = re.compile(
    r"\b(?:sửa|chỉnh|đính chính|thẩm định|thẩm tra|rà soát|kiểm tra lại|chính thức|chốt|mới)\b"
)
_THIS_PERIOD = re.compile(r"\b(?:(?:kỳ|quý|năm) (?:này|nay)|trong kỳ|kỳ báo cáo)\b")


def with_columns_beside(
    grid: Grid, form: Form, layout: Layout, rows: Sequence[tuple[int, str]]
) -> Layout:
    """Return `layout` with what stands beside its figures on the `rows`, given with their codes.

    A column that claims to be the figures too is a rival where it says another number; where
    both agree, and where it claims nothing, it is only named.
    """
    if layout.rivals or layout.code is not None:
        # Our own sheets have columns of their own beside the form.
        return layout
    period = period_above(words_above(grid, layout.header_row))
    claims: list[Place] = []
    beside = {column: (row, column) for row, column in layout.beside}
    unnamed: list[Place] = []
    for column in range(max((len(grid.rows[row]) for row, _ in rows), default=0)):
        cells = [(row, column) for row, _ in rows if number_at(grid, (row, column)) is not None]
        if not cells or column in layout.columns.values():
            continue
        header = _header(grid, layout, column)
        if header is None:
            if not numbers_the_rows(grid, rows, column):
                unnamed.append(cells[0])
            continue
        words = words_of_header(grid, header)
        if _is_known(form, words):
            continue
        if _claims_figures(form, words, period):
            claims.append(header)
        beside[column] = header
    rivals = [place for place in claims if not _agrees(grid, layout, rows, place[1])]
    if rivals:
        named = tuple(place for column, place in beside.items() if place not in claims)
        both = (layout.value_header, *claims)
        return replace(layout, rivals=both, beside=named, unnamed=tuple(unnamed))
    return replace(layout, beside=tuple(beside.values()), unnamed=tuple(unnamed))


def number_at(grid: Grid, place: Place) -> Decimal | None:
    """Return the number that stands in a cell and nothing else, or None."""
    content = grid.content(*place)
    if isinstance(content, bool) or grid.cell(*place).is_empty:
        return None
    if isinstance(content, (int, float)):
        return numerals.from_cell(content)
    if not isinstance(content, str):
        return None
    text = clean(content)
    whole = numerals.read_whole(text)
    decimal = numerals.read_decimal(text.removesuffix("%").rstrip())
    return whole.number if whole else decimal.number if decimal else None


def words_of_header(grid: Grid, place: Place) -> str:
    """Return the words above a column, also where their cell is merged over several."""
    return grid.text(*place) or next(
        (
            grid.text(*first)
            for first, last in grid.merged
            if first[0] <= place[0] <= last[0] and first[1] <= place[1] <= last[1]
        ),
        "",
    )


def _header(grid: Grid, layout: Layout, column: int) -> Place | None:
    """Return the lowest cell of the header that names a column."""
    lines = range(layout.first_row - 1, layout.header_row - 1, -1)
    places = [(row, column) for row in lines]
    own = next((place for place in places if grid.text(*place)), None)
    return own or next((place for place in places if words_of_header(grid, place)), None)


def _is_known(form: Form, words: str) -> bool:
    key = match_key(words)
    known = {*_NUMBERS_ROWS, *(k for c in ("number", "unit", "note") for k in header_keys(form, c))}
    is_share = _SHARE.search(clean(words).lower()) is not None
    return key in known or (is_share and not names_figures(key, header_keys(form, "value")))


def numbers_the_rows(grid: Grid, rows: Sequence[tuple[int, str]], column: int) -> bool:
    """Whether a column counts the rows, or repeats their codes."""
    texts = [(grid.text(row, column), code) for row, code in rows if grid.text(row, column)]
    codes = sum(normal_code(text) == code for text, code in texts)
    counted = [int(text) for text, _ in texts if text.isdecimal()]
    counts = counted[:1] == [1] and counted == sorted(set(counted)) and len(counted) > 2
    return codes * 2 > len(texts) or counts


def _claims_figures(form: Form, words: str, reported: Period | None) -> bool:
    """Whether a header says that the figures of the reported period stand below it."""
    text = clean(words).lower()
    if names_other_period(text):
        return False
    if _CORRECTION.search(text) or _THIS_PERIOD.search(text):
        return True
    year = reported.year if reported else 2000
    named = period_in_words(text) or period_in_words(f"{text} năm {year}")
    if names_period(text) or period_in_words(text):
        return named is not None and (reported is None or named.is_same_window(reported))
    return names_figures(match_key(words), header_keys(form, "value"))


def _agrees(grid: Grid, layout: Layout, rows: Sequence[tuple[int, str]], column: int) -> bool:
    """Whether a column says no other number than the figures, and none where they are blank."""
    value = layout.columns["value"]
    return all(
        number_at(grid, (row, column)) in (None, number_at(grid, (row, value))) for row, _ in rows
    )
