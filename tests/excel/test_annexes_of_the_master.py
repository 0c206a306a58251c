"""The shipped master has the whole family of forms: typed and checked, or filled with totals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cchc_xl.build.annex_places import AnnexPlaces
from cchc_xl.core.annex import matrices
from cchc_xl.core.grid import address
from cchc_xl.gateways.schemas import load_form
from tests.support.excel.memory_book import MemoryBook, MemoryExcel
from tests.support.masters import be_parent, be_unit, by_code, rows_of
from tests.support.parents import commune, consolidate

_MASTER = Path(__file__).parents[2] / "workbooks" / "cchc-master.xlsm"
FORMS = load_form("bo-bieu-xa")
PLACES = {annex.name: AnnexPlaces(annex) for annex in matrices(FORMS)}
TTHC = "Giải quyết TTHC"
ROW: dict[str, Any] = {"2": 30, "3": 20, "4": 8, "5": 2, "6": 29, "7": 25, "8": 3, "9": 1,
                       "10": 1, "11": 1, "12": 0}  # fmt: skip


def cell(sheet: str, code: str) -> str:
    return address(*PLACES[sheet].cells[code])


def opened(excel: MemoryExcel, folder: Path) -> MemoryBook:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "cchc-master.xlsm"
    path.write_bytes(_MASTER.read_bytes())
    return excel.open(path)


class DescribeAnAnnexOfAUnit:
    @pytest.fixture
    def book(self, excel: MemoryExcel, tmp_path: Path) -> MemoryBook:
        book = opened(excel, tmp_path)
        be_unit(book, {"1.1.1": 28, "1.1.2": 7})
        for column, figure in ROW.items():
            book.set(TTHC, cell(TTHC, f"TTHC.HT.{column}"), figure)
        return book

    def it_is_checked_by_a_click(self, book: MemoryBook) -> None:
        book.set(TTHC, cell(TTHC, "TTHC.HT.7"), 24)

        book.run("CchcCheck")

        found = [(row[2], row[4]) for row in rows_of(book, "Kiểm tra", "L")]
        assert ("B2", "TTHC.HT.6") in found

    def it_links_a_finding_to_its_own_sheet(self, book: MemoryBook) -> None:
        book.set(TTHC, cell(TTHC, "TTHC.HT.7"), 24)

        book.run("CchcCheck")

        found = [row[4] for row in rows_of(book, "Kiểm tra", "L")]
        formula = book.formula("Kiểm tra", f"E{6 + found.index('TTHC.HT.6')}")
        assert f"#'{TTHC}'!{cell(TTHC, 'TTHC.HT.6')}" in formula

    def it_adds_up_its_total_row(self, book: MemoryBook) -> None:
        assert book.value(TTHC, cell(TTHC, "TTHC.TONG.2")) == 30

    def it_is_not_overwritten_by_totals(self, book: MemoryBook, folder: Path) -> None:
        be_parent(book, folder)
        book.set(TTHC, cell(TTHC, "TTHC.HT.7"), 99)

        book.run("CchcRollUp")

        assert book.value(TTHC, cell(TTHC, "TTHC.HT.7")) == 99
        assert "số nhập tay" in book.excel.alerts[-1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("annexes") / "units"
    for number, unit in enumerate(("Xã An", "Xã Bình")):
        figures = {f"TTHC.HT.{column}": amount for column, amount in ROW.items()}
        figures |= {"TTHC.HT.2": 30 + number, "TTHC.HT.3": 20 + number,
                    "TTHC.HT.6": 29 + number, "TTHC.HT.7": 25 + number}  # fmt: skip
        given = {"1.1.1": 20, "1.1.2": 5, **figures}
        commune(folder / f"{unit}.xlsx", unit, given, form=FORMS.load_id)
    return folder


@pytest.fixture(scope="module")
def merged(folder: Path) -> Iterator[MemoryBook]:
    """The master after one click; no test of this module changes it."""
    with MemoryExcel() as excel:
        book = opened(excel, folder.parent)
        be_parent(book, folder)
        book.run("CchcRollUp")
        yield book


class DescribeAnAnnexOfAParentUnit:
    def it_has_the_totals_of_the_command_line(
        self, merged: MemoryBook, folder: Path, tmp_path: Path
    ) -> None:
        wanted = consolidate(folder, tmp_path / "kq.xlsx")
        shown = by_code(merged, "Tổng hợp", "F", rows=len(FORMS.indicators))

        for code in ("TTHC.HT.2", "TTHC.HT.7", "TTHC.TONG.6"):
            assert shown[code] == wanted.value(code)

    def it_prints_them_on_its_own_sheet(self, merged: MemoryBook) -> None:
        assert merged.value(TTHC, cell(TTHC, "TTHC.HT.7")) == 51

    def it_prints_the_rates_of_the_totals(self, merged: MemoryBook) -> None:
        at = cell("Số hóa hồ sơ", "SOHOA.XA.5")

        assert "Tổng hợp" in merged.formula("Số hóa hồ sơ", at)
