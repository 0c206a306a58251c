"""Walks a folder of submissions: every file in it is named, none is left out in silence."""

from __future__ import annotations

import hashlib
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from cchc_xl.core.workbook_names import (
    DRAFT_DATE,
    PARENT_NAME,
    PARENT_ROLE,
    ROLE_NAME,
    WORD_AUTHOR,
)
from cchc_xl.errors import UnreadableFile, UsageError, why
from cchc_xl.gateways.atomic import is_temporary
from cchc_xl.gateways.submissions import settings_of
from cchc_xl.gateways.versions import KEPT_FOLDER, real_place
from cchc_xl.gateways.word_fingerprint import has_memory, is_as_written
from cchc_xl.gateways.xlsx_package import XlsxPackage, open_package

# What no commune sends as its report.
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp", ".svg"}
_MEDIA = {".mp3", ".mp4", ".avi", ".mov", ".wav"}
_TEXTS = {".txt", ".csv", ".json", ".xml", ".html", ".htm", ".log", ".ini", ".py", ".js", ".css"}
_REMAINS = {".url", ".lnk", ".db", ".tmp", ".bak"}
_NEVER_A_REPORT = _PICTURES | _MEDIA | _TEXTS | _REMAINS
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
# What zipfile raises of a damaged or encrypted file; RuntimeError is of a password, and of a
# compression that it does not know.
_BROKEN = (OSError, zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, RuntimeError)
_LONGEST_PROPERTIES = 1 << 16
_OUR_RESULT = "tệp kết quả tổng hợp của cchc-xl"
_VIETNAM = timezone(timedelta(hours=7))  # one time zone for the whole country


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the folder; `ignored` says why it cannot be a report, None where it may be one."""

    path: Path
    name: str
    ignored: str | None
    is_result: bool = False

    def sha256(self) -> str:
        """Return the fingerprint; "" of a result, and where the file cannot be read."""
        if self.is_result:
            return ""
        try:
            if not self.path.is_file():  # a pipe would be waited for
                return ""
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""

    def modified(self) -> str:
        """Return when the file was last changed, in Viet Nam's time; "" as above."""
        if self.is_result:
            return ""
        try:
            moment = datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        except (OSError, OverflowError, ValueError):
            return ""
        return moment.astimezone(_VIETNAM).strftime("%d/%m/%Y %H:%M")


def files_of(folder: Path, *, leave_out: Path | None = None) -> tuple[FoundFile, ...]:
    """Return every file of `folder` and its subfolders, in the order of their names.

    `leave_out` is what takes the result of this very run, a workbook that is open for one,
    whatever it holds so far: it is named without a fingerprint, its kept versions and unfinished
    files are not, or every run would find another folder than the one before. Raises UsageError
    where the folder cannot be listed.
    """
    if not folder.is_dir():
        raise UsageError(
            f"Không tìm thấy thư mục {folder.name or folder}.",
            "Đề nghị kiểm tra lại đường dẫn tới thư mục báo cáo của các đơn vị.",
        )
    try:
        found = list(_walk(folder))
    except OSError as error:
        raise UsageError(
            f"Không mở được thư mục {folder.name} ({why(error)}).",
            "Đề nghị kiểm tra quyền đọc thư mục.",
        ) from None
    named = [(_name(path, folder), path) for path in found if not _is_kept(path, leave_out)]
    return tuple(
        FoundFile(path, name, _OUR_RESULT, is_result=True)
        if _is_same(path, leave_out)
        else FoundFile(path, name, _why_ignored(path, name))
        for name, path in sorted(named)
    )


def _is_same(path: Path, result: Path | None) -> bool:
    return result is not None and real_place(path) == real_place(result)


def _is_kept(path: Path, result: Path | None) -> bool:
    """Whether a file is a kept version of the result, or what a killed run left beside it."""
    if result is None:
        return False
    beside, folder = real_place(result).parent, real_place(path).parent
    return folder == beside / KEPT_FOLDER or (folder == beside and is_temporary(path.name))


def _walk(folder: Path) -> Iterator[Path]:
    """Yield every file; a folder that is only linked, or that cannot be opened, stands for itself.

    Folders are never followed through links: they may lead in a circle, or out of the folder.
    """
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = list(here.iterdir())
        except OSError:
            if here == folder:
                raise
            yield here
            continue
        for path in entries:
            if path.is_dir() and not path.is_symlink():
                waiting.append(path)
            else:
                yield path


def _name(path: Path, folder: Path) -> str:
    """Return the name inside the folder in one Unicode form, so that the order is the same."""
    return unicodedata.normalize("NFC", path.relative_to(folder).as_posix())


def _why_ignored(path: Path, name: str) -> str | None:
    parts = name.split("/")
    if KEPT_FOLDER in parts[:-1]:
        return "bản lưu của cchc-xl"
    if parts[-1].startswith("~$"):
        return "tệp tạm của Excel (tệp đang được mở)"
    if any(part.startswith(".") for part in parts):
        return "tệp ẩn"
    if _is_no_file(path):
        return "không phải tệp (thiết bị, ống dẫn hoặc ổ cắm)"
    suffix = path.suffix.lower()
    if suffix in _NEVER_A_REPORT:
        return "không phải tệp báo cáo"
    if suffix in _WORKBOOKS and is_parent_workbook(path):
        return _OUR_RESULT
    if suffix == ".docx" and is_word_report(path):
        return "báo cáo Word do cchc-xl soạn"
    return None


def _is_no_file(path: Path) -> bool:
    """Whether a path is a device, a pipe or a socket; whoever opens one may wait for ever."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def is_word_report(path: Path) -> bool:
    """Whether a file is a Word report that cchc-xl drafted, edited since or not."""
    return WORD_AUTHOR in _word_properties(path)


def is_untouched_report(path: Path, content: bytes) -> bool:
    """Whether a Word report of ours stands as it was drafted.

    One that remembers its draft tells by its fingerprint; an older one by its date, which Word and
    LibreOffice change.
    """
    if has_memory(content):
        return is_as_written(content)
    properties = _word_properties(path)
    return WORD_AUTHOR in properties and properties.count(DRAFT_DATE) == 2


def _word_properties(path: Path) -> str:
    """Return who wrote a Word file and when, as XML; "" where the file is broken or locked."""
    try:
        with open_package(path).open("docProps/core.xml") as part:
            return part.read(_LONGEST_PROPERTIES).decode("utf-8", "replace")
    except (UnreadableFile, *_BROKEN):
        return ""


def is_parent_workbook(path: Path) -> bool:
    """Whether a file is a parent unit's workbook that cchc-xl made."""
    try:
        names = XlsxPackage(path).names
        if ROLE_NAME in names:
            # A master has both faces; its role says which one this is.
            return settings_of(path).get("role") == PARENT_ROLE
    except (UnreadableFile, OSError):
        return False
    return PARENT_NAME in names
