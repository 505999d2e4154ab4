"""What a page of the book computes, and the published rows that it computes from."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

DATASETS = Path(__file__).parents[2] / "datasets"
_CELL = re.compile(r"^```\{code-cell\} ipython3\n:tags: .*?\n(.*?)^```$", re.S | re.M)


def cells_of(page: Path) -> list[str]:
    """The code of a page's cells, in their order."""
    return _CELL.findall(page.read_text("utf-8"))


def run_cells(page: Path, change: Callable[[str], str] = str) -> tuple[dict, dict]:
    """What a page's cells put into its text by glue, and the names that they leave; ``change`` may edit a cell before."""
    found, shared = {}, {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("myst_nb.glue", lambda name, value, display: found.__setitem__(name, value))
        for cell in cells_of(page):
            exec(compile(change(cell), page.name, "exec"), shared)
    return found, shared


def rows_of(name: str) -> list[dict]:
    """The rows of a published table as they lie, such as those of ``contacts.csv``."""
    with (DATASETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
