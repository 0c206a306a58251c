"""Dates that cannot be, and documents that come too late."""

from __future__ import annotations

import pytest

from tests.support.written import said

SIGNED = "Tân Hải, ngày 16 tháng 3 năm 2022"


class DescribeDatesThatCannotBe:
    @pytest.mark.parametrize(
        ("sentence", "wrong"),
        [
            ("Họp ngày 31/02/2022 tại xã.", "31/02/2022"),
            ("Họp ngày 30/2 tại xã.", "30/2"),
            ("Họp ngày 29/02/2022 tại xã.", "29/02/2022"),
            ("Họp ngày 12/13/2021 tại xã.", "12/13/2021"),
            ("Họp ngày 31 tháng 4 năm 2021 tại xã.", "31 tháng 4 năm 2021"),
            ("Họp ngày 05/01/20222 tại xã.", "05/01/20222"),
        ],
    )
    def it_finds_them(self, sentence: str, wrong: str) -> None:
        assert said(sentence) == [("PD1", wrong)]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Họp ngày 29/02/2020 tại xã.",
            "Họp ngày 28/2 và ngày 31/3 tại xã.",
            "Họp ngày 05/01/22 tại xã.",
            "Đạt 89,47% (17/19 đồng chí), 1249/2842 hồ sơ.",
            "Làm việc 24/7, giảm 30/2022 so với kế hoạch.",
            "Từ ngày 15/12/2021 đến ngày 14/3/2022 tiếp nhận 770 hồ sơ.",
        ],
    )
    def but_what_the_calendar_has_is_right(self, sentence: str) -> None:
        assert said(sentence) == []


class DescribeTimes:
    def it_finds_those_that_end_before_they_begin(self) -> None:
        words = "từ ngày 15/3/2022 đến ngày 14/12/2021"

        assert said(f"Tiếp nhận {words} 12 hồ sơ.") == [("PD5", words.removeprefix("từ ngày "))]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Từ ngày 15/12/2021 đến ngày 14/3/2022 tiếp nhận 12 hồ sơ.",
            "Chuyển từ 15/3/2022 về 14/12/2021.",
            "Từ ngày 15/3 đến ngày 14/12.",
        ],
    )
    def but_others_are_right(self, sentence: str) -> None:
        assert said(sentence) == []


class DescribeDatesAfterTheReport:
    def it_finds_a_document_of_a_later_day(self) -> None:
        assert said("Kế hoạch số 21/KH-UBND ngày 20/3/2022 đã ban hành.", title=(SIGNED,)) == [
            ("PD3", "Kế hoạch số 21/KH-UBND ngày 20/3/2022")
        ]

    def it_finds_figures_up_to_a_later_day(self) -> None:
        assert said("Tính đến ngày 20/3/2022, đã giải quyết 770 hồ sơ.", title=(SIGNED,)) == [
            ("PD2", "20/3/2022")
        ]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Kế hoạch số 21/KH-UBND ngày 16/3/2022 đã ban hành.",
            "Hoàn thành trước ngày 30/6/2022.",
            "Tính đến ngày 14/3/2022, đã giải quyết 770 hồ sơ.",
        ],
    )
    def but_plans_and_earlier_days_are_right(self, sentence: str) -> None:
        assert said(sentence, title=(SIGNED,)) == []

    def and_an_open_date_line_allows_the_whole_year(self) -> None:
        open_line = ("Tân Hải, ngày    tháng    năm 2022",)

        assert said("Kế hoạch số 21/KH-UBND ngày 20/3/2022.", title=open_line) == []


class DescribeWhatFollowsWhat:
    @pytest.mark.parametrize(
        "sentence",
        [
            "UBND xã đã ban hành kế hoạch năm 2022 (Kế hoạch số 99/KH-UBND ngày 31/12/2021 về cải "
            "cách hành chính theo Công văn số 41/UBND-NV ngày 28/02/2022 của UBND huyện).",
            "Thực hiện Công văn số 41/UBND-NV ngày 28/02/2022 của UBND huyện, UBND xã đã ban hành "
            "Kế hoạch số 99/KH-UBND ngày 31/12/2021 về cải cách hành chính năm 2022.",
        ],
    )
    def it_finds_a_plan_older_than_the_letter_it_follows(self, sentence: str) -> None:
        assert [rule for rule, _ in said(sentence)] == ["PD4"]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Thực hiện Công văn số 41/UBND-NV ngày 28/02/2022 của UBND huyện, UBND xã đã ban hành "
            "Kế hoạch số 9/KH-UBND ngày 02/3/2022.",
            "Thực hiện Công văn số 41/UBND-NV ngày 28/02/2022 của UBND huyện, UBND xã tiếp tục "
            "thực hiện Kế hoạch số 99/KH-UBND ngày 31/12/2021.",
            "Nghị định số 117/2013/NĐ-CP ngày 07/10/2013 sửa đổi, bổ sung một số điều của Nghị "
            "định số 130/2005/NĐ-CP ngày 17/10/2005 của Chính phủ.",
            "Đã ban hành Kế hoạch số 9/KH-UBND ngày 02/3/2022 theo Công văn số 41/UBND-NV ngày "
            "28/02/2022 của UBND huyện.",
        ],
    )
    def but_the_right_order_is_right(self, sentence: str) -> None:
        assert said(sentence) == []
