"""What the title of a table and the name of its sheet say of it: its period, and if it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cchc_xl.core.identity import period_above, unit_in_words
from cchc_xl.core.period import Period, PeriodKind, period_in_words
from cchc_xl.core.text import clean

# Below another table the running text of the report stands too; a title stands close, and short.
_CLOSE_LINES, _LONGEST_LINE = 6, 120
_EARLIER = r"(?:kỳ|quý|năm) trước|cùng kỳ"
_SHEET_LAID_ASIDE = re.compile(
    rf"\b(?:nháp|cũ|bản sao|dự thảo|ban nhap|ban cu|draft|old|copy|backup|{_EARLIER})\b"
)
_TITLE_LAID_ASIDE = re.compile(
    rf"\W*(?:(?:bản )?nháp|bản (?:cũ|sao)|dự thảo|draft|(?:bảng )?(?:số liệu )?(?:{_EARLIER}))\W*"
)
_OFFICIAL = re.compile(r"\b(?:chính thức|chinh thuc|official|final)\b")


def periods_named(title: Sequence[str], sheet: str) -> tuple[Period, ...]:
    """Return the periods that a title and the name of a sheet give a table, that of it first.

    The line that stands next to the table says more than the first words of the report.
    """
    lines = [line for line in title if len(line) <= _LONGEST_LINE]
    close = next(
        (
            period
            for line in reversed(lines)
            if (period := period_in_words(line)) and period.kind is not PeriodKind.YEAR
        ),
        None,
    )
    titled = close or period_above(lines)
    named = (titled, _period_of_sheet(sheet.replace("_", " "), titled))
    return tuple(dict.fromkeys(period for period in named if period is not None))


def _period_of_sheet(sheet: str, titled: Period | None) -> Period | None:
    """Return the period that a sheet's name says; `Quý II` alone is of the year of its title."""
    named = period_in_words(sheet)
    if named is None and titled is not None:
        named = period_in_words(f"{sheet} năm {titled.year}")
        return None if named is None or named.kind is PeriodKind.YEAR else named
    return named


def unit_named_below(title: Sequence[str]) -> str | None:
    """Return the unit of a table that stands below another, from the words between them."""
    close = [line for line in title[-_CLOSE_LINES:] if len(line) <= _LONGEST_LINE]
    return unit_in_words(reversed(close))


def is_laid_aside(title: Sequence[str], sheet: str) -> bool:
    """Whether sheet or title call a table a draft, an old one, a copy, or an earlier period's."""
    return _SHEET_LAID_ASIDE.search(clean(sheet).lower().replace("_", " ")) is not None or any(
        _TITLE_LAID_ASIDE.fullmatch(clean(line).lower()) for line in title[-_CLOSE_LINES:]
    )


def is_official(title: Sequence[str], sheet: str) -> bool:
    """Whether sheet or title call a table the official one."""
    return any(_OFFICIAL.search(clean(line).lower()) for line in (sheet, *title[-_CLOSE_LINES:]))
