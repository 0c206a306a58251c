"""Makes what is committed again: the workbooks, and the VBA module of the functions."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from cchc_xl.build.addin_workbook import addin_workbook
from cchc_xl.build.commune_book import CommuneWorkbook
from cchc_xl.build.commune_workbook import commune_workbook
from cchc_xl.build.function_module import FUNCTION_MODULE, function_module
from cchc_xl.build.master_workbook import master_workbook
from cchc_xl.core.function_spec import FunctionSpec
from cchc_xl.core.workbook_names import DEFAULT_SET
from cchc_xl.gateways.files import write_file
from cchc_xl.gateways.macros import (
    keep_module,
    macro_modules,
    ribbon_xml,
    this_workbook_source,
)
from cchc_xl.gateways.one_writer import only_writer
from cchc_xl.gateways.schemas import load_form
from cchc_xl.gateways.xlwings_modules import with_xlwings

COMMUNE_WORKBOOK = "cchc-commune.xlsx"
MASTER_WORKBOOK = "cchc-master.xlsm"
ADDIN = "cchc.xlam"

_FORM = DEFAULT_SET


def built_workbooks(
    functions: Sequence[FunctionSpec], *, xlwings: bool = False
) -> dict[str, bytes]:
    """Return the workbooks that officials open, by file name; two builds are identical.

    `functions` are those that cells may call. With `xlwings`, the VBA module of the installed
    xlwings is put into the master and the add-in, so that they run as they are.
    """
    form = load_form(_FORM)
    # The wrappers always come from the functions; those in `macros/` are there to be read.
    modules = macro_modules() | {FUNCTION_MODULE: function_module(functions)}
    opening = this_workbook_source()
    master = master_workbook(form, functions, modules, opening)
    addin = addin_workbook(modules, opening, functions, ribbon_xml())
    return {
        COMMUNE_WORKBOOK: commune_workbook(CommuneWorkbook(form)),
        MASTER_WORKBOOK: with_xlwings(master, "master") if xlwings else master,
        ADDIN: with_xlwings(addin, "addin") if xlwings else addin,
    }


def build_workbooks(
    folder: Path, functions: Sequence[FunctionSpec], *, xlwings: bool = False
) -> tuple[Path, ...]:
    """Write the workbooks of `built_workbooks` to `folder`, and return what was written.

    In a checkout the VBA module of `functions` is brought up to date in `macros/` too. Raises
    OutputRefused where one cannot be written, or where another run writes them.
    """
    paths: list[Path] = []
    with ExitStack() as held:
        for name in (COMMUNE_WORKBOOK, MASTER_WORKBOOK, ADDIN):
            held.enter_context(only_writer(folder / name))
        for name, content in built_workbooks(functions, xlwings=xlwings).items():
            write_file(folder / name, content, keep_previous=False)
            paths.append(folder / name)
    kept = keep_module(FUNCTION_MODULE, function_module(functions))
    return (*paths, kept) if kept else tuple(paths)
