"""Loads forms from `schemas/forms/`; a wrong one is refused with all that is wrong in it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from cchc_xl.core.cells import Kind
from cchc_xl.core.expressions import Condition, Quantity
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import (
    Aggregation,
    Applies,
    Charts,
    Check,
    Column,
    Form,
    Indicator,
    Ratio,
    Rule,
    with_annexes,
)
from cchc_xl.core.rule_language import parse_condition, parse_quantity
from cchc_xl.core.workbook_names import DEFAULT_SET
from cchc_xl.errors import UsageError
from cchc_xl.gateways.annexes import load_annex
from cchc_xl.gateways.data_files import data_folder
from cchc_xl.gateways.definitions import Json, day, read_definition, refuse, structure_problems
from cchc_xl.gateways.form_problems import meaning_problems, set_problems


@cache
def load_form(form_id: str) -> Form:
    """Return the form, or set of forms, that `form_id` names: a shipped one, or a .json file.

    Raises UsageError where there is none, FormDefinitionError where the file is wrong.
    """
    folders = (_sets_folder(), _forms_folder())
    if form_id.endswith(".json"):
        path: Path | None = Path(form_id)
    else:
        paths = (folder / f"{form_id}.json" for folder in folders)
        path = next((path for path in paths if path.is_file()), None)
    if path is None or not path.is_file():
        known = ", ".join(p.stem for folder in folders for p in sorted(folder.glob("*.json")))
        raise UsageError(
            f"Không có biểu mẫu «{form_id}».",
            f"Đề nghị dùng một trong các biểu mẫu: {known}; hoặc đường dẫn tới một tệp .json.",
        )
    return read_form(path)


@cache
def shipped_forms() -> tuple[Form, ...]:
    """Return every set of forms that the project ships, that of a reporting unit first."""
    names = (path.stem for path in _sets_folder().glob("*.json"))
    return tuple(load_form(name) for name in sorted(names, key=lambda n: (n != DEFAULT_SET, n)))


def read_form(path: Path) -> Form:
    """Return the form in the file `path`; FormDefinitionError lists all that is wrong in it."""
    definition = read_definition(path)
    if "annexes" in definition:
        return _read_set(path, definition)
    problems = list(structure_problems(definition, "form.schema.json"))
    refuse(path, problems or list(meaning_problems(definition)))
    return _build(definition)


def _read_set(path: Path, definition: Json) -> Form:
    """Return a main form with its annexes and the rules between them."""
    refuse(path, list(structure_problems(definition, "form-set.schema.json")))
    main_id = definition["main"]
    main = load_form(str(path.parent / main_id) if main_id.endswith(".json") else main_id)
    annexes = tuple(load_annex(name, path.parent) for name in definition["annexes"])
    known = {row.code for row in main.indicators} | {c for annex in annexes for c in annex.cells}
    refuse(path, list(set_problems(definition, main, annexes, known)))
    rules = tuple(_rule(rule) for rule in definition["rules"])
    set_id = str(path) if path.parent != _sets_folder() else definition["id"]
    return with_annexes(main, annexes, rules, set_id=set_id, name=definition["name"])


def _sets_folder() -> Path:
    return data_folder("schemas") / "sets"


def _forms_folder() -> Path:
    return data_folder("schemas") / "forms"


def _build(definition: Json) -> Form:
    return Form(
        id=definition["id"],
        version=definition["version"],
        name=definition["name"],
        title=tuple(definition["title"]),
        supplementary_title=definition.get("supplementary_title", ""),
        valid_from=day(definition["valid_from"]),
        valid_to=day(definition["valid_to"]),
        columns=tuple(
            Column(c["id"], c["header"], tuple(c.get("aliases", ())), c.get("group"))
            for c in definition["columns"]
        ),
        indicators=(
            *(_indicator(row, False) for row in definition["indicators"]),
            *(_indicator(row, True) for row in definition.get("supplementary", ())),
        ),
        rules=tuple(_rule(rule) for rule in definition["rules"]),
        ratios=tuple(
            Ratio(
                r["id"],
                r["label"],
                parse_quantity(r["numerator"]),
                parse_quantity(r["denominator"]),
                r.get("blank_is_zero_where"),
            )
            for r in definition["ratios"]
        ),
        charts=_charts(definition["charts"]) if "charts" in definition else None,
    )


def _charts(charts: Json) -> Charts:
    return Charts(
        charts["title"],
        tuple((part["label"], tuple(part["codes"])) for part in charts["parts"]),
        charts["rate_title"],
        charts["rate"],
    )


def _indicator(row: Json, supplementary: bool) -> Indicator:
    return Indicator(
        code=row["code"],
        number=row["number"],
        label=row["label"],
        unit=row["unit"],
        kind=Kind(row["kind"]),
        aggregation=Aggregation(row["aggregation"]),
        parent=row.get("parent"),
        choices={int(code): label for code, label in row.get("choices", {}).items()},
        weight=_optional_quantity(row.get("weight")),
        weight_if_blank={
            code: parse_quantity(text) for code, text in row.get("weight_if_blank", {}).items()
        },
        behaviour=row.get("period_behaviour"),
        supplementary=supplementary,
    )


def _rule(rule: Json) -> Rule:
    condition: Condition | None = None
    if "expression" in rule:
        condition = parse_condition(rule["expression"])
    return Rule(
        id=rule["id"],
        severity=Severity(rule["severity"]),
        message=rule["message"],
        advice=rule["advice"],
        condition=condition,
        check=Check(rule["check"]) if "check" in rule else None,
        applies=Applies(rule["applies"]) if "applies" in rule else None,
        kind=Kind(rule["kind"]) if "kind" in rule else None,
        behaviour=rule.get("behaviour"),
        excepted=frozenset(rule.get("except", ())),
        of=rule.get("of"),
        conventions=tuple(rule.get("conventions", ())),
        valid_from=day(rule.get("valid_from")),
        valid_to=day(rule.get("valid_to")),
        factor=Decimal(str(rule.get("factor", 0))),
        at_least=rule.get("at_least", 0),
    )


def _optional_quantity(text: str | None) -> Quantity | None:
    return parse_quantity(text) if text else None
