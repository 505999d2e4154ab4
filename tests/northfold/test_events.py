"""The event logs hide one bottleneck among decoys, and the traps that a careful reader clears away."""

import time
from datetime import date

import numpy as np
import pandas as pd
import pytest

from cslearn import load
from cslearn.methods.bank_holidays import bank_holidays
from cslearn.northfold import events, process
from cslearn.northfold.story import Story
from cslearn.northfold.working_days import clock_changes

SEEDS = 120
HOLIDAYS = np.array([day for year in (2023, 2024, 2025) for day in bank_holidays(year)], dtype="datetime64[D]")


def office_minutes(begin: pd.Series, end: pd.Series) -> np.ndarray:
    """Office minutes from one column of times to another, by NumPy's business days alone."""

    def passed(ts):
        day = ts.to_numpy().astype("datetime64[D]")
        whole = np.busday_count(np.datetime64("2023-01-02"), day, holidays=HOLIDAYS) * 480
        minute = (ts.dt.hour * 60 + ts.dt.minute).to_numpy()
        return whole + np.clip(minute - 540, 0, 480) * np.is_busday(day, holidays=HOLIDAYS)

    return np.maximum(0, passed(end) - passed(begin))


def cleaned(log: pd.DataFrame) -> pd.DataFrame:
    """A log without test cases, with the office hours that each step waited and the minutes that it took."""
    log = log[log["resource"] != "T00"].copy()
    log["case"] = log["site"].astype(str) + log["case_id"].astype(str)
    log = log.sort_values(["case", "start_ts"], kind="stable")
    before = log.groupby("case")["end_ts"].shift()
    log["wait_h"] = np.where(before.isna(), 0, office_minutes(before.fillna(log["start_ts"]), log["start_ts"])) / 60
    log["touch_min"] = office_minutes(log["start_ts"], log["end_ts"])
    return log


def typed(rows: list[dict]) -> pd.DataFrame:
    log = pd.DataFrame(rows, columns=events.COLUMNS)
    for column in ("start_ts", "end_ts"):
        log[column] = pd.to_datetime(log[column], format="%Y-%m-%d %H:%M")
    return log


@pytest.fixture(scope="module")
def drawn():
    """Before-logs of many tellings, each with its true bottleneck."""
    found = []
    for seed in range(SEEDS):
        one = process.Process(Story(seed))
        found.append((process.ACTIVITIES[one.bottleneck], cleaned(typed(events.before(one)))))
    return found


@pytest.fixture(scope="module")
def before():
    return cleaned(load("events_before"))


@pytest.fixture(scope="module")
def after():
    return cleaned(load("events_after"))


@pytest.mark.slow
def test_one_step_holds_at_least_twice_the_waiting_of_the_next_in_every_telling(drawn):
    ratios = []
    for bottleneck, log in drawn:
        waits = log.groupby("activity")["wait_h"].sum().sort_values()
        assert waits.index[-1] == bottleneck
        ratios.append(waits.iloc[-1] / waits.iloc[-2])
    assert min(ratios) >= 2.0
    shares = pd.Series([name for name, _ in drawn]).value_counts(normalize=True)
    assert set(shares.index) == {process.ACTIVITIES[step] for step in process.CANDIDATES}
    assert shares.min() > 0.12


@pytest.mark.slow
def test_every_decoy_is_another_step_than_the_bottleneck(drawn):
    rare = 0
    for bottleneck, log in drawn:
        touch = log.groupby("activity")["touch_min"].sum()
        counts = log["activity"].value_counts()
        waits = log.groupby("activity")["wait_h"].agg(["mean", "sum"])
        worst = log.loc[log["wait_h"].idxmax(), "activity"]
        decoys = {touch.idxmax(), counts.idxmax(), worst}
        assert touch.idxmax() == "investigate" and counts.idxmax() == "reply"
        assert worst in ("triage", "log") and bottleneck not in decoys and len(decoys) == 3
        rare += waits["mean"].idxmax() == "ombudsman"
        assert waits.loc["ombudsman", "sum"] < 0.2 * waits["sum"].max()
    assert rare / SEEDS >= 0.95


@pytest.mark.slow
def test_flow_rework_and_the_hidden_hand_off_have_the_planted_size(drawn):
    figures = []
    for _, log in drawn:
        closed = log[log["case"].isin(log.loc[log["outcome"] == "closed", "case"])]
        touch, wait = closed["touch_min"].sum() / 60, closed["wait_h"].sum()
        back = closed.loc[closed["outcome"] == "came back", "case"].nunique() / closed["case"].nunique()
        giver = log.groupby("case")["role"].shift()
        hands = (log["role"] != giver) & giver.notna()
        desk = (log["role"] == "returns desk") | (giver == "returns desk")
        figures.append((touch / (touch + wait), back, desk[hands].mean()))
    flow, back, desk = np.array(figures).T
    assert 0.015 < flow.mean() < 0.025
    assert 0.17 < back.mean() < 0.19
    assert desk.min() >= 0.08


def test_the_book_s_logs_tell_the_book_s_story(before, after):
    waits = before.groupby("activity", observed=True)["wait_h"].sum().sort_values()
    assert waits.index[-1] == "approve" and waits.iloc[-1] / waits.iloc[-2] >= 2.0
    for log, low, high in ((before, 570, 630), (after, 570, 630)):
        assert low < log["case"].nunique() < high
        assert 4_700 < len(log) < 5_800
    north = {name: log[log["site"] == "North"] for name, log in (("before", before), ("after", after))}

    def mean(name, activity):
        return north[name].loc[north[name]["activity"] == activity, "wait_h"].mean()

    assert mean("after", "approve") < 0.65 * mean("before", "approve")
    assert 0.75 < mean("after", "courier") / mean("before", "courier") < 1.35


def test_a_case_takes_a_median_of_about_nine_working_days_before_the_change(before):
    closed = before[before["case"].isin(before.loc[before["outcome"] == "closed", "case"])].groupby("case")
    days = office_minutes(closed["start_ts"].min(), closed["end_ts"].max()) / 480
    assert 8.0 <= np.median(days) <= 10.0


def test_west_asks_the_courier_first_and_north_looks_into_the_case_first(before):
    first = before[before["activity"].isin(["courier", "investigate"])].drop_duplicates("case")
    asked = before.loc[before["activity"] == "courier", "case"]
    share = (
        first[first["case"].isin(asked)]
        .groupby("site", observed=True)["activity"]
        .agg(lambda s: (s == "courier").mean())
    )
    assert share["West"] > 0.95 and share["North"] == 0


def test_two_different_managers_approve(before):
    approvals = before[before["activity"] == "approve"].groupby("case")["resource"]
    first, second = approvals.nth(0), approvals.nth(1)
    assert len(second) > 200
    pairs = before[before["activity"] == "approve"].groupby("case").head(2).groupby("case")["resource"]
    assert (pairs.nunique() == pairs.size()).all() and len(first) == len(pairs)


def test_traps_are_there(before, after):
    raw = load("events_before")
    assert raw.loc[raw["resource"] == "T00", "case_id"].nunique() == events.TEST_CASES
    assert before.groupby("case_id")["site"].nunique().eq(2).sum() >= 20
    for log in (before, after):
        share = log.loc[log["outcome"] == "closed", "case"].nunique() / log["case"].nunique()
        assert 0.80 < share < 0.995, "some cases are open, most are closed"
        late = log[(log["activity"] == "reply") & (log["start_ts"].dt.hour >= 18)]
        assert 20 < len(late) < 150
    longest = before.loc[before["wait_h"].idxmax()]
    case = before[before["case"] == longest["case"]]
    assert longest["activity"] == "triage"
    assert 90 <= (longest["start_ts"] - case["start_ts"].min()).days <= 92
    spring, autumn = clock_changes(2024)
    night = before[(before["start_ts"].dt.date == spring) & (before["start_ts"].dt.hour == 0)]
    assert len(night) >= 2 and (night["end_ts"].dt.hour == 2).all()
    night = after[(after["start_ts"].dt.date == autumn) & (after["start_ts"].dt.hour == 1)]
    assert len(night) >= 2 and (night["end_ts"] < night["start_ts"]).all()


def test_but_for_the_planted_night_steps_follow_each_other_and_are_done_in_office_hours(before, after):
    for log in (before, after):
        ends = log.groupby("case")["end_ts"].shift()
        assert not (ends > log["start_ts"]).any()
        back = log[log["end_ts"] < log["start_ts"]]
        assert (back["start_ts"].dt.date == date(2024, 10, 27)).all()
        rest = log[~log["activity"].isin(["receive", "reply"])]
        for ts in (rest["start_ts"], rest["end_ts"]):
            day = ts.to_numpy().astype("datetime64[D]")
            minute = ts.dt.hour * 60 + ts.dt.minute
            assert np.is_busday(day, holidays=HOLIDAYS).all() and minute.between(540, 1020).all()


def test_a_case_s_draw_takes_less_than_half_a_second():
    times = []
    for seed in (501, 502, 503):
        begin = time.process_time()
        one = process.Process(Story(seed))
        events.before(one), events.after(one)
        times.append(time.process_time() - begin)
    assert min(times) < 0.5
