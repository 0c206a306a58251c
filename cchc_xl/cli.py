"""The command line: the same use-cases as the buttons, with no Excel.

Exit codes: 0 done, no error finding; 1 done, error findings exist; 2 cannot be done.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from cchc_xl import (
    __version__,
    cli_consolidate,
    cli_json,
    cli_machine,
    cli_proofread,
    cli_restore,
    cli_return,
    cli_text,
)
from cchc_xl.cli_parser import Parser
from cchc_xl.core.identity import unit_name
from cchc_xl.core.period import Period, parse_period_id
from cchc_xl.core.submission import Status
from cchc_xl.core.workbook_names import DEFAULT_SET
from cchc_xl.errors import CchcError, UsageError
from cchc_xl.gateways.activity_log import Activity

DONE, FOUND_ERRORS, NOT_DONE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no traceback ever reaches an official."""
    _speak_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    wants_json = "--format=json" in words or ("json" in words and "--format" in words)
    activity = Activity()
    code = NOT_DONE
    try:
        options = _parser().parse_args(words, argparse.Namespace(activity=activity))
        activity.command = options.command
        run: Callable[[argparse.Namespace], int] = options.run
        code = run(options)
    except CchcError as error:
        activity.error = error.code
        _fail(error, wants_json)
    except KeyboardInterrupt:
        activity.error = "da_dung"
        print("\nĐã dừng theo yêu cầu; không tệp nào bị ghi dở.", file=sys.stderr)
    except BrokenPipeError:
        # The reader of the pipe has gone; nothing more can be said to it.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    except Exception as error:  # noqa: BLE001  # the one place where nothing may pass
        _fail(_programming_error(error, activity.failed(error)), wants_json)
    activity.end(code)
    return code


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _fail(error: CchcError, wants_json: bool) -> None:
    if wants_json:
        print(cli_json.dumps(cli_json.error_json(error)))
    else:
        print(cli_text.error_text(error), file=sys.stderr)


def _programming_error(error: Exception, code: str) -> CchcError:
    """Turn a defect of ours into one plain sentence; CCHC_DEBUG=1 shows the developers the rest."""
    if os.environ.get("CCHC_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    failure = CchcError(
        f"Chương trình gặp lỗi ngoài dự kiến ({type(error).__name__}, mã {code}).",
        "Đề nghị gửi câu này kèm tệp đang xử lý cho người phụ trách cchc-xl.",
    )
    failure.code = "loi_chuong_trinh"
    return failure


def _parser() -> Parser:
    parser = Parser(
        prog="cchc-xl",
        description="Kiểm tra, tổng hợp và soạn báo cáo cải cách hành chính từ Phụ lục 01b.",
    )
    parser.add_argument(
        "--version", action="version", version=f"cchc-xl {__version__}", help="xem phiên bản"
    )
    commands = parser.add_subparsers(
        title="các lệnh", metavar="LỆNH", required=True, dest="command"
    )
    _add_demo(commands)
    _add_new(commands)
    _add_check(commands)
    cli_consolidate.add_consolidate(commands).set_defaults(run=_run_consolidate)
    _add_draft(commands)
    cli_proofread.add_proofread(commands)
    cli_return.add_return(commands).set_defaults(run=_run_return)
    _add_build(commands)
    cli_restore.add_restore(commands)
    cli_machine.add_install(commands)
    cli_machine.add_uninstall(commands)
    cli_machine.add_doctor(commands)
    return parser


_Commands = argparse._SubParsersAction  # noqa: SLF001  # argparse gives it no public name


def _add_demo(commands: _Commands[Parser]) -> None:
    command = commands.add_parser(
        "demo",
        help="làm thử trên số liệu thật của thị trấn Bút Sơn",
        description="Làm thử cả quy trình: nhập, kiểm tra, tổng hợp, soạn báo cáo Word.",
    )
    command.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("cchc-demo"),
        metavar="THƯ_MỤC",
        help="nơi ghi các tệp làm thử (mặc định: cchc-demo)",
    )
    command.set_defaults(run=_run_demo)


def _run_demo(options: argparse.Namespace) -> int:
    from cchc_xl.usecases.demo import run_demo

    print(cli_text.demo_text(run_demo(options.folder)))
    return DONE


def _add_new(commands: _Commands[Parser]) -> None:
    command = commands.add_parser(
        "new",
        help="tạo tệp nhập liệu cho một đơn vị",
        description="Tạo tệp Excel để một đơn vị nhập số liệu; tệp tự kiểm tra khi nhập.",
    )
    command.add_argument("out", type=Path, metavar="TỆP.xlsx", help="tệp sẽ tạo")
    command.add_argument("--unit", required=True, metavar="TÊN", help="tên đơn vị báo cáo")
    command.add_argument("--unit-code", default="", metavar="MÃ", help="mã đơn vị")
    command.add_argument(
        "--period",
        required=True,
        metavar="KỲ",
        help="kỳ báo cáo: 2022-Q1 (đến Q4), 2022-6T, 2022-9T, 2022-N",
    )
    command.add_argument(
        "--form", default=DEFAULT_SET, metavar="BIỂU", help=f"mã biểu mẫu (mặc định: {DEFAULT_SET})"
    )
    command.add_argument("--values", type=Path, metavar="TỆP.json", help="số liệu ghi sẵn")
    command.add_argument(
        "--previous", type=Path, metavar="TỆP", help="báo cáo kỳ trước, để xem cạnh ô nhập"
    )
    command.set_defaults(run=_run_new)


def _run_new(options: argparse.Namespace) -> int:
    from cchc_xl.gateways.schemas import load_form
    from cchc_xl.usecases.new import new_workbook, read_values

    values, lists = read_values(options.values) if options.values else (None, None)
    new_workbook(
        options.out,
        load_form(options.form),
        unit=_named(options.unit, "--unit"),
        unit_code=options.unit_code,
        period=_period(options.period),
        values=values,
        lists=lists,
        previous=options.previous,
    )
    print(f"Đã tạo tệp {options.out}.")
    return DONE


def _named(name: str, option: str) -> str:
    if not name.strip():
        raise UsageError(f"Tên đơn vị ở {option} đang để trống.", "Đề nghị ghi tên đơn vị.")
    return unit_name(name)


def _period(text: str) -> Period:
    period = parse_period_id(text)
    if period is None:
        raise UsageError(
            f"Không hiểu kỳ báo cáo «{text}».",
            "Đề nghị ghi theo dạng 2022-Q1 (đến Q4), 2022-6T, 2022-9T, 2022-N hoặc hai ngày "
            "2021-01-01_2023-08-31.",
        )
    return period


def _add_check(commands: _Commands[Parser]) -> None:
    command = commands.add_parser(
        "check",
        help="kiểm tra một hay nhiều tệp báo cáo",
        description="Nêu từng lỗi, cảnh báo, lưu ý của tệp báo cáo; không sửa gì trong tệp.",
    )
    command.add_argument(
        "files", nargs="+", type=Path, metavar="TỆP", help="tệp báo cáo (.xlsx, .xls, .ods, .docx)"
    )
    command.add_argument("--previous", type=Path, metavar="TỆP", help="báo cáo kỳ trước")
    command.add_argument("--form", metavar="BIỂU", help="mã hoặc tệp biểu mẫu (mặc định: tự nhận)")
    command.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="text: cho người đọc (mặc định); json: cho chương trình khác",
    )
    command.set_defaults(run=_run_check)


def _run_check(options: argparse.Namespace) -> int:
    from cchc_xl.gateways.schemas import load_form, shipped_forms
    from cchc_xl.usecases.check import check_files

    forms = (load_form(options.form),) if options.form else shipped_forms()
    result = check_files(options.files, forms, options.previous)
    options.activity.counts = {"files": len(result.files), **cli_json.counts_json(result.counts)}
    unreadable = all(file.status is Status.UNREADABLE for file in result.files)
    if options.format == "json":
        content = cli_json.check_json(result)
        if unreadable:
            finding = result.files[0].findings[0]
            content |= cli_json.error_json(_unreadable(finding.message, finding.advice))
        print(cli_json.dumps(content))
    else:
        print(cli_text.check_text(result))
    if unreadable:
        return NOT_DONE
    fine = all(file.status in (Status.ACCEPTED, Status.IGNORED) for file in result.files)
    return DONE if fine else FOUND_ERRORS


def _run_consolidate(options: argparse.Namespace) -> int:
    is_clean = cli_consolidate.run_consolidate(
        options, name=_named(options.name, "--name"), period=_period(options.period)
    )
    return DONE if is_clean else FOUND_ERRORS


def _run_return(options: argparse.Namespace) -> int:
    return cli_return.run_return(
        options,
        period=_period(options.period) if options.period else None,
        preferred=cli_consolidate.preferred(options.prefer, options.folder),
    )


def _add_draft(commands: _Commands[Parser]) -> None:
    command = commands.add_parser(
        "draft",
        help="soạn báo cáo Word từ tệp của đơn vị hoặc tổng hợp",
        description="Soạn báo cáo Word; những chỗ cần hoàn thiện được liệt kê ở trang cuối.",
    )
    command.add_argument(
        "file", type=Path, metavar="TỆP.xlsx", help="báo cáo của đơn vị, hoặc tệp tổng hợp"
    )
    command.add_argument(
        "-o", "--output", required=True, type=Path, metavar="TỆP.docx", help="báo cáo sẽ ghi"
    )
    command.add_argument("--outline", metavar="ĐỀ_CƯƠNG", help="mã đề cương")
    command.add_argument("--previous", type=Path, metavar="TỆP", help="báo cáo kỳ trước")
    command.add_argument("--form", metavar="BIỂU", help="mã hoặc tệp biểu mẫu (mặc định: tự nhận)")
    command.set_defaults(run=_run_draft)


def _run_draft(options: argparse.Namespace) -> int:
    from cchc_xl.gateways.schemas import load_form
    from cchc_xl.usecases.draft import draft_report

    forms = (load_form(options.form),) if options.form else None
    result = draft_report(
        options.file,
        options.output,
        forms=forms,
        outline_id=options.outline,
        previous=options.previous,
    )
    print(cli_text.draft_text(result))
    return DONE


def _add_build(commands: _Commands[Parser]) -> None:
    command = commands.add_parser(
        "build",
        help="tạo lại mẫu nhập liệu, tệp cchc-master.xlsm và cchc.xlam từ mã nguồn",
        description="Dành cho người phát triển: tạo lại các tệp Excel đi kèm từ mã nguồn.",
    )
    command.add_argument(
        "--out",
        type=Path,
        default=Path("workbooks"),
        metavar="THƯ_MỤC",
        help="nơi ghi (mặc định: workbooks)",
    )
    command.add_argument(
        "--with-xlwings", action="store_true", help="kèm mô-đun VBA của xlwings đang cài"
    )
    command.set_defaults(run=_run_build)


def _run_build(options: argparse.Namespace) -> int:
    from cchc_xl.excel.declared import declared_functions
    from cchc_xl.usecases.build import build_workbooks

    functions = declared_functions()
    for path in build_workbooks(options.out, functions, xlwings=options.with_xlwings):
        print(f"Đã tạo tệp {path}.")
    return DONE


def _unreadable(message: str, advice: str) -> CchcError:
    from cchc_xl.errors import UnreadableFile

    return UnreadableFile(message, advice)
