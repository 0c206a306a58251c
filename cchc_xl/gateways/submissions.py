"""Reads a submission from a file: our own workbook, or any workbook that carries the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cchc_xl.build.parent_book import OWN_FIGURES, TOTALS
from cchc_xl.core import file_findings, unit_findings
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid
from cchc_xl.core.identity import (
    form_named_in,
    period_above,
    unit_in_words,
    unit_name,
    words_above,
)
from cchc_xl.core.legacy_text import in_unicode
from cchc_xl.core.period import Period, period_in_words
from cchc_xl.core.slip_memory import MEMORY_SHEET, SLIP_SHEET, SlipMemory
from cchc_xl.core.slip_rows import memory_of
from cchc_xl.core.submission import Submission
from cchc_xl.core.table_matching import MatchedTable, match_headerless_table, match_table
from cchc_xl.core.table_reading import read_table
from cchc_xl.core.text import clean, match_key
from cchc_xl.core.workbook_names import (
    PANEL_LABELS,
    PERIOD_LABEL,
    SETTINGS_SHEET,
    UNIT_CODE_LABEL,
    UNIT_LABEL,
)
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.docx_tables import DocxTables
from cchc_xl.gateways.file_kinds import FileKind, kind_of
from cchc_xl.gateways.ods_workbook import OdsWorkbook
from cchc_xl.gateways.sheet_source import SheetSource, settings_in
from cchc_xl.gateways.xls_workbook import XlsWorkbook
from cchc_xl.gateways.xlsx_workbook import XlsxWorkbook

_SOURCES: dict[FileKind, Callable[[Path], SheetSource]] = {
    FileKind.XLSX: XlsxWorkbook,
    FileKind.XLS: XlsWorkbook,
    FileKind.ODS: OdsWorkbook,
    FileKind.DOCX: DocxTables,
}
# A form names itself at the top of one of the first sheets.
_SEARCHED_SHEETS, _SEARCHED_ROWS = 5, 12


def _opened(path: Path) -> SheetSource:
    return _SOURCES[kind_of(path)](path)


def read_submission(path: Path, forms: Sequence[Form]) -> Submission:
    """Return what `path` reports, read with the one of `forms` whose table it carries.

    A submission without tables carries none of them; UnreadableFile where the file cannot be
    opened at all. The file is never changed.
    """
    source = _opened(path)
    memory = _slip_memory(source)
    # A slip is named after its unit and itself: what its file was called before says more.
    named = path.with_name(Path(memory.source).name or path.name) if memory else path
    settings = settings_in(source.sheet(SETTINGS_SHEET)) if source.is_ours else {}
    added = (SLIP_SHEET, MEMORY_SHEET) if memory else ()
    submission = submission_of(
        (grid for grid in source.grids() if grid.sheet not in added),
        forms,
        named,
        own=source.is_ours,
        form_version=settings.get("form_version", ""),
    )
    links = (file_findings.external_links(),) if source.has_external_links else ()
    findings = (*submission.findings, *links)
    return replace(submission, file=path.name, returned=memory, findings=findings)


def _slip_memory(source: SheetSource) -> SlipMemory | None:
    """Return what a return slip of ours remembers; None of any other file."""
    memory = source.sheet(MEMORY_SHEET)
    if memory is None:
        return None
    return memory_of([["" if cell is None else str(cell) for cell in row] for row in memory.rows])


def submission_of(
    grids: Iterable[Grid], forms: Sequence[Form], path: Path, *, own: bool, form_version: str = ""
) -> Submission:
    """Return what the sheets of a workbook report, read from a file or from an open workbook.

    `path` names the workbook; `own` says that it is one of ours, made from `form_version`.
    """
    known = [in_unicode(grid) for grid in grids]
    matched, others = _best_table(known, forms, own=own)
    if matched is None:
        return _without_table(known, forms, path)
    if own and form_version not in ("", matched.form.version):
        finding = file_findings.outdated_version(matched.form, form_version)
        return Submission(path.name, file_stem(path), None, None, (), (finding,))
    table, findings = read_table(matched, own_template=own)
    notes = list(findings)
    if matched.grid.legacy:
        notes.append(file_findings.legacy_font(matched.grid.legacy, matched.grid.sheet))
    if others:
        notes.append(file_findings.more_than_one_table(matched.grid.sheet, others))
    if not matched.filled:
        notes.append(file_findings.no_figures(matched.grid.sheet))
    above = words_above(matched.grid, matched.layout.header_row)
    panel = _panel(matched) if own else {}
    context = matched.grid.context
    unit = panel.get(UNIT_LABEL) or _unit(path, above, context, notes)
    period = period_in_words(panel.get(PERIOD_LABEL, "")) or _period(above, context, notes)
    code = panel.get(UNIT_CODE_LABEL) or None
    return Submission(path.name, unit, code, period, (table,), tuple(notes))


def _panel(matched: MatchedTable) -> dict[str, str]:
    """Return what stands beside the labels above a table of ours, whatever was inserted there."""
    grid = matched.grid
    return {
        label: grid.text(row, column + 1)
        for row in range(matched.layout.header_row)
        for column in range(len(grid.rows[row]))
        for label in PANEL_LABELS
        if match_key(grid.text(row, column)) == match_key(label)
    }


def first_sheet(path: Path) -> Grid:
    """Return the first sheet that people see; UnreadableFile where there is none."""
    for grid in _opened(path).grids():
        return in_unicode(grid)
    raise UnreadableFile(f"Tệp {path.name} không có trang nào.", "Đề nghị kiểm tra lại tệp.")


def read_sheets(path: Path) -> tuple[Grid, ...]:
    """Return every sheet of a workbook; UnreadableFile where it cannot be opened."""
    return tuple(_opened(path).grids())


def settings_of(path: Path) -> Mapping[str, str]:
    """Return the settings of one of our workbooks; UnreadableFile where it cannot be opened."""
    return settings_in(_opened(path).sheet(SETTINGS_SHEET))


def _best_table(
    grids: Sequence[Grid], forms: Sequence[Form], *, own: bool
) -> tuple[MatchedTable | None, list[str]]:
    """Return the table with the most rows, and the other sheets that carry one with figures."""
    found = [
        table for grid in grids for form in forms if (table := match_table(grid, form)) is not None
    ]
    if not found and not own:
        found = [
            table
            for grid in grids
            for form in forms
            if (table := match_headerless_table(grid, form)) is not None
        ]
    if not found:
        return None, []
    if own:
        # A master has other sheets with the rows of the form; a copied sheet is none of them.
        found = [t for t in found if t.grid.sheet not in (TOTALS, OWN_FIGURES)] or found
    best = max(
        found,
        key=lambda t: (t.grid.visible, t.filled > 0, len(t.codes), t.filled),
    )
    others = [table.grid.sheet for table in found if table.grid is not best.grid and table.filled]
    return best, list(dict.fromkeys(others))


def _without_table(grids: Sequence[Grid], forms: Sequence[Form], path: Path) -> Submission:
    """Return what there is to say of a file that carries no table of ours."""
    texts = [text for grid in grids[:_SEARCHED_SHEETS] for text in _top_texts(grid)]
    names = [form.name for form in forms]
    finding = file_findings.no_table(names, form_named_in(texts, names))
    context = grids[0].context if grids else ()
    unit = unit_in_words(context) or file_stem(path)
    return Submission(path.name, unit, None, _first_period(context), (), (finding,))


def _top_texts(grid: Grid) -> Iterator[str]:
    """Yield the words at the top of a sheet, where a form names itself."""
    yield from grid.context
    yield from words_above(grid, min(len(grid.rows), _SEARCHED_ROWS))


def _unit(path: Path, above: Sequence[str], context: Sequence[str], notes: list[Finding]) -> str:
    named = unit_in_words(above) or unit_in_words(context)
    if named is not None:
        return named
    notes.append(unit_findings.unit_from_file_name(file_stem(path)))
    return file_stem(path)


def file_stem(path: Path) -> str:
    """Return the file's name as a unit's name: the last thing to go by."""
    return unit_name(clean(path.stem.replace("_", " ")))


def _first_period(texts: Iterable[str]) -> Period | None:
    """Return the period that the opening words of a report name first."""
    return next((period for text in texts if (period := period_in_words(text))), None)


def _period(above: Sequence[str], context: Sequence[str], notes: list[Finding]) -> Period | None:
    period = period_above(above) or _first_period(context)
    if period is None:
        notes.append(unit_findings.period_unknown())
    return period
