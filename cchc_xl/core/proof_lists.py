"""Totals whose parts stand in the lines below, in lists of bullets and lists without them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_xl.core.claims import Claim, ClaimVerdict
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.proof_lines import Line
from cchc_xl.core.proof_numbers import Figure
from cchc_xl.core.proof_parts import Part, are_whole, exclude_one_another, part_of, runs, total
from cchc_xl.core.proof_sums import sum_claim
from cchc_xl.core.proof_units import are_alike
from cchc_xl.core.proof_wholes import MARKER

_ONLY_A_MARK = re.compile(
    r"[\s*_+\-–•]*(?:trong đó(?:\s+có)?|bao gồm|gồm(?:\s+có)?|chia ra|cụ thể|như sau)\s*[:,]?"
    r"[\s*_]*",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:trong đó(?:\s+có)?|gồm(?:\s+có)?|chia ra|cụ thể|như sau)\s*[:,]?[\s*_]*$|:[\s*_]*$",
    re.IGNORECASE,
)
_EXHAUSTIVE = re.compile(r"gồm|chia ra", re.IGNORECASE)
_TOTAL = re.compile(r"[\s*_+\-–•]*(?:tổng|cộng)\b", re.IGNORECASE)
_LONGEST_ITEM = 160
_LONGEST_LIST = 200
_A_HABIT = 2
_UNIT_ALONE = re.compile(
    r":\s*(?:[.…]{2,}\s*)?(?:hồ sơ|người|văn bản|thủ tục|nhiệm vụ|trường hợp|đơn|phiếu)\s*"
    r"[;.,]?[\s*_]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Items:
    """The lines of a list; `is_bounded` says that bullets show where it ends."""

    parts: tuple[Part, ...]
    is_bounded: bool
    has_gaps: bool

    @property
    def family(self) -> str:
        """What the parts are told apart by, "" where they are not of one kind."""
        return self.parts[0].family if self.parts and exclude_one_another(self.parts) else ""


def list_claims(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield a claim for every total that a list of lines below it adds up to, or does not.

    A remainder is an error where the same text shows by two lists of the kind that add up that
    its lists leave nothing out.
    """
    found: list[tuple[Claim, Items]] = []
    for line in lines:
        if line.is_row or line.is_empty or not line.counts:
            continue
        whole = line.counts[-1]
        if any(whole in (share.numerator, share.denominator) for share in line.shares):
            continue
        judged = _judged(lines, line, whole)
        if judged is not None:
            found.append(judged)
        elif (claim := _continued(lines, line)) is not None:
            yield claim
    complete = Counter(items.family for claim, items in found if claim.verdict is ClaimVerdict.OK)
    for claim, items in found:
        doubtful = claim.verdict is ClaimVerdict.UNVERIFIABLE and not items.has_gaps
        if doubtful and items.family and complete[items.family] >= _A_HABIT:
            yield replace(
                claim,
                verdict=ClaimVerdict.WRONG,
                message=f"Tổng số {vietnamese(Decimal(str(claim.stated)))} không bằng các "
                f"phần cộng lại "
                f"({vietnamese(Decimal(str(claim.actual)))}). Đề nghị kiểm tra lại.",
            )
        else:
            yield claim


def blank_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that end in a noun of counting without its number: `qua bưu chính: hồ sơ`."""
    for line in lines:
        if not line.is_row and not line.figures and _UNIT_ALONE.search(line.text):
            yield line


def _judged(lines: Sequence[Line], line: Line, whole: Figure) -> tuple[Claim, Items] | None:
    tail = line.text[whole.end :]
    below = _filled(lines, line.index + 1)
    if not below or below[0].is_heading:
        return None
    inner = MARKER.search(tail)
    marked_below = bool(_ONLY_A_MARK.fullmatch(below[0].text))
    mark = below[0].text if marked_below else (inner.group() if inner else "")
    is_marked = bool(mark) or bool(_OPENS.search(tail))
    items = _items(line, below[1:] if marked_below else below, whole, is_marked=is_marked)
    parts = items.parts
    if len(parts) < 2:
        return None
    # Where no bullets show the end of the list, it may be over before the lines are.
    shortest = len(parts) if items.is_bounded else 2
    for length in range(len(parts), shortest - 1, -1):
        if total(parts[:length]) == whole.value:
            fitting = replace(items, parts=parts[:length])
            return sum_claim(line, whole, fitting.parts, ClaimVerdict.OK, "PS4"), fitting
    if not is_marked:
        return None
    if not items.is_bounded:
        items = replace(items, parts=tuple(runs(parts)[0]))
    if len(items.parts) < 2:
        return None
    return _misfit(line, whole, items, is_exhaustive=bool(_EXHAUSTIVE.search(mark))), items


def _continued(lines: Sequence[Line], line: Line) -> Claim | None:
    """A list that begins behind its total and goes on in the lines below.

    The lines below are parts of the total only where every part is named by the same kind of
    thing and the first line takes up the words of the total; they may fit it, or exceed it.
    """
    marks = list(MARKER.finditer(line.text))
    above = [figure for figure in line.counts if marks and figure.end <= marks[-1].start()]
    if not above or not above[-1].unit:
        return None
    whole = above[-1]
    named = line.text[: marks[-1].start()].lower()
    parts = [
        part_of(line.text, line.figures, figure)
        for figure in line.counts
        if figure.start >= marks[-1].end() and figure.unit == whole.unit
    ]
    kinds = [kind for kind in _KINDS if parts and all(kind in part.label.lower() for part in parts)]
    below = [
        item
        for item in itertools.takewhile(
            lambda item: not item.bullet and _is_item(item, is_bounded=False),
            _filled(lines, line.index + 1),
        )
        if item.counts[0].unit == whole.unit
    ]
    if not kinds or not below or total(parts) >= whole.value:
        return None
    first = below[0].text.lower()
    if not any(kind in first for kind in kinds) or not _shares_subject(named, first):
        return None
    for item in below:
        parts.append(part_of(item.text, item.figures, item.counts[0]))
        if total(parts) == whole.value:
            return sum_claim(line, whole, parts, ClaimVerdict.OK, "PS4")
    if total(parts) > whole.value:
        return sum_claim(line, whole, parts, ClaimVerdict.WRONG, "PS4")
    return None


_KINDS = ("lĩnh vực", "cấp ", "xã ", "phường ", "đơn vị ", "thôn ")


def _shares_subject(named: str, first: str) -> bool:
    """Whether the last two words of the subject of a total come again in the line below."""
    words = re.findall(r"[^\W\d_]+", named)
    subject = [word for word in words if word not in {"là", "được", "có", "hồ", "sơ"}]
    return len(subject) > 1 and " ".join(subject[-2:]) in first


def _misfit(line: Line, whole: Figure, items: Items, *, is_exhaustive: bool) -> Claim:
    parts = items.parts
    too_big = [part for part in parts if part.figure.value > whole.value]
    if too_big and items.is_bounded and too_big[0].figure.unit == whole.unit:
        return sum_claim(line, whole, too_big[:1], ClaimVerdict.WRONG, "PS3")
    exclusive = exclude_one_another(parts)
    nothing_left = (are_whole(parts, line.text) or is_exhaustive) and not items.has_gaps
    wrong = exclusive and (total(parts) > whole.value or nothing_left)
    verdict = ClaimVerdict.WRONG if wrong else ClaimVerdict.UNVERIFIABLE
    return sum_claim(line, whole, parts, verdict, "PS4")


def _filled(lines: Sequence[Line], start: int) -> list[Line]:
    found: list[Line] = []
    for line in lines[start : start + _LONGEST_LIST]:
        if line.is_row or (line.is_heading and found):
            break
        if not line.is_empty:
            found.append(line)
    return found


def _items(line: Line, below: Sequence[Line], whole: Figure, *, is_marked: bool) -> Items:
    """The lines of the list below a total, by their bullets."""
    if not below or below[0].is_heading:
        return Items((), is_bounded=False, has_gaps=False)
    bullet = below[0].bullet
    is_bounded = bool(bullet) and bullet != line.bullet
    if not is_bounded and not is_marked:
        return Items((), is_bounded=False, has_gaps=False)
    parts: list[Part] = []
    has_gaps = False
    for item in below:
        if item.is_heading:
            break
        if item.bullet != bullet:
            if _ends_list(item, line, is_bounded=is_bounded):
                break
            continue
        if _TOTAL.match(item.text) or not _is_item(item, is_bounded=is_bounded):
            break
        part = _part(item, whole)
        if part is None:
            has_gaps = True
        else:
            parts.append(part)
    return Items(tuple(parts), is_bounded, has_gaps)


def _ends_list(item: Line, line: Line, *, is_bounded: bool) -> bool:
    if not is_bounded or (item.bullet and item.bullet == line.bullet):
        return True
    # A line without a bullet goes on with the item above only where it begins small.
    words = item.text.strip(" *_")
    return not item.bullet and words[:1].isupper()


def _is_item(item: Line, *, is_bounded: bool) -> bool:
    if is_bounded:
        return True
    return len(item.counts) == 1 and len(item.text) <= _LONGEST_ITEM


def _part(item: Line, whole: Figure) -> Part | None:
    for figure in item.counts:
        if are_alike(figure.unit, whole.unit):
            return part_of(item.text, item.figures, figure)
    return None
