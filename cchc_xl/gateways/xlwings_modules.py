"""Puts the VBA module of the installed xlwings into a workbook of ours, and tells its version.

The module names the DLL of its own version, so it has to come from the xlwings that is installed
where the workbook is used. Only the VBA project changes; pyOpenVBA works on a temporary copy.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cchc_xl.build.vba_project import PROJECT_PART
from cchc_xl.errors import CchcError

if TYPE_CHECKING:
    from pyopenvba import ExcelFile

_PACKAGE = "xlwings"
MODULE = "xlwings"
DICTIONARY = "Dictionary"

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # the oldest that a zip can tell
_STANDALONE = "quickstart_standalone.xlsm"
_CUSTOM_ADDIN = "xlwings_custom_addin.bas"
# xlwings leaves a name to fill in, by which its settings are found; ours are those of xlwings.
_NAME_TO_FILL = 'PROJECT_NAME As String = "myaddin"'
_NAME_OF_SETTINGS = 'PROJECT_NAME As String = "xlwings"'
_VERSION = re.compile(r"^'Version: *(\S+)", re.MULTILINE)


def with_xlwings(content: bytes, kind: Literal["master", "addin"]) -> bytes:
    """Return the workbook with xlwings' modules `xlwings` and `Dictionary` in its VBA project.

    In a master RunPython works on the workbook itself, in an add-in on the active one. Modules of
    another version are exchanged; no other part of the package changes, and the same input gives
    the same bytes. Raises CchcError where xlwings is not installed or not as we know it.
    """
    module, dictionary = _sources(kind)
    project = _with_modules(
        content, "book.xlam" if kind == "addin" else "book.xlsm", module, dictionary
    )
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for part in source.namelist():
            target.writestr(
                zipfile.ZipInfo(part, _FIRST_DATE),
                project if part == PROJECT_PART else source.read(part),
                zipfile.ZIP_DEFLATED,
            )
    return made.getvalue()


def installed_version() -> str | None:
    """Return the version of the installed xlwings, None where there is none."""
    try:
        return version(_PACKAGE)
    except PackageNotFoundError:
        return None


def embedded_version(path: Path) -> str | None:
    """Return the version that xlwings' module in a workbook says of itself.

    None where the file is missing or no macro workbook, or holds no such module.
    """
    from pyopenvba import ExcelFile, PyOpenVBAError  # imported late: few commands need it

    try:
        with ExcelFile(path) as file:
            source = _source(file, MODULE)
    except (PyOpenVBAError, OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    said = _VERSION.search(source or "")
    return None if said is None else said.group(1)


def _sources(kind: Literal["master", "addin"]) -> tuple[str, str]:
    """Return the source of xlwings' module for such a workbook, and of its class."""
    from pyopenvba import ExcelFile

    folder = _package_folder()
    try:
        with ExcelFile(folder / _STANDALONE) as file:
            module, dictionary = _source(file, MODULE), _source(file, DICTIONARY)
        if kind == "addin":
            module = (folder / _CUSTOM_ADDIN).read_bytes().decode("cp1252")
    except FileNotFoundError as error:
        raise _strange() from error
    if module is None or dictionary is None:
        raise _strange()
    if kind == "addin":
        if _NAME_TO_FILL not in module:
            raise _strange()
        module = module.replace(_NAME_TO_FILL, _NAME_OF_SETTINGS)
    return module, dictionary


def _source(file: ExcelFile, name: str) -> str | None:
    modules = file.vba_project().modules
    return next((str(module.source) for module in modules if module.name == name), None)


def _with_modules(content: bytes, file_name: str, module: str, dictionary: str) -> bytes:
    """Return the VBA project of the workbook with both modules in it."""
    from pyopenvba import ExcelFile, VBAModuleKind

    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        path = Path(folder) / file_name
        path.write_bytes(content)
        with ExcelFile(path) as file:
            project = file.vba_project()
            for name in (MODULE, DICTIONARY):
                if _source(file, name) is not None:
                    project.delete_module(name)
            project.add_module(MODULE, module)
            # The kind "other" without a sheet of that name becomes `Class=` in PROJECT.
            project.add_module(DICTIONARY, dictionary, kind=VBAModuleKind.other)
            file.save()
        with zipfile.ZipFile(path) as package:
            return package.read(PROJECT_PART)


def _package_folder() -> Path:
    # Importing xlwings would cost a third of a second and start its Windows parts.
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise CchcError(
            "Máy này chưa cài xlwings nên không đưa được phần gọi Python vào tệp Excel.",
            "Đề nghị cài lại cchc-xl (gói này kéo theo xlwings) rồi chạy lại.",
        )
    return Path(found.origin).parent


def _strange() -> CchcError:
    return CchcError(
        f"Không lấy được phần macro của xlwings đang cài (bản {installed_version()}).",
        "Đề nghị cài lại cchc-xl để có bản xlwings phù hợp rồi chạy lại.",
    )
