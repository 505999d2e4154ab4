"""Working days, clock changes and office time are those of England and Wales."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslearn.northfold import working_days as days


@pytest.mark.parametrize("year", range(2020, 2030))
def test_clocks_change_when_the_time_zone_says_so(year):
    try:
        zone = ZoneInfo("Europe/London")
    except KeyError:  # pragma: no cover - a machine without time zone data
        pytest.skip("this machine has no time zone data")
    offsets = [datetime(year, 1, 1, tzinfo=zone) + timedelta(days=n) for n in range(365)]
    changed = [a.date() for a, b in pairwise(offsets) if a.utcoffset() != b.utcoffset()]
    assert list(days.clock_changes(year)) == changed


def test_working_days_skip_weekends_and_easter():
    assert days.add_working_days(date(2024, 3, 28), 1) == date(2024, 4, 2)
    assert days.working_days_between(date(2024, 3, 28), date(2024, 4, 5)) == 4
    assert not days.is_working_day(date(2024, 8, 26)) and days.is_working_day(date(2024, 8, 27))


def test_lines_are_open_as_northfold_says():
    assert days.lines_open(date(2024, 12, 25)) == (0, 0)
    assert days.lines_open(date(2024, 5, 6)) == days.LINES_SUNDAY == days.lines_open(date(2024, 5, 5))
    assert days.lines_open(date(2024, 5, 7)) == days.LINES_WEEKDAY


CLOCK = days.OfficeClock(date(2024, 1, 1), 366)


@given(st.integers(0, 366 * 1440 - 1), st.integers(0, 366 * 1440 - 1))
def test_office_time_never_runs_backwards_and_stands_still_out_of_hours(a, b):
    a, b = sorted((a, b))
    first, second = CLOCK.office([a, b])
    assert 0 <= second - first <= b - a
    moment = datetime(2024, 1, 1) + timedelta(minutes=a)
    moves = days.is_working_day(moment.date()) and 9 <= moment.hour < 17
    if a + 1 < 366 * 1440:
        assert CLOCK.office([a + 1])[0] - first == moves


def test_office_time_and_wall_time_are_inverse_and_work_may_end_at_closing_time():
    office = np.arange(0, 250 * 480, 7)
    assert np.array_equal(CLOCK.office(CLOCK.wall(office)), office)
    assert np.array_equal(CLOCK.office(CLOCK.wall(office[1:], ends=True)), office[1:])
    # 2 January 2024 was the first working day: the first 480 minutes end there at 17:00.
    assert CLOCK.wall([480], ends=True)[0] == 1440 + 17 * 60
    assert CLOCK.wall([480])[0] == 2 * 1440 + 9 * 60
