"""XlsxWriter formats, each made once."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format as BookFormat
from xlsxwriter.workbook import Workbook

from cchc_xl.build import palette

# A name that begins with "=" is a name: nothing that people typed becomes a formula or a link.
TEXT_IS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class Formats:
    """The formats of one workbook, by their properties."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, BookFormat] = {}

    def __call__(self, **properties: Any) -> BookFormat:
        """Return the format with exactly these properties."""
        key = repr(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def text(self, size: int = 12, **more: Any) -> BookFormat:
        """Return the format of free text in our typeface."""
        return self(**palette.style(size, **more))

    def cell(self, **more: Any) -> BookFormat:
        """Return the format of a cell of a printed table."""
        return self(**palette.cell(**more))

    def head(self, **more: Any) -> BookFormat:
        """Return the format of a table's header."""
        return self.cell(bold=True, align="center", bg_color=palette.HEADER, **more)
