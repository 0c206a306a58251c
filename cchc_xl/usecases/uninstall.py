"""Takes away what install put on this machine, and nothing in which somebody worked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from cchc_xl.core.xlwings_settings import line_of, with_line, without_line
from cchc_xl.errors import OutputRefused, why
from cchc_xl.gateways.files import write_file
from cchc_xl.gateways.together import content_of
from cchc_xl.gateways.windows_machine import Machine
from cchc_xl.usecases.install import refuse_locked
from cchc_xl.usecases.installed import (
    OurSettings,
    Places,
    Record,
    places_of,
    read_record,
    require_windows,
)
from cchc_xl.usecases.trusted_location import distrust


class Settings(Enum):
    """What became of our lines in xlwings.conf; CHANGED_SINCE is of one line or of more."""

    BROUGHT_BACK = "brought back"
    CHANGED_SINCE = "changed since"
    NOT_OURS = "not ours"


@dataclass(frozen=True, slots=True)
class Uninstalled:
    """What was taken away and what was left."""

    removed: tuple[Path, ...]
    kept: tuple[Path, ...]
    settings: Settings
    settings_path: Path
    registry_refused: bool


def uninstall(machine: Machine) -> Uninstalled:
    """Take away the add-in, the untouched files, our lines of xlwings.conf, the trusted location.

    Without an installation it finds nothing to do. Raises NotWindows, CchcError where a file is
    open (then nothing was changed), OutputRefused.
    """
    require_windows(machine)
    places = places_of(machine)
    record = read_record(places.record)
    removed, kept = _sorted_files(places, record)
    refuse_locked(machine, (*removed, places.settings))
    settings = _take_back_settings(places.settings, record.settings)
    refused = not distrust(machine)
    for path in (*removed, places.record):
        _remove(path)
    # Not XLSTART: that folder is Excel's.
    ours = {path.parent for path in removed if path != places.addin}
    for folder in (*ours, places.record.parent):
        _remove_empty(folder)
    return Uninstalled(removed, kept, settings, places.settings, refused)


def _sorted_files(places: Places, record: Record) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the files to remove and those that somebody worked in."""
    removed: list[Path] = []
    kept: list[Path] = []
    if content_of(places.addin) is not None:
        # Nobody works in an add-in: it goes even where the record is lost.
        removed.append(places.addin)
    for path in map(Path, record.files):
        content = content_of(path)
        if path == places.addin or content is None:
            continue
        (removed if record.is_untouched(path, content) else kept).append(path)
    return tuple(removed), tuple(kept)


def _take_back_settings(path: Path, ours: OurSettings) -> Settings:
    """Bring back the lines that stood in xlwings.conf before, but for those changed since."""
    content = content_of(path)
    if not ours.lines or content is None:
        return Settings.NOT_OURS
    standing = [line for line in ours.lines if line_of(content, line.key) == line.line]
    # The last one first, so that what was added to the file leaves no trace.
    for line in reversed(standing):
        if line.before is None:
            content = without_line(content, line.key)
        else:
            content = with_line(content, line.key, line.before)
    if content or ours.file_existed:
        write_file(path, content, keep_previous=False, keep_result=False)
    else:
        _remove(path)
        _remove_empty(path.parent)
    is_whole = len(standing) == len(ours.lines)
    return Settings.BROUGHT_BACK if is_whole else Settings.CHANGED_SINCE


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputRefused(
            f"Không xóa được tệp {path} ({why(error)}).",
            "Đề nghị đóng hết các cửa sổ Excel rồi chạy lại lệnh này.",
        ) from error


def _remove_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        # Something else stands there, or the folder is not there at all: both are well.
        return
