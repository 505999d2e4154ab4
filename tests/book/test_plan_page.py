"""The figures of the lesson on the plan, worked out again from the CSV files and by networkx."""

import re
from datetime import date, timedelta
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
import yaml
from page_cells import rows_of, run_cells

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "change" / "the-plan.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    """What the page's cells put into the text, and the names that they leave."""
    return run_cells(PAGE)


def test_the_chain_is_networkx_s_longest_way(made):
    found, shared = made
    draft = {task.id: task for task in shared["DRAFT"]}
    graph = nx.DiGraph([(other, id) for id, task in draft.items() for other in task.after])
    graph.add_edges_from(("start", id) for id in draft)
    nx.set_edge_attributes(graph, {(a, b): draft[b].weeks for a, b in graph.edges}, "weeks")
    longest = nx.dag_longest_path(graph, "weeks")[1:]
    assert found["chain_weeks"] == sum(draft[id].weeks for id in longest) == 17
    assert found["chain"] == ", ".join(longest[:-1]) + " and " + longest[-1]
    assert found["draft_end"] == max(t.start + t.weeks - 1 for t in draft.values()) < found["chain_weeks"]
    assert found["draft_sum"] == sum(t.weeks for t in draft.values())
    # "It has ten lines", "Eleven weeks".
    assert len(draft) == 10 and found["draft_end"] == 11


def test_each_fault_of_the_draft_is_there(made):
    found, shared = made
    draft = {task.id: task for task in shared["DRAFT"]}
    ends = {id: task.start + task.weeks for id, task in draft.items()}
    early = sum(task.start < ends[other] for task in draft.values() for other in task.after)
    hours: dict = {}
    for task in draft.values():
        for week in range(task.start, ends[task.id]):
            hours[task.owner, week] = hours.get((task.owner, week), 0) + task.hours / task.weeks
    over = sum(amount > shared["has"][role] for (role, _), amount in hours.items())
    felt = [t for t in draft.values() if t.kind in ("train", "pilot", "rollout")]
    clash = sum(bool(set(range(t.start, ends[t.id])) & shared["blocked"]) for t in felt)
    # Late baseline, early decision, early roll-out; one silence; no win.
    assert found["faults"] == early + over + clash + 3 + 1 + 1
    assert (early, over, clash) == (5, 3, 2) and found["failed"] == 6
    assert found["live"] == draft["I"].start < found["reports"] == ends["F"] - 1
    assert draft["A"].start >= draft["F"].start


def test_the_repair_keeps_every_promise(made):
    found, shared = made
    tasks = {task.id: task for task in shared["repaired"]}
    ends = {id: task.start + task.weeks for id, task in tasks.items()}
    assert all(task.start >= ends[other] for task in tasks.values() for other in task.after)
    assert found["repaired_live"] == tasks["I"].start and found["repaired_end"] == ends["L"] - 1
    assert found["repaired_cost"] == sum(t.cost for t in tasks.values()) <= found["budget"]
    assert found["spare_weeks"] == found["last"] - tasks["I"].start == 2 and found["last"] == 18
    # The last week of March 2025 that begins in March, counted from 2 December 2024.
    assert date(2024, 12, 2) + timedelta(weeks=found["last"] - 1) == date(2025, 3, 31)
    assert set(tasks) - {task.id for task in shared["DRAFT"]} == {"J", "K"}
    assert found["peak_last"] == max(week for week in shared["blocked"] if week < 12)


def test_the_peak_is_the_record_s(made):
    found, _ = made
    west = [row for row in rows_of("kpi_daily.csv") if row["site"] == "West"]

    def span(first, last):
        days = [row for row in west if first <= row["date"] <= last]
        calls, lost = (sum(int(row[name]) for row in days) for name in ("offered", "abandoned"))
        return calls, 100 * lost / calls

    # Eight weeks at full height, and the 25 weeks from June to Black Friday.
    peak, peak_lost = span("2023-11-27", "2024-01-21")
    calm, calm_lost = span("2024-06-03", "2024-11-24")
    assert found["peak_calls"] == pytest.approx(peak / 8) and found["calm_calls"] == pytest.approx(calm / 25)
    assert found["more_calls"] == pytest.approx(100 * (peak / 8) / (calm / 25) - 100) and found["more_calls"] > 30
    assert found["peak_lost"] == pytest.approx(peak_lost) and found["calm_lost"] == pytest.approx(calm_lost)
    assert peak_lost > calm_lost


def test_likelihoods_are_counted_from_the_records(made):
    found, shared = made
    minutes = (ROOT / "datasets" / "minutes" / "2024-09-03.md").read_text(encoding="utf-8")
    assert "in three of the last eight quarters" in minutes
    assert (found["quarters"], found["strike_share"], found["strike_band"]) == (3, 37.5, 3)
    hours: dict = {}
    kept: dict = {}
    for row in rows_of("qa_followup.csv"):
        if row["month"] >= "2024-06-01":
            hours.setdefault(row["team"], []).append(float(row["coaching_hours"]))
        for name, first, last in (("spring", "2024-03-01", "2024-05-01"), ("autumn", "2024-09-01", "2024-11-01")):
            if first <= row["month"] <= last:
                sums = kept.setdefault((row["team"], name), [0.0, 0])
                sums[0] += float(row["adherence_pct"]) * int(row["calls_checked"])
                sums[1] += int(row["calls_checked"])
    stopped = [team for team, monthly in hours.items() if np.mean(monthly) < 1]
    share = {key: done / calls for key, (done, calls) in kept.items()}
    fell = [team for team in stopped if share[team, "autumn"] < share[team, "spring"] - 5]
    assert (found["stopped"], found["fell"]) == (len(stopped), len(fell)) == (4, 4)
    # One day without telephones in eight quarters; the table is sorted, highest score first.
    assert [row[1] for row in shared["ranked"]] == [
        "4 of 4 teams",
        "3 of 8 quarters",
        "no record: judged",
        "1 of 8 quarters",
    ]
    scores = [row[2] * row[3] for row in shared["ranked"]]
    assert scores == sorted(scores, reverse=True) == [20, 12, 12, 6]


def test_the_triggers_are_tried_on_the_weeks_of_the_file(made):
    found, shared = made
    monday_of: dict = {}
    for row in rows_of("kpi_daily.csv"):
        if row["site"] == "West":
            day = date.fromisoformat(row["date"])
            monday_of[day - timedelta(days=day.weekday())] = int(row["backlog"])  # the last day's stays
    weeks = [value for monday, value in monday_of.items() if date(2024, 6, 3) <= monday <= date(2024, 11, 18)]
    strikes = [monday_of[monday] for monday in (date(2023, 9, 11), date(2023, 11, 6), date(2024, 2, 5))]
    mean, reach = np.mean(weeks), 2.66 * np.abs(np.diff(weeks)).mean()
    assert found["ordinary"] == len(weeks) == 25
    assert found["open_mean"] == round(mean) and found["open_upper"] == round(mean + reach)
    assert found["mean_rate"] == pytest.approx(100 * np.mean([week > round(mean) for week in weeks]))
    assert max(weeks) <= found["open_upper"] < min(strikes)
    assert shared["open_cases"] == weeks and shared["in_strikes"] == strikes
    assert [row["Weeks of a strike"] for row in shared["ROWS"].values()] == ["3 of 3", "3 of 3", "0 of 3"]
    # The quiz asks with the same figures.
    quiz = yaml.safe_load(PAGE.with_suffix(".quiz.yml").read_text(encoding="utf-8"))
    asked = next(question for question in quiz["questions"] if question["id"] == "trigger")["ask"]
    assert f"around {round(found['open_mean'], -1)}" in asked and f"pass {found['open_upper']}" in asked


def test_every_figure_is_used_and_there(made):
    found, _ = made
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(found)
    assert not [name for name, value in found.items() if type(value).__module__ == "numpy"]
