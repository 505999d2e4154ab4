"""A year in the change lab: nothing is lost on the way, and what is planted is found again."""

import json
import math

import numpy as np
import pytest
from scipy import stats

from cslearn.methods import changelab as lab
from cslearn.methods.changelab import (
    NO_CHANGE,
    costs,
    lucks,
    pooled,
    problems,
    replay,
    run,
    situation,
    weeks_after,
    west,
    world,
)
from cslearn.methods.changelab.figures import DAY, FIGURES, TICKS
from cslearn.methods.changelab.people import Support, Team, barrier
from cslearn.methods.changelab.process import Floor, Rules
from cslearn.methods.randomness import many, mulberry32
from cslearn.problem import Problem

PROCESS = {"limit_gbp": 75, "single_owner": True, "daily_posting": True, "go_live": 20}
PEOPLE = {
    "training_hours": 8, "coaching_hours": 2, "messages": 1, "involvement": "consult", "early_win": "labels",
}  # fmt: skip
PILOT = {"pilot_team": "C", "pilot_weeks": 7}
TRIGGER = {"kpi": "adoption", "op": "<", "value": 50, "weeks": 2, "action": "coach_weakest"}


def days(year, first, last):
    """Working days from arrival to close of every case closed in those weeks, from the floor and not from the figures."""
    floor = year.floor
    return [
        (at - floor.cases.arrives[case]) / TICKS / DAY
        for week in floor.weeks[first + 3 : last + 4]
        for case, at in week.closed
    ]


# ---- nothing is lost, nothing changes by itself --------------------------------------------------


def test_a_plan_that_changes_nothing_is_the_base_exactly():
    year = run({}, 3)
    made = world(3)
    floor = Floor(made.north, 0, made.situation)
    for week in range(56):
        strike, outage = (made.situation.week_of(name) for name in ("courier strike", "system outage"))
        striking = bool(strike) and strike <= week - 3 < strike + 2
        start = week * 2250 * 256
        shut = (start, start + 900 * 256) if outage and week - 3 == outage else (0, 0)
        floor.play(week, Rules(strike=striking, pause=shut))
    assert floor.closed_at == year.floor.closed_at
    assert run(NO_CHANGE, 3).weeks == year.weeks
    # Dates and rules without a change to go live with them change nothing either.
    assert run({"support_weeks": 3, "go_at": 9, "order": ["C", "A", "B"], "pace": 5}, 3).weeks == year.weeks


@pytest.mark.parametrize(
    "plan", [{}, PROCESS | PEOPLE | PILOT, {"sort_first": True, "courier_portal": True, "go_live": 14}]
)
@pytest.mark.parametrize("seed", [1, 5, 6])
def test_no_complaint_is_lost_in_any_week(plan, seed):
    year = run(plan, seed)
    floor, first = year.floor, year.weeks[0]
    before = first["open"] - first["arrived"] + first["closed"]
    arrived = closed = 0
    for week in year.weeks:
        arrived += week["arrived"]
        closed += week["closed"]
        assert week["open"] == before + arrived - closed == floor.open_at(week["week"] + 3)
    # Each case is closed once, after it came.
    gone = [case for week in floor.weeks for case, _ in week.closed]
    assert len(gone) == len(set(gone))
    assert all(at == 0 or at > came for at, came in zip(floor.closed_at, floor.cases.arrives, strict=True))


def test_the_same_seed_gives_the_same_year_and_the_same_customers_under_any_plan():
    assert run(PROCESS, 7).weeks == run(PROCESS, 7).weeks
    one, other = run({}, 7), run(PROCESS, 7)
    assert [week["arrived"] for week in one.weeks] == [week["arrived"] for week in other.weeks]
    assert one.weeks[:19] == other.weeks[:19] and one.weeks[19:] != other.weeks[19:]
    assert len(set(lucks(4))) == 20 and lucks(4)[0] == 4


def test_another_luck_in_the_same_situation_begins_alike():
    here, there = world(3).situation, world(10_010, 3).situation
    assert (here.stuck, here.ready) == (there.stuck, there.ready)
    assert world(10_010, 3).north.arrives != world(3).north.arrives


def test_west_is_not_touched_by_what_north_does():
    assert west(2, 2) is run(PROCESS, 2).west
    assert {week["fresh"] for week in west(2, 2)} == {0}


# ---- the figures are those of the cases ----------------------------------------------------------


def test_weekly_figures_come_from_the_cases():
    year = run(PROCESS | PEOPLE, 4)
    for number in (1, 25, 52):
        took, week = np.array(days(year, number, number)), year.weeks[number - 1]
        assert week["in5_pct"] == pytest.approx(100 * np.mean(took <= 5))
        assert week["median_days"] == pytest.approx(np.median(took))
        assert week["p90_days"] == pytest.approx(np.quantile(took, 0.9))
    took = np.array(days(year, 45, 52))
    assert pooled(year.weeks, "in5_pct", 45, 52) == pytest.approx(100 * np.mean(took <= 5))


def test_many_draws_are_those_of_the_generator_one_by_one():
    for seed in (0, 1, 2**32 - 1):
        draw = mulberry32(seed)
        assert many(seed, 500).tolist() == [draw() for _ in range(500)]


def test_the_mix_of_complaints_is_as_assumed():
    values, simple, frail, asks = [], [], [], []
    for seed in range(4):
        cases = world(seed).north
        values += [paid for paid in cases.paid if paid]
        simple += cases.simple
        frail += cases.vulnerable
        asks += cases.asks
    assert np.median(values) == pytest.approx(36, rel=0.03)
    assert np.mean(simple) == pytest.approx(0.45, abs=0.012)
    assert np.mean(frail) == pytest.approx(0.04, abs=0.005)
    assert FIGURES["above_25"] == pytest.approx(1 - stats.lognorm(0.95, scale=36).cdf(25), abs=5e-5)


def test_arrivals_vary_more_than_poisson_alone():
    # Variance of a Poisson count with a rate that itself varies by 16%: the mean, plus 0.16 squared of its square.
    counts = np.array([np.diff(world(seed).north.week_starts)[4:24] for seed in range(40)])
    mean = counts.mean()
    rates = np.array([1.24, 1.0, 0.94, 0.92, 0.9]) * mean / 5
    expected = mean + 0.16**2 * (rates**2).sum()
    assert counts.var() == pytest.approx(expected, rel=0.15)
    assert expected > 1.1 * mean


def test_a_year_without_change_is_northfold_s():
    # What Northfold's tables say of its complaints: 31 in 100 closed within five working days, 16 in 100
    # opened again, £21.40 each.
    starts = [run({}, luck, 20, like=0).weeks for luck in lucks(0)]
    figure = {
        kpi: np.mean([pooled(weeks, kpi, 1, 20) for weeks in starts])
        for kpi in ("in5_pct", "reopen_pct", "cost_each_gbp")
    }
    assert figure["in5_pct"] == pytest.approx(31, abs=3)
    assert figure["reopen_pct"] == pytest.approx(16, abs=3)
    assert figure["cost_each_gbp"] == pytest.approx(21.4, abs=2)


# ---- what is planted -----------------------------------------------------------------------------


def test_more_agents_do_little_while_managers_are_the_bottleneck():
    changes = []
    for luck in lucks(0, 8):
        before, after = (
            np.mean(days(run(plan, luck, like=0), 14, 52)) for plan in ({}, {"extra_agents": 2, "go_live": 14})
        )
        changes.append(after / before - 1)
    assert -0.10 < np.mean(changes) <= 0


def test_where_agents_are_the_bottleneck_every_agent_shortens_the_wait():
    assert situation(1).stuck == "agents"
    means = [
        np.mean(
            [
                np.mean(days(run({"extra_agents": more, "go_live": 14 if more else 0}, luck, like=1), 20, 52))
                for luck in lucks(1, 5)
            ]
        )
        for more in (0, 2, 5)
    ]
    assert means == sorted(means, reverse=True) and means[1] < 0.9 * means[0]


def test_more_manager_hours_shorten_the_wait_where_managers_are_the_bottleneck():
    means = [
        np.mean(
            [
                np.mean(days(run({"manager_hours": more, "go_live": 14 if more else 0}, luck, like=0), 20, 52))
                for luck in lucks(0, 5)
            ]
        )
        for more in (0, 2, 5)
    ]
    assert means == sorted(means, reverse=True) and means[2] < 0.6 * means[0]


@pytest.mark.slow
def test_a_forced_change_hardly_ever_beats_a_supported_one():
    better = 0
    seeds = range(40)
    for seed in seeds:
        forced, supported = (run(PROCESS | more, seed).weeks for more in ({}, PEOPLE))
        better += pooled(forced, "in5_pct", 20, 52) >= pooled(supported, "in5_pct", 20, 52)
    assert better / len(seeds) < 0.05


def test_skipping_the_pilot_costs_six_weeks_of_the_fault_at_every_team():
    plan = PROCESS | PEOPLE | {"training_hours": 4, "coaching_hours": 1, "pace": 0, "stop_at": -20, "go_at": -19}
    redone = {}
    for name, more in (("none", {}), ("piloted", PILOT)):
        weeks = run(plan | more, 9).weeks
        redone[name] = [week["redone"] for week in weeks]
        log = [one for one in run(plan | more, 9).log if one["event"] == "fault mended"]
        assert [(one["week"], one["found_by"]) for one in log] == [
            (26, "complaints") if name == "none" else (15, "the pilot")
        ]
    weeks = run(plan, 9).weeks
    # Fifteen in a hundred of the refunds that are handled the new way go round again, in six weeks and no others
    # (in the first of them nobody works the new way yet).
    assert [n + 1 for n, count in enumerate(redone["none"]) if count] == list(range(21, 26))
    fresh = sum(week["fresh"] for week in weeks[19:25])
    assert sum(redone["none"]) / fresh == pytest.approx(0.15 * 0.86, abs=0.05)
    assert max(n + 1 for n, count in enumerate(redone["piloted"]) if count) < 15
    assert sum(redone["piloted"]) < 0.4 * sum(redone["none"])
    # What it costs: fewer cases in five days in those weeks than with the fault mended from the start.
    mended = run(plan | {"reserve_gbp": 2_000}, 9, decisions=[{"week": 19, "trigger": -2, "action": "fix_template"}])
    assert pooled(weeks, "in5_pct", 21, 27) < pooled(mended.weeks, "in5_pct", 21, 27)


def test_a_pilot_says_what_the_cases_say():
    year = run(PROCESS | PEOPLE | PILOT, 5)
    gate = next(one for one in year.log if one["event"] == "gate")
    floor, cases = year.floor, year.floor.cases
    came = np.searchsorted(cases.week_starts, np.arange(len(cases.arrives)), side="right") - 1 - 3  # week 1 is 1
    quick = np.array(
        [0 < at <= start + 5 * DAY * TICKS for at, start in zip(floor.closed_at, cases.arrives, strict=True)]
    )
    mine = np.array(cases.team) == 2
    # The pilot runs in weeks 12 to 18; weeks 12, 13 (learning) and 18 (not yet five days old) are left out.
    cells = [(mine, 14, 17), (mine, 1, 8), (~mine, 14, 17), (~mine, 1, 8)]
    picked = [quick[who & (came >= first) & (came <= last)] for who, first, last in cells]
    a, b, c, d = (rows.mean() for rows in picked)
    assert gate["n"] == len(picked[0]) and gate["others_n"] == len(picked[2])
    assert gate["pp"] == pytest.approx(100 * ((a - b) - (c - d)))
    width = stats.norm.ppf(0.975) * math.sqrt(sum(rows.var() / len(rows) for rows in picked))
    assert gate["margin_pp"] == pytest.approx(100 * width, rel=1e-3)


def test_stop_goes_back_to_the_old_way_and_adapt_waits_two_weeks():
    plan = PROCESS | PEOPLE | PILOT
    stopped = run(plan, 5, decisions=[{"week": 18, "action": "stop"}])
    assert sum(week["fresh"] for week in stopped.weeks[18:]) == 0
    assert [one["team"] for one in stopped.log if one["event"] == "live"] == ["C"]
    adapted = run(plan, 5, decisions=[{"week": 18, "action": "adapt"}, {"week": 20, "action": "go"}])
    assert [(one["week"], one["team"]) for one in adapted.log if one["event"] == "live"] == [
        (12, "C"),
        (22, "A"),
        (25, "B"),
    ]


def test_a_trigger_acts_once_and_the_reserve_pays_for_it():
    plan = PROCESS | PEOPLE | {"reserve_gbp": 2_000, "triggers": [TRIGGER]}
    year = run(plan, 0)
    fired = [one for one in year.log if one["event"] == "trigger"]
    assert fired and fired[0]["value"] < 50
    assert [one["action"] for one in year.log if one["event"] == "action"][:1] == ["coach_team_B"]
    assert year.spent_gbp == 1_800
    poor = run(plan | {"reserve_gbp": 1_000}, 0)
    assert poor.spent_gbp == 0 and any(one["event"] == "no money" for one in poor.log)
    held = run(plan, 0, decisions=[{"week": fired[0]["week"], "trigger": 0, "action": "hold"}])
    week = fired[0]["week"]
    assert held.weeks[:week] == year.weeks[:week]
    # The leader of team B has gone; unless somebody coaches it, its new habits do not come back.
    silent = run(plan | {"triggers": []}, 0)
    assert silent.weeks[-1]["adoption_by_team"]["B"] + 20 < year.weeks[-1]["adoption_by_team"]["B"]


# ---- people --------------------------------------------------------------------------------------


def after(weeks, ready=(3.4, 2.4, 2.6, 2.6, 2.6), **support):
    team = Team(list(ready))
    for _ in range(weeks):
        team.week(Support(**support))
    return team


def test_each_kind_of_support_lifts_its_own_element():
    base = after(12).ready
    assert after(12, messages=2).ready[0] > base[0] + 0.5
    assert after(12, trained=1).ready[2] > base[2] + 0.5
    assert after(12, coached=2).ready[3] > base[3] + 0.5
    assert after(12, involvement=2).ready[1] > base[1] + 0.5
    # Training does not fix a missing wish.
    assert after(12, trained=3).ready[1] == pytest.approx(base[1])


def test_messages_alone_never_lift_desire_above_three():
    alone = after(300, messages=3, sponsor=False)
    assert alone.ready[1] <= 3.0
    assert after(40, messages=3, involvement=2).ready[1] > 3.5


def test_what_is_not_kept_up_fades_back():
    team = after(10, messages=3, coached=2)
    high = list(team.ready)
    for _ in range(60):
        team.week(Support())
    assert all(
        start - 0.01 <= level < top
        for start, level, top in zip((3.4, 2.4, 2.6, 2.6, 2.6), team.ready, high, strict=True)
        if top > start
    )


def test_handling_is_slower_first_and_learning_makes_up_for_it():
    team = Team([4.0] * 5)
    assert team.pace(None) == 1
    # 1 + 0.35 x (1 - adoption) x e^(-weeks/4), and a tenth more in the first two weeks.
    assert team.pace(0) == pytest.approx(1.45)
    assert team.pace(4) == pytest.approx(1 + 0.35 / math.e)
    team.adoption = 0.9
    assert team.pace(8) == pytest.approx(1 + 0.035 * math.exp(-2))


def test_adoption_goes_to_its_ceiling_and_a_barrier_holds_it_down():
    team = Team([4.0] * 5)
    team.hours = 8
    for week in range(60):
        team.week(Support(live_for=week, coached=2, involvement=1, messages=1))
    assert team.adoption == pytest.approx(1 / (1 + math.exp(-(-1.6 + 0.35 * 8 + 0.55 * 2 + 0.55))), abs=0.01)
    held = after(20, ready=(4.0, 2.1, 4.0, 4.0, 4.0), live_for=10, coached=2)
    free = after(20, ready=(4.0, 4.0, 4.0, 4.0, 4.0), live_for=10, coached=2)
    assert held.adoption < 0.7 * free.adoption


def test_the_barrier_is_the_first_low_element():
    assert barrier([3.1, 3.0, 2.0, 4, 4]) == "D"
    assert barrier([3.1] * 5) is None


# ---- the plan: what it costs, and what is wrong with it ------------------------------------------


def test_costs_are_those_that_a_hand_works_out():
    plan = PROCESS | PEOPLE | PILOT | {"extra_agents": 1, "manager_hours": 2, "reserve_gbp": 5_000}
    assert costs(plan) == {
        "limit": 3_000, "single_owner": 18_000, "daily_posting": 9_000 + 180 * 33, "extra_agents": 560 * 33,
        "manager_hours": 65 * 2 * 33, "training": 3 * (1_200 + 24 * 20 * 8), "coaching": 160 * 2 * 8 * 3,
        # Waves at 20 and 23, so messages run from week 9 to week 31.
        "messages": 140 * 23, "involvement": 3_500, "early_win": 2_500, "pilot": 350 * 7, "reserve": 5_000,
    }  # fmt: skip
    assert costs({}) == {}


def test_change_hours_are_those_that_a_hand_works_out():
    hours = lab.change_hours(PROCESS | PEOPLE | PILOT)
    # Building for three levers, consulting, one message, and team C's training before its pilot in week 12.
    assert hours[9] == {"messages": 2.5, "building": 12, "involvement": 6, "training": 8}
    assert hours[11] == {"messages": 2.5, "coaching": 2, "going live": 8, "pilot": 6}
    assert hours[7] == {} and hours[51] == {}


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ({"limitgbp": 3}, "no lever 'limitgbp'. Did you mean 'limit_gbp'"),
        ({"limit_gbp": 200}, "The approval limit must be from 0 to 150, but it is 200."),
        ({"pace": 2.5}, "Weeks between waves must be a whole number, but it is 2.5."),
        ({"training_hours": None}, "Training hours must be from 0 to 12, but it is empty."),
        ({"single_owner": 1}, "One owner is either on or off"),
        ({"involvement": "tell"}, "Involvement must be one of inform, consult, co-design, but it is 'tell'."),
        ({"order": ["A", "A", "B"]}, "each of the teams A, B and C once"),
        ({"triggers": [{"kpi": "in5_pct"}]}, "Trigger 1 needs"),
        ({"triggers": [TRIGGER, TRIGGER | {"kpi": "mood"}]}, "Trigger 2 watches 'mood'"),
        ({"triggers": [TRIGGER | {"action": "shout"}]}, "Trigger 1 calls for 'shout'"),
        ({"limit_gbp": 75}, "never goes live"),
        (PROCESS | PILOT | {"pilot_start": 16}, "runs backwards: the first wave goes live in week 20, but the pilot reports at the end of week 22"),
        (PROCESS | PILOT | {"stop_at": 5}, "Stop at 5 and go at 5 percentage points overlap"),
        (PROCESS | {"go_live": 6}, "The first team starts in week 6"),
        (PROCESS | {"go_live": 31}, "Team B would go live in week 34, in the winter peak (weeks 33 to 42)"),
        (PROCESS | {"go_live": 44, "pace": 1}, "Team B would go live in week 45. The year is judged"),
        (PROCESS | {"courier_portal": True, "extra_agents": 6}, "and the budget is £120,000. The largest part is extra agents with £110,880"),
        (
            PROCESS | PILOT | {"sort_first": True, "courier_portal": True, "involvement": "co-design"},
            "Week 9 asks for 43 hours of the change team, and there are 40. The most goes to building, with 31 hours.",
        ),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_played_is_told_what_and_where(plan, says):
    assert any(says in sentence for sentence in problems(plan)), problems(plan)
    with pytest.raises(Problem):
        run(plan)


def test_a_plan_that_can_be_played_has_no_problem():
    assert problems(PROCESS | PEOPLE | PILOT) == [] and problems({}) == []


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: run({}, 1, 53), "plays 1 to 52 weeks"),
        (lambda: run(7), "dictionary of levers"),
        (lambda: run({}, 1, decisions=[{"week": 3, "action": "shout"}]), "Decision 1 is 'shout'; it can be go"),
        (lambda: run({}, 1, decisions=[{"week": 0, "action": "go"}]), "of week 1 to 52"),
        (lambda: lab.bands([run({}, 1, 2)], "mood"), "no weekly figure 'mood'"),
        (lambda: weeks_after("shout"), "no action 'shout'"),
        (lambda: weeks_after("hold", trouble="rain"), "no trouble 'rain'"),
        (lambda: lab.continued([1, 2], "hold"), "at least six weeks"),
    ],
)
def test_a_wrong_question_is_answered_with_a_sentence(call, says):
    with pytest.raises(Problem, match=says):
        call()


# ---- what exercises ask --------------------------------------------------------------------------


def test_bands_hold_eight_in_ten_years():
    played = lab.years({}, lucks(0, 11), like=0)
    band = lab.bands(played, "in5_pct")[9]
    values = [year.weeks[9]["in5_pct"] for year in played]
    assert [band["p10"], band["p50"], band["p90"]] == pytest.approx(np.quantile(values, [0.1, 0.5, 0.9]).tolist())


@pytest.mark.slow
def test_what_one_owner_delivers_is_what_twenty_years_say():
    found = lab.what_the_lab_can_deliver(lab.ONE_OWNER)
    assert problems(lab.ONE_OWNER) == []
    for kpi, stored in lab.ONE_OWNER_DELIVERS.items():
        for name, value in stored.items():
            assert found[kpi][name] == (None if value is None else pytest.approx(value, abs=0.0051)), (kpi, name)


@pytest.mark.parametrize(
    ("trouble", "helps"), [pair for pair in lab.TROUBLES.items() if pair[0] not in ("nothing", "data")]
)
def test_the_action_that_fits_the_trouble_does_more_than_holding(trouble, helps):
    kpi = "qa_score"
    gains = [
        np.mean(
            [
                one[kpi] - other[kpi]
                for one, other in zip(
                    weeks_after(helps, seed, trouble=trouble), weeks_after("hold", seed, trouble=trouble), strict=True
                )
            ]
        )
        for seed in range(4)
    ]
    assert min(gains) > 0.3


def test_six_weeks_after_an_action_are_those_after_week_12():
    all_weeks = weeks_after("hold", 2, first=1)
    assert [week["week"] for week in all_weeks] == list(range(1, 19))
    # The action is taken at the end of week 12: nothing before it can tell.
    other = weeks_after("fix_template", 2, trouble="template", first=1)
    same = weeks_after("hold", 2, trouble="template", first=1)
    assert other[:12] == same[:12] and other[12:] != same[12:]
    assert weeks_after("hold", 2) == all_weeks[12:]


def test_a_learner_s_own_chart_goes_on_at_its_own_level_and_spread():
    own = [83.0, 84, 82, 83, 81, 85, 84, 83, 80, 82, 84, 83]
    held = lab.continued(own, "hold", 3)
    assert len(held) == 6
    shifted = lab.continued([10 + 2 * value for value in own], "hold", 3)
    assert shifted == pytest.approx([10 + 2 * value for value in held])
    wrong, looked = (lab.continued(own, action, 3, trouble="data") for action in ("hold", "investigate_data"))
    assert looked[:2] == pytest.approx(wrong[:2]) and all(b > a + 1 for a, b in zip(wrong[2:], looked[2:], strict=True))


def test_a_log_plays_the_same_year_again():
    plan = PROCESS | PEOPLE | PILOT
    decisions = [{"week": 18, "trigger": -1, "action": "adapt"}]
    log = lab.log_of(plan, 5, decisions)
    year = run(plan, 5, decisions=decisions)
    assert replay(log).weeks == replay(json.dumps(log)).weeks == year.weeks
    # Figures that somebody wrote into it are not read.
    assert replay(log | {"weeks": [{"in5_pct": 100}]}).weeks == year.weeks
    assert len(json.dumps(log)) < 700


@pytest.mark.parametrize(
    ("log", "says"),
    [
        ("{", "not a decision log"),
        ({}, "not a decision log"),
        (lab.log_of({}, 1) | {"version": 9}, "version 9"),
        (lab.log_of({}, -1), "seed"),
        (lab.log_of({}, 1, [{"week": 3, "action": "shout"}]), "Decision 1"),
        (lab.log_of({}, 1, [3]), "Decision 1 needs"),
        (lab.log_of({"x": 1}, 1), "no lever 'x'"),
    ],
)
def test_a_log_that_cannot_be_played_is_told_why(log, says):
    with pytest.raises(Problem, match=says):
        replay(log)
