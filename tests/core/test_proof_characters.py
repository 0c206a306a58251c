"""Characters of other scripts and old fonts, the motto, and what templates leave behind."""

from __future__ import annotations

import pytest

from tests.support.written import faults, said


class DescribeForeignCharacters:
    @pytest.mark.parametrize(
        ("word", "right"),
        [
            ("l貌", None),
            ("hồ sо", "hồ sơ"),
            ("bá\ufffd", None),
            ("\u0440hường", "phường"),
        ],
        ids=["chinese", "cyrillic-o", "replacement", "cyrillic-p"],
    )
    def it_finds_them_inside_words(self, word: str, right: str | None) -> None:
        found = faults(f"Tác phong, {word} của cán bộ.")

        assert [claim.rule for claim in found] == ["PE1"]
        if right is not None and " " not in right:
            assert found[0].actual == right

    def it_finds_what_an_old_font_made_of_vietnamese(self) -> None:
        assert [rule for rule, _ in said("Kết quả c¶i c¸ch thủ tục.")] == ["PE1", "PE1"]

    def it_says_once_that_a_whole_passage_is_of_an_old_font(self) -> None:
        (claim,) = faults("Kết quả:", "KÕt qu¶ c¶i c¸ch thñ tôc hµnh chÝnh cña x· n¨m 2022")

        assert claim.actual == "Kết quả cải cách thủ tục hành chính của xã năm 2022"

    @pytest.mark.parametrize("word", ["98，87%", "h\ue0a0ồ"])
    def it_finds_wide_signs_and_those_of_one_font(self, word: str) -> None:
        assert said(f"Số hồ sơ {word} đạt.") == [("PE1", word)]

    @pytest.mark.parametrize(
        "sentence",
        [
            "\uf0b7 Tổ chức hội nghị.",
            "Hạt bụi 5 µm, diện tích 12 m², 30°C, 10×20 cm, điều 5 § 2.",
            "Ông Müller và bà Gonçalves thăm São Paulo.",
            "“Một cửa” – «liên thông» … 100%, cà phê, Đắk Lắk, Kon Tum.",
            "Web: http://xa.gov.vn/a_b?c=d; thư: van-phong@xa.gov.vn",
        ],
    )
    def but_signs_units_and_foreign_names_are_right(self, sentence: str) -> None:
        assert said(sentence) == []


class DescribeTheMotto:
    @pytest.mark.parametrize(
        "motto",
        ["Độc lập – Tự do – Hạnh Phúc", "Độc lập-Tự do-Hạnh phúc", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"],
    )
    def it_is_spelt_as_the_decree_has_it(self, motto: str) -> None:
        assert said(motto) == [("PE2", motto)]

    @pytest.mark.parametrize(
        "line",
        ["Độc lập - Tự do - Hạnh phúc", "**Độc lập - Tự do - Hạnh phúc**", "Độc lập về tài chính"],
    )
    def but_right_ones_and_other_words_are_left_alone(self, line: str) -> None:
        assert said(line) == []


class DescribeWhatTemplatesLeave:
    @pytest.mark.parametrize(
        ("sentence", "rule", "words"),
        [
            ("Tổng số được rà soát: 189.... thủ tục.", "PL1", "189...."),
            ("Đã ban hành 12… văn bản.", "PL1", "12…"),
            ("+ Số hồ sơ qua bưu chính: hồ sơ", "PL2", "Số hồ sơ qua bưu chính: hồ sơ"),
            ("Tỷ lệ đúng hạn đạt %.", "PL2", "Tỷ lệ đúng hạn đạt %"),
            ("Theo Kế hoạch số Kế hoạch số 02/KH-UBND.", "PL3", "Kế hoạch số Kế hoạch số"),
            ("Theo Công văn văn số 24/UBND-VP.", "PL3", "Công văn văn số"),
            ("Báo cáo của của UBND xã.", "PL3", "của của"),
        ],
    )
    def it_finds_dots_empty_figures_and_words_said_twice(
        self, sentence: str, rule: str, words: str
    ) -> None:
        assert said(sentence) == [(rule, words)]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Các năm 2020, 2021, 2022... hồ sơ đều đúng hạn.",
            "Tài liệu, sổ sách, phần mềm...",
            "Kết quả như sau: hồ sơ đã nhận 12, đã trả 12.",
            "Tỷ lệ % thủ tục được công khai: 100%.",
            "Trong đó: trực tiếp 5 hồ sơ; trực tuyến 7 hồ sơ.",
            "Năm năm qua, ngày ngày tiếp dân, luôn luôn niềm nở, dần dần tốt hơn.",
            "Theo cơ chế một cửa, một cửa liên thông.",
        ],
    )
    def but_lists_and_reduplications_are_right(self, sentence: str) -> None:
        assert said(sentence) == []
