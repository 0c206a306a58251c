"""Which unit and which period a file speaks of, from the words above its table.

What our own workbooks say in their named cells comes first; it is read by the gateway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cchc_xl.core.grid import Grid
from cchc_xl.core.period import Period, period_in_words
from cchc_xl.core.text import clean, match_key

_UNIT_TYPES = ("xã", "phường", "thị trấn", "đặc khu")
_UNIT = re.compile(
    rf"\b(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)?\s*\b({'|'.join(_UNIT_TYPES)})\s+"
    r"(?P<name>[^\W\d_][^,.;:()\n]*)",
    re.IGNORECASE,
)
# Words that follow a unit's name in a title; the name ends before them.
_AFTER_NAME = re.compile(
    r"\s+(?:quý|năm|6 tháng|9 tháng|sáu tháng|chín tháng|từ ngày|kỳ|giai đoạn|[-–]).*$",
    re.IGNORECASE,
)
_OWNERSHIP = re.compile(r"\bcủa\b", re.IGNORECASE)


def words_above(grid: Grid, header_row: int) -> tuple[str, ...]:
    """Return the texts that stand above a table, from the top."""
    texts: list[str] = []
    for row in range(header_row):
        for column in range(len(grid.rows[row])):
            text = grid.text(row, column)
            if text:
                texts.append(text)
    return tuple(texts)


def unit_in_words(texts: Iterable[str]) -> str | None:
    """Return the unit that a title names, as it is written in a sentence: `Thị trấn Bút Sơn`.

    A text that says "CỦA UBND XÃ …" wins over one that only mentions a commune.
    """
    ordered = sorted(texts, key=lambda text: _OWNERSHIP.search(text) is None)
    for text in ordered:
        match = _UNIT.search(clean(text))
        if match is None:
            continue
        name = _AFTER_NAME.sub("", match.group("name")).strip()
        if name:
            return unit_name(f"{match.group(1)} {name}")
    return None


def unit_name(text: str) -> str:
    """Return a unit's name as written in a sentence; only capitals throughout are changed."""
    words = clean(text)
    if words.lower().startswith(("ubnd ", "ủy ban nhân dân ", "uỷ ban nhân dân ")):
        words = re.sub(r"^(?:ubnd|[uủ][ỷy] ban nhân dân)\s+", "", words, flags=re.IGNORECASE)
    for unit_type in _UNIT_TYPES:
        if words.lower().startswith(unit_type + " "):
            name = words[len(unit_type) + 1 :]
            return f"{unit_type.capitalize()} {_title(name)}"
    return _title(words)


def _title(name: str) -> str:
    if name != name.upper() or name == name.lower():
        return name
    return " ".join(word.capitalize() for word in name.split())


def same_unit(one: str, other: str) -> bool:
    """Whether two spellings name one unit; `UBND xã X` is `Xã X`."""
    return match_key(unit_name(one)) == match_key(unit_name(other))


def period_above(texts: Iterable[str]) -> Period | None:
    """Return the first period that the words above a table name, or None."""
    return next((period for text in texts if (period := period_in_words(text))), None)
