"""W6, the stakeholder and readiness planner: what holds up three teams, who stands where, and who hears what when.

The page's side is ``stakeholder_planner.js``; the words are in
``stakeholder_planner_data.js``, which both sides read.
"""

from __future__ import annotations

from pathlib import Path

from cslearn.explorers.data import read_data, write_data
from cslearn.methods import communication, readiness
from cslearn.methods.randomness import mulberry32

DATA = Path(__file__).with_name("stakeholder_planner_data.js")
TEAMS = ("A", "B", "C")
PLACED = 4
# A plan with more than a fifth of its rules broken has not been thought through.
ENOUGH = 0.2
ELEMENTS = tuple(readiness.ELEMENTS)


def problem(seed: int) -> dict:
    """Three teams with their five means, and four people with a stake; number 0 is Northfold's own.

    Each team has a ``title`` and ``tenths``, its means times ten, so that page and Python
    hold the same whole numbers; about one in six teams has no barrier. ``people`` are places
    in the data's list, and somebody with high power among them is always against the change.
    """
    data = read_data(DATA)
    if seed == 0:
        own = data["northfold"]
        teams = [dict(team) for team in own["teams"]]
        return {"seed": 0, "change": own["change"], "teams": teams, "people": list(own["people"])}
    draw = mulberry32(seed)

    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    def shuffled(items: list) -> list:
        for last in range(len(items) - 1, 0, -1):
            other = whole(0, last)
            items[last], items[other] = items[other], items[last]
        return items

    change = data["changes"][whole(0, len(data["changes"]) - 1)]
    # The sixth is a team that nothing holds up.
    stuck = shuffled([0, 1, 2, 3, 4, 5])[: len(TEAMS)]
    teams = []
    for letter, at in zip(TEAMS, stuck, strict=True):
        tenths = []
        for place in range(5):
            if place < at:
                tenths.append(whole(32, 45))
            else:
                tenths.append(whole(21, 30) if place == at else whole(23, 44))
        if at < 4 and draw() < 0.6:
            # A decoy: a later element that is lower still.
            later = whole(at + 1, 4)
            tenths[later] = tenths[at] - whole(2, 6)
        teams.append({"title": f"Team {letter}", "tenths": tenths})
    while True:
        people = shuffled(list(range(len(data["people"]))))[:PLACED]
        if any(_could_stop(data["people"][n]) for n in people):
            return {"seed": seed, "change": change, "teams": teams, "people": people}


def _could_stop(person: dict) -> bool:
    return person["power"] == "hi" and person["stance"] == "against"


def means(team: dict) -> dict[str, float]:
    """A team's five means, from 1 to 5."""
    return {element: tenths / 10 for element, tenths in zip(ELEMENTS, team["tenths"], strict=True)}


def barriers(found: dict) -> dict[str, str]:
    """The barrier of each team that has one, by its letter."""
    points = {letter: readiness.barrier(means(team)) for letter, team in zip(TEAMS, found["teams"], strict=True)}
    return {letter: point for letter, point in points.items() if point}


def stakeholders(found: dict) -> dict[str, dict]:
    """Where each of the four people stands, by the name that messages use: P1 to P4."""
    people = read_data(DATA)["people"]
    return {f"P{n}": people[place] for n, place in enumerate(found["people"], start=1)}


def rules(found: dict, messages: list[dict]) -> list[communication.Finding]:
    """Every rule of the time line for a plan, by what really holds up the teams and where people really stand."""
    return communication.findings(communication.plan(messages), barriers(found), stakeholders(found), TEAMS)


def northfold() -> dict:
    """Northfold's three teams with a barrier, from the first wave of its staff survey, and four people."""
    from cslearn.northfold.staff_survey import barriers as planted
    from cslearn.northfold.story import book_story
    from cslearn.northfold.tables import told

    story = book_story()
    survey = [row for row in told(story.seed, "staff_survey") if row["wave"] == 1]
    found = readiness.groups(survey)
    teams = [
        {
            "title": f"Team {letter} (Northfold’s team {number})",
            "tenths": [int(mean * 10 + 0.5) for mean in found[number].means.values()],
        }
        for letter, number in zip(TEAMS, sorted(planted(story)), strict=True)
    ]
    change = "Northfold gives each complaint to one person: One Owner."
    return {"change": change, "teams": teams, "people": [0, 1, 5, 6]}


def write_northfold() -> None:
    """Writes Northfold's teams into the data module; to be run after a change of its data."""
    write_data(DATA, read_data(DATA) | {"northfold": northfold()})
