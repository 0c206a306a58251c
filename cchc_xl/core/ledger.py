"""The rows of the ledger sheets (`Đơn vị`, `Kiểm tra`, `Nhật ký` …) as values, for any writer."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from cchc_xl.core.changes import Change, Figure
from cchc_xl.core.consolidation import ChangeRow, Consolidation, LogLine, Received
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Form
from cchc_xl.core.submission import Status
from cchc_xl.core.wording import SEVERITY_WORDS, STATUS_WORDS, shown

UNIT_HEADERS = (
    "STT", "Mã", "Đơn vị", "Loại", "Tệp", "Trạng thái", "Lỗi", "Cảnh báo", "Lưu ý",
    "Thời gian tệp", "Chọn", "Việc cần làm",
)  # fmt: skip
LOG_HEADERS = (
    "Lần", "Tệp", "Đơn vị", "Trạng thái", "SHA-256", "Thời gian tệp", "Phiên bản",
)  # fmt: skip
FINDING_HEADERS = (
    "STT", "Mức độ", "Quy tắc", "Đơn vị", "Chỉ tiêu", "Nội dung", "Đang là", "Cần",
    "Đề nghị", "Tệp", "Trang", "Ô",
)  # fmt: skip

CHANGE_HEADERS = (
    "Lần", "Đơn vị", "Chỉ tiêu", "Tên chỉ tiêu", "Trước", "Nay", "Tệp", "Trang", "Ô",
)  # fmt: skip

COMPARISON_HEADERS = (
    "Mã", "STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Kỳ trước", "Tính trên", "Kỳ này",
    "Tính trên", "Tăng, giảm", "Tăng, giảm (%)",
)  # fmt: skip

NO_CHANGE = "Chưa có thay đổi nào kể từ lần tổng hợp đầu tiên."
NOTHING_REPORTED = "(trống)"
NOT_EXPECTED = "không có trong danh sách"
NO_FINDING = "Không phát hiện vấn đề nào."
CHOSEN = "x"

Row = tuple[str | int, ...]


def received_row(number: int, entry: Received, *, is_chosen: bool) -> Row:
    """Return the row of a file, or of a unit without one, under `UNIT_HEADERS`."""
    unit = entry.unit
    named = unit.name if unit else next((f.unit for f in entry.findings if f.unit), "")
    counts = entry.counts
    return (
        number,
        (unit.code or "") if unit else "",
        named or "",
        unit.type if unit else "",
        entry.file or "",
        STATUS_WORDS[entry.status],
        counts.error,
        counts.warning,
        counts.info,
        entry.modified,
        CHOSEN if is_chosen else "",
        _advice(entry),
    )


def _advice(entry: Received) -> str:
    if entry.ignored:
        return f"Bỏ qua: {entry.ignored}."
    blocking = [f for f in entry.findings if not f.indicator and f.severity is Severity.ERROR]
    if blocking:
        return f"{blocking[-1].message} {blocking[-1].advice}"
    if entry.status is Status.MISSING:
        return "Đề nghị đôn đốc đơn vị gửi báo cáo."
    if entry.status is Status.ACCEPTED_WITH_ERRORS:
        return "Đề nghị đơn vị sửa các lỗi nêu ở trang Kiểm tra."
    return ""


def finding_row(number: int, finding: Finding) -> Row:
    """Return the row of a finding under `FINDING_HEADERS`."""
    return (
        number,
        SEVERITY_WORDS[finding.severity],
        finding.rule,
        finding.unit or "",
        finding.indicator or "",
        finding.message,
        shown(finding.found),
        shown(finding.expected),
        finding.advice,
        finding.file or "",
        finding.sheet or "",
        finding.cell or "",
    )


def log_row(line: LogLine) -> Row:
    """Return the row of the log under `LOG_HEADERS`."""
    return (
        line.run, line.file, line.unit, line.status, line.sha256, line.modified, line.versions,
    )  # fmt: skip


def log_lines(data: Consolidation, earlier: tuple[LogLine, ...], tool: str) -> tuple[LogLine, ...]:
    """Return the log with this run of `tool` behind it; a run that changed nothing adds nothing."""
    run = max((line.run for line in earlier), default=0) + 1
    versions = f"{tool}; {data.form.id} {data.form.version}"
    now = [
        LogLine(
            run,
            entry.file,
            entry.unit.name if entry.unit else "",
            STATUS_WORDS[entry.status],
            entry.sha256,
            entry.modified,
            versions,
        )
        for entry in data.received
        if entry.file is not None
    ]
    last = [line for line in earlier if line.run == run - 1]
    if [_what(line) for line in last] == [_what(line) for line in now]:
        return earlier
    return (*earlier, *now)


def _what(line: LogLine) -> tuple[str, ...]:
    return line.file, line.unit, line.status, line.sha256, line.versions


def change_rows(changes: Iterable[Change], run: int, form: Form) -> tuple[ChangeRow, ...]:
    """Return the rows of what the `run` changed, under `CHANGE_HEADERS`."""
    return tuple(
        (
            run,
            change.unit,
            change.indicator or "",
            form.by_code[change.indicator].label if change.indicator else "",
            _changed(change, change.was),
            _changed(change, change.now),
            change.file,
            change.sheet,
            change.cell,
        )
        for change in changes
    )


def change_words(change: Change, value: Figure | Status) -> str:
    """Return what a figure or a unit was or is, for people."""
    if value is None:
        return NOTHING_REPORTED if change.indicator else NOT_EXPECTED
    return STATUS_WORDS[value] if isinstance(value, Status) else shown(value)


def _changed(change: Change, value: Figure | Status) -> str | float:
    return float(value) if isinstance(value, Decimal) else change_words(change, value)
