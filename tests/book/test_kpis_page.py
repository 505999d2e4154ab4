"""The figures of the lesson on KPIs, worked out again from the CSV files."""

import re
from pathlib import Path

import pytest
import yaml
from page_cells import rows_of, run_cells
from statsmodels.stats.proportion import proportion_confint

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "measuring" / "kpis-and-slas.md"
TEXT = PAGE.read_text("utf-8")
MINUTES = (ROOT / "datasets" / "minutes" / "2024-05-29.md").read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def month(number):
    days = [
        (float(row["fcr_pct"]), int(row["answered"]))
        for row in rows_of("kpi_daily.csv")
        if row["site"] == "North" and row["date"].startswith(f"2024-{number:02}") and row["fcr_pct"]
    ]
    calls = sum(answered for _, answered in days)
    return sum(fcr * answered for fcr, answered in days) / calls, calls


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    rows = [row for row in rows_of("contacts.csv") if row["agent_id"] != "T00" and row["abandoned"] == "0"]
    n = len(rows)
    ticked = [row for row in rows if row["resolved_self_report"] == "1"]
    silent = sum(row["repeat_within_7d"] == "0" for row in rows)
    low, high = proportion_confint(silent, n, method="wilson")
    (may, calls), (june, _) = month(5), month(6)
    assert made == pytest.approx({
        "n": n, "tick": 100 * len(ticked) / n, "repeat": 100 * silent / n, "gap": 100 * (len(ticked) - silent) / n,
        "repeat_low": 100 * low, "repeat_high": 100 * high,
        "ticked_and_back": 100 * sum(row["repeat_within_7d"] == "1" for row in ticked) / len(ticked),
        "may": may, "june": june, "rise": june - may, "left": june - may - 2.1,
    })  # fmt: skip
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made)
    # "Within the noise of a month": 95% of differences of two such months are smaller than this by chance.
    assert 0 < made["left"] < 1.96 * 100 * (2 * 0.6 * 0.4 / calls) ** 0.5
    assert "2.1 percentage points" in MINUTES and "only within 5 days" in MINUTES and "seven in ten" in MINUTES


def test_the_words_of_the_quiz_fit_the_figures(made):
    quiz = yaml.safe_load(PAGE.with_suffix(".quiz.yml").read_text("utf-8"))
    guess = quiz["prediction"]
    assert f"{made['tick']:.0f}% of Northfold" in guess["ask"]
    right = next(option for option in guess["options"] if option.get("right"))
    assert right["text"] == f"About {made['repeat']:.0f}%."
    # "More than a quarter"; and of those without a tick "most, yet not all".
    assert 25 < made["ticked_and_back"] < 33
    without = [row for row in rows_of("contacts.csv") if row["resolved_self_report"] == "0" and row["abandoned"] == "0"]
    assert 0.5 < sum(row["repeat_within_7d"] == "1" for row in without) / len(without) < 0.9
    base = next(question for question in quiz["questions"] if question["id"] == "base")
    assert f"{made['rise']:.1f} percentage points" in base["ask"]
