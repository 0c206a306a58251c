"""Drafts a report in words: sentences chosen by the data, every figure bound to its source.

Nothing is said that the data do not say: a blank becomes a marked gap, what does not apply falls
out, and alternatives exclude each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from cchc_xl.core.evaluation import Verdict, evaluate, quantity
from cchc_xl.core.expressions import Cell, cells_of
from cchc_xl.core.facts import Facts, two_digits
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.outline import (
    Listing,
    Outline,
    SectionPlan,
    SentencePlan,
    Source,
    Template,
    pieces,
)
from cchc_xl.core.rule_language import ExpressionError, parse_quantity
from cchc_xl.core.values import State, Value


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence, bound to the indicator, ratio or expression that it shows."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where a figure, or the official's own words, are still wanting."""

    text: str
    source: str


Fragment: TypeAlias = Words | Figure | Gap


@dataclass(frozen=True, slots=True)
class Sentence:
    id: str
    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        return "".join(fragment.text for fragment in self.fragments)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(fragment for fragment in self.fragments if isinstance(fragment, Gap))


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    heading: str
    sentences: tuple[Sentence, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Narrative:
    """A drafted report: title, sections, closing sentence."""

    title: str
    sections: tuple[Section, ...]
    closing: Sentence

    def sentences(self) -> Iterator[tuple[Section, Sentence]]:
        """Yield every sentence with its section, in order."""
        stack = list(reversed(self.sections))
        while stack:
            section = stack.pop()
            yield from ((section, sentence) for sentence in section.sentences)
            stack.extend(reversed(section.sections))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap once, in order."""
        met = (gap for _, sentence in self.sentences() for gap in sentence.gaps)
        return tuple(dict.fromkeys(met))


# What opens a list at the end of a text, and falls out with it.
_OPENS_LIST = re.compile(r"(?:[ :;,.]+(?:trong đó|gồm|riêng))?[ :;,]*$", re.IGNORECASE)

NO_NARRATIVE = Narrative("", (), Sentence("end", ()))


def draft(outline: Outline, facts: Facts) -> Narrative:
    """Return the report that `outline` makes of `facts`."""
    return Narrative(
        title="".join(f.text for f in _fragments(outline.title, facts)),
        sections=tuple(_section(plan, facts) for plan in outline.sections),
        closing=Sentence("end", tuple(_fragments(outline.closing, facts))),
    )


_MISSING = "[chưa có số liệu: "
BASIS, NAMES, COMPARE = "basis:", "names:", "compare:"


def gap_text(source: str) -> str:
    """Return the mark of a figure that is not there."""
    return f"{_MISSING}{source}]"


def is_figure_gap(gap: Gap) -> bool:
    """Whether a gap wants a figure of the tables, and not the official's own words."""
    return gap.text == gap_text(gap.source)


def restated(source: str, facts: Facts) -> Fragment | None:
    """Return what a figure of `source` shows by these facts; None where they do not know it."""
    try:
        if source.startswith((BASIS, NAMES, COMPARE)) or facts.is_known(source):
            return next(_fragments(f"{{{source}}}", facts))
        return _computed(source, facts)
    except (ExpressionError, KeyError, ValueError):
        return None


def _section(plan: SectionPlan, facts: Facts) -> Section:
    drafted = (_sentence(sentence, facts) for sentence in plan.sentences)
    return Section(
        plan.id,
        "".join(f.text for f in _fragments(plan.heading, facts)),
        tuple(sentence for sentence in drafted if sentence is not None),
        tuple(_section(below, facts) for below in plan.sections),
    )


def _sentence(plan: SentencePlan, facts: Facts) -> Sentence | None:
    def lookup(cell: Cell) -> Value:
        return facts.value(cell.code)

    for alternative in plan.alternatives:
        when, template = alternative.when, alternative.template
        if when is None or evaluate(when, lookup).verdict is Verdict.PASSES:
            items = _items(template.items, facts) if template.items else ()
            if items or template.items is None:
                return _filled(plan.id, template, facts, items)
    if plan.otherwise is None:
        return None
    return _filled(plan.id, plan.otherwise, facts)


def _items(listing: Listing, facts: Facts) -> tuple[str, ...]:
    """Return what a sentence lists, each with its figures in brackets."""
    match listing.source:
        case Source.UNITS:
            parts = facts.units()
        case Source.ROWS:
            parts = facts.rows(listing.of[0])
        case Source.FINDINGS:
            return tuple(f"{n} ({two_digits(Decimal(k))})" for n, k in facts.found(listing.of))
    return tuple(
        f"{name} ({', '.join(figures)})" if figures else name
        for name, part in parts
        if _belongs(listing, part)
        for figures in (tuple(_given(listing.figures, part)),)
    )


def _belongs(listing: Listing, part: Facts) -> bool:
    if listing.ratio:
        rate = part.value(listing.ratio)
        # A rate that is printed as the target is not said to miss it.
        if not rate.is_numeric or round_half_up(rate.number, 2) >= listing.below:
            return False
    where = listing.where
    return (
        where is None
        or evaluate(where, lambda cell: part.value(cell.code)).verdict is Verdict.PASSES
    )


def _given(figures: tuple[str, ...], part: Facts) -> Iterator[str]:
    for text in figures:
        fragments = tuple(_fragments(text, part))
        if not any(isinstance(f, Gap) for f in fragments) and not _is_not_applicable(text, part):
            yield "".join(fragment.text for fragment in fragments)


def _filled(
    sentence_id: str, template: Template, facts: Facts, items: tuple[str, ...] = ()
) -> Sentence | None:
    whole = " ".join((template.text, *template.clauses))
    if _is_not_applicable(whole, facts) or _lacks_records(template.text, facts):
        return None
    fragments = list(_fragments(template.text, facts, items))
    kept = [
        list(_fragments(clause, facts))
        for clause in template.clauses
        if not _is_not_applicable(clause, facts) and not _lacks_records(clause, facts)
        if not (template.skip_zero and _is_all_zero(clause, facts))
    ]
    if not template.keep_gaps:
        kept = [clause for clause in kept if not any(isinstance(f, Gap) for f in clause)]
    if template.clauses and not kept:
        # A list of nothing: the sentence ends before it.
        last = fragments[-1]
        if isinstance(last, Words):
            fragments[-1] = Words(_OPENS_LIST.sub("", last.text) + ("" if template.end else "."))
    for place, clause in enumerate(kept):
        if place:
            fragments.append(Words("; " if template.keep_gaps else template.join))
        fragments += clause
    if template.clauses and kept and not template.end:
        fragments.append(Words("."))
    fragments += _fragments(template.end, facts)
    return Sentence(sentence_id, tuple(fragments))


def _is_not_applicable(text: str, facts: Facts) -> bool:
    """Whether a text has figures of its own, and none of them applies to the unit."""
    states = [
        facts.value(code).state
        for is_placeholder, words in pieces(text)
        if is_placeholder
        for code in _codes(words, facts)
    ]
    return bool(states) and all(state is State.NOT_APPLICABLE for state in states)


def _is_all_zero(text: str, facts: Facts) -> bool:
    """Whether a text has figures, and all of them are zero."""
    values = [
        facts.value(code)
        for is_placeholder, words in pieces(text)
        if is_placeholder
        for code in _codes(words, facts)
    ]
    return bool(values) and all(value.is_numeric and value.number == 0 for value in values)


def _lacks_records(text: str, facts: Facts) -> bool:
    """Whether a text is to print the lines of a register that has none."""
    return any(
        is_placeholder
        and words.startswith("records:")
        and not facts.records(words.removeprefix("records:"))
        for is_placeholder, words in pieces(text)
    )


def _codes(placeholder: str, facts: Facts) -> tuple[str, ...]:
    if placeholder.startswith("="):
        return tuple(cell.code for cell in cells_of(parse_quantity(placeholder[1:])))
    return (placeholder,) if facts.is_known(placeholder) else ()


def _fragments(text: str, facts: Facts, items: tuple[str, ...] = ()) -> Iterator[Fragment]:
    for is_placeholder, words in pieces(text):
        if not is_placeholder:
            yield Words(words)
        elif words in facts.words:
            yield Words(facts.words[words])
        elif words.startswith(BASIS):
            said = facts.basis(words.removeprefix(BASIS))
            yield Figure(said, words) if said else Words("")
        elif words.startswith(NAMES):
            yield Figure("; ".join(facts.names(words.removeprefix(NAMES))), words)
        elif words.startswith(COMPARE):
            said = facts.compared(words.removeprefix(COMPARE))
            yield Figure(said, words) if said else Words("")
        elif words == "items":
            yield Words("; ".join(items))
        elif words == "items:count":
            yield Words(two_digits(Decimal(len(items))))
        elif words.startswith("records:"):
            yield Words("; ".join(facts.records(words.removeprefix("records:"))))
        elif words.startswith("write:"):
            wanted = words.removeprefix("write:").strip()
            yield Gap(f"[đơn vị bổ sung: {wanted}]", wanted)
        elif words.startswith("="):
            yield _computed(words[1:].strip(), facts)
        else:
            yield _figure(words, facts)


def _figure(code: str, facts: Facts) -> Fragment:
    value = facts.value(code)
    if value.is_numeric:
        return Figure(facts.shown(code), code)
    if value.state is State.NOT_APPLICABLE:
        return Words("không áp dụng")
    return Gap(gap_text(code), code)


def _computed(expression: str, facts: Facts) -> Fragment:
    node = parse_quantity(expression)
    cells = cells_of(node)
    blanks = [cell.code for cell in cells if not facts.value(cell.code).is_numeric]
    amount = None if blanks else quantity(node, lambda cell: facts.value(cell.code))
    if amount is None or amount < 0:
        missing = ", ".join(blanks or [cell.code for cell in cells])
        return Gap(gap_text(missing), missing)
    return Figure(two_digits(amount), expression)
