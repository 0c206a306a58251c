"""Stub pywin32 modules, and xlwings' own Windows engine imported over them.

The names are those that xlwings 0.37.8 touches; anything else fails. The engine is imported once a
process and put into place for as long as a test needs it: afterwards `sys.modules`, the working
directory and the attributes of xlwings are as they were.
"""

from __future__ import annotations

import atexit
import ctypes
import datetime as dt
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Protocol
from unittest.mock import MagicMock, patch

import xlwings as xw

WINDOW = 4711  # the handle of Excel's one window
PROCESS = 815
RANGE_IID = "{00020846-0000-0000-C000-000000000046}"
_UNKNOWN_NAME = -2147352570  # DISP_E_UNKNOWNNAME
# What `import xlwings` brings on Windows and not elsewhere.
_SUBMODULES = ("_xlwindows", "udfs", "com_server")
_DECORATORS = {"func": "xlfunc", "sub": "xlsub", "script": "xlsub", "arg": "xlarg", "ret": "xlret"}


class ComError(Exception):
    """`pywintypes.com_error`: HRESULT, text, details, argument."""

    def __init__(self, hresult: int, text: str, details: tuple[Any, ...] | None = None) -> None:
        super().__init__(hresult, text, details, None)
        self.hresult = hresult
        self.strerror = text
        self.excepinfo = details
        self.argerror = None


class CDispatch:
    """`win32com.client.CDispatch`: what xlwings takes for a COM object."""


class Screen(Protocol):
    """What Windows shows: the one Excel that runs, and message boxes."""

    @property
    def application(self) -> object: ...

    def message_box(self, text: str, title: str, style: int) -> int: ...


@dataclass(slots=True)
class _Desk:
    screen: Screen | None = None


_DESK = _Desk()


def no_such_name(name: str) -> ComError:
    """Return what COM answers to a name that an object does not have."""
    return ComError(_UNKNOWN_NAME, f"Unknown name: {name}")


@dataclass(frozen=True, slots=True)
class WindowsXlwings:
    """xlwings' modules for Windows, imported over the stubs."""

    xlwindows: Any
    udfs: Any
    com_server: Any
    stubs: dict[str, ModuleType]


@contextmanager
def windows_xlwings(screen: Screen | None = None) -> Iterator[WindowsXlwings]:
    """Make xlwings what it is on Windows, with the engine "excel" active.

    RuntimeError: when another Excel is on the screen.
    """
    found = _imported()
    if xw.__dict__.get("_xlwindows") is found.xlwindows:
        # Inside another `with`: all is in place.
        if screen is not None and _DESK.screen is not None:
            raise RuntimeError("one Excel at a time")
        with _on_desk(screen or _DESK.screen):
            yield found
        return
    engines, by_name, active = xw.engines.engines, xw.engines.engines_by_name, xw.engines.active
    with ExitStack() as stack:
        stack.enter_context(_on_desk(screen))
        stack.enter_context(_in_sys_modules(_modules(found)))
        for name in _SUBMODULES:
            module = getattr(found, name.removeprefix("_"))
            stack.enter_context(patch.object(xw, name, module, create=True))
        for name, real in _DECORATORS.items():
            stack.enter_context(patch.object(xw, name, getattr(found.udfs, real)))
        stack.enter_context(patch.dict(found.udfs.udf_modules, clear=True))
        stack.enter_context(patch.dict(found.udfs.cache, clear=True))
        stack.enter_context(patch.object(found.xlwindows, "BOOK_CALLER", None))
        xw.engines.engines, xw.engines.engines_by_name = [], {}
        xw.engines.add(xw.Engine(impl=found.xlwindows.engine))
        xw.engines["excel"].activate()
        try:
            yield found
        finally:
            xw.engines.engines, xw.engines.engines_by_name = engines, by_name
            xw.engines.active = active


@contextmanager
def _in_sys_modules(modules: dict[str, ModuleType]) -> Iterator[None]:
    # What else is imported meanwhile stays: two copies of one module do not know each other.
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


@contextmanager
def _on_desk(screen: Screen | None) -> Iterator[None]:
    before, _DESK.screen = _DESK.screen, screen
    try:
        yield
    finally:
        _DESK.screen = before


def _modules(found: WindowsXlwings) -> dict[str, ModuleType]:
    own = {f"xlwings.{name}": getattr(found, name.removeprefix("_")) for name in _SUBMODULES}
    return {**found.stubs, **own}


@cache
def _imported() -> WindowsXlwings:
    stubs = _stub_modules()
    folder = Path.cwd()
    libraries = {"oledll": MagicMock(), "windll": MagicMock(), "PyDLL": MagicMock()}
    with ExitStack() as stack:
        stack.callback(os.chdir, folder)
        stack.enter_context(_in_sys_modules(stubs))
        for name, library in libraries.items():
            stack.enter_context(patch.object(ctypes, name, library, create=True))
        xlwindows: Any = importlib.import_module("xlwings._xlwindows")
        udfs: Any = importlib.import_module("xlwings.udfs")
        com_server: Any = importlib.import_module("xlwings.com_server")
    for name in _SUBMODULES:
        delattr(xw, name)
        del sys.modules[f"xlwings.{name}"]
    del sys.modules["xlwings._win32patch"]
    # It would look for Excel processes to end when Python does.
    atexit.unregister(xlwindows.cleanup)
    # Asynchronous functions are not part of this harness: they fail on the closed loop.
    com_server.loop.close()
    # With 0, xlwings asks again for ever, and a member that is missing here would hang the test.
    xlwindows.N_COM_ATTEMPTS = 1
    xlwindows.get_excel_hwnds = lambda: [] if _DESK.screen is None else [WINDOW]
    xlwindows.get_xl_app_from_hwnd = lambda _: xlwindows.COMRetryObjectWrapper(
        _on_screen().application
    )
    xlwindows.is_hwnd_xl_app = lambda handle: handle == WINDOW
    xlwindows.windll = SimpleNamespace(
        user32=SimpleNamespace(
            GetForegroundWindow=lambda: WINDOW, SetForegroundWindow=lambda _: None
        )
    )
    return WindowsXlwings(xlwindows, udfs, com_server, stubs)


def _on_screen() -> Screen:
    if _DESK.screen is None:
        raise RuntimeError("no Excel is on the screen")
    return _DESK.screen


def _message_box(_owner: int, text: str, title: str, style: int) -> int:
    return _on_screen().message_box(text, title, style)


def _dispatch(target: object, **_hints: object) -> object:
    # Excel hands the workbook over as it is here; starting another Excel by its name is not there.
    if isinstance(target, str):
        raise NotImplementedError(f"Dispatch({target!r})")
    return target


def _unwrap(value: object) -> object:
    raise ComError(-2147467262, f"{value!r} is no wrapped Python object")  # E_NOINTERFACE


def _stub_modules() -> dict[str, ModuleType]:
    utc = SimpleNamespace(utc=lambda: dt.UTC)
    iid_dispatch = "{00020400-0000-0000-C000-000000000046}"
    names: dict[str, dict[str, object]] = {
        "pywintypes": {
            "com_error": ComError,
            "error": type("error", (Exception,), {}),
            "TimeType": dt.datetime,
            "IID": str,
        },
        "pythoncom": {
            "CoInitialize": lambda: None,
            "com_error": ComError,
            "ole_error": ComError,
            "IID_IDispatch": iid_dispatch,
            "IID_IEnumVARIANT": "{00020404-0000-0000-C000-000000000046}",
            "TypeIIDs": {iid_dispatch: type("PyIDispatch", (), {})},
            "__file__": "pythoncom",
        },
        "win32api": {"MessageBox": _message_box},
        "win32con": {
            "MB_OK": 0,
            "MB_OKCANCEL": 1,
            "MB_YESNOCANCEL": 3,
            "MB_YESNO": 4,
            "MB_ICONWARNING": 48,
            "MB_ICONINFORMATION": 64,
        },
        "win32event": {},
        "win32gui": {},
        "win32process": {"GetWindowThreadProcessId": lambda _: (1, PROCESS)},
        "win32timezone": {"TimeZoneInfo": utc},
        "win32com": {},
        "win32com.client": {
            "CDispatch": CDispatch,
            "CoClassBaseClass": type("CoClassBaseClass", (), {}),
            "DispatchBaseClass": type("DispatchBaseClass", (), {}),
            "Dispatch": _dispatch,
            "DispatchEx": _dispatch,
        },
        "win32com.server": {},
        "win32com.server.util": {"unwrap": _unwrap},
        "win32com.server.dispatcher": {},
        "win32com.server.policy": {},
    }
    modules = {}
    for name, content in names.items():
        modules[name] = ModuleType(name)
        modules[name].__dict__.update(content)
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(modules[parent], child, modules[name])
    return modules
