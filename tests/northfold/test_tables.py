"""Published tables are typed when loaded, described for machines, small, quick, and the same bytes everywhere."""

import csv
import hashlib
import json
import re
import time
from pathlib import Path

import pandas as pd
import pytest

from cslearn import load
from cslearn.northfold import minutes, schema, tables
from cslearn.northfold.case import DATA_VERSION
from cslearn.northfold.process import Process, telling
from cslearn.northfold.story import Story
from cslearn.problem import Problem

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "datasets"
FROM_STORY = [name for name in schema.TABLES if not name.startswith("options")]

# Written down once: what the generator draws from practice seed 7. A change here is a new DATA_VERSION.
DIGESTS = {
    "customers": "526e269a8f79929e",
    "contacts": "59c4fadcc184bd6e",
    "complaints": "60022f651c10d472",
    "servqual": "d2ea964655a11b16",
    "events_before": "1f3222b533ab7e50",
    "events_after": "2af0596b33567c41",
    "kpi_daily": "755fc9cc54a58fc8",
    "qa_followup": "ef1b6d41efb1c638",
    "staff_survey": "7c40416be5f8ae61",
    "mystery_shop": "43716e2d1b2263bd",
    "decisions": "bc4340a2d58eca14",
    "minutes": "a16e2d8d3f6001d2",
}


@pytest.mark.parametrize("name", FROM_STORY)
def test_same_seed_same_bytes(name):
    rows = tables.story_rows(Process(Story(7)), name)
    assert hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16] == DIGESTS[name]


def test_same_seed_same_minutes():
    texts = minutes.texts(Process(Story(7)))
    assert hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:16] == DIGESTS["minutes"]


def test_another_seed_tells_another_story():
    first, second = (tables.story_rows(Process(Story(seed)), "events_before") for seed in (7, 8))
    assert first != second


def test_all_the_book_s_tables_take_less_than_ten_seconds(tmp_path):
    telling.cache_clear()
    tables.told.cache_clear()
    begin = time.perf_counter()
    tables.write(tmp_path)
    assert time.perf_counter() - begin < 10


def test_all_files_together_stay_below_two_and_a_half_megabytes():
    # What a browser could be asked to load; the datasheet and the data package describe it.
    data = [path for path in FOLDER.rglob("*") if path.is_file() and path.name not in ("README.md", "datapackage.json")]
    assert sum(path.stat().st_size for path in data) < 2_500_000


def test_the_data_package_describes_every_csv_column_by_column():
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == DATA_VERSION and package["licenses"][0]["name"] == "CC-BY-4.0"
    assert "fictional, calibrated" in package["title"]
    described = {resource["path"]: resource for resource in package["resources"] if "schema" in resource}
    assert set(described) == {path.name for path in FOLDER.glob("*.csv")}
    for path, resource in described.items():
        with (FOLDER / path).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_the_data_package_names_every_set_of_minutes():
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    (texts,) = (resource for resource in package["resources"] if "schema" not in resource)
    assert texts["name"] == "minutes" and texts["mediatype"] == "text/markdown"
    assert texts["path"] == sorted(path.relative_to(FOLDER).as_posix() for path in (FOLDER / "minutes").iterdir())


def faults(table: schema.Table, rows: list[dict[str, str]]) -> list[str]:
    """What in the rows of a CSV does not fit the table's description: the line, the column and the rule."""
    found = []
    for line, row in enumerate(rows, start=2):
        for column in table.columns:
            value = row[column.name]
            if value == "":
                wrong = "is empty" if column.required else ""
            elif column.allowed and value not in column.allowed:
                wrong = "is not allowed"
            elif column.pattern and not re.fullmatch(column.pattern, value):
                wrong = "does not fit the pattern"
            else:
                wrong = _type_fault(column, value)
            if wrong:
                found.append(f"line {line}, {column.name}: {value!r} {wrong}")
    keys = [tuple(row[name] for name in table.key) for row in rows]
    if table.key and len(set(keys)) < len(keys):
        found.append("a key comes twice")
    return found


def _type_fault(column: schema.Column, value: str) -> str:
    shapes = {
        "integer": r"-?\d+",
        "number": r"-?\d+(\.\d+)?",
        "boolean": "[01]",
        "date": r"\d{4}-\d\d-\d\d",
        "datetime": r"\d{4}-\d\d-\d\d \d\d:\d\d",
        "string": r"[\s\S]+",
    }
    if not re.fullmatch(shapes[column.type], value):
        return f"is no {column.type}"
    if column.least is not None and float(value) < column.least:
        return "is too small"
    if column.most is not None and float(value) > column.most:
        return "is too large"
    return ""


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", schema.TABLES)
def test_every_row_fits_the_description(name):
    assert faults(schema.TABLES[name], rows_of(name)) == []


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("contacts", "csat", "6"),
        ("contacts", "site", "East"),
        ("kpi_daily", "offered", "-1"),
        ("kpi_daily", "date", ""),
    ],
)
def test_a_row_edited_by_hand_that_does_not_fit_is_found(name, column, value):
    rows = rows_of(name)[:5]
    rows[2][column] = value
    (fault,) = faults(schema.TABLES[name], rows)
    assert fault.startswith(f"line 4, {column}:")


def test_columns_are_described_in_the_order_in_which_they_are_written():
    for name, columns in schema.WRITTEN.items():
        assert tuple(column.name for column in schema.TABLES[name].columns) == columns


@pytest.mark.parametrize("name", FROM_STORY)
def test_load_gives_the_file_s_rows_typed(name):
    table, raw = load(name), rows_of(name)
    assert len(table) == len(raw)
    for column in schema.TABLES[name].columns:
        values = table[column.name]
        if column.type in ("date", "datetime"):
            assert pd.api.types.is_datetime64_any_dtype(values)
        elif column.type == "boolean":
            assert pd.api.types.is_bool_dtype(values)
        elif column.type == "integer":
            assert pd.api.types.is_integer_dtype(values)
        elif column.type == "number":
            assert pd.api.types.is_float_dtype(values)
        elif column.allowed:
            assert list(values.cat.categories) == list(column.allowed)
        assert values.isna().tolist() == [row[column.name] == "" for row in raw], column.name
    text = next(column.name for column in schema.TABLES[name].columns if column.type == "string" and column.required)
    assert table[text].astype(str).tolist() == [row[text] for row in raw]


def test_a_learner_who_changes_a_table_does_not_change_the_next_one():
    first = load("kpi_daily")
    first.loc[:, "offered"] = 0
    assert load("kpi_daily")["offered"].sum() > 0


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("contact", "contacts"),
        ("complaint", "complaints"),
        ("event_before", "events_before"),
        ("kpi daily", "kpi_daily"),
    ],
)
def test_a_mistyped_table_is_met_with_the_nearest_name(wrong, near):
    with pytest.raises(Problem, match=f"Did you mean '{near}'"):
        load(wrong)


@pytest.mark.parametrize("name", FROM_STORY)
def test_the_datasheet_describes_every_column_and_counts_the_rows(name):
    sheet = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"| `{name}.csv` | {len(rows_of(name))} |" in sheet
    section = sheet.split(f"\n## {name}.csv\n")[1].split("\n## ")[0]
    described = re.findall(r"^\| `(\w+)` \|", section, re.M)
    expected = [column.name for column in schema.TABLES[name].columns]
    assert described == ([] if name == "events_after" else expected)


def test_importing_cslearn_does_not_tell_the_story():
    import subprocess
    import sys

    probe = "import sys, cslearn.northfold.tables; print('cslearn.northfold.story' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
