"""Reads a report in words as passages: a Word file, a text file, or the cells of a workbook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from cchc_xl.core.claims import Passage, Text
from cchc_xl.core.grid import Grid
from cchc_xl.core.legacy_text import encoding_of
from cchc_xl.core.narrative_rows import NARRATIVE_HEADERS
from cchc_xl.core.numerals import from_cell, plain
from cchc_xl.core.text import match_key
from cchc_xl.errors import UnreadableFile, why
from cchc_xl.gateways.docx_text import DocxText, Note
from cchc_xl.gateways.file_kinds import FileKind, kind_of
from cchc_xl.gateways.word_report import OPEN_POINTS
from cchc_xl.gateways.xlsx_workbook import XlsxWorkbook

NARRATIVE_SHEET = "Báo cáo"
_LARGEST_TEXT = 16 * 1024 * 1024
_LINE_END = re.compile(r"\r\n|\r|\n")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TEXT_ENDINGS = frozenset({".txt", ".md", ".text"})


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text as it was read; `commented` makes a copy with comments, None where none can be."""

    text: Text
    commented: Callable[[Iterable[Note]], bytes] | None = None


def read_text(path: Path) -> TextFile:
    """Return the passages of a .docx, .txt or .xlsx, in order, in NFC.

    Raises UnreadableFile where the file cannot be read, or holds no words at all.
    """
    if path.suffix.lower() in _TEXT_ENDINGS:
        found = TextFile(tuple(_lines(_decoded(path))))
    else:
        found = _of_package(path)
    if not any(passage.text.strip() for passage in found.text):
        raise UnreadableFile(
            f"Tệp {path.name} không có chữ nào để soát.", "Đề nghị chọn tệp báo cáo có nội dung."
        )
    return found


def _of_package(path: Path) -> TextFile:
    kind = kind_of(path)
    if kind is FileKind.DOCX:
        document = DocxText(path)
        report = takewhile(lambda passage: passage.text != OPEN_POINTS, document.passages)
        return TextFile(tuple(report), document.with_comments)
    if kind is FileKind.XLSX:
        return TextFile(tuple(_cells_of(XlsxWorkbook(path))))
    raise UnreadableFile(
        f"cchc-xl soát lỗi tệp .docx, .txt và .xlsx, không soát tệp {kind.value}.",
        "Đề nghị lưu lại dưới một trong các dạng đó.",
    )


def _decoded(path: Path) -> str:
    """Return the whole text of a text file in NFC, whatever it was written in."""
    try:
        if path.is_file() and path.stat().st_size > _LARGEST_TEXT:
            raise UnreadableFile(
                f"Tệp {path.name} quá lớn so với một báo cáo.", "Đề nghị chọn đúng tệp báo cáo."
            )
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"Không mở được tệp {path.name} ({why(error)}).",
            "Đề nghị kiểm tra lại tên tệp và quyền đọc tệp.",
        ) from None
    text = _in_unicode(content)
    if text is None or "\0" in text:
        raise UnreadableFile(
            f"Tệp {path.name} không phải tệp chữ, hoặc dùng bảng mã không nhận ra.",
            "Đề nghị mở tệp bằng Notepad và lưu lại với mã UTF-8.",
        )
    return unicodedata.normalize("NFC", text)


def _in_unicode(content: bytes) -> str | None:
    encodings = [name for bom, name in _BOMS if content.startswith(bom)] or ["utf-8"]
    # Half of the bytes of Latin letters in UTF-16 are zero.
    if b"\0" in content[:200] and encodings == ["utf-8"]:
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    for name in encodings:
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    western = content.decode("latin-1")
    legacy = encoding_of([western], has_font=False)
    if legacy is not None:
        return legacy.decode(western)
    try:
        # The Vietnamese code page of Windows writes tones as marks of their own.
        windows = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    return windows if _has_vietnamese(windows) else None


def _has_vietnamese(text: str) -> bool:
    return sum("\u1ea0" <= character <= "\u1ef9" for character in text) > len(text) // 100


def _lines(text: str) -> Iterator[Passage]:
    start = 0
    ends = [*_LINE_END.finditer(text)]
    for number, end in enumerate(ends, start=1):
        yield Passage(f"dòng {number}", text[start : end.start()], start)
        start = end.end()
    if start < len(text):
        yield Passage(f"dòng {len(ends) + 1}", text[start:], start)


def _cells_of(workbook: XlsxWorkbook) -> Iterator[Passage]:
    narrative = workbook.sheet(NARRATIVE_SHEET)
    if narrative is not None and (found := tuple(_sentences(narrative))):
        yield from found
        return
    for place, grid in enumerate(workbook.grids()):
        if grid.visible:
            yield from _cells(grid, place)


def _sentences(grid: Grid) -> Iterator[Passage]:
    """Yield the sentences of `Báo cáo`, the official's own in place of the drafted ones."""
    heads = [match_key(head) for head in NARRATIVE_HEADERS[:4]]
    top = next(
        (
            row
            for row in range(len(grid.rows))
            if [match_key(grid.text(row, column)) for column in range(4)] == heads
        ),
        None,
    )
    if top is None:
        return
    yield from sentences_of(grid, top + 1)


def sentences_of(grid: Grid, first_row: int) -> Iterator[Passage]:
    """Yield a sentence for each row of `Báo cáo` from `first_row` on, counted from 0."""
    for row in range(first_row, len(grid.rows)):
        for column in (3, 2):
            words = grid.content(row, column)
            if isinstance(words, str) and words.strip():
                where = f"trang «{grid.sheet}», ô {grid.address(row, column)}"
                yield Passage(where, unicodedata.normalize("NFC", words))
                break


def _cells(grid: Grid, place: int) -> Iterator[Passage]:
    """Yield the cells with words or figures; a row of one text is a paragraph."""
    for row, cells in enumerate(grid.rows):
        filled = [content for content in cells if content not in (None, "")]
        is_paragraph = len(filled) == 1 and isinstance(filled[0], str)
        for column, content in enumerate(cells):
            if isinstance(content, bool) or content is None:
                continue
            if isinstance(content, str):
                words = unicodedata.normalize("NFC", content)
            elif isinstance(content, (int, float)):
                words = plain(from_cell(content))
            else:
                continue
            if words.strip():
                where = f"trang «{grid.sheet}», ô {grid.address(row, column)}"
                yield Passage(where, words, cell=None if is_paragraph else (place, row, column))
