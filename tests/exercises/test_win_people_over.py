"""CM3 part by part: what each slip costs and is told, and that the model answer and the solution fit practice case 0."""

import copy
import csv
import random
import re
from pathlib import Path
from statistics import fmean

import pytest
from breaking import broken

from cslearn.exercises import exercise as files
from cslearn.exercises.answers import tidy
from cslearn.exercises.check import mark_answer
from cslearn.exercises.personas import win_people_over as recipes
from cslearn.exercises.rules.win_people_over import concerns, plan
from cslearn.exercises.shown import shown
from cslearn.northfold.case import case

EXERCISE = files.read("win-people-over")
BOOK = case("win-people-over")
ROOT = Path(__file__).parents[2]


def planned(**changes):
    answer = copy.deepcopy(recipes.plan_expert(BOOK, None)) | changes
    return {part.name: part for part in plan(answer, BOOK).parts}


def replied(change=None):
    answer = copy.deepcopy(recipes.concerns_expert(BOOK, None))
    if change:
        change(answer["c"])
    award = concerns(answer, BOOK)
    return {part.name: part for part in award.parts}, award


# ---- the grid -------------------------------------------------------------------------------


def test_each_stakeholder_is_a_ninth_of_which_the_stance_is_a_third():
    places = copy.deepcopy(recipes.plan_expert(BOOK, None)["stake"])
    places["S1"]["stance"] = "against"
    part = planned(stake=places)["stakeholders"]
    assert part.marks == pytest.approx(1.5 - 1.5 / 27)
    who = next(one["who"] for one in BOOK.facts["stakeholders"] if one["id"] == "S1")
    shows = BOOK.planted["stakeholders"]["S1"]["shows"]["stance"]
    assert f'S1, {who}: "{shows}" That is somebody who is for it.' in part.sentence
    places["S1"]["interest"] = None
    part = planned(stake=places)["stakeholders"]
    assert part.marks == pytest.approx(1.5 - 1.5 / 9)
    places = {id: dict.fromkeys(place) for id, place in places.items()}
    assert planned(stake=places)["stakeholders"].marks == 0


def test_a_wrong_side_is_answered_with_the_fact_that_shows_it():
    places = copy.deepcopy(recipes.plan_expert(BOOK, None)["stake"])
    places["S5"]["power"] = "lo"
    part = planned(stake=places)["stakeholders"]
    assert BOOK.planted["stakeholders"]["S5"]["shows"]["power"] in part.sentence and "shows high power" in part.sentence
    assert part.marks == pytest.approx(1.5 * (9 - 2 / 3) / 9)


# ---- barriers and messages --------------------------------------------------------------------


def test_a_barrier_is_half_a_mark_and_each_kind_of_slip_has_its_words():
    # The book: team A lacks Desire, B Awareness, C Ability.
    assert BOOK.planted["barriers"] == {"teamA": "D", "teamB": "A", "teamC": "Ab"}

    def said(**labels):
        return planned(barrier=BOOK.planted["barriers"] | labels)["barriers"]

    assert said().marks == 1.5
    part = said(teamA="R")
    assert part.marks == 1 and part.error == "lowest mean taken for the barrier"
    assert part.sentence.startswith("Team A scores 2.7 on Desire. Reinforcement is lower still")
    assert "Ability stands at 3.3, which is above 3.0" in said(teamA="Ab").sentence
    assert (
        said(teamA="K").sentence
        == "Team A scores 2.7 on Desire, which comes before Knowledge in the order A, D, K, Ab, R."
    )
    assert "Name the barrier of each team" in said(teamB=None).sentence
    assert planned(barrier=dict.fromkeys(["teamA", "teamB", "teamC"], "D"))["barriers"].marks == 0


def messages(change):
    rows = copy.deepcopy(recipes.plan_expert(BOOK, None)["msgs"])
    change(rows)
    return planned(msgs=rows)


def test_messages_follow_the_learner_s_own_reading_if_two_of_three_are_right():
    labels = BOOK.planted["barriers"] | {"teamC": "K"}
    rows = recipes._messages(BOOK, labels)
    assert planned(barrier=labels, msgs=rows)["first_messages"].marks == 1
    # With one right reading they are judged by the case.
    labels = {"teamA": "K", "teamB": "A", "teamC": "K"}
    found = planned(barrier=labels, msgs=recipes._messages(BOOK, labels))["first_messages"]
    assert found.marks == pytest.approx(1 / 3) and found.error == "training for a missing desire"
    assert "Team A scores 2.7 on Desire, and first hears about Knowledge." in found.sentence


def test_incomplete_rows_do_not_count_and_are_said():
    def cut(rows):
        rows[-1]["sender"] = None

    found = messages(cut)
    # The last message was in week 7: without it week 4 is the last, and a gap opens.
    assert found["throughout"].marks == pytest.approx(0.75)
    assert "1 row is not complete and did not count" in found["throughout"].sentence
    assert found["throughout"].misconception == "CMm5"
    nothing = messages(lambda rows: [row.update(week=None) for row in rows])
    assert all(nothing[name].marks == 0 for name in ("first_messages", "order", "throughout"))
    assert "No message is complete" in nothing["order"].sentence


def test_a_short_plan_counts_in_part():
    found = messages(
        lambda rows: rows.__setitem__(slice(None), [r for r in rows if r["to"] in ("leaders", "teamA", "customers")])
    )
    assert found["order"].marks == pytest.approx(3 / 6)
    assert "With 3 complete messages this is not yet a plan" in found["order"].sentence


def test_two_way_needs_a_channel_that_can_hear():
    def posters(rows):
        for row in rows:
            if row["to"].startswith("S"):
                row["channel"] = "poster"

    part = messages(posters)["throughout"]
    assert part.marks == pytest.approx(0.75) and "Nobody can answer a poster" in part.sentence
    opponents = recipes._opponents(BOOK)
    who = next(one["who"] for one in BOOK.facts["stakeholders"] if one["id"] == opponents[0])
    assert f"{opponents[0]} ({who}) could stop the change" in part.sentence


def test_whom_to_listen_to_goes_by_the_learner_s_own_grid_if_half_of_it_is_right():
    places = copy.deepcopy(recipes.plan_expert(BOOK, None)["stake"])
    one, other = recipes._opponents(BOOK)
    places[other]["stance"] = "neutral"
    rows = [row for row in recipes.plan_expert(BOOK, None)["msgs"] if row["to"] != other]
    assert planned(stake=places, msgs=rows)["throughout"].marks == 1
    # Who says that nobody is against it is held to the case.
    places[one]["stance"] = "neutral"
    assert planned(stake=places, msgs=rows)["throughout"].marks == pytest.approx(0.875)


def test_the_tutor_sees_one_sender_a_crowd_and_the_case_s_own_reading():
    answer = recipes.plan_expert(BOOK, None)
    for row in answer["msgs"]:
        row["sender"] = "hr"
    answer["msgs"] += [dict(answer["msgs"][-1], to="agents", week=1) for _ in range(4)]
    award = plan(answer, BOOK)
    assert any("same sender (hr)" in flag for flag in award.flags)
    assert any("gets 5 messages in week 1" in flag for flag in award.flags)
    opponents = ", ".join(recipes._opponents(BOOK))
    (line,) = award.evidence
    assert (
        f"High power and against it: {opponents} (the case: {opponents})" in line
        and "A D (D), B A (A), C Ab (Ab)" in line
    )
    assert award.marks == 6


# ---- concerns ---------------------------------------------------------------------------------


def test_types_and_replies_are_a_quarter_each_and_a_wrong_decision_takes_a_quarter():
    truth = BOOK.planted["comments"]
    objections = [id for id, true in truth.items() if true["change_plan"]]
    plain = next(id for id in truth if id not in objections)
    assert replied()[1].marks == 4

    found, award = replied(lambda c: c[plain].update(change_plan=True))
    assert award.marks == 3.75 and f"{plain}: here a reply is enough" in found["replies"].sentence
    found, award = replied(lambda c: c[objections[0]].update(change_plan=None))
    assert award.marks == 3.75 and f"{objections[0]} " in found["replies"].sentence
    found, award = replied(lambda c: c[plain].update(type="P"))
    assert award.marks == 3.75 and "7 of 8 are right" in found["types"].sentence
    # A card that is left alone costs its own half mark, whatever it is about.
    _, award = replied(lambda c: c[objections[0]].update(dict.fromkeys(("type", "reply", "change_plan"))))
    assert award.marks == 3.5


@pytest.mark.parametrize("fault", ["tone", "promise", "sorry", "broadcast", "false"])
def test_each_fault_of_a_reply_is_named(fault):
    for number in range(20):
        own = case("win-people-over", practice=number)
        truth = own.planted["comments"]
        found = [(id, letter) for id, true in truth.items() for letter, kind in true["faults"].items() if kind == fault]
        if not found:
            continue
        id, letter = found[0]
        answer = recipes.concerns_expert(own, None)
        answer["c"][id]["reply"] = letter
        part = next(part for part in concerns(answer, own).parts if part.name == "replies")
        words = {"tone": "no name and no date", "promise": "law or the plan does not allow", "sorry": "sorry for the feeling",
                 "broadcast": "a notice to everyone", "false": "the log of actions contradicts"}[fault]  # fmt: skip
        assert part.marks == 1.75 and f"{id}: reply {letter} " in part.sentence and words in part.sentence
        return
    raise AssertionError(f"no card of twenty cases has a reply with the fault {fault}")


def test_a_missed_adjustment_names_the_law():
    adjusted = next(id for id, true in BOOK.planted["comments"].items() if true["adjustment"])
    found, _ = replied(lambda c: c[adjusted].update(change_plan=False))
    assert "reasonable adjustment is a duty (Equality Act 2010, sections 20, 29 and 39)" in found["replies"].sentence


def test_the_tutor_sees_whose_objection_was_heard():
    (line,) = replied()[1].evidence
    truth = ", ".join(id for id, true in BOOK.planted["comments"].items() if true["change_plan"])
    assert line == f"Would change the plan for {truth} (the case: {truth}); 8 of 8 replies right."


# ---- robust -----------------------------------------------------------------------------------


@pytest.mark.parametrize("task", ["plan", "concerns"])
def test_broken_answers_are_marked_and_never_raise(task):
    schema = EXERCISE.task(task).schema
    rng = random.Random(task)
    expert = getattr(recipes, f"{task}_expert")(BOOK, rng)
    junk = [None, "x", -1, 3.5, True, [], {}, "S1", 99, "hi"]

    for _ in range(150):
        answer = broken(expert, rng, junk)
        award = mark_answer(EXERCISE, task, answer, BOOK)
        assert 0 <= award.marks <= award.maximum
        assert all(part.marks >= 0 and part.sentence for part in award.parts)
        tidy(answer, schema)


# ---- what the book has ------------------------------------------------------------------------


def test_the_model_answer_s_figures_are_those_of_practice_case_0():
    text = " ".join(EXERCISE.task("message").model_answer.split())
    team = BOOK.facts["teams"]["A"]
    with (ROOT / "datasets" / "staff_survey.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["wave"] == "1" and row["team"] == str(team)]
    answered = [row for row in rows if row["morale"]]

    def mean(element):
        return fmean(int(row[f"{element}{n}"]) for row in answered for n in (1, 2))

    assert text.startswith(f"To team {team}:") and BOOK.planted["barriers"]["teamA"] == "D"
    assert f"Desire stood at {mean('D'):.1f} in the June survey, and {len(answered)} of {len(rows)} answered." in text
    assert f"Knowledge, at {mean('K'):.1f}," in text
    comments = " ".join(row["comment"] for row in rows)
    assert "for the same pay" in comments.lower() and "they showed us the figures twice" in comments
    assert "were thanked for our input" in comments
    low, high = EXERCISE.task("message").words
    assert low <= len(text.split()) <= high
    message = EXERCISE.task("message").model_answer.split("How I shall know")[0]
    assert len(message.split()) <= 180


def test_the_page_shows_all_that_a_learner_needs_and_nothing_of_the_truth():
    told = shown(BOOK)
    tables = told["tables"]
    assert {table.get("task", "") for table in tables.values()} == {"", "plan", "concerns", "message"}
    assert len(tables["stakeholders"]["rows"]) == 9 and len([name for name in tables if name.startswith("card_")]) == 8
    # What is shown is enough: the barriers can be worked out from the statements.
    for place, team in enumerate("ABC", start=1):
        figures = [float(row[place]) for row in tables["statements"]["rows"][:10]]
        halves = [(figures[n] + figures[n + 1]) / 2 for n in range(0, 10, 2)]
        first = next(name for name, mean in zip(("A", "D", "K", "Ab", "R"), halves, strict=True) if mean <= 3.0)
        assert first == BOOK.planted["barriers"][f"team{team}"]
    text = str(told)
    assert not re.search(r"change_plan|'faults'|'shows'", text)
    # Nothing from after the day on which the plan is written.
    assert not re.search(r"\b3 September|\b12 November 2024|2024-09-03", text)
