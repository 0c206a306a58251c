"""Finds figures that stand beside the words of an indicator, in sentences that people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cchc_xl.core.cells import Kind
from cchc_xl.core.claims import Passage, Text
from cchc_xl.core.facts import Facts
from cchc_xl.core.form import Form
from cchc_xl.core.outline import Outline, pieces
from cchc_xl.core.period import Period
from cchc_xl.core.proof_figures import StatedFigure, figures_between
from cchc_xl.core.proof_mentions import period_mentions
from cchc_xl.core.proof_outline import is_figure, templates
from cchc_xl.core.proof_title import report_period
from cchc_xl.core.text import match_key

_SHORT_FORMS = {
    "tthc": "thủ tục hành chính",
    "bcci": "bưu chính công ích",
    "cchc": "cải cách hành chính",
    "vbqppl": "văn bản quy phạm pháp luật",
    "ttđt": "thông tin điện tử",
    "cm": "chuyên môn",
    "cbcc": "cán bộ công chức",
}
# Words that say nothing of what is counted. "không" stays: it turns a label round.
_EMPTY = frozenset(
    match_key(
        "số lượng tổng đã được là có các của trong kỳ báo cáo này tại đơn vị trên địa bàn từ đến "
        "ngày và theo gồm thì hiện do qua dịch vụ đạt với"
    ).split()
)
_UNITS = (
    "hồ sơ|thủ tục hành chính|thủ tục|TTHC|văn bản quy phạm pháp luật|văn bản|nhiệm vụ|người|"
    "phiếu|vấn đề|trường hợp|đồng chí|bộ phận"
)
_UNIT_BEHIND = re.compile(rf"\s*(?P<unit>{_UNITS})(?!\w)", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:.(]\s|[;(\n]|, trong đó\b|[+*–-]\s")
_DATES = re.compile(r"(?:từ |đến |hết )*ngày\s+\d[\d/]+|\d{1,2}/\d{1,2}/\d{4}", re.IGNORECASE)
_LEADS = re.compile(r"(?::|\blà|\bđạt|\bcó)\s*$", re.IGNORECASE)
# What narrows the figures below it to one field, unit or year.
_NARROWS = re.compile(r"(?i:lĩnh vực)|\b(?:tại|của) (?:xã|phường|thị trấn|phòng|ban)\s+[A-ZĐ]")
# What may lead a list of figures of the whole report: "Kết quả giải quyết TTHC như sau:".
_LEADING = frozenset(
    match_key(
        "kết quả giải quyết thủ tục hành chính cải cách công tác tình hình tiếp nhận hồ sơ cụ thể "
        "như sau đó về cơ chế một cửa liên thông"
    ).split()
)
_FEWEST_WORDS = 3
_LINES_ABOVE = 6
_SHORT_LINE = 80

_Words = frozenset[str]


def labelled_figures(
    text: Text, outline: Outline | None, facts: Facts, form: Form
) -> Iterator[StatedFigure]:
    """Yield the figures beside the very words of an indicator, once for each place.

    A sentence that says more than the label (a field, another year, "trước hạn") speaks of
    something else and is left alone.
    """
    known = _lexicon(outline, facts, form)
    period = report_period(text)
    for place, passage in enumerate(text):
        if passage.cell is not None or "\t" in passage.text:
            continue
        above = text[max(place - _LINES_ABOVE, 0) : place]
        for figure in figures_between(passage.text, 0, len(passage.text)):
            code = _code_beside(passage, figure, known, period)
            if code is not None and not _is_narrowed(passage, figure.start(), above, period):
                yield StatedFigure(passage, figure.start(), figure.end(), code)


def _lexicon(outline: Outline | None, facts: Facts, form: Form) -> Mapping[_Words, str]:
    """Return which words stand for which indicator; words that stand for two fall out."""
    met: dict[_Words, set[str]] = {}

    def add(words: _Words, code: str) -> None:
        if len(words) >= _FEWEST_WORDS:
            met.setdefault(words, set()).add(code)

    for indicator in form.indicators:
        if indicator.kind is Kind.COUNT:
            label, unit = _content(indicator.label), _content(indicator.unit)
            add(label, indicator.code)
            if indicator.unit and len(unit) <= _FEWEST_WORDS:
                add(label | unit, indicator.code)
    for template in templates(outline) if outline else ():
        first = _first_figure(template.text, facts, form)
        if first is not None:
            words, code = first
            add(words, code)
    return {words: codes.pop() for words, codes in met.items() if len(codes) == 1}


def _first_figure(template: str, facts: Facts, form: Form) -> tuple[_Words, str] | None:
    """Return the words around the first figure of a template, and what it is."""
    before, parts = "", list(pieces(template))
    for place, (is_placeholder, words) in enumerate(parts):
        if not is_placeholder:
            before = words
        elif not is_figure(words, facts, form):
            before = ""
        else:
            indicator = form.by_code.get(words)
            if indicator is None or indicator.kind is not Kind.COUNT:
                return None
            behind = parts[place + 1][1] if place + 1 < len(parts) else ""
            unit = _UNIT_BEHIND.match(behind)
            clause = re.split(r"[,;.]\s", before)[-1]
            return _content(f"{clause} {unit['unit'] if unit else ''}"), words
    return None


def _content(words: str) -> _Words:
    found: set[str] = set()
    for word in match_key(words).split():
        found |= set(match_key(_SHORT_FORMS.get(word, word)).split())
    return frozenset(found - _EMPTY)


def _code_beside(
    passage: Passage, figure: re.Match[str], known: Mapping[_Words, str], period: Period | None
) -> str | None:
    if "%" in figure.group():
        return None
    words = passage.text
    start = _clause_start(words, figure.start())
    clause = words[start : figure.start()]
    if words[:start].rstrip().endswith(":") and not _leads_all(words[:start], period):
        return None
    before = _content(_without_time(clause, period))
    unit = _UNIT_BEHIND.match(words, figure.end())
    behind = _content(unit["unit"]) if unit else frozenset()
    rest = words[unit.end() if unit else figure.end() :]
    if not _LEADS.search(clause) and not re.match(r"\s*(?:[.,;)]|$|trong đó)", rest):
        # "tiếp nhận 770 hồ sơ trực tuyến" speaks of something narrower.
        return None
    codes = {known[k] for k in (before | behind, before) if k in known}
    return codes.pop() if len(codes) == 1 else None


def _leads_all(words: str, period: Period | None) -> bool:
    """Whether what stands before the colon names no part of the whole."""
    sentence = re.split(r"[.;]\s", words.rstrip(" :"))[-1]
    return _content(_without_time(sentence, period)) <= _LEADING


def _clause_start(words: str, end: int) -> int:
    """Return where the clause of a figure begins; the colon right before it is no end."""
    limit = len(words[:end].rstrip(" :"))
    return max((m.end() for m in _CLAUSE.finditer(words, 0, limit)), default=0)


def _without_time(clause: str, period: Period | None) -> str:
    """Return a clause without dates and without the period of the report itself."""
    cut = _DATES.sub(" ", clause)
    if period is None:
        return cut
    for mention in reversed(period_mentions(Passage("", cut))):
        if mention.year is None or mention.year in period.years:
            cut = cut[: mention.start] + " " + cut[mention.end :]
    return cut


def _is_narrowed(passage: Passage, at: int, above: Text, period: Period | None) -> bool:
    """Whether the passage so far, or a short line above, speaks of one field or another time."""
    end = re.compile(r"\.\s|\n|$").search(passage.text, at)
    if _NARROWS.search(passage.text, 0, end.start() if end else at):
        return True
    for line in reversed(above):
        if not line.text.strip() or line.text.lstrip()[:1] in "+-–*":
            continue
        if len(line.text) > _SHORT_LINE and not line.text.rstrip().endswith(":"):
            return False
        others = [
            mention
            for mention in period_mentions(line)
            if period and mention.year and mention.year != period.year
        ]
        return bool(others) or _NARROWS.search(line.text) is not None
    return False
