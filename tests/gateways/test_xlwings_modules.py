"""xlwings' own VBA module in a small workbook and a small add-in, which are not cchc-xl's."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from pathlib import Path
from typing import Literal

import pytest
import xlsxwriter
from pyopenvba import ExcelFile

from cchc_xl.errors import CchcError
from cchc_xl.gateways import xlwings_modules
from cchc_xl.gateways.xlwings_modules import embedded_version, installed_version, with_xlwings
from tests.support.macro_package import PROJECT_PART, declared, package_parts, vba_files
from tests.support.validator import problems

Kind = Literal["master", "addin"]
_BOTH = pytest.mark.parametrize("kind", ["master", "addin"])
_SUFFIX = {"master": ".xlsm", "addin": ".xlam"}
_SHEETS = {"ThisWorkbook", "shFirst", "shSecond"}
_OURS = "Option Explicit\r\nPublic Sub Click()\r\nEnd Sub\r\n"


@pytest.fixture(name="plain")
def _plain(tmp_path: Path) -> bytes:
    """Return a workbook with a button, a chart, two named sheets and one module of its own."""
    path = tmp_path / "plain.xlsm"
    book = xlsxwriter.Workbook(path)
    first, second = book.add_worksheet("Bắt đầu"), book.add_worksheet("_ẩn")
    first.set_vba_name("shFirst")
    second.set_vba_name("shSecond")
    first.write_column("A1", [1, 2, 3])
    chart = book.add_chart({"type": "column"})
    assert chart is not None
    chart.add_series({"values": "='Bắt đầu'!$A$1:$A$3"})
    first.insert_chart("C1", chart)
    first.insert_button("A6", {"macro": "Click", "caption": "Bấm"})
    book.set_vba_name("ThisWorkbook")
    book.close()
    with ExcelFile(path) as file:
        file.add_vba_project().add_module("Ours", _OURS)
        file.save()
    return path.read_bytes()


def _modules(content: bytes, kind: Kind) -> dict[str, str]:
    return {
        file.rpartition(".")[0]: code for file, code in vba_files(content, _SUFFIX[kind]).items()
    }


def _written(content: bytes, folder: Path, kind: Kind = "master") -> Path:
    path = folder / f"made{_SUFFIX[kind]}"
    path.write_bytes(content)
    return path


class DescribeAWorkbookWithXlwings:
    @_BOTH
    def it_has_the_modules_of_xlwings_beside_its_own(self, plain: bytes, kind: Kind) -> None:
        assert set(_modules(with_xlwings(plain, kind), kind)) == _SHEETS | {
            "Ours",
            "xlwings",
            "Dictionary",
        }

    @_BOTH
    def it_keeps_its_own_module_as_it_was(self, plain: bytes, kind: Kind) -> None:
        made = _modules(with_xlwings(plain, kind), kind)
        assert made["Ours"] == _modules(plain, kind)["Ours"]

    @_BOTH
    def it_offers_what_buttons_and_functions_call(self, plain: bytes, kind: Kind) -> None:
        source = _modules(with_xlwings(plain, kind), kind)["xlwings"]
        assert "Public Function RunPython(PythonCommand As String)" in source
        assert "Function XLPy()" in source

    @_BOTH
    def it_still_declares_every_sheet_as_a_document(self, plain: bytes, kind: Kind) -> None:
        assert declared(with_xlwings(plain, kind), "Document") == _SHEETS

    @_BOTH
    def it_declares_the_dictionary_as_a_class(self, plain: bytes, kind: Kind) -> None:
        assert declared(with_xlwings(plain, kind), "Class") == {"Dictionary"}

    @_BOTH
    def it_changes_the_project_and_nothing_else(self, plain: bytes, kind: Kind) -> None:
        before, after = package_parts(plain), package_parts(with_xlwings(plain, kind))
        assert list(after) == list(before)
        assert [name for name in before if before[name] != after[name]] == [PROJECT_PART]

    @_BOTH
    def it_comes_out_the_same_every_time(self, plain: bytes, kind: Kind) -> None:
        assert with_xlwings(plain, kind) == with_xlwings(plain, kind)

    @_BOTH
    def it_is_the_same_when_done_twice_over(self, plain: bytes, kind: Kind) -> None:
        once = with_xlwings(plain, kind)
        assert _modules(with_xlwings(once, kind), kind) == _modules(once, kind)

    def it_is_a_valid_package(self, plain: bytes, tmp_path: Path) -> None:
        assert problems(_written(with_xlwings(plain, "master"), tmp_path)) == []

    def it_works_on_itself_in_a_master(self, plain: bytes) -> None:
        source = _modules(with_xlwings(plain, "master"), "master")["xlwings"]
        assert '"BOOK_CALLER", ThisWorkbook' in source

    def but_on_the_active_workbook_in_an_add_in(self, plain: bytes) -> None:
        source = _modules(with_xlwings(plain, "addin"), "addin")["xlwings"]
        assert '"BOOK_CALLER", ActiveWorkbook' in source

    @_BOTH
    def it_reads_the_settings_of_xlwings(self, plain: bytes, kind: Kind) -> None:
        # An add-in of another name would look for another file than cchc-xl install writes.
        source = _modules(with_xlwings(plain, kind), kind)["xlwings"]
        assert 'Public Const PROJECT_NAME As String = "xlwings"' in source


class DescribeTheVersions:
    def it_knows_the_installed_one(self) -> None:
        assert installed_version() == importlib.metadata.version("xlwings")

    @_BOTH
    def it_finds_the_same_one_in_a_workbook(self, plain: bytes, kind: Kind, tmp_path: Path) -> None:
        path = _written(with_xlwings(plain, kind), tmp_path, kind)
        assert embedded_version(path) == installed_version()

    def it_finds_none_in_a_workbook_without_xlwings(self, plain: bytes, tmp_path: Path) -> None:
        assert embedded_version(_written(plain, tmp_path)) is None

    @pytest.mark.parametrize(
        "name", ["not-there.xlsm", "broken.xlsm", "text.txt", "no-macros.xlsx", "no-macros.xlsm"]
    )
    def it_finds_none_where_no_macros_are(self, name: str, tmp_path: Path) -> None:
        (tmp_path / "broken.xlsm").write_bytes(b"PK\x03\x04 and no more")
        (tmp_path / "text.txt").write_text("xlwings", encoding="utf-8")
        book = xlsxwriter.Workbook(tmp_path / "no-macros.xlsx")
        book.add_worksheet()
        book.close()
        (tmp_path / "no-macros.xlsm").write_bytes((tmp_path / "no-macros.xlsx").read_bytes())
        assert embedded_version(tmp_path / name) is None


class DescribeAMachineWithoutXlwings:
    def it_has_no_installed_version(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def absent(name: str) -> str:
            raise importlib.metadata.PackageNotFoundError(name)

        monkeypatch.setattr(xlwings_modules, "version", absent)
        assert installed_version() is None

    def it_says_what_to_install(self, plain: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(xlwings_modules, "find_spec", lambda _: None)
        with pytest.raises(CchcError) as refused:
            with_xlwings(plain, "master")
        assert "cài" in refused.value.advice

    def but_a_package_without_its_modules_is_refused_too(
        self, plain: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        spec = importlib.util.spec_from_file_location("xlwings", tmp_path / "__init__.py")
        monkeypatch.setattr(xlwings_modules, "find_spec", lambda _: spec)
        with pytest.raises(CchcError):
            with_xlwings(plain, "addin")
