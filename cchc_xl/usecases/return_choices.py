"""What a run of `return` goes by: the period, the chosen files, and a place that is no report's."""

from __future__ import annotations

from pathlib import Path

from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.period import Period, parse_period_id
from cchc_xl.core.returned_slip import is_untouched
from cchc_xl.errors import UsageError
from cchc_xl.gateways.folder import files_of
from cchc_xl.gateways.parent_files import read_parent_file
from cchc_xl.usecases.reading import read_or_say_why


def refuse_among_reports(output: Path, folder: Path) -> None:
    """Raise UsageError where letters would lie among the reports, in the way of both."""
    if output.resolve() == folder.resolve():
        raise UsageError(
            f"Thư mục ghi phiếu {output.name} chính là thư mục báo cáo của các đơn vị.",
            "Đề nghị chọn một thư mục khác ở -o, ví dụ thư mục con «phieu».",
        )


def chosen_in(result: Path, form: Form, period: Period | None) -> frozenset[str]:
    """Return the files that the official chose in a parent unit's workbook, column *Chọn*.

    Raises UnreadableFile where the workbook is none of ours, UsageError where it is of another
    period.
    """
    file = read_parent_file(result, [form])
    asked = parse_period_id(file.period)
    if period is not None and (asked is None or not asked.is_same_window(period)):
        raise UsageError(
            f"Tệp {result.name} là kết quả kỳ {file.period}, không phải {period.name}.",
            "Đề nghị chọn tệp kết quả của đúng kỳ ở --result.",
        )
    return file.kept.chosen


def agreed_period(folder: Path, form: Form) -> Period:
    """Return the one period that the files of a folder name; UsageError where there is none."""
    periods: list[Period] = []
    for file in files_of(folder):
        if file.ignored:
            continue
        submission = read_or_say_why(file.path, [form])
        if isinstance(submission, Finding):
            # The run over the folder will say so, and why.
            continue
        found = submission.period
        if (
            found is not None
            # A text names many periods.
            and submission.tables
            and not is_untouched(submission)
            and not any(found.is_same_window(p) for p in periods)
        ):
            periods.append(found)
    if len(periods) == 1:
        return periods[0]
    named = ", ".join(period.id for period in periods)
    raise UsageError(
        f"Các tệp trong thư mục có nhiều kỳ báo cáo khác nhau: {named}."
        if periods
        else "Không tệp nào trong thư mục ghi rõ kỳ báo cáo.",
        "Đề nghị nêu kỳ bằng --period, ví dụ --period 2022-Q1.",
    )
