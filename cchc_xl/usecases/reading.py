"""Reads one file of a batch: whatever is wrong with it, the others are still read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cchc_xl.core import file_findings
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.period import Period
from cchc_xl.core.submission import Submission
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.activity_log import record_defect
from cchc_xl.gateways.submissions import read_submission


def read_or_say_why(
    path: Path, forms: Sequence[Form], asked: Period | None = None
) -> Submission | Finding:
    """Return what a file reports, or the finding that says why it cannot be read.

    Of several tables in it the one of the period `asked` is read.
    """
    try:
        return read_submission(path, forms, asked)
    except UnreadableFile as error:
        return file_findings.unreadable(error.message, error.advice)
    except Exception as error:  # noqa: BLE001  # a defect of ours must not stop the batch
        return file_findings.reader_failed(record_defect(error))
    except BaseException as error:
        # A panic of calamine's Rust is no Exception (PyO3/pyo3#2783).
        if type(error).__module__ != "pyo3_runtime":
            raise
        return file_findings.reader_failed(record_defect(error))
