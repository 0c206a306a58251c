"""The story of `proofread`: a report in words, what does not hold in it, and where."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import Workbook

from cchc_xl.core.period import parse_period_id
from cchc_xl.usecases.new import new_workbook
from tests.acceptance.conftest import Answer, Command
from tests.support.handmade import hash_of
from tests.support.tables import phu_luc_01b
from tests.support.validator import problems

TITLE = ("BÁO CÁO", "Kết quả cải cách hành chính quý I, phương hướng quý II năm 2022")
CLOSING = "Trên đây là báo cáo quý I, phương hướng quý II/2021 của UBND xã Tân Hải."
RIGHT = (
    *TITLE,
    "I. KẾT QUẢ",
    "UBND xã đã ban hành Kế hoạch số 12/KH-UBND ngày 05/01/2022.",
    "II. PHƯƠNG HƯỚNG QUÝ II/2022",
    "Trên đây là báo cáo quý I, phương hướng quý II năm 2022 của UBND xã Tân Hải.",
)
KEYS = {
    "text", "where", "start", "end", "kind", "numerator", "denominator", "stated", "actual",
    "verdict", "rule", "message",
}  # fmt: skip
FIGURES = {
    "3.3.1": 770, "3.3.1.a": 594, "3.3.1.c": 91, "3.3.1.d": 85, "S.KY_TRUOC": 4,
    "S.DA_GQ": 770, "S.TRUOC_HAN": 751, "S.DUNG_HAN": 19, "S.QH_GQ": 0, "1.1.1": 28,
}  # fmt: skip


def write(path: Path, *lines: str) -> Path:
    """A text file as it stands on a disk, whatever the machine."""
    path.write_bytes("\n".join(lines).encode())
    return path


def word(path: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def wrong(answer: Answer) -> list[dict[str, Any]]:
    return [claim for claim in answer.json["claims"] if claim["verdict"] == "wrong"]


@pytest.fixture
def read(cchc: Command) -> Command:
    """Proofread and answer in JSON."""

    def run(*words: str | Path) -> Answer:
        return cchc("proofread", *words, "--format", "json")

    return run


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    """The workbook of a commune for the first quarter."""
    path = tmp_path / "so-lieu.xlsx"
    period = parse_period_id("2022-Q1")
    assert period is not None
    new_workbook(
        path,
        phu_luc_01b(),
        unit="Xã Tân Hải",
        unit_code="",
        period=period,
        values=dict(FIGURES),
    )
    return path


class DescribeATextFile:
    def it_is_told_what_does_not_hold(self, cchc: Command, tmp_path: Path) -> None:
        answer = cchc("proofread", write(tmp_path / "bao-cao.txt", *TITLE, CLOSING))

        assert answer.code == 1
        assert "«quý II/2021»" in answer.out
        assert "quý II năm 2022" in answer.out
        assert "dòng 3" in answer.out

    def but_a_right_one_ends_with_nought(self, cchc: Command, tmp_path: Path) -> None:
        answer = cchc("proofread", write(tmp_path / "bao-cao.txt", *RIGHT))

        assert answer.code == 0
        assert "Không phát hiện" in answer.out

    def it_names_the_rates_that_stand_alone_in_one_line(
        self, cchc: Command, read: Command, tmp_path: Path
    ) -> None:
        lines = ("100% cán bộ đạt chuẩn.", "Ký số đạt 95%.", "100% văn bản gửi điện tử.")
        text = write(tmp_path / "a.txt", *TITLE, *lines)

        told = [line for line in cchc("proofread", text).out.splitlines() if "PR4" in line]
        claims = [c for c in read(text).json["claims"] if c["rule"] == "PR4"]

        assert len(told) == 1
        assert all(words in told[0] for words in ("dòng 3 (100%)", "dòng 4 (95%)", "dòng 5 (100%)"))
        assert len(claims) == 3

    def it_answers_in_json_with_every_key(self, read: Command, tmp_path: Path) -> None:
        answer = read(write(tmp_path / "bao-cao.txt", *TITLE, CLOSING))

        (claim,) = wrong(answer)
        assert set(claim) == KEYS
        assert (claim["kind"], claim["numerator"], claim["denominator"]) == ("period", None, None)
        assert set(answer.json["counts"]) == {"ok", "truncated", "wrong", "unverifiable"}
        assert answer.json["counts"]["wrong"] == 1

    @pytest.mark.parametrize("ending", ["\n", "\r\n"])
    def it_counts_places_in_the_whole_text_in_nfc(
        self, read: Command, tmp_path: Path, ending: str
    ) -> None:
        whole = ending.join((*TITLE, "", CLOSING))
        path = tmp_path / "bao-cao.txt"
        path.write_bytes(unicodedata.normalize("NFD", whole).encode())

        (claim,) = wrong(read(path))

        assert whole[claim["start"] : claim["end"]] == claim["text"] == "quý II/2021"

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
    def it_is_read_in_the_encodings_of_windows(
        self, read: Command, tmp_path: Path, encoding: str
    ) -> None:
        path = tmp_path / "bao-cao.txt"
        # The code page writes a tone behind its letter.
        words = "\n".join((*TITLE, CLOSING))
        if encoding == "cp1258":
            words = _for_code_page(words)
        path.write_bytes(words.encode(encoding))

        assert [claim["text"] for claim in wrong(read(path))] == ["quý II/2021"]

    def it_is_read_in_tcvn3(self, read: Command, tmp_path: Path) -> None:
        path = tmp_path / "bao-cao.txt"
        path.write_bytes(
            "B¸o c¸o\nKÕt qu¶ c¶i c¸ch hµnh chÝnh quý I n¨m 2022 cña x·\n"
            "Trªn ®©y lµ b¸o c¸o quý I/2021 cña x·.".encode("latin-1")
        )

        assert [claim["text"] for claim in wrong(read(path))] == ["quý I/2021"]


def _for_code_page(words: str) -> str:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    made = ""
    for letter in words:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones))
        made += base + "".join(p for p in parts if p in tones)
    return made


class DescribeAWordFile:
    def it_names_paragraphs_and_cells(self, read: Command, tmp_path: Path) -> None:
        document = Document()
        head = document.add_table(1, 2)
        head.cell(0, 1).text = "Độc lập – Tự do – Hạnh Phúc"
        for line in (*TITLE, CLOSING):
            document.add_paragraph(line)
        path = tmp_path / "bao-cao.docx"
        document.save(str(path))

        places = [claim["where"] for claim in wrong(read(path))]

        assert places == ["bảng 1, dòng 1, cột 2", "đoạn 3"]

    def it_gets_a_copy_with_a_comment_at_the_very_words(
        self, cchc: Command, tmp_path: Path
    ) -> None:
        path = word(tmp_path / "bao-cao.docx", *TITLE, CLOSING)
        before = hash_of(path)
        copy = tmp_path / "da-soat.docx"

        cchc("proofread", path, "-o", copy)

        document = Document(str(copy))
        (comment,) = document.comments
        assert "quý II năm 2022" in comment.text
        assert _commented(copy) == "quý II/2021"
        assert [p.text for p in document.paragraphs] == [*TITLE, CLOSING]
        assert problems(copy) == []
        assert hash_of(path) == before

    def it_is_written_anew_over_an_untouched_copy(self, cchc: Command, tmp_path: Path) -> None:
        path, copy = word(tmp_path / "bao-cao.docx", *TITLE, CLOSING), tmp_path / "da-soat.docx"
        cchc("proofread", path, "-o", copy)

        assert cchc("proofread", path, "-o", copy).code == 1

    @pytest.mark.parametrize("name", ["bao-cao.docx", "cua-nguoi-khac.docx", "da-soat.txt"])
    def but_never_over_the_report_or_a_foreign_file(
        self, cchc: Command, tmp_path: Path, name: str
    ) -> None:
        path = word(tmp_path / "bao-cao.docx", *TITLE, CLOSING)
        word(tmp_path / "cua-nguoi-khac.docx", "Của người khác.")
        before = {file.name: hash_of(file) for file in tmp_path.iterdir()}

        answer = cchc("proofread", path, "-o", tmp_path / name)

        assert answer.code == 2
        assert {file.name: hash_of(file) for file in tmp_path.iterdir()} == before

    def it_leaves_out_what_is_deleted_or_struck_out(self, read: Command, tmp_path: Path) -> None:
        document = Document()
        for line in TITLE:
            document.add_paragraph(line)
        run = document.add_paragraph("Họp đầu năm. ").add_run("Họp ngày 31/02/2022.")
        run.font.strike = True
        path = tmp_path / "bao-cao.docx"
        document.save(str(path))

        assert wrong(read(path)) == []


def _commented(path: Path) -> str:
    """The text between the marks of the first comment."""
    with ZipFile(path) as package:
        xml = package.read("word/document.xml").decode()
    between = xml.partition("<w:commentRangeStart")[2].partition("<w:commentRangeEnd")[0]
    return between.partition("<w:t")[2].partition(">")[2].partition("</w:t>")[0]


class DescribeAWorkbook:
    def it_names_sheet_and_cell(self, read: Command, tmp_path: Path) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Lời"
        for row, line in enumerate((*TITLE, CLOSING), start=1):
            sheet.cell(row, 2, line)
        path = tmp_path / "bao-cao.xlsx"
        book.save(path)

        (claim,) = wrong(read(path))

        assert claim["where"] == "trang «Lời», ô B3"
        assert CLOSING[claim["start"] : claim["end"]] == "quý II/2021"


class DescribeAgainstTheTables:
    def it_finds_a_figure_that_is_not_theirs(
        self, read: Command, tmp_path: Path, figures: Path
    ) -> None:
        text = write(tmp_path / "a.txt", *TITLE, "- Tổng số hồ sơ đã tiếp nhận là 771 hồ sơ.")

        (claim,) = wrong(read(text, "--against", figures))

        assert (claim["kind"], claim["text"]) == ("repeat", "771")
        assert (claim["stated"], claim["actual"]) == (771, 770)

    @pytest.mark.parametrize(
        "sentence",
        [
            "Tổng số hồ sơ đã tiếp nhận là 770 hồ sơ.",
            "+ Số hồ sơ tiếp nhận trực tuyến mức độ 3: 91 hồ sơ",
            "Lĩnh vực hộ tịch: tổng số hồ sơ đã tiếp nhận là 120 hồ sơ.",
            "Cùng kỳ quý I/2021, tổng số hồ sơ đã tiếp nhận là 700 hồ sơ.",
            "Số hồ sơ tiếp nhận trực tuyến của các hộ kinh doanh: 12 hồ sơ.",
            "Số nhiệm vụ đề ra trong kế hoạch: 28.",
        ],
    )
    def but_leaves_what_agrees_or_speaks_of_something_else(
        self, read: Command, tmp_path: Path, figures: Path, sentence: str
    ) -> None:
        assert wrong(read(write(tmp_path / "a.txt", *TITLE, sentence), "--against", figures)) == []

    def it_knows_the_sentences_that_were_drafted(
        self, cchc: Command, read: Command, tmp_path: Path, figures: Path
    ) -> None:
        draft = tmp_path / "du-thao.docx"
        cchc("draft", figures, "-o", draft)

        answer = read(draft, "--against", figures)

        assert wrong(answer) == []
        assert answer.json["counts"]["ok"] >= len(FIGURES)

    def and_finds_what_was_changed_in_one(
        self, cchc: Command, read: Command, tmp_path: Path, figures: Path
    ) -> None:
        draft = tmp_path / "du-thao.docx"
        cchc("draft", figures, "-o", draft)
        document = Document(str(draft))
        for paragraph in document.paragraphs:
            for text in paragraph._p.iter(qn("w:t")):
                text.text = (text.text or "").replace("751", "715")
        document.save(str(draft))

        found = [(c["text"], c["actual"]) for c in wrong(read(draft, "--against", figures))]

        assert ("715", 751) in found

    def it_says_where_the_tables_have_nothing(
        self, read: Command, tmp_path: Path, figures: Path
    ) -> None:
        text = write(tmp_path / "a.txt", *TITLE, "Số vấn đề phát hiện qua kiểm tra: 3 vấn đề.")

        claims = read(text, "--against", figures).json["claims"]

        assert [c["verdict"] for c in claims if c["text"] == "3"] == ["unverifiable"]

    def it_does_not_compare_two_periods(self, read: Command, tmp_path: Path, figures: Path) -> None:
        other = ("BÁO CÁO", "Kết quả quý III năm 2022", "Tổng số hồ sơ đã tiếp nhận là 900 hồ sơ.")

        found = wrong(read(write(tmp_path / "a.txt", *other), "--against", figures))

        assert [claim["rule"] for claim in found] == ["PK5"]


class DescribeWhatCannotBeDone:
    def it_is_said_in_one_sentence(self, cchc: Command, tmp_path: Path) -> None:
        (tmp_path / "hong.docx").write_bytes(b"PK\x03\x04 hong")
        (tmp_path / "rong.txt").write_bytes(b"")
        (tmp_path / "la.txt").write_bytes(bytes(range(256)))
        write(tmp_path / "a.txt", *TITLE)

        answers = [
            cchc("proofread", tmp_path / name)
            for name in ("hong.docx", "rong.txt", "la.txt", "khong-co.txt", "khong-co.docx")
        ]
        answers.append(cchc("proofread", tmp_path / "a.txt", "--against", tmp_path / "b.xlsx"))
        answers.append(cchc("proofread", tmp_path / "a.txt", "-o", tmp_path / "b.docx"))

        assert [answer.code for answer in answers] == [2] * 7
        assert all(answer.err.strip() and not answer.out for answer in answers)

    def and_in_json_with_a_code(self, read: Command, tmp_path: Path) -> None:
        answer = read(tmp_path / "khong-co.txt")

        assert answer.code == 2
        assert set(answer.json["error"]) == {"code", "message", "advice"}
