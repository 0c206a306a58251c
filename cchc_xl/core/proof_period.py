"""The period of a report in its headings, its sentences and its closing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Passage, Text
from cchc_xl.core.period import Period, PeriodKind, short_date
from cchc_xl.core.proof_dates import report_date
from cchc_xl.core.proof_mentions import QUARTERS, Mention, is_ahead, is_over, period_mentions
from cchc_xl.core.proof_title import (
    CLOSING,
    FREE_DATES,
    OUTLOOK,
    date_line_claims,
    is_no_outlook,
    outlook_claims,
    title_of,
)

_HEADING = re.compile(r"^\W*(?:[IVX]+|[A-HĐ]|\d{1,2})(?:\.\d{1,2})*[.)]\s")
# Where a sentence sets two times side by side, or names what was or will be.
_OTHER_TIME = re.compile(
    r"so với|cùng kỳ|kỳ trước|quý trước|năm trước|tăng|giảm|chuyển sang|chuyển qua|từ năm|"
    r"giai đoạn|đến năm|kế hoạch|chương trình|nghị quyết|đề án|quyết định|công văn|tồn tại|"
    r"chỉ số|xếp hạng|trước đó|khắc phục|dự toán|báo cáo số|luật",
    re.IGNORECASE,
)
_HEAD_OF_SENTENCE = re.compile(r"(?:^|[.;:]\s+|\n)[\s*+–-]*(?:trong\s+|tại\s+)?$", re.IGNORECASE)
_RESULT_BEFORE = re.compile(r"\bkết quả\b[^.;:]*$", re.IGNORECASE)
_FIGURES_BEHIND = re.compile(
    r"hồ sơ|phản ánh|thủ tục hành chính|TTHC|kết quả như sau|như sau", re.IGNORECASE
)
_DONE = re.compile(r"\bđã\b|không có|không phát sinh", re.IGNORECASE)
_NAME_OF_DOCUMENT = re.compile(
    r"(?:kế hoạch|chương trình|nghị quyết|đề án|quyết định|công văn|luật|phong trào|giai đoạn|"
    r"nhiệm kỳ|dự toán|chỉ số|văn bản)[^.;]*$",
    re.IGNORECASE,
)


def period_claims(text: Text, period: Period | None) -> Iterator[Claim]:
    """Yield how the times that `text` names stand against the period of the report."""
    if period is None:
        return
    today = report_date(text)
    if today is not None and today < period.first_day:
        yield from date_line_claims(text, period, today)
    title = title_of(text)
    for passage in title:
        yield from outlook_claims(passage, period)
    names = _Names.of(text, period)
    for passage in text:
        if passage in title or passage.cell is not None:
            continue
        if CLOSING.match(passage.text):
            yield from _closing(passage, names)
        elif _HEADING.match(passage.text) and len(passage.text) < 200:
            yield from _heading(passage, names)
        else:
            yield from _sentences(passage, names)


@dataclass(frozen=True, slots=True)
class _Names:
    """The times that are the report's: its own, and the one that its outlook speaks of."""

    period: Period
    own: tuple[str, int]
    following: tuple[str, int] | None

    @classmethod
    def of(cls, text: Text, period: Period) -> _Names:
        own = (_name_of(period), period.year)
        said = period_mentions(Passage("", period.next_name))
        following = (said[0].name, said[0].year or period.year) if said else None
        for passage in title_of(text):
            outlook = OUTLOOK.search(passage.text)
            if outlook is None:
                continue
            for mention in period_mentions(passage):
                if mention.start <= outlook.end() or is_no_outlook(mention, period):
                    continue
                if (mention.name, mention.year) != own:
                    following = (mention.name, mention.year or period.year)
        return cls(period, own, following)

    @property
    def both(self) -> tuple[tuple[str, int], ...]:
        return (self.own, self.following) if self.following else (self.own,)

    @property
    def years(self) -> set[int]:
        return {*self.period.years, *(year for _, year in self.both)}

    def fits(self, mention: Mention, allowed: tuple[tuple[str, int], ...]) -> bool:
        if mention.name == "năm":
            return mention.year in {*self.period.years, *(year for _, year in allowed)}
        if mention.year is None:
            return any(mention.name == name for name, _ in allowed)
        return (mention.name, mention.year) in allowed


def _name_of(period: Period) -> str:
    match period.kind:
        case PeriodKind.HALF_YEAR:
            return "6 tháng đầu"
        case PeriodKind.NINE_MONTHS:
            return "9 tháng đầu"
        case PeriodKind.YEAR | PeriodKind.FREE:
            return "năm"
        case kind:
            return f"quý {QUARTERS.index(kind) + 1}"


def _said(name: str, year: int) -> str:
    kind, _, number = name.partition(" ")
    if kind == "quý":
        return f"quý {('I', 'II', 'III', 'IV')[int(number) - 1]} năm {year}"
    return f"{name} năm {year}" if kind != "năm" else f"năm {year}"


def _claim(mention: Mention, rule: str, names: _Names, verdict: ClaimVerdict, actual: str) -> Claim:
    if verdict is ClaimVerdict.OK:
        message = f"«{mention.text}» khớp với kỳ báo cáo."
        return Claim(
            mention.passage, mention.start, mention.end, ClaimKind.PERIOD, verdict, rule, message,
            stated=mention.text, actual=mention.text,
        )  # fmt: skip
    message = f"Ghi «{mention.text}» trong báo cáo {names.period.name}; "
    message += f"đề nghị sửa thành {actual}." if actual else "đề nghị xem lại thời gian."
    return Claim(
        mention.passage, mention.start, mention.end, ClaimKind.PERIOD, verdict, rule, message,
        stated=mention.text, actual=actual or None,
    )  # fmt: skip


def _closing(passage: Passage, names: _Names) -> Iterator[Claim]:
    outlook = OUTLOOK.search(passage.text)
    for mention in period_mentions(passage):
        before = passage.text[: mention.start]
        if mention.name == "năm" and _NAME_OF_DOCUMENT.search(before.partition(" ")[2]):
            continue
        is_later = outlook is not None and mention.start > outlook.start()
        allowed = names.both if is_later or outlook is None else (names.own,)
        if names.fits(mention, allowed if mention.name != "năm" else names.both):
            yield _claim(mention, "PK1", names, ClaimVerdict.OK, "")
        elif _is_length(mention, names):
            continue
        else:
            right = names.following if is_later and names.following else names.own
            yield _claim(mention, "PK1", names, ClaimVerdict.WRONG, _said(*right))
    yield from _free_dates(passage, names)


def _is_length(mention: Mention, names: _Names) -> bool:
    """Whether a report between free dates names a part of its own time."""
    return names.period.kind is PeriodKind.FREE and mention.year in {None, *names.period.years}


def _free_dates(passage: Passage, names: _Names) -> Iterator[Claim]:
    """Yield the two dates of a closing that are not those of the report."""
    period = names.period
    match = FREE_DATES.search(passage.text)
    if match is None:
        return
    numbers = [int(group) for group in match.groups()]
    try:
        first, last = date(*numbers[2::-1]), date(*numbers[:2:-1])
    except ValueError:
        return
    right = f"từ {short_date(period.first_day)} đến {short_date(period.last_day)}"
    is_own = (first, last) == (period.first_day, period.last_day)
    if is_own or period.kind is PeriodKind.FREE:
        verdict = ClaimVerdict.OK if is_own else ClaimVerdict.WRONG
        mention = Mention(passage, match.start(), match.end(), "", None)
        yield _claim(mention, "PK1", names, verdict, "" if is_own else right)


def _heading(passage: Passage, names: _Names) -> Iterator[Claim]:
    outlook = OUTLOOK.search(passage.text)
    for mention in period_mentions(passage):
        before = passage.text[: mention.start]
        if _OTHER_TIME.search(before) or names.period.kind is PeriodKind.FREE:
            continue
        is_later = outlook is not None and mention.start > outlook.start()
        if mention.name == "năm" and mention.year in names.years:
            continue
        if names.fits(mention, names.both):
            following = names.following if is_later else None
            has_results = "kết quả" in passage.text.lower()
            if following and not has_results and not names.fits(mention, (following,)):
                yield _claim(mention, "PK2", names, ClaimVerdict.WRONG, _said(*following))
            elif mention.name != "năm":
                yield _claim(mention, "PK2", names, ClaimVerdict.OK, "")
        elif mention.name == "năm" or _contradicts(mention, names):
            right = names.following if is_later and names.following else names.own
            yield _claim(mention, "PK2", names, ClaimVerdict.WRONG, _said(*right))


def _contradicts(mention: Mention, names: _Names) -> bool:
    """Whether a time is one of the report's with another year, or one that is over."""
    if mention.year is None:
        return False
    if any(mention.name == name and mention.year != year for name, year in names.both):
        return True
    return is_over(mention, names.period)


def _sentences(passage: Passage, names: _Names) -> Iterator[Claim]:
    period = names.period
    for mention in period_mentions(passage):
        sentence, before = _sentence_around(passage.text, mention)
        if mention.name == "năm":
            yield from _plain_year(mention, names, sentence)
            continue
        if mention.year is None or period.kind is PeriodKind.FREE:
            continue
        if (mention.name, mention.year) == names.own:
            yield _claim(mention, "PK3", names, ClaimVerdict.OK, "")
            continue
        if _OTHER_TIME.search(sentence):
            continue
        leads = _HEAD_OF_SENTENCE.search(passage.text[: mention.start])
        tells = leads or _RESULT_BEFORE.search(before)
        is_own_of_other_year = mention.name == names.own[0] and mention.year < period.year
        is_of_results = tells and _FIGURES_BEHIND.search(sentence)
        is_told = is_of_results and leads and _DONE.search(sentence)
        if (
            is_own_of_other_year
            or (is_told and is_ahead(mention, period))
            or (is_of_results and is_over(mention, period))
        ):
            yield _claim(mention, "PK3", names, ClaimVerdict.WRONG, _said(*names.own))


def _plain_year(mention: Mention, names: _Names, sentence: str) -> Iterator[Claim]:
    """Yield the year before as the time of this report's figures; never sure, so never wrong."""
    period = names.period
    if mention.year != period.first_day.year - (0 if period.first_day.month == 12 else 1):
        return
    if mention.year in period.years or period.kind is PeriodKind.FREE:
        return
    leads = _HEAD_OF_SENTENCE.search(mention.passage.text[: mention.start])
    if leads and not _OTHER_TIME.search(sentence) and _FIGURES_BEHIND.search(sentence):
        yield _claim(mention, "PK3", names, ClaimVerdict.UNVERIFIABLE, "")


def _sentence_around(words: str, mention: Mention) -> tuple[str, str]:
    """Return the sentence of a mention, and what of it stands before the mention."""
    stops = [m.end() for m in re.finditer(r"[.;]\s|\n", words)]
    start = max((stop for stop in stops if stop <= mention.start), default=0)
    end = min((stop for stop in stops if stop >= mention.end), default=len(words))
    return words[start:end], words[start : mention.start]
