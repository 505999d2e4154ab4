"""HEAT in JavaScript gives the temperatures, endings, offers and costs that Python gives."""

import random

import pytest

from cslearn.explorers import heat_simulator
from cslearn.explorers.data import read_data
from cslearn.methods import heat
from cslearn.problem import Problem

pytestmark = pytest.mark.browser

CASES = 1000
CALL = """async (cases) => {
  const heat = await import(new URL("heat.js", document.baseURI));
  return cases.map(([start, kinds]) => {
    try {
      const call = heat.play(start, kinds);
      return { ...call, offers: heat.offers(call), stage: heat.stage(call), solved: heat.solved(call), cost: heat.cost(call, 24, 64) };
    } catch (error) {
      if (!(error instanceof heat.Problem)) throw error;
      return { problem: error.message };
    }
  });
}"""


def in_python(start, kinds):
    try:
        call = heat.play(start, kinds)
    except Problem as problem:
        return {"problem": str(problem)}
    lines = [
        {"kind": line.kind, "before": line.before, "after": line.after, "done": list(line.done)} for line in call.lines
    ]
    return {
        "lines": lines, "temperature": call.temperature, "done": list(call.done), "ended": call.ended,
        "offers": list(heat.offers(call)), "stage": heat.stage(call), "solved": heat.solved(call),
        "cost": heat.cost(call, 24, 64),
    }  # fmt: skip


def a_case(rng):
    """Mostly replies that are on offer; now and then one that is not."""
    start, kinds = rng.randint(61, 99), []
    call = heat.begin(start)
    for _ in range(rng.randint(0, heat.TURNS)):
        if call.ended:
            break
        kinds.append(rng.choice(heat.offers(call)))
        call = heat.say(call, kinds[-1])
    if rng.random() < 0.1:
        kinds.append(rng.choice(list(heat.CHANGES)))
    return [rng.choice([60, 100]) if rng.random() < 0.02 else start, kinds]


def test_a_thousand_random_calls_agree(visit):
    rng = random.Random("heat")
    cases = [a_case(rng) for _ in range(CASES)]
    found = visit("blank.html").evaluate(CALL, cases)
    expected = [in_python(*case) for case in cases]
    assert found == expected
    # Among them are calls of every ending, solved ones, and refusals.
    assert {one.get("ended") for one in expected} >= {"", "agreed", "hung up", "out of time", None}
    assert any(one.get("solved") for one in expected)


def test_the_last_days_of_all_calls_agree_with_the_rights_clock(visit):
    calls = read_data(heat_simulator.DATA)["calls"]
    found = visit("blank.html").evaluate(
        """async (calls) => {
          const { lastDay } = await import(new URL("heat_simulator.js", document.baseURI));
          return calls.map(lastDay);
        }""",
        calls,
    )
    assert found == [heat_simulator.last_day(call) for call in calls]
