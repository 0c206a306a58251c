"""How a consolidated figure was made: its method, how many units, and the cell behind each part."""

from __future__ import annotations

from cchc_xl.build.parent_book import (
    CODE,
    FIRST_UNIT,
    HOW,
    LABEL,
    REPORTING,
    SEPARATOR,
    TOTAL,
    UNIT,
)
from cchc_xl.core.sheet_values import Answer, Answers, Block, raw_cell, text_of
from cchc_xl.core.values import NOT_ARISEN

UNIT_HEADS = ("Đơn vị", "Số liệu", "Tệp", "Trang", "Ô")
_WIDTH = len(UNIT_HEADS)


def explained_total(code: str, totals: Block, sources: Block) -> Answers:
    """Return the total with its method and how many units have it, then a row for each unit.

    `totals` and `sources` are the ranges of `Tổng hợp` and of the map to the source cells, both
    from the head row on. ValueError where they are no such ranges, or `code` stands in none of
    their rows or in two.
    """
    _refuse_other_ranges(totals, sources)
    rows = [row for row in range(1, len(totals)) if text_of(totals[row][CODE]) == code]
    if not code or len(rows) != 1:
        raise ValueError(f"Mã «{code}» phải có đúng một lần trong bảng tổng hợp.")
    row = rows[0]
    line = totals[row]
    first: list[Answer] = [
        f"{code} {text_of(line[LABEL])}",
        _shown(line[TOTAL]),
        text_of(line[HOW]),
        f"{text_of(line[REPORTING])} đơn vị có số liệu" if text_of(line[REPORTING]) else None,
        text_of(line[UNIT]),
    ]
    units = [
        _unit_row(totals, sources, row, column)
        for column in range(FIRST_UNIT, len(totals[0]))
        if text_of(totals[0][column])
    ]
    return [first, list(UNIT_HEADS), *units]


def _refuse_other_ranges(totals: Block, sources: Block) -> None:
    if [len(row) for row in totals] != [len(row) for row in sources]:
        raise ValueError("Hai vùng tổng hợp và nguồn phải có cùng số dòng và số cột.")
    head = [text_of(cell) for cell in totals[0]]
    if len(head) <= REPORTING or (head[CODE], head[TOTAL]) != ("Mã", "Toàn đơn vị"):
        raise ValueError("Vùng tổng hợp phải bắt đầu từ dòng tiêu đề của trang Tổng hợp.")


def _unit_row(totals: Block, sources: Block, row: int, column: int) -> list[Answer]:
    # The head of a unit that sent nothing says so in a second line; the map holds its bare name.
    name = text_of(sources[0][column]) or text_of(totals[0][column])
    source = sources[row][column]
    if not source:
        return [name, _shown(totals[row][column]), *[None] * (_WIDTH - 2)]
    # To the letter: the name of a file may hold two spaces.
    file, *sheet, cell, state = str(source).split(SEPARATOR)
    # In the sheet this zero reads KPS by its number format, which does not come along.
    figure = state if state == NOT_ARISEN.state.value else _shown(totals[row][column])
    return [name, figure, file, SEPARATOR.join(sheet), cell]


def _shown(value: object) -> Answer:
    raw = raw_cell(value)
    if raw.error is not None:
        raise ValueError(f"Trong bảng tổng hợp có ô báo lỗi {raw.error}.")
    content = raw.content
    return float(content) if isinstance(content, (int, float)) else text_of(content) or None
