"""W11, the rights clock: which right covers this customer, and what is the last day?

The page's side is ``rights_clock.js``; the words are in ``rights_clock_data.js``, which
both sides read. Information, not legal advice.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from cslearn.explorers.data import read_data
from cslearn.methods import rights
from cslearn.methods.bank_holidays import NATIONS
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("rights_clock_data.js")
# After 19 June 2026, so that every clock of the page has begun to run.
FIRST_DAY = date(2026, 7, 1)
DAYS = 365
CASES = 5
# Of five; two problems in a row are then at least eight of ten.
ENOUGH = 4


def problem(seed: int) -> dict:
    """Five customers, each with the clocks that may be named, and the last day where there is one.

    Two are about faulty goods, one about other goods or money, one about personal data,
    and one has no last day. ``a``, ``b`` and ``c`` are the days in the text; ``from`` is
    the day on which the clock starts; ``last`` is None where no day is asked for.
    """
    data = read_data(DATA)
    draw = mulberry32(seed)

    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    goods, money, personal, undated = data["groups"]
    first = whole(0, len(goods) - 1)
    second = (first + whole(1, len(goods) - 1)) % len(goods)
    kinds = [goods[first], goods[second], money[whole(0, len(money) - 1)]]
    kinds += [personal[whole(0, len(personal) - 1)], undated[whole(0, len(undated) - 1)]]
    for last in range(CASES - 1, 0, -1):
        other = whole(0, last)
        kinds[last], kinds[other] = kinds[other], kinds[last]
    cases = []
    for kind in kinds:
        texts = data["kinds"][kind]["texts"]
        found = {"kind": kind, "text": whole(0, len(texts) - 1), "nation": NATIONS[whole(0, 2)]}
        found["product"] = data["products"][whole(0, len(data["products"]) - 1)]
        found["appliance"] = data["appliances"][whole(0, len(data["appliances"]) - 1)]
        a = FIRST_DAY + timedelta(days=whole(0, DAYS - 1))
        b, c = _later(kind, a, whole)
        start, end = _clock(kind, a, b, c, found["nation"])
        found["a"], found["b"], found["c"] = (None if day is None else day.isoformat() for day in (a, b, c))
        found["from"], found["last"] = (None if day is None else day.isoformat() for day in (start, end))
        cases.append(found)
    return {"seed": seed, "cases": cases}


def _later(kind: str, a: date, whole) -> tuple[date | None, date | None]:
    """The other days of a case, after ``a``."""
    spans = {
        "reject": (3, 25),
        "installed": (5, 20),
        "repaired": (4, 29),
        "repair": (45, 170),
        "final": (90, 170),
        "cancelled": (2, 9),
    }
    if kind not in spans:
        return None, None
    b = a + timedelta(days=whole(*spans[kind]))
    return b, b + timedelta(days=whole(3, 20)) if kind == "repaired" else None


def _clock(kind: str, a: date, b: date | None, c: date | None, nation: str) -> tuple[date | None, date | None]:
    """From when a case's clock counts, and its last day."""
    goods = rights.Purchase(delivered=a)
    if kind == "reject":
        return a, rights.reject_by(goods).last_day
    if kind == "installed":
        return b, rights.reject_by(rights.Purchase(delivered=a, installed=b)).last_day
    if kind == "repaired":
        return a, rights.reject_by(rights.Purchase(delivered=a, waits=(rights.Wait(b, c),))).last_day
    if kind == "repair":
        return a, rights.fault_presumed_until(goods).last_day
    if kind == "final":
        return a, rights.no_deduction_until(goods).last_day
    if kind == "refund":
        return a, rights.refund_by(a).last_day
    if kind == "deliver":
        return a, rights.deliver_by(a).last_day
    if kind == "cancel":
        return a, rights.cancel_goods_by(a).last_day
    if kind == "cancelled":
        return a, rights.cancelled_refund_by(returned=b, proof_of_sending=a).last_day
    if kind == "access":
        return a, rights.subject_access_by(a, nation).last_day
    if kind == "breach":
        # 72 hours are the same hour three days later; the page asks for the day.
        return a, a + timedelta(days=3)
    if kind == "complaint":
        return a, rights.acknowledge_data_complaint_by(a).last_day
    return None, None
