"""Every case of "Choose an improvement" hides what the course says it hides."""

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy_financial
import pandas as pd
import pytest

from cslearn import load
from cslearn.northfold import options_costs as northfold
from cslearn.northfold.case import case
from cslearn.northfold.standards_policy import CONFLICTING_STANDARDS, standards_policy
from cslearn.northfold.tables import NAMES, write
from cslearn.problem import Problem

SEEDS = 500
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def choices():
    return [northfold.choice(seed) for seed in range(SEEDS)]


def _npv(flow, rate):
    return float(numpy_financial.npv(rate, flow))


def test_cases_are_built_and_hardly_ever_drawn_again(choices):
    draws = [c.draws for c in choices]
    assert sum(draws) / SEEDS < 2
    assert max(draws) <= 12


def test_exactly_one_option_breaks_the_law_and_one_the_staff_cap(choices):
    for c in choices:
        over_cap = [r["option"] for r in c.options if r["extra_staff_fte"] > c.facts["staff_cap_fte"]]
        over_budget = [r["option"] for r in c.options if r["set_up_gbp"] > c.facts["budget_gbp"]]
        lawless = [
            r["option"] for r in c.options if "kept for good" in r["data_note"] or "only way in" in r["access_note"]
        ]
        assert over_budget == []
        assert len(over_cap) == len(lawless) == 1
        assert {o: why for o, why in c.planted["knocked_out"].items() if why == "staff"} == {over_cap[0]: "staff"}
        assert c.planted["knocked_out"][lawless[0]] in ("data", "equality")
        assert len(c.planted["left_in"]) == 3


def test_both_laws_are_broken_about_equally_often(choices):
    data = sum("data" in c.planted["knocked_out"].values() for c in choices)
    assert 0.4 < data / SEEDS < 0.6


def test_the_unlawful_option_has_the_highest_total_and_cost_backwards_changes_the_winner(choices):
    for c in choices:
        sheet = pd.DataFrame(c.options).set_index("option")
        weights = northfold.reference_weights(c.facts)
        totals = _totals(sheet, weights)
        unlawful = next(o for o, why in c.planted["knocked_out"].items() if why != "staff")
        left = totals[c.planted["left_in"]]
        assert totals.idxmax() == unlawful
        assert left.idxmax() == c.planted["matrix_winner"]
        assert left.nlargest(2).diff().abs().iloc[1] >= 0.14
        backwards = _totals(sheet, weights, cost_is_good=True)[c.planted["left_in"]]
        assert backwards.idxmax() != c.planted["matrix_winner"]


def _totals(sheet, weights, cost_is_good=False):
    """Weighted totals by pandas alone, as an independent road."""
    lower_is_better = {"median_days_to_close", "repeat_contact_pct", "cost_per_complaint_gbp", "overtime_hours_month"}
    if cost_is_good:
        lower_is_better.discard("cost_per_complaint_gbp")
    columns = sheet[list(weights)].astype(float)
    scaled = (columns - columns.min()) / (columns.max() - columns.min()) * 10
    scaled[list(lower_is_better)] = 10 - scaled[list(lower_is_better)]
    return (scaled * pd.Series(weights)).sum(axis=1) / sum(weights.values())


def test_value_and_payback_disagree_and_the_best_value_breaks_the_cap(choices):
    for c in choices:
        rate, left_in = c.facts["discount_rate"], c.planted["left_in"]
        flows = northfold.cash_flows(northfold.true_lines(c.options_costs, c.planted), c.planted["left_out"])
        value = {o: _npv(f, rate) for o, f in flows.items()}
        assert c.planted["knocked_out"].get(max(value, key=value.get)) == "staff"
        assert max(left_in, key=value.get) == c.planted["best_value"]
        months = {o: _payback(flows[o]) for o in left_in}
        assert min(months, key=months.get) == c.planted["quickest"] != c.planted["best_value"]


def _payback(flow):
    total = flow[0]
    for year, cash in enumerate(flow[1:]):
        if total + cash >= 0:
            return 12 * (year - total / cash)
        total += cash
    return float("inf")


@pytest.mark.parametrize("fault", ["sunk cost", "saving twice", "the sheet as it stands"])
def test_each_planted_fault_alone_changes_the_choice(choices, fault):
    for c in choices:
        out = c.planted["left_out"]
        right = northfold.true_lines(c.options_costs, c.planted)
        kinds = {r["line"]: r["kind"] for r in c.options_costs}
        assert sorted(kinds[x] for x in out) == ["benefit", "cost"]
        lines, leave_out = {
            "sunk cost": (right, [x for x in out if kinds[x] == "benefit"]),
            "saving twice": (right, [x for x in out if kinds[x] == "cost"]),
            "the sheet as it stands": (c.options_costs, []),
        }[fault]
        flows = northfold.cash_flows(lines, leave_out)
        value = {o: _npv(flows[o], c.facts["discount_rate"]) for o in c.planted["left_in"]}
        assert max(value, key=value.get) != c.planted["best_value"]


def test_sheet_and_cash_lines_agree(choices):
    for c in choices[:100]:
        right = pd.DataFrame(northfold.true_lines(c.options_costs, c.planted))
        right = right[~right["line"].isin(c.planted["left_out"]) & (right["kind"] == "cost")]
        start = right[right["year"] == 0].groupby("option")["amount_mid"].sum()
        running = right[(right["year"] == 1) & (right["item"] == "Running cost")].set_index("option")["amount_mid"]
        for row in c.options:
            assert start[row["option"]] == pytest.approx(row["set_up_gbp"])
            assert running[row["option"]] == row["running_cost_gbp_year"]
            per_complaint = 9.40 + row["running_cost_gbp_year"] / 9600
            assert row["cost_per_complaint_gbp"] == pytest.approx(per_complaint, abs=0.006)


def test_low_mid_and_high_are_in_order_and_no_line_name_is_used_twice(choices):
    for c in choices[:100]:
        names = {}
        for row in c.options_costs:
            assert row["amount_low"] <= row["amount_mid"] <= row["amount_high"]
            assert names.setdefault(row["line"], (row["option"], row["item"])) == (row["option"], row["item"])
        assert 30 <= len(names) <= 34


def test_what_is_wrong_with_a_line_does_not_show_in_its_place(choices):
    places = [int(line[1:]) for c in choices for line in c.planted["left_out"]]
    assert set(places) == {1, 2, 3, 4, 5, 6, 7}


def test_in_the_book_s_own_case_the_story_s_change_is_the_right_answer():
    book = case("choose-an-improvement")
    assert book.planted["matrix_winner"] == book.planted["best_value"] == "A"
    assert book.tables["options"][0]["name"] == "One Owner"


def test_code_and_learner_with_salt_give_the_same_case():
    from cslearn.northfold.codes import learner_code

    mine = case("choose-an-improvement", "NH001", "a salt")
    assert mine == case("choose-an-improvement", code=learner_code("NH001", "a salt").lower())
    assert mine.tables != case("choose-an-improvement", "NH002", "a salt").tables
    assert mine.tables != case("choose-an-improvement", "NH001", "another salt").tables
    assert not mine.practice


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: case("no-such-exercise"),
        lambda: case("choose-an-improvement", "NH001", ""),
        lambda: case("choose-an-improvement", code="7KQ2-9MXD-41TX"),
        lambda: case("choose-an-improvement", practice=-1),
        lambda: case("choose-an-improvement").table("optoins"),
        lambda: load("optoins"),
    ],
)
def test_bad_input_gets_a_sentence(wrong):
    with pytest.raises(Problem):
        wrong()


def test_a_mistyped_table_is_met_with_the_nearest_name():
    with pytest.raises(Problem, match="Did you mean 'options'"):
        load("optoins")


def test_the_same_case_on_every_machine():
    # Written down once; a change in what is drawn must come with a new DATA_VERSION.
    text = json.dumps([case("choose-an-improvement", practice=n).tables for n in range(3)], sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == EXPECTED_DIGEST


EXPECTED_DIGEST = "80f81223463561e0"


def test_datasets_in_the_repository_are_what_the_generator_writes(tmp_path):
    for path in write(tmp_path):
        assert path.read_bytes() == (ROOT / "datasets" / path.relative_to(tmp_path)).read_bytes()


def test_load_gives_every_named_table():
    for name in NAMES:
        assert len(load(name))
    with (ROOT / "datasets" / "options.csv").open(encoding="utf-8") as file:
        assert [row["option"] for row in csv.DictReader(file)] == load("options")["option"].tolist()


def test_the_policy_has_an_outdated_version_and_two_standards_that_cannot_both_be_kept():
    versions = standards_policy()["versions"]
    assert [v["status"].split()[0] for v in versions] == ["replaced", "in"]
    standards = {s["id"]: s["says"] for s in versions[1]["standards"]}
    assert all(id in standards for id in CONFLICTING_STANDARDS)
    assert versions[0]["authority_limits_gbp"] != versions[1]["authority_limits_gbp"]


def test_importing_cslearn_imports_nothing_heavier_than_pandas():
    probe = (
        "import sys, cslearn; heavy = {'nbformat', 'jupytext', 'sphinx', 'nbgrader', 'anywidget', 'yaml', 'fastjsonschema'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
