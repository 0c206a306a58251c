"""The native formulas of the roll-up: totals, "x/y đơn vị", and the parts of the ratios.

A row of `Tổng hợp` holds one indicator, a column one unit. Values that take part are numbers,
KAD is the word, everything else is text that no formula counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_xl.core.expressions import Quantity, cells_of
from cchc_xl.core.form import Aggregation, Form, Indicator, Ratio
from cchc_xl.core.formulas import amount


@dataclass(frozen=True, slots=True)
class Columns:
    """Where `Tổng hợp` and its helper sheet stand; column letters, the units from first to last."""

    sheet: str
    helper_sheet: str
    total: str
    units: Sequence[str]
    rows: dict[str, int]
    helper_rows: dict[str, int]
    # The cell that says how many of the columns are in use; "" where all of them are.
    unit_count: str = ""

    def used(self, units: str) -> str:
        """Return the formula of how many units stand in a range of unit columns."""
        return self.unit_count or f"COLUMNS({units})"

    def unit_cell(self, code: str, unit: int) -> str:
        return f"'{self.sheet}'!{self.units[unit]}${self.rows[code]}"

    def total_cell(self, code: str) -> str:
        return f"'{self.sheet}'!${self.total}${self.rows[code]}"

    def unit_range(self, code: str) -> str:
        row = self.rows[code]
        return f"'{self.sheet}'!${self.units[0]}${row}:${self.units[-1]}${row}"

    def helper_range(self, code: str, line: int) -> str:
        row = self.helper_rows[code] + line
        return f"'{self.helper_sheet}'!${self.units[0]}${row}:${self.units[-1]}${row}"


@dataclass(frozen=True, slots=True)
class _UnitCells:
    """The cells of one unit as references of formulas; a blank cell counts as zero there."""

    columns: Columns
    unit: int

    def at_zero(self, code: str) -> str:
        return f"N({self.columns.unit_cell(code, self.unit)})"


@dataclass(frozen=True, slots=True)
class TotalCells:
    """The totals as references of formulas; a blank one counts as zero there."""

    columns: Columns

    def at_zero(self, code: str) -> str:
        return f"N({self.columns.total_cell(code)})"


def total(indicator: Indicator, columns: Columns) -> str | None:
    """Return the formula of the figure of the parent unit, None where there is none."""
    units = columns.unit_range(indicator.code)
    match indicator.aggregation:
        case Aggregation.SUM:
            figure = f"SUM({units})"
        case Aggregation.SHARE_YES:
            figure = f"COUNTIF({units},1)"
        case Aggregation.MUST_AGREE:
            counts = columns.helper_range(indicator.code, 0)
            # MODE differs between programs on ties; this takes the first that is met.
            figure = f"INDEX({units},1,MATCH(MAX({counts}),{counts},0))"
        case Aggregation.WEIGHTED_MEAN:
            weights = columns.helper_range(indicator.code, 0)
            products = columns.helper_range(indicator.code, 1)
            return f'IF(SUM({weights})=0,"",SUM({products})/SUM({weights}))'
        case Aggregation.DISTRIBUTION:
            parts = [f'"{code}: "&COUNTIF({units},{code})' for code in sorted(indicator.choices)]
            figure = '&"; "&'.join(parts)
        case _:
            return None
    return f'IF(COUNT({units})=0,"",{figure})'


def reporting(indicator: Indicator, columns: Columns) -> str:
    """Return the formula of how many units of how many the figure stands on."""
    units = columns.unit_range(indicator.code)
    if indicator.aggregation is Aggregation.WEIGHTED_MEAN:
        # Without a weight a percent is in no mean.
        weights = columns.helper_range(indicator.code, 0)
        return f'COUNT({weights})&"/"&({columns.used(units)}-COUNTIF({units},"KAD"))'
    return f'COUNT({units})&"/"&({columns.used(units)}-COUNTIF({units},"KAD"))'


def helper_lines(indicator: Indicator, columns: Columns, unit: int) -> list[str]:
    """Return the helper formulas of one unit: counts of a value, or a weight and its product."""
    cell = columns.unit_cell(indicator.code, unit)
    if indicator.aggregation is Aggregation.MUST_AGREE:
        return [f"IF(ISNUMBER({cell}),COUNTIF({columns.unit_range(indicator.code)},{cell}),0)"]
    if indicator.aggregation is Aggregation.WEIGHTED_MEAN and indicator.weight is not None:
        weight = _known(indicator.weight, columns, unit)
        for code, stand_in in indicator.weight_if_blank.items():
            other = _known(stand_in, columns, unit)
            weight = f"IF(ISBLANK({columns.unit_cell(code, unit)}),{other},{weight})"
        own = (
            f"'{columns.helper_sheet}'!{columns.units[unit]}${columns.helper_rows[indicator.code]}"
        )
        return [f'IF(ISNUMBER({cell}),{weight},"")', f'IF(ISNUMBER({own}),{own}*N({cell}),"")']
    return []


def _known(node: Quantity, columns: Columns, unit: int) -> str:
    cells = [columns.unit_cell(cell.code, unit) for cell in cells_of(node)]
    return f'IF(COUNT({",".join(cells)})={len(cells)},{amount(node, _UnitCells(columns, unit))},"")'


def ratio_part(
    ratio: Ratio, node: Quantity, columns: Columns, unit: int, *, blanks_are_zero: bool
) -> str:
    """Return the formula of a unit's numerator or denominator, "" where a part is missing.

    `blanks_are_zero` says that the unit's own total has proved its blank parts to be zero.
    """
    figure = amount(node, _UnitCells(columns, unit))
    if blanks_are_zero:
        return figure
    cells = [columns.unit_cell(cell.code, unit) for cell in ratio.cells]
    return f'IF(COUNT({",".join(cells)})={len(cells)},{figure},"")'


def ratio_part_of_modes(ratio: Ratio, node: Quantity, columns: Columns) -> str:
    """Return the formula of a numerator or denominator over values that all units share."""
    cells = [columns.total_cell(cell.code) for cell in ratio.cells]
    figure = amount(node, TotalCells(columns))
    return f'IF(COUNT({",".join(cells)})={len(cells)},{figure},"")'


def helper_codes(form: Form) -> list[tuple[str, int]]:
    """Return the codes that need helper rows, with how many."""
    lines = {Aggregation.MUST_AGREE: 1, Aggregation.WEIGHTED_MEAN: 2}
    return [
        (row.code, lines[row.aggregation]) for row in form.indicators if row.aggregation in lines
    ]
