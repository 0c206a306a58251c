"""What reading an annex has to say, as findings."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_xl.core.annex import Annex
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.register import Register


def strange_columns(annex: Annex, cells: Sequence[tuple[str, str]], sheet: str) -> Finding:
    """Columns with figures are none of the annex; `cells` are their headers and addresses."""
    named = ", ".join(f"«{words}» (ô {cell})" if words else f"ô {cell}" for words, cell in cells)
    return Finding(
        rule="RP1",
        severity=Severity.WARNING,
        message=f"Biểu {annex.name} có cột số liệu không nhận ra: {named}; số liệu ở cột đó không "
        "được dùng.",
        advice="Đề nghị ghi đúng tiêu đề cột của biểu mẫu, hoặc bỏ cột thừa.",
        sheet=sheet,
        cell=cells[0][1],
        found=named,
    )


def disputed_columns(annex: Annex, cells: Sequence[tuple[str, str]], sheet: str) -> Finding:
    """Several columns claim to be one, so none of them is read."""
    named = ", ".join(f"«{words}» (ô {cell})" if words else f"ô {cell}" for words, cell in cells)
    return Finding(
        rule="RP2",
        severity=Severity.ERROR,
        message=f"Biểu {annex.name} có các cột không phân biệt được: {named}; không cột nào được "
        "dùng.",
        advice="Đề nghị ghi đủ tiêu đề nhóm cột và tiêu đề cột như biểu mẫu.",
        sheet=sheet,
        cell=cells[0][1],
        found=named,
    )


def missing_columns(annex: Annex, headers: Sequence[str], sheet: str) -> Finding:
    """The table lacks columns of the annex: their figures count as not reported."""
    return Finding(
        rule="RP3",
        severity=Severity.WARNING,
        message=f"Biểu {annex.name} thiếu cột: {'; '.join(headers)}.",
        advice="Đề nghị bổ sung; cột thiếu được coi là chưa báo cáo.",
        sheet=sheet,
    )


def nameless_row(annex: Annex, sheet: str, cell: str) -> Finding:
    """An open row has figures and no words."""
    return Finding(
        rule="RP4",
        severity=Severity.ERROR,
        message=f"Biểu {annex.name} có dòng số liệu chưa ghi nội dung.",
        advice="Đề nghị ghi nội dung của số liệu đó vào cột bên trái.",
        sheet=sheet,
        cell=cell,
    )


def annex_twice(annex: Annex | Register, sheets: Sequence[str]) -> Finding:
    """Several sheets carry the annex with different figures, so none of them is read."""
    return Finding(
        rule="RP5",
        severity=Severity.ERROR,
        message=f"Tệp có hơn một biểu {annex.name} với số liệu khác nhau: "
        f"{', '.join(f'«{sheet}»' for sheet in sheets)}; không biểu nào được dùng.",
        advice="Đề nghị chỉ để lại một biểu đúng rồi gửi lại.",
        sheet=sheets[0],
    )


def main_form_missing(form_name: str, annexes: list[str]) -> Finding:
    """A file carries tables that stand beside the main form, and not the main form."""
    return Finding(
        rule="RP6",
        severity=Severity.WARNING,
        message=f"Tệp chỉ có biểu {', '.join(annexes)}; không tìm thấy bảng {form_name}.",
        advice=f"Đề nghị gửi thêm {form_name} của kỳ này.",
    )


def other_set(made_with: str, read_with: str) -> Finding:
    """A workbook of ours was made with a set of forms that it is not read with."""
    return Finding(
        rule="RP7",
        severity=Severity.WARNING,
        message=f"Tệp làm theo bộ biểu «{made_with}» nhưng đang đọc theo «{read_with}»; biểu riêng "
        "của bộ kia không được đọc.",
        advice="Đề nghị nêu đúng bộ biểu bằng --form.",
    )
