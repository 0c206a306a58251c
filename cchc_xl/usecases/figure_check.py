"""*Soát số liệu*: which figures of a drafted report no longer match the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cchc_xl.build.parent_book import FIRST_ROW, NARRATIVE
from cchc_xl.core.bound_text import BoundText, from_json
from cchc_xl.core.figure_check import BoundClaim, StandingText, bound_claims
from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid
from cchc_xl.core.narrative_rows import LEFT_OUT, StandingRow, standing_rows
from cchc_xl.errors import UsageError
from cchc_xl.gateways.folder import is_parent_workbook
from cchc_xl.gateways.parent_files import read_parent_file
from cchc_xl.gateways.schemas import shipped_forms
from cchc_xl.gateways.submissions import read_sheets, read_submission
from cchc_xl.gateways.word_back import read_standing
from cchc_xl.usecases.report_source import ReportSource, parent_source, unit_source


def claims_of_report(
    text: Path, workbook: Path, forms: Sequence[Form] | None = None
) -> tuple[BoundClaim, ...]:
    """Return every bound figure of a text beside what the workbook gives for it.

    `text` is a Word report of ours, edited or not, or a workbook with the sheet `Báo cáo`. Nothing
    is returned of a text that remembers no draft. Raises UnreadableFile where a file cannot be
    read, UsageError where the workbook names no period.
    """
    known = forms or shipped_forms()
    if is_parent_workbook(workbook):
        source = parent_source(read_parent_file(workbook, known))
    else:
        source = unit_source(read_submission(workbook, known))
    if text.suffix.lower() == ".docx":
        return claims_of_word(text, source)
    grid = next((grid for grid in read_sheets(text) if grid.sheet == NARRATIVE), None)
    return () if grid is None else claims_of_sheet(grid, source)


def claims_of_word(text: Path, source: ReportSource) -> tuple[BoundClaim, ...]:
    """Return the claims of a Word report.

    `where` is `đoạn 12`, the paragraphs outside tables counted from 1; `start` and `end` count in
    the paragraph, in all paragraphs of a sentence that was split, joined by line ends. Raises
    UsageError where the report is of another period.
    """
    standing = read_standing(text, text.read_bytes(), {})
    memory = standing.memory
    if memory is None:
        return ()
    if memory.period != source.period.id:
        raise UsageError(
            f"Tệp {text.name} là báo cáo kỳ {memory.period}, số liệu là của {source.period.name}.",
            "Đề nghị chọn số liệu và báo cáo của cùng một kỳ.",
        )
    texts = [
        StandingText(f"đoạn {item.paragraphs[0].number}", item.text, base, item.known)
        for name, item in standing.items.items()
        if (base := memory.items[name].base) is not None
    ]
    return tuple(bound_claims(texts, source.facts))


def claims_of_sheet(grid: Grid, source: ReportSource) -> tuple[BoundClaim, ...]:
    """Return the claims of the sheet `Báo cáo`; `where` is the cell, such as `C8`."""
    texts = (standing for row in standing_rows(grid, FIRST_ROW) for standing in _texts(row))
    return tuple(bound_claims(texts, source.facts))


def checked_states(grid: Grid, claims: Sequence[BoundClaim]) -> Iterator[str]:
    """Yield what is to be said of every row of `Báo cáo`: what is wrong, else what stands there."""
    wrong: dict[str, list[str]] = {}
    for claim in claims:
        if not claim.is_right:
            wrong.setdefault(claim.where, []).append(claim.words)
    for row in standing_rows(grid, FIRST_ROW):
        said = wrong.get(f"{row.column}{row.number}")
        if said:
            yield f"{MISMATCH}: {'; '.join(said)}"
        elif row.state.startswith(MISMATCH):
            yield MATCHES
        else:
            yield row.state


MISMATCH, MATCHES = "số liệu không khớp", "đã soát, số liệu khớp"


def _texts(row: StandingRow) -> Iterator[StandingText]:
    base: BoundText | None = from_json(row.figures)
    if base is not None and row.text and row.text != LEFT_OUT:
        yield StandingText(f"{row.column}{row.number}", row.text, base)
