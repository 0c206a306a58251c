"""The previous period's figures: of one unit's submission, or of a parent unit's workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from cchc_xl.core import unit_findings
from cchc_xl.core.checks import Earlier, relations
from cchc_xl.core.comparison import (
    Comparison,
    PeriodFigures,
    Standing,
    compare,
    figures_of_roll_up,
    figures_of_table,
)
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.identity import unit_name
from cchc_xl.core.period import Period, parse_period_id
from cchc_xl.core.roll_up import RollUp, roll_up
from cchc_xl.core.submission import Table
from cchc_xl.core.successors import heir, summed
from cchc_xl.core.text import match_key
from cchc_xl.core.units import ReportingUnit, with_distinct_names
from cchc_xl.errors import UnreadableFile
from cchc_xl.gateways.folder import is_parent_workbook
from cchc_xl.gateways.parent_files import read_parent_file, unit_tables
from cchc_xl.gateways.submissions import read_submission


@dataclass(frozen=True, slots=True)
class EarlierFigures:
    """What the units reported for an earlier period, by unit.

    `totals` are the figures of the parent unit `parent`, where the file is its workbook.
    """

    period: Period | None
    units: tuple[str, ...]
    tables: Mapping[str, Table]
    parent: str = ""
    totals: Mapping[str, Standing] | None = None

    def of(self, unit: str) -> Table | None:
        """Return the earlier table of a unit, None where it is not among them."""
        return self.tables.get(match_key(unit_name(unit)))


def read_earlier(path: Path, forms: Sequence[Form]) -> EarlierFigures:
    """Return the figures of an earlier period; UnreadableFile where `path` carries none."""
    if is_parent_workbook(path):
        file = read_parent_file(path, forms)
        tables = {match_key(unit_name(n)): t for n, t in file.tables if t is not None}
        names = tuple(name for name, table in file.tables if table is not None)
        totals = figures_of_roll_up(roll_up(file.form, unit_tables(file)))
        return EarlierFigures(parse_period_id(file.period), names, tables, file.name, totals)
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
    return _related(earlier, table, period)


def _related(
    earlier: EarlierFigures, table: Table, period: Period | None
) -> tuple[Earlier | None, tuple[Finding, ...]]:
    met = relations(period, earlier.period) if period and earlier.period else frozenset()
    if not met:
        return None, (unit_findings.previous_not_comparable(_name(period), _name(earlier.period)),)
    return Earlier(table, met), ()


def table_of_unit(
    earlier: EarlierFigures,
    unit: ReportingUnit,
    units: Sequence[ReportingUnit] | None,
    period: Period,
) -> tuple[Earlier | None, tuple[Finding, ...]]:
    """Return the table to compare a unit of a list with, and what there is to say about it.

    Where the unit is made of others of the list, their figures are added up.
    """
    before = _made_of(earlier, unit, units, period)
    if len(before) > 1 or (before and match_key(before[0]) != match_key(unit.name)):
        tables = {name: table for name in before if (table := earlier.of(name)) is not None}
        wanting = [name for name in before if name not in tables]
        if tables and wanting:
            return None, (unit_findings.previous_is_not_whole(unit.name, [*tables], wanting),)
        if tables:
            parts = [*tables.values()]
            whole = summed(parts) if len(before) > 1 else parts[0]
            found, notes = _related(earlier, whole, period)
            said = (unit_findings.previous_is_a_sum(unit.name, [*tables]),) if found else ()
            return found, (*said, *notes)
    table = earlier.of(unit.name)
    if table is None:
        return None, (unit_findings.no_previous_figures(unit.name),)
    return _related(earlier, table, period)


def _made_of(
    earlier: EarlierFigures,
    unit: ReportingUnit,
    units: Sequence[ReportingUnit] | None,
    period: Period,
) -> tuple[str, ...]:
    """Return the names under which the parts of a unit reported in the earlier period."""
    if units is None or earlier.period is None:
        return ()
    parts = _parts_by_unit(tuple(units), earlier.period.last_day, period.last_day)
    listed = next((other for other in parts if _is_now(other, unit, period.last_day)), unit)
    return parts.get(listed, ())


@lru_cache(maxsize=4)
def _parts_by_unit(
    units: tuple[ReportingUnit, ...], before: date, day: date
) -> Mapping[ReportingUnit, tuple[str, ...]]:
    """Return for each unit of `day` what it is made of: names as a list of `before` bears them.

    Every file of a folder asks; a list of thousands of units is gone through once.
    """
    then = [unit for unit in units if unit.is_valid_on(before)]
    parts: dict[ReportingUnit, tuple[str, ...]] = {}
    for unit, named in zip(then, with_distinct_names(then), strict=True):
        into = heir(unit, units, day)
        if into is not None:
            parts[into] = (*parts.get(into, ()), named.name)
    return parts


def _is_now(listed: ReportingUnit, unit: ReportingUnit, day: date) -> bool:
    # Names may have been told apart since they were read: codes have not.
    same = listed.code == unit.code if unit.code else listed.name == unit.name
    return same and listed.is_valid_on(day)


def comparison_of_unit(
    earlier: EarlierFigures, unit: str, period: Period | None, table: Table
) -> Comparison | None:
    """Return a unit's figures against the earlier ones, None where there are none of it."""
    before = earlier.of(unit)
    if before is None or period is None or earlier.period is None:
        return None
    previous = PeriodFigures(unit, earlier.period, figures_of_table(before))
    return compare(table.form, PeriodFigures(unit, period, figures_of_table(table)), previous)


def comparison_of_parent(
    earlier: EarlierFigures, parent: str, period: Period, rolled: RollUp
) -> Comparison | None:
    """Return a parent unit's figures against the earlier ones, None where there are none."""
    if earlier.totals is None or earlier.period is None:
        return None
    previous = PeriodFigures(earlier.parent, earlier.period, earlier.totals)
    return compare(rolled.form, PeriodFigures(parent, period, figures_of_roll_up(rolled)), previous)


def _name(period: Period | None) -> str:
    return period.name if period else "không rõ kỳ"
