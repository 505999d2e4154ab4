"""What exercises ask of the lab: six more weeks after one action, and what a good plan can deliver.

Both are answers of a model. They say what follows from its assumptions, not what would
happen at any desk.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cslearn.methods.changelab.figures import BASELINE, FINAL, TEAMS, WARM_UP
from cslearn.methods.changelab.lab import KPIS, RUNS, Year, _Play, _quantile, lucks, pooled, run, years
from cslearn.methods.changelab.plan import check
from cslearn.methods.changelab.world import world
from cslearn.problem import Problem, nearest

ADJUSTMENTS = ("hold", "coach_team_B", "raise_limit", "fix_template", "pause", "investigate_data")
"""The actions of the exercise on steering a change; :func:`weeks_after` takes these and no others."""
TROUBLES = {
    "nothing": "hold",
    "team_B": "coach_team_B",
    "limit": "raise_limit",
    "template": "fix_template",
    "pace": "pause",
    "data": "investigate_data",
}
"""What may be wrong in the weeks after going live, and the action that helps."""
_GO_LIVE, _SEEN, _AFTER = 14, 12, 6
# Everyone is live before week 13, the people are looked after, and nothing outside goes wrong.
_STEERED = {
    "limit_gbp": 75, "single_owner": True, "one_signature": True, "daily_posting": True, "training_hours": 6,
    "coaching_hours": 1, "support_weeks": 16, "messages": 1, "involvement": "consult", "early_win": "labels",
    "go_live": _GO_LIVE, "pace": 2, "reserve_gbp": 10_000,
}  # fmt: skip
# Which changes the plan or the people so that the trouble is there to be seen.
_PLANTED = {
    "team_B": {"coaching_hours": 0, "training_hours": 5},
    "limit": {"limit_gbp": 35, "one_signature": False},
    "pace": {"pace": 0, "coaching_hours": 0, "training_hours": 4, "messages": 0, "involvement": "inform"},
}


def weeks_after(action: str, seed: int = 0, *, trouble: str = "nothing", first: int = 13) -> list[dict]:
    """The lab's weeks 13 to 18 after going live, if one action is taken at the end of week 12.

    action: one of ADJUSTMENTS. trouble: what is wrong, one of TROUBLES. first: from which
    week after going live to answer, so that ``first=1`` gives the twelve weeks before as well.
    Each week is a dictionary as in :func:`run`, with ``week`` counted from going live. The
    same seed gives the same complaints whatever the action, so two answers differ by the
    action alone. Raises Problem for an action or a trouble that there is not.
    """
    if action not in ADJUSTMENTS:
        raise Problem(f"There is no action '{action}'. {nearest(str(action), ADJUSTMENTS, 'There are')}")
    if trouble not in TROUBLES:
        raise Problem(f"There is no trouble '{trouble}'. {nearest(str(trouble), TROUBLES, 'There are')}")
    made = world(seed, 0)
    ready = [list(row) for row in made.situation.ready]
    if trouble == "team_B":
        ready[TEAMS.index("B")] = [3.6, 3.3, 2.4, 1.6, 2.6]
    made = replace(made, situation=replace(made.situation, ready=tuple(map(tuple, ready)), shocks=()))
    plan = check({**_STEERED, **_PLANTED.get(trouble, {})})
    play = _Play(plan, made, [])
    play.faulty = False
    acted = _GO_LIVE + _SEEN - 1
    for week in range(1 - WARM_UP, _GO_LIVE + _SEEN + _AFTER):
        # A new letter with a mistake in it goes out in the eighth week.
        if trouble == "template" and week == _GO_LIVE + 7:
            play.faulty = True
        play.week(week)
        if week == acted:
            play.act(week, action, -2)
    found = []
    for figures in play.weeks[_GO_LIVE - 1 :]:
        number = figures["week"] - _GO_LIVE + 1
        if number >= first:
            found.append({**figures, "week": number})
    return found


def continued(
    own: Sequence[float], action: str, seed: int = 0, *, trouble: str = "nothing", kpi: str = "qa_score"
) -> list[float]:
    """How a learner's own chart goes on for six weeks after an action.

    own: their weekly figures since going live, the last twelve of which count. The lab's
    weeks 13 to 18 are moved to the level of the learner's last six weeks and stretched to
    their week-to-week spread, so that a jump of so many usual steps in the lab is a jump of
    as many usual steps in their chart. With ``trouble="data"`` the figures stay wrong by
    three usual steps until somebody looks into the data.
    """
    if kpi not in KPIS:
        raise Problem(f"The lab has no weekly figure '{kpi}'. {nearest(str(kpi), KPIS, 'It has')}")
    mine = [float(value) for value in own][-_SEEN:]
    if len(mine) < 6:
        raise Problem(f"It takes at least six weeks of your own to go on from, but there are {len(mine)}.")
    held = [week[kpi] for week in weeks_after("hold", seed, trouble=trouble, first=1)]
    acted = [week[kpi] for week in weeks_after(action, seed, trouble=trouble)]
    spread, wide = _step(mine), _step(held[:_SEEN])
    level, at = _mean(mine[-6:]), _mean(held[_SEEN - 6 : _SEEN])
    answer = [level + (value - at) * spread / wide for value in acted]
    if trouble == "data":
        right = 2 if action == "investigate_data" else _AFTER
        answer = [value if n < right else value + 3 * spread for n, value in enumerate(answer)]
    return answer


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _step(values: Sequence[float]) -> float:
    """The usual step from week to week: the mean moving range, in standard deviations (over 1.128)."""
    steps = [abs(after - before) for before, after in pairwise(values)]
    return max(_mean(steps) / 1.128, 1e-9)


def what_the_lab_can_deliver(
    plan: dict, *, seed: int = 0, runs: int = RUNS, kpis: Sequence[str] = KPIS
) -> dict[str, dict[str, float]]:
    """What the last eight weeks of the year look like under a plan: the 10% to 90% band of each figure.

    Over ``runs`` years that begin alike and differ in luck. For each figure ``p10``, ``p50``
    and ``p90``, and ``before``, the median of weeks 1 to 8. A target inside the band is one
    that the plan can reach; beyond it, one that it reaches in fewer than one year in ten.
    Takes about a seventh of a second for each year.
    """
    played = years(plan, lucks(seed, runs), like=seed)
    return summarised(played, kpis)


def summarised(played: Sequence[Year], kpis: Sequence[str] = KPIS) -> dict[str, dict[str, float]]:
    """The last eight weeks over years that were played, as :func:`what_the_lab_can_deliver` gives them."""
    found: dict[str, dict] = {}
    for kpi in kpis:
        ends = sorted(v for year in played if (v := pooled(year.weeks, kpi, *FINAL)) is not None)
        starts = sorted(v for year in played if (v := pooled(year.weeks, kpi, *BASELINE)) is not None)
        found[kpi] = {"before": _quantile(starts, 0.5), **{f"p{p}": _quantile(ends, p / 100) for p in (10, 50, 90)}}
    return found


LOG_VERSION = 1


def log_of(plan: dict, seed: int, decisions: Sequence[dict] = ()) -> dict:
    """What it takes to play a year again: small, plain data for a file or an answer cell."""
    return {"lab": "change-lab", "version": LOG_VERSION, "seed": seed, "plan": dict(plan), "decisions": list(decisions)}


def replay(log: object) -> Year:
    """The year that a decision log tells of, played again.

    log: what the change lab on the page gives to copy or to download, as a dictionary or as
    its text. Only seed, plan and decisions are read; the rest is worked out anew, so nobody
    can write better figures into a log. Raises Problem, saying what is wrong, if it cannot
    be played.
    """
    if isinstance(log, str):
        try:
            log = json.loads(log)
        except ValueError:
            raise Problem("This is not a decision log. Copy all of it, from the first { to the last }.") from None
    if not isinstance(log, dict) or log.get("lab") != "change-lab":
        raise Problem("This is not a decision log of the change lab. Copy it from the end of the lab's report.")
    if log.get("version") != LOG_VERSION:
        raise Problem(
            f"This log is of version {log.get('version')!r}, and this lab reads {LOG_VERSION}. Play the year again."
        )
    seed, decisions = log.get("seed"), log.get("decisions", [])
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**32:
        raise Problem(f"The seed of a log is a whole number, but this one is {seed!r}.")
    if not isinstance(decisions, list):
        raise Problem("The decisions of a log come as a list.")
    return run(log.get("plan", {}), seed, decisions=decisions)


ONE_OWNER = {
    "limit_gbp": 75, "single_owner": True, "training_hours": 8, "coaching_hours": 2, "messages": 1,
    "involvement": "consult", "early_win": "labels", "pilot_team": "C", "pilot_weeks": 7, "go_live": 20,
    "reserve_gbp": 6_000, "triggers": [{"kpi": "adoption", "op": "<", "value": 50, "weeks": 2, "action": "coach_weakest"}],
}  # fmt: skip
"""The change of Northfold's story as a plan for the lab, well supported: one owner, who may refund up to £75."""

ONE_OWNER_DELIVERS = {
    "in5_pct": {"before": 31.09, "p10": 74.34, "p50": 77.29, "p90": 80.4},
    "median_days": {"before": 7.73, "p10": 3.4, "p50": 3.59, "p90": 3.66},
    "p90_days": {"before": 11.12, "p10": 5.91, "p50": 6.21, "p90": 6.48},
    "open": {"before": 162.75, "p10": 81.7, "p50": 90.06, "p90": 94.65},
    "reopen_pct": {"before": 13.53, "p10": 8.82, "p50": 9.6, "p90": 10.68},
    "csat_pct": {"before": 56.1, "p10": 71.72, "p50": 73.29, "p90": 74.86},
    "fcr_pct": {"before": 69.45, "p10": 82.38, "p50": 83.63, "p90": 84.93},
    "aht_min": {"before": 52.46, "p10": 48.74, "p50": 49.6, "p90": 50.49},
    "service_level_pct": {"before": 90.35, "p10": 94.59, "p50": 94.81, "p90": 95.2},
    "cost_each_gbp": {"before": 21.1, "p10": 18.0, "p50": 18.29, "p90": 18.72},
    "qa_score": {"before": 82.67, "p10": 91.01, "p50": 92.07, "p90": 92.62},
    "adoption": {"before": None, "p10": 84.32, "p50": 84.66, "p90": 84.84},
    "morale": {"before": 2.97, "p10": 3.31, "p50": 3.42, "p90": 3.44},
}
"""What :func:`what_the_lab_can_deliver` gives for :data:`ONE_OWNER`, so that a rule need not play twenty years.

A test works it out anew."""
