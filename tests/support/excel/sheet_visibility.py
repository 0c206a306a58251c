"""Which sheets are hidden: pyOpenVBA's model neither reads it from a file nor writes it back."""

# ruff: noqa: ARG002, N802, N803 - members of Excel keep their names and arguments
from __future__ import annotations

import re
from html import unescape

from pyopenvba.apps.excel._model import Workbook, Worksheet
from pyopenvba.interpreter._objects import member, method, setter
from pyopenvba.interpreter._values import EMPTY, MISSING, VBAInt, error

_SHOWN, _HIDDEN, _VERY_HIDDEN = -1, 0, 2
_STATES = {"visible": _SHOWN, "hidden": _HIDDEN, "veryHidden": _VERY_HIDDEN}
_SHEET = re.compile(r"<sheet\b[^>]*>")
_NAME = re.compile(r'\bname="([^"]*)"')
_STATE = re.compile(r'\s+state="([^"]*)"')
_PART = "xl/workbook.xml"


class MemoryWorksheet(Worksheet):
    """A sheet that can be hidden, with what Excel refuses then."""

    vba_type_name = "Worksheet"

    @member
    def Visible(self) -> object:
        return VBAInt(self.visible, "Long")

    @setter("Visible")
    def _hide(self, value: object) -> None:
        others = [one for one in self.book.sheets_ if one is not self and one.visible == _SHOWN]
        before = self.visible
        self._set_visible(value)
        if self.visible == _SHOWN:
            return
        if not others:
            self.visible = before
            raise error(1004, "Unable to set the Visible property of the Worksheet class")
        if self.book.active_sheet is self:
            self.book.activate_sheet(others[0])

    @method
    def Activate(self) -> object:
        if self.visible != _SHOWN:
            raise error(1004, "Activate method of Worksheet class failed")
        return super().Activate()

    @method
    def Select(self, Replace: object = MISSING) -> object:
        if self.visible != _SHOWN:
            raise error(1004, "Select method of Worksheet class failed")
        super().Activate()
        return EMPTY


def read_visibility(book: Workbook) -> None:
    """Hide the sheets that are hidden in the file of a workbook."""
    states = {}
    for tag in _SHEET.findall(_text(book)):
        name, state = _NAME.search(tag), _STATE.search(tag)
        if name is not None and state is not None:
            states[unescape(name[1])] = _STATES[state[1]]
    for sheet in book.sheets_:
        # The model makes its own class; nothing but members is added to it.
        sheet.__class__ = MemoryWorksheet
        sheet.visible = states.get(sheet.name, _SHOWN)


def write_visibility(book: Workbook) -> None:
    """Put which sheets are hidden into the package of a workbook, before it is saved."""
    words = {number: word for word, number in _STATES.items()}
    visible = {sheet.name: words[sheet.visible] for sheet in book.sheets_}

    def with_state(found: re.Match[str]) -> str:
        tag = _STATE.sub("", found[0])
        name = _NAME.search(tag)
        state = visible.get(unescape(name[1]), "visible") if name is not None else "visible"
        return tag if state == "visible" else tag.replace("<sheet", f'<sheet state="{state}"', 1)

    book.package.write(_PART, _SHEET.sub(with_state, _text(book)).encode())


def _text(book: Workbook) -> str:
    text: str = book.package.read(_PART).decode()
    return text
