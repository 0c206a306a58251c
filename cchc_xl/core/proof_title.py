"""The title of a report, the period that it names, and the day of signing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Passage, Text
from cchc_xl.core.period import Period, PeriodKind, period_in_words
from cchc_xl.core.proof_mentions import QUARTERS, Mention, period_mentions

_REPORT = re.compile(r"^\W*báo\s+cáo\b", re.IGNORECASE)
_ADDRESS = re.compile(r"^\W*(?:kính gửi|(?:[IVX]+|\d+)\s*[.)]\s|thực hiện|căn cứ)", re.IGNORECASE)
CLOSING = re.compile(r"^\W*trên đây là", re.IGNORECASE)
OUTLOOK = re.compile(r"phương hướng|nhiệm vụ|giải pháp|kế hoạch công tác|dự kiến", re.IGNORECASE)
FREE_DATES = re.compile(
    r"từ\s+(?:ngày\s+)?(\d{1,2})/(\d{1,2})/(\d{4})\s+(?:đến|-|–)\s*(?:hết\s+)?(?:ngày\s+)?"
    r"(\d{1,2})/(\d{1,2})/(\d{4})",
    re.IGNORECASE,
)
_OPENING = 40
_LONGEST_TITLE = 4
_LONGEST_LINE = 400
_FIRST_LINES = 6
_DATE_LINE = re.compile(r"ngày[^,]*tháng[^,]*năm\s*\d{4}", re.IGNORECASE)


def title_of(text: Text) -> tuple[Passage, ...]:
    """Return the passages of the title: from the word "BÁO CÁO" on, else a first line with a time.

    () where neither is there.
    """
    for place, passage in enumerate(text[:_OPENING]):
        if _REPORT.match(passage.text) is not None:
            return tuple(_title_from(text[place:]))
    lines = [passage for passage in text[:_OPENING] if passage.text.strip()]
    for passage in lines[:_FIRST_LINES]:
        words = passage.text.strip()
        is_short = len(words) <= _LONGEST_LINE and not words.endswith((".", ";", ":"))
        is_title = is_short and not _ADDRESS.match(words)
        if is_title and not _DATE_LINE.search(words) and period_in_words(words) is not None:
            return (passage,)
    return ()


def _title_from(text: Text) -> Iterator[Passage]:
    yield text[0]
    lines = 0
    was_blank = False
    for passage in text[1 : 1 + 2 * _LONGEST_TITLE]:
        words = passage.text.strip()
        if not words:
            was_blank = True
            continue
        is_sentence = words.endswith((".", ":", ";")) or words.startswith(("-", "+"))
        if (
            is_sentence
            or _ADDRESS.match(words)
            or CLOSING.match(words)
            or len(words) > _LONGEST_LINE
        ):
            return
        if lines == _LONGEST_TITLE or (lines and was_blank and not OUTLOOK.match(words)):
            return
        yield passage
        lines, was_blank = lines + 1, False


def report_period(text: Text) -> Period | None:
    """Return the period that the title names, else the two dates of the opening, else None."""
    named = period_in_words(" ".join(passage.text for passage in title_of(text)))
    if named is not None:
        return named
    for passage in text[:_OPENING]:
        if FREE_DATES.search(passage.text):
            found = period_in_words(passage.text)
            if found is not None and found.kind is PeriodKind.FREE:
                return found
    return None


def outlook_claims(passage: Passage, period: Period) -> Iterator[Claim]:
    outlook = OUTLOOK.search(passage.text)
    for mention in period_mentions(passage) if outlook else ():
        if outlook and mention.start > outlook.end() and is_no_outlook(mention, period):
            yield Claim(
                passage, mention.start, mention.end, ClaimKind.PERIOD, ClaimVerdict.WRONG, "PK6",
                f"Báo cáo {period.name} nêu phương hướng {mention.text}; kỳ tiếp theo là "
                f"{period.next_name}.",
                stated=mention.text, actual=period.next_name,
            )  # fmt: skip


def is_no_outlook(mention: Mention, period: Period) -> bool:
    """Whether a quarter in the outlook of a quarter's report is not the one that follows it."""
    if not mention.name.startswith("quý") or period.kind not in QUARTERS:
        return False
    (following,) = period_mentions(Passage("", period.next_name))
    return mention.name != following.name or mention.year not in (None, following.year)


def date_line_claims(text: Text, period: Period, today: date) -> Iterator[Claim]:
    for passage in text[:_OPENING]:
        match = _DATE_LINE.search(passage.text)
        if match:
            yield Claim(
                passage, match.start(), match.end(), ClaimKind.PERIOD, ClaimVerdict.WRONG, "PK4",
                f"Báo cáo {period.name} không thể ký năm {today.year}; đề nghị xem lại ngày ký.",
                stated=match.group(),
            )  # fmt: skip
            return
