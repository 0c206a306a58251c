"""The tree of the rules, which `rule_language` reads from their text.

`[1.1.2] <= [1.1.1]`, `[1.2.2] > 0 => [1.2.1] > 0`, `present([1.1.1])`, `prev([S.DANG_GQ])`, `max`,
`+ - * /`, comparisons, `and`, `or`, `not`. What a tree is worth is said by `evaluation` (Python)
and `formulas` (Excel); both rest on two promises that are checked where it is read:

* within one comparison every cell stands once, so interval arithmetic over blanks is exact;
* factors and divisors hold no subtraction, so they are never negative and grow with their cells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias, TypeVar


@dataclass(frozen=True, slots=True)
class Number:
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of the indicator `code`, in this submission or the previous one."""

    code: str
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`operator` is one of `+ - * /`."""

    operator: str
    left: Quantity
    right: Quantity


@dataclass(frozen=True, slots=True)
class Largest:
    terms: tuple[Quantity, ...]


Quantity: TypeAlias = Number | Cell | Arithmetic | Largest


@dataclass(frozen=True, slots=True)
class Comparison:
    """`operator` is one of `<= >= < > == !=`."""

    operator: str
    left: Quantity
    right: Quantity


@dataclass(frozen=True, slots=True)
class Present:
    """True where the cell is present exactly if `expected`."""

    cell: Cell
    expected: bool = True


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Implication:
    """`then` is looked at only where `given` is true."""

    given: Condition
    then: Condition


Condition: TypeAlias = Comparison | Present | Every | Either | Implication
Node: TypeAlias = Quantity | Condition
_Node = TypeVar("_Node", bound=Node)


@lru_cache(maxsize=4096)
def cells_of(node: Node) -> tuple[Cell, ...]:
    """Return the cells that `node` names, in the order in which they are first met."""
    return tuple(dict.fromkeys(every_cell(node)))


def comparisons_of(condition: Condition) -> tuple[Comparison, ...]:
    """Return the comparisons inside `condition`, from left to right."""
    match condition:
        case Comparison():
            return (condition,)
        case Present():
            return ()
        case Every(parts) | Either(parts):
            return tuple(found for part in parts for found in comparisons_of(part))
        case Implication(given, then):
            return comparisons_of(given) + comparisons_of(then)


def with_cells(node: _Node, place: Callable[[Cell], Cell]) -> _Node:
    """Return `node` with every cell put in its place; the shape stays, and with it the type."""
    return _placed(node, place)  # type: ignore[return-value]  # mypy follows no type through match


def _placed(node: Node, place: Callable[[Cell], Cell]) -> Node:
    match node:
        case Cell():
            return place(node)
        case Number():
            return node
        case Arithmetic(operator, left, right):
            return Arithmetic(operator, with_cells(left, place), with_cells(right, place))
        case Comparison(operator, left, right):
            return Comparison(operator, with_cells(left, place), with_cells(right, place))
        case Present(cell, expected):
            return Present(place(cell), expected)
        case Largest(terms):
            return Largest(tuple(with_cells(term, place) for term in terms))
        case Every(parts):
            return Every(tuple(with_cells(part, place) for part in parts))
        case Either(parts):
            return Either(tuple(with_cells(part, place) for part in parts))
        case Implication(given, then):
            return Implication(with_cells(given, place), with_cells(then, place))


def raising_and_lowering(comparison: Comparison) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """Return the cells that raise, and those that lower, the left side minus the right side."""
    signs: dict[Cell, int] = {}
    _collect_signs(comparison.left, 1, signs)
    _collect_signs(comparison.right, -1, signs)
    return (
        tuple(cell for cell, sign in signs.items() if sign > 0),
        tuple(cell for cell, sign in signs.items() if sign < 0),
    )


def is_plain_sum(quantity: Quantity) -> bool:
    """Whether `quantity` only adds and subtracts, so that a gap can be told to the unit."""
    match quantity:
        case Number() | Cell():
            return True
        case Arithmetic(operator, left, right):
            return operator in "+-" and is_plain_sum(left) and is_plain_sum(right)
        case Largest():
            return False


def every_cell(node: Node) -> list[Cell]:
    """Return the cells that `node` names, as often as it names them."""
    match node:
        case Cell():
            return [node]
        case Number():
            return []
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return every_cell(left) + every_cell(right)
        case Present(cell):
            return [cell]
        case Largest(parts) | Every(parts) | Either(parts):
            return [cell for part in parts for cell in every_cell(part)]
        case Implication(given, then):
            return every_cell(given) + every_cell(then)


def _collect_signs(quantity: Quantity, sign: int, signs: dict[Cell, int]) -> None:
    match quantity:
        case Cell():
            signs[quantity] = sign
        case Number():
            pass
        case Largest(terms):
            for term in terms:
                _collect_signs(term, sign, signs)
        case Arithmetic(operator, left, right):
            _collect_signs(left, sign, signs)
            _collect_signs(right, -sign if operator in "-/" else sign, signs)
