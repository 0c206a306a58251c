"""What `cchc-xl build` writes beside the workbooks: the VBA module of the functions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cchc_xl.gateways.data_files import data_folder
from tests.acceptance.conftest import Command

MODULE = "CchcFunctions.bas"
STALE = b'Attribute VB_Name = "CchcFunctions"\r\n'


def copied(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the data lie in `place`, its module of functions out of date; return the module."""
    written = data_folder("macros")
    shutil.copytree(data_folder("schemas"), place / "schemas")
    shutil.copytree(written, place / "macros")
    monkeypatch.setattr("cchc_xl.gateways.data_files._PACKAGE", place / "cchc_xl")
    module = place / "macros" / MODULE
    module.write_bytes(STALE)
    return module


class DescribeABuildInACheckout:
    @pytest.fixture
    def module(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        return copied(tmp_path, monkeypatch)

    def it_writes_the_module_of_the_functions_again(
        self, cchc: Command, tmp_path: Path, module: Path
    ) -> None:
        answer = cchc("build", "--out", tmp_path / "out")

        assert str(module) in answer.out
        assert b"Public Function CCHC_SO(" in module.read_bytes()

    @pytest.mark.usefixtures("module")
    def but_leaves_the_one_that_is_up_to_date(self, cchc: Command, tmp_path: Path) -> None:
        cchc("build", "--out", tmp_path / "out")

        assert MODULE not in cchc("build", "--out", tmp_path / "out").out


class DescribeABuildFromAWheel:
    def it_leaves_the_package_alone(
        self, cchc: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        module = copied(tmp_path / "cchc_xl", monkeypatch)
        monkeypatch.setattr("cchc_xl.gateways.data_files._PACKAGE", tmp_path / "cchc_xl")

        assert cchc("build", "--out", tmp_path / "out").code == 0
        assert module.read_bytes() == STALE
