"""A province's own annex as a file: what it gets for nothing, and what is said of a broken one."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from jsonschema import Draft202012Validator

from cchc_xl.core.form import Form
from cchc_xl.errors import FormDefinitionError, UsageError
from cchc_xl.gateways.annexes import load_annex
from cchc_xl.gateways.data_files import data_folder
from cchc_xl.gateways.schemas import load_form
from tests.support.annex_reports import TTHC
from tests.support.annexes import rules_fired, told_of
from tests.support.tables import Json

REMOVED = object()
Steps: TypeAlias = tuple[str | int, ...]


def shipped(annex_id: str) -> Json:
    """An annex that the project ships, as JSON: a test changes a copy of it."""
    path = data_folder("schemas") / "annexes" / f"{annex_id}.json"
    definition: Json = json.loads(path.read_text(encoding="utf-8"))
    return definition


def write(folder: Path, name: str, definition: Json) -> Path:
    path = folder / name
    path.write_text(json.dumps(definition, ensure_ascii=False), encoding="utf-8")
    return path


def set_with(folder: Path, annex: Json, **more: Any) -> Form:
    """The set of forms that a province makes of Phụ lục 01b and an annex of its own."""
    write(folder, "bieu-tinh.json", annex)
    definition = {
        "id": "bo-bieu-tinh", "version": "1", "name": "Bộ biểu của tỉnh", "main": "phu-luc-01b",
        "annexes": ["bieu-tinh.json"], "rules": [], **more,
    }  # fmt: skip
    return load_form(str(write(folder, "bo-bieu-tinh.json", definition)))


def changed(definition: Json, path: Steps, value: Any) -> Json:
    """A copy with one thing changed or taken away."""
    copy = deepcopy(definition)
    place: Any = copy
    for step in path[:-1]:
        place = place[step]
    if value is REMOVED:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return copy


def complaint(folder: Path, definition: Json) -> str:
    """What is said of an annex file that holds `definition`."""
    with pytest.raises(FormDefinitionError) as caught:
        load_annex(str(write(folder, "bieu-tinh.json", definition)))
    assert caught.value.advice.startswith("Đề nghị")
    return caught.value.message


class DescribeAFieldThatAProvinceAdds:
    @pytest.fixture
    def forms(self, tmp_path: Path) -> Form:
        annex = shipped("tthc")
        field = {"id": "XD", "number": "9", "label": "Xây dựng", "part_of": "TONG"}
        annex["rows"].append(field)
        return set_with(tmp_path, annex)

    def it_has_a_cell_in_every_column(self, forms: Form) -> None:
        added = [row.code for row in forms.indicators if row.code.startswith("TTHC.XD.")]

        assert added == [f"TTHC.XD.{column.id}" for column in forms.annex("tthc").columns]

    def it_is_part_of_the_total(self, forms: Form) -> None:
        with_it = {**TTHC, "TTHC.XD.2": 5, "TTHC.XD.3": 5, "TTHC.XD.4": 0, "TTHC.XD.5": 0}

        assert {
            ("B5", "TTHC.TONG.2", 3299, 3304),
            ("B5", "TTHC.TONG.3", 3241, 3246),
        } <= told_of(forms, with_it)

    def it_has_the_rules_of_every_row(self, forms: Form) -> None:
        wrong = {"TTHC.XD.2": 6, "TTHC.XD.3": 5, "TTHC.XD.4": 0, "TTHC.XD.5": 0}

        assert rules_fired(forms, wrong) == ["B1"]
        assert any(rule.message.startswith("Xây dựng:") for rule in forms.rules)

    def it_has_the_rates_of_every_row(self, forms: Form) -> None:
        assert "B7_XD" in {ratio.id for ratio in forms.ratios}

    def it_leaves_the_shipped_forms_as_they_are(self, forms: Form) -> None:
        assert "TTHC.XD.2" in forms.by_code
        assert "TTHC.XD.2" not in load_form("bo-bieu-xa").by_code


class DescribeTheShippedAnnexes:
    @pytest.mark.parametrize("name", ["annex.schema.json", "form-set.schema.json"])
    def it_has_a_json_schema_of_2020_12(self, name: str) -> None:
        schema = json.loads((data_folder("schemas") / name).read_text(encoding="utf-8"))

        Draft202012Validator.check_schema(schema)

        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"

    @pytest.mark.parametrize(
        "path", sorted((data_folder("schemas") / "annexes").glob("*.json")), ids=lambda p: p.stem
    )
    def it_is_called_as_its_file(self, path: Path) -> None:
        assert load_annex(path.stem).id == path.stem

    def it_leaves_open_rows_a_name_to_be_told_by(self) -> None:
        form = load_form("bo-bieu-xa")

        assert form.by_code["K.M01.TU"].label.startswith("Dòng VI.1:")


class DescribeABrokenAnnexFile:
    @pytest.mark.parametrize(
        ("path", "value", "place", "fix"),
        [
            (("prefix",), REMOVED, "$:", "prefix"),
            (("prefix",), "T.T", "$.prefix:", "«T.T»"),
            (("level",), "district", "$.level:", "commune"),
            (("columns", 0, "kind"), "number", "$.columns[0].kind:", "count"),
            (("columns", 0, "hedaer"), "x", "$.columns[0]:", "hedaer"),
            (("rows", 1, "label"), REMOVED, "$.rows[1]:", "label"),
            (("rows", 1, "id"), "H T", "$.rows[1].id:", "«H T»"),
            (("rules", 0, "each"), "cell", "$.rules[0].each:", "row"),
            (("rules", 0, "advice"), REMOVED, "$.rules[0]:", "advice"),
            (("ratios", 0, "id"), "b7", "$.ratios[0].id:", "«b7»"),
        ],
    )
    def it_is_told_with_the_path_and_the_fix_where_its_shape_is_wrong(
        self, tmp_path: Path, path: Steps, value: Any, place: str, fix: str
    ) -> None:
        told = complaint(tmp_path, changed(shipped("tthc"), path, value))

        (line,) = [line for line in told.splitlines() if place in line]
        assert fix in line.partition(place)[2]

    @pytest.mark.parametrize(
        ("path", "value", "place", "fix"),
        [
            (("columns", 1, "id"), "2", "$.columns:", "2"),
            (("rows", 2, "id"), "HT", "$.rows:", "HT"),
            (("rows", 1, "part_of"), "TOGN", "$.rows[HT].part_of:", "TOGN"),
            (("rows", 1, "columns"), ["99"], "$.rows[HT].columns:", "99"),
            (("rows", 1, "label"), "", "$.rows[HT].label:", "open"),
            (("columns", 0, "kind"), "flag", "$.columns[2]:", "choices"),
            (("rules", 0, "expression"), "[2] == [3] + [99]", "$.rules[B1]:", "99"),
            (("rules", 0, "expression"), "[2] == [3", "$.rules[B1]:", "cú pháp"),
            (("rules", 0, "expression"), "[2] == prev([10])", "$.rules[B1]:", "applies"),
            (("rules", 0, "rows"), ["XX"], "$.rules[B1]:", "XX"),
            (("rules", 1, "id"), "B1", "$.rules:", "B1"),
            (("ratios", 0, "denominator"), "[99]", "$.ratios[B7].denominator:", "99"),
        ],
    )
    def it_is_told_with_the_place_and_the_fix_where_its_meaning_is_wrong(
        self, tmp_path: Path, path: Steps, value: Any, place: str, fix: str
    ) -> None:
        told = complaint(tmp_path, changed(shipped("tthc"), path, value))

        assert any(fix in line.partition(place)[2] for line in told.splitlines() if place in line)

    def it_is_told_where_a_rate_is_compared_that_nothing_computes(self, tmp_path: Path) -> None:
        annex = shipped("so-hoa")
        del next(column for column in annex["columns"] if column["id"] == "5")["formula"]

        assert "$.rules[D3]: check as_computed" in complaint(tmp_path, annex)

    def it_is_told_with_all_that_is_wrong(self, tmp_path: Path) -> None:
        annex = changed(shipped("tthc"), ("rows", 1, "part_of"), "TOGN")
        annex["ratios"][0]["numerator"] = "[88]"

        told = complaint(tmp_path, annex)

        assert "bieu-tinh.json" in told
        assert "TOGN" in told
        assert "88" in told

    def it_is_told_in_a_set_where_another_form_is_named_that_is_not_there(
        self, tmp_path: Path
    ) -> None:
        rule = {
            "id": "LT1", "severity": "error", "expression": "[S.DA_GQ] == [PAKN.TONG.8]",
            "message": "Khác.", "advice": "Đề nghị sửa.",
        }  # fmt: skip

        with pytest.raises(FormDefinitionError, match=r"\$\.rules\[LT1\].*PAKN\.TONG\.8"):
            set_with(tmp_path, shipped("tthc"), rules=[rule])

    def it_is_told_in_a_set_where_a_prefix_stands_for_two_things(self, tmp_path: Path) -> None:
        with pytest.raises(FormDefinitionError, match="tiền tố S "):
            set_with(tmp_path, changed(shipped("tthc"), ("prefix",), "S"))

    def it_is_told_which_annexes_there_are_where_one_is_not(self) -> None:
        with pytest.raises(UsageError) as caught:
            load_annex("tthc-99")

        assert "tthc-99" in caught.value.message
        assert "so-hoa" in caught.value.advice
