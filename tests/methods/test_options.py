"""Hand-worked edge cases, properties that must always hold, and independent oracles."""

import itertools
import math
import random
from functools import partial

import numpy as np
import numpy_financial
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from cslearn.methods.options import (
    break_even_benefits,
    break_even_weight,
    discount_factor,
    linear_scores,
    net_present_value,
    payback_months,
    ranking,
    swings,
    weighted_totals,
    win_shares,
)
from cslearn.problem import Problem

CASES = 1000
figures = st.floats(-1e9, 1e9, allow_nan=False)
BAD_NUMBERS = [math.nan, math.inf, -math.inf, None, "3", True]


def random_matrix(rng, options=5, criteria=4):
    scores = {f"O{o}": {f"C{c}": rng.uniform(0, 10) for c in range(criteria)} for o in range(options)}
    weights = {f"C{c}": rng.randint(5, 60) for c in range(criteria)}
    return scores, weights


# Scores


def test_scores_by_hand():
    assert linear_scores([40, 50, 60], "max") == [0, 5, 10]
    assert linear_scores([40, 50, 60], "min") == [10, 5, 0]
    assert linear_scores([3], "max") == [10]
    assert linear_scores([7, 7, 7], "min") == [10, 10, 10]


@given(st.lists(figures, min_size=1, max_size=12))
def test_best_scores_10_worst_0_and_order_is_kept(values):
    up, down = linear_scores(values, "max"), linear_scores(values, "min")
    assert all(0 <= score <= 10 for score in up + down)
    assert up[values.index(max(values))] == 10 and down[values.index(min(values))] == 10
    if min(values) < max(values):
        assert up[values.index(min(values))] == 0
        assert all(a + b == pytest.approx(10) for a, b in zip(up, down, strict=True))
    assert all(up[i] <= up[j] for i in range(len(values)) for j in range(len(values)) if values[i] <= values[j])


def test_scores_agree_with_interpolation_between_worst_and_best():
    rng = random.Random(1)
    for _ in range(CASES):
        values = [rng.uniform(-500, 500) for _ in range(rng.randint(2, 8))]
        expected = np.interp(values, [min(values), max(values)], [0, 10])
        assert linear_scores(values, "max") == pytest.approx(expected, abs=1e-9)
        assert linear_scores(values, "min") == pytest.approx(10 - expected, abs=1e-9)


@pytest.mark.parametrize("bad", BAD_NUMBERS)
def test_a_value_that_is_not_a_number_is_refused_in_every_list(bad):
    for call in (
        lambda: linear_scores([1, bad], "max"),
        lambda: net_present_value([1, bad], 0.035),
        lambda: net_present_value([1, 2], bad),
        lambda: payback_months([-1, bad]),
        lambda: discount_factor(bad, 1),
        lambda: discount_factor(0.03, bad),
        lambda: break_even_benefits([1], [bad], 0.03),
        lambda: weighted_totals({"A": {"c": bad}}, {"c": 1}),
        lambda: weighted_totals({"A": {"c": 1}}, {"c": bad}),
        lambda: ranking({"A": bad}),
    ):
        with pytest.raises(Problem, match="number"):
            call()


def test_empty_lists_and_wrong_directions_are_refused():
    for call, words in (
        (lambda: linear_scores([], "max"), "empty"),
        (lambda: linear_scores([1, 2], "up"), "higher is better"),
        (lambda: linear_scores("12", "max"), "list of numbers"),
        (lambda: linear_scores([-1.7e308, 1.7e308], "max"), "too far apart"),
        (lambda: weighted_totals({}, {}), "no options"),
        (lambda: weighted_totals({"A": {}}, {}), "no scores"),
        (lambda: ranking({}), "no options"),
        (lambda: net_present_value([], 0.1), "empty"),
        (lambda: payback_months([]), "empty"),
        (lambda: break_even_benefits([], [1], 0.1), "empty"),
        (lambda: swings([], 0.1), "no cash lines"),
    ):
        with pytest.raises(Problem, match=words):
            call()


# Totals and ranking


def test_totals_by_hand():
    scores = {"A": {"trust": 10, "cost": 0}, "B": {"trust": 5, "cost": 8}}
    assert weighted_totals(scores, {"trust": 75, "cost": 25}) == {"A": 7.5, "B": 5.75}
    assert weighted_totals(scores, {"cost": 1, "trust": 3}) == {"A": 7.5, "B": 5.75}
    assert weighted_totals(scores, {"trust": 0, "cost": 2}) == {"A": 0, "B": 8}


def test_totals_agree_with_a_matrix_product():
    rng = random.Random(2)
    for _ in range(CASES):
        scores, weights = random_matrix(rng, rng.randint(1, 6), rng.randint(1, 6))
        table = np.array([list(row.values()) for row in scores.values()])
        share = np.array(list(weights.values())) / sum(weights.values())
        assert list(weighted_totals(scores, weights).values()) == pytest.approx(table @ share, abs=1e-9)


@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_totals_stay_between_worst_and_best_score_and_ignore_the_scale_of_weights(seed, scale):
    scores, weights = random_matrix(random.Random(seed))
    totals = weighted_totals(scores, weights)
    scaled = weighted_totals(scores, {c: w * scale for c, w in weights.items()})
    for option, row in scores.items():
        assert min(row.values()) - 1e-9 <= totals[option] <= max(row.values()) + 1e-9
        assert scaled[option] == pytest.approx(totals[option], abs=1e-9)


@pytest.mark.parametrize(
    ("scores", "weights", "words"),
    [
        ({"A": {"c": 1}}, {}, "no weight"),
        ({"A": {"c": 1}}, {"c": 1, "d": 1}, "d has a weight but no scores"),
        ({"A": {"c": 1}}, {"c": -1}, "0 or more"),
        ({"A": {"c": 1}}, {"c": 0}, "All weights are 0"),
        ({"A": {"c": 1}, "B": {}}, {"c": 1}, "Option B has no score for c"),
        ({"A": {"c": 1}, "B": {"c": 1, "d": 2}}, {"c": 1}, "Option A has no score for d"),
        ({"A": {"c": 1, "d": 1}}, {"c": 1.7e308, "d": 1.7e308}, "too large"),
        ({"A": {"c": 1e308}}, {"c": 1e10}, "too large"),
    ],
)
def test_missing_or_impossible_weights_are_named(scores, weights, words):
    with pytest.raises(Problem, match=words):
        weighted_totals(scores, weights)


def test_ranking_puts_level_options_in_order_of_name_and_leaves_out_the_knocked_out():
    totals = {"C": 5.0, "A": 0.1 + 0.2, "B": 0.3, "D": 9}
    assert ranking(totals) == ["D", "C", "A", "B"]
    assert ranking(totals, ["D"]) == ["C", "A", "B"]
    assert ranking(totals, ("A", "B", "C", "D")) == []
    assert ranking(totals, "D") == ["C", "A", "B"]
    with pytest.raises(Problem, match="Option X is knocked out but is not among"):
        ranking(totals, ["X"])
    with pytest.raises(Problem, match="too large"):
        ranking({"A": 1e308})


@given(st.dictionaries(st.text("ABCDEFG", min_size=1, max_size=3), st.floats(0, 10), min_size=1))
def test_ranking_is_from_best_to_worst(totals):
    order = ranking(totals)
    assert sorted(order) == sorted(totals)
    assert all(totals[a] >= totals[b] - 1.1e-9 for a, b in itertools.pairwise(order))


# Break-even weight


def test_break_even_by_hand():
    # On cost alone B is 8 ahead; on the rest A is 2 ahead: level at 2 / (8 + 2) = 20%.
    scores = {"A": {"cost": 1, "trust": 6}, "B": {"cost": 9, "trust": 4}}
    assert break_even_weight(scores, {"cost": 10, "trust": 90}, "cost") == pytest.approx(20)
    assert break_even_weight(scores, {"cost": 90, "trust": 10}, "cost") == pytest.approx(20)
    assert break_even_weight(scores, {"cost": 20, "trust": 80}, "cost") == pytest.approx(20)
    assert break_even_weight(scores, {"cost": 20, "trust": 80}, "trust") == pytest.approx(80)


def test_no_break_even_if_one_option_is_ahead_on_everything():
    scores = {"A": {"cost": 9, "trust": 9}, "B": {"cost": 1, "trust": 8}}
    assert break_even_weight(scores, {"cost": 50, "trust": 50}, "cost") is None
    assert break_even_weight(scores, {"cost": 50, "trust": 50}, "cost", ["B"]) is None
    assert break_even_weight({"A": {"x": 1, "y": 2}}, {"x": 1, "y": 1}, "x") is None


def test_break_even_at_the_very_ends_counts():
    scores = {"A": {"cost": 5, "trust": 6}, "B": {"cost": 5, "trust": 4}}
    assert break_even_weight(scores, {"cost": 50, "trust": 50}, "cost") == 100
    assert break_even_weight(scores, {"cost": 50, "trust": 50}, "trust") == 0


def test_break_even_of_options_that_are_level_is_todays_weight():
    scores = {"A": {"cost": 5, "trust": 6}, "B": {"cost": 6, "trust": 5}}
    assert break_even_weight(scores, {"cost": 50, "trust": 50}, "cost") == 50
    same = {"A": {"cost": 5, "trust": 6}, "B": {"cost": 5, "trust": 6}}
    assert break_even_weight(same, {"cost": 3, "trust": 1}, "cost") == 75


def test_knocked_out_options_do_not_draw_level():
    scores = {"A": {"cost": 1, "trust": 6}, "B": {"cost": 9, "trust": 4}, "C": {"cost": 4, "trust": 5}}
    weights = {"cost": 10, "trust": 90}
    assert break_even_weight(scores, weights, "cost") == pytest.approx(20)
    assert break_even_weight(scores, weights, "cost", ["B"]) == pytest.approx(25)


@pytest.mark.parametrize(
    ("criterion", "weights", "out", "words"),
    [
        ("speed", {"cost": 1, "trust": 1}, [], "no criterion speed"),
        ("cost", {"cost": 1, "trust": 0}, [], "holds all the weight"),
        ("cost", {"cost": 1, "trust": 1}, ["A"], "Every option is knocked out"),
    ],
)
def test_break_even_that_cannot_be_asked_for_is_refused(criterion, weights, out, words):
    with pytest.raises(Problem, match=words):
        break_even_weight({"A": {"cost": 1, "trust": 2}}, weights, criterion, out)


def _lead(scores, weights, criterion, winner, rival, percent):
    """Winner's total minus rival's, with the criterion at that weight: totals from scratch."""
    rest = sum(w for c, w in weights.items() if c != criterion)
    moved = {c: (100 - percent) * w / rest for c, w in weights.items()}
    moved[criterion] = percent
    totals = weighted_totals(scores, moved)
    return totals[winner] - totals[rival]


def test_break_even_agrees_with_a_root_finder_on_the_totals():
    rng = random.Random(3)
    found = 0
    for _ in range(CASES):
        scores, weights = random_matrix(rng, rng.randint(2, 6), rng.randint(2, 5))
        criterion = rng.choice(list(weights))
        today = 100 * weights[criterion] / sum(weights.values())
        winner = ranking(weighted_totals(scores, weights))[0]
        roots = []
        for rival in scores:
            if rival == winner:
                continue

            lead = partial(_lead, scores, weights, criterion, winner, rival)
            for low, high in ((0, today), (today, 100)):
                if lead(low) * lead(high) < 0:
                    roots.append(brentq(lead, low, high, xtol=1e-12))
        answer = break_even_weight(scores, weights, criterion)
        if roots:
            found += 1
            nearest = min(roots, key=lambda root: abs(root - today))
            assert answer == pytest.approx(nearest, abs=1e-8)
        else:
            assert answer is None
    assert CASES * 0.4 < found < CASES  # both kinds were tried


@given(st.integers(0, 100_000))
def test_the_winner_changes_at_the_break_even_weight_and_not_before(seed):
    scores, weights = random_matrix(random.Random(seed), 4, 3)
    answer = break_even_weight(scores, weights, "C0")
    today = 100 * weights["C0"] / sum(weights.values())
    winner = ranking(weighted_totals(scores, weights))[0]
    rest = sum(w for c, w in weights.items() if c != "C0")

    def lead_at(percent):
        moved = {c: (100 - percent) * w / rest for c, w in weights.items()}
        moved["C0"] = percent
        totals = weighted_totals(scores, moved)
        return totals[winner] - max(total for option, total in totals.items() if option != winner)

    ends = [0, 100] if answer is None else [answer, max(0, min(100, 2 * today - answer))]
    for step in range(21):
        for end in ends:
            assert lead_at(min(100, max(0, today + (end - today) * step / 20))) >= -1e-9
    if answer is not None:
        assert lead_at(answer) == pytest.approx(0, abs=1e-9)


# Random weightings


def test_win_shares_by_hand():
    assert win_shares({"A": {"x": 9, "y": 9}, "B": {"x": 1, "y": 8}}) == {"A": 1, "B": 0}
    assert win_shares({"A": {"x": 9, "y": 9}, "B": {"x": 1, "y": 8}}, ["A"]) == {"A": 0, "B": 1}
    assert win_shares({"A": {"x": 5}, "B": {"x": 5}}, draws=10) == {"A": 0.5, "B": 0.5}
    one_each = win_shares({"A": {"x": 10, "y": 0}, "B": {"x": 0, "y": 10}}, draws=20_000)
    assert one_each["A"] == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(20_000))


def test_win_shares_agree_with_numpys_dirichlet_draws():
    rng, draws = random.Random(4), 20_000
    oracle = np.random.default_rng(5)
    for seed in range(25):
        scores, _ = random_matrix(rng, 4, 4)
        table = np.array([list(row.values()) for row in scores.values()])
        winners = (oracle.dirichlet(np.ones(4), size=draws) @ table.T).argmax(axis=1)
        expected = np.bincount(winners, minlength=4) / draws
        shares = win_shares(scores, draws=draws, seed=seed)
        # The difference of two estimates; 4.5 standard errors over 100 comparisons.
        error = 4.5 * np.sqrt(np.maximum(expected * (1 - expected), 1 / draws) * 2 / draws)
        assert np.all(np.abs(np.array(list(shares.values())) - expected) <= error)


@given(st.integers(0, 10_000))
@settings(max_examples=25)
def test_win_shares_add_up_to_1_and_repeat_for_the_same_seed(seed):
    scores, _ = random_matrix(random.Random(seed))
    shares = win_shares(scores, draws=200, seed=seed)
    assert sum(shares.values()) == pytest.approx(1)
    assert shares == win_shares(scores, draws=200, seed=seed)


@pytest.mark.parametrize("draws", [0, -1, 2.5, True, None])
def test_win_shares_refuse_an_impossible_number_of_draws(draws):
    with pytest.raises(Problem, match="number of draws"):
        win_shares({"A": {"x": 1}}, draws=draws)


def test_win_shares_refuse_a_table_without_options_left():
    with pytest.raises(Problem, match="Every option is knocked out"):
        win_shares({"A": {"x": 1}}, ["A"])


# Money


def test_discounting_by_hand():
    assert discount_factor(0.035, 0) == 1
    assert discount_factor(0.25, 2) == 0.64
    assert discount_factor(-0.5, 1) == 2
    assert net_present_value([-100, 125], 0.25) == 0
    assert net_present_value([-100, 60, 60], 0) == 20
    assert net_present_value([-70], 0.1) == -70


@pytest.mark.parametrize(
    ("rate", "year", "words"),
    [
        (-1, 1, "above -1"),
        (-2, 1, "above -1"),
        (3.5, 1, "0.035"),
        (0.1, -1, "Count years"),
        (0.1, 1.5, "Count"),
        (0.1, 2026, "Count years"),
        (-0.9999999, 200, "too large"),
    ],
)
def test_impossible_rates_and_years_are_refused(rate, year, words):
    with pytest.raises(Problem, match=words):
        discount_factor(rate, year)


def test_net_present_value_agrees_with_numpy_financial():
    rng = random.Random(6)
    for _ in range(CASES):
        flows = [rng.uniform(-200_000, 200_000) for _ in range(rng.randint(1, 12))]
        rate = rng.uniform(-0.2, 0.6)
        assert net_present_value(flows, rate) == pytest.approx(numpy_financial.npv(rate, flows), rel=1e-9, abs=1e-6)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=8), st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_higher_rate_makes_later_income_worth_less(flows, one, two):
    low, high = sorted((one, two))
    assert net_present_value(flows, high) <= net_present_value(flows, low) * (1 + 1e-12)


def test_payback_by_hand():
    assert payback_months([-120, 60, 60]) == 24
    assert payback_months([-90, 60, 60]) == 18
    assert payback_months([-120, 240]) == 6
    assert payback_months([-100, 50]) is None
    assert payback_months([0, -5]) == 0
    assert payback_months([10]) == 0
    assert payback_months([-10]) is None
    # Money can go on flowing out before it comes back.
    assert payback_months([-50, -50, 200]) == 18
    # The first time counts, even if a later year costs again.
    assert payback_months([-50, 100, -200]) == 6


def test_payback_agrees_with_interpolation_of_the_cumulative_flow():
    rng = random.Random(7)
    paid_back = 0
    for _ in range(CASES):
        flows = [-rng.uniform(1, 100_000)] + [rng.uniform(1, 50_000) for _ in range(rng.randint(1, 8))]
        cumulative = np.cumsum(flows)
        months = 12 * np.arange(len(flows))
        answer = payback_months(flows)
        if cumulative[-1] < 0:
            assert answer is None
        else:
            paid_back += 1
            assert answer == pytest.approx(np.interp(0, cumulative, months), abs=1e-9)
    assert CASES * 0.3 < paid_back < CASES


def test_break_even_benefits_by_hand():
    assert break_even_benefits([80], [0, 125], 0.25) == pytest.approx(0.8)
    assert break_even_benefits([0], [10], 0.1) == 0
    assert break_even_benefits([10, 10], [0, 0], 0.1) is None
    assert break_even_benefits([20], [10], 0) == 2
    with pytest.raises(Problem, match="positive figures"):
        break_even_benefits([-10], [10], 0.1)
    with pytest.raises(Problem, match="positive figures"):
        break_even_benefits([10], [-10], 0.1)


def test_break_even_benefits_agree_with_a_root_finder():
    rng = random.Random(8)
    for _ in range(CASES):
        costs = [rng.uniform(0, 50_000) for _ in range(rng.randint(1, 6))]
        benefits = [rng.uniform(0, 50_000) for _ in range(rng.randint(1, 6))]
        rate = rng.uniform(0, 0.3)

        def value(share, costs=costs, benefits=benefits, rate=rate):
            years = max(len(costs), len(benefits))
            flow = np.zeros(years)
            flow[: len(benefits)] += share * np.array(benefits)
            flow[: len(costs)] -= costs
            return numpy_financial.npv(rate, flow)

        answer = break_even_benefits(costs, benefits, rate)
        assert answer == pytest.approx(brentq(value, 0, 1e9, xtol=1e-13, rtol=1e-14), rel=1e-7, abs=1e-9)


def _row(item, kind, year, low, mid, high):
    return {
        "item": item,
        "kind": kind,
        "year": year,
        "amount_low": low,
        "amount_mid": mid,
        "amount_high": high,
    }


def test_swings_by_hand():
    lines = [
        _row("system", "cost", 0, 90, 100, 130),
        _row("fewer refunds", "benefit", 1, 50, 125, 150),
        _row("fewer refunds", "benefit", 2, 0, 0, 25),
    ]
    assert swings(lines, 0.25) == [
        {"line": "fewer refunds", "low": -60, "high": 36},
        {"line": "system", "low": -30, "high": 10},
    ]


@given(st.integers(0, 100_000))
def test_swings_are_widest_first_and_hold_the_middle_value_between_them(seed):
    rng = random.Random(seed)
    lines = []
    for item in range(rng.randint(1, 6)):
        kind = rng.choice(["cost", "benefit"])
        for year in range(rng.randint(1, 4)):
            lines.append(_row(f"line {item}", kind, year, *sorted(rng.uniform(0, 1000) for _ in range(3))))
    rate = rng.uniform(0, 0.2)
    flows = [0.0] * 5
    for line in lines:
        flows[line["year"]] += line["amount_mid"] * (1 if line["kind"] == "benefit" else -1)
    middle = net_present_value(flows, rate)
    rows = swings(lines, rate)
    assert {row["line"] for row in rows} == {line["item"] for line in lines}
    widths = [row["high"] - row["low"] for row in rows]
    assert all(a >= b - 1e-6 for a, b in itertools.pairwise(widths))
    for row in rows:
        assert row["low"] - 1e-6 <= middle <= row["high"] + 1e-6
        changed = [0.0] * 5
        for line in lines:
            which = "mid"
            if line["item"] == row["line"]:
                which = "low" if line["kind"] == "benefit" else "high"
            changed[line["year"]] += line[f"amount_{which}"] * (1 if line["kind"] == "benefit" else -1)
        assert row["low"] == pytest.approx(net_present_value(changed, rate), abs=1e-6)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([{"item": "x"}], "has no kind"),
        ([_row("x", "saving", 0, 1, 2, 3)], "cost.*benefit"),
        ([_row("x", "cost", 0, -1, 2, 3)], "positive"),
        ([_row("x", "cost", 0, 3, 2, 1)], "low first"),
        ([_row("x", "cost", 0, 1, None, 3)], "number"),
        ([_row("x", "cost", 2026, 1, 2, 3)], "Count years"),
        ([_row("x", "cost", 0, 1, 2, 3), _row("x", "benefit", 1, 1, 2, 3)], "different names"),
    ],
)
def test_cash_lines_that_cannot_be_read_are_named(lines, words):
    with pytest.raises(Problem, match=words):
        swings(lines, 0.035)
