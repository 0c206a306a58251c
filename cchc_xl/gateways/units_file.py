"""Reads the list of the units that are expected to report."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from cchc_xl.core.grid import Grid
from cchc_xl.core.text import clean, match_key
from cchc_xl.core.units import ReportingUnit
from cchc_xl.errors import UsageError, why
from cchc_xl.gateways.submissions import first_sheet

_COLUMNS = {
    "code": ("code", "mã", "mã đơn vị"),
    "name": ("name", "tên", "tên đơn vị", "đơn vị"),
    "type": ("type", "loại", "loại đơn vị"),
    "valid_from": ("valid_from", "từ ngày"),
    "valid_to": ("valid_to", "đến ngày"),
    "successor": ("successor", "đơn vị kế thừa"),
}


def read_units(path: Path) -> tuple[ReportingUnit, ...]:
    """Return the units of a .csv or .xlsx file.

    Columns: `code,name,type,valid_from,valid_to,successor`; all but `name` are optional. Raises
    UsageError where the file cannot be read, a row has no name, or two units have one code (or
    one name without codes) at the same time.
    """
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _rows_of(first_sheet(path))
    return units_of(rows, path.name)


def units_of_sheet(grid: Grid) -> tuple[ReportingUnit, ...]:
    """Return the units that a sheet of an open workbook lists; raises as `read_units`."""
    return units_of(_rows_of(grid), f"ở trang {grid.sheet}")


def units_of(rows: Sequence[Sequence[str]], source: str) -> tuple[ReportingUnit, ...]:
    """Return the units in the rows of a table; `source` names it in messages."""
    head = next((place for place, row in enumerate(rows) if any(row)), None)
    if head is None:
        raise _wrong(source, "tệp trống")
    columns = _columns(rows[head])
    if "name" not in columns:
        raise _wrong(source, "không có cột name (tên đơn vị)")
    listed = tuple(
        _unit(source, columns, row, place)
        for place, row in enumerate(rows, start=1)
        if place > head + 1 and _is_filled(columns, row)
    )
    _check_unique(source, listed)
    return listed


def _csv_rows(path: Path) -> list[list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _wrong(path.name, why(error)) from None
    except UnicodeDecodeError:
        raise _wrong(path.name, "không phải văn bản UTF-8") from None
    # Excel on a Vietnamese Windows writes semicolons.
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        raise _wrong(path.name, "không phải bảng CSV") from None


def _rows_of(grid: Grid) -> list[list[str]]:
    return [
        [_text(grid.content(row, column)) for column in range(len(grid.rows[row]))]
        for row in range(len(grid.rows))
    ]


def _text(content: object) -> str:
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    if isinstance(content, datetime):
        return content.date().isoformat()
    return "" if content is None else str(content)


def _columns(header: Sequence[str]) -> dict[str, int]:
    keys = [match_key(name) for name in header]
    return {
        column: keys.index(match_key(name))
        for column, names in _COLUMNS.items()
        for name in names[::-1]
        if match_key(name) in keys
    }


def _is_filled(columns: dict[str, int], row: Sequence[str]) -> bool:
    """Whether a row says anything of a unit; a running number alone does not."""
    return any(clean(row[index]) for index in columns.values() if index < len(row))


def _unit(source: str, columns: dict[str, int], row: Sequence[str], place: int) -> ReportingUnit:
    def field(column: str) -> str:
        index = columns.get(column, len(row))
        return clean(row[index]) if index < len(row) else ""

    if not field("name"):
        raise _wrong(source, f"dòng {place} không có tên đơn vị")
    return ReportingUnit(
        name=field("name"),
        code=field("code") or None,
        type=field("type"),
        valid_from=_day(source, field("valid_from"), place),
        valid_to=_day(source, field("valid_to"), place),
        successor=field("successor") or None,
    )


def _day(source: str, text: str, place: int) -> date | None:
    if not text:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise _wrong(source, f"dòng {place} có ngày «{text}» không hiểu được (ghi 2025-07-01)")


def _check_unique(source: str, units: Sequence[ReportingUnit]) -> None:
    for place, unit in enumerate(units):
        for other in units[:place]:
            same_name = not unit.code and match_key(unit.name) == match_key(other.name)
            if (unit.code == other.code if unit.code else same_name) and _overlap(unit, other):
                raise _wrong(source, f"đơn vị «{unit.key}» đứng hai lần trong cùng thời gian")


def _overlap(one: ReportingUnit, other: ReportingUnit) -> bool:
    return (one.valid_from or date.min) <= (other.valid_to or date.max) and (
        other.valid_from or date.min
    ) <= (one.valid_to or date.max)


def _wrong(source: str, why: str) -> UsageError:
    return UsageError(
        f"Danh sách đơn vị {source} chưa dùng được: {why}.",
        "Đề nghị dùng tệp .csv hoặc .xlsx có các cột code, name, type, valid_from, valid_to, "
        "successor (chỉ name là bắt buộc).",
    )
