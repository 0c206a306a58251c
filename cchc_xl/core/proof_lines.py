"""A text read line by line: the numbers of each passage, its bullet, its section, its period."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cchc_xl.core.claims import Passage, Text
from cchc_xl.core.proof_numbers import Figure, Share, read_figures, read_shares

_ROMAN = re.compile(r"^[\s*_#]*(?:PHẦN\s+|Phần\s+)?[IVX]{1,5}\s*[.):\-]*\s+\S")
_NUMBERED = re.compile(
    r"^[\s*_#]*(?:\d{1,2}(?:\.\d{1,2}){0,3}\s*[.):,]+|\d{1,2}(?:\.\d{1,2}){1,3})\s*(?=[^\W\d_])"
)
_LETTERED = re.compile(r"^[\s*_#]*[a-hđ]\s*[.)]\s+\S")
# Converted texts keep the stars of bold and slanted words: `*** Cán bộ: 10 người**`.
_BULLET = re.compile(
    r"^\s*(?:[-–]\s+(?=[+*•]\s))?(?:\*{0,2}\s*)?(?P<mark>[-–+•●▪◦>](?=\s*\S)|\*(?=\s+\S))"
)
_PLAN = re.compile(
    r"phương hướng|nhiệm vụ trọng tâm|nhiệm vụ[,;]? giải pháp|giải pháp|kiến nghị, đề xuất|"
    r"đề xuất, kiến nghị|một số nhiệm vụ|thời gian tới|nhiệm vụ (?:quý|năm|tháng|6 tháng)",
    re.IGNORECASE,
)
_RESULT = re.compile(r"kết quả|đánh giá|tình hình", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?i:\b(?:năm|tháng|quý|giai đoạn|6 tháng|9 tháng))\s+(?:\d{1,4}|[IVX]+)(?:\s?[-–/]\s?\d{4})?"
    r"(?:\s*(?:,|và)\s*(?:19|20)\d{2})*(?:\s+năm\s+\d{4})?"
    r"|(?i:\b(?:cùng kỳ|kỳ trước|năm trước|quý trước|năm ngoái|năm nay))",
)
# What is only compared with is not what a text goes on to speak of.
_COMPARED = re.compile(r"\bso với\s+(?:cùng kỳ\s+)?$", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.;!?\n]*(?:[.](?=\d)[^.;!?\n]*)*")
_LONGEST_HEADING = 160
# A paragraph of a report has some ten; what has more is a table that lost its cells.
MOST_FIGURES = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A passage with what was read in it.

    `bullet` is its mark or ""; `section` counts headings from 0, `heading` is the nearest one;
    `is_plan` says that it stands in the part on the coming period; `period` is the last one that
    was named before it; `crowd` is the place of its first number where there are too many to read.
    """

    index: int
    passage: Passage
    figures: tuple[Figure, ...]
    shares: tuple[Share, ...]
    bullet: str
    section: int
    heading: str
    is_heading: bool
    is_plan: bool
    period: str
    crowd: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def counts(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.figures if not figure.is_rate)

    @property
    def is_row(self) -> bool:
        """Whether it belongs to a table: a cell, or a line of cells between tabs."""
        return self.passage.cell is not None or "\t" in self.passage.text

    @property
    def is_empty(self) -> bool:
        return not self.passage.text.strip(" \t\n*_")


def read_lines(text: Text) -> tuple[Line, ...]:
    """Return the lines of `text` in order."""
    lines: list[Line] = []
    section, heading, is_plan, period = 0, "", False, ""
    for index, passage in enumerate(text):
        rank = _rank(passage)
        if rank:
            section += 1
            heading = passage.text.strip()
            if rank == 1:
                is_plan = bool(_PLAN.search(heading)) and not _is_title(heading)
                period = ""
        figures = _figures(passage)
        crowd = None
        if len(figures) > MOST_FIGURES:
            crowd, figures = (figures[0].start, figures[0].end), ()
        lines.append(
            Line(
                index,
                passage,
                figures,
                read_shares(passage.text, figures),
                bullet_of(passage.text),
                section,
                heading,
                bool(rank),
                is_plan,
                period,
                crowd,
            )
        )
        period = period_before(passage.text, len(passage.text)) or period
    return tuple(lines)


def _figures(passage: Passage) -> tuple[Figure, ...]:
    """The figures of a passage of prose; a row of a table has none."""
    if passage.cell is None and "\t" in passage.text:
        return ()
    return read_figures(passage.text)


def bullet_of(text: str) -> str:
    """Return the mark that `text` begins with: `-`, `+`, `*`, or ""."""
    match = _BULLET.match(text)
    if match is None:
        return ""
    mark = match.group("mark")
    return "-" if mark == "–" else mark


def period_before(text: str, at: int) -> str:
    """Return the last period that `text` names before `at`, in small letters, or ""."""
    found = [
        match.group()
        for match in _PERIOD.finditer(text)
        if match.end() <= at and not _COMPARED.search(text, 0, match.start())
    ]
    return " ".join(found[-1].lower().split()) if found else ""


def period_at(line: Line, at: int) -> str:
    """Return the period that a place of a line speaks of: of its sentence, else the last before."""
    before = period_before(line.text, at)
    sentence = sentence_at(line.text, at)
    named = [match.group().lower() for match in _PERIOD.finditer(sentence)]
    if named and before not in named:
        return " ".join(named[0].split())
    return before or line.period


def sentence_at(text: str, at: int) -> str:
    """Return the sentence of `text` around a place."""
    start = max(text.rfind(mark, 0, at) for mark in (". ", "; ", "\n"))
    found = _SENTENCE.match(text, start + 1 if start >= 0 else 0)
    return found.group() if found else text


def _is_title(heading: str) -> bool:
    """Whether a heading names both what was done and what is planned."""
    return bool(_RESULT.search(heading)) and len(heading) > _LONGEST_HEADING // 2


def _rank(passage: Passage) -> int:
    """1 for a heading of a part, 2 for one below, 0 for none."""
    text = passage.text
    if passage.cell is not None or "\t" in text:
        return 0
    if passage.style.lower().startswith(("heading", "đầu mục")):
        return 1 if passage.style.endswith("1") else 2
    if len(text) <= _LONGEST_HEADING and _ROMAN.match(text):
        return 1
    if _NUMBERED.match(text) or (_LETTERED.match(text) and len(text) <= _LONGEST_HEADING):
        return 2
    return 0
