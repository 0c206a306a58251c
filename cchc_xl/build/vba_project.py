"""Makes the VBA project of a workbook with no Excel: a document module for every sheet.

A first workbook, thrown away, has the final sheets and code names; pyOpenVBA gives it a project
whose PROJECT stream names them as documents, and the project is taken out of it. XlsxWriter alone
leaves sheets without a document module, to which Excel adds others of its own (XlsxWriter issues
246 and 438).
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter.workbook import Workbook

_WORKBOOK = "ThisWorkbook"
PROJECT_PART = "xl/vbaProject.bin"


def vba_project(code_names: Sequence[str], modules: Mapping[str, str], this_workbook: str) -> bytes:
    """Return the project of a workbook whose sheets have `code_names`, in their order.

    `modules` maps the names of standard modules to their source; `this_workbook` is the body of
    the workbook's own module. The same sources give the same bytes.
    """
    from pyopenvba import ExcelFile  # imported late: only a build needs it

    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        path = Path(folder) / "skeleton.xlsm"
        _write_skeleton(path, code_names)
        with ExcelFile(path) as file:
            project = file.add_vba_project()
            file.set_module(_WORKBOOK, this_workbook)
            for name, source in modules.items():
                project.add_module(name, source)
            file.save()
        with zipfile.ZipFile(path) as package:
            return package.read(PROJECT_PART)


def _write_skeleton(path: Path, code_names: Sequence[str]) -> None:
    plain = path.with_suffix(".xlsx")
    book = Workbook(str(plain))
    book.set_vba_name(_WORKBOOK)
    for number, name in enumerate(code_names):
        book.add_worksheet(f"s{number}").set_vba_name(name)
    book.close()
    plain.rename(path)
