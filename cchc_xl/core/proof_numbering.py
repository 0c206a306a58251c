"""Numbers of headings and points that are skipped, repeated or run backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Passage, Text

# Points are lettered with đ or without it, and without f, j, w, z or with them.
_VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_PLAIN = "abcdđeghiklmnopqrstuvxy"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_LETTERS = (_PLAIN, _LATIN, _VIETNAMESE)
_MARK = r"^[\s*_#+]*"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("roman", re.compile(_MARK + r"(?P<number>[IVX]+)\s?[.)]\s*(?=\S)")),
    ("capital", re.compile(_MARK + r"(?P<number>[A-HĐ])\s?[.)]\s+(?=[A-ZĐÀ-Ỹ]{2})")),
    ("decimal", re.compile(
        _MARK + r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})(?:[.,):]+\s*|\s+)(?=[^\W\d])"
    )),
    ("arabic", re.compile(_MARK + r"(?P<number>\d{1,2})\.\s*(?=[A-ZĐÀ-Ỹ“\"*_])")),
    ("bracket", re.compile(_MARK + r"\(?(?P<number>\d{1,2})\)\s*(?=[^\W\d])")),
    ("letter", re.compile(_MARK + r"(?P<number>[a-zđăâêôơư])\s?[).]\s+(?=[^\W\d])")),
)  # fmt: skip
_RANKS = {"capital": 0, "roman": 1}
_END = re.compile(r"^\W*nơi nhận\b|^\W*phụ lục\b", re.IGNORECASE)
# Points below points: i), v) and x) need not be letters.
_SMALL_ROMAN = ("i", "v", "x")
_ROMAN = {"I": 1, "V": 5, "X": 10}
# A heading in capitals is no rest of the line above it.
_HEADING = re.compile(_MARK + r"(?:[IVX]+|[A-HĐ])\s?[.)]\s*[A-ZĐÀ-Ỹ]{2}")
# Below this length a line without a full stop is a heading, above it is cut by its width.
_WIDE = 60
_ENDS = tuple('.:;,!?…)”"/')
# In the style of a paragraph whose number Word writes itself: it is not in the text.
NUMBERED_BY_WORD = "đánh số tự động"


@dataclass(slots=True)
class _Series:
    """Numbers of one pattern under one parent; `seen` are those that have come."""

    pattern: str
    last: str
    seen: list[str]


def numbering_claims(text: Text) -> Iterator[Claim]:
    """Yield headings and points whose number does not follow the one before it.

    A series that begins anew at its first number is right, wherever it stands.
    """
    open_series: list[_Series] = []
    before: Passage | None = None
    for passage in text:
        if _END.match(passage.text):
            return
        if passage.cell is not None:
            continue
        if NUMBERED_BY_WORD in passage.style:
            open_series.clear()
            continue
        if "\t" not in passage.text and not _is_wrapped(before, passage):
            for pattern, match in _numbers(passage):
                number = match["number"]
                claim = _next(open_series, pattern, number, passage, match)
                if claim is not None:
                    yield claim
        before = passage


def _numbers(passage: Passage) -> Iterator[tuple[str, re.Match[str]]]:
    for pattern, expression in _PATTERNS:
        match = expression.match(passage.text)
        if match is not None:
            prefix = match["number"].rpartition(".")[0]
            yield (f"decimal {prefix}" if pattern == "decimal" else pattern), match
            return


def _is_wrapped(before: Passage | None, passage: Passage) -> bool:
    """Whether a line of a text file goes on from the one right above it."""
    if before is None or not before.text.strip() or not passage.where.startswith("dòng"):
        return False
    if _HEADING.match(passage.text):
        return False
    is_next = before.offset + len(before.text) + 2 >= passage.offset
    return is_next and len(before.text) > _WIDE and not before.text.rstrip().endswith(_ENDS)


def _next(
    open_series: list[_Series], pattern: str, number: str, passage: Passage, match: re.Match[str]
) -> Claim | None:
    """Take a number into the series it belongs to; return the claim where it does not follow."""
    if pattern in _RANKS:
        while open_series and _RANKS.get(open_series[-1].pattern, 9) > _RANKS[pattern]:
            open_series.pop()
    mine = [series for series in open_series if series.pattern == pattern]
    for series in reversed(mine):
        if _follows(pattern, series.last, number):
            _close_below(open_series, series)
            series.last = number
            series.seen.append(number)
            return None
    if _is_first(pattern, number):
        if pattern in _RANKS and mine:
            _close_below(open_series, mine[-1])
            open_series.pop()
        open_series.append(_Series(pattern, number, [number]))
        return None
    if pattern == "letter" and number in _SMALL_ROMAN:
        return None
    if not mine:
        open_series.append(_Series(pattern, number, [number]))
        return None
    series = mine[-1]
    _close_below(open_series, series)
    claim = _claim(series, pattern, number, passage, match)
    if _place(pattern, number) > _place(pattern, series.last):
        series.last = number
    series.seen.append(number)
    return claim


def _close_below(open_series: list[_Series], series: _Series) -> None:
    while open_series[-1] is not series:
        open_series.pop()


def _claim(
    series: _Series, pattern: str, number: str, passage: Passage, match: re.Match[str]
) -> Claim:
    wanted = _after(pattern, series.last)
    if number in series.seen:
        what = f"Mục «{number}» đã có ở trên, bị lặp lại"
    elif _place(pattern, number) > _place(pattern, series.last):
        what = f"Sau mục «{series.last}» là mục «{number}», thiếu mục «{wanted}»"
    else:
        what = f"Mục «{number}» đứng sau mục «{series.last}»"
    return Claim(
        passage, match.start("number"), match.end("number"), ClaimKind.NUMBERING,
        ClaimVerdict.WRONG, "PN1", f"{what}; đề nghị đánh số lại.", stated=number, actual=wanted,
    )  # fmt: skip


def _place(pattern: str, number: str) -> int:
    match pattern.partition(" ")[0]:
        case "roman":
            values = [_ROMAN[letter] for letter in number] + [0]
            return sum(
                -value if value < values[k + 1] else value for k, value in enumerate(values[:-1])
            )
        case "capital" | "letter":
            return (
                _VIETNAMESE.find(number.lower())
                if number.lower() in _VIETNAMESE
                else (_LATIN.find(number.lower()))
            )
        case "decimal":
            return int(number.rpartition(".")[2])
        case _:
            return int(number)


def _is_first(pattern: str, number: str) -> bool:
    if pattern in ("capital", "letter"):
        return number.lower() == "a"
    return _place(pattern, number) == 1


def _follows(pattern: str, last: str, number: str) -> bool:
    if pattern in ("capital", "letter"):
        return any(
            last.lower() in letters
            and number.lower() in letters
            and letters.index(number.lower()) == letters.index(last.lower()) + 1
            for letters in _LETTERS
        )
    return _place(pattern, number) == _place(pattern, last) + 1


def _after(pattern: str, last: str) -> str:
    match pattern.partition(" ")[0]:
        case "roman":
            return _as_roman(_place(pattern, last) + 1)
        case "capital" | "letter":
            letters = _PLAIN if last.lower() in _PLAIN else _LATIN
            after = letters[(letters.index(last.lower()) + 1) % len(letters)]
            return after.upper() if last.isupper() else after
        case "decimal":
            return f"{last.rpartition('.')[0]}.{_place(pattern, last) + 1}"
        case _:
            return str(int(last) + 1)


def _as_roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
