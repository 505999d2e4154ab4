"""W1, the change lab: lead a change of Northfold's complaints desk for a year.

The page's side is ``change_lab.js`` and, from the plan to the report, ``change_lab_year.js``; the year is
played by ``change_lab_model.js``, which is :mod:`cslearn.methods.changelab` in JavaScript; the words are in
``change_lab_data.js``, which both sides read, and ``change_lab_words_data.js``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cslearn.explorers.data import read_data
from cslearn.methods.changelab import FINAL, lucks, pooled, run, situation, years

DATA = Path(__file__).with_name("change_lab_data.js")
TWO_AGENTS = {"extra_agents": 2, "go_live": 14}
# The first weeks of years without any change, in which a good trigger is quiet.
_ORDINARY_YEARS, _ORDINARY_WEEKS = 5, 20


def problem(seed: int) -> dict:
    """The year of a seed: where work sticks, how ready the teams are, and the target in percent.

    Seed 0 is the book's own.
    """
    year = situation(seed)
    return {
        "seed": seed,
        "stuck": year.stuck,
        "ready": [list(row) for row in year.ready],
        "target": read_data(DATA)["targets"][year.stuck],
    }


def reached(found: dict, plan: dict) -> int:
    """In how many of twenty years a plan reaches the problem's target."""
    played = years(plan, lucks(found["seed"]), like=found["seed"])
    return sum((pooled(year.weeks, "in5_pct", *FINAL) or 0) >= found["target"] for year in played)


def two_agents(found: dict) -> float:
    """What two more agents and nothing else come to: percent closed in five days, the middle of twenty years."""
    return _two_agents(found["seed"])


@lru_cache
def _two_agents(seed: int) -> float:
    ends = sorted(pooled(year.weeks, "in5_pct", *FINAL) for year in years(TWO_AGENTS, lucks(seed), like=seed))
    return (ends[9] + ends[10]) / 2


def false_alarms(found: dict, trigger: dict) -> float:
    """In how many of 100 ordinary weeks, without any change, a trigger would fire."""
    fires = weeks = 0
    for luck in lucks(found["seed"], _ORDINARY_YEARS):
        row = 0
        for week in run({}, luck, _ORDINARY_WEEKS, like=found["seed"]).weeks:
            value = week[trigger["kpi"]]
            hit = value is not None and (value < trigger["value"] if trigger["op"] == "<" else value > trigger["value"])
            row = row + 1 if hit else 0
            fires += row >= trigger["weeks"]
            weeks += 1
    return 100 * fires / weeks


def judge(found: dict, prediction: dict, done: dict) -> dict:
    """Whether a year that was played counts as right, and why.

    ``checks`` has the four conditions, ``reached`` the years of twenty that reach the
    target, and ``error`` how far off the guess was, in percentage points.
    """
    data = read_data(DATA)
    year = run(done["plan"], found["seed"], decisions=done["decisions"])
    answered = [one for one in year.log if one["event"] == "action" and one["trigger"] >= 0 and one["action"] != "hold"]
    quiet = [one for one in answered if false_alarms(found, year.plan["triggers"][one["trigger"]]) <= data["quiet_pct"]]
    enough = reached(found, done["plan"])
    checks = {
        "target": enough >= data["enough_years"],
        "morale": pooled(year.weeks, "morale", *FINAL) >= data["morale"],
        "pilot": any(one["event"] == "gate" for one in year.log),
        "trigger": bool(quiet),
    }
    error = abs(prediction["two_agents"] - two_agents(found))
    return {"right": all(checks.values()), "checks": checks, "reached": enough, "error": error}
