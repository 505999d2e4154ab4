"""Five ways to improve the complaints process, and what each costs and brings (table D9).

Every case holds the same five proposals with other figures, so that each learner has
their own decision to make. What is planted, in every case:

* one option breaks the law, and would come out top if nobody noticed;
* one option needs more people than the staff cap allows, and has the best net present value;
* of the three that are left, the one with the best net present value is not the one that
  pays back soonest, and scoring cost the wrong way round changes the winner of the matrix;
* among the cash lines are one cost that is already spent, one saving that is counted
  twice, one quote that includes VAT, and one saving that starts before the service does.

Cases are built so that these hold, then checked; a draw that misses is drawn again (one
draw in two or three does). Figures are fictional; wages come from a stated planning rate.
"""

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cslearn.methods import options as method
from cslearn.northfold.draw import Draw, seed_of
from cslearn.northfold.standards_policy import OBJECTIVES

if TYPE_CHECKING:
    import pandas as pd

OPTIONS = {
    "A": ("One Owner", "One person owns each complaint from the first call to the last, and may refund up to £75."),
    "B": (
        "Courier portal",
        "Agents see the courier's scans themselves and book claims at once, instead of asking a desk.",
    ),
    "C": ("Approval hub", "A small team of managers approves refunds on the same day, in both sites."),
    "D": ("Message first", "Complaints start with a guided web form, and simple ones are answered by message."),
    "E": ("Case system", "A new system with templates, reminders and one file for each complaint."),
}


@dataclass(frozen=True)
class Measure:
    """One column of the options sheet that can serve as a criterion."""

    name: str
    label: str
    unit: str
    better: str
    objectives: tuple[str, ...]


MEASURES = {
    m.name: m
    for m in (
        Measure(
            "repeat_purchase_pct", "Customers with a complaint who buy again within six months", "%", "max", ("SO1",)
        ),
        Measure("closed_in_5_days_pct", "Complaints closed within five working days", "%", "max", ("SO2", "SO1")),
        Measure("median_days_to_close", "Median time to close a complaint", "working days", "min", ("SO2", "SO1")),
        Measure(
            "repeat_contact_pct", "Customers who contact us again about the same complaint", "%", "min", ("SO2", "SO1")
        ),
        Measure("reopened_pct", "Complaints that are reopened", "%", "min", ("SO2", "SO1")),
        Measure("cost_per_complaint_gbp", "Cost of handling one complaint", "GBP", "min", ("SO3",)),
        Measure("running_cost_gbp_year", "Running cost of the option", "GBP a year", "min", ("SO3",)),
        Measure("overtime_hours_month", "Overtime in the complaints teams", "hours a month", "min", ("SO4",)),
        Measure("staff_support_pct", "Staff who call the change fair", "%", "max", ("SO4",)),
    )
}

# Two measures of the same thing: with both in the matrix it would count twice.
SAME_THING = (
    ("closed_in_5_days_pct", "median_days_to_close"),
    ("repeat_contact_pct", "reopened_pct"),
    ("cost_per_complaint_gbp", "running_cost_gbp_year"),
)

KNOCK_OUTS = {
    "budget": "The set-up cost is above the budget",
    "staff": "It needs more extra staff than the cap allows",
    "data": "It keeps personal data with no end date (UK GDPR, Article 5(1)(e))",
    "equality": "It takes away the only way that some disabled customers can use (Equality Act 2010, sections 20 and 29)",
}

COMPLAINTS_A_YEAR = 9_600
YEARS = 5
_HANDLING_GBP = 9.40
_MATRIX = (
    "repeat_purchase_pct",
    "median_days_to_close",
    "repeat_contact_pct",
    "cost_per_complaint_gbp",
    "overtime_hours_month",
)
_TODAY = {
    "repeat_purchase_pct": 39.0,
    "closed_in_5_days_pct": 31.0,
    "median_days_to_close": 11.0,
    "repeat_contact_pct": 34.0,
    "reopened_pct": 16.0,
    "cost_per_complaint_gbp": 21.40,
    "running_cost_gbp_year": 0,
    "overtime_hours_month": 205,
    "staff_support_pct": None,
}

_LAWFUL_DATA = (
    "Complaint files are deleted six years after the case closes.",
    "Call recordings are deleted after 12 months, as the policy says.",
    "Only the team that handles the complaint can open the file.",
    "Health details are kept only with the complaint they belong to, and deleted with it.",
    "The supplier holds the data in the UK and deletes it when we ask.",
)
_LAWFUL_ACCESS = (
    "Phone, web, post and stores stay open for complaints.",
    "The phone line stays. A text relay service is added.",
    "Customers choose how we reply, and may change their mind.",
    "Stores can take a complaint for a customer who cannot phone or write.",
    "Letters come in large print for those who ask.",
)
_UNLAWFUL = {
    "data": "Recordings, complaint files and health details are kept for good, in case they are useful one day.",
    "equality": "The phone line and the store desks close for complaints. The web form becomes the only way in.",
}


@dataclass
class Choice:
    """The tables and facts of one case, and the answers that were planted in it."""

    options: list[dict]
    options_costs: list[dict]
    facts: dict
    planted: dict = field(repr=False)
    draws: int = 1


def choice(seed: int) -> Choice:
    """The case for one seed: five options, their cash lines, the limits, and what was planted.

    ``options`` has one row an option; ``options_costs`` one row for each line and year
    (years 0 to 4, GBP, with a low, a mid and a high figure). Same seed, same case.
    """
    for attempt in range(1, 400):
        found = _attempt(Draw(seed_of("options", seed, attempt)))
        if found is not None:
            found.draws = attempt
            return found
    raise AssertionError(f"no case for seed {seed} in 400 draws")  # pragma: no cover


def _attempt(draw: Draw) -> Choice | None:
    unlawful, overstaffed, winner, runner_up, third = draw.shuffled(list(OPTIONS))
    roles = {unlawful: "unlawful", overstaffed: "overstaffed", winner: "winner", runner_up: "runner_up", third: "third"}
    facts = {
        "discount_rate": draw.one_of([0.05, 0.06, 0.07, 0.08, 0.09, 0.10]),
        "budget_gbp": draw.step(90_000, 110_000, 5_000),
        "staff_cap_fte": draw.one_of([2.0, 2.5, 3.0]),
        "complaints_a_year": COMPLAINTS_A_YEAR,
        "hourly_rate_gbp": draw.step(14.5, 16.5, 0.25),
        "objective_weights": _objective_weights(draw),
        "today": dict(_TODAY),
        "objectives": {key: value["name"] for key, value in OBJECTIVES.items()},
    }
    law = draw.one_of(["data", "equality"])
    sheet = _sheet(draw, roles, facts, law)
    if not _matrix_holds(sheet, facts, unlawful, overstaffed, winner):
        return None
    knocked_out = {unlawful: law, overstaffed: "staff"}
    planted = {"knocked_out": knocked_out, "left_in": sorted({winner, runner_up, third}), "matrix_winner": winner}
    lines = _lines(draw, sheet, facts, overstaffed, [winner, runner_up, third], planted)
    if not _money_holds(lines, facts, planted, overstaffed):
        return None
    return Choice(list(sheet.values()), lines, facts, planted)


def _objective_weights(draw: Draw) -> dict[str, int]:
    trust = int(draw.step(25, 30, 5))
    right_first_time = int(draw.step(30, 35, 5))
    fairness = int(draw.step(10, 15, 5))
    return {"SO1": trust, "SO2": right_first_time, "SO3": 100 - trust - right_first_time - fairness, "SO4": fairness}


# How good each option is on each objective, from 0 to 1: the range it is drawn from.
# The winner is cheap and decent; the runner-up is better for customers and dear. That is
# what makes the weight of cost decide between them.
_QUALITY = {
    "unlawful": {"SO1": (0.85, 1.0), "SO2": (0.85, 1.0), "SO3": (0.75, 1.0), "SO4": (0.4, 0.8)},
    "overstaffed": {"SO1": (0.55, 0.85), "SO2": (0.6, 0.9), "SO3": (0.35, 0.6), "SO4": (0.7, 1.0)},
    "winner": {"SO1": (0.45, 0.65), "SO2": (0.5, 0.72), "SO3": (0.72, 0.95), "SO4": (0.45, 0.75)},
    "runner_up": {"SO1": (0.6, 0.85), "SO2": (0.62, 0.85), "SO3": (0.0, 0.2), "SO4": (0.4, 0.75)},
    "third": {"SO1": (0.0, 0.3), "SO2": (0.0, 0.3), "SO3": (0.35, 0.65), "SO4": (0.0, 0.35)},
}


def _sheet(draw: Draw, roles: dict, facts: dict, law: str) -> dict[str, dict]:
    data_notes, access_notes = draw.shuffled(_LAWFUL_DATA), draw.shuffled(_LAWFUL_ACCESS)
    cap, budget = facts["staff_cap_fte"], facts["budget_gbp"]
    sheet = {}
    for place, (option, (name, what)) in enumerate(OPTIONS.items()):
        role = roles[option]
        quality = {so: draw.between(*span) for so, span in _QUALITY[role].items()}

        def near(so: str, spread: float = 0.04, quality=quality) -> float:
            return min(1.0, max(0.0, quality[so] + draw.between(-spread, spread)))

        speed, repeat = near("SO2", 0.08), near("SO2", 0.08)
        running = 500 * round((88_000 - 66_000 * quality["SO3"]) / 500)
        extra_fte = cap + draw.one_of([0.5, 1.0, 1.5]) if role == "overstaffed" else draw.step(0, cap, 0.5)
        row = {
            "option": option,
            "name": name,
            "what_changes": what,
            "repeat_purchase_pct": round(40 + 20 * near("SO1"), 1),
            "closed_in_5_days_pct": round(36 + 48 * speed, 1),
            "median_days_to_close": round(10.2 - 7.2 * speed, 1),
            "repeat_contact_pct": round(33 - 18 * repeat, 1),
            "reopened_pct": round(15.5 - 10.5 * repeat, 1),
            "cost_per_complaint_gbp": round(_HANDLING_GBP + running / COMPLAINTS_A_YEAR, 2),
            "running_cost_gbp_year": running,
            "overtime_hours_month": round(200 - 165 * near("SO4")),
            "staff_support_pct": round(32 + 52 * near("SO4", 0.1)),
            # Nothing breaks the budget; one or two options come close to it.
            "set_up_gbp": 500 * round(budget * draw.between(0.45, 0.97) / 500),
            "extra_staff_fte": extra_fte,
            "data_note": data_notes[place],
            "access_note": access_notes[place],
        }
        if role == "unlawful":
            row["data_note" if law == "data" else "access_note"] = _UNLAWFUL[law]
        sheet[option] = row
    return sheet


def reference_weights(facts: dict) -> dict[str, float]:
    """The board's weights shared out over five measures, one or two for each objective."""
    w = facts["objective_weights"]
    half = w["SO2"] // 2
    return dict(zip(_MATRIX, (w["SO1"], w["SO2"] - half, half, w["SO3"], w["SO4"]), strict=True))


def scores_of(options: list[dict], measures, directions: dict | None = None) -> dict[str, dict[str, float]]:
    """Scores from 0 to 10 for each option on each measure, by linear scaling over all five options."""
    directions = directions or {}
    scores: dict[str, dict[str, float]] = {row["option"]: {} for row in options}
    for measure in measures:
        better = directions.get(measure, MEASURES[measure].better)
        column = method.linear_scores([row[measure] for row in options], better)
        for row, score in zip(options, column, strict=True):
            scores[row["option"]][measure] = score
    return scores


def _matrix_holds(sheet, facts, unlawful, overstaffed, winner) -> bool:
    rows, weights = list(sheet.values()), reference_weights(facts)
    out = (unlawful, overstaffed)
    scores = scores_of(rows, _MATRIX)
    totals = method.weighted_totals(scores, weights)
    everyone = sorted(totals.values(), reverse=True)
    left_in = method.ranking(totals, out)
    gaps = [totals[a] - totals[b] for a, b in itertools.pairwise(left_in)]
    if totals[unlawful] != everyone[0] or everyone[0] - everyone[1] < 0.3:
        return False
    if left_in[0] != winner or min(gaps) < 0.15:
        return False
    for measures in (("cost_per_complaint_gbp",), tuple(m for m in _MATRIX if MEASURES[m].better == "min")):
        wrong = scores_of(rows, _MATRIX, {m: "max" for m in measures})
        if method.ranking(method.weighted_totals(wrong, weights), out)[0] == winner:
            return False
    flip = method.break_even_weight(scores, weights, "cost_per_complaint_gbp", out)
    return flip is not None and 2 <= flip <= 98 and abs(flip - weights["cost_per_complaint_gbp"]) >= 3


# ---- money ------------------------------------------------------------------------------


def _lines(draw: Draw, sheet, facts, overstaffed, left_in, planted) -> list[dict]:
    rate = facts["discount_rate"]
    best_value, quickest, other = draw.shuffled(left_in)
    # What the best option is ahead by is less than any one of the planted faults, so that
    # each of them alone changes the choice.
    target = {best_value: draw.between(52_000, 75_000)}
    target[quickest] = target[best_value] - draw.between(6_000, 10_000)
    target[other] = target[best_value] - draw.between(22_000, 34_000)
    target[overstaffed] = target[best_value] + draw.between(14_000, 26_000)
    for option in sheet:
        target.setdefault(option, draw.between(15_000, 60_000))
    shape = {best_value: (0.45, 0.9, 1.25, 1.45), quickest: (1.4, 1.1, 0.9, 0.75)}

    vat, early = draw.shuffled([other, draw.one_of([best_value, quickest])])
    if vat == quickest:  # it would make the quick option look dearer, and hide the other faults
        vat = best_value
    faults = {"sunk": best_value, "counted_twice": quickest, "vat": vat, "early": early}
    rows: list[dict] = []
    planted.update(best_value=best_value, quickest=quickest, left_out=[], vat_line="", early_line="")
    for option in OPTIONS:
        rows += _option_lines(
            draw,
            option,
            sheet[option],
            facts,
            target[option],
            shape.get(option, (0.8, 1.0, 1.05, 1.1)),
            rate,
            faults,
            planted,
        )
    planted["left_out"].sort()
    return rows


def _option_lines(draw, option, row, facts, target, shape, rate, faults, planted) -> list[dict]:
    ramp = [s * draw.between(0.95, 1.05) for s in shape]
    set_up = row["set_up_gbp"]
    training = 100 * round(set_up * draw.between(0.12, 0.2) / 100)
    equipment = set_up - training
    running = [row["running_cost_gbp_year"]] * 4
    refresher = 100 * round(training * 0.2 / 100)
    factors = [method.discount_factor(rate, year) for year in range(1, YEARS)]
    needed = target + set_up + sum((r + refresher) * f for r, f in zip(running, factors, strict=True))
    scale = needed / sum(s * f for s, f in zip(ramp, factors, strict=True))
    yearly = [scale * s for s in ramp]
    share = [draw.between(0.38, 0.46), draw.between(0.22, 0.3)]
    chasing = [100 * round(y * share[0] / 100) for y in yearly]
    refunds = [100 * round(y * share[1] / 100) for y in yearly]
    overtime = [100 * round(y / 100) - a - b for y, a, b in zip(yearly, chasing, refunds, strict=True)]
    hourly = facts["hourly_rate_gbp"]

    lines: list[tuple] = [
        (
            "Software, equipment and redesign",
            "cost",
            [equipment, 0, 0, 0, 0],
            (0.95, 1.15),
            "Supplier's quote",
            "Excludes VAT.",
        ),
        (
            "Training, in paid hours",
            "cost",
            [training, *[refresher] * 4],
            (0.9, 1.25),
            f"Hours at the planning rate of £{hourly:.2f}",
            "A refresher every year.",
        ),
        ("Running cost", "cost", [0, *running], (0.97, 1.12), "Service plan", ""),
        ("Fewer chasing contacts", "benefit", [0, *chasing], (draw.step(0.6, 0.75, 0.05), 1.1), "Pilot team's log", ""),
        (
            "Fewer refunds and goodwill payments",
            "benefit",
            [0, *refunds],
            (draw.step(0.65, 0.8, 0.05), 1.1),
            "Complaints of the last 12 months",
            "",
        ),
        (
            "Overtime no longer paid",
            "benefit",
            [0, *overtime],
            (draw.step(0.7, 0.85, 0.05), 1.05),
            "Payroll",
            "Cash that leaves the pay bill.",
        ),
    ]
    extra: list[tuple] = []
    if faults["vat"] == option:
        quoted = round(equipment * 1.2)
        lines[0] = (
            lines[0][0],
            "cost",
            [quoted, 0, 0, 0, 0],
            lines[0][3],
            "Supplier's quote",
            "Includes 20% VAT, which Northfold reclaims.",
        )
    if faults["early"] == option:
        lines[3] = (
            lines[3][0],
            "benefit",
            [100 * round(chasing[0] * 0.9 / 100), *chasing],
            lines[3][3],
            "Supplier's sheet",
            "The supplier starts the saving in year 0. The service goes live at the start of year 1.",
        )
    if faults["sunk"] == option:
        extra.append(
            (
                "Feasibility study",
                "cost",
                [100 * round(draw.between(14_000, 22_000) / 100), 0, 0, 0, 0],
                (1, 1),
                "Invoice",
                "Paid in March, whatever is decided now.",
            )
        )
    if faults["counted_twice"] == option:
        extra.append(
            (
                "Agents' hours saved, valued",
                "benefit",
                [0, *[100 * round(o * 0.98 / 100) for o in overtime]],
                (draw.step(0.7, 0.85, 0.05), 1.05),
                f"Hours at the planning rate of £{hourly:.2f}",
                "The same hours as the overtime line, valued instead of paid.",
            )
        )
    # Where a line stands tells nothing about what is wrong with it.
    rows = []
    for number, (item, kind, mid, (low, high), basis, note) in enumerate(draw.shuffled(lines + extra), start=1):
        line = f"{option}{number}"
        if item == "Feasibility study" or item.startswith("Agents' hours"):
            planted["left_out"].append(line)
        if "Includes 20% VAT" in note:
            planted["vat_line"] = line
        if "starts the saving in year 0" in note:
            planted["early_line"] = line
        for year, amount in enumerate(mid):
            rows.append({
                "line": line, "option": option, "item": item, "kind": kind, "year": year,
                "amount_low": round(amount * low), "amount_mid": amount, "amount_high": round(amount * high),
                "basis": basis, "note": note,
            })  # fmt: skip
    return rows


def true_lines(lines: list[dict], planted: dict) -> list[dict]:
    """The cash lines as they should be counted: VAT taken out, and nothing saved before the service is live.

    Lines that do not belong are still in; leave them out with ``planted["left_out"]``.
    """
    result = []
    for row in lines:
        row = dict(row)
        if row["line"] == planted["vat_line"]:
            for amount in ("amount_low", "amount_mid", "amount_high"):
                row[amount] = row[amount] / 1.2
        if row["line"] == planted["early_line"] and row["year"] == 0:
            row.update(amount_low=0, amount_mid=0, amount_high=0)
        result.append(row)
    return result


def cash_flows(lines: list[dict], leave_out=(), cautious: bool = False) -> dict[str, list[float]]:
    """Net cash of each option in years 0 to 4, GBP: benefits less costs, without the lines in ``leave_out``.

    ``lines`` are rows of ``options_costs``. ``cautious`` takes every benefit at its low
    and every cost at its high figure.
    """
    left_out = set(leave_out)
    flows: dict[str, list[float]] = {}
    for row in lines:
        flow = flows.setdefault(row["option"], [0.0] * YEARS)
        if row["line"] in left_out:
            continue
        if row["kind"] == "benefit":
            flow[row["year"]] += row["amount_low" if cautious else "amount_mid"]
        else:
            flow[row["year"]] -= row["amount_high" if cautious else "amount_mid"]
    return flows


def _money_holds(lines, facts, planted, overstaffed) -> bool:
    rate, left_in, best, quickest = (
        facts["discount_rate"],
        planted["left_in"],
        planted["best_value"],
        planted["quickest"],
    )
    right = true_lines(lines, planted)

    def values(rows, leave_out) -> dict[str, float]:
        return {o: method.net_present_value(f, rate) for o, f in cash_flows(rows, leave_out).items()}

    value = values(right, planted["left_out"])
    if max(value, key=value.get) != overstaffed:
        return False
    if min(value[best] - value[o] for o in left_in if o != best) < 3_000:
        return False
    # Any one of the two bad lines left in, and with the other two faults as well, another option looks best.
    sunk_in = [x for x in planted["left_out"] if x[0] != best]
    twice_in = [x for x in planted["left_out"] if x[0] == best]
    for rows, leave_out in ((right, sunk_in), (right, twice_in), (lines, ())):
        naive = values(rows, leave_out)
        if max(left_in, key=naive.get) == best:
            return False
    flows = {o: f for o, f in cash_flows(right, planted["left_out"]).items() if o in left_in}
    # Once the money is back it stays back; otherwise "pays back in month 9" would mislead.
    if any(cash <= 0 for option, flow in flows.items() if option != best for cash in flow[1:]):
        return False
    months = {o: method.payback_months(f) for o, f in flows.items()}
    if any(m is None or m > 46 for m in months.values()):
        return False
    others = [months[o] for o in left_in if o != quickest]
    cautious = method.net_present_value(cash_flows(right, planted["left_out"], cautious=True)[best], rate)
    return min(others) - months[quickest] >= 3 and abs(cautious) > 1_000


# ---- for people to read --------------------------------------------------------------------


def readable_sheet(options: list[dict]) -> "pd.DataFrame":
    """The options sheet with a row for each measure and a column for each option."""
    import pandas as pd

    labels = {m.name: f"{m.label} ({m.unit})" for m in MEASURES.values()}
    labels |= {
        "set_up_gbp": "Set-up cost (GBP, without VAT)",
        "extra_staff_fte": "Extra staff needed (full-time equivalents)",
    }
    labels |= {"data_note": "How it treats personal data", "access_note": "How customers reach us"}
    columns = {row["option"]: [row["name"], row["what_changes"], *(row[key] for key in labels)] for row in options}
    sheet = pd.DataFrame(columns, index=["Name", "What changes", *labels.values()], dtype=object)
    sheet.index.name = "measure"
    return sheet


def readable_lines(lines: list[dict], amount: str = "amount_mid") -> "pd.DataFrame":
    """The cash lines with a column for each year, GBP; ``amount`` may be amount_low, amount_mid or amount_high."""
    import pandas as pd

    rows: dict[str, dict] = {}
    for row in lines:
        line = rows.setdefault(row["line"], {"item": row["item"], "kind": row["kind"]})
        line[f"y{row['year']}"] = row[amount]
        line["note"] = row["note"]
    wide = pd.DataFrame.from_dict(rows, orient="index")[["item", "kind", "y0", "y1", "y2", "y3", "y4", "note"]]
    wide.index.name = "line"
    return wide
