"""How large a pilot must be, so that an improvement of a certain size can be seen in it.

Sources: Fleiss, J. L., Levin, B. and Paik, M. C. (2003) "Statistical Methods for Rates and
Proportions", 3rd edition, chapter 4, for the sample size of two shares (here without the
correction for continuity); Lehr, R. (1992) "Sixteen S-squared over D-squared", Statistics in
Medicine 11, for the short rule. Plain arithmetic.
"""

from __future__ import annotations

import math
import numbers
from statistics import NormalDist

from cslearn.problem import Problem

POWER, CONFIDENCE = 0.80, 0.95


def _share(value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 < value < 1:
        raise Problem(f"{what} must be a share between 0 and 1, but it is {value!r}. For 30% enter 0.3.")
    return float(value)


def _two_shares(before: object, hoped: object) -> tuple[float, float]:
    first, second = _share(before, "The share before"), _share(hoped, "The share that is hoped for")
    if first == second:
        raise Problem("The two shares are the same, so there is no improvement to see. Enter the share hoped for.")
    return first, second


def _whole(cases: float) -> int:
    # 400 stay 400, and are not the 400.0000001 of binary fractions.
    return math.ceil(cases - 1e-6)


def cases_each(before: float, hoped: float, power: float = POWER, confidence: float = CONFIDENCE) -> int:
    """How many cases the pilot needs, and the comparison as many, to see a share move from ``before`` to ``hoped``.

    In words: add up how much each of the two shares scatters, times a factor for how sure
    you want to be, divided by the square of their difference; rounded up. With 80% power
    four pilots in five see an improvement of that size, and with 95% confidence one in
    twenty sees one where there is none. The factor is then 7.85.

    before, hoped: shares between 0 and 1. Raises Problem for others, or if they are the same.
    Source: Fleiss, Levin and Paik (2003), chapter 4.
    """
    first, second = _two_shares(before, hoped)
    beta, alpha = _share(power, "Power"), _share(confidence, "Confidence")
    factor = (NormalDist().inv_cdf((1 + alpha) / 2) + NormalDist().inv_cdf(beta)) ** 2
    scatter = first * (1 - first) + second * (1 - second)
    return _whole(factor * scatter / (second - first) ** 2)


def cases_by_rule_of_sixteen(before: float, hoped: float) -> int:
    """The same by a rule for the back of an envelope: 16 times the share times what it lacks to 1, over the difference squared.

    before, hoped: as for :func:`cases_each`, which it comes near. Source: Lehr (1992).
    """
    first, second = _two_shares(before, hoped)
    return _whole(16 * first * (1 - first) / (second - first) ** 2)
