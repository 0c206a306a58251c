"""One figure in two versions: the same words around two different numbers.

Only sentences that say the same, word for word, are compared; a period or a unit that differs, in
the sentence or in the heading above, makes them two figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.proof_lines import Line, period_at
from cchc_xl.core.proof_numbers import Figure
from cchc_xl.core.proof_parts import family_of, names_field
from cchc_xl.core.proof_units import noun_end

_WORD = re.compile(r"\w+(?:[/-]\w+)*")
_SENTENCE_END = re.compile(r"[.!?;](?=\s)|\n")
_SCOPE = re.compile(
    r"\b(?i:xã|phường|thị trấn|huyện|thôn|ấp|khu phố|tổ dân phố|phòng|trường|tháng|quý|năm)\s+"
    r"(?:[A-ZĐÀ-Ỹ][\w]*(?:\s+[A-ZĐÀ-Ỹ]\w*)*|\d{1,4}|[IVX]+\b)"
)
# Words that carry no subject.
_EMPTY = frozenset(
    [
        "và",
        "là",
        "được",
        "có",
        "đã",
        "của",
        "các",
        "những",
        "trong",
        "tại",
        "cho",
        "với",
        "thì",
        "số",
        "lượng",
        "trên",
        "tổng",
        "cộng",
        "việc",
        "đạt",
        "gồm",
        "theo",
        "về",
        "ở",
        "ra",
        "đến",
        "nay",
        "kỳ",
        "báo",
        "cáo",
        "nay",
        "hiện",
    ]
)
_SYNONYMS = {
    "tthc": "thủ tục hành chính",
    "hs": "hồ sơ",
    "cbcc": "cán bộ công chức",
    "cchc": "cải cách hành chính",
}
# The words of every count of dossiers: by themselves they do not say which ones are meant.
_OF_EVERY_TABLE = frozenset(
    [
        "hồ",
        "sơ",
        "tiếp",
        "nhận",
        "giải",
        "quyết",
        "trước",
        "đúng",
        "quá",
        "hạn",
        "trực",
        "tuyến",
        "tiếp",
        "mức",
        "độ",
        "thủ",
        "tục",
        "hành",
        "chính",
        "tổng",
        "ubnd",
        "ủy",
        "ban",
        "nhân",
        "dân",
        "năm",
        "quý",
        "tháng",
        "trả",
        "kết",
        "quả",
        "lĩnh",
        "vực",
        "xã",
        "người",
    ]
)
_FEWEST = 6
_LONG = 10
_FEWEST_OF_ITS_OWN = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A count with the words before it in its sentence, and those right behind its noun."""

    line: Line
    figure: Figure
    before: tuple[str, ...]
    behind: tuple[str, ...]
    period: str
    scope: frozenset[str]


def repeat_claims(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield a claim for each pair of sentences that give one figure in two versions."""
    groups: dict[tuple[str, tuple[str, ...]], list[Mention]] = {}
    for mention in _mentions(lines):
        groups.setdefault((mention.figure.unit, mention.before[-3:]), []).append(mention)
    done: set[tuple[int, int]] = set()
    for mentions in groups.values():
        for one, other in combinations(mentions, 2):
            place = (other.line.index, other.figure.start)
            if (
                place not in done
                and one.figure.value != other.figure.value
                and _are_one(one, other)
            ):
                done.add(place)
                yield _claim(one, other)


def _mentions(lines: Sequence[Line]) -> Iterator[Mention]:
    for line in lines:
        if line.is_row or line.is_plan:
            continue
        in_shares = {s.numerator for s in line.shares} | {s.denominator for s in line.shares}
        for at, figure in enumerate(line.figures):
            if figure.is_rate or figure in in_shares or not figure.unit:
                continue
            ends = [match.end() for match in _SENTENCE_END.finditer(line.text, 0, figure.start)]
            words = line.text[ends[-1] if ends else 0 : figure.start]
            later = [other.start for other in line.figures[at + 1 : at + 2]]
            stop = _SENTENCE_END.search(line.text, figure.end)
            behind_end = min([*later, stop.start() if stop else len(line.text)])
            yield Mention(
                line,
                figure,
                _subject(words),
                _subject(line.text[noun_end(line.text, figure.end) : behind_end])[:4],
                period_at(line, figure.start),
                frozenset(scope.lower() for scope in _SCOPE.findall(f"{line.heading}\n{words}")),
            )


def _subject(words: str) -> tuple[str, ...]:
    """The words in small letters, spelt out, without doubled ones ("cấp cấp thẻ")."""
    found: list[str] = []
    for word in _WORD.findall(words.lower()):
        for syllable in _SYNONYMS.get(word, word).split():
            if syllable not in _EMPTY and found[-1:] != [syllable]:
                found.append(syllable)
    return tuple(found)


def _are_one(one: Mention, other: Mention) -> bool:
    """Whether two counts say the same of the same: in two sections, of one period and unit."""
    if one.line.section == other.line.section or one.scope != other.scope:
        return False
    if one.period and other.period and one.period != other.period:
        return False
    if one.behind and other.behind and one.behind[:2] != other.behind[:2]:
        return False
    if one.before == other.before and _is_total_of_all(one) and _is_total_of_all(other):
        return True
    same = _common_end(one.before, other.before)
    if same < len(one.before) and same < _LONG:
        return False
    subject = (
        {word for word in one.before[-same:] if word not in _OF_EVERY_TABLE} if same else set()
    )
    return same >= _FEWEST and len(subject) >= _FEWEST_OF_ITS_OWN


def _is_total_of_all(mention: Mention) -> bool:
    """Whether a sentence begins with its total, and no field or unit is named around it."""
    line = mention.line
    opening = line.text[: mention.figure.start].strip(" *_-+–").lower()
    return (
        opening.startswith("tổng số")
        and len(mention.before) >= _FEWEST_OF_ITS_OWN
        and not family_of(line.heading)[0]
        and not names_field(line.heading)
        and not names_field(opening)
    )


def _common_end(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    same = 0
    for word, second in zip(reversed(one), reversed(other), strict=False):
        if word != second:
            break
        same += 1
    return same


def _claim(one: Mention, other: Mention) -> Claim:
    return Claim(
        other.line.passage,
        other.figure.start,
        noun_end(other.line.text, other.figure.end),
        ClaimKind.REPEAT,
        ClaimVerdict.WRONG,
        "PX1",
        f"Cùng một nội dung nhưng hai số: {vietnamese(one.figure.value)} "
        f"({one.line.passage.where}) và {vietnamese(other.figure.value)}. Đề nghị thống nhất.",
        stated=other.figure.value,
        actual=one.figure.value,
    )
