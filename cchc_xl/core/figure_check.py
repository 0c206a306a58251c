"""Checks the figures that a text states against the tables, in both directions.

A figure may differ because the table has changed since the text was drafted, or because somebody
has changed the text; both are told apart by what was drafted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cchc_xl.core.bound_text import BoundText
from cchc_xl.core.facts import Facts
from cchc_xl.core.figure_places import Fate, place_figures
from cchc_xl.core.narrative import restated
from cchc_xl.core.numerals import read_decimal, read_whole
from cchc_xl.core.text import clean


@dataclass(frozen=True, slots=True)
class StandingText:
    """A sentence as it stands at `where`, and the draft that it goes back to.

    `known` gives the places of figures by their number, where the file itself tells them.
    """

    where: str
    text: str
    base: BoundText
    known: Mapping[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])


@dataclass(frozen=True, slots=True)
class BoundClaim:
    """A figure that a text states at `start` to `end` of `where`, and the one of the tables.

    `drafted` is what was drafted there; all three are as printed. `unit` and `period` are those
    for which it was drafted.
    """

    where: str
    start: int
    end: int
    source: str
    unit: str
    period: str
    stated: str
    drafted: str
    actual: str

    @property
    def is_right(self) -> bool:
        return is_same_figure(self.stated, self.actual)

    @property
    def table_changed(self) -> bool:
        """Whether the tables give another figure than when the text was drafted."""
        return not is_same_figure(self.drafted, self.actual)

    @property
    def text_changed(self) -> bool:
        """Whether somebody changed the figure in the text."""
        return not is_same_figure(self.stated, self.drafted)

    @property
    def words(self) -> str:
        """What is wrong, for people."""
        why = "số liệu đã đổi" if self.table_changed else "câu đã sửa tay"
        if self.table_changed and self.text_changed:
            why = "số liệu đã đổi và câu đã sửa tay"
        return f"{self.source}: câu ghi «{self.stated}», bảng là «{self.actual}» ({why})"


def bound_claims(texts: Iterable[StandingText], facts: Facts) -> Iterator[BoundClaim]:
    """Yield every figure of the texts that can still be found in them, right or wrong."""
    for standing in texts:
        for placed in place_figures(standing.base, standing.text, standing.known):
            now = restated(placed.figure.source, facts)
            if placed.fate is Fate.GONE or now is None:
                continue
            yield BoundClaim(
                where=standing.where,
                start=placed.start,
                end=placed.end,
                source=placed.figure.source,
                unit=placed.figure.unit,
                period=placed.figure.period,
                stated=standing.text[placed.start : placed.end],
                drafted=standing.base.shown(placed.figure),
                actual=now.text,
            )


def is_same_figure(one: str, other: str) -> bool:
    """Whether two figures as printed are one: `07` is `7`, `1.234` is `1234`, `50%` is not `50`."""
    first, second = clean(one), clean(other)
    if first == second:
        return True
    if first.endswith("%") != second.endswith("%"):
        return False
    numbers = [_number(text.rstrip("%").strip()) for text in (first, second)]
    return numbers[0] is not None and numbers[0] == numbers[1]


def _number(text: str) -> object:
    whole = read_whole(text)
    if whole is not None:
        return whole.number
    decimal = read_decimal(text)
    return None if decimal is None else decimal.number
