"""Drafts the report in words of a reporting unit or of a parent unit, as a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_xl.core.cells import Kind
from cchc_xl.core.checks import check_table
from cchc_xl.core.consolidation import Consolidation, KeptSentence, Received
from cchc_xl.core.facts import Facts, parent_facts, unit_facts
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Aggregation, Form, Indicator
from cchc_xl.core.narrative import Gap, Narrative, Section, Sentence, Words, draft
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.outline import Outline
from cchc_xl.core.period import Period, parse_period_id
from cchc_xl.core.roll_up import UnitTable, roll_up
from cchc_xl.core.roll_up_checks import check_units
from cchc_xl.core.submission import Table
from cchc_xl.core.units import ReportingUnit, place_name
from cchc_xl.core.values import State
from cchc_xl.core.wording import as_typed, shown
from cchc_xl.errors import OutputRefused, UnreadableFile, UsageError
from cchc_xl.gateways.files import write_file
from cchc_xl.gateways.folder import is_parent_workbook, is_untouched_report
from cchc_xl.gateways.outlines import default_outline, load_outline
from cchc_xl.gateways.parent_files import read_parent_file
from cchc_xl.gateways.schemas import shipped_forms
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
    path: Path,
    output: Path,
    *,
    forms: Sequence[Form] | None = None,
    outline_id: str | None = None,
    stamp: str = "",
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
    if output.exists() and not is_untouched_report(output):
        raise OutputRefused(
            f"Tệp {output.name} đã có và không phải bản dự thảo còn nguyên của cchc-xl.",
            "Đề nghị chọn tên tệp khác; tệp cũ được giữ nguyên.",
        )
    known = forms or shipped_forms()
    is_parent = is_parent_workbook(path)
    source = _parent_source(path, known) if is_parent else _unit_source(path, known)
    outline = _outline(source, outline_id)
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


def _outline(source: _Source, outline_id: str | None) -> Outline:
    usual = default_outline(source.level, source.form.id)
    outline = load_outline(outline_id) if outline_id else usual
    wanted = "đơn vị tổng hợp" if source.level == "parent" else "đơn vị báo cáo"
    if outline is None:
        raise UsageError(
            f"Chưa có đề cương báo cáo của {wanted} cho biểu {source.form.name}.",
            "Đề nghị nêu một tệp đề cương .json bằng --outline.",
        )
    if (outline.level, outline.form) != (source.level, source.form.id):
        advice = f"Đề nghị dùng đề cương {usual.id}." if usual else "Đề nghị dùng đề cương khác."
        raise UsageError(
            f"Đề cương {outline.id} không dành cho {wanted} theo biểu {source.form.name}.", advice
        )
    return outline


def _unit_source(path: Path, forms: Sequence[Form]) -> _Source:
    submission = read_submission(path, forms)
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


def _parent_source(path: Path, forms: Sequence[Form]) -> _Source:
    file = read_parent_file(path, forms)
    form = file.form
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


def _appendix(source: _Source) -> Iterable[AppendixRow]:
    for row in source.form.printed:
        figure, note = source.figures[row.code]
        yield AppendixRow((row.number, row.label, row.unit, figure, note), row.kind is Kind.HEADER)


def _with_own_texts(narrative: Narrative, kept: Mapping[str, KeptSentence]) -> Narrative:
    """Return the narrative with the official's sentences in place of the drafted ones."""

    def settle(section: Section) -> Section:
        sentences = tuple(
            _own(sentence, kept[sentence.id]) if sentence.id in kept else sentence
            for sentence in section.sentences
        )
        below = tuple(settle(part) for part in section.sections)
        return replace(section, sentences=sentences, sections=below)

    return replace(narrative, sections=tuple(settle(section) for section in narrative.sections))


def _own(sentence: Sentence, kept: KeptSentence) -> Sentence:
    """Return the official's sentence; red where the data have changed since it was written."""
    if kept.answers == sentence.text:
        return replace(sentence, fragments=(Words(kept.own_text),))
    return replace(
        sentence,
        fragments=(Gap(kept.own_text, "câu của đơn vị viết khi số liệu còn khác, cần soát"),),
    )


def _asks(indicator: Indicator, level: str) -> bool:
    """Whether a row wants a figure: not a heading, nor one that cannot be rolled up."""
    not_rolled = (Aggregation.RECOMPUTE, Aggregation.NOT_AGGREGATABLE)
    if level == "parent" and indicator.aggregation in not_rolled:
        return False
    return indicator.kind is not Kind.HEADER


def _open_points(narrative: Narrative, source: _Source) -> Iterable[str]:
    labels = {row.code: row.label for row in source.form.indicators}
    labels |= {ratio.id: ratio.label for ratio in source.form.ratios}
    for section, sentence in narrative.sentences():
        part = section.id.partition(".")[0]
        for gap in sentence.gaps:
            named = [f"{c} {labels[c]}".rstrip(".") for c in gap.source.split(", ") if c in labels]
            what = f"chưa có số liệu {'; '.join(named)}" if named else gap.source
            yield f"Phần {part}, mục {section.heading.rstrip('.')}: {what}."
    named_gaps = {gap.source for gap in narrative.gaps}
    for row in source.form.printed:
        is_blank = not source.figures[row.code][0]
        if _asks(row, source.level) and is_blank and row.code not in named_gaps:
            yield f"{source.form.name}: chưa có số liệu {row.code} {row.label.rstrip('.')}."
    for finding in source.findings:
        if finding.severity is not Severity.INFO:
            about = " ".join(
                words for words in (finding.unit, _labels_of(finding, labels)) if words
            )
            yield f"{about + ': ' if about else ''}{finding.message} {finding.advice}"


def _labels_of(finding: Finding, labels: Mapping[str, str]) -> str:
    """Return the indicator that a finding speaks of, with its words."""
    code = finding.indicator or ""
    return f"{code} {labels[code].rstrip('.')}" if code in labels else ""
