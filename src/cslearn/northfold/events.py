"""Event logs of complaint cases, before and after the change (tables D5: events_before, events_after).

About 600 cases each, opened in ten weeks, as the case system showed them on the day the
log was drawn. Read off the story's process; every case is a complaint of the register.
``case_id`` is the site's own running number, so a case is known by site and number.

Planted: one step, out of four, holds at least twice as much waiting as the next; the
Returns desk does one hand-off in ten and appears in no procedure; 18% of cases come back
after a reply; West asks the courier first; after the change approval waits fall and the
courier's do not. Traps: cases still open; test cases; the same number at both sites; one
case of 90 days on another step; a rare step with the longest mean wait; replies written
in the evening; replies of the night when the clocks changed; time that is no office time.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from cslearn.northfold.process import (
    ACTIVITIES,
    AFTER,
    BEFORE,
    CONFIRM,
    MANAGER,
    OMBUDSMAN,
    RECEIVE,
    REPLY,
    ROLES,
    Process,
    moments,
)
from cslearn.northfold.story import CASE_SAMPLE, SITES, number_of
from cslearn.northfold.stream import Stream
from cslearn.northfold.working_days import clock_changes

COLUMNS = ("case_id", "activity", "start_ts", "end_ts", "role", "resource", "site", "outcome")
# How many people of each role a site has; their names are letters and numbers.
_PEOPLE = (14, 3, 9, 3, 2, 4, 1, 1)
_LETTERS = ("A", "L", "H", "R", "C", "M", "O", "")
TEST_CASES = 6


def in_window(process: Process, window: tuple[date, date, date]) -> np.ndarray:
    """Which complaints are cases of a log: opened in its weeks, one in three."""
    day = process.made["day"]
    fits = (day >= number_of(window[0])) & (day <= number_of(window[1]))
    return fits & (process.made["customer"] < CASE_SAMPLE)


@dataclass
class Log:
    """One window's log before it is written down: a place for each step, in the order of a case's steps.

    Times are wall-clock minutes since the story began, as published; ``there`` says
    which steps had ended when the log was drawn. Test cases are not among them.
    """

    case: np.ndarray
    activity: np.ndarray
    role: np.ndarray
    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    there: np.ndarray


def log(process: Process, window: tuple[date, date, date], stream: Stream | None = None) -> Log:
    """The log of one window as arrays; quick, so that a case can be screened before a row is written."""
    events, clock = process.events, process.story.clock
    stream = stream or _stream(process, window)
    kept = in_window(process, window)[events.case]
    case, activity, role = events.case[kept], events.activity[kept], events.role[kept]
    start = clock.wall(events.start[kept])
    end = np.maximum(clock.wall(events.end[kept], ends=True), start)
    received = (process.made["day"] * 1440 + process.made["second"] // 60)[case]
    start = np.where(activity == RECEIVE, received, start)
    end = np.where(activity == RECEIVE, received, end)

    last = np.concatenate([case[1:] != case[:-1], [True]])
    follows = np.where(last, end + 30 * 1440, np.concatenate([start[1:], [0]]))
    came = np.where(activity == RECEIVE, received, np.concatenate([[0], end[:-1]]))
    free = (activity == REPLY) & ~last
    start, end = _evenings(start, end, follows, free, stream)
    start, end = _clock_change_nights(start, end, came, follows, free, window)

    people = np.array(_PEOPLE)[role]
    person = stream.below(people, role.shape)
    # A refund needs two managers, and no one may approve twice.
    second = (role == MANAGER) & (np.concatenate([[-1], role[:-1]]) == MANAGER)
    person = np.where(second, (np.concatenate([[0], person[:-1]]) + 1) % people, person)
    drawn = number_of(window[2]) * 1440 + 1439
    # A step that has not ended is not in the log yet.
    return Log(case, activity, role, person, start, end, np.maximum(start, end) <= drawn)


def _stream(process: Process, window: tuple[date, date, date]) -> Stream:
    return process.story.stream(f"events {window[0]}")


def rows(process: Process, window: tuple[date, date, date]) -> list[dict]:
    """The published log of one window, in order of time, as plain rows."""
    stream = _stream(process, window)
    made = log(process, window, stream)
    case, activity, role, start = made.case, made.activity.tolist(), made.role.tolist(), made.start.tolist()
    outcome = _outcomes(process, case, made.activity)
    site, number = process.made["site"][case].tolist(), process.made["number"][case].tolist()
    person = made.person.tolist()
    begins, ends = moments(made.start), moments(made.end)
    table = [
        (start[n], n, {
            "case_id": f"{number[n]:05d}", "activity": ACTIVITIES[activity[n]], "start_ts": begins[n], "end_ts": ends[n],
            "role": ROLES[role[n]],
            "resource": f"{SITES[site[n]][0]}{_LETTERS[role[n]]}{person[n] + 1}" if role[n] < 7 else "",
            "site": SITES[site[n]], "outcome": outcome[n],
        })
        for n in np.flatnonzero(made.there).tolist()
    ]  # fmt: skip
    table += _tests(window, stream, len(case))
    table.sort(key=lambda row: row[:2])
    return [row for _, _, row in table]


def _evenings(start, end, follows, free, stream):
    """Moves one reply in twenty to the evening of its day, where nothing follows before the next morning."""
    evening = start // 1440 * 1440 + 18 * 60 + stream.below(170, start.shape)
    moved = (
        free
        & (stream.uniform(start.shape) < 0.05)
        & (evening + (end - start) < follows)
        & (end // 1440 == start // 1440)
    )
    return np.where(moved, evening, start), np.where(moved, evening + (end - start), end)


def _clock_change_nights(start, end, came, follows, free, window):
    """Puts up to four replies into the night when the clocks changed, as the overnight batch would have sent them."""
    for change in clock_changes(window[0].year):
        if not window[0] <= change <= window[2]:
            continue
        night = number_of(change) * 1440
        fits = np.flatnonzero(free & (came < night) & (follows > night + 240))[:4]
        if change.month == 3:
            # Sent from 00:50 to 02:10 by the clock, which was twenty minutes.
            begins, ends = night + 50, night + 130
        else:
            # Sent from 01:50 summer time to 01:10 winter time, which was twenty minutes too.
            begins, ends = night + 110, night + 70
        start, end = start.copy(), end.copy()
        start[fits], end[fits] = begins + np.arange(len(fits)), ends + np.arange(len(fits))
    return start, end


def _outcomes(process: Process, case, activity) -> list[str]:
    paid = process.paid[case]
    first = (activity == REPLY) & (np.concatenate([[-1], activity[:-1]]) == 1)
    result = np.where(activity == CONFIRM, "closed", "")
    result = np.where(first, "acknowledged", result)
    back = (activity == REPLY) & ~first & (np.concatenate([activity[1:], [-1]]) == 3)
    result = np.where(back, "came back", result)
    result = np.where((activity == OMBUDSMAN), "pack sent", result)
    return np.where((activity == 5) & (paid > 0), "approved", result).tolist()


def _tests(window, stream, after: int) -> list[tuple[int, int, dict]]:
    """Cases that the supplier of the case system made to try it out, each done within minutes."""
    result = []
    for n in range(TEST_CASES):
        at = (number_of(window[0]) + 1 + 7 * n) * 1440 + 12 * 60 + int(stream.below(50, 1)[0])
        for place, activity in enumerate((0, 1, 6, 2, 3, 6, 8)):
            begins, ends = moments([at + place, at + place + 1])
            row = {
                "case_id": f"{90_001 + n}", "activity": ACTIVITIES[activity], "start_ts": begins, "end_ts": ends,
                "role": "agent", "resource": "T00", "site": SITES[n % 2], "outcome": "test" if activity == 8 else "",
            }  # fmt: skip
            result.append((at + place, after + 10 * n + place, row))
    return result


def before(process: Process) -> list[dict]:
    """The log drawn on 14 June 2024: cases opened from 11 March to 19 May."""
    return rows(process, BEFORE)


def after(process: Process) -> list[dict]:
    """The log drawn on 1 December 2024: cases opened from 16 September to 24 November."""
    return rows(process, AFTER)
