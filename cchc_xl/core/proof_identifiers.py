"""Cited documents that cannot be as they are cited: type, symbol and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Text
from cchc_xl.core.period import Period
from cchc_xl.core.proof_citations import SYMBOLS, Citation, citation_claim, citations
from cchc_xl.core.proof_dates import report_date
from cchc_xl.core.proof_order import earlier_claims, follow_claims, late_claims
from cchc_xl.core.proof_series import order_claims, two_dates_claims

# Decrees carry the year in their number since then (Law 1996 on legal documents).
_FIRST_YEAR_IN_NUMBER = 1997
_NO_SYMBOL = re.compile(r"\bthông tư\s+(?:số\s+)?\d{1,3}/\d{4}(?![\d/])", re.IGNORECASE)
_SHORT_YEARLY = ("nghị định", "thông tư")


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
    two_dates = dict(two_dates_claims(fitting))
    yield from two_dates.values()
    yield from order_claims([c for c in fitting if (id(c.passage), c.start) not in two_dates])
    yield from late_claims(cited, report_date(text))
    yield from follow_claims(cited)
    if period is not None:
        yield from earlier_claims(fitting, period)


def _type_claim(citation: Citation) -> Claim | None:
    """Return what is wrong with a symbol of another type (`Quyết định số 210/KH-UBND`)."""
    first = citation.symbol_kind
    allowed = SYMBOLS.get(citation.type)
    if allowed is None or not first or first in allowed:
        return None
    named = next(name for name, symbols in SYMBOLS.items() if first in symbols)
    symbol = citation.symbol.partition("-")[0]
    return citation_claim(
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
    yield citation_claim(
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
        yield citation_claim(
            citation,
            "PI6",
            f"Số, ký hiệu ghi năm {citation.year} nhưng ngày ban hành thuộc năm "
            f"{citation.day.year}; đề nghị xem lại.",
        )
