"""The case of planning One Owner at West: what is planted holds, counted again from the CSV files and by networkx."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from cslearn.exercises.exercise import read
from cslearn.methods import plans, risks
from cslearn.northfold import kpi_daily, planning
from cslearn.northfold.case import case
from cslearn.problem import Problem

ROOT = Path(__file__).parents[2]
BRIEFS = 250


def some_weeks(seed):
    return np.round(np.random.default_rng(seed).normal(5.4, 0.9, 25), 1).tolist()


@pytest.fixture(scope="module")
def briefs():
    return [planning.brief(seed, some_weeks(seed)) for seed in range(BRIEFS)]


def columns(brief):
    return {card["id"]: card for card in brief.facts["tasks"]}


def test_same_seed_same_brief(briefs):
    again = planning.brief(3, some_weeks(3))
    assert (again.facts, again.planted) == (briefs[3].facts, briefs[3].planted)
    assert len({str(brief.facts) for brief in briefs}) == BRIEFS
    assert max(brief.draws for brief in briefs) < 40


def test_the_chain_of_what_is_needed_fits_between_the_peak_and_easter_with_a_week_to_spare(briefs):
    for brief in briefs:
        cards, needed, facts = columns(brief), brief.planted["needed"], brief.facts
        # From the first day on which agents may be trained: networkx's longest way to the roll-out.
        graph = nx.DiGraph()
        for id in needed:
            for other in cards[id]["needs"]:
                if other in needed:
                    graph.add_edge(other, id, weeks=cards[other]["weeks"])
        felt = graph.subgraph([id for id in nx.ancestors(graph, "T16") if cards[id]["felt"] or id == "T13"] + ["T16"])
        peak = max(facts["blocked"]["winter peak"])
        soonest = peak + 1 + nx.dag_longest_path_length(felt, "weeks")
        first, last = facts["go_live_weeks"]
        assert first <= soonest <= brief.planted["earliest_go_live"] <= last - 1
        assert brief.planted["earliest_go_live"] + cards["T16"]["weeks"] < min(facts["blocked"]["Easter sale"])
        assert brief.planted["weeks_to_spare"] == last - brief.planted["earliest_go_live"]


def test_every_shortcut_breaks_something(briefs):
    for brief in briefs:
        cards, facts, needed = columns(brief), brief.facts, brief.planted["needed"]
        has = {row["role"]: row["hours_week"] for row in facts["roles"]}
        blocked = {week for weeks in facts["blocked"].values() for week in weeks}
        hurried = planning.as_early_as_it_goes(facts, needed)
        by_week = {}
        for task in hurried:
            for week in range(task.start, task.start + task.weeks):
                by_week[task.owner, week] = by_week.get((task.owner, week), 0) + task.hours / task.weeks
        assert any(hours > has[role] + 1e-9 for (role, _), hours in by_week.items())
        assert any(cards[t.id]["felt"] and blocked & set(range(t.start, t.start + t.weeks)) for t in hurried)
        # The systems specialist can do one of the two tasks in a week, and not both.
        each = [cards[id]["hours_likely"] / cards[id]["weeks"] for id in ("T3", "T5")]
        assert max(each) <= has["systems"] < sum(each)
        likely = {id: card["cost_likely"] for id, card in cards.items()}
        total = sum(likely[id] for id in needed)
        assert 1.04 * total <= facts["budget_gbp"] <= 1.16 * total < sum(likely.values()) / 1.2
        # At everyone's highest figure the needed tasks would not do.
        assert sum(cards[id]["cost_high"] for id in needed) > facts["budget_gbp"]


def test_five_tasks_are_not_needed_and_one_of_them_is_there_already(briefs):
    seen = set()
    for brief in briefs:
        needed, needless = brief.planted["needed"], brief.planted["needless"]
        assert sorted(needed + needless) == sorted(planning.TASKS) and len(needless) == 5
        (done,) = set(needless) & {"T6", "T7"}
        assert {"T6": "course for coaches", "T7": "refund template"}[done] in brief.facts["already_there"]
        # What is needed has every kind of task that a change needs.
        assert {planning.TASKS[id].kind for id in needed} == set(plans.KINDS)
        # Nothing that is needed waits for what is not, except for what is there already.
        assert not {other for id in needed for other in planning.TASKS[id].needs} & (set(needless) - {done})
        seen.add(done)
    assert seen == {"T6", "T7"}


def test_cards_are_sound(briefs):
    for brief in briefs:
        for card in brief.facts["tasks"]:
            assert card["hours_low"] <= card["hours_likely"] <= card["hours_high"]
            assert 0 < card["cost_low"] <= card["cost_likely"] <= card["cost_high"] and card["cost_likely"] % 50 == 0
            assert set(card["who"]) <= set(planning.ROLES) and card["weeks"] >= 1
            # What the library says of a task does not tell whether it is needed.
            assert "need" not in card["what"].lower().split()
    kinds = {"train": True, "pilot": True, "rollout": True}
    for id, card in planning.TASKS.items():
        assert card.felt == (kinds.get(card.kind, False) and id != "T6")


def test_how_often_too_many_are_away_is_clear_of_every_band(briefs):
    bands = []
    for seed, brief in enumerate(briefs):
        weeks, line, times = some_weeks(seed), brief.facts["absence_above_pct"], brief.planted["absence_weeks"]
        assert sum(week > line for week in weeks) == times
        band = {risks.frequency_band(times + slip, len(weeks)) for slip in (-1, 0, 1) if times + slip >= 0}
        assert len(band) == 1
        bands += band
        assert f"{line:g}%" in next(card["what"] for card in brief.facts["cards"] if card["card"] == "R3")
    assert set(bands) == {1, 2, 3, 4} and max(map(bands.count, set(bands))) < 0.5 * BRIEFS
    with pytest.raises(Problem, match="all alike"):
        planning.brief(1, [5.0] * 25)


# ---- against the published files --------------------------------------------------------------


def rows_of(name):
    with (ROOT / "datasets" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_weeks_of_west_agree_with_pandas():
    days = pd.read_csv(ROOT / "datasets" / "kpi_daily.csv", parse_dates=["date"])
    west = days[(days["site"] == "West") & days["date"].between("2024-06-03", "2024-11-24")].set_index("date")
    weeks = west.groupby(pd.Grouper(freq="W-MON", label="left", closed="left"))
    wanted = pd.DataFrame({
        "complaints_opened": weeks["complaints_opened"].sum(),
        "backlog": weeks["backlog"].last(),
        "abandoned_pct": 100 * weeks["abandoned"].sum() / weeks["offered"].sum(),
        "answered_20s_pct": 100 * weeks["within_20s"].sum() / weeks["offered"].sum(),
        "aht_s": weeks.apply(lambda part: np.average(part["aht_s"].dropna(), weights=part.loc[part["aht_s"].notna(), "answered"])),
        "fcr_pct": weeks.apply(lambda part: np.average(part["fcr_pct"].dropna(), weights=part.loc[part["fcr_pct"].notna(), "answered"])),
        "absence_pct": weeks["absence_pct"].mean(), "qa_score": weeks["qa_score"].mean(),
    })  # fmt: skip
    found = pd.DataFrame(planning.weekly(case("plan-the-change").tables["kpi_daily"])).set_index("week")
    assert list(found.index) == [day.strftime("%Y-%m-%d") for day in wanted.index] and len(found) == 25
    for name in planning.MEASURES:
        near = 0.51 if name == "aht_s" else 0.0501
        assert np.allclose(found[name], wanted[name], atol=near), name


def test_the_quick_way_to_the_absence_is_the_published_one():
    for number in (0, 1, 2, 3):
        own = case("plan-the-change", practice=number)
        quick = kpi_daily.absent(own.telling.story, planning.SITE, *planning.ORDINARY)
        weeks = planning.weekly(own.tables["kpi_daily"])
        assert quick == [week["absence_pct"] for week in weeks]
        away = sum(week > own.facts["absence_above_pct"] for week in quick)
        assert away == own.planted["absence_weeks"] and len(quick) == own.planted["ordinary_weeks"]


def test_each_history_can_be_counted_from_what_a_learner_gets():
    own = case("plan-the-change", practice=2)
    found = planning.history(own)
    minutes = own.documents["minutes"]["2024-09-03"]
    word = re.search(r"on strike in (\w+) of the last eight quarters", minutes)[1]
    assert found["R1"] == ({"one": 1, "two": 2, "three": 3}[word], 8)
    log = [row for row in rows_of("decisions.csv") if row["kind"] == "action" and row["due"] <= "2024-12-01"]
    late = [row for row in log if not row["done"] or row["done"] > row["due"]]
    assert planning.history(case("plan-the-change"))["R2"] == (len(late), len(log)) == (14, 26)
    assert found["R3"] == (own.planted["absence_weeks"], 25)
    # One action is due after the plan begins; counting it as late would be wrong.
    assert len([row for row in rows_of("decisions.csv") if row["kind"] == "action"]) == len(log) + 1


def test_the_weeks_of_the_plan_are_those_of_the_calendar():
    assert planning.monday_of(1).weekday() == 0
    first, last = planning.GO_LIVE_WEEKS
    assert planning.monday_of(first) == date(2025, 3, 3) and planning.monday_of(last) == date(2025, 3, 31)
    assert planning.week_of(date(2025, 3, 9)) == first and planning.week_of(planning.WEEK_ONE) == 1
    # The decision that sets the date, as the log has it; and Easter Sunday of 2025.
    assert any("West follows in March 2025" in row["text"] for row in rows_of("decisions.csv"))
    for easter in (19, 20):
        assert date(2025, 4, 20) - planning.monday_of(easter) < timedelta(weeks=2)


# ---- what the notebook shows -------------------------------------------------------------------


def test_hours_by_week_is_a_calculator_for_learners():
    facts = case("plan-the-change").facts
    cards = {card["id"]: card for card in facts["tasks"]}
    table = planning.hours_by_week(
        facts,
        [
            {"id": "T3", "owner": "systems", "start": 2},
            {"id": "T5", "owner": "systems", "start": 4, "weeks": 4, "hours": 20},
        ],
    )
    each = cards["T3"]["hours_likely"] / 4
    assert table.loc["Systems specialist", "week 2"] == pytest.approx(each, abs=0.051)
    assert table.loc["Systems specialist", "week 5"] == pytest.approx(each + 5, abs=0.051)
    assert table.loc["Systems specialist", "week 7"] == 5
    assert table.loc["Systems specialist", "has"] == planning.capacity_of(facts)["systems"]
    for rows, says in (
        ([{"id": "T33", "owner": "lead", "start": 1}], "no task 'T33'"),
        ([{"id": "T3", "owner": "boss", "start": 1}], "no role 'boss'"),
        ([{"id": "T3", "owner": "lead"}], "start of task T3.0 must be a whole number"),
    ):
        with pytest.raises(Problem, match=says):
            planning.hours_by_week(facts, rows)
    assert planning.hours_by_week(facts, []).empty


def test_tables_for_people_hold_every_card():
    own = case("plan-the-change")
    assert list(planning.readable_tasks(own.facts).index) == list(planning.TASKS)
    assert list(planning.readable_risks(own.facts).index) == list(planning.RISKS)
    assert list(planning.readable_roles(own.facts).index) == list(planning.ROLES.values())
    assert len(planning.readable_weeks(own.tables["kpi_daily"])) == 25


def test_the_forms_choices_are_the_library_s():
    exercise = read("plan-the-change")
    plan = exercise.task("plan").schema["properties"]["tasks"]["items"]["properties"]
    assert plan["id"]["x-choices"] == {card.id: card.name for card in planning.TASKS.values()}
    assert plan["owner"]["x-choices"] == planning.ROLES
    own = exercise.task("plan").schema["properties"]["own_tasks"]["items"]["properties"]
    assert set(own["kind"]["enum"]) == set(plans.KINDS)
    risk = exercise.task("risks").schema["properties"]["risks"]["items"]["properties"]
    assert risk["card"]["x-choices"] == {card.id: card.name for card in planning.RISKS.values()}
    assert risk["contingency"]["x-choices"] == planning.CONTINGENCIES
    assert risk["category"]["x-choices"] == planning.CATEGORIES
    assert risk["owner"]["x-choices"] == planning.ROLES
    measures = risk["trigger"]["properties"]["measure"]["x-choices"]
    assert measures == {m.name: f"{m.label} ({m.unit})" for m in planning.MEASURES.values()}


def test_each_card_of_risk_can_be_answered():
    for card in planning.RISKS.values():
        assert card.answers and set(card.answers) <= set(planning.CONTINGENCIES)
        assert card.shows_in and set(card.shows_in) <= set(planning.MEASURES)
        assert set(card.categories) <= set(planning.CATEGORIES)
        assert not card.people or "people" in card.categories
    # A meeting and a good word act on nothing.
    used = {answer for card in planning.RISKS.values() for answer in card.answers}
    assert set(planning.CONTINGENCIES) - used == {"meeting", "try_harder"}
