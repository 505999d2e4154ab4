"""The lab's queues against Erlang C, and its whole process against the same network in ciw."""

import math
import sys
from pathlib import Path
from unittest import mock

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.stock_desk import desk
from cslearn.methods import queues
from cslearn.methods.changelab import run, situation
from cslearn.methods.changelab.figures import DAY, FIGURES, TICKS, WEEK
from cslearn.methods.changelab.process import Floor, Rules
from cslearn.methods.changelab.world import Cases

TEAMS, WEEKS = 3, 56


def cases_of(arrives, weeks=WEEKS, **columns) -> Cases:
    """Complaints drawn by numpy, so that nothing of the lab's own draws is in them."""
    size = len(arrives)
    ticks = np.sort(arrives * TICKS).astype(np.int64)
    starts = np.searchsorted(ticks, np.arange(weeks + 1) * WEEK * TICKS).tolist()
    never, zero = np.zeros(size, dtype=bool), np.zeros(size)
    names = [name for name in Cases.__dataclass_fields__ if name not in ("arrives", "week_starts")]
    found = {name: columns.get(name, never if name in ("simple", "vulnerable", "asks") else zero) for name in names}
    return Cases(arrives=ticks.tolist(), week_starts=starts, **{name: row.tolist() for name, row in found.items()})


def empty_floor(cases, weeks=WEEKS) -> Floor:
    floor = Floor(cases, 0, situation(0), weeks)
    floor.agents = [[0] * len(team) for team in floor.agents]
    floor.desks, floor.managers = [0] * len(floor.desks), [0] * len(floor.managers)
    return floor


@pytest.mark.slow
def test_at_constant_rates_a_tray_is_erlang_c():
    # Three teams of three agents; each complaint is settled at once, after a time that varies as an
    # exponential does. Nobody hurries.
    rng = np.random.default_rng(70)
    busy, minutes = 0.7, 20.0
    waits, shares = [], []
    for _ in range(110):
        size = rng.poisson(14_000)
        span = size * minutes / (TEAMS * 3 * busy)
        arrives = np.sort(rng.uniform(0, span, size))
        made = cases_of(
            arrives,
            simple=np.ones(size, dtype=bool),
            team=rng.integers(0, TEAMS, size),
            log=rng.exponential(minutes, size) * TICKS,
            reopen=np.ones(size),
        )
        floor = empty_floor(made)
        calm = {"hurry": dict.fromkeys(FIGURES["hurry"], 0.0), "sort": 0.0, "settle": 0.0}
        with mock.patch.dict(FIGURES, calm):
            weeks = [
                floor.play(week, Rules(live=[True] * 3, adoption=[1.0] * 3, sort_first=True)) for week in range(WEEKS)
            ]
        assert sum(len(week.closed) for week in weeks) > 0.97 * size
        waits.append(sum(week.waited[0] for week in weeks) / sum(week.visits[0] for week in weeks) / TICKS)
        served = sum(week.busy[0] for week in weeks) / sum(week.visits[0] for week in weeks) / TICKS
        shares.append(served)
    expected = queues.average_speed_of_answer(3, 3 * busy, minutes * 60) / 60
    error = np.std(waits, ddof=1) / math.sqrt(len(waits))
    assert error < 0.01 * expected  # precise enough for what is claimed
    assert abs(np.mean(waits) - expected) < 0.02 * expected
    assert np.mean(shares) == pytest.approx(minutes, rel=0.01)


# ---- the same network in ciw ------------------------------------------------------------------

RUNS, SPAN = 200, 2
RATE = 115 / WEEK


def theirs(seed, share):
    """Mean days from arrival to close of the complaints of SPAN weeks, all played to their end."""
    simulation, size = desk(seed, SPAN, share)
    simulation.simulate_until_max_time(60 * WEEK)
    ends = {}
    for node in simulation.nodes[1:-1]:
        assert not node.all_individuals
    for record in simulation.get_all_records():
        first, last = ends.get(record.id_number, (math.inf, 0.0))
        ends[record.id_number] = (min(first, record.arrival_date), max(last, record.exit_date))
    assert len(ends) == size
    return sum(last - first for first, last in ends.values()) / len(ends) / DAY


def ours(seed, share):
    rng = np.random.default_rng(seed)
    arrives = np.sort(rng.uniform(0, SPAN * WEEK, rng.poisson(RATE * SPAN * WEEK)))
    size = len(arrives)

    def touch(minutes, station):
        return minutes * (0.5 + 0.5 * rng.exponential(1, size)) * TICKS / share[station]

    def delay(days):
        return days * DAY * TICKS * (0.3 + 0.7 * rng.exponential(1, size))

    simple, frail = rng.random(size) < 0.45, rng.random(size) < 0.04
    look = np.where(simple, 15.0, 34.0) * np.where(frail, 1.3, 1.0)
    made = cases_of(
        arrives,
        WEEKS,
        simple=simple,
        vulnerable=frail,
        paid=np.where(rng.random(size) < 0.86, 36.0 * np.exp(0.95 * rng.normal(size=size)), 0.0),
        asks=rng.random(size) < np.where(simple, 0.25, 0.62),
        team=rng.integers(0, 3, size),
        log=touch(7.0, "agents"),
        investigate=touch(look, "agents"),
        desk=touch(9.0, "courier desk"),
        approve=touch(5.5, "managers"),
        approve2=touch(5.5, "managers"),
        reply=touch(14.0, "agents"),
        rework=touch(0.65 * look, "agents"),
        second_reply=touch(12.0, "agents"),
        answer=delay(2.0),
        confirm=delay(1.2),
        confirm2=delay(1.2),
        reopen=rng.random(size),
        adopt=np.ones(size),
    )
    floor = empty_floor(made)
    for week in range(WEEKS):
        floor.play(week, Rules())
    days = (np.array(floor.closed_at) - np.array(made.arrives)) / TICKS / DAY
    assert (days > 0).all()
    return float(days.mean())


@pytest.mark.slow
def test_the_whole_process_agrees_with_the_same_network_in_ciw():
    # Single runs of two weeks scatter by several percent, so it takes many of them.
    share = Floor(cases_of(np.zeros(0)), 0, situation(0)).share
    by_ciw = [theirs(seed, share) for seed in range(RUNS)]
    by_lab = [ours(seed, share) for seed in range(4 * RUNS)]
    expected, found = np.mean(by_ciw), np.mean(by_lab)
    error = math.hypot(np.std(by_ciw) / math.sqrt(len(by_ciw)), np.std(by_lab) / math.sqrt(len(by_lab)))
    assert error < 0.01 * expected  # one standard error of the difference: a third of what is claimed
    assert abs(found - expected) < 0.03 * expected


# ---- Little's law ------------------------------------------------------------------------------


def test_little_s_law_holds_for_the_open_complaints():
    year = run({}, 1)
    floor = year.floor
    first, last = 4 * WEEK * TICKS, 56 * WEEK * TICKS
    arrives, closed = np.array(floor.cases.arrives), np.array(floor.closed_at)
    ends = np.where(closed == 0, last, np.minimum(closed, last))
    # Case by case: how long each is there within the year.
    held = np.maximum(0, ends - np.maximum(arrives, first)).sum() / (last - first)
    by_week = np.mean([week["open"] for week in year.weeks])
    assert by_week == pytest.approx(held, rel=0.05)
    came = (arrives >= first).sum()
    stay = (closed - arrives)[(arrives >= first) & (closed > 0)].mean() / TICKS / DAY
    assert queues.work_in_progress(came / 260, stay) == pytest.approx(held, rel=0.05)
