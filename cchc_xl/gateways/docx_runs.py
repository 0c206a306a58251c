"""The runs of a Word paragraph: their text, and the run that holds just these words."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

LEFT_OUT = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent")})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OFF = frozenset({"false", "0", "off", "none"})


@dataclass(slots=True)
class Piece:
    """The text of one run, as it counts in the passage."""

    run: Any
    text: str


@dataclass(slots=True)
class Place:
    """Where the text of a passage stands; a piece without a run is the end of a paragraph."""

    pieces: list[Piece] = field(default_factory=list[Piece])


def cells_of(line: Any) -> Iterator[Any]:
    """Yield the cells of a row of a table."""
    for element in line:
        if element.tag == qn("w:tc"):
            yield element
        elif element.tag == qn("w:sdt"):
            yield from element.iter(qn("w:tc"))


def span_of(properties: Any) -> tuple[int, bool]:
    """Return over how many columns a cell goes, and whether it goes on with the one above."""
    if properties is None:
        return 1, False
    span = properties.find(qn("w:gridSpan"))
    merge = properties.find(qn("w:vMerge"))
    wide = span.get(qn("w:val"), "1") if span is not None else "1"
    goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
    return (int(wide) if wide.isdecimal() else 1), goes_on


def runs_of(parent: Any) -> Iterator[Any]:
    """Yield the runs of a paragraph, those in links and insertions too."""
    for element in parent:
        if element.tag == qn("w:r"):
            yield element
        elif (
            element.tag not in LEFT_OUT and element.tag != _FALLBACK and element.tag != qn("w:pPr")
        ):
            yield from runs_of(element)


def text_of(child: Any) -> str:
    """Return what an element of a run shows."""
    match child.tag.rpartition("}")[2]:
        case "t":
            return child.text or ""
        case "tab":
            return " "
        case "br" | "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
        case _:
            return ""


def is_on(mark: Any) -> bool:
    """Whether a property of characters holds."""
    return mark is not None and mark.get(qn("w:val")) not in _OFF


def is_in_body(run: Any) -> bool:
    """Whether a run stands in the text itself, not in a page header."""
    return any(element.tag == qn("w:body") for element in run.iterancestors())


def runs_between(place: Place, start: int, end: int) -> list[Any]:
    """Return the first and the last run of a stretch of text, cut so that they hold only it."""
    found: list[Any] = []
    pieces: list[Piece] = []
    raw = ""
    for piece in place.pieces:
        begins = len(unicodedata.normalize("NFC", raw))
        raw += piece.text
        ends = len(unicodedata.normalize("NFC", raw))
        if piece.run is None or ends <= start or begins >= end:
            pieces.append(piece)
            continue
        if _is_plain(piece) and ends - begins == len(piece.text):
            parts, middle = _cut(piece, max(start - begins, 0), min(end, ends) - begins)
            pieces += parts
            found.append(middle)
        else:
            pieces.append(piece)
            found.append(piece.run)
    place.pieces = pieces
    return [found[0], found[-1]] if found else []


def _is_plain(piece: Piece) -> bool:
    """Whether a run holds one text and nothing else, so that it may be cut."""
    content = [child for child in piece.run if child.tag != qn("w:rPr")]
    return len(content) == 1 and content[0].tag == qn("w:t") and content[0].text == piece.text


def _cut(piece: Piece, start: int, end: int) -> tuple[list[Piece], Any]:
    """Cut a run in up to three; return all of them and the middle one."""
    run, whole = piece.run, piece.text
    parts = [Piece(run, whole[start:end])]
    if start > 0:
        first = copy.deepcopy(run)
        run.addprevious(first)
        parts.insert(0, Piece(first, whole[:start]))
    if end < len(whole):
        last = copy.deepcopy(run)
        run.addnext(last)
        parts.append(Piece(last, whole[end:]))
    for part in parts:
        text = part.run.find(qn("w:t"))
        text.text = part.text
        text.set(_SPACE, "preserve")
    return parts, run
