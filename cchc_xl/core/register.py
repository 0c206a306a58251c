"""A register: a list of documents, a row for each, whose numbers are indicators of the form.

Beside an annex of rows by columns it is the other table that a form may carry. Its rules look at
records, not at figures; a province's own list of types, symbols and counts is a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from cchc_xl.core.cells import Kind
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Aggregation, Form, Indicator, Ratio, Rule
from cchc_xl.core.text import match_key


class Part(Enum):
    """The parts of a record; a register has a column for each."""

    TYPE = "choice"
    NUMBER = "number"
    SYMBOL = "symbol"
    DATE = "date"
    SUBJECT = "text"
    YEAR = "year"
    REFERENCE = "reference"  # number and symbol, maybe the date, in one cell of a hand-made list


class RegisterCheck(Enum):
    """What can be wrong with the records of a register."""

    DUPLICATE = "duplicate"
    UNREADABLE_NUMBER = "unreadable_number"
    IMPOSSIBLE_DATE = "impossible_date"
    YEAR_DIFFERS = "year_differs"
    SYMBOL_OF_OTHER_TYPE = "symbol_of_other_type"
    TWO_DATES = "two_dates"
    OUTSIDE_PERIOD = "outside_period"
    INCOMPLETE = "incomplete"
    OUT_OF_ORDER = "out_of_order"
    UNKNOWN_TYPE = "unknown_type"
    NOT_A_RECORD = "not_a_record"
    MORE_DOCUMENTS = "more_documents"
    STATED_COUNT = "stated_count"


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column; one that is not printed is only known from hand-made lists."""

    id: str
    part: Part
    header: str
    aliases: tuple[str, ...] = ()
    is_printed: bool = True


@dataclass(frozen=True, slots=True)
class DocumentType:
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """An indicator: the different documents of a year of the period, of a type, or all of them.

    `year` is 1 for the first year of the period.
    """

    id: str
    label: str
    year: int | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """A check with its sentences; `beside` is what stands beside the row in a workbook."""

    id: str
    check: RegisterCheck
    severity: Severity
    message: str
    advice: str
    beside: str = ""


_YEAR_BEFORE = re.compile(r"^\d{4}/")
_DASHES = re.compile(r"\s*[-–—]\s*")


@dataclass(frozen=True, eq=False)
class Register:
    """A list of documents; `name` is its sheet.

    `symbols` gives the type by the first part of a symbol (KH of KH-UBND). A symbol that begins
    with one of `issuers` (UBND-NV) is that of a letter, whose type is `letter_type`.
    """

    id: str
    version: str
    prefix: str
    name: str
    title: tuple[str, ...]
    guide: str
    level: str
    unit: str
    columns: tuple[RegisterColumn, ...]
    types: tuple[DocumentType, ...]
    symbols: Mapping[str, str]
    issuers: tuple[str, ...]
    letter_type: str
    other_type: str
    counts: tuple[Count, ...]
    checks: tuple[RegisterRule, ...]
    rules: tuple[Rule, ...] = field(default=())
    ratios: tuple[Ratio, ...] = field(default=())

    def code(self, count: Count) -> str:
        return f"{self.prefix}.{count.id}"

    @cached_property
    def cells(self) -> Mapping[str, Count]:
        """The count of each code, in the order of the file."""
        return {self.code(count): count for count in self.counts}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """An indicator for every count."""
        return tuple(
            Indicator(
                code=code,
                number="",
                label=count.label,
                unit=self.unit,
                kind=Kind.COUNT,
                aggregation=Aggregation.SUM,
                behaviour="flow",
                annex=self.id,
            )
            for code, count in self.cells.items()
        )

    @property
    def open_rows(self) -> tuple[str, ...]:
        """No row has a code of its own: documents come and go."""
        return ()

    @property
    def rule_ids(self) -> tuple[str, ...]:
        return tuple(rule.id for rule in self.checks)

    def rule(self, check: RegisterCheck) -> RegisterRule | None:
        """Return the rule of a check; None where the register does not make it."""
        return next((rule for rule in self.checks if rule.check is check), None)

    @property
    def printed(self) -> tuple[RegisterColumn, ...]:
        return tuple(column for column in self.columns if column.is_printed)

    @cached_property
    def headers(self) -> Mapping[str, Part]:
        """The part that a header stands for, by its match key."""
        return {
            match_key(name): column.part
            for column in self.columns
            for name in (column.header, *column.aliases)
        }

    @cached_property
    def type_names(self) -> Mapping[str, str]:
        """The type by the match key of each of its names."""
        return {
            match_key(name): document_type.name
            for document_type in self.types
            for name in (document_type.name, *document_type.aliases)
        }

    @cached_property
    def _type_by_symbol(self) -> Mapping[str, str]:
        letters = dict.fromkeys(self.issuers, self.letter_type)
        return {symbol.upper(): name for symbol, name in {**letters, **self.symbols}.items()}

    def type_named(self, words: str) -> str | None:
        """Return the type that `words` name; None where they name none."""
        return self.type_names.get(match_key(words))

    def type_of_symbol(self, symbol: str) -> str | None:
        """Return the type that a symbol such as KH-UBND stands for; None where it is unknown."""
        return self._type_by_symbol.get(symbol_parts(symbol)[0])


def symbol_key(symbol: str) -> str:
    """Return what is equal for two spellings of one symbol: `KH-UBND` for `kh – ubnd`."""
    return "".join(_DASHES.sub("-", symbol).upper().split())


def symbol_parts(symbol: str) -> tuple[str, ...]:
    """Return the parts of a symbol: KH, UBND; the year of a legal act is none of them."""
    return tuple(_YEAR_BEFORE.sub("", symbol_key(symbol)).split("-"))


def registers(form: Form) -> tuple[Register, ...]:
    """Return the registers among the annexes of a form."""
    return tuple(annex for annex in form.annexes if isinstance(annex, Register))
