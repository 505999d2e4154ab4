"""A mark is a plain float between nothing and the maximum, whatever a rule computes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslearn.exercises.award import Award, Part

parts = st.lists(
    st.builds(
        Part, st.just("part"), st.floats(-10, 10, allow_nan=False), st.sampled_from([0.5, 1.0, 1.5, 2.0]), st.just("."),
        st.sampled_from([None, "CMm1", "PRm2"]),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@given(parts)
def test_marks_are_a_plain_float_within_bounds(parts):
    award = Award(tuple(parts))
    assert type(award.marks) is float
    assert 0 <= award.marks <= award.maximum
    assert award.marks == round(award.marks, 2)
    assert float(repr(award.marks)) == award.marks


def test_thirds_add_up():
    assert Award(tuple(Part("p", 1 / 3, 1 / 3, ".") for _ in range(3))).marks == 1.0


@pytest.mark.parametrize("marks", [math.nan, math.inf, -math.inf])
def test_a_rule_that_gives_no_number_is_a_fault_and_not_full_marks(marks):
    with pytest.raises(ValueError):
        _ = Award((Part("p", marks, 1.0, "."),)).marks


def test_a_misconception_is_listed_once():
    award = Award((Part("a", 0, 1, ".", "CMm2"), Part("b", 0, 1, ".", "CMm2"), Part("c", 1, 1, ".")))
    assert award.misconceptions == ("CMm2",)
