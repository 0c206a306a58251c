"""A form's table found on a sheet, and its rows matched: by code and label, never by position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.cells import Content, RawCell
from cchc_xl.core.checks import check_table
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid, address
from cchc_xl.core.ratios import ratios
from cchc_xl.core.row_numbers import normal_code
from cchc_xl.core.submission import Table
from cchc_xl.core.table_layout import layouts
from cchc_xl.core.table_matching import MatchedTable, match_table
from cchc_xl.core.table_reading import read_table
from cchc_xl.core.values import BLANK, INVALID, State, number
from cchc_xl.gateways.schemas import read_form
from tests.support.tables import BUT_SON_ANNEX, SMALL_FORM, grid, phu_luc_01b, write_form

Rows: TypeAlias = list[list[Content]]

FORM = phu_luc_01b()
HEADER: Rows = [
    ["STT", FORM.column("label").header, "Kết quả thống kê", None, "Ghi chú"],
    [None, None, "Đơn vị tính", "Số liệu", None],
]


def printed() -> Rows:
    """The annex of Bút Sơn on one page: two lines of header, then the 81 rows."""
    rows: Rows = [list(row) for row in HEADER]
    for row in FORM.printed:
        figure = BUT_SON_ANNEX.get(row.code)
        assert figure is None or isinstance(figure, str | int)
        rows.append([row.number, row.label, row.unit, figure, None])
    return rows


def place_of(code: str) -> int:
    return len(HEADER) + FORM.order[code]


def small_sheet(text: str) -> Grid:
    return grid(f"STT | Nội dung | Đơn vị tính | Kết quả | Ghi chú\n{text.strip(chr(10))}")


def matched(sheet: Grid, form: Form = FORM) -> MatchedTable:
    found = match_table(sheet, form)
    assert found is not None
    return found


def read(rows: Rows | Grid, form: Form = FORM) -> tuple[Table, tuple[Finding, ...]]:
    sheet = rows if isinstance(rows, Grid) else Grid("Phụ lục 01b", rows)
    return read_table(matched(sheet, form), own_template=False)


def figures(rows: Rows | Grid, form: Form = FORM) -> dict[str, Decimal | str]:
    """What a table says: its numbers, and the other answers in a word."""
    found, _ = read(rows, form)
    return {
        code: entry.value.number if entry.value.state is State.NUMBER else entry.value.state.value
        for code, entry in found.entries.items()
        if not entry.value.is_blank
    }


def told(rows: Rows | Grid, form: Form = FORM) -> tuple[Finding, ...]:
    return read(rows, form)[1]


def unmatched_labels(sheet: Grid, form: Form = FORM) -> list[str]:
    table = matched(sheet, form)
    return [sheet.text(row, table.layout.columns["label"]) for row in table.unmatched]


# What a reader should find on the annex, whatever was done to the sheet around the figures.
ANNEX = {code: Decimal(str(figure)) for code, figure in BUT_SON_ANNEX.items()}


@pytest.fixture
def small(tmp_path: Path) -> Form:
    return read_form(write_form(tmp_path, SMALL_FORM))


class DescribeAddresses:
    @pytest.mark.parametrize(
        ("row", "column", "expected"),
        [(0, 0, "A1"), (9, 3, "D10"), (0, 25, "Z1"), (0, 26, "AA1"), (1, 51, "AZ2"), (0, 52, "BA1"),
         (0, 701, "ZZ1"), (1048575, 16383, "XFD1048576")],
    )  # fmt: skip
    def it_is_written_as_in_a_spreadsheet(self, row: int, column: int, expected: str) -> None:
        assert address(row, column) == expected


class DescribeACodeAsTyped:
    @pytest.mark.parametrize(
        ("typed", "code"),
        [("1.1.1", "1.1.1"), ("2.3.", "2.3"), ("7.1. ", "7.1"), ("1. 1. 1", "1.1.1"),
         ("6.1)", "6.1"), ("1,1,1", "1.1.1"), ("3.", "3"), ("", "")],
    )  # fmt: skip
    def it_is_known_without_trailing_dots_and_spaces(self, typed: str, code: str) -> None:
        assert normal_code(typed) == code


class DescribeFindingTheTable:
    def it_is_found_by_its_header(self) -> None:
        layout = next(layouts(Grid("Sheet1", printed()), FORM), None)

        assert layout is not None
        assert layout.columns == {"number": 0, "label": 1, "unit": 2, "value": 3, "note": 4}

    def it_begins_below_both_lines_of_the_header(self) -> None:
        layout = next(layouts(Grid("Sheet1", printed()), FORM), None)

        assert layout is not None
        assert (layout.header_row, layout.first_row) == (0, 2)

    def it_is_found_below_a_title(self) -> None:
        title: Rows = [["THỐNG KÊ SỐ LIỆU"], [], ["Quý I năm 2022", None, None, "Đơn vị: xã A"]]

        assert figures([*title, *printed()]) == ANNEX

    def it_is_found_right_of_inserted_columns(self) -> None:
        moved = [["x", None, *row] for row in printed()]

        assert figures(moved) == ANNEX

    def it_is_found_with_a_column_inserted_before_the_figures(self) -> None:
        moved = [[*row[:3], None, *row[3:]] for row in printed()]

        assert figures(moved) == ANNEX

    def it_is_found_with_its_columns_in_another_order(self) -> None:
        turned = [[row[1], row[4], row[3], row[0], row[2]] for row in printed()]

        assert figures(turned) == ANNEX

    def it_is_found_without_a_column_of_numbers(self) -> None:
        unnumbered = [row[1:] for row in printed()]

        assert figures(unnumbered) == ANNEX

    @pytest.mark.parametrize("name", ["Kết quả", "Giá trị", "SỐ LIỆU", "Số\nliệu"])
    def it_is_found_by_other_names_of_its_columns(self, name: str) -> None:
        rows = printed()
        rows[:2] = [["TT", "Chỉ tiêu thống kê", "ĐVT", name, "Ghi chú"]]

        assert figures(rows) == ANNEX

    @pytest.mark.parametrize(
        "text",
        ["", "Họ tên | Chức vụ\nA | B", "STT | Nội dung | Ghi chú\n1 | Nhân sự |"],
        ids=["empty", "another table", "no figures"],
    )
    def but_it_is_not_found_on_a_sheet_without_it(self, text: str, small: Form) -> None:
        assert match_table(grid(text), small) is None

    def but_it_is_not_found_where_two_columns_claim_the_figures(self, small: Form) -> None:
        sheet = grid(
            """
            STT | Nội dung          | Kết quả | Kết quả
            1.1 | Tổng số cán bộ    | 10      | 12
            1.2 | Tổng số công chức | 20      | 23
            """
        )

        assert match_table(sheet, small) is None

    def but_it_is_not_found_where_a_header_stands_above_other_rows(self, small: Form) -> None:
        sheet = small_sheet("1 | Mua sắm | | 5 |\n2 | Sửa chữa | | 6 |")

        assert match_table(sheet, small) is None


class DescribeRowsWithACode:
    @pytest.mark.parametrize("code", ["2.3.", "2.3", "2.3 .", " 2.3", 2.3])
    def it_is_matched_however_the_code_is_typed(self, code: Content) -> None:
        rows = printed()
        rows[place_of("2.3")][0] = code

        assert figures(rows) == ANNEX

    def it_is_matched_by_its_label_where_excel_made_a_date_of_the_code(self) -> None:
        rows = printed()
        rows[place_of("1.1.1")][0] = date(2001, 1, 1)

        assert figures(rows) == ANNEX

    def it_is_matched_by_its_code_where_the_label_is_missing(self) -> None:
        rows = printed()
        rows[place_of("3.3.1")][1] = None

        assert figures(rows) == ANNEX

    def it_is_matched_by_its_code_where_the_label_has_a_slip(self) -> None:
        rows = printed()
        rows[place_of("3.3.1")][1] = "Số lượng hồ sơ đã tiếp nhân"

        assert figures(rows) == ANNEX

    def it_is_said_at_the_cell_that_the_code_is_another_rows(self) -> None:
        rows = printed()
        rows[place_of("3.3.3")][0] = "3.3.4"
        rows[place_of("3.3.4")][0] = "3.3.3"
        rows[place_of("3.3.3")][3] = 5

        found = {finding.cell for finding in told(rows) if finding.severity is Severity.WARNING}

        assert address(place_of("3.3.3"), 3) in found

    def it_is_matched_by_its_code_where_the_label_is_cut_to_the_words_of_another_row(self) -> None:
        rows = printed()
        rows[place_of("1.3.2")][1] = "Số nhiệm vụ đã hoàn thành"
        rows[place_of("1.3.2")][3] = 5

        assert figures(rows) == ANNEX | {"1.3.2": 5}

    def it_is_known_by_the_code_column_of_our_own_workbooks(self) -> None:
        header: Rows = [["Mã chỉ tiêu", *HEADER[0]], [None, *HEADER[1]]]
        body: Rows = [
            [code, None, None, *row[2:]]
            for code, row in zip(FORM.order, printed()[2:], strict=False)
        ]

        assert figures([*header, *body]) == ANNEX

    def it_is_said_where_the_label_speaks_of_something_else(self) -> None:
        rows = printed()
        rows[place_of("3.3.1")][1] = "Tổng kinh phí đã giải ngân trong năm"

        found = [
            (finding.severity, finding.indicator, finding.found)
            for finding in told(rows)
            if finding.cell
        ]

        assert found == [
            (Severity.WARNING, "3.3.1", "Tổng kinh phí đã giải ngân trong năm")
        ]  # fmt: skip


class DescribeANumberThatLostItsZero:
    """1.10 typed into a cell for numbers is 1.1 from then on."""

    @pytest.fixture
    def long(self) -> Form:
        like = FORM.by_code["1.1.1"]
        labels = (
            "Số hội nghị",
            "Số lớp tập huấn",
            "Số tin bài",
            "Số văn bản",
            "Số cuộc họp",
            "Số đoàn kiểm tra",
            "Số kiến nghị",
            "Số sáng kiến",
            "Số mô hình",
            "Số giải pháp",
        )
        return replace(
            FORM,
            indicators=tuple(
                replace(like, code=f"1.{n}", number=f"1.{n}", label=label, parent=None)
                for n, label in enumerate(labels, start=1)
            ),
        )

    @staticmethod
    def sheet(*rows: tuple[Content, Content, Content]) -> Grid:
        head: Rows = [["STT", "Nội dung", "Số liệu"]]
        body: Rows = [[float(f"1.{n}"), None, n * 11] for n in range(2, 10)]
        return Grid("Sheet1", [*head, *body, *map(list, rows)])

    def it_is_told_by_its_words(self, long: Form) -> None:
        sheet = self.sheet((1.1, "Số giải pháp", 7), (1.1, "Số hội nghị", 5))

        found = figures(sheet, long)

        assert {code: found[code] for code in ("1.1", "1.10")} == {"1.1": 5, "1.10": 7}

    def it_is_told_by_words_with_a_slip_and_said(self, long: Form) -> None:
        sheet = self.sheet((1.1, "Số giải phápp", 7))

        found, findings = read(sheet, long)

        assert found.value("1.10") == number(7)
        assert [f.rule for f in findings if f.cell == "C10"] == ["RB1"]

    def it_is_told_by_its_place_where_it_has_no_words(self, long: Form) -> None:
        assert figures(self.sheet((1.1, None, 7)), long)["1.10"] == 7

    @pytest.mark.parametrize("words", [None, "Số buổi giao ban"])
    def but_nothing_is_guessed_where_neither_tells(self, long: Form, words: str | None) -> None:
        sheet = self.sheet((None, None, None), ("x", "Dòng khác", 3), (1.1, words, 7))

        found, findings = read(sheet, long)

        assert found.value("1.1") == found.value("1.10") == BLANK
        assert [(f.rule, f.found) for f in findings if f.cell == "C12"] == [("RB23", 7)]


class DescribeRowsWithoutACode:
    def it_is_matched_by_its_label(self) -> None:
        rows = printed()
        for row in rows:
            row[0] = None

        assert figures([*HEADER, *rows[2:]]) == ANNEX

    def it_does_not_matter_how_the_label_is_spelled(self) -> None:
        rows = printed()
        rows[place_of("3.3.1.c")][1] = "TIẾP NHẬN  TRỰC TUYẾN MỨC ĐỘ 3."

        assert figures(rows) == ANNEX

    def it_is_matched_where_the_label_has_a_small_slip_and_said(self) -> None:
        rows = printed()
        rows[place_of("3.3.1.c")][1] = "Tiếp nhận trực tuyên mức độ 3"

        found, findings = read(rows)

        assert found.value("3.3.1.c") == number(91)
        assert [finding.indicator for finding in findings if finding.cell] == ["3.3.1.c"]

    def but_another_digit_is_no_slip(self) -> None:
        rows = printed()
        rows[place_of("3.3.1.c")][1] = "Tiếp nhận trực tuyến mức độ 2"

        found, _ = read(rows)

        assert found.value("3.3.1.c") == BLANK

    def but_a_word_that_turns_the_meaning_round_is_no_slip(self) -> None:
        late: list[Content] = [None, "Số hồ sơ đã giải quyết trả không đúng hạn", "Hồ sơ", 5, None]

        found, _ = read([*printed(), late])

        assert found.value("S.DUNG_HAN") == BLANK

    def it_is_matched_below_its_parent_where_two_rows_have_one_label(self, small: Form) -> None:
        sheet = small_sheet(
            """
            1   | Nhân sự           |       |    |
            1.1 | Tổng số cán bộ    | Người | 10 |
                | Nam               | Người | 6  |
                | Nữ                | Người | 4  |
            1.2 | Tổng số công chức | Người | 23 |
                | Nam               | Người | 9  |
                | Nữ                | Người | 14 |
            """
        )

        assert figures(sheet, small) == {
            "1.1": 10, "1.1.a": 6, "1.1.b": 4, "1.2": 23, "1.2.a": 9, "1.2.b": 14,
        }  # fmt: skip

    def it_is_matched_below_its_parent_across_an_inserted_row(self, small: Form) -> None:
        sheet = small_sheet(
            """
            1   | Nhân sự             |       |    |
            1.1 | Tổng số cán bộ      | Người | 10 |
                | Trong đó chuyên gia | Người | 1  |
                | Nam                 | Người | 6  |
            1.2 | Tổng số công chức   | Người | 23 |
                | Nữ                  | Người | 14 |
            """
        )

        assert figures(sheet, small) == {"1.1": 10, "1.1.a": 6, "1.2": 23, "1.2.b": 14}

    def but_it_is_listed_where_its_parent_is_unknown(self, small: Form) -> None:
        sheet = small_sheet(
            """
            1   | Nhân sự                |       |    |
            1.1 | Tổng số cán bộ         | Người | 10 |
            1.2 | Tổng số công chức      | Người | 23 |
            1.3 | Tỷ lệ đã qua bồi dưỡng | %     | 90 |
                | Nam                    | Người | 6  |
            """
        )

        assert unmatched_labels(sheet, small) == ["Nam"]


class DescribeRowsThatAreNoneOfTheForm:
    def it_shifts_nothing(self) -> None:
        rows = printed()
        rows.insert(place_of("3.3.1"), ["3.2.7", "Số TTHC do xã tự thêm", "Thủ tục", 99, None])
        rows.insert(place_of("1.1.1"), [None, None, None, None, None])

        assert figures(rows) == ANNEX

    def it_is_listed_with_its_figure(self) -> None:
        rows = printed()
        rows.insert(place_of("3.3.1"), ["3.2.7", "Số TTHC do xã tự thêm", "Thủ tục", 99, None])

        found = [
            (finding.severity, finding.cell, finding.found)
            for finding in told(rows)
            if finding.cell
        ]

        assert found == [(Severity.WARNING, address(place_of("3.3.1"), 3), 99)]

    def it_is_listed_lightly_where_it_holds_no_figure(self) -> None:
        rows: Rows = [*printed(), [None, "Số liệu do Văn phòng cung cấp", None, None, None]]

        found = [
            (finding.severity, finding.cell) for finding in told(rows) if finding.cell
        ]  # fmt: skip

        assert found == [(Severity.INFO, address(len(rows) - 1, 3))]

    def it_is_listed_where_only_a_figure_stands_on_it(self) -> None:
        rows: Rows = [*printed(), [None, None, None, 12, None]]

        found = [(finding.severity, finding.found) for finding in told(rows) if finding.cell]

        assert found == [(Severity.WARNING, 12)]

    def but_the_rest_of_a_broken_unit_is_nothing(self) -> None:
        rows = printed()
        rows.insert(place_of("3.3.1.d"), [None, None, "sơ", None, None])

        assert [finding for finding in told(rows) if finding.cell] == []


class DescribeAPageBreak:
    def it_repeats_the_header(self) -> None:
        rows = printed()
        for code in ("7.3", "5.2", "3.3.1.d", "2.3"):
            rows[place_of(code) : place_of(code)] = [[], *HEADER]

        assert figures(rows) == ANNEX

    def and_the_repeated_header_is_not_listed(self) -> None:
        rows = printed()
        for code in ("7.3", "5.2", "3.3.1.d", "2.3"):
            rows[place_of(code) : place_of(code)] = [[], *HEADER]

        assert [finding for finding in told(rows) if finding.cell] == []

    @pytest.mark.parametrize(
        "numbers",
        [
            ["1", "2", "3", "4", "5"],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            [1, 2, 3, 4, 5],
            ["1", "2", "3", "4", None],
        ],
        ids=["texts", "brackets", "numbers", "without the notes"],
    )
    def it_may_number_the_columns(self, numbers: Sequence[Content]) -> None:
        rows = printed()
        rows.insert(len(HEADER), list(numbers))

        found, findings = read(rows)

        assert found.value("1") == BLANK
        assert [finding for finding in findings if finding.cell] == []

    @pytest.mark.parametrize("between", [[], [[]]], ids=["no row", "a blank row"])
    def it_splits_a_label_without_a_code(self, between: Rows) -> None:
        rows = printed()
        place = place_of("7.2.2.b")
        rows[place : place + 1] = [
            [None, "Tỷ lệ văn bản được gửi hoàn toàn dưới dạng", "%", "60,5%", None],
            *between,
            *HEADER,
            [None, "điện tử và song song với văn bản giấy", None, None, None],
        ]

        assert figures(rows) == ANNEX | {"7.2.2.b": Decimal("60.5")}

    @pytest.mark.parametrize("between", [[], [[]]], ids=["no row", "a blank row"])
    def and_neither_half_is_listed(self, between: Rows) -> None:
        rows = printed()
        place = place_of("7.2.2.b")
        rows[place : place + 1] = [
            [None, "Tỷ lệ văn bản được gửi hoàn toàn dưới dạng", "%", None, None],
            *between,
            *HEADER,
            [None, "điện tử và song song với văn bản giấy", None, None, None],
        ]

        assert [finding for finding in told(rows) if finding.cell] == []

    def but_a_figure_beside_the_second_half_is_not_dropped(self) -> None:
        rows = printed()
        place = place_of("7.2.2.b")
        rows[place : place + 1] = [
            [None, "Tỷ lệ văn bản được gửi hoàn toàn dưới dạng", "%", None, None],
            *HEADER,
            [None, "điện tử và song song với văn bản giấy", None, "60,5%", None],
        ]

        found, findings = read(rows)

        used = found.value("7.2.2.b") == number(Decimal("60.5"))
        listed = any(finding.found == "60,5%" for finding in findings)
        assert used or listed

    def it_pushes_the_end_of_a_label_into_the_header(self) -> None:
        rows = printed()
        whole = str(rows[place_of("5.1")][1])
        rows[place_of("5.1")][1] = whole.removesuffix(" và chính quyền).")
        header = [list(row) for row in HEADER]
        header[0][1] = f"{HEADER[0][1]} và chính quyền)."
        rows[place_of("5.2") : place_of("5.2")] = header

        found, findings = read(rows)

        assert "5.1" in found.entries
        assert [finding for finding in findings if finding.cell] == []

    @staticmethod
    def split_below_its_code() -> Rows:
        rows = printed()
        place = place_of("3.2.6")
        rows[place][1] = "Số TTHC đã thực hiện tiếp nhận và giải quyết hồ sơ không phụ"
        rows[place][3] = 40
        rows[place + 1 : place + 1] = [
            *HEADER,
            [None, "thuộc vào địc giới hành chính", None, None, None],
        ]
        return rows

    def it_splits_a_label_with_a_code(self) -> None:
        found, _ = read(self.split_below_its_code())

        assert found.value("3.2.6") == number(40)

    def and_its_second_half_is_not_listed(self) -> None:
        found = told(self.split_below_its_code())

        assert [finding for finding in found if finding.cell] == []


class DescribeTwoRowsOfOneIndicator:
    @staticmethod
    def twice(first: Content, second: Content) -> Rows:
        rows = printed()
        rows[place_of("3.3.1")][3] = first
        rows.insert(
            place_of("3.3.1") + 1, ["3.3.1", "Số lượng hồ sơ đã tiếp nhận", "", second, None]
        )
        return rows

    def it_counts_once_where_the_figures_are_equal(self) -> None:
        found, _ = read(self.twice(770, "770"))

        assert found.value("3.3.1") == number(770)

    def and_it_is_said_lightly(self) -> None:
        found = [finding.severity for finding in told(self.twice(770, "770")) if finding.cell]

        assert found == [Severity.INFO]

    @pytest.mark.parametrize("blank", [None, "", "-"])
    def it_takes_the_figure_where_the_other_row_is_blank(self, blank: Content) -> None:
        before, _ = read(self.twice(blank, 770))
        behind, _ = read(self.twice(770, blank))

        assert (before.value("3.3.1"), behind.value("3.3.1")) == (number(770), number(770))

    def but_it_takes_neither_of_two_figures(self) -> None:
        found, _ = read(self.twice(770, 771))

        assert found.value("3.3.1") == INVALID

    def and_it_is_an_error_at_the_second(self) -> None:
        found = [
            (finding.severity, finding.cell, finding.indicator)
            for finding in told(self.twice(770, 771))
            if finding.cell
        ]

        assert found == [(Severity.ERROR, address(place_of("3.3.1") + 1, 3), "3.3.1")]

    @pytest.mark.parametrize("answer", ["KAD", "nt"])
    def and_it_takes_neither_of_two_answers(self, answer: str) -> None:
        found, _ = read(self.twice(770, answer))

        assert found.value("3.3.1") == INVALID

    def it_takes_none_of_three(self) -> None:
        rows = self.twice(770, 771)
        rows.insert(place_of("3.3.1") + 2, ["3.3.1", "Số lượng hồ sơ đã tiếp nhận", "", 770, None])

        found, _ = read(rows)

        assert found.value("3.3.1") == INVALID


class DescribeReadingTheTable:
    def it_gives_each_value_its_address(self) -> None:
        found, _ = read([["THỐNG KÊ"], *printed()])

        assert found.entries["3.3.1"].cell == address(place_of("3.3.1") + 1, 3)

    def it_keeps_the_notes(self) -> None:
        rows = printed()
        rows[place_of("3.3.1.a")][4] = "Kỳ trước chuyển qua 04 HS"

        found, _ = read(rows)

        assert found.entries["3.3.1.a"].note == "Kỳ trước chuyển qua 04 HS"

    def it_gives_the_values_in_the_order_of_the_form(self) -> None:
        rows = printed()
        rows[2:] = reversed(rows[2:])

        found, _ = read(rows)

        assert list(found.entries) == [code for code in FORM.order if code in found.entries]

    def it_minds_what_the_content_alone_does_not_tell(self) -> None:
        place = (place_of("3.2.4"), 3)
        sheet = Grid("Sheet1", printed(), {place: RawCell(0.993, percent_format=True)})

        found, _ = read(sheet)

        assert found.value("3.2.4") == number(Decimal("99.3"))

    def it_never_makes_a_blank_of_an_error_cell(self) -> None:
        rows = printed()
        rows[place_of("3.3.1")][3] = ""
        sheet = Grid("Sheet1", rows, {(place_of("3.3.1"), 3): RawCell(error="#REF!")})

        found, _ = read(sheet)

        assert found.value("3.3.1") == INVALID

    def it_asks_lightly_for_the_supplementary_block(self) -> None:
        (finding,) = told(printed())

        assert finding.severity is Severity.INFO
        assert "S.DA_GQ" in finding.message

    def it_reads_the_supplementary_block_by_its_labels(self) -> None:
        rows: Rows = [*printed(), [None, "Số hồ sơ đã giải quyết trả kết quả", "Hồ sơ", 770, None]]

        assert figures(rows) == ANNEX | {"S.DA_GQ": 770}

    def it_lists_the_rows_that_are_missing(self) -> None:
        rows = printed()
        del rows[place_of("3.3.1")]

        found = [finding for finding in told(rows) if "3.3.1" in finding.message.split()[-1]]

        assert [finding.severity for finding in found] == [Severity.WARNING]

    def and_a_missing_row_is_blank(self) -> None:
        rows = printed()
        del rows[place_of("3.3.1")]

        found, _ = read(rows)

        assert found.value("3.3.1") == BLANK

    @given(st.permutations(range(2, 83)))
    def it_reads_the_same_figures_in_any_order_of_numbered_rows(self, order: list[int]) -> None:
        rows = printed()
        for code in ("3.3.1", "3.3.2", "7.2.2"):
            for child in "abcd":
                if f"{code}.{child}" in FORM.by_code:
                    rows[place_of(f"{code}.{child}")][0] = f"{code}.{child}"

        shuffled: Rows = [*HEADER, *(rows[place] for place in order)]

        assert figures(shuffled) == ANNEX


class DescribeAFormThatTheProjectDoesNotKnow:
    """A new form needs no code: a file is enough for reading, rules and ratios."""

    @pytest.fixture
    def sheet(self) -> Grid:
        return small_sheet(
            """
            1    | Nhân sự                |       |     |
            1.1. | Tổng số cán bộ         | Người | 10  |
                 | Nam                    | Người | 6   |
                 | Nữ                     | Người | 5   | gồm 1 người biệt phái
            1.2. | Tổng số công chức      | Người | 23  |
                 | Nam                    | Người | 9   |
                 | Nữ                     | Người | 14  |
            1.3  | Tỷ lệ đã qua bồi dưỡng | %     | 90% |
            """
        )

    def it_is_found_and_read(self, sheet: Grid, small: Form) -> None:
        assert figures(sheet, small) == {
            "1.1": 10, "1.1.a": 6, "1.1.b": 5, "1.2": 23, "1.2.a": 9, "1.2.b": 14, "1.3": 90,
        }  # fmt: skip

    def it_is_checked(self, sheet: Grid, small: Form) -> None:
        found, _ = read(sheet, small)

        findings = check_table(found)

        assert [(finding.rule, finding.cell) for finding in findings] == [("R01", "D3")]

    def it_has_its_ratios(self, sheet: Grid, small: Form) -> None:
        found, _ = read(sheet, small)

        percent = ratios(found)["T01"].percent

        assert percent == 100 * Decimal(19) / Decimal(33)

    def it_is_told_from_the_forms_of_the_project(self, sheet: Grid) -> None:
        assert match_table(sheet, FORM) is None

    def and_theirs_from_it(self, small: Form) -> None:
        assert match_table(Grid("Phụ lục 01b", printed()), small) is None
