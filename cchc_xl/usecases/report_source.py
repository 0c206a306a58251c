"""What a report is drafted from: the figures of a reporting unit, or of a parent unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from cchc_xl.build.parent_book import OWN_FIGURES
from cchc_xl.core.bound_text import BoundText, bound_as_drafted
from cchc_xl.core.cells import RawCell, read_cell
from cchc_xl.core.checks import Earlier, check_table
from cchc_xl.core.comparison import Comparison, PeriodFigures, compare, figures_of_roll_up
from cchc_xl.core.consolidation import Consolidation, KeptSentence, Received
from cchc_xl.core.facts import Facts, unit_facts
from cchc_xl.core.figure_words import unit_of
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Aggregation, Form, Indicator
from cchc_xl.core.narrative import Sentence
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.own_facts import FactsWithOwn
from cchc_xl.core.parent_facts import parent_facts
from cchc_xl.core.period import Period, parse_period_id
from cchc_xl.core.roll_up import roll_up
from cchc_xl.core.roll_up_checks import check_units
from cchc_xl.core.submission import Entry, Submission, Table
from cchc_xl.core.values import State
from cchc_xl.core.wording import as_typed, shown
from cchc_xl.errors import UnreadableFile, UsageError
from cchc_xl.gateways.parent_files import ParentFile, unit_tables
from cchc_xl.usecases.earlier import (
    EarlierFigures,
    comparison_of_parent,
    comparison_of_unit,
    earlier_table,
)


@dataclass(frozen=True, slots=True)
class ReportSource:
    """What a report is drafted from, the same for a reporting unit and a parent unit."""

    unit: str
    period: Period
    form: Form
    level: str
    facts: Facts
    figures: Mapping[str, tuple[str, str]]
    findings: tuple[Finding, ...]
    kept: Mapping[str, KeptSentence]
    stamp: str = ""
    # The words of the open rows of annexes, by `PREFIX.ROW`.
    labels: Mapping[str, str] = field(default_factory=dict[str, str])

    def bind(self, sentence: Sentence) -> BoundText:
        """Return a drafted sentence with its figures."""
        return bound_as_drafted(sentence, partial(unit_of, self.form), self.period.id)


def unit_source(
    submission: Submission,
    kept: Mapping[str, KeptSentence] | None = None,
    earlier: EarlierFigures | None = None,
) -> ReportSource:
    """Return what the report of a reporting unit is drafted from; `earlier` is compared with.

    Raises UnreadableFile where the submission has no table, UsageError where its period is not
    known.
    """
    if not submission.tables:
        raise UnreadableFile(
            f"Không tìm thấy bảng số liệu trong tệp {submission.file}.",
            "Đề nghị dùng tệp theo mẫu cchc-commune.xlsx hoặc tệp tổng hợp của cchc-xl.",
        )
    if submission.period is None:
        raise UsageError(
            f"Không nhận ra kỳ báo cáo ghi trong tệp {submission.file}.",
            "Đề nghị ghi kỳ báo cáo trong tệp, ví dụ «Quý I năm 2022».",
        )
    table = submission.tables[0]
    unit, period = submission.unit, submission.period
    notes: tuple[Finding, ...] = ()
    before: Earlier | None = None
    comparison: Comparison | None = None
    if earlier is not None:
        before, notes = earlier_table(earlier, unit, period)
        comparison = comparison_of_unit(earlier, unit, period, table)
    findings = (*notes, *check_table(table, period, before))
    facts = unit_facts(table, unit, period, comparison, findings)
    return ReportSource(
        unit=unit,
        period=period,
        form=table.form,
        level="commune",
        facts=FactsWithOwn(facts, facts, is_alone=True) if is_of_a_parent(table.form) else facts,
        figures={row.code: _unit_figure(table, row) for row in table.form.indicators},
        findings=findings,
        kept=kept or {},
        labels=table.labels,
    )


def is_of_a_parent(form: Form) -> bool:
    """Whether a set of forms has annexes that only the office of a parent unit fills in."""
    return any(annex.level == "parent" for annex in form.annexes)


def _unit_figure(table: Table, indicator: Indicator) -> tuple[str, str]:
    """Return what the appendix prints of a row: its figure as it was understood, its note."""
    entry = table.entries.get(indicator.code)
    if entry is None:
        return "", ""
    match entry.value.state:
        case State.NUMBER:
            return vietnamese(entry.value.number), entry.note
        case State.NOT_ARISEN | State.NOT_APPLICABLE:
            return entry.value.state.value, entry.note
        case State.BLANK:
            return "", entry.note
        case State.INVALID | State.TEXT:
            return f"«{shown(as_typed(entry.raw))}»", entry.note


def consolidation_of(file: ParentFile, earlier: EarlierFigures | None = None) -> Consolidation:
    """Return the figures behind a parent unit's workbook.

    They are compared with `earlier`, else with the period that the workbook itself holds.
    Raises UnreadableFile where its period is not known.
    """
    form = file.form
    period = parse_period_id(file.period)
    if period is None:
        raise UnreadableFile(
            f"Tệp {file.file} không ghi kỳ tổng hợp.", "Đề nghị chạy lại lệnh tổng hợp."
        )
    tables = unit_tables(file)
    rolled = roll_up(form, tables)
    comparison: Comparison | None = None
    if earlier is not None:
        comparison = comparison_of_parent(earlier, file.name, period, rolled)
    elif file.previous is not None:
        now = PeriodFigures(file.name, period, figures_of_roll_up(rolled))
        comparison = compare(form, now, file.previous)
    return Consolidation(
        name=file.name,
        period=period,
        form=form,
        received=tuple(Received(line.status, line.unit, line.file) for line in file.lines),
        tables=tables,
        rolled=rolled,
        unit_findings=check_units(form, tables, period),
        comparison=comparison,
    )


def parent_source(file: ParentFile, earlier: EarlierFigures | None = None) -> ReportSource:
    """Return what the report of a parent unit is drafted from; raises as `consolidation_of`."""
    data = consolidation_of(file, earlier)
    form = file.form
    parents_annexes = {annex.id for annex in form.annexes if annex.level == "parent"}
    own = unit_facts(own_table(form, file.kept.own_figures), data.name, data.period)
    return ReportSource(
        unit=data.name,
        period=data.period,
        form=form,
        level="parent",
        facts=FactsWithOwn(parent_facts(data, file.findings), own),
        figures={
            row.code: _unit_figure(own.table, row)
            if row.annex in parents_annexes
            else _parent_figure(data, row)
            for row in form.indicators
        },
        findings=tuple(
            f
            for f in file.findings
            if f.severity is Severity.ERROR or f in data.unit_findings or f.rule.startswith("RA")
        ),
        kept=file.kept.sentences,
        stamp=file.stamp,
        labels=own.table.labels,
    )


def own_table(form: Form, figures: Mapping[str, tuple[str | float, str]]) -> Table:
    """Return the parent unit's own figures as a table; they belong to no total.

    The words of an open row stand under its `PREFIX.ROW`.
    """
    entries: dict[str, Entry] = {}
    for code, (typed, note) in figures.items():
        if (row := form.by_code.get(code)) is not None:
            raw = RawCell(typed)
            reading = read_cell(row.kind, raw, choices=row.choices, own_template=True)
            entries[code] = Entry(reading, raw, OWN_FIGURES, "", note)
    labels = {code: str(figures[code][0]) for code in form.open_rows if code in figures}
    return Table(form, OWN_FIGURES, entries, own_template=True, labels=labels)


def _parent_figure(data: Consolidation, indicator: Indicator) -> tuple[str, str]:
    rolled = data.rolled.indicators[indicator.code]
    not_rolled = (Aggregation.NONE, Aggregation.RECOMPUTE, Aggregation.NOT_AGGREGATABLE)
    if indicator.aggregation in not_rolled:
        return "", ""
    counts = rolled.detail.get("counts")
    if isinstance(counts, Mapping) and rolled.reporting:
        figure = "; ".join(
            f"{indicator.choices[int(code)]}: {number}" for code, number in counts.items()
        )
    elif indicator.aggregation is Aggregation.SHARE_YES and rolled.value is not None:
        figure = f"{vietnamese(rolled.value)}/{rolled.reporting} có"
    else:
        figure = "" if rolled.value is None else vietnamese(rolled.value)
    return figure, f"{rolled.stands_on}/{rolled.expected} đơn vị"
