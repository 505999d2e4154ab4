"""The complaints desk of the change lab as a network in ciw, the stock tool for queueing networks.

Without any change: agents in three teams, a courier desk, managers who sign twice, rounds,
posting twice a week, and people who hurry when files have lain long. The lab's tests hold
its own process against this one.
"""

from __future__ import annotations

import math

import ciw

from cslearn.methods.changelab.figures import DAY, FIGURES, WEEK


class Worked(ciw.dists.Distribution):
    """Work of one station: 0.5 of its mean for sure, and an exponential for the rest; quicker after a long wait."""

    def __init__(self, station: str, share: float):
        self.station, self.share = station, share

    def sample(self, t=None, ind=None):
        mean = ind.work.pop(0) / self.share
        minutes = mean * (0.5 + 0.5 * ciw.random.expovariate(1.0))
        lain = min(1.0, (t - ind.arrival_date) / (FIGURES["hurry_days"][self.station] * DAY))
        return minutes * (1 - FIGURES["hurry"][self.station] * lain)


class UntilNext(ciw.dists.Distribution):
    """Until the next round, which comes every so many minutes.

    Many cases come with one round. Whose complaint is older goes first, as in the lab; ciw
    would draw lots, and older cases ask for less work, so all would wait a little longer.
    """

    def __init__(self, every: float):
        self.every = every

    def sample(self, t=None, ind=None):
        return self.every - t % self.every + 1e-6 * ind.id_number


class Delay(ciw.dists.Distribution):
    """Days that nobody here can shorten: 0.3 of their mean for sure, and an exponential for the rest."""

    def __init__(self, days: float):
        self.days = days

    def sample(self, t=None, ind=None):
        return self.days * DAY * (0.3 + 0.7 * ciw.random.expovariate(1.0))


# Nodes: 1 to 3 the teams, 4 courier desk, 5 managers, 6 rounds, 7 the courier's answer, 8 posting,
# 9 the customer, 10 the gate by which everyone comes in.
def journey(ind, simulation):
    """Where one complaint goes, and how much work it asks at each desk; drawn when it comes in."""
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
        route += [team, 6, team, 9]
        work += [0.65 * look, 12.0]
    ind.work = work
    return route


def desk(seed: int, weeks: float, share: dict[str, float], site: int = 0) -> tuple[ciw.Simulation, int]:
    """A desk that gets complaints for so many weeks, ready to be simulated, and how many there are.

    share: by station, the part of their day that people can give to complaints.
    """
    ciw.seed(seed)
    gaps, t = [], 0.0
    while True:
        gap = ciw.random.expovariate(FIGURES["arrivals_week"][site] / WEEK)
        t += gap
        if t >= weeks * WEEK:
            break
        gaps.append(gap)
    network = ciw.create_network(
        arrival_distributions=[None] * 9 + [ciw.dists.Sequential([*gaps, math.inf])],
        service_distributions=[
            *(Worked("agents", share["agents"]) for _ in range(3)),
            Worked("courier desk", share["courier desk"]),
            Worked("managers", share["managers"]),
            UntilNext(FIGURES["handout"]),
            Delay(2.0),
            UntilNext(FIGURES["posting"]),
            Delay(1.2),
            ciw.dists.Deterministic(0.0),
        ],
        number_of_servers=[
            *FIGURES["agents"][site],
            FIGURES["desks"][site],
            FIGURES["managers"][site],
            *[math.inf] * 5,
        ],
        routing=ciw.routing.ProcessBased(journey),
    )
    return ciw.Simulation(network), len(gaps)
