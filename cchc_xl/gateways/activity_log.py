"""One line for each run in the user's own log: what ran, how it ended, how long it took.

The log holds no name of a person, a unit or a file, no figure and no message: it can be sent to
whoever helps. `CCHC_LOG=off` switches it off, `CCHC_LOG=PATH` puts it elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cchc_xl import __version__

_NAME = "nhat-ky.jsonl"
_SIZE_OF_A_VOLUME = 1_000_000  # bytes; then the log begins anew, with one volume before it
_OURS = "cchc_xl."


@dataclass(slots=True)
class Activity:
    """A run while it goes on; `end` writes its line."""

    command: str = ""
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    error: str | None = None
    _failure: Mapping[str, object] = field(default_factory=dict[str, object])
    _started: float = field(default_factory=time.monotonic)

    def failed(self, error: BaseException) -> str:
        """Remember a defect of ours and return its code; the same defect has the same code."""
        self.error, self._failure = _examined(error)
        return self.error

    def end(self, exit_code: int) -> None:
        """Write the line of this run; a log that cannot be written stops nobody's work."""
        _write(
            {
                "command": self.command,
                "exit": exit_code,
                "error": self.error,
                "ms": round((time.monotonic() - self._started) * 1000),
                "counts": dict(self.counts),
                **self._failure,
            }
        )


def record_defect(error: BaseException) -> str:
    """Write a line of its own for a defect that did not end the run, and return its code."""
    code, failure = _examined(error)
    _write({"error": code, **failure})
    return code


def _examined(error: BaseException) -> tuple[str, Mapping[str, object]]:
    """Return the code of a defect, and where in our modules it came about."""
    kind = type(error).__name__
    frames = [
        f"{module}:{line}:{frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if (module := str(frame.f_globals.get("__name__"))).startswith(_OURS)
    ]
    digest = hashlib.sha256("\n".join([kind, *frames]).encode()).hexdigest()
    return f"L-{digest[:6].upper()}", {"exception": kind, "frames": frames}


def _write(said: Mapping[str, object]) -> None:
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    line = {"time": moment, "version": __version__, **said}
    try:
        place = log_place(os.environ)
        if place is not None:
            _append(place, f"{json.dumps(line, ensure_ascii=False)}\n".encode())
    except (OSError, RuntimeError, ValueError):
        return


def log_place(environment: Mapping[str, str]) -> Path | None:
    """Return where the log of this user lies, None where it is switched off.

    Raises RuntimeError for a user without a home.
    """
    wanted = environment.get("CCHC_LOG", "")
    if wanted:
        return None if wanted.lower() == "off" else Path(wanted)
    local = environment.get("LOCALAPPDATA", "")
    if os.name == "nt" and local:
        return Path(local) / "cchc-xl" / _NAME
    state = Path(environment.get("XDG_STATE_HOME", ""))
    # As the XDG rules have it: a path that is not absolute does not count.
    folder = state if state.is_absolute() else Path.home() / ".local" / "state"
    return folder / "cchc-xl" / _NAME


def _append(place: Path, line: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and place.stat().st_size >= _SIZE_OF_A_VOLUME:
        place.replace(place.with_name(f"{place.name}.1"))
    # Appended in one go: the lines of two runs never mix.
    handle = os.open(
        place, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600
    )
    try:
        os.write(handle, line)
    finally:
        os.close(handle)
