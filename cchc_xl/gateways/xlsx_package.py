"""One pass over the XML of a workbook for what calamine does not tell, before calamine opens it.

calamine turns error cells into empty strings (dimastbk/python-calamine#105), drops formulas that
were never calculated, knows no number formats, and aborts the process on a sheet whose cells lie
far apart. So this pass comes first, walks every part that calamine will read, and limits what may
be opened: in size, in elements, in the length of one text, and in encodings, because calamine
reads all of them as UTF-8.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from cchc_xl.core.cells import RawCell
from cchc_xl.core.grid import Place
from cchc_xl.core.marked_text import Marked
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.xlsx_empty_rows import stretches
from cchc_xl.gateways.xlsx_parts import (
    Part,
    RelationshipsPart,
    SheetPart,
    WorkbookPart,
    broken,
    too_large,
)
from cchc_xl.gateways.xlsx_rich_text import RichText
from cchc_xl.gateways.xlsx_shared_parts import StringsPart, StylesPart

# A commune's workbook unpacks to some 200 KB. Beyond these sizes a file is no report.
_LARGEST_PART = 64 * 1024 * 1024
_LARGEST_PACKAGE = 256 * 1024 * 1024
_LARGEST_FILE = 128 * 1024 * 1024
_LARGEST_DIRECTORY = 4 * 1024 * 1024
_MOST_ENTRIES = 20_000
_MOST_SHEETS = 1_000
# A cell holds 32,767 characters; each takes some ten bytes where all of them are escaped.
_LONGEST_TOKEN = 512 * 1024
_CHUNK = 1 << 16
_END_RECORD, _END_LOCATOR = b"PK\x05\x06", b"PK\x06\x07"

# Where calamine looks, whatever the relationships say.
_TYPES, _ROOT, _WORKBOOK = "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"
_PLACES = {"styles": "xl/styles.xml", "sharedStrings": "xl/sharedStrings.xml"}
_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet of the package: its name, whether people see it, and its part."""

    name: str
    visible: bool
    part: str


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The cells whose content does not tell the truth, the old fonts, what is merged and marked."""

    special: dict[Place, RawCell]
    legacy_fonts: dict[Place, str]
    merged: list[tuple[Place, Place]]
    marked: dict[Place, Marked]


class XlsxPackage:
    """The facts of an .xlsx or .xlsm; UnreadableFile where it is none, or harmful.

    `has_macros` and `has_external_links` say what else the file carries: macros are never run,
    other workbooks and programs never asked; what the cells showed last is read.
    """

    def __init__(self, path: Path) -> None:
        with plain_errors():
            package = self._package = open_package(path)
            workbook = _workbook_part(package)
            relationships = _relationships(package, workbook)
            _refuse_other_places(package, workbook, relationships)
            book = WorkbookPart()
            parse_part(package, workbook, book)
            self.names = book.names
            self.has_macros = any(kind == "vbaProject" for kind, _ in relationships.values())
            self.has_external_links = any(
                kind == "externalLink" for kind, _ in relationships.values()
            )
            self._parts = dict(relationships.values())
            self._calculates_on_load = book.calculates_on_load
            self._styles: StylesPart | None = None
            self._rich: dict[int, RichText] = {}
            if len(book.sheets) > _MOST_SHEETS:
                raise too_large()
            if any(relationship not in relationships for _, _, relationship in book.sheets):
                # A sheet that is not in the file at all, or on the network.
                raise broken()
            self.sheets = tuple(
                SheetEntry(name, state == "visible", relationships[relationship][1])
                for name, state, relationship in book.sheets
                if relationships[relationship][0] == "worksheet"
            )

    def facts_of(self, sheet: SheetEntry) -> SheetFacts:
        """Return what calamine would not tell of `sheet`.

        Before it returns, every part that calamine reads for this sheet was found harmless.
        """
        package = self._package
        with plain_errors():
            if self._styles is None:
                self._styles = StylesPart()
                if "styles" in self._parts:
                    parse_part(package, self._parts["styles"], self._styles)
                if "sharedStrings" in self._parts:
                    strings = StringsPart(keeps_all=bool(self._styles.marked_styles()))
                    parse_part(package, self._parts["sharedStrings"], strings)
                    self._rich = strings.rich
            part = SheetPart(
                self._styles.percent_styles(),
                self._styles.legacy_styles(),
                placeholders=self._calculates_on_load,
                marked_styles=self._styles.marked_styles(),
                rich=self._rich,
            )
            parse_part(package, sheet.part, part)
            return SheetFacts(part.special, part.legacy_fonts, part.merged, part.marked)

    def with_known_errors(self, sheet: SheetEntry, unknown: set[str]) -> BytesIO:
        """Return what calamine needs for `sheet`, with the errors nobody knows turned to #N/A."""
        needed = {_TYPES, _ROOT, _WORKBOOK, _listing(_WORKBOOK), sheet.part, *_PLACES.values()}
        made = BytesIO()
        with plain_errors(), zipfile.ZipFile(made, "w") as target:
            for info in self._package.infolist():
                if info.filename not in needed:
                    continue
                content = self._package.read(info)
                if info.filename == sheet.part:
                    for error in unknown:
                        content = content.replace(f">{error}<".encode(), b">#N/A<")
                target.writestr(info.filename, content)
        made.seek(0)
        return made


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say in one sentence what zipfile and the XML parser raise of a damaged or locked package."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError) as error:
        raise broken() from error
    except (expat.ExpatError, ValueError, OSError) as error:
        # OSError: a directory that points before the beginning of the file.
        raise broken() from error
    except RuntimeError as error:
        # zipfile says so of an entry with a password.
        raise UnreadableFile(
            "Tệp có mật khẩu nên không đọc được.", "Đề nghị bỏ mật khẩu của tệp rồi gửi lại."
        ) from error


def open_package(path: Path) -> zipfile.ZipFile:
    """Open a package whose directory says nothing that cannot be true of a report.

    It is read from memory: for each of many sheets the directory would be read again. Raises
    UnreadableFile, and what zipfile raises of a broken file.
    """
    if not path.is_file():
        raise broken()
    if path.stat().st_size > _LARGEST_FILE:
        raise too_large()
    content = path.read_bytes()
    if _directory_size(content) > _LARGEST_DIRECTORY:
        raise too_large()
    package = zipfile.ZipFile(BytesIO(content))
    _check_entries(package.infolist())
    return package


def _directory_size(content: bytes) -> int:
    """Return how large the directory says it is; zipfile would keep all of it in memory."""
    place = content.rfind(_END_RECORD)
    if place < 0:
        raise broken()
    if content[place - 20 : place - 16] == _END_LOCATOR:
        return int.from_bytes(content[place - 36 : place - 28], "little")
    return int.from_bytes(content[place + 12 : place + 16], "little")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MOST_ENTRIES:
        raise too_large()
    names = {info.filename.lower().replace("\\", "/") for info in entries}
    if len(names) < len(entries):
        # Programs differ in which of two parts of one name they take.
        raise broken()
    sizes = [info.file_size for info in entries]
    if sum(sizes) > _LARGEST_PACKAGE or max(sizes, default=0) > _LARGEST_PART:
        raise too_large()
    in_order = sorted(entries, key=lambda info: info.header_offset)
    for before, after in pairwise(in_order):
        if before.header_offset + 30 + before.compress_size > after.header_offset:
            # One stretch of the file that is two parts: a bomb, or two truths.
            raise broken()


def parse_part(package: zipfile.ZipFile, name: str, part: Part) -> None:
    """Walk the XML of one part, as far as it is harmless; UnreadableFile where it is not."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = _CHUNK
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.XmlDeclHandler = _refuse_encoding
    read = tags = 0
    with package.open(name) as stream:
        chunks = iter(partial(stream.read, _CHUNK), b"")
        for piece, is_empty in stretches(chunks) if isinstance(part, SheetPart) else _all(chunks):
            parser.StartElementHandler = None if is_empty else part.start
            parser.EndElementHandler = None if is_empty else part.end
            parser.CharacterDataHandler = None if is_empty else part.text
            read += len(piece)
            tags += 0 if is_empty else piece.count(b"<")
            if read > _LARGEST_PART or tags > part.most_tags:
                # The directory of the zip may lie about sizes.
                raise too_large()
            if b"\0" in piece:  # UTF-16, said or not
                raise broken()
            parser.Parse(piece, False)
            # expat goes through a token from its beginning with every piece (CVE-2023-52425).
            if read - parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise too_large()
    parser.Parse(b"", True)


def _all(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    return ((chunk, False) for chunk in chunks)


def _refuse_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise broken()


def _refuse_document_type(*_: object) -> None:
    # Workbooks have no document type; entities are only there to harm.
    raise UnreadableFile(
        "Bên trong tệp có phần khai báo lạ nên không được mở.",
        "Đề nghị mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi gửi lại.",
    )


def _listing(part: str) -> str:
    """Return the part that lists what `part` names."""
    path = PurePosixPath(part)
    return str(path.parent / "_rels" / f"{path.name}.rels")


def _relationships(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return the parts that `part` names, by relationship id, as kind and full name."""
    folder = PurePosixPath(part).parent
    found = RelationshipsPart()
    parse_part(package, _listing(part), found)
    return {
        key: (kind, target.lstrip("/") if target.startswith("/") else _joined(folder, target))
        for key, (kind, target) in found.targets.items()
    }


def _refuse_other_places(
    package: zipfile.ZipFile, workbook: str, relationships: dict[str, tuple[str, str]]
) -> None:
    """Refuse a package of which calamine would read other parts than those walked here."""
    if workbook != _WORKBOOK:
        raise broken()
    named = dict(relationships.values())
    there = {info.filename.lower() for info in package.infolist()}
    for kind, place in _PLACES.items():
        if (kind in named or place.lower() in there) and named.get(kind) != place:
            raise broken()


def _joined(folder: PurePosixPath, target: str) -> str:
    parts: list[str] = list(folder.parts)
    for step in PurePosixPath(target).parts:
        if step == "..":
            parts = parts[:-1]
        elif step != ".":
            parts.append(step)
    return "/".join(parts)


def _workbook_part(package: zipfile.ZipFile) -> str:
    found = RelationshipsPart()
    parse_part(package, _ROOT, found)
    for kind, target in found.targets.values():
        if kind == "officeDocument":
            return target.lstrip("/")
    raise broken()
