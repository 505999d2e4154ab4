"""A case as a page shows it: its limits as sentences, its tables the way a person reads them.

The page of an exercise holds the practice case from the start, and the browser's Python
makes the others; both come from here, and need no pandas.
"""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta

from cslearn.northfold.case import Case
from cslearn.northfold.options_costs import MEASURES


def shown(case: Case) -> dict:
    """``says`` (the case's limits, a sentence each) and ``tables``, by name.

    Each table has a ``title``, ``columns`` (dicts with a ``name``; the first column names
    the row) and ``rows``, lists of plain values; perhaps ``task``, the task that it is shown
    with, and ``folded``, for a table that is looked at once. An exercise that has no way of
    its own is shown with its tables as they are.
    """
    return _WAYS.get(case.exercise, _as_it_is)(case)


class ShownTables:
    """Tables as a notebook shows them, one below the other; as text, their titles and rows."""

    def __init__(self, says: list[str], tables: list[dict]):
        self.says, self.tables = says, tables

    def _repr_html_(self) -> str:
        says = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in self.says)
        return (f"<ul>{says}</ul>" if says else "") + "".join(map(_html_table, self.tables))

    def __repr__(self) -> str:
        lines = list(self.says)
        for table in self.tables:
            lines += ["", table["title"], " | ".join(column["name"] for column in table["columns"])]
            lines += [" | ".join(map(_cell, row)) for row in table["rows"]]
        return "\n".join(lines)


def shown_tables(case: Case, *tasks: str) -> ShownTables:
    """The tables of some tasks of a case, for a notebook; with the task "" also what goes for all of them."""
    found = shown(case)
    tables = [table for table in found["tables"].values() if table.get("task", "") in tasks]
    return ShownTables(found["says"] if "" in tasks else [], tables)


def _html_table(table: dict) -> str:
    heads = "".join(f"<th scope='col'>{html.escape(column['name'])}</th>" for column in table["columns"])
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(_cell(row[0]))}</th>"
        + "".join(f"<td style='text-align: left'>{html.escape(_cell(value))}</td>" for value in row[1:])
        + "</tr>"
        for row in table["rows"]
    )
    title = html.escape(table["title"])
    whole = f"<table><caption>{title}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<details><summary>{title}</summary>{whole}</details>" if table.get("folded") else whole


def _cell(value) -> str:
    return "–" if value is None else _said(value)


def _as_it_is(case: Case) -> dict:
    says = [f"{name.replace('_', ' ').capitalize()}: {_said(value)}." for name, value in case.facts.items()]
    tables = {}
    for name, rows in case.tables.items():
        names = list(dict.fromkeys(key for row in rows for key in row))
        tables[name] = {
            "title": name.replace("_", " ").capitalize(),
            "columns": [{"name": key} for key in names],
            "rows": [[row.get(key) for key in names] for row in rows],
        }
    return {"says": says, "tables": tables}


def _said(value) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(inner)}" for key, inner in value.items())
    return "not known" if value is None else f"{value:,}" if isinstance(value, (int, float)) else str(value)


def _choose_an_improvement(case: Case) -> dict:
    facts = case.facts
    weights = ", ".join(f"{id} {name} {facts['objective_weights'][id]:g}" for id, name in facts["objectives"].items())
    says = [
        f"Set-up budget: £{facts['budget_gbp']:,.0f}.",
        f"Cap on extra staff: {facts['staff_cap_fte']:g} full-time posts.",
        f"Discount rate: {facts['discount_rate']:.0%}.",
        f"The board's weights: {weights}.",
    ]
    lines, cautious = _lines(case, "amount_mid"), _lines(case, "amount_low", "amount_high")
    tables = {"options": _sheet(case), "options_costs": lines, "options_costs_cautious": cautious}
    lines |= {"title": "Cash lines, in pounds", "task": "cost-benefit"}
    cautious |= {
        "title": "The same lines with cautious figures: each benefit at its low, each cost at its high",
        "task": "cost-benefit",
        "folded": True,
    }
    return {"says": says, "tables": tables}


def _sheet(case: Case) -> dict:
    options = case.tables["options"]
    labels = {"name": "Name", "what_changes": "What changes"}
    labels |= {m.name: f"{m.label} ({m.unit})" for m in MEASURES.values()}
    labels |= {
        "set_up_gbp": "Set-up cost (GBP, without VAT)",
        "extra_staff_fte": "Extra staff needed (full-time posts)",
        "data_note": "How it treats personal data",
        "access_note": "How customers reach us",
    }
    return {
        "title": "The options sheet",
        "columns": [{"name": "Measure"}, *({"name": f"Option {row['option']}"} for row in options)],
        "rows": [[label, *(row[key] for row in options)] for key, label in labels.items()],
    }


def _lines(case: Case, benefits: str, costs: str | None = None) -> dict:
    lines: dict[str, list] = {}
    for row in case.tables["options_costs"]:
        line = lines.setdefault(row["line"], [row["line"], row["item"], row["kind"], *[None] * 5, row["note"]])
        line[3 + row["year"]] = row[costs or benefits] if row["kind"] == "cost" else row[benefits]
    years = [{"name": f"Year {year}"} for year in range(5)]
    return {
        "columns": [{"name": "Line"}, {"name": "Item"}, {"name": "Kind"}, *years, {"name": "Note"}],
        "rows": list(lines.values()),
    }


def _plan_the_change(case: Case) -> dict:
    from cslearn.northfold import planning

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
    from cslearn.northfold.planning import ROLES

    heads = (
        "Task", "What it does", "Who can own it", "Weeks at least", "Needs first", "Phones feel it",
        "Hours: low, likely, high", "Pounds: low, likely, high", "Kind",
    )  # fmt: skip
    rows = [
        [
            f"{card['id']} {card['name']}", card["what"], ", ".join(ROLES[role] for role in card["who"]), card["weeks"],
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


def _set_the_scope(case: Case) -> dict:
    # Imported here, because counting a log needs its story, and other exercises do not.
    from cslearn.exercises import log_tables

    return log_tables.set_the_scope(case)


def _find_the_bottleneck(case: Case) -> dict:
    from cslearn.exercises import log_tables

    return log_tables.find_the_bottleneck(case)


def _win_people_over(case: Case) -> dict:
    from cslearn.northfold import people

    def day(text: str) -> str:
        return _day(date.fromisoformat(text))

    facts = case.facts
    letters = ", ".join(f"team {letter} is team {number}" for letter, number in facts["teams"].items())
    says = [
        f"You write on {day(facts['written_on'])}, the day after the meeting below.",
        f"One Owner goes live on {day(facts['go_live'])} at both sites. That week is week 0.",
        f"Your three teams: {letters}.",
    ]
    log = people.open_actions(case.tables["decisions"])
    survey = case.tables["staff_survey"]
    tables = {
        "minutes": {
            "title": f"What was said at the meeting of {day(people.LAST_MEETING)}",
            "columns": [{"name": "Item"}, {"name": "What was said"}],
            "rows": _items(case.documents["minutes"][people.LAST_MEETING]),
            "folded": True,
        },
        "open_actions": {
            "title": "The log: actions that nobody has done yet",
            "columns": [{"name": "Action"}, {"name": "What"}, {"name": "Owner, and when it was due"}],
            "rows": [[row["entry_id"], row["text"], f"{row['owner']}, {day(row['due'])}"] for row in log],
        },
        "stakeholders": {
            "title": "The stakeholders",
            "columns": [{"name": "Who"}, {"name": "What is known"}],
            "rows": [[f"{one['id']} {one['who']}", " ".join(one["facts"])] for one in facts["stakeholders"]],
            "task": "plan",
        },
        "statements": {
            "title": "The staff survey of June, teams A, B and C: mean of each statement, from 1 (disagree) to 5 (agree)",
            "columns": [{"name": "Statement"}, *({"name": letter} for letter in facts["teams"])],
            "rows": people.statements(survey, facts["teams"]),
            "task": "plan",
        },
        "words": {
            "title": "What people of the three teams wrote in the survey",
            "columns": [{"name": "Team"}, {"name": "What somebody wrote"}],
            "rows": people.words(survey, facts["teams"]),
            "task": "message",
        },
    }
    for one in facts["comments"]:
        tables[f"card_{one['id']}"] = {
            "title": f"{one['id']}: \u201c{one['text']}\u201d",
            "columns": [{"name": "Reply"}, {"name": "What it says"}],
            "rows": [[letter, words] for letter, words in one["replies"].items()],
            "task": "concerns",
            "folded": True,
        }
    return {"says": says, "tables": tables}


def _items(minutes: str) -> list[list[str]]:
    """The numbered items of a meeting, each with its heading, without the marks of Markdown."""
    found = re.findall(r"^\d+\. (?:\*\*(.+?)\.\*\* )?(.+)$", minutes, re.MULTILINE)
    return [[heading or "Also", text] for heading, text in found]


_WAYS: dict[str, Callable[[Case], dict]] = {
    "choose-an-improvement": _choose_an_improvement,
    "plan-the-change": _plan_the_change,
    "find-the-bottleneck": _find_the_bottleneck,
    "set-the-scope": _set_the_scope,
    "win-people-over": _win_people_over,
}
