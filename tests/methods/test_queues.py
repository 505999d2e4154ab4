"""A published table, Markov chains solved by SciPy, and properties that must always hold."""

import math
import random
from fractions import Fraction

import ciw
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm
from scipy.stats import poisson

from cslearn.methods.queues import (
    agents_needed,
    agents_on_the_lines,
    average_speed_of_answer,
    chance_of_waiting,
    occupancy,
    service_level,
    time_in_process,
    with_impatience,
    work_in_progress,
    workload,
)
from cslearn.problem import Problem

# 200 calls an hour of 180 seconds are 200 * 180 / 3600 = 10 erlangs; answered in 20 seconds.
PUBLISHED = {11: 0.3896, 12: 0.6402, 13: 0.7956, 14: 0.8884, 15: 0.9415}
agents = st.integers(1, 200)


def test_the_published_table():
    erlangs = workload(200, 180)
    assert erlangs == 10
    for count, level in PUBLISHED.items():
        assert service_level(count, erlangs, 180, 20) == pytest.approx(level, abs=5e-5)


def desk(rng):
    count = rng.randint(1, 60)
    return count, rng.uniform(0.05, 0.98) * count, rng.uniform(30, 900), rng.uniform(0, 180)


def test_waiting_and_service_level_agree_with_poisson_sums():
    rng = random.Random(1)
    for _ in range(300):
        count, load, handling, target = desk(rng)
        # Erlang B as a quotient of Poisson probabilities; C from B, as in Gans and others (2003).
        blocked = poisson.pmf(count, load) / poisson.cdf(count, load)
        waits = count * blocked / (count - load * (1 - blocked))
        assert chance_of_waiting(count, load) == pytest.approx(waits, rel=1e-9, abs=1e-300)
        level = 1 - waits * math.exp(-(count - load) * target / handling)
        assert service_level(count, load, handling, target) == pytest.approx(level, abs=1e-9)


def test_the_mean_wait_agrees_with_the_queue_length_of_a_solved_chain():
    rng = random.Random(2)
    for _ in range(200):
        count, load, handling, _ = desk(rng)
        load = min(load, 0.9 * count)
        places = np.arange(1, count + 1200)
        logs = np.concatenate([[0], np.cumsum(np.log(load) - np.log(np.minimum(places, count)))])
        chances = np.exp(logs - logs.max())
        chances /= chances.sum()
        queue = (np.arange(len(chances) - count) * chances[count:]).sum()
        # Little: the mean wait is the queue divided by the arrivals in a second.
        assert average_speed_of_answer(count, load, handling) == pytest.approx(
            queue / (load / handling), rel=1e-8, abs=1e-12
        )


def solved_with_impatience(count, load, handling, patience, target, places=150):
    """Service level, share abandoned and mean wait from the chain itself: one caller is followed through the queue."""
    arrive, serve, leave = load / handling, 1 / handling, 1 / patience
    state = np.arange(1, count + 401)
    logs = np.log(arrive) - np.log(np.minimum(state, count) * serve + np.maximum(state - count, 0) * leave)
    logs = np.concatenate([[0], np.cumsum(logs)])
    chances = np.exp(logs - logs.max())
    chances /= chances.sum()
    moves = np.zeros((places + 2, places + 2))
    for ahead in range(places):
        onward = count * serve + ahead * leave
        moves[ahead, ahead - 1 if ahead else places] += onward
        moves[ahead, places + 1] += leave
        moves[ahead, ahead] -= onward + leave
    served = expm(moves * target)[:places, places]
    queue = (np.arange(401) * chances[count:]).sum()
    level = chances[:count].sum() + (chances[count : count + places] * served).sum()
    return level, queue * leave / arrive, queue / arrive


def test_impatient_callers_agree_with_the_matrix_exponential_of_the_chain():
    rng = random.Random(3)
    for _ in range(200):
        count = rng.randint(1, 40)
        load, handling = rng.uniform(0.2, 1.5) * count, rng.uniform(30, 600)
        patience, target = rng.uniform(20, 600), rng.uniform(0, 120)
        level, abandoned, wait = solved_with_impatience(count, load, handling, patience, target)
        found = with_impatience(count, load, handling, patience, target)
        assert found["service_level"] == pytest.approx(level, abs=1e-9)
        assert found["abandoned"] == pytest.approx(abandoned, abs=1e-9)
        assert found["average_wait_seconds"] == pytest.approx(wait, rel=1e-8, abs=1e-9)
        assert found["answered"] + found["abandoned"] == pytest.approx(1)


@pytest.mark.slow
def test_a_simulated_desk_agrees():
    # 13 agents, 10 erlangs: the table above says 79.56% within 20 seconds.
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=200 / 3600)],
        service_distributions=[ciw.dists.Exponential(rate=1 / 180)],
        number_of_servers=[13],
    )
    levels = []
    for seed in range(6):
        ciw.seed(seed)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(3600 * 110)
        waits = [r.waiting_time for r in simulation.get_all_records() if r.arrival_date > 3600 * 10]
        levels.append(np.mean(np.array(waits) <= 20))
    error = np.std(levels, ddof=1) / math.sqrt(len(levels))
    assert abs(np.mean(levels) - service_level(13, 10, 180, 20)) < max(0.01, 4 * error)


def test_patience_without_end_is_erlang_c():
    for count, load in ((11, 10.0), (3, 1.5), (40, 33.0)):
        found = with_impatience(count, load, 180, 1e10, 20)
        assert found["service_level"] == pytest.approx(service_level(count, load, 180, 20), abs=1e-6)
        assert found["average_wait_seconds"] == pytest.approx(average_speed_of_answer(count, load, 180), rel=1e-5)


@given(agents, st.floats(0.01, 1.2))
def test_one_more_agent_never_makes_it_worse(count, share):
    load = share * count
    assert chance_of_waiting(count + 1, load) <= chance_of_waiting(count, load)
    assert service_level(count + 1, load, 180, 20) >= service_level(count, load, 180, 20)
    assert 0 <= chance_of_waiting(count, load) <= 1
    before, after = (with_impatience(n, load, 180, 120, 20) for n in (count, count + 1))
    assert after["abandoned"] <= before["abandoned"] + 1e-12
    assert after["service_level"] >= before["service_level"] - 1e-9


@given(st.floats(0.01, 150), st.floats(0, 120), st.floats(0, 0.99))
def test_agents_needed_is_the_smallest_number_that_reaches_the_goal(load, target, goal):
    count = agents_needed(load, 180, target, goal)
    assert service_level(count, load, 180, target) >= goal
    assert count == 1 or service_level(count - 1, load, 180, target) < goal or count - 1 <= load


def test_the_small_sums_agree_with_fractions_on_random_desks():
    rng = random.Random(8)
    for _ in range(200):
        calls, seconds = rng.randint(1, 900), rng.randint(10, 900)
        assert workload(calls, seconds) == pytest.approx(float(Fraction(calls * seconds, 3600)))
        paid, away = rng.randint(1, 200), rng.randint(0, 99)
        assert agents_on_the_lines(paid, away / 100) == math.floor(paid * Fraction(100 - away, 100))
        count = rng.randint(1, 60)
        assert occupancy(count, workload(calls, seconds)) == pytest.approx(min(1, calls * seconds / 3600 / count))
        a_day, stay = Fraction(rng.randint(1, 400), 7), Fraction(rng.randint(1, 300), 9)
        inside = work_in_progress(float(a_day), float(stay))
        assert inside == pytest.approx(float(a_day * stay))
        assert time_in_process(inside, float(a_day)) == pytest.approx(float(stay))


def test_little_s_law_holds_for_cases_counted_day_by_day():
    rng = random.Random(9)
    for _ in range(200):
        cases = [(start := rng.randint(0, 40), start + rng.randint(1, 12)) for _ in range(rng.randint(1, 60))]
        span = max(end for _, end in cases)
        in_trays = [sum(start <= day < end for start, end in cases) for day in range(span)]
        stay = np.mean([end - start for start, end in cases])
        assert work_in_progress(len(cases) / span, stay) == pytest.approx(np.mean(in_trays))
        assert time_in_process(np.mean(in_trays), len(cases) / span) == pytest.approx(stay)


def test_work_that_is_more_than_the_agents_can_do():
    assert chance_of_waiting(10, 10) == chance_of_waiting(10, 12) == 1
    assert service_level(10, 10, 180, 20) == 0
    assert average_speed_of_answer(10, 10.5, 180) == math.inf
    assert occupancy(10, 12) == 1
    # Callers who give up keep even that queue finite.
    assert 0 < with_impatience(10, 20, 180, 120, 20)["abandoned"] < 1


def test_a_very_large_desk_is_worked_out():
    found = with_impatience(2000, 2400.0, 300, 60, 20)
    # Nearly all agents busy: what they cannot do is abandoned, 1 - 2000 / 2400.
    assert found["abandoned"] == pytest.approx(1 - 2000 / 2400, abs=1e-3)
    assert found["occupancy"] == pytest.approx(1, abs=1e-3)


def test_a_quiet_hour():
    assert with_impatience(3, 0, 180, 120, 20)["service_level"] == 1
    assert service_level(1, 0, 180, 20) == 1
    assert agents_needed(0, 180, 20, 0.8) == 1


def test_by_hand():
    # One agent, half busy: half of the callers wait, on average 0.5 * 180 / (1 - 0.5) = 180 seconds.
    assert chance_of_waiting(1, 0.5) == pytest.approx(0.5)
    assert average_speed_of_answer(1, 0.5, 180) == pytest.approx(180)
    assert occupancy(20, 15) == 0.75
    assert agents_on_the_lines(20, 0.15) == 17 and agents_on_the_lines(20, 0.3) == 14
    # 40 complaints a day that take 9 days each: 360 in the trays; and back.
    assert work_in_progress(40, 9) == 360 and time_in_process(360, 40) == 9


@pytest.mark.parametrize(
    "call",
    [
        lambda: workload(-1, 180),
        lambda: workload(10, 0),
        lambda: workload("10", 180),
        lambda: service_level(0, 1, 180, 20),
        lambda: service_level(2.5, 1, 180, 20),
        lambda: service_level(True, 1, 180, 20),
        lambda: service_level(10**9, 1, 180, 20),
        lambda: service_level(2, math.nan, 180, 20),
        lambda: agents_needed(10, 180, 20, 1),
        lambda: agents_needed(1e9, 180, 20, 0.8),
        lambda: agents_on_the_lines(10, 1),
        lambda: with_impatience(10, 5, 180, 0, 20),
        lambda: with_impatience(10, 1e9, 180, 60, 20),
        lambda: time_in_process(3, 0),
    ],
)
def test_a_slip_gets_a_sentence(call):
    with pytest.raises(Problem) as caught:
        call()
    assert str(caught.value).endswith(".")
