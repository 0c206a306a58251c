"""The words for a unit that may stand behind a figure: as printed, and as offices shorten it."""

from __future__ import annotations

import re
from functools import lru_cache

from cchc_xl.core.form import Form
from cchc_xl.core.text import match_key

# How offices shorten the units that forms print; a unit that says more ("Số hồ sơ đã giải
# quyết") is shortened as its noun.
_SHORT: dict[str, tuple[str, ...]] = {
    "hồ sơ": ("HS", "h.sơ"),
    "nhiệm vụ": ("NV", "n.vụ"),
    "văn bản": ("VB", "v.bản"),
    "thủ tục": ("TT", "TTHC", "thủ tục hành chính"),
    "TTHC": ("TT", "thủ tục", "thủ tục hành chính"),
    "người": ("ng", "CBCC", "cán bộ, công chức"),
    "vấn đề": ("VĐ",),
}
_AS_ABOVE = match_key("nt")
# "Số lượng hồ sơ" counts "hồ sơ"; "Số hồ sơ đã giải quyết" too.
_COUNTED = re.compile(r"^(?:số lượng|số)\s+(?P<noun>.+)$", re.IGNORECASE)
_COUNTED_BY_LABEL = re.compile(r"^(?:tổng số|số lượng|số)\s+(?P<nouns>[^\s,;(].*)$", re.IGNORECASE)
# In words: "phiếu khảo sát".
_LONGEST_NOUN = 3
_DONE = re.compile(r"\s+đã giải quyết$", re.IGNORECASE)


@lru_cache(maxsize=1024)
def unit_words(form: Form, code: str) -> frozenset[str]:
    """Return what may stand behind a count of an indicator, as match keys; only its own unit."""
    unit = printed_unit(form, code)
    counted = _COUNTED.match(unit)
    nouns = [unit, *([counted.group("noun")] if counted else [])]
    nouns += [_DONE.sub("", noun) for noun in nouns[1:]]
    keys = {match_key(noun) for noun in nouns}
    for name, shorter in _SHORT.items():
        if match_key(name) in keys:
            keys |= {match_key(word) for word in shorter}
    return frozenset((keys | _counted_by_label(form.by_code[code].label)) - {""})


def _counted_by_label(label: str) -> set[str]:
    """Return what a label counts: "thư", "trường hợp" of "Số thư/ trường hợp đã công khai"."""
    counted = _COUNTED_BY_LABEL.match(label)
    if counted is None:
        return set()
    nouns = [match_key(noun).split() for noun in counted.group("nouns").split("/")]
    return {" ".join(noun[:end]) for noun in nouns for end in range(1, _LONGEST_NOUN + 1)}


def printed_unit(form: Form, code: str) -> str:
    """Return the unit of an indicator; where the form prints "nt", that of the row above."""
    place = form.order[code]
    while place and match_key(form.indicators[place].unit) == _AS_ABOVE:
        place -= 1
    return form.indicators[place].unit
