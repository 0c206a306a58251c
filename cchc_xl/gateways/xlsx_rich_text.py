"""The runs of a text in a workbook, of which some may be struck out or raised.

Source: ECMA-376, part 1, 18.4 (shared strings, rich text runs).
"""

from __future__ import annotations

from collections.abc import Mapping

from cchc_xl.core.marked_text import Mark, Run, has_marks

_RAISED = frozenset({"superscript", "subscript"})
_OFF = frozenset({"0", "false"})


def mark_of(name: str, attributes: Mapping[str, str]) -> Mark | None:
    """Return how an element of a font sets its text off, None where it does not."""
    if name == "strike":
        return None if attributes.get("val") in _OFF else Mark.STRUCK
    if name == "vertAlign":
        return Mark.RAISED if attributes.get("val") in _RAISED else None
    return None


class RichText:
    """Collects the runs of one text, told of its elements by their local names."""

    __slots__ = ("_in_phonetic", "_in_text", "_mark", "_names_font", "_runs", "_text")

    def __init__(self) -> None:
        self._runs: list[tuple[Run, bool]] = []
        self._mark: Mark | None = None
        self._names_font = self._in_text = self._in_phonetic = False
        self._text = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "r":
            self._mark, self._names_font = None, False
        elif name == "rPr":
            self._names_font = True
        elif name == "t":
            self._in_text, self._text = not self._in_phonetic, ""
        elif name == "rPh":
            self._in_phonetic = True
        else:
            # Struck out weighs more than raised.
            mark = mark_of(name, attributes)
            self._mark = mark if self._mark is not Mark.STRUCK and mark else self._mark

    def text(self, text: str) -> None:
        if self._in_text:
            self._text += text

    def end(self, name: str) -> None:
        if name == "t" and self._in_text:
            self._runs.append((Run(self._text, self._mark), self._names_font))
            self._in_text = False
        elif name == "rPh":
            self._in_phonetic = False

    def has_marks(self) -> bool:
        return has_marks(run for run, _ in self._runs)

    def runs_in(self, cell: Mark | None) -> tuple[Run, ...]:
        """Return the runs as they look in a cell; those without a font of their own as the cell."""
        return tuple(run if names_font else Run(run.text, cell) for run, names_font in self._runs)
