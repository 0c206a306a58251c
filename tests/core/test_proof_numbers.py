"""The numbers of a passage: every form of a count and a rate, and what is no count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cchc_xl.core.proof_numbers import read_figures, read_shares


def counts(text: str) -> list[tuple[str, str]]:
    return [(text[f.start : f.end], f.unit) for f in read_figures(text) if not f.is_rate]


class DescribeCounts:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("tiếp nhận 3.278 hồ sơ", 3278),
            ("tiếp nhận 3,278 hồ sơ", 3278),
            ("tiếp nhận 3 278 hồ sơ", 3278),
            ("tiếp nhận 3278 hồ sơ", 3278),
            ("hoàn thành 07 nhiệm vụ", 7),
            ("rà soát 189.... thủ tục", 189),
            ("thu 12.500.000 đồng", 12500000),
        ],
    )
    def it_reads_a_count_with_every_thousands_mark(self, text: str, value: int) -> None:
        assert [figure.value for figure in read_figures(text)] == [Decimal(value)]

    @pytest.mark.parametrize(
        ("text", "unit"),
        [
            ("04 HS", "hồ sơ"),
            ("12 TTHC", "thủ tục"),
            ("17 đồng chí", "người"),
            ("**33** người", "người"),
            ("12hồ sơ", "hồ sơ"),
            ("5 và", ""),
        ],
    )
    def it_reads_the_noun_behind_a_count(self, text: str, unit: str) -> None:
        assert [figure.unit for figure in read_figures(text)] == [unit]

    def it_reads_a_decimal_of_a_measure(self) -> None:
        assert [f.value for f in read_figures("1,234 tỷ đồng")] == [Decimal("1.234")]


class DescribeRates:
    @pytest.mark.parametrize(
        ("text", "value", "decimals"),
        [
            ("đạt 98.87%", "98.87", 2),
            ("đạt 98,87 %", "98.87", 2),
            ("đạt 98.875%", "98.875", 3),
            ("đạt 87 phần trăm", "87", 0),
            ("đạt mức độ 43.95%", "43.95", 2),
        ],
    )
    def it_reads_a_rate_and_its_decimals(self, text: str, value: str, decimals: int) -> None:
        (rate,) = read_figures(text)

        assert (rate.is_rate, rate.value, rate.decimals) == (True, Decimal(value), decimals)


class DescribeWhatIsNoCount:
    @pytest.mark.parametrize(
        "text",
        [
            "Kế hoạch số 12/KH-UBND ngày 21/02/2022",
            "Nghị quyết 76/NQ-CP",
            "Quyết định số 766/QĐ-TTg, ngày 23/6/2022",
            "Nghị định 61/2018/NĐ-CP",
            "số 15 /KH-UBND ngày 02/3/2022",
            "Quyết định số 148 ngày 21/7/2021",
            "từ ngày 14/3 đến ngày 14/6",
            "ngày 07 tháng 02 năm 2023",
            "năm 2021, 2022 và 2023",
            "quý I/2022, tháng 12/2023",
            "giai đoạn 2021-2025",
            "ISO 9001: 2015",
            "dịch vụ công mức độ 3, 4",
            "6 tháng đầu năm",
            "1.2. Kết quả",
            "Phụ lục 01b",
            "xếp thứ 5/12",
            "thôn 5, tổ 3",
            "trực 24/7",
            "http://xa.gov.vn/tin/123",
        ],
    )
    def it_leaves_it_out(self, text: str) -> None:
        assert counts(text) == []

    def but_a_group_of_people_is_counted(self) -> None:
        assert counts("thành lập tổ 5 người") == [("5", "người")]


class DescribeShares:
    @pytest.mark.parametrize(
        ("text", "share"),
        [
            ("07/28 nhiệm vụ", (7, 28)),
            ("45 trên tổng số 60 hồ sơ", (45, 60)),
            ("17 đồng chí/19 đồng chí", (17, 19)),
            ("1.930/2.000 hồ sơ", (1930, 2000)),
        ],
    )
    def it_reads_two_counts_as_a_share(self, text: str, share: tuple[int, int]) -> None:
        (found,) = read_shares(text, read_figures(text))

        assert (int(found.numerator.value), int(found.denominator.value)) == share

    def but_a_date_is_none(self) -> None:
        text = "từ 15/12 đến 14/3"

        assert read_shares(text, read_figures(text)) == ()
