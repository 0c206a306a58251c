"""The workbook of a reporting unit: the printed form, and what makes it safe to fill in."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.build.commune_book import (
    CHECK_SHEET,
    GUIDE_SHEET,
    RATIO_SHEET,
    CommuneWorkbook,
)
from cchc_xl.build.commune_workbook import commune_workbook
from cchc_xl.core.cells import Kind, Typed
from cchc_xl.core.period import PeriodKind, free_period, standard_period
from cchc_xl.core.submission import Submission
from cchc_xl.core.workbook_names import (
    FORM_NAME,
    PERIOD_NAME,
    SETTINGS_SHEET,
    UNIT_CODE_NAME,
    UNIT_NAME,
)
from cchc_xl.errors import UsageError
from cchc_xl.gateways.samples import load_sample, sample_ids
from cchc_xl.gateways.schemas import load_form
from cchc_xl.gateways.submissions import read_submission
from cchc_xl.usecases.new import new_workbook
from tests.support.libreoffice import printed, text_of_pdf
from tests.support.validator import problems

FORM = load_form("phu-luc-01b")
SAMPLE = load_sample("but-son-2022-Q1")
PERIOD = standard_period(2022, PeriodKind.Q1)
VISIBLE = (FORM.name, RATIO_SHEET, GUIDE_SHEET)
PRINTED_COLUMNS = ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Ghi chú")
INPUTS = [row for row in FORM.indicators if row.kind is not Kind.HEADER]

# Functions that Excel 2010 knows.
OLD_FUNCTIONS = frozenset(
    {
        "ABS", "AND", "CELL", "CHAR", "COUNTIF", "FIND", "IF", "IFERROR", "INDEX", "INT", "ISBLANK",
        "ISERROR", "ISLOGICAL", "ISNUMBER", "ISTEXT", "LEFT", "LEN", "LOWER", "MATCH", "MAX",
        "MID", "MIN", "N", "OR", "RIGHT", "ROUND", "SUBSTITUTE", "SUMPRODUCT", "TRIM", "UPPER",
        "VALUE",
    }
)  # fmt: skip

# What an official may have typed, valid or not: it goes in as it is.
TYPED: dict[str, Typed] = {
    "1.1.1": 28, "1.1.2": 3.278, "1.1.3": "07", "1.2.1": "1.234", "1.2.2": "3,278",
    "1.2.3": "189....", "1.3.1": "KPS", "1.3.2": "KAD", "1.3.3": "nt", "1.4.1": "-5",
    "1.4.2": "Phát phiếu", "1.5": "Có", "2.1": "=1+1", "2.2": "#N/A", "2.3": "TRUE",
    "2.4": " 12 ", "2.5": -3, "3.1.1": 0, "3.2.4": "91,3%", "3.2.5": 0.993, "4.1": 19,
    "4.1.4": "8,7 %", "1.1": "ghi chú", "S.DA_GQ": 999999999999999, "S.QH_GQ": "http://a.vn",
}  # fmt: skip


@cache
def _blank() -> bytes:
    return commune_workbook(CommuneWorkbook(FORM))


@cache
def _sample() -> bytes:
    return commune_workbook(
        CommuneWorkbook(FORM, SAMPLE.unit, "16012", SAMPLE.period, SAMPLE.values, SAMPLE.notes)
    )


@cache
def _oddly_filled() -> bytes:
    return commune_workbook(CommuneWorkbook(FORM, "Xã Tùng Châu", "", PERIOD, TYPED))


BUILDS: dict[str, Callable[[], bytes]] = {
    "blank": _blank,
    "sample": _sample,
    "oddly filled": _oddly_filled,
}


@pytest.fixture(scope="session")
def blank() -> Workbook:
    return load_workbook(BytesIO(_blank()))


@pytest.fixture(scope="session")
def sample() -> Workbook:
    return load_workbook(BytesIO(_sample()))


@pytest.fixture(scope="session")
def oddly_filled() -> Workbook:
    return load_workbook(BytesIO(_oddly_filled()))


class DescribeSheets:
    def it_has_the_form_first(self, blank: Workbook) -> None:
        assert blank.sheetnames == [*VISIBLE, SETTINGS_SHEET, CHECK_SHEET]

    def it_hides_what_is_not_for_people(self, blank: Workbook) -> None:
        states = {sheet.title: sheet.sheet_state for sheet in blank.worksheets}

        assert states == {
            **dict.fromkeys(VISIBLE, "visible"),
            SETTINGS_SHEET: "veryHidden",
            CHECK_SHEET: "veryHidden",
        }

    def it_opens_on_the_form(self, blank: Workbook) -> None:
        assert blank.active is not None
        assert blank.active.title == FORM.name

    def it_keeps_the_header_in_view(self, blank: Workbook) -> None:
        sheet = blank[FORM.name]

        assert sheet.freeze_panes == f"A{min(_rows(sheet).values())}"


class DescribePrintedTable:
    def it_has_the_columns_of_the_form(self, blank: Workbook) -> None:
        assert tuple(_columns(blank[FORM.name])) == PRINTED_COLUMNS

    def it_has_the_rows_of_the_form_to_the_letter(self, blank: Workbook) -> None:
        assert _table(blank[FORM.name], "") == [
            (row.number, row.label, row.unit) for row in FORM.printed
        ]

    def it_has_the_supplementary_rows_below(self, blank: Workbook) -> None:
        assert _table(blank[FORM.name], "S.") == [
            (row.number, row.label, row.unit) for row in FORM.supplementary
        ]

    def but_it_says_that_they_are_not_of_the_form(self, blank: Workbook) -> None:
        sheet = blank[FORM.name]
        first = min(row for code, row in _rows(sheet).items() if code.startswith("S."))

        assert _texts(sheet, first - 1) == [FORM.supplementary_title]

    def it_writes_row_numbers_as_text(self, blank: Workbook) -> None:
        sheet = blank[FORM.name]
        column = _columns(sheet)["STT"]
        cells = [sheet.cell(row, column) for row in _rows(sheet).values()]

        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}

    def it_names_the_unit_in_the_title(self) -> None:
        shown = load_workbook(BytesIO(_sample()), data_only=True)[FORM.name]

        assert _texts(shown, 3)[0] == "CẢI CÁCH HÀNH CHÍNH CỦA UBND THỊ TRẤN BÚT SƠN"

    def it_names_the_period_with_its_days(self) -> None:
        shown = load_workbook(BytesIO(_sample()), data_only=True)[FORM.name]

        assert shown["C4"].value == (
            "Quý I năm 2022 (số liệu từ ngày 15/12/2021 đến ngày 14/3/2022)"
        )

    def it_leaves_dots_for_a_unit_that_is_not_known(self) -> None:
        shown = load_workbook(BytesIO(_blank()), data_only=True)[FORM.name]

        assert _texts(shown, 3)[0] == "CẢI CÁCH HÀNH CHÍNH CỦA UBND …………………"


class DescribeTypedValue:
    def it_is_written_as_it_was_typed(self, oddly_filled: Workbook) -> None:
        sheet = oddly_filled[FORM.name]
        written = {code: _input(sheet, code).value for code in TYPED}

        assert written == TYPED

    def it_is_a_text_where_a_text_was_typed(self, oddly_filled: Workbook) -> None:
        sheet = oddly_filled[FORM.name]
        kinds = {code: _input(sheet, code).data_type for code in TYPED}

        assert kinds == {
            code: "s" if isinstance(typed, str) else "n" for code, typed in TYPED.items()
        }

    def it_leaves_every_other_cell_blank(self, oddly_filled: Workbook) -> None:
        sheet = oddly_filled[FORM.name]
        others = [code for code in FORM.by_code if code not in TYPED]

        assert [code for code in others if _input(sheet, code).value is not None] == []

    def it_is_read_back_as_it_was_typed(self, tmp_path: Path) -> None:
        submission = _read(_oddly_filled(), tmp_path)
        entries = submission.tables[0].entries

        assert {code: entries[code].raw.content for code in TYPED} == TYPED

    @pytest.mark.parametrize("sample_id", sample_ids())
    def it_is_read_back_from_a_sample(self, sample_id: str, tmp_path: Path) -> None:
        known = load_sample(sample_id)
        values = {code: value for code, value in known.values.items() if code in FORM.by_code}
        content = CommuneWorkbook(FORM, known.unit, "", known.period, values, known.notes)

        submission = _read(commune_workbook(content), tmp_path)

        entries = submission.tables[0].entries
        read = {code: entry.raw.content for code, entry in entries.items()}
        assert {code: value for code, value in read.items() if value is not None} == {
            code: value for code, value in values.items() if value is not None
        }

    def it_keeps_the_notes(self, tmp_path: Path) -> None:
        entries = _read(_sample(), tmp_path).tables[0].entries

        assert {code: entry.note for code, entry in entries.items() if entry.note} == SAMPLE.notes

    def it_finds_every_row_and_nothing_to_say(self, tmp_path: Path) -> None:
        submission = _read(_sample(), tmp_path)

        assert set(submission.tables[0].entries) == set(FORM.by_code)
        assert submission.findings == ()

    def but_it_refuses_a_code_that_the_form_does_not_have(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"9\.9\.9"):
            new_workbook(
                tmp_path / "new.xlsx",
                FORM,
                unit="Xã Tùng Châu",
                unit_code="",
                period=PERIOD,
                values={"9.9.9": 1},
            )

    def and_then_it_writes_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError):
            new_workbook(
                tmp_path / "new.xlsx",
                FORM,
                unit="Xã Tùng Châu",
                unit_code="",
                period=PERIOD,
                values={"9.9.9": 1},
            )

        assert list(tmp_path.iterdir()) == []


class DescribeProtection:
    @pytest.mark.parametrize("name", VISIBLE)
    def it_stands_on_every_sheet_that_people_see(self, blank: Workbook, name: str) -> None:
        assert blank[name].protection.sheet

    @pytest.mark.parametrize("name", VISIBLE)
    def but_it_has_no_password(self, blank: Workbook, name: str) -> None:
        assert blank[name].protection.password is None

    @pytest.mark.parametrize("name", VISIBLE)
    def and_it_allows_rows_and_columns_to_be_formatted(self, blank: Workbook, name: str) -> None:
        protection = blank[name].protection

        # The attributes say what is locked.
        assert (protection.formatRows, protection.formatColumns) == (False, False)

    @pytest.mark.parametrize("build", ["blank", "sample"])
    def it_leaves_open_what_an_official_fills_in_and_nothing_else(self, build: str) -> None:
        sheet = load_workbook(BytesIO(BUILDS[build]()))[FORM.name]
        values, notes = _columns(sheet)["Số liệu"], _columns(sheet)["Ghi chú"]
        rows = _rows(sheet)

        assert _unlocked(sheet) == {
            *(sheet.cell(rows[indicator.code], values).coordinate for indicator in INPUTS),
            *(sheet.cell(row, notes).coordinate for row in rows.values()),
            *(_named_cell(sheet.parent, name) for name in (UNIT_NAME, UNIT_CODE_NAME, PERIOD_NAME)),
        }

    @pytest.mark.parametrize("name", [RATIO_SHEET, GUIDE_SHEET])
    def it_leaves_nothing_open_where_nothing_is_filled_in(self, blank: Workbook, name: str) -> None:
        assert _unlocked(blank[name]) == set()


class DescribeInputCells:
    def it_checks_every_input_as_it_is_typed(self, blank: Workbook) -> None:
        sheet = blank[FORM.name]
        checked = {cell for cell, rule in _validations(sheet).items() if rule.showErrorMessage}

        assert {_input(sheet, row.code).coordinate for row in INPUTS} <= checked

    def it_prompts_at_every_input(self, blank: Workbook) -> None:
        sheet = blank[FORM.name]
        rules = _validations(sheet)

        assert [
            row.code for row in INPUTS if not rules[_input(sheet, row.code).coordinate].prompt
        ] == []

    def it_has_no_prompt_that_excel_would_drop(self, blank: Workbook) -> None:
        rules = _validations(blank[FORM.name]).values()

        assert max(len(rule.prompt or "") for rule in rules) <= 255
        assert max(len(rule.promptTitle or "") for rule in rules) <= 32

    def it_offers_the_periods_in_a_list(self, blank: Workbook) -> None:
        rule = _validations(blank[FORM.name])[_named_cell(blank, PERIOD_NAME)]
        offered = _listed(blank, rule)

        assert {"Quý I năm 2022", "6 tháng đầu năm 2023", "9 tháng năm 2024", "Năm 2025"} <= set(
            offered
        )

    def but_it_only_warns_at_a_period_of_free_dates(self, blank: Workbook) -> None:
        rule = _validations(blank[FORM.name])[_named_cell(blank, PERIOD_NAME)]

        assert rule.errorStyle == "warning"

    def it_has_no_list_longer_than_excel_takes(self, blank: Workbook) -> None:
        lists = [
            str(rule.formula1)
            for rule in _validations(blank[FORM.name]).values()
            if rule.type == "list" and str(rule.formula1).startswith('"')
        ]

        assert max(map(len, lists)) <= 255 + 2


class DescribePage:
    def it_is_a4_upright(self, blank: Workbook) -> None:
        page = blank[FORM.name].page_setup

        assert (page.paperSize, page.orientation) == (9, "portrait")

    def it_is_as_wide_as_the_table_and_as_long_as_needed(self, blank: Workbook) -> None:
        sheet = blank[FORM.name]

        assert sheet.sheet_properties.pageSetUpPr == PageSetupProperties(fitToPage=True)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 0), (None, 0))

    def it_has_the_margins_of_decree_30(self, blank: Workbook) -> None:
        margins = blank[FORM.name].page_margins
        centimetres = [
            round(inches * 2.54, 1)
            for inches in (margins.top, margins.bottom, margins.left, margins.right)
        ]

        assert centimetres == [2.0, 2.0, 3.0, 1.5]

    def it_prints_the_columns_of_the_form_only(self, blank: Workbook) -> None:
        sheet = blank[FORM.name]
        columns = _columns(sheet)
        first, last = (get_column_letter(columns[name]) for name in ("STT", "Ghi chú"))
        last_row = max(_rows(sheet).values())

        assert sheet.print_area == f"'{FORM.name}'!${first}$1:${last}${last_row}"

    def it_repeats_the_header_on_every_page(self, blank: Workbook) -> None:
        sheet = blank[FORM.name]
        first = min(_rows(sheet).values())

        assert sheet.print_title_rows == f"${first - 2}:${first - 1}"

    @pytest.mark.parametrize("name", [FORM.name, RATIO_SHEET])
    def it_numbers_the_pages(self, blank: Workbook, name: str) -> None:
        assert blank[name].oddFooter.center.text == "Trang &P/&N"  # type: ignore[union-attr]

    def it_begins_the_supplementary_rows_on_a_page_of_their_own(self, blank: Workbook) -> None:
        sheet = blank[FORM.name]
        first = min(row for code, row in _rows(sheet).items() if code.startswith("S."))

        assert [mark.id for mark in sheet.row_breaks.brk] == [first - 2]

    @pytest.mark.parametrize("build", ["blank", "sample"])
    def it_shows_every_figure(self, build: str, tmp_path: Path) -> None:
        assert "##" not in _pdf_text(BUILDS[build](), tmp_path)

    def it_shows_the_largest_figures_of_a_province(self, tmp_path: Path) -> None:
        large = {
            row.code: {Kind.COUNT: 9876543210, Kind.PERCENT: 98.87}[row.kind]
            for row in INPUTS
            if row.kind in (Kind.COUNT, Kind.PERCENT)
        }

        text = _pdf_text(
            commune_workbook(CommuneWorkbook(FORM, "Xã A", "", PERIOD, large)), tmp_path
        )

        assert "##" not in text
        assert text.count("9876543210") >= sum(row.kind is Kind.COUNT for row in INPUTS)

    def it_does_not_print_what_stands_beside_the_form(self, tmp_path: Path) -> None:
        text = _pdf_text(_oddly_filled(), tmp_path)

        assert "Mã chỉ tiêu" not in text
        assert "Tự kiểm tra" not in text


class DescribeDefinedNames:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            (FORM_NAME, FORM.id),
            (UNIT_NAME, SAMPLE.unit),
            (UNIT_CODE_NAME, "16012"),
            (PERIOD_NAME, "Quý I năm 2022"),
        ],
    )
    def it_leads_to_its_cell(self, sample: Workbook, name: str, value: str) -> None:
        ((sheet, cell),) = sample.defined_names[name].destinations

        assert sample[sheet][cell.replace("$", "")].value == value

    def it_is_how_unit_and_period_are_read_back(self, tmp_path: Path) -> None:
        submission = _read(_sample(), tmp_path)

        assert (submission.unit, submission.unit_code, submission.period) == (
            SAMPLE.unit, "16012", SAMPLE.period,
        )  # fmt: skip

    @pytest.mark.parametrize(
        "period",
        [
            *(standard_period(2023, kind) for kind in PeriodKind if kind is not PeriodKind.FREE),
            free_period(PERIOD.first_day, PERIOD.last_day),
            standard_period(2040, PeriodKind.Q1),
        ],
        ids=lambda period: period.id,
    )
    def it_carries_every_kind_of_period(self, period: object, tmp_path: Path) -> None:
        content = CommuneWorkbook(FORM, "Xã A", "", period)  # type: ignore[arg-type]

        assert _read(commune_workbook(content), tmp_path).period == period


class DescribeFormulas:
    """The limits of Excel, which LibreOffice does not have."""

    def it_is_no_longer_than_excel_takes(self) -> None:
        assert max(map(len, _formulas())) <= 8192

    def it_has_no_text_longer_than_excel_takes(self) -> None:
        texts = [
            text for formula in _formulas() for text in re.findall(r'"((?:[^"]|"")*)"', formula)
        ]

        assert max(map(len, texts)) <= 255

    def it_is_nested_no_deeper_than_excel_takes(self) -> None:
        assert max(map(_depth, _formulas())) <= 64

    def it_uses_functions_of_excel_2010_only(self) -> None:
        used = {
            name
            for formula in _formulas()
            for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"', "", formula))
        }

        assert used - OLD_FUNCTIONS == set()


class DescribeFile:
    @pytest.mark.parametrize("build", BUILDS)
    def it_is_valid_for_microsoft(self, build: str, tmp_path: Path) -> None:
        file = tmp_path / "workbook.xlsx"
        file.write_bytes(BUILDS[build]())

        assert problems(file) == []

    @pytest.mark.parametrize("build", BUILDS)
    def it_is_the_same_each_time(self, build: str) -> None:
        make = BUILDS[build]

        assert make.__wrapped__() == make()  # type: ignore[attr-defined]

    def it_is_the_same_in_another_process(self) -> None:
        digest = hashlib.sha256(_blank()).hexdigest()

        assert _digest_in_a_new_process(hash_seed="1") == digest
        assert _digest_in_a_new_process(hash_seed="2") == digest

    def it_has_the_same_parts_whatever_is_typed(self) -> None:
        assert load_workbook(BytesIO(_blank())).sheetnames == (
            load_workbook(BytesIO(_oddly_filled())).sheetnames
        )


@cache
def _formulas() -> tuple[str, ...]:
    return tuple(
        str(cell.value)
        for sheet in load_workbook(BytesIO(_sample())).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    )


# How the sheet is laid out, as an official would find out: by its headers and codes.


def _header_row(sheet: Worksheet) -> int:
    return next(
        cell.row for row in sheet.iter_rows(max_row=20) for cell in row if cell.value == "STT"
    )


def _columns(sheet: Worksheet) -> dict[str, int]:
    """Return the columns of the printed table by header; the long header by its first words."""
    top = _header_row(sheet)
    headers: dict[str, int] = {}
    for column in range(1, sheet.max_column + 1):
        for row in (top, top + 1):
            text = str(sheet.cell(row, column).value or "").partition(" (Sử dụng")[0]
            if text in PRINTED_COLUMNS:
                headers[text] = column
    return headers


def _rows(sheet: Worksheet) -> dict[str, int]:
    """Return the rows of the indicators by code."""
    codes = {
        str(sheet.cell(row, 1).value): row
        for row in range(_header_row(sheet) + 2, sheet.max_row + 1)
        if sheet.cell(row, 1).value is not None
    }
    if set(codes) != set(FORM.by_code):
        raise AssertionError("the column of codes is not that of the form")
    return codes


def _table(sheet: Worksheet, start: str) -> list[tuple[str, str, str]]:
    """Return number, label and unit of the rows, supplementary ones for `S.`, from the top."""
    columns = _columns(sheet)
    wanted = sorted(
        row for code, row in _rows(sheet).items() if code.startswith("S.") == bool(start)
    )

    def text(row: int, column: str) -> str:
        # Each choice of a flag stands on a line of its own.
        return str(sheet.cell(row, columns[column]).value or "").replace("\n", " ")

    return [
        (text(row, "STT"), text(row, "Chỉ tiêu thống kê"), text(row, "Đơn vị tính"))
        for row in wanted
    ]


def _texts(sheet: Worksheet, row: int) -> list[str]:
    return [str(cell.value) for cell in sheet[row] if cell.value is not None]


def _input(sheet: Worksheet, code: str) -> Cell:
    cell = sheet.cell(_rows(sheet)[code], _columns(sheet)["Số liệu"])
    assert isinstance(cell, Cell)
    return cell


def _unlocked(sheet: Worksheet) -> set[str]:
    return {
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and not cell.protection.locked
    }


def _named_cell(book: Workbook | None, name: str) -> str:
    assert book is not None
    ((_, cell),) = book.defined_names[name].destinations
    return str(cell).replace("$", "")


def _validations(sheet: Worksheet) -> dict[str, DataValidation]:
    return {
        str(area): rule
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
    }


def _listed(book: Workbook, rule: DataValidation) -> list[str]:
    ((sheet, area),) = book.defined_names[str(rule.formula1).lstrip("=")].destinations
    rows = book[sheet][area.replace("$", "")]
    return [str(row[0].value) for row in rows]


def _read(content: bytes, folder: Path) -> Submission:
    file = folder / "submission.xlsx"
    file.write_bytes(content)
    return read_submission(file, [FORM])


def _pdf_text(content: bytes, folder: Path) -> str:
    file = folder / "workbook.xlsx"
    file.write_bytes(content)
    (pdf,) = printed([file], folder)
    return text_of_pdf(pdf)


def _depth(formula: str) -> int:
    """Return how deep the calls of a formula stand in one another."""
    deepest = depth = 0
    for character in re.sub(r'"[^"]*"', "", formula):
        depth += {"(": 1, ")": -1}.get(character, 0)
        deepest = max(deepest, depth)
    return deepest


def _digest_in_a_new_process(hash_seed: str) -> str:
    program = (
        "import hashlib\n"
        "from cchc_xl.build.commune_book import CommuneWorkbook\n"
        "from cchc_xl.build.commune_workbook import commune_workbook\n"
        "from cchc_xl.gateways.schemas import load_form\n"
        "made = commune_workbook(CommuneWorkbook(load_form('phu-luc-01b')))\n"
        "print(hashlib.sha256(made).hexdigest())\n"
    )
    done = subprocess.run(  # noqa: S603  # this very Python
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()
