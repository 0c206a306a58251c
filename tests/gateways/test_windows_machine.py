"""The seam to Windows, over a `winreg` that is a dictionary and windows that are made up."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cchc_xl.gateways.windows_machine import ThisMachine

KEY = r"Software\Microsoft\Office\16.0\Excel"


class _Registry:
    """As much of `winreg` as is called; values keep their kind."""

    HKEY_CURRENT_USER, REG_SZ, REG_DWORD, REG_BINARY = "HKCU", 1, 4, 3

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, tuple[Any, int]]] = {}
        self.is_refused = False

    @contextmanager
    def OpenKey(self, hive: str, key: str) -> Iterator[str]:  # noqa: N802
        self._ask(hive)
        if not any(known == key or known.startswith(f"{key}\\") for known in self.keys):
            raise FileNotFoundError(key)
        yield key

    @contextmanager
    def CreateKey(self, hive: str, key: str) -> Iterator[str]:  # noqa: N802
        self._ask(hive)
        self.keys.setdefault(key, {})
        yield key

    def DeleteKey(self, hive: str, key: str) -> None:  # noqa: N802
        self._ask(hive)
        if key not in self.keys:
            raise FileNotFoundError(key)
        del self.keys[key]

    def QueryInfoKey(self, key: str) -> tuple[int, int, int]:  # noqa: N802
        return len(self._below(key)), 0, 0

    def EnumKey(self, key: str, index: int) -> str:  # noqa: N802
        return self._below(key)[index]

    def QueryValueEx(self, key: str, name: str) -> tuple[Any, int]:  # noqa: N802
        if name not in self.keys[key]:
            raise FileNotFoundError(name)
        return self.keys[key][name]

    def SetValueEx(self, key: str, name: str, _: int, kind: int, value: Any) -> None:  # noqa: N802
        self.keys[key][name] = (value, kind)

    def _below(self, key: str) -> list[str]:
        start = f"{key}\\"
        names = [known[len(start) :] for known in self.keys if known.startswith(start)]
        return list(dict.fromkeys(name.partition("\\")[0] for name in names))

    def _ask(self, hive: str) -> None:
        assert hive == self.HKEY_CURRENT_USER
        if self.is_refused:
            raise PermissionError("Access is denied")


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> _Registry:
    registry = _Registry()
    monkeypatch.setitem(sys.modules, "winreg", registry)
    return registry


@pytest.mark.usefixtures("registry")
class DescribeTheRegistry:
    def it_gives_back_what_was_written(self) -> None:
        ThisMachine().write(KEY, {"Path": "D:\\Số liệu", "AllowSubfolders": 0})

        assert ThisMachine().read(KEY, "Path") == "D:\\Số liệu"
        assert ThisMachine().read(KEY, "AllowSubfolders") == 0

    def it_keeps_texts_as_texts_and_numbers_as_numbers(self, registry: _Registry) -> None:
        ThisMachine().write(KEY, {"Path": "x", "AllowSubfolders": 0})

        kinds = {name: kind for name, (_, kind) in registry.keys[KEY].items()}
        assert kinds == {"Path": registry.REG_SZ, "AllowSubfolders": registry.REG_DWORD}

    def it_names_the_keys_below(self) -> None:
        ThisMachine().write(rf"{KEY}\Security", {})
        ThisMachine().write(rf"{KEY}\Options", {})

        assert ThisMachine().subkeys(KEY) == ("Security", "Options")

    def it_says_nothing_of_what_is_not_there(self) -> None:
        ThisMachine().write(KEY, {})

        assert ThisMachine().read(KEY, "Path") is None
        assert ThisMachine().read(rf"{KEY}\Nowhere", "Path") is None
        assert ThisMachine().subkeys(r"Software\Nobody") == ()

    def it_does_not_know_values_of_other_kinds(self, registry: _Registry) -> None:
        registry.keys[KEY] = {"Path": (b"\x00", registry.REG_BINARY)}

        assert ThisMachine().read(KEY, "Path") is None

    def it_takes_a_key_away_once_or_twice(self, registry: _Registry) -> None:
        ThisMachine().write(KEY, {"Path": "x"})

        ThisMachine().delete(KEY)
        ThisMachine().delete(KEY)

        assert registry.keys == {}

    def but_says_when_it_is_refused(self, registry: _Registry) -> None:
        registry.is_refused = True

        with pytest.raises(PermissionError):
            ThisMachine().write(KEY, {"Path": "x"})


class DescribeFiles:
    def it_does_not_hold_a_file_to_be_locked_that_can_be_changed(self, tmp_path: Path) -> None:
        (tmp_path / "a.xlam").touch()

        assert not ThisMachine().is_locked(tmp_path / "a.xlam")
        assert not ThisMachine().is_locked(tmp_path / "nowhere" / "a.xlam")

    def it_holds_a_file_to_be_locked_that_the_system_refuses(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: Any) -> None:
            raise PermissionError("The process cannot access the file")

        monkeypatch.setattr(Path, "open", refuse)

        assert ThisMachine().is_locked(tmp_path / "a.xlam")


class DescribeWindows:
    @pytest.mark.parametrize(("handle", "is_open"), [(65552, True), (0, False)])
    def it_sees_a_window_of_excel(
        self, monkeypatch: pytest.MonkeyPatch, handle: int, is_open: bool
    ) -> None:
        user = SimpleNamespace(FindWindowW=lambda name, _: handle if name == "XLMAIN" else None)
        monkeypatch.setattr(ctypes, "windll", {"user32": user}, raising=False)

        assert ThisMachine().excel_is_open() is is_open

    @pytest.mark.parametrize(("kind", "is_remote"), [(4, True), (3, False)])
    def it_knows_a_network_drive(
        self, monkeypatch: pytest.MonkeyPatch, kind: int, is_remote: bool
    ) -> None:
        kernel = SimpleNamespace(GetDriveTypeW=lambda _: kind)
        monkeypatch.setattr(ctypes, "windll", {"kernel32": kernel}, raising=False)

        assert ThisMachine().is_remote(Path("/x/Documents")) is is_remote

    def it_knows_a_folder_of_a_server(self) -> None:
        assert ThisMachine().is_remote(Path("\\\\may-chu\\chung"))

    @pytest.mark.parametrize(
        ("base", "is_from_store"),
        [
            (r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.11_3.11", True),
            (r"C:\Users\lan\AppData\Local\Programs\Python\Python311", False),
        ],
    )
    def it_knows_the_python_of_the_store(
        self, monkeypatch: pytest.MonkeyPatch, base: str, is_from_store: bool
    ) -> None:
        monkeypatch.setattr(sys, "base_prefix", base)

        assert ThisMachine().python_is_from_store is is_from_store
