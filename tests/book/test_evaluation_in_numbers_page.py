"""The figures of the lesson on evaluation in numbers, worked out again from the CSV with SciPy and plain arithmetic."""

import csv
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest
from page_cells import run_cells
from scipy import stats

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "evaluation" / "evaluation-in-numbers.md"
TEXT = PAGE.read_text("utf-8")
START = date(2024, 9, 9)


def weeks(value, weight, site, first, count):
    """Weekly means weighed by calls or answers, from the CSV, without the day of the outage."""
    total, weights = defaultdict(float), defaultdict(float)
    with (ROOT / "datasets" / "kpi_daily.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = (date.fromisoformat(row["date"]) - first).days // 7
            if row["site"] == site and row["date"] != "2024-01-17" and 0 <= number < count and row[value]:
                total[number] += float(row[value]) * float(row[weight])
                weights[number] += float(row[weight])
    return [total[n] / weights[n] for n in sorted(total)]


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def interval(after, before):
    found = stats.ttest_ind(after, before, equal_var=False).confidence_interval()
    return fmean(after) - fmean(before), found.low, found.high


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    year, later = START - timedelta(weeks=52), START + timedelta(weeks=4)
    before = {site: weeks("fcr_pct", "answered", site, year, 52) for site in ("North", "West")}
    after = {site: weeks("fcr_pct", "answered", site, later, 8) for site in ("North", "West")}
    plain, *_ = interval(after["North"], before["North"])
    earlier = weeks("fcr_pct", "answered", "North", later - timedelta(weeks=52), 8)
    season, season_low, season_high = interval(after["North"], earlier)
    gaps = [[one - two for one, two in zip(part["North"], part["West"], strict=True)] for part in (before, after)]
    site, low, high = interval(gaps[1], gaps[0])
    scores = [
        [
            one - two
            for one, two in zip(
                *(weeks("nps", "nps_n", place, first, count) for place in ("North", "West")), strict=True
            )
        ]
        for first, count in ((year, 52), (later, 8))
    ]
    nps, nps_low, nps_high = interval(scores[1], scores[0])
    satisfied = defaultdict(lambda: [0, 0])
    with (ROOT / "datasets" / "kpi_daily.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["site"] == "West" and "2024-02-05" <= row["date"] < "2024-11-25":
                week = satisfied[(date.fromisoformat(row["date"]) - date(2024, 2, 5)).days // 7]
                week[0] += int(row["csat_top2"])
                week[1] += int(row["csat_n"])
    shares = [100 * top / total for _, (top, total) in sorted(satisfied.items())]
    worst = sorted(shares)[:8]
    following = [after for share, after in pairwise(shares) if share in worst]
    assert made == pytest.approx({
        "north_before": fmean(before["North"]), "north_after": fmean(after["North"]), "plain": plain,
        "percent_more": 100 * plain / fmean(before["North"]), "all_weeks": fmean(shares), "worst_weeks": fmean(worst),
        "weeks_after": fmean(following), "season": season, "season_low": season_low, "season_high": season_high,
        "site": site, "low": low, "high": high, "too_kind": plain - site,
        "west_rise": fmean(after["West"]) - fmean(before["West"]), "nps": nps, "nps_low": nps_low, "nps_high": nps_high,
    })  # fmt: skip
    # What the words around the figures say.
    assert season > plain and low > 0 and nps_low < 0 < nps_high and len(following) == 8
    assert 0.5 < site / plain < 0.7


def test_what_the_quiz_says_of_the_figures_is_true(made):
    quiz = PAGE.with_suffix(".quiz.yml").read_text("utf-8")
    assert "about 8 percentage points" in quiz and round(made["plain"]) == 8
    assert "rose by about 3 points" in quiz and round(made["west_rise"]) == 3
    assert "a little under 5" in quiz and 4.5 < made["site"] < 5
    # 6 points are 10% of 60, and 6% of 60 are 3.6.
    assert pytest.approx(0.10) == 6 / 60 and pytest.approx(3.6) == 0.06 * 60
