"""The machine as `install`, `uninstall` and `doctor` see it; the one seam to Windows.

Only keys of the present user are read and written (HKEY_CURRENT_USER): no administrator needed.
"""

from __future__ import annotations

import ctypes
import locale
import os
import platform
import struct
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, TypeAlias

RegistryValue: TypeAlias = str | int

_NETWORK_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_WINDOW_OF_EXCEL = "XLMAIN"


class Machine(Protocol):
    """What is asked of the machine. A registry call raises OSError where it is refused."""

    @property
    def is_windows(self) -> bool:
        """Whether Excel for Windows can be here."""

    @property
    def system(self) -> str:
        """The operating system in words."""

    @property
    def python(self) -> Path:
        """The interpreter that runs this program."""

    @property
    def python_version(self) -> tuple[int, int, int]:
        """The version of that interpreter."""

    @property
    def python_bits(self) -> int:
        """32 or 64."""

    @property
    def python_is_from_store(self) -> bool:
        """Whether Python is the one of Microsoft Store, whose AppData nobody else sees."""

    @property
    def ansi(self) -> str:
        """The encoding in which programs of this machine write plain text."""

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment variables; names in capitals, as Windows gives them."""

    def subkeys(self, key: str) -> tuple[str, ...]:
        """Return the names below a key; none where there is no such key."""

    def read(self, key: str, name: str) -> RegistryValue | None:
        """Return a value as it stands (variables not expanded), None where there is none."""

    def write(self, key: str, values: Mapping[str, RegistryValue]) -> None:
        """Make a key with these values."""

    def delete(self, key: str) -> None:
        """Take a key without subkeys away, if it is there."""

    def excel_is_open(self) -> bool:
        """Whether this user has a window of Excel open."""

    def is_locked(self, path: Path) -> bool:
        """Whether a file is there and another program does not let it be changed."""

    def is_remote(self, path: Path) -> bool:
        """Whether a path is on the network."""

    def has_module(self, name: str) -> bool:
        """Whether Python could import a module."""


class ThisMachine:
    """The machine on which the program runs; `winreg` is imported when it is asked for."""

    is_windows = sys.platform == "win32"
    python_version = sys.version_info[:3]
    python_bits = struct.calcsize("P") * 8

    @property
    def system(self) -> str:
        return f"{platform.system()} {platform.release()}".strip()

    @property
    def python(self) -> Path:
        return Path(sys.executable)

    @property
    def python_is_from_store(self) -> bool:
        # A virtual environment on top of it is redirected as well: the base says where it is from.
        return "\\windowsapps\\" in f"{sys.base_prefix}\\".lower()

    @property
    def ansi(self) -> str:
        return locale.getencoding()

    @property
    def environment(self) -> Mapping[str, str]:
        return os.environ

    def subkeys(self, key: str) -> tuple[str, ...]:
        registry = _registry()
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, key) as opened:
                names = range(registry.QueryInfoKey(opened)[0])
                return tuple(registry.EnumKey(opened, index) for index in names)
        except FileNotFoundError:
            return ()

    def read(self, key: str, name: str) -> RegistryValue | None:
        registry = _registry()
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, key) as opened:
                value, _ = registry.QueryValueEx(opened, name)
        except FileNotFoundError:
            return None
        return value if isinstance(value, str | int) else None

    def write(self, key: str, values: Mapping[str, RegistryValue]) -> None:
        registry = _registry()
        with registry.CreateKey(registry.HKEY_CURRENT_USER, key) as opened:
            for name, value in values.items():
                kind = registry.REG_SZ if isinstance(value, str) else registry.REG_DWORD
                registry.SetValueEx(opened, name, 0, kind, value)

    def delete(self, key: str) -> None:
        registry = _registry()
        try:
            registry.DeleteKey(registry.HKEY_CURRENT_USER, key)
        except FileNotFoundError:
            return

    def excel_is_open(self) -> bool:
        return bool(_library("user32").FindWindowW(_WINDOW_OF_EXCEL, None))

    def is_locked(self, path: Path) -> bool:
        try:
            with path.open("r+b"):
                return False
        except PermissionError:
            return True
        except OSError:
            return False

    def is_remote(self, path: Path) -> bool:
        if str(path).startswith("\\\\"):
            return True
        return bool(_library("kernel32").GetDriveTypeW(path.anchor) == _NETWORK_DRIVE)

    def has_module(self, name: str) -> bool:
        return find_spec(name) is not None


def this_machine() -> Machine:
    """Return the machine on which the program runs."""
    return ThisMachine()


def _registry() -> Any:
    # Not `import winreg`: the module and its types exist on Windows only.
    return import_module("winreg")


def _library(name: str) -> Any:
    return getattr(ctypes, "windll")[name]  # noqa: B009  # ctypes has it on Windows only
