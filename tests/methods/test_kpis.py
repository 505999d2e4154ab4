"""KPI figures against statsmodels, numpy, scipy and hand counts."""

import random

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from cslearn.methods import kpis
from cslearn.problem import Problem


def wilson(hits, n):
    low, high = proportion_confint(hits, n, method="wilson")
    return {"value": 100 * hits / n, "low": 100 * low, "high": 100 * high, "n": n}


def contact(customer, day, answered=True, ticked=True):
    return {"customer": customer, "at": round(1440 * day), "answered": answered, "ticked": ticked if answered else None}


def test_a_repeat_counts_within_the_window_and_not_beyond():
    rows = [contact("a", 0), contact("a", 7), contact("b", 0), contact("b", 7.01), contact("c", 1, answered=False)]
    # a comes back on the last minute of the window, b a few minutes later; both are silent afterwards.
    assert kpis.first_contact_by_repeat(rows, 7) == pytest.approx(wilson(3, 4))
    assert kpis.first_contact_by_repeat(rows, 8) == pytest.approx(wilson(2, 4))
    assert kpis.first_contact_by_repeat(rows, 7, until=1440) == pytest.approx(wilson(1, 2))


def test_a_repeat_that_hung_up_is_still_a_repeat():
    rows = [contact("a", 0), contact("a", 1, answered=False)]
    assert kpis.first_contact_by_repeat(rows, 7)["value"] == 0
    assert kpis.first_contact_by_tick(rows)["value"] == 100


def test_two_hundred_sets_of_contacts_against_a_count_by_numpy():
    rng = random.Random(1)
    for _ in range(200):
        rows = [contact(rng.randint(1, 9), rng.uniform(0, 30), rng.random() < 0.9, rng.choice([True, False, None]))
                for _ in range(rng.randint(2, 60))]  # fmt: skip
        rows += [contact(0, 0)]
        days, until = rng.randint(1, 20), 1440 * rng.randint(1, 30)
        who, at = np.array([row["customer"] for row in rows]), np.array([row["at"] for row in rows])
        answered = np.array([row["answered"] for row in rows])
        gap = at[None, :] - at[:, None]
        again = ((who[:, None] == who[None, :]) & (gap > 0) & (gap <= 1440 * days)).any(axis=1)
        base = answered & (at < until)
        found = kpis.first_contact_by_repeat(rows, days, until)
        assert found == pytest.approx(wilson(int((base & ~again).sum()), int(base.sum())), abs=1e-9)
        ticks = [row["ticked"] for row in rows if row["ticked"] is not None]
        assert kpis.first_contact_by_tick(rows) == pytest.approx(wilson(sum(ticks), len(ticks)), abs=1e-9)


def test_two_hundred_surveys_against_statsmodels_and_scipy():
    rng = np.random.default_rng(2)
    for _ in range(200):
        n = int(rng.integers(5, 400))
        stars = rng.integers(1, 6, n).tolist()
        assert kpis.top_box(stars) == pytest.approx(wilson(sum(star > 3 for star in stars), n), abs=1e-9)
        effort = [*rng.integers(1, 8, n).tolist(), 1, 7]
        low, high = stats.t.interval(0.95, len(effort) - 1, np.mean(effort), stats.sem(effort))
        found = {"value": np.mean(effort), "low": low, "high": high, "n": n + 2}
        assert kpis.customer_effort(effort) == pytest.approx(found)
        scores = [*rng.integers(0, 11, n).tolist(), 0, 10]
        worth = 100 * np.select([np.array(scores) > 8, np.array(scores) < 7], [1.0, -1.0], 0.0)
        # numpy's spread of the values 100, 0 and -100, where ours adds up shares.
        reach = stats.norm.ppf(0.975) * worth.std() / np.sqrt(len(worth))
        net = worth.mean()
        assert kpis.net_promoter(scores) == pytest.approx(
            {"value": net, "low": max(-100, net - reach), "high": min(100, net + reach), "n": n + 2}
        )


def test_drawing_again_gives_the_interval_that_scipy_draws():
    rng = np.random.default_rng(3)
    for turn in range(20):
        scores = rng.integers(0, 11, 200)
        worth = 100 * np.select([scores > 8, scores < 7], [1.0, -1.0], 0.0)
        of_scipy = stats.bootstrap((worth,), np.mean, n_resamples=2000, method="percentile", rng=turn)
        found = kpis.net_promoter_bootstrap(scores.tolist(), 2000, turn)
        assert found["value"] == pytest.approx(worth.mean())
        # An end of 2,000 draws varies by about 0.3 points; both vary.
        assert found["low"] == pytest.approx(of_scipy.confidence_interval.low, abs=2)
        assert found["high"] == pytest.approx(of_scipy.confidence_interval.high, abs=2)


def test_drawing_again_agrees_with_numpy_s_draws_on_two_hundred_small_surveys():
    rng = np.random.default_rng(4)
    for turn in range(200):
        scores = rng.integers(0, 11, 30)
        worth = 100 * np.select([scores > 8, scores < 7], [1.0, -1.0], 0.0)
        shares = [(worth == one).mean() for one in (-100, 0, 100)]
        # Drawing with putting back is a multinomial draw; 20,000 of them know their ends well.
        nets = rng.multinomial(30, shares, 20_000) @ np.array([-100, 0, 100]) / 30
        found = kpis.net_promoter_bootstrap(scores.tolist(), 400, turn)
        # The end of 400 draws has a standard error of about 0.13 of their spread; and steps of 100 / 30.
        room = 6 * 0.13 * nets.std() + 100 / 30
        assert found["value"] == pytest.approx(worth.mean())
        assert found["low"] == pytest.approx(np.quantile(nets, 0.025), abs=room)
        assert found["high"] == pytest.approx(np.quantile(nets, 0.975), abs=room)


def test_two_hundred_days_of_calls_and_cases_against_counts_by_numpy():
    rng = np.random.default_rng(5)
    for _ in range(200):
        waits, lost = rng.integers(0, 90, rng.integers(1, 80)), rng.integers(0, 90, rng.integers(0, 30))
        target, least = int(rng.integers(5, 60)), int(rng.integers(0, 20))
        hits, n = int((waits <= target).sum()), len(waits)
        given_ = (waits.tolist(), len(lost), target)
        assert kpis.service_level_counted(*given_) == pytest.approx(wilson(hits, n + len(lost)), abs=1e-9)
        assert kpis.service_level_counted(*given_, count_abandoned=False) == pytest.approx(wilson(hits, n), abs=1e-9)
        gone = int((lost >= least).sum())
        assert kpis.abandonment(lost.tolist(), n, least) == pytest.approx(wilson(gone, gone + n), abs=1e-9)
        seconds = rng.integers(30, 900, rng.integers(2, 60))
        low, high = stats.t.interval(0.95, len(seconds) - 1, seconds.mean(), stats.sem(seconds))
        found = kpis.average_handling_time(seconds.tolist())
        assert [found[key] for key in ("value", "low", "high")] == pytest.approx([seconds.mean(), low, high])
        opened = rng.integers(0, 30, 40)
        closed = np.where(rng.random(40) < 0.2, 999, opened + rng.integers(0, 20, 40))
        cases = [(int(o), None if c == 999 else int(c)) for o, c in zip(opened, closed, strict=True)]
        day = int(rng.integers(0, 50))
        assert kpis.backlog(cases, day) == int(((opened <= day) & (closed > day)).sum())


def test_waits_and_backlog_by_hand():
    waits, gave_up = [5, 20, 21, 60], [3, 40]
    assert kpis.service_level_counted(waits, 2, 20) == pytest.approx(wilson(2, 6))
    assert kpis.service_level_counted(waits, 2, 20, count_abandoned=False)["value"] == 50
    assert kpis.abandonment(gave_up, 4) == pytest.approx(wilson(2, 6))
    assert kpis.abandonment(gave_up, 4, at_least=5)["value"] == 20
    cases = [(1, 3), (2, None), (3, 3), (4, 9)]
    assert [kpis.backlog(cases, day) for day in (0, 1, 2, 3, 4, 9)] == [0, 1, 2, 1, 2, 1]
    assert kpis.average_handling_time([100, 200, 300])["value"] == 200


def test_answers_that_are_all_alike_have_no_interval():
    assert kpis.net_promoter([9, 10, 9]) == {"value": 100, "low": None, "high": None, "n": 3}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: kpis.first_contact_by_repeat([contact("a", 0)], 0), "longer than 0 days"),
        (lambda: kpis.first_contact_by_tick([]), "No rows are left"),
        (lambda: kpis.top_box([]), "no answers"),
        (lambda: kpis.top_box([6]), "Answer 1 is not a whole number from 1 to 5"),
        (lambda: kpis.net_promoter([7, 11]), "Answer 2 is not a whole number from 0 to 10"),
        (lambda: kpis.net_promoter([True]), "Answer 1"),
        (lambda: kpis.net_promoter_bootstrap([1], 39), "at least 40"),
        (lambda: kpis.service_level_counted([1], -1, 20), "0 or more"),
        (lambda: kpis.abandonment([1], -1), "0 or more"),
        (lambda: kpis.backlog([(1, 2), (3, 2)], 3), "Case 2 was closed before"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(call, words):
    with pytest.raises(Problem, match=words):
        call()


def test_every_card_is_whole():
    for card in kpis.DEFINITIONS.values():
        assert all([card.name, card.numerator, card.denominator, card.exclude, card.window, card.misleads])
        assert card.lead_lag in ("leading", "lagging") and card.better in ("up", "down")
