"""Words of none against figures: “không có hồ sơ quá hạn” beside some that are overdue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.proof_lines import Line, period_at, sentence_at
from cchc_xl.core.proof_numbers import Figure
from cchc_xl.core.proof_parts import names_field, part_of

_NONE_OVERDUE = re.compile(
    r"(?:không (?:có|để|còn|phát sinh|xảy ra)|chưa (?:có|để|phát sinh))\s+(?:\w+\s+){0,4}?"
    r"(?:hồ sơ|trường hợp|nhiệm vụ|văn bản)\s+(?:\w+\s+){0,4}?(?:quá hạn|trễ hạn|chậm hạn)",
    re.IGNORECASE,
)
_NONE_AT_ALL = re.compile(
    r"(?:không|chưa) (?:có|phát sinh|tiếp nhận|nhận được|xảy ra)\s+(?:\w+\s+){0,2}?"
    r"(?P<what>phản ánh,? kiến nghị|đơn thư|khiếu nại,? tố cáo|khiếu nại|tố cáo|sáng kiến|"
    r"văn bản quy phạm pháp luật|vbqppl)(?P<rest>[^.;,\n]*)",
    re.IGNORECASE,
)
_OVERDUE = re.compile(r"quá hạn|trễ hạn|chậm hạn", re.IGNORECASE)
_NOT_OVERDUE = re.compile(r"(?:chưa|không|sắp) (?:quá|trễ|chậm) hạn", re.IGNORECASE)
_EARLIER = re.compile(r"kỳ trước|cùng kỳ|năm trước|quý trước|tháng trước|trước đây", re.IGNORECASE)


def none_claims(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield a claim for every statement that there was none of what the text counts elsewhere."""
    yield from _none_overdue(lines)
    yield from _none_at_all(lines)


def _none_overdue(lines: Sequence[Line]) -> Iterator[Claim]:
    overdue = [(line, figure) for line in lines for figure in _overdue_counts(line)]
    for line in lines:
        if line.is_plan or line.is_row:
            continue
        for match in _NONE_OVERDUE.finditer(line.text):
            sentence = sentence_at(line.text, match.start())
            if names_field(sentence) or _EARLIER.search(sentence):
                continue
            against = [
                (other, figure)
                for other, figure in overdue
                if figure.value > 0 and _may_be_same_period(line, match.start(), other, figure)
            ]
            if against:
                other, figure = against[0]
                yield word_claim(
                    line,
                    match.span(),
                    ClaimVerdict.WRONG,
                    "PW4",
                    f"Ghi không có quá hạn nhưng {other.passage.where} có "
                    f"{vietnamese(figure.value)} quá hạn. Đề nghị thống nhất.",
                    actual=figure.value,
                )
            elif overdue:
                yield word_claim(
                    line,
                    match.span(),
                    ClaimVerdict.OK,
                    "PW4",
                    "Khớp: số quá hạn trong văn bản là 0.",
                )


def _overdue_counts(line: Line) -> Iterator[Figure]:
    """The counts of overdue dossiers of a line of the results."""
    if line.is_row or line.is_plan:
        return
    for figure in line.counts:
        part = part_of(line.text, line.figures, figure)
        if part.member != "over" or figure.unit not in {"", "hồ sơ", "trường hợp"}:
            continue
        sentence = sentence_at(line.text, figure.start)
        is_overdue = _OVERDUE.search(part.label) and not _NOT_OVERDUE.search(part.label)
        if is_overdue and not _EARLIER.search(sentence):
            yield figure


def _may_be_same_period(line: Line, at: int, other: Line, figure: Figure) -> bool:
    own = period_at(line, at)
    theirs = period_at(other, figure.start)
    return not own or not theirs or own == theirs


def _none_at_all(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield the claims on “không có phản ánh” beside a number of them, in the same period."""
    for line in lines:
        if line.is_plan or line.is_row:
            continue
        for match in _NONE_AT_ALL.finditer(line.text):
            what = re.sub(r"[,\s]+", r"[,\\s]+", match.group("what").lower())
            positive = re.compile(rf"\s*{what}(?P<rest>[^.;,\n]*)", re.IGNORECASE)
            for other, figure, found in _positive(lines, positive):
                if _is_same_matter(line, match, other, figure, found):
                    yield word_claim(
                        line,
                        (match.start(), match.end("what")),
                        ClaimVerdict.WRONG,
                        "PW5",
                        f"Ghi “không có” nhưng {other.passage.where} có {vietnamese(figure.value)} "
                        f"{match.group('what')}. Đề nghị thống nhất.",
                        actual=figure.value,
                    )
                    break


def _positive(
    lines: Sequence[Line], pattern: re.Pattern[str]
) -> Iterator[tuple[Line, Figure, re.Match[str]]]:
    for line in lines:
        if line.is_row or line.is_plan:
            continue
        for figure in line.counts:
            found = pattern.match(line.text, figure.end)
            if found and figure.value > 0:
                yield line, figure, found


def _is_same_matter(
    line: Line, none: re.Match[str], other: Line, figure: Figure, found: re.Match[str]
) -> bool:
    """Whether both speak of one period, and neither narrows down what the other leaves open."""
    own = period_at(line, none.start())
    theirs = period_at(other, figure.start)
    sentences = sentence_at(line.text, none.start()), sentence_at(other.text, figure.start)
    if own != theirs or any(_EARLIER.search(sentence) for sentence in sentences):
        return False
    if other is line and sentences[0] == sentences[1]:
        # One list: none of this kind, one of that.
        return False
    narrowed = "về " in none.group("rest") or "thuộc" in none.group("rest")
    if narrowed and none.group("rest").split() != found.group("rest").split():
        return False
    return not any(names_field(sentence) for sentence in sentences)


def word_claim(
    line: Line,
    span: tuple[int, int],
    verdict: ClaimVerdict,
    rule: str,
    message: str,
    *,
    kind: ClaimKind = ClaimKind.WORDS,
    stated: Decimal | None = None,
    actual: Decimal | None = None,
) -> Claim:
    """Return the claim on some words of a line."""
    return Claim(line.passage, *span, kind, verdict, rule, message, stated=stated, actual=actual)
