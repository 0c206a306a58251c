"""Writes the workbook of a reporting unit: a plain .xlsx that checks itself.

It holds the printed form with the supplementary block below it, the ratios, a page of advice, and
two hidden sheets.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from cchc_xl import __version__
from cchc_xl.build.annexes import write_annexes
from cchc_xl.build.commune_book import CommuneBook, CommuneWorkbook
from cchc_xl.build.commune_side_sheets import (
    stamp_sheets,
    write_checks,
    write_guide,
    write_ratios,
    write_settings,
)
from cchc_xl.build.form_sheet import write_form
from cchc_xl.build.formats import PlainWorkbook

_CREATED = datetime(2022, 1, 1)  # a fixed date keeps two builds identical


def commune_workbook(content: CommuneWorkbook) -> bytes:
    """Return the bytes of the workbook; the same content gives the same bytes."""
    buffer = BytesIO()
    book = PlainWorkbook(buffer)
    book.set_properties(
        {"title": content.form.name, "author": f"cchc-xl {__version__}", "created": _CREATED}
    )
    commune = CommuneBook(book, content)
    write_form(commune)
    write_annexes(commune)
    write_ratios(commune)
    write_guide(commune)
    write_settings(commune)
    write_checks(commune)
    stamp_sheets(commune)
    commune.sheet.activate()
    book.close()
    return buffer.getvalue()
