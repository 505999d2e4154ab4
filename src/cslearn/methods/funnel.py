"""The funnel plot: which of many people, teams or stores differ from the rest by more than chance?

Each has a share, so many out of so many. A share of few varies more by chance than a share
of many, so the limits are wide where there are few, and narrow where there are many.
Source: Spiegelhalter, D. J. (2005), with the limits of the exact binomial distribution.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from dataclasses import dataclass

from cslearn.problem import Problem

# The usual two pairs of limits: about two and about three standard errors.
WATCH, ACT = 0.95, 0.998


@dataclass(frozen=True)
class Place:
    """One person, team or store in the funnel: its share, and on which side of the ``level`` limits it lies, if it does.

    ``side`` is "above", "below" or "inside".
    """

    name: str
    count: int
    of: int
    share: float
    lower: float
    upper: float
    side: str


def _whole(value: object, what: str, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < least:
        raise Problem(f"{what} must be a whole number of {least} or more, but it is {value!r}.")
    return int(value)


def _share(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 < value < 1:
        raise Problem(f"{what} must be a share between 0 and 1, but it is {value!r}. For 60% enter 0.6.")
    return float(value)


def _cumulative(of: int, share: float) -> list[float]:
    """The chance of at most 0, 1, 2, ... out of ``of``."""
    logs = [
        math.lgamma(of + 1)
        - math.lgamma(k + 1)
        - math.lgamma(of - k + 1)
        + k * math.log(share)
        + (of - k) * math.log1p(-share)
        for k in range(of + 1)
    ]
    total, found = 0.0, []
    for log in logs:
        total += math.exp(log)
        found.append(min(1.0, total))
    return found


def limits(of: int, share: float, level: float = WATCH) -> tuple[float, float]:
    """The lowest and the highest share out of ``of`` that chance alone still gives, if the true share is ``share``.

    In words: of all that could come out of so many tries by chance, the middle ``level``
    lies between the two. What is below the lower or above the upper one comes about by
    chance less often than half of what is left. ``level`` is a share, usually 0.95 or
    0.998. Both limits are shares from 0 to 1, and whole counts out of ``of``.
    Source: Spiegelhalter (2005), with whole counts instead of his interpolation, which
    calls 12 out of 12 unusual where chance gives it in every third place.
    """
    tries, true, wanted = (
        _whole(of, "The number of tries", 1),
        _share(share, "The true share"),
        _share(level, "The level"),
    )
    cumulative = _cumulative(tries, true)
    tail = (1 - wanted) / 2
    # At most so many must be more likely than the tail; and so must at least so many.
    low = next(k for k, reached in enumerate(cumulative) if reached > tail)
    high = next(k for k in range(tries, -1, -1) if k == 0 or 1 - cumulative[k - 1] > tail)
    return low / tries, high / tries


def overall(counts: Mapping[str, tuple[int, int]]) -> float:
    """The share of all of them together: the middle line of the funnel. Each count is (so many, out of so many)."""
    made = out_of = 0
    for name, (count, of) in counts.items():
        tries = _whole(of, f"The number of tries of {name}", 1)
        done = _whole(count, f"The count of {name}", 0)
        if done > tries:
            raise Problem(f"{name} has {done} out of {tries}. Check which figure is which.")
        made, out_of = made + done, out_of + tries
    if not out_of:
        raise Problem("There is nobody to compare. Give the counts of at least two.")
    return made / out_of


def funnel(counts: Mapping[str, tuple[int, int]], level: float = WATCH) -> list[Place]:
    """Everybody's place in the funnel, in the order given, against the share of all together.

    Raises Problem if all or none of the tries succeeded: then there is nothing to spread.
    """
    middle = overall(counts)
    if middle in (0.0, 1.0):
        raise Problem("Everyone has the same share, 0 or 100%, so there is nothing to compare.")
    found = []
    for name, (count, of) in counts.items():
        lower, upper = limits(of, middle, level)
        share = count / of
        side = "above" if share > upper else "below" if share < lower else "inside"
        found.append(Place(name, count, of, share, lower, upper, side))
    return found


def spread(counts: Mapping[str, tuple[int, int]]) -> float:
    """How much the shares differ, next to what chance alone gives: about 1 if nothing but chance is at work.

    In words: for each, take the distance from the share of all, in standard errors of its
    own size, square it, and take the mean; divide by the part of it that chance leaves
    when the middle is worked out from the same figures. Two or more are needed. It is
    Pearson's chi-squared over its degrees of freedom.
    """
    if len(counts) < 2:
        raise Problem("It takes at least two to compare.")
    middle = overall(counts)
    if middle in (0.0, 1.0):
        raise Problem("Everyone has the same share, 0 or 100%, so there is nothing to compare.")
    total = sum((count / of - middle) ** 2 * of / (middle * (1 - middle)) for count, of in counts.values())
    return total / (len(counts) - 1)
