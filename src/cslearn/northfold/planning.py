"""What a learner gets to plan One Owner at West with: people, a library of tasks, limits, and cards of what may go wrong.

The story so far: North has worked with One Owner since September 2024, and West follows in
March 2025 (decision D8.1). The plan begins on the Monday after the record ends. Planted,
in every case: five of the eighteen tasks are not needed, one of them because West has it
already; whoever starts everything as early as it goes trains people in the winter peak and
asks too much of the systems specialist; all eighteen tasks cost more than the budget; and
between the peak and Easter there is just room to train, try, decide, train the others and
roll out, with a week or two to spare. Three risks have a history that can be counted: in
the minutes, in the log of actions, and in West's own weeks.

A case is built so that this holds, and then checked with :func:`cslearn.methods.plans.placed`;
a draw that misses is drawn again. Figures are fictional; wages come from a stated planning rate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cslearn.methods import plans
from cslearn.northfold.brief import Brief
from cslearn.northfold.draw import Draw, seed_of
from cslearn.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

    from cslearn.northfold.case import Case

SITE = "West"
WEEK_ONE = date(2024, 12, 2)
WEEKS = 30
# West follows in March 2025: the Mondays of that month are weeks 14 to 18.
GO_LIVE_WEEKS = (14, 18)
# Ordinary weeks of the record: after first contact resolution was defined anew, before Black Friday.
ORDINARY = (date(2024, 6, 3), date(2024, 11, 24))
HOURS_A_DAY = 7.5
# How far back the minutes of September 2024 look for strikes.
_QUARTERS = 8
LEAD = "lead"
ROLES = {
    LEAD: "Change lead (you)",
    "site_manager": "Site manager",
    "team_leaders": "Team leaders",
    "trainer": "Trainer",
    "analyst": "Reporting analyst",
    "systems": "Systems specialist",
}
# A day of each role, over a day at the planning rate for agents.
_RATE = {LEAD: 1.45, "site_manager": 2.1, "team_leaders": 1.25, "trainer": 1.3, "analyst": 1.5, "systems": 1.8}


@dataclass(frozen=True)
class TaskCard:
    """One task of the library: what it does, who may own it, what must be done before it."""

    id: str
    name: str
    kind: str
    what: str
    who: tuple[str, ...]
    needs: tuple[str, ...] = ()
    felt: bool = False


TASKS = {
    card.id: card
    for card in (
        TaskCard("T1", "West's baseline", "measure", "Agree the definitions with North, and work out West's figures and limits of ordinary weeks.", ("analyst", LEAD)),
        TaskCard("T2", "Consult staff", "comms", "Ask staff and their representative in writing about roles, targets and hours, and answer in writing before anything is fixed.", (LEAD, "site_manager")),
        TaskCard("T3", "Case ownership on screen", "build", "Set up case owners, the new refund limit and the courier's scans in West's systems.", ("systems",)),
        TaskCard("T4", "Second feasibility study", "measure", "Pay consultants to study once more whether One Owner can work.", ("site_manager", LEAD)),
        TaskCard("T5", "Returns desk", "build", "Give West's Returns desk a second telephone line, and put the order number back on parcels.", ("systems", "site_manager")),
        TaskCard("T6", "Course for team leaders", "train", "Train West's team leaders to coach case owners. They take no calls, so the phones do not feel it.", ("trainer",)),
        TaskCard("T7", "Refund template", "build", "Correct West's copy of the refund template, which sends some cases round in a circle, and test it.", ("systems", "analyst"), ("T3",)),
        TaskCard("T8", "Screen of agents", "build", "Put up a screen in the room that ranks agents by calls an hour.", ("systems",)),
        TaskCard("T9", "Train the pilot team", "train", "Train one team in owning a case, from the first call to the end.", ("trainer", "team_leaders"), ("T3", "T6"), felt=True),
        TaskCard("T10", "Weekly news", "comms", "Write to all staff every week, with a box for questions and the answers to last week's.", (LEAD, "team_leaders")),
        TaskCard("T11", "Launch party", "comms", "Give a party for the start, with posters and mugs.", (LEAD, "team_leaders")),
        TaskCard("T12", "Pilot with one team", "pilot", "Let one team work as case owners, and count what happens.", ("team_leaders", LEAD), ("T1", "T2", "T5", "T7", "T9"), felt=True),
        TaskCard("T13", "Go, mend or stop", "decide", "Decide on the pilot's figures, by the values that were agreed before it.", ("site_manager", LEAD), ("T12",)),
        TaskCard("T14", "Train the other teams", "train", "Train the other two teams, half of each at a time, in what the pilot has taught.", ("trainer", "team_leaders"), ("T13",), felt=True),
        TaskCard("T15", "New database", "build", "Rebuild the database under the case system.", ("systems",)),
        TaskCard("T16", "Roll-out", "rollout", "The other teams start as case owners, one after the other.", ("team_leaders", LEAD, "site_manager"), ("T14",), felt=True),
        TaskCard("T17", "First win", "win", "Show everyone one thing that is better for customers and one that is better for staff, with the figure.", (LEAD, "team_leaders"), ("T13",)),
        TaskCard("T18", "Review", "review", "Go through figures and staff's views together, and change what does not work.", ("analyst", LEAD), ("T16",)),
    )
}  # fmt: skip
# One of these two is done already in each case, and then it is not needed.
_PERHAPS_DONE = {
    "T6": "West's team leaders took the course for coaches in October, with North's.",
    "T7": "West has had the corrected refund template since October. It was tested on 40 old cases.",
}
_NEVER_NEEDED = ("T4", "T8", "T11", "T15")
# Without these there is no proof: measure, try, decide, roll out.
PROOF = ("T1", "T12", "T13", "T16")


@dataclass(frozen=True)
class RiskCard:
    """One thing that may go wrong. ``counted`` says what to count for its likelihood, if it has a history."""

    id: str
    name: str
    what: str
    categories: tuple[str, ...]
    shows_in: tuple[str, ...]
    answers: tuple[str, ...]
    people: bool = False
    counted: str = ""


CATEGORIES = {
    "people": "People and culture",
    "process": "Process",
    "technology": "Technology",
    "legal": "Law",
    "supplier": "Supplier",
    "customer": "Customers and demand",
}
RISKS = {
    card.id: card
    for card in (
        RiskCard("R1", "Courier strike", "The couriers strike without notice. Parcels stand, and customers ring.", ("supplier",), ("complaints_opened", "backlog", "abandoned_pct", "answered_20s_pct"), ("second_courier",), counted="Count quarters: minutes of 3 September 2024, item on risks. The record goes back eight quarters."),
        RiskCard("R2", "Promises not kept", "What colleagues have promised for the change is late, or is never done.", ("people", "process"), ("backlog", "complaints_opened", "fcr_pct", "qa_score"), ("escalate",), people=True, counted="Count actions in the log of decisions and actions: how many were late or not done, of those that were due by 1 December 2024."),
        RiskCard("R3", "Too many away", "", ("people", "process"), ("absence_pct", "abandoned_pct", "answered_20s_pct"), ("pause",), counted="Count weeks in the table of West's ordinary weeks."),
        RiskCard("R4", "Telephones out", "The telephone system fails for a day.", ("technology", "supplier"), ("abandoned_pct", "answered_20s_pct"), ("call_back",)),
        RiskCard("R5", "Fault in the new way", "A fault in a form or a rule sends cases round in circles.", ("process", "technology"), ("fcr_pct", "backlog", "complaints_opened", "aht_s"), ("old_route",)),
        RiskCard("R6", "A team turns against it", "Staff feel that all was settled without them, and one team does as little as it can.", ("people",), ("absence_pct", "qa_score", "fcr_pct"), ("talks",), people=True),
        RiskCard("R7", "Old habits return", "Team leaders stop coaching when the first weeks are over, and the old way comes back.", ("people",), ("qa_score", "fcr_pct"), ("coaching",), people=True),
        RiskCard("R8", "Data in the wrong hands", "A list of open cases with personal data reaches people who have no need of it.", ("legal", "process"), ("complaints_opened",), ("report",)),
        RiskCard("R9", "Shut out", "Customers who cannot telephone find no way to their case owner.", ("legal", "customer"), ("complaints_opened", "fcr_pct"), ("written_way",)),
        RiskCard("R10", "A key person leaves", "The trainer or the analyst leaves in the middle of the plan.", ("people",), ("qa_score", "backlog", "aht_s", "fcr_pct"), ("stand_in",), people=True),
        RiskCard("R11", "More calls than forecast", "A cold spell or a sale brings far more calls than the plan allows for.", ("customer",), ("abandoned_pct", "answered_20s_pct", "complaints_opened", "backlog"), ("call_back", "pause")),
        RiskCard("R12", "Courier's scans fail", "The courier's scans are not there when case owners need them.", ("technology", "supplier"), ("backlog", "aht_s", "fcr_pct"), ("old_route",)),
    )
}  # fmt: skip
COUNTED = ("R1", "R2", "R3")
CONTINGENCIES = {
    "second_courier": "Send parcels by the second courier, and write to customers before they ask",
    "escalate": "Take the list of late promises to the head of service, and move what hangs on them",
    "pause": "Stop training for the week, and borrow agents from North",
    "call_back": "Take numbers for a call back, with a message on the line and the web page",
    "old_route": "Send the cases by the old route until the fault is mended",
    "talks": "Stop in that team, hear it out, and answer its questions in writing",
    "coaching": "Give each team leader two hours a week for coaching again",
    "report": "Tell the data protection lead the same day, then the regulator and customers where the law asks for it",
    "written_way": "Open a way in writing at once, and write to those who were shut out",
    "stand_in": "Let the stand-in take over who has worked beside them since week 1",
    "meeting": "Raise it at the next monthly meeting",
    "try_harder": "Ask everybody to try harder",
}


@dataclass(frozen=True)
class Measure:
    """One weekly figure of West; ``worse`` is the side on which it is bad, ``span`` what it can be at all."""

    name: str
    label: str
    unit: str
    worse: str
    span: tuple[float, float] = (0.0, float("inf"))


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("complaints_opened", "Complaints opened", "a week", ">"),
        Measure("backlog", "Complaints open at the week's end", "cases", ">"),
        Measure("abandoned_pct", "Callers who hung up", "%", ">", (0.0, 100.0)),
        Measure("answered_20s_pct", "Calls answered within 20 seconds", "%", "<", (0.0, 100.0)),
        Measure("aht_s", "Average handling time", "seconds", ">"),
        Measure("fcr_pct", "First contact resolution", "%", "<", (0.0, 100.0)),
        Measure("absence_pct", "Staff absent", "%", ">", (0.0, 100.0)),
        Measure("qa_score", "Quality score", "of 100", "<", (0.0, 100.0)),
    )
}


def week_of(day: date) -> int:
    """The week of the plan in which a day lies; week 1 begins on 2 December 2024."""
    return (day - WEEK_ONE).days // 7 + 1


def monday_of(week: int) -> date:
    """The day on which a week of the plan begins."""
    return WEEK_ONE + timedelta(weeks=week - 1)


def weekly(
    rows: Sequence[Mapping], first: date = ORDINARY[0], last: date = ORDINARY[1], site: str = SITE
) -> list[dict]:
    """A site's figures week by week, from rows of ``kpi_daily``: one dict for each week, named by its Monday.

    Counts are added up and shares worked out from the counts; first contact resolution is
    weighed by calls, absence and quality are means of the days, the backlog is the last day's.
    """
    found: dict[date, list[Mapping]] = {}
    for row in rows:
        day = date.fromisoformat(row["date"]) if isinstance(row["date"], str) else row["date"]
        if row["site"] == site and first <= day <= last:
            found.setdefault(day - timedelta(days=day.weekday()), []).append(row)
    table = []
    for monday, days in sorted(found.items()):

        def total(name: str, days=days) -> float:
            return sum(day[name] for day in days)

        def weighed(name: str, days=days) -> float:
            kept = [day for day in days if day[name] is not None]
            return sum(day[name] * day["answered"] for day in kept) / sum(day["answered"] for day in kept)

        table.append({
            "week": monday.isoformat(),
            "complaints_opened": total("complaints_opened"), "backlog": days[-1]["backlog"],
            "abandoned_pct": round(100 * total("abandoned") / total("offered"), 1),
            "answered_20s_pct": round(100 * total("within_20s") / total("offered"), 1),
            "aht_s": round(weighed("aht_s")), "fcr_pct": round(weighed("fcr_pct"), 1),
            "absence_pct": round(total("absence_pct") / len(days), 1), "qa_score": round(total("qa_score") / len(days), 1),
        })  # fmt: skip
    return table


def due_actions(decisions: Sequence[Mapping], by: date = WEEK_ONE) -> tuple[int, int]:
    """From the log: how many actions were late or never done, and how many were due before the plan begins."""
    due = [row for row in decisions if row["kind"] == "action" and row["due"] < by.isoformat()]
    return sum(row["done"] is None or row["done"] > row["due"] for row in due), len(due)


def history(case: Case) -> dict[str, tuple[int, int]]:
    """For each card that can be counted: on how many occasions it came true, and how many there were."""
    from cslearn.northfold.story import STRIKES

    quarters = {(first.year, (first.month - 1) // 3) for first, _ in STRIKES}
    weeks = weekly(case.tables["kpi_daily"])
    away = sum(week["absence_pct"] > case.facts["absence_above_pct"] for week in weeks)
    return {"R1": (len(quarters), _QUARTERS), "R2": due_actions(case.tables["decisions"]), "R3": (away, len(weeks))}


# ---- one case ---------------------------------------------------------------------------------


def brief(seed: int, absence: Sequence[float]) -> Brief:
    """The people, tasks, limits and cards of one case; ``absence`` is West's share of staff away in each ordinary week.

    Same seed and same weeks, same brief.
    """
    for attempt in range(1, 400):
        found = _attempt(Draw(seed_of("planning", seed, attempt)), absence)
        if found is not None:
            return found._replace(draws=attempt)
    raise AssertionError(f"no plan for seed {seed} in 400 draws")  # pragma: no cover


def _attempt(draw: Draw, absence: Sequence[float]) -> Brief | None:
    peak, pilot = draw.one_of([(6, 4), (6, 5), (6, 6), (7, 4), (7, 5), (8, 4)])
    rate = draw.step(14.5, 16.5, 0.25)
    done = draw.one_of(list(_PERHAPS_DONE))
    needless = sorted([*_NEVER_NEEDED, done], key=lambda id: int(id[1:]))
    needed = [id for id in TASKS if id not in needless]
    hours = _hours(draw)
    weeks = {
        "T1": 3, "T2": 3, "T3": 4, "T4": 4, "T5": 3, "T6": 2, "T7": 2, "T8": 2, "T9": 1, "T10": 12, "T11": 1,
        "T12": pilot, "T13": 1, "T14": 2, "T15": 6, "T16": draw.one_of([2, 2, 3]), "T17": 1, "T18": 2,
    }  # fmt: skip
    capacity = {
        LEAD: draw.step(15, 19, 1),
        "site_manager": draw.step(7, 10, 1),
        "team_leaders": draw.step(20, 26, 1),
        "trainer": round(max(hours["T9"], hours["T14"] / 2, hours["T6"] / 2) + draw.step(1, 3, 1)),
        "analyst": round(hours["T1"] / 3 + draw.step(1, 3, 1)),
        # Enough for one thing at a time, and too little for two.
        "systems": round(hours["T3"] / 4 + draw.step(2, 3, 1)),
    }
    bought = _bought(draw)
    tasks = []
    for card in TASKS.values():
        likely = 50 * round((bought[card.id] + hours[card.id] * rate * _RATE[card.who[0]]) / 50)
        low, high = draw.between(0.86, 0.93), draw.between(1.12, 1.3)
        tasks.append({
            "id": card.id, "name": card.name, "kind": card.kind, "what": card.what, "who": list(card.who),
            "weeks": weeks[card.id], "needs": list(card.needs), "felt": card.felt,
            "hours_low": round(hours[card.id] * 0.9), "hours_likely": hours[card.id], "hours_high": round(hours[card.id] * 1.2),
            "cost_low": 50 * round(likely * low / 50), "cost_likely": likely, "cost_high": 50 * round(likely * high / 50),
        })  # fmt: skip
    cost = {task["id"]: task["cost_likely"] for task in tasks}
    total = sum(cost[id] for id in needed)
    budget = 500 * round(total * draw.between(1.06, 1.14) / 500)
    easter = draw.one_of([19, 20])
    blocked = {"winter peak": list(range(1, peak + 1)), "Easter sale": [easter, easter + 1]}
    threshold, times = _absence_line(draw, absence)
    facts = {
        "site": SITE, "week_one": WEEK_ONE.isoformat(), "weeks": WEEKS, "budget_gbp": budget, "planning_rate_gbp": rate,
        "go_live_weeks": list(GO_LIVE_WEEKS), "blocked": blocked, "already_there": _PERHAPS_DONE[done],
        "roles": [
            {"role": role, "name": name, "hours_week": capacity[role], "day_rate_gbp": round(rate * HOURS_A_DAY * _RATE[role])}
            for role, name in ROLES.items()
        ],
        "tasks": tasks,
        "cards": [
            {"card": card.id, "name": card.name, "what": card.what or f"In a week more than {threshold:g}% of West's staff are away.",
             "history": card.counted}
            for card in RISKS.values()
        ],
        "ordinary_weeks": [day.isoformat() for day in ORDINARY], "absence_above_pct": threshold,
    }  # fmt: skip
    planted = {"needed": needed, "needless": needless, "absence_weeks": times, "ordinary_weeks": len(absence)}
    return _screened(facts, planted)


def _hours(draw: Draw) -> dict[str, int]:
    spans = {
        "T1": (18, 24), "T2": (12, 18), "T3": (44, 56), "T4": (10, 16), "T5": (18, 21), "T6": (20, 26), "T7": (14, 18),
        "T8": (10, 14), "T9": (12, 15), "T10": (24, 36), "T11": (8, 12), "T12": (36, 48), "T13": (4, 6), "T14": (26, 32),
        "T15": (60, 80), "T16": (24, 32), "T17": (5, 8), "T18": (12, 16),
    }  # fmt: skip
    return {id: int(draw.step(low, high, 1)) for id, (low, high) in spans.items()}


def _bought(draw: Draw) -> dict[str, float]:
    """What a task costs besides its owner's hours: people off the phones, licences, rooms."""
    spans = {
        "T1": (0, 200), "T2": (100, 400), "T3": (3_000, 4_200), "T4": (6_000, 9_000), "T5": (1_500, 2_300), "T6": (900, 1_400),
        "T7": (200, 500), "T8": (1_200, 1_800), "T9": (900, 1_400), "T10": (100, 300), "T11": (1_800, 2_600),
        "T12": (2_000, 3_000), "T13": (0, 0), "T14": (3_000, 4_200), "T15": (9_000, 14_000), "T16": (1_200, 1_800),
        "T17": (150, 400), "T18": (500, 900),
    }  # fmt: skip
    return {id: draw.between(low, high) for id, (low, high) in spans.items()}


def _absence_line(draw: Draw, absence: Sequence[float]) -> tuple[float, int]:
    """A share of staff away that was passed in so many ordinary weeks, clear of the edges of every band."""
    weeks = sorted(absence, reverse=True)
    choices = []
    for times in range(1, len(weeks)):
        share = times / len(weeks)
        # A band begins and ends at 10, 30, 50 and 70%; one week more or less must not move it.
        if any(abs(share - edge) < 1.2 / len(weeks) for edge in (0.10, 0.30, 0.50, 0.70)) or share > 0.66:
            continue
        if weeks[times - 1] > weeks[times]:
            choices.append((math.floor((weeks[times - 1] + weeks[times]) * 5 + 1e-9) / 10, times))
    if not choices:
        raise Problem("West's weeks of absence are all alike, so no line can be drawn between them.")
    return draw.one_of(choices)


def plan_of(facts: Mapping, owners: Mapping[str, str], starts: Mapping[str, int] | None = None) -> list[plans.Task]:
    """Tasks of the library as a plan: with these owners, at their likely hours and cost and shortest length.

    Waits are those of the library, as far as the tasks are in the plan. Without ``starts``
    each begins in week 1; :func:`cslearn.methods.plans.placed` then finds it a place.
    """
    found = []
    for card in facts["tasks"]:
        if card["id"] in owners:
            found.append(
                plans.Task(
                    card["id"], card["kind"], (starts or {}).get(card["id"], 1), card["weeks"], owners[card["id"]],
                    tuple(id for id in card["needs"] if id in owners), card["hours_likely"], card["cost_likely"],
                    name=card["name"], felt=card["felt"],
                )
            )  # fmt: skip
    return found


def capacity_of(facts: Mapping) -> dict[str, float]:
    """Hours a week that each role has for the change."""
    return {row["role"]: row["hours_week"] for row in facts["roles"]}


def blocked_weeks(facts: Mapping) -> set[int]:
    """The weeks in which nothing that the phones feel may run."""
    return {week for weeks in facts["blocked"].values() for week in weeks}


def as_early_as_it_goes(facts: Mapping, ids: Sequence[str]) -> list[plans.Task]:
    """What a hurried planner does: the first owner named, and everything as early as its waits allow."""
    return plans.placed(plan_of(facts, {id: TASKS[id].who[0] for id in ids}))


def _screened(facts: dict, planted: dict) -> Brief | None:
    """Whether there is a sound plan with room to spare, and each of the usual shortcuts breaks something."""
    needed, capacity, blocked = planted["needed"], capacity_of(facts), blocked_weeks(facts)
    # The lead consults, writes, decides nothing alone and shows the win; the rest is the specialists'.
    owners = {id: TASKS[id].who[0] for id in needed}
    try:
        sound = plans.placed(plan_of(facts, owners), capacity, blocked, not_before={"T16": GO_LIVE_WEEKS[0]})
    except Problem:
        return None
    by_id = {task.id: task for task in sound}
    live = by_id["T16"]
    if not GO_LIVE_WEEKS[0] <= live.start <= GO_LIVE_WEEKS[1] - 1:
        return None
    # A week later it must still end before Easter: that week is the margin.
    if live.end + 1 >= facts["blocked"]["Easter sale"][0]:
        return None
    hurried = as_early_as_it_goes(facts, needed)
    if not plans.in_blocked_weeks(hurried, blocked) or not plans.overloaded(hurried, capacity):
        return None
    cost = {task["id"]: task["cost_likely"] for task in facts["tasks"]}
    spare = [cost[id] for id in ("T5", "T17", "T18", "T10", "T6", "T7") if id in needed]
    musts = sum(cost[id] for id in needed) - sum(spare)
    if sum(cost.values()) <= 1.2 * facts["budget_gbp"] or musts > 0.76 * facts["budget_gbp"]:
        return None
    dearest = sum(card["cost_high"] for card in facts["tasks"] if card["id"] in needed)
    # At everyone's highest figure it would not do: a reserve is needed, and it is there at the likely one.
    if dearest <= facts["budget_gbp"]:
        return None
    planted = {**planted, "earliest_go_live": live.start, "weeks_to_spare": GO_LIVE_WEEKS[1] - live.start}
    return Brief(facts, planted)


# ---- for people to read ------------------------------------------------------------------------


def readable_tasks(facts: Mapping) -> pd.DataFrame:
    """The library of tasks, a row for each, with spans as "18 to 24"."""
    import pandas as pd

    rows = {
        card["id"]: {
            "task": card["name"], "kind": plans.KIND_NAMES[card["kind"]], "what it does": card["what"],
            "can be owned by": ", ".join(ROLES[role] for role in card["who"]), "weeks at least": card["weeks"],
            "hours": f"{card['hours_low']} to {card['hours_high']}, likely {card['hours_likely']}",
            "cost in pounds": f"{card['cost_low']:,} to {card['cost_high']:,}, likely {card['cost_likely']:,}",
            "needs first": " ".join(card["needs"]), "phones feel it": "yes" if card["felt"] else "no",
        }
        for card in facts["tasks"]
    }  # fmt: skip
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index.name = "id"
    return table


def readable_roles(facts: Mapping) -> pd.DataFrame:
    """The people, with the hours that they have in a week and what their day costs at the planning rate."""
    import pandas as pd

    rows = {
        row["name"]: {"hours a week": row["hours_week"], "pounds a day": row["day_rate_gbp"]} for row in facts["roles"]
    }
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index.name = "role"
    return table


def readable_risks(facts: Mapping) -> pd.DataFrame:
    """The cards of what may go wrong, a row for each."""
    import pandas as pd

    rows = {
        card["card"]: {"risk": card["name"], "what happens": card["what"], "history": card["history"]}
        for card in facts["cards"]
    }
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index.name = "card"
    return table


def readable_weeks(rows: Sequence[Mapping]) -> pd.DataFrame:
    """West's ordinary weeks, a row for each, from rows of ``kpi_daily``."""
    import pandas as pd

    table = pd.DataFrame(weekly(rows)).set_index("week")
    return table.rename(columns={name: f"{measure.label} ({measure.unit})" for name, measure in MEASURES.items()})


def hours_by_week(facts: Mapping, rows: Sequence[Mapping]) -> pd.DataFrame:
    """Hours that rows of a plan ask of each role in each week, beside what the role has.

    ``rows`` are like those of the answer: dicts with an ``id`` of the library, an ``owner``
    and a ``start``, and perhaps ``weeks`` and ``hours``. Raises Problem for an id or an
    owner that is not there.
    """
    import pandas as pd

    from cslearn.problem import nearest

    cards, names, has = {card["id"]: card for card in facts["tasks"]}, ROLES, capacity_of(facts)
    tasks = []
    for number, row in enumerate(rows):
        id, owner = row.get("id"), row.get("owner")
        if id not in cards:
            raise Problem(f"There is no task {id!r} in the library. {nearest(str(id), cards, 'It has')}")
        if owner not in names:
            raise Problem(f"There is no role {owner!r}. {nearest(str(owner), names, 'There are')}")
        weeks, hours = row.get("weeks") or cards[id]["weeks"], row.get("hours") or cards[id]["hours_likely"]
        tasks.append(plans.Task(f"{id}.{number}", cards[id]["kind"], row.get("start"), weeks, owner, hours=hours))
    load = plans.weekly_load(tasks)
    last = max((task.end for task in tasks), default=0)
    table = pd.DataFrame(
        {f"week {week}": {names[role]: load[role].get(week, 0.0) for role in load} for week in range(1, last + 1)}
    ).round(1)
    table.insert(0, "has", [has[role] for role in load])
    return table
