"""What a learner sees of the start at West: people and weeks, teams, measures, the draft of the pilot, and what it brought."""

from datetime import date

from cslearn.methods.readiness import SMALL_CELL
from cslearn.northfold import practice
from cslearn.northfold.case import Case


def shown(case: Case) -> dict:
    """The case of PR4: the skills matrix, the weeks, the staffing table, the teams, the measures, the draft, and the result."""
    facts = case.facts
    base = practice.baselines(case)
    first = practice.FIRST_PILOT_WEEK
    says = [
        f"Week 0 begins on {_day(practice.WEEK_ZERO)}: One Owner starts in the two other teams. The pilot can begin in week {practice.week_said(first)}, on {_day(practice.monday_of(first))}.",
        f"West answers about {practice.answered_now(case):.0f}% of calls within 20 seconds now. For the weeks of training people from North fill up the rota, and the board sets a condition: no week below 80%.",
        f"A call takes {facts['handling_s']} seconds: talk, and the notes afterwards.",
        f"Today West closes {facts['in5_before']}% of complaints within five working days. The board wants a pilot that could show {facts['wanted_points']} percentage points more.",
        f"The change lab has played this plan for twenty years, with {facts['support_says']}.",
    ]
    tables = {
        "matrix": _matrix(facts),
        "hours": _hours(facts),
        "weeks": _weeks(facts),
        "staffing": _staffing(facts),
        "teams": _teams(case),
        "known": _known(facts),
        "measures": _measures(facts, base),
        "reach": _reach(facts, base),
        "draft": {
            "title": "The draft of the pilot: eight points",
            "task": "pilot",
            "columns": [{"name": "Point"}, {"name": "What it says"}],
            "rows": [[row["id"], row["says"]] for row in facts["law"]],
        },
        "result": _result(facts),
        "beside": _beside(facts),
    }
    return {"says": says, "tables": tables}


def _matrix(facts: dict) -> dict:
    heads = {(need["group"], need["method"]): need["heads"] for need in facts["needs"]}
    return {
        "title": "The skills matrix of the two other teams, in people",
        "task": "training",
        "columns": [{"name": name} for name in ("Group", *practice.LEVELS.values(), "Can do it alone")],
        "rows": [
            [name, *(heads.get((group, method), 0) for method in practice.LEVELS), facts["can_alone"][group]]
            for group, name in practice.GROUPS.items()
        ],
    }


def _hours(facts: dict) -> dict:
    return {
        "title": "Hours that each person needs",
        "task": "training",
        "columns": [{"name": "Method"}, {"name": "Hours"}],
        "rows": [[method.capitalize(), hours] for method, hours in facts["hours"].items()],
    }


def _weeks(facts: dict) -> dict:
    rows = []
    for row in facts["forecast"]:
        monday = date.fromisoformat(row["monday"])
        sale = ", sale" if row["sale"] else ""
        rows.append([f"{practice.week_said(row['week'])}: {monday.day} {monday:%B}{sale}", row["calls"], row["agents"]])
    return {
        "title": "The eight weeks of training in 2025, in the busiest hour",
        "task": "training",
        "columns": [{"name": "Week, begins on"}, {"name": "Calls"}, {"name": "Agents on the lines, if nobody is trained"}],
        "rows": rows,
    }  # fmt: skip


def _staffing(facts: dict) -> dict:
    """A staffing table, as planners have it: a row for each forecast, a column for each number of agents."""
    by_calls = {row["calls"]: row for row in facts["forecast"]}
    most = max(row["agents"] for row in facts["forecast"])
    agents = range(3, most + 1)
    return {
        "title": "The staffing table (Erlang C): percent answered within 20 seconds, by calls in the hour and agents left on the lines",
        "task": "training",
        "columns": [{"name": "Calls"}, *({"name": f"{left} left"} for left in agents)],
        "rows": [
            [str(calls), *(f"{practice.level(facts, row['week'], row['agents'] - left):.1f}" for left in agents)]
            for calls, row in sorted(by_calls.items())
        ],
    }


def _teams(case: Case) -> dict:
    morale = practice.morale_by_team(case)
    rows = []
    for team in case.facts["teams"]:
        mean, answered, asked = morale[team["team"]]
        said = f"{mean:.1f} ({answered} of {asked})" if answered >= SMALL_CELL else "too few answered"
        rows.append([practice.TEAMS[team["team"]], team["cases_week"], team["in5_pct"], said])
    return {
        "title": "West's three teams",
        "task": "pilot",
        "columns": [
            {"name": "Team"},
            {"name": "Complaints a week"},
            {"name": "Closed in five days (%)"},
            {"name": "Morale (answered, of those asked)"},
        ],
        "rows": rows,
    }


def _known(facts: dict) -> dict:
    return {
        "title": "What is known of them",
        "task": "pilot",
        "columns": [{"name": "Team"}, {"name": "What is known"}],
        "rows": [[practice.TEAMS[team["team"]], team["note"]] for team in facts["teams"]],
    }


def _measures(facts: dict, base: dict) -> dict:
    rows = []
    for measure in practice.MEASURES.values():
        stands = (base[measure.name], practice.north(facts, measure.name, base[measure.name]))
        rows.append([_named(measure), *(f"{value:.{measure.digits}f}" for value in stands)])
    return {
        "title": "Eight measures, and where the sites stand",
        "task": "pilot",
        "columns": [
            {"name": "Measure"},
            {"name": "West, before the change"},
            {"name": "North, half a year after its change"},
        ],
        "rows": rows,
    }


def _reach(facts: dict, base: dict) -> dict:
    rows = []
    for measure in practice.MEASURES.values():
        low, high = (_signed(value, measure.digits) for value in facts["delivers"][measure.name])
        wish = practice.wish(facts, measure.name, base[measure.name])
        rows.append([_named(measure), f"{low} to {high}", f"{wish:.{measure.digits}f}"])
    return {
        "title": "By how much eight of ten years in the change lab moved them, and what the board wishes for",
        "task": "pilot",
        "columns": [{"name": "Measure"}, {"name": "Change in the lab"}, {"name": "The board's wish"}],
        "rows": rows,
    }


def _result(facts: dict) -> dict:
    rows = []
    for name, values in facts["result"]["rows"].items():
        measure = practice.MEASURES[name]
        rows.append([_named(measure), *(f"{value:.{measure.digits}f}" for value in values)])
    return {
        "title": "What the pilot brought, in one of the two ordinary teams. Open it once your task 2 is done",
        "task": "plan-on-a-page",
        "folded": True,
        "columns": [
            {"name": "Measure"},
            {"name": "Pilot team, before"},
            {"name": "Pilot team, after"},
            {"name": "Others, before"},
            {"name": "Others, same weeks"},
        ],
        "rows": rows,
    }


def _beside(facts: dict) -> dict:
    result = facts["result"]
    answered, asked = result["answered"]
    return {
        "title": "What stands beside it in the pilot's report",
        "task": "plan-on-a-page",
        "folded": True,
        "columns": [{"name": "About"}, {"name": "What the report says"}],
        "rows": [
            ["Part-timers", f"Of their cases {result['part_time_in5']}% were closed within five working days."],
            ["Survey", f"{answered} of {asked} in the pilot team answered."],
            ["What people said", result["says"]],
        ],
    }


def _named(measure: practice.Measure) -> str:
    return measure.label if measure.unit == "score" else f"{measure.label} ({measure.unit})"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _signed(value: float, digits: int) -> str:
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return f"{sign}{abs(value):.{digits}f}"
