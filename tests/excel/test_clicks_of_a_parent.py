"""Every button in the role of a parent unit: what it writes is what the command line gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.excel.memory_book import MemoryBook, MemoryExcel
from tests.support.masters import (
    FORM,
    NAMES,
    SHEET,
    START,
    a_folder,
    be_parent,
    be_unit,
    master,
    open_master,
    rows_of,
    value_cell,
)
from tests.support.parents import SOUND, Json, commune, consolidate, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_folder(tmp_path / "units")


@pytest.fixture
def book(excel: MemoryExcel, folder: Path, tmp_path: Path) -> MemoryBook:
    opened = open_master(excel, tmp_path)
    be_parent(opened, folder)
    return opened


@pytest.fixture
def wanted(folder: Path, tmp_path: Path) -> Json:
    return consolidate(folder, tmp_path / "out.xlsx", "--form", FORM.id).json


class DescribeTongHopClickedAgain:
    @pytest.fixture(autouse=True)
    def clicked(self, book: MemoryBook) -> None:
        book.run("CchcRollUp")

    def it_gives_the_same_when_clicked_again(self, book: MemoryBook) -> None:
        before = book.block("Tổng hợp", "A5:L96"), rows_of(book, "Nhật ký", "G")

        book.run("CchcRollUp")

        assert (book.block("Tổng hợp", "A5:L96"), rows_of(book, "Nhật ký", "G")) == before

    def it_clears_the_columns_of_units_that_are_gone(self, book: MemoryBook, folder: Path) -> None:
        (folder / "3.xlsx").unlink()

        book.run("CchcRollUp")

        names = [name for name in book.block("_nguon", "H5:P5")[0] if name]
        assert "Thị trấn Đông" not in names
        beyond = "HIJKLMNOP"[len(names)]
        assert {row[0] for row in book.block("Tổng hợp", f"{beyond}5:{beyond}96")} == {None}

    def it_counts_a_file_once_it_is_chosen(self, book: MemoryBook) -> None:
        files = [row[4] for row in rows_of(book, "Đơn vị", "L")]
        book.set("Đơn vị", f"K{6 + files.index('twice.xlsx')}", "x")

        book.run("CchcRollUp")

        assert "5/6 đơn vị" in book.excel.alerts[-1]

    def it_lets_the_ratios_be_worked_out_anew(self, book: MemoryBook) -> None:
        book.run("CchcRatios")

        assert "tỷ lệ" in book.excel.alerts[-1]
        assert "khác với" not in book.excel.alerts[-1]


class DescribeTheOpenMaster:
    """It may lie among the files of the units, saved when it was still the one of a unit."""

    @pytest.fixture
    def book(self, excel: MemoryExcel, folder: Path, tmp_path: Path) -> MemoryBook:
        as_unit = open_master(excel, tmp_path, "unit.xlsm")
        be_unit(as_unit, SOUND)
        opened = open_master(excel, folder)
        as_unit.save(folder / "cchc-master.xlsm")
        be_parent(opened, folder)
        return opened

    @pytest.mark.parametrize("macro", ["CchcRollUp", "CchcCheck"])
    def it_is_named_and_not_counted_as_the_report_of_a_unit(
        self, book: MemoryBook, macro: str
    ) -> None:
        book.run(macro)

        rows = {row[4]: row for row in rows_of(book, "Đơn vị", "L")}
        assert rows["cchc-master.xlsm"][5] == "bỏ qua"
        assert "tệp kết quả tổng hợp của cchc-xl" in str(rows["cchc-master.xlsm"])
        assert "Xã Tùng Châu" not in {row[2] for row in rows.values()}

    def but_on_the_web_the_folder_is_merged_all_the_same(
        self, excel: MemoryExcel, folder: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "web.xlsm").write_bytes(master())
        book = excel.open(tmp_path / "web.xlsm", url="https://example.sharepoint.com/docs")
        be_parent(book, folder)

        book.run("CchcRollUp")

        assert "Đã tổng hợp 4/6 đơn vị" in book.excel.alerts[-1]


class DescribeTheListOfUnits:
    def it_names_who_has_not_reported(self, book: MemoryBook) -> None:
        for row, name in enumerate((*NAMES, "Xã Vắng"), start=6):
            book.set("Danh sách", f"B{row}", name)

        book.run("CchcRollUp")

        rows = {row[2]: row[5] for row in rows_of(book, "Đơn vị", "L")}
        assert rows["Xã Vắng"] == "chưa nộp"
        assert "Xã Vắng" in [row[0] for row in book.block(START, "F5:F12")]

    def it_takes_a_name_that_begins_with_an_equals_sign_as_text(
        self, book: MemoryBook, folder: Path
    ) -> None:
        commune(folder / "formula.xlsx", "=1+1", SOUND)

        book.run("CchcRollUp")

        assert "=1+1" in [row[2] for row in rows_of(book, "Đơn vị", "L")]


class DescribeTypedFigures:
    def it_refuses_to_print_totals_over_them(self, book: MemoryBook) -> None:
        book.set(SHEET, value_cell(book, "1.1.1"), 5)

        book.run("CchcRollUp")

        assert "số nhập tay" in book.excel.alerts[-1]
        assert book.value(SHEET, value_cell(book, "1.1.1")) == 5
        assert rows_of(book, "Đơn vị", "L") == []


class DescribeTheOtherClicks:
    def it_checks_the_files_without_touching_the_totals(
        self, book: MemoryBook, wanted: Json
    ) -> None:
        book.run("CchcCheck")

        assert [row[2] for row in rows_of(book, "Kiểm tra", "L")] == [
            finding["rule"] for finding in wanted["findings"]
        ]
        assert [name for name in book.block("_nguon", "H5:P5")[0] if name] == []

    def it_drafts_the_report_of_the_parent(self, book: MemoryBook) -> None:
        book.run("CchcRollUp")

        book.run("CchcDraft")

        assert any("4/6" in str(row[2]) for row in rows_of(book, "Báo cáo", "E"))

    def it_exports_the_report_of_the_parent(self, book: MemoryBook, tmp_path: Path) -> None:
        book.run("CchcRollUp")

        book.run("CchcExportWord")

        assert (tmp_path / "bao-cao-cchc-2022-Q1.docx").is_file()

    def but_without_totals_there_is_nothing_to_draft(self, book: MemoryBook) -> None:
        book.run("CchcDraft")

        assert "bấm Tổng hợp trước" in book.excel.alerts[-1]

    @pytest.mark.parametrize("place", ["", "https://example.com/x", "/nowhere/at/all"])
    def but_without_a_folder_it_says_so(self, book: MemoryBook, place: str) -> None:
        book.set(START, "C9", place)

        book.run("CchcRollUp")

        assert "hư mục" in book.excel.alerts[-1]


class DescribePhieuDeNghi:
    def it_writes_what_the_command_line_writes(
        self, book: MemoryBook, folder: Path, tmp_path: Path
    ) -> None:
        book.run("CchcReturnSlips")

        there = tmp_path / "of-command-line"
        run(
            "return",
            folder,
            "-o",
            there,
            "--form",
            FORM.id,
            "--name",
            "Huyện Mẫu",
            "--period",
            "2022-Q1",
        )
        (made,) = tmp_path.glob("**/phieu-de-nghi-2022-Q1")
        assert _contents(made) == _contents(there)
        assert "phiếu đề nghị chỉnh sửa" in book.excel.alerts[-1]

    def it_touches_no_sheet(self, book: MemoryBook) -> None:
        before = {name: book.block(name, "A1:L120") for name in ("Đơn vị", "Kiểm tra", "Tổng hợp")}

        book.run("CchcReturnSlips")

        assert {name: book.block(name, "A1:L120") for name in before} == before

    def it_is_for_parent_units(self, excel: MemoryExcel, tmp_path: Path) -> None:
        opened = open_master(excel, tmp_path / "unit")
        be_unit(opened, SOUND, "Xã A")

        opened.run("CchcReturnSlips")

        assert "đơn vị tổng hợp" in opened.excel.alerts[-1]
        assert not list(tmp_path.glob("**/phieu-de-nghi*"))


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


class DescribeRoundTrips:
    """Counted at the COM objects; what a trip costs on Windows was not seen here."""

    MACROS = ("CchcRollUp", "CchcCheck", "CchcRatios", "CchcDraft", "CchcExportWord", "CchcRollUp",
              "CchcUndo")  # fmt: skip

    def trips(self, folder: Path, units: int) -> list[int]:
        for number in range(units):
            commune(folder / "in" / f"{number}.xlsx", f"Xã {number:03}", SOUND)
        found: list[int] = []
        with MemoryExcel() as excel:
            book = open_master(excel, folder)
            be_parent(book, folder / "in")
            book.run("CchcRollUp")
            for macro in self.MACROS:
                excel.reset_trips()
                book.run(macro)
                found.append(excel.trips)
        return found

    def it_takes_no_more_for_many_units_than_for_few(self, tmp_path: Path) -> None:
        few, many = (self.trips(tmp_path / str(units), units) for units in (8, 16))

        assert few == many

    def it_stays_under_two_hundred_for_the_roll_up_and_one_hundred_for_the_others(
        self, tmp_path: Path
    ) -> None:
        found = self.trips(tmp_path / "3", 3)

        most = [200 if macro == "CchcRollUp" else 100 for macro in self.MACROS]
        # An undo of a roll-up writes all that the roll-up wrote.
        most[-1] = 200
        assert [trips < limit for trips, limit in zip(found, most, strict=True)] == [True] * 7
