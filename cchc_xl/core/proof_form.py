"""The formal half of proofreading: times, dates, documents, numbering, characters."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from cchc_xl.core.claims import Claim, Passage, Text
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


def in_order(text: Text, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return `claims` as they stand in `text`."""
    places = {id(passage): place for place, passage in enumerate(text)}

    def place(claim: Claim) -> tuple[int, int, int]:
        return _place(places, claim.passage), claim.start, claim.end

    return tuple(sorted(claims, key=place))


def _place(places: dict[int, int], passage: Passage) -> int:
    return places.get(id(passage), len(places))
