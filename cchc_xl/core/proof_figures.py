"""Figures of a text against those of the tables that it reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Passage
from cchc_xl.core.evaluation import quantity
from cchc_xl.core.expressions import cells_of
from cchc_xl.core.facts import Facts
from cchc_xl.core.form import Form
from cchc_xl.core.numerals import read_decimal, read_whole, round_half_up, vietnamese
from cchc_xl.core.rule_language import parse_quantity

FIGURE = r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_KPS = "không phát sinh"


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure at a place of a passage, and the fact that it states: a code, ratio, expression."""

    passage: Passage
    start: int
    end: int
    source: str


def read_figure(text: str, *, is_percent: bool) -> Decimal | None:
    """Return the number that a sentence writes: `07`, `3.278`, `3,278`, `98.87%`, `98,87 %`."""
    typed = text.strip().rstrip("%").strip()
    if typed.lower() == _KPS:
        return Decimal(0)
    if is_percent:
        decimal = read_decimal(typed)
        return decimal.number if decimal else None
    whole = read_whole(typed)
    return whole.number if whole else None


def figure_claim(stated: StatedFigure, facts: Facts, form: Form) -> Claim | None:
    """Return how a figure of the text stands against the tables; None where it is no figure."""
    passage, source = stated.passage, stated.source
    typed = passage.text[stated.start : stated.end]
    number = read_figure(typed, is_percent="%" in typed)
    if number is None:
        return None
    actual = fact(source, facts)
    about = named(source, form)
    if actual is None:
        return Claim(
            passage, stated.start, stated.end, ClaimKind.REPEAT, ClaimVerdict.UNVERIFIABLE, "PB1",
            f"Bảng số liệu chưa có {about} nên chưa đối chiếu được.", stated=number,
        )  # fmt: skip
    verdict = _verdict(number, actual, typed)
    unit = "%" if "%" in typed else ""
    shown = f"{vietnamese(actual)}{unit}"
    match verdict:
        case ClaimVerdict.OK:
            message = f"Khớp với {about} trong bảng."
        case ClaimVerdict.TRUNCATED:
            message = f"Ghi {typed}, trong bảng {about} là {shown}; bị cắt bớt chứ không làm tròn."
        case _:
            message = f"Ghi {typed}, nhưng trong bảng {about} là {shown}; đề nghị sửa cho khớp."
    return Claim(
        passage, stated.start, stated.end, ClaimKind.REPEAT, verdict, "PB1", message,
        stated=number, actual=actual,
    )  # fmt: skip


def states(stated: StatedFigure, facts: Facts) -> bool:
    """Whether a figure of the text is that of the tables."""
    typed = stated.passage.text[stated.start : stated.end]
    number, actual = read_figure(typed, is_percent="%" in typed), fact(stated.source, facts)
    if number is None or actual is None:
        return False
    return _verdict(number, actual, typed) is ClaimVerdict.OK


def fact(source: str, facts: Facts) -> Decimal | None:
    """Return the amount behind a placeholder of an outline, None where the tables lack it."""
    if not source.startswith("="):
        value = facts.value(source)
        return value.number if value.is_numeric else None
    node = parse_quantity(source[1:].strip())
    if not all(facts.value(cell.code).is_numeric for cell in cells_of(node)):
        return None
    return quantity(node, lambda cell: facts.value(cell.code))


def named(source: str, form: Form) -> str:
    """Return a fact for people: `chỉ tiêu 3.3.1 «Số lượng hồ sơ đã tiếp nhận»`."""
    if source.startswith("="):
        codes = ", ".join(cell.code for cell in cells_of(parse_quantity(source[1:].strip())))
        return f"số tính từ các chỉ tiêu {codes}"
    if source in form.by_code:
        label = form.by_code[source].label.rstrip(".")
        return f"«{label}»" if source.startswith("S.") else f"chỉ tiêu {source} «{label}»"
    ratio = next((r for r in form.ratios if r.id == source.partition(".")[0]), None)
    return f"«{ratio.label}»" if ratio else f"số {source}"


def figures_between(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the figures of a stretch that are no part of a date, a number of a document, a word."""
    yield from _STANDING.finditer(text, start, end)


_STANDING = re.compile(rf"(?<![\w/.,-])(?:{FIGURE})(?:\s?%)?(?![\w/%]|[.,-]\d)")


def _verdict(number: Decimal, actual: Decimal, typed: str) -> ClaimVerdict:
    if number == actual:
        return ClaimVerdict.OK
    if "%" not in typed:
        return ClaimVerdict.WRONG
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    if round_half_up(actual, places) == number:
        return ClaimVerdict.OK
    cut = actual.quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
    return ClaimVerdict.TRUNCATED if cut == number else ClaimVerdict.WRONG
