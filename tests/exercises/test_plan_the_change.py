"""The rules of CM2, part by part: marks by hand, sentences that say where, nothing that raises, and the model answer's figures."""

import random
import re
from copy import deepcopy

import pytest

from cslearn.exercises import answers
from cslearn.exercises.check import mark_answer
from cslearn.exercises.exercise import read
from cslearn.exercises.personas import plan_the_change as people
from cslearn.exercises.shown import shown
from cslearn.northfold import planning
from cslearn.northfold.case import case
from cslearn.northfold.codes import learner_code

EXERCISE = read("plan-the-change")
BOOK = case("plan-the-change")
RNG = random.Random(1)


def planned(change=None, one=BOOK):
    """The expert's plan with something changed, marked: the award, and its parts by name."""
    answer = deepcopy(people.plan_expert(one, RNG))
    if change:
        change(answer, {row["id"]: row for row in answer["tasks"]})
    award = mark_answer(EXERCISE, "plan", answer, one)
    return award, {part.name: part for part in award.parts}


def registered(change=None, one=BOOK):
    answer = deepcopy(people.risks_expert(one, RNG))
    if change:
        change(answer, {row["card"]: row for row in answer["risks"]})
    award = mark_answer(EXERCISE, "risks", answer, one)
    return award, {part.name: part for part in award.parts}


# ---- the plan ---------------------------------------------------------------------------------


def test_a_sound_plan_is_told_so_in_every_part():
    award, parts = planned()
    assert award.marks == 7 and not award.misconceptions and not award.notes and not award.flags
    assert "waits are there" in parts["order"].sentence and "would survive a cut of 20%" in parts["budget"].sentence
    assert len(award.evidence) == 2 and "13 of the 13 tasks" in award.evidence[0]


def test_a_task_that_is_left_out_costs_its_share_of_every_part():
    # 12 of 13 tasks are there, and two do not count: 10 of 11. Nothing waits for the win but people.
    award, parts = planned(lambda answer, rows: answer["tasks"].remove(rows["T17"]))
    share = 10 / 11
    assert parts["hours"].marks == pytest.approx(share)
    assert parts["people"].marks == pytest.approx(0.5 * share) and parts["people"].misconception == "CMm5"
    assert "91% of the work" in parts["hours"].sentence
    # Half of people's mark is gone, and all of owners': the lead owns two tasks, and not three.
    assert parts["owners"].marks == 0 and award.marks == pytest.approx(5.5 * share, abs=0.006)


def test_a_task_that_is_not_needed_costs_as_much_as_one_left_out():
    def add(answer, rows):
        answer["tasks"].append(
            {**dict.fromkeys(rows["T1"]), "id": "T11", "start": 17, "owner": "lead", "priority": "should"}
        )

    award, parts = planned(add)
    assert parts["hours"].marks == pytest.approx(10 / 11)
    assert "West does not need T11 (Launch party)" in parts["people"].sentence
    assert award.flags == ("The plan has T11 (Launch party), which West does not need: is that argued?",)


def test_order_is_marked_link_by_link():
    _, parts = planned(lambda answer, rows: rows["T14"].update(after=None))
    links = len([1 for id in BOOK.planted["needed"] for n in planning.TASKS[id].needs if n in BOOK.planted["needed"]])
    assert parts["order"].marks == pytest.approx((links - 1) / links)
    assert "T14 (Train the other teams) needs T13 first" in parts["order"].sentence

    def early(answer, rows):
        rows["T18"]["start"] = rows["T16"]["start"]

    _, parts = planned(early)
    # A link that is broken is not kept, and costs one more.
    assert parts["order"].marks == pytest.approx((links - 2) / links)
    assert re.search(r"T18 \(Review\) starts in week \d+, but it waits for T16 \(Roll-out\)", parts["order"].sentence)

    def early_and_unsaid(answer, rows):
        early(answer, rows)
        rows["T18"]["after"] = None

    _, parts = planned(early_and_unsaid)
    assert parts["order"].marks == pytest.approx((links - 2) / links) and "the library says" in parts["order"].sentence


def test_one_week_a_little_over_is_half_a_mark():
    has = planning.capacity_of(BOOK.facts)["site_manager"]

    def little(answer, rows):
        rows["T13"]["hours"] = has * 1.08

    _, parts = planned(little)
    assert parts["hours"].marks == 0.5 and "only week" in parts["hours"].sentence
    _, parts = planned(lambda answer, rows: rows["T13"].update(hours=has * 1.2))
    assert parts["hours"].marks == 0 and "Site manager would need" in parts["hours"].sentence


def test_figures_below_the_library_s_are_counted_at_its_lowest_and_said():
    award, parts = planned(lambda answer, rows: rows["T3"].update(weeks=1, hours=2, cost=10))
    assert award.marks == 7
    said = " ".join(award.notes)
    assert "T3 takes 4 weeks at least" in said and "T3 cannot be had for less than" in said
    # Higher ones are the learner's own, and count.
    _, parts = planned(lambda answer, rows: rows["T3"].update(cost=BOOK.facts["budget_gbp"]))
    assert parts["budget"].marks == 0 and "more than the budget" in parts["budget"].sentence


def test_musts_must_survive_a_cut_and_hold_the_proof():
    for change, says in (
        (lambda a, rows: [row.update(priority="must") for row in a["tasks"]], "When everything is a must"),
        (lambda a, rows: rows["T12"].update(priority="should"), "T12 \\(Pilot with one team\\) is a should"),
        (lambda a, rows: rows["T2"].update(priority=None), "Say of T2 whether"),
    ):
        _, parts = planned(change)
        assert parts["budget"].marks == 0.7 and re.search(says, parts["budget"].sentence)


def test_blocked_weeks_and_march_count_apart():
    def peak(answer, rows):
        rows["T9"]["start"] = 1

    _, parts = planned(peak)
    assert parts["weeks"].marks == pytest.approx(0.4) and "It is the winter peak" in parts["weeks"].sentence

    def late(answer, rows):
        for id, start in (("T16", 22), ("T17", 22), ("T18", 25), ("T10", 16)):
            rows[id]["start"] = start

    _, parts = planned(late)
    assert parts["weeks"].marks == pytest.approx(0.6) and "starts in week 22" in parts["weeks"].sentence


def test_proof_is_two_thirds_decision_and_one_third_baseline():
    _, parts = planned(lambda answer, rows: rows["T1"].update(start=rows["T12"]["start"]))
    assert parts["proof"].marks == pytest.approx(2 / 3) and "no baseline" in parts["proof"].sentence
    _, parts = planned(lambda answer, rows: rows["T13"].update(start=rows["T12"]["start"]))
    assert parts["proof"].marks == pytest.approx(1 / 3) and parts["proof"].misconception == "PRm3"

    def no_rollout(answer, rows):
        answer["tasks"].remove(rows["T16"])

    _, parts = planned(no_rollout)
    assert parts["proof"].misconception == "PRm3" and "plan the roll-out" in parts["proof"].sentence


def test_owners_must_be_able_to():
    def swap(answer, rows):
        rows["T1"]["owner"] = "trainer"

    _, parts = planned(swap)
    assert parts["owners"].marks == pytest.approx(12 / 13)
    assert (
        "owned by the trainer" in parts["owners"].sentence
        and "reporting analyst or change lead (you)" in parts["owners"].sentence
    )

    def no_lead(answer, rows):
        for row in rows.values():
            row["owner"] = "team_leaders" if row["owner"] == "lead" else row["owner"]

    _, parts = planned(no_lead)
    assert parts["owners"].marks == 0 and parts["owners"].error == "no driver"


def test_tasks_of_one_s_own_count_where_they_should():
    def own_win(answer, rows):
        answer["tasks"].remove(rows["T17"])
        answer["own_tasks"].append({
            "id": "X1", "what": "Tea with the first customer who wrote to thank us", "kind": "win", "start": rows["T16"]["start"],
            "weeks": 1, "after": "T13", "owner": "lead", "priority": "should", "hours": 2, "cost": 40,
        })  # fmt: skip

    _, parts = planned(own_win)
    # The library's win is missing from the work, but people do see one.
    assert parts["people"].marks == pytest.approx(10 / 11) and parts["people"].misconception is None

    def unfinished(answer, rows):
        answer["own_tasks"].append({"id": "X2", "kind": "comms", "start": 3})

    award, _ = planned(unfinished)
    assert award.marks == 7 and "X2: without a start and an owner" in " ".join(award.notes)


def test_the_change_model_is_read_and_costs_nothing():
    for rows, says in (
        ([], "empty"),
        ([{"step": "K1", "tasks": "T1"}, {"step": "A2", "tasks": "T2"}], "more than one change model"),
        ([{"step": "K1", "tasks": "T1 T4"}], "step K1: T4 is not in your plan"),
        ([{"step": "K1", "tasks": None}], "step K1: no task"),
    ):
        award, _ = planned(lambda answer, _rows, rows=rows: answer.update(change_model=rows))
        assert award.marks == 7 and says in " ".join(award.notes)
    award, _ = planned()
    assert award.evidence[1] == "Change model: Kotter; 7 of 7 steps point to a task with a date."


# ---- the register -----------------------------------------------------------------------------


def test_a_sound_register_is_told_so_in_every_part():
    award, parts = registered()
    assert award.marks == 5 and not award.misconceptions
    assert "R2 4 (history: 4)" in award.evidence[0]


def test_a_likelihood_one_off_is_half_and_two_off_is_nothing():
    for off, marks in ((1, 1.25), (2, 1.0)):
        _, parts = registered(
            lambda a, rows, off=off: rows["R2"].update(likelihood=4 - off, score=(4 - off) * rows["R2"]["impact"])
        )
        assert parts["likelihood"].marks == pytest.approx(marks)
        assert "R2 (Promises not kept) has come true on 14 of 26 occasions, 54%" in parts["likelihood"].sentence


def test_two_people_risks_and_no_wrong_one():
    _, parts = registered(lambda a, rows: rows["R1"].update(category="people"))
    assert parts["people"].marks == 0.5 and "R1 (Courier strike) is not a risk of people" in parts["people"].sentence

    def fewer(answer, rows):
        for id in ("R2", "R6"):
            rows[id]["category"] = "process"

    _, parts = registered(fewer)
    assert parts["people"].marks == 0.5 and parts["people"].misconception == "CMm1"
    assert parts["people"].sentence.startswith("One of your risks is about people")


def test_a_trigger_in_46_percent_of_ordinary_weeks_is_told_so():
    weeks = sorted(week["backlog"] for week in planning.weekly(BOOK.tables["kpi_daily"]))
    value = weeks[-13]  # twelve or fewer of the 25 weeks lie above
    times = sum(week > value for week in weeks)

    def change(answer, rows):
        rows["R2"]["trigger"] = {"measure": "backlog", "op": ">", "value": value, "weeks": 1}

    _, parts = registered(change)
    assert parts["triggers"].marks == pytest.approx(2 / 3) and parts["triggers"].misconception == "CMm3"
    assert f"fires in {times} of 25 ordinary weeks, {times / 25:.0%}" in parts["triggers"].sentence


def test_a_trigger_must_show_its_own_risk():
    # A trigger on quality is sound by itself, and says nothing of promises.
    _, parts = registered(
        lambda a, rows: rows["R2"].update(trigger={"measure": "aht_s", "op": ">", "value": 388, "weeks": 1})
    )
    assert "would not show this risk" in parts["triggers"].sentence and parts["triggers"].misconception is None


def test_a_contingency_needs_an_owner_and_a_response():
    for field in ("owner", "response", "contingency"):
        _, parts = registered(lambda a, rows, field=field: rows["R5"].update({field: None}))
        assert parts["contingency"].marks == pytest.approx(5 / 6)
    _, parts = registered(lambda a, rows: rows["R5"].update(contingency="try_harder"))
    assert "'Ask everybody to try harder' does not act on this risk" in parts["contingency"].sentence


def test_sorting_matters():
    _, parts = registered(lambda a, rows: a["risks"].reverse())
    assert parts["scores"].marks == pytest.approx(0.25) and "highest score first" in parts["scores"].sentence


# ---- whatever is handed in ----------------------------------------------------------------------


def scribble(schema, rng, depth=0):
    """Anything that the shape allows, and a lot that it does not."""
    kind = schema.get("type")
    if rng.random() < 0.15:
        return rng.choice([None, "", "T1", 3, -2.5, True, [], {}, [None], {"a": 1}, "T1 T2,T3", 10**9])
    if kind == "object":
        return {
            name: scribble(field, rng, depth + 1) for name, field in schema["properties"].items() if rng.random() < 0.9
        }
    if kind == "array":
        return [scribble(schema["items"], rng, depth + 1) for _ in range(rng.randint(0, 9))]
    if "enum" in schema:
        return rng.choice(schema["enum"])
    if kind in ("integer", "number"):
        low, high = schema.get("minimum", -5), min(schema.get("maximum", 100), 100)
        return rng.randint(int(low), int(high))
    return rng.choice(["T1", "T2 T3", "X1", "T13, T12", "T99"])


@pytest.mark.parametrize("task", ["plan", "risks"])
def test_no_answer_of_any_shape_makes_the_rule_fail(task):
    rng = random.Random(7)
    schema = EXERCISE.task(task).schema
    for _ in range(300):
        award = mark_answer(EXERCISE, task, scribble(schema, rng), BOOK)
        assert 0 <= award.marks <= award.maximum
        assert all(
            part.sentence and part.sentence[0].isupper() and part.sentence.endswith((".", "?")) for part in award.parts
        )
    assert mark_answer(EXERCISE, task, answers.blank(schema), BOOK).marks == 0


def test_the_rules_need_no_pandas():
    import subprocess
    import sys

    program = (
        "import sys; from cslearn.exercises import page; page.get_ready('plan-the-change');"
        'page.reply(\'{"verb": "check", "exercise": "plan-the-change", "task": "risks", "answer": {"risks": [{"card": "R1"}]}}\');'
        "print('pandas' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


# ---- what is shown, and the model answer ----------------------------------------------------------


def test_the_page_shows_limits_people_tasks_cards_weeks_and_minutes():
    for one in (BOOK, case("plan-the-change", code=learner_code("NH007", "a salt"))):
        told = shown(one)
        said = " ".join(told["says"])
        assert (
            f"£{one.facts['budget_gbp']:,}" in said and "weeks 14 to 18" in said and one.facts["already_there"] in said
        )
        assert "2 December 2024" in said and "3 March 2025" in said
        tables = told["tables"]
        assert [len(tables[name]["rows"]) for name in ("roles", "library", "cards", "weeks", "actions")] == [
            6,
            18,
            12,
            25,
            27,
        ]
        texts = "\n".join(one.documents["minutes"].values())
        assert len(tables["minutes"]["rows"]) == len(re.findall(r"^\d+\. ", texts, re.M))
        for table in tables.values():
            assert all(len(row) == len(table["columns"]) for row in table["rows"])
            assert table.get("task") in (None, "plan", "risks")
        # Nothing that is hidden is shown.
        assert "needless" not in str(told) and "planted" not in str(told)


def test_the_model_answer_s_figures_are_those_of_practice_case_0():
    text = EXERCISE.task("note").model_answer
    cost = {card["id"]: card["cost_likely"] for card in BOOK.facts["tasks"]}
    solution: dict = {}
    for cell in EXERCISE.cells:
        if "answer" in cell.metadata:
            exec(cell.source, solution)
    musts = sum(cost[row["id"]] for row in solution["plan"]["tasks"] if row["priority"] == "must")
    total = sum(cost[row["id"]] for row in solution["plan"]["tasks"])
    small = sum(cost[id] for id in ("T10", "T17", "T18"))
    freed = sum(card["hours_likely"] for card in BOOK.facts["tasks"] if card["id"] in ("T5", "T7"))
    trigger = next(row["trigger"] for row in solution["risks"]["risks"] if row["card"] == "R5")
    assert trigger["measure"] == "fcr_pct" and trigger["op"] == "<"
    for figure in (
        f"leaves £{0.8 * BOOK.facts['budget_gbp']:,.0f}", f"my plan costs £{total:,}", f"musts take £{musts:,}",
        f"(£{cost['T5']:,})", f"(£{cost['T7']:,})", f"a plan of £{total - cost['T5'] - cost['T7']:,}", f"they cost £{small:,}",
        f"below {trigger['value']}% in a week", f"has {freed} hours free",
    ):  # fmt: skip
        assert figure in text, figure
    assert total - cost["T5"] - cost["T7"] <= 0.8 * BOOK.facts["budget_gbp"] and small < cost["T5"]
    owners = {row["id"]: row["owner"] for row in solution["plan"]["tasks"]}
    assert owners["T5"] == owners["T7"] == "systems"
    # The Returns desk has written four times by November 2024.
    minutes = BOOK.documents["minutes"]
    assert "A fourth note has come" in minutes["2024-11-12"]
    low, high = EXERCISE.task("note").words
    assert low <= len(text.split()) <= high
