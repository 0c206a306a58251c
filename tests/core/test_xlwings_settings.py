"""xlwings.conf: our one line comes and goes, the lines of other people stay byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.xlwings_settings import (
    INTERPRETER,
    ascii_path,
    expanded,
    line_of,
    setting_line,
    value_of,
    with_line,
    without_line,
)

OURS = setting_line(INTERPRETER, r"C:\Python311\python.exe")
LICENSE = b'"LICENSE_KEY","noncommercial"'
# A path in the code page of Vietnamese Windows: not UTF-8.
FOREIGN = '"PYTHONPATH","D:\\Số liệu"'.encode("cp1258", errors="replace")
FOLDERS = {
    "LOCALAPPDATA": r"C:\Users\Đặng Lan\AppData\Local",
    "USERPROFILE": r"C:\Users\Đặng Lan",
}


class DescribeTheLineOfTheInterpreter:
    def it_is_written_as_xlwings_writes_it(self) -> None:
        assert OURS == b'"INTERPRETER_WIN","C:\\Python311\\python.exe"'

    def it_is_the_whole_file_where_there_was_none(self) -> None:
        assert with_line(b"", INTERPRETER, OURS) == OURS + b"\r\n"

    def it_follows_the_lines_of_other_people(self) -> None:
        others = LICENSE + b"\r\n" + FOREIGN + b"\r\n"

        assert with_line(others, INTERPRETER, OURS) == others + OURS + b"\r\n"

    def it_takes_the_place_of_the_interpreter_before(self) -> None:
        before = LICENSE + b'\n"INTERPRETER_WIN","C:\\other\\python.exe"\n' + FOREIGN + b"\n"

        after = with_line(before, INTERPRETER, OURS)

        assert after == LICENSE + b"\n" + OURS + b"\n" + FOREIGN + b"\n"

    @pytest.mark.parametrize(
        "key", [b'"interpreter_win"', b"INTERPRETER_WIN", b' "Interpreter_Win" ']
    )
    def it_is_known_however_it_is_written(self, key: bytes) -> None:
        """VBA's Input # takes keys without quotes, and xlwings compares in small letters."""
        line = line_of(LICENSE + b"\r\n" + key + b',"D:\\py\\python.exe"\r\n', INTERPRETER)

        assert line is not None
        assert value_of(line) == b"D:\\py\\python.exe"

    def it_is_the_first_of_two_as_for_xlwings(self) -> None:
        content = b'"INTERPRETER_WIN","first"\n"INTERPRETER_WIN","second"\n'

        assert value_of(line_of(content, INTERPRETER) or b"") == b"first"

    def but_a_setting_of_a_longer_name_is_another_one(self) -> None:
        assert line_of(b'"INTERPRETER_WIN_OLD","x"\n', INTERPRETER) is None

    @given(
        st.lists(st.sampled_from([LICENSE, FOREIGN, b"", b"# note", b"odd,line,x"])),
        st.booleans(),
        st.sampled_from([b"\n", b"\r\n"]),
    )
    def it_leaves_the_same_bytes_when_it_is_taken_away(
        self, lines: list[bytes], ended: bool, end: bytes
    ) -> None:
        content = end.join(lines) + (end if ended and lines else b"")

        assert without_line(with_line(content, INTERPRETER, OURS), INTERPRETER) == content

    def but_taking_away_what_is_not_there_changes_nothing(self) -> None:
        assert without_line(LICENSE + b"\n" + FOREIGN, INTERPRETER) == LICENSE + b"\n" + FOREIGN


class DescribeThePathOfTheInterpreter:
    def it_stays_where_its_letters_are_ascii(self) -> None:
        path = r"C:\Program Files\Python311\python.exe"

        assert ascii_path(path, FOLDERS) == path

    def it_goes_through_a_variable_where_the_users_name_has_marks(self) -> None:
        path = r"C:\Users\Đặng Lan\AppData\Local\cchc\Scripts\python.exe"

        assert ascii_path(path, FOLDERS) == r"%LOCALAPPDATA%\cchc\Scripts\python.exe"

    def it_finds_the_folder_whatever_the_case(self) -> None:
        path = r"c:\users\đặng lan\venv\python.exe"

        assert ascii_path(path, FOLDERS) == r"%USERPROFILE%\venv\python.exe"

    @pytest.mark.parametrize(
        "path",
        [r"D:\Số liệu\python.exe", r"C:\Users\Đặng Lan\Số\python.exe", r"C:\Users\Đặng Lanh\p.exe"],
    )
    def but_not_where_no_variable_helps(self, path: str) -> None:
        assert ascii_path(path, FOLDERS) is None

    def it_comes_back_whole(self) -> None:
        assert expanded(r"%localappdata%\x", FOLDERS) == r"C:\Users\Đặng Lan\AppData\Local\x"

    def but_an_unknown_variable_stays(self) -> None:
        assert expanded(r"%NOWHERE%\x", FOLDERS) == r"%NOWHERE%\x"
