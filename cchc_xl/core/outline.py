"""An outline: the skeleton of a report in words, as data; `narrative` fills it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from cchc_xl.core.expressions import Condition

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class Source(Enum):
    """Of what a listing is made."""

    UNITS = "units"
    ROWS = "rows"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True)
class Listing:
    """The units, open rows of an annex, or units with findings that a sentence names.

    `of` are the prefix of the annex, or the rules. Only those are named for which `where` is true
    and whose `ratio`, as it is printed, is below `below`; `figures` stand in brackets behind the
    name, a blank one falls out.
    """

    source: Source
    of: tuple[str, ...] = ()
    where: Condition | None = None
    ratio: str = ""
    below: Decimal = Decimal(0)
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with placeholders, and clauses that are joined behind it.

    A clause falls out where one of its figures does not apply, and, unless `keep_gaps`, where one
    is blank, or with `skip_zero` where all of them are zero. A template with `items` is
    of use only where there is something to list.
    """

    text: str
    clauses: tuple[str, ...] = ()
    keep_gaps: bool = False
    end: str = ""
    join: str = ", "
    skip_zero: bool = False
    items: Listing | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """A template that is used where `when` is true; always where it is None."""

    when: Condition | None
    template: Template


@dataclass(frozen=True, slots=True)
class SentencePlan:
    """Alternatives, the first true one wins; `otherwise` stands where blanks let none be true."""

    id: str
    alternatives: tuple[Alternative, ...]
    otherwise: Template | None = None


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A heading with its sentences and the sections below it."""

    id: str
    heading: str
    sentences: tuple[SentencePlan, ...] = ()
    sections: tuple[SectionPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The skeleton of a report for one level and form; `appendices` are the tables behind it."""

    id: str
    name: str
    level: str
    form: str
    title: str
    sections: tuple[SectionPlan, ...]
    closing: str
    appendices: tuple[str, ...] = ()
    is_default: bool = False


Piece: TypeAlias = tuple[bool, str]


def pieces(text: str) -> Iterator[Piece]:
    """Yield the words and placeholders of a template; True marks a placeholder."""
    last = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > last:
            yield False, text[last : match.start()]
        yield True, match.group(1).strip()
        last = match.end()
    if last < len(text):
        yield False, text[last:]
