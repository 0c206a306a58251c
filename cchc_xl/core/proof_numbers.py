"""Finds the numbers of a passage, each with its place, its shape and the noun behind it.

Dates, periods, symbols of documents, numbers of sections, levels of service and the like are no
counts and are left out: who adds up a date proves nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.core.proof_units import unit_behind

_NUMBER = re.compile(r"(?<!\w)(?<!\d[.,])\d{1,15}(?:[.,]\d{1,15})*(?!\d)")
_SPACED = re.compile(
    r"(?<!\w)(?<!\d[.,])[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d.,%])(?!\s*%)"
)
_PERCENT = re.compile(r"[\s*_]*(?:%|phần trăm\b)", re.IGNORECASE)
_GROUPED = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")
_GROUPED_WITH_PART = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+,\d{1,12}|(?:,\d{3})+\.\d{1,12})")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")
# What a decimal comma is usual with; "1,234 tỷ đồng" is no thousand.
_MEASURES = frozenset({"tỷ", "điểm", "ha", "km", "m2", "kg", "tấn"})

_YEAR = r"(?:19|20)\d{2}"
_BARE = r"(?![.,]?\d|\s*%)"
_SYMBOL = r"[A-ZĐ](?:[A-ZĐ]\w*|\w*-[A-ZĐ])[\w.]*(?:\s?[-–]\s?[A-ZĐ]\w*)*"
_NAMES_OF_DOCUMENTS = (
    r"quyết định|nghị định|nghị quyết|thông tư|chỉ thị|công văn|kế hoạch|luật|đề án|chương trình"
    r"|hướng dẫn|thông báo|tờ trình|quy định"
)
_ORDINALS = (
    r"mức độ|mức|loại|hạng|thứ|lần|khóa|khoá|điều|khoản|điểm|chương|mục|phần|tiết|biểu|bảng|mẫu"
    r"|phụ lục|nhóm|tổ dân phố|tổ|khu phố|khu|ấp|thôn|xóm|khối|kỳ họp|bước|vùng|phường|quận"
    r"|điện thoại"
)
# No number of these is a count whatever stands behind it.
_NEVER_COUNTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"https?://\S+|www\.\S+|\S+@\S+",
        rf"(?<!\w)\d{{1,5}}[a-zđ]?\s*/\s*(?:{_YEAR}\s*/\s*)?{_SYMBOL}",
        rf"\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?{_YEAR}(?!\d)",
        rf"(?i:\bngày)\s+\d{{1,2}}(?:\s?"
        rf"[/-]\s?\d{{1,2}})?(?:\s+tháng\s+\d{{1,2}})?(?:\s+năm\s+{_YEAR})?(?!\d)",
        rf"(?i:\btháng)\s+\d{{1,2}}(?:\s?/\s?{_YEAR})?(?!\d)",
        rf"(?i:\bnăm)\s+{_YEAR}(?:\s?[-–/]\s?{_YEAR})?(?:\s*(?:,|và|;)\s*{_YEAR})*(?!\d)",
        rf"(?i:\bquý)\s+[IVX\d]+(?:\s*(?:,|và)\s*[IVX\d]+\b)*(?:\s?/\s?{_YEAR})?",
        rf"\b[IVX]+\s?/\s?{_YEAR}",
        rf"(?<![\d/]){_YEAR}\s?[-–]\s?{_YEAR}(?!\d)",
        rf"(?i:\b(?:từ|đến|trước|sau|của|cuối|đầu))\s+{_YEAR}(?!\d|[.,]\d|\s*%)",
        rf"(?i:\b(?:ISO|TCVN|TCVN ISO))\s*\d+(?:\s?:\s?{_YEAR})?",
        rf"(?<!\d)\d{{4,5}}\s?:\s?{_YEAR}",
        r"(?<!\d)\d{1,2}\s?(?:h|giờ)\s?\d{0,2}(?!\w)",
        r"(?<![\d.,])\d{1,3}\s+(?i:tháng|năm|quý|tuần|ngày|phút)\b",
        r"(?<!\d)0?1 cửa\b",
        # The number of a section at the beginning of a passage, behind bullets and marks.
        r"^[\s*_#+\-–•]*\d{1,2}(?:\.\d{1,2}){0,3}\s*[.):]+,?(?=\s)",
        r"^[\s*_#+\-–•]*\d{1,2}(?:\.\d{1,2}){1,3}\s+(?=[^\W\d_])",
    )
)
# No counts unless a noun of counting stands behind: "thôn 5", but "tổ 5 người".
_SELDOM_COUNTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)24\s?/\s?(?:24|7)(?:\s?h\b|\s?giờ\b)?(?!\d)(?!\s*(?:=|\()\s*\d)",
        r"(?i:(?<!tổng )(?<!trong )(?<!trên )(?<!đa )\bsố)\s*:?\s*\d++(?:\s*/\s*\d++)?+(?!\d|"
        r"[.,]\d|\s*%)",
        rf"(?i:\b(?:{_NAMES_OF_DOCUMENTS}))\s+\d{{1,5}}(?:\s?/\s?\d+)?{_BARE}",
        rf"(?i:\b(?:{_ORDINALS}))\s+\d{{1,3}}(?:\s?(?:,|và|/|-)\s?\d{{1,3}})*{_BARE}",
        rf"(?i:\b(?:từ|đến|tới|trước|sau|hết))\s+(?:0?[1-9]|[12]\d|3[01])\s?/\s?(?:0?[1-9]|1"
        rf"[0-2]){_BARE}",
        # A month, unless a rate says what part it is: "1/1900 = 0,05%".
        rf"(?<![\d/.,])(?:0?[1-9]|1[0-2])\s?/\s?{_YEAR}{_BARE}(?!\s*(?:=|\(|,?\s*đạt)\s*\d)",
        r"(?<![\d/.,])(?:0?[1-9]|[12]\d|3[01])\s?/\s?(?:0?[1-9]|1[0-2])\s?[-–]\s?\d{1,2}\s?/\s?\d",
    )
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count or a rate of a passage; `start` and `end` enclose the digits and a percent sign.

    `unit` is the noun behind the number in its common form ("hồ sơ" for "HS"), "" where none
    stands; `decimals` is how many digits the number prints behind its mark.
    """

    start: int
    end: int
    value: Decimal
    decimals: int
    unit: str
    is_rate: bool


@dataclass(frozen=True, slots=True)
class Share:
    """Two counts that are written as a share: `07/28 nhiệm vụ`, `17 trên tổng số 19 đồng chí`."""

    start: int
    end: int
    numerator: Figure
    denominator: Figure

    @property
    def unit(self) -> str:
        return self.denominator.unit or self.numerator.unit


def read_figures(text: str) -> tuple[Figure, ...]:
    """Return the counts and rates of `text` in order; text in NFC."""
    taken = [match.span() for pattern in _NEVER_COUNTS for match in pattern.finditer(text)]
    taken += [
        match.span()
        for pattern in _SELDOM_COUNTS
        for match in pattern.finditer(text)
        if not unit_behind(text, match.end(), known=True)
    ]
    return tuple(_figures(text, taken))


def read_shares(text: str, figures: tuple[Figure, ...]) -> tuple[Share, ...]:
    """Return the shares of `text` among its `figures`; a chain such as 1/2/3 is none."""
    shares: list[Share] = []
    counts = [figure for figure in figures if not figure.is_rate]
    for numerator, denominator in itertools.pairwise(counts):
        if not _BETWEEN.fullmatch(text, numerator.end, denominator.start):
            continue
        if _BASIS.search(text, max(0, numerator.start - _LONGEST_BASIS), numerator.start):
            # How many units a figure stands on is no share of what is told.
            continue
        if shares and shares[-1].end == numerator.end:
            shares.pop()
            continue
        shares.append(Share(numerator.start, denominator.end, numerator, denominator))
    return tuple(shares)


_BASIS = re.compile(r"(?:tính trên|số liệu của|tổng hợp từ)\s+$", re.IGNORECASE)
_LONGEST_BASIS = 20
_BETWEEN = re.compile(
    r"(?:\s*|\s*[^\W\d_]+(?:\s+[^\W\d_]+){0,4}\s*)/\s*(?:tổng\s+(?:số\s+)?)?(?:[^\W\d_]+\s+){0,3}"
    r"|\s*(?:[^\W\d_]+\s+){0,6}?(?:trên|trong)\s+tổng\s+(?:số\s+)?(?:là\s+|có\s+)?(?:"
    r"[^\W\d_]+\s+){0,3}"
    r"|\s*(?:[^\W\d_]+\s+){0,6}?trong\s+số\s+",
    re.IGNORECASE,
)


def _figures(text: str, taken: list[tuple[int, int]]) -> Iterator[Figure]:
    spaced = [match for match in _SPACED.finditer(text) if _is_free(match.span(), taken)]
    spans = [match.span() for match in spaced]
    alone = [
        match
        for match in _NUMBER.finditer(text)
        if _is_free(match.span(), taken) and _is_free(match.span(), spans)
    ]
    for match in sorted([*spaced, *alone], key=lambda found: found.start()):
        figure = _figure(text, match)
        if figure is not None:
            yield figure


def _is_free(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in taken)


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    percent = _PERCENT.match(text, match.end())
    if percent is not None:
        read = read_number(match.group(), is_decimal=True)
        return read and Figure(match.start(), percent.end(), *read, "%", is_rate=True)
    unit = unit_behind(text, match.end())
    glued = text[match.end() : match.end() + 1]
    if glued.isalpha() and not unit_behind(text, match.end(), known=True):
        return None
    if (
        text[match.start() - 1 : match.start()] in {"-", "–"}
        and text[match.start() - 2 : match.start() - 1].isalnum()
    ):
        return None
    read = read_number(match.group(), is_decimal="," in match.group() and unit in _MEASURES)
    return read and Figure(match.start(), match.end(), *read, unit, is_rate=False)


def read_number(text: str, *, is_decimal: bool = False) -> tuple[Decimal, int] | None:
    """Return the number that `text` writes and how many decimals it prints, or None.

    With `is_decimal` one mark before three digits is a decimal mark, as in `98.875`.
    """
    bare = "".join(text.split())
    if bare.isdecimal():
        return Decimal(bare), 0
    if _GROUPED.fullmatch(bare) and not (is_decimal and _DECIMAL.fullmatch(bare)):
        return Decimal(bare.replace(".", "").replace(",", "")), 0
    if _GROUPED_WITH_PART.fullmatch(bare):
        whole, part = bare[: -len(_tail(bare)) - 1], _tail(bare)
        return Decimal(f"{whole.replace('.', '').replace(',', '')}.{part}"), len(part)
    decimal = _DECIMAL.fullmatch(bare)
    if decimal is None:
        return None
    return Decimal(f"{decimal.group(1)}.{decimal.group(2)}"), len(decimal.group(2))


def _tail(text: str) -> str:
    return re.split(r"[.,]", text)[-1]
