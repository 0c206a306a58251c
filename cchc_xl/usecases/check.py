"""Checks submissions: every problem of every file, with its cell and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_xl.core import file_findings
from cchc_xl.core.checks import Earlier, check_table
from cchc_xl.core.comparison import Comparison
from cchc_xl.core.findings import Counts, Finding, Severity, count
from cchc_xl.core.form import Form
from cchc_xl.core.period import Period
from cchc_xl.core.return_slip import for_the_unit
from cchc_xl.core.returned_slip import Returned, asked_of_one_file, at_the_file, returned
from cchc_xl.core.submission import Status, Submission
from cchc_xl.gateways.folder import is_parent_workbook
from cchc_xl.usecases.earlier import (
    EarlierFigures,
    comparison_of_unit,
    earlier_table,
    read_earlier,
)
from cchc_xl.usecases.reading import read_or_say_why


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What became of one file; without a form where its table was not found."""

    file: str
    unit: str | None
    period: Period | None
    form: str | None
    status: Status
    findings: tuple[Finding, ...]
    submission: Submission | None = None
    # What the unit changed, where the file is a return slip of ours.
    returned: Returned | None = None
    # Against the previous period, where one was given and has the unit.
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    files: tuple[CheckedFile, ...]

    @property
    def counts(self) -> Counts:
        return count(finding for file in self.files for finding in file.findings)


def check_files(
    paths: Sequence[Path], forms: Sequence[Form], previous: Path | None = None
) -> CheckResult:
    """Return the findings of every file, in the order given.

    Raises UnreadableFile where the previous submission cannot be read; of the files themselves an
    unreadable one only gets its status.
    """
    earlier = read_earlier(previous, forms) if previous is not None else None
    return CheckResult(tuple(check_file(path, forms, earlier) for path in paths))


def check_file(
    path: Path, forms: Sequence[Form], earlier: EarlierFigures | None = None
) -> CheckedFile:
    """Return what there is to say of one file."""
    if is_parent_workbook(path):
        note = replace(file_findings.own_result(), file=str(path))
        return CheckedFile(str(path), None, None, None, Status.IGNORED, (note,))
    submission = read_or_say_why(path, forms)
    if isinstance(submission, Finding):
        return CheckedFile(
            str(path), None, None, None, Status.UNREADABLE, (replace(submission, file=str(path)),)
        )
    found = [*submission.findings]
    for table in submission.tables:
        before: Earlier | None = None
        if earlier is not None:
            before, notes = earlier_table(earlier, submission.unit, submission.period)
            found += notes
        found += check_table(table, submission.period, before)
    placed = tuple(replace(f, unit=submission.unit, file=str(path)) for f in found)
    return CheckedFile(
        file=str(path),
        unit=submission.unit,
        period=submission.period,
        form=submission.tables[0].form.id if submission.tables else None,
        status=_status(submission, placed),
        findings=placed,
        submission=submission,
        returned=_returned(
            submission, placed, forms, file=str(path), with_previous=earlier is not None
        ),
        comparison=_comparison(submission, earlier),
    )


def _returned(
    submission: Submission,
    findings: Sequence[Finding],
    forms: Sequence[Form],
    *,
    file: str,
    with_previous: bool,
) -> Returned | None:
    memory = submission.returned
    if memory is None:
        return None
    tables = submission.tables
    form = next((f for f in forms if f.id == memory.form), tables[0].form if tables else forms[0])
    is_asked = asked_of_one_file(form, with_previous=with_previous)
    comparison = returned(memory, submission, for_the_unit(findings), is_asked)
    return at_the_file(comparison, submission.unit, file)


def _comparison(submission: Submission, earlier: EarlierFigures | None) -> Comparison | None:
    if earlier is None or not submission.tables:
        return None
    return comparison_of_unit(earlier, submission.unit, submission.period, submission.tables[0])


def _status(submission: Submission, findings: Sequence[Finding]) -> Status:
    if not submission.tables:
        return Status.WRONG_FORM
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Status.ACCEPTED_WITH_ERRORS
    return Status.ACCEPTED
