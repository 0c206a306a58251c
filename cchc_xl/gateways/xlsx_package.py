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
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.xlsx_parts import (
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

_BUILT_IN_PERCENT = frozenset({9, 10})
_NOT_A_SIGN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet of the package: its name, whether people see it, and its part."""

    name: str
    visible: bool
    part: str


class XlsxPackage:
    """The facts of an .xlsx or .xlsm; UnreadableFile where it is none, or harmful."""

    def __init__(self, path: Path) -> None:
        with _plain_errors(), zipfile.ZipFile(path) as package:
            _check_sizes(package)
            workbook = _workbook_part(package)
            relationships = _relationships(package, workbook)
            book = WorkbookPart()
            _parse(package, workbook, book)
            self._path = path
            self.merged: dict[str, list[tuple[Place, Place]]] = {}
            self._percent_styles = _percent_styles(package, relationships)
            self.names = book.names
            self._calculates_on_load = book.calculates_on_load
            self.sheets = tuple(
                SheetEntry(name, state == "visible", relationships[relationship][1])
                for name, state, relationship in book.sheets
                if relationships.get(relationship, ("", ""))[0] == "worksheet"
            )

    def special_cells(self, sheet: SheetEntry) -> dict[Place, RawCell]:
        """Return the cells of `sheet` whose content alone would not tell the truth."""
        with _plain_errors(), zipfile.ZipFile(self._path) as package:
            part = SheetPart(self._percent_styles, placeholders=self._calculates_on_load)
            _parse(package, sheet.part, part)
            self.merged[sheet.name] = part.merged
            return part.special

    def with_known_errors(self, sheet: SheetEntry, unknown: set[str]) -> BytesIO:
        """Return the package with the errors of `sheet` that nobody knows turned into #N/A."""
        made = BytesIO()
        with (
            _plain_errors(),
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
def _plain_errors() -> Iterator[None]:
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


def _check_sizes(package: zipfile.ZipFile) -> None:
    names = [info.filename.lower() for info in package.infolist()]
    if len(set(names)) < len(names):
        # Programs differ in which of two parts of one name they take.
        raise broken()
    sizes = [info.file_size for info in package.infolist()]
    if sum(sizes) > _LARGEST_PACKAGE or max(sizes, default=0) > _LARGEST_PART:
        raise too_large()


def _parse(package: zipfile.ZipFile, name: str, part: Part) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = part.start
    parser.EndElementHandler = part.end
    parser.CharacterDataHandler = part.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
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
    _parse(package, listing, found)
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
    _parse(package, "_rels/.rels", found)
    for kind, target in found.targets.values():
        if kind == "officeDocument":
            return target.lstrip("/")
    raise broken()


def _percent_styles(
    package: zipfile.ZipFile, relationships: dict[str, tuple[str, str]]
) -> frozenset[str]:
    """Return the style numbers that show a cell as a percent."""
    part = next((target for kind, target in relationships.values() if kind == "styles"), None)
    if part is None:
        return frozenset()
    styles = StylesPart()
    _parse(package, part, styles)
    percent = _BUILT_IN_PERCENT | {
        key for key, code in styles.codes.items() if "%" in _NOT_A_SIGN.sub("", code)
    }
    return frozenset(str(place) for place, key in enumerate(styles.formats) if key in percent)
