"""Bank holidays of the three calendars are the published ones."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslearn.methods.bank_holidays import NATIONS, bank_holidays, easter, is_working_day, next_working_day
from cslearn.problem import Problem

# Written out by hand, year by year, so that a slip in a rule shows.
PUBLISHED = {
    "England and Wales": {
        2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
        2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
        2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    },
    "Scotland": {
        2022: "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27",
        2023: "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26",
        2024: "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
        2025: "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
        2026: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
    },
    "Northern Ireland": {
        2022: "01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27",
        2023: "01-02 03-17 04-07 04-10 05-01 05-08 05-29 07-12 08-28 12-25 12-26",
        2024: "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
        2025: "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
        2026: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
    },
}


@pytest.mark.parametrize(("nation", "year"), [(nation, year) for nation in PUBLISHED for year in PUBLISHED[nation]])
def test_bank_holidays_are_the_published_ones(nation, year):
    assert [f"{day:%m-%d}" for day in bank_holidays(year, nation)] == PUBLISHED[nation][year].split()


@given(st.integers(2008, 2100), st.sampled_from(NATIONS))
def test_no_bank_holiday_falls_on_a_weekend(year, nation):
    days = list(bank_holidays(year, nation))
    assert all(day.weekday() < 5 for day in days) and days == sorted(days)
    assert easter(year).weekday() == 6


def test_easter_monday_is_a_working_day_in_scotland_only():
    monday = date(2026, 4, 6)
    assert [is_working_day(monday, nation) for nation in NATIONS] == [False, True, False]
    assert next_working_day(date(2026, 4, 3)) == date(2026, 4, 7)
    assert next_working_day(date(2026, 4, 3), "Scotland") == date(2026, 4, 6)
    assert next_working_day(monday + timedelta(days=1)) == date(2026, 4, 7)


def test_another_nation_gets_a_sentence():
    with pytest.raises(Problem, match="England and Wales, Scotland, Northern Ireland"):
        bank_holidays(2026, "Wales")
