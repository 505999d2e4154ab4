"""Limits against NumPy, signals against a slow definition, and false alarms against a simulation of its own."""

import math
import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from cslearn.methods.control_chart import Signal, false_alarms, limits, moving_ranges, normal, signals, tampered
from cslearn.methods.randomness import mulberry32
from cslearn.problem import Problem

charts = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60)


def test_limits_by_hand():
    # Mean (10 + 12 + 8 + 10) / 4 = 10; ranges 2, 4, 2, mean 8 / 3; 2.66 * 8 / 3 = 7.0933.
    found = limits([10, 12, 8, 10])
    assert moving_ranges([10, 12, 8, 10]) == [2, 4, 2]
    assert found.mean == 10 and found.mean_range == pytest.approx(8 / 3)
    assert found.upper == pytest.approx(17.0933, abs=1e-4) and found.lower == pytest.approx(2.9067, abs=1e-4)
    assert found.range_upper == pytest.approx(3.267 * 8 / 3)


@settings(max_examples=250)
@given(charts)
def test_limits_agree_with_numpy(values):
    found = limits(values)
    spread = np.abs(np.diff(values)).mean()
    assert found.mean == pytest.approx(np.mean(values), rel=1e-9, abs=1e-6)
    assert found.upper - found.mean == pytest.approx(2.66 * spread, rel=1e-9, abs=1e-6)
    assert found.mean - found.lower == pytest.approx(2.66 * spread, rel=1e-9, abs=1e-6)


def test_the_factor_is_three_sigma_of_a_normal_process():
    # The mean distance of two normal figures is 2 / sqrt(pi) = 1.128 standard deviations.
    mean_range = 2 * norm.expect(lambda x: x, lb=0, ub=math.inf) * math.sqrt(2)
    assert mean_range == pytest.approx(2 / math.sqrt(math.pi))
    assert 3 / mean_range == pytest.approx(2.66, abs=0.005)


def slowly(values, of):
    """The rules word for word: look back from each figure."""
    found = []
    for place, value in enumerate(values):
        if not of.lower <= value <= of.upper:
            found.append(Signal(place, "outside"))
        for above in (True, False):
            there = [(v > of.mean) if above else (v < of.mean) for v in values[: place + 1]]
            in_a_row = next((n for n, side in enumerate(reversed(there)) if not side), len(there))
            if in_a_row == 8:
                found.append(Signal(place, "run8"))
    return found


@settings(max_examples=250)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=60), st.lists(st.integers(0, 6), min_size=2, max_size=30))
def test_signals_agree_with_the_rules_word_for_word(values, baseline):
    of = limits(baseline)
    assert signals(values, of) == slowly(values, of)
    assert signals(values, of, runs=False) == [signal for signal in slowly(values, of) if signal.rule == "outside"]


def test_signals_by_hand():
    of = limits([10, 12, 8, 10])
    assert signals([10, 18, 2.9, 12], of) == [Signal(1, "outside"), Signal(2, "outside")]
    # Eight above, and two more: one signal. On the mean the run ends.
    assert signals([11] * 10, of) == [Signal(7, "run8")]
    assert signals([11] * 7 + [10] + [11] * 7, of) == []
    # On a limit is inside.
    assert signals([of.upper, of.lower], of) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "both", "alone"),
    # Published for normal noise, 20,000 charts: share of unchanged 26-week charts with a signal, by both rules and by
    # limits alone; limits from the chart's own weeks (0) or from so many weeks before.
    [(0, 0.10, 0.06), (26, 0.26, 0.16), (20, 0.29, 0.19), (52, 0.20, 0.12)],
)
def test_false_alarms(before, both, alone):
    noise = np.random.default_rng(before).normal(size=(20_000, before + 26))
    seen = [0, 0]
    for row in noise.tolist():
        of = limits(row[:before] if before else row)
        seen[0] += bool(signals(row[before:], of))
        seen[1] += bool(signals(row[before:], of, runs=False))
    # Rounded figures, and four standard errors of a share of 20,000 charts: at most 0.013.
    assert seen[0] / 20_000 == pytest.approx(both, abs=0.018)
    assert seen[1] / 20_000 == pytest.approx(alone, abs=0.018)


def test_the_share_of_false_alarms_is_counted_chart_by_chart():
    # The same noise, read by NumPy: the share of charts with a figure outside, and with a run of eight as well.
    draw = mulberry32(9)
    noise = np.array([[normal(draw) for _ in range(20 + 12)] for _ in range(400)])
    before, after = noise[:, :20], noise[:, 20:]
    mean = before.mean(axis=1, keepdims=True)
    outside = (np.abs(after - mean) > 2.66 * np.abs(np.diff(before, axis=1)).mean(axis=1, keepdims=True)).any(axis=1)
    eight = np.lib.stride_tricks.sliding_window_view(after > mean, 8, axis=1)
    run = (eight.all(axis=2) | (~eight).all(axis=2)).any(axis=1)
    assert false_alarms(400, 12, 20, runs=False, seed=9) == pytest.approx(outside.mean())
    assert false_alarms(400, 12, 20, seed=9) == pytest.approx((outside | run).mean())


@pytest.mark.parametrize("given", [(0, 26, 26), (10, 1, 26), (10, 26, 1)])
def test_no_chart_and_no_baseline_are_refused(given):
    with pytest.raises(Problem, match="at least 1 chart, of 2 weeks"):
        false_alarms(*given)


def test_tampering_doubles_the_variance():
    # Each figure is then its own noise minus the noise before: two independent parts.
    rng = random.Random(4)
    noise = [rng.gauss(0, 1) for _ in range(4000)]
    given_ = tampered(noise)
    assert given_[1:] == pytest.approx([b - a for a, b in pairwise(noise)], abs=1e-9)
    assert np.std(given_) / np.std(noise) == pytest.approx(math.sqrt(2), abs=0.05)


def test_normal_figures_are_normal():
    draw = mulberry32(5)
    figures = np.array([normal(draw) for _ in range(20_000)])
    assert abs(figures.mean()) < 0.03 and figures.std() == pytest.approx(1, abs=0.03)
    for at in (-2, -1, 0, 1, 2):
        assert (figures < at).mean() == pytest.approx(norm.cdf(at), abs=0.015)


@pytest.mark.parametrize(
    "call",
    [
        lambda: limits([1]),
        lambda: limits([1, math.nan]),
        lambda: limits(["1", 2]),
        lambda: signals([None], limits([1, 2])),
        lambda: tampered([]),
    ],
)
def test_a_slip_gets_a_sentence(call):
    with pytest.raises(Problem) as caught:
        call()
    assert str(caught.value).endswith(".")
