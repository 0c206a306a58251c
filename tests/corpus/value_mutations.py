"""What stands in a value cell: a figure written otherwise, or something that is no figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from cchc_xl.core.cells import Kind
from tests.corpus.drafts import FORM, Draft, Line
from tests.corpus.mutations import Mutation
from tests.support.handmade import Content

_UNITS = {
    "Nhiệm vụ": ("nhiệm vụ", "NV"),
    "Văn bản": ("văn bản", "VB"),
    "Thủ tục": ("thủ tục", "TTHC"),
    "TTHC": ("TTHC", "thủ tục"),
    "Người": ("người",),
    "Số lượng hồ sơ": ("hồ sơ", "HS"),
    "Hồ sơ": ("hồ sơ", "HS"),
}


def _written(write: Callable[[Draft, int], Content], *, said: bool = False) -> Mutation:
    """Return a mutation that writes a count otherwise; it is still read, with a word if `said`."""

    def mutate(draft: Draft) -> bool:
        line = draft.fresh()
        if line is None or line.truth is None:
            return False
        line.cells["value"] = write(draft, int(line.truth))
        line.loud = said
        return True

    return mutate


def _grouped(mark: str, *, said: bool) -> Mutation:
    """Return a mutation that writes thousands with `mark` between them."""

    def mutate(draft: Draft) -> bool:
        line = draft.fresh()
        if line is None:
            return False
        number = draft.random.randint(1000, 9_999_999)
        line.truth = Decimal(number)
        line.cells["value"] = f"{number:,}".replace(",", mark)
        line.loud = said
        return True

    return mutate


def _spoiled(write: Callable[[Draft, int], Content], number_format: str = "") -> Mutation:
    """Return a mutation that leaves no figure in a cell; the cell is named."""

    def mutate(draft: Draft) -> bool:
        line = draft.fresh()
        if line is None or line.truth is None:
            return False
        line.cells["value"] = write(draft, int(line.truth))
        if number_format:
            draft.formats[id(line), "value"] = number_format
        line.must_read, line.loud, line.unread = False, True, True
        return True

    return mutate


def _full_width(_: Draft, number: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(number))


def _swallowed(draft: Draft, _: int) -> float:
    return draft.random.randint(1001, 999_999) / 1000 + 0.0005


def unit_behind(draft: Draft) -> bool:
    """The printed unit behind a figure is understood, and said."""
    line = draft.fresh()
    if line is None or line.code is None or line.truth is None:
        return False
    words = _UNITS.get(FORM.by_code[line.code].unit)
    if words is None:
        return False
    space = draft.random.choice((" ", "", "\u00a0"))
    line.cells["value"] = f"{int(line.truth):02}{space}{draft.random.choice(words)}"
    line.loud = True
    return True


def other_words_behind(draft: Draft) -> bool:
    words = ("(ba)", "%", "con gà", "triệu đồng", "đơn", "tăng so với kỳ trước")
    return _spoiled(lambda d, number: f"{number} {d.random.choice(words)}")(draft)


def percent_written_otherwise(draft: Draft) -> bool:
    line = draft.fresh(kind=Kind.PERCENT)
    if line is None:
        return False
    hundredths = draft.random.randint(101, 10_000)
    line.truth = Decimal(hundredths) / 100
    text = f"{line.truth:.2f}"
    comma = text.replace(".", ",")
    line.cells["value"] = draft.random.choice((text, f"{comma} %", f"{comma}%", f"{text}%", comma))
    return True


def percent_in_words(draft: Draft) -> bool:
    line = draft.fresh(kind=Kind.PERCENT)
    if line is None:
        return False
    hundredths = draft.random.randint(101, 10_000)
    line.truth = Decimal(hundredths) / 100
    line.cells["value"] = f"{line.truth:.2f} phần trăm".replace(".", ",")
    line.loud = True
    return True


def percent_by_format(draft: Draft) -> bool:
    line = draft.fresh(kind=Kind.PERCENT)
    if line is None:
        return False
    line.truth = Decimal(draft.random.randint(1, 1000)) / 10
    line.cells["value"] = float(line.truth / 100)
    draft.formats[id(line), "value"] = "0.0%"
    return True


def choice_in_words(draft: Draft) -> bool:
    line = draft.fresh(kind=Kind.FLAG)
    if line is None or line.code is None or line.truth is None:
        return False
    label = FORM.by_code[line.code].choices[int(line.truth)]
    line.cells["value"] = draft.random.choice((label, label.upper(), f" {label} "))
    return True


def figure_wiped(draft: Draft) -> bool:
    """A blank is not reported; no figure may come of it."""
    line = draft.fresh()
    if line is None:
        return False
    line.cells["value"] = draft.random.choice((None, "-", "–", " "))
    line.truth = None
    return True


def _all_as_texts(draft: Draft) -> bool:
    for line in draft.rows():
        if _is_plain(line):
            line.cells["value"] = str(line.cells["value"])
    return True


def _all_with_zeros(draft: Draft) -> bool:
    for line in draft.rows():
        if _is_plain(line) and FORM.by_code[line.code or ""].kind is Kind.COUNT:
            line.cells["value"] = f"{line.cells['value']:02}"
    return True


def _is_plain(line: Line) -> bool:
    content = line.cells.get("value")
    return isinstance(content, int) and not isinstance(content, bool) and not line.touched


VALUE_MUTATIONS: dict[str, Mutation] = {
    "all figures as texts": _all_as_texts,
    "all figures with zeros before": _all_with_zeros,
    "figure as text": _written(lambda _, number: str(number)),
    "figure with an apostrophe": _written(lambda _, number: f"'{number}"),
    "figure in full-width digits": _written(_full_width),
    "figure with spaces around": _written(lambda _, number: f"\u00a0 {number}\u00a0"),
    "figure with dots left over": _written(
        lambda d, n: f"{n}{'.' * d.random.randint(2, 9)}", said=True
    ),
    "thousands with dots": _grouped(".", said=False),
    "thousands with commas": _grouped(",", said=True),
    "thousands with spaces": _grouped(" ", said=True),
    "thousands with no-break spaces": _grouped("\u00a0", said=True),
    "unit behind": unit_behind,
    "other words behind": other_words_behind,
    "ditto mark": _spoiled(lambda d, _: d.random.choice(("nt", '"', "//", "như trên", "''"))),
    "date for a figure": _spoiled(lambda d, n: date(2022, n % 12 + 1, d.random.randint(1, 28))),
    "thousands swallowed": _spoiled(_swallowed),
    "error cell": _spoiled(lambda d, _: d.random.choice(("#REF!", "#N/A", "#DIV/0!", "#VALUE!"))),
    "formula without a result": _spoiled(lambda _, number: f"={number}+0"),
    "true for a figure": _spoiled(lambda _, number: number > 5),
    "negative figure": _spoiled(lambda _, number: -number - 1),
    "two figures in a cell": _spoiled(lambda _, number: f"{number}/{number + 3}"),
    "count under a percent format": _spoiled(lambda _, number: number, "0%"),
    "count under a date format": _spoiled(lambda _, number: number % 9999 + 40000, "d/m/yyyy"),
    "percent written otherwise": percent_written_otherwise,
    "percent in words": percent_in_words,
    "percent by its format": percent_by_format,
    "choice in words": choice_in_words,
    "figure wiped": figure_wiped,
}
