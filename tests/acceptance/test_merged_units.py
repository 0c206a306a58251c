"""Units that merged: their figures before the reform are the new unit's, and none counts twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.parents import (
    NAME,
    SOUND,
    Figures,
    Json,
    Said,
    choose,
    commune,
    lines_of,
    run,
    sheet_of,
    units_csv,
)

HEADER = "code,name,valid_from,valid_to,successor"
BEFORE, AFTER = "2025-06-30", "2025-07-01"
REFORM = (f"01,Xã A,,{BEFORE},11", f"02,Xã B,,{BEFORE},11", f"11,Xã C,{AFTER},,", "04,Xã D,,,")
FIRST_PART, SECOND_PART = "2025-06-15_2025-06-30", "2025-07-01_2025-09-14"
QUARTER = "2025-Q3"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return units_csv(tmp_path / "don-vi.csv", REFORM, header=HEADER)


def consolidate(
    folder: Path, output: Path, listed: Path, period: str = QUARTER, *words: str | Path
) -> Said:
    return run(
        "consolidate", folder, "-o", output, "--name", NAME, "--period", period,
        "--units", listed, "--format", "json", *words,
    )  # fmt: skip


def reports(folder: Path, period: str, *units: str, others: Figures | None = None) -> Path:
    """Sound reports of communes by their letter, with `others` of their figures changed."""
    for unit in units:
        figures = {**SOUND, **(others or {})}
        commune(folder / f"{unit}.xlsx", f"Xã {unit}", figures, period=period)
    return folder


def by_unit(said: Said, code: str) -> Json:
    figures: Json = said.json["indicators"][code]["by_unit"]
    return figures


class DescribeThePreviousPeriodOfANewUnit:
    """A and B report the second quarter, C the fourth; D is as it was."""

    @pytest.fixture
    def previous(self, tmp_path: Path, listed: Path) -> Path:
        output = tmp_path / "truoc.xlsx"
        folder = reports(tmp_path / "truoc", "2025-6T", "A", "B", "D")
        consolidate(folder, output, listed, "2025-6T")
        return output

    def it_is_the_sum_of_its_predecessors(
        self, folder: Path, output: Path, listed: Path, previous: Path
    ) -> None:
        # 10 and 10 dossiers were pending in A and B.
        carried: Figures = {**SOUND, "S.KY_TRUOC": 20, "S.DANG_GQ": 30, "S.DANG_TRONG_HAN": 30}
        commune(folder / "C.xlsx", "Xã C", carried, period=QUARTER)
        commune(folder / "D.xlsx", "Xã D", carried, period=QUARTER)

        said = consolidate(folder, output, listed, QUARTER, "--previous", previous)

        assert [f["unit"] for f in said.findings("R33")] == ["Xã D"]

    def it_is_said_whose_figures_were_added(
        self, folder: Path, output: Path, listed: Path, previous: Path
    ) -> None:
        reports(folder, QUARTER, "C", "D")

        (told,) = consolidate(
            folder, output, listed, QUARTER, "--previous", previous
        ).findings("RK13")  # fmt: skip

        assert (told["severity"], told["unit"]) == ("info", "Xã C")
        assert "Xã A, Xã B" in told["message"]

    def but_half_of_it_is_compared_with_nothing(
        self, folder: Path, output: Path, listed: Path, tmp_path: Path
    ) -> None:
        consolidate(
            reports(tmp_path / "truoc", "2025-6T", "A", "D"), tmp_path / "truoc.xlsx", listed,
            "2025-6T",
        )  # fmt: skip
        reports(folder, QUARTER, "C", "D")

        said = consolidate(
            folder, output, listed, QUARTER, "--previous", tmp_path / "truoc.xlsx"
        )  # fmt: skip

        (told,) = said.findings("RK14")
        assert "Xã A" in told["message"]
        assert "Xã B" in told["message"]
        assert [f["unit"] for f in said.findings("R33")] == ["Xã D"]

    def it_does_not_hold_shared_lists_and_flags_against_a_sum(
        self, folder: Path, output: Path, listed: Path, previous: Path
    ) -> None:
        reports(folder, QUARTER, "C", "D")
        commune(
            folder / "C.xlsx", "Xã C", {**SOUND, "3.1.1": 0, "3.1.2": 0}, period=QUARTER
        )  # fmt: skip

        said = consolidate(folder, output, listed, QUARTER, "--previous", previous)

        assert [f for f in said.findings("R13") if f["unit"] == "Xã C"] == []

    def it_is_the_old_units_where_a_unit_only_changed_its_name(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        renamed = units_csv(
            tmp_path / "ten.csv", [f"01,Xã A,,{BEFORE},11", f"11,Xã C,{AFTER},,"], header=HEADER
        )
        consolidate(
            reports(tmp_path / "t", "2025-6T", "A"), tmp_path / "t.xlsx", renamed, "2025-6T"
        )
        reports(folder, QUARTER, "C")

        said = consolidate(folder, output, renamed, QUARTER, "--previous", tmp_path / "t.xlsx")

        assert said.findings("R33")[0]["expected"] == 10

    def it_counts_the_unit_itself_where_it_took_others_in(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        taken_in = units_csv(
            tmp_path / "nhap.csv", [f"01,Xã A,,{BEFORE},04", "04,Xã D,,,"], header=HEADER
        )
        reports(tmp_path / "t", "2025-6T", "A", "D")
        consolidate(tmp_path / "t", tmp_path / "t.xlsx", taken_in, "2025-6T")
        reports(folder, QUARTER, "D")

        said = consolidate(folder, output, taken_in, QUARTER, "--previous", tmp_path / "t.xlsx")

        assert said.findings("R33")[0]["expected"] == 20


class DescribeAPeriodThatSpansTheReform:
    def it_adds_up_the_parts(self, folder: Path, output: Path, listed: Path) -> None:
        reports(folder, FIRST_PART, "A", "B")
        reports(folder, SECOND_PART, "C")
        reports(folder, QUARTER, "D")

        said = consolidate(folder, output, listed)

        assert by_unit(said, "3.3.1") == {"11": 300, "04": 100}
        assert said.value("3.3.1") == 400

    def it_says_which(self, folder: Path, output: Path, listed: Path) -> None:
        reports(folder, FIRST_PART, "A", "B")
        reports(folder, SECOND_PART, "C")

        (told,) = consolidate(folder, output, listed).findings("RK15")

        assert (told["severity"], told["unit"]) == ("info", "Xã C")
        assert all(file in told["message"] for file in ("A.xlsx", "B.xlsx", "C.xlsx"))

    def it_takes_what_there_is_from_the_last_report(
        self, folder: Path, output: Path, listed: Path
    ) -> None:
        reports(folder, FIRST_PART, "A", "B")
        reports(folder, SECOND_PART, "C")

        said = consolidate(folder, output, listed)

        # Pending at the end, and the list of procedures.
        assert (by_unit(said, "S.DANG_GQ")["11"], by_unit(said, "3.1.3")["11"]) == (10, 193)

    def it_takes_what_was_carried_over_from_the_first_reports(
        self, folder: Path, output: Path, listed: Path
    ) -> None:
        reports(folder, FIRST_PART, "A", "B")
        commune(folder / "C.xlsx", "Xã C", {**SOUND, "S.KY_TRUOC": 20}, period=SECOND_PART)

        said = consolidate(folder, output, listed)

        assert by_unit(said, "S.KY_TRUOC")["11"] == 0

    def it_leaves_open_what_one_part_leaves_open(
        self, folder: Path, output: Path, listed: Path
    ) -> None:
        reports(folder, FIRST_PART, "A", "B", others={"1.1.3": 2})
        reports(folder, SECOND_PART, "C")

        assert by_unit(consolidate(folder, output, listed), "1.1.3")["11"] is None

    def it_shows_every_cell_behind_a_figure(self, folder: Path, output: Path, listed: Path) -> None:
        reports(folder, FIRST_PART, "A", "B")
        reports(folder, SECOND_PART, "C")
        consolidate(folder, output, listed)

        sources = [
            str(cell.value) for row in sheet_of(output, "_nguon").rows for cell in row if cell.value
        ]

        assert any("A.xlsx: " in s and "B.xlsx: " in s and "C.xlsx: " in s for s in sources)

    def it_is_drafted_from_like_any_other(
        self, folder: Path, output: Path, listed: Path, tmp_path: Path
    ) -> None:
        reports(folder, FIRST_PART, "A", "B")
        reports(folder, SECOND_PART, "C")
        consolidate(folder, output, listed)

        assert run("draft", output, "-o", tmp_path / "bc.docx").code == 0

    def it_warns_of_a_part_that_is_not_in(self, folder: Path, output: Path, listed: Path) -> None:
        reports(folder, FIRST_PART, "A")
        reports(folder, SECOND_PART, "C")

        (told,) = consolidate(folder, output, listed).findings("RK16")

        assert "Xã B" in told["message"]

    def it_warns_of_days_that_nobody_reports(
        self, folder: Path, output: Path, listed: Path
    ) -> None:
        reports(folder, FIRST_PART, "A", "B")

        said = consolidate(folder, output, listed)

        (told,) = said.findings("RK16")
        assert "từ 01/7/2025 đến 14/9/2025" in told["message"]
        assert by_unit(said, "3.3.1")["11"] == 200

    def it_checks_the_sum_where_no_single_file_is_wrong(
        self, folder: Path, output: Path, listed: Path
    ) -> None:
        reports(folder, FIRST_PART, "A", "B")
        reports(folder, SECOND_PART, "C")

        (told,) = consolidate(folder, output, listed).findings("R29")

        # 10 and 10 dossiers were pending in A and B, none is carried over by C.
        assert (told["unit"], told["file"]) == ("Xã C", None)

    def it_keeps_every_file_in_the_list(self, folder: Path, output: Path, listed: Path) -> None:
        reports(folder, FIRST_PART, "A", "B")
        reports(folder, SECOND_PART, "C")
        consolidate(folder, output, listed)

        files = [line["Tệp"] for line in lines_of(sheet_of(output, "Đơn vị"))]

        assert {"A.xlsx", "B.xlsx", "C.xlsx"} <= set(files)


class DescribeTheSameDaysTwice:
    @pytest.fixture
    def both(self, folder: Path) -> Path:
        """A, which is C now, and C report the whole quarter."""
        reports(folder, QUARTER, "C", "D")
        return reports(folder, QUARTER, "A")

    def it_is_an_error_that_names_both(self, both: Path, output: Path, listed: Path) -> None:
        found = consolidate(both, output, listed).findings("RK17")

        assert {f["file"] for f in found} == {"A.xlsx", "C.xlsx"}
        assert all(f["severity"] == "error" for f in found)
        assert all("A.xlsx" in f["message"] and "C.xlsx" in f["message"] for f in found)

    def and_neither_counts(self, both: Path, output: Path, listed: Path) -> None:
        said = consolidate(both, output, listed)

        assert by_unit(said, "3.3.1") == {"11": None, "04": 100}
        assert said.statuses() == {
            "A.xlsx": "duplicate", "C.xlsx": "duplicate", "D.xlsx": "accepted",
        }  # fmt: skip

    def it_counts_the_one_that_the_official_chose(
        self, both: Path, output: Path, listed: Path
    ) -> None:
        consolidate(both, output, listed)
        choose(output, "C.xlsx")

        said = consolidate(both, output, listed)

        assert by_unit(said, "3.3.1")["11"] == 100
        assert (said.statuses()["A.xlsx"], said.findings("RK17")) == ("duplicate", [])

    def and_so_does_the_next_run(self, both: Path, output: Path, listed: Path) -> None:
        consolidate(both, output, listed, QUARTER, "--prefer", "C.xlsx")

        assert by_unit(consolidate(both, output, listed), "3.3.1")["11"] == 100

    def but_two_units_that_merged_may_both_report_the_quarter(
        self, folder: Path, output: Path, listed: Path
    ) -> None:
        reports(folder, QUARTER, "A", "B", "D")

        said = consolidate(folder, output, listed)

        assert by_unit(said, "3.3.1")["11"] == 200
        assert said.findings("RK17") == []


class DescribeAUnitThatKeepsItsName:
    """The commune of today bears the name of one that it is made of."""

    @pytest.fixture
    def listed(self, tmp_path: Path) -> Path:
        lines = [f"01,Xã A,,{BEFORE},11", f"02,Xã B,,{BEFORE},11", f"11,Xã A,{AFTER},,"]
        return units_csv(tmp_path / "don-vi.csv", lines, header=HEADER)

    def it_is_told_from_the_old_one_by_its_days(
        self, folder: Path, output: Path, listed: Path
    ) -> None:
        commune(folder / "cu.xlsx", "Xã A", SOUND, period=FIRST_PART)
        commune(folder / "b.xlsx", "Xã B", SOUND, period=FIRST_PART)
        commune(folder / "moi.xlsx", "Xã A", SOUND, period=SECOND_PART)

        said = consolidate(folder, output, listed)

        assert by_unit(said, "3.3.1") == {"11": 300}

    def it_is_told_from_the_old_one_by_its_code(
        self, folder: Path, output: Path, listed: Path
    ) -> None:
        commune(folder / "cu.xlsx", "Xã A", SOUND, code="01", period=FIRST_PART)
        commune(folder / "b.xlsx", "Xã B", SOUND, code="02", period=FIRST_PART)
        commune(folder / "moi.xlsx", "Xã A", SOUND, code="11", period=SECOND_PART)

        assert by_unit(consolidate(folder, output, listed), "3.3.1") == {"11": 300}


class DescribeAListWithoutAReform:
    def it_still_refuses_a_report_of_a_part_of_the_period(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        plain = units_csv(tmp_path / "ds.csv", ["04,Xã D,,,"], header=HEADER)
        reports(folder, SECOND_PART, "D")

        assert consolidate(folder, output, plain).statuses()["D.xlsx"] == "wrong_period"

    def it_still_refuses_a_unit_that_merged_before_the_period(
        self, folder: Path, output: Path, listed: Path
    ) -> None:
        reports(folder, "2025-Q4", "A", "C", "D")

        said = consolidate(folder, output, listed, "2025-Q4")

        assert said.statuses()["A.xlsx"] == "unknown_unit"
