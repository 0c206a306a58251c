"""The language of the rules: one grammar, parsed once into a small tree.

`[1.1.2] <= [1.1.1]`, `[1.2.2] > 0 => [1.2.1] > 0`, `present([1.1.1])`, `prev([S.DANG_GQ])`, `max`,
`+ - * /`, comparisons, `and`, `or`, `not`. What a tree is worth is said by `evaluation` (Python)
and `formulas` (Excel); both rest on two promises that are checked here:

* within one comparison every cell stands once, so interval arithmetic over blanks is exact;
* factors and divisors hold no subtraction, so they are never negative and grow with their cells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias, TypeVar

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, VisitError

_GRAMMAR = r"""
?start: implication
?implication: disjunction ["=>" disjunction]
?disjunction: conjunction ("or" conjunction)*
?conjunction: negation ("and" negation)*
?negation: "not" negation -> negate | comparison
?comparison: sum [OPERATOR sum]
?sum: product | sum "+" product -> add | sum "-" product -> subtract
?product: atom | product "*" atom -> multiply | product "/" atom -> divide
?atom: NUMBER -> number
     | cell
     | "prev" "(" cell ")" -> previous
     | "present" "(" cell ")" -> present
     | "max" "(" implication ("," implication)+ ")" -> largest
     | "(" implication ")"
cell: "[" CODE "]"
OPERATOR: "<=" | ">=" | "==" | "!=" | "<" | ">"
CODE: /[A-Za-z0-9_.]+/
NUMBER: /\d+(\.\d+)?/
%ignore /\s+/
"""


class ExpressionError(ValueError):
    """A rule or ratio is not an expression of the language; the text says why, in Vietnamese."""


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

_NEGATED = {"<=": ">", ">": "<=", ">=": "<", "<": ">=", "==": "!=", "!=": "=="}
_QUANTITIES = (Number, Cell, Arithmetic, Largest)


@lru_cache(maxsize=1024)
def parse_condition(text: str) -> Condition:
    """Return the tree of a rule; ExpressionError where `text` is none."""
    node = _parse(text)
    if isinstance(node, _QUANTITIES):
        raise ExpressionError(f"«{text}» là phép tính, chưa phải điều kiện (thiếu so sánh)")
    return node


@lru_cache(maxsize=1024)
def parse_quantity(text: str) -> Quantity:
    """Return the tree of a numerator, denominator or weight; ExpressionError otherwise."""
    node = _parse(text)
    if not isinstance(node, _QUANTITIES):
        raise ExpressionError(f"«{text}» là điều kiện, cần một phép tính")
    _check_cells_once(node)
    return node


@lru_cache(maxsize=4096)
def cells_of(node: Node) -> tuple[Cell, ...]:
    """Return the cells that `node` names, in the order in which they are first met."""
    return tuple(dict.fromkeys(_walk(node)))


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


def _walk(node: Node) -> list[Cell]:
    match node:
        case Cell():
            return [node]
        case Number():
            return []
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return _walk(left) + _walk(right)
        case Present(cell):
            return [cell]
        case Largest(parts) | Every(parts) | Either(parts):
            return [cell for part in parts for cell in _walk(part)]
        case Implication(given, then):
            return _walk(given) + _walk(then)


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


def _check_cells_once(node: Quantity | Comparison) -> None:
    cells = _walk(node)
    for cell in cells:
        if cells.count(cell) > 1:
            raise ExpressionError(
                f"[{cell.code}] đứng hai lần trong một phép so sánh hay phép tính"
            )


def _holds_subtraction(quantity: Quantity) -> bool:
    match quantity:
        case Arithmetic(operator, left, right):
            return operator == "-" or _holds_subtraction(left) or _holds_subtraction(right)
        case Largest(terms):
            return any(_holds_subtraction(term) for term in terms)
        case _:
            return False


def _negate(condition: Condition) -> Condition:
    match condition:
        case Comparison(operator, left, right):
            return Comparison(_NEGATED[operator], left, right)
        case Present(cell, expected):
            return Present(cell, not expected)
        case Every(parts):
            return Either(tuple(_negate(part) for part in parts))
        case Either(parts):
            return Every(tuple(_negate(part) for part in parts))
        case Implication():
            raise ExpressionError("không phủ định được một quan hệ «=>»")


def _quantity(node: Node) -> Quantity:
    if not isinstance(node, _QUANTITIES):
        raise ExpressionError("một điều kiện đứng ở chỗ cần một con số")
    return node


def _condition(node: Node) -> Condition:
    if isinstance(node, _QUANTITIES):
        raise ExpressionError("một con số đứng ở chỗ cần một điều kiện")
    return node


class _Builder(Transformer[Token, Node]):
    """Builds the tree; lark calls one method per branch of the grammar."""

    def number(self, children: list[Token]) -> Node:
        return Number(Decimal(children[0]))

    def cell(self, children: list[Token]) -> Node:
        return Cell(str(children[0]))

    def previous(self, children: list[Cell]) -> Node:
        return Cell(children[0].code, previous=True)

    def present(self, children: list[Cell]) -> Node:
        return Present(children[0])

    def largest(self, children: list[Node]) -> Node:
        return Largest(tuple(_quantity(child) for child in children))

    def add(self, children: list[Node]) -> Node:
        return Arithmetic("+", _quantity(children[0]), _quantity(children[1]))

    def subtract(self, children: list[Node]) -> Node:
        return Arithmetic("-", _quantity(children[0]), _quantity(children[1]))

    def multiply(self, children: list[Node]) -> Node:
        return self._scaled("*", children)

    def divide(self, children: list[Node]) -> Node:
        return self._scaled("/", children)

    def _scaled(self, operator: str, children: list[Node]) -> Node:
        left, right = (_quantity(child) for child in children)
        if _holds_subtraction(left) or _holds_subtraction(right):
            raise ExpressionError("thừa số và số chia không được chứa phép trừ")
        return Arithmetic(operator, left, right)

    def comparison(self, children: tuple[Node, Token | None, Node | None]) -> Node:
        left, operator, right = children
        if operator is None or right is None:
            return left
        built = Comparison(str(operator), _quantity(left), _quantity(right))
        _check_cells_once(built)
        return built

    def negate(self, children: list[Node]) -> Node:
        return _negate(_condition(children[0]))

    def conjunction(self, children: list[Node]) -> Node:
        return Every(tuple(_condition(child) for child in children))

    def disjunction(self, children: list[Node]) -> Node:
        return Either(tuple(_condition(child) for child in children))

    def implication(self, children: tuple[Node, Node | None]) -> Node:
        given, then = children
        if then is None:
            return given
        return Implication(_condition(given), _condition(then))


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", transformer=_Builder(), maybe_placeholders=True)


def _parse(text: str) -> Node:
    try:
        tree = _parser().parse(text)
    except VisitError as error:
        if isinstance(error.orig_exc, ExpressionError):
            raise ExpressionError(f"«{text}»: {error.orig_exc}") from None
        raise
    except ExpressionError as error:
        raise ExpressionError(f"«{text}»: {error}") from None
    except LarkError as error:
        column = getattr(error, "column", None)
        place = f" ở ký tự thứ {column}" if isinstance(column, int) and column > 0 else ""
        raise ExpressionError(f"«{text}» sai cú pháp{place}") from None
    return tree  # type: ignore[return-value]  # with a transformer, lark returns its result
