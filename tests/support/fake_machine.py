"""A Windows machine over a folder: its environment, its registry as a dictionary, its locks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cchc_xl.gateways.windows_machine import RegistryValue
from cchc_xl.usecases.install import Installed, install
from cchc_xl.usecases.installed import Places

SHELL_FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
OFFICE = r"Software\Microsoft\Office"
POLICIES = r"Software\Policies\Microsoft\Office"
TRUSTED = r"Excel\Security\Trusted Locations\cchc-xl"

# The workbooks of two versions, told apart by a letter.
FIRST = {"cchc-master.xlsm": b"m1", "cchc-commune.xlsx": b"c1", "cchc.xlam": b"a1"}
SECOND = {"cchc-master.xlsm": b"m2", "cchc-commune.xlsx": b"c2", "cchc.xlam": b"a2"}
# Lines of other people, in no encoding that is known here.
OTHERS = b'"LICENSE_KEY","noncommercial"\n"PYTHONPATH","D:\\S\xf4 li\xea\xf2u"'


@dataclass
class FakeMachine:
    """Satisfies `Machine`; everything may be changed by a test."""

    python: Path
    environment: dict[str, str]
    registry: dict[str, dict[str, RegistryValue]] = field(default_factory=dict)
    is_windows: bool = True
    system: str = "Windows 11"
    python_version: tuple[int, int, int] = (3, 11, 9)
    python_bits: int = 64
    python_is_from_store: bool = False
    ansi: str = "cp1252"
    excel_open: bool = False
    locked: set[Path] = field(default_factory=set)
    remote: set[Path] = field(default_factory=set)
    modules: set[str] = field(default_factory=lambda: {"pythoncom"})
    registry_refuses_writing: bool = False
    registry_refuses_reading: bool = False

    def subkeys(self, key: str) -> tuple[str, ...]:
        self._refuse(reading=True)
        start = f"{key}\\"
        below = [known[len(start) :] for known in self.registry if known.startswith(start)]
        return tuple(dict.fromkeys(name.partition("\\")[0] for name in below))

    def read(self, key: str, name: str) -> RegistryValue | None:
        self._refuse(reading=True)
        return self.registry.get(key, {}).get(name)

    def write(self, key: str, values: Mapping[str, RegistryValue]) -> None:
        self._refuse(reading=False)
        self.registry[key] = dict(values)

    def delete(self, key: str) -> None:
        self._refuse(reading=False)
        self.registry.pop(key, None)

    def excel_is_open(self) -> bool:
        return self.excel_open

    def is_locked(self, path: Path) -> bool:
        return path in self.locked

    def is_remote(self, path: Path) -> bool:
        return path in self.remote

    def has_module(self, name: str) -> bool:
        return name in self.modules

    def _refuse(self, *, reading: bool) -> None:
        if self.registry_refuses_reading if reading else self.registry_refuses_writing:
            raise PermissionError("Access is denied")


def windows(folder: Path) -> FakeMachine:
    """Return a machine whose user is `folder`/lan, with Excel 2016 and a Python of the user."""
    profile = folder / "lan"
    python = profile / "AppData" / "Local" / "Python311" / "python.exe"
    python.parent.mkdir(parents=True)
    python.touch()
    return FakeMachine(
        python=python,
        environment={
            "USERPROFILE": str(profile),
            "APPDATA": str(profile / "AppData" / "Roaming"),
            "LOCALAPPDATA": str(profile / "AppData" / "Local"),
        },
        registry={
            SHELL_FOLDERS: {"Personal": "%USERPROFILE%/Documents"},
            rf"{OFFICE}\16.0\Excel": {},
        },
    )


def elsewhere(folder: Path) -> FakeMachine:
    """Return a machine without Windows."""
    machine = windows(folder)
    machine.is_windows, machine.system, machine.environment = False, "Linux 6.1", {}
    machine.registry_refuses_reading = machine.registry_refuses_writing = True
    return machine


def put(
    machine: FakeMachine, books: Mapping[str, bytes] = FIRST, version: str = "1.0"
) -> Installed:
    """Install a version, without asking for trust."""
    return install(machine, books, version=version)


def record_with_one_line(machine: FakeMachine, places: Places) -> None:
    """Turn an install into one of before there was a second line of xlwings.conf."""
    line = f'"INTERPRETER_WIN","{machine.python}"'
    places.settings.write_bytes(line.encode() + b"\r\n")
    said = json.loads(places.record.read_text(encoding="utf-8"))
    interpreter = {"line": line, "before": None, "file_existed": False}
    former = {"version": "0.1", "files": said["files"], "interpreter": interpreter}
    places.record.write_text(json.dumps(former), encoding="utf-8")


def standing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and what it holds."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def write(path: Path, content: bytes) -> None:
    """Put a file where its folder may not be there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
