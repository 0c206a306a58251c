"""The hidden sheet that checks a form natively: a row per indicator, per comparison, per rule.

Every formula carries the value that Python works out, so that a reader which does not calculate
shows the same; a test lets LibreOffice calculate and compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from decimal import Decimal

from cchc_xl.core import formulas
from cchc_xl.core.cells import Kind, Remark
from cchc_xl.core.evaluation import Outcome, Verdict, evaluate
from cchc_xl.core.expressions import Cell, Comparison, comparisons_of
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Form, Indicator, Ratio, Rule
from cchc_xl.core.native_values import LEFT_OVER_DOTS, HelperCells, helper_formulas
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.ratios import ratio
from cchc_xl.core.submission import Entry, Table
from cchc_xl.core.values import INVALID, Value, number
from cchc_xl.core.wording import hint_sentence

Cached = str | float | int

_HELPERS = "BCDEFGHIL"  # in the order of HelperCells, behind the source
_ROW_MESSAGE, _ROW_WEIGHT = "J", "K"
_SEPARATOR = " • "
_WEIGHTS = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0}


@dataclass(frozen=True, slots=True)
class CheckCell:
    """A cell of the hidden sheet: its address, its formula, and the value that it has."""

    address: str
    formula: str
    value: Cached


class CheckSheet:
    """Lays out the hidden sheet for the form whose input cells stand at `sources`."""

    def __init__(self, form: Form, sheet: str, sources: dict[str, str]) -> None:
        self.form = form
        self._sheet = sheet
        self._sources = sources
        self._row = {indicator.code: 2 + place for place, indicator in enumerate(form.indicators)}
        # Rules on the previous submission or on other units need more than one workbook.
        self._conditions = {
            rule: rule.condition
            for rule in form.rules
            if rule.condition is not None and not rule.needs_previous
        }
        # The rules that are told beside each row: those whose first cell it is.
        self._spoken: dict[str, list[Rule]] = {row.code: [] for row in form.indicators}
        for rule in self._conditions:
            self._spoken[rule.cells[0].code].append(rule)
        first = 4 + len(form.indicators)
        comparisons = [
            (rule, comparison)
            for rule, condition in self._conditions.items()
            for comparison in comparisons_of(condition)
        ]
        self._comparison_row = {pair: first + place for place, pair in enumerate(comparisons)}
        first += len(comparisons) + 2
        self._rule_row = {rule.key: first + place for place, rule in enumerate(self._conditions)}

    # Where things stand, for the other sheets.

    def source(self, code: str) -> str:
        """The input cell of an indicator."""
        return self._sources[code]

    def state(self, code: str) -> str:
        return self._at("E", self._row[code])

    def at_zero(self, code: str) -> str:
        return self._at("F", self._row[code])

    def upper(self, code: str) -> str:
        return self._at("G", self._row[code])

    def row_message(self, code: str) -> str:
        """The cell with all that is to be said beside a row."""
        return self._at(_ROW_MESSAGE, self._row[code])

    def row_weight(self, code: str) -> str:
        """The cell with the weight of the worst finding of a row."""
        return self._at(_ROW_WEIGHT, self._row[code])

    def count_of(self, severity: Severity) -> str:
        """Return the formula that counts the problems of one severity."""
        weight = _WEIGHTS[severity]
        kinds = self._range("I", list(self._row.values()))
        rules = self._range("D", list(self._rule_row.values()))
        return "+".join(f"COUNTIF({area},{weight})" for area in (kinds, rules) if area)

    def filled_count(self) -> str:
        """Return the formula that counts the rows that say something; headings ask for nothing."""
        main = self.form.main.indicators
        states = self._range("E", [self._row[row.code] for row in main])
        said = (formulas.STATE_NUMBER, formulas.STATE_NOT_APPLICABLE)
        counted = "+".join(f"COUNTIF({states},{state})" for state in said)
        headings = [row.code for row in main if row.kind is Kind.HEADER]
        without = "".join(
            f"-OR({','.join(f'{self.state(code)}={state}' for state in said)})" for code in headings
        )
        return f"{counted}{without}"

    def ratio_part(self, ratio_: Ratio, quantity: str) -> str:
        """Return the formula of a ratio's numerator or denominator, "" where a part is missing."""
        node = ratio_.numerator if quantity == "numerator" else ratio_.denominator
        missing = self._missing_part(ratio_)
        return f'IF({missing},"",IFERROR({formulas.amount(node, self)},""))'

    # The cells themselves.

    def cells(self, table: Table) -> Iterator[CheckCell]:
        """Yield every formula of the sheet with its value for `table`."""
        for indicator in self.form.indicators:
            yield from self._indicator_cells(indicator, table)
        for (_, comparison), row in self._comparison_row.items():
            yield from self._comparison_cells(comparison, row, table)
        for rule in self._conditions:
            yield from self._rule_cells(rule, table)

    def labels(self) -> Iterator[tuple[str, str]]:
        """Yield the address and the id of each row, for whoever looks at the hidden sheet."""
        for code, row in self._row.items():
            yield f"A{row}", code
        for (rule, _), row in self._comparison_row.items():
            yield f"A{row}", rule.id
        for rule_id, row in self._rule_row.items():
            yield f"A{row}", rule_id

    def rule_verdict(self, rule_id: str) -> str:
        return self._at("C", self._rule_row[rule_id])

    def counts(self, table: Table) -> dict[Severity, int]:
        """Return what the counting formulas give for `table`."""
        weights = [self._weight(table, indicator) for indicator in self.form.indicators]
        weights += [self._rule_outcome(rule, table)[1] for rule in self._conditions]
        return {severity: weights.count(_WEIGHTS[severity]) for severity in _WEIGHTS}

    def _at(self, column: str, row: int) -> str:
        return f"'{self._sheet}'!${column}${row}"

    def _range(self, column: str, rows: list[int]) -> str:
        if not rows:
            return ""
        return f"'{self._sheet}'!${column}${min(rows)}:${column}${max(rows)}"

    def _missing_part(self, ratio_: Ratio) -> str:
        codes = tuple(cell.code for cell in ratio_.cells)
        closed = (formulas.STATE_NOT_APPLICABLE, formulas.STATE_INVALID)
        unusable = formulas.any_state(codes, closed, self)
        blank = formulas.any_state(codes, (formulas.STATE_BLANK,), self)
        if ratio_.blank_is_zero_where is not None:
            proof = self.rule_verdict(ratio_.blank_is_zero_where)
            blank = f"AND({blank},{proof}<>{Verdict.PASSES:d})"
        return f"OR({unusable},{blank})"

    def _indicator_cells(self, indicator: Indicator, table: Table) -> Iterator[CheckCell]:
        row = self._row[indicator.code]
        at = HelperCells(
            self._sources[indicator.code], *(self._at(column, row) for column in _HELPERS)
        )
        value = table.value(indicator.code)
        state = _state(value)
        weight = self._weight(table, indicator)
        amount = float(value.number) if state == formulas.STATE_NUMBER else 0.0
        values: tuple[Cached, ...] = (
            "", "", "", state, amount,
            1e99 if state == formulas.STATE_BLANK else amount,
            self._kind_message(table, indicator), weight, "",
        )  # fmt: skip
        made = astuple(helper_formulas(self.form, indicator, at))
        for column, formula, cached in zip(_HELPERS, made, values, strict=True):
            yield CheckCell(f"{column}{row}", formula, cached)
        yield from self._row_cells(indicator, table, at)

    def _row_cells(
        self, indicator: Indicator, table: Table, at: HelperCells
    ) -> Iterator[CheckCell]:
        row = self._row[indicator.code]
        spoken = self._spoken[indicator.code]
        messages = [at.message, *(self._at("E", self._rule_row[rule.key]) for rule in spoken)]
        weights = [at.weight, *(self._at("D", self._rule_row[rule.key]) for rule in spoken)]
        joined = "&".join(f'IF({cell}="","","{_SEPARATOR}"&{cell})' for cell in messages)
        said = [self._kind_message(table, indicator)]
        said += [self._rule_text(rule, self._rule_outcome(rule, table)) for rule in spoken]
        worst = [self._weight(table, indicator)]
        worst += [self._rule_outcome(rule, table)[1] for rule in spoken]
        yield CheckCell(
            f"{_ROW_MESSAGE}{row}",
            f"MID({joined},{len(_SEPARATOR) + 1},2000)",
            _SEPARATOR.join(words for words in said if words),
        )
        yield CheckCell(f"{_ROW_WEIGHT}{row}", f"MAX({','.join(weights)})", max(worst))

    def _comparison_cells(
        self, comparison: Comparison, row: int, table: Table
    ) -> Iterator[CheckCell]:
        zero, low, high, verdict = (self._at(column, row) for column in "BCDE")
        made = formulas.differences(comparison, self)
        outcome = self._comparison_outcome(comparison, table)
        yield CheckCell(f"B{row}", made.at_zero, 0)
        yield CheckCell(f"C{row}", made.low, 0)
        yield CheckCell(f"D{row}", made.high, 0)
        yield CheckCell(
            f"E{row}",
            formulas.comparison_verdict(comparison, zero, low, high, self),
            int(outcome.verdict),
        )
        yield CheckCell(
            f"F{row}",
            f'IF({verdict}={Verdict.NEEDS_BLANKS:d},{formulas.hint(comparison, zero, self)},"")',
            hint_sentence(outcome.hint) if outcome.hint else "",
        )

    def _rule_cells(self, rule: Rule, table: Table) -> Iterator[CheckCell]:
        row = self._rule_row[rule.key]
        verdict, weight = self._at("C", row), self._at("D", row)
        condition = self._conditions[rule]
        comparisons = comparisons_of(condition)
        places = {c: self._at("E", self._comparison_row[rule, c]) for c in comparisons}
        hints = [self._at("F", self._comparison_row[rule, c]) for c in comparisons]
        outcome = self._rule_outcome(rule, table)
        fails = _WEIGHTS[rule.severity]
        hint = '""'
        for cell in reversed(hints):
            hint = f'IF({cell}<>"",{cell},{hint})'
        yield CheckCell(
            f"C{row}", formulas.verdict(condition, places, self), int(outcome[0].verdict)
        )
        yield CheckCell(
            f"D{row}",
            f"IF({verdict}={Verdict.FAILS:d},{fails},IF({verdict}={Verdict.NEEDS_BLANKS:d},1,0))",
            outcome[1],
        )
        yield CheckCell(
            f"E{row}",
            f'IF({weight}=0,"",{formulas.text(f"{rule.id}: {rule.message}")}'
            f'&IF({verdict}={Verdict.NEEDS_BLANKS:d}," "&{hint},"")'
            f"&{formulas.text(' ' + rule.advice)})",
            self._rule_text(rule, outcome),
        )

    # What Python works out for the cached values.

    def _comparison_outcome(self, comparison: Comparison, table: Table) -> Outcome:
        def as_number(cell: Cell) -> Value:
            # The helper cells of KAD and of unreadable cells hold 0; the rule's row closes them.
            value = table.value(cell.code)
            return number(0) if value.closes_rules else value

        return evaluate(comparison, as_number)

    def _rule_outcome(self, rule: Rule, table: Table) -> tuple[Outcome, int]:
        outcome = evaluate(self._conditions[rule], lambda cell: table.value(cell.code))
        if outcome.verdict is Verdict.FAILS:
            return outcome, _WEIGHTS[rule.severity]
        return outcome, 1 if outcome.verdict is Verdict.NEEDS_BLANKS else 0

    def _rule_text(self, rule: Rule, outcome: tuple[Outcome, int]) -> str:
        if outcome[1] == 0:
            return ""
        hint = f" {hint_sentence(outcome[0].hint)}" if outcome[0].hint else ""
        return f"{rule.id}: {rule.message}{hint} {rule.advice}"

    def _weight(self, table: Table, indicator: Indicator) -> int:
        entry = table.entries.get(indicator.code)
        if entry is None:
            return 0
        if entry.value == INVALID:
            return 2
        return 1 if self._is_warned(entry, indicator) else 0

    def _is_warned(self, entry: Entry, indicator: Indicator) -> bool:
        heading = self.form.heading_rule
        if entry.reading.remark is Remark.HEADING_FILLED:
            return heading is not None and indicator.code not in heading.excepted
        return entry.reading.remark is Remark.LEFT_OVER_DOTS

    def _kind_message(self, table: Table, indicator: Indicator) -> str:
        weight = self._weight(table, indicator)
        if weight == 0:
            return ""
        rule = self.form.kind_rules.get(indicator.kind)
        if weight == 2:
            known = f"{rule.message} {rule.advice}" if rule else ""
            return known or "Ô này đang báo lỗi; đề nghị sửa."
        heading = self.form.heading_rule
        if heading is not None and table.entries[indicator.code].reading.remark is (
            Remark.HEADING_FILLED
        ):
            return f"{heading.message} {heading.advice}"
        return LEFT_OVER_DOTS


def ratio_values(ratio_: Ratio, table: Table) -> tuple[Cached, Cached, Cached]:
    """Return numerator, denominator and percent as the native formulas show them."""
    value = ratio(ratio_, table)
    percent = value.percent
    return (
        _shown(value.numerator),
        _shown(value.denominator),
        "" if percent is None else float(round_half_up(percent, 2)),
    )


def _shown(amount: Decimal | None) -> Cached:
    return "" if amount is None else float(amount)


def _state(value: Value) -> int:
    if value.is_blank:
        return formulas.STATE_BLANK
    if value.is_present:
        return formulas.STATE_NUMBER
    if value == INVALID:
        return formulas.STATE_INVALID
    return formulas.STATE_NOT_APPLICABLE
