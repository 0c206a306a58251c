"""The commands about this machine: install, uninstall, doctor; and what they say."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, TypeAlias

from cchc_xl import cli_json

if TYPE_CHECKING:
    # Only their shapes are needed here; a command imports what it needs when it runs.
    from cchc_xl.usecases.doctor import Check
    from cchc_xl.usecases.install import Installed, PlacedFile
    from cchc_xl.usecases.uninstall import Uninstalled

_DONE, _FOUND_PROBLEMS = 0, 1

_Commands: TypeAlias = "argparse._SubParsersAction[Any]"  # noqa: SLF001  # it has no public name


def add_install(commands: _Commands) -> None:
    """Add `install`: set Excel up for this user."""
    command = commands.add_parser(
        "install",
        help="cài nút bấm và hàm vào Excel của người dùng này",
        description="Cài nút bấm và hàm vào Excel của người dùng này; không cần quyền quản trị.",
    )
    command.add_argument(
        "--trust",
        action="store_true",
        help="thêm thư mục Documents\\CCHC vào Trusted Locations của Excel",
    )
    command.set_defaults(run=_run_install)


def add_uninstall(commands: _Commands) -> None:
    """Add `uninstall`: take away what install put there."""
    command = commands.add_parser(
        "uninstall",
        help="gỡ những gì lệnh install đã cài",
        description="Gỡ những gì lệnh install đã cài vào Excel.",
    )
    command.set_defaults(run=_run_uninstall)


def add_doctor(commands: _Commands) -> None:
    """Add `doctor`: say what works on this machine and what does not."""
    command = commands.add_parser(
        "doctor",
        help="xét máy này: việc gì dùng được, việc gì chưa",
        description="Nêu việc gì dùng được trên máy này, việc gì chưa và cách khắc phục.",
    )
    command.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="text: cho người đọc (mặc định); json: cho chương trình khác",
    )
    command.set_defaults(run=_run_doctor)


def _run_install(options: argparse.Namespace) -> int:
    from cchc_xl.excel.declared import declared_functions
    from cchc_xl.gateways import windows_machine
    from cchc_xl.usecases.build import built_workbooks
    from cchc_xl.usecases.install import Trust, install
    from cchc_xl.usecases.installed import require_windows

    machine = windows_machine.this_machine()
    require_windows(machine)
    workbooks = built_workbooks(declared_functions(), xlwings=True)
    result = install(machine, workbooks, wants_trust=options.trust)
    print(install_text(result))
    return _FOUND_PROBLEMS if result.trust is Trust.REFUSED else _DONE


def _run_uninstall(_options: argparse.Namespace) -> int:
    from cchc_xl.gateways import windows_machine
    from cchc_xl.usecases.uninstall import uninstall

    result = uninstall(windows_machine.this_machine())
    print(uninstall_text(result))
    return _FOUND_PROBLEMS if result.registry_refused else _DONE


def _run_doctor(options: argparse.Namespace) -> int:
    from cchc_xl.gateways import windows_machine
    from cchc_xl.usecases.doctor import State, examine

    checks = examine(windows_machine.this_machine())
    fine = all(check.state is not State.FAIL for check in checks)
    if options.format == "json":
        print(cli_json.dumps(doctor_json(checks, fine=fine)))
    else:
        print(doctor_text(checks, fine=fine))
    return _DONE if fine else _FOUND_PROBLEMS


def install_text(result: Installed) -> str:
    """Return where everything was put and what to do next."""
    lines = [line for file in result.files for line in _file_lines(file)]
    lines += [
        f"Đã ghi vào {result.settings}: Excel gọi Python ở {result.interpreter}, không nạp mã "
        "Python nằm cạnh bảng tính.",
        *_trust_lines(result),
        *_place_lines(result),
        "",
        "Việc tiếp theo:",
        f"  1. {'Đóng Excel rồi mở lại' if result.excel_is_open else 'Mở Excel'}; "
        "trên thanh công cụ có thẻ CCHC.",
        f"  2. Mở tệp {result.files[1].path}.",
        "  3. Bấm Kiểm tra máy ở trang Bắt đầu hoặc trên thẻ CCHC.",
    ]
    return "\n".join(lines)


def uninstall_text(result: Uninstalled) -> str:
    """Return what was taken away and what was left."""
    from cchc_xl.usecases.uninstall import Settings

    lines = [f"Đã xóa {path}." for path in result.removed]
    lines += [f"Giữ lại {path}: tệp đã có số liệu hoặc đã sửa." for path in result.kept]
    if result.settings is Settings.BROUGHT_BACK:
        lines.append(f"Đã trả lại {result.settings_path} như trước khi cài.")
    elif result.settings is Settings.CHANGED_SINCE:
        lines.append(
            f"Trong {result.settings_path}: giữ nguyên dòng đã được sửa sau khi cài, dòng khác "
            "của cchc-xl đã trả lại như trước."
        )
    if result.registry_refused:
        lines.append(
            "Không xóa được thư mục tin cậy trong Excel vì máy không cho. Đề nghị xóa bằng tay: "
            f"{_TRUST_CENTER}."
        )
    if not lines:
        return "Excel của người dùng này chưa cài cchc-xl; không có gì để gỡ."
    return "\n".join([*lines, "Đã gỡ cchc-xl khỏi Excel; dòng lệnh vẫn dùng được."])


def doctor_text(checks: tuple[Check, ...], *, fine: bool) -> str:
    """Return a line for every thing examined, its advice below, and the verdict at the end."""
    lines: list[str] = []
    for check in checks:
        lines.append(f"{_STATE_WORDS[check.state]:<10} {check.label}: {check.found}")
        if check.advice:
            lines.append(f"{'':<10} {check.advice}")
    if not fine:
        verdict = "Còn việc cần làm ở các dòng «Chưa được»."
    elif any(check.state == "warn" for check in checks):
        verdict = "Không có lỗi; đề nghị xem các dòng «Lưu ý»."
    else:
        verdict = "Máy này dùng được đầy đủ."
    return "\n".join([*lines, "", verdict])


def doctor_json(checks: tuple[Check, ...], *, fine: bool) -> dict[str, Any]:
    """Return the report for programs."""
    return {
        "checks": [
            {"id": c.id, "state": c.state.value, "found": c.found, "advice": c.advice}
            for c in checks
        ],
        "ok": fine,
    }


_STATE_WORDS = {"ok": "Được", "warn": "Lưu ý", "fail": "Chưa được", "unknown": "Chưa rõ"}
_TRUST_CENTER = "File > Options > Trust Center > Trust Center Settings > Trusted Locations"


def _file_lines(file: PlacedFile) -> list[str]:
    from cchc_xl.usecases.install import Placed

    match file.how:
        case Placed.NEW:
            return [f"Đã đặt {file.path}."]
        case Placed.REPLACED:
            return [f"Đã thay bản mới cho {file.path}."]
        case Placed.SAME:
            return [f"Đã có sẵn {file.path}, đúng bản này."]
        case Placed.KEPT:
            lines = [f"Giữ nguyên {file.path}: tệp đã có số liệu hoặc đã sửa."]
            if file.newer is not None:
                lines.append(f"  Bản mới đặt bên cạnh: {file.newer}.")
            return lines


def _trust_lines(result: Installed) -> list[str]:
    from cchc_xl.usecases.install import Trust

    match result.trust:
        case Trust.PRESENT:
            return [f"Thư mục {result.folder} đã là thư mục tin cậy của Excel."]
        case Trust.ADDED:
            return [f"Đã thêm {result.folder} vào Trusted Locations của Excel."]
        case Trust.REFUSED:
            return [
                f"Không thêm được {result.folder} vào Trusted Locations vì máy không cho. Đề nghị "
                f"thêm bằng tay: {_TRUST_CENTER}; hoặc nhờ cán bộ công nghệ thông tin."
            ]
        case Trust.OFFERED:
            return [
                f"Excel có thể hỏi hoặc chặn macro khi mở tệp trong {result.folder}. Muốn Excel "
                "tin thư mục này, đề nghị chạy: cchc-xl install --trust. Chỉ nên làm khi trong "
                "thư mục chỉ có tệp của cchc-xl."
            ]


def _place_lines(result: Installed) -> list[str]:
    if result.in_cloud:
        place = "được OneDrive giữ, nút Tổng hợp và Xuất Word cần thư mục thật"
    elif result.on_network:
        place = "nằm trên mạng, Excel không coi là tin cậy"
    else:
        return []
    return [
        f"Lưu ý: thư mục {result.folder} {place}. Đề nghị chép cchc-master.xlsm sang một thư mục "
        "trên máy rồi mở ở đó."
    ]
