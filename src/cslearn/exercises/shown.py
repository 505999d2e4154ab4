"""A case as a page shows it: its limits as sentences, its tables the way a person reads them.

The page of an exercise holds the practice case from the start, and the browser's Python
makes the others; both come from here, and need no pandas. A notebook shows the same
tables with :func:`readable`.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from cslearn.northfold.case import Case
from cslearn.northfold.options_costs import MEASURES

if TYPE_CHECKING:
    import pandas as pd


def shown(case: Case) -> dict:
    """``says`` (the case's limits, a sentence each) and ``tables``, by name.

    Each table has a ``title``, ``columns`` (dicts with a ``name``; the first column names
    the row) and ``rows``, lists of plain values; perhaps ``task``, the task that it is shown
    with, and ``folded``, for a table that is looked at once. An exercise that has no way of
    its own is shown with its tables as they are.
    """
    return _WAYS.get(case.exercise, _as_it_is)(case)


def readable(case: Case, task: str = "") -> "Iterator[tuple[str, pd.DataFrame]]":
    """The tables of :func:`shown` that belong to one task, or to the case as a whole, for a notebook: titles and tables."""
    import pandas as pd

    for table in shown(case)["tables"].values():
        if table.get("task", "") == task:
            names = [column["name"] for column in table["columns"]]
            yield table["title"], pd.DataFrame(table["rows"], columns=names, dtype=object).set_index(names[0])


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


# ---- make the case for change -----------------------------------------------------------------

_MONTHS = (
    ("December 2023", "2023-12-04", "2023-12-31"), ("January 2024", "2024-01-01", "2024-01-31"),
    ("February 2024", "2024-02-01", "2024-02-29"), ("March 2024", "2024-03-01", "2024-03-31"),
    ("April 2024", "2024-04-01", "2024-04-30"), ("May 2024", "2024-05-01", "2024-05-31"),
)  # fmt: skip
_TOLD = {
    "cutoff": "The next day was promised for an order after 14:00",
    "courier": "What the courier did",
    "approval": "The refund waits for approval",
    "fault": "The goods are faulty",
    "picking": "Wrong or missing goods",
    "returns": "Returned goods were not booked in",
    "installation": "Installation went wrong",
    "access": "The customer can only telephone, and cannot",
}


def _make_the_case_for_change(case: Case) -> dict:
    from cslearn.northfold import need

    says = [
        "It is July 2024. The records reach from December 2023 to the end of May; the log has the cases that were opened from 11 March to 19 May.",
        "The table of customers was drawn later, in December 2025, so that you can see who stayed. Asha had an older one.",
    ]
    tables = {
        "claims": _said_in_meetings(case),
        "measures": _list_of_measures(need),
        "standards": _standards(case),
        "baselines": _baselines(case, need),
        **{
            name: table
            for measure in need.MEASURES.values()
            if measure.name != need.SAID
            for name, table in _ways(case, need, measure)
        },
        "causes": {
            "title": "The six causes that people name",
            "columns": [{"name": "Cause"}, {"name": "What people say"}],
            "rows": [list(cause) for cause in case.facts["causes"].items()],
            "task": "diagnosis",
        },
        "closed_by_month": _closed_by_month(case, need),
        "told_causes": _told_causes(case, need),
    }
    return {"says": says, "tables": tables}


def _said_in_meetings(case: Case) -> dict:
    return {
        "title": "What people say in meetings (D11)",
        "columns": [{"name": "Who"}, {"name": "What they said"}],
        "rows": [[who, said] for who, said, _ in case.facts["claims"]],
    }


def _list_of_measures(need) -> dict:
    names = ("Measure", "What is counted, out of what", "Days", "Set it beside")
    rows = [
        [_titled(measure), f"{measure.counts}, out of {measure.out_of}", _days(measure.period), measure.beside]
        for measure in need.MEASURES.values()
    ]
    columns = [{"name": name} for name in names]
    return {
        "title": "The list of measures, with their definitions",
        "columns": columns,
        "rows": rows,
        "task": "evidence",
    }


def _standards(case: Case) -> dict:
    versions = case.documents["standards_policy"]["versions"]
    said = [{one["id"]: one for one in version["standards"]} for version in versions]
    ids = sorted({id for version in said for id in version})
    return {
        "title": "Northfold's standards, as the two versions in the folder have them (D10)",
        "columns": [{"name": "Standard"}, *({"name": f"Version {v['version']}, {v['status']}"} for v in versions)],
        "rows": [
            [id, *(version[id]["says"] if id in version else "not in this version" for version in said)] for id in ids
        ],
        "task": "evidence",
    }


def _baselines(case: Case, need) -> dict:
    rows = []
    for one in need.BASELINES.values():
        raw, clean = (need.figure(case.telling, one.name, way=way) for way in ("raw", ""))
        rows.append([one.label, _days(one.period), raw.n, f"{raw.value:.1f}", clean.n, f"{clean.value:.1f}"])
    names = ("KPI", "Days", "Every row: n", "Every row: %", "As defined: n", "As defined: %")
    return {
        "title": "Figures that could be a baseline, both sites",
        "columns": [{"name": name} for name in names],
        "rows": rows,
        "task": "evidence",
    }


def _ways(case: Case, need, measure):
    """A table for each measure; for waiting, which has a figure for each step, one for each way of counting."""
    digits = 2 if measure.unit == "score" else 1
    unit = "%" if measure.unit == "%" else "points"
    places = [("Both sites", "both"), *((name, name) for name in need.SITES if measure.sites)]
    title = _titled(measure)

    def cells(counted) -> list:
        return [cell for _, key in places for cell in _cells(counted[key], digits)]

    columns = [{"name": name} for place, _ in places for name in (f"{place}: n", f"{place}: {unit}")]
    if not measure.steps:
        rows = [[way["rows"], *cells(way)] for way in need.ways_of_counting(case.telling, measure.name)]
        yield measure.name, _folded(title, [{"name": "Rows counted"}, *columns], rows)
        return
    by_step = {step: need.ways_of_counting(case.telling, measure.name, step) for step in need.STEPS}
    for number, way in enumerate(measure.ways):
        rows = [[words, *cells(by_step[step][number])] for step, words in need.STEPS.items()]
        yield f"{measure.name}, {way.key}", _folded(f"{title}, {way.rows}", [{"name": "Step"}, *columns], rows)


def _titled(measure) -> str:
    return f"{measure.source}: {measure.label[0].lower()}{measure.label[1:]}"


def _days(period: tuple[str, str] | None) -> str:
    """A period as people write it; a no-break space keeps a date on one line."""
    if period is None:
        return "–"
    words = [f"{day.day}\u00a0{day:%b}\u00a0{day.year}" for day in map(date.fromisoformat, period)]
    return " to ".join(words)


def _folded(title: str, columns: list, rows: list) -> dict:
    return {"title": title, "columns": columns, "rows": rows, "task": "evidence", "folded": True}


def _cells(figure, digits: int) -> list:
    return [None, None] if figure is None else [figure.n, f"{figure.value:.{digits}f}"]


def _closed_by_month(case: Case, need) -> dict:
    places = (("Both sites", None), *((name, name) for name in need.SITES))
    rows = []
    for month, since, until in _MONTHS:
        found = [need.figure(case.telling, need.CLOSED, site=site, since=since, until=until) for _, site in places]
        rows.append([month, *(cell for figure in found for cell in _cells(figure, 1))])
    columns = [{"name": name} for place, _ in places for name in (f"{place}: n", f"{place}: %")]
    return {
        "title": "Complaints closed within five working days, by the month in which they were opened (D3)",
        "columns": [{"name": "Month"}, *columns],
        "rows": rows,
        "task": "diagnosis",
    }


def _told_causes(case: Case, need) -> dict:
    told = need.told_causes(case.telling)
    total = sum(told.values())
    rows = [[_TOLD[cause], count, f"{100 * count / total:.1f}"] for cause, count in told.most_common()]
    return {
        "title": "What the texts of complaints filed under delivery tell, by their main cause (D3)",
        "columns": [{"name": "Main cause"}, {"name": "Complaints"}, {"name": "%"}],
        "rows": rows,
        "task": "diagnosis",
    }


_WAYS: dict[str, Callable[[Case], dict]] = {
    "choose-an-improvement": _choose_an_improvement,
    "make-the-case-for-change": _make_the_case_for_change,
}
