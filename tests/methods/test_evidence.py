"""Shares, means and medians with their intervals: against SciPy, statsmodels and NumPy, and by hand."""

import math
import random

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from cslearn.methods.evidence import bins, mean, median, share, spread, student_t, to_the_cent
from cslearn.problem import Problem

CASES = 300


def samples(seed, least=1, most=400):
    """Samples of many shapes: waits with a long tail, marks from 1 to 5 with ties, and money lost and won."""
    rng = random.Random(seed)
    for _ in range(CASES):
        draw = rng.choice(
            [
                lambda: rng.lognormvariate(5, 1),
                lambda: float(rng.randint(1, 5)),
                lambda: rng.uniform(-1000, 1000),
            ]
        )
        yield [draw() for _ in range(rng.randint(least, most))]


def test_a_share_and_its_interval_are_those_of_statsmodels():
    rng = random.Random(1)
    for _ in range(CASES):
        n = rng.choice([rng.randint(1, 30), rng.randint(1, 20_000)])
        hits = rng.choice([0, n, rng.randint(0, n)])
        found = share(hits, n)
        low, high = proportion_confint(hits, n, alpha=0.05, method="wilson")
        assert found["value"] == pytest.approx(100 * hits / n, abs=1e-12)
        assert [found["low"], found["high"]] == pytest.approx([100 * low, 100 * high], abs=1e-9)


def test_a_mean_and_its_interval_are_those_of_scipy():
    for values in samples(2, least=2):
        found = mean(values)
        error = stats.sem(values)
        expected = (np.mean(values), *stats.t.interval(0.95, len(values) - 1, np.mean(values), error or 1e-300))
        assert [found["value"], found["low"], found["high"]] == pytest.approx(expected, rel=1e-10, abs=1e-9)


@pytest.mark.parametrize("freedom", [*range(1, 60), 99, 100, 365, 999, 9147])
def test_the_reach_of_an_interval_is_student_s(freedom):
    assert student_t(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-9)


def test_a_median_and_its_interval_are_those_of_scipy():
    for values in samples(3):
        found = median(values)
        interval = stats.quantile_test(values, p=0.5).confidence_interval(0.95)
        assert found["value"] == pytest.approx(np.median(values))
        expected = [None if math.isnan(end) else end for end in (interval.low, interval.high)]
        if len(values) < 6:
            assert (found["low"], found["high"]) == (None, None)
        else:
            assert [found["low"], found["high"]] == expected


def test_a_median_of_many_rows_does_not_run_out_of_digits():
    values = list(range(20_001))
    interval = stats.quantile_test(values, p=0.5).confidence_interval(0.95)
    assert (median(values)["low"], median(values)["high"]) == (interval.low, interval.high)


def test_quartiles_are_those_of_numpy():
    for values in samples(4):
        assert list(spread(values).values()) == pytest.approx(np.quantile(values, [0, 0.25, 0.5, 0.75, 1]))


def test_every_value_is_in_exactly_one_step_of_equal_width():
    for values in samples(5):
        steps = bins(values)
        assert 1 <= len(steps) <= 14 and sum(step["count"] for step in steps) == len(values)
        edges = [step["start"] for step in steps] + [steps[-1]["end"]]
        assert edges[0] <= min(values) and max(values) <= edges[-1]
        assert np.diff(edges) == pytest.approx(edges[1] - edges[0])
        expected = [sum(edges[k] <= value < edges[k + 1] for value in values) for k in range(len(steps))]
        # The very last edge is never reached: a value on a border counts in the upper step.
        assert [step["count"] for step in steps] == expected or len({*values}) < len(values)


def test_steps_by_hand():
    assert bins([0, 1, 4, 5, 9, 10]) == [
        {"start": float(k), "end": float(k + 1), "count": int(k in (0, 1, 4, 5, 9, 10))} for k in range(11)
    ]
    assert bins([7.0, 7.0]) == [{"start": 7, "end": 8, "count": 2}]
    # Whole numbers never fall between two steps; others may have narrower ones.
    assert [step["count"] for step in bins([1, 2, 2, 5])] == [1, 2, 0, 0, 1]
    # From 0.4 in steps of 0.2: 0.5 lies in the first, 1 in the fourth, 2.5 in the eleventh.
    assert [step["count"] for step in bins([0.5, 1, 1, 2.5])] == [1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: share(0, 0), "No rows are left"),
        (lambda: share(3, 2), "3 of 2 is not a share"),
        (lambda: share(-1, 2), "-1 of 2 is not a share"),
        (lambda: mean([]), "No rows are left"),
        (lambda: median([1, math.nan]), "Value 2 is not an ordinary number"),
        (lambda: spread([True]), "Value 1 is not an ordinary number"),
        (lambda: student_t(0), "One value alone"),
    ],
)
def test_bad_input_gets_a_sentence(call, words):
    with pytest.raises(Problem, match=words):
        call()


def test_one_value_has_a_mean_and_no_interval():
    assert mean([4]) == {"value": 4.0, "low": None, "high": None}


def test_halves_go_up():
    assert [to_the_cent(value) for value in (0.125, 2.5, -0.125, 1 / 3)] == [0.13, 2.5, -0.12, 0.33]
