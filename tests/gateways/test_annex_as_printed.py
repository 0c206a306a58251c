"""Bút Sơn's annex, typed into a sheet exactly as the commune printed it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_xl.usecases.check import CheckedFile
from tests.gateways.reading import cells, errors, figures, look, loud_cells, table_of
from tests.support.handmade import FIGURES, LABEL, VALUE, Rows, annex, cell_of, row_places, save


def _with_blank_lines() -> Rows:
    return annex()


def _without_blank_lines() -> Rows:
    return [row for row in annex() if any(cell is not None for cell in row)]


_WAYS = [
    pytest.param(_with_blank_lines, id="a blank line between the pages"),
    pytest.param(_without_blank_lines, id="page under page"),
]


@pytest.fixture(params=_WAYS)
def rows(request: pytest.FixtureRequest) -> Rows:
    made: Rows = request.param()
    return made


@pytest.fixture
def checked(rows: Rows, tmp_path: Path) -> CheckedFile:
    return look(save(tmp_path / "annex.xlsx", rows))


class DescribeTheAnnexAsPrinted:
    def it_gives_every_figure_that_the_commune_states_and_no_other(
        self, checked: CheckedFile
    ) -> None:
        assert figures(checked) == FIGURES

    def it_says_where_each_figure_stands(self, rows: Rows, checked: CheckedFile) -> None:
        assert cells(checked) == {code: cell_of(rows, code) for code in FIGURES}

    def it_knows_all_81_rows_of_the_form(self, rows: Rows, checked: CheckedFile) -> None:
        assert set(table_of(checked).entries) == set(row_places(rows))

    def it_joins_the_label_that_the_page_break_cut_in_two(
        self, rows: Rows, checked: CheckedFile
    ) -> None:
        assert table_of(checked).entries["7.2.2.b"].cell == cell_of(rows, "7.2.2.b")

    def it_reads_figures_of_two_digits_typed_as_text(self, checked: CheckedFile) -> None:
        read = figures(checked)

        assert [int(read[code]) for code in ("1.3.1", "2.3", "7.4.1")] == [7, 6, 8]

    def it_names_the_unit_of_the_title(self, checked: CheckedFile) -> None:
        assert checked.unit == "Thị trấn Bút Sơn"

    def it_names_no_period_because_the_annex_names_none(self, checked: CheckedFile) -> None:
        assert checked.period is None

    def it_keeps_the_note_beside_a_figure(self, checked: CheckedFile) -> None:
        assert table_of(checked).entries["3.3.1.a"].note == "Kỳ trước chuyển qua 04 HS"

    def but_it_takes_no_figure_out_of_a_note(self, checked: CheckedFile) -> None:
        assert "S.KY_TRUOC" not in figures(checked)

    def it_holds_no_error(self, checked: CheckedFile) -> None:
        assert errors(checked) == []

    def it_reads_a_figure_beside_the_first_half_of_a_cut_label(
        self, rows: Rows, tmp_path: Path
    ) -> None:
        rows[row_places(rows)["7.2.2.b"]][VALUE] = 40

        assert figures(look(save(tmp_path / "annex.xlsx", rows)))["7.2.2.b"] == 40

    def it_never_passes_over_a_figure_beside_the_second_half_of_a_cut_label(
        self, rows: Rows, tmp_path: Path
    ) -> None:
        place = next(p for p, row in enumerate(rows) if str(row[LABEL]).startswith("điện tử và"))
        rows[place][VALUE] = 40

        checked = look(save(tmp_path / "annex.xlsx", rows))

        assert figures(checked).get("7.2.2.b") == 40 or f"D{place + 1}" in loud_cells(checked)
