"""What pyOpenVBA's model of Excel lacks and our workbooks use, after Microsoft's documentation."""

# ruff: noqa: ARG002, N802, N803, PLR0917 - members of Excel keep their names and arguments
from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from pyopenvba.apps.excel._io import load_workbook, save_workbook
from pyopenvba.apps.excel._model import Application, Workbook, Workbooks
from pyopenvba.interpreter._objects import VBAObject, member, method, setter
from pyopenvba.interpreter._values import (
    EMPTY,
    MISSING,
    VBAArray,
    VBAInt,
    error,
    to_bool,
    to_integer,
    to_text,
)

from tests.support.excel.machine import FileDialog, Machine, MacroOptions
from tests.support.excel.sheet_visibility import read_visibility, write_visibility
from tests.support.excel.windows_stubs import WINDOW

ADD_IN = ".xlam"
_FOLDER_PICKER = 4  # msoFileDialogFolderPicker
_LONGEST_DESCRIPTION = 255
_FILE_FORMATS = {".xlsx": 51, ".xlsm": 52, ADD_IN: 55}


class MemoryWorkbook(Workbook):
    """A workbook that may be read-only or lie on a URL."""

    vba_type_name = "Workbook"
    read_only = False
    url = ""  # its folder, where it was opened from OneDrive or SharePoint

    @member
    def ReadOnly(self) -> object:
        return self.read_only

    @member
    def FileFormat(self) -> object:
        return VBAInt(_FILE_FORMATS[Path(self.name).suffix.lower()], "Long")

    @member
    def IsAddin(self) -> object:
        return self.name.lower().endswith(ADD_IN)

    @member
    def HasVBProject(self) -> object:
        return self.package.has("xl/vbaProject.bin")

    @member
    def FullName(self) -> object:
        return f"{self.url}/{self.name}" if self.url else super().FullName()

    @member
    def Path(self) -> object:
        return self.url or self.path

    @method
    def Save(self) -> object:
        if self.read_only:
            raise error(1004, f"Cannot access read-only document '{self.name}'.")
        if self.url:
            raise NotImplementedError("a workbook saved to a URL")
        self.write(Path(self.path) / self.name)
        self.saved = True
        return EMPTY

    @method
    def SaveAs(
        self, Filename: object = MISSING, FileFormat: object = MISSING, Password: object = MISSING
    ) -> object:
        if Filename is not MISSING and FileFormat is not MISSING:
            suffix = Path(to_text(Filename)).suffix.lower()
            if to_integer(FileFormat) != _FILE_FORMATS.get(suffix):
                raise error(1004, "This extension can not be used with the selected file type.")
        if Password is not MISSING:
            raise NotImplementedError("a workbook saved with a password")
        write_visibility(self)
        return super().SaveAs(Filename)

    @method
    def SaveCopyAs(self, Filename: object = MISSING) -> object:
        self.write(Path(to_text(Filename)))
        return EMPTY

    def write(self, file: os.PathLike[str]) -> None:
        """Write the workbook to a file; where it lies for Excel does not change."""
        write_visibility(self)
        save_workbook(self, Path(file))


class MemoryWorkbooks(Workbooks):
    """The open workbooks; add-ins are reached by name only."""

    vba_type_name = "Workbooks"

    def vba_items(self) -> list[object]:
        return [book for book in self.books if not book.name.lower().endswith(ADD_IN)]

    @method
    def Open(
        self, Filename: object = MISSING, UpdateLinks: object = MISSING, ReadOnly: object = MISSING
    ) -> object:
        path = Path(to_text(Filename))
        if not path.exists():
            raise error(1004, f"Sorry, we couldn't find {path}.")
        found = next((book for book in self.books if book.name == path.name), None)
        if isinstance(found, MemoryWorkbook):
            self.application.activate_book(found)
            return found
        read_only = ReadOnly is not MISSING and to_bool(ReadOnly)
        return self.load(path, read_only=read_only)

    def load(self, path: Path, *, read_only: bool = False) -> MemoryWorkbook:
        """Read a workbook; it becomes the active one, unless it is an add-in."""
        book = load_workbook(self.application, path)
        # The model makes its own class; nothing but members is added to it.
        book.__class__ = MemoryWorkbook
        assert isinstance(book, MemoryWorkbook)
        read_visibility(book)
        book.read_only = read_only
        self.books.append(book)
        if path.suffix.lower() != ADD_IN:
            self.application.activate_book(book)
        return book


class MemoryApplication(Application):
    """Excel on a machine, with macros that are found in their own workbook."""

    vba_type_name = "Application"

    def __init__(self) -> None:
        super().__init__()
        self.books = MemoryWorkbooks(self)
        self.workbooks_ = self.books
        self.machine = Machine()
        self.macro_options: list[MacroOptions] = []
        self.interactive = True
        self.run_macro: Callable[[str, list[object]], object] | None = None

    @member
    def Hwnd(self) -> object:
        return VBAInt(WINDOW, "Long")

    @member
    def Caller(self, Index: object = MISSING) -> object:
        return self.machine.caller

    @member
    def Interactive(self) -> object:
        return self.interactive

    @setter("Interactive")
    def _set_interactive(self, value: object) -> None:
        self.interactive = to_bool(value)

    @member
    def International(self, Index: object = MISSING) -> object:
        return self.machine.international[int(to_integer(Index))]

    @member
    def DecimalSeparator(self) -> object:
        return self.machine.decimal_separator

    @member
    def ThousandsSeparator(self) -> object:
        return self.machine.thousands_separator

    @member
    def UseSystemSeparators(self) -> object:
        return True

    @member
    def OperatingSystem(self) -> object:
        return self.machine.operating_system

    @member
    def PathSeparator(self) -> object:
        return "\\"

    @member
    def UserLibraryPath(self) -> object:
        return self.machine.user_library + "\\"

    @member
    def FileDialog(self, fileDialogType: object = MISSING) -> object:
        if to_integer(fileDialogType) != _FOLDER_PICKER:
            raise NotImplementedError("a dialog other than the one for folders")
        return FileDialog(self.machine)

    @method
    def MacroOptions(
        self,
        Macro: object = MISSING,
        Description: object = MISSING,
        HasMenu: object = MISSING,
        MenuText: object = MISSING,
        HasShortcutKey: object = MISSING,
        ShortcutKey: object = MISSING,
        Category: object = MISSING,
        StatusBar: object = MISSING,
        HelpContextID: object = MISSING,
        HelpFile: object = MISSING,
        ArgumentDescriptions: object = MISSING,
    ) -> object:
        texts = [] if ArgumentDescriptions is MISSING else _texts(ArgumentDescriptions)
        description = "" if Description is MISSING else to_text(Description)
        if any(len(text) > _LONGEST_DESCRIPTION for text in (description, *texts)):
            raise error(1004, "Method 'MacroOptions' of object '_Application' failed")
        category = "" if Category is MISSING else to_text(Category)
        self.macro_options.append(MacroOptions(to_text(Macro), description, category, tuple(texts)))
        return EMPTY

    @method
    def Run(self, Macro: object = MISSING, *args: object) -> object:
        assert self.run_macro is not None
        return self.run_macro(to_text(Macro), list(args))


def _texts(value: object) -> list[str]:
    if not isinstance(value, VBAArray):
        raise error(1004, "ArgumentDescriptions takes an array")
    return [to_text(one) for one in value.items]


def code_object(book: Workbook, name: str) -> VBAObject | None:
    """Return the workbook or the sheet that has this code name, or None."""
    if book.code_name.lower() == name.lower():
        return book
    return next((one for one in book.sheets_ if one.code_name.lower() == name.lower()), None)
