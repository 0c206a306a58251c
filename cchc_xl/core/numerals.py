"""Numbers as Vietnamese officials write them, and numbers printed the Vietnamese way.

What a number means in a cell of a given kind is decided in `cells`, not here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

# Wide enough for the largest number that a cell can hold.
_WIDE = Context(prec=400)
_DIGITS = re.compile(r"\d{1,15}")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3}){0,3}")
_LEFT_OVER_DOTS = re.compile(r"(?P<number>\d[\d., ]*?)(?:…+|\.+)[.…]*")
# A number and words without a digit: a second number would say something else.
_WITH_WORDS = re.compile(r"(?P<number>\d(?:[\d., ]*\d)?)(?P<words>\s*[^\d\s.,/:;<>=+*…][^\d]*)")
_DECIMAL = re.compile(r"(?P<whole>\d{1,15})(?:[.,](?P<part>\d{1,12}))?")


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A count read from text; `separator` is the thousands mark met, "" where there was none."""

    number: Decimal
    separator: str


@dataclass(frozen=True, slots=True)
class NumberWithWords:
    """A count with words behind it: `04 HS`, `3 (ba)`."""

    number: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class DecimalNumber:
    """A percent read from text; `decimals` is how many digits stood behind the separator."""

    number: Decimal
    decimals: int


def read_whole(text: str) -> WholeNumber | None:
    """Return the count that `text` writes, or None where it writes none.

    `07`, `2381`, `1.234`, `3,278` and `1 234` are counts; `12.5`, `-5` and `1e3` are not.
    """
    if _DIGITS.fullmatch(text):
        return WholeNumber(Decimal(text), "")
    grouped = _GROUPED.fullmatch(text)
    if grouped is None:
        return None
    mark: str = grouped.group(1)
    return WholeNumber(Decimal(text.replace(mark, "")), mark)


def read_with_words(text: str) -> NumberWithWords | None:
    """Return the count that `text` begins with and the words behind it, or None.

    `04 HS`, `12hồ sơ` and `100 %` have words; `15/28 nhiệm vụ`, `4 HS, 2 HS` and `12 - 13` say
    two numbers, `1.5 triệu` and `12.5 kg` none that is whole.
    """
    match = _WITH_WORDS.fullmatch(text)
    whole = read_whole(match.group("number")) if match else None
    if match is None or whole is None:
        return None
    return NumberWithWords(whole.number, match.group("words").strip())


def without_left_over_dots(text: str) -> str | None:
    """Return `text` without the template dots left behind a number (`189....`), or None."""
    match = _LEFT_OVER_DOTS.fullmatch(text)
    return match.group("number") if match else None


def read_decimal(text: str) -> DecimalNumber | None:
    """Return the decimal that `text` writes with a comma or a dot, or None."""
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None
    part = match.group("part") or ""
    return DecimalNumber(Decimal(f"{match.group('whole')}.{part or '0'}"), len(part))


def from_cell(number: float) -> Decimal:
    """Return the decimal that a spreadsheet shows for a binary number: fifteen digits."""
    return Decimal(format(number, ".15g")) if isinstance(number, float) else Decimal(number)


def round_half_up(number: Decimal, places: int) -> Decimal:
    """Return `number` rounded half away from zero, as Excel's ROUND and the offices do."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def plain(number: Decimal) -> str:
    """Return `number` without exponent and without trailing zeros: `3278`, `98.87`."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def vietnamese(number: Decimal, places: int = 2) -> str:
    """Return `number` as printed in Viet Nam: dots between thousands, decimal comma.

    At most `places` decimals, rounded half-up, trailing zeros dropped: `6.015`, `98,87`, `25`.
    """
    whole, _, part = plain(round_half_up(number, places)).partition(".")
    sign = "-" if whole.startswith("-") else ""
    grouped = f"{int(whole.lstrip('-')):,}".replace(",", ".")
    return f"{sign}{grouped},{part}" if part else f"{sign}{grouped}"


def vietnamese_percent(number: Decimal) -> str:
    """Return a percent as printed in Viet Nam: `98,87%`, no space before the sign."""
    return f"{vietnamese(number)}%"
