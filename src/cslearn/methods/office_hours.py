"""Office hours: how much working time lies between two moments, so that nights and weekends do not count as waiting.

Plain arithmetic in the same order of steps as ``explorers/event_log.js``, so that page
and notebook agree. Working days are those of :mod:`cslearn.methods.bank_holidays`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from cslearn.methods.bank_holidays import ENGLAND_AND_WALES, bank_holidays
from cslearn.problem import Problem

# The calendar of bank holidays begins here.
_FIRST_YEAR = 2008


@dataclass(frozen=True)
class OfficeHours:
    """When an office works: from ``opens`` to ``closes``, in minutes after midnight, on the working days of a nation.

    Raises Problem if the office would close before it opens.
    """

    opens: int = 9 * 60
    closes: int = 17 * 60
    nation: str = ENGLAND_AND_WALES
    _days: dict[str, tuple[int, bool]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self):
        if not 0 <= self.opens < self.closes <= 24 * 60:
            raise Problem(
                f"Office hours from minute {self.opens} to minute {self.closes} of the day are not possible. "
                "Give two times of one day, the opening first."
            )

    @property
    def day(self) -> int:
        """Minutes in one working day."""
        return self.closes - self.opens

    def minutes(self, moment: object) -> int:
        """Where a moment lies on the office's own clock, in minutes; only differences between two of them mean anything.

        moment: local time as text, ``2024-03-11 09:30``, or a ``datetime``. The clock
        stands still outside office hours. Raises Problem if it is no date and time.
        """
        text = moment if isinstance(moment, str) else str(moment)
        known = self._days.get(text[:10])
        if known is None:
            known = self._days[text[:10]] = _day(text, self.nation)
        before, working = known
        hour, minute = text[11:13], text[14:16]
        if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
            raise _no_moment(moment)
        minute = int(hour) * 60 + int(minute)
        today = min(max(minute - self.opens, 0), self.day) if working else 0
        return before * self.day + today

    def between(self, earlier: object, later: object) -> int:
        """Office minutes from one moment to a later one; 0 if the later one is not later.

        In words: the minutes on the clock, less nights, weekends and bank holidays.
        """
        return max(0, self.minutes(later) - self.minutes(earlier))


def _no_moment(moment: object) -> Problem:
    return Problem(f"{str(moment)[:40]!r} is not a date and time, such as 2024-03-11 09:30. Put it right.")


def _day(text: str, nation: str) -> tuple[int, bool]:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        raise _no_moment(text) from None
    if day.year < _FIRST_YEAR:
        raise Problem(f"{day} lies before {_FIRST_YEAR}, where the calendar of bank holidays begins. Use later dates.")
    holidays = bank_holidays(day.year, nation)
    passed = sum(holiday < day for holiday in holidays)
    # Mondays to Fridays since the year 1, which began on a Monday, less the bank holidays since 2008.
    weeks, rest = divmod(day.toordinal() - 1, 7)
    weekdays = 5 * weeks + min(rest, 5)
    working = day.weekday() < 5 and day not in holidays
    return weekdays - _holidays_before(day.year, nation) - passed, working


@lru_cache
def _holidays_before(year: int, nation: str) -> int:
    """Bank holidays from 2008 up to, not including, a year; each lies on a weekday."""
    return sum(len(bank_holidays(each, nation)) for each in range(_FIRST_YEAR, year))
