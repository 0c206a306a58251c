"""What `install` and `uninstall` say to people, and how they end."""

from __future__ import annotations

import pytest

from cchc_xl.usecases.installed import Places
from tests.acceptance.conftest import Command
from tests.support.fake_machine import (
    FIRST,
    OFFICE,
    TRUSTED,
    FakeMachine,
    write,
)


class DescribeTheCommands:
    @pytest.fixture(autouse=True)
    def here(self, machine: FakeMachine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cchc_xl.gateways.windows_machine.this_machine", lambda: machine)
        monkeypatch.setattr("cchc_xl.usecases.build.built_workbooks", lambda *_, **__: FIRST)

    def it_says_where_every_file_is_and_what_to_do_next(
        self, cchc: Command, places: Places
    ) -> None:
        answer = cchc("install")

        assert answer.code == 0
        for path in (places.addin, places.master, places.template, places.settings):
            assert str(path) in answer.out
        assert "cchc-xl install --trust" in answer.out
        assert "Kiểm tra máy" in answer.out

    def it_trusts_the_folder_when_asked(self, cchc: Command, machine: FakeMachine) -> None:
        assert cchc("install", "--trust").code == 0
        assert rf"{OFFICE}\16.0\{TRUSTED}" in machine.registry

    def it_ends_1_where_the_trust_was_refused(self, cchc: Command, machine: FakeMachine) -> None:
        machine.registry_refuses_writing = True

        answer = cchc("install", "--trust")

        assert answer.code == 1
        assert "Trust Center" in answer.out

    def it_ends_2_while_excel_holds_the_addin(
        self, cchc: Command, machine: FakeMachine, places: Places
    ) -> None:
        machine.locked.add(places.addin)

        answer = cchc("install")

        assert (answer.code, answer.out) == (2, "")
        assert "đóng hết các cửa sổ Excel" in answer.err

    def it_names_the_file_that_it_kept_and_the_new_one(self, cchc: Command, places: Places) -> None:
        write(places.master, b"work")

        answer = cchc("install")

        assert f"Giữ nguyên {places.master}" in answer.out
        assert "bản mới" in answer.out

    def it_says_what_it_took_away(self, cchc: Command, places: Places) -> None:
        cchc("install")

        answer = cchc("uninstall")

        assert answer.code == 0
        assert f"Đã xóa {places.addin}." in answer.out

    def it_says_that_there_was_nothing_to_take_away(self, cchc: Command) -> None:
        answer = cchc("uninstall")

        assert answer.code == 0
        assert "không có gì để gỡ" in answer.out

    @pytest.mark.parametrize("command", ["install", "uninstall"])
    def it_ends_2_without_windows_with_what_does_work(
        self, cchc: Command, machine: FakeMachine, command: str
    ) -> None:
        machine.is_windows, machine.system = False, "Linux 6.1"

        answer = cchc(command)

        assert (answer.code, answer.out) == (2, "")
        assert "Dòng lệnh vẫn dùng được" in answer.err
