"""What a change did: before against after, against the season, and against a site where nothing changed.

Each figure is one week's, so that a busy day does not count more than a week. The interval
is Welch's, which does not assume that weeks before and after are equally steady; it takes
weeks as drawn apart from each other, and weeks that resemble their neighbours make the true
interval wider. Plain arithmetic on lists, in the same order of steps as
``explorers/effects.js``, so that page and notebook agree.

Sources: Welch, B. L. (1947) "The generalization of 'Student's' problem when several
different population variances are involved", Biometrika 34(1-2), 28-35, for the interval;
Bernal, Cummins and Gasparrini (2017) for the comparison with a place that was left alone.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from typing import NamedTuple

from cslearn.methods.student_t import t_multiplier
from cslearn.problem import Problem

VERDICTS = ("improved", "cannot_tell", "worse")
SIZES = ("met", "part", "not")


class Effect(NamedTuple):
    """A difference in the unit of the figures, the ends of its 95% interval, and how sure it is.

    ``standard_error`` is in the same unit; ``freedom`` are Welch's degrees of freedom.
    """

    value: float
    low: float
    high: float
    standard_error: float
    freedom: float

    @property
    def ratio(self) -> float:
        """The difference in standard errors."""
        return self.value / self.standard_error if self.standard_error else math.copysign(math.inf, self.value)


def before_after(before: Sequence[float], after: Sequence[float]) -> Effect:
    """The mean after, less the mean before: what moved, whatever moved it.

    In words: add up the weeks after and divide by their number; take off the same for the
    weeks before. Season, other changes and chance are all still in it.

    before, after: one figure a week, at least two each. Raises Problem for fewer, for what
    is no number, or if no figure differs from another.
    """
    before, after = _figures(before, "before"), _figures(after, "after")
    return _welch(before, after)


def against_season(same_weeks_last_year: Sequence[float], after: Sequence[float]) -> Effect:
    """The mean after, less the mean of the same weeks a year earlier: the season is taken out.

    It holds only if nothing else differs between the two years, such as how a figure is counted.
    """
    return before_after(same_weeks_last_year, after)


def against_site(
    before: Sequence[float], after: Sequence[float], other_before: Sequence[float], other_after: Sequence[float]
) -> Effect:
    """The difference in differences: how the gap to a site without the change has moved.

    In words: for each week, take the other site's figure from this site's. The mean of
    these gaps after the change, less their mean before it, is what happened here and not
    there. Whatever moves both sites alike, such as the season, drops out. It holds only if
    the gap would have stayed the same without the change.

    The weeks of the two sites must be the same ones, in the same order; Problem otherwise.
    """
    gaps = []
    for own, other, when in ((before, other_before, "before"), (after, other_after, "after")):
        own, other = _figures(own, when), _figures(other, f"{when}, at the other site,")
        if len(own) != len(other):
            raise Problem(
                f"The weeks {when} are {len(own)} here and {len(other)} at the other site. Take the same weeks for both."
            )
        gaps.append([one - two for one, two in zip(own, other, strict=True)])
    return _welch(*gaps)


def verdict(effect: Effect, higher_is_better: bool = True) -> str:
    """``improved``, ``cannot_tell`` or ``worse``, by whether the interval holds zero.

    An interval with zero in it does not say that nothing happened. It says that the figures
    cannot tell.
    """
    low, high = (effect.low, effect.high) if higher_is_better else (-effect.high, -effect.low)
    return "improved" if low > 0 else "worse" if high < 0 else "cannot_tell"


def against_target(effect: Effect, wanted: float) -> str:
    """``met``, ``part`` or ``not``: the size of a gain beside the gain that was wanted (both above 0 for better).

    ``met`` is a gain of at least what was wanted; ``part`` one above zero; ``not`` any other.
    Raises Problem if nothing was wanted.
    """
    if not wanted > 0:
        raise Problem(f"A target is a gain above zero, but this one is {wanted!r}.")
    return "met" if effect.value >= wanted else "part" if effect.value > 0 else "not"


def _figures(values: Sequence[float], when: str) -> list[float]:
    found = []
    for place, value in enumerate(values, start=1):
        if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
            raise Problem(f"Week {place} {when} is not an ordinary number. Leave the week out, or mend it.")
        found.append(float(value))
    if len(found) < 2:
        raise Problem(f"There are {len(found)} weeks {when}. An effect needs at least two weeks on each side.")
    return found


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _welch(before: list[float], after: list[float]) -> Effect:
    means, parts = [], []
    for values in (before, after):
        middle = _mean(values)
        spread = sum((value - middle) * (value - middle) for value in values) / (len(values) - 1)
        means.append(middle)
        parts.append(spread / len(values))
    total = parts[0] + parts[1]
    if total == 0:
        raise Problem("All weeks have the same figure, so there is no spread to judge a difference by.")
    squares = [part * part / (len(values) - 1) for part, values in zip(parts, (before, after), strict=True)]
    freedom = total * total / (squares[0] + squares[1])
    error = math.sqrt(total)
    value = means[1] - means[0]
    reach = t_multiplier(freedom) * error
    return Effect(value, value - reach, value + reach, error, freedom)
