"""Finds drafted sentences again among paragraphs that have lost every mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from cchc_xl.core.text import clean

# How much of two texts must be the same to take one for the other edited; standing in the same
# section counts as so much more. What is taken wrongly is kept all the same.
_LEAST, _SAME_SECTION = 0.62, 0.12


@dataclass(frozen=True, slots=True)
class Sought:
    """A sentence that is looked for: the texts in which it was last seen, and its section."""

    id: str
    texts: tuple[str, ...]
    section: str = ""


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A paragraph of which nothing tells what it is; `place` is its number in the file."""

    place: int
    text: str
    section: str = ""


def align(sought: Iterable[Sought], paragraphs: Iterable[Unmarked]) -> Mapping[int, str]:
    """Return which paragraph is which sentence, by place; no paragraph and no sentence twice."""
    wanted = {entry.id: entry for entry in sought}
    left = {paragraph.place: paragraph for paragraph in paragraphs if clean(paragraph.text)}
    found: dict[int, str] = {}
    for place, sentence_id in _pairs(wanted, left):
        if place in left and sentence_id in wanted:
            found[place] = sentence_id
            del left[place], wanted[sentence_id]
    return found


def _pairs(wanted: Mapping[str, Sought], left: Mapping[int, Unmarked]) -> Iterable[tuple[int, str]]:
    """Return the pairs that may be, the surest first."""
    scored: list[tuple[float, int, str]] = []
    for sentence_id, entry in wanted.items():
        for place, paragraph in left.items():
            bonus = _SAME_SECTION if entry.section and entry.section == paragraph.section else 0.0
            likeness = max(
                (_likeness(clean(text), clean(paragraph.text), bonus) for text in entry.texts),
                default=0.0,
            )
            if likeness + bonus >= _LEAST:
                scored.append((-likeness - bonus, place, sentence_id))
    return [(place, sentence_id) for _, place, sentence_id in sorted(scored)]


def _likeness(one: str, other: str, bonus: float) -> float:
    if one == other:
        return 2.0  # surer than any likeness in the right section
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) + bonus < _LEAST:
        return 0.0
    return matcher.ratio()
