"""Builds registers from their definitions, and says what is wrong in one."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_xl.core.findings import Severity
from cchc_xl.core.register import (
    Count,
    DocumentType,
    Part,
    Register,
    RegisterCheck,
    RegisterColumn,
    RegisterRule,
)
from cchc_xl.core.text import match_key
from cchc_xl.gateways.definitions import Json


def register_problems(definition: Json) -> Iterator[str]:
    """Yield what is wrong in a register whose structure is right."""
    for part, key in (("columns", "id"), ("counts", "code"), ("rules", "id"), ("types", "name")):
        names = [entry[key] for entry in definition[part]]
        for twice in sorted({name for name in names if names.count(name) > 1}):
            yield f"$.{part}: {twice} có {names.count(twice)} lần; chỉ được một lần"
    kinds = [column["kind"] for column in definition["columns"]]
    for kind in Part:
        wanted = (0, 1) if kind is Part.REFERENCE else (1,)
        if kinds.count(kind.value) not in wanted:
            yield f"$.columns: cần đúng một cột loại {kind.value}"
    for column in definition["columns"]:
        if column.get("printed", True) is (column["kind"] == "reference"):
            yield f"$.columns[{column['id']}].printed: chỉ cột reference có printed là false"
    yield from _named_twice("columns", definition["columns"], "header")
    yield from _named_twice("types", definition["types"], "name")
    checks = [rule["check"] for rule in definition["rules"]]
    for twice in sorted({check for check in checks if checks.count(check) > 1}):
        yield f"$.rules: check {twice} có {checks.count(twice)} lần; chỉ được một quy tắc"
    types = {document_type["name"] for document_type in definition["types"]}
    used = [
        ("letter_type", definition["letter_type"]),
        ("other_type", definition["other_type"]),
        *((f"symbols.{symbol}", name) for symbol, name in definition["symbols"].items()),
        *(
            (f"counts[{count['code']}].where.type", count["where"]["type"])
            for count in definition["counts"]
            if "type" in count["where"]
        ),
    ]
    for place, name in used:
        if name not in types:
            yield f"$.{place}: không có loại «{name}» trong types; hãy sửa hoặc thêm"


def _named_twice(part: str, entries: list[Json], key: str) -> Iterator[str]:
    owners: dict[str, str] = {}
    for entry in entries:
        for name in {entry[key], *entry.get("aliases", ())}:
            other = owners.setdefault(match_key(name), entry[key])
            if other != entry[key]:
                yield f"$.{part}: tên «{name}» chỉ cả «{other}» và «{entry[key]}»; hãy bỏ một"


def build_register(definition: Json) -> Register:
    """Return the register of a definition that has no problems."""
    return Register(
        id=definition["id"],
        version=definition["version"],
        prefix=definition["prefix"],
        name=definition["name"],
        title=tuple(definition["title"]),
        guide=definition.get("guide", ""),
        level=definition["level"],
        unit=definition.get("unit", ""),
        columns=tuple(
            RegisterColumn(
                column["id"],
                Part(column["kind"]),
                column["header"],
                tuple(column.get("aliases", ())),
                column.get("printed", True),
            )
            for column in definition["columns"]
        ),
        types=tuple(
            DocumentType(one["name"], tuple(one.get("aliases", ()))) for one in definition["types"]
        ),
        symbols=dict(definition["symbols"]),
        issuers=tuple(definition.get("issuers", ())),
        letter_type=definition["letter_type"],
        other_type=definition["other_type"],
        counts=tuple(
            Count(
                count["code"],
                count["label"],
                count["where"].get("year"),
                count["where"].get("type"),
            )
            for count in definition["counts"]
        ),
        checks=tuple(
            RegisterRule(
                rule["id"],
                RegisterCheck(rule["check"]),
                Severity(rule["severity"]),
                rule["message"],
                rule["advice"],
                rule.get("beside", ""),
            )
            for rule in definition["rules"]
        ),
    )
