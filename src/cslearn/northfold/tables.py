"""The book's own tables, by name."""

import difflib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from cslearn.northfold.case import case
from cslearn.northfold.standards_policy import standards_policy
from cslearn.problem import Problem

if TYPE_CHECKING:
    import pandas as pd

_FROM_CASE = {"options": "choose-an-improvement", "options_costs": "choose-an-improvement"}
NAMES = ("options", "options_costs", "standards_policy")


def load(name: str) -> "pd.DataFrame | dict":
    """One of Northfold's tables as the book uses it (fictional, calibrated).

    ``options`` (5 rows) and ``options_costs`` (one row for each cash line and year) are
    DataFrames; ``standards_policy`` is a dictionary. They are drawn anew from the same
    seed, so nothing is read from disk and the browser needs no file. Raises
    :class:`Problem` for another name, with the nearest one.
    """
    if name in _FROM_CASE:
        return case(_FROM_CASE[name]).table(name)
    if name == "standards_policy":
        return standards_policy()
    near = difflib.get_close_matches(str(name), NAMES, n=1, cutoff=0.4)
    hint = f"Did you mean '{near[0]}'?" if near else f"The tables are: {', '.join(NAMES)}."
    raise Problem(f"Northfold has no table called '{name}'. {hint}")


def write(folder: Path) -> list[Path]:
    """Writes the book's tables into ``folder`` (CSV, UTF-8; the policy as JSON) and gives the paths.

    The same bytes every time; ``datasets/`` in the repository was made this way.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in _FROM_CASE:
        path = folder / f"{name}.csv"
        load(name).to_csv(path, index=False, lineterminator="\n")
        paths.append(path)
    path = folder / "standards_policy.json"
    path.write_text(json.dumps(standards_policy(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return [*paths, path]
