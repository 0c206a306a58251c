"""Reporting units and the list of those that are expected to report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher

from cchc_xl.core.identity import unit_name
from cchc_xl.core.text import match_key

_TYPES = ("Xã", "Phường", "Thị trấn", "Đặc khu")
_PARENT_TYPES = ("Huyện", "Quận", "Thị xã", "Thành phố", "Tỉnh")
_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """A commune, or an own office of the parent; known by its code where it has one."""

    name: str
    code: str | None = None
    type: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    # Whether the code stands in a list of units; a code that only a file gives is no key.
    is_listed: bool = True

    @property
    def key(self) -> str:
        """What the unit is called in results: its code in the list of units, else its name."""
        return self.code if self.code and self.is_listed else self.name

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


def type_of(name: str) -> str:
    """Return the type that a unit's name begins with, "" where it names none."""
    written = unit_name(name)
    return next((word for word in _TYPES if written.lower().startswith(f"{word.lower()} ")), "")


def with_distinct_names(units: Sequence[ReportingUnit]) -> tuple[ReportingUnit, ...]:
    """Return the units with the type, or else the code, in names that several of them bear."""

    def shared(name: str) -> bool:
        return [match_key(unit.name) for unit in units].count(match_key(name)) > 1

    typed = tuple(
        replace(unit, name=f"{unit.type} {unit.name}")
        if shared(unit.name) and unit.type and not type_of(unit.name)
        else unit
        for unit in units
    )
    names = [match_key(unit.name) for unit in typed]
    return tuple(
        replace(unit, name=f"{unit.name} ({unit.code})")
        if unit.code and names.count(match_key(unit.name)) > 1
        else unit
        for unit in typed
    )


def merged(units: Iterable[ReportingUnit]) -> tuple[ReportingUnit, ...]:
    """Return the distinct units of files, in the order of their names.

    Two mentions are one unit where the codes are equal, or the names are and no codes differ.
    """
    found: list[ReportingUnit] = []
    for unit in sorted(units, key=lambda unit: (match_key(unit.name), unit.code or "", unit.name)):
        place = next((n for n, other in enumerate(found) if is_same(unit, other)), None)
        if place is None:
            found.append(replace(unit, is_listed=False))
        elif found[place].code is None:
            found[place] = replace(found[place], code=unit.code)
    return with_distinct_names(found)


def is_same(one: ReportingUnit, other: ReportingUnit) -> bool:
    """Whether two mentions are of one unit."""
    if one.code and other.code:
        return one.code == other.code
    return match_key(unit_name(one.name)) == match_key(unit_name(other.name))


def place_name(name: str) -> str:
    """Return a unit's name without its type, as it stands before the date of a report."""
    written = unit_name(name)
    for word in (*_TYPES, *_PARENT_TYPES):
        if written.lower().startswith(f"{word.lower()} "):
            return written[len(word) :].strip()
    return written


def in_a_sentence(name: str) -> str:
    """Return a unit's name without the capital of its type: `huyện Mẫu`."""
    return name if place_name(name) == unit_name(name) else name[:1].lower() + name[1:]


def find_unit(units: Iterable[ReportingUnit], name: str, code: str | None) -> ReportingUnit | None:
    """Return the unit that a file speaks of: by code, else by name; never by likeness."""
    listed = list(units)
    if code:
        by_code = [unit for unit in listed if unit.code == code]
        if by_code:
            return by_code[0]
    key = match_key(unit_name(name))
    by_name = [unit for unit in listed if match_key(unit_name(unit.name)) == key]
    if len(by_name) == 1:
        return by_name[0]
    # Lists often leave the type out: "Tùng Châu" for "Xã Tùng Châu". Two types are two units.
    short = [
        unit
        for unit in listed
        if _without_type(unit.name) == _without_type(name) and not _of_two_types(unit, name)
    ]
    return short[0] if not by_name and len(short) == 1 else None


def contradicting_unit(
    units: Iterable[ReportingUnit], found: ReportingUnit, name: str
) -> ReportingUnit | None:
    """Return the listed unit that the name means where the code means another one."""
    named = find_unit(units, name, None)
    return named if named is not None and named.key != found.key else None


def unit_in_file_name(units: Iterable[ReportingUnit], stem: str) -> ReportingUnit | None:
    """Return the listed unit that a file name holds: the longest, and no part of a longer name."""
    words = stem.split()
    keys = [match_key(word) for word in words]
    held: list[tuple[int, ReportingUnit]] = []
    for unit in units:
        wanted = match_key(unit.name).split()
        for start in range(len(keys) - len(wanted) + 1):
            end = start + len(wanted)
            if keys[start:end] == wanted and not _goes_on(words[end:]):
                held.append((len(wanted), unit))
    longest = max((length for length, _ in held), default=0)
    found = [unit for length, unit in held if length == longest]
    return found[0] if len(found) == 1 else None


def unit_of_unread_file(units: Iterable[ReportingUnit], stem: str) -> ReportingUnit | None:
    """Return the one unit that the name of a file without figures holds, marks left out or not.

    `bao-cao-xa-tung-chau` means Xã Tùng Châu. No figure hangs on it, only who is asked.
    """
    listed = list(units)
    found = unit_in_file_name(listed, stem)
    if found is not None:
        return found
    words = _bare_words(stem)
    for name_of in (lambda unit: unit.name, lambda unit: place_name(unit.name)):
        held = [
            (len(wanted), unit)
            for unit in listed
            if len(wanted := _bare_words(name_of(unit))) > 1 and _holds(words, wanted)
        ]
        longest = max((length for length, _ in held), default=0)
        meant = [unit for length, unit in held if length == longest]
        if meant:
            return meant[0] if len(meant) == 1 else None
    return None


def _bare_words(text: str) -> list[str]:
    """Return the words without any mark: `xa tung chau`."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", letters)


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(
        list(words[start : start + len(wanted)]) == list(wanted)
        for start in range(len(words) - len(wanted) + 1)
    )


_NO_PART_OF_A_NAME = frozenset(
    map(match_key, ("quý", "năm", "tháng", "báo", "bc", "phụ", "kỳ", "lần", "cchc", "sửa", "gửi"))
)


def _goes_on(words: Sequence[str]) -> bool:
    """Whether a name goes on with the next word of a file name."""
    if not words or not words[0][:1].isalpha():
        return False
    return words[0][0].isupper() and match_key(words[0]) not in _NO_PART_OF_A_NAME


def _without_type(name: str) -> str:
    written = unit_name(name)
    kind = type_of(written)
    return match_key(written[len(kind) :])


def _of_two_types(unit: ReportingUnit, name: str) -> bool:
    listed, written = unit.type or type_of(unit.name), type_of(name)
    return bool(listed and written) and match_key(listed) != match_key(written)


def nearest_names(units: Sequence[ReportingUnit], name: str, most: int = 3) -> tuple[str, ...]:
    """Return the names of the list that look most like `name`, for the official to choose."""
    key = match_key(unit_name(name))
    ranked = sorted(
        ((SequenceMatcher(None, match_key(unit.name), key).ratio(), unit.name) for unit in units),
        key=lambda pair: (-pair[0], pair[1]),
    )
    return tuple(candidate for likeness, candidate in ranked[:most] if likeness >= _NEAR)
