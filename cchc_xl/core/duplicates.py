"""Several files of one unit: none is counted before the official chooses one of them.

Two exceptions: a return slip that came back corrected counts in place of the very file that it
corrects, and copies that are the same to the last byte count as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cchc_xl.core import unit_findings
from cchc_xl.core.consolidation import Received
from cchc_xl.core.submission import Status


def settle_duplicates(
    received: Sequence[Received], preferred: frozenset[str], chosen_before: frozenset[str]
) -> tuple[list[Received], frozenset[str]]:
    """Return the files with at most one counted of each unit, and those that were chosen.

    `preferred` holds file names, with or without their folder; it wins over `chosen_before`, and
    both win over a corrected slip.
    """
    by_unit: dict[str, list[Received]] = {}
    for entry in received:
        if entry.unit is not None and entry.is_counted:
            by_unit.setdefault(entry.unit.key, []).append(entry)
    settled: dict[str, Received] = {}
    decided: set[str] = set()
    for entries in by_unit.values():
        if len(entries) < 2:
            continue
        chosen = [entry for entry in entries if _is_preferred(entry, preferred)] or [
            entry for entry in entries if entry.file in chosen_before
        ]
        kept = (chosen or entries)[0]
        if all(_is_copy(entry, kept) for entry in entries):
            settled |= {entry.file or "": entry for entry in _counted_once(entries, kept)}
            decided |= {kept.file or ""} if chosen else set()
            continue
        if all(_is_copy(entry, kept) for entry in chosen):
            chosen = chosen[:1]
        if len(chosen) == 1:
            decided.add(chosen[0].file or "")
        elif not chosen and (newest := _newest(entries)) is not None:
            for entry in entries:
                if entry is not newest:
                    settled[entry.file or ""] = _corrected(entry, newest)
            continue
        for entry in entries:
            if len(chosen) == 1 and entry is chosen[0]:
                continue
            settled[entry.file or ""] = _not_counted(entry, entries, chosen)
    return [settled.get(entry.file or "", entry) for entry in received], frozenset(decided)


def _is_preferred(entry: Received, preferred: frozenset[str]) -> bool:
    file = entry.file or ""
    return file in preferred or file.rpartition("/")[2] in preferred


def _is_copy(entry: Received, other: Received) -> bool:
    """Whether two files are the same to the last byte; "" is no fingerprint."""
    return entry is other or (entry.sha256 != "" and entry.sha256 == other.sha256)


def _counted_once(entries: Sequence[Received], kept: Received) -> Iterator[Received]:
    """Yield the copies, the one that counts with the remark that names the others."""
    others = [entry.file or "" for entry in entries if entry is not kept]
    for entry in entries:
        if entry is kept:
            remark = unit_findings.same_content(kept.file or "", others)
            unit = kept.unit.name if kept.unit else ""
            placed = replace(remark, unit=unit, file=kept.file)
            yield replace(kept, findings=(*kept.findings, placed))
        else:
            yield replace(
                entry, status=Status.DUPLICATE, findings=(), ignored=f"giống hệt tệp {kept.file}"
            )


def _newest(entries: Sequence[Received]) -> Received | None:
    """Return the file that corrects all the others, each by its fingerprint in a return slip."""
    corrected = {
        entry.submission.returned.sha256
        for entry in entries
        if entry.submission is not None and entry.submission.returned is not None
    }
    newest = [entry for entry in entries if entry.sha256 not in corrected]
    same = newest and all(_is_copy(entry, newest[0]) for entry in newest)
    return newest[0] if same else None


def _corrected(entry: Received, newest: Received) -> Received:
    unit = entry.unit.name if entry.unit else ""
    finding = unit_findings.corrected_since(newest.file or "")
    placed = replace(finding, unit=unit, file=entry.file)
    return replace(entry, status=Status.DUPLICATE, findings=(placed,))


def _not_counted(
    entry: Received, entries: Sequence[Received], chosen: Sequence[Received]
) -> Received:
    unit = entry.unit.name if entry.unit else ""
    if len(chosen) == 1:
        finding = unit_findings.not_chosen(chosen[0].file or "")
    else:
        finding = unit_findings.duplicate_files(unit, [other.file or "" for other in entries])
    placed = replace(finding, unit=unit, file=entry.file)
    kept = () if len(chosen) == 1 else entry.findings
    return replace(entry, status=Status.DUPLICATE, findings=(*kept, placed))
