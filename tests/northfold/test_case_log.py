"""What the case log shows at a glance, counted anew from its CSV with pandas, and on many seeds."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cslearn.northfold import case_log
from cslearn.northfold.case import case

ROOT = Path(__file__).parents[2]
# The bank holidays of England and Wales in the weeks of the log.
HOLIDAYS = np.array(["2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27"], dtype="datetime64[D]")


@pytest.fixture(scope="module")
def book():
    return case("find-the-bottleneck")


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """The book's log without the test cases, each step with the one before it."""
    made = pd.read_csv(ROOT / "datasets" / "events_before.csv", dtype={"case_id": str}, keep_default_na=False)
    made["case"] = made["site"] + made["case_id"]
    made = made[~made["case"].isin(made.loc[made["resource"] == "T00", "case"])]
    made = made.assign(start=pd.to_datetime(made["start_ts"]), end=pd.to_datetime(made["end_ts"]))
    made = made.sort_values(["case", "start"], kind="stable")
    made["begins"], made["ends"] = office(made["start"]), office(made["end"])
    # In the night when the clocks go back a step may end before it begins.
    made["touch"] = (made["ends"] - made["begins"]).clip(lower=0)
    before = made.groupby("case")
    made["came"] = before["ends"].shift()
    made["wait"] = (made["begins"] - made["came"]).clip(lower=0).fillna(0)
    made["since"] = made["wait"] + before["touch"].shift().fillna(0)
    made["by_calendar"] = ((made["start"] - before["end"].shift()).dt.total_seconds() / 60).clip(lower=0).fillna(0)
    made["first"], made["last"] = ~made["case"].duplicated(), ~made["case"].duplicated(keep="last")
    made["next"] = before["activity"].shift(-1).fillna("")
    return made


def office(moments: pd.Series) -> pd.Series:
    """Office minutes on a clock that runs from nine to five on working days."""
    days = moments.dt.normalize()
    number = np.busday_count("2024-01-01", days.to_numpy().astype("datetime64[D]"), holidays=HOLIDAYS)
    working = np.is_busday(days.to_numpy().astype("datetime64[D]"), holidays=HOLIDAYS)
    today = ((moments - days).dt.total_seconds() / 60 - 540).clip(0, 480)
    return pd.Series(number * 480 + today * working, index=moments.index)


def closed_of(rows: pd.DataFrame) -> set:
    return set(rows.loc[rows["activity"] == "confirm", "case"])


def test_the_log_is_sorted_into_closed_open_and_test_cases(book, rows):
    log, everyone = case_log.log_of(book), pd.read_csv(ROOT / "datasets" / "events_before.csv", dtype=str)
    closed = closed_of(rows)
    assert {one.site + one.number for one in log.closed} == closed
    assert {one.site + one.number for one in log.open} == set(rows["case"]) - closed
    tests = everyone[everyone["resource"] == "T00"]
    assert {(one.site, one.number) for one in log.tests} == set(zip(tests["site"], tests["case_id"], strict=True))
    assert len(log.real) == len(log.closed) + len(log.open) == rows["case"].nunique()


def test_each_step_has_its_place(book, rows):
    kind = rows["activity"].where(
        rows["activity"] != "reply", np.where(rows["role"] == "handler", "reply (answer)", "reply (thanks)")
    )
    found = {place.step: place for place in case_log.places(case_log.log_of(book))}
    assert set(found) == set(kind)
    first = rows.assign(kind=kind).drop_duplicates(["case", "kind"])
    # Waiting and working since the first contact, up to the start of the step.
    passed = rows.groupby("case")["wait"].cumsum() + rows.groupby("case")["touch"].cumsum() - rows["touch"]
    closed = closed_of(rows)
    for name, place in found.items():
        mine = first[first["kind"] == name]
        assert place.cases == len(mine)
        assert place.first == int((kind[rows["first"]] == name).sum())
        assert place.last == int((kind[rows["last"] & rows["case"].isin(closed)] == name).sum())
        assert place.after_hours == pytest.approx(passed[mine.index].median() / 60)
    order = [place.step for place in case_log.places(case_log.log_of(book))]
    assert order[0] == "receive" and order[-1] == "confirm"
    assert order.index("log") < order.index("triage") < order.index("approve") < order.index("reply (answer)")


def test_what_came_next_after_the_first_answer(book, rows):
    answers = rows[(rows["activity"] == "reply") & (rows["role"] == "handler")].drop_duplicates("case")
    expected = answers["next"].value_counts().to_dict()
    assert case_log.after_first_answer(case_log.log_of(book)) == {
        name: expected.get(name, 0) for name in ("confirm", "investigate", "ombudsman", "")
    }


def test_hand_offs_people_and_events_of_each_role(book, rows):
    giver = rows.groupby("case")["role"].shift()
    passes = rows[(rows["role"] != giver) & giver.notna()]
    given, taken = giver[passes.index].value_counts(), passes["role"].value_counts()
    for one in case_log.roles(case_log.log_of(book)):
        mine = rows[rows["role"] == one.role]
        assert one.events == len(mine)
        assert one.people == len(set(mine["resource"]) - {""})
        assert (one.given, one.taken) == (given.get(one.role, 0), taken.get(one.role, 0))
        part = (passes["role"] == one.role) | (giver[passes.index] == one.role)
        assert one.share == pytest.approx(part.mean())
    counts = rows.groupby(["activity", "role"]).size()
    for step, by_role in case_log.events_by_role(case_log.log_of(book)).items():
        assert {role: n for role, n in by_role.items() if n} == counts[step].to_dict()


@pytest.mark.parametrize("clock", case_log.CLOCKS)
def test_times_by_step_are_those_of_pandas(book, rows, clock):
    found = case_log.step_times(book, clock)
    waits = rows["wait" if clock == case_log.OFFICE else "by_calendar"].groupby(rows["activity"])
    work = rows.groupby("activity")["touch"]
    assert set(found) == set(rows["activity"])
    for step, one in found.items():
        mine = waits.get_group(step) / 60
        assert one.times == len(mine)
        assert one.wait_hours == pytest.approx(mine.sum())
        assert one.wait_mean_hours == pytest.approx(mine.mean())
        assert one.wait_median_hours == pytest.approx(mine.median())
        assert one.longest_wait_hours == pytest.approx(mine.max())
        assert one.work_hours == pytest.approx(work.get_group(step).sum() / 60)
        assert one.work_mean_minutes == pytest.approx(work.get_group(step).mean())
    if clock == case_log.OFFICE:
        since = rows.groupby("activity")["since"].sum() / 60
        assert {step: one.start_to_start_hours for step, one in found.items()} == pytest.approx(since.to_dict())


def test_standards_are_missed_by_working_days(book, rows):
    log, drawn = case_log.log_of(book), np.datetime64(book.facts["log_drawn"])

    def late(began, done, days) -> pd.Series:
        """Working days after ``began`` up to ``done`` or, if that is still to come, up to the day of the log."""
        until = done.dt.normalize().fillna(pd.Timestamp(drawn)).to_numpy().astype("datetime64[D]")
        since = began.dt.normalize().to_numpy().astype("datetime64[D]")
        counted = np.busday_count(since + 1, until + 1, holidays=HOLIDAYS)
        return pd.Series(counted > days, index=began.index)

    one = rows.drop_duplicates("case").set_index("case")["end"]
    thanks = rows[rows["activity"] == "reply"].drop_duplicates("case").set_index("case")["end"].reindex(one.index)
    closed = rows[rows["activity"] == "confirm"].set_index("case")["end"].reindex(one.index)
    signed = rows[rows["activity"] == "approve"]
    place = signed.groupby("case").cumcount()
    came = rows.groupby("case")["end"].shift()
    first = came[signed[place == 0].index].set_axis(signed.loc[place == 0, "case"])
    second = signed[place == 1].set_index("case")["end"].reindex(first.index)
    asked = rows[rows["activity"] == "courier"].drop_duplicates("case")
    courier = came[asked.index].set_axis(asked["case"])
    expected = {
        "S1": (late(one, thanks, 1), thanks), "S2": (late(one, closed, 5), closed), "S3": (late(first, second, 3), second),
        "L2": (late(courier, asked.set_index("case")["end"], 2), asked.set_index("case")["end"]),
    }  # fmt: skip
    for group in (log.closed, log.open):
        names = {case.site + case.number for case in group}
        found = case_log.standards(group, book.facts["log_drawn"])
        for name, (missed, done) in expected.items():
            mine = missed[missed.index.isin(names)]
            concerned = mine | done[mine.index].notna()
            assert found[name] == (int(mine.sum()), int(concerned.sum())), name


def test_the_standards_are_northfold_s_own():
    from cslearn.northfold.standards_policy import standards_policy

    version = standards_policy()["versions"][-1]
    says = {one["id"]: one["says"] for one in (*version["standards"], *version["service_levels"])}
    assert "within one working day" in says["S1"] and "one working day" in case_log.STANDARDS["S1"]
    assert "within five working days" in says["S2"] and "five working days" in case_log.STANDARDS["S2"]
    assert "two managers within three working days" in says["S3"] and "three working days" in case_log.STANDARDS["S3"]
    assert "within two working days" in says["L2"] and "two working days" in case_log.STANDARDS["L2"]


@pytest.mark.slow
def test_in_every_case_one_standard_fails_most_and_the_steps_keep_their_order():
    worst = set()
    for number in range(1, 41):
        own = case("find-the-bottleneck", practice=number)
        log = case_log.log_of(own)
        rates = {
            name: one.missed / one.concerned
            for name, one in case_log.standards(log.real, own.facts["log_drawn"]).items()
            if one.concerned
        }
        first, second = sorted(rates.values(), reverse=True)[:2]
        assert first - second > 0.01
        worst.add(max(rates, key=rates.get))
        order = [place.step for place in case_log.places(log)]
        assert order[:4] == ["receive", "log", "reply (thanks)", "triage"] and order[-1] == "confirm"
        after = case_log.after_first_answer(log)
        # Whoever leaves out the answers without an outcome has nearly the same share.
        assert after[""] / sum(after.values()) < 0.03
    assert len(worst) >= 3
