"""The figures of the lesson on two different jobs, worked out again from the CSV file."""

import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from page_cells import rows_of, run_cells

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "evaluation" / "two-different-jobs.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def weeks(site, first, number, column="fcr_pct", weight="answered"):
    """Weekly means of a daily share, weighted by another column, from a Monday on."""
    days = {date.fromisoformat(row["date"]): row for row in rows_of("kpi_daily.csv") if row["site"] == site}
    found = []
    for week in range(number):
        span = [days.get(first + timedelta(weeks=week, days=day)) for day in range(7)]
        span = [row for row in span if row and row[column]]
        found.append(sum(float(row[column]) * int(row[weight]) for row in span) / sum(int(row[weight]) for row in span))
    return np.array(found)


def reach(values):
    return 2.66 * np.abs(np.diff(values)).mean()


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    june, live = date(2024, 6, 3), date(2024, 9, 9)
    before, after = weeks("North", june, 14), weeks("North", live, 12)
    west = weeks("West", live, 12)[4:].mean() - weeks("West", june, 14).mean()
    north = after[4:].mean() - before.mean()
    limits = before.mean() - reach(before), before.mean() + reach(before)
    old = weeks("North", date(2024, 2, 19), 14)
    days = {row["date"]: row for row in rows_of("kpi_daily.csv") if row["site"] == "North"}

    def shares(top, bottom):
        found = []
        for week in [n for n in range(8) if n != 6]:
            span = [days[(june + timedelta(weeks=week, days=day)).isoformat()] for day in range(7)]
            found.append(100 * sum(int(row[top]) for row in span) / sum(int(row[bottom]) for row in span))
        return np.array(found)

    absence = [
        np.mean([float(days[(june + timedelta(weeks=week, days=day)).isoformat()]["absence_pct"]) for day in range(7)])
        for week in range(8) if week != 6
    ]  # fmt: skip
    assert made == pytest.approx({
        "usual": before.mean(), "west_usual": weeks("West", june, 14).mean(),
        "by_2": abs(after[:2].mean() - before.mean()), "by_4": abs(after[:4].mean() - before.mean()),
        "by_8": abs(after[4:8].mean() - before.mean()), "by_12": abs(north),
        "west": made["west"], "due": north - west,
        "lower": limits[0], "upper": limits[1], "first": after[0], "second": after[1],
        "first_signal": 1 + next(n for n, value in enumerate(after) if value > limits[1]),
        "old": old.mean(), "jump": before.mean() - old.mean(),
        "noise_outcome": reach(np.delete(before[:8], 6)), "noise_process": reach(shares("within_20s", "offered")),
        "noise_customer": reach(shares("csat_top2", "csat_n")), "noise_people": reach(absence),
    })  # fmt: skip
    assert made["west"] == f"{west:+.1f}".replace("-", "−")
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used <= set(made)
    # What the words say of them: lower at first, then a gain, and West hardly moved.
    assert after[:2].mean() < after[:4].mean() < before.mean() < after[4:].mean()
    assert abs(west) < 0.5 and limits[0] < min(after[:2]) and made["first_signal"] < 8
    assert made["jump"] > 2


def test_an_aim_is_larger_than_the_noise_where_the_text_says_so(made):
    assert 'up 4", "Asha' in TEXT and 'up 3", "Asha' in TEXT
    assert 1 < made["noise_outcome"] < 4 and made["noise_customer"] > 3


def test_the_weeks_that_the_text_counts_are_so_many():
    # 19 February to 26 May, 3 June to 8 September, and 9 September on.
    assert date(2024, 2, 19) + timedelta(weeks=14) == date(2024, 5, 27)
    assert date(2024, 6, 3) + timedelta(weeks=14) == date(2024, 9, 9)
    # Dev's decision stands in the minutes of that day.
    minutes = (ROOT / "datasets" / "minutes" / "2024-11-12.md").read_text("utf-8")
    assert "No gain is reported to the board until it has been compared with West" in minutes


def test_a_wrong_guess_in_the_test_would_be_seen(made):
    """If the page weighted nothing, its mean would be another."""
    days = [
        float(row["fcr_pct"])
        for row in rows_of("kpi_daily.csv")
        if row["site"] == "North" and "2024-06-03" <= row["date"] < "2024-09-09"
    ]
    assert abs(np.mean(days) - made["usual"]) > 0.05
