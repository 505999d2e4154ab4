"""What a learner sees of the start at West: people and weeks, teams, measures, the draft of the pilot, and what it brought."""

from datetime import date

from cslearn.northfold import practice
from cslearn.northfold.case import Case

_SHORT = {"full_time": "Full-time agents", "part_time": "Part-time agents", "new": "New since January", "leaders": "Team leaders"}  # fmt: skip
_TEAMS = {"team6": "Team 6", "team7": "Team 7", "team8": "Team 8"}


def shown(case: Case) -> dict:
    """The case of PR4: the skills matrix, the weeks, the staffing table, the teams, the measures, the draft, and the result."""
    facts = case.facts
    base = practice.baselines(case)
    first = practice.FIRST_PILOT_WEEK
    says = [
        f"Week 0 begins on {_day(practice.WEEK_ZERO)}: One Owner starts in the two other teams. The pilot can begin in week {_week(first)}, on {_day(practice.monday_of(first))}.",
        f"West answers about {practice.answered_now(case):.0f}% of calls within 20 seconds now. For the weeks of training people from North fill up the rota, and the board sets a condition: no week below 80%.",
        f"A call takes {facts['handling_s']} seconds: talk, and the notes afterwards.",
        f"Today West closes {facts['in5_before']}% of complaints within five working days. The board wants a pilot that could show {facts['wanted_points']} percentage points more.",
        f"The change lab has played this plan for twenty years, with {facts['support_says']}.",
    ]
    tables = {
        "matrix": _matrix(facts),
        "weeks": _weeks(facts),
        "staffing": _staffing(facts),
        "teams": _teams(case),
        "measures": _measures(facts, base),
        "draft": {
            "title": "The draft of the pilot: eight points",
            "task": "pilot",
            "columns": [{"name": "Point"}, {"name": "What it says"}],
            "rows": [[row["id"], row["says"]] for row in facts["law"]],
        },
        "result": _result(facts),
    }
    return {"says": says, "tables": tables}


def _matrix(facts: dict) -> dict:
    heads = {(need["group"], need["method"]): need["heads"] for need in facts["needs"]}
    columns = ["Group", *practice.LEVELS.values(), "Can do it alone"]
    rows = [
        [_SHORT[group], *(heads.get((group, method), 0) for method in practice.LEVELS), facts["can_alone"][group]]
        for group in practice.GROUPS
    ]
    hours = facts["hours"]
    said = f"a workshop takes {hours['workshop']} hours, coaching {hours['coaching']} and mentoring {hours['mentoring']} for each person"
    return {
        "title": f"The skills matrix of the two teams that do not try it first, in people; {said}",
        "task": "training",
        "columns": [{"name": name} for name in columns],
        "rows": rows,
    }


def _weeks(facts: dict) -> dict:
    return {
        "title": "The eight weeks of training: calls in the busiest hour, and who is on the lines if nobody is trained",
        "task": "training",
        "columns": [{"name": "Week"}, {"name": "Begins on"}, {"name": "Calls in the busiest hour"}, {"name": "Agents on the lines"}, {"name": "Note"}],
        "rows": [
            [_week(row["week"]), _day(date.fromisoformat(row["monday"])), row["calls"], row["agents"], "sale" if row["sale"] else ""]
            for row in facts["forecast"]
        ],
    }  # fmt: skip


def _staffing(facts: dict) -> dict:
    """A staffing table, as planners have it: a row for each forecast, a column for each number of agents."""
    by_calls = {row["calls"]: row for row in facts["forecast"]}
    most = max(row["agents"] for row in facts["forecast"])
    rows = []
    for calls, row in sorted(by_calls.items()):
        cells = [practice.level(facts, row["week"], row["agents"] - agents) for agents in range(2, most + 1)]
        rows.append([str(calls), *(f"{level:.1f}" for level in cells)])
    return {
        "title": "The staffing table: percent of calls answered within 20 seconds, by calls in the hour and agents who are left on the lines (Erlang C)",
        "task": "training",
        "columns": [{"name": "Calls"}, *({"name": f"{agents} agents"} for agents in range(2, most + 1))],
        "rows": rows,
    }


def _teams(case: Case) -> dict:
    morale = practice.morale_by_team(case)
    rows = []
    for team in case.facts["teams"]:
        mean, answered, asked = morale[team["team"]]
        rows.append([
            _TEAMS[team["team"]], team["cases_week"], team["in5_pct"],
            f"{mean:.1f} ({answered} of {asked} answered)" if answered >= 5 else "too few answered", team["note"],
        ])  # fmt: skip
    return {
        "title": "West's three teams",
        "task": "pilot",
        "columns": [
            {"name": "Team"},
            {"name": "Complaints a week"},
            {"name": "Closed in five days (%)"},
            {"name": "Morale in November"},
            {"name": "What is known"},
        ],
        "rows": rows,
    }


def _measures(facts: dict, base: dict) -> dict:
    rows = []
    for measure in practice.MEASURES.values():
        low, high = facts["delivers"][measure.name]
        digits = measure.digits
        rows.append([
            measure.label, measure.unit, f"{base[measure.name]:.{digits}f}", f"{practice.north(facts, measure.name, base[measure.name]):.{digits}f}",
            f"{_signed(low, digits)} to {_signed(high, digits)}", f"{practice.wish(facts, measure.name, base[measure.name]):.{digits}f}",
        ])  # fmt: skip
    return {
        "title": "Eight measures: where the sites stand, by how much eight of ten years in the change lab moved them, and what the board wishes for",
        "task": "pilot",
        "columns": [
            {"name": "Measure"},
            {"name": "Unit"},
            {"name": "West, before the change"},
            {"name": "North, half a year after its change"},
            {"name": "Change in the lab"},
            {"name": "The board's wish"},
        ],
        "rows": rows,
    }


def _result(facts: dict) -> dict:
    result = facts["result"]
    rows = []
    for name, (before, after, other_before, other_after) in result["rows"].items():
        measure = practice.MEASURES[name]
        rows.append([f"{measure.label} ({measure.unit})", *(f"{value:.{measure.digits}f}" for value in (before, after, other_before, other_after))])  # fmt: skip
    answered, asked = result["answered"]
    rows += [
        [
            "Of the pilot team's cases, those of part-timers closed within five working days (%)",
            None,
            result["part_time_in5"],
            None,
            None,
        ],
        ["Pilot team, answered the survey", None, f"{answered} of {asked}", None, None],
        ["What people said", None, result["says"], None, None],
    ]
    return {
        "title": "What the pilot brought, in one of the two ordinary teams. Open it when your task 2 stands",
        "task": "plan-on-a-page",
        "folded": True,
        "columns": [{"name": "Figure"}, {"name": "Pilot team, before"}, {"name": "Pilot team, after"}, {"name": "Other teams, before"}, {"name": "Other teams, same weeks"}],
        "rows": rows,
    }  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _week(week: int) -> str:
    return f"\u2212{-week}" if week < 0 else str(week)


def _signed(value: float, digits: int) -> str:
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return f"{sign}{abs(value):.{digits}f}"
