"""Writing a result: whole or not at all, its versions kept, what was computed put aside."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from cchc_xl.errors import OutputRefused, why
from cchc_xl.gateways.files import write_file
from cchc_xl.gateways.one_writer import only_writer
from cchc_xl.gateways.versions import bring_back, versions_of

_POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions and links")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A result that stands already."""
    path = tmp_path / "office" / "ket-qua.xlsx"
    write_file(path, b"old")
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    return home


def _versions(path: Path) -> list[bytes]:
    return [version.path.read_bytes() for version in versions_of(path)]


def _refuse(monkeypatch: pytest.MonkeyPatch, path: Path, error: OSError) -> None:
    """Let the system refuse to replace one file, as Windows does while Excel holds it."""
    real = os.replace

    def replace(source: str, target: str) -> None:
        if Path(target) == path:
            raise error
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)


class DescribeAFileThatIsReplaced:
    @_POSIX
    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
    def it_keeps_its_permissions(self, path: Path, mode: int) -> None:
        path.chmod(mode)

        write_file(path, b"new")

        assert path.stat().st_mode & 0o777 == mode

    @_POSIX
    def it_gives_its_version_no_wider_permissions(self, path: Path) -> None:
        path.chmod(0o600)

        write_file(path, b"new")

        assert versions_of(path)[0].path.stat().st_mode & 0o777 == 0o600

    @_POSIX
    def it_is_written_through_a_link(self, path: Path, tmp_path: Path) -> None:
        link = tmp_path / "link.xlsx"
        link.symlink_to(path)

        write_file(link, b"new")

        assert (link.is_symlink(), path.read_bytes(), _versions(link)) == (True, b"new", [b"old"])

    @_POSIX
    def but_a_link_to_itself_is_refused(self, tmp_path: Path) -> None:
        link = tmp_path / "link.xlsx"
        link.symlink_to(link)

        with pytest.raises(OutputRefused):
            write_file(link, b"new")

        assert link.is_symlink()

    @_POSIX
    def and_so_is_what_is_no_file(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe.xlsx"
        os.mkfifo(pipe)

        with pytest.raises(OutputRefused):
            write_file(pipe, b"new")

    def it_is_left_alone_where_the_content_is_the_same(self, path: Path) -> None:
        before = path.stat()

        write_file(path, b"old")

        assert (path.stat().st_ino, _versions(path)) == (before.st_ino, [])

    def it_keeps_the_last_five_versions(self, path: Path) -> None:
        for number in range(8):
            write_file(path, b"%d" % number)

        assert _versions(path) == [b"6", b"5", b"4", b"3", b"2"]


class DescribeWhatAKilledRunLeft:
    @staticmethod
    def _aged(path: Path, *, seconds: float) -> Path:
        path.write_bytes(b"half")
        moment = time.time() - seconds
        os.utime(path, (moment, moment))
        return path

    def it_is_swept_by_the_next_write_once_it_is_old(self, path: Path) -> None:
        left = self._aged(path.parent / ".cchc-abcd_123.tmp", seconds=4000)

        write_file(path, b"new")

        assert not left.exists()

    def but_not_while_it_may_be_in_use(self, path: Path) -> None:
        left = self._aged(path.parent / ".cchc-abcd_123.tmp", seconds=60)

        write_file(path, b"new")

        assert left.exists()

    @pytest.mark.parametrize("name", [".cchc-so-lieu.tmp", "x.cchc-abcd_123.tmp", ".abcd_123.tmp"])
    def and_never_a_file_of_another_program(self, path: Path, name: str) -> None:
        other = self._aged(path.parent / name, seconds=4000)

        write_file(path, b"new")

        assert other.exists()


class DescribeAFileThatCannotBeReplaced:
    def it_leaves_the_old_one_and_puts_the_result_beside_it(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _refuse(monkeypatch, path, PermissionError(errno.EACCES, "locked"))

        with pytest.raises(OutputRefused) as refused:
            write_file(path, b"new")

        beside = path.parent / "ket-qua.ket-qua-moi.xlsx"
        assert (path.read_bytes(), beside.read_bytes()) == (b"old", b"new")
        assert str(beside) in refused.value.message

    def it_never_overwrites_what_stands_beside(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        foreign = path.parent / "ket-qua.ket-qua-moi.xlsx"
        foreign.write_bytes(b"the official's")
        _refuse(monkeypatch, path, PermissionError(errno.EACCES, "locked"))

        with pytest.raises(OutputRefused):
            write_file(path, b"new")

        second = path.parent / "ket-qua.ket-qua-moi-2.xlsx"
        assert (foreign.read_bytes(), second.read_bytes()) == (b"the official's", b"new")

    def it_puts_the_same_result_aside_once(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _refuse(monkeypatch, path, PermissionError(errno.EACCES, "locked"))

        for _ in range(3):
            with pytest.raises(OutputRefused):
                write_file(path, b"new")

        assert len(list(path.parent.glob("ket-qua*"))) == 2

    @_POSIX
    def it_respects_that_nobody_may_write_it(self, path: Path) -> None:
        path.chmod(0o444)

        with pytest.raises(OutputRefused):
            write_file(path, b"new")

        assert path.read_bytes() == b"old"

    def it_keeps_the_result_at_home_where_the_folder_takes_no_file(
        self, path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = os.open

        def refusing(target: str, *rest: int) -> int:
            if str(target).startswith(str(path.parent)):
                raise OSError(errno.EROFS, "read-only")
            return real(target, *rest)

        monkeypatch.setattr(os, "open", refusing)

        with pytest.raises(OutputRefused) as refused:
            write_file(path, b"new")

        assert (home / "ket-qua.ket-qua-moi.xlsx").read_bytes() == b"new"
        assert str(home) in refused.value.message

    def but_a_wrong_path_puts_nothing_anywhere(self, path: Path, home: Path) -> None:
        with pytest.raises(OutputRefused):
            write_file(path / "in-a-file.xlsx", b"new")

        assert list(home.iterdir()) == []


class DescribeWhyTheSystemRefused:
    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (errno.ENOSPC, "ổ đĩa đã đầy"),
            (errno.EROFS, "ổ đĩa chỉ cho đọc"),
            (errno.EIO, "ổ đĩa báo lỗi khi đọc hoặc ghi"),
            (errno.EACCES, "không có quyền, hoặc tệp đang mở"),
            (errno.ENAMETOOLONG, "tên tệp hoặc đường dẫn quá dài"),
        ],
    )
    def it_is_said_in_plain_words(self, number: int, words: str) -> None:
        assert why(OSError(number, "x")) == words

    def it_names_excel_where_windows_says_that_the_file_is_in_use(self) -> None:
        error = PermissionError(errno.EACCES, "x")
        error.winerror = 32  # type: ignore[attr-defined, unused-ignore]

        assert "Excel" in why(error)

    def it_is_said_of_a_name_that_is_too_long(self, tmp_path: Path) -> None:
        with (
            pytest.raises(OutputRefused, match="quá dài"),
            only_writer(tmp_path / f"{'a' * 300}.xlsx"),
        ):
            pass


class DescribeBringingBack:
    def it_exchanges_the_file_for_the_version_before(self, path: Path) -> None:
        write_file(path, b"new")

        assert bring_back(path)

        assert (path.read_bytes(), _versions(path)) == (b"old", [b"new"])

    def it_brings_the_new_one_forth_again(self, path: Path) -> None:
        write_file(path, b"new")
        bring_back(path)

        bring_back(path)

        assert (path.read_bytes(), _versions(path)) == (b"new", [b"old"])

    def it_loses_no_content_whichever_version_is_wanted(self, path: Path) -> None:
        for number in range(5):
            write_file(path, b"%d" % number)
        before = {path.read_bytes(), *_versions(path)}

        bring_back(path, 3)

        assert path.read_bytes() == b"1"
        assert {path.read_bytes(), *_versions(path)} == before

    def it_brings_back_a_file_that_was_deleted(self, path: Path) -> None:
        write_file(path, b"new")
        path.unlink()

        assert bring_back(path)

        assert path.read_bytes() == b"old"

    def but_not_a_version_that_there_is_not(self, path: Path) -> None:
        write_file(path, b"new")

        assert not bring_back(path, 7)

    def and_not_the_version_of_another_file(self, path: Path) -> None:
        other = path.with_name("ket-qua.b.xlsx")
        for content in (b"1", b"2"):
            write_file(other, content)

        assert versions_of(path) == ()


_HOLDING = """
    import sys
    from pathlib import Path
    from cchc_xl.gateways.one_writer import only_writer
    with only_writer(Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.read()
"""


class DescribeTwoRunsAtOnce:
    @pytest.fixture
    def other(self, path: Path) -> Iterator[subprocess.Popen[bytes]]:
        """Another run that is writing the same result."""
        other = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-c", dedent(_HOLDING), str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        yield other
        other.kill()
        other.communicate()

    def it_refuses_the_second_in_words(self, path: Path, other: subprocess.Popen[bytes]) -> None:
        assert other.poll() is None

        with (
            pytest.raises(OutputRefused, match="đang được một lần chạy khác ghi"),
            only_writer(path),
        ):
            pass

    def it_lets_another_result_in_the_same_folder_be_written(
        self, path: Path, other: subprocess.Popen[bytes]
    ) -> None:
        assert other.poll() is None

        with only_writer(path.with_name("khac.xlsx")):
            pass

    def it_is_free_again_as_soon_as_the_first_is_killed(
        self, path: Path, other: subprocess.Popen[bytes]
    ) -> None:
        other.kill()
        other.wait()

        with only_writer(path):
            pass

    def it_leaves_nothing_where_nothing_was_written(self, tmp_path: Path) -> None:
        with only_writer(tmp_path / "a" / "b" / "c.xlsx"):
            pass

        assert list(tmp_path.iterdir()) == []
