"""The program as an official starts it: in a process of its own, in whatever locale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from tests.support.handmade import report, save

_PLAIN = {"LC_ALL": "C", "LANG": "C"}
_NO_UTF8 = {**_PLAIN, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def _run(
    *words: str | Path, locale: dict[str, str] | None = None, folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    unset = {"PYTHONIOENCODING", "PYTHONUTF8", "PYTHONCOERCECLOCALE", "LC_CTYPE", "LANGUAGE"}
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    done = subprocess.run(  # noqa: S603  # our own program on our own files
        [sys.executable, "-m", "cchc_xl", *map(str, words)],
        env={**inherited, **(locale or _PLAIN)},
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stdout + done.stderr
    return done


class DescribeItsOutput:
    @pytest.mark.parametrize("locale", [_PLAIN, _NO_UTF8], ids=["C", "C without UTF-8 mode"])
    def it_is_utf_8_whatever_the_locale(self, tmp_path: Path, locale: dict[str, str]) -> None:
        path = save(tmp_path / "bao-cao.xlsx", report())

        done = _run("check", path, locale=locale)

        assert "Thị trấn Bút Sơn" in done.stdout.decode("utf-8")

    @pytest.mark.parametrize("locale", [_PLAIN, _NO_UTF8], ids=["C", "C without UTF-8 mode"])
    def it_is_json_whatever_the_locale(self, tmp_path: Path, locale: dict[str, str]) -> None:
        path = save(tmp_path / "bao-cao.xlsx", report())

        done = _run("check", path, "--format", "json", locale=locale)

        assert json.loads(done.stdout.decode("utf-8"))["files"][0]["unit"] == "Thị trấn Bút Sơn"

    @pytest.mark.parametrize("locale", [_PLAIN, _NO_UTF8], ids=["C", "C without UTF-8 mode"])
    def it_complains_in_utf_8_whatever_the_locale(
        self, tmp_path: Path, locale: dict[str, str]
    ) -> None:
        done = _run("new", tmp_path / "a.xls", "--unit", "A", "--period", "2022-Q1", locale=locale)

        assert done.returncode == 2
        assert "Đề nghị" in (done.stdout + done.stderr).decode("utf-8")

    def it_puts_nothing_but_json_on_its_output(self, tmp_path: Path) -> None:
        path = save(tmp_path / "bao-cao.xlsx", report())

        done = _run("check", path, "--format", "json")

        assert set(json.loads(done.stdout)) == {"files", "counts"}
        assert done.stderr == b""

    def it_names_a_file_in_vietnamese_as_it_is_called(self, tmp_path: Path) -> None:
        path = save(tmp_path / "Báo cáo Bút Sơn.xlsx", report())

        done = _run("check", path.name, "--format", "json", folder=tmp_path)

        assert json.loads(done.stdout)["files"][0]["file"].endswith("Báo cáo Bút Sơn.xlsx")


class DescribeItsExitCode:
    def it_is_0_without_errors(self, tmp_path: Path) -> None:
        assert _run("check", save(tmp_path / "a.xlsx", report())).returncode == 0

    def it_is_1_with_errors(self, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report({"3.3.2.a": 595}))

        assert _run("check", path).returncode == 1

    @pytest.mark.parametrize("words", [("check", "khong-co.xlsx"), ("check",), (), ("la",)])
    def it_is_2_where_nothing_can_be_done(self, tmp_path: Path, words: tuple[str, ...]) -> None:
        assert _run(*words, folder=tmp_path).returncode == 2

    @pytest.mark.parametrize("words", [("--help",), ("--version",), ("check", "--help")])
    def it_is_0_for_a_question_about_the_program(self, words: tuple[str, ...]) -> None:
        assert _run(*words).returncode == 0


class DescribeTheInstalledCommand:
    def it_does_the_same_as_the_module(self, tmp_path: Path) -> None:
        command = which("cchc-xl", path=str(Path(sys.executable).parent)) or which("cchc-xl")
        if command is None:
            pytest.skip("the package is not installed in this environment")
        path = save(tmp_path / "a.xlsx", report())

        done = subprocess.run(  # noqa: S603  # our own program on our own file
            [command, "check", str(path), "--format", "json"], capture_output=True, check=False
        )

        assert json.loads(done.stdout) == json.loads(_run("check", path, "--format", "json").stdout)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def done(folder: Path) -> subprocess.CompletedProcess[bytes]:
    """The demonstration, run once in a folder of its own."""
    return _run("demo", "thu", folder=folder)


class DescribeTheDemonstration:
    def it_ends_with_0(self, done: subprocess.CompletedProcess[bytes]) -> None:
        assert done.returncode == 0

    def it_makes_the_workbook_of_but_son(
        self, done: subprocess.CompletedProcess[bytes], folder: Path
    ) -> None:
        assert done.returncode == 0
        assert [path.name for path in (folder / "thu").glob("but-son*.xlsx")] == [
            "but-son-2022-Q1.xlsx"
        ]

    def it_tells_the_four_warnings(self, done: subprocess.CompletedProcess[bytes]) -> None:
        told = done.stdout.decode("utf-8")

        assert all(rule in told for rule in ("R03", "R07", "R34", "R39"))

    def it_makes_a_workbook_that_check_accepts(
        self, done: subprocess.CompletedProcess[bytes], folder: Path
    ) -> None:
        assert done.returncode == 0

        checked = _run("check", folder / "thu" / "but-son-2022-Q1.xlsx", "--format", "json")

        assert json.loads(checked.stdout)["counts"] == {"error": 0, "warning": 4, "info": 0}

    def it_can_be_run_again_over_its_own_files(
        self, done: subprocess.CompletedProcess[bytes], folder: Path
    ) -> None:
        assert done.returncode == 0
        assert _run("demo", "thu", folder=folder).returncode == 0

    def it_says_that_it_cannot_write_through_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "thu").write_bytes(b"x")

        assert _run("demo", "thu", folder=tmp_path).returncode == 2
