"""Numbers as officials write them, and numbers printed the Vietnamese way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core import numerals
from cchc_xl.core.cells import Kind, RawCell, read_cell
from cchc_xl.core.values import number

WHOLE = st.integers(min_value=0, max_value=10**15 - 1)
HUNDREDTHS = st.integers(min_value=0, max_value=10_000).map(lambda n: Decimal(n) / 100)


class DescribeReadWhole:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("770", 770),
            ("07", 7),
            ("0", 0),
            ("00", 0),
            ("2381", 2381),
            ("1.234", 1234),
            ("6.015", 6015),
            ("11.842", 11842),
            ("1.234.567", 1234567),
            ("3,278", 3278),
            ("1 234", 1234),
        ],
    )
    def it_reads_a_count(self, text: str, expected: int) -> None:
        whole = numerals.read_whole(text)

        assert whole is not None
        assert whole.number == expected

    @pytest.mark.parametrize(
        ("text", "mark"), [("1.234", "."), ("3,278", ","), ("1 234", " "), ("2381", "")]
    )
    def it_tells_the_thousands_mark(self, text: str, mark: str) -> None:
        whole = numerals.read_whole(text)

        assert whole is not None
        assert whole.separator == mark

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "-5",
            "1e3",
            "12.5",
            "1.23",
            "1.2345",
            "0.123",
            "1,234.567",
            "1234.567",
            "abc",
            "04 HS",
        ],
    )
    def but_it_reads_nothing_else(self, text: str) -> None:
        assert numerals.read_whole(text) is None


class DescribeReadDecimal:
    @pytest.mark.parametrize(
        ("text", "expected"), [("91,3", "91.3"), ("99.04", "99.04"), ("100", "100"), ("0,5", "0.5")]
    )
    def it_reads_a_comma_or_a_dot(self, text: str, expected: str) -> None:
        decimal = numerals.read_decimal(text)

        assert decimal is not None
        assert decimal.number == Decimal(expected)

    @pytest.mark.parametrize(("text", "decimals"), [("100", 0), ("8,7", 1), ("99.036", 3)])
    def it_counts_the_decimals(self, text: str, decimals: int) -> None:
        decimal = numerals.read_decimal(text)

        assert decimal is not None
        assert decimal.decimals == decimals

    @pytest.mark.parametrize("text", ["", "%", "1.234,5", "-5", ",5", "5,", "x"])
    def but_it_reads_nothing_else(self, text: str) -> None:
        assert numerals.read_decimal(text) is None


class DescribeWithoutLeftOverDots:
    @pytest.mark.parametrize(
        ("text", "expected"), [("189....", "189"), ("189…", "189"), ("1.234...", "1.234")]
    )
    def it_cuts_the_dots_of_the_template(self, text: str, expected: str) -> None:
        assert numerals.without_left_over_dots(text) == expected

    @pytest.mark.parametrize("text", ["189", "....", "1.234"])
    def but_it_cuts_nothing_where_none_are_left_over(self, text: str) -> None:
        assert numerals.without_left_over_dots(text) is None


class DescribeFromCell:
    def it_is_exact(self) -> None:
        assert numerals.from_cell(3.278) == Decimal("3.278")

    @pytest.mark.parametrize(
        ("stored", "displayed"),
        [(11.000000000000002, "11"), (0.1 + 0.2, "0.3"), (1.0000000000000002, "1")],
    )
    def it_sees_the_fifteen_digits_that_a_spreadsheet_shows(
        self, stored: float, displayed: str
    ) -> None:
        assert numerals.from_cell(stored) == Decimal(displayed)


class DescribeRoundHalfUp:
    @pytest.mark.parametrize(
        ("amount", "expected"),
        [("98.865", "98.87"), ("98.864", "98.86"), ("17.385", "17.39"), ("0.125", "0.13")],
    )
    def it_rounds_a_half_up_and_never_to_the_even(self, amount: str, expected: str) -> None:
        assert numerals.round_half_up(Decimal(amount), 2) == Decimal(expected)


class DescribePlain:
    @pytest.mark.parametrize(
        ("amount", "expected"),
        [("3278", "3278"), ("98.870", "98.87"), ("25.00", "25"), ("1E+3", "1000"), ("0", "0")],
    )
    def it_has_neither_exponent_nor_trailing_zeros(self, amount: str, expected: str) -> None:
        assert numerals.plain(Decimal(amount)) == expected


class DescribeVietnamese:
    @pytest.mark.parametrize(
        ("amount", "expected"),
        [
            ("6015", "6.015"),
            ("1234567", "1.234.567"),
            ("999", "999"),
            ("0", "0"),
            ("98.865", "98,87"),
            ("99.60", "99,6"),
            ("25.00", "25"),
            ("1234.5", "1.234,5"),
            ("-1234", "-1.234"),
        ],
    )
    def it_prints_dots_between_thousands_and_a_decimal_comma(
        self, amount: str, expected: str
    ) -> None:
        assert numerals.vietnamese(Decimal(amount)) == expected

    def it_prints_a_percent_without_a_space_before_the_sign(self) -> None:
        share = 100 * Decimal(176) / Decimal(766)

        assert numerals.vietnamese_percent(share) == "22,98%"

    @pytest.mark.parametrize("amount", ["1E+25", "1E+300"])
    def it_prints_a_number_of_any_size(self, amount: str) -> None:
        printed = numerals.vietnamese(Decimal(amount))

        assert printed.replace(".", "") == format(Decimal(amount), "f")


class DescribeNumbersPrintedAndReadAgain:
    @given(WHOLE)
    def it_reads_a_printed_count_as_itself(self, count: int) -> None:
        printed = numerals.vietnamese(Decimal(count))

        reading = read_cell(Kind.COUNT, RawCell(printed), own_template=False)

        assert reading.value == number(count)

    @given(WHOLE)
    def it_says_nothing_about_a_printed_count(self, count: int) -> None:
        printed = numerals.vietnamese(Decimal(count))

        reading = read_cell(Kind.COUNT, RawCell(printed), own_template=False)

        assert reading.remark is None

    @given(HUNDREDTHS)
    def it_reads_a_printed_percent_as_itself(self, percent: Decimal) -> None:
        printed = numerals.vietnamese_percent(percent)

        reading = read_cell(Kind.PERCENT, RawCell(printed), own_template=False)

        assert reading.value == number(percent)

    @given(HUNDREDTHS)
    def it_reads_a_percent_without_its_sign_in_our_own_template(self, percent: Decimal) -> None:
        printed = numerals.vietnamese(percent)

        reading = read_cell(Kind.PERCENT, RawCell(printed), own_template=True)

        assert reading.value == number(percent)

    @given(HUNDREDTHS)
    def it_reads_a_percent_format_as_what_it_shows(self, percent: Decimal) -> None:
        stored = float(percent / 100)

        reading = read_cell(Kind.PERCENT, RawCell(stored, percent_format=True), own_template=False)

        assert reading.value == number(percent)
