"""The documents that a text cites: type, number, symbol, date and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Passage, Text
from cchc_xl.core.proof_dates import Written, date_at

# The types of documents and the symbols that they carry (Decree 30/2020/NĐ-CP, annex III; TTLT
# and QyĐ of earlier rules).
SYMBOLS: dict[str, frozenset[str]] = {
    "quyết định": frozenset({"qđ", "qđi"}),
    "kế hoạch": frozenset({"kh"}),
    "chỉ thị": frozenset({"ct"}),
    "chương trình": frozenset({"ctr", "ct", "cthđ", "ctrhđ", "ctr-hđ"}),
    "nghị quyết": frozenset({"nq", "nqlt"}),
    "nghị định": frozenset({"nđ"}),
    "thông tư": frozenset({"tt", "ttlt"}),
    "thông tư liên tịch": frozenset({"ttlt"}),
    "báo cáo": frozenset({"bc"}),
    "tờ trình": frozenset({"ttr"}),
    "thông báo": frozenset({"tb"}),
    "hướng dẫn": frozenset({"hd"}),
    "công văn": frozenset({"cv"}),
}
_ALL_SYMBOLS = frozenset().union(*SYMBOLS.values())
_TYPES = "|".join(
    sorted(
        (*SYMBOLS, "văn bản", "kết luận", "đề án", "phương án", "quy chế", "luật"),
        key=len,
        reverse=True,
    )
)
_SYMBOL = r"[A-ZĐ][A-Za-zĐđ]*\d{0,2}(?: ?- ?[A-ZĐ][A-Za-zĐđ]*\d{0,2})*"
_CITATION = re.compile(
    rf"(?:\b(?P<type>(?i:{_TYPES}))\s+)?(?:(?i:văn\s+)?\b(?P<so>(?i:số))\s*:?\s*)?"
    rf"(?<![\d/.,])(?P<number>\d{{1,5}})\s*/\s*(?:(?P<year>\d{{4}})\s*/\s*)?(?P<symbol>{_SYMBOL})"
)
# A number without symbol counts only where a date stands right behind it.
_BARE = re.compile(
    rf"\b(?P<type>(?i:{_TYPES}))\s+(?i:số)\s*(?P<number>\d{{1,5}})(?=,?\s+ngày\s+\d)"
)
_DATE_BEHIND = re.compile(r"\s*[,(]?\s*(?i:ban hành\s+)?(?i:ngày)\s+")
_BODY = (
    r"(?:(?:Chủ tịch|Văn phòng|VP)\s+)?(?:UBND|HĐND|[ỦU][yỷ] ban nhân dân|Hội đồng nhân dân)\s+"
    r"(?P<level>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b"
)
# Right behind the number a body needs no "của"; further off it does.
_OWNER_NEXT = re.compile(rf"\s*,?\s*(?:của\s+|do\s+)?{_BODY}", re.IGNORECASE)
_OWNER_LATER = re.compile(rf"\b(?:của|do)\s+{_BODY}", re.IGNORECASE)
_REACH = 250
# Numbers of these are the same whoever cites them; those of local bodies need an owner.
_LOCAL = ("UBND", "HĐND", "VP", "ĐU", "HU", "TU")
_CLAUSE_END = re.compile(r"[;.]\s|[;.]$|\n")
_COMMUNE = frozenset({"xã", "phường", "thị trấn", "đặc khu"})


@dataclass(frozen=True, slots=True)
class Citation:
    """A document as a text names it; `start` and `end` are its number and, where given, date.

    `type` is "" where no type stands beside the number, `symbol` as it is typed without spaces.
    `owner` is the level of a local body ("huyện"), "" for a commune and where nothing is said.
    """

    passage: Passage
    start: int
    end: int
    type: str
    number: int
    year: int | None
    symbol: str
    dated: Written | None
    owner: str

    @property
    def day(self) -> date | None:
        return self.dated.day if self.dated else None

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def symbol_kind(self) -> str:
        """The part of the symbol that stands for a type (`kh`), "" where it stands for none."""
        first = self.symbol.partition("-")[0].lower()
        return first if first in _ALL_SYMBOLS else ""

    @property
    def register(self) -> tuple[str, str, str, int | None]:
        """What numbers one series: kind, issuing body of the symbol, owner, year."""
        kind = self.symbol_kind
        body = self.symbol.partition("-")[2].upper()
        if kind in ("", "cv"):
            # Letters are numbered together, whichever office drafted them.
            body = "UBND" if "UBND" in self.symbol.upper() else self.symbol.upper()
            kind = "cv"
        year = self.year or (self.day.year if self.day else None)
        return kind, body, self.owner, year


def citations(text: Text) -> tuple[Citation, ...]:
    """Return the documents that `text` cites, in order."""
    return tuple(found for passage in text for found in _of_passage(passage))


def _of_passage(passage: Passage) -> Iterator[Citation]:
    words = passage.text
    met = [m for m in _CITATION.finditer(words) if _is_number_of_document(m)]
    taken = {m.start("number") for m in met}
    met += [m for m in _BARE.finditer(words) if m.start("number") not in taken]
    met.sort(key=lambda m: m.start())
    found: list[Citation] = []
    for place, match in enumerate(met):
        behind = met[place + 1].start() if place + 1 < len(met) else len(words)
        found.append(_citation(passage, match, behind))
    yield from _with_shared_owners(found, words)


def _is_number_of_document(match: re.Match[str]) -> bool:
    """Whether `12/KH-UBND` and not a fraction with a word behind it (`17/NGƯỜI`)."""
    symbol = match["symbol"]
    return bool(match["year"] or match["so"] or match["type"] or "-" in symbol)


def _citation(passage: Passage, match: re.Match[str], behind: int) -> Citation:
    words = passage.text
    given = match.groupdict()
    end = match.end()
    lead = _DATE_BEHIND.match(words, end)
    dated = date_at(passage, lead.end()) if lead else None
    if dated is not None:
        end = dated.end
    clause = words[end : min(behind, end + _REACH)]
    stop = _CLAUSE_END.search(clause)
    symbol = "".join((given.get("symbol") or "").split())
    return Citation(
        passage,
        match.start(),
        end,
        " ".join((given["type"] or "").lower().split()),
        int(given["number"]),
        int(given["year"]) if given.get("year") else None,
        symbol,
        dated,
        _owner(clause[: stop.start()] if stop else clause, symbol),
    )


def _owner(clause: str, symbol: str) -> str:
    """Return the level of the body that issued a local document, "" for the commune's own."""
    match = _OWNER_NEXT.match(clause) or _OWNER_LATER.search(clause)
    if match is None or not any(body in symbol.upper() for body in _LOCAL):
        return ""
    level = match["level"].lower()
    return "" if level in _COMMUNE else level


def _with_shared_owners(found: list[Citation], words: str) -> Iterator[Citation]:
    """Give letters of a list the owner that all others of the list name."""
    for citation in found:
        if citation.owner or citation.register[0] != "cv":
            yield citation
            continue
        owners = {
            other.owner
            for other in found
            if other.owner
            and other.register[0] == "cv"
            and _is_one_list(words[min(citation.end, other.end) : max(citation.start, other.start)])
        }
        yield replace(citation, owner=owners.pop()) if len(owners) == 1 else citation


def _is_one_list(between: str) -> bool:
    return _CLAUSE_END.search(between) is None


def citation_claim(
    citation: Citation,
    rule: str,
    message: str,
    *,
    kind: ClaimKind = ClaimKind.IDENTIFIER,
    verdict: ClaimVerdict = ClaimVerdict.WRONG,
    actual: str | None = None,
) -> Claim:
    """Return what is to be said of a whole citation."""
    return Claim(
        citation.passage, citation.start, citation.end, kind, verdict, rule, message,
        stated=citation.text, actual=actual,
    )  # fmt: skip
