"""Tables that people typed: moved, stretched, merged, misspelled; read by code and by label."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.core.findings import Severity
from cchc_xl.core.submission import Status
from tests.gateways.reading import (
    cells,
    errors,
    figures,
    look,
    loud_cells,
    submission_of,
    table_of,
    warnings,
)
from tests.support.handmade import (
    ALL_FIGURES,
    BUT_SON_TITLE,
    LABEL,
    NUMBER,
    SUPPLEMENT,
    UNIT,
    VALUE,
    Content,
    Rows,
    cell_of,
    in_column_order,
    insert_column,
    map_labels,
    report,
    row_places,
    save,
    supplementary_rows,
    table,
    titled,
    with_values,
    without_values,
)

# What is known to be missing in Bút Sơn's report; no other warning has a reason.
KNOWN_WARNINGS = {"R03", "R07", "R34", "R39"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.xlsx"


def _warned(path: Path) -> set[str]:
    return {finding.rule for finding in warnings(look(path))}


class DescribeMovedColumns:
    @pytest.mark.parametrize("before", range(6))
    def it_reads_the_same_figures_with_an_empty_column_more(self, path: Path, before: int) -> None:
        save(path, insert_column(report(), before))

        assert figures(look(path)) == ALL_FIGURES

    @pytest.mark.parametrize("before", range(6))
    def it_reads_the_same_figures_beside_a_column_of_other_numbers(
        self, path: Path, before: int
    ) -> None:
        rows = report()
        header = next(place for place, row in enumerate(rows) if row[NUMBER] == "STT")
        others = [*[None] * header, "Kỳ trước", None, *range(1000, 1081)]

        save(path, insert_column(rows, before, others))

        assert figures(look(path)) == ALL_FIGURES

    @pytest.mark.parametrize(
        ("order", "letter"),
        [((4, 3, 1, 2, 0), "B"), ((1, 0, 3, 2, 4), "C"), ((3, 2, 1, 0, 4), "A")],
    )
    def it_reads_the_columns_in_any_order(
        self, path: Path, order: tuple[int, ...], letter: str
    ) -> None:
        rows = report()
        save(path, in_column_order(rows, order))

        checked = look(path)

        assert figures(checked) == ALL_FIGURES
        assert cells(checked) == {
            code: cell_of(rows, code).replace("D", letter) for code in ALL_FIGURES
        }

    def it_reads_a_table_that_starts_far_from_the_corner(self, path: Path) -> None:
        rows = report()
        for _ in range(30):
            rows = insert_column(rows, 0)
        above: Rows = [[None]] * 60
        save(path, [*above, *rows])

        assert figures(look(path)) == ALL_FIGURES

    def it_reads_a_table_without_its_column_of_notes(self, path: Path) -> None:
        save(path, in_column_order(report(), (NUMBER, LABEL, UNIT, VALUE)))

        assert figures(look(path)) == ALL_FIGURES

    def it_reads_a_table_without_its_column_of_units(self, path: Path) -> None:
        save(path, in_column_order(report(), (NUMBER, LABEL, VALUE)))

        assert figures(look(path)) == ALL_FIGURES


class DescribeMovedRows:
    @pytest.mark.parametrize(
        "code", ["1", "1.1.2", "3.3.1", "3.3.1.b", "3.3.2", "7.2.2.b", "S.DA_GQ"]
    )
    def it_reads_the_same_figures_with_empty_rows_inserted(self, path: Path, code: str) -> None:
        rows = report()
        place = row_places(rows)[code]
        save(path, [*rows[:place], [None] * 5, [None] * 5, *rows[place:]])

        assert figures(look(path)) == ALL_FIGURES

    @pytest.mark.parametrize("code", ["1.1.2", "3.3.1.b", "3.3.2.c", "7.2.2.a"])
    def it_lists_a_row_of_the_units_own_and_reads_the_others(self, path: Path, code: str) -> None:
        rows = report()
        place = row_places(rows)[code]
        own: list[Content] = [
            None,
            "Số cuộc họp giao ban về chuyển đổi số của Ủy ban",
            "Cuộc",
            5,
            None,
        ]
        save(path, [*rows[:place], own, *rows[place:]])

        checked = look(path)

        assert figures(checked) == ALL_FIGURES
        assert f"D{place + 1}" in loud_cells(checked)

    def it_reads_groups_in_another_order(self, path: Path) -> None:
        rows = report()
        places = row_places(rows)
        first, second, third = places["1"], places["4"], places["7"]
        save(path, [*rows[:first], *rows[second:third], *rows[first:second], *rows[third:]])

        assert figures(look(path)) == ALL_FIGURES

    def it_reads_the_children_of_3_3_2_before_those_of_3_3_1(self, path: Path) -> None:
        rows = report()
        places = row_places(rows)
        first, second, end = places["3.3.1"], places["3.3.2"], places["3.3.3"]
        save(path, [*rows[:first], *rows[second:end], *rows[first:second], *rows[end:]])

        assert figures(look(path)) == ALL_FIGURES

    def it_lists_the_rows_that_were_deleted(self, path: Path) -> None:
        rows = report()
        gone = [rows[row_places(rows)[code]] for code in ("2.5", "3.3.1.b")]
        save(path, [row for row in rows if not any(row is other for other in gone)])

        checked = look(path)

        assert any("2.5" in f.message and "3.3.1.b" in f.message for f in warnings(checked))

    def but_it_reads_the_rows_that_were_left(self, path: Path) -> None:
        rows = report()
        gone = rows[row_places(rows)["2.5"]]
        save(path, [row for row in rows if row is not gone])

        assert figures(look(path)) == ALL_FIGURES


class DescribeSheets:
    @pytest.mark.parametrize(
        "name", ["Sheet1", "Phụ lục 01b (2)", "Biểu số liệu", "O'Hara", "a b!c", "01b"]
    )
    def it_reads_the_table_under_any_name_of_its_sheet(self, path: Path, name: str) -> None:
        save(path, {name: report()})

        checked = look(path)

        assert figures(checked) == ALL_FIGURES
        assert table_of(checked).sheet == name

    def it_finds_the_table_on_the_third_sheet(self, path: Path) -> None:
        other: Rows = [["STT", "Nội dung", "Số lượng"], [1, "Số hội nghị", 3], [2, "Số bài", 8]]
        save(path, {"Bìa": [["BÁO CÁO"]], "Biểu khác": other, "Số liệu": report()})

        assert figures(look(path)) == ALL_FIGURES

    def it_finds_the_table_on_a_hidden_sheet_where_no_other_has_one(self, path: Path) -> None:
        def hide(sheet: Worksheet) -> None:
            sheet.sheet_state = "hidden"

        save(path, {"Số liệu": report(), "Bìa": [["BÁO CÁO"]]}, bend=hide)

        assert figures(look(path)) == ALL_FIGURES

    def it_takes_the_visible_table_before_a_hidden_one(self, path: Path) -> None:
        def hide(sheet: Worksheet) -> None:
            sheet.sheet_state = "hidden"

        save(path, {"Cũ": report({"3.1.3": 200}), "Mới": report()}, bend=hide)

        assert figures(look(path)) == ALL_FIGURES

    @pytest.mark.parametrize("height", [0, 1, 5, 40, 199, 200, 260])
    def it_finds_the_table_below_a_title_of_any_height(self, path: Path, height: int) -> None:
        title: Rows = [[f"Dòng {place} của báo cáo"] for place in range(height)]
        save(path, [*title, *table()])

        assert figures(look(path))["3.3.1"] == 770

    @pytest.mark.parametrize(
        "line",
        [
            "CHỈ TIÊU THỐNG KÊ CẢI CÁCH HÀNH CHÍNH CỦA UBND THỊ TRẤN BÚT SƠN",
            "Chỉ tiêu cải cách hành chính quý I năm 2022 của UBND thị trấn Bút Sơn",
            "Nội dung báo cáo cải cách hành chính của UBND thị trấn Bút Sơn",
            "Nội dung",
        ],
    )
    def it_is_not_misled_by_a_title_in_the_words_of_the_header(self, path: Path, line: str) -> None:
        save(path, [[line, None, None, None, None], *table()])

        assert figures(look(path))["3.3.1"] == 770

    def it_is_not_misled_by_a_small_table_above(self, path: Path) -> None:
        small: Rows = [
            ["STT", "Nội dung", "Số lượng", None, None],
            [1, "Số văn bản đã ban hành", 12, None, None],
            [2, "Số hội nghị", 3, None, None],
            [None] * 5,
        ]
        save(path, [*small, *table()])

        checked = look(path)

        assert figures(checked)["3.3.1"] == 770
        assert errors(checked) == []


class DescribeHeaders:
    def it_skips_a_row_that_numbers_the_columns(self, path: Path) -> None:
        rows = report()
        place = row_places(rows)["1"]
        numbers: Rows = [["(1)", "(2)", "(3)", "(4)", "(5)"]]
        save(path, [*rows[:place], *numbers, *rows[place:]])

        assert _warned(path) == KNOWN_WARNINGS

    def it_skips_plain_numbers_of_the_columns(self, path: Path) -> None:
        rows = report()
        place = row_places(rows)["1"]
        numbers: Rows = [[1, 2, 3, 4, 5]]
        save(path, [*rows[:place], *numbers, *rows[place:]])

        assert _warned(path) == KNOWN_WARNINGS

    def it_knows_a_header_of_one_line(self, path: Path) -> None:
        header: Rows = [["STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Ghi chú"]]
        save(path, [*header, *table()[2:]])

        assert figures(look(path))["3.3.1"] == 770

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(str.upper, id="capitals"),
            pytest.param(str.lower, id="small letters"),
            pytest.param(lambda text: text.replace(" ", "\n"), id="line breaks"),
            pytest.param(lambda text: f"  {text} ", id="spaces around"),
            pytest.param(lambda text: unicodedata.normalize("NFD", text), id="NFD"),
        ],
    )
    def it_knows_the_header_however_it_is_written(
        self, path: Path, change: Callable[[str], str]
    ) -> None:
        rows = table()
        save(path, [*map_labels(rows[:2], change), *rows[2:]])

        assert figures(look(path))["3.3.1"] == 770


class DescribeMergedAndHiddenCells:
    def it_reads_a_table_merged_as_the_printed_one(self, path: Path) -> None:
        rows = report()
        places = row_places(rows)
        top = next(place for place, row in enumerate(rows) if row[NUMBER] == "STT") + 1

        def merge(sheet: Worksheet) -> None:
            sheet.merge_cells("A1:E1")
            for column in "ABE":
                sheet.merge_cells(f"{column}{top}:{column}{top + 1}")
            sheet.merge_cells(f"C{top}:D{top}")
            for code in ("3.3.1.a", "3.3.2.a"):
                sheet.merge_cells(f"A{places[code] + 1}:A{places[code] + 4}")

        save(path, rows, bend=merge)

        assert figures(look(path)) == ALL_FIGURES

    def it_reads_a_figure_in_a_cell_merged_with_the_note(self, path: Path) -> None:
        rows = report()
        row = row_places(rows)["3.1.3"] + 1

        save(path, rows, bend=lambda sheet: sheet.merge_cells(f"D{row}:E{row}"))

        assert figures(look(path))["3.1.3"] == 193

    def it_reads_hidden_rows(self, path: Path) -> None:
        rows = report()

        def hide(sheet: Worksheet) -> None:
            for code in ("3.3.1", "3.3.1.b", "4.1.2"):
                sheet.row_dimensions[row_places(rows)[code] + 1].hidden = True

        save(path, rows, bend=hide)

        assert figures(look(path)) == ALL_FIGURES

    def it_reads_filtered_and_grouped_rows(self, path: Path) -> None:
        rows = report()

        def bend(sheet: Worksheet) -> None:
            sheet.auto_filter.ref = f"A8:E{len(rows)}"
            sheet.row_dimensions.group(12, 20, hidden=True)

        save(path, rows, bend=bend)

        assert figures(look(path)) == ALL_FIGURES

    def it_reads_hidden_columns(self, path: Path) -> None:
        def hide(sheet: Worksheet) -> None:
            sheet.column_dimensions["A"].hidden = True
            sheet.column_dimensions["C"].hidden = True

        save(path, report(), bend=hide)

        assert figures(look(path)) == ALL_FIGURES


class DescribeCodes:
    def it_reads_codes_that_excel_turned_into_numbers(self, path: Path) -> None:
        rows = report()
        for row in rows:
            number = row[NUMBER]
            if isinstance(number, str) and number.replace(".", "", 1).isdecimal():
                row[NUMBER] = float(number)
        save(path, rows)

        checked = look(path)

        assert figures(checked) == ALL_FIGURES
        assert {finding.rule for finding in warnings(checked)} == KNOWN_WARNINGS

    @pytest.mark.parametrize("form", ["{}.", "{})", " {} ", "{} .", "\u00a0{}"])
    def it_reads_codes_with_marks_around_them(self, path: Path, form: str) -> None:
        rows = report()
        for place in row_places(rows).values():
            number = rows[place][NUMBER]
            if isinstance(number, str) and number[0].isdecimal():
                rows[place][NUMBER] = form.format(number.rstrip("."))
        save(path, rows)

        checked = look(path)

        assert figures(checked) == ALL_FIGURES
        assert {finding.rule for finding in warnings(checked)} == KNOWN_WARNINGS

    def it_reads_a_table_without_any_code(self, path: Path) -> None:
        rows = report()
        for place in row_places(rows).values():
            rows[place][NUMBER] = None
        save(path, rows)

        assert figures(look(path)) == ALL_FIGURES

    def it_reads_a_table_without_a_column_of_codes(self, path: Path) -> None:
        save(path, in_column_order(report(), (LABEL, UNIT, VALUE)))

        assert figures(look(path)) == ALL_FIGURES

    def it_reads_a_numbered_row_whose_label_was_wiped(self, path: Path) -> None:
        rows = report()
        rows[row_places(rows)["1.1.3"]][LABEL] = None
        save(path, rows)

        assert figures(look(path)) == ALL_FIGURES

    def it_reads_children_that_carry_letters(self, path: Path) -> None:
        rows = report()
        for code, place in row_places(rows).items():
            if code[-1] in "abcd":
                rows[place][NUMBER] = code[-1]
        save(path, rows)

        assert figures(look(path)) == ALL_FIGURES


class DescribeLabels:
    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(
                lambda t: t.replace("hóa", "hoá").replace("hòa", "hoà").replace("ủy", "uỷ"),
                id="other tone placement",
            ),
            pytest.param(lambda t: unicodedata.normalize("NFD", t), id="NFD"),
            pytest.param(lambda t: t.replace(" ", "\u00a0"), id="non-breaking spaces"),
            pytest.param(lambda t: t.replace(" ", "  "), id="double spaces"),
            pytest.param(lambda t: t.replace(" ", " \u200b"), id="invisible characters"),
            pytest.param(lambda t: t.replace(" ", "\r\n", 1), id="line breaks"),
            pytest.param(str.upper, id="capitals"),
            pytest.param(str.lower, id="small letters"),
            pytest.param(lambda t: f"- {t}", id="dashes before"),
            pytest.param(lambda t: f"{t}:", id="colons behind"),
        ],
    )
    @pytest.mark.parametrize("with_codes", [True, False], ids=["with codes", "labels only"])
    def it_reads_labels_however_they_are_written(
        self, path: Path, change: Callable[[str], str], with_codes: bool
    ) -> None:
        rows = report()
        for place in row_places(rows).values():
            rows[place][LABEL] = change(str(rows[place][LABEL]))
            if not with_codes:
                rows[place][NUMBER] = None
        save(path, rows)

        checked = look(path)

        assert figures(checked) == ALL_FIGURES
        assert {finding.rule for finding in warnings(checked)} == KNOWN_WARNINGS

    def it_forgives_a_slip_in_a_numbered_label(self, path: Path) -> None:
        rows = report()
        rows[row_places(rows)["3.3.1"]][LABEL] = "Số lượng hồ sơ đã tiếp nhân"
        save(path, rows)

        assert figures(look(path)) == ALL_FIGURES

    @pytest.mark.parametrize(
        ("code", "label", "other"),
        [
            ("S.DA_GQ", "Số hồ sơ đã giải quyết", "S.DANG_GQ"),
            ("3.3.1.c", "Tiếp nhận trực tuyến", "3.3.1.a"),
            ("3.3.2.c", "Trả trực tuyến", "3.3.2.a"),
            ("S.DANG_TRONG_HAN", "Số hồ sơ đang giải quyết trong hạn", "S.DANG_QUA_HAN"),
            ("S.TRUOC_HAN", "Số hồ sơ giải quyết trước hạn", "S.QH_GQ"),
            ("S.CONG_CHUC", "Số viên chức hiện có", "S.CAN_BO"),
            ("3.3.1.d", "Tiếp nhận trực tuyến mức độ 5", "3.3.1.c"),
        ],
    )
    def it_never_takes_one_indicator_for_another_that_is_only_spelled_alike(
        self, path: Path, code: str, label: str, other: str
    ) -> None:
        rows = report()
        places = row_places(rows)
        rows[places[code]][LABEL] = label
        rows[places[code]][VALUE] = 321
        del rows[places[other]]
        save(path, rows)

        assert figures(look(path)).get(other) is None

    @pytest.mark.parametrize("code", ["3.3.1.c", "S.DA_GQ"])
    def it_points_at_a_figure_whose_label_it_does_not_know(self, path: Path, code: str) -> None:
        rows = report()
        rows[row_places(rows)[code]][LABEL] = "Tổng hợp các nội dung khác của địa phương"
        save(path, rows)

        assert cell_of(report(), code) in loud_cells(look(path))

    def it_points_at_a_code_whose_label_speaks_of_something_else(self, path: Path) -> None:
        rows = report()
        rows[row_places(rows)["1.1.3"]][LABEL] = "Số cuộc họp giao ban"
        save(path, rows)

        assert cell_of(rows, "1.1.3") in loud_cells(look(path))


class DescribeRowsThatStandTwice:
    def it_uses_the_figure_once_where_both_rows_agree(self, path: Path) -> None:
        rows = report()
        rows.insert(row_places(rows)["3.2"], list(rows[row_places(rows)["3.1.3"]]))
        save(path, rows)

        checked = look(path)

        assert figures(checked) == ALL_FIGURES
        assert errors(checked) == []

    def it_uses_neither_of_two_different_figures(self, path: Path) -> None:
        rows = report()
        rows.insert(row_places(rows)["3.2"], ["3.1.3", "Tổng số TTHC đang áp dụng", None, 200])
        save(path, rows)

        assert "3.1.3" not in figures(look(path))

    def and_it_shows_both_figures_in_an_error(self, path: Path) -> None:
        rows = report()
        rows.insert(row_places(rows)["3.2"], ["3.1.3", "Tổng số TTHC đang áp dụng", None, 200])
        save(path, rows)

        (finding,) = errors(look(path))

        assert finding.indicator == "3.1.3"
        assert "193" in finding.message
        assert "200" in finding.message

    def it_never_fills_a_blank_from_a_row_of_the_units_own_under_the_same_number(
        self, path: Path
    ) -> None:
        rows = report()
        rows.insert(row_places(rows)["3.2"], ["3.1.2", "Số cuộc họp giao ban", None, 5])
        save(path, rows)

        assert "3.1.2" not in figures(look(path))

    def it_uses_no_figure_where_three_rows_disagree(self, path: Path) -> None:
        rows = report()
        place = row_places(rows)["3.2"]
        for value in (193, 200):
            rows.insert(place, ["3.1.3", "Tổng số TTHC đang áp dụng", None, value])
        save(path, rows)

        assert "3.1.3" not in figures(look(path))


class DescribeTwoTablesInOneFile:
    def it_names_the_table_that_it_did_not_read(self, path: Path) -> None:
        save(path, {"Quý I": report(), "Nháp quý I": report({"3.1.3": 200})})

        messages = [finding.message for finding in warnings(look(path))]

        assert any("«Quý I»" in message and "«Nháp quý I»" in message for message in messages)

    @pytest.mark.parametrize("empty_first", [True, False])
    def it_reads_the_filled_table_and_not_the_empty_form(
        self, path: Path, empty_first: bool
    ) -> None:
        sheets = {"Mẫu": without_values(report()), "Quý I": report()}
        save(path, sheets if empty_first else dict(reversed(sheets.items())))

        assert figures(look(path)) == ALL_FIGURES

    @pytest.mark.parametrize("empty_first", [True, False])
    def it_reads_the_filled_table_though_the_empty_form_has_a_row_more(
        self, path: Path, empty_first: bool
    ) -> None:
        rows = report()
        del rows[row_places(rows)["2.5"]]
        sheets = {"Mẫu": without_values(report()), "Quý I": rows}
        save(path, sheets if empty_first else dict(reversed(sheets.items())))

        assert figures(look(path)) == ALL_FIGURES

    def it_uses_neither_of_two_tables_on_one_sheet_that_differ(self, path: Path) -> None:
        rows = report()
        save(path, [*rows, *report({"3.1.3": 200})])

        checked = look(path)

        first, second = cell_of(rows, "1"), f"D{len(rows) + row_places(rows)['1'] + 1}"
        assert submission_of(checked).tables == ()
        assert [f for f in errors(checked) if first in f.message and second in f.message] != []

    def it_never_mixes_two_tables_that_stand_side_by_side(self, path: Path) -> None:
        left, right = table(), with_values(table(), {"3.1.3": 200, "3.2.1": 118})
        save(path, [[*a, None, *b] for a, b in zip(left, right, strict=True)])

        checked = look(path)

        assert figures(checked) == {}
        assert any("ô D2" in f.message and "ô J2" in f.message for f in errors(checked))


class DescribeFilesWithoutATable:
    @pytest.mark.parametrize(
        "rows",
        [
            pytest.param([], id="an empty sheet"),
            pytest.param([["Báo cáo"]], id="words only"),
            pytest.param(table()[:2], id="a header only"),
            pytest.param([["a", "b"], [1, 2]], id="another table"),
            pytest.param([["Chỉ tiêu thống kê", "Số liệu"]], id="header cells alone"),
        ],
    )
    def it_says_that_there_is_no_table(self, path: Path, rows: Rows) -> None:
        checked = look(save(path, rows))

        assert checked.status is Status.WRONG_FORM
        assert [finding.severity for finding in errors(checked)] == [Severity.ERROR]

    def it_says_so_of_many_empty_sheets(self, path: Path) -> None:
        checked = look(save(path, {"A": [], "B": [], "C": []}))

        assert checked.status is Status.WRONG_FORM

    def it_reads_no_submission_table_from_them(self, path: Path) -> None:
        assert submission_of(look(save(path, [["x"]]))).tables == ()


class DescribeSupplementaryFigures:
    def it_reads_them_by_their_words_alone(self, path: Path) -> None:
        save(path, report())

        read = figures(look(path))

        assert {code: read[code] for code, _, _ in SUPPLEMENT} == {
            code: value for code, _, value in SUPPLEMENT
        }

    def it_reads_them_without_a_title_between(self, path: Path) -> None:
        save(path, titled([*table(), *supplementary_rows()[2:]], *BUT_SON_TITLE))

        assert figures(look(path)) == ALL_FIGURES

    def it_reads_them_numbered_from_1_to_10(self, path: Path) -> None:
        rows = report()
        for number, (code, _, _) in enumerate(SUPPLEMENT, start=1):
            rows[row_places(rows)[code]][NUMBER] = number
        save(path, rows)

        assert figures(look(path)) == ALL_FIGURES

    def and_it_has_nothing_against_such_numbers(self, path: Path) -> None:
        rows = report()
        for number, (code, _, _) in enumerate(SUPPLEMENT, start=1):
            rows[row_places(rows)[code]][NUMBER] = number
        save(path, rows)

        assert _warned(path) == KNOWN_WARNINGS

    def it_reads_them_by_their_codes(self, path: Path) -> None:
        rows = report()
        for code, _, _ in SUPPLEMENT:
            rows[row_places(rows)[code]][NUMBER] = code
        save(path, rows)

        assert figures(look(path)) == ALL_FIGURES

    def it_says_as_information_that_they_are_missing(self, path: Path) -> None:
        save(path, report(supplement=False))

        told = [f for f in look(path).findings if "S.KY_TRUOC" in f.message]

        assert [finding.severity for finding in told if not finding.indicator] == [Severity.INFO]
