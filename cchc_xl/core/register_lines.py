"""Lists of documents in words: "Kế hoạch số 12/KH-UBND ngày 21/02/2022 về việc …", one to a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cchc_xl.core.document_numbers import (
    Reference,
    date_behind,
    reference_in_cell,
    references_in_line,
)
from cchc_xl.core.findings import Finding
from cchc_xl.core.grid import Grid
from cchc_xl.core.records import Record, RegisterReading, different
from cchc_xl.core.register import Part, Register, RegisterCheck
from cchc_xl.core.register_checks import name_of, register_finding
from cchc_xl.core.text import clean, match_key

_BULLET = re.compile(r"^(?:[-–—+•*·▪●]|\(?\d{1,3}[.)](?!\d)|[a-zđ][.)])\s*")
_ABOUT = re.compile(r"^[\s,;:.–-]*(?:(?:về việc|về|v/v)\s+)?", re.IGNORECASE)
_YEAR_HEADING = re.compile(
    r"^(?:[IVX]+[.)]?\s+)?(?:(?:các |danh mục )?văn bản .{0,60}?)?năm (\d{4})\b"
    r"\s*(?:\((?:tổng )?(?:số |có )?(\d+) văn bản\))?\s*[:;.]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """What a line says of a document; `others` are the further references that it names."""

    type: str
    number: str
    symbol: str
    day: date | None
    unread_day: str
    subject: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearHeading:
    """A line above the documents of a year, with the number of them that it states."""

    title: str
    year: int
    stated: int | None
    cell: str


def year_heading(text: str, cell: str) -> YearHeading | None:
    """Return what a heading such as `Văn bản chỉ đạo năm 2022 (12 văn bản):` says."""
    bare = _BULLET.sub("", clean(text))
    match = _YEAR_HEADING.match(bare)
    if match is None:
        return None
    stated = int(match.group(2)) if match.group(2) else None
    return YearHeading(bare.rstrip(":; "), int(match.group(1)), stated, cell)


def read_line(text: str, register: Register) -> DocumentLine | None:
    """Return the document that a line names first; None where it names no number.

    Where the words before the number name two types ("Báo cáo thực hiện Kế hoạch số …"), the
    number may be that of another document: None too.
    """
    line = _BULLET.sub("", clean(text))
    references = references_in_line(line)
    if not references:
        return None
    first, *others = references
    types = _types_in(line[: first.start], register)
    if len(types) > 1:
        return None
    return _line(line, first, next(iter(types), ""), others)


def read_number_cell(text: str, register: Register) -> DocumentLine | None:
    """Return what a cell for the number of a document says: `12`, `12/KH-UBND`, or all of it."""
    line = clean(text)
    reference = reference_in_cell(line)
    return _line(line, reference, "", ()) if reference else read_line(line, register)


def completed(record: Record, line: DocumentLine) -> Record:
    """Return the record with what `line` says of the parts that have no cell of their own."""
    day_is_told = record.day is not None or Part.DATE in record.unread
    unread = {Part.DATE: line.unread_day} if line.unread_day and not day_is_told else {}
    return replace(
        record,
        type=record.type or line.type,
        number=line.number,
        symbol=record.symbol or line.symbol,
        day=record.day if day_is_told else line.day,
        subject=record.subject or line.subject,
        unread={**record.unread, **unread},
    )


def _line(line: str, first: Reference, of_type: str, others: Sequence[Reference]) -> DocumentLine:
    dated = date_behind(line, first.end)
    rest = line[dated.end if dated else first.end :]
    return DocumentLine(
        type=of_type,
        number=first.number,
        symbol=first.symbol,
        day=dated.day if dated else None,
        unread_day=dated.words if dated and dated.day is None else "",
        subject=_ABOUT.sub("", rest).strip(" ;.,"),
        others=tuple(_spoken(other) for other in others),
    )


def read_list(grid: Grid, register: Register) -> RegisterReading | None:
    """Return the documents of a sheet that holds a list in words; None where it holds none.

    Every row with words is a document, a heading of a year, or told as neither.
    """
    lines = [
        (grid.text(row, column), grid.address(row, column))
        for row in range(len(grid.rows))
        for column in range(len(grid.rows[row]))
        if re.search(r"[^\W\d]", grid.text(row, column))
    ]
    if sum(read_line(text, register) is not None for text, _ in lines) < 2:
        return None
    records: list[Record] = []
    findings: list[Finding] = []
    under: dict[YearHeading, list[Record]] = {}
    heading: YearHeading | None = None
    for text, cell in lines:
        found = year_heading(text, cell)
        if found is not None:
            heading = found
            under[heading] = []
            continue
        record = _record(text, cell, grid.sheet, register, heading)
        if record is None:
            findings += not_a_record(register, grid.sheet, cell, text)
            continue
        records.append(record)
        if heading is not None:
            under[heading].append(record)
        line = read_line(text, register)
        findings += more_documents(register, record, line)
    findings += stated_counts(register, under, grid.sheet)
    return RegisterReading(tuple(records), tuple(findings))


def record_of(text: str, register: Register) -> Record:
    """Return the record that a line gives; one that names no document keeps its words."""
    blank = Record(register.name, "")
    line = read_line(text, register)
    return completed(blank, line) if line else replace(blank, subject=clean(text))


def _record(
    text: str, cell: str, sheet: str, register: Register, heading: YearHeading | None
) -> Record | None:
    year = heading.year if heading else None
    line = read_line(text, register)
    if line is None:
        # In a list under the heading of a year a line with a dash is a document without number.
        bare = clean(text)
        if heading is None or not _BULLET.match(bare):
            return None
        return Record(sheet, cell, subject=_BULLET.sub("", bare).strip(" ;.,"), year=year)
    return completed(Record(sheet, cell, year=year), line)


def not_a_record(register: Register, sheet: str, cell: str, text: str) -> Iterator[Finding]:
    """Yield what there is to say of a row that is no document."""
    short = text if len(text) <= 80 else f"{text[:80]}…"
    return register_finding(register, RegisterCheck.NOT_A_RECORD, sheet, cell, {}, found=short)


def more_documents(
    register: Register, record: Record, line: DocumentLine | None
) -> Iterator[Finding]:
    """Yield what there is to say of a line that names more documents than the one it is about."""
    if line is not None and line.others:
        yield from register_finding(
            register, RegisterCheck.MORE_DOCUMENTS, record.sheet, record.cell,
            {"record": name_of(record)}, found=", ".join(line.others),
        )  # fmt: skip


def stated_counts(
    register: Register, under: Mapping[YearHeading, list[Record]], sheet: str
) -> Iterator[Finding]:
    """Yield the headings that state another number of documents than stand below them."""
    for heading, records in under.items():
        documents = len(different(records, register))
        if heading.stated is not None and heading.stated != documents:
            yield from register_finding(
                register, RegisterCheck.STATED_COUNT, sheet, heading.cell,
                {"title": heading.title}, found=heading.stated, expected=documents,
            )  # fmt: skip


def _types_in(words: str, register: Register) -> set[str]:
    """Return the types that are named in `words`; only whole names count, no abbreviations."""
    key = f" {match_key(words)} "
    return {
        known.name
        for known in register.types
        if known.name != register.other_type and f" {match_key(known.name)} " in key
    }


def _spoken(reference: Reference) -> str:
    return f"{reference.number}/{reference.symbol}" if reference.symbol else reference.number
