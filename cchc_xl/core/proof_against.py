"""The figures of a report in words against the tables that it stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from cchc_xl.core.claims import Claim, ClaimVerdict, Text
from cchc_xl.core.facts import Facts
from cchc_xl.core.form import Form
from cchc_xl.core.outline import Outline
from cchc_xl.core.proof_figures import StatedFigure, figure_claim
from cchc_xl.core.proof_form import in_order
from cchc_xl.core.proof_labels import labelled_figures
from cchc_xl.core.proof_outline import aligned_figures


def table_claims(
    text: Text, facts: Facts, form: Form, outline: Outline | None
) -> tuple[Claim, ...]:
    """Return how the figures of `text` stand against `facts`, in the order of the text.

    First the sentences that `outline` drafted, then figures beside the words of an indicator.
    """
    aligned = list(aligned_figures(text, outline, facts, form)) if outline else []
    taken = {(id(figure.passage), figure.start) for figure in aligned}
    labelled = [
        figure
        for figure in labelled_figures(text, outline, facts, form)
        if (id(figure.passage), figure.start) not in taken
    ]
    claims = [
        *(claim for _, claim in _claims(aligned, facts, form)),
        *_agreeing(_claims(labelled, facts, form)),
    ]
    return in_order(text, claims)


def _claims(
    figures: Iterable[StatedFigure], facts: Facts, form: Form
) -> Iterator[tuple[str, Claim]]:
    for figure in figures:
        claim = figure_claim(figure, facts, form)
        if claim is not None:
            yield figure.source, claim


def _agreeing(claims: Iterable[tuple[str, Claim]]) -> Iterator[Claim]:
    """Yield claims of one fact only where the text says one figure; a list by field says many.

    Where one of several figures is that of the table, the others speak of parts of it.
    """
    by_source: dict[str, list[Claim]] = defaultdict(list)
    for source, claim in claims:
        by_source[source].append(claim)
    for same in by_source.values():
        right = [claim for claim in same if claim.verdict is not ClaimVerdict.WRONG]
        if right:
            yield from right
        elif len({claim.stated for claim in same}) == 1:
            yield from same
