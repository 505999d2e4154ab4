"""Working days, clock changes, and Northfold's hours. Both sites keep the bank holidays of England and Wales.

Everything is computed; nothing is downloaded. Clock changes: Summer Time Order 2002.
"""

from datetime import date, timedelta

import numpy as np

from cslearn.methods.bank_holidays import bank_holidays, is_working_day

# The complaints teams work in office hours; the lines are open longer. Minutes after midnight.
OFFICE = (9 * 60, 17 * 60)
LINES_WEEKDAY = (8 * 60, 20 * 60)
LINES_SATURDAY = (9 * 60, 17 * 60)
LINES_SUNDAY = (10 * 60, 16 * 60)


def add_working_days(day: date, number: int) -> date:
    """The date ``number`` (0 or more) working days after ``day``; the day itself does not count."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def clock_changes(year: int) -> tuple[date, date]:
    """The Sundays on which the clocks go forward (01:00 becomes 02:00) and back (02:00 becomes 01:00)."""
    return tuple(end - timedelta(days=(end.weekday() + 1) % 7) for end in (date(year, 3, 31), date(year, 10, 31)))


def lines_open(day: date) -> tuple[int, int]:
    """When the lines open and close on a day, in minutes after midnight; (0, 0) on 25 December."""
    if (day.month, day.day) == (12, 25):
        return (0, 0)
    if day.weekday() == 6 or day in bank_holidays(day.year):
        return LINES_SUNDAY
    return LINES_SATURDAY if day.weekday() == 5 else LINES_WEEKDAY


class OfficeClock:
    """Turns wall-clock minutes since ``start`` (midnight, local time) into minutes of office time, and back."""

    def __init__(self, start: date, days: int):
        working = np.array([is_working_day(start + timedelta(days=n)) for n in range(days)])
        self._open = working
        self._before = np.concatenate([[0], np.cumsum(working)])
        self._days = np.flatnonzero(working)
        self.length = OFFICE[1] - OFFICE[0]

    def office(self, wall) -> np.ndarray:
        """Office minutes that have passed by these wall-clock minutes."""
        wall = np.asarray(wall, dtype=np.int64)
        day, minute = wall // 1440, wall % 1440
        today = np.clip(minute - OFFICE[0], 0, self.length) * self._open[day]
        return self._before[day] * self.length + today

    def wall(self, office, *, ends: bool = False) -> np.ndarray:
        """Wall-clock minutes at these office minutes; work that ``ends`` at closing time does so that day."""
        office = np.asarray(office, dtype=np.int64)
        day = (office - ends) // self.length
        return self._days[day] * 1440 + OFFICE[0] + office - day * self.length
