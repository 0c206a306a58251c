"""Texts that a program could obey - formulas, escapes, paths - stay texts wherever they go."""

from __future__ import annotations

import csv
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from cchc_xl.core.text import printable
from tests.support.libreoffice import recalculated
from tests.support.parents import SOUND, commune, consolidate
from tests.support.validator import problems

EVIL = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("http://x")', "=cmd|'/c calc'!A0",
    "external:x", "http://example.com/", "internal:A1", "\x1b[31mXã", "Xã \x07 B",
    "../../etc/passwd", "CON", "a/b", "Xã ...", "Xã \u202e đảo", "Xã " + "A" * 300,
)  # fmt: skip
FILES = ("=1+1.xlsx", "@a.xlsx", 'a"b#c?.xlsx', "a%20b.xlsx", "external:d.xlsx", "\x1b[2Je.xlsx",
         "'f.xlsx", "g\nh.xlsx")  # fmt: skip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such file names")


def _formulas_and_texts(path: Path) -> tuple[list[str], list[str]]:
    book = load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    return formulas, [str(cell.value) for cell in cells if cell.data_type == "s"]


class DescribeNamesThatLookLikeCommands:
    @pytest.fixture
    def result(self, folder: Path, output: Path) -> Path:
        for name in FILES:
            commune(folder / name, f"Xã {name}", SOUND)
        listed = output.with_name("units.csv")
        with listed.open("w", encoding="utf-8", newline="") as file:
            names = [*EVIL, *(f"Xã {name}" for name in FILES)]
            csv.writer(file).writerows([("code", "name"), *enumerate(names)])
        said = consolidate(folder, output, "--units", listed)
        assert output.exists(), said
        return output

    def it_writes_every_one_of_them_as_text(self, result: Path) -> None:
        formulas, texts = _formulas_and_texts(result)

        assert not [f for f in formulas if "1+1" in f or "cmd|" in f or "http" in f]
        for name in FILES:
            assert any(printable(name) in text for text in texts), name

    def and_microsofts_own_judge_finds_the_workbook_sound(self, result: Path) -> None:
        assert problems(result) == []

    def and_libreoffice_calculates_none_of_them(self, result: Path, tmp_path: Path) -> None:
        (path,) = recalculated([result], tmp_path / "again")

        calculated, written = (
            [row[2] for row in load_workbook(file, data_only=True)["Đơn vị"].values]
            for file in (path, result)
        )
        assert calculated == written
        assert any(str(name).startswith("=1+1") for name in calculated)

    def and_nothing_that_a_terminal_obeys_is_printed(self, folder: Path) -> None:
        for name in FILES:
            commune(folder / name, f"Xã {name}", SOUND)

        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-m", "cchc_xl", "check", *sorted(map(str, folder.iterdir()))],
            capture_output=True, check=False,
        )  # fmt: skip

        assert b"\x1b" not in done.stdout + done.stderr
        assert b"Traceback" not in done.stderr


class DescribeWhatElseLiesInAFolder:
    def it_waits_for_no_pipe_and_follows_no_circle(self, folder: Path, output: Path) -> None:
        commune(folder / "A.xlsx", "Xã A", SOUND)
        os.mkfifo(folder / "pipe.xlsx")
        (folder / "zero.xlsx").symlink_to("/dev/zero")
        (folder / "circle").symlink_to(folder)
        (folder / "round.xlsx").symlink_to(folder / "round.xlsx")
        (folder / "nowhere.xlsx").symlink_to(folder / "missing.xlsx")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(folder / "socket.xlsx"))
            said = consolidate(folder, output).json

        status = {unit["file"]: unit["status"] for unit in said["units"]}
        assert status == {
            "A.xlsx": "accepted",
            "pipe.xlsx": "ignored",
            "zero.xlsx": "ignored",
            "socket.xlsx": "ignored",
            "circle": "unreadable",
            "round.xlsx": "unreadable",
            "nowhere.xlsx": "unreadable",
        }

    def it_names_a_file_whose_name_is_no_utf_8(self, folder: Path, output: Path) -> None:
        commune(folder / "A.xlsx", "Xã A", SOUND)
        (Path(os.fsdecode(os.fsencode(folder) + b"/x\xff.xlsx"))).write_bytes(b"nothing")

        files = [unit["file"] for unit in consolidate(folder, output).json["units"]]

        assert any(name.startswith("x") for name in files if name != "A.xlsx")

    @pytest.mark.skipif(os.name == "nt", reason="paths of Windows are not that long")
    def it_goes_down_any_number_of_folders(self, folder: Path, output: Path) -> None:
        with _deep(folder) as deep:
            commune(deep / "A.xlsx", "Xã A", SOUND)

            (unit,) = consolidate(folder, output).json["units"]

        assert unit["status"] == "accepted"

    def it_names_a_folder_that_cannot_be_opened(
        self, folder: Path, output: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        commune(folder / "A.xlsx", "Xã A", SOUND)
        (folder / "locked").mkdir()
        listing = Path.iterdir

        def refuse(path: Path) -> object:
            if path.name == "locked":
                raise PermissionError
            return listing(path)

        monkeypatch.setattr(Path, "iterdir", refuse)

        units = consolidate(folder, output).json["units"]

        assert {unit["file"] for unit in units} == {"A.xlsx", "locked"}


class DescribeAWordReport:
    def it_holds_texts_that_no_xml_may_hold(self) -> None:
        assert printable("\x00\x1b\ud800\uffff") == "\N{REPLACEMENT CHARACTER}" * 4
        Document().add_paragraph(printable("\x00\x1b\ud800\uffff=1+1"))


@contextmanager
def _deep(folder: Path) -> Iterator[Path]:
    """Folders within folders, gone afterwards: pytest's own clean-up would not get to their end."""
    deep = folder
    deep.mkdir()
    for _ in range(1500):
        deep /= "d"
        deep.mkdir()
    try:
        yield deep
    finally:
        for path in deep.iterdir():
            path.unlink()
        while deep != folder:
            deep.rmdir()
            deep = deep.parent
