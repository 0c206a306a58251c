"""The totals that a count may be a part of: those of its line, and those of the lines above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.core.proof_lines import Line
from cchc_xl.core.proof_numbers import Figure
from cchc_xl.core.proof_units import are_alike

MARKER = re.compile(
    r"\b(?:trong đó(?:\s+có)?|bao gồm|gồm(?:\s+có)?|chia ra|cụ thể(?:\s+là)?|trong số đó)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\([^()]*\)")
# How far above its total may stand: an item of a list has the others between.
_LINES_ABOVE = 4
_ITEMS_ABOVE = 12


@dataclass(frozen=True, slots=True)
class Whole:
    """A count that another one may be a part of; `is_stated` where the text itself says so."""

    value: Decimal
    unit: str
    is_stated: bool = False

    def is_like(self, part: Figure) -> bool:
        return are_alike(self.unit, part.unit)


def own_whole(line: Line, own: Figure) -> Whole | None:
    """The total whose part `own` is by the words of its line: `103 hồ sơ, trong đó … 79 hồ sơ`.

    None where another count between them could be the total as well.
    """
    marks = [mark for mark in MARKER.finditer(line.text) if mark.end() <= own.start]
    if not marks:
        return None
    mark = marks[-1]
    above = _outside_brackets(line, mark.start())
    shares = {share.numerator.start for share in line.shares}
    if not above or not above[-1].unit or above[-1].unit != own.unit or above[-1].start in shares:
        return None
    between = [figure for figure in line.counts if mark.end() <= figure.start < own.start]
    rated = {_before_rate(line, figure) for figure in line.figures if figure.is_rate}
    if any(figure.start not in rated for figure in between):
        return None
    return Whole(above[-1].value, above[-1].unit, is_stated=True)


def _outside_brackets(line: Line, end: int) -> list[Figure]:
    """The counts before a place, without those of brackets that are closed before it."""
    above = [figure for figure in line.counts if figure.end <= end]
    closed = [match.span() for match in _CLOSED.finditer(line.text, 0, end)]
    free = [f for f in above if not any(start < f.start < stop for start, stop in closed)]
    return free or above


def parent_whole(lines: Sequence[Line], line: Line) -> tuple[Line, Whole] | None:
    """The line that a line is an item under, with its count; None where it gives not just one."""
    if not line.bullet:
        return None
    for above in reversed(lines[: line.index]):
        if above.is_empty or (above.bullet == line.bullet and not above.is_heading):
            continue
        if above.section != line.section or above.is_row or len(above.counts) != 1:
            return None
        return above, Whole(above.counts[0].value, above.counts[0].unit, is_stated=True)
    return None


def _before_rate(line: Line, rate: Figure) -> int:
    before = [figure for figure in line.figures if figure.end <= rate.start]
    return before[-1].start if before and not before[-1].is_rate else -1


def wholes_in_reach(
    lines: Sequence[Line], line: Line, own: Figure, *, may_exceed: bool = False
) -> tuple[Whole, ...]:
    """The counts that `own` may be a part of, nearest first, without doubles.

    With `may_exceed` smaller ones too: who does more than the plan is at over 100%.

    They stand before it in its line, in the lines above up to the heading, or behind it as
    "trên tổng số"; the counts of the line's own list together are one too.
    """
    found: dict[tuple[Decimal, str], Whole] = {}
    for whole in _candidates(lines, line, own):
        fits = may_exceed or whole.value >= own.value
        if whole.value > 0 and fits and whole.is_like(own):
            found.setdefault((whole.value, whole.unit), whole)
    return tuple(found.values())


def _candidates(lines: Sequence[Line], line: Line, own: Figure) -> Iterator[Whole]:
    stated = own_whole(line, own)
    if stated is not None:
        yield stated
    for figure in reversed(line.counts):
        if figure.end <= own.start:
            yield Whole(figure.value, figure.unit)
    yield from (
        Whole(f.value, f.unit) for f in line.counts if f.start >= own.end and _is_total(line, f)
    )
    rated = [
        figure
        for figure in line.counts
        if figure.start in {_before_rate(line, rate) for rate in line.figures if rate.is_rate}
        and figure.unit == own.unit
    ]
    if len(rated) > 1:
        yield Whole(sum((figure.value for figure in rated), Decimal(0)), own.unit)
    seen, most = 0, _ITEMS_ABOVE if line.bullet else _LINES_ABOVE
    for above in reversed(lines[: line.index]):
        if above.section != line.section or seen == most:
            break
        if above.is_row or above.is_empty:
            continue
        seen += 1
        yield from (Whole(figure.value, figure.unit) for figure in reversed(above.counts))


def _is_total(line: Line, figure: Figure) -> bool:
    before = line.text[max(0, figure.start - 20) : figure.start].lower()
    return "tổng" in before
