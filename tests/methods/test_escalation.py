"""Who owns a complaint, by when, and who may agree the money: by hand, and against other ways on random cases."""

import random
from bisect import bisect_left
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from cslearn.methods.bank_holidays import NATIONS, bank_holidays
from cslearn.methods.escalation import Row, answer_by, matrix, may_agree, row_for
from cslearn.northfold.tables import load
from cslearn.problem import Problem

CASES = 300
OLD, IN_FORCE = load("standards_policy")["versions"]
ROWS = matrix(IN_FORCE["escalation"])
LIMITS = IN_FORCE["authority_limits_gbp"]


def test_the_policy_s_own_words_are_read_into_facts():
    expected = (
        Row(1, ("inconvenience",), "agent", 5),
        Row(2, ("loss", "a second complaint about the same thing"), "team leader", 3),
        Row(3, ("safety", "discrimination", "personal data", "a vulnerable customer"), "manager", 1),
    )
    assert expected == ROWS
    # The mildest first, however they stand on the page.
    assert matrix(reversed(IN_FORCE["escalation"])) == ROWS


def test_one_serious_fact_outweighs_any_number_of_small_ones():
    assert row_for([], ROWS).owner == "agent"
    assert row_for(["loss", "inconvenience"], ROWS).owner == "team leader"
    assert row_for(["inconvenience", "safety", "loss"], ROWS).owner == "manager"


def test_the_row_is_that_of_the_worst_fact_on_random_cases():
    rng = random.Random(2)
    severity = {fact: row["severity"] for row in IN_FORCE["escalation"] for fact in {
        1: ["inconvenience"], 2: ["loss", "a second complaint about the same thing"],
        3: ["safety", "discrimination", "personal data", "a vulnerable customer"],
    }[row["severity"]]}  # fmt: skip
    for _ in range(CASES):
        facts = rng.sample(list(severity), rng.randint(0, 5))
        assert row_for(facts, ROWS).severity == max([severity[fact] for fact in facts], default=1)


def test_limits_by_hand():
    assert [may_agree(sum_, LIMITS) for sum_ in (0, 24.99, 25)] == ["agent"] * 3
    # A team leader's limit is the agent's, so passing a sum to one settles nothing.
    assert [may_agree(sum_, LIMITS) for sum_ in (25.01, 60, 150)] == ["manager"] * 3
    assert [may_agree(sum_, LIMITS) for sum_ in (150.01, 1000)] == ["head of service"] * 2
    assert may_agree(1000.01, LIMITS) is None
    # The outdated document would send £18 to a team leader.
    assert may_agree(18, OLD["authority_limits_gbp"]) == "team leader"


def test_limits_agree_with_a_sorted_search_on_random_sums():
    rng = random.Random(4)
    for _ in range(CASES):
        steps = sorted(rng.sample(range(1, 2000), rng.randint(1, 5)))
        limits = {f"role {n}": limit for n, limit in enumerate(steps)}
        amount = rng.choice([rng.choice(steps), round(rng.uniform(0, 2200), 2)])
        place = bisect_left(steps, amount)
        assert may_agree(amount, limits) == (f"role {place}" if place < len(steps) else None)


@pytest.mark.parametrize(
    ("received", "days", "nation", "due"),
    [
        # Friday: one working day is the Monday; but 6 May 2024 is a bank holiday.
        (date(2024, 4, 26), 1, NATIONS[0], date(2024, 4, 29)),
        (date(2024, 5, 3), 1, NATIONS[0], date(2024, 5, 7)),
        # Saturday and Sunday: the same as Friday.
        (date(2024, 5, 4), 1, NATIONS[0], date(2024, 5, 7)),
        (date(2024, 5, 5), 3, NATIONS[0], date(2024, 5, 9)),
        # Christmas: 23, 24, 27, 30 and 31 December.
        (date(2024, 12, 20), 5, NATIONS[0], date(2024, 12, 31)),
        # Scotland works on Easter Monday, and not on 2 January.
        (date(2025, 4, 17), 1, NATIONS[0], date(2025, 4, 22)),
        (date(2025, 4, 17), 1, NATIONS[1], date(2025, 4, 21)),
        (date(2024, 12, 31), 1, NATIONS[1], date(2025, 1, 3)),
        (date(2024, 12, 31), 1, NATIONS[0], date(2025, 1, 2)),
        # Northern Ireland keeps 12 July, in 2025 a Saturday and so the 14th.
        (date(2025, 7, 11), 1, NATIONS[2], date(2025, 7, 15)),
        # Leap day.
        (date(2024, 2, 28), 1, NATIONS[0], date(2024, 2, 29)),
    ],
)
def test_days_worked_out_by_hand(received, days, nation, due):
    assert answer_by(received, days, nation) == due


def test_working_days_agree_with_numpy_s_on_random_days():
    rng = random.Random(6)
    holidays = {n: [day for year in range(2023, 2029) for day in bank_holidays(year, n)] for n in NATIONS}
    for _ in range(CASES):
        received, days = date(2023, 6, 1) + timedelta(days=rng.randint(0, 1700)), rng.randint(1, 15)
        nation = rng.choice(NATIONS)
        theirs = np.busday_offset(received, days, roll="backward", holidays=holidays[nation]).astype(object)
        assert answer_by(received, days, nation) == theirs


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: matrix([]), "no rows"),
        (lambda: matrix([{"severity": 1}]), "cannot be read"),
        (lambda: matrix(["x"]), "cannot be read"),
        (lambda: matrix([*IN_FORCE["escalation"], IN_FORCE["escalation"][0]]), "same severity or the same fact"),
        (lambda: row_for(["anger"], ROWS), "No row of the matrix knows 'anger'"),
        (lambda: may_agree(-1, LIMITS), "0 or more"),
        (lambda: may_agree(float("nan"), LIMITS), "must be a number"),
        (lambda: may_agree("5", LIMITS), "must be a number"),
        (lambda: may_agree(5, {"a": 10, "b": 5}), "limit of b is lower"),
        (lambda: answer_by(datetime(2024, 5, 3, 9), 1), "must be a date"),
        (lambda: answer_by("2024-05-03", 1), "must be a date"),
        (lambda: answer_by(date(2024, 5, 3), 0), "whole number from 1 on"),
        (lambda: answer_by(date(2024, 5, 3), 1, "Wales"), "'Wales' is none of them"),
    ],
)
def test_what_cannot_be_decided_gets_a_sentence(call, words):
    with pytest.raises(Problem, match=words):
        call()
