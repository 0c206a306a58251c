"""Documents that come too late, too early, or before what they follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict
from cchc_xl.core.period import Period, short_date
from cchc_xl.core.proof_citations import Citation, citation_claim

_FOLLOWS = re.compile(r"\b(?:theo|căn cứ|thực hiện)\s*$", re.IGNORECASE)
_CARRIES_OUT = re.compile(r"\b(?:thực hiện|căn cứ)\b", re.IGNORECASE)
_ISSUES_NEXT = re.compile(r"\b(?:ban hành|xây dựng)(?:\s+\w+){0,6}\s*$", re.IGNORECASE)
_ISSUES = re.compile(r"\b(?:ban hành|xây dựng)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\btiếp tục\b|sửa đổi|thay thế|bổ sung", re.IGNORECASE)
_ISSUES_THIS = re.compile(r"\bban hành(?:\s+\w+){0,2}\s*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;]\s|\n")


def late_claims(cited: Sequence[Citation], today: date | None) -> Iterator[Claim]:
    for citation in cited:
        if today and citation.dated and citation.dated.year and _day(citation) > today:
            if citation.day is None:
                continue
            yield citation_claim(
                citation,
                "PD3",
                f"Văn bản ghi ngày {short_date(citation.day)}, sau ngày của báo cáo "
                f"({short_date(today)}); đề nghị xem lại ngày.",
                kind=ClaimKind.DATE,
            )


def follow_claims(cited: Sequence[Citation]) -> Iterator[Claim]:
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
    return citation_claim(
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


def earlier_claims(cited: Sequence[Citation], period: Period) -> Iterator[Claim]:
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
        yield citation_claim(
            citation,
            "PI5",
            f"Văn bản ngày {short_date(day)} có trước kỳ báo cáo ({period.name}) nhưng được nêu "
            "như kết quả trong kỳ; đề nghị xem lại năm.",
            verdict=ClaimVerdict.UNVERIFIABLE,
        )


def _is_told_as_earlier(words: str, start: int, day: date) -> bool:
    """Whether the sentence itself names the earlier year, as a list of documents of 2021 does."""
    return f"năm {day.year}" in _sentence_before(words, start)


def _day(citation: Citation) -> date:
    return citation.day or date.max
