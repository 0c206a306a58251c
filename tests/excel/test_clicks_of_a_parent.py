"""Every button in the role of a parent unit: what it writes is what the command line gives."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from tests.support.excel.memory_book import MemoryBook, MemoryExcel
from tests.support.masters import (
    FORM,
    SHEET,
    START,
    be_parent,
    by_code,
    open_master,
    rows_of,
    value_cell,
)
from tests.support.parents import SOUND, Json, commune, consolidate

NAMES = ("Xã An", "Xã Bình", "Xã Cát", "Thị trấn Đông")


@pytest.fixture
def excel() -> Iterator[MemoryExcel]:
    with MemoryExcel() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four units, one with an error, KPS and KAD; one unit twice; one file that is none."""
    place = tmp_path / "units"
    for number, name in enumerate(NAMES):
        figures: dict[str, Any] = {**SOUND, "1.1.1": 20 + number, "2.1": number, "5.2": number % 2}
        if name == "Xã Bình":
            figures |= {"1.1.2": 99, "2.2": "KPS", "2.3": "KAD", "2.4": "abc"}
        commune(place / f"{number}.xlsx", name, figures)
    commune(place / "twice.xlsx", "Xã Đôi", SOUND)
    commune(place / "twice-2.xlsx", "Xã Đôi", SOUND)
    (place / "broken.xlsx").write_bytes(b"no workbook")
    return place


@pytest.fixture
def book(excel: MemoryExcel, folder: Path, tmp_path: Path) -> MemoryBook:
    opened = open_master(excel, tmp_path)
    be_parent(opened, folder)
    return opened


@pytest.fixture
def wanted(folder: Path, tmp_path: Path) -> Json:
    return consolidate(folder, tmp_path / "out.xlsx").json


def agrees(shown: Any, figure: float | None) -> bool:
    if figure is None:
        return shown in (None, "")
    return isinstance(shown, float | int) and isclose(shown, figure, rel_tol=1e-9)


class DescribeTongHop:
    @pytest.fixture(autouse=True)
    def clicked(self, book: MemoryBook) -> None:
        book.run("CchcRollUp")

    def it_has_the_totals_of_the_command_line(self, book: MemoryBook, wanted: Json) -> None:
        totals = by_code(book, "Tổng hợp", "F")
        distributions = {r.code for r in FORM.indicators if r.aggregation.value == "distribution"}
        wrong = [
            (code, totals[code], figure["value"])
            for code, figure in wanted["indicators"].items()
            if code not in distributions and not agrees(totals[code], figure["value"])
        ]

        assert wrong == []

    def it_says_on_how_many_units_each_stands(self, book: MemoryBook, wanted: Json) -> None:
        told = by_code(book, "Tổng hợp", "G")
        headings = {row.code for row in FORM.indicators if row.kind.value == "header"}

        def stands_on(figure: Json) -> int:
            detail: Json = figure["detail"] or {}
            return int(detail.get("stands_on", figure["reporting"]))

        assert {code: told[code] for code in wanted["indicators"] if code not in headings} == {
            code: f"{stands_on(figure)}/{figure['expected']}"
            for code, figure in wanted["indicators"].items()
            if code not in headings
        }

    def it_has_the_ratios_of_the_command_line(self, book: MemoryBook, wanted: Json) -> None:
        shown = [row[0] for row in book.block("Tỷ lệ", f"D6:D{5 + 3 * len(FORM.ratios)}")]
        wrong = [
            (ratio, part)
            for place, (ratio, told) in enumerate(wanted["ratios"].items())
            for line, part in enumerate(("numerator", "denominator"))
            if not agrees(shown[3 * place + line], told[part])
        ]

        assert wrong == []

    def it_has_a_column_for_each_unit(self, book: MemoryBook, wanted: Json) -> None:
        names = book.block("_nguon", "H5:P5")[0]

        assert [name for name in names if name] == list(wanted["indicators"]["1.1.1"]["by_unit"])

    def it_has_the_figures_of_each_unit(self, book: MemoryBook, wanted: Json) -> None:
        rows = book.block("Tổng hợp", "H6:L96")
        columns = dict(zip(by_code(book, "Tổng hợp", "A"), rows, strict=True))
        wrong = [
            (code, unit, shown, told)
            for code, figure in wanted["indicators"].items()
            for (unit, told), shown in zip(
                figure["by_unit"].items(), columns[code], strict=True
            )
            if not (shown == told or agrees(shown, told)
                    or (told is None and isinstance(shown, str)))
        ]  # fmt: skip

        assert wrong == []

    def it_counts_kps_as_zero_and_leaves_kad_out(self, book: MemoryBook) -> None:
        rows = [row[1] for row in book.block("Tổng hợp", "H6:L96")]
        column = dict(zip(by_code(book, "Tổng hợp", "A"), rows, strict=True))

        assert (column["2.2"], column["2.3"], column["2.4"]) == (0, "KAD", "«abc»")

    def it_names_the_file_behind_every_column(self, book: MemoryBook, folder: Path) -> None:
        head = book.formula("Tổng hợp", "H5")

        assert head == f'=HYPERLINK("{folder}/0.xlsx","Xã An")'

    def it_knows_the_source_cell_of_a_figure(self, book: MemoryBook) -> None:
        codes = list(by_code(book, "Tổng hợp", "A"))
        file, sheet, cell, state = str(book.value("_nguon", f"H{6 + codes.index('1.1.1')}")).split(
            "|"
        )

        assert (file, sheet, state) == ("0.xlsx", SHEET, "number")
        assert cell.startswith("F")

    def it_lists_every_file_with_its_status(self, book: MemoryBook, wanted: Json) -> None:
        words = {
            "accepted": "đã nhận", "accepted_with_errors": "đã nhận, có lỗi",
            "duplicate": "trùng đơn vị", "unreadable": "không đọc được", "missing": "chưa nộp",
        }  # fmt: skip
        rows = rows_of(book, "Đơn vị", "L")

        assert [(row[4] or None, row[5]) for row in rows] == [
            (line["file"], words[line["status"]]) for line in wanted["units"]
        ]

    def it_lists_the_findings_of_the_command_line(self, book: MemoryBook, wanted: Json) -> None:
        rows = rows_of(book, "Kiểm tra", "L")

        assert [(row[2], row[3] or None, row[5]) for row in rows] == [
            (finding["rule"], finding["unit"], finding["message"]) for finding in wanted["findings"]
        ]

    def it_writes_every_file_into_the_log(self, book: MemoryBook) -> None:
        lines = rows_of(book, "Nhật ký", "G")

        assert [row[1] for row in lines] == [row[4] for row in rows_of(book, "Đơn vị", "L")]
        assert all(len(str(row[4])) == 64 for row in lines)

    def it_prints_the_totals_in_the_form(self, book: MemoryBook) -> None:
        totals = by_code(book, "Tổng hợp", "F")

        assert book.value(SHEET, value_cell(book, "1.1.1")) == totals["1.1.1"]

    def it_says_who_is_in_and_where_to_look(self, book: MemoryBook) -> None:
        said = book.excel.alerts[-1]

        assert "4/5 đơn vị" in said
        assert "2 tệp trùng" in said
        assert "Đơn vị và Kiểm tra" in said

    def it_gives_the_same_when_clicked_again(self, book: MemoryBook) -> None:
        before = book.block("Tổng hợp", "A5:L96"), rows_of(book, "Nhật ký", "G")

        book.run("CchcRollUp")

        assert (book.block("Tổng hợp", "A5:L96"), rows_of(book, "Nhật ký", "G")) == before

    def it_clears_the_columns_of_units_that_are_gone(self, book: MemoryBook, folder: Path) -> None:
        (folder / "3.xlsx").unlink()

        book.run("CchcRollUp")

        assert [name for name in book.block("_nguon", "H5:P5")[0] if name] == [
            "Xã An", "Xã Bình", "Xã Cát", "Xã Đôi"
        ]  # fmt: skip
        assert book.block("Tổng hợp", "L5:L96") in ([[None]], [[None]] * 92)

    def it_counts_a_file_once_it_is_chosen(self, book: MemoryBook) -> None:
        files = [row[4] for row in rows_of(book, "Đơn vị", "L")]
        book.set("Đơn vị", f"K{6 + files.index('twice.xlsx')}", "x")

        book.run("CchcRollUp")

        assert "5/5 đơn vị" in book.excel.alerts[-1]

    def it_lets_the_ratios_be_worked_out_anew(self, book: MemoryBook) -> None:
        book.run("CchcRatios")

        assert "tỷ lệ" in book.excel.alerts[-1]
        assert "khác với" not in book.excel.alerts[-1]


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

        assert any("4/5" in str(row[2]) for row in rows_of(book, "Báo cáo", "E"))

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


class DescribeRoundTrips:
    @staticmethod
    def trips(excel: MemoryExcel, folder: Path, units: int, macro: str) -> int:
        for number in range(units):
            commune(folder / "in" / f"{number}.xlsx", f"Xã {number:03}", SOUND)
        book = open_master(excel, folder)
        be_parent(book, folder / "in")
        book.run("CchcRollUp")
        excel.reset_trips()
        book.run(macro)
        return excel.trips

    @pytest.mark.parametrize(
        ("macro", "most"),
        [("CchcRollUp", 200), ("CchcCheck", 100), ("CchcDraft", 100), ("CchcExportWord", 100),
         ("CchcRatios", 100), ("CchcUndo", 100)],
    )  # fmt: skip
    def it_takes_no_more_for_many_units_than_for_few(
        self, macro: str, most: int, tmp_path: Path
    ) -> None:
        found: list[int] = []
        for units in (16, 40):
            (tmp_path / str(units)).mkdir()
            with MemoryExcel() as excel:
                found.append(self.trips(excel, tmp_path / str(units), units, macro))

        assert found[0] == found[1] < most
