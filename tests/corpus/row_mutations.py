"""What officials and Excel do to the numbers and words of rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime

from tests.corpus.drafts import FORM, Draft, Line
from tests.corpus.mutations import Mutation

_UNKNOWN = "Tổng hợp các nội dung khác của địa phương"


def numbers_as_numbers(draft: Draft) -> bool:
    """Excel turns 7.1 into a number; 1.1.1 stays a text."""
    for line in draft.rows():
        number = line.cells.get("number")
        if isinstance(number, str) and number.rstrip(".").replace(".", "", 1).isdecimal():
            bare = number.rstrip(".")
            line.cells["number"] = float(bare) if "." in bare else int(bare)
    return True


def numbers_with_marks(draft: Draft) -> bool:
    form = draft.random.choice(("{}.", "{})", " {} ", "{} .", "\u00a0{}", "({})", "'{}"))
    return _each_number(draft, form.format)


def numbers_spaced(draft: Draft) -> bool:
    return _each_number(draft, lambda number: ". ".join(number.split(".")))


def numbers_with_commas(draft: Draft) -> bool:
    return _each_number(draft, lambda number: number.replace(".", ","))


def numbers_full_width(draft: Draft) -> bool:
    wide = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
    return _each_number(draft, lambda number: number.translate(wide))


def _each_number(draft: Draft, change: Callable[[str], str]) -> bool:
    for line in draft.rows():
        number = line.cells.get("number")
        if isinstance(number, str) and number.rstrip(".").replace(".", "").isdecimal():
            line.cells["number"] = change(number.rstrip("."))
    return True


def numbers_wiped(draft: Draft) -> bool:
    if draft.has_done("number in label", "number of another row"):
        return False
    for line in draft.rows():
        line.cells["number"] = None
        line.must_read = line.must_read and not line.touched
    return True


def numbers_made_dates(draft: Draft) -> bool:
    """1.2 becomes 1 February; no date is a number of a row, so the words count."""
    for line in draft.rows():
        parts = str(line.cells.get("number") or "").rstrip(".").split(".")
        if line.touched or not all(part.isdecimal() for part in parts) or len(parts) < 2:
            continue
        first, second = int(parts[0]), int(parts[1])
        year = 2000 + int(parts[2]) if len(parts) > 2 else 2022
        line.cells["number"] = draft.random.choice(
            (date(year, second, first), datetime(year, first, second))
        )
    return True


def number_made_a_date_of_an_unknown_row(draft: Draft) -> bool:
    line = draft.fresh()
    if line is None:
        return False
    line.cells.update({"number": date(2022, 2, 1), "label": _UNKNOWN})
    line.must_read, line.loud = False, True
    return True


def number_of_another_row(draft: Draft) -> bool:
    """Number and words differ: the words count, and it is said."""
    line = draft.fresh()
    other = draft.fresh()
    if line is None or other is None or "number" not in draft.columns:
        return False
    if not isinstance(line.cells.get("label"), str):
        return False
    number = FORM.by_code[other.code or ""].number
    if "." not in number or line.cells.get("number") in (None, number):
        return False
    line.cells["number"] = number
    line.loud = True
    line.must_read = False
    return True


def children_lettered(draft: Draft) -> bool:
    for line in draft.rows():
        if (line.code or "")[-1] in "abcd" and not line.touched:
            line.cells["number"] = (line.code or "")[-1]
    return True


def number_in_label(draft: Draft) -> bool:
    """Number and label typed into one cell, merged over both columns."""
    column = "number" if "number" in draft.columns and draft.random.random() < 0.5 else "label"
    for line in draft.rows():
        number, label = line.cells.get("number"), line.cells.get("label")
        if isinstance(number, str) and number[0].isdecimal() and isinstance(label, str):
            line.cells.update({"number": None, "label": None})
            line.cells[column] = f"{number.rstrip('.')}. {label}"
    return True


def in_which_words_before_the_label(draft: Draft) -> bool:
    if draft.has_done("in which words before the label"):
        return False
    for line in draft.rows():
        if (line.code or "")[-1] in "abcd" and not line.touched:
            line.cells["number"] = None
            line.cells["label"] = f"Trong đó: {line.cells['label']}"
    return True


def bullets(draft: Draft) -> bool:
    mark = draft.random.choice(("- ", "+ ", "* ", "• ", "-", " – "))
    return _each_label(draft, lambda label: f"{mark}{label}")


def colons(draft: Draft) -> bool:
    return _each_label(draft, lambda label: f"{label}:")


def other_tone_places(draft: Draft) -> bool:
    pairs = (("hóa", "hoá"), ("hòa", "hoà"), ("ủy", "uỷ"), ("ục", "ục"))

    def moved(label: str) -> str:
        for one, other in pairs:
            label = label.replace(one, other)
        return label

    return _each_label(draft, moved)


def capitals(draft: Draft) -> bool:
    return _each_label(draft, str.upper)


def small_letters(draft: Draft) -> bool:
    return _each_label(draft, str.lower)


def decomposed(draft: Draft) -> bool:
    return _each_label(draft, lambda label: unicodedata.normalize("NFD", label))


def other_spaces(draft: Draft) -> bool:
    space = draft.random.choice(("\u00a0", "  ", " \u200b", "\n"))
    return _each_label(draft, lambda label: label.replace(" ", space))


def _each_label(draft: Draft, change: Callable[[str], str]) -> bool:
    for line in draft.rows():
        label = line.cells.get("label")
        if isinstance(label, str):
            line.cells["label"] = change(label)
    return True


def slip_in_a_label(draft: Draft) -> bool:
    """A letter dropped, doubled or swapped: recognised, and said."""
    line = draft.fresh(kind=None)
    if line is None or not isinstance(line.cells.get("label"), str):
        return False
    words = unicodedata.normalize("NFC", str(line.cells["label"])).split(" ")
    places = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not places:
        return False
    place = draft.random.choice(places)
    word = words[place]
    at = draft.random.randint(1, len(word) - 2)
    words[place] = draft.random.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    if words[place] == word:
        return False
    line.cells["label"] = " ".join(words)
    line.loud = True
    # Without its number the slip may be that of two rows; then it is pointed at.
    line.must_read = line.must_read and _has_number(draft, line)
    return True


def space_dropped_in_a_label(draft: Draft) -> bool:
    line = draft.fresh(kind=None)
    label = line.cells.get("label") if line is not None else None
    if line is None or not isinstance(label, str) or label.count(" ") < 2:
        return False
    if not label[0].isalpha():
        return False
    first, _, rest = label.partition(" ")
    line.cells["label"] = f"{first}{rest.lstrip()}"
    line.loud = True
    line.must_read = line.must_read and _has_number(draft, line)
    return True


def label_of_something_else(draft: Draft) -> bool:
    """A known number beside other words: read by the number and said, or only said."""
    line = draft.fresh()
    if line is None:
        return False
    line.cells["label"] = _UNKNOWN
    line.loud, line.must_read = True, False
    return True


def label_wiped(draft: Draft) -> bool:
    line = draft.fresh()
    if line is None:
        return False
    line.cells["label"] = None
    line.must_read = line.must_read and _has_number(draft, line)
    return True


def units_dittoed(draft: Draft) -> bool:
    mark = draft.random.choice(("nt", "//", '"', "như trên", "-nt-"))
    for line in draft.random.sample(draft.rows(), 20):
        line.cells["unit"] = mark
    return True


def units_wiped(draft: Draft) -> bool:
    for line in draft.rows():
        line.cells["unit"] = None
    return True


def _has_number(draft: Draft, line: Line) -> bool:
    number = line.cells.get("number")
    return "number" in draft.columns and isinstance(number, str) and number[0].isdecimal()


ROW_MUTATIONS: tuple[Mutation, ...] = (
    numbers_as_numbers, numbers_with_marks, numbers_spaced, numbers_with_commas,
    numbers_full_width, numbers_wiped, numbers_made_dates, number_made_a_date_of_an_unknown_row,
    number_of_another_row, children_lettered, number_in_label, in_which_words_before_the_label,
    bullets, colons, other_tone_places, capitals, small_letters, decomposed, other_spaces,
    slip_in_a_label, space_dropped_in_a_label, label_of_something_else, label_wiped,
    units_dittoed, units_wiped,
)  # fmt: skip
