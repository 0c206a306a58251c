"""The findings of one table: what they say, in which order, and beside which submission."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from math import inf, nan
from typing import TypeAlias

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cchc_xl.core import wording
from cchc_xl.core.cells import RawCell
from cchc_xl.core.checks import Earlier, check_table, relations
from cchc_xl.core.findings import Counts, Finding, Severity, count
from cchc_xl.core.form import Applies
from cchc_xl.core.period import parse_period_id
from tests.support.tables import (
    BUT_SON,
    BUT_SON_ANNEX,
    SHEET,
    Given,
    cell_of,
    findings_of,
    phu_luc_01b,
    table,
)

Values: TypeAlias = Mapping[str, Given]

FORM = phu_luc_01b()
HUGE = 1e25


def found_by(rule_id: str, given_values: Values, previous: Values | None = None) -> Finding:
    """The only finding of a rule, beside an earlier submission that this one extends."""
    found = findings_of(FORM, given_values, previous=previous, relation=Applies.EXTENDS)
    (finding,) = [finding for finding in found if finding.rule == rule_id]
    return finding


def fired(given_values: Values) -> dict[str, str]:
    """The rules that speak, each with its severity."""
    return {finding.rule: finding.severity.value for finding in findings_of(FORM, given_values)}


def met(period: str, previous: str) -> frozenset[Applies]:
    one, other = parse_period_id(period), parse_period_id(previous)
    assert one is not None
    assert other is not None
    return relations(one, other)


class DescribeAFindingOfARule:
    def it_has_every_field(self) -> None:
        rule = FORM.rule("R06")

        finding = found_by("R06", {"1.3.1": 7, "1.3.2": 6, "1.3.3": 3})

        assert finding == Finding(
            rule="R06",
            severity=Severity.ERROR,
            message=rule.message,
            advice=rule.advice,
            indicator="1.3.2",
            sheet=SHEET,
            cell=cell_of(FORM, "1.3.2"),
            found=Decimal(9),
            expected="≤ 7",
        )

    @pytest.mark.parametrize(
        ("rule_id", "given_values", "indicator"),
        [
            ("R01", {"1.1.1": 28, "1.1.2": 29}, "1.1.2"),
            ("R17", {"3.2.1": 111, "3.2.2": 1, "3.2.3": 82, "3.1.3": 193}, "3.2.1"),
            ("R42", {"3.3.1.c": 91, "7.4.1": 0}, "3.3.1.c"),
            ("R34", {"4.1": 23}, "4.1"),
        ],
    )
    def it_stands_at_the_first_code_of_the_rule(
        self, rule_id: str, given_values: Values, indicator: str
    ) -> None:
        finding = found_by(rule_id, given_values)

        assert (finding.indicator, finding.cell) == (indicator, cell_of(FORM, indicator))

    def it_has_no_cell_where_the_row_is_missing(self) -> None:
        finding = found_by("R02", {})

        assert (finding.indicator, finding.sheet, finding.cell) == ("1.1.1", SHEET, None)

    def it_tells_both_sides_of_an_equality(self) -> None:
        finding = found_by("R30", {"S.DA_GQ": 770, "S.TRUOC_HAN": 751, "S.DUNG_HAN": 18,
                                   "S.QH_GQ": 0})  # fmt: skip

        assert (finding.found, finding.expected) == (Decimal(770), Decimal(769))

    def it_tells_what_a_figure_has_to_reach(self) -> None:
        finding = found_by("R28", {"3.5": 0, "S.QH_GQ": 3})

        assert (finding.found, finding.expected) == (Decimal(0), "≥ 3")

    def it_finds_nothing_in_a_blank_cell(self) -> None:
        finding = found_by("R03", {"1.1.1": 28, "1.1.2": None})

        assert finding.found is None

    def it_tells_what_stands_on_a_heading_row(self) -> None:
        finding = found_by("R34", {"4.1": 23})

        assert finding.found == 23

    def it_is_a_warning_where_blanks_could_make_it_true(self) -> None:
        finding = found_by("R19", BUT_SON_ANNEX)

        assert finding.severity is Severity.WARNING

    def and_it_says_what_the_blanks_must_add_up_to(self) -> None:
        finding = found_by("R19", BUT_SON_ANNEX)

        assert finding.message == (
            f"{FORM.rule('R19').message} Chỉ đúng nếu các ô trống (3.3.1.b, S.KY_TRUOC) "
            "cộng lại bằng 4; đề nghị nhập."
        )

    def and_it_says_at_least_where_more_would_do(self) -> None:
        finding = found_by("R10", {"2.4": 10, "2.2": 3, "2.3": None})

        assert finding.message.endswith(
            "Chỉ đúng nếu các ô trống (2.3) cộng lại ít nhất bằng 7; đề nghị nhập."
        )

    def it_speaks_of_no_unit_and_no_file(self) -> None:
        finding = found_by("R02", {})

        assert (finding.unit, finding.file) == (None, None)


class DescribeAFindingOfReading:
    def it_suggests_the_number_whose_thousands_mark_was_swallowed(self) -> None:
        finding = found_by("RF1", {"3.3.1": 3.278})

        assert (finding.found, finding.expected) == (Decimal("3.278"), Decimal(3278))

    def and_it_says_what_to_type(self) -> None:
        finding = found_by("RF1", {"3.3.1": 3.278})

        assert "3278" in finding.advice

    @pytest.mark.parametrize(
        ("given_value", "rule_id", "severity"),
        [
            ("3,278", "RD1", Severity.INFO),
            ("189....", "RD2", Severity.WARNING),
            (-1, "RF1", Severity.ERROR),
            ("nt", "RF1", Severity.ERROR),
            (RawCell(datetime(2024, 7, 28, 0, 0)), "RF1", Severity.ERROR),
            (RawCell(True), "RF1", Severity.ERROR),
            (RawCell(error="#REF!"), "RF1", Severity.ERROR),
            (RawCell(no_cached_value=True), "RF1", Severity.ERROR),
        ],
    )
    def it_weighs_what_it_means(self, given_value: Given, rule_id: str, severity: Severity) -> None:
        finding = found_by(rule_id, {"3.3.1": given_value})

        assert finding.severity is severity

    @pytest.mark.parametrize(
        ("content", "found"),
        [
            (RawCell(error="#REF!"), "#REF!"),
            (RawCell(date(2024, 7, 28)), "28/7/2024"),
            (RawCell(True), "TRUE"),
            (RawCell("nt"), "nt"),
        ],
    )
    def it_tells_what_stands_in_the_cell(self, content: RawCell, found: str) -> None:
        assert found_by("RF1", {"3.3.1": content}).found == found

    @pytest.mark.parametrize(
        "content",
        ["nt", RawCell(datetime(2024, 7, 28, 0, 0)), RawCell(True), RawCell(error="#REF!"),
         RawCell(no_cached_value=True), -1, 0.5],
    )  # fmt: skip
    def it_says_what_to_do(self, content: Given) -> None:
        assert found_by("RF1", {"3.3.1": content}).advice.startswith("Đề nghị")

    @pytest.mark.parametrize(
        ("content", "readings"), [(0.5, ("0,5", "50")), ("99.036", ("99,036", "99.036"))]
    )
    def it_shows_both_readings_of_a_percent(
        self, content: Given, readings: tuple[str, str]
    ) -> None:
        foreign = table(FORM, {"3.2.4": content}, own_template=False)

        (finding,) = [f for f in check_table(foreign) if f.rule == "RF2"]

        assert all(reading in finding.message for reading in readings)

    def it_only_notices_such_a_percent_in_our_own_template(self) -> None:
        (severity,) = [
            finding.severity
            for finding in findings_of(FORM, {"3.2.4": 0.5})
            if finding.indicator == "3.2.4"
        ]

        assert severity is Severity.INFO

    def it_stands_at_its_own_cell(self) -> None:
        finding = found_by("RF1", {"3.3.1": "nt"})

        assert (finding.indicator, finding.sheet, finding.cell) == (
            "3.3.1",
            SHEET,
            cell_of(FORM, "3.3.1"),
        )

    def it_takes_the_cell_out_of_every_rule(self) -> None:
        assert fired({**BUT_SON, "3.1.3": "nt"}) == {
            "R03": "warning",
            "R07": "warning",
            "R34": "warning",
            "R39": "warning",
            "RF1": "error",
        }

    @pytest.mark.parametrize("code", ["3.3.1", "3.2.4", "7.1", "3.3", "4.1"])
    def it_can_be_said_of_a_number_of_any_size(self, code: str) -> None:
        found = findings_of(FORM, {code: HUGE})

        (finding,) = [finding for finding in found if finding.indicator == code]

        assert wording.shown(finding.found)

    @pytest.mark.parametrize("code", ["3.3.1", "3.2.4", "7.1", "3.3"])
    @pytest.mark.parametrize("amount", [nan, inf])
    def it_can_be_said_of_a_number_that_is_none(self, code: str, amount: float) -> None:
        found = findings_of(FORM, {code: amount})

        (finding,) = [finding for finding in found if finding.indicator == code]

        assert wording.shown(finding.found)


class DescribeTheOrderOfFindings:
    def it_is_that_of_the_form(self) -> None:
        given_values: Values = {"S.DA_GQ": -1, "7.1": 9, "4.1": 23, "3.3.1": "nt", "1.1.1": 28,
                                "1.1.2": 29}  # fmt: skip

        found = [finding.indicator for finding in findings_of(FORM, given_values)]

        assert found == ["1.1.2", "3.3.1", "4.1", "7.1", "S.DA_GQ"]

    def it_does_not_depend_on_the_order_of_the_cells(self) -> None:
        backwards = dict(reversed(list(BUT_SON.items())))

        assert findings_of(FORM, backwards) == findings_of(FORM, BUT_SON)


class DescribeCounting:
    def it_counts_by_severity(self) -> None:
        found = findings_of(FORM, {**BUT_SON, "1.1.3": "3,278", "S.DA_GQ": "nt"})

        assert count(found) == Counts(error=1, warning=4, info=1)


class DescribeButSon:
    def it_has_exactly_the_four_warnings(self) -> None:
        assert fired(BUT_SON) == dict.fromkeys(["R03", "R07", "R34", "R39"], "warning")

    def it_has_no_false_error_without_the_supplementary_block(self) -> None:
        assert fired(BUT_SON_ANNEX) == dict.fromkeys(["R03", "R07", "R19", "R34", "R39"], "warning")

    @pytest.mark.parametrize(
        ("code", "figure", "speaking"),
        [
            ("1.1.1", None, {"R02": "warning"}),
            ("1.1.2", 29, {"R01": "error"}),
            ("1.2.2", 3, {}),
            ("1.3.2", 8, {"R06": "error"}),
            ("1.4.1", 50, {"R08": "warning"}),
            ("1.4.2", 0, {"R09": "warning"}),
            ("1.5", 2, {"RF3": "error"}),
            ("2.4", 7, {"R10": "warning"}),
            ("3", 5, {"RF5": "warning"}),
            ("3.1.1", 194, {"R12": "error"}),
            ("3.1.3", 192, {"R17": "warning"}),
            ("3.2.1", 110, {"R17": "warning"}),
            ("3.2.1", 112, {"R17": "warning"}),
            ("3.2.2", 194, {"R15": "error", "R17": "warning"}),
            ("3.2.4", 101, {"RF2": "error"}),
            ("3.2.5", 50, {}),
            ("3.2.6", 194, {"R18": "error"}),
            ("3.3.1", 771, {"R19": "warning"}),
            ("3.3.1", 765, {"R19": "error"}),
            ("3.3.1.a", 589, {"R19": "warning", "R29": "warning"}),
            ("3.3.1.a", 595, {"R19": "error", "R29": "error"}),
            ("3.3.1.b", 5, {"R19": "error", "R29": "error"}),
            ("3.3.2", 771, {"R20": "warning", "R21": "warning", "R31": "error"}),
            ("3.3.2", 769, {"R20": "error", "R31": "error"}),
            ("3.3.2.c", 96, {"R20": "error", "R22": "warning"}),
            ("3.3.2.d", 90, {"R20": "error", "R23": "warning"}),
            ("3.3.3", 771, {"R24": "error"}),
            ("3.4.1", 771, {"R25": "warning"}),
            ("3.4.2", 771, {"R26": "warning"}),
            ("3.4.3", 194, {"R27": "error"}),
            ("4.1.1", 32, {"R35": "warning"}),
            ("4.1.2", 34, {"R36": "warning"}),
            ("5.4", 34, {"R37": "error"}),
            ("7.1", 3, {"RF4": "error"}),
            ("7.2.2.b", 5, {"R38": "warning"}),
            ("7.3", 0, {"R40": "error"}),
            ("7.4.1", 0, {"R42": "error"}),
            ("7.4.2", 0, {"R43": "error"}),
            ("7.4.2", 186, {"R41": "error"}),
            ("S.KY_TRUOC", 0, {"R29": "warning", "R19": "warning"}),
            ("S.KY_TRUOC", 5, {"R29": "error", "R19": "warning"}),
            ("S.DA_GQ", 771, {"R29": "warning", "R30": "error"}),
            ("S.DA_GQ", 769, {"R29": "error", "R30": "error"}),
            ("S.TRUOC_HAN", 750, {"R30": "error", "R31": "error"}),
            ("S.DUNG_HAN", 20, {"R30": "error", "R31": "error"}),
            ("S.QH_GQ", 1, {"R30": "error", "R46": "warning"}),
            ("S.DANG_GQ", 1, {"R29": "warning", "R32": "error"}),
            ("S.DANG_TRONG_HAN", 1, {"R32": "error"}),
            ("S.DANG_QUA_HAN", 1, {"R32": "error"}),
            ("S.CAN_BO", 11, {"R36": "warning"}),
            ("S.CONG_CHUC", 22, {"R36": "warning"}),
        ],
    )
    def it_sets_off_exactly_the_rules_that_speak_of_a_broken_figure(
        self, code: str, figure: Given, speaking: dict[str, str]
    ) -> None:
        # R03, R07 and R39 speak of answers that are missing; R03 falls silent without a plan.
        standing = fired(BUT_SON)
        answered = {"1.1.1": "R03", "1.1.2": "R03"}.get(code)
        standing.pop(answered or "", None)

        assert fired({**BUT_SON, code: figure}) == standing | speaking


class DescribeRelations:
    @pytest.mark.parametrize(
        ("period", "previous", "expected"),
        [
            ("2022-Q2", "2022-Q1", {Applies.FOLLOWS, Applies.LIKE}),
            ("2022-Q1", "2021-Q4", {Applies.FOLLOWS, Applies.LIKE}),
            ("2022-Q1", "2021-Q1", {Applies.LIKE}),
            ("2022-9T", "2021-9T", {Applies.LIKE}),
            ("2022-N", "2021-N", {Applies.FOLLOWS, Applies.LIKE}),
            ("2022-Q1", "2023-Q1", set()),
            ("2022-Q3", "2022-Q1", set()),
            ("2022-01-01_2022-08-31", "2021-01-01_2021-08-31", {Applies.LIKE}),
            ("2022-01-01_2022-08-31", "2021-01-01_2021-07-31", set()),
            ("2022-01-01_2022-08-31", "2020-01-01_2021-08-31", set()),
            ("2023-Q1", "2022-N", {Applies.FOLLOWS}),
            ("2022-6T", "2022-Q1", {Applies.EXTENDS}),
            ("2022-N", "2022-9T", {Applies.EXTENDS}),
            ("2022-Q3", "2022-9T", set()),
            ("2022-9T", "2022-Q3", set()),
            ("2022-Q1", "2022-Q2", set()),
            ("2022-Q1", "2022-Q1", set()),
        ],
    )
    def it_follows_extends_or_is_of_the_same_kind(
        self, period: str, previous: str, expected: set[Applies]
    ) -> None:
        assert met(period, previous) == expected


class DescribeAPreviousSubmission:
    def it_is_compared_where_the_period_follows(self) -> None:
        earlier = Earlier(table(FORM, {"S.DANG_GQ": 7, "3.1.3": 193}), met("2022-Q2", "2022-Q1"))
        now = table(FORM, {"1.1.1": 28, "1.1.2": 0, "S.KY_TRUOC": 4, "3.1.3": 195, "3.1.1": 0,
                           "3.1.2": 0})  # fmt: skip

        found = [finding.rule for finding in check_table(now, earlier=earlier)]

        assert found == ["R13", "R33"]

    def it_is_compared_where_the_period_extends(self) -> None:
        earlier = Earlier(table(FORM, {"S.KY_TRUOC": 5, "1.1.3": 12}), met("2022-6T", "2022-Q1"))
        now = table(FORM, {"1.1.1": 28, "1.1.2": 0, "S.KY_TRUOC": 4, "1.1.3": 11})

        found = [finding.rule for finding in check_table(now, earlier=earlier)]

        assert found == ["R45", "R33b"]

    def it_is_not_compared_where_the_period_does_neither(self) -> None:
        previous = table(FORM, {"S.KY_TRUOC": 5, "S.DANG_GQ": 7, "3.1.3": 100, "1.1.3": 12})
        now = table(FORM, {"1.1.1": 28, "1.1.2": 0, "S.KY_TRUOC": 4, "3.1.3": 195, "1.1.3": 11})

        found = check_table(now, earlier=Earlier(previous, met("2022-Q3", "2022-9T")))

        assert found == ()

    def it_is_needed_by_the_rules_that_compare(self) -> None:
        now = table(FORM, {"1.1.1": 28, "1.1.2": 0, "S.KY_TRUOC": 4, "3.1.3": 195, "1.1.3": 11})

        assert check_table(now) == ()

    def it_gives_the_bound_of_a_figure_that_may_not_shrink(self) -> None:
        finding = found_by("R45", {"3.3.1": 700}, previous={"3.3.1": 770})

        assert (finding.found, finding.expected) == (Decimal(700), "≥ 770")

    def it_is_told_at_the_cell_that_shrank(self) -> None:
        finding = found_by("R45", {"3.3.1": 700}, previous={"3.3.1": 770})

        assert (finding.indicator, finding.cell) == ("3.3.1", cell_of(FORM, "3.3.1"))

    def it_is_told_for_every_figure_that_shrank(self) -> None:
        before: Values = {"1.1.3": 12, "3.3.1": 770, "S.DA_GQ": 770}
        now: Values = {"1.1.3": 11, "3.3.1": 700, "S.DA_GQ": 700}

        found = findings_of(FORM, now, previous=before, relation=Applies.EXTENDS)

        shrunk = [finding.indicator for finding in found if finding.rule == "R45"]
        assert shrunk == ["1.1.3", "3.3.1", "S.DA_GQ"]

    def it_gives_what_the_opening_balance_should_be(self) -> None:
        finding = found_by("R33b", {"S.KY_TRUOC": 4}, previous={"S.KY_TRUOC": 5})

        assert (finding.found, finding.expected) == (Decimal(4), Decimal(5))

    def but_a_blank_in_it_is_never_asked_for_as_a_blank_of_this_one(self) -> None:
        now: Values = {"3.1.3": 195, "3.1.1": 5, "3.1.2": 0}

        found = findings_of(FORM, now, previous={"3.1.3": None}, relation=Applies.FOLLOWS)

        assert all("các ô trống (3.1.3)" not in finding.message for finding in found)


class DescribeCheckingATable:
    @example(code="3.3.1", content=1e25, percent_format=False, own_template=False)
    @example(code="3.2.4", content=inf, percent_format=True, own_template=True)
    @settings(max_examples=300)
    @given(
        code=st.sampled_from(list(FORM.order)),
        content=st.one_of(
            st.none(),
            st.text(),
            st.integers(),
            st.floats(),
            st.booleans(),
            st.dates(),
            st.datetimes(),
            st.times(),
            st.timedeltas(),
        ),
        percent_format=st.booleans(),
        own_template=st.booleans(),
    )
    def it_never_raises_whatever_stands_in_a_cell(
        self, code: str, content: object, percent_format: bool, own_template: bool
    ) -> None:
        raw = RawCell(content, percent_format=percent_format)  # type: ignore[arg-type]

        found = check_table(table(FORM, {**BUT_SON, code: raw}, own_template=own_template))

        assert all(finding.message and finding.advice for finding in found)
