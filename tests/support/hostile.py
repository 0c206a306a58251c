"""Files made to harm a reader: packages that unpack beyond all measure, floods, lies, traps.

Each maker writes one file around Bút Sơn's report and returns its path. `REFUSED` names those that
no program should open; `READ` those that carry a whole report and must give all its figures.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from xlsxwriter.workbook import Workbook

from tests.support.handmade import Rows, report, rewrite_part, write_parts

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, RELATIONS, ROOT = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"
TYPES = "[Content_Types].xml"
XML_PARTS = (SHEET, STRINGS, STYLES, BOOK, RELATIONS, ROOT)

MILLION = 1_000_000
Maker: TypeAlias = Callable[[Path], Path]
Parts: TypeAlias = dict[str, bytes]


def with_strings(path: Path) -> Path:
    """Bút Sơn's report as Excel keeps it: its texts in a part of their own."""
    book = Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    for row, cells in enumerate(report()):
        for column, content in enumerate(cells):
            if content is not None:
                sheet.write(row, column, content)
    book.close()
    return path


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def changed(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The report with one part changed."""
    return rewrite_part(with_strings(path), part, change)


def with_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    """The report with parts more, or other ones."""
    return write_parts(path, {**parts_of(with_strings(path)), **parts})


def appended(path: Path, part: str, before: str, xml: str) -> Path:
    """The report with `xml` put in front of a closing tag of one part."""
    return changed(path, part, lambda old: old.replace(before, xml + before, 1))


# -- packages ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """An entry of a zip as its bytes say; sizes and names may lie."""

    name: str
    data: bytes
    size: int
    method: int = 8
    offset: int | None = None  # of a local header that is already there
    flags: int = 0


def raw_zip(path: Path, members: Iterable[Member], *, comment: bytes = b"") -> Path:
    """Write a zip entry by entry, true or not; no check value is right."""
    body, directory, count = bytearray(), bytearray(), 0
    for member in members:
        name = member.name.encode()
        offset = len(body) if member.offset is None else member.offset
        big = member.size > 0xFFFFFFFE
        extra = struct.pack("<HHQQ", 1, 16, member.size, len(member.data)) if big else b""
        sizes = (0xFFFFFFFF,) * 2 if big else (len(member.data), member.size)
        crc = zlib.crc32(member.data) if member.method == 0 else 0
        common = struct.pack("<HHHHI", member.flags, member.method, 0, 33, crc)
        lengths = struct.pack("<IIHH", *sizes, len(name), len(extra))
        if member.offset is None:
            local = struct.pack("<4sH", b"PK\x03\x04", 45) + common + lengths
            body += local + name + extra + member.data
        directory += struct.pack("<4sHH", b"PK\x01\x02", 45, 45) + common + lengths
        directory += struct.pack("<HHHII", 0, 0, 0, 0, offset) + name + extra
        count += 1
    start = len(body)
    if count > 0xFFFE:
        body_end = start + len(directory)
        zip64 = struct.pack(
            "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), start
        )
        directory += zip64 + struct.pack("<4sIQI", b"PK\x06\x07", 0, body_end, 1)
        ending = struct.pack("<HHHHIIH", 0, 0, *(0xFFFF,) * 2, *(0xFFFFFFFF,) * 2, len(comment))
    else:
        ending = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start, len(comment))
    path.write_bytes(bytes(body + directory) + b"PK\x05\x06" + ending + comment)
    return path


def deflated(content: bytes) -> bytes:
    maker = zlib.compressobj(1, zlib.DEFLATED, -15)
    return maker.compress(content) + maker.flush()


def deflated_zeros(megabytes: int, start: bytes = b"", fill: bytes = b" ") -> bytes:
    """Compress `start` and then megabytes of one byte, without ever holding them."""
    maker = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = maker.compress(start) + maker.flush(zlib.Z_FULL_FLUSH)
    block = maker.compress(fill * (1 << 20)) + maker.flush(zlib.Z_FULL_FLUSH)
    return head + block * megabytes + maker.flush()


def _members(path: Path) -> list[Member]:
    parts = parts_of(with_strings(path))
    return [Member(name, deflated(content), len(content)) for name, content in parts.items()]


def bomb(part: str, megabytes: int, said: int) -> Maker:
    """One part that unpacks to `megabytes`; the directory says `said` bytes."""

    def make(path: Path) -> Path:
        start = parts_of(with_strings(path))[part]
        members = [m for m in _members(path) if m.name != part]
        return raw_zip(path, [*members, Member(part, deflated_zeros(megabytes, start), said)])

    return make


def many_entries(path: Path) -> Path:
    others = (Member(f"xl/media/{number}.png", b"", 0, 0) for number in range(100_000))
    return raw_zip(path, [*_members(path), *others])


def one_entry_under_many_names(path: Path) -> Path:
    """Thirty thousand entries that all are the same 60 MB: a small file that unpacks to 2 TB."""
    zeros = Member("xl/media/0.bin", deflated_zeros(60), 60 << 20)
    more = (Member(f"xl/media/{n}.bin", zeros.data, 1000, offset=0) for n in range(1, 30_000))
    return raw_zip(path, [zeros, *_members(path), *more])


def entry_inside_another(path: Path) -> Path:
    """A sheet whose entry lies inside a picture's: two readers, two truths."""
    parts = parts_of(with_strings(path))
    inner = raw_zip(path, [Member(SHEET, parts[SHEET], len(parts[SHEET]), 0)]).read_bytes()
    inner = inner[: inner.index(b"PK\x01\x02")]
    head = Member("xl/media/picture.bin", inner, len(inner), 0)
    at = 30 + len(head.name)
    sheet = Member(SHEET, parts.pop(SHEET), len(inner) - 30 - len(SHEET), 0, offset=at)
    others = (Member(name, content, len(content), 0) for name, content in parts.items())
    return raw_zip(path, [head, sheet, *others])


def archive_in_an_archive(path: Path) -> Path:
    zeros = path.with_name("inner.zip")
    for _ in range(3):
        content = zeros.read_bytes() if zeros.exists() else bytes(1 << 20)
        write_parts(zeros, {f"{n}.zip": content for n in range(8)})
    inner = zeros.read_bytes()
    zeros.unlink()
    return with_parts(path, {"xl/embeddings/inner.zip": inner})


def unknown_compression(path: Path) -> Path:
    return raw_zip(path, [Member(m.name, m.data, m.size, 99) for m in _members(path)])


def locked_entries(path: Path) -> Path:
    return raw_zip(path, [Member(m.name, m.data, m.size, flags=1) for m in _members(path)])


def something_in_front(path: Path) -> Path:
    content = with_strings(path).read_bytes()
    path.write_bytes(b"PK\x03\x04" + bytes(5000) + content)
    return path


def something_behind(path: Path) -> Path:
    path.write_bytes(with_strings(path).read_bytes() + bytes(5000))
    return path


def long_comment(path: Path) -> Path:
    with_strings(path)
    with zipfile.ZipFile(path, "a") as package:
        package.comment = b"bao cao " * 8_000
    return path


def ending_in_a_comment(path: Path) -> Path:
    """A package whose comment looks like the end of another one."""
    with_strings(path)
    with zipfile.ZipFile(path, "a") as package:
        package.comment = b"PK\x05\x06" * 16_000
    return path


def names_that_lead_out(path: Path) -> Path:
    traps = ("../../x.xml", "/etc/x.xml", "C:\\x.xml", "xl\\..\\..\\x.xml", "CON", "xl/../../y.xml")
    return with_parts(path, dict.fromkeys(traps, b"<x/>"))


def lying_count_of_entries(path: Path) -> Path:
    content = bytearray(with_strings(path).read_bytes())
    place = content.rindex(b"PK\x05\x06")
    content[place + 8 : place + 12] = b"\xfe\xff\xfe\xff"
    path.write_bytes(content)
    return path


def lying_large_directory(path: Path) -> Path:
    """An ending for large files that says of a directory of 2^60 bytes."""
    content = with_strings(path).read_bytes()
    place = content.rindex(b"PK\x05\x06")
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, 1 << 60, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, place, 1)
    ending = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, *(0xFFFF,) * 2, *(0xFFFFFFFF,) * 2, 0)
    path.write_bytes(content[:place] + record + locator + ending)
    return path


# -- XML --------------------------------------------------------------------------------------

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b "cccccccccc">'
    + "".join(f'<!ENTITY b{n} "{(f"&b{n - 1};" if n else "&b;") * 10}">' for n in range(9))
    + "]>"
)


def _behind_declaration(xml: str, what: str) -> str:
    start, mark, rest = xml.rpartition("?>")
    return f"{start}{mark}{what}{rest}"


def declared(part: str, document_type: str = LAUGHS) -> Maker:
    """One part with a document type."""
    return lambda path: changed(path, part, lambda xml: _behind_declaration(xml, document_type))


def deep(part: str, levels: int = MILLION) -> Maker:
    """One part with elements inside each other, all closed again."""

    def nest(xml: str) -> str:
        place = xml.rindex("</")
        return f"{xml[:place]}{'<a>' * levels}{'</a>' * levels}{xml[place:]}"

    return lambda path: changed(path, part, nest)


def deep_and_open(part: str) -> Maker:
    """One part that is nothing but beginnings of elements."""
    return lambda path: changed(path, part, lambda xml: xml + "<a>" * (5 * MILLION))


def long_attribute(part: str) -> Maker:
    def stretch(xml: str) -> str:
        place = xml.rindex("</")
        return f'{xml[:place]}<a b="{"x" * (60 * MILLION)}"/>{xml[place:]}'

    return lambda path: changed(path, part, stretch)


def many_attributes(part: str) -> Maker:
    def stretch(xml: str) -> str:
        place = xml.rindex("</")
        names = " ".join(f'a{n}=""' for n in range(300_000))
        return f"{xml[:place]}<a {names}/>{xml[place:]}"

    return lambda path: changed(path, part, stretch)


def long_text(part: str) -> Maker:
    def stretch(xml: str) -> str:
        place = xml.rindex("</")
        return f"{xml[:place]}{'Hà Nội ' * (6 * MILLION)}{xml[place:]}"

    return lambda path: changed(path, part, stretch)


def long_comment_in(part: str) -> Maker:
    return lambda path: changed(
        path, part, lambda xml: _behind_declaration(xml, f"<!--{'x' * (60 * MILLION)}-->")
    )


def encoded(part: str, encoding: str) -> Maker:
    """One part in another encoding, and it says so."""

    def make(path: Path) -> Path:
        xml = parts_of(with_strings(path))[part].decode()
        said = re.sub(r"^<\?xml[^>]*\?>", f'<?xml version="1.0" encoding="{encoding}"?>', xml)
        return with_parts(path, {part: said.encode(encoding, "xmlcharrefreplace")})

    return make


def two_faces(path: Path) -> Path:
    """A sheet that is harmless in UTF-16, and in UTF-8 has a cell at the end of the sheet."""
    xml = parts_of(with_strings(path))[SHEET].decode()
    trap = b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    trap += b" " * (len(trap) % 2)
    body = re.sub(r"^<\?xml[^>]*\?>", "", xml)
    whole = b"\xff\xfe" + "<!--".encode("utf-16-le") + trap + f"-->{body}".encode("utf-16-le")
    return with_parts(path, {SHEET: whole})


# -- the workbook -----------------------------------------------------------------------------


def row(xml: str) -> Maker:
    """The report with the XML of rows below."""
    return lambda path: appended(path, SHEET, "</sheetData>", xml)


def behind_rows(xml: str) -> Maker:
    return lambda path: changed(
        path, SHEET, lambda old: old.replace("</sheetData>", f"</sheetData>{xml}", 1)
    )


def formatted_rows(path: Path) -> Path:
    """A million rows below that have a height and a format, and no cell."""
    made = "".join(f'<row r="{n}" s="0" ht="15.75" customHeight="1"/>' for n in range(101, MILLION))
    return row(made)(path)


def formatted_cells(path: Path) -> Path:
    """Two hundred thousand rows of five formatted cells without content."""
    return row(
        "".join(
            f'<row r="{n}">{"".join(f"""<c r="{c}{n}" s="0"/>""" for c in "ABCDE")}</row>'
            for n in range(101, 200_000)
        )
    )(path)


def formatted_right(path: Path) -> Path:
    """Every cell of ten rows formatted to the last column."""
    columns = [_letters(number) for number in range(16_384)]
    return row(
        "".join(
            f'<row r="{n}">{"".join(f"""<c r="{c}{n}" s="0"/>""" for c in columns)}</row>'
            for n in range(101, 111)
        )
    )(path)


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def full_cells(path: Path) -> Path:
    """Three million cells with content."""
    return row(
        "".join(
            f'<row r="{n}">{"".join(f"<c><v>{c}</v></c>" for c in range(10))}</row>'
            for n in range(101, 300_000)
        )
    )(path)


def stray_cell(address: str) -> Maker:
    """The report with one more cell far below or far to the right."""
    number = re.sub(r"\D", "", address)
    return row(f'<row r="{number}"><c r="{address}"><v>1</v></c></row>')


def twice(address: str, first: str, second: str) -> Maker:
    """The report with one cell that stands there twice."""

    def double(xml: str) -> str:
        both = "".join(
            f'<c r="{address}"><v>{value}</v></c>' if value else f'<c r="{address}"/>'
            for value in (first, second)
        )
        done, times = re.subn(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', both, xml)
        assert times == 1
        return done

    return lambda path: changed(path, SHEET, double)


def row_twice(path: Path) -> Path:
    """The report with row 40 once more at the end, with other figures."""
    return row('<row r="40"><c r="D40"><v>999</v></c></row>')(path)


def rows_backwards(path: Path) -> Path:
    def turn(xml: str) -> str:
        rows = re.findall(r"<row .*?</row>|<row [^>]*/>", xml)
        start, _, rest = xml.partition("<sheetData>")
        return (
            f"{start}<sheetData>{''.join(reversed(rows))}</sheetData>"
            + rest.partition("</sheetData>")[2]
        )

    return changed(path, SHEET, turn)


def cells_backwards(path: Path) -> Path:
    def turn(xml: str) -> str:
        def turned(match: re.Match[str]) -> str:
            cells = re.findall(r"<c [^>]*/>|<c [^>]*>.*?</c>", match[2])
            return f"{match[1]}{''.join(reversed(cells))}</row>"

        return re.sub(r"(<row [^>]*[^/]>)(.*?)</row>", turned, xml)

    return changed(path, SHEET, turn)


def sheets(number: int, *, last: bool) -> Maker:
    """A workbook of `number` sheets; the report is on the last one, or on the first."""

    def make(path: Path) -> Path:
        names = [f"Trang {n}" for n in range(1, number + 1)]
        book = Workbook(str(path))
        place = number - 1 if last else 0
        for here, name in enumerate(names):
            sheet = book.add_worksheet(name)
            rows: Rows = report() if here == place else [["Tên", 1]]
            for at, cells in enumerate(rows):
                for column, content in enumerate(cells):
                    if content is not None:
                        sheet.write(at, column, content)
        book.close()
        return path

    return make


def strings(xml: str) -> Maker:
    """The report with more texts in its part of texts."""
    return lambda path: appended(path, STRINGS, "</sst>", xml)


def names_flood(number: int) -> Maker:
    """The report with broken hidden names, as old workbooks collect them by the thousand."""

    def make(path: Path) -> Path:
        made = "".join(
            f'<definedName name="n{n}" hidden="1">#REF!</definedName>' for n in range(number)
        )
        return changed(
            path, BOOK, lambda xml: xml.replace("</sheets>", f"</sheets><definedNames>{made}"
                                                "</definedNames>", 1)
        )  # fmt: skip

    return make


def styles_flood(number: int) -> Maker:
    return lambda path: appended(path, STYLES, "</cellXfs>", '<xf numFmtId="0"/>' * number)


def external_link(path: Path) -> Path:
    """A figure that comes from another workbook, as Excel keeps it: its last value beside it."""
    _with_relation(path, "externalLink", "externalLinks/externalLink1.xml")
    parts = parts_of(path)
    target = "file:///etc/passwd"
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'<Relationships><Relationship Id="rId1" Type="x/externalLinkPath" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    ).encode()
    parts[SHEET] = re.sub(rb"<v>770</v>", b"<f>[1]Sheet1!A1</f><v>770</v>", parts[SHEET], count=1)
    return write_parts(path, parts)


def dde_link(path: Path) -> Path:
    """A figure that asks another program for its value."""
    _with_relation(path, "externalLink", "externalLinks/externalLink1.xml")
    parts = parts_of(path)
    parts["xl/externalLinks/externalLink1.xml"] = (
        b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    )
    formula = b"<f>cmd|'/c calc'!A0</f><v>770</v>"
    parts[SHEET] = re.sub(rb"<v>770</v>", lambda _: formula, parts[SHEET], count=1)
    return write_parts(path, parts)


def macros(path: Path) -> Path:
    _with_relation(path, "vbaProject", "vbaProject.bin")
    return write_parts(path, {**parts_of(path), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 999})


def objects(path: Path) -> Path:
    return with_parts(
        path,
        {
            "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" * 999,
            "xl/activeX/activeX1.xml": b"<ocx/>",
            "xl/activeX/activeX1.bin": b"\x00" * 999,
        },
    )


def _with_relation(path: Path, kind: str, target: str, mode: str = "") -> Path:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    made = f'<Relationship Id="rId99" Type="{office}/{kind}" Target="{target}"{mode}/>'
    return appended(path, RELATIONS, "</Relationships>", made)


def relation_out(target: str, mode: str = "") -> Maker:
    """A workbook whose sheet is said to be somewhere else."""

    def lead_out(xml: str) -> str:
        return xml.replace('Target="worksheets/sheet1.xml"', f'Target="{target}"{mode}')

    return lambda path: changed(path, RELATIONS, lead_out)


def workbook_elsewhere(path: Path) -> Path:
    """Two workbooks in one file: the package names one, a careless reader takes the other."""
    parts = parts_of(with_strings(path))
    parts["xl/other.xml"] = parts[BOOK]
    parts["xl/_rels/other.xml.rels"] = parts[RELATIONS]
    parts["xl/worksheets/far.xml"] = parts[SHEET].replace(
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )
    parts[RELATIONS] = parts[RELATIONS].replace(b"sheet1.xml", b"far.xml")
    parts[ROOT] = parts[ROOT].replace(b"xl/workbook.xml", b"xl/other.xml")
    return write_parts(path, parts)


def texts_elsewhere(path: Path) -> Path:
    """Two parts of texts: the workbook names one, a careless reader takes the other."""
    parts = parts_of(with_strings(path))
    parts["xl/texts.xml"] = parts[STRINGS]
    parts[STRINGS] = parts[STRINGS].replace(b"</sst>", b"<si><t>x</t></si>" * 5_000_000 + b"</sst>")
    parts[RELATIONS] = parts[RELATIONS].replace(b"sharedStrings.xml", b"texts.xml")
    return write_parts(path, parts)


def wrong_types(path: Path) -> Path:
    """A workbook whose parts are all said to be pictures."""
    lie = 'ContentType="image/png"'
    return changed(path, TYPES, lambda xml: re.sub(r'ContentType="[^"]*"', lie, xml))


_FORMAT = (
    '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="1">'
    "<formula>1=1</formula></cfRule></conditionalFormatting>"
)
_VALIDATION = '<dataValidation type="whole" sqref="A1"><formula1>1</formula1></dataValidation>'


def _merged(where: str, times: int) -> str:
    merge = f'<mergeCell ref="{where}"/>'
    return f"<mergeCells>{merge * times}</mergeCells>"


REFUSED: Mapping[str, Maker] = {
    "10 GB in a sheet, and it says so": bomb(SHEET, 10_240, 10_240 << 20),
    "10 GB in a sheet, and it says 9999 bytes": bomb(SHEET, 10_240, 9_999),
    "10 GB in a sheet, and it says 60 MB": bomb(SHEET, 10_240, 60 << 20),
    "10 GB of texts, and it says 60 MB": bomb(STRINGS, 10_240, 60 << 20),
    "10 GB of styles, and it says 60 MB": bomb(STYLES, 10_240, 60 << 20),
    "100,000 entries": many_entries,
    "one entry under 30,000 names": one_entry_under_many_names,
    "an entry inside another": entry_inside_another,
    "unknown compression": unknown_compression,
    "locked entries": locked_entries,
    "a lying large directory": lying_large_directory,
    "a lying count of entries": lying_count_of_entries,
    "an ending in a comment": ending_in_a_comment,
    **{f"billion laughs in {part}": declared(part) for part in XML_PARTS},
    **{
        f"an outside entity in {part}": declared(
            part, '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
        )
        for part in XML_PARTS
    },
    **{f"a million levels in {part}": deep(part) for part in XML_PARTS},
    **{f"only beginnings in {part}": deep_and_open(part) for part in XML_PARTS},
    **{f"a long attribute in {part}": long_attribute(part) for part in XML_PARTS},
    **{f"a long text in {part}": long_text(part) for part in (SHEET, STRINGS)},
    **{f"a long comment in {part}": long_comment_in(part) for part in XML_PARTS},
    "UTF-7": encoded(SHEET, "utf-7"),
    "EBCDIC": encoded(STRINGS, "cp037"),
    "two faces": two_faces,
    "a cell at XFD1048576": stray_cell("XFD1048576"),
    "a cell at U1048576": stray_cell("U1048576"),
    "three million full cells": full_cells,
    "a cell twice": twice("D44", "770", "771"),
    "a cell twice, once empty": twice("D44", "770", ""),
    "a row twice": row_twice,
    "10 million texts": strings("<si><t/></si>" * (10 * MILLION)),
    "4 million texts": strings("<si><t/></si>" * (4 * MILLION)),
    "one text of 60 MB": strings(f"<si><t>{'x' * (60 * MILLION)}</t></si>"),
    "a million names": names_flood(MILLION),
    "a million merged cells": behind_rows(_merged("A1:B2", 2 * MILLION)),
    "5,000 sheets without the report": sheets(5_000, last=True),
    "a sheet in /etc": relation_out("../../../../etc/passwd"),
    "a sheet at an absolute place": relation_out("/etc/passwd"),
    "a sheet on the network": relation_out("http://127.0.0.1/sheet1.xml", ' TargetMode="External"'),
    "a workbook elsewhere": workbook_elsewhere,
}

READ: Mapping[str, Maker] = {
    **{f"a long text in {part}": long_text(part) for part in (STYLES, BOOK, RELATIONS, ROOT)},
    "nested archives": archive_in_an_archive,
    "something in front": something_in_front,
    "something behind": something_behind,
    "a long comment": long_comment,
    "names that lead out": names_that_lead_out,
    "a million formatted rows": formatted_rows,
    "a million formatted cells": formatted_cells,
    "formats to the last column": formatted_right,
    "a stray cell 10,000 rows below": stray_cell("E10000"),
    "a stray cell 5,000 columns to the right": stray_cell("GJH101"),
    "rows backwards": rows_backwards,
    "cells backwards": cells_backwards,
    "255 sheets": sheets(255, last=True),
    "100,000 names": names_flood(100_000),
    "400 sheets": sheets(400, last=False),
    "64,000 formats": styles_flood(64_000),
    "10,000 merged cells": behind_rows(_merged("A101:B102", 10_000)),
    "20,000 conditional formats": behind_rows(_FORMAT * 20_000),
    "20,000 validations": behind_rows(f"<dataValidations>{_VALIDATION * 20_000}</dataValidations>"),
    "wrong content types": wrong_types,
    "an external link": external_link,
    "a DDE link": dde_link,
    "macros": macros,
    "embedded objects": objects,
}
