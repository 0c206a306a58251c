"""Who may import whom (design, section 1), read from the source: imports point to the core."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cchc_xl

_PACKAGE = Path(cchc_xl.__file__).resolve().parent
_MODULES = sorted(_PACKAGE.rglob("*.py"))
_FACES = (
    "cchc_xl.cli",
    "cchc_xl.cli_consolidate",
    "cchc_xl.cli_json",
    "cchc_xl.cli_parser",
    "cchc_xl.cli_text",
    "cchc_xl.cli_machine",
    "cchc_xl.cli_proofread",
    "cchc_xl.cli_restore",
    "cchc_xl.cli_return",
    "cchc_xl.excel",
)


def _name(path: Path) -> str:
    """The dotted name of a module: `cchc_xl.core.cells`."""
    parts = path.relative_to(_PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def _in(*rooms: str) -> list[Path]:
    """The modules of some rooms of the package."""
    return [path for path in _MODULES if path.relative_to(_PACKAGE).parts[0] in rooms]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _imports(path: Path) -> Iterator[str]:
    """The full names that a module imports, inside functions too."""
    package = _name(path) if path.name == "__init__.py" else _name(path).rpartition(".")[0]
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            source = ".".join([*above, *([node.module] if node.module else [])])
            module = source if node.level else str(node.module)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _is_within(imported: str, room: str) -> bool:
    return imported == room or imported.startswith(f"{room}.")


def _ids(paths: list[Path]) -> list[str]:
    return [_name(path) for path in paths]


class DescribeTheCore:
    @pytest.mark.parametrize("path", _in("core"), ids=_ids(_in("core")))
    def it_imports_the_standard_library_the_parser_and_itself_only(self, path: Path) -> None:
        strange = [
            imported
            for imported in _imports(path)
            if imported.partition(".")[0] not in sys.stdlib_module_names
            and not _is_within(imported, "lark")
            and not _is_within(imported, "cchc_xl.core")
        ]

        assert strange == []

    @pytest.mark.parametrize("path", _in("core"), ids=_ids(_in("core")))
    def it_opens_no_file_and_prints_nothing(self, path: Path) -> None:
        called = {
            node.func.id
            for node in ast.walk(_tree(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }

        assert called & {"open", "print", "input"} == set()


class DescribeTheRoomsAround:
    @pytest.mark.parametrize("path", _in("gateways", "build"), ids=_ids(_in("gateways", "build")))
    def it_keeps_gateways_and_build_from_use_cases_and_faces(self, path: Path) -> None:
        outward = ("cchc_xl.usecases", *_FACES)

        assert [i for i in _imports(path) if any(_is_within(i, room) for room in outward)] == []

    @pytest.mark.parametrize("path", _in("usecases"), ids=_ids(_in("usecases")))
    def it_keeps_use_cases_from_the_faces(self, path: Path) -> None:
        assert [i for i in _imports(path) if any(_is_within(i, room) for room in _FACES)] == []


class DescribeEveryModule:
    @pytest.mark.parametrize("path", _MODULES, ids=_ids(_MODULES))
    def it_evaluates_no_text_as_program(self, path: Path) -> None:
        called = {
            node.func.id
            for node in ast.walk(_tree(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }

        assert called & {"eval", "exec", "compile", "__import__"} == set()

    def it_is_found_at_all(self) -> None:
        """Else the tests above would pass over nothing."""
        assert {"cchc_xl.core.cells", "cchc_xl.gateways.submissions"} <= set(_ids(_MODULES))
