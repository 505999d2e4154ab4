"""What a leader can decide before the year: levers for process, people and plan, and what they cost.

A plan is plain data, the same in Python, in the browser and in a hand-in. :func:`problems`
says in sentences what is wrong with one, and where.
"""

from __future__ import annotations

import math
import numbers

from cslearn.methods.changelab.figures import BASELINE, FINAL, TEAMS, WEEKS
from cslearn.problem import Problem, nearest

BUDGET_GBP = 120_000
CHANGE_HOURS = 40
PREPARE = 9
"""The first week in which anything of the change may begin."""
BLACKOUT = (33, 42)
"""The winter peak: no team goes live in these weeks."""
PILOT_FINDS = 3
"""After so many weeks a pilot has seen enough refunds to find a mistake in the design."""

INVOLVEMENT = ("inform", "consult", "co-design")
WINS = ("none", "labels", "letters", "screen", "breakfast")
ACTIONS = {
    "hold": 0, "coach_weakest": 1_800, "coach_team_A": 1_800, "coach_team_B": 1_800, "coach_team_C": 1_800, "raise_limit": 500,
    "fix_template": 1_200, "pause": 0, "investigate_data": 800, "manager_hours": 1_500,
}  # fmt: skip
"""What can be done on the way, and what it takes from the reserve, in GBP."""
GATE = ("go", "adapt", "stop")
"""What can be decided when a pilot reports."""
WATCHED = ("in5_pct", "open", "reopen_pct", "csat_pct", "fcr_pct", "aht_min", "service_level_pct", "adoption", "morale")
"""What a trigger can watch: a weekly figure; for adoption and morale the team that has least."""

# What may be set, from the least to the most; whole numbers but for the two thresholds.
RANGES = {
    "limit_gbp": (0, 150), "extra_agents": (0, 6), "manager_hours": (0, 5), "training_hours": (0, 12),
    "coaching_hours": (0, 3), "support_weeks": (0, 16), "messages": (0, 3), "pilot_start": (PREPARE, 40),
    "pilot_weeks": (1, 12), "go_at": (-20, 60), "stop_at": (-20, 60), "go_live": (0, FINAL[0] - 1), "pace": (0, 8),
    "reserve_gbp": (0, 60_000),
}  # fmt: skip
SWITCHES = ("sort_first", "single_owner", "courier_portal", "one_signature", "daily_posting")

NO_CHANGE = {
    "limit_gbp": 25, "sort_first": False, "single_owner": False, "courier_portal": False, "one_signature": False,
    "daily_posting": False, "extra_agents": 0, "manager_hours": 0, "training_hours": 0, "coaching_hours": 0,
    "support_weeks": 8, "messages": 0, "involvement": "inform", "early_win": "none", "pilot_team": "none",
    "pilot_start": 12, "pilot_weeks": 6, "go_at": 5, "stop_at": 0, "go_live": 0, "order": list(TEAMS), "pace": 3,
    "reserve_gbp": 0, "triggers": [],
}  # fmt: skip
"""The plan that changes nothing; a plan says only what differs from it."""

SET_UP_GBP = {
    "limit": 3_000, "sort_first": 14_000, "single_owner": 18_000, "courier_portal": 52_000, "one_signature": 5_000,
    "daily_posting": 9_000,
}  # fmt: skip
WEEKLY_GBP = {"extra_agent": 560, "manager_hour": 65, "daily_posting": 180, "message": 140, "pilot": 350}
INVOLVEMENT_GBP = {"inform": 0, "consult": 3_500, "co-design": 9_000}
WINS_GBP = {"none": 0, "labels": 2_500, "letters": 400, "screen": 4_000, "breakfast": 600}
TRAINING_HOUR_GBP, TRAINER_GBP, COACHING_HOUR_GBP = 24, 1_200, 160
TEAM_HEADS = 20
"""People in a team, all of whom are trained."""

# Hours of the change team in a week.
BUILD_HOURS = {
    "limit": 2, "sort_first": 5, "single_owner": 6, "courier_portal": 14, "one_signature": 2, "daily_posting": 4,
}  # fmt: skip
BUILD_WEEKS = 3
MESSAGE_HOURS, PILOT_HOURS, WAVE_HOURS, WIN_HOURS = 2.5, 6, 8, 5
INVOLVEMENT_HOURS = {"inform": 0, "consult": 6, "co-design": 12}


def full(plan: dict) -> dict:
    """The plan with what it leaves out filled in from the plan that changes nothing.

    Raises Problem for a lever that does not exist.
    """
    if not isinstance(plan, dict):
        raise Problem("A plan is a dictionary of levers, for example {'limit_gbp': 75, 'go_live': 20}.")
    for name in plan:
        if name not in NO_CHANGE:
            raise Problem(f"There is no lever '{name}'. {nearest(str(name), NO_CHANGE, 'There are')}")
    return {**NO_CHANGE, **plan}


def process_levers(plan: dict) -> list[str]:
    """Which levers of the process the plan moves: those that have a set-up cost of their own."""
    return (["limit"] if plan["limit_gbp"] != NO_CHANGE["limit_gbp"] else []) + [s for s in SWITCHES if plan[s]]


def pilot_ends(plan: dict) -> int:
    """The last week of the pilot; 0 if there is none."""
    return plan["pilot_start"] + plan["pilot_weeks"] - 1 if plan["pilot_team"] != "none" else 0


def first_live(plan: dict) -> int:
    """The first week in which any team works the new way; 0 if none ever does."""
    if not plan["go_live"]:
        return 0
    return plan["pilot_start"] if plan["pilot_team"] != "none" else plan["go_live"]


def live_weeks(plan: dict) -> dict[str, int]:
    """The week in which each team goes live if all goes as planned; 0 for never."""
    weeks, wave = {}, 0
    for team in plan["order"]:
        if not plan["go_live"]:
            weeks[team] = 0
        elif team == plan["pilot_team"]:
            weeks[team] = plan["pilot_start"]
        else:
            weeks[team] = plan["go_live"] + wave * plan["pace"]
            wave += 1
    return weeks


def costs(plan: dict) -> dict[str, float]:
    """What each part of the plan takes from the budget in this year, in GBP."""
    plan = full(plan)
    if not plan["go_live"] and not _touches_people(plan):
        return {}
    left = WEEKS + 1 - plan["go_live"] if plan["go_live"] else 0
    teams = len(TEAMS) if plan["go_live"] else 0
    until = min(WEEKS, max(live_weeks(plan).values()) + plan["support_weeks"])
    weeks = until - PREPARE + 1
    parts = {name: SET_UP_GBP[name] for name in process_levers(plan)} if plan["go_live"] else {}
    if plan["daily_posting"] and plan["go_live"]:
        parts["daily_posting"] += WEEKLY_GBP["daily_posting"] * left
    parts["extra_agents"] = WEEKLY_GBP["extra_agent"] * plan["extra_agents"] * left
    parts["manager_hours"] = WEEKLY_GBP["manager_hour"] * plan["manager_hours"] * left
    if plan["training_hours"] and teams:
        parts["training"] = teams * (TRAINER_GBP + TRAINING_HOUR_GBP * TEAM_HEADS * plan["training_hours"])
    parts["coaching"] = COACHING_HOUR_GBP * plan["coaching_hours"] * plan["support_weeks"] * teams
    parts["messages"] = WEEKLY_GBP["message"] * plan["messages"] * weeks
    parts["involvement"] = INVOLVEMENT_GBP[plan["involvement"]]
    parts["early_win"] = WINS_GBP[plan["early_win"]]
    if plan["pilot_team"] != "none" and plan["go_live"]:
        parts["pilot"] = WEEKLY_GBP["pilot"] * plan["pilot_weeks"]
    parts["reserve"] = plan["reserve_gbp"]
    return {name: cost for name, cost in parts.items() if cost}


def _touches_people(plan: dict) -> bool:
    return any(plan[name] for name in ("messages", "training_hours", "coaching_hours", "reserve_gbp")) or (
        plan["involvement"] != "inform" or plan["early_win"] != "none"
    )


def change_hours(plan: dict) -> list[dict[str, float]]:
    """What the plan asks of the change team in each of the 52 weeks, in hours by kind of work."""
    plan = full(plan)
    hours: list[dict[str, float]] = [{} for _ in range(WEEKS)]

    def add(name: str, first: int, last: int, each: float) -> None:
        for week in range(max(first, 1), min(last, WEEKS) + 1):
            if each:
                hours[week - 1][name] = hours[week - 1].get(name, 0) + each

    starts, lives = first_live(plan), live_weeks(plan)
    until = max(lives.values()) + plan["support_weeks"] if starts else PREPARE + plan["support_weeks"]
    add("messages", PREPARE, until, MESSAGE_HOURS * plan["messages"])
    if not starts:
        return hours
    # Building and designing are done in the weeks before the first team starts.
    add("building", starts - BUILD_WEEKS, starts - 1, sum(BUILD_HOURS[name] for name in process_levers(plan)))
    add("involvement", starts - BUILD_WEEKS, starts - 1, INVOLVEMENT_HOURS[plan["involvement"]])
    for week in lives.values():
        # Two weeks before, in two groups: preparing and holding the sessions.
        add("training", week - 2, week - 1, plan["training_hours"])
        add("coaching", week, week + plan["support_weeks"] - 1, plan["coaching_hours"])
        add("going live", week, week + 1, WAVE_HOURS)
    if plan["pilot_team"] != "none":
        add("pilot", plan["pilot_start"], pilot_ends(plan), PILOT_HOURS)
    if plan["early_win"] != "none":
        add("early win", starts + 1, starts + 2, WIN_HOURS)
    return hours


def problems(plan: dict) -> list[str]:
    """What is wrong with a plan, a sentence each that says what and where; empty if it can be played."""
    try:
        plan = full(plan)
    except Problem as problem:
        return [str(problem)]
    found = _shapes(plan)
    return found or _triggers(plan) + _dates(plan) + _means(plan)


def _shapes(plan: dict) -> list[str]:
    found = []
    for name, (least, most) in RANGES.items():
        value = plan[name]
        number = isinstance(value, numbers.Real) and not isinstance(value, bool) and math.isfinite(value)
        if not number or not least <= value <= most:
            found.append(f"{LABELS[name]} must be from {least:,} to {most:,}, but it is {_shown(value)}.")
        elif value != int(value) and name not in ("go_at", "stop_at"):
            found.append(f"{LABELS[name]} must be a whole number, but it is {_shown(value)}.")
    for name in SWITCHES:
        if not isinstance(plan[name], bool):
            found.append(f"{LABELS[name]} is either on or off, but it is {_shown(plan[name])}.")
    for name, known in (("involvement", INVOLVEMENT), ("early_win", WINS), ("pilot_team", ("none", *TEAMS))):
        if plan[name] not in known:
            found.append(f"{LABELS[name]} must be one of {', '.join(known)}, but it is {_shown(plan[name])}.")
    if not isinstance(plan["order"], list) or sorted(map(str, plan["order"])) != list(TEAMS):
        found.append("The order of the waves must name each of the teams A, B and C once.")
    if not isinstance(plan["triggers"], list):
        found.append("Triggers come as a list.")
    return found


def _triggers(plan: dict) -> list[str]:
    found = []
    for place, trigger in enumerate(plan["triggers"], start=1):
        where = f"Trigger {place}"
        if not isinstance(trigger, dict) or set(trigger) != {"kpi", "op", "value", "weeks", "action"}:
            found.append(f"{where} needs a measure (kpi), op, value, weeks and action.")
            continue
        value, weeks = trigger["value"], trigger["weeks"]
        if trigger["kpi"] not in WATCHED:
            found.append(f"{where} watches {_shown(trigger['kpi'])}; it can watch {', '.join(WATCHED)}.")
        if trigger["op"] not in ("<", ">"):
            found.append(f"{where} must ask for below (<) or above (>).")
        if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
            found.append(f"{where} needs a number to compare with, but it is {_shown(value)}.")
        if isinstance(weeks, bool) or not isinstance(weeks, int) or not 1 <= weeks <= 8:
            found.append(f"{where} must ask for 1 to 8 weeks in a row, but it is {_shown(weeks)}.")
        if trigger["action"] not in ACTIONS:
            found.append(f"{where} calls for {_shown(trigger['action'])}; it can call for {', '.join(ACTIONS)}.")
    return found


def _dates(plan: dict) -> list[str]:
    found = []
    changes = process_levers(plan) or plan["extra_agents"] or plan["manager_hours"]
    if not plan["go_live"]:
        if changes:
            found.append("The plan changes the process but never goes live. Give the first wave a week.")
        if plan["pilot_team"] != "none":
            found.append("There is a pilot but no first wave after it. Give the first wave a week, or drop the pilot.")
        return found
    starts, lives = first_live(plan), live_weeks(plan)
    if starts < PREPARE + BUILD_WEEKS:
        found.append(
            f"The first team starts in week {starts}. Weeks {BASELINE[0]} to {BASELINE[1]} are measured as they are, and "
            f"building takes {BUILD_WEEKS} weeks: start in week {PREPARE + BUILD_WEEKS} or later."
        )
    if plan["pilot_team"] != "none":
        if plan["go_live"] <= pilot_ends(plan):
            found.append(
                f"The plan runs backwards: the first wave goes live in week {plan['go_live']}, but the pilot reports at "
                f"the end of week {pilot_ends(plan)}. Move the wave to week {pilot_ends(plan) + 1} or later."
            )
        if plan["stop_at"] >= plan["go_at"]:
            found.append(
                f"Stop at {plan['stop_at']:g} and go at {plan['go_at']:g} percentage points overlap: one result would mean "
                f"both. Set the threshold to stop below the one to go."
            )
    for team, week in lives.items():
        if BLACKOUT[0] <= week <= BLACKOUT[1]:
            found.append(
                f"Team {team} would go live in week {week}, in the winter peak (weeks {BLACKOUT[0]} to {BLACKOUT[1]}). "
                f"Start earlier, or let the waves follow each other faster."
            )
        elif week >= FINAL[0]:
            found.append(
                f"Team {team} would go live in week {week}. The year is judged by weeks {FINAL[0]} to {FINAL[1]}, so "
                f"the last wave must start before them."
            )
    return found


def _means(plan: dict) -> list[str]:
    found = []
    parts = costs(plan)
    total = sum(parts.values())
    if total > BUDGET_GBP:
        dear = max(parts, key=lambda name: parts[name])
        found.append(
            f"The plan costs £{total:,.0f}, and the budget is £{BUDGET_GBP:,}. The largest part is {PARTS[dear]} with "
            f"£{parts[dear]:,.0f}. Take £{total - BUDGET_GBP:,.0f} out."
        )
    for week, work in enumerate(change_hours(plan), start=1):
        asked = sum(work.values())
        if asked > CHANGE_HOURS:
            dear = max(work, key=lambda name: work[name])
            found.append(
                f"Week {week} asks for {asked:g} hours of the change team, and there are {CHANGE_HOURS}. The most goes to "
                f"{dear}, with {work[dear]:g} hours. Move something to another week, or do less of it."
            )
            break
    return found


def check(plan: dict) -> dict:
    """The full plan if it can be played; Problem with everything that is wrong with it if not."""
    found = problems(plan)
    if found:
        raise Problem(" ".join(found))
    return full(plan)


def _shown(value: object) -> str:
    if value is None or value == "":
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}'" if isinstance(value, str) else f"{value}"


LABELS = {
    "limit_gbp": "The approval limit", "sort_first": "Sort at the first contact", "single_owner": "One owner",
    "courier_portal": "The courier portal", "one_signature": "One signature", "daily_posting": "Daily posting",
    "extra_agents": "Extra agents", "manager_hours": "Extra manager hours", "training_hours": "Training hours",
    "coaching_hours": "Coaching hours", "support_weeks": "Weeks of support", "messages": "Messages a week",
    "involvement": "Involvement", "early_win": "The early win", "pilot_team": "The pilot team",
    "pilot_start": "The first week of the pilot", "pilot_weeks": "The length of the pilot", "go_at": "The threshold to go",
    "stop_at": "The threshold to stop", "go_live": "The first wave", "pace": "Weeks between waves",
    "reserve_gbp": "The reserve",
}  # fmt: skip
PARTS = {
    "limit": "the new limit", "sort_first": "sorting at the first contact", "single_owner": "one owner",
    "courier_portal": "the courier portal", "one_signature": "one signature", "daily_posting": "daily posting",
    "extra_agents": "extra agents", "manager_hours": "extra manager hours", "training": "training",
    "coaching": "coaching", "messages": "messages", "involvement": "involvement", "early_win": "the early win",
    "pilot": "the pilot", "reserve": "the reserve",
}  # fmt: skip
