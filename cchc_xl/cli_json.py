"""What the command line says to programs: one JSON object, numbers as JSON numbers."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cchc_xl.core.annex_states import form_states
from cchc_xl.core.comparison import Compared, Comparison
from cchc_xl.core.findings import Counts, Finding, Shown
from cchc_xl.core.returned_slip import Returned
from cchc_xl.core.submission import Submission
from cchc_xl.errors import CchcError

if TYPE_CHECKING:
    # Only its shape is needed here.
    from cchc_xl.usecases.check import CheckedFile, CheckResult

Json = dict[str, Any]


def dumps(content: Json) -> str:
    """Return `content` as readable JSON."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    # A file name that is no UTF-8 has half characters; JSON knows them as \\udcxx.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def error_json(error: CchcError) -> Json:
    return {"error": {"code": error.code, "message": error.message, "advice": error.advice}}


def check_json(result: CheckResult) -> Json:
    return {
        "files": [_file_json(file) for file in result.files],
        "counts": counts_json(result.counts),
    }


def counts_json(counts: Counts) -> Json:
    return {"error": counts.error, "warning": counts.warning, "info": counts.info}


def finding_json(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "indicator": finding.indicator,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "found": value_json(finding.found),
        "expected": value_json(finding.expected),
        "message": finding.message,
        "advice": finding.advice,
        "unit": finding.unit,
        "file": finding.file,
    }


def returned_json(comparison: Returned) -> Json:
    """Return what a unit changed in a slip, and what became of the findings."""
    return {
        "changes": [
            {
                "indicator": change.indicator,
                "sheet": change.sheet,
                "cell": change.cell,
                "was": value_json(change.was),
                "now": value_json(change.now),
            }
            for change in comparison.changes
        ],
        "closed": [finding_json(finding) for finding in comparison.closed],
        "remaining": [finding_json(finding) for finding in comparison.remaining],
        "new": [finding_json(finding) for finding in comparison.new],
        "unanswered": [finding_json(finding) for finding in comparison.unanswered],
    }


def comparison_json(comparison: Comparison) -> Json:
    """Return a period against an earlier one, by code and ratio id; `reason` where not compared."""
    return {
        "unit": comparison.previous.unit,
        "period": comparison.previous.period.id,
        "reason": comparison.reason or None,
        "figures": {code: _compared_json(row) for code, row in comparison.rows.items()},
    }


def _compared_json(row: Compared) -> Json:
    return {
        "previous": value_json(row.before.value),
        "now": value_json(row.now.value),
        "difference": value_json(row.difference),
        "percent": value_json(row.percent),
        "previous_stands_on": row.before.stands_on,
        "previous_expected": row.before.expected,
        "stands_on": row.now.stands_on,
        "expected": row.now.expected,
    }


def value_json(value: Shown) -> str | int | float | None:
    """Return a number as int where it is whole, else with all digits that JSON readers keep."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def forms_json(submission: Submission | None) -> Json | None:
    """Return what the unit did with each form: left out, blank, zeros, filled; None of no table."""
    if submission is None or not submission.tables:
        return None
    table = submission.tables[0]
    return {name: state.value for name, state in form_states(table.form, table).items()}


def _file_json(file: CheckedFile) -> Json:
    compared = {"comparison": comparison_json(file.comparison)} if file.comparison else {}
    returned = {"returned": returned_json(file.returned)} if file.returned is not None else {}
    return {
        "file": file.file,
        "unit": file.unit,
        "period": file.period.id if file.period else None,
        "form": file.form,
        "status": file.status.value,
        "forms": forms_json(file.submission),
        "findings": [finding_json(finding) for finding in file.findings],
        **compared,
        **returned,
    }
