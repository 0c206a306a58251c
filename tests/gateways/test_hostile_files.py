"""Files made to harm: refused with one sentence, or read whole; never for ever."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cchc_xl.gateways.xlsx_package import XlsxPackage
from tests.gateways.reading import figures, look
from tests.support import hostile
from tests.support.handmade import ALL_FIGURES

_MEGABYTE = 1 << 20
# A process of its own: what it takes is the file's doing, and an abort is seen.
_CHECK = """
import json, sys
from pathlib import Path
from tests.gateways.reading import figures, look
checked = look(Path(sys.argv[1]))
tables = checked.submission.tables if checked.submission else ()
status = Path("/proc/self/status")
peak = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else 0
print(json.dumps({
    "status": checked.status.value,
    "advice": [finding.advice for finding in checked.findings],
    "figures": {code: str(value) for code, value in figures(checked).items()} if tables else {},
    "peak": int(peak) * 1024,
}))
"""


def _checked_apart(path: Path) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603  # our own program on our own file
        [sys.executable, "-c", _CHECK, str(path)], capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


class DescribeFilesMadeToHarm:
    @pytest.mark.parametrize("name", hostile.REFUSED)
    def it_refuses_them_with_advice_and_little_memory(self, tmp_path: Path, name: str) -> None:
        answer = _checked_apart(hostile.REFUSED[name](tmp_path / "a.xlsx"))

        assert answer["status"] == "unreadable"
        assert all(answer["advice"])
        assert answer["peak"] < 500 * _MEGABYTE

    @pytest.mark.parametrize("name", hostile.READ)
    def but_a_whole_report_is_read_whatever_else_is_in_its_file(
        self, tmp_path: Path, name: str
    ) -> None:
        answer = _checked_apart(hostile.READ[name](tmp_path / "a.xlsx"))

        assert answer["figures"] == {code: str(value) for code, value in ALL_FIGURES.items()}
        assert answer["peak"] < 500 * _MEGABYTE


class DescribeStretchesOfEmptyRows:
    def it_finds_a_figure_far_below_them(self, tmp_path: Path) -> None:
        rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(101, 40_000))
        error = '<row r="40001"><c r="A40001" t="e"><v>#REF!</v></c></row>'
        path = hostile.row(rows + error)(tmp_path / "a.xlsx")
        package = XlsxPackage(path)

        special = package.facts_of(package.sheets[0]).special

        assert special[40_000, 0].error == "#REF!"

    def it_refuses_a_cell_that_stands_there_again_far_below_them(self, tmp_path: Path) -> None:
        rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(101, 40_000))
        again = '<row r="44"><c r="D44"><v>771</v></c></row>'
        path = hostile.row(rows + again)(tmp_path / "a.xlsx")

        assert look(path).status.value == "unreadable"

    def and_rows_that_do_not_say_where_they_are_stay_where_they_are(self, tmp_path: Path) -> None:
        rows = "<row><c/></row>" * 20_000
        error = '<row><c t="e"><v>#REF!</v></c></row>'
        path = hostile.row(rows + error)(tmp_path / "a.xlsx")
        package = XlsxPackage(path)

        (place,) = package.facts_of(package.sheets[0]).special

        assert place == (100 + 20_000, 0)


class DescribeWhatElseAFileCarries:
    def it_says_that_there_are_macros(self, tmp_path: Path) -> None:
        assert XlsxPackage(hostile.macros(tmp_path / "a.xlsm")).has_macros

    @pytest.mark.parametrize("make", [hostile.external_link, hostile.dde_link])
    def it_says_that_figures_come_from_elsewhere(self, tmp_path: Path, make: hostile.Maker) -> None:
        assert XlsxPackage(make(tmp_path / "a.xlsx")).has_external_links

    def but_of_a_plain_report_it_says_neither(self, tmp_path: Path) -> None:
        package = XlsxPackage(hostile.with_strings(tmp_path / "a.xlsx"))

        assert not package.has_macros
        assert not package.has_external_links

    def and_what_the_cells_showed_last_is_read(self, tmp_path: Path) -> None:
        path = hostile.external_link(tmp_path / "a.xlsx")

        assert figures(look(path)) == ALL_FIGURES

    @pytest.mark.parametrize(
        ("make", "times"), [(hostile.external_link, 1), (hostile.with_strings, 0)]
    )
    def and_the_official_hears_of_it_once(
        self, tmp_path: Path, make: hostile.Maker, times: int
    ) -> None:
        checked = look(make(tmp_path / "a.xlsx"))

        assert [finding.rule for finding in checked.findings].count("RB14") == times
