"""The story of the return slip: out to the unit with its errors marked, and back corrected."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from shutil import copy
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from cchc_xl.build.palette import ERROR, WARNING
from cchc_xl.core.slip_memory import MEMORY_SHEET, SLIP_SHEET
from tests.acceptance.conftest import Answer, Command
from tests.support.handmade import cell_of, hash_of, replace_cell, report, save
from tests.support.libreoffice import recalculated
from tests.support.other_formats import save_docx
from tests.support.parents import SOUND, Figures, choose, commune, consolidate, units_csv
from tests.support.validator import problems

NAME = "Huyện Hoằng Hóa"
# 1.1.2 may not be larger than 1.1.1 (R01).
WRONG = {**SOUND, "1.1.2": 9999}
# Of the two fields the first is in order: pending (10) is what is in time (11) and late (12).
WRONG_ROW: Figures = {
    "TTHC.HT.10": 4, "TTHC.HT.11": 4, "TTHC.HT.12": 0,
    "TTHC.CT.10": 5, "TTHC.CT.11": 2, "TTHC.CT.12": 1,
}  # fmt: skip
SLIP = "Xã A - phieu-de-nghi-chinh-sua.xlsx"
TEXT = "Xã A - noi-dung-gui.txt"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the slips are written."""
    return tmp_path / "phieu"


@pytest.fixture
def send_back(cchc: Command, folder: Path, out: Path) -> Command:
    """Run `return` over the folder and answer in JSON."""

    def run(*words: str | Path) -> Answer:
        return cchc("return", folder, "-o", out, "--name", NAME, *words, "--format", "json")

    return run


def cells_of(path: Path, sheet: str) -> Worksheet:
    page = load_workbook(path)[sheet]
    assert isinstance(page, Worksheet)
    return page


def the_slip_in(out: Path) -> Path:
    (slip,) = out.glob("*.xlsx")
    return slip


def place_in(path: Path, code: str) -> tuple[str, str]:
    """Where a slip remembers the figure of a code to stand."""
    rows = cells_of(path, MEMORY_SHEET).iter_rows(values_only=True)
    found = next(row for row in rows if row[:2] == ("figure", code))
    return str(found[2]), str(found[3])


def correct(path: Path, code: str, value: Any) -> None:
    """Type another value into a slip and save it, as a unit does."""
    sheet, address = place_in(path, code)
    book = load_workbook(path)
    book[sheet][address] = value
    book.save(path)


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


class DescribeReturningAFolder:
    def it_has_nothing_to_return_where_all_is_well(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", SOUND)

        said = send_back()

        assert (said.code, said.json["slips"], said.json["reminders"]) == (0, [], [])
        assert [path.name for path in out.iterdir() if path.is_file()] == ["tong-hop-phieu.csv"]

    def it_makes_a_slip_and_a_text_for_a_file_with_an_error(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)

        said = send_back()

        (slip,) = said.json["slips"]
        assert said.code == 1
        assert (slip["unit"], slip["file"], slip["status"]) == (
            "Xã A",
            "a.xlsx",
            "accepted_with_errors",
        )
        assert (slip["slip"], slip["text"]) == (str(out / SLIP), str(out / TEXT))
        assert slip["findings"]["error"] == 1

    def it_reminds_a_unit_that_sent_nothing(
        self, folder: Path, out: Path, send_back: Command, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        listed = units_csv(tmp_path / "units.csv", [",Xã A,", ",Xã B,"])

        said = send_back("--units", listed, "--deadline", "05/04/2022")

        path = out / "Xã B - nhac-nop.txt"
        assert said.json["reminders"] == [{"unit": "Xã B", "text": str(path)}]
        assert "UBND xã B" in text_of(path)
        assert "05/4/2022" in text_of(path)

    def it_leaves_the_files_of_the_units_alone(self, folder: Path, send_back: Command) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        before = hash_of(folder / "a.xlsx")

        send_back()

        assert hash_of(folder / "a.xlsx") == before

    def it_writes_the_same_bytes_again(self, folder: Path, out: Path, send_back: Command) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        send_back()
        before = {path.name: hash_of(path) for path in out.iterdir() if path.is_file()}
        (out / SLIP).unlink()

        send_back()

        after = {path.name: hash_of(path) for path in out.iterdir() if path.is_file()}
        assert after == before

    def and_it_dates_nothing(self, folder: Path, out: Path, send_back: Command) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)

        send_back()

        properties = load_workbook(out / SLIP).properties
        assert properties.created == properties.modified == datetime(2022, 1, 1)
        with ZipFile(out / SLIP) as package:
            assert {info.date_time[:3] for info in package.infolist()} == {(1980, 1, 1)}

    def and_it_takes_its_own_slips_for_no_reports(self, folder: Path, cchc: Command) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        inside = folder / "phieu"
        first = cchc("return", folder, "-o", inside, "--format", "json").json

        second = cchc("return", folder, "-o", inside, "--format", "json").json

        assert second == first

    def it_asks_which_of_several_files_counts(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "1.xlsx", "Xã A", SOUND)
        commune(folder / "2.xlsx", "Xã A", {**SOUND, "1.1.3": 1})

        said = send_back()

        assert [slip["status"] for slip in said.json["slips"]] == ["duplicate", "duplicate"]
        assert "1.xlsx, 2.xlsx" in text_of(out / TEXT)
        assert "tệp nào là báo cáo chính thức" in text_of(out / TEXT)

    def it_sends_only_words_where_a_file_cannot_be_opened(
        self, folder: Path, send_back: Command
    ) -> None:
        folder.mkdir()
        (folder / "Xã A.xlsx").write_bytes(b"PK\x03\x04 broken")

        said = send_back("--period", "2022-Q1")

        (slip,) = said.json["slips"]
        assert (slip["unit"], slip["status"], slip["slip"]) == ("Xã A", "unreadable", None)
        assert "Xã A.xlsx" in text_of(Path(slip["text"]))

    def it_lists_every_file_in_an_overview(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        commune(folder / "=b.xlsx", "=Xã B", WRONG)
        send_back()

        content = text_of(out / "tong-hop-phieu.csv")

        rows = {row["Tệp"]: row for row in csv.DictReader(content.splitlines())}
        assert rows["a.xlsx"]["Phiếu"] == SLIP
        assert rows["a.xlsx"]["Lỗi"] == "1"
        assert "'=b.xlsx" in rows

    def it_never_overwrites_what_a_person_changed(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        send_back()
        (out / TEXT).write_text("lời của cán bộ", encoding="utf-8")

        said = send_back()

        assert (out / TEXT).read_text(encoding="utf-8") == "lời của cán bộ"
        assert said.json["slips"][0]["text"] == str(out / "Xã A - noi-dung-gui (2).txt")

    def it_names_a_file_of_a_unit_that_is_not_on_the_list(
        self, folder: Path, out: Path, send_back: Command, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", SOUND)
        listed = units_csv(tmp_path / "units.csv", [",Xã Tùng Châu,"])

        said = send_back("--units", listed)

        (slip,) = said.json["slips"]
        assert (slip["unit"], slip["status"]) == ("Xã A", "unknown_unit")
        assert [r["unit"] for r in said.json["reminders"]] == ["Xã Tùng Châu"]
        assert "bổ sung danh sách đơn vị" not in text_of(out / TEXT)

    def it_names_what_is_no_longer_due_and_leaves_it(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        commune(folder / "b.xlsx", "Xã B", WRONG)
        send_back()
        (folder / "b.xlsx").unlink()

        said = send_back()

        assert sorted(Path(path).name for path in said.json["no_longer_due"]) == [
            "Xã B - noi-dung-gui.txt",
            "Xã B - phieu-de-nghi-chinh-sua.xlsx",
        ]
        assert (out / "Xã B - noi-dung-gui.txt").exists()


class DescribeTheChoiceBetweenFiles:
    @pytest.fixture
    def twice(self, folder: Path) -> Path:
        """A folder with two files of one unit, both sound."""
        commune(folder / "1.xlsx", "Xã A", SOUND)
        commune(folder / "2.xlsx", "Xã A", {**SOUND, "1.1.3": 1})
        return folder

    def it_asks_nothing_where_one_is_preferred(self, twice: Path, send_back: Command) -> None:
        said = send_back("--prefer", twice / "2.xlsx")

        assert (said.code, said.json["slips"]) == (0, [])

    def and_nothing_where_the_result_of_the_roll_up_says_which(
        self, twice: Path, send_back: Command, output: Path
    ) -> None:
        consolidate(twice, output)
        choose(output, "1.xlsx")

        said = send_back("--result", output)

        assert (said.code, said.json["slips"]) == (0, [])

    def but_it_asks_where_the_result_chooses_none(
        self, twice: Path, send_back: Command, output: Path
    ) -> None:
        consolidate(twice, output)

        assert len(send_back("--result", output).json["slips"]) == 2

    def it_refuses_a_result_of_another_period(
        self, twice: Path, send_back: Command, output: Path
    ) -> None:
        consolidate(twice, output)

        said = send_back("--result", output, "--period", "2022-Q2")

        assert (said.code, said.json["error"]["code"]) == (2, "sai_cach_goi")

    def it_refuses_a_workbook_that_is_no_result(self, twice: Path, send_back: Command) -> None:
        assert send_back("--result", twice / "1.xlsx").code == 2


class DescribeTheReportInWords:
    @pytest.mark.parametrize("files", [1, 2])
    def it_goes_back_to_nobody_whose_figures_are_there(
        self, folder: Path, send_back: Command, files: int
    ) -> None:
        for number in range(files):
            commune(folder / f"{number}.xlsx", "Xã A", {**SOUND, "1.1.3": number})
        save_docx(folder / "bao-cao-xa-a.docx", ["Báo cáo quý II năm 2021 của đơn vị"])

        said = send_back()

        assert "bao-cao-xa-a.docx" not in [slip["file"] for slip in said.json["slips"]]


class DescribeAFileThatCannotBeOpened:
    def it_is_nobodys_where_its_name_names_no_unit(self, folder: Path, send_back: Command) -> None:
        commune(folder / "a.xlsx", "Xã A", SOUND)
        (folder / "Công văn 12.pdf").write_bytes(b"%PDF-1.4")

        said = send_back()

        (slip,) = said.json["slips"]
        assert (slip["unit"], slip["file"], slip["status"]) == (
            None, "Công văn 12.pdf", "unreadable",
        )  # fmt: skip
        assert (slip["slip"], slip["text"]) == (None, None)

    def and_no_letter_goes_to_it(self, folder: Path, out: Path, send_back: Command) -> None:
        commune(folder / "a.xlsx", "Xã A", SOUND)
        (folder / "Công văn 12.pdf").write_bytes(b"%PDF-1.4")

        send_back()

        assert list(out.glob("*.txt")) == []
        assert "chưa rõ đơn vị,Công văn 12.pdf" in text_of(out / "tong-hop-phieu.csv")

    @pytest.mark.parametrize(
        "file", ["Báo cáo xã Tùng Châu quý I.pdf", "bao-cao-xa-tung-chau-q1.pdf", "TungChau.pdf"]
    )
    def it_belongs_to_the_listed_unit_that_its_name_holds(
        self, folder: Path, send_back: Command, tmp_path: Path, file: str
    ) -> None:
        folder.mkdir()
        (folder / file).write_bytes(b"%PDF-1.4")
        listed = units_csv(tmp_path / "units.csv", [",Xã Tùng Châu,", ",Xã Châu,"])

        said = send_back("--period", "2022-Q1", "--units", listed)

        wanted = "Xã Tùng Châu" if file != "TungChau.pdf" else None
        assert [slip["unit"] for slip in said.json["slips"]] == [wanted]

    def it_belongs_to_a_unit_that_another_file_names(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã Tùng Châu", WRONG)
        (folder / "bao cao xa tung chau.pdf").write_bytes(b"%PDF-1.4")

        said = send_back()

        assert {slip["unit"] for slip in said.json["slips"]} == {"Xã Tùng Châu"}
        assert "bao cao xa tung chau.pdf" in text_of(out / "Xã Tùng Châu - noi-dung-gui.txt")


class DescribeTheWordsOfReturn:
    def it_asks_for_the_period_where_the_files_differ(
        self, folder: Path, cchc: Command, out: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        commune(folder / "b.xlsx", "Xã B", WRONG, period="2022-Q2")

        said = cchc("return", folder, "-o", out)

        assert said.code == 2
        assert "--period" in said.err

    @pytest.mark.parametrize("day", ["2022-04-15", "31/02/2022", "mai"])
    def it_refuses_a_deadline_that_is_no_day(
        self, folder: Path, send_back: Command, day: str
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)

        said = send_back("--deadline", day)

        assert (said.code, said.json["error"]["code"]) == (2, "sai_cach_goi")

    def it_refuses_to_write_among_the_reports(self, folder: Path, cchc: Command) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)

        said = cchc("return", folder, "-o", folder / ".", "--format", "json")

        assert (said.code, said.json["error"]["code"]) == (2, "sai_cach_goi")
        assert [path.name for path in folder.iterdir()] == ["a.xlsx"]

    def it_refuses_a_file_in_place_of_the_folder(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        out.write_text("x", encoding="utf-8")

        said = send_back()

        assert (said.code, out.read_text(encoding="utf-8")) == (2, "x")

    def it_says_where_what_and_what_to_do(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)

        send_back("--deadline", "15/04/2022")

        words = text_of(out / TEXT)
        _, cell = place_in(out / SLIP, "1.1.2")
        for part in ("Kính gửi: UBND xã A", NAME, "«a.xlsx»", "quý I năm 2022", "1. [Lỗi]",
                     cell, "9.999", "15/4/2022", "cảm ơn"):  # fmt: skip
            assert part in words
        assert (out / TEXT).read_bytes().startswith(b"\xef\xbb\xbf")

    def it_names_no_sender_where_none_is_given(
        self, folder: Path, out: Path, cchc: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)

        cchc("return", folder, "-o", out)

        assert text_of(out / TEXT).splitlines()[2].startswith("Đã nhận tệp «a.xlsx»")


class DescribeWhatAUnitIsTold:
    def it_is_shown_every_cell_that_a_rule_compares(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        send_back()

        line = next(
            row for row in cells_of(out / SLIP, SLIP_SHEET).iter_rows(values_only=True)
            if row[1] == "1.1.2"
        )  # fmt: skip

        assert line[3] == "1.1.2 = 9.999; 1.1.1 = 20"
        assert line[4] == "1.1.2 ≤ 1.1.1 (20)"

    def and_so_it_is_in_the_letter(self, folder: Path, out: Path, send_back: Command) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        send_back()

        assert "cần: 1.1.2 ≤ 1.1.1 (20)" in text_of(out / TEXT)

    def it_is_shown_the_cells_of_the_very_row_of_an_annex(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", {**SOUND, **WRONG_ROW})
        send_back()

        line = next(
            row for row in cells_of(out / SLIP, SLIP_SHEET).iter_rows(values_only=True)
            if row[1] == "TTHC.CT.10"
        )  # fmt: skip

        assert line[3] == "TTHC.CT.10 = 5; TTHC.CT.11 = 2; TTHC.CT.12 = 1"
        assert line[4] == "TTHC.CT.10 = TTHC.CT.11 + TTHC.CT.12 (3)"

    def it_sees_the_reason_that_it_gave_beside_the_finding(
        self, folder: Path, send_back: Command
    ) -> None:
        folder.mkdir()
        rows = report({"1.1.1": 20, "1.1.2": 9999})
        row = next(row for row in rows if row[0] == "1.1.2")
        row[4] = "gồm cả nhiệm vụ năm trước"
        save(folder / "but-son.xlsx", rows)
        (slip,) = send_back().json["slips"]

        page = cells_of(Path(slip["slip"]), SLIP_SHEET)
        told = next(r[2] for r in page.iter_rows(values_only=True) if r[1] == "1.1.2")
        assert "Ghi chú của đơn vị ở 1.1.2: «gồm cả nhiệm vụ năm trước»." in str(told)
        assert "«gồm cả nhiệm vụ năm trước»" in text_of(Path(slip["text"]))

    def but_programs_get_the_figure_that_was_found(self, folder: Path, check: Command) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)

        (found,) = [f for f in check(folder / "a.xlsx").findings if f["rule"] == "R01"]

        assert (found["found"], found["expected"]) == (9999, "≤ 20")


class DescribeTheSlip:
    def it_colours_and_explains_the_wrong_cell(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        send_back()

        sheet, address = place_in(out / SLIP, "1.1.2")
        cell = cells_of(out / SLIP, sheet)[address]

        assert cell.fill.fgColor.rgb[2:] == ERROR[1:]
        assert cell.comment is not None
        assert "Lỗi" in cell.comment.text

    def it_lists_every_finding_with_a_link_to_its_cell(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        counts = send_back().json["slips"][0]["findings"]
        sheet, address = place_in(out / SLIP, "1.1.2")

        page = cells_of(out / SLIP, SLIP_SHEET)

        rows = [row for row in page.iter_rows() if row[0].value in ("Lỗi", "Cảnh báo", "Lưu ý")]
        link = next(row[7] for row in rows if row[1].value == "1.1.2")
        assert len(rows) == sum(counts.values())
        assert link.hyperlink is not None
        assert (link.value, link.hyperlink.location) == (address, f"'{sheet}'!{address}")

    def it_opens_on_its_page_with_no_other_sheet_selected(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        send_back()

        book = load_workbook(out / SLIP)

        selected = [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected]
        assert (book.active.title if book.active else "", selected) == (SLIP_SHEET, [SLIP_SHEET])

    def it_keeps_the_protection_formulas_and_validation_of_the_workbook(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        send_back()
        sheet, _ = place_in(out / SLIP, "1.1.2")

        before, after = cells_of(folder / "a.xlsx", sheet), cells_of(out / SLIP, sheet)

        def formulas(page: Worksheet) -> dict[str, Any]:
            return {
                c.coordinate: c.value for row in page.iter_rows() for c in row if c.data_type == "f"
            }

        assert after.protection.sheet
        assert formulas(after) == formulas(before) != {}
        assert len(after.data_validations.dataValidation) == len(
            before.data_validations.dataValidation
        )

    def it_is_valid_for_microsoft(self, folder: Path, out: Path, send_back: Command) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)

        send_back()

        assert problems(out / SLIP) == []

    def it_is_a_slip_for_libreoffice_too(
        self, folder: Path, out: Path, send_back: Command, check: Command, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        send_back()
        saved = tmp_path / "saved"
        saved.mkdir()

        (path,) = recalculated([out / SLIP], saved)

        (file,) = check(path).json["files"]
        assert file["returned"]["changes"] == file["returned"]["closed"] == []

    def it_keeps_the_results_of_formulas(self, folder: Path, out: Path, send_back: Command) -> None:
        folder.mkdir()
        rows = report({"1.1.1": 20, "1.1.2": 9999, "1.1.3": 0})
        path = save(folder / "but-son.xlsx", rows)
        cell = cell_of(rows, "1.1.3")
        replace_cell(path, cell, f'<c r="{cell}"><f>4+3</f><v>7</v></c>')

        send_back()

        slip = the_slip_in(out)
        assert load_workbook(slip, data_only=True)["Sheet1"][cell].value == 7
        assert load_workbook(slip)["Sheet1"][cell].value == "=4+3"

    def it_writes_text_that_looks_like_a_formula_as_text(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        folder.mkdir()
        rows = report({"1.1.3": "=abc"})
        path = save(folder / "but-son.xlsx", rows)
        cell = cell_of(rows, "1.1.3")
        replace_cell(path, cell, f'<c r="{cell}" t="inlineStr"><is><t>=1+2</t></is></c>')

        send_back()

        book = load_workbook(the_slip_in(out))
        for name in (SLIP_SHEET, MEMORY_SHEET):
            page = book[name]
            assert all(c.data_type != "f" for row in page.iter_rows() for c in row)

    def it_keeps_the_notes_that_people_wrote(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        folder.mkdir()
        rows = report({"1.1.1": 20, "1.1.2": 9999})
        address = cell_of(rows, "1.1.2")

        def note(sheet: Worksheet) -> None:
            sheet[address].comment = Comment("Số này do kế toán đưa", "Lan")

        save(folder / "but-son.xlsx", rows, bend=note)
        send_back()

        comment = cells_of(the_slip_in(out), "Sheet1")[address].comment

        assert comment is not None
        assert comment.text.startswith("Số này do kế toán đưa")
        assert "Lỗi" in comment.text

    def it_goes_without_the_macros_of_the_file(self, folder: Path, send_back: Command) -> None:
        folder.mkdir()
        save(folder / "but-son.xlsx", report({"1.1.1": 20, "1.1.2": 9999}))
        with ZipFile(folder / "but-son.xlsx", "a") as package:
            package.writestr("xl/vbaProject.bin", b"macros")
        (folder / "but-son.xlsx").rename(folder / "but-son.xlsm")

        said = send_back()

        with ZipFile(said.json["slips"][0]["slip"]) as package:
            assert "xl/vbaProject.bin" not in package.namelist()
        assert "không kèm macro" in text_of(Path(said.json["slips"][0]["text"]))

    def but_a_file_with_hidden_entities_is_not_edited(
        self, folder: Path, send_back: Command
    ) -> None:
        folder.mkdir()
        save(folder / "but-son.xlsx", report({"1.1.1": 20, "1.1.2": 9999}))
        with ZipFile(folder / "but-son.xlsx", "a") as package:
            package.writestr("custom.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')

        (slip,) = send_back().json["slips"]

        assert (slip["status"], slip["slip"]) == ("accepted_with_errors", None)


class DescribeASlipThatComesBack:
    @pytest.fixture
    def slip(self, folder: Path, send_back: Command, out: Path, tmp_path: Path) -> Path:
        """A slip in the hands of its unit."""
        commune(folder / "a.xlsx", "Xã A", WRONG)
        send_back()
        return Path(copy(out / SLIP, tmp_path / SLIP))

    def it_is_ignored_where_nobody_has_corrected_anything(
        self, slip: Path, folder: Path, cchc: Command, output: Path
    ) -> None:
        load_workbook(slip).save(folder / "phieu.xlsx")

        said = cchc(
            "consolidate", folder, "-o", output, "--name", NAME, "--period", "2022-Q1",
            "--format", "json",
        )  # fmt: skip

        statuses = {unit["file"]: unit["status"] for unit in said.json["units"]}
        assert statuses == {"a.xlsx": "accepted_with_errors", "phieu.xlsx": "ignored"}

    def but_a_corrected_one_is_the_report_of_its_unit(
        self, slip: Path, folder: Path, cchc: Command, output: Path
    ) -> None:
        correct(slip, "1.1.2", 18)
        slip.replace(folder / "a.xlsx")

        said = cchc(
            "consolidate", folder, "-o", output, "--name", NAME, "--period", "2022-Q1",
            "--format", "json",
        )  # fmt: skip

        (unit,) = said.json["units"]
        assert (unit["unit"], unit["status"]) == ("Xã A", "accepted")
        assert said.json["indicators"]["1.1.2"]["value"] == 18

    def it_counts_in_place_of_the_very_file_that_it_corrects(
        self, slip: Path, folder: Path, cchc: Command, output: Path
    ) -> None:
        correct(slip, "1.1.2", 18)
        slip.replace(folder / "phieu.xlsx")

        said = cchc(
            "consolidate", folder, "-o", output, "--name", NAME, "--period", "2022-Q1",
            "--format", "json",
        )  # fmt: skip

        statuses = {unit["file"]: unit["status"] for unit in said.json["units"]}
        assert statuses == {"a.xlsx": "duplicate", "phieu.xlsx": "accepted"}
        assert (said.code, said.json["indicators"]["1.1.2"]["value"]) == (0, 18)

    def but_not_in_place_of_another_file_of_the_unit(
        self, slip: Path, folder: Path, cchc: Command, output: Path
    ) -> None:
        correct(slip, "1.1.2", 18)
        slip.replace(folder / "phieu.xlsx")
        (folder / "a.xlsx").unlink()
        commune(folder / "a.xlsx", "Xã A", {**SOUND, "1.1.2": 7})

        said = cchc(
            "consolidate", folder, "-o", output, "--name", NAME, "--period", "2022-Q1",
            "--format", "json",
        )  # fmt: skip

        assert {unit["status"] for unit in said.json["units"]} == {"duplicate"}

    def and_the_official_may_still_prefer_the_first_file(
        self, slip: Path, folder: Path, cchc: Command, output: Path
    ) -> None:
        correct(slip, "1.1.2", 18)
        slip.replace(folder / "phieu.xlsx")

        said = cchc(
            "consolidate", folder, "-o", output, "--name", NAME, "--period", "2022-Q1",
            "--prefer", "a.xlsx", "--format", "json",
        )  # fmt: skip

        assert said.json["indicators"]["1.1.2"]["value"] == 9999

    def it_says_what_was_and_what_is(self, slip: Path, check: Command) -> None:
        _, cell = place_in(slip, "1.1.2")
        correct(slip, "1.1.2", 18)

        (file,) = check(slip).json["files"]

        (change,) = file["returned"]["changes"]
        assert (change["indicator"], change["cell"], change["was"], change["now"]) == (
            "1.1.2",
            cell,
            9999,
            18,
        )

    def it_leaves_a_finding_open_whose_cell_was_only_emptied(
        self, slip: Path, check: Command
    ) -> None:
        correct(slip, "1.1.2", None)

        (file,) = check(slip).json["files"]

        assert "R01" not in [f["rule"] for f in file["returned"]["closed"]]
        assert [f["rule"] for f in file["returned"]["unanswered"]] == ["R01"]
        assert "R01" in [f["rule"] for f in file["returned"]["remaining"]]

    def and_the_other_cell_of_the_rule_is_no_answer_either(
        self, slip: Path, check: Command
    ) -> None:
        correct(slip, "1.1.1", None)

        (file,) = check(slip).json["files"]

        assert [f["found"] for f in file["returned"]["unanswered"]] == ["1.1.1: đã xóa trống"]

    def it_tells_people_that_an_emptied_cell_is_no_answer(self, slip: Path, cchc: Command) -> None:
        correct(slip, "1.1.2", None)

        assert "Chưa trả lời" in cchc("check", slip).out

    @pytest.mark.parametrize("code", ["1.1.2", "1.1.1"])
    def it_is_asked_again_as_long_as_the_cell_is_empty(
        self, slip: Path, folder: Path, send_back: Command, code: str
    ) -> None:
        correct(slip, code, None)
        slip.replace(folder / "a.xlsx")

        first = send_back()
        Path(copy(first.json["slips"][0]["slip"], folder / "a.xlsx"))
        correct(folder / "a.xlsx", "1.1.3", 2)
        second = send_back()
        correct(folder / "a.xlsx", "1.1.1", 20)
        correct(folder / "a.xlsx", "1.1.2", 18)
        third = send_back()

        fixed = [answer.json["returned"][0]["fixed"] for answer in (first, second, third)]
        assert [len(a.json["returned"][0]["unanswered"]) for a in (first, second, third)] == [
            1, 1, 0,
        ]  # fmt: skip
        assert fixed[:2] == [0, 0]
        assert "chưa được trả lời" in text_of(Path(first.json["slips"][0]["text"]))

    def it_says_which_findings_are_closed(self, slip: Path, check: Command) -> None:
        (open_one,) = check(slip).json["files"]
        correct(slip, "1.1.2", 18)

        (file,) = check(slip).json["files"]

        errors = [f["rule"] for f in open_one["findings"] if f["severity"] == "error"]
        assert [f["rule"] for f in file["returned"]["closed"]] == errors
        assert open_one["returned"]["closed"] == open_one["returned"]["new"] == []

    def and_so_is_that_of_a_row_of_an_annex_though_another_row_was_emptied(
        self, folder: Path, out: Path, send_back: Command, check: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", {**SOUND, **WRONG_ROW})
        send_back()
        slip = the_slip_in(out)
        correct(slip, "TTHC.CT.10", 3)
        correct(slip, "TTHC.HT.11", None)

        (file,) = check(slip).json["files"]

        assert ("B3", "TTHC.CT.10") in {
            (f["rule"], f["indicator"]) for f in file["returned"]["closed"]
        }

    def it_gives_numbers_as_numbers_with_their_unit_and_file(
        self, slip: Path, check: Command
    ) -> None:
        correct(slip, "1.1.2", 18)

        (file,) = check(slip).json["files"]

        (closed,) = file["returned"]["closed"]
        assert (closed["found"], closed["unit"], closed["file"]) == (9999, "Xã A", str(slip))

    def and_which_are_new(self, slip: Path, check: Command) -> None:
        correct(slip, "1.1.1", -5)

        (file,) = check(slip).json["files"]

        assert "1.1.1" in [f["indicator"] for f in file["returned"]["new"]]

    def it_tells_people_too(self, slip: Path, cchc: Command) -> None:
        correct(slip, "1.1.2", 18)

        said = cchc("check", slip)

        sheet, cell = place_in(slip, "1.1.2")
        assert f"Trang «{sheet}», ô {cell}, chỉ tiêu 1.1.2: 9.999 → 18" in said.out

    def it_counts_what_was_corrected_in_the_next_run(
        self, slip: Path, folder: Path, send_back: Command
    ) -> None:
        correct(slip, "1.1.2", 18)
        slip.replace(folder / "a.xlsx")

        said = send_back()

        (back,) = said.json["returned"]
        assert (back["unit"], back["fixed"], back["of"]) == ("Xã A", 1, 1)
        assert [c["now"] for c in back["changes"]] == [18]
        assert (said.code, said.json["slips"]) == (0, [])

    def it_is_never_overwritten_once_the_unit_has_worked_in_it(
        self, folder: Path, out: Path, send_back: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", WRONG)
        send_back()
        correct(out / SLIP, "1.1.2", 18)
        corrected = hash_of(out / SLIP)

        said = send_back()

        assert hash_of(out / SLIP) == corrected
        assert said.json["slips"][0]["slip"] == str(out / "Xã A - phieu-de-nghi-chinh-sua (2).xlsx")

    def it_closes_the_finding_of_a_wrong_period(
        self, folder: Path, send_back: Command, check: Command
    ) -> None:
        commune(folder / "a.xlsx", "Xã A", SOUND, period="2022-Q2")
        (sent,) = send_back("--period", "2022-Q1").json["slips"]
        book = load_workbook(sent["slip"])
        sheet, _ = place_in(Path(sent["slip"]), "1.1.2")
        (cell,) = (
            c for row in book[sheet].iter_rows(max_row=8) for c in row
            if c.value == "Quý II năm 2022"
        )  # fmt: skip
        cell.value = "Quý I năm 2022"
        book.save(sent["slip"])

        (file,) = check(sent["slip"]).json["files"]

        assert sent["status"] == "wrong_period"
        assert [f["rule"] for f in file["returned"]["closed"]] == ["RK5"]

    def it_leaves_open_what_only_the_whole_folder_can_tell(
        self, folder: Path, send_back: Command, check: Command
    ) -> None:
        for letter, amount in zip("BCD", (193, 193, 189), strict=True):
            commune(folder / f"{letter}.xlsx", f"Xã {letter}", {**SOUND, "3.1.3": amount})
        (sent,) = send_back().json["slips"]

        (file,) = check(sent["slip"]).json["files"]

        assert "RA1" not in [f["rule"] for f in file["findings"]]
        assert "RA1" in [f["rule"] for f in file["returned"]["remaining"]]

    def it_goes_back_again_without_the_marks_of_the_first_time(
        self, slip: Path, folder: Path, send_back: Command
    ) -> None:
        sheet, address = place_in(slip, "1.1.2")
        original = cells_of(folder / "a.xlsx", sheet)[address].fill.fgColor.rgb
        correct(slip, "1.1.2", 18)
        correct(slip, "1.1.3", -4)
        slip.replace(folder / "a.xlsx")

        said = send_back()

        page = cells_of(Path(said.json["slips"][0]["slip"]), sheet)
        book = load_workbook(said.json["slips"][0]["slip"])
        assert page[address].comment is None
        assert page[address].fill.fgColor.rgb == original
        assert book.sheetnames.count(SLIP_SHEET) == book.sheetnames.count(MEMORY_SHEET) == 1

    def it_knows_its_unit_where_only_the_file_name_said_it(
        self, folder: Path, send_back: Command, check: Command
    ) -> None:
        folder.mkdir()
        rows = report({"1.1.1": 20, "1.1.2": 9999})
        rows[2][0] = "CẢI CÁCH HÀNH CHÍNH"
        save(folder / "Xã Tùng Châu.xlsx", rows)
        (sent,) = send_back().json["slips"]

        (file,) = check(sent["slip"]).json["files"]

        assert file["unit"] == sent["unit"] == "Xã Tùng Châu"

    def it_survives_a_memory_that_somebody_changed(self, slip: Path, check: Command) -> None:
        book = load_workbook(slip)
        book[MEMORY_SHEET]["B1"] = "99"
        book.save(slip)

        (file,) = check(slip).json["files"]

        assert file["status"] == "accepted_with_errors"
        assert "returned" not in file


class DescribeTheColours:
    def it_uses_the_colour_of_a_warning(self, folder: Path, out: Path, send_back: Command) -> None:
        folder.mkdir()
        rows = report()
        save(folder / "but-son.xlsx", rows)

        send_back()

        # The figure of heading 4.1 (R34) is a warning.
        cell = cells_of(the_slip_in(out), "Sheet1")[cell_of(rows, "4.1")]
        assert cell.fill.fgColor.rgb[2:] == WARNING[1:]
