"""The period of a report in its title, headings, sentences and closing."""

from __future__ import annotations

import pytest

from cchc_xl.core.claims import ClaimVerdict
from cchc_xl.core.period import parse_period_id
from cchc_xl.core.proof_form import formal_claims
from cchc_xl.core.proof_title import report_period
from tests.support.written import faults, passages, said

YEAR = ("BÁO CÁO", "Công tác kiểm soát thủ tục hành chính năm 2023 xã Tân Hải")
HALF_YEAR = (
    "BÁO CÁO",
    "Cải cách hành chính 6 tháng đầu năm 2022; nhiệm vụ 6 tháng cuối năm 2022",
)
GUARDED = (
    "BÁO CÁO",
    "Giám sát cải cách hành chính",
    "Xã Tân Hải báo cáo từ ngày 01/01/2021 đến ngày 31/8/2023 như sau:",
)


class DescribeTheReportsPeriod:
    @pytest.mark.parametrize(
        ("lines", "period"),
        [
            (("BÁO CÁO", "Kết quả cải cách hành chính quý I năm 2022"), "2022-Q1"),
            (YEAR, "2023-N"),
            (HALF_YEAR, "2022-6T"),
            (GUARDED, "2021-01-01_2023-08-31"),
            (("BÁO CÁO quý III/2022", "Kính gửi: UBND huyện"), "2022-Q3"),
        ],
    )
    def it_stands_in_the_title_or_the_opening(self, lines: tuple[str, ...], period: str) -> None:
        assert report_period(passages(*lines)) == parse_period_id(period)

    def but_no_period_is_made_up(self) -> None:
        assert report_period(passages("BÁO CÁO", "Công tác chỉ đạo", "Năm qua tốt.")) is None


class DescribeTheClosing:
    def it_names_the_same_quarters_as_the_title(self) -> None:
        (claim,) = faults("Trên đây là báo cáo quý I, nhiệm vụ quý II/2021 của UBND xã Tân Hải.")

        assert (claim.rule, claim.text, claim.actual) == ("PK1", "quý II/2021", "quý II năm 2022")

    @pytest.mark.parametrize(
        "closing",
        [
            "Trên đây là báo cáo quý I, nhiệm vụ trọng tâm quý II/2022 của UBND xã.",
            "Trên đây là báo cáo kết quả quý 1 năm 2022 của UBND xã./.",
            "Trên đây là báo cáo theo Kế hoạch số 12/KH-UBND ngày 05/01/2021 của UBND huyện.",
            "Trên đây là báo cáo thực hiện Nghị quyết giai đoạn 2021-2025, quý I năm 2022.",
        ],
    )
    def but_what_agrees_is_left_alone(self, closing: str) -> None:
        assert said(closing) == []

    @pytest.mark.parametrize(
        ("title", "closing", "wrong"),
        [
            (YEAR, "Trên đây là báo cáo kiểm soát thủ tục hành chính năm 2022.", "năm 2022"),
            (HALF_YEAR, "Trên đây là báo cáo 6 tháng đầu năm 2021.", "6 tháng đầu năm 2021"),
            (
                GUARDED,
                "Trên đây là báo cáo từ 01/01/2021 đến 31/8/2022 của UBND xã.",
                "từ 01/01/2021 đến 31/8/2022",
            ),
        ],
    )
    def it_is_held_to_years_half_years_and_free_dates(
        self, title: tuple[str, ...], closing: str, wrong: str
    ) -> None:
        assert said(closing, title=title) == [("PK1", wrong)]

    @pytest.mark.parametrize(
        ("title", "closing"),
        [
            (YEAR, "Trên đây là báo cáo năm 2023, phương hướng, nhiệm vụ năm 2024 của xã."),
            (HALF_YEAR, "Trên đây là báo cáo 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2022."),
            (GUARDED, "Trên đây là báo cáo từ 01/01/2021 đến 31/8/2023 của UBND xã."),
        ],
    )
    def and_left_alone_where_they_agree(self, title: tuple[str, ...], closing: str) -> None:
        assert said(closing, title=title) == []


class DescribeTheHeadings:
    @pytest.mark.parametrize(
        ("heading", "wrong"),
        [
            ("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM QUÝ II/2021", "QUÝ II/2021"),
            ("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM QUÝ I/2022", "QUÝ I/2022"),
            ("II. KẾT QUẢ THỰC HIỆN QUÝ I NĂM 2021", "QUÝ I NĂM 2021"),
        ],
    )
    def it_finds_a_time_of_another_report(self, heading: str, wrong: str) -> None:
        assert ("PK2", wrong) in said(heading)

    @pytest.mark.parametrize(
        "heading",
        [
            "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM QUÝ II/2022",
            "II. KẾT QUẢ THỰC HIỆN QUÝ I/2022",
            "1. Kết quả thực hiện kế hoạch năm 2022",
            "1. Khắc phục tồn tại của năm 2021",
            "2. Kết quả so với quý I năm 2021",
        ],
    )
    def but_leaves_those_of_this_one_alone(self, heading: str) -> None:
        assert [rule for rule, _ in said(heading) if rule == "PK2"] == []


class DescribeTheTitle:
    def it_may_only_look_to_the_quarter_that_follows(self) -> None:
        title = ("BÁO CÁO", "Kết quả quý I năm 2022; nhiệm vụ trọng tâm quý III năm 2022")

        assert said(title=title) == [("PK6", "quý III năm 2022")]

    @pytest.mark.parametrize(
        "title",
        [
            "Kết quả quý IV năm 2022; phương hướng quý I năm 2023",
            "Kết quả quý I năm 2022; phương hướng 9 tháng cuối năm 2022",
            "Kết quả năm 2022; phương hướng, nhiệm vụ năm 2023",
            "Kết quả quý IV năm 2022; nhiệm vụ năm 2023",
        ],
    )
    def but_longer_outlooks_are_right(self, title: str) -> None:
        assert said(title=("BÁO CÁO", title)) == []


class DescribeTheSentences:
    def it_finds_the_same_quarter_of_another_year(self) -> None:
        assert said("Kết quả giải quyết TTHC quý I/2021 như sau:") == [("PK3", "quý I/2021")]

    @pytest.mark.parametrize(
        ("sentence", "wrong"),
        [
            ("Trong quý IV/2021, không có phản ánh, kiến nghị.", "quý IV/2021"),
            ("Quý III/2022, UBND xã đã tiếp nhận 120 hồ sơ.", "Quý III/2022"),
        ],
    )
    def it_finds_results_of_a_time_that_is_over_or_to_come(self, sentence: str, wrong: str) -> None:
        assert said(sentence) == [("PK3", wrong)]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Quý III/2022 tổ chức khảo sát hồ sơ tại xã.",
            "Trong quý I/2022, không có phản ánh, kiến nghị.",
            "Số hồ sơ tăng 12% so với quý I/2021.",
            "Cùng kỳ quý I/2021 tiếp nhận 700 hồ sơ.",
            "Công bố kết quả khảo sát trong quý IV/2022.",
            "Tiếp tục thực hiện Kế hoạch cải cách hành chính năm 2021 của huyện.",
            "Khắc phục tồn tại, hạn chế của năm 2021.",
            "Chương trình tổng thể giai đoạn 2021-2025 được triển khai.",
            "Năm 2021, xã được công nhận đạt chuẩn nông thôn mới.",
            "Thông tư số 01/2020/TT-VPCP ngày 21/10/2020 quy định chế độ báo cáo.",
            "Trong 6 tháng, mỗi tháng giao ban hai lần.",
            "Hằng quý, 6 tháng báo cáo kết quả.",
        ],
    )
    def but_leaves_other_times_alone_where_they_belong(self, sentence: str) -> None:
        assert said(sentence) == []

    def and_a_year_before_beside_figures_cannot_be_told(self) -> None:
        (claim,) = faults(
            "Trong năm 2022, bộ phận một cửa tiếp nhận 812 hồ sơ.",
            title=YEAR,
        )

        assert claim.verdict is ClaimVerdict.UNVERIFIABLE

    def and_a_report_over_years_may_name_each(self) -> None:
        assert said("Năm 2021", "Năm 2022 tiếp nhận 70 hồ sơ.", title=GUARDED) == []


class DescribeTheDateLine:
    def it_may_not_lie_before_the_period(self) -> None:
        text = passages("Tân Hải, ngày 15 tháng 3 năm 2021", "BÁO CÁO", "Kết quả quý I năm 2022")

        assert "PK4" in {claim.rule for claim in formal_claims(text, report_period(text))}
