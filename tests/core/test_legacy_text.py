"""Text of before Unicode: recognised by the words that come out, never guessed."""

from __future__ import annotations

import unicodedata

import pytest

from cchc_xl.core.grid import Grid
from cchc_xl.core.legacy_text import TCVN3, VNI, encoding_of, in_unicode
from tests.support.old_fonts import in_tcvn3, in_vni

SENTENCE = (
    "Ủy ban nhân dân xã Hoằng Đạo báo cáo kết quả giải quyết thủ tục hành chính, "
    "chỉ tiêu thống kê: hồ sơ được tiếp nhận quý IV năm trước, kỳ này; đề nghị phường ghi chú"
)
# Every syllable of these has a letter of its own: all the vowels under all the tones.
ALPHABET = (
    "à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ đ è ẻ ẽ é ẹ ê ề ể ễ ế ệ ì ỉ ĩ í ị ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ "
    "ơ ờ ở ỡ ớ ợ ù ủ ũ ú ụ ư ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ"
)


class DescribeTcvn3:
    def it_gives_every_letter_back(self) -> None:
        assert TCVN3.decode(in_tcvn3(ALPHABET)) == ALPHABET

    def it_gives_the_capitals_back_that_it_has(self) -> None:
        assert TCVN3.decode(in_tcvn3("Ă Â Ê Ô Ơ Ư Đ")) == "Ă Â Ê Ô Ơ Ư Đ"

    def it_is_told_by_its_words(self) -> None:
        assert encoding_of([in_tcvn3(SENTENCE)], has_font=False) is TCVN3


class DescribeVni:
    def it_gives_every_letter_back(self) -> None:
        assert VNI.decode(in_vni(ALPHABET)) == ALPHABET

    def it_gives_every_capital_back(self) -> None:
        assert VNI.decode(in_vni(ALPHABET.upper())) == ALPHABET.upper()

    def it_is_told_by_its_words(self) -> None:
        assert encoding_of([in_vni(SENTENCE)], has_font=False) is VNI


class DescribeUnicode:
    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def it_is_left_alone(self, form: str) -> None:
        text = unicodedata.normalize(form, SENTENCE)  # type: ignore[arg-type]

        assert encoding_of([text], has_font=False) is None

    @pytest.mark.parametrize(
        "text",
        ["Số liệu: 07/28 · 25%", "Công an xã", "«Hòa Thuận»", "nước Pháp: café, œuvre", "Größe"],
    )
    def it_is_left_alone_in_short_words(self, text: str) -> None:
        assert encoding_of([text], has_font=False) is None

    def and_it_is_left_alone_in_an_old_font(self) -> None:
        assert encoding_of(["Không, của, văn"], has_font=True) is None


class DescribeASheet:
    def it_is_converted_and_names_its_encoding(self) -> None:
        sheet = in_unicode(Grid("Sheet1", [[in_tcvn3(SENTENCE), 28]]))

        assert sheet.text(0, 0) == TCVN3.decode(in_tcvn3(SENTENCE))
        assert sheet.content(0, 1) == 28
        assert sheet.legacy == "TCVN3"

    def it_keeps_the_cells_that_are_unicode_already(self) -> None:
        sheet = in_unicode(Grid("Sheet1", [[in_tcvn3(SENTENCE)], ["Số hồ sơ"]]))

        assert sheet.text(1, 0) == "Số hồ sơ"

    def it_converts_only_the_cells_in_an_old_font_where_there_are_any(self) -> None:
        title = in_tcvn3("xã hoằng đạo")
        sheet = in_unicode(Grid("Sheet1", [[title, "Không"]], legacy_fonts={(0, 0): ".VnTimeH"}))

        assert sheet.text(0, 0) == "XÃ HOẰNG ĐẠO"
        assert sheet.text(0, 1) == "Không"
