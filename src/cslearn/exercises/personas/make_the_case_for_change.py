"""How different people would fill in CM1. Each recipe gives the answer of one kind of person for one case.

``make-the-case-for-change.personas.yml`` says what each of them must earn and be told.
"""

from cslearn.northfold import need
from cslearn.northfold.need import BASELINES, INDICATORS, MEASURES, OBJECTIVES, STEPS

_TICK, _CHECKLIST = "share of resolved_self_report is yes", "share of asked_needs is yes"
_PROMISE, _CHASING, _LEFT = (
    "share of delivery texts about the promise",
    "share of chasing contacts",
    "share of churned_12m is yes",
)
_FILED = "share of category_logged is delivery"


# ---- evidence -----------------------------------------------------------------------------


def _row(case, measure, way="", *, site=None, before=None, period=(None, None), **changes) -> dict:
    """A row as a person copies it from the page: rounded, with the unit that belongs to it."""
    known = MEASURES[measure]
    found = need.figure(case.telling, measure, way=way, site=site, before=before, since=period[0], until=period[1])
    return {
        "id": None, "source": known.source, "measure": measure, "filter": {"site": site, "before": before},
        "period": list(period), "n": found.n, "value": round(found.value, 2 if known.unit == "score" else 1),
        "unit": known.unit, "reads": "worse", **changes,
    }  # fmt: skip


def _stuck(case) -> str:
    return case.planted["bottleneck"]


def _evidence(case, rows, kpi=need.CLOSED, target=80, way="") -> dict:
    start = round(need.figure(case.telling, kpi, way=way).value, 1)
    return {
        "rows": rows,
        "baseline": {"kpi": kpi, "value": start, "period": list(BASELINES[kpi].period)},
        "target": {"kpi": kpi, "value": target},
    }


def evidence_expert(case, rng) -> dict:
    return _evidence(case, _expert_rows(case))


def _expert_rows(case, way="") -> list[dict]:
    return [
        _row(case, need.CLOSED, way),
        _row(case, need.WAITING, way, before=_stuck(case)),
        _row(case, _PROMISE, way),
        _row(case, _CHASING, way),
        _row(case, need.WAITING, way, before="agents"),
        _row(case, _LEFT, way),
    ]


def evidence_other_expert(case, rng) -> dict:
    """Other measures, one site, a period of their own, and another standard."""
    rows = [
        _row(case, "weighted gap of reliability", site="West"),
        _row(case, "share of repeat_within_7d is no", site="North", period=("2024-02-01", "2024-05-31")),
        _row(case, "abandoned as a share of offered", site="West", period=("2024-01-08", "2024-04-30")),
        _row(case, "share of notes where nobody asked"),
    ]
    return _evidence(case, rows, kpi="share acknowledged within 1 working day", target=100)


def evidence_random(case, rng) -> dict:
    def row() -> dict:
        measure = MEASURES[rng.choice(list(MEASURES))]
        return {
            "id": None, "source": rng.choice(list(need.SOURCES)), "measure": measure.name,
            "filter": {"site": rng.choice([None, *need.SITES]), "before": rng.choice(list(STEPS))},
            "period": [None, None], "n": rng.choice([300, 600, 800, 3000]), "value": round(rng.uniform(0, 100), 1),
            "unit": rng.choice(["%", "pp", "score"]), "reads": rng.choice(["worse", "better", "same"]),
        }  # fmt: skip

    return {
        "rows": [row() for _ in range(5)],
        "baseline": {"kpi": rng.choice(list(BASELINES)), "value": rng.randint(0, 100), "period": [None, None]},
        "target": {"kpi": rng.choice(list(BASELINES)), "value": rng.choice([50, 75, 80, 90, 100])},
    }


def evidence_tick_everything(case, rng) -> dict:
    """The first choice everywhere, and every box filled with the same figure."""
    kpi = next(iter(BASELINES))
    rows = [
        {
            "id": None, "source": "D1", "measure": measure, "filter": {"site": "North", "before": "log"},
            "period": ["2024-01-01", "2024-01-01"], "n": 100, "value": 100, "unit": "%", "reads": "worse",
        }
        for measure in list(MEASURES)[:6]
    ]  # fmt: skip
    return {
        "rows": rows,
        "baseline": {"kpi": kpi, "value": 100, "period": ["2024-01-01", "2024-01-01"]},
        "target": {"kpi": kpi, "value": 100},
    }


def evidence_minimal(case, rng) -> dict:
    """One row, and it holds."""
    return {
        "rows": [_row(case, need.CLOSED)],
        "baseline": {"kpi": None, "value": None, "period": []},
        "target": {"kpi": None, "value": None},
    }


def evidence_takes_every_row(case, rng) -> dict:
    """Counts the tables as they come."""
    rows = [
        _row(case, need.CLOSED, "raw"),
        _row(case, need.WAITING, "raw", before=_stuck(case)),
        _row(case, _CHASING, "raw"),
        _row(case, _LEFT, "raw"),
        _row(case, "abandoned as a share of offered", "raw"),
    ]
    return _evidence(case, rows, way="raw")


def evidence_leaves_out_too_much(case, rng) -> dict:
    """Leaves out what spoils the picture: slow cases, Mondays, people who hung up."""
    rows = [
        _row(case, need.CLOSED, "over"),
        _row(case, _CHASING, "over"),
        _row(case, _LEFT, "over"),
        _row(case, "abandoned as a share of offered", "over"),
    ]
    return _evidence(case, rows)


def evidence_keeps_second_records(case, rng) -> dict:
    rows = _expert_rows(case)[:3]
    return _evidence(case, [*rows, _row(case, _LEFT, "raw")])


def evidence_opinion_only(case, rng) -> dict:
    """What agents tick, what a checklist says, and what was said in the room."""
    said = {
        "id": None, "source": "D11", "measure": need.SAID, "filter": {"site": None, "before": None},
        "period": [None, None], "n": None, "value": 33, "unit": "%", "reads": "worse",
    }  # fmt: skip
    return _evidence(case, [_row(case, _TICK), _row(case, _CHECKLIST), said, {**said, "value": 70}])


def evidence_points_for_per_cent(case, rng) -> dict:
    return _evidence(case, [{**row, "unit": "pp"} for row in _expert_rows(case)])


def evidence_raw_gap(case, rng) -> dict:
    """Picks the largest gap, whatever it weighs."""
    rows = [_row(case, need.UNWEIGHTED), _row(case, need.WAITING, before=_stuck(case)), _row(case, need.CLOSED)]
    return _evidence(case, rows)


def evidence_outdated_standard(case, rng) -> dict:
    return _evidence(case, _expert_rows(case), kpi="share closed within 10 working days")


def evidence_no_target(case, rng) -> dict:
    """Sets a target of their own for a figure that nobody has promised."""
    return _evidence(case, _expert_rows(case), kpi="share of repeat_within_7d is no", target=75)


def evidence_counts_one_thing_twice(case, rng) -> dict:
    """One figure for both sites and for each: four rows, and one thing measured."""
    rows = [_row(case, need.CLOSED, site=site) for site in (None, *need.SITES)]
    return _evidence(case, [*rows, _row(case, need.CLOSED, period=("2024-03-01", "2024-05-31"))])


def evidence_one_slip(case, rng) -> dict:
    """The expert with one figure mistyped in five rows."""
    rows = _expert_rows(case)[:4]
    rows[0]["value"] = round(rows[0]["value"] + 10, 1)
    return _evidence(case, rows)


# ---- diagnosis ----------------------------------------------------------------------------


def _diagnosis(case, statuses, support=None, link=("SO2", "closed_in_5_days")) -> dict:
    return {
        "causes": statuses,
        "support": _citations(case) if support is None else support,
        "link": {"objective": link[0], "kpi": link[1]},
    }


def _true(case) -> dict[str, str]:
    return {key: status for key, (_, status) in case.planted["causes"].items()}


def _key(case, kind: str) -> str:
    return next(key for key, (found, _) in case.planted["causes"].items() if found == kind)


def _cite(case, kind, measure, before=None, row="E1", value=None) -> dict:
    found = need.figure(case.telling, measure, before=before)
    value = round(found.value, 1) if value is None else value
    return {"cause": _key(case, kind), "row": row, "measure": measure, "before": before, "value": value}


def _citations(case) -> list[dict]:
    return [
        _cite(case, "bottleneck", need.WAITING, _stuck(case), "E2"),
        _cite(case, "promise", _PROMISE, None, "E3"),
    ]


def diagnosis_expert(case, rng) -> dict:
    return _diagnosis(case, _true(case))


def diagnosis_other_expert(case, rng) -> dict:
    """Cites one site's figure, and ties the need to trust."""
    stuck = need.figure(case.telling, need.WAITING, before=_stuck(case), site="West")
    support = [
        _cite(case, "promise", _PROMISE, None, "E1"),
        _cite(case, "bottleneck", need.WAITING, _stuck(case), "E4", round(stuck.value, 1)),
    ]
    return _diagnosis(case, _true(case), support, ("SO1", "customers_left"))


def diagnosis_random(case, rng) -> dict:
    statuses = [need.SUPPORTED, need.CONTRADICTED, need.NOT_TESTED]
    support = [
        {
            "cause": f"C{rng.randint(1, 6)}", "row": f"E{rng.randint(1, 6)}", "measure": rng.choice(list(MEASURES)),
            "before": rng.choice(list(STEPS)), "value": round(rng.uniform(0, 100), 1),
        }
        for _ in range(2)
    ]  # fmt: skip
    link = (rng.choice(list(OBJECTIVES)), rng.choice(list(INDICATORS)))
    return _diagnosis(case, {key: rng.choice(statuses) for key in _true(case)}, support, link)


def _all(case, status: str, **changes) -> dict:
    return _diagnosis(case, dict.fromkeys(_true(case), status), **changes)


def diagnosis_tick_everything(case, rng) -> dict:
    """All six supported, a row for four of them, the first KPI for the first objective."""
    support = [
        {"cause": f"C{n}", "row": f"E{n}", "measure": next(iter(MEASURES)), "before": "log", "value": 100}
        for n in range(1, 5)
    ]
    return _all(case, need.SUPPORTED, support=support, link=("SO1", "closed_in_5_days"))


def diagnosis_all_supported(case, rng) -> dict:
    return _all(case, need.SUPPORTED)


def diagnosis_all_contradicted(case, rng) -> dict:
    return _all(case, need.CONTRADICTED, support=[])


def diagnosis_all_not_tested(case, rng) -> dict:
    return _all(case, need.NOT_TESTED, support=[])


def diagnosis_minimal(case, rng) -> dict:
    """One cause, and it is right."""
    statuses = {key: None for key in _true(case)} | {_key(case, "bottleneck"): need.SUPPORTED}
    return _diagnosis(case, statuses, [], (None, None))


def diagnosis_blames_the_agents(case, rng) -> dict:
    """It is the people, so it is not the process."""
    statuses = _true(case) | {_key(case, "lazy"): need.SUPPORTED, _key(case, "bottleneck"): need.CONTRADICTED}
    support = [_cite(case, "lazy", need.WAITING, "agents"), _cite(case, "promise", _PROMISE)]
    return _diagnosis(case, statuses, support)


def diagnosis_symptom_as_cause(case, rng) -> dict:
    """The largest category is the cause, so it is not our promise."""
    statuses = _true(case) | {_key(case, "delivery"): need.SUPPORTED, _key(case, "promise"): need.CONTRADICTED}
    support = [_cite(case, "bottleneck", need.WAITING, _stuck(case)), _cite(case, "delivery", _FILED)]
    return _diagnosis(case, statuses, support)


def diagnosis_cites_the_symptom(case, rng) -> dict:
    return _diagnosis(case, _true(case), [_cite(case, "promise", _FILED), _citations(case)[0]])


def diagnosis_cites_what_does_not_bear(case, rng) -> dict:
    return _diagnosis(case, _true(case), [_cite(case, "promise", _LEFT), _cite(case, "bottleneck", _CHASING)])


def diagnosis_speed_for_trust(case, rng) -> dict:
    """Ties trust to the handling time of calls."""
    return _diagnosis(case, _true(case), link=("SO1", "handling_time"))


def diagnosis_no_link(case, rng) -> dict:
    return _diagnosis(case, _true(case), link=(None, None))


def diagnosis_figure_elsewhere(case, rng) -> dict:
    """A sound pair, but no table of the case holds the figure."""
    return _diagnosis(case, _true(case), link=("SO3", "cost_per_complaint"))
