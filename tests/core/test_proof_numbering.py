"""Numbers of headings and points."""

from __future__ import annotations

import pytest

from cchc_xl.core.claims import Passage
from cchc_xl.core.proof_numbering import numbering_claims
from tests.support.written import passages


def wrong(*lines: str) -> list[tuple[str, str]]:
    """The numbers that do not follow, and what was to be expected."""
    return [(claim.text, str(claim.actual)) for claim in numbering_claims(passages(*lines))]


class DescribeNumbersThatDoNotFollow:
    @pytest.mark.parametrize(
        ("lines", "found"),
        [
            (("I. A", "II. B", "III. C", "IV. D", "VI. E"), [("VI", "V")]),
            (("I. Chung", "1. Một", "2. Hai", "4. Bốn", "5. Năm"), [("4", "3")]),
            (("a) Một", "b) Hai", "b) Ba", "c) Bốn"), [("b", "c")]),
            (("2.1. Một", "2.2. Hai", "2.4. Bốn"), [("2.4", "2.3")]),
            (("I. A", "II. B", "II. C", "III. D"), [("II", "III")]),
        ],
    )
    def it_finds_what_is_skipped_or_repeated(
        self, lines: tuple[str, ...], found: list[tuple[str, str]]
    ) -> None:
        assert wrong(*lines) == found


class DescribeNumbersThatAreRight:
    @pytest.mark.parametrize(
        "lines",
        [
            ("I. A", "1. Một", "2. Hai", "II. B", "1. Một", "2. Hai", "3. Ba"),
            ("1. Một", "1.1. Một", "1.2. Hai", "2. Hai", "2.1. Một"),
            ("2. Hai", "2.1. Một", "1. Điểm", "2. Điểm", "2.2. Hai", "3. Ba"),
            ("a) Một", "b) Hai", "c) Ba", "d) Bốn", "đ) Năm", "e) Sáu", "g) Bảy"),
            ("a) Một", "b) Hai", "c) Ba", "d) Bốn", "e) Năm", "f) Sáu"),
            ("A. CHUNG", "I. Một", "II. Hai", "B. RIÊNG", "I. Một"),
            ("1.1 Ưu điểm", "1.2., Nguyên nhân"),
            ("a) Một", "i) Điểm nhỏ", "ii) Điểm nhỏ", "b) Hai"),
            ("1. Một", "2. Hai", "5.000 hồ sơ đã nộp", "3. Ba"),
            ("V/v báo cáo", "I. Một", "II. Hai"),
            ("I. Một", "II. Hai", "Nơi nhận:", "V. Nguyễn Văn A"),
        ],
    )
    def it_leaves_them_alone(self, lines: tuple[str, ...]) -> None:
        assert wrong(*lines) == []

    def and_a_line_cut_by_its_width_is_no_heading(self) -> None:
        long_line = "Đẩy mạnh việc cung cấp dịch vụ công trực tuyến mức độ 3, mức độ"

        assert wrong("1. Một", long_line, "4. Đồng thời thực hiện nghiêm.", "2. Hai") == []

    def and_numbers_that_word_writes_itself_are_not_seen(self) -> None:
        text = (
            Passage("đoạn 1", "1. Một"),
            Passage("đoạn 2", "Hai", style="List (đánh số tự động)"),
            Passage("đoạn 3", "3. Ba"),
        )

        assert list(numbering_claims(text)) == []


class DescribeAHeadingBelowALongLine:
    def it_is_a_heading_though_the_line_above_has_no_full_stop(self) -> None:
        long = "- Thu về 147 phiếu, trong đó 144 phiếu hài lòng, 3 phiếu không hài lòng, chiếm 2%"

        assert wrong("I. KẾT QUẢ", long, "II. TỒN TẠI", "III. NHIỆM VỤ") == []
