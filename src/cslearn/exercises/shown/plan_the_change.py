"""What a learner sees of the plan for West: roles, tasks, risks, the weeks behind the triggers, and the minutes."""

import re
from datetime import date, timedelta

from cslearn.northfold import planning
from cslearn.northfold.case import Case


def shown(case: Case) -> dict:
    """The case of CM2: people and their time, the library of tasks, the risk cards, and West's ordinary weeks."""
    facts = case.facts
    first, last = facts["go_live_weeks"]
    says = [
        f"Week 1 begins on {_day(planning.monday_of(1))}, and week {first} on {_day(planning.monday_of(first))}. The plan may run to week {facts['weeks']}.",
        f"Budget: £{facts['budget_gbp']:,}. It pays for the hours of the tasks' owners, at a planning rate, and for all that is bought.",
        f"The roll-out starts in March 2025: in one of the weeks {first} to {last}.",
        *(
            f"Blocked weeks, {name}: {weeks[0]} to {weeks[-1]} ({_day(planning.monday_of(weeks[0]))} to {_day(planning.monday_of(weeks[-1] + 1), -1)})."
            for name, weeks in facts["blocked"].items()
        ),
        f"What West has already: {facts['already_there']}",
        "Northfold's objectives: SO1 Trust, SO2 Right first time, SO3 Cost to serve, SO4 A fair place to work.",
    ]
    tables = {
        "roles": {
            "title": "People, and the time that they have for the change",
            "task": "plan",
            "columns": [{"name": "Role"}, {"name": "Hours a week"}, {"name": "Pounds a day"}],
            "rows": [[row["name"], row["hours_week"], row["day_rate_gbp"]] for row in facts["roles"]],
        },
        "library": _library(facts),
        "cards": {
            "title": "What may go wrong: twelve cards",
            "task": "risks",
            "columns": [{"name": "Card"}, {"name": "What happens"}, {"name": "History"}],
            "rows": [
                [f"{card['card']} {card['name']}", card["what"], card["history"] or "none that can be counted"]
                for card in facts["cards"]
            ],
        },
        "weeks": {
            "title": "West's ordinary weeks, by the Monday on which they begin",
            "task": "risks",
            "columns": [{"name": "Week"}, *({"name": f"{m.label} ({m.unit})"} for m in planning.MEASURES.values())],
            "rows": [list(week.values()) for week in planning.weekly(case.tables["kpi_daily"])],
        },
        "actions": {
            "title": "The log of actions, as known on 1 December 2024",
            "task": "risks",
            "folded": True,
            "columns": [{"name": "Action"}, {"name": "What"}, {"name": "Owner"}, {"name": "Due"}, {"name": "Done"}],
            "rows": [
                [row["entry_id"], row["text"], row["owner"], row["due"], row["done"] or "not done"]
                for row in case.tables["decisions"]
                if row["kind"] == "action"
            ],
        },
        "minutes": {
            "title": "What was said in the meetings",
            "folded": True,
            "columns": [{"name": "Meeting and item"}, {"name": "What was said"}],
            "rows": _minutes(case.documents["minutes"]),
        },
    }
    return {"says": says, "tables": tables}


def _library(facts: dict) -> dict:
    from cslearn.methods.plans import KIND_NAMES
    heads = (
        "Task", "What it does", "Who can own it", "Weeks at least", "Needs first", "Phones feel it",
        "Hours: low, likely, high", "Pounds: low, likely, high", "Kind",
    )  # fmt: skip
    rows = [
        [
            f"{card['id']} {card['name']}", card["what"], ", ".join(planning.ROLES[role] for role in card["who"]), card["weeks"],
            " ".join(card["needs"]) or "nothing", "yes" if card["felt"] else "no",
            f"{card['hours_low']}, {card['hours_likely']}, {card['hours_high']}",
            f"{card['cost_low']:,}; {card['cost_likely']:,}; {card['cost_high']:,}", KIND_NAMES[card["kind"]],
        ]
        for card in facts["tasks"]
    ]  # fmt: skip
    return {
        "title": "The library of tasks",
        "task": "plan",
        "columns": [{"name": head} for head in heads],
        "rows": rows,
    }


def _minutes(texts: dict[str, str]) -> list[list[str]]:
    """The items of all meetings, a row each, without who was there and what was decided."""
    rows = []
    for day, text in texts.items():
        for number, heading, said in re.findall(r"^(\d+)\. (?:\*\*(.+?)\.?\*\* )?(.+)$", text, re.MULTILINE):
            item = f"{_day(date.fromisoformat(day))}, item {number}"
            rows.append([f"{item}: {heading}" if heading else item, said])
    return rows


def _day(day: date, later: int = 0) -> str:
    day += timedelta(days=later)
    return f"{day.day} {day:%B %Y}"
