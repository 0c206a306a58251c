"""Declares a Python function as a worksheet function, for xlwings and for our own generators.

xlwings keeps what it knows of a function only on Windows; elsewhere its decorators do nothing. So
each declaration is recorded as a `FunctionSpec` too, from which the VBA wrappers and the list of
descriptions are built on any machine.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable
from typing import Any, TypeVar

import xlwings as xw

from cchc_xl.core.function_spec import ArgumentSpec, FunctionSpec

# What `Application.MacroOptions` keeps of a description.
LONGEST_DESCRIPTION = 255
_MODULE = "cchc_xl.excel.functions"
_NAME = re.compile(r"CCHC_[A-Z]+")
_ARGUMENT = re.compile(r"[a-z][a-z_]*")

_Declared = TypeVar("_Declared", bound=Callable[..., Any])
_SPECS: dict[str, FunctionSpec] = {}


def worksheet_function(
    name: str, description: str, **arguments: str
) -> Callable[[_Declared], _Declared]:
    """Declare a function as `name`, described in Vietnamese; `arguments` describes each of its own.

    Every argument arrives as a list of rows, error cells in it as their text; an argument with a
    default may be left out. ValueError where names or descriptions do not fit Excel or the
    function, or the name is another function's.
    """

    def declare(function: _Declared) -> _Declared:
        spec = _spec(name, description, arguments, function)
        known = _SPECS.setdefault(name, spec)
        if known.python_name != spec.python_name:
            raise ValueError(f"{name} is {known.python_name} already")
        _SPECS[name] = spec
        declared: Any = function
        for argument in spec.arguments:
            declared = xw.arg(
                argument.name, convert=list, ndim=2, err_to_str=True, doc=argument.description
            )(declared)
        declared = xw.ret(convert=list)(declared)
        # Each decorator of xlwings sets the category back: this one comes last.
        marked: _Declared = xw.func(category="CCHC")(declared)
        return marked

    return declare


def declared_functions() -> tuple[FunctionSpec, ...]:
    """Return every worksheet function, in the order of their declaration."""
    importlib.import_module(_MODULE)
    return tuple(_SPECS.values())


def _spec(
    name: str, description: str, described: dict[str, str], function: Callable[..., Any]
) -> FunctionSpec:
    parameters = inspect.signature(function).parameters
    if list(parameters) != list(described):
        raise ValueError(f"{name} describes {list(described)}, but takes {list(parameters)}")
    if _NAME.fullmatch(name) is None or not all(map(_ARGUMENT.fullmatch, parameters)):
        raise ValueError(f"{name} or one of its arguments has a name that VBA may not take")
    too_long = [
        text for text in (description, *described.values()) if len(text) > LONGEST_DESCRIPTION
    ]
    if too_long:
        raise ValueError(f"{name} says more than {LONGEST_DESCRIPTION} characters: {too_long}")
    return FunctionSpec(
        name,
        function.__name__,
        description,
        tuple(
            ArgumentSpec(
                argument, text, parameters[argument].default is not inspect.Parameter.empty
            )
            for argument, text in described.items()
        ),
    )
