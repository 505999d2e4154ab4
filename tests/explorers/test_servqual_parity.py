"""SERVQUAL in JavaScript gives the figures that Python gives, and refuses in the same words; so do its problems."""

import math
import random
import re

import numpy as np
import pandas as pd
import pytest
from test_parity import CALL, _same_words, furthest

from cslearn.explorers import servqual_explorer
from cslearn.methods import servqual
from cslearn.problem import Problem

pytestmark = pytest.mark.browser

CASES = 200


def answers(rng, people, items):
    blank = rng.choice([0, 0.02, 0.2])
    mood = [rng.uniform(-2, 2) for _ in range(people)]
    return [[None if rng.random() < blank else min(7, max(1, round(4.5 + one + rng.gauss(0, 1)))) for _ in range(items)] for one in mood]  # fmt: skip


def frame(rows, letter):
    return pd.DataFrame(rows, columns=servqual.item_columns(letter), dtype=float)


def both(expected, found):
    return pd.concat([frame(expected, "E"), frame(found, "P")], axis=1)


def plain(value):
    """As a page has it: a blank is null."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and math.isnan(value) else value


IN_PYTHON = {
    "itemGaps": lambda e, p: servqual.item_gaps(both(e, p)).to_dict("records"),
    "dimensionGaps": lambda e, p: servqual.dimension_gaps(both(e, p)).to_dict("index"),
    "meanWeights": lambda w: servqual.mean_weights(pd.DataFrame(w, columns=list(servqual.WEIGHTS.values()), dtype=float)),
    "rescaledWeights": servqual.rescaled_weights,
    "weightedGaps": lambda g, w: {name: float(one) for name, one in servqual.weighted_gaps(g, w).items()},
    "weightedScore": lambda g, w: float(servqual.weighted_score(g, w)),
    "servperf": lambda p: servqual.servperf(frame(p, "P")).tolist(),
    "cronbachAlpha": lambda rows: servqual.cronbach_alpha(np.array(rows, dtype=float)),
    "alphaIfDeleted": lambda rows: list(servqual.alpha_if_deleted(np.array(rows, dtype=float)).values()),
    "itemTotalCorrelation": lambda rows: list(servqual.item_total_correlation(np.array(rows, dtype=float)).values()),
    "straightLiners": lambda p: servqual.straight_liners(frame(p, "P")).tolist(),
}  # fmt: skip


def case_of(name, rng):
    people = rng.randint(2, 60)
    points = dict.fromkeys(servqual.DIMENSIONS, 0)
    for _ in range(20):
        points[rng.choice(list(points))] += 5
    gaps = {one: rng.uniform(-6, 6) for one in points}
    if name in ("itemGaps", "dimensionGaps"):
        return [answers(rng, people, 22), answers(rng, people, 22)]
    if name in ("cronbachAlpha", "alphaIfDeleted", "itemTotalCorrelation"):
        return [answers(rng, people, rng.randint(2, 9))]
    if name in ("servperf", "straightLiners"):
        rows = answers(rng, people, 22)
        rows[0] = [rng.choice([5, None]) for _ in range(22)]
        return [rows]
    if name == "meanWeights":
        return [
            [[rng.choice([10, 20, 30, rng.uniform(0, 40)]) for _ in range(4)] + [30] for _ in range(people)]
            + [[20] * 5]
        ]
    return [{one: rng.uniform(0, 9) for one in points}] if name == "rescaledWeights" else [gaps, points]


@pytest.mark.parametrize("name", list(IN_PYTHON))
def test_hundreds_of_random_surveys_agree(visit, name):
    rng = random.Random(name)
    cases = [case_of(name, rng) for _ in range(CASES)]
    worst, compared = 0.0, 0
    for case, result in zip(cases, visit("blank.html").evaluate(CALL, ["servqual.js", name, cases]), strict=True):
        try:
            expected = IN_PYTHON[name](*case)
        except Problem as problem:
            assert _same_words(result["problem"]) == _same_words(str(problem))
            continue
        compared += 1
        worst = max(worst, furthest(plain(expected), result["gives"]))
    assert worst <= 1e-9 and compared > CASES / 2


def test_mistakes_are_refused_in_the_same_words(visit):
    page = visit("blank.html")
    even = dict.fromkeys(servqual.DIMENSIONS, 20)
    ones = [[1] * 22, [1] * 22]
    for name, given in [
        ("dimensionGaps", [ones, [[8, *[1] * 21], [1] * 22]]),
        ("itemGaps", [[[0, *[1] * 21], [1] * 22], ones]),
        ("dimensionGaps", [ones[:1], ones[:1]]),
        ("meanWeights", [[[20, 20, 20, 20, 30]]]),
        ("rescaledWeights", [dict.fromkeys(servqual.DIMENSIONS, 0)]),
        ("rescaledWeights", [even | {"empathy": -1}]),
        ("weightedGaps", [even, even | {"empathy": 30}]),
        ("weightedGaps", [{}, even]),
        ("cronbachAlpha", [[[1], [2]]]),
        ("cronbachAlpha", [[[1, 2], [2, 1]]]),
        ("cronbachAlpha", [[[1, 2], [2, None]]]),
        ("alphaIfDeleted", [[[1, 2], [2, 4]]]),
    ]:
        with pytest.raises(Problem) as refused:
            IN_PYTHON[name](*given)
        [result] = page.evaluate(CALL, ["servqual.js", name, [given]])
        assert re.search(r"\w", result["problem"])
        assert _same_words(result["problem"]) == _same_words(str(refused.value)), name


@pytest.mark.slow
def test_problems_and_their_answers_agree(visit):
    page = visit("blank.html")
    seeds = range(100)
    drawn = [servqual_explorer.problem(seed) for seed in seeds]
    found = page.evaluate(CALL, ["servqual_explorer.js", "problem", [[seed] for seed in seeds]])
    assert [one["gives"] for one in found] == drawn
    found = page.evaluate(CALL, ["servqual_explorer.js", "answer", [[one] for one in drawn]])
    assert [one["gives"] for one in found] == [servqual_explorer.answer(one) for one in drawn]
