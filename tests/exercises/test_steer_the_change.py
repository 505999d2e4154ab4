"""The rules of "Steer the change", beyond what its personas prove: each mistake gets its own sentence, and one slip is lost once."""

import random
import re
from itertools import pairwise
from statistics import fmean

import numpy as np
import pytest

from cslearn.exercises import answers
from cslearn.exercises.check import mark_answer
from cslearn.exercises.exercise import read
from cslearn.exercises.personas import steer_the_change as people
from cslearn.northfold import next_weeks
from cslearn.northfold.case import case
from cslearn.northfold.monitoring import KPIS, baseline_figures, rounded, weekly

NAME = "steer-the-change"
EXERCISE = read(NAME)
SHEET, READ, JOBS = "monitoring-sheet", "read-and-decide", "two-jobs"


@pytest.fixture(scope="module")
def book():
    return case(NAME)


def told(task, answer, one):
    award = mark_answer(EXERCISE, task, answer, one)
    return award, {part.name: part for part in award.parts}


# ---- the sheet ----------------------------------------------------------------------------


def sheet(one, names=("quality_score", "service_level", "first_contact_resolution", "absence")):
    return {"kpis": [people._row(one, name) for name in names]}


def changed(answer, n, **to):
    return {"kpis": [row | to if place == n else row for place, row in enumerate(answer["kpis"])]}


@pytest.mark.parametrize(
    ("n", "to", "part", "marks", "says"),
    [
        (0, {"numerator": "hours_absent"}, "definitions", 0.75, "the numerator does not fit"),
        (0, {"denominator": "answers"}, "definitions", 0.75, "the denominator does not fit"),
        (0, {"numerator": None}, "definitions", 0.75, "the numerator does not fit"),
        (1, {"leave_out": ["missing_weekend"]}, "definitions", 0.9, "telephones were out"),
        (1, {"leave_out": ["outage_day"]}, "definitions", 0.9, "lacks its weekend"),
        (2, {"leave_out": ["outage_day"]}, "definitions", 0.9, "repeats within seven days"),
        (0, {"leave_out": ["old_definition"]}, "definitions", 0.9, "does not touch it"),
        (0, {"leave_out": ["bad_weeks"]}, "definitions", 0.9, "because its figure is bad"),
        (2, {"lead_lag": "leading"}, "definitions", 0.95, "is a lagging measure"),
        (0, {"owner": "reporting"}, "owners", 0.4375, "cannot change what it shows"),
        (0, {"owner": "head_of_service"}, "owners", 0.4375, "too far from the work"),
        (0, {"owner": None}, "owners", 0.4375, "has no owner"),
        (0, {"frequency": "monthly"}, "owners", 0.4375, "three points in twelve weeks"),
        (0, {"frequency": "daily"}, "owners", 0.4375, "too few cases"),
        (0, {"lower": None, "upper": None}, "limits", 1.125, "no full limits yet"),
        (0, {"upper": 88}, "limits", 1.3125, "88 is the target"),
    ],
)
def test_each_slip_in_a_row_costs_its_own_part_and_is_named(book, n, to, part, marks, says):
    award, parts = told(SHEET, changed(sheet(book), n, **to), book)
    assert parts[part].marks == pytest.approx(marks)
    assert re.search(says, parts[part].sentence), parts[part].sentence
    # Nothing else is lost, but for what stands on the figure that was changed.
    assert award.marks >= 5 - 2 * (parts[part].maximum - marks) - 0.01


@pytest.mark.parametrize(
    ("measure", "figures", "says", "error"),
    [
        ("absence", lambda weeks: _deviations(weeks("baseline"), 3), "3 standard deviations", "limits from the standard deviation"),
        ("quality_score", lambda weeks: _ranges(weeks("baseline", "pilot", "after")), "its own yardstick", "limits include the weeks after the change"),
        ("quality_score", lambda weeks: _ranges(weeks("winter", "baseline", "pilot", "after")), "its own yardstick", "limits include the weeks after the change"),
    ],
)  # fmt: skip
def test_limits_of_another_kind_are_recognised(book, measure, figures, says, error):
    low, high = figures(lambda *parts: [week.figure for week in weekly(book, measure) if week.part in parts])
    row = people._row(book, measure, lower=round(low, 2), upper=round(high, 2))
    names = [name for name in ("quality_score", "service_level", "satisfaction", "absence") if name != measure]
    _, parts = told(SHEET, {"kpis": [row, *sheet(book, names)["kpis"]]}, book)
    assert says in parts["limits"].sentence and parts["limits"].error == error


def _deviations(figures, times):
    reach = times * np.std(figures, ddof=1)
    return np.mean(figures) - reach, np.mean(figures) + reach


def _ranges(figures):
    reach = 2.66 * np.abs(np.diff(figures)).mean()
    return np.mean(figures) - reach, np.mean(figures) + reach


def test_first_contact_resolution_by_two_rules_of_counting_is_recognised(book):
    figures = baseline_figures(book, "first_contact_resolution")
    low, high = _ranges(figures)
    answer = changed(
        sheet(book),
        2,
        baseline=round(fmean(figures), 2),
        lower=round(low, 2),
        upper=round(high, 2),
        leave_out=["outage_day"],
    )
    award, parts = told(SHEET, answer, book)
    for name in ("definitions", "baselines", "limits"):
        assert "repeats within seven days" in parts[name].sentence and parts[name].error == "spoilt weeks left in"
    assert parts["baselines"].marks == 0.75 and parts["limits"].marks == pytest.approx(1.125)
    assert award.marks < 4.5


def test_limits_are_judged_on_the_learner_s_own_baseline_as_long_as_it_is_near(book):
    row = sheet(book)["kpis"][0]
    width = row["upper"] - row["lower"]
    for share, kept in ((0.08, True), (0.3, False)):
        off = {key: round(row[key] + share * width, 2) for key in ("baseline", "lower", "upper")}
        _, parts = told(SHEET, changed(sheet(book), 0, **off), book)
        assert parts["baselines"].marks == 0.75
        assert parts["limits"].marks == (1.5 if kept else pytest.approx(1.125))


def test_a_share_may_be_worked_out_from_all_its_weeks_at_once(book):
    weeks = [week for week in weekly(book, "service_level") if week.part == "baseline" and week.days == 7]
    whole = 100 * sum(week.top for week in weeks) / sum(week.bottom for week in weeks)
    _, parts = told(SHEET, changed(sheet(book), 1, baseline=round(whole, 2)), book)
    assert parts["baselines"].marks == 1


def test_a_week_that_is_left_out_may_take_its_two_moving_ranges_with_it(book):
    whole = baseline_figures(book, "service_level")
    ranges = [abs(b - a) for n, (a, b) in enumerate(pairwise(whole)) if n not in (21, 22)]
    mean, reach = fmean(whole[:22] + whole[23:]), 2.66 * fmean(ranges)
    _, parts = told(SHEET, changed(sheet(book), 1, lower=round(mean - reach, 2), upper=round(mean + reach, 2)), book)
    assert parts["limits"].marks == 1.5


def test_the_same_measure_twice_counts_once_and_six_rows_are_as_good_as_four(book):
    _, parts = told(SHEET, {"kpis": [people._row(book, "quality_score")] * 4}, book)
    assert parts["definitions"].marks == 0.25 and "You have 1 of at least 4" in parts["definitions"].sentence
    award, _ = told(SHEET, sheet(book, list(KPIS)[2:]), book)
    assert award.marks == 5
    assert award.flags and "no quality score" in award.flags[0]


# ---- reading the chart --------------------------------------------------------------------


def test_a_run_that_is_missed_is_named():
    one = next(
        own for own in map(lambda n: case(NAME, practice=n), range(1, 30)) if "run8" in str(own.planted["signal_list"])
    )
    answer = people.read_and_decide_expert(one, None)
    answer["signals"] = [row for row in answer["signals"] if row["rule"] == "outside"]
    _, parts = told(READ, answer, one)
    assert parts["signals"].error == "run of eight missed" and "the eighth in a row" in parts["signals"].sentence
    all_signals = len(one.planted["signal_list"])
    assert parts["signals"].marks == pytest.approx(3 * len(answer["signals"]) / all_signals)


def test_a_false_alarm_costs_as_much_as_a_signal_earns(book):
    answer = people.read_and_decide_expert(book, None)
    quiet = next(week for week in range(1, 13) if week not in {row["week"] for row in answer["signals"]})
    answer["signals"].append({"week": quiet, "rule": "outside"})
    _, parts = told(READ, answer, book)
    # Five signals, one of them taken away again.
    assert parts["signals"].marks == pytest.approx(3 * (5 - 1) / 5)
    assert (
        f"Week {quiet} is no signal" in parts["signals"].sentence
        and parts["signals"].error == "noise taken for a signal"
    )


def test_a_signal_marked_twice_counts_once(book):
    answer = people.read_and_decide_expert(book, None)
    answer["signals"] += answer["signals"][:2]
    assert told(READ, answer, book)[0].marks == 7


# ---- deciding -----------------------------------------------------------------------------


def deciding(book, decisions):
    return told(READ, people._reading(book, decisions=decisions), book)[1]["decisions"]


def test_late_is_worth_half_and_a_reason_a_fifth(book):
    good = {"week": 4, "action": "investigate_data", "because": "outside"}
    late = {"week": 12, "action": "coach_team", "because": "outside"}
    part = deciding(book, [good, late])
    assert part.marks == pytest.approx(1.25 + 1.25 / 2) and "Right, but late" in part.sentence
    part = deciding(book, [good, late | {"week": 10, "because": "run8"}])
    assert part.marks == pytest.approx(1.25 + 1.25 * 0.8) and "which signal" in part.sentence


def test_several_things_at_once_earn_nothing_in_that_week(book):
    good = {"week": 4, "action": "investigate_data", "because": "outside"}
    both = [{"week": 10, "action": action, "because": "outside"} for action in ("coach_team", "fix_template")]
    part = deciding(book, [good, *both])
    assert part.marks == pytest.approx(1.25) and "several things at once" in part.sentence


def test_each_action_on_noise_costs_half_a_mark(book):
    expert = people.read_and_decide_expert(book, None)["decisions"]
    for number, weeks in ((1, [7]), (2, [7, 8]), (5, [1, 2, 3, 5, 7])):
        part = deciding(
            book, [*expert, *({"week": week, "action": "raise_limit", "because": "none"} for week in weeks)]
        )
        assert part.marks == pytest.approx(max(0, 2.5 - 0.5 * number)) and part.error == "tampering"
        assert f"You act in week {weeks[0]}" in part.sentence


def test_asking_why_a_good_week_was_good_is_no_tampering(book):
    # Week 6 of practice case 0 lies above the upper limit.
    expert = people.read_and_decide_expert(book, None)["decisions"]
    assert deciding(book, [*expert, {"week": 6, "action": "investigate_data", "because": "outside"}]).marks == 2.5


# ---- checking -----------------------------------------------------------------------------


def checking(one, **to):
    answer = people.read_and_decide_expert(one, None)
    answer["check"] |= to
    return told(READ, answer, one)[1]["check"]


def test_the_words_alone_are_worth_nothing(book):
    assert checking(book, after=None).marks == pytest.approx(0.4)
    assert checking(book, before=None, after=None).marks == 0
    assert checking(book, before=None).marks == pytest.approx(1.1)


def test_success_that_comes_too_soon_is_named(book):
    part = checking(book, worked="yes")
    assert (
        part.error == "success claimed too soon"
        and part.marks == pytest.approx(0.8)
        and "too soon to say" in part.sentence
    )


def test_an_action_that_was_not_taken_cannot_be_checked(book):
    for action in ("pause", "hold"):
        part = checking(book, action=action)
        assert part.marks == 0 and "Check an action that you decided on" in part.sentence
    assert "Open the six weeks" in checking(book, action=None).sentence


def test_a_faulty_week_in_the_mean_before_is_named():
    one = next(own for own in map(lambda n: case(NAME, practice=n), range(1, 60)) if own.planted["fault_week"] > 6)
    scores = [week.figure for week in weekly(one, "quality_score") if week.part == "after"]
    part = checking(one, before=round(fmean(scores[6:]), 2))
    assert part.error == "compared with a faulty week" and f"week {one.planted['fault_week']}" in part.sentence


def test_the_check_follows_the_learner_s_own_limits_where_they_are_near(book):
    after = [row["quality_score"] for row in next_weeks.outcome(book, "coach_team")]
    answer = people.read_and_decide_expert(book, None)
    # With a mean that lies below all of the last four weeks it would have worked.
    lower = min(after[-4:]) - 0.05
    answer["limits"]["mean"], answer["check"]["worked"] = round(lower, 2), "yes"
    assert told(READ, answer, book)[1]["check"].marks == 1.5
    # A mean out of the air does not count: the case's does.
    answer["limits"]["mean"] = 50
    assert told(READ, answer, book)[1]["check"].marks == pytest.approx(0.8)


# ---- sorting ------------------------------------------------------------------------------


def test_one_error_is_a_slip_and_two_of_a_kind_are_a_habit(book):
    expert = people.two_jobs_expert(book, None)
    early = [name for name, job in expert.items() if job == "monitoring"]
    award, _ = told(JOBS, expert | {early[0]: "evaluation"}, book)
    assert award.misconceptions == () and award.marks == 1.5
    award, _ = told(JOBS, expert | dict.fromkeys(early[:2], "evaluation"), book)
    assert award.misconceptions == ("CMm4",) and award.marks == 1
    late = next(name for name, job in expert.items() if job == "evaluation")
    award, _ = told(JOBS, expert | {early[0]: "evaluation", late: "monitoring"}, book)
    assert award.misconceptions == () and award.marks == 1
    award, _ = told(JOBS, expert | dict.fromkeys(early[:2]), book)
    assert award.misconceptions == () and "has no answer yet" in award.parts[0].sentence


def test_the_tutor_sees_which_statements_were_taken_for_the_other_job(book):
    expert = people.two_jobs_expert(book, None)
    assert mark_answer(EXERCISE, "two-jobs", expert, book).evidence == ("Sorted 8 of 8 statements right.",)
    other = {"monitoring": "evaluation", "evaluation": "monitoring"}
    slip = expert | {"s2": other[expert["s2"]], "s5": None}
    assert mark_answer(EXERCISE, "two-jobs", slip, book).evidence == (
        f"Sorted 6 of 8 statements right. Taken wrongly: 2 for {slip['s2']}.",
    )


# ---- everything ---------------------------------------------------------------------------


@pytest.mark.parametrize("task", [SHEET, READ, JOBS])
def test_no_answer_of_any_shape_makes_a_rule_fail(book, task):
    rng = random.Random(task)
    schema = EXERCISE.task(task).schema
    junk = [None, True, -1, 0, 3.5, 1e300, "outside", "week", [], {}, [None], {"week": 99}]

    def anything(field, depth=0):
        if rng.random() < 0.12 or depth > 4:
            return rng.choice(junk)
        if "enum" in field:
            return rng.choice([*field["enum"], None, "nonsense"])
        if field.get("type") == "object":
            return {key: anything(inner, depth + 1) for key, inner in field["properties"].items() if rng.random() < 0.9}
        if field.get("type") == "array":
            return [anything(field["items"], depth + 1) for _ in range(rng.randint(0, 7))]
        return rng.choice([rng.randint(-5, 120), rng.uniform(0, 100), None, "x"])

    for _ in range(150):
        award = mark_answer(EXERCISE, task, anything(schema), book)
        assert 0 <= award.marks <= award.maximum == EXERCISE.task(task).marks
        assert all(part.sentence for part in award.parts)


def test_the_tutor_sees_the_learner_s_figures_beside_the_case_s(book):
    award, _ = told(SHEET, sheet(book), book)
    assert award.evidence == (
        "'Quality score of checked calls': limits 79.73 and 84.52; the case gives 79.73 and 84.52.",
    )
    award, _ = told(READ, people.read_and_decide_expert(book, None), book)
    assert len(award.evidence) == 3 and "The figure of week 4 is wrong" in award.evidence[1]
    blank = answers.blank(EXERCISE.task(READ).schema) | {"signals": [{"week": 4, "rule": "outside"}]}
    award, _ = told(READ, blank, book)
    assert len(award.evidence) == 2 and "Actions: none" in award.evidence[1]


def test_the_model_answer_fits_practice_case_0(book):
    model = EXERCISE.task("log").model_answer
    words = model.split()
    assert 100 <= len(words) <= 150
    scores = [week.figure for week in weekly(book, "quality_score") if week.part == "after"]
    low, _ = _ranges(baseline_figures(book, "quality_score"))
    mean = fmean(baseline_figures(book, "quality_score"))
    assert f"Week 10 stood at {scores[9]:.2f}, below my lower limit of {low:.2f}, and weeks 11 and 12 followed" in model
    assert max(scores[9:]) < low and low < scores[0] < mean and low < scores[2] < mean
    assert (
        f"in week 4 ({scores[3]:.2f}) one day had been marked out of 10" in model and book.planted["fault"] == "tenth"
    )
    row = book.facts["week_book"][9]
    assert f"team 2 fell to {row['team_2']}" in model
    assert all(81 < row[f"team_{n}"] < 83 for n in (1, 3, 4, 5))
    before = fmean(scores[6:])
    after = [one["quality_score"] for one in next_weeks.outcome(book, "coach_team")]
    assert f"Weeks 7 to 12 had a mean of {before:.2f}, weeks 13 to 18 of {rounded(fmean(after), 2)}" in model
    assert sum(score > mean for score in after[-4:]) == 2 and min(after[-4:]) > low
    held = next_weeks.outcome(book, "hold")
    assert held[0]["service_level"] - next_weeks.outcome(book, "coach_team")[0]["service_level"] == pytest.approx(
        3, abs=0.11
    )
    letters = [one["marked_down_template"] for one in book.facts["week_book"]]
    assert max(letters[9:]) <= max(letters[:9])
