"""Loads forms from `schemas/` and says of a wrong one where it is wrong and what to change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_xl.core.cells import Kind
from cchc_xl.core.expressions import (
    Condition,
    Either,
    ExpressionError,
    Node,
    Quantity,
    cells_of,
    parse_condition,
    parse_quantity,
)
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
)
from cchc_xl.errors import FormDefinitionError, UsageError
from cchc_xl.gateways.data_files import data_folder

if TYPE_CHECKING:
    from jsonschema import ValidationError

Json = Mapping[str, Any]


@cache
def load_form(form_id: str) -> Form:
    """Return the form that `form_id` names: the id of a shipped form, or a path to a .json file.

    Raises UsageError where there is none, FormDefinitionError where the file is wrong.
    """
    path = Path(form_id) if form_id.endswith(".json") else _forms_folder() / f"{form_id}.json"
    if not path.is_file():
        known = ", ".join(sorted(path.stem for path in _forms_folder().glob("*.json")))
        raise UsageError(
            f"Không có biểu mẫu «{form_id}».",
            f"Đề nghị dùng một trong các biểu mẫu: {known}; hoặc đường dẫn tới một tệp .json.",
        )
    return read_form(path)


@cache
def shipped_forms() -> tuple[Form, ...]:
    """Return every form that the project ships, in the order of their ids."""
    return tuple(load_form(path.stem) for path in sorted(_forms_folder().glob("*.json")))


def read_form(path: Path) -> Form:
    """Return the form in the file `path`; FormDefinitionError lists all that is wrong in it."""
    definition = read_definition(path)
    problems = list(structure_problems(definition, "form.schema.json"))
    refuse(path, problems or list(_meaning_problems(definition)))
    return _build(definition)


def refuse(path: Path, problems: list[str]) -> None:
    """Raise FormDefinitionError with every problem of a definition, if there are any."""
    if problems:
        raise FormDefinitionError(
            f"Tệp {path.name} chưa đúng:\n" + "\n".join(f"  {line}" for line in problems),
            "Đề nghị sửa các chỗ nêu trên rồi chạy lại.",
        )


def _forms_folder() -> Path:
    return data_folder("schemas") / "forms"


def read_definition(path: Path) -> Json:
    """Return the JSON object of a definition file; FormDefinitionError where it is none."""
    try:
        definition: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise FormDefinitionError(
            f"Không đọc được tệp {path.name}.",
            "Đề nghị kiểm tra quyền đọc tệp; tệp phải là văn bản UTF-8.",
        ) from None
    except json.JSONDecodeError as error:
        raise FormDefinitionError(
            f"Tệp {path.name} sai cú pháp JSON ở dòng {error.lineno}, cột {error.colno}.",
            "Đề nghị xem lại dấu phẩy, dấu ngoặc và dấu nháy quanh chỗ đó.",
        ) from None
    if not isinstance(definition, dict):
        raise FormDefinitionError(
            f"Tệp {path.name} không phải một đối tượng JSON.",
            "Đề nghị bắt đầu tệp bằng { và kết thúc bằng }.",
        )
    return definition


def structure_problems(definition: Json, schema_name: str) -> Iterator[str]:
    """Yield what breaks the JSON Schema: the place inside the file, and what to change."""
    # Imported here: it costs more than all the rest of a start (71 ms, measured).
    from jsonschema import Draft202012Validator

    schema = json.loads((data_folder("schemas") / schema_name).read_text(encoding="utf-8"))
    for error in sorted(
        Draft202012Validator(schema).iter_errors(definition), key=lambda e: list(map(str, e.path))
    ):
        yield f"{_place(error)}: {_explain(error)}"


def _place(error: ValidationError) -> str:
    path = "$"
    for step in error.absolute_path:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path


def _explain(error: ValidationError) -> str:
    given: Any = error.instance
    wanted: Any = error.validator_value
    match error.validator:
        case "required":
            missing = ", ".join(name for name in wanted if name not in given)
            return f"thiếu mục {missing}; hãy thêm vào"
        case "additionalProperties":
            schema: Any = error.schema
            known = schema.get("properties", {})
            strange = ", ".join(name for name in given if name not in known)
            return f"mục lạ {strange}; hãy bỏ đi hoặc sửa thành: {', '.join(known)}"
        case "enum":
            return f"«{given}» không dùng được; hãy chọn một trong: {', '.join(map(str, wanted))}"
        case "type":
            return f"«{given}» sai kiểu; cần {wanted}"
        case "pattern":
            return f"«{given}» sai dạng; cần khớp {wanted}"
        case "oneOf":
            return "phải có đúng một trong hai mục expression và check"
        case "minLength" | "minItems" | "minProperties":
            return f"còn thiếu; cần ít nhất {wanted}"
        case _:
            return f"không đúng quy định {error.validator}: {wanted}"


def _meaning_problems(definition: Json) -> Iterator[str]:
    rows = [*definition["indicators"], *definition.get("supplementary", [])]
    codes = [row["code"] for row in rows]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"$.indicators: mã {code} có {codes.count(code)} lần; mỗi mã chỉ được một dòng"
    known = set(codes)
    for place, day in _days(definition):
        try:
            _day(day)
        except ValueError:
            yield f"{place}: không có ngày «{day}»; hãy sửa (dạng 2025-07-01)"
    column_ids = [column["id"] for column in definition["columns"]]
    for needed in ("number", "label", "unit", "value", "note"):
        if column_ids.count(needed) != 1:
            yield f"$.columns: cần đúng một cột {needed}"
    for row in rows:
        place = f"$.indicators[mã {row['code']}]"
        if row.get("parent", row["code"]) not in known:
            yield f"{place}.parent: không có dòng mã {row['parent']}; hãy sửa mã hoặc thêm dòng"
        weights = {"weight": row.get("weight"), **row.get("weight_if_blank", {})}
        for name, text in weights.items():
            if text is not None:
                yield from _expression_problems(f"{place}.{name}", text, False, known)
            if name not in known | {"weight"}:
                yield f"{place}.weight_if_blank: không có dòng mã {name}; hãy sửa mã"
    yield from _rule_problems(definition, known)
    proofs = {
        rule["id"] for rule in definition["rules"] if "expression" in rule and "applies" not in rule
    }
    for ratio in definition["ratios"]:
        place = f"$.ratios[{ratio['id']}]"
        yield from _expression_problems(f"{place}.numerator", ratio["numerator"], False, known)
        yield from _expression_problems(f"{place}.denominator", ratio["denominator"], False, known)
        if "blank_is_zero_where" in ratio and ratio["blank_is_zero_where"] not in proofs:
            yield (
                f"{place}.blank_is_zero_where: {ratio['blank_is_zero_where']} không phải quy tắc "
                "có expression trong một kỳ; hãy sửa"
            )
    yield from _chart_problems(definition, known)


def _chart_problems(definition: Json, known: set[str]) -> Iterator[str]:
    charts = definition.get("charts")
    if charts is None:
        return
    for part in charts["parts"]:
        for code in part["codes"]:
            if code not in known:
                yield f"$.charts.parts: không có dòng mã {code}; hãy sửa mã"
    if charts["rate"] not in {ratio["id"] for ratio in definition["ratios"]}:
        yield f"$.charts.rate: không có tỷ lệ mã {charts['rate']}; hãy sửa mã"


def _rule_problems(definition: Json, known: set[str]) -> Iterator[str]:
    ids = [rule["id"] for rule in definition["rules"]]
    for rule_id in sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1}):
        yield f"$.rules: mã quy tắc {rule_id} có {ids.count(rule_id)} lần; hãy đổi một mã"
    for rule in definition["rules"]:
        place = f"$.rules[{rule['id']}]"
        if "expression" in rule:
            yield from _expression_problems(
                f"{place}.expression", rule["expression"], True, known, "applies" in rule
            )
        for wanted in _NEEDED_BY_CHECK.get(rule.get("check", ""), ()):
            if wanted not in rule:
                yield f"{place}: check {rule['check']} cần mục {wanted}; hãy thêm vào"
        for code in rule.get("except", ()):
            if code not in known:
                yield f"{place}.except: không có dòng mã {code}; hãy sửa mã"
        if rule.get("behaviour", "flow") not in _behaviours(definition):
            yield f"{place}.behaviour: không dòng nào có period_behaviour {rule['behaviour']}"
        if "of" in rule:
            yield from _convention_problems(place, rule["of"], definition)


_NEEDED_BY_CHECK = {
    "kind": ("kind",),
    "never_decreases": ("behaviour", "applies"),
    "one_convention": ("of",),
}


def _behaviours(definition: Json) -> set[str]:
    rows = [*definition["indicators"], *definition.get("supplementary", [])]
    return {"flow"} | {row["period_behaviour"] for row in rows if "period_behaviour" in row}


def _convention_problems(place: str, rule_id: str, definition: Json) -> Iterator[str]:
    compared = next((rule for rule in definition["rules"] if rule["id"] == rule_id), None)
    if compared is None:
        yield f"{place}.of: không có quy tắc {rule_id}"
        return
    try:
        condition = parse_condition(compared.get("expression", ""))
    except ExpressionError:
        return  # said of the rule itself
    branches = len(condition.parts) if isinstance(condition, Either) else 1
    if len(compared.get("conventions", ())) != branches:
        yield f"{place}.of: quy tắc {rule_id} cần mục conventions với {branches} tên cách tính"


def _days(definition: Json) -> Iterator[tuple[str, str | None]]:
    for name in ("valid_from", "valid_to"):
        yield f"$.{name}", definition[name]
        for rule in definition["rules"]:
            yield f"$.rules[{rule['id']}].{name}", rule.get(name)


def _expression_problems(
    place: str, text: str, is_condition: bool, known: set[str], with_previous: bool = False
) -> Iterator[str]:
    try:
        node: Node = parse_condition(text) if is_condition else parse_quantity(text)
    except ExpressionError as error:
        yield f"{place}: {error}"
        return
    for cell in cells_of(node):
        if cell.code not in known:
            yield f"{place}: không có dòng mã {cell.code}; hãy sửa mã trong biểu thức"
    if any(cell.previous for cell in cells_of(node)) and not with_previous:
        yield f"{place}: dùng prev() thì quy tắc phải có mục applies (follows hoặc extends)"


def _build(definition: Json) -> Form:
    return Form(
        id=definition["id"],
        version=definition["version"],
        name=definition["name"],
        title=tuple(definition["title"]),
        supplementary_title=definition.get("supplementary_title", ""),
        valid_from=_day(definition["valid_from"]),
        valid_to=_day(definition["valid_to"]),
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
        valid_from=_day(rule.get("valid_from")),
        valid_to=_day(rule.get("valid_to")),
    )


def _optional_quantity(text: str | None) -> Quantity | None:
    return parse_quantity(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
