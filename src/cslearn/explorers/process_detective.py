"""W4, the process detective: before which step do cases really wait, and does your map show what happens?

The page's side is ``process_detective.js`` for the five steps and ``map_room.js`` for drawing
and replaying a map; the words are in ``process_detective_data.js``, which both sides read.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from cslearn.explorers.data import read_data
from cslearn.methods import eventlog
from cslearn.methods.bank_holidays import is_working_day
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("process_detective_data.js")
CASES = 140
TEST_CASES = 3
OFFICE = (9 * 60, 17 * 60)
DAY = OFFICE[1] - OFFICE[0]
# In working days: cases come in thirteen weeks, and the log is drawn a little later.
COMING, DRAWN, LAIN = 65, 72, 60
FIRST_DAY = date(2024, 1, 8)
# How far the share of all waiting may be off.
TOLERANCE = 0.02


@lru_cache
def _days() -> list[str]:
    """The working days from the first one on, as text."""
    days = (FIRST_DAY + timedelta(days=n) for n in range(200))
    return [str(day) for day in days if is_working_day(day)]


def _moment(office: int, ends: bool = False) -> str:
    """Minutes of office time as a date and time; work that ``ends`` at closing time does so that day."""
    day = (office - ends) // DAY
    minute = OFFICE[0] + office - day * DAY
    return f"{_days()[day]} {minute // 60:02d}:{minute % 60:02d}"


def problem(seed: int) -> dict:
    """A log with one bottleneck and four steps that look like it, each for another reason.

    Gives ``name``, ``about``, ``case``, ``steps`` (name and role), ``voices`` (who says what) and
    ``rows``, the event log. Seed 0 is Northfold's own log, ``table``, which has no rows here.
    In every log the bottleneck holds at least twice as much waiting as the next step, and
    the longest work, the most frequent step, the longest mean wait and the longest single
    wait lie elsewhere, each in another place.
    """
    data = read_data(DATA)
    if seed == 0:
        return {"seed": 0, "table": "events_before", **data["northfold"]}
    draw = mulberry32(seed)
    scenario = data["scenarios"][seed % len(data["scenarios"])]
    while True:
        stuck, lain, rows = _rows(draw, scenario)
        if _fair(rows, scenario, stuck, lain):
            break
    roles: dict[str, list[str]] = {}
    for name, role, *_ in scenario["path"]:
        if role not in roles.setdefault(name, []):
            roles[name].append(role)
    voices = [
        [f"Those who do “{scenario['heavy']}”", "that is where the hard work is."],
        ["The case system", f"no step is done as often as “{scenario['often']}”."],
        ["A specialist", f"before “{scenario['rare']}” a case lies for weeks."],
        ["The director", f"one {scenario['case']} lay for three months before “{lain}”. Start there!"],
    ]
    return {
        "seed": seed,
        "name": scenario["name"],
        "case": scenario["case"],
        "about": scenario["about"],
        "steps": [[name, " and ".join(each)] for name, each in roles.items()],
        "voices": voices,
        "rows": rows,
    }


def _rows(draw, scenario: dict) -> tuple[str, str, list[dict]]:
    """One try: the step that is stuck, the step before which one case lay, and the log."""

    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    stuck = scenario["stuck"][whole(0, len(scenario["stuck"]) - 1)]
    others = [name for name in scenario["stuck"] if name != stuck]
    lain = others[whole(0, len(others) - 1)]
    hours = 26 + 8 * whole(0, 3)
    path = []
    for name, role, touch, wait, share in scenario["path"]:
        # The same waiting for each case, however few of them do the step.
        wait = hours / share if name == stuck else wait * (0.7 + 0.6 * draw())
        path.append((name, role, touch, wait, share))
    at, back = scenario["again"]
    first = next(place for place, step in enumerate(path) if step[0] == back)
    arrivals = sorted(whole(0, COMING * DAY - 1) for _ in range(CASES))
    # The one that lies for three months must come early enough to have gone on.
    arrivals[0] %= DAY
    rows: list[dict] = []
    for case, arrival in enumerate(arrivals):
        now = arrival
        steps = []
        for place, step in enumerate(path):
            if draw() < step[4] or (case == 0 and step[0] == lain):
                steps.append(step)
            if place == at and draw() < 0.17:
                steps += [path[first], path[at]]
        for place, (name, role, touch, wait, _) in enumerate(steps):
            # Nobody lets a case lie for ever.
            pause = math.floor(min((-math.log(1 - draw()) - math.log(1 - draw())) / 2, 4) * wait * 60)
            if case == 0 and name == lain:
                pause = LAIN * DAY
            took = max(1, math.floor(touch * (0.5 + draw())))
            person = whole(1, 4)
            # The customer's own step comes at once and takes none of our time.
            begins = now + (pause if place else 0)
            now = begins + (took if place else 0)
            if now > DRAWN * DAY:
                break
            outcome = "closed" if place == len(steps) - 1 else ""
            rows.append(_row(case + 1, name, role, begins, now, f"{role[0].upper()}{person}", outcome))
    for test in range(TEST_CASES):
        now = whole(0, COMING - 1) * DAY + 180
        for name, role, *_ in path:
            rows.append(_row(9001 + test, name, role, now, now + 1, "T00", "test"))
            now += 1
    return stuck, lain, rows


def _row(case: int, name: str, role: str, begins: int, ends: int, resource: str, outcome: str) -> dict:
    return {
        "case_id": f"{case:04d}", "activity": name, "start_ts": _moment(begins), "end_ts": _moment(ends, ends > begins),
        "role": role, "resource": resource, "site": "", "outcome": outcome,
    }  # fmt: skip


def _fair(rows: list[dict], scenario: dict, stuck: str, lain: str) -> bool:
    """Whether the bottleneck is clear, and every decoy points where it should."""
    log = eventlog.without_test_cases(eventlog.cases(rows))
    figures = eventlog.step_figures(log)

    def first(measure, leave=()) -> str:
        return max((name for name in figures if name not in leave), key=measure)

    waits = {name: each.total_wait_hours for name, each in figures.items()}
    longest = max((step for case in log for step in case.steps), key=lambda step: step.wait)
    rare = scenario["rare"]
    return (
        rare in figures
        and first(waits.get) == stuck
        and waits[stuck] >= 2 * waits[first(waits.get, (stuck,))]
        and first(lambda name: figures[name].total_touch_hours) == scenario["heavy"]
        and first(lambda name: figures[name].count) == scenario["often"]
        and first(lambda name: figures[name].wait_hours) == rare
        and longest.activity == lain
    )


def answers(log: list[eventlog.Case]) -> dict:
    """The bottleneck of a log and the shares of all waiting that count as right: with open cases, and of closed ones only.

    Give it the log without test cases.
    """
    name = eventlog.bottleneck(log)
    shares = [eventlog.step_figures(log)[name].share_of_wait]
    closed = eventlog.closed_cases(log, _last(log))
    return {"bottleneck": name, "shares": [*shares, eventlog.step_figures(closed)[name].share_of_wait]}


def _last(log: list[eventlog.Case]) -> str:
    """The step with which most cases end."""
    counts: dict[str, int] = {}
    for case in log:
        name = case.steps[-1].activity
        counts[name] = counts.get(name, 0) + 1
    return max(counts, key=counts.__getitem__)
