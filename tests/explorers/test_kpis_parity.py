"""KPIs in JavaScript give the figures that Python gives, and refuse in the same words."""

import random
import re

import pytest
from test_parity import CALL, _same_words, furthest

from cslearn.explorers import kpi_workbench
from cslearn.explorers.data import read_data
from cslearn.methods import kpis
from cslearn.problem import Problem

pytestmark = pytest.mark.browser

CASES = 300
# kpis.js refuses with the Problem of evidence.js.
CALL = CALL.replace(
    "return cases", 'const { Problem } = await import(new URL("evidence.js", document.baseURI));\n  return cases'
).replace("module.Problem", "Problem")


def case_of(name, rng):
    n = rng.choice([1, rng.randint(2, 80)])
    contacts = []
    for _ in range(n + 1):
        answered = rng.random() < 0.9 or not contacts
        ticked = rng.choice([True, False, None]) if answered and contacts else answered or None
        contacts.append(
            {"customer": rng.randint(1, 12), "at": rng.randint(0, 9000), "answered": answered, "ticked": ticked}
        )
    cases = [[opened := rng.randint(0, 50), rng.choice([None, opened + rng.randint(0, 30)])] for _ in range(n)]
    waits = [rng.uniform(0, 90) for _ in range(n)]
    return {
        "firstContactByTick": [contacts],
        "firstContactByRepeat": [contacts, rng.randint(1, 9), None],
        "averageHandlingTime": [waits],
        "topBox": [[rng.randint(1, 5) for _ in range(n)]],
        "netPromoter": [[rng.randint(0, 10) for _ in range(n)]],
        "netPromoterBootstrap": [[rng.randint(0, 10) for _ in range(n)], rng.randint(40, 300), rng.randint(0, 10**6)],
        "customerEffort": [[rng.randint(1, 7) for _ in range(n)]],
        "serviceLevelCounted": [waits, rng.randint(0, 9), rng.randint(0, 60), rng.choice([True, False])],
        "abandonment": [waits, rng.randint(1, 99), rng.choice([0, 5])],
        "backlog": [cases, rng.randint(0, 80)],
    }[name]


def in_python(name):
    return getattr(kpis, re.sub("([A-Z])", lambda m: "_" + m[0].lower(), name))


NAMES = ["firstContactByTick", "firstContactByRepeat", "averageHandlingTime", "topBox", "netPromoter",
         "netPromoterBootstrap", "customerEffort", "serviceLevelCounted", "abandonment", "backlog"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_hundreds_of_random_cases_agree(visit, name):
    rng = random.Random(name)
    cases = [case_of(name, rng) for _ in range(CASES)]
    results = visit("blank.html").evaluate(CALL, ["kpis.js", name, cases])
    worst = max(furthest(in_python(name)(*case), result["gives"]) for case, result in zip(cases, results, strict=True))
    assert worst <= 1e-9


def test_mistakes_are_refused_in_the_same_words(visit):
    page = visit("blank.html")
    for name, given in [
        ("firstContactByTick", [[]]),
        ("firstContactByRepeat", [[], 0]),
        ("averageHandlingTime", [[]]),
        ("topBox", [[]]),
        ("topBox", [[5, 6]]),
        ("netPromoter", [[4, 2.5]]),
        ("netPromoterBootstrap", [[1], 39, 1]),
        ("customerEffort", [[8]]),
        ("serviceLevelCounted", [[1], -1, 20]),
        ("abandonment", [[1], -1, 0]),
        ("backlog", [[[3, 2]], 1]),
    ]:
        with pytest.raises(Problem) as refused:
            in_python(name)(*given)
        [result] = page.evaluate(CALL, ["kpis.js", name, [given]])
        assert _same_words(result["problem"]) == _same_words(str(refused.value)), name


# An explorer has no Problem of its own, so CALL's catch does not fit it.
DIRECT = """async ([name, cases]) => {
  const module = await import(new URL("kpi_workbench.js", document.baseURI));
  return cases.map((given) => module[name](...given));
}"""


@pytest.mark.slow
def test_problems_and_boards_agree(visit):
    page, rng = visit("blank.html"), random.Random(10)
    problems = [kpi_workbench.problem(seed) for seed in range(60)]
    assert page.evaluate(DIRECT, ["problem", [[seed] for seed in range(60)]]) == problems
    keys = [move["key"] for move in read_data(kpi_workbench.DATA)["moves"]]
    cases = [[one["contacts"], rng.sample(keys, rng.randint(0, 3))] for one in problems for _ in range(4)]
    boards = page.evaluate(DIRECT, ["measures", cases])
    ours = [kpi_workbench.measures(*case) for case in cases]
    assert max(furthest(one, board) for one, board in zip(ours, boards, strict=True)) <= 1e-9
