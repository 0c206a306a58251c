"""The lines below a table where people sign: they are no rows of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from cchc_xl.core.grid import Grid
from cchc_xl.core.text import clean

# "Hoằng Hóa, ngày 14 tháng 3 năm 2022" stands above the signatures (Decree 30/2020/NĐ-CP).
_SIGNATURE = re.compile(
    r"\W*(?:(?:người|cán bộ|công chức) (?:lập|tổng hợp|báo cáo)\b.*|(?:tm|kt|tl|tuq|q)\. .*"
    r"|(?:phó )?(?:chủ tịch|trưởng phòng|thủ trưởng đơn vị)(?: ubnd.*)?|thủ trưởng.*"
    r"|lập (?:biểu|bảng)|nơi nhận\b.*|\(?ký\b.*|(?:[^\d]*, )?ngày [\d.… ]* ?tháng .* năm .*)",
)
_FIGURE = re.compile(r"[\d\s.,%()/-]*\d[\d\s.,%()/-]*")


def signature_rows(grid: Grid, rows: Sequence[int], matched: AbstractSet[int]) -> frozenset[int]:
    """Return those of `rows` in which people sign, each block up to the next row of the table.

    A row with a figure, alone in its cell, is never one of them: it is listed where it is lost.
    """
    signed: set[int] = set()
    is_open = False
    for row in rows:
        if row in matched:
            is_open = False
            continue
        texts = [text for column in range(len(grid.rows[row])) if (text := grid.text(row, column))]
        is_open = is_open or any(_SIGNATURE.fullmatch(clean(text).lower()) for text in texts)
        if is_open and not any(map(_FIGURE.fullmatch, texts)):
            signed.add(row)
    return frozenset(signed)
