"""A figure with a unit behind it: only its own row's unit, as printed or as offices shorten it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.cells import Kind, RawCell, Reading, Remark, read_cell
from cchc_xl.core.numerals import read_with_words
from cchc_xl.core.unit_words import printed_unit, unit_words
from cchc_xl.core.values import INVALID, number
from tests.support.tables import phu_luc_01b

FORM = phu_luc_01b()
COUNTS = [indicator.code for indicator in FORM.indicators if indicator.kind is Kind.COUNT]
WITH_UNITS = [code for code in COUNTS if printed_unit(FORM, code)]


def read(code: str, text: str, *, own_template: bool = False) -> Reading:
    indicator = FORM.by_code[code]
    return read_cell(
        indicator.kind,
        RawCell(text),
        choices=indicator.choices,
        units=unit_words(FORM, code),
        own_template=own_template,
    )


class DescribeAUnitBehindAFigure:
    @given(st.sampled_from(WITH_UNITS), st.integers(0, 10**14), st.sampled_from((" ", "\u00a0")))
    def it_is_read_where_it_is_the_printed_unit_of_the_row(
        self, code: str, count: int, space: str
    ) -> None:
        text = f"{count}{space}{printed_unit(FORM, code)}"

        assert read(code, text) == Reading(number(count), Remark.UNIT_BEHIND)

    @pytest.mark.parametrize(
        ("code", "text", "count"),
        [
            ("3.3.1", "04 HS", 4), ("3.3.1", "12 hồ sơ", 12), ("3.3.1", "12HS", 12),
            ("3.3.1", "1.234 hs.", 1234), ("3.3.1", "12 HỒ SƠ", 12), ("3.4.2", "770 hồ sơ", 770),
            ("3.3.2.a", "594 HS", 594), ("4.1.2", "25 người", 25), ("4.1.2", "33 CBCC", 33),
            ("1.1.1", "28 nhiệm vụ", 28), ("1.1.1", "28 NV", 28), ("1.1.3", "12 VB", 12),
            ("3.1.3", "193 TTHC", 193), ("7.4.1", "08 TTHC", 8), ("S.DA_GQ", "770 HS", 770),
            ("1.1.1", "28 (nhiệm vụ)", 28),
        ],
    )  # fmt: skip
    def it_is_read_where_offices_shorten_it_so(self, code: str, text: str, count: int) -> None:
        assert read(code, text) == Reading(number(count), Remark.UNIT_BEHIND)

    @pytest.mark.parametrize(
        ("code", "text", "count"),
        [
            ("3.5", "02 thư", 2), ("3.5", "2 trường hợp", 2), ("1.4.1", "210 phiếu", 210),
            ("1.4.1", "210 phiếu khảo sát", 210), ("2.1", "3 VBQPPL", 3),
        ],
    )  # fmt: skip
    def it_is_read_where_it_is_the_noun_of_the_label(
        self, code: str, text: str, count: int
    ) -> None:
        assert read(code, text) == Reading(number(count), Remark.UNIT_BEHIND)

    @pytest.mark.parametrize(
        ("code", "text", "count"),
        [
            ("1.1.3", "12 hồ sơ", 12), ("3.3.1", "12 người", 12), ("3.3.1", "3 (ba)", 3),
            ("1.1.1", "100 %", 100), ("3.3.1", "4 HS tồn", 4), ("3.3.1", "5 triệu HS", 5),
        ],
    )  # fmt: skip
    def but_other_words_only_suggest_the_number(self, code: str, text: str, count: int) -> None:
        assert read(code, text) == Reading(INVALID, Remark.WORDS_BEHIND, (Decimal(count),))

    @pytest.mark.parametrize(
        "text",
        ["15/28 HS", "4 HS, 2 HS", "12 - 13 HS", "1.5 HS", "HS 4", "-4 HS", "4 HS 2", "khoảng 4 HS",
         "189.... HS", "4.. HS", "1,23 HS", "<4 HS"],
    )  # fmt: skip
    def and_what_is_no_single_whole_number_suggests_none(self, text: str) -> None:
        assert read("3.3.1", text) == Reading(INVALID, Remark.OTHER_TEXT)

    @given(st.sampled_from(COUNTS), st.integers(0, 9999), st.text(min_size=1, max_size=12))
    def it_never_becomes_another_number(self, code: str, count: int, words: str) -> None:
        """Whatever stands behind a space and no digit: the number itself, or none."""
        if any(character.isnumeric() for character in words):
            return
        reading = read(code, f"{count} {words}")

        assert reading.value in (INVALID, number(count))

    @given(st.sampled_from(WITH_UNITS), st.integers(0, 10**6))
    def but_our_own_workbooks_read_no_text_with_a_unit(self, code: str, count: int) -> None:
        reading = read(code, f"{count} {printed_unit(FORM, code)}", own_template=True)

        assert reading == Reading(INVALID, Remark.OTHER_TEXT)

    def it_is_that_of_the_row_above_where_the_form_prints_a_ditto(self) -> None:
        assert printed_unit(FORM, "3.3.2.c") == printed_unit(FORM, "3.3.2") == "Số lượng hồ sơ"


class DescribeAPercentInWords:
    @pytest.mark.parametrize("text", ["98,87 phần trăm", "98.87 PHẦN TRĂM", "98,87phần trăm"])
    def it_is_read_and_said(self, text: str) -> None:
        assert read("3.2.4", text) == Reading(number(Decimal("98.87")), Remark.UNIT_BEHIND)

    @pytest.mark.parametrize("text", ["98,87 phần", "phần trăm", "98 99 phần trăm", "90% hồ sơ"])
    def but_nothing_like_it_is(self, text: str) -> None:
        assert read("3.2.4", text).value == INVALID

    def but_our_own_workbooks_do_not_read_it(self) -> None:
        assert read("3.2.4", "98,87 phần trăm", own_template=True).value == INVALID


class DescribeADittoMark:
    @pytest.mark.parametrize("mark", ["nt", "NT", "như trên", "//", '"', "”", "-nt-"])
    @pytest.mark.parametrize("code", ["3.3.1", "3.2.4", "5.2", "7.1"])
    def it_is_no_figure(self, code: str, mark: str) -> None:
        assert read(code, mark) == Reading(INVALID, Remark.DITTO)


class DescribeANumberWithWords:
    @given(st.integers(0, 10**14), st.sampled_from((" hồ sơ", "HS", " (ba)", " %")))
    def it_is_parted(self, count: int, words: str) -> None:
        found = read_with_words(f"{count}{words}")

        assert found is not None
        assert (int(found.number), found.words) == (count, words.strip())

    @given(st.text())
    def it_never_fails(self, text: str) -> None:
        found = read_with_words(text)

        assert found is None or found.words
