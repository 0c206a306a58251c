"""Our own workbook after other programs and people had it: filled, saved, stretched, renamed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copyfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.core.period import parse_period_id
from cchc_xl.gateways.schemas import load_form
from cchc_xl.usecases.check import CheckedFile
from cchc_xl.usecases.new import new_workbook
from tests.gateways.reading import errors, figures, look, submission_of, table_of, warnings
from tests.support.handmade import ALL_FIGURES, Content

KNOWN_WARNINGS = ["R03", "R07", "R34", "R39"]


def _make(path: Path, values: Mapping[str, int]) -> Path:
    period = parse_period_id("2022-Q1")
    assert period is not None
    new_workbook(
        path,
        load_form("phu-luc-01b"),
        unit="Thị trấn Bút Sơn",
        unit_code="14812",
        period=period,
        values=dict(values),
    )
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook for Bút Sơn, filled."""
    return _make(tmp_path_factory.mktemp("own") / "filled.xlsx", ALL_FIGURES)


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A copy whose name tells nothing."""
    return Path(copyfile(made, tmp_path / "tep.xlsx"))


def _changed(path: Path, change: Callable[[Workbook], object]) -> CheckedFile:
    """Let openpyxl change the workbook: it keeps formulas and drops their results."""
    book = load_workbook(path)
    change(book)
    book.save(path)
    return look(path)


def _form_sheet(book: Workbook) -> Worksheet:
    return book.worksheets[0]


def _input(sheet: Worksheet, code: str) -> tuple[int, int]:
    """Where `code` is typed: in the column headed "Số liệu", in the row of the code."""
    column = next(c.column for row in sheet.iter_rows() for c in row if c.value == "Số liệu")
    row = next(c.row for cells in sheet.iter_rows() for c in cells if c.value == code)
    return row, column


def _type(code: str, content: Content) -> Callable[[Workbook], object]:
    def change(book: Workbook) -> None:
        sheet = _form_sheet(book)
        sheet.cell(*_input(sheet, code)).value = content

    return change


class DescribeOurWorkbook:
    def it_is_read_as_it_was_written(self, path: Path) -> None:
        assert figures(look(path)) == ALL_FIGURES

    def it_names_unit_and_period(self, path: Path) -> None:
        submission = submission_of(look(path))

        assert (submission.unit, submission.unit_code) == ("Thị trấn Bút Sơn", "14812")
        assert submission.period is not None
        assert submission.period.id == "2022-Q1"

    def it_is_read_after_openpyxl_saved_it(self, path: Path) -> None:
        checked = _changed(path, lambda _: None)

        assert figures(checked) == ALL_FIGURES
        assert [finding.rule for finding in checked.findings] == KNOWN_WARNINGS

    def it_is_read_when_openpyxl_filled_it(self, tmp_path: Path) -> None:
        def fill(book: Workbook) -> None:
            for code, value in ALL_FIGURES.items():
                _type(code, value)(book)

        checked = _changed(_make(tmp_path / "tep.xlsx", {}), fill)

        assert figures(checked) == ALL_FIGURES

    @pytest.mark.parametrize("before", [1, 2, 5, 9, 30, 60, 95])
    @pytest.mark.parametrize("amount", [1, 3])
    def it_is_read_with_rows_inserted(self, path: Path, before: int, amount: int) -> None:
        checked = _changed(path, lambda book: _form_sheet(book).insert_rows(before, amount))

        assert figures(checked) == ALL_FIGURES

    @pytest.mark.parametrize("amount", [1, 2, 3])
    def it_keeps_unit_and_period_with_rows_inserted_above(self, path: Path, amount: int) -> None:
        checked = _changed(path, lambda book: _form_sheet(book).insert_rows(1, amount))
        submission = submission_of(checked)

        assert submission.unit == "Thị trấn Bút Sơn"
        assert submission.period is not None
        assert submission.period.id == "2022-Q1"

    def it_keeps_its_unit_with_a_column_inserted(self, path: Path) -> None:
        checked = _changed(path, lambda book: _form_sheet(book).insert_cols(1))

        assert checked.unit == "Thị trấn Bút Sơn"

    def it_is_read_with_a_column_inserted(self, path: Path) -> None:
        checked = _changed(path, lambda book: _form_sheet(book).insert_cols(5))

        assert figures(checked) == ALL_FIGURES

    @pytest.mark.parametrize("name", ["Số liệu quý I", "O'Hara", "Sheet1"])
    def it_is_read_with_its_sheet_renamed(self, path: Path, name: str) -> None:
        def rename(book: Workbook) -> None:
            _form_sheet(book).title = name

        checked = _changed(path, rename)

        assert figures(checked) == ALL_FIGURES
        assert checked.unit == "Thị trấn Bút Sơn"

    def it_is_read_without_its_hidden_sheets(self, path: Path) -> None:
        def strip(book: Workbook) -> None:
            for sheet in book.worksheets[1:]:
                book.remove(sheet)

        assert figures(_changed(path, strip)) == ALL_FIGURES

    def it_is_read_without_its_column_of_codes(self, path: Path) -> None:
        checked = _changed(path, lambda book: _form_sheet(book).delete_cols(1, 2))

        assert figures(checked) == ALL_FIGURES

    def it_is_read_behind_a_sheet_of_somebody_elses(self, path: Path) -> None:
        checked = _changed(path, lambda book: book.create_sheet("Bìa", 0))

        assert figures(checked) == ALL_FIGURES

    def it_uses_a_small_percent_as_typed_and_says_so(self, path: Path) -> None:
        checked = _changed(path, _type("3.2.4", 0.5))

        assert figures(checked)["3.2.4"] == 0.5
        assert [f.severity.value for f in checked.findings if f.indicator == "3.2.4"] == ["info"]

    def it_refuses_a_formula_in_an_input_that_nobody_calculated(self, path: Path) -> None:
        checked = _changed(path, _type("1.1.1", "=14+14"))

        assert "1.1.1" not in figures(checked)
        assert [finding.indicator for finding in errors(checked)] == ["1.1.1"]

    def it_names_the_cell_where_the_official_has_to_look(self, path: Path) -> None:
        book = load_workbook(path)
        row, column = _input(_form_sheet(book), "1.1.1")

        (finding,) = errors(_changed(path, _type("1.1.1", "nt")))

        assert finding.cell == _form_sheet(book).cell(row, column).coordinate
        assert finding.sheet == _form_sheet(book).title

    def it_takes_the_unit_that_the_official_typed_over_ours(self, path: Path) -> None:
        def retype(book: Workbook) -> None:
            sheet = _form_sheet(book)
            cell = next(
                c for row in sheet.iter_rows() for c in row if c.value == "Thị trấn Bút Sơn"
            )
            cell.value = "UBND xã Hoằng Đạo"

        assert _changed(path, retype).unit in {"UBND xã Hoằng Đạo", "Xã Hoằng Đạo"}

    def it_misses_a_period_that_the_official_wiped(self, path: Path) -> None:
        def wipe(book: Workbook) -> None:
            for row in _form_sheet(book).iter_rows():
                for cell in row:
                    if cell.value == "Quý I năm 2022":
                        cell.value = None

        checked = _changed(path, wipe)

        assert checked.period is None
        assert any(finding.indicator is None for finding in warnings(checked))


class DescribeACopiedSheet:
    """Excel gives the copy of a sheet its own set of the names that point into it."""

    @pytest.fixture
    def checked(self, path: Path) -> CheckedFile:
        return _changed(path, _copy_for_the_next_quarter)

    def it_reads_one_table(self, checked: CheckedFile) -> None:
        assert len(submission_of(checked).tables) == 1

    def it_says_that_there_are_two(self, checked: CheckedFile) -> None:
        assert any("Bản sao" in finding.message for finding in warnings(checked))

    def it_never_gives_the_figures_of_one_sheet_the_unit_of_the_other(
        self, checked: CheckedFile
    ) -> None:
        units = {"Phụ lục 01b": "Thị trấn Bút Sơn", "Bản sao": "Xã Hoằng Đạo"}

        assert checked.unit == units[table_of(checked).sheet]

    def it_never_gives_the_figures_of_one_sheet_the_period_of_the_other(
        self, checked: CheckedFile
    ) -> None:
        periods = {"Phụ lục 01b": "2022-Q1", "Bản sao": "2022-Q2"}

        assert checked.period is not None
        assert checked.period.id == periods[table_of(checked).sheet]


def _copy_for_the_next_quarter(book: Workbook) -> None:
    sheet = _form_sheet(book)
    copy = book.copy_worksheet(sheet)
    copy.title = "Bản sao"
    for row in copy.iter_rows():
        for cell in row:
            if cell.value == "Quý I năm 2022":
                cell.value = "Quý II năm 2022"
            elif cell.value == "Thị trấn Bút Sơn":
                cell.value = "Xã Hoằng Đạo"
    for name, defined in book.defined_names.items():
        target = str(defined.attr_text)
        if sheet.title in target:
            local = target.replace(sheet.title, copy.title)
            copy.defined_names[name] = DefinedName(name, attr_text=local)
