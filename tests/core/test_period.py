"""Reporting periods: windows, names, order and relations."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.core.period import (
    Period,
    PeriodKind,
    calendar_quarter,
    free_period,
    parse_period_id,
    period_in_words,
    short_date,
    standard_period,
)

STANDARD = [kind for kind in PeriodKind if kind is not PeriodKind.FREE]
YEARS = st.integers(min_value=1901, max_value=2099)
PERIODS = st.builds(standard_period, YEARS, st.sampled_from(STANDARD))
FREE_PERIODS = st.builds(
    lambda one, other: free_period(min(one, other), max(one, other)),
    st.dates(date(1901, 1, 1), date(2099, 12, 31)),
    st.dates(date(1901, 1, 1), date(2099, 12, 31)),
)


def period(period_id: str) -> Period:
    parsed = parse_period_id(period_id)
    assert parsed is not None
    return parsed


class DescribeThePeriodsWindow:
    @pytest.mark.parametrize(
        ("period_id", "first_day", "last_day"),
        [
            ("2022-Q1", date(2021, 12, 15), date(2022, 3, 14)),
            ("2022-Q2", date(2022, 3, 15), date(2022, 6, 14)),
            ("2022-Q3", date(2022, 6, 15), date(2022, 9, 14)),
            ("2022-Q4", date(2022, 9, 15), date(2022, 12, 14)),
            ("2022-6T", date(2021, 12, 15), date(2022, 6, 14)),
            ("2022-9T", date(2021, 12, 15), date(2022, 9, 14)),
            ("2022-N", date(2021, 12, 15), date(2022, 12, 14)),
            ("2021-01-01_2023-08-31", date(2021, 1, 1), date(2023, 8, 31)),
        ],
    )
    def it_runs_from_the_15th_to_the_14th_or_as_given(
        self, period_id: str, first_day: date, last_day: date
    ) -> None:
        parsed = period(period_id)

        assert (parsed.first_day, parsed.last_day) == (first_day, last_day)

    @given(YEARS)
    def it_makes_a_year_of_four_quarters(self, year: int) -> None:
        quarters = [period(f"{year}-Q{place}") for place in range(1, 5)]

        assert all(later.follows(earlier) for earlier, later in pairwise(quarters))

    @given(YEARS)
    def it_covers_the_year_with_the_four_quarters(self, year: int) -> None:
        whole = period(f"{year}-N")

        assert whole.first_day == period(f"{year}-Q1").first_day
        assert whole.last_day == period(f"{year}-Q4").last_day


class DescribeThePeriodsName:
    @pytest.mark.parametrize(
        ("period_id", "name"),
        [
            ("2022-Q1", "quý I năm 2022"),
            ("2022-Q2", "quý II năm 2022"),
            ("2022-Q3", "quý III năm 2022"),
            ("2022-Q4", "quý IV năm 2022"),
            ("2022-6T", "6 tháng đầu năm 2022"),
            ("2022-9T", "9 tháng năm 2022"),
            ("2022-N", "năm 2022"),
            ("2021-01-01_2023-08-31", "từ ngày 01/01/2021 đến ngày 31/8/2023"),
        ],
    )
    def it_is_written_as_in_running_text(self, period_id: str, name: str) -> None:
        assert period(period_id).name == name

    @pytest.mark.parametrize(
        ("period_id", "name"),
        [
            ("2022-Q1", "quý II năm 2022"),
            ("2022-Q2", "quý III năm 2022"),
            ("2022-Q3", "quý IV năm 2022"),
            ("2022-Q4", "quý I năm 2023"),
            ("2022-6T", "6 tháng cuối năm 2022"),
            ("2022-9T", "3 tháng cuối năm 2022"),
            ("2022-N", "năm 2023"),
            ("2021-01-01_2023-08-31", "thời gian tới"),
        ],
    )
    def it_tells_the_time_that_the_outlook_speaks_of(self, period_id: str, name: str) -> None:
        assert period(period_id).next_name == name

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2022, 3, 14), "14/3/2022"),
            (date(2022, 1, 5), "05/01/2022"),
            (date(2022, 12, 15), "15/12/2022"),
            (date(2022, 2, 28), "28/02/2022"),
        ],
    )
    def it_writes_low_days_and_the_first_two_months_with_a_zero(
        self, day: date, expected: str
    ) -> None:
        assert short_date(day) == expected


class DescribePeriodIds:
    @given(PERIODS | FREE_PERIODS)
    def it_reads_its_own_ids(self, written: Period) -> None:
        assert parse_period_id(written.id) == written

    @pytest.mark.parametrize(
        "text",
        ["", "2022", "2022-Q5", "2022-12T", "22-Q1", "2022-Q1 x", "2023-08-31_2021-01-01",
         "2022-02-30_2022-03-01", "_", "0000-Q1"],
    )  # fmt: skip
    def but_it_reads_nothing_else(self, text: str) -> None:
        assert parse_period_id(text) is None

    def but_free_dates_never_run_backwards(self) -> None:
        with pytest.raises(ValueError, match="before"):
            free_period(date(2023, 8, 31), date(2021, 1, 1))


class DescribeFollowing:
    @pytest.mark.parametrize(
        ("later", "earlier"),
        [
            ("2022-Q2", "2022-Q1"),
            ("2022-Q3", "2022-Q2"),
            ("2022-Q3", "2022-6T"),
            ("2022-Q4", "2022-9T"),
            ("2023-Q1", "2022-Q4"),
            ("2023-Q1", "2022-N"),
            ("2023-6T", "2022-N"),
            ("2023-N", "2022-N"),
            ("2022-01-01_2022-06-30", "2021-01-01_2021-12-31"),
        ],
    )
    def it_begins_the_day_after(self, later: str, earlier: str) -> None:
        assert period(later).follows(period(earlier))

    @pytest.mark.parametrize(
        ("later", "earlier"),
        [
            ("2022-6T", "2022-Q1"),
            ("2022-Q1", "2022-Q2"),
            ("2022-Q1", "2022-Q1"),
            ("2022-Q3", "2022-Q1"),
            ("2022-9T", "2022-6T"),
            ("2022-01-02_2022-06-30", "2021-01-01_2021-12-31"),
        ],
    )
    def but_it_does_not_begin_on_any_other_day(self, later: str, earlier: str) -> None:
        assert not period(later).follows(period(earlier))


class DescribeExtending:
    @pytest.mark.parametrize(
        ("later", "earlier"),
        [
            ("2022-6T", "2022-Q1"),
            ("2022-9T", "2022-Q1"),
            ("2022-9T", "2022-6T"),
            ("2022-N", "2022-9T"),
            ("2021-01-01_2023-08-31", "2021-01-01_2022-12-31"),
        ],
    )
    def it_has_the_same_first_day_and_ends_later(self, later: str, earlier: str) -> None:
        assert period(later).extends(period(earlier))

    @pytest.mark.parametrize(
        ("later", "earlier"),
        [
            ("2022-Q1", "2022-6T"),
            ("2022-6T", "2022-6T"),
            ("2022-Q2", "2022-Q1"),
            ("2022-Q3", "2022-9T"),
            ("2022-9T", "2022-Q3"),
            ("2023-6T", "2022-Q1"),
        ],
    )
    def but_it_does_not_stand_so_to_any_other(self, later: str, earlier: str) -> None:
        assert not period(later).extends(period(earlier))

    @given(PERIODS | FREE_PERIODS, PERIODS | FREE_PERIODS)
    def it_never_both_follows_and_extends(self, one: Period, other: Period) -> None:
        assert not (one.follows(other) and one.extends(other))

    @given(PERIODS, PERIODS, PERIODS)
    def it_carries_over(self, one: Period, two: Period, three: Period) -> None:
        chained = one.extends(two) and two.extends(three)

        assert not chained or one.extends(three)


class DescribeTheThirdQuarterAndTheNineMonths:
    def it_ends_both_on_one_day(self) -> None:
        assert period("2022-Q3").last_day == period("2022-9T").last_day

    def but_they_are_two_periods(self) -> None:
        assert period("2022-Q3") != period("2022-9T")

    def and_the_words_tell_them_apart(self) -> None:
        assert period_in_words("quý III năm 2022") != period_in_words("9 tháng năm 2022")


class DescribeCalendarQuarters:
    @pytest.mark.parametrize(
        ("dates", "quarter"),
        [
            ("2022-01-01_2022-03-31", "2022-Q1"), ("2022-04-01_2022-06-30", "2022-Q2"),
            ("2022-07-01_2022-09-30", "2022-Q3"), ("2022-10-01_2022-12-31", "2022-Q4"),
        ],
    )  # fmt: skip
    def it_is_the_quarter(self, dates: str, quarter: str) -> None:
        assert calendar_quarter(period(dates)) == period(quarter)

    def and_it_is_the_same_window(self) -> None:
        assert period("2022-Q1").is_same_window(period("2022-01-01_2022-03-31"))

    @pytest.mark.parametrize(
        "named",
        ["2022-01-01_2022-06-30", "2022-01-02_2022-03-31", "2021-01-01_2022-03-31", "2022-6T",
         "2022-01-01_2022-03-30", "2022-02-01_2022-04-30"],
    )  # fmt: skip
    def but_other_days_stay_what_they_are(self, named: str) -> None:
        assert calendar_quarter(period(named)) == period(named)


class DescribePeriodInWords:
    @pytest.mark.parametrize(
        ("words", "period_id"),
        [
            ("Quý I năm 2022", "2022-Q1"),
            ("QUÝ II NĂM 2022", "2022-Q2"),
            ("quý III/2022", "2022-Q3"),
            ("Quý 4 năm 2022", "2022-Q4"),
            ("6 tháng đầu năm 2022", "2022-6T"),
            ("sáu tháng đầu năm 2022", "2022-6T"),
            ("9 tháng năm 2022", "2022-9T"),
            ("9 tháng đầu năm 2022", "2022-9T"),
            ("Năm 2023", "2023-N"),
            ("2022-Q1", "2022-Q1"),
            ("từ ngày 15/12/2024 đến ngày 14/3/2025", "2024-12-15_2025-03-14"),
            ("từ 01/01/2021 đến 31/8/2023", "2021-01-01_2023-08-31"),
            ("KẾT QUẢ THỰC HIỆN CÔNG TÁC CCHC QUÝ I NĂM 2022", "2022-Q1"),
        ],
    )
    def it_reads_what_a_title_says(self, words: str, period_id: str) -> None:
        assert period_in_words(words) == period(period_id)

    @pytest.mark.parametrize(
        ("words", "period_id"),
        [
            ("Kết quả quý I, phương hướng, nhiệm vụ quý II năm 2022", "2022-Q1"),
            ("Kết quả quý I năm 2022, phương hướng, nhiệm vụ quý II năm 2022", "2022-Q1"),
            ("Báo cáo quý IV năm 2022, nhiệm vụ quý I năm 2023", "2022-Q4"),
            ("Báo cáo 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2022", "2022-6T"),
            ("Báo cáo năm 2022, phương hướng, nhiệm vụ năm 2023", "2022-N"),
            ("Báo cáo năm 2022, phương hướng, nhiệm vụ quý I năm 2023", "2022-N"),
        ],
    )
    def it_is_not_misled_by_the_outlook_in_the_title(self, words: str, period_id: str) -> None:
        assert period_in_words(words) == period(period_id)

    @pytest.mark.parametrize(
        ("words", "period_id"),
        [
            ("3 tháng đầu năm 2022", "2022-Q1"),
            ("Báo cáo 03 tháng đầu năm 2022", "2022-Q1"),
            ("(Số liệu so với Quý IV năm 2021) | Quý I năm 2022", "2022-Q1"),
            ("Quý I năm 2022 so với cùng kỳ năm 2021", "2022-Q1"),
            ("(Kèm theo Công văn Quý IV năm 2021 của UBND huyện) | Quý I năm 2022", "2022-Q1"),
            ("Ban hành theo Quyết định của UBND tỉnh năm 2021 | Quý I năm 2022", "2022-Q1"),
            ("(Kèm theo Báo cáo năm 2021 của UBND xã) | Quý I năm 2022", "2022-Q1"),
            ("(Kèm theo Báo cáo quý I năm 2022 của UBND xã A)", "2022-Q1"),
        ],
    )
    def it_is_not_misled_by_comparisons_and_documents(self, words: str, period_id: str) -> None:
        assert period_in_words(words) == period(period_id)

    @pytest.mark.parametrize(
        "words",
        ["Quý …. năm 2022", "QUÝ ... NĂM 2022", "Quý … /2022", "Kỳ báo cáo: ………… năm 2022",
         "(Ban hành kèm theo Công văn năm 2021)", "So với quý IV năm 2021"],
    )  # fmt: skip
    def but_it_takes_nothing_where_the_period_was_not_filled_in(self, words: str) -> None:
        assert period_in_words(words) is None

    @pytest.mark.parametrize(
        "words",
        ["", "Phụ lục 01b", "quý I", "hàng quý, 6 tháng, 9 tháng, năm", "Số 418/UBND-NV",
         "từ ngày 31/02/2022 đến ngày 14/3/2022"],
    )  # fmt: skip
    def but_it_guesses_nothing(self, words: str) -> None:
        assert period_in_words(words) is None

    @given(PERIODS | FREE_PERIODS)
    def it_reads_its_own_names(self, written: Period) -> None:
        assert period_in_words(written.name) == written

    @given(st.text() | st.text(alphabet="quýthángnămtừđếnIV0123456789/_- "))
    def it_never_raises(self, words: str) -> None:
        found = period_in_words(words)

        assert found is None or isinstance(found, Period)
