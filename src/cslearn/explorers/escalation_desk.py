"""W16, the escalation desk: who owns this complaint, by when is it answered, and who may agree the money?

The page's side is ``escalation_desk.js``; the words, the matrix and the limits are in
``escalation_desk_data.js``, which both sides read.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from cslearn.explorers.data import read_data, write_data
from cslearn.methods import escalation
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("escalation_desk_data.js")
# From the day on which the document came into force to the week before the limits changed at North.
FIRST_DAY = date(2024, 4, 2)
DAYS = 151
CASES = 4
# Of four; each takes a right owner, a right day and, where money is asked for, a right name.
ENOUGH = 3
# The counts of refunds stand for limits of £0, £5, ... £150.
STEP, MOST = 5, 150


def problem(seed: int) -> dict:
    """Four complaints of one day: ``text``, ``severity``, ``owner``, ``due``, and ``amount`` with ``agrees`` if money is asked for.

    One is of the last row of the matrix, one of the middle row, one is loud or dear and
    still of the first row, and one is any other. Every other day lies before or on a weekend
    with a bank holiday.
    """
    data = read_data(DATA)
    rows, limits = escalation.matrix(data["now"]["escalation"]), data["now"]["limits"]
    draw = mulberry32(seed)

    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    def one(items: list):
        return items[whole(0, len(items) - 1)]

    today = date.fromisoformat(one(data["awkward"])) if draw() < 0.5 else FIRST_DAY + timedelta(days=whole(0, DAYS - 1))
    serious, middle, loud, plain = data["groups"]
    kinds = [one(serious), one(middle), one(loud)]
    kinds.append(one([kind for kind in serious + middle + plain if kind not in kinds]))
    for last in range(CASES - 1, 0, -1):
        other = whole(0, last)
        kinds[last], kinds[other] = kinds[other], kinds[last]
    cases = []
    for kind in kinds:
        about = data["kinds"][kind]
        found = {"kind": kind, "text": whole(0, len(about["texts"]) - 1)}
        found["product"], found["appliance"] = one(data["products"]), one(data["appliances"])
        found["amount"] = whole(*one(about["bands"])) if about["bands"] else None
        row = escalation.row_for([about["fact"]] if about["fact"] else [], rows)
        found["severity"], found["owner"] = row.severity, row.owner
        found["due"] = escalation.answer_by(today, row.days).isoformat()
        found["agrees"] = None if found["amount"] is None else escalation.may_agree(found["amount"], limits)
        cases.append(found)
    return {"seed": seed, "today": today.isoformat(), "cases": cases}


def settled(limit: float) -> float:
    """How many of 100 refunds of Northfold's year the first agent could have agreed alone, at a limit of £0 to £150.

    In words: refunds up to the limit, divided by all refunds, times 100. Between two of the
    counted limits, the lower one counts.
    """
    counts = read_data(DATA)["refunds"]
    return 100 * counts["up_to"][int(limit // STEP)] / counts["all"]


def northfold() -> dict:
    """What the page takes from Northfold: both versions' limits, the matrix in force, and how many refunds lie up to each limit."""
    from cslearn.northfold.tables import load

    complaints = load("complaints")
    refunds = [float(one) for one in complaints.loc[complaints["remedy"] == "refund", "compensation_gbp"]]
    versions = [
        {
            "version": one["version"],
            "from": one["in_force_from"],
            "status": one["status"],
            "limits": one["authority_limits_gbp"],
            "escalation": one["escalation"],
        }
        for one in load("standards_policy")["versions"]
    ]
    return {
        "old": versions[0],
        "now": versions[1],
        "refunds": {
            "all": len(refunds),
            "up_to": [sum(one <= limit for one in refunds) for limit in range(0, MOST + 1, STEP)],
        },
    }


def write_northfold() -> None:
    """Writes what comes from Northfold into the data module anew, after a change of its data."""
    write_data(DATA, read_data(DATA) | northfold())
