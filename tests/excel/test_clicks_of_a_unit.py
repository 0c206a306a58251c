"""Every button in the role of a reporting unit: the click, what it writes, what it leaves alone.

The macro runs in a VBA interpreter, reaches Python, and Python works through xlwings' own Windows
engine on an Excel in memory.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from cchc_xl import __version__
from cchc_xl.gateways.schemas import load_form
from cchc_xl.usecases.check import check_file
from cchc_xl.usecases.draft import drafted
from cchc_xl.usecases.new import new_workbook
from cchc_xl.usecases.report_source import unit_source
from tests.support.excel.memory_book import MemoryBook, MemoryExcel
from tests.support.masters import SHEET, START, be_unit, open_master, rows_of, value_cell
from tests.support.parents import SOUND
from tests.support.word_texts import read_word

FORM = load_form("phu-luc-01b")
WRONG = {**SOUND, "1.1.2": 99, "S.QH_GQ": 3, "5.2": 1, "7.2.2.a": 98.87}
UNIT = "Xã Tùng Châu"


@pytest.fixture
def book(excel: MemoryExcel, tmp_path: Path) -> MemoryBook:
    opened = open_master(excel, tmp_path)
    be_unit(opened, WRONG, UNIT)
    return opened


def of_command_line(tmp_path: Path, values: dict[str, Any]) -> Any:
    """The same figures in a workbook of `cchc-xl new`, checked by the command line's use-case."""
    from cchc_xl.core.period import parse_period_id

    period = parse_period_id("2022-Q1")
    assert period is not None
    path = tmp_path / "commune" / "x.xlsx"
    path.parent.mkdir()
    new_workbook(path, FORM, unit=UNIT, unit_code="", period=period, values=values)
    return check_file(path, [FORM])


class DescribeKiemTra:
    def it_writes_the_findings_of_the_command_line(self, book: MemoryBook, tmp_path: Path) -> None:
        book.run("CchcCheck")

        wanted = of_command_line(tmp_path, WRONG).findings
        rows = rows_of(book, "Kiểm tra", "L")
        assert [(row[2], row[4], row[5], row[8]) for row in rows] == [
            (f.rule, f.indicator, f.message, f.advice) for f in wanted
        ]

    def it_links_each_finding_to_its_cell(self, book: MemoryBook) -> None:
        book.run("CchcCheck")

        rules = [row[2] for row in rows_of(book, "Kiểm tra", "L")]
        formula = book.formula("Kiểm tra", f"E{6 + rules.index('R01')}")
        assert f"#'{SHEET}'!{value_cell(book, '1.1.2')}" in formula

    def it_says_how_many_problems_there_are_and_where_to_look(self, book: MemoryBook) -> None:
        book.run("CchcCheck")

        severities = [row[1] for row in rows_of(book, "Kiểm tra", "L")]
        said = book.excel.alerts[-1]
        assert f"{severities.count('Lỗi')} lỗi, {severities.count('Cảnh báo')} cảnh báo" in said
        assert "trang Kiểm tra" in said

    def it_leaves_the_sentence_on_the_start_page(self, book: MemoryBook) -> None:
        book.run("CchcCheck")

        assert book.excel.alerts[-1] in [row[0] for row in book.block(START, "C18:C22")]

    def it_gives_the_status_bar_back_to_excel(self, book: MemoryBook) -> None:
        book.run("CchcCheck")

        assert book.excel.status_bar is False

    def it_replaces_a_longer_list_of_an_earlier_click(self, book: MemoryBook) -> None:
        book.run("CchcCheck")
        before = len(rows_of(book, "Kiểm tra", "L"))
        book.set(SHEET, value_cell(book, "1.1.2"), 5)

        book.run("CchcCheck")

        assert len(rows_of(book, "Kiểm tra", "L")) < before

    def it_changes_no_typed_figure(self, book: MemoryBook) -> None:
        before = book.block(SHEET, "F1:G110")

        book.run("CchcCheck")

        assert book.block(SHEET, "F1:G110") == before

    def it_reads_a_percent_that_excel_has_formatted(self, book: MemoryBook) -> None:
        cell = value_cell(book, "7.2.2.a")
        book.set(SHEET, cell, "150%")

        book.run("CchcCheck")

        told = [row[5] for row in rows_of(book, "Kiểm tra", "L") if row[4] == "7.2.2.a"]
        assert any("150%" in message for message in told)

    def it_reports_an_error_cell(self, book: MemoryBook) -> None:
        book.set(SHEET, value_cell(book, "1.1.3"), "=1/0")

        book.run("CchcCheck")

        told = [row[5] for row in rows_of(book, "Kiểm tra", "L") if row[4] == "1.1.3"]
        assert any("#DIV/0!" in message for message in told)

    def it_takes_fewer_than_a_hundred_round_trips(self, book: MemoryBook) -> None:
        book.excel.reset_trips()

        book.run("CchcCheck")

        assert book.excel.trips < 100


class DescribeTinhTyLe:
    def it_names_the_ratios_that_lack_figures(self, book: MemoryBook) -> None:
        book.run("CchcRatios")

        assert "T12" in book.excel.alerts[-1]
        assert "T01" not in book.excel.alerts[-1]

    def it_says_which_cell_no_longer_holds_its_formula(self, book: MemoryBook) -> None:
        book.sheet("Tỷ lệ").vba_get("Unprotect")
        book.set("Tỷ lệ", "D8", 12)

        book.run("CchcRatios")

        assert "D8" in book.excel.alerts[-1]

    def it_takes_fewer_than_a_hundred_round_trips(self, book: MemoryBook) -> None:
        book.excel.reset_trips()

        book.run("CchcRatios")

        assert book.excel.trips < 100


class DescribeSoatLoi:
    def it_finds_an_own_sentence_that_is_not_what_the_form_says(self, book: MemoryBook) -> None:
        book.run("CchcDraft")
        ids = [row[0] for row in rows_of(book, "Báo cáo", "E")]
        row = 6 + ids.index("I.1")
        book.set("Báo cáo", f"D{row}", "Đã ban hành Kế hoạch số 9/KH-UBND ngày 31/02/2022.")

        book.run("CchcProofread")

        said = book.excel.alerts[-1]
        assert f"D{row}" in said
        assert "31/02/2022" in said

    def but_what_was_drafted_holds(self, book: MemoryBook) -> None:
        book.run("CchcDraft")
        before = book.block("Báo cáo", "A1:G80")

        book.run("CchcProofread")

        assert "0 chỗ phải sửa" in book.excel.alerts[-1]
        assert book.block("Báo cáo", "A1:G80") == before

    def and_without_sentences_it_says_what_to_press(self, book: MemoryBook) -> None:
        book.run("CchcProofread")

        assert "Soạn báo cáo" in book.excel.alerts[-1]


class DescribeSoanBaoCao:
    def it_writes_the_sentences_of_the_command_line(self, book: MemoryBook, tmp_path: Path) -> None:
        book.run("CchcDraft")

        submission = of_command_line(tmp_path, WRONG).submission
        sentences = [s for _, s in drafted(unit_source(submission)).sentences()]
        rows = rows_of(book, "Báo cáo", "E")
        assert [(row[0], row[2]) for row in rows] == [(s.id, s.text) for s in sentences]

    def it_keeps_what_the_official_wrote(self, book: MemoryBook) -> None:
        book.run("CchcDraft")
        book.set("Báo cáo", "D8", "Câu do đơn vị viết, 01/02.")
        book.set(SHEET, value_cell(book, "1.1.3"), 77)

        book.run("CchcDraft")

        assert book.value("Báo cáo", "D8") == "Câu do đơn vị viết, 01/02."

    def it_says_where_the_figures_changed_under_an_own_sentence(self, book: MemoryBook) -> None:
        book.set(SHEET, value_cell(book, "1.1.3"), 12)
        book.run("CchcDraft")
        ids = [row[0] for row in rows_of(book, "Báo cáo", "E")]
        row = 6 + ids.index("I.1")
        book.set("Báo cáo", f"D{row}", "Đã ban hành 12 văn bản.")
        book.run("CchcDraft")
        book.set(SHEET, value_cell(book, "1.1.3"), 13)

        book.run("CchcDraft")

        assert "cần soát" in book.value("Báo cáo", f"E{row}")

    def it_takes_fewer_than_a_hundred_round_trips(self, book: MemoryBook) -> None:
        book.excel.reset_trips()

        book.run("CchcDraft")

        assert book.excel.trips < 100

    def but_without_a_period_it_says_so(self, book: MemoryBook) -> None:
        book.set(START, "C8", "")

        book.run("CchcDraft")

        assert "kỳ báo cáo" in book.excel.alerts[-1]


class DescribeWhatAnOfficialDoesToTheSentences:
    def it_keeps_a_sentence_that_was_added_below_the_last(self, book: MemoryBook) -> None:
        book.run("CchcDraft")
        last = 5 + len(rows_of(book, "Báo cáo", "E"))
        book.set("Báo cáo", f"D{last + 1}", "Xã đã tổ chức hai hội nghị.")
        book.set(SHEET, value_cell(book, "1.1.3"), 77)

        book.run("CchcDraft")
        book.run("CchcDraft")

        rows = rows_of(book, "Báo cáo", "E")
        assert [row[3] for row in rows if row[3]] == ["Xã đã tổ chức hai hội nghị."]
        assert rows[-1][4] == "câu đơn vị viết thêm"

    def it_takes_the_sentence_that_was_chosen(self, book: MemoryBook) -> None:
        book.set(SHEET, value_cell(book, "1.1.3"), 12)
        book.run("CchcDraft")
        row = 6 + [r[0] for r in rows_of(book, "Báo cáo", "E")].index("I.1")
        book.set("Báo cáo", f"D{row}", "Công tác chỉ đạo được tăng cường.")
        book.set(SHEET, value_cell(book, "1.1.3"), 13)
        book.run("CchcDraft")
        asked = str(book.value("Báo cáo", f"E{row}"))
        book.set("Báo cáo", f"J{row}", "lấy câu mới")

        book.run("CchcDraft")

        assert asked.startswith("cần chọn")
        assert [book.value("Báo cáo", f"{c}{row}") or "" for c in "DEJ"] == ["", "theo số liệu", ""]

    def it_brings_all_of_it_back_with_one_click(self, book: MemoryBook) -> None:
        book.run("CchcDraft")
        book.set("Báo cáo", "J8", "lấy câu mới")
        book.set("Báo cáo", "D8", "Câu của xã.")
        before = rows_of(book, "Báo cáo", "J")
        book.run("CchcDraft")

        book.run("CchcUndo")

        assert rows_of(book, "Báo cáo", "J") == before


class DescribeSoatSoLieu:
    @pytest.fixture
    def drafted_book(self, book: MemoryBook) -> MemoryBook:
        book.set(SHEET, value_cell(book, "1.1.3"), 12)
        book.run("CchcDraft")
        return book

    @staticmethod
    def row_of(book: MemoryBook, sentence: str) -> int:
        return 6 + [row[0] for row in rows_of(book, "Báo cáo", "E")].index(sentence)

    def it_finds_nothing_in_a_fresh_draft(self, drafted_book: MemoryBook) -> None:
        before = rows_of(drafted_book, "Báo cáo", "J")

        drafted_book.run("CchcCheckFigures")

        assert "đều khớp với bảng" in drafted_book.excel.alerts[-1]
        assert rows_of(drafted_book, "Báo cáo", "J") == before

    def it_marks_the_sentence_whose_table_changed(self, drafted_book: MemoryBook) -> None:
        row = self.row_of(drafted_book, "I.1")
        drafted_book.set(SHEET, value_cell(drafted_book, "1.1.3"), 13)

        drafted_book.run("CchcCheckFigures")

        said = drafted_book.value("Báo cáo", f"E{row}")
        assert said == ("số liệu không khớp: 1.1.3: câu ghi «12», bảng là «13» (số liệu đã đổi)")

    def it_marks_the_sentence_whose_text_changed(self, drafted_book: MemoryBook) -> None:
        row = self.row_of(drafted_book, "I.1")
        drafted = str(drafted_book.value("Báo cáo", f"C{row}"))
        drafted_book.set("Báo cáo", f"D{row}", drafted.replace("12 văn bản", "21 văn bản"))

        drafted_book.run("CchcCheckFigures")

        said = str(drafted_book.value("Báo cáo", f"E{row}"))
        assert "câu ghi «21», bảng là «12» (câu đã sửa tay)" in said

    def it_says_when_a_sentence_is_right_again(self, drafted_book: MemoryBook) -> None:
        row = self.row_of(drafted_book, "I.1")
        drafted_book.set(SHEET, value_cell(drafted_book, "1.1.3"), 13)
        drafted_book.run("CchcCheckFigures")
        drafted_book.set(SHEET, value_cell(drafted_book, "1.1.3"), 12)

        drafted_book.run("CchcCheckFigures")

        assert drafted_book.value("Báo cáo", f"E{row}") == "đã soát, số liệu khớp"

    def it_looks_into_the_word_file_too(self, drafted_book: MemoryBook) -> None:
        drafted_book.run("CchcExportWord")
        drafted_book.set(SHEET, value_cell(drafted_book, "1.1.3"), 13)

        drafted_book.run("CchcCheckFigures")

        assert "bao-cao-cchc-2022-Q1.docx: 1 chỗ không khớp" in drafted_book.excel.alerts[-1]

    def it_says_what_to_do_before_the_first_draft(self, book: MemoryBook) -> None:
        book.run("CchcCheckFigures")

        assert "Đề nghị bấm Soạn báo cáo trước." in book.excel.alerts[-1]

    def it_takes_fewer_than_a_hundred_round_trips(self, drafted_book: MemoryBook) -> None:
        drafted_book.excel.reset_trips()

        drafted_book.run("CchcCheckFigures")

        assert drafted_book.excel.trips < 100


class DescribeXuatWord:
    def it_writes_the_report_beside_the_workbook(self, book: MemoryBook, tmp_path: Path) -> None:
        book.run("CchcExportWord")

        assert (tmp_path / "bao-cao-cchc-2022-Q1.docx").is_file()
        assert "bao-cao-cchc-2022-Q1.docx" in book.excel.alerts[-1]

    def it_takes_the_sentences_of_the_official(self, book: MemoryBook, tmp_path: Path) -> None:
        book.run("CchcDraft")
        book.set("Báo cáo", "D8", "Một câu riêng của xã.")

        book.run("CchcExportWord")

        words = [p.text for p in read_word(tmp_path / "bao-cao-cchc-2022-Q1.docx").paragraphs]
        assert any("Một câu riêng của xã." in text for text in words)

    def it_leaves_a_word_file_alone_that_was_edited(self, book: MemoryBook, tmp_path: Path) -> None:
        (tmp_path / "bao-cao-cchc-2022-Q1.docx").write_bytes(b"mine")

        book.run("CchcExportWord")

        assert (tmp_path / "bao-cao-cchc-2022-Q1.docx").read_bytes() == b"mine"
        assert "giữ nguyên" in book.excel.alerts[-1]

    def it_takes_fewer_than_a_hundred_round_trips(self, book: MemoryBook) -> None:
        book.excel.reset_trips()

        book.run("CchcExportWord")

        assert book.excel.trips < 100


class DescribeTongHop:
    def it_says_that_this_is_not_the_role_for_it(self, book: MemoryBook) -> None:
        book.run("CchcRollUp")

        assert "Vai trò" in book.excel.alerts[-1]


class DescribeKiemTraMay:
    @pytest.fixture(autouse=True)
    def clicked(self, book: MemoryBook) -> None:
        book.excel.machine.international |= {2: 84, 3: ","}  # the country, the decimal separator
        book.run("CchcCheckMachine")

    def lines(self, book: MemoryBook) -> dict[str, tuple[str, str]]:
        """What was found and how it stands, by the label of the line."""
        rows = book.block("Kiểm tra máy", "C6:E13")
        return {str(label): (str(found), str(state)) for label, found, state in rows}

    def it_names_the_python_that_answers(self, book: MemoryBook) -> None:
        found = (f"cchc-xl {__version__}, {sys.executable}", "tốt")

        assert self.lines(book)["Python và cchc-xl"] == found

    def it_says_something_of_every_line(self, book: MemoryBook) -> None:
        lines = self.lines(book)

        assert len(lines) == 8
        assert [label for label, said in lines.items() if "" in said or "None" in said] == []

    def it_leaves_the_status_bar_to_excel(self, book: MemoryBook) -> None:
        assert book.excel.status_bar is False

    def but_without_python_it_says_what_to_install(self, book: MemoryBook) -> None:
        book.excel.python_missing = True

        book.run("CchcCheckMachine")

        assert self.lines(book)["Python và cchc-xl"] == ("chưa gọi được", "cần làm")
        assert "cchc-xl install" in book.excel.popups[-1]
