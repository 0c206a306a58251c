"""Puts bytes where a file stands: at every moment the old file is there whole, or the new one."""

from __future__ import annotations

import os
import re
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_PREFIX, _SUFFIX = ".cchc-", ".tmp"
# What mkstemp makes between the two; another program's file is never taken for ours.
_TEMPORARY = re.compile(r"\.cchc-[a-z0-9_]{8}\.tmp")
_LEFT_OVER = 3600  # seconds; no run of ours writes one file for an hour
# mkstemp makes files that only their owner may read; a report is for the office.
_USUAL_MODE = 0o644


def replace_content(path: Path, content: bytes) -> None:
    """Put `content` at `path`, which is no link; the permissions of the old file stay.

    Raises OSError; then the old file stands untouched, and nothing else is left behind. A file
    that nobody may write is refused on every system, as Windows does by itself.
    """
    mode = _mode_of(path)
    sweep(path.parent)
    temporary = write_beside(path.parent, content, mode)
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_beside(folder: Path, content: bytes, mode: int = _USUAL_MODE) -> Path:
    """Return a new temporary file in `folder` that holds `content`, safe on the disk."""
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
    try:
        try:
            _write_all(handle, content)
            os.fsync(handle)
        finally:
            os.close(handle)
        Path(name).chmod(mode)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def sync_folder(folder: Path) -> None:
    """Make a renaming in `folder` last through a power cut, where the system can."""
    if os.name == "nt":
        return  # Windows opens no folders; NTFS keeps renamings in its own journal
    # Network shares refuse this; the files themselves are already whole.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_temporary(name: str) -> bool:
    """Whether a file is called as our unfinished files are."""
    return _TEMPORARY.fullmatch(name) is not None


def _write_all(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _mode_of(path: Path) -> int:
    try:
        mode = stat.S_IMODE(path.stat().st_mode) & 0o777
    except FileNotFoundError:
        return _USUAL_MODE
    if not mode & 0o222:
        raise PermissionError
    return mode


def sweep(folder: Path) -> None:
    """Remove what a killed run of this user left here long ago."""
    with suppress(OSError):
        for path in folder.iterdir():
            if is_temporary(path.name) and _is_left_over(path):
                path.unlink()


def _is_left_over(path: Path) -> bool:
    found = path.lstat()
    is_own = os.name == "nt" or found.st_uid == os.getuid()
    return is_own and stat.S_ISREG(found.st_mode) and time.time() - found.st_mtime > _LEFT_OVER
