"""Vietnamese text made comparable; how numbers are read stands in `numerals`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Grave, acute, tilde, hook above, dot below: the five marks whose place in a syllable differs
# between two spellings of one word ("hóa" and "hoá").
TONE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\t\r\n\x0b\x0c"), " ")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# U+00D0/U+00F0 (Icelandic eth) look like the Vietnamese letter and come from old keyboards.
_LOOK_ALIKES = {0x00D0: "Đ", 0x00F0: "đ"}
# What a terminal obeys, what turns the order of letters round, and what no XML may hold.
_NOT_PRINTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
# Footnote signs typed as characters; in a label they are no words.
_RAISED_DIGITS = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"))
_CLEAN = {**_INVISIBLE, **_SPACES, **_FULL_WIDTH, **_LOOK_ALIKES}


def printable(text: str) -> str:
    """Return `text` with � for each character that would command, hide or break what shows it.

    Tabs and line ends stay, the latter all as they are here.
    """
    one_kind = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_PRINTED.sub("\N{REPLACEMENT CHARACTER}", one_kind)


@lru_cache(maxsize=16384)
def clean(text: str) -> str:
    """Return `text` in NFC with plain spaces and digits and no invisible characters, trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_CLEAN).split())


@lru_cache(maxsize=16384)
def bare_letters(key: str) -> str:
    """Return a match key without any mark on its letters, as people type who have no marks."""
    return "".join(c for c in key if not unicodedata.combining(c)).replace("đ", "d")


@lru_cache(maxsize=16384)
def match_key(text: str) -> str:
    """Return a key that is equal for two spellings of one label.

    Case, punctuation, Unicode form, spaces, raised digits and the place of the tone mark in a
    syllable do not matter; the letters and the tones themselves do.
    """
    words: list[str] = []
    letters: list[str] = []
    tones: list[str] = []

    def close_word() -> None:
        if letters:
            words.append("".join(letters) + "".join(tones))
            letters.clear()
            tones.clear()

    for character in unicodedata.normalize("NFD", clean(text).lower().translate(_RAISED_DIGITS)):
        if character in TONE_MARKS:
            tones.append(character)
        elif character.isalnum() or unicodedata.combining(character):
            letters.append(character)
        else:
            close_word()
    close_word()
    return " ".join(words)
