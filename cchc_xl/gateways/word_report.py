"""Writes a drafted report as a Word file in the layout of Decree 30/2020/NĐ-CP, Appendix I.

A4, margins 20/20/30/15 mm, Times New Roman, page number centred on top from page 2, header table,
signature block; real styles, so that an office can restyle the whole at once. Gaps are red.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from cchc_xl.core.bound_text import bound
from cchc_xl.core.narrative import Narrative
from cchc_xl.core.report_items import TITLE, TITLE_STYLE, ReportItem, report_items
from cchc_xl.core.text import printable
from cchc_xl.core.workbook_names import WORD_AUTHOR
from cchc_xl.gateways.word_appendix import Appendix, turn, write_appendix
from cchc_xl.gateways.word_controls import GAP_STYLE, Binding, write_item
from cchc_xl.gateways.word_fingerprint import fingerprinted
from cchc_xl.gateways.word_memory import Memory, Remembered, remember

_FONT = "Times New Roman"
_RED = RGBColor(0xB4, 0x23, 0x18)
_CREATED = datetime(2022, 1, 1, tzinfo=UTC)
_KIND = "BÁO CÁO"
OPEN_POINTS = "NHỮNG CHỖ CẦN HOÀN THIỆN TRƯỚC KHI KÝ"
OPEN_NOTE = "Trang này để soát lại bản dự thảo; đề nghị xóa trước khi ký."
NOTHING_OPEN = "Không còn chỗ nào cần hoàn thiện."
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Report:
    """All that stands in the Word file."""

    body: str  # the issuing body, such as "THỊ TRẤN BÚT SƠN"
    place: str
    year: int
    narrative: Narrative
    appendices: tuple[Appendix, ...]
    binding: Binding
    # What is still wanting before the report can be signed.
    open_points: tuple[str, ...] = ()
    stamp: str = ""


def word_report(report: Report) -> bytes:
    """Return the bytes of the Word file; the same report gives the same bytes."""
    document = word_document(report)
    remember(document, memory_of_draft(report))
    return fingerprinted(packed(document))


def word_document(report: Report) -> WordDocument:
    """Return the whole report as a document, which does not remember its draft yet."""
    document = Document()
    _set_up_page(document, report.stamp)
    set_up_styles(document)
    document.core_properties.title = printable(report.narrative.title)[:255]
    document.core_properties.author = WORD_AUTHOR
    document.core_properties.created = _CREATED
    document.core_properties.modified = _CREATED
    _write_head(document, report)
    for item in report_items(report.narrative):
        _write_item(document, item, report.binding)
    _write_signature(document)
    for appendix in report.appendices:
        write_appendix(document, appendix)
    if report.open_points:
        write_open_points(document, report.open_points)
    return document


def memory_of_draft(report: Report) -> Memory:
    """Return what a fresh draft remembers: every item as it was drafted."""
    binding = report.binding
    items = {
        item.id: Remembered(
            bound(item.fragments, binding.unit_of, binding.period), section=item.section
        )
        for item in report_items(report.narrative)
    }
    tables = {appendix.name: appendix.lines for appendix in report.appendices}
    return Memory(binding.outline, binding.period, report.body, items, tables, report.open_points)


def fixed_texts(report: Report) -> Iterator[str]:
    """Yield what stands in a report outside its items and tables."""
    yield _KIND
    for appendix in report.appendices:
        yield from (appendix.name, *appendix.title, f"({appendix.about})")
    yield from (OPEN_POINTS, OPEN_NOTE, NOTHING_OPEN)


def packed(document: WordDocument) -> bytes:
    """Return the bytes of a document, with one date on every part."""
    buffer = BytesIO()
    document.save(buffer)
    return _with_fixed_dates(buffer.getvalue())


def _set_up_page(document: WordDocument, stamp: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_page_number(number)
    if stamp:
        for header in (section.first_page_header, section.header):
            first = header.paragraphs[0]
            paragraph = header.add_paragraph() if first.runs else first
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(printable(stamp))
            run.bold = True
            run.font.color.rgb = _RED


def _add_page_number(paragraph: Paragraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), (None, "2"), ("end", "")):
        run = paragraph.add_run()
        if kind is None:
            run.text = text
        elif text:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)  # noqa: SLF001  # python-docx has no fields
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001


def set_up_styles(document: WordDocument) -> None:
    styles: Any = document.styles
    _set_font(styles["Normal"], 14)
    styles["Normal"].paragraph_format.space_after = Pt(0)
    body = styles["Body Text"]
    _set_font(body, 14)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.paragraph_format.first_line_indent = Mm(12.7)
    body.paragraph_format.space_before = Pt(6)
    body.paragraph_format.space_after = Pt(0)
    for level, italic in ((1, False), (2, False), (3, True)):
        heading = styles[f"Heading {level}"]
        _set_font(heading, 14, bold=True, italic=italic)
        heading.paragraph_format.first_line_indent = Mm(12.7)
        heading.paragraph_format.space_before = Pt(8)
        heading.paragraph_format.space_after = Pt(0)
        heading.paragraph_format.keep_with_next = True
    title = styles["Title"]
    _set_font(title, 14, bold=True)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(0)
    borders = title.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        title.element.pPr.remove(borders)
    cell = styles.add_style("Table Cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = styles["Normal"]
    _set_font(cell, 12)
    gap = styles.add_style(GAP_STYLE, WD_STYLE_TYPE.CHARACTER)
    gap.font.color.rgb = _RED
    gap.font.bold = True


def _set_font(style: Any, size: int, *, bold: bool = False, italic: bool = False) -> None:
    style.font.name = _FONT
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        if fonts.get(qn(script)) is not None:
            del fonts.attrib[qn(script)]
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), _FONT)


def _write_head(document: WordDocument, report: Report) -> None:
    table = document.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, (60, 105))
    left, right = table.rows[0].cells
    _line(left.paragraphs[0], "ỦY BAN NHÂN DÂN", 12, bold=True)
    _line(left.add_paragraph(), report.body, 12, bold=True)
    _underline(left.add_paragraph(), Mm(19))
    _line(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    _line(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
    _underline(right.add_paragraph(), Mm(23))
    left, right = table.rows[1].cells
    _line(left.paragraphs[0], "Số:      /BC-UBND", 13)
    place = f"{report.place}, ngày      tháng      năm {report.year}"
    _line(right.paragraphs[0], place, 13, italic=True)


def _line(
    paragraph: Paragraph, text: str, size: int, *, bold: bool = False, italic: bool = False
) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(printable(text))
    run.font.size = Pt(size)
    run.bold, run.italic = bold, italic


def _underline(paragraph: Paragraph, indent: Mm) -> None:
    """Draw the short line below a heading as the top border of an indented empty paragraph."""
    paragraph.paragraph_format.left_indent = indent
    paragraph.paragraph_format.right_indent = indent
    paragraph.paragraph_format.line_spacing = Pt(8)
    properties: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # no API for borders
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _write_item(document: WordDocument, item: ReportItem, binding: Binding) -> None:
    if item.id == TITLE:
        kind = document.add_paragraph(_KIND, style=TITLE_STYLE)
        kind.paragraph_format.space_before = Pt(18)
    write_item(document.add_paragraph(style=item.style), item, binding)
    if item.id == TITLE:
        line = document.add_paragraph()
        line.paragraph_format.space_before = Pt(4)
        _underline(line, Mm(58))


def _write_signature(document: WordDocument) -> None:
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    _set_widths(table, (80, 85))
    left, right = table.rows[0].cells
    run = left.paragraphs[0].add_run("Nơi nhận:")
    run.bold = run.italic = True
    run.font.size = Pt(12)
    for text in ("- Đơn vị cấp trên (để báo cáo);", "- Lưu: VT."):
        left.add_paragraph().add_run(text).font.size = Pt(11)
    _line(right.paragraphs[0], "TM. ỦY BAN NHÂN DÂN", 14, bold=True)
    _line(right.add_paragraph(), "CHỦ TỊCH", 14, bold=True)


def _set_widths(table: WordTable, widths: Sequence[int]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def write_open_points(document: WordDocument, points: Sequence[str]) -> None:
    """Write what is still wanting on a page of its own, the last."""
    turn(document, WD_ORIENT.PORTRAIT)
    document.add_paragraph(OPEN_POINTS, style="Heading 1")
    note = document.add_paragraph(style="Body Text")
    note.add_run(OPEN_NOTE).italic = True
    for line in point_lines(points):
        document.add_paragraph(line, style="Body Text")


def point_lines(points: Sequence[str]) -> list[str]:
    """Return the open points as they are printed, numbered."""
    return [printable(f"{place}. {point}") for place, point in enumerate(points, start=1)]


def _with_fixed_dates(content: bytes) -> bytes:
    """Return the package with one date on every part, so that two runs are identical."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            entry = zipfile.ZipInfo(info.filename, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(info))
    return made.getvalue()
