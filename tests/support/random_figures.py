"""Random submissions that meet the rules where they turn: sums that hold or are off by one.

Nothing here knows a form: figures are drawn for its indicators and then pushed, rule by rule,
onto the boundary of a comparison. How they are written varies as it does in the field (`1.234`,
`3,278`, `189....`, `KPS`, `8,7 %`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from cchc_xl.core.cells import Kind, RawCell
from cchc_xl.core.evaluation import quantity
from cchc_xl.core.expressions import Cell, Comparison, cells_of, comparisons_of, is_plain_sum
from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.values import BLANK, Value, number

Amounts = dict[str, Decimal | None]

# What stands in a cell that says nothing, and in one that cannot be read as its kind.
BLANKS = (None, None, None, None, "", "-", "–", "—", " ", " - ")
NOT_APPLICABLE = ("KAD", "kad", " KAD ", "Không áp dụng")
ZEROS = ("KPS", "kps", " KPS", "Không phát sinh", "không", "Không", "không có", "0", "00")
ODD_TEXTS = (
    "nt", "x", "-5", "12.5", "1,5", "1.23", "01.234", "1.234,567", "1.234.56", "5 hồ sơ", "5%",
    "5.,", "..5", "5...6", "…", "......", "07/28", "1e3", "+5", "1 2", "=1+1", "TRUE", "#N/A",
    "1234567890123456", "101", "150%", "%", "91.3.", "8,7%%", "không biết", "Có", "KPS 5",
)  # fmt: skip
ODD_NUMBERS = (-1, -3, 0.5, 3.278, 12.5, 1234567.5, 100.1, 101, 150, 1e15, 1e20, 0.993)
ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!")


@dataclass(frozen=True, slots=True)
class _Mood:
    """How one submission is filled in: how much is blank, how much odd, how large the numbers."""

    blank: float
    odd: float
    largest: int
    pushes: float

    @classmethod
    def drawn(cls, random: Random) -> _Mood:
        return cls(
            blank=random.choice((0.0, 0.05, 0.2, 0.5, 0.8)),
            odd=random.choice((0.0, 0.0, 0.03, 0.15)),
            largest=random.choice((1, 3, 8, 40, 800, 2000, 5000, 10**9)),
            pushes=random.choice((0.3, 0.8, 1.0)),
        )


def random_figures(form: Form, random: Random) -> dict[str, RawCell]:
    """Return what a unit typed, by code; the same `random` types the same."""
    mood = _Mood.drawn(random)
    amounts: Amounts = {
        indicator.code: _amount(indicator, mood, random) for indicator in form.indicators
    }
    _push_to_boundaries(form, amounts, mood, random)
    return {
        indicator.code: _typed(indicator, amounts[indicator.code], mood, random)
        for indicator in form.indicators
    }


def _amount(indicator: Indicator, mood: _Mood, random: Random) -> Decimal | None:
    blank = 0.92 if indicator.kind is Kind.HEADER else mood.blank
    if random.random() < blank:
        return None
    match indicator.kind:
        case Kind.COUNT | Kind.HEADER:
            return Decimal(random.randint(0, random.choice((1, mood.largest, mood.largest))))
        case Kind.POINTS:
            return Decimal(random.randint(0, 300)).scaleb(-random.choice((0, 1, 2)))
        case Kind.PERCENT:
            places = random.choice((0, 1, 2, 2, 4))
            return Decimal(random.randint(0, 100 * 10**places)).scaleb(-places)
        case Kind.FLAG | Kind.CODE:
            return Decimal(random.choice(sorted(indicator.choices)))


# Onto the boundaries.


def _push_to_boundaries(form: Form, amounts: Amounts, mood: _Mood, random: Random) -> None:
    comparisons = [
        comparison
        for rule in form.rules
        if rule.condition is not None and not rule.needs_previous
        for comparison in comparisons_of(rule.condition)
    ]
    random.shuffle(comparisons)
    for comparison in comparisons:
        if random.random() < mood.pushes:
            _push(form, comparison, amounts, random)


def _push(form: Form, comparison: Comparison, amounts: Amounts, random: Random) -> None:
    """Change one cell of the comparison so that its sides are equal, or all but equal."""

    def value(cell: Cell) -> Value:
        amount = amounts[cell.code]
        return BLANK if amount is None else number(amount)

    side, other = random.sample((comparison.left, comparison.right), 2)
    cells = cells_of(side)
    if not cells or not is_plain_sum(side):
        return
    code = random.choice(cells).code
    here, there = quantity(side, value), quantity(other, value)
    if here is None or there is None:
        return
    indicator = form.by_code[code]
    steps = (-1, 0, 0, 0, 0, 1)
    step = Decimal(random.choice(steps))
    if indicator.kind is Kind.PERCENT:
        step = step.scaleb(random.choice((0, -1, -2, -6)))
    pushed = (amounts[code] or Decimal(0)) + there - here + step
    if _is_possible(indicator, pushed):
        amounts[code] = pushed


def _is_possible(indicator: Indicator, amount: Decimal) -> bool:
    match indicator.kind:
        case Kind.COUNT | Kind.POINTS:
            return 0 <= amount < 10**12
        case Kind.PERCENT:
            return 0 <= amount <= 100
        case Kind.FLAG | Kind.CODE:
            return amount in indicator.choices
        case Kind.HEADER:
            return False


# Into words.


def _typed(indicator: Indicator, amount: Decimal | None, mood: _Mood, random: Random) -> RawCell:
    if random.random() < (mood.odd / 5 if indicator.kind is Kind.HEADER else mood.odd):
        return _odd(random)
    if amount is None:
        return RawCell(random.choice(BLANKS))
    if random.random() < 0.75:
        return RawCell(_plain(amount))
    match indicator.kind:
        case Kind.COUNT | Kind.HEADER:
            return RawCell(random.choice(_counts(amount)))
        case Kind.POINTS:
            return RawCell(str(amount).replace(".", random.choice(".,")))
        case Kind.PERCENT:
            return random.choice(_percents(amount))
        case Kind.FLAG | Kind.CODE:
            return RawCell(random.choice(_choices(amount, indicator.choices)))


def _odd(random: Random) -> RawCell:
    return random.choice(
        (
            RawCell(random.choice(NOT_APPLICABLE)),
            RawCell(random.choice(NOT_APPLICABLE)),
            RawCell(random.choice(ODD_TEXTS)),
            RawCell(random.choice(ODD_TEXTS)),
            RawCell(random.choice(ODD_NUMBERS)),
            RawCell(random.choice((True, False))),
            RawCell(random.choice((0.5, 1, 12)), percent_format=True),
            RawCell(error=random.choice(ERRORS)),
        )
    )


def _plain(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _counts(amount: Decimal) -> tuple[str | float, ...]:
    digits = str(int(amount))
    written: tuple[str | float, ...] = (
        float(amount), digits, f"0{digits}", f" {digits} ", f"{digits}....", f"{digits}…",
    )  # fmt: skip
    if amount == 0:
        return (*written, *ZEROS)
    if 1000 <= amount < 10**9:
        grouped = f"{int(amount):,}"
        marks = (".", ",", " ", "\u00a0")
        written += tuple(grouped.replace(",", mark) for mark in marks)
        written += (grouped.replace(",", ".") + "...",)
    return written


def _percents(amount: Decimal) -> tuple[RawCell, ...]:
    text = format(amount.normalize(), "f")
    comma = text.replace(".", ",")
    texts = (text, comma, f"{comma}%", f"{comma} %", f"{text}%", f" {comma}\u00a0% ")
    written = (*map(RawCell, texts), RawCell(float(amount / 100), percent_format=True))
    return (*written, RawCell("KPS")) if amount == 0 else written


def _choices(amount: Decimal, labels: Mapping[int, str]) -> tuple[str | float, ...]:
    code = int(amount)
    label = labels[code]
    return (float(code), str(code), f"0{code}", label, label.upper(), f" {label} ")
