"""Merges a sentence three ways: as it was drafted, as it stands now, as the data draft it anew.

An official's words are never replaced: where the data say something else now, the new text is
offered beside them, and stays offered until one of the two is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from cchc_xl.core.bound_text import BoundText
from cchc_xl.core.figure_places import Fate, Places, place_figures
from cchc_xl.core.text import clean

_OFFER, _OFFER_END = "[Bản mới theo số liệu: ", "]"


class Outcome(Enum):
    """What merging came to."""

    NEW = "new"  # the data call for a sentence that was not there
    SAME = "same"  # nothing to do: what stands is what the data say
    RENEWED = "renewed"  # an untouched sentence follows the data
    DROPPED = "dropped"  # an untouched sentence that the data no longer call for
    KEPT = "kept"  # the official's words, under the same data
    STALE = "stale"  # the official's words, with figures that the tables no longer give
    CONFLICT = "conflict"  # the official's words, and another sentence from the data
    ADDED = "added"  # a sentence that the official put in
    REMOVED = "removed"  # a drafted sentence that the official took out


# What is said of a redraft, in this order; what is as it was needs no word.
OUTCOME_WORDS = {
    Outcome.RENEWED: "câu được cập nhật",
    Outcome.NEW: "câu mới",
    Outcome.DROPPED: "câu không còn dùng",
    Outcome.KEPT: "câu của đơn vị được giữ nguyên",
    Outcome.ADDED: "đoạn đơn vị viết thêm được giữ nguyên",
    Outcome.REMOVED: "câu đơn vị đã xóa",
    Outcome.STALE: "câu của đơn vị còn số liệu cũ",
    Outcome.CONFLICT: "câu cần chọn",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A text that was offered beside the official's; `new` is the draft that it came from."""

    text: str
    new: BoundText


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure of a drafted sentence that is another one now."""

    source: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What stands after merging, and what is to be remembered for the next time.

    `text` is None where no sentence stands; `offer` is shown beside it while it is not None.
    """

    outcome: Outcome
    text: str | None
    base: BoundText | None
    offer: Offer | None = None
    changes: tuple[FigureChange, ...] = ()


def offer_words(offer: str) -> str:
    """Return an offered text as it is shown in a report."""
    return f"{_OFFER}{offer}{_OFFER_END}"


def offered_in(text: str) -> str | None:
    """Return the text that a paragraph offers, None where it is no offer."""
    shown = text.strip()
    if not (shown.startswith(_OFFER.strip()) and shown.endswith(_OFFER_END)):
        return None
    return shown[len(_OFFER.strip()) : -len(_OFFER_END)].strip()


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts read the same; programs change spaces and Unicode forms on their own."""
    return clean(one) == clean(other)


def merge(
    base: BoundText | None,
    own: str | None,
    new: BoundText | None,
    *,
    offered: Offer | None = None,
    is_offer_standing: bool = False,
    known: Places | None = None,
    is_worked_on: bool = False,
) -> Merged:
    """Return what becomes of a sentence.

    `base` is the draft that the standing text `own` goes back to (None where there was none, or it
    is not known), `new` the draft of now; each is None where there is no such sentence. `offered`
    was shown beside `own` the last time: once it no longer stands, the official has chosen, and
    what stands answers it. `is_worked_on` says that people did something to the sentence that its
    text does not show: then it is theirs though it reads as drafted.
    """
    if offered is not None and not is_offer_standing:
        base = offered.new
    if own is None:
        return _without_own(base, new)
    if base is None:
        return _without_base(own, new)
    if is_same_text(own, base.text) and not is_worked_on:
        if new is None:
            return Merged(Outcome.DROPPED, None, None)
        outcome = Outcome.SAME if is_same_text(new.text, own) else Outcome.RENEWED
        return Merged(outcome, new.text, new, changes=tuple(_changes(base, new)))
    if new is None:
        return Merged(Outcome.KEPT, own, base)
    if is_same_text(own, new.text):
        return Merged(Outcome.SAME, own, new)
    if is_same_text(new.text, base.text):
        return Merged(Outcome.KEPT, own, new)
    return _both_changed(base, own, new, known)


def _without_own(base: BoundText | None, new: BoundText | None) -> Merged:
    if new is None:
        return Merged(Outcome.REMOVED, None, base)
    if base is None:
        return Merged(Outcome.NEW, new.text, new)
    if is_same_text(new.text, base.text):
        return Merged(Outcome.REMOVED, None, new)
    changes = tuple(_changes(base, new))
    return Merged(Outcome.CONFLICT, None, base, Offer(new.text, new), changes)


def _without_base(own: str, new: BoundText | None) -> Merged:
    if new is None:
        return Merged(Outcome.ADDED, own, None)
    if is_same_text(own, new.text):
        return Merged(Outcome.SAME, own, new)
    return Merged(Outcome.CONFLICT, own, None, Offer(new.text, new))


def _both_changed(base: BoundText, own: str, new: BoundText, known: Places | None) -> Merged:
    changes = tuple(_changes(base, new))
    suggested = suggestion(base, own, new, known)
    if suggested is None:
        return Merged(Outcome.CONFLICT, own, base, Offer(new.text, new), changes)
    if is_same_text(suggested, own):
        return Merged(Outcome.KEPT, own, new)
    return Merged(Outcome.STALE, own, base, Offer(suggested, new), changes)


def suggestion(
    base: BoundText, own: str, new: BoundText, known: Places | None = None
) -> str | None:
    """Return the official's words with the figures of now.

    None where the two drafts differ in words, or a figure that changed was changed or taken out by
    the official too: then nobody but the official can say what is meant.
    """
    if not new.has_the_words_of(base):
        return None
    pieces: list[tuple[int, int, str]] = []
    for placed, figure in zip(place_figures(base, own, known), new.figures, strict=True):
        now = new.shown(figure)
        if now == base.shown(placed.figure):
            continue
        stated = own[placed.start : placed.end]
        if placed.fate is Fate.GONE or (placed.fate is Fate.CHANGED and stated != now):
            return None
        pieces.append((placed.start, placed.end, now))
    text = own
    for start, end, now in sorted(pieces, reverse=True):
        text = text[:start] + now + text[end:]
    return text


def _changes(base: BoundText, new: BoundText) -> Iterator[FigureChange]:
    """Yield the figures that are others now; of sentences in other words, by their source."""
    if new.has_the_words_of(base):
        pairs = list(zip(base.figures, new.figures, strict=True))
    else:
        later = {figure.source: figure for figure in new.figures}
        pairs = [(f, later[f.source]) for f in base.figures if f.source in later]
    for figure, now in pairs:
        was, shown = base.shown(figure), new.shown(now)
        if was != shown:
            yield FigureChange(figure.source, was, shown)
