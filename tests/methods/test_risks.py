"""Scores, bands and triggers by hand, against NumPy and SciPy, and against the rules word for word."""

import random

import numpy as np
import pytest
from scipy.stats import norm

from cslearn.methods import risks
from cslearn.methods.risks import Trigger
from cslearn.problem import Problem

CASES = 300


def test_scores_agree_with_the_outer_product():
    table = np.outer(range(1, 6), range(1, 6))
    assert all(risks.score(a, b) == table[a - 1, b - 1] for a in range(1, 6) for b in range(1, 6))


def test_bands_agree_with_numpy():
    rng = random.Random(1)
    for _ in range(CASES):
        occasions = rng.randint(1, 60)
        happened = rng.randint(0, occasions)
        # Cut in hundredths of whole numbers, so that no fraction is rounded.
        band = 1 + int(np.searchsorted([10, 30, 50, 70], 100 * happened / occasions, side="left"))
        edge = any(100 * happened == top * occasions for top in (10, 30, 50, 70))
        assert risks.frequency_band(happened, occasions) == band or edge
    # On the edge it is still the lower band: 1 of 10 is rare, 3 of 10 unlikely, 7 of 10 likely.
    assert [risks.frequency_band(n, 10) for n in (0, 1, 2, 3, 5, 6, 7, 8, 10)] == [1, 1, 2, 2, 3, 4, 4, 5, 5]
    # Three strikes in eight quarters are possible.
    assert risks.frequency_band(3, 8) == 3 and risks.BAND_NAMES[3] == "possible"


def slowly(values, trigger):
    """The definition word for word: on in a week if this one and so many before it are all on the wrong side."""
    return [
        place for place in range(trigger.weeks - 1, len(values))
        if all((v < trigger.value) if trigger.op == "<" else (v > trigger.value)
               for v in values[place - trigger.weeks + 1 : place + 1])
    ]  # fmt: skip


def test_fires_agrees_with_the_definition_word_for_word():
    rng = random.Random(2)
    for _ in range(CASES):
        values = [rng.randint(0, 9) for _ in range(rng.randint(1, 40))]
        trigger = Trigger(rng.choice("<>"), rng.randint(0, 9), rng.randint(1, 4))
        assert risks.fires(values, trigger) == slowly(values, trigger)
        assert risks.fire_rate(values, trigger) == pytest.approx(len(slowly(values, trigger)) / len(values))


def test_one_week_triggers_fire_as_often_as_scipy_says():
    rng = np.random.default_rng(3)
    values = rng.normal(50, 4, 40_000).tolist()
    for value in (46.0, 50.0, 55.0):
        # Four standard errors of a share of 40,000 weeks are 0.01 at most.
        assert risks.fire_rate(values, Trigger(">", value)) == pytest.approx(norm.sf(value, 50, 4), abs=0.01)
        assert risks.fire_rate(values, Trigger("<", value, 2)) == pytest.approx(norm.cdf(value, 50, 4) ** 2, abs=0.015)


def test_reach_agrees_with_numpy():
    rng = random.Random(4)
    seen = set()
    for _ in range(CASES):
        values = [rng.gauss(20, 3) for _ in range(rng.randint(2, 30))]
        far = 3 * 2.66 * np.abs(np.diff(values)).mean()
        value = rng.uniform(-60, 100)
        assert risks.can_fire(values, Trigger(">", value)) == (value < np.mean(values) + far)
        assert risks.can_fire(values, Trigger("<", value)) == (value > np.mean(values) - far)
        seen.add(risks.can_fire(values, Trigger("<", value)))
    assert seen == {True, False}
    # A share cannot pass 100%, however wide its limits are.
    assert not risks.can_fire([90, 99, 88, 97], Trigger(">", 100), highest=100)
    assert not risks.can_fire([3, 1, 4, 2], Trigger("<", 0), lowest=0)


def test_what_a_trigger_is_worth_by_hand():
    weeks = [10, 12, 11, 9, 10, 13, 12, 10, 11, 12, 9, 10, 11, 10, 12, 11, 10, 9, 11, 12]
    assert risks.verdict(weeks, Trigger(">", 14), ">") == "useful"
    # 13 is seen once in 20 weeks: 5%.
    assert risks.verdict(weeks, Trigger(">", 12), ">") == "useful"
    # More than 11 in 6 of 20 weeks: 30%.
    assert risks.fire_rate(weeks, Trigger(">", 11)) == 0.3
    assert risks.verdict(weeks, Trigger(">", 11), ">") == "too often"
    # Two in a row happen twice: 10%, and that is too often as well.
    assert risks.fires(weeks, Trigger(">", 11, 2)) == [6]
    assert risks.verdict(weeks, Trigger(">", 11, 2), ">") == "useful"
    assert risks.verdict(weeks, Trigger(">", 90), ">") == "never"
    assert risks.verdict(weeks, Trigger("<", 8), ">") == "wrong way"
    assert risks.verdict([*weeks[:19], 14], Trigger(">", 12), ">") == "too often"


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: risks.score(0, 3), "likelihood must be a whole number from 1 to 5"),
        (lambda: risks.score(2, 2.5), "impact must be a whole number from 1 to 5"),
        (lambda: risks.score(True, 2), "likelihood must be"),
        (lambda: risks.frequency_band(4, 3), "cannot have happened 4 times on 3"),
        (lambda: risks.frequency_band(0, 0), "Count again"),
        (lambda: risks.frequency_band(1.0, 3), "number of times must be a whole number"),
        (lambda: risks.fires([1, 2], Trigger("=", 1)), "below .* or above"),
        (lambda: risks.fires([1, 2], Trigger("<", float("nan"))), "value of a trigger must be a number"),
        (lambda: risks.fires([1, 2], Trigger("<", 1, 0)), "whole number of weeks from 1"),
        (lambda: risks.fires([1, None], Trigger("<", 1)), "Week 2 has no figure"),
        (lambda: risks.fire_rate([], Trigger("<", 1)), "no weeks to try"),
    ],
)
def test_a_slip_gets_a_sentence(call, says):
    with pytest.raises(Problem, match=says) as caught:
        call()
    assert str(caught.value).endswith(".")
