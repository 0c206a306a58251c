"""The master as it is built: its buttons, its project, its package; LibreOffice calculates it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_xl.build.master_workbook import CODE_NAMES
from cchc_xl.build.start_sheet import BUTTONS
from cchc_xl.excel.declared import declared_functions
from cchc_xl.gateways.data_files import data_folder
from cchc_xl.usecases.build import built_workbooks
from tests.support.libreoffice import recalculated
from tests.support.macro_package import declared, vba_files
from tests.support.masters import FORM, macros_of_buttons, master
from tests.support.validator import problems
from tests.support.workbook_parts import shown_cells, spoiled

_COMMITTED = Path(__file__).resolve().parents[2] / "workbooks"


class DescribeTheButtons:
    def it_has_every_button_of_the_start_page(self, tmp_path: Path) -> None:
        assert sorted(macros_of_buttons(master(), tmp_path)) == sorted(b.macro for b in BUTTONS)

    @pytest.mark.parametrize("button", BUTTONS, ids=lambda b: b.macro)
    def it_names_a_public_macro(self, button: object) -> None:
        source = (data_folder("macros") / "CchcButtons.bas").read_text(encoding="ascii")

        assert f"Public Sub {getattr(button, 'macro', '')}()" in source


class DescribeTheProject:
    def it_holds_exactly_the_modules_of_macros(self) -> None:
        wanted = {path.stem for path in data_folder("macros").glob("*.bas")}

        assert set(declared(master(), "Module")) == wanted

    def it_names_every_sheet_as_a_document(self) -> None:
        assert set(declared(master(), "Document")) == {
            "ThisWorkbook", "shForm", *CODE_NAMES.values()
        }  # fmt: skip

    def it_is_read_back_by_a_second_tool(self) -> None:
        source = vba_files(master(), ".xlsm")["CchcButtons.bas"]

        assert 'CchcClick "check"' in source


class DescribeTheMacros:
    @pytest.mark.parametrize(
        "path", sorted(data_folder("macros").glob("*.bas")), ids=lambda p: p.stem
    )
    def it_is_ascii_with_windows_line_ends_and_option_explicit(self, path: Path) -> None:
        content = path.read_bytes()

        assert content.isascii()
        assert content.count(b"\n") == content.count(b"\r\n")
        assert b"Option Explicit" in content


class DescribeThePackage:
    def it_is_valid(self, tmp_path: Path) -> None:
        path = tmp_path / "cchc-master.xlsm"
        path.write_bytes(master())

        assert problems(path) == []

    def it_is_committed_as_it_is_built(self) -> None:
        made = built_workbooks(declared_functions())

        assert [name for name in made if (_COMMITTED / name).read_bytes() != made[name]] == []


class DescribeLibreOffice:
    def it_calculates_what_python_wrote(self, tmp_path: Path) -> None:
        path = tmp_path / "master.xlsx"
        path.write_bytes(spoiled(master()))
        (tmp_path / "out").mkdir()

        (copy,) = recalculated([path], tmp_path / "out")

        built = tmp_path / "built.xlsm"
        built.write_bytes(master())
        sheets = (FORM.name, "Tỷ lệ", "Tổng hợp")
        wanted, found = shown_cells(built, *sheets), shown_cells(copy, *sheets)
        wrong = [
            (sheet, cell, shown, found[sheet].get(cell, ""))
            for sheet in sheets
            for cell, shown in wanted[sheet].items()
            if isinstance(shown, int | float | str) and found[sheet].get(cell, "") != shown
        ]
        assert wrong == []
