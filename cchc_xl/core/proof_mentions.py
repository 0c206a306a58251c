"""The quarters, half years and years that a text names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cchc_xl.core.claims import Passage
from cchc_xl.core.period import Period, PeriodKind, standard_period
from cchc_xl.core.proof_citations import citations

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
QUARTERS = (PeriodKind.Q1, PeriodKind.Q2, PeriodKind.Q3, PeriodKind.Q4)
_MENTION = re.compile(
    r"\b(?:quý\s+(?P<quarter>iv|i{1,3}|0?[1-4])\b|(?P<months>0?[369]|sáu|chín|ba)\s+tháng"
    r"(?:\s+(?P<part>đầu|cuối)(?:\s+năm)?)?)"
    r"(?:\s*(?:,\s*)?(?:/|-|năm)\s*(?P<year>(?:19|20)\d\d)\b(?!/\d)|\s+(?P<bare>(?:19|20)\d\d)\b(?!/))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!tháng )\bnăm\s+(?P<year>(?:19|20)\d\d)\b(?!\s*[-–/]\s*\d)", re.IGNORECASE)
_MONTHS = {"3": "3", "03": "3", "ba": "3", "6": "6", "06": "6", "sáu": "6",
           "9": "9", "09": "9", "chín": "9"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A time that a text names; `year` is None where none stands with it."""

    passage: Passage
    start: int
    end: int
    name: str
    year: int | None

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


def period_mentions(passage: Passage) -> list[Mention]:
    """Return the quarters, half years and years that a passage names, outside of documents."""
    words = passage.text
    taken = [(c.start, c.end) for c in citations((passage,))]
    found: list[Mention] = []
    for match in _MENTION.finditer(words):
        year = match["year"] or match["bare"]
        quarter = match["quarter"]
        if quarter:
            name = f"quý {_ROMAN.get(quarter.lower()) or int(quarter)}"
        else:
            months = _MONTHS[match["months"].lower()]
            if match["part"] is None and year is None:
                continue  # "trong 6 tháng" is a length
            name = f"{months} tháng {'cuối' if (match['part'] or '').lower() == 'cuối' else 'đầu'}"
        found.append(
            Mention(passage, match.start(), match.end(), name, int(year) if year else None)
        )
    taken += [(m.start, m.end) for m in found]
    found += [
        Mention(passage, m.start(), m.end(), "năm", int(m["year"]))
        for m in _YEAR.finditer(words)
        if not any(start <= m.start() < end for start, end in taken)
    ]
    return sorted(found, key=lambda mention: mention.start)


def is_over(mention: Mention, period: Period) -> bool:
    if mention.year is None or not mention.name.startswith("quý"):
        return False
    quarter = standard_period(mention.year, QUARTERS[int(mention.name[-1]) - 1])
    return quarter.last_day < period.first_day


def is_ahead(mention: Mention, period: Period) -> bool:
    if mention.year is None or not mention.name.startswith("quý"):
        return False
    quarter = standard_period(mention.year, QUARTERS[int(mention.name[-1]) - 1])
    return quarter.first_day > period.last_day
