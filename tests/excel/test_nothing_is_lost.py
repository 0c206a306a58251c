"""What a click must never do: lose what was typed, leave half of a result, fail in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_xl.gateways import open_workbook
from tests.support.excel.memory_book import MemoryBook, MemoryExcel
from tests.support.masters import (
    SHEET,
    START,
    be_parent,
    be_unit,
    everything,
    master,
    open_master,
    rows_of,
    value_cell,
)
from tests.support.parents import SOUND, commune


@pytest.fixture
def unit(excel: MemoryExcel, tmp_path: Path) -> MemoryBook:
    book = open_master(excel, tmp_path)
    be_unit(book, {**SOUND, "1.1.2": 99})
    return book


@pytest.fixture
def parent(excel: MemoryExcel, tmp_path: Path) -> MemoryBook:
    for number, name in enumerate(("Xã An", "Xã Bình")):
        commune(tmp_path / "in" / f"{number}.xlsx", name, {**SOUND, "1.1.1": 20 + number})
    book = open_master(excel, tmp_path)
    be_parent(book, tmp_path / "in")
    return book


class DescribeHoanTac:
    def it_brings_back_what_the_last_click_replaced(
        self, parent: MemoryBook, tmp_path: Path
    ) -> None:
        parent.run("CchcRollUp")
        before = everything(parent)
        (tmp_path / "in" / "1.xlsx").unlink()
        commune(tmp_path / "in" / "2.xlsx", "Xã Mới", {**SOUND, "1.1.1": 7})
        parent.run("CchcRollUp")
        changed = everything(parent)

        parent.run("CchcUndo")

        assert changed != before
        assert _but_for_the_status(everything(parent)) == _but_for_the_status(before)

    def it_brings_it_forth_again(self, parent: MemoryBook) -> None:
        parent.run("CchcRollUp")
        after = everything(parent)

        parent.run("CchcUndo")
        parent.run("CchcUndo")

        assert _but_for_the_status(everything(parent)) == _but_for_the_status(after)

    def it_leaves_typed_figures_alone(self, unit: MemoryBook) -> None:
        unit.run("CchcCheck")
        unit.set(SHEET, value_cell(unit, "1.1.3"), 44)

        unit.run("CchcUndo")

        assert unit.value(SHEET, value_cell(unit, "1.1.3")) == 44

    def it_says_so_where_nothing_was_clicked(self, unit: MemoryBook) -> None:
        unit.run("CchcUndo")

        assert "Chưa có lần bấm nào" in unit.excel.alerts[-1]

    def it_brings_back_the_word_file_before(self, unit: MemoryBook, tmp_path: Path) -> None:
        report = tmp_path / "bao-cao-cchc-2022-Q1.docx"
        unit.run("CchcExportWord")
        first = report.read_bytes()
        unit.set(SHEET, value_cell(unit, "1.1.3"), 44)
        unit.run("CchcExportWord")

        unit.run("CchcUndo")

        assert report.read_bytes() == first


def _but_for_the_status(sheets: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    """What the last click said stands on the start page; an undo says something else."""
    return {name: rows for name, rows in sheets.items() if name != START}


class DescribeAWorkbookThatCannotBeWritten:
    @pytest.mark.parametrize("macro", ["CchcCheck", "CchcDraft"])
    def it_says_so_where_a_sheet_was_renamed(self, unit: MemoryBook, macro: str) -> None:
        sheet = "Kiểm tra" if macro == "CchcCheck" else "Báo cáo"
        unit.sheet(sheet).vba_set("Name", "Của tôi")

        unit.run(macro)

        assert f"«{sheet}»" in unit.excel.alerts[-1]
        assert "đổi tên hoặc bị xóa" in unit.excel.alerts[-1]

    def it_changes_nothing_where_one_sheet_of_many_is_missing(self, parent: MemoryBook) -> None:
        parent.sheet("Tỷ lệ").vba_set("Name", "Của tôi")
        before = everything(parent)

        parent.run("CchcRollUp")

        assert _but_for_the_status(everything(parent)) == _but_for_the_status(before)

    def it_says_so_where_a_sheet_has_a_password(self, unit: MemoryBook) -> None:
        sheet = unit.sheet("Kiểm tra")
        sheet.vba_get("Unprotect")
        sheet.vba_get("Protect", ["secret"])

        unit.run("CchcCheck")

        assert "mật khẩu" in unit.excel.alerts[-1]
        assert rows_of(unit, "Kiểm tra", "L") == []

    def it_says_so_where_the_file_is_read_only(self, excel: MemoryExcel, tmp_path: Path) -> None:
        path = tmp_path / "read-only.xlsm"
        path.write_bytes(master())
        book = excel.open(path, read_only=True)
        be_unit(book, SOUND)

        book.run("CchcCheck")

        assert "chỉ đọc" in excel.alerts[-1]

    def it_says_so_where_the_file_lies_on_the_web(self, excel: MemoryExcel, tmp_path: Path) -> None:
        path = tmp_path / "web.xlsm"
        path.write_bytes(master())
        book = excel.open(path, url="https://example.sharepoint.com/docs")
        be_unit(book, SOUND)

        book.run("CchcExportWord")

        assert "OneDrive" in excel.alerts[-1]

    def it_protects_its_sheets_again(self, unit: MemoryBook) -> None:
        unit.run("CchcCheck")

        assert unit.sheet("Kiểm tra").vba_get("ProtectContents") is True

    def it_is_as_before_where_excel_fails_in_the_middle(
        self, parent: MemoryBook, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        parent.run("CchcRollUp")
        before = everything(parent)
        written = 0
        put = open_workbook._put

        def failing(block: object, cells: object) -> None:
            nonlocal written
            written += 1
            if written == 5:
                raise RuntimeError
            put(block, cells)  # type: ignore[arg-type]

        monkeypatch.setattr(open_workbook, "_put", failing)
        parent.run("CchcRollUp")

        assert _but_for_the_status(everything(parent)) == _but_for_the_status(before)
        assert "giữ như trước" in parent.excel.alerts[-1]


class DescribeAMachineWithoutPython:
    def it_says_what_to_install(self, unit: MemoryBook) -> None:
        unit.excel.python_missing = True

        unit.run("CchcCheck")

        assert "cchc-xl install" in unit.excel.popups[-1]
        assert unit.excel.alerts == []

    def it_still_has_figures_ratios_and_checks(self, unit: MemoryBook) -> None:
        unit.excel.python_missing = True
        unit.run("CchcCheck")

        assert unit.value(SHEET, value_cell(unit, "1.1.1")) == 20
        assert unit.value("Tỷ lệ", "D8") == 495
        assert "1 lỗi" in str(unit.block(SHEET, "H1:H8"))


class DescribeAnUnexpectedFailure:
    def it_is_one_plain_sentence(self, unit: MemoryBook, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("cchc_xl.excel.buttons.read_master", broken)

        unit.run("CchcCheck")

        assert "ngoài dự kiến" in unit.excel.alerts[-1]
        assert "Traceback" not in unit.excel.alerts[-1]
