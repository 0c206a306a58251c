"""Drafts the report in words of a reporting unit or of a parent unit, as a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cchc_xl.core.bound_text import BoundText
from cchc_xl.core.cells import Kind
from cchc_xl.core.consolidation import KeptSentence
from cchc_xl.core.figure_places import Fate, place_figures
from cchc_xl.core.figure_words import name_of, unit_of
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Aggregation, Form, Indicator
from cchc_xl.core.narrative import (
    Figure,
    Fragment,
    Gap,
    Narrative,
    Section,
    Sentence,
    Words,
    draft,
)
from cchc_xl.core.narrative_rows import LEFT_OUT, is_added, merged_own
from cchc_xl.core.outline import Outline
from cchc_xl.core.units import place_name
from cchc_xl.errors import OutputRefused, UsageError
from cchc_xl.gateways.files import write_file
from cchc_xl.gateways.folder import is_parent_workbook, is_untouched_report, is_word_report
from cchc_xl.gateways.one_writer import only_writer
from cchc_xl.gateways.outlines import default_outline, load_outline
from cchc_xl.gateways.parent_files import read_parent_file
from cchc_xl.gateways.schemas import shipped_forms
from cchc_xl.gateways.submissions import read_submission
from cchc_xl.gateways.word_controls import Binding
from cchc_xl.gateways.word_report import Report, word_report
from cchc_xl.usecases.appendices import appendices, is_printed
from cchc_xl.usecases.earlier import EarlierFigures, read_earlier
from cchc_xl.usecases.redraft import Redraft, redraft
from cchc_xl.usecases.report_source import (
    ReportSource,
    is_of_a_parent,
    parent_source,
    unit_source,
)


@dataclass(frozen=True, slots=True)
class DraftResult:
    """The drafted report, and what is still wanting in it."""

    output: Path
    narrative: Narrative
    open_points: tuple[str, ...]
    # What became of the file that stood there, where people had worked on it.
    redraft: Redraft | None = None


def draft_report(
    path: Path,
    output: Path,
    *,
    forms: Sequence[Form] | None = None,
    outline_id: str | None = None,
    previous: Path | None = None,
    stamp: str = "",
) -> DraftResult:
    """Write the report that the workbook at `path` gives to `output`.

    `previous` is the period before, to say what rose and fell; a parent unit's workbook may hold
    it already. Raises UnreadableFile where a workbook cannot be read, UsageError where its period
    is not known or the outline is of another level, OutputRefused as `write_report`.
    """
    known = forms or shipped_forms()
    earlier = read_earlier(previous, known) if previous is not None else None
    with only_writer(output):
        if is_parent_workbook(path):
            _refuse_a_single_unit(earlier, previous)
            source = parent_source(read_parent_file(path, known), earlier)
        else:
            source = unit_source(read_submission(path, known), earlier=earlier)
        return _write_report(source, output, outline_id, stamp)


def _refuse_a_single_unit(earlier: EarlierFigures | None, previous: Path | None) -> None:
    if earlier is not None and previous is not None and earlier.totals is None:
        raise UsageError(
            f"Tệp kỳ trước {previous.name} không phải tệp tổng hợp của cchc-xl.",
            "Đề nghị chọn tệp tổng hợp của kỳ trước ở --previous.",
        )


def drafted(source: ReportSource, outline_id: str | None = None) -> Narrative:
    """Return the sentences that the figures give; UsageError where no outline fits."""
    return draft(_outline(source, outline_id), source.facts)


def write_report(
    source: ReportSource, output: Path, *, outline_id: str | None = None, stamp: str = ""
) -> DraftResult:
    """Write the report drafted from `source` to `output`, with the official's own sentences.

    A report of ours that people have worked on is merged with the new draft. Raises UsageError
    where no outline fits, OutputRefused where a file stands that is no report of ours or that of
    another unit or period, or where another run writes it.
    """
    with only_writer(output):
        return _write_report(source, output, outline_id, stamp)


def _write_report(
    source: ReportSource, output: Path, outline_id: str | None, stamp: str
) -> DraftResult:
    if output.suffix.lower() != ".docx":
        raise UsageError(
            f"Tên tệp báo cáo {output.name} không có đuôi .docx.",
            "Đề nghị đặt tên tệp báo cáo kết thúc bằng .docx.",
        )
    standing = _edited(output)
    narrative = _with_own_texts(source, drafted(source, outline_id))
    wanted = _outline(source, outline_id).appendices or (source.form.id,)
    # What concerns several files of a unit is said once; of a form that is not printed behind the
    # report, no row is wanting.
    all_rows = is_printed(source.form, wanted, source.figures)
    points = tuple(dict.fromkeys(_open_points(narrative, source, all_rows=all_rows)))
    report = Report(
        body=source.unit.upper(),
        place=place_name(source.unit),
        year=source.period.last_day.year,
        narrative=narrative,
        appendices=appendices(
            source.form,
            wanted,
            source.figures,
            unit=source.unit,
            period=source.period,
            labels=source.labels,
        ),
        binding=Binding(
            source.period.id,
            _outline(source, outline_id).id,
            partial(name_of, source.form),
            partial(unit_of, source.form),
        ),
        open_points=points,
        stamp=stamp or source.stamp,
    )
    if standing is None:
        write_file(output, word_report(report))
        return DraftResult(output, narrative, points)
    again = redraft(output, standing, report)
    write_file(output, again.content)
    return DraftResult(output, narrative, again.open_points, again)


def _edited(output: Path) -> bytes | None:
    """Return the report of ours that people have worked on, None where nothing of theirs stands.

    Raises OutputRefused where the file is none of ours.
    """
    if not output.exists():
        return None
    if not is_word_report(output):
        raise OutputRefused(
            f"Tệp {output.name} đã có và không phải báo cáo do cchc-xl soạn.",
            "Đề nghị chọn tên tệp khác; tệp cũ được giữ nguyên.",
        )
    content = output.read_bytes()
    return None if is_untouched_report(output, content) else content


def _outline(source: ReportSource, outline_id: str | None) -> Outline:
    usual = default_outline(source.level, source.form.id)
    outline = load_outline(outline_id) if outline_id else usual
    wanted = "đơn vị tổng hợp" if source.level == "parent" else "đơn vị báo cáo"
    if outline is None:
        raise UsageError(
            f"Chưa có đề cương báo cáo của {wanted} cho biểu {source.form.name}.",
            "Đề nghị nêu một tệp đề cương .json bằng --outline.",
        )
    # The office of a parent unit may draft from the workbook that it filled in by itself.
    levels = {source.level} | ({"parent"} if is_of_a_parent(source.form) else set())
    if outline.level not in levels or outline.form != source.form.id:
        advice = f"Đề nghị dùng đề cương {usual.id}." if usual else "Đề nghị dùng đề cương khác."
        raise UsageError(
            f"Đề cương {outline.id} không dành cho {wanted} theo biểu {source.form.name}.", advice
        )
    return outline


def _with_own_texts(source: ReportSource, narrative: Narrative) -> Narrative:
    """Return the narrative with the official's sentences in place of the drafted ones."""
    kept = source.kept
    texts = {sentence.id for _, sentence in narrative.sentences()}
    added = {name: own for name, own in kept.items() if is_added(name)}

    def settled(sentence: Sentence) -> Iterator[Sentence]:
        own = kept.get(sentence.id)
        if own is None:
            yield sentence
        elif own.own_text != LEFT_OUT:
            yield _own(source, sentence, own)
        yield from behind(sentence.id)

    def behind(name: str) -> Iterator[Sentence]:
        for added_name, own in added.items():
            if own.after == name:
                yield Sentence(added_name, (Words(own.own_text),))
                yield from behind(added_name)

    def settle(section: Section) -> Section:
        sentences = tuple(own for sentence in section.sentences for own in settled(sentence))
        below = tuple(settle(part) for part in section.sections)
        return replace(section, sentences=sentences, sections=below)

    sections = [settle(section) for section in narrative.sections]
    # What stands before the first sentence, or behind one that the data no longer call for.
    lost = [n for n, own in added.items() if own.after not in texts and own.after not in added]
    if lost and sections:
        more = (Sentence(n, (Words(added[n].own_text),)) for n in lost)
        behind_lost = (s for sentence in more for s in (sentence, *behind(sentence.id)))
        last = sections[-1]
        sections[-1] = replace(last, sentences=(*last.sentences, *behind_lost))
    return replace(narrative, sections=tuple(sections))


def _own(source: ReportSource, sentence: Sentence, kept: KeptSentence) -> Sentence:
    """Return the official's sentence, its figures tied to what they show.

    It is red where the data have changed since it was written.
    """
    merged = merged_own(kept, source.bind(sentence))
    if merged.offer is not None:
        gap = Gap(kept.own_text, "câu của đơn vị viết khi số liệu còn khác, cần soát")
        return replace(sentence, fragments=(gap,))
    return replace(sentence, fragments=tuple(_tied(kept.own_text, merged.base)))


def _tied(text: str, base: BoundText | None) -> Iterator[Fragment]:
    """Yield a text with the figures of `base` that stand in it unchanged."""
    done = 0
    placed = place_figures(base, text) if base is not None else ()
    for entry in sorted(placed, key=lambda entry: entry.start):
        if entry.fate is not Fate.SAME or entry.figure.is_gap:
            continue
        if entry.start > done:
            yield Words(text[done : entry.start])
        yield Figure(text[entry.start : entry.end], entry.figure.source)
        done = entry.end
    if text[done:]:
        yield Words(text[done:])


def _asks(indicator: Indicator, level: str) -> bool:
    """Whether a row wants a figure: not a heading, nor one that cannot be rolled up."""
    not_rolled = (Aggregation.RECOMPUTE, Aggregation.NOT_AGGREGATABLE)
    if level == "parent" and indicator.aggregation in not_rolled:
        return False
    return indicator.kind is not Kind.HEADER


def _open_points(narrative: Narrative, source: ReportSource, *, all_rows: bool) -> Iterable[str]:
    labels = {row.code: row.label for row in source.form.indicators}
    labels |= {ratio.id: ratio.label for ratio in source.form.ratios}
    for section, sentence in narrative.sentences():
        part = section.id.partition(".")[0]
        for gap in sentence.gaps:
            named = [f"{c} {labels[c]}".rstrip(".") for c in gap.source.split(", ") if c in labels]
            what = f"chưa có số liệu {'; '.join(named)}" if named else gap.source
            heading = section.heading.rstrip(".")
            # A part without sections is its own heading.
            place = heading if heading.startswith(f"{part}.") else f"{part}, mục {heading}"
            yield f"Phần {place}: {what}."
    named_gaps = {gap.source for gap in narrative.gaps}
    for row in source.form.printed if all_rows else ():
        is_blank = not source.figures[row.code][0]
        if _asks(row, source.level) and is_blank and row.code not in named_gaps:
            yield f"{source.form.name}: chưa có số liệu {row.code} {row.label.rstrip('.')}."
    for finding in source.findings:
        if finding.severity is not Severity.INFO:
            about = " ".join(
                words for words in (_unit_of(finding), _labels_of(finding, labels)) if words
            )
            yield f"{about + ': ' if about else ''}{finding.message} {finding.advice}"


def _unit_of(finding: Finding) -> str:
    """Return the unit of a finding where its own words do not begin with it."""
    unit = finding.unit or ""
    return "" if unit and finding.message.startswith(unit) else unit


def _labels_of(finding: Finding, labels: Mapping[str, str]) -> str:
    """Return the indicator that a finding speaks of, with its words."""
    code = finding.indicator or ""
    return f"{code} {labels[code].rstrip('.')}" if code in labels else ""
