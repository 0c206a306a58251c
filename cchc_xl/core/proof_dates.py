"""Dates as a text writes them, and those that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Passage, Text
from cchc_xl.core.period import short_date

_NUMBERS = re.compile(
    r"(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{1,5})(?![\d/])"
)
_WORDS = re.compile(
    r"(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s*(?:,\s*)?năm\s+(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(r"(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?![\d/.-])")
# What leads to a date; without such a word only day/month/year with slashes is one.
_LEAD = re.compile(r"(?<!\w)(?:ngày|sáng|chiều|hết)\s+(?=\d)", re.IGNORECASE)
_ALONE = re.compile(r"(?<![\d/.,])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/])")
_UNTIL = re.compile(r"tính (?:đến|tới)(?: hết)?(?: ngày)?\s*$", re.IGNORECASE)
_TO = re.compile(r"^\s*(?:đến|tới|-|–)\s*(?:hết\s+)?(?:ngày\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\btừ\s+(?:ngày\s+)?$", re.IGNORECASE)
_LETTERHEAD = 30
_DATE_LINE = re.compile(
    r"^.{2,60}?,\s*ngày\s*(?P<day>\d{1,2})?[\s.…]*tháng\s*(?P<month>\d{1,2})?[\s.…]*"
    r"năm\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_FIRST_YEAR = 1945


@dataclass(frozen=True, slots=True)
class Written:
    """A date in a passage; `day` is None where the calendar has no such day.

    `year` is None where none is written (`ngày 30/2`).
    """

    passage: Passage
    start: int
    end: int
    day: date | None
    year: int | None

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


def date_at(passage: Passage, start: int) -> Written | None:
    """Return the date that is written at `start`, None where there is none."""
    for pattern in (_NUMBERS, _WORDS, _NO_YEAR):
        match = pattern.match(passage.text, start)
        if match is not None:
            return _written(passage, match)
    return None


def dates_of(passage: Passage) -> Iterator[Written]:
    """Yield every date of a passage once, in order."""
    starts = {m.end() for m in _LEAD.finditer(passage.text)}
    starts |= {m.start() for m in _ALONE.finditer(passage.text)}
    last = 0
    for start in sorted(starts):
        found = date_at(passage, start)
        if found is not None and start >= last:
            last = found.end
            yield found


def report_date(text: Text) -> date | None:
    """Return the day of the report: of its date line, the last possible one where it is open."""
    for passage in text[:_LETTERHEAD]:
        for line in passage.text.split("\n"):
            match = _DATE_LINE.match(line.strip())
            if match is None:
                continue
            year = int(match["year"])
            month = int(match["month"]) if match["month"] else 12
            if match["day"]:
                return _day(int(match["day"]), month, year)
            return _last_day(month, year)
    return None


def date_claims(text: Text) -> Iterator[Claim]:
    """Yield the dates that cannot be, and those up to which nothing can be counted yet."""
    today = report_date(text)
    for passage in text:
        yield from _turned_round(passage)
        for found in dates_of(passage):
            if found.day is None:
                yield Claim(
                    passage, found.start, found.end, ClaimKind.DATE, ClaimVerdict.WRONG, "PD1",
                    f"Không có ngày {found.text} trong lịch; đề nghị xem lại ngày, tháng, năm.",
                    stated=found.text,
                )  # fmt: skip
            elif today and found.year and found.day > today and _is_reached(found):
                yield Claim(
                    passage, found.start, found.end, ClaimKind.DATE, ClaimVerdict.WRONG, "PD2",
                    f"Báo cáo ký ngày {short_date(today)} nên chưa thể có số liệu tính đến ngày "
                    f"{found.text}.",
                    stated=found.text,
                )  # fmt: skip


def _turned_round(passage: Passage) -> Iterator[Claim]:
    """Yield times that end before they begin."""
    for first, last in pairwise(dates_of(passage)):
        between = passage.text[first.end : last.start]
        if not (first.day and last.day and first.year and last.year):
            continue
        if (
            last.day < first.day
            and _TO.match(between)
            and _FROM.search(passage.text[: first.start])
        ):
            yield Claim(
                passage, first.start, last.end, ClaimKind.DATE, ClaimVerdict.WRONG, "PD5",
                f"Thời gian kết thúc ({last.text}) trước khi bắt đầu ({first.text}); đề nghị xem "
                "lại.",
                stated=passage.text[first.start : last.end],
            )  # fmt: skip


def _is_reached(found: Written) -> bool:
    return _UNTIL.search(found.passage.text[: found.start]) is not None


def _written(passage: Passage, match: re.Match[str]) -> Written:
    typed = match.groupdict().get("year")
    day, month = int(match["day"]), int(match["month"])
    if typed is None:
        return Written(passage, match.start(), match.end(), _day(day, month, 2000), None)
    year = int(typed) + (2000 if len(typed) == 2 else 0)
    is_year = len(typed) in (2, 4) and year >= _FIRST_YEAR
    return Written(
        passage, match.start(), match.end(), _day(day, month, year) if is_year else None, year
    )


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_day(month: int, year: int) -> date | None:
    return next((d for day in (31, 30, 29, 28) if (d := _day(day, month, year))), None)
