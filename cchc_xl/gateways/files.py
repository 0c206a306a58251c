"""Writing files: the old one or the new one, never half of one; nothing computed is lost."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cchc_xl.errors import OutputRefused, why
from cchc_xl.gateways.atomic import replace_content, write_beside
from cchc_xl.gateways.versions import drop_oldest, keep_version, real_place

# Of a disk or of permissions: elsewhere the content may still find a place. The other errors are
# of a path that was not meant.
_ELSEWHERE = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EROFS, errno.EIO}
_MOST_NAMES = 100


def write_file(
    path: Path, content: bytes, *, keep_previous: bool = True, keep_result: bool = True
) -> None:
    """Write `content` to `path` through a file beside it that is renamed at the end.

    A crash at any moment leaves the old file or the new one. What stood there before is kept in
    `.cchc/` beside it; a link is written through. Raises OutputRefused where the folder or the
    file cannot be written; with `keep_result` its message names where `content` was put instead.
    """
    place = real_place(path)
    try:
        if place.is_dir():
            raise IsADirectoryError
        if place.is_symlink() or (place.exists() and not place.is_file()):
            raise OutputRefused(
                f"Không ghi được tệp {path.name} (đây không phải tệp thường).",
                "Đề nghị chọn tên tệp khác.",
            )
        if place.exists() and place.read_bytes() == content:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        if keep_previous and place.exists():
            keep_version(place)
        replace_content(place, content)
    except OSError as error:
        kept = _kept_elsewhere(place, content, error) if keep_result else None
        said = f" Kết quả vừa tính được giữ ở {kept}." if kept else ""
        raise OutputRefused(
            f"Không ghi được tệp {path.name} ({why(error)}).{said}",
            "Đề nghị đóng tệp nếu đang mở trong Excel, kiểm tra quyền ghi và dung lượng đĩa, "
            "hoặc chọn thư mục khác.",
        ) from error
    if keep_previous:
        drop_oldest(place)


def _kept_elsewhere(path: Path, content: bytes, error: OSError) -> Path | None:
    """Put what was computed beside the file that refused it, else at home, else with what passes.

    Returns where it stands, None where there is no place for it.
    """
    if not isinstance(error, PermissionError) and error.errno not in _ELSEWHERE:
        return None
    for folder in _places(path.parent):
        try:
            return _kept_in(folder, path, content)
        except OSError:
            continue
    return None


def _places(folder: Path) -> Iterator[Path]:
    yield folder
    with suppress(RuntimeError):  # a user without a home
        yield Path.home()
    yield Path(tempfile.gettempdir())


def _kept_in(folder: Path, path: Path, content: bytes) -> Path | None:
    for number in range(1, _MOST_NAMES):
        extra = "" if number == 1 else f"-{number}"
        place = folder / f"{path.stem}.ket-qua-moi{extra}{path.suffix}"
        if place.is_file() and place.read_bytes() == content:
            return place
        if not os.path.lexists(place):
            _place_new(place, content)
            return place
    return None


def _place_new(place: Path, content: bytes) -> None:
    """Put `content` under a name that nobody has; the name is ours before it is filled."""
    temporary = write_beside(place.parent, content)
    try:
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            temporary.replace(place)
        except BaseException:
            place.unlink(missing_ok=True)
            raise
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
