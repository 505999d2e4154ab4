"""Funnel limits against SciPy's binomial and statsmodels' chi-squared test, by hand, and by simulation."""

import random

import numpy as np
import pytest
from scipy.stats import binom
from statsmodels.stats.proportion import proportions_chisquare

from cslearn.methods.funnel import ACT, WATCH, funnel, limits, overall, spread
from cslearn.problem import Problem

CASES = 300


def test_limits_agree_with_scipy():
    rng = random.Random(1)
    for _ in range(CASES):
        of, share = rng.randint(1, 400), rng.uniform(0.03, 0.97)
        level = rng.choice([0.8, WATCH, 0.99, ACT])
        low, high = limits(of, share, level)
        tail = (1 - level) / 2
        assert low == binom.ppf(tail, of, share) / of
        assert high == binom.isf(tail, of, share) / of
        assert 0 <= low <= high <= 1


def test_limits_by_hand():
    # Four tosses of a fair coin: none has a chance of 1 in 16 or 6.25%, and none or one of 5 in 16.
    assert limits(4, 0.5, 0.8) == (0.25, 0.75)
    assert limits(4, 0.5, 0.9) == (0.0, 1.0)
    # 12 of 12 at a true 92% comes by chance in 0.92 to the power of 12, or 37%: nothing unusual.
    assert limits(12, 0.92)[1] == 1.0
    # With many tries the limits are those of the normal distribution: 0.6 and 1.96 times 0.0155.
    low, high = limits(1000, 0.6)
    assert (low, high) == (
        pytest.approx(0.6 - 1.96 * 0.01549, abs=0.001),
        pytest.approx(0.6 + 1.96 * 0.01549, abs=0.001),
    )
    wide = limits(10, 0.6)
    assert wide[0] < low and wide[1] > high


def test_chance_alone_stays_inside_as_often_as_it_says():
    rng = np.random.default_rng(2)
    sizes = rng.integers(60, 110, 400)
    for level in (WATCH, ACT):
        counts = {str(n): (int(rng.binomial(of, 0.59)), int(of)) for n, of in enumerate(sizes)}
        inside = np.mean([place.side == "inside" for place in funnel(counts, level)])
        # Counts are whole, so a little less or more than the level; four standard errors of a share of 400.
        assert inside == pytest.approx(level, abs=0.05)


def test_spread_agrees_with_statsmodels():
    rng = random.Random(3)
    for _ in range(CASES):
        sizes = [rng.randint(5, 200) for _ in range(rng.randint(2, 30))]
        counts = {str(n): (rng.randint(0, of), of) for n, of in enumerate(sizes)}
        total, *_ = proportions_chisquare([c for c, _ in counts.values()], sizes)
        assert spread(counts) == pytest.approx(total / (len(counts) - 1), rel=1e-9)


def test_a_funnel_by_hand():
    counts = {"Asha": (60, 100), "Bryn": (90, 100), "Carol": (30, 100), "Dev": (6, 10)}
    assert overall(counts) == pytest.approx(186 / 310)
    found = {place.name: place for place in funnel(counts)}
    assert [found[name].side for name in counts] == ["inside", "above", "below", "inside"]
    assert found["Dev"].share == 0.6 and found["Dev"].lower < found["Asha"].lower
    assert [place.name for place in funnel(counts, ACT)] == list(counts)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: limits(0, 0.5), "number of tries must be a whole number of 1"),
        (lambda: limits(10, 60), "true share must be a share between 0 and 1"),
        (lambda: limits(10, 0.5, 95), "level must be a share"),
        (lambda: funnel({"a": (11, 10)}), "a has 11 out of 10"),
        (lambda: funnel({"a": (True, 10)}), "count of a must be a whole number"),
        (lambda: funnel({}), "nobody to compare"),
        (lambda: funnel({"a": (5, 5), "b": (9, 9)}), "nothing to compare"),
        (lambda: spread({"a": (5, 9)}), "at least two"),
        (lambda: spread({"a": (0, 9), "b": (0, 3)}), "nothing to compare"),
    ],
)
def test_a_slip_gets_a_sentence(call, says):
    with pytest.raises(Problem, match=says) as caught:
        call()
    assert str(caught.value).endswith(".")
