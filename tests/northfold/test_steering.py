"""What is planted in the twelve weeks that a learner steers, found again in the table and in the week book."""

import numpy as np
import pandas as pd
import pytest

from cslearn.northfold import next_weeks, steering, tables, two_jobs
from cslearn.northfold.case import case
from cslearn.northfold.monitoring import baseline_limits
from cslearn.problem import Problem

NAME = "steer-the-change"
CASES = range(40)
REASON = {"limit": "marked_down_limit", "template": "marked_down_template", "team": "marked_down_team"}


def twelve_weeks(own):
    daily = own.table("kpi_daily")
    daily = daily[(daily["site"] == "North") & (daily["date"] >= "2024-09-09")]
    return [
        group["qa_score"].to_numpy()
        for _, group in daily.groupby(pd.Grouper(key="date", freq="W-MON", label="left", closed="left"))
    ]


def book_of(own):
    return pd.DataFrame(own.facts["week_book"]).set_index("week")


def teams_of(book):
    return book[[f"team_{number}" for number in range(1, 6)]].astype(float)


def watched(number):
    """The daily scores of a case without its table, which takes most of a second: from the plan alone."""
    own = case(NAME, practice=number)
    untouched = steering.untouched(own.telling.story)
    return own, untouched, steering.draft(own.telling.story, own.planted["attempt"])


def test_only_twelve_weeks_of_one_column_at_one_site_are_planted():
    own = case(NAME, practice=3)
    told = tables.told(own.telling_seed, "kpi_daily")
    planted = own.tables["kpi_daily"]
    differ = [(row, other) for row, other in zip(told, planted, strict=True) if row != other]
    assert 12 <= len(differ) <= 84
    for row, other in differ:
        assert row["site"] == "North" and "2024-09-09" <= row["date"] <= "2024-12-01"
        assert {key for key in row if row[key] != other[key]} == {"qa_score"}
        assert 0 < other["qa_score"] <= 100 and round(10 * other["qa_score"]) / 10 == other["qa_score"]
    # The book's own table is untouched.
    assert told is tables.told(own.telling_seed, "kpi_daily")


def test_the_week_book_says_what_the_table_says():
    for number in range(3):
        own = case(NAME, practice=number)
        book = book_of(own)
        for week, scores in enumerate(twelve_weeks(own), start=1):
            row = book.loc[week]
            assert row["score"] == pytest.approx(scores.mean(), abs=0.005 + 1e-9)
            assert (row["lowest_day"], row["highest_day"]) == (scores.min(), scores.max())


def test_the_faulty_week_can_be_seen_by_whoever_looks_and_no_other_week_looks_like_it():
    kinds = set()
    for number in CASES:
        own = case(NAME, practice=number)
        book, fault = book_of(own), own.planted["fault_week"]
        kinds.add(own.planted["fault"])
        teams = teams_of(book)
        suspect = {
            "tenth": book.index[book["lowest_day"] < 20],
            "stuck": book.index[book["lowest_day"] == book["highest_day"]],
            "one team": book.index[teams.isna().any(axis=1)],
        }
        assert {kind: list(weeks) for kind, weeks in suspect.items() if len(weeks)} == {own.planted["fault"]: [fault]}
        # Where the figure is right the teams agree with it; where one is wrong they do not.
        apart = (teams.mean(axis=1) - book["score"]).abs()
        assert apart.drop(fault).max() < 0.06
        if own.planted["fault"] != "one team":
            assert apart[fault] > 0.5
    assert kinds == {"tenth", "stuck", "one team"}


def test_the_week_book_shows_one_cause_and_no_other():
    found = set()
    for number in CASES:
        own = case(NAME, practice=number)
        book, cause, first = book_of(own), own.planted["cause"], own.planted["trouble_weeks"][0]
        found.add(cause)
        bad = book.loc[own.planted["trouble_weeks"]]
        quiet = book.loc[: min(3, first - 1)]
        for name, column in REASON.items():
            grown = bad[column].mean() - quiet[column].mean()
            assert grown > 5 if name == cause else grown < 4, (number, name)
        teams = teams_of(bad)
        lowest = teams.min(axis=1) - teams.apply(lambda row: row.nsmallest(2).iloc[1], axis=1)
        if cause == "team":
            # One team lies far below the next, always the same.
            assert teams.idxmin(axis=1).nunique() == 1 and lowest.max() < -2.3, number
        else:
            assert lowest.min() > -2.3, number
    assert found == {"team", "limit", "template"}


def test_a_trouble_is_a_fall_out_of_the_limits_or_a_slide_of_eight():
    forms = set()
    for number in CASES:
        own, _, plan = watched(number)
        forms.add(plan.form)
        rules = {
            signal["rule"] for signal in own.planted["signal_list"] if signal["week"] in own.planted["trouble_weeks"]
        }
        assert rules == ({"outside"} if plan.form == "fall" else {"run8"}) or "run8" in rules
        assert (
            own.planted["action"]
            == {"team": "coach_team", "limit": "raise_limit", "template": "fix_template"}[plan.cause]
        )
    assert forms == {"fall", "slide"}


def test_half_of_the_ordinary_weeks_lie_below_the_mean_and_two_look_bad_to_the_eye():
    below, all_weeks = 0, 0
    for number in CASES:
        own, untouched, plan = watched(number)
        by = untouched.limits
        weeks = [np.mean(days) for days in steering.planted(untouched, plan)]
        signals = {signal["week"] for signal in own.planted["signal_list"]}
        ordinary = [week for week in range(5, 13) if week not in signals and week not in plan.aims]
        below += sum(weeks[week - 1] < by.mean for week in ordinary)
        all_weeks += len(ordinary)
        deviation = np.std(untouched.baseline, ddof=1)
        far = [
            week
            for week in range(1, 13)
            if week not in signals and abs(weeks[week - 1] - by.mean) > 0.69 * (by.mean - by.lower)
        ]
        assert len(far) >= 2 and deviation > 0
    assert 0.35 < below / all_weeks < 0.65


def test_the_plan_needs_no_daily_table_and_is_the_same_each_time():
    own = case(NAME, practice=5)
    again = case(NAME, practice=5)
    assert own.facts == again.facts and own.planted == again.planted
    assert len(own.facts["week_book"]) == 12


# ---- the six weeks after ------------------------------------------------------------------


@pytest.mark.slow
def test_the_outcome_has_one_answer_in_every_case_even_with_limits_a_little_off():
    quick = {True: 0, False: 0}
    for number in range(25):
        own = case(NAME, practice=number)
        by = baseline_limits(own, "quality_score")
        for action in next_weeks.ACTIONS:
            scores = [row["quality_score"] for row in next_weeks.outcome(own, action)]
            expected = "no"
            if action == own.planted["action"]:
                expected = "yes" if own.planted["quick"] else "too_soon"
                quick[own.planted["quick"]] += 1
            elif action == "pause":
                expected = "too_soon"
            for off in (-0.02, 0, 0.02):
                width = by.upper - by.lower
                lines = type(by)(by.mean + off * width, by.lower + off * width, by.upper + off * width, 0, 0)
                assert next_weeks.verdict(scores, lines) == expected, (number, action, off)
    assert min(quick.values()) >= 5


def test_two_outcomes_differ_by_the_actions_alone():
    own = case(NAME)
    wrong = next(action for action in ("raise_limit", "fix_template") if action != own.planted["action"])
    held, other = next_weeks.outcome(own, "hold"), next_weeks.outcome(own, wrong)
    assert [row["quality_score"] for row in held] == [row["quality_score"] for row in other]
    assert [row["refunds_gbp"] for row in held] != [row["refunds_gbp"] for row in other]
    coached = next_weeks.outcome(own, "coach_team")
    # Coaching takes agents off the telephones for four weeks.
    gone = [a["service_level"] - b["service_level"] for a, b in zip(held, coached, strict=True)]
    assert gone == pytest.approx([3, 3, 3, 3, 0, 0], abs=0.11)
    paused = [row["first_contact_resolution"] for row in next_weeks.outcome(own, "pause")]
    assert np.mean(paused) < np.mean([row["first_contact_resolution"] for row in held]) - 1


@pytest.mark.parametrize(
    ("last", "says"),
    [
        ([11, 12, 13, 14], "yes"),
        ([11, 9, 13, 14], "yes"),
        ([11, 9, 9, 14], "too_soon"),
        ([9, 9, 9, 14], "too_soon"),
        ([9, 9, 9, 9], "no"),
        ([4.9, 12, 13, 14], "no"),
        # On the line is not below it, and on the mean is not above it.
        ([5, 12, 13, 14], "yes"),
        ([10, 10, 12, 13], "too_soon"),
    ],
)
def test_did_it_work_by_the_course_s_rule(last, says):
    by = steering.control_chart.Limits(10, 5, 15, 0, 0)
    # Two weeks to settle, whatever they are.
    assert next_weeks.verdict([0, 0, *last], by) == says
    assert next_weeks.verdict([99, 99, *last], by) == says


def test_an_unknown_action_gets_a_sentence():
    with pytest.raises(Problem, match="no action called 'coach'"):
        next_weeks.outcome(case(NAME), "coach")


def test_the_notebook_s_table_holds_the_same():
    own = case(NAME)
    table = next_weeks.next_weeks(own, "hold")
    assert table.reset_index().to_dict("records") == next_weeks.outcome(own, "hold")


# ---- the statements -----------------------------------------------------------------------


def test_a_case_shows_four_statements_of_each_job_and_cases_differ():
    shown = [case(NAME, practice=number).facts["statements"] for number in range(12)]
    for statements in shown:
        jobs = [two_jobs.job_of(text) for text in statements]
        assert sorted(jobs) == ["evaluation"] * 4 + ["monitoring"] * 4
    assert len({tuple(statements) for statements in shown}) == 12
    everything = {text for statements in shown for text in statements}
    assert len(everything) >= 22


def test_no_statement_names_its_job_and_none_stands_in_both():
    texts = [text for job in two_jobs.JOBS for text in two_jobs.STATEMENTS[job]]
    assert len(set(texts)) == len(texts) == 24
    for text in texts:
        assert "monitor" not in text.lower() and "evaluat" not in text.lower()
