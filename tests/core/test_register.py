"""A register of documents: what is read from it, which documents are one, what is wrong in it."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.cells import Content
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.grid import Grid
from cchc_xl.core.period import Period
from cchc_xl.core.records import Record, counted, different
from cchc_xl.core.register import Part, registers
from cchc_xl.core.register_checks import longest_in_order, register_findings
from cchc_xl.core.register_lines import read_line, read_list
from cchc_xl.core.register_reading import read_register
from cchc_xl.errors import FormDefinitionError
from cchc_xl.gateways.annexes import load_annex
from cchc_xl.gateways.data_files import data_folder
from cchc_xl.gateways.schemas import load_form
from tests.support.documents import (
    HEADER,
    period,
    read_lines,
    read_own,
    read_rows,
    register,
    tung_chau,
)

REGISTER = register()
YEAR_2022 = period("2022-01-01_2022-12-31")
THREE_YEARS = period("2021-01-01_2023-08-31")


def plan(
    number: Content = 12,
    symbol: str | None = "KH-UBND",
    day: Content = date(2022, 2, 21),
    subject: str = "Một việc",
    year: Content = None,
) -> tuple[Content, ...]:
    """The row of a plan on our own sheet, right unless a test says otherwise."""
    return ("Kế hoạch", number, symbol, day, subject, year)  # fmt: skip


def decision(
    number: Content = 3, symbol: str = "QĐ-UBND", day: Content = date(2022, 1, 6)
) -> tuple[Content, ...]:
    return ("Quyết định", number, symbol, day, "Một việc", None)


def found(*rows: tuple[Content, ...], of: Period | None = YEAR_2022) -> list[Finding]:
    """What is wrong with rows of our own sheet."""
    return list(register_findings(read_own(*rows).records, REGISTER, of))


def rules(*rows: tuple[Content, ...], of: Period | None = YEAR_2022) -> list[str]:
    return [finding.rule for finding in found(*rows, of=of)]


def counts(*rows: tuple[Content, ...], of: Period | None = YEAR_2022) -> dict[str, int]:
    """The counts above zero of rows of our own sheet, by the last part of their codes."""
    made = counted(read_own(*rows).records, REGISTER, of)
    return {code.removeprefix("VB."): number for code, number in made.items() if number}


class DescribeTheDefinition:
    def it_has_an_indicator_for_every_count(self) -> None:
        assert [row.code for row in REGISTER.indicators] == list(REGISTER.cells)

    def it_offers_no_rule_to_the_engine_of_figures(self) -> None:
        assert (REGISTER.rules, REGISTER.ratios) == ((), ())

    @pytest.mark.parametrize(
        ("symbol", "expected"),
        [
            ("KH-UBND", "Kế hoạch"), ("kh – ubnd", "Kế hoạch"), ("KH-UBND-VH", "Kế hoạch"),
            ("QĐ-UBND", "Quyết định"), ("2018/QĐ-UBND", "Quyết định"), ("TTr-UBND", "Tờ trình"),
            ("CTr-UBND", "Chương trình"), ("CT-UBND", "Chỉ thị"), ("UBND-NV", "Công văn"),
            ("UBND", "Công văn"), ("HĐND-ĐGS", "Công văn"), ("CV-UBND", "Công văn"),
        ],
    )  # fmt: skip
    def it_knows_the_type_of_a_symbol(self, symbol: str, expected: str) -> None:
        assert REGISTER.type_of_symbol(symbol) == expected

    @pytest.mark.parametrize("symbol", ["", "XYZ-UBND", "-", "12"])
    def but_it_guesses_none(self, symbol: str) -> None:
        assert REGISTER.type_of_symbol(symbol) is None

    def it_can_stand_in_a_set_of_forms(self, tmp_path: Path) -> None:
        form = load_form(str(a_set(tmp_path, "van-ban")))

        assert [one.id for one in registers(form)] == [REGISTER.id]
        assert "VB.TONG" in form.by_code

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"letter_type": "Thư"}, "$.letter_type: không có loại «Thư»"),
            ({"symbols": {"KH": "Kế sách"}}, "$.symbols.KH: không có loại «Kế sách»"),
            ({"prefix": "vb"}, "$.prefix"),
            ({"counts": []}, "$.counts"),
        ],
    )
    def but_a_wrong_one_is_refused_with_the_place(
        self, tmp_path: Path, change: dict[str, Any], said: str
    ) -> None:
        assert said in complaint(tmp_path, {**definition(), **change})

    def and_so_is_one_that_lacks_a_column(self, tmp_path: Path) -> None:
        broken = definition()
        broken["columns"] = [c for c in broken["columns"] if c["kind"] != "date"]

        assert "cần đúng một cột loại date" in complaint(tmp_path, broken)

    def and_so_is_one_with_a_check_made_twice(self, tmp_path: Path) -> None:
        broken = definition()
        broken["rules"].append({**broken["rules"][0], "id": "VB99"})

        assert "check duplicate có 2 lần" in complaint(tmp_path, broken)

    def and_so_is_one_whose_header_means_two_columns(self, tmp_path: Path) -> None:
        broken = definition()
        broken["columns"][0]["aliases"] = ["Số"]

        assert "tên «Số» chỉ cả" in complaint(tmp_path, broken)


def definition() -> dict[str, Any]:
    file = data_folder("schemas") / "annexes" / "van-ban.json"
    content: dict[str, Any] = deepcopy(json.loads(file.read_text(encoding="utf-8")))
    return content


def complaint(folder: Path, content: dict[str, Any]) -> str:
    """What is said of a register file with this content."""
    file = folder / "register.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(FormDefinitionError) as caught:
        load_annex(str(file))
    return caught.value.message


def a_set(folder: Path, annex: str) -> Path:
    """A set of forms with one annex."""
    file = folder / "set.json"
    content = {
        "id": "bo-bieu", "version": "1", "name": "Bộ biểu", "main": "phu-luc-01b",
        "annexes": [str(data_folder("schemas") / "annexes" / f"{annex}.json")], "rules": [],
    }  # fmt: skip
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


class DescribeTheCounts:
    def it_counts_by_type_and_year(self) -> None:
        assert counts(plan(), plan(13), decision()) == {"TONG": 3, "N1": 3, "KH": 2, "QD": 1}

    def it_counts_a_document_once(self) -> None:
        assert counts(plan(), plan()) == {"TONG": 1, "N1": 1, "KH": 1}

    def it_takes_two_spellings_for_one_document(self) -> None:
        twice = plan("012", "kh – ubnd", "21/2/2022", "Việc ấy")

        assert counts(plan(), twice) == {"TONG": 1, "N1": 1, "KH": 1}

    @pytest.mark.parametrize(
        "other", [plan(13), plan(symbol="KH-HĐND"), plan(day=date(2022, 2, 22)), decision(12)]
    )
    def but_it_counts_two_that_differ_in_number_symbol_or_date(
        self, other: tuple[Content, ...]
    ) -> None:
        assert counts(plan(), other)["TONG"] == 2

    def it_counts_a_document_as_what_its_symbol_says(self) -> None:
        assert counts(("Quyết định", 210, "KH-UBND", date(2022, 3, 1), "Việc", None)) == {
            "TONG": 1, "N1": 1, "KH": 1,
        }  # fmt: skip

    def it_counts_what_has_no_known_type_as_other(self) -> None:
        assert counts((None, 7, "XYZ-UBND", date(2022, 3, 1), "Việc", None)) == {
            "TONG": 1, "N1": 1, "KHAC": 1,
        }  # fmt: skip

    def it_counts_a_document_without_a_number_by_its_words(self) -> None:
        words = (None, None, None, None, "Xây dựng khung kế hoạch", 2022)

        assert counts(words, words, plan()) == {"TONG": 2, "N1": 2, "KH": 1, "KHAC": 1}

    def but_it_counts_nothing_that_has_neither_number_nor_words(self) -> None:
        assert counts(plan(), ("Kế hoạch", None, None, None, None, None))["TONG"] == 1

    def it_counts_without_a_date_in_the_year_of_its_column(self) -> None:
        undated = plan(15, day=None, year=2023)

        assert counts(plan(), undated, of=THREE_YEARS) == {"TONG": 2, "N2": 1, "N3": 1, "KH": 2}

    def but_it_puts_a_document_without_date_and_year_into_no_year(self) -> None:
        assert counts(plan(day=None)) == {"TONG": 1, "KH": 1}

    def it_gives_no_count_of_a_year_that_the_period_does_not_have(self) -> None:
        made = counted(read_own(plan()).records, REGISTER, YEAR_2022)

        assert "VB.N1" in made
        assert {"VB.N2", "VB.N3"} & set(made) == set()

    def it_gives_zero_where_a_year_of_the_period_has_no_document(self) -> None:
        assert counted(read_own(plan()).records, REGISTER, THREE_YEARS)["VB.N3"] == 0

    def but_it_gives_nothing_of_an_empty_register(self) -> None:
        assert counted((), REGISTER, THREE_YEARS) == {}

    def it_gives_no_years_without_a_period(self) -> None:
        assert counts(plan(), of=None) == {"TONG": 1, "KH": 1}

    def it_counts_the_second_half_of_december_with_a_standard_period(self) -> None:
        rows = [plan(number, day=date(2021, 12, number)) for number in (14, 15, 31)]

        assert counts(*rows, of=period("2022-Q1")) == {"TONG": 3, "N1": 2, "KH": 3}

    @given(st.data())
    def it_does_not_depend_on_the_order(self, data: st.DataObject) -> None:
        records = data.draw(st.lists(_RECORDS, max_size=12))
        mixed = data.draw(st.permutations(records))

        assert counted(mixed, REGISTER, THREE_YEARS) == counted(records, REGISTER, THREE_YEARS)

    @given(st.data())
    def it_never_counts_more_documents_than_records(self, data: st.DataObject) -> None:
        records = data.draw(st.lists(_RECORDS, max_size=12))
        made = counted(records, REGISTER, THREE_YEARS)
        total = made.get("VB.TONG", 0)

        assert total <= len(records)
        assert sum(n for code, n in made.items() if REGISTER.cells[code].type) == total
        assert sum(n for code, n in made.items() if REGISTER.cells[code].year) <= total


_RECORDS = st.builds(
    Record,
    sheet=st.just("Danh mục"),
    cell=st.just("A1"),
    type=st.sampled_from(["", "Kế hoạch", "Quyết định", "Khác"]),
    number=st.sampled_from(["", "1", "2"]),
    symbol=st.sampled_from(["", "KH-UBND", "kh-ubnd", "QĐ-UBND", "XYZ"]),
    day=st.sampled_from([None, date(2021, 5, 1), date(2022, 5, 1), date(2024, 1, 1)]),
    subject=st.sampled_from(["", "Việc", "VIỆC", "Việc khác"]),
    year=st.sampled_from([None, 2021, 2023]),
)


class DescribeTheRules:
    def it_finds_nothing_wrong_with_right_documents(self) -> None:
        letter = ("Công văn", 125, "UBND-NV", date(2022, 3, 1), "Việc", 2022)

        assert found(plan(), plan(13, day=date(2022, 2, 21)), decision(), letter) == []

    def it_finds_nothing_in_an_empty_register(self) -> None:
        assert found() == []

    def it_finds_a_document_written_twice(self) -> None:
        (finding,) = found(plan(), decision(), plan())

        assert (finding.rule, finding.severity, finding.cell) == ("VB1", Severity.ERROR, "C4")
        assert finding.message == (
            "Kế hoạch số 12/KH-UBND ngày 21/02/2022 được ghi hai lần: ô C2 và ô C4; "
            "chỉ được đếm một lần."
        )

    def it_finds_every_further_time(self) -> None:
        assert rules(plan(), plan(), plan()) == ["VB1", "VB1"]

    @pytest.mark.parametrize("number", ["mười hai", "3/4", 3.5, "12/KH-UBND"])
    def it_finds_a_number_that_is_none(self, number: Content) -> None:
        assert "VB2" in rules(plan(number))

    def it_finds_a_year_that_is_none(self) -> None:
        assert rules(plan(year="năm ngoái")) == ["VB2"]

    @pytest.mark.parametrize(
        "day", ["31/02/2022", "29/02/2022", "đầu năm", "21/02/22", 2022, "00/01/2022"]
    )
    def it_finds_a_day_that_does_not_exist(self, day: Content) -> None:
        (finding,) = found(plan(day=day))

        assert (finding.rule, finding.cell) == ("VB3", "E2")

    @pytest.mark.parametrize(
        "day",
        [date(2022, 2, 28), datetime(2022, 2, 28), "28/02/2022", "28-2-2022", "28.02.2022",
         "ngày 28 tháng 02 năm 2022", "Ngày 28/2/2022", 44620],
    )  # fmt: skip
    def but_not_one_that_is_written_as_offices_do(self, day: Content) -> None:
        reading = read_own(plan(day=day))

        assert reading.records[0].day == date(2022, 2, 28)
        assert register_findings(reading.records, REGISTER, YEAR_2022) == ()

    def it_knows_leap_years(self) -> None:
        assert rules(plan(day="29/02/2024"), of=None) == []

    def it_finds_another_year_than_that_of_the_date(self) -> None:
        (finding,) = found(plan(year=2021))

        assert (finding.rule, finding.found, finding.expected) == ("VB4", 2021, 2022)

    def but_not_the_year_that_december_is_reported_in(self) -> None:
        last_december = plan(day=date(2021, 12, 20), year=2022)

        assert rules(last_december, of=period("2022-Q1")) == []

    def it_finds_a_symbol_of_another_type(self) -> None:
        row = ("Quyết định", 210, "KH-UBND", date(2022, 3, 1), "Việc", None)
        (finding,) = found(row)

        assert (finding.rule, finding.cell, finding.expected) == ("VB5", "D2", "Kế hoạch")

    @pytest.mark.parametrize("of_type", ["Khác", None])
    def but_not_where_no_type_is_named(self, of_type: str | None) -> None:
        assert rules((of_type, 210, "KH-UBND", date(2022, 3, 1), "Việc", None)) == []

    def it_finds_one_number_with_two_dates_in_a_year(self) -> None:
        (finding,) = found(plan(11), plan(11, day=date(2022, 2, 11)))

        assert (finding.rule, finding.found, finding.expected) == (
            "VB6",
            "11/02/2022",
            "21/02/2022",
        )

    def but_not_in_two_years(self) -> None:
        assert rules(plan(day=date(2021, 3, 1)), plan(day=date(2022, 3, 1)), of=THREE_YEARS) == []

    @pytest.mark.parametrize("day", [date(2020, 12, 31), date(2023, 9, 1)])
    def it_finds_a_date_outside_the_period(self, day: date) -> None:
        (finding,) = found(plan(day=day), of=THREE_YEARS)

        assert (finding.rule, finding.severity) == ("VB7", Severity.WARNING)

    @pytest.mark.parametrize("day", [date(2021, 1, 1), date(2023, 8, 31)])
    def but_not_on_its_first_and_last_day(self, day: date) -> None:
        assert rules(plan(day=day), of=THREE_YEARS) == []

    def it_finds_a_year_outside_the_period_where_there_is_no_date(self) -> None:
        assert "VB7" in rules(plan(day=None, year=2020), of=THREE_YEARS)

    def but_it_says_nothing_of_the_period_where_none_is_known(self) -> None:
        assert rules(plan(day=date(2019, 1, 1)), of=None) == []

    @pytest.mark.parametrize(
        ("row", "missing"),
        [
            (plan(number=None), "số"),
            (plan(symbol=None), "ký hiệu"),
            (plan(day=None, year=2022), "ngày ban hành"),
            ((None, None, None, None, "Việc", 2022), "số, ngày ban hành"),
        ],
    )
    def it_finds_a_document_that_is_not_complete(
        self, row: tuple[Content, ...], missing: str
    ) -> None:
        (finding,) = found(row)

        assert (finding.rule, finding.severity, finding.expected) == (
            "VB8", Severity.WARNING, missing,
        )  # fmt: skip

    def it_finds_a_type_that_is_not_in_the_list(self) -> None:
        row = ("Giấy khen", 7, "GK-UBND", date(2022, 3, 1), "Việc", None)
        (finding,) = found(row)

        assert (finding.rule, finding.severity, finding.found) == (
            "VB10",
            Severity.INFO,
            "Giấy khen",
        )


def letters(*pairs: tuple[int, date]) -> tuple[tuple[Content, ...], ...]:
    return tuple(("Công văn", number, "UBND-VP", day, "Việc", None) for number, day in pairs)


class DescribeTheOrderOfNumbers:
    """Numbers run with their dates inside a type, an issuer and a year."""

    def it_finds_the_one_letter_of_quoc_tuan_that_explains_the_disorder(self) -> None:
        rows = letters(
            (1338, date(2023, 8, 28)), (1058, date(2023, 9, 27)),
            (1112, date(2023, 10, 9)), (1172, date(2023, 10, 25)),
        )  # fmt: skip

        (finding,) = found(*rows, of=None)

        assert (finding.rule, finding.severity) == ("VB9", Severity.WARNING)
        assert finding.message.startswith("Công văn số 1338/UBND-VP ngày 28/8/2023 ")
        assert "1172/UBND-VP" in finding.message

    def it_finds_one_of_two_that_cross(self) -> None:
        rows = letters((5, date(2022, 3, 10)), (6, date(2022, 3, 1)))

        assert rules(*rows) == ["VB9"]

    @pytest.mark.parametrize(
        "rows",
        [
            letters((5, date(2022, 3, 10)), (6, date(2022, 3, 10))),
            letters((6, date(2022, 3, 11)), (5, date(2022, 3, 10))),
            (plan(5, day=date(2022, 3, 10)), decision(6, day=date(2022, 3, 1))),
            (plan(5, day=date(2021, 12, 1)), plan(2, day=date(2022, 1, 5))),
            (plan(5, day=date(2022, 3, 10)), plan(6, "KH-HĐND", day=date(2022, 3, 1))),
            (plan(5, day=date(2022, 3, 10)), plan(6, day=None, year=2022)),
        ],
        ids=["one day", "listed backwards", "two types", "two years", "two issuers", "no date"],
    )
    def but_it_finds_none_where_they_run(self, rows: tuple[tuple[Content, ...], ...]) -> None:
        assert "VB9" not in rules(*rows, of=THREE_YEARS)

    @given(st.lists(st.dates(date(2022, 1, 1), date(2022, 2, 15)), max_size=9))
    def it_never_blames_more_documents_than_needed(self, days: list[date]) -> None:
        kept = longest_in_order(days)
        in_order = [days[place] for place in kept]

        assert kept == sorted(set(kept))
        assert in_order == sorted(in_order)
        assert len(kept) == _longest_by_trying(days)


def _longest_by_trying(days: list[date]) -> int:
    """The length of the longest part in order, by looking at every part."""
    best = 0
    for chosen in range(2 ** len(days)):
        part = [day for place, day in enumerate(days) if chosen >> place & 1]
        if part == sorted(part):
            best = max(best, len(part))
    return best


def of(record: Record) -> tuple[str, str, str, date | None]:
    return record.type, record.number, record.symbol, record.day


class DescribeReadingATable:
    def it_reads_number_and_symbol_in_one_cell(self) -> None:
        reading = read_rows(
            ("STT", "Loại văn bản", "Số, ký hiệu", "Ngày ban hành", "Trích yếu"),
            (1, "Kế hoạch", "12/KH-UBND", "21/02/2022", "Khắc phục tồn tại"),
            (2, "Công văn", "125/UBND-NV", datetime(2022, 3, 1), "Đôn đốc"),
        )

        assert [of(record) for record in reading.records] == [
            ("Kế hoạch", "12", "KH-UBND", date(2022, 2, 21)),
            ("Công văn", "125", "UBND-NV", date(2022, 3, 1)),
        ]

    def it_tells_where_each_part_stands(self) -> None:
        reading = read_rows(("Số, ký hiệu", "Ngày", "Trích yếu"), ("12/KH-UBND", "21/02/2022", "a"))

        (record,) = reading.records
        assert (record.cell, record.at(Part.DATE)) == ("A2", "B2")

    @pytest.mark.parametrize(
        "cell",
        ["Số: 12/KH-UBND ngày 21/02/2022", "12/KH-UBND, ngày 21/2/2022",
         "Kế hoạch số 12/KH-UBND ngày 21 tháng 02 năm 2022", "12/KH-UBND (21/02/2022)"],
    )  # fmt: skip
    def it_reads_the_date_in_the_same_cell(self, cell: str) -> None:
        reading = read_rows(("STT", "Số, ký hiệu, ngày tháng", "Nội dung"), (1, cell, "Việc"))

        assert of(reading.records[0])[1:] == ("12", "KH-UBND", date(2022, 2, 21))

    def it_reads_a_whole_document_in_the_column_of_words(self) -> None:
        text = "Kế hoạch số 12/KH-UBND ngày 21/02/2022 về việc khắc phục tồn tại;"
        reading = read_rows(("STT", "Số, ký hiệu", "Trích yếu"), (1, None, text))

        (record,) = reading.records
        assert of(record) == ("Kế hoạch", "12", "KH-UBND", date(2022, 2, 21))
        assert record.subject == "khắc phục tồn tại"

    def but_not_the_number_of_a_document_that_another_one_carries_out(self) -> None:
        text = "Báo cáo kết quả thực hiện Kế hoạch số 12/KH-UBND ngày 21/02/2022"
        reading = read_rows(("STT", "Số, ký hiệu", "Trích yếu"), (1, None, text))

        assert [record.number for record in reading.records] == [""]

    def it_takes_the_year_from_the_heading_above(self) -> None:
        reading = read_rows(
            ("STT", "Số, ký hiệu", "Ngày", "Trích yếu"),
            ("I", "Năm 2021", None, None),
            (1, "12/KH-UBND", None, "Việc"),
            ("II", "Văn bản chỉ đạo năm 2022 (1 văn bản):", None, None),
            (1, "15/KH-UBND", None, "Việc"),
        )

        assert [record.year for record in reading.records] == [2021, 2022]
        assert reading.findings == ()

    def it_takes_the_type_from_the_heading_above(self) -> None:
        reading = read_rows(
            ("STT", "Số", "Ngày", "Trích yếu"),
            ("I", "Kế hoạch", None, None),
            (1, 12, "21/02/2022", "Việc"),
        )

        assert [record.type for record in reading.records] == ["Kế hoạch"]

    def it_reads_over_a_title_a_row_of_column_numbers_and_empty_rows(self) -> None:
        reading = read_rows(
            ("DANH MỤC VĂN BẢN", None, None, None),
            (),
            ("STT", "Số, ký hiệu", "Ngày", "Trích yếu"),
            ("(1)", "(2)", "(3)", "(4)"),
            (),
            (1, "12/KH-UBND", "21/02/2022", "Việc"),
        )

        assert [record.number for record in reading.records] == ["12"]
        assert reading.findings == ()

    def it_takes_a_dash_for_nothing(self) -> None:
        reading = read_rows(
            ("STT", "Số, ký hiệu", "Ngày", "Trích yếu"), (1, "-", "–", "Xây dựng khung kế hoạch")
        )

        (record,) = reading.records
        assert (record.number, record.day, dict(record.unread)) == ("", None, {})

    def it_reads_below_a_header_of_two_lines(self) -> None:
        reading = read_rows(
            ("STT", "Văn bản", None, "Trích yếu"),
            (None, "Số, ký hiệu", "Ngày", None),
            (1, "12/KH-UBND", "21/02/2022", "Việc"),
        )

        assert [(*of(record)[1:], record.subject) for record in reading.records] == [
            ("12", "KH-UBND", date(2022, 2, 21), "Việc")
        ]

    def it_tells_of_a_row_that_is_no_document(self) -> None:
        reading = read_rows(
            ("STT", "Số, ký hiệu", "Ngày", "Trích yếu"),
            (1, "12/KH-UBND", "21/02/2022", "Việc"),
            (None, None, None, "Người lập biểu"),
        )

        assert [(finding.rule, finding.found) for finding in reading.findings] == [
            ("VB11", "Người lập biểu")
        ]

    def it_keeps_a_number_that_it_cannot_read(self) -> None:
        reading = read_rows(
            ("STT", "Số, ký hiệu", "Ngày", "Trích yếu"), (1, "21/02/2022", None, "Việc")
        )

        (record,) = reading.records
        assert record.unread == {Part.NUMBER: "21/02/2022"}
        assert len(different(reading.records, REGISTER)) == 1

    @pytest.mark.parametrize(
        "header",
        [
            ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Ghi chú"),
            ("STT", "Lĩnh vực", "Tổng số", "Trực tuyến"),
            ("Số", "Nội dung"),
        ],
    )
    def but_it_takes_no_other_table_for_a_register(self, header: tuple[str, ...]) -> None:
        grid = Grid("Trang", [header, (1, "a", "b", 2)])

        assert read_register(grid, REGISTER, own_template=False) is None

    def it_reads_our_own_sheet_row_by_row(self) -> None:
        reading = read_rows(HEADER, (1, *plan()), (2, *[None] * 6), (3, *decision()),
                            own_template=True)  # fmt: skip

        assert [record.cell for record in reading.records] == ["C2", "C4"]


class DescribeReadingLines:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("- Ban hành quyết định số 03/QĐ-UBND ngày 06/01/2021 về việc ban hành quy chế;",
             ("Quyết định", "3", "QĐ-UBND", date(2021, 1, 6), "ban hành quy chế")),
            ("- Ban hành Quyết định kiện toàn số 245/QĐ-UBND ngày 04/9/2021 về việc phân công;",
             ("Quyết định", "245", "QĐ-UBND", date(2021, 9, 4), "phân công")),
            ("Quyết định số 148 ngày 21/7/2021 về quy chế phối hợp",
             ("Quyết định", "148", "", date(2021, 7, 21), "quy chế phối hợp")),
            ("- Ban hành văn bản số 02/CV-UBND ngày 19/2/2021 về việc tập trung khắc phục",
             ("", "2", "CV-UBND", date(2021, 2, 19), "tập trung khắc phục")),
            ("Kế hoạch số Kế hoạch số 02/KH-UBND ngày 07/01/2022 về cải cách hành chính",
             ("Kế hoạch", "2", "KH-UBND", date(2022, 1, 7), "cải cách hành chính")),
            ("1. Công văn số 468/HĐND-ĐGS, ngày 18/9/2023 về việc xây dựng báo cáo",
             ("Công văn", "468", "HĐND-ĐGS", date(2023, 9, 18), "xây dựng báo cáo")),
            ("Quyết định số 37/2018/QĐ-UBND ngày 15/10/2018 của UBND tỉnh",
             ("Quyết định", "37", "2018/QĐ-UBND", date(2018, 10, 15), "của UBND tỉnh")),
            ("Kế hoạch số 15/KH-UBND kế hoạch hoạt động năm 2022",
             ("Kế hoạch", "15", "KH-UBND", None, "kế hoạch hoạt động năm 2022")),
            ("Kế hoạch số 12/KH-UBND - Kế hoạch văn thư", ("Kế hoạch", "12", "KH-UBND", None,
                                                          "Kế hoạch văn thư")),
        ],
    )  # fmt: skip
    def it_reads_a_document(self, line: str, expected: tuple[object, ...]) -> None:
        read = read_line(line, REGISTER)

        assert read is not None
        assert (read.type, read.number, read.symbol, read.day, read.subject) == expected

    @pytest.mark.parametrize(
        "line", ["", "Xây dựng khung kế hoạch năm 2021", "Số lượng 12 văn bản", "12/KH-UBND"]
    )
    def but_nothing_where_no_number_is_named(self, line: str) -> None:
        assert read_line(line, REGISTER) is None

    def it_keeps_a_day_that_does_not_exist(self) -> None:
        reading = read_lines("Kế hoạch số 1/KH-UBND ngày 31/02/2022", "Kế hoạch số 2/KH-UBND")

        assert reading.records[0].unread == {Part.DATE: "ngày 31/02/2022"}

    def and_one_whose_year_is_cut_short(self) -> None:
        read = read_line("Thông báo số 12/TB-UBND ngày 21/2/22 về họp", REGISTER)

        assert read is not None
        assert (read.day, read.unread_day, read.subject) == (None, "ngày 21/2/22", "họp")

    def it_tells_of_a_second_document_in_a_line(self) -> None:
        reading = read_lines(
            "Kế hoạch số 30/KH-UBND ngày 09/02/2023; Quyết định số 89/QĐ-UBND ngày 17/4/2023",
            "Kế hoạch số 31/KH-UBND ngày 09/02/2023",
        )

        assert [(finding.rule, finding.found) for finding in reading.findings] == [
            ("VB12", "89/QĐ-UBND")
        ]

    def but_it_takes_words_without_documents_for_no_list(self) -> None:
        grid = Grid("Trang", [["Hướng dẫn nhập số liệu"], ["Kế hoạch số 1/KH-UBND"]])

        assert read_list(grid, REGISTER) is None


class DescribeTungChau:
    """The lists of part I.1: 9, 12 and 32 lines under three headings."""

    @pytest.mark.parametrize(("code", "number"), [("N1", 9), ("N2", 11), ("N3", 32), ("TONG", 52)])
    def it_has_so_many_different_documents(self, code: str, number: int) -> None:
        lines, of_three_years = tung_chau()
        made = counted(read_lines(*lines).records, REGISTER, of_three_years)

        assert made[f"VB.{code}"] == number

    def it_has_53_lines(self) -> None:
        assert len(read_lines(*tung_chau()[0]).records) == 9 + 12 + 32

    def it_states_one_document_too_many_for_2022(self) -> None:
        findings = read_lines(*tung_chau()[0]).findings

        assert [(f.rule, f.found, f.expected) for f in findings] == [("VB13", 12, 11)]

    def it_names_the_plan_that_is_listed_twice(self) -> None:
        lines, of_three_years = tung_chau()
        found = register_findings(read_lines(*lines).records, REGISTER, of_three_years)

        (twice,) = [finding for finding in found if finding.rule == "VB1"]
        assert "Kế hoạch số 12/KH-UBND ngày 21/02/2022" in twice.message

    def it_has_no_other_error(self) -> None:
        lines, of_three_years = tung_chau()
        found = register_findings(read_lines(*lines).records, REGISTER, of_three_years)

        assert [f.rule for f in found if f.severity is Severity.ERROR] == ["VB1"]
