"""The story of the first minute: `cchc-xl demo` in an empty folder."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.once import once_per_run
from tests.support.parents import Said, lines_of, run, sheet_of
from tests.support.validator import problems
from tests.support.word_texts import read_word

STAMP = "SỐ LIỆU GIẢ ĐỊNH"
REAL = ("but-son-2022-Q1.xlsx", "but-son-2022-Q1.docx")
COMMUNES = (
    "thi-tran-mau", "xa-an-binh", "xa-binh-hoa", "xa-cam-lam", "xa-dong-son", "xa-hoa-lac",
    "xa-hoa-lac-lan-2", "xa-kim-tan", "xa-long-thuy",
)  # fmt: skip
MADE_UP = ("huyen-mau-tong-hop.xlsx", *(f"huyen-mau/{name}.xlsx" for name in COMMUNES))
PARENT_REPORT = "huyen-mau-bao-cao.docx"
EVERYTHING = (*REAL, *MADE_UP, PARENT_REPORT)


@pytest.fixture
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    def make() -> tuple[Path, Said]:
        folder = tmp_path_factory.mktemp("demo") / "thu"
        return folder, run("demo", folder)

    return once_per_run(tmp_path_factory, "demo", make)


@pytest.fixture
def folder(shown: tuple[Path, Said]) -> Path:
    return shown[0]


@pytest.fixture
def said(shown: tuple[Path, Said]) -> Said:
    return shown[1]


def visible_sheets(path: Path) -> list[Worksheet]:
    book = load_workbook(path)
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def has_stamp(sheet: Worksheet) -> bool:
    return any(STAMP in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


class DescribeTheDemonstration:
    def it_ends_with_zero(self, said: Said) -> None:
        assert (said.code, said.err) == (0, "")

    @pytest.mark.parametrize("name", EVERYTHING)
    def it_makes(self, folder: Path, name: str) -> None:
        assert (folder / name).is_file()

    def it_makes_nothing_else(self, folder: Path) -> None:
        made = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}

        assert made == set(EVERYTHING)

    def it_prints_a_few_lines(self, said: Said) -> None:
        assert 8 <= len(said.out.strip().splitlines()) <= 30

    @pytest.mark.parametrize("name", [*REAL, "huyen-mau-tong-hop.xlsx", PARENT_REPORT])
    def it_says_where_to_look(self, said: Said, name: str) -> None:
        assert name in said.out

    @pytest.mark.parametrize("rule", ["R03", "R07", "R34", "R39"])
    def it_says_what_it_found_in_the_real_figures(self, said: Said, rule: str) -> None:
        assert rule in said.out

    def it_says_which_half_is_made_up(self, said: Said) -> None:
        assert "giả định" in said.out

    def it_can_be_run_again(self, tmp_path: Path) -> None:
        run("demo", tmp_path)
        before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}

        again = run("demo", tmp_path)

        after = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
        assert (again.code, after) == (0, before)

    def it_takes_the_place_of_no_file_of_the_officials(self, tmp_path: Path) -> None:
        own = tmp_path / "huyen-mau-tong-hop.xlsx"
        own.write_bytes(b"own words")

        said = run("demo", tmp_path)

        assert (said.code, own.read_bytes()) == (2, b"own words")

    @pytest.mark.parametrize("name", EVERYTHING)
    def it_makes_valid_packages(self, folder: Path, name: str) -> None:
        assert problems(folder / name) == []


class DescribeTheMadeUpParent:
    """What issue 3 promises of it: nine communes and one of everything that happens."""

    @pytest.fixture
    def lines(self, folder: Path) -> list[dict[str, Any]]:
        return lines_of(sheet_of(folder / "huyen-mau-tong-hop.xlsx", "Đơn vị"))

    def it_has_nine_communes(self, lines: list[dict[str, Any]]) -> None:
        assert len({line["Đơn vị"] for line in lines}) == 9

    @pytest.mark.parametrize(
        ("status", "how_many"),
        [
            ("đã nhận", 6),
            ("đã nhận, có lỗi", 1),
            ("chưa nộp", 1),
            ("trùng đơn vị", 2),
        ],
    )
    def it_has_every_kind(self, lines: list[dict[str, Any]], status: str, how_many: int) -> None:
        assert sum(line["Trạng thái"] == status for line in lines) == how_many

    def it_has_one_list_of_procedures_that_differs(self, folder: Path) -> None:
        lines = lines_of(sheet_of(folder / "huyen-mau-tong-hop.xlsx", "Kiểm tra"))
        differing = {
            line["Đơn vị"]
            for line in lines
            if line["Quy tắc"] == "RA1" and line["Chỉ tiêu"] == "3.1.3"
        }

        assert differing == {"Xã Cẩm Lâm"}

    def it_has_overdue_dossiers(self, folder: Path) -> None:
        text = "\n".join(p.text for p in read_word(folder / PARENT_REPORT).paragraphs)

        assert "Có 04 hồ sơ giải quyết quá hạn tại 02 đơn vị" in text or (
            "Có 04 hồ sơ giải quyết quá hạn tại 2 đơn vị" in text
        )


class DescribeTheStamp:
    @pytest.mark.parametrize("name", MADE_UP)
    def it_stands_on_every_sheet_that_is_made_up(self, folder: Path, name: str) -> None:
        without = [s.title for s in visible_sheets(folder / name) if not has_stamp(s)]

        assert without == []

    @pytest.mark.parametrize("name", MADE_UP)
    def it_stands_on_every_printed_page_that_is_made_up(self, folder: Path, name: str) -> None:
        without = [
            sheet.title
            for sheet in visible_sheets(folder / name)
            if STAMP not in str(sheet.oddHeader and sheet.oddHeader.center.text)
        ]

        assert without == []

    @pytest.mark.parametrize("page", ["first_page_header", "header"])
    def it_stands_on_every_page_of_the_made_up_report(self, folder: Path, page: str) -> None:
        sections = Document(str(folder / PARENT_REPORT)).sections

        assert all(
            any(STAMP in p.text for p in getattr(section, page).paragraphs) for section in sections
        )

    @pytest.mark.parametrize("name", REAL)
    def but_it_stands_nowhere_on_real_figures(self, folder: Path, name: str) -> None:
        with zipfile.ZipFile(folder / name) as package:
            parts = [package.read(part) for part in package.namelist()]

        assert not any(STAMP.encode() in part for part in parts)

    def it_stays_on_a_report_drafted_again_from_the_workbook(
        self, folder: Path, tmp_path: Path
    ) -> None:
        run("draft", folder / "huyen-mau-tong-hop.xlsx", "-o", tmp_path / "a.docx")

        header = Document(str(tmp_path / "a.docx")).sections[0].header
        assert any(STAMP in p.text for p in header.paragraphs)
