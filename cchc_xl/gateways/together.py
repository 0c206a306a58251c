"""Writes several files as one step: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cchc_xl.errors import OutputRefused, why
from cchc_xl.gateways.files import write_file


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write every file, in order; where one is refused, those before it are put back.

    Raises OutputRefused; its `__cause__` is what the system said.
    """
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in contents.items():
            before[path] = content_of(path)
            write_file(path, content, keep_previous=False, keep_result=False)
    except OutputRefused:
        for path, former in before.items():
            _put_back(path, former)
        raise


def content_of(path: Path) -> bytes | None:
    """Return what stands in a file, None where there is none. Raises OutputRefused."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputRefused(
            f"Không đọc được tệp {path} ({why(error)}).",
            "Đề nghị đóng tệp nếu đang mở, kiểm tra quyền truy cập rồi chạy lại.",
        ) from error


def _put_back(path: Path, former: bytes | None) -> None:
    if former is not None:
        write_file(path, former, keep_previous=False, keep_result=False)
    elif path.is_file():
        path.unlink()
