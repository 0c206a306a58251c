"""An Excel in memory with workbooks open, clicked and looked at by tests.

with MemoryExcel() as excel:
    book = excel.open(master)
    book.set("Phụ lục 01b", "D9", 12)
    book.run("CchcCheck")
    assert excel.popups == []
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from pyopenvba.interpreter._objects import VBAObject
from pyopenvba.interpreter._values import MISSING, VBAArray, error

from tests.support.excel.cell_formats import cell_formats
from tests.support.excel.com_objects import ComObject, ModelGap, Trips
from tests.support.excel.com_values import MISSING_ARGUMENT, shown, to_python
from tests.support.excel.excel_model import ADD_IN, MemoryApplication, MemoryWorkbook
from tests.support.excel.machine import Machine, MacroOptions
from tests.support.excel.macro_host import Desktop, Python
from tests.support.excel.model_speed import faster_model
from tests.support.excel.open_book import MACRO_MISSING, MemoryBook
from tests.support.excel.udfs import udf_module
from tests.support.excel.windows_stubs import WindowsXlwings, windows_xlwings

__all__ = ["MemoryBook", "MemoryExcel"]

_DEEP = 5_000


class MemoryExcel:
    """One Excel with one or several workbooks open; a context manager.

    ModelGap: at the end of a click that met something which only the model cannot do.
    """

    def __init__(self) -> None:
        self.alerts: list[str] = []
        self._application = MemoryApplication()
        self._desktop = Desktop(self._application)
        self._trips = Trips()
        self._stack = ExitStack()
        self._books: list[MemoryBook] = []
        self._scripts: set[str] = set()
        self._windows: WindowsXlwings | None = None
        self._application.run_macro = self._run_macro

    def __enter__(self) -> Self:
        # Below a test runner the usual limit is soon met, and the model then starts a thread with
        # a stack of 128 MB for every formula: 85% of the time went there (measured).
        self._stack.callback(sys.setrecursionlimit, sys.getrecursionlimit())
        sys.setrecursionlimit(_DEEP)
        self._stack.enter_context(faster_model())
        self._stack.enter_context(cell_formats())
        self._windows = self._stack.enter_context(windows_xlwings(self))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        reason: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
        self._windows = None

    def open(
        self, path: Path, *, read_only: bool = False, url: str = "", events: bool = True
    ) -> MemoryBook:
        """Open a workbook with all of its VBA but xlwings'; `Workbook_Open` runs, as in Excel.

        `url`: the folder on OneDrive or SharePoint that it seems to lie in.
        """
        model = self._application.books.load(path, read_only=read_only)
        model.url = url
        book = MemoryBook(self, self._desktop, model, path)
        self._books.append(book)
        if events:
            book.raise_opened()
        return book

    @property
    def python_missing(self) -> bool:
        """Whether the workbooks lack xlwings' module: `RunPython` and `XLPy` are not there."""
        return self.python.missing

    @python_missing.setter
    def python_missing(self, missing: bool) -> None:
        self.python.missing = missing

    @property
    def python(self) -> Python:
        """Whether Python can be reached; the commands it got; the tracebacks it gave."""
        return self._desktop.python

    @property
    def machine(self) -> Machine:
        """The computer as macros see it."""
        return self._desktop.machine

    @property
    def popups(self) -> list[str]:
        """What `WScript.Shell.Popup` said, in order."""
        return self._desktop.popups

    @property
    def popup_answers(self) -> list[int]:
        """What the next popups come back with; 1 (OK) when there is no more."""
        return self._desktop.answers

    @property
    def macro_options(self) -> list[MacroOptions]:
        """The descriptions that functions were given."""
        return self._application.macro_options

    @property
    def status_bar(self) -> object:
        """The text of the status bar; False when Excel itself writes there."""
        return shown(self._application.status_bar)

    @property
    def trips(self) -> int:
        """How many round trips into Excel there were since the last `reset_trips`."""
        return len(self._trips.log)

    @property
    def trip_log(self) -> tuple[str, ...]:
        """The round trips one by one: `Range.Value?` is read, `=` written, `()` called."""
        return tuple(self._trips.log)

    def reset_trips(self) -> None:
        """Count round trips from here."""
        self._trips.log.clear()

    @property
    def application(self) -> object:
        """Excel as COM shows it."""
        return ComObject(self._application, self._trips)

    def message_box(self, text: str, title: str, style: int) -> int:
        """Take down what `app.alert` says; it is answered with OK."""
        if style & 0xF:
            raise ModelGap(f"an alert that asks: {title} {text}")
        self.alerts.append(text)
        return 1

    @property
    def windows(self) -> WindowsXlwings:
        """xlwings' modules for Windows; RuntimeError outside of the `with`."""
        if self._windows is None:
            raise RuntimeError("use MemoryExcel in a with statement")
        return self._windows

    def com(self, target: VBAObject) -> ComObject:
        """Return an object of the model as pywin32 shows it."""
        return ComObject(target, self._trips)

    def fail_on_gaps(self) -> None:
        """Raise ModelGap when one was met, even where the code under test caught it."""
        if self._trips.gaps:
            found, self._trips.gaps[:] = "; ".join(self._trips.gaps), []
            raise ModelGap(found)

    def call_udf(
        self, script: str, name: str, args: VBAArray, workbook: object, caller: object
    ) -> object:
        """Answer `XLPy.CallUDF` by xlwings' own server."""
        if script not in self._scripts:
            self._stack.enter_context(udf_module(script))
            self._scripts.add(script)
        server = self.windows.com_server.XLPython()
        given = tuple(MISSING_ARGUMENT if one is MISSING else self._com(one) for one in args.items)
        found = None if workbook is MISSING else self._com(workbook)
        return server.CallUDF(script, name, given, found, self._com(caller))

    def _com(self, value: object) -> object:
        return to_python(value, self.com)

    def book_for(self, model: MemoryWorkbook) -> MemoryWorkbook:
        """Return the book that Python works on: an add-in's macros work on the active one."""
        if not model.name.lower().endswith(ADD_IN):
            return model
        active = self._application.active_book
        if not isinstance(active, MemoryWorkbook):
            raise error(1004, "no workbook is open")
        return active

    def _run_macro(self, macro: str, args: list[object]) -> object:
        book_name, _, name = macro.rpartition("!")
        book_name = book_name.strip("'").replace("''", "'")
        this = self._application._this_workbook
        for book in self._books:
            named = book.model.name.lower() == book_name.lower()
            if named or (not book_name and book.model is this):
                return book.run_macro(name, args)
        raise error(1004, MACRO_MISSING.format(macro))
