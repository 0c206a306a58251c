"""Figures against an earlier period of the same kind: up, down, by how much, and when not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from cchc_xl.core.compared_facts import counted_noun
from cchc_xl.core.comparison import (
    Comparison,
    PeriodFigures,
    Standing,
    compare,
    figures_of_roll_up,
    figures_of_table,
)
from cchc_xl.core.facts import UnitFacts, unit_facts
from cchc_xl.core.period import Period, parse_period_id
from cchc_xl.core.roll_up import roll_up
from tests.support.parent_units import FORM, Shown, table, unit_tables

Values = Mapping[str, Shown]


def period(text: str) -> Period:
    found = parse_period_id(text)
    assert found is not None
    return found


def compared(
    now: Values, before: Values, at: str = "2022-Q1", previously: str = "2021-Q1"
) -> Comparison:
    return compare(
        FORM,
        PeriodFigures("Xã A", period(at), figures_of_table(table(now))),
        PeriodFigures("Xã A", period(previously), figures_of_table(table(before))),
    )


def difference(code: str, now: Shown, before: Shown) -> Decimal | None:
    row = compared({code: now}, {code: before}).get(code)
    return row.difference if row else None


class DescribeADifference:
    @pytest.mark.parametrize(
        ("now", "before", "wanted"),
        [(769, 757, 12), (700, 757, -57), (5, 5, 0), (5, "KPS", 5), ("KPS", 5, -5)],
    )
    def it_is_what_the_figure_rose_by(self, now: Shown, before: Shown, wanted: int) -> None:
        assert difference("3.3.1", now, before) == wanted

    @pytest.mark.parametrize(
        ("now", "before"), [(None, 5), (5, None), ("KAD", 5), (5, "KAD"), ("?", 5), (5, "?")]
    )
    def but_a_figure_that_is_not_there_is_compared_with_nothing(
        self, now: Shown, before: Shown
    ) -> None:
        assert difference("3.3.1", now, before) is None

    def it_has_a_share_of_what_the_figure_was(self) -> None:
        row = compared({"3.3.1": 769}, {"3.3.1": 757}).rows["3.3.1"]

        assert row.percent == Decimal("1.59")

    def but_no_share_of_nothing(self) -> None:
        assert compared({"3.3.1": 769}, {"3.3.1": 0}).rows["3.3.1"].percent is None

    def it_is_points_between_percents(self) -> None:
        row = compared({"7.2.2.a": 90.5}, {"7.2.2.a": 100}).rows["7.2.2.a"]

        assert (row.difference, row.percent) == (Decimal("-9.5"), None)

    def it_is_points_between_the_printed_ratios(self) -> None:
        now, before = {"1.2.2": 3, "1.2.3": 2}, {"1.2.2": 3, "1.2.3": 1}

        # 66,67 and 33,33 are printed.
        assert compared(now, before).rows["T02"].difference == Decimal("33.34")

    @pytest.mark.parametrize("code", ["1.5", "1.4.2"])
    def but_an_answer_is_no_figure(self, code: str) -> None:
        assert compared({code: 1}, {code: 0}).rows == {}


class DescribeTheSeries:
    @pytest.mark.parametrize(
        ("at", "previously"),
        [
            ("2022-Q1", "2021-Q1"),
            ("2022-Q2", "2022-Q1"),
            ("2022-Q1", "2021-Q4"),
            ("2022-6T", "2021-6T"),
            ("2022-9T", "2020-9T"),
            ("2023-N", "2022-N"),
        ],
    )
    def it_is_of_one_kind_of_period(self, at: str, previously: str) -> None:
        found = compared({"3.3.1": 2}, {"3.3.1": 1}, at, previously)

        assert list(found.rows) == ["3.3.1"]

    @pytest.mark.parametrize(
        ("at", "previously"),
        [
            ("2022-Q3", "2022-9T"),
            ("2022-9T", "2022-Q3"),
            ("2022-6T", "2022-Q1"),
            ("2022-N", "2022-Q4"),
            ("2022-Q3", "2022-Q1"),
            ("2022-Q1", "2022-Q1"),
            ("2021-Q1", "2022-Q1"),
        ],
    )
    def but_two_kinds_are_not_compared_and_it_says_so(self, at: str, previously: str) -> None:
        found = compared({"3.3.1": 2}, {"3.3.1": 1}, at, previously)

        assert found.rows == {}
        assert period(previously).name in found.reason

    def it_does_not_hold_what_grows_within_the_year_against_the_quarter_before(self) -> None:
        now, before = {"1.1.1": 28, "1.1.2": 14, "3.3.1": 2}, {"1.1.1": 28, "1.1.2": 7, "3.3.1": 1}

        assert list(compared(now, before, "2022-Q2", "2022-Q1").rows) == ["3.3.1"]

    def but_it_holds_it_against_the_same_quarter_of_the_year_before(self) -> None:
        now, before = {"1.1.1": 28, "1.1.2": 14}, {"1.1.1": 28, "1.1.2": 7}

        assert list(compared(now, before).rows) == ["1.1.1", "1.1.2", "T01"]

    def it_is_of_one_unit(self) -> None:
        figures = {"3.3.1": Standing(Decimal(1))}

        found = compare(
            FORM,
            PeriodFigures("Huyện A", period("2022-Q1"), figures),
            PeriodFigures("Huyện B", period("2021-Q1"), figures),
        )

        assert found.rows == {}
        assert "Huyện B" in found.reason


class DescribeTheFiguresOfAParentUnit:
    def it_says_on_how_many_units_each_stands(self) -> None:
        tables = unit_tables(("Xã A", {"3.3.1": 4}), ("Xã B", {"3.3.1": 5}), ("Xã C", None))

        figure = figures_of_roll_up(roll_up(FORM, tables))["3.3.1"]

        assert figure == Standing(Decimal(9), 2, 3)
        assert not figure.is_whole

    def it_leaves_out_a_distribution(self) -> None:
        tables = unit_tables(("Xã A", {"1.4.2": 1}))

        assert "1.4.2" not in figures_of_roll_up(roll_up(FORM, tables))


def facts(now: Values, before: Values) -> UnitFacts:
    return unit_facts(table(now), "Xã A", period("2022-Q1"), compared(now, before))


class DescribeWhatAReportSays:
    @pytest.mark.parametrize(
        ("code", "now", "before", "said"),
        [
            (
                "3.3.1", 769, 757,
                " (tăng 12 hồ sơ, tương đương 1,59% so với quý I năm 2021)",
            ),
            ("1.1.3", 3, 4, " (giảm 1 văn bản, tương đương 25% so với quý I năm 2021)"),
            ("3.3.1", 12, 0, " (tăng 12 hồ sơ so với quý I năm 2021)"),
            ("3.3.1", 5, 5, " (không đổi so với quý I năm 2021)"),
            ("7.2.2.a", 99.5, 98, " (tăng 1,5 điểm phần trăm so với quý I năm 2021)"),
            ("3.3.1", None, 5, ""),
            ("3.3.1", 5, None, ""),
            ("3.3.1", "KAD", 5, ""),
        ],
    )  # fmt: skip
    def it_says_which_way_and_by_how_much(
        self, code: str, now: Shown, before: Shown, said: str
    ) -> None:
        assert facts({code: now}, {code: before}).compared(code) == said

    @pytest.mark.parametrize(
        ("fact", "amount"),
        [("PREV.3.3.1", 757), ("DIFF.3.3.1", 12), ("UP.3.3.1", 12), ("DOWN.3.3.1", 0)],
    )
    def it_knows_the_change_by_name(self, fact: str, amount: int) -> None:
        known = facts({"3.3.1": 769}, {"3.3.1": 757})

        assert known.is_known(fact)
        assert known.value(fact).number == amount

    @pytest.mark.parametrize("fact", ["PREV.3.3.1", "DIFF.T05", "UP.3.3.1", "DOWN.3.3.1"])
    def but_without_an_earlier_period_it_is_blank(self, fact: str) -> None:
        known = unit_facts(table({"3.3.1": 769}), "Xã A", period("2022-Q1"))

        assert known.is_known(fact)
        assert known.value(fact).is_blank
        assert known.compared("3.3.1") == ""

    def it_does_not_know_the_change_of_what_there_is_not(self) -> None:
        assert not facts({}, {}).is_known("DIFF.9.9")

    @pytest.mark.parametrize(
        ("unit", "noun"),
        [
            ("Số lượng hồ sơ", "hồ sơ"),
            ("Văn bản", "văn bản"),
            ("Số lượng", ""),
            ("Số hồ sơ đã giải quyết", "hồ sơ đã giải quyết"),
        ],
    )
    def it_counts_in_the_words_of_the_form(self, unit: str, noun: str) -> None:
        assert counted_noun(unit) == noun
