"""Reads the VBA source and the ribbon from `macros/`, and keeps there what is written of it."""

from __future__ import annotations

from pathlib import Path

from cchc_xl.gateways.data_files import data_folder, source_folder
from cchc_xl.gateways.files import write_file

_THIS_WORKBOOK = "ThisWorkbook.cls"
_RIBBON = "ribbon.xml"


def macro_modules() -> dict[str, str]:
    """Return the source of every module, with its line ends, by the module's name."""
    return {
        path.stem: path.read_bytes().decode("ascii")
        for path in sorted(data_folder("macros").glob("*.bas"))
    }


def keep_module(name: str, source: str) -> Path | None:
    """Write a module to the `macros/` of the checkout; None where it stands there, or in a wheel.

    Raises OutputRefused.
    """
    folder = source_folder("macros")
    if folder is None:
        return None
    path, content = folder / f"{name}.bas", source.encode("ascii")
    if path.is_file() and path.read_bytes() == content:
        return None
    write_file(path, content, keep_previous=False)
    return path


def this_workbook_source() -> str:
    """Return the body of the document module of the workbook."""
    return (data_folder("macros") / _THIS_WORKBOOK).read_bytes().decode("ascii")


def ribbon_xml() -> str:
    """Return the description of the tab CCHC."""
    return (data_folder("macros") / _RIBBON).read_text(encoding="utf-8")
