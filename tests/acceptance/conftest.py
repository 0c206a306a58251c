"""The command line as the tests call it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from cchc_xl.cli import main
from cchc_xl.usecases.installed import Places, places_of
from tests.support.fake_machine import FakeMachine, windows


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.out)
        return content

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of all files."""
        return [finding for file in self.json["files"] for finding in file["findings"]]

    def rules(self, *severities: str) -> list[str]:
        """The rules of the findings of the given severities, sorted."""
        return sorted(f["rule"] for f in self.findings if f["severity"] in severities)


Command: TypeAlias = Callable[..., Answer]


@pytest.fixture
def cchc(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command in this process; whatever it is, no traceback reaches an official."""

    def run(*words: str | Path) -> Answer:
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Answer(code, captured.out, captured.err)

    return run


@pytest.fixture
def check(cchc: Command) -> Command:
    """Check files and answer in JSON."""

    def run(*words: str | Path) -> Answer:
        return cchc("check", *words, "--format", "json")

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the submissions of the units lie."""
    return tmp_path / "don-vi"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Where the parent unit's workbook will stand."""
    return tmp_path / "tong-hop.xlsx"


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    """A machine with Windows and Excel."""
    return windows(tmp_path)


@pytest.fixture
def places(machine: FakeMachine) -> Places:
    """Where everything of its user stands."""
    return places_of(machine)
