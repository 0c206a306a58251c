"""The add-in as Excel would find it: its macros, its ribbon, its hidden texts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cchc_xl.excel.declared import declared_functions
from cchc_xl.gateways.xlwings_modules import embedded_version, installed_version
from cchc_xl.usecases.build import ADDIN, built_workbooks
from tests.support.macro_package import (
    PROJECT_PART,
    declared,
    package_parts,
    vba_files,
    xml_part,
)
from tests.support.validator import problems

_RIBBON_PART = "customUI/customUI14.xml"
_UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DOCUMENTS = {"ThisWorkbook", "shMachine", "shSettings"}
_OURS = {"CchcButtons", "CchcFunctions", "CchcRibbon", "CchcSeam"}
_XLWINGS = {"xlwings", "Dictionary"}
_BOTH = pytest.mark.parametrize("xlwings", [False, True], ids=["plain", "with-xlwings"])
# What each button of the ribbon is called, and whether it is a large one.
_BUTTONS = {
    "cchcCheck": ("Kiểm tra", "large"),
    "cchcRatios": ("Tính tỷ lệ", "large"),
    "cchcRollUp": ("Tổng hợp", "large"),
    "cchcReturnSlips": ("Phiếu đề nghị", "large"),
    "cchcDraft": ("Soạn báo cáo", "large"),
    "cchcProofread": ("Soát lỗi", "large"),
    "cchcCheckFigures": ("Soát số liệu", "large"),
    "cchcExportWord": ("Xuất Word", "large"),
    "cchcChooseFolder": ("Chọn thư mục", "normal"),
    "cchcUndo": ("Hoàn tác", "normal"),
    "cchcCheckMachine": ("Kiểm tra máy", "normal"),
}


def _built(*, xlwings: bool) -> bytes:
    return built_workbooks(declared_functions(), xlwings=xlwings)[ADDIN]


@cache
def _addin(*, xlwings: bool = False) -> bytes:
    return _built(xlwings=xlwings)


@cache
def _files(*, xlwings: bool = False) -> dict[str, str]:
    return vba_files(_addin(xlwings=xlwings), ".xlam")


def _buttons() -> list[ET.Element]:
    return list(xml_part(_addin(), _RIBBON_PART).iter(f"{_UI}button"))


class DescribeTheAddIn:
    @_BOTH
    def it_is_a_valid_package(self, xlwings: bool, tmp_path: Path) -> None:
        path = tmp_path / ADDIN
        path.write_bytes(_addin(xlwings=xlwings))
        assert problems(path) == []

    @_BOTH
    def it_comes_out_the_same_every_time(self, xlwings: bool) -> None:
        assert _built(xlwings=xlwings) == _built(xlwings=xlwings)

    @_BOTH
    def it_says_that_it_is_an_add_in(self, xlwings: bool) -> None:
        types = xml_part(_addin(xlwings=xlwings), "[Content_Types].xml")
        kinds = {
            entry.get("PartName"): entry.get("ContentType")
            for entry in types.iter(f"{_TYPES}Override")
        }
        assert kinds["/xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"

    def it_keeps_one_sheet_visible_and_hides_its_texts(self) -> None:
        sheets = xml_part(_addin(), "xl/workbook.xml").iter(f"{_MAIN}sheet")
        assert {sheet.get("name"): sheet.get("state", "visible") for sheet in sheets} == {
            "Kiểm tra máy": "visible",
            "_cchc": "veryHidden",
        }

    def it_names_the_tables_that_its_macros_read(self) -> None:
        book = xml_part(_addin(), "xl/workbook.xml")
        names = {str(name.get("name")) for name in book.iter(f"{_MAIN}definedName")}
        assert names >= {"CCHC_TEXTS", "CCHC_FUNCTIONS", "CCHC_FACTS", "CCHC_MACHINE"}

    def but_it_passes_for_no_master(self) -> None:
        # The macros tell a workbook of ours by this name; the add-in is never worked on.
        book = xml_part(_addin(), "xl/workbook.xml")
        assert "CCHC_FORM" not in {name.get("name") for name in book.iter(f"{_MAIN}definedName")}


class DescribeItsMacros:
    @_BOTH
    def it_holds_our_modules_and_with_xlwings_those_two_more(self, xlwings: bool) -> None:
        names = {file.rpartition(".")[0] for file in _files(xlwings=xlwings)}
        assert names == _DOCUMENTS | _OURS | (_XLWINGS if xlwings else set())

    @_BOTH
    def it_declares_a_document_for_each_code_name(self, xlwings: bool) -> None:
        addin = _addin(xlwings=xlwings)
        named = {
            str(element.get("codeName"))
            for part in package_parts(addin)
            if part == "xl/workbook.xml" or part.startswith("xl/worksheets/sheet")
            for element in xml_part(addin, part).iter()
            if element.tag in {f"{_MAIN}workbookPr", f"{_MAIN}sheetPr"}
        }
        assert declared(addin, "Document") == named == _DOCUMENTS

    @_BOTH
    def it_declares_only_the_dictionary_as_a_class(self, xlwings: bool) -> None:
        assert declared(_addin(xlwings=xlwings), "Class") == ({"Dictionary"} if xlwings else set())

    def it_holds_the_sources_of_the_folder_macros(self) -> None:
        folder = Path(__file__).parents[2] / "macros"
        kept = _files()
        for name in ("CchcButtons", "CchcRibbon", "CchcSeam"):
            source = (folder / f"{name}.bas").read_bytes().decode("ascii")
            assert kept[f"{name}.bas"].splitlines() == source.splitlines(), name

    def it_differs_with_xlwings_in_the_project_only(self) -> None:
        before, after = package_parts(_addin()), package_parts(_addin(xlwings=True))
        assert list(after) == list(before)
        assert [name for name in before if before[name] != after[name]] == [PROJECT_PART]

    @_BOTH
    def it_tells_the_version_of_the_xlwings_within(self, xlwings: bool, tmp_path: Path) -> None:
        path = tmp_path / ADDIN
        path.write_bytes(_addin(xlwings=xlwings))
        assert embedded_version(path) == (installed_version() if xlwings else None)


class DescribeItsRibbon:
    def it_is_found_through_one_relationship_of_the_package(self) -> None:
        links = xml_part(_addin(), "_rels/.rels").iter(f"{_LINKS}Relationship")
        assert [
            link.get("Target")
            for link in links
            if link.get("Type")
            == "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
        ] == [_RIBBON_PART]

    def it_gives_each_relationship_an_id_of_its_own(self) -> None:
        links = xml_part(_addin(), "_rels/.rels").iter(f"{_LINKS}Relationship")
        ids = [link.get("Id") for link in links]
        assert len(set(ids)) == len(ids)

    def it_has_the_buttons_in_the_order_of_the_work(self) -> None:
        assert {
            str(button.get("id")): (button.get("label"), button.get("size"))
            for button in _buttons()
        } == _BUTTONS
        assert [button.get("id") for button in _buttons()] == list(_BUTTONS)

    def it_explains_every_button_and_gives_it_a_picture(self) -> None:
        for button in _buttons():
            said = {key: button.get(key) for key in ("imageMso", "screentip", "supertip")}
            assert all(said.values()), (button.get("id"), said)

    def it_says_no_more_than_excel_shows(self) -> None:
        # The schema of customUI14 allows 1,024 characters for each of these.
        for button in _buttons():
            for key in ("label", "screentip", "supertip"):
                assert len(str(button.get(key))) <= 1024, (button.get("id"), key)

    @_BOTH
    def it_calls_public_macros_of_standard_modules_only(self, xlwings: bool) -> None:
        public = {
            name
            for file, code in _files(xlwings=xlwings).items()
            if file.endswith(".bas")
            for name in re.findall(
                r"^Public Sub (\w+)\(ByVal control As Object\)", code, re.MULTILINE
            )
        }
        called = {str(button.get("onAction")) for button in _buttons()}
        assert called <= public

    def it_has_a_case_in_the_macro_for_every_button(self) -> None:
        handled = re.findall(r'Case "(\w+)":', _files()["CchcRibbon.bas"])
        assert sorted(handled) == sorted(_BUTTONS)
