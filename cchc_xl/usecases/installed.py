"""Where the files of an installation stand for this user, and the record of what was put there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cchc_xl.core.xlwings_settings import INTERPRETER, expanded
from cchc_xl.errors import CchcError
from cchc_xl.gateways.windows_machine import Machine

MASTER = "cchc-master.xlsm"
TEMPLATE = "cchc-commune.xlsx"
ADDIN = "cchc.xlam"

_SHELL_FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_DOCUMENTS = "Personal"
_CLOUD_FOLDERS = ("ONEDRIVE", "ONEDRIVECOMMERCIAL", "ONEDRIVECONSUMER")


class NotWindows(CchcError):
    """Excel for Windows is not here, so there is nothing to set up."""

    code = "khong_phai_windows"


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything of this user stands."""

    documents: Path
    addin: Path
    settings: Path
    record: Path

    @property
    def folder(self) -> Path:
        """The folder with the master and the template."""
        return self.documents / "CCHC"

    @property
    def master(self) -> Path:
        return self.folder / MASTER

    @property
    def template(self) -> Path:
        return self.folder / TEMPLATE


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A line that install wrote into xlwings.conf, and the one that stood there before."""

    key: str
    line: bytes
    before: bytes | None


@dataclass(frozen=True, slots=True)
class OurSettings:
    """What install wrote into xlwings.conf, in its order; `file_existed`: before the first time."""

    lines: tuple[SettingLine, ...] = ()
    file_existed: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """What install put on this machine: the SHA-256 of every file, and the lines of settings."""

    version: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    settings: OurSettings = field(default_factory=OurSettings)

    def is_untouched(self, path: Path, content: bytes) -> bool:
        """Whether a file still holds what install put there."""
        return self.files.get(str(path)) == fingerprint(content)

    def with_files(self, files: Mapping[str, str]) -> Record:
        """Return the record with further files."""
        return replace(self, files={**self.files, **files})


def require_windows(machine: Machine) -> None:
    """Raise NotWindows elsewhere, with what does work there."""
    if not machine.is_windows:
        raise NotWindows(
            f"Máy này chạy {machine.system}; nút bấm và hàm của cchc-xl cần Excel trên Windows nên "
            "không có gì để cài vào hay gỡ ra.",
            "Dòng lệnh vẫn dùng được ở đây (check, consolidate, draft…). Đề nghị chạy lại lệnh này "
            "trên máy Windows có Excel.",
        )


def places_of(machine: Machine) -> Places:
    """Return the places of this user; Documents may have been moved, to OneDrive for one.

    Raises CchcError where Windows does not say where the user's folders are.
    """
    roaming, profile = _folder(machine, "APPDATA"), _folder(machine, "USERPROFILE")
    return Places(
        documents=_documents(machine) or profile / "Documents",
        addin=roaming / "Microsoft" / "Excel" / "XLSTART" / ADDIN,
        settings=profile / ".xlwings" / "xlwings.conf",
        record=roaming / "cchc-xl" / "installed.json",
    )


def is_in_cloud(machine: Machine, path: Path) -> bool:
    """Whether a folder is kept by OneDrive, where Excel gives a web address for its path."""
    folders = (machine.environment.get(name) for name in _CLOUD_FOLDERS)
    below = str(path).lower()
    return any(folder and _is_below(below, folder.lower()) for folder in folders)


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def read_record(path: Path) -> Record:
    """Return the record; an empty one where there is none, or none that can be understood."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Record(
            version=str(said["version"]),
            files={str(file): str(mark) for file, mark in said["files"].items()},
            settings=_settings_from(said),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Record()


def record_content(record: Record) -> bytes:
    """Return the record as it is kept."""
    settings = record.settings
    said = {
        "version": record.version,
        "files": dict(record.files),
        "settings": {
            "lines": [
                {"key": line.key, "line": _text(line.line), "before": _text(line.before)}
                for line in settings.lines
            ],
            "file_existed": settings.file_existed,
        },
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8")


def _folder(machine: Machine, variable: str) -> Path:
    named = machine.environment.get(variable)
    if not named:
        raise CchcError(
            f"Windows không cho biết thư mục của người dùng (thiếu biến môi trường {variable}).",
            "Đề nghị mở lại cửa sổ lệnh bằng tài khoản đang dùng Excel rồi chạy lại.",
        )
    return Path(named)


def _documents(machine: Machine) -> Path | None:
    try:
        said = machine.read(_SHELL_FOLDERS, _DOCUMENTS)
    except OSError:
        return None
    return Path(expanded(said, machine.environment)) if isinstance(said, str) and said else None


def _is_below(path: str, folder: str) -> bool:
    start = folder.rstrip("\\/")
    return path == start or (path.startswith(start) and path[len(start)] in "\\/")


def _settings_from(said: Any) -> OurSettings:
    if "settings" not in said:
        # The record of an install from before there was a second line.
        line = said["interpreter"]
        return OurSettings((_line_from(INTERPRETER, line),), bool(line["file_existed"]))
    settings = said["settings"]
    lines = tuple(_line_from(str(line["key"]), line) for line in settings["lines"])
    return OurSettings(lines, bool(settings["file_existed"]))


def _line_from(key: str, said: Any) -> SettingLine:
    before = said["before"]
    return SettingLine(
        key,
        line=said["line"].encode("latin-1"),
        before=None if before is None else before.encode("latin-1"),
    )


def _text(line: bytes | None) -> str | None:
    # Latin-1 keeps every byte of a code page that is not known here.
    return None if line is None else line.decode("latin-1")
