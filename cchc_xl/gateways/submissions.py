"""Reads a submission from a file: our own workbook, or any workbook that carries the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cchc_xl.build.parent_book import OWN_FIGURES, TOTALS
from cchc_xl.core import annex_findings, file_findings, table_findings, unit_findings
from cchc_xl.core.annex_layout import SheetWords, has_codes_of
from cchc_xl.core.annex_reading import annexes_alone, with_annexes
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.found_table import FoundTable, tables_found
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
from cchc_xl.core.table_choice import Choice, Verdict, choose
from cchc_xl.core.table_matching import MatchedTable, match_headerless_table, match_table
from cchc_xl.core.table_reading import read_parts
from cchc_xl.core.table_title import unit_named_below
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


def read_submission(path: Path, forms: Sequence[Form], asked: Period | None = None) -> Submission:
    """Return what `path` reports, read with the one of `forms` whose table it carries.

    Of several tables the one of the period `asked` is read, else of the period that the file
    states. A submission without tables carries none that counts; UnreadableFile where the file
    cannot be opened at all. The file is never changed.
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
        form_id=settings.get("form", ""),
        form_version=settings.get("form_version", ""),
        asked=asked,
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
    grids: Iterable[Grid],
    forms: Sequence[Form],
    path: Path,
    *,
    own: bool,
    form_id: str = "",
    form_version: str = "",
    asked: Period | None = None,
) -> Submission:
    """Return what the sheets of a workbook report, read from a file or from an open workbook.

    `path` names the workbook; `own` says that it is one of ours, made from `form_version` of
    the form or set `form_id`. Of several tables the one of the period `asked` is read.
    """
    known = [in_unicode(grid) for grid in grids]
    prefixes = {annex.prefix for form in forms for annex in form.annexes}
    searched = known if own else [g for g in known if not has_codes_of(SheetWords(g), prefixes)]
    tables = _tables(searched, list(dict.fromkeys(form.main for form in forms)), own=own)
    if not tables:
        return _annexes_alone(known, forms, path)
    choice = choose(tables, asked or _stated_period(path, known, tables))
    if choice.verdict in (Verdict.UNDECIDED, Verdict.SEVERAL_UNITS):
        return _without_choice(choice, known, path)
    found, matched = choice.table, choice.table.first
    if own and form_version not in ("", found.form.version):
        finding = file_findings.outdated_version(found.form, form_version)
        return Submission(path.name, file_stem(path), None, None, (), (finding,))
    table, findings = read_parts(found.parts, own_template=own)
    notes = [*findings, *_about_the_choice(choice)]
    sets = [form for form in forms if form.main is found.form]
    form = next((form for form in sets if form.load_id == form_id), sets[0])
    if own and form_id and not _is_named(form, form_id):
        notes.append(annex_findings.other_set(form_id, form.load_id))
    if matched.grid.legacy:
        notes.append(file_findings.legacy_font(matched.grid.legacy, matched.grid.sheet))
    if not found.filled:
        notes.append(file_findings.no_figures(matched.grid.sheet))
    context = matched.grid.context
    panel = _panel(matched) if own else {}
    unit = panel.get(UNIT_LABEL) or _unit(path, found, context, notes)
    period = period_in_words(panel.get(PERIOD_LABEL, "")) or _period(choice, context, notes)
    code = panel.get(UNIT_CODE_LABEL) or None
    table, findings = with_annexes(table, form, known, period, own=own)
    notes += findings
    return Submission(path.name, unit, code, period, (table,), tuple(notes))


def _is_named(form: Form, form_id: str) -> bool:
    """Whether a workbook was made with this form or set, wherever its file lies."""
    return form_id in (form.load_id, form.id) or Path(form_id).name == Path(form.load_id).name


def _tables(grids: Sequence[Grid], forms: Sequence[Form], *, own: bool) -> list[FoundTable]:
    """Return the tables of the form that the file carries most of, in their order."""
    if own:
        # A master has other sheets with the rows of the form; a copied sheet is none of them.
        inputs = [grid for grid in grids if grid.sheet not in (TOTALS, OWN_FIGURES)]
        tables = _whole_tables(inputs, forms) or _whole_tables(grids, forms)
        # The sheets of annexes may look like the form; only the form's own rows have its codes.
        return [table for table in tables if table.first.layout.code is not None] or tables
    by_form = [tables_found(grids, form) for form in forms]
    if not any(by_form):
        by_form = [_headerless_tables(grids, form) for form in forms]
    return max(by_form, key=_rows_read, default=[])


def _headerless_tables(grids: Sequence[Grid], form: Form) -> list[FoundTable]:
    return [
        FoundTable((table,), words_above(grid, table.layout.header_row))
        for grid in grids
        if (table := match_headerless_table(grid, form)) is not None
    ]


def _whole_tables(grids: Sequence[Grid], forms: Sequence[Form]) -> list[FoundTable]:
    by_form = [
        [
            FoundTable((table,), words_above(grid, table.layout.header_row))
            for grid in grids
            if (table := match_table(grid, form)) is not None
        ]
        for form in forms
    ]
    return max(by_form, key=_rows_read, default=[])


def _rows_read(tables: Sequence[FoundTable]) -> tuple[int, int]:
    return (
        max((len(table.codes) for table in tables), default=0),
        max((table.filled for table in tables), default=0),
    )


def _about_the_choice(choice: Choice) -> Iterator[Finding]:
    read, others = choice.table, [table.place for table in choice.others]
    if choice.verdict is Verdict.SAME:
        yield table_findings.same_table_again(read.place, others, read.sheet)
    elif choice.verdict is Verdict.NAMED:
        yield table_findings.more_than_one_table(read.place, others, read.sheet)
    if len(read.parts) > 1:
        yield table_findings.table_in_parts(read.place, read.further_places, read.sheet)


def _without_choice(choice: Choice, grids: Sequence[Grid], path: Path) -> Submission:
    """Return what there is to say of a file of whose tables none may be counted."""
    first, others = choice.table, choice.others
    if choice.verdict is Verdict.SEVERAL_UNITS:
        named = [(table.unit or file_stem(path), table.place) for table in (first, *others)]
        finding = table_findings.tables_of_several_units(named, first.sheet, first.cell)
        return Submission(path.name, file_stem(path), None, None, (), (finding,))
    places = [table.place for table in others]
    finding = table_findings.tables_differ(first.place, places, first.sheet, first.cell)
    notes: list[Finding] = []
    unit = _unit(path, first, grids[0].context, notes)
    return Submission(path.name, unit, None, None, (), (*notes, finding))


def _stated_period(
    path: Path, grids: Sequence[Grid], tables: Sequence[FoundTable]
) -> Period | None:
    """Return the period that a file states beside its tables: at its beginning, or in its name."""
    if len(tables) < 2:
        return None
    carrying = {part.grid.sheet for table in tables for part in table.parts}
    covers = [grid for grid in grids[:_SEARCHED_SHEETS] if grid.sheet not in carrying]
    return (
        _first_period(grids[0].context)
        or next((p for grid in covers if (p := period_above(tuple(_top_texts(grid))))), None)
        or period_in_words(path.stem)
        or period_in_words(path.stem.replace("_", " ").replace("-", " "))
    )


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


def _annexes_alone(grids: Sequence[Grid], forms: Sequence[Form], path: Path) -> Submission:
    """Return what a file reports that carries annexes, but not the main form."""
    for form in forms:
        table, annexes, findings = annexes_alone(grids, form)
        if table is None and findings:
            # Annexes are there, but nothing in them may be counted.
            without = _without_table(grids, forms, path)
            return replace(without, findings=(*findings, *without.findings))
        if table is None:
            continue
        notes = [*findings]
        notes.append(annex_findings.main_form_missing(form.name, [a.annex.name for a in annexes]))
        first = annexes[0]
        above = words_above(first.grid, first.header_row)
        context = first.grid.context
        unit = unit_in_words(above) or unit_in_words(context)
        if unit is None:
            unit = file_stem(path)
            notes.append(unit_findings.unit_from_file_name(unit))
        period = period_above(above) or _first_period(context)
        if period is None:
            notes.append(unit_findings.period_unknown())
        return Submission(path.name, unit, None, period, (table,), tuple(notes))
    return _without_table(grids, forms, path)


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


def _unit(path: Path, found: FoundTable, context: Sequence[str], notes: list[Finding]) -> str:
    above = unit_named_below(found.title) if found.is_below else unit_in_words(found.title)
    named = above or unit_in_words(context)
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


def _period(choice: Choice, context: Sequence[str], notes: list[Finding]) -> Period | None:
    period = period_above(choice.table.title) or _first_period(context)
    if choice.others and choice.table.periods:
        # Beside other tables a table is of the period that set it apart from them.
        period = choice.table.periods[0]
    if period is None:
        notes.append(unit_findings.period_unknown())
    return period
