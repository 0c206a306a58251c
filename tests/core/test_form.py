"""The form as data: what the shipped one holds, and what is said of a broken one."""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from jsonschema import Draft202012Validator

from cchc_xl.core.cells import Kind
from cchc_xl.core.checks import check_table
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Aggregation, Applies, Form
from cchc_xl.core.period import parse_period_id
from cchc_xl.errors import FormDefinitionError, UsageError
from cchc_xl.gateways.data_files import data_folder
from cchc_xl.gateways.schemas import load_form, read_form, shipped_forms
from tests.support.tables import (
    SMALL_FORM,
    Json,
    phu_luc_01b,
    phu_luc_01b_definition,
    table,
    write_form,
)

FORM = phu_luc_01b()
REMOVED = object()
Steps: TypeAlias = tuple[str | int, ...]


def broken(path: Steps, value: Any) -> Json:
    """A copy of the small form with one thing changed or taken away."""
    definition = deepcopy(SMALL_FORM)
    place: Any = definition
    for step in path[:-1]:
        place = place[step]
    if value is REMOVED:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return definition


def complaint(folder: Path, definition: Json) -> str:
    """What is said of a form file that holds `definition`."""
    with pytest.raises(FormDefinitionError) as caught:
        read_form(write_form(folder, definition))
    return caught.value.message


class DescribePhuLuc01b:
    def it_has_the_81_rows_of_the_printed_form(self) -> None:
        assert len(FORM.printed) == 81

    def it_has_the_kinds_of_the_printed_form(self) -> None:
        kinds = Counter(indicator.kind for indicator in FORM.printed)

        assert kinds == {
            Kind.HEADER: 19,
            Kind.COUNT: 46,
            Kind.FLAG: 8,
            Kind.CODE: 2,
            Kind.PERCENT: 6,
        }

    def it_has_ten_supplementary_indicators(self) -> None:
        assert [indicator.code for indicator in FORM.supplementary] == [
            "S.KY_TRUOC",
            "S.DA_GQ",
            "S.TRUOC_HAN",
            "S.DUNG_HAN",
            "S.QH_GQ",
            "S.DANG_GQ",
            "S.DANG_TRONG_HAN",
            "S.DANG_QUA_HAN",
            "S.CAN_BO",
            "S.CONG_CHUC",
        ]

    def it_has_56_rules(self) -> None:
        expressions = {f"R{place:02d}" for place in range(1, 47)} | {"R33b"}
        named = {"RF1", "RF2", "RF3", "RF4", "RF5", "RA1", "RA2", "RJ1", "RJ2"}

        assert [rule.id for rule in FORM.rules if rule.id not in expressions | named] == []
        assert len(FORM.rules) == len(expressions | named) == 56

    def it_has_14_ratios(self) -> None:
        assert [ratio.id for ratio in FORM.ratios] == [f"T{place:02d}" for place in range(1, 15)]

    def it_has_the_numbers_as_they_are_printed(self) -> None:
        differing = {row.code: row.number for row in FORM.printed if row.number != row.code}

        assert differing == {
            "2.3": "2.3.", "2.4": "2.4.", "6.1": "6.1.", "6.2": "6.2.", "7.1": "7.1.",
            "3.3.1.a": "Trong đó", "3.3.1.b": "", "3.3.1.c": "", "3.3.1.d": "",
            "3.3.2.a": "Trong đó", "3.3.2.b": "", "3.3.2.c": "", "3.3.2.d": "",
            "7.2.2.a": "Trong đó", "7.2.2.b": "",
        }  # fmt: skip

    def it_keeps_the_slips_of_the_printed_form(self) -> None:
        assert FORM.by_code["3.2.6"].label.endswith("không phụ thuộc vào địc giới hành chính")

    @pytest.mark.parametrize(
        ("code", "unit"),
        [("1.1.1", "Nhiệm vụ"), ("3.3.2.a", "nt"), ("3.5", ""), ("4.1", "Người"),
         ("7.2", "Văn bản"), ("1.4.2", "Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 2")],
    )  # fmt: skip
    def it_keeps_the_units_of_the_printed_form(self, code: str, unit: str) -> None:
        assert FORM.by_code[code].unit == unit

    def it_names_its_printed_columns(self) -> None:
        assert [column.header.split(" (")[0] for column in FORM.columns] == [
            "STT",
            "Chỉ tiêu thống kê",
            "Đơn vị tính",
            "Số liệu",
            "Ghi chú",
        ]

    @pytest.mark.parametrize("row", FORM.indicators, ids=lambda row: row.code)
    def it_has_choices_for_exactly_its_flags_and_codes(self, row: Any) -> None:
        expected = {Kind.FLAG: {0, 1}, Kind.CODE: {0, 1, 2}}.get(row.kind, set())

        assert set(row.choices) == expected

    def it_never_sums_what_all_units_share(self) -> None:
        shared = {row.code for row in FORM.indicators if row.aggregation is Aggregation.MUST_AGREE}

        assert shared == {
            "3.1.1", "3.1.2", "3.1.3", "3.2.1", "3.2.2", "3.2.3", "3.2.6", "3.4.3",
            "7.4.1", "7.4.2",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("code", "aggregation"),
        [
            ("1.1.1", Aggregation.SUM),
            ("1.4.2", Aggregation.DISTRIBUTION),
            ("1.5", Aggregation.SHARE_YES),
            ("3.2.4", Aggregation.WEIGHTED_MEAN),
            ("4.1", Aggregation.NOT_AGGREGATABLE),
            ("4.1.4", Aggregation.RECOMPUTE),
            ("5.3", Aggregation.NOT_AGGREGATABLE),
            ("S.DA_GQ", Aggregation.SUM),
            ("1", Aggregation.NONE),
        ],
    )
    def it_says_how_units_become_one(self, code: str, aggregation: Aggregation) -> None:
        assert FORM.by_code[code].aggregation is aggregation

    @pytest.mark.parametrize(
        ("code", "behaviour"),
        [("1.1.1", "plan_year"), ("1.1.2", "ytd"), ("3.3.1", "flow"), ("3.1.3", "stock"),
         ("S.KY_TRUOC", "opening"), ("S.DANG_GQ", "stock"), ("1.5", "status"),
         ("3.2.4", "ratio_stock"), ("7.2.2.a", "ratio_flow"), ("1", None)],
    )  # fmt: skip
    def it_says_how_periods_add_up(self, code: str, behaviour: str | None) -> None:
        assert FORM.by_code[code].behaviour == behaviour

    @pytest.mark.parametrize("rule", FORM.rules, ids=lambda rule: rule.id)
    def it_says_of_each_rule_what_is_wrong_and_what_to_do(self, rule: Any) -> None:
        assert rule.message.endswith(".")
        assert rule.advice.startswith("Đề nghị")

    def it_marks_the_rules_that_need_a_previous_submission(self) -> None:
        compared = {rule.id: rule.applies for rule in FORM.rules if rule.needs_previous}

        assert compared == {
            "R13": Applies.FOLLOWS,
            "R33": Applies.FOLLOWS,
            "R33b": Applies.EXTENDS,
            "R45": Applies.EXTENDS,
            "RJ1": Applies.LIKE,
            "RJ2": Applies.LIKE,
        }

    def it_puts_each_row_below_one_that_stands_above_it(self) -> None:
        order = FORM.order

        misplaced = [
            row.code for row in FORM.printed if row.parent and order[row.parent] >= order[row.code]
        ]

        assert misplaced == []

    def it_is_shipped(self) -> None:
        assert FORM in [form.main for form in shipped_forms()]


class DescribeTheJsonSchema:
    def it_is_of_2020_12(self) -> None:
        path = data_folder("schemas") / "form.schema.json"
        schema = json.loads(path.read_text(encoding="utf-8"))

        Draft202012Validator.check_schema(schema)

        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


class DescribeLoadingAForm:
    def it_takes_the_path_of_a_file(self, tmp_path: Path) -> None:
        path = write_form(tmp_path, SMALL_FORM)

        assert load_form(str(path)).id == "bieu-nho"

    def but_it_names_the_known_forms_where_there_is_none(self) -> None:
        with pytest.raises(UsageError) as caught:
            load_form("phu-luc-99")

        assert "phu-luc-99" in caught.value.message
        assert "phu-luc-01b" in caught.value.advice


class DescribeABrokenFormFile:
    @pytest.mark.parametrize(
        ("path", "value", "place", "fix"),
        [
            (("rules",), REMOVED, "$:", "rules"),
            (("indicators", 1, "label"), REMOVED, "$.indicators[1]:", "label"),
            (("indicators", 1, "kind"), "number", "$.indicators[1].kind:", "count"),
            (("indicators", 1, "lable"), "x", "$.indicators[1]:", "lable"),
            (("indicators", 1, "label"), "", "$.indicators[1].label:", "1"),
            (("indicators", 1, "code"), "1 1", "$.indicators[1].code:", "«1 1»"),
            (("indicators", 1, "aggregation"), "mean", "$.indicators[1].aggregation:", "sum"),
            (("indicators", 1, "kind"), "flag", "$.indicators[1]:", "choices"),
            (("indicators", 7, "weight"), REMOVED, "$.indicators[7]:", "weight"),
            (("title",), "SỐ LIỆU", "$.title:", "array"),
            (("layout",), "matrix", "$.layout:", "indicators"),
            (("rules", 0, "severity"), "fatal", "$.rules[0].severity:", "error"),
            (("rules", 0, "check"), "kind", "$.rules[0]:", "expression"),
            (("rules", 0, "expression"), REMOVED, "$.rules[0]:", "expression"),
            (("rules", 0, "advice"), REMOVED, "$.rules[0]:", "advice"),
            (("rules", 1, "valid_from"), "1/1/2024", "$.rules[1].valid_from:", "«1/1/2024»"),
        ],
    )
    def it_is_told_with_the_path_and_the_fix_where_its_shape_is_wrong(
        self, tmp_path: Path, path: Steps, value: Any, place: str, fix: str
    ) -> None:
        told = complaint(tmp_path, broken(path, value))

        (line,) = [line for line in told.splitlines() if place in line]
        assert fix in line.partition(place)[2]

    @pytest.mark.parametrize(
        ("path", "value", "place", "fix"),
        [
            (("rules", 0, "expression"), "[1.1] == [1.1.a", "$.rules[R01].expression:", "cú pháp"),
            (("rules", 0, "expression"), "[1.1] + [1.2]", "$.rules[R01].expression:", "điều kiện"),
            (("rules", 0, "expression"), "[1.1] <= [9.9]", "$.rules[R01].expression:", "9.9"),
            (("rules", 0, "expression"), "[1.1] <= [1.1]", "$.rules[R01].expression:", "hai lần"),
            (("rules", 0, "expression"), "[1.1] == prev([1.1])", "$.rules[R01].expression:",
             "applies"),
            (("rules", 1, "id"), "R01", "$.rules:", "R01"),
            (("rules", 2, "kind"), REMOVED, "$.rules[RF1]:", "kind"),
            (("indicators", 1, "code"), "1.2", "$.indicators:", "1.2"),
            (("indicators", 1, "parent"), "9", "$.indicators[mã 1.1].parent:", "9"),
            (("indicators", 7, "weight"), "[9.9]", "$.indicators[mã 1.3].weight:", "9.9"),
            (("ratios", 0, "numerator"), "[1.1] <= [1.2]", "$.ratios[T01].numerator:", "phép tính"),
            (("ratios", 0, "denominator"), "[9.9]", "$.ratios[T01].denominator:", "9.9"),
            (("ratios", 0, "blank_is_zero_where"), "R99", "$.ratios[T01].blank_is_zero_where:",
             "R99"),
            (("columns", 3, "id"), "note", "$.columns:", "value"),
            (("columns", 0, "id"), "label", "$.columns:", "label"),
            (("rules", 1, "valid_from"), "2024-02-30", "valid_from", "2024-02-30"),
            (("valid_to",), "2024-13-01", "valid_to", "2024-13-01"),
        ],
    )  # fmt: skip
    def it_is_told_with_the_path_and_the_fix_where_its_meaning_is_wrong(
        self, tmp_path: Path, path: Steps, value: Any, place: str, fix: str
    ) -> None:
        told = complaint(tmp_path, broken(path, value))

        assert any(fix in line.partition(place)[2] for line in told.splitlines() if place in line)

    @pytest.mark.parametrize(
        ("rule", "place"),
        [
            ({"check": "heading_blank", "except": ["9.9"]}, "9.9"),
            ({"check": "never_decreases", "applies": "extends"}, "behaviour"),
            ({"check": "never_decreases", "behaviour": "flwo", "applies": "extends"}, "flwo"),
            ({"check": "never_decreases", "behaviour": "stock"}, "applies"),
            ({"check": "one_convention", "of": "R99"}, "R99"),
            ({"check": "one_convention"}, "of"),
        ],
        ids=[
            "strange row",
            "no behaviour",
            "strange behaviour",
            "no relation",
            "strange rule",
            "no rule",
        ],
    )
    def it_is_told_where_a_named_check_could_never_speak(
        self, tmp_path: Path, rule: Json, place: str
    ) -> None:
        sentences = {"message": "Sai.", "advice": "Đề nghị sửa."}
        definition = deepcopy(SMALL_FORM)
        definition["rules"].append({"id": "R77", "severity": "error", **rule, **sentences})

        told = complaint(tmp_path, definition)

        assert place in told

    def it_is_told_with_the_name_of_the_file(self, tmp_path: Path) -> None:
        told = complaint(tmp_path, broken(("rules",), REMOVED))

        assert "bieu-nho.json" in told

    def it_is_told_with_all_that_is_wrong(self, tmp_path: Path) -> None:
        definition = broken(("rules", 0, "expression"), "[1.1] <= [9.9]")
        definition["ratios"][0]["numerator"] = "[8.8]"

        told = complaint(tmp_path, definition)

        assert "9.9" in told
        assert "8.8" in told

    def it_is_told_for_the_shipped_form_too(self, tmp_path: Path) -> None:
        definition = phu_luc_01b_definition()
        rule = next(rule for rule in definition["rules"] if rule["id"] == "R19")
        rule["expression"] = "[3.3.1] == [3.3.1.a] + [3.3.1.e]"

        told = complaint(tmp_path, definition)

        assert "$.rules[R19].expression: không có dòng mã 3.3.1.e" in told

    def it_is_told_with_line_and_column_where_it_is_no_json(self, tmp_path: Path) -> None:
        path = tmp_path / "bieu-nho.json"
        path.write_text('{\n  "id": "bieu-nho",,\n}', encoding="utf-8")

        with pytest.raises(FormDefinitionError, match=r"bieu-nho\.json.* dòng 2, cột 20"):
            read_form(path)

    def it_is_told_where_it_is_no_object(self, tmp_path: Path) -> None:
        path = tmp_path / "bieu-nho.json"
        path.write_text("[]", encoding="utf-8")

        with pytest.raises(FormDefinitionError, match=r"bieu-nho\.json"):
            read_form(path)

    def it_is_told_where_it_is_no_text(self, tmp_path: Path) -> None:
        path = tmp_path / "bieu-nho.json"
        path.write_bytes(b"\xff\xfe\x00\x01")

        with pytest.raises(FormDefinitionError, match=r"bieu-nho\.json"):
            read_form(path)

    def it_comes_with_advice(self, tmp_path: Path) -> None:
        path = write_form(tmp_path, broken(("rules",), REMOVED))

        with pytest.raises(FormDefinitionError) as caught:
            read_form(path)

        assert caught.value.advice.startswith("Đề nghị")


class DescribeTheDatesOfARule:
    @pytest.fixture
    def small(self, tmp_path: Path) -> Form:
        return read_form(write_form(tmp_path, SMALL_FORM))

    @pytest.mark.parametrize(
        ("period", "speaks"),
        [
            ("2023-N", False),
            ("2024-Q1", True),
            ("2024-N", True),
            ("2025-Q1", False),
            ("2023-01-01_2024-01-01", True),
            ("2023-01-01_2023-12-31", False),
            ("2024-01-01_2024-12-31", True),
            ("2024-01-01_2025-01-01", False),
        ],
    )
    def it_speaks_only_of_periods_that_end_while_it_is_valid(
        self, small: Form, period: str, speaks: bool
    ) -> None:
        found = check_table(table(small, {"1.3": None}), parse_period_id(period))

        assert [finding.rule for finding in found] == (["R02"] if speaks else [])

    def it_speaks_where_the_period_is_unknown(self, small: Form) -> None:
        found = check_table(table(small, {"1.3": None}))

        assert [finding.severity for finding in found] == [Severity.WARNING]
