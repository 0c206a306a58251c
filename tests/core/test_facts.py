"""What a report may say, and how figures look in prose (domain.md 9.3)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cchc_xl.core.facts import period_words, two_digits, unit_facts
from cchc_xl.core.parent_facts import ParentFacts, parent_facts
from cchc_xl.core.period import PeriodKind, standard_period
from tests.support.parent_units import QUARTER, Shown, consolidation, table, unit_tables


class DescribeACountInProse:
    @pytest.mark.parametrize(
        ("amount", "shown"),
        [
            (0, "00"), (7, "07"), (9, "09"), (10, "10"), (770, "770"), (999, "999"),
            (1000, "1.000"), (6015, "6.015"), (1234567, "1.234.567"),
        ],
    )  # fmt: skip
    def it_has_two_digits_and_dots(self, amount: int, shown: str) -> None:
        assert two_digits(Decimal(amount)) == shown


class DescribeTheFactsOfAUnit:
    def shown(self, code: str, values: dict[str, Shown]) -> str:
        return unit_facts(table(values), "Xã A", QUARTER).shown(code)

    @pytest.mark.parametrize(
        ("code", "value", "shown"),
        [
            ("1.1.1", 7, "07"),
            ("3.2.4", 100, "100%"),
            ("3.2.4", 98.875, "98,88%"),
            ("3.2.4", 99.6, "99,6%"),
            ("1.4.2", 2, "kết hợp"),
            ("7.1", 2, "3 cấp"),
            ("1.1.1", "KPS", "không phát sinh"),
        ],
    )
    def it_shows_a_figure_by_its_kind(self, code: str, value: Shown, shown: str) -> None:
        assert self.shown(code, {code: value}) == shown

    def it_rounds_a_rate_half_up_once(self) -> None:
        assert self.shown("T01", {"1.1.1": 800, "1.1.2": 1}) == "0,13%"

    @pytest.mark.parametrize(("part", "shown"), [("T01.N", "03"), ("T01.D", "12")])
    def it_knows_the_parts_of_a_rate(self, part: str, shown: str) -> None:
        assert self.shown(part, {"1.1.1": 12, "1.1.2": 3}) == shown

    def it_speaks_of_the_office_of_the_unit(self) -> None:
        facts = unit_facts(table({}), "Thị trấn Bút Sơn", QUARTER)

        assert facts.words["unit"] == "UBND thị trấn Bút Sơn"

    @pytest.mark.parametrize("code", ["1.1.9", "T99", "S.KHAC", "T05.X", ""])
    def it_does_not_know_what_the_form_does_not_have(self, code: str) -> None:
        assert not unit_facts(table({}), "Xã A", QUARTER).is_known(code)


class DescribeTheWordsOfAPeriod:
    def it_takes_them_all_from_one_period(self) -> None:
        words = period_words(QUARTER, "UBND xã A")

        assert (
            words["period"], words["next_period"], words["from"], words["to"], words["year"],
        ) == (
            "quý I năm 2022", "quý II năm 2022", "15/12/2021", "14/3/2022", "2022",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("year", "kind", "level"),
        [
            (2022, PeriodKind.Q3, "mức độ 3"),
            (2023, PeriodKind.Q1, "một phần (mức độ 3)"),
        ],
    )
    def it_names_online_services_by_their_name_then(
        self, year: int, kind: PeriodKind, level: str
    ) -> None:
        assert period_words(standard_period(year, kind), "")["level3"] == level


class DescribeTheFactsOfAParentUnit:
    @pytest.fixture
    def facts(self) -> ParentFacts:
        return parent_facts(
            consolidation(
                unit_tables(
                    ("Xã A", {"5.2": 1, "3.1.3": 193, "S.QH_GQ": 3, "1.4.2": 2, "1.1.3": 5}),
                    ("Xã B", {"5.2": 0, "3.1.3": 189, "S.QH_GQ": 0, "1.4.2": 2, "1.1.3": "KAD"}),
                    ("Xã C", {"5.2": "KAD", "3.1.3": 193, "S.QH_GQ": 12, "1.1.3": 7}),
                    ("Xã D", None),
                )
            )
        )

    @pytest.mark.parametrize(
        ("fact", "amount"),
        [
            ("UNITS.EXPECTED", 4),
            ("UNITS.REPORTED", 3),
            ("UNITS.MISSING", 1),
            ("UNITS.UNCOUNTED", 0),
            ("YES.5.2", 1),
            ("NO.5.2", 1),
            ("BLANK.5.2", 1),
            ("GIVEN.5.2", 2),
            ("EXPECTED.5.2", 3),
            ("SHARE.5.2", 50),
            ("DIFFER.3.1.3", 1),
            ("HAVE.S.QH_GQ", 2),
            ("COUNT.1.4.2.2", 2),
            ("COUNT.1.4.2.0", 0),
            ("1.1.3", 12),
            ("S.QH_GQ", 15),
        ],
    )
    def it_counts_the_units_behind_it(self, facts: ParentFacts, fact: str, amount: int) -> None:
        assert facts.value(fact).number == amount

    @pytest.mark.parametrize(
        ("fact", "names"),
        [
            ("UNITS.MISSING", ("Xã D",)),
            ("YES.5.2", ("Xã A",)),
            ("NO.5.2", ("Xã B",)),
            ("BLANK.5.2", ("Xã D",)),
            ("HAVE.S.QH_GQ", ("Xã A (03)", "Xã C (12)")),
            ("DIFFER.3.1.3", ("Xã B (189)",)),
        ],
    )
    def it_names_them(self, facts: ParentFacts, fact: str, names: tuple[str, ...]) -> None:
        assert facts.names(fact) == names

    @pytest.mark.parametrize(
        ("code", "basis"),
        [("S.QH_GQ", " (số liệu của 3/4 đơn vị)"), ("1.1.3", " (số liệu của 2/3 đơn vị)")],
    )
    def it_says_on_how_many_units_a_figure_stands(
        self, facts: ParentFacts, code: str, basis: str
    ) -> None:
        assert facts.basis(code) == basis

    def but_not_where_it_stands_on_all(self) -> None:
        data = consolidation(unit_tables(("Xã A", {"1.1.3": 5}), ("Xã B", {"1.1.3": 5})))

        assert parent_facts(data).basis("1.1.3") == ""

    def it_knows_no_figure_that_nobody_reported(self, facts: ParentFacts) -> None:
        assert facts.value("2.1").is_blank

    @pytest.mark.parametrize("fact", ["UNITS.MANY", "YES.9.9", "SOME.5.2", "COUNT.5", "T99"])
    def it_does_not_know_other_names(self, facts: ParentFacts, fact: str) -> None:
        assert not facts.is_known(fact)
