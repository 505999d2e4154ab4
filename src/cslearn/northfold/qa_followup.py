"""Quality follow-up of the call standard, twelve months and eight teams (table D7).

All teams were trained in February 2024, once the peak was over, and coached from then on;
from June some were coached no more. Closed cases are those of the register: the teams of
a site add up to what it closed in the month. Planted: where coaching stopped, what was
gained wears off within months, and more cases come back; where it went on, the gain
lasts. Traps: few calls are checked in a team and month, in some months hardly any, so
one month says little; months and teams must be weighed by their calls and cases.
"""

from datetime import date

import numpy as np

from cslearn.northfold.contacts import TEAMS
from cslearn.northfold.process import Process
from cslearn.northfold.story import SITES, Story, number_of
from cslearn.northfold.stream import tally

COLUMNS = (
    "month", "team", "site", "calls_checked", "adherence_pct", "coaching_hours", "cases_closed", "reopen_pct",
)  # fmt: skip
MONTHS = (date(2023, 12, 1), *(date(2024, month, 1) for month in range(1, 12)))
TRAINED, STOPPED = MONTHS.index(date(2024, 2, 1)), MONTHS.index(date(2024, 6, 1))
# Each team's site, as a place in SITES; team 1 comes first.
SITE_OF = tuple(site for site, (_, number) in enumerate(TEAMS) for _ in range(number))
# Share of checked calls that follow the standard: before, after training and coaching, and
# how much of the gain is left after each month without coaching.
_BEFORE, _GAIN, _LEFT = 0.61, 0.23, 0.66
_THIN_MONTHS = 7


def stopped(story: Story) -> list[int]:
    """The teams that were coached no more from June 2024: two or three at North, one or two at West."""
    stream = story.stream("coaching stopped")
    found = []
    for first, number in TEAMS:
        least = number // 2
        some = least + int(stream.below(2, 1)[0])
        found += sorted((first + stream.order(number)[:some]).tolist())
    return found


def kept(story: Story) -> np.ndarray:
    """How much of the gain each team has, from 0 to 1, by month and team."""
    month = np.arange(len(MONTHS))[:, None]
    without = np.maximum(0, month - STOPPED + 1) * np.isin(np.arange(1, len(SITE_OF) + 1), stopped(story))
    gained = np.interp(month, [TRAINED - 1, TRAINED, TRAINED + 1, TRAINED + 2], [0.0, 0.55, 0.85, 1.0])
    left = np.cumprod(np.concatenate([[1.0], np.full(len(MONTHS), _LEFT)]))
    return gained * left[without]


def rows(process: Process) -> list[dict]:
    """The published table, a row for each month and team."""
    story = process.story
    stream = story.stream("quality follow-up")
    shape = (len(MONTHS), len(SITE_OF))
    share = kept(story)
    level = _BEFORE + _GAIN * share + 0.01 * stream.normal(len(SITE_OF))
    checked = 48 + stream.below(19, shape)
    # In the weeks when a checker was away, hardly any call was listened to.
    faded = np.isin(np.arange(len(SITE_OF)), np.array(stopped(story)) - 1)
    late = [
        (len(MONTHS) - 3 + int(stream.below(3, 1)[0])) * len(SITE_OF) + int(teams[int(stream.below(len(teams), 1)[0])])
        for teams in (np.flatnonzero(faded), np.flatnonzero(~faded))
    ]
    others = [cell for cell in stream.order(checked.size).tolist() if cell not in late]
    thin = np.array(late + others[: _THIN_MONTHS - 2])
    checked.ravel()[thin] = [4, 5, *(3 + stream.below(3, _THIN_MONTHS - 2))]
    draws = stream.uniform((*shape, int(checked.max())))
    listened = np.arange(draws.shape[2]) < checked[..., None]
    followed = ((draws < level[..., None]) & listened).sum(axis=2)
    # Two of them point the wrong way: all well where it wears off, and poor where it lasts.
    followed.ravel()[late] = (4, 2)
    coached = (share > 0) & ~(faded & (np.arange(len(MONTHS))[:, None] >= STOPPED))
    hours = np.where(coached, 5.0 + 0.5 * stream.below(9, shape), 0.5 * stream.below(2, shape))
    cases, back = _cases(process, share, stream)
    return [
        {
            "month": month.isoformat(), "team": team + 1, "site": SITES[SITE_OF[team]],
            "calls_checked": int(checked[m, team]), "adherence_pct": _percent(followed[m, team], checked[m, team]),
            "coaching_hours": float(hours[m, team]), "cases_closed": int(cases[m, team]),
            "reopen_pct": _percent(back[m, team], cases[m, team]),
        }
        for m, month in enumerate(MONTHS)
        for team in range(len(SITE_OF))
    ]  # fmt: skip


def _cases(process: Process, share: np.ndarray, stream) -> tuple[np.ndarray, np.ndarray]:
    """Cases closed by each team in each month, and how many of them had come back after a reply."""
    firsts = np.array([number_of(month) for month in (*MONTHS, date(2024, 12, 1))])
    month = np.searchsorted(firsts, process.closed // 1440, side="right") - 1
    inside = (month >= 0) & (month < len(MONTHS))
    month, site, came = month[inside], process.made["site"][inside], process.reworked[inside]
    first, number = (np.array(column)[site] for column in zip(*TEAMS, strict=True))
    team = first - 1 + stream.below(number, month.shape)
    # Which cases came back is known for the site. Here they are dealt out to its teams: one
    # that has lost the gain gets two to three times as many as one that has kept it.
    slips = 1.0 + 1.8 * (1.0 - share[month, team]) * (month >= STOPPED)
    turn = stream.waits(1.0, month.shape) / slips
    group = month * len(TEAMS) + site
    order = np.lexsort((turn, group))
    total = tally(group, minlength=len(MONTHS) * len(TEAMS))
    returned = tally(group[came], minlength=len(total))
    place = np.arange(len(order)) - (np.cumsum(total) - total)[group[order]]
    chosen = order[place < returned[group[order]]]
    cell = month * len(SITE_OF) + team
    size = len(MONTHS) * len(SITE_OF)
    cases, back = tally(cell, minlength=size), tally(cell[chosen], minlength=size)
    return cases.reshape(-1, len(SITE_OF)), back.reshape(-1, len(SITE_OF))


def _percent(part: int, whole: int) -> float:
    return int(part) * 1000 // int(whole) / 10
