"""A league table of stores, teams or people: is the distance from top to bottom more than chance?

Somebody is always first, and somebody is always last, even where all are equally good. So
the distance is compared with what it would be if the same results were dealt out to the
same groups at random, many times over (a permutation test).
Source: Fisher, R. A. (1935) The Design of Experiments, Oliver & Boyd.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from cslearn.methods.randomness import mulberry32
from cslearn.problem import Problem

RARE = 0.95


@dataclass(frozen=True)
class Spread:
    """How far the best group lies above the worst, and how far it would if only chance set them apart.

    ``observed``, ``usual`` and ``rare`` are in the unit of the results. Half of all random
    dealings lie below ``usual``, 95 of 100 below ``rare``. ``share`` says in how many of
    100 dealings the distance came out at least as wide as the one observed.
    """

    observed: float
    usual: float
    rare: float
    share: float


def group_means(groups: Sequence[Hashable], values: Sequence[float]) -> dict:
    """The mean of each group, the best first; groups with equal means keep the order in which they first came.

    groups, values: one entry each for every result, such as the store and the ticks of a visit.
    Raises Problem if they differ in number, if a value is no number, or if there is only one group.
    """
    places, figures = _dealt(groups, values)
    means = _means(places, figures, max(places) + 1)
    names = list(dict.fromkeys(groups))
    return {names[n]: means[n] for n in sorted(range(len(names)), key=lambda n: -means[n])}


def spread_by_chance(groups: Sequence[Hashable], values: Sequence[float], draws: int = 2000, seed: int = 1) -> Spread:
    """The distance from the best to the worst group mean, beside what chance alone would give.

    In words: write every result on a card, shuffle, and deal the cards out again, to each
    group as many as it had. Note the distance from the highest to the lowest mean. Do it
    ``draws`` times. If a distance like the real one is common, the league table shows
    nothing but luck.

    Deal out what is independent: whole visits, not single ticks of one visit, and not two
    shoppers of one visit. The same seed gives the same figures.
    Raises Problem as :func:`group_means` does, or for fewer than 100 draws.
    """
    places, figures = _dealt(groups, values)
    if isinstance(draws, bool) or not isinstance(draws, numbers.Integral) or draws < 100:
        raise Problem(f"Deal the cards at least 100 times, not {draws!r}: fewer say too little.")
    size = max(places) + 1
    observed = _distance(_means(places, figures, size))
    draw = mulberry32(seed)
    found = []
    for _ in range(draws):
        for last in range(len(figures) - 1, 0, -1):
            other = int(draw() * (last + 1))
            figures[last], figures[other] = figures[other], figures[last]
        found.append(_distance(_means(places, figures, size)))
    found.sort()
    # The same results dealt in another order add up with another rounding.
    least = observed - 1e-9 * max(1.0, abs(observed))
    share = 100 * sum(one >= least for one in found) / draws
    return Spread(observed, _quantile(found, 0.5), _quantile(found, RARE), share)


def _dealt(groups: Sequence[Hashable], values: Sequence[float]) -> tuple[list[int], list[float]]:
    if len(groups) != len(values):
        raise Problem(f"There are {len(groups)} groups and {len(values)} values. Give one of each for every result.")
    figures = []
    for place, value in enumerate(values, start=1):
        if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
            raise Problem(f"Value {place} is not an ordinary number, but {value!r}. Leave that result out.")
        figures.append(float(value))
    number = {name: n for n, name in enumerate(dict.fromkeys(groups))}
    if len(number) < 2:
        raise Problem("A league table needs at least two groups.")
    return [number[name] for name in groups], figures


def _means(places: list[int], figures: list[float], size: int) -> list[float]:
    totals, counts = [0.0] * size, [0] * size
    for place, figure in zip(places, figures, strict=True):
        totals[place] += figure
        counts[place] += 1
    return [total / count for total, count in zip(totals, counts, strict=True)]


def _distance(means: list[float]) -> float:
    return max(means) - min(means)


def _quantile(order: list[float], part: float) -> float:
    at = part * (len(order) - 1)
    below = math.floor(at)
    above = min(below + 1, len(order) - 1)
    return order[below] + (at - below) * (order[above] - order[below])
