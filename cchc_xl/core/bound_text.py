"""A drafted sentence as people read it, with every figure in it tied to what it shows.

The words may be edited, the ties are kept aside: with them a figure can be checked against the
tables long after the sentence was drafted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cchc_xl.core.narrative import Figure, Fragment, Gap, Sentence, Words, is_figure_gap
from cchc_xl.core.text import printable

# What of a source is said to people: its unit, such as "hồ sơ".
UnitOf: TypeAlias = Callable[[str], str]
Plain: TypeAlias = list[object]


@dataclass(frozen=True, slots=True)
class BoundFigure:
    """A figure at `start` to `end` of a sentence; `source` is a code, a ratio or an expression.

    `is_gap` where the mark of a missing figure stands in its place.
    """

    start: int
    end: int
    source: str
    unit: str
    period: str
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class BoundText:
    """The text of a sentence and the figures in it, in their order."""

    text: str
    figures: tuple[BoundFigure, ...] = ()

    def shown(self, figure: BoundFigure) -> str:
        """Return a figure as it stands in the text."""
        return self.text[figure.start : figure.end]

    @property
    def words(self) -> tuple[str, ...]:
        """What stands before, between and behind the figures."""
        cuts = [0, *(place for f in self.figures for place in (f.start, f.end)), len(self.text)]
        return tuple(self.text[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True))

    def has_the_words_of(self, other: BoundText) -> bool:
        """Whether two sentences differ in nothing but their figures."""
        return self.words == other.words and self._sources == other._sources

    @property
    def _sources(self) -> tuple[str, ...]:
        return tuple(figure.source for figure in self.figures)


def written(fragments: Sequence[Fragment]) -> tuple[tuple[Fragment, str], ...]:
    """Return the fragments with their text as a report prints them: it begins with a capital.

    The letter before a heading, "a)", is no beginning of a sentence.
    """
    texts = [printable(fragment.text) for fragment in fragments]
    if fragments and isinstance(fragments[0], Words) and texts[0][1:2] != ")":
        texts[0] = texts[0][:1].upper() + texts[0][1:]
    return tuple(zip(fragments, texts, strict=True))


def bound(fragments: Sequence[Fragment], unit_of: UnitOf, period: str) -> BoundText:
    """Return the text of a drafted sentence of `period` as a report prints it, with its figures."""
    return _bound(written(fragments), unit_of, period)


def bound_as_drafted(sentence: Sentence, unit_of: UnitOf, period: str) -> BoundText:
    """Return a drafted sentence as the sheets show it, to the letter, with its figures."""
    return _bound([(f, f.text) for f in sentence.fragments], unit_of, period)


def _bound(fragments: Sequence[tuple[Fragment, str]], unit_of: UnitOf, period: str) -> BoundText:
    figures: list[BoundFigure] = []
    text = ""
    for fragment, shown in fragments:
        start, text = len(text), text + shown
        if shown and is_bound(fragment):
            assert not isinstance(fragment, Words)  # noqa: S101  # what `is_bound` says, for mypy
            is_gap = isinstance(fragment, Gap)
            figures.append(
                BoundFigure(
                    start, len(text), fragment.source, unit_of(fragment.source), period, is_gap
                )
            )
    return BoundText(text, tuple(figures))


def is_bound(fragment: Fragment) -> bool:
    """Whether a fragment is a figure of the tables, or the mark of one that is missing."""
    return isinstance(fragment, Figure) or (isinstance(fragment, Gap) and is_figure_gap(fragment))


def as_plain(sentence: BoundText) -> Plain:
    """Return a sentence as lists of strings and numbers, to be kept in a file."""
    return [
        sentence.text,
        [
            [figure.start, figure.end, figure.source, figure.unit, figure.period, figure.is_gap]
            for figure in sentence.figures
        ],
    ]


def from_plain(plain: object) -> BoundText | None:
    """Return the sentence that `as_plain` gave, None where it is not one (any more)."""
    match plain:
        case [str(text), list(lines)]:
            figures = [_figure(line, len(text)) for line in lines]
            known = tuple(figure for figure in figures if figure is not None)
            return BoundText(text, known) if len(known) == len(figures) else None
        case _:
            return None


def as_json(sentence: BoundText) -> str:
    """Return a sentence as one line of text, for a cell."""
    return json.dumps(as_plain(sentence), ensure_ascii=False, separators=(",", ":"))


def from_json(line: str) -> BoundText | None:
    """Return the sentence that `as_json` gave, None where the line is not one (any more)."""
    try:
        return from_plain(json.loads(line)) if line else None
    except ValueError:
        return None


def _figure(plain: object, length: int) -> BoundFigure | None:
    match plain:
        case [int(start), int(end), str(source), str(unit), str(period), bool(is_gap)] if (
            0 <= start <= end <= length
        ):
            return BoundFigure(start, end, source, unit, period, is_gap)
        case _:
            return None
