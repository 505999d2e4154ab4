"""PR4 part by part: what each slip costs and is told, and that the model answer and the solution fit practice case 0."""

import copy
import math
import random
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from breaking import broken

from cslearn.exercises.answers import tidy
from cslearn.exercises.check import mark_answer
from cslearn.exercises.exercise import read
from cslearn.exercises.personas import put_it_into_practice as people
from cslearn.exercises.shown import shown
from cslearn.northfold import practice
from cslearn.northfold.case import case
from cslearn.northfold.codes import learner_code

EXERCISE = read("put-it-into-practice")
BOOK = case("put-it-into-practice")


def marked(task, change=None, one=BOOK):
    """The expert's answer with something changed, marked: the award, and its parts by name."""
    answer = copy.deepcopy(getattr(people, f"{task}_expert")(one, None))
    if change:
        change(answer)
    award = mark_answer(EXERCISE, task, answer, one)
    return award, {part.name: part for part in award.parts}


def trained(change=None):
    return marked("training", change)


def piloted(change=None, **pilot):
    def both(answer):
        answer["pilot"] |= pilot
        if change:
            change(answer)

    return marked("pilot", both)


# ---- training --------------------------------------------------------------------------------


def test_a_sound_plan_of_waves_is_told_so_in_every_part():
    award, parts = trained()
    assert award.marks == 4 and not award.misconceptions and not award.notes
    assert (
        "Everyone gets what they lack" in parts["needs"].sentence and "the lowest is" in parts["service_level"].sentence
    )


def test_what_people_lack_counts_by_heads_and_hours():
    # The book: 13 people, of whom 3 are new.
    people_in_need = sum(need["heads"] for need in BOOK.facts["needs"])
    assert people_in_need == 13

    def forget_the_new(answer):
        answer["waves"] = [wave for wave in answer["waves"] if wave["group"] != "new"]

    _, parts = trained(forget_the_new)
    assert parts["needs"].marks == pytest.approx(10 / 13)
    assert (
        parts["needs"].sentence
        == "New since January: 3 more need workshop. Their line of the skills matrix says: cannot say how."
    )

    def hurry(answer):
        for wave in answer["waves"]:
            if wave["method"] == "workshop":
                wave["hours"] = 3.5

    # Seven hours are needed for each of the 7 who get a workshop.
    _, parts = trained(hurry)
    assert parts["needs"].marks == pytest.approx((6 + 7 / 2) / 13) and parts["needs"].error == "sessions too short"

    def too_many(answer):
        answer["waves"].append({"week": -1, "group": "leaders", "heads": 2, "hours": 3, "method": "mentoring"})

    _, parts = trained(too_many)
    assert (
        parts["needs"].marks == pytest.approx(11 / 13)
        and "missing from the lines for nothing" in parts["needs"].sentence
    )


def away_in(answer, week):
    return sum(wave["heads"] for wave in answer["waves"] if wave["week"] == week and wave["group"] != "leaders")


def test_one_week_below_80_leaves_half_a_mark_and_two_leave_none():
    room = practice.spare(BOOK.facts)
    # The first week has 6 agents for 27 calls: one may go. With two away 4 are left, and 59.3% are in time.
    assert room[-8] == 1

    def one_more(answer):
        wave = next(
            wave for wave in answer["waves"] if wave["week"] == -7 and wave["heads"] >= 1 and wave["group"] != "leaders"
        )
        wave["heads"] -= 1
        answer["waves"].append(wave | {"week": -8, "heads": 1})
        if not wave["heads"]:
            answer["waves"].remove(wave)

    _, parts = trained(one_more)
    assert parts["service_level"].marks == pytest.approx(0.5)
    assert "with 2 of 6 in training, 4 are left on the lines, and 94% become 59%" in parts["service_level"].sentence
    # The learner's own figures for the two weeks are the old ones.
    assert parts["own_levels"].marks == pytest.approx(6 / 8)

    def everyone_at_once(answer):
        for wave in answer["waves"]:
            wave["week"] = -1

    _, parts = trained(everyone_at_once)
    assert parts["service_level"].marks == 0 and "7 of 7" not in parts["service_level"].sentence
    assert parts["service_level"].error == "nobody to cover"

    def two_weeks(answer):
        # 29 calls and 7 agents: with three away 4 are left, which is 50.8%.
        answer["waves"] += [
            {"week": week, "group": "full_time", "heads": 3, "hours": 7, "method": "workshop"} for week in (-5, -1)
        ]

    _, parts = trained(two_weeks)
    assert parts["service_level"].marks == 0 and "It is the lowest of" in parts["service_level"].sentence


def test_a_service_level_may_be_read_to_the_whole_percent_and_is_an_eighth_each():
    def whole(answer):
        answer["sl"] = {week: round(level) for week, level in answer["sl"].items()}

    assert trained(whole)[0].marks == 4

    def two_wrong(answer):
        answer["sl"] |= {"w8": 50.0, "w1": None}

    _, parts = trained(two_wrong)
    assert parts["own_levels"].marks == pytest.approx(6 / 8)
    assert (
        "Week −8: 27 calls in an hour, and 5 on the lines once 1 is in training. That gives 82.9%, not 50%."
        in parts["own_levels"].sentence
    )


def test_slides_take_nobody_from_the_lines_and_give_nothing():
    answer = people.training_slides(BOOK, None)
    award = mark_answer(EXERCISE, "training", answer, BOOK)
    assert award.marks == 0
    assert practice.level(BOOK.facts, -8, 0) == pytest.approx(answer["sl"]["w8"], abs=0.051)


def test_a_wave_with_a_gap_does_not_count_and_is_said():
    def cut(answer):
        answer["waves"][0]["hours"] = None

    award, parts = trained(cut)
    assert "1 of your waves is not complete, and did not count." in award.notes and parts["needs"].marks < 1
    nothing, parts = trained(lambda answer: [wave.update(week=None) for wave in answer["waves"]])
    assert nothing.marks == 0 and "No wave is complete yet" in parts["needs"].sentence


def test_the_tutor_sees_the_lowest_week_beside_the_learner_s_figure():
    award, _ = trained(
        lambda answer: answer["sl"].update(w3=70.0, w4=70.0, w8=70.0, w5=70.0, w6=70.0, w7=70.0, w2=70.0, w1=70.0)
    )
    (line,) = award.evidence
    lowest = min(
        practice.level(BOOK.facts, week, away_in(people.training_expert(BOOK, None), week))
        for week in practice.TRAINING_WEEKS
    )
    assert (
        "waves give 100% of what people lack" in line and f"the learner has 70%, Erlang C gives {lowest:.1f}%" in line
    )


# ---- the pilot -------------------------------------------------------------------------------


def test_a_sound_pilot_is_told_so_in_every_part():
    award, parts = piloted()
    assert award.marks == 6 and not award.misconceptions and not award.flags
    assert (
        "90 cases are enough" in parts["size"].sentence and "Go and stop are figures" in parts["go_and_stop"].sentence
    )


@pytest.mark.parametrize(
    ("n", "weeks", "marks", "says"),
    [
        # 90 on each side, from 29% to 49%; a quarter less or more will do. Team 7 has 25 a week.
        (90, 4, 1.5, "90 cases are enough"),
        (68, 3, 1.5, "68 cases are enough"),
        (112, 5, 1.5, "112 cases are enough"),
        (67, 3, 0.6, "too few: chance alone"),
        (120, 5, 1.05, "more than are needed"),
        (400, 16, 0.0, "far more than are needed"),
        (90, 3, 0.9, "In 3 weeks the team has about 75 cases. For 90 you need 4 weeks."),
        (90, 9, 0.9, "4 weeks would give them, and you take 9"),
        (90, None, 0.9, "Say for how many weeks you count."),
        (None, 4, 0.0, "To see 29% become 49%, four times in five, each side needs about 90 cases."),
    ],
)
def test_the_size_of_the_pilot(n, weeks, marks, says):
    part = piloted(n=n, weeks=weeks)[1]["size"]
    assert part.marks == pytest.approx(marks) and says in part.sentence


def test_go_and_stop():
    line = {"kpi": "in5_pct", "op": "<=", "value": 29}

    def part(**pilot):
        return piloted(**pilot)[1]["go_and_stop"]

    assert part().marks == 1
    # A line that nothing can reach, or that the pilot passes by standing still.
    assert "no pilot would ever come to that. The baseline is 29" in part(stop=line | {"value": 5}).sentence
    assert part(stop=line | {"value": 5}).marks == pytest.approx(0.4)
    assert "anything that the lab has delivered" in part(go={"kpi": "in5_pct", "op": ">=", "value": 95}).sentence
    assert "no better than the baseline" in part(go={"kpi": "in5_pct", "op": ">=", "value": 29}).sentence
    # Two measures: both could be said at once.
    other = part(stop={"kpi": "reopen_pct", "op": ">=", "value": 15})
    assert other.marks == pytest.approx(0.6) and "one result could say both" in other.sentence
    assert part(rollback="board").marks == pytest.approx(0.8)
    assert part(decide=None).misconception == "PRm3"
    # Weeks −18 and −17 are for learning, −16 to −13 count: week −13 is too early to decide, and −12 is not.
    assert part(decide=-13).misconception == "PRm3" and part(decide=-12).marks == 1
    assert part(decide=-8).marks == pytest.approx(0.75) and part(decide=-9).marks == 1
    assert part(decide=0).marks == pytest.approx(0.5)


def measures(change):
    def every(answer):
        for row in answer["measures"]:
            change(row)

    return piloted(every)[1]


def test_measures_need_what_can_be_held_to_account():
    # Four measures: without a baseline one is left out, and three still make a plan.
    def first(**values):
        return piloted(lambda answer: answer["measures"][0].update(values))[1]["measures"]

    assert first(baseline=None).marks == pytest.approx(0.7) and "did not count" in first(baseline=None).sentence
    # It was the one that is looked at after 90 days.
    assert "Look again after 90 days" in first(baseline=None).sentence
    assert first(baseline=28.8).marks == 1 and first(baseline=33).marks == pytest.approx(0.75)
    assert "stands at 29 at West before the change, not at 33" in first(baseline=33).sentence
    assert first(kind="people").marks == pytest.approx(0.9)
    assert measures(lambda row: row.update(by=12))["measures"].marks == pytest.approx(0.7)


def test_a_target_goes_by_the_learner_s_own_baseline_if_it_is_near():
    def own(answer):
        row = answer["measures"][0]
        row["baseline"] = 33
        row["target"] = 33 + 45

    _, parts = piloted(own)
    assert parts["targets"].marks == 0.5 and parts["measures"].marks == pytest.approx(0.75)
    # The book's lab: 42 to 49 points more, so from 71% to 78%.
    said = piloted(lambda answer: answer["measures"][0].update(target=85))[1]["targets"]
    assert said.marks == pytest.approx(0.5 * 3 / 4) and "eight years in ten came to between 71 and 78" in said.sentence
    low = piloted(lambda answer: answer["measures"][0].update(target=40))[1]["targets"]
    assert low.error == "target too low" and "40 is less than the lab delivers" in low.sentence


def test_messages():
    assert piloted()[1]["messages"].marks == 0.5
    part = piloted(lambda answer: answer["msgs"].pop(0))[1]["messages"]
    assert part.marks == pytest.approx(0.375) and "no message to team leaders" in part.sentence
    part = piloted(lambda answer: answer["msgs"].pop(5))[1]["messages"]
    assert part.misconception is None or part.marks < 0.5
    deaf = piloted(lambda answer: [row.update(two_way=False) for row in answer["msgs"]])[1]["messages"]
    assert deaf.marks == pytest.approx(0.25) and "Nobody can answer" in deaf.sentence
    short = piloted(lambda answer: answer.update(msgs=answer["msgs"][:3]))[1]["messages"]
    assert "With 3 complete messages this is not yet a plan" in short.sentence


def test_points_of_law_cost_as_much_as_they_earn_and_name_the_section():
    true = BOOK.planted["unlawful"]
    lawful = [row["id"] for row in BOOK.facts["law"] if row["id"] not in true]

    def ticked(*ids):
        return piloted(lambda answer: answer.update(law_checks=list(ids)))[1]["law"]

    assert ticked(*true).marks == 1 and ticked(*true[:3]).marks == 0.75 and ticked(*true, lawful[0]).marks == 0.75
    assert ticked(true[0], lawful[0]).marks == 0
    for id in true:
        rest = [other for other in true if other != id]
        assert practice.why_unlawful(BOOK.facts, id) in ticked(*rest).sentence
        assert re.search(r"(Act 20\d\d|UK GDPR|PECR), (sections?|articles?|regulation) \d+", ticked(*rest).sentence)


def test_the_tutor_sees_what_the_pilot_s_result_means_by_the_learner_s_lines():
    def lines(go, stop):
        award, _ = piloted(
            go={"kpi": "in5_pct", "op": ">=", "value": go}, stop={"kpi": "in5_pct", "op": "<=", "value": stop}
        )
        return next(line for line in award.evidence if line.startswith("Lines"))

    # The pilot came to 39%.
    assert "The pilot brought 24% to 39% in five days, the others 32% to 33%" in lines(39, 29)
    assert lines(39, 29).endswith("By these lines it is go.") and lines(45, 29).endswith("By these lines it is mend.")
    assert lines(60, 39).endswith("By these lines it is stop.")
    assert lines(35, 39).endswith("By these lines it is go and stop at once.")
    assert "go 'complaints closed within five working days' at least 39, stop" in lines(39, 29)
    award, _ = piloted(lambda answer: [row.update(owner="lead") for row in answer["measures"]])
    assert award.flags == ("Every measure has the same owner (lead). Is that argued?",)
    assert any(line.startswith("Pilot: Team 7, 90 cases; the case needs about 90") for line in award.evidence)
    assert any(
        "To be mended before the start: L2, L3, L4, L5. The case: L2, L3, L4, L5." in line for line in award.evidence
    )
    assert any(
        "complaints closed within five working days 29 to" in line and "(case 29)" in line for line in award.evidence
    )


# ---- robust -----------------------------------------------------------------------------------


@pytest.mark.parametrize("task", ["training", "pilot"])
def test_broken_answers_are_marked_and_never_raise(task):
    schema = EXERCISE.task(task).schema
    rng = random.Random(task)
    expert = getattr(people, f"{task}_expert")(BOOK, rng)
    junk = [None, "x", -1, 3.5, True, [], {}, "team6", 99, "leaders", float("nan")]

    for _ in range(200):
        answer = broken(expert, rng, junk)
        award = mark_answer(EXERCISE, task, answer, BOOK)
        assert 0 <= award.marks <= award.maximum
        assert all(part.marks >= 0 and part.sentence for part in award.parts)
        tidy(answer, schema)


def test_a_learner_s_own_case_has_another_answer():
    one = case("put-it-into-practice", code=learner_code("NH001", "salt"))
    assert marked("training", one=one)[0].marks == 4 and marked("pilot", one=one)[0].marks == 6
    copied = mark_answer(EXERCISE, "pilot", people.pilot_expert(BOOK, None), one)
    assert copied.marks < 5
    copied = mark_answer(EXERCISE, "training", people.training_expert(BOOK, None), one)
    assert copied.marks < 3


# ---- what the book has ------------------------------------------------------------------------


def test_the_exercise_adds_up_and_each_part_of_a_rule_cites_what_it_checks():
    assert [task.marks for task in EXERCISE.tasks] == [4, 6, 10] and EXERCISE.marks == 20
    for task in ("training", "pilot"):
        assert set(EXERCISE.task(task).checks) == {part.name for part in marked(task)[0].parts}


def test_the_names_in_the_form_are_those_of_the_case():
    waves = EXERCISE.task("training").schema["properties"]["waves"]["items"]["properties"]
    assert waves["group"]["x-choices"] == practice.GROUPS and waves["method"]["x-choices"] == practice.METHODS
    kinds = EXERCISE.task("pilot").schema["properties"]["measures"]["items"]["properties"]
    assert (
        kinds["kind"]["x-choices"] == practice.KINDS
        and kinds["kpi"]["enum"]
        and set(kinds["kpi"]["enum"]) == set(practice.MEASURES)
    )
    for name, label in kinds["kpi"]["x-choices"].items():
        measure = practice.MEASURES[name]
        assert label.split(" (")[0].split(",")[0] in measure.label
        assert measure.unit in label or measure.unit == "score"


def test_the_model_answer_s_figures_are_those_of_practice_case_0():
    task = EXERCISE.task("plan-on-a-page")
    text = " ".join(task.model_answer.split())
    low, high = task.words
    assert low <= len(text.split()) <= high
    result = BOOK.facts["result"]
    before, after, other, other_after = result["rows"]["in5_pct"]
    minutes, more = result["rows"]["aht_min"][:2]
    expert = people.pilot_expert(BOOK, None)["pilot"]
    assert f"go at {expert['go']['value']:g}% closed in five days" in text and after >= expert["go"]["value"]
    assert f"went from {before}% to {after}%" in text and "only just" in text
    assert (
        f"The other teams rose by {other_after - other} point, so {after - before - (other_after - other)} of the {after - before} are ours"
        in text
    )
    assert (
        f"{minutes} minutes became {more}" in text
        and result["worse"] == "aht_min"
        and "ring the Returns desk for each parcel" in result["says"]
    )
    assert f"of part-timers' cases only {result['part_time_in5']}%" in text
    # The line for work on a complaint lies between what the pilot brought and what West had.
    assert minutes < 54 < more
    topics = {row["topic"] for row in BOOK.facts["law"] if row["id"] in BOOK.planted["unlawful"]}
    assert topics == {"ways in", "case lists", "faulty goods", "lost data"}
    for said in (
        "a way in without the telephone",
        "lists with order numbers only",
        "refunds offered in the first 30 days",
        "lost data reported at once",
    ):
        assert said in text
    zero = practice.WEEK_ZERO
    assert zero == date(2025, 7, 7) and "7 July: both teams" in text
    assert zero + timedelta(weeks=4) == date(2025, 8, 4) and "By 4 August everyone sees a win" in text
    assert zero + timedelta(weeks=13) == date(2025, 10, 6) and zero + timedelta(days=90) <= date(2025, 10, 6)
    assert "On 6 October, after 90 days" in text


def test_the_page_shows_all_that_a_learner_needs_and_nothing_of_the_truth():
    told = shown(BOOK)
    tables = told["tables"]
    assert {table["task"] for table in tables.values()} == {"training", "pilot", "plan-on-a-page"}
    # The staffing table has a cell for every week and every number of people that an expert takes.
    left = [column["name"] for column in tables["staffing"]["columns"]]
    cells = {row[0]: dict(zip(left, row, strict=True)) for row in tables["staffing"]["rows"]}
    for week, free in practice.spare(BOOK.facts).items():
        row = next(row for row in BOOK.facts["forecast"] if row["week"] == week)
        for away in range(free + 1):
            cell = cells[str(row["calls"])][f"{row['agents'] - away} left"]
            assert (
                float(cell) == pytest.approx(practice.level(BOOK.facts, week, away), abs=0.0501) and float(cell) >= 80
            )
    # The needs can be read off the matrix, and the targets off the tables.
    assert sum(sum(row[1:4]) for row in tables["matrix"]["rows"]) == sum(need["heads"] for need in BOOK.facts["needs"])
    for row, (name, measure) in zip(tables["measures"]["rows"], practice.MEASURES.items(), strict=True):
        assert row[0].startswith(measure.label)
        assert float(row[1]) == practice.baselines(BOOK)[name]
    for row, (name, _) in zip(tables["reach"]["rows"], practice.MEASURES.items(), strict=True):
        low, high = (float(text.replace("\u2212", "-")) for text in row[1].split(" to "))
        assert [low, high] == BOOK.facts["delivers"][name]
    text = str(told)
    assert not re.search(r"unlawful|best_team|planted", text)
    assert all(table.get("folded") for table in tables.values() if table["task"] == "plan-on-a-page")


def test_a_team_of_whom_few_answered_shows_no_morale():
    few = [
        row | {"morale": None} if row["team"] == 6 and row["staff_id"][-1] in "02345678" else row
        for row in BOOK.tables["staff_survey"]
    ]
    one = replace(BOOK, tables={"kpi_daily": BOOK.tables["kpi_daily"], "staff_survey": few})
    answered = practice.morale_by_team(one)["team6"][1]
    assert 0 < answered < 5
    assert shown(one)["tables"]["teams"]["rows"][0][3] == "too few answered"


def test_levels_do_not_lie_on_the_edge_of_what_is_shown():
    """A figure that is shown to a tenth of a percent reads the same on every machine."""
    for seed in range(200):
        facts = practice.brief(seed).facts
        for row in facts["forecast"]:
            for away in range(row["agents"]):
                tenths = practice.level(facts, row["week"], away) * 10
                assert abs(tenths - math.floor(tenths) - 0.5) > 1e-6
    for number in range(3):
        assert abs(practice.answered_now(case("put-it-into-practice", practice=number)) % 1 - 0.5) > 1e-6
