"""W7, the decision matrix: does the winner survive a change of one weight, and where does it flip?

The page's side is ``decision_matrix.js``; the words and the book's own problem are in
``decision_matrix_data.js``, which both sides read, so that each is said once.
"""

from __future__ import annotations

from pathlib import Path

from cslearn.explorers.data import read_data, write_data
from cslearn.methods.options import break_even_weight, linear_scores, ranking, weighted_totals
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("decision_matrix_data.js")
COST = "cost_per_complaint_gbp"


def problem(seed: int) -> dict:
    """One problem: five options with figures and limits, the board's weights, and the weight asked about.

    Seed 0 is the book's own, Northfold's; any other seed gives a fresh one, the same here
    and in the browser. Every problem has exactly one weight of cost nearest to today's at
    which the winner changes, and no result that hangs on rounding.
    """
    data = read_data(DATA)
    if seed == 0:
        return data["northfold"]
    draw = mulberry32(seed)
    survives = draw() < 0.5
    while True:
        found = _attempt(seed, draw, data)
        if _sound(found, data, survives):
            return found


def _attempt(seed: int, draw, data: dict) -> dict:
    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    staff_cap, budget = whole(4, 6) / 2, 5000 * whole(20, 23)
    options = []
    for key in data["names"]:
        values = {
            "repeat_purchase_pct": whole(400, 600) / 10,
            "median_days_to_close": whole(30, 100) / 10,
            "repeat_contact_pct": whole(150, 330) / 10,
            COST: whole(1100, 1900) / 100,
            "overtime_hours_month": whole(40, 200),
        }
        set_up, staff = 500 * whole(90, 200), whole(0, 4) / 2
        options.append({"id": key, "values": values, "set_up_gbp": set_up, "extra_staff_fte": staff, "law": ""})
    unlawful, over, note = whole(0, 4), whole(0, 3), whole(0, len(data["unlawful"]) - 1)
    options[unlawful]["law"] = data["unlawful"][note]
    # Another option than the unlawful one breaks a limit.
    breaker = options[(unlawful + 1 + over) % 5]
    if whole(0, 1):
        breaker["extra_staff_fte"] = staff_cap + whole(1, 3) / 2
    else:
        breaker["set_up_gbp"] = budget + 500 * whole(2, 20)
    weights = {"repeat_purchase_pct": 5 * whole(4, 6), "median_days_to_close": 5 * whole(2, 4)}
    weights["repeat_contact_pct"] = 5 * whole(2, 4)
    overtime = 5 * whole(1, 4)
    weights[COST] = 100 - overtime - sum(weights.values())
    weights["overtime_hours_month"] = overtime
    return {
        "seed": seed,
        "options": options,
        "weights": weights,
        "budget_gbp": budget,
        "staff_cap_fte": staff_cap,
        "asked": 5 * whole(0, 16),
    }


def scores_of(found: dict, criteria: list[dict]) -> dict[str, dict[str, float]]:
    """Scores from 0 to 10 for each option of a problem, by linear scaling over all five."""
    options = found["options"]
    columns = {c["name"]: linear_scores([o["values"][c["name"]] for o in options], c["better"]) for c in criteria}
    return {o["id"]: {name: column[n] for name, column in columns.items()} for n, o in enumerate(options)}


def knocked_out(found: dict) -> dict[str, str]:
    """The options that break a limit, each with the limit: "law", "staff cap" or "budget"."""
    out = {}
    for option in found["options"]:
        if option["law"]:
            out[option["id"]] = "law"
        elif option["extra_staff_fte"] > found["staff_cap_fte"]:
            out[option["id"]] = "staff cap"
        elif option["set_up_gbp"] > found["budget_gbp"]:
            out[option["id"]] = "budget"
    return out


def weights_with(found: dict, cost: float) -> dict[str, float]:
    """The weights when cost counts that much of 100 and the others keep their proportions."""
    rest = 100 - found["weights"][COST]
    return {name: cost if name == COST else weight * (100 - cost) / rest for name, weight in found["weights"].items()}


def _sound(found: dict, data: dict, survives: bool) -> bool:
    weights, out = found["weights"], knocked_out(found)
    today, asked = weights[COST], found["asked"]
    if not 10 <= today <= 45 or abs(asked - today) < 10:
        return False
    scores = scores_of(found, data["criteria"])
    totals = weighted_totals(scores, weights)
    order = ranking(totals, out)
    flip = break_even_weight(scores, weights, COST, out)
    if totals[order[0]] - totals[order[1]] < 0.15 or flip is None:
        return False
    if not 4 <= flip <= 96 or not 3 <= abs(flip - today) <= 45 or abs(flip - asked) < 4:
        return False
    then = weighted_totals(scores, weights_with(found, asked))
    winner, best = order[0], ranking(then, out)
    rival = best[1] if best[0] == winner else best[0]
    return abs(then[winner] - then[rival]) >= 0.15 and (best[0] == winner) == survives


def northfold() -> dict:
    """The book's own problem, from the case of the exercise "choose an improvement"."""
    from cslearn.northfold.case import case
    from cslearn.northfold.options_costs import reference_weights

    book = case("choose-an-improvement")
    names = [criterion["name"] for criterion in read_data(DATA)["criteria"]]
    options = []
    for row in book.tables["options"]:
        unlawful = book.planted["knocked_out"].get(row["option"])
        note = {"data": row["data_note"], "equality": row["access_note"]}.get(unlawful, "")
        options.append(
            {
                "id": row["option"],
                "values": {name: row[name] for name in names},
                "set_up_gbp": row["set_up_gbp"],
                "extra_staff_fte": row["extra_staff_fte"],
                "law": note,
            }
        )
    return {
        "seed": 0,
        "options": options,
        "weights": reference_weights(book.facts),
        "budget_gbp": book.facts["budget_gbp"],
        "staff_cap_fte": book.facts["staff_cap_fte"],
        "asked": 5,
    }


def write_northfold() -> None:
    """Puts the book's own problem into the data module, after Northfold's data has changed."""
    data = read_data(DATA)
    data["northfold"] = northfold()
    write_data(DATA, data)
