"""Columns whose heads say how they come about, and the claims on cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict
from cchc_xl.core.numerals import round_half_up, vietnamese
from cchc_xl.core.proof_grids import Grid, GridCell, Row, is_numbering

_FORMULA = re.compile(r"\((?P<of>\d{1,2})\)(?:\s*=\s*(?P<how>[()\d\s+/*x%.]+))?")
_TERM = re.compile(r"\((\d{1,2})\)")
_FEWEST_HEADS = 3
_FEWEST_ROWS = 3
_MEMBER = re.compile(r"\d{1,3}|[IVX]{1,5}")


def formula_claims(grid: Grid) -> Iterator[Claim]:
    """Columns whose head says how they come about: `(5)=(4)/(1)`, `(2)=(3)+(4)`."""
    for at, row in enumerate(grid.rows):
        heads = {
            column: match
            for column, cell in enumerate(row)
            if (match := _FORMULA.fullmatch(cell.text.replace(" ", "")))
        }
        if len(heads) < _FEWEST_HEADS or not any(match["how"] for match in heads.values()):
            continue
        columns = {int(match["of"]): column for column, match in heads.items()}
        for data in grid.rows[at + 1 :]:
            numbers = {
                of: data[column].number for of, column in columns.items() if column < len(data)
            }
            if any(numbers.values()):
                yield from _of_formulas(data, heads, numbers)


def row_claims(grid: Grid) -> Iterator[Claim]:
    """Yield a claim for the one row whose total is not the columns behind it, as in all others.

    Which columns make up a total is not said; three rows that keep to it show it.
    """
    rows = [
        row
        for row in grid.rows
        if _MEMBER.fullmatch(row[0].text) and len(row) > 4 and not is_numbering(row)
    ]
    width = min((len(row) for row in rows), default=0)
    for column in range(2, width):
        for behind in range(2, width - column):
            kept, broken = _kept(rows, column, behind)
            if len(kept) >= _FEWEST_ROWS and len(broken) == 1:
                cells = broken[0][column + 1 : column + 1 + behind]
                numbers = [cell.number or Decimal(0) for cell in cells]
                yield table_sum_claim(broken[0][column], numbers, ClaimVerdict.WRONG, "PT5")


def _kept(rows: Sequence[Row], column: int, behind: int) -> tuple[list[Row], list[Row]]:
    """The rows whose total in a column is the next columns together, and those where it is not.

    Rows without anything to add up, as 5 = 5 + 0, prove nothing and are in neither.
    """
    kept: list[Row] = []
    broken: list[Row] = []
    for row in rows:
        total = row[column].number
        parts = [cell.number for cell in row[column + 1 : column + 1 + behind]]
        known = [part for part in parts if part is not None]
        if total is None or len(known) < behind:
            return [], []
        if sum(known) != total:
            broken.append(row)
        elif sum(part > 0 for part in known) > 1:
            kept.append(row)
    return kept, broken


def _of_formulas(
    data: Row, heads: dict[int, re.Match[str]], numbers: dict[int, Decimal | None]
) -> Iterator[Claim]:
    for column, match in heads.items():
        if not match["how"] or column >= len(data) or data[column].number is None:
            continue
        stated, terms = data[column].number, [int(term) for term in _TERM.findall(match["how"])]
        known = [number for term in terms if (number := numbers.get(term)) is not None]
        # A column without its number says that the columns have slipped.
        if stated is None or None in numbers.values() or len(known) != len(terms):
            yield table_claim(
                data[column],
                ClaimKind.SUM,
                ClaimVerdict.UNVERIFIABLE,
                "PT4",
                f"Các cột không khớp với tiêu đề {match.group()}. Đề nghị kiểm tra lại bảng.",
                stated,
                None,
            )
        elif "/" in match["how"] and len(known) == 2 and known[1]:
            yield _rate_claim(data[column], stated, known[0], known[1])
        elif "+" in match["how"]:
            good = sum(known) == stated
            verdict = ClaimVerdict.OK if good else ClaimVerdict.WRONG
            yield table_sum_claim(data[column], known, verdict, "PT4")


def _rate_claim(cell: GridCell, stated: Decimal, numerator: Decimal, denominator: Decimal) -> Claim:
    percent = 100 * numerator / denominator
    cut = percent.quantize(Decimal(1).scaleb(-cell.decimals), ROUND_DOWN)
    verdict = ClaimVerdict.WRONG
    if round_half_up(percent, cell.decimals) == stated:
        verdict = ClaimVerdict.OK
    elif cut == stated:
        verdict = ClaimVerdict.TRUNCATED
    count = f"{vietnamese(numerator)}/{vietnamese(denominator)} = {vietnamese(percent)}%"
    return Claim(
        cell.passage,
        cell.start,
        cell.end,
        ClaimKind.RATIO,
        verdict,
        "PT4",
        f"Đúng: {count}."
        if verdict is ClaimVerdict.OK
        else f"Tỷ lệ trong bảng không khớp: {count}. Đề nghị kiểm tra lại.",
        stated,
        percent,
        numerator,
        denominator,
    )


def table_sum_claim(
    cell: GridCell, numbers: Sequence[Decimal], verdict: ClaimVerdict, rule: str
) -> Claim:
    """Return the claim on a cell that others add up to, or do not."""
    summed = sum(numbers, Decimal(0))
    written = f"{' + '.join(vietnamese(number) for number in numbers)} = {vietnamese(summed)}"
    if verdict is ClaimVerdict.OK:
        message = f"Đúng: {written}."
    elif verdict is ClaimVerdict.WRONG:
        message = f"Dòng tổng ghi {cell.text} nhưng {written}. Đề nghị kiểm tra lại."
    else:
        message = f"Các dòng “Trong đó” ({written}) chưa bằng {cell.text}. Đề nghị xem lại."
    return table_claim(cell, ClaimKind.SUM, verdict, rule, message, cell.number, summed)


def table_claim(
    cell: GridCell,
    kind: ClaimKind,
    verdict: ClaimVerdict,
    rule: str,
    message: str,
    stated: Decimal | None,
    actual: Decimal | None,
) -> Claim:
    """Return the claim on a cell."""
    return Claim(cell.passage, cell.start, cell.end, kind, verdict, rule, message, stated, actual)
