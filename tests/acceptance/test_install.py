"""Setting Excel up for one user, on a machine that is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_xl.errors import CchcError, OutputRefused
from cchc_xl.usecases.install import Placed, Trust, install
from cchc_xl.usecases.installed import NotWindows, Places, places_of
from cchc_xl.usecases.uninstall import uninstall
from tests.support.fake_machine import (
    FIRST,
    OFFICE,
    OTHERS,
    SECOND,
    SHELL_FOLDERS,
    TRUSTED,
    FakeMachine,
    elsewhere,
    put,
    record_with_one_line,
    standing,
    write,
)


class DescribeTheFirstInstall:
    def it_puts_each_file_where_excel_and_the_user_find_it(
        self, machine: FakeMachine, tmp_path: Path
    ) -> None:
        put(machine)

        home = tmp_path / "lan"
        assert (home / "Documents/CCHC/cchc-master.xlsm").read_bytes() == b"m1"
        assert (home / "Documents/CCHC/cchc-commune.xlsx").read_bytes() == b"c1"
        addin = home / "AppData/Roaming/Microsoft/Excel/XLSTART/cchc.xlam"
        assert addin.read_bytes() == b"a1"

    def it_leaves_nothing_else_where_excel_starts(
        self, machine: FakeMachine, places: Places
    ) -> None:
        """Excel opens whatever stands in XLSTART."""
        put(machine)
        put(machine, SECOND, "2.0")

        assert [path.name for path in places.addin.parent.iterdir()] == ["cchc.xlam"]

    def it_tells_xlwings_the_interpreter_that_runs_it(
        self, machine: FakeMachine, places: Places
    ) -> None:
        put(machine)

        first = places.settings.read_text().splitlines()[0]
        assert first == f'"INTERPRETER_WIN","{machine.python}"'

    def it_keeps_python_files_beside_a_workbook_from_being_run(
        self, machine: FakeMachine, places: Places
    ) -> None:
        """Where nothing is said, xlwings puts the workbook's folder first in the search path."""
        put(machine)

        second = places.settings.read_text().splitlines()[1]
        assert second == '"ADD_WORKBOOK_TO_PYTHONPATH","False"'

    def and_does_so_where_they_had_been_let_in(self, machine: FakeMachine, places: Places) -> None:
        write(places.settings, b'"Add_Workbook_To_PythonPath","True"\r\n')

        put(machine)

        assert b"True" not in places.settings.read_bytes()

    def it_offers_the_trusted_location_and_adds_none(self, machine: FakeMachine) -> None:
        before = dict(machine.registry)

        assert put(machine).trust is Trust.OFFERED
        assert machine.registry == before

    def it_says_when_excel_has_to_be_started_again(self, machine: FakeMachine) -> None:
        machine.excel_open = True

        assert put(machine).excel_is_open

    def it_names_an_interpreter_below_a_name_with_marks_through_a_variable(
        self, machine: FakeMachine, places: Places
    ) -> None:
        home = places.settings.parent.parent / "Đặng"
        machine.environment["LOCALAPPDATA"] = str(home)
        machine.python = home / "venv" / "python.exe"

        put(machine)

        assert places.settings.read_bytes().startswith(b'"INTERPRETER_WIN","%LOCALAPPDATA%')

    def but_not_where_excel_could_not_read_the_path(
        self, machine: FakeMachine, tmp_path: Path
    ) -> None:
        machine.python = tmp_path / "Số liệu" / "python.exe"
        before = standing(tmp_path)

        with pytest.raises(CchcError, match="chữ tiếng Việt"):
            put(machine)
        assert standing(tmp_path) == before

    def but_not_with_the_python_whose_files_excel_does_not_see(self, machine: FakeMachine) -> None:
        machine.python_is_from_store = True

        with pytest.raises(CchcError, match="Microsoft Store"):
            put(machine)

    @pytest.mark.parametrize("variable", ["APPDATA", "USERPROFILE"])
    def but_not_where_windows_does_not_name_the_folders(
        self, machine: FakeMachine, variable: str
    ) -> None:
        del machine.environment[variable]

        with pytest.raises(CchcError, match=variable):
            put(machine)


class DescribeDocuments:
    def it_is_followed_to_where_it_was_moved(self, machine: FakeMachine, tmp_path: Path) -> None:
        machine.registry[SHELL_FOLDERS]["Personal"] = str(tmp_path / "D" / "Tài liệu")

        result = put(machine)

        assert (tmp_path / "D/Tài liệu/CCHC/cchc-master.xlsm").is_file()
        assert (result.in_cloud, result.on_network) == (False, False)

    def it_is_told_that_onedrive_keeps_it(self, machine: FakeMachine, tmp_path: Path) -> None:
        machine.environment["ONEDRIVE"] = str(tmp_path / "lan" / "OneDrive")
        machine.registry[SHELL_FOLDERS]["Personal"] = "%USERPROFILE%/OneDrive/Documents"

        assert put(machine).in_cloud

    def it_is_told_that_it_is_on_the_network(self, machine: FakeMachine, places: Places) -> None:
        machine.remote.add(places.documents)

        assert put(machine).on_network

    def it_is_below_the_user_where_the_registry_says_nothing(
        self, machine: FakeMachine, tmp_path: Path
    ) -> None:
        machine.registry_refuses_reading = True

        assert places_of(machine).documents == tmp_path / "lan" / "Documents"


class DescribeAnotherInstall:
    def it_gives_the_same_again(self, machine: FakeMachine, tmp_path: Path) -> None:
        put(machine)
        before = standing(tmp_path)

        result = put(machine)

        assert standing(tmp_path) == before
        assert {file.how for file in result.files} == {Placed.SAME}

    def it_exchanges_what_nobody_worked_in(self, machine: FakeMachine, places: Places) -> None:
        put(machine)

        result = put(machine, SECOND, "2.0")

        assert {file.how for file in result.files} == {Placed.REPLACED}
        assert places.master.read_bytes() == b"m2"

    def it_keeps_a_master_with_work_in_it_and_puts_the_new_one_beside(
        self, machine: FakeMachine, places: Places
    ) -> None:
        put(machine)
        places.master.write_bytes(b"work")

        master = put(machine, SECOND, "2.0").files[1]

        assert places.master.read_bytes() == b"work"
        assert master.how is Placed.KEPT
        assert master.newer == places.folder / "cchc-master (bản mới 2.0).xlsm"
        assert master.newer.read_bytes() == b"m2"

    def it_keeps_a_master_of_which_it_knows_nothing(
        self, machine: FakeMachine, places: Places
    ) -> None:
        write(places.master, b"work")

        put(machine)

        assert places.master.read_bytes() == b"work"
        assert (places.folder / "cchc-master (bản mới 1.0).xlsm").read_bytes() == b"m1"

    def it_keeps_work_in_the_one_beside_too(self, machine: FakeMachine, places: Places) -> None:
        put(machine)
        places.master.write_bytes(b"work")
        beside = put(machine, SECOND, "2.0").files[1].newer
        assert beside is not None
        beside.write_bytes(b"more work")

        put(machine, {**SECOND, "cchc-master.xlsm": b"m2 again"}, "2.0")

        assert beside.read_bytes() == b"more work"
        again = places.folder / "cchc-master (bản mới 2.0, 2).xlsm"
        assert again.read_bytes() == b"m2 again"

    def it_gives_the_same_again_beside_work(
        self, machine: FakeMachine, places: Places, tmp_path: Path
    ) -> None:
        put(machine)
        places.master.write_bytes(b"work")
        first = put(machine, SECOND, "2.0")
        before = standing(tmp_path)

        second = put(machine, SECOND, "2.0")

        assert standing(tmp_path) == before
        assert second.files[1] == first.files[1]

    def but_puts_no_second_copy_of_the_version_that_they_work_in(
        self, machine: FakeMachine, places: Places
    ) -> None:
        put(machine)
        places.master.write_bytes(b"work")

        master = put(machine).files[1]

        assert (master.how, master.newer) == (Placed.KEPT, None)
        names = {path.name for path in places.folder.iterdir()}
        assert names == {"cchc-master.xlsm", "cchc-commune.xlsx"}

    def it_understands_the_record_of_an_install_with_one_line(
        self, machine: FakeMachine, places: Places, tmp_path: Path
    ) -> None:
        before = standing(tmp_path)
        put(machine)
        record_with_one_line(machine, places)

        assert {file.how for file in put(machine, SECOND, "2.0").files} == {Placed.REPLACED}
        uninstall(machine)
        assert standing(tmp_path) == before

    def it_survives_a_record_that_was_spoilt(self, machine: FakeMachine, places: Places) -> None:
        put(machine)
        places.record.write_bytes(b'{"files": 3')

        assert {file.how for file in put(machine).files} == {Placed.SAME}

    def it_follows_a_python_that_moved(self, machine: FakeMachine, places: Places) -> None:
        write(places.settings, OTHERS)
        put(machine)
        machine.python = Path("/new/python.exe")

        put(machine)
        uninstall(machine)

        assert places.settings.read_bytes() == OTHERS


class DescribeAnInstallThatIsRefused:
    @pytest.mark.parametrize("held", ["addin", "master", "template", "settings"])
    def it_does_nothing_while_a_file_is_open(
        self, machine: FakeMachine, places: Places, tmp_path: Path, held: str
    ) -> None:
        put(machine)
        machine.locked.add(getattr(places, held))
        before = standing(tmp_path)

        with pytest.raises(CchcError) as refused:
            put(machine, SECOND, "2.0")

        assert "đóng hết các cửa sổ Excel" in refused.value.advice
        assert standing(tmp_path) == before

    def it_puts_back_what_it_wrote_before_it_was_stopped(
        self, machine: FakeMachine, places: Places, tmp_path: Path
    ) -> None:
        put(machine)
        places.record.unlink()
        places.record.mkdir()
        before = standing(tmp_path)

        with pytest.raises(OutputRefused):
            put(machine, SECOND, "2.0")

        assert standing(tmp_path) == before


class DescribeTheTrustedLocation:
    def it_is_the_folder_of_the_master_alone(self, machine: FakeMachine, places: Places) -> None:
        result = install(machine, FIRST, wants_trust=True)

        assert result.trust is Trust.ADDED
        location = machine.registry[rf"{OFFICE}\16.0\{TRUSTED}"]
        assert location["Path"] == str(places.folder)
        assert location["AllowSubfolders"] == 0

    def it_is_added_for_every_excel_found(self, machine: FakeMachine) -> None:
        machine.registry[rf"{OFFICE}\15.0\Excel"] = {}
        machine.registry[rf"{OFFICE}\14.0\Word"] = {}

        install(machine, FIRST, wants_trust=True)

        trusted = {key for key in machine.registry if key.endswith(TRUSTED)}
        assert trusted == {rf"{OFFICE}\15.0\{TRUSTED}", rf"{OFFICE}\16.0\{TRUSTED}"}

    def it_is_not_asked_for_again(self, machine: FakeMachine) -> None:
        install(machine, FIRST, wants_trust=True)

        assert put(machine).trust is Trust.PRESENT

    def but_a_registry_that_refuses_stops_nothing_else(
        self, machine: FakeMachine, places: Places
    ) -> None:
        machine.registry_refuses_writing = True

        assert install(machine, FIRST, wants_trust=True).trust is Trust.REFUSED
        assert places.master.is_file()


class DescribeAMachineWithoutWindows:
    def it_installs_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(NotWindows):
            install(elsewhere(tmp_path), FIRST)
