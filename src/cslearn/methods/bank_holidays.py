"""Bank holidays of the United Kingdom's three calendars, and which days are working days.

Everything is computed; nothing is downloaded. Rules: Banking and Financial Dealings Act
1971, Schedule 1, with the substitute days that royal proclamation gives when a holiday
falls on a weekend; Northern Ireland's 17 March and 12 July, Scotland's own list. Days that
were proclaimed once are listed with their reason.
"""

from datetime import date, timedelta
from functools import lru_cache

from cslearn.problem import Problem

NATIONS = ("England and Wales", "Scotland", "Northern Ireland")
ENGLAND_AND_WALES, SCOTLAND, NORTHERN_IRELAND = NATIONS

# Proclaimed for one year only; no rule gives them. Scotland kept them too.
_ONCE = {
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State Funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}
_ONCE_IN = {SCOTLAND: {date(2026, 6, 15): "World Cup"}}
_MOVED = {date(2020, 5, 4): date(2020, 5, 8), date(2022, 5, 30): date(2022, 6, 2)}


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


def _fixed(year: int, nation: str) -> list[tuple[date, str]]:
    days = [(date(year, 1, 1), "New Year's Day"), (date(year, 12, 25), "Christmas Day")]
    days.append((date(year, 12, 26), "Boxing Day"))
    if nation == SCOTLAND:
        days += [(date(year, 1, 2), "2nd January"), (date(year, 11, 30), "St Andrew's Day")]
    if nation == NORTHERN_IRELAND:
        days += [(date(year, 3, 17), "St Patrick's Day"), (date(year, 7, 12), "Battle of the Boyne")]
    return sorted(days)


@lru_cache
def bank_holidays(year: int, nation: str = ENGLAND_AND_WALES) -> dict[date, str]:
    """The bank holidays of one year, from 2008 on, with their names, in order; substitute days included.

    nation: one of ``NATIONS``. Raises Problem on another word.
    """
    if nation not in NATIONS:
        raise Problem(f"There is no bank holiday calendar for {nation!r}; there is one for: {', '.join(NATIONS)}.")
    found = {
        easter(year) - timedelta(days=2): "Good Friday",
        _monday(year, 5): "Early May bank holiday",
        _monday(year, 5, last=True): "Spring bank holiday",
        _monday(year, 8, last=nation != SCOTLAND): "Summer bank holiday",
    }
    if nation != SCOTLAND:
        found[easter(year) + timedelta(days=1)] = "Easter Monday"
    found = {_MOVED.get(day, day): name for day, name in found.items()}
    for day, name in _fixed(year, nation):
        # A holiday on a weekend moves to the next weekday that is still free.
        while day.weekday() >= 5 or day in found:
            day += timedelta(days=1)
        found[day] = name
    if date(year, 12, 25).weekday() == 6:
        # The rule above would give Christmas the 26th; by custom Boxing Day keeps it.
        found[date(year, 12, 26)], found[date(year, 12, 27)] = "Boxing Day", "Christmas Day (substitute day)"
    found.update({day: name for day, name in (_ONCE | _ONCE_IN.get(nation, {})).items() if day.year == year})
    return dict(sorted(found.items()))


def is_working_day(day: date, nation: str = ENGLAND_AND_WALES) -> bool:
    """Whether offices work on this day: Monday to Friday, and no bank holiday in that nation."""
    return day.weekday() < 5 and day not in bank_holidays(day.year, nation)


def next_working_day(day: date, nation: str = ENGLAND_AND_WALES) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day, nation):
        day += timedelta(days=1)
    return day
