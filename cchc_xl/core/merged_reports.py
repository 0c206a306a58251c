"""Reports of units that merged within the period: added up for the unit that they became.

Nothing is counted twice: where the unit and one that it is made of report the same days, neither
counts before the official chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from cchc_xl.core import unit_findings
from cchc_xl.core.cells import RawCell, Reading
from cchc_xl.core.consolidation import Received
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Aggregation, Form, Indicator
from cchc_xl.core.period import Period, short_date
from cchc_xl.core.submission import Entry, Status, Submission, Table
from cchc_xl.core.successors import Merged, sum_of
from cchc_xl.core.units import ReportingUnit
from cchc_xl.core.values import Value

# What several reports of one time after the other add up to.
_ADDED = frozenset({"flow", "ytd"})

# The findings of a table that was put together, of the unit.
Check = Callable[[ReportingUnit, Table], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Joined:
    """The files with those added up that belong to one unit, and those that were chosen.

    `findings` are of the figures that were added up, in no file.
    """

    received: list[Received]
    chosen: frozenset[str]
    findings: tuple[Finding, ...] = ()


def join_reports(
    received: Sequence[Received],
    merged: Sequence[Merged],
    form: Form,
    period: Period,
    chosen: frozenset[str],
    check: Check,
) -> Joined:
    """Return the files where each unit of the reform counts once, with all of its parts.

    `chosen` are the files, with or without their folder, that the official chose; `check` finds
    what is wrong with figures that were added up.
    """
    entries = list(received)
    decided: set[str] = set()
    found: list[Finding] = []
    for unit in dict.fromkeys(pair.into for pair in merged):
        names = {pair.unit.key: pair.unit.name for pair in merged if pair.into == unit}
        own = next((e for e in entries if _is_of(e, unit.key)), None)
        parts = [e for e in entries if any(_is_of(e, key) for key in names)]
        wanting = [n for key, n in names.items() if not any(_is_of(e, key) for e in parts)]
        work = _Joining(unit, form, period, own, parts, wanting)
        if own is not None and any(work.overlap(own, part) for part in parts):
            one = [e for e in (own, *parts) if _is_chosen(e, chosen)]
            decided |= {e.file or "" for e in one} if len(one) == 1 else set()
            settled = work.only(one[0]) if len(one) == 1 else work.neither()
        elif parts:
            table = work.table()
            settled = work.added(table)
            found += work.said_of(table, check)
        elif own is not None and work.window(own).first_day > period.first_day:
            settled = {id(own): _with(own, unit_findings.part_is_missing(unit.name, wanting))}
        else:
            continue
        new = settled.pop(0, None)
        entries = [settled.get(id(entry), entry) for entry in entries] + ([new] if new else [])
    return Joined(entries, frozenset(decided), tuple(found))


def _is_of(entry: Received, key: str) -> bool:
    return entry.is_counted and entry.unit is not None and entry.unit.key == key


def _is_chosen(entry: Received, chosen: frozenset[str]) -> bool:
    file = entry.file or ""
    return file in chosen or file.rpartition("/")[2] in chosen


def _with(entry: Received, *findings: Finding) -> Received:
    placed = tuple(
        replace(finding, unit=entry.unit.name if entry.unit else None, file=entry.file)
        for finding in findings
    )
    found = (*entry.findings, *placed)
    has_errors = any(finding.severity is Severity.ERROR for finding in found)
    status = Status.ACCEPTED_WITH_ERRORS if has_errors else Status.ACCEPTED
    return replace(entry, findings=found, status=status)


@dataclass(frozen=True, slots=True)
class _Joining:
    """The reports of one unit: its own, and those of the units that became it."""

    unit: ReportingUnit
    form: Form
    period: Period
    own: Received | None
    parts: Sequence[Received]
    wanting: Sequence[str]

    def window(self, entry: Received) -> Period:
        """Return the days that a report speaks of; the whole period where it names none."""
        said = entry.submission.period if entry.submission else None
        return said or self.period

    def overlap(self, one: Received, other: Received) -> bool:
        first, second = self.window(one), self.window(other)
        return first.first_day <= second.last_day and second.first_day <= first.last_day

    def only(self, chosen: Received) -> dict[int, Received]:
        """Return the files where the chosen one alone counts."""
        not_chosen = unit_findings.not_chosen(chosen.file or "")
        others = [e for e in (self.own, *self.parts) if e is not None and e is not chosen]
        settled = {
            id(e): replace(_with(replace(e, findings=()), not_chosen), status=Status.DUPLICATE)
            for e in others
        }
        return {**settled, id(chosen): replace(chosen, unit=self.unit)}

    def neither(self) -> dict[int, Received]:
        """Return the files where none counts, because two speak of the same days."""
        entries = [e for e in (self.own, *self.parts) if e is not None]
        finding = unit_findings.counted_twice(self.unit.name, [_named(e) for e in entries])
        return {id(e): replace(_with(e, finding), status=Status.DUPLICATE) for e in entries}

    def added(self, table: Table) -> dict[int, Received]:
        """Return the unit's report with all of its parts; under 0 where it sent none itself."""
        if self.own is not None and self.own.submission is not None:
            submission = replace(self.own.submission, tables=(table,))
            return {id(self.own): replace(self.own, submission=submission)}
        submission = Submission("", self.unit.name, self.unit.code, self.period, (table,))
        return {0: Received(Status.ACCEPTED, self.unit, None, submission=submission)}

    def said_of(self, table: Table, check: Check) -> Iterator[Finding]:
        """Yield what there is to say of the sum that its parts do not say themselves."""
        entries = [e for e in (*self.parts, self.own) if e is not None]
        found = [unit_findings.added_up(self.unit.name, [_named(e) for e in entries])]
        if missing := [*self.wanting, *self._days_missing()]:
            found.append(unit_findings.part_is_missing(self.unit.name, missing))
        known = {(f.rule, f.indicator) for entry in entries for f in entry.findings}
        found += [f for f in check(self.unit, table) if (f.rule, f.indicator) not in known]
        yield from (replace(finding, unit=self.unit.name) for finding in found)

    def _days_missing(self) -> list[str]:
        """Return the days between the parts, or behind them, of which nobody reports."""
        last = max(self.window(part).last_day for part in self.parts)
        end = self.window(self.own).first_day if self.own else self.period.last_day
        first = last + timedelta(days=1)
        until = end - timedelta(days=1) if self.own else end
        if first > until:
            return []
        return [f"thời gian từ {short_date(first)} đến {short_date(until)}"]

    def table(self) -> Table:
        """Return the figures of all parts."""
        tables = [(entry, table) for entry in self.parts if (table := self._of(entry)) is not None]
        own = self._of(self.own) if self.own else None
        entries: dict[str, Entry] = {}
        for indicator in self.form.indicators:
            entry = self._entry(indicator, tables, own)
            if entry is not None:
                entries[indicator.code] = entry
        return Table(self.form, self.form.main.name, entries, labels=own.labels if own else {})

    def _of(self, entry: Received) -> Table | None:
        return entry.submission.table(self.form.id) if entry.submission else None

    def _entry(
        self, indicator: Indicator, parts: Sequence[tuple[Received, Table]], own: Table | None
    ) -> Entry | None:
        """Return a figure of the unit: what happened adds up, what there is stands in the last."""
        code, is_sum = indicator.code, indicator.aggregation is Aggregation.SUM
        is_added = is_sum and indicator.behaviour in _ADDED
        is_opening = is_sum and indicator.behaviour == "opening"
        if own is not None and not is_added and not is_opening:
            return own.entries.get(code)
        if not is_sum:
            return None
        tables = list(parts)
        if own is not None and self.own is not None and is_added:
            tables.append((self.own, own))
        value = sum_of(indicator, [table.value(code) for _, table in tables])
        if value.is_blank:
            return None
        places = [
            f"{received.file}: {cell.sheet}!{cell.cell}"
            for received, table in tables
            if (cell := table.entries.get(code)) is not None
        ]
        return Entry(Reading(value), _raw(value), " + ".join(places), "")


def _named(entry: Received) -> str:
    unit = entry.unit.name if entry.unit else ""
    said = entry.submission.period if entry.submission else None
    return f"{entry.file} ({unit}{', ' + said.name if said else ''})"


def _raw(value: Value) -> RawCell:
    return RawCell(float(value.number) if value.state.value == "number" else str(value.state.value))
