"""The book's own tables, by name."""

import copy
import csv
import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from cslearn.northfold.case import DATA_VERSION, case
from cslearn.northfold.standards_policy import standards_policy
from cslearn.problem import Problem, nearest

if TYPE_CHECKING:
    import pandas as pd

    from cslearn.northfold.process import Process
    from cslearn.northfold.schema import Table


def _module(name: str):
    # Loaded when a table is drawn, so that `import cslearn` stays quick in a browser.
    return import_module(f"cslearn.northfold.{name}")


_FROM_CASE = {"options": "choose-an-improvement", "options_costs": "choose-an-improvement"}
# How each table is read off a telling of the story. A new table needs its entry here and its columns in schema.py.
_FROM_STORY: dict[str, Callable[["Process"], list[dict]]] = {
    "customers": lambda told: _module("customers").rows(told),
    "contacts": lambda told: _module("contacts").rows(told.story),
    "complaints": lambda told: _module("complaints").rows(told),
    "servqual": lambda told: _module("servqual").rows(told.story),
    "events_before": lambda told: _module("events").before(told),
    "events_after": lambda told: _module("events").after(told),
    "kpi_daily": lambda told: _module("kpi_daily").rows(told.story, told),
    "qa_followup": lambda told: _module("qa_followup").rows(told),
    "staff_survey": lambda told: _module("staff_survey").rows(told.story),
    "mystery_shop": lambda told: _module("mystery_shop").rows(told.story),
    "decisions": lambda told: _module("minutes").rows(told),
}
# What is no table: documents, which a telling words in its own way or which are the same for everyone.
DOCUMENTS: dict[str, Callable[["Process"], dict]] = {
    "standards_policy": lambda told: standards_policy(),
    "minutes": lambda told: _module("minutes").texts(told),
}
NAMES = (*_FROM_CASE, *DOCUMENTS, *_FROM_STORY)


def load(name: str, columns: Sequence[str] | None = None) -> "pd.DataFrame | dict":
    """One of Northfold's tables as the book uses it (fictional, calibrated).

    ``customers``, ``contacts``, ``complaints``, ``servqual``, ``events_before``,
    ``events_after``, ``kpi_daily``, ``qa_followup``, ``staff_survey``, ``mystery_shop``, ``decisions``,
    ``options`` (5 rows) and ``options_costs`` (one row for each cash line and year) are
    DataFrames; ``standards_policy`` is a dictionary. ``minutes`` is one as well, from the
    date of a meeting to its text: ``print(load("minutes")["2024-05-29"])``. In the tables
    of the story, dates are dates, yes-or-no columns are true or false, and columns with a
    fixed list of values are categories; what is wrong in the raw data is still wrong. They
    are drawn anew from the same seed, so nothing is read from disk and the browser needs no
    file. ``columns`` picks some columns of a table. Raises :class:`Problem` for another
    name, with the nearest one.
    """
    if name in _FROM_CASE:
        return case(_FROM_CASE[name]).table(name, columns)
    if name in _FROM_STORY:
        from cslearn.northfold.schema import TABLES

        return only(typed(TABLES[name], _book(name)), name, columns)
    if name in DOCUMENTS:
        return copy.deepcopy(_book(name))
    raise Problem(f"Northfold has no table called '{name}'. {nearest(name, NAMES, 'The tables are')}")


def only(frame: "pd.DataFrame", name: str, columns: Sequence[str] | None) -> "pd.DataFrame":
    """Some columns of the table ``name``, in the order asked for; all of them for None.

    Raises :class:`Problem` for a column that the table does not have, with the nearest one.
    """
    if columns is None:
        return frame
    wanted = [columns] if isinstance(columns, str) else list(columns)
    for column in wanted:
        if column not in frame.columns:
            hint = nearest(column, frame.columns, "Its columns are")
            raise Problem(f"The table '{name}' has no column called '{column}'. {hint}")
    return frame[wanted]


def typed(table: "Table", rows: list[dict]) -> "pd.DataFrame":
    """Plain rows as a DataFrame with the types that the table's description names; a new one each time."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=[column.name for column in table.columns])
    for column in table.columns:
        values = frame[column.name]
        if column.type == "datetime":
            values = pd.to_datetime(values, format="%Y-%m-%d %H:%M")
        elif column.type == "date":
            values = pd.to_datetime(values, format="%Y-%m-%d")
        elif column.type == "boolean":
            values = values.astype("bool" if column.required else "boolean")
        elif column.type == "integer":
            values = values.astype("int64" if column.required else "Int64")
        elif column.type == "number":
            values = values.astype("float64")
        elif column.allowed:
            # An empty text means that nothing was recorded.
            values = pd.Categorical(values.where(values != ""), categories=list(column.allowed))
        else:
            # One kind of missing value: before pandas 3, None and "" would else stay two.
            values = values.where(values.notna() & (values != ""))
        frame[column.name] = values
    return frame


def _book(name: str) -> "list[dict] | dict":
    from cslearn.northfold.story import book_story

    return told(book_story().seed, name)


# Room for the largest case and a few of the book's tables; together they stay below 60 MB.
@lru_cache(maxsize=16)
def told(seed: int, name: str) -> "list[dict] | dict":
    """The rows of a table, or a document, of the telling with this seed; the last few are kept for the next reader."""
    from cslearn.northfold.process import telling

    return DOCUMENTS[name](telling(seed)) if name in DOCUMENTS else story_rows(telling(seed), name)


def story_rows(process: "Process", name: str) -> list[dict]:
    """One table of any telling of the story, as plain rows; ``name`` is one that :func:`load` knows."""
    return _FROM_STORY[name](process)


def write(folder: Path) -> list[Path]:
    """Writes the book's tables into ``folder`` and gives the paths: CSV in UTF-8, minutes as Markdown, the rest as JSON.

    The same bytes every time; ``datasets/`` in the repository was made this way.
    """
    from cslearn.northfold.schema import data_package

    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in _FROM_CASE:
        path = folder / f"{name}.csv"
        load(name).to_csv(path, index=False, lineterminator="\n")
        paths.append(path)
    for name in _FROM_STORY:
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            write_csv(file, _book(name))
        paths.append(path)
    (folder / "minutes").mkdir(exist_ok=True)
    for day, text in load("minutes").items():
        path = folder / "minutes" / f"{day}.md"
        path.write_text(text, encoding="utf-8", newline="\n")
        paths.append(path)
    for name, document in (("standards_policy", standards_policy()), ("datapackage", data_package(DATA_VERSION))):
        path = folder / f"{name}.json"
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def write_csv(file, rows: list[dict]) -> None:
    """Writes plain rows as CSV: true is 1, false is 0, what is missing is empty, and no number ends in ``.0``."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)


def _cell(value) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value
