"""What a unit did with each form: left it out, left it blank, reported zeros, or filled it in."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from cchc_xl.core.annex import Annex
from cchc_xl.core.form import Form
from cchc_xl.core.register import Register
from cchc_xl.core.submission import Table


class AnnexState(Enum):
    """What a unit did with a form: a blank table is not a table of zeros."""

    LEFT_OUT = "left_out"
    BLANK = "blank"
    ZERO = "zero"
    FILLED = "filled"


def form_states(form: Form, table: Table) -> dict[str, AnnexState]:
    """Return what the unit did with the main form and each annex, by id, in their order."""
    main = {form.id: _of_codes([row.code for row in form.main.indicators], table)}
    return main | {annex.id: state_of(annex, table) for annex in form.annexes}


def state_of(annex: Annex | Register, table: Table) -> AnnexState:
    """Return what the unit did with an annex or a register."""
    if isinstance(annex, Register):
        if annex.id not in table.records:
            return AnnexState.LEFT_OUT
        return AnnexState.FILLED if table.records[annex.id] else AnnexState.BLANK
    return _of_codes(annex.cells, table)


def _of_codes(codes: Collection[str], table: Table) -> AnnexState:
    entries = [table.entries[code] for code in codes if code in table.entries]
    if not entries:
        return AnnexState.LEFT_OUT
    said = [entry for entry in entries if not entry.value.is_blank]
    if not said:
        return AnnexState.BLANK
    is_zero = all(entry.value.is_numeric and entry.value.number == 0 for entry in said)
    return AnnexState.ZERO if is_zero else AnnexState.FILLED
