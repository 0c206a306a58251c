"""What the computed cells of a table are worth: total rows, and rates that the table gives."""

from __future__ import annotations

from cchc_xl.core.evaluation import quantity
from cchc_xl.core.expressions import cells_of
from cchc_xl.core.form import Indicator
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.submission import Table, lookup
from cchc_xl.core.values import BLANK, State, Value, number

# A rate is printed with two decimals.
_PLACES = 2


def computed_value(indicator: Indicator, table: Table) -> Value:
    """Return what a computed cell is worth where nobody typed it, as its native formula gives it.

    A total is the sum of those parts that are numbers, blank where none is; a rate needs every
    part.
    """
    if indicator.computed is None:
        return BLANK
    values = lookup(table)
    cells = cells_of(indicator.computed)
    # A number is what Excel counts: KPS is a word in its cell.
    known = [cell for cell in cells if values(cell).state is State.NUMBER]
    if indicator.is_printed_rate:
        amount = quantity(indicator.computed, values) if len(known) == len(cells) else None
        return BLANK if amount is None else number(round_half_up(amount, _PLACES))
    if not known:
        return BLANK
    return number(sum(values(cell).number for cell in known))
