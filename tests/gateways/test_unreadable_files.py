"""Files that are no workbook, or a harmful one: one plain sentence with advice, never a crash."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_xl.core.submission import Status
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.schemas import shipped_forms
from cchc_xl.gateways.submissions import read_submission
from tests.gateways.reading import figures, look
from tests.support.handmade import (
    ALL_FIGURES,
    hash_of,
    raw_parts,
    replace_cell,
    report,
    rewrite_part,
    save,
    write_parts,
)
from tests.support.hostile import with_strings
from tests.support.other_formats import compound_file, save_docx

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
RELATIONS, BOOK = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def _refused(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_submission(path, shipped_forms())
    return caught.value


class DescribeFilesThatAreNoWorkbook:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("empty.xlsx", b""),
            ("one-byte.xlsx", b"P"),
            ("letters.xlsx", b"PK"),
            ("signature.xlsx", b"PK\x03\x04"),
            ("words.xlsx", "Báo cáo cải cách hành chính".encode()),
            ("page.xlsx", b"<html><table><tr><td>1</td></tr></table></html>"),
            ("commas.csv", "STT,Chỉ tiêu thống kê,Số liệu\n1.1.1,a,28\n".encode()),
            ("commas.xlsx", b"a,b,c\n1,2,3\n"),
            ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)),
            ("paper.pdf", b"%PDF-1.4\n"),
            ("paper.xlsx", b"%PDF-1.4\n"),
            ("old.xls", OLE + bytes(2000)),
            ("locked.xlsx", OLE + bytes(2000)),
            ("locked.xlsm", OLE + bytes(2000)),
            ("zeros.xlsx", bytes(4096)),
            ("archive.rar", b"Rar!\x1a\x07\x00"),
        ],
    )
    def it_refuses_them_with_a_sentence_and_advice(
        self, tmp_path: Path, name: str, content: bytes
    ) -> None:
        path = tmp_path / name
        path.write_bytes(content)

        refused = _refused(path)

        assert refused.message
        assert refused.advice

    def it_says_of_a_missing_file_that_it_is_not_there(self, tmp_path: Path) -> None:
        assert "Không tìm thấy" in _refused(tmp_path / "thieu.xlsx").message

    def it_says_of_a_folder_that_it_is_one(self, tmp_path: Path) -> None:
        assert "thư mục" in _refused(tmp_path).message

    def it_says_of_a_path_through_a_file_that_it_cannot_be_opened(self, tmp_path: Path) -> None:
        (tmp_path / "a.xlsx").write_bytes(b"x")

        assert _refused(tmp_path / "a.xlsx" / "b.xlsx").advice

    @pytest.mark.parametrize("name", ["empty.zip", "empty.xlsx"])
    def it_refuses_an_empty_archive(self, tmp_path: Path, name: str) -> None:
        assert _refused(write_parts(tmp_path / name, {})).advice

    def it_refuses_an_archive_of_other_things(self, tmp_path: Path) -> None:
        assert _refused(write_parts(tmp_path / "a.xlsx", {"bao-cao.txt": "x"})).advice

    @pytest.mark.parametrize(
        ("name", "content", "kind", "way_out"),
        [
            ("a.xlsx", b"", "rỗng", "gửi lại"),
            ("a.pdf", b"%PDF-1.7\n%", "PDF", ".xlsx"),
            ("a.xlsx", b"%PDF-1.7\n%", "PDF", ".xlsx"),
            ("a.rar", b"Rar!\x1a\x07\x00", "nén", "giải nén"),
            ("a.7z", b"7z\xbc\xaf\x27\x1c", "nén", "giải nén"),
            ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "trang web", ".xlsx"),
            ("a.xls", "\ufeff<!DOCTYPE html><p>".encode(), "trang web", ".xlsx"),
            ("a.xls", b'<?xml version="1.0"?><Workbook xmlns="x"/>', "XML", ".xlsx"),
            ("a.doc", b"{\\rtf1\\ansi", "RTF", ".docx"),
            ("a.csv", "STT,Chỉ tiêu\n1,28\n".encode(), "chữ", ".xlsx"),
            ("a.xlsx", "STT;Chỉ tiêu\r\n1;28\r\n".encode(), "chữ", ".xlsx"),
        ],
    )
    def it_names_the_kind_and_the_way_out(
        self, tmp_path: Path, name: str, content: bytes, kind: str, way_out: str
    ) -> None:
        path = tmp_path / name
        path.write_bytes(content)

        refused = _refused(path)

        assert kind in refused.message
        assert way_out in refused.advice

    @pytest.mark.parametrize(
        ("name", "part", "kind"),
        [("a.xlsb", "xl/workbook.bin", "xlsb"), ("a.xlsx", "xl/workbook.bin", "xlsb"),
         ("a.zip", "bao-cao.xlsx", "nén"), ("a.xlsx", "bao-cao.xlsx", "nén")],
    )  # fmt: skip
    def it_names_the_kind_of_a_package(
        self, tmp_path: Path, name: str, part: str, kind: str
    ) -> None:
        assert kind in _refused(write_parts(tmp_path / name, {part: "x"})).message

    def it_names_an_old_word_document(self, tmp_path: Path) -> None:
        assert "Word" in _refused(compound_file(tmp_path / "a.doc", "WordDocument")).message

    def it_reads_a_word_document_under_the_name_of_a_workbook_as_what_it_is(
        self, tmp_path: Path
    ) -> None:
        path = save_docx(tmp_path / "a.docx", (), report(supplement=False))

        assert figures(look(path.rename(tmp_path / "a.xlsx")))["1.1.1"] == 28

    @pytest.mark.parametrize("ending", [".xlsx", ".XLSX", ".xlsm", ".Xlsm"])
    def but_it_reads_a_workbook_under_every_name_of_one(self, tmp_path: Path, ending: str) -> None:
        path = save(tmp_path / f"bao-cao{ending}", report())

        assert figures(look(path)) == ALL_FIGURES


class DescribeBrokenWorkbooks:
    @pytest.mark.parametrize("part", [1, 2, 3, 10, 50, 90, 99])
    def it_refuses_a_file_cut_off(self, tmp_path: Path, part: int) -> None:
        path = save(tmp_path / "a.xlsx", report())
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) * part // 100])

        assert _refused(path).advice

    @pytest.mark.parametrize(
        "name", ["[Content_Types].xml", "_rels/.rels", BOOK, RELATIONS, SHEET, STRINGS]
    )
    def it_never_fails_otherwise_where_a_part_is_missing(self, tmp_path: Path, name: str) -> None:
        path = with_strings(tmp_path / "a.xlsx")
        with zipfile.ZipFile(path) as package:
            parts = {info.filename: package.read(info) for info in package.infolist()}
        del parts[name]

        checked = look(write_parts(path, parts))

        assert checked.status is Status.UNREADABLE or figures(checked) == ALL_FIGURES

    @pytest.mark.parametrize("name", [BOOK, RELATIONS, SHEET, STRINGS, STYLES, "_rels/.rels"])
    @pytest.mark.parametrize(
        "break_it",
        [
            pytest.param(lambda _: "", id="emptied"),
            pytest.param(lambda xml: xml[: len(xml) // 2], id="cut off"),
            pytest.param(lambda xml: xml.replace(">", "", 3), id="without brackets"),
            pytest.param(lambda _: "không phải XML", id="overwritten"),
            pytest.param(
                lambda xml: xml.replace("UTF-8", "x-la").replace("utf-8", "x-la"), id="unknown code"
            ),
        ],
    )
    def it_never_fails_otherwise_where_a_part_is_broken(
        self, tmp_path: Path, name: str, break_it: Callable[[str], str]
    ) -> None:
        path = rewrite_part(with_strings(tmp_path / "a.xlsx"), name, break_it)

        checked = look(path)

        assert checked.status in {Status.UNREADABLE, Status.WRONG_FORM} or (
            figures(checked) == ALL_FIGURES
        )

    @pytest.mark.parametrize(
        "cell",
        [
            '<c r="D44" t="s"><v>99999</v></c>', '<c r="D44" t="s"><v>-1</v></c>',
            '<c r="D44" t="s"><v>x</v></c>', '<c r="D44" t="s"/>', '<c r="D44" t="zz"><v>1</v></c>',
            '<c r="" ><v>1</v></c>', '<c r="44"><v>1</v></c>', '<c r="D"><v>1</v></c>',
            '<c r="D0"><v>1</v></c>', '<c r="#REF!"><v>1</v></c>', '<c r="D-4"><v>1</v></c>',
            '<c r="D44" t="e"><v>ZZZ</v></c>', '<c r="D44" s="x"><v>1</v></c>',
        ],
    )  # fmt: skip
    def it_never_fails_otherwise_on_a_broken_cell(self, tmp_path: Path, cell: str) -> None:
        path = replace_cell(save(tmp_path / "a.xlsx", report()), "D44", cell)

        checked = look(path)

        assert checked.status is not Status.ACCEPTED or figures(checked).get("3.3.1") in {None, 1}

    @pytest.mark.parametrize(
        "merged", ["garbage", "", "A1", "B2:A1", "A0:B2", "A1:XFD1048576", "A1:ZZZZ99"]
    )
    def it_never_fails_otherwise_on_a_broken_merge(self, tmp_path: Path, merged: str) -> None:
        merge = f'</sheetData><mergeCells><mergeCell ref="{merged}"/></mergeCells>'
        path = save(tmp_path / "a.xlsx", report())
        rewrite_part(path, SHEET, lambda xml: xml.replace("</sheetData>", merge))

        checked = look(path)

        assert checked.status is Status.UNREADABLE or figures(checked) == ALL_FIGURES

    @pytest.mark.parametrize(
        "target",
        ["worksheets/khong-co.xml", "../../../../etc/passwd", "", "./worksheets/sheet1.xml",
         "/xl/worksheets/sheet1.xml", "worksheets//sheet1.xml", "../xl/worksheets/sheet1.xml",
         "http://127.0.0.1/sheet1.xml", "styles.xml"],
    )  # fmt: skip
    def it_never_fails_otherwise_wherever_a_sheet_is_said_to_be(
        self, tmp_path: Path, target: str
    ) -> None:
        path = with_strings(tmp_path / "a.xlsx")
        rewrite_part(path, RELATIONS, lambda xml: xml.replace("worksheets/sheet1.xml", target))

        checked = look(path)

        assert checked.status in {Status.UNREADABLE, Status.WRONG_FORM} or (
            figures(checked) == ALL_FIGURES
        )

    def it_refuses_a_file_whose_directory_points_before_its_beginning(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report())
        content = bytearray(path.read_bytes())
        place = content.rindex(b"PK\x05\x06") + 16
        offset = int.from_bytes(content[place : place + 4], "little") + len(content)
        content[place : place + 4] = offset.to_bytes(4, "little")
        path.write_bytes(content)

        assert _refused(path).advice

    def it_refuses_an_entry_with_a_password(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report())
        content = bytearray(path.read_bytes())
        for match in re.finditer(rb"PK\x03\x04|PK\x01\x02", bytes(content)):
            content[match.start() + (6 if match.group().endswith(b"\x04") else 8)] |= 1
        path.write_bytes(content)

        assert "mật khẩu" in _refused(path).message


class DescribeWorkbooksOfOtherPrograms:
    def it_reads_texts_kept_in_a_part_of_their_own(self, tmp_path: Path) -> None:
        assert figures(look(with_strings(tmp_path / "a.xlsx"))) == ALL_FIGURES

    def it_reads_xml_whose_names_carry_a_prefix(self, tmp_path: Path) -> None:
        def prefixed(xml: str) -> str:
            named = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", xml)
            return named.replace(" xmlns=", " xmlns:x=")

        path = with_strings(tmp_path / "a.xlsx")
        for part in (SHEET, STRINGS, STYLES, BOOK):
            rewrite_part(path, part, prefixed)

        assert figures(look(path)) == ALL_FIGURES

    def it_finds_an_error_cell_in_such_xml(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report())
        replace_cell(path, "D44", '<c r="D44" t="e"><v>#REF!</v></c>')
        rewrite_part(
            path,
            SHEET,
            lambda xml: re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", xml).replace(" xmlns=", " xmlns:x="),
        )

        assert [finding.cell for finding in look(path).findings if finding.found == "#REF!"] == [
            "D44"
        ]

    def it_reads_the_strict_form_of_the_standard(self, tmp_path: Path) -> None:
        path = with_strings(tmp_path / "a.xlsx")
        with zipfile.ZipFile(path) as package:
            parts = {info.filename: package.read(info).decode() for info in package.infolist()}
        old, new = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
        strict = {
            name: xml.replace(
                f"{old}/spreadsheetml/2006/main", f"{new}/spreadsheetml/main"
            ).replace(
                f"{old}/officeDocument/2006/relationships", f"{new}/officeDocument/relationships"
            )
            for name, xml in parts.items()
        }

        assert figures(look(write_parts(path, strict))) == ALL_FIGURES

    def it_reads_cells_and_rows_that_do_not_say_where_they_are(self, tmp_path: Path) -> None:
        checked = look(write_parts(tmp_path / "a.xlsx", raw_parts(_plain_rows())))

        assert figures(checked) == {row[0]: int(row[3]) for row in _SOME_ROWS}

    def and_it_finds_an_error_among_them(self, tmp_path: Path) -> None:
        *rows, last = _plain_rows().split("<row>")
        broken = last.replace(_text_cell("1"), '<c t="e"><v>#REF!</v></c>')

        checked = look(write_parts(tmp_path / "a.xlsx", raw_parts("<row>".join([*rows, broken]))))

        assert [finding.cell for finding in checked.findings if finding.found == "#REF!"] == ["D7"]

    @pytest.mark.parametrize(
        "text",
        [
            "Số nhiệm vụ_x000D_\nđề ra trong kế hoạch",
            "Số nhiệm vụ đề ra trong kế hoạch ",
            "Số nhiệm vụ&#10;đề ra trong kế hoạch",
            "S&#7889; nhiệm vụ đề ra trong kế hoạch",
        ],
    )
    def it_reads_texts_escaped_in_any_way(self, tmp_path: Path, text: str) -> None:
        path = with_strings(tmp_path / "a.xlsx")
        rewrite_part(
            path, STRINGS, lambda xml: xml.replace("Số nhiệm vụ đề ra trong kế hoạch", text, 1)
        )

        checked = look(path)

        assert figures(checked) == ALL_FIGURES
        assert not any(finding.found == text for finding in checked.findings)

    def it_reads_a_sheet_in_utf_16_or_says_that_it_cannot(self, tmp_path: Path) -> None:
        path = with_strings(tmp_path / "a.xlsx")
        with zipfile.ZipFile(path) as package:
            parts = {info.filename: package.read(info) for info in package.infolist()}
        parts[SHEET] = parts[SHEET].decode().replace("UTF-8", "UTF-16").encode("utf-16")

        checked = look(write_parts(path, parts))

        assert checked.status in {Status.UNREADABLE, Status.WRONG_FORM} or (
            figures(checked) == ALL_FIGURES
        )


# Enough rows of the form to be known as its table.
_SOME_ROWS = (
    ("1.1.1", "Số nhiệm vụ đề ra trong kế hoạch", "Nhiệm vụ", "28"),
    ("1.1.2", "Số nhiệm vụ đã hoàn thành", "Nhiệm vụ", "20"),
    ("1.1.3", "Số văn bản chỉ đạo CCHC đã ban hành", "Văn bản", "12"),
    ("1.2.1", "Số bộ phận, công chức chuyên môn cấp xã đã kiểm tra", "Bộ phận", "3"),
    ("1.2.2", "Số vấn đề phát hiện qua kiểm tra", "Vấn đề", "2"),
    ("1.2.3", "Số vấn đề phát hiện đã xử lý xong", "Vấn đề", "1"),
)


def _plain_rows() -> str:
    """The XML of a short table whose rows and cells carry no address."""
    header = ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu")
    return "".join(
        f"<row>{''.join(map(_text_cell, cells))}</row>" for cells in (header, *_SOME_ROWS)
    )


def _text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


class DescribeHarmfulWorkbooks:
    _BOMB = (
        '<!DOCTYPE a [<!ENTITY b "cccccccccc">'
        + "".join(f'<!ENTITY b{n} "{"&b" + str(n - 1) + ";" if n else "&b;"}">' for n in range(9))
        + "]>"
    )

    @pytest.mark.parametrize("part", [SHEET, STYLES, BOOK, RELATIONS, "_rels/.rels"])
    @pytest.mark.parametrize(
        "document_type",
        [
            pytest.param("<!DOCTYPE a>", id="bare"),
            pytest.param(_BOMB, id="bomb"),
            pytest.param('<!DOCTYPE a SYSTEM "file:///etc/passwd">', id="external"),
            pytest.param('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', id="entity"),
        ],
    )
    def it_refuses_a_part_with_a_document_type(
        self, tmp_path: Path, part: str, document_type: str
    ) -> None:
        def declare(xml: str) -> str:
            start, mark, rest = xml.rpartition("?>")
            return f"{start}{mark}{document_type}{rest}"

        assert _refused(rewrite_part(with_strings(tmp_path / "a.xlsx"), part, declare)).advice

    @pytest.mark.parametrize("part", [SHEET, STRINGS])
    def it_never_unfolds_an_entity(self, tmp_path: Path, part: str) -> None:
        def declare(xml: str) -> str:
            start, mark, rest = xml.partition("?>")
            used = rest.replace("<v>770</v>", "<v>&b8;</v>").replace("Nhiệm vụ", "&b8;")
            return f"{start}{mark}{self._BOMB}{used}"

        path = rewrite_part(with_strings(tmp_path / "a.xlsx"), part, declare)

        assert _refused(path).advice

    def it_refuses_a_part_that_unpacks_beyond_all_measure(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report())
        rewrite_part(path, SHEET, lambda xml: xml + " " * (80 * 1024 * 1024))

        assert "lớn" in _refused(path).message

    def it_refuses_one_that_lies_about_its_size(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report())
        rewrite_part(path, SHEET, lambda xml: xml + " " * (80 * 1024 * 1024))
        size = len(zipfile.ZipFile(path).read(SHEET)).to_bytes(4, "little")
        path.write_bytes(path.read_bytes().replace(size, (9999).to_bytes(4, "little")))

        assert _refused(path).advice

    def it_leaves_the_file_alone(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report())
        before = hash_of(path)

        look(path)

        assert hash_of(path) == before


# What is run in a process of its own, with little memory: calamine does not fail, it aborts.
_CHECK = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from cchc_xl.cli import main
sys.exit(main(["check", sys.argv[1], "--format", "json"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit of memory")
class DescribeCellsFarAway:
    @pytest.mark.parametrize(
        "row",
        [
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            '<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
            '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
            '<row r="1048576"><c r="U1048576"><v>1</v></c></row>',
            '<row><c r="A99999999"><v>1</v></c></row>',
            '<row><c r="A4294967295"><v>1</v></c></row>',
            '<row><c r="ZZZZZZ9"><v>1</v></c></row>',
            '<row r="99999999"><c><v>1</v></c></row>',
            '<row r="4294967295"><c><v>1</v></c></row>',
        ],
    )
    def it_survives_them(self, tmp_path: Path, row: str) -> None:
        path = save(tmp_path / "a.xlsx", report())
        rewrite_part(path, SHEET, lambda xml: xml.replace("</sheetData>", f"{row}</sheetData>"))

        answer = _checked_apart(path)

        assert answer["files"][0]["status"] in {"unreadable", "accepted"}

    def it_refuses_the_last_cell_of_a_sheet(self, tmp_path: Path) -> None:
        row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        path = save(tmp_path / "a.xlsx", report())
        rewrite_part(path, SHEET, lambda xml: xml.replace("</sheetData>", f"{row}</sheetData>"))

        assert _checked_apart(path)["error"]["advice"]

    def it_survives_a_sheet_whose_name_differs_only_in_case(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report())
        with zipfile.ZipFile(path) as package:
            parts = {info.filename: package.read(info) for info in package.infolist()}
        far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        parts["xl/worksheets/Sheet1.xml"] = (
            parts[SHEET].decode().replace("</sheetData>", far).encode()
        )

        answer = _checked_apart(write_parts(path, parts))

        assert answer["files"][0]["status"] in {"unreadable", "accepted"}

    def it_is_not_fooled_by_what_a_sheet_says_of_its_size(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report())
        rewrite_part(
            path,
            SHEET,
            lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', xml),
        )

        assert _checked_apart(path)["files"][0]["status"] == "accepted"


def _checked_apart(path: Path) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603  # our own program on our own file
        [sys.executable, "-c", _CHECK, str(path)], capture_output=True, check=False
    )
    assert done.returncode in {0, 1, 2}
    assert b"Traceback" not in done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.decode("utf-8"))
    return answer


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
class DescribeAPipe:
    def it_is_refused_without_waiting_for_a_writer(self, tmp_path: Path) -> None:
        path = tmp_path / "ong.xlsx"
        os.mkfifo(path)

        assert "không phải tệp" in _refused(path).message
