"""The page and the notebook give the same figures: JavaScript in a real browser against Python."""

import math
import random
import re

import pytest

from cslearn.explorers import (
    data_room,
    decision_matrix,
    heat_simulator,
    npv_board,
    rights_clock,
    signal_or_noise,
    staffing_board,
)
from cslearn.methods import evidence, options
from cslearn.methods.randomness import mulberry32
from cslearn.problem import Problem

pytestmark = pytest.mark.browser

CASES = 1000
CALL = """async ([file, name, cases]) => {
  const module = await import(new URL(file, document.baseURI));
  const shared = await import(new URL("randomness.js", document.baseURI));
  return cases.map((given) => {
    try { return { gives: module[name](...given) }; }
    catch (error) {
      if (![module.Problem, shared.Problem].some((kind) => kind && error instanceof kind)) throw error;
      return { problem: error.message };
    }
  });
}"""


@pytest.fixture
def in_browser(visit):
    page = visit("blank.html")

    def call(file, name, cases):
        return page.evaluate(CALL, [file, name, cases])

    return call


def furthest(one, two):
    """The largest difference between two results of the same shape; their shapes must be equal."""
    if isinstance(one, dict):
        assert set(one) == set(two)
        return max((furthest(one[key], two[key]) for key in one), default=0)
    if isinstance(one, list):
        assert len(one) == len(two)
        return max((furthest(a, b) for a, b in zip(one, two, strict=True)), default=0)
    if isinstance(one, (int, float)) and not isinstance(one, bool):
        return abs(one - two) / max(1, abs(one))
    assert one == two
    return 0


def matrix(rng):
    """Scores and weights, with ties, equal columns and zero weights among them."""
    criteria = [f"c{n}" for n in range(rng.randint(2, 6))]
    figure = rng.choice([lambda: rng.uniform(0, 10), lambda: rng.randint(0, 10), lambda: rng.choice([0, 5, 10])])
    scores = {o: {c: figure() for c in criteria} for o in "ABCDEF"[: rng.randint(1, 6)]}
    weights = {c: rng.choice([0, rng.randint(1, 60), rng.uniform(1, 60)]) for c in criteria}
    weights[criteria[0]] = weights[criteria[-1]] = rng.randint(1, 50)
    out = [o for o in list(scores)[1:] if rng.random() < 0.2]
    return scores, weights, out, rng.choice(criteria)


def flows(rng):
    return [rng.uniform(-100_000, 50_000)] + [rng.uniform(-5_000, 60_000) for _ in range(rng.randint(0, 9))]


def amounts(rng):
    return [rng.choice([0, rng.uniform(0, 50_000)]) for _ in range(rng.randint(1, 8))]


def lines(rng):
    rows = []
    for n in range(rng.randint(1, 8)):
        kind = rng.choice(["cost", "benefit"])
        for year in range(rng.randint(1, 5)):
            low, mid, high = sorted(rng.choice([rng.uniform(0, 20_000), 500.0]) for _ in range(3))
            rows.append(
                {"item": f"line {n}", "kind": kind, "year": year,
                 "amount_low": low, "amount_mid": mid, "amount_high": high}
            )  # fmt: skip
    return rows


def case_of(name, rng, number):
    scores, weights, out, criterion = matrix(rng)
    if name == "linearScores":
        figures = [rng.choice([rng.uniform(-1e6, 1e6), rng.randint(0, 3)]) for _ in range(rng.randint(1, 9))]
        return [figures, rng.choice(["max", "min"])]
    if name == "ranking":
        return [{option: rng.choice([rng.uniform(0, 10), rng.randint(0, 3)]) for option in scores}, out]
    return {
        "weightedTotals": [scores, weights],
        "breakEvenWeight": [scores, weights, criterion, out],
        "winShares": [scores, out, 40, number],
        "discountFactor": [rng.uniform(-0.5, 1), rng.randint(0, 60)],
        "netPresentValue": [flows(rng), rng.uniform(-0.3, 0.9)],
        "paybackMonths": [flows(rng)],
        "breakEvenBenefits": [amounts(rng), amounts(rng), rng.uniform(-0.1, 0.5)],
        "swings": [lines(rng), rng.uniform(0, 0.3)],
    }[name]


@pytest.mark.parametrize(
    "name",
    ["linearScores", "weightedTotals", "ranking", "breakEvenWeight", "winShares", "discountFactor",
     "netPresentValue", "paybackMonths", "breakEvenBenefits", "swings"],
)  # fmt: skip
def test_a_thousand_random_cases_agree(in_browser, name):
    python = getattr(options, re.sub("([A-Z])", lambda m: "_" + m[0].lower(), name))
    rng = random.Random(name)
    cases = [case_of(name, rng, number) for number in range(CASES)]
    results = in_browser("options.js", name, cases)
    worst = 0.0
    for case, result in zip(cases, results, strict=True):
        try:
            expected = python(*case)
        except Problem as problem:
            assert result == {"problem": str(problem)}
            continue
        worst = max(worst, furthest(expected, result["gives"]))
    assert worst <= 1e-9


def test_two_thousand_draws_agree(in_browser):
    rng = random.Random(9)
    cases = []
    for seed in range(30):
        scores, _, out, _ = matrix(rng)
        cases.append([scores, out, 2000, seed])
    for case, result in zip(cases, in_browser("options.js", "winShares", cases), strict=True):
        assert furthest(options.win_shares(*case), result["gives"]) <= 1e-9


def test_random_numbers_agree_bit_for_bit(visit):
    page = visit("blank.html")
    seeds = [0, 1, 2, 2**31 - 1, 2**31, 2**32 - 1, 2**40 + 3, -1, -5, 20260101]
    found = page.evaluate(
        """async (seeds) => {
          const { mulberry32 } = await import(new URL("randomness.js", document.baseURI));
          const thousand = (draw) => Array.from({ length: 1000 }, draw);
          return seeds.map((seed) => thousand(mulberry32(seed)));
        }""",
        seeds,
    )
    for seed, numbers in zip(seeds, found, strict=True):
        draw = mulberry32(seed)
        assert numbers == [draw() for _ in range(1000)]


@pytest.mark.parametrize(
    "module", [decision_matrix, npv_board, heat_simulator, rights_clock, staffing_board, data_room]
)
def test_problems_agree(in_browser, module):
    name = module.DATA.name.replace("_data", "")
    seeds = range(400)
    page_problems = in_browser(name, "problem", [[seed] for seed in seeds])
    assert [found["gives"] for found in page_problems] == [module.problem(seed) for seed in seeds]


def test_charts_agree_but_for_the_last_bit_of_a_cosine(in_browser):
    # Browsers and Python may round a logarithm or a cosine differently; figures are rounded to one decimal.
    seeds = range(200)
    found = in_browser("signal_or_noise.js", "problem", [[seed] for seed in seeds])
    assert [one["gives"] for one in found] == [signal_or_noise.problem(seed) for seed in seeds]


def test_the_rows_and_values_of_a_board_agree(in_browser):
    problems = [npv_board.problem(seed) for seed in range(200)]
    for leave_out in ([], ["sunk", "twice", "overhead"]):
        cases = [[found, leave_out] for found in problems]
        for name, python in (("value", npv_board.value), ("cashLines", npv_board.cash_lines)):
            for case, result in zip(cases, in_browser("npv_board.js", name, cases), strict=True):
                assert furthest(python(*case), result["gives"]) <= 1e-9


A = {"A": {"x": 1, "y": 2}, "B": {"x": 2, "y": 1}}
EVEN = {"x": 1, "y": 1}
ROW = {"item": "i", "kind": "cost", "year": 0, "amount_low": 1, "amount_mid": 2, "amount_high": 3}
MISTAKES = [
    ("linearScores", [[], "max"]),
    ("linearScores", [[1, math.nan], "max"]),
    ("linearScores", [[1, None], "max"]),
    ("linearScores", [[1, 2], "up"]),
    ("linearScores", [[-1.7e308, 1.7e308], "max"]),
    ("weightedTotals", [{}, {}]),
    ("weightedTotals", [{"A": {}}, {}]),
    ("weightedTotals", [A, {"x": 1}]),
    ("weightedTotals", [A, {"x": 1, "y": -1}]),
    ("weightedTotals", [A, {"x": 0, "y": 0}]),
    ("weightedTotals", [A, {"x": 1, "y": 1, "z": 1}]),
    ("weightedTotals", [{"A": {"x": 1}, "B": {}}, {"x": 1}]),
    ("weightedTotals", [{"A": {"x": 1}, "B": {"x": 1, "y": 1}}, {"x": 1}]),
    ("weightedTotals", [A, {"x": 1e308, "y": 1e308}]),
    ("weightedTotals", [{"A": {"x": 1e308}}, {"x": 1e10}]),
    ("ranking", [{}]),
    ("ranking", [{"A": 1}, ["B"]]),
    ("ranking", [{"A": 1e308}]),
    ("breakEvenWeight", [A, EVEN, "z"]),
    ("breakEvenWeight", [A, {"x": 1, "y": 0}, "x"]),
    ("breakEvenWeight", [A, EVEN, "x", ["A", "B"]]),
    ("winShares", [A, ["A", "B"]]),
    ("winShares", [A, [], 0]),
    ("winShares", [A, [], 1.5]),
    ("winShares", [A, [], 10, 1.5]),
    ("discountFactor", [-1, 1]),
    ("discountFactor", [3.5, 1]),
    ("discountFactor", [0.1, -1]),
    ("discountFactor", [0.1, 2026]),
    ("discountFactor", [math.inf, 1]),
    ("discountFactor", [-0.9999999, 200]),
    ("netPresentValue", [[], 0.1]),
    ("netPresentValue", [[1.7e308, 1.7e308], 0]),
    ("paybackMonths", [[]]),
    ("paybackMonths", [[math.nan]]),
    ("breakEvenBenefits", [[-5], [1], 0.1]),
    ("breakEvenBenefits", [[5], [], 0.1]),
    ("swings", [[], 0.1]),
    ("swings", [[{"item": "i"}], 0.1]),
    ("swings", [[ROW | {"kind": "saving"}], 0.1]),
    ("swings", [[ROW | {"amount_low": -1}], 0.1]),
    ("swings", [[ROW | {"amount_mid": 9}], 0.1]),
    ("swings", [[ROW, ROW | {"kind": "benefit"}], 0.1]),
    ("swings", [[ROW | {"year": 2026}], 0.1]),
]


def _same_words(message):
    """Without marks and with one way to write nothing and endless: languages differ in those."""
    words = message.lower().replace("none", "null").replace("infinity", "inf")
    return re.sub(r"[^a-z0-9]", "", words.replace(".0", ""))


def test_mistakes_are_refused_in_the_same_words(in_browser):
    for name, given in MISTAKES:
        python = getattr(options, re.sub("([A-Z])", lambda m: "_" + m[0].lower(), name))
        with pytest.raises(Problem) as refused:
            python(*given)
        [result] = in_browser("options.js", name, [given])
        assert _same_words(result["problem"]) == _same_words(str(refused.value)), name


def sample(rng):
    draw = rng.choice([lambda: rng.lognormvariate(5, 1), lambda: rng.randint(1, 5), lambda: rng.uniform(-1e6, 1e6)])
    return [draw() for _ in range(rng.choice([1, 2, 5, 6, rng.randint(1, 300)]))]


@pytest.mark.parametrize("name", ["share", "mean", "median", "spread", "bins", "studentT", "toTheCent"])
def test_five_hundred_random_figures_with_their_intervals_agree(in_browser, name):
    python = getattr(evidence, re.sub("([A-Z])", lambda m: "_" + m[0].lower(), name))
    rng = random.Random(name)
    cases = []
    for _ in range(500):
        n = rng.randint(1, 20_000)
        cases.append(
            {"share": [rng.randint(0, n), n], "studentT": [rng.randint(1, 3000)], "toTheCent": [rng.uniform(-1e4, 1e4)]}
            .get(name, [sample(rng)])
        )  # fmt: skip
    cases += {"share": [[1, 0], [3, 2], [-1, 4]], "studentT": [[0]], "toTheCent": []}.get(name, [[[]], [[1, math.nan]]])
    worst = 0.0
    for case, result in zip(cases, in_browser("evidence.js", name, cases), strict=True):
        try:
            expected = python(*case)
        except Problem as problem:
            assert result == {"problem": str(problem)}
            continue
        worst = max(worst, furthest(expected, result["gives"]))
    assert worst <= 1e-9
