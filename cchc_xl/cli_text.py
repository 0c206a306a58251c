"""What the command line says to people; the sentences of findings come from the core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from cchc_xl.core.compared_facts import change_in_words, counted_noun
from cchc_xl.core.comparison import Comparison
from cchc_xl.core.findings import Counts, Finding, Severity, count
from cchc_xl.core.form import Form
from cchc_xl.core.ledger import change_words
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.returned_slip import Change, Returned
from cchc_xl.core.sentence_merge import OUTCOME_WORDS
from cchc_xl.core.text import printable
from cchc_xl.core.wording import SEVERITY_WORDS, STATUS_WORDS, shown
from cchc_xl.errors import CchcError

# What of the changes is said at once; all of them stand in the workbook.
_MOST_CHANGES = 10

if TYPE_CHECKING:
    # Only their shapes are needed here; importing them would load Word and Excel libraries.
    from cchc_xl.usecases.check import CheckedFile, CheckResult
    from cchc_xl.usecases.demo import DemoResult
    from cchc_xl.usecases.draft import DraftResult
    from cchc_xl.usecases.parent import ParentResult
    from cchc_xl.usecases.redraft import Redraft


def error_text(error: CchcError) -> str:
    """Return one plain sentence and the advice."""
    return printable(f"{error.message}\n{error.advice}")


def check_text(result: CheckResult) -> str:
    """Return the findings of every file, worst first, and the verdict at the end."""
    lines: list[str] = []
    for file in result.files:
        lines += _file_lines(file)
        lines.append("")
    lines.append(_verdict(result.counts, len(result.files)))
    return printable("\n".join(lines))


def demo_text(result: DemoResult) -> str:
    """Return what the demonstration made, what it found and where to look."""
    parent = result.parent.data
    return "\n".join(
        [
            f"1. Số liệu thật: {result.sample.source}.",
            f"   {result.workbook}: {len(result.sample.values)} con số; "
            f"{_counts_text(count(result.checked.findings))}; "
            f"tính được {result.ratios_known}/{result.ratios_all} tỷ lệ.",
            *(
                f"     {SEVERITY_WORDS[finding.severity]} {finding.rule}, ô {finding.cell}: "
                f"{finding.message}"
                for finding in result.checked.findings
            ),
            f"   {result.report.output}: báo cáo Word, còn {len(result.report.open_points)} chỗ "
            "cần hoàn thiện (trang cuối).",
            "",
            f"2. Số liệu giả định: {parent.name}, thư mục {result.folder}.",
            *(f"   {line}" for line in consolidation_text(result.parent).split("\n")),
            f"   {result.parent_report.output}: báo cáo Word của {parent.name}.",
            "",
            "Mời mở các tệp trên bằng Excel, LibreOffice hoặc Word.",
        ]
    )


@contextmanager
def progress(stream: TextIO) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that shows how far the reading is; None where nobody watches."""
    if not stream.isatty():
        yield None
        return

    def show(done: int, of: int) -> None:
        stream.write(f"\rĐã đọc {done}/{of} tệp…")
        stream.flush()

    try:
        yield show
    finally:
        stream.write("\r\x1b[K")
        stream.flush()


def consolidation_text(result: ParentResult) -> str:
    """Return what was merged, what stands in the way, and where to look."""
    data = result.data
    counts = count(data.findings)
    lines = [
        f"{data.name}, {data.period.name}: tổng hợp "
        f"{len(data.tables) - len(data.missing)}/{len(data.tables)} đơn vị.",
    ]
    for entry in data.received:
        if entry.is_counted:
            continue
        named = entry.unit.name if entry.unit else ""
        what = ", ".join(part for part in (named, entry.file) if part)
        why = entry.ignored or next(
            (f.message for f in reversed(entry.findings) if not f.indicator), ""
        )
        why = f"{why[:1].upper()}{why[1:]}"
        lines.append(f"  {STATUS_WORDS[entry.status].capitalize()}: {what}. {why}".rstrip())
    lines.append(f"Kiểm tra: {_counts_text(counts)}.")
    lines += _change_lines(result)
    if data.comparison is not None:
        previous = data.comparison.previous.period.name
        lines.append(data.comparison.reason or f"So với {previous}: xem trang So sánh.")
    lines.append(
        f"Đã ghi {result.output}: xem trang Tổng hợp, Đơn vị và Kiểm tra; phần lời ở trang Báo cáo."
    )
    return printable("\n".join(lines))


def _change_lines(result: ParentResult) -> Iterator[str]:
    if result.changes is None:
        return
    if not result.changes:
        yield "So với lần tổng hợp trước: không có thay đổi."
        return
    yield f"So với lần tổng hợp trước: {len(result.changes)} thay đổi."
    for change in result.changes[:_MOST_CHANGES]:
        label = ""
        if change.indicator:
            row = result.data.form.by_code[change.indicator]
            label = f", chỉ tiêu {change.indicator} {row.label.rstrip('.')}"
        was, now = (change_words(change, value) for value in (change.was, change.now))
        place = ", ".join(p for p in (change.file, change.cell and f"ô {change.cell}") if p)
        yield f"  {change.unit}{label}: {was} → {now}" + (f" ({place})." if place else ".")
    rest = len(result.changes) - _MOST_CHANGES
    if rest > 0:
        yield f"  … và {rest} thay đổi khác, xem trang Thay đổi."


def draft_text(result: DraftResult) -> str:
    """Return what was drafted and how much is still wanting."""
    wanting = len(result.open_points)
    lines = [f"Đã soạn {result.output}: {result.narrative.title}."]
    if wanting:
        lines.append(f"Còn {wanting} chỗ cần hoàn thiện, liệt kê ở trang cuối của báo cáo.")
    if result.redraft is not None:
        lines += _redraft_lines(result.redraft)
    return printable("\n".join(lines))


def _redraft_lines(redraft: Redraft) -> Iterator[str]:
    """Yield what became of the edited report that stood there."""
    said = [
        f"{redraft.outcomes[outcome]} {words}"
        for outcome, words in OUTCOME_WORDS.items()
        if redraft.outcomes.get(outcome)
    ]
    yield f"Báo cáo đã có người sửa, được trộn với số liệu mới: {', '.join(said)}."
    yield "Bản trước khi trộn được giữ trong thư mục .cchc; phụ lục luôn lấy lại theo số liệu."
    if redraft.choices:
        yield f"{len(redraft.choices)} chỗ cần chọn:"
        yield from (f"  {choice}" for choice in redraft.choices)
    if redraft.tables:
        yield f"{len(redraft.tables)} ô phụ lục đã sửa tay:"
        yield from (f"  {table}" for table in redraft.tables)


def _file_lines(file: CheckedFile) -> Iterator[str]:
    title = [file.unit or "", file.period.name if file.period else ""]
    about = ", ".join(part for part in title if part)
    yield f"{file.file}: {STATUS_WORDS[file.status]}" + (f" ({about})" if about else "")
    by_weight = sorted(file.findings, key=lambda finding: list(Severity).index(finding.severity))
    for severity, findings in groupby(by_weight, key=lambda finding: finding.severity):
        for finding in findings:
            yield from _finding_lines(severity, finding)
    if not file.findings:
        yield "  Không phát hiện vấn đề nào."
    if file.comparison is not None and file.submission is not None:
        yield from _comparison_lines(file.comparison, file.submission.tables[0].form)
    if file.returned is not None:
        yield from _returned_lines(file.returned)


def _comparison_lines(comparison: Comparison, form: Form) -> Iterator[str]:
    """Yield every figure that is another one than in the previous period."""
    if comparison.reason:
        yield f"  {comparison.reason}"
        return
    labels = {ratio.id: ratio.label for ratio in form.ratios}
    changed = 0
    yield f"  So với {comparison.previous.period.name}:"
    for code, row in comparison.rows.items():
        indicator = form.by_code.get(code)
        words = change_in_words(row, counted_noun(indicator.unit) if indicator else "")
        if not words or row.before.value is None or row.now.value is None:
            continue
        changed += 1
        label = (indicator.label if indicator else labels[code]).rstrip(".")
        was, now = (vietnamese(value) for value in (row.before.value, row.now.value))
        yield f"    {code} {label}: {was} → {now} ({words})"
    if same := len(comparison.rows) - changed:
        yield f"    {same} số liệu không đổi."


def _finding_lines(severity: Severity, finding: Finding) -> Iterator[str]:
    place = _place(finding.sheet, finding.cell) or "tệp"
    code = f", chỉ tiêu {finding.indicator}" if finding.indicator else ""
    yield f"  {SEVERITY_WORDS[severity]} {finding.rule}, {place}{code}: {finding.message}"
    if finding.found is not None and finding.expected is not None:
        yield f"      đang là: {shown(finding.found)}; cần: {shown(finding.expected)}"
    yield f"      {finding.advice}"


def _verdict(counts: Counts, files: int) -> str:
    return f"Kết quả {files} tệp: {_counts_text(counts)}."


def _counts_text(counts: Counts) -> str:
    return f"{counts.error} lỗi, {counts.warning} cảnh báo, {counts.info} lưu ý"


def _returned_lines(comparison: Returned) -> list[str]:
    """Return what a unit changed in a slip, for people."""
    closed, of = comparison.fixed
    lines = [f"  Phiếu gửi lại: đã sửa {closed}/{of} lỗi và cảnh báo đã nêu."]
    lines += [f"    {_change(change)}" for change in comparison.changes]
    seen = [f for f in comparison.remaining if f not in comparison.unanswered]
    for title, findings in (
        ("Đã hết", comparison.closed),
        ("Chưa trả lời (ô đã xóa trống)", comparison.unanswered),
        ("Còn", seen),
        ("Mới", comparison.new),
    ):
        for finding in findings:
            place = _place(finding.sheet, finding.cell)
            where = f", {place}" if finding.cell else ""
            lines.append(f"    {title}: {finding.rule}{where}: {finding.message}")
    return lines


def _change(change: Change) -> str:
    was, now = shown(change.was) or "trống", shown(change.now) or "trống"
    place = _place(change.sheet, change.cell)
    return f"{place[:1].upper()}{place[1:]}, chỉ tiêu {change.indicator}: {was} → {now}"


def _place(sheet: str | None, cell: str | None) -> str:
    named = (f"trang «{sheet}»" if sheet else "", f"ô {cell}" if cell else "")
    return ", ".join(part for part in named if part)
