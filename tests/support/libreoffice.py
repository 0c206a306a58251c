"""LibreOffice as a second pair of eyes: it recalculates workbooks and prints them.

A workbook that says it is from Excel is *not* recalculated on loading unless the profile says so:
LibreOffice then shows the cached values, and a test of formulas proves nothing. So every call gets
a profile of its own with hard recalculation, and `workbook_parts.spoiled` the means to prove it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

# Where a machine has LibreOffice outside the search path.
SOFFICE_VARIABLE = "CCHC_SOFFICE"
_LONGEST_CALL = 300  # seconds; a call that hangs must not hang the tests
# LibreOffice 7.4 stops without a word after some 240 files in one call.
_MOST_FILES = 100

# 0 means "always": OOXMLRecalcMode of officecfg, Calc/Formula/Load.
_HARD_RECALCULATION = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(files: Sequence[Path], folder: Path, *, calls: int = 1) -> tuple[Path, ...]:
    """Return copies of workbooks in `folder`, every formula calculated anew.

    LibreOffice works on one core, so many files are dealt out to `calls` calls side by side.
    """
    need_soffice()
    calls_in_all = max(calls, -(-len(files) // _MOST_FILES))
    hands = [hand for start in range(calls_in_all) if (hand := files[start::calls_in_all])]
    with ThreadPoolExecutor(max_workers=calls) as pool:
        list(pool.map(lambda hand: _converted(hand, folder, "xlsx"), hands))
    return tuple(folder / f"{file.stem}.xlsx" for file in files)


def printed(files: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Return what comes out of the printer, as PDF files in `folder`; one call for all."""
    return _converted(files, folder, "pdf")


def through_libreoffice(file: Path) -> None:
    """Open a Word file in LibreOffice and save it, in place of what it was."""
    with tempfile.TemporaryDirectory(prefix="cchc-word-") as folder:
        (saved,) = _converted([file], Path(folder), "docx")
        shutil.copyfile(saved, file)


def text_of_pdf(file: Path) -> str:
    """Return the words of a PDF; skips the test where poppler's `pdftotext` is missing."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is missing (apt-get install poppler-utils)")
    return _run([program, "-layout", str(file), "-"])


def need_soffice() -> str:
    """Return the program; skips the test where LibreOffice is missing."""
    program = os.environ.get(SOFFICE_VARIABLE) or shutil.which("soffice")
    if program is None:
        pytest.skip(
            "LibreOffice is missing: no soffice on the search path "
            f"(apt-get install libreoffice-calc, or set {SOFFICE_VARIABLE})"
        )
    return program


def _converted(files: Sequence[Path], folder: Path, ending: str) -> tuple[Path, ...]:
    program = need_soffice()
    made = tuple(folder / f"{file.stem}.{ending}" for file in files)
    # Two calls that share a profile wait for each other or give up.
    with tempfile.TemporaryDirectory(prefix="cchc-soffice-", ignore_cleanup_errors=True) as profile:
        user = Path(profile) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_HARD_RECALCULATION, encoding="utf-8")
        said = _run(
            [
                program,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--convert-to",
                ending,
                "--outdir",
                str(folder),
                *map(str, files),
            ]
        )
    missing = [file.name for file in made if not file.is_file()]
    if missing:
        raise AssertionError(
            f"LibreOffice did not make {missing[0]} and {len(missing) - 1} more files; it ended "
            f"with:\n{said[-500:]}"
        )
    return made


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(  # noqa: S603  # a program of the machine, on files that the test made
        command, capture_output=True, encoding="utf-8", timeout=_LONGEST_CALL, check=False
    )
    if done.returncode != 0:
        raise AssertionError(f"{command[0]} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout
