"""What a test asks of a file that was read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from cchc_xl.core.file_findings import DEFECT
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.submission import Submission, Table
from cchc_xl.gateways.schemas import shipped_forms
from cchc_xl.usecases.check import CheckedFile, check_file


def look(path: Path) -> CheckedFile:
    """Read and check a file with the shipped forms; reading itself must never fail."""
    checked = check_file(path, shipped_forms())
    assert not any(finding.rule == DEFECT for finding in checked.findings), checked.findings
    return checked


def submission_of(checked: CheckedFile) -> Submission:
    assert checked.submission is not None
    return checked.submission


def table_of(checked: CheckedFile) -> Table:
    (table,) = submission_of(checked).tables
    return table


def figures(checked: CheckedFile) -> dict[str, Decimal]:
    """Return what counts as a number, by code."""
    return {
        code: entry.value.number
        for code, entry in table_of(checked).entries.items()
        if entry.value.is_numeric
    }


def cells(checked: CheckedFile) -> dict[str, str]:
    """Return where each figure stands, by code."""
    return {code: table_of(checked).entries[code].cell for code in figures(checked)}


def errors(checked: CheckedFile) -> list[Finding]:
    return [finding for finding in checked.findings if finding.severity is Severity.ERROR]


def warnings(checked: CheckedFile) -> list[Finding]:
    return [finding for finding in checked.findings if finding.severity is Severity.WARNING]


def loud_cells(checked: CheckedFile) -> set[str | None]:
    """Return the cells of which the official hears a warning or an error."""
    return {finding.cell for finding in [*errors(checked), *warnings(checked)]}
