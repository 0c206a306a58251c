"""Makes the parent unit's workbook from a folder, and keeps what the official wrote into it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_xl.build.parent_workbook import parent_workbook
from cchc_xl.core.changes import Change, changes, unit_figures
from cchc_xl.core.consolidation import Consolidation, Kept
from cchc_xl.core.form import Form
from cchc_xl.core.narrative import NO_NARRATIVE, draft
from cchc_xl.core.parent_facts import parent_facts
from cchc_xl.core.period import Period
from cchc_xl.core.units import ReportingUnit
from cchc_xl.core.wording import as_typed, shown
from cchc_xl.errors import OutputRefused, UnreadableFile, UsageError
from cchc_xl.gateways.files import write_file
from cchc_xl.gateways.folder import is_parent_workbook
from cchc_xl.gateways.one_writer import only_writer
from cchc_xl.gateways.outlines import default_outline
from cchc_xl.gateways.parent_files import ParentFile, former_figures, read_parent_file
from cchc_xl.gateways.submissions import read_submission
from cchc_xl.usecases.consolidate import Progress, consolidate
from cchc_xl.usecases.earlier import read_earlier


@dataclass(frozen=True, slots=True)
class ParentResult:
    """The figures, and the workbook that they stand in."""

    data: Consolidation
    output: Path
    # Against the earlier result; None where there was none.
    changes: tuple[Change, ...] | None = None


def make_parent_workbook(
    folder: Path,
    output: Path,
    form: Form,
    *,
    name: str,
    period: Period,
    units: Sequence[ReportingUnit] | None = None,
    preferred: Iterable[str] = (),
    previous: Path | None = None,
    own: Path | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    stamp: str = "",
) -> ParentResult:
    """Merge `folder` into the workbook `output`; run again, it gives the same workbook.

    `own` is a workbook with the parent's own figures; they stand beside the totals, in none of
    them. What the official chose and wrote in an earlier `output` comes back into the new one.
    Raises OutputRefused where `output` is not ours, of another unit or period, or another run is
    writing it; UsageError where
    there is nothing to merge, or where `own` lies among the submissions or is of another period.
    """
    if output.suffix.lower() != ".xlsx":
        raise UsageError(
            f"Tên tệp kết quả {output.name} không có đuôi .xlsx.",
            "Đề nghị đặt tên tệp kết quả kết thúc bằng .xlsx.",
        )
    with only_writer(output):
        return _make(
            folder,
            output,
            form,
            name=name,
            period=period,
            units=units,
            preferred=preferred,
            previous=previous,
            own=own,
            executor=executor,
            progress=progress,
            stamp=stamp,
        )


def _make(
    folder: Path,
    output: Path,
    form: Form,
    *,
    name: str,
    period: Period,
    units: Sequence[ReportingUnit] | None,
    preferred: Iterable[str],
    previous: Path | None,
    own: Path | None,
    executor: Executor | None,
    progress: Progress | None,
    stamp: str,
) -> ParentResult:
    former = _former(output, form, name, period)
    kept = former.kept if former else Kept()
    if own is not None:
        _refuse_among_units(own, folder)
        figures = _own_figures(own, form, period)
        kept = replace(kept, own_figures={**kept.own_figures, **figures})
    data = consolidate(
        folder,
        form,
        name=name,
        period=period,
        units=units,
        preferred=preferred,
        chosen_before=kept.chosen,
        leave_out=output,
        earlier=read_earlier(previous, [form]) if previous is not None else None,
        executor=executor,
        progress=progress,
    )
    outline = default_outline("parent", form.id)
    facts = parent_facts(data, data.findings)
    narrative = draft(outline, facts) if outline else NO_NARRATIVE
    changed = None
    if former is not None:
        changed = changes(form, tuple(former_figures(former)), tuple(unit_figures(data)))
    content = parent_workbook(
        data,
        narrative,
        kept=kept,
        changes=changed or (),
        folder=_seen_from(output, folder),
        stamp=stamp,
    )
    write_file(output, content)
    return ParentResult(data, output, changed)


def _refuse_among_units(own: Path, folder: Path) -> None:
    """The parent's own file would be counted as a unit's; its figures belong to no total."""
    if own.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            f"Tệp số liệu của đơn vị tổng hợp {own.name} nằm trong thư mục báo cáo của các đơn vị.",
            "Đề nghị chuyển tệp này sang thư mục khác để số liệu không bị cộng vào tổng.",
        )


def _own_figures(path: Path, form: Form, period: Period) -> dict[str, tuple[str | float, str]]:
    """Return the figures of the parent's own workbook as they stand there, with their notes."""
    submission = read_submission(path, [form], period)
    if not submission.tables:
        raise UnreadableFile(
            f"Không tìm thấy bảng số liệu trong tệp {path.name}.",
            "Đề nghị nhập số liệu của đơn vị tổng hợp vào mẫu cchc-commune.xlsx.",
        )
    if submission.period is not None and not submission.period.is_same_window(period):
        raise UsageError(
            f"Tệp {path.name} là số liệu {submission.period.name}, không phải {period.name}.",
            "Đề nghị chọn tệp số liệu của đúng kỳ ở --own.",
        )
    table = submission.tables[0]
    # The words of the open rows of annexes, by row.
    figures: dict[str, tuple[str | float, str]] = {
        code: (words, "") for code, words in table.labels.items() if words
    }
    for code, entry in table.entries.items():
        typed = entry.raw.content
        figure: str | float = shown(as_typed(entry.raw))
        if isinstance(typed, int | float) and not isinstance(typed, bool):
            figure = float(typed)
        if not entry.raw.is_empty or entry.note:
            figures[code] = (figure, entry.note)
    return figures


def _seen_from(output: Path, folder: Path) -> str:
    """Return the way from the workbook to the submissions; "" where they lie on two drives."""
    try:
        return f"{os.path.relpath(folder, output.parent)}/".replace(os.sep, "/")
    except ValueError:
        return ""


def _former(output: Path, form: Form, name: str, period: Period) -> ParentFile | None:
    if not output.exists():
        return None
    if not is_parent_workbook(output):
        raise OutputRefused(
            f"Tệp {output.name} đã có và không phải tệp tổng hợp của cchc-xl.",
            "Đề nghị chọn tên tệp khác; tệp cũ được giữ nguyên.",
        )
    file = read_parent_file(output, [form])
    if (file.name, file.period) != (name, period.id):
        raise OutputRefused(
            f"Tệp {output.name} là kết quả của {file.name}, kỳ {file.period}.",
            "Đề nghị chọn tên tệp khác cho kết quả này; tệp cũ được giữ nguyên.",
        )
    return file
