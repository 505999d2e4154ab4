"""W13, the effect finder: what did the change do, and what would have happened anyway?

The page's side is ``effect_finder.js``; the book's own weeks and the words are in
``effect_finder_data.js``, which both sides read.
"""

from __future__ import annotations

import math
from pathlib import Path

from cslearn.explorers.data import read_data
from cslearn.methods.control_chart import normal
from cslearn.methods.effects import Effect, against_season, against_site, against_target, before_after, verdict
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("effect_finder_data.js")
BEFORE, AFTER = 52, 12
# The first weeks after the start, in which people are learning.
LEARNING = 4
# Points by which a plain before-and-after may differ from the comparison and still be about right.
ABOUT_RIGHT = 1.5
DESIGNS = ("before_after", "season", "site")


def problem(seed: int) -> dict:
    """52 weeks before a change and 12 after it, at the site that changed and at one that did not.

    ``here`` and ``there`` hold 64 figures each, ``wanted`` is the gain that the board had
    asked for, and ``effect`` what was planted (None for number 0, the book's own, which is
    Northfold's first contact resolution). The season may lie in the weeks before, in those
    after, or be too small to matter, so that a plain comparison is too kind, too harsh or
    about right. Every verdict and every size is clear by a margin.
    """
    data = read_data(DATA)
    if seed == 0:
        return {"seed": 0, "effect": None, **data["own"]}
    draw = mulberry32(seed)

    def whole(low: int, high: int) -> int:
        return low + math.floor(draw() * (high - low + 1))

    while True:
        measure = data["measures"][whole(0, len(data["measures"]) - 1)]
        season = whole(0, 2)
        # Where the season begins: in the weeks before only, or in the weeks after and a year earlier.
        start, depth = (whole(12, 30), whole(60, 110) / 10) if season == 0 else (52, whole(30, 80) / 10)
        if season == 2:
            depth = 0.0
        length = whole(14, 18)
        kinder = whole(0, 1) * whole(10, 25) / 10
        effect = (0.0, 0.0, 2.0, 3.0, 4.0, 5.0, 6.0, -3.0)[whole(0, 7)]
        gap = whole(-20, 20) / 10
        wanted = whole(2, 6)
        here, there = [], []
        for week in range(BEFORE + AFTER):
            low = start <= week < start + length or start - 52 <= week < start - 52 + length
            common = measure["mean"] + (kinder if week >= 38 else 0.0) - (depth if low else 0.0) + 0.6 * normal(draw)
            after = week - BEFORE
            own = 0.0 if after < 0 else effect if after >= LEARNING else effect * after / LEARNING - 1.5
            here.append(_tenth(common + own + measure["sd"] * normal(draw)))
            there.append(_tenth(common + gap + measure["sd"] * normal(draw)))
        found = {
            "seed": seed, "measure": measure["name"], "unit": measure["unit"], "here": here, "there": there,
            "wanted": wanted, "effect": effect,
        }  # fmt: skip
        plain, true = effect_of(found, "before_after"), effect_of(found, "site")
        kindness = plain.value - true.value
        clear = min(abs(true.low), abs(true.high)) >= 0.4 and abs(true.value - wanted) >= 0.6
        if clear and abs(abs(kindness) - ABOUT_RIGHT) >= 0.5:
            return found


def effect_of(found: dict, design: str, learning: bool = False) -> Effect:
    """The effect by one of the :data:`DESIGNS`; with ``learning`` the first four weeks count as well."""
    first = BEFORE if learning else BEFORE + LEARNING
    here, there = found["here"], found["there"]
    if design == "site":
        return against_site(here[:BEFORE], here[first:], there[:BEFORE], there[first:])
    if design == "season":
        return against_season(here[first - 52 : AFTER], here[first:])
    return before_after(here[:BEFORE], here[first:])


def bias(found: dict) -> str:
    """Whether a plain before-and-after is ``too_kind``, ``too_harsh`` or ``about_right``."""
    kindness = effect_of(found, "before_after").value - effect_of(found, "site").value
    return "about_right" if abs(kindness) <= ABOUT_RIGHT else "too_kind" if kindness > 0 else "too_harsh"


def truth(found: dict) -> dict:
    """What a careful reader finds: ``bias``, ``verdict`` and ``size``."""
    effect = effect_of(found, "site")
    return {"bias": bias(found), "verdict": verdict(effect), "size": against_target(effect, found["wanted"])}


def _tenth(value: float) -> float:
    return math.floor(value * 10 + 0.5) / 10
