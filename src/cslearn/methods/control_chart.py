"""The XmR chart: is this week's figure a signal, or the usual noise?

Sources: Shewhart, W. A. (1931) for limits from the process itself; Wheeler, D. J. (2000)
for single figures with their moving ranges (X and mR); Nelson, L. S. (1984) for runs on
one side of the mean; Deming, W. E. (1986) for what tampering does. The same steps in the
same order stand in ``explorers/control_chart.js``.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cslearn.methods.randomness import mulberry32
from cslearn.problem import Problem

# 3 / 1.128, and 3.267 for the moving range: both from the mean range of two figures of a
# normal distribution, 1.128 standard deviations, as every book of control charts has them.
_TO_LIMIT = 2.66
_TO_RANGE_LIMIT = 3.267
RUN = 8


@dataclass(frozen=True)
class Limits:
    """What the process itself says is usual: the mean, the natural limits, and the limit of the moving range."""

    mean: float
    lower: float
    upper: float
    mean_range: float
    range_upper: float


@dataclass(frozen=True)
class Signal:
    """One signal: the place of the figure, counted from 0, and the rule, "outside" or "run8"."""

    place: int
    rule: str


def _figures(values: Sequence[float], what: str, least: int) -> list[float]:
    figures = []
    for place, value in enumerate(values, start=1):
        if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
            raise Problem(
                f"{what}, figure {place}, must be a number, but it is {value!r}. Leave the week out or mend it."
            )
        figures.append(float(value))
    if len(figures) < least:
        raise Problem(f"{what} has {len(figures)} figures. It takes at least {least}.")
    return figures


def moving_ranges(values: Sequence[float]) -> list[float]:
    """How far each figure lies from the one before it, without sign; one fewer than the figures."""
    figures = _figures(values, "The chart", 2)
    return [abs(after - before) for before, after in pairwise(figures)]


def limits(baseline: Sequence[float]) -> Limits:
    """Mean and natural limits from the weeks of a baseline, in their order.

    In words: the mean of the figures, plus and minus 2.66 times the mean of the moving
    ranges. Not from the standard deviation, which a shift inside the baseline would blow
    up, and not from the target, which the process does not know. Twenty weeks or more make
    good limits; two are the fewest that give any.
    Source: Wheeler (2000).
    """
    figures = _figures(baseline, "The baseline", 2)
    ranges = moving_ranges(figures)
    mean, total = 0.0, 0.0
    for figure in figures:
        mean += figure
    mean /= len(figures)
    for width in ranges:
        total += width
    spread = total / len(ranges)
    return Limits(mean, mean - _TO_LIMIT * spread, mean + _TO_LIMIT * spread, spread, _TO_RANGE_LIMIT * spread)


def signals(values: Sequence[float], of: Limits, *, runs: bool = True) -> list[Signal]:
    """Each signal in the figures, in order: a figure outside the limits, or the eighth in a row on one side of the mean.

    A run counts once, at its eighth figure, however long it goes on; a figure on the mean
    ends it. ``runs=False`` leaves out the second rule. One figure can give both signals.
    Source: Nelson (1984), tests 1 and 2, with 8 in a row as the course uses it.
    """
    found = []
    side = length = 0
    for place, value in enumerate(_figures(values, "The chart", 1)):
        if value > of.upper or value < of.lower:
            found.append(Signal(place, "outside"))
        now = (value > of.mean) - (value < of.mean)
        length = length + 1 if now and now == side else abs(now)
        side = now
        if runs and length == RUN:
            found.append(Signal(place, "run8"))
    return found


def false_alarms(charts: int, weeks: int, baseline: int = 0, *, runs: bool = True, seed: int = 1) -> float:
    """How often the chart of a process that nobody touched cries wolf: the share of charts with at least one signal.

    In words: so many charts of pure noise are drawn, each ``weeks`` long, and read by
    their rules. With ``baseline`` 0 a chart is read by its own limits; else the limits come
    from so many weeks before it. Noise is normal, without trend or season, so real
    processes cry wolf more often than this. Raises :class:`Problem` for fewer than one
    chart, two weeks or (unless 0) two weeks of baseline.
    """
    if charts < 1 or weeks < 2 or (baseline and baseline < 2):
        raise Problem(
            f"There must be at least 1 chart, of 2 weeks, with 2 weeks before it or none; there are {charts}, {weeks} and {baseline}."
        )
    draw = mulberry32(seed)
    crying = 0
    for _ in range(charts):
        noise = [normal(draw) for _ in range(baseline + weeks)]
        crying += bool(signals(noise[baseline:], limits(noise[:baseline] or noise), runs=runs))
    return crying / charts


def tampered(noise: Sequence[float]) -> list[float]:
    """What a steady process gives when someone corrects it after every figure.

    In words: after each figure the setting is moved back by the whole of its distance
    from the aim, which is 0 here. Noise is answered as if it were a signal, and the spread
    grows by about 41%, the square root of two.
    Source: Deming (1986), rule 2 of the funnel experiment.
    """
    setting, given = 0.0, []
    for draw in _figures(noise, "The noise", 1):
        value = setting + draw
        given.append(value)
        setting -= value
    return given


def normal(draw: Callable[[], float]) -> float:
    """One figure of a normal distribution with mean 0 and standard deviation 1, from an even source such as mulberry32.

    Source: Box, G. E. P. and Muller, M. E. (1958).
    """
    # The source may give 0, which has no logarithm; 1 minus it never does.
    first, second = 1 - draw(), draw()
    return math.sqrt(-2 * math.log(first)) * math.cos(2 * math.pi * second)
