"""Counts of documents and of points against the lists that follow them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cchc_xl.core.claims import ClaimKind, ClaimVerdict
from tests.support.proofread_texts import claims_of, verdicts

LISTED = """1. Văn bản
- Văn bản năm 2023 ({count} văn bản):
- Kế hoạch số 24/KH-UBND ngày 31/01/2023 về CCHC;
- Kế hoạch số 30/KH-UBND ngày 09/02/2023 về kiểm tra
theo Nghị quyết 76/NQ-CP;
- Quyết định số 24/QĐ-UBND ngày 31/01/2023 về quy chế;
- Kế hoạch số {fourth} ngày 09/02/2023 về tuyên truyền.
2. Đánh giá
{after}"""


def listed(count: str = "04", fourth: str = "31/KH-UBND", after: str = "") -> str:
    return LISTED.format(count=count, fourth=fourth, after=after)


class DescribeAListBelowItsCount:
    def it_counts_the_documents(self) -> None:
        assert verdicts(listed(), ClaimKind.COUNT) == [ClaimVerdict.OK]

    def it_finds_a_count_that_is_off(self) -> None:
        (claim,) = claims_of(listed(count="05"), ClaimKind.COUNT)

        assert (claim.verdict, claim.text, claim.actual) == (
            ClaimVerdict.WRONG,
            "05 văn bản",
            Decimal(4),
        )

    def it_counts_a_document_that_is_listed_twice_once(self) -> None:
        (claim,) = claims_of(listed(fourth="30/KH-UBND"), ClaimKind.COUNT)

        assert (claim.verdict, claim.actual) == (ClaimVerdict.WRONG, Decimal(3))

    def it_shows_a_document_of_the_unit_that_the_list_leaves_out(self) -> None:
        text = listed(after="UBND xã ban hành Kế hoạch số 80/KH-UBND ngày 08/3/2023.")

        assert verdicts(text, ClaimKind.COUNT) == [ClaimVerdict.OK, ClaimVerdict.UNVERIFIABLE]

    @pytest.mark.parametrize(
        "after",
        [
            "Thực hiện Kế hoạch số 80/KH-UBND ngày 08/3/2023 của UBND huyện.",
            "Kế hoạch số 80/KH-UBND ngày 08/3/2022 đã hết hiệu lực.",
            "Kế hoạch số 30/KH-UBND ngày 09/02/2023 được thực hiện tốt.",
        ],
    )
    def but_not_one_of_another_body_another_year_or_the_list(self, after: str) -> None:
        assert verdicts(listed(after=after), ClaimKind.COUNT) == [ClaimVerdict.OK]


class DescribeAListInTheSentence:
    TEXT = (
        "Đã ban hành {count} văn bản (Kế hoạch số 05/KH-UBND ngày 10/01/2024 thực hiện Nghị quyết "
        "số 76/NQ-CP; Quyết định số 08/QĐ-UBND ngày 12/01/2024; Công văn số 9/UBND ngày "
        "15/01/2024)."
    )

    def it_counts_one_document_for_each_item(self) -> None:
        assert verdicts(self.TEXT.format(count="03"), ClaimKind.COUNT) == [ClaimVerdict.OK]

    def it_finds_a_count_that_is_off(self) -> None:
        assert verdicts(self.TEXT.format(count="04"), ClaimKind.COUNT) == [ClaimVerdict.WRONG]

    def but_examples_are_no_list(self) -> None:
        text = "Đã ban hành 15 văn bản như: Kế hoạch số 5/KH-UBND; Kế hoạch số 8/KH-UBND."

        assert verdicts(text, ClaimKind.COUNT) == []


class DescribeAListOfPoints:
    TEXT = "Có {count} nhiệm vụ sau:\n- Rà soát.\n- Niêm yết.\n- Tuyên truyền.\nII. KẾT QUẢ"

    @pytest.mark.parametrize(
        ("count", "expected"),
        [("03", [ClaimVerdict.OK]), ("04", [ClaimVerdict.WRONG]), ("02", [])],
    )
    def it_finds_points_that_are_missing_only(
        self, count: str, expected: list[ClaimVerdict]
    ) -> None:
        assert verdicts(self.TEXT.format(count=count), ClaimKind.COUNT) == expected
