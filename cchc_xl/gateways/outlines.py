"""Loads outlines from `schemas/outlines/`, with the same care as forms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from cchc_xl.core.outline import (
    Alternative,
    Listing,
    Outline,
    SectionPlan,
    SentencePlan,
    Source,
    Template,
)
from cchc_xl.core.rule_language import ExpressionError, parse_condition
from cchc_xl.errors import UsageError
from cchc_xl.gateways.data_files import data_folder
from cchc_xl.gateways.definitions import Json, read_definition, refuse, structure_problems


@cache
def load_outline(outline_id: str) -> Outline:
    """Return a shipped outline by its id, or the one in a .json file.

    Raises UsageError where there is none, FormDefinitionError where the file is wrong.
    """
    folder = data_folder("schemas") / "outlines"
    path = Path(outline_id) if outline_id.endswith(".json") else folder / f"{outline_id}.json"
    if not path.is_file():
        known = ", ".join(sorted(path.stem for path in folder.glob("*.json")))
        raise UsageError(
            f"Không có đề cương «{outline_id}».", f"Đề nghị dùng một trong các đề cương: {known}."
        )
    definition = read_definition(path)
    problems = list(structure_problems(definition, "outline.schema.json"))
    refuse(path, problems or list(_condition_problems(definition)))
    return Outline(
        id=definition["id"],
        name=definition["name"],
        level=definition["level"],
        form=definition["form"],
        title=definition["title"],
        sections=tuple(_section(section) for section in definition["sections"]),
        closing=definition["closing"],
        appendices=tuple(definition.get("appendices", ())),
        is_default=definition.get("default", False),
    )


def default_outline(level: str, form_id: str) -> Outline | None:
    """Return the usual shipped outline for a level and a form, None where there is none."""
    for path in sorted((data_folder("schemas") / "outlines").glob("*.json")):
        outline = load_outline(path.stem)
        if outline.is_default and (outline.level, outline.form) == (level, form_id):
            return outline
    return None


def _condition_problems(definition: Json) -> Iterator[str]:
    ids: list[str] = []
    for sentence in _sentences(definition["sections"]):
        ids.append(sentence["id"])
        for condition in _conditions(sentence):
            try:
                parse_condition(condition)
            except ExpressionError as error:
                yield f"câu {sentence['id']}: {error}"
    for sentence_id in sorted({sentence_id for sentence_id in ids if ids.count(sentence_id) > 1}):
        yield f"mã câu {sentence_id} có hơn một lần; đề nghị đổi một mã"


def _sentences(sections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in sections:
        yield from section.get("sentences", ())
        yield from section.get("shortcomings", ())
        yield from _sentences(section.get("sections", []))


def _conditions(sentence: Json) -> Iterator[str]:
    """Yield the conditions of a sentence or a shortcoming, and of what it lists."""
    templates = [*sentence.get("alternatives", [sentence])]
    for template in (*templates, *filter(None, [sentence.get("otherwise")])):
        for place in (template, template.get("items", {})):
            yield from (place[key] for key in ("when", "where") if key in place)
            if "units" in place and place["units"] is not True:
                yield place["units"]


def _section(section: Json) -> SectionPlan:
    return SectionPlan(
        section["id"],
        section["heading"],
        (
            *(_shortcoming(shortcoming) for shortcoming in section.get("shortcomings", ())),
            *(_sentence(sentence) for sentence in section.get("sentences", ())),
        ),
        tuple(_section(below) for below in section.get("sections", ())),
    )


def _sentence(sentence: Json) -> SentencePlan:
    return SentencePlan(
        sentence["id"],
        tuple(
            Alternative(
                parse_condition(alternative["when"]) if "when" in alternative else None,
                _template(alternative),
            )
            for alternative in sentence["alternatives"]
        ),
        _template(sentence["otherwise"]) if "otherwise" in sentence else None,
    )


def _template(template: Json) -> Template:
    return Template(
        template["text"],
        tuple(template.get("clauses", ())),
        template.get("keep_gaps", False),
        template.get("end", ""),
        template.get("join", ", "),
        template.get("skip_zero", False),
        _listing(template["items"]) if "items" in template else None,
    )


def _listing(items: Json) -> Listing:
    figures = tuple(items.get("figures", ()))
    if "findings" in items:
        return Listing(Source.FINDINGS, tuple(items["findings"]))
    if "rows" in items:
        where = parse_condition(items["where"]) if "where" in items else None
        return Listing(Source.ROWS, (items["rows"],), where, figures=figures)
    where = None if items["units"] is True else parse_condition(items["units"])
    return Listing(Source.UNITS, (), where, figures=figures)


def _shortcoming(shortcoming: Json) -> SentencePlan:
    """Return the sentence that a shortcoming is, or would be: it names who falls short."""
    when = parse_condition(shortcoming["when"]) if "when" in shortcoming else None
    figures = tuple(shortcoming.get("figures", ()))
    listing = None
    if "ratio" in shortcoming:
        ratio = shortcoming["ratio"]
        listing = Listing(
            Source.UNITS,
            ratio=ratio,
            below=Decimal(str(shortcoming["below"])),
            figures=figures or (f"{{{ratio}}}",),
        )
    elif "flag" in shortcoming:
        is_no = parse_condition(f"[{shortcoming['flag']}] == 0")
        listing = Listing(Source.UNITS, where=is_no, figures=figures)
    elif "items" in shortcoming:
        listing = _listing(shortcoming["items"])
    template = Template(shortcoming["text"], items=listing)
    return SentencePlan(shortcoming["id"], (Alternative(when, template),))
