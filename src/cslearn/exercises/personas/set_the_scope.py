"""How different people would fill in PR1. Each recipe gives the answer of one kind of person for one case.

``set-the-scope.personas.yml`` says what each of them must earn and be told.
"""

from copy import deepcopy
from datetime import timedelta

from cslearn.exercises.rules.set_the_scope import RACI_ROLES, RACI_STEPS, REASONS, WHY
from cslearn.northfold import case_log, customers_rights

_STEPS = ["approve", "confirm", "courier", "investigate", "log", "receive", "reply", "triage"]
_CLOCKS, _BASES = sorted(customers_rights.CLOCKS), sorted(customers_rights.BASES)
_SUPPLIERS = ["courier", "customer", "finance", "handlers", "web_shop"]
_INPUTS = ["case_number", "complaint", "goods_back", "limits", "order", "scans"]
_OUTPUTS = ["answer", "causes", "closed_number", "hours_worked", "payment_order", "remedy"]
_CUSTOMERS = ["customer", "finance", "handlers", "head_of_service", "team_leaders"]
_MEASURES = [
    "calls_in_20s", "came_back", "contacts_per_complaint", "first_to_confirm", "log_to_reply", "replies_per_day", "work_minutes",
]  # fmt: skip


# ---- scope canvas ---------------------------------------------------------------------------


def _before_log(case) -> float:
    places = case_log.places(case_log.log_of(case))
    return round(next(place.after_hours for place in places if place.step == "log"), 1)


def _came_back(case) -> float:
    found = case_log.after_first_answer(case_log.log_of(case))
    return round(100 * found["investigate"] / sum(found.values()), 1)


def scope_canvas_expert(case, rng) -> dict:
    return {
        "start": {"event": "receive", "hours_before_log": _before_log(case)},
        "end": {"event": "confirm", "came_back_pct": _came_back(case)},
        "in_steps": list(_STEPS),
        "out_steps": [
            {"step": "promise_dates", "reason": "before"},
            {"step": "courier_contract", "reason": "own_owner"},
            {"step": "ombudsman", "reason": "rare"},
        ],
        "inputs": [{"supplier": "customer", "input": "complaint"}, {"supplier": "courier", "input": "scans"}],
        "outputs": [
            {"output": "remedy", "customer": "customer"},
            {"output": "causes", "customer": "head_of_service"},
        ],
        "measures": ["came_back", "first_to_confirm"],
        "case_unit": "complaint",
    }


def scope_canvas_other_expert(case, rng) -> dict:
    """The rare step taken in, other exclusions and pairs, three measures, and the answers without an outcome left out of the base."""
    found = case_log.after_first_answer(case_log.log_of(case))
    answer = scope_canvas_expert(case, rng)
    answer["end"]["came_back_pct"] = round(100 * found["investigate"] / (sum(found.values()) - found[""]))
    answer["in_steps"].append("ombudsman")
    answer["out_steps"] = [
        {"step": "board_report", "reason": "after"},
        {"step": "print_labels", "reason": "own_owner"},
        {"step": "deliver", "reason": "before"},
        {"step": "call_training", "reason": "own_owner"},
    ]
    answer["inputs"] = [{"supplier": "web_shop", "input": "order"}, {"supplier": "finance", "input": "limits"}]
    answer["outputs"] = [{"output": "payment_order", "customer": "finance"}, {"output": "answer", "customer": "customer"}]
    answer["measures"] = ["came_back", "contacts_per_complaint", "first_to_confirm"]
    return answer


def scope_canvas_random(case, rng) -> dict:
    events, work = list(case_log.STEPS), [*case_log.STEPS, *case_log.NEXT_TO_IT]
    return {
        "start": {"event": rng.choice(events), "hours_before_log": round(rng.uniform(0, 40), 1)},
        "end": {"event": rng.choice(events), "came_back_pct": rng.randint(5, 40)},
        "in_steps": sorted(rng.sample(work, rng.randint(4, 12))),
        "out_steps": [{"step": rng.choice(work), "reason": rng.choice(list(REASONS))} for _ in range(3)],
        "inputs": [{"supplier": rng.choice(_SUPPLIERS), "input": rng.choice(_INPUTS)} for _ in range(2)],
        "outputs": [{"output": rng.choice(_OUTPUTS), "customer": rng.choice(_CUSTOMERS)} for _ in range(2)],
        "measures": sorted(rng.sample(_MEASURES, 2)),
        "case_unit": rng.choice(["complaint", "contact", "customer"]),
    }


def scope_canvas_tick_everything(case, rng) -> dict:
    """Everything in, every box the same, always the first choice of a list."""
    work = sorted([*case_log.STEPS, *case_log.NEXT_TO_IT])
    return {
        "start": {"event": "approve", "hours_before_log": 10},
        "end": {"event": "approve", "came_back_pct": 10},
        "in_steps": work,
        "out_steps": [{"step": step, "reason": "own_owner"} for step in work[:8]],
        "inputs": [{"supplier": who, "input": "complaint"} for who in _SUPPLIERS[:4]],
        "outputs": [{"output": what, "customer": "customer"} for what in _OUTPUTS[:4]],
        "measures": list(_MEASURES),
        "case_unit": "complaint",
    }


def scope_canvas_minimal(case, rng) -> dict:
    """The least that hangs together: two events, and no more than them in between."""
    return {
        "start": {"event": "receive", "hours_before_log": None},
        "end": {"event": "confirm", "came_back_pct": None},
        "in_steps": ["confirm", "receive"],
        "out_steps": [],
        "inputs": [],
        "outputs": [],
        "measures": [],
        "case_unit": "complaint",
    }


def scope_canvas_starts_at_the_desk(case, rng) -> dict:
    answer = scope_canvas_expert(case, rng)
    answer["start"]["event"] = "log"
    answer["in_steps"].remove("receive")
    return answer


def scope_canvas_ends_at_the_reply(case, rng) -> dict:
    answer = scope_canvas_expert(case, rng)
    answer["end"]["event"] = "reply"
    answer["in_steps"].remove("confirm")
    return answer


def scope_canvas_leaves_a_hole(case, rng) -> dict:
    """Approval is finance's business, so it is left out of the middle."""
    answer = scope_canvas_expert(case, rng)
    answer["in_steps"].remove("approve")
    return answer


def scope_canvas_no_limits(case, rng) -> dict:
    """Everything that could matter is in."""
    answer = scope_canvas_expert(case, rng)
    answer["in_steps"] = sorted([*answer["in_steps"], "promise_dates", "print_labels", "courier_contract", "call_training"])
    answer["out_steps"] = []
    return answer


def scope_canvas_awkward_things_out(case, rng) -> dict:
    answer = scope_canvas_expert(case, rng)
    answer["out_steps"] = [
        {"step": "courier_contract", "reason": "objections"},
        {"step": "print_labels", "reason": "no_figures"},
        {"step": "promise_dates", "reason": "looks_bad"},
    ]
    return answer


def scope_canvas_no_customer(case, rng) -> dict:
    """The process is there for the people in it."""
    answer = scope_canvas_expert(case, rng)
    answer["outputs"] = [
        {"output": "causes", "customer": "head_of_service"},
        {"output": "closed_number", "customer": "team_leaders"},
    ]
    return answer


def scope_canvas_measures_the_desk(case, rng) -> dict:
    answer = scope_canvas_expert(case, rng)
    answer["measures"] = ["calls_in_20s", "work_minutes"]
    return answer


def scope_canvas_counts_contacts(case, rng) -> dict:
    answer = scope_canvas_expert(case, rng)
    answer["case_unit"] = "contact"
    return answer


# ---- who and rules ----------------------------------------------------------------------------


def who_and_rules_expert(case, rng) -> dict:
    people = [
        ("customer", "affected", "consult"), ("agent", "does", "consult"), ("team leader", "does", "consult"),
        ("handler", "does", "co-design"), ("returns desk", "does", "co-design"), ("courier desk", "does", "consult"),
        ("manager", "decides", "consult"), ("head of service", "decides", "consult"), ("finance", "decides", "inform"),
    ]  # fmt: skip
    raci = {
        "triage": {"team leader": "A/R", "agent": "C", "handler": "I"},
        "investigate": {"handler": "A/R", "returns desk": "R", "team leader": "I"},
        "courier": {"courier desk": "R", "handler": "A"},
        "approve": {"manager": "A/R", "handler": "C"},
        "reply": {"agent": "R", "handler": "A/R", "team leader": "I"},
    }
    return {
        "people": [{"role": role, "why": why, "involve": involve} for role, why, involve in people],
        "minutes": {"unheard": "returns desk", "open_action": "A5.1"},
        "raci": {step: {role: raci[step].get(role) for role in RACI_ROLES} for step in RACI_STEPS},
        "law": {
            **{
                name: {"clock": one.clock, "last_day": one.last_day.isoformat()}
                for name, one in customers_rights.customers(case.seed).items()
            },
            "data_use": customers_rights.data_use(case.seed).allowed_by[0],
        },
    }


def who_and_rules_other_expert(case, rng) -> dict:
    """More guests at the table, other true parts, one who answers for every step, and another basis where two hold."""
    answer = who_and_rules_expert(case, rng)
    for row in answer["people"]:
        row["why"] = WHY[row["role"]][-1]
    answer["people"] += [
        {"role": "staff representative", "why": "affected", "involve": "consult"},
        {"role": "stores", "why": "supplies", "involve": "inform"},
        {"role": "officer", "why": "does", "involve": "inform"},
    ]
    for step, row in answer["raci"].items():
        does = {"triage": ["team leader"], "courier": ["courier desk"], "approve": ["manager"]}.get(step)
        does = does or {"investigate": ["handler", "returns desk"], "reply": ["agent", "handler"]}[step]
        row.update({role: "R" if role in does else None for role in RACI_ROLES})
        row["handler"] = "A/R" if "handler" in does else "A"
    answer["minutes"]["open_action"] = "a5.1"
    answer["law"]["data_use"] = customers_rights.data_use(case.seed).allowed_by[-1]
    return answer


def who_and_rules_random(case, rng) -> dict:
    day = customers_rights.date(2024, 3, 1)
    return {
        "people": [
            {
                "role": rng.choice(list(WHY)),
                "why": rng.choice(["affected", "decides", "does", "regulates", "supplies"]),
                "involve": rng.choice(["co-design", "consult", "inform"]),
            }
            for _ in range(8)
        ],
        "minutes": {
            "unheard": rng.choice(list(WHY)),
            "open_action": f"A{rng.randint(1, 9)}.{rng.randint(1, 3)}",
        },
        "raci": {
            step: {role: rng.choice(["R", "A", "A/R", "C", "I", None]) for role in RACI_ROLES} for step in RACI_STEPS
        },
        "law": {
            **{
                name: {
                    "clock": rng.choice(_CLOCKS),
                    "last_day": (day + timedelta(days=rng.randint(0, 120))).isoformat(),
                }
                for name in customers_rights.CASES
            },
            "data_use": rng.choice(_BASES),
        },
    }


def who_and_rules_tick_everything(case, rng) -> dict:
    """Everybody on the list with the same part, everybody responsible for everything, the first choice everywhere."""
    return {
        "people": [{"role": role, "why": "does", "involve": "co-design"} for role in sorted(WHY)],
        "minutes": {"unheard": sorted(WHY)[0], "open_action": "A1.1"},
        "raci": {step: dict.fromkeys(RACI_ROLES, "R") for step in RACI_STEPS},
        "law": {
            **{name: {"clock": _CLOCKS[0], "last_day": "2024-05-31"} for name in customers_rights.CASES},
            "data_use": _BASES[0],
        },
    }


def who_and_rules_minimal(case, rng) -> dict:
    """One person for the people, one letter for the duties, and clocks without a day."""
    expert = who_and_rules_expert(case, rng)
    raci = {step: dict.fromkeys(RACI_ROLES) for step in RACI_STEPS}
    for row in raci.values():
        row["manager"] = "A"
    return {
        "people": [{"role": "customer", "why": "affected", "involve": "consult"}],
        "minutes": {"unheard": None, "open_action": None},
        "raci": raci,
        "law": {
            **{name: {"clock": row["clock"], "last_day": None} for name, row in list(expert["law"].items())[:1]},
            **{name: {"clock": None, "last_day": None} for name in customers_rights.CASES[1:]},
            "data_use": None,
        },
    }


def who_and_rules_invitations_only(case, rng) -> dict:
    """Lists who was at the meetings, and nobody else."""
    answer = who_and_rules_expert(case, rng)
    guests = {
        "head of service": "decides", "complaints supervisor": "decides", "finance": "decides", "human resources": "supplies",
        "stores": "affected", "staff representative": "affected", "team leader": "does",
    }  # fmt: skip
    answer["people"] = [{"role": role, "why": why, "involve": "consult"} for role, why in guests.items()]
    return answer


def who_and_rules_only_tells_them(case, rng) -> dict:
    """Finds everyone, and sends them all a memo."""
    answer = who_and_rules_expert(case, rng)
    for row in answer["people"]:
        row["involve"] = "inform"
    return answer


def who_and_rules_counts_t00(case, rng) -> dict:
    answer = who_and_rules_expert(case, rng)
    answer["people"].append({"role": "T00", "why": "does", "involve": "consult"})
    return answer


def who_and_rules_two_who_answer(case, rng) -> dict:
    answer = who_and_rules_expert(case, rng)
    for row in answer["raci"].values():
        row["team leader"] = "A/R" if row["team leader"] == "A/R" else "A"
        row["manager"] = "A/R" if row["manager"] == "A/R" else "A"
    return answer


def who_and_rules_desk_without_a_duty(case, rng) -> dict:
    """The chart of roles as it hangs on the wall: without the Returns desk."""
    answer = who_and_rules_expert(case, rng)
    for row in answer["raci"].values():
        row["returns desk"] = None
    return answer


def who_and_rules_usual_slips(case, rng) -> dict:
    """Hears the right, and counts as people often do."""
    answer = who_and_rules_expert(case, rng)
    for name, one in customers_rights.customers(case.seed).items():
        answer["law"][name]["last_day"] = one.slips[0].day.isoformat()
    return answer


def who_and_rules_silence_is_consent(case, rng) -> dict:
    answer = who_and_rules_expert(case, rng)
    answer["law"]["data_use"] = "consent"
    return answer


def who_and_rules_one_slip(case, rng) -> dict:
    """The expert with one day miscounted."""
    answer = deepcopy(who_and_rules_expert(case, rng))
    answer["law"]["case2"]["last_day"] = "2024-01-01"
    return answer
