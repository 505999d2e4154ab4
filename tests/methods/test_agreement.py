"""Hand-worked and published agreement, scikit-learn's kappa on random judgements, and cases in which kappa has no meaning."""

import math
import random
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from cslearn.methods.agreement import WEIGHTS, cohens_kappa, percentage_agreement
from cslearn.problem import Problem

CASES = 400
judgements = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1, max_size=40)


def spread(table: list[list[int]]) -> tuple[list[int], list[int]]:
    """A cross-table as two lists of judgements."""
    cells = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    return [i for i, _ in cells], [j for _, j in cells]


def test_by_hand():
    # 20 of 50 cases "yes" for both, 15 "no" for both: 35 of 50 agree. By chance:
    # 25 x 30 "yes" and 25 x 20 "no" of 50 x 50 are 0.5. (0.7 - 0.5) / (1 - 0.5) = 0.4.
    first, second = spread([[20, 5], [10, 15]])
    assert percentage_agreement(first, second) == 70
    assert cohens_kappa(first, second) == 0.4


def test_the_example_of_cohen_s_paper():
    # Cohen (1960), table 1: proportions of 200 judgements in three categories; kappa is 0.492.
    first, second = spread([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert percentage_agreement(first, second) == 70
    assert cohens_kappa(first, second) == pytest.approx(0.492, abs=0.0005)


def test_weights_by_hand():
    # Ten cases on a scale of three; two are one step apart and one is two steps apart.
    first = ["low"] * 4 + ["mid"] * 3 + ["high"] * 3
    second = ["low"] * 3 + ["mid"] + ["mid"] * 2 + ["high"] + ["high"] * 2 + ["low"]
    order = ["low", "mid", "high"]
    # Rows 4, 3, 3 and columns 4, 3, 3. Disagreement by chance, in steps:
    # 4x3 + 3x4 + 3x3 + 3x3 = 42 of one step, 4x3 + 3x4 = 24 of two steps.
    assert cohens_kappa(first, second, "linear", order) == pytest.approx(1 - 10 * (2 + 2) / (42 + 2 * 24))
    assert cohens_kappa(first, second, "quadratic", order) == pytest.approx(1 - 10 * (2 + 4) / (42 + 4 * 24))


def test_many_agreements_and_no_more_than_chance():
    # Both say yes nearly always: 92% agreement, and kappa below nil.
    first, second = spread([[92, 4], [4, 0]])
    assert percentage_agreement(first, second) == 92
    assert cohens_kappa(first, second) == pytest.approx((0.92 - 0.9232) / (1 - 0.9232))


@pytest.mark.parametrize("weights", WEIGHTS)
def test_it_agrees_with_scikit_learn(weights):
    rng = random.Random(17)
    compared = 0
    for _ in range(CASES):
        size, scale = rng.randint(1, 60), rng.randint(2, 6)
        loyal = rng.random()
        first = [rng.randrange(scale) for _ in range(size)]
        second = [value if rng.random() < loyal else rng.randrange(scale) for value in first]
        whole = rng.random() < 0.5
        order = list(range(scale)) if whole else None
        if len({*first, *second}) == 1:
            assert cohens_kappa(first, second, weights, order) is None
            continue
        theirs = cohen_kappa_score(first, second, labels=order, weights=None if weights == "none" else weights)
        assert cohens_kappa(first, second, weights, order) == pytest.approx(theirs, abs=1e-12)
        compared += 1
    assert compared >= 350


@given(judgements)
def test_it_lies_between_minus_one_and_one_and_takes_no_sides(pairs):
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    kappa = cohens_kappa(first, second)
    assert cohens_kappa(second, first) == kappa
    same = percentage_agreement(first, second)
    if kappa is None:
        assert same == 100 and len({*first, *second}) == 1
        return
    assert -1 <= kappa <= 1
    assert (kappa == 1) == (same == 100)
    for weights in ("linear", "quadratic"):
        assert -1 <= cohens_kappa(first, second, weights, list("abcd")) <= 1
    # Two categories have no degrees of disagreement.
    if len({*first, *second}) == 2:
        assert cohens_kappa(first, second, "quadratic", sorted({*first, *second})) == pytest.approx(kappa)


def test_one_category_for_everything_has_a_percentage_and_no_kappa():
    assert percentage_agreement(["yes"] * 9, ["yes"] * 9) == 100
    for weights in WEIGHTS:
        assert cohens_kappa(["yes"] * 9, ["yes"] * 9, weights, ["no", "yes"]) is None
    # scikit-learn sees it the same way.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert math.isnan(cohen_kappa_score(["yes"] * 9, ["yes"] * 9))


def test_one_judge_with_one_category_is_no_better_than_chance():
    assert cohens_kappa(["yes"] * 8, ["yes"] * 5 + ["no"] * 3) == 0


def test_columns_of_a_table_do_as_well_as_lists():
    table = pd.DataFrame({"one": [True, True, False, False], "two": [True, False, False, False]})
    assert percentage_agreement(table["one"], table["two"]) == 75
    assert cohens_kappa(table["one"], table["two"]) == 0.5
    assert cohens_kappa(np.array([1, 2, 3]), np.array([1, 2, 3]), "linear") == 1
    typed = table.astype({"one": "category", "two": "category"})
    assert cohens_kappa(typed["one"], typed["two"]) == 0.5


@pytest.mark.parametrize("function", [percentage_agreement, cohens_kappa])
@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ([], [], "no case"),
        ([1, 2], [1], "judged 2 cases and the second 1"),
        (["a", None], ["a", "b"], "first person did not judge case 2"),
        ([1.0, 2.0], [1.0, math.nan], "second person did not judge case 2"),
        ([1, 2], pd.array([pd.NA, 2], dtype="Int64"), "second person did not judge case 1"),
        ("ab", ["a", "b"], "must be a list"),
        ([1, 2], 3, "must be a list"),
        ([[1], [2]], [1, 2], "Give one category"),
    ],
)
def test_judgements_that_cannot_be_compared_get_a_sentence(function, first, second, says):
    with pytest.raises(Problem, match=says):
        function(first, second)


@pytest.mark.parametrize(
    ("weights", "order", "says"),
    [
        ("square", None, "Say"),
        ("linear", None, "Give their order"),
        ("linear", ["a"], "lacks 'b'"),
        ("quadratic", ["a", "b", "a"], "twice"),
    ],
)
def test_weights_without_an_order_get_a_sentence(weights, order, says):
    with pytest.raises(Problem, match=says):
        cohens_kappa(["a", "b"], ["a", "a"], weights, order)
