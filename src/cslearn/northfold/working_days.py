"""Working days, bank holidays and clock changes in England and Wales, and Northfold's hours.

Everything is computed; nothing is downloaded. Rules: Banking and Financial Dealings
Act 1971, Schedule 1, with substitute days by royal proclamation; clock changes:
Summer Time Order 2002. Days that were proclaimed once are listed with their reason.
"""

from datetime import date, timedelta
from functools import lru_cache

import numpy as np

# Proclaimed for one year only; no rule gives them.
_ONCE = {
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State Funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}
_MOVED = {date(2020, 5, 4): date(2020, 5, 8), date(2022, 5, 30): date(2022, 6, 2)}

# The complaints teams work in office hours; the lines are open longer. Minutes after midnight.
OFFICE = (9 * 60, 17 * 60)
LINES_WEEKDAY = (8 * 60, 20 * 60)
LINES_SATURDAY = (9 * 60, 17 * 60)
LINES_SUNDAY = (10 * 60, 16 * 60)


def easter(year: int) -> date:
    """Easter Sunday (Gregorian; the "anonymous" algorithm, Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _monday(year: int, month: int, last: bool = False) -> date:
    if last:
        end = date(year, month, 31)
        return end - timedelta(days=end.weekday())
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


@lru_cache
def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of one year, from 2000 on, with their names, in order; substitute days included."""
    found = {
        easter(year) - timedelta(days=2): "Good Friday",
        easter(year) + timedelta(days=1): "Easter Monday",
        _monday(year, 5): "Early May bank holiday",
        _monday(year, 5, last=True): "Spring bank holiday",
        _monday(year, 8, last=True): "Summer bank holiday",
    }
    found = {_MOVED.get(day, day): name for day, name in found.items()}
    for day, name in (
        (date(year, 1, 1), "New Year's Day"),
        (date(year, 12, 25), "Christmas Day"),
        (date(year, 12, 26), "Boxing Day"),
    ):
        # A holiday on a weekend moves to the next weekday that is still free.
        while day.weekday() >= 5 or day in found:
            day += timedelta(days=1)
        found[day] = name
    if date(year, 12, 25).weekday() == 6:
        # The rule above would give Christmas the 26th; by custom Boxing Day keeps it.
        found[date(year, 12, 26)], found[date(year, 12, 27)] = "Boxing Day", "Christmas Day (substitute day)"
    found.update({day: name for day, name in _ONCE.items() if day.year == year})
    return dict(sorted(found.items()))


def is_working_day(day: date) -> bool:
    """Whether the complaints teams work on this day: Monday to Friday, and no bank holiday."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


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
