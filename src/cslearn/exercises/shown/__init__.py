"""A case as a page shows it: its limits as sentences, its tables the way a person reads them.

The page of an exercise holds the practice case from the start, and the browser's Python
makes the others; both come from here, and need no pandas. A notebook shows the same
tables with :func:`shown_tables`. How an exercise is shown stands in the module of its name.
"""

import html
from importlib import import_module
from importlib.util import find_spec

from cslearn.exercises.shown.weeks_picture import svg
from cslearn.northfold.case import Case


def shown(case: Case) -> dict:
    """``says`` (the case's limits, a sentence each) and ``tables``, by name.

    Each table has a ``title``, ``columns`` (dicts with a ``name``; the first column names
    the row) and ``rows``, lists of plain values; perhaps ``task``, the task that it is shown
    with, ``folded``, for a table that is looked at once, and ``picture``, a line of weeks that
    is drawn above it (:mod:`~cslearn.exercises.shown.weeks_picture`). An exercise that has no
    way of its own is shown with its tables as they are.
    """
    own = f"{__name__}.{case.exercise.replace('-', '_')}"
    return import_module(own).shown(case) if find_spec(own) else _as_it_is(case)


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
    drawn = svg(table["picture"]) if table.get("picture") else ""
    whole = f"{drawn}<table><caption>{title}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
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
