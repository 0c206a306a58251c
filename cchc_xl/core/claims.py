"""What a proofreader finds in a text: statements that can be checked, and how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class ClaimKind(Enum):
    RATIO = "ratio"
    SUM = "sum"
    COUNT = "count"
    REPEAT = "repeat"
    WORDS = "words"
    PERIOD = "period"
    DATE = "date"
    IDENTIFIER = "identifier"
    NUMBERING = "numbering"
    CHARACTER = "character"


class ClaimVerdict(Enum):
    OK = "ok"
    TRUNCATED = "truncated"  # a rate cut off instead of rounded
    WRONG = "wrong"
    UNVERIFIABLE = "unverifiable"  # the counts are not in reach; never a guess


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a table cell or a line of a text, in NFC; `where` says where people find it.

    `offset` is where it begins in the whole text (.txt), 0 elsewhere: claims count inside the
    passage, the face adds it. `style` is the style of a Word paragraph ("Heading 1") or "".
    """

    where: str
    text: str
    offset: int = 0
    style: str = ""
    # The table, row and column of a cell of a table, counted from 0; None of a paragraph.
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement; `start` and `end` count inside its passage.

    `stated` and `actual` are in the unit of the text (percent points); only a ratio has numerator
    and denominator. `rule` names the check, as PR1; `message` is for people, in Vietnamese.
    """

    passage: Passage
    start: int
    end: int
    kind: ClaimKind
    verdict: ClaimVerdict
    rule: str
    message: str
    stated: Decimal | str | None = None
    actual: Decimal | str | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


Text = Sequence[Passage]
