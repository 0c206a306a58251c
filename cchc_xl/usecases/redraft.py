"""Drafts a report again over the Word file that an official has worked on: no edit is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_xl.core.bound_text import BoundText
from cchc_xl.core.sentence_merge import Merged, Outcome, merge
from cchc_xl.core.text import clean
from cchc_xl.errors import OutputRefused
from cchc_xl.gateways.word_back import StandingItem, StandingReport, read_standing
from cchc_xl.gateways.word_memory import Memory, Remembered, remember
from cchc_xl.gateways.word_merge import write_merged, write_points
from cchc_xl.gateways.word_report import (
    Report,
    fixed_texts,
    memory_of_draft,
    packed,
    point_lines,
    word_document,
)
from cchc_xl.gateways.word_tables import renew_tables


@dataclass(frozen=True, slots=True)
class Redraft:
    """What became of an edited report: its new bytes, how many items of each outcome, the rest.

    `choices` are the places where the official has to choose, `tables` what people had written
    into the tables of the appendices, which always follow the data.
    """

    content: bytes
    outcomes: Mapping[Outcome, int]
    choices: tuple[str, ...]
    tables: tuple[str, ...]
    open_points: tuple[str, ...]


def redraft(path: Path, content: bytes, report: Report) -> Redraft:
    """Merge the report that stands as `content` at `path` with the fresh one.

    Raises OutputRefused where it is that of another unit, period or outline, UnreadableFile where
    it cannot be read.
    """
    drafted = memory_of_draft(report)
    standing = read_standing(path, content, drafted.items)
    former = standing.memory
    if former is not None:
        _refuse_another(path, former, drafted)
    merged = dict(_merged(standing, drafted))
    choices = tuple(_choices(merged, drafted, former))
    document = write_merged(standing, report, merged)
    tables = renew_tables(
        document, word_document(report), report.appendices, former.tables if former else {}
    )
    points = (*choices, *tables, *report.open_points)
    former_points = former.open_points if former else ()
    write_points(standing, points, former_points, is_urgent=bool(choices or tables))
    sections = {name: item.section for name, item in drafted.items.items()}
    items = {
        name: Remembered(entry.base, entry.offer, sections.get(name, ""))
        for name, entry in merged.items()
        if entry.base is not None or entry.offer is not None
    }
    remember(document, replace(drafted, items=items, open_points=points))
    counted = Counter(entry.outcome for entry in merged.values())
    counted[Outcome.ADDED] += _added(standing, report, former)
    return Redraft(packed(document), counted, choices, tables, points)


def _refuse_another(path: Path, former: Memory, drafted: Memory) -> None:
    if (former.unit, former.period, former.outline) == (
        drafted.unit,
        drafted.period,
        drafted.outline,
    ):
        return
    raise OutputRefused(
        f"Tệp {path.name} là báo cáo đã sửa của {former.unit}, kỳ {former.period}, đề cương "
        f"{former.outline}; không trộn được với báo cáo khác.",
        "Đề nghị chọn tên tệp khác; tệp cũ được giữ nguyên.",
    )


def _merged(standing: StandingReport, drafted: Memory) -> Iterator[tuple[str, Merged]]:
    """Yield what becomes of every item, in the order of the draft, then those of the past."""
    remembered = standing.memory.items if standing.memory else {}
    for name in dict.fromkeys((*drafted.items, *remembered)):
        known = remembered.get(name, Remembered(None))
        stands = standing.items.get(name)
        new = drafted.items.get(name, Remembered(None)).base
        yield name, _one(known, stands, new, is_offered=name in standing.offers)


def _one(
    known: Remembered, stands: StandingItem | None, new: BoundText | None, *, is_offered: bool
) -> Merged:
    own = None if stands is None else stands.text
    is_worked_on = stands is not None and (
        stands.is_worked_on
        or len(stands.paragraphs) > 1
        # A comment goes with a sentence that is renewed, not with one that is dropped.
        or (new is None and stands.has_comment)
    )
    return merge(
        known.base,
        own,
        new,
        offered=known.offer,
        is_offer_standing=is_offered,
        known=stands.known if stands else None,
        is_worked_on=is_worked_on,
    )


def _choices(merged: Mapping[str, Merged], drafted: Memory, former: Memory | None) -> Iterator[str]:
    past = former.items if former else {}
    for name, entry in merged.items():
        if entry.offer is None:
            continue
        section = drafted.items.get(name, past.get(name, Remembered(None))).section.rstrip(".")
        where = f"Mục {section}" if section else "Báo cáo"
        changed = "; ".join(f"{c.source}: {c.was} → {c.now}" for c in entry.changes)
        what = f" (số liệu đã đổi: {changed})" if changed else ""
        if entry.text is None:
            said = f"câu đã xóa nay có bản mới theo số liệu{what}"
        elif entry.outcome is Outcome.STALE:
            said = f"câu của đơn vị được giữ nguyên, còn số liệu cũ{what}"
        else:
            said = f"câu của đơn vị và bản mới theo số liệu khác nhau{what}"
        yield f"{where}: {said}; đề nghị chọn một bản rồi xóa bản kia: «{entry.offer.text}»."


def _added(standing: StandingReport, report: Report, former: Memory | None) -> int:
    """Return how many paragraphs the official has put in."""
    ours = {clean(text) for text in fixed_texts(report)}
    ours |= {clean(line) for line in point_lines(former.open_points if former else ())}
    return sum(clean(paragraph.text) not in ours for paragraph in standing.own)
