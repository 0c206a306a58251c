"""A second, simple-minded reading of the rules, to foretell which of them a figure breaks.

It shares nothing with the engine: it reads the expressions of the form file itself and, where
cells are blank, tries fillings instead of reckoning with intervals. The five cases of blanks are
those of the design (section 4): (a) a comparison one side of which is all blank is not evaluated;
(b) one that no filling makes true fires; (c) one that some filling makes true fires as a warning;
(d) of "A => B" B is looked at only where A is true; (e) a rule that names a cell that does not
apply, or that cannot be read, is not evaluated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

CLOSED = "closed"  # KAD, or a cell that fails its own kind
Values: TypeAlias = Mapping[str, int | str | None]
Found: TypeAlias = tuple[str, str, str]  # rule, severity, the first code that it names

_FORM = Path(__file__).resolve().parents[2] / "schemas" / "forms" / "phu-luc-01b.json"
_TOKEN = re.compile(r"\[[^\]]+\]|=>|[<>=!]=|[<>+\-*/(),]|\d+|[a-z]+")
_RANK = ("fails", "silent", "needs blanks", "holds")
_VERY_LARGE = Fraction(10**9)

Tree: TypeAlias = tuple[Any, ...]


def foretold(values: Values) -> set[Found]:
    """Return what the rules that need one workbook only have to say of `values`."""
    found: set[Found] = set()
    for rule in json.loads(_FORM.read_text(encoding="utf-8"))["rules"]:
        if "expression" not in rule or "applies" in rule:
            continue
        tree = _parse(rule["expression"])
        codes = list(_codes(tree))
        if any(values.get(code) == CLOSED for code in codes):
            continue
        verdict = _verdict(tree, values)
        if verdict == "fails":
            found.add((rule["id"], rule["severity"], codes[0]))
        elif verdict == "needs blanks":
            found.add((rule["id"], "warning", codes[0]))
    return found


def _verdict(tree: Tree, values: Values) -> str:
    match tree:
        case ("=>", given, then):
            return _verdict(then, values) if _verdict(given, values) == "holds" else "silent"
        case ("or", one, other):
            return max(_verdict(one, values), _verdict(other, values), key=_RANK.index)
        case ("and", one, other):
            return min(_verdict(one, values), _verdict(other, values), key=_RANK.index)
        case ("not", ("present", code)):
            return "fails" if values.get(code) is not None else "holds"
        case ("present", code):
            return "holds" if values.get(code) is not None else "fails"
        case (operator, left, right):
            return _comparison(operator, left, right, values)
    raise ValueError(tree)


def _comparison(operator: str, left: Tree, right: Tree, values: Values) -> str:
    for side in (left, right):
        codes = list(_codes(side))
        if codes and all(values.get(code) is None for code in codes):
            return "silent"
    filled = {code: Fraction(values.get(code) or 0) for code in _codes((operator, left, right))}
    if _true(operator, left, right, filled):
        return "holds"
    gap = abs(_amount(left, filled) - _amount(right, filled))
    for code in filled:
        if values.get(code) is None:
            for guess in (gap, gap + 1, _VERY_LARGE):
                if _true(operator, left, right, {**filled, code: guess}):
                    return "needs blanks"
    return "fails"


def _true(operator: str, left: Tree, right: Tree, filled: Mapping[str, Fraction]) -> bool:
    one, other = _amount(left, filled), _amount(right, filled)
    return {
        "<=": one <= other,
        ">=": one >= other,
        "<": one < other,
        ">": one > other,
        "==": one == other,
        "!=": one != other,
    }[operator]


def _amount(tree: Tree, filled: Mapping[str, Fraction]) -> Fraction:
    match tree:
        case ("code", code):
            return filled[code]
        case ("number", number):
            return Fraction(number)
        case ("max", *terms):
            return max(_amount(term, filled) for term in terms)
        case ("+", one, other):
            return _amount(one, filled) + _amount(other, filled)
        case ("-", one, other):
            return _amount(one, filled) - _amount(other, filled)
    raise ValueError(tree)


def _codes(tree: Tree) -> Iterator[str]:
    """The codes that a tree names, from left to right."""
    if tree[0] in {"code", "present"}:
        yield tree[1]
        return
    for part in tree[1:]:
        if isinstance(part, tuple):
            yield from _codes(part)


# Weakest first; `max` and `present` are dealt with among the atoms.
_LEVELS = (("=>",), ("or",), ("and",), ("<=", ">=", "==", "!=", "<", ">"), ("+", "-"))


def _parse(text: str) -> Tree:
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text.replace(" ", ""):
        raise ValueError(text)
    tree = _level(tokens, 0)
    if tokens:
        raise ValueError(text)
    return tree


def _level(tokens: list[str], level: int) -> Tree:
    if level == len(_LEVELS):
        return _atom(tokens)
    tree = _level(tokens, level + 1)
    while tokens and tokens[0] in _LEVELS[level]:
        tree = (tokens.pop(0), tree, _level(tokens, level + 1))
    return tree


def _atom(tokens: list[str]) -> Tree:
    word = tokens.pop(0)
    if word.startswith("["):
        return ("code", word[1:-1])
    if word.isdecimal():
        return ("number", int(word))
    if word == "not":
        return ("not", _atom(tokens))
    if word in {"present", "max"}:
        terms = [_after(tokens, "(")]
        while tokens[0] == ",":
            terms.append(_after(tokens, ","))
        tokens.remove(")")
        return ("present", terms[0][1]) if word == "present" else ("max", *terms)
    raise ValueError(word)


def _after(tokens: list[str], mark: str) -> Tree:
    if tokens.pop(0) != mark:
        raise ValueError(mark)
    return _level(tokens, 0)
