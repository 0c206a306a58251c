"""Tables: total rows, rows "Trong đó", numbered rows, columns with their formula."""

from __future__ import annotations

from cchc_xl.core.claims import ClaimKind, ClaimVerdict, Passage
from cchc_xl.core.proof_arithmetic import arithmetic_claims
from tests.support.proofread_texts import claims_of, verdicts

FIELDS = """STT\tLĩnh vực\tTổng số\tTrực tuyến\tTrực tiếp
1\tTổng cộng\t2\t3\t4
I\tThuộc thẩm quyền của xã\t{whole}\t3.241\t37
1\tHộ tịch\t723\t714\t9
2\tChứng thực\t2.381\t2.381\t0
3\tBảo trợ xã hội\t174\t146\t28"""
INDICATORS = """STT\tChỉ tiêu\tĐơn vị tính\tSố liệu\tGhi chú
3.3.1\tSố hồ sơ đã tiếp nhận\tHồ sơ\t{whole}\tKỳ trước chuyển qua 04 HS
Trong đó\tTiếp nhận trực tiếp\tHồ sơ\t590\t
\tTiếp nhận trực tuyến mức độ 3\tHồ sơ\t91\t

STT\tChỉ tiêu\tĐơn vị tính\tSố liệu\tGhi chú
\tTiếp nhận trực tuyến mức độ 4\tHồ sơ\t85\t
4.1\tSố liệu về biên chế\tNgười\t{staff}\t
4.1.1\tBiên chế được giao\tNgười\t\t
4.1.2\tBiên chế có mặt\tNgười\t33\t"""
FORMULAS = """TT\tĐơn vị\t(1)\t(2)\t(3)=(1)+(2)\t(4)=(2)/(3)
1\tXã An Bình\t4\t3211\t{total}\t{rate}"""


def wrong_cells(text: str) -> list[str]:
    return [claim.text for claim in claims_of(text) if claim.verdict is ClaimVerdict.WRONG]


class DescribeTotalRows:
    def it_adds_up_the_numbered_rows_column_by_column(self) -> None:
        assert verdicts(FIELDS.format(whole="3.278"), ClaimKind.SUM) == [ClaimVerdict.OK] * 3

    def it_finds_the_column_that_does_not_add_up(self) -> None:
        assert wrong_cells(FIELDS.format(whole="3.287")) == ["3.287"]

    def but_a_row_that_most_columns_do_not_add_up_to_is_no_total(self) -> None:
        text = FIELDS.format(whole="3.287").replace("3.241", "99").replace("37", "98")

        assert verdicts(text, ClaimKind.SUM) == []

    def it_reads_the_cells_of_a_word_table(self) -> None:
        rows = [["TT", "Xã", "Hồ sơ"], ["1", "A", "12"], ["2", "B", "15"], ["", "Tổng cộng", "28"]]
        text = [
            Passage(f"ô {row}.{column}", words, cell=(0, row, column))
            for row, cells in enumerate(rows)
            for column, words in enumerate(cells)
        ]

        (claim,) = arithmetic_claims(text)

        assert (claim.verdict, claim.passage.where) == (ClaimVerdict.WRONG, "ô 3.2")


class DescribeIndicators:
    def it_adds_up_the_rows_of_which_with_the_count_in_the_remark_over_two_pages(self) -> None:
        text = INDICATORS.format(whole="770", staff="33")

        assert verdicts(text, ClaimKind.SUM) == [ClaimVerdict.OK]

    def it_finds_a_total_below_its_parts(self) -> None:
        assert wrong_cells(INDICATORS.format(whole="707", staff="33")) == ["707"]

    def it_finds_a_row_below_one_of_its_own_rows(self) -> None:
        assert wrong_cells(INDICATORS.format(whole="770", staff="23")) == ["23"]

    def but_a_rate_without_its_counts_is_not_verifiable(self) -> None:
        text = "1.1\tTỷ lệ văn bản ký số\t%\t100\n1.2\tSố văn bản đi\tVăn bản\t"

        assert verdicts(text, ClaimKind.RATIO) == [ClaimVerdict.UNVERIFIABLE]


class DescribeColumnsWithTheirFormula:
    def it_checks_sums_and_rates(self) -> None:
        text = FORMULAS.format(total="3215", rate="99.88")

        assert verdicts(text) == [ClaimVerdict.OK, ClaimVerdict.OK]

    def it_finds_them_wrong(self) -> None:
        assert wrong_cells(FORMULAS.format(total="3251", rate="98.99")) == ["3251", "98.99"]

    def but_columns_that_slipped_are_not_called_wrong(self) -> None:
        text = FORMULAS.format(total="3215", rate="99.88").replace("\t4\t", "\t\t")

        assert set(verdicts(text)) == {ClaimVerdict.UNVERIFIABLE}


class DescribeTotalsOfRows:
    TEXT = """1\tHộ tịch\t723\t714\t9
2\tNgười có công\t{whole}\t1\t28
3\tChứng thực\t40\t30\t10
4\tĐất đai\t12\t7\t5"""

    def it_finds_the_one_row_that_breaks_what_the_others_keep(self) -> None:
        assert wrong_cells(self.TEXT.format(whole=92)) == ["92"]

    def but_rows_that_keep_to_it_are_not_wrong(self) -> None:
        assert wrong_cells(self.TEXT.format(whole=29)) == []
