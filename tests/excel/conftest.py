"""The Excel in memory as the tests use it, and the small workbook on which it is proven."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.excel.memory_book import MemoryBook, MemoryExcel
from tests.support.excel.small_workbook import small_workbook


@pytest.fixture
def excel() -> Iterator[MemoryExcel]:
    with MemoryExcel() as running:
        yield running


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_workbook(tmp_path_factory.mktemp("harness"))


@pytest.fixture
def book(excel: MemoryExcel, workbook: Path) -> MemoryBook:
    return excel.open(workbook)
