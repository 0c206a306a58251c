"""Every rule of Phụ lục 01b over the cases that an official can read in `cases/rules.json`.

A rule `holds`, it `fires` with its severity, it `asks` for its blanks with a warning, or it is
`silent` because it is not evaluated.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cchc_xl.core.evaluation import Hint, Outcome, Verdict, evaluate
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Applies, Form
from cchc_xl.core.submission import lookup
from tests.support.tables import Given, findings_of, phu_luc_01b, table

CASES_FILE = Path(__file__).parent.parent / "cases" / "rules.json"
EXPECTED_CASES = {"passes", "fails", "boundary", "blank", "not applicable"}
VERDICTS = {
    "holds": Verdict.PASSES,
    "fires": Verdict.FAILS,
    "asks": Verdict.NEEDS_BLANKS,
    "silent": Verdict.NOT_EVALUATED,
}


@dataclass(frozen=True)
class Case:
    """One row of the file: what stands in the cells, and what the rule says of it."""

    rule: str
    severity: Severity
    applies: Applies | None
    case: str
    given: Mapping[str, Given]
    previous: Mapping[str, Given] | None
    verdict: str
    asks: Mapping[str, Any] | None

    def __str__(self) -> str:
        cells = ", ".join(f"{code}={content}" for code, content in self.given.items())
        return f"{self.rule} {self.case}: {cells}"

    @property
    def told(self) -> list[Severity]:
        """The severities of the findings that the rule makes of the case."""
        return {"fires": [self.severity], "asks": [Severity.WARNING]}.get(self.verdict, [])


def _cases() -> list[Case]:
    rules: list[dict[str, Any]] = json.loads(CASES_FILE.read_text(encoding="utf-8"))
    return [
        Case(
            rule["rule"],
            Severity(rule["severity"]),
            Applies(rule["applies"]) if "applies" in rule else None,
            case["case"],
            case["given"],
            case.get("previous"),
            case["verdict"],
            case.get("asks"),
        )
        for rule in rules
        for case in rule["cases"]
    ]


CASES = _cases()
WITH_AN_EXPRESSION = {rule.id for rule in phu_luc_01b().rules if rule.condition is not None}
EXPRESSED = [case for case in CASES if case.rule in WITH_AN_EXPRESSION]
ASKING = [case for case in EXPRESSED if case.asks is not None]
WITH_A_RELATION = [case for case in CASES if case.applies is not None]


@pytest.fixture(scope="module")
def form() -> Form:
    return phu_luc_01b()


def outcome_of(form: Form, case: Case) -> Outcome:
    condition = form.rule(case.rule).condition
    assert condition is not None
    previous = table(form, case.previous) if case.previous is not None else None
    return evaluate(condition, lookup(table(form, case.given), previous))


def findings_of_the_rule(form: Form, case: Case, relation: Applies | None = None) -> list[Finding]:
    found = findings_of(form, case.given, previous=case.previous, relation=relation)
    return [finding for finding in found if finding.rule == case.rule]


class DescribeTheRulesOfPhuLuc01b:
    @pytest.mark.parametrize("case", EXPRESSED, ids=str)
    def it_stands_as_the_case_says(self, form: Form, case: Case) -> None:
        outcome = outcome_of(form, case)

        assert outcome.verdict is VERDICTS[case.verdict]

    @pytest.mark.parametrize("case", CASES, ids=str)
    def it_is_told_with_its_severity(self, form: Form, case: Case) -> None:
        found = findings_of_the_rule(form, case, case.applies)

        assert [finding.severity for finding in found] == case.told

    @pytest.mark.parametrize("case", ASKING, ids=str)
    def it_asks_for_the_blanks_that_could_make_it_true(self, form: Form, case: Case) -> None:
        assert case.asks is not None

        hint = outcome_of(form, case).hint

        assert hint == Hint(
            tuple(cell for cell in form.rule(case.rule).cells if cell.code in case.asks["blanks"]),
            case.asks["relation"],
            Decimal(case.asks["gap"]),
        )

    @pytest.mark.parametrize("case", WITH_A_RELATION, ids=str)
    def it_is_silent_beside_an_earlier_submission_in_no_relation(
        self, form: Form, case: Case
    ) -> None:
        assert findings_of_the_rule(form, case) == []

    @pytest.mark.parametrize("case", WITH_A_RELATION, ids=str)
    def it_is_silent_beside_an_earlier_submission_in_the_other_relation(
        self, form: Form, case: Case
    ) -> None:
        others = set(Applies) - {case.applies}

        assert [f for other in others for f in findings_of_the_rule(form, case, other)] == []


class DescribeTheCases:
    @pytest.mark.parametrize("rule_id", sorted(WITH_AN_EXPRESSION))
    def it_covers_every_expression(self, rule_id: str) -> None:
        covered = {case.case for case in CASES if case.rule == rule_id}

        assert covered >= EXPECTED_CASES

    @pytest.mark.parametrize("rule_id", ["R45", "RJ1", "RJ2", "RF1", "RF2", "RF3", "RF4", "RF5"])
    def it_covers_every_named_check_of_one_unit(self, rule_id: str) -> None:
        covered = {case.case for case in CASES if case.rule == rule_id}

        assert covered >= EXPECTED_CASES

    def it_knows_every_rule_but_those_across_units(self, form: Form) -> None:
        of_one_unit = {rule.id for rule in form.rules} - {"RA1", "RA2"}

        assert {case.rule for case in CASES} == of_one_unit

    @pytest.mark.parametrize("verdict", sorted(VERDICTS))
    def it_holds_every_verdict(self, verdict: str) -> None:
        assert verdict in {case.verdict for case in CASES}
