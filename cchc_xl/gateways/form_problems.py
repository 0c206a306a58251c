"""Finds what no JSON Schema sees in a form: codes, rules, expressions that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cchc_xl.core.annex import Annex
from cchc_xl.core.expressions import Either, Node, cells_of
from cchc_xl.core.form import Form
from cchc_xl.core.register import Register
from cchc_xl.core.rule_language import ExpressionError, parse_condition, parse_quantity
from cchc_xl.gateways.definitions import Json


def meaning_problems(definition: Json) -> Iterator[str]:
    """Yield what is wrong in a form whose structure is right: the place, and what to change."""
    rows = [*definition["indicators"], *definition.get("supplementary", [])]
    codes = [row["code"] for row in rows]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"$.indicators: mã {code} có {codes.count(code)} lần; mỗi mã chỉ được một dòng"
    known = set(codes)
    for place, day in _days(definition):
        try:
            date.fromisoformat(day)
        except ValueError:
            yield f"{place}: không có ngày «{day}»; đề nghị sửa (dạng 2025-07-01)"
    column_ids = [column["id"] for column in definition["columns"]]
    for needed in ("number", "label", "unit", "value", "note"):
        if column_ids.count(needed) != 1:
            yield f"$.columns: cần đúng một cột {needed}"
    for row in rows:
        place = f"$.indicators[mã {row['code']}]"
        if row.get("parent", row["code"]) not in known:
            yield f"{place}.parent: không có dòng mã {row['parent']}; đề nghị sửa mã hoặc thêm dòng"
        weights = {"weight": row.get("weight"), **row.get("weight_if_blank", {})}
        for name, text in weights.items():
            if text is not None:
                yield from expression_problems(f"{place}.{name}", text, False, known)
            if name not in known | {"weight"}:
                yield f"{place}.weight_if_blank: không có dòng mã {name}; đề nghị sửa mã"
    yield from _rule_problems(definition, known)
    proofs = {
        rule["id"] for rule in definition["rules"] if "expression" in rule and "applies" not in rule
    }
    for ratio in definition["ratios"]:
        place = f"$.ratios[{ratio['id']}]"
        yield from expression_problems(f"{place}.numerator", ratio["numerator"], False, known)
        yield from expression_problems(f"{place}.denominator", ratio["denominator"], False, known)
        if "blank_is_zero_where" in ratio and ratio["blank_is_zero_where"] not in proofs:
            yield (
                f"{place}.blank_is_zero_where: {ratio['blank_is_zero_where']} không phải quy tắc "
                "có expression trong một kỳ; đề nghị sửa"
            )
    yield from _chart_problems(definition, known)


def set_problems(
    definition: Json, main: Form, annexes: Sequence[Annex | Register], known: set[str]
) -> Iterator[str]:
    """Yield what does not fit together in a set of forms."""
    for kind, names in (
        ("mã biểu", [annex.id for annex in annexes]),
        ("tiền tố mã", [annex.prefix for annex in annexes]),
        ("tên trang", [main.name, *(annex.name for annex in annexes)]),
        ("mã quy tắc", _rule_ids(definition, main, annexes)),
    ):
        for twice in sorted({name for name in names if names.count(name) > 1}):
            yield f"$.annexes: {kind} {twice} có {names.count(twice)} lần; hãy đổi một biểu"
    firsts = {row.code.partition(".")[0] for row in main.indicators}
    for annex in annexes:
        if annex.prefix in firsts:
            yield f"$.annexes: tiền tố {annex.prefix} đã dùng trong {main.name}; hãy đổi tiền tố"
        for rule in annex.rules:
            for cell in rule.cells:
                if cell.code not in known:
                    yield f"{annex.id}: quy tắc {rule.id} dùng mã {cell.code} mà bộ biểu không có"
    for rule in definition["rules"]:
        place = f"$.rules[{rule['id']}]"
        yield from expression_problems(place, rule["expression"], True, known, "applies" in rule)


def _rule_ids(definition: Json, main: Form, annexes: Sequence[Annex | Register]) -> list[str]:
    ids = [rule.id for rule in main.rules] + [rule["id"] for rule in definition["rules"]]
    for annex in annexes:
        ids += annex.rule_ids
    return ids


def _chart_problems(definition: Json, known: set[str]) -> Iterator[str]:
    charts = definition.get("charts")
    if charts is None:
        return
    for part in charts["parts"]:
        for code in part["codes"]:
            if code not in known:
                yield f"$.charts.parts: không có dòng mã {code}; đề nghị sửa mã"
    if charts["rate"] not in {ratio["id"] for ratio in definition["ratios"]}:
        yield f"$.charts.rate: không có tỷ lệ mã {charts['rate']}; đề nghị sửa mã"


def _rule_problems(definition: Json, known: set[str]) -> Iterator[str]:
    ids = [rule["id"] for rule in definition["rules"]]
    for rule_id in sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1}):
        yield f"$.rules: mã quy tắc {rule_id} có {ids.count(rule_id)} lần; đề nghị đổi một mã"
    for rule in definition["rules"]:
        place = f"$.rules[{rule['id']}]"
        if "expression" in rule:
            yield from expression_problems(
                f"{place}.expression", rule["expression"], True, known, "applies" in rule
            )
        for wanted in _NEEDED_BY_CHECK.get(rule.get("check", ""), ()):
            if wanted not in rule:
                yield f"{place}: check {rule['check']} cần mục {wanted}; đề nghị thêm vào"
        for code in rule.get("except", ()):
            if code not in known:
                yield f"{place}.except: không có dòng mã {code}; đề nghị sửa mã"
        if rule.get("behaviour", "flow") not in _behaviours(definition):
            yield f"{place}.behaviour: không dòng nào có period_behaviour {rule['behaviour']}"
        if "of" in rule:
            yield from _convention_problems(place, rule["of"], definition)


_NEEDED_BY_CHECK = {
    "jump": ("behaviour", "applies", "factor", "at_least"),
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


def _days(definition: Json) -> Iterator[tuple[str, str]]:
    for name in ("valid_from", "valid_to"):
        given = [("$", definition), *((f"$.rules[{r['id']}]", r) for r in definition["rules"])]
        for place, part in given:
            if part.get(name):
                yield f"{place}.{name}", part[name]


def expression_problems(
    place: str,
    text: str,
    is_condition: bool,
    known: set[str],
    with_previous: bool = False,
    *,
    named: str = "dòng",
) -> Iterator[str]:
    """Yield what is wrong in an expression; `named` is what its codes name."""
    try:
        node: Node = parse_condition(text) if is_condition else parse_quantity(text)
    except ExpressionError as error:
        yield f"{place}: {error}"
        return
    for cell in cells_of(node):
        if cell.code not in known:
            yield f"{place}: không có {named} mã {cell.code}; đề nghị sửa mã trong biểu thức"
    if any(cell.previous for cell in cells_of(node)) and not with_previous:
        yield f"{place}: dùng prev() thì quy tắc phải có mục applies (follows hoặc extends)"
