"""The story of the report in words: what stands in the Word file, and what does not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from docx.text.paragraph import Paragraph

from tests.support.handmade import ALL_FIGURES, report, save
from tests.support.once import once_per_run
from tests.support.parents import (
    SOUND,
    Figures,
    Said,
    commune,
    consolidate,
    drafted_sentences,
    run,
    units_csv,
    write_own_sentence,
)
from tests.support.validator import problems
from tests.support.word_texts import read_word

# The printed rows of Phụ lục 01b that Bút Sơn left blank; headings have no figure of their own.
BLANKS = (
    "1.1.2", "1.2.1", "1.2.2", "1.2.3", "1.3.2", "1.3.3", "1.4.1", "1.4.2", "1.5", "2.1", "2.2",
    "2.4", "2.5", "3.1.1", "3.1.2", "3.2.2", "3.2.5", "3.2.6", "3.3.1.b", "3.3.2.b", "3.3.3",
    "3.3.4", "3.4.1", "3.4.3", "3.5", "4.1.1", "4.1.4", "5.3", "5.4", "5.5", "7.2.2", "7.2.2.b",
)  # fmt: skip
CLOSING = "Trên đây là báo cáo"
ROWS_OF_THE_FORM = 81


def text_of(document: WordDocument) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def sentence_with(document: WordDocument, words: str) -> str:
    """Return the one paragraph of the body that holds `words`."""
    found = [p.text for p in document.paragraphs if words in p.text]
    assert len(found) == 1, found
    return found[0]


def gaps_of(document: WordDocument) -> list[str]:
    return [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.style is not None and run.style.name == "Gap"
    ]


def drafted(folder: Path, figures: Figures, unit: str = "Thị trấn Bút Sơn") -> WordDocument:
    file = commune(folder / "don-vi" / "xa.xlsx", unit, figures)
    said = run("draft", file, "-o", folder / "bao-cao.docx")
    assert said.code == 0, said.err
    return read_word(folder / "bao-cao.docx")


@pytest.fixture
def but_son(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make() -> Path:
        folder = tmp_path_factory.mktemp("but-son")
        drafted(folder, dict(ALL_FIGURES))
        return folder / "bao-cao.docx"

    return once_per_run(tmp_path_factory, "but-son-draft", make)


@pytest.fixture
def document(but_son: Path) -> WordDocument:
    return read_word(but_son)


class DescribeTheDraftOfButSon:
    @pytest.mark.parametrize(
        ("words", "figures"),
        [
            (
                "tổng số hồ sơ tiếp nhận là",
                ("15/12/2021", "14/3/2022", "770 hồ sơ", "590 hồ sơ", "91 hồ sơ", "85 hồ sơ",
                 "04 hồ sơ", "22,98%"),
            ),
            ("Đã giải quyết", ("770 hồ sơ", "751 hồ sơ", "19 hồ sơ", "00 hồ sơ", "100%")),
            ("Tổng số thủ tục hành chính", ("193 thủ tục", "111 thủ tục", "82 thủ tục")),
            ("văn bản chỉ đạo, điều hành", ("12 văn bản", "quý I năm 2022")),
            ("Kế hoạch cải cách hành chính năm 2022", ("28 nhiệm vụ",)),
            ("Cấp trên giao", ("07 nhiệm vụ",)),
            ("có mặt đến ngày", ("33",)),
            ("cán bộ, ", ("10 cán bộ", "23 công chức")),
            ("dịch vụ công trực tuyến mức độ 3", ("08 thủ tục", "31 thủ tục")),
        ],
    )  # fmt: skip
    def it_states_the_figures_where_they_belong(
        self, document: WordDocument, words: str, figures: tuple[str, ...]
    ) -> None:
        matching = [p.text for p in document.paragraphs if words in p.text and "Mục" not in p.text]

        assert any(all(figure in text for figure in figures) for text in matching), matching

    @pytest.mark.parametrize("code", BLANKS)
    def it_marks_what_the_annex_leaves_blank(self, document: WordDocument, code: str) -> None:
        text = text_of(document)

        assert re.search(rf"(?<![\d.]){re.escape(code)}(?!\.?[\da-z])", text)

    def it_marks_gaps_in_red(self, document: WordDocument) -> None:
        colours = {
            run.style.font.color.rgb
            for paragraph in document.paragraphs
            for run in paragraph.runs
            if run.text.startswith("[chưa có số liệu")
        }

        assert colours == {RGBColor(0xB4, 0x23, 0x18)}

    def it_puts_every_gap_mark_in_the_style_of_gaps(self, document: WordDocument) -> None:
        marks = re.findall(r"\[(?:chưa có số liệu|đơn vị bổ sung)[^\]]*\]", text_of(document))

        assert sorted(marks) == sorted(gaps_of(document))

    def it_never_says_that_a_blank_is_none(self, document: WordDocument) -> None:
        text = text_of(document)

        assert not any(
            words in text
            for words in (
                "chưa tiến hành kiểm tra", "không có cán bộ, công chức bị xử lý kỷ luật",
                "không ban hành văn bản quy phạm", "chưa tổ chức đối thoại",
            )
        )  # fmt: skip

    def it_does_not_deny_apologies_that_nobody_reported(self, document: WordDocument) -> None:
        assert "không phát sinh trường hợp phải công khai xin lỗi" not in text_of(document)

    def it_says_how_many_places_are_open(self, tmp_path: Path) -> None:
        file = commune(tmp_path / "don-vi" / "xa.xlsx", "Thị trấn Bút Sơn", dict(ALL_FIGURES))

        said = run("draft", file, "-o", tmp_path / "a.docx")

        assert (said.code, "chỗ cần hoàn thiện" in said.out) == (0, True)

    def it_is_the_same_from_the_report_typed_by_hand(
        self, tmp_path: Path, document: WordDocument
    ) -> None:
        save(tmp_path / "a.xlsx", report())
        run("draft", tmp_path / "a.xlsx", "-o", tmp_path / "a.docx")

        by_hand = read_word(tmp_path / "a.docx")

        assert sentence_with(by_hand, "tổng số hồ sơ tiếp nhận") == sentence_with(
            document, "tổng số hồ sơ tiếp nhận"
        )

    def it_gives_the_same_bytes_again(self, but_son: Path, tmp_path: Path) -> None:
        drafted(tmp_path, dict(ALL_FIGURES))

        assert (tmp_path / "bao-cao.docx").read_bytes() == but_son.read_bytes()


class DescribeThePeriodOfAReport:
    @pytest.mark.parametrize(
        ("period", "name", "following", "window"),
        [
            ("2022-Q1", "quý I năm 2022", "quý II năm 2022", ("15/12/2021", "14/3/2022")),
            ("2023-Q4", "quý IV năm 2023", "quý I năm 2024", ("15/9/2023", "14/12/2023")),
            ("2022-6T", "6 tháng đầu năm 2022", "6 tháng cuối năm 2022", ("14/6/2022",)),
            ("2023-N", "năm 2023", "năm 2024", ("15/12/2022", "14/12/2023")),
        ],
    )
    def it_is_one_in_title_body_and_closing(
        self, tmp_path: Path, period: str, name: str, following: str, window: tuple[str, ...]
    ) -> None:
        figures = {**SOUND, "1.1.3": 5}
        file = commune(tmp_path / "x" / "xa.xlsx", "Xã A", figures, period=period)

        run("draft", file, "-o", tmp_path / "a.docx")

        document = read_word(tmp_path / "a.docx")
        title = next(p.text for p in document.paragraphs if p.text.startswith("Tình hình"))
        body = sentence_with(document, "văn bản chỉ đạo, điều hành")
        closing = sentence_with(document, CLOSING)
        assert all(name in text for text in (title, body, closing))
        assert all(following in text for text in (title, closing))
        assert all(day in text_of(document) for day in window)
        others = set(re.findall(r"quý I+V? năm \d{4}", text_of(document))) - {name, following}
        assert others == set()

    @pytest.mark.parametrize(
        ("period", "words"), [("2022-Q1", "mức độ 3"), ("2023-Q1", "một phần")]
    )
    def it_names_online_services_as_that_year_did(
        self, tmp_path: Path, period: str, words: str
    ) -> None:
        file = commune(tmp_path / "x" / "xa.xlsx", "Xã A", SOUND, period=period)

        run("draft", file, "-o", tmp_path / "a.docx")

        text = text_of(read_word(tmp_path / "a.docx"))
        assert f"trực tuyến {words}" in text


class DescribeWhatDoesNotApply:
    def it_falls_out(self, tmp_path: Path) -> None:
        document = drafted(tmp_path, {**SOUND, "3.4.3": "KAD"})

        assert "thanh toán trực tuyến" not in text_of(document)

    def it_falls_out_of_a_list(self, tmp_path: Path) -> None:
        document = drafted(tmp_path, {**SOUND, "3.2.2": "KAD"})

        assert "liên thông cùng cấp" not in sentence_with(document, "Tổng số thủ tục hành chính")

    def it_is_no_gap(self, tmp_path: Path) -> None:
        document = drafted(tmp_path, {**SOUND, "S.KY_TRUOC": "KAD"})

        assert not any("S.KY_TRUOC" in gap for gap in gaps_of(document))

    def but_a_blank_beside_it_is_still_a_gap(self, tmp_path: Path) -> None:
        document = drafted(tmp_path, {**SOUND, "3.4.1": "KAD", "3.4.2": None})

        assert "3.4.2" in text_of(document)

    def and_a_figure_beside_it_is_still_said(self, tmp_path: Path) -> None:
        document = drafted(tmp_path, {**SOUND, "5.4": "KAD", "5.5": 2})

        assert "02 công chức" in text_of(document)


class DescribeTheDraftOfAParentUnit:
    @pytest.fixture
    def parent(self, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
        def make() -> tuple[Path, Path]:
            folder = tmp_path_factory.mktemp("parent-draft")
            late = {"S.QH_GQ": 3, "S.TRUOC_HAN": 77, "3.5": 1}
            commune(folder / "x" / "a.xlsx", "Xã An Bình", {**SOUND, "S.QH_GQ": 0, "5.2": 1})
            commune(folder / "x" / "b.xlsx", "Xã Bình Hòa", {**SOUND, **late, "5.2": 1})
            commune(folder / "x" / "c.xlsx", "Xã Cẩm Lâm", {**SOUND, "3.1.3": 189, "5.2": 0})
            commune(folder / "x" / "e.xlsx", "Xã Gia Phú", SOUND, period="2022-Q2")
            listed = units_csv(
                folder / "u.csv",
                [f",Xã {n}," for n in ("An Bình", "Bình Hòa", "Cẩm Lâm", "Đông Sơn", "Gia Phú")],
            )
            consolidate(folder / "x", folder / "tong-hop.xlsx", "--units", listed)
            run("draft", folder / "tong-hop.xlsx", "-o", folder / "bao-cao.docx")
            return folder / "tong-hop.xlsx", folder / "bao-cao.docx"

        return once_per_run(tmp_path_factory, "parent-draft", make)

    @pytest.fixture
    def document(self, parent: tuple[Path, Path]) -> WordDocument:
        return read_word(parent[1])

    def it_says_who_is_missing(self, document: WordDocument) -> None:
        assert "Xã Đông Sơn" in sentence_with(document, "Có 3/5 đơn vị")

    def it_does_not_call_missing_who_sent_the_wrong_file(self, document: WordDocument) -> None:
        missing = re.search(
            "chưa gửi(?: báo cáo)?: ([^.;]*)", sentence_with(document, "Có 3/5 đơn vị")
        )

        assert missing is not None
        assert missing.group(1) == "Xã Đông Sơn"

    def it_says_who_has_overdue_dossiers(self, document: WordDocument) -> None:
        text = sentence_with(document, "hồ sơ giải quyết quá hạn tại 1 đơn vị")

        assert ("03 hồ sơ" in text, "Xã Bình Hòa (03)" in text) == (True, True)

    def it_says_who_differs(self, document: WordDocument) -> None:
        text = sentence_with(document, "đề nghị rà soát")

        assert ("193" in text, "Xã Cẩm Lâm (189)" in text) == (True, True)

    def it_says_who_has_not_done_it(self, document: WordDocument) -> None:
        text = sentence_with(document, "kế hoạch tự kiểm tra kỷ luật, kỷ cương hành chính (đạt")

        assert ("2/3" in text, "66,67%" in text, "Xã Cẩm Lâm" in text) == (True, True, True)

    def it_says_on_how_many_units_a_figure_stands(self, document: WordDocument) -> None:
        assert "(số liệu của 3/5 đơn vị)" in sentence_with(document, "Tổng số hồ sơ tiếp nhận")

    def it_never_says_that_nothing_is_overdue(self, document: WordDocument) -> None:
        assert "không có hồ sơ quá hạn" not in text_of(document).lower()

    def it_says_what_the_sheet_says(
        self, parent: tuple[Path, Path], document: WordDocument
    ) -> None:
        written = [p.text for p in document.paragraphs]
        sentences = [s[:1].upper() + s[1:] for s in drafted_sentences(parent[0]).values()]

        assert [s for s in sentences if s not in written] == []

    def it_says_the_officials_sentence_where_there_is_one(
        self, parent: tuple[Path, Path], tmp_path: Path
    ) -> None:
        copy = tmp_path / "copy.xlsx"
        copy.write_bytes(parent[0].read_bytes())
        write_own_sentence(copy, "T-2d", "Câu của huyện về quá hạn.")

        run("draft", copy, "-o", tmp_path / "a.docx")

        assert "Câu của huyện về quá hạn." in text_of(read_word(tmp_path / "a.docx"))

    def it_does_not_call_uniform_what_differs_between_types(self, tmp_path: Path) -> None:
        for letter, kind, amount in (("A", "Xã", 193), ("B", "Xã", 193), ("C", "Phường", 220)):
            figures = {**SOUND, "3.1.3": amount}
            commune(tmp_path / "x" / f"{letter}.xlsx", f"{kind} {letter}", figures)
        consolidate(tmp_path / "x", tmp_path / "o.xlsx")

        said = drafted_sentences(tmp_path / "o.xlsx")["T-4"]

        assert "thống nhất" not in said

    def it_keeps_two_units_of_one_short_name_apart(self, tmp_path: Path) -> None:
        commune(tmp_path / "x" / "1.xlsx", "Xã Lộc", {**SOUND, "1.1.3": 3}, code="01")
        commune(tmp_path / "x" / "2.xlsx", "Phường Lộc", {**SOUND, "1.1.3": 5}, code="02")
        listed = units_csv(tmp_path / "u.csv", ["01,Lộc,Xã", "02,Lộc,Phường"])
        consolidate(tmp_path / "x", tmp_path / "o.xlsx", "--units", listed)

        run("draft", tmp_path / "o.xlsx", "-o", tmp_path / "a.docx")

        document = read_word(tmp_path / "a.docx")
        assert "Đã giải quyết 180 hồ sơ" in sentence_with(document, "trước hạn và đúng hạn")


class DescribeTheWordFile:
    def it_is_a4(self, document: WordDocument) -> None:
        section = document.sections[0]

        assert (section.page_width, section.page_height) == pytest.approx(
            (Mm(210), Mm(297)), abs=Mm(1)
        )

    def it_has_the_margins_of_the_decree(self, document: WordDocument) -> None:
        section = document.sections[0]
        margins = (
            section.top_margin, section.bottom_margin, section.left_margin, section.right_margin,
        )  # fmt: skip

        assert margins == pytest.approx((Mm(20), Mm(20), Mm(30), Mm(15)), abs=Mm(0.1))

    @pytest.mark.parametrize("style", ["Normal", "Body Text", "Heading 1", "Heading 2", "Title"])
    def it_is_set_in_times_new_roman(self, document: WordDocument, style: str) -> None:
        fonts = document.styles[style].element.rPr.rFonts
        names = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}

        assert names == {"Times New Roman"}

    @pytest.mark.parametrize("style", ["Body Text", "Heading 1", "Heading 2"])
    def it_is_set_in_13_or_14_points(self, document: WordDocument, style: str) -> None:
        assert document.styles[style].font.size.pt in (13, 14)

    def it_has_a_page_number_in_the_header(self, document: WordDocument) -> None:
        header = document.sections[0].header
        fields = [node.text for node in header._element.iter(qn("w:instrText"))]

        assert [field.strip() for field in fields if field] == ["PAGE"]

    def but_not_on_the_first_page(self, document: WordDocument) -> None:
        section = document.sections[0]
        fields = list(section.first_page_header._element.iter(qn("w:instrText")))

        assert (section.different_first_page_header_footer, fields) == (True, [])

    def it_has_the_national_title_beside_the_issuing_body(self, document: WordDocument) -> None:
        cells = document.tables[0].rows[0].cells
        left, right = ([p.text for p in cell.paragraphs if p.text] for cell in cells)

        assert (left, right) == (
            ["ỦY BAN NHÂN DÂN", "THỊ TRẤN BÚT SƠN"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        )

    def it_has_number_place_and_date(self, document: WordDocument) -> None:
        number, place = (cell.text for cell in document.tables[0].rows[1].cells)

        assert re.fullmatch(r"Số:\s+/BC-UBND", number)
        assert re.fullmatch(r"Bút Sơn, ngày\s+tháng\s+năm 2022", place)

    def it_has_the_five_parts_of_the_common_outline(self, document: WordDocument) -> None:
        parts = [p.text.split(".")[0] for p in self._styled(document, "Heading 1")]

        assert parts[:5] == ["I", "II", "III", "IV", "V"]

    def it_numbers_the_sections_below_them(self, document: WordDocument) -> None:
        texts = [p.text for p in self._styled(document, "Heading 2")]

        assert [text[:2] for text in texts] == [
            "1.", "2.", "3.", "4.", "5.", "6.", "7.",
            "1.", "2.", "3.", "4.", "5.", "6.",
            "1.", "2.", "3.",
        ]  # fmt: skip

    @staticmethod
    def _styled(document: WordDocument, style: str) -> list[Paragraph]:
        return [p for p in document.paragraphs if p.style is not None and p.style.name == style]

    def it_ends_as_the_decree_wants(self, document: WordDocument) -> None:
        assert sentence_with(document, CLOSING).endswith("./.")

    def it_has_a_signature_block(self, document: WordDocument) -> None:
        left, right = (cell.text for cell in document.tables[1].rows[0].cells)

        assert (left.startswith("Nơi nhận:"), right.split("\n")[0]) == (
            True,
            "TM. ỦY BAN NHÂN DÂN",
        )

    def it_appends_the_form_with_all_rows(self, document: WordDocument) -> None:
        assert len(document.tables[-1].rows) == ROWS_OF_THE_FORM + 1

    def it_repeats_the_header_of_the_appendix(self, document: WordDocument) -> None:
        repeated = [
            place
            for place, row in enumerate(document.tables[-1].rows)
            if row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
        ]

        assert repeated == [0]

    def it_prints_the_figures_in_the_appendix(self, document: WordDocument) -> None:
        figures = {
            tuple(cell.text for cell in row.cells)[:2]: row.cells[3].text
            for row in document.tables[-1].rows
        }

        assert [figures[key] for key in figures if key[0] in ("1.1.1", "3.1.3", "3.3.1")] == [
            "28", "193", "770",
        ]  # fmt: skip

    def it_leaves_blanks_blank_in_the_appendix(self, document: WordDocument) -> None:
        (figure,) = [
            row.cells[3].text for row in document.tables[-1].rows if row.cells[0].text == "1.1.2"
        ]

        assert figure == ""

    def it_is_a_valid_package(self, but_son: Path) -> None:
        assert problems(but_son) == []


class DescribeTheCommand:
    def refused(self, said: Said, output: Path) -> bool:
        return said.code == 2 and not output.exists() and said.err.strip() != ""

    def it_refuses_a_file_without_a_table(self, tmp_path: Path) -> None:
        save(tmp_path / "a.xlsx", [["không có bảng", None, None, None, None]])

        said = run("draft", tmp_path / "a.xlsx", "-o", tmp_path / "a.docx")

        assert self.refused(said, tmp_path / "a.docx")

    def it_refuses_a_file_without_a_period(self, tmp_path: Path) -> None:
        rows = report()
        rows[3][0] = "Biểu mẫu"
        save(tmp_path / "a.xlsx", rows)

        said = run("draft", tmp_path / "a.xlsx", "-o", tmp_path / "a.docx")

        assert self.refused(said, tmp_path / "a.docx")

    def it_refuses_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        said = run("draft", tmp_path / "none.xlsx", "-o", tmp_path / "a.docx")

        assert self.refused(said, tmp_path / "a.docx")

    @pytest.mark.parametrize("outline", ["khong-co", "bao-cao-tong-hop"])
    def it_refuses_an_outline_that_does_not_fit(self, tmp_path: Path, outline: str) -> None:
        file = commune(tmp_path / "x" / "a.xlsx", "Xã A")

        said = run("draft", file, "-o", tmp_path / "a.docx", "--outline", outline)

        assert self.refused(said, tmp_path / "a.docx")

    def it_refuses_to_write_over_the_workbook_it_reads(self, tmp_path: Path) -> None:
        file = commune(tmp_path / "x" / "a.xlsx", "Xã A")
        before = file.read_bytes()

        said = run("draft", file, "-o", file)

        assert (said.code, file.read_bytes()) == (2, before)

    def it_says_nothing_of_a_figure_that_fails_its_kind(self, tmp_path: Path) -> None:
        document = drafted(tmp_path, {**SOUND, "3.3.1": 3.278})

        body = text_of(document).partition(CLOSING)[0]
        assert not re.search(r"3[.,]278|3278", body)

    def it_takes_values_from_a_file_as_json_gives_them(self, tmp_path: Path) -> None:
        values = json.loads(json.dumps({**SOUND, "3.3.1": 6015, "3.3.1.a": 5975}))

        document = drafted(tmp_path, values)

        assert "6.015 hồ sơ" in sentence_with(document, "tổng số hồ sơ tiếp nhận")


class DescribeTheOpenPointsOfAParent:
    @pytest.fixture
    def drafted(self, folder: Path, output: Path, tmp_path: Path) -> WordDocument:
        """The report over a sound unit and a unit with two different files."""
        commune(folder / "a.xlsx", "Xã A", {**SOUND, "1.2.1": 3, "1.2.2": 0, "1.2.3": 0})
        commune(folder / "b1.xlsx", "Xã B", SOUND)
        commune(folder / "b2.xlsx", "Xã B", {**SOUND, "1.1.3": 1})
        consolidate(folder, output)
        said = run("draft", output, "-o", tmp_path / "report.docx")
        assert said.code == 0
        return read_word(tmp_path / "report.docx")

    def it_asks_once_which_of_two_files_counts(self, drafted: WordDocument) -> None:
        assert text_of(drafted).count("chưa tệp nào được tổng hợp") == 1

    def and_it_names_the_unit_once(self, drafted: WordDocument) -> None:
        assert "Xã B: Xã B" not in text_of(drafted)

    def it_names_a_part_without_sections_once(self, drafted: WordDocument) -> None:
        assert "mục IV" not in text_of(drafted)
        assert "Phần IV. PHƯƠNG HƯỚNG" in text_of(drafted)

    def it_says_that_nothing_was_found_in_words(self, drafted: WordDocument) -> None:
        assert "00 vấn đề" not in text_of(drafted)
        assert "không phát hiện vấn đề" in text_of(drafted)
