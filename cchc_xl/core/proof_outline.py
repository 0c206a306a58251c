"""Finds the sentences that an outline of ours drafted, and what each figure in them states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cchc_xl.core.claims import Passage, Text
from cchc_xl.core.evaluation import Verdict, evaluate
from cchc_xl.core.facts import Facts
from cchc_xl.core.form import Form
from cchc_xl.core.outline import (
    Alternative,
    Outline,
    SectionPlan,
    SentencePlan,
    Template,
    pieces,
)
from cchc_xl.core.proof_figures import FIGURE, StatedFigure, states

_FIGURE = rf"(?:{FIGURE})(?:\s?%)?|không phát sinh"
_OTHERWISE = r"không áp dụng|\[[^\]]*\]"
# Fewer letters than this between the placeholders of a sentence are not enough to know it by.
_FEWEST_LETTERS = 14


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A sentence or clause as an expression; the fact behind each group that is a figure."""

    expression: re.Pattern[str]
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _TemplatePatterns:
    text: _Pattern
    # Its longest stretch of plain words: a text without it need not be searched.
    words: str
    clauses: tuple[_Pattern, ...]


def aligned_figures(
    text: Text, outline: Outline, facts: Facts, form: Form
) -> Iterator[StatedFigure]:
    """Yield the figures of the sentences in `text` that a template of `outline` made.

    Alternatives that say the same of different facts are told apart by the figure: the alternative
    that the facts ask for counts, unless the figure is that of another one.
    """
    asked = [t for plan in _plans(outline.sections) for t in _asked_first(plan, facts)]
    patterns = [p for t in asked if (p := _patterns(t, facts, form)) is not None]
    for passage in text:
        met: dict[tuple[int, int], list[StatedFigure]] = {}
        low = _plain(passage.text)
        for template in (p for p in patterns if p.words in low):
            for figure in _of_template(passage, template):
                met.setdefault((figure.start, figure.end), []).append(figure)
        for place in sorted(met):
            fitting = (f for f in met[place] if states(f, facts))
            yield next(fitting, met[place][0])


def templates(outline: Outline) -> Iterator[Template]:
    """Yield every template of an outline, in order."""
    for plan in _plans(outline.sections):
        yield from (alternative.template for alternative in plan.alternatives)
        if plan.otherwise is not None:
            yield plan.otherwise


def _plans(sections: Iterable[SectionPlan]) -> Iterator[SentencePlan]:
    for section in sections:
        yield from section.sentences
        yield from _plans(section.sections)


def _asked_first(plan: SentencePlan, facts: Facts) -> Iterator[Template]:
    """Yield the templates of a sentence, those first that the facts ask for."""

    def is_asked(alternative: Alternative) -> bool:
        when = alternative.when
        if when is None:
            return True
        outcome = evaluate(when, lambda cell: facts.value(cell.code))
        return outcome.verdict is Verdict.PASSES

    ordered = sorted(plan.alternatives, key=lambda alternative: not is_asked(alternative))
    yield from (alternative.template for alternative in ordered)
    if plan.otherwise is not None:
        yield plan.otherwise


def _of_template(passage: Passage, template: _TemplatePatterns) -> Iterator[StatedFigure]:
    for match in template.text.expression.finditer(passage.text):
        yield from _figures(passage, match, template.text)
        at = match.end()
        for clause in template.clauses:
            joined = clause.expression.search(passage.text, at)
            if joined is not None:
                at = joined.end()
                yield from _figures(passage, joined, clause)


def is_figure(placeholder: str, facts: Facts, form: Form) -> bool:
    """Whether a placeholder of an outline stands for a number."""
    if placeholder.startswith("="):
        return True
    indicator = form.by_code.get(placeholder)
    if indicator is not None and indicator.choices:
        return False
    return ":" not in placeholder and facts.is_known(placeholder)


def _patterns(template: Template, facts: Facts, form: Form) -> _TemplatePatterns | None:
    if _letters(template.text) < _FEWEST_LETTERS:
        return None
    clauses = (*template.clauses, *((template.end,) if template.end else ()))
    return _TemplatePatterns(
        _pattern(template.text, facts, form),
        max(
            (
                _plain(words)
                for is_placeholder, words in pieces(template.text.rstrip(" ."))
                if not is_placeholder
            ),
            key=len,
        ),
        tuple(_pattern(c, facts, form) for c in clauses),
    )


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _letters(template: str) -> int:
    return sum(
        sum(character.isalpha() for character in words)
        for is_placeholder, words in pieces(template)
        if not is_placeholder
    )


def _pattern(template: str, facts: Facts, form: Form) -> _Pattern:
    sources: dict[str, str] = {}
    parts: list[str] = []
    for is_placeholder, words in pieces(template.rstrip(" .")):
        if not is_placeholder:
            parts.append(r"\s+".join(re.escape(part) for part in re.split(r"\s+", words)))
        elif is_figure(words, facts, form):
            group = f"g{len(sources)}"
            sources[group] = words
            parts.append(rf"(?:(?P<{group}>{_FIGURE})|{_OTHERWISE})")
        elif words.startswith("basis:"):
            parts.append(r"(?:\s*\([^)]*\))?")
        elif words in ("level3", "level4"):
            parts.append(re.escape(facts.words[words]))
        elif words in facts.words:
            parts.append(r"[^.;:]{1,80}?" if words not in ("from", "to") else r"[\d/]{6,10}")
        else:
            parts.append(r"[^.]{0,200}?")
    return _Pattern(re.compile("".join(parts) + r"(?![\d,]*\d)", re.IGNORECASE), sources)


def _figures(passage: Passage, match: re.Match[str], pattern: _Pattern) -> Iterator[StatedFigure]:
    for group, source in pattern.sources.items():
        if match[group] is not None:
            yield StatedFigure(passage, match.start(group), match.end(group), source)
