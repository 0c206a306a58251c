"""Columns that mislead: two periods side by side, a cumulated column, cells merged over rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.submission import Status
from cchc_xl.core.text import bare_letters, match_key
from cchc_xl.usecases.check import CheckedFile
from tests.gateways.reading import cells, errors, figures, look, loud_cells, warnings
from tests.support.handmade import (
    ALL_FIGURES,
    NOTE,
    NUMBER,
    UNIT,
    VALUE,
    Content,
    Rows,
    cell_of,
    insert_column,
    map_labels,
    report,
    row_places,
    save,
    with_values,
    without_values,
)

KNOWN_WARNINGS = {"R03", "R07", "R34", "R39"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.xlsx"


def header_place() -> int:
    return next(place for place, row in enumerate(report()) if row[NUMBER] == "STT")


def beside(header: Content, *, line: int = 1, number: Content = 555) -> Rows:
    """Bút Sơn's report with a column more behind the figures, its header on a line of ours."""
    rows = insert_column(report(), VALUE + 1)
    rows[header_place() + line][VALUE + 1] = header
    for place in row_places(report()).values():
        rows[place][VALUE + 1] = number
    return rows


def two_periods(one: Content, other: Content) -> Rows:
    rows = beside(other)
    rows[header_place() + 1][VALUE] = one
    return rows


def told(checked: CheckedFile, rule: str) -> list[Finding]:
    return [finding for finding in checked.findings if finding.rule == rule]


class DescribeTwoPeriodsSideBySide:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Quý I", "Quý II"), ("Số liệu quý I", "Số liệu quý II"), ("Kỳ này", "Kỳ trước"),
            ("Năm 2021", "Năm 2022"), ("Trong kỳ", "Luỹ kế"), ("Quý I/2022", "Cùng kỳ 2021"),
            ("Kết quả quý I", "Lũy kế từ đầu năm"), ("Tháng 1", "Tháng 2"), ("QUÝ 1", "QUÝ 2"),
            ("Số liệu", "Số liệu"), ("6 tháng đầu năm", "Năm 2022"),
        ],
    )  # fmt: skip
    def it_reads_neither(self, path: Path, one: str, other: str) -> None:
        assert figures(look(save(path, two_periods(one, other)))) == {}

    def and_it_names_both(self, path: Path) -> None:
        (finding,) = told(look(save(path, two_periods("Quý I", "Quý II"))), "RB21")

        assert finding.severity is Severity.ERROR
        assert "«Quý I»" in finding.message
        assert "«Quý II»" in finding.message
        assert finding.cell == f"D{header_place() + 2}"

    def and_the_file_is_not_without_error(self, path: Path) -> None:
        checked = look(save(path, two_periods("Quý I", "Quý II")))

        assert checked.status is Status.ACCEPTED_WITH_ERRORS

    @pytest.mark.parametrize("names", [("Quý I", "Quý II"), ("2021", "2022"), (2021, 2022)])
    def it_sees_two_columns_below_one_merged_header(
        self, path: Path, names: tuple[Content, Content]
    ) -> None:
        rows = insert_column(report(), VALUE + 1)
        header = header_place()
        rows[header][VALUE], rows[header + 1][VALUE] = "Số liệu", None
        rows[header][VALUE - 1] = "Đơn vị tính"
        rows[header + 1][VALUE - 1] = None
        rows[header + 1][VALUE : VALUE + 2] = names
        top = header + 1

        checked = look(save(path, rows, bend=lambda s: s.merge_cells(f"D{top}:E{top}")))

        assert figures(checked) == {}
        assert len(told(checked, "RB21")) == 1

    def but_it_reads_a_merged_header_above_one_column(self, path: Path) -> None:
        rows = insert_column(report(), VALUE + 1)
        place = header_place() + 2

        save(path, rows, bend=lambda sheet: sheet.merge_cells(f"D{place}:E{place}"))

        assert figures(look(path)) == ALL_FIGURES

    @pytest.mark.parametrize("name", ["Số liệu quý I năm 2022", "Quý I", "Kết quả quý I/2022"])
    def but_it_reads_a_single_column_that_names_its_period(self, path: Path, name: str) -> None:
        rows = report()
        rows[header_place() + 1][VALUE] = name

        assert figures(look(save(path, rows))) == ALL_FIGURES

    @pytest.mark.parametrize("name", ["Lũy kế", "Kỳ trước", "Cùng kỳ năm 2021", "Kế hoạch năm"])
    def but_never_a_single_column_of_another_period(self, path: Path, name: str) -> None:
        rows = report()
        rows[header_place() + 1][VALUE] = name

        assert look(save(path, rows)).status is Status.WRONG_FORM


class DescribeAColumnOfAnotherPeriod:
    @pytest.mark.parametrize("line", [0, 1])
    @pytest.mark.parametrize(
        "name", ["Lũy kế", "LUỸ KẾ TỪ ĐẦU NĂM", "Kỳ trước", "Cùng kỳ năm 2021", "Quý II"]
    )
    def it_is_not_read(self, path: Path, name: str, line: int) -> None:
        checked = look(save(path, beside(name, line=line)))

        assert figures(checked) == ALL_FIGURES
        assert cells(checked) == {code: cell_of(report(), code) for code in ALL_FIGURES}

    def and_both_columns_are_named(self, path: Path) -> None:
        (finding,) = told(look(save(path, beside("Lũy kế"))), "RB22")

        assert finding.severity is Severity.WARNING
        assert "«Số liệu»" in finding.message
        assert "«Lũy kế»" in finding.message
        assert finding.cell == f"E{header_place() + 2}"

    def but_nothing_is_said_of_an_empty_one(self, path: Path) -> None:
        assert told(look(save(path, beside("Lũy kế", number=None))), "RB22") == []


class DescribeAColumnThatIsNoneOfTheForm:
    """Numbers beside the figures are never dropped in silence."""

    @pytest.mark.parametrize(
        "name",
        ["Số liệu sửa", "Điều chỉnh", "Thẩm định của huyện", "Kết quả", "Quý I/2022",
         "Kết quả (hồ sơ, %)", "Quý I", "Số liệu năm nay"],
    )  # fmt: skip
    def it_leaves_no_figure_where_it_claims_to_be_the_figures_and_differs(
        self, path: Path, name: str
    ) -> None:
        checked = look(save(path, beside(name)))

        (finding,) = told(checked, "RB21")
        assert figures(checked) == {}
        assert finding.severity is Severity.ERROR
        assert f"«{name}» (ô E{header_place() + 2})" in finding.message

    @pytest.mark.parametrize("name", ["Số liệu sửa", "Kết quả", "Quý I/2022", "Số liệu quý I"])
    def but_the_figures_are_read_where_both_agree(self, path: Path, name: str) -> None:
        rows = beside(name)
        for place in row_places(report()).values():
            rows[place][VALUE + 1] = rows[place][VALUE]

        checked = look(save(path, rows))

        assert figures(checked) == ALL_FIGURES
        assert [f.cell for f in told(checked, "RB22")] == [f"E{header_place() + 2}"]

    def it_leaves_no_figure_where_one_was_corrected(self, path: Path) -> None:
        rows = beside("Số liệu sửa", number=None)
        rows[row_places(report())["1.1.1"]][VALUE + 1] = 29

        checked = look(save(path, rows))

        assert figures(checked) == {}
        assert len(told(checked, "RB21")) == 1

    @pytest.mark.parametrize("name", ["Chỉ tiêu giao", "Điểm", "Hội An"])
    def it_is_named_where_it_claims_nothing(self, path: Path, name: str) -> None:
        checked = look(save(path, beside(name)))

        (finding,) = told(checked, "RB22")
        assert figures(checked) == ALL_FIGURES
        assert finding.severity is Severity.WARNING
        assert f"«{name}»" in finding.message

    def it_is_known_by_its_first_number_where_it_has_no_name(self, path: Path) -> None:
        checked = look(save(path, beside(None)))

        (finding,) = told(checked, "RB22")
        first = row_places(report())["1"] + 1
        assert figures(checked) == ALL_FIGURES
        assert finding.cell == f"E{first}"

    @pytest.mark.parametrize("name", ["STT", "Số thứ tự", "ĐVT", "Ghi chú", "Tỷ lệ (%)", "Tỉ lệ"])
    def but_nothing_is_said_of_columns_that_are_known(self, path: Path, name: str) -> None:
        checked = look(save(path, beside(name)))

        assert figures(checked) == ALL_FIGURES
        assert told(checked, "RB21") + told(checked, "RB22") == []

    def and_nothing_of_words(self, path: Path) -> None:
        assert told(look(save(path, beside("Cơ quan", number="Văn phòng"))), "RB22") == []

    def and_nothing_of_a_column_that_counts_the_rows(self, path: Path) -> None:
        rows = beside(None)
        for number, place in enumerate(row_places(report()).values(), start=1):
            rows[place][VALUE + 1] = number

        assert told(look(save(path, rows)), "RB22") == []


class DescribeAHeaderMergedOverTwoColumns:
    @staticmethod
    def merged(path: Path, second: dict[str, int], *, first: bool = True) -> CheckedFile:
        """ "Số liệu" above two columns, the second of them with figures by code."""
        rows = insert_column(report(), VALUE + 1)
        for code, place in row_places(report()).items():
            rows[place][VALUE + 1] = second.get(code)
            if not first:
                rows[place][VALUE] = None
        line = header_place() + 2
        return look(save(path, rows, bend=lambda s: s.merge_cells(f"D{line}:E{line}")))

    def it_leaves_no_figure_where_they_stand_in_the_second(self, path: Path) -> None:
        checked = self.merged(path, dict(ALL_FIGURES), first=False)

        (finding,) = told(checked, "RB21")
        assert figures(checked) == {}
        assert f"«Số liệu» (ô E{header_place() + 2})" in finding.message

    def it_leaves_no_figure_where_both_differ(self, path: Path) -> None:
        checked = self.merged(path, {"1.1.1": 29})

        assert figures(checked) == {}
        assert len(told(checked, "RB21")) == 1

    def but_it_reads_them_where_both_agree(self, path: Path) -> None:
        checked = self.merged(path, {"1.1.1": 28})

        assert figures(checked) == ALL_FIGURES
        assert len(told(checked, "RB22")) == 1


class DescribeAFigureBesideItsColumn:
    @pytest.mark.parametrize(("column", "letter"), [(UNIT, "C"), (NOTE, "E")])
    def it_is_pointed_at_where_the_row_has_none(self, path: Path, column: int, letter: str) -> None:
        rows = report()
        place = row_places(rows)["1.4.1"]
        rows[place][column], rows[place][VALUE] = 260, None

        checked = look(save(path, rows))

        (finding,) = told(checked, "RB25")
        assert "1.4.1" not in figures(checked)
        assert finding.severity is Severity.WARNING
        assert (finding.cell, finding.found) == (f"{letter}{place + 1}", 260)

    @pytest.mark.parametrize("note", ["Số đúng là 260", "quý I", None, "-"])
    def but_nothing_is_said_of_words(self, path: Path, note: Content) -> None:
        rows = report()
        rows[row_places(rows)["1.4.1"]][NOTE] = note

        assert told(look(save(path, rows)), "RB25") == []

    def and_nothing_of_a_number_beside_a_figure(self, path: Path) -> None:
        rows = report()
        rows[row_places(rows)["1.1.1"]][NOTE] = 3

        assert told(look(save(path, rows)), "RB25") == []


class DescribeATableWithoutAFigure:
    def it_is_said_to_be_blank(self, path: Path) -> None:
        checked = look(save(path, without_values(report())))

        (finding,) = told(checked, "RB11")
        assert finding.severity is Severity.WARNING

    @pytest.mark.parametrize("blank", [" ", "\u00a0"])
    def and_so_with_nothing_but_spaces(self, path: Path, blank: str) -> None:
        rows = report()
        values = dict.fromkeys(row_places(rows), blank)

        assert len(told(look(save(path, with_values(rows, values))), "RB11")) == 1


def headed(*, label: str = "Chỉ tiêu thống kê", value: str = "Số liệu") -> Rows:
    """Bút Sơn's report below a header of one line."""
    rows = report()
    del rows[header_place() + 1]
    rows[header_place()] = ["STT", label, "Đơn vị tính", value, "Ghi chú"]
    return rows


class DescribeHeadersWithSlips:
    @pytest.mark.parametrize(
        ("label", "value"),
        [
            ("Chi tiêu thống kê", "Số liêu"), ("Chỉ tiêu thông kê", "Số liệuu"),
            ("Chi tieu thong ke", "So lieu"), ("CHI TIEU", "SO LIEU"), ("Noi dung", "Ket qua"),
            ("Nội dung", "Thực hiện"), ("Chỉ tiêu", "Kết quả thực hiện"),
            ("Chỉ tiêu", "Thực hiện trong kỳ"), ("Chỉ tiêu", "Thuc hien"),
        ],
    )  # fmt: skip
    def it_is_read(self, path: Path, label: str, value: str) -> None:
        checked = look(save(path, headed(label=label, value=value)))

        assert figures(checked) == ALL_FIGURES
        assert {finding.rule for finding in warnings(checked)} == KNOWN_WARNINGS

    def it_reads_a_report_without_any_mark_on_its_letters(self, path: Path) -> None:
        rows = map_labels(headed(), lambda text: bare_letters(match_key(text)))
        for row, typed in zip(rows, headed(), strict=True):
            row[NUMBER], row[VALUE] = typed[NUMBER], typed[VALUE]
        rows[header_place()][VALUE] = "so lieu"

        checked = look(save(path, rows))

        assert figures(checked) == ALL_FIGURES
        assert [f.rule for f in checked.findings if f.rule == "RB1"] == []

    def but_what_was_carried_out_beside_the_figures_is_no_second_choice(self, path: Path) -> None:
        checked = look(save(path, beside("Thực hiện")))

        assert figures(checked) == {}
        assert len(told(checked, "RB21")) == 1


class DescribeATableWithoutAHeader:
    @staticmethod
    def without_header() -> Rows:
        rows = headed()
        del rows[header_place()]
        return rows

    def it_is_read_by_its_labels(self, path: Path) -> None:
        checked = look(save(path, self.without_header()))

        assert figures(checked) == ALL_FIGURES

    def and_it_is_said_where_the_figures_were_taken(self, path: Path) -> None:
        rows = self.without_header()

        (finding,) = told(look(save(path, rows)), "RB26")

        assert finding.severity is Severity.WARNING
        assert finding.cell == cell_of(rows, "1.1.1")

    def but_no_figure_is_read_from_one_of_two_columns(self, path: Path) -> None:
        rows = insert_column(self.without_header(), VALUE + 1)
        rows[row_places(rows)["1.1.1"]][VALUE + 1] = 29

        checked = look(save(path, rows))

        assert figures(checked) == {}
        assert len(told(checked, "RB21")) == 1

    def and_none_below_words_that_are_not_known(self, path: Path) -> None:
        rows = headed(label="Danh mục", value="Dự kiến")

        assert look(save(path, rows)).status is Status.WRONG_FORM


class DescribeABlankTextFarAway:
    @pytest.mark.parametrize("address", ["Z40", "AZ900", "H3", "F20"])
    def it_changes_nothing(self, path: Path, address: str) -> None:
        def bend(sheet: Worksheet) -> None:
            sheet[address] = " "

        checked = look(save(path, report(), bend=bend))

        assert figures(checked) == ALL_FIGURES
        assert {finding.rule for finding in warnings(checked)} == KNOWN_WARNINGS


class DescribeAFigureMergedOverRows:
    @staticmethod
    def merged(path: Path, first: str, last: str) -> CheckedFile:
        rows = report()
        one, other = cell_of(rows, first), cell_of(rows, last)

        def bend(sheet: Worksheet) -> None:
            sheet.merge_cells(f"{one}:{other}")

        return look(save(path, rows, bend=bend))

    def it_is_said_that_it_stands_beside_two_indicators(self, path: Path) -> None:
        (finding,) = told(self.merged(path, "1.1.1", "1.1.2"), "RB24")

        assert finding.severity is Severity.WARNING
        assert finding.cell == cell_of(report(), "1.1.1")
        assert "1.1.2" in finding.message

    def and_it_counts_once_where_it_stands(self, path: Path) -> None:
        checked = self.merged(path, "1.1.1", "1.1.2")

        assert figures(checked) == ALL_FIGURES

    def but_nothing_is_said_of_blank_cells(self, path: Path) -> None:
        assert told(self.merged(path, "1.2.1", "1.2.3"), "RB24") == []


class DescribeLabelsInTheColumnOfNumbers:
    def it_reads_number_and_label_in_one_merged_cell(self, path: Path) -> None:
        rows = report()
        places = row_places(rows)
        for code in ("1", "1.1.1", "1.1.2", "3.3.1", "S.DA_GQ"):
            row = rows[places[code]]
            number = "" if code.startswith("S") else f"{code}. "
            row[0], row[1] = f"{number}{row[1]}", None

        def bend(sheet: Worksheet) -> None:
            for code in ("1", "1.1.1", "1.1.2", "3.3.1", "S.DA_GQ"):
                sheet.merge_cells(f"A{places[code] + 1}:B{places[code] + 1}")

        checked = look(save(path, rows, bend=bend))

        assert figures(checked) == ALL_FIGURES
        assert {finding.rule for finding in warnings(checked)} == KNOWN_WARNINGS

    def it_points_at_a_figure_beside_unknown_words_there(self, path: Path) -> None:
        rows = report()
        place = row_places(rows)["1.1.2"]
        rows.insert(place, ["Số cuộc họp giao ban", None, "Cuộc", 5, None])

        checked = look(save(path, rows))

        assert figures(checked) == ALL_FIGURES
        assert f"D{place + 1}" in loud_cells(checked)

    def it_says_nothing_of_who_signed_below(self, path: Path) -> None:
        rows: Rows = [*report(), [None] * 5, ["NGƯỜI LẬP BIỂU", None, "CHỦ TỊCH", None, None]]

        checked = look(save(path, rows))

        assert errors(checked) == []
        assert {finding.rule for finding in warnings(checked)} == KNOWN_WARNINGS
