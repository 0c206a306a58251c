"""What a report is drafted from: the figures of a reporting unit, or of a parent unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from cchc_xl.core.bound_text import BoundText, bound_as_drafted
from cchc_xl.core.checks import check_table
from cchc_xl.core.consolidation import Consolidation, KeptSentence, Received
from cchc_xl.core.facts import Facts, parent_facts, unit_facts
from cchc_xl.core.figure_words import unit_of
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Aggregation, Form, Indicator
from cchc_xl.core.narrative import Sentence
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.period import Period, parse_period_id
from cchc_xl.core.roll_up import UnitTable, roll_up
from cchc_xl.core.roll_up_checks import check_units
from cchc_xl.core.submission import Submission, Table
from cchc_xl.core.units import ReportingUnit
from cchc_xl.core.values import State
from cchc_xl.core.wording import as_typed, shown
from cchc_xl.errors import UnreadableFile, UsageError
from cchc_xl.gateways.parent_files import ParentFile


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
    submission: Submission, kept: Mapping[str, KeptSentence] | None = None
) -> ReportSource:
    """Return what the report of a reporting unit is drafted from.

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
    return ReportSource(
        unit=submission.unit,
        period=submission.period,
        form=table.form,
        level="commune",
        facts=unit_facts(table, submission.unit, submission.period),
        figures={row.code: _unit_figure(table, row) for row in table.form.indicators},
        findings=check_table(table, submission.period),
        kept=kept or {},
        labels=table.labels,
    )


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


def consolidation_of(file: ParentFile) -> Consolidation:
    """Return the figures behind a parent unit's workbook.

    Raises UnreadableFile where its period is not known.
    """
    form = file.form
    period = parse_period_id(file.period)
    if period is None:
        raise UnreadableFile(
            f"Tệp {file.file} không ghi kỳ tổng hợp.", "Đề nghị chạy lại lệnh tổng hợp."
        )
    units = {line.unit.name: line.unit for line in file.lines if line.unit is not None}
    tables = tuple(
        UnitTable(units.get(name, ReportingUnit(name)), table) for name, table in file.tables
    )
    return Consolidation(
        name=file.name,
        period=period,
        form=form,
        received=tuple(Received(line.status, line.unit, line.file) for line in file.lines),
        tables=tables,
        rolled=roll_up(form, tables),
        unit_findings=check_units(form, tables, period),
    )


def parent_source(file: ParentFile) -> ReportSource:
    """Return what the report of a parent unit is drafted from; raises as `consolidation_of`."""
    data = consolidation_of(file)
    form = file.form
    return ReportSource(
        unit=data.name,
        period=data.period,
        form=form,
        level="parent",
        facts=parent_facts(data),
        figures={row.code: _parent_figure(data, row) for row in form.indicators},
        findings=tuple(
            f
            for f in file.findings
            if f.severity is Severity.ERROR or f in data.unit_findings or f.rule.startswith("RA")
        ),
        kept=file.kept.sentences,
        stamp=file.stamp,
    )


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
