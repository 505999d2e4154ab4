"""The change lab on the page: what it refuses, how it judges, and that its log plays again in Python."""

import json

import pytest
from playing_change_lab import lay_out
from test_play import Player

from cslearn.explorers import change_lab, registry
from cslearn.explorers.data import read_data
from cslearn.methods.changelab import BUDGET_GBP, ONE_OWNER, pooled, problems, replay, run, situation
from cslearn.methods.changelab.figures import STATIONS
from cslearn.methods.changelab.plan import ACTIONS, GATE, INVOLVEMENT, RANGES, SWITCHES, WATCHED, WINS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# A plan that reaches the target of the book's own desk, and variants that each miss one thing.
GOOD = ONE_OWNER | {"daily_posting": True, "go_at": -19, "stop_at": -20}
NERVOUS = {"kpi": "open", "op": ">", "value": 1, "weeks": 1, "action": "coach_weakest"}
PLANS = {
    "good": GOOD,
    "no pilot": GOOD | {"pilot_team": "none"},
    "nervous": GOOD | {"triggers": [NERVOUS]},
    "wrong lever": {name: GOOD[name] for name in GOOD if name not in ("limit_gbp", "single_owner", "daily_posting")}
    | {"courier_portal": True, "triggers": []},
}


def full_value(seed, plan, **more):
    done = {"plan": plan, "decisions": []}
    return {
        "explorer": "change-lab", "seed": seed, "step": "reveal", "prediction": {"stuck": "managers", "two_agents": 30},
        "done": done, "choices": {**done, "started": True}, "tried": [], "rounds": [], "learned": False, **more,
    }  # fmt: skip


@pytest.fixture
def report(visit):
    def show(seed, plan):
        page = visit("change-lab.html")
        # Sixty years are played before the report stands.
        page.set_default_timeout(120_000)
        page.wait_for_selector("[data-ready]")
        page.evaluate("(value) => model.set('value', value)", full_value(seed, plan))
        page.get_by_role("heading", name="Did it work?").wait_for()
        return page

    return show


def test_the_words_of_every_lever_action_and_measure_are_there():
    data = {**read_data(change_lab.DATA), **read_data(change_lab.DATA.with_name("change_lab_words_data.js"))}
    assert set(data["levers"]) >= {*RANGES, *SWITCHES}
    assert set(data["actions"]) == set(ACTIONS) and set(data["gate"]) == set(GATE)
    assert set(data["involvement"]) == set(INVOLVEMENT) and set(data["wins"]) == set(WINS)
    assert set(WATCHED) <= set(data["kpis"]) and set(data["stations"]) == set(STATIONS) == set(data["targets"])
    shocks = {name for seed in range(40) for name, _ in situation(seed).shocks}
    assert shocks == set(data["shocks"])
    assert registry()["change-lab"].id == "W1"


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_each_desk_can_be_led_to_its_target(seed):
    from playing_change_lab import TICKED, TYPED

    found = change_lab.problem(seed)
    names = {"One owner": "single_owner", "Pay refunds every day": "daily_posting", "Courier portal": "courier_portal",
             "Sort at the first contact": "sort_first"}  # fmt: skip
    plan = GOOD | {
        "single_owner": False,
        "daily_posting": False,
        "limit_gbp": TYPED[found["stuck"]].get("What an agent may refund", 25),
    }
    plan |= {
        "extra_agents": TYPED[found["stuck"]].get("Extra agents", 0),
        **{names[label]: True for label in TICKED[found["stuck"]]},
    }
    plan |= {"pilot_team": "A", "involvement": "inform" if found["stuck"] == "courier desk" else "consult"}
    assert problems(plan) == []
    assert change_lab.judge(found, {"two_agents": 30}, {"plan": plan, "decisions": []})["right"]


@pytest.mark.parametrize("name", PLANS)
def test_the_page_judges_as_python_does_and_says_why(report, name):
    plan = PLANS[name]
    found = change_lab.problem(0)
    judged = change_lab.judge(found, {"two_agents": 30}, {"plan": plan, "decisions": []})
    assert judged["right"] == (name == "good")
    page = report(0, plan)
    lines = page.locator("[data-step=reveal] h4:has-text('Did it work?') ~ p").all_inner_texts()[:4]
    assert [line.startswith("✓") for line in lines] == list(judged["checks"].values())
    assert f"reached in {judged['reached']} of 20 years" in lines[0]
    own = run(plan, 0)
    assert f"ends at {pooled(own.weeks, 'morale', 45, 52):.1f} of 5" in lines[1]
    says = {
        "good": "A trigger fired in week", "nervous": "100% of ordinary weeks", "no pilot": "A trigger fired",
        "wrong lever": "No trigger of yours fired",
    }  # fmt: skip
    assert says[name] in lines[3]
    if name == "no pilot":
        assert "You did not pilot" in lines[2]


def test_the_log_of_the_page_plays_the_same_year_in_python(report):
    page = report(0, PLANS["good"])
    text = page.get_by_label("Decision log", exact=True).input_value()
    year = replay(text)
    own = run(PLANS["good"], 0)
    assert year.weeks == own.weeks and len(text) < 900
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download it with its figures").click()
    kept = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert replay(kept).weeks == own.weeks
    assert [week["in5_pct"] for week in kept["weeks"]] == pytest.approx([week["in5_pct"] for week in own.weeks])


def test_what_was_lost_without_each_lever_can_be_asked_for(report):
    page = report(0, PLANS["good"])
    page.get_by_text("Which lever paid?").click()
    page.get_by_role("button", name="Take out one lever at a time").click()
    rows = page.locator("table:has-text('what is lost without it') tbody tr")
    rows.first.wait_for(timeout=120_000)
    lost = {row.locator("th").inner_text(): row.locator("td").inner_text() for row in rows.all()}
    points = {name: int(words.replace("−", "-").split()[0]) for name, words in lost.items()}
    assert points["the new limit"] > 30 and points["all that is done for people"] > 30
    assert points["the triggers"] >= 1 and abs(points["the early win"]) <= 3


@pytest.fixture
def planning(visit):
    page = visit("change-lab.html", 360)
    page.set_default_timeout(120_000)
    page.wait_for_selector("[data-ready]")
    player = Player(page)
    player.pick(2)
    player.type("Two more agents", 30)
    player.press("submit", "Run it")
    return player


def told(player):
    return player.page.locator("[data-step=run] [role=alert] .cslx-error").all_inner_texts()


def test_a_plan_beyond_budget_or_calendar_is_told_what_and_where(planning):
    lay_out(planning, "managers")
    page = planning.page
    page.get_by_label("Courier portal").check()
    page.get_by_label("Sort at the first contact").check()
    page.get_by_label("Extra agents", exact=True).fill("3")
    planning.press("button", "Start the year")
    budget, hours = told(planning)
    # Building: 2 + 5 + 6 + 14 + 4 hours. Beside it 6 of consulting, 5 for the early win, 2.5 for messages, and more.
    assert hours.startswith("Week 10 asks for ") and "building, with 31 hours" in hours
    assert f"the budget is £{BUDGET_GBP:,}" in budget and "The largest part is extra agents with £55,440" in budget
    page.get_by_label("Extra agents", exact=True).fill("0")
    page.get_by_label("Sort at the first contact").uncheck()
    page.get_by_label("Co-design").check()
    page.get_by_label("Length of the pilot", exact=True).fill("9")
    planning.press("button", "Start the year")
    backwards, budget, hours = told(planning)
    assert (
        "The plan runs backwards: the first wave goes live in week 20, but the pilot reports at the end of week 20."
        in backwards
    )
    assert "The largest part is the courier portal with £52,000" in budget
    assert hours.startswith("Week 9 asks for ") and "of the change team, and there are 40" in hours
    # A change of the plan takes the old complaint away.
    page.get_by_label("Inform: we tell them").check()
    assert told(planning) == []


def test_a_figure_out_of_range_is_refused_where_it_stands(planning):
    page = planning.page
    planning.type("What an agent may refund", 900)
    planning.press("button", "Start the year")
    assert told(planning) == ["What an agent may refund without asking: Enter a number from 0 to 150."]
    assert page.evaluate("() => document.activeElement.getAttribute('aria-invalid')") == "true"
    # Enter in a field is no answer to anything.
    page.keyboard.press("Enter")
    assert page.locator("[data-step=reveal]").count() == 0


def test_the_year_stops_where_a_decision_is_due_and_a_reload_finds_it_again(planning):
    lay_out(planning, "managers")
    page = planning.page
    planning.press("button", "Start the year")
    heading = page.locator("[data-step=run] h4").first
    assert heading.inner_text() == "Week 18: the pilot reports"
    assert page.evaluate("() => document.activeElement.tagName") == "H4"
    assert page.get_by_role("button", name="Reveal").count() == 0
    planning.press("button", "Decide and go on")
    assert "Choose one first." in page.locator("[data-step=run]").inner_text()
    page.reload()
    page.wait_for_selector("[data-ready]")
    assert heading.inner_text() == "Week 18: the pilot reports"
    page.get_by_label("Stop: back to the old way").check()
    page.get_by_role("button", name="Decide and go on").click()
    assert heading.inner_text() == "Week 52: the year is over"
    page.get_by_role("button", name="Reveal").wait_for()
    # The next desk can begin with the plan that was used last.
    assert json.loads(page.evaluate("() => localStorage.getItem('cslearn:change-lab:last-plan')"))["pilot_team"] == "A"
