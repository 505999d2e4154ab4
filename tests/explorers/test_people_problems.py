"""What every problem of the planner and of the model matcher must hold, and how their answers are judged."""

import re
from collections import Counter

import pytest
from playing_people import a_plan, play_matcher, play_planner

from cslearn import load
from cslearn.explorers import model_matcher, stakeholder_planner
from cslearn.explorers.data import read_data
from cslearn.methods.readiness import ELEMENTS

SEEDS = range(300)
ORDER = list(ELEMENTS)


def test_each_planner_has_three_different_teams_and_somebody_who_could_stop_it():
    lowest_is_barrier = stuck = 0
    kinds = Counter()
    for seed in SEEDS:
        found = stakeholder_planner.problem(seed)
        points = []
        for team in found["teams"]:
            assert len(team["tenths"]) == 5 and all(10 <= tenths <= 50 for tenths in team["tenths"])
            # By plain search, in tenths.
            low = [n for n, tenths in enumerate(team["tenths"]) if tenths <= 30]
            points.append(low[0] if low else None)
            if low:
                stuck += 1
                lowest_is_barrier += min(range(5), key=team["tenths"].__getitem__) == low[0]
                if seed:
                    assert all(tenths >= 32 for tenths in team["tenths"][: low[0]])
        named = {letter: ORDER[point] for letter, point in zip("ABC", points, strict=True) if point is not None}
        assert stakeholder_planner.barriers(found) == named
        if seed:
            assert len(set(points)) == 3
            kinds.update(points)
        people = list(stakeholder_planner.stakeholders(found).values())
        assert len({one["who"] for one in people}) == 4
        assert any((one["power"], one["stance"]) == ("hi", "against") for one in people)
    # The lowest bar is a poor guess, and every element, and none, comes about as often.
    assert lowest_is_barrier / stuck < 0.65
    assert set(kinds) == {0, 1, 2, 3, 4, None} and min(kinds.values()) > 0.7 * sum(kinds.values()) / 6


def test_a_plan_that_keeps_every_rule_can_be_made_for_every_problem():
    for seed in SEEDS:
        found = stakeholder_planner.problem(seed)
        rows, more = a_plan(found)
        kept = stakeholder_planner.rules(found, [*rows, *more])
        assert all(one.holds for one in kept), (seed, [one for one in kept if not one.holds])
        assert len(rows) + len(more) <= 16


def test_the_book_s_own_teams_are_northfold_s():
    # After a change of Northfold's data: stakeholder_planner.write_northfold().
    assert read_data(stakeholder_planner.DATA)["northfold"] == stakeholder_planner.northfold()
    survey = load("staff_survey")
    first = survey[survey["wave"] == 1]
    for team in stakeholder_planner.problem(0)["teams"]:
        number = int(re.search(r"team (\d)", team["title"])[1])
        mine = first[first["team"] == number]
        means = [mine[[f"{e}1", f"{e}2"]].astype(float).stack().mean() for e in ORDER]
        assert team["tenths"] == [round(10 * mean) for mean in means]


def test_the_planner_s_people_stand_on_every_place_and_no_fact_says_it_outright():
    people = read_data(stakeholder_planner.DATA)["people"]
    assert Counter((one["power"], one["interest"]) for one in people) == Counter(
        {("hi", "hi"): 3, ("hi", "lo"): 3, ("lo", "hi"): 3, ("lo", "lo"): 3}
    )
    assert {one["stance"] for one in people} == {"for", "neutral", "against"}
    for one in people:
        assert len(one["facts"]) == 3
        assert not re.search(r"\b(power|interest|stakeholder|against|neutral)\b", " ".join(one["facts"]))


def test_each_matcher_problem_is_one_model_in_disorder_with_four_actions():
    data = read_data(model_matcher.DATA)
    for seed in SEEDS:
        found = model_matcher.problem(seed)
        steps = data["models"][found["model"]]["steps"]
        assert found["model"] == seed % 4
        assert sorted(found["steps"]) == list(range(len(steps))) != found["steps"]
        assert len({tuple(one) for one in found["actions"]}) == 4
        # No step twice while another has not come.
        assert len({step for step, _ in found["actions"]}) == min(4, len(steps))
    used = {(model_matcher.problem(s)["model"], *one) for s in SEEDS for one in model_matcher.problem(s)["actions"]}
    assert len(used) == sum(len(step["actions"]) for model in data["models"] for step in model["steps"])
    assert {model_matcher.problem(s)["worry"] for s in SEEDS} == set(range(len(data["worries"])))


def test_the_models_are_told_by_their_steps():
    models = {model["key"]: model["steps"] for model in read_data(model_matcher.DATA)["models"]}
    assert [len(models[key]) for key in ("kotter", "adkar", "lewin", "bridges")] == [8, 5, 3, 3]
    assert [step["name"] for step in models["adkar"]] == list(ELEMENTS.values())
    assert [step["name"] for step in models["lewin"]] == ["Unfreeze", "Move", "Refreeze"]
    assert [step["name"] for step in models["bridges"]] == ["Ending", "Neutral zone", "New beginning"]
    for steps in models.values():
        starts = [step["from"] for step in steps]
        assert starts == sorted(starts) and all(step["from"] < step["to"] for step in steps)
    keys = [worry["model"] for worry in read_data(model_matcher.DATA)["worries"]]
    assert Counter(keys) == dict.fromkeys(models, 3)


@pytest.mark.parametrize("module", [stakeholder_planner, model_matcher])
def test_every_wrong_reason_has_its_own_answer(module):
    reasons = read_data(module.DATA)["reasons"]
    assert len(reasons) == 5
    because = [words for one in reasons for words in (one["because"], *(why for _, why in one["wrong"]))]
    assert len(set(because)) == len(because) == 20 and all(len(words.split()) >= 8 for words in because)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(
    ("slug", "play", "slip"),
    [
        ("stakeholder-planner", play_planner, {"wrong": 1}),
        ("model-matcher", play_matcher, {"wrong": 2}),
    ],
)
def test_a_wrong_answer_does_not_count_and_is_told(visit, slug, play, slip):
    from test_play import Player

    page = visit(f"{slug}.html", width=360)
    page.wait_for_selector("[data-ready]")
    player = Player(page)
    play(player, 0, lambda step: None, **slip)
    last = player.value["rounds"][-1]
    assert not last["right"] and last["error"] >= 0
    told = page.locator("[data-step=reveal] .cslx-wrong").all_text_contents()
    assert len(told) == next(iter(slip.values()))
    assert all("You named" in words or "You chose" in words for words in told)


@pytest.mark.browser
@pytest.mark.slow
def test_the_planner_says_what_is_missing_and_keeps_what_was_begun(visit):
    from test_play import Player

    page = visit("stakeholder-planner.html", width=360)
    page.wait_for_selector("[data-ready]")
    player = Player(page)
    player.press("submit", "Run it")
    assert "Choose what holds up Team A" in page.locator("[data-step=predict] .cslx-error").inner_text()
    found = stakeholder_planner.problem(0)
    for letter, team in zip("ABC", found["teams"], strict=True):
        page.get_by_label(f"What holds up {team['title']}").select_option(stakeholder_planner.barriers(found)[letter])
    page.get_by_role("button", name="Run it").click()
    page.get_by_label("Week of message 1").fill("-5")
    page.get_by_label("Message 1 is for").select_option("A")
    page.get_by_role("button", name="Reveal").click()
    assert "Choose a place and a stance for P1" in page.locator("[data-step=run] .cslx-error").inner_text()
    for name, person in stakeholder_planner.stakeholders(found).items():
        page.get_by_label(f"Place of {name}").select_option(person["power"] + person["interest"])
        page.get_by_label(f"Stance of {name}").select_option(person["stance"])
    page.get_by_role("button", name="Reveal").click()
    assert "Message 2 needs somebody to hear it" in page.locator("[data-step=run] .cslx-error").inner_text()
    for number in range(8, 3, -1):
        page.get_by_role("button", name=f"Remove message {number}").click()
    for number in (2, 3):
        page.get_by_label(f"Week of message {number}").fill("-4")
        page.get_by_label(f"Message {number} is for").select_option("K")
    page.get_by_role("button", name="Reveal").click()
    assert "at least 6 messages" in page.locator("[data-step=run] .cslx-error").inner_text()
    page.reload()
    page.wait_for_selector("[data-ready]")
    assert page.get_by_label("Week of message 1").input_value() == "-5"
    assert page.get_by_label("Place of P2").input_value() == "hilo"
    assert "hears nothing" in page.locator("[data-step=run] .cslx-lines").inner_text()
