"""W9, the HEAT simulator: twelve calls to play, four replies a turn, and a customer whose temperature answers.

The page's side is ``heat_simulator.js``; the words are in ``heat_simulator_data.js``,
which both sides read. Information on law, not legal advice.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cslearn.explorers.data import read_data
from cslearn.methods import heat, rights
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("heat_simulator_data.js")
CALLS = 12
# All calls are taken on this day.
TODAY = date(2026, 11, 23)


def problem(seed: int) -> dict:
    """One call by its number, and for each turn the order in which the four replies stand.

    Twelve problems in a row are twelve different calls.
    """
    draw = mulberry32(seed)
    orders = []
    for _ in range(heat.TURNS):
        order = list(range(heat.OFFERED))
        for last in range(heat.OFFERED - 1, 0, -1):
            other = int(draw() * (last + 1))
            order[last], order[other] = order[other], order[last]
        orders.append(order)
    return {"seed": seed, "call": seed % CALLS, "orders": orders}


def last_day(call: dict) -> str | None:
    """The last day of the right that a call is about, as the rights clock gives it; None where no day counts."""
    days = [date.fromisoformat(day) for day in call["days"]]
    if call["rule"] is None:
        return None
    goods = rights.Purchase(delivered=days[0])
    found = {
        "reject": lambda: rights.reject_by(goods),
        "repair": lambda: rights.fault_presumed_until(goods),
        "final": lambda: rights.no_deduction_until(goods),
        "refund": lambda: rights.refund_by(days[0]),
        "deliver": lambda: rights.deliver_by(days[0]),
        "cancel": lambda: rights.cancel_goods_by(days[0]),
        "access": lambda: rights.subject_access_by(days[0]),
    }[call["rule"]]()
    return found.last_day.isoformat()


def transcript(call: dict, kinds: list[str]) -> list[dict]:
    """A call as it was said, line by line: the reply, its kind, and the temperature before and after."""
    words = read_data(DATA)["kinds"]
    return [
        {"said": call["replies"][line.kind], "kind": words[line.kind][0], "why": words[line.kind][1],
         "before": line.before, "after": line.after}
        for line in heat.play(call["start"], kinds).lines
    ]  # fmt: skip
