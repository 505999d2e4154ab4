"""The rules of the message time line, against pandas' dates, tables and plain search on random plans."""

import random
from datetime import date, timedelta

import pandas as pd
import pytest

from cslearn.methods import communication
from cslearn.methods.communication import (
    CHANNELS,
    Message,
    after_go_live,
    early_win,
    findings,
    first_messages,
    heard,
    order,
    plan,
    quadrant,
    silence,
    silences,
)
from cslearn.methods.readiness import ELEMENTS
from cslearn.problem import Problem

CASES = 400
TEAMS = ("teamA", "teamB", "teamC")
PEOPLE = ("S1", "S2", "S3")
MONDAY = date(2024, 9, 9)


def a_plan(rng: random.Random) -> list[dict]:
    return [
        {
            "to": rng.choice(["leaders", "agents", "customers", *TEAMS, *PEOPLE]),
            "week": rng.randint(-8, 10),
            "purpose": rng.choice(list(ELEMENTS)),
            "two_way": rng.choice([True, False, None]),
            "channel": rng.choice([*CHANNELS, None]),
        }
        for _ in range(rng.randint(0, 16))
    ]


def table_of(rows: list[dict]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["to", "week", "purpose", "two_way", "channel"])
    return table.assign(day=pd.to_datetime([MONDAY + timedelta(weeks=week) for week in table["week"]]))


@pytest.mark.parametrize("seed", range(CASES))
def test_every_rule_agrees_with_a_table_of_dates(seed):
    rng = random.Random(seed)
    rows = a_plan(rng)
    barriers = {team: rng.choice(list(ELEMENTS)) for team in TEAMS}
    map_ = {
        who: {"power": rng.choice(["hi", "lo"]), "interest": "hi", "stance": rng.choice(["for", "neutral", "against"])}
        for who in PEOPLE
    }
    found = findings(plan(rows), barriers, map_)
    holds = {(one.rule, one.about): one.holds for one in found}
    assert len(holds) == len(found) and all(one.sentence.endswith((".", "!")) for one in found)
    table = table_of(rows)
    staff = table[table["to"].isin([*TEAMS, "agents"])]
    for team in TEAMS:
        # A team's own message before a broadcast of the same week, and then as they stand.
        mine = table[table["to"].isin([team, "agents"])].assign(broadcast=lambda t: t["to"].eq("agents"))
        first = mine.sort_values(["day", "broadcast"], kind="stable").head(1)["purpose"].tolist()
        assert holds["first message", team] == (first == [barriers[team]])
        # Dates on a calendar: the ends of the window are posts too.
        start, end = (pd.Timestamp(MONDAY + timedelta(weeks=week)) for week in (-6, 8))
        days = pd.Series([start, *mine.loc[mine["day"].between(start, end), "day"], end]).sort_values()
        assert holds["silence", team] == (days.diff().max() <= pd.Timedelta(days=21))
    first = {
        "leaders": table.loc[table["to"] == "leaders", "day"].min(), "agents": staff["day"].min(),
        "customers": table.loc[table["to"] == "customers", "day"].min(),
    }  # fmt: skip
    # A day that is not there is before nothing.
    assert holds["order", "leaders"] == bool(first["leaders"] < first["agents"])
    assert holds["order", "agents"] == bool(first["agents"] < first["customers"])
    assert holds["after going live", "agents"] == bool((staff["day"] > pd.Timestamp(MONDAY)).any())
    four_weeks = (pd.Timestamp(MONDAY), pd.Timestamp(MONDAY + timedelta(weeks=4)))
    assert holds["early win", "agents"] == bool((staff["day"].between(*four_weeks) & staff["purpose"].eq("R")).any())
    listening = table[table["two_way"].eq(True) & ~table["channel"].isin(["poster", "letter", "intranet"])]
    blockers = {who for who, place in map_.items() if (place["power"], place["stance"]) == ("hi", "against")}
    assert {about for rule, about in holds if rule == "heard"} == blockers
    for who in blockers:
        assert holds["heard", who] == (who in set(listening["to"]))


@pytest.mark.parametrize("seed", range(CASES))
def test_silences_by_going_through_every_week(seed):
    rng = random.Random(f"silence {seed}")
    messages = plan(a_plan(rng))
    told = {m.week for m in messages if m.to in ("teamB", "agents")} | {-6, 8}
    expected, since = [], -6
    for week in range(-6, 9):
        if week in told:
            if week - since > 3:
                expected.append((since, week))
            since = week
    assert silences(messages, "teamB") == expected


def test_three_weeks_apart_will_do_and_four_will_not():
    def gaps(*weeks):
        return silences([Message("agents", week, "A") for week in weeks], "teamA")

    assert gaps(-3, 0, 3, 5) == [] and gaps(-6, -3, 0, 3, 6) == []
    assert gaps(-2, 1, 4, 7) == [(-6, -2)]
    assert gaps(-3, 0, 4, 7) == [(0, 4)]
    assert gaps(-3, 0, 3) == [(3, 8)]
    assert gaps() == [(-6, 8)]


GOOD = [
    {"to": "leaders", "week": -6, "purpose": "A", "two_way": True, "channel": "workshop"},
    {"to": "S2", "week": -6, "purpose": "D", "two_way": True, "channel": "one_to_one"},
    {"to": "teamA", "week": -5, "purpose": "Ab", "two_way": True, "channel": "huddle"},
    {"to": "teamB", "week": -5, "purpose": "D", "two_way": True, "channel": "huddle"},
    {"to": "teamC", "week": -5, "purpose": "A", "two_way": True, "channel": "huddle"},
    *({"to": "agents", "week": week, "purpose": p, "two_way": True, "channel": "email"} for week, p in ((-2, "K"), (1, "Ab"), (4, "R"), (7, "R"))),
    {"to": "customers", "week": -1, "purpose": "A", "two_way": False, "channel": "letter"},
]  # fmt: skip
LACKS = {"teamA": "Ab", "teamB": "D", "teamC": "A"}
WHO = {
    "S1": {"power": "hi", "interest": "hi", "stance": "for"},
    "S2": {"power": "hi", "interest": "lo", "stance": "against"},
    "S3": {"power": "lo", "interest": "hi", "stance": "against"},
}


def told(rows, **changes):
    return {
        (one.rule, one.about): one
        for one in findings(plan(rows), changes.get("barriers", LACKS), changes.get("stakeholders", WHO))
    }


def test_a_good_plan_keeps_every_rule():
    found = told(GOOD)
    assert all(one.holds for one in found.values()), [one for one in found.values() if not one.holds]
    assert (
        found["first message", "teamB"].sentence == "Team B first hears about Desire (week -5), which is what it lacks."
    )
    assert found["order", "leaders"].sentence == "Team leaders hear in week -6, before agents in week -5."
    assert found["early win", "agents"].sentence == "A win is told in week 4."


@pytest.mark.parametrize(
    ("change", "rule", "about", "says"),
    [
        (lambda rows: rows[3].update(purpose="K"), "first message", "teamB",
         "Team B first hears about Knowledge (week -5), but it lacks Desire: training cannot make people want it."),
        (lambda rows: rows[4].update(purpose="D"), "first message", "teamC",
         "Team C first hears about Desire (week -5), but it lacks Awareness."),
        (lambda rows: rows.append({"to": "agents", "week": -6, "purpose": "A"}), "first message", "teamA",
         "Team A first hears about Awareness (week -6), in a broadcast to everyone, but it lacks Ability."),
        (lambda rows: rows.__setitem__(slice(2, 9), []), "first message", "teamA",
         "Team A hears nothing. Its first message should be for Ability."),
        (lambda rows: rows[0].update(week=-5), "order", "leaders",
         "Agents hear in week -5, and team leaders only in week -5. Tell team leaders first: people will ask them."),
        (lambda rows: rows.pop(), "order", "agents", "The plan has no message to customers."),
        (lambda rows: rows[5].update(week=-1), "silence", "teamA",
         "Team A hears nothing from week -5 to week -1: more than 3 weeks of silence."),
        (lambda rows: [row.update(week=0) for row in rows if row["week"] > 0], "after going live", "agents",
         "After going live staff hear nothing more. That is when the questions come."),
        (lambda rows: rows[7].update(purpose="K"), "early win", "agents",
         "No win is told by week 4. Plan a message for Reinforcement that shows what it has brought."),
        (lambda rows: rows[1].update(two_way=False), "heard", "S2", "S2 could stop the change, and is only told. Ask them, and listen."),
        (lambda rows: rows[1].update(channel="poster"), "heard", "S2",
         "S2 could stop the change. Nobody can answer a poster, a letter or a page; talk with them."),
        (lambda rows: rows.pop(1), "heard", "S2",
         "S2 could stop the change, and nobody talks with them. Plan a two-way message."),
    ],
)  # fmt: skip
def test_each_way_to_break_a_rule_gets_its_sentence(change, rule, about, says):
    rows = [dict(row) for row in GOOD]
    change(rows)
    found = told(rows)[rule, about]
    assert not found.holds and found.sentence == says


def test_the_grid_has_four_places():
    assert len(set(communication.QUADRANTS.values())) == 4
    assert quadrant("hi", "hi") == "manage closely" and quadrant("hi", "lo") == "keep satisfied"
    assert quadrant("lo", "hi") == "keep informed" and quadrant("lo", "lo") == "keep an eye on"
    for wrong in (("high", "lo"), (None, None), ([], "hi")):
        with pytest.raises(Problem, match="Power and interest are 'hi' or 'lo'"):
            quadrant(*wrong)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"week": 1, "purpose": "A"}, "Message 1 is to nobody"),
        ({"to": "agents", "week": None, "purpose": "A"}, "Message 1 has the week None"),
        ({"to": "agents", "week": 1.5, "purpose": "A"}, "Message 1 has the week 1.5"),
        ({"to": "agents", "week": True, "purpose": "A"}, "Message 1 has the week True"),
        ({"to": "agents", "week": 1, "purpose": "X"}, "Message 1 has the purpose 'X'. Choose one of: A, D, K, Ab, R"),
        ({"to": "agents", "week": 1, "purpose": "A", "channel": "drum"}, "Message 1 has the channel 'drum'"),
    ],
)
def test_a_row_that_is_no_message_is_a_sentence(row, says):
    with pytest.raises(Problem, match=says.replace("?", r"\?")):
        plan([row])


def test_empty_plans_are_judged_too():
    assert [one.holds for one in first_messages([], LACKS)] == [False] * 3
    assert [one.holds for one in order([], LACKS)] == [False] * 2
    assert [one.holds for one in silence([], LACKS)] == [False] * 3
    assert not after_go_live([], LACKS).holds and not early_win([], LACKS).holds
    assert heard([], {}) == []
