"""What the world does to both sites in one year: who complains, about what, and what goes wrong outside.

Nothing here depends on what anybody decides. Every complaint has its own draws, so two plans
under the same seed meet the same complaints (common random numbers), and a difference between
them comes from the plans.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from cslearn.methods.changelab.figures import DAY, FIGURES, STATIONS, TEAMS, TICKS, WARM_UP, WEEKS
from cslearn.methods.randomness import many, mulberry32

ELEMENTS = ("A", "D", "K", "Ab", "R")
SHOCKS = ("courier strike", "system outage", "peak comes early", "key leader leaves")
# In this order, because each has a stream of its own.
DRAWS = (
    "simple", "vulnerable", "money", "courier", "place", "log", "investigate", "desk", "approve", "approve2",
    "reply", "rework", "answer", "confirm", "confirm2", "reopen", "adopt", "fault", "chase", "happy",
)  # fmt: skip


@dataclass(frozen=True)
class Situation:
    """How a year begins: where work sticks, what each team lacks, and what will hit the year.

    ``stuck`` is one of STATIONS. ``ready`` has each team's five elements of ADKAR, from 1
    to 5. ``barrier`` names what each team lacks. ``leader`` is the place of the team whose
    leader may leave. ``shocks`` are (name, first week).
    """

    stuck: str
    ready: tuple[tuple[float, ...], ...]
    barrier: tuple[str, ...]
    leader: int
    shocks: tuple[tuple[str, int], ...]

    def week_of(self, shock: str) -> int:
        """The first week of a shock, or 0 if this year is spared it."""
        return dict(self.shocks).get(shock, 0)


@dataclass(frozen=True)
class Cases:
    """The complaints of one site, in the order in which they come: lists of equal length.

    Times in ticks, money in GBP; touch times before any change of pace; shares from 0 to 1
    for what is decided on the way.
    """

    arrives: list[int]
    week_starts: list[int]
    simple: list[bool]
    vulnerable: list[bool]
    paid: list[float]
    asks: list[bool]
    team: list[int]
    owner: list[float]
    log: list[float]
    investigate: list[float]
    desk: list[float]
    approve: list[float]
    approve2: list[float]
    reply: list[float]
    rework: list[float]
    second_reply: list[float]
    redo: list[float]
    answer: list[float]
    confirm: list[float]
    confirm2: list[float]
    reopen: list[float]
    adopt: list[float]
    fault: list[float]
    chase: list[float]
    happy: list[float]


@dataclass(frozen=True)
class World:
    """One year: the situation, a stream of draws for each site's complaints, and a little noise for each week."""

    seed: int
    situation: Situation
    streams: tuple[int, int]
    quality: list[float]

    @cached_property
    def north(self) -> Cases:
        """The complaints of North, where the change is made."""
        return _cases(self.streams[0], 0, self.situation)

    @cached_property
    def west(self) -> Cases:
        """The complaints of West, the comparison site."""
        return _cases(self.streams[1], 1, self.situation)


def situation(seed: int) -> Situation:
    """What the year of this seed is like; seed 0 is the book's own."""
    draw = mulberry32(seed)
    for _ in range(3):
        draw()
    pick = draw()
    stuck = "managers" if pick < 0.5 else "courier desk" if pick < 0.75 else "agents"
    lacks = ["Ab", "D", "A" if draw() < 0.5 else "K"]
    for last in (2, 1):
        other = int(draw() * (last + 1))
        lacks[last], lacks[other] = lacks[other], lacks[last]
    if seed == 0:
        stuck, lacks = "managers", ["Ab", "D", "A"]
    ready = []
    for barrier in lacks:
        row = [3.7 + 0.3 * draw(), 3.5 + 0.3 * draw(), 2.8 + 0.3 * draw(), 2.7 + 0.3 * draw(), 3.0 + 0.3 * draw()]
        low = 2.3 + 0.3 * draw()
        # Before anyone is trained, knowledge and ability of the new way are low everywhere; who lacks
        # the wish or the reason is stuck earlier.
        row[ELEMENTS.index(barrier)] = low
        ready.append(tuple(row))
    leader = int(draw() * len(TEAMS))
    # One blow from outside, and one from within.
    outside = SHOCKS[int(draw() * 3)]
    shocks = ((outside, 21 + int(draw() * 5)), (SHOCKS[3], 28 + int(draw() * 4)))
    if seed == 0:
        leader, shocks = 1, (("courier strike", 24), (SHOCKS[3], 30))
    return Situation(stuck, tuple(ready), tuple(lacks), leader, shocks)


def _season(week: int, early: bool) -> float:
    up, full, down, over = (place - (5 if early else 0) for place in FIGURES["peak_weeks"])
    if week <= up or week >= over:
        depth = 0.0
    elif week < full:
        depth = (week - up) / (full - up)
    elif week <= down:
        depth = 1.0
    else:
        depth = (over - week) / (over - down)
    return 1 + FIGURES["peak"] * depth


def season(year: Situation, week: int) -> float:
    """How many more people complain in a week than usual, as a factor: the peak and the courier strike."""
    strike = year.week_of("courier strike")
    striking = strike and strike <= week < strike + 2
    return _season(week, year.week_of("peak comes early") > 0) * (1.2 if striking else 1.0)


def _counts(seed: int, rate: float, year: Situation) -> list[int]:
    """Complaints on each day: Poisson around a rate that has a mood of its own each day."""
    days = 5 * (WARM_UP + WEEKS)
    first, second, third = (many(seed + n, days).tolist() for n in range(3))
    weekday, spread = FIGURES["weekday"], FIGURES["day_spread"]
    counts = []
    for day in range(days):
        mood = 1.0
        if spread:
            normal = math.sqrt(-2 * math.log(1 - first[day])) * math.cos(2 * math.pi * second[day])
            mood = max(0.4, 1 + spread * normal)
        mean = rate / 5 * weekday[day % 5] * season(year, day // 5 - WARM_UP + 1) * mood
        chance = math.exp(-mean)
        below, count = chance, 0
        while third[day] >= below and count < 1000:
            count += 1
            chance *= mean / count
            below += chance
        counts.append(count)
    return counts


def minutes_of_work(site: int) -> dict[str, float]:
    """What one complaint asks of each station on average, in minutes of work, in the old way."""
    f = FIGURES
    simple = f["simple"]
    looking = simple * f["investigate"][0] + (1 - simple) * f["investigate"][1]
    asks = simple * f["courier"][0] + (1 - simple) * f["courier"][1]
    again = f["reopen"]
    looking *= 1 + f["vulnerable"] * (f["care"] - 1)
    return {
        "agents": f["log"] + looking + f["reply"] + again * (f["rework"] * looking + f["second_reply"]),
        "courier desk": asks * f["desk"],
        # Two signatures for what is paid above £25.
        "managers": 2 * f["money"] * f["above_25"] * f["approve"],
    }


def shares(site: int, stuck: str) -> dict[str, float]:
    """The part of their day that the people of each station can give to complaints.

    Worked out so that the station has the load that the figures give it.
    """
    heads = {
        "agents": sum(FIGURES["agents"][site]),
        "courier desk": FIGURES["desks"][site],
        "managers": FIGURES["managers"][site],
    }
    work = minutes_of_work(site)
    return {
        name: FIGURES["arrivals_week"][site] * work[name] / (heads[name] * 5 * DAY * FIGURES["load"][stuck][name])
        for name in STATIONS
    }


def _cases(seed: int, site: int, year: Situation) -> Cases:
    f = FIGURES
    draw = mulberry32(seed)
    streams = {name: int(draw() * 4294967296) for name in ("counts", "times", "value", *DRAWS)}
    counts = _counts(streams["counts"], f["arrivals_week"][site], year)
    day = np.repeat(np.arange(len(counts)), counts)
    size = len(day)
    times = np.floor(many(streams["times"], size) * (DAY * TICKS)).astype(np.int64) + day * (DAY * TICKS)
    times.sort()
    u = {name: many(streams[name], size) for name in DRAWS}
    pair = many(streams["value"], 2 * size)
    normal = np.sqrt(-2 * np.log(1 - pair[::2])) * np.cos(2 * np.pi * pair[1::2])
    value = np.floor(np.exp(f["value_spread"] * normal) * (f["value_median"] * 100) + 0.5) / 100
    simple = u["simple"] < f["simple"]
    share = shares(site, year.stuck)

    def touch(name: str, minutes, station: str):
        """Work times in ticks on the clock: work, over the share of the day that goes to complaints."""
        even = f["even"]
        return minutes * (even - (1 - even) * np.log(1 - u[name])) * (TICKS / share[station])

    def delay(name: str, days: float):
        even = f["delay_even"]
        return days * (even - (1 - even) * np.log(1 - u[name])) * (DAY * TICKS)

    vulnerable = u["vulnerable"] < f["vulnerable"]
    # Customers who need more care get more time.
    looking = np.where(simple, f["investigate"][0], f["investigate"][1]) * np.where(vulnerable, f["care"], 1.0)
    place = u["place"] * len(TEAMS)
    team = np.floor(place)
    columns = {
        "arrives": times,
        "simple": simple,
        "vulnerable": vulnerable,
        "paid": np.where(u["money"] < f["money"], value, 0.0),
        "asks": u["courier"] < np.where(simple, f["courier"][0], f["courier"][1]),
        "team": team.astype(np.int64),
        "owner": place - team,
        "log": touch("log", f["log"], "agents"),
        "investigate": touch("investigate", looking, "agents"),
        "desk": touch("desk", f["desk"], "courier desk"),
        "approve": touch("approve", f["approve"], "managers"),
        "approve2": touch("approve2", f["approve"], "managers"),
        "reply": touch("reply", f["reply"], "agents"),
        "rework": touch("rework", f["rework"] * looking, "agents"),
        "second_reply": touch("rework", f["second_reply"], "agents"),
        "redo": touch("rework", f["redo"], "agents"),
        "answer": delay("answer", f["courier_days"]),
        "confirm": delay("confirm", f["confirm_days"]),
        "confirm2": delay("confirm2", f["confirm_days"]),
        **{name: u[name] for name in ("reopen", "adopt", "fault", "chase", "happy")},
    }
    starts = np.concatenate([[0], np.cumsum(np.array(counts).reshape(-1, 5).sum(axis=1))])
    return Cases(week_starts=starts.tolist(), **{name: column.tolist() for name, column in columns.items()})


@lru_cache(maxsize=24)
def world(seed: int, like: int | None = None) -> World:
    """The year of a seed; with ``like``, the same luck in the situation of another seed.

    The last few are kept, because plans are compared under the same seeds.
    """
    draw = mulberry32(seed)
    streams = [int(draw() * 4294967296) for _ in range(3)]
    year = situation(seed)
    if like is not None and like != seed:
        year = replace(situation(like), shocks=year.shocks, leader=year.leader)
    pair = many(streams[2], 2 * WEEKS).tolist()
    quality = [
        math.sqrt(-2 * math.log(1 - pair[2 * n])) * math.cos(2 * math.pi * pair[2 * n + 1]) for n in range(WEEKS)
    ]
    return World(seed, year, (streams[0], streams[1]), quality)
