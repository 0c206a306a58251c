"""The open cells of a register's sheet: what is written into them, what Excel admits."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.formats import Formats
from cchc_xl.build.register_columns import RegisterColumns
from cchc_xl.core.document_numbers import FIRST_DAY, LAST_DAY
from cchc_xl.core.grid import Place
from cchc_xl.core.records import Record
from cchc_xl.core.register import Part


def write_input(
    sheet: Worksheet, formats: Formats, place: Place, part: Part, record: Record | None
) -> None:
    """Write the open cell of a part of a record, empty where there is none."""
    style = palette.cell(bg_color=palette.INPUT, locked=False, font_size=11)
    if part is not Part.SUBJECT:
        style["align"] = "center"
    if part is Part.DATE:
        style["num_format"] = "dd/mm/yyyy"
    if part is Part.NUMBER:
        style["num_format"] = "00"
    shown = formats(**style)
    content = _content(record, part) if record else None
    if content is None or content == "":
        sheet.write_blank(*place, None, shown)
    elif isinstance(content, datetime):
        sheet.write_datetime(*place, content, shown)
    elif isinstance(content, int):
        sheet.write_number(*place, content, shown)
    else:
        sheet.write_string(*place, content, shown)


def restrict_inputs(sheet: Worksheet, columns: RegisterColumns) -> None:
    """Let Excel admit into the open cells only what the columns are for."""
    for part, rule in _input_rules(columns).items():
        column = columns.parts[part]
        sheet.data_validation(
            columns.first_row, column, columns.last_row, column,
            {"error_title": "Chưa đúng", **rule},
        )  # fmt: skip


def _input_rules(columns: RegisterColumns) -> dict[Part, dict[str, Any]]:
    first, last = (datetime.combine(day, time()) for day in (FIRST_DAY, LAST_DAY))
    return {
        Part.TYPE: {
            "validate": "list",
            "source": f"={columns.table(0, len(columns.register.types))}",
            "error_message": "Đề nghị chọn một loại văn bản trong danh sách.",
        },
        Part.NUMBER: {
            "validate": "integer", "criteria": "between", "minimum": 1, "maximum": 999_999,
            "error_message": "Số chỉ ghi chữ số, ví dụ 12; ký hiệu ghi ở ô bên cạnh.",
        },
        Part.DATE: {
            "validate": "date", "criteria": "between", "minimum": first, "maximum": last,
            "input_title": "Ngày ban hành", "input_message": "Ví dụ 21/02/2022.",
            "error_message": "Đề nghị ghi ngày có thật, ví dụ 21/02/2022.",
        },
        Part.YEAR: {
            "validate": "integer", "criteria": "between",
            "minimum": FIRST_DAY.year, "maximum": LAST_DAY.year,
            "input_title": "Năm", "input_message": "Chỉ cần khi không có ngày ban hành.",
            "error_message": "Năm ghi bốn chữ số, ví dụ 2022.",
        },
    }  # fmt: skip


def _content(record: Record, part: Part) -> str | int | datetime | None:
    """Return what is written into a cell: what was read, else what was typed."""
    if part in record.unread:
        return record.unread[part]
    match part:
        case Part.TYPE:
            return record.type
        case Part.NUMBER:
            return int(record.number) if record.number.isdecimal() else record.number
        case Part.SYMBOL:
            return record.symbol
        case Part.DATE:
            return datetime.combine(record.day, time()) if record.day else None
        case Part.SUBJECT:
            return record.subject
        case _:
            return record.year
