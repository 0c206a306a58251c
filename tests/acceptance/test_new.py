"""`cchc-xl new`: a workbook for a unit and a period, filled as told, valid or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell

from tests.acceptance.conftest import Answer, Command
from tests.support.handmade import ALL_FIGURES, hash_of, report, save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "xa.xlsx"


def _new(cchc: Command, path: Path, *more: str | Path) -> Answer:
    return cchc("new", path, "--unit", "Xã Hoằng Đạo", "--period", "2022-Q1", *more)


def _values(folder: Path, values: Mapping[str, object] | str) -> Path:
    path = folder / "so-lieu.json"
    text = values if isinstance(values, str) else json.dumps(values)
    path.write_text(text, encoding="utf-8")
    return path


def _input(path: Path, code: str) -> Cell | MergedCell:
    """The input cell of a code: under "Số liệu", in the row of the code."""
    sheet = load_workbook(path).worksheets[0]
    column = next(c.column for row in sheet.iter_rows() for c in row if c.value == "Số liệu")
    row = next(c.row for cells in sheet.iter_rows() for c in cells if c.value == code)
    return sheet.cell(row, column)


class DescribeANewWorkbook:
    def it_is_written(self, cchc: Command, path: Path) -> None:
        assert _new(cchc, path).code == 0
        assert path.is_file()

    def it_is_read_back_as_that_of_the_unit_and_period(
        self, cchc: Command, check: Command, path: Path
    ) -> None:
        _new(cchc, path)

        (file,) = check(path).json["files"]

        assert (file["unit"], file["period"], file["form"]) == (
            "Xã Hoằng Đạo",
            "2022-Q1",
            "phu-luc-01b",
        )

    def it_holds_no_error_while_empty(self, cchc: Command, check: Command, path: Path) -> None:
        _new(cchc, path)

        assert check(path).rules("error") == []

    def it_misses_the_plan_while_empty(self, cchc: Command, check: Command, path: Path) -> None:
        """R02 alone of the rules of the form waits for no figure; RB11 says that none is there."""
        _new(cchc, path)

        assert check(path).rules("warning") == ["R02", "RB11"]

    @pytest.mark.parametrize(
        "period",
        ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4", "2022-6T", "2022-9T", "2022-N",
         "2021-01-01_2023-08-31", "2019-Q1", "2040-N"],
    )  # fmt: skip
    def it_is_read_back_with_any_period(
        self, cchc: Command, check: Command, path: Path, period: str
    ) -> None:
        cchc("new", path, "--unit", "Xã A", "--period", period)

        assert check(path).json["files"][0]["period"] == period

    @pytest.mark.parametrize(
        "unit",
        ["Xã Hoằng Đạo", "Phường 5", "Thị trấn Bút Sơn", "Đặc khu Phú Quốc", "Xã Ea H'leo",
         'Xã "A & B"', "Xã <A>", "Phường Tân Quý"],
    )  # fmt: skip
    def it_is_read_back_with_any_name(
        self, cchc: Command, check: Command, path: Path, unit: str
    ) -> None:
        cchc("new", path, "--unit", unit, "--period", "2022-Q1")

        assert check(path).json["files"][0]["unit"] == unit

    def it_takes_a_name_that_looks_like_a_formula_for_a_name(
        self, cchc: Command, check: Command, path: Path
    ) -> None:
        cchc("new", path, "--unit", "=1+1", "--period", "2022-Q1")

        assert check(path).json["files"][0]["unit"] != "0"

    def it_keeps_the_zeros_of_a_unit_code(self, cchc: Command, path: Path) -> None:
        _new(cchc, path, "--unit-code", "00123")

        cells = [c.value for row in load_workbook(path).worksheets[0].iter_rows() for c in row]

        assert "00123" in cells

    def it_makes_the_folder_that_it_is_to_stand_in(self, cchc: Command, tmp_path: Path) -> None:
        assert _new(cchc, tmp_path / "a" / "b" / "xa.xlsx").code == 0


class DescribeItsValues:
    def it_writes_all_figures_of_but_son(
        self, cchc: Command, check: Command, path: Path, tmp_path: Path
    ) -> None:
        _new(cchc, path, "--values", _values(tmp_path, ALL_FIGURES))

        assert check(path).rules("error", "warning") == ["R03", "R07", "R34", "R39"]

    @pytest.mark.parametrize(
        ("code", "value", "kind"),
        [
            ("1.1.1", 28, "n"), ("1.1.1", 0, "n"), ("1.1.1", -5, "n"), ("3.3.1", 3.278, "n"),
            ("1.1.1", "28", "s"), ("1.1.1", "07", "s"), ("1.1.1", "KPS", "s"), ("1.1.1", "nt", "s"),
            ("1.1.1", "=1+1", "s"), ("1.1.1", "http://x.vn", "s"), ("1.1.1", "#REF!", "s"),
            ("1.1.1", "TRUE", "s"), ("1.1.1", "07/28", "s"), ("1.1.1", "<a&b>", "s"),
            ("3.2.4", 150, "n"), ("5.2", 7, "n"), ("7.1", "3 cấp", "s"), ("1", 5, "n"),
            ("4.1", "hai mươi", "s"), ("S.DA_GQ", 770, "n"), ("7.2.2.b", "8,7 %", "s"),
        ],
    )  # fmt: skip
    def it_writes_each_as_given_valid_or_not(
        self, cchc: Command, path: Path, tmp_path: Path, code: str, value: object, kind: str
    ) -> None:
        answer = _new(cchc, path, "--values", _values(tmp_path, {code: value}))

        cell = _input(path, code)

        assert answer.code == 0
        assert cell.value == value
        assert cell.data_type == kind

    @pytest.mark.parametrize("code", ["1.1.1", "3.3.1.b", "S.QH_GQ"])
    def it_leaves_null_blank(self, cchc: Command, path: Path, tmp_path: Path, code: str) -> None:
        _new(cchc, path, "--values", _values(tmp_path, {code: None}))

        assert _input(path, code).value is None

    def it_does_not_check_them(self, cchc: Command, path: Path, tmp_path: Path) -> None:
        answer = _new(cchc, path, "--values", _values(tmp_path, {"1.1.1": 1, "1.1.2": 5}))

        assert answer.code == 0

    def it_lets_check_find_what_is_wrong_with_them(
        self, cchc: Command, check: Command, path: Path, tmp_path: Path
    ) -> None:
        _new(cchc, path, "--values", _values(tmp_path, {"1.1.1": 1, "1.1.2": 5}))

        assert check(path).rules("error") == ["R01"]

    def it_writes_a_text_as_long_as_a_cell_can_hold(
        self, cchc: Command, path: Path, tmp_path: Path
    ) -> None:
        _new(cchc, path, "--values", _values(tmp_path, {"1.1.1": "x" * 32_767}))

        assert _input(path, "1.1.1").value == "x" * 32_767

    def it_reads_values_saved_by_notepad(self, cchc: Command, path: Path, tmp_path: Path) -> None:
        values = tmp_path / "so-lieu.json"
        values.write_text('{"1.1.1": 28}', encoding="utf-8-sig")

        assert _new(cchc, path, "--values", values).code == 0


class DescribeWhatItRefuses:
    @pytest.mark.parametrize(
        "values",
        [
            {"9.9": 1},
            {"1.1.1": 1, "S.KHONG_CO": 2},
            {"": 1},
            {"1.1.1": True},
            {"1.1.1": [1]},
            {"1.1.1": {"a": 1}},
            "[1, 2]",
            '"1.1.1"',
            "null",
            "{",
            "",
            '{"1.1.1": NaN}',
            '{"1.1.1": Infinity}',
            '{"1.1.1": 1e999}',
            json.dumps({"1.1.1": 10**400}),
            '{"1.1.1": "\\ud800"}',
            json.dumps({"1.1.1": "x" * 32_768}),
        ],
    )
    def it_refuses_values_that_it_cannot_write(
        self, cchc: Command, path: Path, tmp_path: Path, values: dict[str, Any] | str
    ) -> None:
        answer = _new(cchc, path, "--values", _values(tmp_path, values))

        assert answer.code == 2
        assert not path.exists()
        assert "ngoài dự kiến" not in answer.out + answer.err

    def it_names_the_unknown_code(self, cchc: Command, path: Path, tmp_path: Path) -> None:
        answer = _new(cchc, path, "--values", _values(tmp_path, {"9.9": 1}))

        assert "9.9" in answer.err

    @pytest.mark.parametrize("name", ["khong-co.json", "."])
    def it_refuses_a_file_of_values_that_is_not_there(
        self, cchc: Command, path: Path, tmp_path: Path, name: str
    ) -> None:
        assert _new(cchc, path, "--values", tmp_path / name).code == 2

    @pytest.mark.parametrize(
        "period",
        ["", "2022", "2022-Q5", "2022-Q0", "Q1-2022", "2022-q1", "2022-12T", "22-Q1",
         "2023-08-31_2021-01-01", "2021-02-30_2021-03-01", "quý 1", "0000-Q1"],
    )  # fmt: skip
    def it_refuses_a_period_that_is_none(self, cchc: Command, path: Path, period: str) -> None:
        answer = cchc("new", path, "--unit", "Xã A", "--period", period)

        assert answer.code == 2
        assert "Đề nghị" in answer.err
        assert not path.exists()

    @pytest.mark.parametrize("name", ["xa.xls", "xa.csv", "xa", "xa.xlsx.pdf"])
    def it_refuses_to_write_under_the_name_of_something_else(
        self, cchc: Command, tmp_path: Path, name: str
    ) -> None:
        assert _new(cchc, tmp_path / name).code == 2

    def it_refuses_a_form_that_it_does_not_know(self, cchc: Command, path: Path) -> None:
        assert _new(cchc, path, "--form", "phu-luc-99").code == 2

    @pytest.mark.parametrize("missing", ["--unit", "--period"])
    def it_wants_a_unit_and_a_period(self, cchc: Command, path: Path, missing: str) -> None:
        given = {"--unit": "Xã A", "--period": "2022-Q1"}
        del given[missing]

        assert cchc("new", path, *(word for pair in given.items() for word in pair)).code == 2


class DescribeWhatStandsThereAlready:
    def it_refuses_to_overwrite_somebody_elses_workbook(self, cchc: Command, path: Path) -> None:
        before = hash_of(save(path, report()))

        assert _new(cchc, path).code == 2
        assert hash_of(path) == before

    @pytest.mark.parametrize("content", [b"", b"ghi ch\xc3\xba", b"PK\x03\x04"])
    def it_refuses_to_overwrite_any_other_file(
        self, cchc: Command, path: Path, content: bytes
    ) -> None:
        path.write_bytes(content)

        assert _new(cchc, path).code == 2
        assert path.read_bytes() == content

    def it_refuses_to_write_over_a_folder(self, cchc: Command, path: Path) -> None:
        path.mkdir()

        assert _new(cchc, path).code == 2

    def it_refuses_a_path_through_a_file(self, cchc: Command, path: Path) -> None:
        path.write_bytes(b"x")

        assert _new(cchc, path / "xa.xlsx").code == 2

    def it_writes_over_its_own(self, cchc: Command, check: Command, path: Path) -> None:
        _new(cchc, path)

        cchc("new", path, "--unit", "Xã Hoằng Thắng", "--period", "2022-Q2")

        assert check(path).json["files"][0]["unit"] == "Xã Hoằng Thắng"

    def and_it_keeps_what_stood_there(self, cchc: Command, path: Path, tmp_path: Path) -> None:
        _new(cchc, path, "--values", _values(tmp_path, ALL_FIGURES))
        before = hash_of(path)

        _new(cchc, path, "--values", _values(tmp_path, {"1.1.1": 21}))

        assert before in {hash_of(kept) for kept in (tmp_path / ".cchc").iterdir()}

    def it_keeps_what_somebody_filled_in(self, cchc: Command, path: Path, tmp_path: Path) -> None:
        _new(cchc, path, "--values", _values(tmp_path, {"1.1.1": 20}))
        before = path.read_bytes()

        answer = _new(cchc, path)

        assert (answer.code, path.read_bytes()) == (2, before)
        assert "đã có số liệu của Xã Hoằng Đạo" in answer.err

    def it_keeps_the_figures_of_another_unit(
        self, cchc: Command, path: Path, tmp_path: Path
    ) -> None:
        values = _values(tmp_path, {"1.1.1": 20})
        cchc("new", path, "--unit", "Xã A", "--period", "2022-Q1", "--values", values)

        assert _new(cchc, path, "--values", values).code == 2
        assert _input(path, "1.1.1").value == 20

    def but_other_figures_of_the_same_unit_take_their_place(
        self, cchc: Command, path: Path, tmp_path: Path
    ) -> None:
        _new(cchc, path, "--values", _values(tmp_path, {"1.1.1": 20}))

        assert _new(cchc, path, "--values", _values(tmp_path, {"1.1.1": 21})).code == 0
        assert _input(path, "1.1.1").value == 21

    def it_leaves_no_half_written_file_behind(
        self, cchc: Command, path: Path, tmp_path: Path
    ) -> None:
        _new(cchc, path)

        assert list(tmp_path.iterdir()) == [path]
