"""Short texts as the proofreader reads them, one passage per line."""

from __future__ import annotations

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Passage, Text
from cchc_xl.core.proof_arithmetic import arithmetic_claims


def passages(text: str) -> Text:
    return tuple(Passage(f"dòng {at}", line) for at, line in enumerate(text.split("\n"), 1))


def claims_of(text: str, kind: ClaimKind | None = None) -> list[Claim]:
    """The claims on a text, all or those of one kind."""
    return [
        claim for claim in arithmetic_claims(passages(text)) if kind is None or claim.kind is kind
    ]


def verdicts(text: str, kind: ClaimKind | None = None) -> list[ClaimVerdict]:
    return [claim.verdict for claim in claims_of(text, kind)]


def wrong(text: str) -> list[str]:
    """What the proofreader calls wrong in a text."""
    return [claim.text for claim in claims_of(text) if claim.verdict is ClaimVerdict.WRONG]
