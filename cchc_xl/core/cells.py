"""From what stands in a cell to its value, by the kind of the indicator.

A cell that cannot be read is INVALID with a remark; nothing is guessed. The sentences for the
remarks stand in `wording`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum

from cchc_xl.core import numerals
from cchc_xl.core.marked_text import Run
from cchc_xl.core.text import clean, match_key
from cchc_xl.core.values import BLANK, INVALID, NOT_APPLICABLE, NOT_ARISEN, TEXT, Value, number

# What a program may write into an input cell: a number as number, a text as text, None as blank.
Typed = str | int | float | None
Content = str | int | float | bool | date | datetime | time | timedelta | None

# A count of more digits has lost its last ones: Excel keeps fifteen.
_LARGEST = 10**15


class Kind(Enum):
    """The kinds of indicator rows."""

    COUNT = "count"
    PERCENT = "percent"
    FLAG = "flag"
    CODE = "code"
    HEADER = "header"
    POINTS = "points"  # a score with a fraction, such as 15,5 of 18


class Remark(Enum):
    """What reading a cell had to say about it."""

    # The value is used.
    COMMA_THOUSANDS = "comma_thousands"
    SPACE_THOUSANDS = "space_thousands"
    LEFT_OVER_DOTS = "left_over_dots"
    PERCENT_AS_TYPED = "percent_as_typed"
    HEADING_FILLED = "heading_filled"
    UNIT_BEHIND = "unit_behind"
    # The value is not used.
    SWALLOWED_THOUSANDS = "swallowed_thousands"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR_CELL = "error_cell"
    NO_CACHED_VALUE = "no_cached_value"
    PERCENT_FORMAT = "percent_format"
    OTHER_TEXT = "other_text"
    WORDS_BEHIND = "words_behind"
    DITTO = "ditto"
    OUT_OF_RANGE = "out_of_range"
    PERCENT_OR_FRACTION = "percent_or_fraction"
    DECIMAL_OR_THOUSANDS = "decimal_or_thousands"
    NOT_A_CHOICE = "not_a_choice"
    SET_OFF = "set_off"


@dataclass(frozen=True, slots=True)
class RawCell:
    """What a file says of one cell.

    `set_off` are the characters of the content of which nobody can say whether they count.
    """

    content: Content = None
    percent_format: bool = False
    error: str | None = None
    no_cached_value: bool = False
    set_off: tuple[Run, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see in the cell."""
        if self.error is not None or self.no_cached_value:
            return False
        return self.content is None or (isinstance(self.content, str) and not clean(self.content))


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a cell and what there is to say about how it was read.

    `readings` are the numbers that the content could stand for: one suggestion, or two where the
    content is ambiguous.
    """

    value: Value
    remark: Remark | None = None
    readings: tuple[Decimal, ...] = ()


EMPTY = RawCell()
_BLANKS = frozenset({"", "-", "–", "—"})
_NOT_ARISEN = frozenset({"kps", match_key("không phát sinh")})
_NOT_APPLICABLE = frozenset({"kad", match_key("không áp dụng")})
_ZERO_WORDS = frozenset({match_key("không"), match_key("không có")})
_NO = match_key("không")
# What an official puts into a cell to say "as above": a unit may be repeated so, a figure not.
_DITTO = frozenset(
    {"//", '"', "''", "”", "“", "″", "〃", "-nt-", "- nt -", "nt", "n.t", "như trên"}
)
_SAME_ANSWER = {match_key("đã"): match_key("có"), match_key("chưa"): match_key("không")}
_NUMBERED_CHOICE = re.compile(r"(?P<number>\d)\s*[-–—:=.(\[]?\s*(?P<words>[^\W\d_].*)")
_APOSTROPHES = "'’`"
_PERCENT_IN_WORDS = re.compile(r"([\d.,]+) ?phần trăm", re.IGNORECASE)


def read_cell(
    kind: Kind,
    raw: RawCell,
    *,
    choices: Mapping[int, str] | None = None,
    units: AbstractSet[str] = frozenset(),
    own_template: bool,
) -> Reading:
    """Return the value of `raw` for an indicator of `kind`.

    `choices` maps the codes of a flag or code to their printed labels; `units` are the words, as
    match keys, that may stand behind a count. `own_template` says that the cell stands in a
    workbook of ours, where a percent is used as typed and nothing but a number is read from a
    text: its native formulas read the same.
    """
    if raw.error is not None:
        return _invalid(Remark.ERROR_CELL)
    if raw.no_cached_value:
        return _invalid(Remark.NO_CACHED_VALUE)
    content = raw.content
    if content is None:
        return Reading(BLANK)
    if isinstance(content, str) and clean(content) in _BLANKS:
        return Reading(BLANK)
    if raw.set_off:
        return _invalid(Remark.SET_OFF)
    if isinstance(content, str):
        text = clean(content)
        if match_key(text) in _NOT_APPLICABLE:
            return Reading(NOT_APPLICABLE)
        if own_template:
            return _read_text(kind, text, choices or {}, own_template)
        return _read_foreign_text(kind, text, choices or {}, units)
    if kind is Kind.HEADER:
        return _read_heading(content)
    if isinstance(content, bool):
        return _invalid(Remark.BOOLEAN)
    if isinstance(content, (date, time, timedelta)):
        return _invalid(Remark.DATE)
    if not -_LARGEST < content < _LARGEST:
        return _invalid(Remark.TOO_LARGE)
    amount = numerals.from_cell(content)
    if kind is Kind.PERCENT:
        return _read_percent_number(amount, raw.percent_format, own_template)
    if raw.percent_format:
        return _invalid(Remark.PERCENT_FORMAT)
    if kind is Kind.COUNT:
        return _read_count_number(amount)
    if kind is Kind.POINTS:
        return Reading(number(amount)) if amount >= 0 else _invalid(Remark.NEGATIVE)
    return _read_choice_number(amount, choices or {})


_UNREAD_TEXTS = frozenset({Remark.OTHER_TEXT, Remark.HEADING_FILLED, Remark.NOT_A_CHOICE})


def _read_foreign_text(
    kind: Kind, text: str, choices: Mapping[int, str], units: AbstractSet[str]
) -> Reading:
    """Return what a text of a hand-made file says; more is understood than in a file of ours."""
    bare = text.lstrip(_APOSTROPHES).strip()
    # Other programs leave the apostrophe that makes a text of a number in the cell.
    reading = _read_text(kind, bare or text, choices, own_template=False)
    if reading.remark not in _UNREAD_TEXTS:
        return reading
    if text.lower() in _DITTO and kind is not Kind.HEADER:
        return _invalid(Remark.DITTO)
    if kind in (Kind.FLAG, Kind.CODE):
        chosen = _choice_in_words(kind, bare, choices)
        return reading if chosen is None else Reading(number(chosen))
    with_words = numerals.read_with_words(bare)
    if with_words is None:
        return reading
    has_unit = match_key(with_words.words) in units
    match kind:
        case Kind.COUNT if has_unit:
            return Reading(number(with_words.number), Remark.UNIT_BEHIND)
        case Kind.COUNT:
            return _invalid(Remark.WORDS_BEHIND, with_words.number)
        case Kind.HEADER if has_unit:
            return Reading(number(with_words.number), Remark.HEADING_FILLED)
        case _:
            return reading


def _choice_in_words(kind: Kind, text: str, choices: Mapping[int, str]) -> int | None:
    """Return the choice that other words say: "1 (có)", "Đã ban hành" for "Có ban hành QC"."""
    numbered = _NUMBERED_CHOICE.fullmatch(text)
    if numbered is not None:
        meant = _choice_in_words(kind, numbered.group("words"), choices)
        return meant if meant == int(numbered.group("number")) else None
    key = match_key(text)
    if not key:
        return None
    exact = [code for code, label in choices.items() if match_key(label) == key]
    if exact or kind is not Kind.FLAG:
        return exact[0] if len(exact) == 1 else None
    begun = [code for code, label in choices.items() if _begins(match_key(label), key)]
    return begun[0] if len(begun) == 1 else None


def _begins(label: str, key: str) -> bool:
    """Whether a label begins with the words of a key; "đã …" and "có …" say the same."""
    if " " in key:
        label, key = (
            " ".join([_SAME_ANSWER.get(first, first), rest])
            for first, _, rest in (label.partition(" "), key.partition(" "))
        )
    return label == key or label.startswith(f"{key} ")


def _invalid(remark: Remark, *readings: Decimal) -> Reading:
    return Reading(INVALID, remark, readings)


def _read_heading(content: Content) -> Reading:
    if isinstance(content, (int, float)) and not isinstance(content, bool):
        is_usable = -_LARGEST < content < _LARGEST
        value = number(numerals.from_cell(content)) if is_usable else TEXT
        return Reading(value, Remark.HEADING_FILLED)
    return Reading(TEXT, Remark.HEADING_FILLED)


def _read_text(kind: Kind, text: str, choices: Mapping[int, str], own_template: bool) -> Reading:
    if kind is Kind.COUNT:
        return _read_count_text(text)
    if kind is Kind.PERCENT:
        return _read_percent_text(text, own_template)
    if kind is Kind.POINTS:
        decimal = numerals.read_decimal(text)
        return Reading(number(decimal.number)) if decimal else _invalid(Remark.OTHER_TEXT)
    if kind is Kind.HEADER:
        whole = numerals.read_whole(text)
        return Reading(number(whole.number) if whole else TEXT, Remark.HEADING_FILLED)
    return _read_choice_text(kind, text, choices)


def _read_count_number(amount: Decimal) -> Reading:
    if amount < 0:
        return _invalid(Remark.NEGATIVE)
    if amount == amount.to_integral_value():
        return Reading(number(amount.to_integral_value()))
    thousands = amount * 1000
    if 1 <= amount < 1000 and thousands == thousands.to_integral_value():
        return _invalid(Remark.SWALLOWED_THOUSANDS, thousands.to_integral_value())
    return _invalid(Remark.NOT_WHOLE)


def _read_count_text(text: str) -> Reading:
    key = match_key(text)
    if key in _NOT_ARISEN:
        return Reading(NOT_ARISEN)
    if key in _ZERO_WORDS:
        return Reading(number(0))
    whole = numerals.read_whole(text)
    if whole is not None:
        return Reading(number(whole.number), _THOUSANDS_REMARKS.get(whole.separator))
    shorter = numerals.without_left_over_dots(text)
    whole = numerals.read_whole(shorter) if shorter else None
    if whole is not None:
        return Reading(number(whole.number), Remark.LEFT_OVER_DOTS)
    if text[:1] in "-−–" and numerals.read_whole(text[1:].strip()):
        return _invalid(Remark.NEGATIVE)
    decimal = numerals.read_decimal(text)
    if decimal is not None and decimal.number != decimal.number.to_integral_value():
        return _invalid(Remark.NOT_WHOLE)
    return _invalid(Remark.OTHER_TEXT)


_THOUSANDS_REMARKS = {",": Remark.COMMA_THOUSANDS, " ": Remark.SPACE_THOUSANDS}


def _read_percent_number(amount: Decimal, percent_format: bool, own_template: bool) -> Reading:
    if percent_format:
        return _percent(amount * 100)
    return _bare_percent(amount, own_template)


def _read_percent_text(text: str, own_template: bool) -> Reading:
    if match_key(text) in _NOT_ARISEN:
        # No rate arises where nothing arose: 0% would say that something was done badly.
        return Reading(NOT_APPLICABLE)
    has_sign = text.endswith("%")
    decimal = numerals.read_decimal(text.removesuffix("%").rstrip())
    if decimal is None:
        in_words = None if own_template else _PERCENT_IN_WORDS.fullmatch(text)
        decimal = numerals.read_decimal(in_words.group(1)) if in_words else None
        return (
            _percent(decimal.number, Remark.UNIT_BEHIND) if decimal else _invalid(Remark.OTHER_TEXT)
        )
    if has_sign:
        return _percent(decimal.number)
    if decimal.decimals == 3 and decimal.number >= 1:
        if own_template:
            return _percent(decimal.number, Remark.PERCENT_AS_TYPED)
        readings = (decimal.number, decimal.number * 1000)
        return _invalid(Remark.DECIMAL_OR_THOUSANDS, *readings)
    return _bare_percent(decimal.number, own_template)


def _bare_percent(amount: Decimal, own_template: bool) -> Reading:
    if not 0 < amount <= 1:
        return _percent(amount)
    if own_template:
        return Reading(number(amount), Remark.PERCENT_AS_TYPED)
    return _invalid(Remark.PERCENT_OR_FRACTION, amount, amount * 100)


def _percent(amount: Decimal, remark: Remark | None = None) -> Reading:
    # The last binary digits of a cell may lie a hair outside.
    if 0 <= numerals.round_half_up(amount, 9) <= 100:
        return Reading(number(min(max(amount, Decimal(0)), Decimal(100))), remark)
    return _invalid(Remark.OUT_OF_RANGE)


def _read_choice_number(amount: Decimal, choices: Mapping[int, str]) -> Reading:
    if amount in choices:
        return Reading(number(amount))
    return _invalid(Remark.NOT_A_CHOICE)


def _read_choice_text(kind: Kind, text: str, choices: Mapping[int, str]) -> Reading:
    if text.isdecimal() and len(text) <= 2:
        return _read_choice_number(Decimal(text), choices)
    key = match_key(text)
    for code, label in choices.items():
        if key == match_key(label):
            return Reading(number(code))
    if kind is Kind.FLAG and key == _NO:
        return Reading(number(0))
    return _invalid(Remark.NOT_A_CHOICE)
