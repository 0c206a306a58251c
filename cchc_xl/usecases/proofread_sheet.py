"""Proofreading inside Excel: the cells of a range, and the sheet `Báo cáo` against its tables."""

from __future__ import annotations

import unicodedata

from cchc_xl.build.parent_book import FIRST_ROW, NARRATIVE
from cchc_xl.core.claims import ClaimVerdict, Passage
from cchc_xl.core.narrative_rows import NARRATIVE_HEADERS
from cchc_xl.core.sheet_values import Answers, Block, raw_cell
from cchc_xl.errors import UsageError
from cchc_xl.gateways.passages import sentences_of
from cchc_xl.usecases.master import Clicked, report_source
from cchc_xl.usecases.master_reading import Master, SheetReader
from cchc_xl.usecases.proofread import text_claims

# What of the faults is said at once; a box of Excel holds a thousand characters.
_MOST_SAID = 3
_TO_CORRECT = (ClaimVerdict.WRONG, ClaimVerdict.TRUNCATED)


def proofread_cells(block: Block) -> Answers:
    """Return for each cell what is not right in it, "" where nothing is; cells are one text."""
    passages = [
        [_passage(cell, row, column) for column, cell in enumerate(cells)]
        for row, cells in enumerate(block)
    ]
    text = tuple(passage for row in passages for passage in row if passage.text.strip())
    said: dict[int, list[str]] = {}
    for claim in text_claims(text):
        if claim.verdict in _TO_CORRECT:
            said.setdefault(id(claim.passage), []).append(f"«{claim.text}»: {claim.message}")
    return [["\n".join(said.get(id(passage), ())) for passage in row] for row in passages]


def _passage(cell: object, row: int, column: int) -> Passage:
    content = raw_cell(cell).content
    words = unicodedata.normalize("NFC", content) if isinstance(content, str) else ""
    return Passage(f"dòng {row + 1}, cột {column + 1}", words)


def proofread_sheet(book: SheetReader, master: Master) -> Clicked:
    """Proofread the sentences of `Báo cáo` against the figures of the workbook; writes nothing."""
    source = report_source(book, master)
    text = tuple(sentences_of(book.grid(NARRATIVE, len(NARRATIVE_HEADERS)), FIRST_ROW))
    if not text:
        raise UsageError(
            f"Trang {NARRATIVE} chưa có câu nào để soát.", "Đề nghị bấm Soạn báo cáo trước."
        )
    claims = text_claims(text, source)
    faults = [claim for claim in claims if claim.verdict in _TO_CORRECT]
    sentence = f"Đã soát {len(text)} câu, {len(claims)} chỗ: {len(faults)} chỗ phải sửa"
    for claim in faults[:_MOST_SAID]:
        cell = claim.passage.where.rpartition(" ")[2]
        sentence += f". Ô {cell}, «{claim.text}»: {claim.message.rstrip('.')}"
    if len(faults) > _MOST_SAID:
        sentence += f". Còn {len(faults) - _MOST_SAID} chỗ khác; sửa xong bấm lại để xem tiếp"
    return Clicked(f"{sentence}.", NARRATIVE if faults else "")
