"""Sets Excel up for this user: the files, the interpreter, a trusted location; no administrator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import count
from pathlib import Path

from cchc_xl import __version__
from cchc_xl.core.xlwings_settings import (
    INTERPRETER,
    NO,
    WORKBOOK_FOLDER,
    ascii_path,
    line_of,
    setting_line,
    with_line,
)
from cchc_xl.errors import CchcError
from cchc_xl.gateways.together import content_of, write_together
from cchc_xl.gateways.windows_machine import Machine
from cchc_xl.usecases.installed import (
    ADDIN,
    MASTER,
    TEMPLATE,
    OurSettings,
    Record,
    SettingLine,
    fingerprint,
    is_in_cloud,
    places_of,
    read_record,
    record_content,
    require_windows,
)
from cchc_xl.usecases.trusted_location import is_trusted, trust

# The folders below which an interpreter of one user stands.
_USER_FOLDERS = ("LOCALAPPDATA", "APPDATA", "USERPROFILE")


class Placed(Enum):
    """What became of a file."""

    NEW = "new"
    REPLACED = "replaced"
    SAME = "same"
    KEPT = "kept"


class Trust(Enum):
    """What became of the trusted location."""

    PRESENT = "present"
    ADDED = "added"
    REFUSED = "refused"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class PlacedFile:
    """A file of the installation; `newer` is the one beside a file in which somebody worked."""

    path: Path
    how: Placed
    newer: Path | None = None


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did, and what is worth knowing about the place."""

    files: tuple[PlacedFile, ...]
    settings: Path
    interpreter: Path
    trust: Trust
    folder: Path
    excel_is_open: bool
    in_cloud: bool
    on_network: bool


def install(
    machine: Machine,
    workbooks: Mapping[str, bytes],
    *,
    wants_trust: bool = False,
    version: str = __version__,
) -> Installed:
    """Put the workbooks where Excel and the user find them, and tell xlwings the interpreter.

    `workbooks` maps MASTER, TEMPLATE and ADDIN to their content. A master or a template in which
    somebody worked is kept. All files are written or none; repeating gives the same. Raises
    NotWindows; CchcError where a file is open, or Python cannot be reached from Excel;
    OutputRefused.
    """
    require_windows(machine)
    _refuse_store_python(machine)
    places = places_of(machine)
    record = read_record(places.record)
    settings = content_of(places.settings)
    ours = _our_settings(machine, settings, record.settings)
    planned = [
        _owned(places.addin, workbooks[ADDIN]),
        _worked_in(places.master, workbooks[MASTER], record, version),
        _worked_in(places.template, workbooks[TEMPLATE], record, version),
    ]
    contents = {path: content for plan in planned for path, content in plan.contents.items()}
    marks = {str(path): fingerprint(content) for path, content in contents.items()}
    after = Record(version, record.with_files(marks).files, ours)
    contents[places.settings] = _with_lines(settings or b"", ours)
    contents[places.record] = record_content(after)
    refuse_locked(machine, contents)
    write_together(contents)
    return Installed(
        files=tuple(plan.placed for plan in planned),
        settings=places.settings,
        interpreter=machine.python,
        trust=_trusted(machine, places.folder, wants_trust=wants_trust),
        folder=places.folder,
        excel_is_open=machine.excel_is_open(),
        in_cloud=is_in_cloud(machine, places.documents),
        on_network=machine.is_remote(places.documents),
    )


def refuse_locked(machine: Machine, paths: Mapping[Path, bytes] | tuple[Path, ...]) -> None:
    """Raise CchcError where another program holds one of the files, before anything is changed."""
    for path in paths:
        if machine.is_locked(path):
            raise CchcError(
                f"Tệp {path.name} đang mở hoặc bị khóa nên chưa làm gì cả ({path}).",
                "Đề nghị đóng hết các cửa sổ Excel rồi chạy lại lệnh này.",
            )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to write for one workbook."""

    placed: PlacedFile
    contents: Mapping[Path, bytes]


def _owned(path: Path, content: bytes) -> _Plan:
    """Plan a file in which nobody works: the add-in."""
    present = content_of(path)
    how = Placed.NEW if present is None else Placed.REPLACED
    if present == content:
        how = Placed.SAME
    return _Plan(PlacedFile(path, how), {path: content})


def _worked_in(path: Path, content: bytes, record: Record, version: str) -> _Plan:
    """Plan a file in which people work: what they did there is never overwritten."""
    present = content_of(path)
    if present is None or present == content or record.is_untouched(path, present):
        return _owned(path, content)
    given = [Path(file) for file, mark in record.files.items() if mark == fingerprint(content)]
    if given:
        # They have this version already, and work in it or beside it.
        newer = next((p for p in given if p != path and content_of(p) == content), None)
        return _Plan(PlacedFile(path, Placed.KEPT, newer), {})
    newer = next(
        beside
        for beside in _names_beside(path, version)
        if (there := content_of(beside)) is None
        or there == content
        or record.is_untouched(beside, there)
    )
    return _Plan(PlacedFile(path, Placed.KEPT, newer), {newer: content})


def _names_beside(path: Path, version: str) -> Iterator[Path]:
    yield path.with_name(f"{path.stem} (bản mới {version}){path.suffix}")
    for number in count(2):
        yield path.with_name(f"{path.stem} (bản mới {version}, {number}){path.suffix}")


def _our_settings(machine: Machine, content: bytes | None, former: OurSettings) -> OurSettings:
    """Return our lines of xlwings.conf, with those that stood there before the first install."""
    wanted = {INTERPRETER: _interpreter(machine), WORKBOOK_FOLDER: NO}
    standing = {
        line.key: line for line in former.lines if line_of(content or b"", line.key) == line.line
    }
    lines: list[SettingLine] = []
    for key, value in wanted.items():
        before = standing[key].before if key in standing else line_of(content or b"", key)
        lines.append(SettingLine(key, setting_line(key, value), before))
    return OurSettings(tuple(lines), former.file_existed if standing else content is not None)


def _with_lines(content: bytes, ours: OurSettings) -> bytes:
    for line in ours.lines:
        content = with_line(content, line.key, line.line)
    return content


def _interpreter(machine: Machine) -> str:
    folders = {name: machine.environment.get(name, "") for name in _USER_FOLDERS}
    path = ascii_path(str(machine.python), folders)
    if path is None:
        raise CchcError(
            f"Đường dẫn Python có chữ tiếng Việt nên Excel không gọi được: {machine.python}.",
            "Đề nghị cài Python và cchc-xl vào thư mục có tên không dấu, ví dụ C:\\Python, rồi "
            "chạy lại.",
        )
    return path


def _refuse_store_python(machine: Machine) -> None:
    # Windows shows the files that a Store app makes below AppData to that app only
    # (python/cpython#95029), so Excel would never see the add-in.
    if machine.python_is_from_store:
        raise CchcError(
            "Python trên máy này cài từ Microsoft Store; Excel không nhìn thấy tệp do bản này ghi.",
            "Đề nghị cài Python từ python.org, cài lại cchc-xl rồi chạy lại lệnh này.",
        )


def _trusted(machine: Machine, folder: Path, *, wants_trust: bool) -> Trust:
    if is_trusted(machine, folder):
        return Trust.PRESENT
    if not wants_trust:
        return Trust.OFFERED
    return Trust.ADDED if trust(machine, folder) else Trust.REFUSED
