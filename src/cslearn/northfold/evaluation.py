"""What an evaluation of One Owner looks at: weekly figures of both sites, morale by team, and twelve comments.

The tables of the exercise on judging the result, made from the published rows of a telling
(:mod:`cslearn.northfold.kpi_daily`, :mod:`cslearn.northfold.staff_survey`). The codes that two
people gave the comments are for rules, tests and the tutor; no page or notebook shows them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cslearn.northfold.draw import Draw, seed_of

if TYPE_CHECKING:
    from cslearn.northfold.case import Case

MEASURES = {"fcr_pct": "answered", "nps": "nps_n"}
"""Each measure of the daily table with the column that weighs a day: a percentage is never averaged as it stands."""
# The day on which the lines were down is left out of every weekly figure.
OUTAGE = "2024-01-17"
COMMENTS = 12
CODES = {
    "reason": "Does not see the reason, or does not want it",
    "skill": "Does not know how, or cannot do it yet",
    "support": "Is not noticed or rewarded for it, or the old way is still measured",
    "load": "Too much work, too little time",
    "better": "Something has become better",
}
_CODE_OF = {
    "Awareness": "reason", "Desire": "reason", "Knowledge": "skill", "Ability": "skill", "Reinforcement": "support",
    "workload": "load", "good": "better",
}  # fmt: skip
# Sentences that a careful person may put under another code as well. The second coder did.
_AS_WELL = {
    "I know why it is done and I do not want it. It is our work that gets harder, not theirs.": "load",
    "Owning a case means owning the shouting. For the same pay.": "support",
    "Last time we were promised less overtime and got more. Why would I go along again?": "load",
    "I can say the steps in my sleep. Doing them with {n} calls waiting is another thing.": "load",
    "I have not once had the hour of practice that we were promised.": "support",
    "When I try to own a case I am pulled back on the phones after {n} minutes.": "load",
    "I know exactly what to do. With {n} calls waiting I cannot do it.": "load",
    "In training it took ten minutes. On a real {day} with the queue flashing I go back to the old way, we all do.": "load",
    "When it is busy our manager says 'just clear them'. So much for quality.": "load",
    "Those who do it properly have the longer queue. That is the thanks.": "load",
    "Most of my calls are people asking where their money is. Give them the money and half the work is gone.": "better",
    "Every new thing comes on top. What comes off?": "reason",
}  # fmt: skip
_PATTERNS = [
    (re.compile(re.escape(text).replace(r"\{n\}", r"\d+").replace(r"\{day\}", r"\w+day")), code)
    for text, code in _AS_WELL.items()
]


class Window(NamedTuple):
    """Some whole weeks: what they are called, their first Monday and their last Sunday."""

    name: str
    first: date
    last: date


class Coded(NamedTuple):
    """A comment of the staff survey with the codes that two people gave it."""

    text: str
    first: str
    second: str


def windows(case: Case) -> dict[str, Window]:
    """The weeks that an evaluation compares: the year before, the learning weeks, the weeks after, and these a year earlier."""
    before, after = ([date.fromisoformat(day) for day in case.facts[name]] for name in ("before", "after"))
    start = date.fromisoformat(case.facts["go_live"])
    year = timedelta(weeks=52)
    return {
        "before": Window("The 52 weeks before", *before),
        "learning": Window("Weeks 1 to 4 after", start, after[0] - timedelta(days=1)),
        "after": Window("Weeks 5 to 12 after", *after),
        "year_ago": Window("The same eight weeks, a year earlier", after[0] - year, after[1] - year),
    }


def weekly(case: Case, measure: str, site: str, window: Window) -> list[float]:
    """One figure for each week of the window at one site, its days weighed by their calls or answers."""
    weight = MEASURES[measure]
    totals: dict[int, list[float]] = {}
    for row in case.tables["kpi_daily"]:
        day = row["date"]
        if row["site"] != site or day == OUTAGE or not str(window.first) <= day <= str(window.last):
            continue
        if row[measure] is None or not row[weight]:
            continue
        week = totals.setdefault((date.fromisoformat(day) - window.first).days // 7, [0.0, 0.0])
        week[0] += row[measure] * row[weight]
        week[1] += row[weight]
    return [total / weights for _, (total, weights) in sorted(totals.items())]


def wanted_points(seed: int, effect: float) -> int:
    """The gain that the board had asked for: more or less than what came of it, and never close to it."""
    draw = Draw(seed_of("wanted gain", seed))
    return draw.one_of([points for points in range(2, 9) if abs(points - effect) >= 0.6])


def morale(case: Case) -> list[dict]:
    """A row for each team: people asked, answers and mean morale, in the first wave and in the last."""
    rows = []
    for team in sorted({row["team"] for row in case.tables["staff_survey"]}):
        found: dict = {"team": team}
        for wave, name in ((1, "first"), (3, "last")):
            here = [row for row in case.tables["staff_survey"] if row["team"] == team and row["wave"] == wave]
            scores = [row["morale"] for row in here if row["morale"] is not None]
            found |= {
                f"{name}_asked": len(here),
                f"{name}_answers": len(scores),
                f"{name}_mean": sum(scores) / len(scores),
            }
        rows.append(found)
    return rows


def mean_morale(case: Case, wave: int) -> float:
    """Mean morale of everybody who answered in a wave, from 1 to 5."""
    scores = [row["morale"] for row in case.tables["staff_survey"] if row["wave"] == wave and row["morale"] is not None]
    return sum(scores) / len(scores)


def comments(case: Case) -> list[Coded]:
    """Twelve comments from the last two waves, with the codes of two people, shared out over the codes as far as there are any."""
    return list(_comments(case.telling_seed, case.seed))


# One marking asks several times.
@lru_cache(maxsize=4)
def _comments(telling_seed: int, seed: int) -> tuple[Coded, ...]:
    draw = Draw(seed_of("comments to code", seed))
    decks: dict[str, list[Coded]] = {code: [] for code in CODES}
    for one in coded_comments(telling_seed):
        decks[one.first].append(one)
    chosen: list[Coded] = []
    # In turn, so that no code has more than its share as long as there is another.
    while len(chosen) < COMMENTS:
        for deck in decks.values():
            if deck and len(chosen) < COMMENTS:
                chosen.append(deck.pop(0))
    return tuple(draw.shuffled(chosen))


def coded_comments(telling_seed: int) -> list[Coded]:
    """Every comment of the last two waves of a telling that one of the :data:`CODES` fits, the last wave first."""
    from cslearn.northfold.process import telling
    from cslearn.northfold.staff_survey import themes

    found: dict[str, Coded] = {}
    coded = themes(telling(telling_seed).story)
    for wave in (3, 2):
        for row, theme in coded:
            text, code = row["comment"], _CODE_OF.get(theme)
            if row["wave"] == wave and text and code and text not in found:
                found[text] = Coded(text, code, next((other for p, other in _PATTERNS if p.match(text)), code))
    return list(found.values())
