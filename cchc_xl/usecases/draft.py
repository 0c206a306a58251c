"""Drafts the report in words of a reporting unit or of a parent unit, as a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_xl.core.cells import Kind
from cchc_xl.core.checks import check_table
from cchc_xl.core.consolidation import Consolidation, KeptSentence, Received
from cchc_xl.core.facts import Facts, parent_facts, unit_facts
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Aggregation, Form, Indicator
from cchc_xl.core.narrative import Narrative, Section, Words, draft
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.period import Period, parse_period_id
from cchc_xl.core.roll_up_checks import check_units
from cchc_xl.core.rollup import UnitTable, roll_up
from cchc_xl.core.submission import Table
from cchc_xl.core.units import ReportingUnit, place_name
from cchc_xl.core.values import State
from cchc_xl.core.wording import as_typed, shown
from cchc_xl.errors import UnreadableFile, UsageError
from cchc_xl.gateways.files import write_file
from cchc_xl.gateways.folder import is_parent_workbook
from cchc_xl.gateways.outlines import DEFAULTS, load_outline
from cchc_xl.gateways.parent_files import read_parent_file
from cchc_xl.gateways.schemas import load_form, shipped_forms
from cchc_xl.gateways.submissions import read_submission
from cchc_xl.gateways.word_report import AppendixRow, Report, word_report


@dataclass(frozen=True, slots=True)
class DraftResult:
    """The drafted report, and what is still wanting in it."""

    output: Path
    narrative: Narrative
    open_points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Source:
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


def draft_report(
    path: Path, output: Path, *, outline_id: str | None = None, stamp: str = ""
) -> DraftResult:
    """Write the report that the workbook at `path` gives to `output`.

    Raises UnreadableFile where the workbook cannot be read, UsageError where its period is not
    known or the outline is of another level.
    """
    if output.suffix.lower() != ".docx":
        raise UsageError(
            f"Tên tệp báo cáo {output.name} không có đuôi .docx.",
            "Đề nghị đặt tên tệp báo cáo kết thúc bằng .docx.",
        )
    source = _parent_source(path) if is_parent_workbook(path) else _unit_source(path)
    outline = load_outline(outline_id or DEFAULTS[source.level])
    if outline.level != source.level:
        wanted = "đơn vị tổng hợp" if source.level == "parent" else "đơn vị báo cáo"
        raise UsageError(
            f"Đề cương {outline.id} không dành cho {wanted}.",
            f"Đề nghị dùng đề cương {DEFAULTS[source.level]}.",
        )
    narrative = _with_own_texts(draft(outline, source.facts), source.kept)
    points = tuple(_open_points(narrative, source))
    report = Report(
        body=source.unit.upper(),
        place=place_name(source.unit),
        year=source.period.last_day.year,
        narrative=narrative,
        appendix_name=source.form.name,
        appendix_title=tuple(
            line.replace("{UNIT}", source.unit.upper()) for line in source.form.title
        ),
        appendix_about=source.period.name[:1].upper() + source.period.name[1:],
        appendix_header=tuple(column.header for column in source.form.columns),
        appendix=tuple(_appendix(source)),
        open_points=points,
        stamp=stamp or source.stamp,
    )
    write_file(output, word_report(report))
    return DraftResult(output, narrative, points)


def _unit_source(path: Path) -> _Source:
    submission = read_submission(path, shipped_forms())
    if not submission.tables:
        raise UnreadableFile(
            f"Không tìm thấy bảng số liệu trong tệp {path.name}.",
            "Đề nghị dùng tệp theo mẫu cchc-commune.xlsx hoặc tệp tổng hợp của cchc-xl.",
        )
    if submission.period is None:
        raise UsageError(
            f"Không nhận ra kỳ báo cáo ghi trong tệp {path.name}.",
            "Đề nghị ghi kỳ báo cáo trong tệp, ví dụ «Quý I năm 2022».",
        )
    table = submission.tables[0]
    return _Source(
        unit=submission.unit,
        period=submission.period,
        form=table.form,
        level="commune",
        facts=unit_facts(table, submission.unit, submission.period),
        figures={row.code: _unit_figure(table, row) for row in table.form.printed},
        findings=check_table(table, submission.period),
        kept={},
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


def _parent_source(path: Path) -> _Source:
    form = load_form("phu-luc-01b")
    file = read_parent_file(path, form)
    period = parse_period_id(file.period)
    if period is None:
        raise UnreadableFile(
            f"Tệp {path.name} không ghi kỳ tổng hợp.", "Đề nghị chạy lại lệnh tổng hợp."
        )
    units = {line.unit.name: line.unit for line in file.lines if line.unit is not None}
    tables = tuple(
        UnitTable(units.get(name, ReportingUnit(name)), table) for name, table in file.tables
    )
    data = Consolidation(
        name=file.name,
        period=period,
        form=form,
        received=tuple(Received(line.status, line.unit, line.file) for line in file.lines),
        tables=tables,
        rolled=roll_up(form, tables),
        unit_findings=check_units(form, tables, period),
    )
    return _Source(
        unit=data.name,
        period=period,
        form=form,
        level="parent",
        facts=parent_facts(data),
        figures={row.code: _parent_figure(data, row) for row in form.printed},
        findings=data.unit_findings,
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
        figure = "; ".join(f"{code}: {number}" for code, number in counts.items())
    else:
        figure = "" if rolled.value is None else vietnamese(rolled.value)
    return figure, f"{rolled.reporting}/{rolled.expected} đơn vị"


def _appendix(source: _Source) -> Iterable[AppendixRow]:
    for row in source.form.printed:
        figure, note = source.figures[row.code]
        yield AppendixRow((row.number, row.label, row.unit, figure, note), row.kind is Kind.HEADER)


def _with_own_texts(narrative: Narrative, kept: Mapping[str, KeptSentence]) -> Narrative:
    """Return the narrative with the official's sentences in place of the drafted ones."""

    def settle(section: Section) -> Section:
        sentences = tuple(
            replace(sentence, fragments=(Words(kept[sentence.id].own_text),))
            if sentence.id in kept and kept[sentence.id].own_text
            else sentence
            for sentence in section.sentences
        )
        below = tuple(settle(part) for part in section.sections)
        return replace(section, sentences=sentences, sections=below)

    return replace(narrative, sections=tuple(settle(section) for section in narrative.sections))


def _asks(indicator: Indicator) -> bool:
    """Whether the unit, or the roll-up, is to give a figure on this row."""
    return indicator.kind is not Kind.HEADER


def _open_points(narrative: Narrative, source: _Source) -> Iterable[str]:
    for section, sentence in narrative.sentences():
        for gap in sentence.gaps:
            labels = [
                f"{code} {source.form.by_code[code].label}"
                for code in gap.source.split(", ")
                if code in source.form.by_code
            ]
            what = "; ".join(labels) or gap.source
            yield f"Mục {section.heading.rstrip('.')}: {what}."
    named = {gap.source for gap in narrative.gaps}
    for row in source.form.printed:
        if source.facts.value(row.code).is_blank and row.code not in named and _asks(row):
            yield f"{source.form.name}: chưa có số liệu {row.code} {row.label}."
    for finding in source.findings:
        if finding.severity is not Severity.INFO:
            yield f"{finding.rule}: {finding.message} {finding.advice}"
