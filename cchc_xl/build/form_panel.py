"""Writes what stands beside the form's title: the unit, the period, and the verdict."""

from __future__ import annotations

from typing import Any

from cchc_xl.build import palette
from cchc_xl.build.commune_book import (
    PERIODS,
    WEIGHT,
    CommuneBook,
    capitalised,
    letter,
)
from cchc_xl.core.findings import Severity
from cchc_xl.core.workbook_names import PANEL_LABELS, PERIOD_NAME, UNIT_CODE_NAME, UNIT_NAME

_PANEL_ROWS = (
    (UNIT_NAME, PANEL_LABELS[0], "Ghi đủ loại và tên đơn vị, ví dụ: Xã Tùng Châu"),
    (UNIT_CODE_NAME, PANEL_LABELS[1], "Mã số đơn vị hành chính, để trống nếu không có"),
    (
        PERIOD_NAME,
        PANEL_LABELS[2],
        "Chọn trong danh sách, hoặc gõ: từ ngày 01/01/2021 đến ngày 31/8/2023",
    ),
)

# What a master says where its figures come from other units.
_SEE_FINDINGS = '"Số tổng hợp từ các đơn vị: xem trang Kiểm tra."'


def write_panel(book: CommuneBook) -> None:
    """Write what stands beside the title: unit, code, period, verdict, legend."""
    sheet, content = book.sheet, book.content
    label = book.formats.text(11, bold=True, align="right")
    entry = book.formats.text(11, bg_color=palette.INPUT, border=1, border_color=palette.LINE,
                        locked=False, num_format="@")  # fmt: skip
    period = capitalised(content.period.name) if content.period else ""
    typed = (content.unit, content.unit_code, period)
    for row, ((name, text, prompt), value) in enumerate(zip(_PANEL_ROWS, typed, strict=True)):
        sheet.write_string(row, book.message_column, text, label)
        if name in content.inputs:
            typed_at = content.inputs[name]
            shown = book.formats.text(11, border=1, border_color=palette.LINE)
            sheet.write_formula(
                row, book.panel_column, f'=IF({typed_at}="","",{typed_at}&"")', shown, value
            )
            continue
        sheet.write(row, book.panel_column, value, entry)
        book.book.define_name(name, f"='{book.form.name}'!${letter(book.panel_column)}${row + 1}")
        rule: dict[str, Any] = {"validate": "any"}
        if name == PERIOD_NAME:
            # By name: old Excels take no list from another sheet.
            rule = {"validate": "list", "source": f"={PERIODS}", "error_type": "warning"}
        sheet.data_validation(
            row, book.panel_column, row, book.panel_column,
            {**rule, "input_title": text[:32], "input_message": prompt},
        )  # fmt: skip
    _write_verdict(book)


def _write_verdict(book: CommuneBook) -> None:
    row = book.header_row - 1
    errors = book.checks.count_of(Severity.ERROR)
    warnings = book.checks.count_of(Severity.WARNING)
    counts = book.checks.counts(book.table)
    style = palette.style(12, bold=True, bg_color=palette.GOOD, border=1)
    book.sheet.merge_range(
        row, book.message_column, row, book.panel_column, "", book.formats(**style)
    )
    problems = counts[Severity.ERROR] + counts[Severity.WARNING]
    verdict = (
        f'IF(({errors})+({warnings})=0,"Tự kiểm tra: chưa phát hiện vấn đề nào.",'
        f'"Tự kiểm tra: "&({errors})&" lỗi, "&({warnings})&" cảnh báo.")'
    )
    book.sheet.write_formula(
        row,
        book.message_column,
        f"={book.unless_silent(verdict, _SEE_FINDINGS)}",
        book.formats(**style),
        f"Tự kiểm tra: {counts[Severity.ERROR]} lỗi, {counts[Severity.WARNING]} cảnh báo."
        if problems
        else "Tự kiểm tra: chưa phát hiện vấn đề nào.",
    )
    # Conditional formats look at this sheet only: old Excels know no other sheet there.
    worst = 2 if counts[Severity.ERROR] else 1 if counts[Severity.WARNING] else 0
    weight = f"IF(({errors})>0,2,IF(({warnings})>0,1,0))"
    book.sheet.write_formula(row, WEIGHT, f"={book.unless_silent(weight, '0')}", None, worst)
    at = f"${letter(WEIGHT)}${row + 1}"
    for colour, formula in ((palette.ERROR, f"={at}=2"), (palette.WARNING, f"={at}=1")):
        book.sheet.conditional_format(
            row, book.message_column, row, book.panel_column,
            {"type": "formula", "criteria": formula, "stop_if_true": True,
             "format": book.formats(bg_color=colour)},
        )  # fmt: skip
