"""The Excel in memory itself: what its cells take, refuse and give, and what that costs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlwings as xw

from tests.support.excel.memory_book import MemoryBook, MemoryExcel
from tests.support.excel.small_workbook import FORM
from tests.support.excel.windows_stubs import ComError


class DescribeARange:
    def it_gives_values_as_com_has_them(self, book: MemoryBook) -> None:
        cells = book.xlwings.sheets[FORM].range((1, 5), (2, 7))
        day = datetime(2022, 3, 31, tzinfo=UTC)

        cells.raw_value = ((1.5, "Đạt", None), (day, "=1/0", True))

        assert cells.raw_value == ((1.5, "Đạt", None), (day, -2146826281, True))

    @pytest.mark.parametrize(
        ("written", "held"),
        [("1.10", 1.1), ("'1.10", "1.10"), ("'=1+1", "=1+1"), ("=1+1", 2.0), ("007", 7.0)],
    )
    def it_types_what_is_written(self, book: MemoryBook, written: str, held: object) -> None:
        book.xlwings.sheets[FORM].range("E1").raw_value = written

        assert book.value(FORM, "E1") == held

    @pytest.mark.parametrize("written", ["1.10", "=1+1", "007", "01/02", "#N/A"])
    def but_not_in_a_cell_of_text(self, book: MemoryBook, written: str) -> None:
        cell = book.xlwings.sheets[FORM].range("E1")
        cell.api.NumberFormat = "@"

        cell.raw_value = written

        assert book.value(FORM, "E1") == written

    def it_takes_and_gives_formulas_in_blocks(self, book: MemoryBook) -> None:
        cells = book.xlwings.sheets[FORM].range("E1:F2")

        cells.api.Formula = (("=A1+1", "1"), ("", "=E1*2"))

        assert cells.api.Formula == (("=A1+1", "1"), ("", "=E1*2"))
        assert cells.raw_value == ((3.0, 1.0), (None, 6.0))

    @pytest.mark.parametrize("value", [datetime(2022, 3, 31), {1}, [[1.0], [1.0, 2.0]]])
    def it_refuses_what_pywin32_does_not_take(self, book: MemoryBook, value: object) -> None:
        cells = book.xlwings.sheets[FORM].range("E1:F2")

        with pytest.raises(TypeError):
            cells.raw_value = value

    def it_hides_rows_and_columns(self, book: MemoryBook) -> None:
        sheet = book.xlwings.sheets[FORM].api

        sheet.Rows("9:40").Hidden = True
        sheet.Columns("H:Z").Hidden = True

        hidden = [sheet.Rows(row).Hidden for row in ("8:8", "9:9", "40:40", "41:41")]
        assert hidden == [False, True, True, False]
        assert (sheet.Columns("G:G").Hidden, sheet.Columns("Z:Z").Hidden) == (False, True)


class DescribeTheRefusals:
    def it_keeps_locked_cells(self, book: MemoryBook) -> None:
        sheet = book.xlwings.sheets[FORM]

        sheet.api.Protect(AllowFormattingRows=True, AllowFormattingColumns=True)

        with pytest.raises(ComError, match="protected sheet"):
            sheet.range("A1").raw_value = 1.0
        sheet.api.Unprotect()
        assert not sheet.api.ProtectContents

    def it_knows_no_sheet_that_was_renamed(self, book: MemoryBook) -> None:
        found = book.xlwings
        found.sheets[FORM].name = "Khác"

        with pytest.raises(ComError):
            found.sheets[FORM].range("A1")

    def it_does_not_show_a_hidden_sheet(self, book: MemoryBook) -> None:
        hidden = book.xlwings.sheets["_cchc"]

        assert not hidden.visible
        with pytest.raises(ComError):
            hidden.activate()

    def it_does_not_write_over_a_book_that_is_read_only(
        self, excel: MemoryExcel, workbook: Path
    ) -> None:
        found = excel.open(workbook, read_only=True).xlwings

        assert found.api.ReadOnly
        with pytest.raises(ComError, match="read-only"):
            found.api.Save()

    def it_tells_where_a_book_in_the_cloud_lies(self, excel: MemoryExcel, workbook: Path) -> None:
        found = excel.open(workbook, url="https://d.docs.live.net/ab12/CCHC").xlwings

        assert found.api.FullName == "https://d.docs.live.net/ab12/CCHC/nhỏ.xlsm"

    @pytest.mark.parametrize("name", ["value", "Valeu"])
    def it_has_no_member_of_another_name(self, book: MemoryBook, name: str) -> None:
        cell = book.xlwings.sheets[FORM].range("A1").api

        with pytest.raises(ComError, match=name):
            getattr(cell, name)


class DescribeTheRoundTrips:
    @pytest.mark.parametrize(
        ("what", "trips"),
        [
            (lambda sheet: sheet.range("A1:J300").raw_value, 2),
            (lambda sheet: setattr(sheet.range("A1:B1"), "raw_value", ((1.0, 2.0),)), 2),
            (lambda sheet: setattr(sheet.range("A1:B1").api, "Formula", (("=1", "x"),)), 2),
            (lambda sheet: setattr(sheet.api.Rows("9:40"), "Hidden", True), 3),
            (lambda sheet: (sheet.api.Unprotect(), sheet.api.Protect()), 2),
            (lambda sheet: sheet.range((1, 1), (300, 10)), 5),
        ],
        ids=["read", "write", "formula", "hide", "protect", "corners"],
    )
    def it_counts_them(
        self, excel: MemoryExcel, book: MemoryBook, what: Callable[[xw.Sheet], None], trips: int
    ) -> None:
        sheet = book.xlwings.sheets[FORM]
        excel.reset_trips()

        what(sheet)

        assert excel.trips == trips, excel.trip_log


class DescribeTheFormulas:
    def it_trusts_the_results_of_the_file_until_it_calculates(self, book: MemoryBook) -> None:
        trusted = book.value(FORM, "B1")

        book.calculate()

        assert (trusted, book.value(FORM, "B1"), book.value(FORM, "D1")) == (999.0, 20.0, "P2")

    def it_calculates_what_depends_on_a_typed_cell(self, book: MemoryBook) -> None:
        book.set(FORM, "A1", 4)

        assert book.value(FORM, "B1") == 40

    def it_saves_what_it_calculated(self, book: MemoryBook, tmp_path: Path) -> None:
        saved = tmp_path / "saved.xlsm"
        book.calculate()

        book.save(saved)

        with zipfile.ZipFile(saved) as package:
            sheet = package.read("xl/worksheets/sheet2.xml").decode()
            states = package.read("xl/workbook.xml").decode()
        assert "<v>20</v>" in sheet
        assert states.count('state="hidden"') == 1
