"""Waits by NumPy's business days, tables by pandas, variants and the directly-follows graph by pm4py."""

import csv
import json
import random
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslearn.methods import eventlog
from cslearn.methods.bank_holidays import NATIONS, bank_holidays, is_working_day
from cslearn.methods.office_hours import OfficeHours
from cslearn.northfold import process, screens, story
from cslearn.northfold.working_days import OFFICE
from cslearn.problem import Problem

ROOT = Path(__file__).parents[2]
HOLIDAYS = np.array([day for year in range(2008, 2031) for day in bank_holidays(year)], dtype="datetime64[D]")
moments = st.datetimes(datetime(2010, 1, 1), datetime(2029, 12, 31))


def text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def row(case, activity, start, end=None, role="agent", resource="A1", site="North", outcome=""):
    return {
        "case_id": case, "activity": activity, "start_ts": start, "end_ts": end or start,
        "role": role, "resource": resource, "site": site, "outcome": outcome,
    }  # fmt: skip


def rows_of(name: str) -> list[dict]:
    with (ROOT / "datasets" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Office hours


def passed(times: pd.Series) -> np.ndarray:
    """Office minutes of nine to five since a Monday long ago, by NumPy's business days."""
    day = times.to_numpy().astype("datetime64[D]")
    whole = np.busday_count(np.datetime64("2008-01-07"), day, holidays=HOLIDAYS) * 480
    minute = (times.dt.hour * 60 + times.dt.minute).to_numpy()
    return whole + np.clip(minute - 540, 0, 480) * np.is_busday(day, holidays=HOLIDAYS)


@given(moments, moments)
def test_office_minutes_agree_with_business_days(a, b):
    a, b = (moment.replace(second=0, microsecond=0) for moment in sorted((a, b)))
    first, second = passed(pd.Series([a, b]))
    assert OfficeHours().between(text(a), text(b)) == second - first
    assert OfficeHours().between(text(b), text(a)) == 0


@given(
    st.sampled_from(NATIONS), st.integers(0, 600), st.integers(30, 800), st.dates(date(2008, 1, 1), date(2035, 12, 1))
)
def test_any_hours_in_any_nation_agree_with_counting_day_by_day(nation, opens, length, day):
    hours = OfficeHours(opens, opens + length, nation)
    later = day + timedelta(days=25)
    expected = sum(is_working_day(day + timedelta(days=n), nation) for n in range(25)) * length
    assert hours.between(f"{day} 00:00", f"{later} 00:00") == expected
    inside = f"{opens // 60:02d}:{opens % 60:02d}"
    assert hours.between(f"{day} {inside}", f"{day} 23:59") == is_working_day(day, nation) * min(length, 1439 - opens)


def test_a_wait_over_easter_is_an_afternoon_and_a_morning():
    # Thursday 28 March 2024, 16:00, to Tuesday 2 April, 10:30: one hour, and one and a half.
    assert OfficeHours().between("2024-03-28 16:00", "2024-04-02 10:30") == 60 + 90
    # In Scotland Easter Monday is a working day: eight hours more.
    assert OfficeHours(nation="Scotland").between("2024-03-28 16:00", "2024-04-02 10:30") == 60 + 480 + 90
    assert OfficeHours().between(datetime(2024, 3, 28, 16), pd.Timestamp("2024-04-02 10:30")) == 150


@pytest.mark.parametrize(
    "moment",
    [
        "",
        "yesterday",
        "2024-13-01 09:00",
        "2024-03-11",
        None,
        "2024-03-11 x9:30",
        "2024-03-11 24:10",
        "2024-03-11 09:60",
    ],
)
def test_no_moment_is_refused_in_a_sentence(moment):
    with pytest.raises(Problem, match="is not a date and time, such as 2024-03-11 09:30"):
        OfficeHours().minutes(moment)


def test_hours_that_cannot_be_are_refused():
    for opens, closes in ((600, 600), (-1, 500), (600, 1441)):
        with pytest.raises(Problem, match="are not possible"):
            OfficeHours(opens, closes)
    with pytest.raises(Problem, match="before 2008"):
        OfficeHours().minutes("2007-12-31 10:00")


# Cases


@pytest.fixture(scope="module", params=["events_before", "events_after"])
def name(request):
    return request.param


@pytest.fixture(scope="module")
def log(name):
    return eventlog.without_test_cases(eventlog.cases(rows_of(name)))


@pytest.fixture(scope="module")
def table(name):
    """The same log with pandas: one line a step, with its wait and its work."""
    frame = pd.DataFrame(rows_of(name))
    for column in ("start_ts", "end_ts"):
        frame[column] = pd.to_datetime(frame[column])
    frame["case"] = frame["site"] + frame["case_id"]
    frame = frame[~frame["case"].isin(frame.loc[frame["resource"] == "T00", "case"])]
    frame = frame.sort_values(["case", "start_ts"], kind="stable")
    came = frame.groupby("case")["end_ts"].shift()
    frame["wait"] = np.where(
        came.isna(), 0, np.maximum(0, passed(frame["start_ts"]) - passed(came.fillna(frame["end_ts"])))
    )
    frame["touch"] = np.maximum(0, passed(frame["end_ts"]) - passed(frame["start_ts"]))
    frame["giver"] = frame.groupby("case")["role"].shift()
    return frame


def test_every_step_agrees_with_pandas(log, table):
    mine = pd.DataFrame(
        [(c.site + c.number, s.activity, s.wait, s.touch) for c in log for s in c.steps],
        columns=["case", "activity", "wait", "touch"],
    ).sort_values("case", kind="stable")  # fmt: skip
    theirs = table[["case", "activity", "wait", "touch"]]
    assert np.array_equal(mine.to_numpy(), theirs.to_numpy())


def test_the_figures_of_each_step_agree_with_pandas(log, table):
    figures = eventlog.step_figures(log)
    grouped = table.groupby("activity")
    assert set(figures) == set(grouped.groups)
    for activity, each in grouped:
        found = figures[activity]
        assert (found.count, found.cases) == (len(each), each["case"].nunique())
        assert found.wait_hours == pytest.approx(each["wait"].mean() / 60)
        assert found.touch_minutes == pytest.approx(each["touch"].mean())
        assert found.total_wait_hours == pytest.approx(each["wait"].sum() / 60)
        assert found.total_touch_hours == pytest.approx(each["touch"].sum() / 60)
        assert found.share_of_wait == pytest.approx(each["wait"].sum() / table["wait"].sum())
    assert sum(each.share_of_wait for each in figures.values()) == pytest.approx(1)
    assert eventlog.bottleneck(log) == grouped["wait"].sum().idxmax()
    total = table["touch"].sum()
    assert eventlog.flow_efficiency(log) == pytest.approx(total / (total + table["wait"].sum()))


def test_open_and_closed_cases_agree_with_pandas(log, table):
    done = set(table.loc[table["activity"] == "confirm", "case"])
    closed, still = eventlog.closed_cases(log), eventlog.open_cases(log)
    assert {c.site + c.number for c in closed} == done
    assert len(closed) + len(still) == table["case"].nunique()
    drawn = "2024-12-01 23:59"
    so_far = eventlog.waiting_so_far(log, drawn)
    last = table[~table["case"].isin(done)].groupby("case")["end_ts"].last()
    expected = dict(zip(last.index, (passed(pd.Series([pd.Timestamp(drawn)])) - passed(last)) / 60, strict=True))
    assert {site + number: hours for (site, number), hours in so_far.items()} == pytest.approx(expected)


def test_hand_offs_agree_with_pandas(log, table):
    passes = table[table["giver"].notna() & (table["giver"] != table["role"])]
    counts = passes.groupby(["giver", "role"]).size()
    matrix = eventlog.hand_off_matrix(log)
    assert matrix == counts.to_dict()
    assert list(matrix.values()) == sorted(matrix.values(), reverse=True)
    assert eventlog.hand_offs_mean(log) == pytest.approx(len(passes) / table["case"].nunique())
    for role, share in eventlog.hand_off_shares(log).items():
        assert share == pytest.approx(((passes["giver"] == role) | (passes["role"] == role)).mean())
    shares = eventlog.role_shares(log)
    for activity, each in table.groupby("activity"):
        assert shares[activity] == pytest.approx(each["role"].value_counts(normalize=True).to_dict())


def test_rework_first_and_last_steps_agree_with_pandas(log, table):
    done = set(table.loc[table["activity"] == "confirm", "case"])
    closed = table[table["case"].isin(done)]
    was = closed.groupby("case")["activity"].shift()
    back = closed.loc[(was == "reply") & (closed["activity"] == "investigate"), "case"].nunique()
    mine = eventlog.closed_cases(log)
    assert eventlog.rework_rate(mine) == pytest.approx(back / len(done))
    first, last = closed.groupby("case")["activity"].first(), closed.groupby("case")["activity"].last()
    for activity in closed["activity"].unique():
        assert eventlog.first_share(mine, activity) == pytest.approx((first == activity).mean())
        assert eventlog.last_share(mine, activity) == pytest.approx((last == activity).mean())


def test_the_book_s_log_holds_what_was_planted():
    # The screens read the story's arrays, and never a row.
    planted = screens.log_figures(process.telling(story.book_story().seed))
    hours = OfficeHours(*OFFICE)
    log = eventlog.without_test_cases(eventlog.cases(rows_of("events_before"), hours))
    figures = eventlog.step_figures(log)
    assert eventlog.bottleneck(log) == planted["bottleneck"]
    assert figures[planted["bottleneck"]].share_of_wait == pytest.approx(planted["bottleneck_share"])
    assert max(figures, key=lambda name: figures[name].total_touch_hours) == planted["decoys"]["touch"]
    assert max(figures, key=lambda name: figures[name].count) == planted["decoys"]["count"]
    assert max(figures, key=lambda name: figures[name].wait_hours) == planted["decoys"]["rare"]
    longest = max((step for case in log for step in case.steps), key=lambda step: step.wait)
    assert longest.activity == planted["decoys"]["longest"]
    assert eventlog.hand_off_shares(log)["returns desk"] == pytest.approx(planted["hidden_desk_share"])
    assert eventlog.rework_rate(eventlog.closed_cases(log)) == pytest.approx(planted["rework_rate"])
    assert len(log) == planted["cases"]


def test_a_number_used_at_both_sites_is_two_cases_and_rows_may_come_in_any_order():
    rows = [
        row("7", "reply", "2024-03-12 09:30", "2024-03-12 09:40"),
        row("7", "log", "2024-03-11 10:00", "2024-03-11 10:10"),
        row("7", "log", "2024-03-11 11:00", "2024-03-11 11:05", site="West", resource="T00"),
    ]
    north, west = eventlog.cases(rows)
    assert (north.site, north.trace, west.site) == ("North", ("log", "reply"), "West")
    # From 10:10 on Monday to 17:00, and from 9:00 to 9:30 on Tuesday.
    assert [step.wait for step in north.steps] == [0, 410 + 30] and north.wait == 440
    assert [step.touch for step in north.steps] == [10, 10] and north.touch == 20
    assert eventlog.is_test(west) and eventlog.without_test_cases([north, west]) == [north]


def test_work_in_the_night_of_the_clock_change_counts_no_minutes():
    rows = [
        row("1", "log", "2024-10-25 16:50", "2024-10-25 17:00"),
        row("1", "reply", "2024-10-27 01:50", "2024-10-27 01:10"),
        row("1", "triage", "2024-10-28 09:20", "2024-10-28 09:25"),
    ]
    [case] = eventlog.cases(rows)
    assert [(step.wait, step.touch) for step in case.steps] == [(0, 10), (0, 0), (20, 5)]


def test_a_table_from_pandas_gives_the_same_cases():
    rows = rows_of("events_before")[:400]
    frame = pd.DataFrame(rows).replace("", np.nan)
    for column in ("start_ts", "end_ts"):
        frame[column] = pd.to_datetime(frame[column])
    assert eventlog.cases(frame.to_dict("records")) == eventlog.cases(rows)


@pytest.mark.parametrize("lost", ["case_id", "activity", "start_ts", "end_ts"])
def test_a_row_that_lacks_something_is_named(lost):
    good = row("1", "log", "2024-03-11 10:00")
    for bad in (good | {lost: ""}, {key: value for key, value in good.items() if key != lost}, good | {lost: None}):
        with pytest.raises(Problem, match="Row 2 of the event log lacks"):
            eventlog.cases([good, bad])


def test_an_empty_log_has_no_bottleneck_and_no_rates():
    assert eventlog.cases([]) == [] and eventlog.step_figures([]) == {} and eventlog.variants([]) == {}
    assert eventlog.rework_rate([]) == eventlog.hand_offs_mean([]) == eventlog.flow_efficiency([]) == 0
    assert eventlog.first_share([], "log") == eventlog.last_share([], "log") == 0
    with pytest.raises(Problem, match="no cases"):
        eventlog.bottleneck([])


def test_a_log_in_which_nobody_waits_has_no_share():
    [case] = eventlog.cases([row("1", "log", "2024-03-11 10:00", "2024-03-11 10:30")])
    assert eventlog.step_figures([case])["log"].share_of_wait == 0
    assert eventlog.flow_efficiency([case]) == 1


# Ways that cases go


def test_variants_and_following_steps_by_hand():
    log = traced([list("abc"), list("abc"), list("abbc"), list("ac")])
    assert eventlog.variants(log) == {tuple("abc"): 2, tuple("abbc"): 1, tuple("ac"): 1}
    graph = eventlog.directly_follows(log)
    assert graph.counts == {("a", "b"): 3, ("b", "c"): 3, ("b", "b"): 1, ("a", "c"): 1}
    assert graph.cases == {("a", "b"): 3, ("b", "c"): 3, ("b", "b"): 1, ("a", "c"): 1}
    assert graph.starts == {"a": 4} and graph.ends == {"c": 4}
    twice = eventlog.directly_follows(traced([list("ababa")]))
    assert twice.counts == {("a", "b"): 2, ("b", "a"): 2} and twice.cases == {("a", "b"): 1, ("b", "a"): 1}


def traced(traces, roles=None):
    """Cases with these activities, a minute apart."""
    rows = []
    for number, trace in enumerate(traces):
        for place, activity in enumerate(trace):
            role = roles[number][place] if roles else "agent"
            rows.append(row(f"{number:05d}", activity, f"2024-03-11 {9 + place // 60:02d}:{place % 60:02d}", role=role))
    return eventlog.cases(rows)


@given(st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=8), min_size=1, max_size=20))
def test_following_steps_count_what_was_done(traces):
    graph = eventlog.directly_follows(traced(traces))
    assert sum(graph.counts.values()) == sum(len(trace) - 1 for trace in traces)
    assert sum(graph.starts.values()) == sum(graph.ends.values()) == len(traces)
    for pair, cases in graph.cases.items():
        assert cases == sum(pair in set(pairwise(trace)) for trace in traces) <= graph.counts[pair]


def shuffled(rows: list[dict], seed: int) -> list[dict]:
    return random.Random(seed).sample(rows, len(rows))


def test_figures_do_not_depend_on_the_order_of_cases():
    rows = rows_of("events_before")
    log = eventlog.cases(rows)
    by_case: dict = {}
    for each in rows:
        by_case.setdefault((each["site"], each["case_id"]), []).append(each)
    mixed = eventlog.cases([each for key in shuffled(list(by_case), 3) for each in by_case[key]])
    assert {(c.site, c.number): c for c in log} == {(c.site, c.number): c for c in mixed}
    assert json.dumps(sorted(eventlog.step_figures(log).items())) == json.dumps(
        sorted(eventlog.step_figures(mixed).items())
    )
