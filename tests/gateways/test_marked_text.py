"""Characters that are no part of the value: raised, struck out, hidden, deleted.

A figure that holds such digits is not used, and its cell named; words are read without them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from docx import Document
from docx.oxml.parser import parse_xml
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.core.findings import Finding, Severity
from cchc_xl.usecases.check import CheckedFile
from tests.gateways.reading import figures, look, submission_of, table_of
from tests.support.handmade import (
    ALL_FIGURES,
    BUT_SON_TITLE,
    FIGURES,
    LABEL,
    NUMBER,
    VALUE,
    Rows,
    cell_of,
    report,
    row_places,
    save,
    table,
)
from tests.support.other_formats import ods_rows, save_docx, save_ods

COUNT = "1.1.3"
RAISED, LOWERED = InlineFont(vertAlign="superscript"), InlineFont(vertAlign="subscript")
STRUCK, PLAIN = InlineFont(strike=True), InlineFont()


def _runs(*runs: tuple[str, InlineFont]) -> CellRichText:
    return CellRichText(*(TextBlock(font, text) for text, font in runs))


def _set_off(checked: CheckedFile) -> list[Finding]:
    return [finding for finding in checked.findings if finding.rule == "RD5"]


def _left(code: str) -> dict[str, int]:
    """Return what the report states but for one figure."""
    return {key: value for key, value in ALL_FIGURES.items() if key != code}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.xlsx"


def _typed(path: Path, *runs: tuple[str, InlineFont], code: str = COUNT) -> CheckedFile:
    def bend(sheet: Worksheet) -> None:
        sheet[cell_of(report(), code)] = _runs(*runs)

    return look(save(path, report(), bend=bend))


class DescribeAFigureWithMarkedDigits:
    @pytest.mark.parametrize(
        ("runs", "part"),
        [
            ([("12", PLAIN), ("1", RAISED)], "1"),
            ([("12", PLAIN), ("(1)", RAISED)], "(1)"),
            ([("12", PLAIN), ("2", LOWERED)], "2"),
            ([("21", STRUCK), ("12", PLAIN)], "21"),
            ([("1", PLAIN), ("3", STRUCK), ("2", PLAIN)], "3"),
            ([("12", PLAIN), (",", STRUCK), ("5", PLAIN)], ","),
        ],
    )
    def it_is_not_used(self, path: Path, runs: list[tuple[str, InlineFont]], part: str) -> None:
        checked = _typed(path, *runs)

        (finding,) = _set_off(checked)
        assert figures(checked) == _left(COUNT)
        assert (finding.severity, finding.indicator) == (Severity.ERROR, COUNT)
        assert finding.cell == cell_of(report(), COUNT)
        assert finding.found == "".join(text for text, _ in runs)
        assert f"«{part}»" in finding.message

    def it_is_not_used_where_every_run_is_struck(self, path: Path) -> None:
        checked = _typed(path, ("1", STRUCK), ("2", STRUCK))

        assert COUNT not in figures(checked)
        assert len(_set_off(checked)) == 1

    @pytest.mark.parametrize("look_of", [STRUCK, RAISED])
    def it_is_not_used_where_it_stands_among_the_shared_strings(
        self, path: Path, look_of: InlineFont
    ) -> None:
        place = row_places(report())[COUNT]
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("Sheet1")
            marked = book.add_format(
                {"font_strikeout": True} if look_of is STRUCK else {"font_script": 1}
            )
            for row, cells in enumerate(report()):
                sheet.write_row(row, 0, cells)
            sheet.write_rich_string(place, VALUE, "12", marked, "1", book.add_format())

        checked = look(path)

        assert figures(checked) == _left(COUNT)
        assert [finding.found for finding in _set_off(checked)] == ["121"]

    @pytest.mark.parametrize(
        "runs",
        [
            [("1", InlineFont(b=True)), ("2", InlineFont(i=True))],
            [("12", InlineFont(vertAlign="baseline"))],
            [("12", InlineFont(strike=False))],
            [("12", PLAIN), (" hồ sơ", STRUCK)],
            [("12", PLAIN), (" ", RAISED)],
        ],
    )
    def but_it_is_read_where_nothing_of_it_is_doubtful(
        self, path: Path, runs: list[tuple[str, InlineFont]]
    ) -> None:
        checked = _typed(path, *runs)

        assert figures(checked) == ALL_FIGURES
        assert _set_off(checked) == []

    def and_a_raised_letter_is_read_as_it_stands(self, path: Path) -> None:
        checked = _typed(path, ("98", PLAIN), ("%", RAISED), code="3.2.4")

        assert figures(checked)["3.2.4"] == 98


class DescribeACellThatIsStruckOut:
    @pytest.mark.parametrize("content", [12, "12", "KPS", 1234.0])
    def it_is_not_used(self, path: Path, content: int | str) -> None:
        def bend(sheet: Worksheet) -> None:
            sheet[cell_of(report(), COUNT)].font = Font(strike=True)

        checked = look(save(path, report({COUNT: content}), bend=bend))

        (finding,) = _set_off(checked)
        assert figures(checked) == _left(COUNT)
        assert finding.cell == cell_of(report(), COUNT)
        assert "bị gạch ngang" in finding.message

    @pytest.mark.parametrize("content", [None, "", "  ", "-"])
    def but_nothing_is_said_of_a_blank_one(self, path: Path, content: str | None) -> None:
        def bend(sheet: Worksheet) -> None:
            sheet[cell_of(report(), COUNT)].font = Font(strike=True)

        checked = look(save(path, report({COUNT: content}), bend=bend))

        assert _set_off(checked) == []

    def but_it_is_read_where_its_text_is_not_struck(self, path: Path) -> None:
        def bend(sheet: Worksheet) -> None:
            cell = sheet[cell_of(report(), COUNT)]
            cell.font = Font(strike=True)
            cell.value = _runs(("1", InlineFont(b=True)), ("2", InlineFont(i=True)))

        checked = look(save(path, report(), bend=bend))

        assert figures(checked) == ALL_FIGURES

    def and_a_row_struck_out_is_still_known(self, path: Path) -> None:
        def bend(sheet: Worksheet) -> None:
            for column in "ABCDE":
                cell = sheet[column + cell_of(report(), COUNT)[1:]]
                cell.font = Font(strike=True)

        (finding,) = _set_off(look(save(path, report(), bend=bend)))

        assert finding.indicator == COUNT


class DescribeWordsWithMarks:
    @pytest.mark.parametrize("mark", [("1", RAISED), ("(2)", RAISED), (" đã bỏ", STRUCK)])
    def it_reads_a_label_without_them(self, path: Path, mark: tuple[str, InlineFont]) -> None:
        def bend(sheet: Worksheet) -> None:
            row = row_places(report())[COUNT] + 1
            sheet.cell(row, LABEL + 1).value = _runs(
                (str(sheet.cell(row, LABEL + 1).value), PLAIN), mark
            )

        checked = look(save(path, report(), bend=bend))

        assert figures(checked) == ALL_FIGURES
        assert [finding for finding in checked.findings if finding.rule == "RB1"] == []

    def it_reads_a_label_with_a_raised_digit_that_is_a_character(self, path: Path) -> None:
        rows = report()
        row = rows[row_places(rows)[COUNT]]
        row[LABEL] = f"{row[LABEL]}¹"

        checked = look(save(path, rows))

        assert figures(checked) == ALL_FIGURES
        assert [finding for finding in checked.findings if finding.rule == "RB1"] == []

    def but_a_figure_with_such_a_digit_is_not_used(self, path: Path) -> None:
        checked = look(save(path, report({COUNT: "12¹"})))

        assert figures(checked) == _left(COUNT)
        assert cell_of(report(), COUNT) in {f.cell for f in checked.findings}

    def it_reads_a_number_of_a_row_without_them(self, path: Path) -> None:
        def bend(sheet: Worksheet) -> None:
            row = row_places(report())[COUNT] + 1
            sheet.cell(row, NUMBER + 1).value = _runs((COUNT, PLAIN), ("2", RAISED))

        assert figures(look(save(path, report(), bend=bend))) == ALL_FIGURES

    def it_reads_a_header_without_them(self, path: Path) -> None:
        def bend(sheet: Worksheet) -> None:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value == "Số liệu":
                        cell.value = _runs(("Số liệu", PLAIN), ("3", RAISED))

        assert figures(look(save(path, report(), bend=bend))) == ALL_FIGURES


def _document(path: Path, code: str, runs: str, *, column: int = VALUE, styles: str = "") -> Path:
    """Write the report in Word, with the XML of `runs` for what stands in one cell."""
    rows: Rows = table()
    save_docx(path, BUT_SON_TITLE, rows)
    document = Document(str(path))
    cell = document.tables[0].cell(row_places(rows)[code], column)
    (paragraph,) = cell.paragraphs
    for run in paragraph.runs:
        run._element.getparent().remove(run._element)
    made = parse_xml(f'<w:p xmlns:w="{_WORD}">{runs}</w:p>')
    for element in list(made):
        paragraph._element.append(element)
    if styles:
        document.styles.element.append(
            parse_xml(re.sub(r"^<w:style", f'<w:style xmlns:w="{_WORD}"', styles))
        )
    document.save(str(path))
    return path


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DELETED = '<w:del w:id="9" w:author="a"><w:r><w:delText>9</w:delText></w:r></w:del>'


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


class DescribeAWordReport:
    def _look(self, tmp_path: Path, runs: str, styles: str = "") -> CheckedFile:
        return look(_document(tmp_path / "a.docx", COUNT, runs, styles=styles))

    @pytest.mark.parametrize(
        ("runs", "found"),
        [
            (_run("12") + _run("1", '<w:vertAlign w:val="superscript"/>'), "121"),
            (_run("12") + _run("1", '<w:vertAlign w:val="subscript"/>'), "121"),
            (_run("9", "<w:strike/>") + _run("12"), "912"),
            (_run("9", '<w:strike w:val="0"/><w:dstrike/>') + _run("12"), "912"),
            (_run("9", "<w:strike/><w:dstrike w:val='0'/>") + _run("12"), "912"),
            (_run("12", "<w:strike/>"), "12"),
            (_run("12") + _run("5", "<w:vanish/>"), "125"),
            (_DELETED + _run("12"), "912"),
            (_DELETED, "9"),
            (f'<w:moveFrom w:id="9" w:author="a">{_run("9")}</w:moveFrom>{_run("12")}', "912"),
        ],
    )
    def it_uses_no_figure_with_marked_digits(self, tmp_path: Path, runs: str, found: str) -> None:
        checked = self._look(tmp_path, runs)

        (finding,) = _set_off(checked)
        assert figures(checked) == {k: v for k, v in FIGURES.items() if k != COUNT}
        assert (finding.severity, finding.found) == (Severity.ERROR, found)
        assert finding.cell == table_of(checked).entries[COUNT].cell

    def it_knows_the_marks_of_a_style(self, tmp_path: Path) -> None:
        style = (
            '<w:style w:type="character" w:styleId="Note"><w:name w:val="Note"/>'
            '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        )

        checked = self._look(tmp_path, _run("12") + _run("1", '<w:rStyle w:val="Note"/>'), style)

        assert len(_set_off(checked)) == 1

    @pytest.mark.parametrize(
        "runs",
        [
            _run("1", "<w:b/>") + _run("2", '<w:strike w:val="false"/>'),
            _run("12", '<w:vertAlign w:val="baseline"/>'),
            _run("12", "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>"),
            "<w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>" + _run("12"),
            _run("12") + _run(" hồ sơ", "<w:vanish/>"),
            _run("12") + "<w:r><w:footnoteReference w:id='2'/></w:r>",
        ],
    )
    def but_it_reads_a_figure_of_which_nothing_is_doubtful(self, tmp_path: Path, runs: str) -> None:
        checked = self._look(tmp_path, runs)

        assert figures(checked) == FIGURES
        assert _set_off(checked) == []

    def it_reads_a_title_without_what_is_deleted(self, tmp_path: Path) -> None:
        path = save_docx(tmp_path / "a.docx", BUT_SON_TITLE, table())
        document = Document(str(path))
        (title,) = [p for p in document.paragraphs if p.text == "Quý I năm 2022"]
        words = "<w:r><w:delText>Quý II năm 2021</w:delText></w:r>"
        deleted = f'<w:del xmlns:w="{_WORD}" w:id="9" w:author="a">{words}</w:del>'
        title._element.insert(0, parse_xml(deleted))
        document.save(str(path))

        submission = submission_of(look(path))

        assert submission.period is not None
        assert submission.period.id == "2022-Q1"

    @pytest.mark.parametrize(
        "mark",
        [_run("1", '<w:vertAlign w:val="superscript"/>'), _run(" cũ", "<w:strike/>"), _DELETED],
    )
    def it_reads_words_without_the_marks(self, tmp_path: Path, mark: str) -> None:
        label = str(table()[row_places(table())[COUNT]][LABEL])
        path = _document(tmp_path / "a.docx", COUNT, _run(label) + mark, column=LABEL)

        checked = look(path)

        assert figures(checked) == FIGURES
        assert [finding for finding in checked.findings if finding.rule == "RB1"] == []


class DescribeAnOldWorkbook:
    def _save(self, path: Path, code: str, column: int, *runs: tuple[str, str]) -> Path:
        """Write the report as .xls, with texts in their fonts in place of one cell."""
        book = xlwt.Workbook(encoding="utf-8")
        sheet = book.add_sheet("Sheet1")
        place = row_places(report())[code], column
        for row, cells in enumerate(report()):
            for beside, content in enumerate(cells):
                if content is not None and (row, beside) != place:
                    sheet.write(row, beside, content)
        texts = [(text, xlwt.easyfont(font)) for text, font in runs]
        sheet.write_rich_text(*place, texts)
        book.save(str(path))
        return path

    @pytest.mark.parametrize(
        "runs",
        [
            [("12", ""), ("1", "escapement superscript")],
            [("12", ""), ("1", "escapement subscript")],
            [("1", "struck_out on"), ("21", "")],
        ],
    )
    def it_uses_no_figure_with_marked_digits(
        self, tmp_path: Path, runs: list[tuple[str, str]]
    ) -> None:
        checked = look(self._save(tmp_path / "a.xls", COUNT, VALUE, *runs))

        (finding,) = _set_off(checked)
        assert figures(checked) == _left(COUNT)
        assert (finding.cell, finding.found) == (cell_of(report(), COUNT), "121")

    def it_uses_no_figure_that_is_struck_out(self, tmp_path: Path) -> None:
        book = xlwt.Workbook(encoding="utf-8")
        sheet = book.add_sheet("Sheet1")
        struck, row_struck = xlwt.easyxf("font: struck_out on"), row_places(report())[COUNT]
        for row, cells in enumerate(report()):
            for column, content in enumerate(cells):
                if (row, column) == (row_struck, VALUE):
                    sheet.write(row, column, content, struck)
                elif content is not None:
                    sheet.write(row, column, content)
        book.save(str(tmp_path / "a.xls"))

        checked = look(tmp_path / "a.xls")

        assert figures(checked) == _left(COUNT)
        assert [finding.cell for finding in _set_off(checked)] == [cell_of(report(), COUNT)]

    def it_reads_words_without_the_marks(self, tmp_path: Path) -> None:
        label = str(report()[row_places(report())[COUNT]][LABEL])
        runs = [(label, ""), ("1", "escapement superscript")]

        checked = look(self._save(tmp_path / "a.xls", COUNT, LABEL, *runs))

        assert figures(checked) == ALL_FIGURES
        assert [finding for finding in checked.findings if finding.rule == "RB1"] == []


def _ods_style(name: str, family: str, properties: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}">'
        f"<style:text-properties {properties}/></style:style>"
    )


_ODS_STYLES = "".join(
    (
        _ods_style("raised", "text", 'style:text-position="33% 58%"'),
        _ods_style("lowered", "text", 'style:text-position="sub 58%"'),
        _ods_style("level", "text", 'style:text-position="0% 100%"'),
        _ods_style("struck", "text", 'style:text-line-through-style="solid"'),
        _ods_style("hidden", "text", 'text:display="none"'),
        _ods_style("plain", "text", 'style:text-line-through-type="none"'),
        _ods_style("cell", "table-cell", 'style:text-line-through-style="solid"'),
    )
)


def _span(style: str, text: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


class DescribeAnOpenDocument:
    def _look(
        self, tmp_path: Path, cell: str, *, column: int = VALUE, above: str = ""
    ) -> CheckedFile:
        rows = ods_rows(report(), {(row_places(report())[COUNT], column): cell})
        return look(save_ods(tmp_path / "a.ods", {"Sheet1": above + rows}, styles=_ODS_STYLES))

    def _text(self, words: str, attributes: str = "") -> str:
        return (
            f'<table:table-cell office:value-type="string" {attributes}><text:p>{words}</text:p>'
            "</table:table-cell>"
        )

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("12" + _span("raised", "1"), "121"),
            ("12" + _span("lowered", "1"), "121"),
            (_span("struck", "9") + "12", "912"),
            (_span("struck", _span("plain", "12") + "9"), "129"),
            ("12" + _span("hidden", "5"), "125"),
        ],
    )
    def it_uses_no_figure_with_marked_digits(self, tmp_path: Path, words: str, found: str) -> None:
        checked = self._look(tmp_path, self._text(words))

        (finding,) = _set_off(checked)
        assert figures(checked) == _left(COUNT)
        assert (finding.cell, finding.found) == (cell_of(report(), COUNT), found)

    def it_uses_no_figure_that_is_struck_out(self, tmp_path: Path) -> None:
        cell = (
            '<table:table-cell table:style-name="cell" office:value-type="float" '
            'office:value="12"><text:p>12</text:p></table:table-cell>'
        )

        checked = self._look(tmp_path, cell)

        assert figures(checked) == _left(COUNT)
        assert [finding.cell for finding in _set_off(checked)] == [cell_of(report(), COUNT)]

    def it_knows_the_style_of_a_column(self, tmp_path: Path) -> None:
        columns = (
            f'<table:table-column table:number-columns-repeated="{VALUE}"/>'
            '<table:table-column table:default-cell-style-name="cell"/>'
        )

        checked = self._look(tmp_path, self._text("12"), above=columns)

        assert figures(checked) == {}
        assert cell_of(report(), COUNT) in [finding.cell for finding in _set_off(checked)]

    @pytest.mark.parametrize(
        ("words", "attributes"),
        [
            (_span("level", "12"), ""),
            (_span("plain", "12"), 'table:style-name="cell"'),
            ("12" + _span("struck", " hồ sơ"), ""),
        ],
    )
    def but_it_reads_a_figure_of_which_nothing_is_doubtful(
        self, tmp_path: Path, words: str, attributes: str
    ) -> None:
        checked = self._look(tmp_path, self._text(words, attributes))

        assert figures(checked) == ALL_FIGURES
        assert _set_off(checked) == []

    def it_reads_words_without_the_marks(self, tmp_path: Path) -> None:
        label = str(report()[row_places(report())[COUNT]][LABEL])

        checked = self._look(tmp_path, self._text(label + _span("raised", "1")), column=LABEL)

        assert figures(checked) == ALL_FIGURES
        assert [finding for finding in checked.findings if finding.rule == "RB1"] == []
