"""Ties in a Word paragraph: a bookmark around a drafted item, a plain control around each figure.

The control's alias says to people what the figure is, its tag says it to us; the bookmark carries
the item through editors that drop tags (LibreOffice 7.4 does).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import serialize_for_reading
from docx.text.paragraph import Paragraph

from cchc_xl.core.bound_text import UnitOf, is_bound, written
from cchc_xl.core.narrative import Gap, Words
from cchc_xl.core.report_items import ReportItem, alias_of, bookmark_of, tag_of
from cchc_xl.core.text import printable

GAP_STYLE = "Gap"
_PROPERTIES = qn("w:pPr")
Element: TypeAlias = Any  # python-docx gives its XML elements no types


@dataclass(frozen=True, slots=True)
class Binding:
    """What the figures of a report are, in words: of a source its name and its unit."""

    period: str
    outline: str
    name_of: Callable[[str], str]
    unit_of: UnitOf


def write_item(paragraph: Paragraph, item: ReportItem, binding: Binding) -> None:
    """Write an item into an empty paragraph, with its bookmark and its controls."""
    number = 0
    for fragment, text in written(item.fragments):
        if not text:
            continue
        run = paragraph.add_run(text, style=GAP_STYLE if isinstance(fragment, Gap) else None)
        if is_bound(fragment) and not isinstance(fragment, Words):
            tag = tag_of(item.id, number, fragment.source)
            _control([run._r], tag, alias_of(printable(binding.name_of(fragment.source))))  # noqa: SLF001  # python-docx has no content controls
            number += 1
    mark(paragraph._p, bookmark_of(item.id))  # noqa: SLF001  # nor bookmarks


def mark(paragraph: Element, name: str) -> None:
    """Put a bookmark around all that stands in a paragraph."""
    root = paragraph.getroottree().getroot()
    number = 1 + max(
        (int(start.get(qn("w:id"), "0")) for start in root.iter(qn("w:bookmarkStart"))), default=0
    )
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    properties = paragraph.find(_PROPERTIES)
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)


def _control(runs: Sequence[Element], tag: str, alias: str) -> None:
    """Put a plain content control around runs that stand side by side."""
    control, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    values = (("alias", alias), ("tag", tag), ("id", str(zlib.crc32(tag.encode()) & 0x7FFFFFFF)))
    for name, value in values:
        child = OxmlElement(f"w:{name}")
        child.set(qn("w:val"), value)
        properties.append(child)
    properties.append(OxmlElement("w:text"))
    content = OxmlElement("w:sdtContent")
    runs[0].addprevious(control)
    control.append(properties)
    control.append(content)
    for run in runs:
        content.append(run)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of a paragraph, and the tag of the control in which it stands."""

    text: str
    tag: str = ""


def pieces(paragraph: Element) -> Iterator[Piece]:
    """Yield the text of a paragraph as it reads once all tracked changes are accepted."""
    yield from _pieces(paragraph, "")


_TEXTS = {
    qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-",
}  # fmt: skip
# What is crossed out, what a field says to the program, and what stands in a box of its own.
_UNREAD = frozenset(
    qn(f"w:{name}")
    for name in ("pPr", "rPr", "sdtPr", "del", "moveFrom", "delText", "instrText", "txbxContent")
)


def _pieces(element: Iterable[Element], tag: str) -> Iterator[Piece]:
    for child in element:
        name = child.tag
        if name in _UNREAD:
            continue
        if name == qn("w:t"):
            yield Piece(child.text or "", tag)
        elif name in _TEXTS:
            yield Piece(_TEXTS[name], tag)
        elif name == qn("w:sdt"):
            yield from _pieces(child, _tag(child) or tag)
        else:
            yield from _pieces(child, tag)


def _tag(control: Element) -> str:
    properties = control.find(qn("w:sdtPr"))
    tag = None if properties is None else properties.find(qn("w:tag"))
    return "" if tag is None else str(tag.get(qn("w:val"), ""))


def untagged_controls(paragraph: Element) -> list[tuple[Element, tuple[int, int]]]:
    """Return the controls of a paragraph that have lost their tags, with their places in it."""
    found: list[tuple[Element, tuple[int, int]]] = []
    place = 0
    for child in paragraph:
        length = sum(len(piece.text) for piece in _pieces([child], ""))
        if child.tag == qn("w:sdt") and not _tag(child):
            found.append((child, (place, place + length)))
        place += length
    return found


def refill(paragraph: Element, figures: Mapping[str, str]) -> None:
    """Write figures into the controls with these tags; nothing else of the paragraph changes."""
    for control in paragraph.iter(qn("w:sdt")):
        figure = figures.get(_tag(control))
        texts = list(control.iter(qn("w:t")))
        if figure is None or not texts:
            continue
        texts[0].text = figure
        texts[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for text in texts[1:]:
            text.text = ""


def set_tag(control: Element, tag: str) -> None:
    """Give a control a tag, in the place that the schema has for it."""
    properties = control.find(qn("w:sdtPr"))
    element = OxmlElement("w:tag")
    element.set(qn("w:val"), tag)
    for former in properties.findall(qn("w:tag")):
        properties.remove(former)
    properties.insert(0, element)


def paragraph_text(paragraph: Element) -> str:
    """Return the text of a paragraph, that of its content controls too."""
    return "".join(piece.text for piece in pieces(paragraph))


# What a paragraph keeps when its words are renewed.
_ANCHORS = (qn("w:commentRangeStart"), qn("w:commentRangeEnd"))


def renew(paragraph: Element, parent: Any, item: ReportItem, binding: Binding) -> None:
    """Write an item in place of what a paragraph says; its look and its comments stay.

    The runs take the look of the first run that was there, but for the mark of a gap.
    """
    look = _look(paragraph)
    starts, ends = _comments(paragraph)
    for child in list(paragraph):
        if child.tag != _PROPERTIES:
            paragraph.remove(child)
    write_item(Paragraph(paragraph, parent), item, binding)
    if look is not None:
        for run in paragraph.iter(qn("w:r")):
            if run.find(qn("w:rPr")) is None:
                run.insert(0, deepcopy(look))
    place = 0 if paragraph.find(_PROPERTIES) is None else 1
    for anchor in reversed(starts):
        paragraph.insert(place, anchor)
    for anchor in ends:
        paragraph.append(anchor)


def _look(paragraph: Element) -> Element | None:
    for run in paragraph.iter(qn("w:r")):
        look = run.find(qn("w:rPr"))
        if run.find(qn("w:t")) is None:
            continue
        if look is None:
            return None
        style = look.find(qn("w:rStyle"))
        if style is None:
            return deepcopy(look) if len(look) else None
    return None


def _comments(paragraph: Element) -> tuple[list[Element], list[Element]]:
    starts = list(paragraph.iter(_ANCHORS[0]))
    ends = list(paragraph.iter(_ANCHORS[1]))
    notes = [r for r in paragraph.iter(qn("w:r")) if r.find(qn("w:commentReference")) is not None]
    return starts, [*ends, *notes]


def is_of_one_look(paragraph: Element) -> bool:
    """Whether all words of a paragraph look alike, the marks of gaps aside."""
    looks = set[bytes]()
    for run in paragraph.iter(qn("w:r")):
        look = run.find(qn("w:rPr"))
        if run.find(qn("w:t")) is None or (
            look is not None and look.find(qn("w:rStyle")) is not None
        ):
            continue
        looks.add(b"" if look is None or not len(look) else serialize_for_reading(look).encode())
    return len(looks) <= 1
