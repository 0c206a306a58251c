"""Runs a form's rules over one table and returns every finding, in the order of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cchc_xl.core import wording
from cchc_xl.core.cells import Kind, Remark
from cchc_xl.core.evaluation import PLACES, Outcome, Verdict, evaluate, quantity
from cchc_xl.core.expressions import (
    Cell,
    Comparison,
    Condition,
    Either,
    Every,
    Implication,
    Present,
    cells_of,
)
from cchc_xl.core.findings import Finding, Severity, Shown
from cchc_xl.core.form import Applies, Check, Form, Indicator, Rule
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.period import Period
from cchc_xl.core.register import registers
from cchc_xl.core.register_checks import register_findings
from cchc_xl.core.submission import Entry, Table, lookup

# Remarks that are told the same of every kind of indicator, with the id under which they are.
_OWN_RULES: dict[Remark, tuple[str, Severity]] = {
    Remark.COMMA_THOUSANDS: ("RD1", Severity.INFO),
    Remark.SPACE_THOUSANDS: ("RD1", Severity.INFO),
    Remark.LEFT_OVER_DOTS: ("RD2", Severity.WARNING),
    Remark.PERCENT_AS_TYPED: ("RD3", Severity.INFO),
    Remark.UNIT_BEHIND: ("RD4", Severity.INFO),
    Remark.SET_OFF: ("RD5", Severity.ERROR),
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The previous submission's table and how its period stands to the present one."""

    table: Table
    relations: frozenset[Applies]


def relations(period: Period, previous: Period) -> frozenset[Applies]:
    """Return the relations in which `period` stands to the period before."""
    met = set[Applies]()
    if period.follows(previous):
        met.add(Applies.FOLLOWS)
    if period.extends(previous):
        met.add(Applies.EXTENDS)
    if period.is_like(previous):
        met.add(Applies.LIKE)
    return frozenset(met)


def check_table(
    table: Table, period: Period | None = None, earlier: Earlier | None = None
) -> tuple[Finding, ...]:
    """Return the findings of one table; rules on other units are not among them.

    Without a period every rule holds, whatever its dates. A rule with `applies` runs only where
    the earlier submission stands in that relation.
    """
    form = table.form
    found = [*_cell_findings(table)]
    for rule in form.rules:
        if period is not None and not rule.is_valid_on(period.last_day):
            continue
        if rule.applies is not None and (earlier is None or rule.applies not in earlier.relations):
            continue
        if rule.condition is not None:
            found += _rule_findings(rule, rule.condition, table, earlier)
        elif rule.check is Check.NEVER_DECREASES and earlier is not None:
            found += _decreases(rule, table, earlier.table)
        elif rule.check is Check.JUMP and earlier is not None:
            found += _jumps(rule, table, earlier.table)
        elif rule.check is Check.AS_COMPUTED:
            found += _computed_otherwise(rule, table)
    for register in registers(form):
        found += register_findings(table.records.get(register.id, ()), register, period)
    return tuple(sorted(found, key=lambda finding: _place(form, finding)))


def _place(form: Form, finding: Finding) -> int:
    return form.order.get(finding.indicator or "", len(form.order))


def _cell_findings(table: Table) -> Iterator[Finding]:
    for code, entry in table.entries.items():
        remark = entry.reading.remark
        if remark is None:
            continue
        indicator = table.form.by_code[code]
        if remark is Remark.HEADING_FILLED:
            rule = table.form.heading_rule
            if rule is not None and code not in rule.excepted:
                yield _finding(
                    rule, table, indicator, entry, found=wording.as_typed(entry.raw),
                    expected=wording.remark_expected(indicator, entry.reading),
                )  # fmt: skip
            continue
        yield _remark_finding(table, indicator, entry, remark)


def _remark_finding(table: Table, indicator: Indicator, entry: Entry, remark: Remark) -> Finding:
    kind_rule = table.form.kind_rules.get(indicator.kind)
    if remark in _OWN_RULES:
        rule_id, severity = _OWN_RULES[remark]
    elif kind_rule is not None:
        rule_id, severity = kind_rule.id, kind_rule.severity
    else:
        rule_id, severity = "RD9", Severity.ERROR
    return Finding(
        rule=rule_id,
        severity=severity,
        message=wording.remark_message(indicator, entry.raw, entry.reading),
        advice=wording.remark_advice(entry.raw, entry.reading, kind_rule),
        indicator=indicator.code,
        sheet=entry.sheet,
        cell=entry.cell,
        found=wording.as_typed(entry.raw),
        expected=wording.remark_expected(indicator, entry.reading),
    )


def _rule_findings(
    rule: Rule, condition: Condition, table: Table, earlier: Earlier | None
) -> Iterator[Finding]:
    values = lookup(table, earlier.table if earlier else None)
    outcome = evaluate(condition, values)
    if outcome.verdict in (Verdict.PASSES, Verdict.NOT_EVALUATED):
        return
    indicator = table.form.by_code[rule.cells[0].code]
    entry = table.entries.get(indicator.code)
    found, expected = _found_and_expected(condition, table, earlier)
    decisive = _decisive_cells(condition)
    if found is not None and decisive and rule.cells[0] not in decisive:
        # What was found stands in another cell than the one that is named.
        found = f"{decisive[0].code}: {wording.shown(found)}"
    yield _finding(rule, table, indicator, entry, found, expected, outcome)


def _finding(
    rule: Rule,
    table: Table,
    indicator: Indicator,
    entry: Entry | None,
    found: Shown,
    expected: Shown,
    outcome: Outcome | None = None,
) -> Finding:
    message, severity = rule.message, rule.severity
    if outcome is not None and outcome.hint is not None:
        message = f"{message} {wording.hint_sentence(outcome.hint)}"
        severity = Severity.WARNING
    return Finding(
        rule=rule.id,
        severity=severity,
        message=message,
        advice=rule.advice,
        indicator=indicator.code,
        sheet=entry.sheet if entry else table.sheet,
        cell=entry.cell if entry else None,
        found=found,
        expected=expected,
    )


def _decisive_cells(condition: Condition) -> tuple[Cell, ...]:
    """Return the cells on the left of the comparison that a rule comes down to."""
    match condition:
        case Implication(_, then):
            return _decisive_cells(then)
        case Comparison(_, left, _):
            return cells_of(left)
        case _:
            return ()


def _found_and_expected(
    condition: Condition, table: Table, earlier: Earlier | None
) -> tuple[Shown, Shown]:
    """Return what stands against what should stand, from the part of a rule that decides."""
    values = lookup(table, earlier.table if earlier else None)
    match condition:
        case Implication(_, then):
            return _found_and_expected(then, table, earlier)
        case Every(parts):
            failing = min(parts, key=lambda part: evaluate(part, values).verdict)
            return _found_and_expected(failing, table, earlier)
        case Either(parts):
            return _found_and_expected(parts[0], table, earlier)
        case Present(cell, expected):
            entry = table.entries.get(cell.code)
            typed = wording.as_typed(entry.raw) if entry else None
            return typed, "có số liệu" if expected else wording.HAS_TO_BE_EMPTY
        case Comparison(operator, left, right):
            wanted = quantity(right, values)
            if wanted is None:
                return quantity(left, values), None
            if operator == "==":
                return quantity(left, values), wanted
            return quantity(left, values), wording.expected_relation(operator, wanted)


def _decreases(rule: Rule, table: Table, previous: Table) -> Iterator[Finding]:
    for code, entry in table.entries.items():
        indicator = table.form.by_code[code]
        before = previous.value(code)
        if indicator.behaviour != rule.behaviour:
            continue
        if entry.value.is_numeric and before.is_numeric and entry.value.number < before.number:
            yield _finding(
                rule, table, indicator, entry, entry.value.number,
                wording.expected_relation(">=", before.number),
            )  # fmt: skip


def _jumps(rule: Rule, table: Table, previous: Table) -> Iterator[Finding]:
    """Yield the counts that are many times what they were; what is missing says nothing."""
    for code, entry in table.entries.items():
        indicator, before = table.form.by_code[code], previous.value(code)
        if indicator.kind is not Kind.COUNT or indicator.behaviour != rule.behaviour:
            continue
        if not (entry.value.is_numeric and before.is_numeric):
            continue
        less, more = sorted((entry.value.number, before.number))
        if more - less >= rule.at_least and more >= rule.factor * less:
            yield _finding(
                rule, table, indicator, entry, entry.value.number,
                wording.about_as_before(before.number),
            )  # fmt: skip


def _computed_otherwise(rule: Rule, table: Table) -> Iterator[Finding]:
    """Yield the rates that are not what their own table gives, at the places that they print.

    A rate cut off instead of rounded is one of them.
    """
    values = lookup(table)
    for code in rule.codes:
        entry, indicator = table.entries.get(code), table.form.by_code[code]
        node = indicator.computed
        if entry is None or node is None or not entry.value.is_numeric:
            continue
        if not all(values(cell).is_numeric for cell in cells_of(node)):
            continue
        printed = entry.value.number
        places = min(max(-int(printed.normalize().as_tuple().exponent), 0), PLACES)
        wanted = quantity(node, values)
        if wanted is None or round_half_up(wanted, places) == printed:
            continue
        yield _finding(
            rule, table, indicator, entry, printed, round_half_up(wanted, max(places, 2))
        )
