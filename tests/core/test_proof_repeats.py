"""One figure in two versions."""

from __future__ import annotations

import pytest

from cchc_xl.core.claims import ClaimKind, ClaimVerdict
from tests.support.proofread_texts import claims_of, verdicts

TEXT = """{part}
7. Truyền thông
Năm 2023 xã đã tổ chức tuyên truyền pháp luật trên {one} hội nghị của xã.
14. Quy trình
Ngoài ra cần rà soát. {period} xã đã tổ chức tuyên truyền pháp luật trên {other} hội nghị của xã."""


def told(one: int, other: int, period: str = "năm 2023", part: str = "I. KẾT QUẢ") -> str:
    return TEXT.format(one=one, other=other, period=period, part=part)


class DescribeASentenceThatIsSaidTwice:
    def it_finds_two_versions_of_its_figure(self) -> None:
        (claim,) = claims_of(told(13, 12), ClaimKind.REPEAT)

        assert (claim.verdict, claim.text) == (ClaimVerdict.WRONG, "12 hội nghị")
        assert "dòng 3" in claim.message

    def it_reads_over_a_word_written_twice(self) -> None:
        text = """5. Một cửa
Giải quyết thủ tục liên thông khai sinh – thường trú – cấp cấp thẻ bảo hiểm được 66 hồ sơ.
12. Liên thông
Giải quyết thủ tục liên thông khai sinh – thường trú – cấp thẻ bảo hiểm được 62 hồ sơ."""

        assert verdicts(text, ClaimKind.REPEAT) == [ClaimVerdict.WRONG]

    @pytest.mark.parametrize(
        "text",
        [
            told(13, 13),
            told(13, 12, period="năm 2022"),
            told(13, 12, part="III. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM"),
        ],
    )
    def but_not_of_the_same_figure_of_another_period_or_of_plans(self, text: str) -> None:
        assert verdicts(text, ClaimKind.REPEAT) == []

    @pytest.mark.parametrize(
        "text",
        [
            "1. Xã An Bình\nĐã tổ chức tuyên truyền pháp luật cho nhân dân trên 12 hội nghị.\n"
            "2. Xã Bình Minh\nĐã tổ chức tuyên truyền pháp luật cho nhân dân trên 13 hội nghị.",
            "1. Hộ tịch\nTổng số hồ sơ tiếp nhận là 50 hồ sơ.\n"
            "2. Đất đai\nTổng số hồ sơ tiếp nhận là 60 hồ sơ.",
            "1. Hộ tịch\nSố hồ sơ đã giải quyết trước hạn trong kỳ là 50 hồ sơ.\n"
            "2. Đất đai\nSố hồ sơ đã giải quyết trước hạn trong kỳ là 60 hồ sơ.",
            "Năm 2021\n- Tổng số hồ sơ tiếp nhận qua dịch vụ công: 62\n"
            "Năm 2022\n- Tổng số hồ sơ tiếp nhận qua dịch vụ công: 70",
        ],
    )
    def but_not_of_another_unit_field_or_year(self, text: str) -> None:
        assert verdicts(text, ClaimKind.REPEAT) == []
