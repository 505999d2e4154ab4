"""What a learner gets to put One Owner into practice at West: people to train, a pilot to shape, measures to set.

West's pilot begins on 3 March 2025. The two other teams are to follow on 7 July, which is
week 0, once the pilot has reported. In the eight weeks before that they are trained, while
the telephones ring. Planted, in every case: in no week may more than three leave the lines
at once, and in the weeks of the sale hardly anybody may, but spread out there is room for
everyone; some people do not know the new way and others know it and cannot do it yet, so
one method does not fit all; the board wishes for more than the change lab has ever
delivered; North's figures, which the change has moved already, stand beside West's; of
eight points of the draft four break the law; one team is the best of the site; and the
pilot's result brings a gain that somebody else pays for.

Figures are fictional. What is said about law is information, not legal advice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cslearn.methods import pilots
from cslearn.methods.queues import agents_needed, service_level, workload
from cslearn.northfold.brief import Brief
from cslearn.northfold.draw import Draw, seed_of

if TYPE_CHECKING:
    from cslearn.northfold.case import Case

WEEK_ZERO = date(2025, 7, 7)
TRAINING_WEEKS = tuple(range(-8, 0))
FIRST_PILOT_WEEK = -18
# People need so many weeks to get used to the new way; they are part of the pilot and do not count for its verdict.
LEARNING_WEEKS = 2
TARGET_SECONDS, GOAL = 20, 0.80
# No service level that a plan can lead to lies nearer to the goal than this, in percentage points.
CLEAR_OF_GOAL = 0.8
ORDINARY = ("2024-06-03", "2024-11-24")
SURVEY_WAVE = 3
TEAMS = {"team6": "Team 6", "team7": "Team 7", "team8": "Team 8"}

GROUPS = {
    "full_time": "Full-time agents",
    "part_time": "Part-time agents",
    "new": "New since January",
    "leaders": "Team leaders",
}
METHODS = {
    "workshop": "Workshop: show how, and try it on old cases",
    "coaching": "Coaching: they do a real case, somebody sits beside them, asks, and lets them find out",
    "mentoring": "Mentoring: talks with somebody from North who has done the job for months",
    "self_study": "Slides on the intranet, to be read alone",
    "briefing": "Briefing by e-mail",
}
LEVELS = {
    "workshop": "Cannot say how",
    "coaching": "Can say how, cannot do it yet",
    "mentoring": "Seeks somebody who has led it",
}


@dataclass(frozen=True)
class Measure:
    """One measure of the change. ``up`` says that more is better; ``kinds`` what it can be in a plan; ``digits`` how it is shown."""

    name: str
    label: str
    unit: str
    up: bool
    kinds: tuple[str, ...]
    digits: int


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("in5_pct", "Complaints closed within five working days", "%", True, ("outcome",), 0),
        Measure("csat_pct", "Customers who give 4 or 5 (CSAT)", "%", True, ("outcome",), 0),
        Measure("adoption", "Cases handled the new way", "%", True, ("process",), 0),
        Measure("qa_score", "Quality score of checked calls", "of 100", True, ("process",), 0),
        Measure("reopen_pct", "Complaints opened again", "%", False, ("balancing", "outcome"), 1),
        Measure("aht_min", "Work on one complaint", "minutes", False, ("balancing",), 1),
        Measure("cost_each_gbp", "Cost of one complaint", "GBP", False, ("balancing", "outcome"), 1),
        Measure("morale", "Morale in the staff survey, from 1 to 5", "score", True, ("people",), 1),
    )
}
KINDS = {
    "outcome": "Outcome: what the change is for",
    "process": "Process: is the new way used, and used well",
    "balancing": "Balancing: what could get worse while the rest gets better",
    "people": "People: how staff fare",
}

SUPPORT = {
    "full": ({"training_hours": 8, "coaching_hours": 2}, "eight hours of training for everyone, and two hours of coaching a week for sixteen weeks"),
    "short": ({"training_hours": 6, "coaching_hours": 1}, "six hours of training for everyone, and one hour of coaching a week"),
    "careful": ({"limit_gbp": 60}, "eight hours of training, two hours of coaching a week, and a limit of £60"),
    "together": ({"involvement": "co-design", "training_hours": 6}, "a design made together with staff, six hours of training, and two hours of coaching a week"),
}  # fmt: skip
"""How well One Owner may be supported at West: what differs from the change lab's ONE_OWNER, and the same in words."""

LAB_DELIVERS = {
    "full": {
        "in5_pct": (31.09, 74.34, 80.4), "csat_pct": (56.1, 71.72, 74.86), "reopen_pct": (13.53, 8.82, 10.68), "aht_min": (52.46, 48.74, 50.49),
        "cost_each_gbp": (21.1, 18.0, 18.72), "qa_score": (82.67, 91.01, 92.62), "adoption": (None, 84.32, 84.84), "morale": (2.97, 3.31, 3.44),
    },
    "short": {
        "in5_pct": (31.09, 73.02, 78.16), "csat_pct": (56.1, 70.58, 73.49), "reopen_pct": (13.53, 9.18, 11.51), "aht_min": (52.46, 49.23, 51.06),
        "cost_each_gbp": (21.1, 18.42, 19.12), "qa_score": (82.67, 89.83, 91.27), "adoption": (None, 74.14, 74.18), "morale": (2.97, 3.29, 3.4),
    },
    "careful": {
        "in5_pct": (31.09, 73.42, 79.47), "csat_pct": (56.1, 71.7, 74.59), "reopen_pct": (13.53, 8.88, 10.66), "aht_min": (52.46, 49.24, 50.96),
        "cost_each_gbp": (21.1, 18.15, 18.85), "qa_score": (82.67, 90.6, 92.33), "adoption": (None, 84.34, 84.84), "morale": (2.97, 3.31, 3.44),
    },
    "together": {
        "in5_pct": (31.09, 73.92, 79.43), "csat_pct": (56.1, 71.03, 74.6), "reopen_pct": (13.53, 9.0, 11.01), "aht_min": (52.46, 48.95, 51.0),
        "cost_each_gbp": (21.1, 18.23, 18.92), "qa_score": (82.67, 90.76, 92.32), "adoption": (None, 78.33, 78.65), "morale": (2.97, 3.44, 3.59),
    },
}  # fmt: skip
"""Before, and the 10% and 90% of twenty years in the change lab, for each support; a test plays them anew."""

# Each point of the draft has a wording that keeps the law and one that breaks it; and, for the one that breaks it, why.
LAW = (
    (
        "case lists",
        "A list of open cases goes to the pilot team each morning. It holds order numbers, and nothing else.",
        "A list of open cases goes to the whole site each morning. It holds names, addresses, and who is ill.",
        "More personal data goes to more people than the work needs (UK GDPR, articles 5 and 9)",
    ),
    (
        "ways in",
        "Customers reach their case owner by telephone, by text relay, by e-mail or by chat. Nobody has to say why.",
        "Customers reach their case owner by telephone only. Exceptions are looked at when somebody complains.",
        "A service thinks ahead about disabled customers and adjusts (Equality Act 2010, sections 20 and 29)",
    ),
    (
        "own data",
        "Who asks for a copy of their data is passed on the same day, and has it within a month at the latest.",
        "Who asks for a copy of their data hears that this waits until the pilot is over.",
        "A request for one's own data is answered within one month (UK GDPR, articles 12 and 15)",
    ),
    (
        "refunds",
        "A refund that is agreed for faulty goods is paid within a week.",
        "Refunds that are agreed for faulty goods are collected, and paid together after 30 days.",
        "A refund for goods that were rejected is due within 14 days of agreeing it (Consumer Rights Act 2015, section 20)",
    ),
    (
        "faulty goods",
        "In the first 30 days a case owner tells the customer of a faulty item that it can be sent back for a refund.",
        "In the first 30 days a case owner offers a repair of a faulty item, and nothing else.",
        "The right to reject faulty goods lasts 30 days (Consumer Rights Act 2015, sections 20 and 22)",
    ),
    (
        "screens",
        "An agent on the pilot team uses a screen reader. The case page is made to work with it before the start.",
        "An agent on the pilot team uses a screen reader. The case page is adapted after the pilot, if it goes on.",
        "An employer makes reasonable adjustments for disabled staff (Equality Act 2010, sections 20 and 39)",
    ),
    (
        "closing messages",
        "The message that closes a case says what was done, and asks whether it is settled.",
        "The message that closes a case advertises the new sofas, also to customers who have said no to advertising.",
        "Nobody who has objected gets any more direct marketing (UK GDPR, article 21; PECR, regulation 22)",
    ),
    (
        "lost data",
        "If a list reaches the wrong people, the data protection lead hears of it within the hour.",
        "If a list reaches the wrong people, it is written down for the report at the end of the pilot.",
        "A breach that may put people at risk is reported within 72 hours (UK GDPR, article 33)",
    ),
)  # fmt: skip

# What the pilot's gain costs, and whom; the measure that shows it, by how much, and what people said.
_PRICES = {
    "opened again": ("reopen_pct", (4.0, 6.0), "Cases are closed on the fifth day, whether or not the customer has said yes."),
    "work": ("aht_min", (7.0, 10.0), "Case owners ring the Returns desk for each parcel, and the desk still has one line."),
    "morale": ("morale", (-0.7, -0.5), "Part-timers find their cases half done by others when they come back, and are blamed for the wait."),
}  # fmt: skip


def monday_of(week: int) -> date:
    """The day on which a week begins; week 0 is the one of the roll-out to the two other teams."""
    return WEEK_ZERO + timedelta(weeks=week)


def week_said(week: int) -> str:
    """A week's number as it is written, with a minus sign and no hyphen before week 0."""
    return f"\u2212{-week}" if week < 0 else str(week)


def level(facts: Mapping, week: int, away: int) -> float:
    """Percent of West's calls in the busiest hour of a week that are answered in 20 seconds, with so many off the lines (Erlang C)."""
    row = next(row for row in facts["forecast"] if row["week"] == week)
    left = row["agents"] - away
    if left < 1:
        return 0.0
    handling = facts["handling_s"]
    return 100 * service_level(left, workload(row["calls"], handling), handling, TARGET_SECONDS)


def spare(facts: Mapping) -> dict[int, int]:
    """For each week of training: how many can leave the lines at once while 80% are still answered in 20 seconds."""
    found = {}
    for row in facts["forecast"]:
        handling = facts["handling_s"]
        needed = agents_needed(workload(row["calls"], handling), handling, TARGET_SECONDS, GOAL)
        found[row["week"]] = max(0, row["agents"] - needed)
    return found


def brief(seed: int) -> Brief:
    """The people, weeks, teams, measures and draft of one case. Same seed, same brief."""
    for attempt in range(1, 400):
        found = _attempt(Draw(seed_of("practice", seed, attempt)))
        if found is not None:
            return found._replace(draws=attempt)
    raise AssertionError(f"no case for seed {seed} in 400 draws")  # pragma: no cover


def _attempt(draw: Draw) -> Brief | None:
    training = _training(draw)
    if training is None:
        return None
    pilot = _pilot(draw)
    if pilot is None:
        return None
    figures = _figures(draw, pilot)
    law, unlawful = _law(draw)
    facts = {"site": "West", "week_zero": WEEK_ZERO.isoformat(), **training, **pilot, **figures, "law": law}
    facts["result"] = _result(draw, facts)
    best = max(facts["teams"], key=lambda team: team["in5_pct"])["team"]
    return Brief(facts, {"unlawful": unlawful, "best_team": best})


def _training(draw: Draw) -> dict | None:
    """Whom to train, for how long, and how many the weeks can spare."""
    handling = int(draw.step(360, 380, 5))
    needs = [
        {"group": "full_time", "method": "workshop", "heads": int(draw.step(2, 3, 1))},
        {"group": "full_time", "method": "coaching", "heads": int(draw.step(3, 4, 1))},
        {"group": "part_time", "method": "workshop", "heads": int(draw.step(2, 3, 1))},
        {"group": "part_time", "method": "coaching", "heads": int(draw.step(1, 2, 1))},
        {"group": "new", "method": "workshop", "heads": int(draw.step(2, 3, 1))},
        {"group": "leaders", "method": "mentoring", "heads": 2},
    ]
    can_alone = {
        "full_time": int(draw.step(2, 4, 1)), "part_time": int(draw.step(1, 3, 1)), "new": 0, "leaders": 0,
    }  # fmt: skip
    hours = {
        "workshop": int(draw.step(5, 7, 1)),
        "coaching": int(draw.step(3, 4, 1)),
        "mentoring": int(draw.step(2, 3, 1)),
    }
    first_sale = draw.one_of([-7, -6, -5, -4])
    forecast, room = [], []
    for week in TRAINING_WEEKS:
        sale = week in (first_sale, first_sale + 1)
        calls = int(draw.step(34, 38, 1) if sale else draw.step(23, 29, 1))
        needed = agents_needed(workload(calls, handling), handling, TARGET_SECONDS, GOAL)
        free = int(draw.step(0, 1, 1) if sale else draw.step(1, 3, 1))
        forecast.append(
            {"week": week, "monday": monday_of(week).isoformat(), "calls": calls, "agents": needed + free, "sale": sale}
        )
        room.append(free)
    facts = {
        "handling_s": handling, "forecast": forecast, "needs": needs, "can_alone": can_alone, "hours": hours,
    }  # fmt: skip
    heads = sum(need["heads"] for need in needs if need["group"] != "leaders")
    near = any(
        abs(level(facts, row["week"], away) - 100 * GOAL) < CLEAR_OF_GOAL
        for row in forecast
        for away in range(row["agents"])
    )
    # Room for everyone with a little to spare, but nowhere for four at once, and never all in one week.
    if near or not heads + 2 <= sum(room) <= heads + 5 or max(room) > 3:
        return None
    return facts


def _pilot(draw: Draw) -> dict | None:
    """West's three teams, what the board hopes for, and how many cases a week there are."""
    before = int(draw.step(29, 36, 1))
    wanted = int(draw.step(17, 22, 1))
    needed = pilots.cases_each(before / 100, (before + wanted) / 100)
    best = draw.one_of(list(TEAMS))
    teams = []
    for name in TEAMS:
        cases = int(draw.step(20, 26, 1))
        weeks = math.ceil(needed / cases)
        if not 3 <= weeks <= 6:
            return None
        share = before + (int(draw.step(9, 12, 1)) if name == best else -int(draw.step(4, 6, 1)))
        teams.append({"team": name, "cases_week": cases, "in5_pct": share})
    notes = draw.shuffled(_NOTES)
    for team in teams:
        team["note"] = _BEST_NOTE if team["team"] == best else notes.pop()
    return {"in5_before": before, "wanted_points": wanted, "teams": teams}


_BEST_NOTE = "Won the award for the best team of 2024. Asked to go first, and to show how it is done."
_NOTES = [
    "As many new as long-serving people. Neither for nor against it: 'let us see'.",
    "A mixed team on a mixed rota. Has questions about the Returns desk, and wrote them down.",
    "Nothing out of the ordinary. Its leader asks what happens if it does not work.",
]


def _figures(draw: Draw, pilot: Mapping) -> dict:
    """What the change lab delivers, what the board wishes for, and the baselines that no table holds."""
    support = draw.one_of(list(SUPPORT))
    delivers, wishes, north = {}, {}, {}
    for measure in MEASURES.values():
        before, low, high = LAB_DELIVERS[support][measure.name]
        scale = 10**measure.digits
        # Outwards to the digits that are shown, so that no rounding throws a target out of the band.
        least = math.floor((low - (before or 0)) * scale + 1e-6) / scale
        most = math.ceil((high - (before or 0)) * scale - 1e-6) / scale
        delivers[measure.name] = [least, most]
        beyond = draw.between(0.25, 0.4) * (most if measure.up else least)
        wishes[measure.name] = round((most if measure.up else least) + beyond, measure.digits)
        north[measure.name] = round((least + most) / 2 * draw.between(0.6, 0.8), measure.digits)
    drawn = {
        "in5_pct": pilot["in5_before"],
        "adoption": 0,
        "reopen_pct": draw.step(12.5, 15.5, 0.1),
        "aht_min": draw.step(50.0, 56.0, 0.1),
        "cost_each_gbp": draw.step(20.0, 22.5, 0.1),
    }
    drawn = {name: round(value, MEASURES[name].digits) for name, value in drawn.items()}
    return {
        "support": support, "support_says": SUPPORT[support][1], "delivers": delivers, "wished_change": wishes,
        "north_change": north, "baselines": drawn,
    }  # fmt: skip


def _law(draw: Draw) -> tuple[list[dict], list[str]]:
    """The eight points of the draft, numbered in a random order, and which four of them break the law."""
    bad = set(draw.shuffled(range(len(LAW)))[:4])
    rows, unlawful = [], []
    for place, topic in enumerate(draw.shuffled(range(len(LAW))), start=1):
        name, keeps, breaks, _ = LAW[topic]
        rows.append({"id": f"L{place}", "topic": name, "says": breaks if topic in bad else keeps})
        if topic in bad:
            unlawful.append(f"L{place}")
    return rows, unlawful


def why_unlawful(facts: Mapping, id: str) -> str:
    """What the law says against a point of the draft, with its section."""
    topic = next(row["topic"] for row in facts["law"] if row["id"] == id)
    return next(why for name, _, _, why in LAW if name == topic)


def _result(draw: Draw, facts: Mapping) -> dict:
    """What the pilot brought, with team and comparison before and after, and what the gain cost."""
    price = draw.one_of(list(_PRICES))
    worse, (low, high), says = _PRICES[price]
    gain, drift = int(draw.step(12, 18, 1)), int(draw.step(1, 3, 1))
    base = {**facts["baselines"], "morale": 3.5}
    # The pilot was run by one of the two ordinary teams, and compared with the other one and the best.
    *ordinary, best = sorted(team["in5_pct"] for team in facts["teams"])
    start, other = ordinary[0], (ordinary[1] + best) // 2
    rows = {"in5_pct": [start, start + gain + drift, other, other + drift]}
    for name in ("reopen_pct", "aht_min", "morale"):
        digits = MEASURES[name].digits
        start, other = base[name], base[name]
        moved = draw.between(low, high) if name == worse else draw.between(-0.1, 0.1) * (1 if name == "morale" else 4)
        rows[name] = [round(value, digits) for value in (start, start + moved, other, other + draw.between(-0.1, 0.1))]
    return {
        "price": price, "worse": worse, "says": says, "rows": rows, "answered": [int(draw.step(9, 11, 1)), 13],
        "part_time_in5": rows["in5_pct"][1] - int(draw.step(9, 14, 1)),
    }  # fmt: skip


# ---- what the tables say --------------------------------------------------------------------


def baselines(case: Case) -> dict[str, float]:
    """West's figures before the change: from the daily table and the staff survey, and those that are drawn with the case.

    Satisfaction is the share of all answers, June to November 2024; quality the mean of the
    same days; morale the mean of all answers of the third survey. Rounded as they are shown.
    """
    days = _ordinary_days(case)
    morale = [row["morale"] for team in TEAMS for row in _survey(case, team) if row["morale"]]
    found = {
        "csat_pct": 100 * sum(day["csat_top2"] for day in days) / sum(day["csat_n"] for day in days),
        "qa_score": math.fsum(day["qa_score"] for day in days) / len(days),
        "morale": sum(morale) / len(morale),
        **case.facts["baselines"],
    }
    return {name: round(found[name], measure.digits) for name, measure in MEASURES.items()}


def _ordinary_days(case: Case) -> list[dict]:
    return [r for r in case.tables["kpi_daily"] if r["site"] == "West" and ORDINARY[0] <= r["date"] <= ORDINARY[1]]


def _survey(case: Case, team: str) -> list[dict]:
    return [r for r in case.tables["staff_survey"] if r["wave"] == SURVEY_WAVE and f"team{r['team']}" == team]


def answered_now(case: Case) -> float:
    """Percent of West's calls that were answered within 20 seconds, June to November 2024."""
    days = _ordinary_days(case)
    return 100 * sum(day["within_20s"] for day in days) / sum(day["offered"] for day in days)


def morale_by_team(case: Case) -> dict[str, tuple[float | None, int, int]]:
    """For each of West's teams: mean morale in the third survey, how many answered and how many were asked."""
    found = {}
    for team in TEAMS:
        rows = _survey(case, team)
        given = [row["morale"] for row in rows if row["morale"]]
        found[team] = (sum(given) / len(given) if given else None, len(given), len(rows))
    return found


def band(facts: Mapping, measure: str, baseline: float) -> tuple[float, float]:
    """From where to where a target may lie: the baseline with the changes that eight of ten years in the lab lie between."""
    low, high = facts["delivers"][measure]
    top = 100.0 if MEASURES[measure].unit in ("%", "of 100") else math.inf
    return max(0.0, baseline + low), min(top, baseline + high)


def wish(facts: Mapping, measure: str, baseline: float) -> float:
    """What the board wishes for: further than any of the years in the lab went, and never more than all."""
    top = 100.0 if MEASURES[measure].unit in ("%", "of 100") else math.inf
    return round(max(0.0, min(top, baseline + facts["wished_change"][measure])), MEASURES[measure].digits)


def north(facts: Mapping, measure: str, baseline: float) -> float:
    """North's figure, half a year after the change: no baseline for West."""
    return round(baseline + facts["north_change"][measure], MEASURES[measure].digits)
