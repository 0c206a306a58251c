"""`check --previous`: what one report says is held against the report before it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.acceptance.conftest import Command
from tests.support.handmade import (
    ALL_FIGURES,
    Content,
    save,
    supplementary_rows,
    table,
    titled,
    with_values,
)


def _ordinary(**changes: int) -> dict[str, Content]:
    """Bút Sơn's figures with some of them changed."""
    return {**ALL_FIGURES, **changes}


def _save(folder: Path, period: str, unit: str, values: Mapping[str, Content]) -> Path:
    """A hand-made report of `unit` for `period`."""
    title = ("Phụ lục 01b", f"CẢI CÁCH HÀNH CHÍNH CỦA UBND {unit}", period)
    rows = [*titled(table(), *title), *supplementary_rows()]
    return save(folder / f"{period}-{unit}.xlsx", with_values(rows, values))


def _rules(check: Command, now: Path, before: Path) -> set[tuple[str, str | None]]:
    """The findings that are there only because of the previous file."""
    alone = check(now).findings
    told = check(now, "--previous", before).findings
    return {(f["rule"], f["indicator"]) for f in told if f not in alone}


class DescribeThePreviousSubmission:
    """Q2 follows Q1; 6T extends Q1; 9T and Q3 are two series."""

    def it_warns_where_the_opening_balance_differs_from_what_was_pending(
        self, check: Command, tmp_path: Path
    ) -> None:
        before = _save(tmp_path, "Quý I năm 2022", "XÃ A", _ordinary())
        now = _save(tmp_path, "Quý II năm 2022", "XÃ A", _ordinary())

        # Nothing was pending after the first quarter, but 4 dossiers are carried over.
        assert _rules(check, now, before) == {("R33", "S.KY_TRUOC")}

    def it_is_content_where_a_following_report_takes_over_what_was_pending(
        self, check: Command, tmp_path: Path
    ) -> None:
        pending = {"S.DANG_GQ": 4, "S.DANG_TRONG_HAN": 4}
        before = _save(tmp_path, "Quý I năm 2022", "XÃ A", _ordinary(**pending))
        now = _save(tmp_path, "Quý II năm 2022", "XÃ A", _ordinary())

        assert _rules(check, now, before) == set()

    def it_compares_the_number_of_procedures_with_the_period_before(
        self, check: Command, tmp_path: Path
    ) -> None:
        pending = {"S.DANG_GQ": 4, "S.DANG_TRONG_HAN": 4}
        before = _save(tmp_path, "Quý I năm 2022", "XÃ A", _ordinary(**pending, **{"3.1.3": 190}))
        new = {"3.1.1": 1, "3.1.2": 0}
        now = _save(tmp_path, "Quý II năm 2022", "XÃ A", _ordinary(**new))

        # 190 + 1 - 0 are not 193.
        assert _rules(check, now, before) == {("R13", "3.1.3")}

    def it_does_not_look_for_cumulative_figures_in_a_following_quarter(
        self, check: Command, tmp_path: Path
    ) -> None:
        more = {"1.1.3": 20, "3.4.2": 1000, "S.DANG_GQ": 4, "S.DANG_TRONG_HAN": 4}
        before = _save(tmp_path, "Quý I năm 2022", "XÃ A", _ordinary(**more))
        now = _save(tmp_path, "Quý II năm 2022", "XÃ A", _ordinary())

        assert _rules(check, now, before) == set()

    def it_warns_of_a_cumulative_figure_that_fell(self, check: Command, tmp_path: Path) -> None:
        before = _save(tmp_path, "Quý I năm 2022", "XÃ A", _ordinary(**{"1.1.3": 13}))
        now = _save(tmp_path, "6 tháng đầu năm 2022", "XÃ A", _ordinary())

        assert _rules(check, now, before) == {("R45", "1.1.3")}

    def it_says_how_far_it_fell(self, check: Command, tmp_path: Path) -> None:
        before = _save(tmp_path, "Quý I năm 2022", "XÃ A", _ordinary(**{"1.1.3": 13}))
        now = _save(tmp_path, "6 tháng đầu năm 2022", "XÃ A", _ordinary())

        (finding,) = [f for f in check(now, "--previous", before).findings if f["rule"] == "R45"]

        assert finding["found"] == 12
        assert "13" in str(finding["expected"])

    @pytest.mark.parametrize("code", ["3.1.3", "4.1.2", "1.1.1", "S.DANG_GQ", "7.4.1"])
    def but_it_lets_stocks_and_plans_fall(self, check: Command, tmp_path: Path, code: str) -> None:
        before = _save(tmp_path, "Quý I năm 2022", "XÃ A", _ordinary(**{code: 900}))
        now = _save(tmp_path, "6 tháng đầu năm 2022", "XÃ A", _ordinary())

        assert "R45" not in {rule for rule, _ in _rules(check, now, before)}

    def it_wants_the_same_opening_balance_in_a_longer_report_of_the_year(
        self, check: Command, tmp_path: Path
    ) -> None:
        before = _save(tmp_path, "Quý I năm 2022", "XÃ A", _ordinary())
        now = _save(tmp_path, "6 tháng đầu năm 2022", "XÃ A", _ordinary(**{"S.KY_TRUOC": 5}))

        assert _rules(check, now, before) == {("R33b", "S.KY_TRUOC")}

    @pytest.mark.parametrize(
        ("period", "previous"),
        [
            ("9 tháng năm 2022", "6 tháng đầu năm 2022"),
            ("Năm 2022", "9 tháng năm 2022"),
            ("Năm 2022", "Quý I năm 2022"),
        ],
    )
    def it_knows_which_period_extends_which(
        self, check: Command, tmp_path: Path, period: str, previous: str
    ) -> None:
        before = _save(tmp_path, previous, "XÃ A", _ordinary(**{"S.KY_TRUOC": 9}))
        now = _save(tmp_path, period, "XÃ A", _ordinary())

        assert ("R33b", "S.KY_TRUOC") in _rules(check, now, before)

    @pytest.mark.parametrize(
        ("period", "previous"),
        [
            ("Quý III năm 2022", "Quý II năm 2022"),
            ("Quý III năm 2022", "6 tháng đầu năm 2022"),
            ("Quý I năm 2023", "Năm 2022"),
            ("Quý I năm 2023", "Quý IV năm 2022"),
            ("6 tháng đầu năm 2023", "Năm 2022"),
            ("Quý IV năm 2022", "9 tháng năm 2022"),
        ],
    )
    def it_knows_which_period_follows_which(
        self, check: Command, tmp_path: Path, period: str, previous: str
    ) -> None:
        before = _save(tmp_path, previous, "XÃ A", _ordinary())
        now = _save(tmp_path, period, "XÃ A", _ordinary())

        assert ("R33", "S.KY_TRUOC") in _rules(check, now, before)

    @pytest.mark.parametrize(
        ("period", "previous"),
        [
            ("Quý III năm 2022", "Quý I năm 2022"),
            ("Quý I năm 2022", "Quý II năm 2022"),
            ("Quý I năm 2022", "Quý I năm 2022 "),
            ("Quý III năm 2022", "9 tháng năm 2022"),
            ("9 tháng năm 2022", "Quý III năm 2022"),
            ("Năm 2022", "Quý I năm 2021"),
        ],
    )
    def it_compares_nothing_with_an_unrelated_period_and_says_so(
        self, check: Command, tmp_path: Path, period: str, previous: str
    ) -> None:
        changed = {"S.KY_TRUOC": 9, "1.1.3": 50, "3.1.3": 300}
        before = _save(tmp_path, previous, "XÃ A", _ordinary(**changed))
        now = _save(tmp_path, period, "XÃ A", _ordinary())

        ((rule, indicator),) = _rules(check, now, before)

        assert indicator is None
        assert rule not in {"R13", "R33", "R33b", "R45"}

    def it_compares_nothing_with_another_unit_and_names_both(
        self, check: Command, tmp_path: Path
    ) -> None:
        before = _save(tmp_path, "Quý I năm 2022", "XÃ B", _ordinary(**{"1.1.3": 50}))
        now = _save(tmp_path, "Quý II năm 2022", "XÃ A", _ordinary())

        (told,) = [
            f for f in check(now, "--previous", before).findings if f not in check(now).findings
        ]

        assert told["severity"] == "warning"
        assert "Xã A" in told["message"]
        assert "Xã B" in told["message"]

    def it_knows_one_unit_under_two_spellings(self, check: Command, tmp_path: Path) -> None:
        before = _save(tmp_path, "Quý I năm 2022", "XÃ QUẢNG HÓA", _ordinary())
        now = _save(tmp_path, "Quý II năm 2022", "xã Quảng Hoá", _ordinary())

        assert _rules(check, now, before) == {("R33", "S.KY_TRUOC")}

    def it_ends_with_0_because_these_are_warnings(self, check: Command, tmp_path: Path) -> None:
        before = _save(tmp_path, "Quý I năm 2022", "XÃ A", _ordinary())
        now = _save(tmp_path, "Quý II năm 2022", "XÃ A", _ordinary())

        assert check(now, "--previous", before).code == 0

    def it_refuses_a_previous_file_without_a_table(self, check: Command, tmp_path: Path) -> None:
        now = _save(tmp_path, "Quý II năm 2022", "XÃ A", _ordinary())

        answer = check(now, "--previous", save(tmp_path / "trong.xlsx", [["Báo cáo"]]))

        assert answer.code == 2
        assert answer.json["error"]["advice"]


class DescribeAJump:
    """Periods of one kind are one series: the same one of another year, or the quarter before."""

    @pytest.mark.parametrize(
        ("period", "previous"),
        [
            ("Quý I năm 2022", "Quý I năm 2021"),
            ("Quý III năm 2022", "Quý II năm 2022"),
            ("Quý I năm 2022", "Quý IV năm 2021"),
            ("9 tháng năm 2022", "9 tháng năm 2021"),
            ("Năm 2023", "Năm 2021"),
        ],
    )
    def it_is_warned_of_between_periods_of_one_kind(
        self, check: Command, tmp_path: Path, period: str, previous: str
    ) -> None:
        before = _save(tmp_path, previous, "XÃ A", _ordinary(**{"3.4.2": 100}))
        now = _save(tmp_path, period, "XÃ A", _ordinary(**{"3.4.2": 500}))

        assert ("RJ1", "3.4.2") in _rules(check, now, before)

    @pytest.mark.parametrize(
        ("period", "previous"),
        [
            ("6 tháng đầu năm 2022", "Quý I năm 2022"),
            ("Quý IV năm 2022", "9 tháng năm 2022"),
            ("Quý III năm 2022", "9 tháng năm 2022"),
            ("Quý I năm 2023", "Năm 2022"),
            ("Quý III năm 2022", "Quý I năm 2022"),
        ],
    )
    def but_not_between_periods_of_two_kinds(
        self, check: Command, tmp_path: Path, period: str, previous: str
    ) -> None:
        before = _save(tmp_path, previous, "XÃ A", _ordinary(**{"3.4.2": 100}))
        now = _save(tmp_path, period, "XÃ A", _ordinary(**{"3.4.2": 500}))

        assert ("RJ1", "3.4.2") not in _rules(check, now, before)

    def it_says_what_the_figure_was(self, check: Command, tmp_path: Path) -> None:
        before = _save(tmp_path, "Quý I năm 2021", "XÃ A", _ordinary(**{"3.1.3": 1930}))
        now = _save(tmp_path, "Quý I năm 2022", "XÃ A", _ordinary(**{"3.1.3": 193}))

        (told,) = [f for f in check(now, "--previous", before).findings if f["rule"] == "RJ2"]

        assert (told["found"], told["severity"]) == (193, "warning")
        assert "1.930" in told["expected"]
