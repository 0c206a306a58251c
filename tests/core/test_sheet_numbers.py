"""Numbers in worksheet functions: what is read, what is refused, what is printed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.sheet_numbers import as_float, percent, printed, read_number
from cchc_xl.core.values import BLANK, NOT_APPLICABLE, NOT_ARISEN

AN_ERROR_THAT_XLWINGS_DOES_NOT_KNOW = -2146826243  # #SPILL!
HUNDREDTHS = st.integers(-(10**14), 10**14).map(lambda n: Decimal(n) / 100)


class DescribeANumberInACell:
    @pytest.mark.parametrize(
        ("typed", "amount"),
        [
            ("1.234", 1234), ("1.234.567", 1234567), ("1 234", 1234), ("1\u00a0234", 1234),
            ("04", 4), ("0", 0), ("189....", 189), ("189…", 189), ("1.234....", 1234),
            ("98,87", "98.87"), ("98.87", "98.87"), ("0,125", "0.125"), ("1.234,5", "1234.5"),
            ("1 234,56", "1234.56"), ("1,234,567", 1234567), ("-5", -5), ("−98,5", "-98.5"),
            (" 7 ", 7), ("７", 7), (7.0, 7), (98.87, "98.87"), (-5.5, "-5.5"), (0.125, "0.125"),
            (0.1 + 0.2, "0.3"), (1e15, 10**15), (7, 7), (Decimal("12.5"), "12.5"),
            ("không có", 0),
        ],
    )  # fmt: skip
    def it_is_read_as_officials_write_it(self, typed: object, amount: str | int) -> None:
        assert read_number(typed).number == Decimal(amount)

    @pytest.mark.parametrize("typed", [None, "", " ", "-", "–"])
    def it_may_be_blank_which_is_no_zero(self, typed: object) -> None:
        assert read_number(typed) == BLANK
        assert as_float(read_number(typed)) is None

    @pytest.mark.parametrize("typed", ["KPS", "kps", "Không phát sinh"])
    def it_may_not_have_arisen_which_is_zero(self, typed: str) -> None:
        assert read_number(typed) == NOT_ARISEN
        assert as_float(read_number(typed)) == 0

    def it_may_not_apply_which_is_no_zero(self) -> None:
        assert read_number("KAD") == NOT_APPLICABLE
        assert as_float(read_number("KAD")) is None

    @pytest.mark.parametrize(
        "typed",
        ["1,234", "12,345", "1,234....", "98%", "98,87%", 1.234, 12.345, 999.999],
    )
    def but_what_could_be_two_numbers_is_refused(self, typed: object) -> None:
        with pytest.raises(ValueError, match=r"có thể là|hai cách"):
            read_number(typed)

    @pytest.mark.parametrize(
        "typed",
        [
            "abc", "12 xã", "1e3", "5 - 6", "1.23.4", "1,5,5", "07/28", "- 5", "--5", True, False,
            dt.datetime(2022, 7, 28), "#REF!", "#N/A", AN_ERROR_THAT_XLWINGS_DOES_NOT_KNOW,
        ],
    )  # fmt: skip
    def and_what_is_none_is_refused(self, typed: object) -> None:
        with pytest.raises(ValueError, match="không phải là số"):
            read_number(typed)

    @given(HUNDREDTHS)
    def it_reads_back_what_is_printed(self, amount: Decimal) -> None:
        text = printed(float(amount), 2)

        assert as_float(read_number(text)) == float(amount)


class DescribeAPrintedNumber:
    @pytest.mark.parametrize(
        ("value", "places", "text"),
        [
            (1234.0, 2, "1.234"), (98.87, 2, "98,87"), (98.865, 2, "98,87"), (25.0, 2, "25"),
            (0.0, 2, "0"), (-1234.5, 2, "-1.234,5"), (1234.567, 0, "1.235"), (2.5, 0, "3"),
            (1.2345, 3, "1,235"), (1.234, 3, "1,234"), ("1.234", 2, "1.234"),
            ("KPS", 2, "KPS"), ("KAD", 2, "KAD"), (None, 2, None), ("", 2, None),
        ],
    )  # fmt: skip
    def it_has_dots_and_a_comma(self, value: object, places: int, text: str | None) -> None:
        assert printed(value, places) == text

    @pytest.mark.parametrize("places", [-1, 11])
    def but_not_more_decimals_than_a_cell_has(self, places: int) -> None:
        with pytest.raises(ValueError, match="từ 0 đến 10"):
            printed(1.0, places)


class DescribeAPercent:
    @pytest.mark.parametrize(
        ("numerator", "denominator", "expected"),
        [
            (3.0, 12.0, 25.0), (1.0, 800.0, 0.13), (1.0, 3.0, 33.33), (2.0, 3.0, 66.67),
            ("1.234", "2.468", 50.0), ("KPS", 5.0, 0.0), (0.0, 5.0, 0.0), (6.0, 5.0, 120.0),
        ],
    )  # fmt: skip
    def it_is_rounded_half_up(
        self, numerator: object, denominator: object, expected: float
    ) -> None:
        assert percent(numerator, denominator) == expected

    @given(st.integers(0, 10**6), st.integers(1, 10**6))
    def it_is_rounded_once(self, numerator: int, denominator: int) -> None:
        exact = round_half_up(Decimal(100 * numerator) / Decimal(denominator), 2)

        assert percent(float(numerator), float(denominator)) == float(exact)

    @pytest.mark.parametrize(
        ("numerator", "denominator"),
        [
            (3.0, 0.0),
            (0.0, 0.0),
            (3.0, "KPS"),
            (None, 5.0),
            (5.0, None),
            ("KAD", 5.0),
            (5.0, "KAD"),
        ],
    )
    def but_where_there_is_none_it_is_no_zero(self, numerator: object, denominator: object) -> None:
        assert percent(numerator, denominator) is None

    @pytest.mark.parametrize(
        ("numerator", "denominator"),
        [("abc", 5.0), (5.0, "abc"), ("abc", 0.0), ("#REF!", None), (-1.0, 5.0), (1.0, -5.0)],
    )
    def and_what_is_no_count_is_refused(self, numerator: object, denominator: object) -> None:
        with pytest.raises(ValueError, match="số"):
            percent(numerator, denominator)
