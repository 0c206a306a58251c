"""What one file of the folder comes to: its unit, its status, and every finding about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_xl.core import file_findings, unit_findings
from cchc_xl.core.checks import Earlier, check_table
from cchc_xl.core.consolidation import Received
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.period import Period
from cchc_xl.core.returned_slip import is_untouched
from cchc_xl.core.submission import Status, Submission
from cchc_xl.core.successors import Merged
from cchc_xl.core.units import (
    ReportingUnit,
    contradicting_unit,
    find_unit,
    merged,
    nearest_names,
    unit_in_file_name,
    unit_of_unread_file,
)
from cchc_xl.gateways.folder import FoundFile
from cchc_xl.gateways.submissions import file_stem
from cchc_xl.usecases.earlier import EarlierFigures, table_of_unit


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read: a submission, or why there is none."""

    file: FoundFile
    submission: Submission | None
    failure: Finding | None


def receive(
    entry: ReadFile,
    listed: Sequence[ReportingUnit] | None,
    period: Period,
    earlier: EarlierFigures | None,
    units: Sequence[ReportingUnit] | None = None,
    merged: Sequence[Merged] = (),
) -> Received:
    """Return what a file comes to; `listed` are the units that must report, where a list is given.

    `earlier` switches on the checks against the previous period. `units` is the whole list, with
    the units that merged; `merged` are those that did within the period.
    """
    submission = entry.submission
    stem = _stem(entry)
    name = submission.unit if submission else stem
    code = submission.unit_code if submission else None
    unit = _unit(name, code, stem, listed, is_named=_is_named(submission))
    former = _former_unit(submission, unit, [pair.unit for pair in merged])
    unit = former or unit
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
    elif (
        submission.period is not None
        and not submission.period.is_same_window(period)
        and not _is_part(submission.period, unit, merged, period)
    ):
        status = Status.WRONG_PERIOD
        findings.append(unit_findings.wrong_period(submission.period.name, period.name))
    elif (
        unit is not None
        and former is None
        and (other := contradicting_unit(listed or (), unit, name)) is not None
    ):
        status = Status.UNKNOWN_UNIT
        findings.append(unit_findings.code_of_another_unit(code or "", unit.name, other.name))
        unit = None
    elif unit is None:
        status = Status.UNKNOWN_UNIT
        findings.append(unit_findings.unknown_unit(name, nearest_names(listed or (), name)))
    else:
        before: Earlier | None = None
        # What is a part of the period only is held against nothing before it is whole.
        is_whole = former is None and (
            submission.period is None or submission.period.is_same_window(period)
        )
        if earlier is not None and is_whole:
            before, notes = table_of_unit(earlier, unit, units, period)
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


def tied_by_file_name(
    received: Sequence[Received], listed: Sequence[ReportingUnit] | None
) -> list[Received]:
    """Return the files, those that hold no figures and name no unit by what their names hold.

    Without a list the units are those that the other files name.
    """
    known = (
        listed
        if listed is not None
        else merged(e.unit for e in received if e.unit is not None and tells_its_unit(e))
    )
    return [
        entry if tells_its_unit(entry) or not entry.findings else _tied(entry, known)
        for entry in received
    ]


def tells_its_unit(entry: Received) -> bool:
    """Whether a file holds figures or names its unit inside, not only by its own name."""
    submission = entry.submission
    if submission is None:
        return False
    return bool(submission.tables) or submission.unit != file_stem(Path(submission.file))


def _tied(entry: Received, known: Sequence[ReportingUnit]) -> Received:
    unit = unit_of_unread_file(known, file_stem(Path(entry.file or "")))
    if unit is None:
        return entry
    findings = tuple(replace(finding, unit=unit.name) for finding in entry.findings)
    return replace(entry, unit=unit, findings=findings)


def _former_unit(
    submission: Submission | None, now: ReportingUnit | None, merged: Sequence[ReportingUnit]
) -> ReportingUnit | None:
    """Return the merged unit that a file speaks of; by name only where no present unit is meant."""
    if submission is None:
        return None
    code = submission.unit_code
    for unit in merged:
        if code and unit.code == code and (now is None or now.code != code):
            return unit
    named = find_unit(merged, submission.unit, None)
    same_code = [unit for unit in merged if code and unit.code == code]
    for unit in (*same_code, *([named] if named else [])):
        if now is None or _ends_before(submission.period, now):
            return unit
    told_apart = [unit for unit in merged if unit.name.startswith(f"{submission.unit} (đến ")]
    if now is not None and len(told_apart) == 1 and _ends_before(submission.period, now):
        return told_apart[0]
    return None


def _ends_before(period: Period | None, unit: ReportingUnit) -> bool:
    """Whether a report ends before the unit existed, so that it is that of a unit before it."""
    return period is not None and unit.valid_from is not None and period.last_day < unit.valid_from


def _is_part(
    said: Period, unit: ReportingUnit | None, merged: Sequence[Merged], period: Period
) -> bool:
    """Whether a report is of the part of the period in which its unit existed."""
    for pair in merged:
        if unit == pair.unit:
            return said.first_day == period.first_day and said.last_day < period.last_day
        if unit is not None and unit.key == pair.into.key:
            return said.last_day == period.last_day and said.first_day > period.first_day
    return False


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


def _stem(entry: ReadFile) -> str:
    """Return the file's name as a unit's; of a return slip, the name of the file sent back."""
    memory = entry.submission.returned if entry.submission else None
    return file_stem(Path(memory.source) if memory else entry.file.path)


def _left_out(entry: ReadFile, why: str) -> Received:
    return Received(
        Status.IGNORED, None, entry.file.name, entry.file.sha256(), entry.file.modified(),
        ignored=why,
    )  # fmt: skip
