"""Merging a sentence three ways: no edit is ever lost, no figure silently changed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.bound_text import BoundFigure, BoundText, as_json, from_json
from cchc_xl.core.figure_check import StandingText, bound_claims, is_same_figure
from cchc_xl.core.figure_places import Fate, place_figures
from cchc_xl.core.sentence_merge import (
    Merged,
    Offer,
    Outcome,
    is_same_text,
    merge,
    offer_words,
    offered_in,
)
from tests.support.parent_units import QUARTER, table

WORDS = ("Xã đã ban hành ", " văn bản; hoàn thành ", " nhiệm vụ.")


def sentence(*figures: str, words: tuple[str, ...] = WORDS) -> BoundText:
    """A sentence with its figures between the words, bound to 1.1.1, 1.1.2 and so on."""
    text, bound = words[0], list[BoundFigure]()
    for place, figure in enumerate(figures):
        start = len(text)
        bound.append(
            BoundFigure(start, start + len(figure), f"1.1.{place + 1}", "văn bản", "2022-Q1")
        )
        text += figure + words[place + 1]
    return BoundText(text, tuple(bound))


BASE = sentence("12", "05")
NEW = sentence("15", "05")
NONE: BoundText | None = None


class DescribeMerging:
    @pytest.mark.parametrize(
        ("base", "own", "new", "outcome"),
        [
            (BASE, BASE.text, BASE, Outcome.SAME),
            (BASE, BASE.text, NEW, Outcome.RENEWED),
            (BASE, BASE.text, NONE, Outcome.DROPPED),
            (BASE, "Câu của xã.", BASE, Outcome.KEPT),
            (BASE, "Câu của xã.", NONE, Outcome.KEPT),
            (BASE, "Câu của xã.", NEW, Outcome.CONFLICT),
            (BASE, NEW.text, NEW, Outcome.SAME),
            (BASE, None, BASE, Outcome.REMOVED),
            (BASE, None, NONE, Outcome.REMOVED),
            (BASE, None, NEW, Outcome.CONFLICT),
            (NONE, None, NEW, Outcome.NEW),
            (NONE, "Câu của xã.", NONE, Outcome.ADDED),
            (NONE, "Câu của xã.", NEW, Outcome.CONFLICT),
            (NONE, NEW.text, NEW, Outcome.SAME),
        ],
    )
    def it_ends_in_one_of_nine_ways(
        self, base: BoundText | None, own: str | None, new: BoundText | None, outcome: Outcome
    ) -> None:
        assert merge(base, own, new).outcome is outcome

    def it_suggests_the_officials_words_with_the_new_figure(self) -> None:
        own = "Xã ta đã ban hành tới 12 văn bản; hoàn thành 05 nhiệm vụ."

        merged = merge(BASE, own, NEW)

        assert merged.outcome is Outcome.STALE
        assert merged.offer == Offer(own.replace("12", "15"), NEW)

    def it_keeps_the_words_where_the_official_wrote_the_new_figure_first(self) -> None:
        own = "Xã ta đã ban hành 15 văn bản; hoàn thành 05 nhiệm vụ."

        assert merge(BASE, own, NEW).outcome is Outcome.KEPT

    @pytest.mark.parametrize(
        "own",
        [
            "Xã đã ban hành 13 văn bản; hoàn thành 05 nhiệm vụ.",
            "Xã đã ban hành nhiều văn bản; hoàn thành 05 nhiệm vụ.",
        ],
        ids=["another figure", "no figure"],
    )
    def it_shows_both_where_the_official_touched_the_figure_that_changed(self, own: str) -> None:
        merged = merge(BASE, own, NEW)

        assert (merged.outcome, merged.text, merged.offer) == (
            Outcome.CONFLICT, own, Offer(NEW.text, NEW),
        )  # fmt: skip

    def it_shows_both_where_the_draft_has_other_words(self) -> None:
        new = sentence("12", words=("Trong kỳ có ", " văn bản mới."))

        assert merge(BASE, f"{BASE.text} Rất tốt.", new).outcome is Outcome.CONFLICT

    def it_says_which_figures_changed(self) -> None:
        (change,) = merge(BASE, "Câu của xã.", NEW).changes

        assert (change.source, change.was, change.now) == ("1.1.1", "12", "15")

    def it_takes_work_that_no_text_shows_for_an_edit(self) -> None:
        merged = merge(BASE, BASE.text, NEW, is_worked_on=True)

        assert (merged.outcome, merged.text) == (Outcome.STALE, BASE.text)

    def it_does_not_mind_spaces_and_unicode_forms(self) -> None:
        own = BASE.text.replace("hoàn", "hoa\u0300n").replace(" văn", "\u00a0văn")

        assert merge(BASE, own, NEW).outcome is Outcome.RENEWED


class DescribeAnOffer:
    OWN = "Xã đã ban hành 13 văn bản; hoàn thành 05 nhiệm vụ."

    def it_stays_while_nobody_chooses(self) -> None:
        first = merge(BASE, self.OWN, NEW)

        again = merge(first.base, self.OWN, NEW, offered=first.offer, is_offer_standing=True)

        assert again == first

    def it_is_refused_by_deleting_it(self) -> None:
        first = merge(BASE, self.OWN, NEW)

        again = merge(first.base, self.OWN, NEW, offered=first.offer)

        assert (again.outcome, again.text, again.offer) == (Outcome.KEPT, self.OWN, None)

    def it_is_taken_by_putting_it_in_the_place_of_the_sentence(self) -> None:
        first = merge(BASE, self.OWN, NEW)

        again = merge(first.base, NEW.text, NEW, offered=first.offer)

        assert (again.outcome, again.base) == (Outcome.SAME, NEW)

    def it_is_made_anew_once_the_data_change_again(self) -> None:
        first, later = merge(BASE, self.OWN, NEW), sentence("18", "05")

        again = merge(first.base, self.OWN, later, offered=first.offer)

        assert again.offer == Offer(later.text, later)

    def it_is_known_by_its_words(self) -> None:
        assert offered_in(offer_words("Câu mới [một].")) == "Câu mới [một]."

    def but_no_other_bracket_is_an_offer(self) -> None:
        assert offered_in("[chưa có số liệu: 1.1.2]") is None


_texts = st.text(alphabet="ab12 .,đ%[]", max_size=20)
_numbers = st.integers(0, 300).map(str)


@st.composite
def _drafts(draw: st.DrawFn) -> BoundText | None:
    if draw(st.booleans()) and draw(st.booleans()):
        return None
    words = WORDS if draw(st.booleans()) else ("Có ", " và ", ".")
    return sentence(draw(_numbers), draw(_numbers), words=words)


@st.composite
def _edits(draw: st.DrawFn) -> tuple[BoundText | None, str | None]:
    """A draft and what an official made of it: nothing, a cut, a new stretch, another sentence."""
    base = draw(_drafts())
    if base is None or draw(st.integers(0, 5)) == 0:
        return base, draw(st.none() | _texts.filter(str.strip))
    start = draw(st.integers(0, len(base.text)))
    end = draw(st.integers(start, min(len(base.text), start + 12)))
    own = base.text[:start] + draw(_texts) + base.text[end:]
    return base, own if own.strip() else None


class DescribeWhatMergingNeverDoes:
    @given(_edits(), _drafts())
    def it_never_loses_an_edit(
        self, edited: tuple[BoundText | None, str | None], new: BoundText | None
    ) -> None:
        base, own = edited
        merged = merge(base, own, new)

        if own is not None and (base is None or not is_same_text(own, base.text)):
            assert merged.text == own

    @given(_edits(), _drafts())
    def it_never_puts_back_what_was_deleted(
        self, edited: tuple[BoundText | None, str | None], new: BoundText | None
    ) -> None:
        base, _ = edited
        if base is not None:
            assert merge(base, None, new).text is None

    @given(_edits(), _drafts())
    def it_never_hides_that_the_data_changed_under_an_edit(
        self, edited: tuple[BoundText | None, str | None], new: BoundText | None
    ) -> None:
        base, own = edited
        if base is None or own is None or new is None:
            return
        merged = merge(base, own, new)
        if not new.has_the_words_of(base):
            return
        now = {f.source: new.shown(f) for f in new.figures}
        stale = [
            placed
            for placed in place_figures(base, own)
            if placed.fate is Fate.SAME and now[placed.figure.source] != base.shown(placed.figure)
        ]
        if stale and not is_same_text(own, new.text):
            assert merged.outcome in (Outcome.RENEWED, Outcome.STALE, Outcome.CONFLICT)

    @given(_edits(), _drafts())
    def it_comes_to_rest(
        self, edited: tuple[BoundText | None, str | None], new: BoundText | None
    ) -> None:
        base, own = edited
        first = merge(base, own, new)

        again = _again(first, new)

        assert (again.text, again.offer) == (first.text, first.offer)


def _again(merged: Merged, new: BoundText | None) -> Merged:
    return merge(
        merged.base, merged.text, new, offered=merged.offer,
        is_offer_standing=merged.offer is not None,
    )  # fmt: skip


class DescribeAFigureFoundAgain:
    @pytest.mark.parametrize(
        ("own", "fates"),
        [
            (BASE.text, (Fate.SAME, Fate.SAME)),
            ("Xã đã ban hành 13 văn bản; hoàn thành 05 nhiệm vụ.", (Fate.CHANGED, Fate.SAME)),
            ("Xã hoàn thành 05 nhiệm vụ.", (Fate.GONE, Fate.SAME)),
            ("Câu khác hẳn.", (Fate.GONE, Fate.GONE)),
        ],
    )
    def it_is_the_same_or_another_or_gone(self, own: str, fates: tuple[Fate, ...]) -> None:
        assert tuple(placed.fate for placed in place_figures(BASE, own)) == fates

    def it_is_where_the_file_says_it_is(self) -> None:
        own = "Đã xong 05 việc, ban hành 12 văn bản."

        placed = place_figures(BASE, own, {0: (26, 28), 1: (8, 10)})

        assert [own[p.start : p.end] for p in placed] == ["12", "05"]

    @given(_edits())
    def it_stands_for_one_place_only(self, edited: tuple[BoundText | None, str | None]) -> None:
        base, own = edited
        if base is None or own is None:
            return
        spans = sorted(
            (p.start, p.end) for p in place_figures(base, own) if p.fate is not Fate.GONE
        )
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


class DescribeCheckingFigures:
    FACTS_OF = table({"1.1.1": 15, "1.1.2": 5})

    def claims(self, own: str) -> list[tuple[str, str, bool, bool, bool]]:
        from cchc_xl.core.facts import unit_facts

        facts = unit_facts(self.FACTS_OF, "Xã Mẫu", QUARTER)
        return [
            (c.stated, c.actual, c.is_right, c.table_changed, c.text_changed)
            for c in bound_claims([StandingText("đoạn 1", own, BASE)], facts)
        ]

    def it_tells_that_the_table_changed(self) -> None:
        assert self.claims(BASE.text) == [
            ("12", "15", False, True, False), ("05", "05", True, False, False),
        ]  # fmt: skip

    def it_tells_that_the_text_changed(self) -> None:
        own = BASE.text.replace("05", "06")

        assert self.claims(own)[1] == ("06", "05", False, False, True)

    def it_does_not_mind_how_a_number_is_written(self) -> None:
        own = BASE.text.replace("05", "5")

        assert self.claims(own)[1] == ("5", "05", True, False, False)

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("07", "7", True), ("1.234", "1234", True), ("98,87%", "98,87 %", True),
            ("50%", "50", False), ("12", "13", False), ("có", "không", False),
        ],
    )  # fmt: skip
    def it_compares_figures_and_not_their_letters(self, one: str, other: str, same: bool) -> None:
        assert is_same_figure(one, other) is same


class DescribeABoundSentenceInACell:
    def it_comes_back_as_it_went(self) -> None:
        assert from_json(as_json(BASE)) == BASE

    @pytest.mark.parametrize("line", ["", "[", "{}", '["x",[[0,9,"a","","",false]]]', "12"])
    def but_nothing_else_is_taken_for_one(self, line: str) -> None:
        assert from_json(line) is None
