"""The lab's queues against Erlang C, and its whole process against the same network in ciw."""

import math
from unittest import mock

import ciw
import numpy as np
import pytest

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
LOOK = (FIGURES["investigate"], 0.45)


def hurried(station, minutes, wait):
    share = min(1.0, wait / (FIGURES["hurry_days"][station] * DAY))
    return minutes * (1 - FIGURES["hurry"][station] * share)


class Worked(ciw.dists.Distribution):
    """Work of one station: 0.5 of its mean for sure, and an exponential for the rest; quicker after a long wait."""

    def __init__(self, station, share):
        self.station, self.share = station, share

    def sample(self, t=None, ind=None):
        mean = ind.work.pop(0) / self.share
        minutes = mean * (0.5 + 0.5 * ciw.random.expovariate(1.0))
        return hurried(self.station, minutes, t - ind.arrival_date)


class UntilNext(ciw.dists.Distribution):
    """Until the next round, which comes every so many minutes.

    Many cases come with one round. Whose complaint is older goes first, as in the lab; ciw
    would draw lots, and older cases ask for less work, so all would wait a little longer.
    """

    def __init__(self, every):
        self.every = every

    def sample(self, t=None, ind=None):
        return self.every - t % self.every + 1e-6 * ind.id_number


class Delay(ciw.dists.Distribution):
    """Days that nobody here can shorten: 0.3 of their mean for sure, and an exponential for the rest."""

    def __init__(self, days):
        self.days = days

    def sample(self, t=None, ind=None):
        return self.days * DAY * (0.3 + 0.7 * ciw.random.expovariate(1.0))


# Nodes: 1 to 3 the teams, 4 courier desk, 5 managers, 6 rounds, 7 the courier's answer, 8 posting, 9 the customer.
def journey(ind, simulation):
    rng = ciw.random
    team = rng.randrange(3) + 1
    simple, frail = rng.random() < 0.45, rng.random() < 0.04
    look = (15.0 if simple else 34.0) * (1.3 if frail else 1.0)
    money = rng.random() < 0.86
    value = 36.0 * math.exp(0.95 * rng.gauss(0, 1)) if money else 0.0
    route, work = [team, 6, team], [7.0, look]
    if rng.random() < (0.25 if simple else 0.62):
        route += [4, 7]
        work.append(9.0)
    if value > 25:
        route += [5, 6, 5]
        work += [5.5, 5.5]
    route += [8] * money + [team, 9]
    work.append(14.0)
    if rng.random() < 0.16:
        # Rework and the second answer share one draw in the lab; in the mean they do not.
        route += [team, 6, team, 9]
        work += [0.65 * look, 12.0]
    ind.work = work
    return route


def in_ciw(seed, share):
    """Mean days from arrival to close of the complaints of SPAN weeks, all played to their end."""
    ciw.seed(seed)
    size = ciw.random
    arrivals = []
    t = 0.0
    while (t := t + size.expovariate(RATE)) < SPAN * WEEK:
        arrivals.append(t)
    gaps = np.diff([0.0, *arrivals]).tolist()
    agents = Worked("agents", share["agents"])

    class Started(ciw.dists.Distribution):
        def sample(self, t=None, ind=None):
            return agents.sample(t, ind)

    team = Started()
    network = ciw.create_network(
        # Everyone comes in by a gate that takes no time and is then sent to a team.
        arrival_distributions=[None] * 9 + [ciw.dists.Sequential([*gaps, math.inf])],
        service_distributions=[
            team, team, team, Worked("courier desk", share["courier desk"]), Worked("managers", share["managers"]),
            UntilNext(FIGURES["handout"]), Delay(2.0), UntilNext(FIGURES["posting"]), Delay(1.2),
            ciw.dists.Deterministic(0.0),
        ],
        number_of_servers=[3, 3, 3, 1, 2, math.inf, math.inf, math.inf, math.inf, math.inf],
        routing=ciw.routing.ProcessBased(journey),
    )  # fmt: skip
    return network, arrivals


def theirs(seed, share):
    network, arrivals = in_ciw(seed, share)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(60 * WEEK)
    ends = {}
    for node in simulation.nodes[1:-1]:
        assert not node.all_individuals
    for record in simulation.get_all_records():
        first, last = ends.get(record.id_number, (math.inf, 0.0))
        ends[record.id_number] = (min(first, record.arrival_date), max(last, record.exit_date))
    assert len(ends) == len(arrivals)
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
