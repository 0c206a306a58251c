"""Units: how they are called, which one a file speaks of, when they exist."""

from __future__ import annotations

from datetime import date

import pytest

from cchc_xl.core.units import (
    ReportingUnit,
    find_unit,
    in_a_sentence,
    nearest_names,
    place_name,
    type_of,
)

LISTED = (
    ReportingUnit("Xã Hòa Lạc", "001"),
    ReportingUnit("Xã Tùng Châu", "002"),
    ReportingUnit("Thị trấn Tùng Châu", "003"),
    ReportingUnit("Kim Tân", "004", "Xã"),
)


def found(name: str, code: str | None = None) -> str | None:
    unit = find_unit(LISTED, name, code)
    return unit.code if unit else None


class DescribeFindingAUnit:
    @pytest.mark.parametrize(
        ("name", "code", "wanted"),
        [
            ("Xã Hòa Lạc", None, "001"),
            ("XÃ HOÀ LẠC", None, "001"),
            ("UBND xã Hòa Lạc", None, "001"),
            ("Ủy ban nhân dân xã Hòa Lạc", None, "001"),
            ("Xã  Hòa\u00a0Lạc ", None, "001"),
            ("Xa\u0303 Ho\u0300a La\u0323c", None, "001"),
            ("tên khác hẳn", "002", "002"),
            ("Xã Hòa Lạc", "999", "001"),
            ("Thị trấn Tùng Châu", None, "003"),
            ("Xã Kim Tân", None, "004"),
        ],
    )
    def it_goes_by_code_then_by_name(self, name: str, code: str | None, wanted: str) -> None:
        assert found(name, code) == wanted

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("Xã Hoa Lạc", None),
            ("Xã Hòa Lac", None),
            ("Tùng Châu", None),
            ("Xã Kim", None),
            ("", None),
            ("Xã Không Có", "1"),
            ("Xã Không Có", "01"),
        ],
    )
    def but_it_never_guesses(self, name: str, code: str | None) -> None:
        assert found(name, code) is None


class DescribeTheNearestNames:
    def it_gives_the_most_alike_first(self) -> None:
        assert nearest_names(LISTED, "Xã Hoà Lac")[0] == "Xã Hòa Lạc"

    def it_gives_none_that_is_far_off(self) -> None:
        assert nearest_names(LISTED, "Phòng Nội vụ") == ()

    def it_gives_a_few_only(self) -> None:
        many = [ReportingUnit(f"Xã Tân {letter}") for letter in "ABCDEFGH"]

        assert len(nearest_names(many, "Xã Tân")) <= 3


class DescribeTheNameOfAUnit:
    @pytest.mark.parametrize(
        ("name", "kind", "place", "spoken"),
        [
            ("Xã Tùng Châu", "Xã", "Tùng Châu", "xã Tùng Châu"),
            ("Phường Sầm Sơn", "Phường", "Sầm Sơn", "phường Sầm Sơn"),
            ("Thị trấn Bút Sơn", "Thị trấn", "Bút Sơn", "thị trấn Bút Sơn"),
            ("Đặc khu Phú Quốc", "Đặc khu", "Phú Quốc", "đặc khu Phú Quốc"),
            ("Huyện Hoằng Hóa", "", "Hoằng Hóa", "huyện Hoằng Hóa"),
            ("Phòng Nội vụ", "", "Phòng Nội vụ", "Phòng Nội vụ"),
            ("Xãn", "", "Xãn", "Xãn"),
        ],
    )
    def it_has_a_type_a_place_and_a_form_for_sentences(
        self, name: str, kind: str, place: str, spoken: str
    ) -> None:
        assert (type_of(name), place_name(name), in_a_sentence(name)) == (kind, place, spoken)

    def it_is_known_by_its_code_where_it_has_one(self) -> None:
        assert [unit.key for unit in (LISTED[0], ReportingUnit("Xã A"))] == ["001", "Xã A"]


class DescribeTheDaysOfAUnit:
    @pytest.mark.parametrize(
        ("day", "is_valid"),
        [
            (date(2022, 3, 14), False),
            (date(2022, 3, 15), True),
            (date(2025, 6, 30), True),
            (date(2025, 7, 1), False),
        ],
    )
    def it_includes_the_first_and_the_last(self, day: date, is_valid: bool) -> None:
        unit = ReportingUnit("Xã A", valid_from=date(2022, 3, 15), valid_to=date(2025, 6, 30))

        assert unit.is_valid_on(day) is is_valid

    def it_has_no_end_where_none_is_given(self) -> None:
        assert ReportingUnit("Xã A").is_valid_on(date(1990, 1, 1))
