"""Effects agree with SciPy's Welch interval and statsmodels' regression, and bad input is one sentence."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from cslearn.methods import effects
from cslearn.problem import Problem

CASES = 300


def weeks(rng, least=2):
    return (rng.normal(60, rng.uniform(0.5, 6), rng.integers(least, 60)) + rng.normal(0, 3)).tolist()


def test_before_and_after_is_scipy_s_and_statsmodels_welch_interval():
    rng = np.random.default_rng(3)
    for _ in range(CASES):
        before, after = weeks(rng), weeks(rng)
        ours = effects.before_after(before, after)
        theirs = stats.ttest_ind(after, before, equal_var=False)
        low, high = theirs.confidence_interval()
        assert (ours.value, ours.low, ours.high) == pytest.approx(
            (np.mean(after) - np.mean(before), low, high), rel=1e-9, abs=1e-9
        )
        assert ours.freedom == pytest.approx(theirs.df) and ours.ratio == pytest.approx(theirs.statistic)
        other = CompareMeans(DescrStatsW(after), DescrStatsW(before)).tconfint_diff(usevar="unequal")
        assert (ours.low, ours.high) == pytest.approx(other, rel=1e-9, abs=1e-9)


def test_the_comparison_with_another_site_is_the_interaction_of_a_regression():
    rng = np.random.default_rng(4)
    for _ in range(CASES):
        number = rng.integers(2, 40, 2)
        own = [rng.normal(60, 4, n) for n in number]
        other = [rng.normal(55, 4, n) for n in number]
        ours = effects.against_site(*(list(part) for part in (*own, *other)))
        # One row a week and site; the coefficient of "here and after" is the difference in differences.
        here = np.repeat([1, 1, 0, 0], [*number, *number])
        after = np.repeat([0, 1, 0, 1], [*number, *number])
        design = np.column_stack([np.ones(here.size), here, after, here * after])
        fitted = sm.OLS(np.concatenate([*own, *other]), design).fit()
        assert ours.value == pytest.approx(fitted.params[3], abs=1e-9)
        gaps = [one - two for one, two in zip(own, other, strict=True)]
        low, high = stats.ttest_ind(gaps[1], gaps[0], equal_var=False).confidence_interval()
        assert (ours.low, ours.high) == pytest.approx((low, high), rel=1e-9, abs=1e-9)


def test_what_moves_both_sites_alike_drops_out():
    before, after = [50.0, 52.0, 51.0], [56.0, 57.0, 58.0]
    plain = effects.before_after(before, after)
    assert plain.value == pytest.approx(6.0)  # 57 - 51
    other = effects.against_site(before, after, [40.0, 41.0, 42.0], [46.0, 46.0, 46.0])
    # Gaps before 10, 11, 9 (mean 10); after 10, 11, 12 (mean 11).
    assert other.value == pytest.approx(1.0)
    season = effects.against_season([53.0, 55.0, 54.0], after)
    assert season.value == pytest.approx(3.0)  # 57 - 54


@pytest.mark.parametrize(
    ("low", "high", "better_high", "better_low"),
    [
        (1, 3, "improved", "worse"),
        (-1, 3, "cannot_tell", "cannot_tell"),
        (-3, -1, "worse", "improved"),
        (0, 2, "cannot_tell", "cannot_tell"),
    ],
)
def test_the_verdict_is_whether_the_interval_holds_zero(low, high, better_high, better_low):
    effect = effects.Effect((low + high) / 2, low, high, 1.0, 10.0)
    assert effects.verdict(effect) == better_high
    assert effects.verdict(effect, higher_is_better=False) == better_low


@pytest.mark.parametrize(
    ("gain", "size"), [(6.0, "met"), (5.0, "met"), (4.9, "part"), (0.1, "part"), (0.0, "not"), (-2.0, "not")]
)
def test_size_is_told_beside_the_target(gain, size):
    assert effects.against_target(effects.Effect(gain, gain - 1, gain + 1, 0.5, 10.0), 5.0) == size


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: effects.before_after([1.0], [1.0, 2.0]), "There are 1 weeks before. An effect needs at least two"),
        (lambda: effects.before_after([1.0, 2.0], [1.0, None]), "Week 2 after is not an ordinary number"),
        (lambda: effects.before_after([1.0, 1.0], [2.0, 2.0]), "no spread to judge"),
        (lambda: effects.against_site([1, 2], [1, 2], [1, 2, 3], [1, 2]), "2 here and 3 at the other site. Take the same weeks"),
        (lambda: effects.against_target(effects.Effect(1, 0, 2, 1, 1), 0), "A target is a gain above zero"),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(call, says):
    with pytest.raises(Problem, match=says):
        call()
