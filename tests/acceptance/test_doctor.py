"""What `doctor` says of a machine: every line where it is well, and where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_xl.gateways.windows_machine import this_machine
from cchc_xl.usecases.doctor import Check, State, XlwingsVersions, examine
from cchc_xl.usecases.install import install
from cchc_xl.usecases.installed import Places
from tests.acceptance.conftest import Command
from tests.support.fake_machine import (
    FIRST,
    OFFICE,
    POLICIES,
    SHELL_FOLDERS,
    FakeMachine,
    elsewhere,
    windows,
)

FITTING = XlwingsVersions(lambda: "0.37.8", lambda _: "0.37.8")
LINES = {
    "system", "python", "cchc_xl", "xlwings", "pywin32", "interpreter", "dll",
    "workbook_folder", "addin", "addin_xlwings", "master", "master_xlwings", "trusted", "documents",
}  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    """A machine on which everything is well."""
    machine = windows(tmp_path)
    for bits in ("32", "64"):
        (machine.python.parent / f"xlwings{bits}-0.37.8.dll").touch()
    install(machine, FIRST, wants_trust=True)
    return machine


def line(machine: FakeMachine, name: str, xlwings: XlwingsVersions = FITTING) -> Check:
    [found] = [check for check in examine(machine, xlwings) if check.id == name]
    return found


class DescribeAMachineThatIsWell:
    def it_is_well_in_every_line(self, machine: FakeMachine) -> None:
        checks = examine(machine, FITTING)

        assert {check.id for check in checks} == LINES
        assert {check.state for check in checks} == {State.OK}

    def it_asks_for_nothing(self, machine: FakeMachine) -> None:
        assert {check.advice for check in examine(machine, FITTING)} == {""}

    def it_is_well_with_an_interpreter_named_through_a_variable(
        self, machine: FakeMachine, places: Places
    ) -> None:
        places.settings.write_text('"INTERPRETER_WIN","%LOCALAPPDATA%/Python311/python.exe"\n')

        assert line(machine, "interpreter").state is State.OK

    def it_is_well_with_the_dll_one_folder_up_as_in_a_virtual_environment(
        self, machine: FakeMachine, places: Places
    ) -> None:
        scripts = machine.python.parent / "Scripts"
        scripts.mkdir()
        (scripts / "python.exe").touch()
        machine.python = scripts / "python.exe"
        places.settings.write_text(f'"INTERPRETER_WIN","{machine.python}"\n')

        assert line(machine, "dll").state is State.OK


class DescribeWhatIsNotWell:
    def it_is_a_python_that_is_too_old(self, machine: FakeMachine) -> None:
        machine.python_version = (3, 10, 4)

        assert line(machine, "python").state is State.FAIL

    def it_is_the_python_of_microsoft_store(self, machine: FakeMachine) -> None:
        machine.python_is_from_store = True

        assert line(machine, "python").state is State.FAIL

    def it_is_pywin32_that_cannot_be_imported(self, machine: FakeMachine) -> None:
        machine.modules.clear()

        assert line(machine, "pywin32").state is State.FAIL

    def it_is_that_xlwings_is_not_installed(self, machine: FakeMachine) -> None:
        absent = XlwingsVersions(lambda: None, lambda _: "0.37.8")

        assert line(machine, "xlwings", absent).state is State.FAIL
        assert line(machine, "master_xlwings", absent).state is State.UNKNOWN
        assert line(machine, "dll", absent).state is State.UNKNOWN

    @pytest.mark.parametrize("name", ["addin_xlwings", "master_xlwings"])
    def it_is_a_workbook_with_the_module_of_another_xlwings(
        self, machine: FakeMachine, name: str
    ) -> None:
        found = line(machine, name, XlwingsVersions(lambda: "0.37.8", lambda _: "0.33.1"))

        assert found.state is State.FAIL
        assert "0.33.1" in found.found
        assert "0.37.8" in found.found

    @pytest.mark.parametrize("name", ["addin_xlwings", "master_xlwings"])
    def it_is_a_workbook_without_the_module(self, machine: FakeMachine, name: str) -> None:
        found = line(machine, name, XlwingsVersions(lambda: "0.37.8", lambda _: None))

        assert found.state is State.FAIL

    @pytest.mark.parametrize("content", [b"", b'"LICENSE_KEY","x"\n', b'"INTERPRETER_WIN",""\n'])
    def it_is_settings_without_an_interpreter(
        self, machine: FakeMachine, places: Places, content: bytes
    ) -> None:
        places.settings.write_bytes(content)

        assert line(machine, "interpreter").state is State.FAIL

    def it_is_that_there_are_no_settings(self, machine: FakeMachine, places: Places) -> None:
        places.settings.unlink()

        assert line(machine, "interpreter").state is State.FAIL

    def it_is_an_interpreter_that_is_gone(self, machine: FakeMachine) -> None:
        machine.python.unlink()

        assert line(machine, "interpreter").state is State.FAIL

    def it_is_worth_knowing_that_excel_calls_another_python(
        self, machine: FakeMachine, places: Places, tmp_path: Path
    ) -> None:
        other = tmp_path / "python.exe"
        other.touch()
        places.settings.write_text(f'"INTERPRETER_WIN","{other}"\n')

        found = line(machine, "interpreter")

        assert found.state is State.WARN
        assert str(other) in found.found

    @pytest.mark.parametrize(
        "settings", ["", '"ADD_WORKBOOK_TO_PYTHONPATH","True"\n', "add_workbook_to_pythonpath,true"]
    )
    def it_is_worth_knowing_that_python_files_beside_a_workbook_would_run(
        self, machine: FakeMachine, places: Places, settings: str
    ) -> None:
        places.settings.write_text(settings)

        found = line(machine, "workbook_folder")

        assert found.state is State.WARN
        assert "cchc-xl install" in found.advice

    def it_is_a_dll_that_was_taken_away(self, machine: FakeMachine) -> None:
        (machine.python.parent / "xlwings32-0.37.8.dll").unlink()

        found = line(machine, "dll")

        assert found.state is State.FAIL
        assert found.found == "thiếu xlwings32-0.37.8.dll"

    def it_is_that_the_addin_is_gone(self, machine: FakeMachine, places: Places) -> None:
        places.addin.unlink()

        assert line(machine, "addin").state is State.FAIL
        assert line(machine, "addin_xlwings").state is State.UNKNOWN

    def it_is_worth_knowing_that_the_master_is_elsewhere(
        self, machine: FakeMachine, places: Places
    ) -> None:
        places.master.unlink()

        assert line(machine, "master").state is State.WARN
        assert line(machine, "master_xlwings").state is State.UNKNOWN

    def it_is_worth_knowing_that_the_folder_is_not_trusted(self, machine: FakeMachine) -> None:
        machine.registry = {k: v for k, v in machine.registry.items() if "cchc-xl" not in k}

        assert line(machine, "trusted").state is State.WARN

    def but_a_trusted_folder_above_covers_it(self, machine: FakeMachine, places: Places) -> None:
        location = rf"{OFFICE}\16.0\Excel\Security\Trusted Locations\Location3"
        machine.registry = {k: v for k, v in machine.registry.items() if "cchc-xl" not in k}
        machine.registry[location] = {"Path": f"{places.documents}/", "AllowSubfolders": 1}

        assert line(machine, "trusted").state is State.OK

    @pytest.mark.parametrize(
        ("key", "name", "value"),
        [
            (r"Excel\Security\Trusted Locations", "AllLocationsDisabled", 1),
            (r"Common\Security\Trusted Locations", "Allow User Locations", 0),
        ],
    )
    def it_is_worth_knowing_that_a_policy_forbids_trust(
        self, machine: FakeMachine, key: str, name: str, value: int
    ) -> None:
        machine.registry[rf"{POLICIES}\16.0\{key}"] = {name: value}

        assert line(machine, "trusted").state is State.WARN

    def it_is_unknown_where_the_registry_cannot_be_read(self, machine: FakeMachine) -> None:
        machine.registry_refuses_reading = True

        assert line(machine, "trusted").state is State.UNKNOWN

    def it_is_worth_knowing_that_onedrive_keeps_documents(
        self, machine: FakeMachine, tmp_path: Path
    ) -> None:
        machine.environment["ONEDRIVE"] = str(tmp_path / "lan" / "OneDrive")
        machine.registry[SHELL_FOLDERS]["Personal"] = "%USERPROFILE%/OneDrive/Documents"

        assert line(machine, "documents").state is State.WARN

    def it_is_worth_knowing_that_documents_is_on_the_network(
        self, machine: FakeMachine, places: Places
    ) -> None:
        machine.remote.add(places.documents)

        assert line(machine, "documents").state is State.WARN

    def it_is_an_environment_that_does_not_name_the_folders(self, machine: FakeMachine) -> None:
        del machine.environment["APPDATA"]

        assert line(machine, "folders").state is State.FAIL
        assert line(machine, "addin").state is State.UNKNOWN

    def it_always_comes_with_what_to_do(self, tmp_path: Path) -> None:
        bare = windows(tmp_path / "bare")
        bare.modules.clear()

        checks = examine(bare, XlwingsVersions(lambda: None, lambda _: None))

        wanting = [check for check in checks if check.state in (State.WARN, State.FAIL)]
        assert [check.id for check in wanting if not check.advice.strip()] == []
        assert "addin" in {check.id for check in wanting}


class DescribeAMachineWithoutWindows:
    def it_has_the_command_line_and_no_buttons(self, tmp_path: Path) -> None:
        checks = {check.id: check for check in examine(elsewhere(tmp_path), FITTING)}

        assert checks["system"].state is State.WARN
        assert "Windows" in checks["system"].found
        assert set(checks) == LINES
        assert {checks[name].state for name in ("addin", "master", "trusted", "pywin32")} == {
            State.UNKNOWN
        }


class DescribeTheCommand:
    @pytest.fixture(autouse=True)
    def here(self, machine: FakeMachine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cchc_xl.gateways.windows_machine.this_machine", lambda: machine)
        monkeypatch.setattr("cchc_xl.usecases.doctor.XlwingsVersions", lambda: FITTING)

    def it_ends_0_where_nothing_fails(self, cchc: Command) -> None:
        assert cchc("doctor").code == 0

    def it_ends_0_with_what_is_only_worth_knowing(self, cchc: Command, places: Places) -> None:
        places.master.unlink()

        assert cchc("doctor").code == 0

    def it_ends_1_where_something_fails_and_says_what_to_do(
        self, cchc: Command, places: Places
    ) -> None:
        places.addin.unlink()

        answer = cchc("doctor")

        assert answer.code == 1
        assert "cchc-xl install" in answer.out

    def it_gives_every_line_in_json(self, cchc: Command, places: Places) -> None:
        places.addin.unlink()

        answer = cchc("doctor", "--format", "json")

        said = answer.json
        assert said["ok"] is False
        assert {check["id"] for check in said["checks"]} == LINES
        assert all(set(check) == {"id", "state", "found", "advice"} for check in said["checks"])
        assert [c["id"] for c in said["checks"] if c["state"] == "fail"] == ["addin"]

    def it_says_ok_in_json_where_nothing_fails(self, cchc: Command) -> None:
        assert cchc("doctor", "--format", "json").json["ok"] is True


class DescribeAnInstallWithTheTrueWorkbooks:
    def it_has_the_module_of_the_installed_xlwings_in_both(
        self, cchc: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        machine = windows(tmp_path / "true")
        monkeypatch.setattr("cchc_xl.gateways.windows_machine.this_machine", lambda: machine)
        cchc("install")

        said = {check["id"]: check for check in cchc("doctor", "--format", "json").json["checks"]}

        assert (said["addin_xlwings"]["state"], said["master_xlwings"]["state"]) == ("ok", "ok")


class DescribeThisMachine:
    def it_can_be_examined_whatever_it_is(self) -> None:
        """The true machine answers: no line stops the others."""
        assert {check.id for check in examine(this_machine())} >= {"system", "python", "xlwings"}
