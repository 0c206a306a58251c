"""The language of the rules: one grammar, parsed once into a small tree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.expressions import (
    Arithmetic,
    Cell,
    Comparison,
    Either,
    Every,
    Implication,
    Largest,
    Number,
    Present,
    cells_of,
    comparisons_of,
)
from cchc_xl.core.rule_language import ExpressionError, parse_condition, parse_quantity

A, B, C, D = (Cell(code) for code in "ABCD")


class DescribeACondition:
    @pytest.mark.parametrize("operator", ["<=", ">=", "<", ">", "==", "!="])
    def it_compares(self, operator: str) -> None:
        assert parse_condition(f"[A] {operator} [B]") == Comparison(operator, A, B)

    def it_names_cells_by_their_codes(self) -> None:
        expected = Comparison("<=", Cell("3.3.1.a"), Cell("S.KY_TRUOC"))

        assert parse_condition("[3.3.1.a] <= [S.KY_TRUOC]") == expected

    def it_names_cells_of_the_previous_submission(self) -> None:
        expected = Comparison("==", A, Cell("A", previous=True))

        assert parse_condition("[A] == prev([A])") == expected

    def it_asks_whether_a_cell_is_present(self) -> None:
        assert parse_condition("present([A])") == Present(A)

    def it_asks_whether_a_cell_is_not_present(self) -> None:
        assert parse_condition("not present([A])") == Present(A, expected=False)

    def it_looks_at_a_conclusion_only_where_its_premise_is_true(self) -> None:
        expected = Implication(Comparison(">", A, Number(Decimal(0))), Present(B))

        assert parse_condition("[A] > 0 => present([B])") == expected

    def it_binds_and_closer_than_or(self) -> None:
        expected = Either((Present(A), Every((Present(B), Present(C)))))

        assert parse_condition("present([A]) or present([B]) and present([C])") == expected

    def it_binds_the_arrow_loosest(self) -> None:
        expected = Implication(Either((Present(A), Present(B))), Every((Present(C), Present(D))))
        text = "present([A]) or present([B]) => present([C]) and present([D])"

        assert parse_condition(text) == expected

    def it_binds_not_closest(self) -> None:
        expected = Every((Present(A, expected=False), Present(B)))

        assert parse_condition("not present([A]) and present([B])") == expected

    def it_minds_brackets(self) -> None:
        expected = Every((Either((Present(A), Present(B))), Present(C)))

        assert parse_condition("(present([A]) or present([B])) and present([C])") == expected

    @pytest.mark.parametrize(
        ("operator", "opposite"),
        [("<=", ">"), ("<", ">="), (">=", "<"), (">", "<="), ("==", "!="), ("!=", "==")],
    )
    def it_turns_a_denied_comparison_round(self, operator: str, opposite: str) -> None:
        assert parse_condition(f"not [A] {operator} [B]") == Comparison(opposite, A, B)

    def it_turns_a_denied_and_into_or(self) -> None:
        expected = Either((Comparison(">", A, B), Present(C, expected=False)))

        assert parse_condition("not ([A] <= [B] and present([C]))") == expected

    def it_turns_a_denied_or_into_and(self) -> None:
        expected = Every((Comparison(">", A, B), Present(C, expected=False)))

        assert parse_condition("not ([A] <= [B] or present([C]))") == expected

    @pytest.mark.parametrize("text", ["[A]<=[B]", "  [A]  <=  [B]  ", "[A]\n<= [B]"])
    def it_does_not_mind_spaces(self, text: str) -> None:
        assert parse_condition(text) == Comparison("<=", A, B)


class DescribeAQuantity:
    def it_multiplies_before_it_adds(self) -> None:
        expected = Arithmetic("+", A, Arithmetic("*", B, C))

        assert parse_quantity("[A] + [B] * [C]") == expected

    def it_subtracts_from_left_to_right(self) -> None:
        expected = Arithmetic("-", Arithmetic("-", A, B), C)

        assert parse_quantity("[A] - [B] - [C]") == expected

    def it_divides_from_left_to_right(self) -> None:
        expected = Arithmetic("/", Arithmetic("*", A, B), Number(Decimal(100)))

        assert parse_quantity("[A] * [B] / 100") == expected

    def it_takes_the_largest_of_several(self) -> None:
        assert parse_quantity("max([A], [B] + [C])") == Largest((A, Arithmetic("+", B, C)))

    def it_holds_exact_numbers(self) -> None:
        assert parse_quantity("0.1") == Number(Decimal("0.1"))

    def it_tells_its_cells_in_the_order_in_which_they_stand(self) -> None:
        assert cells_of(parse_quantity("[C] + max([A], [B])")) == (C, A, B)


class DescribeTheComparisonsOfACondition:
    def it_finds_them_from_left_to_right(self) -> None:
        condition = parse_condition("[A] > 0 => [B] <= [C] and present([D]) or [D] == 1")

        operators = [comparison.operator for comparison in comparisons_of(condition)]

        assert operators == [">", "<=", "=="]


class DescribeWhatIsNoExpression:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[A] <=",
            "[A] = [B]",
            "[A] <= [B] <= [C]",
            "A <= B",
            "[A] <= [B",
            "[] <= [B]",
            "present(A)",
            "max([A]) <= [B]",
            "prev([A] + [B]) <= [C]",
            "__import__('os').getcwd()",
            "[A] <= -1",
            "[A] <= [B];",
        ],
    )
    def it_is_refused_with_its_text(self, text: str) -> None:
        with pytest.raises(ExpressionError, match="sai cú pháp") as caught:
            parse_condition(text)

        assert f"«{text}»" in str(caught.value)

    def it_is_told_at_its_place(self) -> None:
        with pytest.raises(ExpressionError, match="ký tự thứ 5"):
            parse_condition("[A] = [B]")

    def it_may_be_a_number_where_a_condition_is_needed(self) -> None:
        with pytest.raises(ExpressionError, match="chưa phải điều kiện"):
            parse_condition("[A] + [B]")

    def it_may_be_a_condition_where_a_number_is_needed(self) -> None:
        with pytest.raises(ExpressionError, match="cần một phép tính"):
            parse_quantity("[A] <= [B]")

    @pytest.mark.parametrize("text", ["[A] and present([B])", "not [A]", "[A] => present([B])"])
    def it_may_be_a_number_among_conditions(self, text: str) -> None:
        with pytest.raises(ExpressionError, match="cần một điều kiện"):
            parse_condition(text)

    @pytest.mark.parametrize("text", ["present([A]) + 1 > 2", "max([A], present([B])) > 1"])
    def it_may_be_a_condition_among_numbers(self, text: str) -> None:
        with pytest.raises(ExpressionError, match="cần một con số"):
            parse_condition(text)

    def it_may_deny_an_implication(self) -> None:
        with pytest.raises(ExpressionError, match="không phủ định được"):
            parse_condition("not (present([A]) => present([B]))")


class DescribeTheTwoPromisesOfTheLanguage:
    @pytest.mark.parametrize("text", ["[A] <= [A]", "[A] + [B] == [C] + [A]"])
    def it_names_a_cell_once_in_a_comparison(self, text: str) -> None:
        with pytest.raises(ExpressionError, match=r"\[A\] đứng hai lần"):
            parse_condition(text)

    def it_names_a_cell_once_in_a_quantity(self) -> None:
        with pytest.raises(ExpressionError, match=r"\[A\] đứng hai lần"):
            parse_quantity("[A] + [A]")

    @pytest.mark.parametrize("text", ["[A] == prev([A])", "[A] <= [B] or [A] <= [C]"])
    def but_a_cell_may_stand_in_two_submissions_or_comparisons(self, text: str) -> None:
        assert comparisons_of(parse_condition(text))

    @pytest.mark.parametrize("text", ["([A] - [B]) * [C]", "[A] / ([B] - [C])"])
    def it_never_subtracts_inside_factors_and_divisors(self, text: str) -> None:
        with pytest.raises(ExpressionError, match="phép trừ"):
            parse_quantity(text)


class DescribeParsing:
    @given(st.text() | st.text(alphabet="[]AB()<>=!+-*/ 01.andorntpresevmx,"))
    def it_raises_nothing_but_its_own_error(self, text: str) -> None:
        try:
            parsed = parse_condition(text)
        except ExpressionError:
            return

        assert cells_of(parsed) is not None
