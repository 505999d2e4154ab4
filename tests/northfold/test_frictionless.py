"""The frictionless library, an independent judge of Table Schema, finds the published data package valid."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cslearn.northfold import schema
from cslearn.northfold.case import DATA_VERSION

ROOT = Path(__file__).parents[2]
LOCK = Path(__file__).with_name("frictionless.lock")
PACKAGES = ROOT / ".cache" / "frictionless"
PROBE = """
import json, sys
from frictionless import validate
report = validate("datapackage.json")
errors = [(task.name, error.type) for task in report.tasks for error in task.errors]
print(json.dumps({"valid": report.valid, "tables": len(report.tasks), "errors": errors}))
"""


def judged(folder: Path) -> dict:
    # Kept apart from our own packages: it asks for other versions of some of them.
    if not (PACKAGES / "frictionless").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*command, "--require-hashes", "--target", PACKAGES, "-r", LOCK], check=True)
    run = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PACKAGES)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout.splitlines()[-1])


@pytest.mark.slow
def test_the_published_data_package_is_valid():
    report = judged(ROOT / "datasets")
    assert report["errors"] == [] and report["valid"]
    # Every table, and the minutes.
    assert report["tables"] == len(schema.data_package(DATA_VERSION)["resources"]) == len(schema.TABLES) + 1


def contacts(folder: Path) -> set[str]:
    """Every customer who made a contact."""
    with (folder / "contacts.csv").open(encoding="utf-8", newline="") as file:
        return {row["customer_id"] for row in csv.DictReader(file)} - {"C00000"}


@pytest.mark.slow
def test_it_finds_what_a_hand_edited_file_breaks(tmp_path):
    for path in (ROOT / "datasets").iterdir():
        if path.suffix in (".csv", ".json"):
            shutil.copy(path, tmp_path)
    shutil.copytree(ROOT / "datasets" / "minutes", tmp_path / "minutes")
    table = tmp_path / "kpi_daily.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].replace("North", "East").replace("West", "East")
    # The same day and site twice breaks the key.
    lines[6] = lines[5]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    costs = tmp_path / "options_costs.csv"
    costs.write_text(costs.read_text(encoding="utf-8").replace("A1,A,", "A1,F,", 1), encoding="utf-8")
    # A decision that takes back one that was never made.
    log = tmp_path / "decisions.csv"
    log.write_text(log.read_text(encoding="utf-8").replace(",D7.1\n", ",D7.9\n"), encoding="utf-8")
    customers = tmp_path / "customers.csv"
    records = customers.read_text(encoding="utf-8").splitlines()
    caller = next(n for n, line in enumerate(records) if line.split(",")[0] in contacts(tmp_path))
    del records[caller]
    customers.write_text("\n".join(records) + "\n", encoding="utf-8")
    report = judged(tmp_path)
    assert not report["valid"]
    kinds = {tuple(error) for error in report["errors"]}
    assert {("kpi-daily", "constraint-error"), ("kpi-daily", "primary-key")} <= kinds
    assert {("options-costs", "foreign-key"), ("decisions", "foreign-key"), ("contacts", "foreign-key")} <= kinds
