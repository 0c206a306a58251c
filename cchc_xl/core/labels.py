"""The indicators of a form by the words of their labels: exactly, with slips, by their end."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.row_words import differs_by_slips
from cchc_xl.core.text import bare_letters, match_key

# Below this likeness the words beside a known code speak of something else.
_ALIKE = 0.6


def with_label(form: Form, label: str, parent: str | None) -> Indicator | None:
    """Return the indicator of exactly these words; of several the one below `parent`.

    Words typed without any mark are those of the label that they are the letters of.
    """
    candidates = labels_of(form).get(label, ())
    if not candidates and label.isascii():
        candidates = _bare_labels(form).get(label, ())
    if len(candidates) == 1:
        return candidates[0]
    below = [indicator for indicator in candidates if indicator.parent == parent]
    return below[0] if len(below) == 1 else None


def with_end_of_label(form: Form, keys: tuple[str, ...], parent: str) -> Indicator | None:
    """Return the only part of `parent` whose label ends so: "Trực tiếp" for "Trả trực tiếp"."""
    parts = [i for i in form.indicators if i.parent == parent and i.code[-1].isalpha()]
    ends = [key for key in keys if len(key.split()) > 1]
    found = [i for i in parts if any(match_key(i.label).endswith(f" {end}") for end in ends)]
    return found[0] if len(found) == 1 else None


def with_slip(form: Form, keys: tuple[str, ...]) -> Indicator | None:
    """Return the indicator whose label is written with a slip or two, if it is the only one."""
    for key in keys:
        found = [
            indicator
            for printed, indicators in labels_of(form).items()
            if differs_by_slips(printed, key)
            for indicator in indicators
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


@lru_cache(maxsize=64)
def _bare_labels(form: Form) -> dict[str, tuple[Indicator, ...]]:
    labels: dict[str, tuple[Indicator, ...]] = {}
    for indicator in form.indicators:
        key = bare_letters(match_key(indicator.label))
        labels[key] = (*labels.get(key, ()), indicator)
    return labels


@lru_cache(maxsize=64)
def labels_of(form: Form) -> dict[str, tuple[Indicator, ...]]:
    """Return the indicators of a form by their labels as match keys."""
    labels: dict[str, tuple[Indicator, ...]] = {}
    for indicator in form.indicators:
        key = match_key(indicator.label)
        labels[key] = (*labels.get(key, ()), indicator)
    return labels


def alike(one: str, other: str) -> bool:
    """Whether two match keys may speak of one thing."""
    if one.startswith(other) or other.startswith(one):
        return True
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE
