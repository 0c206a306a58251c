"""Renews the tables of the appendices in a Word report, and tells what people wrote into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import zip_longest

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from cchc_xl.core.text import clean
from cchc_xl.gateways.word_appendix import Appendix, write_appendix
from cchc_xl.gateways.word_back import appendix_tables
from cchc_xl.gateways.word_controls import Element, paragraph_text


def renew_tables(
    document: WordDocument,
    fresh: WordDocument,
    appendices: Sequence[Appendix],
    former: Mapping[str, list[list[str]]],
) -> tuple[str, ...]:
    """Put the tables of `fresh` in place of those of `document`; say what was written by hand.

    A table that the official took out stays out; one that is new comes behind the others.
    """
    names = [appendix.name for appendix in appendices]
    new = appendix_tables(fresh, names)
    standing = appendix_tables(document, names)
    by_hand: list[str] = []
    for appendix in appendices:
        name = appendix.name
        table = standing.get(name)
        if table is None:
            table = _by_header(document, new[name], set(map(id, standing.values())))
        if table is None:
            if name not in former:
                write_appendix(document, appendix)
            continue
        lines = _lines(table)[appendix.header_rows :]
        if name in former:
            by_hand += _edits(appendix, former[name], lines)
        if lines != [[clean(cell) for cell in row] for row in appendix.lines]:
            table.getparent().replace(table, deepcopy(new[name]))
    return tuple(by_hand)


def _by_header(document: WordDocument, wanted: Element, taken: set[int]) -> Element | None:
    """Return the table with the same header, where its bookmark is lost."""
    header = _lines(wanted)[0]
    for table in document.element.body.iter(qn("w:tbl")):
        lines = _lines(table)
        if id(table) not in taken and lines and lines[0] == header:
            return table
    return None


def _lines(table: Element) -> list[list[str]]:
    return [
        [
            clean(" ".join(paragraph_text(p) for p in cell.iter(qn("w:p"))))
            for cell in row.iterchildren(qn("w:tc"))
        ]
        for row in table.iterchildren(qn("w:tr"))
    ]


def _edits(
    appendix: Appendix, former: Sequence[Sequence[str]], lines: Sequence[Sequence[str]]
) -> Iterator[str]:
    """Yield what stands in a table other than as it was drafted, and other than it is now."""
    for was, row, now in zip_longest(former, lines, appendix.lines, fillvalue=()):
        label = " ".join(clean(cell) for cell in (was or row)[:2])
        if not row and was:
            yield f"{appendix.name}: dòng «{label}» đã bị xóa bằng tay, nay có lại theo số liệu."
        for before, stands, new in zip_longest(was, row, now, fillvalue=""):
            if stands in (clean(before), clean(new)) or not row:
                continue
            yield (
                f"{appendix.name}, dòng «{label}»: đã sửa tay «{clean(before)}» thành «{stands}»; "
                f"bảng nay ghi theo số liệu: «{clean(new)}»."
            )
