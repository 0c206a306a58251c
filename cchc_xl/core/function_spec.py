"""What a worksheet function is called and how it is described, as plain data.

The decorator of the Python face fills these, the generator of the VBA wrappers and the builder
of the hidden sheet of descriptions read them: one declaration, no second list of names.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArgumentSpec:
    """One argument: its ASCII name in the sheet, what it means, whether it may be left out."""

    name: str
    description: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FunctionSpec:
    """One worksheet function: its name in a cell, the Python function behind it, its arguments."""

    name: str
    python_name: str
    description: str
    arguments: tuple[ArgumentSpec, ...]
