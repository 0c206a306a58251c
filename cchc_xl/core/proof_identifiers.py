"""Cited documents that cannot be as they are cited: type, symbol, date and number."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Text
from cchc_xl.core.period import Period, short_date
from cchc_xl.core.proof_citations import SYMBOLS, Citation, citations
from cchc_xl.core.proof_dates import report_date

# Decrees carry the year in their number since then (Law 1996 on legal documents).
_FIRST_YEAR_IN_NUMBER = 1997
_NO_SYMBOL = re.compile(r"\bthông tư\s+(?:số\s+)?\d{1,3}/\d{4}(?![\d/])", re.IGNORECASE)
_SHORT_YEARLY = ("nghị định", "thông tư")
_FOLLOWS = re.compile(r"\b(?:theo|căn cứ|thực hiện)\s*$", re.IGNORECASE)
_CARRIES_OUT = re.compile(r"\b(?:thực hiện|căn cứ)\b", re.IGNORECASE)
_ISSUES_NEXT = re.compile(r"\b(?:ban hành|xây dựng)(?:\s+\w+){0,6}\s*$", re.IGNORECASE)
_ISSUES = re.compile(r"\b(?:ban hành|xây dựng)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\btiếp tục\b|sửa đổi|thay thế|bổ sung", re.IGNORECASE)
_ISSUES_THIS = re.compile(r"\bban hành(?:\s+\w+){0,2}\s*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;]\s|\n")


def identifier_claims(text: Text, period: Period | None) -> Iterator[Claim]:
    """Yield what cannot be among the documents that `text` cites."""
    cited = citations(text)
    fitting: list[Citation] = []
    for citation in cited:
        claim = _type_claim(citation)
        if claim is None:
            fitting.append(citation)
        else:
            yield claim
        yield from _incomplete(citation, cited)
        yield from _year_claim(citation)
    yield from _no_symbol(text)
    two_dates = dict(_two_dates(fitting))
    yield from two_dates.values()
    yield from _order([c for c in fitting if (id(c.passage), c.start) not in two_dates])
    yield from _later_than_report(cited, report_date(text))
    yield from _before_what_they_follow(cited)
    if period is not None:
        yield from _of_last_year(fitting, period)


def _claim(
    citation: Citation,
    rule: str,
    message: str,
    *,
    kind: ClaimKind = ClaimKind.IDENTIFIER,
    verdict: ClaimVerdict = ClaimVerdict.WRONG,
    actual: str | None = None,
) -> Claim:
    return Claim(
        citation.passage, citation.start, citation.end, kind, verdict, rule, message,
        stated=citation.text, actual=actual,
    )  # fmt: skip


def _type_claim(citation: Citation) -> Claim | None:
    """Return what is wrong with a symbol of another type (`Quyết định số 210/KH-UBND`)."""
    first = citation.symbol_kind
    allowed = SYMBOLS.get(citation.type)
    if allowed is None or not first or first in allowed:
        return None
    named = next(name for name, symbols in SYMBOLS.items() if first in symbols)
    symbol = citation.symbol.partition("-")[0]
    return _claim(
        citation,
        "PI1",
        f"Gọi là {citation.type} nhưng ký hiệu {symbol} là của {named}; đề nghị xem lại tên loại "
        "hoặc ký hiệu.",
    )


def _incomplete(citation: Citation, cited: Sequence[Citation]) -> Iterator[Claim]:
    """Yield a decree or circular without the year in its number (`48/NĐ-CP`)."""
    if citation.type not in _SHORT_YEARLY or citation.year is not None:
        return
    if citation.symbol_kind not in ("nđ", "tt") or _is_of_old_numbers(citation.day):
        return
    whole = next(
        (
            f"{other.number:02d}/{other.year}/{other.symbol}"
            for other in cited
            if other.year and (other.number, other.symbol) == (citation.number, citation.symbol)
        ),
        None,
    )
    if whole is None and citation.day is not None and "-" in citation.symbol:
        whole = f"{citation.number:02d}/{citation.day.year}/{citation.symbol}"
    hint = f" ({whole})" if whole else ""
    yield _claim(
        citation,
        "PI4",
        f"Số, ký hiệu của {citation.type} còn thiếu năm ban hành; đề nghị ghi đủ{hint}.",
        actual=whole,
    )


def _is_of_old_numbers(day: date | None) -> bool:
    return day is not None and day.year < _FIRST_YEAR_IN_NUMBER


def _no_symbol(text: Text) -> Iterator[Claim]:
    for passage in text:
        for match in _NO_SYMBOL.finditer(passage.text):
            yield Claim(
                passage, match.start(), match.end(), ClaimKind.IDENTIFIER, ClaimVerdict.WRONG,
                "PI4", "Thông tư còn thiếu ký hiệu cơ quan ban hành; đề nghị ghi đủ số, ký hiệu.",
                stated=match.group(),
            )  # fmt: skip


def _year_claim(citation: Citation) -> Iterator[Claim]:
    if citation.year and citation.day and citation.year != citation.day.year:
        yield _claim(
            citation,
            "PI6",
            f"Số, ký hiệu ghi năm {citation.year} nhưng ngày ban hành thuộc năm "
            f"{citation.day.year}; đề nghị xem lại.",
        )


_Key = tuple[int, int]


def _two_dates(cited: Sequence[Citation]) -> Iterator[tuple[_Key, Claim]]:
    """Yield the rarer date of each document that is cited with two dates of one year."""
    by_number: dict[object, list[Citation]] = defaultdict(list)
    for citation in cited:
        if citation.day is not None and citation.symbol:
            key = (citation.number, citation.symbol.upper(), citation.owner)
            by_number[(*key, citation.register[3])].append(citation)
            if citation.year is None:
                # One day of two years is a slip in the year.
                by_number[(*key, citation.day.month, citation.day.day)].append(citation)
    for same in by_number.values():
        days = Counter(c.day for c in same if c.day is not None)
        if len(days) < 2:
            continue
        others = [c for c in cited if c not in same]
        right = max(days, key=lambda day: (days[day], -_breaks(same[0], day, others)))
        for citation in same:
            if citation.day is not None and citation.day != right:
                yield (
                    (id(citation.passage), citation.start),
                    _claim(
                        citation,
                        "PI2",
                        f"Văn bản số {citation.number:02d}/{citation.symbol} có hai ngày khác nhau "
                        f"trong báo cáo: {short_date(citation.day)} và {short_date(right)}; "
                        "đề nghị thống nhất.",
                        actual=short_date(right),
                    ),
                )


def _breaks(citation: Citation, day: date, others: Iterable[Citation]) -> int:
    """How many documents of the same series stand the wrong way round if this one is of `day`."""
    return sum(
        (other.number < citation.number) != (other.day < day) and other.day != day
        for other in others
        if other.day is not None and other.register == citation.register
    )


def _order(cited: Sequence[Citation]) -> Iterator[Claim]:
    """Yield the fewest documents whose number runs against their date."""
    series: dict[object, dict[tuple[int, date], Citation]] = defaultdict(dict)
    for citation in cited:
        if citation.day is not None and citation.symbol and citation.year is None:
            series[citation.register].setdefault((citation.number, citation.day), citation)
    for documents in series.values():
        line = [documents[key] for key in sorted(documents)]
        kept = _longest_in_order([key[1] for key in sorted(documents)])
        for place, citation in enumerate(line):
            if place in kept or citation.day is None:
                continue
            other = next(
                line[k]
                for k in sorted(kept, key=lambda k: abs(k - place))
                if (k < place) != (_day(line[k]) < citation.day) and _day(line[k]) != citation.day
            )
            if not _may_be_one_series(citation.number, other.number):
                continue
            yield _claim(
                citation,
                "PI3",
                f"Số {citation.number} ghi ngày {short_date(citation.day)} nhưng số {other.number} "
                f"cùng loại ghi ngày {short_date(_day(other))}; số sau không thể ban hành trước. "
                "Đề nghị xem lại số hoặc ngày.",
            )


def _may_be_one_series(one: int, other: int) -> bool:
    """Whether two numbers are near enough for one body: a province counts faster than a commune."""
    return max(one, other) <= 2 * min(one, other) + 30


def _day(citation: Citation) -> date:
    return citation.day or date.max


def _longest_in_order(days: Sequence[date]) -> set[int]:
    """Return the places of a longest run of days that never goes back; the first on a tie."""
    best: list[tuple[int, int | None]] = []
    for place, day in enumerate(days):
        before = [k for k in range(place) if days[k] <= day]
        last = max(before, key=lambda k: best[k][0], default=None)
        best.append((1 + (best[last][0] if last is not None else 0), last))
    at: int | None = max(range(len(days)), key=lambda k: best[k][0], default=None)
    kept: set[int] = set()
    while at is not None:
        kept.add(at)
        at = best[at][1]
    return kept


def _later_than_report(cited: Sequence[Citation], today: date | None) -> Iterator[Claim]:
    for citation in cited:
        if today and citation.dated and citation.dated.year and _day(citation) > today:
            if citation.day is None:
                continue
            yield _claim(
                citation,
                "PD3",
                f"Văn bản ghi ngày {short_date(citation.day)}, sau ngày của báo cáo "
                f"({short_date(today)}); đề nghị xem lại ngày.",
                kind=ClaimKind.DATE,
            )


def _before_what_they_follow(cited: Sequence[Citation]) -> Iterator[Claim]:
    """Yield what is said to have been issued following a document that is younger than it."""
    for first, second in pairwise(cited):
        if first.passage is not second.passage or first.day is None or second.day is None:
            continue
        words = first.passage.text
        between = words[first.end : second.start]
        before = _sentence_before(words, first.start)
        if _SENTENCE_END.search(between) or _GOES_ON.search(between) or _GOES_ON.search(before):
            continue
        if first.day < second.day and _FOLLOWS.search(between) and _ISSUES.search(before):
            yield _follows(first, second, second)
        elif (
            second.day < first.day
            and not second.owner
            and _CARRIES_OUT.search(before)
            and not _ISSUES.search(before)
            and _ISSUES_NEXT.search(between)
        ):
            yield _follows(second, first, second)


def _follows(issued: Citation, followed: Citation, shown: Citation) -> Claim:
    return _claim(
        shown,
        "PD4",
        f"V{_named(issued)[1:]} ban hành ngày {short_date(_day(issued))}, không thể theo "
        f"{_named(followed)} ngày {short_date(_day(followed))} ban hành sau đó; đề nghị xem lại.",
        kind=ClaimKind.DATE,
    )


def _named(citation: Citation) -> str:
    year = f"{citation.year}/" if citation.year else ""
    return f"văn bản số {citation.number:02d}/{year}{citation.symbol}".rstrip("/")


def _sentence_before(words: str, end: int) -> str:
    start = max((m.end() for m in _SENTENCE_END.finditer(words, 0, end)), default=0)
    return words[start:end]


def _of_last_year(cited: Sequence[Citation], period: Period) -> Iterator[Claim]:
    """Yield documents said to be issued in this period whose date lies in an earlier year."""
    for citation in cited:
        day = citation.day
        if day is None or citation.owner or day >= period.first_day or not citation.symbol:
            continue
        words = citation.passage.text
        if citation.year or "UBND" not in citation.symbol.upper():
            continue
        if not _ISSUES_THIS.search(words[: citation.start]):
            continue
        stop = _SENTENCE_END.search(words, citation.end)
        about = words[citation.end : stop.start() if stop else len(words)]
        if any(str(year) in about for year in (*period.years, period.year + 1)):
            continue
        if _is_told_as_earlier(words, citation.start, day):
            continue
        yield _claim(
            citation,
            "PI5",
            f"Văn bản ngày {short_date(day)} có trước kỳ báo cáo ({period.name}) nhưng được nêu "
            "như kết quả trong kỳ; đề nghị xem lại năm.",
            verdict=ClaimVerdict.UNVERIFIABLE,
        )


def _is_told_as_earlier(words: str, start: int, day: date) -> bool:
    """Whether the sentence itself names the earlier year, as a list of documents of 2021 does."""
    return f"năm {day.year}" in _sentence_before(words, start)
