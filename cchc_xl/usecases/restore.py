"""Brings back what a file was before; what it is now becomes a kept version."""

from __future__ import annotations

from pathlib import Path

from cchc_xl.errors import UsageError, why
from cchc_xl.gateways.one_writer import only_writer
from cchc_xl.gateways.versions import KeptVersion, bring_back, versions_of


def kept_versions(path: Path) -> tuple[KeptVersion, ...]:
    """Return the kept versions of the file at `path`, the newest first.

    Raises UsageError where there are none, or where their folder cannot be read.
    """
    try:
        versions = versions_of(path)
    except OSError as error:
        raise UsageError(
            f"Không đọc được các bản lưu của {path.name} ({why(error)}).",
            "Đề nghị kiểm tra quyền đọc thư mục .cchc bên cạnh tệp.",
        ) from None
    if not versions:
        raise UsageError(
            f"Tệp {path.name} chưa có bản lưu nào.",
            "Đề nghị kiểm tra lại đường dẫn; bản lưu nằm trong thư mục .cchc bên cạnh tệp.",
        )
    return versions


def restore(path: Path, number: int | None = None) -> None:
    """Exchange the file for its version `number`, else for the newest one that differs from it.

    Raises UsageError where there is no such version, OutputRefused where the file cannot be
    written or another run is writing it.
    """
    with only_writer(path):
        kept_versions(path)
        if not bring_back(path, number):
            which = f"bản lưu số {number}" if number is not None else "bản lưu nào khác bản đang có"
            raise UsageError(
                f"Tệp {path.name} không có {which}.",
                "Đề nghị xem các bản lưu bằng --list.",
            )
