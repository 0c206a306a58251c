"""The same answers of pyOpenVBA's model, sooner: measured on a parent's workbook of 170 units.

Read once: a formula that many workbooks of one process hold (2.6 s for 10,000). Looked up: the
cells of a small block in a large sheet, which the model searches whole (30 s down to 2), and the
formulas that read a cell, for which the model goes through all of them (2 s a typed cell down to
0.2). By zlib: the parts of a saved package, which the model deflates in Python as Excel does, byte
by byte.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from operator import itemgetter
from typing import Any
from unittest.mock import patch

from pyopenvba.apps.excel._calc import Calculator
from pyopenvba.apps.excel._engine_book import EngineBook
from pyopenvba.formula import _prefixes
from pyopenvba.formula._calc.values import Empty
from pyopenvba.powerquery import _opc

_MOST_FORMULAS = 200_000
_READ: Any = EngineBook.read
_IN_FILE = lru_cache(maxsize=_MOST_FORMULAS)(_prefixes.in_file)
_KEEP: Any = Calculator._keep
_INDEX = "_readers_of_blocks"
_TALL = 64
_column = itemgetter(1)


class _Tables:
    """As much of a book as reading a formula looks at."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def table_names(self) -> list[str]:
        return list(self.names)


@lru_cache(maxsize=_MOST_FORMULAS)
def _node(formula: str, tables: tuple[str, ...]) -> Any:
    # The trees are frozen, so workbooks may share them.
    return _READ(_Tables(tables), formula)


def _read(book: Any, formula: str) -> Any:
    return _node(formula, tuple(book.table_names()))


def _cells(book: Any, area: Any) -> Iterator[tuple[int, int, Any]]:
    owner = book._sheet(area.sheet)
    for (top, left), block in list(owner.array_formulas.items()):
        if (
            block.top <= area.bottom
            and area.top <= block.bottom
            and block.left <= area.right
            and area.left <= block.right
        ):
            book.calculator.value_of(area.sheet, top, left)
    held = owner.cells_
    if area.height * area.width < len(held):
        columns = range(area.left, area.right + 1)
        rows = range(area.top, area.bottom + 1)
        wanted = [(row, column) for row in rows for column in columns if (row, column) in held]
    else:
        wanted = sorted(key for key in held if area.contains(*key))
    values = [(row, column, book.cell(area.sheet, row, column)) for row, column in wanted]
    return iter([found for found in values if not isinstance(found[2], Empty)])


def _used(book: Any, sheet: str) -> tuple[int, int]:
    # The engine asks how far it has to look, so cells that have no more than a format may count.
    held = book._sheet(sheet).cells_
    return (max(held)[0], max(map(_column, held))) if held else (0, 0)


class _Readers:
    """Which formulas read a block with a cell: by rows, and those of tall blocks by sheet."""

    def __init__(self, blocks: dict[Any, Any]) -> None:
        self._by_row: dict[tuple[str, int], dict[tuple[int, int], set[Any]]] = {}
        self._tall: dict[str, dict[tuple[int, int, int, int], set[Any]]] = {}
        for key, areas in blocks.items():
            for area in areas:
                self._add(key, area)

    def _add(self, key: Any, area: Any) -> None:
        sheet = area.sheet.lower()
        if area.bottom - area.top < _TALL:
            for row in range(area.top, area.bottom + 1):
                columns = self._by_row.setdefault((sheet, row), {})
                columns.setdefault((area.left, area.right), set()).add(key)
        else:
            corners = (area.top, area.bottom, area.left, area.right)
            self._tall.setdefault(sheet, {}).setdefault(corners, set()).add(key)

    def of(self, sheet: str, row: int, column: int) -> set[Any]:
        found: set[Any] = set()
        for (left, right), keys in self._by_row.get((sheet, row), {}).items():
            if left <= column <= right:
                found |= keys
        for (top, bottom, left, right), keys in self._tall.get(sheet, {}).items():
            if top <= row <= bottom and left <= column <= right:
                found |= keys
        return found


def _keep(calculator: Any, key: Any, compiled: Any) -> None:
    before = len(calculator._blocks), calculator._blocks.get(key)
    _KEEP(calculator, key, compiled)
    if before != (len(calculator._blocks), calculator._blocks.get(key)):
        calculator.__dict__.pop(_INDEX, None)


def _reading(calculator: Any, name: str, row: int, column: int) -> set[Any]:
    index = calculator.__dict__.get(_INDEX)
    if index is None:
        index = calculator.__dict__[_INDEX] = _Readers(calculator._blocks)
    found: set[Any] = index.of(name, row, column)
    found |= calculator._readers.get((name, row, column), set())
    return found


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@contextmanager
def faster_model() -> Iterator[None]:
    """Let the model answer sooner for as long as the `with` lasts."""
    with ExitStack() as stack:
        for owner, name, faster in (
            (EngineBook, "read", _read),
            (EngineBook, "cells", _cells),
            (EngineBook, "used", _used),
            (Calculator, "_keep", _keep),
            (Calculator, "_reading", _reading),
            (_prefixes, "in_file", _IN_FILE),
            (_opc, "raw_compress", _deflated),
        ):
            stack.enter_context(patch.object(owner, name, faster))
        yield
