"""The figures of the lesson on SPC charts, worked out again from the CSV files and by another simulation."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from page_cells import rows_of, run_cells

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "evaluation" / "spc-charts.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE, lambda cell: cell.replace("CHARTS = 8_000", "CHARTS = 2_000"))[0]


def north():
    return {date.fromisoformat(row["date"]): row for row in rows_of("kpi_daily.csv") if row["site"] == "North"}


def weeks(first, number, figure):
    days = north()
    spans = [[days.get(first + timedelta(weeks=week, days=day)) for day in range(7)] for week in range(number)]
    return np.array([figure([row for row in span if row]) for span in spans])


def score(span):
    return round(np.mean([float(row["qa_score"]) for row in span]) + 1e-9, 2)


def limits(values):
    reach = 2.66 * np.abs(np.diff(values)).mean()
    return values.mean() - reach, values.mean(), values.mean() + reach


def runs(values, mean):
    """The places of eighths in a row, counted from 1, in another way than the method's."""
    side = "".join("a" if value > mean else "b" for value in values)
    return [match.start() + 8 for match in re.finditer(r"(?<!a)a{8}|(?<!b)b{8}", side)]


def test_every_figure_of_the_chart_is_right(made):
    calm, since = weeks(date(2024, 2, 12), 24, score), weeks(date(2024, 9, 9), 12, score)
    low, mean, high = limits(calm)
    both = limits(np.concatenate([calm, since]))
    outside = [n + 1 for n, value in enumerate(since) if not low <= value <= high]
    deviation = calm.std(ddof=1)

    def hung_up(without):
        def share(span):
            span = [row for row in span if row["date"] != without]
            return 100 * sum(int(row["abandoned"]) for row in span) / sum(int(row["offered"]) for row in span)

        return weeks(date(2024, 1, 15), 28, share)

    as_it_stands, repaired = hung_up(""), hung_up("2024-01-17")
    teams = rows_of("qa_followup.csv")
    months = sorted({row["month"] for row in teams})
    lowest = [
        min((row for row in teams if row["month"] == month), key=lambda row: float(row["adherence_pct"]))
        for month in months
    ]
    expected = {
        "weeks": 24, "falls": int((np.diff(calm) < 0).sum()), "arrows": 23, "least": calm.min(), "most": calm.max(),
        "sum": calm.sum(), "mean": mean, "range_sum": np.abs(np.diff(calm)).sum(), "range_mean": np.abs(np.diff(calm)).mean(),
        "reach": high - mean, "lower": low, "upper": high,
        "out": outside[0], "out_score": since[outside[0] - 1], "run": runs(since, mean)[0], "run_from": runs(since, mean)[0] - 7,
        "two_calm": int((np.abs(calm - mean) > 2 * deviation).sum()), "both_mean": both[1],
        "outage_week": as_it_stands[0], "repaired_week": repaired[0],
        "outage_upper": limits(as_it_stands)[2], "repaired_upper": limits(repaired)[2],
        "months": len(months), "bottom_teams": len(Counter(row["team"] for row in lowest)),
        "fewest": min(int(row["calls_checked"]) for row in teams),
    }  # fmt: skip
    assert {key: made[key] for key in expected} == pytest.approx(expected)
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made)
    # What the words say: one week outside, a run inside the limits, and two of its weeks below the moved mean.
    assert outside == [1] and runs(since, mean) == [12] and runs(since, both[1]) == []
    assert ((low < since[4:]) & (since[4:] < high)).all()
    assert int((since[4:] < both[1]).sum()) == 2
    assert (calm < 88).all() and (since < 88).all()
    assert made["outage_upper"] - made["repaired_upper"] > 0.5


def test_an_unchanged_chart_cries_wolf_as_often_as_the_text_says(made):
    """Another generator, and both rules written with NumPy alone."""
    rng = np.random.default_rng(20)
    for name, before in (("own", 0), ("from26", 26), ("from20", 20)):
        noise = rng.normal(size=(6_000, before + 26))
        base, read = (noise[:, :before], noise[:, before:]) if before else (noise, noise)
        reach = 2.66 * np.abs(np.diff(base, axis=1)).mean(axis=1)[:, None]
        mean = base.mean(axis=1)[:, None]
        outside = (np.abs(read - mean) > reach).any(axis=1)
        above = read > mean
        eight = np.lib.stride_tricks.sliding_window_view(above, 8, axis=1)
        run = (eight.all(axis=2) | (~eight).all(axis=2)).any(axis=1)
        share = 100 * (outside | run).mean()
        # Four standard errors of both shares, with 2,000 and 6,000 charts, are at most 4.7 points.
        assert made[name] == pytest.approx(share, abs=4.7)
        assert share == pytest.approx({"own": 10, "from26": 26, "from20": 29}[name], abs=2.4)


def test_the_sums_of_the_quiz_are_right():
    quiz = PAGE.with_suffix(".quiz.yml").read_text("utf-8")
    assert "2.66 times 2 is 5.32" in quiz and pytest.approx(5.32) == 2.66 * 2
    assert "54.7 and 65.3" in quiz and [round(60 + sign * 5.32, 1) for sign in (-1, 1)] == [54.7, 65.3]
