"""Where an annex stands on its sheet: rows and columns by their ids, counted from 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_col_to_name

from cchc_xl.core.annex import Annex
from cchc_xl.core.expressions import cells_of
from cchc_xl.core.form import Indicator
from cchc_xl.core.formulas import amount

CODE, NUMBER, LABEL = 0, 1, 2
# A table of more columns needs the long side of the paper.
_MOST_UPRIGHT = 4


@dataclass(frozen=True)
class AnnexPlaces:
    """The places of an annex in every workbook of ours.

    The code of a row stands before it, then number, words, unit where rows have units of their
    own, the figures, what is said of them, and hidden the weight of each figure.
    """

    annex: Annex

    @property
    def has_units(self) -> bool:
        return any(row.unit or row.is_open for row in self.annex.rows)

    @property
    def unit_column(self) -> int:
        return LABEL + 1

    @property
    def first_column(self) -> int:
        return LABEL + (2 if self.has_units else 1)

    @property
    def last_column(self) -> int:
        return self.first_column + len(self.annex.columns) - 1

    @property
    def message_column(self) -> int:
        return self.last_column + 1

    @property
    def first_weight(self) -> int:
        return self.message_column + 1

    @cached_property
    def header_rows(self) -> int:
        """How many rows of headers stand above the row of numbers."""
        return 1 + max(len(column.groups) for column in self.annex.columns)

    @property
    def header_row(self) -> int:
        # The name, the title, the period, an empty row.
        return len(self.annex.title) + 3

    @property
    def number_row(self) -> int:
        return self.header_row + self.header_rows

    @property
    def first_row(self) -> int:
        return self.number_row + 1

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.annex.rows) - 1

    @cached_property
    def rows(self) -> Mapping[str, int]:
        return {row.id: self.first_row + place for place, row in enumerate(self.annex.rows)}

    @cached_property
    def columns(self) -> Mapping[str, int]:
        return {c.id: self.first_column + place for place, c in enumerate(self.annex.columns)}

    @cached_property
    def cells(self) -> Mapping[str, tuple[int, int]]:
        """The row and the column of each indicator, by code."""
        return {
            code: (self.rows[row.id], self.columns[column.id])
            for code, (row, column) in self.annex.cells.items()
        }

    def reference(self, code: str) -> str:
        """Return the cell of an indicator as formulas name it."""
        row, column = self.cells[code]
        return f"'{self.annex.name}'!${xl_col_to_name(column)}${row + 1}"


def column_width(annex: Annex) -> float:
    """Return how wide a column of figures is."""
    longest = max((len(word) for c in annex.columns for word in c.header.split()), default=0)
    return max(9.5, longest + 2, 24 / len(annex.columns))


def is_wide(annex: Annex) -> bool:
    """Whether a table needs the long side of the paper."""
    return len(annex.columns) > _MOST_UPRIGHT


def computed_formula(indicator: Indicator, references: Mapping[str, str]) -> str:
    """Return the formula of a total row or of a rate, "" where its parts are blank.

    `references` are the cells of the indicators by code.
    """
    if indicator.computed is None:
        raise LookupError(indicator.code)
    cells = [references[cell.code] for cell in cells_of(indicator.computed)]
    known = f"COUNT({','.join(cells)})"
    if not indicator.is_printed_rate:
        return f'IF({known}=0,"",SUM({",".join(cells)}))'
    figure = amount(indicator.computed, _Cells(references))
    return f'IF({known}<{len(cells)},"",IFERROR(ROUND({figure},2),""))'


@dataclass(frozen=True, slots=True)
class _Cells:
    """The input cells of a workbook as references of formulas; what is no number is zero."""

    references: Mapping[str, str]

    def at_zero(self, code: str) -> str:
        return f"N({self.references[code]})"
