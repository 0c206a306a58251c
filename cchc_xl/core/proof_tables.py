"""Tables: total rows, indicators with the rows below them, columns that say how they come about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict
from cchc_xl.core.numerals import vietnamese
from cchc_xl.core.proof_columns import formula_claims, row_claims, table_claim, table_sum_claim
from cchc_xl.core.proof_grids import Grid, GridCell, Row, is_numbering, read_grids
from cchc_xl.core.proof_lines import Line
from cchc_xl.core.proof_numbers import Figure, read_figures
from cchc_xl.core.proof_parts import Part, exclude_one_another, family_of

_CODE = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}\.?")
_ROMAN = re.compile(r"[IVX]{1,5}\.?")
_TOTAL = re.compile(r"(?:tổng cộng|tổng số|tổng|cộng)\s*:?", re.IGNORECASE)
_OF_WHICH = re.compile(r"(?:trong đó|gồm|bao gồm)\s*:?", re.IGNORECASE)


def table_claims(lines: Sequence[Line]) -> Iterator[Claim]:
    """Yield a claim for every figure of a table that others of the table decide."""
    for grid in read_grids(lines):
        if _is_of_indicators(grid):
            yield from _of_which(grid)
            yield from _children(grid)
            yield from _rates(grid)
        else:
            yield from _totals(grid)
            yield from formula_claims(grid)
            yield from row_claims(grid)


def indicators(grid: Grid) -> Iterator[tuple[str, str, str, GridCell]]:
    """Yield code, label, unit and the cell of the value for each row of a table of indicators."""
    for row in grid.rows:
        value = _value(row)
        if value is not None and _CODE.fullmatch(row[0].text):
            at = row.index(value)
            unit = row[at - 1].text.lower() if at > 2 else ""
            yield row[0].text.rstrip("."), row[1].text, unit, value


def _is_of_indicators(grid: Grid) -> bool:
    """Whether rows are numbered by hierarchy, each with one value at most."""
    codes = [row[0].text for row in grid.rows if _CODE.fullmatch(row[0].text)]
    several = [row for row in grid.rows if sum(cell.number is not None for cell in row[1:]) > 1]
    return any("." in code.rstrip(".") for code in codes) and 10 * len(several) <= len(grid.rows)


def _value(row: Row) -> GridCell | None:
    found = [cell for cell in row[2:] if cell.number is not None]
    return found[0] if found else None


def _of_which(grid: Grid) -> Iterator[Claim]:
    """A numbered row and the rows "Trong đó" below it."""
    for at, row in enumerate(grid.rows):
        whole = _value(row)
        if whole is None or whole.is_rate or not _CODE.fullmatch(row[0].text):
            continue
        below = list(takewhile(lambda r: not _CODE.fullmatch(r[0].text), grid.rows[at + 1 :]))
        if not any(_OF_WHICH.fullmatch(r[0].text) for r in below):
            continue
        listed = [r for r in below if len(r) > 2 and r[1].text and r[0].text[:3] != "STT"]
        if any("%" in cell.text for r in listed for cell in r):
            continue
        values = [(r[1].text, value) for r in listed if (value := _value(r)) is not None]
        claim = _judge_of_which(whole, values, len(listed), _notes((row, *below), values, whole))
        if claim is not None:
            yield claim


def _notes(rows: Sequence[Row], values: Sequence[tuple[str, GridCell]], whole: GridCell) -> Decimal:
    """The counts that stand in the remarks: `Kỳ trước chuyển qua 04 HS`."""
    cells = {whole.start, *(value.start for _, value in values)}
    return sum(
        (
            figure.value
            for row in rows
            for cell in row[3:]
            if cell.start not in cells and cell.number is None
            for figure in read_figures(cell.text)
            if not figure.is_rate
        ),
        Decimal(0),
    )


def _judge_of_which(
    whole: GridCell, values: Sequence[tuple[str, GridCell]], listed: int, noted: Decimal
) -> Claim | None:
    total = whole.number
    if total is None or len(values) < 2:
        return None
    numbers = [value.number or Decimal(0) for _, value in values]
    if sum(numbers) in {total, total - noted}:
        extra = [noted] if sum(numbers) != total else []
        return table_sum_claim(whole, [*numbers, *extra], ClaimVerdict.OK, "PT2")
    parts = [
        Part(Figure(0, 0, number, 0, "", is_rate=False), label, *family_of(label))
        for (label, _), number in zip(values, numbers, strict=True)
    ]
    wrong = exclude_one_another(parts) and (sum(numbers) > total)
    verdict = ClaimVerdict.WRONG if wrong else ClaimVerdict.UNVERIFIABLE
    return table_sum_claim(whole, numbers, verdict, "PT2") if listed else None


def _children(grid: Grid) -> Iterator[Claim]:
    """A numbered row with less than one of the rows numbered below it, in the same unit."""
    rows = list(indicators(grid))
    for code, _, unit, whole in rows:
        total = whole.number
        if total is None or not unit or "%" in unit or "=" in unit:
            continue
        for below, _, other, value in rows:
            part = value.number
            if below.startswith(f"{code}.") and other == unit and part is not None and part > total:
                yield table_claim(
                    whole,
                    ClaimKind.SUM,
                    ClaimVerdict.WRONG,
                    "PT3",
                    f"Dòng {code} ghi {vietnamese(total)} nhưng dòng {below} ghi "
                    f"{vietnamese(part)} "
                    "lớn hơn. Đề nghị kiểm tra lại.",
                    total,
                    part,
                )
                break


def _rates(grid: Grid) -> Iterator[Claim]:
    for row in grid.rows:
        value = _value(row)
        number = value.number if value else None
        if value is None or number is None:
            continue
        if row[row.index(value) - 1].text != "%" and not value.is_rate:
            continue
        over = number > 100
        yield table_claim(
            value,
            ClaimKind.RATIO,
            ClaimVerdict.WRONG if over else ClaimVerdict.UNVERIFIABLE,
            "PW1" if over else "PR4",
            "Một phần không thể lớn hơn 100% của tổng số. Đề nghị kiểm tra lại."
            if over
            else "Chưa kiểm tra được tỷ lệ: không có số đếm đi kèm. Đề nghị ghi kèm tử số và "
            "mẫu số.",
            number,
            None,
        )


def _totals(grid: Grid) -> Iterator[Claim]:
    """The total row of a table and the rows it adds up, column by column."""
    for at, row in enumerate(grid.rows):
        is_total = any(_TOTAL.fullmatch(cell.text) for cell in row[:3])
        is_group = bool(_ROMAN.fullmatch(row[0].text))
        if is_numbering(row) or not (is_total or is_group):
            continue
        details = _details(grid.rows, at, is_group=is_group)
        columns = [
            column
            for column, cell in enumerate(row)
            if column > 1 and cell.number is not None and _is_of_counts(grid, column)
        ]
        whole = [c for c in columns if all(len(r) > c and r[c].number is not None for r in details)]
        if len(details) < 2 or not whole:
            continue
        holds = [c for c in whole if _column(details, c) == row[c].number]
        # Where most columns do not add up, the rows are no parts of this one.
        sure = len(holds) * 2 >= len(whole) if len(whole) > 2 or is_group else is_total
        for column in whole:
            if not any((row[column].number, *_numbers(details, column))):
                continue
            if column in holds:
                yield table_sum_claim(
                    row[column], _numbers(details, column), ClaimVerdict.OK, "PT1"
                )
            elif sure:
                yield table_sum_claim(
                    row[column], _numbers(details, column), ClaimVerdict.WRONG, "PT1"
                )


def _details(rows: Sequence[Row], at: int, *, is_group: bool) -> list[Row]:
    """The numbered rows that a row adds up: below a group, or the whole table around a total."""
    if is_group:
        below = takewhile(lambda row: not _ROMAN.fullmatch(row[0].text), rows[at + 1 :])
        found = [row for row in below if row[0].text.isdecimal() and not _is_total(row)]
    else:
        others = [row for row in rows if row is not rows[at] and not is_numbering(row)]
        groups = [row for row in others if _ROMAN.fullmatch(row[0].text)]
        found = groups or [row for row in others if row[0].text.isdecimal() and not _is_total(row)]
        if groups:
            return found
    numbers = [int(row[0].text) for row in found]
    return found if numbers == list(range(1, len(found) + 1)) else []


def _is_total(row: Row) -> bool:
    return any(_TOTAL.fullmatch(cell.text) for cell in row[:3])


def _is_of_counts(grid: Grid, column: int) -> bool:
    for row in grid.rows:
        if len(row) <= column:
            continue
        cell = row[column]
        if cell.is_rate or (cell.number is not None and cell.decimals):
            return False
        if cell.number is None and re.search(r"tỷ lệ|tỉ lệ|%|năm sinh", cell.text.lower()):
            return False
    return True


def _numbers(rows: Sequence[Row], column: int) -> list[Decimal]:
    return [row[column].number or Decimal(0) for row in rows]


def _column(rows: Sequence[Row], column: int) -> Decimal:
    return sum(_numbers(rows, column), Decimal(0))
