"""An annex: a table of rows by columns beside the main form, and the indicators it stands for.

Each cell of the table is an indicator of its own, `TTHC.HT.7` (prefix, row, column), and a rule
that is written once for every row or column becomes a rule for each. So the engine knows of
nothing but indicators, rules and ratios, and a province's other table is a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce

from cchc_xl.core.cells import Kind
from cchc_xl.core.expressions import (
    Arithmetic,
    Cell,
    Comparison,
    Condition,
    Quantity,
    cells_of,
    with_cells,
)
from cchc_xl.core.form import Aggregation, Form, Indicator, Ratio, Rule

# What the header of a column says that stands for a year of the reporting period.
YEAR_WORDS = ("thứ nhất", "thứ hai", "thứ ba")


@dataclass(frozen=True, slots=True)
class AnnexColumn:
    """A column of figures; `groups` are the headers above its own, from the top.

    `number` is what the form prints below the header. `formula` says what a column of computed
    rates is worth in each row, from the other columns. A table may lack an optional column.
    """

    id: str
    number: str
    header: str
    kind: Kind
    aggregation: Aggregation
    groups: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    choices: Mapping[int, str] = field(default_factory=dict[int, str])
    behaviour: str | None = None
    formula: Quantity | None = None
    is_optional: bool = False

    def header_for(self, years: Sequence[int]) -> str:
        """The printed header, with the year where it stands for one of the period."""
        header = self.header
        for word, year in zip(YEAR_WORDS, years, strict=False):
            header = header.replace(word, str(year))
        return header

    @property
    def spoken(self) -> str:
        """The column's name in a sentence: with the header above it where it needs one."""
        named = f"«{self.groups[0]} - {self.header}»" if self.groups else f"«{self.header}»"
        return f"{self.number} {named}".strip()


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A row; `columns` are those in which it has a cell, all of them where it is None.

    A heading has no cells. The words of an open row are the unit's own.
    """

    id: str
    label: str
    number: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    columns: frozenset[str] | None = None
    part_of: str | None = None
    is_heading: bool = False
    is_open: bool = False

    @property
    def spoken(self) -> str:
        """The row's name in a sentence: an open row has no words before the unit writes them."""
        return self.label or f"Dòng {self.number}"

    def has(self, column_id: str) -> bool:
        return not self.is_heading and (self.columns is None or column_id in self.columns)


@dataclass(frozen=True, slots=True)
class RulePattern:
    """A rule for each row, each column, or (`each` empty) for named cells; `rows` restricts it.

    With `total` it says that a row is the sum of its parts.
    """

    rule: Rule
    each: str = ""
    rows: frozenset[str] | None = None
    total: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class RatioPattern:
    ratio: Ratio
    each: str = ""
    rows: frozenset[str] | None = None


@dataclass(frozen=True, eq=False)
class Annex:
    """A table beside the main form; `name` is its sheet."""

    id: str
    version: str
    prefix: str
    name: str
    title: tuple[str, ...]
    guide: str
    level: str
    row_header: str
    row_header_aliases: tuple[str, ...]
    unit: str
    columns: tuple[AnnexColumn, ...]
    rows: tuple[AnnexRow, ...]
    rule_patterns: tuple[RulePattern, ...] = ()
    ratio_patterns: tuple[RatioPattern, ...] = ()

    def code(self, row_id: str, column_id: str) -> str:
        return f"{self.prefix}.{row_id}.{column_id}"

    @cached_property
    def cells(self) -> Mapping[str, tuple[AnnexRow, AnnexColumn]]:
        """The row and the column of each code, row by row."""
        return {
            self.code(row.id, column.id): (row, column)
            for row in self.rows
            for column in self.columns
            if row.has(column.id)
        }

    def parts(self, row_id: str) -> tuple[AnnexRow, ...]:
        """Return the rows that make up a total row."""
        return tuple(row for row in self.rows if row.part_of == row_id)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """An indicator for every cell, row by row."""
        return tuple(
            Indicator(
                code=code,
                number=row.number,
                label=f"{row.spoken}: {column.spoken}" if len(self.columns) > 1 else row.spoken,
                unit=row.unit or self.unit,
                kind=column.kind,
                aggregation=column.aggregation,
                choices=column.choices,
                behaviour=column.behaviour,
                annex=self.id,
                computed=self._computed(row, column),
            )
            for code, (row, column) in self.cells.items()
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule with its cells and words filled in."""
        return tuple(rule for pattern in self.rule_patterns for rule in self._expanded(pattern))

    @cached_property
    def ratios(self) -> tuple[Ratio, ...]:
        """Every ratio; those of a row are called after it: `B7_HT`."""
        return tuple(r for pattern in self.ratio_patterns for r in self._expanded_ratio(pattern))

    @property
    def open_rows(self) -> tuple[str, ...]:
        """The rows whose words are the unit's own, as `PREFIX.ROW`."""
        return tuple(f"{self.prefix}.{row.id}" for row in self.rows if row.is_open)

    @property
    def rule_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(pattern.rule.id for pattern in self.rule_patterns))

    def _computed(self, row: AnnexRow, column: AnnexColumn) -> Quantity | None:
        if column.formula is not None:
            filled = with_cells(column.formula, self._of_row(row))
            return filled if self._has_all(cells_of(filled)) else None
        parts = [part for part in self.parts(row.id) if part.has(column.id)]
        if not parts or column.aggregation is not Aggregation.SUM:
            return None
        return _sum_of(Cell(self.code(part.id, column.id)) for part in parts)

    def _expanded(self, pattern: RulePattern) -> Iterator[Rule]:
        if pattern.total:
            yield from self._totals(pattern)
        elif pattern.rule.condition is None:
            code = tuple(c for c, (_, column) in self.cells.items() if column.id == pattern.column)
            yield replace(pattern.rule, codes=code)
        elif pattern.each == "row":
            for row in self._rows_of(pattern.rows):
                yield from self._filled(pattern.rule, self._of_row(row), row.id, row=row.spoken)
        elif pattern.each == "column":
            for column in self.columns:
                yield from self._filled(
                    pattern.rule, self._of_column(column), column.id, column=column.spoken
                )
        else:
            yield from self._filled(pattern.rule, self._of_annex, "")

    def _totals(self, pattern: RulePattern) -> Iterator[Rule]:
        for column in self.columns:
            parts = [part for part in self.parts(pattern.total) if part.has(column.id)]
            total = self.code(pattern.total, column.id)
            if not parts or total not in self.cells or column.aggregation is not Aggregation.SUM:
                continue
            whole = _sum_of(Cell(self.code(part.id, column.id)) for part in parts)
            condition = Comparison("==", Cell(total), whole)
            rule = replace(pattern.rule, condition=condition)
            scope = f"{pattern.total}_{column.id}"
            yield from self._filled(rule, lambda cell: cell, scope, column=column.spoken)

    def _filled(
        self, rule: Rule, place: Callable[[Cell], Cell], scope: str, **words: str
    ) -> Iterator[Rule]:
        if rule.condition is None:
            return
        condition: Condition = with_cells(rule.condition, place)
        if not self._has_all(cells_of(condition)):
            return
        yield replace(
            rule,
            condition=condition,
            scope=f"{self.prefix}_{scope}" if scope else "",
            message=_worded(rule.message, words),
            advice=_worded(rule.advice, words),
        )

    def _expanded_ratio(self, pattern: RatioPattern) -> Iterator[Ratio]:
        if pattern.each != "row":
            yield replace(
                pattern.ratio,
                numerator=with_cells(pattern.ratio.numerator, self._of_annex),
                denominator=with_cells(pattern.ratio.denominator, self._of_annex),
            )
            return
        for row in self._rows_of(pattern.rows):
            numerator = with_cells(pattern.ratio.numerator, self._of_row(row))
            denominator = with_cells(pattern.ratio.denominator, self._of_row(row))
            if self._has_all((*cells_of(numerator), *cells_of(denominator))):
                yield replace(
                    pattern.ratio,
                    id=f"{pattern.ratio.id}_{row.id}",
                    label=_worded(pattern.ratio.label, {"row": row.spoken}),
                    numerator=numerator,
                    denominator=denominator,
                )

    def _rows_of(self, wanted: frozenset[str] | None) -> Iterator[AnnexRow]:
        for row in self.rows:
            if not row.is_heading and (wanted is None or row.id in wanted):
                yield row

    def _has_all(self, cells: tuple[Cell, ...]) -> bool:
        own = f"{self.prefix}."
        return all(c.code in self.cells for c in cells if c.code.startswith(own))

    def _of_row(self, row: AnnexRow) -> Callable[[Cell], Cell]:
        ids = {column.id for column in self.columns}

        def place(cell: Cell) -> Cell:
            if cell.code in ids:
                return Cell(self.code(row.id, cell.code), cell.previous)
            return self._of_annex(cell)

        return place

    def _of_column(self, column: AnnexColumn) -> Callable[[Cell], Cell]:
        ids = {row.id for row in self.rows}

        def place(cell: Cell) -> Cell:
            if cell.code in ids:
                return Cell(self.code(cell.code, column.id), cell.previous)
            return self._of_annex(cell)

        return place

    def _of_annex(self, cell: Cell) -> Cell:
        own = f"{self.prefix}.{cell.code}"
        return Cell(own, cell.previous) if own in self.cells else cell


def matrices(form: Form) -> tuple[Annex, ...]:
    """Return the tables of rows by columns among the annexes of a form."""
    return tuple(annex for annex in form.annexes if isinstance(annex, Annex))


def _sum_of(cells: Iterator[Cell]) -> Quantity:
    parts: list[Quantity] = [*cells]
    return reduce(lambda left, right: Arithmetic("+", left, right), parts)


def _worded(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text
