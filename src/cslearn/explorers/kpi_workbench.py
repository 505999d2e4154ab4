"""W10, the KPI workbench: which way does a figure move when only its definition, or its making, changes?

The page's side is ``kpi_workbench.js``; the words, and Northfold's own contacts, are in
``kpi_workbench_data.js``, which both sides read.
"""

from __future__ import annotations

from pathlib import Path

from cslearn.explorers.data import read_data, write_data
from cslearn.methods.kpis import (
    average_handling_time,
    first_contact_by_repeat,
    first_contact_by_tick,
    net_promoter,
    top_box,
)
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("kpi_workbench_data.js")
DAY = 1440
# Contacts of four weeks count; those of the two weeks after can only be repeats.
UNTIL = 28 * DAY
ASKED = 4
# A change is worth asking about if nobody could take it for no change at all.
LEAST = {"fcr": 3, "aht": 8, "csat": 3, "nps": 4}
FIELDS = ("customer", "at", "seconds", "ticked", "csat", "score")
# Calls longer than these seconds are cut short, or handed on.
CUT, LONG = 360, 480


def problem(seed: int) -> dict:
    """Contacts of six weeks, and four moves, each with the figure about which it is asked.

    ``contacts`` are dictionaries, as ``cslearn.methods.kpis`` reads them, with ``seconds``,
    ``csat`` and ``score`` (0 to 10, would you recommend us) besides. ``asked`` are
    [move, measure]; at least one figure rises, one falls and one stays as it is, and the
    first is not one that stays. ``doctored`` are the two moves behind a report that the
    learner is shown; no other two give the same report. Seed 0 has contacts of Northfold.
    """
    data = read_data(DATA)
    draw = mulberry32(seed)

    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    while True:
        contacts = [_contact(row) for row in data["northfold"]] if seed == 0 else _draw_contacts(whole, draw)
        order = list(range(len(data["moves"])))
        for last in range(len(order) - 1, 0, -1):
            other = whole(0, last)
            order[last], order[other] = order[other], order[last]
        asked, taught = [], []
        for place in order[:ASKED]:
            move = data["moves"][place]
            measure, usual = move["asks"][whole(0, len(move["asks"]) - 1)]
            asked.append([move["key"], measure])
            taught.append(usual)
        doctored = [data["moves"][place]["key"] for place in sorted(order[2:4])]
        found = {"seed": seed, "contacts": contacts, "asked": asked, "doctored": doctored}
        ways = [way(found, *one) for one in asked]
        # In a small set chance can turn a move round; then its explanation would not fit.
        if ways != taught or set(ways) != {"up", "down", "same"} or ways[0] == "same":
            continue
        if only_one(found):
            return found


def only_one(found: dict) -> bool:
    """Whether no other two moves give a report that looks like the doctored one."""
    # One window has one length.
    if {"short", "long"} == set(found["doctored"]):
        return False
    keys = [move["key"] for move in read_data(DATA)["moves"]]
    report = measures(found["contacts"], found["doctored"])
    for place, one in enumerate(keys):
        for other in keys[place + 1 :]:
            if {one, other} == set(found["doctored"]):
                continue
            there = measures(found["contacts"], [one, other])
            if max(abs(there[name]["value"] - report[name]["value"]) for name in LEAST) < 1:
                return False
    return True


def _contact(row: list) -> dict:
    found = dict(zip(FIELDS, row, strict=True))
    return {**found, "answered": found["ticked"] is not None}


def _draw_contacts(whole, draw) -> list[dict]:
    contacts = []
    for customer in range(1, whole(45, 60) + 1):
        at = whole(0, UNTIL - 1)
        for _ in range(5):
            answered = draw() < 0.94
            solved = answered and draw() < 0.52
            ticked = draw() < (0.85 if solved else 0.5)
            long = draw()
            seconds = 110 + int(900 * long * long)
            replied = draw() < 0.45
            csat = whole(3, 5) if solved else whole(1, 4)
            score = max(0, min(10, 2 * csat + whole(-2, 1)))
            row = [customer, at, 0, None, None, None]
            if answered:
                row = [customer, at, seconds, ticked, csat if replied else None, score if replied else None]
            contacts.append(_contact(row))
            if solved:
                break
            gap = draw()
            at += DAY // 4 + int(11 * DAY * gap * gap)
    return sorted(contacts, key=lambda one: (one["at"], one["customer"]))


def made(contacts: list[dict], moves: list[str]) -> list[dict]:
    """The contacts as they are when people play the figure: calls cut short, calls handed on."""
    rows = contacts
    if "early" in moves:
        rows = [part for one in rows for part in (_cut_short(one) if one["seconds"] > CUT else [one])]
    if "transfer" in moves:
        rows = [part for one in rows for part in (_handed_on(one) if one["seconds"] > LONG else [one])]
    return rows


def _cut_short(one: dict) -> list[dict]:
    # The rest is still to do on the next day, and telling the story again takes two minutes.
    rest = {**one, "at": one["at"] + DAY, "seconds": one["seconds"] - CUT + 120, "csat": None, "score": None}
    if one["csat"] is None:
        return [{**one, "seconds": CUT, "ticked": True}, rest]
    # Who was cut short is less pleased, and is not asked twice.
    csat, score = max(1, one["csat"] - 1), max(0, one["score"] - 2)
    return [{**one, "seconds": CUT, "ticked": True, "csat": csat, "score": score}, rest]


def _handed_on(one: dict) -> list[dict]:
    # Two minutes at the first desk; the second hears it all again, and asks for the answer.
    rest = {**one, "at": one["at"] + 5, "seconds": one["seconds"] - 60}
    return [{**one, "seconds": 120, "csat": None, "score": None}, rest]


def measures(contacts: list[dict], moves: list[str]) -> dict:
    """Each figure with its interval after these moves, and ``hours``, all work there is."""
    rows = made(contacts, moves)
    days = 3 if "short" in moves else 14 if "long" in moves else 7
    counted = [one for one in rows if one["at"] < UNTIL and one["answered"]]
    work = counted
    if "awkward" in moves:
        times: dict = {}
        for one in rows:
            times[one["customer"]] = times.get(one["customer"], 0) + 1
        rows = [one for one in rows if times[one["customer"]] < 3]
        counted = [one for one in rows if one["at"] < UNTIL and one["answered"]]
    asked = [one for one in counted if one["csat"] is not None and not ("happy" in moves and not one["ticked"])]
    if "angry" in moves:
        asked = [one for one in asked if one["csat"] > 2]
    return {
        "fcr": first_contact_by_tick(counted) if "tick" in moves else first_contact_by_repeat(rows, days, UNTIL),
        "aht": average_handling_time([one["seconds"] for one in counted]),
        "csat": top_box([one["csat"] for one in asked]),
        "nps": net_promoter([one["score"] for one in asked]),
        "hours": sum(one["seconds"] for one in work) / 3600,
    }


def change(found: dict, move: str, measure: str) -> float:
    """By how much a move alone changes a figure, in its own unit."""
    now, then = (measures(found["contacts"], moves)[measure]["value"] for moves in ([], [move]))
    return then - now


def way(found: dict, move: str, measure: str) -> str | None:
    """``up``, ``down`` or ``same``; None where the change is too small to be fair."""
    by = change(found, move, measure)
    if abs(by) < 1e-9:
        return "same"
    if abs(by) < LEAST[measure]:
        return None
    return "up" if by > 0 else "down"


def northfold() -> list[list]:
    """Contacts of 60 customers of North from Monday 8 April 2024 on, as the data module holds them.

    Half of them answered the survey, which is more than usual, so that a small table has
    answers enough. Northfold's table has no answer from 0 to 10 for a contact: ``score`` is
    drawn to go with the satisfaction. All else is as it stands in the table.
    """
    from datetime import datetime

    from cslearn.northfold.tables import load

    table = load("contacts")
    # In a store nobody ticks, and abandoned calls have no tick.
    table = table[(table["site"] == "North") & (table["agent_id"] != "T00") & (table["channel"] != "store")]
    minutes = (table["ts"] - datetime(2024, 4, 8)).dt.total_seconds() // 60
    table = table.assign(at=minutes.astype(int))[(minutes >= 0) & (minutes < UNTIL + 14 * DAY)]
    table = table.sort_values(["at", "contact_id"])
    early = table[table["at"] < UNTIL]
    replied = early[early["csat"].notna()]["customer_id"].drop_duplicates().head(30)
    others = early[~early["customer_id"].isin(replied)]["customer_id"].drop_duplicates().head(30)
    names = {name: place for place, name in enumerate([*replied, *others], start=1)}
    draw = mulberry32(1)
    rows = []
    for one in table[table["customer_id"].isin(names)].astype(object).to_dict("records"):
        row = [names[one["customer_id"]], one["at"], 0, None, None, None]
        if not one["abandoned"]:
            row[2:4] = one["talk_s"] + one["wrap_s"], one["resolved_self_report"]
            if one["csat"] in range(1, 6):
                row[4:] = one["csat"], max(0, min(10, 2 * one["csat"] - 2 + int(draw() * 4)))
        rows.append(row)
    return rows


def write_northfold() -> None:
    """Writes Northfold's contacts into the data module again, after a change of its tables."""
    write_data(DATA, {**read_data(DATA), "northfold": northfold()})
