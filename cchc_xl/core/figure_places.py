"""Finds the figures of a drafted sentence again in what an official made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from cchc_xl.core.bound_text import BoundFigure, BoundText
from cchc_xl.core.text import clean

# A gap's mark is one token, and so are a number with its percent sign, a word, a sign.
_TOKEN = re.compile(r"\[chưa có số liệu: [^\]]*\]|\d+(?:[.,]\d+)*%?|\w+|\s+|[^\w\s]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")

# The place of a figure that is known for sure: start and end in the official's text.
Places = Mapping[int, tuple[int, int]]


class Fate(Enum):
    """What became of a figure: it stands as drafted, another stands in its place, or none."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure of the draft, and where it or another in its place stands in the text now."""

    figure: BoundFigure
    fate: Fate
    start: int = 0
    end: int = 0


def place_figures(base: BoundText, own: str, known: Places | None = None) -> tuple[Placed, ...]:
    """Return the fate of every figure of `base` in the text `own`, in order.

    `known` gives places by the number of the figure, where the file itself told them.
    """
    known = known or {}
    former, now = _tokens(base.text), _tokens(own)
    matcher = SequenceMatcher(None, [t.text for t in former], [t.text for t in now], autojunk=False)
    steps = [_Step(tag, *ends) for tag, *ends in matcher.get_opcodes()]
    placed: list[Placed] = []
    for number, figure in enumerate(base.figures):
        if number in known:
            start, end = known[number]
            placed.append(_told(base, figure, own, start, end))
        else:
            placed.append(_found(base, figure, former, now, steps))
    return tuple(_without_overlaps(placed))


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Step:
    """A stretch of tokens that stayed, or became another stretch."""

    tag: str
    from_first: int
    from_last: int
    to_first: int
    to_last: int


def _tokens(text: str) -> list[_Token]:
    return [_Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _told(base: BoundText, figure: BoundFigure, own: str, start: int, end: int) -> Placed:
    stated = clean(own[start:end])
    if not stated:
        return Placed(figure, Fate.GONE)
    fate = Fate.SAME if stated == clean(base.shown(figure)) else Fate.CHANGED
    return Placed(figure, fate, start, end)


def _found(
    base: BoundText,
    figure: BoundFigure,
    former: Sequence[_Token],
    now: Sequence[_Token],
    steps: Sequence[_Step],
) -> Placed:
    inside = [
        place
        for place, token in enumerate(former)
        if token.start < figure.end and token.end > figure.start
    ]
    if not inside:
        return Placed(figure, Fate.GONE)
    first, last = inside[0], inside[-1] + 1
    for step in steps:
        if not (step.from_first <= first and last <= step.from_last):
            continue
        if step.tag == "equal":
            shift = step.to_first - step.from_first
            begun = now[first + shift].start + figure.start - former[first].start
            return Placed(figure, Fate.SAME, begun, begun + figure.end - figure.start)
        if step.tag == "replace":
            return _replaced(base, figure, former, now, step)
    return Placed(figure, Fate.GONE)


def _replaced(
    base: BoundText,
    figure: BoundFigure,
    former: Sequence[_Token],
    now: Sequence[_Token],
    step: _Step,
) -> Placed:
    """Return the figure that was put in the place of another, where there is no doubt which."""
    before = former[step.from_first : step.from_last]
    after = now[step.to_first : step.to_last]
    if (before[0].start, before[-1].end) == (figure.start, figure.end):
        if len(after) > 1 and _NUMBER.fullmatch(base.shown(figure)):
            numbers = list(_numbers(after))
            if len(numbers) != 1:
                return Placed(figure, Fate.GONE)
            return Placed(figure, Fate.CHANGED, numbers[0].start, numbers[0].end)
        return Placed(figure, Fate.CHANGED, after[0].start, after[-1].end)
    figures = list(_numbers(before))
    numbers = list(_numbers(after))
    for of_base, of_own in zip(figures, numbers, strict=False):
        if len(figures) == len(numbers) and (of_base.start, of_base.end) == (
            figure.start,
            figure.end,
        ):
            is_same = of_base.text == of_own.text
            fate = Fate.SAME if is_same else Fate.CHANGED
            return Placed(figure, fate, of_own.start, of_own.end)
    return Placed(figure, Fate.GONE)


def _numbers(tokens: Sequence[_Token]) -> Iterator[_Token]:
    return (token for token in tokens if _NUMBER.fullmatch(token.text))


def _without_overlaps(placed: Sequence[Placed]) -> Iterator[Placed]:
    """Yield the figures; of two that claim one place, the second has none."""
    taken: list[tuple[int, int]] = []
    for entry in placed:
        if entry.fate is not Fate.GONE:
            if any(entry.start < end and start < entry.end for start, end in taken):
                yield Placed(entry.figure, Fate.GONE)
                continue
            taken.append((entry.start, entry.end))
        yield entry
