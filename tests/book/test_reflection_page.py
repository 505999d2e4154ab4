"""The figures of the lesson on reflection, worked out again from the CSV file."""

import csv
import re
from pathlib import Path

import pytest
from page_cells import run_cells

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "evaluation" / "reflection.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def rows():
    with (ROOT / "datasets" / "qa_followup.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def weighted(teams, months, value, weight):
    part = [row for row in rows() if row["team"] in teams and row["month"][:7] in months]
    return sum(float(row[value]) * int(row[weight]) for row in part) / sum(int(row[weight]) for row in part)


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    # Where coaching stopped stands in the minutes of the day on which it was decided.
    minutes = (ROOT / "datasets" / "minutes" / "2024-04-23.md").read_text("utf-8")
    (listed,) = re.findall(r"Coaching in the call standard ends on 31 May in these teams: ([^.]+)\.", minutes)
    stopped = set(re.findall(r"\d", listed))
    others = {row["team"] for row in rows()} - stopped
    spans = {
        "before": {"2023-12", "2024-01"}, "spring": {"2024-03", "2024-04", "2024-05"}, "august": {"2024-08"},
        "autumn": {"2024-09", "2024-10", "2024-11"},
    }  # fmt: skip
    expected = {"teams": len(stopped)}
    for name, teams in (("ended", stopped), ("kept", others)):
        for span, months in spans.items():
            expected[f"{name}_{span}"] = weighted(teams, months, "adherence_pct", "calls_checked")
        expected[f"{name}_reopened"] = weighted(teams, spans["autumn"], "reopen_pct", "cases_closed")
    expected["gained"] = expected["ended_spring"] - expected["ended_before"]
    expected["left"] = 100 * (expected["ended_autumn"] - expected["ended_before"]) / expected["gained"]
    assert made == pytest.approx(expected)
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used <= set(made)
    # What the words say of them: the groups began alike, one lost nearly all, the other nearly none.
    assert len(stopped) == len(others) == 4
    assert abs(made["ended_before"] - made["kept_before"]) < 3
    assert made["left"] < 15 and made["kept_spring"] - made["kept_autumn"] < 5
    assert made["ended_reopened"] > 2 * made["kept_reopened"]
    assert made["ended_autumn"] < made["ended_august"] < made["kept_august"]


def test_what_the_page_says_of_the_meeting_stands_in_its_minutes():
    minutes = (ROOT / "datasets" / "minutes" / "2024-04-23.md").read_text("utf-8")
    assert "Lorna asked what happens to the standard when nobody listens any more" in minutes
    assert "it is a habit by now" in minutes
    # Ninety days after 31 May.
    from datetime import date, timedelta

    assert date(2024, 5, 31) + timedelta(days=90) == date(2024, 8, 29)
