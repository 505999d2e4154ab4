"""Queues in JavaScript give the figures that Python gives, and refuse in the same words."""

import math
import random
import re

import pytest
from test_parity import CALL, _same_words, furthest

from cslearn.methods import queues
from cslearn.problem import Problem

pytestmark = pytest.mark.browser

CASES = 500


def case_of(name, rng):
    agents = rng.choice([rng.randint(1, 12), rng.randint(1, 300)])
    load, handling, target = rng.uniform(0, 1.3) * agents, rng.uniform(20, 900), rng.uniform(0, 200)
    return {
        "workload": [rng.uniform(0, 900), handling],
        "agentsOnTheLines": [agents, rng.choice([0.15, 0.3, rng.uniform(0, 0.99)])],
        "chanceOfWaiting": [agents, load],
        "serviceLevel": [agents, load, handling, target],
        "averageSpeedOfAnswer": [agents, load * 0.7, handling],
        "occupancy": [agents, load],
        "agentsNeeded": [load, handling, target, rng.uniform(0, 0.99)],
        "withImpatience": [agents, load, handling, rng.uniform(5, 900), target],
        "workInProgress": [load, handling],
        "timeInProcess": [load, handling],
    }[name]


def in_python(name):
    return getattr(queues, re.sub("([A-Z])", lambda m: "_" + m[0].lower(), name))


NAMES = ["workload", "agentsOnTheLines", "chanceOfWaiting", "serviceLevel", "averageSpeedOfAnswer", "occupancy",
         "agentsNeeded", "withImpatience", "workInProgress", "timeInProcess"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_hundreds_of_random_cases_agree(visit, name):
    rng = random.Random(name)
    cases = [case_of(name, rng) for _ in range(CASES)]
    results = visit("blank.html").evaluate(CALL, ["queues.js", name, cases])
    worst = max(furthest(in_python(name)(*case), result["gives"]) for case, result in zip(cases, results, strict=True))
    assert worst <= 1e-9


def test_mistakes_are_refused_in_the_same_words(visit):
    page = visit("blank.html")
    for name, given in [
        ("workload", [-1, 180]),
        ("workload", [1, 0]),
        ("agentsOnTheLines", [10, 1]),
        ("chanceOfWaiting", [0, 1]),
        ("chanceOfWaiting", [2.5, 1]),
        ("serviceLevel", [2, math.nan, 180, 20]),
        ("serviceLevel", [2, 1, 180, -1]),
        ("agentsNeeded", [10, 180, 20, 1]),
        ("withImpatience", [10, 5, 180, 0, 20]),
        ("timeInProcess", [3, 0]),
    ]:
        with pytest.raises(Problem) as refused:
            in_python(name)(*given)
        [result] = page.evaluate(CALL, ["queues.js", name, [given]])
        assert _same_words(result["problem"]) == _same_words(str(refused.value)), name
