"""What officials do to the table: its rows, columns, sheets, header; none of it changes a figure.

Each mutation takes a draft and says by its return whether it had something to do. What it does
to the truth it writes into the lines. Those of numbers and words stand in `row_mutations`, those
of figures in `value_mutations`.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import TypeAlias

from cchc_xl.core.cells import Kind
from tests.corpus.drafts import FORM, Draft, Line

Mutation: TypeAlias = Callable[[Draft], bool]


def blank_rows_inserted(draft: Draft) -> bool:
    for _ in range(draft.random.randint(1, 4)):
        draft.lines.insert(draft.random.randint(draft.body(), len(draft.lines)), Line({}))
    return True


def own_row_inserted(draft: Draft) -> bool:
    """A row of the unit's own is no indicator; its figure is pointed at."""
    words = ("Số cuộc họp giao ban về chuyển đổi số", "Số buổi trực của tổ công nghệ số cộng đồng")
    own = Line({"label": draft.random.choice(words), "unit": "Cuộc", "value": 987}, loud=True)
    draft.lines.insert(draft.random.randint(draft.body(), len(draft.lines)), own)
    return True


def row_deleted(draft: Draft) -> bool:
    line = draft.fresh(kind=None, filled=False)
    if line is None or line.code is None:
        return False
    draft.deleted.add(line.code)
    draft.lines.remove(line)
    return True


def rows_hidden(draft: Draft) -> bool:
    for line in draft.random.sample(draft.rows(), 8):
        line.hidden = True
    return True


def rows_filtered(draft: Draft) -> bool:
    draft.filtered = True
    return rows_hidden(draft)


def groups_reordered(draft: Draft) -> bool:
    body = draft.body()
    head, rows = draft.lines[:body], draft.lines[body:]
    groups: list[list[Line]] = [[]]
    for line in rows:
        if line.code is not None and line.code.isdecimal():
            groups.append([])
        groups[-1].append(line)
    first, *others = groups
    draft.random.shuffle(others)
    draft.lines[:] = [*head, *first, *(line for group in others for line in group)]
    return True


def rows_shuffled(draft: Draft) -> bool:
    """Every label of the form stands once, so that no row needs its neighbours."""
    if draft.has_done("row twice alike", "row twice differently"):
        return False  # which of two rows is the second would change
    if draft.merged_rows:
        return False  # a cell merged over two rows holds them together
    body = draft.body()
    rows = draft.lines[body:]
    draft.random.shuffle(rows)
    draft.lines[body:] = rows
    return True


def column_inserted(draft: Draft) -> bool:
    draft.columns.insert(draft.random.randint(0, len(draft.columns)), "extra")
    return True


def column_of_other_numbers(draft: Draft) -> bool:
    """Numbers under a header that names no period and no figures of the form."""
    if "other" in draft.columns:
        return False
    draft.columns.insert(draft.random.randint(0, len(draft.columns)), "other")
    draft.header[0].cells["other"] = draft.random.choice(("Mã hồ sơ", "Điểm chuẩn", "Ký hiệu"))
    for number, line in enumerate(draft.rows()):
        line.cells["other"] = 5000 + number
    return True


def columns_reordered(draft: Draft) -> bool:
    draft.random.shuffle(draft.columns)
    return True


def note_column_dropped(draft: Draft) -> bool:
    return _drop(draft, "note")


def unit_column_dropped(draft: Draft) -> bool:
    return _drop(draft, "unit")


def number_column_dropped(draft: Draft) -> bool:
    if "number" not in draft.columns or draft.has_done("number in label", "number of another row"):
        return False
    for line in draft.rows():
        line.cells["number"] = None
        line.must_read = line.must_read and not line.touched
    return _drop(draft, "number")


def _drop(draft: Draft, column: str) -> bool:
    if column not in draft.columns:
        return False
    draft.columns.remove(column)
    return True


def title_taller(draft: Draft) -> bool:
    count = draft.random.choice((1, 7, 60, 230))
    for number in range(count):
        draft.lines.insert(0, Line({draft.columns[0]: f"Dòng {number} của báo cáo"}))
    return True


def title_in_words_of_the_header(draft: Draft) -> bool:
    words = ("CHỈ TIÊU THỐNG KÊ CẢI CÁCH HÀNH CHÍNH", "Nội dung báo cáo", "Chỉ tiêu", "Số liệu")
    draft.lines.insert(0, Line({draft.random.choice(draft.columns): draft.random.choice(words)}))
    return True


def header_repeated(draft: Draft) -> bool:
    for _ in range(draft.random.randint(1, 4)):
        again = [Line(dict(line.cells)) for line in draft.header]
        place = draft.random.randint(draft.body(), len(draft.lines))
        draft.lines[place:place] = again
    return True


def header_numbers_its_columns(draft: Draft) -> bool:
    if "number" not in draft.columns or set(draft.columns) != {
        "number",
        "label",
        "unit",
        "value",
        "note",
    }:
        return False
    form = draft.random.choice(("({})", "{}"))
    numbers = {name: form.format(place) for place, name in enumerate(draft.columns, start=1)}
    draft.lines.insert(draft.body(), Line(dict(numbers)))
    draft.header.append(draft.lines[draft.body()])
    return True


def header_on_one_line(draft: Draft) -> bool:
    if len(draft.header) != 2 or draft.loud_headers or draft.nothing_read:
        return False
    first, second = draft.header
    first.cells.update({"unit": "Đơn vị tính", "value": "Số liệu"})
    draft.lines.remove(second)
    draft.header.remove(second)
    return True


def far_from_the_corner(draft: Draft) -> bool:
    for number in range(draft.random.randint(1, 20)):
        draft.columns.insert(0, f"left{number}")
    draft.lines[:0] = [Line({}) for _ in range(draft.random.randint(1, 50))]
    return True


def value_merged_with_the_note(draft: Draft) -> bool:
    for line in draft.random.sample(draft.rows(), 5):
        if line.cells.get("note") is None:
            draft.merged.append((line, "value", "note"))
    return True


def value_merged_over_two_rows(draft: Draft) -> bool:
    """One figure for two indicators: read where it stands, and said."""
    line = draft.fresh()
    if line is None or draft.has_done("rows shuffled", "groups reordered"):
        return False
    below = draft.place(line) + 1
    if below >= len(draft.lines) or draft.lines[below].code is None:
        return False
    other = draft.lines[below]
    if other.truth is not None or other.touched or other.loud:
        return False
    other.touched = line.loud = True
    draft.merged_rows.append((line, other))
    return True


def header_merged(draft: Draft) -> bool:
    if len(draft.header) < 2 or draft.header[0].cells.get("value") is not None:
        return False
    draft.merged.append((draft.header[0], "unit", "value"))
    return True


def sheet_renamed(draft: Draft) -> bool:
    draft.sheet = draft.random.choice(("Phụ lục 01b (2)", "O'Hara", "01b", "Biểu số liệu", "a b!c"))
    return True


def sheet_comes_third(draft: Draft) -> bool:
    draft.before = ["Bìa", "Danh sách"]
    return True


def old_table_on_a_hidden_sheet(draft: Draft) -> bool:
    draft.hidden_sheets = ["Cũ"]
    return True


def row_twice_alike(draft: Draft) -> bool:
    """The figure counts once, and the second row is named."""
    line = draft.fresh()
    if line is None:
        return False
    again = Line(deepcopy(line.cells), loud=True)
    draft.lines.insert(draft.place(line) + 1, again)
    return True


def row_twice_differently(draft: Draft) -> bool:
    """Two figures of one indicator: none is used, and the second row is named."""
    line = draft.fresh()
    if line is None or line.truth is None:
        return False
    again = Line(deepcopy(line.cells), loud=True)
    again.cells["value"] = int(line.truth) + draft.random.randint(1, 9)
    draft.lines.insert(draft.place(line) + 1, again)
    line.must_read = False
    line.told_at = again
    return True


def two_periods_side_by_side(draft: Draft) -> bool:
    """Two columns of figures under one header: neither is chosen, both are named."""
    if draft.nothing_read or draft.loud_headers or "value" not in draft.columns:
        return False
    draft.columns.insert(draft.columns.index("value") + 1, "value2")
    head = draft.header[-1] if draft.header[-1].cells.get("value") == "Số liệu" else None
    head = head or next(line for line in draft.header if line.cells.get("value") == "Số liệu")
    names = draft.random.choice(
        (
            ("Quý I", "Quý II"),
            ("Số liệu quý I", "Số liệu quý II"),
            ("Năm 2021", "Năm 2022"),
            ("Trong kỳ", "Lũy kế"),
        )
    )
    head.cells["value"], head.cells["value2"] = names
    for line in draft.rows():
        if line.cells.get("value") is not None:
            line.cells["value2"] = 777
    draft.nothing_read = True
    draft.loud_headers.append((head, "value"))
    return True


def cumulated_column_beside(draft: Draft) -> bool:
    """Another period's column beside "Số liệu": not read, and named."""
    if draft.nothing_read or draft.loud_headers:
        return False
    draft.columns.insert(draft.random.randint(0, len(draft.columns)), "cumulated")
    head = next(line for line in draft.header if line.cells.get("value") == "Số liệu")
    head.cells["cumulated"] = draft.random.choice(("Lũy kế", "Luỹ kế từ đầu năm", "Kỳ trước"))
    for line in draft.rows():
        line.cells["cumulated"] = 888
    draft.loud_headers.append((head, "cumulated"))
    return True


def figure_on_a_row_alone(draft: Draft) -> bool:
    """A number on a row without words is nobody's, and pointed at."""
    place = draft.random.randint(draft.body() + 1, len(draft.lines))
    draft.lines.insert(place, Line({"value": 654}, loud=True))
    return True


def counts_are_whole(draft: Draft) -> bool:
    """Excel keeps every number as a fraction of its own: 28.0 is 28."""
    for line in draft.rows():
        content = line.cells.get("value")
        is_count = FORM.by_code[line.code or ""].kind is Kind.COUNT
        if is_count and isinstance(content, int) and not isinstance(content, bool):
            line.cells["value"] = float(content)
    return True


TABLE_MUTATIONS: tuple[Mutation, ...] = (
    blank_rows_inserted, own_row_inserted, row_deleted, rows_hidden, rows_filtered,
    groups_reordered, rows_shuffled, column_inserted, column_of_other_numbers, columns_reordered,
    note_column_dropped, unit_column_dropped, number_column_dropped, title_taller,
    title_in_words_of_the_header, header_repeated, header_numbers_its_columns, header_on_one_line,
    far_from_the_corner, value_merged_with_the_note, header_merged, sheet_renamed,
    sheet_comes_third, value_merged_over_two_rows, old_table_on_a_hidden_sheet, row_twice_alike,
    row_twice_differently,
    two_periods_side_by_side, cumulated_column_beside, figure_on_a_row_alone, counts_are_whole,
)  # fmt: skip
