"""Soundness by networkx; fitness, precision, variants and the directly-follows graph by pm4py; and maps by hand."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_maps import ROLES, random_log, random_map
from test_eventlog import traced

from cslearn.methods import eventlog, process_map
from cslearn.problem import Problem

ROOT = Path(__file__).parents[2]
LOCK = Path(__file__).with_name("pm4py.lock")
PACKAGES = ROOT / ".cache" / "pm4py"
ORACLE = Path(__file__).with_name("process_mining_oracle.py")
LOGS = 100


def node(name, kind="task", lane="agent", activity=None):
    return {
        "id": name,
        "type": kind,
        "lane": lane,
        "activity": (name if kind == "task" else "") if activity is None else activity,
    }


def edge(source, target, label=""):
    return {"from": source, "to": target, "label": label}


NODES = [node("s", "start"), node("log"), node("g", "gateway"), node("fix"), node("reply"), node("e", "end")]
EDGES = [
    edge("s", "log"), edge("log", "g"), edge("g", "fix", "fault"), edge("g", "reply", "question"),
    edge("fix", "reply"), edge("reply", "e"),
]  # fmt: skip


def kinds(nodes, edges, activities=None):
    return [finding.kind for finding in process_map.soundness(process_map.read_map(nodes, edges), activities)]


def without(rows, **fields):
    return [row for row in rows if not all(row[key] == value for key, value in fields.items())]


# Soundness


def test_a_sound_map_has_no_findings():
    drawn = process_map.read_map(NODES, EDGES)
    assert process_map.soundness(drawn) == [] and process_map.is_sound(drawn, ["log", "fix", "reply"])
    assert process_map.ready(drawn) is drawn
    assert process_map.lanes(drawn) == ["agent"]


@pytest.mark.parametrize(
    ("nodes", "edges", "kind", "says"),
    [
        (without(NODES, id="e"), EDGES[:-1], "no end", "no end"),
        (without(NODES, id="s"), EDGES[1:], "no start", "no start"),
        ([*NODES, node("s2", "start")], [*EDGES, edge("s2", "log")], "many starts", "2 starts: s and s2"),
        (NODES, without(EDGES, **{"from": "fix"}), "dead branch", "the task fix no way leads to an end|task fix no way leads to an end"),
        ([*NODES, node("x")], [*EDGES, edge("x", "reply")], "not reached", "start to task x"),
        (NODES, without(EDGES, to="fix"), "few exits", "Gateway g has only one exit"),
        (NODES, without(EDGES, **{"from": "g"}), "few exits", "Gateway g has no exit"),
        (NODES, [*without(EDGES, to="fix"), edge("g", "fix")], "no label", "gateway g to fix has no label"),
        (NODES, [*without(EDGES, to="fix"), edge("g", "fix", "Question")], "same label", "label 'question'"),
        (NODES, [*EDGES, edge("log", "reply")], "choice without gateway", "Task log has 2 exits"),
        (NODES, [*EDGES, edge("reply", "s")], "into start", "leads back to it, from reply"),
        (NODES, [*EDGES, edge("e", "log")], "out of end", "leads on, to log"),
        ([*without(NODES, id="fix"), node("fix", activity="")], EDGES, "no activity", "Task fix does not say"),
        ([*NODES, node("log")], EDGES, "same id", "Two nodes are called log"),
        ([*NODES, node("", "task", activity="fix")], EDGES, "no id", "Row 7 of the nodes has no id"),
        ([*NODES, node("y", "box")], EDGES, "no type", "Node y has no type"),
        (NODES, [*EDGES, edge("log", "nowhere")], "unknown node", "names nowhere"),
        (NODES, [*EDGES, edge("", "log")], "loose arrow", "lacks its beginning"),
        (NODES, [*EDGES, edge("log", "")], "loose arrow", "lacks its end"),
        (NODES, [*EDGES, edge("s", "log")], "same arrow", "from s to log is there twice"),
    ],
)  # fmt: skip
def test_each_fault_is_found_and_named(nodes, edges, kind, says):
    drawn = process_map.read_map(nodes, edges)
    found = {finding.kind: finding.says for finding in process_map.soundness(drawn)}
    assert kind in found
    assert any(part in found[kind] for part in says.split("|"))
    assert found[kind].endswith(".")
    with pytest.raises(Problem):
        process_map.ready(drawn)


def test_an_unknown_activity_is_found_only_if_the_words_are_known():
    nodes = [*without(NODES, id="fix"), node("fix", activity="mend")]
    assert kinds(nodes, EDGES) == []
    assert kinds(nodes, EDGES, ["log", "fix", "reply"]) == ["unknown activity"]


def test_a_gateway_may_bring_two_ways_together():
    nodes = [*NODES, node("m", "gateway")]
    edges = [
        *without(without(EDGES, to="reply"), **{"from": "fix"}),
        edge("g", "m", "question"),
        edge("fix", "m"),
        edge("m", "reply"),
    ]
    assert kinds(nodes, edges) == []


def test_an_empty_map_and_nonsense_are_found_and_raise_nothing():
    assert kinds([], []) == ["no start", "no end"]
    assert kinds([{}, None, 7], [{}, None, "x"]) == ["no start", "no end"]
    assert set(kinds([{"id": 3, "type": "task"}], [{"from": "a"}])) == {"no id", "loose arrow", "no start", "no end"}


@pytest.mark.parametrize("seed", range(4))
def test_ways_from_start_to_end_agree_with_networkx(seed):
    rng = random.Random(seed)
    counts = {True: 0, False: 0}
    for number in range(150):
        nodes, edges = random_map(rng, sound=number % 2 == 0)
        drawn = process_map.read_map(nodes, edges)
        graph = networkx.DiGraph()
        graph.add_nodes_from(each.id for each in drawn.nodes)
        graph.add_edges_from((each.source, each.target) for each in drawn.edges)
        of = {kind: [each.id for each in drawn.nodes if each.type == kind] for kind in process_map.TYPES}
        reached = set().union(*({name} | networkx.descendants(graph, name) for name in of["start"]))
        leads = set().union(*({name} | networkx.ancestors(graph, name) for name in of["end"]))
        found = process_map.soundness(drawn)
        lost = {each.where for each in found if each.kind == "not reached"}
        dead = {each.where for each in found if each.kind == "dead branch"}
        every = set(graph)
        assert lost == ((every - reached) - set(of["start"]) if of["start"] else set())
        assert dead == ((every - leads) - set(of["end"]) if of["end"] else set())
        split = {
            n
            for n in of["gateway"]
            if graph.out_degree(n) < 2 and not (graph.out_degree(n) == 1 and graph.in_degree(n) > 1)
        }
        assert {each.where for each in found if each.kind == "few exits"} == split
        wide = {n for n in of["task"] + of["start"] if graph.out_degree(n) > 1}
        assert {each.where for each in found if each.kind == "choice without gateway"} == wide
        sound = not found
        counts[sound] += 1
        if number % 2 == 0:
            assert sound
        if sound:
            assert len(of["start"]) == 1 and every == reached & leads
    assert min(counts.values()) >= 30


# Replay


def test_cases_by_hand():
    drawn = process_map.read_map(NODES, EDGES)
    through = process_map.replay(drawn, ["log", "fix", "reply"])
    assert through.fits and through.path == ("s", "log", "g", "fix", "reply", "e")
    # The map has no way back from the reply.
    back = process_map.replay(drawn, ["log", "reply", "fix", "reply"])
    assert (back.fits, back.done, back.after, back.then) == (False, 2, "reply", "fix")
    assert back.path == ("s", "log", "g", "reply")
    early = process_map.replay(drawn, ["log", "fix"])
    assert (early.fits, early.done, early.after, early.then) == (False, 2, "fix", "")
    assert process_map.replay(drawn, ["log", "fix"], ended=False).fits
    wrong = process_map.replay(drawn, ["reply"])
    assert (wrong.fits, wrong.done, wrong.after, wrong.then, wrong.path) == (False, 0, "", "reply", ("s",))


def test_two_tasks_of_one_activity_are_told_apart_by_what_follows():
    # Both branches begin with "call"; only the second goes on to "visit".
    nodes = [node("s", "start"), node("g", "gateway"), node("c1", activity="call"), node("c2", activity="call"),
             node("visit"), node("e", "end")]  # fmt: skip
    edges = [
        edge("s", "g"),
        edge("g", "c1", "easy"),
        edge("g", "c2", "hard"),
        edge("c1", "e"),
        edge("c2", "visit"),
        edge("visit", "e"),
    ]
    drawn = process_map.read_map(nodes, edges)
    assert process_map.replay(drawn, ["call"]).path == ("s", "g", "c1", "e")
    assert process_map.replay(drawn, ["call", "visit"]).path == ("s", "g", "c2", "visit", "e")


def test_a_log_gives_fitness_arrows_and_where_cases_leave_the_map():
    drawn = process_map.read_map(NODES, EDGES)
    log = traced([["log", "reply"]] * 6 + [["log", "fix", "reply"]] * 2 + [["log", "reply", "fix", "reply"]] * 2)
    result = process_map.replay_log(drawn, log)
    assert (result.cases, result.fitting, result.fitness) == (10, 8, 0.8)
    assert result.edges == {
        ("s", "log"): 8, ("log", "g"): 8, ("g", "fix"): 2, ("g", "reply"): 6, ("fix", "reply"): 2, ("reply", "e"): 8,
    }  # fmt: skip
    assert result.stops == {("reply", "fix"): 2}
    # Of the three ways from task to task all are gone in 2% of cases or more.
    exact = process_map.precision(drawn, log)
    assert exact.share == 1 and set(exact.seen) == {("log", "fix"), ("log", "reply"), ("fix", "reply")}
    rare = process_map.precision(drawn, log, least=0.5)
    assert rare.share == pytest.approx(1 / 3) and rare.unseen == (("log", "fix"), ("fix", "reply"))


def test_an_open_case_need_not_have_reached_the_end():
    drawn = process_map.read_map(NODES, EDGES)
    log = traced([["log", "reply"], ["log", "fix"]])
    assert process_map.fitness(drawn, log) == 0.5
    assert process_map.fitness(drawn, log, closing="reply") == 1.0


def test_the_happy_path_fits_few_and_the_spaghetti_map_is_not_precise():
    words = ["log", "fix", "reply"]
    rng = random.Random(5)
    log = traced([["log", "reply"] if rng.random() < 0.3 else ["log", "fix", "reply"] for _ in range(50)])
    happy = process_map.read_map([node("s", "start"), node("log"), node("reply"), node("e", "end")],
                                 [edge("s", "log"), edge("log", "reply"), edge("reply", "e")])  # fmt: skip
    gates = [node(f"g{word}", "gateway") for word in words]
    spaghetti = process_map.read_map(
        [node("s", "start"), *map(node, words), *gates, node("e", "end")],
        [edge("s", "log"), *(edge(word, f"g{word}") for word in words)]
        + [edge(f"g{a}", b, b) for a in words for b in (*words, "e")],
    )
    assert process_map.is_sound(happy) and process_map.is_sound(spaghetti)
    assert process_map.fitness(happy, log) < 0.5 and process_map.precision(happy, log).share == 1
    # Nine ways, of which cases go three.
    assert process_map.fitness(spaghetti, log) == 1 and process_map.precision(spaghetti, log).share == pytest.approx(
        3 / 9
    )


def test_no_map_and_no_log_give_nothing():
    empty = process_map.read_map([], [])
    assert process_map.fitness(empty, traced([["log"]])) == 0 and process_map.precision(empty, []).share == 0
    assert process_map.fitness(process_map.read_map(NODES, EDGES), []) == 0
    assert process_map.precision(process_map.read_map(NODES, EDGES), []).share == 0


@pytest.fixture(scope="module")
def asked():
    """100 random logs and maps, and what pm4py says about them."""
    rng = random.Random(1)
    items = []
    for number in range(LOGS):
        nodes, edges = random_map(rng, twins=number % 2 == 1)
        traces = random_log(rng, nodes, edges)
        roles = [[rng.choice(ROLES) for _ in trace] for trace in traces]
        items.append({"nodes": nodes, "edges": edges, "traces": traces, "roles": roles})
    if not (PACKAGES / "pm4py").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*command, "--require-hashes", "--target", PACKAGES, "-r", LOCK], check=True)
    run = subprocess.run(
        [sys.executable, ORACLE],
        input=json.dumps(items),
        env={**os.environ, "PYTHONPATH": str(PACKAGES)},
        capture_output=True,
        text=True,
        check=True,
    )
    return list(zip(items, json.loads(run.stdout.splitlines()[-1]), strict=True))


@pytest.mark.slow
def test_variants_and_following_steps_agree_with_pm4py(asked):
    for item, theirs in asked:
        log = traced(item["traces"], item["roles"])
        assert {tuple(trace): count for trace, count in theirs["variants"]} == eventlog.variants(log)
        graph = eventlog.directly_follows(log)
        assert {(a, b): count for a, b, count in theirs["follows"]} == graph.counts
        assert (theirs["starts"], theirs["ends"]) == (graph.starts, graph.ends)


@pytest.mark.slow
def test_the_cases_that_fit_are_those_with_a_perfect_alignment_in_pm4py(asked):
    both = {True: 0, False: 0}
    for item, theirs in asked:
        drawn = process_map.read_map(item["nodes"], item["edges"])
        assert process_map.is_sound(drawn)
        fits = [process_map.replay(drawn, trace).fits for trace in item["traces"]]
        assert fits == theirs["fits"]
        log = traced(item["traces"])
        assert process_map.fitness(drawn, log) == pytest.approx(sum(theirs["fits"]) / len(theirs["fits"]))
        for each in fits:
            both[each] += 1
    # The cases must not be all of one kind.
    assert min(both.values()) >= 200


@pytest.mark.slow
def test_precision_counting_single_cases_is_pm4py_s_precision_of_footprints(asked):
    # pm4py takes a pair as seen if one case has it. So does ours with a least share that one case passes.
    values = set()
    for item, theirs in asked:
        drawn = process_map.read_map(item["nodes"], item["edges"])
        assert sorted(map(list, process_map.task_pairs(drawn))) == theirs["pairs"]
        if theirs["pairs"]:
            share = process_map.precision(drawn, traced(item["traces"]), least=1e-9).share
            assert share == pytest.approx(theirs["precision"])
            values.add(share)
    assert len(values) >= 5


@given(st.integers(0, 10_000))
def test_a_path_leads_along_arrows_and_does_the_steps_in_order(seed):
    rng = random.Random(seed)
    nodes, edges = random_map(rng)
    drawn = process_map.read_map(nodes, edges)
    arrows = {(each.source, each.target) for each in drawn.edges}
    kind = {each.id: each for each in drawn.nodes}
    for trace in random_log(rng, nodes, edges, 4):
        found = process_map.replay(drawn, trace)
        assert set(zip(found.path, found.path[1:], strict=False)) <= arrows
        assert [kind[name].activity for name in found.path if kind[name].type == "task"] == trace[: found.done]
        assert found.path[0] == "s" and (found.path[-1] == "e") == found.fits


# Lanes


def test_a_lane_fits_if_its_role_does_the_work_at_that_place():
    nodes = [node("s", "start"), node("log"), node("thanks", activity="reply", lane="agent"),
             node("answer", activity="reply", lane="agent"), node("spare", activity="reply", lane="handler"), node("e", "end")]  # fmt: skip
    edges = [edge("s", "log"), edge("log", "thanks"), edge("thanks", "answer"), edge("answer", "e")]
    drawn = process_map.read_map(nodes, edges)
    roles = [["agent", "agent", "handler"]] * 8 + [["agent", "agent", "agent"]] * 2
    found = {each.node: each for each in process_map.lane_fits(drawn, traced([["log", "reply", "reply"]] * 10, roles))}
    assert found["log"].fits and found["thanks"].fits and found["thanks"].share == 1
    assert (found["answer"].fits, found["answer"].share, found["answer"].main_role) == (False, 0.2, "handler")
    # No case reaches it, so all replies count: 12 of 20 are the agent's, fewer than 70%, and the agent does most.
    assert (found["spare"].share, found["spare"].main_role, found["spare"].fits) == (0.4, "agent", False)


def test_where_no_role_does_seventy_in_a_hundred_the_one_that_does_most_is_right():
    drawn = process_map.read_map(NODES, EDGES)
    for agents, fits in ((7, True), (6, True), (4, False)):
        roles = [["agent"] * 2] * agents + [["handler"] * 2] * (10 - agents)
        found = process_map.lane_fits(drawn, traced([["log", "reply"]] * 10, roles))
        assert {each.node: each.fits for each in found} == {"log": fits, "fix": False, "reply": fits}
