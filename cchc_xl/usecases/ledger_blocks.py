"""The lists of the master as blocks: units, findings, narrative, log, and the printed form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name

from cchc_xl.build.commune_book import NOTE, VALUE
from cchc_xl.build.master_book import IS_PARENT, MOST_FINDINGS, master_places
from cchc_xl.build.master_ledgers import ledger
from cchc_xl.build.parent_book import (
    FINDINGS,
    FIRST_ROW,
    FIRST_UNIT,
    LOG,
    NARRATIVE,
    TOTAL,
    TOTALS,
    UNITS,
)
from cchc_xl.build.printed_form_sheet import printed_figure, printed_note
from cchc_xl.build.totals_sheet import TOTAL_HEADERS
from cchc_xl.build.unit_blocks import unit_letter
from cchc_xl.core.blocks import Block, BlockCell, Formula, link, padded
from cchc_xl.core.cells import Kind
from cchc_xl.core.consolidation import Consolidation, LogLine
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid
from cchc_xl.core.ledger import (
    FINDING_HEADERS,
    NO_FINDING,
    UNIT_HEADERS,
    finding_row,
    log_row,
    received_row,
)
from cchc_xl.core.narrative_rows import NARRATIVE_HEADERS, NarrativeRow
from cchc_xl.errors import UsageError
from cchc_xl.usecases.master_reading import SheetReader, form_rows

_LINKED = FINDING_HEADERS.index("Chỉ tiêu")
_OWN_TEXT = NARRATIVE_HEADERS.index("Câu của đơn vị")
_TOTAL_LETTER = xl_col_to_name(TOTAL)


def unit_rows_blocks(book: SheetReader, data: Consolidation) -> Iterator[Block]:
    """Yield the rows of `Đơn vị`, over those of the last run."""
    rows: list[tuple[BlockCell, ...]] = [
        received_row(place, entry, is_chosen=entry.file in data.chosen)
        for place, entry in enumerate(data.received, start=1)
    ]
    yield _list(book, UNITS, rows, len(UNIT_HEADERS))


def finding_blocks(
    book: SheetReader, findings: Sequence[Finding], form: Form, units: Mapping[str, int] | None
) -> Iterator[Block]:
    """Yield the rows of `Kiểm tra`, each with a link to its cell.

    `units` gives the place of each unit in `Tổng hợp`; None where the findings speak of the
    typed form. Raises UsageError where there are more findings than the sheet takes.
    """
    if len(findings) > MOST_FINDINGS:
        raise UsageError(
            f"Có {len(findings)} vấn đề, nhiều hơn {MOST_FINDINGS} dòng của trang Kiểm tra.",
            "Đề nghị dùng lệnh cchc-xl consolidate để có đủ danh sách.",
        )
    rows: list[tuple[BlockCell, ...]] = []
    for place, finding in enumerate(findings, start=1):
        cells: list[BlockCell] = [*finding_row(place, finding)]
        target = _target(finding, form, units)
        if target and finding.indicator:
            cells[_LINKED] = link(f"#{target}", finding.indicator)
        rows.append(tuple(cells))
    if not rows:
        blank = ("",) * len(FINDING_HEADERS)
        place = FINDING_HEADERS.index("Nội dung")
        rows.append((*blank[:place], NO_FINDING, *blank[place + 1 :]))
    yield _list(book, FINDINGS, rows, len(FINDING_HEADERS))


def _target(finding: Finding, form: Form, units: Mapping[str, int] | None) -> str:
    if units is None:
        return f"'{finding.sheet or form.name}'!{finding.cell}" if finding.cell else ""
    row = master_places(form).rows.get(finding.indicator or "")
    if row is None:
        return ""
    place = units.get(finding.unit or "")
    return f"'{TOTALS}'!{_TOTAL_LETTER if place is None else unit_letter(place)}{row}"


def log_blocks(lines_before: int, new: Sequence[LogLine]) -> Iterator[Block]:
    """Yield the new lines of the log behind those that stand there."""
    rows: list[tuple[BlockCell, ...]] = [log_row(line) for line in new]
    if rows:
        yield padded(LOG, FIRST_ROW + lines_before, 0, rows, literal=_literal(LOG))


def narrative_blocks(before: Grid, rows: Sequence[NarrativeRow]) -> Iterator[Block]:
    """Yield the rows of `Báo cáo`; the official's own column only where the rows have moved."""
    standing = [before.text(row, 0) for row in range(FIRST_ROW, len(before.rows))]
    # A sentence that was added has no id before its first draft.
    height = max(
        (place for place, _ in enumerate(standing, 1) if _is_filled(before, place)), default=0
    )
    have_moved = standing[: len(rows)] != [row.cells[0] for row in rows]
    literal = _literal(NARRATIVE)
    width = len(NARRATIVE_HEADERS)
    shown = [before.content(FIRST_ROW + place, _OWN_TEXT) or "" for place in range(len(rows))]
    are_others = shown != [row.own_text for row in rows]
    is_whole = have_moved or are_others or height > len(rows)
    spans = [(0, width)] if is_whole else [(0, _OWN_TEXT), (_OWN_TEXT + 1, width)]
    for first, last in spans:
        cells: list[tuple[BlockCell, ...]] = [row.cells[first:last] for row in rows]
        yield padded(
            NARRATIVE, FIRST_ROW, first, cells, height=height,
            literal=frozenset(column - first for column in literal),
        )  # fmt: skip


def state_blocks(states: Sequence[str]) -> Iterator[Block]:
    """Yield what is said of the rows of `Báo cáo`, and nothing else of them."""
    rows: list[tuple[BlockCell, ...]] = [(state,) for state in states]
    if rows:
        yield padded(NARRATIVE, FIRST_ROW, NARRATIVE_HEADERS.index("Trạng thái"), rows)


def _is_filled(grid: Grid, place: int) -> bool:
    row = FIRST_ROW + place - 1
    return any(grid.text(row, column) for column in range(_OWN_TEXT + 1))


def printed_blocks(book: SheetReader, form: Form) -> list[Block]:
    """Return the formulas that print the totals on the form's own sheet.

    Raises UsageError where figures are typed there: they would be overwritten.
    """
    sheet = book.grid(form.name, NOTE + 1, form_rows(form))
    codes = {sheet.text(row, 0): row for row in range(len(sheet.rows)) if sheet.text(row, 0)}
    first = codes.get(form.printed[0].code, 0)
    places_found = [codes.get(row.code) for row in form.printed]
    if places_found != [*range(first, first + len(form.printed))]:
        raise UsageError(
            f"Trang {form.name} đã bị thêm, bớt hoặc đổi chỗ dòng.",
            "Đề nghị trả lại đúng các dòng của biểu mẫu, hoặc dùng một bản cchc-master.xlsm mới.",
        )
    standing = _formulas(book, form, first, len(form.printed))
    typed = [
        row.code
        for row in form.printed
        if row.kind is not Kind.HEADER
        and not sheet.cell(codes[row.code], VALUE).is_empty
        and codes[row.code] not in standing
    ]
    if typed:
        raise UsageError(
            f"Trang {form.name} còn {len(typed)} số nhập tay ({', '.join(typed[:3])}…), "
            "sẽ bị số tổng hợp thay mất.",
            "Đề nghị chuyển các số đó sang trang Số liệu của đơn vị (hoặc xóa) rồi bấm lại.",
        )
    places = master_places(form)
    figures: list[tuple[BlockCell, ...]] = []
    notes: list[tuple[BlockCell, ...]] = []
    for row in form.printed:
        figure, note = printed_figure(row, places, is_open=True), printed_note(row, places)
        said = sheet.content(codes[row.code], NOTE)
        own_note = isinstance(said, str) and said and not said.endswith(" đơn vị")
        figures.append((_only_parent(figure),))
        notes.append((said if own_note and isinstance(said, str) else _only_parent(note),))
    return [
        padded(form.name, first, VALUE, figures),
        padded(form.name, first, NOTE, notes),
    ]


def refuse_moved_rows(book: SheetReader, form: Form) -> None:
    """Raise UsageError where `Tổng hợp` no longer has its rows and columns in their places.

    Figures are written by place there: beside another row's words they would be wrong figures.
    """
    rows = book.area(TOTALS, FIRST_ROW - 1, 0, len(form.indicators) + 1, FIRST_UNIT)
    codes = [rows.text(row, 0) for row in range(1, len(form.indicators) + 1)]
    heads = tuple(rows.text(0, column) for column in range(FIRST_UNIT))
    if codes != [row.code for row in form.indicators] or heads != TOTAL_HEADERS:
        raise UsageError(
            f"Trang {TOTALS} đã bị thêm, bớt hoặc đổi chỗ dòng, cột.",
            "Đề nghị dùng một bản cchc-master.xlsm mới; số liệu được tổng hợp lại từ các tệp.",
        )


def _only_parent(formula: str | None) -> BlockCell:
    return None if formula is None else Formula(f'IF({IS_PARENT},{formula},"")')


def _formulas(book: SheetReader, form: Form, first: int, rows: int) -> set[int]:
    """Return the rows of the form whose figure is a formula: ours, from an earlier click."""
    return {row for row, _ in book.formula_cells(form.name, first, VALUE, rows, 1)}


def _list(book: SheetReader, sheet: str, rows: list[tuple[BlockCell, ...]], width: int) -> Block:
    before = book.used_rows(sheet) - FIRST_ROW
    return padded(
        sheet, FIRST_ROW, 0, rows, height=max(before, 0), width=width, literal=_literal(sheet)
    )


def _literal(sheet: str) -> frozenset[int]:
    return frozenset(place for place, column in enumerate(ledger(sheet).columns) if column.text)
