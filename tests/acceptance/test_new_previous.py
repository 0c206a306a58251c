"""`new --previous`: what the unit reported before stands beside the inputs and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.gateways.schemas import load_form
from cchc_xl.gateways.submissions import read_submission
from tests.acceptance.conftest import Command
from tests.support.parents import SOUND, commune, consolidate
from tests.support.validator import problems

BEFORE = {**SOUND, "1.1.3": "KPS", "3.2.4": 98.87, "TTHC.HT.3": 12, "TTHC.HT.4": "KAD"}


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return commune(tmp_path / "truoc.xlsx", "Xã A", BEFORE, period="2021-Q1")


@pytest.fixture
def made(cchc: Command, tmp_path: Path, before: Path) -> Path:
    path = tmp_path / "nay.xlsx"
    said = cchc("new", path, "--unit", "Xã A", "--period", "2022-Q1", "--previous", before)
    assert said.code == 0, said.err
    return path


def sheet_of(path: Path, name: str = "Phụ lục 01b") -> Worksheet:
    sheet = load_workbook(path)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def beside(path: Path) -> dict[str, object]:
    """What stands right of the notes, by code."""
    return {
        str(row[0].value): row[7].value
        for row in sheet_of(path).iter_rows(min_row=7)
        if row[0].value
    }


class DescribeTheColumnBesideTheInputs:
    @pytest.mark.parametrize(
        ("code", "shown"),
        [("3.3.1", 100), ("1.1.3", "KPS"), ("3.2.4", 98.87), ("S.DA_GQ", 90), ("2.1", None)],
    )
    def it_shows_what_was_reported(self, made: Path, code: str, shown: object) -> None:
        assert beside(made)[code] == shown

    def it_names_the_period_above_it(self, made: Path) -> None:
        headers = {str(cell.value) for row in sheet_of(made)["H1:H8"] for cell in row}

        assert any("quý I năm 2021" in header for header in headers)

    def it_is_not_printed(self, made: Path) -> None:
        assert "$H" not in str(sheet_of(made).print_area)

    def it_is_locked(self, made: Path) -> None:
        assert all(cell.protection.locked for cell in sheet_of(made)["H"][8:])

    def it_is_valid(self, made: Path) -> None:
        assert problems(made) == []

    def it_is_not_there_without_an_earlier_period(self, cchc: Command, tmp_path: Path) -> None:
        path = tmp_path / "nay.xlsx"
        cchc("new", path, "--unit", "Xã A", "--period", "2022-Q1")

        assert "Đã báo cáo" not in str([c.value for row in sheet_of(path).rows for c in row])


class DescribeTheNotesInAnAnnex:
    @pytest.fixture
    def notes(self, made: Path) -> list[str]:
        form = load_form("bo-bieu-xa")
        cells = (cell for row in sheet_of(made, form.annexes[0].name).rows for cell in row)
        return [str(cell.comment.text) for cell in cells if cell.comment is not None]

    def it_shows_what_was_reported(self, notes: list[str]) -> None:
        assert "Đã báo cáo quý I năm 2021: 12" in notes
        assert "Đã báo cáo quý I năm 2021: KAD" in notes


class DescribeReadingSuchAWorkbook:
    def it_reads_a_blank_form(self, made: Path) -> None:
        submission = read_submission(made, [load_form("bo-bieu-xa")])

        assert (submission.unit, submission.period and submission.period.id) == ("Xã A", "2022-Q1")
        assert all(entry.raw.is_empty for entry in submission.tables[0].entries.values())

    def it_reads_the_same_as_without_the_earlier_period(
        self, cchc: Command, tmp_path: Path, before: Path
    ) -> None:
        values = tmp_path / "so-lieu.json"
        values.write_text('{"1.1.1": 20, "1.1.3": 6, "3.3.1": "nt"}', encoding="utf-8")
        common = ("--unit", "Xã A", "--period", "2022-Q1", "--values", values)
        cchc("new", tmp_path / "with" / "a.xlsx", *common, "--previous", before)
        cchc("new", tmp_path / "without" / "a.xlsx", *common)

        one, other = (
            read_submission(tmp_path / folder / "a.xlsx", [load_form("bo-bieu-xa")])
            for folder in ("with", "without")
        )

        assert one.tables[0].entries == other.tables[0].entries
        assert one.findings == other.findings

    def it_is_the_earlier_period_of_the_next_one(
        self, cchc: Command, made: Path, tmp_path: Path
    ) -> None:
        said = cchc(
            "new", tmp_path / "sau.xlsx", "--unit", "Xã A", "--period", "2022-Q2",
            "--previous", made,
        )  # fmt: skip

        assert said.code == 0


class DescribeAnEarlierPeriodThatDoesNotFit:
    @pytest.mark.parametrize(
        ("unit", "period", "named"), [("Xã B", "2022-Q1", "Xã A"), ("Xã A", "2022-9T", "quý I")]
    )
    def it_is_refused(
        self, cchc: Command, tmp_path: Path, before: Path, unit: str, period: str, named: str
    ) -> None:
        path = tmp_path / "nay.xlsx"

        said = cchc("new", path, "--unit", unit, "--period", period, "--previous", before)

        assert (said.code, path.exists()) == (2, False)
        assert named in said.err

    def it_may_be_the_parents_workbook(self, cchc: Command, tmp_path: Path) -> None:
        commune(tmp_path / "ky" / "a.xlsx", "Xã A", SOUND)
        consolidate(tmp_path / "ky", tmp_path / "ky.xlsx")
        path = tmp_path / "nay.xlsx"

        cchc(
            "new", path, "--unit", "Xã A", "--period", "2022-Q2",
            "--previous", tmp_path / "ky.xlsx",
        )  # fmt: skip

        assert beside(path)["3.3.1"] == 100
