"""W8, the NPV board: which cash lines belong, and what is the plan worth today?

The page's side is ``npv_board.js``; the words are in ``npv_board_data.js``, which both
sides read.
"""

from __future__ import annotations

from pathlib import Path

from cslearn.explorers.data import read_data
from cslearn.methods.options import discount_factor, net_present_value
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("npv_board_data.js")
YEARS = 5


def problem(seed: int) -> dict:
    """One proposal with nine cash lines over years 0 to 4, three of which do not belong.

    A line has an amount ``now`` (year 0) and one for each of the years 1 to 4 (``yearly``),
    GBP, positive; ``low`` and ``high`` are its cautious and hopeful figures in percent.
    ``role`` says what it is: "sunk", "twice" and "overhead" do not belong. In every other
    proposal or so the bad lines turn a loss into a gain or a gain into a loss.
    """
    data = read_data(DATA)
    draw = mulberry32(seed)
    misleads = draw() < 0.5
    while True:
        found = _attempt(seed, draw, data)
        right, naive = value(found, data["bad"]), value(found, ())
        if abs(right) < 4000 or abs(naive) < 2000 or abs(right - naive) < 5000:
            continue
        if ((right > 0) != (naive > 0)) == misleads:
            return found


def _attempt(seed: int, draw, data: dict) -> dict:
    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    def hundreds(amount: float) -> int:
        return 100 * int(amount / 100 + 0.5)

    rate = (0.035, 0.05, 0.06, 0.08)[whole(0, 3)]
    proposal = data["proposals"][whole(0, len(data["proposals"]) - 1)]
    annuity = 0.0
    for year in range(1, YEARS):
        annuity += discount_factor(rate, year)
    amounts = {"set_up": (500 * whole(36, 90), 0), "training": (500 * whole(8, 24), 0)}
    amounts["running"] = (0, 100 * whole(60, 180))
    amounts["caused"] = (0, 100 * whole(15, 50))
    worth = 1000 * whole(5, 40)
    if draw() < 0.5:
        worth = -worth
    spent = 0.0
    for now, yearly in amounts.values():
        spent += now + yearly * annuity
    gained = (spent + worth) / annuity
    overtime = hundreds(gained * whole(42, 58) / 100)
    amounts["overtime"] = (0, overtime)
    amounts["other"] = (0, hundreds(gained) - overtime)
    amounts["sunk"] = (100 * whole(60, 300), 0)
    amounts["twice"] = (0, hundreds(overtime * whole(85, 105) / 100))
    amounts["overhead"] = (0, 100 * whole(20, 120))
    lines = []
    for role, (now, yearly) in amounts.items():
        kind = data["lines"][role]["kind"]
        choices = data["lines"][role]["choices"]
        item, note = choices[whole(0, len(choices) - 1)]
        low, high = (
            (5 * whole(12, 17), 5 * whole(20, 23)) if kind == "benefit" else (5 * whole(18, 20), 5 * whole(21, 26))
        )
        if role in ("sunk", "overhead"):
            low = high = 100
        lines.append(
            {
                "item": item,
                "note": note,
                "role": role,
                "kind": kind,
                "now": now,
                "yearly": yearly,
                "low": low,
                "high": high,
            }
        )
    for last in range(len(lines) - 1, 0, -1):
        other = whole(0, last)
        lines[last], lines[other] = lines[other], lines[last]
    return {"seed": seed, "proposal": proposal, "rate": rate, "lines": lines}


def flows(found: dict, left_out=()) -> list[float]:
    """Net cash of years 0 to 4 without the lines whose role is in ``left_out``."""
    now = yearly = 0.0
    for line in found["lines"]:
        if line["role"] not in left_out:
            sign = 1 if line["kind"] == "benefit" else -1
            now += sign * line["now"]
            yearly += sign * line["yearly"]
    return [now] + [yearly] * (YEARS - 1)


def value(found: dict, left_out=()) -> float:
    """Net present value of a problem, GBP, without the lines whose role is in ``left_out``."""
    return net_present_value(flows(found, left_out), found["rate"])


def cash_lines(found: dict, left_out=()) -> list[dict]:
    """The lines as rows of options_costs.csv: one for each item and year, with low, mid and high amounts."""
    rows = []
    for line in found["lines"]:
        if line["role"] in left_out:
            continue
        for year in range(YEARS):
            amount = line["yearly"] if year else line["now"]
            rows.append(
                {
                    "item": line["item"],
                    "kind": line["kind"],
                    "year": year,
                    "amount_low": amount * line["low"] / 100,
                    "amount_mid": amount,
                    "amount_high": amount * line["high"] / 100,
                }
            )
    return rows
