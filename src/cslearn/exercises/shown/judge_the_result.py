"""What a learner sees of an evaluation: windows of weeks at both sites, morale by team, and comments to code."""

from __future__ import annotations

from statistics import fmean, stdev

from cslearn.methods.effects import against_site
from cslearn.northfold import evaluation
from cslearn.northfold.case import Case

SITES = ("North", "West")


def shown(case: Case) -> dict:
    """The case of CM5: windows, weekly figures, the net promoter score, morale, and twelve comments."""
    facts = case.facts
    says = [
        "The change is One Owner. It went live at North on Monday 9 September 2024. West worked on as before.",
        "The measure is first contact resolution (FCR): the share of contacts after which the customer does not come back.",
        "Until 31 May 2024 a contact counted against us if the customer came back within 7 days. From 1 June it counts within 5 days. This holds for both sites.",
        "The day of the outage, 17 January 2024, is left out of every figure below.",
        f"The board had wanted {facts['wanted_points']} percentage points.",
    ]
    tables = {
        "windows": _windows(case),
        "recommendation": _recommendation(case),
        "weeks": _weeks(case),
        "morale": _morale(case),
        "comments": _comments(case),
    }
    return {"says": says, "tables": tables}


def _windows(case: Case) -> dict:
    rows = []
    for window in evaluation.windows(case).values():
        north, west = (evaluation.weekly(case, "fcr_pct", site, window) for site in SITES)
        gaps = [one - two for one, two in zip(north, west, strict=True)]
        parts = [f"{place(values):.2f}" for values in (north, west, gaps) for place in (fmean, stdev)]
        rows.append([window.name, len(north), *parts])
    heads = ("Weeks", "North: mean, %", "North: spread", "West: mean, %", "West: spread", "Gap: mean, points", "Gap: spread")
    return {
        "title": "First contact resolution, from weekly figures. The gap of a week is North less West. The spread is the standard deviation of the weeks.",
        "columns": [{"name": "Window"}, *({"name": head} for head in heads)],
        "rows": rows,
        "task": "effect",
    }


def recommendation_effect(case: Case):
    """What happened to the net promoter score at North against West, as an Effect in points."""
    found = evaluation.windows(case)
    parts = [evaluation.weekly(case, "nps", site, found[name]) for site in SITES for name in ("before", "after")]
    return against_site(*parts)


def _recommendation(case: Case) -> dict:
    effect = recommendation_effect(case)
    return {
        "title": "The net promoter score at North, against West, for the same windows",
        "columns": [{"name": "Measure"}, {"name": "Change, points"}, {"name": "95% interval"}],
        "rows": [["Net promoter score", f"{effect.value:+.1f}", f"{effect.low:+.1f} to {effect.high:+.1f}"]],
        "task": "effect",
    }


def _weeks(case: Case) -> dict:
    found = evaluation.windows(case)
    rows = []
    for name in ("before", "learning", "after"):
        sites = [evaluation.weekly(case, "fcr_pct", site, found[name]) for site in SITES]
        first = {"before": -52, "learning": 1, "after": 5}[name]
        rows += [[f"{first + n:+d}", f"{one:.2f}", f"{two:.2f}"] for n, (one, two) in enumerate(zip(*sites, strict=True))]
    return {
        "title": "First contact resolution week by week, in %. Week +1 began on 9 September 2024",
        "columns": [{"name": "Week"}, *({"name": site} for site in SITES)],
        "rows": rows,
        "task": "effect",
        "folded": True,
    }


def _morale(case: Case) -> dict:
    rows = [
        [f"Team {row['team']}", row["first_asked"], row["first_answers"], f"{row['first_mean']:.2f}",
         row["last_asked"], row["last_answers"], f"{row['last_mean']:.2f}"]
        for row in evaluation.morale(case)
    ]  # fmt: skip
    totals = [sum(row[place] for row in rows) for place in (1, 2, 4, 5)]
    first, last = (f"{evaluation.mean_morale(case, wave):.2f}" for wave in (1, 3))
    rows.append(["All teams", totals[0], totals[1], first, totals[2], totals[3], last])
    heads = ("June: asked", "June: answered", "June: mean", "November: asked", "November: answered", "November: mean")
    return {
        "title": "Morale in the staff survey, from 1 (low) to 5 (high). Teams 1 to 5 are at North",
        "columns": [{"name": "Team"}, *({"name": head} for head in heads)],
        "rows": rows,
        "task": "words-and-balance",
    }


def _comments(case: Case) -> dict:
    return {
        "title": "Twelve comments from the staff survey",
        "columns": [{"name": "Comment"}, {"name": "What somebody wrote"}],
        "rows": [[f"Comment {n}", one.text] for n, one in enumerate(evaluation.comments(case), start=1)],
        "task": "words-and-balance",
    }
