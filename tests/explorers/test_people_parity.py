"""Readiness and message rules in JavaScript give what Python gives: means, barriers, hidden groups, findings, sentences."""

import random

import pytest

from cslearn.explorers import model_matcher, stakeholder_planner
from cslearn.explorers.data import read_data
from cslearn.methods import communication, readiness
from cslearn.methods.communication import CHANNELS
from cslearn.methods.readiness import ELEMENTS
from cslearn.problem import Problem

pytestmark = pytest.mark.browser

CASES = 300
CALL = """async ([name, cases]) => {
  const module = await import(new URL("people.js", document.baseURI));
  return cases.map((given) => {
    try { return { gives: module[name](...given) }; }
    catch (error) {
      if (!(error instanceof module.Problem)) throw error;
      return { problem: error.message };
    }
  });
}"""
FINDINGS = """async (cases) => {
  const { findings, plan } = await import(new URL("people.js", document.baseURI));
  return cases.map(([rows, barriers, people, teams]) => findings(plan(rows), barriers, people, teams));
}"""
RULES = """async ([seeds, plans]) => {
  const { problem, rules } = await import(new URL("stakeholder_planner.js", document.baseURI));
  return seeds.map((seed, n) => rules(problem(seed), plans[n]));
}"""
PROBLEMS = """async ([module, seeds]) => {
  const { problem } = await import(new URL(`${module}.js`, document.baseURI));
  return seeds.map(problem);
}"""


def either(call):
    try:
        return {"gives": call()}
    except Problem as problem:
        return {"problem": str(problem)}


def compare(page, name, given, python):
    found = page.evaluate(CALL, [name, given])
    assert len(found) == CASES
    assert found == [either(call) for call in python]
    assert any("problem" in one for one in found) and any("gives" in one for one in found)


def test_element_means(visit):
    rng = random.Random("means")
    scores = [1, 2, 3, 4, 5]
    surveys = []
    for _ in range(CASES):
        people = [
            {f"{e}{n}": rng.choice([None, *scores, *scores]) for e in ELEMENTS for n in (1, 2) if rng.random() < 0.9}
            for _ in range(rng.randint(0, 9))
        ]
        if people and rng.random() < 0.05:
            people[0]["K1"] = rng.choice([0, 6, 9])
        surveys.append(people)
    found = visit("blank.html").evaluate(CALL, ["elementMeans", [[people] for people in surveys]])
    refused = 0
    for one, people in zip(found, surveys, strict=True):
        expected = either(lambda people=people: readiness.element_means(people))
        refused += "problem" in expected
        if "gives" in expected:
            assert one["gives"] == pytest.approx(expected["gives"], abs=1e-9)
        else:
            assert one == expected
    assert 0 < refused < CASES


def test_barriers(visit):
    rng = random.Random("barriers")
    cases = []
    for _ in range(CASES):
        means = {element: rng.choice([rng.uniform(1, 5), 3, 2.9, 3.1]) for element in ELEMENTS}
        if rng.random() < 0.1:
            means[rng.choice(list(means))] = None
        cases.append(means)
    compare(visit("blank.html"), "barrier", [[m] for m in cases], [lambda m=m: readiness.barrier(m) for m in cases])


def test_hidden_groups(visit):
    rng = random.Random("cells")
    cases = []
    for _ in range(CASES):
        answered = {name: rng.choice([0, 1, 2, 3, 4, 5, 6, 9, 12]) for name in "abcdefg"[: rng.randint(1, 7)]}
        if rng.random() < 0.05:
            answered["a"] = -1
        cases.append((answered, rng.choice([3, 5, 10]), rng.random() < 0.6))

    def here(answered, smallest, total):
        hidden = readiness.too_small(answered, smallest, total_shown=total)
        return [name for name in answered if name in hidden]

    given = [[list(answered.items()), smallest, total] for answered, smallest, total in cases]
    compare(visit("blank.html"), "tooSmall", given, [lambda c=c: here(*c) for c in cases])


TO = ["leaders", "agents", "customers", "A", "B", "teamC", "P1", "P2", "P3"]


def a_plan(rng, flawed=False):
    rows = [
        {
            "to": rng.choice(TO), "week": rng.randint(-8, 10), "purpose": rng.choice(list(ELEMENTS)),
            "two_way": rng.choice([True, False, None]), "channel": rng.choice([*CHANNELS, None]),
        }
        for _ in range(rng.randint(0, 16))
    ]  # fmt: skip
    if flawed and rows:
        rows[-1][rng.choice(["purpose", "channel"])] = "smoke"
    return rows


def test_every_finding_of_hundreds_of_plans_in_the_same_words(visit):
    rng = random.Random("plans")
    cases = []
    for _ in range(CASES):
        barriers = {team: rng.choice(list(ELEMENTS)) for team in ("A", "B", "teamC") if rng.random() < 0.8}
        people = {
            who: {"power": rng.choice(["hi", "lo"]), "interest": "hi", "stance": rng.choice(["for", "against"])}
            for who in ("P1", "P2", "P3")
        }
        cases.append([a_plan(rng), barriers, people, ["A", "B", "teamC"]])
    found = visit("blank.html").evaluate(FINDINGS, cases)
    assert len(found) == CASES
    for shown, (rows, barriers, people, teams) in zip(found, cases, strict=True):
        expected = communication.findings(communication.plan(rows), barriers, people, teams)
        assert shown == [vars(one) for one in expected]
    said = {one["sentence"][-30:] for shown in found for one in shown}
    assert len(said) > 30


def test_a_row_that_is_no_message_is_refused_in_the_same_words(visit):
    rng = random.Random("flawed")
    plans = [a_plan(rng, flawed=rng.random() < 0.2) for _ in range(CASES)]
    found = visit("blank.html").evaluate(CALL, ["plan", [[rows] for rows in plans]])
    expected = [either(lambda rows=rows: [m.week for m in communication.plan(rows)]) for rows in plans]
    shown = [one if "problem" in one else {"gives": [m["week"] for m in one["gives"]]} for one in found]
    assert shown == expected
    assert 0 < sum("problem" in one for one in expected) < CASES


def test_the_grid(visit):
    pairs = [[a, b] for a in ("hi", "lo") for b in ("hi", "lo")]
    found = visit("blank.html").evaluate(CALL, ["quadrant", [*pairs, ["high", "lo"]]])
    assert found == [either(lambda p=p: communication.quadrant(*p)) for p in [*pairs, ("high", "lo")]]


@pytest.mark.parametrize("module", [stakeholder_planner, model_matcher])
def test_three_hundred_problems_are_the_same(visit, module):
    found = visit("blank.html").evaluate(PROBLEMS, [module.__name__.rpartition(".")[2], list(range(CASES))])
    assert found == [module.problem(seed) for seed in range(CASES)]


def test_the_rules_of_a_problem_are_the_same(visit):
    rng = random.Random("rules")
    people = ["P1", "P2", "P3", "P4"]
    plans = [
        [row | {"to": rng.choice(["leaders", "agents", "customers", "A", "B", "C", *people])} for row in a_plan(rng)]
        for _ in range(CASES)
    ]
    found = visit("blank.html").evaluate(RULES, [list(range(CASES)), plans])
    for seed, (shown, rows) in enumerate(zip(found, plans, strict=True)):
        assert shown == [vars(one) for one in stakeholder_planner.rules(stakeholder_planner.problem(seed), rows)]


def test_names_and_limits_are_said_once(visit):
    shown = visit("blank.html").evaluate(
        """async () => {
          const all = await import(new URL("people.js", document.baseURI));
          const { ELEMENTS, CHANNELS, THRESHOLD, SMALL_CELL, FIRST_WEEK, LAST_WEEK, LONGEST_SILENCE, WIN_BY } = all;
          return [ELEMENTS, CHANNELS, THRESHOLD, SMALL_CELL, FIRST_WEEK, LAST_WEEK, LONGEST_SILENCE, WIN_BY];
        }"""
    )
    assert shown == [
        ELEMENTS, CHANNELS, readiness.THRESHOLD, readiness.SMALL_CELL, communication.FIRST_WEEK,
        communication.LAST_WEEK, communication.LONGEST_SILENCE, communication.WIN_BY,
    ]  # fmt: skip
    assert len(read_data(stakeholder_planner.DATA)["people"]) == 12
