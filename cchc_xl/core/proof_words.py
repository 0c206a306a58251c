"""Words against figures: "đa số" beside all, "không có" beside some, "vượt" beside less."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict
from cchc_xl.core.proof_lines import MOST_FIGURES, Line, sentence_at
from cchc_xl.core.proof_lists import blank_lines
from cchc_xl.core.proof_none import none_claims, word_claim
from cchc_xl.core.proof_numbers import Figure
from cchc_xl.core.proof_units import unit_behind

_FULL = Decimal(100)
_MOST = re.compile(
    r"\b(?:đa số|hầu hết|phần lớn|đại đa số|đa phần)\s+(?:các\s+|số\s+)?", re.IGNORECASE
)
_CONTENT = re.compile(r"hài lòng|đồng tình|đồng ý|\btốt\b", re.IGNORECASE)
_PLAN_BEHIND = re.compile(
    r"[\s*_,(]*(?:[^\W\d_]+\s+){0,3}?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|so với|cùng kỳ"
    r"|nghị quyết|giao)",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(
    r"(?:chiếm|tỷ lệ|tỉ lệ|đúng hạn|trước hạn|hài lòng)[^.;%\d]{0,60}$", re.IGNORECASE
)
# What may well be over 100%: money, growth and plans.
_MAY_EXCEED = re.compile(
    r"thu|ngân sách|giải ngân|kế hoạch|chỉ tiêu|so với|tăng|vượt", re.IGNORECASE
)
_TARGET_BEFORE = re.compile(
    r"(?:đảm bảo|bảo đảm|đạt|phấn đấu|tỷ lệ|tỉ lệ|duy trì|mức|từ)\s+(?:trên|hơn|vượt)\s*$",
    re.IGNORECASE,
)
_CHANGE_BEFORE = re.compile(
    r"(?:tăng|giảm|vượt|cao hơn|gấp|bằng|hoàn thành)[^.;\d]{0,30}$", re.IGNORECASE
)
_EXCEEDS = re.compile(
    r"(?<!không )(?<!chưa )\bvượt\s+(?:chỉ tiêu|kế hoạch|mục tiêu)(?P<words>[^\d.;%]{0,50})$",
    re.IGNORECASE,
)
_EXCEEDS_ALONE = re.compile(
    r"(?<!không )(?<!chưa )\bvượt\s+(?:chỉ tiêu|kế hoạch|mục tiêu)", re.IGNORECASE
)
_FALLS_SHORT = re.compile(
    r"(?:không|chưa) đạt\s+(?:chỉ tiêu|kế hoạch|mục tiêu)(?P<words>[^\d.;%]{0,50})$", re.IGNORECASE
)
_OF_THE_PLAN = re.compile(r"\s*(?:so với\s+)?(?:kế hoạch|chỉ tiêu|mục tiêu)", re.IGNORECASE)


def word_claims(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield a claim for every statement in words that the figures around it decide."""
    for line in lines:
        if line.is_row:
            continue
        yield from _over_all(line)
        yield from _most(line)
        yield from _exceeds(line)
    yield from _crowds(lines)
    yield from none_claims(lines)
    for line in blank_lines(lines):
        yield word_claim(
            line,
            (0, len(line.text)),
            ClaimVerdict.UNVERIFIABLE,
            "PW6",
            "Thiếu số liệu trước đơn vị tính. Đề nghị bổ sung (không phát sinh thì ghi 0).",
            kind=ClaimKind.COUNT,
        )


def _crowds(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield what was not looked at: passages with more numbers than any sentence has."""
    for line in lines:
        if line.crowd is not None:
            yield word_claim(
                line,
                line.crowd,
                ClaimVerdict.UNVERIFIABLE,
                "PW7",
                f"Đoạn có hơn {MOST_FIGURES} con số nên các phép tính trong đoạn chưa được kiểm "
                "tra. Đề nghị tách đoạn hoặc trình bày thành bảng.",
                kind=ClaimKind.COUNT,
            )


def _over_all(line: Line) -> Iterator[Claim]:
    """Shares over 100%, and "trên 100%" as a target."""
    for rate in line.figures:
        before, behind = line.text[: rate.start], line.text[rate.end :]
        if not rate.is_rate or _PLAN_BEHIND.match(behind):
            continue
        target = _TARGET_BEFORE.search(before)
        if rate.value == _FULL and target is not None:
            yield word_claim(
                line,
                (target.start(), rate.end),
                ClaimVerdict.WRONG,
                "PW1",
                "Một tỷ lệ không thể trên 100%. Đề nghị ghi lại mục tiêu.",
                stated=rate.value,
            )
        elif rate.value > _FULL and not _may_exceed(line.text, rate):
            named = unit_behind(line.text, rate.end, known=True)
            if not named and not _SHARE_BEFORE.search(before):
                continue
            yield word_claim(
                line,
                (rate.start, rate.end),
                ClaimVerdict.WRONG,
                "PW1",
                "Một phần không thể lớn hơn 100% của tổng số. Đề nghị kiểm tra lại.",
                stated=rate.value,
            )


def _may_exceed(text: str, rate: Figure) -> bool:
    sentence = sentence_at(text, rate.start)
    return bool(_CHANGE_BEFORE.search(text[: rate.start]) or _MAY_EXCEED.search(sentence))


def _most(line: Line) -> Iterator[Claim]:
    """Yield the claims on “đa số” of what the same passage gives as all."""
    for match in _MOST.finditer(line.text):
        unit = unit_behind(line.text, match.end())
        words = line.text[match.end() : match.end() + 100]
        if not unit or not _CONTENT.search(words):
            continue
        counts = [figure for figure in line.counts if figure.unit == unit]
        alike = [
            second
            for first, second in itertools.pairwise(counts)
            if first.value == second.value > 0
            and _CONTENT.search(line.text[second.end : second.end + 80])
        ]
        full = [
            rate
            for rate in line.figures
            if rate.is_rate
            and rate.value == _FULL
            and unit_behind(line.text, rate.end) == unit
            and _CONTENT.search(line.text[rate.end : rate.end + 80])
        ]
        if alike or full:
            yield word_claim(
                line,
                (match.start(), match.end() + len(unit)),
                ClaimVerdict.WRONG,
                "PW2",
                f"Ghi “{match.group().strip()}” nhưng số liệu là toàn bộ (100%). Đề nghị "
                f"thống nhất.",
            )


def _exceeds(line: Line) -> Iterator[Claim]:
    """Yield the claims on “vượt chỉ tiêu” and “chưa đạt” beside a rate and its target."""
    for target in line.figures:
        if not target.is_rate:
            continue
        before = line.text[: target.start]
        above, below = _EXCEEDS.search(before), _FALLS_SHORT.search(before)
        match = above or below
        # "vượt chỉ tiêu 5%" says by how much, "vượt chỉ tiêu đề ra là 90%" what the target was.
        if match is None or not re.search(r"\w|\(", match.group("words")):
            continue
        reached = [f for f in line.figures if f.is_rate and f.end <= match.start()]
        if not reached or _is_apart(line.text, reached[-1].end, match.start()):
            continue
        wrong = reached[-1].value < target.value if above else reached[-1].value >= target.value
        yield _of_target(line, reached[-1], target.end, wrong=wrong)
    for match in _EXCEEDS_ALONE.finditer(line.text):
        reached = [f for f in line.figures if f.is_rate and f.end <= match.start()]
        if reached and not _is_apart(line.text, reached[-1].end, match.start()):
            rate = reached[-1]
            if rate.value < _FULL and _OF_THE_PLAN.match(line.text, rate.end):
                yield _of_target(line, rate, match.end(), wrong=True)


def _is_apart(text: str, start: int, end: int) -> bool:
    return re.search(r"[.;!?\n]", text[start:end]) is not None


def _of_target(line: Line, rate: Figure, end: int, *, wrong: bool) -> Claim:
    verdict = ClaimVerdict.WRONG if wrong else ClaimVerdict.OK
    message = (
        "Nhận xét so với chỉ tiêu trái với số liệu đi kèm. Đề nghị kiểm tra lại."
        if wrong
        else "Đúng: nhận xét khớp với số liệu đi kèm."
    )
    return word_claim(line, (rate.start, end), verdict, "PW3", message, stated=rate.value)
