"""How different people would fill in PR3. Each recipe gives the answer of one kind of person for one case.

``choose-an-improvement.personas.yml`` says what each of them must earn and be told.
"""

from copy import deepcopy

from cslearn.methods import options as method
from cslearn.northfold.options_costs import (
    MEASURES,
    OPTIONS,
    SAME_THING,
    cash_flows,
    reference_weights,
    scores_of,
    true_lines,
)

# Which objective each criterion of the expert's matrix serves.
_SERVES = {
    "repeat_purchase_pct": "SO1",
    "median_days_to_close": "SO2",
    "repeat_contact_pct": "SO2",
    "cost_per_complaint_gbp": "SO3",
    "overtime_hours_month": "SO4",
}
_YEARS = ("y0", "y1", "y2", "y3", "y4")


# ---- matrix -------------------------------------------------------------------------------


def _matrix(
    case, weights: dict, serves: dict, knocked_out: dict, directions=None, break_even="cost_per_complaint_gbp"
) -> dict:
    """A whole matrix worked out consistently from these choices."""
    directions = directions or {m: MEASURES[m].better for m in weights}
    scores = {
        o: {m: round(s, 2) for m, s in row.items()}
        for o, row in scores_of(case.tables["options"], weights, directions).items()
    }
    totals = method.weighted_totals(scores, weights)
    break_even, flip = _break_even(scores, weights, knocked_out, break_even)
    return {
        "criteria": [
            {"measure": m, "objective": serves[m], "better": directions[m], "weight": w} for m, w in weights.items()
        ],
        "scores": {o: list(row.values()) for o, row in scores.items()},
        "totals": {o: round(t, 2) for o, t in totals.items()},
        "knocked_out": [{"option": o, "because": why} for o, why in sorted(knocked_out.items())],
        "ranking": method.ranking(totals, sorted(knocked_out)),
        "break_even": {"measure": break_even, "weight": None if flip is None else round(flip, 1)},
    }


def _break_even(scores, weights, knocked_out, first_choice) -> tuple[str, float | None]:
    """The first criterion that has a break-even weight, starting with ``first_choice``, and that weight."""
    for measure in (first_choice, *weights):
        if measure in weights and len(weights) > 1:
            flip = method.break_even_weight(scores, weights, measure, sorted(knocked_out))
            if flip is not None:
                return measure, flip
    return first_choice, None


def matrix_expert(case, rng) -> dict:
    return _matrix(case, reference_weights(case.facts), _SERVES, case.planted["knocked_out"])


def matrix_other_expert(case, rng) -> dict:
    """Other sound criteria, equal weights, every score rounded to one decimal, break-even for another criterion."""
    serves = {
        "closed_in_5_days_pct": "SO2",
        "reopened_pct": "SO1",
        "running_cost_gbp_year": "SO3",
        "staff_support_pct": "SO4",
    }
    answer = _matrix(
        case, dict.fromkeys(serves, 25), serves, case.planted["knocked_out"], break_even="running_cost_gbp_year"
    )
    return answer


def matrix_random(case, rng) -> dict:
    measures = [rng.choice(list(MEASURES)) for _ in range(5)]
    return {
        "criteria": [
            {
                "measure": m,
                "objective": rng.choice(["SO1", "SO2", "SO3", "SO4"]),
                "better": rng.choice(["max", "min"]),
                "weight": rng.randint(5, 40),
            }
            for m in measures
        ],
        "scores": {o: [round(rng.uniform(0, 10), 1) for _ in range(5)] for o in OPTIONS},
        "totals": {o: round(rng.uniform(0, 10), 1) for o in OPTIONS},
        "knocked_out": [
            {"option": o, "because": rng.choice(["budget", "staff", "data", "equality"])}
            for o in rng.sample(list(OPTIONS), rng.randint(0, 3))
        ],
        "ranking": rng.sample(list(OPTIONS), rng.randint(3, 5)),
        "break_even": {"measure": rng.choice(measures), "weight": rng.randint(0, 100)},
    }


def matrix_tick_everything(case, rng) -> dict:
    """Every choice ticked, every box filled with the same figure."""
    six = list(MEASURES)[:6]
    return {
        "criteria": [{"measure": m, "objective": "SO1", "better": "max", "weight": 100 / 6} for m in six],
        "scores": {o: [10.0] * 6 for o in OPTIONS},
        "totals": {o: 10.0 for o in OPTIONS},
        "knocked_out": [
            {"option": o, "because": why} for o in OPTIONS for why in ("budget", "staff", "data", "equality")
        ],
        "ranking": list(OPTIONS),
        "break_even": {"measure": six[0], "weight": 100},
    }


def matrix_minimal(case, rng) -> dict:
    """The least that hangs together: one criterion, worked out right."""
    return _matrix(case, {"cost_per_complaint_gbp": 100}, _SERVES, {})


def matrix_bigger_is_better(case, rng) -> dict:
    weights = reference_weights(case.facts)
    return _matrix(case, weights, _SERVES, case.planted["knocked_out"], directions=dict.fromkeys(weights, "max"))


def matrix_no_link_to_strategy(case, rng) -> dict:
    """Criteria because the figures were there: every one is said to serve cost."""
    return _matrix(case, reference_weights(case.facts), dict.fromkeys(_SERVES, "SO3"), case.planted["knocked_out"])


def matrix_counts_twice(case, rng) -> dict:
    weights = {
        "repeat_purchase_pct": 25,
        "closed_in_5_days_pct": 20,
        "median_days_to_close": 20,
        "cost_per_complaint_gbp": 20,
        "overtime_hours_month": 15,
    }
    serves = {**_SERVES, "closed_in_5_days_pct": "SO2"}
    assert SAME_THING[0] == ("closed_in_5_days_pct", "median_days_to_close")
    return _matrix(case, weights, serves, case.planted["knocked_out"])


def matrix_law_as_a_score(case, rng) -> dict:
    """Keeps the unlawful option in, because its total is so good."""
    lawful = {o: why for o, why in case.planted["knocked_out"].items() if why == "staff"}
    return _matrix(case, reference_weights(case.facts), _SERVES, lawful)


def matrix_one_slip(case, rng) -> dict:
    """The expert with one score mistyped, and everything after it worked out from that."""
    answer = matrix_expert(case, rng)
    weights = reference_weights(case.facts)
    row = answer["scores"]["A"]
    row[0] = round(row[0] + 1.0, 2) if row[0] <= 9 else round(row[0] - 1.0, 2)
    scores = {o: dict(zip(weights, column, strict=True)) for o, column in answer["scores"].items()}
    totals = method.weighted_totals(scores, weights)
    answer["totals"] = {o: round(t, 2) for o, t in totals.items()}
    out = sorted(case.planted["knocked_out"])
    answer["ranking"] = method.ranking(totals, out)
    measure, flip = _break_even(scores, weights, out, "cost_per_complaint_gbp")
    answer["break_even"] = {"measure": measure, "weight": None if flip is None else round(flip, 1)}
    return answer


# ---- cost-benefit ---------------------------------------------------------------------------


def _money(case, lines, left_out, options, choose=None, flows=None, npv=None) -> dict:
    rate = case.facts["discount_rate"]
    flows = flows or cash_flows(lines, left_out)
    npv = npv or (lambda flow: method.net_present_value(flow, rate))
    values = {o: npv(flows[o]) for o in options}
    # Someone who misses a knock-out ranks those options too; these recipes do not.
    best = choose or max(values, key=values.get)
    months = {o: method.payback_months(flows[o]) for o in options}
    cautious = npv(cash_flows(lines, left_out, cautious=True)[best])
    return {
        "left_out": sorted(left_out),
        "rows": [
            {
                "option": o,
                **{y: round(v) for y, v in zip(_YEARS, flows[o], strict=True)},
                "npv": round(values[o]),
                "payback_months": None if months[o] is None else round(months[o]),
            }
            for o in options
        ],
        "choose": best,
        "cautious_npv": round(cautious),
    }


def _true(case):
    return true_lines(case.tables["options_costs"], case.planted)


def cost_benefit_expert(case, rng) -> dict:
    return _money(case, _true(case), case.planted["left_out"], case.planted["left_in"])


def cost_benefit_random(case, rng) -> dict:
    lines = sorted({row["line"] for row in case.tables["options_costs"]})
    return {
        "left_out": sorted(rng.sample(lines, rng.randint(1, 4))),
        "rows": [
            {
                "option": o,
                "y0": -rng.randint(20, 100) * 1000,
                **{y: rng.randint(0, 80) * 1000 for y in _YEARS[1:]},
                "npv": rng.randint(-50, 150) * 1000,
                "payback_months": rng.randint(6, 48),
            }
            for o in rng.sample(list(OPTIONS), 3)
        ],
        "choose": rng.choice(list(OPTIONS)),
        "cautious_npv": rng.randint(-50, 100) * 1000,
    }


def cost_benefit_tick_everything(case, rng) -> dict:
    lines = sorted({row["line"] for row in case.tables["options_costs"]})
    return {
        "left_out": lines,
        "rows": [{"option": o, **dict.fromkeys(_YEARS, 0), "npv": 0, "payback_months": 0} for o in OPTIONS],
        "choose": case.planted["left_in"][0],
        "cautious_npv": 0,
    }


def cost_benefit_minimal(case, rng) -> dict:
    """One option only, with its best year."""
    answer = cost_benefit_expert(case, rng)
    row = dict.fromkeys(answer["rows"][0])
    row.update(option=answer["choose"], y0=answer["rows"][0]["y0"])
    return {"left_out": [], "rows": [row], "choose": answer["choose"], "cautious_npv": None}


def cost_benefit_counts_every_line(case, rng) -> dict:
    """Takes the sheet as it stands: nothing left out, no note read."""
    return _money(case, case.tables["options_costs"], [], case.planted["left_in"])


def cost_benefit_sunk_cost_in(case, rng) -> dict:
    left_out = [x for x in case.planted["left_out"] if _kind(case, x) == "benefit"]
    return _money(case, _true(case), left_out, case.planted["left_in"])


def cost_benefit_saving_twice(case, rng) -> dict:
    left_out = [x for x in case.planted["left_out"] if _kind(case, x) == "cost"]
    return _money(case, _true(case), left_out, case.planted["left_in"])


def _kind(case, line) -> str:
    return next(row["kind"] for row in case.tables["options_costs"] if row["line"] == line)


def cost_benefit_vat_in(case, rng) -> dict:
    planted = {**case.planted, "vat_line": ""}
    return _money(
        case, true_lines(case.tables["options_costs"], planted), case.planted["left_out"], case.planted["left_in"]
    )


def cost_benefit_saving_too_early(case, rng) -> dict:
    planted = {**case.planted, "early_line": ""}
    return _money(
        case, true_lines(case.tables["options_costs"], planted), case.planted["left_out"], case.planted["left_in"]
    )


def cost_benefit_discounts_year_zero(case, rng) -> dict:
    rate = case.facts["discount_rate"]
    return _money(
        case,
        _true(case),
        case.planted["left_out"],
        case.planted["left_in"],
        npv=lambda f: method.net_present_value(f, rate) / (1 + rate),
    )


def cost_benefit_never_discounts(case, rng) -> dict:
    return _money(case, _true(case), case.planted["left_out"], case.planted["left_in"], npv=sum)


def cost_benefit_quickest_payback(case, rng) -> dict:
    return _money(case, _true(case), case.planted["left_out"], case.planted["left_in"], choose=case.planted["quickest"])


def cost_benefit_breaks_the_cap(case, rng) -> dict:
    """Does the arithmetic for all five, and picks the best of them, though it needs more staff than there are."""
    return _money(case, _true(case), case.planted["left_out"], sorted(OPTIONS))


def cost_benefit_one_slip(case, rng) -> dict:
    """The expert with one year of one option mistyped, and everything after it worked out from that."""
    flows = deepcopy(cash_flows(_true(case), case.planted["left_out"]))
    option = next(o for o in case.planted["left_in"] if o != case.planted["best_value"])
    flows[option][2] += 3000
    return _money(case, _true(case), case.planted["left_out"], case.planted["left_in"], flows=flows)
