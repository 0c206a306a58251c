"""Documents of one series: one number with two dates, numbers that run against their dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cchc_xl.core.claims import Claim
from cchc_xl.core.period import short_date
from cchc_xl.core.proof_citations import Citation, citation_claim

_Key = tuple[int, int]


def two_dates_claims(cited: Sequence[Citation]) -> Iterator[tuple[_Key, Claim]]:
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
                    citation_claim(
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


def order_claims(cited: Sequence[Citation]) -> Iterator[Claim]:
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
            yield citation_claim(
                citation,
                "PI3",
                f"Số {citation.number} ghi ngày {short_date(citation.day)} nhưng số {other.number} "
                f"cùng loại ghi ngày {short_date(_day(other))}; số sau không thể ban hành trước. "
                "Đề nghị xem lại số hoặc ngày.",
            )


def _may_be_one_series(one: int, other: int) -> bool:
    """Whether two numbers are near enough for one body: a province counts faster than a commune."""
    return max(one, other) <= 2 * min(one, other) + 30


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


def _day(citation: Citation) -> date:
    return citation.day or date.max
