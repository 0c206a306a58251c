"""Short reports in words, as the proofreader reads them."""

from __future__ import annotations

from cchc_xl.core.claims import Claim, ClaimVerdict, Passage
from cchc_xl.core.proof_form import formal_claims
from cchc_xl.core.proof_title import report_period

TITLE = (
    "BÁO CÁO",
    "Kết quả cải cách hành chính quý I, phương hướng, nhiệm vụ trọng tâm quý II năm 2022",
)


def passages(*lines: str) -> tuple[Passage, ...]:
    """Lines of a text file, each with its place in the whole."""
    found: list[Passage] = []
    start = 0
    for number, line in enumerate(lines, start=1):
        found.append(Passage(f"dòng {number}", line, start))
        start += len(line) + 1
    return tuple(found)


def faults(*lines: str, title: tuple[str, ...] = TITLE) -> list[Claim]:
    """What is not right in the lines of a report under `title`."""
    text = passages(*title, *lines)
    claims = formal_claims(text, report_period(text))
    return [claim for claim in claims if claim.verdict is not ClaimVerdict.OK]


def said(*lines: str, title: tuple[str, ...] = TITLE) -> list[tuple[str, str]]:
    """The rule and the words of what is not right."""
    return [(claim.rule, claim.text) for claim in faults(*lines, title=title)]
