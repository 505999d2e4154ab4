"""Student's t distribution: how far a mean of few values may lie from the truth by chance."""

from __future__ import annotations

import math

from cslearn.problem import Problem


def _beta_fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function (Lentz's method; DLMF 8.17.22)."""
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    result = d
    for m in range(1, 10_000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + term * d
            c = 1 + term / c
            d = 1 / (d if abs(d) > tiny else tiny)
            c = c if abs(c) > tiny else tiny
            result *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return result


def t_beyond(t: float, degrees: float) -> float:
    """The chance that Student's t lies above ``t`` (0 or more) by chance, with so many degrees of freedom.

    Half of the regularised incomplete beta function I_x(degrees/2, 1/2) at
    x = degrees / (degrees + t^2). Source: Student (1908); DLMF 8.17.
    """
    a, b = degrees / 2, 0.5
    x, rest = degrees / (degrees + t * t), t * t / (degrees + t * t)
    if rest == 0:
        return 0.5
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest))
    # The fraction converges fast on one side of the mean only; the other side is its complement.
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a / 2
    return (1 - front * _beta_fraction(b, a, rest) / b) / 2


def t_multiplier(degrees: float, level: float = 0.95) -> float:
    """How many standard errors reach from a mean to either end of its interval; 1.96 for very many values.

    degrees: degrees of freedom, for one mean the number of values less one; level: such as 0.95.
    Raises Problem if there is no degree of freedom or the level is not between 0 and 1.
    Source: Student (1908). Found by halving, to the last digits.
    """
    if not degrees > 0:
        raise Problem("An interval needs at least two values. Take more rows in.")
    if not 0 < level < 1:
        raise Problem(f"The level of an interval lies between 0 and 1, such as 0.95, but this one is {level!r}.")
    beyond = (1 - level) / 2
    low, high = 0.0, 1.0
    while t_beyond(high, degrees) > beyond:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if t_beyond(middle, degrees) > beyond else (low, middle)
    return (low + high) / 2
