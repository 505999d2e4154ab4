"""The figures of the lesson on queues, worked out again from the CSV files with Poisson sums and plain arithmetic."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from page_cells import rows_of, run_cells
from scipy.stats import poisson

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "measuring" / "queues-and-staffing.md"
TEXT = PAGE.read_text("utf-8")


def level(agents, load, handling, target=20):
    """Erlang C from Poisson probabilities, in per cent."""
    if load >= agents:
        return 0.0
    blocked = poisson.pmf(agents, load) / poisson.cdf(agents, load)
    waits = agents * blocked / (agents - load * (1 - blocked))
    return 100 * (1 - waits * 2.718281828459045 ** (-(agents - load) * target / handling))


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made):
    phone = [row for row in rows_of("contacts.csv") if row["channel"] == "phone" and row["agent_id"] != "T00"]
    calls, handling = {}, {}
    for site in ("North", "West"):
        there = [row for row in phone if row["site"] == site]
        when = [datetime.fromisoformat(row["ts"]) for row in there]
        # 52 weeks of five weekdays; one customer in 32.
        calls[site] = sum(moment.weekday() < 5 and moment.hour == 11 for moment in when) * 32 / (52 * 5)
        took = [int(row["talk_s"]) + int(row["wrap_s"]) for row in there if row["abandoned"] == "0"]
        handling[site] = sum(took) / len(took)
    load = {site: calls[site] * handling[site] / 3600 for site in calls}
    mean = sum(calls[site] * handling[site] for site in calls) / sum(calls.values())
    days = rows_of("kpi_daily.csv")
    offered = sum(int(row["offered"] or 0) for row in days)
    north = [row for row in days if row["site"] == "North"]
    opened = sum(int(row["complaints_opened"]) for row in north) / len(north)
    held = sum(int(row["backlog"]) for row in north) / len(north)
    assert made == pytest.approx({
        "calls_north": calls["North"], "handling_north": handling["North"], "work_north": load["North"],
        "in_20": 100 * sum(int(row["within_20s"] or 0) for row in days) / offered,
        "hang_up": 100 * sum(int(row["abandoned"] or 0) for row in days) / offered,
        "alone_north": level(6, load["North"], handling["North"]),
        "alone_west": level(4, load["West"], handling["West"]),
        "together": level(10, load["North"] + load["West"], mean),
        "opened": opened, "open_now": held, "stay": held / opened,
    })  # fmt: skip
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made)
    # What the text says of them in words.
    assert 4 < load["North"] < 5, "four agents cannot keep up"
    assert made["together"] > max(made["alone_north"], made["alone_west"])


def test_the_words_about_the_published_desk_are_true():
    rise = {agents: level(agents, 10, 180) - level(agents - 1, 10, 180) for agents in (12, 15)}
    assert round(rise[12]) == 25 and round(rise[15]) == 5
    assert level(12, 10, 180) == pytest.approx(64, abs=0.5) and level(11, 10, 180) == pytest.approx(39, abs=0.5)
    # In the busiest hour of the table the calls really are the most.
    hours = [datetime.fromisoformat(row["ts"]).hour for row in rows_of("contacts.csv")
             if row["channel"] == "phone" and row["site"] == "North"]  # fmt: skip
    assert max(set(hours), key=hours.count) == 11
