"""Rows that people number and name in their own way: recognised, and said where they differ."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from cchc_xl.core.findings import Finding, Severity
from cchc_xl.usecases.check import CheckedFile
from tests.gateways.reading import figures, look, loud_cells, warnings
from tests.support.handmade import (
    ALL_FIGURES,
    LABEL,
    NUMBER,
    UNIT,
    VALUE,
    Content,
    Rows,
    cell_of,
    report,
    row_places,
    save,
)

KNOWN_WARNINGS = {"R03", "R07", "R34", "R39"}
_UNKNOWN = "Tổng hợp các nội dung khác của địa phương"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.xlsx"


def changed(code: str, **cells: Content) -> Rows:
    rows = report()
    row = rows[row_places(rows)[code]]
    columns = {"number": NUMBER, "label": LABEL, "unit": UNIT, "value": VALUE}
    for name, content in cells.items():
        row[columns[name]] = content
    return rows


def at(checked: CheckedFile, code: str) -> list[Finding]:
    """What is said of reading at the cell of a code."""
    cell = cell_of(report(), code)
    return [f for f in checked.findings if f.cell == cell and not f.rule[1:].isdecimal()]


class DescribeNumbersThatExcelMadeDates:
    @pytest.mark.parametrize("day", [date(2022, 2, 1), datetime(2022, 1, 2, 0, 0)])
    def it_knows_the_rows_by_their_words(self, path: Path, day: Content) -> None:
        rows = report()
        for code, place in row_places(rows).items():
            if "." in code and not code.startswith("S"):
                rows[place][NUMBER] = day

        checked = look(save(path, rows))

        assert figures(checked) == ALL_FIGURES
        assert {finding.rule for finding in warnings(checked)} == KNOWN_WARNINGS

    def but_a_date_beside_unknown_words_is_no_row_of_the_form(self, path: Path) -> None:
        checked = look(save(path, changed("1.1.1", number=date(2001, 1, 1), label=_UNKNOWN)))

        assert "1.1.1" not in figures(checked)
        assert [(f.rule, f.severity) for f in at(checked, "1.1.1")] == [("RB4", Severity.WARNING)]

    def and_a_date_without_words_is_none_either(self, path: Path) -> None:
        checked = look(save(path, changed("1.1.1", number=date(2001, 1, 1), label=None)))

        assert "1.1.1" not in figures(checked)
        assert [f.rule for f in at(checked, "1.1.1")] == ["RB4"]


class DescribeNumbersAndWordsThatDiffer:
    def it_goes_by_the_words_and_says_so(self, path: Path) -> None:
        checked = look(save(path, changed("1.3.1", number="1.1.2")))

        assert figures(checked) == ALL_FIGURES
        assert [f.rule for f in at(checked, "1.3.1")] == ["RB1"]

    def and_it_names_the_number_and_the_name(self, path: Path) -> None:
        (finding,) = at(look(save(path, changed("7.4.2", number="7.4.1"))), "7.4.2")

        assert "mã (STT) 7.4.1" in finding.message
        assert "chỉ tiêu 7.4.2" in finding.message

    def it_goes_by_exact_words_before_a_row_that_only_has_the_number(self, path: Path) -> None:
        """A row of the unit's own was inserted, and the rows below it were numbered anew."""
        rows = changed("3.3.3", number="3.3.4", value=77)
        place = row_places(report())["3.3.3"]
        words = "Số lượng hồ sơ TTHC về lĩnh vực hộ tịch được giải quyết đúng hạn"
        rows[place + 1][NUMBER] = "3.3.5"
        rows.insert(place, ["3.3.3", words, "Số lượng hồ sơ", 555, None])

        checked = look(save(path, rows))

        assert figures(checked)["3.3.3"] == 77
        assert "3.3.4" not in figures(checked)
        assert {f"D{place + 1}", f"D{place + 2}"} <= loud_cells(checked)

    def but_a_row_with_number_and_words_comes_first(self, path: Path) -> None:
        label = report()[row_places(report())["7.4.2"]][LABEL]

        checked = look(save(path, changed("7.4.1", label=label)))

        assert figures(checked)["7.4.2"] == ALL_FIGURES["7.4.2"]
        assert "7.4.1" not in figures(checked)
        (finding,) = at(checked, "7.4.1")
        assert finding.severity is Severity.WARNING
        assert "7.4.2" in finding.message

    def it_goes_by_words_with_a_slip_too(self, path: Path) -> None:
        """The words of 1.3.3 with a slip are nearer to them than the number is to 1.3.2."""
        rows = changed(
            "1.3.2", label="Số nhiệm vụ đã hoàn thành nhưng quá hạnn", value=9, number="1.3.2"
        )
        rows[row_places(rows)["1.3.3"]][NUMBER] = None

        checked = look(save(path, rows))

        assert "1.3.2" not in figures(checked)
        assert cell_of(rows, "1.3.2") in loud_cells(checked)

    @pytest.mark.parametrize(
        "label",
        ["Số nhiệm vụ đã hoàn thành trễ hạn", "Số nhiệm vụ đã hoàn thành đúng hạn và quá hạn",
         "Số nhiệm vụ hoàn thành không đúng hạn"],
    )  # fmt: skip
    def it_never_takes_other_words_for_the_same_in_silence(self, path: Path, label: str) -> None:
        rows = changed("1.3.2", label=label, value=9)

        assert cell_of(rows, "1.3.2") in loud_cells(look(save(path, rows)))

    def it_points_at_a_figure_without_words_above_a_row_without_a_figure(self, path: Path) -> None:
        """The words of the row below are no rest of a label that is not there."""
        rows = changed("S.QH_GQ", label=None, value=39)
        rows[row_places(report())["S.DANG_GQ"]][VALUE] = None

        checked = look(save(path, rows))

        assert "S.DANG_GQ" not in figures(checked)
        assert cell_of(report(), "S.QH_GQ") in loud_cells(checked)


class DescribeSlips:
    @pytest.mark.parametrize("with_number", [True, False])
    @pytest.mark.parametrize(
        "label",
        ["Số lượng hồ sơ đã tiếp nhn", "Số lượngg hồ sơ đã tiếp nhận",
         "Số lượng hồ sơ đã tiêp nhận", "Số lượng hồ sơ đã tếip nhận",
         "Số lượnghồ sơ đã tiếp nhận", "- Số lượg hồ sơ đã tiếp nhận:"],
    )  # fmt: skip
    def it_is_recognised_and_said(self, path: Path, label: str, with_number: bool) -> None:
        number = "3.3.1" if with_number else None

        checked = look(save(path, changed("3.3.1", number=number, label=label)))

        assert figures(checked) == ALL_FIGURES
        assert [(f.rule, f.severity) for f in at(checked, "3.3.1")] == [("RB1", Severity.WARNING)]


class DescribePartsThatAreShortened:
    @staticmethod
    def shortened() -> Rows:
        rows = report()
        places = row_places(rows)
        words = ("Trực tiếp", "- Qua BCCI", "Trực tuyến mức độ 3", "trực tuyến mức độ 4")
        for parent in ("3.3.1", "3.3.2"):
            for letter, label in zip("abcd", words, strict=True):
                rows[places[f"{parent}.{letter}"]][LABEL] = label
        return rows

    def it_knows_each_by_its_words_and_the_row_above(self, path: Path) -> None:
        assert figures(look(save(path, self.shortened()))) == ALL_FIGURES

    def and_says_so(self, path: Path) -> None:
        checked = look(save(path, self.shortened()))

        told = [f.indicator for f in checked.findings if f.rule == "RB1"]
        assert told == [f"{parent}.{part}" for parent in ("3.3.1", "3.3.2") for part in "abcd"]

    def but_words_that_fit_two_parts_are_none_of_them(self, path: Path) -> None:
        checked = look(save(path, changed("3.3.1.c", label="Trực tuyến")))

        assert "3.3.1.c" not in figures(checked)
        assert cell_of(report(), "3.3.1.c") in loud_cells(checked)


class DescribeWhatStandsBeforeALabel:
    @pytest.mark.parametrize("before", ["Trong đó: ", "Trong đó - ", "{}) ", "+ {}. ", "a) "])
    def it_does_not_matter(self, path: Path, before: str) -> None:
        rows = report()
        for code, place in row_places(rows).items():
            if code[-1] in "abcd":
                rows[place][NUMBER] = None
                rows[place][LABEL] = f"{before.format(code[-1])}{rows[place][LABEL]}"

        checked = look(save(path, rows))

        assert figures(checked) == ALL_FIGURES
        assert {finding.rule for finding in warnings(checked)} == KNOWN_WARNINGS

    def it_may_be_the_number(self, path: Path) -> None:
        rows = report()
        for code, place in row_places(rows).items():
            if code[0].isdecimal() and code[-1].isdecimal():
                rows[place][NUMBER] = None
                rows[place][LABEL] = f"{code}. {rows[place][LABEL]}"

        assert figures(look(save(path, rows))) == ALL_FIGURES


class DescribeUnitsInTheirColumn:
    @pytest.mark.parametrize("unit", ["nt", "như trên", "//", '"', None, "-nt-", 5])
    def it_does_not_matter_what_they_say(self, path: Path, unit: Content) -> None:
        rows = report()
        for place in row_places(rows).values():
            rows[place][UNIT] = unit

        checked = look(save(path, rows))

        assert figures(checked) == ALL_FIGURES
        assert {finding.rule for finding in warnings(checked)} == KNOWN_WARNINGS


class DescribeUnitsBehindAFigure:
    def it_reads_the_figure_and_says_so_lightly(self, path: Path) -> None:
        checked = look(save(path, changed("3.3.1", value="770 HS")))

        assert figures(checked) == ALL_FIGURES
        assert [(f.rule, f.severity) for f in at(checked, "3.3.1")] == [("RD4", Severity.INFO)]

    def but_it_reads_none_before_other_words_and_suggests_it(self, path: Path) -> None:
        checked = look(save(path, changed("3.3.1", value="770 (bảy trăm bảy mươi)")))

        (finding,) = at(checked, "3.3.1")
        assert "3.3.1" not in figures(checked)
        assert (finding.severity, finding.expected) == (Severity.ERROR, 770)

    @pytest.mark.parametrize("mark", ["nt", '"', "//", "như trên"])
    def and_none_of_a_ditto_mark(self, path: Path, mark: str) -> None:
        checked = look(save(path, changed("3.3.1.c", value=mark)))

        (finding,) = at(checked, "3.3.1.c")
        assert "3.3.1.c" not in figures(checked)
        assert finding.severity is Severity.ERROR

    @pytest.mark.parametrize("content", ["'770", "’770", "'０770"])
    def it_reads_a_figure_behind_an_apostrophe(self, path: Path, content: str) -> None:
        checked = look(save(path, changed("3.3.1", value=content)))

        assert figures(checked) == ALL_FIGURES
        assert at(checked, "3.3.1") == []
