"""A risk register that can be checked: scores, likelihoods from what has happened, and triggers that mean something.

Sources: a likelihood-impact matrix as most UK organisations use it (HM Government, The
Orange Book, 2023), with its known weakness that equal products hide unequal risks (Cox,
L. A., 2008); limits of ordinary variation from Wheeler, D. J. (2000).
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from dataclasses import dataclass

from cslearn.methods import control_chart
from cslearn.problem import Problem

# The largest share of past occasions for likelihoods 1 to 4; above the last it is 5.
BAND_TOPS = (0.10, 0.30, 0.50, 0.70)
BAND_NAMES = {1: "rare", 2: "unlikely", 3: "possible", 4: "likely", 5: "almost certain"}
# A trigger that fires in a tenth of ordinary weeks cries wolf five times a year.
TOO_OFTEN = 0.10
# Ordinary weeks stay within one distance from the mean to its limit; beyond three of them lies nothing that happens.
_REACH = 3.0


def _level(value: object, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or not 1 <= value <= 5:
        raise Problem(f"{what} must be a whole number from 1 to 5, but it is {value!r}.")
    return int(value)


def score(likelihood: int, impact: int) -> int:
    """How much attention a risk deserves, from 1 to 25: its likelihood times its impact, each from 1 to 5."""
    return _level(likelihood, "The likelihood") * _level(impact, "The impact")


def frequency_band(happened: int, occasions: int) -> int:
    """The likelihood, from 1 to 5, that follows from the past: on how many of so many occasions it happened.

    In words: divide the times that it happened by the times that it could have. Up to 10%
    is 1 (rare), up to 30% is 2, up to 50% is 3, up to 70% is 4, and more is 5.
    """
    for value, what in ((happened, "The number of times"), (occasions, "The number of occasions")):
        if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 0:
            raise Problem(f"{what} must be a whole number of 0 or more, but it is {value!r}.")
    if occasions == 0 or happened > occasions:
        raise Problem(f"It cannot have happened {happened} times on {occasions} occasions. Count again.")
    share = happened / occasions
    return 1 + sum(share > top + 1e-12 for top in BAND_TOPS)


@dataclass(frozen=True)
class Trigger:
    """A figure that starts the contingency: ``op`` is "<" or ">", for ``weeks`` weeks in a row."""

    op: str
    value: float
    weeks: int = 1

    def met(self, figure: float) -> bool:
        """Whether one week's figure is on the wrong side of the value."""
        return figure < self.value if self.op == "<" else figure > self.value


def _sound(trigger: Trigger) -> None:
    if trigger.op not in ("<", ">"):
        raise Problem(f"A trigger is below (<) or above (>) a value, and not {trigger.op!r}.")
    if (
        isinstance(trigger.value, bool)
        or not isinstance(trigger.value, numbers.Real)
        or not math.isfinite(trigger.value)
    ):
        raise Problem(f"The value of a trigger must be a number, but it is {trigger.value!r}.")
    if isinstance(trigger.weeks, bool) or not isinstance(trigger.weeks, numbers.Integral) or trigger.weeks < 1:
        raise Problem(f"A trigger needs a whole number of weeks from 1, but it has {trigger.weeks!r}.")


def fires(values: Sequence[float], trigger: Trigger) -> list[int]:
    """The weeks, by their place from 0, in which the trigger is on: its condition has held for so many weeks in a row."""
    _sound(trigger)
    found, length = [], 0
    for place, value in enumerate(values):
        if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
            raise Problem(f"Week {place + 1} has no figure ({value!r}). Leave that week out.")
        length = length + 1 if trigger.met(value) else 0
        if length >= trigger.weeks:
            found.append(place)
    return found


def fire_rate(values: Sequence[float], trigger: Trigger) -> float:
    """The share of ordinary weeks, from 0 to 1, in which the trigger would be on though nothing is wrong."""
    if not len(values):
        raise Problem("There are no weeks to try the trigger on. Give the figures of at least one.")
    return len(fires(values, trigger)) / len(values)


def can_fire(values: Sequence[float], trigger: Trigger, lowest: float = -math.inf, highest: float = math.inf) -> bool:
    """Whether the trigger could ever be met by a figure that this measure can have.

    In words: it cannot, if its value is at or beyond what the measure can reach (no share
    is above 100%), or further from the ordinary mean than three times the distance from
    that mean to its natural limit. Two weeks or more are needed.
    """
    _sound(trigger)
    usual = control_chart.limits(values)
    far = _REACH * (usual.upper - usual.mean)
    if trigger.op == ">":
        return trigger.value < min(highest, usual.mean + far)
    return trigger.value > max(lowest, usual.mean - far)


def verdict(
    values: Sequence[float], trigger: Trigger, worse: str, lowest: float = -math.inf, highest: float = math.inf
) -> str:
    """What a trigger is worth on ordinary weeks: "useful", "too often", "never" or "wrong way".

    ``worse`` is the side on which this measure is bad: ">" for a queue, "<" for quality.
    "Wrong way" means that it would fire when all goes well; "too often" that it is on in a
    tenth of ordinary weeks or more; "never" that no figure can reach it.
    """
    _sound(trigger)
    if trigger.op != worse:
        return "wrong way"
    if fire_rate(values, trigger) >= TOO_OFTEN - 1e-12:
        return "too often"
    return "useful" if can_fire(values, trigger, lowest, highest) else "never"
