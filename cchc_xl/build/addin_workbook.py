"""Makes the add-in: our VBA modules, the functions and a tab of the ribbon, with no Excel.

An .xlam is an .xlsm with another content type and one part more, which describes the ribbon.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO

from cchc_xl import __version__
from cchc_xl.build.formats import Formats, PlainWorkbook
from cchc_xl.build.machine_sheet import write_machine
from cchc_xl.build.texts_sheet import write_texts
from cchc_xl.build.vba_project import vba_project
from cchc_xl.core.function_spec import FunctionSpec
from cchc_xl.core.workbook_names import SETTINGS_SHEET

RIBBON_PART = "customUI/customUI14.xml"

_CREATED = datetime(2022, 1, 1)  # a fixed date keeps two builds identical
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # the oldest that a zip can tell
_WORKBOOK_CODE_NAME = "ThisWorkbook"
_MACHINE_CODE_NAME = "shMachine"
_SETTINGS_CODE_NAME = "shSettings"

_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "_rels/.rels"
_OF_WORKBOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_OF_ADDIN = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_END_OF_RELATIONSHIPS = b"</Relationships>"
_RIBBON_RELATIONSHIP = (
    '<Relationship Id="cchcRibbon" '
    'Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    f'Target="{RIBBON_PART}"/>'
).encode()


def addin_workbook(
    modules: Mapping[str, str],
    this_workbook: str,
    functions: Sequence[FunctionSpec],
    ribbon: str,
) -> bytes:
    """Return the bytes of the add-in, with our own VBA modules only.

    `modules` maps module names to VBA source, `ribbon` is the customUI14 document whose callbacks
    they hold. The same sources give the same bytes.
    """
    buffer = BytesIO()
    book = PlainWorkbook(buffer)
    book.set_properties(
        {
            # Excel lists add-ins by their titles.
            "title": "CCHC",
            "author": f"cchc-xl {__version__}",
            "comments": "Kiểm tra, tổng hợp và soạn báo cáo cải cách hành chính.",
            "created": _CREATED,
        }
    )
    book.set_vba_name(_WORKBOOK_CODE_NAME)
    # Nobody sees the sheets of an add-in, yet Excel opens no workbook without a visible one.
    write_machine(book, Formats(book)).set_vba_name(_MACHINE_CODE_NAME)
    settings = book.add_worksheet(SETTINGS_SHEET)
    settings.set_vba_name(_SETTINGS_CODE_NAME)
    settings.very_hidden()
    write_texts(book, settings, 0, functions)
    project = vba_project((_MACHINE_CODE_NAME, _SETTINGS_CODE_NAME), modules, this_workbook)
    # A stream serves as well as a file name; XlsxWriter's own types know of the latter only.
    book.add_vba_project(BytesIO(project), is_stream=True)  # type: ignore[arg-type]
    book.close()
    return _as_addin(buffer.getvalue(), ribbon)


def _as_addin(workbook: bytes, ribbon: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as source, zipfile.ZipFile(made, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part == _CONTENT_TYPES:
                content = _exchanged(content, _OF_WORKBOOK, _OF_ADDIN)
            elif part == _RELATIONSHIPS:
                content = _exchanged(
                    content, _END_OF_RELATIONSHIPS, _RIBBON_RELATIONSHIP + _END_OF_RELATIONSHIPS
                )
            _add(target, part, content)
        _add(target, RIBBON_PART, ribbon.encode())
    return made.getvalue()


def _exchanged(content: bytes, old: bytes, new: bytes) -> bytes:
    if content.count(old) != 1:
        raise ValueError(f"XlsxWriter writes {old.decode()} no longer as we know it")
    return content.replace(old, new)


def _add(package: zipfile.ZipFile, part: str, content: bytes) -> None:
    package.writestr(zipfile.ZipInfo(part, _FIRST_DATE), content, zipfile.ZIP_DEFLATED)
