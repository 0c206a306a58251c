"""Runs the rules of a register over its records."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cchc_xl.core.findings import Finding, Shown
from cchc_xl.core.period import Period, short_date
from cchc_xl.core.records import Identity, Record, different, identity, type_of, year_in
from cchc_xl.core.register import Part, Register, RegisterCheck, symbol_key, symbol_parts

_UNREADABLE = {Part.NUMBER: "số văn bản", Part.YEAR: "năm"}
_MISSING = {Part.NUMBER: "số", Part.SYMBOL: "ký hiệu", Part.DATE: "ngày ban hành"}


def register_findings(
    records: Sequence[Record], register: Register, period: Period | None
) -> tuple[Finding, ...]:
    """Return what is wrong with the records, in their order.

    Without a period nothing is said of records outside it.
    """
    by_record: dict[int, list[Finding]] = defaultdict(list)
    places = {id(record): place for place, record in enumerate(records)}
    for place, record in enumerate(records):
        by_record[place] += _of_one(record, register, period)
    for record, finding in (
        *_duplicates(records, register),
        *_two_dates(records, register),
        *_out_of_order(records, register),
    ):
        by_record[places[id(record)]].append(finding)
    return tuple(finding for place in range(len(records)) for finding in by_record[place])


def register_finding(
    register: Register,
    check: RegisterCheck,
    sheet: str,
    cell: str,
    words: Mapping[str, str],
    *,
    found: Shown = None,
    expected: Shown = None,
) -> Iterator[Finding]:
    """Yield the finding of a check, where the register makes it; `words` fill its sentences."""
    rule = register.rule(check)
    if rule is None:
        return
    filled = {"cell": cell, "found": str(found), "expected": str(expected), **words}
    yield Finding(
        rule=rule.id,
        severity=rule.severity,
        message=_worded(rule.message, filled),
        advice=_worded(rule.advice, filled),
        indicator=register.indicators[0].code,
        sheet=sheet,
        cell=cell,
        found=found,
        expected=expected,
    )


def name_of(record: Record) -> str:
    """Return how a sentence names a record: `Kế hoạch số 12/KH-UBND ngày 21/02/2022`."""
    named = record.type or record.unread.get(Part.TYPE) or "Văn bản"
    if not record.number:
        short = record.subject if len(record.subject) <= 60 else f"{record.subject[:60]}…"
        return f"{named} «{short}»" if short else named
    # Offices write the numbers below 10 with a zero.
    number = record.number.zfill(2) if record.number.isdecimal() else record.number
    reference = f"{number}/{record.symbol}" if record.symbol else number
    of_day = f" ngày {short_date(record.day)}" if record.day else ""
    return f"{named} số {reference}{of_day}"


def missing_parts(record: Record) -> tuple[Part, ...]:
    """Return the parts that a document must have and the record lacks."""
    filled = {
        Part.NUMBER: record.number,
        Part.SYMBOL: record.symbol or not record.number,
        Part.DATE: record.day or Part.DATE in record.unread,
    }
    return tuple(part for part, content in filled.items() if not content)


def is_outside(record: Record, period: Period) -> bool:
    """Whether a record is of a day, or of a year, that the period does not have."""
    if record.day is not None:
        return not period.first_day <= record.day <= period.last_day
    return record.year is not None and record.year not in period.years


def symbol_is_of_other_type(record: Record, register: Register) -> bool:
    """Whether the type that a record names is not the one of its symbol."""
    of_symbol = register.type_of_symbol(record.symbol)
    if of_symbol is None or record.type in ("", register.other_type):
        return False
    return of_symbol != record.type


def _of_one(record: Record, register: Register, period: Period | None) -> Iterator[Finding]:
    words = {"record": name_of(record), "type": record.type, "symbol": record.symbol}
    for part, spoken in _UNREADABLE.items():
        if part in record.unread:
            yield from register_finding(
                register, RegisterCheck.UNREADABLE_NUMBER, record.sheet, record.at(part),
                {**words, "part": spoken}, found=record.unread[part],
            )  # fmt: skip
    if Part.DATE in record.unread:
        yield from register_finding(
            register, RegisterCheck.IMPOSSIBLE_DATE, record.sheet, record.at(Part.DATE), words,
            found=record.unread[Part.DATE],
        )  # fmt: skip
    if Part.TYPE in record.unread:
        yield from register_finding(
            register, RegisterCheck.UNKNOWN_TYPE, record.sheet, record.at(Part.TYPE),
            {**words, "type": type_of(record, register)}, found=record.unread[Part.TYPE],
        )  # fmt: skip
    if record.day and record.year not in (None, record.day.year, year_in(record, period)):
        yield from register_finding(
            register, RegisterCheck.YEAR_DIFFERS, record.sheet, record.at(Part.YEAR), words,
            found=record.year, expected=record.day.year,
        )  # fmt: skip
    if symbol_is_of_other_type(record, register):
        yield from register_finding(
            register, RegisterCheck.SYMBOL_OF_OTHER_TYPE, record.sheet, record.at(Part.SYMBOL),
            words, found=record.symbol, expected=register.type_of_symbol(record.symbol),
        )  # fmt: skip
    if period is not None and is_outside(record, period):
        limits = {"first": short_date(period.first_day), "last": short_date(period.last_day)}
        yield from register_finding(
            register, RegisterCheck.OUTSIDE_PERIOD, record.sheet, record.at(Part.DATE),
            {**words, **limits}, found=short_date(record.day) if record.day else record.year,
        )  # fmt: skip
    lacking = missing_parts(record)
    if lacking:
        missing = ", ".join(_MISSING[part] for part in lacking)
        yield from register_finding(
            register, RegisterCheck.INCOMPLETE, record.sheet, record.cell,
            {**words, "missing": missing}, expected=missing,
        )  # fmt: skip


def _duplicates(records: Sequence[Record], register: Register) -> Iterator[tuple[Record, Finding]]:
    first: dict[Identity, Record] = {}
    for record in records:
        key = identity(record, register)
        if key is None:
            continue
        other = first.setdefault(key, record)
        if other is not record:
            for finding in register_finding(
                register, RegisterCheck.DUPLICATE, record.sheet, record.cell,
                {"record": name_of(record), "other": other.cell}, found=name_of(record),
            ):  # fmt: skip
                yield record, finding


def _two_dates(records: Sequence[Record], register: Register) -> Iterator[tuple[Record, Finding]]:
    """Yield a finding for each further date that one number and symbol has in a year."""
    dates: dict[tuple[str, str, str, int], dict[date, Record]] = defaultdict(dict)
    for record in records:
        if record.day is None or not record.number:
            continue
        symbol, of_type = symbol_key(record.symbol), type_of(record, register)
        known = dates[record.number, symbol, of_type, record.day.year]
        if record.day in known:
            continue
        other = next(iter(known.values()), None)
        known[record.day] = record
        if other is None or other.day is None:
            continue
        for finding in register_finding(
            register, RegisterCheck.TWO_DATES, record.sheet, record.at(Part.DATE),
            {"record": name_of(record), "other": other.at(Part.DATE)},
            found=short_date(record.day), expected=short_date(other.day),
        ):  # fmt: skip
            yield record, finding


def _out_of_order(
    records: Sequence[Record], register: Register
) -> Iterator[tuple[Record, Finding]]:
    """Yield a finding for each of the fewest documents that explain the disorder of the numbers.

    Numbers run by type and issuer, anew every year.
    """
    runs: dict[tuple[str, str, int], list[tuple[int, date, Record]]] = defaultdict(list)
    for record in different(records, register).values():
        if record.day is not None and record.number.isdecimal():
            of_type = type_of(record, register)
            key = (of_type, _issuer(record, register), record.day.year)
            runs[key].append((int(record.number), record.day, record))
    for run in runs.values():
        run.sort(key=lambda entry: entry[:2])
        days = [day for _, day, _ in run]
        kept = longest_in_order(days)
        for place in sorted(set(range(len(run))) - set(kept)):
            number, day, record = run[place]
            conflicts = [k for k in kept if (k < place) != (days[k] <= day) and days[k] != day]
            other = run[min(conflicts, key=lambda k: abs(run[k][0] - number))][2]
            for finding in register_finding(
                register, RegisterCheck.OUT_OF_ORDER, record.sheet, record.at(Part.DATE),
                {"record": name_of(record), "compared": name_of(other), "other": other.cell},
                found=short_date(day),
            ):  # fmt: skip
                yield record, finding


def _issuer(record: Record, register: Register) -> str:
    parts = symbol_parts(record.symbol)
    issuers = {issuer.upper() for issuer in register.issuers}
    return next((part for part in parts if part in issuers), "")


def longest_in_order(days: Sequence[date]) -> list[int]:
    """Return the places of a longest part of `days` that never goes back."""
    ends: list[date] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, day in enumerate(days):
        length = bisect_right(ends, day)
        before.append(places[length - 1] if length else None)
        if length == len(ends):
            ends.append(day)
            places.append(place)
        else:
            ends[length] = day
            places[length] = place
    kept: list[int] = []
    step = places[-1] if places else None
    while step is not None:
        kept.append(step)
        step = before[step]
    return kept[::-1]


def _worded(text: str, words: Mapping[str, str]) -> str:
    # In one pass: what an official typed may itself look like a mark.
    pieces = text.split("{")
    return pieces[0] + "".join(
        words.get(name, "") + rest if mark else "{" + piece
        for piece in pieces[1:]
        for name, mark, rest in [piece.partition("}")]
    )
