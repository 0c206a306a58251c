"""Loads annexes from `schemas/annexes/`; a wrong one is refused with all that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cchc_xl.core.annex import Annex, AnnexColumn, AnnexRow, RatioPattern, RulePattern
from cchc_xl.core.cells import Kind
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Aggregation, Applies, Check, Ratio, Rule
from cchc_xl.core.register import Register
from cchc_xl.core.rule_language import parse_condition, parse_quantity
from cchc_xl.errors import UsageError
from cchc_xl.gateways.data_files import data_folder
from cchc_xl.gateways.definitions import Json, day, read_definition, refuse, structure_problems
from cchc_xl.gateways.form_problems import expression_problems
from cchc_xl.gateways.registers import build_register, register_problems

# What a code in an expression of an annex may name.
_NAMED = "ô, dòng hay cột"


@cache
def load_annex(annex_id: str, beside: Path | None = None) -> Annex | Register:
    """Return the annex or register that `annex_id` names: a shipped one, or a .json file's path.

    A path is looked for beside the file that names it. Raises UsageError where there is none,
    FormDefinitionError where the file is wrong.
    """
    folder = data_folder("schemas") / "annexes"
    path = folder / f"{annex_id}.json"
    if annex_id.endswith(".json"):
        path = beside / annex_id if beside is not None else Path(annex_id)
    if not path.is_file():
        known = ", ".join(sorted(path.stem for path in folder.glob("*.json")))
        raise UsageError(
            f"Không có biểu kèm theo «{annex_id}».",
            f"Đề nghị dùng một trong các biểu: {known}; hoặc đường dẫn tới một tệp .json.",
        )
    definition = read_definition(path)
    if definition.get("layout") == "register":
        problems = list(structure_problems(definition, "register.schema.json"))
        refuse(path, problems or list(register_problems(definition)))
        return build_register(definition)
    problems = list(structure_problems(definition, "annex.schema.json"))
    refuse(path, problems or list(_meaning_problems(definition)))
    return _build(definition)


def _meaning_problems(definition: Json) -> Iterator[str]:
    """Yield what is wrong in an annex whose structure is right."""
    for part in ("columns", "rows", "rules", "ratios"):
        ids = [entry["id"] for entry in definition[part]]
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield f"$.{part}: mã {twice} có {ids.count(twice)} lần; mỗi mã chỉ được một lần"
    rows = {row["id"] for row in definition["rows"]}
    columns = {column["id"] for column in definition["columns"]}
    for row in definition["rows"]:
        place = f"$.rows[{row['id']}]"
        if row.get("part_of", row["id"]) not in rows:
            yield f"{place}.part_of: không có dòng mã {row['part_of']}; hãy sửa mã"
        for column in row.get("columns", ()):
            if column not in columns:
                yield f"{place}.columns: không có cột mã {column}; hãy sửa mã"
        if not row["label"] and not row.get("open"):
            yield f"{place}.label: thiếu nhãn; chỉ dòng để ngỏ (open) mới được bỏ trống"
    for column in definition["columns"]:
        place = f"$.columns[{column['id']}]"
        if column["kind"] in ("flag", "code") and "choices" not in column:
            yield f"{place}: loại {column['kind']} cần mục choices; hãy thêm vào"
        if "formula" in column:
            yield from expression_problems(place, column["formula"], False, columns, named=_NAMED)
    yield from _rule_problems(definition, rows, columns)


def _rule_problems(definition: Json, rows: set[str], columns: set[str]) -> Iterator[str]:
    cells = {f"{row}.{column}" for row in rows for column in columns}
    known = {"row": columns | cells, "column": rows | cells, "": cells}
    own = {f"{definition['prefix']}.{cell}" for cell in cells}
    for rule in definition["rules"]:
        place = f"$.rules[{rule['id']}]"
        for row in (*rule.get("rows", ()), *([rule["total"]] if "total" in rule else ())):
            if row not in rows:
                yield f"{place}: không có dòng mã {row}; hãy sửa mã"
        if "expression" in rule:
            each = rule.get("each", "")
            yield from expression_problems(
                place, rule["expression"], True, known[each] | own, "applies" in rule, named=_NAMED
            )
        if rule.get("check") == "kind" and "kind" not in rule:
            yield f"{place}: check kind cần mục kind; hãy thêm vào"
        if rule.get("check") == "as_computed":
            computed = {c["id"] for c in definition["columns"] if "formula" in c}
            if rule.get("column") not in computed:
                yield f"{place}: check as_computed cần mục column là một cột có formula"
    for ratio in definition["ratios"]:
        place = f"$.ratios[{ratio['id']}]"
        for part in ("numerator", "denominator"):
            codes = known[ratio.get("each", "")] | own
            yield from expression_problems(
                f"{place}.{part}", ratio[part], False, codes, named=_NAMED
            )


def _build(definition: Json) -> Annex:
    return Annex(
        id=definition["id"],
        version=definition["version"],
        prefix=definition["prefix"],
        name=definition["name"],
        title=tuple(definition["title"]),
        guide=definition.get("guide", ""),
        level=definition["level"],
        row_header=definition["row_header"]["header"],
        row_header_aliases=tuple(definition["row_header"].get("aliases", ())),
        unit=definition.get("unit", ""),
        columns=tuple(_column(column) for column in definition["columns"]),
        rows=tuple(_row(row) for row in definition["rows"]),
        rule_patterns=tuple(_rule(rule) for rule in definition["rules"]),
        ratio_patterns=tuple(
            RatioPattern(
                Ratio(
                    ratio["id"],
                    ratio["label"],
                    parse_quantity(ratio["numerator"]),
                    parse_quantity(ratio["denominator"]),
                ),
                ratio.get("each", ""),
                frozenset(ratio["rows"]) if "rows" in ratio else None,
            )
            for ratio in definition["ratios"]
        ),
    )


def _column(column: Json) -> AnnexColumn:
    return AnnexColumn(
        id=column["id"],
        number=column["number"],
        header=column["header"],
        kind=Kind(column["kind"]),
        aggregation=Aggregation(column["aggregation"]),
        groups=tuple(column.get("groups", ())),
        aliases=tuple(column.get("aliases", ())),
        choices={int(code): label for code, label in column.get("choices", {}).items()},
        behaviour=column.get("period_behaviour"),
        is_optional=column.get("optional", False),
        formula=parse_quantity(column["formula"]) if "formula" in column else None,
    )


def _row(row: Json) -> AnnexRow:
    return AnnexRow(
        id=row["id"],
        label=row["label"],
        number=row.get("number", ""),
        aliases=tuple(row.get("aliases", ())),
        unit=row.get("unit", ""),
        columns=frozenset(row["columns"]) if "columns" in row else None,
        part_of=row.get("part_of"),
        is_heading=row.get("heading", False),
        is_open=row.get("open", False),
    )


def _rule(rule: Json) -> RulePattern:
    return RulePattern(
        Rule(
            id=rule["id"],
            severity=Severity(rule["severity"]),
            message=rule["message"],
            advice=rule["advice"],
            condition=parse_condition(rule["expression"]) if "expression" in rule else None,
            check=Check(rule["check"]) if "check" in rule else None,
            applies=Applies(rule["applies"]) if "applies" in rule else None,
            kind=Kind(rule["kind"]) if "kind" in rule else None,
            valid_from=day(rule.get("valid_from")),
            valid_to=day(rule.get("valid_to")),
        ),
        each=rule.get("each", ""),
        rows=frozenset(rule["rows"]) if "rows" in rule else None,
        total=rule.get("total", ""),
        column=rule.get("column", ""),
    )
