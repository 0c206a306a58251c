"""Totals over lists of lines, and rates whose total stands in a line above."""

from __future__ import annotations

from decimal import Decimal

from cchc_xl.core.claims import ClaimKind, ClaimVerdict
from tests.support.proofread_texts import claims_of, verdicts

NESTED = """- Tổng số hồ sơ tiếp nhận là {whole} hồ sơ. Trong đó:
 + Trực tiếp: 590 hồ sơ
 + Trực tuyến: 176 hồ sơ
 + Kỳ trước chuyển qua: 04 hồ sơ
- Số hồ sơ đã trả kết quả: 770 hồ sơ. Trong đó:
 + Trước hạn: 751 hồ sơ
 + Đúng hạn: {in_time} hồ sơ
 + Quá hạn: 0 hồ sơ"""
STAFF = """Tổng số: **{whole} người**. Trong đó:
*** Cán bộ: 10 người**
+ Chuyên môn: Đại học: 10 người = 100 %;
*** Công chức: 23 người.**
+ Chuyên môn: Đại học: 21 người = 91,3%; Trung cấp: 02 người = 8,7 %.
+ Lý luận chính trị: Trung cấp: 20 người = {rate} %"""
YEARS = """Năm 2021
- Số hồ sơ đã giải quyết: 62;
- Trong đó:
- Bảo hiểm xã hội: 02;
- Bảo trợ xã hội: 48;
- Người có công: 12.
Năm 2022
- Số hồ sơ đã giải quyết: 70;
- Trong đó:
- Đất đai: 06;
- Bảo trợ xã hội: 50;
- Người có công: 14.
Năm 2023
- Số hồ sơ đã giải quyết: {whole};
- Trong đó:
- Đất đai: 17;
- Hộ tịch: 191;
- Chứng thực: 83.
- Tổng số hồ sơ đúng hạn cả ba năm: 422"""


class DescribeListsOfBullets:
    def it_adds_up_the_bullets_below_a_total(self) -> None:
        text = NESTED.format(whole=770, in_time=19)

        assert verdicts(text, ClaimKind.SUM) == [ClaimVerdict.OK] * 2

    def it_finds_parts_that_leave_something_out_where_they_are_all_there(self) -> None:
        text = NESTED.format(whole=770, in_time=91)

        assert verdicts(text, ClaimKind.SUM) == [ClaimVerdict.OK, ClaimVerdict.WRONG]

    def but_a_total_that_may_have_more_parts_is_not_called_wrong(self) -> None:
        text = NESTED.format(whole=780, in_time=19)

        assert verdicts(text, ClaimKind.SUM) == [ClaimVerdict.UNVERIFIABLE, ClaimVerdict.OK]

    def it_leaves_out_the_bullets_below_a_bullet(self) -> None:
        text = STAFF.format(whole=33, rate="87")

        assert verdicts(text, ClaimKind.SUM) == [ClaimVerdict.OK]

    def it_reads_a_list_that_follows_a_line_of_its_own(self) -> None:
        text = YEARS.format(whole=291)

        assert verdicts(text, ClaimKind.SUM) == [ClaimVerdict.OK] * 3

    def and_holds_a_text_to_its_own_habit(self) -> None:
        text = YEARS.format(whole=299)

        assert verdicts(text, ClaimKind.SUM)[-1] is ClaimVerdict.WRONG


class DescribeListsInSentencesAndLines:
    TEXT = """5. Thực hiện liên thông
Tổng số hồ sơ thực hiện liên thông là 193 hồ sơ. Trong đó: lĩnh vực bảo trợ 103 hồ sơ, \
lĩnh vực người có công là 29 hồ sơ.
Giải quyết thủ tục liên thông hai lĩnh vực khai sinh, thẻ bảo hiểm được {more} hồ sơ.
Khai tử, trợ cấp mai táng cho công dân được 01 hồ sơ."""

    def it_finds_parts_in_the_lines_below_that_exceed_the_total(self) -> None:
        (claim,) = claims_of(self.TEXT.format(more=66), ClaimKind.SUM)

        assert (claim.verdict, claim.actual) == (ClaimVerdict.WRONG, Decimal(199))

    def but_parts_that_fit_are_right(self) -> None:
        assert verdicts(self.TEXT.format(more=60), ClaimKind.SUM) == [ClaimVerdict.OK]

    def it_stops_a_list_without_bullets_where_it_adds_up(self) -> None:
        text = """Tổng số hồ sơ liên thông là 193 hồ sơ. Trong đó:
Liên thông giữa các cấp là 130 hồ sơ
Liên thông cùng cấp là 63 hồ sơ.
Khai sinh kèm cấp thẻ được 62 hồ sơ."""

        assert verdicts(text, ClaimKind.SUM) == [ClaimVerdict.OK]


class DescribeRatesOfAList:
    def it_finds_the_total_in_the_line_above(self) -> None:
        text = STAFF.format(whole=33, rate="87")

        assert verdicts(text, ClaimKind.RATIO) == [ClaimVerdict.OK] * 4

    def and_a_wrong_rate_where_another_one_proves_the_total(self) -> None:
        text = STAFF.format(whole=33, rate="78")

        assert verdicts(text, ClaimKind.RATIO) == [ClaimVerdict.OK] * 3 + [ClaimVerdict.WRONG]

    def but_a_rate_without_its_total_in_reach_is_not_called_wrong(self) -> None:
        text = "Có 02 đồng chí tốt nghiệp trung cấp, đạt 50% kế hoạch."

        assert verdicts(text, ClaimKind.RATIO) == [ClaimVerdict.UNVERIFIABLE]

    def but_a_rate_of_none_is_right_whatever_the_total(self) -> None:
        text = "Qua bưu chính công ích là 0 hồ sơ đạt tỷ lệ 0%."

        assert verdicts(text, ClaimKind.RATIO) == [ClaimVerdict.OK]
