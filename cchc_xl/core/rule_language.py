"""Reads the language of the rules into its tree; what the tree is stands in `expressions`."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, VisitError

from cchc_xl.core.expressions import (
    Arithmetic,
    Cell,
    Comparison,
    Condition,
    Either,
    Every,
    Implication,
    Largest,
    Node,
    Number,
    Present,
    Quantity,
    every_cell,
)

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


_NEGATED = {"<=": ">", ">": "<=", ">=": "<", "<": ">=", "==": "!=", "!=": "=="}
_QUANTITIES = (Number, Cell, Arithmetic, Largest)


class ExpressionError(ValueError):
    """A rule or ratio is not an expression of the language; the text says why, in Vietnamese."""


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


def _check_cells_once(node: Quantity | Comparison) -> None:
    cells = every_cell(node)
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
