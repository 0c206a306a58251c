"""Ratios from two counts of one unit; recomputed, never averaged."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from cchc_xl.core.expressions import cells_of
from cchc_xl.core.numerals import vietnamese_percent
from cchc_xl.core.ratios import RatioValue, ratios
from tests.support.tables import BUT_SON, BUT_SON_ANNEX, Given, phu_luc_01b, table

FORM = phu_luc_01b()
IDS = [definition.id for definition in FORM.ratios]

# For each ratio the figures of a unit, the two parts and the percent as it is printed.
EXAMPLES: Mapping[str, tuple[Mapping[str, Given], int, int, str]] = {
    "T01": ({"1.1.2": 7, "1.1.1": 28}, 7, 28, "25%"),
    "T02": ({"1.2.3": 2, "1.2.2": 3}, 2, 3, "66,67%"),
    "T03": ({"1.3.2": 5, "1.3.1": 7}, 5, 7, "71,43%"),
    "T04": ({"2.5": 1, "2.4": 8}, 1, 8, "12,5%"),
    "T05": (
        {"3.3.1.a": 590, "3.3.1.b": 0, "3.3.1.c": 91, "3.3.1.d": 85, "S.KY_TRUOC": 4},
        176,
        766,
        "22,98%",
    ),
    "T06": ({"S.TRUOC_HAN": 751, "S.DA_GQ": 770}, 751, 770, "97,53%"),
    "T07": ({"S.TRUOC_HAN": 751, "S.DUNG_HAN": 19, "S.DA_GQ": 770}, 770, 770, "100%"),
    "T08": ({"S.QH_GQ": 1, "S.DA_GQ": 3297}, 1, 3297, "0,03%"),
    "T09": ({"3.4.1": 700, "S.DA_GQ": 770}, 700, 770, "90,91%"),
    "T10": ({"3.4.2": 770, "S.DA_GQ": 770}, 770, 770, "100%"),
    "T11": ({"3.5": 1, "S.QH_GQ": 4}, 1, 4, "25%"),
    "T12": ({"4.1.2": 33, "4.1.1": 35}, 33, 35, "94,29%"),
    "T13": ({"7.4.1": 8, "7.4.2": 31, "3.1.3": 193}, 39, 193, "20,21%"),
    "T14": ({"3.2.1": 111, "3.1.3": 193}, 111, 193, "57,51%"),
}
# T05 has a proof for its blanks; the other ratios have none.
WITHOUT_PROOF = [ratio_id for ratio_id in IDS if ratio_id != "T05"]


def ratio_of(ratio_id: str, given: Mapping[str, Given]) -> RatioValue:
    return ratios(table(FORM, given))[ratio_id]


def example(ratio_id: str) -> dict[str, Given]:
    return dict(EXAMPLES[ratio_id][0])


def denominator_cells(ratio_id: str) -> list[str]:
    definition = next(ratio for ratio in FORM.ratios if ratio.id == ratio_id)
    return [cell.code for cell in cells_of(definition.denominator)]


def every_part() -> list[tuple[str, str]]:
    return [(ratio.id, cell.code) for ratio in FORM.ratios for cell in ratio.cells]


class DescribeTheRatiosOfPhuLuc01b:
    def it_has_an_example_of_each(self) -> None:
        assert list(EXAMPLES) == IDS

    @pytest.mark.parametrize("ratio_id", IDS)
    def it_takes_both_parts_from_the_counts(self, ratio_id: str) -> None:
        _, numerator, denominator, _ = EXAMPLES[ratio_id]

        found = ratio_of(ratio_id, example(ratio_id))

        assert found == RatioValue(Decimal(numerator), Decimal(denominator))

    @pytest.mark.parametrize("ratio_id", IDS)
    def it_prints_as_an_office_does(self, ratio_id: str) -> None:
        percent = ratio_of(ratio_id, example(ratio_id)).percent

        assert percent is not None
        assert vietnamese_percent(percent) == EXAMPLES[ratio_id][3]

    @pytest.mark.parametrize(("ratio_id", "code"), every_part())
    def it_is_undefined_where_a_part_is_blank(self, ratio_id: str, code: str) -> None:
        found = ratio_of(ratio_id, {**example(ratio_id), code: None})

        assert found.percent is None

    @pytest.mark.parametrize(("ratio_id", "code"), every_part())
    def it_is_undefined_where_a_part_is_not_applicable(self, ratio_id: str, code: str) -> None:
        found = ratio_of(ratio_id, {**example(ratio_id), code: "KAD"})

        assert found.percent is None

    @pytest.mark.parametrize(("ratio_id", "code"), every_part())
    def it_is_undefined_where_a_part_fails_its_kind(self, ratio_id: str, code: str) -> None:
        found = ratio_of(ratio_id, {**example(ratio_id), code: "nt"})

        assert found.percent is None

    @pytest.mark.parametrize("ratio_id", IDS)
    def it_is_undefined_over_zero(self, ratio_id: str) -> None:
        nothing = dict.fromkeys(denominator_cells(ratio_id), 0)

        found = ratio_of(ratio_id, {**example(ratio_id), **nothing})

        assert found.percent is None

    @pytest.mark.parametrize("ratio_id", IDS)
    def it_is_undefined_over_what_did_not_arise(self, ratio_id: str) -> None:
        nothing = dict.fromkeys(denominator_cells(ratio_id), "KPS")

        found = ratio_of(ratio_id, {**example(ratio_id), **nothing})

        assert found.percent is None

    def it_counts_kps_as_zero(self) -> None:
        found = ratio_of("T01", {"1.1.2": "KPS", "1.1.1": 28})

        assert found.percent == 0

    def it_is_not_rounded(self) -> None:
        found = ratio_of("T02", example("T02")).percent

        assert found == 100 * Decimal(2) / Decimal(3)

    def it_may_exceed_a_hundred(self) -> None:
        found = ratio_of("T12", {"4.1.2": 36, "4.1.1": 30})

        assert found.percent == 120

    def it_leaves_the_dossiers_of_the_last_period_out_of_the_online_rate(self) -> None:
        with_many = ratio_of("T05", {**example("T05"), "3.3.1": 1766, "S.KY_TRUOC": 1000})

        assert with_many == RatioValue(Decimal(176), Decimal(766))


class DescribeABlankThatTheUnitsOwnTotalProvesToBeZero:
    def it_counts_as_zero_in_but_son(self) -> None:
        found = ratio_of("T05", BUT_SON)

        assert found == RatioValue(Decimal(176), Decimal(766))

    def it_counts_as_zero_where_the_total_leaves_the_last_period_out(self) -> None:
        found = ratio_of("T05", {**BUT_SON, "3.3.1": 766})

        assert found == RatioValue(Decimal(176), Decimal(766))

    def but_not_where_the_total_leaves_room_for_it(self) -> None:
        found = ratio_of("T05", BUT_SON_ANNEX)

        assert found.percent is None

    def but_not_where_the_total_contradicts(self) -> None:
        found = ratio_of("T05", {**BUT_SON, "3.3.1": 700})

        assert found.percent is None

    def but_not_where_there_is_no_total(self) -> None:
        found = ratio_of("T05", {**BUT_SON, "3.3.1": None})

        assert found.percent is None

    def but_not_where_the_total_is_not_applicable(self) -> None:
        found = ratio_of("T05", {**BUT_SON, "3.3.1": "KAD"})

        assert found.percent is None

    def but_nothing_is_proved_where_all_parts_are_blank(self) -> None:
        found = ratio_of("T05", {"3.3.1": 0})

        assert found.percent is None

    @pytest.mark.parametrize("ratio_id", WITHOUT_PROOF)
    def and_no_other_ratio_takes_a_blank_for_zero(self, ratio_id: str) -> None:
        blank = dict.fromkeys(EXAMPLES[ratio_id][0])

        found = ratio_of(ratio_id, {**BUT_SON, **blank})

        assert found.percent is None


class DescribeTheRatiosOfButSon:
    @pytest.mark.parametrize(
        ("ratio_id", "printed"),
        [("T05", "22,98%"), ("T06", "97,53%"), ("T07", "100%"), ("T08", "0%"), ("T10", "100%"),
         ("T13", "20,21%"), ("T14", "57,51%")],
    )  # fmt: skip
    def it_has_those_of_its_own_figures(self, ratio_id: str, printed: str) -> None:
        percent = ratio_of(ratio_id, BUT_SON).percent

        assert percent is not None
        assert vietnamese_percent(percent) == printed

    @pytest.mark.parametrize("ratio_id", ["T01", "T02", "T03", "T04", "T09", "T11", "T12"])
    def but_it_has_none_where_a_figure_is_missing(self, ratio_id: str) -> None:
        assert ratio_of(ratio_id, BUT_SON).percent is None
