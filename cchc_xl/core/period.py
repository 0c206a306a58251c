"""Reporting periods: their windows, names, order and relations.

The windows run from the 15th to the 14th: a quarter from the 15th of the month before it to the
14th of its last month, longer periods from 15 December of the previous year (calendar of the
Ministry of Home Affairs for periodic reports; Decision 01/2023/QĐ-UBND of Khánh Hòa, Article 4,
names the nine months). Q3 is a quarter, 9T is cumulative: they end on one day and are not the
same series.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from cchc_xl.core.text import clean


class PeriodKind(Enum):
    """The kinds of period, by the code that stands behind the year."""

    Q1 = "Q1"
    Q2 = "Q2"
    Q3 = "Q3"
    Q4 = "Q4"
    HALF_YEAR = "6T"
    NINE_MONTHS = "9T"
    YEAR = "N"
    FREE = "free"


_QUARTERS = (PeriodKind.Q1, PeriodKind.Q2, PeriodKind.Q3, PeriodKind.Q4)
_ROMAN = dict(zip(_QUARTERS, ("I", "II", "III", "IV"), strict=True))
_LAST_MONTH = {
    PeriodKind.Q1: 3,
    PeriodKind.Q2: 6,
    PeriodKind.Q3: 9,
    PeriodKind.Q4: 12,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}
_PREFIX = {
    **{kind: f"quý {roman}" for kind, roman in _ROMAN.items()},
    PeriodKind.HALF_YEAR: "6 tháng đầu",
    PeriodKind.NINE_MONTHS: "9 tháng",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period from `first_day` to `last_day`, both included."""

    kind: PeriodKind
    first_day: date
    last_day: date

    @property
    def id(self) -> str:
        """The code of the period: `2022-Q1`, or `2021-01-01_2023-08-31` for free dates."""
        if self.kind is PeriodKind.FREE:
            return f"{self.first_day.isoformat()}_{self.last_day.isoformat()}"
        return f"{self.year}-{self.kind.value}"

    @property
    def year(self) -> int:
        """The year that the report speaks of."""
        return self.last_day.year

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the report speaks of, side by side where its dates are free."""
        if self.kind is PeriodKind.FREE:
            return tuple(range(self.first_day.year, self.last_day.year + 1))
        return (self.year,)

    @property
    def name(self) -> str:
        """The name in running text: `quý I năm 2022`."""
        if self.kind is PeriodKind.FREE:
            return f"từ ngày {short_date(self.first_day)} đến ngày {short_date(self.last_day)}"
        prefix = _PREFIX.get(self.kind)
        return f"{prefix} năm {self.year}" if prefix else f"năm {self.year}"

    @property
    def next_name(self) -> str:
        """The name of the time that the outlook of the report speaks of."""
        if self.kind is PeriodKind.FREE:
            return "thời gian tới"
        if self.kind is PeriodKind.HALF_YEAR:
            return f"6 tháng cuối năm {self.year}"
        if self.kind is PeriodKind.NINE_MONTHS:
            return f"3 tháng cuối năm {self.year}"
        if self.kind is PeriodKind.YEAR:
            return f"năm {self.year + 1}"
        if self.kind is PeriodKind.Q4:
            return f"quý I năm {self.year + 1}"
        following = _QUARTERS[_QUARTERS.index(self.kind) + 1]
        return f"{_PREFIX[following]} năm {self.year}"

    def is_same_window(self, other: Period) -> bool:
        """Whether both are the same days, however named, or one is the other by the calendar."""
        one, two = calendar_quarter(self), calendar_quarter(other)
        return (one.first_day, one.last_day) == (two.first_day, two.last_day)

    def follows(self, previous: Period) -> bool:
        """Whether `previous` ends on the day before this period begins."""
        return previous.last_day + timedelta(days=1) == self.first_day

    def extends(self, previous: Period) -> bool:
        """Whether both begin on one day and `previous` ends earlier (6T after Q1)."""
        return previous.first_day == self.first_day and previous.last_day < self.last_day

    def is_quarter_after(self, previous: Period) -> bool:
        """Whether both are quarters and `previous` is the one before."""
        return {self.kind, previous.kind} <= set(_QUARTERS) and self.follows(previous)

    def recurs(self, previous: Period) -> bool:
        """Whether `previous` is the same period of an earlier year; free dates day by day."""
        return (
            self.kind is previous.kind
            and previous.last_day < self.last_day
            and _in_the_year(self) == _in_the_year(previous)
        )

    def is_like(self, previous: Period) -> bool:
        """Whether the figures of both are of one series: Q3 is held against Q2, never 9T."""
        return self.recurs(previous) or self.is_quarter_after(previous)


def _in_the_year(period: Period) -> tuple[int, int, int, int, int]:
    """Return where a period begins and ends within a year, and how many years it spans."""
    first, last = period.first_day, period.last_day
    return first.month, first.day, last.month, last.day, last.year - first.year


def short_date(day: date) -> str:
    """Return a date as offices write it in brackets: `14/3/2022`, `05/01/2022`.

    Days below 10 and the months 1 and 2 carry a leading zero (Decree 30/2020/NĐ-CP).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def standard_period(year: int, kind: PeriodKind) -> Period:
    """Return the period of `kind` in `year`; not for free dates."""
    last_month = _LAST_MONTH[kind]
    months = 3 if kind in _QUARTERS else last_month
    month_before = last_month - months
    first_day = date(year, month_before, 15) if month_before else date(year - 1, 12, 15)
    return Period(kind, first_day, date(year, last_month, 14))


def free_period(first_day: date, last_day: date) -> Period:
    """Return the period between two free dates; ValueError where they are the wrong way round."""
    if last_day < first_day:
        raise ValueError("the last day lies before the first")
    return Period(PeriodKind.FREE, first_day, last_day)


def calendar_quarter(period: Period) -> Period:
    """Return the quarter that free dates name by the calendar (1 January to 31 March), or them."""
    first, last = period.first_day, period.last_day
    quarter, rest = divmod(first.month - 1, 3)
    is_quarter = (
        period.kind is PeriodKind.FREE
        and (rest, first.day, first.year) == (0, 1, last.year)
        and last.month == first.month + 2
        and (last + timedelta(days=1)).day == 1
    )
    return standard_period(first.year, _QUARTERS[quarter]) if is_quarter else period


_STANDARD_ID = re.compile(r"(?<![\w-])(\d{4})-(Q[1-4]|6T|9T|N)(?![\w-])")


def parse_period_id(text: str) -> Period | None:
    """Return the period that an id such as `2022-Q1` names, or None."""
    match = _STANDARD_ID.fullmatch(text.strip())
    if match and int(match.group(1)) >= 1900:
        return standard_period(int(match.group(1)), PeriodKind(match.group(2)))
    first, mark, last = text.strip().partition("_")
    if not mark:
        return None
    try:
        return free_period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        return None


_DATE = r"(\d{1,2}) ?/ ?(\d{1,2}) ?/ ?(\d{4})"
_FREE_WORDS = re.compile(rf"từ (?:ngày )?{_DATE} (?:đến|-|–) ?(?:hết )?(?:ngày )?{_DATE}")
_DATE_IN_WORDS = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
# Years that name no period: of dates and of numbers of documents; and those of other spans.
_DATES = re.compile(rf"{_DATE}|\d+/\d{{4}}/[\w-]+|tháng \d{{1,2}}(?: năm |/)\d{{4}}")
_OTHER_SPANS = re.compile(
    r"tháng cuối năm \d{4}|quý (?!(?:i{1,3}|iv|0?[1-4])\b)\w+(?: năm |/)\d{4}"
)
_KIND_WORDS: tuple[tuple[re.Pattern[str], PeriodKind], ...] = (
    *(
        (re.compile(rf"\bquý (?:{roman.lower()}|0?{place})\b"), kind)
        for place, (kind, roman) in enumerate(_ROMAN.items(), start=1)
    ),
    (re.compile(r"\b(?:0?3|ba) tháng (?:đầu năm\b|năm \d{4})"), PeriodKind.Q1),
    (re.compile(r"\b(?:0?6|sáu) tháng\b(?! cuối)"), PeriodKind.HALF_YEAR),
    (re.compile(r"\b(?:0?9|chín) tháng\b(?! cuối)"), PeriodKind.NINE_MONTHS),
)
# What is compared with, and the document that a table is added to; both name other periods.
_COMPARED = re.compile(r"\bso (?:với|sánh)\b[^|;()]*")
_DOCUMENT = re.compile(r"\b(?:ban hành (?:kèm )?theo|kèm theo|căn cứ)\b[^|;()]*")
# A title that nobody filled in: "Quý …. năm 2022".
_UNFILLED = re.compile(r"(?<!hàng )\b(?:quý|kỳ)(?: báo cáo:?)?[ .…_]*(?:năm \d{4}|/ ?\d{4})")
# From here on a title speaks of the next period.
_OUTLOOK = re.compile(r"phương hướng|nhiệm vụ trọng tâm|nhiệm vụ công tác")
_YEAR_AFTER_KIND = re.compile(
    r"(?:quý \w+|tháng)(?: đầu)?[\s,(–/-]*(?:năm )?((?:19|20)\d\d)\b(?!/)"
)
_YEAR_WORD = re.compile(r"(?:\bnăm |/ ?)((?:19|20)\d\d)\b(?!/)")


def period_in_words(text: str) -> Period | None:
    """Return the period that a title or a cell names, or None where it names none.

    What stands behind "phương hướng" is the next period and counts only where nothing stands
    before it. The kind that stands first counts, with the first year behind it; two dates count
    where no kind is named. Dates and numbers of documents are no periods, nor is what stands
    behind "so với" or names the document that a table is added to; an unfilled quarter is none.
    """
    by_id = parse_period_id(clean(text))
    inside = _STANDARD_ID.search(clean(text))
    if by_id is not None or inside is not None:
        return by_id or parse_period_id(inside.group() if inside else "")
    compared = _COMPARED.sub(" ", clean(text).lower())
    # A table may name its period only where it names the report that it is added to.
    return _period_in(_DOCUMENT.sub(" ", compared)) or _period_in(
        _DOCUMENT.sub(_report_only, compared)
    )


def _report_only(document: re.Match[str]) -> str:
    """Return the words about a document where it is the report itself, else none of them."""
    return document.group() if "báo cáo" in document.group() else " "


def _period_in(text: str) -> Period | None:
    words = _DATE_IN_WORDS.sub(r"ngày \1/\2/\3", text)
    undated = _DATES.sub(" ", words)
    rest = _OTHER_SPANS.sub(" ", undated)
    outlook = _OUTLOOK.search(rest)
    head = rest[: outlook.start()] if outlook else rest
    kind, start = _first_kind(head)
    if kind is None:
        free = _FREE_WORDS.search(words)
        if free:
            return _period_of_dates(*(int(group) for group in free.groups()))
        if _UNFILLED.search(head):
            return None
        if _YEAR_WORD.search(head) is None:
            kind, start = _first_kind(rest)
    year = _YEAR_WORD.search(rest, start) or _YEAR_WORD.search(rest)
    if kind is not None:
        # The year may stand right behind the kind without its word.
        year = _YEAR_AFTER_KIND.search(rest, start) or year
    if year is None and kind is not None:
        year = _YEAR_WORD.search(undated)
    return standard_period(int(year.group(1)), kind or PeriodKind.YEAR) if year else None


def _first_kind(words: str) -> tuple[PeriodKind | None, int]:
    """Return the kind that is named first, and where; None, 0 where only a year is named."""
    met = [(m.start(), kind) for pattern, kind in _KIND_WORDS if (m := pattern.search(words))]
    if not met:
        return None, 0
    start, kind = min(met, key=lambda pair: pair[0])
    return kind, start


def _period_of_dates(d1: int, m1: int, y1: int, d2: int, m2: int, y2: int) -> Period | None:
    try:
        return free_period(date(y1, m1, d1), date(y2, m2, d2))
    except ValueError:
        return None
