"""A workbook open in the Excel in memory: its macros, its cells, and how xlwings sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlwings as xw
from pyopenvba import ExcelFile
from pyopenvba.apps.excel._model import Range, Worksheet
from pyopenvba.interpreter._objects import VBAObject
from pyopenvba.interpreter._runtime import Interpreter
from pyopenvba.interpreter._values import VBADate, error, to_text
from pyopenvba.vba import VBAModuleKind

from tests.support.excel.cell_functions import register_function
from tests.support.excel.com_values import shown, to_vba
from tests.support.excel.excel_model import ADD_IN, MemoryWorkbook, code_object
from tests.support.excel.macro_host import (
    PYTHON_FUNCTIONS,
    Desktop,
    MacroHost,
    PythonServer,
    intrinsics,
)

if TYPE_CHECKING:
    from tests.support.excel.memory_book import MemoryExcel

# Modules of xlwings, which talk to a DLL; `MacroHost` answers in their place.
_NOT_OURS = frozenset({"xlwings", "Dictionary"})
MACRO_MISSING = "Cannot run the macro '{}'. The macro may not be available in this workbook."


class MemoryBook:
    """One open workbook: its macros, its cells, and how xlwings sees it."""

    def __init__(
        self, excel: MemoryExcel, desktop: Desktop, model: MemoryWorkbook, path: Path
    ) -> None:
        self.excel = excel
        self.model = model
        self._application = desktop.application
        self._host = MacroHost(desktop, model, self._run_python, PythonServer(excel.call_udf))
        self._interpreter = Interpreter(self._host)
        self._interpreter._intrinsics = intrinsics(excel.machine, self._interpreter._intrinsics)
        self._load_modules(path)

    @property
    def modules(self) -> dict[str, str]:
        """The kind of each VBA module that runs here, by name."""
        return {
            name: "standard" if not module.is_class else "document" if module.document else "class"
            for name, module in (
                (runtime.name, runtime) for runtime in self._interpreter.modules.values()
            )
        }

    @property
    def messages(self) -> list[str]:
        """What `MsgBox` said."""
        return [text for _, text, _, _ in self._interpreter.dialogs]

    def run(self, macro: str, *args: object) -> Any:
        """Run a Sub or Function of this workbook, with the workbook in front, as a click does.

        VBARuntimeError: what VBA shows a dialog for.
        """
        if not self.model.name.lower().endswith(ADD_IN):
            self._application.activate_book(self.model)
        found = self.run_macro(macro, [_given(one) for one in args])
        self.excel.fail_on_gaps()
        return shown(found)

    def function(self, name: str, *args: object, caller: tuple[str, str] | None = None) -> Any:
        """Call a function as a cell does; `caller`: the sheet and address of that cell.

        An argument may be a block of cells, as `area` gives it. A failure is a `CellError`.
        """
        machine = self.excel.machine
        before = machine.caller
        if caller is not None:
            machine.caller = self.area(*caller)
        try:
            return self.run(name, *args)
        finally:
            machine.caller = before

    def register_function(self, name: str, most: int) -> None:
        """Let formulas call a function of this workbook, with up to `most` arguments."""

        def answer(args: list[object], caller: Range) -> object:
            machine = self.excel.machine
            before, machine.caller = machine.caller, caller
            try:
                return self.run_macro(name, args)
            finally:
                machine.caller = before

        register_function(name, most, answer)

    def run_macro(self, name: str, args: list[object]) -> object:
        """Run a macro as `Application.Run` does, or what xlwings' module would answer."""
        application = self._application
        this, application._this_workbook = application._this_workbook, self.model
        application.interpreter = self._interpreter
        try:
            procedure, _ = self._interpreter.find_procedure(name)
            if procedure is not None:
                return self._interpreter.run(name, args)
            if name.lower() in PYTHON_FUNCTIONS and not self.excel.python_missing:
                return self._host.answer(name.lower(), args)
            raise error(1004, MACRO_MISSING.format(name))
        finally:
            application._this_workbook = this

    def raise_opened(self) -> None:
        """Run `Workbook_Open`, where the workbook has one."""
        module = self._interpreter.modules.get(self.model.code_name.lower())
        if module is not None and module.procedure("Workbook_Open") is not None:
            self.run(f"{self.model.code_name}.Workbook_Open")

    def replace_module(self, name: str, source: str) -> None:
        """Put another text in the place of a module, which is there. KeyError: it is not."""
        self._add_module(name, source, self.modules[name])

    def value(self, sheet: str, cell: str) -> Any:
        """Return what a cell holds: a number, text, date, bool, `CellError`, or None."""
        return shown(self.area(sheet, cell).vba_get("Value"))

    def block(self, sheet: str, area: str) -> list[list[Any]]:
        """Return what the cells of a block hold, row by row."""
        found = self.value(sheet, area)
        return found if isinstance(found, list) else [[found]]

    def formula(self, sheet: str, cell: str) -> str:
        """Return the formula of a cell, or what was typed there."""
        return to_text(self.area(sheet, cell).vba_get("Formula"))

    def shown(self, sheet: str, cell: str) -> str:
        """Return what a cell shows, by its number format."""
        return to_text(self.area(sheet, cell).vba_get("Text"))

    def set(self, sheet: str, cell: str, value: object) -> None:
        """Write into a cell as a user does: Excel types the text, events run, locks hold."""
        self.area(sheet, cell).vba_set("Value", _given(value))

    def calculate(self) -> None:
        """Calculate every formula anew; before, the results in the file are trusted."""
        for sheet in self.model.sheets_:
            used = sheet.vba_get("UsedRange")
            assert isinstance(used, Range)
            used.vba_get("Calculate")
            sheet.touched()

    def save(self, path: Path) -> None:
        """Write the workbook to a file; where it lies for Excel does not change."""
        self.model.write(path)

    @property
    def status_bar(self) -> object:
        """The text of the status bar; False when Excel itself writes there."""
        return self.excel.status_bar

    @property
    def xlwings(self) -> xw.Book:
        """The workbook as xlwings sees it."""
        windows = self.excel.windows.xlwindows
        return xw.Book(impl=windows.Book(xl=self._wrapped(self.model)))

    def area(self, sheet: str, address: str) -> Range:
        """Return cells of the model, to hand to `run` or `function`."""
        found = self.sheet(sheet).vba_get("Range", [address])
        assert isinstance(found, Range)
        return found

    def sheet(self, name: str) -> Worksheet:
        """Return a sheet of the model."""
        return self.model.sheet_named(name)

    def _wrapped(self, target: VBAObject) -> Any:
        return self.excel.windows.xlwindows.COMRetryObjectWrapper(self.excel.com(target))

    def _run_python(self, command: str) -> None:
        windows = self.excel.windows.xlwindows
        before = windows.BOOK_CALLER
        windows.BOOK_CALLER = self._wrapped(self.excel.book_for(self.model))
        try:
            exec(command, {"__name__": "__main__"})  # noqa: S102 - this is what RunPython does
        finally:
            windows.BOOK_CALLER = before

    def _load_modules(self, path: Path) -> None:
        if not self.model.package.has("xl/vbaProject.bin"):
            return
        with ExcelFile(path) as file:
            modules = [one for one in file.vba_project().modules if one.name not in _NOT_OURS]
        for module in modules:
            self._add_module(module.name, module.source, self._kind(module))
        missing = {module.name for module in modules} - self.modules.keys()
        assert not missing, missing

    def _kind(self, module: Any) -> str:
        if module.kind is VBAModuleKind.standard:
            return "standard"
        return "document" if code_object(self.model, module.name) is not None else "class"

    def _add_module(self, name: str, source: str, kind: str) -> None:
        self._interpreter.add_module(source, name=name, kind=kind)
        if kind == "document":
            owner = code_object(self.model, name)
            assert owner is not None, name
            self._interpreter.bind_document(name, owner)


def _given(value: object) -> object:
    """Turn what a test gives into a value of VBA; its dates have no time zone."""

    match value:
        case dt.date():
            return VBADate.from_datetime(value)
        case list() | tuple() if value and isinstance(value[0], list | tuple):
            rows: Iterable[Any] = value
            return to_vba([[_given(one) for one in row] for row in rows])
        case list() | tuple():
            return to_vba([_given(one) for one in value])
        case _:
            return to_vba(value)
