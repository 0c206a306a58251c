"""Counts of documents and of points against the lists that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict
from cchc_xl.core.numerals import plain
from cchc_xl.core.proof_lines import Line
from cchc_xl.core.proof_numbers import Figure
from cchc_xl.core.proof_units import noun_end

_DOCUMENTS = frozenset({"văn bản", "kế hoạch", "quyết định", "công văn", "báo cáo"})
_DATE = (
    r"(?:\s*,?\s*ngày\s+(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4}))?"
)
_SYMBOL = re.compile(
    r"(?<![\d/])(?P<number>\d{1,5}[a-zđ]?)\s*/\s*(?:\d{4}\s*/\s*)?"
    r"(?P<symbol>[A-ZĐ](?:[A-ZĐ]\w*|\w*-[A-ZĐ])\w*(?:\s?[-–]\s?[A-ZĐ]\w*)*)" + _DATE
)
_PLAIN = re.compile(r"(?i:số)\s+(?P<number>\d{1,5})(?P<symbol>)(?=\s+ngày)" + _DATE)
_HEADS = re.compile(r"[^\d:]{0,60}:[\s*_]*$")
_POINTS = re.compile(r"[^\d:.]{0,60}\bsau(?:\s+đây)?\s*:[\s*_]*$", re.IGNORECASE)
_NAMES = r"kế hoạch|quyết định|công văn|báo cáo|thông báo|chương trình|tờ trình|chỉ thị"
r"|nghị quyết|hướng dẫn"
_NEXT_NAME = re.compile(rf"\s*(?:,|\bvà\b)\s*(?=(?:{_NAMES}|số\s+\d)\b)", re.IGNORECASE)
_INLINE = re.compile(
    r"[^().;:\d]{0,60}(?:(?P<bracket>\()|\b(?:gồm(?: có)?|bao gồm|cụ thể(?: là)?|đó là|sau)\s*:)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\s*(?:theo|thực hiện|căn cứ|trong đó|như|tại|kèm)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"\.(?=\s|$)|\n")
_OF_ABOVE = re.compile(r"(?:căn cứ|thực hiện|triển khai)\s+[^.;]{0,60}$", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"[^.;]{0,40}\bcủa\s+(?:\w+\s+){0,3}?(?:UBND|HĐND|Ủy ban)\s+(?:nhân dân\s+)?(?:tỉnh|huyện"
    r"|thành phố|TP)"
)
_YEAR = re.compile(r"năm\s+((?:19|20)\d{2})", re.IGNORECASE)
# Of a list of documents at least so many carry a symbol.
_MOST = 0.7

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentList:
    """A count of documents, the items listed below it, and the line where they end."""

    line: Line
    count: Figure
    keys: tuple[Key | None, ...]
    end: int

    @property
    def distinct(self) -> int:
        named = {key for key in self.keys if key is not None}
        return len(named) + self.keys.count(None)

    @property
    def is_of_documents(self) -> bool:
        return bool(self.keys) and self.keys.count(None) <= (1 - _MOST) * len(self.keys)


def document_claims(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield a claim for every count that a list of documents or of points follows."""
    for line in lines:
        if line.is_row:
            continue
        yield from _in_sentence(line)
        listed = _listed(lines, line)
        if listed is not None:
            yield _of_list(listed)
            yield from _left_out(lines, listed)
        else:
            yield from _of_points(lines, line)


def documents_in(text: str) -> list[tuple[int, Key]]:
    """Return the documents that `text` names, with their places: number, symbol and date."""
    found = [*_SYMBOL.finditer(text), *_PLAIN.finditer(text)]
    return sorted((match.start(), _key(match)) for match in found)


def _key(match: re.Match[str]) -> Key:
    date = [match.group(name) for name in ("day", "month", "year")]
    symbol = re.sub(r"\s", "", match.group("symbol")).replace("–", "-")
    return (match.group("number").lstrip("0"), symbol, *(str(int(part or 0)) for part in date))


def _listed(lines: Sequence[Line], line: Line) -> DocumentList | None:
    if not line.counts or line.counts[-1].unit not in _DOCUMENTS:
        return None
    count = line.counts[-1]
    if not _HEADS.fullmatch(line.text, count.end):
        return None
    keys: list[Key | None] = []
    bullet, end = "", line.index + 1
    for item in lines[line.index + 1 :]:
        if item.is_empty:
            continue
        if (
            item.is_row
            or item.is_heading
            or _is_head(item)
            or (keys and item.bullet not in {bullet, ""})
        ):
            break
        if not item.bullet:
            # A line that begins small goes on with the item above.
            if not keys or item.text.strip()[:1].isupper():
                break
        else:
            bullet = item.bullet
            named = documents_in(item.text)
            keys.append(named[0][1] if named else None)
        end = item.index + 1
    listed = DocumentList(line, count, tuple(keys), end)
    return listed if listed.is_of_documents else None


def _is_head(line: Line) -> bool:
    return bool(
        line.counts
        and line.counts[-1].unit in _DOCUMENTS
        and _HEADS.fullmatch(line.text, line.counts[-1].end)
    )


def _of_list(listed: DocumentList) -> Claim:
    stated, items, distinct = int(listed.count.value), len(listed.keys), listed.distinct
    doubled = [key for key in listed.keys if key is not None and listed.keys.count(key) > 1]
    if stated == distinct:
        return _count_claim(
            listed.line, listed.count, distinct, ClaimVerdict.OK, f"Đúng: liệt kê {items} văn bản."
        )
    message = f"Ghi {stated} nhưng liệt kê {items} văn bản"
    if doubled:
        message += (
            f", trong đó số {doubled[0][0]}/{doubled[0][1]} ghi hai lần: còn {distinct} văn bản "
            "khác nhau"
        )
    return _count_claim(
        listed.line, listed.count, distinct, ClaimVerdict.WRONG, f"{message}. Đề nghị kiểm tra lại."
    )


def _left_out(lines: Sequence[Line], listed: DocumentList) -> Iterator[Claim]:
    """Documents of the unit and the year that the text issues elsewhere and the list leaves out."""
    year = _YEAR.search(listed.line.text)
    if year is None or listed.count.unit != "văn bản":
        return
    symbols = {key[1] for key in listed.keys if key is not None}
    known = {key[:2] + key[4:] for key in listed.keys if key is not None}
    for line in lines[listed.end :]:
        if line.is_row or line.is_plan:
            continue
        for start, key in documents_in(line.text):
            if key[1] not in symbols or key[4] != year.group(1) or key[:2] + key[4:] in known:
                continue
            if _OF_ABOVE.search(line.text[:start]) or _OF_OTHERS.match(line.text, start):
                continue
            known.add(key[:2] + key[4:])
            yield Claim(
                line.passage,
                start,
                start + len(line.text[start:].split(" ", 1)[0].rstrip(",;.")),
                ClaimKind.COUNT,
                ClaimVerdict.UNVERIFIABLE,
                "PC2",
                f"Văn bản số {key[0]}/{key[1]} năm {key[4]} không có trong danh sách "
                f"{plain(listed.count.value)} văn bản ở {listed.line.passage.where}. Đề nghị "
                f"xem lại.",
            )


def _in_sentence(line: Line) -> Iterator[Claim]:
    """`03 văn bản (Kế hoạch số …; Quyết định số …)`, `03 văn bản, gồm: …; …`."""
    for count in line.counts:
        opened = _INLINE.match(line.text, noun_end(line.text, count.end))
        if count.unit not in _DOCUMENTS or opened is None:
            continue
        body = _body(line.text, opened)
        if _REFERENCE.match(body):
            continue
        pieces = [piece for piece in body.split(";") if piece.strip(" .,*_")]
        if len(pieces) == 1:
            pieces = [piece for piece in _NEXT_NAME.split(body) if piece.strip(" .,*_")]
        keys = [named[0][1] if (named := documents_in(piece)) else None for piece in pieces]
        if len(keys) < 2 or keys.count(None) > (1 - _MOST) * len(keys):
            continue
        listed = DocumentList(line, count, tuple(keys), line.index + 1)
        stated = int(count.value)
        if stated == listed.distinct or None not in keys:
            yield _of_list(listed)
        else:
            yield _count_claim(
                line,
                count,
                listed.distinct,
                ClaimVerdict.UNVERIFIABLE,
                f"Ghi {stated}, đếm được {listed.distinct} văn bản. Đề nghị xem lại.",
            )


def _body(text: str, opened: re.Match[str]) -> str:
    start = opened.end()
    if not opened.group("bracket"):
        end = _SENTENCE_END.search(text, start)
        return text[start : end.start() if end else len(text)]
    depth = 1
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return text[start:at]
    return text[start:]


def _of_points(lines: Sequence[Line], line: Line) -> Iterator[Claim]:
    """`03 nhiệm vụ sau:` and its bullets; too many bullets may be of another list."""
    if not line.counts or not _POINTS.fullmatch(line.text, line.counts[-1].end):
        return
    count, items, bullet = line.counts[-1], 0, ""
    for item in lines[line.index + 1 :]:
        if item.is_empty:
            continue
        if item.is_row or item.is_heading or (not items and item.bullet in {"", line.bullet}):
            break
        bullet = bullet or item.bullet
        if item.bullet == bullet:
            items += 1
        elif item.bullet == line.bullet and (item.bullet or item.text.strip()[:1].isupper()):
            break
    if items == count.value:
        yield _count_claim(line, count, items, ClaimVerdict.OK, f"Đúng: liệt kê {items} mục.")
    elif 1 < items < count.value:
        message = f"Ghi {plain(count.value)} nhưng chỉ liệt kê {items} mục. Đề nghị kiểm tra lại."
        yield _count_claim(line, count, items, ClaimVerdict.WRONG, message)


def _count_claim(
    line: Line, count: Figure, actual: int, verdict: ClaimVerdict, message: str
) -> Claim:
    return Claim(
        line.passage,
        count.start,
        noun_end(line.text, count.end),
        ClaimKind.COUNT,
        verdict,
        "PC1",
        message,
        stated=count.value,
        actual=type(count.value)(actual),
    )
