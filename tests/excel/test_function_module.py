"""The VBA wrappers of the worksheet functions: their text, and what they do in a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyopenvba import ExcelFile

from cchc_xl.build.function_module import FUNCTION_MODULE, function_module
from cchc_xl.core.function_spec import ArgumentSpec, FunctionSpec
from cchc_xl.excel.declared import declared_functions
from cchc_xl.gateways.data_files import data_folder
from tests.support.excel.com_values import CellError
from tests.support.excel.memory_book import MemoryBook, MemoryExcel

SPEC = FunctionSpec(
    "CCHC_THU",
    "tried",
    "Hàm thử.",
    (ArgumentSpec("vung", "Vùng"), ArgumentSpec("kieu", "Kiểu", optional=True)),
)
# Stands in for the seam: xlwings' server is asked, with nothing around it.
SEAM = """
Public Function CallPython(ByVal name As String, ByVal arguments As Variant) As Variant
    CallPython = XLPy.CallUDF("cchc_xl.excel.functions", name, arguments, ThisWorkbook, _
        Application.Caller)
End Function
"""
# The seam without Python, as it fails where xlwings' module or its DLL is not there.
DEAD_SEAM = """
Public Function CallPython(ByVal name As String, ByVal arguments As Variant) As Variant
    Err.Raise 429, , "no Python here"
End Function
"""
VALUE_ERROR = CellError("#VALUE!")
CELL = ("Sheet1", "H1")


class DescribeTheModule:
    def it_has_a_wrapper_of_a_few_lines_for_each_function(self) -> None:
        assert function_module([SPEC]).split("\r\n")[2:] == [
            "Option Explicit",
            "",
            "Public Function CCHC_THU(vung As Variant, Optional kieu As Variant) As Variant",
            "    On Error GoTo failed",
            '    CCHC_THU = CallPython("tried", Array(vung, kieu))',
            "    Exit Function",
            "failed:",
            "    CCHC_THU = CVErr(xlErrValue)",
            "End Function",
            "",
        ]

    def it_is_the_one_that_is_kept_with_the_macros(self) -> None:
        kept = (data_folder("macros") / f"{FUNCTION_MODULE}.bas").read_bytes()

        assert kept == function_module(declared_functions()).encode("ascii")

    def it_has_no_line_that_vba_would_refuse(self) -> None:
        """A line of VBA holds 1,023 characters."""
        assert max(map(len, function_module(declared_functions()).split("\r\n"))) < 1_023

    def it_ends_every_line_as_windows_does(self) -> None:
        text = function_module(declared_functions())

        assert re.findall(r"(?<!\r)\n|\r(?!\n)", text) == []

    def but_a_name_that_is_not_ascii_is_refused(self) -> None:
        with pytest.raises(UnicodeEncodeError):
            function_module([FunctionSpec("CCHC_SỐ", "tried", "Hàm thử.", ())])


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[str], MemoryBook]]:
    """Open a workbook with the wrappers and a seam."""
    path = tmp_path / "functions.xlsm"

    with MemoryExcel() as excel:

        def opened(seam: str) -> MemoryBook:
            with ExcelFile.create_new(path) as file:
                project = file.vba_project()
                project.add_module("CchcSeam", seam.replace("\n", "\r\n"))
                project.add_module(FUNCTION_MODULE, function_module(declared_functions()))
                file.save()
            return excel.open(path)

        yield opened


class DescribeAWrapperInACell:
    def it_hands_over_a_block_and_gives_one_back(self, opened: Callable[[str], MemoryBook]) -> None:
        book = opened(SEAM)
        book.set("Sheet1", "A1", "1.234.567")
        book.set("Sheet1", "B1", 5)
        book.set("Sheet1", "A2", "KPS")

        found = book.function("CCHC_SO", book.area("Sheet1", "A1:B2"), caller=CELL)

        assert found == [[1234567.0, 5.0], [0.0, ""]]

    def it_takes_plain_values(self, opened: Callable[[str], MemoryBook]) -> None:
        assert opened(SEAM).function("CCHC_TYLE", 1.0, 8.0, caller=CELL) == 12.5

    def it_leaves_out_what_is_left_out(self, opened: Callable[[str], MemoryBook]) -> None:
        book = opened(SEAM)

        assert book.function("CCHC_VIET", 1234.567, caller=CELL) == "1.234,57"
        assert book.function("CCHC_VIET", 1234.567, 0.0, caller=CELL) == "1.235"

    def it_finds_the_error_cells_of_a_range(self, opened: Callable[[str], MemoryBook]) -> None:
        book = opened(SEAM)
        book.set("Sheet1", "A1", "1.1.1")
        book.area("Sheet1", "B1").vba_set("Formula", "=1/0")
        book.calculate()

        found = book.function(
            "CCHC_KIEMTRA", book.area("Sheet1", "A1"), book.area("Sheet1", "B1"), caller=CELL
        )

        assert found[1][3] == "Ô đang báo lỗi #DIV/0!."

    def but_a_failure_in_python_is_an_error_value(
        self, opened: Callable[[str], MemoryBook]
    ) -> None:
        assert opened(SEAM).function("CCHC_SO", "abc", caller=CELL) == VALUE_ERROR

    @pytest.mark.parametrize("spec", declared_functions(), ids=lambda spec: spec.name)
    def and_so_is_a_python_that_is_not_there(
        self, opened: Callable[[str], MemoryBook], spec: FunctionSpec
    ) -> None:
        given = [1.0 for argument in spec.arguments if not argument.optional]

        assert opened(DEAD_SEAM).function(spec.name, *given, caller=CELL) == VALUE_ERROR
