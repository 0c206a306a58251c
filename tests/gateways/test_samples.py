"""The shipped samples: real figures, each with the place that it comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cchc_xl.core.period import parse_period_id
from cchc_xl.gateways.samples import load_sample, sample_ids
from cchc_xl.gateways.schemas import load_form
from cchc_xl.usecases.new import new_workbook
from tests.gateways.reading import errors, look, submission_of, table_of
from tests.support.handmade import ALL_FIGURES, hash_of

_SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
_FILES = sorted((_SCHEMAS / "samples").glob("*.json"))
_IDS = [path.stem for path in _FILES]


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


class DescribeTheSampleFiles:
    def it_has_the_three_reports(self) -> None:
        assert {(_json(path)["unit"], _json(path)["period"]) for path in _FILES} == {
            ("Thị trấn Bút Sơn", "2022-Q1"),
            ("Xã Tùng Châu", "2021-01-01_2023-08-31"),
            ("Xã Quốc Tuấn", "2023-N"),
        }

    def it_is_listed_by_id(self) -> None:
        assert sorted(sample_ids()) == _IDS

    def it_checks_them_with_a_sound_schema(self) -> None:
        Draft202012Validator.check_schema(_json(_SCHEMAS / "sample.schema.json"))

    @pytest.mark.parametrize("path", _FILES, ids=_IDS)
    def it_follows_the_schema(self, path: Path) -> None:
        schema = Draft202012Validator(_json(_SCHEMAS / "sample.schema.json"))

        assert [error.message for error in schema.iter_errors(_json(path))] == []

    @pytest.mark.parametrize("path", _FILES, ids=_IDS)
    def it_speaks_of_rows_that_the_form_has(self, path: Path) -> None:
        sample = _json(path)

        assert set(sample["figures"]) <= set(load_form(sample["form"]).by_code)

    @pytest.mark.parametrize("path", _FILES, ids=_IDS)
    def it_names_a_period(self, path: Path) -> None:
        assert parse_period_id(_json(path)["period"]) is not None

    @pytest.mark.parametrize("path", _FILES, ids=_IDS)
    def it_says_of_each_figure_where_it_stands(self, path: Path) -> None:
        assert all(figure["place"].strip() for figure in _json(path)["figures"].values())

    @pytest.mark.parametrize("path", _FILES, ids=_IDS)
    def it_gives_each_printed_number_its_value(self, path: Path) -> None:
        """Both thousands marks are met in the reports; every printed figure here is a count."""
        differing = {
            code: figure
            for code, figure in _json(path)["figures"].items()
            if figure["printed"].strip("%").replace(".", "").replace(",", "").isdecimal()
            and int(figure["printed"].strip("%").replace(".", "").replace(",", ""))
            != figure["value"]
        }

        assert differing == {}

    def it_holds_all_figures_of_the_annex_of_but_son_and_no_other(self) -> None:
        sample = load_sample("but-son-2022-Q1")
        main = load_form(sample.form).main.by_code

        assert {c: v for c, v in sample.values.items() if c in main} == ALL_FIGURES


class DescribeWorkbooksOfTheSamples:
    @pytest.fixture(params=_IDS)
    def sample_id(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    @pytest.fixture
    def path(self, sample_id: str, tmp_path: Path) -> Path:
        sample = load_sample(sample_id)
        path = tmp_path / "bao-cao.xlsx"
        form = load_form(sample.form)
        new_workbook(
            path, form, unit=sample.unit, unit_code="", period=sample.period, values=sample.values
        )
        return path

    def it_gives_back_every_figure(self, sample_id: str, path: Path) -> None:
        values, entries = load_sample(sample_id).values, table_of(look(path)).entries

        assert {code: float(entries[code].value.number) for code in values} == values

    def it_leaves_every_other_row_blank_but_the_totals(self, sample_id: str, path: Path) -> None:
        sample, entries = load_sample(sample_id), table_of(look(path)).entries
        computed = {i.code for i in load_form(sample.form).indicators if i.computed is not None}

        others = set(entries) - set(sample.values) - computed

        assert all(entries[code].value.is_blank for code in others)

    def it_gives_back_unit_and_period(self, sample_id: str, path: Path) -> None:
        submission, sample = submission_of(look(path)), load_sample(sample_id)

        assert submission.unit == sample.unit
        assert submission.period is not None
        assert submission.period.id == sample.period.id

    def it_holds_no_error(self, path: Path) -> None:
        assert errors(look(path)) == []

    def it_is_not_changed_by_reading(self, path: Path) -> None:
        before = hash_of(path)

        look(path)

        assert hash_of(path) == before
