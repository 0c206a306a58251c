"""The parent unit's workbook: native totals, links, sources; LibreOffice calculates it anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.core.annex import matrices
from cchc_xl.gateways.schemas import load_form
from tests.support.libreoffice import recalculated
from tests.support.once import once_per_run
from tests.support.parents import FIRST_LINE, Json, commune, consolidate, sheet_of, units_csv
from tests.support.roll_up_reference import ALL, ALL_RATIOS, NEVER, write_folder
from tests.support.validator import problems
from tests.support.workbook_parts import Shown, shown_cells, spoiled

SEEDS = (101, 102, 103)
SHEETS = (
    "Phụ lục 01b", *(annex.name for annex in matrices(load_form("bo-bieu-xa"))),
    "Tổng hợp", "Tỷ lệ", "Số liệu của đơn vị", "Đơn vị", "Biểu đã nộp", "Kiểm tra", "Báo cáo",
    "Thay đổi", "Nhật ký",
)  # fmt: skip
HIDDEN = ("_phu_tro", "_nguon", "_cchc")


@dataclass(frozen=True, slots=True)
class Made:
    """A random folder and what `consolidate` made of it."""

    seed: int
    folder: Path
    workbook: Path
    json: Json


@pytest.fixture(params=SEEDS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    seed: int = request.param

    def make() -> Made:
        base = tmp_path_factory.mktemp(f"parent-{seed}")
        _, listed = write_folder(base, seed)
        folder, workbook = base / "don-vi", base / f"tong-hop-{seed}.xlsx"
        said = consolidate(folder, workbook, "--units", listed)
        return Made(seed, folder, workbook, said.json)

    return once_per_run(tmp_path_factory, f"parent-{seed}", make)


def rows_of(cells: dict[str, Shown], column: str) -> dict[str, int]:
    """Return the row of each text of a column."""
    return {
        str(text): int(cell[len(column) :])
        for cell, text in cells.items()
        if re.fullmatch(rf"{column}\d+", cell)
    }


def agrees(shown: Shown | None, wanted: float | str | None) -> bool:
    """Whether a cell shows a figure of the JSON; a number in a file has fifteen digits."""
    if wanted is None:
        return shown is None or shown == ""
    if isinstance(wanted, str) or not isinstance(shown, int | float):
        return shown == wanted
    return isclose(shown, wanted, rel_tol=1e-12)


def total_of(figure: Json) -> float | str | None:
    """Return what the total cell of an indicator should show."""
    counts = (figure["detail"] or {}).get("counts")
    if counts is not None:
        told = "; ".join(f"{code}: {number}" for code, number in counts.items())
        return told if figure["reporting"] else None
    total: float | None = figure["value"]
    return total


CHOICES = {
    "1.4.2": {2: "Kết hợp", 1: "Phát phiếu", 0: "Trực tuyến"},
    "7.1": {2: "3 cấp", 1: "2 cấp", 0: "Chưa có"},
}


class DescribeTheWorkbookCalculatedAnew:
    """Every cached result is spoiled first, so nothing here can be what Python wrote."""

    @pytest.fixture
    def calculated(
        self, made: Made, tmp_path_factory: pytest.TempPathFactory
    ) -> dict[str, dict[str, Shown]]:
        def make() -> dict[str, dict[str, Shown]]:
            folder = tmp_path_factory.mktemp(f"calculated-{made.seed}")
            files = [folder / made.workbook.name]
            files[0].write_bytes(spoiled(made.workbook.read_bytes()))
            (folder / "out").mkdir()
            (copy,) = recalculated(files, folder / "out")
            return shown_cells(copy, *SHEETS, "_phu_tro")

        return once_per_run(tmp_path_factory, f"calculated-{made.seed}", make)

    def it_has_the_totals_of_the_answer(
        self, made: Made, calculated: dict[str, dict[str, Shown]]
    ) -> None:
        cells = calculated["Tổng hợp"]
        rows = rows_of(cells, "A")
        wrong = [
            (made.seed, code, cells.get(f"F{rows[code]}"), total_of(figure))
            for code, figure in made.json["indicators"].items()
            if not agrees(cells.get(f"F{rows[code]}"), total_of(figure))
        ]

        assert wrong == []

    def it_says_on_how_many_units_they_stand(
        self, made: Made, calculated: dict[str, dict[str, Shown]]
    ) -> None:
        cells = calculated["Tổng hợp"]
        rows = rows_of(cells, "A")
        told = {code: cells.get(f"G{rows[code]}") for code in ALL}

        assert told == {
            code: f"{_stands_on(made.json['indicators'][code])}/"
            f"{made.json['indicators'][code]['expected']}"
            for code in ALL
        }

    @pytest.mark.parametrize(("line", "part"), [(0, "numerator"), (1, "denominator")])
    def it_has_the_parts_of_the_ratios(
        self, made: Made, calculated: dict[str, dict[str, Shown]], line: int, part: str
    ) -> None:
        cells = calculated["Tỷ lệ"]
        rows = rows_of(cells, "A")
        wrong = [
            (made.seed, ratio, cells.get(f"D{rows[ratio] + line}"), told[part])
            for ratio, told in made.json["ratios"].items()
            if not agrees(cells.get(f"D{rows[ratio] + line}"), told[part])
        ]

        assert wrong == []

    def it_has_the_percents_of_the_ratios_at_two_decimals(
        self, made: Made, calculated: dict[str, dict[str, Shown]]
    ) -> None:
        cells = calculated["Tỷ lệ"]
        rows = rows_of(cells, "A")
        wrong = [
            (made.seed, ratio, cells.get(f"D{rows[ratio] + 2}"), told["percent"])
            for ratio, told in made.json["ratios"].items()
            if not self._is_rounded(cells.get(f"D{rows[ratio] + 2}"), told["percent"])
        ]

        assert wrong == []

    @staticmethod
    def _is_rounded(shown: Shown | None, percent: float | None) -> bool:
        if percent is None or not isinstance(shown, int | float):
            return percent is None and shown in (None, "")
        return abs(shown - percent) <= 0.005 + 1e-9 and isclose(shown * 100, round(shown * 100))

    def it_has_the_ratios_of_every_unit(
        self, made: Made, calculated: dict[str, dict[str, Shown]]
    ) -> None:
        cells = calculated["Tỷ lệ"]
        rows = rows_of(cells, "A")
        columns = [chr(ord("F") + place) for place in range(26 - 6)]
        wrong = [
            (made.seed, ratio, unit, part)
            for ratio in ALL_RATIOS
            for column, (unit, told) in zip(
                columns, made.json["ratios"][ratio]["by_unit"].items(), strict=False
            )
            for line, part in enumerate(("numerator", "denominator"))
            if not agrees(cells.get(f"{column}{rows[ratio] + line}"), told[part])
        ]

        assert wrong == []

    def it_prints_the_same_figures_in_the_form(
        self, made: Made, calculated: dict[str, dict[str, Shown]]
    ) -> None:
        wrong = [
            (made.seed, code, shown, wanted)
            for code, shown, _, wanted in self._printed(made, calculated)
            if not (
                self._is_rounded(shown, wanted)
                if made.json["indicators"][code]["aggregation"] == "weighted_mean"
                and not isinstance(wanted, str)
                else agrees(shown, wanted)
            )
        ]

        assert wrong == []

    def it_prints_on_how_many_units_each_stands(
        self, made: Made, calculated: dict[str, dict[str, Shown]]
    ) -> None:
        wrong = [
            (made.seed, code, note)
            for code, _, note, _ in self._printed(made, calculated)
            if code not in NEVER
            and made.json["indicators"][code]["aggregation"] not in ("none", "not_aggregatable")
            and note
            != f"{_stands_on(made.json['indicators'][code])}/"
            f"{made.json['indicators'][code]['expected']} đơn vị"
        ]

        assert wrong == []

    @staticmethod
    def _printed(
        made: Made, calculated: dict[str, dict[str, Shown]]
    ) -> Iterator[tuple[str, Shown | None, Shown | None, float | str | None]]:
        """Yield the rows of the form: code, figure, note, what the answer says."""
        cells = calculated["Phụ lục 01b"]
        codes = [row.code for row in load_form("phu-luc-01b").printed]
        first = next(row for row in range(1, 40) if str(cells.get(f"A{row}")) == "1")
        for row, code in enumerate(codes, start=first):
            indicator = made.json["indicators"][code]
            wanted = total_of(indicator)
            if indicator["aggregation"] == "distribution" and isinstance(wanted, str):
                # In print the codes are spelt out.
                for choice, label in CHOICES[code].items():
                    wanted = wanted.replace(f"{choice}: ", f"{label}: ", 1)
            yield code, cells.get(f"D{row}"), cells.get(f"E{row}"), wanted

    def it_shows_what_python_wrote_in_every_cell(
        self, made: Made, calculated: dict[str, dict[str, Shown]]
    ) -> None:
        written = shown_cells(made.workbook, *SHEETS, "_phu_tro")
        wrong = [
            (made.seed, sheet, cell, written[sheet].get(cell), calculated[sheet].get(cell))
            for sheet in (*SHEETS, "_phu_tro")
            for cell in sorted(written[sheet].keys() | calculated[sheet].keys())
            if not agrees(calculated[sheet].get(cell, ""), self._plain(written[sheet].get(cell)))
        ]

        assert wrong == []

    @staticmethod
    def _plain(shown: Shown | None) -> float | str | None:
        return shown if isinstance(shown, int | float | str) else None

    def it_has_no_error_in_any_cell(
        self, made: Made, calculated: dict[str, dict[str, Shown]]
    ) -> None:
        wrong = [
            (made.seed, sheet, cell, shown)
            for sheet, cells in calculated.items()
            for cell, shown in cells.items()
            if isinstance(shown, str) and re.match(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!)", shown)
        ]

        assert wrong == []


class DescribeTheCells:
    @pytest.fixture
    def book(self, made: Made) -> Workbook:
        return load_workbook(made.workbook)

    def it_has_the_sheets_that_officials_open(self, book: Workbook) -> None:
        shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]

        assert shown == list(SHEETS)

    def it_hides_what_only_the_tool_reads(self, book: Workbook) -> None:
        assert [book[name].sheet_state for name in HIDDEN] == ["veryHidden"] * 3

    @pytest.mark.parametrize("column", ["F", "G"])
    def it_has_native_formulas_for_every_figure(self, book: Workbook, column: str) -> None:
        sheet = book["Tổng hợp"]
        bare = [
            sheet.cell(row, 1).value
            for row in range(FIRST_LINE, sheet.max_row + 1)
            if sheet.cell(row, 1).value in set(ALL) - set(NEVER)
            and not str(sheet[f"{column}{row}"].value).startswith("=")
        ]

        assert bare == []

    def it_uses_no_function_that_is_younger_than_excel_2010(self, book: Workbook) -> None:
        young = re.compile(r"_xlfn|\b(LET|XLOOKUP|IFS|MAXIFS|TEXTJOIN|FILTER|UNIQUE|CONCAT)\(")
        found = [
            (sheet.title, cell.coordinate)
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.value.startswith("=")
            and young.search(cell.value)
        ]  # fmt: skip

        assert found == []

    def it_never_lets_text_into_a_distribution_or_a_sum(self, made: Made) -> None:
        sheet = sheet_of(made.workbook, "Tổng hợp")
        by_code = {row[0]: row[7:] for row in sheet.iter_rows(min_row=6, values_only=True)}
        wrong = [
            (made.seed, code, shown, wanted)
            for code in ALL
            for shown, wanted in zip(
                by_code[code], made.json["indicators"][code]["by_unit"].values(), strict=True
            )
            if isinstance(shown, int | float) != isinstance(wanted, int | float)
        ]

        assert wrong == []

    def it_shows_what_was_found_where_a_value_is_not_used(self, made: Made) -> None:
        sheet = load_workbook(made.workbook)["Tổng hợp"]
        unused = [
            cell
            for row in sheet.iter_rows(min_row=6, min_col=8)
            for cell in row
            if isinstance(cell.value, str) and cell.value != "KAD"
        ]

        assert {cell.font.color.rgb[-6:] for cell in unused} <= {"C00000", "B42318", "FF0000"}

    def it_is_a_valid_package(self, made: Made) -> None:
        assert problems(made.workbook) == []


class DescribeALinkOfAFinding:
    def it_points_to_the_figure_that_the_finding_names(self, made: Made) -> None:
        book = load_workbook(made.workbook)
        totals = book["Tổng hợp"]
        wrong = [
            (made.seed, link.coordinate, said)
            for link, unit, indicator in self._links(book["Kiểm tra"])
            if (said := self._target(totals, str(link.hyperlink.location)))
            not in {(indicator, unit), (indicator, f"{unit}\n(chưa có)")}
        ]

        assert wrong == []

    @staticmethod
    def _links(sheet: Worksheet) -> Iterator[tuple[Any, str, str]]:
        for row in sheet.iter_rows(min_row=FIRST_LINE):
            if row[4].hyperlink is not None:
                yield row[4], str(row[3].value or "Toàn đơn vị"), str(row[4].value)

    @staticmethod
    def _target(totals: Worksheet, location: str) -> tuple[str, str]:
        sheet, _, cell = location.rpartition("!")
        assert sheet.strip("'") == totals.title
        place = totals[cell]
        return str(totals.cell(place.row, 1).value), str(totals.cell(5, place.column).value)

    def it_stands_on_every_finding_that_names_an_indicator(self, made: Made) -> None:
        sheet = load_workbook(made.workbook)["Kiểm tra"]
        without = [
            row[4].coordinate
            for row in sheet.iter_rows(min_row=FIRST_LINE)
            if row[4].value and row[4].hyperlink is None
        ]

        assert without == []

    def it_leads_to_the_right_one_of_two_units_of_one_short_name(self, tmp_path: Path) -> None:
        commune(tmp_path / "x" / "1.xlsx", "Xã Lộc", {"1.1.1": 5, "1.1.2": 9}, code="01")
        commune(tmp_path / "x" / "2.xlsx", "Phường Lộc", {"1.1.1": 5, "1.1.2": 3}, code="02")
        listed = units_csv(tmp_path / "u.csv", ["01,Lộc,Xã", "02,Lộc,Phường"])

        consolidate(tmp_path / "x", tmp_path / "o.xlsx", "--units", listed)

        sheet = load_workbook(tmp_path / "o.xlsx")["Kiểm tra"]
        (link,) = [
            row[4].hyperlink and row[4].hyperlink.location
            for row in sheet.iter_rows(min_row=FIRST_LINE)
            if row[2].value == "R01"
        ]
        assert link == "'Tổng hợp'!H9"

    def it_names_file_sheet_and_cell(self, made: Made) -> None:
        sheet = load_workbook(made.workbook)["Kiểm tra"]
        lines = [row for row in sheet.iter_rows(min_row=FIRST_LINE) if row[11].value]
        sheets = {path.name: load_workbook(path).sheetnames for path in made.folder.iterdir()}
        wrong = [
            (made.seed, row[0].coordinate)
            for row in lines
            if str(row[10].value) not in sheets[str(row[9].value)]
        ]

        assert (wrong, len(lines) > 0) == ([], True)


class DescribeTheSourceOfAFigure:
    def it_names_file_sheet_and_cell_of_every_figure(self, made: Made) -> None:
        book = load_workbook(made.workbook, data_only=True)
        totals, sources = book["Tổng hợp"], book["_nguon"]
        units = {path.name: load_workbook(path) for path in made.folder.iterdir()}
        wrong = []
        for row in range(FIRST_LINE, totals.max_row + 1):
            for column in range(8, totals.max_column + 1):
                shown = totals.cell(row, column).value
                if not isinstance(shown, int | float):
                    continue
                file, sheet, cell, *_ = str(sources.cell(row, column).value).split("|")
                stood = units[file][sheet][cell].value
                if stood != shown and not (stood == "KPS" and shown == 0):
                    wrong.append((made.seed, totals.cell(row, 1).value, shown, stood))

        assert wrong == []

    def it_is_a_link_on_the_head_of_each_unit(self, made: Made) -> None:
        totals = load_workbook(made.workbook)["Tổng hợp"]
        heads = [cell for cell in totals[5][7:] if cell.value]
        wrong = [
            head.value
            for head in heads
            if "(chưa có)" not in str(head.value)
            and not self._file(made, str(head.hyperlink and head.hyperlink.target)).is_file()
        ]

        assert wrong == []

    @staticmethod
    def _file(made: Made, target: str) -> Path:
        # Excel writes the links of Windows.
        return made.workbook.parent / unquote(target).replace("\\", "/")


def _stands_on(indicator: dict[str, Any]) -> int:
    """On how many units a figure stands: those with a weight, of a weighted mean."""
    detail = indicator["detail"] or {}
    stands_on: int = detail.get("stands_on", indicator["reporting"])
    return stands_on
