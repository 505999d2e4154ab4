"""What a learner gets to win people over with: three teams, nine stakeholders, eight comments, and the log so far.

The plan is written on 17 July 2024, the day after a meeting. So only the first wave of the
staff survey is there, and of the log of actions only what was known on that day.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from cslearn.methods import readiness
from cslearn.northfold import concerns, stakeholders
from cslearn.northfold.brief import Brief
from cslearn.northfold.draw import Draw, seed_of
from cslearn.northfold.process import Process
from cslearn.northfold.staff_survey import ELEMENTS, ITEMS, barriers
from cslearn.northfold.story import GO_LIVE

WRITTEN_ON = date(2024, 7, 17)
LAST_MEETING = "2024-07-16"
WAVE = 1


def brief(process: Process) -> Brief:
    """The people of one telling: same telling, same people.

    Told: ``written_on``, ``go_live``, ``teams`` (the number of teams A, B and C),
    ``stakeholders`` and ``comments``. Hidden: the same two by id with the truth, and the
    ``barriers`` of the three teams.
    """
    seed = process.story.seed
    found = barriers(process.story)
    numbers = Draw(seed_of("teams", seed)).shuffled(sorted(found))
    teams = dict(zip("ABC", numbers, strict=True))
    known, places = stakeholders.drawn(seed)
    comments, truth = concerns.drawn(seed)
    told = {
        "written_on": WRITTEN_ON.isoformat(), "go_live": GO_LIVE.isoformat(), "teams": teams,
        "stakeholders": known, "comments": comments,
    }  # fmt: skip
    hidden = {
        "stakeholders": places,
        "barriers": {f"team{letter}": ELEMENTS[found[number]] for letter, number in teams.items()},
        "comments": truth,
    }
    return Brief(told, hidden)


def readiness_of(survey: Iterable[dict], teams: dict[str, int]) -> dict[str, readiness.Group]:
    """How ready teams A, B and C are, by the first wave of the staff survey.

    survey: the case's rows, as a list of dicts or as a DataFrame; teams: the case's fact of that name.
    """
    rows = survey.to_dict("records") if hasattr(survey, "to_dict") else list(survey)
    found = readiness.groups([row for row in rows if row["wave"] == WAVE])
    return {letter: found[number] for letter, number in teams.items()}


def statement_means(survey: Iterable[dict], team: int) -> dict[str, float]:
    """The mean of each of the ten statements in the first wave, for one team, from 1 to 5."""
    rows = [row for row in survey if row["wave"] == WAVE and row["team"] == team]
    scores = {item: [row[item] for row in rows if row[item] is not None] for item in ITEMS}
    return {item: sum(given) / len(given) for item, given in scores.items()}


def statements(survey: Sequence[dict], teams: dict[str, int]) -> list[list[str]]:
    """The report of the survey as rows: each statement with its element and the mean in each team, then who answered."""
    means = {letter: statement_means(survey, number) for letter, number in teams.items()}
    rows = [
        [f"{readiness.ELEMENTS[item[:-1]]}: {says}", *(f"{means[letter][item]:.2f}" for letter in teams)]
        for item, says in ITEMS.items()
    ]
    groups = readiness_of(survey, teams)
    return [*rows, ["Answered, of those asked", *(f"{g.answered} of {g.asked}" for g in groups.values())]]


def words(survey: Iterable[dict], teams: dict[str, int]) -> list[list[str]]:
    """What people of teams A, B and C wrote in the first wave, a row each: the team and the words.

    Without role and tenure: beside them a comment could tell who wrote it.
    """
    letters = {number: letter for letter, number in teams.items()}
    rows = [row for row in survey if row["wave"] == WAVE and row["comment"] and row["team"] in letters]
    return sorted([f"Team {letters[row['team']]}", row["comment"]] for row in rows)


def open_actions(log: Sequence[dict], day: date = WRITTEN_ON) -> list[dict]:
    """The actions in the log that nobody had done by ``day``, oldest first: rows of the log.

    An action that was agreed later is left out; one that was done later was still open.
    """
    known = [row for row in log if row["kind"] == "action" and row["meeting"] <= day.isoformat()]
    return [row for row in known if row["done"] is None or row["done"] > day.isoformat()]
