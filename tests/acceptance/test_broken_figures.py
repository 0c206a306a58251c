"""Break one figure of Bút Sơn's report at a time: exactly the rules that speak of it fire."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.conftest import Command
from tests.acceptance.rule_reference import CLOSED, Found, foretold
from tests.support.handmade import ALL_FIGURES, Content, cell_of, report, row_places, save

_ROWS = report()
_HEADINGS = frozenset(
    {"1", "1.1", "1.2", "1.3", "1.4", "2", "3", "3.1", "3.2", "3.3", "3.4", "4", "5", "5.1", "6",
     "7", "7.2", "7.4"}
)  # fmt: skip
_PERCENTS = frozenset({"3.2.4", "3.2.5", "4.1.4", "5.3", "7.2.2.a", "7.2.2.b"})
_FLAGS = frozenset({"1.5", "5.2", "6.1", "6.2", "7.2.1", "7.3", "7.3.1", "7.5"})
_CODES = frozenset({"1.4.2", "7.1"})
_KIND_RULES = {**dict.fromkeys(_PERCENTS, "RF2"), **dict.fromkeys(_FLAGS, "RF3"),
               **dict.fromkeys(_CODES, "RF4")}  # fmt: skip
_ALWAYS: set[Found] = {
    ("R03", "warning", "1.1.1"),
    ("R07", "warning", "1.3.1"),
    ("R34", "warning", "4.1"),
    ("R39", "warning", "7.2.2.a"),
}


def _others(code: str) -> list[int | None]:
    """Values that a cell may hold instead of its own."""
    value = ALL_FIGURES.get(code)
    if code in _PERCENTS:
        instead: list[int | None] = [None, 0, 40, 100]
    elif code in _FLAGS:
        instead = [None, 0, 1]
    elif code in _CODES:
        instead = [None, 0, 1, 2]
    elif value is None:
        instead = [0, 1, 4, 1000]
    else:
        instead = [None, 0, value + 1, max(value - 1, 0), 2 * value + 300]
    return [other for other in dict.fromkeys(instead) if other != value]


_BREAKS = [
    pytest.param(code, other, id=f"{code}={'' if other is None else other}")
    for code in row_places(_ROWS)
    if code not in _HEADINGS
    for other in _others(code)
]


def _fired(check: Command, path: Path, code: str, content: Content) -> set[Found]:
    """Check the report with one cell changed; return the findings of rules and of kinds."""
    answer = check(save(path / "bao-cao.xlsx", report({code: content})))
    return {
        (finding["rule"], finding["severity"], finding["indicator"])
        for finding in answer.findings
        if finding["severity"] != "info"
    }


class DescribeABrokenFigure:
    @pytest.mark.parametrize(("code", "other"), _BREAKS)
    def it_fires_exactly_the_rules_that_speak_of_it(
        self, check: Command, tmp_path: Path, code: str, other: int | None
    ) -> None:
        expected = foretold({**ALL_FIGURES, code: other})

        assert _fired(check, tmp_path, code, other) == expected

    @pytest.mark.parametrize(
        ("code", "other", "more", "less"),
        [
            # The kinds of receiving add up to 766, with the 4 carried over to 770; by post: blank.
            ("3.3.1", 771, {("R19", "warning", "3.3.1")}, set()),
            # 3.3.2 and 3.4.2 (770) may still rest on 766 + 4.
            ("3.3.1", 769, {("R19", "warning", "3.3.1")}, set()),
            ("3.3.1", 765, {("R19", "error", "3.3.1")}, set()),
            ("3.3.1", 766, set(), set()),
            (
                "3.3.1.a",
                591,
                # Without the carried-over dossiers 3 by post would explain the 770 received.
                {("R19", "warning", "3.3.1"), ("R29", "error", "S.KY_TRUOC")},
                set(),
            ),
            (
                "3.3.1.a",
                595,
                {("R19", "error", "3.3.1"), ("R29", "error", "S.KY_TRUOC")},
                set(),
            ),
            (
                "3.3.2",
                771,
                {
                    ("R20", "warning", "3.3.2"),
                    ("R21", "warning", "3.3.2"),
                    ("R31", "error", "3.3.2"),
                },
                set(),
            ),
            ("3.3.2.a", 595, {("R20", "error", "3.3.2")}, set()),
            ("3.2.1", 112, {("R17", "warning", "3.2.1")}, set()),
            ("3.2.1", 194, {("R14", "error", "3.2.1"), ("R17", "warning", "3.2.1")}, set()),
            ("7.4.1", 0, {("R42", "error", "3.3.1.c")}, set()),
            ("7.4.2", 186, {("R41", "error", "7.4.1")}, set()),
            ("7.3", 0, {("R40", "error", "7.3.1")}, set()),
            ("4.1", None, set(), {("R34", "warning", "4.1")}),
            ("1.1.2", 28, set(), {("R03", "warning", "1.1.1")}),
            (
                "1.1.2",
                29,
                {("R01", "error", "1.1.2")},
                {("R03", "warning", "1.1.1")},
            ),
            ("4.1.2", 34, {("R36", "warning", "4.1.2")}, set()),
            (
                "S.TRUOC_HAN",
                750,
                {("R30", "error", "S.DA_GQ"), ("R31", "error", "3.3.2")},
                set(),
            ),
            (
                "S.QH_GQ",
                1,
                {("R30", "error", "S.DA_GQ"), ("R46", "warning", "S.QH_GQ")},
                set(),
            ),
            (
                "S.DANG_GQ",
                1,
                {("R29", "warning", "S.KY_TRUOC"), ("R32", "error", "S.DANG_GQ")},
                set(),
            ),
            (
                "S.KY_TRUOC",
                None,
                {("R19", "warning", "3.3.1"), ("R29", "warning", "S.KY_TRUOC")},
                set(),
            ),
        ],
    )
    def it_fires_what_an_official_would_reckon(
        self,
        check: Command,
        tmp_path: Path,
        code: str,
        other: int | None,
        more: set[Found],
        less: set[Found],
    ) -> None:
        """Reckoned by hand from the rules of the form, not by any program."""
        assert _fired(check, tmp_path, code, other) == (_ALWAYS - less) | more

    @pytest.mark.parametrize("code", sorted(set(ALL_FIGURES) - {"4.1"}))
    def it_takes_an_unreadable_cell_out_of_every_rule(
        self, check: Command, tmp_path: Path, code: str
    ) -> None:
        kind_rule = (_KIND_RULES.get(code, "RF1"), "error", code)

        expected = foretold({**ALL_FIGURES, code: CLOSED}) | {kind_rule}

        assert _fired(check, tmp_path, code, "nt") == expected

    @pytest.mark.parametrize("code", sorted(set(ALL_FIGURES) - {"4.1"}))
    def it_takes_what_does_not_apply_out_of_every_rule(
        self, check: Command, tmp_path: Path, code: str
    ) -> None:
        expected = foretold({**ALL_FIGURES, code: CLOSED})

        assert _fired(check, tmp_path, code, "KAD") == expected

    @pytest.mark.parametrize("code", ["3.3.1.b", "S.QH_GQ", "3.5", "1.1.2", "3.1.1"])
    def it_takes_what_did_not_arise_for_zero(
        self, check: Command, tmp_path: Path, code: str
    ) -> None:
        expected = foretold({**ALL_FIGURES, code: 0})

        assert _fired(check, tmp_path, code, "KPS") == expected

    @pytest.mark.parametrize("code", sorted(_HEADINGS))
    def it_warns_of_a_number_on_a_heading(self, check: Command, tmp_path: Path, code: str) -> None:
        assert _fired(check, tmp_path, code, 5) == _ALWAYS | {("RF5", "warning", code)}

    @pytest.mark.parametrize(
        ("code", "content", "rule"),
        [
            ("3.3.1", -1, "RF1"),
            ("3.3.1", 3.278, "RF1"),
            ("3.2.4", 101, "RF2"),
            ("3.2.4", -1, "RF2"),
            ("5.2", 2, "RF3"),
            ("7.1", 3, "RF4"),
        ],
    )
    def it_fires_the_rule_of_the_kind(
        self, check: Command, tmp_path: Path, code: str, content: Content, rule: str
    ) -> None:
        assert (rule, "error", code) in _fired(check, tmp_path, code, content)

    def it_points_at_the_cell_of_the_first_code(self, check: Command, tmp_path: Path) -> None:
        rows = report({"3.3.2.a": 595})

        (finding,) = [
            finding
            for finding in check(save(tmp_path / "bao-cao.xlsx", rows)).findings
            if finding["rule"] == "R20"
        ]

        assert (finding["cell"], finding["found"], finding["expected"]) == (
            cell_of(rows, "3.3.2"),
            770,
            771,
        )

    def it_says_what_the_blanks_have_to_make_up(self, check: Command, tmp_path: Path) -> None:
        """771 received: 770 are explained, so the one row left blank, by post, has to be 1."""
        (finding,) = [
            finding
            for finding in check(save(tmp_path / "a.xlsx", report({"3.3.1": 771}))).findings
            if finding["rule"] == "R19"
        ]

        assert "3.3.1.b" in finding["message"]
        assert " 1;" in finding["message"]

    def it_ends_with_1_where_an_error_is_found(self, check: Command, tmp_path: Path) -> None:
        answer = check(save(tmp_path / "bao-cao.xlsx", report({"3.3.2.a": 595})))

        assert (answer.code, answer.json["files"][0]["status"]) == (1, "accepted_with_errors")
