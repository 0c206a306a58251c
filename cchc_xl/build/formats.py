"""XlsxWriter formats, each made once."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format as BookFormat
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.core.text import printable

# A name that begins with "=" is a name: nothing that people typed becomes a formula or a link.
TEXT_IS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


# What a cell of Excel holds, and what it takes for a link.
_LONGEST_TEXT, _LONGEST_LINK = 32_767, 2_000


class _PlainSheet(Worksheet):
    """A sheet on which no text, whoever wrote it, can break the file or lead somewhere else."""

    def _write_string(
        self, row: int, col: int, string: str, cell_format: BookFormat | None = None
    ) -> Any:
        return super()._write_string(row, col, _shortened(string), cell_format)

    def _write_formula(
        self,
        row: int,
        col: int,
        formula: str,
        cell_format: BookFormat | None = None,
        value: Any = 0,
    ) -> Any:
        shown = _shortened(value) if isinstance(value, str) else value
        return super()._write_formula(row, col, formula, cell_format, shown)

    def _prepare_formula(
        self,
        formula: str,
        expand_future_functions: bool = False,  # noqa: ARG002  # XlsxWriter's own
    ) -> str:
        """Return the formula as it stands in the file.

        XlsxWriter looks for some thirty functions of Excel 365 in each formula, which is half the
        time of a workbook; ours hold none of them (a test of the workbooks holds that).
        """
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")

    def _write_url(
        self,
        row: int,
        col: int,
        url: str,
        cell_format: BookFormat | None = None,
        string: str | None = None,
        tip: str | None = None,
    ) -> Any:
        if url != printable(url) or len(url) > _LONGEST_LINK:
            # Nothing would be found under a changed name.
            return self._write_string(row, col, string or url, cell_format)
        return super()._write_url(row, col, url, cell_format, _shortened(string or url), tip)


class PlainWorkbook(Workbook):
    """A workbook whose sheets hold texts as they are, and nothing that a text could command."""

    worksheet_class = _PlainSheet

    def __init__(self, filename: Any) -> None:
        super().__init__(filename, TEXT_IS_TEXT)

    def set_properties(self, properties: dict[str, Any]) -> None:
        """Set the title and so on, as printable text of at most 255 characters."""
        super().set_properties(
            {
                key: printable(value)[:255] if isinstance(value, str) else value
                for key, value in properties.items()
            }
        )


def _shortened(text: str) -> str:
    """Return a text that a cell can hold; … says where it was cut."""
    plain = printable(text)
    return plain if len(plain) <= _LONGEST_TEXT else f"{plain[: _LONGEST_TEXT - 1]}…"


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
