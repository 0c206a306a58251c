"""The number of a row: whatever people type and Excel makes of it, one code, several, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.cells import Content
from cchc_xl.core.form import Form
from cchc_xl.core.row_numbers import codes_of, codes_of_cell, normal_code
from tests.support.tables import phu_luc_01b

FORM = phu_luc_01b()
CODES = st.sampled_from(sorted(FORM.by_code))
NUMBERED = st.lists(st.integers(1, 20), min_size=1, max_size=4).map(
    lambda parts: ".".join(map(str, parts))
)
SPACES = st.sampled_from(("", " ", "\u00a0", "  ", "\u2009"))


def with_codes(*codes: str) -> Form:
    """A form with indicators of just these codes."""
    like = FORM.by_code["1.1.1"]
    return replace(
        FORM,
        indicators=tuple(
            replace(like, code=code, number=code, label=f"Chỉ tiêu thứ {place}", parent=None)
            for place, code in enumerate(codes)
        ),
    )


class DescribeANormalCode:
    @given(NUMBERED, st.sampled_from((".", "..", ")", " .", ".)", ":", "/", "-")), SPACES)
    def it_does_not_mind_marks_behind_it(self, code: str, mark: str, space: str) -> None:
        assert normal_code(f"{space}{code}{mark}{space}") == code

    @given(NUMBERED, st.sampled_from((",", " .", ". ", " , ", "..")))
    def it_does_not_mind_how_its_parts_are_parted(self, code: str, mark: str) -> None:
        assert normal_code(code.replace(".", mark)) == code

    @given(NUMBERED)
    def it_does_not_mind_full_width_digits(self, code: str) -> None:
        wide = code.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})

        assert normal_code(wide) == code

    @given(st.text(alphabet="0123456789.,;:()[]/-–+*' \u00a0aAđS"))
    def it_is_normal_once_and_for_all(self, text: str) -> None:
        once = normal_code(text)

        assert normal_code(once) == once

    @given(NUMBERED, NUMBERED)
    def and_no_two_numbers_become_one(self, one: str, other: str) -> None:
        assert (normal_code(one) == normal_code(other)) == (one == other)


class DescribeTheCodesOfACell:
    @given(CODES)
    def it_is_the_code_that_is_typed(self, code: str) -> None:
        assert codes_of(FORM, code, None) == (code,)

    @given(CODES)
    def it_does_not_mind_capitals(self, code: str) -> None:
        assert codes_of(FORM, code.upper(), None) == (code,)

    @pytest.mark.parametrize("typed", ["3.3.1a", "3.3.1.a", "3.3.1 a", "3.3.1.a)", "3.3.1.A"])
    def it_knows_a_letter_that_is_glued_to_the_number(self, typed: str) -> None:
        assert codes_of(FORM, typed, None) == ("3.3.1.a",)

    @pytest.mark.parametrize("typed", ["a", "a)", "a.", "A"])
    def it_knows_a_letter_below_its_parent(self, typed: str) -> None:
        assert codes_of(FORM, typed, "3.3.2") == ("3.3.2.a",)

    def but_a_letter_alone_is_none(self) -> None:
        assert codes_of(FORM, "a", None) == ()

    @pytest.mark.parametrize(
        "content",
        [date(2022, 2, 1), datetime(2001, 1, 1, 0, 0), time(1, 2), True, None, "",
         "2022-02-01", "01/02/2022", "1-2", 44593, 44593.0, float("nan"), float("inf")],
    )  # fmt: skip
    def but_a_date_is_none(self, content: Content) -> None:
        assert codes_of_cell(FORM, content) == ()

    @pytest.mark.parametrize(
        ("content", "code"), [(7.1, "7.1"), (3, "3"), (3.0, "3"), (2.3, "2.3")]
    )
    def it_is_the_code_that_a_number_shows(self, content: Content, code: str) -> None:
        assert codes_of_cell(FORM, content) == (code,)

    def it_may_be_either_where_excel_dropped_a_zero(self) -> None:
        assert codes_of_cell(with_codes("1.1", "1.9", "1.10"), 1.1) == ("1.1", "1.10")

    def it_is_the_longer_one_where_the_form_has_no_other(self) -> None:
        assert codes_of_cell(with_codes("1.9", "1.10"), 1.1) == ("1.10",)

    def but_a_text_dropped_nothing(self) -> None:
        assert codes_of_cell(with_codes("1.1", "1.10"), "1.10") == ("1.10",)
