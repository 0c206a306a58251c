"""The figures of the units as blocks for the sheets of an open master."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from cchc_xl.build import roll_up_formulas as formulas
from cchc_xl.build.master_book import (
    ERROR,
    KAD,
    KPS,
    MOST_UNITS,
    STATE_OFFSET,
    UNUSED,
    WARNING,
    master_places,
)
from cchc_xl.build.parent_book import FIRST_ROW, FIRST_UNIT, HELPERS, RATIOS, SOURCES, TOTALS
from cchc_xl.build.ratio_sheet import (
    RATIO_FIRST_ROW,
    RATIO_FIRST_UNIT,
    percent_formula,
    unit_ratio_formulas,
)
from cchc_xl.build.totals_sheet import marks, source, unit_value
from cchc_xl.core.blocks import Block, BlockCell, Formula, Shown, link, padded
from cchc_xl.core.consolidation import Consolidation, Received
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Indicator
from cchc_xl.core.roll_up import UnitTable
from cchc_xl.core.values import State

_GRAVE = {Severity.ERROR: ERROR, Severity.WARNING: WARNING}
_STATES = {State.NOT_ARISEN: KPS, State.NOT_APPLICABLE: KAD, State.INVALID: UNUSED,
           State.TEXT: UNUSED}  # fmt: skip


def unit_blocks(data: Consolidation, folder: str, units_before: int) -> list[Block]:
    """Return what `Tổng hợp`, `Tỷ lệ` and the hidden sheets hold of the units.

    `folder` is where the submissions lie, for the links; `units_before` is how many columns hold
    units now, so that those that are left over are cleared.
    """
    width = max(len(data.tables), units_before)
    files = {e.unit.key: e for e in data.received if e.unit is not None and e.is_counted}
    heads = tuple(_head(entry, files.get(entry.unit.key), folder) for entry in data.tables)
    return [
        padded(TOTALS, FIRST_ROW - 1, FIRST_UNIT, [heads, *_values(data)], width=width),
        padded(TOTALS, FIRST_ROW, FIRST_UNIT + STATE_OFFSET, _states(data), width=width),
        padded(SOURCES, FIRST_ROW - 1, FIRST_UNIT, _sources(data, files), width=width),
        padded(HELPERS, 0, FIRST_UNIT, _helpers(data), width=width),
        padded(RATIOS, RATIO_FIRST_ROW - 1, RATIO_FIRST_UNIT, [heads, *_ratios(data)], width=width),
    ]


def unit_columns(units: int) -> tuple[Shown, Shown]:
    """Return how the columns of `units` units are shown in `Tổng hợp` and in `Tỷ lệ`."""
    return (
        Shown(TOTALS, FIRST_UNIT, MOST_UNITS, max(units, 1)),
        Shown(RATIOS, RATIO_FIRST_UNIT, MOST_UNITS, max(units, 1)),
    )


def _head(entry: UnitTable, file: Received | None, folder: str) -> BlockCell:
    if entry.table is None:
        return f"{entry.unit.name}\n(chưa có)"
    if file is None or not file.file or not folder:
        return entry.unit.name
    separator = "\\" if "\\" in folder else "/"
    path = separator.join((folder.rstrip("\\/"), *file.file.split("/")))
    return link(path, entry.unit.name)


def _values(data: Consolidation) -> list[tuple[BlockCell, ...]]:
    return [
        tuple(unit_value(entry, indicator) for entry in data.tables)
        for indicator in data.form.indicators
    ]


def _states(data: Consolidation) -> list[tuple[BlockCell, ...]]:
    marked = marks(data)

    def state(entry: UnitTable, indicator: Indicator) -> str:
        severity = marked.get((entry.unit.key, indicator.code))
        grave = _GRAVE[severity] if severity else ""
        return grave + _STATES.get(entry.value(indicator.code).state, "")

    return [
        tuple(state(entry, indicator) for entry in data.tables)
        for indicator in data.form.indicators
    ]


def _sources(data: Consolidation, files: dict[str, Received]) -> list[tuple[BlockCell, ...]]:
    def place(entry: UnitTable, indicator: Indicator) -> str:
        cell = entry.table.entries.get(indicator.code) if entry.table else None
        received = files.get(entry.unit.key)
        return source(received, cell) if cell is not None and received is not None else ""

    names = tuple(entry.unit.name for entry in data.tables)
    rows = (tuple(place(e, i) for e in data.tables) for i in data.form.indicators)
    return [names, *rows]


def _helpers(data: Consolidation) -> list[tuple[BlockCell, ...]]:
    places = master_places(data.form)
    made = [
        [
            formulas.helper_lines(data.form.by_code[code], places, place)
            for code in places.helper_rows
        ]
        for place in range(len(data.tables))
    ]
    by_unit = [[Formula(line) for lines in unit for line in lines] for unit in made]
    return [tuple(row) for row in zip(*by_unit, strict=True)]


def _ratios(data: Consolidation) -> list[tuple[BlockCell, ...]]:
    places = master_places(data.form)
    rows: list[tuple[BlockCell, ...]] = []
    for rolled in data.rolled.ratios.values():
        made = [
            unit_ratio_formulas(places, rolled, entry, place)
            for place, entry in enumerate(data.tables)
        ]
        row = RATIO_FIRST_ROW + len(rows)
        rows.append(tuple(Formula(numerator) for numerator, _ in made))
        rows.append(tuple(Formula(denominator) for _, denominator in made))
        rows.append(
            tuple(
                Formula(percent_formula(RATIO_FIRST_UNIT + place, row))
                for place in range(len(data.tables))
            )
        )
    return rows


def unit_letter(place: int) -> str:
    """Return the column of the unit at `place` in `Tổng hợp`."""
    return xl_col_to_name(FIRST_UNIT + place)
