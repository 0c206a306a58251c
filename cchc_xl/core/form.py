"""A form as the engine sees it: indicators, rules, ratios; how it is loaded stands in `schemas`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from cchc_xl.core.cells import Kind
from cchc_xl.core.expressions import Cell, Condition, Quantity, cells_of
from cchc_xl.core.findings import Severity

if TYPE_CHECKING:
    from cchc_xl.core.annex import Annex
    from cchc_xl.core.register import Register


class Aggregation(Enum):
    """How the values of the units become one figure of the parent unit."""

    NONE = "none"
    SUM = "sum"
    MUST_AGREE = "must_agree"
    WEIGHTED_MEAN = "weighted_mean"
    SHARE_YES = "share_yes"
    DISTRIBUTION = "distribution"
    RECOMPUTE = "recompute"
    NOT_AGGREGATABLE = "not_aggregatable"


class Applies(Enum):
    """The relation to the previous submission that a rule needs."""

    FOLLOWS = "follows"
    EXTENDS = "extends"
    LIKE = "like"


class Check(Enum):
    """The checks that have a name instead of an expression."""

    KIND = "kind"
    HEADING_BLANK = "heading_blank"
    NEVER_DECREASES = "never_decreases"
    JUMP = "jump"
    UNITS_AGREE = "units_agree"
    ONE_CONVENTION = "one_convention"
    AS_COMPUTED = "as_computed"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the form, or a cell of an annex; `number` is what stands in its first column.

    `annex` names the annex; `computed` is what the cell is worth where nobody types it.
    """

    code: str
    number: str
    label: str
    unit: str
    kind: Kind
    aggregation: Aggregation
    parent: str | None = None
    choices: Mapping[int, str] = field(default_factory=dict[int, str])
    weight: Quantity | None = None
    weight_if_blank: Mapping[str, Quantity] = field(default_factory=dict[str, Quantity])
    behaviour: str | None = None
    supplementary: bool = False
    annex: str = ""
    computed: Quantity | None = None

    @property
    def is_printed_rate(self) -> bool:
        """Whether the cell holds a rate that its own table gives: nobody need type it."""
        return self.computed is not None and self.kind is Kind.PERCENT


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with the sentences for people; exactly one of `condition` and `check` is set.

    `scope` tells the rules apart that are one rule over the rows or columns of an annex; `codes`
    are the cells that a named check looks at. A jump is a count that is `factor` times what it
    was, or its part, and differs by `at_least`.
    """

    id: str
    severity: Severity
    message: str
    advice: str
    condition: Condition | None = None
    check: Check | None = None
    applies: Applies | None = None
    kind: Kind | None = None
    behaviour: str | None = None
    excepted: frozenset[str] = frozenset()
    of: str | None = None
    conventions: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    scope: str = ""
    codes: tuple[str, ...] = ()
    factor: Decimal = Decimal(0)
    at_least: int = 0

    @property
    def key(self) -> str:
        """What no other rule of a form is called."""
        return f"{self.id}@{self.scope}" if self.scope else self.id

    @property
    def cells(self) -> tuple[Cell, ...]:
        return cells_of(self.condition) if self.condition else ()

    @property
    def needs_previous(self) -> bool:
        return self.applies is not None

    def is_valid_on(self, day: date) -> bool:
        """Whether the rule holds for a period that ends on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rate from two counts; never averaged.

    Where the rule `blank_is_zero_where` holds exactly with the blanks at zero, the unit's own
    total has proved them to be zero.
    """

    id: str
    label: str
    numerator: Quantity
    denominator: Quantity
    blank_is_zero_where: str | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(dict.fromkeys(cells_of(self.numerator) + cells_of(self.denominator)))


@dataclass(frozen=True, slots=True)
class Charts:
    """What the charts of a master show of a form: a total by its parts, and one rate."""

    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    rate_title: str
    rate: str


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column: its header, other names of it in the field, the header above it."""

    id: str
    header: str
    aliases: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True, eq=False)
class Form:
    """A form definition; `indicators` are the printed rows, then the supplementary ones.

    With `annexes` it is a set of forms: their indicators follow, and everything but what prints
    or finds the table itself works on all of them; `main` is the form alone. `load_id` is the
    name by which it is loaded. A form is loaded once and is equal only to itself, so that it can
    be a key of caches.
    """

    id: str
    version: str
    name: str
    title: tuple[str, ...]
    supplementary_title: str
    valid_from: date | None
    valid_to: date | None
    columns: tuple[Column, ...]
    indicators: tuple[Indicator, ...]
    rules: tuple[Rule, ...]
    ratios: tuple[Ratio, ...]
    charts: Charts | None = None
    annexes: tuple[Annex | Register, ...] = ()
    alone: Form | None = None
    set_id: str = ""
    set_name: str = ""

    @property
    def main(self) -> Form:
        return self.alone or self

    @property
    def load_id(self) -> str:
        return self.set_id or self.id

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each code, for sorting."""
        return {indicator.code: place for place, indicator in enumerate(self.indicators)}

    @cached_property
    def kind_rules(self) -> Mapping[Kind, Rule]:
        """The rule that speaks for each kind (RF1 to RF4)."""
        return {rule.kind: rule for rule in self.rules if rule.kind is not None}

    @cached_property
    def heading_rule(self) -> Rule | None:
        """The rule against figures on heading rows (RF5)."""
        return next((rule for rule in self.rules if rule.check is Check.HEADING_BLANK), None)

    def is_valid_on(self, day: date) -> bool:
        """Whether the form is the one for a period that ends on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def rule(self, rule_id: str) -> Rule:
        return next(rule for rule in self.rules if rule.id == rule_id)

    def rules_behind(self, rule_id: str, code: str) -> tuple[Rule, ...]:
        """The rules of this id that a finding at `code` may come from.

        A rule of an annex holds for each row or column: many rules carry its id, and each names
        the first of its own cells.
        """
        return tuple(
            rule
            for rule in self.rules
            if rule.id == rule_id and (not rule.cells or rule.cells[0].code == code)
        )

    def column(self, column_id: str) -> Column:
        return next(column for column in self.columns if column.id == column_id)

    @cached_property
    def open_rows(self) -> frozenset[str]:
        """The rows of annexes whose words are the unit's own, as `PREFIX.ROW`."""
        return frozenset(code for annex in self.annexes for code in annex.open_rows)

    @property
    def printed(self) -> tuple[Indicator, ...]:
        return tuple(row for row in self.indicators if not row.supplementary and not row.annex)

    @property
    def supplementary(self) -> tuple[Indicator, ...]:
        return tuple(row for row in self.indicators if row.supplementary)

    def annex(self, annex_id: str) -> Annex | Register:
        return next(annex for annex in self.annexes if annex.id == annex_id)


def with_annexes(
    main: Form,
    annexes: tuple[Annex | Register, ...],
    rules: tuple[Rule, ...],
    *,
    set_id: str,
    name: str,
) -> Form:
    """Return the set of forms that `main`, its annexes and the rules between them make up."""
    return replace(
        main,
        indicators=(*main.indicators, *(row for annex in annexes for row in annex.indicators)),
        rules=(*main.rules, *(rule for annex in annexes for rule in annex.rules), *rules),
        ratios=(*main.ratios, *(ratio for annex in annexes for ratio in annex.ratios)),
        annexes=annexes,
        alone=main,
        set_id=set_id,
        set_name=name,
    )
