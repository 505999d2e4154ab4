"""The case of putting One Owner into practice: what is planted holds on many seeds, counted by other means."""

import csv
import math
from collections import Counter
from pathlib import Path
from statistics import fmean

import pytest
from scipy.stats import norm

from cslearn.methods import changelab
from cslearn.northfold import practice
from cslearn.northfold.case import case

ROOT = Path(__file__).parents[2]
BRIEFS = 250
BOOK = case("put-it-into-practice")


@pytest.fixture(scope="module")
def briefs():
    return [practice.brief(seed) for seed in range(BRIEFS)]


def answered_in_time(agents, calls, seconds):
    """Erlang C in its textbook form, with factorials."""
    load = calls * seconds / 3600
    if agents <= load:
        return 0.0
    top = load**agents / math.factorial(agents) * agents / (agents - load)
    waits = top / (sum(load**k / math.factorial(k) for k in range(agents)) + top)
    return 100 * (1 - waits * math.exp(-(agents - load) * 20 / seconds))


def test_same_seed_same_brief(briefs):
    again = practice.brief(3)
    assert (again.facts, again.planted) == (briefs[3].facts, briefs[3].planted)
    assert len({str(brief.facts) for brief in briefs}) == BRIEFS
    assert max(brief.draws for brief in briefs) < 100


def test_there_is_room_for_everyone_if_the_waves_are_spread_and_never_for_many_at_once(briefs):
    for brief in briefs:
        facts = brief.facts
        room = {}
        for row in facts["forecast"]:
            levels = [answered_in_time(left, row["calls"], facts["handling_s"]) for left in range(1, row["agents"] + 1)]
            # A planner who reads whole percent comes to the same verdict.
            assert all(abs(level - 80) >= practice.CLEAR_OF_GOAL for level in levels)
            room[row["week"]] = sum(level >= 80 for level in levels) - 1
            for away in range(row["agents"]):
                assert practice.level(facts, row["week"], away) == pytest.approx(
                    levels[row["agents"] - away - 1], abs=1e-9
                )
        assert room == practice.spare(facts) and max(room.values()) <= 3
        sale = [row["week"] for row in facts["forecast"] if row["sale"]]
        assert len(sale) == 2 and sale[1] == sale[0] + 1 and all(room[week] <= 1 for week in sale)
        heads = sum(need["heads"] for need in facts["needs"] if need["group"] != "leaders")
        assert heads + 2 <= sum(room.values()) <= heads + 5
        full_time = sum(need["heads"] for need in facts["needs"] if need["group"] == "full_time")
        assert full_time > max(room.values())
        assert practice.level(facts, -8, 99) == 0.0


def test_the_pilot_fits_between_its_first_week_and_the_training_of_the_others(briefs):
    teams = Counter()
    for brief in briefs:
        facts = brief.facts
        before, wanted = facts["in5_before"] / 100, facts["wanted_points"] / 100
        hoped = before + wanted
        cases = (norm.ppf(0.975) + norm.ppf(0.8)) ** 2 * (before * (1 - before) + hoped * (1 - hoped)) / wanted**2
        for team in facts["teams"]:
            weeks = math.ceil(math.ceil(cases) / team["cases_week"])
            assert 3 <= weeks <= 6
            # Two weeks for learning, the weeks that count, and then a week for the decision.
            assert practice.FIRST_PILOT_WEEK + 2 + weeks < practice.TRAINING_WEEKS[0] - 1
        shares = {team["team"]: team["in5_pct"] for team in facts["teams"]}
        *others, best = sorted(shares.values())
        assert best >= facts["in5_before"] + 9 and max(others) < facts["in5_before"]
        assert shares[brief.planted["best_team"]] == best
        teams[brief.planted["best_team"]] += 1
        assert sum("award" in team["note"] for team in facts["teams"]) == 1
        assert len({team["note"] for team in facts["teams"]}) == 3
    assert set(teams) == set(practice.TEAMS) and min(teams.values()) > BRIEFS / 5


def test_what_the_board_wishes_for_and_north_s_figures_lie_outside_of_what_is_right(briefs):
    base = practice.baselines(BOOK)
    for brief in briefs:
        facts = brief.facts
        for name, measure in practice.MEASURES.items():
            own = {**base, **facts["baselines"]}[name]
            low, high = practice.band(facts, name, own)
            wish, north = practice.wish(facts, name, own), practice.north(facts, name, own)
            assert low < high
            assert wish > high + 0.051 if measure.up else wish < low - 0.051
            assert abs(north - own) > max(0.051, 0.01 * own)


def test_half_of_the_draft_breaks_the_law_and_each_topic_does_so_in_half_of_the_cases(briefs):
    places, topics = Counter(), Counter()
    for brief in briefs:
        rows = {row["id"]: row for row in brief.facts["law"]}
        assert list(rows) == [f"L{n}" for n in range(1, 9)] and len(brief.planted["unlawful"]) == 4
        for id, row in rows.items():
            _, keeps, breaks, _ = next(point for point in practice.LAW if point[0] == row["topic"])
            assert row["says"] == (breaks if id in brief.planted["unlawful"] else keeps)
        places.update(brief.planted["unlawful"])
        topics.update(rows[id]["topic"] for id in brief.planted["unlawful"])
    for count in (places, topics):
        assert len(count) == 8 and all(0.38 < times / BRIEFS < 0.62 for times in count.values())


def test_each_point_of_law_stands_on_the_page_of_law_facts():
    page = (ROOT / "book" / "reference" / "law.md").read_text(encoding="utf-8")
    for said in (
        "no more than needed", "need an extra condition",
        "A service thinks ahead", "within one month", "within 14 days beginning with the day on which the trader agrees",
        "ends after 30 days", "it makes reasonable adjustments: sections 20 and 39(5)", "within 72 hours",
        "Who objects to direct marketing must not get any more of it",
    ):  # fmt: skip
        assert said in page, said


def test_the_pilot_s_gain_is_paid_for_by_somebody(briefs):
    prices = Counter()
    for brief in briefs:
        result, before = brief.facts["result"], sorted(team["in5_pct"] for team in brief.facts["teams"])
        first, after, other, other_after = result["rows"]["in5_pct"]
        assert first == before[0] and 10 <= (after - first) - (other_after - other) <= 18 and other_after >= other
        worse = practice.MEASURES[result["worse"]]
        start, end, *_ = result["rows"][worse.name]
        assert (end < start - 0.4) if worse.up else (end > start + 3.9)
        for name in {"reopen_pct", "aht_min", "morale"} - {worse.name}:
            start, end, *_ = result["rows"][name]
            assert abs(end - start) <= 0.5
        assert result["part_time_in5"] < after
        prices[result["price"]] += 1
    assert len(prices) == 3 and min(prices.values()) > BRIEFS / 5


@pytest.mark.parametrize("support", practice.SUPPORT)
def test_what_the_lab_delivers_is_what_it_delivers_when_it_is_played(support):
    plan = {**changelab.ONE_OWNER, **practice.SUPPORT[support][0]}
    played = changelab.what_the_lab_can_deliver(plan, kpis=tuple(practice.MEASURES))
    for name, (before, low, high) in practice.LAB_DELIVERS[support].items():
        assert played[name]["before"] == (None if before is None else pytest.approx(before, abs=0.006))
        assert (played[name]["p10"], played[name]["p90"]) == pytest.approx((low, high), abs=0.006)


def test_the_book_s_baselines_counted_from_the_files():
    with (ROOT / "datasets" / "kpi_daily.csv").open(encoding="utf-8", newline="") as file:
        days = [r for r in csv.DictReader(file) if r["site"] == "West" and "2024-06-03" <= r["date"] <= "2024-11-24"]
    with (ROOT / "datasets" / "staff_survey.csv").open(encoding="utf-8", newline="") as file:
        survey = [r for r in csv.DictReader(file) if r["wave"] == "3" and r["team"] in ("6", "7", "8")]
    found = practice.baselines(BOOK)
    assert found["csat_pct"] == round(
        100 * sum(int(d["csat_top2"]) for d in days) / sum(int(d["csat_n"]) for d in days)
    )
    assert found["qa_score"] == round(fmean(float(d["qa_score"]) for d in days))
    assert found["morale"] == round(fmean(int(r["morale"]) for r in survey if r["morale"]), 1)
    within = 100 * sum(int(d["within_20s"]) for d in days) / sum(int(d["offered"]) for d in days)
    assert practice.answered_now(BOOK) == pytest.approx(within)
    for team, (mean, answered, asked) in practice.morale_by_team(BOOK).items():
        own = [r for r in survey if f"team{r['team']}" == team]
        given = [int(r["morale"]) for r in own if r["morale"]]
        assert (answered, asked) == (len(given), len(own)) and mean == pytest.approx(fmean(given))
