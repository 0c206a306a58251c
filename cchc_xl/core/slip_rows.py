"""The memory of a return slip as rows of text, which survive every program that saves the file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from cchc_xl.core.cells import RawCell
from cchc_xl.core.findings import Finding, Severity, Shown
from cchc_xl.core.numerals import plain
from cchc_xl.core.slip_memory import RememberedFigure, SlipMemory
from cchc_xl.core.text import clean
from cchc_xl.core.wording import as_typed

_VERSION = "1"
# Longer texts are no figures; a cell of Excel holds 32,767 characters.
_LONGEST = 2000
_FACTS = ("unit", "period", "form", "source", "sha256", "state")
_FIGURE, _FINDING = "figure", "finding"

Rows = Sequence[Sequence[str]]


def typed(raw: RawCell) -> Shown:
    """Return what stands in a cell, so that two programs that save it agree."""
    if raw.is_empty:
        return None
    content = as_typed(raw)
    return clean(content)[:_LONGEST] if isinstance(content, str) else content


def rows_of(memory: SlipMemory) -> list[list[str]]:
    """Return the memory as rows of text."""
    rows = [["version", _VERSION]]
    rows += [[fact, getattr(memory, fact)] for fact in _FACTS]
    rows += [
        [_FIGURE, code, figure.sheet, figure.cell, *_coded(figure.typed)]
        for code, figure in memory.figures.items()
    ]
    rows += [
        [
            _FINDING, f.rule, f.severity.value, f.indicator or "", f.sheet or "", f.cell or "",
            _coded(f.found)[1], _coded(f.expected)[1], f.message, f.advice,
            _coded(f.found)[0], _coded(f.expected)[0],
        ]
        for f in memory.findings
    ]  # fmt: skip
    return rows


def memory_of(rows: Rows) -> SlipMemory | None:
    """Return what the rows remember; None where somebody changed them, or of a later version."""
    facts = {row[0]: row[1] for row in rows if len(row) > 1}
    if facts.get("version") != _VERSION or not set(_FACTS) <= set(facts):
        return None
    try:
        return SlipMemory(
            figures={
                code: RememberedFigure(sheet, cell, _decoded(kind, text))
                for code, sheet, cell, kind, text in _lines(rows, _FIGURE, 5)
            },
            findings=tuple(
                Finding(
                    rule=rule,
                    severity=Severity(severity),
                    message=message,
                    advice=advice,
                    indicator=indicator or None,
                    sheet=sheet or None,
                    cell=cell or None,
                    found=_shown(found_as, found),
                    expected=_shown(expected_as, expected),
                )
                for (rule, severity, indicator, sheet, cell, found, expected, message, advice,
                     found_as, expected_as) in _lines(rows, _FINDING, 11)
            ),
            **{fact: facts[fact] for fact in _FACTS},
        )  # fmt: skip
    except (ValueError, InvalidOperation):
        return None


def _lines(rows: Rows, kind: str, width: int) -> list[list[str]]:
    """Return the rows of a kind without it, filled up where a program dropped empty cells."""
    return [[*row[1 : width + 1], *[""] * (width + 1 - len(row))] for row in rows if row[0] == kind]


def _shown(kind: str, text: str) -> Shown:
    """Return what a finding names; slips of before the kinds were kept named it as text."""
    return _decoded(kind, text) if kind else text or None


def _coded(value: Shown) -> tuple[str, str]:
    match value:
        case None:
            return "blank", ""
        case str():
            return "text", value
        case _:
            return "number", plain(Decimal(value))


def _decoded(kind: str, text: str) -> Shown:
    match kind:
        case "blank":
            return None
        case "number":
            return Decimal(text)
        case "text":
            return text
        case _:
            raise ValueError(kind)
