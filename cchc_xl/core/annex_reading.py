"""From the sheets of a file to the entries of its annexes, and findings for what did not match."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cchc_xl.core import annex_findings, file_findings
from cchc_xl.core.annex import Annex, AnnexRow, matrices
from cchc_xl.core.annex_layout import AnnexLayout, SheetWords, find_annex
from cchc_xl.core.cells import RawCell, Reading, read_cell
from cchc_xl.core.computed import computed_value
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.period import Period
from cchc_xl.core.records import Record, RegisterReading, counted, different
from cchc_xl.core.register import Register, registers
from cchc_xl.core.register_lines import read_list
from cchc_xl.core.register_reading import read_register
from cchc_xl.core.submission import Entry, Table
from cchc_xl.core.text import match_key
from cchc_xl.core.values import INVALID, number

# A formula of our own without a result.
_UNCALCULATED = RawCell("")


@dataclass(frozen=True, slots=True)
class ReadAnnex:
    """An annex as it stands on a sheet; `labels` are the words of its open rows, by `PREFIX.ROW`.

    Headers stand at `header_row`; what stands above it says whose and of when the table is.
    """

    annex: Annex
    grid: Grid
    header_row: int
    entries: dict[str, Entry]
    labels: dict[str, str]
    findings: tuple[Finding, ...]

    @property
    def filled(self) -> int:
        return sum(not entry.raw.is_empty for entry in self.entries.values())


def with_annexes(
    table: Table, form: Form, grids: Sequence[Grid], period: Period | None, *, own: bool
) -> tuple[Table, tuple[Finding, ...]]:
    """Return a main form's table with what the annexes and registers on the sheets give.

    `period` tells the years of which registers count the documents.
    """
    entries, labels = dict(table.entries), dict(table.labels)
    records: dict[str, tuple[Record, ...]] = {}
    found: list[Finding] = []
    taken = {entry.sheet for entry in table.entries.values()}
    for annex, findings in read_annexes(grids, form, own=own):
        found += findings
        if annex is not None:
            entries |= annex.entries
            labels |= annex.labels
            taken.add(annex.grid.sheet)
    for register in registers(form):
        reading, said = _read_register(grids, register, taken, own=own)
        found += said
        if reading is not None:
            records[register.id] = reading.records
            entries |= _counts(reading.records, register, period)
    read = replace(table, form=form, entries=entries, labels=labels, records=records)
    return read, tuple(found)


def _read_register(
    grids: Sequence[Grid], register: Register, taken: Collection[str], *, own: bool
) -> tuple[RegisterReading | None, tuple[Finding, ...]]:
    """Return the register, a table or a list in words, with what there is to say of it.

    In a workbook of ours it stands on its own sheet, unless somebody renamed that. A list in words
    is looked for on sheets that no other form has `taken`. Of two different lists none is read.
    """
    named = [grid for grid in grids if own and grid.sheet == register.name]
    readings = [
        (grid.sheet, reading)
        for grid in named or grids
        if (reading := read_register(grid, register, own_template=own)) is not None
    ]
    if not readings and not own:
        readings = [
            (grid.sheet, reading)
            for grid in grids
            if grid.sheet not in taken
            and (reading := read_list(grid, register)) is not None
            # A sheet of words that names a few documents is no list of them.
            and len(reading.records) >= len(reading.findings)
        ]
    filled = [(sheet, reading) for sheet, reading in readings if reading.records]
    documents = {frozenset(different(reading.records, register)) for _, reading in filled}
    if len(documents) > 1:
        return None, (annex_findings.annex_twice(register, [sheet for sheet, _ in filled]),)
    if not readings:
        return None, ()
    _, reading = (filled or readings)[0]
    return reading, reading.findings


def _counts(
    records: Sequence[Record], register: Register, period: Period | None
) -> dict[str, Entry]:
    sheet = records[0].sheet if records else register.name
    cell = records[0].cell if records else ""
    return {
        code: Entry(Reading(number(amount)), RawCell(amount), sheet, cell)
        for code, amount in counted(records, register, period).items()
    }


def annexes_alone(
    grids: Sequence[Grid], form: Form
) -> tuple[Table | None, tuple[ReadAnnex, ...], tuple[Finding, ...]]:
    """Return the table that the annexes on the sheets make without the main form."""
    found = [*read_annexes(grids, form, own=False)]
    annexes = tuple(annex for annex, _ in found if annex is not None and annex.filled)
    findings = tuple(finding for _, said in found for finding in said)
    if not annexes:
        return None, (), findings
    entries = {code: entry for annex in annexes for code, entry in annex.entries.items()}
    labels = {code: words for annex in annexes for code, words in annex.labels.items()}
    return Table(form, annexes[0].grid.sheet, entries, labels=labels), annexes, findings


def read_annexes(
    grids: Sequence[Grid], form: Form, *, own: bool
) -> Iterator[tuple[ReadAnnex | None, tuple[Finding, ...]]]:
    """Yield each annex that stands on one of the sheets, with what there is to say of it.

    Of two tables with different figures none is read.
    """
    searched = [SheetWords(grid) for grid in grids]
    for annex in matrices(form):
        # In a workbook of ours an annex stands on its own sheet, unless somebody renamed it.
        named = [words for words in searched if own and words.grid.sheet == annex.name]
        found = [
            table
            for words in named or searched
            if (table := read_annex(words, annex, form, own=own)) is not None
        ]
        filled = [table for table in found if table.filled]
        if not found:
            continue
        if len(filled) > 1 and any(not _is_same(filled[0], other) for other in filled[1:]):
            sheets = [table.grid.sheet for table in filled]
            yield None, (annex_findings.annex_twice(annex, sheets),)
            continue
        best = (filled or found)[0]
        yield best, best.findings


def _is_same(one: ReadAnnex, other: ReadAnnex) -> bool:
    return {c: e.value for c, e in one.entries.items()} == {
        c: e.value for c, e in other.entries.items()
    }


def read_annex(words: SheetWords, annex: Annex, form: Form, *, own: bool) -> ReadAnnex | None:
    """Return the annex that stands on a sheet, None where none does."""
    others = {other.prefix for other in form.annexes if other is not annex}
    grid, layout = words.grid, find_annex(words, annex, others)
    if layout is None:
        return None
    entries: dict[str, Entry] = {}
    labels: dict[str, str] = {}
    findings = [*_doubtful(grid, annex, layout)]
    for line, row in layout.rows:
        figures = dict(_figures(grid, annex, form, layout, (line, row), own=own))
        if row.is_open:
            label = grid.text(line, layout.label_column)
            labels[f"{annex.prefix}.{row.id}"] = label
            filled = [entry for entry in figures.values() if not entry.raw.is_empty]
            if filled and not label:
                findings.append(annex_findings.nameless_row(annex, grid.sheet, filled[0].cell))
        findings += _merge(entries, figures, form)
    _calculate(entries, form, grid.sheet)
    return ReadAnnex(annex, grid, layout.header_row, entries, labels, tuple(findings))


def _figures(
    grid: Grid,
    annex: Annex,
    form: Form,
    layout: AnnexLayout,
    place: tuple[int, AnnexRow],
    *,
    own: bool,
) -> Iterator[tuple[str, Entry]]:
    line, row = place
    for column_id, column in layout.columns.items():
        if not row.has(column_id):
            continue
        indicator = form.by_code[annex.code(row.id, column_id)]
        raw = grid.cell(line, column)
        if own and indicator.computed is not None and raw.no_cached_value:
            raw = _UNCALCULATED
        reading = read_cell(
            indicator.kind,
            raw,
            choices=indicator.choices,
            units=_unit_words(indicator),
            own_template=own,
        )
        yield indicator.code, Entry(reading, raw, grid.sheet, grid.address(line, column))


def _calculate(entries: dict[str, Entry], form: Form, sheet: str) -> None:
    """Give our own formulas without a result what they come to; of blank parts that is a blank.

    Programs other than Excel and LibreOffice save formulas without their results.
    """
    table = Table(form, sheet, entries)
    waiting = [form.by_code[code] for code, entry in entries.items() if entry.raw is _UNCALCULATED]
    # Rates are made of totals.
    for indicator in sorted(waiting, key=lambda indicator: indicator.is_printed_rate):
        value = computed_value(indicator, table)
        if value.is_numeric:
            entries[indicator.code] = replace(
                entries[indicator.code], reading=Reading(value), raw=RawCell(float(value.number))
            )


def _unit_words(indicator: Indicator) -> frozenset[str]:
    return frozenset({match_key(indicator.unit)} if indicator.unit else ())


def _merge(entries: dict[str, Entry], figures: dict[str, Entry], form: Form) -> Iterable[Finding]:
    """Take the figures of a row; two rows of one name never leave a choice between two figures."""
    found: list[Finding] = []
    for code, second in figures.items():
        first = entries.get(code)
        if first is None or first.value.is_blank:
            entries[code] = second
        elif not second.value.is_blank and second.value != first.value:
            entries[code] = replace(first, reading=Reading(INVALID))
            found.append(file_findings.row_twice_differently(form.by_code[code], first, second))
    return found


def _doubtful(grid: Grid, annex: Annex, layout: AnnexLayout) -> Iterator[Finding]:
    if layout.disputed:
        yield annex_findings.disputed_columns(annex, _cells(grid, layout.disputed), grid.sheet)
    if layout.strange:
        yield annex_findings.strange_columns(annex, _cells(grid, layout.strange), grid.sheet)
    missing = [c.spoken for c in annex.columns if c.id not in layout.columns and not c.is_optional]
    if missing and not layout.disputed:
        yield annex_findings.missing_columns(annex, missing, grid.sheet)
    for row in layout.unmatched:
        filled = [c for c in layout.columns.values() if not grid.cell(row, c).is_empty]
        if filled:
            yield file_findings.row_not_recognised(
                Severity.WARNING,
                grid.text(row, layout.label_column),
                grid.cell(row, filled[0]),
                grid.sheet,
                grid.address(row, filled[0]),
            )


def _cells(grid: Grid, places: Sequence[Place]) -> list[tuple[str, str]]:
    return [(grid.text(*place), grid.address(*place)) for place in places]
