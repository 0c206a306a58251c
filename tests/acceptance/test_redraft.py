"""Drafting again over what an official has edited: no edit is lost, no figure silently changed.

Each story is told of a Word file edited in place, and again of one that LibreOffice has opened and
saved: it drops the tags of content controls and renames styles and parts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from openpyxl import load_workbook

from cchc_xl.usecases.figure_check import claims_of_report
from tests.support.libreoffice import through_libreoffice
from tests.support.parents import (
    SOUND,
    Figures,
    Said,
    commune,
    consolidate,
    lines_of,
    run,
    sheet_of,
)
from tests.support.validator import problems
from tests.support.word_texts import body_texts, read_word

BEFORE: Figures = {**SOUND, "1.1.3": 12, "3.3.1": 100}
AFTER: Figures = {**BEFORE, "1.1.3": 15}
# The sentence that speaks of 1.1.3, as drafted, and one that speaks of nothing that changes.
DIRECTED = "văn bản chỉ đạo, điều hành"
PROCEDURES = "Tổng số thủ tục hành chính"
OFFER = "[Bản mới theo số liệu: "


class Office:
    """A unit that drafts its report, edits it, and drafts it again."""

    def __init__(self, folder: Path, *, is_through_libreoffice: bool) -> None:
        self.folder = folder
        self.report = folder / "bao-cao.docx"
        self.is_through_libreoffice = is_through_libreoffice

    def draft(self, figures: Figures) -> Said:
        file = commune(self.folder / "don-vi" / "xa.xlsx", "Xã An Bình", figures)
        said = run("draft", file, "-o", self.report)
        assert said.code == 0, said.err
        return said

    def edit(self, change: Callable[[WordDocument], None]) -> None:
        document = Document(str(self.report))
        change(document)
        document.save(str(self.report))
        if self.is_through_libreoffice:
            through_libreoffice(self.report)

    @property
    def texts(self) -> list[str]:
        return body_texts(self.report)

    def text_with(self, words: str) -> list[str]:
        return [text for text in self.texts if words in text]

    def text_with_changes(self, words: str) -> list[str]:
        """The paragraphs with their tracked insertions, which python-docx passes over."""
        texts = [text_of(paragraph) for paragraph in read_word(self.report).paragraphs]
        return [text for text in texts if words in text]

    @property
    def offers(self) -> list[str]:
        return [text for text in self.texts if text.startswith(OFFER)]


@pytest.fixture(params=["edited in Word", "saved by LibreOffice"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    return Office(tmp_path, is_through_libreoffice=request.param == "saved by LibreOffice")


def text_of(paragraph: Paragraph) -> str:
    return "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))


def paragraph_with(document: WordDocument, words: str) -> Paragraph:
    (found,) = [
        p for p in document.paragraphs if words in text_of(p) and not text_of(p).startswith(OFFER)
    ]
    return found


def replaced(words: str, by: str) -> Callable[[WordDocument], None]:
    """Retype a stretch of words inside one run, as an official does: the rest stays marked."""

    def change(document: WordDocument) -> None:
        for node in document.element.body.iter(qn("w:t")):
            if words in (node.text or ""):
                node.text = node.text.replace(words, by, 1)
                return
        raise AssertionError(words)

    return change


def retyped(words: str, text: str) -> Callable[[WordDocument], None]:
    """Type a whole sentence anew: every mark in it is gone."""

    def change(document: WordDocument) -> None:
        retyped_in(paragraph_with(document, words), text)

    return change


def deleted(words: str) -> Callable[[WordDocument], None]:
    def change(document: WordDocument) -> None:
        paragraph = paragraph_with(document, words)._p
        paragraph.getparent().remove(paragraph)

    return change


def untouched(_: WordDocument) -> None:
    """Open a report and save it."""


def added_behind(words: str, text: str) -> Callable[[WordDocument], None]:
    def change(document: WordDocument) -> None:
        new = document.add_paragraph(text)
        paragraph_with(document, words)._p.addnext(new._p)

    return change


class DescribeADraftThatNobodyEdited:
    def it_follows_the_data(self, tmp_path: Path) -> None:
        office = Office(tmp_path, is_through_libreoffice=False)
        office.draft(BEFORE)

        office.draft(AFTER)

        assert len(office.text_with("15 văn bản chỉ đạo")) == 1
        assert office.text_with("12 văn bản chỉ đạo") == []

    def it_is_the_very_file_that_a_first_draft_would_be(self, tmp_path: Path) -> None:
        office, other = (
            Office(tmp_path / name, is_through_libreoffice=False) for name in ("one", "two")
        )
        office.draft(BEFORE)
        office.draft(AFTER)
        other.draft(AFTER)

        assert office.report.read_bytes() == other.report.read_bytes()


class DescribeASentenceThatWasEdited:
    def it_keeps_its_words_under_the_same_data(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(replaced(DIRECTED, "công văn đôn đốc"))
        before = office.texts

        office.draft(BEFORE)

        assert office.texts == before

    def it_keeps_its_words_where_other_data_changed(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(replaced("Tổng số thủ tục", "Hiện nay tổng số thủ tục"))

        office.draft(AFTER)

        assert len(office.text_with("Hiện nay tổng số thủ tục")) == 1
        assert len(office.text_with("15 văn bản chỉ đạo")) == 1
        assert office.offers == []

    def it_keeps_its_words_and_old_figure_where_its_own_data_changed(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(replaced(DIRECTED, "công văn đôn đốc"))

        office.draft(AFTER)

        assert [t for t in office.text_with("12 công văn đôn đốc") if t not in office.offers] != []

    def and_is_offered_its_own_words_with_the_new_figure(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(replaced(DIRECTED, "công văn đôn đốc"))

        said = office.draft(AFTER)

        assert len(office.offers) == 1
        assert "15 công văn đôn đốc" in office.offers[0]
        assert "12 → 15" in said.out

    def it_keeps_a_sentence_that_was_typed_anew(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(retyped(DIRECTED, "Xã đã có 12 văn bản chỉ đạo, điều hành, nhiều hơn mọi năm."))

        office.draft(BEFORE)

        assert len(office.text_with("nhiều hơn mọi năm")) == 1
        assert len(office.text_with("12 văn bản chỉ đạo")) == 1

    def it_stands_beside_the_new_draft_where_both_changed_the_figure(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(replaced("12", "13"))

        said = office.draft(AFTER)

        own = [text for text in office.text_with("13 văn bản") if not text.startswith(OFFER)]
        assert (len(own), len(office.offers)) == (1, 1)
        assert "15 văn bản" in office.offers[0]
        assert "cần chọn" in said.out

    def it_keeps_everything_that_stood_in_the_file_as_a_version(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(replaced("12", "13"))
        before = office.report.read_bytes()

        office.draft(AFTER)

        kept = [path.read_bytes() for path in (office.folder / ".cchc").iterdir()]
        assert before in kept

    def it_lists_what_is_to_be_chosen_on_the_last_page(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(replaced("12", "13"))

        office.draft(AFTER)

        assert len([t for t in office.texts if "đề nghị chọn một bản rồi xóa bản kia" in t]) == 1


class DescribeAChoice:
    def both(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(replaced("12", "13"))
        office.draft(AFTER)

    def it_waits_until_it_is_made(self, office: Office) -> None:
        self.both(office)
        before = office.texts

        said = office.draft(AFTER)

        assert office.texts == before
        assert "cần chọn" in said.out

    def it_follows_the_data_while_it_waits(self, office: Office) -> None:
        self.both(office)

        office.draft({**AFTER, "1.1.3": 17})

        assert len(office.offers) == 1
        assert "17 văn bản" in office.offers[0]
        assert len(office.text_with("13 văn bản chỉ đạo")) == 1

    def it_is_made_by_deleting_the_offer(self, office: Office) -> None:
        self.both(office)
        office.edit(lambda d: _remove(_offer(d)))

        said = office.draft(AFTER)

        assert len(office.text_with("13 văn bản chỉ đạo")) == 1
        assert (office.offers, "cần chọn" in said.out) == ([], False)

    def it_is_made_by_taking_the_offer(self, office: Office) -> None:
        self.both(office)
        office.edit(_take_offer)

        said = office.draft(AFTER)

        assert len(office.text_with("15 văn bản chỉ đạo")) == 1
        assert office.text_with("13 văn bản chỉ đạo") == []
        assert (office.offers, "cần chọn" in said.out) == ([], False)

    def and_the_sentence_taken_follows_the_data_again(self, office: Office) -> None:
        self.both(office)
        office.edit(_take_offer)
        office.draft(AFTER)

        office.draft({**AFTER, "1.1.3": 18})

        assert len(office.text_with("18 văn bản chỉ đạo")) == 1
        assert office.text_with("15 văn bản chỉ đạo") == []

    def but_the_sentence_kept_is_asked_about_again_once_the_data_change(
        self, office: Office
    ) -> None:
        self.both(office)
        office.edit(lambda d: _remove(_offer(d)))
        office.draft(AFTER)

        office.draft({**AFTER, "1.1.3": 18})

        assert len(office.offers) == 1


def _offer(document: WordDocument) -> Paragraph:
    (offer,) = [p for p in document.paragraphs if text_of(p).startswith(OFFER)]
    return offer


def _remove(paragraph: Paragraph) -> None:
    paragraph._p.getparent().remove(paragraph._p)


def _take_offer(document: WordDocument) -> None:
    _remove(paragraph_with(document, "13 văn bản chỉ đạo"))
    offer = _offer(document)
    text = text_of(offer).removeprefix(OFFER).removesuffix("]")
    for run_ in list(offer.runs)[1:]:
        run_._r.getparent().remove(run_._r)
    offer.runs[0].text = text
    offer.runs[0].style = None


class DescribeASentenceThatWasDeleted:
    def it_stays_deleted(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(deleted(DIRECTED))

        office.draft(BEFORE)
        office.draft(BEFORE)

        assert office.text_with("12 văn bản chỉ đạo") == []

    def but_is_offered_where_its_data_change(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(deleted(DIRECTED))

        office.draft(AFTER)

        assert len(office.offers) == 1
        assert "15 văn bản" in office.offers[0]

    def and_stays_deleted_once_that_offer_is_refused(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(deleted(DIRECTED))
        office.draft(AFTER)
        office.edit(lambda d: _remove(_offer(d)))

        office.draft(AFTER)

        assert office.text_with("15 văn bản") == []


class DescribeWhatWasAddedByHand:
    WORDS = "Ngoài ra, xã đã tổ chức một hội nghị sơ kết."

    @pytest.mark.parametrize("figures", [BEFORE, AFTER], ids=["same data", "other data"])
    def it_stays_in_its_place(self, office: Office, figures: Figures) -> None:
        office.draft(BEFORE)
        office.edit(added_behind(DIRECTED, self.WORDS))

        office.draft(figures)

        place = office.texts.index(self.WORDS)
        assert DIRECTED in office.texts[place - 1]

    def it_is_counted_in_what_the_command_says(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(added_behind(DIRECTED, self.WORDS))

        said = office.draft(AFTER)

        assert "1 đoạn đơn vị viết thêm" in said.out

    def it_stays_in_the_header_the_signature_and_the_list_of_recipients(
        self, office: Office
    ) -> None:
        office.draft(BEFORE)
        office.edit(replaced("Số:      /BC-UBND", "Số: 27/BC-UBND"))
        office.edit(replaced("- Lưu: VT.", "- Lưu: VT, VP."))

        office.draft(AFTER)

        cells = [c.text for t in read_word(office.report).tables[:2] for c in t._cells]
        assert any("Số: 27/BC-UBND" in cell for cell in cells)
        assert any("- Lưu: VT, VP." in cell for cell in cells)

    def it_stays_on_the_page_of_open_points(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(added_behind("Trang này để soát lại", "Đã hỏi chị Lan, chờ trả lời."))

        office.draft(AFTER)

        assert "Đã hỏi chị Lan, chờ trả lời." in office.texts


class DescribeWorkThatNoTextShows:
    def it_keeps_a_comment_on_a_sentence_that_is_renewed(self, office: Office) -> None:
        office.draft(BEFORE)

        def comment(document: WordDocument) -> None:
            runs = paragraph_with(document, DIRECTED).runs
            document.add_comment(runs[:1], text="Đối chiếu sổ văn bản", author="Lan", initials="L")

        office.edit(comment)

        office.draft(AFTER)

        document = Document(str(office.report))
        assert [c.text for c in document.comments] == ["Đối chiếu sổ văn bản"]
        sentence = paragraph_with(document, "15 văn bản chỉ đạo")
        assert len(list(sentence._p.iter(qn("w:commentReference")))) == 1

    def it_keeps_a_change_that_is_tracked(self, tmp_path: Path) -> None:
        office = Office(tmp_path, is_through_libreoffice=False)
        office.draft(BEFORE)

        def track(document: WordDocument) -> None:
            sentence = paragraph_with(document, DIRECTED)._p
            change = OxmlElement("w:ins")
            change.set(qn("w:id"), "900")
            change.set(qn("w:author"), "Lan")
            sentence.append(change)
            change.append(document.add_paragraph().add_run(" Cơ bản kịp thời.")._r)

        office.edit(track)

        office.draft(AFTER)

        (sentence,) = [
            text
            for text in office.text_with_changes("Cơ bản kịp thời.")
            if not text.startswith(OFFER) and "đề nghị chọn" not in text
        ]
        assert "12 văn bản" in sentence
        assert ["15 văn bản" in offer for offer in office.offers] == [True]

    def it_keeps_words_that_were_made_bold_under_the_same_data(self, office: Office) -> None:
        office.draft(BEFORE)

        def embolden(document: WordDocument) -> None:
            paragraph_with(document, PROCEDURES).runs[0].bold = True

        office.edit(embolden)

        office.draft(AFTER)

        run_ = paragraph_with(Document(str(office.report)), PROCEDURES).runs[0]
        assert run_.bold is True

    def it_keeps_words_that_were_made_bold_where_only_a_figure_changes(
        self, tmp_path: Path
    ) -> None:
        office = Office(tmp_path, is_through_libreoffice=False)
        office.draft(BEFORE)

        def embolden(document: WordDocument) -> None:
            paragraph_with(document, DIRECTED).runs[-1].bold = True

        office.edit(embolden)

        office.draft(AFTER)

        sentence = paragraph_with(Document(str(office.report)), "15 văn bản chỉ đạo")
        assert [run_.bold for run_ in sentence.runs if run_.bold] == [True]
        assert sentence.runs[-1].bold is True


class DescribeASentenceThatWasMoved:
    @staticmethod
    def moved(document: WordDocument) -> None:
        sentence = paragraph_with(document, DIRECTED)._p
        paragraph_with(document, PROCEDURES)._p.addnext(sentence)

    def it_stays_where_it_was_put(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(self.moved)

        office.draft(AFTER)

        place = office.texts.index(office.text_with("15 văn bản chỉ đạo")[0])
        assert PROCEDURES in office.texts[place - 1]

    def and_stands_there_once(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(self.moved)

        office.draft(AFTER)

        assert len(office.text_with(DIRECTED)) == 1


class DescribeManyEditsAtOnce:
    """Whatever is done to the paragraphs of a report, what was written stands in it afterwards."""

    @pytest.mark.parametrize("seed", range(12))
    def it_loses_no_word_that_was_written(self, tmp_path: Path, seed: int) -> None:
        office = Office(tmp_path, is_through_libreoffice=False)
        office.draft(BEFORE)
        drafted = set(office.texts)
        edits = Edits(seed)
        for round_ in range(2):
            office.edit(edits.at_random)
            written = [text for text in office.texts if text not in drafted]
            office.draft({**AFTER, "1.1.3": 15 + round_, "3.3.1": 100 + 10 * round_})
            standing = "\n".join(office.texts)
            lost = [t for t in written if t not in standing and not is_ours(t)]
            assert lost == []
            drafted |= set(office.texts) - set(written)

    @pytest.mark.parametrize("seed", range(12))
    def it_comes_to_rest(self, tmp_path: Path, seed: int) -> None:
        office = Office(tmp_path, is_through_libreoffice=False)
        office.draft(BEFORE)
        office.edit(Edits(seed).at_random)
        office.draft(AFTER)
        before = office.texts

        office.draft(AFTER)

        assert office.texts == before


def is_ours(text: str) -> bool:
    """Whether a paragraph is written by the tool and made anew each time."""
    return text.startswith(OFFER) or re.match(r"\d+\. (Phần|Mục|Phụ lục|Báo cáo)", text) is not None


class Edits:
    """Does six things to the drafted sentences of a report, as six people would."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311  # no secret, the same edits each time

    def at_random(self, document: WordDocument) -> None:
        for number in range(6):
            self._one(document, number)

    def _one(self, document: WordDocument, number: int) -> None:
        chance = self.chance
        styles = ("Body Text", "Normal")
        sentences = [
            p
            for p in document.paragraphs
            if len(text_of(p)) > 40 and p.style is not None and p.style.name in styles
        ]
        one, other = chance.sample(sentences, 2)
        match chance.randrange(7):
            case 0:
                _remove(one)
            case 1:
                added = document.add_paragraph(f"Câu thêm số {number}, {chance.random()}")
                one._p.addnext(added._p)
            case 2:
                one._p.addnext(other._p)
            case 3:
                words = text_of(one).split()
                words[chance.randrange(len(words))] = f"sửa{number}"
                retyped_in(one, " ".join(words))
            case 4:
                one.add_run(f" Bổ sung {number}.")
            case 5:  # Enter in the middle of a sentence
                half = document.add_paragraph(style="Body Text")
                runs = one.runs
                one._p.addnext(half._p)
                for run_ in runs[len(runs) // 2 :]:
                    half._p.append(run_._r)
                half.add_run(f" (đoạn {number})")
            case _:  # the mark between two sentences deleted
                for child in list(other._p):
                    if child.tag != qn("w:pPr"):
                        one._p.append(child)
                _remove(other)


def retyped_in(paragraph: Paragraph, text: str) -> None:
    for child in list(paragraph._p):
        if child.tag != qn("w:pPr"):
            paragraph._p.remove(child)
    paragraph.add_run(text)


class DescribeTheTablesOfAnEditedReport:
    def figure(self, office: Office, code: str) -> str:
        rows = read_word(office.report).tables[-1].rows
        (figure,) = [row.cells[3].text for row in rows if row.cells[0].text == code]
        return str(figure)

    def it_follows_the_data(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(replaced(DIRECTED, "công văn đôn đốc"))

        office.draft(AFTER)

        assert self.figure(office, "1.1.3") == "15"

    def it_says_what_was_written_into_it_by_hand(self, office: Office) -> None:
        office.draft(BEFORE)

        def change(document: WordDocument) -> None:
            rows = document.tables[-1].rows
            row = next(row for row in rows if row.cells[0].text == "3.3.1")
            row.cells[3].paragraphs[0].runs[0].text = "101"

        office.edit(change)

        said = office.draft(AFTER)

        assert self.figure(office, "3.3.1") == "100"
        assert "«101»" in said.out
        assert any("«101»" in text for text in office.texts)


class DescribeAReportThatCannotBeMerged:
    def it_is_left_alone_where_it_is_of_another_period(self, tmp_path: Path) -> None:
        office = Office(tmp_path, is_through_libreoffice=False)
        office.draft(BEFORE)
        office.edit(replaced(DIRECTED, "công văn đôn đốc"))
        before = office.report.read_bytes()
        file = commune(tmp_path / "x.xlsx", "Xã An Bình", BEFORE, period="2022-Q2")

        said = run("draft", file, "-o", office.report)

        assert (said.code, office.report.read_bytes()) == (2, before)
        assert "tên tệp khác" in said.err


class DescribeTheMarksInTheFile:
    @pytest.fixture
    def document(self, tmp_path: Path) -> WordDocument:
        office = Office(tmp_path, is_through_libreoffice=False)
        office.draft(BEFORE)
        return Document(str(office.report))

    @staticmethod
    def controls(document: WordDocument) -> Iterator[tuple[str, str, str]]:
        for control in document.element.body.iter(qn("w:sdt")):
            alias, tag = (
                "".join(str(node.get(qn("w:val"))) for node in control.iter(qn(name)))
                for name in ("w:alias", "w:tag")
            )
            text = "".join(node.text or "" for node in control.iter(qn("w:t")))
            yield alias, tag, text

    def it_says_of_a_figure_what_it_is(self, document: WordDocument) -> None:
        (found,) = [entry for entry in self.controls(document) if entry[1] == "cchc:I.1:0:1.1.3"]

        assert found[0].startswith("1.1.3 Số văn bản")
        assert found[2] == "12"

    def it_gives_every_control_a_tag_of_its_own(self, document: WordDocument) -> None:
        tags = [tag for _, tag, _ in self.controls(document)]

        assert len(tags) == len(set(tags)) > 20

    def it_keeps_alias_and_tag_within_what_word_takes(self, document: WordDocument) -> None:
        assert all(len(alias) <= 64 and len(tag) <= 64 for alias, tag, _ in self.controls(document))

    def it_puts_a_bookmark_around_the_sentence(self, document: WordDocument) -> None:
        (start,) = [
            node
            for node in document.element.body.iter(qn("w:bookmarkStart"))
            if node.get(qn("w:name")) == "cchc_I_1"
        ]

        assert DIRECTED in text_of(Paragraph(start.getparent(), document))

    def it_is_a_valid_package_after_merging_too(self, tmp_path: Path) -> None:
        office = Office(tmp_path, is_through_libreoffice=False)
        office.draft(BEFORE)
        office.edit(replaced("12", "13"))
        office.draft(AFTER)

        assert problems(office.report) == []

    def it_is_put_back_once_an_editor_has_dropped_it(self, tmp_path: Path) -> None:
        office = Office(tmp_path, is_through_libreoffice=True)
        office.draft(BEFORE)
        office.edit(replaced("Tổng số thủ tục", "Hiện nay tổng số thủ tục"))

        office.draft(BEFORE)

        tags = [tag for _, tag, _ in self.controls(Document(str(office.report)))]
        assert "cchc:I.1:0:1.1.3" in tags
        assert [tag for tag in tags if tag.endswith(":0:3.1.3")] != []


class DescribeAReportWithoutAnyMark:
    """Neither bookmark nor control nor memory: an editor that drops all three."""

    @staticmethod
    def bare(document: WordDocument) -> None:
        body = document.element.body
        for control in list(body.iter(qn("w:sdt"))):
            for child in list(control.find(qn("w:sdtContent"))):
                control.addprevious(child)
            control.getparent().remove(control)
        for name in ("w:bookmarkStart", "w:bookmarkEnd"):
            for mark in list(body.iter(qn(name))):
                mark.getparent().remove(mark)
        for key, relation in list(document.part.rels.items()):
            if relation.reltype.endswith("/customXml"):
                document.part.drop_rel(key)
                document.part.rels.pop(key, None)

    def it_keeps_an_edited_sentence_beside_the_draft(self, tmp_path: Path) -> None:
        office = Office(tmp_path, is_through_libreoffice=False)
        office.draft(BEFORE)
        office.edit(replaced(DIRECTED, "văn bản đôn đốc, điều hành"))
        office.edit(self.bare)
        touch(office.report)

        office.draft(BEFORE)

        own = [t for t in office.text_with("văn bản đôn đốc") if not t.startswith(OFFER)]
        assert (len(own), len(office.offers)) == (1, 1)

    def it_doubles_no_sentence_that_was_not_edited(self, tmp_path: Path) -> None:
        office = Office(tmp_path, is_through_libreoffice=False)
        office.draft(BEFORE)
        before = office.texts
        office.edit(self.bare)
        touch(office.report)

        office.draft(BEFORE)

        assert sorted(office.texts) == sorted(before)


def touch(path: Path) -> None:
    """Date a report as an editor does."""
    document = Document(str(path))
    created = document.core_properties.created
    assert created is not None
    document.core_properties.modified = created.replace(year=2023)
    document.save(str(path))


class Parent:
    """A parent unit that merges its communes into a workbook, edits its sheet, and merges again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workbook = folder / "tong-hop.xlsx"

    def merge(self, directed: int) -> None:
        commune(self.folder / "xa" / "a.xlsx", "Xã An", {**SOUND, "1.1.3": directed})
        said = consolidate(self.folder / "xa", self.workbook)
        assert said.code == 0, said.err

    def edit(self, sentence: str, column: str, text: str | None) -> None:
        book = load_workbook(self.workbook)
        for row in book["Báo cáo"].iter_rows(min_row=6):
            if row[0].value == sentence:
                row["ABCDEFGHIJ".index(column)].value = text
        book.save(self.workbook)

    @property
    def rows(self) -> list[dict[str, str]]:
        lines = lines_of(sheet_of(self.workbook, "Báo cáo"))
        return [{key: str(cell or "") for key, cell in line.items()} for line in lines]

    def row(self, sentence: str) -> dict[str, str]:
        (found,) = [row for row in self.rows if row["Mã câu"] == sentence]
        return found

    def word(self) -> list[str]:
        said = run("draft", self.workbook, "-o", self.folder / "bao-cao.docx")
        assert said.code == 0, said.err
        return body_texts(self.folder / "bao-cao.docx")


@pytest.fixture
def parent(tmp_path: Path) -> Parent:
    made = Parent(tmp_path)
    made.merge(12)
    return made


class DescribeTheSheetOfSentences:
    OWN = "Các xã đã ban hành 12 văn bản, tăng so với cùng kỳ."

    def it_says_which_sentences_follow_other_data(self, parent: Parent) -> None:
        parent.merge(15)

        assert parent.row("I.1")["Trạng thái"] == "đã cập nhật"
        assert parent.row("I.2")["Trạng thái"] == "theo số liệu"

    def it_gives_the_same_bytes_again_after_that(self, parent: Parent) -> None:
        parent.merge(15)
        before = parent.workbook.read_bytes()

        parent.merge(15)

        assert parent.workbook.read_bytes() == before

    def it_keeps_an_own_sentence_under_the_same_data(self, parent: Parent) -> None:
        parent.edit("I.1", "D", self.OWN)

        parent.merge(12)

        row = parent.row("I.1")
        assert (row["Câu của đơn vị"], row["Trạng thái"]) == (self.OWN, "giữ câu của đơn vị")

    def it_says_which_figure_of_an_own_sentence_the_tables_no_longer_give(
        self, parent: Parent
    ) -> None:
        parent.edit("I.1", "D", self.OWN)

        parent.merge(15)

        row = parent.row("I.1")
        assert row["Câu của đơn vị"] == self.OWN
        assert row["Trạng thái"].startswith("số liệu đã đổi (1.1.3: 12 → 15)")

    def it_goes_on_saying_so_until_the_sentence_is_right(self, parent: Parent) -> None:
        parent.edit("I.1", "D", self.OWN)
        parent.merge(15)
        parent.merge(15)
        asked = parent.row("I.1")["Trạng thái"]
        parent.edit("I.1", "D", self.OWN.replace("12", "15"))

        parent.merge(15)

        assert asked.startswith("số liệu đã đổi")
        assert parent.row("I.1")["Trạng thái"] == "giữ câu của đơn vị"

    def it_asks_to_choose_where_the_words_have_nothing_in_common(self, parent: Parent) -> None:
        parent.edit("I.1", "D", "Công tác chỉ đạo được tăng cường.")

        parent.merge(15)

        assert parent.row("I.1")["Trạng thái"].startswith("cần chọn")

    def it_keeps_the_own_sentence_once_that_is_chosen(self, parent: Parent) -> None:
        parent.edit("I.1", "D", "Công tác chỉ đạo được tăng cường.")
        parent.merge(15)
        parent.edit("I.1", "J", "giữ câu của đơn vị")

        parent.merge(15)
        parent.merge(15)

        row = parent.row("I.1")
        assert row["Câu của đơn vị"] == "Công tác chỉ đạo được tăng cường."
        assert (row["Trạng thái"], row["Chọn"]) == ("giữ câu của đơn vị", "")

    def it_takes_the_new_sentence_once_that_is_chosen(self, parent: Parent) -> None:
        parent.edit("I.1", "D", "Công tác chỉ đạo được tăng cường.")
        parent.merge(15)
        parent.edit("I.1", "J", "lấy câu mới")

        parent.merge(15)

        row = parent.row("I.1")
        assert (row["Câu của đơn vị"], row["Trạng thái"]) == ("", "theo số liệu")

    def it_keeps_what_was_typed_over_a_drafted_sentence(self, parent: Parent) -> None:
        parent.edit("I.1", "C", self.OWN)

        parent.merge(15)

        row = parent.row("I.1")
        assert row["Câu của đơn vị"] == self.OWN
        assert "15 văn bản" in row["Câu soạn từ số liệu"]

    def it_leaves_out_a_sentence_that_was_emptied(self, parent: Parent) -> None:
        parent.edit("I.1", "C", None)

        parent.merge(12)

        assert parent.row("I.1")["Trạng thái"] == "đơn vị bỏ câu này"
        assert [text for text in parent.word() if "văn bản chỉ đạo" in text] == []

    def but_asks_about_it_where_its_data_change(self, parent: Parent) -> None:
        parent.edit("I.1", "C", None)

        parent.merge(15)

        assert parent.row("I.1")["Trạng thái"].startswith("cần chọn")

    def it_keeps_a_row_that_was_added(self, parent: Parent) -> None:
        words = "Huyện đã tổ chức hai hội nghị."
        book = load_workbook(parent.workbook)
        sheet = book["Báo cáo"]
        last = max(row[0].row or 0 for row in sheet.iter_rows(min_row=6) if row[0].value)
        sheet.cell(last + 1, 4).value = words
        book.save(parent.workbook)

        parent.merge(15)
        parent.merge(16)

        assert [row["Câu của đơn vị"] for row in parent.rows][-1] == words
        assert words in parent.word()

    def it_knows_the_figures_of_every_sentence(self, parent: Parent) -> None:
        hidden = json.loads(parent.row("I.1")["Số liệu trong câu"])

        text, ((start, end, source, unit, period, is_gap), *_) = hidden
        assert text[start:end] == "12"
        assert (source, unit, period, is_gap) == ("1.1.3", "Văn bản", "2022-Q1", False)


class DescribeTheSheetAndTheWordFileTogether:
    def it_renews_the_word_file_from_the_sheet(self, parent: Parent) -> None:
        parent.word()
        parent.edit("I.1", "D", "Các xã đã ban hành 12 văn bản, tăng so với cùng kỳ.")

        assert "Các xã đã ban hành 12 văn bản, tăng so với cùng kỳ." in parent.word()

    def it_shows_both_where_both_were_edited(self, parent: Parent) -> None:
        parent.word()
        office = Office(parent.folder, is_through_libreoffice=False)
        office.edit(retyped("văn bản chỉ đạo, điều hành", "Câu sửa trong Word, 12 văn bản."))
        parent.edit("I.1", "D", "Câu sửa trong trang tính, 12 văn bản.")

        texts = parent.word()

        assert "Câu sửa trong Word, 12 văn bản." in texts
        assert [t for t in texts if t.startswith(OFFER) and "trang tính" in t] != []


class DescribeCheckingAReportAgainstItsWorkbook:
    def wrong(self, office: Office) -> list[tuple[str, str, str, bool, bool]]:
        claims = claims_of_report(office.report, office.folder / "don-vi" / "xa.xlsx")
        assert len(claims) > 20
        return [
            (c.source, c.stated, c.actual, c.table_changed, c.text_changed)
            for c in claims
            if not c.is_right
        ]

    def it_finds_nothing_in_a_fresh_draft(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(untouched)

        assert self.wrong(office) == []

    def it_finds_the_figure_that_the_table_has_left_behind(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(replaced(DIRECTED, "công văn đôn đốc"))
        commune(office.folder / "don-vi" / "xa.xlsx", "Xã An Bình", AFTER)

        assert self.wrong(office) == [("1.1.3", "12", "15", True, False)]

    def it_finds_the_figure_that_was_changed_in_the_text(self, office: Office) -> None:
        office.draft(BEFORE)
        office.edit(replaced("12", "21"))

        assert self.wrong(office) == [("1.1.3", "21", "12", False, True)]

    def it_says_where_the_figure_stands(self, tmp_path: Path) -> None:
        office = Office(tmp_path, is_through_libreoffice=False)
        office.draft(BEFORE)
        office.edit(replaced("12", "21"))

        (claim,) = [
            claim
            for claim in claims_of_report(office.report, tmp_path / "don-vi" / "xa.xlsx")
            if not claim.is_right
        ]
        (text,) = office.text_with(DIRECTED)
        assert text[claim.start : claim.end] == "21"
