"""The figures of the lesson on adjusting in flight, worked out again from the case that it tells."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from page_cells import run_cells

from cslearn.northfold.case import case

PAGE = Path(__file__).parents[2] / "book" / "evaluation" / "adjusting-in-flight.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    found, shared = made
    own = case("steer-the-change", practice=9)
    daily = own.table("kpi_daily")
    daily = daily[daily["site"] == "North"].set_index("date")
    weeks = daily["qa_score"].groupby(pd.Grouper(freq="W-MON", label="left", closed="left")).mean()
    base, since = weeks["2024-02-12":"2024-07-22"].to_numpy(), weeks["2024-09-09":"2024-11-25"].to_numpy()
    reach = 2.66 * np.abs(np.diff(base)).mean()
    low, mean, high = base.mean() - reach, base.mean(), base.mean() + reach
    (odd,) = [n + 1 for n, value in enumerate(since) if not low <= value <= high]
    side = "".join("a" if value > mean else "b" for value in since)
    (slide,) = [match.start() + 8 for match in re.finditer(r"(?<!b)b{8}|(?<!a)a{8}", side)]
    assert (found["odd"], found["slide"], found["slide_from"]) == (odd, slide, slide - 7)
    book = pd.DataFrame(own.facts["week_book"]).set_index("week")
    teams = book[[f"team_{n}" for n in range(1, 6)]].astype(float)
    late, early = book.loc[slide - 3 : slide], book.loc[1 : slide - 8]
    opened = daily.loc["2024-02-12":"2024-07-28", "complaints_opened"]
    mended = [row["quality_score"] for row in shared["outcome"](own, "fix_template")]
    held = [row["quality_score"] for row in shared["outcome"](own, "hold")]
    kept = [value for week, value in enumerate(since, start=1) if week > 6]
    assert odd <= 6
    expected = {
        "lower": low, "mean": mean, "upper": high, "odd_score": since[odd - 1], "slide_score": since[slide - 1],
        "below": int((since < mean).sum()), "teams_mean": teams.loc[odd].mean(), "same": since[odd - 1],
        "letter_early": early["marked_down_template"].mean(), "letter_late": late["marked_down_template"].mean(),
        "team_low": teams.loc[slide - 3 : slide].mean().min(), "team_high": teams.loc[slide - 3 : slide].mean().max(),
        "before": np.mean(kept), "after": np.mean(mended), "left": np.mean(held),
        "above": int((np.array(mended[-4:]) > mean).sum()),
        "days": len(opened), "average": int(opened.mean()), "cries": 100 * (opened > int(opened.mean())).mean(),
        "fires": int((opened > found["trigger"]).sum()),
    }  # fmt: skip
    assert {key: found[key] for key in expected} == pytest.approx(expected, abs=0.06)
    # The smallest figure that fewer than three in a hundred days are above.
    assert (opened > found["trigger"]).mean() < 0.03 <= (opened > found["trigger"] - 1).mean()
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used <= set(found)
    # What the words say of them.
    assert daily.loc["2024-09-09":].iloc[7 * (odd - 1) : 7 * odd]["qa_score"].nunique() == 1
    assert found["letter_late"] > 3 * found["letter_early"] and found["team_high"] - found["team_low"] < 2
    for reason in ("marked_down_limit", "marked_down_team"):
        assert abs(late[reason].mean() - early[reason].mean()) < 3
    assert min(mended[-4:]) > low and found["above"] >= 3 and max(held[-4:]) < mean


def test_correcting_every_week_widens_the_spread_as_theory_has_it(made):
    # Each week holds two independent pieces of noise: twice the variance, so 41% more spread.
    assert made[0]["wider"] == pytest.approx(100 * (np.sqrt(2) - 1), abs=3)


def test_the_rule_of_the_page_is_the_rule_of_the_exercise():
    exercise = (PAGE.parents[2] / "exercises" / "steer-the-change.md").read_text("utf-8")
    for text in (TEXT, exercise):
        assert re.search(r"two weeks to settle", text)
        assert re.search(
            r"one of them lies below (the|your) lower limit, or if all four lie below (the|your) mean", text
        )
        assert re.search(r"none lies below the limit,? and at least three lie above the mean", text)
