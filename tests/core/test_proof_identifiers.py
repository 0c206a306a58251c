"""Cited documents: type, symbol, date and number."""

from __future__ import annotations

import pytest

from cchc_xl.core.claims import ClaimVerdict
from tests.support.written import faults, said


class DescribeTheType:
    @pytest.mark.parametrize(
        "cited",
        [
            "Quyết định số 210/KH-UBND ngày 05/01/2022",
            "Kế hoạch số 12/QĐ-UBND",
            "Công văn số 15/KH-UBND",
            "Chỉ thị số 04/QĐ-UBND",
        ],
    )
    def it_must_be_that_of_the_symbol(self, cited: str) -> None:
        assert said(f"UBND xã đã có {cited}.") == [("PI1", cited)]

    @pytest.mark.parametrize(
        "cited",
        [
            "Quyết định số 21/QĐ-UBND ngày 05/01/2022 ban hành Kế hoạch số 22/KH-UBND",
            "Quyết định ban hành Kế hoạch số 22/KH-UBND",
            "Công văn số 41/UBND-NV",
            "Công văn số 41/CV-UBND",
            "văn bản số 02/CV-UBND",
            "Chương trình số 25/CTr-UBND",
            "Chỉ thị số 26/CT-TTg",
            "Tờ trình số 8/TTr-UBND",
            "Kế hoạch số 08/KH-UBND-VH",
            "Nghị quyết số 18-NQ/TW",
            "Thông tư liên tịch số 05/2015/TTLT-BTP-BNV",
        ],
    )
    def but_many_ways_are_right(self, cited: str) -> None:
        assert said(f"UBND xã thực hiện {cited}.") == []


class DescribeOneNumberWithTwoDates:
    def it_reports_the_date_that_breaks_the_order(self) -> None:
        (claim,) = faults(
            "Đã có Kế hoạch số 10/KH-UBND ngày 21/02/2022; Kế hoạch số 11/KH-UBND ngày 21/02/2022.",
            "Thi hành pháp luật theo Kế hoạch số 11/KH-UBND ngày 11/02/2022.",
        )

        assert claim.rule == "PI2"
        assert claim.text == "Kế hoạch số 11/KH-UBND ngày 11/02/2022"
        assert claim.actual == "21/02/2022"

    def and_one_day_of_two_years_is_a_slip_of_the_year(self) -> None:
        assert said(
            "Đã có Kế hoạch số 11/KH-UBND ngày 21/02/2022 về kiểm tra.",
            "Tiếp tục thực hiện Kế hoạch số 11/KH-UBND ngày 21/02/2022 và số 9/KH-UBND.",
            "Theo Kế hoạch số 11/KH-UBND ngày 21/02/2021.",
        ) == [("PI2", "Kế hoạch số 11/KH-UBND ngày 21/02/2021")]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Kế hoạch số 12/KH-UBND ngày 21/02/2022", "Kế hoạch số 12/KH-UBND ngày 12/01/2021"),
            (
                "Kế hoạch số 12/KH-UBND ngày 21/02/2022 của UBND huyện",
                "Kế hoạch số 12/KH-UBND ngày 25/02/2022 của UBND xã",
            ),
            ("Quyết định số 12/QĐ-UBND ngày 21/02/2022", "Kế hoạch số 12/KH-UBND ngày 28/02/2022"),
            (
                "Kế hoạch số 12/KH-UBND ngày 07/3/2022",
                "Kế hoạch số 12/KH-UBND ngày 07 tháng 03 năm 2022",
            ),
        ],
    )
    def but_other_years_bodies_types_and_spellings_are_right(self, one: str, other: str) -> None:
        assert said(f"Thực hiện {one}.", f"Tiếp tục thực hiện {other}.") == []


class DescribeTheOrderOfNumbers:
    def it_reports_the_fewest_culprits(self) -> None:
        assert said(
            "Thực hiện Công văn số 919/UBND-VP ngày 22/8/2021 của UBND huyện, Công văn số "
            "1058/CV-UBND ngày 27/9/2021, Công văn số 1112/UBND-VP ngày 09/10/2021 của UBND huyện, "
            "Công văn số 1338/CV-UBND ngày 28/8/2021 của UBND huyện."
        ) == [("PI3", "Công văn số 1338/CV-UBND ngày 28/8/2021")]

    def but_numbers_of_one_day_and_of_other_bodies_are_right(self) -> None:
        assert (
            said(
                "Thực hiện Quyết định số 448/QĐ-UBND ngày 07/02/2022 của UBND tỉnh.",
                "Ban hành Quyết định số 11/QĐ-UBND ngày 24/02/2022 và số 12/QĐ-UBND ngày "
                "24/02/2022.",
                "Quyết định số 448/QĐ-UBND ngày 07/02/2022 về kiểm soát thủ tục hành chính.",
            )
            == []
        )


class DescribeIncompleteSymbols:
    @pytest.mark.parametrize(
        ("cited", "whole"),
        [
            ("Nghị định số 48/NĐ-CP ngày 14/5/2013", "48/2013/NĐ-CP"),
            ("Thông tư số 02/TT-VPCP", None),
        ],
    )
    def it_asks_for_the_year(self, cited: str, whole: str | None) -> None:
        (claim,) = faults(f"Thực hiện {cited}.")

        assert (claim.rule, claim.text, claim.actual) == ("PI4", cited, whole)

    def and_tells_it_where_the_report_has_it_elsewhere(self) -> None:
        (claim,) = faults(
            "Thực hiện Thông tư số 02/TT-VPCP.",
            "Theo Thông tư số 02/2017/TT-VPCP ngày 31/10/2017.",
        )

        assert claim.actual == "02/2017/TT-VPCP"

    @pytest.mark.parametrize(
        "cited",
        [
            "Nghị định 61/2018/NĐ-CP ngày 23/4/2018",
            "Nghị định số 45/2020/NĐ-CP",
            "Nghị định số 20/CP ngày 10/3/1995",
            "Nghị định 61 của Chính phủ",
            "Quyết định số 766/QĐ-TTg ngày 23/6/2021",
        ],
    )
    def but_whole_and_old_numbers_are_right(self, cited: str) -> None:
        assert said(f"Thực hiện {cited}.") == []

    def and_the_year_of_a_number_is_that_of_its_date(self) -> None:
        assert said("Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2019.") == [
            ("PI6", "Nghị định số 61/2018/NĐ-CP ngày 23/4/2019")
        ]


class DescribeDocumentsOfLastYear:
    def it_doubts_one_told_as_a_result_of_this_period(self) -> None:
        (claim,) = faults("Ban hành Kế hoạch số 04/KH-UBND ngày 12/01/2021 về xây dựng văn bản.")

        assert (claim.rule, claim.verdict) == ("PI5", ClaimVerdict.UNVERIFIABLE)

    @pytest.mark.parametrize(
        "sentence",
        [
            "Đã ban hành Kế hoạch số 66/KH-UBND ngày 25/10/2021 về chính quyền số năm 2022.",
            "Tiếp tục thực hiện Kế hoạch số 66/KH-UBND ngày 25/10/2021.",
            "Đã ban hành Kế hoạch số 99/KH-UBND ngày 20/12/2021 về kiểm tra công vụ.",
            "Theo Quyết định số 37/2018/QĐ-UBND ngày 15/10/2018 của UBND tỉnh.",
        ],
    )
    def but_plans_for_this_year_and_older_ones_carried_on_are_right(self, sentence: str) -> None:
        assert said(sentence) == []
