"""Reports in the other kinds of files: .xls, .ods, .docx, and behind a password."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from struct import pack
from xml.sax.saxutils import escape

from tests.support.handmade import Rows

_ODS_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}"'
    for short, long in {
        "office": "office:1.0", "table": "table:1.0", "text": "text:1.0", "style": "style:1.0",
        "draw": "drawing:1.0", "manifest": "manifest:1.0",
    }.items()
)  # fmt: skip

# [MS-XLS] 2.5.10 Bes
_ERROR_CODES = {
    "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#N/A": 0x2A,
}  # fmt: skip


def save_xls(
    path: Path,
    rows: Rows,
    *,
    errors: Mapping[tuple[int, int], str] | None = None,
    percents: Mapping[tuple[int, int], float] | None = None,
    merged: Sequence[tuple[int, int, int]] = (),
    font: str = "Times New Roman",
) -> Path:
    """Write `rows` as Excel 97-2003; errors and percents by place, counted from 0.

    `merged` are cells over several rows: row, column, how many rows.
    """
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    style = xlwt.easyxf(f"font: name {font}")
    for row, cells in enumerate(rows):
        for column, content in enumerate(cells):
            place = (row, column)
            if place in (errors or {}):
                code = _ERROR_CODES[(errors or {})[place]]
                sheet.row(row).set_cell_error(column, code, style)
            elif place in (percents or {}):
                percent = xlwt.easyxf(num_format_str="0.00%")
                sheet.write(row, column, (percents or {})[place], percent)
            elif content is not None:
                sheet.write(row, column, content, style)
    for row, column, height in merged:
        sheet.merge(row, row + height - 1, column, column)
    book.save(str(path))
    return path


def save_ods(
    path: Path, tables: Mapping[str, str], *, styles: str = "", manifest: str = ""
) -> Path:
    """Write an OpenDocument workbook from the XML of its tables by name."""
    body = "".join(
        f'<table:table table:name="{escape(name)}" table:style-name="{escape(name)}">{xml}'
        "</table:table>"
        for name, xml in tables.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_NAMESPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        if manifest:
            package.writestr(
                "META-INF/manifest.xml",
                f"<manifest:manifest {_ODS_NAMESPACES}>{manifest}</manifest:manifest>",
            )
    return path


def ods_rows(rows: Rows, others: Mapping[tuple[int, int], str] | None = None) -> str:
    """The XML of `rows`; `others` puts other XML in the place of cells, counted from 0."""
    lines: list[str] = []
    for row, cells in enumerate(rows):
        xml = "".join(
            (others or {}).get((row, column)) or ods_cell(content)
            for column, content in enumerate(cells)
        )
        lines.append(f"<table:table-row>{xml}</table:table-row>")
    return "".join(lines)


def ods_cell(content: object) -> str:
    """The XML of one cell with a text, a number, or nothing."""
    if content is None:
        return "<table:table-cell/>"
    if isinstance(content, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{content}">'
            f"<text:p>{content}</text:p></table:table-cell>"
        )
    text = escape(str(content))
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def save_docx(
    path: Path,
    paragraphs: Sequence[str],
    *tables: Rows,
    between: Sequence[str] = ("",),
    font: Callable[[str], str] | None = None,
) -> Path:
    """Write a Word report: paragraphs, then tables with other paragraphs between them.

    `font` names the font of a text, "" for that of the document.
    """
    from docx import Document

    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for number, rows in enumerate(tables):
        if number:
            for text in between:
                document.add_paragraph(text)
        width = max(len(row) for row in rows)
        table = document.add_table(len(rows), width)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, content in zip(row.cells, cells, strict=False):
                if content is not None:
                    cell.text = str(content)
    for paragraph in [
        *document.paragraphs,
        *(p for t in document.tables for r in t.rows for c in r.cells for p in c.paragraphs),
    ]:
        for run in paragraph.runs:
            if font is not None and font(run.text):
                run.font.name = font(run.text)
    document.save(str(path))
    return path


def with_password(path: Path) -> Path:
    """Encrypt a workbook as Excel does behind a password."""
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = BytesIO()
    OOXMLFile(BytesIO(path.read_bytes())).encrypt("mat-khau", locked)
    path.write_bytes(locked.getvalue())
    return path


def compound_file(path: Path, stream: str) -> Path:
    """Write the smallest OLE container with one stream of a name: [MS-CFB] 2.2 to 2.6."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += pack("<I", 0) + pack("<I", free) * 108
    sectors = pack("<II", fat, end) + pack("<I", free) * 126
    entries = _entry("Root Entry", 5, child=1) + _entry(stream, 2) + bytes(256)
    path.write_bytes(header + sectors + entries)
    return path


def _entry(name: str, kind: int, child: int = 0xFFFFFFFF) -> bytes:
    written = name.encode("utf-16-le")
    links = pack("<HBBIII", len(written) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return written.ljust(64, b"\0") + links + bytes(36) + pack("<IQ", 0xFFFFFFFE, 0)
