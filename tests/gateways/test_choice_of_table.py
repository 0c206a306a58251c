"""Which of several tables in one file is read, and when none may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_xl.core.period import parse_period_id
from cchc_xl.core.submission import Submission
from cchc_xl.gateways.schemas import shipped_forms
from cchc_xl.gateways.submissions import read_submission
from tests.gateways.reading import errors, figures, look, submission_of, table_of, warnings
from tests.support.handmade import (
    ALL_FIGURES,
    BUT_SON_TITLE,
    FIGURES,
    Rows,
    cell_of,
    report,
    row_places,
    save,
    supplementary_rows,
    table,
    titled,
    with_values,
)
from tests.support.other_formats import save_docx

OTHER = {"3.1.3": 200, "3.2.1": 118}
Q1, Q4 = "Quý I năm 2022", "Quý IV năm 2021"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.xlsx"


def _titled(*lines: str, other: bool = False, unit: str = "THỊ TRẤN BÚT SƠN") -> Rows:
    """Bút Sơn's figures, or others, below a title that ends with `lines`."""
    rows = [*table(), *supplementary_rows()]
    return titled(
        with_values(rows, OTHER if other else {}),
        "Phụ lục 01b",
        f"CẢI CÁCH HÀNH CHÍNH CỦA UBND {unit}",
        *lines,
    )


def _read_for(path: Path, period: str) -> Submission:
    return read_submission(path, shipped_forms(), parse_period_id(period))


def _figure(submission: Submission) -> str:
    return str(submission.tables[0].entries["3.1.3"].value.number)


def _rules(path: Path) -> list[str]:
    return [finding.rule for finding in look(path).findings]


class DescribeADraftBesideTheOfficialTable:
    @pytest.mark.parametrize(
        "draft", ["Nháp", "Bản nháp", "Số liệu cũ", "Bản sao", "draft", "OLD", "ban_nhap"]
    )
    @pytest.mark.parametrize("draft_first", [True, False])
    def it_is_not_read(self, path: Path, draft: str, draft_first: bool) -> None:
        sheets = {draft: report(OTHER), "Phụ lục": report()}
        save(path, sheets if draft_first else dict(reversed(sheets.items())))

        assert figures(look(path)) == ALL_FIGURES

    def it_is_named_with_the_table_that_is_read(self, path: Path) -> None:
        save(path, {"Nháp": report(OTHER), "Chính thức": report()})

        (finding,) = [f for f in warnings(look(path)) if f.rule == "RB7"]

        assert "«Nháp»" in finding.message
        assert finding.sheet == "Chính thức"

    def it_steps_back_where_only_its_title_says_so(self, path: Path) -> None:
        save(path, {"A": _titled("BẢN NHÁP", Q1, other=True), "B": _titled(Q1)})

        assert table_of(look(path)).sheet == "B"

    def it_is_read_where_it_is_all_there_is(self, path: Path) -> None:
        save(path, {"Nháp": report()})

        assert figures(look(path)) == ALL_FIGURES

    def but_a_table_called_official_wins_over_one_without_a_name(self, path: Path) -> None:
        save(path, {"Sheet1": report(OTHER), "Chính thức": report()})

        assert figures(look(path)) == ALL_FIGURES


class DescribeTablesOfTwoPeriods:
    @pytest.mark.parametrize(("period", "figure"), [("2022-Q1", "193"), ("2021-Q4", "200")])
    def it_reads_the_one_whose_title_names_the_period_asked_for(
        self, path: Path, period: str, figure: str
    ) -> None:
        save(path, {"A": _titled(Q4, other=True), "B": _titled(Q1)})

        submission = _read_for(path, period)

        assert _figure(submission) == figure
        assert submission.period == parse_period_id(period)

    @pytest.mark.parametrize(("period", "figure"), [("2022-Q1", "193"), ("2021-Q4", "200")])
    def it_reads_the_one_whose_sheet_names_it(self, path: Path, period: str, figure: str) -> None:
        save(path, {"Quý IV 2021": _titled(other=True), "Quý I 2022": _titled()})

        submission = _read_for(path, period)

        assert _figure(submission) == figure
        assert submission.period == parse_period_id(period)

    def it_reads_the_asked_period_of_a_sheet_named_without_its_year(self, path: Path) -> None:
        save(path, {"Quý I": _titled("Năm 2022"), "Quý II": _titled("Năm 2022", other=True)})

        assert _figure(_read_for(path, "2022-Q1")) == "193"

    def it_reads_the_one_of_two_tables_below_each_other(self, path: Path) -> None:
        save(path, [*_titled(Q4, other=True), *_titled(Q1)])

        submission = _read_for(path, "2022-Q1")

        assert _figure(submission) == "193"
        assert submission.period == parse_period_id("2022-Q1")

    def it_reads_the_one_of_a_word_report(self, tmp_path: Path) -> None:
        path = save_docx(
            tmp_path / "a.docx",
            ("BÁO CÁO", "Kết quả công tác quý I năm 2022", "Bảng 1. Số liệu quý IV năm 2021"),
            with_values(table(), OTHER),
            table(),
            between=("Bảng 2. Số liệu quý I năm 2022",),
        )

        checked = look(path)

        assert table_of(checked).sheet == "Bảng 2"
        assert figures(checked) == FIGURES

    def it_goes_by_the_period_that_the_file_states_where_none_is_asked_for(
        self, path: Path
    ) -> None:
        cover: Rows = [["BÁO CÁO CẢI CÁCH HÀNH CHÍNH"], ["Quý I năm 2022"]]
        save(path, {"Bìa": cover, "A": _titled(Q4, other=True), "B": _titled(Q1)})

        assert figures(look(path)) == ALL_FIGURES

    def it_goes_by_the_period_in_the_name_of_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "bao_cao_quý_I_2022.xlsx"
        save(path, {"A": _titled(Q4, other=True), "B": _titled(Q1)})

        assert figures(look(path)) == ALL_FIGURES

    def but_it_counts_neither_where_nothing_names_the_period(self, path: Path) -> None:
        save(path, {"A": _titled(Q4, other=True), "B": _titled(Q1)})

        checked = look(path)

        assert submission_of(checked).tables == ()
        (finding,) = errors(checked)
        assert "«A»" in finding.message
        assert "«B»" in finding.message


class DescribeTablesThatDiffer:
    @pytest.mark.parametrize("sheets", [("Sheet1", "Sheet2"), ("Phụ lục 01b", "Phụ lục 01b (2)")])
    def it_counts_neither_and_names_both(self, path: Path, sheets: tuple[str, str]) -> None:
        save(path, {sheets[0]: report(), sheets[1]: report(OTHER)})

        checked = look(path)

        assert submission_of(checked).tables == ()
        (finding,) = errors(checked)
        assert all(f"«{sheet}»" in finding.message for sheet in sheets)

    def it_says_just_that_of_two_tables_below_each_other(self, path: Path) -> None:
        save(path, [*report(), *report(OTHER)])

        checked = look(path)

        assert len(checked.findings) == 1
        assert len(errors(checked)) == 1

    def but_it_reads_the_one_that_has_all_figures_of_the_other(self, path: Path) -> None:
        save(path, {"A": report({"3.1.3": None}), "B": report()})

        checked = look(path)

        assert figures(checked) == ALL_FIGURES
        assert any("«A»" in finding.message for finding in warnings(checked))


class DescribeTheSameTableAgain:
    @pytest.mark.parametrize("times", [2, 3])
    def it_is_said_once_where_it_stands_below(self, path: Path, times: int) -> None:
        once = set(_rules(save(path, report())))

        save(path, report() * times)

        assert figures(look(path)) == ALL_FIGURES
        assert _rules(path).count("RB7") == 1
        assert set(_rules(path)) == {*once, "RB7"}

    def it_is_said_once_where_it_stands_on_another_sheet(self, path: Path) -> None:
        save(path, {"A": report(), "B": report()})

        assert figures(look(path)) == ALL_FIGURES
        assert _rules(path).count("RB7") == 1

    def it_gives_the_supplementary_figures_that_only_the_first_has(self, path: Path) -> None:
        save(path, [*report(), [None] * 5, *table()])

        assert figures(look(path)) == ALL_FIGURES

    def but_a_row_typed_twice_is_no_second_table(self, path: Path) -> None:
        rows = report()
        place = row_places(rows)["3.1.3"]
        save(path, [*rows, rows[place]])

        assert figures(look(path)) == ALL_FIGURES
        assert "RB2" in _rules(path)
        assert "RB7" not in _rules(path)


class DescribeTablesOfTwoCommunes:
    def it_counts_neither_and_names_both(self, path: Path) -> None:
        save(path, {"A": _titled(Q1), "B": _titled(Q1, other=True, unit="XÃ HOẰNG ĐẠO")})

        checked = look(path)

        assert submission_of(checked).tables == ()
        (finding,) = errors(checked)
        assert "Thị trấn Bút Sơn" in finding.message
        assert "Xã Hoằng Đạo" in finding.message

    def it_knows_them_below_each_other(self, path: Path) -> None:
        save(path, [*_titled(Q1), *_titled(Q1, other=True, unit="XÃ HOẰNG ĐẠO")])

        (finding,) = errors(look(path))

        assert "Thị trấn Bút Sơn" in finding.message
        assert "Xã Hoằng Đạo" in finding.message

    def it_knows_them_though_both_have_the_same_figures(self, path: Path) -> None:
        save(path, {"A": _titled(Q1), "B": _titled(Q1, unit="XÃ HOẰNG ĐẠO")})

        assert submission_of(look(path)).tables == ()

    def it_knows_them_in_a_word_report(self, tmp_path: Path) -> None:
        path = save_docx(
            tmp_path / "a.docx",
            BUT_SON_TITLE,
            table(),
            with_values(table(), OTHER),
            between=("CẢI CÁCH HÀNH CHÍNH CỦA UBND XÃ HOẰNG ĐẠO", Q1),
        )

        (finding,) = errors(look(path))

        assert "Xã Hoằng Đạo" in finding.message

    def but_an_empty_form_of_another_commune_changes_nothing(self, path: Path) -> None:
        empty = with_values(
            _titled(Q1, unit="XÃ HOẰNG ĐẠO"), dict.fromkeys(row_places(_titled(Q1)))
        )
        save(path, {"Mẫu": empty, "B": _titled(Q1)})

        checked = look(path)

        assert figures(checked) == ALL_FIGURES
        assert checked.unit == "Thị trấn Bút Sơn"


SIGNATURES: Rows = [
    [None] * 5,
    [None, None, None, "Bút Sơn, ngày 14 tháng 3 năm 2022", None],
    [None, "NGƯỜI LẬP BIỂU", None, "TM. ỦY BAN NHÂN DÂN", None],
    [None, "(Ký, ghi rõ họ tên)", None, "CHỦ TỊCH", None],
    [None, "Lê Thị B", None, "Nguyễn Văn A", None],
]  # fmt: skip


class DescribeSignaturesBelowATable:
    def it_is_not_told_as_rows(self, path: Path) -> None:
        save(path, [*report(), *SIGNATURES])

        assert not any(f.sheet and f.cell and f.rule == "RB4" for f in warnings(look(path)))

    def but_a_figure_below_them_is(self, path: Path) -> None:
        rows: Rows = [*report(), *SIGNATURES, [None, "Số hội nghị", None, 12, None]]
        save(path, rows)

        (finding,) = [f for f in warnings(look(path)) if f.rule == "RB4"]

        assert finding.cell == f"D{len(rows)}"

    def it_leaves_the_row_above_as_it_is(self, path: Path) -> None:
        rows = report()
        save(path, [*rows, *SIGNATURES])

        assert table_of(look(path)).entries["7.5"].cell == cell_of(rows, "7.5")
