"""Complaints of 52 weeks, one in six, with what the customer wrote (table D3).

Every complaint by a customer of the sample is here, so a day's rows can be counted off
against the daily figures by the running number in ``complaint_id``. Three in sixteen
were made by customers of the panel, and have their contact in the contacts table.

Planted: 38% are logged as delivery, and 61% of those go back to the promise of next-day
delivery for orders after 14:00; 22% wait only for approval; nine customers could not use
the telephone. Traps: 12% in a wrong category; spaces and capitals; 2% closed before they
were opened; personal data in the text; one abusive and one vulnerable customer. True
causes and legal cues are kept apart, in :func:`truth`, for rules and the tutor.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cslearn.northfold import complaint_text as words
from cslearn.northfold.process import (
    ACCESS,
    APPROVAL,
    CAUSES,
    COURIER,
    CUTOFF,
    FAULT,
    INSTALLATION,
    OMBUDSMAN,
    PICKING,
    REMEDIES,
    Process,
    moments,
)
from cslearn.northfold.story import CHANNELS, DAYS, SITES, contact_id, day_of

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "complaint_id", "contact_id", "opened", "channel", "product", "value_gbp", "text", "category_logged", "severity",
    "remedy", "compensation_gbp", "ack_ts", "closed_ts", "reopened", "escalated_to", "days_since_delivery",
)  # fmt: skip
CATEGORIES = ("delivery", "wrong item", "product fault", "refund", "installation", "access")
# The category that a careful logger would choose for each cause.
_RIGHT = np.array([0, 0, 1, 2, 3, 3, 4, 5])
ESCALATED = ("none", "team leader", "manager", "ombudsman")


class _Pen:
    """Chooses words; one uniform draw a choice, taken from a long strip in one go."""

    def __init__(self, strip: np.ndarray):
        self._strip = iter(strip.tolist())

    def one(self, items):
        return items[int(next(self._strip) * len(items))]

    def chance(self, share: float) -> bool:
        return next(self._strip) < share


def _law(cause: int, since: int | None, pen: _Pen) -> str:
    """The legal cue of one complaint, or "none"; some causes have their own."""
    chosen = pen.chance(0.16)
    other = pen.one(("own data", "adjustment", "data leak", "none", "none", "none", "none", "none", "none", "none"))
    if cause == ACCESS:
        return "adjustment"
    if not chosen:
        return other if pen.chance(0.10) else "none"
    if cause == FAULT:
        return "reject" if since is not None and since <= 30 else "repair"
    return {CUTOFF: "delivery date", INSTALLATION: "service", PICKING: "data leak"}.get(cause, "none")


def _compose(cause: int, second: int | None, product: str, value: float, law: str, pen: _Pen) -> str:
    number = pen.one((2, 3, 4, 5, 6))
    other = pen.one([name for name in words.PRODUCTS if name != product])
    slots = {
        "product": product, "other": other, "n": number, "value": f"{value:.2f}".removesuffix(".00"),
        "day": pen.one(words.DAYS), "evening": pen.one(words.EVENINGS),
        "first": pen.one(words.FIRST), "last": pen.one(words.LAST), "street": pen.one(words.STREETS),
        "house": 1 + int(pen.one(range(90))), "three": f"{pen.one(range(1000)):03d}",
        "four": f"{pen.one(range(10000)):04d}", "account": 200_000 + pen.one(range(90_000)),
    }  # fmt: skip
    parts = [pen.one(_frames(cause, product))]
    opening, feeling, wish = pen.one(words.OPENINGS), pen.one(words.FEELINGS), pen.one(words.WISHES)
    personal = pen.one(words.PERSONAL)
    with_opening, with_feeling, with_wish = pen.chance(0.35), pen.chance(0.70), pen.chance(0.55)
    with_personal = pen.chance(0.09)
    if second is not None:
        parts.append("And another thing: " + _lower(pen.one(_frames(second, product))))
    if law != "none" and cause != ACCESS:
        parts.append(pen.one(words.LEGAL[law]))
    if with_opening and second is None:
        parts.insert(0, opening)
    if with_feeling:
        parts.append(feeling)
    if with_wish and second is None:
        parts.append(wish)
    if with_personal:
        parts.append(personal)

    def said(parts):
        return " ".join(parts).format_map(slots)

    # People write between 15 and 60 words here: more feeling if too short, less if too long.
    while len(said(parts).split()) < 15:
        parts.append(pen.one([text for text in words.FEELINGS if text not in parts]))
    while len(said(parts).split()) > 60:
        parts.pop(-2 if with_personal and len(parts) > 2 else -1)
    return said(parts)


def _frames(cause: int, product: str) -> tuple[str, ...]:
    if cause == FAULT and product not in words.ELECTRIC:
        return words.FAULTS_WITHOUT_PLUG
    return words.FRAMES[cause]


def _lower(sentence: str) -> str:
    first = sentence.split()[0]
    return sentence if first in ("I", "{n}") or first.startswith("{") else sentence[0].lower() + sentence[1:]


# The table and what it hides are drawn together; whoever asks for one often asks for the other next.
@lru_cache(maxsize=1)
def _drawn(process: Process) -> tuple[list[dict], list[dict]]:
    stream = process.story.stream("complaint texts")
    made = process.made
    order = np.lexsort((made["second"], made["day"]))
    places = order[process.sampled[order]]
    size = len(places)
    cause = process.cause[places]
    strips = stream.uniform((size, 48))

    category = _RIGHT[cause]
    wrong = np.zeros(size, dtype=bool)
    for value in range(len(CAUSES)):
        same = np.flatnonzero(cause == value)
        wrong[same] = stream.quota([0.12, 0.88], len(same)) == 0
    # The first button on the screen is delivery, so half of the slips land there.
    slip = stream.below(len(CATEGORIES) - 1, size)
    slip = slip + (slip >= category)
    slip = np.where((category != 0) & (stream.uniform(size) < 0.39), 0, slip)
    category = np.where(wrong, slip, category)
    untidy = stream.uniform(size)

    severity = stream.pick((0.62, 0.29, 0.09), size) + 1
    pack = np.zeros(process.size, dtype=bool)
    pack[process.events.case[process.events.activity == OMBUDSMAN]] = True
    ends = DAYS * 1440
    closed = process.closed[places]
    early = np.zeros(size, dtype=bool)
    early[stream.order(size)[: round(0.02 * size)]] = True
    early &= closed < ends
    typed = np.where(early, made["day"][places] * 1440 - 60 * (1 + stream.below(150, size)), closed)
    lag = 1 + np.floor(stream.waits(9.0, size)).astype(np.int64) + np.where(cause == FAULT, 6, 0)
    product = stream.below(len(words.PRODUCTS), size)
    appliance = np.array([words.PRODUCTS.index(name) for name in words.APPLIANCES])
    product = np.where((cause == FAULT) & (stream.uniform(size) < 0.4), appliance[stream.below(5, size)], product)

    calm = np.flatnonzero((cause == COURIER) & (category == 0))
    rude = int(calm[int(stream.below(len(calm), 1)[0])])
    fridges = np.flatnonzero(cause == FAULT)
    frail = int(fridges[int(stream.below(len(fridges), 1)[0])])
    product[frail] = words.PRODUCTS.index("fridge")
    severity[frail] = 3
    severity[cause == ACCESS] = 3

    contact = contact_id(places)
    acknowledged, closed_text = moments(process.acknowledged[places]), moments(typed)
    rows, truths = [], []
    for n, place in enumerate(places.tolist()):
        pen = _Pen(strips[n])
        why = int(cause[n])
        name = words.PRODUCTS[product[n]]
        since = None if why == CUTOFF and pen.chance(0.3) else int(lag[n])
        law = _law(why, since, pen)
        mixed = pen.chance(0.155)
        others = [c for c in range(len(CAUSES)) if c not in (why, ACCESS, APPROVAL)]
        second = pen.one(others) if mixed and why not in (ACCESS, APPROVAL) and law == "none" else None
        value = float(process.value[place])
        text = _compose(why, second, name, value, law, pen)
        if n in (rude, frail):
            second, law = None, "repair" if n == frail else "none"
            template = words.ABUSIVE if n == rude else words.VULNERABLE
            text = template.format(product=name, day=pen.one(words.DAYS))
        logged = CATEGORIES[category[n]]
        if untidy[n] < 0.06:
            logged = (" " + logged, logged + " ", logged.upper(), logged.capitalize())[int(untidy[n] / 0.015)]
        is_closed = bool(closed[n] < ends)
        level = 3 if pack[place] and is_closed else min(int(severity[n]) - 1, 2)
        site = SITES[made["site"][place]][0]
        key = f"{site}-{made['number'][place]:05d}"
        rows.append({
            "complaint_id": key, "contact_id": contact[n], "opened": str(day_of(made["day"][place])),
            "channel": CHANNELS[made["channel"][place]], "product": name, "value_gbp": value, "text": text,
            "category_logged": logged, "severity": int(severity[n]),
            "remedy": REMEDIES[process.remedy[place]] if is_closed else None,
            "compensation_gbp": float(process.paid[place]) if is_closed else None,
            "ack_ts": acknowledged[n] if process.acknowledged[place] < ends else None,
            "closed_ts": closed_text[n] if is_closed else None,
            "reopened": bool(process.reworked[place]) and is_closed, "escalated_to": ESCALATED[level],
            "days_since_delivery": since,
        })  # fmt: skip
        truths.append({
            "complaint_id": key, "cause": CAUSES[why], "second_cause": CAUSES[second] if second is not None else None,
            "category_right": CATEGORIES[_RIGHT[why]], "category_wrong": bool(wrong[n]), "law_flag": law,
            "closed_date_wrong": bool(early[n]), "abusive": n == rude, "vulnerable": n == frail,
        })  # fmt: skip
    return rows, truths


def rows(process: Process) -> list[dict]:
    """The published table, in order of opening."""
    return _drawn(process)[0]


def truth_rows(process: Process) -> list[dict]:
    """What the published table hides, a row for each complaint: true causes, legal cues, and which entries are wrong."""
    return _drawn(process)[1]


def truth(process: Process) -> "pd.DataFrame":
    """:func:`truth_rows` as a DataFrame."""
    import pandas as pd

    return pd.DataFrame(truth_rows(process))
