"""What `Tổng hợp` leaves in the master is what the command line gives for the same folder."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from tests.support.excel.memory_book import MemoryBook, MemoryExcel
from tests.support.libreoffice import recalculated
from tests.support.masters import (
    FORM,
    SHEET,
    a_folder,
    be_parent,
    by_code,
    open_master,
    rows_of,
    value_cell,
)
from tests.support.parents import Json, consolidate
from tests.support.workbook_parts import shown_cells, spoiled


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_folder(tmp_path_factory.mktemp("roll-up") / "units")


@pytest.fixture(scope="module")
def book(folder: Path) -> Iterator[MemoryBook]:
    """The master after one click; no test of this module changes it."""
    with MemoryExcel() as excel:
        opened = open_master(excel, folder.parent)
        be_parent(opened, folder)
        opened.run("CchcRollUp")
        yield opened


@pytest.fixture(scope="module")
def wanted(folder: Path) -> Json:
    return consolidate(folder, folder.parent / "out.xlsx", "--form", FORM.id).json


def column_of(book: MemoryBook, unit: str) -> str:
    """The column of a unit in `Tổng hợp` and `_nguon`."""
    return "HIJKLMNOP"[book.block("_nguon", "H5:P5")[0].index(unit)]


def agrees(shown: Any, figure: Any) -> bool:
    if not isinstance(figure, float | int):
        return figure is None and shown in (None, "")
    return isinstance(shown, float | int) and isclose(shown, figure, rel_tol=1e-9)


class DescribeTongHop:
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
            stands: Any = detail.get("stands_on", figure["reporting"])
            return int(stands)

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
        last = "GHIJKLMNOP"[len(wanted["indicators"]["1.1.1"]["by_unit"])]
        rows = book.block("Tổng hợp", f"H6:{last}96")
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
        column = by_code(book, "Tổng hợp", column_of(book, "Xã Bình"))

        assert (column["2.2"], column["2.3"], column["2.4"]) == (0, "KAD", "«abc»")

    def it_names_the_file_behind_every_column(self, book: MemoryBook, folder: Path) -> None:
        head = book.formula("Tổng hợp", f"{column_of(book, 'Xã An')}5")

        assert head == f'=HYPERLINK("{folder}/0.xlsx","Xã An")'

    def it_knows_the_source_cell_of_a_figure(self, book: MemoryBook) -> None:
        codes = list(by_code(book, "Tổng hợp", "A"))
        place = f"{column_of(book, 'Xã An')}{6 + codes.index('1.1.1')}"
        file, sheet, cell, state = str(book.value("_nguon", place)).split("|")

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

        assert "4/6 đơn vị" in said
        assert "2 tệp trùng" in said
        assert "Đơn vị và Kiểm tra" in said


class DescribeLibreOffice:
    def it_calculates_the_same_figures_ratios_and_charts(
        self, book: MemoryBook, tmp_path: Path
    ) -> None:
        sheets = (SHEET, "Tỷ lệ", "Tổng hợp", "Biểu đồ")
        filled, spoilt = tmp_path / "filled.xlsm", tmp_path / "spoilt.xlsx"
        book.save(filled)
        spoilt.write_bytes(spoiled(filled.read_bytes()))
        (tmp_path / "out").mkdir()

        (copy,) = recalculated([spoilt], tmp_path / "out")

        wanted, found = shown_cells(filled, *sheets), shown_cells(copy, *sheets)
        wrong = [
            (sheet, cell, shown, found[sheet].get(cell))
            for sheet in sheets
            for cell, shown in wanted[sheet].items()
            if found[sheet].get(cell, "") != shown and not agrees(found[sheet].get(cell), shown)
        ]
        assert wrong == []
