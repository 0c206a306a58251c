"""Annexes as communes make them by hand: headers of three lines, merged cells, other words."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.core.period import PeriodKind, standard_period
from cchc_xl.core.values import State
from cchc_xl.gateways.schemas import load_form
from cchc_xl.usecases.new import new_workbook
from tests.gateways.reading import figures, look, submission_of, table_of
from tests.support.handmade import annex

# Quốc Tuấn's table 2 as it is printed, figures with the dots of thousands, as text.
ROWS = (
    ("1", "Tổng cộng", "", "", "", "", "", "", "", "", "", ""),
    ("I", "TTHC thuộc phạm vi thẩm quyền giải quyết của UBND Xã",
     "3.299", "3.241", "37", "21", "3.297", "3.267", "29", "1", "2", "2"),
    ("1", "Hộ tịch (Bộ Tư pháp)", "723", "714", "9", "0", "723", "722", "0", "1", "0", "0"),
    ("2", "Bảo trợ xã hội (Bộ Lao động - Thương binh và Xã hội)",
     "103", "83", "0", "20", "103", "79", "24", "0", "0", "0"),
    ("3", "Chứng thực (Bộ Tư pháp)",
     "2.381", "2.381", "0", "0", "2.381", "2.380", "1", "0", "0", "0"),
    ("4", "Người có công (Bộ Lao động - Thương binh và Xã hội)",
     "29", "0", "28", "1", "27", "23", "4", "0", "2", "2"),
    ("5", "Liên thông Hộ tịch - Đăng ký thường trú - Bảo trợ xã hội - Người có công "
     "(Văn phòng Chính phủ)", "1", "1", "0", "0", "1", "1", "0", "0", "0", "0"),
    ("6", "Liên thông Hộ tịch - Đăng ký thường trú - Quản lý thu, Sổ - thẻ (Văn phòng Chính phủ)",
     "62", "62", "0", "0", "62", "62", "0", "0", "0", "0"),
)  # fmt: skip
LAST = ("Tổng số", "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "Từ kỳ trước", "Tổng số",
        "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng số", "Trong hạn")  # fmt: skip
GROUPS = ((3, 6, "Số lượng hồ sơ tiếp nhận"), (7, 10, "Số lượng hồ sơ đã giải quyết"),
          (11, 12, "Số lượng hồ sơ đang giải quyết"))  # fmt: skip
PRINTED = {
    "TTHC.TONG.2": 3299, "TTHC.HT.7": 722, "TTHC.BTXH.5": 20, "TTHC.CT.8": 1, "TTHC.NCC.10": 2,
    "TTHC.LT1.2": 1, "TTHC.LT2.7": 62, "TTHC.TONG.9": 1,
}  # fmt: skip


def table(sheet: Worksheet, *, merged: bool = True) -> None:
    """Print the table as the commune did, its header merged or with empty cells."""
    sheet.append(["TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI UBND XÃ QUỐC TUẤN"])
    sheet.append(["Năm 2023"])
    sheet.append(["STT", "Lĩnh vực giải quyết"])
    for first, last, words in GROUPS:
        sheet.cell(3, first, words)
        if merged:
            sheet.merge_cells(start_row=3, end_row=3, start_column=first, end_column=last)
    for column, words in enumerate(LAST, start=3):
        sheet.cell(4, column, words)
    for row in ROWS:
        sheet.append(row)


def saved(path: Path, *, merged: bool = True) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    table(sheet, merged=merged)
    book.save(path)
    return path


class DescribeATableMadeByHand:
    @pytest.mark.parametrize("merged", [True, False])
    def it_is_read_by_its_headers_and_fields(self, tmp_path: Path, merged: bool) -> None:
        checked = look(saved(tmp_path / "bang-2.xlsx", merged=merged))

        found = figures(checked)
        assert {code: found.get(code) for code in PRINTED} == PRINTED

    def it_says_of_whom_and_of_when_it_is(self, tmp_path: Path) -> None:
        submission = submission_of(look(saved(tmp_path / "bang-2.xlsx")))

        assert submission.period is not None
        assert (submission.unit, submission.period.id) == ("Xã Quốc Tuấn", "2023-N")

    def it_says_that_the_main_form_is_missing(self, tmp_path: Path) -> None:
        checked = look(saved(tmp_path / "bang-2.xlsx"))

        assert "RP6" in [finding.rule for finding in checked.findings]

    def it_passes_its_identities(self, tmp_path: Path) -> None:
        checked = look(saved(tmp_path / "bang-2.xlsx"))

        broken = [f.rule for f in checked.findings if f.rule.startswith("B")]
        assert broken == []

    def it_finds_one_wrong_cell_where_it_stands(self, tmp_path: Path) -> None:
        path = saved(tmp_path / "bang-2.xlsx")
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        table(sheet)
        sheet["H7"] = "721"
        book.save(path)

        found = {(f.rule, f.cell) for f in look(path).findings if f.rule.startswith("B")}

        assert ("B2", "G7") in found

    def it_points_at_a_field_that_the_form_does_not_know(self, tmp_path: Path) -> None:
        path = tmp_path / "bang-2.xlsx"
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        table(sheet)
        sheet["B9"] = "Văn hóa"
        book.save(path)

        strange = [f for f in look(path).findings if f.rule == "RB4"]

        assert [(f.cell, "Văn hóa" in f.message) for f in strange] == [("C9", True)]

    def it_points_at_a_column_that_the_form_does_not_know(self, tmp_path: Path) -> None:
        path = tmp_path / "bang-2.xlsx"
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        table(sheet)
        sheet["M4"], sheet["M8"] = "Thẩm định lại", 12
        book.save(path)

        assert [f.cell for f in look(path).findings if f.rule == "RP1"] == ["M3"]


class DescribeTwoTablesOfOneAnnex:
    def it_reads_neither_where_they_differ(self, tmp_path: Path) -> None:
        book = Workbook()
        first = book.active
        assert isinstance(first, Worksheet)
        table(first)
        second = book.create_sheet("Bản 2")
        table(second)
        second["C7"] = "724"
        path = tmp_path / "hai-bang.xlsx"
        book.save(path)

        checked = look(path)

        assert "RP5" in [finding.rule for finding in checked.findings]
        assert checked.submission is not None
        assert not checked.submission.tables

    def it_reads_one_where_they_are_the_same(self, tmp_path: Path) -> None:
        book = Workbook()
        first = book.active
        assert isinstance(first, Worksheet)
        table(first)
        table(book.create_sheet("Bản 2"))
        path = tmp_path / "hai-bang.xlsx"
        book.save(path)

        assert figures(look(path))["TTHC.HT.2"] == 723


class DescribeRowsOfOneName:
    def it_uses_neither_of_two_figures(self, tmp_path: Path) -> None:
        path = tmp_path / "bang-2.xlsx"
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        table(sheet)
        sheet.append(["7", "Hộ tịch", "724"])
        book.save(path)

        checked = look(path)

        assert table_of(checked).value("TTHC.HT.2").state is State.INVALID
        assert "RB3" in [finding.rule for finding in checked.findings]


def petitions(path: Path) -> Path:
    """Quốc Tuấn's table 1 with the figures 1, 2, 3 … in its columns: three lines of headers."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"] = "KẾT QUẢ XỬ LÝ PHẢN ÁNH, KIẾN NGHỊ (PAKN) TẠI UBND XÃ QUỐC TUẤN NĂM 2023"
    content = ("Hành vi hành chính", "Quy định hành chính")
    time = ("Từ kỳ trước", "Mới tiếp nhận")
    lines = {
        3: {"A": "STT", "B": "Tên ngành, lĩnh vực có PAKN", "C": "Số lượng PAKN được tiếp nhận",
            "H": "Kết quả xử lý PAKN", "P": "Số PAKN đã xử lý được công khai"},
        4: {"C": "Tổng số", "D": "Theo nội dung", "F": "Theo thời điểm", "H": "Đã xử lý",
            "M": "Đang xử lý"},
        5: dict(zip("DEFGHIJKLMNO",
                    (*content, *time, "Tổng số", *content, *time, "Tổng số", *content),
                    strict=True)),
    }  # fmt: skip
    for row, cells in lines.items():
        for column, words in cells.items():
            sheet[f"{column}{row}"] = words
    for merged in ("A3:A5", "B3:B5", "C3:G3", "H3:O3", "P3:P5", "C4:C5", "D4:E4", "F4:G4",
                   "H4:L4", "M4:O4"):  # fmt: skip
        sheet.merge_cells(merged)
    sheet.append([f"({number})" for number in range(1, 17)])
    for number, field in enumerate(("Hộ tịch", "Bảo trợ xã hội", "Chứng thực"), start=1):
        sheet.append([number, field, *range(1, 15)])
    book.save(path)
    return path


class DescribeATableWithThreeLinesOfHeaders:
    def it_gives_each_column_what_stands_below_it(self, tmp_path: Path) -> None:
        checked = look(petitions(tmp_path / "bang-1.xlsx"))

        assert figures(checked) == {
            f"PAKN.{field}.{column}": column - 2
            for field in ("HT", "BTXH", "CT")
            for column in range(3, 17)
        }


class DescribeATableWhoseRowsAreNumbered:
    def it_is_not_taken_for_the_headings_of_the_main_form(self, tmp_path: Path) -> None:
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet.append(["TRANG THIẾT BỊ CÔNG NGHỆ THÔNG TIN TẠI UBND XÃ QUỐC TUẤN NĂM 2023"])
        sheet.append(["STT", "Nội dung", "Số lượng", "Trong đó tại Bộ phận Một cửa"])
        rows = ("Máy tính", "Máy tính để bàn", "Máy tính xách tay", "Máy in", "Máy quét (scan)",
                "Máy photocopy", "Camera")  # fmt: skip
        for number, name in enumerate(rows, start=1):
            sheet.append([number, name, 10 * number, number])
        book.save(tmp_path / "thiet-bi.xlsx")

        checked = look(tmp_path / "thiet-bi.xlsx")

        assert {code for code in figures(checked) if not code.startswith("TB.")} == set()
        assert figures(checked)["TB.MXT.SL"] == 30
        assert "RP6" in {finding.rule for finding in checked.findings}


class DescribeAListOfDocuments:
    LINES = (
        "Kế hoạch số 12/KH-UBND ngày 21/02/2022 về khắc phục tồn tại",
        "Quyết định số 30/QĐ-UBND ngày 01/3/2022 về kiểm tra",
        "Kế hoạch số 12/KH-UBND ngày 21/02/2022 về khắc phục tồn tại",
    )

    @staticmethod
    def saved(path: Path, *lists: tuple[str, ...]) -> Path:
        """Bút Sơn's annex with lists in words on sheets behind it."""
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        for row in annex():
            sheet.append(row)
        for number, lines in enumerate(lists):
            behind = book.create_sheet(f"Văn bản {number + 1}")
            for line in lines:
                behind.append([line])
        book.save(path)
        return path

    def it_is_read_from_lines_in_words(self, tmp_path: Path) -> None:
        found = figures(look(self.saved(tmp_path / "bs.xlsx", self.LINES)))

        assert [found[code] for code in ("VB.TONG", "VB.KH", "3.3.1")] == [2, 1, 770]

    def but_not_from_a_page_of_words_that_names_a_few(self, tmp_path: Path) -> None:
        words = (*self.LINES[:2], *("Báo cáo tình hình trong kỳ, phần này chỉ có lời văn.",) * 9)

        assert "VB.TONG" not in figures(look(self.saved(tmp_path / "bs.xlsx", words)))

    def it_counts_neither_of_two_that_differ(self, tmp_path: Path) -> None:
        checked = look(self.saved(tmp_path / "bs.xlsx", self.LINES, self.LINES[:1] * 2))

        assert "RP5" in [finding.rule for finding in checked.findings]
        assert "VB.TONG" not in figures(checked)

    def it_is_read_from_a_sheet_of_ours_under_another_name(self, tmp_path: Path) -> None:
        path = tmp_path / "xa.xlsx"
        new_workbook(
            path, load_form("bo-bieu-xa"), unit="Xã A", unit_code="",
            period=standard_period(2022, PeriodKind.Q1), lists={"VB": self.LINES},
        )  # fmt: skip
        book = load_workbook(path)
        book["Danh mục văn bản"].title = "VB đã ban hành"
        book.save(path)

        assert figures(look(path))["VB.TONG"] == 2
