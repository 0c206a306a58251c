"""The number of a row as people type it and as Excel keeps it: which codes of a form it may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache

from cchc_xl.core.cells import Content
from cchc_xl.core.form import Form
from cchc_xl.core.numerals import from_cell, plain
from cchc_xl.core.text import clean

_LEADING = re.compile(r"^[\s'’`.,(\[\-–—+•*]+")
_TRAILING = re.compile(r"[.,;:\s)\]/\-–—]+$")
_MARKS = re.compile(r"[.,]+")
_LETTER = re.compile(r"[a-zđ]", re.IGNORECASE)
# "3.3.1a" is the row a below 3.3.1.
_GLUED_LETTER = re.compile(r"(?<=\d)(?=[a-zđ]$)", re.IGNORECASE)
_TWO_PARTS = re.compile(r"\d+\.\d+")


def normal_code(text: str) -> str:
    """Return a typed row number without spaces and marks around it: `2.3.` is `2.3`.

    A comma between its parts is a dot; whatever is no number stays as it is.
    """
    bare = _LEADING.sub("", _TRAILING.sub("", clean(text))).replace(" ", "")
    return _MARKS.sub(".", bare)


def codes_of_cell(form: Form, content: Content) -> tuple[str, ...]:
    """Return the codes of `form` that the content of a number cell may stand for.

    A number may have lost a zero: 1.1 was typed as 1.1 or as 1.10. A date is no number of a row,
    whatever it was before Excel changed it.
    """
    if isinstance(content, (bool, date, time, timedelta)) or content is None:
        return ()
    if isinstance(content, (int, float)):
        if not -1e6 < content < 1e6:
            return ()
        amount = from_cell(content)
        code = plain(amount)
        met = [code] if code in form.by_code else []
        return (*met, *(other for other in _two_part_codes(form).get(amount, ()) if other != code))
    return codes_of(form, content, None)


def codes_of(form: Form, text: str, parent: str | None) -> tuple[str, ...]:
    """Return the code of `form` that a typed number stands for, () where it is none.

    A single letter counts below `parent`.
    """
    code = normal_code(text)
    if not code:
        return ()
    typed = [code, _GLUED_LETTER.sub(".", code)]
    if parent is not None and _LETTER.fullmatch(code):
        typed.append(f"{parent}.{code}")
    folded = _folded(form)
    return next(((folded[t.lower()],) for t in typed if t.lower() in folded), ())


@lru_cache(maxsize=64)
def _folded(form: Form) -> Mapping[str, str]:
    return {code.lower(): code for code in form.by_code}


@lru_cache(maxsize=64)
def _two_part_codes(form: Form) -> Mapping[Decimal, tuple[str, ...]]:
    """Return the codes that look like a decimal number, by that number."""
    codes: dict[Decimal, tuple[str, ...]] = {}
    for code in form.by_code:
        if _TWO_PARTS.fullmatch(code):
            codes[Decimal(code)] = (*codes.get(Decimal(code), ()), code)
    return codes
