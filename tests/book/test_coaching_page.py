"""The figures of the lesson on coaching and motivation, worked out again from the CSV files, with SciPy."""

import re
from pathlib import Path

import numpy as np
import pytest
from page_cells import rows_of, run_cells
from scipy.stats import binom, chi2_contingency, spearmanr

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "book" / "change" / "coaching-and-motivation.md"
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def made():
    return run_cells(PAGE)[0]


@pytest.fixture(scope="module")
def agents():
    """For each agent and half of the year: how many contacts were settled, out of how many."""
    counts: dict = {}
    for row in rows_of("contacts.csv"):
        if row["agent_id"] != "T00" and row["abandoned"] == "0" and row["repeat_within_7d"] != "":
            half = counts.setdefault(row["agent_id"], {"first": [0, 0], "second": [0, 0]})
            sums = half["first" if row["ts"] < "2024-06-03" else "second"]
            sums[0] += row["repeat_within_7d"] == "0"
            sums[1] += 1
    return counts


def share(pairs):
    return 100 * sum(done for done, _ in pairs) / sum(of for _, of in pairs)


def test_the_list_and_its_second_half(made, agents):
    whole = {agent: np.add(half["first"], half["second"]) for agent, half in agents.items()}
    shares = {agent: 100 * done / of for agent, (done, of) in whole.items()}
    assert made["agents"] == len(shares) == 96
    assert made["best"] == pytest.approx(max(shares.values())) and made["worst"] == pytest.approx(min(shares.values()))
    first = {agent: half["first"][0] / half["first"][1] for agent, half in agents.items()}
    second = [half["second"][0] / half["second"][1] for half in agents.values()]
    assert made["link"] == pytest.approx(spearmanr(list(first.values()), second).statistic)
    assert abs(made["link"]) < 0.2
    # Of those with the same share, whoever comes first by name.
    top, bottom = (sorted(agents, key=lambda agent: (side * first[agent], agent))[:10] for side in (-1, 1))
    for name, group in (("top", top), ("bottom", bottom), ("all", list(agents))):
        for half in ("first", "second"):
            assert made[f"{name}_{half}"] == pytest.approx(share([agents[agent][half] for agent in group])), (
                name,
                half,
            )
    assert made["lead"] == pytest.approx(made["top_first"] - made["all_first"])
    assert made["lead_kept"] == pytest.approx(made["top_second"] - made["all_second"])
    # What the words and the prediction say: about 14 points, hardly any of which, about 3, is left; the bottom ten caught up.
    assert round(made["lead"]) == 14 and round(made["lead_kept"]) == 3
    assert made["bottom_second"] >= made["all_second"] - 0.5


def test_the_funnel_agrees_with_scipy(made, agents):
    whole = [np.add(half["first"], half["second"]) for half in agents.values()]
    middle = share(whole) / 100
    for name, tail in (("outside", 0.025), ("far", 0.001)):
        out = sum(binom.cdf(done, of, middle) <= tail or binom.sf(done - 1, of, middle) <= tail for done, of in whole)
        if name == "outside":
            assert made["outside"] == out
        else:
            assert out == 0
    sizes = sorted(of for _, of in whole)
    assert made["typical"] == sizes[48]
    assert made["low_typical"] == pytest.approx(100 * binom.ppf(0.025, sizes[48], middle) / sizes[48])
    assert made["high_typical"] == pytest.approx(100 * binom.isf(0.025, sizes[48], middle) / sizes[48])
    # "About 5 by chance": the exact tails of every agent, added up, and a spread that chance explains.
    expected = sum(
        binom.cdf(binom.ppf(0.025, of, middle) - 1, of, middle) + binom.sf(binom.isf(0.025, of, middle), of, middle)
        for _, of in whole
    )
    assert 2.5 < expected < 5 == made["expected_most"]
    assert binom.sf(made["outside"] - 1, 96, expected / 96) > 0.1
    table = np.array([[done, of - done] for done, of in whole])
    test = chi2_contingency(table, correction=False)
    assert made["agent_spread"] == pytest.approx(test.statistic / test.dof) and test.pvalue > 0.05


def test_stores_differ_where_the_page_says(made):
    for name, item, clear in (("sign_spread", "complaint_sign", True), ("till_spread", "till_quick", False)):
        counts: dict = {}
        for row in rows_of("mystery_shop.csv"):
            sums = counts.setdefault(row["store"], [0, 0])
            sums[row[item] == "0"] += 1
        assert len(counts) == 14
        test = chi2_contingency(np.array(list(counts.values())), correction=False)
        assert made[name] == pytest.approx(test.statistic / test.dof)
        assert (test.pvalue < 0.001) == clear
        if clear:
            never = [yes for yes, _ in counts.values() if yes == 0]
            assert made["stores_missing"] == len(never) == 4
            # "None of twelve", "in the others, nearly all did", as the quiz has it.
            assert {yes + no for yes, no in counts.values()} == {12}
            assert min(yes for yes, _ in counts.values() if yes) >= 10


def test_coaching_that_stopped_is_seen_in_the_teams(made):
    rows = rows_of("qa_followup.csv")
    hours: dict = {}
    for row in rows:
        if row["month"] >= "2024-06-01":
            hours.setdefault(row["team"], []).append(float(row["coaching_hours"]))
    stopped = {team for team, monthly in hours.items() if np.mean(monthly) < 1}
    assert len(stopped) == 4

    def weighed(teams, first, last, what, by):
        part = [row for row in rows if row["team"] in teams and first <= row["month"] <= last]
        return np.average([float(row[what]) for row in part], weights=[float(row[by]) for row in part])

    coached = set(hours) - stopped
    spring, autumn = ("2024-03-01", "2024-05-01"), ("2024-09-01", "2024-11-01")
    assert made["stopped_then"] == pytest.approx(weighed(stopped, *spring, "adherence_pct", "calls_checked"))
    assert made["stopped_now"] == pytest.approx(weighed(stopped, *autumn, "adherence_pct", "calls_checked"))
    assert made["coached_now"] == pytest.approx(weighed(coached, *autumn, "adherence_pct", "calls_checked"))
    assert made["stopped_back"] == pytest.approx(weighed(stopped, *autumn, "reopen_pct", "cases_closed"))
    assert made["coached_back"] == pytest.approx(weighed(coached, *autumn, "reopen_pct", "cases_closed"))
    assert made["stopped_now"] < made["stopped_then"] - 10 and made["stopped_back"] > 2 * made["coached_back"]


def test_the_survey_of_the_teams(made):
    wave = [row for row in rows_of("staff_survey.csv") if row["wave"] == "1"]

    def mean(team, letters):
        people = [
            [float(row[f"{letters}{n}"]) for n in (1, 2) if row[f"{letters}{n}"]] for row in wave if row["team"] == team
        ]
        return np.mean([np.mean(marks) for marks in people if marks])

    assert made["aware_5"] == pytest.approx(mean("5", "A")) and made["desire_5"] == pytest.approx(mean("5", "D"))
    assert made["desire_3"] == pytest.approx(mean("3", "D")) and made["ability_3"] == pytest.approx(mean("3", "Ab"))
    assert made["answers"] == sum(bool(row["D1"]) for row in wave if row["team"] == "5") >= 5
    assert made["desire_5"] < 3 < made["aware_5"] and made["ability_3"] < 3 < made["desire_3"]


def test_every_figure_is_used_and_there(made):
    used = {key.partition(":")[0] for key in re.findall(r"\{glue:text\}`([^`]+)`", TEXT)}
    assert used == set(made)
    assert not [name for name, value in made.items() if type(value).__module__ == "numpy"]
