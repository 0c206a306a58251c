"""A report as a row of items: title, headings, sentences, closing; each can be found again."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from cchc_xl.core.narrative import Fragment, Narrative, Section, Words

TITLE, CLOSING = "title", "end"
TITLE_STYLE, BODY_STYLE = "Title", "Body Text"
_PREFIX = "cchc_"
_LONGEST_NAME = 40  # of a bookmark in Word
_LONGEST_TAG = 64  # of a content control: Word calls a longer one damage


@dataclass(frozen=True, slots=True)
class ReportItem:
    """A paragraph of the report; `section` is the heading under which it stands."""

    id: str
    style: str
    fragments: tuple[Fragment, ...]
    section: str = ""


def report_items(narrative: Narrative) -> Iterator[ReportItem]:
    """Yield title, headings, sentences and closing in their order."""
    yield ReportItem(TITLE, TITLE_STYLE, (Words(narrative.title),))
    for section in narrative.sections:
        yield from _of_section(section, 1)
    yield ReportItem(CLOSING, BODY_STYLE, narrative.closing.fragments)


def _of_section(section: Section, level: int) -> Iterator[ReportItem]:
    heading = f"h:{section.id}"
    style = f"Heading {min(level, 3)}"
    yield ReportItem(heading, style, (Words(section.heading),), section.heading)
    for sentence in section.sentences:
        yield ReportItem(sentence.id, BODY_STYLE, sentence.fragments, section.heading)
    for below in section.sections:
        yield from _of_section(below, level + 1)


def bookmark_of(item_id: str) -> str:
    """Return the name of the bookmark around an item: `cchc_III_2_1` for `III.2.1`.

    Word takes letters, digits and underscores only; where other signs would make two ids alike,
    a checksum of the id keeps them apart.
    """
    slug = re.sub(r"[^A-Za-z0-9]", "_", item_id)
    if re.search(r"[^A-Za-z0-9.]", item_id):
        slug += f"_{zlib.crc32(item_id.encode()):08x}"
    name = _PREFIX + slug
    if len(name) > _LONGEST_NAME:
        name = f"{_PREFIX}{zlib.crc32(item_id.encode()):08x}"
    return name


def tag_of(item_id: str, number: int, source: str) -> str:
    """Return the tag of the control around the figure `number` (from 0) of an item."""
    return f"cchc:{item_id}:{number}:{source}"[:_LONGEST_TAG]


def alias_of(words: str) -> str:
    """Return what Word shows above a control."""
    return words[:_LONGEST_TAG]
