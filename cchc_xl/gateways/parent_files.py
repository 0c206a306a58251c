"""Reads a parent unit's workbook back: the figures behind it, and what in it is the official's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_xl.build.own_figures_sheet import OWN_HEADERS
from cchc_xl.build.parent_book import (
    CHANGES,
    COMPARISON,
    FINDINGS,
    FIRST_ROW,
    FIRST_UNIT,
    LOG,
    NARRATIVE,
    OWN_FIGURES,
    SEPARATOR,
    SETTINGS,
    SOURCES,
    TOTALS,
    UNITS,
)
from cchc_xl.core.cells import RawCell, Reading
from cchc_xl.core.changes import UnitFigures
from cchc_xl.core.comparison import PeriodFigures, Standing
from cchc_xl.core.consolidation import ChangeRow, Kept, LogLine
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid
from cchc_xl.core.ledger import (
    CHANGE_HEADERS,
    COMPARISON_HEADERS,
    FINDING_HEADERS,
    LOG_HEADERS,
    UNIT_HEADERS,
)
from cchc_xl.core.narrative_rows import former_drafts, kept_sentences
from cchc_xl.core.numerals import from_cell
from cchc_xl.core.period import parse_period_id, period_in_words
from cchc_xl.core.roll_up import UnitTable
from cchc_xl.core.submission import Entry, Status, Table
from cchc_xl.core.text import match_key
from cchc_xl.core.units import ReportingUnit
from cchc_xl.core.values import (
    BLANK,
    INVALID,
    NOT_APPLICABLE,
    NOT_ARISEN,
    TEXT,
    Value,
    number,
)
from cchc_xl.core.wording import SEVERITY_WORDS, STATUS_WORDS
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.submissions import read_sheets

_HEADER = FIRST_ROW - 1
_SEVERITIES = {words: severity for severity, words in SEVERITY_WORDS.items()}
_COUNTED = (Status.ACCEPTED, Status.ACCEPTED_WITH_ERRORS)
_STATUSES = {words: status for status, words in STATUS_WORDS.items()}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A line of `Đơn vị`."""

    unit: ReportingUnit | None
    file: str
    status: Status
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ParentFile:
    """What a parent unit's workbook says."""

    file: str
    name: str
    period: str
    form: Form
    stamp: str
    lines: tuple[UnitLine, ...]
    tables: tuple[tuple[str, Table | None], ...]
    findings: tuple[Finding, ...]
    kept: Kept
    # The previous period's figures that it was held against.
    previous: PeriodFigures | None = None


def read_parent_file(path: Path, forms: Sequence[Form]) -> ParentFile:
    """Return what the workbook at `path` says; its form is one of `forms`.

    Raises UnreadableFile where the workbook is none of ours, or of none of the forms.
    """
    return parent_file_of({grid.sheet: grid for grid in read_sheets(path)}, forms, path.name)


def parent_file_of(sheets: Mapping[str, Grid], forms: Sequence[Form], file: str) -> ParentFile:
    """Return what the sheets of a workbook say, read from a file or from an open workbook.

    `file` names the workbook in messages; raises as `read_parent_file`.
    """
    if not {FINDINGS, SETTINGS, TOTALS, UNITS, NARRATIVE, LOG, SOURCES} <= set(sheets):
        raise UnreadableFile(
            f"Tệp {file} không phải tệp tổng hợp của cchc-xl, hoặc đã bị xóa trang.",
            "Đề nghị chạy lại lệnh tổng hợp để có tệp mới.",
        )
    settings = {grid_row[0]: grid_row[1] for grid_row in _lines(sheets[SETTINGS], 0, 2)}
    form = next((form for form in forms if settings.get("form") in (form.load_id, form.id)), None)
    if form is None:
        raise UnreadableFile(
            f"Tệp {file} được tổng hợp theo một biểu mẫu khác.",
            "Đề nghị nêu biểu mẫu đó bằng --form, hoặc chạy lại lệnh tổng hợp.",
        )
    lines = tuple(_unit_line(row) for row in _lines(sheets[UNITS], FIRST_ROW, len(UNIT_HEADERS)))
    return ParentFile(
        file=file,
        name=settings.get("parent", ""),
        period=_period_id(settings.get("period", "")),
        form=form,
        stamp=settings.get("stamp", ""),
        lines=lines,
        tables=tuple(_tables(sheets[TOTALS], sheets[SOURCES], form)),
        findings=tuple(_findings(sheets[FINDINGS])),
        kept=Kept(
            chosen=frozenset(line.file for line in lines if line.is_chosen),
            sentences=kept_sentences(sheets[NARRATIVE], FIRST_ROW),
            drafts=former_drafts(sheets[NARRATIVE], FIRST_ROW),
            log=tuple(_log(sheets[LOG])),
            changes=tuple(_changes(sheets[CHANGES])) if CHANGES in sheets else (),
            own_figures=_own_figures(sheets[OWN_FIGURES]) if OWN_FIGURES in sheets else {},
        ),
        previous=_previous(settings, sheets.get(COMPARISON)),
    )


def _previous(settings: Mapping[str, str], sheet: Grid | None) -> PeriodFigures | None:
    period = parse_period_id(settings.get("previous_period", ""))
    if sheet is None or period is None:
        return None
    before, stands_on = COMPARISON_HEADERS.index("Kỳ trước"), COMPARISON_HEADERS.index("Tính trên")
    figures: dict[str, Standing] = {}
    for row in range(FIRST_ROW, len(sheet.rows)):
        content = sheet.content(row, before)
        counted, _, expected = sheet.text(row, stands_on).partition("/")
        if isinstance(content, int | float) and counted.isdecimal() and expected.isdecimal():
            standing = Standing(from_cell(content), int(counted), int(expected))
            figures[sheet.text(row, 0)] = standing
    return PeriodFigures(settings.get("previous", ""), period, figures)


def unit_tables(file: ParentFile) -> tuple[UnitTable, ...]:
    """Return the table of each unit of a result, as they were merged."""
    units = {line.unit.name: line.unit for line in file.lines if line.unit is not None}
    return tuple(
        UnitTable(units.get(name, ReportingUnit(name)), table) for name, table in file.tables
    )


def _period_id(text: str) -> str:
    """Return the id of a period; a master names it in words."""
    period = parse_period_id(text) or period_in_words(text)
    return period.id if period else text


def _lines(grid: Grid, first: int, width: int) -> Iterator[list[str]]:
    for row in range(first, len(grid.rows)):
        texts = [_string(grid.content(row, column)) for column in range(width)]
        if any(texts):
            yield texts


def _unit_line(texts: Sequence[str]) -> UnitLine:
    field = dict(zip(UNIT_HEADERS, texts, strict=True))
    unit = None
    if field["Đơn vị"]:
        unit = ReportingUnit(field["Đơn vị"], field["Mã"] or None, field["Loại"])
    status = _STATUSES.get(field["Trạng thái"], Status.IGNORED)
    return UnitLine(unit, field["Tệp"], status, bool(field["Chọn"]))


def _tables(totals: Grid, sources: Grid, form: Form) -> Iterator[tuple[str, Table | None]]:
    rows = {totals.text(row, 0): row for row in range(FIRST_ROW, len(totals.rows))}
    column = FIRST_UNIT
    while sources.text(_HEADER, column):
        entries = {
            code: entry
            for code, row in rows.items()
            if code in form.by_code and (entry := _entry(totals, sources, row, column)) is not None
        }
        name = sources.text(_HEADER, column)
        yield name, Table(form, TOTALS, entries) if entries else None
        column += 1


def _entry(totals: Grid, sources: Grid, row: int, column: int) -> Entry | None:
    source = sources.text(row, column)
    if not source:
        return None
    _, *sheet, cell, state = source.split(SEPARATOR)
    raw = totals.cell(row, column)
    value = _value(raw, state)
    return Entry(Reading(value), raw, SEPARATOR.join(sheet), cell)


def _value(raw: RawCell, state: str) -> Value:
    if state == NOT_ARISEN.state.value:
        return NOT_ARISEN
    if state == TEXT.state.value:
        return TEXT
    if raw.content == "KAD":
        return NOT_APPLICABLE
    if isinstance(raw.content, int | float) and not isinstance(raw.content, bool):
        return number(from_cell(raw.content))
    return BLANK if raw.is_empty else INVALID


def _own_figures(grid: Grid) -> dict[str, tuple[str | float, str]]:
    found: dict[str, tuple[str | float, str]] = {}
    figure, note = OWN_HEADERS.index("Số liệu của đơn vị"), OWN_HEADERS.index("Ghi chú")
    for row in range(FIRST_ROW, len(grid.rows)):
        typed, said = grid.content(row, figure), _string(grid.content(row, note))
        if isinstance(typed, int | float) and not isinstance(typed, bool):
            shown: str | float = float(typed)
        else:
            shown = _string(typed)
        if shown != "" or said:
            found[grid.text(row, 0)] = (shown, said)
    return found


def _findings(grid: Grid) -> Iterator[Finding]:
    for texts in _lines(grid, FIRST_ROW, len(FINDING_HEADERS)):
        field = dict(zip(FINDING_HEADERS, texts, strict=True))
        if field["Mức độ"] in _SEVERITIES:
            yield Finding(
                rule=field["Quy tắc"],
                severity=_SEVERITIES[field["Mức độ"]],
                message=field["Nội dung"],
                advice=field["Đề nghị"],
                indicator=field["Chỉ tiêu"] or None,
                unit=field["Đơn vị"] or None,
            )


def _string(content: object) -> str:
    """Return what stands in a cell to the letter: a file's name may hold two spaces."""
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return "" if content is None else str(content)


def _log(grid: Grid) -> Iterator[LogLine]:
    for texts in _lines(grid, FIRST_ROW, len(LOG_HEADERS)):
        run, *rest = texts
        if run.isdecimal():
            yield LogLine(int(run), *rest)


def _changes(grid: Grid) -> Iterator[ChangeRow]:
    for row in range(FIRST_ROW, len(grid.rows)):
        contents = [grid.content(row, column) for column in range(len(CHANGE_HEADERS))]
        if isinstance(contents[0], int | float):
            yield tuple(
                float(content) if isinstance(content, int | float) else _string(content)
                for content in contents
            )


def former_figures(file: ParentFile) -> Iterator[UnitFigures]:
    """Yield the units of an earlier result with their figures, to compare a new one with."""
    first: dict[str, UnitLine] = {}
    for line in sorted(file.lines, key=lambda line: line.status not in _COUNTED):
        if line.unit is not None:
            first.setdefault(match_key(line.unit.name), line)
    for name, table in file.tables:
        of_unit = first.get(match_key(name))
        status, sent = (of_unit.status, of_unit.file) if of_unit else (Status.MISSING, "")
        yield UnitFigures(name, status, sent, table)
