# ruff: noqa: N802 - members of Excel keep their names
"""The computer that Excel runs on, and the dialog that asks it for a folder."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyopenvba.apps.excel._model import ExcelObject
from pyopenvba.interpreter._objects import VBACollection, member, method, setter
from pyopenvba.interpreter._values import VBAErrorValue, VBAInt, error, to_bool, to_text

_CALLER_OF_NOTHING = VBAErrorValue(2023)  # what Application.Caller is outside of cells and buttons


@dataclass(slots=True)
class Machine:
    """The computer that Excel runs on, as macros see it; a test changes what it wants."""

    environment: dict[str, str] = field(default_factory=dict)
    registry: dict[str, object] = field(default_factory=dict)
    international: dict[int, object] = field(default_factory=dict)
    decimal_separator: str = ","
    thousands_separator: str = "."
    operating_system: str = "Windows (64-bit) NT 10.00"
    user_library: str = r"C:\Users\an\AppData\Roaming\Microsoft\AddIns"
    chosen_folder: str | None = None  # what the folder dialog answers; None: cancelled
    caller: object = _CALLER_OF_NOTHING


@dataclass(frozen=True, slots=True)
class MacroOptions:
    """What `Application.MacroOptions` was told of a function."""

    macro: str
    description: str
    category: str
    arguments: tuple[str, ...]


class FileDialog(ExcelObject):
    """The dialog that asks for a folder; the machine knows the answer."""

    vba_type_name = "FileDialog"
    vba_library = "office"

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.title = self.initial = ""
        self.shown = False

    @member
    def Title(self) -> object:
        return self.title

    @setter("Title")
    def _set_title(self, value: object) -> None:
        self.title = to_text(value)

    @member
    def InitialFileName(self) -> object:
        return self.initial

    @setter("InitialFileName")
    def _set_initial(self, value: object) -> None:
        self.initial = to_text(value)

    @member
    def AllowMultiSelect(self) -> object:
        return False

    @setter("AllowMultiSelect")
    def _set_multiple(self, value: object) -> None:
        if to_bool(value):
            raise error(1004, "one folder only")

    @method
    def Show(self) -> object:
        self.shown = True
        return VBAInt(0 if self.machine.chosen_folder is None else -1, "Long")

    @member
    def SelectedItems(self) -> object:
        chosen = self.machine.chosen_folder
        return SelectedItems([chosen] if self.shown and chosen is not None else [])


class SelectedItems(VBACollection):
    """The folders chosen in a dialog."""

    vba_type_name = "FileDialogSelectedItems"

    def __init__(self, chosen: list[str]) -> None:
        self.chosen = chosen

    def vba_items(self) -> list[object]:
        return list(self.chosen)
