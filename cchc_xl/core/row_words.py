"""The words of a row: what stands before a label, and slips of the keyboard inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl.core.text import TONE_MARKS, bare_letters, clean, match_key

# A slip is inside a longer word, and there are not many of them.
_MOST_SLIPS = 2
_SHORTEST_SLIPPING = 4
# A letter may carry two marks.
_MOST_MARKS = 3
_BULLETS = r"[\s\-–—+*•▪●○·~>]*"
# "1.1.2. Số …", "3) Số …", "a) Số …"; a bare 3 before a word may belong to it.
_NUMBERED = re.compile(
    rf"{_BULLETS}(?:(?P<code>\d+(?:\s?[.,]\s?\d+)+(?:\s?[.,]\s?[a-dđ]\b)?|\d+(?=\s?[.)/:]))"
    r"\s?[.)/:]*|(?P<letter>[a-zđ])\s?[.)/])?"
    rf"{_BULLETS}(?:trong đó\b\s*[:,;.]*)?{_BULLETS}(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class RowWords:
    """A label as match keys, the whole first, then without what stands before it.

    `code` is the number that stands before the label in its cell, "" where there is none.
    """

    keys: tuple[str, ...]
    code: str


@lru_cache(maxsize=16384)
def words_of(label: str) -> RowWords:
    """Return the words of a label as typed."""
    text = clean(label)
    parts = _NUMBERED.fullmatch(text)
    code = (parts["code"] or parts["letter"] or "") if parts else ""
    keys = (match_key(text), match_key(parts["rest"]) if parts else "")
    return RowWords(tuple(dict.fromkeys(key for key in keys if key)), code)


@lru_cache(maxsize=65536)
def differs_by_slips(printed: str, typed: str) -> bool:
    """Whether two match keys differ by a slip or two inside their longer words, or by a space.

    "không đúng hạn" is no slip for "đúng hạn", nor is "quá hạn", nor "mức độ 3" for "mức độ 4":
    a word more, or another word, says another thing.
    """
    if abs(len(printed) - len(typed)) > _MOST_MARKS * _MOST_SLIPS:
        return False
    one, other = printed.split(), typed.split()
    if len(one) != len(other):
        return _unspaced(printed) == _unspaced(typed)
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) <= _MOST_SLIPS and all(
        _is_slip(bare_letters(a), bare_letters(b)) for a, b in pairs
    )


def _is_slip(one: str, other: str) -> bool:
    """Whether a letter was dropped, doubled, swapped or lost its marks; one replaced is not."""
    if max(len(one), len(other)) < _SHORTEST_SLIPPING:
        return False
    pairs = enumerate(zip(one, other, strict=False))
    start = next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    if len(one) == len(other):
        return not one or (one[:2] == other[1::-1] and one[2:] == other[2:])
    shorter, longer = sorted((one, other), key=len)
    return longer[1:] == shorter


def _unspaced(key: str) -> tuple[str, str]:
    """Return the letters and the tones of a key: a space less changes no other letter."""
    letters = "".join(c for c in key if c not in TONE_MARKS and c != " ")
    return letters, "".join(c for c in key if c in TONE_MARKS)
