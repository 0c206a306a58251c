"""What the sheets with a column for each unit share: heads, links, cached totals."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.parent_book import (
    ParentBook,
    shown,
)
from cchc_xl.core.consolidation import Received
from cchc_xl.core.roll_up import RolledIndicator

CHOICE_END = re.compile(r"(= \d) (?=\S)")


def write_unit_heads(book: ParentBook, sheet: Worksheet, row: int, first: int) -> None:
    head = book.formats.head(font_size=10)
    link = book.formats.head(font_size=10, underline=1, font_color="#1F4E79")
    missing = book.formats.cell(
        bold=True, align="center", bg_color=palette.HEADING, font_size=10,
        font_color=palette.QUIET,
    )  # fmt: skip
    files = counted_files(book)
    for place, entry in enumerate(book.data.tables):
        column, name = first + place, entry.unit.name
        file = files.get(entry.unit.key)
        if entry.table is None:
            sheet.write_string(row, column, f"{name}\n(chưa có)", missing)
        elif file is not None and file.file and book.folder:
            sheet.write_url(row, column, book.link(file.file), link, name)
        else:
            sheet.write_string(row, column, name, head)


def counted_files(book: ParentBook) -> Mapping[str, Received]:
    return {
        entry.unit.key: entry
        for entry in book.data.received
        if entry.unit is not None and entry.is_counted
    }


def total_value(rolled: RolledIndicator) -> float | str:
    """Return the cached value of a total: the figure, or the counts of a distribution."""
    counts = rolled.detail.get("counts")
    if isinstance(counts, Mapping) and rolled.reporting:
        return "; ".join(f"{code}: {number}" for code, number in counts.items())
    return shown(rolled.value)


def labelled_counts(rolled: RolledIndicator) -> str:
    """Return the counts of a distribution in words: `Trực tuyến: 1; Phát phiếu: 3`."""
    counts = rolled.detail.get("counts")
    if not isinstance(counts, Mapping) or not rolled.reporting:
        return ""
    choices = rolled.indicator.choices
    return "; ".join(f"{choices[int(code)]}: {number}" for code, number in counts.items())


def lines_of(unit: str) -> int:
    """Return how many lines the unit takes in its column."""
    return sum(math.ceil(len(line) / 19) or 1 for line in unit.split("\n"))
