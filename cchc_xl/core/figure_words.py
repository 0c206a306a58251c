"""What a figure of a sentence is, in words: its name and its unit, from the form."""

from __future__ import annotations

import re

from cchc_xl.core.form import Form
from cchc_xl.core.parent_facts import FACT_KINDS


def name_of(form: Form, source: str) -> str:
    """Return the number and the words of what a figure shows; an expression as it is."""
    kind, code = _kind_and_code(source, form)
    indicator = form.by_code.get(code)
    if indicator is not None:
        return f"{kind} {code} {indicator.label}".strip()
    label = next((ratio.label for ratio in form.ratios if ratio.id == code), None)
    return source if label is None else f"{kind} {code} {label}".strip()


def unit_of(form: Form, source: str) -> str:
    """Return the unit in which a figure is counted, "" where it has none of its own."""
    kind, code = _kind_and_code(source, form)
    if kind:
        return "%" if kind == "SHARE" else "đơn vị"
    if code in form.by_code:
        return form.by_code[code].unit
    if any(ratio.id == code for ratio in form.ratios):
        return "%"
    first = re.search(r"\[([^\]]+)\]", source)
    return unit_of(form, first.group(1)) if first else ""


def _kind_and_code(source: str, form: Form) -> tuple[str, str]:
    """Return what kind of fact a source names, "" of a plain code, and the code behind it."""
    if source in form.by_code or any(ratio.id == source for ratio in form.ratios):
        return "", source
    kind, mark, code = source.partition(":")
    if not mark:
        kind, _, code = source.partition(".")
    ratio_id, _, part = source.partition(".")
    if part in ("N", "D") and any(ratio.id == ratio_id for ratio in form.ratios):
        return "", source
    return (kind, code) if mark or kind in FACT_KINDS else ("", source)
