"""Totals of one passage against their parts: `770 hồ sơ, trong đó …`, `6.015 (710 + 5.305)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.proof_lines import Line
from cchc_xl.core.proof_numbers import Figure
from cchc_xl.core.proof_parts import (
    Part,
    are_whole,
    exclude_one_another,
    may_be_part,
    part_of,
    runs,
    total,
)
from cchc_xl.core.proof_units import are_alike
from cchc_xl.core.proof_wholes import MARKER

_PLUS = re.compile(r"[^\d.;=+]{0,60}\+[^\d.;=+]{0,60}")
_EQUALS_BEFORE = re.compile(r"[^\d.;+]{0,60}[=(:\[][^\d.;+=]{0,40}")
_EQUALS_BEHIND = re.compile(r"[^\d.;+]{0,40}=[^\d.;+=]{0,20}")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_SUMMED_UP = re.compile(r"(?:tổng cộng|cộng chung|cộng dồn|tổng là)\s*(?:là|:)?\s*$", re.IGNORECASE)
_BRACKET = re.compile(r"[^\d.;(),]{0,60}\(")
_EXHAUSTIVE = re.compile(r"gồm|chia ra", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listing:
    """A total, its parts in a row, and how the text joins them."""

    line: Line
    whole: Figure
    # What else may be the total that is meant, for the benefit of the text.
    other_wholes: tuple[Figure, ...]
    parts: tuple[Part, ...]
    is_marked: bool
    is_exhaustive: bool


def sum_claims(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield a claim for every total of a passage that stands with its parts."""
    for line in lines:
        if not line.is_row and len(line.counts) > 1:
            added = list(_added(line))
            yield from added
            if not added:
                yield from _of_lists(line)


def _added(line: Line) -> Iterator[Claim]:
    """Totals written as a sum: `x = a + b`, `x (a + b)`, `a + b = x`."""
    counts, at = line.counts, 0
    while at < len(counts):
        last = at
        while last + 1 < len(counts) and _PLUS.fullmatch(
            line.text, counts[last].end, counts[last + 1].start
        ):
            last += 1
        if last > at:
            whole = _added_whole(line, at, last)
            if whole is not None:
                parts = [Part(figure, "", "", "") for figure in counts[at : last + 1]]
                good = total(parts) == whole.value
                verdict = ClaimVerdict.OK if good else ClaimVerdict.WRONG
                yield sum_claim(
                    line,
                    whole,
                    parts,
                    verdict,
                    "PS1",
                    (min(whole.start, counts[at].start), max(whole.end, counts[last].end)),
                )
        at = last + 1


def _added_whole(line: Line, at: int, last: int) -> Figure | None:
    counts = line.counts
    if at and _EQUALS_BEFORE.fullmatch(line.text, counts[at - 1].end, counts[at].start):
        return counts[at - 1]
    if last + 1 < len(counts) and _EQUALS_BEHIND.fullmatch(
        line.text, counts[last].end, counts[last + 1].start
    ):
        return counts[last + 1]
    return None


def _of_lists(line: Line) -> Iterator[Claim]:
    seen: set[int] = set()
    yield from _summed_up(line)
    for listing in (*_marked(line), *_bracketed(line), *_unmarked(line)):
        if listing.whole.start in seen:
            continue
        claim, parts = _judged(listing)
        if claim is not None:
            # A part of one total is no total of the counts that happen to follow it.
            seen.update(part.figure.start for part in parts)
            seen.add(listing.whole.start)
            yield claim


def _summed_up(line: Line) -> Iterator[Claim]:
    """A total behind its parts: `cấp huyện 710, cấp xã 5.305, tổng cộng 6.015 hồ sơ`."""
    for whole in line.counts[2:]:
        if not _SUMMED_UP.search(line.text[: whole.start]):
            continue
        start = max(
            (end.end() for end in _SENTENCE_END.finditer(line.text, 0, whole.start)), default=0
        )
        parts = _parts(line, start, whole.start)
        if len(parts) < 2 or not all(may_be_part(part, whole) for part in parts):
            continue
        good = total(parts) == whole.value
        if good or (exclude_one_another(parts) and MARKER.search(line.text, start) is None):
            verdict = ClaimVerdict.OK if good else ClaimVerdict.WRONG
            yield sum_claim(line, whole, parts, verdict, "PS2")


def _marked(line: Line) -> Iterator[Listing]:
    marks = list(MARKER.finditer(line.text))
    shares = {share.start for share in line.shares}
    for at, mark in enumerate(marks):
        above = [figure for figure in line.counts if figure.end <= mark.start()]
        if not above or len(_SENTENCE_END.findall(line.text, above[-1].end, mark.start())) > 1:
            continue
        if above[-1].start in shares or any(s.denominator == above[-1] for s in line.shares):
            continue
        following = marks[at + 1].start() if at + 1 < len(marks) else len(line.text)
        end = _scope_end(line.text, mark, following)
        parts = _parts(line, mark.end(), end)
        if parts:
            yield Listing(
                line,
                above[-1],
                tuple(above[:-1]),
                parts,
                is_marked=True,
                is_exhaustive=bool(_EXHAUSTIVE.search(mark.group())),
            )


def _scope_end(text: str, mark: re.Match[str], end: int) -> int:
    """Where the list behind a mark ends: at the bracket that opened before it, else at `end`."""
    opened = text.rfind("(", 0, mark.start())
    if opened >= 0 and ")" not in text[opened : mark.start()]:
        closed = text.find(")", mark.end())
        return closed if closed >= 0 else end
    return end


def _bracketed(line: Line) -> Iterator[Listing]:
    for whole in line.counts:
        opened = _BRACKET.match(line.text, whole.end)
        if opened is None:
            continue
        closed = line.text.find(")", opened.end())
        parts = _parts(line, opened.end(), closed if closed >= 0 else len(line.text))
        if len(parts) > 1:
            # A bracket right behind a total takes it apart, unless it says "trong đó".
            is_named = MARKER.search(line.text, opened.start(), parts[-1].figure.start) is None
            yield Listing(line, whole, (), parts, is_marked=True, is_exhaustive=is_named)


def _unmarked(line: Line) -> Iterator[Listing]:
    """A total with its parts right behind it, without a word that says so."""
    for at, whole in enumerate(line.counts[:-1]):
        end = _SENTENCE_END.search(line.text, line.counts[at + 1].end)
        parts = _parts(line, whole.end, end.start() if end else len(line.text))
        if len(parts) > 1:
            yield Listing(
                line, whole, line.counts[:at], parts, is_marked=False, is_exhaustive=False
            )


def _parts(line: Line, start: int, end: int) -> tuple[Part, ...]:
    """The counts between two places, without those inside brackets and without shares."""
    shares = {share.start for share in line.shares} | {s.denominator.start for s in line.shares}
    return tuple(
        part_of(line.text, line.figures, figure)
        for figure in line.counts
        if start <= figure.start
        and figure.end <= end
        and figure.start not in shares
        and not _is_inside_brackets(line.text, start, figure.start)
    )


def _is_inside_brackets(text: str, start: int, at: int) -> bool:
    return text.count("(", start, at) > text.count(")", start, at)


def _judged(listing: Listing) -> tuple[Claim | None, Sequence[Part]]:
    """The claim on a total and the parts that it was checked against."""
    line, whole = listing.line, listing.whole
    parts = [part for part in listing.parts if may_be_part(part, whole)]
    for run in (*runs(parts), list(listing.parts)) if listing.is_marked else runs(parts)[:1]:
        for length in range(len(run), 1, -1):
            if total(run[:length]) == whole.value:
                claim = sum_claim(line, whole, run[:length], ClaimVerdict.OK, "PS2")
                return claim, run[:length]
    first = [part for part in runs(parts)[0] if _in_one_sentence(listing, part)] if parts else []
    if not first or first[0] is not listing.parts[0]:
        return None, ()
    return _misfit(listing, first), first


def _misfit(listing: Listing, parts: Sequence[Part]) -> Claim | None:
    line, whole = listing.line, listing.whole
    above = [figure for figure in listing.other_wholes if are_alike(figure.unit, whole.unit)]
    if any(_sums_to(parts, figure.value) for figure in above):
        return None
    if listing.is_marked and whole.unit and parts[0].figure.unit == whole.unit:
        largest = max(figure.value for figure in (whole, *above))
        if parts[0].figure.value > largest:
            return sum_claim(line, whole, parts[:1], ClaimVerdict.WRONG, "PS3")
    is_resolved = part_of(line.text, line.figures, whole).member == "done"
    if len(parts) < 2 or not (listing.is_marked or (parts[0].family == "time" and is_resolved)):
        return None
    too_much = total(parts) > whole.value or are_whole(parts, line.text)
    exclusive = exclude_one_another(parts)
    all_listed = listing.is_exhaustive and len(parts) == len(listing.parts)
    named = listing.is_exhaustive and _are_of_one_noun(listing, parts)
    if named or (exclusive and (too_much or all_listed)):
        return sum_claim(line, whole, parts, ClaimVerdict.WRONG, "PS2")
    if listing.is_marked and exclusive:
        return sum_claim(line, whole, parts, ClaimVerdict.UNVERIFIABLE, "PS2")
    return None


def _are_of_one_noun(listing: Listing, parts: Sequence[Part]) -> bool:
    """Whether "gồm" lists things of the noun of the total, every one of them."""
    return len(parts) == len(
        [part for part in listing.parts if _in_one_sentence(listing, part)]
    ) and all(part.figure.unit == listing.whole.unit for part in parts)


def _sums_to(parts: Sequence[Part], value: Decimal) -> bool:
    return any(total(parts[:length]) == value for length in range(1, len(parts) + 1))


def _in_one_sentence(listing: Listing, part: Part) -> bool:
    text = listing.line.text
    first = listing.parts[0].figure.start
    return _SENTENCE_END.search(text, first, part.figure.start) is None


def sum_claim(
    line: Line,
    whole: Figure,
    parts: Sequence[Part],
    verdict: ClaimVerdict,
    rule: str,
    span: tuple[int, int] | None = None,
) -> Claim:
    """Return the claim on a total of `line` and its parts, in this line or in others."""
    summed = total(parts)
    written = " + ".join(vietnamese(part.figure.value) for part in parts)
    if len(parts) > 1:
        written += f" = {vietnamese(summed)}"
    stated = vietnamese(whole.value)
    if verdict is ClaimVerdict.OK:
        message = f"Đúng: {written}."
    elif verdict is ClaimVerdict.UNVERIFIABLE:
        message = (
            f"Các phần nêu ra ({written}) chưa bằng tổng số {stated}; chưa rõ có liệt kê đủ không. "
            "Đề nghị xem lại."
        )
    elif rule == "PS3":
        message = f"Phần nêu ra ({written}) lớn hơn tổng số {stated}. Đề nghị kiểm tra lại."
    else:
        message = f"Tổng số {stated} không bằng các phần: {written}. Đề nghị kiểm tra lại."
    start, end = span or (whole.start, whole.end)
    return Claim(
        line.passage,
        start,
        end,
        ClaimKind.SUM,
        verdict,
        rule,
        message,
        stated=whole.value,
        actual=summed,
    )
