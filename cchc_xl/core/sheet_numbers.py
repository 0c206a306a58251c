"""Numbers for worksheet functions: read as officials write them, printed, made into percents.

There is no indicator here that would say what is meant, so what can be two numbers is refused:
`1,234` is a count to some and a decimal to others. A blank is never a zero.
"""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_xl.core.cells import Kind, RawCell, read_cell
from cchc_xl.core.numerals import (
    from_cell,
    read_decimal,
    read_whole,
    round_half_up,
    vietnamese,
    without_left_over_dots,
)
from cchc_xl.core.sheet_values import raw_cell
from cchc_xl.core.text import clean
from cchc_xl.core.values import State, Value, number

# As many as the digits of a cell leave to a number of some size.
_MOST_DECIMALS = 10
_COUNT_OR_DECIMAL = re.compile(r"[1-9]\d{0,2},\d{3}")


def read_number(value: object, *, is_typed: bool = True) -> Value:
    """Return the number in a cell: NUMBER, KPS as not arisen, KAD as not applicable, or BLANK.

    `1.234` and `1 234` are counts, `98,87`, `98.87` and `1.234,5` decimals, `189....` is 189 with
    dots left over, "-5" is minus five. ValueError for what is no number, or could be two: `1,234`,
    `98%` (98 or 0.98), words, dates, truth values, error cells; and, unless `is_typed` is False,
    a number with three decimals: an Excel set to English makes 1.234 of a typed `1.234`.
    """
    raw = raw_cell(value)
    content = raw.content
    if isinstance(content, (int, float)) and not isinstance(content, bool):
        amount = from_cell(content)
        if is_typed and _may_be_a_count(amount):
            raise ValueError(f"Số {vietnamese(amount, 3)} có thể là {vietnamese(amount * 1000)}.")
        return number(amount)
    if not isinstance(content, str):
        return _in_words(raw)
    text = clean(content)
    text = without_left_over_dots(text) or text
    is_negative = text[:1] in ("-", "−") and text[1:2].isdecimal()
    written = _amount(text[1:] if is_negative else text)
    if written is not None:
        return number(-written if is_negative else written)
    return _in_words(raw)


def _may_be_a_count(amount: Decimal) -> bool:
    """Whether a number has exactly three decimals, and as a count has its first dot there."""
    exponent = amount.normalize().as_tuple().exponent
    return exponent == -3 and 1 <= amount < 1000


def _in_words(raw: RawCell) -> Value:
    """Return what a cell says that holds no figure: blank, KPS, KAD, "không"."""
    reading = read_cell(Kind.COUNT, raw, own_template=True)
    if reading.value.state is State.INVALID:
        raise ValueError(f"«{raw.error or raw.content}» không phải là số, hoặc hiểu được hai cách.")
    return reading.value


def _amount(text: str) -> Decimal | None:
    if _COUNT_OR_DECIMAL.fullmatch(text):
        raise ValueError(f"«{text}» có thể là số nguyên, cũng có thể là số thập phân.")
    whole = read_whole(text)
    if whole is not None:
        return whole.number
    decimal = read_decimal(text)
    if decimal is not None:
        return decimal.number
    # A decimal with dots or spaces between its thousands, as `vietnamese` prints it.
    counted, comma, part = text.partition(",")
    thousands = read_whole(counted)
    decimals = read_decimal(f"0,{part}") if comma else None
    if thousands is None or thousands.separator not in (".", " ") or decimals is None:
        return None
    return thousands.number + decimals.number


def printed(value: object, places: int) -> str | None:
    """Return a number printed the Vietnamese way with at most `places` decimals.

    A number of Excel is taken as it is. KPS and KAD stay what they are, a blank is None.
    ValueError as `read_number` for a text, and for a number of decimals outside 0 to 10.
    """
    if not 0 <= places <= _MOST_DECIMALS:
        raise ValueError(f"Số chữ số thập phân phải từ 0 đến {_MOST_DECIMALS}.")
    read = read_number(value, is_typed=False)
    match read.state:
        case State.NUMBER:
            return vietnamese(read.number, places)
        case State.NOT_ARISEN | State.NOT_APPLICABLE:
            return str(read.state.value)
        case _:
            return None


def percent(numerator: object, denominator: object) -> float | None:
    """Return a percent rounded half-up to two decimals.

    None where there is no ratio: a part is blank or KAD, or the denominator is 0. ValueError as
    `read_number`, and for a negative part.
    """
    parts = (read_number(numerator), read_number(denominator))
    if any(part.number < 0 for part in parts):
        raise ValueError("Tử số và mẫu số phải từ 0 trở lên.")
    above, below = parts
    if not (above.is_numeric and below.is_numeric) or below.number == 0:
        return None
    return float(round_half_up(100 * above.number / below.number, 2))


def as_float(value: Value) -> float | None:
    """Return a read number for a cell: KPS is 0, what is blank or does not apply is None."""
    return float(value.number) if value.is_numeric else None
