"""The text of `xlwings.conf`: one `"KEY","value"` a line; lines of other people stay as they are.

xlwings' VBA reads the file in the ANSI code page of the machine (`Open … For Input`) and takes the
first line of a key, whatever its case; so the file stays bytes here, and our lines are ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

INTERPRETER = "INTERPRETER_WIN"
# Unless it is set, xlwings puts the folder of the workbook before all others in Python's search
# path: a file json.py that came with the submissions would run at the next click.
WORKBOOK_FOLDER = "ADD_WORKBOOK_TO_PYTHONPATH"
# As xlwings' ribbon writes it; xlwings takes "true", whatever its case, and nothing else for yes.
NO = "False"

_LINE = re.compile(rb'\s*"?([^",]*)"?\s*,\s*"?([^"\r\n]*)"?\s*')
_VARIABLE = re.compile(r"%([^%]+)%")
_END = b"\r\n"


def setting_line(key: str, value: str) -> bytes:
    """Return the line of a setting as xlwings writes it, without its end."""
    return f'"{key}","{value}"'.encode("ascii")


def line_of(content: bytes, key: str) -> bytes | None:
    """Return the line that xlwings' VBA takes for `key`, without its end; None where none is."""
    for line in content.splitlines():
        if _key(line) == key.upper():
            return line
    return None


def value_of(line: bytes) -> bytes:
    """Return the value of a line."""
    found = _LINE.fullmatch(line)
    return found.group(2) if found else b""


def is_yes(value: bytes) -> bool:
    """Whether xlwings takes a value for yes."""
    return value.strip().lower() == b"true"


def with_line(content: bytes, key: str, line: bytes) -> bytes:
    """Return the settings with `line` in the place of the line of `key`, or at the end."""
    lines = content.splitlines(keepends=True)
    for index, present in enumerate(lines):
        if _key(present) == key.upper():
            lines[index] = line + _end(present)
            return b"".join(lines)
    if lines and not _end(lines[-1]):
        # The last line had no end: so it stays, and taking ours away gives the same bytes again.
        return content + (_end(lines[0]) or _END) + line
    return content + line + (_end(lines[0]) if lines else _END)


def without_line(content: bytes, key: str) -> bytes:
    """Return the settings without the line of `key`: what `with_line` added, taken away."""
    lines = content.splitlines(keepends=True)
    for index, present in enumerate(lines):
        if _key(present) != key.upper():
            continue
        del lines[index]
        if index == len(lines) and index and not _end(present):
            lines[-1] = lines[-1][: -len(_end(lines[-1]))]
        break
    return b"".join(lines)


def ascii_path(path: str, folders: Mapping[str, str]) -> str | None:
    """Return a path in ASCII letters, through an environment variable where it must be.

    xlwings expands variables in Unicode but reads the file in ANSI, where `Đặng` is lost.
    `folders` maps a variable to the folder it stands for. None where no variable helps.
    """
    if path.isascii():
        return path
    for name, folder in folders.items():
        start = folder.rstrip("\\/")
        rest = path[len(start) :]
        if start and path.lower().startswith(start.lower()) and rest[:1] in ("\\", "/"):
            short = f"%{name}%{rest}"
            if short.isascii():
                return short
    return None


def expanded(text: str, folders: Mapping[str, str]) -> str:
    """Return a text with `%NAME%` replaced, as Windows does; an unknown name stays."""
    known = {name.upper(): value for name, value in folders.items()}
    return _VARIABLE.sub(lambda found: known.get(found.group(1).upper(), found.group(0)), text)


def _key(line: bytes) -> str | None:
    found = _LINE.fullmatch(line)
    return found.group(1).strip().decode("latin-1").upper() if found else None


def _end(line: bytes) -> bytes:
    return line[len(line.rstrip(b"\r\n")) :]
