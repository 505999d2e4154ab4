"""The figures of the lesson on implementing, worked out again from the CSV files, with Poisson sums and statsmodels."""

import math
import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import yaml
from page_cells import rows_of, run_cells
from scipy.stats import norm, poisson
from statsmodels.stats.power import NormalIndPower

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "change" / "implementing.md"
TEXT = PAGE.read_text("utf-8")
QUIZ = yaml.safe_load(PAGE.with_suffix(".quiz.yml").read_text("utf-8"))
FIRST, LAST, WEEKS = "2024-06-03", "2024-11-25", 25


def level(agents, load, handling):
    """Erlang C from Poisson probabilities: the share answered in 20 seconds, in percent."""
    if load >= agents:
        return 0.0
    blocked = poisson.pmf(agents, load) / poisson.cdf(agents, load)
    waits = agents * blocked / (agents - load * (1 - blocked))
    return 100 * (1 - waits * math.exp(-(agents - load) * 20 / handling))


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)


class Desk:
    """West's phones on ordinary weekdays, from the CSV."""

    def __init__(self):
        west = [row for row in rows_of("contacts.csv") if row["site"] == "West" and FIRST <= row["ts"][:10] < LAST]
        self.west = [row for row in west if row["agent_id"] != "T00"]
        moments = [(datetime.fromisoformat(row["ts"]), row) for row in self.west if row["channel"] == "phone"]
        moments = [(moment, row) for moment, row in moments if moment.weekday() < 5]
        took = [int(row["talk_s"]) + int(row["wrap_s"]) for _, row in moments if row["abandoned"] == "0"]
        self.handling = sum(took) / len(took)
        self.calls = defaultdict(float)
        for moment, _ in moments:
            self.calls[moment.hour] += 32 / 125
        self.load = {hour: calls * self.handling / 3600 for hour, calls in self.calls.items()}
        self.roster = {
            hour: next(n for n in range(1, 50) if level(n, load, self.handling) >= 80)
            for hour, load in self.load.items()
        }

    def at(self, hours, away, only=False):
        chosen = hours if only else self.calls
        met = sum(
            self.calls[h] * level(max(1, self.roster[h] - (away if h in hours else 0)), self.load[h], self.handling)
            for h in chosen
        )
        return met / sum(self.calls[h] for h in chosen)

    def week(self, hours, away, days):
        return (days * self.at(hours, away) + (5 - days) * self.at((), 0)) / 5


@pytest.fixture(scope="module")
def desk():
    return Desk()


def test_the_figures_of_the_training_are_right(made, desk):
    found, _ = made
    days = [row for row in rows_of("kpi_daily.csv") if row["site"] == "West" and FIRST <= row["date"] < LAST]
    by_day = defaultdict(list)
    for row in days:
        weekday = date.fromisoformat(row["date"]).weekday()
        if weekday < 5 and row["offered"]:
            by_day[weekday].append(int(row["offered"]))
    means = {weekday: np.mean(values) for weekday, values in by_day.items()}
    wanted = {
        "desk_full": level(15, 10, 180), "desk_fifth": level(12, 10, 180), "desk_more": level(11, 10, 180),
        "west_now": 100 * sum(int(r["within_20s"] or 0) for r in days) / sum(int(r["offered"] or 0) for r in days),
        "west_full": desk.at((), 0),
        "monday": 100 * (means[0] / np.mean(list(means.values())) - 1),
        "eleven": desk.roster[11], "eleven_less": level(desk.roster[11] - 1, desk.load[11], desk.handling),
        "gareth_week": desk.week(range(9, 17), 2, 2), "gareth_session": desk.at(range(9, 17), 2, only=True),
        "evening_week": desk.week(range(16, 20), 1, 4), "midday_week": desk.week(range(10, 14), 1, 4),
        "midday_session": desk.at(range(10, 14), 1, only=True), "evening_whole": desk.week(range(16, 20), 2, 4),
    }  # fmt: skip
    assert {name: found[name] for name in wanted} == pytest.approx(wanted)


def test_the_words_about_the_training_are_true(made, desk):
    found, shared = made
    # Two teams, eight hours each: days with sessions times hours a session, for each half or whole team.
    for hours, away, spread in shared["WAYS"].values():
        groups = 4 if away == 1 else 2
        assert len(hours) * sum(spread) == 8 * groups
    assert found["midday_week"] > 80 and found["evening_week"] > found["midday_week"] + 2 and found["gareth_week"] < 80
    # "only about 66%": in the evening too.
    assert desk.at(range(16, 20), 1, only=True) == pytest.approx(found["midday_session"], abs=1.5)
    assert sum(desk.calls[h] for h in range(16, 20)) < 0.6 * sum(desk.calls[h] for h in range(10, 14))
    # One person more costs more than all the rest.
    one, two = desk.at((), 0) - found["evening_week"], found["evening_week"] - found["evening_whole"]
    assert two > 2 * one
    # A sixth of five is about one, a third nearly two.
    assert round(found["eleven"] / 6) == 1 and round(found["eleven"] / 3) == 2
    busy = max(desk.calls.values())
    assert desk.calls[11] == busy and desk.roster[11] == max(desk.roster.values())
    losses = [level(15 - n, 10, 180) - level(14 - n, 10, 180) for n in range(4)]
    assert losses == sorted(losses), "each one after costs more"


def test_the_figures_of_the_pilot_are_right(made, desk):
    found, shared = made
    kept = [r for r in desk.west if r["abandoned"] == "0" and r["repeat_within_7d"] != ""]
    solved = [r["repeat_within_7d"] in ("0", "False", "false") for r in kept]
    p = sum(solved) / len(solved)
    back = [r for r in rows_of("complaints.csv") if r["complaint_id"].startswith("W") and r["closed_ts"]]
    p_back = sum(r["reopened"] in ("1", "True", "true") for r in back) / len(back)
    closed = sum(
        int(r["complaints_closed"])
        for r in rows_of("kpi_daily.csv")
        if r["site"] == "West" and FIRST <= r["date"] < LAST
    )
    a_week = len(kept) * 32 / WEEKS / 3
    n = math.ceil(16 * p * (1 - p) / 0.05**2)
    n_back = math.ceil(16 * p_back * (1 - p_back) / 0.05**2)
    assert found["p_fcr"] == pytest.approx(100 * p) and found["n_fcr"] == n
    assert found["weeks_fcr"] == math.ceil(n / a_week)
    assert found["weeks_back"] == math.ceil(n_back / (closed / WEEKS / 3))
    assert found["n_half"] == pytest.approx(4, abs=0.01) and found["pilot_weeks"] == 4 + found["weeks_fcr"]
    # The rule of 16 against the whole reckoning, for both measures: within a quarter.
    for share, other, cases in ((p, p + 0.05, n), (p_back, p_back - 0.05, n_back)):
        size = 2 * (math.asin(math.sqrt(share)) - math.asin(math.sqrt(other)))
        whole = NormalIndPower().solve_power(abs(size), alpha=0.05, power=0.8)
        assert cases == pytest.approx(whole, rel=0.25)
    # What chance does to a pilot of that size.
    error = 100 * math.sqrt(2 * p * (1 - p) / (found["weeks_fcr"] * a_week))
    assert found["error"] == pytest.approx(norm.ppf(0.975) * error, rel=1e-3)
    assert found["false_go"] == pytest.approx(100 * norm.sf(3, 0, error))
    assert found["true_go"] == pytest.approx(100 * norm.sf(3, 5, error))
    assert shared["chance"][2.5]["stop"] == pytest.approx(norm.cdf(0, 2.5, error))


def test_what_is_said_of_the_three_teams_is_true(made, desk):
    found, shared = made
    desire, coached = {}, {}
    for team in "678":
        answers = [
            np.mean([int(row[x]) for x in ("D1", "D2") if row[x]])
            for row in rows_of("staff_survey.csv")
            if row["wave"] == "3" and row["team"] == team and (row["D1"] or row["D2"])
        ]
        desire[team] = np.mean(answers)
        hours = [
            float(r["coaching_hours"])
            for r in rows_of("qa_followup.csv")
            if r["team"] == team and r["month"] >= "2024-09"
        ]
        coached[team] = np.mean(hours)
        assert len(answers) >= 5, "no figure is shown for a smaller group"
    assert found["desire_7"] == pytest.approx(desire["7"]) and min(desire, key=desire.get) == "7"
    assert max(desire, key=desire.get) == "8" == max(coached, key=coached.get)
    settled = {str(team): share for team, share in shared["settled"].items()}
    assert set(settled) == set("678") and max(settled, key=settled.get) == "8" and min(settled, key=settled.get) == "7"


def test_the_pilot_fits_into_the_room_of_the_plan():
    found, shared = run_cells(ROOT / "book" / "change" / "the-plan.md")
    tasks = {task.id: task for task in shared["repaired"]}
    assert tasks["F"].weeks == 5 and found["spare_weeks"] == 2 and "allowed five, with two to spare" in TEXT
    live = date(2024, 12, 2) + timedelta(weeks=tasks["I"].start + 2 - 1)
    assert (live.day, live.month) == (31, 3) and "goes live on 31 March" in TEXT
    taught = date(2024, 12, 2) + timedelta(weeks=tasks["H"].end + 2 - 1, days=4)
    assert (taught.day, taught.month) == (28, 3) and "By 28 March" in TEXT
    # Two weeks later nothing that the phones feel lies in a blocked week.
    for id in "EFHI":
        shift = 0 if id == "E" else 2
        weeks = range(tasks[id].start + (0 if id == "F" else shift), tasks[id].end + shift + 1)
        assert not set(weeks) & shared["blocked"], id


def test_what_became_of_the_call_standard_is_right(made):
    found, _ = made
    rows = rows_of("qa_followup.csv")
    later = defaultdict(list)
    for row in rows:
        if row["month"] >= "2024-06":
            later[row["team"]].append(float(row["coaching_hours"]))
    stopped = {team for team, hours in later.items() if np.mean(hours) < 1}
    assert len(stopped) == 4
    for name, month in (("may", "2024-05"), ("august", "2024-08"), ("november", "2024-11")):
        part = [row for row in rows if row["month"].startswith(month) and row["team"] in stopped]
        checked = sum(int(row["calls_checked"]) for row in part)
        share = sum(float(row["adherence_pct"]) * int(row["calls_checked"]) for row in part) / checked
        assert found[name] == pytest.approx(share)
    # "had lost most of what they had gained": against the months before the training of February.
    before = [row for row in rows if row["month"] < "2024-02" and row["team"] in stopped]
    start = sum(float(r["adherence_pct"]) * int(r["calls_checked"]) for r in before) / sum(
        int(r["calls_checked"]) for r in before
    )
    assert found["may"] - found["november"] > 0.5 * (found["may"] - start)


def test_every_glued_figure_is_used_and_the_minutes_say_what_the_page_says(made):
    found, _ = made
    assert {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)} == set(found)
    minutes = {path.stem: path.read_text("utf-8") for path in (ROOT / "datasets/minutes").glob("*.md")}
    assert "starts at both sites on 9 September" in minutes["2024-07-16"]
    assert "reports in the first week of September" in minutes["2024-07-16"]
    assert "sent some cases round in a circle" in minutes["2024-09-03"]
    assert "A fourth note has come" in minutes["2024-11-12"]
    # "At North the first four weeks were weak": no gain in them, and one in the next four.
    shares = re.search(
        r"before it started.*? was (\d+)%\. In its first four weeks it was (\d+)%, and in the four weeks after that (\d+)%",
        minutes["2024-11-12"],
    )
    before, first, later = map(int, shares.groups())
    assert first <= before < later


def test_the_figures_in_the_quiz_are_right(desk):
    asked = {question["id"]: question for question in QUIZ["questions"]}
    assert "94% of them" in QUIZ["prediction"]["ask"] and round(level(15, 10, 180)) == 94
    (right,) = [option for option in QUIZ["prediction"]["options"] if option.get("right")]
    assert right["text"] == "About 64%." and round(level(12, 10, 180)) == 64
    assert round(94 * 0.8) == 75 and 94 - 20 == 74
    assert "comes to 84%, with two away to 73%" in asked["waves"]["ask"]
    assert round(desk.week(range(16, 20), 1, 4)) == 84 and round(desk.week(range(16, 20), 2, 4)) == 73
    assert round(16 * 0.6 * 0.4, 6) == 3.84 and round(3.84 / 0.05**2) == 1536
    assert round(3.84 / 0.05, 6) == 76.8 and round(3.84 / 0.025**2) == 4 * 1536
    assert 100 * 1.96 * math.sqrt(2 * 0.6 * 0.4 / 77) > 10
