"""How large a pilot must be: held to statsmodels' power of two shares, and to sums by hand."""

import pytest
from statsmodels.stats.proportion import power_proportions_2indep

from cslearn.methods.pilots import cases_by_rule_of_sixteen, cases_each
from cslearn.problem import Problem

PAIRS = [(before / 100, hoped / 100) for before in (5, 20, 31, 50, 80) for hoped in (10, 45, 52, 60, 90, 97)]


def power(before, hoped, cases):
    found = power_proportions_2indep(hoped - before, before, cases, value=0, alternative="two-sided")
    return float(found.power)


@pytest.mark.parametrize(("before", "hoped"), PAIRS)
def test_so_many_cases_have_the_power_that_was_asked_for(before, hoped):
    cases = cases_each(before, hoped)
    if cases > 30:
        # statsmodels takes the scatter of both shares together for the line, as many textbooks do; the two hardly differ.
        assert power(before, hoped, cases) == pytest.approx(0.80, abs=0.03)
    if cases > 5:
        # Twice as many are more than it takes, and half as many do not do.
        assert power(before, hoped, 2 * cases) > 0.85 and power(before, hoped, cases // 2) < 0.72


def test_a_sum_by_hand():
    # (1.95996 + 0.84162) squared is 7.8489; times (0.29 × 0.71 + 0.49 × 0.51), by 0.04, is 89.4.
    assert cases_each(0.29, 0.49) == 90
    # 16 × 0.5 × 0.5 ÷ 0.01.
    assert cases_by_rule_of_sixteen(0.5, 0.6) == 400
    assert cases_by_rule_of_sixteen(0.29, 0.49) == 83


def test_half_the_gain_needs_four_times_the_cases_and_more_certainty_more():
    assert cases_by_rule_of_sixteen(0.5, 0.55) == 4 * cases_by_rule_of_sixteen(0.5, 0.6)
    assert cases_each(0.3, 0.5) < cases_each(0.3, 0.5, power=0.9) < cases_each(0.3, 0.5, power=0.9, confidence=0.99)
    assert cases_each(0.5, 0.3) == cases_each(0.3, 0.5)


@pytest.mark.parametrize("count", [cases_each, cases_by_rule_of_sixteen])
@pytest.mark.parametrize("pair", [(0.3, 0.3), (0, 0.5), (0.5, 1), (31, 49), ("a", 0.5), (True, 0.5), (float("nan"), 0.5)])  # fmt: skip
def test_what_is_no_share_is_refused_with_a_sentence(count, pair):
    with pytest.raises(Problem, match="share"):
        count(*pair)
