"""What officials leave in the cells: the right value, or a finding at that very cell."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter.workbook import Workbook

from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.values import State
from cchc_xl.usecases.check import CheckedFile
from tests.gateways.reading import errors, figures, look, loud_cells, table_of
from tests.support.handmade import (
    ALL_FIGURES,
    Content,
    Rows,
    cell_of,
    replace_cell,
    report,
    row_places,
    save,
)

COUNT, PERCENT, FLAG, CODE, HEADING = "1.1.3", "3.2.4", "5.2", "7.1", "3.3"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.xlsx"


def _typed(path: Path, code: str, content: Content, number_format: str = "") -> CheckedFile:
    """Read a report in which one cell holds `content`, under the format that typing it gives."""
    rows = report({code: content})
    formats = {cell_of(rows, code): number_format} if number_format else {}
    return look(save(path, rows, formats=formats))


def _of(checked: CheckedFile, code: str) -> list[Finding]:
    """Return what is said of reading the cell of `code`; the rules R… are not about reading."""
    return [
        finding
        for finding in checked.findings
        if finding.indicator == code and finding.cell == cell_of(report(), code)
        and not finding.rule[1:].isdecimal()
    ]  # fmt: skip


def _error_of(checked: CheckedFile, code: str) -> Finding:
    (finding,) = [f for f in _of(checked, code) if f.severity is Severity.ERROR]
    return finding


class DescribeCounts:
    @pytest.mark.parametrize(
        ("content", "number"),
        [
            (770, 770), (770.0, 770), ("770", 770), ("07", 7), ("1.234", 1234), ("2381", 2381),
            ("1.234.567", 1234567), (" 770 ", 770), ("770\u00a0", 770), ("0", 0), ("00", 0),
            (0, 0), ("không", 0), ("Không có", 0), ("KHÔNG", 0), ("không co\u0301", 0),
            ("KPS", 0), ("kps", 0), ("Kps ", 0), ("６", 6),
        ],
    )  # fmt: skip
    def it_reads_numbers_without_a_word(self, path: Path, content: Content, number: int) -> None:
        checked = _typed(path, COUNT, content)

        assert figures(checked)[COUNT] == number
        assert _of(checked, COUNT) == []

    @pytest.mark.parametrize(
        ("content", "number", "severity"),
        [
            ("3,278", 3278, Severity.INFO),
            ("189....", 189, Severity.WARNING),
            ("189…", 189, Severity.WARNING),
        ],
    )
    def it_reads_doubtful_marks_and_says_so(
        self, path: Path, content: str, number: int, severity: Severity
    ) -> None:
        checked = _typed(path, COUNT, content)

        assert figures(checked)[COUNT] == number
        assert [finding.severity for finding in _of(checked, COUNT)] == [severity]

    @pytest.mark.parametrize("content", [None, "", "-", "–", " ", "\u00a0"])
    def it_takes_blanks_for_not_reported(self, path: Path, content: Content) -> None:
        checked = _typed(path, COUNT, content)

        assert table_of(checked).value(COUNT).state is State.BLANK
        assert _of(checked, COUNT) == []

    def it_remembers_that_nothing_arose(self, path: Path) -> None:
        assert table_of(_typed(path, COUNT, "KPS")).value(COUNT).state is State.NOT_ARISEN

    @pytest.mark.parametrize("content", ["KAD", "kad", "KAD "])
    def it_knows_what_does_not_apply(self, path: Path, content: str) -> None:
        checked = _typed(path, COUNT, content)

        assert table_of(checked).value(COUNT).state is State.NOT_APPLICABLE
        assert _of(checked, COUNT) == []

    @pytest.mark.parametrize(
        "content",
        [
            3.278, 12.5, -5, -3.278, 0.07, 1e16, True, False, "nt", "như trên", "//", "abc", "12a",
            "07/28", "12 hồ sơ", "-5", "1.2345", "12.5", "3,278.5", "1e3", "500.000đ", "hơn 175",
            "1.23.456", "TRUE", "#REF!", "Có", "x", "?", "12-13", "1;2",
            date(2022, 7, 28), datetime(2022, 7, 28, 10, 30), time(7, 28),
        ],
    )  # fmt: skip
    def it_refuses_whatever_is_no_count_at_its_cell(self, path: Path, content: Content) -> None:
        checked = _typed(path, COUNT, content)

        assert COUNT not in figures(checked)
        assert _error_of(checked, COUNT).advice

    def it_suggests_the_number_whose_thousands_mark_excel_swallowed(self, path: Path) -> None:
        assert _error_of(_typed(path, COUNT, 3.278), COUNT).expected == 3278

    def it_shows_a_date_as_a_date(self, path: Path) -> None:
        found = str(_error_of(_typed(path, COUNT, date(2022, 7, 28)), COUNT).found)

        assert "28/7/2022" in found

    @pytest.mark.parametrize(
        "number_format",
        [
            "0", "00", "#,##0", "@", '#,##0 "hồ sơ"', "#,##0_);[Red]\\(#,##0\\)", "[$-42A]#,##0",
            '_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-;_-* "-"??\\ _₫_-;_-@_-', '0"%"', "[<100]0;#,##0",
            '"Quý "0', '0" ngày"', '0" m"', "0.000", '#,##0\\ "đ"', "0\\%",
        ],
    )  # fmt: skip
    def it_reads_a_number_under_any_format_that_shows_it_whole(
        self, path: Path, number_format: str
    ) -> None:
        checked = _typed(path, COUNT, 770, number_format)

        assert figures(checked)[COUNT] == 770

    @pytest.mark.parametrize("number_format", ["0%", "0.0%", "[Red]0%"])
    def but_it_refuses_a_count_that_the_cell_shows_as_a_percent(
        self, path: Path, number_format: str
    ) -> None:
        checked = _typed(path, COUNT, 7, number_format)

        assert COUNT not in figures(checked)
        assert _error_of(checked, COUNT)

    @pytest.mark.parametrize("number_format", ["d/m/yyyy", "mm-dd-yy", "d-mmm", "h:mm", "[h]:mm"])
    def but_it_refuses_a_count_that_the_cell_shows_as_a_date(
        self, path: Path, number_format: str
    ) -> None:
        checked = _typed(path, COUNT, 44770, number_format)

        assert COUNT not in figures(checked)
        assert _error_of(checked, COUNT)


class DescribePercents:
    @pytest.mark.parametrize(
        ("content", "number_format", "percent"),
        [
            (100, "General", "100"), (98.87, "General", "98.87"), (0, "General", "0"),
            ("91,3%", "General", "91.3"), ("99.04", "General", "99.04"), ("8,7 %", "@", "8.7"),
            ("100", "@", "100"), ("87 %", "@", "87"), ("0%", "@", "0"), ("99.036%", "@", "99.036"),
            (0.993, "0.0%", "99.3"), (0.993, "0%", "99.3"), (1, "0%", "100"), (0, "0%", "0"),
            (0.9887, "0.00%", "98.87"), (0.07, "0%", "7"), (0.29, "#,##0.0%", "29"),
            (98.87, '0.00"%"', "98.87"), (100, "0\\%", "100"), (0.5, "[Red]0.0%", "50"),
        ],
    )  # fmt: skip
    def it_reads_rates_exactly(
        self, path: Path, content: Content, number_format: str, percent: str
    ) -> None:
        checked = _typed(path, PERCENT, content, number_format)

        assert figures(checked)[PERCENT] == Decimal(percent)
        assert _of(checked, PERCENT) == []

    @pytest.mark.parametrize(
        ("content", "readings"),
        [
            (0.5, ("0,5", "50")), (1, ("1", "100")), ("1", ("1", "100")), (1.0, ("1", "100")),
            ("0,5", ("0,5", "50")), ("0.993", ("0,993", "99,3")),
            ("99.036", ("99,036", "99.036")), ("99,036", ("99,036", "99.036")),
        ],
    )  # fmt: skip
    def it_refuses_an_ambiguous_rate_and_shows_both_readings(
        self, path: Path, content: Content, readings: tuple[str, str]
    ) -> None:
        checked = _typed(path, PERCENT, content)
        finding = _error_of(checked, PERCENT)
        told = f"{finding.message} {finding.expected}"

        assert PERCENT not in figures(checked)
        assert all(reading in told for reading in readings)

    @pytest.mark.parametrize(
        ("content", "number_format"),
        [
            (101, "General"), (-1, "General"), ("101%", "@"), (1.5, "0%"), (-0.1, "0%"),
            (True, "General"), (date(2022, 3, 14), "d/m/yyyy"), ("nt", "General"),
            ("9/10", "@"), ("91,3,5", "@"), ("khoảng 90%", "@"), ("%", "@"), ("1.234,5", "@"),
        ],
    )  # fmt: skip
    def it_refuses_whatever_is_no_rate_at_its_cell(
        self, path: Path, content: Content, number_format: str
    ) -> None:
        checked = _typed(path, PERCENT, content, number_format)

        assert PERCENT not in figures(checked)
        assert _error_of(checked, PERCENT).advice

    def it_takes_kps_for_not_applicable(self, path: Path) -> None:
        checked = _typed(path, PERCENT, "KPS")

        assert table_of(checked).value(PERCENT).state is State.NOT_APPLICABLE


class DescribeFlagsAndCodes:
    @pytest.mark.parametrize(
        ("code", "content", "number"),
        [
            (FLAG, 1, 1), (FLAG, 0, 0), (FLAG, "1", 1), (FLAG, "0", 0), (FLAG, 1.0, 1),
            (FLAG, "Có ban hành hoặc triển khai KH", 1),
            (FLAG, "CÓ BAN HÀNH HOẶC TRIỂN KHAI KH", 1),
            (FLAG, "Không ban hành; triển khai KH", 0), (FLAG, "không", 0),
            ("1.5", "Có", 1), ("1.5", "Không", 0), ("7.2.1", "Đã kết nối", 1),
            ("7.2.1", "Chưa kết nối", 0), ("7.5", "Không thực hiện", 0),
            (CODE, 2, 2), (CODE, "0", 0), (CODE, "3 cấp", 2), (CODE, "2 cấp", 1),
            (CODE, "Chưa có", 0), ("1.4.2", "Trực tuyến", 0), ("1.4.2", "kết hợp", 2),
        ],
    )  # fmt: skip
    def it_reads_codes_and_printed_labels(
        self, path: Path, code: str, content: Content, number: int
    ) -> None:
        checked = _typed(path, code, content)

        assert figures(checked)[code] == number
        assert errors(checked) == []

    @pytest.mark.parametrize(
        ("code", "content"),
        [
            (FLAG, 2), (FLAG, -1), (FLAG, 0.5), (FLAG, "x"), (FLAG, "X"), (FLAG, "✓"),
            (FLAG, True), (FLAG, "KPS"), (FLAG, "2 cấp"), (FLAG, date(2022, 1, 1)), (FLAG, "nt"),
            (CODE, 3), (CODE, "không"), (CODE, "KPS"), (CODE, 1.5), (CODE, "4 cấp"), (CODE, "Có"),
            ("1.4.2", "không"), ("1.4.2", 3), ("1.4.2", "0,1"),
        ],
    )  # fmt: skip
    def it_refuses_whatever_is_no_choice_at_its_cell(
        self, path: Path, code: str, content: Content
    ) -> None:
        checked = _typed(path, code, content)

        assert code not in figures(checked)
        assert _error_of(checked, code).advice

    @pytest.mark.parametrize("code", [FLAG, CODE, "1.4.2"])
    def it_never_takes_a_blank_for_zero(self, path: Path, code: str) -> None:
        assert table_of(_typed(path, code, None)).value(code).state is State.BLANK

    def it_refuses_a_flag_that_the_cell_shows_as_a_percent(self, path: Path) -> None:
        assert _error_of(_typed(path, FLAG, 1, "0%"), FLAG)


class DescribeHeadings:
    @pytest.mark.parametrize("content", [5, "5", "abc", 3.278, True, date(2022, 1, 1), "nt"])
    def it_warns_of_anything_on_a_heading_row(self, path: Path, content: Content) -> None:
        checked = _typed(path, HEADING, content)

        assert [(f.rule, f.severity) for f in checked.findings if f.indicator == HEADING] == [
            ("RF5", Severity.WARNING)
        ]

    @pytest.mark.parametrize("content", [None, "", "-", " "])
    def it_says_nothing_of_an_empty_heading_row(self, path: Path, content: Content) -> None:
        checked = _typed(path, HEADING, content)

        assert [f for f in checked.findings if f.indicator == HEADING] == []


class DescribeErrorCells:
    @pytest.mark.parametrize(
        "error",
        [
            "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!",
            "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!",
        ],
    )  # fmt: skip
    def it_shows_an_error_of_excel_at_its_cell(self, path: Path, error: str) -> None:
        rows = report()
        address = cell_of(rows, COUNT)
        replace_cell(save(path, rows), address, f'<c r="{address}" t="e"><v>{error}</v></c>')

        assert _error_of(look(path), COUNT).found == error

    @pytest.mark.parametrize("error", ["#REF!", "#N/A", "#SPILL!"])
    def and_it_reads_all_other_figures(self, path: Path, error: str) -> None:
        rows = report()
        address = cell_of(rows, COUNT)
        replace_cell(save(path, rows), address, f'<c r="{address}" t="e"><v>{error}</v></c>')

        assert set(figures(look(path))) == set(ALL_FIGURES) - {COUNT}

    def it_reads_the_figure_beside_an_error_in_another_column(self, path: Path) -> None:
        rows = report()
        address = cell_of(rows, COUNT).replace("D", "C")
        replace_cell(save(path, rows), address, f'<c r="{address}" t="e"><v>#REF!</v></c>')

        assert figures(look(path)) == ALL_FIGURES

    def it_knows_a_row_by_its_code_where_the_label_is_an_error(self, path: Path) -> None:
        rows = report()
        address = cell_of(rows, COUNT).replace("D", "B")
        replace_cell(save(path, rows), address, f'<c r="{address}" t="e"><v>#REF!</v></c>')

        assert figures(look(path)) == ALL_FIGURES


class DescribeFormulas:
    @pytest.mark.parametrize("code", [COUNT, PERCENT, FLAG, CODE, "S.DA_GQ"])
    def it_refuses_a_formula_that_was_never_calculated(self, path: Path, code: str) -> None:
        checked = _typed(path, code, "=SUM(1,1)")

        assert code not in figures(checked)

    def and_it_points_at_the_cell(self, path: Path) -> None:
        assert _typed(path, COUNT, "=6+6").findings
        assert cell_of(report(), COUNT) in loud_cells(_typed(path, COUNT, "=6+6"))

    def it_reads_the_result_that_excel_left_beside_a_formula(self, path: Path) -> None:
        checked = look(_with_formula(path, "=10+2", 12))

        assert figures(checked) == ALL_FIGURES
        assert _of(checked, COUNT) == []

    def it_reads_a_text_that_a_formula_gives(self, path: Path) -> None:
        assert figures(look(_with_formula(path, '="0"&"7"', "07")))[COUNT] == 7

    def it_takes_an_empty_text_of_a_formula_for_a_blank(self, path: Path) -> None:
        rows = report()
        address = cell_of(rows, COUNT)
        cell = f'<c r="{address}" t="str"><f>IF(TRUE,"","")</f><v></v></c>'

        checked = look(replace_cell(save(path, rows), address, cell))

        assert table_of(checked).value(COUNT).state is State.BLANK

    def it_refuses_a_formula_that_gave_an_error(self, path: Path) -> None:
        checked = look(_with_formula(path, "=1/0", "#DIV/0!"))

        assert _error_of(checked, COUNT).found == "#DIV/0!"

    def it_refuses_a_formula_that_gave_true(self, path: Path) -> None:
        checked = look(_with_formula(path, "=1=1", value=True))

        assert COUNT not in figures(checked)
        assert _error_of(checked, COUNT)

    def it_refuses_a_placeholder_for_a_result(self, path: Path) -> None:
        """XlsxWriter writes 0 beside every formula and asks Excel to calculate when opening."""
        checked = look(_with_formula(path, "=10+2", None))

        assert figures(checked).get(COUNT) != 0

    @pytest.mark.parametrize(
        "xml",
        [
            "<f>A1</f>", "<f>A1</f><v/>", "<f>A1</f><v></v>", '<f t="shared" si="0"/>',
            '<f t="array" ref="{0}:{0}">A1</f>', "<f/>", "<f></f><v></v>",
        ],
    )  # fmt: skip
    def it_knows_every_way_to_write_a_formula_without_result(self, path: Path, xml: str) -> None:
        rows = report()
        address = cell_of(rows, COUNT)
        cell = f'<c r="{address}">{xml.format(address)}</c>'

        checked = look(replace_cell(save(path, rows), address, cell))

        assert _error_of(checked, COUNT)

    def it_takes_a_formula_of_text_without_any_result_for_not_calculated(self, path: Path) -> None:
        rows = report()
        address = cell_of(rows, COUNT)
        cell = f'<c r="{address}" t="str"><f>A1</f></c>'

        checked = look(replace_cell(save(path, rows), address, cell))

        assert _error_of(checked, COUNT)

    def it_reads_a_rate_that_a_formula_gives_under_a_percent_format(self, path: Path) -> None:
        rows = report({PERCENT: 0.993})
        address = cell_of(rows, PERCENT)
        save(path, rows, formats={address: "0.0%"})
        replace_cell(path, address, f'<c r="{address}" s="1"><f>993/1000</f><v>0.993</v></c>')

        assert figures(look(path))[PERCENT] == Decimal("99.3")

    def it_rounds_away_what_binary_fractions_leave_of_a_rate(self, path: Path) -> None:
        rows = report({PERCENT: 0.5})
        address = cell_of(rows, PERCENT)
        save(path, rows, formats={address: "0%"})
        replace_cell(path, address, f'<c r="{address}" s="1"><v>0.28999999999999998</v></c>')

        assert figures(look(path))[PERCENT] == 29


class DescribeStrangeCells:
    """Cells that no program of an office writes, but some program does."""

    @pytest.mark.parametrize("xml", ["<v>NaN</v>", "<v>1e999</v>", "<v>abc</v>", "<v>1_000</v>"])
    @pytest.mark.parametrize("code", [COUNT, PERCENT, HEADING])
    def it_never_takes_a_broken_number_for_a_figure(self, path: Path, xml: str, code: str) -> None:
        rows = report({code: 1})
        address = cell_of(rows, code)

        checked = look(replace_cell(save(path, rows), address, f'<c r="{address}">{xml}</c>'))

        assert code not in (figures(checked) if checked.submission else {})
        assert not checked.submission or address in loud_cells(checked)

    @pytest.mark.parametrize("xml", ["<v>NaN</v>", "<v>1e999</v>"])
    def it_never_takes_a_broken_number_under_a_percent_format_for_a_rate(
        self, path: Path, xml: str
    ) -> None:
        rows = report({PERCENT: 0.5})
        address = cell_of(rows, PERCENT)
        save(path, rows, formats={address: "0%"})

        checked = look(replace_cell(path, address, f'<c r="{address}" s="1">{xml}</c>'))

        assert PERCENT not in (figures(checked) if checked.submission else {})

    @pytest.mark.parametrize(
        ("cell", "number"),
        [
            ('<c r="{}" t="str"><v>12</v></c>', 12),
            ('<c r="{}" t="inlineStr"><is><t>12</t></is></c>', 12),
            ('<c r="{}" t="inlineStr"><is><r><t>1</t></r><r><t>2</t></r></is></c>', 12),
            ('<c r="{}" t="n" s="0"><v>12.0</v></c>', 12),
            ('<c r="{}"><v>1.2E1</v></c>', 12),
        ],
    )
    def it_reads_a_figure_in_any_dress(self, path: Path, cell: str, number: int) -> None:
        rows = report()
        address = cell_of(rows, COUNT)

        checked = look(replace_cell(save(path, rows), address, cell.format(address)))

        assert figures(checked)[COUNT] == number

    def it_refuses_a_date_written_in_iso_form(self, path: Path) -> None:
        rows = report()
        address = cell_of(rows, COUNT)
        cell = f'<c r="{address}" t="d"><v>2022-07-28</v></c>'

        assert _error_of(look(replace_cell(save(path, rows), address, cell)), COUNT)


class DescribeNotes:
    def it_keeps_whatever_stands_in_the_notes(self, path: Path) -> None:
        rows: Rows = report()
        rows[row_places(rows)[COUNT]][4] = "Gồm 3 công văn"

        checked = look(save(path, rows))

        assert table_of(checked).entries[COUNT].note == "Gồm 3 công văn"

    @pytest.mark.parametrize("note", [5, 3.278, "5", "999"])
    def but_it_never_takes_a_number_in_the_notes_for_a_figure(
        self, path: Path, note: Content
    ) -> None:
        rows: Rows = report({COUNT: None})
        rows[row_places(rows)[COUNT]][4] = note

        assert COUNT not in figures(look(save(path, rows)))


def _with_formula(path: Path, formula: str, value: Content) -> Path:
    """A report written by XlsxWriter in which a count is a formula with a cached result."""
    rows = report()
    book = Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    for row, cells in enumerate(rows):
        for column, content in enumerate(cells):
            if content is not None:
                sheet.write(row, column, content)
    place = row_places(rows)[COUNT]
    if value is None:
        sheet.write_formula(place, 3, formula)
    else:
        sheet.write_formula(place, 3, formula, None, value)
    book.close()
    return path
