"""The sheet of a register: what LibreOffice calculates on it is what Python finds."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from cchc_xl.build.commune_book import CommuneBook, CommuneWorkbook
from cchc_xl.build.formats import PlainWorkbook
from cchc_xl.build.register_columns import count_reference
from cchc_xl.build.register_sheet import write_register
from cchc_xl.core.cells import Content
from cchc_xl.core.form import Column, Form
from cchc_xl.core.grid import Grid
from cchc_xl.core.period import Period
from cchc_xl.core.records import Record, counted
from cchc_xl.core.register_reading import read_register
from tests.support.documents import period, read_lines, read_own, register, tung_chau
from tests.support.libreoffice import need_soffice, recalculated
from tests.support.once import once_per_run
from tests.support.validator import problems
from tests.support.workbook_parts import Shown, shown_cells, spoiled

REGISTER = register()
SHEET = REGISTER.name
FORM = Form(
    id="bieu", version="1", name="Biểu", title=("BIỂU",), supplementary_title="", valid_from=None,
    valid_to=None, columns=(Column("label", "Chỉ tiêu"), Column("value", "Số liệu")),
    indicators=(), rules=(), ratios=(),
)  # fmt: skip
PLAN = ("Kế hoạch", 12, "KH-UBND", date(2022, 2, 21), "Khắc phục tồn tại", None)
# Rows by what they try: what is typed on our own sheet, in a report on 2021 to 31 August 2023.
ODD_ROWS: dict[str, tuple[tuple[Content, ...], ...]] = {
    "twice": (PLAN, PLAN),
    "spelt in two ways": (PLAN, ("Kế hoạch", "012", "kh – ubnd", "21/2/2022", "Tồn tại", None)),
    "a date as text": (("Quyết định", "03", "QĐ-UBND", "06/01/2021", "Quy chế", None),),
    "a date with dashes": (("Quyết định", 3, "QĐ-UBND", "6-1-2021", "Quy chế", None),),
    "no such day": (("Kế hoạch", 1, "KH-UBND", "31/02/2022", "Một việc", 2022),),
    "no date at all": (("Kế hoạch", 1, "KH-UBND", "đầu năm", "Một việc", 2022),),
    "a year of its own": (("Kế hoạch", 15, "KH-UBND", None, "Một việc", 2022),),
    "another year than the date": (("Kế hoạch", 1, "KH-UBND", date(2022, 1, 5), "Việc", 2021),),
    "the symbol of another type": (
        ("Quyết định", 210, "KH-UBND", date(2021, 12, 31), "Việc", None),
    ),
    "a letter": (("Công văn", 418, "UBND-NV", date(2022, 2, 28), "Việc", None),),
    "a plan with a letter's symbol": (("Kế hoạch", 5, "UBND", date(2022, 2, 28), "Việc", None),),
    "the symbol of a legal act": (
        ("Quyết định", 37, "2021/QĐ-UBND", date(2021, 5, 5), "Việc", None),
    ),
    "an unknown symbol": (("Khác", 7, "XYZ-UBND", date(2021, 5, 5), "Việc", None),),
    "a type by its symbol alone": ((None, 7, "BC-UBND", date(2021, 5, 5), "Việc", None),),
    "a type by an abbreviation": (("TTr", 7, None, date(2021, 5, 5), "Việc", None),),
    "a type that nobody knows": (("Giấy khen", 7, None, date(2021, 5, 5), "Việc", None),),
    "two dates": (PLAN, ("Kế hoạch", 12, "KH-UBND", date(2022, 2, 12), "Khắc phục", None)),
    "before the period": (("Kế hoạch", 4, "KH-UBND", date(2020, 12, 31), "Việc", None),),
    "after the period": (("Kế hoạch", 4, "KH-UBND", date(2024, 1, 1), "Việc", None),),
    "a year outside": (("Kế hoạch", 4, "KH-UBND", None, "Việc", 2019),),
    "only words": ((None, None, None, None, "Xây dựng khung kế hoạch", 2021),),
    "only words, twice": (
        (None, None, None, None, "Xây dựng khung kế hoạch", 2021),
        (None, None, None, None, "xây dựng khung  KẾ HOẠCH", 2021),
    ),
    "only a type": (("Kế hoạch", None, None, None, None, None),),
    "a number with its symbol in one cell": (
        ("Kế hoạch", "12/KH-UBND", None, date(2022, 2, 21), "Việc", None),
    ),
    "a fraction for a number": (("Kế hoạch", 3.5, "KH-UBND", date(2022, 2, 21), "Việc", None),),
    "a number that looks like a date": (
        ("Kế hoạch", "3/4", "KH-UBND", date(2022, 2, 21), "Việc", None),
    ),
    "a year in words": (("Kế hoạch", 3, "KH-UBND", None, "Việc", "năm ngoái"),),
    "an empty row between": (
        PLAN, (None,) * 6, ("Quyết định", 1, "QĐ-UBND", date(2023, 1, 3), "Việc", None),
    ),
    "a long subject twice": ((None, None, None, date(2021, 3, 3), "dài " * 100, None),) * 2,
}  # fmt: skip
THREE_YEARS = period("2021-01-01_2023-08-31")


def workbook(records: tuple[Record, ...], of: Period | None) -> tuple[bytes, dict[str, str]]:
    """A workbook with the form's sheet as far as the register looks at it, and the register's."""
    buffer = BytesIO()
    book = PlainWorkbook(buffer)
    commune = CommuneBook(book, CommuneWorkbook(FORM, unit="Xã Tùng Châu", period=of))
    commune.sheet.write_string("I1", "Xã Tùng Châu")
    if of is not None:
        commune.sheet.write_string("I3", of.name[:1].upper() + of.name[1:])
    write_register(commune, REGISTER, records)
    cells = {code: count_reference(REGISTER, code) for code in REGISTER.cells}
    book.add_worksheet("_kiem_tra")
    book.close()
    return buffer.getvalue(), cells


def cases() -> dict[str, tuple[tuple[Record, ...], Period | None]]:
    lines, of = tung_chau()
    made: dict[str, tuple[tuple[Record, ...], Period | None]] = {
        "Tùng Châu": (read_lines(*lines).records, of),
        "nothing": ((), of),
        "no period": (read_own(PLAN, PLAN).records, None),
        "a quarter": (
            read_own(
                ("Kế hoạch", 210, "KH-UBND", date(2021, 12, 31), "Việc", None),
                ("Kế hoạch", 9, "KH-UBND", date(2021, 12, 14), "Việc", None),
                ("Kế hoạch", 2, "KH-UBND", date(2022, 1, 7), "Việc", 2022),
                ("Kế hoạch", 4, "KH-UBND", None, "Việc", 2022),
            ).records,
            period("2022-Q1"),
        ),
    }
    made |= {name: (read_own(*rows).records, THREE_YEARS) for name, rows in ODD_ROWS.items()}
    return made


Calculated = dict[str, tuple[dict[str, Shown], dict[str, Shown]]]
NAMES = ("Tùng Châu", "nothing", "no period", "a quarter", *ODD_ROWS)


@pytest.fixture(scope="session")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Calculated:
    """By case: what was written behind the formulas, and what LibreOffice calculates."""
    return once_per_run(
        tmp_path_factory, "registers", lambda: _sheets(tmp_path_factory.mktemp("registers"))
    )


def _sheets(folder: Path) -> Calculated:
    need_soffice()
    files: list[Path] = []
    (folder / "calculated").mkdir()
    for place, (records, of) in enumerate(cases().values()):
        content, _ = workbook(records, of)
        file = folder / f"{place}.xlsx"
        file.write_bytes(content)
        files.append(folder / f"spoiled-{place}.xlsx")
        files[-1].write_bytes(spoiled(content))
    calculated = recalculated(files, folder / "calculated")
    return {
        name: (
            shown_cells(folder / f"{place}.xlsx", SHEET)[SHEET],
            shown_cells(calculated[place], SHEET)[SHEET],
        )
        for place, name in enumerate(cases())
    }


def own_cell(reference: str) -> str:
    return reference.partition("!")[2].replace("$", "")


class DescribeTheSheetOfARegister:
    @pytest.mark.parametrize("name", NAMES)
    def it_calculates_what_was_written_behind_its_formulas(
        self, sheets: Calculated, name: str
    ) -> None:
        written, calculated = sheets[name]

        assert calculated == written

    @pytest.mark.parametrize("name", NAMES)
    def it_counts_as_python_does(self, sheets: Calculated, name: str) -> None:
        records, of = cases()[name]
        _, cells = workbook(records, of)
        _, calculated = sheets[name]

        counts = {
            code: calculated[own_cell(cell)]
            for code, cell in cells.items()
            if own_cell(cell) in calculated
        }

        assert counts == counted(records, REGISTER, of)

    def it_marks_both_rows_of_a_duplicate(self, sheets: Calculated) -> None:
        _, calculated = sheets["twice"]

        marks = {cell: said for cell, said in calculated.items() if "Trùng" in str(said)}

        first, second = sorted(marks)
        assert marks == {
            first: f"Trùng với dòng {second[1:]}",
            second: f"Trùng với dòng {first[1:]}",
        }

    def it_finds_the_one_duplicate_of_tung_chau(self, sheets: Calculated) -> None:
        _, calculated = sheets["Tùng Châu"]

        assert sum("Trùng" in str(said) for said in calculated.values()) == 2

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("no such day", "Không có ngày này"),
            ("another year than the date", "Năm khác năm của ngày ban hành"),
            ("the symbol of another type", "Ký hiệu là của Kế hoạch"),
            ("before the period", "Ngoài các năm của kỳ báo cáo"),
            ("after the period", "Ngoài các năm của kỳ báo cáo"),
            ("a year of its own", "Thiếu số, ký hiệu hoặc ngày"),
            ("a number with its symbol in one cell", "Số và năm chỉ ghi chữ số"),
        ],
    )
    def it_says_beside_a_row_what_is_wrong(self, sheets: Calculated, name: str, said: str) -> None:
        _, calculated = sheets[name]

        assert said in calculated.values()

    @pytest.mark.parametrize("name", ["a letter", "a date as text", "a type by its symbol alone"])
    def but_it_says_nothing_of_a_row_that_is_right(self, sheets: Calculated, name: str) -> None:
        _, calculated = sheets[name]
        beside = {rule.beside for rule in REGISTER.checks if rule.beside}

        assert beside & {str(said) for said in calculated.values()} == set()

    def it_uses_no_function_younger_than_excel_2010(self) -> None:
        content, _ = workbook(cases()["Tùng Châu"][0], THREE_YEARS)

        with zipfile.ZipFile(BytesIO(content)) as package:
            sheet = package.read("xl/worksheets/sheet2.xml").decode()

        assert "_xlfn" not in sheet

    def it_is_a_workbook_that_excel_accepts(self, tmp_path: Path) -> None:
        file = tmp_path / "register.xlsx"
        file.write_bytes(workbook(*cases()["Tùng Châu"])[0])

        assert problems(file) == []

    @pytest.mark.parametrize("name", ["Tùng Châu", "twice", "no such day", "only words"])
    def it_is_read_again_as_the_records_that_it_was_written_from(
        self, name: str, tmp_path: Path
    ) -> None:
        records, of = cases()[name]
        file = tmp_path / "register.xlsx"
        file.write_bytes(workbook(records, of)[0])
        rows = (
            CalamineWorkbook.from_path(str(file))
            .get_sheet_by_name(SHEET)
            .to_python(skip_empty_area=False)
        )

        reading = read_register(Grid(SHEET, rows), REGISTER, own_template=True)

        assert reading is not None
        assert [content_of(record) for record in reading.records] == [
            content_of(record) for record in records
        ]


def content_of(record: Record) -> tuple[object, ...]:
    """What a record says, wherever it stands."""
    return (
        record.type, record.number, record.symbol, record.day, record.subject, record.year,
        dict(record.unread),
    )  # fmt: skip
