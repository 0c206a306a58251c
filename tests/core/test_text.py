"""Vietnamese text made comparable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.text import clean, match_key


class DescribeClean:
    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("  Số liệu  ", "Số liệu"),
            ("Số\u00a0liệu", "Số liệu"),
            ("Số \n liệu", "Số liệu"),
            ("Số\u200b liệu\ufeff", "Số liệu"),
            ("１２３", "123"),
            ("\u00d0ơn vị", "Đơn vị"),
        ],
        ids=["ends", "no-break space", "line break", "invisible", "full width", "look-alike"],
    )
    def it_leaves_only_plain_characters(self, typed: str, expected: str) -> None:
        assert clean(typed) == expected

    def it_composes_decomposed_letters(self) -> None:
        typed = unicodedata.normalize("NFD", "Chỉ tiêu thống kê")

        assert clean(typed) == "Chỉ tiêu thống kê"

    @given(st.text())
    def it_changes_nothing_the_second_time(self, typed: str) -> None:
        once = clean(typed)

        assert clean(once) == once


class DescribeMatchKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Số hóa", "Số hoá"),
            ("Thủy lợi", "Thuỷ lợi"),
            ("UBND tỉnh ủy", "ubnd tỉnh uỷ"),
            ("SỐ LIỆU", "Số liệu"),
            ("Số TTHC/ danh mục", "Số TTHC / danh mục"),
            ("Số lãnh đạo cấp xã bị kỷ luật.", "Số lãnh đạo cấp xã bị kỷ luật"),
            ("Kết  quả", "Kết quả"),
        ],
    )
    def it_is_the_same_for_two_spellings(self, one: str, other: str) -> None:
        assert match_key(one) == match_key(other)

    def it_is_the_same_for_both_unicode_forms(self) -> None:
        label = "Tổng số biên chế được giao trong năm"

        assert match_key(unicodedata.normalize("NFD", label)) == match_key(label)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Tiếp nhận trực tuyến mức độ 3", "Tiếp nhận trực tuyến mức độ 4"),
            ("quá hạn", "qua hạn"),
            ("đúng hạn", "dung hạn"),
            ("Nam", "Năm"),
        ],
        ids=["digit", "tone", "đ", "breve"],
    )
    def but_it_differs_where_the_words_differ(self, one: str, other: str) -> None:
        assert match_key(one) != match_key(other)

    @given(st.text())
    def it_does_not_depend_on_the_unicode_form(self, typed: str) -> None:
        decomposed = unicodedata.normalize("NFD", typed)

        assert match_key(decomposed) == match_key(typed)
