"""From a matched table to its entries, and findings for whatever did not match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from cchc_xl.core import file_findings
from cchc_xl.core.cells import Reading, read_cell
from cchc_xl.core.columns_beside import number_at, words_of_header
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.grid import Place
from cchc_xl.core.submission import Entry, Table
from cchc_xl.core.table_matching import MatchedRow, MatchedTable
from cchc_xl.core.unit_words import unit_words
from cchc_xl.core.values import INVALID


def read_table(matched: MatchedTable, *, own_template: bool) -> tuple[Table, tuple[Finding, ...]]:
    """Return the entries of a matched table and what there is to say about its rows."""
    return read_parts((matched,), own_template=own_template)


def read_parts(
    parts: Sequence[MatchedTable], *, own_template: bool
) -> tuple[Table, tuple[Finding, ...]]:
    """Return the entries of a table that stands in parts (at least one), and the findings.

    A row without a figure that stands in two parts is the heading that the second goes on with.
    """
    form, sheet = parts[0].form, parts[0].grid.sheet
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    for part in parts:
        of_part, of_rows = _read_part(part, own_template)
        findings += of_rows
        for code, entry in of_part.items():
            if code not in entries or entries[code].raw.is_empty:
                entries[code] = entry
    ordered = {code: entries[code] for code in form.order if code in entries}
    findings += _missing(form, ordered.keys(), sheet)
    return Table(form, sheet, ordered, own_template), tuple(findings)


def _read_part(matched: MatchedTable, own_template: bool) -> tuple[dict[str, Entry], list[Finding]]:
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    for row in matched.rows:
        code = row.indicator.code
        entry = _entry(matched, row, own_template)
        if row.label_differs:
            findings.append(
                file_findings.label_differs(row.indicator, row.label, entry, row.number)
            )
        if code not in entries:
            entries[code] = entry
            continue
        kept, finding = _one_of_two(row.indicator, entries[code], entry)
        entries[code] = kept
        findings.append(finding)
    findings += _doubtful_columns(matched)
    findings += _misplaced(matched)
    findings += _shared_figures(matched)
    findings += _unmatched(matched)
    return entries, findings


def _entry(matched: MatchedTable, row: MatchedRow, own_template: bool) -> Entry:
    place = _figure_place(matched, row.row)
    raw = matched.grid.cell(*place)
    note_column = matched.layout.columns.get("note")
    is_disputed = bool(matched.layout.rivals) and not raw.is_empty
    reading = (
        # Which of the columns is meant is not known; the finding on their headers says so.
        Reading(INVALID)
        if is_disputed
        else read_cell(
            row.indicator.kind,
            raw,
            choices=row.indicator.choices,
            units=unit_words(matched.form, row.indicator.code),
            own_template=own_template,
        )
    )
    return Entry(
        reading=reading,
        raw=raw,
        sheet=matched.grid.sheet,
        cell=matched.grid.address(*place),
        note="" if note_column is None else matched.grid.text(row.row, note_column),
    )


def _figure_place(matched: MatchedTable, row: int) -> Place:
    """Return where the figure of a row stands; of rival columns the first that is filled."""
    places = matched.value_places(row)
    return next((p for p in places if not matched.grid.cell(*p).is_empty), places[0])


def _doubtful_columns(matched: MatchedTable) -> Iterator[Finding]:
    grid, layout = matched.grid, matched.layout
    if layout.headerless:
        yield file_findings.no_header(grid.address(*layout.value_header), grid.sheet)
    if layout.rivals:
        yield file_findings.several_value_columns(_headers(matched, layout.rivals), grid.sheet)
    filled = [
        (header_row, column)
        for header_row, column in layout.beside
        if any(not grid.cell(row.row, column).is_empty for row in matched.rows)
    ]
    others = _headers(matched, filled) + [("", grid.address(*place)) for place in layout.unnamed]
    if others:
        (read,) = _headers(matched, [layout.value_header])
        yield file_findings.other_columns(read, others, grid.sheet)


def _misplaced(matched: MatchedTable) -> Iterator[Finding]:
    """Yield what there is to say of numbers under "Ghi chú" or "Đơn vị tính" beside no figure."""
    grid, layout = matched.grid, matched.layout
    for column_id in ("unit", "note"):
        column = layout.columns.get(column_id)
        if column is None:
            continue
        numbered = [r for r in matched.rows if number_at(grid, (r.row, column)) is not None]
        filled = [r for r in matched.rows if not grid.cell(*matched.value_place(r.row)).is_empty]
        if filled and all(row in numbered for row in filled):
            # A number in every row says something else than a figure that slipped.
            continue
        places = [(r.row, column) for r in numbered if r not in filled]
        if places:
            header = matched.form.column(column_id).header
            yield file_findings.misplaced_figures(
                header,
                [grid.address(*place) for place in places],
                grid.cell(*places[0]),
                grid.sheet,
            )


def _shared_figures(matched: MatchedTable) -> Iterator[Finding]:
    """Yield what there is to say of a figure in a cell merged over the rows of several indicators.

    It is read where it stands: for the first of them.
    """
    grid, column = matched.grid, matched.layout.columns["value"]
    by_row = {row.row: row.indicator.code for row in matched.rows}
    last_rows = {
        first[0]: last[0]
        for first, last in grid.merged
        if first[1] <= column <= last[1] and first[0] in by_row and first[0] < last[0]
    }
    for row, last in last_rows.items():
        raw = grid.cell(row, column)
        codes = [code for other, code in by_row.items() if row <= other <= last]
        if len(codes) > 1 and not raw.is_empty:
            yield file_findings.shared_figure(codes, raw, grid.sheet, grid.address(row, column))


def _headers(matched: MatchedTable, places: Sequence[Place]) -> list[tuple[str, str]]:
    """Return the words and the address of headers; a table without one has no words for them."""
    grid, is_named = matched.grid, not matched.layout.headerless
    return [(words_of_header(grid, p) if is_named else "", grid.address(*p)) for p in places]


def _one_of_two(indicator: Indicator, first: Entry, second: Entry) -> tuple[Entry, Finding]:
    """Return what stands for an indicator with two rows: never a choice between two figures."""
    if second.value.is_blank or second.value == first.value:
        return first, file_findings.row_twice(indicator, first, second)
    if first.value.is_blank:
        return second, file_findings.row_twice(indicator, second, first)
    unusable = replace(first, reading=Reading(INVALID))
    return unusable, file_findings.row_twice_differently(indicator, first, second)


def _unmatched(matched: MatchedTable) -> Iterator[Finding]:
    for undecided in matched.undecided:
        place = _figure_place(matched, undecided.row)
        yield file_findings.number_undecided(
            undecided.codes, undecided.label, matched.grid.cell(*place),
            matched.grid.sheet, matched.grid.address(*place),
        )  # fmt: skip
    outdone = {row.row: row.indicator for row in matched.outdone}
    for row in matched.unmatched:
        place = _figure_place(matched, row)
        raw = matched.grid.cell(*place)
        yield file_findings.row_not_recognised(
            Severity.INFO if raw.is_empty else Severity.WARNING,
            matched.label(row),
            raw,
            matched.grid.sheet,
            matched.grid.address(*place),
            outdone.get(row),
        )


def _missing(form: Form, codes: AbstractSet[str], sheet: str) -> Iterator[Finding]:
    printed = [row.code for row in form.printed if row.code not in codes]
    if printed:
        yield file_findings.rows_missing(printed, sheet)
    supplementary = [row.code for row in form.supplementary if row.code not in codes]
    if supplementary:
        yield file_findings.supplementary_missing(supplementary, len(form.supplementary), sheet)
