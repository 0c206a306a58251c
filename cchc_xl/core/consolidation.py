"""The outcome of merging a folder: what became of every file, and the parent unit's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from cchc_xl.core.comparison import Comparison
from cchc_xl.core.findings import Counts, Finding, Severity, count
from cchc_xl.core.form import Form
from cchc_xl.core.period import Period
from cchc_xl.core.roll_up import RollUp, UnitTable
from cchc_xl.core.submission import Status, Submission
from cchc_xl.core.units import ReportingUnit


@dataclass(frozen=True, slots=True)
class Received:
    """A file of the folder, or an expected unit that sent none, with what became of it."""

    status: Status
    unit: ReportingUnit | None
    file: str | None
    sha256: str = ""
    modified: str = ""
    findings: tuple[Finding, ...] = ()
    submission: Submission | None = None
    ignored: str = ""

    @property
    def counts(self) -> Counts:
        return count(self.findings)

    @property
    def is_counted(self) -> bool:
        return self.status in (Status.ACCEPTED, Status.ACCEPTED_WITH_ERRORS)


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The parent unit's figures for a period, and every file and unit behind them."""

    name: str
    period: Period
    form: Form
    received: tuple[Received, ...]
    tables: tuple[UnitTable, ...]
    rolled: RollUp
    unit_findings: tuple[Finding, ...]
    # The files that count because the official chose them among several of one unit.
    chosen: frozenset[str] = frozenset()
    # Against an earlier period, where one was given.
    comparison: Comparison | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings: of the files in their order, then of the units together."""
        return tuple(f for entry in self.received for f in entry.findings) + self.unit_findings

    @property
    def missing(self) -> tuple[ReportingUnit, ...]:
        """The expected units whose report is not in the figures."""
        return tuple(entry.unit for entry in self.tables if entry.table is None)

    @property
    def is_clean(self) -> bool:
        """Whether every expected unit is in, without an error."""
        return not self.missing and all(f.severity is not Severity.ERROR for f in self.findings)


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the append-only log: what became of a file in a run."""

    run: int
    file: str
    unit: str
    status: str
    sha256: str
    modified: str
    versions: str


@dataclass(frozen=True, slots=True)
class KeptSentence:
    """What the official wrote in place of a drafted sentence.

    `answers` is the drafted sentence that the official saw when writing `own_text`: as long as
    the draft is still the same, the official's words need no second look. `figures` is that draft
    with its figures, as `bound_text.as_json` gives it, "" where it is not known. A sentence that
    the official added stands behind the sentence `after`, "" at the beginning.
    """

    own_text: str
    answers: str
    figures: str = ""
    after: str | None = None


# A row of `Thay đổi` as it stands there: text, or the number of a run or a figure.
ChangeRow: TypeAlias = tuple[str | float, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What of an earlier result is the official's, and comes back into the next one."""

    chosen: frozenset[str] = frozenset()
    sentences: Mapping[str, KeptSentence] = field(default_factory=dict[str, KeptSentence])
    # The sentences as they were drafted the last time, and what was said of them, by id.
    drafts: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    log: tuple[LogLine, ...] = ()
    # What the last run that changed anything changed.
    changes: tuple[ChangeRow, ...] = ()
    # The parent unit's own figures as typed, with their notes, by code.
    own_figures: Mapping[str, tuple[str | float, str]] = field(
        default_factory=dict[str, tuple[str | float, str]]
    )
