"""How offices write the number, symbol and date of a document: `12/KH-UBND ngày 21/02/2022`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc_xl.core.cells import RawCell
from cchc_xl.core.text import clean

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
# What Excel counts days from; 1900 is no leap year, so this holds from March 1900 on.
DAY_ZERO = date(1899, 12, 30)

_LETTER = "A-Za-zĐđÀ-ỹ"
# Behind a spaced dash only capitals belong to the symbol: "12/KH-UBND - Kế hoạch …".
_SYMBOL = (
    rf"(?:\d{{4}}\s*/\s*)?[{_LETTER}][{_LETTER}\d]*"
    rf"(?:\.[{_LETTER}\d]+|[-–][{_LETTER}\d]+|\s*[-–]\s*[A-ZĐ]{{2,}}(?![a-zà-ỹ]))*"
)
_NUMBER = rf"(\d{{1,6}}[a-zđ]?)(?:\s*/\s*({_SYMBOL}))?(?![\w/]|[.,]\d)"
_REFERENCE = re.compile(rf"(?i:số)?\s*[:.]?\s*{_NUMBER}")
_NAMED_REFERENCE = re.compile(rf"\b(?i:số)\s*:?\s*{_NUMBER}")
_DATE = (
    r"(?P<d>\d{1,2})\s*(?P<mark>[/.-])\s*(?P<m>\d{1,2})\s*(?P=mark)\s*(?P<y>\d{4})(?![\d/])"
    r"|(?:ngày\s+)?(?P<dw>\d{1,2})\s+tháng\s+(?P<mw>\d{1,2})\s+năm\s+(?P<yw>\d{4})"
)
_DATE_ONLY = re.compile(rf"(?:ngày\s+)?(?:{_DATE})", re.IGNORECASE)
_DATE_BEHIND = re.compile(
    rf"(?:\s*của [^,;\d]{{1,60}}?)?\s*[,(]?\s*(?:ngày\s*)?(?:{_DATE})\)?", re.IGNORECASE
)
# What should be a date but names no day of a year: "ngày 21/2/22".
_OTHER_DATE = re.compile(r"\s*[,(]?\s*ngày\s+\d[\d/.-]*\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """Number and symbol as they are written, and the places in the text where they stand."""

    number: str
    symbol: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateRead:
    """A day, or (`day` is None) the words that should be one, and where they end."""

    day: date | None
    words: str
    end: int


def plain_number(text: str) -> str:
    """Return a number without leading zeros: `3` for `03`."""
    return text.lower().lstrip("0") or "0"


def reference_in_cell(text: str) -> Reference | None:
    """Return the reference that a cell begins with: `12`, `12/KH-UBND`, `Số: 12/KH-UBND`."""
    match = _REFERENCE.match(text)
    return _reference(match) if match else None


def references_in_line(text: str) -> tuple[Reference, ...]:
    """Return the references of a line, each behind the word "số"."""
    return tuple(_reference(match) for match in _NAMED_REFERENCE.finditer(text))


def _reference(match: re.Match[str]) -> Reference:
    symbol = match.group(2) or ""
    return Reference(plain_number(match.group(1)), symbol, match.start(), match.end())


def date_behind(text: str, start: int) -> DateRead | None:
    """Return the date that stands in `text` right behind `start`; None where none stands there."""
    match = _DATE_BEHIND.match(text, start)
    if match is not None:
        return DateRead(_day(match), clean(match.group()).lstrip(", "), match.end())
    other = _OTHER_DATE.match(text, start)
    return DateRead(None, clean(other.group()).lstrip(", "), other.end()) if other else None


def date_of(raw: RawCell) -> tuple[date | None, str]:
    """Return the day of a cell and, where it has none, the words that cannot be read."""
    content = raw.content
    if raw.is_empty:
        return None, ""
    if isinstance(content, datetime):
        content = content.date()
    if isinstance(content, date):
        return (content, "") if FIRST_DAY <= content <= LAST_DAY else (None, str(content))
    if isinstance(content, (int, float)) and not isinstance(content, bool):
        # A date whose cell has lost its format.
        lowest, highest = ((day - DAY_ZERO).days for day in (FIRST_DAY, LAST_DAY))
        if lowest <= content < highest + 1:
            return DAY_ZERO + timedelta(days=int(content)), ""
        return None, f"{content:g}"
    text = clean(str(content)) if raw.error is None else raw.error
    match = _DATE_ONLY.fullmatch(text)
    day = _day(match) if match else None
    return day, "" if day else text


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    day, month, year = (parts[name] or parts[f"{name}w"] for name in ("d", "m", "y"))
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None
