"""Which unit and which period a file speaks of, from the words above its table.

What our own workbooks say beside their labels comes first; it is read by the gateway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cchc_xl.core.grid import Grid
from cchc_xl.core.period import Period, calendar_quarter, period_in_words
from cchc_xl.core.text import clean, match_key

_UNIT_TYPES = ("xã", "phường", "thị trấn", "đặc khu")
_COMMITTEE = r"(?:ubnd|[ủu][ỷy] ban nhân dân)"
# "UBND xã X" anywhere; a bare "Xã X" only where the text begins with it, or behind "đơn vị:".
_UNIT = re.compile(
    rf"(?:{_COMMITTEE}\s+|^|\bđơn vị(?: báo cáo)?\s*:\s*)"
    rf"(?P<type>{'|'.join(_UNIT_TYPES)})\s+(?!hội\b)(?P<name>[^\W_].*)",
    re.IGNORECASE,
)
# Where a unit's name ends in a title: at a mark, a period, the unit above it.
_AFTER_NAME = re.compile(
    r"\s*(?:[,;:()]|\s[-–—/]\s|\s(?:quý\s+(?:i{1,3}|iv|\d)\b|năm\s+\d{4}|(?:0?[69]|sáu|chín)\s+tháng\b"
    r"|từ ngày|kỳ báo cáo|báo cáo\b|(?:huyện|quận|thị xã|thành phố|tp\.|tỉnh)\s)).*$",
    re.IGNORECASE,
)
_OWNERSHIP = re.compile(r"\bcủa\b", re.IGNORECASE)
# A line that refers to a document may name another commune than the table's.
_REFERENCE = re.compile(r"^\W*(?:kèm theo|theo|căn cứ|thực hiện)\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"^kính gửi\b", re.IGNORECASE)


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
    named: list[tuple[bool, str]] = []
    for text in map(clean, texts):
        if _ADDRESSED.match(text):
            continue
        match = _UNIT.search(text)
        if match is None:
            continue
        name = _AFTER_NAME.sub("", match.group("name")).strip()
        # In running words a name has a capital; "xã báo cáo" is none.
        if name and (name[0].isupper() or name[0].isdigit()):
            owned = _OWNERSHIP.search(text[: match.start() + 1]) is not None
            is_owner = owned and _REFERENCE.match(text) is None
            named.append((is_owner, unit_name(f"{match.group('type')} {name}")))
    owners = [unit for is_owner, unit in named if is_owner]
    everyone = [unit for _, unit in named]
    return next(iter(owners or everyone), None)


def unit_name(text: str) -> str:
    """Return a unit's name as written in a sentence; only capitals throughout are changed."""
    words = clean(text)
    if words.lower().startswith(("ubnd ", "ủy ban nhân dân ", "uỷ ban nhân dân ")):
        words = re.sub(r"^(?:ubnd|[uủ][ỷy] ban nhân dân)\s+", "", words, flags=re.IGNORECASE)
    for unit_type in _UNIT_TYPES:
        if words.lower().startswith(unit_type + " "):
            name = words[len(unit_type) + 1 :]
            # Capitals throughout are those of a title; "Xã A" is a name.
            name = _title(name) if words == words.upper() else name
            return f"{unit_type.capitalize()} {name}"
    return _title(words)


def _title(name: str) -> str:
    if name != name.upper() or name == name.lower():
        return name
    return " ".join(word.capitalize() for word in name.split())


def period_above(texts: Iterable[str]) -> Period | None:
    """Return the period that the words above a table name together, or None.

    Dates from the first to the last day of a quarter are how offices write that quarter.
    """
    named = period_in_words(" | ".join(texts))
    return calendar_quarter(named) if named else None


_FORM_NAME = re.compile(
    r"\b(?:phụ lục|biểu mẫu|biểu|mẫu)(?: số)?[\s:]+(?P<number>[0-9IVX]+[0-9A-Za-zĐđ./-]*)",
    re.IGNORECASE,
)


def form_named_in(texts: Iterable[str], known: Iterable[str]) -> str | None:
    """Return the form that a file names itself, such as `Biểu số 06/VPCP/KSTT`; none of `known`."""
    ours = {match_key(name) for name in known}
    for text in map(clean, texts):
        match = _FORM_NAME.search(text)
        if match is not None and match_key(match.group()) not in ours:
            return match.group().rstrip("./-")
    return None
