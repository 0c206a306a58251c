"""Writing files: the old one or the new one, never half of one; earlier versions are kept."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cchc_xl.errors import OutputRefused, why

KEPT_FOLDER = ".cchc"
_KEPT_VERSIONS = 5


def write_file(path: Path, content: bytes, *, keep_previous: bool = True) -> None:
    """Write `content` to `path` through a file beside it that is renamed at the end.

    A crash at any moment leaves the old file or the new one. What stood there before is kept in
    `.cchc/` beside it. Raises OutputRefused where the folder or the file cannot be written.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError
        if path.exists() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if keep_previous and path.exists():
            _keep(path)
        _replace(path, content)
    except OSError as error:
        raise OutputRefused(
            f"Không ghi được tệp {path.name} ({why(error)}).",
            "Đề nghị đóng tệp nếu đang mở trong Excel, kiểm tra quyền ghi và dung lượng đĩa, "
            "hoặc chọn thư mục khác.",
        ) from error


def bring_back(path: Path) -> bool:
    """Exchange a file for the version before it, and keep the present one in its place.

    Returns False where there is no version before it. Raises OutputRefused as `write_file`.
    """
    before = path.parent / KEPT_FOLDER / f"{path.stem}.1{path.suffix}"
    try:
        if not before.is_file():
            return False
        kept = before.read_bytes()
        if path.exists():
            _replace(before, path.read_bytes())
        _replace(path, kept)
    except OSError as error:
        raise OutputRefused(
            f"Không trả lại được bản trước của {path.name} ({why(error)}).",
            "Đề nghị đóng tệp nếu đang mở rồi bấm lại.",
        ) from error
    return True


def _replace(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".cchc-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that only their owner may read; a report is for the office.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _keep(path: Path) -> None:
    """Copy the present version into `.cchc/`; version 1 is the newest."""
    folder = path.parent / KEPT_FOLDER
    folder.mkdir(exist_ok=True)

    def version(number: int) -> Path:
        return folder / f"{path.stem}.{number}{path.suffix}"

    for number in range(_KEPT_VERSIONS - 1, 0, -1):
        if version(number).exists():
            version(number).replace(version(number + 1))
    _replace(version(1), path.read_bytes())
