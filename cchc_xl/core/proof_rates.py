"""What a rate of a text speaks of: the shares and the count beside it, or a change, or a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from cchc_xl.core.proof_lines import Line
from cchc_xl.core.proof_numbers import Figure, Share

_CHANGE = re.compile(
    r"(?:tăng|giảm|vượt|cao hơn|thấp hơn|nhiều hơn|ít hơn)(?:\s+(?:thêm|lên|xuống|khoảng|gần"
    r"|là|được))*"
    r"[\s*_(]*$",
    re.IGNORECASE,
)
_OTHER_BASE = re.compile(
    r"[\s*_,(]*(?!(?:vượt|cao hơn|thấp hơn|(?:chưa |không )?đạt)\b)"
    r"(?:\w+\s+){0,2}?(?:so với|so cùng kỳ|cùng kỳ|dự toán|kế hoạch|chỉ tiêu"
    r"|mục tiêu|nghị quyết)",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"[\s*_,(]*(?:\w+\s+){0,3}?(?:so với|so cùng kỳ|cùng kỳ|bình quân)", re.IGNORECASE
)
# "trên 85%" is a bound of the true rate, "gần 90%" is none of its roundings.
_BOUND = re.compile(
    r"(?P<least>\b(?:trên|hơn|tối thiểu|ít nhất|từ|trở lên)|[>≥])[\s*_(]*$"
    r"|(?P<most>\b(?:dưới|chưa đến|chưa tới|không quá|tối đa)|[<≤])[\s*_(]*$"
    r"|(?P<near>\b(?:gần|khoảng|xấp xỉ|ước|ước đạt|chừng)|[~≈])[\s*_(]*$",
    re.IGNORECASE,
)
_NEAR = 5
# Many words may stand before a rate in brackets: `168 thủ tục thực hiện theo … (chiếm 90%)`.
_LONG_LINK = re.compile(
    r"[\s*_]*(?:[^\W\d_/]++[\s*_]*){0,14}?\(\s*(?:(?:đạt|chiếm|bằng|tỷ lệ|tỉ lệ|=)[\s:]*){0,3}",
    re.IGNORECASE,
)
# What may stand between a count and its rate.
_LINK = re.compile(
    r"[\s*_]*(?:[^\W\d_/]++[\s*_]*){0,7}?[,;:(\[=–-]*[\s*_]*"
    r"(?:(?:và|đã|là|được|cũng)\s+)?"
    r"(?:(?:đạt|chiếm|bằng|tương đương|tương ứng|ứng|tức|với|mức|mức độ|tỷ lệ|tỉ lệ|tỷ trọng"
    r"|tỷ lệ là|là"
    r"|khoảng|gần|hơn|trên|xấp xỉ|ở|có|hoàn thành|kết quả|và)[\s*_:=]*)*",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"[^\d.;!?\n]{0,90}?(?:[.;]\s*(?:đạt|chiếm|tỷ lệ|tỉ lệ|tương)[^\d.;!?\n]{0,30})?", re.IGNORECASE
)
# The year of a plan may stand between: `9/36 nhiệm vụ năm 2025, đạt 25%`.
_BESIDE_OF_A_YEAR = re.compile(
    r"(?:(?!so với|cùng kỳ|tăng|giảm)[^\d.;,!?\n(]){0,60}\bnăm\s+\d{4}\s*[,(]\s*"
    r"(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|=)(?:\s+(?:đạt|tỷ lệ|là))?\s*",
    re.IGNORECASE,
)
# A new clause that names what its own rate is of: "; tỷ lệ hồ sơ trực tuyến đạt 90%".
_OF_ITS_OWN = re.compile(
    r"[.;]\s*(?:tỷ lệ|tỉ lệ)(?!\s+(?:là|đạt|chiếm|này|hoàn|tương))\s+\w", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[\s*_]*(?:[^\W\d_]++[\s*_]*){0,10}?[(\[][^\d()%]{0,40}")
_BEHIND = re.compile(
    r"[\s*_]*(?:[^\W\d_]+\s+){0,5}?[,:\s]*(?:tương ứng|tức là|tức|cụ thể|với|là|tương đương"
    r"|=)[^\d.;()%]{0,30}",
    re.IGNORECASE,
)
_PLANNED = frozenset({"nhiệm vụ", "tiêu chí", "nội dung", "kế hoạch", "văn bản", "cuộc", "lớp"})


def shares_beside(line: Line, rates: Sequence[Figure]) -> dict[int, tuple[Share, ...]]:
    """The shares that each rate speaks of, nearest first."""
    text, taken = line.text, set[int]()
    found: dict[int, tuple[Share, ...]] = {}
    for rate in rates:
        behind = next((share for share in line.shares if share.start >= rate.end), None)
        if behind and (
            _IN_BRACKETS.fullmatch(text, rate.end, behind.start)
            or (
                _BEHIND.fullmatch(text, rate.end, behind.start)
                and not _has_own_rate(line, rates, behind)
            )
        ):
            found[rate.start] = (behind,)
            taken.add(behind.start)
    last = 0
    for rate in rates:
        if rate.start not in found:
            before = [
                share
                for share in line.shares
                if last <= share.start and share.end <= rate.start and share.start not in taken
            ]
            chain: list[Share] = []
            at = rate.start
            for share in reversed(before):
                is_beside = _BESIDE.fullmatch(text, share.end, at) or _BESIDE_OF_A_YEAR.fullmatch(
                    text, share.end, at
                )
                if not is_beside or _own_between(line, share, at):
                    break
                chain.append(share)
                at = share.start
            if chain:
                found[rate.start] = tuple(chain)
        last = rate.end
    return found


def _has_own_rate(line: Line, rates: Sequence[Figure], share: Share) -> bool:
    """Whether a share is followed by the rate in brackets that is its own."""
    behind = next((rate for rate in rates if rate.start >= share.end), None)
    return bool(behind and _IN_BRACKETS.fullmatch(line.text, share.end, behind.start))


def names_its_own(text: str, start: int, end: int) -> bool:
    """Whether between a share and a rate a clause begins that says what the rate is of."""
    return _OF_ITS_OWN.search(text, start, end) is not None


def _own_between(line: Line, share: Share, at: int) -> bool:
    return any(share.end <= figure.start < at for figure in line.figures)


def is_of_the_rest(text: str, rate: Figure) -> bool:
    """Whether a rate is that of what is left: `còn lại 75%`."""
    return bool(re.search(r"(?:còn lại|còn|chưa)\D{0,20}$", text[: rate.start], re.IGNORECASE))


def is_in_brackets(text: str, rate: Figure) -> bool:
    """Whether a rate stands in brackets, with nothing but "đạt" or "chiếm" before it."""
    return bool(
        re.search(r"[(\[]\s*(?:(?:đạt|chiếm|bằng|=)\s*)?$", text[: rate.start], re.IGNORECASE)
    )


def is_borne_out(text: str, rate: Figure, percent: Decimal) -> bool:
    """Whether a rate that is only a bound or an approximation fits."""
    match = _BOUND.search(text[: rate.start])
    if match is None:
        return False
    if match.group("least"):
        return percent >= rate.value
    if match.group("most"):
        return percent <= rate.value
    return abs(percent - rate.value) <= _NEAR


def has_another_base(line: Line, rate: Figure, unit: str) -> bool:
    """Whether a rate speaks of a change, or of a plan rather than of the counts beside it."""
    before, behind = line.text[: rate.start], line.text[rate.end :]
    if _CHANGE.search(before) or _COMPARED.match(behind):
        return True
    return bool(_OTHER_BASE.match(behind)) and unit not in _PLANNED


def own_count(line: Line, rate: Figure) -> Figure | None:
    """The count that a rate stands beside: `79 hồ sơ đạt 76,7%`, `76,7% (79 hồ sơ)`."""
    before = [figure for figure in line.figures if figure.end <= rate.start]
    if before and not before[-1].is_rate:
        words = line.text, before[-1].end, rate.start
        if _LINK.fullmatch(*words) or _LONG_LINK.fullmatch(*words):
            return before[-1]
    behind = [figure for figure in line.figures if figure.start >= rate.end]
    if (
        behind
        and not behind[0].is_rate
        and _IN_BRACKETS.fullmatch(line.text, rate.end, behind[0].start)
    ):
        return behind[0]
    return None


def tells_a_change(text: str, at: int) -> bool:
    """Whether the words right before a place speak of a change: `tăng`, `giảm`."""
    return _CHANGE.search(text[:at]) is not None
