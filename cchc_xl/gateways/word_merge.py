"""Brings a Word report that people have worked on up to date, and touches nothing else in it.

Only the paragraphs of drafted items, the offers beside them, the tables of the appendices and the
list of open points are written; all the rest of the file stays as the official left it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from cchc_xl.core.bound_text import BoundText
from cchc_xl.core.figure_places import Fate, place_figures
from cchc_xl.core.report_items import (
    BODY_STYLE,
    ReportItem,
    bookmark_of,
    report_items,
    tag_of,
)
from cchc_xl.core.sentence_merge import Merged, Outcome, is_same_text, offer_words
from cchc_xl.core.text import clean, printable
from cchc_xl.gateways.word_back import StandingItem, StandingParagraph, StandingReport
from cchc_xl.gateways.word_controls import (
    GAP_STYLE,
    Element,
    is_of_one_look,
    mark,
    paragraph_text,
    refill,
    renew,
    set_tag,
    untagged_controls,
    write_item,
)
from cchc_xl.gateways.word_report import (
    NOTHING_OPEN,
    OPEN_NOTE,
    OPEN_POINTS,
    Report,
    point_lines,
    set_up_styles,
    write_open_points,
)

_STYLES = ("Title", "Body Text", "Heading 1", "Heading 2", "Heading 3", "Table Cell", GAP_STYLE)


def write_merged(
    standing: StandingReport, report: Report, merged: Mapping[str, Merged]
) -> WordDocument:
    """Return the document of `standing` with what `merged` says of every item."""
    document = standing.document
    _have_styles(document)
    writer = _Writer(standing, report, merged)
    writer.write()
    _sweep_bookmarks(document)
    return document


class _Writer:
    """Writes item after item; knows behind which paragraph the next new one comes."""

    def __init__(
        self, standing: StandingReport, report: Report, merged: Mapping[str, Merged]
    ) -> None:
        self.standing = standing
        self.document = standing.document
        self.report = report
        self.merged = merged
        self.items = {item.id: item for item in report_items(report.narrative)}
        # The last paragraph of every item that stands, as far as it has been written.
        self.last: dict[str, Element] = {
            name: stands.paragraphs[-1].element for name, stands in standing.items.items()
        }

    def write(self) -> None:
        for name, merged in self.merged.items():
            stands = self.standing.items.get(name)
            item = self.items.get(name)
            if stands is not None:
                self._settle(name, stands, merged, item)
            elif merged.outcome is Outcome.NEW and item is not None:
                self.last[name] = self._insert(name, item)
            self._settle_offers(name, merged)

    def _settle(
        self, name: str, stands: StandingItem, merged: Merged, item: ReportItem | None
    ) -> None:
        first = stands.paragraphs[0].element
        if merged.outcome is Outcome.DROPPED:
            self.last.pop(name)
            for paragraph in stands.paragraphs:
                _take_out(paragraph.element)
            return
        figures = self._refilled(name, stands, merged)
        is_written_anew = (
            item is not None
            and figures is None
            and (
                merged.outcome is Outcome.RENEWED
                or (
                    merged.outcome is Outcome.SAME and self._can_be_tied_again(name, stands, merged)
                )
            )
        )
        if figures is not None:
            refill(first, figures)
        if item is not None and is_written_anew:
            renew(first, self.document, item, self.report.binding)
        elif not any(bookmark_of(name) in p.bookmarks for p in stands.paragraphs):
            mark(first, bookmark_of(name))
        if merged.base is not None and len(stands.paragraphs) == 1:
            _tag_again(first, name, merged.base)

    def _refilled(self, name: str, stands: StandingItem, merged: Merged) -> dict[str, str] | None:
        """Return the new figures by their tags, where nothing but figures changes.

        Then the look of every word can stay; None where the paragraph has to be written anew.
        """
        memory = self.standing.memory
        base = memory.items[name].base if memory is not None and name in memory.items else None
        new = merged.base
        if merged.outcome is not Outcome.RENEWED or base is None or new is None:
            return None
        pairs = list(zip(base.figures, new.figures, strict=False))
        is_alike = new.has_the_words_of(base) and all(a.is_gap == b.is_gap for a, b in pairs)
        if not is_alike or len(stands.known) < len(new.figures):
            return None
        return {
            tag_of(name, number, figure.source): new.shown(figure)
            for number, figure in enumerate(new.figures)
        }

    def _can_be_tied_again(self, name: str, stands: StandingItem, merged: Merged) -> bool:
        """Whether a sentence that reads as drafted has lost its controls and no look of its own."""
        if merged.base is None or len(stands.paragraphs) > 1 or stands.is_worked_on:
            return False
        paragraph: StandingParagraph = stands.paragraphs[0]
        tags = {tag_of(name, place, f.source) for place, f in enumerate(merged.base.figures)}
        return not tags <= set(paragraph.controls) and is_of_one_look(paragraph.element)

    def _settle_offers(self, name: str, merged: Merged) -> None:
        shown = list(self.standing.offers.get(name, ()))
        if merged.offer is None:
            for paragraph in shown:
                _take_out(paragraph.element)
            return
        words = offer_words(printable(merged.offer.text))
        if shown and is_same_text(shown[0].text, words):
            self.last[name] = shown[0].element
            return
        for paragraph in shown:
            _take_out(paragraph.element)
        offer = self.document.add_paragraph(style=BODY_STYLE)
        offer.add_run(words, style=GAP_STYLE)
        self._place(name, offer._p)  # noqa: SLF001  # python-docx moves no paragraphs
        self.last[name] = offer._p  # noqa: SLF001

    def _insert(self, name: str, item: ReportItem) -> Element:
        paragraph = self.document.add_paragraph(style=item.style)
        write_item(paragraph, item, self.report.binding)
        before = self._place(name, paragraph._p)  # noqa: SLF001
        if item.style == BODY_STYLE and before in self.items:
            neighbour = self.items[before]
            if neighbour.style == BODY_STYLE:
                _look_like(paragraph, self.last[before])
        return paragraph._p  # noqa: SLF001

    def _place(self, name: str, element: Element) -> str:
        """Put a new paragraph where it belongs: behind its own item, or the one before it."""
        order = list(self.merged)
        place = order.index(name)
        before = next((n for n in reversed(order[: place + 1]) if n in self.last), None)
        if before is not None:
            self.last[before].addnext(element)
            return before
        after = next((n for n in order[place:] if n in self.standing.items), None)
        if after is not None:
            self.standing.items[after].paragraphs[0].element.addprevious(element)
        return ""


def write_points(
    standing: StandingReport, points: Sequence[str], former: Sequence[str], *, is_urgent: bool
) -> None:
    """Write the open points in place of the former ones; people's remarks among them stay.

    Where the official has taken the list away it comes back only if it says something new, or
    `is_urgent`.
    """
    document = standing.document
    # A report that remembers nothing still holds the points of now, whatever their numbers.
    ours = {clean(printable(point)) for point in (*former, *points, NOTHING_OPEN)}
    lines = [p for p in _body(document) if _unnumbered(paragraph_text(p)) in ours]
    headings = [p for p in _body(document) if is_same_text(paragraph_text(p), OPEN_POINTS)]
    if not headings:
        if points and (is_urgent or list(points) != list(former)):
            for line in lines:
                _take_out(line)
            write_open_points(document, points)
        return
    note = next((p for p in _body(document) if is_same_text(paragraph_text(p), OPEN_NOTE)), None)
    last = headings[-1] if note is None else note
    for line in lines:
        _take_out(line)
    for text in point_lines(points) or [NOTHING_OPEN]:
        paragraph = document.add_paragraph(text, style=BODY_STYLE)._p  # noqa: SLF001
        last.addnext(paragraph)
        last = paragraph


def _unnumbered(line: str) -> str:
    return re.sub(r"^\d+\. ", "", clean(line))


def _body(document: WordDocument) -> Iterator[Element]:
    return iter([child for child in document.element.body if child.tag == qn("w:p")])


def _tag_again(paragraph: Element, name: str, base: BoundText) -> None:
    """Give controls their tags back where their figures can be told by the words around them."""
    placed = place_figures(base, paragraph_text(paragraph))
    tags = {
        (figure.start, figure.end): tag_of(name, number, figure.figure.source)
        for number, figure in enumerate(placed)
        if figure.fate is not Fate.GONE
    }
    for control, place in untagged_controls(paragraph):
        if place in tags:
            set_tag(control, tags[place])


def _take_out(paragraph: Element) -> None:
    """Remove a paragraph; one that ends a section is only emptied."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is not None and properties.find(qn("w:sectPr")) is not None:
        for child in list(paragraph):
            if child is not properties:
                paragraph.remove(child)
    elif paragraph.getparent() is not None:
        paragraph.getparent().remove(paragraph)


def _look_like(paragraph: Paragraph, neighbour: Element) -> None:
    """Give a new paragraph the look of the one before it, as a typist would."""
    properties = neighbour.find(qn("w:pPr"))
    if properties is None:
        return
    copied = deepcopy(properties)
    for name in ("w:sectPr", "w:pPrChange", "w:rPr"):
        for child in copied.findall(qn(name)):
            copied.remove(child)
    element: Any = paragraph._p  # noqa: SLF001
    element.replace(element.find(qn("w:pPr")), copied)


def _have_styles(document: WordDocument) -> None:
    """Make sure of the styles that are written with; an editor drops those without a use."""
    missing = [name for name in _STYLES if name not in document.styles]
    if not missing:
        return
    from docx import Document

    fresh = Document()
    set_up_styles(fresh)
    for name in missing:
        style = fresh.styles[name]
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            document.styles.element.append(deepcopy(style.element))


def _sweep_bookmarks(document: WordDocument) -> None:
    """Remove halves of bookmarks, and all but the first of those with one name."""
    body = document.element.body
    starts = list(body.iter(qn("w:bookmarkStart")))
    ends = {end.get(qn("w:id")): end for end in body.iter(qn("w:bookmarkEnd"))}
    names = set[str]()
    for start in starts:
        name, number = start.get(qn("w:name"), ""), start.get(qn("w:id"))
        if number not in ends or (name.startswith("cchc_") and name in names):
            start.getparent().remove(start)
            continue
        names.add(name)
    alive = {start.get(qn("w:id")) for start in body.iter(qn("w:bookmarkStart"))}
    for end in list(body.iter(qn("w:bookmarkEnd"))):
        if end.get(qn("w:id")) not in alive:
            end.getparent().remove(end)
