"""The period of a report in its title, its headings, its sentences and its closing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Passage, Text
from cchc_xl.core.period import Period, PeriodKind, period_in_words, short_date, standard_period
from cchc_xl.core.proof_citations import citations
from cchc_xl.core.proof_dates import report_date

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTERS = (PeriodKind.Q1, PeriodKind.Q2, PeriodKind.Q3, PeriodKind.Q4)
_MENTION = re.compile(
    r"\b(?:quý\s+(?P<quarter>iv|i{1,3}|0?[1-4])\b|(?P<months>0?[369]|sáu|chín|ba)\s+tháng"
    r"(?:\s+(?P<part>đầu|cuối)(?:\s+năm)?)?)"
    r"(?:\s*(?:,\s*)?(?:/|-|năm)\s*(?P<year>(?:19|20)\d\d)\b(?!/\d)|\s+(?P<bare>(?:19|20)\d\d)\b(?!/))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!tháng )\bnăm\s+(?P<year>(?:19|20)\d\d)\b(?!\s*[-–/]\s*\d)", re.IGNORECASE)
_MONTHS = {"3": "3", "03": "3", "ba": "3", "6": "6", "06": "6", "sáu": "6",
           "9": "9", "09": "9", "chín": "9"}  # fmt: skip
_REPORT = re.compile(r"^\W*báo\s+cáo\b", re.IGNORECASE)
_ADDRESS = re.compile(r"^\W*(?:kính gửi|(?:[IVX]+|\d+)\s*[.)]\s|thực hiện|căn cứ)", re.IGNORECASE)
_CLOSING = re.compile(r"^\W*trên đây là", re.IGNORECASE)
_HEADING = re.compile(r"^\W*(?:[IVX]+|[A-HĐ]|\d{1,2})(?:\.\d{1,2})*[.)]\s")
_OUTLOOK = re.compile(r"phương hướng|nhiệm vụ|giải pháp|kế hoạch công tác|dự kiến", re.IGNORECASE)
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
_FREE = re.compile(
    r"từ\s+(?:ngày\s+)?(\d{1,2})/(\d{1,2})/(\d{4})\s+(?:đến|-|–)\s*(?:hết\s+)?(?:ngày\s+)?"
    r"(\d{1,2})/(\d{1,2})/(\d{4})",
    re.IGNORECASE,
)
_OPENING = 40
_LONGEST_TITLE = 4
_LONGEST_LINE = 400
_FIRST_LINES = 6
_DATE_LINE = re.compile(r"ngày[^,]*tháng[^,]*năm\s*\d{4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A time that a text names; `year` is None where none stands with it."""

    passage: Passage
    start: int
    end: int
    name: str
    year: int | None

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


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
            or _CLOSING.match(words)
            or len(words) > _LONGEST_LINE
        ):
            return
        if lines == _LONGEST_TITLE or (lines and was_blank and not _OUTLOOK.match(words)):
            return
        yield passage
        lines, was_blank = lines + 1, False


def report_period(text: Text) -> Period | None:
    """Return the period that the title names, else the two dates of the opening, else None."""
    named = period_in_words(" ".join(passage.text for passage in title_of(text)))
    if named is not None:
        return named
    for passage in text[:_OPENING]:
        if _FREE.search(passage.text):
            found = period_in_words(passage.text)
            if found is not None and found.kind is PeriodKind.FREE:
                return found
    return None


def period_claims(text: Text, period: Period | None) -> Iterator[Claim]:
    """Yield how the times that `text` names stand against the period of the report."""
    if period is None:
        return
    today = report_date(text)
    if today is not None and today < period.first_day:
        yield from _date_line(text, period, today)
    title = title_of(text)
    for passage in title:
        yield from _outlook_of_title(passage, period)
    names = _Names.of(text, period)
    for passage in text:
        if passage in title or passage.cell is not None:
            continue
        if _CLOSING.match(passage.text):
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
            outlook = _OUTLOOK.search(passage.text)
            if outlook is None:
                continue
            for mention in period_mentions(passage):
                if mention.start <= outlook.end() or _is_no_outlook(mention, period):
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

    def fits(self, mention: _Mention, allowed: tuple[tuple[str, int], ...]) -> bool:
        if mention.name == "năm":
            return mention.year in {*self.period.years, *(year for _, year in allowed)}
        if mention.year is None:
            return any(mention.name == name for name, _ in allowed)
        return (mention.name, mention.year) in allowed


def period_mentions(passage: Passage) -> list[_Mention]:
    """Return the quarters, half years and years that a passage names, outside of documents."""
    words = passage.text
    taken = [(c.start, c.end) for c in citations((passage,))]
    found: list[_Mention] = []
    for match in _MENTION.finditer(words):
        year = match["year"] or match["bare"]
        quarter = match["quarter"]
        if quarter:
            name = f"quý {_ROMAN.get(quarter.lower()) or int(quarter)}"
        else:
            months = _MONTHS[match["months"].lower()]
            if match["part"] is None and year is None:
                continue  # "trong 6 tháng" is a length
            name = f"{months} tháng {'cuối' if (match['part'] or '').lower() == 'cuối' else 'đầu'}"
        found.append(
            _Mention(passage, match.start(), match.end(), name, int(year) if year else None)
        )
    taken += [(m.start, m.end) for m in found]
    found += [
        _Mention(passage, m.start(), m.end(), "năm", int(m["year"]))
        for m in _YEAR.finditer(words)
        if not any(start <= m.start() < end for start, end in taken)
    ]
    return sorted(found, key=lambda mention: mention.start)


def _outlook_of_title(passage: Passage, period: Period) -> Iterator[Claim]:
    outlook = _OUTLOOK.search(passage.text)
    for mention in period_mentions(passage) if outlook else ():
        if outlook and mention.start > outlook.end() and _is_no_outlook(mention, period):
            yield Claim(
                passage, mention.start, mention.end, ClaimKind.PERIOD, ClaimVerdict.WRONG, "PK6",
                f"Báo cáo {period.name} nêu phương hướng {mention.text}; kỳ tiếp theo là "
                f"{period.next_name}.",
                stated=mention.text, actual=period.next_name,
            )  # fmt: skip


def _is_no_outlook(mention: _Mention, period: Period) -> bool:
    """Whether a quarter in the outlook of a quarter's report is not the one that follows it."""
    if not mention.name.startswith("quý") or period.kind not in _QUARTERS:
        return False
    (following,) = period_mentions(Passage("", period.next_name))
    return mention.name != following.name or mention.year not in (None, following.year)


def _name_of(period: Period) -> str:
    match period.kind:
        case PeriodKind.HALF_YEAR:
            return "6 tháng đầu"
        case PeriodKind.NINE_MONTHS:
            return "9 tháng đầu"
        case PeriodKind.YEAR | PeriodKind.FREE:
            return "năm"
        case kind:
            return f"quý {_QUARTERS.index(kind) + 1}"


def _said(name: str, year: int) -> str:
    kind, _, number = name.partition(" ")
    if kind == "quý":
        return f"quý {('I', 'II', 'III', 'IV')[int(number) - 1]} năm {year}"
    return f"{name} năm {year}" if kind != "năm" else f"năm {year}"


def _claim(
    mention: _Mention, rule: str, names: _Names, verdict: ClaimVerdict, actual: str
) -> Claim:
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
    outlook = _OUTLOOK.search(passage.text)
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


def _is_length(mention: _Mention, names: _Names) -> bool:
    """Whether a report between free dates names a part of its own time."""
    return names.period.kind is PeriodKind.FREE and mention.year in {None, *names.period.years}


def _free_dates(passage: Passage, names: _Names) -> Iterator[Claim]:
    """Yield the two dates of a closing that are not those of the report."""
    period = names.period
    match = _FREE.search(passage.text)
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
        mention = _Mention(passage, match.start(), match.end(), "", None)
        yield _claim(mention, "PK1", names, verdict, "" if is_own else right)


def _heading(passage: Passage, names: _Names) -> Iterator[Claim]:
    outlook = _OUTLOOK.search(passage.text)
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


def _contradicts(mention: _Mention, names: _Names) -> bool:
    """Whether a time is one of the report's with another year, or one that is over."""
    if mention.year is None:
        return False
    if any(mention.name == name and mention.year != year for name, year in names.both):
        return True
    return _is_over(mention, names.period)


def _is_over(mention: _Mention, period: Period) -> bool:
    if mention.year is None or not mention.name.startswith("quý"):
        return False
    quarter = standard_period(mention.year, _QUARTERS[int(mention.name[-1]) - 1])
    return quarter.last_day < period.first_day


def _is_ahead(mention: _Mention, period: Period) -> bool:
    if mention.year is None or not mention.name.startswith("quý"):
        return False
    quarter = standard_period(mention.year, _QUARTERS[int(mention.name[-1]) - 1])
    return quarter.first_day > period.last_day


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
            or (is_told and _is_ahead(mention, period))
            or (is_of_results and _is_over(mention, period))
        ):
            yield _claim(mention, "PK3", names, ClaimVerdict.WRONG, _said(*names.own))


def _plain_year(mention: _Mention, names: _Names, sentence: str) -> Iterator[Claim]:
    """Yield the year before as the time of this report's figures; never sure, so never wrong."""
    period = names.period
    if mention.year != period.first_day.year - (0 if period.first_day.month == 12 else 1):
        return
    if mention.year in period.years or period.kind is PeriodKind.FREE:
        return
    leads = _HEAD_OF_SENTENCE.search(mention.passage.text[: mention.start])
    if leads and not _OTHER_TIME.search(sentence) and _FIGURES_BEHIND.search(sentence):
        yield _claim(mention, "PK3", names, ClaimVerdict.UNVERIFIABLE, "")


def _sentence_around(words: str, mention: _Mention) -> tuple[str, str]:
    """Return the sentence of a mention, and what of it stands before the mention."""
    stops = [m.end() for m in re.finditer(r"[.;]\s|\n", words)]
    start = max((stop for stop in stops if stop <= mention.start), default=0)
    end = min((stop for stop in stops if stop >= mention.end), default=len(words))
    return words[start:end], words[start : mention.start]


def _date_line(text: Text, period: Period, today: date) -> Iterator[Claim]:
    for passage in text[:_OPENING]:
        match = _DATE_LINE.search(passage.text)
        if match:
            yield Claim(
                passage, match.start(), match.end(), ClaimKind.PERIOD, ClaimVerdict.WRONG, "PK4",
                f"Báo cáo {period.name} không thể ký năm {today.year}; đề nghị xem lại ngày ký.",
                stated=match.group(),
            )  # fmt: skip
            return
