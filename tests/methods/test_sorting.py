"""Sorting into two kinds, against scikit-learn and against what chance gives."""

import random
from math import comb

import pytest
from sklearn.metrics import accuracy_score, balanced_accuracy_score, confusion_matrix

from cslearn.methods.sorting import sorted_well
from cslearn.problem import Problem

KINDS = ["evaluation", "monitoring"]


def test_hundreds_of_sortings_agree_with_the_confusion_matrix_of_scikit_learn():
    rng = random.Random(1)
    for _ in range(300):
        true = [*KINDS, *(rng.choice(KINDS) for _ in range(rng.randint(0, 12)))]
        given = [rng.choice(KINDS) for _ in true]
        found = sorted_well(given, true)
        table = confusion_matrix(true, given, labels=KINDS)
        assert found.right == table.trace() == round(accuracy_score(true, given) * len(true))
        # Off the diagonal: rows are what is true, columns what was given.
        assert found.one_way == {"evaluation": table[1, 0], "monitoring": table[0, 1]}
        assert found.mixed == (max(table[1, 0], table[0, 1]) >= 2)
        assert found.share == pytest.approx(max(0, 2 * accuracy_score(true, given) - 1))


def test_with_equally_many_of_each_kind_the_share_is_balanced_accuracy_over_chance():
    rng = random.Random(2)
    for _ in range(200):
        true = KINDS * 4
        rng.shuffle(true)
        given = [rng.choice(KINDS) for _ in true]
        adjusted = balanced_accuracy_score(true, given, adjusted=True)
        assert sorted_well(given, true).share == pytest.approx(max(0, adjusted))


def test_guessing_eight_earns_a_seventh_on_average():
    true = KINDS * 4
    total = sum(
        sorted_well(["evaluation" if n >> bit & 1 else "monitoring" for bit in range(8)], true).share
        for n in range(256)
    )
    # By arithmetic: for each number right above four, what it is worth times how often it comes.
    assert total / 256 == pytest.approx(sum((right - 4) / 4 * comb(8, right) for right in range(5, 9)) / 256)
    assert 2 * total / 256 == pytest.approx(0.273, abs=0.001)


def test_one_label_for_all_is_worth_nothing():
    assert sorted_well(["monitoring"] * 8, KINDS * 4).share == 0


def test_a_blank_is_not_right_and_no_error_of_a_kind():
    found = sorted_well([None, None, "monitoring"], ["monitoring", "evaluation", "monitoring"])
    assert (found.right, found.one_way, found.mixed) == (1, {"evaluation": 0, "monitoring": 0}, False)


@pytest.mark.parametrize(
    ("given", "true", "says"),
    [
        (["a"], ["a", "b"], "1 answers to 2"),
        ([], [], "0 answers to 0"),
        (list("abc"), list("abc"), "but there are 3: a, b, c"),
    ],
)
def test_what_cannot_be_sorted_gets_a_sentence(given, true, says):
    with pytest.raises(Problem, match=says):
        sorted_well(given, true)
