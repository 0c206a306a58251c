"""Who became whom, and whose figures add up."""

from __future__ import annotations

from datetime import date

import pytest

from cchc_xl.core.period import PeriodKind, standard_period
from cchc_xl.core.successors import heir, merged_within, sum_of, summed
from cchc_xl.core.units import ReportingUnit
from tests.support.parent_units import FORM, Shown, table, value_of

REFORM, BEFORE, AFTER = date(2025, 7, 1), date(2025, 6, 30), date(2025, 12, 14)


def old(name: str, code: str, successor: str | None) -> ReportingUnit:
    return ReportingUnit(name, code, valid_to=BEFORE, successor=successor)


A, B = old("Xã A", "01", "11"), old("Xã B", "02", "Xã C")
C = ReportingUnit("Xã C", "11", valid_from=REFORM)
D = ReportingUnit("Xã D", "04")
LOST = old("Xã E", "05", None)
UNITS = (A, B, C, D, LOST)


class DescribeTheHeir:
    @pytest.mark.parametrize(("unit", "after"), [(A, C), (B, C), (C, C), (D, D), (LOST, None)])
    def it_is_the_unit_that_another_one_became(
        self, unit: ReportingUnit, after: ReportingUnit | None
    ) -> None:
        assert heir(unit, UNITS, AFTER) == after

    def it_is_the_unit_itself_while_it_exists(self) -> None:
        assert heir(A, UNITS, BEFORE) == A

    def it_is_found_through_two_reforms(self) -> None:
        middle = ReportingUnit("Xã M", "21", "", REFORM, date(2025, 9, 30), "31")
        last = ReportingUnit("Xã Z", "31", valid_from=date(2025, 10, 1))

        assert heir(old("Xã Y", "20", "21"), (middle, last), AFTER) == last

    def but_a_circle_has_none(self) -> None:
        one, other = old("Xã Y", "20", "21"), old("Xã Z", "21", "20")

        assert heir(one, (one, other), AFTER) is None

    def it_may_bear_the_same_code(self) -> None:
        former = old("Xã Y", "20", "20")
        now = ReportingUnit("Xã Z", "20", valid_from=REFORM)

        assert heir(former, (former, now), AFTER) == now


class DescribeThoseThatMergedWithinAPeriod:
    @pytest.mark.parametrize(
        ("kind", "merged"),
        [(PeriodKind.Q2, []), (PeriodKind.Q3, ["Xã A", "Xã B"]), (PeriodKind.Q4, []),
         (PeriodKind.YEAR, ["Xã A", "Xã B"])],
    )  # fmt: skip
    def it_names_them(self, kind: PeriodKind, merged: list[str]) -> None:
        period = standard_period(2025, kind)
        listed = [unit for unit in UNITS if unit.is_valid_on(period.last_day)]

        found = merged_within(UNITS, listed, period)

        assert [pair.unit.name for pair in found] == merged
        assert all(pair.into == C for pair in found)

    def it_tells_apart_who_bears_the_name_now(self) -> None:
        former = old("Xã C", "09", "11")

        (pair,) = merged_within((former, C), (C,), standard_period(2025, PeriodKind.Q3))

        assert pair.unit.name == "Xã C (đến 30/6/2025)"


class DescribeASum:
    @pytest.mark.parametrize(
        ("code", "values", "total"),
        [
            ("3.3.1", (4, 5), 5 + 4),
            ("3.3.1", (4, "KPS"), 4),
            ("3.3.1", ("KPS", "KPS"), "KPS"),
            ("3.3.1", (4, "KAD"), 4),
            ("3.3.1", ("KAD", "KAD"), "KAD"),
            ("3.3.1", (4, None), None),
            ("3.3.1", (4, "?"), None),
            ("3.1.3", (193, 193), "KAD"),
            ("7.2.2.a", (90, 100), "KAD"),
            ("1.5", (1, 1), "KAD"),
        ],
    )
    def it_is_only_of_what_can_be_summed_and_is_all_there(
        self, code: str, values: tuple[Shown, ...], total: Shown
    ) -> None:
        found = sum_of(FORM.by_code[code], [value_of(value) for value in values])

        assert found == value_of(total)

    def it_is_taken_of_every_figure(self) -> None:
        found = summed([table({"3.3.1": 4, "2.1": 1}), table({"3.3.1": 5})])

        assert found.value("3.3.1") == value_of(9)
        assert found.value("2.1").is_blank
