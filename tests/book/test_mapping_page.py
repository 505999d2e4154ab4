"""The figures of the lesson on mapping, worked out again from the CSV file: traces as text, and a regular expression as map."""

import csv
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from page_cells import run_cells

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "process" / "mapping.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)


@pytest.fixture(scope="module")
def traces():
    """The steps of each real case in the order of time: (activity, role)."""
    cases = defaultdict(list)
    with (ROOT / "datasets" / "events_before.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cases[row["site"], row["case_id"]].append(row)
    real = [sorted(rows, key=lambda row: row["start_ts"]) for rows in cases.values() if rows[0]["resource"] != "T00"]
    assert all(all(row["resource"] != "T00" for row in rows) for rows in real)
    return [[(row["activity"], row["role"]) for row in rows] for rows in real]


WALL = "receive log reply triage investigate approve approve reply confirm"
# The map as it runs, as a pattern: a handler looks into it, perhaps goods, perhaps the courier, perhaps two signatures, an
# answer; and again from the handler on, if it came back. West asks the courier first.
ROUND = r"(courier )?investigate (investigate )?(courier (?:investigate (investigate )?(courier )?)*)?(approve approve )?reply "
RUNS = rf"receive log reply triage ({ROUND})+confirm "


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made, traces):
    found, _ = made
    closed = [trace for trace in traces if any(activity == "confirm" for activity, _ in trace)]
    ways = [" ".join(activity for activity, _ in trace) for trace in closed]
    wall = ways.count(WALL)
    fits = sum(re.fullmatch(RUNS, way + " ") is not None for way in ways)
    who = Counter(step for trace in traces for step in trace)
    done = Counter(activity for trace in traces for activity, _ in trace)
    passes = [(a, b) for trace in traces for (_, a), (_, b) in pairwise(trace) if a != b]
    lanes = ["customer", "agent", "agent", "team leader", "handler", "manager", "manager", "handler", "handler"]
    assert found == pytest.approx({
        "closed": len(closed), "on_the_wall": wall, "wall_fitness": 100 * wall / len(closed),
        "wall_hand_offs": sum(a != b for a, b in pairwise(lanes)),
        "reply_agent": 100 * who["reply", "agent"] / done["reply"], "reply_handler": 100 * who["reply", "handler"] / done["reply"],
        "returns": 100 * who["investigate", "returns desk"] / done["investigate"],
        "returns_hand_offs": 100 * sum("returns desk" in pair for pair in passes) / len(passes),
        "runs_fitness": 100 * fits / len(closed), "runs_lost": len(closed) - fits,
    })  # fmt: skip
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(found)


def test_what_is_said_in_words_is_true(made, traces):
    found, shared = made
    # "The other four out of five", "about one in five", and that it is the most frequent way of all.
    assert 17 <= found["wall_fitness"] <= 23
    counts = Counter(" ".join(activity for activity, _ in trace) for trace in traces)
    assert counts.most_common(1)[0][0] == WALL
    # "Most rows are clear. Two are not."
    done = Counter(activity for trace in traces for activity, _ in trace)
    roles = defaultdict(set)
    for trace in traces:
        for activity, role in trace:
            roles[activity].add(role)
    assert {activity for activity in done if len(roles[activity]) > 1} == {"reply", "investigate"}
    # The first reply is the agent's, the others the handler's.
    for trace in traces:
        replies = [role for activity, role in trace if activity == "reply"]
        assert replies[0] == "agent" and set(replies[1:]) <= {"handler"}
    # "Fits nearly every case and says nothing", "all of its ways are really gone".
    rows = shared["rows"]
    fitness = {name: int(row["Fitness"].rstrip("%")) for name, row in rows.items()}
    precision = {name: int(row["Precision"].rstrip("%")) for name, row in rows.items()}
    assert fitness["Anything goes"] >= 98 and precision["Anything goes"] <= 40
    assert fitness["As it runs"] >= 95 and precision["As it runs"] == 100 and precision["The wall"] == 100
    # Seven steps, each of which may follow each; of these the share that follow each other in 2% of closed cases; and the first arrow.
    words = shared["words"]
    closed = [
        [activity for activity, _ in trace] for trace in traces if any(activity == "confirm" for activity, _ in trace)
    ]
    pairs = {("receive", "log"), *((a, b) for a in words for b in words)}
    seen = {pair for pair in pairs if sum(pair in set(pairwise(trace)) for trace in closed) >= 0.02 * len(closed)}
    assert precision["Anything goes"] == round(100 * len(seen) / len(pairs))


def test_the_quiz_about_the_reply_has_the_log_s_shares(made):
    found, _ = made
    quiz = yaml.safe_load(PAGE.with_suffix(".quiz.yml").read_text("utf-8"))
    ask = next(question["ask"] for question in quiz["questions"] if question["id"] == "two-tasks")
    assert f"{found['reply_agent']:.0f}% by agents and {found['reply_handler']:.0f}% by handlers" in ask
