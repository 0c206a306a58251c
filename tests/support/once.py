"""Heavy work is done once for all the workers that run the tests side by side."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from typing import TypeVar

import pytest

_LONGEST_WAIT = 900  # seconds; then the worker that was at it has died

Result = TypeVar("Result")


def once_per_run(factory: pytest.TempPathFactory, name: str, make: Callable[[], Result]) -> Result:
    """Return what `make` returns; the first worker makes it, the others wait and read it.

    A skip or a failure inside `make` is the same for all: each worker then tries for itself.
    """
    folder = factory.getbasetemp()
    # Under pytest-xdist each worker has a folder of its own inside that of the run.
    if folder.name.startswith("popen-"):
        folder = folder.parent
    result, claim = folder / f"{name}.pickle", folder / f"{name}.claim"
    deadline = time.monotonic() + _LONGEST_WAIT
    while not result.exists() and time.monotonic() < deadline:
        try:
            claim.touch(exist_ok=False)
        except FileExistsError:
            time.sleep(0.1)
            continue
        try:
            unfinished = result.with_suffix(".part")
            unfinished.write_bytes(pickle.dumps(make()))
            unfinished.rename(result)
        finally:
            claim.unlink()
    made: Result = pickle.loads(result.read_bytes())  # noqa: S301  # written a moment ago by us
    return made
