"""The arithmetic half of proofreading: every figure of a text that other figures decide."""

from __future__ import annotations

from itertools import chain

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Text
from cchc_xl.core.proof_documents import document_claims
from cchc_xl.core.proof_lines import read_lines
from cchc_xl.core.proof_lists import list_claims
from cchc_xl.core.proof_ratios import ratio_claims
from cchc_xl.core.proof_repeats import repeat_claims
from cchc_xl.core.proof_sums import sum_claims
from cchc_xl.core.proof_tables import table_claims
from cchc_xl.core.proof_words import word_claims

# Of two claims on one figure the one that decides more is told.
_WEIGHT = {
    ClaimVerdict.OK: 3,
    ClaimVerdict.WRONG: 2,
    ClaimVerdict.TRUNCATED: 1,
    ClaimVerdict.UNVERIFIABLE: 0,
}


def arithmetic_claims(text: Text) -> tuple[Claim, ...]:
    """Return the claims on rates, sums, counts, repeats and words of `text`, in its order.

    The passages are in NFC; of a .txt each line is one, rows of tables with tabs between cells.
    A total that fits one way of reading its parts is right, whatever another reading says.
    """
    lines = read_lines(text)
    order = {id(passage): index for index, passage in enumerate(text)}
    best: dict[tuple[int, int, ClaimKind], Claim] = {}
    for claim in chain(
        ratio_claims(lines),
        sum_claims(lines),
        list_claims(lines),
        document_claims(lines),
        repeat_claims(lines),
        word_claims(lines),
        table_claims(lines),
    ):
        place = (order[id(claim.passage)], claim.start, claim.kind)
        other = best.get(place)
        if other is None or _WEIGHT[claim.verdict] > _WEIGHT[other.verdict]:
            best[place] = claim
    return tuple(best[place] for place in sorted(best, key=lambda p: (p[0], p[1], p[2].value)))
