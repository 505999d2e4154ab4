"""W12, the data room: find the rows, leave out what does not belong, and cite the figure.

The page's side is ``data_room.js`` and, after the guess, ``data_room_steps.js`` and ``room.js``; the
few things that are particular to a table, and the questions, are in ``data_room_data.js``, which both
sides read. A table that is not named there works all the same: its columns and their types come from
the data package.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from cslearn.explorers.data import read_data
from cslearn.methods import evidence
from cslearn.methods.randomness import mulberry32
from cslearn.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

DATA = Path(__file__).with_name("data_room_data.js")
SITES = ("North", "West")
# Keys of an evidence row's filter that are no columns.
TABLE, WITHOUT, SPELLING = "table", "without", "spelling"
_SHARES = ("is", "at least", "at most")
_MEASURE = re.compile(
    r"(?P<count>count)|(?P<average>mean|median) of (?P<averaged>\w+)"
    r"|share of (?P<shared>\w+) (?P<how>is|at least|at most) (?P<value>.+)"
    r"|(?P<part>\w+) as a share of (?P<whole>\w+)"
)


def problem(seed: int, table: str = "") -> dict:
    """One question with a trap: ``careful`` and ``naive`` are the recipes for its right and its hasty answer.

    Questions come in turn, those about ``table`` first if a page names one.

    A recipe has ``table``, ``measure`` (kind, column, value), ``filter`` (pairs of column and
    value), ``start`` and ``end`` (days), ``without`` (names of what is left out) and ``tidy``
    (whether capitals and spaces around a word count for nothing). What is named in
    ``optional`` may be left out as well.
    """
    data = read_data(DATA)
    draw = mulberry32(seed)
    questions = sorted(data["questions"], key=lambda one: one["table"] != table)
    question = questions[seed % len(questions)]
    site = SITES[int(draw() * len(SITES))]
    periods = data[question["periods"]]
    period, start, end = periods[int(draw() * len(periods))]

    def recipe(of: dict) -> dict:
        return {
            "table": question["table"],
            "measure": of["measure"],
            "filter": [[column, value.replace("{site}", site)] for column, value in question["filter"]],
            "start": start,
            "end": end,
            "without": of["without"],
            "tidy": of["tidy"],
        }

    return {
        "seed": seed,
        "id": question["id"],
        "ask": question["ask"].replace("{site}", site).replace("{period}", period),
        "careful": recipe(question),
        "naive": recipe(question["naive"]),
        "optional": question["optional"],
    }


def table(name: str) -> pd.DataFrame:
    """One of Northfold's tables with the columns that the data room works out from others (days to close, say)."""
    import pandas as pd

    from cslearn.northfold.tables import load

    frame = load(name)
    for column in frame.select_dtypes(["object", "string"]):
        # As in the file, where an empty cell means that nothing was recorded.
        frame[column] = frame[column].where(frame[column] != "")
    for column in derived(name):
        if "sum" in column:
            one, two = column["sum"]
            made = frame[one] + frame[two]
        elif "days" in column:
            one, two = column["days"]
            made = (frame[two].dt.normalize() - frame[one].dt.normalize()).dt.days.astype("Int64")
        elif "minutes" in column:
            one, two = column["minutes"]
            made = (frame[two] - frame[one]).dt.total_seconds() / 60
        else:
            made = pd.Series(frame[column["first"]].str[0].map(column["letters"]), index=frame.index)
        frame[column["name"]] = made
    return frame


def offered(name: str) -> list[str]:
    """What the data room offers to leave out of a table, such as test contacts, by name."""
    return [one["name"] for one in _about(name).get("without", ())]


def derived(name: str) -> list[dict]:
    """The columns that the data room works out for a table: ``name``, ``says`` and perhaps ``unit``."""
    return _about(name).get("derived", [])


def _about(name: str) -> dict:
    return read_data(DATA)["tables"].get(name, {})


def answer(recipe: dict) -> dict:
    """The figure of a recipe: ``n``, ``value``, ``low`` and ``high`` (a 95% interval, or None) and ``unit``.

    Blank rows are never counted. Raises Problem for a table, a column or a thing to leave
    out that is not there, and where no rows are left.
    """
    frame = table(recipe["table"])
    rows = frame[_kept(frame, recipe)]
    kind, column, value = (recipe["measure"][key] for key in ("kind", "column", "value"))
    if kind == "count":
        return {"n": len(rows), "value": len(rows), "low": None, "high": None, "unit": "count"}
    if kind == "ratio":
        both = rows[[_there(frame, column), _there(frame, value)]].dropna().astype(int)
        part, whole = (int(both[name].sum()) for name in (column, value))
        return {"n": whole, **evidence.share(part, whole), "unit": "%"}
    held = rows[_there(frame, column)].dropna()
    if kind == "is":
        hits = int(_same(held, value, recipe["tidy"]).sum())
        return {"n": len(held), **evidence.share(hits, len(held)), "unit": "%"}
    if kind in ("at least", "at most"):
        bound = float(value)
        hits = int((held >= bound).sum() if kind == "at least" else (held <= bound).sum())
        return {"n": len(held), **evidence.share(hits, len(held)), "unit": "%"}
    unit, by = _unit(recipe["table"], column)
    figures = {"mean": evidence.mean, "median": evidence.median}[kind]([float(one) for one in held])
    scaled = {key: None if figure is None else figure / by for key, figure in figures.items()}
    return {"n": len(held), **scaled, "unit": unit}


def _kept(frame: pd.DataFrame, recipe: dict) -> pd.Series:
    import pandas as pd

    kept = pd.Series(True, index=frame.index)
    for column, value in recipe["filter"]:
        kept &= _same(frame[_there(frame, column)], value, recipe["tidy"])
    when = _when(frame, recipe["table"])
    if when:
        days = frame[when].dt.strftime("%Y-%m-%d")
        kept &= (days >= recipe["start"]) & (days <= recipe["end"])
    rules = {one["name"]: one["rule"] for one in _about(recipe["table"]).get("without", ())}
    for name in recipe["without"]:
        if name not in rules:
            there = ", ".join(rules) or "nothing"
            raise Problem(f"“{name}” cannot be left out of {recipe['table']}. What can be left out: {there}.")
        kept &= ~_falls_under(frame, rules[name], when)
    return kept


def _there(frame: pd.DataFrame, column: str) -> str:
    if column not in frame:
        raise Problem(f"There is no column {column}. The columns are {', '.join(frame.columns)}.")
    return column


def _when(frame: pd.DataFrame, name: str) -> str | None:
    """The column that says when a row happened: the table's own, or the first with dates."""
    dated = [column for column in frame if str(frame[column].dtype).startswith("datetime")]
    return _about(name).get("when") or (dated[0] if dated else None)


def _same(values: pd.Series, value: str, tidy: bool = False) -> pd.Series:
    """Which values are this one, as the data room writes it: yes and no, whole numbers without a point."""
    if str(values.dtype) in ("bool", "boolean"):
        found = values.map({True: "yes", False: "no"}) == value
    elif tidy:
        found = values.astype("string").str.strip().str.lower() == value.strip().lower()
    else:
        found = values.astype("string") == value
    return found.fillna(False).astype(bool)


def _falls_under(frame: pd.DataFrame, rule: dict, when: str | None) -> pd.Series:
    if "again" in rule:
        before = frame.groupby(rule["again"], observed=True)[when].shift()
        return (frame[when] - before).dt.total_seconds() <= 60 * rule["minutes"]
    values = frame[rule["column"]]
    if "is" in rule:
        return _same(values, rule["is"])
    if "empty" in rule:
        return values.isna()
    if "day" in rule:
        return values.dt.strftime("%Y-%m-%d") == rule["day"]
    if "weekday" in rule:
        return values.dt.isocalendar().day == rule["weekday"]
    found = values > rule["over"] if "over" in rule else values < rule["under"]
    return found.fillna(False).astype(bool)


def _unit(name: str, column: str) -> tuple[str, float]:
    """The unit in which an evidence row gives a figure of that column, and by what to divide."""
    from cslearn.northfold.schema import TABLES

    described = {one.name: one.unit for one in TABLES[name].columns} if name in TABLES else {}
    described |= {one["name"]: one.get("unit", "") for one in derived(name)}
    unit, by = read_data(DATA)["units"].get(described.get(column, ""), ("score", 1))
    return unit, by


def evidence_row(recipe: dict, id: str = "E1", reads: str = "same") -> dict:
    """The figure of a recipe as plain data to hand in: where it is from, what it counts, and what it is."""
    found = answer(recipe)
    data = read_data(DATA)
    name = recipe["table"]
    source = data["sources"].get(name, name)
    filters = {column: value for column, value in recipe["filter"]}
    if sum(one == source for one in data["sources"].values()) > 1:
        # The source alone would not say which of its files.
        filters[TABLE] = name
    if recipe["without"]:
        filters[WITHOUT] = ", ".join(recipe["without"])
    if recipe["tidy"]:
        filters[SPELLING] = "tidied"
    return {
        "id": id,
        "source": source,
        "measure": measure_in_words(recipe["measure"]),
        "filter": filters,
        "period": [recipe["start"], recipe["end"]] if recipe["start"] else None,
        "n": found["n"],
        "value": evidence.to_the_cent(found["value"]),
        "unit": found["unit"],
        "reads": reads,
    }


def measure_in_words(measure: dict) -> str:
    """A measure as it stands in an evidence row: ``mean of queue_s``, ``share of csat at least 4``."""
    kind, column, value = measure["kind"], measure["column"], measure["value"]
    if kind == "count":
        return kind
    if kind == "ratio":
        return f"{column} as a share of {value}"
    return f"share of {column} {kind} {value}" if kind in _SHARES else f"{kind} of {column}"


def recompute(row: dict) -> dict:
    """An evidence row with ``n``, ``value`` and ``unit`` worked out again from Northfold's tables.

    The row is as the data room copies it. Raises Problem where it cannot be read.
    """
    recipe = recipe_of(row)
    return evidence_row(recipe, row.get("id", "E1"), row.get("reads", "same"))


def recipe_of(row: dict) -> dict:
    """What an evidence row says was done, as a recipe. Raises Problem where it cannot be read."""
    found = _MEASURE.fullmatch(str(row.get("measure")))
    if not found:
        raise Problem(
            f"The measure {row.get('measure')!r} cannot be read. Copy it from the data room, such as 'mean of queue_s'."
        )
    if found["count"]:
        measure = {"kind": "count", "column": "", "value": ""}
    elif found["average"]:
        measure = {"kind": found["average"], "column": found["averaged"], "value": ""}
    elif found["shared"]:
        measure = {"kind": found["how"], "column": found["shared"], "value": found["value"]}
    else:
        measure = {"kind": "ratio", "column": found["part"], "value": found["whole"]}
    filters = dict(row.get("filter") or {})
    sources = read_data(DATA)["sources"]
    names = [name for name, source in sources.items() if source == row.get("source")]
    name = filters.pop(TABLE, names[0] if len(names) == 1 else None)
    if name not in sources:
        raise Problem(
            f"The source {row.get('source')!r} names no single table. The sources are {', '.join(sorted(set(sources.values())))}."
        )
    without = [one for one in str(filters.pop(WITHOUT, "")).split(", ") if one]
    tidy = filters.pop(SPELLING, "") == "tidied"
    start, end = row.get("period") or ("", "")
    return {
        "table": name,
        "measure": measure,
        "filter": [[column, str(value)] for column, value in filters.items()],
        "start": start,
        "end": end,
        "without": without,
        "tidy": tidy,
    }
