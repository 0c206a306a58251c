"""What a report may say of a change: its facts by name, and its words.

`PREV.3.3.1` is what a figure was, `DIFF.3.3.1` by how much it rose, `UP.3.3.1` and `DOWN.3.3.1`
by how much it rose or fell.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from cchc_xl.core.comparison import Compared, Comparison
from cchc_xl.core.form import Form
from cchc_xl.core.numerals import vietnamese, vietnamese_percent
from cchc_xl.core.values import BLANK, Value, number


def of_comparison(code: str) -> tuple[str, str]:
    """Return the kind of a fact that compares, and the code that it speaks of; "" of others."""
    kind, _, rest = code.partition(".")
    return (kind, rest) if kind in _COMPARED else ("", code)


def compared_value(comparison: Comparison | None, kind: str, code: str) -> Value:
    compared = comparison.get(code) if comparison else None
    amount = _COMPARED[kind](compared) if compared else None
    return BLANK if amount is None else number(amount)


def _risen(compared: Compared) -> Decimal | None:
    return None if compared.difference is None else max(compared.difference, Decimal(0))


def _fallen(compared: Compared) -> Decimal | None:
    return None if compared.difference is None else max(-compared.difference, Decimal(0))


_COMPARED: dict[str, Callable[[Compared], Decimal | None]] = {
    "PREV": lambda compared: compared.before.value,
    "DIFF": lambda compared: compared.difference,
    "UP": _risen,
    "DOWN": _fallen,
}


def change_in_words(compared: Compared, unit: str = "") -> str:
    """Return the change as a report says it: `tăng 12 hồ sơ, tương đương 1,6%`.

    Of percents `giảm 0,4 điểm phần trăm`; "" where nothing changed. `unit` is what is counted.
    """
    difference = compared.difference
    if not difference:
        return ""
    way = "tăng" if difference > 0 else "giảm"
    amount = vietnamese(abs(difference))
    if compared.is_points:
        return f"{way} {amount} điểm phần trăm"
    counted = f"{way} {amount} {unit}".rstrip()
    percent = compared.percent
    return f"{counted}, tương đương {vietnamese_percent(abs(percent))}" if percent else counted


def counted_noun(unit: str) -> str:
    """Return what an indicator counts, from its printed unit: `hồ sơ` of `Số lượng hồ sơ`."""
    noun = unit.strip()
    for words in ("Số lượng", "Số "):
        noun = noun.removeprefix(words).strip()
    return noun[:1].lower() + noun[1:]


def change_in_a_sentence(comparison: Comparison | None, form: Form, code: str) -> str:
    """Return what a sentence says behind a figure: ` (tăng 12 hồ sơ so với quý I năm 2021)`.

    "" where nothing is compared, or where one of the two figures does not stand on every unit:
    a unit that is missing is no fall.
    """
    compared = comparison.get(code) if comparison else None
    if comparison is None or compared is None:
        return ""
    if not (compared.before.is_whole and compared.now.is_whole):
        return ""
    indicator = form.by_code.get(code)
    changed = change_in_words(compared, counted_noun(indicator.unit) if indicator else "")
    period = comparison.previous.period.name
    return f" ({changed} so với {period})" if changed else f" (không đổi so với {period})"
