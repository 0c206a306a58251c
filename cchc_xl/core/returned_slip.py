"""A slip that came back: what the unit changed, and which findings are closed by it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from cchc_xl.core.findings import Finding, Severity, Shown
from cchc_xl.core.form import Check, Form
from cchc_xl.core.period import parse_period_id
from cchc_xl.core.slip_memory import RememberedFigure, SlipMemory
from cchc_xl.core.slip_rows import typed
from cchc_xl.core.submission import Submission
from cchc_xl.core.wording import HAS_TO_BE_EMPTY, shown

WRONG_PERIOD = "RK5"
_UNANSWERED = "Ô đã được xóa trống nên vấn đề này chưa được trả lời."
# What only a run over the whole folder finds: unknown unit, duplicates, outdated form.
_OF_THE_FOLDER = frozenset(
    {"RK3", "RK4", "RK6", "RK7", "RK8", "RK9", "RK10", "RK11", "RK12", "RK13", "RB10"}
)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is not what it was; where the row is gone, `cell` is where it stood."""

    indicator: str
    sheet: str
    cell: str
    was: Shown
    now: Shown


@dataclass(frozen=True, slots=True)
class Returned:
    """A slip against what it remembers; what cannot be asked again remains.

    `unanswered` are those of `remaining` that only went because somebody emptied a cell.
    """

    changes: tuple[Change, ...]
    closed: tuple[Finding, ...]
    remaining: tuple[Finding, ...]
    new: tuple[Finding, ...]
    unanswered: tuple[Finding, ...] = ()

    @property
    def fixed(self) -> tuple[int, int]:
        """How many errors and warnings of how many are closed."""
        closed = sum(f.severity is not Severity.INFO for f in self.closed)
        return closed, closed + sum(f.severity is not Severity.INFO for f in self.remaining)


def figures_of(submission: Submission) -> dict[str, RememberedFigure]:
    """Return the figures of a file as they are typed, by code."""
    return {
        code: RememberedFigure(entry.sheet, entry.cell, typed(entry.raw))
        for table in submission.tables
        for code, entry in table.entries.items()
    }


def state_of(submission: Submission) -> str:
    """Return a fingerprint of all that is read from a file: equal where nothing was corrected."""
    read = [
        submission.unit,
        submission.unit_code,
        submission.period.id if submission.period else None,
        [
            (table.form.id, code, type(value := typed(entry.raw)).__name__, shown(value),
             entry.note)
            for table in submission.tables
            for code, entry in table.entries.items()
        ],
        [(f.rule, f.indicator, f.message) for f in submission.findings],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(read, ensure_ascii=False).encode()).hexdigest()


def is_untouched(submission: Submission) -> bool:
    """Whether a file is a slip of ours in which nobody has corrected anything."""
    memory = submission.returned
    return memory is not None and memory.state == state_of(submission)


def returned(
    memory: SlipMemory,
    submission: Submission,
    findings: Iterable[Finding],
    is_asked: Callable[[str], bool],
) -> Returned:
    """Compare a slip with its memory; `findings` are those of now.

    `is_asked` says whether a rule was asked again: a finding of a rule that was not is still open.
    """
    now = Counter(map(_key, found := list(findings)))
    closed: list[Finding] = []
    remaining: list[Finding] = []
    unanswered: list[Finding] = []
    for finding in memory.findings:
        if now[_key(finding)]:
            now[_key(finding)] -= 1
            remaining.append(finding)
        elif (code := _emptied(finding, memory, submission)) is not None:
            remaining.append(replace(finding, found=_found_emptied(code)))
            unanswered.append(remaining[-1])
        elif _is_closed(finding, memory, submission, is_asked):
            closed.append(finding)
        else:
            remaining.append(finding)
    new: list[Finding] = []
    for finding in reversed(found):
        if now[_key(finding)]:
            now[_key(finding)] -= 1
            new.append(finding)
    changes = tuple(_changes(memory.figures, figures_of(submission)))
    return Returned(
        changes, tuple(closed), tuple(remaining), tuple(reversed(new)), tuple(unanswered)
    )


def at_the_file(comparison: Returned, unit: str | None, file: str) -> Returned:
    """Return the comparison with all its findings at the unit and the file that came back."""

    def there(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(replace(finding, unit=unit, file=file) for finding in findings)

    return replace(
        comparison,
        closed=there(comparison.closed),
        remaining=there(comparison.remaining),
        new=there(comparison.new),
        unanswered=there(comparison.unanswered),
    )


def asked_again(comparison: Returned) -> tuple[Finding, ...]:
    """Return the findings without an answer as they go back to the unit."""
    return tuple(
        finding
        if finding.message.endswith(_UNANSWERED)
        else replace(
            finding,
            message=f"{finding.message} {_UNANSWERED}",
            advice=f"{finding.advice} Không phát sinh thì ghi KPS, không áp dụng thì ghi KAD.",
        )
        for finding in comparison.unanswered
    )


def asked_of_one_file(form: Form, *, with_previous: bool) -> Callable[[str], bool]:
    """Return which rules the check of a single file asks."""
    unasked = _OF_THE_FOLDER | {
        rule.id
        for rule in form.rules
        if rule.check in (Check.UNITS_AGREE, Check.ONE_CONVENTION)
        or (rule.needs_previous and not with_previous)
    }
    return lambda rule: rule not in unasked


def asked_of_a_folder(form: Form, *, with_previous: bool) -> Callable[[str], bool]:
    """Return which rules a run over a folder asks."""
    unasked = {rule.id for rule in form.rules if rule.needs_previous and not with_previous}
    return lambda rule: rule not in unasked


def _is_closed(
    finding: Finding, memory: SlipMemory, submission: Submission, is_asked: Callable[[str], bool]
) -> bool:
    if finding.rule == WRONG_PERIOD:
        asked = parse_period_id(memory.period)
        return (
            asked is not None
            and submission.period is not None
            and submission.period.is_same_window(asked)
        )
    return is_asked(finding.rule)


def _emptied(finding: Finding, memory: SlipMemory, submission: Submission) -> str | None:
    """Return the code whose cell was emptied, which alone made a finding go; None elsewhere.

    A cell that had to be emptied is answered by that.
    """
    if finding.expected == HAS_TO_BE_EMPTY or finding.indicator is None:
        return None
    for table in submission.tables:
        rules = table.form.rules_behind(finding.rule, finding.indicator)
        cells = [cell.code for rule in rules for cell in rule.cells if not cell.previous]
        for code in dict.fromkeys((finding.indicator, *cells)):
            before, entry = memory.figures.get(code), table.entries.get(code)
            is_filled = entry is not None and typed(entry.raw) is not None
            was_filled = before is not None and before.typed is not None
            if not is_filled and (was_filled or finding.found == _found_emptied(code)):
                return code
    return None


def _found_emptied(code: str) -> str:
    """Return what is found where a cell was emptied; a second slip knows it again by this."""
    return f"{code}: đã xóa trống"


def _key(finding: Finding) -> tuple[str, str]:
    """What makes a finding the same one: its rule and its indicator, else its cell."""
    return finding.rule, finding.indicator or finding.cell or ""


def _changes(
    before: Mapping[str, RememberedFigure], after: Mapping[str, RememberedFigure]
) -> Iterable[Change]:
    for code in dict.fromkeys((*before, *after)):
        was, now = before.get(code), after.get(code)
        place = now or was
        if place is not None and (was.typed if was else None) != (now.typed if now else None):
            yield Change(
                code,
                place.sheet,
                place.cell,
                was.typed if was else None,
                now.typed if now else None,
            )
