"""What worksheet functions are given, and how blocks stand beside each other."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cchc_xl.core.cells import RawCell
from cchc_xl.core.sheet_values import Block, paired, raw_cell, single, text_of


class DescribeACellOfARange:
    @pytest.mark.parametrize(
        ("value", "cell"),
        [
            (None, RawCell()), ("abc", RawCell("abc")), (7.0, RawCell(7.0)), (True, RawCell(True)),
            (Decimal("12.5000"), RawCell(12.5)), ("#REF!", RawCell(error="#REF!")),
            (-2146826246, RawCell(error="#N/A")), (-2146826243, RawCell(error="#SPILL!")),
            (-2146826200, RawCell(error="#UNKNOWN!")), (-2146829000, RawCell(-2146829000)),
            (dt.datetime(2022, 7, 28), RawCell(dt.datetime(2022, 7, 28))),
        ],
    )  # fmt: skip
    def it_is_what_a_file_would_say(self, value: object, cell: RawCell) -> None:
        assert raw_cell(value) == cell

    def but_nothing_that_no_cell_holds(self) -> None:
        with pytest.raises(ValueError, match="list"):
            raw_cell([1])


class DescribeATextInACell:
    @pytest.mark.parametrize(
        ("value", "text"),
        [("1.1.1", "1.1.1"), (" I.1 ", "I.1"), (7.1, "7.1"), (5.0, "5"), (100, "100"), (None, "")],
    )
    def it_may_have_been_made_a_number(self, value: object, text: str) -> None:
        assert text_of(value) == text

    @pytest.mark.parametrize("value", [True, "#N/A", -2146826246, dt.datetime(2022, 1, 1)])
    def but_nothing_else(self, value: object) -> None:
        with pytest.raises(ValueError, match="không phải là chữ"):
            text_of(value)


class DescribeTwoBlocks:
    @pytest.mark.parametrize(
        ("first", "second", "pairs"),
        [
            ([[1, 2]], [[3, 4]], [[(1, 3), (2, 4)]]),
            ([[1], [2]], [[3]], [[(1, 3)], [(2, 3)]]),
            ([[1]], [[3, 4]], [[(1, 3), (1, 4)]]),
            ([[1]], [[3]], [[(1, 3)]]),
        ],
    )
    def it_pairs_place_by_place(
        self, first: Block, second: Block, pairs: list[list[tuple[object, object]]]
    ) -> None:
        assert paired(first, second) == pairs

    @pytest.mark.parametrize(
        ("first", "second"), [([[1, 2]], [[1], [2]]), ([[1, 2]], [[1, 2], [3, 4]])]
    )
    def but_only_in_one_shape(self, first: Block, second: Block) -> None:
        with pytest.raises(ValueError, match="cùng số dòng"):
            paired(first, second)


class DescribeASingleCell:
    @pytest.mark.parametrize(("block", "cell"), [((), None), ([[None]], None), ([[7]], 7)])
    def it_may_be_left_out(self, block: Block, cell: object) -> None:
        assert single(block) == cell

    def but_it_is_no_range(self) -> None:
        with pytest.raises(ValueError, match="một ô"):
            single([[1, 2]])
