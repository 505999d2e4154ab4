"""How different people would fill in CM2. Each recipe gives the answer of one kind of person for one case.

``plan-the-change.personas.yml`` says what each of them must earn and be told.
"""

from copy import deepcopy
from dataclasses import replace
from math import ceil, floor

from cslearn.methods import control_chart, plans
from cslearn.methods import risks as method
from cslearn.northfold import planning

# What could go if a fifth of the money went.
_SHOULDS = {"T5", "T6", "T7", "T10", "T17", "T18"}
_MODEL = (
    ("K1", "T1 T2"),
    ("K2", "T2"),
    ("K4", "T10"),
    ("K5", "T3 T5"),
    ("K6", "T17"),
    ("K7", "T12 T13 T14 T16"),
    ("K8", "T18"),
)


# ---- plan -----------------------------------------------------------------------------------


def sound_plan(case, ids=None, owners=None, later: int = 0) -> list[plans.Task]:
    """Everything that is needed, as early as people and weeks allow; the news runs from six weeks before the roll-out."""
    facts = case.facts
    ids = ids or case.planted["needed"]
    chosen = {id: (owners or {}).get(id, planning.TASKS[id].who[0]) for id in ids}
    limits = planning.capacity_of(facts), planning.blocked_weeks(facts)
    first = {"T16": facts["go_live_weeks"][0]}
    draft = {task.id: task for task in plans.placed(planning.plan_of(facts, chosen), *limits, not_before=first)}
    live = draft["T16"].start + later
    found = plans.placed(
        planning.plan_of(facts, chosen), *limits, not_before={"T16": live, "T10": max(1, live - 6), "T17": live}
    )
    return [replace(task, priority="should" if task.id in _SHOULDS else "must") for task in found]


def _answer(tasks, own=(), model=_MODEL, figures: bool = False) -> dict:
    planned = {task.id for task in tasks}
    return {
        "tasks": [
            {
                "id": task.id, "start": task.start, "weeks": task.weeks, "after": " ".join(task.after) or None,
                "owner": task.owner, "priority": task.priority,
                "hours": task.hours if figures else None, "cost": task.cost if figures else None,
            }
            for task in tasks
        ],
        "own_tasks": list(own),
        "change_model": [
            {"step": step, "tasks": " ".join(id for id in ids.split() if id in planned) or None} for step, ids in model
        ],
    }  # fmt: skip


def plan_expert(case, rng) -> dict:
    return _answer(sound_plan(case))


def plan_other_expert(case, rng) -> dict:
    """Other owners, a week later, every figure typed in, a task of their own, and ADKAR for a model."""
    owners = {"T1": "lead", "T13": "lead", "T18": "lead", "T17": "team_leaders"}
    tasks = sound_plan(case, owners=owners, later=1 if case.planted["weeks_to_spare"] > 1 else 0)
    live = plans.first_live(tasks)
    own = {
        "id": "X1", "what": "Open hour with the site manager", "kind": "comms", "start": live + 1, "weeks": 1, "after": "T14",
        "owner": "site_manager", "priority": "should", "hours": 2, "cost": 50,
    }  # fmt: skip
    model = (("A1", "T1 T2"), ("A2", "T2 T10"), ("A3", "T9 T14"), ("A4", "T12"), ("A5", "T17 T18"))
    return _answer(tasks, [own], model, figures=True)


def plan_random(case, rng) -> dict:
    ids = rng.sample(list(planning.TASKS), rng.randint(8, 14))
    return _answer(
        [
            plans.Task(
                id, planning.TASKS[id].kind, rng.randint(1, 25), rng.randint(1, 8), rng.choice(list(planning.ROLES)),
                tuple(rng.sample(ids, rng.randint(0, 2))), rng.randint(4, 60), rng.randint(2, 80) * 50, rng.choice(["must", "should"]),
            )
            for id in ids
        ],
        model=[(rng.choice("KALB") + str(rng.randint(1, 3)), rng.choice(ids))],
        figures=True,
    )  # fmt: skip


def plan_tick_everything(case, rng) -> dict:
    """All eighteen tasks, from the first week to the last, each after all others, one owner for all."""
    everything = tuple(planning.TASKS)
    return _answer(
        [
            plans.Task(id, card.kind, 1, 30, "lead", everything, 99, 9_000, "must")
            for id, card in planning.TASKS.items()
        ],
        model=[(f"K{n}", " ".join(everything)) for n in range(1, 9)],
        figures=True,
    )


def plan_minimal(case, rng) -> dict:
    """The least that hangs together: baseline, pilot, decision and roll-out, with nobody trained or told."""
    kept = ("T1", "T12", "T13", "T16")
    tasks = [
        replace(task, after=tuple(id for id in task.after if id in kept))
        for task in sound_plan(case)
        if task.id in kept
    ]
    return _answer(tasks, model=[("L1", "T1")])


def plan_rolls_out_before_it_knows(case, rng) -> dict:
    """The whole site starts while the pilot still runs, because the date was announced."""
    tasks = sound_plan(case)
    pilot = next(task for task in tasks if task.id == "T12")
    early = {"T16": pilot.end - 1, "T14": pilot.end - 3}
    return _answer([replace(t, start=early.get(t.id, t.start), after=() if t.id in early else t.after) for t in tasks])


def plan_no_pilot(case, rng) -> dict:
    return _answer([task for task in sound_plan(case) if task.id not in ("T12", "T13")])


def plan_no_early_win(case, rng) -> dict:
    """Success is announced at the end, with the review."""
    tasks = sound_plan(case)
    live = plans.first_live(tasks)
    return _answer([replace(task, start=live + 9) if task.id == "T17" else task for task in tasks])


def plan_says_nothing(case, rng) -> dict:
    """One consultation in the autumn, and then silence."""
    return _answer([task for task in sound_plan(case) if task.id != "T10"])


def plan_nobody_prepared(case, rng) -> dict:
    """Only the technical side: nobody is trained, asked or told before it goes live."""
    tasks = [task for task in sound_plan(case) if planning.TASKS[task.id].kind not in ("train", "comms")]
    return _answer(tasks)


def plan_hurried(case, rng) -> dict:
    """Everything as early as its waits allow, whatever the weeks are like and whoever has time."""
    tasks = planning.as_early_as_it_goes(case.facts, case.planted["needed"])
    return _answer([replace(task, priority="should" if task.id in _SHOULDS else "must") for task in tasks])


def plan_does_it_all_alone(case, rng) -> dict:
    return _answer([replace(task, owner="lead") for task in sound_plan(case)])


def plan_does_all_eighteen(case, rng) -> dict:
    """Takes the library for a list of what must be done."""
    tasks = sound_plan(case)
    rest = [
        plans.Task(id, planning.TASKS[id].kind, 4, card["weeks"], planning.TASKS[id].who[0], (), card["hours_likely"],
                   card["cost_likely"], "must", card["name"])
        for id in case.planted["needless"] for card in case.facts["tasks"] if card["id"] == id
    ]  # fmt: skip
    return _answer([*tasks, *rest])


def plan_no_waits(case, rng) -> dict:
    """A calendar of dates: nothing says what waits for what."""
    return _answer([replace(task, after=()) for task in sound_plan(case)])


def plan_in_a_circle(case, rng) -> dict:
    """The pilot waits for the decision to have one, and the decision for the pilot."""
    return _answer([replace(t, after=(*t.after, "T13")) if t.id == "T12" else t for t in sound_plan(case)])


def plan_everything_is_a_must(case, rng) -> dict:
    return _answer([replace(task, priority="must") for task in sound_plan(case)])


def plan_cheap_on_paper(case, rng) -> dict:
    """The expert, with every cost and every length written down at a third; the library's lowest figures count."""
    tasks = sound_plan(case)
    answer = _answer(
        [replace(task, cost=round(task.cost / 3), hours=round(task.hours / 3)) for task in tasks], figures=True
    )
    for row in answer["tasks"]:
        row["weeks"] = max(1, row["weeks"] // 3)
    return answer


def plan_one_slip(case, rng) -> dict:
    """The expert with the review begun a week too early, before the roll-out has ended."""
    return _answer([replace(task, start=task.start - 1) if task.id == "T18" else task for task in sound_plan(case)])


# ---- risks ----------------------------------------------------------------------------------

_SIX = ("R2", "R1", "R3", "R6", "R7", "R5")
_OWNER = {"R1": "lead", "R2": "lead", "R3": "site_manager", "R6": "lead", "R7": "team_leaders", "R5": "systems"}
_IMPACT = {"R1": 4, "R2": 4, "R3": 3, "R5": 3, "R6": 5, "R7": 4}


def _triggers(case) -> dict[str, dict]:
    """For each measure a trigger just outside what ordinary weeks reach."""
    found = {}
    weeks = planning.weekly(case.tables["kpi_daily"])
    for name, measure in planning.MEASURES.items():
        values = [week[name] for week in weeks]
        usual = control_chart.limits(values)
        step = 0.1 if name.endswith(("pct", "score")) else 1
        if measure.worse == ">":
            value = max(ceil(usual.upper / step) * step, max(values))
        else:
            value = min(floor(usual.lower / step) * step, min(values))
        trigger = {"measure": name, "op": measure.worse, "value": round(value, 1), "weeks": 1}
        worth = method.verdict(values, method.Trigger(measure.worse, trigger["value"]), measure.worse, *measure.span)
        found[name] = trigger if worth == "useful" else None
    return found


def _register(case, cards=_SIX, likelihoods=None, triggers=None) -> dict:
    bands = {id: method.frequency_band(*times) for id, times in planning.history(case).items()}
    ready = _triggers(case)
    rows = []
    for id in cards:
        card = planning.RISKS[id]
        likelihood = (likelihoods or {}).get(id) or bands.get(id, 3)
        impact = _IMPACT.get(id, 3)
        fits = next((ready[name] for name in card.shows_in if ready[name]), None)
        rows.append({
            "card": id, "category": card.categories[0], "likelihood": likelihood, "impact": impact,
            "score": likelihood * impact, "response": "reduce", "trigger": deepcopy(triggers or fits),
            "contingency": card.answers[0], "owner": _OWNER.get(id, "lead"),
        })  # fmt: skip
    return {"risks": sorted(rows, key=lambda row: -row["score"])}


def risks_expert(case, rng) -> dict:
    return _register(case)


def risks_other_expert(case, rng) -> dict:
    """Eight risks, others for the rest, and triggers that need two weeks in a row."""
    answer = _register(case, ("R1", "R2", "R3", "R10", "R6", "R9", "R11", "R12"))
    for row in answer["risks"]:
        row["trigger"]["weeks"] = 2
        row["response"] = "transfer" if row["card"] == "R1" else "accept"
        if row["card"] == "R11":
            row["contingency"] = "pause"
    return answer


def risks_random(case, rng) -> dict:
    rows = []
    for id in rng.sample(list(planning.RISKS), 6):
        rows.append({
            "card": id, "category": rng.choice(list(planning.CATEGORIES)), "likelihood": rng.randint(1, 5),
            "impact": rng.randint(1, 5), "score": rng.randint(1, 25),
            "response": rng.choice(["avoid", "reduce", "transfer", "accept"]),
            "trigger": {"measure": rng.choice(list(planning.MEASURES)), "op": rng.choice("<>"), "value": rng.randint(0, 100),
                        "weeks": rng.randint(1, 4)},
            "contingency": rng.choice(list(planning.CONTINGENCIES)), "owner": rng.choice(list(planning.ROLES)),
        })  # fmt: skip
    return {"risks": rows}


def risks_tick_everything(case, rng) -> dict:
    """As many rows as there is room for, and the largest of everything in each."""
    rows = []
    for id in list(planning.RISKS)[:8]:
        rows.append({
            "card": id, "category": "people", "likelihood": 5, "impact": 5, "score": 25, "response": "avoid",
            "trigger": {"measure": "absence_pct", "op": ">", "value": 0, "weeks": 1}, "contingency": "talks", "owner": "lead",
        })  # fmt: skip
    return {"risks": rows}


def risks_minimal(case, rng) -> dict:
    """One risk, complete and right."""
    return {"risks": _register(case, ("R2",))["risks"]}


def risks_only_technical(case, rng) -> dict:
    """Systems, couriers and queues; people are left to look after themselves."""
    answer = _register(case, ("R1", "R2", "R3", "R4", "R5", "R12"))
    for row in answer["risks"]:
        if row["card"] in ("R2", "R3"):
            row["category"] = "process"
    return answer


def risks_trigger_on_the_mean(case, rng) -> dict:
    """Every trigger lies in the middle of ordinary weeks."""
    answer = risks_expert(case, rng)
    weeks = planning.weekly(case.tables["kpi_daily"])
    for row in answer["risks"]:
        measure = row["trigger"]["measure"]
        values = sorted(week[measure] for week in weeks)
        row["trigger"]["value"] = values[len(values) // 2]
    return answer


def risks_trigger_never_fires(case, rng) -> dict:
    """Values that nothing short of the end of the world would reach."""
    answer = risks_expert(case, rng)
    for row in answer["risks"]:
        worse = planning.MEASURES[row["trigger"]["measure"]].worse
        row["trigger"]["value"] = 5_000 if worse == ">" else 1
    return answer


def risks_no_triggers(case, rng) -> dict:
    answer = risks_expert(case, rng)
    for row in answer["risks"]:
        row["trigger"] = dict.fromkeys(row["trigger"])
    return answer


def risks_trigger_the_wrong_way(case, rng) -> dict:
    answer = risks_expert(case, rng)
    for row in answer["risks"]:
        row["trigger"]["op"] = "<" if row["trigger"]["op"] == ">" else ">"
    return answer


def risks_adds_instead(case, rng) -> dict:
    """Likelihood plus impact."""
    answer = risks_expert(case, rng)
    for row in answer["risks"]:
        row["score"] = row["likelihood"] + row["impact"]
    answer["risks"].sort(key=lambda row: -row["score"])
    return answer


def risks_by_feeling(case, rng) -> dict:
    """What happened lately feels likely, and what nobody talks of feels rare."""
    bands = {id: method.frequency_band(*times) for id, times in planning.history(case).items()}
    return _register(case, likelihoods={id: band + 2 if band <= 3 else band - 2 for id, band in bands.items()})


def risks_all_the_same(case, rng) -> dict:
    """Three for everything."""
    return _register(case, likelihoods=dict.fromkeys(_SIX, 3))


def risks_another_meeting(case, rng) -> dict:
    """Whatever happens, it is talked about, or people are asked to try harder."""
    answer = risks_expert(case, rng)
    for place, row in enumerate(answer["risks"]):
        row["contingency"] = ("meeting", "try_harder")[place % 2]
    return answer
