"""Columns whose heads say how they come about, and the claims on cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict
from cchc_xl.core.numerals import round_half_up, vietnamese
from cchc_xl.core.proof_grids import Grid, GridCell, Row

_FORMULA = re.compile(r"\((?P<of>\d{1,2})\)(?:\s*=\s*(?P<how>[()\d\s+/*x%.]+))?")
_TERM = re.compile(r"\((\d{1,2})\)")
_FEWEST_HEADS = 3


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
