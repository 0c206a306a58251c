"""What a template or typing left behind: dots behind a number, empty figures, doubled words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Passage, Text

_UNITS = (
    "hồ sơ|thủ tục|văn bản|nhiệm vụ|người|đồng chí|cuộc|lượt|trường hợp|phiếu|tin|bài|quyết định|"
    "kế hoạch|công chức|cán bộ|TTHC|đơn vị|hội nghị|vấn đề|phản ánh|lớp|đợt|máy|thôn|hộ"
)
_DOTS = re.compile(
    rf"(?<![\d.,/])(?P<number>\d[\d.,]*?)\s?(?:\.{{2,}}|…)[.…]*\s*(?=(?:{_UNITS}|%)(?!\w))",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\d\s*(?:,|;|và)\s*$")
_EMPTY = re.compile(
    # "cán bộ, công chức" is one name: its number comes behind it.
    rf":[ \t]*(?P<unit>{_UNITS})(?P<rest>\s+TTHC)?[ \t]*(?=[.;]|,(?!\s*(?:{_UNITS}))|$|\n)",
    re.IGNORECASE,
)
_UNFILLED = re.compile(
    rf"(?<=[\s:])(?:\.{{4,}}|…{{2,}})[.…]*\s*(?=(?:{_UNITS})(?!\w))", re.IGNORECASE
)
_NO_PERCENT = re.compile(r"\bđạt(?: tỷ lệ| tỉ lệ)?(?P<gap>\s+)%(?=\s*(?:[.;,)]|$))", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;\n]\s*")
_BULLET = re.compile(r"[\s*+–-]*")
_TYPE = (
    "quyết định|kế hoạch|chỉ thị|chương trình|nghị quyết|nghị định|thông tư|báo cáo|tờ trình|"
    "thông báo|hướng dẫn|công văn"
)
_TYPE_TWICE = re.compile(rf"\b(?P<first>(?:{_TYPE})(?:\s+số)?)\s+(?P=first)(?!\w)", re.IGNORECASE)
_HALF_TWICE = re.compile(
    r"\b(?:công|kế|quyết|nghị|thông|chỉ) (?P<half>văn|hoạch|định|tư|thị|báo) (?P=half)\s+số\b",
    re.IGNORECASE,
)
_LONG_TWICE = re.compile(r"\b(?P<words>\w+(?: \w+){2,7}) (?P=words)(?!\w)", re.IGNORECASE)
# Words that are never said twice in a row; many others are ("ngày ngày", "năm năm").
_ONCE = "của|và|các|những|được|cho|theo|tại|trong|với|về|đã|số|thủ|cải|UBND|HĐND|tỷ|việc|từ|lệ"
_WORD_TWICE = re.compile(rf"\b(?P<word>{_ONCE}) (?P=word)(?![\w-])", re.IGNORECASE)


def left_over_claims(text: Text) -> Iterator[Claim]:
    """Yield what a template or a slip of the hand left behind."""
    for passage in text:
        yield from _dots(passage)
        yield from _empty_figures(passage)
        yield from _twice(passage)


def _dots(passage: Passage) -> Iterator[Claim]:
    for match in _DOTS.finditer(passage.text):
        if _LISTED.search(passage.text[: match.start()]):
            continue
        number = match["number"]
        yield _claim(
            passage, match.start(), match.end(), ClaimKind.CHARACTER, "PL1",
            f"Còn dấu chấm của mẫu sau số {number}; đề nghị xóa.", actual=number,
        )  # fmt: skip


def _empty_figures(passage: Passage) -> Iterator[Claim]:
    if passage.cell is not None:
        return
    for pattern in (_EMPTY, _UNFILLED, _NO_PERCENT):
        for match in pattern.finditer(passage.text):
            if passage.text.rfind("[", 0, match.start()) > passage.text.rfind(
                "]", 0, match.start()
            ):
                continue  # a marked gap: it says so itself
            before = list(_CLAUSE.finditer(passage.text, 0, match.start()))
            bullet = _BULLET.match(passage.text, before[-1].end() if before else 0)
            start = bullet.end() if bullet else match.start()
            yield _claim(
                passage, start, match.end(), ClaimKind.CHARACTER, "PL2",
                "Chỗ này chưa điền con số; đề nghị ghi số, không có thì ghi 0.",
            )  # fmt: skip


def _twice(passage: Passage) -> Iterator[Claim]:
    taken: list[range] = []
    for pattern, kind in (
        (_TYPE_TWICE, ClaimKind.IDENTIFIER),
        (_HALF_TWICE, ClaimKind.IDENTIFIER),
        (_LONG_TWICE, ClaimKind.CHARACTER),
        (_WORD_TWICE, ClaimKind.CHARACTER),
    ):
        for match in pattern.finditer(passage.text):
            if any(match.start() in span for span in taken):
                continue
            taken.append(range(match.start(), match.end()))
            yield _claim(
                passage, match.start(), match.end(), kind, "PL3",
                f"«{match.group()}» có chữ bị lặp; đề nghị bỏ chữ thừa.",
            )  # fmt: skip


def _claim(
    passage: Passage,
    start: int,
    end: int,
    kind: ClaimKind,
    rule: str,
    message: str,
    *,
    actual: str | None = None,
) -> Claim:
    words = passage.text[start:end]
    end = start + len(words.rstrip())
    return Claim(
        passage, start, end, kind, ClaimVerdict.WRONG, rule, message,
        stated=passage.text[start:end], actual=actual,
    )  # fmt: skip
