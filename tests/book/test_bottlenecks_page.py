"""The figures of the lesson on bottlenecks, worked out again from the CSV files with pandas and NumPy's business days."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from page_cells import cells_of, run_cells

from cslearn.methods.bank_holidays import bank_holidays

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "process" / "bottlenecks.md"
TEXT = PAGE.read_text("utf-8")
HOLIDAYS = np.array(list(bank_holidays(2024)), dtype="datetime64[D]")


def passed(times):
    day = times.to_numpy().astype("datetime64[D]")
    minute = (times.dt.hour * 60 + times.dt.minute).to_numpy()
    whole = np.busday_count(np.datetime64("2024-01-01"), day, holidays=HOLIDAYS) * 480
    return whole + np.clip(minute - 540, 0, 480) * np.is_busday(day, holidays=HOLIDAYS)


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


@pytest.fixture(scope="module")
def everything():
    frame = pd.read_csv(ROOT / "datasets" / "events_before.csv", dtype=str, keep_default_na=False)
    for column in ("start_ts", "end_ts"):
        frame[column] = pd.to_datetime(frame[column])
    frame["case"] = frame["site"] + frame["case_id"]
    return frame


@pytest.fixture(scope="module")
def log(everything):
    frame = everything[everything["resource"] != "T00"].sort_values(["case", "start_ts"], kind="stable").copy()
    came = frame.groupby("case")["end_ts"].shift().fillna(frame["start_ts"])
    frame["wait"] = np.maximum(0, passed(frame["start_ts"]) - passed(came)) / 60
    frame["work"] = np.maximum(0, passed(frame["end_ts"]) - passed(frame["start_ts"]))
    frame["before"] = frame.groupby("case")["activity"].shift()
    frame["giver"] = frame.groupby("case")["role"].shift()
    return frame


@pytest.fixture(scope="module")
def truth(everything, log):
    waits, work = log.groupby("activity")["wait"].sum(), log.groupby("activity")["work"].sum()
    order = waits.sort_values(ascending=False)
    closed = set(log.loc[log["activity"] == "confirm", "case"])
    done = log[log["case"].isin(closed)]
    approve = log[log["activity"] == "approve"]
    sites = everything.groupby("case_id")["site"].nunique()
    rare = log[log["activity"] == "ombudsman"]
    own = log[(log["site"] == "North") & (log["case_id"] == "06100")]
    days = (
        passed(pd.Series([pd.Timestamp("2024-06-14 17:00")])) - passed(pd.Series([pd.Timestamp("2024-03-11 09:00")]))
    )[0] / 480
    signed = set(approve["case"])
    by_case = done.groupby("case")["wait"].sum() / 8
    register = pd.read_csv(ROOT / "datasets" / "complaints.csv", usecols=["complaint_id", "compensation_gbp"])
    paid = dict(zip(register["complaint_id"].str.replace("-", ""), register["compensation_gbp"], strict=True))
    amount = (approve["site"].str[0] + approve["case_id"]).map(paid)
    total = waits.sum() * 60 + work.sum()
    outside = log[(log["role"] != "customer") & ((log["start_ts"].dt.hour < 9) | (log["start_ts"].dt.hour >= 17))]
    traces = log.groupby("case")["activity"].agg(tuple)
    hand_offs = done[done["giver"].notna() & (done["giver"] != done["role"])]
    return {
        "one_wait": own["wait"].sum(), "one_touch": own["work"].sum(),
        "test_cases": everything.loc[everything["resource"] == "T00", "case"].nunique(), "shared": int((sites > 1).sum()),
        "open": log["case"].nunique() - len(closed), "real": log["case"].nunique(), "late": len(outside),
        "stuck_share": 100 * order.iloc[0] / waits.sum(), "stuck_hours": order.iloc[0], "waiting": waits.sum(),
        "times_second": order.iloc[0] / order.iloc[1], "efficiency": 100 * work.sum() / total,
        "investigate_work": 100 * work["investigate"] / work.sum(),
        "saved": 100 * work["investigate"] / 2 / total, "rare_wait": rare["wait"].mean() / 8, "rare_cases": rare["case"].nunique(),
        "single": log["wait"].max() / 8, "signatures": len(approve), "a_day": len(approve) / days,
        "minutes_a_day": approve["work"].sum() / days, "approve_hours": approve["wait"].mean(),
        "days_with": by_case[by_case.index.isin(signed)].mean(), "days_without": by_case[~by_case.index.isin(signed)].mean(),
        "small": approve.loc[amount <= 50, "wait"].mean(), "large": approve.loc[amount > 50, "wait"].mean(),
        "signed": int(amount.notna().sum()),
        "came_back": 100 * done[(done["before"] == "reply") & (done["activity"] == "investigate")]["case"].nunique() / len(closed),
        "hand_offs": len(hand_offs) / len(closed), "ways": traces.nunique(),
    }  # fmt: skip


def test_every_figure_that_a_cell_puts_into_the_text_is_right(made, truth):
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made)
    assert made == pytest.approx({name: truth[name] for name in made})


def test_what_is_said_in_words_is_true(log, truth):
    waits, work = log.groupby("activity")["wait"].sum(), log.groupby("activity")["work"].sum()
    assert waits.idxmax() == "approve"
    # The four traps point where the table says, and none of them to the bottleneck.
    longest = log.loc[log["wait"].idxmax()]
    traps = [
        work.idxmax(),
        log["activity"].value_counts().idxmax(),
        log.groupby("activity")["wait"].mean().idxmax(),
        longest["activity"],
    ]
    assert traps == ["investigate", "reply", "ombudsman", "triage"]
    came = log[(log["case"] == longest["case"]) & (log["activity"] == "receive")]["start_ts"].iloc[0]
    assert (longest["start_ts"] - came).days == 90
    # "Half of all work", "about 2% of its time", "less than one part in a hundred", "a signature takes five minutes".
    assert 45 <= truth["investigate_work"] <= 55 and 1.5 <= truth["efficiency"] <= 2.5 and truth["saved"] < 1
    assert round(log[log["activity"] == "approve"]["work"].mean()) == 5
    assert truth["minutes_a_day"] < 60, "the busy part of the day is less than an hour"
    assert abs(truth["small"] / truth["large"] - 1) < 0.1, "size is not what makes them wait"
    # Steps of the night when the clocks changed.
    night = log[(log["start_ts"].dt.strftime("%m-%d") == "03-31") & (log["start_ts"].dt.hour < 3)]
    assert len(night) > 0 and (night["work"] == 0).all()
    # "West asks the courier before it looks into the case, and North after."
    first = log[log["activity"].isin(["courier", "investigate"])].groupby("case").first()
    asked = first.index.isin(log.loc[log["activity"] == "courier", "case"])
    order = first[asked].groupby("site")["activity"].unique()
    assert list(order["West"]) == ["courier"] and list(order["North"]) == ["investigate"]


def test_the_failures_in_the_table_are_counted_right(log):
    from cslearn.methods import eventlog

    closed = set(log.loc[log["activity"] == "confirm", "case"])
    ends = log[log["case"].isin(closed)].groupby("case").agg(start=("start_ts", "first"), end=("end_ts", "last"))
    late = (passed(ends["end"]) - passed(ends["start"]) > 10 * 480).mean()
    slow = (log.loc[log["activity"] == "approve", "wait"] > 24).mean()
    shown = []
    shared = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("myst_nb.glue", lambda name, value, display: None)
        for cell in cells_of(PAGE):
            last = cell.rstrip().rsplit("\ntable(", 1)
            exec(compile(last[0], PAGE.name, "exec"), shared)
            if len(last) == 2:
                shown.append(eval(f"table({last[1]}", shared).data)
    rates = next(text for text in shown if "Three failures" in text)
    assert f"{100 * late:.0f}% of closed cases" in rates and f"{100 * slow:.0f}% of signatures" in rates
    assert eventlog.CLOSING == "confirm"


def test_the_sums_of_the_quiz_are_right():
    quiz = yaml.safe_load(PAGE.with_suffix(".quiz.yml").read_text("utf-8"))
    ask = {question["id"]: question["ask"] for question in quiz["questions"]}
    hours = [int(number) for number in re.findall(r"\b\d+\b", ask["share"])]
    assert hours == [240, 90, 60, 210] and round(100 * 240 / sum(hours)) == 40 and round(100 * 240 / 450) == 53
    assert round(100 * 210 / sum(hours)) == 35
    assert 200 * 3 == 600 and 4 * 30 == 120
