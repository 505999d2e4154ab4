"""Plan checks by hand, against networkx (circles, order, longest chain) and NumPy (hours), and against slow definitions."""

import random
from dataclasses import replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from cslearn.methods import plans
from cslearn.methods.plans import Task
from cslearn.problem import Problem

CASES = 300
ROLES = ("lead", "trainer", "analyst")


def random_plan(rng, circles=False, size=None):
    size = size or rng.randint(1, 12)
    ids = [f"T{n}" for n in range(1, size + 1)]
    tasks = []
    for place, id in enumerate(ids):
        others = [other for other in (ids if circles else ids[:place]) if circles or other != id]
        after = tuple(rng.sample(others, min(len(others), rng.choice([0, 0, 1, 1, 2]))))
        tasks.append(Task(id, rng.choice(plans.KINDS), rng.randint(1, 20), rng.randint(1, 6), rng.choice(ROLES),
                          after, rng.randint(0, 30), rng.randint(0, 900)))  # fmt: skip
    rng.shuffle(tasks)
    return tasks


def graph_of(tasks):
    graph = nx.DiGraph()
    graph.add_nodes_from(task.id for task in tasks)
    graph.add_edges_from((task.id, other) for task in tasks for other in task.after if other in graph)
    return graph


# ---- order ----------------------------------------------------------------------------------


def test_circles_agree_with_networkx():
    rng, seen = random.Random(1), set()
    for _ in range(CASES):
        tasks = random_plan(rng, circles=True)
        graph, ring = graph_of(tasks), plans.cycle(tasks)
        assert bool(ring) == (not nx.is_directed_acyclic_graph(graph))
        seen.add(bool(ring))
        if ring:
            assert all(graph.has_edge(a, b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
            assert len(set(ring)) == len(ring)
            with pytest.raises(Problem, match=r"can ever start|can never start"):
                plans.in_order(tasks)
    assert seen == {True, False}


def test_order_and_longest_chain_agree_with_networkx():
    rng = random.Random(2)
    for _ in range(CASES):
        tasks = random_plan(rng)
        graph = graph_of(tasks).reverse()
        place = {id: n for n, id in enumerate(plans.in_order(tasks))}
        assert len(place) == len(tasks) and all(place[a] < place[b] for a, b in graph.edges)
        # The length of a task stands on the way into it; a source stands before all of them.
        graph.add_node("")
        graph.add_edges_from(("", task.id) for task in tasks)
        lengths = {task.id: task.weeks for task in tasks}
        nx.set_edge_attributes(graph, {(a, b): lengths[b] for a, b in graph.edges}, "weeks")
        weeks, chain = plans.longest_chain(tasks)
        assert weeks == nx.dag_longest_path_length(graph, "weeks")
        assert weeks == sum(lengths[id] for id in chain)
        assert all(graph.has_edge(a, b) for a, b in pairwise(chain))
    assert plans.longest_chain([]) == (0, [])


def test_starts_that_come_too_early_are_named_with_both_weeks():
    tasks = [Task("T1", "measure", 2, 3, name="Baseline"), Task("T2", "pilot", 4, 6, after=("T1", "T9"))]
    early, unplanned = sorted(plans.too_early(tasks), key=lambda finding: finding.rule)
    assert early.sentence == "T2 starts in week 4, but it waits for T1 (Baseline), which ends in week 4."
    assert (early.rule, early.task, early.week, early.size) == ("too early", "T2", 4, 1)
    assert unplanned.sentence == "T2 waits for T9, which is not in the plan. Plan T9, or take the wait away."
    assert plans.too_early([replace(tasks[1], start=5, after=("T1",)), tasks[0]]) == []


def test_a_circle_is_told_with_its_tasks():
    tasks = [Task("A", "build", 1, 1, after=("B",)), Task("B", "build", 3, 1, after=("A",))]
    (found,) = [finding for finding in plans.too_early(tasks) if finding.rule == "circle"]
    assert found.sentence == "A waits for B, and B waits for A: none of them can ever start."
    alone = plans.too_early([Task("A", "build", 1, 1, after=("A",))])
    assert [finding.sentence for finding in alone] == ["Task A waits for itself, so it can never start."]


def test_early_starts_agree_with_a_slow_count():
    rng = random.Random(3)
    for _ in range(CASES):
        tasks = random_plan(rng)
        by_id = {task.id: task for task in tasks}
        slow = {
            (task.id, other, by_id[other].start + by_id[other].weeks - task.start)
            for task in tasks for other in task.after if by_id[other].start + by_id[other].weeks > task.start
        }  # fmt: skip
        found = plans.too_early(tasks)
        assert len(found) == len(slow) and {(f.task, f.size) for f in found} == {(a, c) for a, _, c in slow}


def test_slack_by_hand():
    # B waits for A with two weeks between; C runs beside them and ends three weeks before the plan does.
    tasks = [Task("A", "build", 1, 2), Task("B", "pilot", 5, 4, after=("A",)), Task("C", "comms", 1, 5)]
    assert plans.slack(tasks) == {"A": 2, "B": 0, "C": 3}
    assert plans.slack([Task("A", "build", 3, 2), Task("B", "pilot", 4, 1, after=("A",))])["A"] == -1
    assert plans.slack([]) == {}


# ---- people, money, weeks -------------------------------------------------------------------


def test_hours_agree_with_numpy():
    rng = random.Random(4)
    for _ in range(CASES):
        tasks = random_plan(rng)
        slow = np.zeros((len(ROLES), 40))
        for task in tasks:
            slow[ROLES.index(task.owner), task.start : task.start + task.weeks] += task.hours / task.weeks
        load = plans.weekly_load(tasks)
        for role, hours in load.items():
            assert sum(hours.values()) == pytest.approx(slow[ROLES.index(role)].sum())
            for week, amount in hours.items():
                assert amount == pytest.approx(slow[ROLES.index(role), week])
        capacity = {role: rng.uniform(2, 20) for role in ROLES}
        found = {(f.sentence.split(" would")[0], f.week): f.size for f in plans.overloaded(tasks, capacity)}
        wanted = {
            (role, week): slow[n, week] / capacity[role] - 1
            for n, role in enumerate(ROLES) for week in range(40) if slow[n, week] > capacity[role] + 1e-9
        }  # fmt: skip
        assert found == pytest.approx(wanted)


def test_too_much_work_is_told_with_role_week_and_tasks():
    tasks = [Task("T1", "train", 3, 2, "trainer", hours=24), Task("T2", "comms", 4, 1, "trainer", hours=10)]
    (found,) = plans.overloaded(tasks, {"trainer": 20}, {"trainer": "The trainer"})
    assert found.sentence == "The trainer would need 22.0 hours in week 4 (T1, T2), and has 20."
    assert (found.week, found.size) == (4, pytest.approx(0.1))
    nobody = plans.overloaded([replace(tasks[0], owner="")], {"trainer": 20})
    assert [f.week for f in nobody] == [3, 4] and nobody[0].sentence.startswith("Nobody would need 12.0 hours")


def test_money_and_blocked_weeks_by_hand():
    tasks = [Task("T1", "train", 3, 4, cost=1200.0), Task("T2", "build", 3, 4, cost=900.0)]
    (over,) = plans.over_budget(tasks, 2000)
    assert over.sentence == "The plan costs £2,100, which is £100 more than the budget of £2,000." and over.size == 100
    assert plans.over_budget(tasks, 2100) == []
    (blocked,) = plans.in_blocked_weeks(tasks, {1, 4, 5, 9})
    assert blocked.sentence == "T1 runs in weeks 4 and 5, when nothing that the phones feel may run."
    assert (blocked.task, blocked.week, blocked.size) == ("T1", 4, 2)
    assert plans.in_blocked_weeks(tasks, {1, 2, 7}) == []


@pytest.mark.parametrize(
    ("weeks", "said"),
    [([3], "week 3"), ([4, 3], "weeks 3 and 4"), ([3, 4, 5, 6, 9], "weeks 3 to 6 and 9"), ([1, 2, 3, 7, 9, 10], "weeks 1 to 3, 7, 9 and 10")],
)  # fmt: skip
def test_weeks_are_said_as_people_say_them(weeks, said):
    assert plans.weeks_said(weeks) == said


# ---- the order of proof, wins, voices, owners -----------------------------------------------


def proof(measure=(1, 4), pilot=(5, 6), decide=(11, 1), rollout=(12, 3)):
    kinds = {"measure": measure, "pilot": pilot, "decide": decide, "rollout": rollout}
    return [Task(kind, kind, *span) for kind, span in kinds.items() if span]


@pytest.mark.parametrize(
    ("plan", "rules"),
    [
        (proof(), []),
        (proof(measure=None), ["no baseline"]),
        (proof(measure=(4, 4)), ["late baseline"]),
        (proof(pilot=None), ["no pilot"]),
        (proof(decide=None), ["no decision"]),
        (proof(decide=(10, 1)), ["early decision"]),
        (proof(rollout=(8, 3)), ["early roll-out"]),
        (proof(decide=(11, 2)), ["early roll-out"]),
        (proof(rollout=None), []),
        (proof(measure=(9, 1), decide=(3, 1), rollout=(4, 2)), ["late baseline", "early decision", "early roll-out"]),
    ],
)
def test_measure_then_try_then_decide_then_roll_out(plan, rules):
    assert [finding.rule for finding in plans.unproven(plan)] == rules


def test_an_early_roll_out_is_told_with_both_weeks():
    (found,) = plans.unproven(proof(rollout=(8, 3)))
    assert found.sentence.startswith("The roll-out starts in week 8, and the pilot reports in week 10.")


def test_wins_by_hand():
    plan = proof()
    assert plans.first_live(plan) == 12 and plans.first_live([]) is None
    assert [f.rule for f in plans.no_early_win(plan)] == ["no win"]
    assert plans.no_early_win([*plan, Task("W", "win", 16, 1)]) == []
    (late,) = plans.no_early_win([*plan, Task("W", "win", 17, 2)])
    assert (late.rule, late.size) == ("late win", 2) and "by week 16" in late.sentence
    assert plans.no_early_win([]) == []


def test_silences_agree_with_a_slow_search():
    rng, longest = random.Random(5), 0
    for _ in range(CASES):
        tasks = random_plan(rng)
        first, most = rng.randint(1, 5), rng.randint(1, 4)
        last = first + rng.randint(0, 25)
        told = {week for task in tasks if task.kind == "comms" for week in range(task.start, task.start + task.weeks)}
        text = "".join("x" if week in told else "." for week in range(first, last + 1))
        slow = sorted((len(part), text.index(part)) for part in text.split("x") if len(part) > most)
        found = plans.silences(tasks, first, last, most)
        assert sorted(f.size for f in found) == [size for size, _ in slow]
        assert all(text[f.week - first : f.week - first + int(f.size)] == "." * int(f.size) for f in found)
        longest = max(longest, len(slow))
    assert longest > 1
    (found,) = plans.silences([Task("C", "comms", 3, 1)], 1, 8)
    assert found.sentence == "Nobody hears anything in weeks 4 to 8. Never leave more than 3 weeks without a word."


def test_somebody_is_prepared_before_go_live():
    plan = proof()
    assert [f.rule for f in plans.nobody_prepared(plan)] == ["nobody prepared"]
    assert plans.nobody_prepared([*plan, Task("N", "comms", 11, 4)]) == []
    assert [f.rule for f in plans.nobody_prepared([*plan, Task("N", "train", 12, 1)])] == ["nobody prepared"]
    assert plans.nobody_prepared([]) == []


def test_sharing_by_hand():
    tasks = [Task(str(n), "build", n, 1, owner) for n, owner in enumerate("aaabbc", start=1)]
    assert plans.owned([*tasks, Task("x", "build", 1, 1)]) == {"a": 3, "b": 2, "c": 1}
    assert plans.badly_shared(tasks, "a") == []
    assert [f.sentence for f in plans.badly_shared(tasks, "b", names={"b": "You"})] == [
        "You owns 2 tasks. Whoever drives the change owns at least 3."
    ]
    assert [f.rule for f in plans.badly_shared([*tasks, Task("7", "build", 1, 1, "a")], "a")] == ["one owner for all"]
    assert plans.kinds_missing(tasks, ("train", "build", "win")) == ["train", "win"]
    assert plans.badly_shared([], "a") == []


# ---- repair ----------------------------------------------------------------------------------


def test_a_repaired_plan_has_no_fault_and_without_limits_is_as_short_as_its_longest_chain():
    rng, moved = random.Random(6), 0
    for _ in range(CASES):
        tasks = random_plan(rng)
        blocked = set(rng.sample(range(1, 30), rng.randint(0, 6)))
        capacity = {role: max(t.hours / t.weeks for t in tasks) + rng.uniform(0, 10) for role in ROLES}
        repaired = plans.placed(tasks, capacity, blocked, not_before={tasks[0].id: 5})
        assert [task.id for task in repaired] == [task.id for task in tasks]
        assert plans.too_early(repaired) == [] and plans.overloaded(repaired, capacity) == []
        assert plans.in_blocked_weeks(repaired, blocked) == [] and repaired[0].start >= 5
        # As early as it goes: a week earlier, each task would break something.
        for place, task in enumerate(repaired):
            if task.start > (5 if place == 0 else 1):
                sooner = [*repaired[:place], replace(task, start=task.start - 1), *repaired[place + 1 :]]
                assert (
                    plans.too_early(sooner)
                    or plans.overloaded(sooner, capacity)
                    or plans.in_blocked_weeks(sooner, blocked)
                )
        free = plans.placed(tasks)
        assert max(task.end for task in free) == plans.longest_chain(tasks)[0]
        moved += max(t.end for t in repaired) > max(t.end for t in free)
    assert moved > CASES / 3


def test_what_cannot_be_placed_is_a_sentence():
    heavy = [Task("T1", "train", 1, 2, "trainer", hours=50)]
    with pytest.raises(Problem, match=r"T1 needs 25.0 hours a week, and its owner has 20"):
        plans.placed(heavy, {"trainer": 20})
    with pytest.raises(Problem, match="T1 does not fit before week 4"):
        plans.placed(heavy, {"trainer": 30}, blocked={2, 3}, until=4)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: plans.in_order([Task("A", "build", 1, 1), Task("A", "build", 1, 1)]), "Two tasks are called A"),
        (lambda: plans.weekly_load([Task("A", "party", 1, 1)]), "of the kind 'party'"),
        (lambda: plans.weekly_load([Task("A", "build", 0, 1)]), "start of task A must be from 1"),
        (lambda: plans.weekly_load([Task("A", "build", 1.5, 1)]), "start of task A must be a whole number"),
        (lambda: plans.weekly_load([Task("A", "build", 1, True)]), "length of task A must be a whole number"),
        (lambda: plans.weekly_load([Task("A", "build", 1, 1, hours=-1)]), "hours of task A must be a number of 0"),
        (lambda: plans.over_budget([], float("nan")), "The budget must be a number"),
        (lambda: plans.silences([], 0, 4), "The first week must be from 1"),
    ],
)  # fmt: skip
def test_a_slip_gets_a_sentence(call, says):
    with pytest.raises(Problem, match=says) as caught:
        call()
    assert str(caught.value).endswith(".")
