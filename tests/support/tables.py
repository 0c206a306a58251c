"""Core objects in one line: a table from values, a sheet from its rows, two forms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from cchc_xl.core.cells import RawCell, Reading, Typed, read_cell
from cchc_xl.core.checks import Earlier, check_table
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Applies, Form
from cchc_xl.core.grid import Grid, address
from cchc_xl.core.submission import Entry, Table
from cchc_xl.core.values import Value
from cchc_xl.gateways.data_files import data_folder
from cchc_xl.gateways.schemas import load_form

Json: TypeAlias = dict[str, Any]

# What a test may put into a cell: what an official types, what a file says, or a value as read.
Given: TypeAlias = Typed | RawCell | Value

SHEET = "Phụ lục 01b"
VALUE_COLUMN = 3

# The annex of thị trấn Bút Sơn, quý I năm 2022, as printed; then what its narrative adds.
BUT_SON_ANNEX: Mapping[str, Given] = {
    "1.1.1": 28, "1.1.3": 12, "1.3.1": "07", "2.3": "06", "3.1.3": 193, "3.2.1": 111, "3.2.3": 82,
    "3.2.4": 100, "3.3.1": 770, "3.3.1.a": 590, "3.3.1.c": 91, "3.3.1.d": 85, "3.3.2": 770,
    "3.3.2.a": 594, "3.3.2.c": 91, "3.3.2.d": 85, "3.4.2": 770, "4.1": 23, "4.1.2": 33, "4.1.3": 1,
    "5.2": 1, "6.1": 1, "6.2": 1, "7.1": 2, "7.2.1": 1, "7.2.2.a": 100, "7.3": 1, "7.3.1": 1,
    "7.4.1": "08", "7.4.2": 31, "7.5": 1,
}  # fmt: skip
BUT_SON: Mapping[str, Given] = {
    **BUT_SON_ANNEX,
    "S.KY_TRUOC": 4, "S.DA_GQ": 770, "S.TRUOC_HAN": 751, "S.DUNG_HAN": 19, "S.QH_GQ": 0,
    "S.DANG_GQ": 0, "S.DANG_TRONG_HAN": 0, "S.DANG_QUA_HAN": 0, "S.CAN_BO": 10, "S.CONG_CHUC": 23,
}  # fmt: skip


def phu_luc_01b() -> Form:
    """The form that the project ships."""
    return load_form("phu-luc-01b")


def phu_luc_01b_definition() -> Json:
    """The form file that the project ships, as JSON: a test breaks a copy of it."""
    path = data_folder("schemas") / "forms" / "phu-luc-01b.json"
    definition: Json = json.loads(path.read_text(encoding="utf-8"))
    return definition


def cell_of(form: Form, code: str) -> str:
    """The address at which `table` puts the value of `code`."""
    return address(form.order[code], VALUE_COLUMN)


def table(form: Form, given: Mapping[str, Given], *, own_template: bool = True) -> Table:
    """The table of `form` in which the cells of `given` stand; other rows are missing."""
    entries = {code: _entry(form, code, content, own_template) for code, content in given.items()}
    ordered = {code: entries[code] for code in form.order if code in entries}
    return Table(form, SHEET, ordered, own_template)


def _entry(form: Form, code: str, content: Given, own_template: bool) -> Entry:
    place = cell_of(form, code)
    if isinstance(content, Value):
        return Entry(Reading(content), RawCell(), SHEET, place)
    indicator = form.by_code[code]
    raw = content if isinstance(content, RawCell) else RawCell(content)
    reading = read_cell(indicator.kind, raw, choices=indicator.choices, own_template=own_template)
    return Entry(reading, raw, SHEET, place)


def findings_of(
    form: Form,
    given: Mapping[str, Given],
    *,
    previous: Mapping[str, Given] | None = None,
    relation: Applies | None = None,
) -> tuple[Finding, ...]:
    """The findings on the cells of `given`, beside a previous submission in `relation`."""
    earlier = None
    if previous is not None:
        met = frozenset({relation} if relation else ())
        earlier = Earlier(table(form, previous), met)
    return check_table(table(form, given), earlier=earlier)


def grid(text: str, *, sheet: str = SHEET) -> Grid:
    """A sheet from a text: a line for each row, `|` between the cells, "" for a blank."""
    lines = text.strip("\n").splitlines()
    return Grid(sheet, [[cell.strip() or None for cell in line.split("|")] for line in lines])


# A form that the project does not know: two totals, each with the same two unnumbered rows below.
SMALL_FORM: Json = {
    "id": "bieu-nho",
    "version": "1",
    "layout": "indicators",
    "name": "Biểu nhỏ",
    "title": ["SỐ LIỆU CÁN BỘ, CÔNG CHỨC"],
    "source": "Biểu dựng riêng cho kiểm thử",
    "level": "commune",
    "valid_from": None,
    "valid_to": None,
    "columns": [
        {"id": "number", "header": "STT"},
        {"id": "label", "header": "Nội dung", "aliases": ["Tiêu chí"]},
        {"id": "unit", "header": "Đơn vị tính"},
        {"id": "value", "header": "Kết quả", "aliases": ["Số liệu"]},
        {"id": "note", "header": "Ghi chú"},
    ],
    "indicators": [
        {"code": "1", "number": "1", "label": "Nhân sự", "unit": "", "kind": "header",
         "aggregation": "none"},
        {"code": "1.1", "number": "1.1", "label": "Tổng số cán bộ", "unit": "Người",
         "kind": "count", "aggregation": "sum", "parent": "1", "period_behaviour": "stock"},
        {"code": "1.1.a", "number": "", "label": "Nam", "unit": "Người", "kind": "count",
         "aggregation": "sum", "parent": "1.1", "period_behaviour": "stock"},
        {"code": "1.1.b", "number": "", "label": "Nữ", "unit": "Người", "kind": "count",
         "aggregation": "sum", "parent": "1.1", "period_behaviour": "stock"},
        {"code": "1.2", "number": "1.2", "label": "Tổng số công chức", "unit": "Người",
         "kind": "count", "aggregation": "sum", "parent": "1", "period_behaviour": "stock"},
        {"code": "1.2.a", "number": "", "label": "Nam", "unit": "Người", "kind": "count",
         "aggregation": "sum", "parent": "1.2", "period_behaviour": "stock"},
        {"code": "1.2.b", "number": "", "label": "Nữ", "unit": "Người", "kind": "count",
         "aggregation": "sum", "parent": "1.2", "period_behaviour": "stock"},
        {"code": "1.3", "number": "1.3", "label": "Tỷ lệ đã qua bồi dưỡng", "unit": "%",
         "kind": "percent", "aggregation": "weighted_mean", "weight": "[1.1] + [1.2]",
         "parent": "1", "period_behaviour": "ratio_stock"},
    ],
    "rules": [
        {"id": "R01", "severity": "error", "expression": "[1.1] == [1.1.a] + [1.1.b]",
         "message": "Cán bộ không bằng nam cộng nữ.", "advice": "Đề nghị cộng lại 1.1."},
        {"id": "R02", "severity": "warning", "expression": "present([1.3])",
         "valid_from": "2024-01-01", "valid_to": "2024-12-31",
         "message": "Chưa nhập tỷ lệ bồi dưỡng.", "advice": "Đề nghị nhập 1.3."},
        {"id": "RF1", "severity": "error", "check": "kind", "kind": "count",
         "message": "Phải là số nguyên.", "advice": "Đề nghị gõ số nguyên."},
    ],
    "ratios": [
        {"id": "T01", "label": "Tỷ lệ nữ", "numerator": "[1.1.b] + [1.2.b]",
         "denominator": "[1.1] + [1.2]"},
    ],
}  # fmt: skip


def write_form(folder: Path, definition: Json, name: str = "bieu-nho.json") -> Path:
    """Save a form definition as a file, as an office would that adds a form."""
    path = folder / name
    path.write_text(json.dumps(definition, ensure_ascii=False), encoding="utf-8")
    return path
