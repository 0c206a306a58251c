"""Functions for cells as they are on Windows: decorated and called by xlwings itself."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from tests.support.excel.windows_stubs import windows_xlwings

_ABSENT = object()


@contextmanager
def udf_module(module_name: str) -> Iterator[ModuleType]:
    """Import a module of functions afresh, with xlwings' decorators for Windows.

    Elsewhere they do nothing, so a module that is imported already is set aside meanwhile.
    """
    parent_name, _, child = module_name.rpartition(".")
    with windows_xlwings() as windows:
        before = sys.modules.get(module_name)
        if module_name in windows.udfs.udf_modules and before is not None:
            yield before
            return
        parent = importlib.import_module(parent_name) if parent_name else None
        attribute = getattr(parent, child, _ABSENT)
        sys.modules.pop(module_name, None)
        try:
            yield windows.udfs.get_udf_module(module_name, None)
        finally:
            windows.udfs.udf_modules.pop(module_name, None)
            sys.modules.pop(module_name, None)
            if before is not None:
                sys.modules[module_name] = before
            if parent is not None and attribute is not _ABSENT:
                setattr(parent, child, attribute)


def call(module: ModuleType, name: str, *args: Any) -> Any:
    """Call a function, inside of `udf_module`, by xlwings' `call_udf`, with arguments of COM.

    Floats, text, None, aware datetimes, errors as ints, blocks as tuples of tuples, and
    `com_values.MISSING_ARGUMENT` for what a cell leaves out. The result is a list of rows.
    """
    with windows_xlwings() as windows:
        return windows.udfs.call_udf(module.__name__, name, args)
