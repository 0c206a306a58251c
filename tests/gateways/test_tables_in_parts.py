"""A table in parts, with words between them or on another sheet: read as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gateways.reading import cells, errors, figures, look, submission_of, table_of, warnings
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
)
from tests.support.other_formats import save_docx

HEADER = table()[:2]
CUTS = ["1.3", "3.3.1", "3.3.1.c", "7.2.2.b"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.xlsx"


def _parts(rows: Rows, code: str) -> tuple[Rows, Rows]:
    place = row_places(rows)[code]
    return rows[:place], rows[place:]


class DescribeTwoSheets:
    @pytest.mark.parametrize("code", CUTS)
    @pytest.mark.parametrize("header", [[], HEADER], ids=["no header", "header again"])
    def it_reads_the_table_that_goes_on_on_the_second(
        self, path: Path, code: str, header: Rows
    ) -> None:
        first, second = _parts(report(), code)
        save(path, {"Trang 1": first, "Trang 2": [*header, *second]})

        checked = look(path)

        assert figures(checked) == ALL_FIGURES
        assert errors(checked) == []

    def it_gives_each_figure_its_own_address(self, path: Path) -> None:
        first, second = _parts(report(), "3.3.1")
        save(path, {"Trang 1": first, "Trang 2": [*HEADER, *second]})

        entries = table_of(look(path)).entries

        assert (entries["3.1.3"].sheet, entries["3.1.3"].cell) == (
            "Trang 1",
            cell_of(report(), "3.1.3"),
        )
        assert (entries["3.3.1"].sheet, entries["3.3.1"].cell) == ("Trang 2", "D3")

    def it_says_that_it_put_them_together(self, path: Path) -> None:
        first, second = _parts(report(), "3.3.1")
        save(path, {"Trang 1": first, "Trang 2": second})

        assert any(
            "«Trang 1»" in f.message and "«Trang 2»" in f.message for f in look(path).findings
        )

    def it_reads_the_supplementary_figures_on_a_sheet_of_their_own(self, path: Path) -> None:
        save(path, {"Phụ lục": report(supplement=False), "Bổ sung": supplementary_rows()})

        assert figures(look(path)) == ALL_FIGURES

    def but_parts_of_two_periods_are_not_one_table(self, path: Path) -> None:
        first, second = _parts(table(), "3.3.1")
        save(
            path,
            {
                "A": titled(first, *BUT_SON_TITLE),
                "B": titled([*HEADER, *second], *BUT_SON_TITLE[:-1], "Quý II năm 2022"),
            },
        )

        assert submission_of(look(path)).tables == ()

    def but_parts_of_two_communes_are_not_one_table(self, path: Path) -> None:
        first, second = _parts(table(), "3.3.1")
        title = "CẢI CÁCH HÀNH CHÍNH CỦA UBND XÃ HOẰNG ĐẠO"
        save(
            path,
            {"A": titled(first, *BUT_SON_TITLE), "B": titled([*HEADER, *second], title)},
        )

        (finding,) = errors(look(path))

        assert "Xã Hoằng Đạo" in finding.message

    def but_another_table_with_a_label_of_the_form_is_none_of_its_parts(self, path: Path) -> None:
        first, second = _parts(report(), "7.5")
        label = second[0][1]
        other: Rows = [
            ["STT", "Nội dung", None, "Năm trước"],
            ["1", label, None, 99],
            ["2", "Số cuộc họp giao ban", None, 12],
            ["3", "Số bài trên Đài truyền thanh", None, 7],
        ]
        save(path, {"Phụ lục": first, "Khác": other})

        assert "7.5" not in figures(look(path))


class DescribeOneSheet:
    @pytest.mark.parametrize("code", CUTS)
    @pytest.mark.parametrize(
        "between",
        [
            pytest.param([[None] * 5] * 6, id="empty rows"),
            pytest.param(titled([], *BUT_SON_TITLE), id="the title again"),
            pytest.param([*titled([], *BUT_SON_TITLE), *HEADER], id="title and header"),
            pytest.param(
                [[None, line, None, None, None] for line in BUT_SON_TITLE] + HEADER,
                id="the title in the column of labels",
            ),
        ],
    )
    def it_reads_what_stands_below(self, path: Path, code: str, between: Rows) -> None:
        first, second = _parts(report(), code)
        save(path, [*first, *between, *second])

        assert figures(look(path)) == ALL_FIGURES


class DescribeAWordAnnex:
    @pytest.mark.parametrize("code", CUTS)
    @pytest.mark.parametrize("header", [[], HEADER], ids=["no header", "header again"])
    @pytest.mark.parametrize("between", ["(tiếp theo)", "Phụ lục 01b (tiếp theo)", "Trang 2"])
    def it_reads_on_behind_a_paragraph(
        self, tmp_path: Path, code: str, header: Rows, between: str
    ) -> None:
        first, second = _parts(table(), code)
        path = save_docx(
            tmp_path / "a.docx", BUT_SON_TITLE, first, [*header, *second], between=(between,)
        )

        checked = look(path)

        assert figures(checked) == FIGURES
        assert cells(checked)["7.5"].startswith("bảng 2, dòng ")
        assert not any(finding.rule in ("RB5", "RB7") for finding in warnings(checked))

    def it_reads_a_table_for_every_group(self, tmp_path: Path) -> None:
        rows = table()
        starts = [row_places(rows)[code] for code in "1234567"]
        parts = [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]
        path = save_docx(
            tmp_path / "a.docx", BUT_SON_TITLE, *[[*HEADER, *part] for part in parts],
            between=("Nhóm tiếp theo",),
        )  # fmt: skip

        assert figures(look(path)) == FIGURES
