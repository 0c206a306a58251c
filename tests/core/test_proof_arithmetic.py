"""Statements of own reports, right ones and wrong ones, and statements made at random."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cchc_xl.core.claims import ClaimKind, ClaimVerdict, Passage
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.proof_arithmetic import arithmetic_claims
from tests.support.proofread_texts import claims_of, verdicts, wrong
from tests.support.statements import RIGHT, WRONG

# How officials join two counts and their rate; {a} of {b} is {p} percent.
BESIDE = [
    "Đã hoàn thành {a}/{b} nhiệm vụ, đạt {p}%.",
    "Có {a}/{b} đồng chí (đạt tỷ lệ {p}%) tham gia tập huấn.",
    "Tỷ lệ giải quyết đúng hạn đạt {p}% ({a}/{b} hồ sơ).",
    "{p} % ({a}/{b} công chức) dùng chữ ký số.",
    "Đã xử lý {a} trên tổng số {b} phản ánh, chiếm {p}%.",
    "Ký số {a}/{b} văn bản - {p}%; phần còn lại gửi bản giấy.",
    "Kết quả: {a}/{b} = {p}%.",
]
OF_A_TOTAL = [
    "Tổng số {b} hồ sơ, trong đó trực tuyến {a} hồ sơ (đạt {p}%).",
    "Tiếp nhận {b} phiếu. Trong đó {a} phiếu đánh giá tốt, đạt {p}%.",
]
counts = st.integers(min_value=1, max_value=9999)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int, int]:
    """Two counts, the first not over the second, and the decimals of the rate."""
    whole = draw(st.integers(min_value=2, max_value=9999))
    return draw(st.integers(min_value=1, max_value=whole)), whole, draw(st.integers(0, 2))


def count(number: int, style: str) -> str:
    """A count with dots, commas or nothing between its thousands, short ones with a zero."""
    if style in {".", ","}:
        return f"{number:,}".replace(",", style)
    return f"{number:02d}"


def percent(part: int, whole: int, decimals: int, rounding: str) -> Decimal:
    return (Decimal(100) * part / whole).quantize(Decimal(1).scaleb(-decimals), rounding)


def printed(rate: Decimal, mark: str) -> str:
    return format(rate, "f").replace(".", mark)


class DescribeStatementsThatAreRight:
    @pytest.mark.parametrize("text", RIGHT)
    def it_calls_none_of_them_wrong(self, text: str) -> None:
        assert not {ClaimVerdict.WRONG, ClaimVerdict.TRUNCATED} & set(verdicts(text))


class DescribeStatementsThatAreWrong:
    @pytest.mark.parametrize("text", WRONG)
    def it_finds_every_one_of_them(self, text: str) -> None:
        assert wrong(text)


class DescribeRatesMadeAtRandom:
    @given(
        shares(),
        st.sampled_from(BESIDE + OF_A_TOTAL),
        st.sampled_from(".,0"),
        st.sampled_from(".,"),
    )
    def it_finds_a_true_rate_right(
        self, share: tuple[int, int, int], sentence: str, style: str, mark: str
    ) -> None:
        part, whole, decimals = share
        rate = percent(part, whole, decimals, ROUND_HALF_UP)
        assume(rate > 0)
        text = sentence.format(a=count(part, style), b=count(whole, style), p=printed(rate, mark))

        assert verdicts(text, ClaimKind.RATIO) == [ClaimVerdict.OK]

    @given(shares(), st.sampled_from(BESIDE + OF_A_TOTAL), st.integers(2, 900))
    def it_finds_a_rate_that_is_off_wrong(
        self, share: tuple[int, int, int], sentence: str, off: int
    ) -> None:
        part, whole, decimals = share
        true = percent(part, whole, decimals, ROUND_HALF_UP)
        rate = true - Decimal(off).scaleb(-decimals)
        assume(rate > 0)
        text = sentence.format(a=part, b=whole, p=printed(rate, ","))

        assert verdicts(text, ClaimKind.RATIO) == [ClaimVerdict.WRONG]

    @given(shares(), st.sampled_from(BESIDE))
    def it_tells_a_rate_cut_off_from_a_wrong_one(
        self, share: tuple[int, int, int], sentence: str
    ) -> None:
        part, whole, decimals = share
        cut = percent(part, whole, decimals, ROUND_DOWN)
        assume(cut != percent(part, whole, decimals, ROUND_HALF_UP))
        text = sentence.format(a=part, b=whole, p=printed(cut, ","))

        assert verdicts(text, ClaimKind.RATIO) == [ClaimVerdict.TRUNCATED]

    @given(shares(), st.sampled_from(BESIDE[:2]))
    def it_finds_a_rate_wrong_whose_counts_are_swapped(
        self, share: tuple[int, int, int], sentence: str
    ) -> None:
        part, whole, _ = share
        rate = percent(part, whole, 2, ROUND_HALF_UP)
        assume(2 * part < whole and rate > 0)
        text = sentence.format(a=whole, b=part, p=printed(rate, ","))

        assert verdicts(text, ClaimKind.RATIO) == [ClaimVerdict.WRONG]


class DescribeSumsMadeAtRandom:
    @given(counts, counts, counts, st.sampled_from(".,0"))
    def it_finds_a_true_total_right(self, early: int, in_time: int, late: int, style: str) -> None:
        whole = count(early + in_time + late, style)
        parts = [count(number, style) for number in (early, in_time, late)]
        text = (
            f"Đã giải quyết {whole} hồ sơ, trong đó trước hạn {parts[0]} hồ sơ, "
            f"đúng hạn {parts[1]} hồ sơ, quá hạn {parts[2]} hồ sơ."
        )

        assert verdicts(text, ClaimKind.SUM) == [ClaimVerdict.OK]

    @given(counts, counts, counts, st.integers(1, 99))
    def it_finds_a_total_that_is_off_wrong(
        self, early: int, in_time: int, late: int, off: int
    ) -> None:
        whole = early + in_time + late + off
        assume(whole != early + in_time)
        text = (
            f"Đã giải quyết {whole} hồ sơ, trong đó trước hạn {early} hồ sơ, "
            f"đúng hạn {in_time} hồ sơ, quá hạn {late} hồ sơ."
        )

        assert verdicts(text, ClaimKind.SUM) == [ClaimVerdict.WRONG]

    @given(st.lists(counts, min_size=2, max_size=5), st.integers(0, 50))
    def it_checks_a_sum_that_is_written_out(self, numbers: list[int], off: int) -> None:
        whole = vietnamese(Decimal(sum(numbers) + off))
        text = f"Tổng cộng {whole} hồ sơ ({' + '.join(map(str, numbers))})."

        expected = ClaimVerdict.WRONG if off else ClaimVerdict.OK
        assert verdicts(text, ClaimKind.SUM) == [expected]


class DescribeAnyText:
    @given(st.text(alphabet="01259 /%.,;:()+-=\ntrongđóhồsơđạtgồm", max_size=200))
    def it_is_read_without_an_error_and_claims_stand_inside_it(self, text: str) -> None:
        for claim in arithmetic_claims([Passage("dòng", line) for line in text.split("\n")]):
            assert 0 <= claim.start < claim.end <= len(claim.passage.text)

    def it_tells_each_figure_once(self) -> None:
        text = "Tổng số 193 hồ sơ, trong đó một cửa 111 hồ sơ, liên thông 82 hồ sơ."

        assert len(claims_of(text, ClaimKind.SUM)) == 1


class DescribeAPassageOfTooManyNumbers:
    def it_says_that_nothing_in_it_was_added_up(self) -> None:
        text = "Kết quả: " + ", ".join(f"xã {k} có {k + 7} hồ sơ" for k in range(130)) + "."

        (claim,) = claims_of(text)

        assert (claim.rule, claim.verdict) == ("PW7", ClaimVerdict.UNVERIFIABLE)
