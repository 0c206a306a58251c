"""What a Word report remembers of its draft: a part of its own in the file, which editors keep.

Word keeps custom XML parts; so does LibreOffice 7.4, though it renames them, so the part is known
by its namespace. It drops the tags of content controls and keeps their aliases and bookmarks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from cchc_xl import __version__
from cchc_xl.core.bound_text import BoundText, as_plain, from_plain
from cchc_xl.core.sentence_merge import Offer
from cchc_xl.gateways.word_fingerprint import MARK, NO_PRINT

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_LONGEST_PART = 1 << 24


@dataclass(frozen=True, slots=True)
class Remembered:
    """A drafted item: the draft that the standing text goes back to, and what was offered."""

    base: BoundText | None
    offer: Offer | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a report remembers: its items by id, the cells of its appendices, its open points."""

    outline: str
    period: str
    unit: str
    items: dict[str, Remembered]
    tables: dict[str, list[list[str]]] = field(default_factory=dict[str, list[list[str]]])
    open_points: tuple[str, ...] = ()
    tool: str = __version__


def remember(document: WordDocument, memory: Memory) -> None:
    """Write the memory into a document, in place of an earlier one."""
    content = {
        "tool": memory.tool,
        "outline": memory.outline,
        "period": memory.period,
        "unit": memory.unit,
        "print": NO_PRINT,
        "items": [
            [name, item.base and as_plain(item.base), _plain_offer(item.offer), item.section]
            for name, item in memory.items.items()
        ],
        "tables": memory.tables,
        "open": list(memory.open_points),
    }
    words = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    blob = f"<report {MARK.decode()}>{escape(words)}</report>".encode()
    for part in _parts(document):
        part._blob = blob  # noqa: SLF001  # python-docx lets no part of others be written
        return
    package = document.part.package
    name = PackURI(str(package.next_partname("/customXml/item%d.xml")))
    part = Part(name, "application/xml", blob, package)
    document.part.relate_to(part, _RELATION)


def memory_of(document: WordDocument) -> Memory | None:
    """Return what a document remembers; None where it is nothing, or cannot be read any more."""
    for part in _parts(document):
        content = _content(part.blob)
        if content is not None:
            return _memory(content)
    return None


def _parts(document: WordDocument) -> Iterator[Part]:
    for relation in document.part.rels.values():
        if relation.reltype == _RELATION and not relation.is_external:
            part = relation.target_part
            if MARK in part.blob[:1000]:
                yield part


def _content(blob: bytes) -> dict[str, Any] | None:
    try:
        element: Any = parse_xml(blob[:_LONGEST_PART])
        content = json.loads(element.text or "")
    except (SyntaxError, ValueError):  # lxml's errors of syntax are Python's
        return None
    return content if isinstance(content, dict) else None


def _memory(content: dict[str, Any]) -> Memory | None:
    try:
        items = {
            str(name): Remembered(from_plain(base), _offer(offer), str(section))
            for name, base, offer, section in content["items"]
        }
        tables = {
            str(name): [[str(cell) for cell in row] for row in rows]
            for name, rows in content["tables"].items()
        }
        points = tuple(str(point) for point in content["open"])
        return Memory(
            str(content["outline"]), str(content["period"]), str(content["unit"]),
            items, tables, points, str(content["tool"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _plain_offer(offer: Offer | None) -> list[object] | None:
    return None if offer is None else [offer.text, as_plain(offer.new)]


def _offer(plain: object) -> Offer | None:
    match plain:
        case [str(text), new]:
            draft = from_plain(new)
            return None if draft is None else Offer(text, draft)
        case _:
            return None
