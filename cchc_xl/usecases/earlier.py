"""The previous period's figures: of one unit's submission, or of a parent unit's workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_xl.core import unit_findings
from cchc_xl.core.checks import Earlier, relations
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.identity import unit_name
from cchc_xl.core.period import Period, parse_period_id
from cchc_xl.core.submission import Table
from cchc_xl.core.text import match_key
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.folder import is_parent_workbook
from cchc_xl.gateways.parent_files import read_parent_file
from cchc_xl.gateways.submissions import read_submission


@dataclass(frozen=True, slots=True)
class EarlierFigures:
    """What the units reported for an earlier period, by unit."""

    period: Period | None
    units: tuple[str, ...]
    tables: Mapping[str, Table]

    def of(self, unit: str) -> Table | None:
        """Return the earlier table of a unit, None where it is not among them."""
        return self.tables.get(match_key(unit_name(unit)))


def read_earlier(path: Path, forms: Sequence[Form]) -> EarlierFigures:
    """Return the figures of an earlier period; UnreadableFile where `path` carries none."""
    if is_parent_workbook(path):
        file = read_parent_file(path, forms)
        tables = {match_key(unit_name(n)): t for n, t in file.tables if t is not None}
        names = tuple(name for name, table in file.tables if table is not None)
        return EarlierFigures(parse_period_id(file.period), names, tables)
    submission = read_submission(path, forms)
    if not submission.tables:
        raise UnreadableFile(
            f"Không tìm thấy bảng số liệu trong tệp kỳ trước {path.name}.",
            "Đề nghị chọn đúng tệp báo cáo của kỳ trước.",
        )
    key = match_key(unit_name(submission.unit))
    return EarlierFigures(submission.period, (submission.unit,), {key: submission.tables[0]})


def earlier_table(
    earlier: EarlierFigures, unit: str, period: Period | None
) -> tuple[Earlier | None, tuple[Finding, ...]]:
    """Return the table to compare a unit with, and why there is none where there is none."""
    table = earlier.of(unit)
    if table is None:
        return None, (unit_findings.previous_of_other_unit(unit, ", ".join(earlier.units)),)
    met = relations(period, earlier.period) if period and earlier.period else frozenset()
    if not met:
        return None, (unit_findings.previous_not_comparable(_name(period), _name(earlier.period)),)
    return Earlier(table, met), ()


def _name(period: Period | None) -> str:
    return period.name if period else "không rõ kỳ"
