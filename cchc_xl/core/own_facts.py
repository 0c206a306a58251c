"""The parent unit's own figures beside the totals of its units.

`OWN.CAP.TN.T` is a figure of the parent's own office, `ALL.3.3.1` that figure and the total of
the units together; both are blank where a part is. So one outline serves the consolidated
workbook and the workbook that the parent's office filled in by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.core.facts import Facts, UnitFacts, two_digits
from cchc_xl.core.form import Aggregation
from cchc_xl.core.numerals import vietnamese_percent
from cchc_xl.core.values import BLANK, Value, number

_OWN, _ALL = "OWN.", "ALL."


@dataclass(frozen=True, slots=True)
class FactsWithOwn:
    """The facts of the units together with those of the parent's own office.

    `is_alone` says that nothing but the own workbook is there: then `ALL.` is `OWN.`.
    """

    total: Facts
    own: UnitFacts
    is_alone: bool = False

    @property
    def words(self) -> Mapping[str, str]:
        return self.total.words

    def value(self, code: str) -> Value:
        if code.startswith(_OWN) or (self.is_alone and code.startswith(_ALL)):
            return self.own.value(code[len(_OWN) :])
        if not code.startswith(_ALL):
            return self.total.value(code)
        amount = self._both(code[len(_ALL) :])
        return BLANK if amount is None else number(amount)

    def shown(self, code: str) -> str:
        if code.startswith(_OWN) or (self.is_alone and code.startswith(_ALL)):
            return self.own.shown(code[len(_OWN) :])
        if not code.startswith(_ALL):
            return self.total.shown(code)
        amount = self.value(code).number
        is_rate = code[len(_ALL) :] in self.own.ratios
        return vietnamese_percent(amount) if is_rate else two_digits(amount)

    def is_known(self, code: str) -> bool:
        for prefix in (_OWN, _ALL):
            if code.startswith(prefix):
                return self.own.is_known(code[len(prefix) :])
        return self.total.is_known(code)

    def names(self, fact: str) -> tuple[str, ...]:
        return self.total.names(fact)

    def basis(self, code: str) -> str:
        if code.startswith(_OWN):
            return ""
        return self.total.basis(code.removeprefix(_ALL))

    def compared(self, code: str) -> str:
        return self.total.compared(code)

    def units(self) -> Iterable[tuple[str, Facts]]:
        return self.total.units()

    def rows(self, prefix: str) -> Iterable[tuple[str, Facts]]:
        """Yield the open rows of the own workbook: those of the units are theirs."""
        return self.own.rows(prefix)

    def found(self, rules: Collection[str]) -> Iterable[tuple[str, int]]:
        return self.total.found(rules)

    def records(self, code: str) -> tuple[str, ...]:
        return (*self.own.records(code), *(() if self.is_alone else self.total.records(code)))

    def _both(self, code: str) -> Decimal | None:
        """Return own and total together; of a rate the parts are added, never the percents."""
        if code in self.own.ratios:
            above, below = self._both(f"{code}.N"), self._both(f"{code}.D")
            return None if above is None or not below else 100 * above / below
        row = self.own.table.form.by_code.get(code)
        if row is not None and row.aggregation is not Aggregation.SUM:
            return None
        own, total = self.own.value(code), self.total.value(code)
        return own.number + total.number if own.is_numeric and total.is_numeric else None
