"""From the sheets of a file to the entries of its annexes, and findings for what did not match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cchc_xl.core import annex_findings, file_findings
from cchc_xl.core.annex import Annex, AnnexRow
from cchc_xl.core.annex_layout import AnnexLayout, find_annex
from cchc_xl.core.cells import RawCell, Reading, read_cell
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.grid import Grid, Place
from cchc_xl.core.submission import Entry, Table
from cchc_xl.core.text import match_key
from cchc_xl.core.values import INVALID


class AnnexState(Enum):
    """What a unit did with an annex: a blank table is not a table of zeros."""

    LEFT_OUT = "left_out"
    BLANK = "blank"
    ZERO = "zero"
    FILLED = "filled"


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


def state_of(annex: Annex, table: Table) -> AnnexState:
    """Return what the unit did with an annex."""
    entries = [table.entries[code] for code in annex.cells if code in table.entries]
    if not entries:
        return AnnexState.LEFT_OUT
    said = [entry for entry in entries if not entry.value.is_blank]
    if not said:
        return AnnexState.BLANK
    is_zero = all(entry.value.is_numeric and entry.value.number == 0 for entry in said)
    return AnnexState.ZERO if is_zero else AnnexState.FILLED


def with_annexes(
    table: Table, form: Form, grids: Sequence[Grid], *, own: bool
) -> tuple[Table, tuple[Finding, ...]]:
    """Return a main form's table with the entries of the annexes that stand on the sheets too."""
    entries, labels = dict(table.entries), dict(table.labels)
    found: list[Finding] = []
    for annex, findings in read_annexes(grids, form, own=own):
        found += findings
        if annex is not None:
            entries |= annex.entries
            labels |= annex.labels
    return replace(table, form=form, entries=entries, labels=labels), tuple(found)


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
    for annex in form.annexes:
        found = [
            table for grid in grids if (table := read_annex(grid, annex, form, own=own)) is not None
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


def read_annex(grid: Grid, annex: Annex, form: Form, *, own: bool) -> ReadAnnex | None:
    """Return the annex that stands on a sheet, None where none does."""
    others = {other.prefix for other in form.annexes if other is not annex}
    layout = find_annex(grid, annex, others)
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
            raw = RawCell("")  # our own formula of blank parts, or never calculated
        reading = read_cell(
            indicator.kind,
            raw,
            choices=indicator.choices,
            units=_unit_words(indicator),
            own_template=own,
        )
        yield indicator.code, Entry(reading, raw, grid.sheet, grid.address(line, column))


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
