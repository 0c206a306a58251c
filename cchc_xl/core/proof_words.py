"""Words against figures: "đa số" beside all, "không có" beside some, "vượt" beside less."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.proof_lines import Line, period_before
from cchc_xl.core.proof_lists import blank_lines
from cchc_xl.core.proof_numbers import Figure
from cchc_xl.core.proof_parts import family_of, part_of
from cchc_xl.core.proof_units import unit_behind

_FULL = Decimal(100)
_MOST = re.compile(r"\b(?:đa số|hầu hết|phần lớn|đại đa số|đa phần)\s+(?:các\s+|số\s+)?", re.IGNORECASE)
_CONTENT = re.compile(r"hài lòng|đồng tình|đồng ý|\btốt\b", re.IGNORECASE)
_PLAN_BEHIND = re.compile(
    r"[\s*_,(]*(?:[^\W\d_]+\s+){0,3}?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|so với|cùng kỳ|nghị quyết|giao)",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(
    r"(?:chiếm|tỷ lệ|tỉ lệ|đúng hạn|trước hạn|hài lòng)[^.;%\d]{0,60}$", re.IGNORECASE
)
# What may well be over 100%: money, growth and plans.
_MAY_EXCEED = re.compile(r"thu|ngân sách|giải ngân|kế hoạch|chỉ tiêu|so với|tăng|vượt", re.IGNORECASE)
_TARGET_BEFORE = re.compile(
    r"(?:đảm bảo|bảo đảm|đạt|phấn đấu|tỷ lệ|tỉ lệ|duy trì|mức|từ)\s+(?:trên|hơn|vượt)\s*$", re.IGNORECASE
)
_CHANGE_BEFORE = re.compile(r"(?:tăng|giảm|vượt|cao hơn|gấp|bằng|hoàn thành)[^.;\d]{0,30}$", re.IGNORECASE)
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
_EXCEEDS = re.compile(
    r"(?<!không )(?<!chưa )\bvượt\s+(?:chỉ tiêu|kế hoạch|mục tiêu)(?P<words>[^\d.;%]{0,50})$", re.IGNORECASE
)
_EXCEEDS_ALONE = re.compile(r"(?<!không )(?<!chưa )\bvượt\s+(?:chỉ tiêu|kế hoạch|mục tiêu)", re.IGNORECASE)
_FALLS_SHORT = re.compile(
    r"(?:không|chưa) đạt\s+(?:chỉ tiêu|kế hoạch|mục tiêu)(?P<words>[^\d.;%]{0,50})$", re.IGNORECASE
)
_OF_THE_PLAN = re.compile(r"\s*(?:so với\s+)?(?:kế hoạch|chỉ tiêu|mục tiêu)", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.;!?\n]*(?:[.](?=\d)[^.;!?\n]*)*")


def word_claims(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield a claim for every statement in words that the figures around it decide."""
    for line in lines:
        if line.is_row:
            continue
        yield from _over_all(line)
        yield from _most(line)
        yield from _exceeds(line)
    yield from _none_overdue(lines)
    yield from _none_at_all(lines)
    for line in blank_lines(lines):
        yield _claim(
            line,
            (0, len(line.text)),
            ClaimVerdict.UNVERIFIABLE,
            "PW6",
            "Thiếu số liệu trước đơn vị tính. Đề nghị bổ sung (không phát sinh thì ghi 0).",
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
            yield _claim(
                line,
                (target.start(), rate.end),
                ClaimVerdict.WRONG,
                "PW1",
                "Một tỷ lệ không thể trên 100%. Đề nghị ghi lại mục tiêu.",
                stated=rate.value,
            )
        elif rate.value > _FULL and not _may_exceed(line.text, rate):
            if _SHARE_BEFORE.search(before) or unit_behind(line.text, rate.end, known=True):
                yield _claim(
                    line,
                    (rate.start, rate.end),
                    ClaimVerdict.WRONG,
                    "PW1",
                    "Một phần không thể lớn hơn 100% của tổng số. Đề nghị kiểm tra lại.",
                    stated=rate.value,
                )


def _may_exceed(text: str, rate: Figure) -> bool:
    sentence = _sentence(text, rate.start)
    return bool(_CHANGE_BEFORE.search(text[: rate.start]) or _MAY_EXCEED.search(sentence))


def _most(line: Line) -> Iterator[Claim]:
    """ "Đa số" of what the same passage gives as all."""
    for match in _MOST.finditer(line.text):
        unit = unit_behind(line.text, match.end())
        words = line.text[match.end() : match.end() + 100]
        if not unit or not _CONTENT.search(words):
            continue
        counts = [figure for figure in line.counts if figure.unit == unit]
        alike = [
            second
            for first, second in zip(counts, counts[1:], strict=False)
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
            yield _claim(
                line,
                (match.start(), match.end() + len(unit)),
                ClaimVerdict.WRONG,
                "PW2",
                f"Ghi “{match.group().strip()}” nhưng số liệu là toàn bộ (100%). Đề nghị thống nhất.",
            )


def _exceeds(line: Line) -> Iterator[Claim]:
    """ "Vượt chỉ tiêu" beside a rate below the target, and the other way round."""
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
    return _claim(line, (rate.start, end), verdict, "PW3", message, stated=rate.value)


def _none_overdue(lines: Sequence[Line]) -> Iterator[Claim]:
    overdue = [(line, figure) for line in lines for figure in _overdue_counts(line)]
    for line in lines:
        if line.is_plan or line.is_row:
            continue
        for match in _NONE_OVERDUE.finditer(line.text):
            sentence = _sentence(line.text, match.start())
            if family_of(sentence)[0] == "field" or _EARLIER.search(sentence):
                continue
            against = [
                (other, figure)
                for other, figure in overdue
                if figure.value > 0 and _may_be_same_period(line, match.start(), other, figure)
            ]
            if against:
                other, figure = against[0]
                yield _claim(
                    line,
                    match.span(),
                    ClaimVerdict.WRONG,
                    "PW4",
                    f"Ghi không có quá hạn nhưng {other.passage.where} có "
                    f"{vietnamese(figure.value)} quá hạn. Đề nghị thống nhất.",
                    actual=figure.value,
                )
            elif overdue:
                yield _claim(
                    line, match.span(), ClaimVerdict.OK, "PW4", "Khớp: số quá hạn trong văn bản là 0."
                )


def _overdue_counts(line: Line) -> Iterator[Figure]:
    """The counts of overdue dossiers of a line of the results."""
    if line.is_row or line.is_plan:
        return
    for figure in line.counts:
        part = part_of(line.text, line.figures, figure)
        if part.member != "over" or figure.unit not in {"", "hồ sơ", "trường hợp"}:
            continue
        sentence = _sentence(line.text, figure.start)
        if _OVERDUE.search(part.label) and not _NOT_OVERDUE.search(part.label):
            if not _EARLIER.search(sentence):
                yield figure


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in (". ", "; ", "\n"))
    found = _SENTENCE.match(text, start + 1 if start >= 0 else 0)
    return found.group() if found else text


def _may_be_same_period(line: Line, at: int, other: Line, figure: Figure) -> bool:
    own = period_before(line.text, at) or line.period
    theirs = period_before(other.text, figure.start) or other.period
    return not own or not theirs or own == theirs


def _none_at_all(lines: Sequence[Line]) -> Iterator[Claim]:
    """ "Không có phản ánh, kiến nghị" beside a positive number of them, in the same period."""
    for line in lines:
        if line.is_plan or line.is_row:
            continue
        for match in _NONE_AT_ALL.finditer(line.text):
            what = re.sub(r"[,\s]+", r"[,\\s]+", match.group("what").lower())
            positive = re.compile(rf"\s*{what}(?P<rest>[^.;,\n]*)", re.IGNORECASE)
            for other, figure, found in _positive(lines, positive):
                if _is_same_matter(line, match, other, figure, found):
                    yield _claim(
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
    own = period_before(line.text, none.start()) or line.period
    theirs = period_before(other.text, figure.start) or other.period
    sentences = _sentence(line.text, none.start()), _sentence(other.text, figure.start)
    if own != theirs or any(_EARLIER.search(sentence) for sentence in sentences):
        return False
    fields = [family_of(sentence) for sentence in sentences]
    narrowed = "về " in none.group("rest") or "thuộc" in none.group("rest")
    if narrowed and none.group("rest").split() != found.group("rest").split():
        return False
    return all(family != "field" for family, _ in fields) or fields[0] == fields[1]


def _claim(
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
    return Claim(
        line.passage, *span, kind, verdict, rule, message, stated=stated, actual=actual
    )
