"""Reads a Word report of ours back after people have worked on it: what stands where, and whose.

A drafted item is found by its bookmark, else by the tag of a control in it, else by what it says;
no paragraph is left out: what is no drafted item is the official's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from cchc_xl.core.figure_places import Places
from cchc_xl.core.report_items import bookmark_of, tag_of
from cchc_xl.core.sentence_alignment import Sought, Unmarked, align
from cchc_xl.core.sentence_merge import is_same_text, offered_in
from cchc_xl.core.text import clean
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.word_appendix import appendix_id
from cchc_xl.gateways.word_controls import Element, pieces
from cchc_xl.gateways.word_memory import Memory, Remembered, memory_of

# Work of people that no text shows: renewing the paragraph would lose it.
_BY_HAND = frozenset(
    qn(f"w:{name}")
    for name in (
        "ins", "del", "moveFrom", "moveTo", "footnoteReference", "endnoteReference", "drawing",
        "pict", "object", "hyperlink",
    )
)  # fmt: skip


@dataclass(slots=True)
class StandingParagraph:
    """A paragraph as it stands; `controls` are the places of tagged controls in its text.

    `place` counts all paragraphs from 0, `number` those outside tables from 1.
    """

    place: int
    number: int
    element: Element
    text: str
    in_table: bool
    controls: Mapping[str, tuple[int, int]]
    bookmarks: list[str] = field(default_factory=list[str])

    @property
    def is_worked_on(self) -> bool:
        """Whether people did something here that its text does not show."""
        return any(child.tag in _BY_HAND for child in self.element.iter())

    @property
    def has_comment(self) -> bool:
        return self.element.find(f".//{qn('w:commentReference')}") is not None


@dataclass(frozen=True, slots=True)
class StandingItem:
    """A drafted item as it stands now: its paragraphs, and where its figures are known to be."""

    paragraphs: tuple[StandingParagraph, ...]
    known: Places

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def is_worked_on(self) -> bool:
        return any(paragraph.is_worked_on for paragraph in self.paragraphs)

    @property
    def has_comment(self) -> bool:
        return any(paragraph.has_comment for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class StandingReport:
    """A report of ours as it stands: its items, the offers in it, and the official's own."""

    document: WordDocument
    memory: Memory | None
    items: Mapping[str, StandingItem]
    offers: Mapping[str, tuple[StandingParagraph, ...]]
    own: tuple[StandingParagraph, ...]
    paragraphs: tuple[StandingParagraph, ...]


def read_standing(path: Path, content: bytes, sought: Mapping[str, Remembered]) -> StandingReport:
    """Return what stands in the report; `sought` is looked for where it remembers nothing itself.

    Raises UnreadableFile where the file is damaged or locked.
    """
    try:
        document = Document(BytesIO(content))
    except Exception as error:  # python-docx raises what its libraries raise
        raise UnreadableFile(
            f"Không mở được tệp Word {path.name}.",
            "Đề nghị mở tệp bằng Word, lưu lại dạng .docx rồi làm lại.",
        ) from error
    memory = memory_of(document)
    wanted = memory.items if memory is not None else sought
    paragraphs = tuple(_paragraphs(document))
    offers = _offers(paragraphs, wanted)
    taken = {p.place for group in offers.values() for p in group}
    found = _by_marks([p for p in paragraphs if p.place not in taken], wanted)
    taken |= {p.place for group in found.values() for p in group}
    for place, name in _by_words(paragraphs, wanted, found, taken).items():
        found[name] = [paragraphs[place]]
        taken.add(place)
    items = {
        name: StandingItem(tuple(group), _known(name, group, wanted[name]))
        for name, group in found.items()
    }
    own = tuple(p for p in paragraphs if p.place not in taken and not p.in_table and p.text.strip())
    return StandingReport(document, memory, items, offers, own, paragraphs)


def appendix_tables(document: WordDocument, names: Sequence[str]) -> dict[str, Element]:
    """Return the tables of appendices by name, as their bookmarks tell."""
    found: dict[str, Element] = {}
    marks = {bookmark_of(appendix_id(name)): name for name in names}
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        name = marks.get(start.get(qn("w:name"), ""))
        table = next(start.iterancestors(qn("w:tbl")), None)
        if name is not None and table is not None:
            found.setdefault(name, table)
    return found


def _paragraphs(document: WordDocument) -> Iterator[StandingParagraph]:
    """Yield every paragraph of the body with the bookmarks of ours around its words."""
    open_marks: dict[str, str] = {}
    current: StandingParagraph | None = None
    place = number = 0
    for element in document.element.body.iter():
        if element.tag == qn("w:p"):
            if current is not None:
                yield current
            text, controls = _text(element)
            in_table = next(element.iterancestors(qn("w:tbl")), None) is not None
            number += not in_table
            current = StandingParagraph(place, number, element, text, in_table, controls)
            place += 1
        elif element.tag == qn("w:bookmarkStart"):
            name = element.get(qn("w:name"), "")
            if name.startswith("cchc_"):
                open_marks[element.get(qn("w:id"), "")] = name
        elif element.tag == qn("w:bookmarkEnd"):
            open_marks.pop(element.get(qn("w:id"), ""), None)
        elif element.tag == qn("w:t") and current is not None and (element.text or "").strip():
            new = [name for name in open_marks.values() if name not in current.bookmarks]
            current.bookmarks.extend(new)
    if current is not None:
        yield current


def _text(element: Element) -> tuple[str, dict[str, tuple[int, int]]]:
    text, controls = "", dict[str, tuple[int, int]]()
    for piece in pieces(element):
        if piece.tag:
            start, _ = controls.get(piece.tag, (len(text), 0))
            controls[piece.tag] = (start, len(text) + len(piece.text))
        text += piece.text
    return text, controls


def _offers(
    paragraphs: Sequence[StandingParagraph], wanted: Mapping[str, Remembered]
) -> dict[str, tuple[StandingParagraph, ...]]:
    """Return the paragraphs that still offer what was offered, word for word."""
    found: dict[str, list[StandingParagraph]] = {}
    for paragraph in paragraphs:
        shown = offered_in(paragraph.text)
        if shown is None:
            continue
        names = [
            name
            for name, item in wanted.items()
            if item.offer is not None and is_same_text(item.offer.text, shown)
        ]
        # Two items that offer the same words: each gets one of the paragraphs.
        free = [name for name in names if name not in found] or names
        if free:
            found.setdefault(free[0], []).append(paragraph)
    return {name: tuple(group) for name, group in found.items()}


def _by_marks(
    paragraphs: Sequence[StandingParagraph], wanted: Mapping[str, Remembered]
) -> dict[str, list[StandingParagraph]]:
    marks = {bookmark_of(name): name for name in wanted}
    tags = {
        tag_of(name, number, figure.source): name
        for name, item in wanted.items()
        if item.base is not None
        for number, figure in enumerate(item.base.figures)
    }
    groups: dict[str, list[StandingParagraph]] = {}
    for paragraph in paragraphs:
        if not paragraph.text.strip():
            continue
        names = [marks[mark] for mark in paragraph.bookmarks if mark in marks]
        names += [tags[tag] for tag in paragraph.controls if tag in tags]
        # Where two items were joined into one paragraph, it is taken for the first.
        if names:
            groups.setdefault(names[0], []).append(paragraph)
    return {name: _narrowed(group, wanted[name]) for name, group in groups.items()}


def _narrowed(group: list[StandingParagraph], item: Remembered) -> list[StandingParagraph]:
    """Return the one paragraph that stands as drafted, where a bookmark has grown over others."""
    for paragraph in group:
        if item.base is not None and is_same_text(paragraph.text, item.base.text):
            return [paragraph]
    return group


def _by_words(
    paragraphs: Sequence[StandingParagraph],
    wanted: Mapping[str, Remembered],
    found: Mapping[str, Sequence[StandingParagraph]],
    taken: set[int],
) -> Mapping[int, str]:
    headings = {p.place: wanted[name].section for name, group in found.items() for p in group}
    by_text = {
        clean(item.base.text): item.section
        for name, item in wanted.items()
        if name.startswith("h:") and item.base is not None
    }
    section, unmarked = "", list[Unmarked]()
    for paragraph in paragraphs:
        section = headings.get(paragraph.place) or by_text.get(clean(paragraph.text)) or section
        if paragraph.place not in taken and not paragraph.in_table and paragraph.text.strip():
            unmarked.append(Unmarked(paragraph.place, paragraph.text, section))
    sought: list[Sought] = []
    for name, item in wanted.items():
        texts = [item.base.text] if item.base is not None else []
        if item.offer is not None:
            texts += [item.offer.text, item.offer.new.text]
        if name not in found and texts:
            sought.append(Sought(name, tuple(texts), item.section))
    return align(sought, unmarked)


def _known(name: str, group: Sequence[StandingParagraph], item: Remembered) -> Places:
    """Return where the controls of an item say that its figures stand."""
    if item.base is None or len(group) != 1:
        return {}
    places = group[0].controls
    tagged = {
        number: places.get(tag_of(name, number, figure.source))
        for number, figure in enumerate(item.base.figures)
    }
    return {number: place for number, place in tagged.items() if place is not None}
