"""Reads the VBA source and the ribbon from `macros/`."""

from __future__ import annotations

from cchc_xl.gateways.data_files import data_folder

FUNCTIONS_MODULE = "CchcFunctions"
_THIS_WORKBOOK = "ThisWorkbook.cls"
_RIBBON = "ribbon.xml"


def macro_modules() -> dict[str, str]:
    """Return the source of every module, with its line ends, by the module's name."""
    return {
        path.stem: path.read_bytes().decode("ascii")
        for path in sorted(data_folder("macros").glob("*.bas"))
    }


def this_workbook_source() -> str:
    """Return the body of the document module of the workbook."""
    return (data_folder("macros") / _THIS_WORKBOOK).read_bytes().decode("ascii")


def ribbon_xml() -> str:
    """Return the description of the tab CCHC."""
    return (data_folder("macros") / _RIBBON).read_text(encoding="utf-8")
