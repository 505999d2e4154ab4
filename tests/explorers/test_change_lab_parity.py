"""The change lab in JavaScript plays the years that Python plays, and refuses in the same words."""

import random

import pytest
from test_parity import furthest

from cslearn.methods import changelab as lab
from cslearn.methods.changelab import lab as year_of
from cslearn.methods.changelab import plan as planning
from cslearn.methods.changelab.figures import FIGURES
from cslearn.methods.randomness import many

pytestmark = pytest.mark.browser

RUN = """async (cases) => {
  const { playYear } = await import(new URL("change_lab_model.js", document.baseURI));
  return cases.map(([plan, seed, options]) => {
    const { weeks, log, spent_gbp } = playYear(plan, seed, options);
    return [weeks, log, spent_gbp];
  });
}"""
ASK = """async ([name, cases]) => {
  const files = ["change_lab_model.js", "change_lab_plan.js"].map((name) => import(new URL(name, document.baseURI)));
  const module = Object.assign({}, ...(await Promise.all(files)));
  return cases.map((given) => {
    const found = module[name](...given);
    return ArrayBuffer.isView(found) ? [...found] : found;
  });
}"""
EXPORTS = """async (names) => {
  const files = ["change_lab_model.js", "change_lab_plan.js"].map((name) => import(new URL(name, document.baseURI)));
  const module = Object.assign({}, ...(await Promise.all(files)));
  return names.map((name) => module[name]);
}"""


def any_plan(rng: random.Random) -> dict:
    """A plan that may be right or wrong, with most levers moved."""
    plan = {name: rng.randint(*span) for name, span in planning.RANGES.items() if rng.random() < 0.6}
    plan |= {name: rng.random() < 0.4 for name in planning.SWITCHES}
    plan |= {"involvement": rng.choice(planning.INVOLVEMENT), "early_win": rng.choice(planning.WINS)}
    plan |= {"pilot_team": rng.choice(["none", "A", "B", "C"]), "order": rng.sample("ABC", 3)}
    plan["triggers"] = [any_trigger(rng) for _ in range(rng.randint(0, 3))]
    return plan


def any_trigger(rng: random.Random) -> dict:
    kpi = rng.choice(planning.WATCHED)
    value = {"morale": 3.2, "open": 180, "aht_min": 50}.get(kpi, rng.choice([15, 40, 60, 85]))
    return {
        "kpi": kpi, "op": rng.choice("<>"), "value": value, "weeks": rng.randint(1, 3),
        "action": rng.choice(list(planning.ACTIONS)),
    }  # fmt: skip


def playable(rng: random.Random) -> dict:
    while True:
        plan = any_plan(rng)
        # Within the dates and the means, so that not all are refused.
        plan |= {
            "pilot_start": 12,
            "pilot_weeks": rng.randint(2, 7),
            "go_live": rng.choice([0, 19, 20, 24]),
            "pace": rng.randint(0, 3),
        }
        plan |= {
            "extra_agents": rng.randint(0, 2),
            "training_hours": rng.randint(0, 8),
            "stop_at": -20,
            "reserve_gbp": 5000,
        }
        if not lab.problems(plan):
            return plan


def test_two_hundred_random_years_agree(visit):
    rng = random.Random(1)
    cases, expected = [], []
    for n in range(200):
        plan, seed, like = playable(rng), rng.randrange(2**32) if n % 2 else n, rng.choice([None, rng.randrange(1000)])
        # Every twentieth to its end; the others stop somewhere after most things have begun.
        weeks = 52 if n % 20 == 0 else rng.randint(12, 24)
        decisions = [{"week": rng.randint(12, 30), "trigger": -2, "action": rng.choice(list(planning.ACTIONS))}]
        if plan["pilot_team"] != "none" and rng.random() < 0.5:
            decisions.append({"week": 11 + plan["pilot_weeks"], "trigger": -1, "action": rng.choice(planning.GATE)})
        options = {"weeks": weeks, "decisions": decisions} | ({} if like is None else {"like": like})
        cases.append([plan, seed, options])
        played = lab.run(plan, seed, weeks, like=like, decisions=decisions)
        expected.append([played.weeks, played.log, played.spent_gbp])
    found = visit("blank.html").evaluate(RUN, cases)
    assert max(furthest(one, other) for one, other in zip(expected, found, strict=True)) <= 1e-9
    events = {one["event"] for _, log, _ in expected for one in log}
    assert events >= {"shock", "live", "hired", "early win", "fault mended", "gate", "trigger", "action", "no money"}


def test_west_situations_draws_bands_and_sums_agree(visit):
    page = visit("blank.html")
    rng = random.Random(2)
    seeds = [rng.randrange(2**32) for _ in range(200)]
    situations = [
        {
            "stuck": year.stuck,
            "ready": [list(row) for row in year.ready],
            "barrier": list(year.barrier),
            "leader": year.leader,
            "shocks": [list(shock) for shock in year.shocks],
        }
        for year in map(lab.situation, [0, *seeds])
    ]
    assert furthest(situations, page.evaluate(ASK, ["situation", [[seed] for seed in (0, *seeds)]])) == 0
    assert page.evaluate(ASK, ["many", [[seed, 50] for seed in seeds]]) == [many(seed, 50).tolist() for seed in seeds]
    assert (
        furthest([lab.west(seed, seed) for seed in seeds[:3]], page.evaluate(ASK, ["west", [[s] for s in seeds[:3]]]))
        <= 1e-9
    )
    assert page.evaluate(ASK, ["lucks", [[seed] for seed in seeds[:20]]]) == [lab.lucks(seed) for seed in seeds[:20]]
    played = [lab.run({}, seed, 30) for seed in seeds[:5]]
    years = [{"weeks": year.weeks} for year in played]
    for kpi in ("in5_pct", "open", "morale"):
        assert furthest(lab.bands(played, kpi), page.evaluate(ASK, ["bands", [[years, kpi]]])[0]) <= 1e-9
        sums = page.evaluate(ASK, ["pooled", [[year["weeks"], kpi, 3, 17] for year in years]])
        assert furthest([lab.pooled(year.weeks, kpi, 3, 17) for year in played], sums) <= 1e-9


def test_what_is_assumed_is_the_same_on_both_sides(visit):
    names = ["FIGURES", "PHONES", "RANGES", "NO_CHANGE", "ACTIONS", "WATCHED", "LABELS", "PARTS", "KPIS", "BASELINE",
             "FINAL", "BLACKOUT", "WINS", "INVOLVEMENT", "SWITCHES", "BUDGET_GBP", "CHANGE_HOURS", "RUNS"]  # fmt: skip
    here = {**vars(planning), **vars(year_of), "FIGURES": FIGURES}

    def plain(value):
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, tuple | list) else value

    for name, found in zip(names, visit("blank.html").evaluate(EXPORTS, names), strict=True):
        assert found == plain(here[name]), name


def test_plans_cost_the_same_and_are_refused_in_the_same_words(visit):
    rng = random.Random(3)
    plans = [any_plan(rng) for _ in range(250)]
    for plan in plans[::5]:
        plan[rng.choice(list(planning.NO_CHANGE))] = rng.choice([None, "", -1, 2.5, 1000, "x", True])
    plans += [
        {"triggers": [{"kpi": "in5_pct"}]},
        {"triggers": [any_trigger(rng) | {"action": "shout"}]},
        {"order": ["A", "A", "B"]},
    ]
    page = visit("blank.html")
    found = page.evaluate(ASK, ["problems", [[plan] for plan in plans]])
    expected = [lab.problems(plan) for plan in plans]
    assert found == expected
    assert sum(bool(one) for one in expected) > 50 and sum(not one for one in expected) > 5
    whole = [plan for plan in plans if not planning._shapes(planning.full(plan))]
    assert furthest([lab.costs(plan) for plan in whole], page.evaluate(ASK, ["costs", [[plan] for plan in whole]])) == 0
    assert (
        furthest([lab.change_hours(plan) for plan in whole], page.evaluate(ASK, ["changeHours", [[p] for p in whole]]))
        <= 1e-9
    )
    assert page.evaluate(ASK, ["problems", [[{"limitgbp": 3}]]])[0][0] == "There is no lever 'limitgbp'."
