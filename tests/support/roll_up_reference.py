"""The roll-up once more, in plain Python over what was typed: it shares no code with the tool.

A folder is drawn at random; each cell is drawn together with what it means, so nothing here reads
texts. What is summed and what is not stands in domain.md 7.1, the ratios in 7.4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isclose
from pathlib import Path
from random import Random

from tests.support.parents import Json, Typed, commune, units_csv

Meaning = Fraction | str | None  # a number, "KAD" or "invalid", None for a blank

SUMS = (
    "1.1.1", "1.1.2", "1.1.3", "1.2.1", "1.2.2", "1.2.3", "1.3.1", "1.3.2", "1.3.3", "1.4.1",
    "2.1", "2.2", "2.3", "2.4", "2.5", "3.3.1", "3.3.1.a", "3.3.1.b", "3.3.1.c", "3.3.1.d",
    "3.3.2", "3.3.2.a", "3.3.2.b", "3.3.2.c", "3.3.2.d", "3.3.3", "3.3.4", "3.4.1", "3.4.2",
    "3.5", "4.1.1", "4.1.2", "4.1.3", "5.4", "5.5", "7.2.2", "S.KY_TRUOC", "S.DA_GQ",
    "S.TRUOC_HAN", "S.DUNG_HAN", "S.QH_GQ", "S.DANG_GQ", "S.DANG_TRONG_HAN", "S.DANG_QUA_HAN",
    "S.CAN_BO", "S.CONG_CHUC",
)  # fmt: skip
SHARED = ["3.1.1", "3.1.2", "3.1.3", "3.2.1", "3.2.2", "3.2.3", "3.2.6", "3.4.3", "7.4.1", "7.4.2"]
FLAGS = ["1.5", "5.2", "6.1", "6.2", "7.2.1", "7.3", "7.3.1", "7.5"]
CODES = ["1.4.2", "7.1"]
MEANS = ["3.2.4", "3.2.5", "7.2.2.a", "7.2.2.b"]
NEVER = ["4.1.4", "5.3"]
ALL = (*SUMS, *SHARED, *FLAGS, *CODES, *MEANS, *NEVER)

RATIOS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "T01": (("1.1.2",), ("1.1.1",)),
    "T02": (("1.2.3",), ("1.2.2",)),
    "T03": (("1.3.2",), ("1.3.1",)),
    "T04": (("2.5",), ("2.4",)),
    "T05": (("3.3.1.c", "3.3.1.d"), ("3.3.1.a", "3.3.1.b", "3.3.1.c", "3.3.1.d")),
    "T06": (("S.TRUOC_HAN",), ("S.DA_GQ",)),
    "T07": (("S.TRUOC_HAN", "S.DUNG_HAN"), ("S.DA_GQ",)),
    "T08": (("S.QH_GQ",), ("S.DA_GQ",)),
    "T09": (("3.4.1",), ("S.DA_GQ",)),
    "T10": (("3.4.2",), ("S.DA_GQ",)),
    "T11": (("3.5",), ("S.QH_GQ",)),
    "T12": (("4.1.2",), ("4.1.1",)),
}
FROM_MODES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "T13": (("7.4.1", "7.4.2"), ("3.1.3",)),
    "T14": (("3.2.1",), ("3.1.3",)),
}
ALL_RATIOS = {**RATIOS, **FROM_MODES}
PARTS = ("3.3.1.a", "3.3.1.b", "3.3.1.c", "3.3.1.d")

_BAD: Mapping[str, tuple[Typed, ...]] = {
    "count": ("nt", 3.278, -2, "x", "5 hồ sơ"),
    "percent": (150, "nt", -1),
    "flag": (2, "x", 0.5),
    "code": (3, "nt", -1),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a random folder; `typed` is None where it sends nothing."""

    code: str
    name: str
    typed: Mapping[str, Typed] | None
    meant: Mapping[str, Meaning]


def random_units(seed: int) -> tuple[Unit, ...]:
    """Return five to nine communes; the same seed gives the same."""
    random = Random(f"roll-up/{seed}")  # noqa: S311  # no secret, only variety
    how_many = random.randint(5, 9)
    absent = random.sample(range(how_many), random.choice((0, 1, 2)))
    return tuple(_unit(place, place in absent, random) for place in range(how_many))


def _unit(place: int, is_absent: bool, random: Random) -> Unit:
    # The order of the codes is not that of the names, and not that of the files.
    code = f"{(place * 7 + 3) % 10:05d}"
    name = f"Xã {'HEBGADFCI'[place]}{'an' * (place % 3 + 1)}"
    if is_absent:
        return Unit(code, name, None, {})
    oddity = random.choice((0.0, 0.05, 0.25))
    cells = {indicator: _cell(indicator, oddity, random) for indicator in ALL}
    if random.random() < 0.6:
        _prove_blanks(cells, random)
    typed: dict[str, Typed] = {indicator: cell[0] for indicator, cell in cells.items()}
    return Unit(code, name, typed, {indicator: cell[1] for indicator, cell in cells.items()})


_Cell = tuple[Typed, Meaning]


def _kind(code: str) -> str:
    if code in (*MEANS, *NEVER):
        return "percent"
    return "flag" if code in FLAGS else "code" if code in CODES else "count"


def _cell(code: str, oddity: float, random: Random) -> _Cell:
    kind = _kind(code)
    what = random.random()
    if what < oddity / 2:
        return random.choice(_BAD[kind]), "invalid"
    if what < oddity:
        return "KAD", "KAD"
    if what < oddity + 0.12:
        return None, None
    if kind == "count" and what < oddity + 0.18:
        return "KPS", Fraction(0)
    return _number(code, kind, random)


def _number(code: str, kind: str, random: Random) -> _Cell:
    match kind:
        case "flag":
            amount = random.randint(0, 1)
        case "code":
            amount = random.randint(0, 2)
        case "percent":
            hundredths = random.choice((10000, 0, random.randint(200, 10000)))
            return hundredths / 100, Fraction(hundredths, 100)
        case _ if code in SHARED:
            amount = random.choice((193, 193, 189, 100 + random.randint(0, 3)))
        case _:
            amount = random.choice((0, random.randint(0, 9), random.randint(0, 3000)))
    return amount, Fraction(amount)


def _prove_blanks(cells: dict[str, _Cell], random: Random) -> None:
    """Make the unit's own total prove that its blank parts are zero (Bút Sơn's BCCI)."""
    for code in (*PARTS, "S.KY_TRUOC"):
        amount = random.randint(0, 400)
        cells[code] = (None, None) if random.random() < 0.3 else (amount, Fraction(amount))
    carried = _known(cells["S.KY_TRUOC"][1]) if random.random() < 0.5 else Fraction(0)
    total = sum((_known(cells[code][1]) for code in PARTS), carried)
    total += random.choice((0, 0, 0, 1))
    cells["3.3.1"] = (int(total), total)


def _known(meaning: Meaning) -> Fraction:
    return meaning if isinstance(meaning, Fraction) else Fraction(0)


def write_folder(folder: Path, seed: int) -> tuple[tuple[Unit, ...], Path]:
    """Write the workbooks and the list of units; file names are in another order than units."""
    units = random_units(seed)
    for place, unit in enumerate(units):
        if unit.typed is not None:
            file = folder / "don-vi" / f"{(place * 5 + seed) % 11:02d}-{place}.xlsx"
            commune(file, unit.name, unit.typed, code=unit.code)
    lines = [f"{unit.code},{unit.name},Xã" for unit in units]
    return units, units_csv(folder / "danh-sach.csv", lines)


# What the parent unit should say.


def numbers(units: Sequence[Unit], code: str) -> dict[str, Fraction]:
    """Return the numbers that count, by unit, in the order of the units."""
    return {
        unit.code: meaning
        for unit in units
        if isinstance(meaning := unit.meant.get(code), Fraction)
    }


def mode(units: Sequence[Unit], code: str) -> Fraction | None:
    """Return the most frequent number, the one met first where several are."""
    given = list(numbers(units, code).values())
    best = max((given.count(amount) for amount in given), default=0)
    return next((amount for amount in given if given.count(amount) == best), None)


def value(units: Sequence[Unit], code: str) -> Fraction | None:
    """Return the figure of the parent unit, None where there is none."""
    given = numbers(units, code)
    if not given or code in CODES or code in NEVER:
        return None
    if code in SHARED:
        return mode(units, code)
    if code in FLAGS:
        return Fraction(sum(1 for amount in given.values() if amount == 1))
    if code in MEANS:
        return weighted_mean(units, code)
    return sum(given.values(), Fraction(0))


def weights(units: Sequence[Unit], code: str) -> dict[str, Fraction]:
    """Return the weight of each unit that has both parts."""
    return {
        unit.code: weight
        for unit in units
        if unit.code in numbers(units, code) and (weight := _weight(unit, code)) is not None
    }


def _weight(unit: Unit, code: str) -> Fraction | None:
    if code in ("7.2.2.a", "7.2.2.b"):
        base = unit.meant.get("7.2.2")
        return base if isinstance(base, Fraction) else None
    base = unit.meant.get("3.1.3")
    if not isinstance(base, Fraction):
        return None
    if code == "3.2.4":
        return base
    approved = unit.meant.get("3.2.4")
    if approved is None:
        return base
    return base * approved / 100 if isinstance(approved, Fraction) else None


def weighted_mean(units: Sequence[Unit], code: str) -> Fraction | None:
    given, weighed = numbers(units, code), weights(units, code)
    total = sum(weighed.values(), Fraction(0))
    if not total:
        return None
    return sum((given[unit] * weighed[unit] for unit in weighed), Fraction(0)) / total


def expected(units: Sequence[Unit], code: str) -> int:
    """Return to how many units an indicator applies: KAD is out of completeness."""
    return sum(1 for unit in units if unit.meant.get(code) != "KAD")


def unit_ratio(unit: Unit, ratio: str) -> tuple[Fraction, Fraction] | None:
    """Return numerator and denominator of one unit, None where a part is missing."""
    above, below = ALL_RATIOS[ratio]
    parts = {code: unit.meant.get(code) for code in (*above, *below)}
    if any(isinstance(part, str) for part in parts.values()):
        return None
    if None in parts.values() and not (ratio == "T05" and _is_proved(unit)):
        return None
    known = {code: _known(part) for code, part in parts.items()}
    return (
        sum((known[code] for code in above), Fraction(0)),
        sum((known[code] for code in below), Fraction(0)),
    )


def _is_proved(unit: Unit) -> bool:
    """Whether R19 holds exactly with the blanks at zero, in one of its two conventions."""
    total = unit.meant.get("3.3.1")
    forms = [unit.meant.get(code) for code in PARTS]
    carried = unit.meant.get("S.KY_TRUOC")
    if any(isinstance(part, str) for part in (total, carried, *forms)):
        return False
    # A comparison one side of which is all blank is not evaluated.
    sides: list[list[Meaning]] = [[*forms, carried], forms]
    return total is not None and any(
        any(part is not None for part in side)
        and _known(total) == sum((_known(part) for part in side), Fraction(0))
        for side in sides
    )


def parent_ratio(
    units: Sequence[Unit], ratio: str
) -> tuple[Fraction | None, Fraction | None, int | None]:
    """Return numerator, denominator and the number of units of the parent's ratio."""
    above, below = ALL_RATIOS[ratio]
    if ratio in FROM_MODES:
        modes = {code: mode(units, code) for code in (*above, *below)}
        if None in modes.values():
            return None, None, None
        total: Callable[[tuple[str, ...]], Fraction] = lambda codes: sum(  # noqa: E731
            (_known(modes[code]) for code in codes), Fraction(0)
        )
        return total(above), total(below), None
    whole = [parts for unit in units if (parts := unit_ratio(unit, ratio)) is not None]
    if not whole:
        return None, None, 0
    return (
        sum((part for part, _ in whole), Fraction(0)),
        sum((part for _, part in whole), Fraction(0)),
        len(whole),
    )


def percent(numerator: Fraction | None, denominator: Fraction | None) -> Fraction | None:
    if numerator is None or not denominator:
        return None
    return 100 * numerator / denominator


def same(shown: float | None, wanted: Fraction | None) -> bool:
    """Whether a JSON number is the wanted one, unrounded: nine significant decimals."""
    if shown is None or wanted is None:
        return shown is None and wanted is None
    return isclose(shown, float(wanted), rel_tol=1e-9, abs_tol=0)


def differences(units: Sequence[Unit], answer: Json, seed: int) -> dict[str, list[str]]:
    """Return what the tool says otherwise than this module, by topic; empty lists where nothing."""
    found: dict[str, list[str]] = {
        topic: []
        for topic in (
            "value", "reporting", "expected", "by_unit", "stands_on", "differ", "share",
            "counts", "ratio", "ratio_stands_on", "unit_ratio",
        )
    }  # fmt: skip

    def compare(topic: str, what: str, shown: object, wanted: object) -> None:
        if shown != wanted:
            found[topic].append(f"seed {seed}: {what}: said {shown!r}, should be {wanted!r}")

    for code in ALL:
        told = answer["indicators"][code]
        if not same(told["value"], value(units, code)):
            compare("value", code, told["value"], value(units, code))
        compare("reporting", code, told["reporting"], len(numbers(units, code)))
        compare("expected", code, told["expected"], expected(units, code))
        for unit in units:
            meaning = unit.meant.get(code)
            shown = told["by_unit"][unit.code]
            if isinstance(meaning, Fraction):
                if not same(shown, meaning):
                    compare("by_unit", f"{code} of {unit.code}", shown, meaning)
            else:
                wanted = "KAD" if meaning == "KAD" else None
                compare("by_unit", f"{code} of {unit.code}", shown, wanted)
        _compare_detail(units, code, told, compare)
    for ratio in ALL_RATIOS:
        _compare_ratio(units, ratio, answer["ratios"][ratio], compare)
    return found


_Compare = Callable[[str, str, object, object], None]


def _compare_detail(units: Sequence[Unit], code: str, told: Json, compare: _Compare) -> None:
    detail = told["detail"] or {}
    given = numbers(units, code)
    if code in MEANS:
        stands_on = detail.get("stands_on", told["reporting"])
        compare("stands_on", code, stands_on, len(weights(units, code)))
    if code in SHARED:
        shared = mode(units, code)
        wanted = {unit: int(amount) for unit, amount in given.items() if amount != shared}
        compare("differ", code, detail.get("differ"), wanted)
    if code in FLAGS and given:
        share = Fraction(100 * sum(1 for n in given.values() if n == 1), len(given))
        if not same(detail.get("share"), share):
            compare("share", code, detail.get("share"), share)
    if code in CODES:
        counts = {str(n): sum(1 for amount in given.values() if amount == n) for n in range(3)}
        compare("counts", code, detail.get("counts"), counts)


def _compare_ratio(units: Sequence[Unit], ratio: str, told: Json, compare: _Compare) -> None:
    above, below, stands_on = parent_ratio(units, ratio)
    for key, wanted in (
        ("numerator", above),
        ("denominator", below),
        ("percent", percent(above, below)),
    ):
        if not same(told[key], wanted):
            compare("ratio", f"{key} of {ratio}", told[key], wanted)
    if stands_on is not None:
        compare("ratio_stands_on", ratio, told["stands_on"], stands_on)
    for unit in units:
        own = unit_ratio(unit, ratio)
        shown = told["by_unit"][unit.code]
        parts = own or (None, None)
        for key, wanted in (
            ("numerator", parts[0]),
            ("denominator", parts[1]),
            ("percent", percent(*parts)),
        ):
            if not same(shown[key], wanted):
                compare("unit_ratio", f"{key} of {ratio} of {unit.code}", shown[key], wanted)
