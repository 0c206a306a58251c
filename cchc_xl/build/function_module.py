"""Writes the VBA module with the wrappers of the worksheet functions.

xlwings' own generator is not used: its wrapper gives the text of an error in place of an error
value, cannot bear `Option Explicit`, and needs a workbook and a Windows Python.
"""

from __future__ import annotations

from collections.abc import Sequence

from cchc_xl.core.function_spec import ArgumentSpec, FunctionSpec

FUNCTION_MODULE = "CchcFunctions"

_HEAD = (
    f'Attribute VB_Name = "{FUNCTION_MODULE}"',
    "' Written by cchc-xl build from cchc_xl/excel/functions.py: changes here are lost.",
    "Option Explicit",
)


def function_module(functions: Sequence[FunctionSpec]) -> str:
    """Return the VBA text: one function for each spec, ASCII, lines ending in CR LF.

    A range is passed on as a range and an argument that is left out as missing, both for xlwings
    to read, by the seam's `CallPython`. Whatever fails, the cell holds #VALUE!.
    """
    lines = list(_HEAD)
    for function in functions:
        lines += ["", *_wrapper(function)]
    text = "".join(f"{line}\r\n" for line in lines)
    # VBA source is kept in the code page of the machine.
    return text.encode("ascii").decode("ascii")


def _wrapper(function: FunctionSpec) -> tuple[str, ...]:
    parameters = ", ".join(_parameter(argument) for argument in function.arguments)
    passed = ", ".join(argument.name for argument in function.arguments)
    return (
        f"Public Function {function.name}({parameters}) As Variant",
        "    On Error GoTo failed",
        f'    {function.name} = CallPython("{function.python_name}", Array({passed}))',
        "    Exit Function",
        "failed:",
        f"    {function.name} = CVErr(xlErrValue)",
        "End Function",
    )


def _parameter(argument: ArgumentSpec) -> str:
    optional = "Optional " if argument.optional else ""
    return f"{optional}{argument.name} As Variant"
