"""Merges a folder of submissions into the figures of the parent unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cchc_xl.core import file_findings
from cchc_xl.core.checks import Earlier, check_table
from cchc_xl.core.consolidation import Consolidation, Received
from cchc_xl.core.duplicates import settle_duplicates
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Form
from cchc_xl.core.period import Period
from cchc_xl.core.returned_slip import is_untouched
from cchc_xl.core.roll_up import UnitTable, roll_up
from cchc_xl.core.roll_up_checks import check_units
from cchc_xl.core.submission import Status, Submission, Table
from cchc_xl.core.units import (
    ReportingUnit,
    contradicting_unit,
    find_unit,
    is_same,
    merged,
    nearest_names,
    unit_in_file_name,
    with_distinct_names,
)
from cchc_xl.errors import UsageError
from cchc_xl.gateways.folder import FoundFile, files_of
from cchc_xl.gateways.submissions import file_stem
from cchc_xl.usecases.earlier import EarlierFigures, earlier_table
from cchc_xl.usecases.reading import read_or_say_why

Progress = Callable[[int, int], None]
_REPORT_IN_WORDS = "phần lời của đơn vị đã có số liệu"


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as it was read: a submission, or why there is none."""

    file: FoundFile
    submission: Submission | None
    failure: Finding | None


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
    read = _read_all([file for file in files if not file.ignored], form, executor, progress)
    listed = _valid(units, period) if units is not None else None
    received = [_received(entry, listed, period, earlier) for entry in read]
    expected = listed if listed is not None else merged(e.unit for e in received if e.unit)
    received = [_with_unit_of(entry, expected) for entry in received]
    received, settled = settle_duplicates(received, frozenset(preferred), chosen_before)
    if not expected:
        raise UsageError(
            f"Thư mục {folder.name or folder} không có tệp báo cáo nào.",
            "Đề nghị kiểm tra lại thư mục, hoặc dùng --units để nêu các đơn vị phải báo cáo.",
        )
    received = _without_reports_beside_tables(received)
    counted = {e.unit.key: e for e in received if e.unit is not None and e.is_counted}
    tables = tuple(UnitTable(unit, _table(counted.get(unit.key), form)) for unit in expected)
    entries = [*_in_order(received, expected), *_ignored(files)]
    return Consolidation(
        name=name,
        period=period,
        form=form,
        received=tuple(entries),
        tables=tables,
        rolled=roll_up(form, tables),
        unit_findings=_with_files(check_units(form, tables, period), counted),
        chosen=settled,
    )


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
    files: Sequence[FoundFile], form: Form, executor: Executor | None, progress: Progress | None
) -> list[_Read]:
    # Every process reads with its own copy of the form; here all tables get this one.
    read_one = partial(_read_one, form=form)
    results = executor.map(read_one, files, chunksize=8) if executor else map(read_one, files)
    read: list[_Read] = []
    for result in results:
        read.append(_with_form(result, form))
        if progress is not None:
            progress(len(read), len(files))
    return read


def _read_one(file: FoundFile, form: Form) -> _Read:
    submission = read_or_say_why(file.path, [form])
    if isinstance(submission, Finding):
        return _Read(file, None, submission)
    return _Read(file, submission, None)


def _with_form(result: _Read, form: Form) -> _Read:
    if result.submission is None:
        return result
    tables = tuple(replace(table, form=form) for table in result.submission.tables)
    return replace(result, submission=replace(result.submission, tables=tables))


def _received(
    entry: _Read,
    listed: Sequence[ReportingUnit] | None,
    period: Period,
    earlier: EarlierFigures | None,
) -> Received:
    submission = entry.submission
    stem = _stem(entry)
    name = submission.unit if submission else stem
    code = submission.unit_code if submission else None
    unit = _unit(name, code, stem, listed, is_named=_is_named(submission))
    findings = list(submission.findings) if submission else []
    if submission is not None and is_untouched(submission):
        return _left_out(entry, "phiếu đề nghị chỉnh sửa chưa được sửa")
    if submission is None or entry.failure is not None:
        status = Status.UNREADABLE
        findings += [entry.failure] if entry.failure else []
    elif not submission.tables:
        status = Status.WRONG_FORM
    elif _is_unfilled(submission):
        return _left_out(entry, "mẫu chưa điền")
    elif not _is_valid_form(submission, period):
        status = Status.WRONG_FORM
        findings.append(file_findings.outdated_form(submission.tables[0].form.name, period.name))
    elif submission.period is not None and not submission.period.is_same_window(period):
        status = Status.WRONG_PERIOD
        findings.append(file_findings.wrong_period(submission.period.name, period.name))
    elif unit is not None and (other := contradicting_unit(listed or (), unit, name)) is not None:
        status = Status.UNKNOWN_UNIT
        findings.append(file_findings.code_of_another_unit(code or "", unit.name, other.name))
        unit = None
    elif unit is None:
        status = Status.UNKNOWN_UNIT
        findings.append(file_findings.unknown_unit(name, nearest_names(listed or (), name)))
    else:
        before: Earlier | None = None
        if earlier is not None and earlier.of(unit.name) is None:
            findings.append(file_findings.no_previous_figures(unit.name))
        elif earlier is not None:
            before, notes = earlier_table(earlier, unit.name, period)
            findings += notes
        for table in submission.tables:
            findings += check_table(table, period, before)
        has_errors = any(finding.severity is Severity.ERROR for finding in findings)
        status = Status.ACCEPTED_WITH_ERRORS if has_errors else Status.ACCEPTED
    shown = unit.name if unit else name
    return Received(
        status=status,
        unit=unit or (ReportingUnit(name, code) if listed is None else None),
        file=entry.file.name,
        sha256=entry.file.sha256(),
        modified=entry.file.modified(),
        findings=tuple(replace(f, unit=shown, file=entry.file.name) for f in findings),
        submission=submission,
    )


def _stem(entry: _Read) -> str:
    """Return the file's name as a unit's; of a return slip, the name of the file sent back."""
    memory = entry.submission.returned if entry.submission else None
    return file_stem(Path(memory.source) if memory else entry.file.path)


def _left_out(entry: _Read, why: str) -> Received:
    return Received(
        Status.IGNORED, None, entry.file.name, entry.file.sha256(), entry.file.modified(),
        ignored=why,
    )  # fmt: skip


def _is_unfilled(submission: Submission) -> bool:
    """Whether a file is our blank template: nobody's, of no period, with no figure."""
    return (
        submission.period is None
        and not _is_named(submission)
        and all(
            table.own_template and all(e.raw.is_empty for e in table.entries.values())
            for table in submission.tables
        )
    )


def _is_valid_form(submission: Submission, period: Period) -> bool:
    return all(table.form.is_valid_on(period.last_day) for table in submission.tables)


def _is_named(submission: Submission | None) -> bool:
    """Whether the file itself names its unit."""
    return submission is not None and not any(f.rule == "RK1" for f in submission.findings)


def _unit(
    name: str,
    code: str | None,
    stem: str,
    listed: Sequence[ReportingUnit] | None,
    *,
    is_named: bool,
) -> ReportingUnit | None:
    """Return the unit of a file: as the file names it, else by its file name against the list."""
    if listed is None:
        return ReportingUnit(name, code)
    found = find_unit(listed, name, code)
    if found is not None or is_named:
        return found
    return unit_in_file_name(listed, stem)


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
    counted = {entry.unit.key for entry in received if entry.unit and entry.is_counted}
    return [
        replace(entry, status=Status.IGNORED, unit=None, findings=(), ignored=_REPORT_IN_WORDS)
        if entry.status is Status.WRONG_FORM
        and (entry.file or "").lower().endswith(".docx")
        and entry.unit is not None
        and entry.unit.key in counted
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
                findings=(replace(file_findings.unit_missing(unit.name), unit=unit.name),),
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
