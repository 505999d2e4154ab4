"""Multipliers of Student's t agree with SciPy and with the printed table."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cslearn.methods.student_t import t_beyond, t_multiplier
from cslearn.problem import Problem


@settings(max_examples=200)
@given(st.floats(0.8, 1e5), st.floats(0.01, 0.999))
def test_multipliers_are_scipy_s(degrees, level):
    assert t_multiplier(degrees, level) == pytest.approx(stats.t.ppf((1 + level) / 2, degrees), rel=1e-8)


@settings(max_examples=200)
@given(st.floats(0.8, 1e5), st.floats(0, 60))
def test_tails_are_scipy_s(degrees, t):
    assert t_beyond(t, degrees) == pytest.approx(stats.t.sf(t, degrees), rel=1e-8, abs=1e-300)


def test_the_table_in_every_textbook():
    # 95% intervals, to three digits.
    for degrees, printed in ((1, 12.706), (4, 2.776), (10, 2.228), (30, 2.042), (120, 1.980)):
        assert round(t_multiplier(degrees), 3) == printed
    assert t_multiplier(1e9) == pytest.approx(1.959964, abs=1e-5)


@pytest.mark.parametrize("degrees", [0, -1, math.nan])
def test_one_value_has_no_interval(degrees):
    with pytest.raises(Problem, match="at least two values"):
        t_multiplier(degrees)


@pytest.mark.parametrize("level", [0, 1, 95, math.nan])
def test_a_level_is_a_share(level):
    with pytest.raises(Problem, match="between 0 and 1"):
        t_multiplier(10, level)
