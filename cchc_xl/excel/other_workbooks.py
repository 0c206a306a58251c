"""The buttons of the ribbon on a workbook of ours that is no master: its file is read, not touched.

A commune's workbook and the result of `cchc-xl consolidate` are read from the disk, so that they
must be saved; the official's own file is never changed by a click.
"""

from __future__ import annotations

from pathlib import Path

from cchc_xl.build.commune_book import RATIO_SHEET
from cchc_xl.core.findings import Severity, count
from cchc_xl.core.submission import Status
from cchc_xl.core.wording import SEVERITY_WORDS
from cchc_xl.errors import UsageError
from cchc_xl.gateways.open_workbook import OpenWorkbook
from cchc_xl.gateways.schemas import shipped_forms
from cchc_xl.usecases.check import check_file
from cchc_xl.usecases.draft import draft_report

# A box holds so many findings; the sheet itself shows all of them.
_SHOWN = 8


def check(book: OpenWorkbook) -> str:
    """Return what there is to say of a reporting unit's workbook."""
    checked = check_file(_saved(book), shipped_forms())
    if checked.status is Status.IGNORED:
        note = checked.findings[0]
        return f"{note.message} {note.advice}"
    problems = [f for f in checked.findings if f.severity is not Severity.INFO]
    if not problems:
        return "Đã kiểm tra: chưa phát hiện vấn đề nào."
    counts = count(checked.findings)
    lines = [f"Đã kiểm tra: {counts.error} lỗi, {counts.warning} cảnh báo."]
    for finding in problems[:_SHOWN]:
        where = f"ô {finding.cell}: " if finding.cell else ""
        lines.append(f"- {SEVERITY_WORDS[finding.severity]}, {where}{finding.message}")
    if len(problems) > _SHOWN:
        lines.append(f"- và {len(problems) - _SHOWN} chỗ khác; xem lời giải thích bên phải biểu.")
    return "\n".join(lines)


def show_ratios(book: OpenWorkbook) -> str:
    """Show the ratios, which are native formulas in every workbook of ours."""
    book.go_to(RATIO_SHEET)
    return f"Tỷ lệ được tính sẵn bằng công thức trên trang {RATIO_SHEET}."


def export_word(book: OpenWorkbook) -> str:
    """Write the report to a Word file beside the workbook."""
    path = _saved(book)
    result = draft_report(path, path.with_suffix(".docx"))
    sentence = f"Đã xuất {result.output.name}, cạnh tệp này"
    wanting = len(result.open_points)
    return f"{sentence}; còn {wanting} chỗ cần hoàn thiện." if wanting else f"{sentence}."


def _saved(book: OpenWorkbook) -> Path:
    path = book.path()
    if not book.is_saved():
        raise UsageError(
            "Tệp có thay đổi chưa lưu nên chưa đọc được.", "Đề nghị lưu tệp rồi bấm lại."
        )
    return path
