"""A year in the change lab: nothing is lost on the way, and nothing changes by itself."""

import pytest

from cslearn.methods.changelab import NO_CHANGE, lucks, run, weeks_after, world
from cslearn.methods.changelab.process import Floor, Rules
from cslearn.problem import Problem

PLAN = {"limit_gbp": 75, "single_owner": True, "training_hours": 6, "messages": 1, "go_live": 20}


def test_a_plan_that_changes_nothing_is_the_base_exactly():
    year = run({}, 3)
    made = world(3)
    floor = Floor(made.north, 0, made.situation)
    for week in range(56):
        strike, outage = (made.situation.week_of(name) for name in ("courier strike", "system outage"))
        striking = bool(strike) and strike <= week - 3 < strike + 2
        start = week * 2250 * 256
        floor.play(week, Rules(strike=striking, pause=(start, start + 900 * 256) if outage and week - 3 == outage else (0, 0)))
    assert floor.closed_at == year.floor.closed_at
    assert run(NO_CHANGE, 3).weeks == year.weeks


@pytest.mark.parametrize("plan", [{}, PLAN])
def test_no_complaint_is_lost_in_any_week(plan):
    year = run(plan, 5)
    arrived = closed = 0
    first = year.weeks[0]
    before = first["open"] - first["arrived"] + first["closed"]
    for week in year.weeks:
        arrived += week["arrived"]
        closed += week["closed"]
        assert week["open"] == before + arrived - closed


def test_the_same_seed_gives_the_same_year():
    assert run(PLAN, 7).weeks == run(PLAN, 7).weeks
    assert len(set(lucks(4))) == 20


def test_an_unknown_lever_or_action_is_refused_with_a_sentence():
    with pytest.raises(Problem, match="no lever 'limitgbp'"):
        run({"limitgbp": 3})
    with pytest.raises(Problem, match="no action 'shout'"):
        weeks_after("shout")
