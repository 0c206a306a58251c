"""The trusted location of Excel: a folder whose macros run without a question, for this user.

Source of the keys: Microsoft, "Trusted Locations for Office files".
"""

from __future__ import annotations

import re
from pathlib import Path

from cchc_xl.core.xlwings_settings import expanded
from cchc_xl.gateways.windows_machine import Machine

_OFFICE = r"Software\Microsoft\Office"
_POLICIES = r"Software\Policies\Microsoft\Office"
_LOCATIONS = r"Excel\Security\Trusted Locations"
_OURS = "cchc-xl"
_NEWEST = "16.0"  # every Excel since 2016
_VERSION = re.compile(r"\d+\.0")


def trust(machine: Machine, folder: Path) -> bool:
    """Add a folder, without those below it, for every Excel found.

    Returns False where the machine refuses; then nothing was added.
    """
    written: list[str] = []
    try:
        for version in _excel_versions(machine):
            key = _key_of_ours(version)
            written.append(key)
            machine.write(
                key,
                {"Path": str(folder), "Description": "cchc-xl", "AllowSubfolders": 0},
            )
    except OSError:
        _delete(machine, written)
        return False
    return True


def distrust(machine: Machine) -> bool:
    """Take away what `trust` added; False where the machine refuses."""
    return _delete(machine, [_key_of_ours(version) for version in _excel_versions(machine)])


def is_trusted(machine: Machine, folder: Path) -> bool | None:
    """Whether a location covers the folder; None where the registry cannot be read."""
    try:
        return any(
            _covers(machine, rf"{_OFFICE}\{version}\{_LOCATIONS}\{location}", folder)
            for version in _excel_versions(machine)
            for location in machine.subkeys(rf"{_OFFICE}\{version}\{_LOCATIONS}")
        )
    except OSError:
        return None


def is_forbidden(machine: Machine) -> bool:
    """Whether the organisation's policy leaves trusted locations of users without effect."""
    try:
        return any(
            machine.read(rf"{_POLICIES}\{version}\{_LOCATIONS}", "AllLocationsDisabled") == 1
            or machine.read(
                rf"{_POLICIES}\{version}\Common\Security\Trusted Locations",
                "Allow User Locations",
            )
            == 0
            for version in _excel_versions(machine)
        )
    except OSError:
        return False


def _excel_versions(machine: Machine) -> tuple[str, ...]:
    """Return the versions of Office that hold settings of Excel, and the newest in any case."""
    try:
        found = {
            version
            for version in machine.subkeys(_OFFICE)
            if _VERSION.fullmatch(version) and "Excel" in machine.subkeys(rf"{_OFFICE}\{version}")
        }
    except OSError:
        found = set()
    return tuple(sorted({*found, _NEWEST}))


def _key_of_ours(version: str) -> str:
    return rf"{_OFFICE}\{version}\{_LOCATIONS}\{_OURS}"


def _covers(machine: Machine, key: str, folder: Path) -> bool:
    path = machine.read(key, "Path")
    if not isinstance(path, str) or not path:
        return False
    trusted = expanded(path, machine.environment).rstrip("\\/").lower()
    asked = str(folder).lower()
    below = asked.startswith(trusted) and asked[len(trusted) :][:1] in ("\\", "/")
    return asked == trusted or (below and machine.read(key, "AllowSubfolders") == 1)


def _delete(machine: Machine, keys: list[str]) -> bool:
    done = True
    for key in keys:
        try:
            machine.delete(key)
        except OSError:
            done = False
    return done
