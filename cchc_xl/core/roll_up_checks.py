"""The checks that look at several units at once: shared values (RA1), one convention (RA2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cchc_xl.core.evaluation import Verdict, evaluate
from cchc_xl.core.expressions import Either
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Aggregation, Check, Form, Rule
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.period import Period
from cchc_xl.core.roll_up import UnitTable, modes_by_type, unit_type
from cchc_xl.core.submission import Table, lookup


def check_units(form: Form, tables: Sequence[UnitTable], period: Period) -> tuple[Finding, ...]:
    """Return the findings of the rules that compare units, in the order of form and units."""
    found: list[Finding] = []
    for rule in form.rules:
        if not rule.is_valid_on(period.last_day):
            continue
        if rule.check is Check.UNITS_AGREE:
            found += _units_agree(rule, form, tables)
        elif rule.check is Check.ONE_CONVENTION:
            found += _one_convention(rule, form, tables)
    return tuple(found)


def convention(rule: Rule, table: Table) -> int | None:
    """Return which branch of a rule with several conventions a unit follows.

    None where the rule does not hold, is not evaluated (it names a KAD or unreadable cell), or
    holds in more than one way.
    """
    if not isinstance(rule.condition, Either):
        return None
    if any(table.value(cell.code).closes_rules for cell in rule.cells):
        return None
    holding = [
        place
        for place, branch in enumerate(rule.condition.parts)
        if evaluate(branch, lookup(table)).verdict is Verdict.PASSES
    ]
    return holding[0] if len(holding) == 1 else None


def _units_agree(rule: Rule, form: Form, tables: Sequence[UnitTable]) -> Iterator[Finding]:
    for indicator in form.indicators:
        if indicator.aggregation is not Aggregation.MUST_AGREE:
            continue
        given = [entry for entry in tables if entry.value(indicator.code).is_numeric]
        modes = modes_by_type(indicator, given)
        for entry in given:
            shared = modes[unit_type(entry.unit)]
            own = entry.value(indicator.code).number
            if own == shared:
                continue
            cell = entry.table.entries.get(indicator.code) if entry.table else None
            yield Finding(
                rule=rule.id,
                severity=rule.severity,
                message=f"{entry.unit.name}: {vietnamese(own)}, các đơn vị cùng loại: "
                f"{vietnamese(shared)}. {rule.message}",
                advice=rule.advice,
                indicator=indicator.code,
                sheet=cell.sheet if cell else None,
                cell=cell.cell if cell else None,
                found=own,
                expected=shared,
                unit=entry.unit.name,
            )


def _one_convention(rule: Rule, form: Form, tables: Sequence[UnitTable]) -> Iterator[Finding]:
    if rule.of is None:
        return
    compared = form.rule(rule.of)
    groups: dict[int, list[str]] = {}
    for entry in tables:
        followed = convention(compared, entry.table) if entry.table else None
        if followed is not None:
            groups.setdefault(followed, []).append(entry.unit.name)
    if len(groups) < 2:
        return
    named = [f"{compared.conventions[g]}: {', '.join(groups[g])}" for g in sorted(groups)]
    yield Finding(
        rule=rule.id,
        severity=rule.severity,
        message=f"{rule.message} {'; '.join(named)}.",
        advice=rule.advice,
        indicator=compared.cells[0].code,
    )
