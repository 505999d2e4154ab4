"""How different people would fill in PR2. Each recipe gives the answer of one kind of person for one case.

``find-the-bottleneck.personas.yml`` says what each of them must earn and be told.
"""

from copy import deepcopy
from itertools import pairwise

from cslearn.exercises.rules.find_the_bottleneck import HEARSAY_BROKEN, HEARSAY_REWORK, VALUE, WAIT_STEPS
from cslearn.methods import eventlog
from cslearn.northfold import case_log

_TYPES = ("end", "gateway", "start", "task")
_KINDS = ("adds value", "necessary", "waste")

# ---- the map ----------------------------------------------------------------------------------

_TASKS = {
    "receive": ("customer", "receive"),
    "log": ("agent", "log"),
    "thank": ("agent", "reply"),
    "triage": ("team leader", "triage"),
    "scan": ("courier desk", "courier"),
    "look": ("handler", "investigate"),
    "goods": ("returns desk", "investigate"),
    "ask": ("courier desk", "courier"),
    "sign1": ("manager", "approve"),
    "sign2": ("manager", "approve"),
    "answer": ("handler", "reply"),
    "again": ("handler", "investigate"),
    "closed": ("handler", "confirm"),
}
_WAYS = (
    ("start", "receive", ""), ("receive", "log", ""), ("log", "thank", ""), ("thank", "triage", ""), ("triage", "g1", ""),
    ("g1", "scan", "West, parcel"), ("g1", "look", "other"), ("scan", "look", ""), ("look", "g2", ""),
    ("g2", "goods", "goods came back"), ("g2", "g3", "no goods"), ("goods", "g3", ""),
    ("g3", "ask", "parcel to trace"), ("g3", "g4", "nothing to trace"), ("ask", "g4", ""),
    ("g4", "sign1", "refund above the limit"), ("g4", "answer", "no such refund"), ("sign1", "g7", ""),
    ("g7", "sign2", "second signature"), ("g7", "answer", "signed already"), ("sign2", "answer", ""),
    ("answer", "g5", ""), ("g5", "again", "customer disagrees"), ("g5", "closed", "customer agrees"),
    ("again", "g6", ""), ("g6", "sign1", "new refund"), ("g6", "answer", "no new refund"), ("closed", "end", ""),
)  # fmt: skip


def _node(name, kind, lane=None, activity=None) -> dict:
    return {"id": name, "type": kind, "lane": lane, "activity": activity}


def _drawn(tasks, gateways, ways) -> dict:
    nodes = [_node("start", "start", "customer"), *(_node(name, "task", *what) for name, what in tasks.items())]
    nodes += [_node(name, "gateway", "handler") for name in gateways]
    nodes.append(_node("end", "end", "customer"))
    return {"nodes": nodes, "edges": [{"from": a, "to": b, "label": label or None} for a, b, label in ways]}


def the_map_expert(case, rng) -> dict:
    return _drawn(_TASKS, ["g1", "g2", "g3", "g4", "g5", "g6", "g7"], _WAYS)


def the_map_other_expert(case, rng) -> dict:
    """A smaller map: one box for each step, with ways back, and a box for the file to an outside body."""
    tasks = {
        "receive": ("customer", "receive"), "log": ("agent", "log"), "thank": ("agent", "reply"),
        "triage": ("team leader", "triage"), "look": ("handler", "investigate"), "ask": ("courier desk", "courier"),
        "sign": ("manager", "approve"), "answer": ("handler", "reply"), "closed": ("handler", "confirm"),
    }  # fmt: skip
    ways = [
        ("start", "receive", ""), ("receive", "log", ""), ("log", "thank", ""), ("thank", "triage", ""),
        ("triage", "a", ""), ("a", "ask", "ask the courier first"), ("a", "look", "look first"), ("look", "b", ""),
        ("b", "look", "returns desk too"), ("b", "ask", "trace it"), ("b", "sign", "large refund"), ("b", "answer", "clear"),
        ("ask", "c", ""), ("c", "look", "not looked at yet"), ("c", "sign", "large refund"), ("c", "answer", "clear"),
        ("sign", "d", ""), ("d", "sign", "one signature"), ("d", "answer", "two signatures"),
        ("answer", "e", ""), ("e", "look", "came back"), ("e", "closed", "agreed"), ("closed", "end", ""),
    ]  # fmt: skip
    return _drawn(tasks, ["a", "b", "c", "d", "e"], ways)


def the_map_random(case, rng) -> dict:
    names = [f"n{n}" for n in range(12)]
    return {
        "nodes": [
            _node(name, rng.choice(_TYPES), rng.choice(case_log.ROLES), rng.choice(list(case_log.STEPS)))
            for name in names
        ],
        "edges": [{"from": rng.choice(names), "to": rng.choice(names), "label": rng.choice([None, "yes"])} for _ in range(16)],
    }


def the_map_tick_everything(case, rng) -> dict:
    """Every box filled, and always with the first choice of its list."""
    names = [f"n{n}" for n in range(12)]
    return {
        "nodes": [_node(name, "end", "agent", "approve") for name in names],
        "edges": [{"from": a, "to": b, "label": "yes"} for a, b in pairwise(names)],
    }


def the_map_minimal(case, rng) -> dict:
    """The least that is sound: a start, one task, an end."""
    return _drawn({"log": ("agent", "log")}, [], [("start", "log", ""), ("log", "end", "")])


def the_map_happy_path(case, rng) -> dict:
    """The one way that most cases go, as it would hang on the wall."""
    log = case_log.log_of(case)
    way = next(iter(eventlog.variants(log.closed)))
    roles = next(tuple(step.role for step in one.steps) for one in log.closed if one.trace == way)
    tasks = {f"t{n}": (role, step) for n, (role, step) in enumerate(zip(roles, way, strict=True))}
    return _drawn(tasks, [], [(a, b, "") for a, b in pairwise(("start", *tasks, "end"))])


def the_map_spaghetti(case, rng) -> dict:
    """Every box, and a gateway from which every box can be reached: everything that ever happened is allowed."""
    tasks = {name: what for name, what in _TASKS.items() if name not in ("scan", "goods", "sign2", "again", "thank")}
    ways = [("start", "receive", ""), ("receive", "any", "")]
    ways += [("any", name, f"if {name}") for name in tasks if name != "receive"]
    ways += [(name, "any", "") for name in tasks if name not in ("receive", "closed")]
    return _drawn(tasks, ["any"], [*ways, ("closed", "end", "")])


def the_map_one_lane(case, rng) -> dict:
    """The complaints team does it all."""
    answer = the_map_expert(case, rng)
    for node in answer["nodes"]:
        node["lane"] = "handler"
    return answer


def the_map_no_labels(case, rng) -> dict:
    """Choices without a word about who goes where."""
    answer = the_map_expert(case, rng)
    for edge in answer["edges"]:
        edge["label"] = None
    return answer


def the_map_dead_branch(case, rng) -> dict:
    """The way to the Returns desk leads in and not out."""
    answer = the_map_expert(case, rng)
    answer["edges"] = [edge for edge in answer["edges"] if edge["from"] != "goods"]
    return answer


# ---- where it sticks ----------------------------------------------------------------------------


def _waits(case, clock=case_log.OFFICE, wait="wait_hours") -> dict:
    times = case_log.step_times(case, clock)
    return {
        step: {"wait_h": round(getattr(times[step], wait), 1), "work_h": round(times[step].work_hours, 1)}
        for step in WAIT_STEPS
    }


def _share(case, step, clock=case_log.OFFICE, wait="wait_hours") -> float:
    times = case_log.step_times(case, clock)
    return round(100 * getattr(times[step], wait) / sum(getattr(one, wait) for one in times.values()), 1)


def _stuck(case, by="wait_hours") -> str:
    times = case_log.step_times(case)
    return max(times, key=lambda step: getattr(times[step], by))


def _failure(case) -> dict:
    found = case_log.standards_of(case)
    rates = {name: 100 * one.missed / one.concerned for name, one in found.items()}
    worst = max(rates, key=rates.get)
    return {"standard": worst, "missed_pct": round(rates[worst], 1)}


def _rework(group) -> dict:
    return {"closed_cases": group.cases, "came_back_pct": round(group.came_back_pct, 1)}


def where_it_sticks_expert(case, rng) -> dict:
    closed = case_log.groups(case)["closed"]
    stuck = _stuck(case)
    return {
        "waits": _waits(case),
        "bottleneck": stuck,
        "share_of_wait_pct": _share(case, stuck),
        "rework": _rework(closed),
        "hand_offs_mean": round(closed.hand_offs_mean, 2),
        "failure": _failure(case),
    }


def where_it_sticks_whole_numbers(case, rng) -> dict:
    """The expert who rounds to whole hours and whole per cent."""
    answer = where_it_sticks_expert(case, rng)
    for row in answer["waits"].values():
        row["wait_h"] = round(row["wait_h"])
    answer["share_of_wait_pct"] = round(answer["share_of_wait_pct"])
    return answer


def where_it_sticks_random(case, rng) -> dict:
    return {
        "waits": {
            step: {"wait_h": round(rng.uniform(100, 30_000), 1), "work_h": round(rng.uniform(10, 500), 1)}
            for step in WAIT_STEPS
        },
        "bottleneck": rng.choice(list(case_log.STEPS)),
        "share_of_wait_pct": rng.randint(5, 95),
        "rework": {"closed_cases": rng.randint(400, 700), "came_back_pct": rng.randint(0, 50)},
        "hand_offs_mean": round(rng.uniform(1, 10), 2),
        "failure": {"standard": rng.choice(list(case_log.STANDARDS)), "missed_pct": rng.randint(0, 100)},
    }


def where_it_sticks_tick_everything(case, rng) -> dict:
    """The first choice and the same figure everywhere."""
    return {
        "waits": {step: {"wait_h": 100, "work_h": 100} for step in WAIT_STEPS},
        "bottleneck": "approve",
        "share_of_wait_pct": 100,
        "rework": {"closed_cases": 100, "came_back_pct": 100},
        "hand_offs_mean": 100,
        "failure": {"standard": "L2", "missed_pct": 100},
    }


def where_it_sticks_minimal(case, rng) -> dict:
    """The right step, and nothing that shows it."""
    return {
        "waits": {step: {"wait_h": None, "work_h": None} for step in WAIT_STEPS},
        "bottleneck": _stuck(case),
        "share_of_wait_pct": None,
        "rework": {"closed_cases": None, "came_back_pct": None},
        "hand_offs_mean": None,
        "failure": {"standard": None, "missed_pct": None},
    }


def _names(case, rng, by) -> dict:
    answer = where_it_sticks_expert(case, rng)
    answer["bottleneck"] = _stuck(case, by)
    answer["share_of_wait_pct"] = _share(case, answer["bottleneck"])
    return answer


def where_it_sticks_longest_work(case, rng) -> dict:
    return _names(case, rng, "work_hours")


def where_it_sticks_most_frequent(case, rng) -> dict:
    return _names(case, rng, "times")


def where_it_sticks_longest_mean_wait(case, rng) -> dict:
    return _names(case, rng, "wait_mean_hours")


def where_it_sticks_worst_case(case, rng) -> dict:
    return _names(case, rng, "longest_wait_hours")


def where_it_sticks_start_to_start(case, rng) -> dict:
    answer = where_it_sticks_expert(case, rng)
    answer["waits"] = _waits(case, wait="start_to_start_hours")
    answer["share_of_wait_pct"] = _share(case, answer["bottleneck"], wait="start_to_start_hours")
    return answer


def where_it_sticks_counts_nights(case, rng) -> dict:
    answer = where_it_sticks_expert(case, rng)
    answer["waits"] = _waits(case, case_log.CALENDAR)
    answer["share_of_wait_pct"] = _share(case, answer["bottleneck"], case_log.CALENDAR)
    return answer


def where_it_sticks_means_for_totals(case, rng) -> dict:
    """Fills in the mean of one wait and of one piece of work."""
    answer = where_it_sticks_expert(case, rng)
    times = case_log.step_times(case)
    answer["waits"] = {
        step: {"wait_h": round(times[step].wait_mean_hours, 1), "work_h": round(times[step].work_mean_minutes / 60, 2)}
        for step in WAIT_STEPS
    }
    return answer


def where_it_sticks_tests_left_in(case, rng) -> dict:
    answer, groups = where_it_sticks_expert(case, rng), case_log.groups(case)
    counted = groups["closed"].and_also(groups["tests"])
    answer["rework"], answer["hand_offs_mean"] = _rework(counted), round(counted.hand_offs_mean, 2)
    return answer


def where_it_sticks_open_as_finished(case, rng) -> dict:
    answer, groups = where_it_sticks_expert(case, rng), case_log.groups(case)
    counted = groups["closed"].and_also(groups["open"])
    answer["rework"], answer["hand_offs_mean"] = _rework(counted), round(counted.hand_offs_mean, 2)
    return answer


def where_it_sticks_asks_around(case, rng) -> dict:
    """Goes round with a checklist, and writes down what people say."""
    answer = where_it_sticks_longest_work(case, rng)
    answer["rework"]["came_back_pct"] = HEARSAY_REWORK
    answer["failure"]["missed_pct"] = HEARSAY_BROKEN
    return answer


# ---- value ------------------------------------------------------------------------------------------


def _flow(case, clock=case_log.OFFICE) -> float:
    times = case_log.step_times(case, clock).values()
    work = sum(one.work_hours for one in times)
    return round(100 * work / (work + sum(one.wait_hours for one in times)), 2)


def value_expert(case, rng) -> dict:
    return {"work": {name: kinds[0] for name, kinds in VALUE.items()}, "flow_efficiency_pct": _flow(case)}


def value_other_expert(case, rng) -> dict:
    return {"work": {name: kinds[-1] for name, kinds in VALUE.items()}, "flow_efficiency_pct": round(_flow(case), 1)}


def value_random(case, rng) -> dict:
    return {
        "work": {name: rng.choice(_KINDS) for name in VALUE},
        "flow_efficiency_pct": round(rng.uniform(0, 100), 1),
    }


def value_tick_everything(case, rng) -> dict:
    return {"work": dict.fromkeys(VALUE, "adds value"), "flow_efficiency_pct": 100}


def value_all_necessary(case, rng) -> dict:
    return {"work": dict.fromkeys(VALUE, "necessary"), "flow_efficiency_pct": None}


def value_minimal(case, rng) -> dict:
    return {"work": {**dict.fromkeys(VALUE), "answer": "adds value"}, "flow_efficiency_pct": None}


def value_control_is_value(case, rng) -> dict:
    answer = deepcopy(value_expert(case, rng))
    answer["work"] |= {"first_approval": "adds value", "second_approval": "adds value"}
    return answer


def value_counts_nights(case, rng) -> dict:
    answer = value_expert(case, rng)
    answer["flow_efficiency_pct"] = _flow(case, case_log.CALENDAR)
    return answer


def value_share_of_waiting(case, rng) -> dict:
    answer = value_expert(case, rng)
    answer["flow_efficiency_pct"] = 100 - answer["flow_efficiency_pct"]
    return answer
