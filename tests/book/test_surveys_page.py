"""The figures of the lesson on surveys, worked out again from the CSV files and by plain arithmetic."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest
import yaml
from page_cells import run_cells
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "measuring" / "surveys.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


@pytest.fixture(scope="module")
def rows():
    with (ROOT / "datasets" / "contacts.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["agent_id"] != "T00" and row["abandoned"] == "0"]


def reach_of(promoters, passives, detractors):
    worth = np.repeat([100.0, 0.0, -100.0], [promoters, passives, detractors])
    return worth.mean(), stats.norm.ppf(0.975) * worth.std() / np.sqrt(len(worth))


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made, rows):
    replied = [row for row in rows if row["csat"]]

    def satisfied(of):
        return 100 * sum(row["csat"] in "45" for row in of) / len(of)

    low, high = proportion_confint(sum(row["csat"] in "45" for row in replied), len(replied), method="wilson")
    (few, few_reach), (many, many_reach) = reach_of(28, 16, 20), reach_of(265, 161, 214)
    effort = [7, 6, 2, 5, 7, 1, 6, 4, 7, 5]
    ends = stats.t.interval(0.95, 9, np.mean(effort), stats.sem(effort))
    assert made == pytest.approx({
        "answers": len(replied), "asked": len(rows), "response": 100 * len(replied) / len(rows),
        "csat": satisfied(replied), "csat_low": 100 * low, "csat_high": 100 * high,
        "silent": satisfied([row for row in replied if row["repeat_within_7d"] == "0"]),
        "returned": satisfied([row for row in replied if row["repeat_within_7d"] == "1"]),
        "few": few, "few_reach": few_reach, "many": many, "many_reach": many_reach,
        "apart": few - many, "apart_reach": (few_reach**2 + many_reach**2) ** 0.5,
        "effort": sum(effort) / 10, "effort_low": ends[0], "effort_high": ends[1],
    })  # fmt: skip
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made)
    assert sum(effort) == 50
    # "Half of the scale", which has six steps from 1 to 7.
    assert 2.7 < ends[1] - ends[0] < 3.3


def test_the_words_of_page_and_quiz_fit_the_figures(made, rows):
    words = PAGE.with_suffix(".quiz.yml").read_text("utf-8")
    assert (
        f"{made['csat']:.0f}% satisfied (784 of {made['answers']:,} answers; {made['response']:.0f}% answered" in words
    )
    assert f"{made['silent']:.0f}% are satisfied, and of those who must, {made['returned']:.0f}%" in words
    assert f"about {made['few_reach']:.0f} points" in yaml.safe_load(words)["prediction"]["options"][1]["because"]
    assert (600 * 0.1, 400 * 0.3, round(100 * 60 / 180)) == (60, 120, 33)
    assert 100 * (90 - 60) / 200 == 15
    assert sum(int(row["csat"]) for row in rows if row["csat"]) / made["answers"] == pytest.approx(3.4, abs=0.05)
