"""From what stands in a cell to its value, by the kind of the indicator."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.cells import Content, Kind, RawCell, Reading, Remark, read_cell
from cchc_xl.core.values import BLANK, INVALID, NOT_APPLICABLE, NOT_ARISEN, State, Value, number

SURVEY = {0: "Trực tuyến", 1: "Phát phiếu", 2: "Kết hợp"}
YES_NO = {0: "Không", 1: "Có"}
CONNECTED = {0: "Chưa kết nối", 1: "Đã kết nối"}
PLAN = {0: "Không ban hành; triển khai KH", 1: "Có ban hành hoặc triển khai KH"}
NO_NUMBERS: list[Content] = [
    "nt",
    "abc",
    "07/28",
    "04 HS",
    "1/2",
    "?",
    date(2024, 7, 28),
    datetime(2024, 7, 28, 0, 0),
    time(7, 28),
    timedelta(hours=30),
    True,
    False,
]


def count(content: Content, *, own_template: bool = False) -> Reading:
    return read_cell(Kind.COUNT, RawCell(content), own_template=own_template)


def percent(content: Content, *, shown_as_percent: bool = False) -> Reading:
    raw = RawCell(content, percent_format=shown_as_percent)
    return read_cell(Kind.PERCENT, raw, own_template=False)


def percent_in_our_template(content: Content) -> Reading:
    return read_cell(Kind.PERCENT, RawCell(content), own_template=True)


def flag(content: Content, choices: dict[int, str]) -> Reading:
    return read_cell(Kind.FLAG, RawCell(content), choices=choices, own_template=False)


def code(content: Content) -> Reading:
    return read_cell(Kind.CODE, RawCell(content), choices=SURVEY, own_template=False)


def heading(content: Content) -> Reading:
    return read_cell(Kind.HEADER, RawCell(content), own_template=False)


class DescribeACount:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (770, 770),
            (770.0, 770),
            (0, 0),
            ("770", 770),
            ("07", 7),
            ("1.234", 1234),
            ("1.234.567", 1234567),
            ("2381", 2381),
            (" 770\u00a0", 770),
            ("７７０", 770),
        ],
    )
    def it_is_a_number(self, content: Content, expected: int) -> None:
        assert count(content) == Reading(number(expected))

    @pytest.mark.parametrize("content", ["0", "00", "không", "không có", "Không", "KHÔNG CÓ"])
    def it_is_zero_where_the_official_says_so(self, content: str) -> None:
        assert count(content) == Reading(number(0))

    def it_reads_decomposed_letters(self) -> None:
        assert count(unicodedata.normalize("NFD", "không có")) == Reading(number(0))

    @pytest.mark.parametrize("content", [None, "", "-", " ", "\u00a0", " - ", "–", "—"])
    def it_is_blank_and_not_zero(self, content: Content) -> None:
        assert count(content) == Reading(BLANK)

    @pytest.mark.parametrize("content", ["KPS", "kps", " KPS ", "Không phát sinh"])
    def it_remembers_that_nothing_arose(self, content: str) -> None:
        assert count(content) == Reading(NOT_ARISEN)

    @pytest.mark.parametrize("content", ["KAD", "kad", "Không áp dụng"])
    def it_is_not_applicable(self, content: str) -> None:
        assert count(content) == Reading(NOT_APPLICABLE)

    def it_takes_a_comma_between_thousands_with_a_notice(self) -> None:
        assert count("3,278") == Reading(number(3278), Remark.COMMA_THOUSANDS)

    @pytest.mark.parametrize("content", ["189....", "189…", "189."])
    def it_takes_a_number_before_left_over_dots_with_a_warning(self, content: str) -> None:
        assert count(content) == Reading(number(189), Remark.LEFT_OVER_DOTS)

    @pytest.mark.parametrize(
        ("content", "meant"), [(3.278, 3278), (6.015, 6015), (1.5, 1500), (370.12, 370120)]
    )
    def but_it_never_uses_a_number_whose_thousands_mark_was_swallowed(
        self, content: float, meant: int
    ) -> None:
        expected = Reading(INVALID, Remark.SWALLOWED_THOUSANDS, (Decimal(meant),))

        assert count(content) == expected

    @pytest.mark.parametrize("content", [0.5, 3.27845, 1234.5])
    def but_it_suggests_nothing_where_no_mark_can_have_been_swallowed(self, content: float) -> None:
        assert count(content) == Reading(INVALID, Remark.NOT_WHOLE)

    @pytest.mark.parametrize("content", [-1, -0.5, "-5", "−5"])
    def but_it_is_never_negative(self, content: Content) -> None:
        assert count(content) == Reading(INVALID, Remark.NEGATIVE)

    def but_it_is_not_a_number_of_more_digits_than_excel_keeps(self) -> None:
        assert count(10**15) == Reading(INVALID, Remark.TOO_LARGE)

    def and_it_is_a_number_of_fifteen_digits(self) -> None:
        assert count(10**15 - 1) == Reading(number(10**15 - 1))

    @pytest.mark.parametrize("content", [*NO_NUMBERS, "12.5", "1.23", "1,234.567", "1e3", "+5"])
    def but_it_is_nothing_else(self, content: Content) -> None:
        assert count(content).value == INVALID

    @pytest.mark.parametrize("content", [date(2024, 7, 28), datetime(2024, 7, 28, 0, 0)])
    def but_it_is_no_date(self, content: Content) -> None:
        assert count(content).remark is Remark.DATE

    def but_it_is_no_truth_value(self) -> None:
        assert count(True).remark is Remark.BOOLEAN

    def but_it_is_no_error_cell(self) -> None:
        reading = read_cell(Kind.COUNT, RawCell(error="#REF!"), own_template=False)

        assert reading == Reading(INVALID, Remark.ERROR_CELL)

    def but_it_is_no_formula_that_was_never_calculated(self) -> None:
        reading = read_cell(Kind.COUNT, RawCell(no_cached_value=True), own_template=False)

        assert reading == Reading(INVALID, Remark.NO_CACHED_VALUE)

    @pytest.mark.parametrize("content", [nan, inf, -inf])
    def but_it_is_no_number_that_is_none(self, content: float) -> None:
        assert count(content).value == INVALID

    @pytest.mark.parametrize("content", ["3,278", "189....", "07", 770, "KPS"])
    def it_is_read_alike_in_our_own_template(self, content: Content) -> None:
        assert count(content, own_template=True) == count(content)


class DescribeAPercent:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            ("91,3%", "91.3"),
            ("99.04", "99.04"),
            ("99,04", "99.04"),
            ("8,7 %", "8.7"),
            ("0,5%", "0.5"),
            ("1%", "1"),
            ("100%", "100"),
            ("100", "100"),
            (100, "100"),
            (100.0, "100"),
            (98.87, "98.87"),
            (0, "0"),
            ("0", "0"),
        ],
    )
    def it_is_a_number(self, content: Content, expected: str) -> None:
        assert percent(content) == Reading(number(Decimal(expected)))

    @pytest.mark.parametrize(("content", "expected"), [(0.993, "99.3"), (1, "100"), (0.5, "50")])
    def it_counts_in_hundredths_under_a_percent_format(self, content: float, expected: str) -> None:
        reading = percent(content, shown_as_percent=True)

        assert reading == Reading(number(Decimal(expected)))

    def it_is_not_misled_by_the_last_binary_digit(self) -> None:
        reading = percent(1.0000000000000002, shown_as_percent=True)

        assert reading.value.state is State.NUMBER

    @pytest.mark.parametrize(
        ("content", "one", "other"),
        [(0.5, "0.5", "50"), (1, "1", "100"), (1.0, "1", "100"), ("0,5", "0.5", "50"),
         ("1", "1", "100")],
    )  # fmt: skip
    def but_it_asks_whether_a_bare_fraction_is_a_share(
        self, content: Content, one: str, other: str
    ) -> None:
        readings = (Decimal(one), Decimal(other))

        assert percent(content) == Reading(INVALID, Remark.PERCENT_OR_FRACTION, readings)

    @pytest.mark.parametrize("content", ["99.036", "99,036"])
    def but_it_asks_whether_three_decimals_are_thousands(self, content: str) -> None:
        readings = (Decimal("99.036"), Decimal(99036))

        assert percent(content) == Reading(INVALID, Remark.DECIMAL_OR_THOUSANDS, readings)

    @pytest.mark.parametrize(
        ("content", "expected"), [(0.5, "0.5"), (1, "1"), ("99.036", "99.036")]
    )
    def and_it_is_used_as_typed_with_a_notice_in_our_own_template(
        self, content: Content, expected: str
    ) -> None:
        reading = percent_in_our_template(content)

        assert reading == Reading(number(Decimal(expected)), Remark.PERCENT_AS_TYPED)

    @pytest.mark.parametrize("content", [None, "", "-"])
    def it_is_blank_and_not_zero(self, content: Content) -> None:
        assert percent(content) == Reading(BLANK)

    @pytest.mark.parametrize("content", ["KAD", "KPS", "không phát sinh"])
    def it_is_not_applicable_where_nothing_arose(self, content: str) -> None:
        assert percent(content) == Reading(NOT_APPLICABLE)

    @pytest.mark.parametrize("content", [100.01, 101, "101%", "100,5", -1])
    def but_it_stays_between_0_and_100(self, content: Content) -> None:
        assert percent(content) == Reading(INVALID, Remark.OUT_OF_RANGE)

    def but_it_stays_below_100_under_a_percent_format_too(self) -> None:
        reading = percent(1.01, shown_as_percent=True)

        assert reading == Reading(INVALID, Remark.OUT_OF_RANGE)

    @pytest.mark.parametrize("content", [*NO_NUMBERS, "không", "%", "-5%"])
    def but_it_is_nothing_else(self, content: Content) -> None:
        assert percent(content).value == INVALID

    @pytest.mark.parametrize("content", [nan, inf, -inf])
    def but_it_is_no_number_that_is_none(self, content: float) -> None:
        assert percent(content).value == INVALID


class DescribeAFlag:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [(0, 0), (1, 1), (1.0, 1), ("0", 0), ("1", 1), ("Không", 0), ("không", 0), ("Có", 1)],
    )
    def it_takes_its_codes_and_its_printed_labels(self, content: Content, expected: int) -> None:
        assert flag(content, YES_NO) == Reading(number(expected))

    def it_takes_a_long_label(self) -> None:
        assert flag("không ban hành; triển khai KH", PLAN) == Reading(number(0))

    def it_takes_a_plain_no_beside_a_long_label(self) -> None:
        assert flag("Không", PLAN).value == number(0)

    @pytest.mark.parametrize(
        ("content", "choices", "expected"),
        [
            ("Có", PLAN, 1), ("có", PLAN, 1), ("Đã ban hành", PLAN, 1), ("Có ban hành", PLAN, 1),
            ("Chưa ban hành", PLAN, 0), ("1 (có)", YES_NO, 1), ("1 - Có ban hành", PLAN, 1),
            ("0 (không)", YES_NO, 0), ("1. Có", PLAN, 1), ("Chưa", CONNECTED, 0),
            ("Có kết nối", CONNECTED, 1),
        ],
    )  # fmt: skip
    def it_is_read_from_the_first_words_of_a_choice(
        self, content: str, choices: dict[int, str], expected: int
    ) -> None:
        assert flag(content, choices) == Reading(number(expected))

    @pytest.mark.parametrize(
        "content",
        ["0 (có)", "1 (không)", "2 (có)", "Có kế hoạch", "1/0", "ban hành", "1 có 0 không"],
    )
    def but_not_from_words_that_say_another_thing(self, content: str) -> None:
        assert flag(content, PLAN).value == INVALID

    def and_not_in_a_workbook_of_ours(self) -> None:
        reading = read_cell(Kind.FLAG, RawCell("1 (có)"), choices=YES_NO, own_template=True)

        assert reading.value == INVALID

    def but_it_takes_no_yes_that_is_not_printed(self) -> None:
        assert flag("Có", CONNECTED).value == INVALID

    @pytest.mark.parametrize("content", [2, -1, 0.5, "2", "KPS", "không có", "x", *NO_NUMBERS])
    def but_it_takes_nothing_else(self, content: Content) -> None:
        assert flag(content, YES_NO).value == INVALID

    @pytest.mark.parametrize(
        ("content", "expected"), [(None, BLANK), ("-", BLANK), ("KAD", NOT_APPLICABLE)]
    )
    def it_may_be_left_open(self, content: Content, expected: Value) -> None:
        assert flag(content, YES_NO) == Reading(expected)


class DescribeACode:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [(0, 0), (2.0, 2), ("1", 1), ("Trực tuyến", 0), ("phát phiếu", 1), ("KẾT HỢP", 2)],
    )
    def it_takes_its_codes_and_its_printed_labels(self, content: Content, expected: int) -> None:
        assert code(content) == Reading(number(expected))

    @pytest.mark.parametrize(
        "content", [3, -1, 1.5, "3", "không", "không có", "KPS", "Có", *NO_NUMBERS]
    )
    def but_it_takes_nothing_else(self, content: Content) -> None:
        assert code(content).value == INVALID

    def it_is_blank_and_not_its_code_0(self) -> None:
        assert code(None) == Reading(BLANK)


class DescribeAHeading:
    @pytest.mark.parametrize("content", [None, "", "-"])
    def it_stays_blank(self, content: Content) -> None:
        assert heading(content) == Reading(BLANK)

    @pytest.mark.parametrize("content", [23, "23"])
    def but_it_tells_a_figure(self, content: Content) -> None:
        assert heading(content) == Reading(number(23), Remark.HEADING_FILLED)

    def but_it_tells_a_text(self) -> None:
        assert heading("nt").value.state is State.TEXT


CONTENTS: st.SearchStrategy[Content] = st.one_of(
    st.none(),
    st.text(),
    st.text(alphabet="0123456789.,…% -KPSADkhôngcó"),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
CELLS = st.builds(
    RawCell,
    content=CONTENTS,
    percent_format=st.booleans(),
    error=st.none() | st.sampled_from(["#REF!", "#DIV/0!"]),
    no_cached_value=st.booleans(),
)


class DescribeReadCell:
    @given(st.sampled_from(Kind), CELLS, st.booleans())
    def it_never_raises(self, kind: Kind, raw: RawCell, own_template: bool) -> None:
        reading = read_cell(kind, raw, choices=SURVEY, own_template=own_template)

        assert isinstance(reading.value, Value)

    @given(CELLS, st.booleans())
    def it_takes_only_whole_numbers_from_0_on_as_counts(
        self, raw: RawCell, own_template: bool
    ) -> None:
        value = read_cell(Kind.COUNT, raw, own_template=own_template).value

        assert value.number >= 0
        assert value.number == value.number.to_integral_value()

    @given(CELLS, st.booleans())
    def it_takes_only_numbers_from_0_to_100_as_percents(
        self, raw: RawCell, own_template: bool
    ) -> None:
        value = read_cell(Kind.PERCENT, raw, own_template=own_template).value

        assert 0 <= value.number <= 100

    @given(CELLS, st.booleans())
    def it_takes_only_the_choices_as_codes(self, raw: RawCell, own_template: bool) -> None:
        value = read_cell(Kind.CODE, raw, choices=SURVEY, own_template=own_template).value

        assert value.state is not State.NUMBER or value.number in SURVEY

    @given(st.sampled_from(Kind), CELLS)
    def it_says_why_a_value_is_not_used(self, kind: Kind, raw: RawCell) -> None:
        reading = read_cell(kind, raw, choices=SURVEY, own_template=False)

        assert reading.value != INVALID or reading.remark is not None

    @given(st.sampled_from(Kind), CELLS)
    def it_never_makes_a_number_of_an_error_cell(self, kind: Kind, raw: RawCell) -> None:
        broken = RawCell(raw.content, raw.percent_format, "#REF!", raw.no_cached_value)

        assert read_cell(kind, broken, choices=SURVEY, own_template=True).value == INVALID
