"""A run that is killed, or that the disk refuses, at any of its steps: nothing is ever lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cchc_xl.excel.declared import declared_functions
from cchc_xl.usecases.build import built_workbooks
from tests.support.faults import at_step, killed_at
from tests.support.handmade import report, save
from tests.support.parents import NAME, PERIOD, SOUND, commune, consolidate, run

_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Scene:
    """A folder with inputs and earlier results, and the command that replaces the results."""

    folder: Path
    words: Callable[[Path], list[str | Path]]
    outputs: tuple[str, ...]

    def copy(self, place: Path) -> Path:
        """Set the scene anew; the times of the files stay, a result tells them."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.folder, place)
        return place

    def results(self, place: Path) -> dict[str, bytes | None]:
        paths = {name: place / name for name in self.outputs}
        return {n: path.read_bytes() if path.exists() else None for n, path in paths.items()}

    def inputs(self, place: Path) -> dict[str, bytes]:
        """Everything but the results and what lies beside them."""
        return {
            path.relative_to(place).as_posix(): path.read_bytes()
            for path in place.rglob("*")
            if path.is_file() and path.parent.name != ".cchc"
            and path.relative_to(place).as_posix() not in self.outputs
            and not path.name.startswith(".cchc-")
        }  # fmt: skip


def _consolidating(folder: Path) -> Scene:
    for name in "AB":
        commune(folder / "don-vi" / f"{name}.xlsx", f"Xã {name}")
    # The result stands among the submissions, the hardest place: what is left is found there.
    output = folder / "don-vi" / "tong-hop.xlsx"
    for figure in (1, 2):
        consolidate(folder / "don-vi", output)
        commune(folder / "don-vi" / "A.xlsx", "Xã A", {**SOUND, "1.1.3": figure})
    shutil.rmtree(folder / "don-vi" / ".cchc")
    for number in range(1, 6):
        kept = folder / "don-vi" / ".cchc" / f"tong-hop.{number}.xlsx"
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(b"version %d" % number)

    def words(place: Path) -> list[str | Path]:
        sent = place / "don-vi"
        options = ("--name", NAME, "--period", PERIOD, "--format", "json")
        return ["consolidate", sent, "-o", sent / "tong-hop.xlsx", *options]

    return Scene(folder, words, ("don-vi/tong-hop.xlsx",))


def _drafting(folder: Path) -> Scene:
    save(folder / "xa.xlsx", report())
    run("draft", folder / "xa.xlsx", "-o", folder / "bao-cao.docx")
    save(folder / "xa.xlsx", report({"1.1.1": 77}))
    return Scene(
        folder, lambda place: ["draft", place / "xa.xlsx", "-o", place / "bao-cao.docx"],
        ("bao-cao.docx",),
    )  # fmt: skip


def _building(folder: Path) -> Scene:
    names = ("cchc-commune.xlsx", "cchc-master.xlsm", "cchc.xlam")
    for name in names:
        (folder / name).write_bytes(b"an earlier build")
    return Scene(folder, lambda place: ["build", "--out", place], names)


@pytest.fixture(scope="module")
def built() -> Mapping[str, bytes]:
    return built_workbooks(declared_functions())


_SCENES = {"consolidate": _consolidating, "draft": _drafting, "build": _building}


@pytest.fixture(params=_SCENES)
def scene(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    built: Mapping[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Scene:
    # The files are built once: here it is about how they reach the disk.
    monkeypatch.setattr("cchc_xl.usecases.build.built_workbooks", lambda *_, **__: built)
    (tmp_path / "before").mkdir()
    made: Scene = _SCENES[request.param](tmp_path / "before")
    return made


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork to kill a child of")
class DescribeAKilledRun:
    def it_loses_nothing_wherever_it_is_killed(self, scene: Scene, tmp_path: Path) -> None:
        old = scene.results(scene.folder)
        done = scene.copy(tmp_path / "run")
        run(*scene.words(done))
        new = scene.results(done)
        kept_before = _kept(scene.folder)
        wrong: list[str] = []
        for step in range(1, _MOST_STEPS):
            place = scene.copy(tmp_path / "run")
            inputs = scene.inputs(place)
            was_killed = killed_at(step, place, scene.words(place))
            wrong += [
                f"step {step}: {name} is neither old nor new"
                for name, content in scene.results(place).items()
                if content not in (old[name], new[name])
            ]
            if scene.inputs(place) != inputs:
                wrong.append(f"step {step}: an input was touched")
            if was_killed and not kept_before - {b"version 5"} <= _kept(place):
                wrong.append(f"step {step}: a kept version is gone")
            said = run(*scene.words(place))
            if said.code == 2 or scene.results(place) != new:
                wrong.append(f"step {step}: the next run fails or gives another result: {said.err}")
            if not was_killed:
                break

        assert (wrong, new != old, step > 5, was_killed) == ([], True, True, False)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork to kill a child of")
class DescribeAKilledRestore:
    def it_leaves_every_content_somewhere(self, tmp_path: Path) -> None:
        contents = {b"present", *(b"version %d" % number for number in range(1, 6))}
        gone: list[tuple[int, set[bytes]]] = []
        for step in range(1, _MOST_STEPS):
            place = tmp_path / str(step)
            (place / ".cchc").mkdir(parents=True)
            for number in range(1, 6):
                (place / ".cchc" / f"a.{number}.xlsx").write_bytes(b"version %d" % number)
            (place / "a.xlsx").write_bytes(b"present")
            words: list[str | Path] = ["restore", place / "a.xlsx", "--version", "3"]
            was_killed = killed_at(step, place, words)
            standing = (place / "a.xlsx").read_bytes()
            if standing not in (b"present", b"version 3") or contents - _kept(place) - {standing}:
                gone.append((step, contents - _kept(place) - {standing}))
            if not was_killed:
                break

        assert (gone, was_killed, standing) == ([], False, b"version 3")


def _kept(place: Path) -> set[bytes]:
    return {path.read_bytes() for path in place.rglob(".cchc/*") if path.is_file()}


def _refusing(number: int) -> Callable[[str, tuple[Any, ...]], None]:
    def refuse(_name: str, arguments: tuple[Any, ...]) -> None:
        raise OSError(number, os.strerror(number), str(arguments[0]))

    return refuse


class DescribeADiskThatRefuses:
    @pytest.fixture
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        home = tmp_path / "home"
        home.mkdir()
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("USERPROFILE", str(home))
        return home

    @pytest.mark.parametrize(
        ("scene", "error"),
        [
            ("consolidate", errno.ENOSPC),
            ("consolidate", errno.EACCES),
            ("consolidate", errno.EROFS),
            ("draft", errno.ENOSPC),
            ("build", errno.EACCES),
        ],
        indirect=["scene"],
    )
    def it_loses_nothing_at_whatever_step(
        self, scene: Scene, tmp_path: Path, home: Path, error: int
    ) -> None:
        old = scene.results(scene.folder)
        done = scene.copy(tmp_path / "run")
        run(*scene.words(done))
        new = scene.results(done)
        wrong: list[str] = []
        for step in range(1, _MOST_STEPS):
            place = scene.copy(tmp_path / "run")
            shutil.rmtree(home)
            home.mkdir()
            with at_step(step, place, _refusing(error)) as made:
                said = run(*scene.words(place))
            if len(made) < step:
                break
            results = scene.results(place)
            beside = [p.read_bytes() for p in (*place.rglob("*"), *home.iterdir()) if p.is_file()]
            if said.code == 2:
                sentence = json.loads(said.out)["error"]["message"] if said.out else said.err
                if "Không ghi được" not in sentence or "được giữ ở" not in sentence:
                    wrong.append(f"step {step}: it says {sentence}")
                refused = next((name for name in results if results[name] != new[name]), None)
                if refused is None:
                    wrong.append(f"step {step}: it says no though all is written")
                elif results[refused] != old[refused] or new[refused] not in beside:
                    wrong.append(f"step {step}: {refused} is lost")
            elif results != new:
                wrong.append(f"step {step}: it says that all is well")
            wrong += [f"step {step}: {path} is left" for path in place.rglob(".cchc-*.tmp")]

        assert (wrong, step > 5, step < _MOST_STEPS - 1) == ([], True, True)
