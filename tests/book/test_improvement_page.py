"""The figures of the lesson on continuous improvement, worked out again from the CSV files."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from page_cells import rows_of, run_cells

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "complaints" / "continuous-improvement.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    phone = [row for row in rows_of("contacts.csv") if row["channel"] == "phone" and row["agent_id"] != "T00"]
    chasing = [row for row in phone if row["reason"].startswith("where is my")]
    hours = 32 * sum(int(row["talk_s"]) + int(row["wrap_s"]) for row in chasing if row["abandoned"] == "0") / 3600
    weeks: dict[int, list[float]] = {}
    for row in rows_of("kpi_daily.csv"):
        day = (date.fromisoformat(row["date"]) - date(2024, 6, 3)).days
        if row["site"] == "North" and day >= 0 and row["fcr_pct"]:
            week = weeks.setdefault(day // 7, [0.0, 0.0])
            week[0] += float(row["fcr_pct"]) * int(row["answered"])
            week[1] += int(row["answered"])
    weekly = [round(solved / answered, 1) for solved, answered in weeks.values()]
    before, after = np.array(weekly[:14]), weekly[14:]
    mean, spread = before.mean(), 2.66 * np.abs(np.diff(before)).mean()
    # The first week above the limits comes before any run of eight could.
    first_up = 1 + next(n for n, value in enumerate(after) if value > mean + spread)
    assert first_up < 8
    assert made == pytest.approx({
        "chasing": 100 * len(chasing) / len(phone), "hours": hours, "people": hours / 1600,
        "mean": mean, "lower": mean - spread, "upper": mean + spread, "first_up": first_up,
        "first_week": after[0], "second_week": after[1], "last_week": after[-1],
    })  # fmt: skip
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made)
    # What the words say of them: "nearly one in three", "about 30%", and a dip at the start.
    assert 29 <= made["chasing"] < 33.3
    assert max(made["first_week"], made["second_week"]) < made["mean"]
    # 9 September 2024 is fourteen weeks after 3 June.
    assert date(2024, 9, 9) == date.fromordinal(date(2024, 6, 3).toordinal() + 14 * 7)


def test_tampering_widens_the_spread_by_two_fifths():
    # Twice the variance: the square root of 2 is 1.41.
    assert np.sqrt(2) - 1 == pytest.approx(2 / 5, abs=0.02)
