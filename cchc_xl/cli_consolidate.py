"""The command `consolidate`: a folder of submissions as the parent unit's workbook."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cchc_xl import cli_json, cli_text
from cchc_xl.core.findings import count
from cchc_xl.core.period import Period
from cchc_xl.core.workbook_names import DEFAULT_SET
from cchc_xl.errors import UsageError


def add_consolidate(commands: Any) -> argparse.ArgumentParser:
    """Add the command; `run_consolidate` runs it."""
    command: argparse.ArgumentParser = commands.add_parser(
        "consolidate",
        help="tổng hợp báo cáo của các đơn vị trong một thư mục",
        description="Tổng hợp báo cáo của các đơn vị thành một tệp Excel. Chạy lại được: câu đã "
        "sửa, tệp đã chọn và nhật ký trong tệp kết quả cũ được giữ.",
    )
    command.add_argument(
        "folder", type=Path, metavar="THƯ_MỤC", help="thư mục chứa báo cáo của các đơn vị"
    )
    command.add_argument(
        "-o", "--output", required=True, type=Path, metavar="TỆP.xlsx", help="tệp kết quả"
    )
    command.add_argument("--name", required=True, metavar="TÊN", help="tên đơn vị tổng hợp")
    command.add_argument(
        "--period",
        required=True,
        metavar="KỲ",
        help="kỳ báo cáo: 2022-Q1 (đến Q4), 2022-6T, 2022-9T, 2022-N",
    )
    command.add_argument("--units", type=Path, metavar="TỆP", help="danh sách đơn vị (.csv, .xlsx)")
    command.add_argument(
        "--previous", type=Path, metavar="TỆP", help="kỳ trước: tệp tổng hợp hoặc báo cáo"
    )
    command.add_argument(
        "--own", type=Path, metavar="TỆP", help="số liệu của chính đơn vị tổng hợp"
    )
    command.add_argument(
        "--prefer", nargs="+", default=[], metavar="TỆP", help="tệp được chọn khi đơn vị gửi trùng"
    )
    command.add_argument(
        "--form", default=DEFAULT_SET, metavar="BIỂU", help=f"mã biểu mẫu (mặc định: {DEFAULT_SET})"
    )
    command.add_argument("--jobs", type=int, default=1, metavar="N", help="số tiến trình đọc tệp")
    command.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="text: cho người đọc (mặc định); json: cho chương trình khác",
    )
    return command


def run_consolidate(options: argparse.Namespace, *, name: str, period: Period) -> bool:
    """Merge the folder and say what came of it; True where there is nothing to mend.

    Raises UsageError and what the use-case raises.
    """
    from concurrent.futures import ProcessPoolExecutor
    from contextlib import nullcontext

    from cchc_xl.cli_json_parent import consolidation_json
    from cchc_xl.gateways.schemas import load_form
    from cchc_xl.gateways.units_file import read_units
    from cchc_xl.usecases.parent import make_parent_workbook

    form = load_form(options.form)
    units = read_units(options.units) if options.units else None
    if options.jobs < 1:
        raise UsageError("Số tiến trình --jobs phải từ 1 trở lên.", "Đề nghị bỏ --jobs hoặc sửa.")
    pool = ProcessPoolExecutor(options.jobs) if options.jobs > 1 else nullcontext()
    with pool as executor, cli_text.progress(sys.stderr) as progress:
        result = make_parent_workbook(
            options.folder,
            options.output,
            form,
            name=name,
            period=period,
            units=units,
            preferred=preferred(options.prefer, options.folder),
            previous=options.previous,
            own=options.own,
            executor=executor,
            progress=progress,
        )
    found = cli_json.counts_json(count(result.data.findings))
    options.activity.counts = {
        "units": len(result.data.tables),
        "files": len(result.data.received),
        **found,
    }
    if options.format == "json":
        print(cli_json.dumps(consolidation_json(result)))
    else:
        print(cli_text.consolidation_text(result))
    return result.data.is_clean


def preferred(files: Sequence[str], folder: Path) -> list[str]:
    """Return the preferred files as they are named inside the folder."""
    names: list[str] = []
    for file in files:
        path = Path(file)
        for way, place in ((path, folder), (path.resolve(), folder.resolve())):
            if way.is_relative_to(place):
                path = way.relative_to(place)
                break
        names.append(unicodedata.normalize("NFC", path.as_posix()))
    return names
