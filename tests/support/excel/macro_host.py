"""What the macros of one workbook meet outside of VBA: Excel, Windows, and Python by xlwings.

A `RunPython`, `XLPy` or `Py` that the workbook's own modules do not have is answered here, as
xlwings' module answers it: the command runs at once, a failure is shown and gives -1.
"""

# ruff: noqa: ARG002, N802, N803 - members of Excel keep their names and arguments
from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.apps.excel._model import Workbook
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter._objects import VBAObject, method
from pyopenvba.interpreter._runtime import UNRESOLVED, Interpreter
from pyopenvba.interpreter._values import (
    EMPTY,
    MISSING,
    VBAArray,
    VBAInt,
    error,
    to_text,
)

from tests.support.excel.com_objects import ModelGap
from tests.support.excel.com_values import to_vba
from tests.support.excel.excel_model import MemoryApplication, code_object
from tests.support.excel.machine import Machine

# The functions of xlwings' VBA module that our seam calls.
PYTHON_FUNCTIONS = frozenset({"runpython", "xlpy", "py"})
_AUTOMATION_ERROR = -2147467259  # E_FAIL, what a failing COM server comes back with
_FILE_NOT_FOUND = -2147024894
_DIRECTORY = 16  # vbDirectory


@dataclass(slots=True)
class Python:
    """The Python beyond the macros: whether it can be reached, and what it was asked."""

    missing: bool = False  # the workbook has no module of xlwings
    unreachable: bool = False  # xlwings' module finds no interpreter
    commands: list[str] = field(default_factory=list)
    tracebacks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Desktop:
    """What all workbooks of one Excel share beside the model."""

    application: MemoryApplication
    python: Python = field(default_factory=Python)
    popups: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)  # what the next popups come back with

    @property
    def machine(self) -> Machine:
        return self.application.machine

    def popup(self, text: str) -> int:
        self.popups.append(text)
        return self.answers.pop(0) if self.answers else 1


class WindowsShell(VBAObject):
    """`WScript.Shell`: message boxes in Unicode, the environment, the registry."""

    vba_type_name = "WshShell"

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop

    @method
    def Popup(
        self,
        Text: object = MISSING,
        SecondsToWait: object = MISSING,
        Title: object = MISSING,
        Type: object = MISSING,
    ) -> object:
        return VBAInt(self.desktop.popup(to_text(Text)), "Long")

    @method
    def ExpandEnvironmentStrings(self, Src: object = MISSING) -> object:
        expanded = to_text(Src)
        for name, value in self.desktop.machine.environment.items():
            expanded = expanded.replace(f"%{name}%", value)
        return expanded

    @method
    def RegRead(self, Name: object = MISSING) -> object:
        name = to_text(Name)
        if name not in self.desktop.machine.registry:
            raise error(_FILE_NOT_FOUND, f'Unable to open registry key "{name}" for reading.')
        return to_vba(self.desktop.machine.registry[name])


class PythonServer(VBAObject):
    """`XLPy`: xlwings' own COM server, the part that functions in cells use."""

    vba_type_name = "XLPython"

    def __init__(self, call_udf: Callable[..., object]) -> None:
        self.call_udf = call_udf

    @method
    def CallUDF(
        self,
        Script: object = MISSING,
        Fname: object = MISSING,
        Args: object = MISSING,
        ThisWorkbook: object = MISSING,
        Caller: object = MISSING,
    ) -> object:
        assert isinstance(Args, VBAArray)
        try:
            found = self.call_udf(to_text(Script), to_text(Fname), Args, ThisWorkbook, Caller)
            return to_vba(found)
        except (ModelGap, AssertionError):
            raise
        except Exception as reason:
            said = "".join(traceback.format_exception(reason))
            raise VBARuntimeError(_AUTOMATION_ERROR, said) from reason


class MacroHost(ExcelBridge):
    """Excel as seen from the macros of one workbook."""

    application: MemoryApplication

    def __init__(
        self,
        desktop: Desktop,
        book: Workbook,
        run_python: Callable[[str], None],
        server: PythonServer,
    ) -> None:
        super().__init__(desktop.application)
        self.desktop = desktop
        self.book = book
        self._run_python = run_python
        self._server = server

    def global_object(self, name: str) -> object:
        if name == "application":
            return self.application
        if name in {"xlpy", "py"} and not self.desktop.python.missing:
            return self._server
        if name == "thisworkbook":
            return self.book
        return code_object(self.book, name) or UNRESOLVED

    def has_global_member(self, name: str) -> bool:
        if name.lower() == "runpython":
            return not self.desktop.python.missing
        return super().has_global_member(name)

    def call_global(self, name: str, args: list[object], named: dict[str, object]) -> object:
        if name.lower() == "runpython":
            return self.run_python(to_text(args[0] if args else named["PythonCommand"]))
        return super().call_global(name, args, named)

    def create(self, type_name_: str) -> object:
        if type_name_.lower() == "wscript.shell":
            return WindowsShell(self.desktop)
        return super().create(type_name_)

    def answer(self, name: str, args: list[object]) -> object:
        """Answer `Application.Run` of a function of xlwings' module."""
        if name == "runpython":
            return self.run_python(to_text(args[0]))
        return self._server

    def run_python(self, command: str) -> object:
        """Run a command as xlwings' `RunPython` does: 0 or -1, a failure is shown."""
        python = self.desktop.python
        python.commands.append(command)
        if python.unreachable:
            self.desktop.popup("The system cannot find the path specified.")
            return VBAInt(-1, "Integer")
        try:
            self._run_python(command)
        except Exception:  # noqa: BLE001 - RunPython shows whatever it is
            python.tracebacks.append(traceback.format_exc())
            self.desktop.popup(python.tracebacks[-1])
            return VBAInt(-1, "Integer")
        return EMPTY


def intrinsics(machine: Machine, found: dict[str, Any]) -> dict[str, Any]:
    """Return VBA's own functions with those that look at the machine: `Environ` and `Dir`."""

    def environ(_interpreter: Interpreter, args: list[object], _named: dict[str, object]) -> object:
        wanted = to_text(args[0]).casefold()
        values = {name.casefold(): value for name, value in machine.environment.items()}
        return values.get(wanted, "")

    def directory(
        _interpreter: Interpreter, args: list[object], _named: dict[str, object]
    ) -> object:
        path = Path(to_text(args[0]).replace("\\", os.sep))
        folders = len(args) > 1 and int(to_text(args[1])) & _DIRECTORY
        return path.name if path.is_file() or (folders and path.is_dir()) else ""

    return {**found, "environ": environ, "dir": directory}
