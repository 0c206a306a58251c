"""What a new roll-up changes against the one before it: each figure with was, now and its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from cchc_xl.core.consolidation import Consolidation, Received
from cchc_xl.core.form import Form
from cchc_xl.core.submission import Entry, Status, Table
from cchc_xl.core.text import clean, match_key
from cchc_xl.core.values import State
from cchc_xl.core.wording import as_typed, shown

# More than anybody types into a cell for a figure, less than a workbook cuts off.
_LONGEST_TEXT = 1000

# A number, KPS, KAD, in words what is not used, or None where nothing was reported.
Figure: TypeAlias = Decimal | str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is another one now, or, without an indicator, what became of a unit.

    Of a unit, `was` and `now` are statuses; None where it was, or is, not expected at all. `file`,
    `sheet` and `cell` are those of the new figure, or of the old one where there is no new one.
    """

    unit: str
    indicator: str | None
    was: Figure | Status
    now: Figure | Status
    file: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """An expected unit in one roll-up: its file, what became of it, and its table if counted."""

    unit: str
    status: Status
    file: str
    table: Table | None


def unit_figures(data: Consolidation) -> Iterator[UnitFigures]:
    """Yield the expected units of a roll-up, each with the file that counts, or with the first."""
    first: dict[str, Received] = {}
    for received in sorted(data.received, key=lambda received: not received.is_counted):
        if received.unit is not None:
            first.setdefault(received.unit.key, received)
    for entry in data.tables:
        of_unit = first.get(entry.unit.key)
        status = of_unit.status if of_unit else Status.MISSING
        file = of_unit.file if of_unit else None
        yield UnitFigures(entry.unit.name, status, file or "", entry.table)


def changes(
    form: Form, before: Sequence[UnitFigures], after: Sequence[UnitFigures]
) -> tuple[Change, ...]:
    """Return what changed, unit by unit in their present order, those that left at the end.

    A unit whose whole table came or went is one change; its figures are not listed one by one.
    """
    former = {match_key(entry.unit): entry for entry in before}
    found: list[Change] = []
    for entry in after:
        found += _of_unit(form, former.pop(match_key(entry.unit), None), entry)
    found += [Change(entry.unit, None, entry.status, None, entry.file) for entry in former.values()]
    return tuple(found)


def _of_unit(form: Form, before: UnitFigures | None, after: UnitFigures) -> Iterator[Change]:
    if before is None or before.status is not after.status:
        status = before.status if before else None
        yield Change(after.unit, None, status, after.status, after.file)
    if before is None or before.table is None or after.table is None:
        return
    for row in form.indicators:
        old, new = before.table.entries.get(row.code), after.table.entries.get(row.code)
        was, now = _figure(old), _figure(new)
        if _is_same(was, now):
            continue
        place, file = (new, after.file) if new else (old, before.file)
        sheet, cell = (place.sheet, place.cell) if place else ("", "")
        yield Change(after.unit, row.code, was, now, file, sheet, cell)


def _figure(entry: Entry | None) -> Figure:
    if entry is None:
        return None
    match entry.value.state:
        case State.NUMBER:
            return entry.value.number
        case State.NOT_ARISEN:
            return "KPS"
        case State.NOT_APPLICABLE:
            return "KAD"
        case State.BLANK:
            return None
        case State.INVALID | State.TEXT:
            # A workbook quotes it, and breaks its lines in its own way; both are no change.
            return f"«{clean(shown(as_typed(entry.raw)).strip('«»'))[:_LONGEST_TEXT]}»"


def _is_same(was: Figure, now: Figure) -> bool:
    if isinstance(was, Decimal) and isinstance(now, Decimal):
        # A workbook holds no more digits than a float.
        return float(was) == float(now)
    return was == now
