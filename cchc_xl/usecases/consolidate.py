"""Merges a folder of submissions into the figures of the parent unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path

from cchc_xl.core import unit_findings
from cchc_xl.core.checks import check_table
from cchc_xl.core.consolidation import Consolidation, Received
from cchc_xl.core.duplicates import settle_duplicates
from cchc_xl.core.file_findings import NO_TABLE
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.merged_reports import join_reports
from cchc_xl.core.period import Period
from cchc_xl.core.roll_up import UnitTable, roll_up
from cchc_xl.core.roll_up_checks import check_units
from cchc_xl.core.submission import Status, Table
from cchc_xl.core.successors import merged_within
from cchc_xl.core.units import (
    ReportingUnit,
    is_same,
    merged,
    with_distinct_names,
)
from cchc_xl.errors import UsageError
from cchc_xl.gateways.folder import FoundFile, files_of
from cchc_xl.usecases.earlier import EarlierFigures, comparison_of_parent, table_of_unit
from cchc_xl.usecases.reading import read_or_say_why
from cchc_xl.usecases.receiving import ReadFile, receive, tied_by_file_name

Progress = Callable[[int, int], None]
_REPORT_IN_WORDS = "phần lời của đơn vị đã có số liệu"


def consolidate(
    folder: Path,
    form: Form,
    *,
    name: str,
    period: Period,
    units: Sequence[ReportingUnit] | None = None,
    preferred: Iterable[str] = (),
    chosen_before: frozenset[str] = frozenset(),
    leave_out: Path | None = None,
    earlier: EarlierFigures | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Consolidation:
    """Return the figures of the parent unit over the files of `folder`.

    `preferred` names the files that count where a unit sent several; it wins over
    `chosen_before`. `leave_out` takes the result and may lie inside the folder. `earlier`
    switches on the checks against the previous period. `executor` reads in parallel; the result
    is the same. Raises UsageError where the folder holds no report and no
    unit is expected.
    """
    files = files_of(folder, leave_out=leave_out)
    _refuse_unknown(preferred, files)
    reports = [file for file in files if not file.ignored]
    read = _read_all(reports, form, period, executor, progress)
    listed = _valid(units, period) if units is not None else None
    merged_units = merged_within(units, listed, period) if units and listed else ()
    received = [receive(entry, listed, period, earlier, units, merged_units) for entry in read]
    received = tied_by_file_name(received, listed)
    expected = listed if listed is not None else merged(e.unit for e in received if e.unit)
    known = (*expected, *(pair.unit for pair in merged_units))
    received = [_with_unit_of(entry, known) for entry in received]
    received, settled = settle_duplicates(received, frozenset(preferred), chosen_before)
    if not expected:
        raise UsageError(
            f"Thư mục {folder.name or folder} không có tệp báo cáo nào.",
            "Đề nghị kiểm tra lại thư mục, hoặc dùng --units để nêu các đơn vị phải báo cáo.",
        )
    joined = join_reports(
        received,
        merged_units,
        form,
        period,
        frozenset(preferred) | chosen_before,
        partial(_checked, earlier=earlier, units=units, period=period),
    )
    received, settled = joined.received, settled | joined.chosen
    received = _without_reports_beside_tables(received)
    counted = {e.unit.key: e for e in received if e.unit is not None and e.is_counted}
    tables = tuple(UnitTable(unit, _table(counted.get(unit.key), form)) for unit in expected)
    entries = [*_in_order(received, expected), *_ignored(files)]
    rolled = roll_up(form, tables)
    return Consolidation(
        name=name,
        period=period,
        form=form,
        received=tuple(entries),
        tables=tables,
        rolled=rolled,
        unit_findings=(
            *joined.findings,
            *_with_files(check_units(form, tables, period), counted),
        ),
        chosen=settled,
        comparison=comparison_of_parent(earlier, name, period, rolled) if earlier else None,
    )


def _checked(
    unit: ReportingUnit,
    table: Table,
    *,
    earlier: EarlierFigures | None,
    units: Sequence[ReportingUnit] | None,
    period: Period,
) -> tuple[Finding, ...]:
    """Return the findings of a table that was added up from several reports."""
    before, notes = (
        table_of_unit(earlier, unit, units, period) if earlier is not None else (None, ())
    )
    return (*notes, *check_table(table, period, before))


def _valid(units: Sequence[ReportingUnit], period: Period) -> tuple[ReportingUnit, ...]:
    valid = tuple(unit for unit in units if unit.is_valid_on(period.last_day))
    if not valid:
        raise UsageError(
            f"Danh sách đơn vị không có đơn vị nào còn hiệu lực trong {period.name}.",
            "Đề nghị kiểm tra các cột valid_from, valid_to trong danh sách đơn vị.",
        )
    return with_distinct_names(valid)


def _refuse_unknown(preferred: Iterable[str], files: Sequence[FoundFile]) -> None:
    names = {file.name for file in files} | {file.name.rpartition("/")[2] for file in files}
    unknown = [name for name in preferred if name not in names]
    if unknown:
        raise UsageError(
            f"Không có tệp {', '.join(unknown)} trong thư mục báo cáo.",
            "Đề nghị ghi đúng tên tệp (tính từ thư mục báo cáo) ở --prefer.",
        )


def _read_all(
    files: Sequence[FoundFile],
    form: Form,
    period: Period,
    executor: Executor | None,
    progress: Progress | None,
) -> list[ReadFile]:
    # Every process reads with its own copy of the form; here all tables get this one.
    read_one = partial(_read_one, form=form, period=period)
    results = executor.map(read_one, files, chunksize=8) if executor else map(read_one, files)
    read: list[ReadFile] = []
    for result in results:
        read.append(_with_form(result, form))
        if progress is not None:
            progress(len(read), len(files))
    return read


def _read_one(file: FoundFile, form: Form, period: Period) -> ReadFile:
    submission = read_or_say_why(file.path, [form], period)
    if isinstance(submission, Finding):
        return ReadFile(file, None, submission)
    return ReadFile(file, submission, None)


def _with_form(result: ReadFile, form: Form) -> ReadFile:
    if result.submission is None:
        return result
    tables = tuple(replace(table, form=form) for table in result.submission.tables)
    return replace(result, submission=replace(result.submission, tables=tables))


def _with_unit_of(entry: Received, expected: Sequence[ReportingUnit]) -> Received:
    """Return a file with the one unit of those expected that it speaks of."""
    if entry.unit is None:
        return entry
    found = [unit for unit in expected if unit.key == entry.unit.key] or [
        unit for unit in expected if is_same(unit, entry.unit)
    ]
    if not found:
        return entry
    unit = found[0]
    return replace(
        entry, unit=unit, findings=tuple(replace(f, unit=unit.name) for f in entry.findings)
    )


def _without_reports_beside_tables(received: Sequence[Received]) -> list[Received]:
    """Set aside Word files with no table of units whose figures are in: the report in words."""
    with_figures = {
        entry.unit.key
        for entry in received
        if entry.unit and (entry.is_counted or entry.status is Status.DUPLICATE)
    }
    return [
        replace(entry, status=Status.IGNORED, unit=None, findings=(), ignored=_REPORT_IN_WORDS)
        if entry.status is Status.WRONG_FORM
        and any(finding.rule == NO_TABLE for finding in entry.findings)
        and (entry.file or "").lower().endswith(".docx")
        and entry.unit is not None
        and entry.unit.key in with_figures
        else entry
        for entry in received
    ]


def _table(entry: Received | None, form: Form) -> Table | None:
    return entry.submission.table(form.id) if entry and entry.submission else None


def _in_order(
    received: Sequence[Received], expected: Sequence[ReportingUnit]
) -> Iterable[Received]:
    """Yield the files unit by unit, a line for each unit without any, then the other files."""
    by_unit: dict[str, list[Received]] = {}
    for entry in received:
        by_unit.setdefault(entry.unit.key if entry.unit else "", []).append(entry)
    for unit in expected:
        yield from by_unit.pop(unit.key, None) or [
            Received(
                Status.MISSING, unit, None,
                findings=(replace(unit_findings.unit_missing(unit.name), unit=unit.name),),
            )
        ]  # fmt: skip
    for entries in by_unit.values():
        yield from entries


def _ignored(files: Sequence[FoundFile]) -> Iterable[Received]:
    for file in files:
        if file.ignored:
            yield Received(
                Status.IGNORED,
                None,
                file.name,
                file.sha256(),
                file.modified(),
                ignored=file.ignored,
            )


def _with_files(
    findings: Iterable[Finding], counted: Mapping[str, Received]
) -> tuple[Finding, ...]:
    by_name = {e.unit.name: e.file for e in counted.values() if e.unit is not None}
    return tuple(replace(f, file=by_name.get(f.unit or "")) for f in findings)
