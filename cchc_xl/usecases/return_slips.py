"""Sends submissions back: slips for the files with errors, reminders for the units without one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from cchc_xl.core.consolidation import Consolidation, Received
from cchc_xl.core.findings import Counts, Finding, count
from cchc_xl.core.form import Form
from cchc_xl.core.period import Period
from cchc_xl.core.return_slip import (
    OVERVIEW,
    REMINDER_ENDING,
    SLIP_ENDING,
    TEXT_ENDING,
    Letter,
    ReturnedFile,
    for_the_unit,
    is_due,
    is_to_correct,
    message,
    reminder,
    slip_page,
)
from cchc_xl.core.returned_slip import (
    Returned,
    asked_again,
    asked_of_a_folder,
    at_the_file,
    figures_of,
    is_untouched,
    returned,
    state_of,
)
from cchc_xl.core.slip_memory import SlipMemory
from cchc_xl.core.submission import Status, Submission
from cchc_xl.core.told_findings import as_told
from cchc_xl.core.units import ReportingUnit
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.folder import files_of
from cchc_xl.gateways.one_writer import only_writer
from cchc_xl.gateways.return_slip_file import make_slip
from cchc_xl.gateways.return_slip_folder import ReturnFolder
from cchc_xl.gateways.submissions import read_submission
from cchc_xl.usecases.consolidate import Progress, consolidate
from cchc_xl.usecases.earlier import read_earlier
from cchc_xl.usecases.return_choices import agreed_period, refuse_among_reports
from cchc_xl.usecases.return_results import (
    Reminder,
    ReturnedSlip,
    Slip,
    SlipsResult,
    addressed_unit,
    all_findings,
    named_unit,
    overview_csv,
)

_MACROS = ".xlsm"


def make_slips(
    folder: Path,
    output: Path,
    form: Form,
    *,
    name: str = "",
    period: Period | None = None,
    units: Sequence[ReportingUnit] | None = None,
    preferred: Iterable[str] = (),
    chosen_before: frozenset[str] = frozenset(),
    previous: Path | None = None,
    deadline: date | None = None,
    leave_out: Path | None = None,
    progress: Progress | None = None,
) -> SlipsResult:
    """Write slips, texts, reminders and an overview into the folder `output`.

    Run again over the same files it writes the same bytes; what a person changed there is never
    overwritten. Without a `period` all files must be of one. `leave_out` is a workbook of ours that
    is open in the folder. Raises UsageError where they are not
    or there is nothing to read, OutputRefused where `output` cannot be written.
    """
    refuse_among_reports(output, folder)
    period = period or agreed_period(folder, form)
    data = consolidate(
        folder,
        form,
        name=name,
        period=period,
        units=units,
        preferred=preferred,
        chosen_before=chosen_before,
        leave_out=leave_out,
        earlier=read_earlier(previous, [form]) if previous is not None else None,
        progress=progress,
    )
    paths = {file.name: file.path for file in files_of(folder)}
    with only_writer(output / OVERVIEW):
        work = _Returning(
            data, paths, ReturnFolder(output, form), name, deadline, previous is not None
        )
        slips = [slip for entries in _by_unit(data) for slip in work.slips_of(entries)]
        reminders = [
            work.reminder_of(entry) for entry in data.received if entry.status is Status.MISSING
        ]
        came_back = tuple(work.came_back())
        overview = work.target.add(
            lambda number: OVERVIEW if number == 1 else f"{OVERVIEW[:-4]} ({number}).csv",
            overview_csv(data, slips, reminders, came_back),
        )
        no_longer_due = work.target.write()
        return SlipsResult(
            name, period, tuple(slips), tuple(reminders), came_back, no_longer_due, overview, output
        )


@dataclass(frozen=True, slots=True)
class _Returning:
    """What the files of one run have in common."""

    data: Consolidation
    paths: dict[str, Path]
    target: ReturnFolder
    name: str
    deadline: date | None
    with_previous: bool

    def slips_of(self, entries: Sequence[Received]) -> list[Slip]:
        """Return the slips of one unit's files, with one text for all of them."""
        unit = addressed_unit(entries[0], self.data)
        if unit is None:
            return [self._nobodys(entry) for entry in entries]
        letter = self._letter(unit)
        files: list[ReturnedFile] = []
        made: list[tuple[Received, Path | None, Counts]] = []
        for entry in entries:
            findings = self._to_tell(entry)
            if not is_due(findings):
                continue
            slip = self._slip(entry, letter, findings)
            files.append(
                ReturnedFile(
                    entry.file or "",
                    as_told(findings, entry.submission),
                    slip=slip.name if slip else "",
                    without_macros=slip is not None and _has_macros(self.paths[entry.file or ""]),
                )
            )
            made.append((entry, slip, count(findings)))
        if not files:
            return []
        text = self.target.add_named(unit, TEXT_ENDING, _as_text(message(letter, files)))
        return [
            Slip(unit, entry.file or "", entry.status, slip, text, counts)
            for entry, slip, counts in made
        ]

    def came_back(self) -> Iterable[ReturnedSlip]:
        """Yield the slips of earlier runs among the files, against what they remember."""
        for entry in self.data.received:
            comparison = self._comparison(entry)
            if comparison is not None:
                yield ReturnedSlip(named_unit(entry), entry.file or "", comparison)

    def _comparison(self, entry: Received) -> Returned | None:
        submission = entry.submission
        if submission is None or submission.returned is None:
            return None
        asked = asked_of_a_folder(self.data.form, with_previous=self.with_previous)
        found = returned(submission.returned, submission, self._findings(entry), asked)
        return at_the_file(found, named_unit(entry), entry.file or "")

    def _findings(self, entry: Received) -> tuple[Finding, ...]:
        return for_the_unit(all_findings(entry, self.data))

    def _to_tell(self, entry: Received) -> tuple[Finding, ...]:
        """Return what a unit is told of a file, with what it was asked before in vain."""
        comparison = self._comparison(entry)
        if comparison is None or not entry.is_counted:
            return self._findings(entry)
        return for_the_unit([*self._findings(entry), *asked_again(comparison)])

    def _nobodys(self, entry: Received) -> Slip:
        counts = count(self._findings(entry))
        return Slip(None, entry.file or "", entry.status, None, None, counts)

    def reminder_of(self, entry: Received) -> Reminder:
        unit = named_unit(entry)
        content = _as_text(reminder(self._letter(unit)))
        return Reminder(unit, self.target.add_named(unit, REMINDER_ENDING, content))

    def _letter(self, unit: str) -> Letter:
        return Letter(self.name, unit, self.data.period, self.data.form.name, self.deadline)

    def _slip(self, entry: Received, letter: Letter, findings: tuple[Finding, ...]) -> Path | None:
        submission = entry.submission
        if submission is None or not is_to_correct(findings):
            return None
        path = self.paths[entry.file or ""]
        memory = SlipMemory(
            unit=letter.unit,
            period=self.data.period.id,
            form=self.data.form.id,
            source=_source(entry, submission),
            sha256=entry.sha256,
            figures=figures_of(submission),
            findings=findings,
            state=state_of(submission),
        )
        told = as_told(findings, submission)
        page = slip_page(letter, told, memory, without_macros=_has_macros(path))
        content = make_slip(path, page)
        if content is None or not self._says_the_same(content, memory):
            return None
        return self.target.add_named(letter.unit, SLIP_ENDING, content)

    def _says_the_same(self, content: bytes, memory: SlipMemory) -> bool:
        """Whether a slip reads exactly as the file that it was made from: nothing may get lost."""
        with TemporaryDirectory(prefix="cchc-") as folder:
            path = Path(folder) / SLIP_ENDING
            path.write_bytes(content)
            try:
                submission = read_submission(path, [self.data.form], self.data.period)
            except UnreadableFile:
                return False
        return is_untouched(submission) and figures_of(submission) == dict(memory.figures)


def _by_unit(data: Consolidation) -> Iterable[list[Received]]:
    """Yield the files that may go back, those of one unit together."""
    groups: dict[str, list[Received]] = {}
    for entry in data.received:
        if entry.file is not None and entry.status is not Status.IGNORED:
            unit = addressed_unit(entry, data)
            # What is nobody's stands alone; no name of a unit has a line end.
            known = entry.unit.key if entry.unit else unit
            key = f"\n{entry.file}" if unit is None else known or unit
            groups.setdefault(key, []).append(entry)
    return groups.values()


def _source(entry: Received, submission: Submission) -> str:
    """Return how the unit called its file: what a slip is called says nothing of the unit."""
    if submission.returned is not None:
        return submission.returned.source
    return Path(entry.file or "").name


def _has_macros(path: Path) -> bool:
    return path.suffix.lower() == _MACROS


def _as_text(words: str) -> bytes:
    """Return a text as Notepad of every Windows shows it."""
    return words.replace("\n", "\r\n").encode("utf-8-sig")
