"""The words of a row: numbers, letters and bullets before them, and slips inside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.row_words import differs_by_slips, words_of
from cchc_xl.core.text import match_key
from tests.support.tables import phu_luc_01b

FORM = phu_luc_01b()
LABELS = st.sampled_from([indicator.label for indicator in FORM.indicators])


def slips(printed: str, typed: str) -> bool:
    return differs_by_slips(match_key(printed), match_key(typed))


class DescribeTheWordsOfARow:
    @given(
        LABELS,
        st.sampled_from(
            (
                "- ",
                "+ ",
                "• ",
                "-",
                "a) ",
                "b. ",
                "1.1.2. ",
                "3) ",
                "7.1 ",
                "Trong đó: ",
                "Trong đó - ",
                "+ Trong đó ",
                "a. Trong đó: ",
            )
        ),
    )
    def it_finds_the_label_behind_whatever_stands_before_it(self, label: str, before: str) -> None:
        assert match_key(label) in words_of(f"{before}{label}").keys

    @pytest.mark.parametrize(
        ("typed", "code"),
        [("1.1.2. Số nhiệm vụ", "1.1.2"), ("1. 1. 2 Số nhiệm vụ", "1. 1. 2"), ("a) Nam", "a"),
         ("3) Số nhiệm vụ", "3"), ("3 cấp", ""), ("Số nhiệm vụ", ""), ("- Nam", "")],
    )  # fmt: skip
    def it_finds_the_number_before_them(self, typed: str, code: str) -> None:
        assert words_of(typed).code == code

    @given(LABELS)
    def it_takes_nothing_from_a_printed_label(self, label: str) -> None:
        assert words_of(label).keys[0] == match_key(label)


class DescribeASlip:
    @pytest.mark.parametrize(
        "typed",
        [
            "Tổng số nhiệm vụ được gio", "Tổng số nhiệmm vụ được giao",
            "Tổng số nhiệm vụ đựơc giao", "Tổng số nhệim vụ được giao",
            "Tổng số nhiệmvụ được giao", "Tổngsố nhiệm vụ được giao", "Tong số nhiệm vụ được giao",
        ],
    )  # fmt: skip
    def it_is_a_letter_or_a_space(self, typed: str) -> None:
        assert slips("Tổng số nhiệm vụ được giao", typed)

    @pytest.mark.parametrize(
        ("printed", "typed"),
        [
            ("Số nhiệm vụ hoàn thành đúng hạn", "Số nhiệm vụ hoàn thành quá hạn"),
            ("Số nhiệm vụ hoàn thành", "Số nhiệm vụ chưa hoàn thành"),
            ("Tiếp nhận trực tuyến mức độ 3", "Tiếp nhận trực tuyến mức độ 4"),
            ("Tiếp nhận trực tiếp", "Tiếp nhận trực tuyến"),
            ("Số cán bộ hiện có", "Số công chức hiện có"),
            ("Trả trực tiếp", "Tiếp nhận trực tiếp"),
        ],
    )
    def but_it_is_never_another_word(self, printed: str, typed: str) -> None:
        assert not slips(printed, typed)

    def and_no_label_of_the_form_is_a_slip_of_another(self) -> None:
        labels = sorted({indicator.label for indicator in FORM.indicators})

        assert [(a, b) for a in labels for b in labels if a < b and slips(a, b)] == []
