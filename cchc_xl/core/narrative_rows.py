"""The rows of `Báo cáo`: drafted sentences beside what the official made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cchc_xl.core.bound_text import BoundText, as_json, from_json
from cchc_xl.core.consolidation import KeptSentence
from cchc_xl.core.grid import Grid
from cchc_xl.core.narrative import Narrative, Sentence
from cchc_xl.core.sentence_merge import Merged, Outcome, is_same_text, merge

# Four columns are hidden: what the official's sentence answers, how that sentence stood, and the
# figures of the drafted sentence and of the one that is answered.
NARRATIVE_HEADERS = (
    "Mã câu", "Mục", "Câu soạn từ số liệu", "Câu của đơn vị", "Trạng thái",
    "Câu soạn lúc đơn vị sửa", "Câu của đơn vị lần trước", "Số liệu trong câu",
    "Số liệu lúc đơn vị sửa", "Chọn",
)  # fmt: skip
HIDDEN_COLUMNS = (5, 8)
CHOICE = 9

DRAFTED = "theo số liệu"
UPDATED = "đã cập nhật"
WANTING = "còn chỗ trống"
OWN = "giữ câu của đơn vị"
ADDED = "câu đơn vị viết thêm"
REMOVED = "đơn vị bỏ câu này"
NOT_USED = "câu không còn dùng, giữ lại"
# The figures behind a sentence have changed: the first says which, the second asks to choose.
STALE = "số liệu đã đổi"
TO_CHOOSE = "cần chọn"

# What stands in the official's column where a sentence is to be left out.
LEFT_OUT = "[bỏ câu này]"
KEEP_OWN, TAKE_NEW = "giữ câu của đơn vị", "lấy câu mới"
_OWN_ID = "+"
_LONGEST_CELL = 32767  # characters; Excel cuts or refuses more

Bind = Callable[[Sentence], BoundText]
Drafts = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NarrativeRow:
    """A row of `Báo cáo` under `NARRATIVE_HEADERS`; `has_gaps` where figures are wanting."""

    cells: tuple[str, ...]
    has_gaps: bool

    @property
    def drafted(self) -> str:
        return self.cells[2]

    @property
    def own_text(self) -> str:
        return self.cells[3]

    @property
    def asks(self) -> bool:
        """Whether the official has to look: figures have changed under the official's words."""
        return self.cells[4].startswith((STALE, TO_CHOOSE))


def is_added(sentence_id: str) -> bool:
    """Whether a sentence is the official's own from the beginning."""
    return sentence_id.startswith(_OWN_ID)


def narrative_rows(
    narrative: Narrative, kept: Mapping[str, KeptSentence], bind: Bind, drafts: Drafts
) -> Iterator[NarrativeRow]:
    """Yield the drafted sentences beside what the official wrote in their place.

    Sentences that the official added stand where they were put; those that the data call for no
    more stand at the end. `drafts` is what was drafted the last time.
    """
    drafted = [(section.heading, sentence) for section, sentence in narrative.sentences()]
    texts = {sentence.id: sentence.text for _, sentence in drafted}
    has_moved = any(name in drafts and drafts[name][0] != text for name, text in texts.items())
    behind = _added_behind(kept, list(texts))
    yield from _added_rows(behind.get("", ()), kept)
    for heading, sentence in drafted:
        former = drafts.get(sentence.id)
        is_updated = former is not None and (
            former[0] != sentence.text or (not has_moved and former[1] == UPDATED)
        )
        own = kept.get(sentence.id)
        yield _row(heading, sentence, own, bind, is_updated=is_updated)
        yield from _added_rows(behind.get(sentence.id, ()), kept)
    for sentence_id, own in kept.items():
        if sentence_id not in texts and not is_added(sentence_id):
            yield _unused_row(sentence_id, own)
            yield from _added_rows(behind.get(sentence_id, ()), kept)


def _added_behind(kept: Mapping[str, KeptSentence], drafted: Sequence[str]) -> dict[str, list[str]]:
    """Return the added sentences by the sentence behind which they stand."""
    behind: dict[str, list[str]] = {}
    place: dict[str, str] = {}
    last = drafted[-1] if drafted else ""
    for name, own in kept.items():
        if own.after is None:
            continue
        after = place.get(own.after, own.after)
        if after and after not in drafted and after not in kept:
            after = last
        place[name] = after
        behind.setdefault(after, []).append(name)
    return behind


def _added_rows(names: Iterable[str], kept: Mapping[str, KeptSentence]) -> Iterator[NarrativeRow]:
    for name in names:
        own = kept[name].own_text
        yield NarrativeRow((name, "", "", own, ADDED, "", own, "", "", ""), has_gaps=False)


def _unused_row(name: str, own: KeptSentence) -> NarrativeRow:
    text = own.own_text
    cells = (name, "", "", text, NOT_USED, own.answers, text, "", own.figures, "")
    return NarrativeRow(cells, has_gaps=False)


def _row(
    heading: str, sentence: Sentence, own: KeptSentence | None, bind: Bind, *, is_updated: bool
) -> NarrativeRow:
    new = bind(sentence)
    has_gaps = bool(sentence.gaps)
    first = (sentence.id, heading, sentence.text)
    if own is None:
        state = WANTING if has_gaps else UPDATED if is_updated else DRAFTED
        return NarrativeRow((*first, "", state, "", "", _for_a_cell(new), "", ""), has_gaps)
    merged = merged_own(own, new)
    # As long as the official has to choose, the sentence answers what it answered.
    answers = own.answers if merged.base is None else merged.base.text
    figures = own.figures if merged.base is None else _for_a_cell(merged.base)
    text = own.own_text
    cells = (*first, text, _state(own, merged), answers, text, _for_a_cell(new), figures, "")
    return NarrativeRow(cells, has_gaps)


def merged_own(own: KeptSentence, new: BoundText) -> Merged:
    """Return how the official's sentence stands to the draft of now."""
    base = from_json(own.figures) or BoundText(own.answers)
    if is_same_text(base.text, new.text) and not base.figures:
        base = new
    text = None if own.own_text == LEFT_OUT else own.own_text
    return merge(base, text, new, is_worked_on=True)


def _state(own: KeptSentence, merged: Merged) -> str:
    changes = "; ".join(f"{c.source}: {c.was} → {c.now}" for c in merged.changes)
    what = f"{STALE} ({changes})" if changes else STALE
    match merged.outcome:
        case Outcome.STALE:
            return f"{what}, cần soát"
        case Outcome.CONFLICT:
            return f"{TO_CHOOSE}: {what}, cần soát"
        case _:
            return REMOVED if own.own_text == LEFT_OUT else OWN


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A row of the sheet as it stands: the text that goes into the report, and its figures.

    `column` and `number` are those of the cell with the text; `figures` belong to the draft that
    the text goes back to, "" where there is none.
    """

    number: int
    column: str
    text: str
    figures: str
    state: str


def standing_rows(grid: Grid, first: int) -> Iterator[StandingRow]:
    """Yield the rows of `Báo cáo` from the row `first`, counted from 0, to the last filled one."""
    rows = [(row, _fields(grid, row)) for row in range(first, len(grid.rows))]
    while rows and not any(rows[-1][1].values()):
        rows.pop()
    for row, field in rows:
        own = field["Câu của đơn vị"]
        figures = field["Số liệu trong câu"]
        if own.strip() and own == field["Câu của đơn vị lần trước"]:
            figures = field["Số liệu lúc đơn vị sửa"]
        column, text = ("D", own) if own.strip() else ("C", field["Câu soạn từ số liệu"])
        yield StandingRow(row + 1, column, text, figures, field["Trạng thái"])


def _for_a_cell(sentence: BoundText) -> str:
    """Return a sentence with its figures for a cell; "" where no cell would take it whole."""
    line = as_json(sentence)
    return line if len(line) <= _LONGEST_CELL else ""


def former_drafts(grid: Grid, first: int) -> dict[str, tuple[str, str]]:
    """Return the sentences that a sheet shows as drafted, and their states, by id."""
    found: dict[str, tuple[str, str]] = {}
    for row in range(first, len(grid.rows)):
        field = _fields(grid, row)
        told = from_json(field["Số liệu trong câu"])
        drafted = field["Câu soạn từ số liệu"] if told is None else told.text
        if field["Mã câu"] and drafted:
            found[field["Mã câu"]] = (drafted, field["Trạng thái"])
    return found


def kept_sentences(grid: Grid, first: int) -> dict[str, KeptSentence]:
    """Return what the official wrote on `Báo cáo`, from the row `first`, by sentence.

    A drafted sentence that was overwritten or emptied in its own column counts as well, and so
    does a row without a sentence: none of it is lost.
    """
    found: dict[str, KeptSentence] = {}
    before = ""
    numbers = [
        int(name[1:])
        for row in range(first, len(grid.rows))
        if is_added(name := _fields(grid, row)["Mã câu"]) and name[1:].isdecimal()
    ]
    number = max(numbers, default=0)
    for row in range(first, len(grid.rows)):
        field = _fields(grid, row)
        name = field["Mã câu"]
        if name and not is_added(name):
            own = _own(field)
            if own is not None:
                found[name] = own
            before = name
            continue
        typed = (field["Câu soạn từ số liệu"], field["Câu của đơn vị"])
        text = "\n".join(part for part in typed if part.strip())
        if text:
            if not name:
                number += 1
                name = f"{_OWN_ID}{number}"
            found[name] = KeptSentence(text, "", after=before)
            before = name
    return found


def _own(field: Mapping[str, str]) -> KeptSentence | None:
    told = from_json(field["Số liệu trong câu"])
    shown, own = field["Câu soạn từ số liệu"], field["Câu của đơn vị"]
    drafted = shown if told is None else told.text
    if not is_same_text(shown, drafted):
        parts = [own, shown] if shown.strip() else [own or LEFT_OUT]
        own = "\n".join(part for part in parts if part.strip())
    if not own.strip() or field["Chọn"].strip() == TAKE_NEW:
        return None
    # Written anew since the last run, or chosen: it answers the sentence that stands beside it.
    is_new = own != field["Câu của đơn vị lần trước"] or field["Chọn"].strip() == KEEP_OWN
    if is_new:
        return KeptSentence(own, drafted, field["Số liệu trong câu"])
    return KeptSentence(own, field["Câu soạn lúc đơn vị sửa"], field["Số liệu lúc đơn vị sửa"])


def _fields(grid: Grid, row: int) -> dict[str, str]:
    texts = (_string(grid.content(row, column)) for column in range(len(NARRATIVE_HEADERS)))
    return dict(zip(NARRATIVE_HEADERS, texts, strict=True))


def _string(content: object) -> str:
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return "" if content is None else str(content)
