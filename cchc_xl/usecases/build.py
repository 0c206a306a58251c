"""Makes the committed workbooks again from `schemas/`."""

from __future__ import annotations

from pathlib import Path

from cchc_xl.build.commune_book import CommuneWorkbook
from cchc_xl.build.commune_workbook import commune_workbook
from cchc_xl.gateways.files import write_file
from cchc_xl.gateways.schemas import load_form

COMMUNE_WORKBOOK = "cchc-commune.xlsx"


def build_workbooks(folder: Path) -> tuple[Path, ...]:
    """Write the blank workbook of a reporting unit to `folder`; two builds are identical."""
    path = folder / COMMUNE_WORKBOOK
    blank = commune_workbook(CommuneWorkbook(load_form("phu-luc-01b")))
    write_file(path, blank, keep_previous=False)
    return (path,)
