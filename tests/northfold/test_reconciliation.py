"""Northfold's tables agree with each other, day by day and case by case, from the published rows alone."""

import csv
import io
import os

import numpy as np
import pandas as pd
import pytest
from test_contacts import cleaned

from cslearn import load
from cslearn.northfold import contacts, process, story
from cslearn.northfold.reading import faults
from cslearn.northfold.schema import TABLES
from cslearn.northfold.story import Story, book_story
from cslearn.northfold.tables import NAMES, story_rows, typed, write_csv


@pytest.fixture(scope="module")
def book():
    return {name: load(name) for name in NAMES if name != "standards_policy"}


def registers(kpi: pd.DataFrame, one: Story) -> pd.DataFrame:
    """The first and last running number that each site gave on each day, from the daily counts."""
    # The weekend that was never recorded shows in the balance of the backlog; its openings come from the story.
    made = one.complaints
    opened = np.bincount(made["site"] * story.DAYS + made["day"], minlength=2 * story.DAYS).reshape(2, story.DAYS)
    rows = []
    for place, (site, offset) in enumerate((("N", 0), ("W", 2_500))):
        published = kpi[kpi["site"].astype(str).str[0] == site].set_index("date")["complaints_opened"]
        last = offset + np.cumsum(opened[place])
        for day in range(story.DAYS):
            date = pd.Timestamp(story.day_of(day))
            if date in published.index:
                assert published[date] == opened[place, day], (site, date)
            rows.append((site, date, last[day] - opened[place, day] + 1, last[day]))
    return pd.DataFrame(rows, columns=["site", "date", "first", "last"]).set_index(["site", "date"])


def test_every_complaint_has_a_running_number_of_its_day(book):
    numbers = registers(book["kpi_daily"], book_story())
    for table, ids, site, day in (
        ("complaints", book["complaints"]["complaint_id"].str[2:], book["complaints"]["complaint_id"].str[0], "opened"),
        *(
            (name, book[name]["case_id"], book[name]["site"].astype(str).str[0], "start_ts")
            for name in ("events_before", "events_after")
        ),
    ):
        frame = book[table]
        days = frame[day].dt.normalize()
        keep = slice(None)
        if table != "complaints":
            keep = (frame["activity"] == "receive") & (frame["outcome"] != "test") & ~ids.str.startswith("9000")
        index = pd.MultiIndex.from_arrays([site[keep], days[keep]])
        span = numbers.loc[index]
        number = ids[keep].astype(int).to_numpy()
        assert (number >= span["first"].to_numpy()).all() and (number <= span["last"].to_numpy()).all(), table


def test_no_day_has_more_sampled_complaints_than_complaints_and_a_sixth_in_all(book):
    kpi = book["kpi_daily"].groupby("date")["complaints_opened"].sum()
    sample = book["complaints"].groupby("opened").size().reindex(kpi.index).fillna(0)
    assert (sample <= kpi).all()
    year = kpi.loc[str(story.YEAR_START) :].sum()
    assert sample.sum() / year == pytest.approx(1 / 6, rel=0.06)


def test_a_complaint_of_the_panel_is_in_the_contacts_on_its_day_by_its_channel(book):
    found = book["complaints"].merge(book["contacts"], on="contact_id", suffixes=("", "_contact"))
    assert len(found) == pytest.approx(len(book["complaints"]) * 3 / 16, rel=0.15)
    assert (found["ts"].dt.normalize() == found["opened"]).all()
    assert (found["channel"].astype(str) == found["channel_contact"].astype(str)).all()
    assert (found["reason"] == "complaint").all()
    assert (found["site"].astype(str).str[0] == found["complaint_id"].str[0]).all()
    # And the other way round: every contact that opened a complaint has it.
    opening = book["contacts"][book["contacts"]["reason"] == "complaint"]
    assert set(opening["contact_id"]) == set(found["contact_id"])


@pytest.mark.parametrize("name", ["events_before", "events_after"])
def test_a_case_in_the_log_is_the_complaint_in_the_table(book, name):
    log = book[name]
    log = log[log["resource"] != "T00"].assign(key=log["site"].astype(str).str[0] + "-" + log["case_id"])
    log = log[~log["case_id"].str.startswith("9000")]
    table = book["complaints"].set_index("complaint_id")
    received = log[log["activity"] == "receive"].set_index("key")["start_ts"]
    both = received.index.intersection(table.index)
    # Half of the cases are in the complaints table, which has one in six of all, the log one in three.
    assert len(both) / len(received) == pytest.approx(0.5, abs=0.07)
    assert (received[both].dt.normalize() == table.loc[both, "opened"]).all()
    closed = log[log["outcome"] == "closed"].set_index("key")["end_ts"]
    known = closed.index.intersection(table.index[table["closed_ts"] >= table["opened"]])
    assert len(known) > 200 and (closed[known] == table.loc[known, "closed_ts"]).all()
    first, last, drawn = process.BEFORE if name == "events_before" else process.AFTER
    assert received.dt.date.between(first, last).all() and log["end_ts"].max().date() <= drawn
    # Complaints of these weeks by customers of the smaller sample are all in the log.
    weeks = table[(table["opened"] >= str(first)) & (table["opened"] <= str(last))]
    assert set(weeks.index) <= set(received.index)


def test_panel_contacts_scale_to_the_daily_figures(book):
    kpi, sample = book["kpi_daily"], cleaned(book["contacts"])
    calls = sample[sample["channel"] == "phone"]
    offered = kpi.loc[kpi["date"] >= str(story.YEAR_START), "offered"].sum()
    factor = story.CUSTOMERS / story.PANEL
    assert len(calls) * factor == pytest.approx(offered, rel=0.05)
    weekly = calls.groupby(calls["ts"].dt.to_period("W")).size() * factor
    told = kpi[kpi["date"] >= str(story.YEAR_START)].groupby(kpi["date"].dt.to_period("W"))["offered"].sum()
    assert np.corrcoef(weekly, told)[0, 1] > 0.6


def test_published_contacts_are_the_story_s_and_nothing_else(book):
    one = book_story()
    ids = set(np.array(story.contact_id(np.flatnonzero(contacts.in_panel(one)))))
    table = book["contacts"]
    assert table["contact_id"].is_unique
    assert ids <= set(table["contact_id"])
    rest = table[~table["contact_id"].isin(ids)]
    assert (rest["agent_id"] == "T00").sum() == contacts.TEST_CONTACTS and (rest["channel"] == "phone").all()


# CSLEARN_SEEDS=500 for as many as the course promises; a test run has time for a few.
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(int(os.environ.get("CSLEARN_SEEDS", 5))))
def test_other_tellings_agree_and_fit_their_description_as_well(seed):
    one = process.Process(Story(seed))
    rows = {name: story_rows(one, name) for name in TABLES if not name.startswith("options")}
    for name, table in rows.items():
        text = io.StringIO(newline="")
        write_csv(text, table)
        text.seek(0)
        assert next(faults(TABLES[name], list(csv.DictReader(text))), None) is None, name
    tables = {name: typed(TABLES[name], table) for name, table in rows.items()}
    registers(tables["kpi_daily"], one.story)
    found = tables["complaints"].merge(tables["contacts"], on="contact_id", suffixes=("", "_contact"))
    assert len(found) > 200 and (found["ts"].dt.normalize() == found["opened"]).all()
    log = tables["events_before"]
    key = log["site"].astype(str).str[0] + "-" + log["case_id"]
    weeks = tables["complaints"]
    weeks = weeks[(weeks["opened"] >= str(process.BEFORE[0])) & (weeks["opened"] <= str(process.BEFORE[1]))]
    assert set(weeks["complaint_id"]) <= set(key)
