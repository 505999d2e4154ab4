"""How different people would fill in CM4. Each recipe gives the answer of one kind of person for one case.

``steer-the-change.personas.yml`` says what each of them must earn and be told.
"""

from statistics import fmean, stdev

from cslearn.methods import control_chart
from cslearn.methods.control_chart import Limits
from cslearn.northfold import next_weeks
from cslearn.northfold.monitoring import KPIS, LEAVE_OUT, OWNERS, baseline_figures, weekly
from cslearn.northfold.two_jobs import JOBS, job_of

_NUMERATORS = sorted({kpi.numerator for kpi in KPIS.values()} | {"contacts_ticked", "sum_of_marks"})
_DENOMINATORS = sorted({kpi.denominator for kpi in KPIS.values()})
_OFTEN = ("daily", "weekly", "monthly", "quarterly", "at_the_end")
_USUAL = ("quality_score", "service_level", "first_contact_resolution", "absence")

# ---- monitoring sheet ---------------------------------------------------------------------


def _row(case, name: str, leave_out=None, by=None, **other) -> dict:
    """One row worked out right, but for what is said otherwise."""
    kpi = KPIS[name]
    leave_out = list(kpi.must) if leave_out is None else leave_out
    by = by or control_chart.limits(baseline_figures(case, name, leave_out))
    row = {
        "kpi": name, "numerator": kpi.numerator, "denominator": kpi.denominator, "leave_out": leave_out,
        "lead_lag": kpi.leads[0], "frequency": "weekly", "owner": kpi.owners[0],
        "baseline": round(by.mean, 2), "lower": round(by.lower, 2), "upper": round(by.upper, 2),
    }  # fmt: skip
    return {**row, **other}


def _sheet(case, names=_USUAL, **other) -> dict:
    return {"kpis": [_row(case, name, **other) for name in names]}


def monitoring_sheet_expert(case, rng) -> dict:
    return _sheet(case)


def monitoring_sheet_other_expert(case, rng) -> dict:
    """Six other measures; leaves out all that may be left out, rounds to the table's digits, uses every other right answer."""
    names = ("quality_score", "abandonment", "handling_time", "satisfaction", "complaints_opened", "absence")
    rows = []
    for name in names:
        kpi = KPIS[name]
        row = _row(case, name, [*kpi.must, *kpi.may], owner=kpi.owners[-1], frequency=kpi.frequencies[0])
        rows.append(row | {key: round(row[key], kpi.digits) for key in ("baseline", "lower", "upper")})
    return {"kpis": rows}


def monitoring_sheet_random(case, rng) -> dict:
    return {
        "kpis": [
            {
                "kpi": name, "numerator": rng.choice(_NUMERATORS), "denominator": rng.choice(_DENOMINATORS),
                "leave_out": [what for what in LEAVE_OUT if rng.random() < 0.5],
                "lead_lag": rng.choice(["leading", "lagging"]), "frequency": rng.choice(_OFTEN),
                "owner": rng.choice(list(OWNERS)), "baseline": round(rng.uniform(0, 100), 1),
                "lower": round(rng.uniform(0, 50), 1), "upper": round(rng.uniform(50, 100), 1),
            }
            for name in rng.sample(list(KPIS), 5)
        ]
    }  # fmt: skip


def monitoring_sheet_tick_everything(case, rng) -> dict:
    """Six measures, everything ticked, the same choice and the same figure in every box."""
    same = {
        "numerator": "points_scored", "denominator": "none", "leave_out": list(LEAVE_OUT), "lead_lag": "leading",
        "frequency": "daily", "owner": "everyone", "baseline": 50, "lower": 0, "upper": 100,
    }  # fmt: skip
    return {"kpis": [{"kpi": name, **same} for name in list(KPIS)[:6]]}


def monitoring_sheet_minimal(case, rng) -> dict:
    """One measure, worked out right."""
    return _sheet(case, _USUAL[:1])


def monitoring_sheet_two_deviations(case, rng) -> dict:
    """Limits at two standard deviations."""
    return {
        "kpis": [_row(case, name, by=_deviations(baseline_figures(case, name, KPIS[name].must), 2)) for name in _USUAL]
    }


def _deviations(figures, times: float) -> Limits:
    mean, reach = fmean(figures), times * stdev(figures)
    return Limits(mean, mean - reach, mean + reach, 0.0, 0.0)


def monitoring_sheet_own_yardstick(case, rng) -> dict:
    """Limits that take in the weeks after the start; the baselines are right."""
    rows = []
    for name in ("quality_score", "handling_time", "first_contact_resolution", "absence"):
        by = control_chart.limits([week.figure for week in weekly(case, name) if week.part in ("baseline", "after")])
        rows.append(_row(case, name, lower=round(by.lower, 2), upper=round(by.upper, 2)))
    return {"kpis": rows}


def monitoring_sheet_targets(case, rng) -> dict:
    """The target as the limit on the good side."""
    good = {"quality_score": "upper", "service_level": "upper", "first_contact_resolution": "upper", "absence": "lower"}
    return {"kpis": [_row(case, name, **{side: KPIS[name].target}) for name, side in good.items()]}


def monitoring_sheet_nothing_left_out(case, rng) -> dict:
    return _sheet(case, ("service_level", "abandonment", "first_contact_resolution", "complaints_opened"), leave_out=[])


def monitoring_sheet_bad_weeks_out(case, rng) -> dict:
    """Leaves out the weeks that look bad; the figures are those of a careful person."""
    rows = [_row(case, name) for name in _USUAL]
    return {"kpis": [row | {"leave_out": [*row["leave_out"], "bad_weeks"]} for row in rows]}


def monitoring_sheet_agents_ticks(case, rng) -> dict:
    answer = monitoring_sheet_expert(case, rng)
    answer["kpis"][2]["numerator"] = "contacts_ticked"
    return answer


def monitoring_sheet_work_only(case, rng) -> dict:
    """Only figures about the work; nobody asks how customers or staff fare."""
    return _sheet(case, ("quality_score", "service_level", "abandonment", "handling_time"))


def monitoring_sheet_nobody(case, rng) -> dict:
    return _sheet(case, owner="everyone", frequency="monthly")


def monitoring_sheet_one_slip(case, rng) -> dict:
    """The expert, with one mean a little off, and its limits worked out from that."""
    answer = monitoring_sheet_expert(case, rng)
    row = answer["kpis"][0]
    off = 0.07 * (row["upper"] - row["lower"])
    return {
        "kpis": [row | {key: round(row[key] + off, 2) for key in ("baseline", "lower", "upper")}, *answer["kpis"][1:]]
    }


# ---- read and decide ----------------------------------------------------------------------


def _scores(case) -> list[float]:
    return [week.figure for week in weekly(case, "quality_score") if week.part == "after"]


def _true_limits(case) -> Limits:
    return control_chart.limits(baseline_figures(case, "quality_score"))


def _found(case, by: Limits) -> list[dict]:
    return [{"week": s.place + 1, "rule": s.rule} for s in control_chart.signals(_scores(case), by)]


def _reading(case, *, by=None, signals=None, decisions=None, action=None, worked=None) -> dict:
    """A whole answer: the expert's, but for what is said otherwise."""
    by = by or _true_limits(case)
    signals = _found(case, by) if signals is None else signals
    action = action or case.planted["action"]
    if decisions is None:
        fault, first = case.planted["fault_week"], case.planted["trouble_weeks"][0]
        rules = {row["week"]: row["rule"] for row in case.planted["signal_list"]}
        decisions = [
            {"week": fault, "action": "investigate_data", "because": "outside"},
            {"week": first, "action": action, "because": rules[first]},
        ]
    after = [row["quality_score"] for row in next_weeks.outcome(case, action)]
    kept = [
        score for week, score in enumerate(_scores(case), start=1) if week > 6 and week != case.planted["fault_week"]
    ]
    return {
        "limits": {"lower": round(by.lower, 2), "mean": round(by.mean, 2), "upper": round(by.upper, 2)},
        "signals": signals,
        "decisions": decisions,
        "check": {
            "action": action, "before": round(fmean(kept), 2), "after": round(fmean(after), 2),
            "worked": worked or next_weeks.verdict(after, _true_limits(case)),
        },
    }  # fmt: skip


def read_and_decide_expert(case, rng) -> dict:
    return _reading(case)


def read_and_decide_other_expert(case, rng) -> dict:
    """Writes down that it holds in every other week too, asks why a good week was good, rounds to one decimal."""
    answer = _reading(case)
    weeks = {row["week"] for row in answer["decisions"]}
    good = {row["week"] for row in answer["signals"]} - {case.planted["fault_week"], *case.planted["trouble_weeks"]}
    for week in range(1, 13):
        if week not in weeks:
            action = "investigate_data" if week in good else "hold"
            answer["decisions"].append({"week": week, "action": action, "because": "none"})
    answer["limits"] = {name: round(line, 1) for name, line in answer["limits"].items()}
    answer["check"] |= {name: round(answer["check"][name], 1) for name in ("before", "after")}
    return answer


def read_and_decide_random(case, rng) -> dict:
    return {
        "limits": {"lower": rng.randint(70, 80), "mean": rng.randint(80, 84), "upper": rng.randint(84, 95)},
        "signals": [{"week": rng.randint(1, 12), "rule": rng.choice(["outside", "run8"])} for _ in range(4)],
        "decisions": [
            {"week": rng.randint(1, 12), "action": rng.choice(list(next_weeks.ACTIONS)), "because": rng.choice(["outside", "run8", "none"])}
            for _ in range(3)
        ],
        "check": {
            "action": rng.choice(list(next_weeks.ACTIONS)), "before": round(rng.uniform(75, 88), 1),
            "after": round(rng.uniform(75, 88), 1), "worked": rng.choice(["yes", "no", "too_soon"]),
        },
    }  # fmt: skip


def read_and_decide_tick_everything(case, rng) -> dict:
    """Every week a signal, every week an action."""
    actions = list(next_weeks.ACTIONS)
    return {
        "limits": {"lower": 80, "mean": 80, "upper": 80},
        "signals": [{"week": week, "rule": rule} for week in range(1, 13) for rule in ("outside", "run8")],
        "decisions": [{"week": week, "action": actions[week % 6], "because": "outside"} for week in range(1, 13)],
        "check": {"action": actions[1], "before": 80, "after": 80, "worked": "yes"},
    }


def read_and_decide_minimal(case, rng) -> dict:
    """Sees nothing, does nothing, and checks that right."""
    return _reading(
        case,
        signals=[],
        decisions=[{"week": week, "action": "hold", "because": "none"} for week in range(1, 13)],
        action="hold",
    )


def read_and_decide_every_week(case, rng) -> dict:
    return _reading(case, signals=[{"week": week, "rule": "outside"} for week in range(1, 13)])


def read_and_decide_below_the_mean(case, rng) -> dict:
    mean = _true_limits(case).mean
    return _reading(
        case, signals=[{"week": n, "rule": "outside"} for n, score in enumerate(_scores(case), start=1) if score < mean]
    )


def read_and_decide_two_deviations(case, rng) -> dict:
    return _reading(case, by=_deviations(baseline_figures(case, "quality_score"), 2))


def read_and_decide_own_yardstick(case, rng) -> dict:
    return _reading(case, by=control_chart.limits([*baseline_figures(case, "quality_score"), *_scores(case)]))


def read_and_decide_largest_fall(case, rng) -> dict:
    before = [week.figure for week in weekly(case, "quality_score") if week.part == "pilot"][-1]
    scores = _scores(case)
    changes = [after - earlier for earlier, after in zip([before, *scores], scores, strict=False)]
    return _reading(case, signals=[{"week": changes.index(min(changes)) + 1, "rule": "outside"}])


def read_and_decide_tampers(case, rng) -> dict:
    """Does the right things, and something else in the three worst of the other weeks."""
    answer = _reading(case)
    quiet = set(range(1, 13)) - {row["week"] for row in answer["signals"]}
    worst = sorted(quiet, key=lambda week: _scores(case)[week - 1])[:3]
    answer["decisions"] += [{"week": week, "action": "coach_team", "because": "none"} for week in worst]
    return answer


def read_and_decide_believes_the_figure(case, rng) -> dict:
    """Takes the wrong figure for real, and acts on it."""
    answer = _reading(case)
    answer["decisions"][0]["action"] = answer["check"]["action"]
    return answer


def read_and_decide_wrong_cause(case, rng) -> dict:
    """Acts on the trouble, but not on what causes it; checks that right."""
    other = rng.choice(
        [action for action in ("coach_team", "raise_limit", "fix_template") if action != case.planted["action"]]
    )
    return _reading(case, action=other)


def read_and_decide_pauses(case, rng) -> dict:
    return _reading(case, action="pause")


def read_and_decide_holds(case, rng) -> dict:
    """Reads the chart right and does nothing at all."""
    return _reading(case, decisions=[{"week": 1, "action": "hold", "because": "none"}], action="hold")


def read_and_decide_claims_success(case, rng) -> dict:
    """Whatever was done, it worked. Here it did not act on the cause."""
    answer = read_and_decide_wrong_cause(case, rng)
    return answer | {"check": answer["check"] | {"worked": "yes"}}


# ---- monitor or evaluate? -----------------------------------------------------------------


def _jobs(case) -> list[str]:
    return [job_of(text) for text in case.facts["statements"]]


def _sorted(jobs) -> dict:
    return {f"s{n}": job for n, job in enumerate(jobs, start=1)}


def two_jobs_expert(case, rng) -> dict:
    return _sorted(_jobs(case))


def two_jobs_random(case, rng) -> dict:
    return _sorted(rng.choice(JOBS) for _ in _jobs(case))


def two_jobs_tick_everything(case, rng) -> dict:
    return _sorted("monitoring" for _ in _jobs(case))


def two_jobs_all_evaluation(case, rng) -> dict:
    return _sorted("evaluation" for _ in _jobs(case))


def two_jobs_minimal(case, rng) -> dict:
    return _sorted(_jobs(case)[:4])


def two_jobs_one_slip(case, rng) -> dict:
    answer, n = two_jobs_expert(case, rng), rng.randint(1, 8)
    return answer | {f"s{n}": JOBS[answer[f"s{n}"] == JOBS[0]]}


def two_jobs_watching_is_judging(case, rng) -> dict:
    """Calls it evaluation wherever a figure is looked at: three monitoring statements go wrong."""
    jobs = _jobs(case)
    for n in [n for n, job in enumerate(jobs) if job == "monitoring"][:3]:
        jobs[n] = "evaluation"
    return _sorted(jobs)


def two_jobs_judging_is_watching(case, rng) -> dict:
    jobs = _jobs(case)
    for n in [n for n, job in enumerate(jobs) if job == "evaluation"][:3]:
        jobs[n] = "monitoring"
    return _sorted(jobs)
