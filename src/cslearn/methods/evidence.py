"""A figure with its sample size and its 95% interval: shares, means, medians, and how values spread.

Plain arithmetic on lists, in the same order of steps as ``explorers/evidence.js``, so that
page and notebook agree. Intervals are for rows that were drawn independently; rows of one
customer or one day resemble each other, and then the true interval is wider.

Sources: Wilson, E. B. (1927), for shares; Student (1908), for means, with the sums of
Abramowitz and Stegun (1964), 26.7.3 and 26.7.4; the sign test turned round, for medians.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence

from cslearn.problem import Problem

# The point of the normal curve with 2.5% above it.
_Z = 1.959963984540054
_OUTSIDE = 0.025
_MOST_BINS = 14

Interval = tuple[float, float]


def _numbers(values: Sequence[float]) -> list[float]:
    found = []
    for place, value in enumerate(values, start=1):
        if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
            raise Problem(f"Value {place} is not an ordinary number. Leave blank rows out before you count.")
        found.append(float(value))
    if not found:
        raise Problem("No rows are left. Take a filter away, or choose a longer period.")
    return found


def share(hits: int, n: int) -> dict:
    """A percentage and its 95% interval: ``value``, ``low`` and ``high`` in percent.

    In words: the share itself is the number that have the mark, divided by all, times 100.
    Wilson's interval asks which true shares would make a sample like this one no surprise;
    it stays between 0 and 100 even for few rows.

    hits: rows with the mark. n: all rows, at least 1.
    Raises Problem if there are no rows, or more marked rows than rows.
    Source: Wilson (1927).
    """
    if n < 1:
        raise Problem("No rows are left. Take a filter away, or choose a longer period.")
    if not 0 <= hits <= n:
        raise Problem(f"{hits} of {n} is not a share. The part must lie between 0 and the whole.")
    part = hits / n
    whole = 1 + _Z * _Z / n
    middle = (part + _Z * _Z / (2 * n)) / whole
    reach = _Z / whole * math.sqrt(part * (1 - part) / n + _Z * _Z / (4 * n * n))
    low = 0.0 if hits == 0 else 100 * (middle - reach)
    high = 100.0 if hits == n else 100 * (middle + reach)
    return {"value": 100 * part, "low": low, "high": high}


def _within(t: float, freedom: int) -> float:
    """How much of Student's curve lies between -t and t."""
    angle = math.atan(t / math.sqrt(freedom))
    square = math.cos(angle) * math.cos(angle)
    odd = freedom % 2 == 1
    term = math.cos(angle) if odd else 1.0
    total = 0.0
    for power in range(1 if odd else 0, freedom - 1, 2):
        total += term
        term *= square * (power + 1) / (power + 2)
    if odd:
        return 2 / math.pi * (angle + math.sin(angle) * total)
    return math.sin(angle) * total


def student_t(freedom: int) -> float:
    """How many standard errors a 95% interval reaches to each side, for a mean of ``freedom`` + 1 values.

    Found by halving, 60 times. Raises Problem below 1.
    """
    if freedom < 1:
        raise Problem("One value alone has no interval. Use at least two rows.")
    low, high = 0.0, 16.0
    for _ in range(60):
        middle = (low + high) / 2
        if _within(middle, freedom) < 1 - 2 * _OUTSIDE:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def mean(values: Sequence[float]) -> dict:
    """The mean and its 95% interval; ``low`` and ``high`` are None for a single value.

    In words: the sum divided by the number of values. The interval reaches to both sides by
    about two standard errors: the standard deviation divided by the square root of n.
    Raises Problem if there are no values.
    """
    found = _numbers(values)
    n = len(found)
    middle = _sum(found) / n
    if n == 1:
        return {"value": middle, "low": None, "high": None}
    spread = math.sqrt(_sum([(value - middle) * (value - middle) for value in found]) / (n - 1))
    reach = student_t(n - 1) * spread / math.sqrt(n)
    return {"value": middle, "low": middle - reach, "high": middle + reach}


def _sum(values: list[float]) -> float:
    # One by one, as JavaScript does it; Python's own sum has been cleverer since 3.12.
    total = 0.0
    for value in values:
        total += value
    return total


def median(values: Sequence[float]) -> dict:
    """The median and its 95% interval; ``low`` and ``high`` are None for fewer than six values.

    In words: the value in the middle when all stand in order. The interval runs from one of
    the values to another, so many places in from either end that the true median would lie
    outside in at most 5% of samples. It assumes nothing about the shape of the values.
    Raises Problem if there are no values.
    """
    order = sorted(_numbers(values))
    n = len(order)
    places = _places(n)
    low, high = (order[places - 1], order[n - places]) if places else (None, None)
    return {"value": _quantile(order, 0.5), "low": low, "high": high}


def _places(n: int) -> int:
    """The largest i for which at most 2.5% of fair-coin counts of n lie below i; 0 if there is none."""
    # Each chance as a share of the largest one, outwards from the middle: 2 to the power -n
    # itself would vanish.
    middle = n // 2
    chances = [0.0] * (n + 1)
    chances[middle] = 1.0
    for k in range(middle, 0, -1):
        chances[k - 1] = chances[k] * k / (n - k + 1)
    for k in range(middle, n):
        chances[k + 1] = chances[k] * (n - k) / (k + 1)
    whole = _sum(chances)
    below = 0.0
    for i in range(n + 1):
        below += chances[i]
        if below > _OUTSIDE * whole:
            return i
    return 0


def _quantile(order: list[float], part: float) -> float:
    at = part * (len(order) - 1)
    below = math.floor(at)
    above = min(below + 1, len(order) - 1)
    return order[below] + (at - below) * (order[above] - order[below])


def spread(values: Sequence[float]) -> dict:
    """Lowest, lower quartile, median, upper quartile and highest value.

    In words: put the values in order and cut them into four equal parts. The middle half
    lies between the two quartiles. Raises Problem if there are no values.
    """
    order = sorted(_numbers(values))
    return {
        "lowest": order[0],
        "lower": _quantile(order, 0.25),
        "median": _quantile(order, 0.5),
        "upper": _quantile(order, 0.75),
        "highest": order[-1],
    }


def bins(values: Sequence[float]) -> list[dict]:
    """How many values lie in each of at most 14 steps of equal width: ``start``, ``end``, ``count``.

    The width is 1, 2 or 5 times a power of ten, and not below 1 where all values are whole.
    A value on a border counts in the upper step. Raises Problem if there are no values.
    """
    found = _numbers(values)
    lowest, highest = min(found), max(found)
    least = 1.0 if all(value == math.floor(value) for value in found) else 0.0
    width = next(step for step in _WIDTHS if step >= least and highest / step - math.floor(lowest / step) < _MOST_BINS)
    first = math.floor(lowest / width)
    counts = [0] * (math.floor(highest / width) - first + 1)
    for value in found:
        counts[math.floor(value / width) - first] += 1
    return [
        {"start": (first + place) * width, "end": (first + place + 1) * width, "count": count}
        for place, count in enumerate(counts)
    ]


# As texts, so that both languages round them to the same number.
_WIDTHS = [float(f"{lead}e{power}") for power in range(-6, 300) for lead in (1, 2, 5)]


def to_the_cent(value: float) -> float:
    """The value with two digits behind the point, a half upwards, the same on page and in notebook."""
    return math.floor(value * 100 + 0.5) / 100
