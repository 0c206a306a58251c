"""The formal half of proofreading: times, dates, documents, numbering, characters."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Passage, Text
from cchc_xl.core.period import Period
from cchc_xl.core.proof_characters import character_claims
from cchc_xl.core.proof_dates import date_claims
from cchc_xl.core.proof_identifiers import identifier_claims
from cchc_xl.core.proof_left_overs import left_over_claims
from cchc_xl.core.proof_numbering import numbering_claims
from cchc_xl.core.proof_period import period_claims


def formal_claims(text: Text, period: Period | None) -> tuple[Claim, ...]:
    """Return what the form of `text` says and how it stands, in the order of the text.

    Without a `period` nothing is said of the times that the text names.
    """
    found = chain(
        period_claims(text, period),
        date_claims(text),
        identifier_claims(text, period),
        numbering_claims(text),
        character_claims(text),
        left_over_claims(text),
    )
    return in_order(text, found)


def settled(text: Text, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return `claims` in the order of `text`, each said once.

    What cannot be verified is left out where something is wrong with the very same words, and
    where the tables bear them out.
    """
    once = {(id(c.passage), c.start, c.end, c.kind, c.verdict, c.rule): c for c in claims}.values()
    surer = [claim for claim in once if _is_sure(claim)]
    return in_order(
        text,
        (
            claim
            for claim in once
            if claim.verdict is not ClaimVerdict.UNVERIFIABLE
            or not any(_overlap(claim, other) for other in surer)
        ),
    )


def _is_sure(claim: Claim) -> bool:
    is_borne_out = claim.verdict is ClaimVerdict.OK and claim.kind is ClaimKind.REPEAT
    return is_borne_out or claim.verdict is ClaimVerdict.WRONG


def _overlap(one: Claim, other: Claim) -> bool:
    return one.passage is other.passage and one.start < other.end and other.start < one.end


def in_order(text: Text, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return `claims` as they stand in `text`."""
    places = {id(passage): place for place, passage in enumerate(text)}

    def place(claim: Claim) -> tuple[int, int, int]:
        return _place(places, claim.passage), claim.start, claim.end

    return tuple(sorted(claims, key=place))


def _place(places: dict[int, int], passage: Passage) -> int:
    return places.get(id(passage), len(places))
