"""Writes the header of an annex: groups, headers, and the numbers of the columns."""

from __future__ import annotations

import math
from collections.abc import Mapping

from xlsxwriter.format import Format as BookFormat
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.annex_places import CODE, LABEL, NUMBER, AnnexPlaces, column_width
from cchc_xl.build.formats import Formats


def write_header(
    formats: Formats,
    sheet: Worksheet,
    places: AnnexPlaces,
    headers: Mapping[str, str],
    beside: str,
) -> None:
    """Write the headers with the groups above them, and the row that numbers the columns.

    `headers` are the printed headers by the ids of the columns; `beside` stands beside them all.
    """
    annex, top, last = places.annex, places.header_row, places.number_row - 1
    head = formats.head(font_size=11)
    numbers = formats.cell(align="center", italic=True, font_size=9, bg_color=palette.HEADER)
    quiet = formats.text(9, align="center", font_color=palette.QUIET, text_wrap=True)
    _span(sheet, top, CODE, last, CODE, "Mã", quiet)
    _span(sheet, top, NUMBER, last, NUMBER, "TT", head)
    _span(sheet, top, LABEL, last, LABEL, annex.row_header, head)
    named: list[tuple[int, str]] = [(NUMBER, ""), (LABEL, "")]
    if places.has_units:
        _span(sheet, top, places.unit_column, last, places.unit_column, "Đơn vị tính", head)
        named.append((places.unit_column, ""))
    for depth in range(places.header_rows - 1):
        _write_groups(sheet, places, depth, head)
    for column in annex.columns:
        place = places.columns[column.id]
        _span(sheet, top + len(column.groups), place, last, place, headers[column.id], head)
        named.append((place, column.number))
    for place, number in named:
        sheet.write_string(places.number_row, place, number, numbers)
    sheet.merge_range(
        top, places.message_column, places.number_row, places.message_column,
        beside,
        formats.text(10, text_wrap=True, font_color=palette.QUIET),
    )  # fmt: skip
    wide = column_width(annex)
    lines = max(math.ceil(len(headers[c.id]) / wide) for c in annex.columns)
    for row in range(top, last):
        sheet.set_row(row, 18)
    sheet.set_row(last, 6 + 14 * max(lines, 1))
    sheet.freeze_panes(places.first_row, places.first_column)
    sheet.repeat_rows(top, places.number_row)


def _write_groups(sheet: Worksheet, places: AnnexPlaces, depth: int, head: BookFormat) -> None:
    """Write one line of group headers, each over the columns that stand under it."""
    runs: list[tuple[tuple[str, ...], list[int]]] = []
    for column in places.annex.columns:
        if len(column.groups) <= depth:
            continue
        path, place = column.groups[: depth + 1], places.columns[column.id]
        if runs and runs[-1][0] == path and runs[-1][1][-1] == place - 1:
            runs[-1][1].append(place)
        else:
            runs.append((path, [place]))
    row = places.header_row + depth
    for path, columns in runs:
        _span(sheet, row, columns[0], row, columns[-1], path[-1], head)


def _span(
    sheet: Worksheet, top: int, left: int, bottom: int, right: int, words: str, style: BookFormat
) -> None:
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, words, style)
    else:
        sheet.merge_range(top, left, bottom, right, words, style)
