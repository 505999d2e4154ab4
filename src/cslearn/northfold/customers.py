"""Customers of the panel as the customer system held them on 1 December 2025 (table D1).

The 3,000 customers whose contacts are published; so the customer behind every contact and
every complaint with a published contact is here, and who has no complaint in those tables
made none in these 52 weeks. Whether a customer left is read off the 12 months that follow.

Planted: a complaint that was closed within five working days costs no customers, one that
took more than ten doubles the share who leave; a surprise voucher makes no difference.
Traps: 3% of customers have a second record, under a mistyped e-mail name or from before they
moved, and most second records look like a lost customer; "unknown" is not consent; blanks
in age band and e-mail; needs that stand in the notes only; the supplier's test customer.
"""

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from cslearn.northfold.process import ACCESS, Process
from cslearn.northfold.story import CUSTOMERS, DAYS, END, PANEL, START, YEAR_START, customer_id, number_of

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "customer_id", "email_name", "joined", "postcode_area", "age_band", "segment", "tenure_months", "orders_24m",
    "spend_24m", "care_plan", "contact_pref", "marketing_opt_in", "adjustment_needs", "delight_voucher", "last_order",
    "churned_12m", "notes",
)  # fmt: skip
EXTRACT = date(2025, 12, 1)
# The last day of the 12 months before the extract in which nobody who has left has ordered.
_LEFT_AFTER, _TWO_YEARS = number_of(END), number_of(date(2023, 12, 2))
_TODAY = number_of(EXTRACT)
_OLDEST = number_of(date(2009, 3, 2))

AREAS = ("WF", "LS", "HD", "BD", "DN", "HU", "YO", "NP", "CF", "SA", "BS", "GL")
_AREA_SHARE = (0.15, 0.14, 0.08, 0.09, 0.08, 0.07, 0.06, 0.09, 0.10, 0.05, 0.06, 0.03)
AGES = ("18-29", "30-44", "45-59", "60-74", "75+")
_AGE_SHARE = (0.14, 0.29, 0.28, 0.21, 0.08)
SEGMENTS = ("web", "store", "both", "trade")
_SEGMENT_SHARE = (0.46, 0.22, 0.26, 0.06)
PREFERRED = ("email", "phone", "text", "post")
_PREFERRED_SHARE = (0.48, 0.27, 0.19, 0.06)
OPT_IN = ("yes", "no", "unknown")
_OPT_IN_SHARE = (0.40, 0.37, 0.23)
NEEDS = ("none", "large print", "text relay", "BSL", "other", "not asked")
_NEEDS_SHARE = (0.62, 0.030, 0.012, 0.008, 0.030, 0.30)
NONE, LARGE_PRINT, TEXT_RELAY, BSL, OTHER, NOT_ASKED = range(6)

# The part of an e-mail address before the @; extracts leave out the rest, so no address is complete.
# Two names differ by more than one slip of the keyboard, so that only the planted slips look like slips.
FIRST = (
    "ada", "ali", "amir", "anya", "beth", "carl", "chloe", "david", "devi", "edna", "elin", "emre", "eva", "farah",
    "finn", "gwen", "hanna", "hugo", "ian", "imran", "ines", "iris", "jack", "jamal", "joan", "josh", "julia", "kasia",
    "keith", "leila", "lewis", "linda", "lucy", "magda", "mark", "mehmet", "mina", "nadia", "neil", "noah", "olu",
    "oscar", "pavel", "peggy", "petra", "priya", "rafiq", "rhys", "ravi", "rosa", "ruth", "sam", "simon", "suki",
    "tariq", "tessa", "tom", "una", "vera", "wendy", "will", "yusuf", "zoe", "zofia",
)  # fmt: skip
LAST = (
    "abbey", "adams", "akhtar", "alder", "amos", "archer", "banks", "barlow", "begum", "bell", "bevan", "birch",
    "bloom", "booth", "bowen", "brook", "bryce", "burke", "cairns", "cheng", "clegg", "cole", "craig", "crane", "dale",
    "devlin", "dixon", "dolan", "drake", "dunn", "edge", "ellis", "faulk", "fenn", "field", "flint", "forde", "frost",
    "gill", "gomez", "grant", "green", "gupta", "gwyn", "hague", "hobbs", "holt", "hooper", "howe", "hughes", "hurst",
    "igwe", "iqbal", "irwin", "jarvis", "joshi", "judd", "kapoor", "kaur", "keane", "kelly", "khan", "knox", "kowal",
    "lacey", "lamb", "leigh", "logan", "lynch", "madden", "malik", "marsh", "mehta", "mills", "myers", "nash", "neve",
    "noble", "nowak", "okafor", "oldham", "osei", "palmer", "patel", "peck", "perry", "pike", "price", "quill",
    "quinn", "rahman", "reid", "reyes", "ruiz", "sadiq", "sharp", "shaw", "silva", "singh", "snow", "sousa", "stokes",
    "swift", "tait", "tanner", "thorn", "todd", "tran", "tyler", "umar", "upton", "vance", "varga", "vickers", "voss",
    "walsh", "ward", "watts", "webb", "wilde", "wolfe", "yates", "york", "young", "zaman",
)  # fmt: skip

# What a need looks like when somebody typed it where there was room.
NEED_NOTES = (
    "Deaf, please write, never ring", "Cannot see small letters, send large print", "Uses text relay, do not hang up",
    "BSL user, son rang for her", "Stammer, prefers chat, give time", "Hands shake, cannot use web form",
    "Wheelchair, no step at delivery please", "Hard of hearing, cannot use phone",
)  # fmt: skip
# For customers who complained that they could only telephone.
_PHONE_NOTES = (0, 2, 4, 7)
OTHER_NOTES = (
    "Leave with no. 12", "Ring the top bell", "Gate code changed", "Asked for invoice copy", "Dog in the yard",
    "Evenings only", "Likes the grey range", "Order split in two",
)  # fmt: skip

DUPLICATES = round(0.03 * PANEL)
# The chance to leave, against customers without a complaint, by how long the slowest complaint took.
QUICK_DAYS, SLOW_DAYS = 5, 10
_MIDDLE = 1.4


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def _orders(mean: float) -> list[float]:
    """Shares of 1, 2, 3 ... orders: the negative binomial distribution of size 2, without its 0."""
    # Multiplied up term by term, so that the shares are the same on every machine.
    fail = mean / (mean + 2)
    term, shares = (1 - fail) * (1 - fail), []
    for orders in range(40):
        term = term * (orders + 2) / (orders + 1) * fail
        shares.append(term)
    total = math.fsum(shares)
    return [share / total for share in shares]


def working_days_taken(process: Process) -> np.ndarray:
    """Working days after the day on which each complaint was opened, up to and including the day it was closed."""
    clock = process.story.clock
    day = process.made["day"]
    return (clock.office((process.closed // 1440 + 1) * 1440) - clock.office((day + 1) * 1440)) // clock.length


def _complained(process: Process) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """For each customer of the panel: slowest complaint (-1: none), whether one was open at the end, its price, its cause."""
    made = process.made
    places = np.flatnonzero((made["customer"] < PANEL) & (made["day"] >= number_of(YEAR_START)))
    slowest, priced = np.full(PANEL, -1), np.zeros(PANEL)
    still_open, access = np.zeros(PANEL, dtype=bool), np.zeros(PANEL, dtype=bool)
    customer = made["customer"][places]
    np.maximum.at(slowest, customer, working_days_taken(process)[places])
    np.maximum.at(priced, customer, process.value[places])
    still_open[customer[process.closed[places] >= DAYS * 1440]] = True
    access[customer[process.cause[places] == ACCESS]] = True
    return slowest, still_open, priced, access


def _drawn(process: Process) -> tuple[list[dict], list[dict]]:
    story = process.story
    stream = story.stream("customers")
    size = PANEL
    slowest, still_open, priced, access = _complained(process)

    came = story.visits
    mine = (came["customer"] < PANEL) & (came["day"] >= number_of(YEAR_START))
    first, last = np.full(size, DAYS), np.full(size, -1)
    np.minimum.at(first, came["customer"][mine], came["day"][mine])
    np.maximum.at(last, came["customer"][mine], came["day"][mine])

    area = stream.pick(_AREA_SHARE, size)
    age = np.where(stream.uniform(size) < 0.08, -1, stream.pick(_AGE_SHARE, size))
    segment = stream.pick(_SEGMENT_SHARE, size)
    plan = stream.uniform(size) < 0.22
    preferred, opt_in = stream.pick(_PREFERRED_SHARE, size), stream.pick(_OPT_IN_SHARE, size)
    joined = DAYS - 1 - np.floor(stream.waits(1_500.0, size)).astype(np.int64)
    # Nobody rings before they are a customer.
    joined = np.minimum(np.maximum(joined, _OLDEST), first - 1 - stream.below(20, size))

    # Who leaves: so many of each group exactly, so that chance does not hide what is planted; who
    # it is within a group depends on how long they have been customers, and on the care plan.
    base = 0.13 + 0.02 * float(stream.uniform(1)[0])
    slow = 1.92 + 0.16 * float(stream.uniform(1)[0])
    years = (_TODAY - joined) / 365.25
    risk = np.where(years < 3, 2.4, np.where(years < 5, 1.2, 0.6)) * np.where(plan, 0.6, 1.0)
    turn = stream.waits(1.0, size) / risk
    speed = np.select([slowest < 0, slowest <= QUICK_DAYS, slowest <= SLOW_DAYS], [0, 1, 2], 3)
    churned, voucher = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for which, times in enumerate((1.0, 1.0, _MIDDLE, slow)):
        for unfinished in (False, True):
            group = np.flatnonzero((speed == which) & (still_open == unfinished))
            leave = int(np.floor(base * times * len(group) + 0.5))
            churned[group[np.argsort(turn[group], kind="stable")[:leave]]] = True
    for which in range(4):
        for gone in (False, True):
            cell = np.flatnonzero((speed == which) & (churned == gone))
            voucher[cell] = stream.quota([0.25, 0.75], len(cell)) == 0

    quiet = churned & (last < 0) & (joined < _TWO_YEARS) & (stream.uniform(size) < 0.5)
    orders = 1 + np.where(churned, stream.pick(_orders(1.0), size), stream.pick(_orders(2.75), size))
    orders = np.where(quiet, 0, orders)
    spend = np.floor(orders * stream.lognormal(36.0, 0.55, size) + 0.5)
    # A customer who complained about a sofa has bought one.
    spend = np.maximum(spend, np.ceil(priced))
    # Whoever left did so after their last contact; the others ordered again, the keen ones a short while ago.
    ago = np.floor(stream.waits(1.0, size) * 300.0 / (orders + 1.0)).astype(np.int64)
    recent = np.maximum(_TODAY - ago, _LEFT_AFTER + 1 + stream.below(60, size))
    since = np.where(
        last >= 0, last - stream.below(15, size), _TWO_YEARS + stream.below(_LEFT_AFTER - _TWO_YEARS, size)
    )
    since = np.maximum(since, _TWO_YEARS)
    before = np.maximum(joined, _TWO_YEARS - 1 - stream.below(400, size))
    latest = np.where(quiet, before, np.where(churned, since, recent))
    latest = np.maximum(latest, joined)

    needs = stream.pick(_NEEDS_SHARE, size)
    noted = (stream.uniform(size) < 0.014) | access
    needs = np.where(noted & (needs != NOT_ASKED), NONE, needs)
    note = stream.below(len(NEED_NOTES), size)
    note = np.where(access, np.array(_PHONE_NOTES)[note % len(_PHONE_NOTES)], note)
    other_note = np.where(stream.uniform(size) < 0.022, stream.below(len(OTHER_NOTES), size), -1)

    chosen = stream.order(len(FIRST) * len(LAST))[:size]
    names = [f"{FIRST[n // len(LAST)]}.{LAST[n % len(LAST)]}" for n in chosen.tolist()]
    nameless = stream.uniform(size) < 0.09

    ids = customer_id(np.arange(size))
    groups = ("none", "quick", "middle", "slow")
    rows, truths = [], []
    for n in range(size):
        rows.append(_row(
            ids[n], None if nameless[n] else names[n], joined[n], area[n], age[n], segment[n], orders[n], spend[n],
            plan[n], preferred[n], opt_in[n], needs[n], voucher[n], latest[n], churned[n],
            NEED_NOTES[note[n]] if noted[n] else OTHER_NOTES[other_note[n]] if other_note[n] >= 0 else None,
        ))  # fmt: skip
        truths.append({
            "customer_id": ids[n], "complaint": groups[speed[n]], "still_open": bool(still_open[n]),
            "need_in_notes": bool(noted[n]), "same_as": None, "second_record": None,
        })  # fmt: skip

    for number, n in enumerate(_with_a_second_record(stream, ~nameless & ~quiet, joined)):
        row, kind = _second_record(stream, rows[n], number, int(joined[n]), int(latest[n]), int(area[n]))
        rows.append(row)
        truths.append({
            "customer_id": row["customer_id"], "complaint": None, "still_open": False, "need_in_notes": False,
            "same_as": ids[n], "second_record": kind,
        })  # fmt: skip
    rows.append(_row("C00000", "test", number_of(date(2019, 1, 7)), 0, -1, 0, 1, 1, False, 0, 2, NOT_ASKED, False,
                     number_of(date(2023, 12, 4)), True, "Telephone supplier, test record"))  # fmt: skip
    truths.append({
        "customer_id": "C00000", "complaint": None, "still_open": False, "need_in_notes": False, "same_as": None,
        "second_record": None,
    })  # fmt: skip
    order = sorted(range(len(rows)), key=lambda n: rows[n]["customer_id"])
    return [rows[n] for n in order], [truths[n] for n in order]


def _row(
    key, name, joined, area, age, segment, orders, spend, plan, preferred, opt_in, needs, voucher, latest, churned, note
):
    start = START + timedelta(days=int(joined))
    return {
        "customer_id": key, "email_name": name, "joined": str(start), "postcode_area": AREAS[area],
        "age_band": AGES[age] if age >= 0 else None, "segment": SEGMENTS[segment],
        "tenure_months": _months(start, EXTRACT), "orders_24m": int(orders), "spend_24m": float(spend),
        "care_plan": bool(plan), "contact_pref": PREFERRED[preferred], "marketing_opt_in": OPT_IN[opt_in],
        "adjustment_needs": NEEDS[needs], "delight_voucher": bool(voucher),
        "last_order": str(START + timedelta(days=int(latest))), "churned_12m": bool(churned), "notes": note,
    }  # fmt: skip


def _with_a_second_record(stream, fits: np.ndarray, joined: np.ndarray) -> list[int]:
    """The customers who have one; they joined early enough to have had an account before."""
    able = np.flatnonzero(fits & (joined > _OLDEST + 400) & (joined < _TWO_YEARS))
    return able[stream.order(len(able))[:DUPLICATES]].tolist()


def _second_record(stream, row: dict, number: int, joined: int, latest: int, area: int) -> tuple[dict, str]:
    """Another record of the same person: even numbers from a mistyped e-mail name, odd ones from before a move."""
    part = stream.uniform(8).tolist()
    moved = number % 2 == 1
    name, key = row["email_name"], customer_id(np.array([CUSTOMERS + number]))[0]
    if moved:
        # An account from an earlier address: nothing has been ordered with it since.
        start = max(_OLDEST, joined - 200 - int(part[0] * 1_500))
        order, orders, spend = max(start, joined - 1 - int(part[1] * 120)), 0, 0.0
        area = (area + 1 + int(part[2] * (len(AREAS) - 1))) % len(AREAS)
    else:
        # One order at a checkout where the name was mistyped; the shop made an account of it.
        order = start = _TWO_YEARS + int(part[0] * (min(latest, _TODAY - 30) - _TWO_YEARS + 1))
        orders, spend = 1, float(15 + int(part[1] * 60))
        name = _mistyped(name, part[2], part[3])
    second = _row(key, name, start, area, -1, 0, orders, spend, False, 0, 0, NOT_ASKED, False, order,
                  order <= _LEFT_AFTER, None)  # fmt: skip
    shares = np.cumsum(_OPT_IN_SHARE)
    second.update(
        age_band=row["age_band"] if part[4] < 0.8 else None, segment=row["segment"], contact_pref=row["contact_pref"],
        marketing_opt_in=OPT_IN[int((part[5] >= shares[:-1]).sum())],
    )  # fmt: skip
    return second, "moved" if moved else "typo"


def _mistyped(name: str, where: float, how: float) -> str:
    """The name with one slip in the surname: two letters swapped, one left out or one doubled."""
    first, surname = name.split(".")
    swaps = [n for n in range(len(surname) - 1) if surname[n] != surname[n + 1]]
    n = swaps[int(where * len(swaps))]
    if how < 0.4:
        surname = surname[:n] + surname[n + 1] + surname[n] + surname[n + 2 :]
    elif how < 0.7:
        surname = surname[:n] + surname[n + 1 :]
    else:
        surname = surname[:n] + surname[n] + surname[n:]
    return f"{first}.{surname}"


def rows(process: Process) -> list[dict]:
    """The published table, in order of ``customer_id``."""
    return _drawn(process)[0]


def truth(process: Process) -> "pd.DataFrame":
    """What the published table hides, a row for each record: the complaint's speed, second records, needs in notes only."""
    import pandas as pd

    return pd.DataFrame(_drawn(process)[1])
