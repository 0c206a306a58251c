"""RA1 and RA2: what several units say together."""

from __future__ import annotations

import pytest

from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.roll_up import UnitTable
from cchc_xl.core.roll_up_checks import check_units
from cchc_xl.core.units import ReportingUnit
from tests.support.parent_units import FORM, QUARTER, Shown, table, unit_tables

PARTS: dict[str, Shown] = {"3.3.1.a": 60, "3.3.1.b": 0, "3.3.1.c": 25, "3.3.1.d": 15}
WITH: dict[str, Shown] = {**PARTS, "S.KY_TRUOC": 4, "3.3.1": 104}
WITHOUT: dict[str, Shown] = {**PARTS, "S.KY_TRUOC": 4, "3.3.1": 100}


def findings(*units: tuple[str, dict[str, Shown] | None]) -> tuple[Finding, ...]:
    return check_units(FORM, unit_tables(*units), QUARTER)


def lists(*shown: Shown) -> tuple[Finding, ...]:
    """Check communes A, B, C… with these numbers of procedures."""
    return findings(*((f"Xã {'ABCDEF'[n]}", {"3.1.3": own}) for n, own in enumerate(shown)))


class DescribeSharedValues:
    def it_finds_each_unit_that_differs(self) -> None:
        found = lists(193, 189, 193, 200)

        assert [(f.rule, f.unit, f.found, f.expected) for f in found] == [
            ("RA1", "Xã B", 189, 193),
            ("RA1", "Xã D", 200, 193),
        ]

    def it_is_a_warning(self) -> None:
        assert {finding.severity for finding in lists(193, 189)} == {Severity.WARNING}

    def it_takes_the_first_unit_for_right_on_a_tie(self) -> None:
        assert [finding.unit for finding in lists(189, 193)] == ["Xã B"]

    @pytest.mark.parametrize("other", [None, "KAD", "?", 193])
    def it_says_nothing_of_a_unit_without_a_number(self, other: Shown) -> None:
        assert lists(193, other) == ()

    def it_compares_zero_and_nothing_arisen_as_equal(self) -> None:
        assert lists("KPS", 0) == ()

    def it_compares_units_of_one_type_only(self) -> None:
        found = findings(
            ("Xã A", {"3.1.3": 193}), ("Phường B", {"3.1.3": 220}), ("Phường C", {"3.1.3": 221}),
        )  # fmt: skip

        assert [(finding.unit, finding.expected) for finding in found] == [("Phường C", 220)]

    def it_takes_the_type_of_the_list_before_that_of_the_name(self) -> None:
        tables = [
            UnitTable(ReportingUnit("A", type="Xã"), table({"3.1.3": 193})),
            UnitTable(ReportingUnit("B", type="Phường"), table({"3.1.3": 220})),
        ]

        assert check_units(FORM, tables, QUARTER) == ()

    def it_takes_a_type_for_the_same_however_it_is_typed(self) -> None:
        tables = [
            UnitTable(ReportingUnit("Xã A", type="xã"), table({"3.1.3": 193})),
            UnitTable(ReportingUnit("Xã B", type="Xã"), table({"3.1.3": 189})),
        ]

        assert [finding.unit for finding in check_units(FORM, tables, QUARTER)] == ["Xã B"]

    def it_looks_at_every_list_that_a_province_shares(self) -> None:
        codes = [
            "3.1.1",
            "3.1.2",
            "3.1.3",
            "3.2.1",
            "3.2.2",
            "3.2.3",
            "3.2.6",
            "3.4.3",
            "7.4.1",
            "7.4.2",
        ]

        found = findings(("Xã A", dict.fromkeys(codes, 5)), ("Xã B", dict.fromkeys(codes, 6)))

        assert [finding.indicator for finding in found] == codes

    def it_says_where_the_figure_stands(self) -> None:
        (finding,) = lists(193, 189)

        assert (finding.sheet, finding.cell) == ("Phụ lục 01b", "F8")


class DescribeTheConventionOfCarriedOverDossiers:
    def it_names_the_units_of_both(self) -> None:
        (finding,) = findings(("Xã A", WITH), ("Xã B", WITHOUT))

        assert (finding.rule, finding.severity) == ("RA2", Severity.WARNING)
        assert all(name in finding.message for name in ("Xã A", "Xã B"))

    @pytest.mark.parametrize("figures", [WITH, WITHOUT])
    def it_is_silent_where_all_follow_one(self, figures: dict[str, Shown]) -> None:
        assert findings(("Xã A", figures), ("Xã B", figures)) == ()

    @pytest.mark.parametrize(
        "other",
        [
            {**PARTS, "S.KY_TRUOC": 0, "3.3.1": 100},
            {**PARTS, "S.KY_TRUOC": 4, "3.3.1": 103},
            {**PARTS, "S.KY_TRUOC": "KAD", "3.3.1": 100},
            {"3.3.1": 100},
            None,
        ],
    )
    def it_leaves_out_a_unit_that_follows_both_or_none(
        self, other: dict[str, Shown] | None
    ) -> None:
        assert findings(("Xã A", WITH), ("Xã B", other)) == ()
