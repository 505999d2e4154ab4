"""The figures of the lesson on the change lab, worked out again from the cases of the game that it tells."""

import re
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from page_cells import run_cells

from cslearn.methods import changelab

PAGE = Path(__file__).parents[2] / "book" / "capstone" / "change-lab.md"
TEXT = PAGE.read_text("utf-8")
FEW = 4
PLAN = {
    "limit_gbp": 75, "single_owner": True, "daily_posting": True, "training_hours": 8, "coaching_hours": 2, "messages": 1,
    "involvement": "consult", "early_win": "labels", "pilot_team": "C", "pilot_weeks": 7, "go_live": 20,
    "reserve_gbp": 6_000, "triggers": [{"kpi": "adoption", "op": "<", "value": 50, "weeks": 2, "action": "coach_weakest"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def made():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changelab, "lucks", lambda seed: [seed + 10_007 * n for n in range(FEW)])
        return run_cells(PAGE)[0]


def in_five(floor, first, last):
    closed, came = np.array(floor.closed_at), np.array(floor.cases.arrives)
    week = closed // (2250 * 256) - 3
    chosen = (week >= first) & (week <= last)
    return 100 * np.mean((closed - came)[chosen] <= 5 * 450 * 256)


@pytest.mark.slow
def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    year = changelab.run(PLAN, 0)
    log = {(one["event"], one.get("name", "")): one for one in year.log}
    gate, trigger = log["gate", ""], log["trigger", ""]
    west = [changelab.pooled(year.west, "in5_pct", *span) for span in ((1, 8), (45, 52))]
    silent = [changelab.run(PLAN | {"triggers": []}, 10_007 * n, like=0) for n in range(FEW)]
    strike = log["shock", "courier strike"]["week"]

    def ends(plan):
        return sorted(in_five(changelab.run(plan, 10_007 * n, like=0).floor, 45, 52) for n in range(FEW))

    mine = ends(PLAN)
    process = {name: PLAN[name] for name in ("limit_gbp", "single_owner", "daily_posting", "go_live")}
    before, after = in_five(year.floor, 1, 8), in_five(year.floor, 45, 52)
    ready = changelab.situation(0).ready

    def wait(station, first, last):
        weeks = year.floor.weeks[first + 3 : last + 4]
        return sum(week.waited[station] for week in weeks) / sum(week.visits[station] for week in weeks) / 256 / 450

    expected = {
        "before": before, "west_before": west[0], "gain": after - before, "west_change": west[1] - west[0],
        "net": after - before - west[1] + west[0], "agent_wait": wait(0, 1, 8), "manager_wait": wait(2, 1, 8),
        "manager_wait_after": wait(2, 45, 52), "ability_a": ready[0][3], "desire_b": ready[1][1], "awareness_c": ready[2][0],
        "gate_pp": gate["pp"], "gate_margin": gate["margin_pp"], "gate_n": gate["n"], "gate_low": gate["pp"] - gate["margin_pp"],
        "mended": log["fault mended", ""]["week"], "strike": strike, "leaver": log["shock", "key leader leaves"]["week"],
        "trigger_week": trigger["week"], "trigger_value": trigger["value"],
        "strike_low": min(in_five(year.floor, week, week) for week in range(strike, strike + 4)),
        "strike_before": in_five(year.floor, strike - 1, strike - 1),
        "reached": sum(value >= 75 for value in mine), "low": mine[2], "high": mine[-3],
        "none_end": median(ends({})), "forced_end": median(ends(process)),
        "agents_end": median(ends({"extra_agents": 2, "go_live": 14})), "agents_cost": 2 * 560 * 39,
        "silent_cost": median(mine) - median(in_five(one.floor, 45, 52) for one in silent),
        "silent_use": silent[0].weeks[-1]["adoption_by_team"]["B"], "use": year.weeks[-1]["adoption_by_team"]["B"],
        # Process, people, pilot and reserve; messages run from week 9 to 31, eight weeks after the last wave.
        "cost": 3_000 + 18_000 + 9_000 + 180 * 33 + 15_120 + 7_680 + 140 * 23 + 3_500 + 2_500 + 2_450 + 6_000,
        # Week 10: a message 2.5, building 2 + 6 + 4, consulting 6, and team C's training 8.
        "busiest": 10, "hours": 2.5 + 12 + 6 + 8,
    }  # fmt: skip
    assert made == pytest.approx(expected)
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made)


@pytest.mark.slow
def test_what_the_words_say_of_the_figures_holds(made):
    # More agents do not help, a design without support is hardly used, and the pilot is above its line.
    assert abs(made["agents_end"] - made["none_end"]) < 3
    assert made["forced_end"] - made["none_end"] < 6
    assert made["gate_low"] > 5
    # The trigger waits two weeks: the leader leaves, and it fires in the next.
    assert made["leaver"] <= made["trigger_week"] <= made["leaver"] + 3
    assert made["manager_wait"] > 10 * made["agent_wait"] and made["strike_low"] < made["strike_before"] - 10
    assert made["silent_use"] + 20 < made["use"]
    year = changelab.run(PLAN, 0)
    assert [one["week"] for one in year.log if one["event"] == "trigger"] == [made["trigger_week"]]
    assert [one["action"] for one in year.log if one["event"] == "action"] == ["coach_team_B"]
    assert [(one["team"], one["week"]) for one in year.log if one["event"] == "live"] == [
        ("C", 12),
        ("A", 20),
        ("B", 23),
    ]
