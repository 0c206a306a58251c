"""The whole family of forms through the commands: filled, checked, merged, told apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.annex_reports import TTHC
from tests.support.parents import SOUND, Figures, Typed, consolidate, run
from tests.support.parents import commune as commune_of


def commune(path: Path, unit: str, figures: Figures) -> Path:
    return commune_of(path, unit, figures, form="bo-bieu-xa")


# What Quốc Tuấn printed, with zeros in the fields that it does not have.
PRINTED: Mapping[str, Typed] = {code: int(str(figure)) for code, figure in TTHC.items()}
FIELDS = ("HT", "BTXH", "CT", "NCC", "LT1", "LT2", "DD", "KHAC")
PARTS = ("3", "4", "5", "7", "8", "9", "11", "12")


def dossiers(seed: int) -> dict[str, int]:
    """The dossiers of a commune, field by field: totals are what their parts make."""
    figures: dict[str, int] = {}
    for place, field in enumerate(FIELDS):
        late, pending = (seed + place) % 2, (3 * seed + place) % 4
        done = 20 * seed + 7 * place
        online = done + late + pending - place % 3
        row = {"3": online, "4": place % 3, "5": 0, "7": done, "8": 0, "9": late}
        row |= {"11": pending, "12": 0}
        row |= {"2": sum(row[c] for c in "345"), "6": sum(row[c] for c in "789"), "10": pending}
        figures |= {f"TTHC.{field}.{column}": amount for column, amount in row.items()}
    return figures


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for seed, unit in enumerate(("Xã A", "Xã B", "Phường C"), start=1):
        commune(tmp_path / "bao-cao" / f"{unit}.xlsx", unit, dossiers(seed))
    return tmp_path / "bao-cao"


class DescribeConsolidatingTables:
    def it_gives_the_totals_by_field_of_an_independent_sum(
        self, folder: Path, tmp_path: Path
    ) -> None:
        said = consolidate(folder, tmp_path / "kq.xlsx")

        expected = {code: sum(dossiers(seed)[code] for seed in (1, 2, 3)) for code in dossiers(1)}
        assert {code: said.value(code) for code in expected} == expected

    def it_adds_up_the_total_row(self, folder: Path, tmp_path: Path) -> None:
        said = consolidate(folder, tmp_path / "kq.xlsx")

        for column in PARTS:
            fields = [f"TTHC.{field}.{column}" for field in FIELDS]
            assert said.value(f"TTHC.TONG.{column}") == sum(said.value(c) or 0 for c in fields)

    def it_prints_the_totals_as_formulas_on_the_sheet_of_the_table(
        self, folder: Path, tmp_path: Path
    ) -> None:
        said = consolidate(folder, tmp_path / "kq.xlsx")

        formulas = load_workbook(tmp_path / "kq.xlsx")["Giải quyết TTHC"]
        values = load_workbook(tmp_path / "kq.xlsx", data_only=True)["Giải quyết TTHC"]
        (row,) = [cell.row for cell in formulas["A"] if cell.value == "TTHC.HT"]
        (column,) = [cell.column for cells in formulas for cell in cells if cell.value == "(7)"]
        assert str(formulas.cell(row, column).value).startswith("=")
        assert values.cell(row, column).value == said.value("TTHC.HT.7")

    def it_recomputes_rates_from_the_totals(self, folder: Path, tmp_path: Path) -> None:
        ratio = consolidate(folder, tmp_path / "kq.xlsx").json["ratios"]["B7_HT"]

        done = sum(dossiers(s)["TTHC.HT.7"] + dossiers(s)["TTHC.HT.8"] for s in (1, 2, 3))
        resolved = sum(dossiers(s)["TTHC.HT.6"] for s in (1, 2, 3))
        assert ratio["percent"] == pytest.approx(100 * done / resolved)


class DescribeBlankZeroAndLeftOut:
    @pytest.mark.parametrize(
        ("figures", "state"),
        [
            ({}, "blank"),
            (dict.fromkeys(TTHC, 0), "zero"),
            (PRINTED, "filled"),
        ],
    )
    def it_tells_tables_apart(
        self, tmp_path: Path, figures: Mapping[str, Typed], state: str
    ) -> None:
        path = commune(tmp_path / "A.xlsx", "Xã A", {**SOUND, **figures})

        (file,) = run("check", path, "--format", "json").json["files"]

        assert file["forms"]["tthc"] == state

    def it_tells_a_table_left_out(self, tmp_path: Path) -> None:
        values = tmp_path / "v.json"
        values.write_text(json.dumps(dict(SOUND)), encoding="utf-8")
        path = tmp_path / "A.xlsx"
        run("new", path, "--unit", "Xã A", "--period", "2022-Q1", "--form", "phu-luc-01b",
            "--values", values)  # fmt: skip

        (file,) = run("check", path, "--format", "json").json["files"]

        assert (file["forms"]["phu-luc-01b"], file["forms"]["tthc"]) == ("filled", "left_out")

    def it_lists_the_states_by_unit(self, folder: Path, tmp_path: Path) -> None:
        consolidate(folder, tmp_path / "kq.xlsx")

        sheet = load_workbook(tmp_path / "kq.xlsx")["Biểu đã nộp"]
        heads = [cell.value for cell in sheet[5]]
        row = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Xã A")
        assert row[heads.index("Giải quyết TTHC")] == "đã điền"
        assert row[heads.index("Phụ lục 01b")] == "để trống"


class DescribeATotalRow:
    def it_adds_itself_up_where_nobody_types_it(self, tmp_path: Path) -> None:
        path = commune(tmp_path / "A.xlsx", "Xã A", dossiers(2))

        sheet = load_workbook(path, data_only=True)["Giải quyết TTHC"]
        (row,) = [cell.row for cell in sheet["A"] if cell.value == "TTHC.TONG"]
        assert sheet.cell(row, 4).value == sum(dossiers(2)[f"TTHC.{f}.2"] for f in FIELDS)

    def it_is_the_sum_too_where_a_program_saved_the_formulas_without_results(
        self, tmp_path: Path
    ) -> None:
        path = commune(tmp_path / "bao-cao" / "A.xlsx", "Xã A", dossiers(2))
        load_workbook(path).save(path)

        said = consolidate(path.parent, tmp_path / "kq.xlsx")

        for column in PARTS:
            fields = [dossiers(2)[f"TTHC.{field}.{column}"] for field in FIELDS]
            assert said.value(f"TTHC.TONG.{column}") == sum(fields)

    def and_stays_blank_where_its_fields_are(self, tmp_path: Path) -> None:
        path = commune(tmp_path / "bao-cao" / "A.xlsx", "Xã A", SOUND)
        load_workbook(path).save(path)

        said = consolidate(path.parent, tmp_path / "kq.xlsx")

        assert said.value("TTHC.TONG.2") is None

    def it_is_checked_where_somebody_does(self, tmp_path: Path) -> None:
        path = commune(tmp_path / "A.xlsx", "Xã A", {**PRINTED, "TTHC.TONG.2": 3300})

        found = run("check", path, "--format", "json").json["files"][0]["findings"]

        rules = {(f["rule"], f["indicator"]): (f["found"], f["expected"]) for f in found}
        assert rules["B5", "TTHC.TONG.2"] == (3300, 3299)
        assert rules["B1", "TTHC.TONG.2"] == (3300, 3299)


class DescribeARowOfAnotherVersion:
    def it_is_named_and_not_dropped_in_silence(self, tmp_path: Path) -> None:
        path = commune(tmp_path / "A.xlsx", "Xã A", dossiers(2))
        book = load_workbook(path)
        sheet = book["Giải quyết TTHC"]
        (last,) = [cell.row for cell in sheet["A"] if cell.value == "TTHC.KHAC"]
        sheet.cell(last + 1, 1, "TTHC.GD")
        sheet.cell(last + 1, 3, "Giáo dục")
        sheet.cell(last + 1, 4, 3)
        book.save(path)

        found = run("check", path, "--format", "json").json["files"][0]["findings"]

        (named,) = [f for f in found if f["rule"] == "RB4"]
        assert (named["sheet"], named["cell"]) == ("Giải quyết TTHC", f"D{last + 1}")
        assert "«Giáo dục»" in named["message"]


class DescribeAList:
    LINES = (
        "Kế hoạch số 12/KH-UBND ngày 21/02/2022 về khắc phục tồn tại",
        "Quyết định số 30/QĐ-UBND ngày 01/3/2022 về kiểm tra",
        "Kế hoạch số 12/KH-UBND ngày 21/02/2022 về khắc phục tồn tại",
    )

    @pytest.fixture
    def made(self, tmp_path: Path) -> Path:
        values = tmp_path / "v.json"
        values.write_text(json.dumps({"VB": self.LINES}), encoding="utf-8")
        path = tmp_path / "in" / "A.xlsx"
        path.parent.mkdir()
        run("new", path, "--unit", "Xã A", "--period", "2022-Q1", "--values", values)
        return path

    def it_counts_different_documents(self, made: Path, tmp_path: Path) -> None:
        said = consolidate(made.parent, tmp_path / "kq.xlsx")

        assert [said.value(code) for code in ("VB.TONG", "VB.KH", "VB.QD")] == [2, 1, 1]

    def it_names_both_rows_of_a_document_listed_twice(self, made: Path) -> None:
        found = run("check", made, "--format", "json").json["files"][0]["findings"]

        (twice,) = [f for f in found if f["rule"] == "VB1"]
        assert twice["sheet"] == "Danh mục văn bản"
        assert twice["severity"] == "error"


class DescribeAnOpenRow:
    def it_keeps_the_words_of_the_unit(self, tmp_path: Path) -> None:
        path = commune(tmp_path / "A.xlsx", "Xã A", {"K.M01": "Số ki-ốt tra cứu", "K.M01.TU": 3})

        sheet = load_workbook(path)["Số liệu khác"]
        row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "K.M01")

        assert "Số ki-ốt tra cứu" in row
        assert 3 in row

    def it_asks_for_words_where_there_are_none(self, tmp_path: Path) -> None:
        path = commune(tmp_path / "A.xlsx", "Xã A", {"K.M01.TU": 3})

        found = run("check", path, "--format", "json").json["files"][0]["findings"]

        assert "RP4" in [finding["rule"] for finding in found]


class DescribeAWorkbookOfAnotherSet:
    @pytest.mark.parametrize(
        ("read_with", "rules"), [("bo-bieu-xa", ["RP7"]), ("bo-bieu-tong-hop", [])]
    )
    def it_is_told_apart(self, tmp_path: Path, read_with: str, rules: list[str]) -> None:
        path = commune_of(tmp_path / "A.xlsx", "Huyện Mẫu", SOUND, form="bo-bieu-tong-hop")

        said = run("check", path, "--form", read_with, "--format", "json").json

        found = [f["rule"] for f in said["files"][0]["findings"]]
        assert [rule for rule in found if rule.startswith("RP")] == rules
