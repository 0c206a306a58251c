"""Reports typed in the fonts of before Unicode: read, and said so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.core.findings import Severity
from tests.gateways.reading import figures, look, loud_cells, submission_of
from tests.support.handmade import ALL_FIGURES, map_labels, report, save, table, titled
from tests.support.old_fonts import in_tcvn3, in_vni
from tests.support.other_formats import save_docx, save_xls

BOTH = pytest.mark.parametrize(("typed", "name"), [(in_tcvn3, "TCVN3"), (in_vni, "VNI")])
Typed = Callable[[str], str]


def _font(name: str) -> Callable[[Worksheet], None]:
    def dress(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name=name)

    return dress


class DescribeAWorkbookInAnOldFont:
    @BOTH
    def it_gives_every_figure(self, tmp_path: Path, typed: Typed, name: str) -> None:
        checked = look(save(tmp_path / f"{name}.xlsx", map_labels(report(), typed)))

        assert figures(checked) == ALL_FIGURES

    @BOTH
    def it_says_so_once(self, tmp_path: Path, typed: Typed, name: str) -> None:
        checked = look(save(tmp_path / "a.xlsx", map_labels(report(), typed)))

        said = [finding for finding in checked.findings if finding.rule == "RB13"]
        assert [(finding.found, finding.severity) for finding in said] == [(name, Severity.INFO)]

    @BOTH
    def it_is_as_quiet_as_in_unicode(self, tmp_path: Path, typed: Typed, name: str) -> None:
        plain = look(save(tmp_path / "a.xlsx", report()))

        old = look(save(tmp_path / f"{name}.xlsx", map_labels(report(), typed)))

        assert loud_cells(old) == loud_cells(plain)

    @BOTH
    def it_gives_every_figure_of_an_xls(self, tmp_path: Path, typed: Typed, name: str) -> None:
        assert figures(look(save_xls(tmp_path / f"{name}.xls", map_labels(report(), typed)))) == (
            ALL_FIGURES
        )

    def it_reads_small_letters_of_a_font_of_capitals_as_capitals(self, tmp_path: Path) -> None:
        rows = titled(table(), "của ubnd thị trấn bút sơn", "quý I năm 2022")
        typed = map_labels(rows, in_tcvn3)

        checked = look(save(tmp_path / "a.xlsx", typed, bend=_font(".VnTimeH")))

        assert submission_of(checked).unit == "Thị trấn Bút Sơn"

    def it_gives_the_figures_of_a_word_report(self, tmp_path: Path) -> None:
        rows = map_labels(table(), in_tcvn3)
        path = save_docx(tmp_path / "a.docx", (), rows, font=lambda _: ".VnTime")

        checked = look(path)

        assert figures(checked).items() <= ALL_FIGURES.items()
        assert len(figures(checked)) > 25
        assert any(finding.rule == "RB13" for finding in checked.findings)


class DescribeAWorkbookInUnicode:
    def it_is_not_said_to_be_old(self, tmp_path: Path) -> None:
        checked = look(save(tmp_path / "a.xlsx", report()))

        assert not any(finding.rule == "RB13" for finding in checked.findings)

    def and_not_in_an_old_font_either(self, tmp_path: Path) -> None:
        checked = look(save(tmp_path / "a.xlsx", report(), bend=_font(".VnTime")))

        assert figures(checked) == ALL_FIGURES
        assert not any(finding.rule == "RB13" for finding in checked.findings)
