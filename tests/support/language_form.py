"""A form that nobody prints: every word of the rule language stands in it, for the native formulas.

Phụ lục 01b has no division, no `!=` and little `or`; a later form may.
"""

from __future__ import annotations

from cchc_xl.core.cells import Kind
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Aggregation, Check, Column, Form, Indicator, Ratio, Rule
from cchc_xl.core.rule_language import parse_condition, parse_quantity

_COUNTS = ("a", "b", "c", "d", "e")
_EXPRESSIONS = (
    "[a] < [b]",
    "[a] > [b] + 1",
    "[a] != [b]",
    "[a] >= 3",
    "2 == [b]",
    "[a] - [b] == [c] - [d]",
    "[a] - [b] != [c]",
    "[a] - [b] - [c] >= [d] - 1",
    "[a] + [b] < [c] + [d]",
    "[a] >= [b] * [c]",
    "[a] * [b] == [c] * [d]",
    "2 * ([a] + [b]) >= [c]",
    "[a] * [p] / 100 <= [b]",
    "[a] / [b] <= 2",
    "[a] / [b] == [c]",
    "[a] / [b] != [c] / [d]",
    "[a] / ([b] + [c]) > 0.5",
    "[a] / 4 < [b]",
    "12 / [a] >= [b]",
    "max([a], [b] + [c]) == [d]",
    "max([a], [b]) < max([c], 5)",
    "[a] != max([b], [c])",
    "max([a] - [b], [c]) >= [d]",
    "[p] + [q] <= 100",
    "[p] == 33.333333",
    "[p] / 100 * [a] == [b]",
    "[f] == 1 => [a] > 0",
    "[f] != [g]",
    "not present([a])",
    "present([a]) or [b] == 0",
    "not ([a] <= [b] and [c] > 0)",
    "not ([a] == [b] or not present([c]))",
    "[a] == [b] and [b] == [c]",
    "[a] == [b] or [a] == [c] or [a] == [d] + [e]",
    "[a] > [b] or [c] > [d] and [e] > 0",
    "[a] > 0 => [b] > 0 or [c] > 0",
    "[a] > 0 and [b] > 0 => [c] == [d]",
    "[a] > 0 => ([b] > 0 => [c] > 0)",
    "present([p]) => present([a]) and present([b])",
    "present([h]) => present([a])",
)


def language_form() -> Form:
    """Return the form; its rules are L01, L02, ... in turn errors, warnings and notices."""
    counts = tuple(_indicator(code, Kind.COUNT) for code in _COUNTS)
    others = (
        _indicator("p", Kind.PERCENT),
        _indicator("q", Kind.PERCENT),
        _indicator("f", Kind.FLAG),
        _indicator("g", Kind.CODE),
        _indicator("h", Kind.HEADER),
    )
    return Form(
        id="ngon-ngu",
        version="1",
        name="Ngôn ngữ quy tắc",
        title=("BIỂU THỬ CỦA {UNIT}",),
        supplementary_title="",
        valid_from=None,
        valid_to=None,
        columns=(
            Column("number", "STT"),
            Column("label", "Chỉ tiêu"),
            Column("unit", "Đơn vị tính"),
            Column("value", "Số liệu"),
            Column("note", "Ghi chú"),
        ),
        indicators=(*counts, *others),
        rules=(*_rules(), *_kind_rules()),
        ratios=(
            _ratio("T1", "[a]", "[b]"),
            _ratio("T2", "[a] - [b]", "[c] + [d]"),
            _ratio("T3", "max([a], [b])", "[c] * 3", blank_is_zero_where="L01"),
            _ratio("T4", "[a] / [b]", "[c]"),
            _ratio("T5", "[a] * [p] / 100", "[b]"),
        ),
    )


def _ratio(
    ratio_id: str, numerator: str, denominator: str, blank_is_zero_where: str | None = None
) -> Ratio:
    return Ratio(
        id=ratio_id,
        label=f"{numerator} trên {denominator}",
        numerator=parse_quantity(numerator),
        denominator=parse_quantity(denominator),
        blank_is_zero_where=blank_is_zero_where,
    )


def _indicator(code: str, kind: Kind) -> Indicator:
    choices = {
        Kind.FLAG: {0: "Chưa làm", 1: "Đã làm"},
        Kind.CODE: {0: "Không", 1: "Một phần", 2: "Toàn bộ"},
    }
    return Indicator(
        code=code,
        number=code,
        label=f"Mục {code}",
        unit="",
        kind=kind,
        aggregation=Aggregation.NONE,
        choices=choices.get(kind, {}),
    )


def _rules() -> tuple[Rule, ...]:
    severities = tuple(Severity)
    return tuple(
        Rule(
            id=f"L{place + 1:02d}",
            severity=severities[place % len(severities)],
            message=f"Chưa đúng: {expression}",
            advice="Đề nghị xem lại.",
            condition=parse_condition(expression),
        )
        for place, expression in enumerate(_EXPRESSIONS)
    )


def _kind_rules() -> tuple[Rule, ...]:
    kinds = (Kind.COUNT, Kind.PERCENT, Kind.FLAG, Kind.CODE)
    return tuple(
        Rule(
            id=f"LF{place}",
            severity=Severity.ERROR,
            message=f"Ô này phải là {kind.value}.",
            advice="Đề nghị gõ lại.",
            check=Check.KIND,
            kind=kind,
        )
        for place, kind in enumerate(kinds, start=1)
    )
