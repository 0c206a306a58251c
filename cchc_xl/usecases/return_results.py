"""What a run of `return` wrote, and the overview of it for the parent unit."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_xl.core.consolidation import Consolidation, Received
from cchc_xl.core.findings import Counts, Finding, count
from cchc_xl.core.period import Period
from cchc_xl.core.return_slip import OVERVIEW_HEADS, for_the_unit
from cchc_xl.core.returned_slip import Returned
from cchc_xl.core.submission import Status
from cchc_xl.core.units import type_of
from cchc_xl.core.wording import STATUS_WORDS
from cchc_xl.gateways.submissions import file_stem
from cchc_xl.usecases.receiving import tells_its_unit

UNKNOWN_UNIT = "chưa rõ đơn vị"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Slip:
    """A file that goes back; `slip` is None where only the text can be sent.

    Where nobody knows whose file it is, `unit` and `text` are None too: it is the parent unit's
    to ask around.
    """

    unit: str | None
    file: str
    status: Status
    slip: Path | None
    text: Path | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Reminder:
    unit: str
    text: Path


@dataclass(frozen=True, slots=True)
class ReturnedSlip:
    """A slip of an earlier run that the unit corrected and sent again."""

    unit: str
    file: str
    comparison: Returned


@dataclass(frozen=True, slots=True)
class SlipsResult:
    """What was written into `output`; `no_longer_due` are files of ours from earlier runs."""

    name: str
    period: Period
    slips: tuple[Slip, ...]
    reminders: tuple[Reminder, ...]
    returned: tuple[ReturnedSlip, ...]
    no_longer_due: tuple[Path, ...]
    overview: Path
    output: Path


def named_unit(entry: Received) -> str:
    """Return what the unit of a file is called, known or not."""
    if entry.unit is not None:
        return entry.unit.name
    named = next((finding.unit for finding in entry.findings if finding.unit), None)
    return named or file_stem(Path(entry.file or ""))


def addressed_unit(entry: Received, data: Consolidation) -> str | None:
    """Return the unit that a letter about a file goes to; None where nobody knows one.

    What a file without figures is called is no unit's name by that alone.
    """
    unit = entry.unit
    if tells_its_unit(entry) or (unit is not None and unit.is_listed):
        return named_unit(entry)
    if unit is None:
        return None
    others = (e for e in data.received if e.unit is not None and tells_its_unit(e))
    if type_of(unit.name) or any(other.unit == unit for other in others):
        return unit.name
    return None


def all_findings(entry: Received, data: Consolidation) -> list[Finding]:
    """Return the findings of a file, and those of the units together that lie in it."""
    return [*entry.findings, *(f for f in data.unit_findings if f.file == entry.file)]


def overview_csv(
    data: Consolidation,
    slips: Sequence[Slip],
    reminders: Sequence[Reminder],
    came_back: Sequence[ReturnedSlip],
) -> bytes:
    """Return the overview of every file and of every unit without one, as Excel opens it."""
    by_file = {slip.file: slip for slip in slips}
    fixed = {slip.file: "{}/{}".format(*slip.comparison.fixed) for slip in came_back}
    reminded = {entry.unit: entry.text.name for entry in reminders}
    rows: list[Sequence[object]] = [OVERVIEW_HEADS]
    for entry in data.received:
        if entry.status is Status.IGNORED:
            continue
        file = entry.file or ""
        unit = (addressed_unit(entry, data) if file else named_unit(entry)) or UNKNOWN_UNIT
        slip = by_file.get(file) if file else None
        counts = slip.counts if slip else count(for_the_unit(all_findings(entry, data)))
        rows.append(
            (
                unit,
                file,
                STATUS_WORDS[entry.status],
                counts.error,
                counts.warning,
                slip.slip.name if slip and slip.slip else "",
                slip.text.name if slip and slip.text else "" if file else reminded.get(unit, ""),
                fixed.get(file, ""),
            )
        )
    written = io.StringIO()
    csv.writer(written).writerows([_plain(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _plain(cell: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
