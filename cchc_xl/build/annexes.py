"""Writes every annex and register of a set of forms into a reporting unit's workbook."""

from __future__ import annotations

from cchc_xl.build.annex_sheet import write_annex
from cchc_xl.build.commune_book import CommuneBook
from cchc_xl.build.register_sheet import write_register
from cchc_xl.core.register import Register


def write_annexes(book: CommuneBook) -> None:
    """Write the sheets in the order of the set."""
    for annex in book.form.annexes:
        if isinstance(annex, Register):
            write_register(book, annex, book.content.records.get(annex.id, ()))
        else:
            write_annex(book, annex)
