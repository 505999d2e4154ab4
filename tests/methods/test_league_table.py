"""Is the best store really better? By hand, against every possible dealing, and against SciPy's permutation test."""

import math
import random
from itertools import permutations
from statistics import fmean

import numpy as np
import pandas as pd
import pytest
from scipy.stats import permutation_test

from cslearn.methods.league_table import group_means, spread_by_chance
from cslearn.problem import Problem

CASES = 200


def test_by_hand():
    groups, values = ["a", "b", "a", "b"], [4, 1, 6, 2]
    assert group_means(groups, values) == {"a": 5, "b": 1.5}
    # Of the six ways to deal 1, 2, 4 and 6 two and two, only {4, 6} and {1, 2} lie 3.5 apart
    # (or the other way round): 2 of 6. {1, 4} and {2, 6} lie 1.5 apart, {1, 6} and {2, 4} 0.5.
    found = spread_by_chance(groups, values, draws=6000)
    assert found.observed == 3.5 and found.usual == 1.5 and found.rare == 3.5
    assert found.share == pytest.approx(100 / 3, abs=5 * 100 * math.sqrt(2 / 9 / 6000))


def every_dealing(groups, values):
    found = []
    for order in set(permutations(values)):
        means = [fmean(v for g, v in zip(groups, order, strict=True) if g == name) for name in set(groups)]
        found.append(max(means) - min(means))
    return found


def test_it_agrees_with_every_possible_dealing_on_random_results():
    rng = random.Random(7)
    draws = 400
    for case in range(CASES):
        size = rng.randint(3, 6)
        groups = list("ab") + [rng.choice("abc") for _ in range(size - 2)]
        # Different values, so that each dealing is as likely as any other.
        values = rng.sample(range(30), size)
        own = pd.Series(values).groupby(groups).mean()
        assert group_means(groups, values) == pytest.approx(own.to_dict())
        found = spread_by_chance(groups, values, draws=draws, seed=case)
        assert found.observed == pytest.approx(own.max() - own.min())
        all_ways = every_dealing(groups, values)
        share = np.mean([way >= found.observed - 1e-9 for way in all_ways])
        # Five and a half standard errors either way: all 200 within it.
        assert found.share / 100 == pytest.approx(share, abs=5.5 * math.sqrt(share * (1 - share) / draws) + 1e-9)


def test_it_agrees_with_scipy_on_fourteen_groups():
    rng = np.random.default_rng(11)
    groups = np.repeat(np.arange(14), 6)
    values = rng.normal(size=84) + 0.6 * (groups == 3)

    def distance(*samples):
        means = [sample.mean() for sample in samples]
        return max(means) - min(means)

    samples = [values[groups == n] for n in range(14)]
    theirs = permutation_test(
        samples, distance, permutation_type="independent", n_resamples=4000, alternative="greater", vectorized=False,
        rng=np.random.default_rng(1),
    )  # fmt: skip
    found = spread_by_chance(groups.tolist(), values.tolist(), draws=4000)
    assert found.observed == pytest.approx(theirs.statistic)
    error = math.sqrt(2 * theirs.pvalue * (1 - theirs.pvalue) / 4000)
    assert found.share / 100 == pytest.approx(theirs.pvalue, abs=5 * error)
    for ours, part in ((found.usual, 0.5), (found.rare, 0.95)):
        # Where SciPy's own dealings have that share below them.
        assert np.mean(theirs.null_distribution <= ours) == pytest.approx(part, abs=5 * 0.5 / math.sqrt(2000))


def test_equal_stores_are_found_apart_in_one_league_table_of_twenty():
    rng = np.random.default_rng(5)
    groups = [store for store in range(6) for _ in range(5)]
    beyond = 0
    for case in range(200):
        found = spread_by_chance(groups, rng.normal(size=30).tolist(), draws=200, seed=case)
        beyond += found.observed > found.rare
    # 10 of 200 expected; standard error 3.1.
    assert abs(beyond - 10) <= 4.5 * 3.1


def test_the_same_seed_gives_the_same_figures_and_leaves_the_values_alone():
    groups, values = list("aabbccddee"), [3.0, 1.4, 1.5, 9.2, 6.5, 3.5, 8.9, 7.9, 3.2, 3.8]
    kept = list(values)
    assert spread_by_chance(groups, values, 200, 3) == spread_by_chance(groups, values, 200, 3)
    assert spread_by_chance(groups, values, 200, 3) != spread_by_chance(groups, values, 200, 4)
    assert values == kept


@pytest.mark.parametrize(
    ("groups", "values", "draws", "words"),
    [
        ("ab", [1], 200, "2 groups and 1 values"),
        ("aa", [1, 2], 200, "at least two groups"),
        ("ab", [1, None], 200, "Value 2 is not an ordinary number"),
        ("ab", [1, float("nan")], 200, "Value 2"),
        ("ab", [True, 2], 200, "Value 1"),
        ("ab", [1, 2], 99, "at least 100 times"),
        ("ab", [1, 2], 200.5, "at least 100 times"),
    ],
)
def test_what_cannot_be_compared_gets_a_sentence(groups, values, draws, words):
    with pytest.raises(Problem, match=words):
        spread_by_chance(list(groups), values, draws)
