"""The shipped outlines on the five real reports: what was entered, found, and said of it.

Figures and places are those of the reports (domain.md 8 and 9.1), written here by hand: none is
taken from what the program prints.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document as WordDocument

from tests.support.once import once_per_run
from tests.support.parents import SOUND, Typed, commune, run, units_csv
from tests.support.word_texts import read_word

ROOT = Path(__file__).parents[2]
NO_OVERDUE = re.compile(r"(không|chưa) (có|phát sinh)[^.;]* hồ sơ[^.;]* quá hạn", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """A report as it is entered: unit, period, form, figures, and the outline it follows."""

    unit: str
    period: str
    form: str
    outline: str
    figures: Mapping[str, Typed]


def sample(name: str, outline: str) -> Case:
    path = next((ROOT / "schemas" / "samples").glob(f"{name}*.json"))
    content = json.loads(path.read_text(encoding="utf-8"))
    figures = {code: figure["value"] for code, figure in content["figures"].items()}
    return Case(content["unit"], content["period"], content["form"], outline, figures)


def quoted(name: str) -> Case:
    cases = json.loads((ROOT / "tests/cases/quoted-reports.json").read_text(encoding="utf-8"))
    case = next(case for case in cases if case["report"].startswith(name))
    return Case(case["unit"], case["period"], case["form"], case["outline"], case["figures"])


CASES = {
    "Bút Sơn": sample("but-son", "bao-cao-xa"),
    "Tùng Châu": sample("tung-chau", "giam-sat-chuyen-de"),
    "Quốc Tuấn": sample("quoc-tuan", "kiem-soat-tthc"),
    "Hòa Thuận": quoted("Hòa Thuận"),
    "Chư Pưh": quoted("Chư Pưh"),
}

# Where a report's own figures leave something open: the printed one that it is about.
FINDINGS = {
    # Blank results beside planned and assigned tasks, 4.1 a heading with 23, a rate without total.
    "Bút Sơn": ["R03", "R07", "R34", "R39"],
    # No plan of tasks; what came in beside the public service is not told, nor what was early.
    "Tùng Châu": ["R02", "R29", "R30"],
    # 3.241 online dossiers are not split by level (R19, R29); the form of the survey and the
    # letter of apology are not told; the digitisation table leaves out 63 dossiers (LB14, LB15).
    "Quốc Tuấn": ["LB14", "LB15", "R02", "R08", "R19", "R29", "R46"],
    # The ways by which 225 dossiers came are not quoted.
    "Hòa Thuận": ["R19", "R29"],
    # 99 dossiers in process and 5.895 on time follow, but are not quoted; 14 letters for 21.
    "Chư Pưh": ["CP2", "CP2", "CP2", "CP3", "CP6", "R02", "RB11"],
}

# Section of the draft, figures of the original's corresponding section.
SAID: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "Bút Sơn": [
        ("I.1", ("12 văn bản",)),
        ("I.2", ("28 nhiệm vụ",)),
        ("I.4", ("02 tin, bài trên hệ thống truyền thanh", "03 tin, bài trên trang thông tin")),
        ("I.5", ("07 nhiệm vụ",)),
        ("II.1", ("29 quyết định", "không có văn bản sai")),
        ("II.2", ("193 thủ tục", "111 thủ tục", "82 thủ tục", "không tiếp nhận phản ánh")),
        ("II.2", ("770 hồ sơ", "590 hồ sơ", "91 hồ sơ", "85 hồ sơ", "04 hồ sơ", "751", "19")),
        ("II.2", ("22,98%", "100%", "Không còn hồ sơ đang giải quyết")),
        ("II.4", ("33 người", "10 cán bộ, 23 công chức")),
        ("II.4", ("Cán bộ: 10 người", "đại học 10 người (chiếm 100%)", "trung cấp 10 người")),
        ("II.4", ("đại học 21 người (chiếm 91,3%)", "trung cấp 02 người (chiếm 8,7%)")),
        ("II.4", ("trung cấp 20 người (chiếm 86,96%)",)),
    ],
    "Tùng Châu": [
        ("I.1", ("năm 2021: 09 văn bản", "năm 2022: 12 văn bản", "năm 2023: 32 văn bản")),
        ("II.1", ("Năm 2023 không ban hành văn bản quy phạm pháp luật",)),
        ("II.2", ("189 thủ tục", "189/189", "100%")),
        ("II.2", ("năm 2021: 62 hồ sơ", "năm 2022: 70 hồ sơ", "năm 2023: 333 hồ sơ")),
        ("II.2", ("62/62 hồ sơ", "bảo hiểm xã hội 02", "bảo trợ xã hội 48", "người có công 12")),
        ("II.2", ("70/70 hồ sơ", "đất đai 06", "bảo trợ xã hội 50", "người có công 14")),
        ("II.2", ("333/333 hồ sơ", "đất đai 17", "hộ tịch 191", "bảo trợ xã hội 36")),
        ("II.2", ("người có công 06", "chứng thực 83")),
        ("II.2", ("464/465 hồ sơ", "quá hạn 01 hồ sơ", "xin lỗi đối với 01 hồ sơ")),
        ("II.2", ("không còn hồ sơ chưa giải quyết", "bưu chính", "500.000 đồng")),
        ("II.2", ("năm 2023: 03 phản ánh", "01/03", "đang xử lý 02")),
        ("II.3", ("19 cán bộ, công chức", "tăng 01 người")),
        ("II.4", ("100%", "02/04 người", "50%", "cử đi học 02 người", "06 người")),
        ("II.6.1", ("26 máy tính", "25 máy", "xách tay 01", "25 máy in", "02 máy quét")),
        ("II.6.1", ("01 màn hình", "17/19", "89,47%", "26/26 (đạt 100%)")),
    ],
    "Quốc Tuấn": [
        ("I.1", ("53 văn bản", "11 văn bản", "16 văn bản", "05 thủ tục mới", "12 thủ tục")),
        ("I.1", ("54 thủ tục", "137 thủ tục", "27 thủ tục", "13 thủ tục", "14 thủ tục")),
        ("I.2", ("37 thủ tục", "08 lĩnh vực", "không có kiến nghị")),
        ("I.3", ("không tiếp nhận phản ánh, kiến nghị",)),
        ("I.4", ("3.299 hồ sơ", "3.278 hồ sơ", "3.241", "37", "21 hồ sơ")),
        ("I.4", ("3.297 hồ sơ", "3.267 hồ sơ", "29 hồ sơ", "quá hạn 01 hồ sơ", "99,97%")),
        ("I.4", ("Đang giải quyết 02 hồ sơ", "tạm dừng")),
        ("I.4", ("hộ tịch: tiếp nhận 723 hồ sơ", "trực tuyến 714", "trước hạn 722 hồ sơ")),
        ("I.4", ("chứng thực: tiếp nhận 2.381 hồ sơ", "2.380 hồ sơ", "đúng hạn 01 hồ sơ")),
        ("I.4", ("bảo trợ xã hội: tiếp nhận 103 hồ sơ", "trực tuyến 83", "từ kỳ trước 20")),
        ("I.4", ("79 hồ sơ (đạt 76,7%)", "24 hồ sơ (đạt 23,3%)")),
        ("I.4", ("người có công: tiếp nhận 29 hồ sơ", "bưu chính 28", "đã giải quyết 27 hồ sơ")),
        ("I.4", ("23 hồ sơ (đạt 85,19%)", "04 hồ sơ (đạt 14,81%)")),
        ("I.4", ("01 hồ sơ (đạt 100%)", "62 hồ sơ (đạt 100%)")),
        ("I.5", ("193 hồ sơ", "103 hồ sơ", "29 hồ sơ", "62 hồ sơ", "01 hồ sơ")),
        ("I.6", ("3.241/3.278 hồ sơ mới (đạt 98,87%)", "37/3.278 hồ sơ (đạt 1,13%)")),
        ("I.6", ("3.184/3.215 hồ sơ (đạt 99,04%)", "3.221/3.234 hồ sơ (đạt 99,6%)")),
        ("I.6", ("415 hồ sơ", "1.249/2.842 giao dịch (đạt 43,95%)")),
        ("I.7", ("13 hội nghị", "24 tin, bài", "60 văn bản")),
        ("I.8", ("01 sáng kiến",)),
        ("I.9", ("37 thủ tục", "08 lĩnh vực")),
        ("I.10", ("3.299 phiếu đánh giá", "3.299/3.299", "100%")),
        ("I.11", ("00/3.278 hồ sơ (đạt 0%)",)),
        ("I.12", ("193 hồ sơ", "130 hồ sơ", "63 hồ sơ", "62 hồ sơ", "01 hồ sơ")),
        ("I.13", ("1.249/2.842", "43,95%")),
        ("I.14", ("100% thủ tục", "137/137", "24 tin, bài", "08 chuyên mục")),
        ("II.2", ("Còn 01 hồ sơ giải quyết quá hạn", "03 cán bộ, công chức kiêm nhiệm")),
    ],
    "Hòa Thuận": [
        ("I.1", ("05 kế hoạch",)),
        ("I.2", ("28 nhiệm vụ", "07/28 nhiệm vụ (đạt 25%)")),
        ("I.4", ("12 tin, bài", "04", "02 tin, bài", "01")),
        ("I.5", ("01/11 nhiệm vụ", "10/11", "12 cam kết", "06/06", "100%")),
        ("I.6", ("01 sáng kiến, giải pháp đang dự thảo", "09 mô hình", "06 mô hình")),
        ("II.1.c", ("04 đợt", "175 lượt người", "10 lượt phát thanh")),
        ("II.2.b", ("155 thủ tục",)),
        ("II.2.c", ("228 hồ sơ", "03 hồ sơ", "221 hồ sơ", "219 hồ sơ", "02 hồ sơ", "07 hồ sơ")),
        ("II.2.d", ("20/20 điểm (đạt 100%)", "18/18 điểm (đạt 100%)")),
        ("II.2.đ", ("không tiếp nhận phản ánh, kiến nghị",)),
        ("II.3.a", ("20/21 người (đạt 95,24%)", "10/12 người (đạt 83,33%)")),
        ("II.4.a", ("không tuyển dụng",)),
        ("II.4.c", ("03 người",)),
        ("II.6.a", ("362/362 văn bản (đạt 100%)", "893/990 văn bản (đạt 90,2%)", "10/10")),
        ("II.6.b", ("23 máy tính", "để bàn 19", "xách tay 04")),
        ("II.6.c", ("07/48 dịch vụ (đạt 14,58%)", "92/228 hồ sơ (đạt 40,35%)")),
        ("II.6.c", ("07/29 thủ tục (đạt 24,14%)", "122/129", "(đạt 94,57%)")),
    ],
    "Chư Pưh": [
        ("I.1.1", ("07 nội dung", "31 nhiệm vụ", "08/31 nhiệm vụ (đạt 25,81%)", "23 nhiệm vụ")),
        ("I.1.1", ("10 hình thức", "12 tin, bài", "06 xã", "03 cơ quan", "53 báo cáo", "140")),
        ("I.1.1", ("08/08 nhiệm vụ (đạt 100%)",)),
        ("I.2.1", ("03 hồ sơ", "không phát hiện văn bản sai")),
        ("I.3.1", ("6.015 hồ sơ", "710 hồ sơ", "5.305 hồ sơ")),
        ("I.3.1", ("5.916 hồ sơ", "617 hồ sơ", "5.299 hồ sơ", "14/21", "01 phản ánh")),
        ("I.3.2", ("14 thư xin lỗi cho 21 hồ sơ quá hạn", "43 hồ sơ")),
        ("I.4.1", ("01 tổ chức",)),
        ("I.5.1", ("02 lớp", "40 học viên", "30 học viên", "03 người", "04 người")),
        ("I.5.2", ("29/89 công chức", "32,58%")),
        ("I.6.1", ("18/18 cơ quan (đạt 100%)",)),
        ("I.7.1", ("11.842 lượt", "04 điểm cầu", "54 cuộc họp", "09/09 đơn vị (đạt 100%)")),
        ("I.7.1", ("08/89 dịch vụ (đạt 8,99%)", "54/471 thủ tục (đạt 11,46%)")),
        ("I.7.2", ("08/89 dịch vụ",)),
    ],
}


def enter(case: Case, path: Path) -> Path:
    values = path.with_suffix(".json")
    values.write_text(json.dumps(dict(case.figures)), encoding="utf-8")
    said = run(
        "new", path, "--form", case.form, "--unit", case.unit, "--period", case.period,
        "--values", values,
    )  # fmt: skip
    assert said.code == 0, said.err
    return path


def drafted(file: Path, outline: str, output: Path) -> WordDocument:
    said = run("draft", file, "-o", output, "--outline", outline)
    assert said.code == 0, said.err
    return read_word(output)


def sections_of(document: WordDocument) -> dict[str, str]:
    """Return the paragraphs below each heading, by `I.4`, `II.6.1` or `II.2.a`."""
    found: dict[str, str] = {}
    path = ["", "", ""]
    for paragraph in document.paragraphs:
        style = paragraph.style.name if paragraph.style is not None else ""
        level = re.fullmatch(r"Heading (\d)", style or "")
        if level:
            depth = int(level.group(1))
            mark = re.split(r"[.)]? ", paragraph.text)[0].rpartition(".")[2]
            path = [*path[: depth - 1], mark, *[""] * (3 - depth)]
        else:
            key = ".".join(filter(None, path))
            found[key] = f"{found.get(key, '')}\n{paragraph.text}"
    return found


@pytest.fixture(params=CASES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def report(tmp_path_factory: pytest.TempPathFactory, name: str) -> tuple[Path, Path]:
    """The workbook and the drafted report of a case."""

    def make() -> tuple[Path, Path]:
        folder = tmp_path_factory.mktemp("outline")
        case = CASES[name]
        file = enter(case, folder / "so-lieu.xlsx")
        drafted(file, case.outline, folder / "bao-cao.docx")
        return file, folder / "bao-cao.docx"

    return once_per_run(tmp_path_factory, f"outline-{list(CASES).index(name)}", make)


class DescribeTheFiveReports:
    def it_finds_what_their_figures_leave_open(self, name: str, report: tuple[Path, Path]) -> None:
        said: Any = json.loads(run("check", report[0], "--format", "json").out)
        findings = said["files"][0]["findings"] if "files" in said else said["findings"]

        assert sorted(f["rule"] for f in findings if f["severity"] != "info") == FINDINGS[name]

    def it_states_every_figure_where_the_original_does(
        self, name: str, report: tuple[Path, Path]
    ) -> None:
        sections = sections_of(read_word(report[1]))

        wanting = [
            (section, fragment)
            for section, fragments in SAID[name]
            for fragment in fragments
            if fragment not in sections.get(section, "")
        ]

        assert wanting == []


def rows_of(document: WordDocument, label: str) -> list[list[str]]:
    return [
        [cell.text for cell in row.cells]
        for table in document.tables
        for row in table.rows
        if label in [cell.text for cell in row.cells]
    ]


class DescribeTheTablesBehindTheReport:
    @pytest.fixture
    def name(self) -> str:
        return "Quốc Tuấn"

    @pytest.fixture
    def document(self, report: tuple[Path, Path]) -> WordDocument:
        return read_word(report[1])

    def it_prints_the_table_of_dossiers(self, document: WordDocument) -> None:
        row = next(row for row in rows_of(document, "Hộ tịch") if "723" in row)

        assert row[2:] == ["723", "714", "9", "0", "723", "722", "0", "1", "", "0", "0", ""]

    def it_prints_the_table_of_petitions(self, document: WordDocument) -> None:
        assert any(row.count("0") == 12 for row in rows_of(document, "Hộ tịch"))

    def it_prints_the_table_of_digitisation(self, document: WordDocument) -> None:
        row = next(row for table in document.tables for row in table.rows if "3.215" in
                   [cell.text for cell in row.cells])  # fmt: skip

        assert [cell.text for cell in row.cells][-9:] == [
            "3.215", "4", "3.211", "3.184", "99,04", "3.234", "13", "3.221", "99,6",
        ]  # fmt: skip

    def but_not_the_main_form(self, document: WordDocument) -> None:
        assert rows_of(document, "3.3.1") == []


OVERDUE: dict[str, Typed] = {
    **SOUND, "S.QH_GQ": 3, "S.DUNG_HAN": 7, "3.5": 2, "5.2": 1, "6.1": 0, "7.5": 1,
}  # fmt: skip
LATE: dict[str, Typed] = {
    **SOUND, "S.DANG_TRONG_HAN": 9, "S.DANG_QUA_HAN": 1, "5.2": 0, "6.1": 1, "3.1.3": 190,
    "S.TRUOC_HAN": 70, "S.DUNG_HAN": 5, "S.QH_GQ": 15, "3.5": 15,
}  # fmt: skip


@pytest.fixture
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A consolidated workbook: three communes, one of which is missing, and own figures."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("district")
        commune(folder / "xa" / "a.xlsx", "Xã An Bình", OVERDUE, code="01")
        commune(folder / "xa" / "b.xlsx", "Xã Bình Hòa", LATE, code="02")
        units = units_csv(
            folder / "u.csv", ["01,Xã An Bình,xã", "02,Xã Bình Hòa,xã", "03,Xã Cẩm Lâm,xã"]
        )
        own = Case("Huyện Mẫu", "2022-Q1", "bo-bieu-tong-hop", "", {
            "RTH.NV.TU": 31, "RTH.NVX.TU": 8, "RTH.NVC.TU": 23, "1.1.3": 9,
        })  # fmt: skip
        run(
            "consolidate", folder / "xa", "-o", folder / "th.xlsx", "--name", "Huyện Mẫu",
            "--period", "2022-Q1", "--units", units, "--form", "bo-bieu-tong-hop",
            "--own", enter(own, folder / "own.xlsx"),
        )  # fmt: skip
        return folder / "th.xlsx"

    return once_per_run(tmp_path_factory, "outline-district", make)


class DescribeTheShortcomingsOfAParent:
    @pytest.fixture
    def sections(self, district: Path, tmp_path: Path) -> dict[str, str]:
        return sections_of(drafted(district, "so-ket-cap-tren", tmp_path / "a.docx"))

    @pytest.mark.parametrize(
        ("section", "words"),
        [
            ("I.1.2", "Chưa gửi báo cáo quý I năm 2022 (1 đơn vị): Xã Cẩm Lâm."),
            ("I.1.2", "mới hoàn thành 08/31 nhiệm vụ (đạt 25,81%)"),
            ("I.3.2", "Còn 18 hồ sơ giải quyết quá hạn tại 02 đơn vị: Xã An Bình (03 hồ sơ, 02 "
                      "thư xin lỗi); Xã Bình Hòa (15 hồ sơ, 15 thư xin lỗi)"),
            ("I.3.2", "đã quá hạn tại 01 đơn vị: Xã Bình Hòa (01 hồ sơ)"),
            ("I.3.2", "Chưa xin lỗi đủ số hồ sơ quá hạn (thư xin lỗi trên hồ sơ quá hạn): "
                      "Xã An Bình (02/03)"),
            ("I.3.2", "dưới 95% tại 01 đơn vị: Xã Bình Hòa (83,33%)"),
            ("I.3.2", "dưới 50% tại 02 đơn vị: Xã An Bình (40%); Xã Bình Hòa (40%)"),
            ("I.5.2", "kỷ cương hành chính (01 đơn vị): Xã Bình Hòa"),
            ("I.6.2", "Chưa ban hành Quy chế chi tiêu nội bộ (01 đơn vị): Xã An Bình"),
        ],
    )  # fmt: skip
    def it_names_who_falls_short(self, sections: dict[str, str], section: str, words: str) -> None:
        assert words in sections[section]

    def it_keeps_the_parents_own_figures(self, sections: dict[str, str]) -> None:
        assert "08/31 nhiệm vụ (đạt 25,81%)" in sections["I.1.1"]


class DescribeTheOverdue:
    @pytest.mark.parametrize("outline", ["so-ket-cap-tren", "bao-cao-tong-hop"])
    def it_is_never_denied_by_a_parent(self, district: Path, tmp_path: Path, outline: str) -> None:
        text = "\n".join(sections_of(drafted(district, outline, tmp_path / "a.docx")).values())

        assert NO_OVERDUE.findall(text) == []

    @pytest.mark.parametrize("given", [
        {"S.QH_GQ": 1}, {"TTHC.TONG.9": 2, "S.QH_GQ": 0}, {"NAM.QH.C": 1, "S.QH_GQ": 0},
        {"S.DANG_QUA_HAN": 1, "S.QH_GQ": 0, "TTHC.TONG.9": 0}, {"3.5": 1, "S.QH_GQ": 0},
    ])  # fmt: skip
    @pytest.mark.parametrize(
        "outline", ["bao-cao-xa", "bao-cao-phuong", "giam-sat-chuyen-de", "kiem-soat-tthc"]
    )
    def it_is_never_denied_by_a_unit(
        self, tmp_path: Path, outline: str, given: dict[str, Typed]
    ) -> None:
        none = dict.fromkeys(("S.QH_GQ", "S.DANG_QUA_HAN", "3.5", "TTHC.TONG.9", "TTHC.TONG.12",
                              "NAM.QH.C", "NAM.XL.C"), 0)  # fmt: skip
        case = Case("Xã A", "2022-Q1", "bo-bieu-xa", outline, {**none, **given})

        document = drafted(enter(case, tmp_path / "a.xlsx"), outline, tmp_path / "a.docx")

        assert NO_OVERDUE.findall("\n".join(sections_of(document).values())) == []
