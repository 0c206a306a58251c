"""The Excel in memory itself: macro, RunPython, xlwings and cells."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw
from pyopenvba import ExcelFile

from tests.support.excel.com_objects import ModelGap
from tests.support.excel.com_values import MISSING_ARGUMENT, CellError
from tests.support.excel.memory_book import MemoryBook, MemoryExcel
from tests.support.excel.small_workbook import BUTTONS, FORM
from tests.support.excel.udfs import call, udf_module

FUNCTIONS = """
import xlwings as xw

@xw.func
@xw.arg("a", ndim=2, err_to_str=True)
def doubled(a, b=3.0):
    rows = [[2 * x if isinstance(x, float) else f"{x}?" for x in row] for row in a]
    return [*rows, [b + 0.0] * len(a[0])]
"""

Click = Callable[[xw.Book], None]


@pytest.fixture
def clicked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Click], None]:
    """Put a function of the test behind the button."""

    def put(work: Click) -> None:
        module = types.ModuleType("clicked")
        module.__dict__["main"] = lambda: work(xw.Book.caller())
        monkeypatch.setitem(sys.modules, "clicked", module)

    return put


@pytest.fixture
def functions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "harness_udfs.py").write_text(FUNCTIONS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "harness_udfs"


class DescribeAClick:
    def it_reaches_the_cells_through_xlwings(
        self, book: MemoryBook, clicked: Callable[[Click], None]
    ) -> None:
        def work(caller: xw.Book) -> None:
            caller.sheets[FORM].range("A1:A2").raw_value = ((7.0,), ("Đạt",))

        clicked(work)

        book.run("Click")

        assert book.block(FORM, "A1:B2") == [[7.0, 70.0], ["Đạt", None]]

    def it_tells_what_was_said(
        self, excel: MemoryExcel, book: MemoryBook, clicked: Callable[[Click], None]
    ) -> None:
        def work(caller: xw.Book) -> None:
            caller.app.status_bar = "xong"
            caller.app.alert("Đã kiểm tra.")

        clicked(work)

        book.run("Click")

        assert (excel.alerts, excel.popups, book.status_bar) == (["Đã kiểm tra."], [], False)

    def it_shows_a_failure_of_python(
        self, excel: MemoryExcel, book: MemoryBook, clicked: Callable[[Click], None]
    ) -> None:
        def work(_caller: xw.Book) -> None:
            raise ValueError("hỏng")

        clicked(work)

        book.run("Click")

        assert "ValueError: hỏng" in excel.popups[0]

    @pytest.mark.parametrize("way", ["missing", "unreachable"])
    def it_gets_no_answer_without_python(
        self, excel: MemoryExcel, book: MemoryBook, way: str
    ) -> None:
        setattr(excel.python, way, True)

        book.run("Click")

        assert excel.popups[-1] == "Chưa có Python."

    def but_what_the_model_cannot_do_fails_even_where_it_is_caught(
        self, book: MemoryBook, clicked: Callable[[Click], None]
    ) -> None:
        def work(caller: xw.Book) -> None:
            try:
                caller.sheets[FORM].api.PageSetup.PrintArea = "A1"
            except NotImplementedError:
                return

        clicked(work)

        with pytest.raises(ModelGap, match="PageSetup"):
            book.run("Click")

    def and_the_opening_runs_the_code_of_the_workbook(
        self, excel: MemoryExcel, book: MemoryBook
    ) -> None:
        del book

        assert [(one.macro, one.description) for one in excel.macro_options] == [
            ("Doubled", "two times")
        ]

    def and_a_module_can_be_replaced(self, excel: MemoryExcel, book: MemoryBook) -> None:
        book.replace_module("Buttons", 'Sub Click\r\nApplication.StatusBar = "khác"\r\nEnd Sub')

        book.run("Click")

        assert excel.status_bar == "khác"


class DescribeAFunction:
    def it_gets_a_block_and_gives_one(self, book: MemoryBook, functions: str) -> None:
        del functions
        book.set(FORM, "A2", "=NA()")

        assert book.function("Doubled", book.area(FORM, "A1:A2")) == [[4.0], ["#N/A?"], [3.0]]

    def it_gets_single_values(self, book: MemoryBook, functions: str) -> None:
        del functions

        assert book.function("Doubled", 4.0, 5.0) == [[8.0], [5.0]]

    def it_is_a_true_error_where_python_fails(self, book: MemoryBook) -> None:
        assert book.function("Doubled", 4.0) == CellError("#VALUE!")

    @pytest.mark.parametrize("caller", [(FORM, "C3"), None])
    def it_knows_its_cell(self, book: MemoryBook, caller: tuple[str, str] | None) -> None:
        assert book.function("InCell", caller=caller) is (caller is not None)

    def it_is_called_by_formulas(self, book: MemoryBook, functions: str) -> None:
        del functions
        book.register_function("Doubled", 2)
        book.register_function("InCell", 0)
        book.set(FORM, "F1", "=INDEX(Doubled(A1:A1,1),1,1)")
        book.set(FORM, "F2", '=IFERROR(SUM(Doubled(A1,"x")),"lỗi")')
        book.set(FORM, "F3", "=InCell()")

        book.set(FORM, "A1", 21)

        assert book.block(FORM, "F1:F3") == [[42.0], ["lỗi"], [True]]

    def it_is_called_by_xlwings_without_a_workbook(self, functions: str) -> None:
        with udf_module(functions) as module:
            found = call(module, "doubled", ((1.0, None), (-2146826246, "x")), MISSING_ARGUMENT)

        assert found == [[2.0, "None?"], ["#N/A?", "x?"], [3.0, 3.0]]


class DescribeSeveralWorkbooks:
    @pytest.fixture
    def add_in(self, tmp_path: Path) -> Path:
        path = tmp_path / "thêm.xlam"
        with ExcelFile.create_new(path) as file:
            file.vba_project().add_module("Ribbon", BUTTONS.replace("\n", "\r\n"))
            file.save()
        return path

    def it_runs_an_add_in_on_the_book_in_front(
        self,
        excel: MemoryExcel,
        book: MemoryBook,
        add_in: Path,
        clicked: Callable[[Click], None],
    ) -> None:
        seen: list[str] = []

        def work(caller: xw.Book) -> None:
            seen.append(caller.name)
            caller.app.status_bar = "xong"

        clicked(work)
        ribbon = excel.open(add_in)

        ribbon.run("Click")

        assert seen == [book.model.name]
        assert [one.name for one in book.xlwings.app.books] == [book.model.name]

    def it_keeps_the_code_of_each_apart(
        self, excel: MemoryExcel, book: MemoryBook, add_in: Path
    ) -> None:
        ribbon = excel.open(add_in)

        ribbon.replace_module(
            "Ribbon", "Function Where()\r\nWhere = ThisWorkbook.Name\r\nEnd Function"
        )
        book.replace_module(
            "Buttons", "Function Where()\r\nWhere = ThisWorkbook.Name\r\nEnd Function"
        )

        assert [one.run("Where") for one in (book, ribbon)] == ["nhỏ.xlsm", "thêm.xlam"]


class DescribeTheStubs:
    def it_is_gone_afterwards(self, workbook: Path, functions: str) -> None:
        def surroundings() -> tuple[object, ...]:
            strange = {name for name in sys.modules if name.startswith(("win32", "pyw", "pythonc"))}
            own = {name for name in sys.modules if name.startswith("xlwings.")}
            return strange, own, Path.cwd(), xw.func, list(xw.engines), xw.engines.active

        before = surroundings()
        with MemoryExcel() as excel, udf_module(functions):
            excel.open(workbook).run("InCell")

        assert surroundings() == before
