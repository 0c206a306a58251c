"""Every worksheet function, called by xlwings' own `call_udf` with what COM hands over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from cchc_xl.build.parent_book import FIRST_ROW, SOURCES, TOTALS
from cchc_xl.build.parent_workbook import parent_workbook
from cchc_xl.core.checks import check_table
from cchc_xl.core.facts import unit_facts
from cchc_xl.core.grid import Grid
from cchc_xl.core.narrative import NO_NARRATIVE, Section, draft
from cchc_xl.core.wording import SEVERITY_WORDS
from cchc_xl.excel.declared import declared_functions, worksheet_function
from cchc_xl.gateways.outlines import default_outline
from cchc_xl.gateways.submissions import read_sheets
from tests.support.excel.com_values import MISSING_ARGUMENT
from tests.support.excel.udfs import call, udf_module
from tests.support.parent_units import QUARTER, consolidation, unit_tables
from tests.support.tables import BUT_SON, BUT_SON_ANNEX, findings_of, phu_luc_01b, table

Rows = tuple[tuple[Any, ...], ...]
Call = Callable[..., Any]

FORM = phu_luc_01b()
NOT_FOUND = -2146826246  # #N/A, as COM hands it over
BROKEN = -2146826265  # #REF!
SPILL = -2146826243  # #SPILL!, which xlwings does not know
TODAY = dt.datetime(2022, 7, 28, tzinfo=dt.UTC)
NOT_A_NUMBER = ["abc", "98%", "1,234", 1.234, True, TODAY, NOT_FOUND, SPILL]


@pytest.fixture(scope="module")
def functions() -> Iterator[ModuleType]:
    with udf_module("cchc_xl.excel.functions") as module:
        yield module


@pytest.fixture
def udf(functions: ModuleType) -> Call:
    """Call a function by its name in a cell."""
    names = {spec.name: spec.python_name for spec in declared_functions()}
    return lambda name, *args: call(functions, names[name], *args)


def column(*cells: Any) -> Rows:
    """A column of cells as COM hands it over."""
    return tuple((cell,) for cell in cells)


def sheet_of(given: Mapping[str, Any]) -> tuple[Rows, Rows]:
    """The codes and the figures of a unit's sheet, blanks too, as two columns."""
    figures = [given.get(row.code) for row in FORM.indicators]
    return (
        column(*(row.code for row in FORM.indicators)),
        column(*(float(figure) if isinstance(figure, int) else figure for figure in figures)),
    )


class DescribeEveryFunction:
    def it_is_known_to_xlwings_as_it_is_declared(self, functions: ModuleType) -> None:
        known = {
            found["name"]: [(arg["name"], arg["doc"], "optional" in arg) for arg in found["args"]]
            for value in vars(functions).values()
            if (found := getattr(value, "__xlfunc__", None)) is not None
        }

        assert known == {
            spec.python_name: [(arg.name, arg.description, arg.optional) for arg in spec.arguments]
            for spec in declared_functions()
        }

    @pytest.mark.parametrize("spec", declared_functions(), ids=lambda spec: spec.name)
    def it_reads_blocks_with_their_errors(self, functions: ModuleType, spec: Any) -> None:
        arguments = getattr(functions, spec.python_name).__xlfunc__["args"]
        wanted = {"convert": list, "ndim": 2, "err_to_str": True}

        assert [argument["options"] for argument in arguments] == [wanted] * len(spec.arguments)

    def it_has_a_name_of_its_own(self) -> None:
        names = [spec.name.upper() for spec in declared_functions()]

        assert len(set(names)) == len(names)

    @pytest.mark.parametrize(
        ("name", "described"),
        [
            ("SO", {"vung": "Vùng"}),
            ("CCHC_SỐ", {"vung": "Vùng"}),
            ("CCHC_KHAC", {"khac": "Vùng"}),
            ("CCHC_KHAC", {"vung": "Vùng " * 60}),
            ("CCHC_SO", {"vung": "Vùng"}),
        ],
    )
    def but_excel_would_not_take_every_declaration(
        self, name: str, described: dict[str, str]
    ) -> None:
        declared_functions()

        def other(vung: object) -> object:
            return vung

        with pytest.raises(ValueError, match=r"CCHC_|SO"):
            worksheet_function(name, "Hàm thử.", **described)(other)


class DescribeCchcSo:
    def it_makes_numbers_of_what_officials_write(self, udf: Call) -> None:
        block = (("1.234", "04", None), ("189....", "98,87", 5.0), ("KPS", "KAD", Decimal("2.5")))

        assert udf("CCHC_SO", block) == [[1234, 4, ""], [189, 98.87, 5], [0, "", 2.5]]

    @pytest.mark.parametrize("cell", ["1.234", 1234.0])
    def it_takes_one_cell(self, udf: Call, cell: object) -> None:
        assert udf("CCHC_SO", cell) == [[1234]]

    def it_leaves_a_blank_cell_blank(self, udf: Call) -> None:
        assert udf("CCHC_SO", None) == [[""]]

    @pytest.mark.parametrize("cell", NOT_A_NUMBER)
    def but_one_cell_that_is_no_number_fails_the_block(self, udf: Call, cell: object) -> None:
        with pytest.raises(ValueError, match=r"không phải là số|có thể là"):
            udf("CCHC_SO", ((1.0, 2.0), (3.0, cell)))


class DescribeCchcViet:
    def it_prints_numbers(self, udf: Call) -> None:
        assert udf("CCHC_VIET", ((1234.0, 98.865), (None, "KPS"))) == [
            ["1.234", "98,87"],
            ["", "KPS"],
        ]

    @pytest.mark.parametrize(("places", "text"), [(0.0, "1.235"), (3.0, "1.234,568"), (0, "1.235")])
    def it_prints_as_many_decimals_as_wanted(self, udf: Call, places: float, text: str) -> None:
        assert udf("CCHC_VIET", 1234.5678, places) == [[text]]

    @pytest.mark.parametrize("places", [MISSING_ARGUMENT, None])
    def it_prints_two_where_none_is_said(self, udf: Call, places: object) -> None:
        assert udf("CCHC_VIET", 1234.5678, places) == [["1.234,57"]]

    @pytest.mark.parametrize("places", [0.5, -1.0, 99.0, "abc", ((1.0, 2.0),), NOT_FOUND])
    def but_no_other_number_of_them(self, udf: Call, places: object) -> None:
        with pytest.raises(ValueError, match=r"thập phân|số|một ô"):
            udf("CCHC_VIET", 1.5, places)


class DescribeCchcTyle:
    def it_divides_place_by_place(self, udf: Call) -> None:
        assert udf("CCHC_TYLE", column(1.0, 2.0), column(3.0, "KPS")) == [[33.33], [""]]

    def it_takes_one_denominator_for_all(self, udf: Call) -> None:
        assert udf("CCHC_TYLE", ((1.0, 2.0), (None, "04")), 8.0) == [[12.5, 25], ["", 50]]

    def it_takes_one_numerator_for_all(self, udf: Call) -> None:
        assert udf("CCHC_TYLE", 1.0, ((4.0, 0.0),)) == [[25, ""]]

    def but_not_blocks_of_two_shapes(self, udf: Call) -> None:
        with pytest.raises(ValueError, match="cùng số dòng"):
            udf("CCHC_TYLE", column(1.0, 2.0), column(1.0, 2.0, 3.0))

    @pytest.mark.parametrize("cell", NOT_A_NUMBER)
    def and_nothing_that_is_no_number(self, udf: Call, cell: object) -> None:
        with pytest.raises(ValueError, match=r"không phải là số|có thể là"):
            udf("CCHC_TYLE", column(1.0, cell), column(2.0, 2.0))


class DescribeCchcChitieu:
    def it_names_indicators_in_their_places(self, udf: Call) -> None:
        labels = [FORM.by_code[code].label for code in ("1.1.1", "7.1", "5")]

        found = udf("CCHC_CHITIEU", (("1.1.1", 7.1), (None, 5.0)))

        assert found == [[labels[0], labels[1]], ["", labels[2]]]

    @pytest.mark.parametrize("words", ["đơn vị tính", "Đơn vị", "don vi tinh", "ĐVT"])
    def it_says_in_what_they_are_counted(self, udf: Call, words: str) -> None:
        assert udf("CCHC_CHITIEU", "1.1.1", words) == [[FORM.by_code["1.1.1"].unit]]

    def it_says_their_rules(self, udf: Call) -> None:
        [[text]] = udf("CCHC_CHITIEU", "1.1.2", "quy tắc")

        first = FORM.rule("R01")
        assert text.splitlines()[0] == f"R01 (lỗi): {first.message}"
        assert [line.partition(" ")[0] for line in text.splitlines()] == [
            "R01",
            "R03",
            "RF1",
        ]

    @pytest.mark.parametrize("code", ["9.9.9", "abc", TODAY, NOT_FOUND, True, column("5", "9.9.9")])
    def but_a_code_that_is_none_fails(self, udf: Call, code: object) -> None:
        with pytest.raises(ValueError, match=r"không có mã|không phải là chữ"):
            udf("CCHC_CHITIEU", code)

    def and_so_does_a_question_it_does_not_know(self, udf: Call) -> None:
        with pytest.raises(ValueError, match="«trọng số» không phải"):
            udf("CCHC_CHITIEU", "5", "trọng số")


HEAD = ["Mức độ", "Quy tắc", "Chỉ tiêu", "Nội dung", "Đề nghị"]
NOTHING = ["", "", "", "Không phát hiện vấn đề nào.", ""]


class DescribeCchcKiemtra:
    def it_finds_what_the_check_of_the_whole_form_finds(self, udf: Call) -> None:
        given = {row.code: BUT_SON.get(row.code) for row in FORM.indicators}
        expected = [
            [SEVERITY_WORDS[f.severity], f.rule, f.indicator, f.message, f.advice]
            for f in findings_of(FORM, given)
        ]

        found = udf("CCHC_KIEMTRA", *sheet_of(BUT_SON))

        assert expected != []
        assert found == [HEAD, *expected]

    def it_says_so_where_there_is_nothing(self, udf: Call) -> None:
        found = udf("CCHC_KIEMTRA", column("1.1.1", "1.1.2"), column(28.0, 12.0))

        assert found == [HEAD, NOTHING]

    def it_asks_no_rule_that_names_what_lies_outside_of_the_range(self, udf: Call) -> None:
        rules = {f.rule for f in check_table(table(FORM, {"1.1.1": 28}))}

        found = udf("CCHC_KIEMTRA", "1.1.1", 28.0)

        assert "R03" in rules
        assert found == [HEAD, NOTHING]

    @pytest.mark.parametrize(
        ("cell", "words"),
        [
            (BROKEN, "#REF!"), (NOT_FOUND, "#N/A"), (SPILL, "#SPILL!"), (TODAY, "28/7/2022"),
            (True, "TRUE"), (1.234, "1.234"), (-5.0, "-5"), ("abc", "abc"),
        ],
    )  # fmt: skip
    def it_finds_a_cell_that_cannot_be_read(self, udf: Call, cell: object, words: str) -> None:
        [_, *rows] = udf("CCHC_KIEMTRA", (("1.1.1", "1.1.2"),), ((28.0, cell),))

        assert [row[:3] for row in rows] == [["Lỗi", "RF1", "1.1.2"]]
        assert words in rows[0][3]

    def it_reads_a_percent_as_it_is_typed(self, udf: Call) -> None:
        [_, row] = udf("CCHC_KIEMTRA", "3.2.4", 0.98)

        assert row[:3] == ["Lưu ý", "RD3", "3.2.4"]

    def it_passes_over_blank_rows(self, udf: Call) -> None:
        found = udf("CCHC_KIEMTRA", column("1.1.1", None, None), column(28.0, None, None))

        assert found == [HEAD, NOTHING]

    @pytest.mark.parametrize(
        "name", ["phu-luc-01b", "Phụ lục 01b", "phụ lục 01B", MISSING_ARGUMENT]
    )
    def it_may_be_told_the_form(self, udf: Call, name: object) -> None:
        assert udf("CCHC_KIEMTRA", "1.1.1", 28.0, name) == [HEAD, NOTHING]

    @pytest.mark.parametrize(
        ("codes", "figures"),
        [
            (column("1.1.1", "1.1.1"), column(1.0, 1.0)),
            (column("7.1", 7.1), column(1.0, 1.0)),
            (column("1.1.1", "9.9.9"), column(1.0, 1.0)),
            (column("1.1.1", None), column(1.0, 1.0)),
            (column("1.1.1", "1.1.2"), column(1.0, 1.0, 1.0)),
            (column("1.1.1", "1.1.2"), 1.0),
            (column("1.1.1", NOT_FOUND), column(1.0, 1.0)),
        ],
    )
    def but_codes_that_do_not_fit_fail(self, udf: Call, codes: Rows, figures: object) -> None:
        with pytest.raises(ValueError, match=r"mã|Mã|chữ"):
            udf("CCHC_KIEMTRA", codes, figures)

    def and_so_does_a_form_that_is_none(self, udf: Call) -> None:
        with pytest.raises(ValueError, match="Không có biểu mẫu"):
            udf("CCHC_KIEMTRA", "1.1.1", 28.0, "Phụ lục 99")


@pytest.fixture(scope="module")
def ranges(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, Rows]:
    """The two ranges of a parent unit's workbook, as cells hand them over."""
    units = unit_tables(
        ("Xã A", {"1.1.1": 12, "7.1": 2, "5.2": 1}),
        ("Xã B", {"1.1.1": "KPS", "5.2": "KAD"}),
        ("Xã C", {"1.1.1": "?"}),
        ("Xã D", None),
    )
    path = tmp_path_factory.mktemp("parent") / "tong-hop.xlsx"
    path.write_bytes(parent_workbook(consolidation(units), NO_NARRATIVE))
    sheets = {grid.sheet: grid for grid in read_sheets(path)}
    totals = _block(sheets[TOTALS], len(sheets[TOTALS].rows))
    return totals, _block(sheets[SOURCES], len(sheets[TOTALS].rows))


def _block(grid: Grid, height: int) -> Rows:
    rows = [grid.rows[row] if row < len(grid.rows) else () for row in range(FIRST_ROW - 1, height)]
    return tuple(
        tuple(row[place] if place < len(row) else None for place in range(11)) for row in rows
    )


class DescribeCchcGiaithich:
    def it_says_the_total_and_then_where_each_part_stands(
        self, udf: Call, ranges: tuple[Rows, Rows]
    ) -> None:
        label, unit = FORM.by_code["1.1.1"].label, FORM.by_code["1.1.1"].unit

        found = udf("CCHC_GIAITHICH", "1.1.1", *ranges)

        assert found == [
            [f"1.1.1 {label}", 12, "Cộng", "2/4 đơn vị có số liệu", unit],
            ["Đơn vị", "Số liệu", "Tệp", "Trang", "Ô"],
            ["Xã A", 12, "Xã A.xlsx", "Phụ lục 01b", "F8"],
            ["Xã B", "KPS", "Xã B.xlsx", "Phụ lục 01b", "F8"],
            ["Xã C", "«»", "Xã C.xlsx", "Phụ lục 01b", "F8"],
            ["Xã D", "", "", "", ""],
        ]

    def it_says_what_does_not_apply_and_what_is_blank(
        self, udf: Call, ranges: tuple[Rows, Rows]
    ) -> None:
        found = udf("CCHC_GIAITHICH", "5.2", *ranges)

        assert [row[:2] for row in found[2:]] == [
            ["Xã A", 1], ["Xã B", "KAD"], ["Xã C", ""], ["Xã D", ""],
        ]  # fmt: skip

    def it_understands_a_code_that_comes_as_a_number(
        self, udf: Call, ranges: tuple[Rows, Rows]
    ) -> None:
        assert udf("CCHC_GIAITHICH", 7.1, *ranges) == udf("CCHC_GIAITHICH", "7.1", *ranges)

    def it_leaves_out_the_columns_that_hold_no_unit(
        self, udf: Call, ranges: tuple[Rows, Rows]
    ) -> None:
        wider: list[Rows] = [tuple((*row, None, None) for row in rows) for rows in ranges]

        assert udf("CCHC_GIAITHICH", "5.2", *wider) == udf("CCHC_GIAITHICH", "5.2", *ranges)

    def it_gives_the_names_of_file_and_sheet_to_the_letter(
        self, udf: Call, ranges: tuple[Rows, Rows]
    ) -> None:
        totals, sources = ranges
        place = [row[0] for row in totals].index("1.1.1")
        changed = (*sources[place][:7], "xa/Xã  A.xlsx|Biểu | 2|F9|number", *sources[place][8:])

        found = udf(
            "CCHC_GIAITHICH", "1.1.1", totals, (*sources[:place], changed, *sources[place + 1 :])
        )

        assert found[2] == ["Xã A", 12, "xa/Xã  A.xlsx", "Biểu | 2", "F9"]

    @pytest.mark.parametrize("code", ["9.9.9", None, (("1.1.1", "5.2"),)])
    def but_a_code_that_is_not_there_fails(
        self, udf: Call, ranges: tuple[Rows, Rows], code: object
    ) -> None:
        with pytest.raises(ValueError, match=r"đúng một lần|một ô"):
            udf("CCHC_GIAITHICH", code, *ranges)

    def and_so_do_other_ranges(self, udf: Call, ranges: tuple[Rows, Rows]) -> None:
        totals, sources = ranges

        with pytest.raises(ValueError, match="dòng tiêu đề"):
            udf("CCHC_GIAITHICH", "1.1.1", totals[1:], sources[1:])
        with pytest.raises(ValueError, match="cùng số dòng"):
            udf("CCHC_GIAITHICH", "1.1.1", totals, sources[1:])

    def and_so_does_an_error_among_the_figures(self, udf: Call, ranges: tuple[Rows, Rows]) -> None:
        totals, sources = ranges
        broken = tuple(
            tuple(
                BROKEN if row[0] == "1.1.1" and place == 5 else cell
                for place, cell in enumerate(row)
            )
            for row in totals
        )

        with pytest.raises(ValueError, match="#REF!"):
            udf("CCHC_GIAITHICH", "1.1.1", broken, sources)


class DescribeCchcCau:
    UNIT, PERIOD = "Thị trấn Bút Sơn", "Quý I năm 2022"

    def drafted(self, section_id: str) -> list[list[str]]:
        """What the report of the unit says in a section and below it."""
        outline = default_outline("commune", FORM.id)
        assert outline is not None
        facts = unit_facts(table(FORM, BUT_SON_ANNEX), self.UNIT, QUARTER)

        def texts(sections: tuple[Section, ...], *, inside: bool) -> Iterator[str]:
            for section in sections:
                is_in = inside or section.id == section_id
                if is_in:
                    yield from (sentence.text for sentence in section.sentences)
                yield from texts(section.sections, inside=is_in)

        return [[text] for text in texts(draft(outline, facts).sections, inside=False)]

    @pytest.mark.parametrize("section", ["I.1", "II.2", "I"])
    def it_drafts_what_the_report_says(self, udf: Call, section: str) -> None:
        found = udf("CCHC_CAU", section, *sheet_of(BUT_SON_ANNEX), self.UNIT, self.PERIOD)

        assert found == self.drafted(section)
        assert found != []

    @pytest.mark.parametrize("period", ["Quý I năm 2022", "2022-Q1", "quý 1/2022"])
    def it_understands_a_period(self, udf: Call, period: str) -> None:
        found = udf("CCHC_CAU", "I.1", *sheet_of(BUT_SON_ANNEX), self.UNIT, period)

        assert found == self.drafted("I.1")

    @pytest.mark.parametrize(
        ("section", "unit", "period"),
        [
            ("XI", UNIT, PERIOD), (None, UNIT, PERIOD), (TODAY, UNIT, PERIOD),
            ("I.1", None, PERIOD), ("I.1", UNIT, "tuần này"), ("I.1", UNIT, None),
            ("I.1", NOT_FOUND, PERIOD),
        ],
    )  # fmt: skip
    def but_what_it_does_not_know_fails(
        self, udf: Call, section: object, unit: object, period: object
    ) -> None:
        with pytest.raises(ValueError, match=r"mục|đơn vị|kỳ|chữ"):
            udf("CCHC_CAU", section, *sheet_of(BUT_SON_ANNEX), unit, period)


class DescribeSoatLoi:
    TITLE = "BÁO CÁO quý I năm 2022"
    CLOSING = "Trên đây là báo cáo quý I, phương hướng quý II/2021 của UBND xã."

    def it_says_what_is_wrong_beside_the_very_cell(self, udf: Call) -> None:
        title, blank, closing = udf("CCHC_SOATLOI", column(self.TITLE, None, self.CLOSING))

        assert (title, blank) == ([""], [""])
        assert "«quý II/2021»" in closing[0]

    def it_keeps_the_shape_of_the_range(self, udf: Call) -> None:
        found = udf("CCHC_SOATLOI", (("Họp ngày 31/02/2022.", 5.0), ("Họp xong.", None)))

        assert [[bool(cell) for cell in row] for row in found] == [[True, False], [False, False]]


class DescribeWhatAFunctionGivesBack:
    def it_is_made_of_numbers_and_texts_only(self, udf: Call) -> None:
        answers = [
            *udf("CCHC_SO", (("1.234,5", None),)),
            *udf("CCHC_TYLE", 1.0, 3.0),
            *udf("CCHC_KIEMTRA", *sheet_of(BUT_SON)),
        ]

        assert {type(cell) for row in answers for cell in row} <= {float, int, str, bool}
