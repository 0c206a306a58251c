"""One pass over the XML of a workbook for what calamine does not tell, before calamine opens it.

calamine turns error cells into empty strings (dimastbk/python-calamine#105), drops formulas that
were never calculated, knows no number formats, and aborts the process on a sheet whose cells lie
far apart. So this pass comes first, and limits what may be opened.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from cchc_xl.core.cells import RawCell
from cchc_xl.core.grid import Place
from cchc_xl.core.legacy_text import is_legacy_font
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.xlsx_parts import (
    Attributes,
    Part,
    RelationshipsPart,
    SheetPart,
    StylesPart,
    WorkbookPart,
    broken,
    too_large,
)

# A commune's workbook unpacks to some 200 KB. Beyond these sizes a file is no report.
_LARGEST_PART = 64 * 1024 * 1024
_LARGEST_PACKAGE = 256 * 1024 * 1024
_CHUNK = 1 << 16
# A whole report has some ten thousand elements, nested a dozen deep (in Word some thirty).
_MOST_ELEMENTS, _DEEPEST = 3_000_000, 200

_BUILT_IN_PERCENT = frozenset({9, 10})
_NOT_A_SIGN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet of the package: its name, whether people see it, and its part."""

    name: str
    visible: bool
    part: str


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The cells whose content alone would not tell the truth, and the fonts of before Unicode."""

    special: dict[Place, RawCell]
    legacy_fonts: dict[Place, str]


class XlsxPackage:
    """The facts of an .xlsx or .xlsm; UnreadableFile where it is none, or harmful."""

    def __init__(self, path: Path) -> None:
        with plain_errors(), zipfile.ZipFile(path) as package:
            refuse_large_package(package)
            workbook = _workbook_part(package)
            relationships = _relationships(package, workbook)
            book = WorkbookPart()
            parse_part(package, workbook, book)
            self._path = path
            styles = _styles(package, relationships)
            self._percent_styles = _percent_styles(styles)
            self._legacy_styles = {
                str(place): font
                for place, font in enumerate(styles.cell_fonts())
                if is_legacy_font(font)
            }
            self.names = book.names
            self._calculates_on_load = book.calculates_on_load
            self.sheets = tuple(
                SheetEntry(name, state == "visible", relationships[relationship][1])
                for name, state, relationship in book.sheets
                if relationships.get(relationship, ("", ""))[0] == "worksheet"
            )

    def facts_of(self, sheet: SheetEntry) -> SheetFacts:
        """Return what calamine would not tell of `sheet`."""
        with plain_errors(), zipfile.ZipFile(self._path) as package:
            part = SheetPart(
                self._percent_styles, self._legacy_styles, placeholders=self._calculates_on_load
            )
            parse_part(package, sheet.part, part)
            return SheetFacts(part.special, part.legacy_fonts)

    def with_known_errors(self, sheet: SheetEntry, unknown: set[str]) -> BytesIO:
        """Return the package with the errors of `sheet` that nobody knows turned into #N/A."""
        made = BytesIO()
        with (
            plain_errors(),
            zipfile.ZipFile(self._path) as source,
            zipfile.ZipFile(made, "w") as target,
        ):
            for info in source.infolist():
                content = source.read(info)
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


def refuse_large_package(package: zipfile.ZipFile) -> None:
    """Raise UnreadableFile where a package unpacks to more than any report."""
    names = [info.filename.lower() for info in package.infolist()]
    if len(set(names)) < len(names):
        # Programs differ in which of two parts of one name they take.
        raise broken()
    sizes = [info.file_size for info in package.infolist()]
    if sum(sizes) > _LARGEST_PACKAGE or max(sizes, default=0) > _LARGEST_PART:
        raise too_large()


def parse_part(
    package: zipfile.ZipFile, name: str, part: Part, *, most_elements: int = _MOST_ELEMENTS
) -> None:
    """Walk the XML of one part, as far as it is harmless; UnreadableFile where it is not."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    depth = elements = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > _DEEPEST or elements > most_elements:
            raise too_large()
        part.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        part.end(name)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = part.text
    read = 0
    with package.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            read += len(chunk)
            if read > _LARGEST_PART:  # the directory of the zip may lie about sizes
                raise too_large()
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_document_type(*_: object) -> None:
    # Workbooks have no document type; entities are only there to harm.
    raise UnreadableFile(
        "Bên trong tệp có phần khai báo lạ nên không được mở.",
        "Đề nghị mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi gửi lại.",
    )


def _relationships(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return the parts that `part` names, by relationship id, as kind and full name."""
    folder = PurePosixPath(part).parent
    listing = str(folder / "_rels" / f"{PurePosixPath(part).name}.rels")
    found = RelationshipsPart()
    parse_part(package, listing, found)
    return {
        key: (kind, target.lstrip("/") if target.startswith("/") else _joined(folder, target))
        for key, (kind, target) in found.targets.items()
    }


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
    parse_part(package, "_rels/.rels", found)
    for kind, target in found.targets.values():
        if kind == "officeDocument":
            return target.lstrip("/")
    raise broken()


def _styles(package: zipfile.ZipFile, relationships: dict[str, tuple[str, str]]) -> StylesPart:
    styles = StylesPart()
    part = next((target for kind, target in relationships.values() if kind == "styles"), None)
    if part is not None:
        parse_part(package, part, styles)
    return styles


def _percent_styles(styles: StylesPart) -> frozenset[str]:
    """Return the style numbers that show a cell as a percent."""
    percent = _BUILT_IN_PERCENT | {
        key for key, code in styles.codes.items() if "%" in _NOT_A_SIGN.sub("", code)
    }
    return frozenset(str(place) for place, key in enumerate(styles.formats) if key in percent)
