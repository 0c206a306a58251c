"""Stops a run at its n-th step on the disk: the power goes, or the system says no."""

from __future__ import annotations

import io
import os
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest import mock

from cchc_xl.cli import main

# Every call by which our writing changes a disk; reading goes through others.
_STEPS = ("open", "write", "fsync", "replace", "rename", "unlink", "mkdir", "rmdir", "chmod")

Happening = Callable[[str, tuple[Any, ...]], None]


@contextmanager
def at_step(number: int, folder: Path, happens: Happening) -> Iterator[list[str]]:
    """Let `happens` come before the `number`-th step inside `folder`; gives the steps made."""
    made: list[str] = []

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if _concerns(arguments[0], folder):
                made.append(name)
                if len(made) == number:
                    happens(name, arguments)
            return real(*arguments, **options)

        return call

    patches = [mock.patch.object(os, name, watched(name, getattr(os, name))) for name in _STEPS]
    for patch in patches:
        patch.start()
    try:
        yield made
    finally:
        for patch in patches:
            patch.stop()


def _concerns(target: object, folder: Path) -> bool:
    """Whether a call is about the folder; one about an open file is ours in any case."""
    return isinstance(target, int) or Path(str(target)).is_relative_to(folder)


def killed_at(number: int, folder: Path, words: Sequence[str | Path]) -> bool:
    """Run a command in a process that is killed before a step; False where it ended before.

    A write is cut in the middle: half of the bytes reach the disk.
    """
    real_write = os.write

    def die(name: str, arguments: tuple[Any, ...]) -> None:
        if name == "write":
            real_write(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    with warnings.catch_warnings():
        # Python 3.12 warns of forks beside threads; the child touches none of them.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            try:
                with at_step(number, folder, die):
                    main([str(word) for word in words])
            finally:
                os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
