"""The command that brings back an earlier version of a result, and what it says."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    # Only its shape is needed here; the command imports what it needs when it runs.
    from cchc_xl.gateways.versions import KeptVersion

_DONE = 0
_VIETNAM = timezone(timedelta(hours=7))

_Commands: TypeAlias = "argparse._SubParsersAction[Any]"  # noqa: SLF001  # it has no public name


def add_restore(commands: _Commands) -> None:
    """Add `restore`: bring back what a file was before."""
    command = commands.add_parser(
        "restore",
        help="lấy lại bản trước của một tệp kết quả",
        description="Lấy lại bản trước của một tệp kết quả; bản đang có được giữ lại.",
    )
    command.add_argument("file", type=Path, metavar="TỆP", help="tệp kết quả cần lấy lại")
    command.add_argument("--version", type=int, metavar="SỐ", help="số của bản lưu (1: mới nhất)")
    command.add_argument("--list", action="store_true", help="chỉ liệt kê các bản lưu")
    command.set_defaults(run=_run_restore)


def _run_restore(options: argparse.Namespace) -> int:
    from cchc_xl.usecases.restore import kept_versions, restore

    if not options.list:
        restore(options.file, options.version)
        print(f"Đã lấy lại bản trước của {options.file}; bản vừa thay được giữ lại.")
    print(versions_text(options.file, kept_versions(options.file)))
    return _DONE


def versions_text(path: Path, versions: Sequence[KeptVersion]) -> str:
    """Return the kept versions, one in a line: number, when it was set aside, size."""
    lines = [f"Các bản lưu của {path.name}:"]
    for version in versions:
        moment = version.written.astimezone(_VIETNAM).strftime("%d/%m/%Y %H:%M:%S")
        lines.append(f"  {version.number}  lưu lúc {moment}  {-(-version.size // 1024)} KB")
    return "\n".join(lines)
