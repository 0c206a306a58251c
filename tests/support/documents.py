"""Registers of documents for tests: the shipped one, Tùng Châu's lists, records typed as rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cchc_xl.core.cells import Content
from cchc_xl.core.grid import Grid
from cchc_xl.core.period import Period, parse_period_id
from cchc_xl.core.records import RegisterReading
from cchc_xl.core.register import Register
from cchc_xl.core.register_lines import read_list
from cchc_xl.core.register_reading import read_register
from cchc_xl.gateways.annexes import load_annex

_TUNG_CHAU = Path(__file__).parent.parent / "cases" / "tung-chau-documents.json"
HEADER = ("STT", "Loại văn bản", "Số", "Ký hiệu", "Ngày ban hành", "Trích yếu nội dung", "Năm")


def register() -> Register:
    """The shipped register of issued documents."""
    annex = load_annex("van-ban")
    assert isinstance(annex, Register)
    return annex


def period(period_id: str) -> Period:
    found = parse_period_id(period_id)
    assert found is not None
    return found


def tung_chau() -> tuple[tuple[str, ...], Period]:
    """The three lists that Tùng Châu printed, line by line, and their period."""
    content: dict[str, Any] = json.loads(_TUNG_CHAU.read_text(encoding="utf-8"))
    return tuple(content["lines"]), period(content["period"])


def read_rows(*rows: Sequence[Content], own_template: bool = False) -> RegisterReading:
    """What is read from a sheet; the header must be among the rows."""
    reading = read_register(Grid("Danh mục", rows), register(), own_template=own_template)
    assert reading is not None
    return reading


def read_own(*rows: Sequence[Content]) -> RegisterReading:
    """What is read from rows below the header of our own sheet, without their ordinal numbers."""
    numbered = [(place, *row) for place, row in enumerate(rows, start=1)]
    return read_rows(HEADER, *numbered, own_template=True)


def read_lines(*lines: str) -> RegisterReading:
    """What is read from a list in words, a line to a row."""
    reading = read_list(Grid("Danh mục", [[line] for line in lines]), register())
    assert reading is not None
    return reading
