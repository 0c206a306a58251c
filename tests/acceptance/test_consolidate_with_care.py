"""What a merge must never do in silence: mix units up, lose words, take a guess."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.support.parents import NAME, SOUND, commune, consolidate, run, sheet_of
from tests.support.word_texts import read_word

CODES = "code,name,type\n01,An,Xã\n02,An Bình,Xã\n03,Bình,Xã\n"


@pytest.fixture
def units(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_text(CODES, encoding="utf-8")
    return path


class DescribeAUnitOfTheList:
    def it_is_not_taken_for_one_of_another_type(
        self, folder: Path, output: Path, units: Path
    ) -> None:
        commune(folder / "a.xlsx", "Phường An Bình")

        said = consolidate(folder, output, "--units", units)

        assert said.statuses()["a.xlsx"] == "unknown_unit"

    def it_is_not_taken_by_a_code_that_the_name_contradicts(
        self, folder: Path, output: Path, units: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã Bình", code="02")

        said = consolidate(folder, output, "--units", units)

        assert said.statuses()["a.xlsx"] == "unknown_unit"
        assert "RK10" in said.rules()

    def it_may_stand_twice_where_it_exists_twice_in_time(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        listed = tmp_path / "twice.csv"
        listed.write_text(
            "code,name,valid_from,valid_to\n01,Xã An,,2025-06-30\n01,Xã An Mới,2025-07-01,\n",
            encoding="utf-8",
        )
        commune(folder / "a.xlsx", "Xã An", code="01")

        said = consolidate(folder, output, "--units", listed)

        assert said.statuses() == {"a.xlsx": "accepted"}

    def it_is_said_where_none_of_the_list_is_valid(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        listed = tmp_path / "old.csv"
        listed.write_text("name,valid_to\nXã An,2020-01-01\n", encoding="utf-8")
        commune(folder / "a.xlsx", "Xã An")

        said = consolidate(folder, output, "--units", listed)

        assert said.code == 2


class DescribeAFileOfTheFolder:
    def it_is_ignored_where_it_is_the_blank_template(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã An")
        run("build", "--out", folder)

        said = consolidate(folder, output)

        assert said.statuses()["cchc-commune.xlsx"] == "ignored"

    def it_is_ignored_where_it_is_a_report_that_we_drafted(
        self, folder: Path, output: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã An")
        run("draft", folder / "a.xlsx", "-o", folder / "a.docx")

        said = consolidate(folder, output)

        assert said.statuses()["a.docx"] == "ignored"

    def it_is_of_the_period_whose_days_it_names(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã An", period="2021-12-15_2022-03-14")

        said = consolidate(folder, output)

        assert said.statuses() == {"a.xlsx": "accepted"}

    def it_must_exist_to_be_preferred(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã An")

        said = consolidate(folder, output, "--prefer", "khong-co.xlsx")

        assert said.code == 2
        assert "khong-co.xlsx" in said.json["error"]["message"]


class DescribeAnEarlierResult:
    def it_is_not_replaced_by_that_of_another_period(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã An")
        consolidate(folder, output)
        before = output.read_bytes()

        said = run(
            "consolidate", folder, "-o", output, "--name", NAME, "--period", "2022-6T",
            "--format", "json",
        )  # fmt: skip

        assert said.code == 2
        assert output.read_bytes() == before

    def it_keeps_a_sentence_that_the_data_no_longer_call_for(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        listed = tmp_path / "two.csv"
        listed.write_text("name\nXã An\nXã Bình\n", encoding="utf-8")
        commune(folder / "a.xlsx", "Xã An")
        consolidate(folder, output, "--units", listed)
        _write_sentence(output, "III.2-1", "Xã Bình xin chậm hai ngày.")
        commune(folder / "b.xlsx", "Xã Bình")

        consolidate(folder, output, "--units", listed)

        assert "Xã Bình xin chậm hai ngày." in _own_sentences(output)


class DescribeTheParentsOwnFigures:
    def it_stands_beside_the_totals_and_in_none_of_them(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã An")
        own = commune(tmp_path / "own.xlsx", "Huyện Mẫu", {"1.1.1": 31})

        said = consolidate(folder, output, "--own", own)

        sheet = load_workbook(output)["Số liệu của đơn vị"]
        row = next(r for r in sheet.iter_rows(min_row=6) if r[0].value == "1.1.1")
        assert row[4].value == 31
        assert said.value("1.1.1") == SOUND["1.1.1"]

    def it_is_refused_from_a_file_among_the_submissions(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã An")
        own = commune(folder / "huyen.xlsx", NAME)

        said = consolidate(folder, output, "--own", own)

        assert (said.code, output.exists()) == (2, False)

    def it_is_refused_from_a_file_of_another_period(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã An")
        own = commune(tmp_path / "huyen.xlsx", NAME, period="2021-Q4")

        said = consolidate(folder, output, "--own", own)

        assert (said.code, output.exists()) == (2, False)

    def it_is_kept_by_the_next_run_where_it_was_typed(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã An")
        consolidate(folder, output)
        book = load_workbook(output)
        row = next(
            r for r in book["Số liệu của đơn vị"].iter_rows(min_row=6) if r[0].value == "1.1.3"
        )
        row[4].value, row[5].value = 7, "theo Quyết định của huyện"
        book.save(output)

        consolidate(folder, output)

        kept = load_workbook(output)["Số liệu của đơn vị"]
        row = next(r for r in kept.iter_rows(min_row=6) if r[0].value == "1.1.3")
        assert (row[4].value, row[5].value) == (7, "theo Quyết định của huyện")


class DescribeAListOfUnits:
    def it_is_refused_where_a_row_has_a_code_and_no_name(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã An")
        listed = tmp_path / "units.csv"
        listed.write_text("code,name\n01,Xã An\n\n02,\n", encoding="utf-8")

        said = consolidate(folder, output, "--units", listed)

        assert said.code == 2
        assert "dòng 4" in said.json["error"]["message"]

    def but_a_row_with_a_running_number_only_is_blank(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã An")
        listed = tmp_path / "units.csv"
        listed.write_text("STT,name\n1,Xã An\n2,\n", encoding="utf-8")

        said = consolidate(folder, output, "--units", listed)

        assert said.statuses() == {"a.xlsx": "accepted"}

    def it_may_begin_with_empty_lines(self, folder: Path, output: Path, tmp_path: Path) -> None:
        commune(folder / "a.xlsx", "Xã An")
        listed = tmp_path / "units.csv"
        listed.write_text("\n\nname;code\nXã An;01\n", encoding="utf-8")

        said = consolidate(folder, output, "--units", listed)

        assert said.statuses() == {"a.xlsx": "accepted"}


class DescribeThePreviousPeriod:
    def it_says_of_which_units_it_knows_nothing(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã An")
        commune(folder / "b.xlsx", "Xã Bình")
        before = commune(tmp_path / "before.xlsx", "Xã An", period="2021-Q4")

        said = consolidate(folder, output, "--previous", before)

        assert [finding["unit"] for finding in said.findings("RK11")] == ["Xã Bình"]


def damaged(path: Path, source: Path, part: str) -> Path:
    """A copy of a package in which the bytes of one part were lost on the way."""
    content = bytearray(source.read_bytes())
    with zipfile.ZipFile(source) as package:
        start = package.getinfo(part).header_offset + 30 + len(part)
    content[start : start + 60] = bytes(byte ^ 0xFF for byte in content[start : start + 60])
    path.write_bytes(content)
    return path


class DescribeADamagedFile:
    def it_of_word_does_not_stop_the_others(self, folder: Path, output: Path) -> None:
        sound = commune(folder / "a.xlsx", "Xã An")
        run("draft", sound, "-o", output.with_suffix(".docx"))
        broken = damaged(folder / "b.docx", output.with_suffix(".docx"), "docProps/core.xml")
        damaged(broken, broken, "word/document.xml")

        said = consolidate(folder, output)

        assert said.statuses() == {"a.xlsx": "accepted", "b.docx": "unreadable"}

    @pytest.mark.parametrize(
        "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                 "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
    )  # fmt: skip
    def it_of_excel_does_not_stop_the_others(self, folder: Path, output: Path, part: str) -> None:
        sound = commune(folder / "a.xlsx", "Xã An")
        damaged(folder / "b.xlsx", sound, part)

        said = consolidate(folder, output)

        assert said.statuses() == {"a.xlsx": "accepted", "b.xlsx": "unreadable"}

    def it_is_not_replaced_by_a_draft(self, folder: Path, tmp_path: Path) -> None:
        report = commune(folder / "a.xlsx", "Xã An")
        run("draft", report, "-o", tmp_path / "a.docx")
        broken = damaged(tmp_path / "b.docx", tmp_path / "a.docx", "docProps/core.xml")
        before = broken.read_bytes()

        said = run("draft", report, "-o", broken)

        assert (said.code, broken.read_bytes()) == (2, before)


class DescribeADraftThatExists:
    def it_is_replaced_where_nobody_touched_it(self, folder: Path, tmp_path: Path) -> None:
        report = commune(folder / "a.xlsx", "Xã An")
        run("draft", report, "-o", tmp_path / "a.docx")

        said = run("draft", report, "-o", tmp_path / "a.docx")

        assert said.code == 0

    def but_not_where_it_is_no_report_of_ours(self, folder: Path, tmp_path: Path) -> None:
        report = commune(folder / "a.xlsx", "Xã An")
        Document().save(str(tmp_path / "a.docx"))
        before = (tmp_path / "a.docx").read_bytes()

        said = run("draft", report, "-o", tmp_path / "a.docx")

        assert said.code == 2
        assert (tmp_path / "a.docx").read_bytes() == before

    def it_marks_an_officials_sentence_that_the_data_have_left_behind(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã An")
        consolidate(folder, output)
        _write_sentence(output, "I.2", "Đã hoàn thành năm nhiệm vụ.")
        commune(folder / "a.xlsx", "Xã An", {**SOUND, "1.1.2": 9})
        consolidate(folder, output)

        run("draft", output, "-o", tmp_path / "b.docx")

        text = "\n".join(p.text for p in read_word(tmp_path / "b.docx").paragraphs)
        assert "câu của đơn vị viết khi số liệu còn khác" in text


class DescribeAnotherForm:
    def it_is_merged_without_a_line_of_code(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        form = tmp_path / "bieu-02.json"
        form.write_text(json.dumps(_small_form(), ensure_ascii=False), encoding="utf-8")
        for name, figure in (("a", 3), ("b", 4)):
            values = tmp_path / f"{name}.json"
            values.write_text(json.dumps({"A": figure, "B": 10}), encoding="utf-8")
            run(
                "new", folder / f"{name}.xlsx", "--unit", f"Xã {name.upper()}", "--period",
                "2022-Q1", "--form", form, "--values", values,
            )  # fmt: skip

        said = consolidate(folder, output, "--form", form)

        assert said.code == 0
        assert said.value("A") == 7


def _small_form() -> dict[str, object]:
    def row(code: str) -> dict[str, object]:
        return {
            "code": code, "number": code, "label": f"Số việc loại {code}", "unit": "Việc",
            "kind": "count", "aggregation": "sum",
        }  # fmt: skip

    return {
        "id": "bieu-02", "version": "1", "layout": "indicators", "name": "Biểu 02",
        "title": ['BIỂU "MẪU" CỦA UBND {UNIT}'], "source": "thử", "level": "commune",
        "valid_from": None, "valid_to": None,
        "columns": [
            {"id": "number", "header": "TT"}, {"id": "label", "header": "Nội dung"},
            {"id": "unit", "header": "Đơn vị tính"}, {"id": "value", "header": "Số liệu"},
            {"id": "note", "header": "Ghi chú"},
        ],
        "indicators": [row("A"), row("B")],
        "rules": [
            {"id": "R01", "severity": "error", "expression": "[A] <= [B]", "message": "A > B.",
             "advice": "Đề nghị xem lại."},
        ],
        "ratios": [{"id": "T01", "label": "A trên B", "numerator": "[A]", "denominator": "[B]"}],
    }  # fmt: skip


def _write_sentence(output: Path, sentence: str, text: str) -> None:
    book = load_workbook(output)
    row = next(r for r in book["Báo cáo"].iter_rows(min_row=6) if r[0].value == sentence)
    row[3].value = text
    book.save(output)


def _own_sentences(output: Path) -> list[str]:
    rows = load_workbook(output)["Báo cáo"].iter_rows(min_row=6, values_only=True)
    return [str(row[3]) for row in rows if row[3]]


class DescribeTheLinkToAFile:
    @pytest.mark.parametrize("name", ["-minh tân #2 & co.xlsx", "100%20 a.xlsx", "a b.xlsx"])
    def it_has_no_raw_space_and_leads_to_the_file(
        self, folder: Path, output: Path, name: str
    ) -> None:
        commune(folder / name, "Xã A", SOUND)
        consolidate(folder, output)

        cells = [c for row in sheet_of(output, "Nhật ký").iter_rows() for c in row if c.hyperlink]
        cells += [c for row in sheet_of(output, "Đơn vị").iter_rows() for c in row if c.hyperlink]

        targets = {str(c.hyperlink.target) for c in cells if c.hyperlink and c.hyperlink.target}
        files = {target for target in targets if target.endswith(".xlsx")}
        assert [unquote(target).replace("\\", "/") for target in files] == [f"{folder.name}/{name}"]
        assert not any(" " in target or "#" in target for target in files)
