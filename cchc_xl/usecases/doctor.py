"""Says what works on this machine and what does not, each with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cchc_xl import __version__
from cchc_xl.core.xlwings_settings import (
    INTERPRETER,
    WORKBOOK_FOLDER,
    expanded,
    is_yes,
    line_of,
    value_of,
)
from cchc_xl.errors import CchcError
from cchc_xl.gateways.together import content_of
from cchc_xl.gateways.windows_machine import Machine
from cchc_xl.gateways.xlwings_modules import embedded_version, installed_version
from cchc_xl.usecases.installed import Places, is_in_cloud, places_of
from cchc_xl.usecases.trusted_location import is_forbidden, is_trusted

_OLDEST_PYTHON = (3, 11, 0)
_RUN_INSTALL = "Đề nghị chạy lệnh: cchc-xl install."
_ONLY_WINDOWS = "chỉ xét được trên Windows"


class State(StrEnum):
    """How one thing stands; UNKNOWN is what cannot be found out here."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report; `advice` is empty where nothing is to be done."""

    id: str
    label: str
    state: State
    found: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class XlwingsVersions:
    """How the versions of xlwings are found: the installed one, and the one in a workbook."""

    installed: Callable[[], str | None] = field(default=installed_version)
    embedded: Callable[[Path], str | None] = field(default=embedded_version)


def examine(machine: Machine, xlwings: XlwingsVersions | None = None) -> tuple[Check, ...]:
    """Examine everything that the buttons and the command line stand on."""
    versions = xlwings or XlwingsVersions()
    version = versions.installed()
    checks = [
        _system(machine),
        _python(machine),
        Check("cchc_xl", "cchc-xl", State.OK, f"bản {__version__}"),
        _xlwings(version),
    ]
    if not machine.is_windows:
        return (*checks, *_unknown(_ONLY_WINDOWS))
    checks.append(_pywin32(machine))
    try:
        places = places_of(machine)
    except CchcError as error:
        checks.append(Check("folders", "Thư mục", State.FAIL, error.message, error.advice))
        return (*checks, *_unknown("chưa xét được", but="pywin32"))
    return (
        *checks,
        *_interpreter(machine, places, version),
        _workbook_folder(places),
        *_workbook("addin", "Phần bổ trợ cchc.xlam", places.addin, State.FAIL, version, versions),
        *_workbook("master", "Tệp cchc-master", places.master, State.WARN, version, versions),
        _trusted(machine, places),
        _documents(machine, places),
    )


_WINDOWS_CHECKS = (
    ("pywin32", "pywin32"),
    ("interpreter", "Python trong xlwings.conf"),
    ("dll", "Thư viện DLL của xlwings"),
    ("workbook_folder", "Mã Python cạnh bảng tính"),
    ("addin", "Phần bổ trợ cchc.xlam"),
    ("addin_xlwings", "xlwings trong cchc.xlam"),
    ("master", "Tệp cchc-master"),
    ("master_xlwings", "xlwings trong cchc-master.xlsm"),
    ("trusted", "Thư mục tin cậy"),
    ("documents", "Thư mục Documents"),
)


def _unknown(why: str, but: str = "") -> Iterator[Check]:
    for name, label in _WINDOWS_CHECKS:
        if name != but:
            yield Check(name, label, State.UNKNOWN, why)


def _system(machine: Machine) -> Check:
    if machine.is_windows:
        return Check("system", "Hệ điều hành", State.OK, machine.system)
    return Check(
        "system", "Hệ điều hành", State.WARN,
        f"{machine.system}: nút bấm và hàm cần Excel trên Windows, các việc khác đều dùng được",
        "Ở đây dùng dòng lệnh; muốn bấm nút thì dùng máy Windows có Excel.",
    )  # fmt: skip


def _python(machine: Machine) -> Check:
    number = ".".join(map(str, machine.python_version))
    found = f"bản {number}, {machine.python_bits} bit, {machine.python}"
    if machine.python_version < _OLDEST_PYTHON:
        advice = "Đề nghị cài Python từ bản 3.11 trở lên."
        return Check("python", "Python", State.FAIL, found, advice)
    if machine.python_is_from_store:
        return Check(
            "python", "Python", State.FAIL, f"{found}, cài từ Microsoft Store",
            "Excel không nhìn thấy tệp do bản này ghi. Đề nghị cài Python từ python.org, rồi cài "
            "lại cchc-xl.",
        )  # fmt: skip
    return Check("python", "Python", State.OK, found)


def _xlwings(version: str | None) -> Check:
    if version is None:
        advice = "Đề nghị cài lại cchc-xl (gói này kéo theo xlwings)."
        return Check("xlwings", "xlwings", State.FAIL, "chưa cài", advice)
    return Check("xlwings", "xlwings", State.OK, f"bản {version}")


def _pywin32(machine: Machine) -> Check:
    if machine.has_module("pythoncom"):
        return Check("pywin32", "pywin32", State.OK, "có")
    advice = "Đề nghị cài lại: python -m pip install --force-reinstall pywin32."
    return Check("pywin32", "pywin32", State.FAIL, "không nạp được", advice)


def _interpreter(machine: Machine, places: Places, version: str | None) -> Iterator[Check]:
    """Tell of the interpreter that Excel will start, and of the DLL that has to stand by it."""
    label = "Python trong xlwings.conf"
    path = _configured(machine, places)
    if path is None:
        yield Check("interpreter", label, State.FAIL, f"chưa ghi ({places.settings})", _RUN_INSTALL)
    elif not path.is_file():
        yield Check("interpreter", label, State.FAIL, f"không có tệp {path}", _RUN_INSTALL)
    elif str(path).lower() != str(machine.python).lower():
        yield Check(
            "interpreter", label, State.WARN, f"{path}, khác với Python đang chạy lệnh này",
            "Nút trong Excel dùng bản Python đó. Muốn dùng bản này, chạy: cchc-xl install.",
        )  # fmt: skip
    else:
        yield Check("interpreter", label, State.OK, str(path))
    yield _dll(path or machine.python, version)


def _configured(machine: Machine, places: Places) -> Path | None:
    """Return the interpreter of xlwings.conf, None where none is written."""
    value = (_setting(places, INTERPRETER) or b"").decode(machine.ansi, errors="replace")
    return Path(expanded(value, machine.environment)) if value else None


def _setting(places: Places, key: str) -> bytes | None:
    """Return a value of xlwings.conf, None where it is not written or cannot be read."""
    try:
        line = line_of(content_of(places.settings) or b"", key)
    except CchcError:
        return None
    return None if line is None else value_of(line)


def _workbook_folder(places: Places) -> Check:
    label = "Mã Python cạnh bảng tính"
    value = _setting(places, WORKBOOK_FOLDER)
    if value is None or is_yes(value):
        return Check(
            "workbook_folder", label, State.WARN,
            "nút bấm có thể chạy nhầm tệp .py nằm cùng thư mục với bảng tính", _RUN_INSTALL,
        )  # fmt: skip
    return Check("workbook_folder", label, State.OK, "không được nạp")


def _dll(interpreter: Path, version: str | None) -> Check:
    label = "Thư viện DLL của xlwings"
    if version is None:
        return Check("dll", label, State.UNKNOWN, "chưa cài xlwings")
    # xlwings' VBA looks beside the interpreter and one folder up (XLPyLoadDLL); which of the two
    # it takes follows the bitness of Excel, not of Python.
    folders = (interpreter.parent, interpreter.parent.parent)
    wanting = [
        name
        for name in (f"xlwings32-{version}.dll", f"xlwings64-{version}.dll")
        if not any((folder / name).is_file() for folder in folders)
    ]
    if not wanting:
        return Check("dll", label, State.OK, f"đủ, bản {version}")
    return Check(
        "dll", label, State.FAIL, f"thiếu {', '.join(wanting)}",
        "Hàm CCHC_ trong ô cần tệp này; phần mềm diệt vi-rút có thể đã xóa, hoặc cchc-xl được cài "
        "bằng pip --user. Đề nghị cài lại cchc-xl trong một môi trường riêng (python -m venv).",
    )  # fmt: skip


def _workbook(
    name: str,
    label: str,
    path: Path,
    absent: State,
    version: str | None,
    versions: XlwingsVersions,
) -> Iterator[Check]:
    """Tell whether a workbook is in its place, and whether its xlwings fits the installed one."""
    module, of_module = f"{name}_xlwings", f"xlwings trong {path.name}"
    if not path.is_file():
        yield Check(name, label, absent, f"không có ở {path}", _RUN_INSTALL)
        yield Check(module, of_module, State.UNKNOWN, "không có tệp")
        return
    yield Check(name, label, State.OK, str(path))
    embedded = versions.embedded(path)
    if embedded is None:
        found = "tệp không kèm mô-đun của xlwings, hoặc không đọc được"
        yield Check(module, of_module, State.FAIL, found, _RUN_INSTALL)
    elif version is None:
        yield Check(module, of_module, State.UNKNOWN, f"bản {embedded}; chưa cài xlwings")
    elif embedded != version:
        found = f"bản {embedded}, khác bản đang cài ({version})"
        yield Check(module, of_module, State.FAIL, found, _RUN_INSTALL)
    else:
        yield Check(module, of_module, State.OK, f"bản {embedded}, đúng bản đang cài")


def _trusted(machine: Machine, places: Places) -> Check:
    label = "Thư mục tin cậy"
    trusted = is_trusted(machine, places.folder)
    if trusted is None:
        return Check("trusted", label, State.UNKNOWN, "không đọc được registry")
    if not trusted:
        return Check(
            "trusted", label, State.WARN, f"{places.folder} chưa có trong Trusted Locations",
            "Nếu Excel chặn macro, đề nghị chạy lệnh: cchc-xl install --trust.",
        )  # fmt: skip
    if is_forbidden(machine):
        return Check(
            "trusted", label, State.WARN, "có, nhưng chính sách của cơ quan không cho dùng",
            "Nếu Excel chặn macro, đề nghị cán bộ công nghệ thông tin thêm thư mục "
            f"{places.folder} vào Trusted Locations.",
        )  # fmt: skip
    return Check("trusted", label, State.OK, str(places.folder))


def _documents(machine: Machine, places: Places) -> Check:
    label, found = "Thư mục Documents", str(places.documents)
    if is_in_cloud(machine, places.documents):
        return Check(
            "documents", label, State.WARN, f"{found}, nằm trong OneDrive",
            "Nút Tổng hợp và Xuất Word cần thư mục thật. Đề nghị chép cchc-master.xlsm sang một "
            "thư mục trên máy, ngoài OneDrive, rồi mở ở đó.",
        )  # fmt: skip
    if machine.is_remote(places.documents):
        return Check(
            "documents", label, State.WARN, f"{found}, nằm trên mạng",
            "Excel không coi thư mục mạng là tin cậy. Đề nghị chép cchc-master.xlsm sang một thư "
            "mục trên máy rồi mở ở đó.",
        )  # fmt: skip
    return Check("documents", label, State.OK, found)
