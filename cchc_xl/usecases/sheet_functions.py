"""What worksheet functions say of a form: indicators, findings of a range, drafted sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cchc_xl.core.cells import Kind, read_cell
from cchc_xl.core.checks import check_table
from cchc_xl.core.expressions import Cell
from cchc_xl.core.facts import unit_facts
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Aggregation, Check, Form, Indicator, Rule
from cchc_xl.core.ledger import NO_FINDING
from cchc_xl.core.narrative import Section, draft
from cchc_xl.core.period import Period, period_in_words
from cchc_xl.core.sheet_values import Answer, Answers, Block, paired, raw_cell, text_of
from cchc_xl.core.submission import Entry, Table
from cchc_xl.core.text import match_key
from cchc_xl.core.wording import SEVERITY_WORDS
from cchc_xl.gateways.outlines import default_outline
from cchc_xl.gateways.schemas import shipped_forms

FINDING_HEADS = ("Mức độ", "Quy tắc", "Chỉ tiêu", "Nội dung", "Đề nghị")
LABEL, UNIT, RULES = "nhãn", "đơn vị tính", "quy tắc"
_ASPECTS = {
    match_key(spelling): aspect
    for aspect, spellings in {
        LABEL: (LABEL, "nhan", "tên", "ten", "chỉ tiêu", "chi tieu"),
        UNIT: (UNIT, "don vi tinh", "đơn vị", "don vi", "đvt", "dvt"),
        RULES: (RULES, "quy tac"),
    }.items()
    for spelling in spellings
}


def described(codes: Block, aspect: str) -> Answers:
    """Return the label, unit or rules of the indicators with these codes, in the same places.

    A blank code gives a blank. ValueError for an unknown code or an unknown `aspect`.
    """
    wanted = _ASPECTS.get(match_key(aspect or LABEL))
    if wanted is None:
        raise ValueError(f"«{aspect}» không phải «{LABEL}», «{UNIT}» hay «{RULES}».")
    texts = [[text_of(cell) for cell in row] for row in codes]
    form = _form_of([code for row in texts for code in row if code])
    return [[_aspect(form, code, wanted) if code else None for code in row] for row in texts]


def _aspect(form: Form, code: str, aspect: str) -> Answer:
    indicator = form.by_code[code]
    if aspect == LABEL:
        return indicator.label
    if aspect == UNIT:
        return indicator.unit
    return "\n".join(
        f"{rule.id} ({SEVERITY_WORDS[rule.severity].lower()}): {rule.message}"
        for rule in form.rules
        if _speaks_of(rule, indicator, form)
    )


def _speaks_of(rule: Rule, indicator: Indicator, form: Form) -> bool:
    """Whether a rule can find something on an indicator."""
    match rule.check:
        case None:
            return indicator.code in _codes(rule)
        case Check.KIND:
            return rule.kind is indicator.kind
        case Check.HEADING_BLANK:
            return indicator.kind is Kind.HEADER and indicator.code not in rule.excepted
        case Check.NEVER_DECREASES:
            return indicator.behaviour == rule.behaviour
        case Check.JUMP:
            return indicator.kind is Kind.COUNT and indicator.behaviour == rule.behaviour
        case Check.UNITS_AGREE:
            return indicator.aggregation is Aggregation.MUST_AGREE
        case Check.ONE_CONVENTION:
            return rule.of is not None and indicator.code in _codes(form.rule(rule.of))
        case Check.AS_COMPUTED:
            return indicator.code in rule.codes


def _codes(rule: Rule) -> set[str]:
    return {cell.code for cell in rule.cells}


def findings_table(codes: Block, figures: Block, form_name: str) -> Answers:
    """Return the findings of a range under `FINDING_HEADS`; one row says so where there are none.

    A rule is asked only where the range holds every indicator that it names: of what lies outside
    nothing is known. ValueError where the blocks differ in shape, a code is unknown or stands
    twice, or a figure has no code.
    """
    table = _table(codes, figures, form_name)
    rows: Answers = [list(FINDING_HEADS)]
    for finding in check_table(table):
        if _is_decided(finding, table):
            rows.append([
                SEVERITY_WORDS[finding.severity], finding.rule, finding.indicator or "",
                finding.message, finding.advice,
            ])  # fmt: skip
    return rows if len(rows) > 1 else [*rows, [None, None, None, NO_FINDING, None]]


def _is_decided(finding: Finding, table: Table) -> bool:
    behind = table.form.rules_behind(finding.rule, finding.indicator or "")
    cells: Sequence[Cell] = behind[0].cells if behind else ()
    return all(cell.code in table.entries for cell in cells)


def drafted_sentences(
    section_id: str, codes: Block, figures: Block, unit: str, period: str
) -> Answers:
    """Return the drafted sentences of a section and of those below it, one in a row.

    One blank row where the figures give the section nothing to say. ValueError as
    `findings_table`, and for an unknown section or period, or an unnamed unit.
    """
    table = _table(codes, figures, "")
    outline = default_outline("commune", table.form.id)
    if outline is None:
        raise ValueError(f"Chưa có đề cương báo cáo cho biểu {table.form.name}.")
    if not unit:
        raise ValueError("Chưa ghi tên đơn vị.")
    narrative = draft(outline, unit_facts(table, unit, _period(period)))
    section = _section(section_id, narrative.sections)
    if section is None:
        raise ValueError(f"Đề cương không có mục «{section_id}».")
    return [[text] for text in _texts(section)] or [[None]]


def _period(words: str) -> Period:
    period = period_in_words(words)
    if period is None:
        raise ValueError(f"«{words}» không phải là kỳ báo cáo.")
    return period


def _section(section_id: str, sections: Sequence[Section]) -> Section | None:
    for section in sections:
        found = section if section.id == section_id else _section(section_id, section.sections)
        if found is not None:
            return found
    return None


def _texts(section: Section) -> Iterator[str]:
    yield from (sentence.text for sentence in section.sentences)
    for below in section.sections:
        yield from _texts(below)


def _table(codes: Block, figures: Block, form_name: str) -> Table:
    typed: dict[str, object] = {}
    if [len(row) for row in codes] != [len(row) for row in figures]:
        raise ValueError("Vùng mã và vùng số liệu phải có cùng số dòng và số cột.")
    for place, figure in (pair for row in paired(codes, figures) for pair in row):
        code = text_of(place)
        if code in typed:
            raise ValueError(f"Mã {code} có hơn một lần.")
        if code:
            typed[code] = figure
        elif not raw_cell(figure).is_empty:
            raise ValueError(f"Số liệu «{figure}» không có mã.")
    form = _form_of(list(typed), form_name)
    return Table(form, "", _entries(form, typed), own_template=True)


def _entries(form: Form, typed: Mapping[str, object]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for code in sorted(typed, key=lambda code: form.order[code]):
        indicator, raw = form.by_code[code], raw_cell(typed[code])
        reading = read_cell(indicator.kind, raw, choices=indicator.choices, own_template=True)
        entries[code] = Entry(reading, raw, "", "")
    return entries


def _form_of(codes: Sequence[str], name: str = "") -> Form:
    """Return the form that `name` names, else the first that knows all `codes`."""
    named = [
        form
        for form in shipped_forms()
        if not name or name == form.id or match_key(name) == match_key(form.name)
    ]
    if not named:
        raise ValueError(f"Không có biểu mẫu «{name}».")
    for form in named:
        if all(code in form.by_code for code in codes):
            return form
    unknown = [code for code in codes if code not in named[0].by_code]
    raise ValueError(f"Biểu {named[0].name} không có mã {', '.join(unknown)}.")
