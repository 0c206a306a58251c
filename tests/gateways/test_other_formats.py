"""Reports as .xls, .ods and .docx: read as the .xlsx is read, with their own addresses."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document

from cchc_xl.core.submission import Status
from tests.gateways.reading import errors, figures, look, submission_of, table_of
from tests.support.handmade import (
    ALL_FIGURES,
    BUT_SON_TITLE,
    VALUE,
    Rows,
    cell_of,
    hash_of,
    report,
    row_places,
    save,
    table,
    titled,
    with_values,
)
from tests.support.other_formats import (
    ods_cell,
    ods_rows,
    save_docx,
    save_ods,
    save_xls,
    with_password,
)


def _place(code: str) -> tuple[int, int]:
    return row_places(report())[code], VALUE


def _said_of(path: Path, code: str) -> list[object]:
    wanted = cell_of(report(), code)
    return [finding.found for finding in look(path).findings if finding.cell == wanted]


class DescribeAnOldWorkbook:
    def it_gives_every_figure(self, tmp_path: Path) -> None:
        assert figures(look(save_xls(tmp_path / "a.xls", report()))) == ALL_FIGURES

    def it_gives_the_addresses_of_its_cells(self, tmp_path: Path) -> None:
        checked = look(save_xls(tmp_path / "a.xls", report()))

        assert table_of(checked).entries["3.3.1"].cell == cell_of(report(), "3.3.1")

    def it_names_its_unit_and_period(self, tmp_path: Path) -> None:
        submission = submission_of(look(save_xls(tmp_path / "a.xls", report())))

        assert submission.unit == "Thị trấn Bút Sơn"
        assert submission.period is not None
        assert submission.period.id == "2022-Q1"

    @pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"])
    def it_tells_an_error_cell(self, tmp_path: Path, error: str) -> None:
        path = save_xls(tmp_path / "a.xls", report(), errors={_place("3.3.1"): error})

        assert error in _said_of(path, "3.3.1")
        assert "3.3.1" not in figures(look(path))

    def it_tells_a_percent_format(self, tmp_path: Path) -> None:
        path = save_xls(tmp_path / "a.xls", report(), percents={_place("1.1.1"): 0.28})

        assert "1.1.1" not in figures(look(path))
        assert _said_of(path, "1.1.1")

    def it_is_read_under_the_name_of_a_new_workbook(self, tmp_path: Path) -> None:
        assert figures(look(save_xls(tmp_path / "a.xlsx", report()))) == ALL_FIGURES

    def but_a_new_workbook_is_read_under_its_name_too(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report())

        assert figures(look(path.rename(tmp_path / "a.xls"))) == ALL_FIGURES

    @pytest.mark.parametrize("part", [5, 30, 60, 90, 99])
    def it_is_refused_where_it_is_cut_off(self, tmp_path: Path, part: int) -> None:
        path = save_xls(tmp_path / "a.xls", report())
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) * part // 100])

        checked = look(path)

        assert checked.status is Status.UNREADABLE or figures(checked) == ALL_FIGURES

    def it_is_never_changed(self, tmp_path: Path) -> None:
        path = save_xls(tmp_path / "a.xls", report())
        before = hash_of(path)

        look(path)

        assert hash_of(path) == before


class DescribeAnOpenDocument:
    def it_gives_every_figure(self, tmp_path: Path) -> None:
        path = save_ods(tmp_path / "a.ods", {"Sheet1": ods_rows(report())})

        assert figures(look(path)) == ALL_FIGURES

    def it_gives_the_addresses_of_its_cells(self, tmp_path: Path) -> None:
        path = save_ods(tmp_path / "a.ods", {"Sheet1": ods_rows(report())})

        assert table_of(look(path)).entries["3.3.1"].cell == cell_of(report(), "3.3.1")

    def it_counts_rows_and_cells_that_are_left_out(self, tmp_path: Path) -> None:
        gap = (
            '<table:table-row table:number-rows-repeated="7"><table:table-cell '
            'table:number-columns-repeated="1024"/></table:table-row>'
        )
        path = save_ods(tmp_path / "a.ods", {"Sheet1": gap + ods_rows(report())})

        row = int(cell_of(report(), "3.3.1")[1:]) + 7

        assert table_of(look(path)).entries["3.3.1"].cell == f"D{row}"

    def it_is_not_deceived_by_a_million_blank_rows(self, tmp_path: Path) -> None:
        rest = (
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>'
        )
        path = save_ods(tmp_path / "a.ods", {"Sheet1": ods_rows(report()) + rest})

        assert figures(look(path)) == ALL_FIGURES

    def but_it_refuses_a_million_filled_rows(self, tmp_path: Path) -> None:
        flood = (
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="1024" office:value-type="float" '
            'office:value="1"/></table:table-row>'
        )
        path = save_ods(tmp_path / "a.ods", {"Sheet1": ods_rows(report()) + flood})

        assert look(path).status is Status.UNREADABLE

    @pytest.mark.parametrize("kind", ["string", "float"])
    def it_tells_an_error_cell(self, tmp_path: Path, kind: str) -> None:
        cell = (
            f'<table:table-cell table:formula="of:=1/0" office:value-type="{kind}" '
            'office:value="0" office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell>'
        )
        rows = ods_rows(report(), {_place("3.3.1"): cell})
        path = save_ods(tmp_path / "a.ods", {"Sheet1": rows})

        assert "#DIV/0!" in _said_of(path, "3.3.1")

    def it_tells_a_formula_without_a_result(self, tmp_path: Path) -> None:
        cell = '<table:table-cell table:formula="of:=[.D5]+1"/>'
        path = save_ods(tmp_path / "a.ods", {"Sheet1": ods_rows(report(), {_place("3.3.1"): cell})})

        assert _said_of(path, "3.3.1")
        assert "3.3.1" not in figures(look(path))

    def it_tells_a_percent(self, tmp_path: Path) -> None:
        cell = (
            '<table:table-cell office:value-type="percentage" office:value="0.28">'
            "<text:p>28%</text:p></table:table-cell>"
        )
        path = save_ods(tmp_path / "a.ods", {"Sheet1": ods_rows(report(), {_place("1.1.1"): cell})})

        assert "1.1.1" not in figures(look(path))

    def it_reads_no_note_as_text_of_the_cell(self, tmp_path: Path) -> None:
        number = ods_cell("28").replace(
            "<text:p>", "<office:annotation><text:p>xem lại</text:p></office:annotation><text:p>"
        )
        path = save_ods(
            tmp_path / "a.ods", {"Sheet1": ods_rows(report(), {_place("1.1.1"): number})}
        )

        assert figures(look(path))["1.1.1"] == 28

    def it_prefers_a_sheet_that_people_see(self, tmp_path: Path) -> None:
        old = with_values(report(), {"1.1.1": 99})
        hidden = (
            '<style:style style:name="cũ" style:family="table">'
            '<style:table-properties table:display="false"/></style:style>'
        )
        path = save_ods(
            tmp_path / "a.ods",
            {"cũ": ods_rows(old), "Sheet1": ods_rows(report())},
            styles=hidden,
        )

        assert figures(look(path))["1.1.1"] == 28

    def it_says_of_a_password_that_there_is_one(self, tmp_path: Path) -> None:
        path = save_ods(
            tmp_path / "a.ods",
            {"Sheet1": ""},
            manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
        )

        (finding,) = look(path).findings
        assert "mật khẩu" in finding.message

    @pytest.mark.parametrize("content", ["", "<a", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
    def it_is_refused_where_its_content_is_broken(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "a.ods"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            package.writestr("content.xml", content)

        assert look(path).status is Status.UNREADABLE


_TWO_ROWS = 'table:number-rows-spanned="2" table:number-columns-spanned="1"'
OPENING = (
    "UBND HUYỆN HOẰNG HÓA",
    "UBND THỊ TRẤN BÚT SƠN",
    "BÁO CÁO",
    "Kết quả công tác cải cách hành chính Quý I năm 2022",
    "I. CÔNG TÁC CHỈ ĐẠO",
)


def _row_of(rows: Rows, code: str) -> int:
    return row_places(rows)[code] + 1


class DescribeAWordReport:
    def it_gives_the_figures_of_its_annex(self, tmp_path: Path) -> None:
        path = save_docx(tmp_path / "a.docx", (*OPENING, *BUT_SON_TITLE), table())

        assert figures(look(path)) == {
            code: value for code, value in ALL_FIGURES.items() if not code.startswith("S.")
        }

    def it_names_table_row_and_column_of_a_figure(self, tmp_path: Path) -> None:
        path = save_docx(tmp_path / "a.docx", (*OPENING, *BUT_SON_TITLE), table())

        entry = table_of(look(path)).entries["3.3.1"]

        assert entry.cell == f"bảng 1, dòng {_row_of(table(), '3.3.1')}, cột 4"
        assert entry.sheet == "Bảng 1"

    def it_takes_unit_and_period_from_the_words_above_the_table(self, tmp_path: Path) -> None:
        path = save_docx(tmp_path / "a.docx", (*OPENING, *BUT_SON_TITLE), table())

        submission = submission_of(look(path))

        assert submission.unit == "Thị trấn Bút Sơn"
        assert submission.period is not None
        assert submission.period.id == "2022-Q1"

    def but_from_the_opening_where_they_say_nothing(self, tmp_path: Path) -> None:
        path = save_docx(tmp_path / "a.docx", (*OPENING, *["Lời văn"] * 30), table())

        submission = submission_of(look(path))

        assert submission.unit == "Thị trấn Bút Sơn"
        assert submission.period is not None
        assert submission.period.id == "2022-Q1"

    def it_puts_together_a_table_that_a_page_break_cut(self, tmp_path: Path) -> None:
        rows = table()
        path = save_docx(tmp_path / "a.docx", BUT_SON_TITLE, rows[:40], rows[40:])

        assert figures(look(path)).keys() == {c for c in ALL_FIGURES if not c.startswith("S.")}

    def and_it_names_the_part_in_which_a_figure_stands(self, tmp_path: Path) -> None:
        rows = table()
        cut = _row_of(rows, "3.3.1") - 1
        path = save_docx(tmp_path / "a.docx", BUT_SON_TITLE, rows[:cut], rows[cut:])

        assert table_of(look(path)).entries["3.3.1"].cell == "bảng 2, dòng 1, cột 4"

    def it_leaves_another_table_alone(self, tmp_path: Path) -> None:
        other: Rows = [["STT", "Lĩnh vực", "Tổng số"], ["1", "Hộ tịch", "778"]]
        path = save_docx(
            tmp_path / "a.docx", BUT_SON_TITLE, other, table(), between=("Phụ lục 01b",)
        )

        checked = look(path)

        assert table_of(checked).sheet == "Bảng 2"
        assert not any(finding.found == "778" for finding in checked.findings)

    def it_says_where_it_carries_no_table(self, tmp_path: Path) -> None:
        checked = look(save_docx(tmp_path / "a.docx", OPENING))

        assert checked.status is Status.WRONG_FORM
        assert checked.unit == "Thị trấn Bút Sơn"


class DescribeAFigureOverSeveralRows:
    """Merged over the rows of two indicators: read for the first of them, and said."""

    def _heard_of(self, path: Path) -> list[str | None]:
        return [finding.cell for finding in look(path).findings if finding.rule == "RB24"]

    def it_is_said_in_a_word_report(self, tmp_path: Path) -> None:
        rows = table()
        path = save_docx(tmp_path / "a.docx", BUT_SON_TITLE, rows)
        document = Document(str(path))
        first = row_places(rows)["7.4.1"]
        document.tables[0].cell(first, VALUE).merge(document.tables[0].cell(first + 1, VALUE))
        document.save(str(path))

        assert self._heard_of(path) == [f"bảng 1, dòng {first + 1}, cột 4"]

    def it_is_said_in_an_open_document(self, tmp_path: Path) -> None:
        spanned = ods_cell(8).replace("<table:table-cell", "<table:table-cell " + _TWO_ROWS, 1)
        below = "<table:covered-table-cell/>"
        others = {_place("7.4.1"): spanned, _place("7.4.2"): below}
        path = save_ods(tmp_path / "a.ods", {"Sheet1": ods_rows(report(), others)})

        assert self._heard_of(path) == [cell_of(report(), "7.4.1")]

    def it_is_said_in_an_old_workbook(self, tmp_path: Path) -> None:
        rows = with_values(report(), {"7.4.2": None})
        path = save_xls(tmp_path / "a.xls", rows, merged=[(*_place("7.4.1"), 2)])

        assert self._heard_of(path) == [cell_of(report(), "7.4.1")]


class DescribeAPassword:
    def it_is_said_in_one_sentence(self, tmp_path: Path) -> None:
        checked = look(with_password(save(tmp_path / "a.xlsx", report())))

        assert checked.status is Status.UNREADABLE
        assert "mật khẩu" in errors(checked)[0].message


class DescribeAnotherForm:
    def it_is_named_where_the_file_names_it(self, tmp_path: Path) -> None:
        rows: Rows = [["Biểu số 06/VPCP/KSTT", None], ["TT", "Lĩnh vực"], [1, "Hộ tịch"]]

        (finding,) = errors(look(save(tmp_path / "a.xlsx", rows)))

        assert "Biểu số 06/VPCP/KSTT" in finding.message
        assert "cchc-commune.xlsx" in finding.advice

    def but_not_where_it_is_ours_without_its_table(self, tmp_path: Path) -> None:
        (finding,) = errors(look(save(tmp_path / "a.xlsx", titled([], *BUT_SON_TITLE))))

        assert finding.found is None


class DescribeAFloodedFile:
    """Small on the disk, far too much inside: refused before it is walked to its end."""

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param("<a>" * 710_000, id="a million levels"),
            pytest.param(
                '<a xmlns:t="t"><t:table>' + "<t:table-row/>" * 710_000, id="rows without end"
            ),
            pytest.param(
                '<a xmlns:t="t"><t:table><t:table-row><t:table-cell><t:p>' + "x" * 9_000_000,
                id="one text",
            ),
        ],
    )
    def it_is_refused_as_an_open_document(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "a.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            package.writestr("content.xml", content)

        (finding,) = look(path).findings

        assert "lớn bất thường" in finding.message

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param("<w:tbl><w:tr><w:tc>" * 270_000, id="tables in tables"),
            pytest.param("<w:p><w:r/></w:p>" * 270_000, id="paragraphs without end"),
            pytest.param("<w:p><w:r><w:t>" + "x" * 9_000_000, id="one text"),
        ],
    )
    def it_is_refused_as_a_word_report(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "a.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            package.writestr("word/document.xml", f'<a xmlns:w="w">{content}')

        (finding,) = look(path).findings

        assert "lớn bất thường" in finding.message

    def it_is_refused_as_an_old_workbook(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xls"
        path.write_bytes(b"\x09\x04\x06\x00" + bytes(11 * 1024 * 1024))

        (finding,) = look(path).findings

        assert "lớn bất thường" in finding.message
