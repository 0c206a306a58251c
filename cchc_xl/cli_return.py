"""The command `return`: slips for the files with errors, reminders for the units without one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_xl import cli_json, cli_text
from cchc_xl.core.identity import unit_name
from cchc_xl.core.period import Period
from cchc_xl.core.wording import STATUS_WORDS
from cchc_xl.core.workbook_names import DEFAULT_SET
from cchc_xl.errors import UsageError

if TYPE_CHECKING:
    # Only its shape is needed here; importing it would load the Excel libraries.
    from cchc_xl.usecases.return_results import ReturnedSlip, SlipsResult

NOTHING_TO_RETURN, WRITTEN = 0, 1


def add_return(commands: Any) -> argparse.ArgumentParser:
    """Add the command; `run_return` runs it."""
    command: argparse.ArgumentParser = commands.add_parser(
        "return",
        help="soạn phiếu đề nghị chỉnh sửa và tin nhắc nộp cho các đơn vị",
        description="Đọc thư mục báo cáo, rồi soạn cho mỗi đơn vị có lỗi một phiếu Excel và nội "
        "dung gửi, cho mỗi đơn vị chưa nộp một tin nhắc. Tệp của đơn vị không bị thay đổi.",
    )
    command.add_argument(
        "folder", type=Path, metavar="THƯ_MỤC", help="thư mục chứa báo cáo của các đơn vị"
    )
    command.add_argument(
        "-o", "--output", required=True, type=Path, metavar="THƯ_MỤC", help="nơi ghi phiếu"
    )
    command.add_argument("--name", default="", metavar="TÊN", help="tên đơn vị tổng hợp")
    command.add_argument(
        "--period", metavar="KỲ", help="kỳ báo cáo: 2022-Q1 (đến Q4), 2022-6T, 2022-9T, 2022-N"
    )
    command.add_argument("--units", type=Path, metavar="TỆP", help="danh sách đơn vị (.csv, .xlsx)")
    command.add_argument(
        "--previous", type=Path, metavar="TỆP", help="kỳ trước: tệp tổng hợp hoặc báo cáo"
    )
    command.add_argument(
        "--prefer", nargs="+", default=[], metavar="TỆP", help="tệp được chọn khi đơn vị gửi trùng"
    )
    command.add_argument(
        "--result",
        type=Path,
        metavar="TỆP.xlsx",
        help="tệp kết quả của lệnh consolidate; tệp có dấu x ở cột Chọn là tệp được chọn",
    )
    command.add_argument(
        "--form", default=DEFAULT_SET, metavar="BIỂU", help=f"mã biểu mẫu (mặc định: {DEFAULT_SET})"
    )
    command.add_argument("--deadline", metavar="NGÀY", help="hạn gửi lại, ví dụ 15/04/2022")
    command.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="text: cho người đọc (mặc định); json: cho chương trình khác",
    )
    return command


def run_return(
    options: argparse.Namespace, *, period: Period | None, preferred: Sequence[str]
) -> int:
    """Run the command."""
    from cchc_xl.gateways.schemas import load_form
    from cchc_xl.gateways.units_file import read_units
    from cchc_xl.usecases.return_choices import chosen_in
    from cchc_xl.usecases.return_slips import make_slips

    deadline = _day(options.deadline) if options.deadline else None
    form = load_form(options.form)
    units = read_units(options.units) if options.units else None
    chosen = chosen_in(options.result, form, period) if options.result else frozenset[str]()
    with cli_text.progress(sys.stderr) as progress:
        result = make_slips(
            options.folder,
            options.output,
            form,
            name=unit_name(options.name) if options.name.strip() else "",
            period=period,
            units=units,
            preferred=preferred,
            chosen_before=chosen,
            previous=options.previous,
            deadline=deadline,
            progress=progress,
        )
    as_json = options.format == "json"
    print(cli_json.dumps(slips_json(result)) if as_json else slips_text(result))
    return WRITTEN if result.slips or result.reminders else NOTHING_TO_RETURN


def _day(text: str) -> date:
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        raise UsageError(
            f"Không hiểu ngày «{text}» ở --deadline.",
            "Đề nghị ghi ngày, tháng, năm, ví dụ 15/04/2022.",
        ) from None


def slips_json(result: SlipsResult) -> cli_json.Json:
    return {
        "name": result.name,
        "period": result.period.id,
        "slips": [
            {
                "unit": slip.unit,
                "file": slip.file,
                "status": slip.status.value,
                "slip": str(slip.slip) if slip.slip else None,
                "text": str(slip.text) if slip.text else None,
                "findings": cli_json.counts_json(slip.counts),
            }
            for slip in result.slips
        ],
        "reminders": [{"unit": r.unit, "text": str(r.text)} for r in result.reminders],
        "returned": [
            {
                "unit": slip.unit,
                "file": slip.file,
                "fixed": slip.comparison.fixed[0],
                "of": slip.comparison.fixed[1],
                **cli_json.returned_json(slip.comparison),
            }
            for slip in result.returned
        ],
        "no_longer_due": [str(path) for path in result.no_longer_due],
        "overview": str(result.overview),
        "output": str(result.output),
    }


def _unanswered(came: ReturnedSlip) -> str:
    left = len(came.comparison.unanswered)
    return f", {left} vấn đề chưa trả lời (ô đã xóa trống)" if left else ""


def slips_text(result: SlipsResult) -> str:
    """Return what was written and where to look."""
    lines = [f"{result.name}, {result.period.name}:" if result.name else f"{result.period.name}:"]
    for slip in result.slips:
        if slip.unit is None or slip.text is None:
            lines.append(
                f"  {slip.file} ({STATUS_WORDS[slip.status]}): chưa rõ của đơn vị nào nên không "
                "soạn nội dung gửi; đề nghị xem lại tệp."
            )
            continue
        what = slip.slip.name if slip.slip else "Không kèm phiếu, chỉ có nội dung gửi"
        lines.append(
            f"  {slip.unit}, {slip.file} ({STATUS_WORDS[slip.status]}): "
            f"{slip.counts.error} lỗi, {slip.counts.warning} cảnh báo. {what}; {slip.text.name}"
        )
    lines += [f"  {r.unit}: chưa nộp. {r.text.name}" for r in result.reminders]
    for came in result.returned:
        closed, of = came.comparison.fixed
        lines.append(
            f"  {came.unit}, {came.file}: phiếu gửi lại, đã sửa {closed}/{of}{_unanswered(came)}."
        )
    lines += [f"  Không còn cần: {path.name}" for path in result.no_longer_due]
    if not result.slips and not result.reminders:
        lines.append("  Không có gì phải gửi lại.")
    lines.append(
        f"Đã ghi vào {result.output}: {len({s.slip for s in result.slips if s.slip})} phiếu, "
        f"{len(result.reminders)} tin nhắc nộp, {result.overview.name}."
    )
    return "\n".join(lines)
