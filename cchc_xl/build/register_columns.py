"""The hidden columns of a register's sheet: what its native checks and counts stand on.

What the formulas give stands in `register_values`; a test lets LibreOffice calculate the one and
compares it with the other. Texts are compared with
EXACT: `=` takes "kế-hoạch" and "kếhoạch" for one word in some languages of Excel.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from cchc_xl.core.document_numbers import DAY_ZERO, FIRST_DAY, LAST_DAY
from cchc_xl.core.formulas import text
from cchc_xl.core.grid import address
from cchc_xl.core.register import (
    Part,
    Register,
    RegisterCheck,
)

Native: TypeAlias = str | int
_FIRST, _LAST = ((day - DAY_ZERO).days for day in (FIRST_DAY, LAST_DAY))
# The digits of a number, one by one: VALUE would take "3/4" for a date.
_PLACES = "{1,2,3,4,5,6}"
NOT_A_DAY = "?"


class Hidden(Enum):
    """The hidden columns, in their order behind the one of the messages."""

    NUMBER = "number"  # without leading zeros
    SYMBOL = "symbol"  # in one spelling
    NAMED = "named"  # the type that was typed
    OF_SYMBOL = "of_symbol"  # the type of the symbol
    TYPE = "type"  # the type that counts
    DAY = "day"  # also from a date typed as text; "?" where it is none
    TYPED_YEAR = "typed_year"
    YEAR = "year"  # the year that counts
    KEY = "key"  # equal for two rows of one document
    DATED_KEY = "dated_key"  # equal for two rows of one number and symbol in a year
    FIRST = "first"  # 1 in the first row of a document
    SAME = "same"  # another row of the document
    OTHER_DATE = "other_date"  # a row with the number and another date
    VERDICT = "verdict"  # the place of the check that speaks, 0 for none


# The checks that a formula can make, the first that fails speaks.
NATIVE_CHECKS = (
    RegisterCheck.DUPLICATE,
    RegisterCheck.UNREADABLE_NUMBER,
    RegisterCheck.IMPOSSIBLE_DATE,
    RegisterCheck.YEAR_DIFFERS,
    RegisterCheck.SYMBOL_OF_OTHER_TYPE,
    RegisterCheck.TWO_DATES,
    RegisterCheck.OUTSIDE_PERIOD,
    RegisterCheck.INCOMPLETE,
)


@dataclass(frozen=True)
class RegisterColumns:
    """Where everything of a register's sheet stands, and the formulas between the places.

    Rows and columns count from 0. `parts` are the columns that people fill in, `first_row` and
    `last_row` those of the list. The years of the period stand in the first rows of the first
    hidden columns; tables of type names and symbols beside the list.
    """

    register: Register
    parts: dict[Part, int]
    message: int
    first_row: int
    last_row: int

    def column(self, hidden: Hidden) -> int:
        return self.message + 1 + list(Hidden).index(hidden)

    @property
    def names_column(self) -> int:
        """The column of the names of types; their types, symbols and theirs stand beside it."""
        return self.message + 1 + len(Hidden)

    @property
    def last_column(self) -> int:
        return self.names_column + 3

    @property
    def first_year(self) -> str:
        return _fixed(0, self.message + 1)

    @property
    def last_year(self) -> str:
        return _fixed(1, self.message + 1)

    @property
    def first_day(self) -> str:
        return _fixed(2, self.message + 1)

    def all_of(self, hidden: Hidden, last_row: int | None = None) -> str:
        """Return a hidden column over the whole list, or down to a row."""
        return self._span(self.column(hidden), self.last_row if last_row is None else last_row)

    def _span(self, column: int, last_row: int) -> str:
        return f"{_fixed(self.first_row, column)}:{_fixed(last_row, column)}"

    def table(self, column: int, rows: int) -> str:
        """Return the cells of a table beside the list."""
        first = _fixed(self.first_row, self.names_column + column)
        return f"{first}:{_fixed(self.first_row + rows - 1, self.names_column + column)}"

    def names(self) -> list[tuple[str, str]]:
        """Return every name of a type with the type, the types themselves first."""
        types = self.register.types
        own = [(known.name, known.name) for known in types]
        return own + [(alias, known.name) for known in types for alias in known.aliases]

    def symbols(self) -> list[tuple[str, str]]:
        """Return the first part of every known symbol with its type."""
        letters = dict.fromkeys(self.register.issuers, self.register.letter_type)
        known = {**letters, **self.register.symbols}
        return [(symbol.upper(), name) for symbol, name in known.items()]

    def years(self, period_cell: str) -> tuple[str, str, str]:
        """Return the formulas of the first year, the last year and the first day that count."""
        words = f"TRIM({period_cell})"
        last = f'IFERROR(VALUE(RIGHT({words},4)),"")'
        free = f'FIND(" đến ngày",{words})'
        first = (
            f'IF({self.last_year}="","",IFERROR(VALUE(MID({words},{free}-4,4)),{self.last_year}))'
        )
        day = (
            f'IF({self.first_year}="","",IF(ISNUMBER({free}),'
            f"DATE({self.first_year},1,1),DATE({self.first_year}-1,12,15)))"
        )
        return first, last, day

    def formulas(self, row: int) -> dict[Hidden, str]:
        """Return the formula of each hidden column of a row."""
        cells = {part: f"${address(row, column)}" for part, column in self.parts.items()}
        own = {hidden: f"${address(row, self.column(hidden))}" for hidden in Hidden}
        number, year = f"TRIM({cells[Part.NUMBER]})", cells[Part.YEAR]
        names, symbols = self.names(), self.symbols()
        symbol = f'SUBSTITUTE(SUBSTITUTE({cells[Part.SYMBOL]}," ",""),CHAR(160),"")'
        spoken = own[Hidden.SYMBOL]
        short = (
            f'IF(AND(MID({spoken},5,1)="/",ISNUMBER(VALUE(LEFT({spoken},4)))),'
            f"MID({spoken},6,99),{spoken})"
        )
        known = self.table(2, len(symbols))
        found = (
            f'SUMPRODUCT(MAX(EXACT({known},LEFT({short},FIND("-",{short}&"-")-1))'
            f"*(ROW({known})-{self.first_row})))"
        )
        day, typed_year = own[Hidden.DAY], own[Hidden.TYPED_YEAR]
        when = f'IF(ISNUMBER({day}),"d"&{day},{typed_year})'
        subject = f"UPPER(TRIM({cells[Part.SUBJECT]}))"
        tail = f'"|"&{own[Hidden.TYPE]}&"|"&{when}'
        keys, dated = self.all_of(Hidden.KEY), self.all_of(Hidden.DATED_KEY)
        rows = f"ROW({keys})"
        return {
            Hidden.NUMBER: f'IF({number}="","",IF({_is_number(number)},'
            f'TEXT(VALUE({number}),"0"),LOWER({number})))',
            Hidden.SYMBOL: f'UPPER(SUBSTITUTE(SUBSTITUTE({symbol},"–","-"),"—","-"))',
            Hidden.NAMED: f"IFERROR(INDEX({self.table(1, len(names))},"
            f'MATCH(TRIM({cells[Part.TYPE]}),{self.table(0, len(names))},0)),"")',
            Hidden.OF_SYMBOL: f'IF({spoken}="","",IF({found}=0,"",'
            f"INDEX({self.table(3, len(symbols))},{found})))",
            Hidden.TYPE: f'IF({own[Hidden.OF_SYMBOL]}<>"",{own[Hidden.OF_SYMBOL]},'
            f'IF({own[Hidden.NAMED]}<>"",{own[Hidden.NAMED]},{text(self.register.other_type)}))',
            Hidden.DAY: _day(cells[Part.DATE]),
            Hidden.TYPED_YEAR: f"IFERROR(IF(AND(VALUE({year})=INT(VALUE({year})),"
            f'VALUE({year})>=2000,VALUE({year})<=2099),VALUE({year}),""),"")',
            Hidden.YEAR: f"IF(ISNUMBER({day}),IF(AND(ISNUMBER({self.first_day}),"
            f"{day}>=N({self.first_day}),YEAR({day})=N({self.first_year})-1),"
            f"{self.first_year},YEAR({day})),{typed_year})",
            Hidden.KEY: f'IF({own[Hidden.NUMBER]}<>"",'
            f'{own[Hidden.NUMBER]}&"|"&{spoken}&{tail},'
            f'IF({subject}<>"","||"&{subject}&{tail},""))',
            Hidden.DATED_KEY: f'IF(AND({own[Hidden.NUMBER]}<>"",ISNUMBER({day})),'
            f'{own[Hidden.NUMBER]}&"|"&{spoken}&"|"&{own[Hidden.TYPE]}&"|"&YEAR({day}),"")',
            Hidden.FIRST: f'IF({own[Hidden.KEY]}="",0,'
            f"IF(SUMPRODUCT(--EXACT({self.all_of(Hidden.KEY, row)},{own[Hidden.KEY]}))=1,1,0))",
            Hidden.SAME: f'IF({own[Hidden.KEY]}="",0,SUMPRODUCT(MAX('
            f"EXACT({keys},{own[Hidden.KEY]})*({rows}<>ROW())*{rows})))",
            Hidden.OTHER_DATE: f'IF({own[Hidden.DATED_KEY]}="",0,SUMPRODUCT(MAX('
            f"EXACT({dated},{own[Hidden.DATED_KEY]})*({self.all_of(Hidden.DAY)}<>{day})*{rows})))",
            Hidden.VERDICT: self._verdict(cells, own),
        }

    def _verdict(self, cells: dict[Part, str], own: dict[Hidden, str]) -> str:
        number, year, day = f"TRIM({cells[Part.NUMBER]})", cells[Part.YEAR], own[Hidden.DAY]
        typed_year, of_symbol, named = (
            own[Hidden.TYPED_YEAR], own[Hidden.OF_SYMBOL], own[Hidden.NAMED],
        )  # fmt: skip
        counted = own[Hidden.YEAR]
        failing = {
            RegisterCheck.DUPLICATE: f"{own[Hidden.SAME]}>0",
            RegisterCheck.UNREADABLE_NUMBER: f'OR(AND({number}<>"",NOT({_is_number(number)})),'
            f'AND(TRIM({year})<>"",{typed_year}=""))',
            RegisterCheck.IMPOSSIBLE_DATE: f'{day}="{NOT_A_DAY}"',
            RegisterCheck.YEAR_DIFFERS: f"IF(AND(ISNUMBER({day}),ISNUMBER({typed_year})),"
            f"AND({typed_year}<>YEAR({day}),{typed_year}<>{counted}),FALSE)",
            RegisterCheck.SYMBOL_OF_OTHER_TYPE: f'AND({of_symbol}<>"",{named}<>"",'
            f"{named}<>{text(self.register.other_type)},{named}<>{of_symbol})",
            RegisterCheck.TWO_DATES: f"{own[Hidden.OTHER_DATE]}>0",
            RegisterCheck.OUTSIDE_PERIOD: f'IF({self.first_year}="",FALSE,IF(ISNUMBER({day}),'
            f"OR({day}<{self.first_day},{day}>DATE({self.last_year},12,31)),"
            f'IF({counted}="",FALSE,OR({counted}<{self.first_year},{counted}>{self.last_year}))))',
            RegisterCheck.INCOMPLETE: f'OR({own[Hidden.NUMBER]}="",{own[Hidden.SYMBOL]}="",'
            f'{day}="")',
        }
        filled = "&".join(cells.values())
        formula = "0"
        for place, check in reversed(list(enumerate(NATIVE_CHECKS, start=1))):
            if self.words(check):
                formula = f"IF({failing[check]},{place},{formula})"
        return f'IF(TRIM({filled})="",0,{formula})'

    def words(self, check: RegisterCheck) -> str:
        """Return what stands beside a row where a check fails; empty where it is not made."""
        rule = self.register.rule(check)
        return rule.beside if rule else ""

    def message_formula(self, row: int) -> str:
        """Return the formula of the words beside a row."""
        own = {hidden: f"${address(row, self.column(hidden))}" for hidden in Hidden}
        others = {
            RegisterCheck.DUPLICATE: own[Hidden.SAME],
            RegisterCheck.TWO_DATES: own[Hidden.OTHER_DATE],
        }
        spoken: list[str] = []
        for check in NATIVE_CHECKS:
            words = text(self.words(check))
            words = words.replace("{other}", f'"&{others.get(check, "0")}&"')
            spoken.append(words.replace("{expected}", f'"&{own[Hidden.OF_SYMBOL]}&"'))
        return f'CHOOSE({own[Hidden.VERDICT]}+1,"",{",".join(spoken)})'


def _is_number(words: str) -> str:
    digit = f"MID({words},{_PLACES},1)"
    return f'SUMPRODUCT(({digit}<>"")*ISNUMBER(FIND({digit},"0123456789")))=LEN({words})'


def _day(cell: str) -> str:
    """Return the formula of the day in a cell that holds a date, or one typed as text."""
    words = f'SUBSTITUTE(SUBSTITUTE(TRIM({cell}),"-","/"),".","/")'
    day, month, year = (
        f'VALUE(TRIM(MID(SUBSTITUTE({words},"/",REPT(" ",20)),{start},20)))'
        for start in (1, 21, 41)
    )
    made = f"DATE({year},{month},{day})"
    is_day = (
        f'AND(LEN({words})-LEN(SUBSTITUTE({words},"/",""))=2,{year}>=2000,{year}<=2099,'
        f"DAY({made})={day},MONTH({made})={month})"
    )
    return (
        f'IF(TRIM({cell})="","",IF(ISNUMBER({cell}),'
        f'IF(AND({cell}>={_FIRST},{cell}<{_LAST + 1}),INT({cell}),"{NOT_A_DAY}"),'
        f'IFERROR(IF({is_day},{made},"{NOT_A_DAY}"),"{NOT_A_DAY}")))'
    )


def _fixed(row: int, column: int) -> str:
    letters = address(0, column)[:-1]
    return f"${letters}${row + 1}"


def first_count_row(register: Register) -> int:
    """Return the row of the first line of counts: behind title, period and guide."""
    return len(register.title) + 2


def count_places(register: Register) -> dict[str, tuple[int, int]]:
    """Return the row and the column of each count on the register's sheet, by code."""
    per_line = len(register.printed)
    first = first_count_row(register)
    return {
        code: (first + 2 * (place // per_line) + 1, 1 + place % per_line)
        for place, code in enumerate(register.cells)
    }


def count_reference(register: Register, code: str) -> str:
    """Return the cell of a count as formulas name it."""
    row, column = count_places(register)[code]
    name = address(row, column)
    letters = name.rstrip("0123456789")
    return f"'{register.name}'!${letters}${name[len(letters) :]}"
