"""What a cell of a form can hold once it has been read; how it is read stands in `cells`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class State(Enum):
    """The six things that a cell can say."""

    BLANK = "blank"  # chưa báo cáo: unknown, never zero
    NUMBER = "number"
    NOT_ARISEN = "KPS"  # không phát sinh: counts as zero, said so in text
    NOT_APPLICABLE = "KAD"  # không áp dụng: out of sums and out of completeness
    TEXT = "text"  # words on a heading row: present, but no number
    INVALID = "invalid"  # fails its own kind: takes part in no rule, ratio or total


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one indicator; `number` is 0 unless the state is NUMBER."""

    state: State
    number: Decimal = Decimal(0)

    @property
    def is_present(self) -> bool:
        """Whether the unit answered at all with something that counts."""
        return self.state in (State.NUMBER, State.NOT_ARISEN, State.TEXT)

    @property
    def is_blank(self) -> bool:
        return self.state is State.BLANK

    @property
    def is_numeric(self) -> bool:
        """Whether the value takes part in sums: a number, or KPS as zero."""
        return self.state in (State.NUMBER, State.NOT_ARISEN)

    @property
    def closes_rules(self) -> bool:
        """Whether a rule that names this cell is not evaluated at all."""
        return self.state in (State.NOT_APPLICABLE, State.INVALID)


BLANK = Value(State.BLANK)
NOT_ARISEN = Value(State.NOT_ARISEN)
NOT_APPLICABLE = Value(State.NOT_APPLICABLE)
TEXT = Value(State.TEXT)
INVALID = Value(State.INVALID)


def number(amount: Decimal | int) -> Value:
    """Return the value of a cell that holds a number."""
    return Value(State.NUMBER, Decimal(amount))
