"""What a learner sees of the evidence for a change: each figure counted in several ways, and what was said."""

from datetime import date

from cslearn.northfold import need
from cslearn.northfold.case import Case


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


def shown(case: Case) -> dict:
    """The case of CM1: what is said, the list of measures, each of them counted in several ways, and the causes."""
    says = [
        "It is July 2024. The records reach from December 2023 to the end of May; the log has the cases that were opened from 11 March to 19 May.",
        "The table of customers was drawn later, in December 2025, so that you can see who stayed. Asha had an older one.",
    ]
    tables = {
        "claims": _said_in_meetings(case),
        "measures": _list_of_measures(),
        "standards": _standards(case),
        "baselines": _baselines(case),
        **{
            name: table
            for measure in need.MEASURES.values()
            if measure.name != need.SAID
            for name, table in _ways(case, measure)
        },
        "causes": {
            "title": "The six causes that people name",
            "columns": [{"name": "Cause"}, {"name": "What people say"}],
            "rows": [list(cause) for cause in case.facts["causes"].items()],
            "task": "diagnosis",
        },
        "closed_by_month": _closed_by_month(case),
        "told_causes": _told_causes(case),
    }
    return {"says": says, "tables": tables}


def _said_in_meetings(case: Case) -> dict:
    return {
        "title": "What people say in meetings (D11)",
        "columns": [{"name": "Who"}, {"name": "What they said"}],
        "rows": [[who, said] for who, said, _ in case.facts["claims"]],
    }


def _list_of_measures() -> dict:
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


def _baselines(case: Case) -> dict:
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


def _ways(case: Case, measure):
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


def _closed_by_month(case: Case) -> dict:
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


def _told_causes(case: Case) -> dict:
    told = need.told_causes(case.telling)
    total = sum(told.values())
    rows = [[_TOLD[cause], count, f"{100 * count / total:.1f}"] for cause, count in told.most_common()]
    return {
        "title": "What the texts of complaints filed under delivery tell, by their main cause (D3)",
        "columns": [{"name": "Main cause"}, {"name": "Complaints"}, {"name": "%"}],
        "rows": rows,
        "task": "diagnosis",
    }
