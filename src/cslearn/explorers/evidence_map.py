"""W14, the evidence map: a model portfolio with a gap to find, and a map of the learner's own.

The page's side is ``evidence_map.js`` with ``evidence_map_judging.js`` and, for the learner's own map, ``own_map.js``; the
words are in ``evidence_map_data.js``, which both sides read.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from cslearn.explorers.data import read_data, write_data
from cslearn.methods import portfolio
from cslearn.methods.portfolio import POINTS, STAGES, TESTS
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("evidence_map_data.js")
PIECES = 12
# Of twelve judged one by one; whoever takes everything for evidence gets nine at most.
ENOUGH = 10
# What can be seen on a piece, in the order in which it is said.
SEEN = ("real", "mine", "dated", "safe")


def problem(seed: int) -> dict:
    """A portfolio of twelve pieces in which exactly one marking point is not evidenced; number 0 is Northfold's own.

    Each piece has what :mod:`cslearn.methods.portfolio` asks for, what it ``shows``, and
    ``facts``, four sentences to be held against the four tests. Three or four pieces fail one
    test each, and at least one of those stands beside a piece of the same point that counts.
    """
    data = read_data(DATA)
    if seed == 0:
        own = data["northfold"]
        return {"seed": 0, "owner": own["owner"], "change": own["change"], "pieces": own["pieces"]}
    draw = mulberry32(seed)

    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    def one_of(items):
        return items[whole(0, len(items) - 1)]

    def shuffled(items: list) -> list:
        for last in range(len(items) - 1, 0, -1):
            other = whole(0, last)
            items[last], items[other] = items[other], items[last]
        return items

    owner, change = one_of(data["owners"]), one_of(data["changes"])
    points = list(POINTS)
    gap = one_of(points)
    others = [point for point in points if point != gap]
    # Three points have a second piece; the gap is one of them about every other time.
    doubled = shuffled(list(others))[:3]
    if draw() < 0.5:
        doubled[0] = gap
    # At most one second piece counts, so that taking all for evidence is never good enough.
    sound = doubled[2] if draw() < 0.5 else None
    plan = []
    for point in points:
        if point == gap:
            plan += [(point, False)] * (2 if gap in doubled else 1)
        elif point in doubled:
            plan += [(point, True), (point, point == sound)]
        else:
            plan.append((point, True))
    used: dict[str, set[str]] = {point: set() for point in points}
    pieces = []
    for point, counts in plan:
        fault = None if counts else one_of(list(TESTS))
        if fault == "fits" and data["misfits"][point]["stage"] in used[point]:
            fault = "dated"
        if fault == "fits":
            made = data["misfits"][point]
            stage = made["stage"]
        else:
            stage = one_of([stage for stage in STAGES if stage not in used[point]])
            made = data["cells"][point][stage]
        used[point].add(stage)
        month = {"need": 1, "plan": 3, "do": 6, "evaluate": 10}[stage]
        date = f"2026-{month + whole(0, 1):02d}-{whole(1, 28):02d}"
        facts = []
        for test in SEEN:
            text = one_of(data["bad" if fault == test else "good"][test])
            facts.append(text.replace("{owner}", owner).replace("{day}", portfolio.day(date)))
        pieces.append(
            {
                "title": made["title"],
                "shows": made["shows"],
                "kind": made["kind"],
                "points": [point],
                "stage": stage,
                "date": "" if fault == "dated" else date,
                "real": fault != "real",
                "mine": fault != "mine",
                "safe": fault != "safe",
                "fits": fault != "fits",
                "facts": facts,
            }
        )
    return {"seed": seed, "owner": owner, "change": change, "pieces": shuffled(pieces)}


def gap(found: dict) -> str:
    """The marking point that nothing in the portfolio backs."""
    [point] = portfolio.evidence_map(found["pieces"]).without
    return point


def verdicts(found: dict) -> list[str]:
    """For each piece, the test that it fails, or ``"counts"``."""
    return [(portfolio.faults(piece) or ["counts"])[0] for piece in found["pieces"]]


def northfold() -> dict:
    """Asha Rahman's portfolio on One Owner, as it stood in December 2024, with the days of Northfold's minutes."""
    from cslearn.northfold.story import END, GO_LIVE, book_story
    from cslearn.northfold.tables import told

    rows = {row["entry_id"]: row for row in told(book_story().seed, "decisions")}

    def piece(title, shows, kind, points, stage, date, facts, fails=""):
        own = {test: test != fails for test in ("real", "mine", "safe", "fits")}
        date = str(date)
        facts = [text.replace("{day}", portfolio.day(date)) for text in facts]
        return {
            "title": title,
            "shows": shows,
            "kind": kind,
            "points": points,
            "stage": stage,
            "date": "" if fails == "dated" else date,
            **own,
            "facts": facts,
        }

    def meeting(entry):
        return rows[entry]["meeting"]

    def done(entry):
        return rows[entry]["done"]

    # The last Monday of the record.
    monday = END - timedelta(days=END.weekday())
    site, names = "It is about North’s own complaints.", "It names roles and no people."
    pieces = [
        piece(
            "Count of cases that wait for a signature",
            "Counts them in the case log, and sets them beside the standard.",
            *("report", ["CM1", "PR2"], "need", done("A4.2")),
            [site, "Asha made it from the log.", "Dated {day}, the day on which she got access.", names],
        ),
        piece(
            "Sheet on which the five proposals are compared",
            "Gives the same measures for each.",
            *("plan", ["PR3"], "plan", done("A4.3")),
            ["It was made for Northfold’s board.", "Asha drafted it.", "Dated {day}.", names],
        ),
        piece(
            "Paper: what the pilot has to show",
            "Fixes the figures for go and stop before the start.",
            *("plan", ["PR4"], "plan", done("A6.2")),
            [
                "It is about team 3 at North.",
                "Asha wrote it and agreed it with the leader of team 3.",
                "Dated {day}.",
                names,
            ],
        ),
        piece(
            "Minutes of the complaints improvement group",
            "Shows Asha asking where the Returns desk stands in the new process.",
            *("minutes", ["PR1"], "do", meeting("D6.1")),
            [
                site,
                "It says what Asha asked.",
                "The minutes are of {day}.",
                "Names are replaced by roles, and the group agreed.",
            ],
        ),
        piece(
            "Minutes: a date can be changed in writing too",
            "Records a decision that answers customers who cannot ring.",
            *("minutes", ["CM3"], "do", meeting("D5.2")),
            [
                site,
                "The decision is Asha’s own.",
                "The minutes are of {day}.",
                "Names are replaced by roles, and the group agreed.",
            ],
        ),
        piece(
            "Plan of the start at North",
            "Has tasks in order, owners, and a way back.",
            *("plan", ["CM2"], "plan", meeting("D8.1")),
            ["It is about North.", "Asha made it, and the head of service checked it.", "Dated {day}.", names],
        ),
        piece(
            "Weekly chart of the first twelve weeks",
            "Marks each signal, and what was done or left alone.",
            *("log", ["CM4"], "do", monday.isoformat()),
            ["It is about North.", "Asha drew it every Monday.", "The last entry is of {day}.", names],
        ),
        piece(
            "Slide: first contact resolution is up",
            "Gives North’s figure before and after, and no comparison.",
            *("report", ["CM5"], "evaluate", meeting("D9.1")),
            [
                site,
                "The reporting team made it, and Asha does not appear in it.",
                "Dated {day}.",
                "It has totals only.",
            ],
            "mine",
        ),
        piece(
            "What we have learnt",
            "Names three lessons and two things to do next.",
            *("reflection", ["CM5"], "evaluate", meeting("D9.1")),
            [site, "Asha wrote it.", "There is no date on it or in the file.", names],
            "dated",
        ),
        piece(
            "Letter of one customer, and our answers",
            "Shows what the customer lived through, from start to end.",
            *("message", ["PR1"], "need", done("A7.2")),
            [site, "Asha answered it.", "The last letter is of {day}.", "The customer’s name and address stand in it."],
            "safe",
        ),
        piece(
            "Poster with the day of the start",
            f"Says “{portfolio.day(GO_LIVE.isoformat())}” and nothing else.",
            *("message", ["PR4"], "plan", meeting("D8.1")),
            ["It hung in the office at North.", "Asha made it.", "Dated {day}.", "Nobody is named."],
            "fits",
        ),
        piece(
            "Exercise: swimlanes of a made-up bank",
            "Draws a process with four lanes.",
            *("plan", ["PR2"], "do", meeting("D4.1")),
            ["It is an exercise from a course.", "Asha drew it.", "Dated {day}.", "Nobody is named."],
            "real",
        ),
    ]
    return {"owner": "Asha", "change": "One Owner at Northfold", "pieces": pieces}


def write_northfold() -> None:
    """Writes Northfold's portfolio into the data module; to be run after a change of its data."""
    write_data(DATA, read_data(DATA) | {"northfold": northfold()})
