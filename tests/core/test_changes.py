"""What a new roll-up changes against the one before."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from cchc_xl.core.changes import Change, UnitFigures, changes
from cchc_xl.core.submission import Status
from tests.support.parent_units import FORM, Shown, table


def _unit(
    figures: Mapping[str, Shown] | None, name: str = "Xã A", status: Status = Status.ACCEPTED
) -> UnitFigures:
    return UnitFigures(name, status, f"{name}.xlsx", None if figures is None else table(figures))


def _missing(name: str = "Xã A") -> UnitFigures:
    return UnitFigures(name, Status.MISSING, "", None)


class DescribeAFigure:
    def it_is_told_with_was_now_file_sheet_and_cell(self) -> None:
        found = changes(FORM, [_unit({"1.1.1": 4})], [_unit({"1.1.1": 9})])

        assert found == (
            Change("Xã A", "1.1.1", Decimal(4), Decimal(9), "Xã A.xlsx", "Phụ lục 01b", "F8"),
        )

    @pytest.mark.parametrize(
        ("was", "now"),
        [(None, 0), (0, None), (0, "KPS"), ("KPS", "KAD"), ("KAD", None), (4, "KAD")],
    )
    def it_tells_apart_what_is_no_number(self, was: Shown, now: Shown) -> None:
        found = changes(FORM, [_unit({"1.1.1": was})], [_unit({"1.1.1": now})])

        plain = [c if isinstance(c, str | None) else int(c) for c in (was, now)]
        assert [(c.was, c.now) for c in found] == [tuple(plain)]

    @pytest.mark.parametrize("same", [None, 0, 7, 98.87, "KPS", "KAD", "?"])
    def but_it_is_silent_where_nothing_changed(self, same: Shown) -> None:
        assert changes(FORM, [_unit({"1.1.1": same})], [_unit({"1.1.1": same})]) == ()

    def it_names_the_old_cell_where_the_row_is_gone(self) -> None:
        (found,) = changes(FORM, [_unit({"1.1.1": 4})], [_unit({})])

        assert (found.now, found.cell) == (None, "F8")


class DescribeAUnit:
    def it_is_one_change_when_its_report_comes_in(self) -> None:
        found = changes(FORM, [_missing()], [_unit({"1.1.1": 4, "1.1.2": 1})])

        assert found == (
            Change("Xã A", None, Status.MISSING, Status.ACCEPTED, "Xã A.xlsx"),
        )  # fmt: skip

    def it_is_told_when_it_is_expected_no_more(self) -> None:
        found = changes(FORM, [_unit({}), _unit({}, "Xã B")], [_unit({}, "Xã B")])

        assert [(c.unit, c.was, c.now) for c in found] == [("Xã A", Status.ACCEPTED, None)]

    def it_is_told_when_it_is_new(self) -> None:
        found = changes(FORM, [], [_missing()])

        assert [(c.unit, c.was, c.now) for c in found] == [("Xã A", None, Status.MISSING)]

    def it_is_the_same_unit_however_it_is_spelt(self) -> None:
        found = changes(FORM, [_unit({"1.1.1": 4}, "Xã Hoà Bình")],
                        [_unit({"1.1.1": 4}, "xã Hòa Bình")])  # fmt: skip

        assert found == ()
