"""A case as a page shows it: its limits as sentences, its tables the way a person reads them.

The page of an exercise holds the practice case from the start, and the browser's Python
makes the others; both come from here, and need no pandas.
"""

import html
from collections.abc import Callable

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
    weights = ", ".join(
        f"{id} {name} {facts['objective_weights'][id]:g}" for id, name in facts["objectives"].items()
    )
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


def _set_the_scope(case: Case) -> dict:
    # Imported here, because counting a log needs its story, and other exercises do not.
    from cslearn.exercises import log_tables

    return log_tables.set_the_scope(case)


def _find_the_bottleneck(case: Case) -> dict:
    from cslearn.exercises import log_tables

    return log_tables.find_the_bottleneck(case)


def _judge_the_result(case: Case) -> dict:
    # Not above: the others would wait for the survey and the daily figures.
    from cslearn.exercises.evaluation_tables import judge_the_result

    return judge_the_result(case)


_WAYS: dict[str, Callable[[Case], dict]] = {
    "choose-an-improvement": _choose_an_improvement,
    "find-the-bottleneck": _find_the_bottleneck,
    "judge-the-result": _judge_the_result,
    "set-the-scope": _set_the_scope,
}
