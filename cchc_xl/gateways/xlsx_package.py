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
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from cchc_xl.core.cells import RawCell
from cchc_xl.core.grid import Place
from cchc_xl.errors import UnreadableFile

# A commune's workbook unpacks to some 200 KB. Beyond these sizes a file is no report.
_LARGEST_PART = 64 * 1024 * 1024
_LARGEST_PACKAGE = 256 * 1024 * 1024
_MOST_CELLS = 4_000_000
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384  # Excel's own limits
_CHUNK = 1 << 16

_BUILT_IN_PERCENT = frozenset({9, 10})
_NOT_A_SIGN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")

Attributes = dict[str, str]


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
            book = _Workbook()
            _parse(package, workbook, book)
            self._path = path
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
            part = _Sheet(self._percent_styles, placeholders=self._calculates_on_load)
            _parse(package, sheet.part, part)
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
        raise _broken() from error
    except (expat.ExpatError, ValueError, OSError) as error:
        # OSError: a directory that points before the beginning of the file.
        raise _broken() from error
    except RuntimeError as error:
        # zipfile says so of an entry with a password.
        raise UnreadableFile(
            "Tệp có mật khẩu nên không đọc được.", "Đề nghị bỏ mật khẩu của tệp rồi gửi lại."
        ) from error


def _broken() -> UnreadableFile:
    return UnreadableFile(
        "Tệp bị hỏng hoặc không phải tệp Excel (.xlsx).",
        "Đề nghị mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi gửi lại.",
    )


def _too_large() -> UnreadableFile:
    return UnreadableFile(
        "Tệp lớn bất thường so với một báo cáo nên không được mở.",
        "Đề nghị xóa các trang, dòng, cột và định dạng thừa, hoặc chép bảng sang tệp mới.",
    )


def _check_sizes(package: zipfile.ZipFile) -> None:
    names = [info.filename.lower() for info in package.infolist()]
    if len(set(names)) < len(names):
        # Programs differ in which of two parts of one name they take.
        raise _broken()
    sizes = [info.file_size for info in package.infolist()]
    if sum(sizes) > _LARGEST_PACKAGE or max(sizes, default=0) > _LARGEST_PART:
        raise _too_large()


class _Part:
    """What the parser calls; names come as they are written, with a prefix if there is one."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text inside an element."""


def _parse(package: zipfile.ZipFile, name: str, part: _Part) -> None:
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
                raise _too_large()
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _local(name: str) -> str:
    """Return a name without its namespace prefix; few programs write one."""
    return name.rpartition(":")[2]


def _refuse_document_type(*_: object) -> None:
    # Workbooks have no document type; entities are only there to harm.
    raise UnreadableFile(
        "Bên trong tệp có phần khai báo lạ nên không được mở.",
        "Đề nghị mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi gửi lại.",
    )


class _Relationships(_Part):
    def __init__(self) -> None:
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if _local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes["Type"].rpartition("/")[2]
            self.targets[attributes["Id"]] = (kind, attributes["Target"])


def _relationships(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return the parts that `part` names, by relationship id, as kind and full name."""
    folder = PurePosixPath(part).parent
    listing = str(folder / "_rels" / f"{PurePosixPath(part).name}.rels")
    found = _Relationships()
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
    found = _Relationships()
    _parse(package, "_rels/.rels", found)
    for kind, target in found.targets.values():
        if kind == "officeDocument":
            return target.lstrip("/")
    raise _broken()


class _Workbook(_Part):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.names: dict[str, str] = {}
        self.calculates_on_load = False
        self._name: str | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if _local(name) == "sheet":
            relationship = next((v for k, v in attributes.items() if _local(k) == "id"), "")
            state = attributes.get("state", "visible")
            self.sheets.append((attributes["name"], state, relationship))
        elif _local(name) == "calcPr":
            self.calculates_on_load = attributes.get("fullCalcOnLoad") in ("1", "true")
        elif _local(name) == "definedName":
            self._name = attributes["name"]
            self.names[self._name] = ""

    def text(self, text: str) -> None:
        if self._name is not None:
            self.names[self._name] += text

    def end(self, name: str) -> None:
        if _local(name) == "definedName":
            self._name = None


class _Styles(_Part):
    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.formats: list[int] = []
        self._in_cell_formats = False

    def start(self, name: str, attributes: Attributes) -> None:
        match _local(name):
            case "numFmt":
                self.codes[int(attributes["numFmtId"])] = attributes["formatCode"]
            case "cellXfs":
                self._in_cell_formats = True
            case "xf" if self._in_cell_formats:
                self.formats.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if _local(name) == "cellXfs":
            self._in_cell_formats = False


def _percent_styles(
    package: zipfile.ZipFile, relationships: dict[str, tuple[str, str]]
) -> frozenset[str]:
    """Return the style numbers that show a cell as a percent."""
    part = next((target for kind, target in relationships.values() if kind == "styles"), None)
    if part is None:
        return frozenset()
    styles = _Styles()
    _parse(package, part, styles)
    percent = _BUILT_IN_PERCENT | {
        key for key, code in styles.codes.items() if "%" in _NOT_A_SIGN.sub("", code)
    }
    return frozenset(str(place) for place, key in enumerate(styles.formats) if key in percent)


class _Sheet(_Part):
    """Walks the cells of a sheet; `special` collects those that calamine would misreport.

    This runs for every element of every file, so names are compared before they are cut.
    `placeholders` says that the program that wrote the file left the calculating to Excel and put
    a 0 beside every formula (XlsxWriter does): such a 0 is no result.
    """

    def __init__(self, percent_styles: frozenset[str], *, placeholders: bool) -> None:
        self.special: dict[Place, RawCell] = {}
        self._placeholders = placeholders
        self._percent_styles = percent_styles
        self._row = self._column = -1
        self._last_row = self._last_column = 0
        self._type = "n"
        self._style = "0"
        self._has_formula = self._has_value = self._in_value = False
        self._value = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if ":" in name:
            name = _local(name)
        if name == "c":
            self._open_cell(attributes)
        elif name == "v":
            self._in_value = self._has_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1

    def text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def end(self, name: str) -> None:
        if ":" in name:
            name = _local(name)
        if name == "v":
            self._in_value = False
        elif name == "c":
            self._close_cell()

    def _open_cell(self, attributes: Attributes) -> None:
        self._column += 1
        if "r" in attributes:
            place = _PLACE.fullmatch(attributes["r"])
            if place is None:
                raise _broken()
            self._row = int(place[2]) - 1
            self._column = column_number(place[1])
            if not (0 <= self._row < _MOST_ROWS and self._column < _MOST_COLUMNS):
                raise _broken()
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._has_formula = self._has_value = False
        self._value = ""
        if self._row > self._last_row or self._column > self._last_column:
            self._last_row = max(self._last_row, self._row)
            self._last_column = max(self._last_column, self._column)
            # calamine reserves the whole rectangle from A1 to the last cell.
            if (self._last_row + 1) * (self._last_column + 1) > _MOST_CELLS:
                raise _too_large()

    def _lacks_result(self) -> bool:
        if self._type == "str":  # an empty text is a result
            return not self._has_value
        return not self._value or (self._placeholders and self._value == "0")

    def _close_cell(self) -> None:
        if self._type == "e":
            self.special[self._row, self._column] = RawCell(error=self._value or "#N/A")
        elif self._has_formula and self._lacks_result():
            self.special[self._row, self._column] = RawCell(no_cached_value=True)
        elif self._style in self._percent_styles and self._type == "n" and self._value:
            number = float(self._value)
            self.special[self._row, self._column] = RawCell(number, percent_format=True)


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return the place of a column by its letters, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
