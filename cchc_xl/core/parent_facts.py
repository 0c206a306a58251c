"""What a report may say of a parent unit: its figures, and the units behind them.

Besides the codes of the form and the ids of the ratios (`T05` the percent, `T05.N` and `T05.D`
its parts), the facts of a parent unit have names of their own: `UNITS.EXPECTED`,
`UNITS.REPORTED`, `UNITS.MISSING`, `UNITS.UNCOUNTED`; and for a code such as 5.2 `YES.5.2`,
`NO.5.2`, `BLANK.5.2`, `GIVEN.5.2`, `EXPECTED.5.2`, `HAVE.S.QH_GQ`, `STANDS.7.2.2.a`,
`SHARE.5.2`, `COUNT.1.4.2.0`, `OTHER.3.1.3` (not the parent's value), `DIFFER.3.1.3` (not the
value of the units of its type). `names` gives the units behind such a fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cchc_xl.core.compared_facts import change_in_a_sentence, compared_value, of_comparison
from cchc_xl.core.consolidation import Consolidation
from cchc_xl.core.facts import (
    Facts,
    is_of,
    is_ratio,
    period_words,
    ratio_fact,
    shown_figure,
    two_digits,
    unit_facts,
)
from cchc_xl.core.findings import Finding
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.ratios import RatioValue
from cchc_xl.core.roll_up import RolledIndicator
from cchc_xl.core.submission import Status
from cchc_xl.core.units import in_a_sentence
from cchc_xl.core.values import BLANK, State, Value, number


@dataclass(frozen=True, slots=True)
class ParentFacts:
    """The facts of a parent unit."""

    data: Consolidation
    words: Mapping[str, str]
    ratios: Mapping[str, RatioValue]
    findings: tuple[Finding, ...] = ()
    _parts: dict[str, Facts] = field(default_factory=dict[str, "Facts"], compare=False)

    def value(self, code: str) -> Value:
        kind, of = of_comparison(code)
        if kind:
            return compared_value(self.data.comparison, kind, of)
        amount = self._amount(code)
        return BLANK if amount is None else number(amount)

    def shown(self, code: str) -> str:
        value = self.value(code)
        _, code = of_comparison(code)
        is_percent = code in self.ratios or code.startswith("SHARE.")
        is_figure = code in self.data.form.by_code or is_ratio(code, self.ratios)
        if not is_figure and not is_percent:
            # How many units: "7/9 đơn vị", as on the sheets.
            return vietnamese(value.number)
        # Of a flag, the parent has the number of units.
        return shown_figure(self.data.form, code, value, is_percent=is_percent, counted=True)

    def is_known(self, code: str) -> bool:
        _, code = of_comparison(code)
        kind, _, rest = code.partition(".")
        if code in self.data.form.by_code or is_ratio(code, self.ratios):
            return True
        if kind == "UNITS":
            return rest in ("EXPECTED", "REPORTED", "MISSING", "UNCOUNTED")
        if kind == "COUNT":
            rest = rest.rpartition(".")[0]
        return kind in {*_FACTS, "SHARE", "COUNT"} and rest in self.data.form.by_code

    def basis(self, code: str) -> str:
        if code in self.ratios:
            stands_on, all_units = self.data.rolled.ratios[code].stands_on, len(self.data.tables)
        else:
            rolled = self.data.rolled.indicators.get(code)
            if rolled is None:
                return ""
            stands_on, all_units = rolled.stands_on, rolled.expected
        return "" if stands_on == all_units else f" (số liệu của {stands_on}/{all_units} đơn vị)"

    def compared(self, code: str) -> str:
        return change_in_a_sentence(self.data.comparison, self.data.form, code)

    def names(self, fact: str) -> tuple[str, ...]:
        kind, _, code = fact.partition(".")
        names = {entry.unit.key: entry.unit.name for entry in self.data.tables}
        if kind == "UNITS":
            statuses = _UNIT_STATUSES[code]
            return tuple(
                dict.fromkeys(
                    entry.unit.name
                    for entry in self.data.received
                    if entry.unit is not None
                    and entry.unit.key in names
                    and entry.status in statuses
                    and (code == "REPORTED" or entry.unit in self.data.missing)
                )
            )
        if not self.is_known(fact):
            return ()
        rolled = self.data.rolled.indicators[code]
        return tuple(
            f"{names[key]} ({two_digits(value.number)})"
            if kind in ("DIFFER", "OTHER", "HAVE")
            else names[key]
            for key, value in rolled.by_unit.items()
            if _belongs(kind, key, value, rolled)
        )

    def units(self) -> Iterator[tuple[str, Facts]]:
        for entry in self.data.tables:
            if entry.table is not None:
                name = entry.unit.name
                if name not in self._parts:
                    self._parts[name] = unit_facts(entry.table, name, self.data.period)
                yield name, self._parts[name]

    def rows(self, prefix: str) -> Iterator[tuple[str, Facts]]:
        """Yield the open rows of every unit, the unit's name before its words."""
        for name, facts in self.units():
            yield from ((f"{name}: {label}", row) for label, row in facts.rows(prefix))

    def found(self, rules: Collection[str]) -> Iterator[tuple[str, int]]:
        counted = Counter(finding.unit for finding in self.findings if is_of(finding, rules))
        for entry in self.data.tables:
            if counted[entry.unit.name]:
                yield entry.unit.name, counted[entry.unit.name]

    def records(self, code: str) -> tuple[str, ...]:
        lines = (facts.records(code) for _, facts in self.units())
        return tuple(line for of_unit in lines for line in of_unit)

    def _amount(self, code: str) -> Decimal | None:
        if not self.is_known(code):
            return None
        if is_ratio(code, self.ratios):
            return ratio_fact(code, self.ratios)
        if code in self.data.form.by_code:
            return self.data.rolled.indicators[code].value
        kind, _, rest = code.partition(".")
        if kind == "UNITS":
            missing = len(self.data.missing)
            return Decimal(
                {
                    "EXPECTED": len(self.data.tables),
                    "REPORTED": len(self.data.tables) - missing,
                    "MISSING": len(self.names("UNITS.MISSING")),
                    "UNCOUNTED": len(self.names("UNITS.UNCOUNTED")),
                }[rest]
            )
        if kind == "COUNT":
            rest, _, choice = rest.rpartition(".")
            counts = self.data.rolled.indicators[rest].detail.get("counts")
            return Decimal(counts[choice]) if isinstance(counts, Mapping) else None
        if kind == "SHARE":
            share = self.data.rolled.indicators[rest].detail.get("share")
            return share if isinstance(share, Decimal) else None
        return Decimal(_FACTS[kind](self.data.rolled.indicators[rest]))


_COUNTED = frozenset({Status.ACCEPTED, Status.ACCEPTED_WITH_ERRORS})
_UNIT_STATUSES = {
    "REPORTED": _COUNTED,
    "MISSING": frozenset({Status.MISSING}),
    "UNCOUNTED": frozenset(Status) - _COUNTED - {Status.MISSING, Status.IGNORED},
}


def _belongs(kind: str, key: str, value: Value, rolled: RolledIndicator) -> bool:
    match kind:
        case "YES":
            return value.is_numeric and value.number == 1
        case "NO":
            return value.is_numeric and value.number == 0
        case "HAVE":
            return value.is_numeric and value.number > 0
        case "OTHER":
            return value.is_numeric and value.number != rolled.value
        case "DIFFER":
            differing = rolled.detail.get("differ")
            return isinstance(differing, Mapping) and key in differing
        case _:  # BLANK
            return not value.is_numeric and value.state is not State.NOT_APPLICABLE


def _how_many(kind: str) -> Callable[[RolledIndicator], int]:
    return lambda rolled: sum(_belongs(kind, k, v, rolled) for k, v in rolled.by_unit.items())


_FACTS: dict[str, Callable[[RolledIndicator], int]] = {
    **{kind: _how_many(kind) for kind in ("YES", "NO", "HAVE", "DIFFER", "OTHER", "BLANK")},
    "GIVEN": lambda rolled: rolled.reporting,
    "EXPECTED": lambda rolled: rolled.expected,
    "STANDS": lambda rolled: rolled.stands_on,
}

# What stands before the code in a fact of a parent unit.
FACT_KINDS = frozenset({*_FACTS, "UNITS", "SHARE", "COUNT"})


def parent_facts(data: Consolidation, findings: tuple[Finding, ...] = ()) -> ParentFacts:
    """Return the facts of a parent unit; `findings` are those on the reports of its units."""
    ratios = {ratio_id: rolled.value for ratio_id, rolled in data.rolled.ratios.items()}
    words = period_words(data.period, in_a_sentence(data.name))
    return ParentFacts(data, words, ratios, findings)
