"""The staff survey, three waves of the eight contact-centre teams (table D8).

Everyone who was asked has a row; who did not answer has a row without answers. Two
statements for each element of ADKAR (Hiatt 2006), in our own words, from 1 (disagree) to
5 (agree). Planted: three teams each have a barrier, the first element in order with a
mean of 3.0 or less, and for two of them a later element is lower still; morale rises by
0.2 on average while it falls by 0.6 in the team that lacks desire. Traps: teams answer at
different rates, and the unhappy people of that team stop answering; one team leader a
team, and small groups by tenure, so that a cell can show who it is; single items left
blank; a comment that gives its writer away; staff who leave, and others in their place.
"""

from typing import TYPE_CHECKING

import numpy as np

from cslearn.methods import readiness
from cslearn.northfold import survey_text as words
from cslearn.northfold.contacts import TEAMS
from cslearn.northfold.story import Story

if TYPE_CHECKING:
    import pandas as pd

ELEMENTS = {name: short for short, name in readiness.ELEMENTS.items()}
ITEMS = {
    "A1": "I know why we have to change how we handle complaints",
    "A2": "I know what happens to customers, and to us, if we do not",
    "D1": "I want this change to work",
    "D2": "What it asks of me is worth it",
    "K1": "I know what I have to do differently",
    "K2": "I know where to look, or whom to ask, when I am not sure",
    "Ab1": "I can do it in a real case, with customers waiting",
    "Ab2": "I have had the time and the help to practise it",
    "R1": "My team leader notices when I do it",
    "R2": "What we are measured and paid by fits it",
}
COLUMNS = ("staff_id", "team", "role", "tenure_band", "wave", *ITEMS, "morale", "workload", "comment")
ROLES = ("agent", "senior agent", "team leader")
TENURES = ("under 1 year", "1 to 3 years", "over 3 years")
WAVES = ("24 June to 5 July 2024", "19 to 30 August 2024", "11 to 22 November 2024")
TEAM_COUNT = sum(number for _, number in TEAMS)
PILOT_TEAM = 3
# Twelve agents, as the contacts know them, and their leader.
TEAM_SIZE = 13
THRESHOLD, SMALL_CELL = readiness.THRESHOLD, readiness.SMALL_CELL
# A name of the stream under which the book's own telling has the barriers that its pages
# talk about: ability in team 3, desire in team 5, awareness in team 7.
_BARRIER_STREAM = "barriers 48"
_FALLING = "Desire"


def barriers(story: Story) -> dict[int, str]:
    """The team that has each barrier: three teams, one of them short of desire, by team number."""
    stream = story.stream(_BARRIER_STREAM)
    teams = stream.order(TEAM_COUNT)[:3] + 1
    others = [name for name in ELEMENTS if name != _FALLING]
    found = [_FALLING, *(others[place] for place in stream.order(len(others))[:2])]
    return dict(sorted(zip(teams.tolist(), found, strict=True)))


def falling_team(story: Story) -> int:
    """The team whose morale falls while the average rises."""
    return next(team for team, name in barriers(story).items() if name == _FALLING)


def _means(story: Story, stream) -> np.ndarray:
    """What each team thinks, by wave, team and element."""
    found = barriers(story)
    place = list(ELEMENTS)
    level = np.array([3.75, 3.60, 3.55, 3.45, 3.40]) + 0.35 * stream.uniform((TEAM_COUNT, 5))
    low = 2.40 + 0.30 * stream.uniform(TEAM_COUNT)
    later = 2.70 + 0.70 * stream.uniform((TEAM_COUNT, 5))
    # The lowest element is not the barrier of the two teams that are stuck earliest.
    early = sorted(found, key=lambda team: place.index(found[team]))[:2]
    for team, name in found.items():
        at, row = place.index(name), level[team - 1]
        row[at + 1 :] = later[team - 1, at + 1 :]
        row[at] = low[team - 1]
        if team in early:
            row[at + 1 + int(stream.below(4 - at, 1)[0])] = low[team - 1] - 0.45
    drift = 0.06 * (2 * stream.uniform((len(WAVES), TEAM_COUNT, 5)) - 1)
    return level[None] + drift


def _answered(story: Story, stream) -> np.ndarray:
    """How many people of each team answered, by wave and team."""
    number = 11 + stream.below(2, (len(WAVES), TEAM_COUNT)) + stream.below(2, TEAM_COUNT)
    quiet = [team for team in range(1, TEAM_COUNT + 1) if team not in barriers(story)]
    number[:, quiet[int(stream.below(len(quiet), 1)[0])] - 1] = 9
    number[:, falling_team(story) - 1] = (11, 9, 6)
    return number


def _fit(values: np.ndarray, total: int, turns: np.ndarray) -> np.ndarray:
    """Scores from 1 to 5 with this total: as few of them moved by one as it takes, in the order of ``turns``."""
    values = values.copy()
    order = np.argsort(turns, kind="stable")
    while (short := total - int(values.sum())) != 0:
        step = 1 if short > 0 else -1
        movable = order[(values[order] + step >= 1) & (values[order] + step <= 5)]
        values[movable[: abs(short)]] += step
    return values


def _nearest(value: float) -> int:
    return int(np.floor(value + 0.5))


def _scores(latent: np.ndarray) -> np.ndarray:
    return np.clip(np.floor(latent + 0.5), 1, 5).astype(np.int64)


def _morale_totals(story: Story, answered: np.ndarray, stream) -> np.ndarray:
    """The sum of the morale scores, by wave and team: 0.2 up on average, 0.6 down in one team."""
    fallen = falling_team(story) - 1
    first = 3.05 + 0.35 * stream.uniform(TEAM_COUNT)
    # 38 points of 11 people, and 17 of 6 in the end.
    first[fallen] = 3.455
    rise = 0.22 + 0.16 * stream.uniform(TEAM_COUNT)
    rise[fallen] = -0.62
    totals = np.array([[_nearest(m) for m in answered[w] * (first + rise * (0.0, 0.45, 1.0)[w])] for w in range(3)])
    # What rounding leaves over goes to the largest teams, one point each.
    wanted = _nearest(answered[2].sum() * (totals[0].sum() / answered[0].sum() + 0.2))
    others = [team for team in np.argsort(-answered[2], kind="stable") if team != fallen]
    short = wanted - int(totals[2].sum())
    for n in range(abs(short)):
        totals[2, others[n % len(others)]] += 1 if short > 0 else -1
    return totals


def _drawn(story: Story) -> tuple[list[dict], list[dict]]:
    stream = story.stream("staff survey")
    found, fallen = barriers(story), falling_team(story) - 1
    waves, people = len(WAVES), TEAM_COUNT * TEAM_SIZE
    team = np.repeat(np.arange(TEAM_COUNT), TEAM_SIZE)
    seat = np.tile(np.arange(TEAM_SIZE), TEAM_COUNT)
    role = np.where(seat == 0, 2, np.where(seat <= 2, 1, 0))
    tenure = np.where(seat <= 2, 1 + stream.below(2, people), stream.pick((0.28, 0.40, 0.32), people))
    # Between two waves four agents leave, and four new people sit down in their places.
    person = np.tile(np.arange(people), (waves, 1))
    tenures = np.tile(tenure, (waves, 1))
    mood = np.tile(stream.normal(people), (waves, 1))
    settled = np.flatnonzero((role == 0) & (team != fallen))
    leaving = settled[stream.order(len(settled))[: 4 * (waves - 1)]]
    for wave in range(1, waves):
        left = leaving[4 * (wave - 1) : 4 * wave]
        person[wave:, left] = people + 4 * (wave - 1) + np.arange(4)
        tenures[wave:, left] = 0
        mood[wave:, left] = stream.normal(4)

    answered = _answered(story, stream)
    means = _means(story, stream)
    totals = _morale_totals(story, answered, stream)
    keys = stream.uniform((waves, people))
    # In the team that falls, those who are least happy stop answering first.
    gone = np.where(team == fallen, -mood, keys)
    shape = (waves, people, 5, 2)
    own = 0.55 * mood[..., None, None] + 0.55 * stream.normal(shape[:3])[..., None] + 0.55 * stream.normal(shape)
    feeling = 0.75 * mood + 0.45 * stream.normal((waves, people))
    effort = 0.80 * stream.normal((waves, people)) - 0.25 * mood
    turns = stream.uniform((waves, people, 14))
    blank = stream.uniform((waves, people, 10)) < 0.012
    load = 3.25 + 0.25 * stream.uniform(TEAM_COUNT) + np.where(np.arange(TEAM_COUNT) == fallen, 0.45, 0.0)

    answers = np.zeros((waves, people, 12), dtype=np.int64)
    for wave in range(waves):
        for group in range(TEAM_COUNT):
            members = np.flatnonzero(team == group)
            here = members[np.argsort(gone[wave, members], kind="stable")[: answered[wave, group]]]
            for element in range(5):
                mean = means[wave, group, element]
                raw = _scores(mean + own[wave, here, element]).ravel()
                fitted = _fit(raw, _nearest(mean * raw.size), turns[wave, here, 2 * element : 2 * element + 2].ravel())
                answers[wave, here, 2 * element : 2 * element + 2] = fitted.reshape(-1, 2)
            middle = totals[wave, group] / len(here)
            raw = _scores(middle + feeling[wave, here])
            fitted = _fit(raw, int(totals[wave, group]), turns[wave, here, 10])
            if wave == 0 and group == fallen:
                # So that those who leave the survey were below the others before they left.
                fitted = np.sort(fitted)[::-1]
            answers[wave, here, 10] = fitted
            more = 0.25 if wave == 2 and group < TEAMS[0][1] else 0.0
            answers[wave, here, 11] = _scores(load[group] + more + effort[wave, here])
    # Blanks would blur the teams that the table is about.
    blank[:, np.isin(team + 1, list(found))] = False

    comments, themes = _comments(story, answers, team, stream)
    numbers = 100 + (np.arange(people + 4 * (waves - 1)) + 1) * 367 % 887
    rows, truths = [], []
    for wave in range(waves):
        order = np.lexsort((numbers[person[wave]], team))
        for n in order.tolist():
            given = answers[wave, n].tolist()
            here = given[10] > 0
            row = {
                "staff_id": f"P{numbers[person[wave, n]]}", "team": int(team[n]) + 1, "role": ROLES[role[n]],
                "tenure_band": TENURES[tenures[wave, n]], "wave": wave + 1,
            }  # fmt: skip
            for at, item in enumerate(ITEMS):
                row[item] = given[at] if here and not blank[wave, n, at] else None
            row.update(morale=given[10] or None, workload=given[11] or None, comment=comments.get((wave, n)))
            rows.append(row)
            truths.append({key: row[key] for key in ("staff_id", "wave")} | {"theme": themes.get((wave, n))})
    return rows, truths


def _comments(story: Story, answers: np.ndarray, team: np.ndarray, stream) -> tuple[dict, dict]:
    """What people wrote, and what each comment is about, by wave and place."""
    found, fallen = barriers(story), falling_team(story)
    shape = answers.shape[:2]
    writes, topic, which = stream.uniform(shape), stream.uniform(shape), stream.uniform(shape)
    slots = stream.uniform((*shape, 3))
    decks = {
        (theme, started): [texts[n] for n in stream.order(len(texts))]
        for started, themed in enumerate((words.MISSING, words.STARTED))
        for theme, texts in themed.items()
    }
    dealt = dict.fromkeys(decks, 0)
    # The three planted comments stand in the second wave, by agents of teams without a barrier.
    free = [n for n in np.flatnonzero(answers[1, :, 10]) if int(team[n]) + 1 not in found and n % TEAM_SIZE > 2]
    chosen = [free[n] for n in stream.order(len(free))[:3]]
    planted = {(1, int(n)): theme for n, theme in zip(chosen, ("adjustment", "flaw", "revealing"), strict=True)}
    comments, themes = {}, {}
    written = dict.fromkeys(found, 0)
    for wave in range(shape[0]):
        for n in range(shape[1]):
            morale, group, key = int(answers[wave, n, 10]), int(team[n]) + 1, (wave, n)
            # People who are unhappy write more.
            share = 0.70 if group == fallen else 0.46 if group in found else 0.28
            if morale == 0 or (key not in planted and writes[key] >= share):
                continue
            if key in planted:
                theme = planted[key]
            elif group in found and written[group] % 3 != 2:
                theme = found[group]
            elif topic[key] > 0.92:
                # Every team has somebody who lacks something; one voice is not the team's barrier.
                theme = list(ELEMENTS)[int(which[key] * 5)]
            elif morale >= 4 and group != fallen:
                theme = "good" if which[key] < 0.75 else "mixed"
            else:
                theme = "workload" if which[key] < 0.55 else "mixed"
            if group in found:
                written[group] += 1
            # The pilot team works in the new way since the summer, and all of North since September.
            started = (wave == 1 and group == PILOT_TEAM) or (wave == 2 and group <= TEAMS[0][1])
            deck = (theme, 1)
            if not started or deck not in decks or dealt[deck] == len(decks[deck]):
                deck = (theme, 0)
            turn = dealt[deck]
            dealt[deck] += 1
            text = decks[deck][turn % len(decks[deck])].format(
                n=2 + int(slots[wave, n, 0] * 4), day=words.DAYS[int(slots[wave, n, 1] * 5)]
            )
            if turn >= len(decks[deck]):
                # The same thought a second time comes with an ending.
                endings = words.GLAD_ENDINGS if theme == "good" else words.ENDINGS
                text += " " + endings[(int(slots[wave, n, 2] * 2) + 2 * turn) % len(endings)]
            comments[key], themes[key] = text, theme
    return comments, themes


def rows(story: Story) -> list[dict]:
    """The published table, a row for each wave and each person who was asked, by wave and team."""
    return _drawn(story)[0]


def themes(story: Story) -> list[tuple[dict, str | None]]:
    """Each published row with what its comment is about: an element that is missing, or another theme; None without one."""
    rows, truths = _drawn(story)
    return [(row, truth["theme"]) for row, truth in zip(rows, truths, strict=True)]


def truth(story: Story) -> "pd.DataFrame":
    """What each comment is about, a row for each row of the table: an element that is missing, or another theme."""
    import pandas as pd

    return pd.DataFrame(_drawn(story)[1])
