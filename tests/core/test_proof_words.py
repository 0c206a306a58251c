"""Words against figures."""

from __future__ import annotations

import pytest

from cchc_xl.core.claims import ClaimKind, ClaimVerdict
from tests.support.proofread_texts import claims_of, verdicts, wrong

OVERDUE = """I. KẾT QUẢ
Đã giải quyết 100 hồ sơ, trong đó trước hạn 98 hồ sơ, quá hạn: {overdue} hồ sơ.
II. ĐÁNH GIÁ
{words}
III. PHƯƠNG HƯỚNG
Phấn đấu không để hồ sơ quá hạn."""


class DescribeNoneOverdue:
    def it_contradicts_an_overdue_dossier_elsewhere(self) -> None:
        text = OVERDUE.format(overdue="02", words="Xã không có hồ sơ quá hạn.")

        assert wrong(text) == ["không có hồ sơ quá hạn"]

    def but_agrees_with_none(self) -> None:
        text = OVERDUE.format(overdue="0", words="Không để hồ sơ quá hạn.")

        assert verdicts(text, ClaimKind.WORDS) == [ClaimVerdict.OK]

    @pytest.mark.parametrize(
        "words",
        [
            "Lĩnh vực hộ tịch không có hồ sơ quá hạn.",
            "Kỳ trước không có hồ sơ quá hạn.",
            "Năm 2020 không có hồ sơ quá hạn, năm 2021 phát sinh.",
        ],
    )
    def but_not_of_a_field_or_of_another_period(self, words: str) -> None:
        text = OVERDUE.format(overdue="02", words=words).replace("Đã", "Năm 2021 đã")

        assert wrong(text) == []


class DescribeNoneAtAll:
    def it_contradicts_a_positive_number(self) -> None:
        text = "Năm 2023 không có phản ánh, kiến nghị.\nNăm 2023 tiếp nhận 03 phản ánh, kiến nghị."

        assert wrong(text) == ["không có phản ánh, kiến nghị"]

    def but_not_of_another_year(self) -> None:
        text = "Năm 2022 không có phản ánh, kiến nghị.\nNăm 2023 tiếp nhận 03 phản ánh, kiến nghị."

        assert wrong(text) == []


class DescribeMost:
    def it_contradicts_all(self) -> None:
        text = "Đa số các phiếu thể hiện sự hài lòng: nhận 300 phiếu, có 300 phiếu đánh giá tốt."

        assert wrong(text) == ["Đa số các phiếu"]

    @pytest.mark.parametrize(
        "text",
        [
            "Đa số các phiếu thể hiện sự hài lòng: nhận 300 phiếu, có 290 phiếu đánh giá tốt.",
            "Đa số người dân hài lòng; 100% cán bộ tham gia tập huấn.",
            "Đa số công dân chưa có tài khoản.",
        ],
    )
    def but_not_less_than_all_or_something_else(self, text: str) -> None:
        assert wrong(text) == []


class DescribeOverAHundredPercent:
    @pytest.mark.parametrize(
        "text",
        ["Số hóa hồ sơ đảm bảo trên 100%.", "Tỷ lệ hồ sơ đúng hạn đạt 101,5%.", "Có 104% hồ sơ."],
    )
    def it_finds_a_share_of_more_than_all(self, text: str) -> None:
        assert wrong(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Thu ngân sách đạt trên 100% dự toán.",
            "Tỷ lệ thu ngân sách đạt 112%.",
            "Niêm yết trên 100% thủ tục.",
            "Hoàn thành 105% kế hoạch.",
            "Tăng 120% so với cùng kỳ.",
        ],
    )
    def but_plans_and_growth_may_be_over_it(self, text: str) -> None:
        assert wrong(text) == []


class DescribeTargets:
    @pytest.mark.parametrize(
        ("text", "verdict"),
        [
            ("Đạt 85%, vượt chỉ tiêu đề ra (90%).", ClaimVerdict.WRONG),
            ("Đạt 95%, vượt chỉ tiêu đề ra (90%).", ClaimVerdict.OK),
            ("Đạt 85%, chưa đạt chỉ tiêu giao là 80%.", ClaimVerdict.WRONG),
            ("Đạt 97% kế hoạch, vượt chỉ tiêu.", ClaimVerdict.WRONG),
        ],
    )
    def it_compares_a_rate_with_its_target(self, text: str, verdict: ClaimVerdict) -> None:
        assert verdicts(text, ClaimKind.WORDS) == [verdict]

    def but_not_with_how_much_it_exceeds_it_by(self) -> None:
        assert verdicts("Đạt 95%, vượt chỉ tiêu 5%.", ClaimKind.WORDS) == []


class DescribeAMissingNumber:
    def it_is_shown_but_not_called_wrong(self) -> None:
        (claim,) = claims_of("+ Số hồ sơ qua bưu chính công ích: hồ sơ")

        assert claim.verdict is ClaimVerdict.UNVERIFIABLE
