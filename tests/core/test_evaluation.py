"""What a rule is worth over numbers, blanks, KPS and KAD.

The letters (a) to (e) are those of the handling of blanks in the domain reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_xl.core.evaluation import Hint, Outcome, Verdict, evaluate, quantity
from cchc_xl.core.expressions import Cell, Condition, cells_of
from cchc_xl.core.rule_language import parse_condition, parse_quantity
from cchc_xl.core.values import BLANK, INVALID, NOT_APPLICABLE, NOT_ARISEN, TEXT, Value, number
from tests.support.tables import phu_luc_01b

Values: TypeAlias = Mapping[str, Value]
KPS, KAD = NOT_ARISEN, NOT_APPLICABLE
A, B, C, D = (Cell(code) for code in "ABCD")


def values(**amounts: float | str | Value | None) -> Values:
    return {code: _value(amount) for code, amount in amounts.items()}


def _value(amount: float | str | Value | None) -> Value:
    if isinstance(amount, Value):
        return amount
    return BLANK if amount is None else number(Decimal(str(amount)))


def outcome(text: str, given_values: Values) -> Outcome:
    return evaluate(parse_condition(text), lambda cell: given_values.get(cell.code, BLANK))


def verdict(text: str, given_values: Values) -> Verdict:
    return outcome(text, given_values).verdict


class DescribeAComparison:
    @pytest.mark.parametrize(
        ("text", "holds"),
        [
            ("[A] <= [B]", (True, True, False)),
            ("[A] < [B]", (True, False, False)),
            ("[A] >= [B]", (False, True, True)),
            ("[A] > [B]", (False, False, True)),
            ("[A] == [B]", (False, True, False)),
            ("[A] != [B]", (True, False, True)),
        ],
    )
    def it_holds_below_at_and_above_the_bound(
        self, text: str, holds: tuple[bool, bool, bool]
    ) -> None:
        verdicts = [verdict(text, values(A=amount, B=5)) for amount in (4, 5, 6)]

        assert verdicts == [Verdict.PASSES if held else Verdict.FAILS for held in holds]

    def it_counts_kps_as_zero(self) -> None:
        assert verdict("[A] == [B] + [C]", values(A=5, B=5, C=KPS)) is Verdict.PASSES

    def it_is_exact(self) -> None:
        assert verdict("[A] + [B] == [C]", values(A="0.1", B="0.2", C="0.3")) is Verdict.PASSES

    def it_looks_at_six_decimals(self) -> None:
        assert verdict("[A] / 3 == [B]", values(A=1, B="0.333333")) is Verdict.PASSES

    def but_not_at_five(self) -> None:
        assert verdict("[A] / 3 == [B]", values(A=1, B="0.33333")) is Verdict.FAILS

    @pytest.mark.parametrize(("amount", "expected"), [(7, Verdict.PASSES), (8, Verdict.FAILS)])
    def it_takes_the_largest(self, amount: int, expected: Verdict) -> None:
        given_values = values(A=amount, B=5, C=3, D=4)

        assert verdict("[A] <= max([B], [C] + [D])", given_values) is expected


class DescribeASideThatIsAllBlank:
    """(a) A comparison one side of which is all blank is not evaluated."""

    @pytest.mark.parametrize(
        "given_values",
        [values(A=None, B=5), values(A=5, B=None), values(A=None, B=None)],
        ids=["left", "right", "both"],
    )
    @pytest.mark.parametrize("operator", ["<=", "<", ">=", ">", "==", "!="])
    def it_is_not_evaluated(self, operator: str, given_values: Values) -> None:
        assert verdict(f"[A] {operator} [B]", given_values) is Verdict.NOT_EVALUATED

    def it_is_not_evaluated_where_all_terms_of_a_sum_are_blank(self) -> None:
        assert verdict("[A] <= [B] + [C]", values(A=5)) is Verdict.NOT_EVALUATED

    def it_is_not_evaluated_where_all_terms_of_a_maximum_are_blank(self) -> None:
        assert verdict("[A] <= max([B], [C] + [D])", values(A=5)) is Verdict.NOT_EVALUATED

    def but_a_number_is_never_blank(self) -> None:
        assert verdict("[A] <= 100", values(A=5)) is Verdict.PASSES

    def but_kps_is_not_blank(self) -> None:
        assert verdict("[A] <= [B]", values(A=5, B=KPS)) is Verdict.FAILS

    def but_one_figure_on_each_side_is_enough(self) -> None:
        assert verdict("[A] <= [B] + [C]", values(A=5, C=5)) is Verdict.PASSES


class DescribeWhatNoFillingCanMakeTrue:
    """(b) A comparison that no filling of its blanks can make true fires."""

    @pytest.mark.parametrize(
        ("text", "given_values"),
        [
            ("[A] == [B] + [C]", values(A=5, B=6)),
            ("[A] + [B] <= [C]", values(A=6, C=5)),
            ("[A] + [B] < [C]", values(A=5, C=5)),
            ("[A] >= [B] + [C]", values(A=5, B=6)),
            ("[A] > [B] + [C]", values(A=5, B=5)),
            ("max([A], [B]) <= [C]", values(A=6, C=5)),
            ("[A] * [B] + [D] <= [C]", values(A=2, B=3, C=5)),
        ],
    )
    def it_fails(self, text: str, given_values: Values) -> None:
        assert outcome(text, given_values) == Outcome(Verdict.FAILS)


class DescribeWhatSomeFillingMakesTrue:
    """(c) A comparison that is false with the blanks at 0 but true for some filling asks."""

    @pytest.mark.parametrize(
        ("text", "given_values"),
        [
            ("[A] == [B] + [C]", values(A=5, B=3)),
            ("[A] + [B] == [C] + [D]", values(A=5, C=3)),
            ("[A] <= [B] + [C]", values(A=5, B=3)),
            ("[A] < [B] + [C]", values(A=5, B=5)),
            ("[A] + [B] >= [C]", values(A=5, C=6)),
            ("[A] + [B] > [C]", values(A=5, C=5)),
            ("[A] + [B] != [C]", values(A=5, C=5)),
            ("[A] <= max([B], [C])", values(A=5, B=3)),
            ("[A] == [B] - [C]", values(A=3, B=5)),
            ("[A] <= [B] * [C] + [D]", values(A=5, B=3, D=1)),
        ],
    )
    def it_needs_its_blanks(self, text: str, given_values: Values) -> None:
        assert verdict(text, given_values) is Verdict.NEEDS_BLANKS

    def but_it_passes_where_it_is_true_with_the_blanks_at_zero(self) -> None:
        assert verdict("[A] == [B] + [C]", values(A=5, B=5)) is Verdict.PASSES


class DescribeTheHint:
    def it_tells_what_the_blanks_must_add_up_to(self) -> None:
        found = outcome("[A] == [B] + [C] + [D]", values(A=770, B=766))

        assert found.hint == Hint((C, D), "==", Decimal(4))

    def it_tells_blanks_on_the_left(self) -> None:
        found = outcome("[A] + [B] == [C]", values(A=3, C=5))

        assert found.hint == Hint((B,), "==", Decimal(2))

    def it_tells_blanks_that_are_taken_away(self) -> None:
        found = outcome("[A] == [B] - [C]", values(A=3, B=5))

        assert found.hint == Hint((C,), "==", Decimal(2))

    def it_tells_the_least_that_is_missing(self) -> None:
        found = outcome("[A] <= [B] + [C]", values(A=10, B=3))

        assert found.hint == Hint((C,), ">=", Decimal(7))

    def it_tells_what_has_to_be_exceeded(self) -> None:
        found = outcome("[A] < [B] + [C]", values(A=10, B=3))

        assert found.hint == Hint((C,), ">", Decimal(7))

    def it_tells_only_a_least_where_blanks_stand_on_both_sides(self) -> None:
        found = outcome("[A] + [B] == [C] + [D]", values(A=3, C=5))

        assert found.hint == Hint((B,), ">=", Decimal(2))

    def it_names_the_blanks_that_make_a_difference(self) -> None:
        found = outcome("[A] + [B] != [C]", values(A=5, C=5))

        assert found.hint == Hint((B,), ">", Decimal(0))

    @pytest.mark.parametrize(
        ("text", "given_values"),
        [("[A] <= [B]", values(A=4, B=5)), ("[A] <= [B]", values(A=6, B=5))],
        ids=["passes", "fails"],
    )
    def but_there_is_none_where_no_blank_decides(self, text: str, given_values: Values) -> None:
        assert outcome(text, given_values).hint is None


class DescribeAnImplication:
    """(d) A => B is not evaluated unless A is true; nor where B is not."""

    def it_passes_where_the_conclusion_is_true(self) -> None:
        assert verdict("[A] > 0 => [B] > 0", values(A=1, B=1)) is Verdict.PASSES

    def it_fails_where_the_conclusion_is_false(self) -> None:
        assert verdict("[A] > 0 => [B] > 0", values(A=1, B=0)) is Verdict.FAILS

    def it_asks_where_the_conclusion_needs_its_blanks(self) -> None:
        given_values = values(A=1, B=0)

        assert verdict("[A] > 0 => [B] + [C] > 0", given_values) is Verdict.NEEDS_BLANKS

    def it_is_not_evaluated_where_the_premise_is_false(self) -> None:
        assert verdict("[A] > 0 => [B] > 0", values(A=0, B=0)) is Verdict.NOT_EVALUATED

    def it_is_not_evaluated_where_the_premise_is_blank(self) -> None:
        assert verdict("[A] > 0 => [B] > 0", values(B=0)) is Verdict.NOT_EVALUATED

    def it_is_not_evaluated_where_the_premise_needs_its_blanks(self) -> None:
        given_values = values(A=0, C=0)

        assert verdict("[A] + [B] > 0 => [C] > 0", given_values) is Verdict.NOT_EVALUATED

    def it_is_not_evaluated_where_the_conclusion_is_not(self) -> None:
        assert verdict("[A] > 0 => [B] > 0", values(A=1)) is Verdict.NOT_EVALUATED

    def but_a_missing_answer_is_an_answer_to_present(self) -> None:
        assert verdict("[A] > 0 => present([B])", values(A=1)) is Verdict.FAILS


class DescribeACellThatIsNotApplicable:
    """(e) A rule that names a KAD cell is not evaluated; so with a cell that fails its kind."""

    @pytest.mark.parametrize("closed", [KAD, INVALID], ids=["KAD", "invalid"])
    @pytest.mark.parametrize(
        "text",
        [
            "[A] <= [B]",
            "[B] <= [A]",
            "[B] == [C] + [A]",
            "[B] <= max([C], [A])",
            "present([A])",
            "not present([A])",
            "[B] > 0 => present([A])",
            "present([A]) => present([D])",
            "[B] == [C] or [B] == [A]",
            "present([D]) and present([A])",
            "[B] == [C] + 0 * [A]",
        ],
    )
    def it_closes_every_rule_that_names_it(self, text: str, closed: Value) -> None:
        given_values = values(A=closed, B=5, C=5)

        assert verdict(text, given_values) is Verdict.NOT_EVALUATED


class DescribePresent:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (number(5), Verdict.PASSES),
            (number(0), Verdict.PASSES),
            (KPS, Verdict.PASSES),
            (TEXT, Verdict.PASSES),
            (BLANK, Verdict.FAILS),
        ],
        ids=["number", "zero", "KPS", "text", "blank"],
    )
    def it_is_true_where_the_unit_answered(self, value: Value, expected: Verdict) -> None:
        assert verdict("present([A])", values(A=value)) is expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [(number(0), Verdict.FAILS), (TEXT, Verdict.FAILS), (BLANK, Verdict.PASSES)],
        ids=["zero", "text", "blank"],
    )
    def it_is_denied_by_not(self, value: Value, expected: Verdict) -> None:
        assert verdict("not present([A])", values(A=value)) is expected


class DescribeOr:
    @pytest.mark.parametrize(
        ("given_values", "expected"),
        [
            (values(A=5, B=5, C=1), Verdict.PASSES),
            (values(A=5, B=1, C=5), Verdict.PASSES),
            (values(A=5, B=5), Verdict.PASSES),
            (values(A=5, B=1, C=1), Verdict.FAILS),
            (values(B=5, C=5), Verdict.NOT_EVALUATED),
        ],
        ids=["first", "second", "one not evaluated", "neither", "both not evaluated"],
    )
    def it_takes_the_better(self, given_values: Values, expected: Verdict) -> None:
        assert verdict("[A] == [B] or [A] == [C]", given_values) is expected

    def it_asks_where_one_part_could_still_hold(self) -> None:
        given_values = values(A=5, B=3, D=9)

        assert verdict("[A] == [B] + [C] or [A] == [D]", given_values) is Verdict.NEEDS_BLANKS

    def and_its_hint_is_that_of_the_part_that_could_hold(self) -> None:
        found = outcome("[A] == [D] or [A] == [B] + [C]", values(A=5, B=3, D=9))

        assert found.hint == Hint((C,), "==", Decimal(2))


class DescribeAnd:
    @pytest.mark.parametrize(
        ("given_values", "expected"),
        [
            (values(A=1, B=1, C=1), Verdict.PASSES),
            (values(A=1, B=1, C=0), Verdict.FAILS),
            (values(A=0, B=1, C=1), Verdict.FAILS),
        ],
        ids=["both", "first only", "second only"],
    )
    def it_takes_the_worse(self, given_values: Values, expected: Verdict) -> None:
        assert verdict("[A] == 1 and [B] == [C]", given_values) is expected

    def it_asks_where_one_part_needs_its_blanks(self) -> None:
        given_values = values(A=1, B=5, C=3)

        assert verdict("[A] == 1 and [B] == [C] + [D]", given_values) is Verdict.NEEDS_BLANKS


class DescribeDivision:
    def it_divides(self) -> None:
        assert verdict("[A] / [B] <= 2", values(A=4, B=2)) is Verdict.PASSES

    @pytest.mark.parametrize("divisor", [0, KPS], ids=["zero", "KPS"])
    def but_it_is_not_evaluated_over_zero(self, divisor: int | Value) -> None:
        assert verdict("[A] / [B] <= 2", values(A=4, B=divisor)) is Verdict.NOT_EVALUATED

    def it_asks_where_a_greater_divisor_could_help(self) -> None:
        given_values = values(A=9, B=1)

        assert verdict("[A] / ([B] + [C]) <= 2", given_values) is Verdict.NEEDS_BLANKS

    def but_it_fails_where_a_greater_divisor_makes_it_worse(self) -> None:
        assert verdict("[A] / ([B] + [C]) >= 10", values(A=9, B=1)) is Verdict.FAILS


class DescribeAQuantity:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [("[A] + [B] - 1", 10), ("[A] * [B] / 100", "0.28"), ("max([A], [B])", 7)],
    )
    def it_is_calculated_exactly(self, text: str, expected: int | str) -> None:
        given_values = values(A=4, B=7)

        amount = quantity(parse_quantity(text), lambda cell: given_values[cell.code])

        assert amount == Decimal(expected)

    def but_there_is_none_over_zero(self) -> None:
        given_values = values(A=4, B=0)

        amount = quantity(parse_quantity("[A] / [B]"), lambda cell: given_values[cell.code])

        assert amount is None


# Conditions out of comparisons: `present` speaks of blanks themselves, not of their numbers.
OPERATORS = ("<=", "<", ">=", ">", "==", "!=")
CODES = "ABCDEFGH"


@st.composite
def plain_sums(draw: st.DrawFn, codes: list[str]) -> str:
    """A sum and difference of cells, each taken out of `codes`."""
    text = f"[{codes.pop()}]"
    for _ in range(draw(st.integers(0, 2))):
        text += f" {draw(st.sampled_from('++-'))} [{codes.pop()}]"
    return text


@st.composite
def quantities(draw: st.DrawFn, codes: list[str]) -> str:
    """A quantity of up to three cells, each taken out of `codes`."""
    shape = draw(st.sampled_from(["sum", "sum", "product", "quotient", "largest"]))
    if shape == "sum":
        return draw(plain_sums(codes))
    one, two, three = (f"[{codes.pop()}]" for _ in range(3))
    factor = draw(st.integers(1, 5))
    return {
        "product": f"{one} * ({two} + {factor}) - {three}",
        "quotient": f"{one} / ({two} + {factor}) + {three}",
        "largest": f"max({one}, {two} + {three})",
    }[shape]


@st.composite
def plain_comparisons(draw: st.DrawFn, operators: tuple[str, ...] = OPERATORS) -> str:
    codes = draw(st.permutations(CODES))
    left, right = draw(plain_sums(codes)), draw(plain_sums(codes))
    return f"{left} {draw(st.sampled_from(operators))} {right}"


@st.composite
def comparisons(draw: st.DrawFn) -> str:
    codes = draw(st.permutations(CODES))
    left = draw(quantities(codes))
    right = draw(quantities(codes) | st.integers(0, 20).map(str))
    return f"{left} {draw(st.sampled_from(OPERATORS))} {right}"


CONDITIONS = st.recursive(
    comparisons(),
    lambda parts: st.tuples(parts, st.sampled_from(["and", "or", "=>"]), parts).map(
        lambda three: f"({three[0]}) {three[1]} ({three[2]})"
    ),
    max_leaves=4,
).map(parse_condition)
FIGURES = st.integers(0, 20).map(number)
VALUES = st.fixed_dictionaries(
    {code: st.one_of(FIGURES, st.just(BLANK), st.just(KPS)) for code in CODES}
)
FILLINGS = st.fixed_dictionaries({code: st.integers(0, 60) for code in CODES})
RULES = {
    rule.id: rule.condition
    for rule in phu_luc_01b().rules
    if rule.condition is not None and not rule.needs_previous
}
COMPARING_RULES = sorted(
    rule_id for rule_id, condition in RULES.items() if "Present(" not in repr(condition)
)


def of(condition: Condition, given_values: Values) -> Outcome:
    return evaluate(condition, lambda cell: given_values[cell.code])


def filled(given_values: Values, filling: Mapping[str, int]) -> Values:
    return {
        code: number(filling[code]) if value.is_blank else value
        for code, value in given_values.items()
    }


def with_zeros(given_values: Values) -> Values:
    return filled(given_values, dict.fromkeys(given_values, 0))


class DescribeFillingTheBlanks:
    @given(CONDITIONS, VALUES)
    def it_leaves_what_passes_passing_at_zero(
        self, condition: Condition, given_values: Values
    ) -> None:
        before = of(condition, given_values).verdict

        after = of(condition, with_zeros(given_values)).verdict

        assert before is not Verdict.PASSES or after is Verdict.PASSES

    @given(CONDITIONS, VALUES, FILLINGS)
    def it_never_makes_true_what_fails(
        self, condition: Condition, given_values: Values, filling: Mapping[str, int]
    ) -> None:
        before = of(condition, given_values).verdict

        after = of(condition, filled(given_values, filling)).verdict

        assert before is not Verdict.FAILS or after is not Verdict.PASSES

    @given(CONDITIONS, VALUES, FILLINGS)
    def it_leaves_nothing_to_ask(
        self, condition: Condition, given_values: Values, filling: Mapping[str, int]
    ) -> None:
        after = of(condition, filled(given_values, filling)).verdict

        assert after is not Verdict.NEEDS_BLANKS

    @settings(max_examples=400)
    @given(plain_comparisons(("==",)), VALUES)
    def it_meets_an_equality_that_needs_its_blanks_with_what_the_hint_says(
        self, text: str, given_values: Values
    ) -> None:
        hint = outcome(text, given_values).hint

        after = verdict(text, filled(given_values, _as_hinted(hint)))

        assert hint is None or after is Verdict.PASSES

    @settings(max_examples=400)
    @given(plain_comparisons(("==",)), VALUES, FILLINGS)
    def it_meets_an_equality_only_with_what_an_exact_hint_says(
        self, text: str, given_values: Values, filling: Mapping[str, int]
    ) -> None:
        hint = outcome(text, given_values).hint
        exact = hint if hint is not None and hint.relation == "==" else None

        after = verdict(text, filled(given_values, filling))

        assert exact is None or (after is Verdict.PASSES) == _answers(exact, filling)

    @settings(max_examples=400)
    @given(plain_comparisons(("<=", "<", ">=", ">")), VALUES)
    def it_meets_an_inequality_with_just_what_the_hint_says(
        self, text: str, given_values: Values
    ) -> None:
        hint = outcome(text, given_values).hint

        after = verdict(text, filled(given_values, _as_hinted(hint)))

        assert hint is None or after is Verdict.PASSES


def _as_hinted(hint: Hint | None) -> dict[str, int]:
    """The smallest filling that does what a hint says, other blanks at zero."""
    filling = dict.fromkeys(CODES, 0)
    if hint is not None and hint.blanks:
        filling[hint.blanks[0].code] = int(hint.gap) + (hint.relation == ">")
    return filling


def _answers(hint: Hint, filling: Mapping[str, int]) -> bool:
    return sum(filling[cell.code] for cell in hint.blanks) == hint.gap


class DescribeFillingTheBlanksOfTheForm:
    @given(st.sampled_from(COMPARING_RULES), st.data())
    def it_leaves_what_passes_passing_at_zero(self, rule_id: str, data: st.DataObject) -> None:
        condition = RULES[rule_id]
        given_values = data.draw(_values_of(condition))

        before = of(condition, given_values).verdict
        after = of(condition, with_zeros(given_values)).verdict

        assert before is not Verdict.PASSES or after is Verdict.PASSES

    @given(st.sampled_from(COMPARING_RULES), st.data())
    def it_never_makes_true_what_fails(self, rule_id: str, data: st.DataObject) -> None:
        condition = RULES[rule_id]
        given_values = data.draw(_values_of(condition))
        filling = {code: data.draw(st.integers(0, 60)) for code in given_values}

        before = of(condition, given_values).verdict
        after = of(condition, filled(given_values, filling)).verdict

        assert before is not Verdict.FAILS or after is not Verdict.PASSES

    @given(st.sampled_from(sorted(RULES)), st.data())
    def it_asks_only_what_the_hints_blanks_can_answer(
        self, rule_id: str, data: st.DataObject
    ) -> None:
        condition = RULES[rule_id]
        given_values = data.draw(_values_of(condition))

        hint = of(condition, given_values).hint

        assert hint is None or all(given_values[cell.code].is_blank for cell in hint.blanks)
        assert hint is None or hint.blanks


def _values_of(condition: Condition) -> st.SearchStrategy[dict[str, Value]]:
    one = st.one_of(FIGURES, st.just(BLANK), st.just(KPS))
    return st.fixed_dictionaries({cell.code: one for cell in cells_of(condition)})
