"""Reads one of Northfold's tables from a CSV that someone may have edited, and says what no longer fits.

Everything is judged by the table's description (:mod:`cslearn.northfold.schema`), so a new
table needs nothing here. Rows are counted as a spreadsheet counts them: the heading is row 1.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cslearn.northfold.schema import TABLES, Column, Table
from cslearn.problem import Problem, nearest

if TYPE_CHECKING:
    import pandas as pd

# A spreadsheet saves more than this only if the file is no table of ours.
_MOST_BYTES = 50_000_000
_SHOWN = 40


class Fault(NamedTuple):
    """One value that does not fit: its row, its column ("" for the whole row), and the rule in words."""

    row: int
    column: str
    rule: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.rule}" if self.column else f"row {self.row}: {self.rule}"


def read_table(path: str | Path, name: str | None = None) -> "pd.DataFrame":
    """The table in a CSV file, typed as ``load`` types it; its name is the file's unless given.

    Raises :class:`Problem` with one sentence if the file cannot be read, or for the first
    row that does not fit, with its column, the rule, and how many more do not.
    """
    from cslearn.northfold.tables import typed

    table, rows = _cells(Path(path), name)
    _refuse(Path(path), list(faults(table, rows)))
    return typed(table, [{c.name: _value(c, row[c.name]) for c in table.columns} for row in rows])


def check_folder(folder: str | Path) -> list[str]:
    """Checks every CSV in a folder, one sentence for each file that is good, such as ``kpi_daily.csv: 1,088 rows fit``.

    References from one table to another are checked too, where both are there. Raises
    :class:`Problem` for the first file that does not fit, or if there is no table.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Problem(f"There is no folder {folder}; name one that holds Northfold's tables as CSV.")
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise Problem(f"There is no CSV in {folder}; name a folder that holds Northfold's tables.")
    read = {path.stem: _cells(path, None) for path in paths}
    lines = []
    for path in paths:
        table, rows = read[path.stem]
        found = list(faults(table, rows))
        for column, other, theirs in table.foreign:
            # An empty name is the table itself.
            if (other or table.name) in read:
                found += _unknown(rows, column, other or table.name, theirs, read[other or table.name][1])
        _refuse(path, sorted(found))
        lines.append(f"{path.name}: {len(rows):,} rows fit")
    return lines


def faults(table: Table, rows: list[dict[str, str]]) -> Iterator[Fault]:
    """Everything in the rows of a CSV that does not fit the table's description, in order."""
    seen: dict[tuple, int] = {}
    for number, row in enumerate(rows, start=2):
        for column in table.columns:
            rule = _broken(column, row[column.name])
            if rule:
                yield Fault(number, column.name, f"{_shown(row[column.name])} {rule}")
        if table.key:
            key = tuple(row[name] for name in table.key)
            if key in seen:
                keys = " and ".join(table.key)
                yield Fault(number, "", f"it has the same {keys} as row {seen[key]}, and each may come only once")
            seen.setdefault(key, number)


def _unknown(rows, column: str, table: str, theirs: str, others) -> Iterator[Fault]:
    known = {row[theirs] for row in others}
    for number, row in enumerate(rows, start=2):
        if row[column] and row[column] not in known:
            yield Fault(number, column, f"{_shown(row[column])} is not in the column {theirs} of {table}.csv")


def _refuse(path: Path, found: list[Fault]) -> None:
    if found:
        more = f"; and {len(found) - 1:,} more" if len(found) > 1 else ""
        raise Problem(f"{path.name}, {found[0]}{more}. Put it right, or take the file from datasets/ again.")


_SHAPES = {
    "integer": (r"-?[0-9]{1,15}", "is not a whole number"),
    "number": (r"-?[0-9]{1,15}([.][0-9]{1,15})?", "is not a number, such as 12.5"),
    "boolean": (r"[01]", "must be 1 for yes or 0 for no"),
}
_TIMES = {
    "date": (r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", "%Y-%m-%d", "is not a date, such as 2024-09-09"),
    "datetime": (
        r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", "%Y-%m-%d %H:%M", "is not a date and time, such as 2024-09-09 14:30",
    ),
}  # fmt: skip


def _broken(column: Column, text: str) -> str:
    """The rule that a cell breaks, in words, or ""."""
    if text == "":
        return "is empty, and a value is needed" if column.required else ""
    if column.type in _SHAPES:
        shape, says = _SHAPES[column.type]
        if not re.fullmatch(shape, text):
            return says
    if column.type in _TIMES:
        shape, form, says = _TIMES[column.type]
        # The shape first, because strptime takes 2024-9-9 as well.
        if not re.fullmatch(shape, text) or not _is_time(text, form):
            return says
    if column.allowed and text not in map(str, column.allowed):
        return f"is not one of: {', '.join(map(str, column.allowed))}"
    if column.pattern and not re.fullmatch(column.pattern, text):
        return f"does not have the form {column.pattern}"
    if column.least is not None and float(text) < column.least:
        return f"is below the least, {column.least:g}"
    if column.most is not None and float(text) > column.most:
        return f"is above the most, {column.most:g}"
    return ""


def _is_time(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text if len(text) <= _SHOWN else text[: _SHOWN - 3] + '...'}'"


def _value(column: Column, text: str):
    if text == "":
        return None
    if column.type == "boolean":
        return text == "1"
    if column.type == "integer":
        return int(text)
    return float(text) if column.type == "number" else text


def _cells(path: Path, name: str | None) -> tuple[Table, list[dict[str, str]]]:
    """The table that a file claims to be, and its cells as text."""
    name = path.stem if name is None else name
    if name not in TABLES:
        raise Problem(f"Northfold has no table called '{name}'. {nearest(name, TABLES, 'The tables are')}")
    table = TABLES[name]
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Problem(f"{path.name} is larger than 50 MB, so it is not the table {name}.")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise Problem(f"{path.name} is not in UTF-8; save it as 'CSV UTF-8'.") from why
    except OSError as why:
        raise Problem(f"{path} cannot be read: {why.strerror}.") from why
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    try:
        heading = next(lines, [])
        _check_heading(path, table, heading)
        for number, cells in enumerate(lines, start=2):
            if not cells and lines.line_num >= text.count("\n"):
                # An empty line at the end is no row.
                continue
            if len(cells) != len(heading):
                raise Problem(
                    f"{path.name}, row {number}: it has {len(cells)} values, and the heading has {len(heading)}. "
                    "Look for a comma, or a quotation mark, that is missing or too many."
                )
            rows.append(dict(zip(heading, cells, strict=True)))
    except csv.Error as why:
        raise Problem(f"{path.name}, near line {lines.line_num}: this is no proper CSV ({why}).") from why
    return table, rows


def _check_heading(path: Path, table: Table, heading: list[str]) -> None:
    names = [column.name for column in table.columns]
    if heading == names:
        return
    if len(heading) == 1 and (";" in heading[0] or "\t" in heading[0]):
        raise Problem(f"{path.name} has its values apart by something else than commas; save it as 'CSV UTF-8'.")
    for name in heading:
        if name not in names:
            raise Problem(f"{path.name}, row 1: there is no column {_shown(name)}. {nearest(name, names, 'There are')}")
    for name in names:
        if name not in heading:
            raise Problem(f"{path.name}, row 1: the column '{name}' is missing.")
    if len(heading) > len(names):
        twice = next(name for name in heading if heading.count(name) > 1)
        raise Problem(f"{path.name}, row 1: the column '{twice}' comes twice.")
    raise Problem(f"{path.name}, row 1: the columns are in another order; it must be {', '.join(names)}.")
