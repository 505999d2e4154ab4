"""The daily figures recompute from the story, and only the comparison with West tells what the change did."""

import time
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cslearn import load
from cslearn.northfold import kpi_daily, story
from cslearn.northfold.story import Story, book_story

SEEDS = 120


def halves(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    weeks = kpi_daily.weekly(table)
    return tuple(weeks.loc[str(first) : str(last)] for first, last in (kpi_daily.BEFORE, kpi_daily.AFTER))


def naive(table: pd.DataFrame) -> float:
    before, after = halves(table)
    return float(after["North"].mean() - before["North"].mean())


@pytest.fixture(scope="module")
def tellings():
    # A story that has been told holds every contact; a hundred of them would take gigabytes.
    return [
        (Story(seed), pd.DataFrame(kpi_daily.rows(Story(seed)), columns=kpi_daily.COLUMNS)) for seed in range(SEEDS)
    ]


@pytest.mark.slow
def test_before_and_after_flatters_the_change_and_the_comparison_site_does_not(tellings):
    biases, covered, covered_naive, errors, planted = [], [], [], [], []
    for one, table in tellings:
        truth = kpi_daily.true_effect(one)
        before, after = halves(table)
        assert len(before) == 52 and len(after) == 8
        gap_before, gap_after = (part["North"] - part["West"] for part in (before, after))
        low, high = stats.ttest_ind(gap_after, gap_before, equal_var=False).confidence_interval()
        covered.append(low <= truth <= high)
        errors.append(gap_after.mean() - gap_before.mean() - truth)
        low, high = stats.ttest_ind(after["North"], before["North"], equal_var=False).confidence_interval()
        covered_naive.append(low <= truth <= high)
        biases.append(naive(table) - truth)
        planted.append(truth)
    assert min(planted) > 3.5 and max(planted) < 7.0
    assert min(biases) > 1.5 and 2.8 < np.mean(biases) < 3.8
    assert np.mean(covered_naive) < 0.05
    assert abs(np.mean(errors)) < 0.2
    assert 0.93 <= np.mean(covered) <= 0.97


@pytest.mark.slow
def test_the_winter_peak_is_the_larger_part_of_the_flattery(tellings):
    parts = []
    for _, table in tellings[:30]:
        days = pd.to_datetime(table["date"])
        calm = table[~days.between("2023-11-20", "2024-02-04")]
        parts.append(naive(table) - naive(calm))
    assert min(parts) > 1.0 and np.mean(parts) > 1.5


@pytest.mark.slow
def test_satisfaction_rises_a_little_and_nps_cannot_tell(tellings):
    tell = []
    for _, table in tellings:
        north = table[(table["site"] == "North") & table["nps"].notna()]
        days = pd.to_datetime(north["date"])
        after, before = (
            north.loc[days.between(str(first), str(last)), "nps"].astype(float)
            for first, last in (kpi_daily.AFTER, kpi_daily.BEFORE)
        )
        tell.append(stats.ttest_ind(after, before, equal_var=False).pvalue < 0.05)
    assert np.mean(tell) < 0.12


@pytest.fixture(scope="module")
def book():
    return load("kpi_daily")


def test_every_day_of_78_weeks_is_there_for_both_sites_but_one_weekend(book):
    days = pd.date_range(story.RECORD_START, story.END)
    assert len(days) == 546 and days[0].weekday() == 0
    missing = [str(day.date()) for day in days if day not in set(book["date"])]
    assert missing == ["2024-07-20", "2024-07-21"]
    assert all(date.fromisoformat(day).weekday() >= 5 for day in missing)
    assert book.groupby("date").size().eq(2).all() and len(book) == 1088


def test_calls_answered_abandoned_and_within_20_seconds_recompute_from_every_contact(book):
    made = pd.DataFrame(book_story().contacts)
    made["date"] = pd.Timestamp(story.START) + pd.to_timedelta(made["day"], unit="D")
    made["site"] = np.array(story.SITES)[made["site"]]
    phone = made[made["channel"] == 0]
    expected = pd.DataFrame({
        "offered": phone.groupby(["date", "site"]).size(),
        "answered": phone[~phone["abandoned"]].groupby(["date", "site"]).size(),
        "within_20s": phone[~phone["abandoned"] & (phone["queue"] <= 20)].groupby(["date", "site"]).size(),
        "abandoned": phone[phone["abandoned"]].groupby(["date", "site"]).size(),
    })  # fmt: skip
    found = book.assign(site=book["site"].astype(str)).set_index(["date", "site"])[list(expected)]
    expected = expected.reindex(found.index).fillna(0).astype(int)
    assert (found == expected).all(axis=None)
    assert (found["offered"] == found["answered"] + found["abandoned"]).all()
    handled = made[~made["abandoned"]]
    settled = ~handled["repeat_after"].between(1, np.where(handled["date"] < "2024-06-01", 7, 5))
    share = settled.groupby([handled["date"], handled["site"]]).mean().reindex(found.index) * 100
    assert (book.set_index(found.index)["fcr_pct"] - share).abs().max() < 0.101


def test_backlog_is_what_came_in_less_what_was_closed(book):
    for _, site in book.groupby("site", observed=True):
        site = site.set_index("date").asfreq("D")
        change = site["backlog"].diff()
        flow = site["complaints_opened"] - site["complaints_closed"]
        known = change.notna() & flow.notna()
        assert known.sum() > 540 and (change[known] == flow[known]).all()


def test_the_figures_lie_where_they_were_calibrated(book):
    year = book[book["date"] >= str(story.YEAR_START)]
    total = year.select_dtypes("number").sum()
    made = book_story().contacts
    answered = (made["channel"] == 0) & ~made["abandoned"] & (made["day"] >= story.number_of(story.YEAR_START))
    assert 110 <= made["queue"][answered].mean() <= 130
    assert 0.08 <= total["abandoned"] / total["offered"] <= 0.10
    assert 320 <= np.median((made["talk"] + made["wrap"])[answered]) <= 345
    assert 9_300 <= total["complaints_opened"] <= 9_900
    work = [day for day in map(story.day_of, range(story.DAYS)) if story.lines_open(day) == (480, 1200)]
    calls = book[book["date"].isin(pd.to_datetime(work))].groupby("date")["offered"].sum()
    by_day = calls.groupby(calls.index.day_of_week).mean() / calls.mean()
    assert np.allclose(by_day, [1.12, 1.00, 0.95, 0.95, 0.98], atol=0.035)


def test_arrivals_peak_at_ten_and_are_no_poisson_process():
    one = book_story()
    made = one.contacts
    work = np.array([story.lines_open(day) == (480, 1200) for day in one.days])
    grid = np.zeros((story.DAYS, 288))
    phone = made["channel"] == 0
    np.add.at(grid, (made["day"][phone], made["second"][phone] // 300), 1)
    open_hours = grid[work][:, 96:240]
    assert 2.7 < (open_hours.var(axis=0) / open_hours.mean(axis=0)).mean() < 3.5
    assert open_hours.reshape(-1, 12, 12).sum(axis=(0, 2)).argmax() + 8 == 10
    assert grid[:, :96].sum() == grid[:, 240:].sum() == 0


def test_outage_strikes_peak_and_first_weeks_show(book):
    book = book.set_index("date")
    outage = book.loc["2024-01-17"]
    around = book.loc["2024-01-10":"2024-01-24"].drop(pd.Timestamp("2024-01-17"))
    assert outage["abandoned"].sum() / outage["offered"].sum() > 2 * around["abandoned"].sum() / around["offered"].sum()
    assert outage["fcr_pct"].max() < around["fcr_pct"].min()
    for first, last in story.STRIKES:
        strike = book.loc[str(first) : str(first + timedelta(days=4)), "complaints_opened"].sum()
        usual = book.loc[str(first - timedelta(days=14)) : str(first - timedelta(days=10)), "complaints_opened"].sum()
        assert strike > usual, last
    weeks = kpi_daily.weekly(load("kpi_daily"))
    gap = (weeks["North"] - weeks["West"]).loc[str(story.GO_LIVE) :]
    settled = gap.iloc[4:12].mean()
    assert gap.iloc[:2].mean() < settled - 4, "worse before better"
    north = book[book["site"] == "North"]
    longer = north.loc["2024-10-07":, "aht_s"].mean() / north.loc["2024-05-01":"2024-07-26", "aht_s"].mean()
    assert 1.06 < longer < 1.10


def test_from_june_the_same_work_counts_kinder_at_both_sites():
    one = book_story()
    made = one.contacts
    day = story.number_of(story.FCR_REDEFINED)
    weeks = (made["day"] >= day) & (made["day"] < day + 28) & ~made["abandoned"]
    old = ((made["repeat_after"] == 0) | (made["repeat_after"] > 7))[weeks].mean()
    new = ((made["repeat_after"] == 0) | (made["repeat_after"] > 5))[weeks].mean()
    assert 0.012 < new - old < 0.03


def test_a_case_s_draw_takes_less_than_half_a_second():
    times = []
    for seed in (501, 502, 503):
        begin = time.process_time()
        kpi_daily.rows(Story(seed))
        times.append(time.process_time() - begin)
    assert min(times) < 0.5
