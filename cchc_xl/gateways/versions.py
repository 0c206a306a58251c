"""Keeps what a file was before: numbered versions in `.cchc/` beside it, 1 the newest."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cchc_xl.errors import OutputRefused, why
from cchc_xl.gateways.atomic import replace_content, sweep, sync_folder, write_beside

KEPT_FOLDER = ".cchc"
_KEPT_VERSIONS = 5


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version of a file that was replaced; `written` is when it was set aside."""

    number: int
    path: Path
    written: datetime
    size: int


def real_place(path: Path) -> Path:
    """Return where a file really stands: a link is written through, never replaced."""
    return Path(os.path.realpath(path))


def keep_version(path: Path) -> None:
    """Copy the present file into `.cchc/` as version 1.

    The older ones move up one by one into free numbers only, and what is one too many is dropped
    by `drop_oldest` once the new file stands: wherever this stops, every content is somewhere.
    """
    folder = path.parent / KEPT_FOLDER
    folder.mkdir(exist_ok=True)
    content = path.read_bytes()
    newest = _version(path, 1)
    if newest.is_file() and newest.read_bytes() == content:
        return  # set aside by a run that then could not write
    sweep(folder)
    temporary = write_beside(folder, content, stat.S_IMODE(path.stat().st_mode) | stat.S_IWUSR)
    try:
        free = 1
        while _version(path, free).exists():
            free += 1
        for number in range(free - 1, 0, -1):
            _version(path, number).replace(_version(path, number + 1))
        temporary.replace(newest)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(folder)


def drop_oldest(path: Path) -> None:
    """Remove the versions beyond the last five."""
    # One version too many is no reason to say that the new file was not written.
    with suppress(OSError):
        for version in versions_of(path)[_KEPT_VERSIONS:]:
            version.path.unlink()


def versions_of(path: Path) -> tuple[KeptVersion, ...]:
    """Return the kept versions of a file, the newest first. Raises OSError."""
    path = real_place(path)
    folder = path.parent / KEPT_FOLDER
    if not folder.is_dir():
        return ()
    found: list[KeptVersion] = []
    for entry in folder.iterdir():
        number = entry.name.removeprefix(f"{path.stem}.").removesuffix(path.suffix)
        if number.isascii() and number.isdecimal() and entry == _version(path, int(number)):
            about = entry.stat()
            written = datetime.fromtimestamp(about.st_mtime, UTC)
            found.append(KeptVersion(int(number), entry, written, about.st_size))
    return tuple(sorted(found, key=lambda version: version.number))


def bring_back(path: Path, number: int | None = None) -> bool:
    """Exchange a file for a kept version; the present one becomes the newest version.

    Without a `number` it is the newest that differs from the present file. Returns False where
    there is no such version. Raises OutputRefused as `write_file`.
    """
    path = real_place(path)
    try:
        present = path.read_bytes() if path.exists() else None
        wanted = _wanted(path, present, number)
        if wanted is None:
            return False
        kept = wanted.path.read_bytes()
        if kept == present:
            return True
        if present is None:
            replace_content(path, kept)
            return True
        keep_version(path)
        replace_content(path, kept)
        _forget(path, wanted.number, kept)
    except OSError as error:
        raise OutputRefused(
            f"Không trả lại được bản trước của {path.name} ({why(error)}).",
            "Đề nghị đóng tệp nếu đang mở rồi làm lại.",
        ) from error
    drop_oldest(path)
    return True


def _wanted(path: Path, present: bytes | None, number: int | None) -> KeptVersion | None:
    for version in versions_of(path):
        if version.number == number:
            return version
        if number is None and version.path.read_bytes() != present:
            return version
    return None


def _forget(path: Path, number: int, content: bytes) -> None:
    """Remove the version that now stands as the file; keeping the former one may have moved it."""
    for place in (_version(path, number + 1), _version(path, number)):
        if place.is_file() and place.read_bytes() == content:
            place.unlink()
            return


def _version(path: Path, number: int) -> Path:
    return path.parent / KEPT_FOLDER / f"{path.stem}.{number}{path.suffix}"
