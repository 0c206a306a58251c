"""Rates of a text against the counts that they come from.

A rate is wrong only where its counts stand beside it, or where the text itself says of which
total it is a part; else, when none of the counts in reach gives it, it is not verifiable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict
from cchc_xl.core.numerals import round_half_up, vietnamese
from cchc_xl.core.proof_lines import Line
from cchc_xl.core.proof_numbers import Figure, Share
from cchc_xl.core.proof_rates import (
    has_another_base,
    is_borne_out,
    is_in_brackets,
    is_of_the_rest,
    names_its_own,
    own_count,
    shares_beside,
    tells_a_change,
)
from cchc_xl.core.proof_units import are_alike, noun_end
from cchc_xl.core.proof_wholes import Whole, own_whole, parent_whole, wholes_in_reach

# Said of a rate that stands alone, as most do that speak of "all".
ALONE = "không có số đếm đi kèm"
_FULL = Decimal(100)
_CUT = ClaimVerdict.TRUNCATED


@dataclass(frozen=True, slots=True)
class Parts:
    """The two counts that a rate may come from, and where they stand in its line."""

    numerator: Decimal
    denominator: Decimal
    start: int
    end: int

    @property
    def percent(self) -> Decimal:
        return 100 * self.numerator / self.denominator


def ratio_claims(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield a claim for every rate of the text, and for every score over its maximum."""
    for line in lines:
        if not line.is_row:
            yield from _claims_of_line(lines, line)


def verdict_of(rate: Figure, percent: Decimal) -> ClaimVerdict:
    """How a printed rate stands to the true one: rounded half-up, cut off, or neither."""
    if round_half_up(percent, rate.decimals) == rate.value:
        return ClaimVerdict.OK
    cut = percent.quantize(Decimal(1).scaleb(-rate.decimals), ROUND_DOWN)
    return ClaimVerdict.TRUNCATED if cut == rate.value else ClaimVerdict.WRONG


def _claims_of_line(lines: Sequence[Line], line: Line) -> Iterator[Claim]:
    rates = [figure for figure in line.figures if figure.is_rate]
    beside = shares_beside(line, rates)
    proved = list(_proved_above(lines, line))
    undecided: list[Figure] = []
    for rate in rates:
        shares = beside.get(rate.start, ())
        if shares:
            yield _from_shares(line, rate, shares)
            continue
        own = own_count(line, rate)
        found = own and _rounded(rate, own, _reach(lines, line, rate, own))
        if own and found:
            if own.value < found.value:
                proved.append(found)
            yield _claim(line, rate, _parts(rate, own, found), ClaimVerdict.OK, "PR2")
        else:
            undecided.append(rate)
    for rate in undecided:
        yield _undecided(lines, line, rate, proved)
    yield from _scores(line, beside)


def _proved_above(lines: Sequence[Line], line: Line) -> Iterator[Whole]:
    """The total of the list that a line is an item of, where a rate of another item proves it."""
    parent = parent_whole(lines, line)
    if parent is None:
        return
    above, whole = parent
    for item in _items(lines, above, line):
        for rate in item.figures:
            own = own_count(item, rate) if rate.is_rate else None
            if own and 0 < own.value < whole.value and _rounded(rate, own, (whole,)):
                yield whole
                return


def _items(lines: Sequence[Line], above: Line, line: Line) -> Iterator[Line]:
    """The other items of the list of `line` under the line `above`, those behind it too."""
    yield from lines[above.index + 1 : line.index]
    for item in lines[line.index + 1 :]:
        if item.bullet != line.bullet or item.section != line.section or item.is_heading:
            return
        yield item


def _from_shares(line: Line, rate: Figure, shares: tuple[Share, ...]) -> Claim:
    candidates = [_of_share(share) for share in shares if share.denominator.value]
    if len(candidates) > 1:
        candidates.append(
            Parts(
                sum((parts.numerator for parts in candidates), Decimal(0)),
                sum((parts.denominator for parts in candidates), Decimal(0)),
                candidates[-1].start,
                candidates[0].end,
            )
        )
    if not candidates:
        return _unverifiable(line, rate, "mẫu số bằng 0")
    if is_borne_out(line.text, rate, candidates[0].percent):
        return _claim(line, rate, candidates[0], ClaimVerdict.OK, "PR1")
    rest = is_of_the_rest(line.text, rate)
    for wanted in (ClaimVerdict.OK, ClaimVerdict.TRUNCATED):
        for parts in candidates:
            if verdict_of(rate, parts.percent) is wanted:
                return _claim(line, rate, parts, wanted, "PR1")
            if rest and verdict_of(rate, 100 - parts.percent) is wanted:
                left = Parts(
                    parts.denominator - parts.numerator, parts.denominator, parts.start, parts.end
                )
                return _claim(line, rate, left, wanted, "PR1")
    if (
        (rest and not is_in_brackets(line.text, rate))
        or len(candidates) > 1
        or has_another_base(line, rate, shares[0].unit)
        or (shares[0].end < rate.start and names_its_own(line.text, shares[0].end, rate.start))
    ):
        return _unverifiable(line, rate, "không rõ tỷ lệ tính trên số nào")
    return _claim(line, rate, candidates[0], ClaimVerdict.WRONG, "PR1")


def _of_share(share: Share) -> Parts:
    return Parts(share.numerator.value, share.denominator.value, share.start, share.end)


def _reach(lines: Sequence[Line], line: Line, rate: Figure, own: Figure) -> tuple[Whole, ...]:
    return wholes_in_reach(lines, line, own, may_exceed=rate.value > _FULL)


def _rounded(rate: Figure, own: Figure, reach: Sequence[Whole]) -> Whole | None:
    """The nearest whole that gives the rate rounded half-up."""
    for whole in reach:
        if own.value and not rate.value:
            # Any small part of a large total is 0% somehow.
            continue
        if verdict_of(rate, _parts(rate, own, whole).percent) is ClaimVerdict.OK:
            return whole
    return None


def _parts(rate: Figure, own: Figure, whole: Whole) -> Parts:
    return Parts(own.value, whole.value, min(own.start, rate.start), max(own.end, rate.end))


def _undecided(lines: Sequence[Line], line: Line, rate: Figure, proved: Sequence[Whole]) -> Claim:
    """A rate that no count in reach gives: wrong where the text says what it is a part of."""
    own = own_count(line, rate)
    if own is None:
        return _unverifiable(line, rate, ALONE)
    if has_another_base(line, rate, own.unit) or tells_a_change(line.text, own.start):
        return _unverifiable(line, rate, "không rõ tỷ lệ tính trên số nào")
    if own.value == 0:
        return _of_none(line, rate, own)
    reach = _reach(lines, line, rate, own)
    stated = own_whole(line, own)
    whole = stated or next((w for w in proved if w.is_like(own) and w.value >= own.value), None)
    beside = [figure for figure in line.counts if are_alike(figure.unit, own.unit)]
    if whole is None and rate.value > _FULL and reach and min(f.value for f in beside) == own.value:
        whole = reach[0]
    if whole is not None and own.value <= whole.value:
        parts = _parts(rate, own, whole)
        fits = is_borne_out(line.text, rate, parts.percent)
        verdict = ClaimVerdict.OK if fits else verdict_of(rate, parts.percent)
        return _claim(line, rate, parts, verdict, "PR2")
    if not reach:
        return _unverifiable(line, rate, "không có mẫu số trong đoạn")
    parts = _parts(rate, own, reach[0])
    if len(reach) == 1 and rate.decimals and verdict_of(rate, parts.percent) is _CUT:
        return _claim(line, rate, parts, _CUT, "PR2")
    near = f"tính trên {vietnamese(reach[0].value)} thì được {vietnamese(parts.percent)}%"
    return _unverifiable(line, rate, f"không rõ mẫu số ({near})")


def _of_none(line: Line, rate: Figure, own: Figure) -> Claim:
    """None of any total is 0%; a rate that goes on behind a comma may speak of other counts."""
    words = line.text[noun_end(line.text, own.end) : rate.start]
    if rate.value and (
        rate.value == _FULL or "," in words or ";" in words or own.start > rate.start
    ):
        return _unverifiable(line, rate, "không có mẫu số trong đoạn")
    good = rate.value == 0
    return Claim(
        line.passage,
        min(own.start, rate.start),
        max(own.end, rate.end),
        ClaimKind.RATIO,
        ClaimVerdict.OK if good else ClaimVerdict.WRONG,
        "PR2",
        "Đúng: 0 trên tổng số bất kỳ là 0%."
        if good
        else "Tỷ lệ không khớp số liệu: 0 trên tổng số bất kỳ là 0%. Đề nghị kiểm tra lại.",
        stated=rate.value,
        actual=own.value,
        numerator=own.value,
    )


def _scores(line: Line, beside: dict[int, tuple[Share, ...]]) -> Iterator[Claim]:
    """Scores without a rate: no score is over its maximum."""
    with_rate = {share.start for shares in beside.values() for share in shares}
    for share in line.shares:
        if share.unit == "điểm" and share.start not in with_rate and share.denominator.value:
            good = share.numerator.value <= share.denominator.value
            yield Claim(
                line.passage,
                share.start,
                share.end,
                ClaimKind.RATIO,
                ClaimVerdict.OK if good else ClaimVerdict.WRONG,
                "PR3",
                "Điểm đạt được không vượt điểm tối đa."
                if good
                else "Điểm đạt được lớn hơn điểm tối đa. Đề nghị kiểm tra lại.",
                numerator=share.numerator.value,
                denominator=share.denominator.value,
            )


def _claim(line: Line, rate: Figure, parts: Parts, verdict: ClaimVerdict, rule: str) -> Claim:
    count = f"{vietnamese(parts.numerator)}/{vietnamese(parts.denominator)}"
    true = vietnamese(parts.percent, max(2, rate.decimals))
    if verdict is ClaimVerdict.OK:
        message = f"Đúng: {count} = {true}%."
    elif verdict is ClaimVerdict.TRUNCATED:
        rounded = vietnamese(parts.percent, rate.decimals)
        message = f"Tỷ lệ bị cắt bớt chứ không làm tròn: {count} = {true}%. Đề nghị ghi {rounded}%."
    else:
        message = f"Tỷ lệ không khớp số liệu: {count} = {true}%. Đề nghị kiểm tra lại."
        if (
            parts.numerator
            and verdict_of(rate, 100 / parts.percent * 100) is not ClaimVerdict.WRONG
        ):
            message = f"Tử số và mẫu số có thể bị đảo: {count} = {true}%. Đề nghị kiểm tra lại."
    return Claim(
        line.passage,
        min(parts.start, rate.start),
        max(parts.end, rate.end),
        ClaimKind.RATIO,
        verdict,
        rule,
        message,
        stated=rate.value,
        actual=parts.percent,
        numerator=parts.numerator,
        denominator=parts.denominator,
    )


def _unverifiable(line: Line, rate: Figure, why: str) -> Claim:
    return Claim(
        line.passage,
        rate.start,
        rate.end,
        ClaimKind.RATIO,
        ClaimVerdict.UNVERIFIABLE,
        "PR4",
        f"Chưa kiểm tra được tỷ lệ: {why}. Đề nghị ghi kèm tử số và mẫu số.",
        stated=rate.value,
    )
