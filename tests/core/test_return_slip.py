"""What a slip says and how it is called, without any file."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.period import PeriodKind, standard_period
from cchc_xl.core.return_slip import (
    Letter,
    ReturnedFile,
    file_name,
    for_the_unit,
    is_due,
    message,
    reminder,
)
from cchc_xl.core.slip_memory import RememberedFigure, SlipMemory
from cchc_xl.core.slip_rows import memory_of, rows_of

QUARTER = standard_period(2022, PeriodKind.Q1)


def finding(rule: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(rule, severity, f"Sai theo {rule}.", "Đề nghị sửa.")


def letter(unit: str = "Xã A", sender: str = "Huyện Mẫu") -> Letter:
    return Letter(sender, unit, QUARTER, "Phụ lục 01b")


class DescribeTheNameOfAFile:
    def it_begins_with_the_unit(self) -> None:
        assert file_name("Thị trấn Bút Sơn", "nhac-nop.txt") == "Thị trấn Bút Sơn - nhac-nop.txt"

    def it_carries_its_number_from_the_second_on(self) -> None:
        assert file_name("Xã A", "nhac-nop.txt", 2) == "Xã A - nhac-nop (2).txt"

    @pytest.mark.parametrize(
        "unit",
        ["../../etc/passwd", "..\\x", "C:\\x", "a\x00b", "a\nb", "<a>?*|", "\u202exslx", "  .. "],
    )
    def it_leads_nowhere_else(self, unit: str) -> None:
        name = file_name(unit, "nhac-nop.txt")

        assert not set(name) & set('<>:"/\\|?*\x00\n\u202e')
        assert not name.startswith((".", " ", "~"))

    @pytest.mark.parametrize("unit", ["CON", "nul.x", "com1", "LPT9.a.b", "aux "])
    def it_is_no_device_of_windows(self, unit: str) -> None:
        assert file_name(unit, "nhac-nop.txt").startswith("_")

    @pytest.mark.parametrize("letter", ["a", "ế", "𝒳"])
    def it_is_short_enough_for_every_system(self, letter: str) -> None:
        name = file_name(letter * 500, "phieu-de-nghi-chinh-sua.xlsx", 999)

        assert len(name) <= 100
        assert len(name.encode()) <= 255

    @pytest.mark.parametrize("unit", ["", "???", "..."])
    def it_is_there_even_where_nothing_is_left_of_the_unit(self, unit: str) -> None:
        assert file_name(unit, "nhac-nop.txt") == "don-vi - nhac-nop.txt"


class DescribeWhatAUnitIsTold:
    def it_hears_the_errors_first(self) -> None:
        told = for_the_unit([finding("R1", Severity.INFO), finding("R2"), finding("R3")])

        assert [f.rule for f in told] == ["R2", "R3", "R1"]

    @pytest.mark.parametrize("rule", ["RK3", "RK4", "RK8", "RK11", "RK12"])
    def but_not_what_the_parent_unit_has_to_settle(self, rule: str) -> None:
        assert for_the_unit([finding(rule)]) == ()

    def it_is_not_told_of_the_sheets_of_the_parent_unit(self) -> None:
        (told,) = for_the_unit([finding("RK7")])

        assert told.advice == "Đề nghị cho biết tệp nào là báo cáo chính thức."

    @pytest.mark.parametrize("rule", ["RB6", "RB8", "RB10", "RB15"])
    def it_reads_no_command_and_no_place_of_the_program(self, rule: str) -> None:
        told = Finding(rule, Severity.ERROR, "Sai.", "Đề nghị chạy lệnh cchc-xl new (workbooks).")

        (finding,) = for_the_unit([told])

        assert "cchc-xl" not in finding.advice
        assert "workbooks" not in finding.advice

    def it_gets_nothing_back_for_a_remark(self) -> None:
        assert not is_due([finding("R1", Severity.INFO)])


class DescribeTheMessage:
    def it_numbers_the_problems(self) -> None:
        words = message(letter(), [ReturnedFile("a.xlsx", (finding("R1"), finding("R2")))])

        assert "1. [Lỗi] Cả tệp: Sai theo R1." in words
        assert "2. [Lỗi] Cả tệp: Sai theo R2." in words

    def it_speaks_of_a_slip_only_where_there_is_one(self) -> None:
        without = message(letter(), [ReturnedFile("a.xlsx", (finding("R1"),))])
        with_one = message(letter(), [ReturnedFile("a.xlsx", (finding("R1"),), slip="b.xlsx")])

        assert ("Gửi kèm" in without, "Gửi kèm tệp «b.xlsx»" in with_one) == (False, True)

    def it_asks_for_an_answer_where_nothing_has_to_be_corrected(self) -> None:
        words = message(letter(), [ReturnedFile("a.xlsx", for_the_unit([finding("RK7")]))])

        assert "Đề nghị đơn vị trả lời." in words
        assert "chỉnh sửa" not in words

    def it_addresses_an_office_by_its_own_name(self) -> None:
        words = reminder(letter(unit="Phòng Nội vụ"))

        assert words.startswith("Kính gửi: Phòng Nội vụ\n")

    def it_is_whole_without_a_sender(self) -> None:
        assert "Đến nay vẫn chưa nhận được báo cáo" in reminder(letter(sender=""))


class DescribeTheMemory:
    MEMORY = SlipMemory(
        unit="Xã A",
        period="2022-Q1",
        form="phu-luc-01b",
        source="a.xlsx",
        sha256="ab",
        figures={
            "1.1.1": RememberedFigure("Sheet1", "D5", Decimal("28.5")),
            "1.1.2": RememberedFigure("Sheet1", "D6", "28"),
            "1.1.3": RememberedFigure("Sheet1", "D7", None),
        },
        findings=(
            Finding("R02", Severity.ERROR, "Sai.", "Sửa.", "1.1.2", "Sheet1", "D6", "=1", "≤ 28"),
            finding("RK7"),
        ),
        state="cd",
    )

    def it_comes_back_from_its_rows(self) -> None:
        assert memory_of(rows_of(self.MEMORY)) == self.MEMORY

    def and_from_rows_that_a_program_cut_at_their_last_text(self) -> None:
        rows = rows_of(self.MEMORY)
        for row in rows:
            while row and not row[-1]:
                row.pop()

        assert memory_of(rows) == self.MEMORY

    @pytest.mark.parametrize(
        ("key", "value"), [("version", "2"), ("figure", "?"), ("finding", "?")]
    )
    def but_not_from_rows_that_somebody_changed(self, key: str, value: str) -> None:
        rows = rows_of(self.MEMORY)
        changed = next(row for row in rows if row[0] == key)
        changed[1 if key == "version" else {"figure": 4, "finding": 2}[key]] = value

        assert memory_of(rows) is None

    def and_not_from_nothing(self) -> None:
        assert memory_of([]) is None
