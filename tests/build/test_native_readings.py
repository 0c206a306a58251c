"""What stands in a cell is read by the native formulas as by Python, whatever its kind.

One workbook holds every content once for each kind; LibreOffice calculates it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from cchc_xl.build.check_sheet import CheckSheet
from cchc_xl.build.commune_book import CHECK_SHEET
from cchc_xl.core.cells import Kind, RawCell
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Aggregation, Check, Column, Form, Indicator, Rule
from cchc_xl.gateways.submissions import read_submission
from tests.support.agreement import blank_workbook, input_cells, on_sheet
from tests.support.libreoffice import need_soffice, recalculated
from tests.support.once import once_per_run
from tests.support.workbook_parts import Shown, filled, shown_cells, spoiled

_BLANKS = ("", "-", "–", "—", " ", " - ", "\u00a0")
_WORDS = (
    "KPS", "kps", " KPS ", "KPS\u00a0", "Không phát sinh", "KHÔNG PHÁT SINH", "không  phát  sinh",
    "KAD", "kad", " Kad ", "Không áp dụng", "KHÔNG ÁP DỤNG",
    "không", "Không", "KHÔNG", "không có", "Không có", "có", "Có", "CÓ",
    "Trực tuyến", "trực tuyến", "Phát phiếu", "KẾT HỢP", "Đã ban hành", "đã ban hành",
    "Không ban hành; triển khai KH", "nt", "x", "Ko", "không biết", "5 hồ sơ", "TRUE", "#N/A",
)  # fmt: skip
_COUNTS = (
    "0", "00", "000", "1", "01", "2", "02", "3", "07", "770", "2381", "12345", " 12 ",
    "1.234", "3,278", "1 234", "1\u00a0234", "12.345", "1.234.567", "1,234,567", "1 234 567",
    "999999999999999", "1234567890123456", "1.234,567", "1,234.567", "1.234.56", "01.234", "0.123",
    "1.23", "1.2345", "12.5", "12,5", "-5", "–5", "+5", "- 5", "1e3", "1/2", "07/28", "12:30",
    "28/7/2022", "½", "(5)", "5;", "1;2", "1. 234",
)  # fmt: skip
_DOTS = (
    "189....", "189...", "189..", "189.", "189…", "189 …", "189 ....", "1.234....", "1,234.",
    "5,", "5,.", "5.,", "..5", "5...5", "5. 6", "...", "…", "......",
)  # fmt: skip
_PERCENTS = (
    "91,3%", "8,7 %", "8,7\u00a0%", "99.04", "99,04", "99.036", "99,036", "0,993", "0.5", "100",
    "100%", "100,0%", "100,1", "101%", "150", "150%", "1.000%", "%", "5%%", "91.3.", "1,", ".5",
    "33,333333333333", "0,0", "1,0",
)  # fmt: skip
_NUMBERS = (
    0, 1, 2, 3, 28, 770, -1, -0.5, 0.5, 0.993, 3.278, 12.5, 91.3, 99.036, 100.1, 1000, 3278,
    999999999999999, 1e15, 1e20,
)  # fmt: skip
_CONTENTS: dict[str, RawCell] = {
    **{repr(text): RawCell(text) for text in (*_BLANKS, *_WORDS, *_COUNTS, *_DOTS, *_PERCENTS)},
    **{str(number): RawCell(number) for number in _NUMBERS},
    **{f"{part:%}": RawCell(part, percent_format=True) for part in (0, 0.07, 0.993, 1, 1.1, 5)},
    "TRUE": RawCell(True),
    "FALSE": RawCell(False),
    **{error: RawCell(error=error) for error in ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?")},
    "decomposed Không áp dụng": RawCell(unicodedata.normalize("NFD", "Không áp dụng")),
    "KAD with a full stop": RawCell("KAD."),
    "a line break behind a number": RawCell("5\n"),
    "ten digits in groups": RawCell("1.234.567.890"),
    "a grouped number with spaces and dots": RawCell("1 234..."),
}  # fmt: skip
# Where the two still differ, by content: the reason.
_KNOWN: dict[str, tuple[RawCell, str]] = {
    "a date": (
        RawCell(date(2022, 7, 28)),
        'LibreOffice\'s CELL("format") says G for a date; the number behind it is counted',
    ),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says to one side: its state, its number, its weight, the words beside it."""

    state: Shown
    number: Shown
    weight: Shown
    message: Shown


# By content: what Python reads in each kind, and what the native formulas read.
Readings = Mapping[str, tuple[Mapping[Kind, Reading], Mapping[Kind, Reading]]]


@pytest.fixture(scope="session")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Readings:
    """What Python and the native formulas make of each content."""
    return once_per_run(
        tmp_path_factory,
        "native-readings",
        lambda: _readings(tmp_path_factory.mktemp("readings")),
    )


class DescribeNativeReading:
    @pytest.mark.parametrize("content", _CONTENTS)
    def it_is_that_of_python_in_every_kind(self, readings: Readings, content: str) -> None:
        python, native = readings[content]

        assert native == python

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(name, marks=pytest.mark.xfail(reason=reason, strict=True))
            for name, (_, reason) in _KNOWN.items()
        ],
    )
    def but_it_still_differs_for_a_count(self, readings: Readings, content: str) -> None:
        python, native = readings[content]

        assert native[Kind.COUNT] == python[Kind.COUNT]


def _readings(folder: Path) -> Readings:
    need_soffice()
    contents = _CONTENTS | {name: raw for name, (raw, _) in _KNOWN.items()}
    codes = {
        f"{kind.value}.{place}": (content, kind)
        for place, content in enumerate(contents)
        for kind in Kind
    }
    form = _form({code: kind for code, (_, kind) in codes.items()})
    places = input_cells(form, folder)
    typed = {places[code]: contents[content] for code, (content, _) in codes.items()}
    file = folder / "readings.xlsx"
    file.write_bytes(filled(spoiled(blank_workbook(form)), typed))
    (folder / "calculated").mkdir()
    (calculated,) = recalculated([file], folder / "calculated")
    table = read_submission(file, [form]).tables[0]
    checks = CheckSheet(form, CHECK_SHEET, places)
    python: dict[str, Shown] = {cell.address: cell.value for cell in checks.cells(table)}
    native = shown_cells(calculated, CHECK_SHEET)[CHECK_SHEET]
    readings: dict[str, tuple[dict[Kind, Reading], dict[Kind, Reading]]] = {
        content: ({}, {}) for content in contents
    }
    for code, (content, kind) in codes.items():
        for side, cells in zip(readings[content], (python, native), strict=True):
            side[kind] = _reading(cells, checks, code, kind)
    return readings


def _reading(cells: Mapping[str, Shown], checks: CheckSheet, code: str, kind: Kind) -> Reading:
    # What is written on a heading is only ever looked at for being there.
    number = "" if kind is Kind.HEADER else cells.get(on_sheet(checks.at_zero(code)), "")
    return Reading(
        cells.get(on_sheet(checks.state(code)), ""),
        number,
        cells.get(on_sheet(checks.row_weight(code)), ""),
        cells.get(on_sheet(checks.row_message(code)), ""),
    )


def _form(kinds: Mapping[str, Kind]) -> Form:
    """Return a form with a row for each content in each kind, and no rules but those of kinds."""
    choices = {
        Kind.FLAG: {0: "Không ban hành; triển khai KH", 1: "Đã ban hành"},
        Kind.CODE: {0: "Trực tuyến", 1: "Phát phiếu", 2: "Kết hợp"},
    }
    return Form(
        id="cach-ghi",
        version="1",
        name="Cách ghi",
        title=("CÁCH GHI CỦA {UNIT}",),
        supplementary_title="",
        valid_from=None,
        valid_to=None,
        columns=(
            Column("number", "STT"),
            Column("label", "Chỉ tiêu"),
            Column("value", "Số liệu"),
        ),
        indicators=tuple(
            Indicator(code, code, f"Ô {code}", "", kind, Aggregation.NONE,
                      choices=choices.get(kind, {}))
            for code, kind in kinds.items()
        ),
        rules=(
            *(
                Rule(f"K-{kind.value}", Severity.ERROR, f"Ô này phải là {kind.value}.",
                     "Đề nghị gõ lại.", check=Check.KIND, kind=kind)
                for kind in Kind
                if kind is not Kind.HEADER
            ),
            Rule("K-tiêu đề", Severity.WARNING, "Dòng tiêu đề không nhập số liệu.",
                 "Đề nghị xóa.", check=Check.HEADING_BLANK),
        ),
        ratios=(),
    )  # fmt: skip
