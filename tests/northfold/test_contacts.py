"""Contacts show failure demand and two kinds of first contact resolution, behind test calls and other traps."""

import time

import numpy as np
import pandas as pd
import pytest

from cslearn import load
from cslearn.northfold import contacts, story
from cslearn.northfold.story import Story

SEEDS = 100


def cleaned(table: pd.DataFrame) -> pd.DataFrame:
    """The table without test contacts and without the second rows of transferred calls."""
    table = table[table["agent_id"] != "T00"]
    gap = pd.to_datetime(table["ts"])
    calls = table[table["channel"] == "phone"]
    same = calls.groupby(["customer_id", "reason", "site"], observed=True)
    minutes = (gap.loc[calls.index] - gap.loc[calls.index].groupby([calls["customer_id"], calls["reason"], calls["site"]], observed=True).shift()).dt.total_seconds() / 60  # fmt: skip
    other = calls["agent_id"] != same["agent_id"].shift()
    legs = calls.index[(minutes < 90) & other & (calls["team"] == same["team"].shift())]
    return table.drop(legs)


def figures(table: pd.DataFrame) -> dict[str, float]:
    kept = cleaned(table)
    phone, handled = kept[kept["channel"] == "phone"], kept[~kept["abandoned"].astype(bool)]
    return {
        "chasers": phone["reason"].isin(contacts.CHASING).mean(),
        "tick": handled["resolved_self_report"].astype(float).mean(),
        "no repeat": 1 - handled["repeat_within_7d"].astype(float).mean(),
        "answered survey": handled["csat"].notna().mean(),
        "abandoned": phone["abandoned"].astype(float).mean(),
    }


@pytest.mark.slow
def test_findings_have_the_planted_size_in_every_telling():
    found = pd.DataFrame(
        [figures(pd.DataFrame(contacts.rows(Story(seed)), columns=contacts.COLUMNS)) for seed in range(SEEDS)]
    )
    assert found["chasers"].between(0.285, 0.335).all() and found["chasers"].mean() == pytest.approx(0.31, abs=0.006)
    assert found["tick"].between(0.69, 0.73).all() and found["tick"].mean() == pytest.approx(0.71, abs=0.006)
    assert found["no repeat"].between(0.56, 0.605).all() and found["no repeat"].mean() == pytest.approx(0.58, abs=0.008)
    assert (found["tick"] - found["no repeat"]).min() > 0.10
    assert found["answered survey"].mean() == pytest.approx(0.18, abs=0.004)
    assert found["abandoned"].mean() == pytest.approx(0.091, abs=0.008)


@pytest.fixture(scope="module")
def book():
    return load("contacts")


def test_the_book_s_own_contacts_show_it_too(book):
    found = figures(book)
    assert found["chasers"] == pytest.approx(0.31, abs=0.012)
    assert found["tick"] == pytest.approx(0.71, abs=0.012)
    assert found["no repeat"] == pytest.approx(0.58, abs=0.012)


def test_52_weeks_of_one_customer_in_32(book):
    assert str(book["ts"].min().date()) == "2023-12-04" and str(book["ts"].max().date()) == "2024-12-01"
    assert len(book) * story.CUSTOMERS / story.PANEL == pytest.approx(story.CONTACTS_A_YEAR, rel=0.06)
    assert book.loc[book["agent_id"] != "T00", "customer_id"].nunique() < story.PANEL


def test_a_repeat_is_there_to_be_found_in_the_table(book):
    # Every contact of these customers is published, so each flag has the contact that it speaks of.
    own = book[book["customer_id"] != "C00000"].sort_values("ts", kind="stable")
    days = own["ts"].dt.normalize()
    seen = {customer: np.sort(group.to_numpy()) for customer, group in days.groupby(own["customer_id"])}
    flagged = own[own["repeat_within_7d"] & (own["ts"] < "2024-11-24")]
    assert len(flagged) > 3_000
    for customer, day in zip(flagged["customer_id"], flagged["ts"].dt.normalize(), strict=True):
        later = seen[customer]
        place = np.searchsorted(later, day.to_datetime64(), side="right")
        assert place < len(later) and (later[place] - day.to_datetime64()) <= np.timedelta64(7, "D"), (customer, day)


def test_traps_are_there(book):
    tests = book[book["agent_id"] == "T00"]
    assert len(tests) == 40 and (tests["customer_id"] == "C00000").all()
    assert 100 < len(book) - len(tests) - len(cleaned(book)) < 260
    rang_back = book[(book["channel"] == "phone") & (book["queue_s"] == 0)]
    assert 50 < len(rang_back) < 200 and not rang_back["abandoned"].any()
    gone = book[book["abandoned"]]
    assert (gone[["talk_s", "wrap_s"]] == 0).all(axis=None)
    assert gone[["agent_id", "team", "resolved_self_report", "csat"]].isna().all(axis=None)
    assert (gone["channel"] == "phone").all()


def test_lines_are_closed_when_they_are_closed(book):
    calls = book[(book["channel"] == "phone") & (book["agent_id"] != "T00")]
    hours = pd.DataFrame([story.lines_open(day.date()) for day in calls["ts"]], index=calls.index)
    minute = calls["ts"].dt.hour * 60 + calls["ts"].dt.minute
    first = ~calls.index.isin(calls.index.difference(cleaned(book).index))
    assert (minute >= hours[0]).all() and (minute < hours[1])[first].all()
    assert not (calls["ts"].dt.strftime("%m-%d") == "12-25").any()


def test_a_case_s_draw_takes_less_than_a_second():
    # The whole story is told to draw these; two thirds of the time is sorting and drawing 470,000 contacts.
    times = []
    for seed in (501, 502, 503):
        begin = time.process_time()
        contacts.rows(Story(seed))
        times.append(time.process_time() - begin)
    assert min(times) < 1.0
