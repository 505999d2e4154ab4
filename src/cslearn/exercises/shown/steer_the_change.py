"""What a learner sees of the weeks of a change: each measure, what people said, and what each decision would bring."""

import math
from datetime import date

from cslearn.exercises.shown.weeks_picture import weeks_picture
from cslearn.methods.control_chart import moving_ranges
from cslearn.northfold import next_weeks
from cslearn.northfold.case import Case
from cslearn.northfold.monitoring import KPIS, Kpi, Week, weekly

_PARTS = {"winter": "before the baseline", "baseline": "baseline", "pilot": "pilot", "after": "after the start"}
_COUNTED = {
    "quality_score": ("Points, added up over the days", "Days"),
    "service_level": ("Answered within 20 seconds", "Calls that reached the queue"),
    "abandonment": ("Hung up", "Calls that reached the queue"),
    "handling_time": ("Seconds", "Calls answered"),
    "first_contact_resolution": ("Settled, of the calls beside it", "Calls answered, as the weight"),
    "satisfaction": ("Answers of 4 or 5", "Answers"),
    "complaints_opened": ("Complaints", ""),
    "absence": ("Per cent, added up over the days", "Days"),
}


def shown(case: Case) -> dict:
    """The case of CM4: each measure week by week, the week book, six weeks for each decision, and the statements."""
    facts = case.facts
    (start, end), (live, last) = facts["baseline"], facts["weeks"]
    says = [
        f"The record is of {facts['site']}. The baseline is the 24 weeks from {_day(start)} to {_day(end)}.",
        f"Then team 3 tried One Owner for six weeks. All of {facts['site']} started on {_day(live)}; the twelve weeks end on {_day(last)}.",
        f"On {_day(facts['outage_day'])} the telephones were out for most of the day.",
        f"The weekend of {_day(facts['missing_days'][0])} and the day after was never recorded.",
        f"Since {_day(facts['definition_changed'])} a contact counts as solved if the customer does not come back within five days. Before, it was seven.",
        "Each day equally many calls are checked, and equally many hours stand on the rota. So a week's quality score and absence are the plain means of its days.",
        "First contact resolution is published by the day. Its weeks are made with the day's calls as weights.",
    ]
    tables = {"targets": _targets()}
    for kpi in KPIS.values():
        tables[kpi.name] = _weeks(kpi, weekly(case, kpi.name))
    tables |= {"scores": _scores(case), "behind": _behind(case)}
    for action in next_weeks.ACTIONS:
        tables[f"after_{action}"] = _six_weeks(case, action)
    tables["statements"] = {
        "title": "Eight statements",
        "task": "two-jobs",
        "columns": [{"name": "Statement"}, {"name": "What somebody does, or plans to do"}],
        "rows": [[n, text] for n, text in enumerate(facts["statements"], start=1)],
    }
    return {"says": says, "tables": tables}


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def _targets() -> dict:
    return {
        "title": "What the plan hopes for, by the end of the twelve weeks",
        "task": "monitoring-sheet",
        "columns": [{"name": "Measure"}, {"name": "Target"}, {"name": "Unit"}],
        "rows": [[kpi.label, kpi.target, kpi.unit] for kpi in KPIS.values()],
    }


def _weeks(kpi: Kpi, weeks: list[Week]) -> dict:
    baseline = [week.figure for week in weeks if week.part == "baseline"]
    total, ranges = math.fsum(baseline), moving_ranges(baseline)
    top, bottom = _COUNTED[kpi.name]
    names = [
        "Week from",
        "Part",
        *([] if kpi.how == "mean" else ["Days"]),
        top,
        *([bottom] if bottom else []),
        f"Figure ({kpi.unit})",
        "Moving range",
    ]
    rows = []
    for before, week in zip([None, *weeks], weeks, strict=False):
        moved = None if before is None else f"{abs(week.figure - before.figure):.{kpi.digits}f}"
        days = [] if kpi.how == "mean" else [week.days]
        sums = [round(week.top, 1), *([week.bottom] if bottom else [])]
        rows.append(
            [f"{week.monday:%d %b %Y}", _PARTS[week.part], *days, *sums, f"{week.figure:.{kpi.digits}f}", moved]
        )
    return {
        "title": f"{kpi.label}. Its {len(baseline)} weeks of the baseline add up to {total:.{kpi.digits}f},"
        f" and their {len(ranges)} moving ranges to {math.fsum(ranges):.{kpi.digits}f}",
        "task": "monitoring-sheet",
        "folded": True,
        "columns": [{"name": name} for name in names],
        "rows": rows,
    }


def _scores(case: Case) -> dict:
    book = case.facts["week_book"]
    weeks = [week for week in weekly(case, "quality_score") if week.part != "winter"]
    teams = [key for key in book[0] if key.startswith("team_")]
    return {
        "title": "Week book, first part: the quality score, its lowest and highest day, and each team as the checkers' own sheets have it",
        "task": "read-and-decide",
        "picture": weeks_picture(weeks, "Quality score"),
        "columns": [
            {"name": name}
            for name in ("Week", "Score", "Lowest day", "Highest day", *(f"Team {key[5:]}" for key in teams))
        ],
        "rows": [
            [row["week"], f"{row['score']:.2f}", *(_tenth(row[key]) for key in ("lowest_day", "highest_day", *teams))]
            for row in book
        ],
    }


def _tenth(score: float | None) -> str | None:
    return None if score is None else f"{score:.1f}"


def _behind(case: Case) -> dict:
    reasons = {
        "marked_down_limit": "A refund waited for a manager",
        "marked_down_template": "A wrong letter",
        "marked_down_team": "Steps of the call standard were missed",
    }
    return {
        "title": "Week book, second part: of 100 checked calls, how many were marked down for each reason, and what people said",
        "task": "read-and-decide",
        "columns": [{"name": "Week"}, *({"name": name} for name in reasons.values()), {"name": "What people said"}],
        "rows": [[row["week"], *(row[key] for key in reasons), row["said"] or None] for row in case.facts["week_book"]],
    }


_CHOSE = {
    "hold": "to hold",
    "coach_team": "to coach the team whose score has fallen",
    "raise_limit": "to raise the limit for refunds",
    "fix_template": "to mend the template of the letter",
    "pause": "to pause One Owner",
    "investigate_data": "to find out how the figure was made",
}


def _six_weeks(case: Case, action: str) -> dict:
    names = (
        "Week",
        "Quality score",
        "First contact resolution (%)",
        "Calls answered within 20 seconds (%)",
        "Refunds paid (GBP)",
    )
    return {
        "title": f"Weeks 13 to 18, if you chose {_CHOSE[action]}",
        "task": "read-and-decide",
        "folded": True,
        "columns": [{"name": name} for name in names],
        "rows": [
            [
                row["week"],
                f"{row['quality_score']:.2f}",
                _tenth(row["first_contact_resolution"]),
                _tenth(row["service_level"]),
                row["refunds_gbp"],
            ]
            for row in next_weeks.outcome(case, action)
        ],
    }
