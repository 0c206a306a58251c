"""Taking away what install put on a machine, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_xl.errors import CchcError
from cchc_xl.usecases.install import install
from cchc_xl.usecases.installed import NotWindows, Places
from cchc_xl.usecases.uninstall import Settings, uninstall
from tests.support.fake_machine import (
    FIRST,
    OTHERS,
    SECOND,
    SHELL_FOLDERS,
    FakeMachine,
    elsewhere,
    put,
    record_with_one_line,
    standing,
    write,
)


class DescribeUninstalling:
    def it_leaves_the_machine_as_it_was(self, machine: FakeMachine, tmp_path: Path) -> None:
        files, keys = standing(tmp_path), dict(machine.registry)
        install(machine, FIRST, wants_trust=True)

        result = uninstall(machine)

        assert (standing(tmp_path), machine.registry) == (files, keys)
        assert result.settings is Settings.BROUGHT_BACK
        assert not (tmp_path / "lan/Documents/CCHC").exists()

    @pytest.mark.parametrize(
        "settings",
        [
            OTHERS,
            OTHERS + b"\r\n",
            b'"INTERPRETER_WIN","C:\\other\\python.exe"\r\n' + OTHERS,
            b'"ADD_WORKBOOK_TO_PYTHONPATH","True"\n' + OTHERS,
            b"",
        ],
        ids=["no end", "an end", "an interpreter", "the workbook's folder", "empty"],
    )
    def it_brings_the_settings_back_byte_for_byte(
        self, machine: FakeMachine, places: Places, settings: bytes
    ) -> None:
        write(places.settings, settings)
        put(machine)
        put(machine, SECOND, "2.0")
        assert places.settings.read_bytes() != settings

        uninstall(machine)

        assert places.settings.read_bytes() == settings

    def it_keeps_a_line_that_was_added_since(self, machine: FakeMachine, places: Places) -> None:
        put(machine)
        with places.settings.open("ab") as file:
            file.write(b'"SHOW CONSOLE","True"\r\n')

        uninstall(machine)

        assert places.settings.read_bytes() == b'"SHOW CONSOLE","True"\r\n'

    def but_leaves_an_interpreter_that_was_chosen_since(
        self, machine: FakeMachine, places: Places
    ) -> None:
        put(machine)
        places.settings.write_bytes(b'"INTERPRETER_WIN","C:\\mine\\python.exe"\r\n')

        result = uninstall(machine)

        assert result.settings is Settings.CHANGED_SINCE
        assert b"mine" in places.settings.read_bytes()

    def and_takes_its_other_line_away_there(self, machine: FakeMachine, places: Places) -> None:
        put(machine)
        chosen = b'"INTERPRETER_WIN","C:\\mine\\python.exe"\n'
        ours = places.settings.read_bytes().splitlines(keepends=True)[1]
        places.settings.write_bytes(chosen + ours)

        assert uninstall(machine).settings is Settings.CHANGED_SINCE
        assert places.settings.read_bytes() == chosen

    def it_understands_the_record_of_an_install_with_one_line(
        self, machine: FakeMachine, places: Places, tmp_path: Path
    ) -> None:
        before = standing(tmp_path)
        put(machine)
        record_with_one_line(machine, places)

        assert uninstall(machine).settings is Settings.BROUGHT_BACK
        assert standing(tmp_path) == before

    def it_leaves_what_somebody_worked_in(self, machine: FakeMachine, places: Places) -> None:
        put(machine)
        places.master.write_bytes(b"work")
        put(machine, SECOND, "2.0")

        result = uninstall(machine)

        assert result.kept == (places.master,)
        assert {path.name for path in places.folder.iterdir()} == {"cchc-master.xlsm"}

    def it_follows_files_to_where_documents_was(
        self, machine: FakeMachine, places: Places, tmp_path: Path
    ) -> None:
        put(machine)
        machine.registry[SHELL_FOLDERS]["Personal"] = str(tmp_path / "D")

        uninstall(machine)

        assert not places.folder.exists()

    def it_finds_nothing_to_do_without_an_install(
        self, machine: FakeMachine, places: Places, tmp_path: Path
    ) -> None:
        write(places.master, b"work")
        write(places.settings, b'"INTERPRETER_WIN","C:\\mine\\python.exe"\r\n')
        before = standing(tmp_path)

        result = uninstall(machine)

        assert standing(tmp_path) == before
        assert (result.removed, result.kept, result.settings) == ((), (), Settings.NOT_OURS)

    def it_finds_nothing_to_do_the_second_time(self, machine: FakeMachine) -> None:
        put(machine)
        uninstall(machine)

        assert uninstall(machine).removed == ()

    def it_takes_the_addin_even_where_the_record_is_lost(
        self, machine: FakeMachine, places: Places
    ) -> None:
        put(machine)
        places.record.unlink()

        assert uninstall(machine).removed == (places.addin,)

    def but_does_nothing_while_excel_holds_the_addin(
        self, machine: FakeMachine, places: Places, tmp_path: Path
    ) -> None:
        put(machine)
        machine.locked.add(places.addin)
        before = standing(tmp_path)

        with pytest.raises(CchcError, match="đang mở"):
            uninstall(machine)
        assert standing(tmp_path) == before

    def and_says_that_the_registry_refused(self, machine: FakeMachine, places: Places) -> None:
        install(machine, FIRST, wants_trust=True)
        machine.registry_refuses_writing = True

        assert uninstall(machine).registry_refused
        assert not places.addin.exists()


class DescribeAMachineWithoutWindows:
    def it_has_nothing_to_uninstall(self, tmp_path: Path) -> None:
        with pytest.raises(NotWindows):
            uninstall(elsewhere(tmp_path))
