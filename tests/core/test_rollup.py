"""The figures of a parent unit: what is summed, shared, weighed, counted, and what never is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_xl.core.form import Aggregation
from cchc_xl.core.roll_up import RolledIndicator, UnitTable, mode, roll_up
from cchc_xl.core.units import ReportingUnit
from tests.support.parent_units import FORM, Shown, figures, table, unit_tables


def rolled(
    code: str, *shown: Shown, others: Mapping[str, Sequence[Shown]] | None = None
) -> RolledIndicator:
    """Roll up communes A, B, C… with these values of one code, and of others."""
    columns = {code: shown, **(others or {})}
    units = [
        (f"Xã {'ABCDEFG'[place]}", {name: column[place] for name, column in columns.items()})
        for place in range(len(shown))
    ]
    return roll_up(FORM, unit_tables(*units)).indicators[code]


def told(*parts: object) -> tuple[object, ...]:
    """Exact decimals beside plain integers, to be compared."""
    return parts


class DescribeASum:
    @pytest.mark.parametrize(
        ("shown", "total", "reporting", "expected"),
        [
            ((1, 2, 3), 6, 3, 3),
            ((1, None, 3), 4, 2, 3),
            ((1, "?", 3), 4, 2, 3),
            ((1, "KAD", 3), 4, 2, 2),
            ((1, "KPS", 3), 4, 3, 3),
            (("KPS", None), 0, 1, 2),
            ((0, None), 0, 1, 2),
            ((None, None), None, 0, 2),
            (("KAD", "KAD"), None, 0, 0),
            (("?", "KAD"), None, 0, 1),
        ],
    )
    def it_stands_on_the_units_that_gave_a_number(
        self, shown: tuple[Shown, ...], total: int | None, reporting: int, expected: int
    ) -> None:
        figure = rolled("1.1.3", *shown)

        assert told(figure.value, figure.reporting, figure.expected) == (total, reporting, expected)

    def it_expects_a_unit_that_sent_nothing(self) -> None:
        tables = unit_tables(("Xã A", {"1.1.3": 2}), ("Xã B", None))

        figure = roll_up(FORM, tables).indicators["1.1.3"]

        assert told(figure.value, figure.reporting, figure.expected) == (2, 1, 2)

    @settings(max_examples=25)
    @given(st.lists(figures(), min_size=2, max_size=6), st.data())
    def it_of_a_split_is_the_sum_of_the_parts(
        self, communes: list[dict[str, Shown]], data: st.DataObject
    ) -> None:
        tables = [
            UnitTable(ReportingUnit(f"Xã {place}"), table(values))
            for place, values in enumerate(communes)
        ]
        cut = data.draw(st.integers(0, len(tables)))

        whole = roll_up(FORM, tables).indicators
        parts = [roll_up(FORM, part).indicators for part in (tables[:cut], tables[cut:])]

        for row in FORM.indicators:
            if row.aggregation is Aggregation.SUM:
                given_parts = [part[row.code].value for part in parts]
                known = [amount for amount in given_parts if amount is not None]
                assert whole[row.code].value == (sum(known) if known else None)
                assert whole[row.code].reporting == sum(p[row.code].reporting for p in parts)
                assert whole[row.code].expected == sum(p[row.code].expected for p in parts)

    @settings(max_examples=15)
    @given(st.lists(figures(), min_size=1, max_size=4))
    def it_is_the_same_in_any_order_of_the_units(self, communes: list[dict[str, Shown]]) -> None:
        tables = [
            UnitTable(ReportingUnit(f"Xã {place}"), table(values))
            for place, values in enumerate(communes)
        ]

        one, other = (roll_up(FORM, order).indicators for order in (tables, tables[::-1]))

        for row in FORM.indicators:
            if row.aggregation is not Aggregation.MUST_AGREE:
                assert one[row.code].value == other[row.code].value


class DescribeASharedValue:
    @pytest.mark.parametrize(
        ("shown", "shared"),
        [
            ((193, 193, 189), 193),
            ((189, 193, 193), 193),
            ((189, 193), 189),
            ((193, 189, 189, 193), 193),
            ((None, 189, 193), 189),
            (("KPS", 0, 193), 0),
            ((None, "KAD"), None),
            (("?", 189), 189),
        ],
    )
    def it_is_the_most_frequent_one_and_the_first_met_on_a_tie(
        self, shown: tuple[Shown, ...], shared: int | None
    ) -> None:
        assert rolled("3.1.3", *shown).value == shared

    def it_names_who_differs(self) -> None:
        figure = rolled("3.1.3", 193, 189, 193, None, "KAD", 200)

        assert figure.detail["differ"] == {"Xã B": 189, "Xã F": 200}

    def it_has_no_mode_of_nothing(self) -> None:
        assert mode([]) is None


class DescribeAWeightedMean:
    def it_weighs_by_the_list_of_procedures(self) -> None:
        figure = rolled("3.2.4", 100, 50, others={"3.1.3": (100, 300)})

        assert figure.value == Decimal("62.5")

    def it_weighs_digitised_procedures_by_the_approved_ones(self) -> None:
        figure = rolled("3.2.5", 100, 0, others={"3.1.3": (100, 100), "3.2.4": (100, 50)})

        assert figure.value == Decimal(100 * 100) / Decimal(150)

    def it_takes_the_whole_list_where_the_approved_share_is_blank(self) -> None:
        figure = rolled("3.2.5", 100, 0, others={"3.1.3": (100, 100), "3.2.4": (None, 50)})

        assert figure.value == Decimal(100 * 100) / Decimal(150)

    @pytest.mark.parametrize("approved", ["KAD", "?"])
    def but_not_where_it_does_not_apply_or_cannot_be_read(self, approved: str) -> None:
        figure = rolled("3.2.5", 100, 40, others={"3.1.3": (100, 100), "3.2.4": (approved, 50)})

        assert told(figure.value, figure.stands_on, figure.reporting) == (40, 1, 2)

    @pytest.mark.parametrize("base", [None, "KAD", "?"])
    def it_stands_on_the_units_with_both_parts(self, base: Shown) -> None:
        figure = rolled("7.2.2.a", 100, 50, others={"7.2.2": (base, 10)})

        assert told(figure.value, figure.stands_on, figure.reporting) == (50, 1, 2)

    @pytest.mark.parametrize("base", [0, "KPS", None])
    def it_is_undefined_where_no_unit_has_a_weight(self, base: Shown) -> None:
        assert rolled("7.2.2.a", 100, others={"7.2.2": (base,)}).value is None


class DescribeWhatIsCounted:
    def it_is_the_number_of_ones(self) -> None:
        figure = rolled("5.2", 1, 0, 1, None, "KAD")

        assert told(figure.value, figure.reporting, figure.expected) == (2, 3, 4)

    def it_names_who_said_no(self) -> None:
        assert rolled("5.2", 1, 0, None).detail["no_units"] == ["Xã B"]

    def it_has_a_share_among_those_that_answered(self) -> None:
        share = rolled("5.2", 1, 0, 1, None).detail["share"]

        assert share == Decimal(200) / 3

    def it_is_null_where_nobody_answered(self) -> None:
        figure = rolled("5.2", None, "KAD")

        assert told(figure.value, figure.detail["share"]) == (None, None)

    def it_counts_the_units_of_each_code_and_never_a_blank(self) -> None:
        figure = rolled("1.4.2", 0, 2, 2, None, "KAD", "?")

        assert told(figure.value, figure.detail["counts"]) == (None, {"0": 1, "1": 0, "2": 2})

    @pytest.mark.parametrize("code", ["4.1", "4.1.4", "5.3", "1.1", "7.2"])
    def it_never_makes_a_figure_of_what_cannot_be_added(self, code: str) -> None:
        assert rolled(code, 3, 4).value is None


class DescribeARatioOfTheParent:
    def ratio(self, ratio_id: str, *units: dict[str, Shown]) -> tuple[object, ...]:
        named = [(f"Xã {place}", values) for place, values in enumerate(units)]
        found = roll_up(FORM, unit_tables(*named)).ratios[ratio_id]
        value = found.value
        return (value.numerator, value.denominator, value.percent, found.stands_on)

    def it_is_recomputed_from_the_sums(self) -> None:
        ratio = self.ratio("T01", {"1.1.2": 10, "1.1.1": 10}, {"1.1.2": 1, "1.1.1": 90})

        assert ratio == (11, 100, 11, 2)

    @pytest.mark.parametrize("missing", [None, "KAD", "?"])
    def it_takes_both_parts_of_the_same_units(self, missing: Shown) -> None:
        ratio = self.ratio("T01", {"1.1.2": missing, "1.1.1": 10}, {"1.1.2": 1, "1.1.1": 90})

        assert ratio == (1, 90, Decimal(100) / 90, 1)

    def it_is_null_over_nothing(self) -> None:
        assert self.ratio("T01", {"1.1.2": 0, "1.1.1": 0}) == (0, 0, None, 1)

    def it_is_undefined_where_no_unit_is_whole(self) -> None:
        assert self.ratio("T01", {"1.1.1": 4}, {}) == (None, None, None, 0)

    @pytest.mark.parametrize(
        ("total", "carried", "stands_on"),
        [(770, 4, 1), (766, 4, 1), (766, None, 1), (771, 4, 0), (None, 4, 0), (766, "KAD", 0)],
    )
    def it_takes_a_blank_for_zero_only_where_the_total_proves_it(
        self, total: Shown, carried: Shown, stands_on: int
    ) -> None:
        parts: dict[str, Shown] = {"3.3.1.a": 590, "3.3.1.c": 91, "3.3.1.d": 85}

        ratio = self.ratio("T05", {"3.3.1": total, "S.KY_TRUOC": carried, **parts})

        proved = (176, 766, Decimal(17600) / 766, 1)
        assert ratio == (proved if stands_on else (None, None, None, 0))

    def it_rests_on_the_shared_values_where_all_units_share_them(self) -> None:
        values: dict[str, Shown] = {"7.4.1": 8, "7.4.2": 31, "3.1.3": 193}

        numerator, denominator, *_ = self.ratio("T13", values, values, {**values, "3.1.3": 9})

        assert told(numerator, denominator) == (39, 193)

    def it_rests_on_shared_values_of_different_units_too(self) -> None:
        numerator, denominator, *_ = self.ratio("T14", {"3.2.1": 111}, {"3.1.3": 193})

        assert told(numerator, denominator) == (111, 193)
