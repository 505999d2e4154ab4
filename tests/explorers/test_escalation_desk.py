"""The escalation desk: fair problems, the same arithmetic in the page, and what a learner is told."""

import json
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from test_play import Player, play_escalation

from cslearn.explorers import escalation_desk
from cslearn.explorers.data import read_data
from cslearn.methods import escalation
from cslearn.methods.bank_holidays import NATIONS
from cslearn.northfold.tables import load
from cslearn.problem import Problem

DATASETS = Path(__file__).parents[2] / "datasets"
DATA = read_data(escalation_desk.DATA)
SEEDS = range(300)


# Problems ------------------------------------------------------------------------------------


def test_each_desk_has_a_serious_a_middling_and_a_loud_case_and_every_kind_comes():
    seen, places = set(), [0] * 4
    for seed in SEEDS:
        found = escalation_desk.problem(seed)
        kinds = [one["kind"] for one in found["cases"]]
        assert len(set(kinds)) == escalation_desk.CASES
        assert {one["severity"] for one in found["cases"]} == {1, 2, 3}
        serious = [n for n, one in enumerate(found["cases"]) if one["severity"] == 3]
        places[serious[0]] += len(serious) == 1
        seen.update(kinds)
        assert date(2024, 4, 1) <= date.fromisoformat(found["today"]) < date(2024, 9, 1), (
            "one document holds all the time"
        )
        for one in found["cases"]:
            waits = date.fromisoformat(one["due"]) - date.fromisoformat(found["today"])
            assert 1 <= waits.days <= 14, "the list of days on the page has fourteen"
            assert (one["amount"] is None) == (DATA["kinds"][one["kind"]]["bands"] is None) == (one["agrees"] is None)
            assert ("{amount}" in DATA["kinds"][one["kind"]]["texts"][one["text"]]) == (one["amount"] is not None)
    assert seen == set(DATA["kinds"])
    # Where the serious one stands tells nothing: a quarter of about 190 each, five standard errors.
    whole = sum(places)
    assert all(abs(count - whole / 4) < 5 * (whole * 3 / 16) ** 0.5 for count in places)


def test_no_short_cut_by_money_or_by_one_owner_for_all_finds_the_owners():
    cases = [one for seed in SEEDS for one in escalation_desk.problem(seed)["cases"]]
    for owner in ("agent", "team leader", "manager"):
        assert sum(one["owner"] == owner for one in cases) < 0.4 * len(cases)
    asked = [one for one in cases if one["amount"] is not None]
    # Whoever takes the name for the money as the owner is wrong more often than not.
    assert sum(one["agrees"] == one["owner"] for one in asked) < 0.4 * len(asked)
    # And the outdated limits give another name often enough to be a trap.
    old = DATA["old"]["limits"]
    assert sum(escalation.may_agree(one["amount"], old) != one["agrees"] for one in asked) > 0.2 * len(asked)


def test_each_kind_has_its_words_and_a_fact_that_the_matrix_knows():
    facts = {fact for row in escalation.matrix(DATA["now"]["escalation"]) for fact in row.facts}
    assert sorted(kind for group in DATA["groups"] for kind in group) == sorted(DATA["kinds"])
    for kind in DATA["kinds"].values():
        assert kind["fact"] is None or kind["fact"] in facts
        assert len(kind["texts"]) == 2 and len(kind["wrong"]) == 3
        words = [kind["right"], kind["because"], *(word for pair in kind["wrong"] for word in pair)]
        assert len(set(words)) == len(words) and not any("{" in word for word in words)
        for text in kind["texts"]:
            assert set(re.findall(r"\{(\w+)\}", text)) <= {"product", "appliance", "amount"}


def test_what_comes_from_northfold_is_northfold_s(monkeypatch, tmp_path):
    policy = json.loads((DATASETS / "standards_policy.json").read_text(encoding="utf-8"))
    old, now = policy["versions"]
    assert DATA["now"]["limits"] == now["authority_limits_gbp"] and DATA["old"]["limits"] == old["authority_limits_gbp"]
    assert DATA["now"]["escalation"] == now["escalation"] == old["escalation"]
    complaints = pd.read_csv(DATASETS / "complaints.csv")
    paid = complaints.loc[complaints["remedy"] == "refund", "compensation_gbp"]
    for limit in (0, 25, 75, 150):
        assert escalation_desk.settled(limit) == pytest.approx(100 * (paid <= limit).mean())
    # After a change of Northfold's data: escalation_desk.write_northfold().
    copy = tmp_path / escalation_desk.DATA.name
    copy.write_bytes(escalation_desk.DATA.read_bytes())
    monkeypatch.setattr(escalation_desk, "DATA", copy)
    escalation_desk.write_northfold()
    assert copy.read_bytes() == (Path(escalation_desk.__file__).with_name(copy.name)).read_bytes()


# Page and Python -----------------------------------------------------------------------------

CALL = """async ([name, cases]) => {
  const module = await import(new URL("escalation.js", document.baseURI));
  return cases.map((given) => {
    try { return { gives: module[name](...given) }; }
    catch (error) { return { problem: error.message }; }
  });
}"""
POLICY = load("standards_policy")["versions"][1]


def calls(name, rng):
    """What JavaScript is given, and what Python answers when called."""
    rows = escalation.matrix(POLICY["escalation"])
    plain = [{"severity": row.severity, "facts": list(row.facts), "owner": row.owner, "days": row.days} for row in rows]
    if name == "matrix":
        given = rng.choices(POLICY["escalation"], k=rng.choice([1, 2, 3, 3]))
        if rng.random() < 0.5:
            given = rng.sample(POLICY["escalation"], 3)
        return [given], lambda: [
            {"severity": row.severity, "facts": list(row.facts), "owner": row.owner, "days": row.days}
            for row in escalation.matrix(given)
        ]
    if name == "rowFor":
        facts = rng.sample([fact for row in rows for fact in row.facts] + ["anger"], rng.randint(0, 4))
        return [facts, plain], lambda: plain[escalation.row_for(facts, rows).severity - 1]
    if name == "mayAgree":
        steps = rng.choices([10, 25, 25, 150, 1000], k=3)
        if rng.random() < 0.8:
            steps.sort()
        limits = dict(zip(("agent", "team leader", "manager"), steps, strict=True))
        amount = rng.choice([-1, 25, round(rng.uniform(0, 1200), 2)])
        return [amount, limits], lambda: escalation.may_agree(amount, limits)
    day = date(2023, 1, 1) + timedelta(days=rng.randint(0, 2000))
    days, nation = rng.randint(0, 12), rng.choice([*NATIONS, "Wales"])
    return [day.isoformat(), days, nation], lambda: escalation.answer_by(day, days, nation).isoformat()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["matrix", "rowFor", "mayAgree", "answerBy"])
def test_hundreds_of_random_cases_agree(visit, name):
    rng = random.Random(name)
    both = [calls(name, rng) for _ in range(300)]
    refused = 0
    for (given, python), result in zip(
        both, visit("blank.html").evaluate(CALL, [name, [g for g, _ in both]]), strict=True
    ):
        try:
            assert result == {"gives": python()}, given
        except Problem as problem:
            refused += 1
            assert result == {"problem": str(problem)}
    assert 0 < refused < 200


@pytest.mark.browser
def test_a_problem_and_a_limit_are_the_same_on_the_page(visit):
    found = visit("blank.html").evaluate(
        """async () => {
          const { problem, settled } = await import(new URL("escalation_desk.js", document.baseURI));
          return [Array.from({ length: 200 }, (_, seed) => problem(seed)), [0, 25, 72, 75, 150].map(settled)];
        }"""
    )
    assert found[0] == [escalation_desk.problem(seed) for seed in range(200)]
    assert found[1] == pytest.approx([escalation_desk.settled(limit) for limit in (0, 25, 72, 75, 150)], rel=1e-12)


# What a learner is told ----------------------------------------------------------------------


@pytest.fixture
def player(visit):
    page = visit("escalation-desk.html")
    page.wait_for_selector("[data-ready]")
    return Player(page)


def no_look(_):
    pass


@pytest.mark.browser
@pytest.mark.slow
def test_three_of_four_are_enough_and_two_are_not(player):
    play_escalation(player, 0, no_look, wrong=1)
    assert "You have 3 of 4 cases right" in player.page.locator("[data-step=reveal]").inner_text()
    player.press("button", "Try a new problem")
    play_escalation(player, 1, no_look, wrong=2)
    assert [one["right"] for one in player.value["rounds"]] == [True, False]
    assert "You gave it to" in player.page.locator("[data-step=reveal]").inner_text()


@pytest.mark.browser
@pytest.mark.slow
def test_the_outdated_limit_is_named_and_an_open_list_is_refused(player):
    old = DATA["old"]["limits"]

    def trapped(seed):
        cases = escalation_desk.problem(seed)["cases"]
        return [
            n
            for n, one in enumerate(cases)
            if one["amount"] and escalation.may_agree(one["amount"], old) != one["agrees"]
        ]

    seed = next(seed for seed in SEEDS if trapped(seed))
    found = escalation_desk.problem(seed)
    page = player.page
    page.evaluate(
        "seed => model.set('value', { explorer: 'escalation-desk', seed, step: 'predict', rounds: [], tried: [] })",
        seed,
    )
    player.press("submit", "Run it")
    assert page.locator("[data-step=predict] [role=alert]").inner_text() == "Choose an owner for customer A."
    for n, one in enumerate(found["cases"]):
        page.get_by_label(f"Who should own it, customer {'ABCD'[n]}?").select_option(one["owner"])
    player.press("submit", "Run it")
    for n, one in enumerate(found["cases"]):
        who = f"customer {'ABCD'[n]}"
        page.get_by_label(f"Owner by the matrix, {who}").select_option(one["owner"])
        page.get_by_label(f"Last day for the answer, {who}").select_option(one["due"])
        if one["amount"] is not None:
            wrong = escalation.may_agree(one["amount"], old) if n in trapped(seed) else one["agrees"]
            page.get_by_label(f"may agree £{one['amount']}, {who}").select_option(wrong)
    page.get_by_label("Last day for the answer, customer C").select_option("")
    player.press("submit", "Reveal")
    assert "still open for customer C" in page.locator("[data-step=run] [role=alert]").inner_text()
    page.get_by_label("Last day for the answer, customer C").select_option(found["cases"][2]["due"])
    player.press("submit", "Reveal")
    words = page.locator("[data-step=reveal]").inner_text()
    assert "That is what version 2022-10 says, and it was replaced." in words


@pytest.mark.browser
@pytest.mark.slow
def test_the_limit_can_be_moved_and_is_kept(player):
    play_escalation(player, 0, no_look)
    page = player.page
    page.get_by_text("Move the limit").focus()
    page.keyboard.press("Enter")
    player.type("Agents may agree up to", 75)
    share = pd.read_csv(DATASETS / "complaints.csv").query("remedy == 'refund'")["compensation_gbp"].le(75).mean()
    said = page.locator("[data-step=reveal] details .cslx-say").inner_text()
    assert said == f"With a limit of £75, the first agent could have agreed {100 * share:.0f} of 100 refunds alone."
    assert player.value["choices"]["limit"] == 75
